//! Another article, or another version of the open one, instead of what is shown.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fetching::Arrived;
use super::keeper::{self, Keeper};
use super::{Session, in_one_line};
use crate::annot::Store;
use crate::app::{self, Message, Model, Msg, versions};
use crate::article::{self, Article, Extract, How, Kind};
use crate::detect::versions::{Difference, differences};
use crate::error::Result;
use crate::fetch::{self, Fetcher};
use crate::library::{self, ArticleId};

/// Where an article is looked for in the library.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    /// The library.
    pub(super) file: PathBuf,
    /// The article, where it is known which one it is.
    pub(super) id: Option<ArticleId>,
}

/// An article that came in.
#[derive(Debug)]
pub(super) struct Here {
    /// It.
    pub(super) article: Article,
    /// Where it is another version of the open one.
    pub(super) change: Option<Change>,
}

/// How another version follows upon the open one.
#[derive(Debug)]
pub(super) struct Change {
    /// Where the cursor's words are in it, and those that letters mark.
    places: Vec<u32>,
    /// What a refresh has changed; none where more or less of the same page is shown.
    differences: Option<Vec<Difference>>,
}

impl From<Article> for Here {
    fn from(article: Article) -> Self {
        Self { article, change: None }
    }
}

impl Session {
    /// Shows an article instead of this one, or why there is none.
    pub(super) fn show_or_say(&mut self, article: Result<impl Into<Here>>) {
        match article.map(Into::into) {
            Ok(Here { article, change: None }) => self.show(article, None),
            Ok(Here { article, change: Some(change) }) => self.show_version(article, change),
            Err(error) => {
                let told = Message::Failed(in_one_line(&error));
                app::update(&mut self.model, Msg::Told(told));
            }
        }
    }

    /// Shows an article, at a byte of its text where one is named.
    pub(super) fn show(&mut self, article: Article, place: Option<u32>) {
        let beginning = self.model.article.blocks.first().map_or(0, |it| it.range.start);
        if self.model.reader.cursor != beginning {
            // Who has read on already comes back to that place.
            self.wait_for_library();
        }
        self.remember();
        // What was on its way belongs to the article that was open.
        (self.switched, self.fetching) = (None, None);
        let mut model = self.model_of(article);
        app::shelf::carry(&mut self.model, &mut model);
        self.model = model;
        if let Some(place) = place {
            app::go_to(&mut self.model, place);
        }
        self.begin_upon(None);
    }

    /// Shows another version of the open article, with all that was made in it.
    fn show_version(&mut self, article: Article, change: Change) {
        let Change { places, differences } = change;
        let old = Arc::clone(&self.model.article);
        if old.text == article.text {
            let what =
                if differences.is_some() { "nothing has changed" } else { "it is all the same" };
            self.model.message = Some(Message::Done(what.to_owned()));
            return;
        }
        let said = match (&differences, article.extract) {
            (None, Extract::Whole) => "the whole page; R shows its article".to_owned(),
            (None, Extract::Main) => "the article; R shows the whole page".to_owned(),
            (Some(list), _) => match versions::counted(list) {
                Some(counted) => format!("{counted}; gd lists them"),
                None => "only the setting of the words has changed".to_owned(),
            },
        };
        self.set_aside();
        let id = self.keeper.id();
        // Until the library answers, or for good where there is none.
        let (mut kept, replaced) = library::carried(&self.model.store, &old.text, &article.text);
        let news = keeper::counted(&replaced).filter(|_| id.is_none());
        if id.is_some() {
            // It has the steps, too, and would take these for new ones.
            (kept.done, kept.undone) = (Vec::new(), Vec::new());
        }
        let mut model = self.model_of(article);
        versions::carry(&mut self.model, &mut model);
        model.store = Store::restore(kept);
        model.differences = differences.unwrap_or(model.differences);
        let (cursor, marks) = places.split_first().map_or((0, &[][..]), |(it, all)| (*it, all));
        model.marks = self.model.marks.keys().copied().zip(marks.iter().copied()).collect();
        self.model = model;
        app::go_to(&mut self.model, cursor);
        let news = news.map(|it| Message::Done(format!("your marks: {it}")));
        self.model.message = Some(both(said.clone(), news));
        self.switched = id.is_some().then_some(said);
        self.begin_upon(id);
    }

