//! Motions and jumps in the article.

use super::reader::{Grain, Selection, Stand};
use super::{Model, motion};
use crate::annot::{Annotation, Kind, Review};
use crate::input::Command;
use crate::text::TextRange;

/// Moves the cursor as a command says, `count` times.
pub(super) fn go(model: &mut Model, command: Command, count: Option<u32>) {
    let times = i64::from(count.unwrap_or(1));
    let article = std::sync::Arc::clone(&model.article);
    let reader = &mut model.reader;
    let half = (reader.page_rows() / 2).max(1);
    match command {
        Command::Down => reader.lines(&article, times),
        Command::Up => reader.lines(&article, -times),
        Command::HalfPageDown => reader.scroll_with(&article, half * times),
        Command::HalfPageUp => reader.scroll_with(&article, -half * times),
        Command::PageDown => page(model, times),
        Command::PageUp => page(model, -times),
        Command::LineStart => reader.line_end(&article, false),
        Command::LineEnd => reader.line_end(&article, true),
        Command::Top => far(model, 0),
        Command::Bottom => far(model, bottom(model, count)),
        _ => {
            for _ in 0..times {
                let place = model.reader.cursor;
                let next = step(model, command, place);
                if next == place {
                    break;
                }
                model.reader.go(next);
            }
        }
    }
}

/// A page, after which a cursor that cannot go on with the text goes to its very end.
fn page(model: &mut Model, times: i64) {
    let article = std::sync::Arc::clone(&model.article);
    let before = model.reader.cursor;
    model.reader.scroll_with(&article, model.reader.page_rows() * times);
    if model.reader.cursor == before {
        let end = if times > 0 { motion::last_place(&article) } else { 0 };
        model.reader.go(end);
    }
}

fn step(model: &Model, command: Command, place: u32) -> u32 {
    let article = &*model.article;
    let text = article.text.as_str();
    match command {
        Command::Left => motion::character(text, place, false),
        Command::Right => motion::character(text, place, true),
        Command::WordForward => motion::word_forward(text, place),
        Command::WordBack => motion::word_back(text, place),
        Command::WordEnd => motion::word_end(text, place),
        Command::NextParagraph => motion::paragraph(article, place, true),
        Command::PreviousParagraph => motion::paragraph(article, place, false),
        Command::NextSentence => motion::sentence(article, place, true),
        Command::PreviousSentence => motion::sentence(article, place, false),
        _ => place,
    }
}

/// The text's end, or the beginning of the line of the file that was counted.
fn bottom(model: &Model, count: Option<u32>) -> u32 {
    let Some(line) = count.filter(|&line| line > 0) else {
        return motion::last_place(&model.article);
    };
    let text = model.article.text.as_bytes();
    let before = (line as usize).checked_sub(2);
    let start =
        before.map_or(Some(0), |at| memchr::memchr_iter(b'\n', text).nth(at).map(|it| it + 1));
    // What follows the last line end is no line where nothing stands there.
    let start = start.filter(|&it| it < text.len());
    start.map_or_else(|| motion::last_place(&model.article), crate::text::offset)
}

/// Goes to a place and remembers this one in the list of jumps.
pub(super) fn far(model: &mut Model, place: u32) {
    if place != model.reader.cursor {
        model.jumps.push(model.reader.cursor);
    }
    let article = std::sync::Arc::clone(&model.article);
    model.reader.jump(&article, place);
}

/// Goes to a place that is in the list of jumps already.
pub(super) fn along(model: &mut Model, place: u32) {
    let article = std::sync::Arc::clone(&model.article);
    model.reader.jump(&article, place);
}

/// What a jump by annotation stops at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Annotations of a kind.
    Kind(Kind),
    /// Annotations of any kind.
    Any,
    /// Proposals that nobody has looked at.
    Unreviewed,
}

impl Stop {
    const fn what(self) -> &'static str {
        match self {
            Self::Kind(Kind::Quote) => "quote",
            Self::Kind(Kind::Mention) => "entity",
            Self::Kind(Kind::Time) => "time",
            Self::Kind(Kind::Highlight) => "highlight",
            Self::Any => "annotation",
            Self::Unreviewed => "unreviewed proposal",
        }
    }
}

/// Goes to the next or previous annotation of a sort, `count` times.
pub(super) fn annotation(model: &mut Model, stop: Stop, forward: bool, count: u32) {
    let mut place = model.reader.cursor;
    let mut found = false;
    for _ in 0..count {
        let Some(next) = neighbour(model, stop, forward, place) else { break };
        place = next;
        found = true;
    }
    if found {
        far(model, place);
        return;
    }
    let (end, what) = (if forward { "after" } else { "before" }, stop.what());
    let still = if model.progress.stage.is_some() { "; still looking" } else { "" };
    model.complain(format!("no {what} {end} this place{still}"));
}

