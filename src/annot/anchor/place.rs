//! Finding annotated passages in a text that changed.
//!
//! As Hypothesis does it, place, words and neighbours are stored, and a place is only trusted
//! where the words agree; but the words are not searched for one by one. The library keeps the
//! text as it was, so the two texts are compared once ([`Map`]), and most passages simply move
//! along with what both texts have. That is quicker (one pass for all annotations) and righter:
//! the third of four equal names stays the third, a name in a deleted paragraph does not turn up
//! in another one that was always there, and a passage between two known places may be changed a
//! lot and is still that passage. What the comparison cannot tell (a paragraph that stands
//! elsewhere now) is searched for, but only in what is new. Without the old text the whole new
//! one is searched.
//!
//! A search looks up some runs of bytes of the passage and its neighbours ([`Index`]) and compares
//! with the few places where several of them stand in the same order. Everything is compared
//! without white space, so re-wrapping changes nothing. All work is bounded: linear in the texts
//! for the preparation, a constant number of places and of steps for each selector, besides
//! reading it.

use std::cell::OnceCell;

use memchr::memmem;

use super::Selector;
use super::fold::{Folded, is_blank};
use super::map::Map;
use super::quote::{Found, Quote};
use super::seeds::{Index, Seed, seeds};
use crate::text::TextRange;
use crate::text::units::CodePoints;

/// Where a passage stands in the new text, in bytes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// The same words at the same code points.
    Same(TextRange),
    /// The same words elsewhere. White space within them may be different.
    Moved(TextRange),
    /// Words that are similar enough to be the same passage after it was edited.
    Changed(TextRange),
    /// Nothing is similar enough, or only what may as well be another passage.
    Lost,
}

impl Placement {
    /// The place, where there is one.
    pub const fn range(self) -> Option<TextRange> {
        match self {
            Self::Same(range) | Self::Moved(range) | Self::Changed(range) => Some(range),
            Self::Lost => None,
        }
    }
}

/// A new text made ready for finding passages in it.
#[derive(Debug)]
pub struct Placer<'t> {
    text: &'t str,
    points: CodePoints<'t>,
    folded: Folded<'t>,
    old: Option<Old<'t>>,
    everything: OnceCell<Index>,
    what_is_new: OnceCell<Index>,
}

/// The text for which the selectors were made.
#[derive(Debug)]
struct Old<'t> {
    text: &'t str,
    points: CodePoints<'t>,
    folded: Folded<'t>,
    map: Map,
}

/// The length of the runs by which places are looked up, and of how many one is chosen.
const RUN: (usize, usize) = (8, 6);
/// How many runs of a selector are looked up, and how many places of each.
const LOOKED_UP: (usize, usize) = (128, 12);
/// How many places are compared.
const COMPARED: usize = 6;
/// How far around the likely place words are searched for, in bytes.
const NEAR: usize = 2048;
/// The same for a selector with too few words to look anything up.
const FAR: usize = 1 << 16;
/// How many equal words are looked at there.
const EQUAL: usize = 256;

impl<'t> Placer<'t> {
    /// For this text, where nothing is known of the one before it.
    pub fn new(text: &'t str) -> Self {
        let (points, folded) = (CodePoints::new(text), Folded::new(text));
        let (everything, what_is_new) = (OnceCell::new(), OnceCell::new());
        Self { text, points, folded, old: None, everything, what_is_new }
    }

    /// For this text, when the selectors were made for `old`. A selector that does not fit `old`
    /// is placed as if it were unknown.
    pub fn with_old(text: &'t str, old: &'t str) -> Self {
        let mut placer = Self::new(text);
        let (points, folded) = (CodePoints::new(old), Folded::new(old));
        let map = Map::between(folded.bytes(), placer.folded.bytes());
        placer.old = Some(Old { text: old, points, folded, map });
        placer
    }

    /// The places of many passages, in their order.
    pub fn place_all(&self, selectors: &[Selector]) -> Vec<Placement> {
        selectors.iter().map(|selector| self.place(selector)).collect()
    }

