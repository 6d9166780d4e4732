//! What a command of marking acts on.

use super::editor;
use crate::annot::{Annotation, AnnotationId, EntityId, Kind, Review};
use crate::app::layout::Focus;
use crate::app::rows::Panel;
use crate::app::{Model, motion};
use crate::text::{TextRange, offset};

/// What a mark is put on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Annotations that are there.
    Annotations(Vec<AnnotationId>),
    /// A passage without one, with the word for it.
    Passage(TextRange, &'static str),
    /// The article as a whole.
    Article,
}

impl Target {
    /// In words: "14 mentions", "the sentence".
    pub fn what(&self, model: &Model) -> String {
        match self {
            Self::Annotations(ids) => editor(model).things(ids),
            Self::Passage(_, what) => format!("the {what}"),
            Self::Article => "the article".to_owned(),
        }
    }
}

/// The annotation under the cursor: the shortest one, as long as it was not rejected. The marks
/// around a quote belong to it.
pub fn at_cursor(model: &Model) -> Option<&Annotation> {
    let place = model.reader.cursor;
    let near = TextRange::new(place.saturating_sub(12), place.saturating_add(13));
    let covers = |it: &Annotation| {
        it.range.contains(place) || it.quote().is_some_and(|quote| quote.outer.contains(place))
    };
    let here = model.store.touching(near).map(|(_, it)| it);
    here.filter(|it| it.review != Review::Rejected && covers(it))
        .min_by_key(|it| (it.range.len(), it.kind() != Kind::Highlight))
}

/// What a command acts on: marked or selected rows, else what is selected, else the annotation
/// under the cursor, else the sentence.
pub fn target(model: &Model) -> Option<Target> {
    if let Focus::Panel(panel) = model.focus {
        let ids = of_rows(model, panel);
        return (!ids.is_empty()).then_some(Target::Annotations(ids));
    }
    if let Some(range) = model.reader.selected(&model.article) {
        let range = trimmed(&model.article.text, range);
        return (!range.is_empty()).then_some(Target::Passage(range, "selection"));
    }
    if let Some(it) = at_cursor(model) {
        return Some(Target::Annotations(from(model, it)));
    }
    let sentence = motion::sentence_at(&model.article, model.reader.cursor)?;
    let mut last = sentence;
    for _ in 1..model.times {
        let next = motion::sentence(&model.article, last.start, true);
        let next = motion::sentence_at(&model.article, next);
        let Some(next) = next.filter(|it| it.start > last.start) else { break };
        last = next;
    }
    let what = if last == sentence { "sentence" } else { "sentences" };
    Some(Target::Passage(TextRange::new(sentence.start, last.end), what))
}

/// This annotation and the next of its kind, as many as the command asks for.
fn from(model: &Model, first: &Annotation) -> Vec<AnnotationId> {
    if model.times <= 1 {
        return vec![first.id];
    }
    let all = model.store.annotations();
    let at = all.iter().position(|it| it.id == first.id).unwrap_or(all.len());
    let more = all.iter().skip(at + 1);
    let more = more.filter(|it| it.kind() == first.kind() && it.review != Review::Rejected);
    let more = more.map(|it| it.id).take(model.times.saturating_sub(1) as usize);
    std::iter::once(first.id).chain(more).collect()
}

/// Without white space at the ends: nobody marks a line end.
pub(super) fn trimmed(text: &str, range: TextRange) -> TextRange {
    let words = range.of(text);
    let start = words.len() - words.trim_start().len();
    let end = words.trim_end().len();
    if end <= start {
        TextRange::new(range.start, range.start)
    } else {
        TextRange::new(range.start + offset(start), range.start + offset(end))
    }
}

/// The annotations of the marked rows of a panel, or of the selected one.
pub(super) fn of_rows(model: &Model, panel: Panel) -> Vec<AnnotationId> {
    let state = &model.panels[panel as usize];
    let all = model.store.annotations();
    let mut ids = Vec::new();
    for row in state.marked() {
        match panel {
            Panel::Entities => {
                let mentions = state.rows.mentions(row).iter();
                ids.extend(mentions.filter_map(|&at| all.get(at as usize)).map(|it| it.id));
            }
            Panel::Quotes | Panel::Timeline => {
                ids.extend(state.rows.annotation(&model.store, row));
            }
        }
    }
    ids
}

/// The annotations that a review or a deletion is for.
pub(super) fn ids(model: &Model) -> Vec<AnnotationId> {
    if model.focus == Focus::Article
        && let Some(range) = model.reader.selected(&model.article)
    {
        let inside = model.store.touching(range).map(|(_, it)| it);
        let inside = inside.filter(|it| range.covers(it.range) && it.review != Review::Rejected);
        return inside.map(|it| it.id).collect();
    }
    match target(model) {
        Some(Target::Annotations(ids)) => ids,
        Some(Target::Passage(..) | Target::Article) | None => Vec::new(),
    }
}

/// The entities of the marked rows, or the one under the cursor.
pub(super) fn entities(model: &Model) -> Vec<EntityId> {
    if let Focus::Panel(Panel::Entities) = model.focus {
        let state = &model.panels[Panel::Entities as usize];
        return state.marked().filter_map(|row| state.rows.entity(row)).collect();
    }
    if let Focus::Panel(Panel::Quotes) = model.focus {
        let quotes = of_rows(model, Panel::Quotes);
        let speaker = |id: &AnnotationId| model.store.get(*id)?.quote()?.speaker.as_ref()?.entity;
        return quotes.first().and_then(speaker).into_iter().collect();
    }
    mention_at_cursor(model).and_then(Annotation::mention).into_iter().collect()
}

pub(super) fn mention_at_cursor(model: &Model) -> Option<&Annotation> {
    let place = model.reader.cursor;
    let here = model.store.touching(TextRange::new(place, place + 1)).map(|(_, it)| it);
    let here = here.filter(|it| it.kind() == Kind::Mention && it.review != Review::Rejected);
    here.min_by_key(|it| it.range.len())
}

/// The entity of this name, in any letters.
pub(in crate::app) fn find_entity(model: &Model, name: &str) -> Option<EntityId> {
    let is = |it: &str| it.to_lowercase() == name.trim().to_lowercase();
    let all = || model.store.live_entities();
    let by_name = all().find(|(_, it)| is(&it.name));
    by_name.or_else(|| all().find(|(_, it)| it.aliases.iter().any(|it| is(it)))).map(|it| it.0)
}

/// All mentions of an entity that were not rejected.
pub(super) fn mentions(model: &Model, id: EntityId) -> Vec<AnnotationId> {
    let all = model.store.annotations();
    let mentions = model.store.mentions_of(id).iter().filter_map(|&at| all.get(at as usize));
    mentions.filter(|it| it.review != Review::Rejected).map(|it| it.id).collect()
}

/// Where the selected words stand everywhere, or what the search finds.
pub(super) fn matches(model: &Model) -> Vec<TextRange> {
    let text = &model.article.text;
    let whole = TextRange::new(0, offset(text.len()));
    if let Some(range) = model.reader.selected(&model.article) {
        let words = trimmed(text, range).of(text);
        let finder = memchr::memmem::Finder::new(words);
        let found = finder.find_iter(text.as_bytes());
        return found.map(|at| TextRange::of_bytes(at, at + words.len())).collect();
    }
    let Some(search) = &model.search else { return Vec::new() };
    search.pattern.matches_in(text, whole).filter(|it| !it.is_empty()).collect()
}
