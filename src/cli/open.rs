//! `pullquote [SOURCE]`: the reader.

use std::io::IsTerminal;

use super::args::Global;
use super::{Outcome, source};
use crate::config;
use crate::error::{Error, Result};

pub(super) fn run(source: &str, global: &Global) -> Result<Outcome> {
    let _settings = config::load(global.config_file().as_deref())?;
    let _colours = global.colours();
    // What is wrong with the source is said first: it stays wrong on a terminal.
    let _article = source::read(source)?;
    if !std::io::stdout().is_terminal() {
        let message = "the reader needs a terminal, and standard output is none";
        let hint = format!("`pullquote analyze {source}` prints what it finds");
        return Err(Error::usage(message).hint(hint));
    }
    Err(Error::new("there is no reader yet"))
}