    /// Lets the library know all of the open article, which may have been opened a moment ago, before
    /// it is listed there or looked for: the first steps, and what its row says.
    pub(super) fn set_aside(&mut self) {
        self.wait_for_library();
        self.remember();
    }

    fn model_of(&self, article: Article) -> Model {
        let (settings, clock) = (self.model.settings.clone(), self.model.clock.clone());
        let mut model = Model::new(Arc::new(article), settings, self.model.screen);
        model.progress.run = self.model.progress.run + 1;
        Model { clock, ..model }
    }

    /// Starts the detectors upon what is shown now.
    fn begin_upon(&mut self, id: Option<ArticleId>) {
        let run = self.model.progress.run;
        let written = self.model.article.meta.published;
        let filters = self.model.filters.clone();
        self.keeper = if self.library.is_some() { Keeper::Opening } else { Keeper::Nowhere };
        let seat = self.library.clone().map(|file| Seat { file, id });
        self.analyze(run, written, filters, seat);
    }

    /// Reads this much of the open page.
    pub(super) fn extract(&mut self, extract: Extract) {
        let (old, places) = (Arc::clone(&self.model.article), self.places());
        let read = move |fetcher: &Fetcher, progress: &dyn Fn(usize)| {
            let article = match &old.raw {
                Some(raw) => named_as(raw.read(extract)?, &old),
                None => again(&old, extract, fetcher, progress)?,
            };
            let places = library::positions(&old.text, &article.text, &places);
            let change = Some(Change { places, differences: None });
            Ok(Arrived::Article(Box::new(Here { article, change })))
        };
        self.send_for("reading the page", read);
    }

    /// Reads the open article anew from where it is.
    pub(super) fn refresh(&mut self) {
        let (old, places) = (Arc::clone(&self.model.article), self.places());
        let name = old.meta.source.clone();
        let read = move |fetcher: &Fetcher, progress: &dyn Fn(usize)| {
            let article = again(&old, old.extract, fetcher, progress)?;
            let places = library::positions(&old.text, &article.text, &places);
            let differences = Some(differences(&old, &article));
            let change = Some(Change { places, differences });
            Ok(Arrived::Article(Box::new(Here { article, change })))
        };
        let what = if fetch::is_address(&name) { "fetching" } else { "reading" };
        self.send_for(&format!("{what} {}", short(&name)), read);
    }

    /// The cursor and what letters mark.
    fn places(&self) -> Vec<u32> {
        let marks = self.model.marks.values().copied();
        std::iter::once(self.model.reader.cursor).chain(marks).collect()
    }
}

/// The article of the same source, read once more.
fn again(
    old: &Article,
    extract: Extract,
    fetcher: &Fetcher,
    progress: &dyn Fn(usize),
) -> Result<Article> {
    let source = old.meta.source.as_str();
    // What a plain text of an older library was made from, its content tells.
    let kind = Some(old.kind).filter(|it| *it != Kind::Text);
    let how = How { kind, extract, ..How::default() };
    if fetch::is_address(source) {
        return fetcher.article(source, &how, progress);
    }
    article::open_as(Path::new(source), &how)
}

/// The same page, under the name by which it was opened.
fn named_as(mut article: Article, old: &Article) -> Article {
    article.meta.source.clone_from(&old.meta.source);
    article.meta.retrieved = old.meta.retrieved;
    article
}

/// The host of an address, or the name of a file.
pub(super) fn short(source: &str) -> &str {
    match source.split_once("://") {
        Some((_, rest)) => rest.split(['/', '?', '#']).next().unwrap_or(rest),
        None => source.rsplit('/').next().unwrap_or(source),
    }
}

/// What was done, and what became of the marks.
pub(super) fn both(said: String, news: Option<Message>) -> Message {
    match news {
        Some(Message::Done(news)) => Message::Done(format!("{said}; {news}")),
        Some(failed @ Message::Failed(_)) => failed,
        None => Message::Done(said),
    }
}
