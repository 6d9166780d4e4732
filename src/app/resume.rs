//! What the screen of an article remembers for the next time, and going on from there.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::rows::{FORMS, Filters, Panel};
use super::{Message, Model, marking, panels, update};
use crate::annot::{EntityKind, Store};
use crate::article::Article;

/// What was kept of an article from an earlier time.
#[derive(Debug, Default)]
pub struct Kept {
    /// Its annotations and changes.
    pub store: Store,
    /// Where the reader was, in bytes.
    pub position: Option<u32>,
    /// What [`remembered`] said then.
    pub view: Option<String>,
    /// The tags of all articles.
    pub tags: Vec<String>,
    /// What is to be said: that the text has changed.
    pub news: Option<String>,
}

/// The filters and the layout, as they are written down. What a later version adds is left out by
/// an earlier one, and what it does not know stays as it is.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct View {
    forms: Option<[bool; FORMS.len()]>,
    only_with_speaker: bool,
    grouped: bool,
    kinds: Option<[bool; EntityKind::ALL.len()]>,
    undated: Option<bool>,
    article: Option<u16>,
    heights: Option<[u16; 3]>,
    tab: Option<usize>,
    zen: bool,
    colour: Option<String>,
    by_certainty: Option<bool>,
}

/// What is to be remembered of the screen.
pub fn remembered(model: &Model) -> String {
    let Filters { forms, only_with_speaker, grouped, kinds, undated } = model.filters;
    let view = View {
        forms: Some(forms),
        only_with_speaker,
        grouped,
        kinds: Some(kinds),
        undated: Some(undated),
        article: Some(model.settings.panes.article),
        heights: Some(model.settings.panes.heights),
        tab: Some(model.tab as usize),
        zen: model.zen,
        colour: model.last_colour.clone(),
        by_certainty: Some(model.review_by_certainty),
    };
    serde_json::to_string(&view).unwrap_or_default()
}

/// Goes on where the reader left off. What was done meanwhile, in the first moments before the
/// library had answered, is done upon it; returns how many steps these are: they are the last ones
/// of the store.
pub fn resume(model: &mut Model, kept: Kept) -> usize {
    let Kept { store, position, view, tags, news } = kept;
    let before = std::mem::replace(&mut model.store, store);
    let steps = before.steps().to_vec();
    let mut done = 0;
    for step in steps {
        let step = step.rebase(&model.store);
        done += usize::from(model.store.apply(step));
    }
    model.known_tags = tags;
    if let Some(view) = view.and_then(|it| serde_json::from_str::<View>(&it).ok()) {
        restore(model, view);
    }
    // Who has begun to read is not carried away.
    let beginning = model.article.blocks.first().map_or(0, |it| it.range.start);
    if let Some(position) = position.filter(|_| model.reader.cursor == beginning) {
        let last = super::motion::last_place(&model.article);
        let place = model.article.text.floor_char_boundary(position as usize);
        let article = Arc::clone(&model.article);
        model.reader.jump(&article, crate::text::offset(place).min(last));
    }
    panels::rebuild(model);
    if let Some(news) = news {
        model.say(news);
    }
    update::settle(model);
    done
}

/// The filters and the layout of one screen on another.
pub(super) fn carry(from: &Model, to: &mut Model) {
    if let Ok(view) = serde_json::from_str(&remembered(from)) {
        restore(to, view);
    }
}

fn restore(model: &mut Model, view: View) {
    let defaults = Filters::default();
    model.filters = Filters {
        forms: view.forms.unwrap_or(defaults.forms),
        only_with_speaker: view.only_with_speaker,
        grouped: view.grouped,
        kinds: view.kinds.unwrap_or(defaults.kinds),
        undated: view.undated.unwrap_or(defaults.undated),
    };
    let panes = &mut model.settings.panes;
    panes.article = view.article.map_or(panes.article, |it| it.clamp(20, 90));
    panes.heights = view.heights.map_or(panes.heights, |it| it.map(|it| it.clamp(1, 1000)));
    model.tab = view.tab.and_then(|at| Panel::ALL.get(at)).copied().unwrap_or(model.tab);
    model.zen = view.zen;
    model.last_colour = view.colour.or(model.last_colour.take());
    model.review_by_certainty = view.by_certainty.unwrap_or(model.review_by_certainty);
}

/// What others did to the same article is to be seen.
pub fn joined(model: &mut Model, names: &[String]) -> Vec<super::Effect> {
    panels::rebuild(model);
    match names {
        [] => {}
        [name] => model.say(format!("another pullquote {name}")),
        [.., name] => model.say(format!("another pullquote made {} changes: {name}", names.len())),
    }
    let effects = marking::redate(model).into_iter().collect();
    update::settle(model);
    effects
}

/// What the reader just did is said first, and what others did behind it.
pub fn both(own: Option<Message>, theirs: Option<Message>) -> Option<Message> {
    match (own, theirs) {
        (Some(Message::Done(own)), Some(Message::Done(theirs))) => {
            Some(Message::Done(format!("{own}; {theirs}")))
        }
        (own, theirs) => own.or(theirs),
    }
}

/// The article with the day that the reader says it was written on.
pub fn dated(article: Arc<Article>, store: &Store) -> Arc<Article> {
    let said = store.about().published;
    if said.is_none() || said == article.meta.published {
        return article;
    }
    let mut article = (*article).clone();
    article.meta.published = said;
    Arc::new(article)
}
