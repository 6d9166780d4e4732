//! `pullquote [SOURCE]`: the reader.

use std::io::IsTerminal;

use super::args::Global;
use super::{Outcome, source};
use crate::config;
use crate::error::{Error, Result};
use crate::run::{self, Opening};
use crate::ui::theme::Colour;

pub(super) fn run(source: &str, global: &Global) -> Result<Outcome> {
    let settings = config::load(global.config_file().as_deref())?;
    let colour = if global.colours() { Colour::Yes } else { Colour::No };
    // What is wrong with the source is said first: it stays wrong on a terminal.
    let article = source::read(source)?;
    if !std::io::stdout().is_terminal() {
        let message = "the reader needs a terminal, and standard output is none";
        let hint = format!("`pullquote analyze {source}` prints what it finds");
        return Err(Error::usage(message).hint(hint));
    }
    run::open(Opening {
        article,
        settings,
        colour,
        written: None,
        library: Some(global.library_file()?),
    })?;
    Ok(Outcome::Done)
}