    /// The place of a passage.
    pub fn place(&self, selector: &Selector) -> Placement {
        let known = self.old.as_ref().and_then(|old| Some((old, old.passage(selector)?)));
        let blank = selector.exact.chars().all(is_blank);
        if (known.is_none() || blank)
            && let Some(range) = self.untouched(selector)
        {
            return Placement::Same(range);
        }
        if blank {
            return Placement::Lost;
        }
        let quote = Quote::new(selector);
        let found = match known {
            Some((old, range)) => self.follow(old, range, &quote),
            None => self.search_everywhere(selector.start, &quote),
        };
        found.map_or(Placement::Lost, |found| self.placement(found, selector, &quote))
    }

    /// The passage itself, where it, its neighbours and its place are what they were.
    fn untouched(&self, selector: &Selector) -> Option<TextRange> {
        let range = passage(self.text, &self.points, selector)?;
        let before = self.text.get(..range.start as usize)?;
        let behind = self.text.get(range.end as usize..)?;
        let agrees = before.ends_with(&selector.prefix) && behind.starts_with(&selector.suffix);
        (agrees && !range.is_empty()).then_some(range)
    }

    /// The passage that stood at `range` of the old text.
    fn follow(&self, old: &Old<'_>, range: TextRange, quote: &Quote) -> Option<Found> {
        let start = old.folded.of_raw(range.start as usize);
        let end = old.folded.of_raw(range.end as usize);
        let (near, _) = old.map.place(start, end);
        let in_order = self.between(&old.map, (start, end), 0, quote);
        let in_order = in_order.filter(|found| found.evidence >= quote.enough_in_order());
        if in_order.is_some_and(|found| found.evidence >= quote.enough()) {
            return in_order;
        }
        let index = self.what_is_new.get_or_init(|| self.index_of_new(&old.map));
        let moved = self.search(index, near, quote);
        let mut best = Best { near, found: in_order };
        best.offer(moved);
        best.found
    }

    /// The passage in a text of which only the selector tells something.
    fn search_everywhere(&self, start: u32, quote: &Quote) -> Option<Found> {
        let near = self.folded.of_raw(self.points.to_byte(start) as usize);
        let all = self.folded.bytes();
        let index = self.everything.get_or_init(|| Index::new(seeds(all, RUN.0, RUN.1)));
        let mut best = Best { near, found: self.search(index, near, quote) };
        let here = self.equal_at(near, quote).filter(|found| found.evidence >= quote.enough());
        best.offer(here);
        best.found
    }

    /// The best place within the runs of `index`, if enough speaks for it.
    fn search(&self, index: &Index, near: usize, quote: &Quote) -> Option<Found> {
        let (text, (start, end)) = (self.folded.bytes(), quote.place());
        let mut best = Best { near, found: None };
        let whole = quote.whole();
        let slack = (whole.len() / 2).clamp(32, FAR);
        let likely = likely(index, near, quote);
        for at in &likely {
            if let Some(found) =
                start.checked_add_signed(*at).and_then(|at| self.equal_at(at, quote))
            {
                best.offer(Some(found));
                if found.evidence == quote.all() {
                    break;
                }
                continue;
            }
            let low = at.saturating_sub_unsigned(slack).max(0).unsigned_abs().min(text.len());
            let high = at.saturating_add_unsigned(whole.len() + slack).max(0).unsigned_abs();
            let high = high.clamp(low, text.len());
            let map = Map::between(whole, &text[low..high]);
            let found = self.between(&map, (start, end), low, quote);
            best.offer(found);
        }
        if likely.is_empty() && whole.len() < 3 * RUN.0 {
            let low = near.saturating_sub(FAR);
            let high = near.saturating_add(FAR).min(text.len());
            self.within((low.min(high), high), quote, &mut best);
        }
        best.found.filter(|found| found.evidence >= quote.enough())
    }

    /// The best place for what stands at `start..end` of the text that `map` maps to the new one
    /// from `shift` on.
    fn between(
        &self,
        map: &Map,
        (start, end): (usize, usize),
        shift: usize,
        quote: &Quote,
    ) -> Option<Found> {
        let (low, high) = map.place(start, end);
        let (low, high) = (low + shift, high + shift);
        let mut best = Best { near: low, found: self.equal_at(low, quote) };
        if best.found.is_some_and(|found| found.evidence >= quote.enough()) {
            return best.found;
        }
        let (first, last) = map.window(start, end);
        let first = (first + shift).max(low.saturating_sub(NEAR));
        let last = (last + shift).min(low + NEAR + quote.words().len());
        if first < last {
            self.within((first, last), quote, &mut best);
        }
        if best.found.is_none_or(|found| found.evidence < quote.enough()) {
            let long = (end - start).max(high - low) - map.kept(start, end).min(end - start);
            let found = self.similar_at((low, high), quote, long);
            best.offer(found);
        }
        best.found
    }