/// The start of the nearest annotation in a direction.
fn neighbour(model: &Model, stop: Stop, forward: bool, place: u32) -> Option<u32> {
    let all = model.store.annotations();
    let wanted = |it: &Annotation| match stop {
        Stop::Kind(_) | Stop::Any => it.review != Review::Rejected,
        Stop::Unreviewed => it.review == Review::Proposed,
    };
    let start = |it: &Annotation| it.range.start;
    if let Stop::Kind(kind) = stop {
        let list = model.store.of_kind(kind);
        let get = |at: &u32| &all[*at as usize];
        let behind = list.partition_point(|at| start(get(at)) <= place);
        let before = list.partition_point(|at| start(get(at)) < place);
        return if forward {
            list[behind..].iter().map(get).find(|it| wanted(it)).map(start)
        } else {
            list[..before].iter().rev().map(get).find(|it| wanted(it)).map(start)
        };
    }
    if forward {
        let behind = all.partition_point(|it| start(it) <= place);
        all[behind..].iter().find(|it| wanted(it)).map(start)
    } else {
        let before = all.partition_point(|it| start(it) < place);
        all[..before].iter().rev().find(|it| wanted(it)).map(start)
    }
}

/// Begins a selection at the cursor, changes its grain, or ends it.
pub(super) fn select(model: &mut Model, grain: Grain) {
    let reader = &mut model.reader;
    reader.selection = match reader.selection {
        Some(selection) if selection.grain == grain => None,
        Some(selection) => Some(Selection { grain, ..selection }),
        None => Some(Selection { anchor: reader.cursor, grain }),
    };
}

/// Selects a passage, with the cursor at its last character.
pub(super) fn take(model: &mut Model, range: TextRange) {
    if range.is_empty() {
        return;
    }
    model.reader.selection = Some(Selection { anchor: range.start, grain: Grain::Characters });
    let last = motion::character(&model.article.text, range.end, false);
    model.reader.go(last);
}

/// The passage around the cursor that a text object names.
pub(super) fn object(model: &Model, command: Command) -> Option<TextRange> {
    let place = model.reader.cursor;
    let smallest = |kind| {
        let here = TextRange::new(place, place + 1);
        let found = model.store.touching(here).map(|(_, it)| it);
        found.filter(|it| it.kind() == kind).map(|it| it.range).min_by_key(|it| it.len())
    };
    match command {
        Command::SelectQuote => smallest(Kind::Quote),
        Command::SelectEntity => smallest(Kind::Mention),
        Command::SelectSentence => motion::sentence_at(&model.article, place),
        Command::SelectParagraph => motion::paragraph_at(&model.article, place),
        _ => None,
    }
}

/// Grows the selection to the next larger unit around it, or shrinks it to the next smaller one.
pub(super) fn resize(model: &mut Model, grow: bool) {
    let Some(now) = model.reader.selected(&model.article) else { return };
    let at = now.start;
    let article = &*model.article;
    let whole = TextRange::new(
        article.blocks.first().map_or(0, |it| it.range.start),
        article.blocks.last().map_or(0, |it| it.range.end),
    );
    let mut units: Vec<TextRange> = [
        motion::word_at(&article.text, at),
        object_at(model, Kind::Mention, now),
        object_at(model, Kind::Quote, now),
        motion::sentence_at(article, at),
        motion::paragraph_at(article, at),
        Some(whole),
    ]
    .into_iter()
    .flatten()
    .collect();
    units.sort_by_key(|it| it.len());
    let next = if grow {
        units.into_iter().find(|it| it.covers(now) && it.len() > now.len())
    } else {
        units.into_iter().rev().find(|it| now.covers(*it) && it.len() < now.len())
    };
    if let Some(next) = next {
        take(model, next);
    }
}

fn object_at(model: &Model, kind: Kind, now: TextRange) -> Option<TextRange> {
    let here = TextRange::new(now.start, now.start + 1);
    let mut found = model.store.touching(here).map(|(_, it)| it).filter(|it| it.kind() == kind);
    found.next().map(|it| it.range)
}

/// Puts the cursor's line at a place of the pane.
pub(super) fn stand(model: &mut Model, stand: Stand) {
    let article = std::sync::Arc::clone(&model.article);
    model.reader.stand(&article, stand);
}
