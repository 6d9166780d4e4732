//! The library's list: its rows, and what is done from it.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::feeds::is_listed;
use super::{Session, in_one_line};
use crate::annot::edit::Editor;
use crate::annot::{Step, Store};
use crate::app::shelf::{Hit, ShelfRow, What};
use crate::app::{self, Effect, Message, Msg};
use crate::article::{self, Article, How};
use crate::error::{Error, Result};
use crate::library::{self, ArticleRow, HitKind, Library, ListQuery, Query, Shelf, Verb};
use crate::text::units::CodePoints;

impl Session {
    /// Does what the library's list asks for.
    pub(super) fn in_library(&mut self, effect: Effect) {
        let msg = self
            .asked_of_library(effect)
            .unwrap_or_else(|error| Some(Msg::Told(Message::Failed(in_one_line(&error)))));
        for effect in msg.map(|msg| app::update(&mut self.model, msg)).unwrap_or_default() {
            self.effect(effect);
        }
    }

    fn asked_of_library(&mut self, effect: Effect) -> Result<Option<Msg>> {
        if is_listed(&effect, &self.model) {
            return self.offered_rows().map(|rows| Some(Msg::Shelf(rows)));
        }
        let Some(path) = self.library.clone() else {
            return Err(Error::new("there is no library").hint("--no-library turns it off"));
        };
        match effect {
            Effect::Shelf => {
                self.set_aside();
                return Ok(Some(Msg::Shelf(rows(&path)?)));
            }
            Effect::SearchLibrary(words) => {
                let hits = search(&path, &words)?;
                return Ok(Some(Msg::Hits(words, hits)));
            }
            Effect::OpenId(id, place) => self.show(article(&path, &id)?, place),
            Effect::Trash(ids) => trash(&path, &ids, true)?,
            Effect::Untrash(ids) => trash(&path, &ids, false)?,
            Effect::TagArticles(ids, tags) => tag(&path, &ids, &tags, true)?,
            Effect::UntagArticles(ids, tags) => tag(&path, &ids, &tags, false)?,
            _ => {}
        }
        Ok(None)
    }
}

/// All rows of the list; those in the trash, too.
pub(super) fn rows(path: &Path) -> Result<Vec<ShelfRow>> {
    let library = Library::open(path)?;
    let of = |shelf| library.list(&ListQuery { shelf, ..ListQuery::default() });
    let rows = [of(Shelf::Kept)?, of(Shelf::Trash)?].concat();
    Ok(rows.into_iter().map(row).collect())
}

fn row(it: ArticleRow) -> ShelfRow {
    ShelfRow {
        id: it.id.to_string(),
        title: it.title.unwrap_or_default(),
        source: it.source,
        authors: it.authors,
        publisher: it.publisher.unwrap_or_default(),
        published: it.day,
        added: Some(it.added),
        opened: it.opened,
        progress: it.progress,
        quotes: it.quotes,
        marks: it.marks,
        unreviewed: it.unreviewed,
        lost: it.lost,
        tags: it.tags,
        trashed: it.trashed.is_some(),
        ..ShelfRow::default()
    }
}

/// What is found in the texts, quotes and notes of all articles.
pub(super) fn search(path: &Path, words: &str) -> Result<Vec<Hit>> {
    let library = Library::open(path)?;
    let hits = library.search(words, &Query::default())?;
    // Places are code points in the library's answers and bytes on the screen.
    let mut open: Option<(library::ArticleId, Article)> = None;
    let mut found = Vec::new();
    for hit in hits {
        if open.as_ref().is_none_or(|(id, _)| *id != hit.article) {
            open = library.get(&hit.article.to_string()).ok();
        }
        let text = open.as_ref().map(|(_, article)| article.text.as_str());
        let place = text.map(|text| CodePoints::new(text).to_byte(hit.start));
        let what = match hit.kind {
            HitKind::Text => What::Text,
            HitKind::Quote { .. } => What::Quote,
            HitKind::Note { .. } => What::Note,
        };
        let (id, title, words) = (hit.article.to_string(), hit.title, hit.excerpt);
        found.push(Hit { id, title, what, words, place });
    }
    Ok(found)
}

/// An article of the library: its file as it is now, where it still is one, else its text as it was
/// kept. Of a page as much is shown as the last time.
pub(super) fn article(path: &Path, id: &str) -> Result<Article> {
    let library = Library::open(path)?;
    let (id, mut kept) = library.get(id)?;
    let place = library.place(id)?;
    if let Some(place) = place {
        let file = Path::new(&place);
        if article::is_there(file)
            && let Ok(article) =
                article::open_as(file, &How { extract: kept.extract, ..How::default() })
        {
            return Ok(article);
        }
        // By that the library knows it again.
        kept.meta.source = place;
    }
    kept.raw = library.raw(id)?;
    Ok(kept)
}

/// Puts articles into the trash, or takes them out.
pub(super) fn trash(path: &Path, ids: &[String], trashed: bool) -> Result<()> {
    let mut library = Library::open(path)?;
    for id in ids {
        let id = library.id(id)?;
        if trashed {
            library.trash(id, Timestamp::now())?;
        } else {
            library.restore(id)?;
        }
    }
    Ok(())
}

/// Adds tags to articles as a whole, or takes them away; each is a step of the article's own.
pub(super) fn tag(path: &Path, ids: &[String], tags: &[String], add: bool) -> Result<()> {
    let now = Timestamp::now();
    change(path, ids, now, |store| {
        let editor = Editor::new(store, now);
        if add { editor.tag_article(tags) } else { editor.untag_article(tags) }
    })
}

fn change(
    path: &Path,
    ids: &[String],
    now: Timestamp,
    step: impl Fn(&Store) -> Step,
) -> Result<()> {
    let mut library = Library::open(path)?;
    for id in ids {
        let (id, article) = library.get(id)?;
        let opened = library.opened(id)?;
        let entered = library.enter_as(Some(id), &Arc::new(article), now)?;
        let mut store = Store::restore(entered.kept);
        let mut desk = library.sit(entered.seat);
        let step = step(&store);
        if store.apply(step) {
            desk.keep(&mut store, Verb::Do)?;
        }
        library = desk.leave();
        library.set_opened(id, opened)?;
    }
    Ok(())
}
