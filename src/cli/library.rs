//! `pullquote add`, `remove` and `restore`, and the library for other commands.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::analyze::{Reading, each};
use super::args::{Add, Global};
use super::{Outcome, complain, refresh, shown, source, written};
use crate::annot::Store;
use crate::article::Article;
use crate::error::Result;
use crate::library::{ArticleId, Library};

/// The library where there is one: who only asks does not make one.
pub(super) fn known(path: Option<&Path>) -> Result<Option<Library>> {
    path.filter(|path| path.exists()).map(Library::open).transpose()
}

/// What was made in an article; an empty store where the library does not know it.
pub(super) fn made_in(
    path: Option<&Path>,
    article: &Article,
    id: Option<ArticleId>,
) -> Result<Store> {
    let Some(library) = known(path)? else { return Ok(Store::default()) };
    let id = match id {
        Some(id) => Some(id),
        None => library.find(article)?,
    };
    let Some(id) = id else { return Ok(Store::default()) };
    Ok(Store::restore(library.made_in(id, article)?))
}

/// The files that these sources are, and those that articles named by their ids are from.
pub(super) fn originals(sources: &[String], path: Option<&Path>) -> Result<Vec<String>> {
    let mut originals = sources.to_vec();
    if let Some(library) = known(path)? {
        for id in sources.iter().filter(|it| source::may_be_id(it)) {
            // What no article has is said when it is read.
            if let Ok(id) = library.id(id) {
                originals.extend(library.place(id)?);
            }
        }
    }
    Ok(originals)
}

/// Puts articles into the library and prints their ids and titles.
pub(super) fn add(asked: Add, global: &Global) -> Result<Outcome> {
    source::check(asked.from)?;
    let path = global.library_file()?;
    let mut library = Library::open(&path)?;
    if asked.refresh {
        let ways = source::Ways::of(asked.from, global);
        return refresh::all(library, &source::expanded(asked.sources), &ways);
    }
    let mut failed = None;
    let ways = source::Ways::of(asked.from, global);
    let reading = Reading { date: asked.date, jobs: asked.jobs, library: Some(path), ways };
    let result =
        each(reading, source::expanded(asked.sources), |_, article, store| {
            match add_one(&mut library, article, store) {
                Ok(line) => {
                    let mut stdout = io::stdout().lock();
                    stdout.write_all(line.as_bytes()).and_then(|()| stdout.flush())
                }
                Err(error) => {
                    failed = Some(error);
                    Err(io::Error::other("the library cannot be written"))
                }
            }
        });
    match (result, failed) {
        (_, Some(error)) => Err(error),
        (Ok(outcome), None) => Ok(outcome),
        (Err(error), None) => written(Err(error)).map(|()| Outcome::Done),
    }
}

fn add_one(library: &mut Library, article: &Article, store: &Store) -> Result<String> {
    let article = Arc::new(article.clone());
    let id = library.enter(&article, Timestamp::now())?.seat.id();
    library.propose(id, &article, store)?;
    let title = article.meta.title.as_deref().unwrap_or(&article.meta.source);
    Ok(format!("{id}  {}\n", shown(&title.replace('\n', " "))))
}

/// Puts articles into the trash.
pub(super) fn remove(ids: &[String], global: &Global) -> Result<Outcome> {
    each_id(ids, global, |library, id| library.trash(id, Timestamp::now()))
}

/// Takes articles out of the trash.
pub(super) fn restore(ids: &[String], global: &Global) -> Result<Outcome> {
    each_id(ids, global, Library::restore)
}

/// Does this to each of the articles; what fails is said, and the others are done.
fn each_id(
    ids: &[String],
    global: &Global,
    work: impl Fn(&mut Library, ArticleId) -> Result<()>,
) -> Result<Outcome> {
    let mut library = Library::open(&global.library_file()?)?;
    let mut outcome = Outcome::Done;
    for id in ids {
        if let Err(error) = library.id(id).and_then(|id| work(&mut library, id)) {
            complain(&error);
            outcome = Outcome::Partly;
        }
    }
    Ok(outcome)
}
