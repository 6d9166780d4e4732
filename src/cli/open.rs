//! `pullquote [SOURCE]`: the reader.

use std::io::IsTerminal;
use std::path::PathBuf;

use super::args::Global;
use super::source::Ways;
use super::{Outcome, library, source};
use crate::app::shelf::Offer;
use crate::article::Article;
use crate::config::{self, Settings};
use crate::error::{Error, Result};
use crate::library::{Library, Subscription};
use crate::run::{self, Opening};
use crate::text::units::CodePoints;
use crate::ui::theme::Colour;

/// What is opened where no source is named: the library, or the sample where there is nothing in
/// it yet.
pub(super) fn home(global: &Global) -> Result<Outcome> {
    let path = global.library().unwrap_or_default();
    let count = library::known(path.as_deref())?.map_or(Ok(0), |library| library.count())?;
    if count == 0 {
        return run("sample", None, global);
    }
    let settings = config::load(global.config_file().as_deref())?;
    on_terminal("pullquote list", "the library's list")?;
    let (offer, feeds) = (None, Vec::new());
    run::open(opening(settings, path, global, (None, offer, feeds)))?;
    Ok(Outcome::Done)
}

/// Lists what feeds offer in the reader, where standard output is a terminal.
pub(super) fn offered(offer: Offer, feeds: Vec<Subscription>, global: &Global) -> Result<Outcome> {
    let settings = config::load(global.config_file().as_deref())?;
    let library = global.library().unwrap_or_default();
    run::open(opening(settings, library, global, (None, Some(offer), feeds)))?;
    Ok(Outcome::Done)
}

/// What the reader begins with: an article and the byte to begin at, or what is offered.
type Begin = (Option<(Article, Option<u32>)>, Option<Offer>, Vec<Subscription>);

fn opening(
    settings: Settings,
    library: Option<PathBuf>,
    global: &Global,
    (article, offer, feeds): Begin,
) -> Opening {
    let colour = colour(global);
    let private = global.allow_private || settings.fetch.allow_private;
    Opening { article, offer, feeds, settings, colour, written: None, library, private }
}

fn colour(global: &Global) -> Colour {
    if global.colours() { Colour::Yes } else { Colour::No }
}

/// Refuses what needs a terminal where there is none, and names what does without.
fn on_terminal(other: &str, what: &str) -> Result<()> {
    if std::io::stdout().is_terminal() {
        return Ok(());
    }
    let message = format!("{what} needs a terminal, and standard output is none");
    Err(Error::usage(message).hint(format!("`{other}` prints what there is")))
}

pub(super) fn run(source: &str, at: Option<u32>, global: &Global) -> Result<Outcome> {
    let settings = config::load(global.config_file().as_deref())?;
    // Without a home directory there is no library either.
    let library = global.library().unwrap_or_default();
    // What is wrong with the source is said first: it stays wrong on a terminal.
    let (mut article, id) = source::find(source, library.as_deref(), &Ways::of(None, global))?;
    if let (Some(id), Some(path)) = (id, &library) {
        // By that the library knows it again, wherever we are.
        let library = Library::open(path)?;
        article.meta.source = library.place(id)?.unwrap_or(article.meta.source);
        article.raw = library.raw(id)?;
    }
    if !std::io::stdout().is_terminal() {
        let message = "the reader needs a terminal, and standard output is none";
        let hint = format!("`pullquote analyze {source}` prints what it finds");
        return Err(Error::usage(message).hint(hint));
    }
    let place = at.map(|at| CodePoints::new(&article.text).to_byte(at));
    let begin = (Some((article, place)), None, Vec::new());
    run::open(opening(settings, library, global, begin))?;
    Ok(Outcome::Done)
}