    /// Offers the equal words in a part of the text, or what is most like them.
    fn within(&self, (low, high): (usize, usize), quote: &Quote, best: &mut Best) {
        let part = &self.folded.bytes()[low..high];
        for at in memmem::find_iter(part, quote.words()).take(EQUAL) {
            best.offer(self.equal_at(low + at, quote));
        }
        if quote.is_short()
            && best.found.is_none_or(|found| found.evidence < quote.enough())
            && let Some((start, end)) = quote.similar(part, best.near.saturating_sub(low))
        {
            let found = self.similar_at((low + start, low + end), quote, usize::MAX);
            best.offer(found);
        }
    }

    /// The passage at a place, where the words there are the same.
    fn equal_at(&self, at: usize, quote: &Quote) -> Option<Found> {
        let (text, len) = (self.folded.bytes(), quote.words().len());
        let end = at.checked_add(len)?;
        (text.get(at..end)? == quote.words()).then(|| quote.judge(text, (at, end), 0))?
    }

    /// The passage at a place where the words are similar. `long` are the errors of words that are
    /// too long to be counted here.
    fn similar_at(&self, ends: (usize, usize), quote: &Quote, long: usize) -> Option<Found> {
        let text = &self.folded.text;
        let start = text.floor_char_boundary(ends.0);
        let end = text.ceil_char_boundary(ends.1).max(start);
        let errors = if !quote.is_short() {
            long
        } else if end - start > 2 * quote.words().len() {
            return None;
        } else {
            quote.errors(&text.as_bytes()[start..end])
        };
        quote.judge(text.as_bytes(), (start, end), errors)
    }

    /// The runs of what the old text does not have, and of a little on both sides of it.
    fn index_of_new(&self, map: &Map) -> Index {
        let text = self.folded.bytes();
        let mut found: Vec<Seed> = Vec::new();
        let mut start = 0;
        let mut add = |start: usize, end: usize| {
            let part = &text[start..end];
            found.extend(seeds(part, RUN.0, RUN.1).into_iter().map(|seed| seed.behind(start)));
        };
        // Blocks that are shorter than the margins do not part what is new.
        for block in map.blocks().iter().filter(|it| it.len > 2 * MARGIN) {
            if block.new > start {
                add(start, block.new + MARGIN);
            }
            start = block.new_end() - MARGIN;
        }
        if start + MARGIN < text.len() || start == 0 {
            add(start, text.len());
        }
        Index::new(found)
    }

    /// What is said of a found passage: its bytes in the text and what became of it.
    fn placement(&self, found: Found, selector: &Selector, quote: &Quote) -> Placement {
        let range = self.folded.to_raw(found.start, found.end);
        let equal = self.folded.bytes()[found.start..found.end] == *quote.words();
        let range =
            if equal { self.with_blanks(range, selector) } else { self.in_words(range, selector) };
        let ends = (self.points.of_byte(range.start), self.points.of_byte(range.end));
        match equal {
            true if ends == (selector.start, selector.end) => Placement::Same(range),
            true => Placement::Moved(range),
            false => Placement::Changed(range),
        }
    }

    /// With as many blanks at the ends as the words had, where they are there.
    fn with_blanks(&self, range: TextRange, selector: &Selector) -> TextRange {
        let (before, behind) = self.around(range);
        let most = selector.exact.chars().take_while(|c| is_blank(*c)).count();
        let lead = before.chars().rev().take(most).take_while(|c| is_blank(*c));
        let start = before.len() - lead.map(char::len_utf8).sum::<usize>();
        let most = selector.exact.chars().rev().take_while(|c| is_blank(*c)).count();
        let trail = behind.chars().take(most).take_while(|c| is_blank(*c));
        let end = range.end as usize + trail.map(char::len_utf8).sum::<usize>();
        TextRange::of_bytes(start, end)
    }

