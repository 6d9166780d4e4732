//! What the reader makes, on its way into the library; and into a file of its own where the library
//! cannot be written.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy;

use super::another::Seat;
use super::save::save;
use crate::annot::{Filter, Review, Store};
use crate::app::{Deed, Model, resume};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::export::{self, Format, Options};
use crate::library::{ArticleId, Desk, Library, Replaced, Turn, Verb};

/// Where what the reader makes is kept.
#[derive(Debug)]
pub(super) enum Keeper {
    /// Nowhere, as the reader wishes.
    Nowhere,
    /// In the library, which is not open yet.
    Opening,
    /// In the library once there is something to keep: the sample is nobody's article before.
    Waiting(Library),
    /// In the library.
    Desk(Box<Desk>),
    /// Nowhere, because the library cannot be used.
    Broken(String),
}

/// What the thread that opened the library found there.
#[derive(Debug)]
pub(super) struct Found {
    /// The reader's own way into the library.
    pub(super) keeper: Keeper,
    /// What was left of this article.
    pub(super) kept: resume::Kept,
    /// The article, with the day that the reader said it was written on.
    pub(super) article: Arc<Article>,
}

/// Opens the library and looks for what was left of an article, which may be another version of
/// one that is known.
///
/// `keep` says whether an article comes into the library by being opened.
pub(super) fn find(seat: &Seat, article: &Arc<Article>, keep: bool) -> Result<Found> {
    let now = jiff::Timestamp::now();
    let mut library = Library::open(&seat.file)?;
    let tags = library.tags()?;
    // Only what somebody has marked makes the sample an article of the library.
    let waits = !keep || article.meta.source == "sample";
    if waits && seat.id.is_none() && library.find(article)?.is_none() {
        let kept = resume::Kept { tags, ..resume::Kept::default() };
        let article = Arc::clone(article);
        return Ok(Found { keeper: Keeper::Waiting(library), kept, article });
    }
    let opened = library.enter_as(seat.id, article, now)?;
    let news = counted(&opened.replaced).map(|counted| match seat.id {
        Some(_) => format!("your marks: {counted}; gM lists them"),
        None => format!("the text has changed: {counted}; gM lists your marks"),
    });
    let store = Store::restore(opened.kept);
    let article = resume::dated(Arc::clone(article), &store);
    let kept = resume::Kept { store, position: opened.position, view: opened.view, tags, news };
    let keeper = Keeper::Desk(Box::new(library.sit(opened.seat)));
    Ok(Found { keeper, kept, article })
}

/// What became of the annotations when the text changed: "1 moved, 2 lost".
pub(crate) fn counted(replaced: &[Replaced]) -> Option<String> {
    if replaced.is_empty() {
        return None;
    }
    let count = |turn| replaced.iter().filter(|it| it.turn == turn).count();
    let parts = [(Turn::Moved, "moved"), (Turn::Changed, "changed"), (Turn::Lost, "lost")];
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(turn, word)| (count(turn), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    Some(parts.join(", "))
}

impl Keeper {
    /// Which article of the library is open.
    pub(super) fn id(&self) -> Option<ArticleId> {
        match self {
            Self::Desk(desk) => Some(desk.id()),
            Self::Nowhere | Self::Opening | Self::Waiting(_) | Self::Broken(_) => None,
        }
    }

    /// Writes down what was just done to the model's store, with what others did before it. What
    /// others did is returned by name.
    pub(super) fn keep(&mut self, model: &mut Model, deed: Deed) -> Result<Vec<String>> {
        if let Self::Waiting(_) = self {
            self.enter(model)?;
        }
        let verb = match deed {
            Deed::Done => Verb::Do,
            Deed::Undone => Verb::Undo,
            Deed::Redone => Verb::Redo,
        };
        match self {
            Self::Desk(desk) => {
                let foreign = desk.keep(&mut model.store, verb)?;
                if foreign.refused {
                    model.complain("somebody else has changed something since; u takes that back");
                }
                Ok(foreign.steps)
            }
            Self::Broken(why) => Err(Error::new(why.clone())),
            Self::Nowhere | Self::Opening | Self::Waiting(_) => Ok(Vec::new()),
        }
    }

    fn enter(&mut self, model: &Model) -> Result<()> {
        let Self::Waiting(mut library) = std::mem::replace(self, Self::Opening) else {
            return Ok(());
        };
        match library.enter(&model.article, model.clock.now) {
            Ok(opened) => *self = Self::Desk(Box::new(library.sit(opened.seat))),
            Err(error) => {
                *self = Self::Waiting(library);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Takes in what other processes did to the same article.
    pub(super) fn catch_up(&mut self, model: &mut Model) -> Result<Vec<String>> {
        match self {
            Self::Desk(desk) => desk.catch_up(&mut model.store),
            Self::Nowhere | Self::Opening | Self::Waiting(_) | Self::Broken(_) => Ok(Vec::new()),
        }
    }

    /// Remembers where the reader is and what the screen looks like.
    pub(super) fn remember(&mut self, model: &Model) -> Result<()> {
        let Self::Desk(desk) = self else { return Ok(()) };
        desk.set_position(model.reader.cursor)?;
        desk.save_view(&resume::remembered(model))
    }
}

/// Writes all that is in the store to a file outside of the library and says where.
pub(super) fn rescue(article: &Article, store: &Store) -> Result<PathBuf> {
    let stem = Path::new(&article.meta.source).file_stem();
    let stem = stem.map_or_else(|| "article".into(), |it| it.to_string_lossy().into_owned());
    let stem: String =
        stem.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
    let name = format!("{stem}-{}.toml", std::process::id());
    let reviews = vec![Review::Accepted, Review::Proposed, Review::Rejected];
    let filter = Filter { reviews, ..Filter::default() };
    let options = Options { filter, with_text: true, ..Options::default() };
    let text = export::file(Format::Toml, article, store, &options);
    let mut last = Error::new("there is no folder to write to");
    for folder in rescue_folders() {
        let path = folder.join(&name);
        let made = std::fs::create_dir_all(&folder);
        let made = made.map_err(|error| crate::error::writing(&folder, &error));
        match made.and_then(|()| save(&path, text.as_bytes())) {
            Ok(()) => return Ok(path),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Where a copy is written to: the folder for what programs leave, else the one for what is to be
/// thrown away, else the reader's own.
fn rescue_folders() -> Vec<PathBuf> {
    let state = etcetera::choose_base_strategy().ok().and_then(|it| it.state_dir());
    let own = etcetera::home_dir().ok();
    let folders = [state.map(|it| it.join("pullquote")), Some(std::env::temp_dir()), own];
    folders.into_iter().flatten().collect()
}
