//! Gives what a file says its place in a text.

use std::cell::OnceCell;

use super::entities::Entities;
use crate::annot::{Annotation, Body, Placement, Placer, Quote, Selector, Speaker, Was};
use crate::export::read::{Noted, Part, Said, Words};
use crate::text::units::CodePoints;
use crate::text::{TextRange, offset};

/// How an annotation came to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placing {
    Same,
    Moved,
    Changed,
    Lost,
}

/// A text in which the passages of a file are looked for.
pub(super) struct Places<'a> {
    text: &'a str,
    points: CodePoints<'a>,
    /// Whether the file was made for this text.
    same: bool,
    /// The text for which it was made, where it is another one and the file has it.
    old: Option<&'a str>,
    /// Made when something has to be looked for.
    placer: OnceCell<Placer<'a>>,
}

/// Where a quote stood and where it stands now.
struct Moved<'n> {
    selector: &'n Selector,
    range: TextRange,
    lost: bool,
}

/// How far from a quote the words may stand that belong to it, in bytes.
const NEAR: usize = 600;

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str, same: bool, old: Option<&'a str>) -> Self {
        let old = old.filter(|_| !same);
        Self { text, points: CodePoints::new(text), same, old, placer: OnceCell::new() }
    }

    fn placer(&self) -> &Placer<'a> {
        self.placer.get_or_init(|| match self.old {
            Some(old) => Placer::with_old(self.text, old),
            None => Placer::new(self.text),
        })
    }

    /// The annotation with its place in this text, and how it came there.
    pub(super) fn annotation(&self, it: Noted, entities: &Entities) -> (Annotation, Placing) {
        let (range, placing) = self.place(&it);
        let Noted { id, selector, part, origin, review, confidence, mut extra } = it;
        let lost = placing == Placing::Lost;
        // What it was made on, and not what became of that in between.
        let first = extra.was.take().filter(|was| !was.lost).map(|was| was.selector);
        let selector_then = || first.clone().unwrap_or_else(|| selector.clone());
        extra.was = match placing {
            Placing::Same | Placing::Moved => {
                first.clone().map(|selector| Was { lost, selector, beside: None })
            }
            Placing::Changed | Placing::Lost => {
                Some(Was { lost, selector: selector_then(), beside: None })
            }
        }
        .map(Box::new);
        let body = match part {
            Part::Quote(said) => {
                let moved = Moved { selector: &selector, range, lost };
                Body::Quote(Box::new(self.quote(*said, &moved, entities)))
            }
            Part::Mention(number) => match entities.id(number) {
                Some(entity) => Body::Mention(entity),
                None => Body::Highlight,
            },
            Part::Time(time) => Body::Time(time),
            Part::Highlight => Body::Highlight,
        };
        let extra = Some(Box::new(extra)).filter(|extra| !extra.is_empty());
        (Annotation { id, range, body, origin, review, confidence, extra }, placing)
    }

    fn place(&self, it: &Noted) -> (TextRange, Placing) {
        let nowhere = (TextRange::default(), Placing::Lost);
        if self.same {
            if it.is_lost() {
                return nowhere;
            }
            let place = [it.selector.start, it.selector.end];
            if let Some(range) = self.checked(place, &it.selector.exact) {
                return (range, Placing::Same);
            }
        }
        match self.placer().place(&it.selector) {
            Placement::Same(range) => (range, Placing::Same),
            Placement::Moved(range) => (range, Placing::Moved),
            Placement::Changed(range) => (range, Placing::Changed),
            Placement::Lost => nowhere,
        }
    }

    fn range(&self, [start, end]: [u32; 2]) -> TextRange {
        TextRange::new(self.points.to_byte(start), self.points.to_byte(end))
    }

    /// A place of the file's, if these words stand there.
    fn checked(&self, place: [u32; 2], words: &str) -> Option<TextRange> {
        Some(self.range(place)).filter(|range| range.of(self.text) == words)
    }

    fn quote(&self, said: Said, moved: &Moved<'_>, entities: &Entities) -> Quote {
        let Said { form, speaker, cue, continues, marks } = said;
        let speaker = speaker.map(|named| {
            let range = named.words.as_ref().and_then(|words| self.words(words, moved));
            let entity = named.entity.and_then(|number| entities.id(number));
            let words = named.words.map(|words| words.exact).filter(|_| entity.is_some());
            Speaker {
                range: range.unwrap_or(TextRange::new(moved.range.start, moved.range.start)),
                entity,
                name: words.unwrap_or(named.name).into(),
            }
        });
        let cue = cue.and_then(|words| self.words(&words, moved));
        let outer = marks.map_or(moved.range, |marks| self.marks(marks, moved));
        Quote { form, speaker, cue, continues, outer }
    }

    /// Words beside a quote: where the file says, or else the nearest ones to where they should
    /// be now.
    fn words(&self, words: &Words, moved: &Moved<'_>) -> Option<TextRange> {
        if self.same
            && let Some(range) = words.place.and_then(|place| self.checked(place, &words.exact))
        {
            return Some(range);
        }
        if moved.lost || words.exact.is_empty() {
            return None;
        }
        let expected = words.place.map_or(moved.range.start, |[start, _]| {
            let quote = self.points.of_byte(moved.range.start);
            let start = (i64::from(quote) + i64::from(start)) - i64::from(moved.selector.start);
            self.points.to_byte(u32::try_from(start.max(0)).unwrap_or(u32::MAX))
        });
        let from = (moved.range.start as usize).saturating_sub(NEAR);
        let to = (moved.range.end as usize).saturating_add(NEAR).min(self.text.len());
        let from = self.text.floor_char_boundary(from);
        let around = self.text.get(from..self.text.ceil_char_boundary(to))?;
        let found = around.match_indices(words.exact.as_str()).map(|(at, _)| offset(from + at));
        let start = found.min_by_key(|at| at.abs_diff(expected))?;
        Some(TextRange::new(start, start + offset(words.exact.len())))
    }

    /// A quote with its marks.
    fn marks(&self, marks: [u32; 2], moved: &Moved<'_>) -> TextRange {
        let Moved { selector, range, lost } = *moved;
        if self.same {
            let outer = self.range(marks);
            return if lost || outer.covers(range) { outer } else { range };
        }
        let mark = |c: &char| !c.is_alphanumeric() && !c.is_whitespace();
        let before = self.text.get(..range.start as usize).unwrap_or_default();
        let behind = self.text.get(range.end as usize..).unwrap_or_default();
        let size = |count: u32, chars: &mut dyn Iterator<Item = char>| {
            let marks = chars.take(count as usize).take_while(mark);
            offset(marks.map(char::len_utf8).sum())
        };
        let before = size(selector.start.saturating_sub(marks[0]), &mut before.chars().rev());
        let behind = size(marks[1].saturating_sub(selector.end), &mut behind.chars());
        if lost { range } else { TextRange::new(range.start - before, range.end + behind) }
    }
}