    /// Where a changed passage was one of whole words, it is one again.
    fn in_words(&self, range: TextRange, selector: &Selector) -> TextRange {
        let (before, behind) = self.around(range);
        let words = range.of(self.text);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let exact = &selector.exact;
        let begins = is_word(exact.chars().next()) && !is_word(selector.prefix.chars().next_back());
        let ends = is_word(exact.chars().next_back()) && !is_word(selector.suffix.chars().next());
        let (mut start, mut end) = (range.start as usize, range.end as usize);
        if begins && is_word(words.chars().next()) {
            let rest = before.chars().rev().take(LONGEST_WORD).take_while(|c| c.is_alphanumeric());
            start -= rest.map(char::len_utf8).sum::<usize>();
        }
        if ends && is_word(words.chars().next_back()) {
            let rest = behind.chars().take(LONGEST_WORD).take_while(|c| c.is_alphanumeric());
            end += rest.map(char::len_utf8).sum::<usize>();
        }
        TextRange::of_bytes(start, end)
    }

    fn around(&self, range: TextRange) -> (&str, &str) {
        let before = self.text.get(..range.start as usize).unwrap_or_default();
        (before, self.text.get(range.end as usize..).unwrap_or_default())
    }
}

/// How much of a block on either side belongs to what is new, in bytes: neighbours with room.
const MARGIN: usize = 64;
/// How far an end moves to be the end of a word, in characters.
const LONGEST_WORD: usize = 24;

impl Old<'_> {
    /// The selector's passage, where the words there are its words.
    fn passage(&self, selector: &Selector) -> Option<TextRange> {
        passage(self.text, &self.points, selector)
    }
}

/// The passage at the place that a selector tells, if it has the selector's words.
fn passage(text: &str, points: &CodePoints<'_>, selector: &Selector) -> Option<TextRange> {
    let range = TextRange::new(points.to_byte(selector.start), points.to_byte(selector.end));
    (text.get(range.usize())? == selector.exact).then_some(range)
}

/// Where a passage with its neighbours may begin: where most of its runs stand in one row.
fn likely(index: &Index, near: usize, quote: &Quote) -> Vec<isize> {
    let whole = quote.whole();
    let runs = seeds(whole, RUN.0, RUN.1);
    let begin = near.saturating_sub(quote.place().0);
    let mut rows = Vec::new();
    for run in runs.iter().step_by(runs.len() / LOOKED_UP.0 + 1) {
        for place in index.nearest(run.hash(), begin + run.at(), LOOKED_UP.1) {
            rows.push(place.at().cast_signed() - run.at().cast_signed());
        }
    }
    rows.sort_unstable();
    // Rows that are near to each other are one passage in which something was put in or left out.
    let reach = (whole.len() / 8).clamp(16, 256);
    let groups = rows.chunk_by(|one, two| one.abs_diff(*two) <= reach);
    let mut groups: Vec<_> = groups
        .map(|group| {
            let same = group.chunk_by(|one, two| one == two).max_by_key(|same| same.len());
            let row = same.and_then(|same| same.first()).copied().unwrap_or_default();
            (std::cmp::Reverse(group.len()), row.abs_diff(begin.cast_signed()), row)
        })
        .collect();
    // What is enough holds two runs, and more of a long passage, unless the neighbours are few.
    // A place with half of the runs of another one is not the better one.
    let most = groups.iter().map(|(len, ..)| len.0).max().unwrap_or_default();
    let least = if runs.len() < 4 { 1 } else { (runs.len().min(LOOKED_UP.0) / 16).max(2) };
    groups.retain(|(len, ..)| len.0 >= least && 2 * len.0 > most);
    groups.sort_unstable();
    groups.into_iter().take(COMPARED).map(|(_, _, row)| row).collect()
}

/// The place for which most speaks, of several the nearest.
struct Best {
    near: usize,
    found: Option<Found>,
}

impl Best {
    fn offer(&mut self, found: Option<Found>) {
        let Some(found) = found else { return };
        let better = |last: Found| {
            let far = |it: Found| std::cmp::Reverse(it.start.abs_diff(self.near));
            (found.evidence, far(found)) > (last.evidence, far(last))
        };
        if self.found.is_none_or(better) {
            self.found = Some(found);
        }
    }
}
