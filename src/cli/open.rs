//! `pullquote [SOURCE]`: the reader.

use std::io::IsTerminal;

use super::args::Global;
use super::source::Ways;
use super::{Outcome, library, source};
use crate::config;
use crate::error::{Error, Result};
use crate::library::{Library, ListQuery};
use crate::run::{self, Opening};
use crate::ui::theme::Colour;

/// What is opened where no source is named: the library, or the sample where there is nothing in
/// it yet.
pub(super) fn home(global: &Global) -> Result<Outcome> {
    let path = global.library().unwrap_or_default();
    let last = library::known(path.as_deref())?.map(|library| {
        // Until the list has a screen of its own, the article that was opened last.
        let mut wanted = ListQuery::default();
        wanted.query.limit = Some(1);
        library.list(&wanted)
    });
    match last.transpose()?.and_then(|list| list.into_iter().next()) {
        Some(article) => run(&article.id.to_string(), global),
        None => run("sample", global),
    }
}

pub(super) fn run(source: &str, global: &Global) -> Result<Outcome> {
    let settings = config::load(global.config_file().as_deref())?;
    let colour = if global.colours() { Colour::Yes } else { Colour::No };
    // Without a home directory there is no library either.
    let library = global.library().unwrap_or_default();
    // What is wrong with the source is said first: it stays wrong on a terminal.
    let (mut article, id) = source::find(source, library.as_deref(), &Ways::of(None, global))?;
    if let (Some(id), Some(path)) = (id, &library) {
        // By that the library knows it again, wherever we are.
        let place = Library::open(path)?.place(id)?;
        article.meta.source = place.unwrap_or(article.meta.source);
    }
    if !std::io::stdout().is_terminal() {
        let message = "the reader needs a terminal, and standard output is none";
        let hint = format!("`pullquote analyze {source}` prints what it finds");
        return Err(Error::usage(message).hint(hint));
    }
    let private = global.allow_private;
    run::open(Opening { article, settings, colour, written: None, library, private })?;
    Ok(Outcome::Done)
}
