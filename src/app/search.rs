//! Searching the text: while it is typed, and from match to match.

use super::layout::Focus;
use super::{Model, motion, moves};
use crate::annot::Kind;
use crate::text::TextRange;
use crate::text::find::Pattern;

/// What is searched for.
#[derive(Debug)]
pub struct Search {
    /// As it was typed.
    pub typed: String,
    /// What it matches.
    pub pattern: Pattern,
    /// Where all matches begin, in a text short enough to count them.
    pub starts: Option<Vec<u32>>,
}

/// Longer texts are searched from match to match without counting all of them, in bytes.
const COUNTED: usize = 2 * 1024 * 1024;

/// More matches than this are not counted.
const MOST: usize = 10_000;

impl Search {
    fn new(model: &Model, typed: String, pattern: Pattern) -> Self {
        let text = &model.article.text;
        let starts = (text.len() <= COUNTED)
            .then(|| pattern.matches(text).take(MOST).map(|found| found.start).collect::<Vec<_>>());
        Self { typed, pattern, starts: starts.filter(|starts| starts.len() < MOST) }
    }

    /// Which match begins at this place, counted from 1, and how many there are.
    pub fn number(&self, place: u32) -> Option<(usize, usize)> {
        let starts = self.starts.as_ref()?;
        let before = starts.partition_point(|&start| start <= place);
        Some((before, starts.len()))
    }
}

/// Shows the first match of what is typed so far, from where the search was begun.
pub(super) fn preview(model: &mut Model, typed: &str, origin: u32) {
    let Some(pattern) =
        Some(typed).filter(|it| !it.is_empty()).and_then(|it| Pattern::new(it).ok())
    else {
        // Half a regular expression is not wrong yet.
        model.search = None;
        moves::along(model, origin);
        return;
    };
    let found = first_from(model, &pattern, origin);
    // Counting waits for Enter.
    model.search = Some(Search { typed: typed.to_owned(), pattern, starts: None });
    moves::along(model, found.map_or(origin, |found| found.start));
}

/// Ends typing: goes to the first match, or says that there is none.
pub(super) fn submit(model: &mut Model, typed: &str, origin: u32) {
    let typed = if typed.is_empty() {
        model.searches.last().unwrap_or_default().to_owned()
    } else {
        typed.to_owned()
    };
    if typed.is_empty() {
        return;
    }
    model.searches.add(&typed);
    moves::along(model, origin);
    match Pattern::new(&typed) {
        Ok(pattern) => start(model, typed, pattern, origin),
        Err(error) => {
            model.search = None;
            let hint = error.hint_text().map(|hint| format!(" ({hint})")).unwrap_or_default();
            model.complain(format!("{error}{hint}"));
        }
    }
}

fn start(model: &mut Model, typed: String, pattern: Pattern, origin: u32) {
    let found = first_from(model, &pattern, origin);
    let search = Search::new(model, typed, pattern);
    match found {
        Some(found) => moves::far(model, found.start),
        None => model.complain(format!("nothing found for {}", search.typed)),
    }
    model.search = Some(search);
}

/// The first match from a place on, or else from the beginning.
fn first_from(model: &Model, pattern: &Pattern, place: u32) -> Option<TextRange> {
    let text = &model.article.text;
    pattern.next_from(text, place).or_else(|| pattern.next_from(text, 0))
}

/// Goes to the next or the previous match, round the end where there is none.
pub(super) fn walk(model: &mut Model, forward: bool, count: u32) {
    let Some(search) = &model.search else {
        match model.searches.last().map(str::to_owned) {
            Some(typed) => {
                let place = motion::character(&model.article.text, model.reader.cursor, forward);
                submit(model, &typed, place);
            }
            None => model.complain("nothing was searched for yet; / searches"),
        }
        return;
    };
    let text = &model.article.text;
    let mut place = model.reader.cursor;
    let mut round = false;
    let mut left = count;
    // What was left the last time that the search went round: every round is as long.
    let mut at_round = None;
    while left > 0 {
        left -= 1;
        let next = if forward {
            search.pattern.next_from(text, motion::character(text, place, true).max(place + 1))
        } else {
            search.pattern.previous_before(text, place)
        };
        let found = next.or_else(|| {
            round = true;
            if let Some(before) = at_round.replace(left) {
                left %= before - left;
            }
            let end = crate::text::offset(text.len());
            if forward {
                search.pattern.next_from(text, 0)
            } else {
                search.pattern.previous_before(text, end)
            }
        });
        let Some(found) = found else {
            let typed = search.typed.clone();
            model.complain(format!("nothing found for {typed}"));
            return;
        };
        place = found.start;
    }
    // From match to match is no jump, or the list would be full of them.
    moves::along(model, place);
    if round {
        model.say(if forward { "from the beginning again" } else { "from the end again" });
    }
}

/// Searches for the word or the entity under the cursor.
pub(super) fn word(model: &mut Model) {
    let place = model.reader.cursor;
    let here = TextRange::new(place, place + 1);
    let mention = model
        .store
        .touching(here)
        .map(|(_, it)| it)
        .find(|it| it.kind() == Kind::Mention)
        .map(|it| it.range);
    let words = mention.or_else(|| motion::word_at(&model.article.text, place));
    let Some(words) = words.map(|range| range.of(&model.article.text).to_owned()) else {
        model.complain("there is no word under the cursor");
        return;
    };
    match Pattern::whole_words(&words) {
        Ok(pattern) => {
            super::panels::focus(model, Focus::Article);
            let after = motion::character(&model.article.text, place, true);
            start(model, words, pattern, after);
        }
        Err(error) => model.complain(error.to_string()),
    }
}
