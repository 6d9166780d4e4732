//! What makes the program at home in a shell: completions and the manual page.

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::Cli;
use super::{Outcome, print};
use crate::error::{Error, Result};

pub(super) fn completions(shell: clap_complete::Shell) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "pullquote", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// The manual page of the program, with a part for each command.
pub(super) fn manual() -> Result<Outcome> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let fail = |error| Error::new(format!("cannot make the manual page: {error}"));
    Man::new(command.clone()).render(&mut page).map_err(fail)?;
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for part in command.get_subcommands().filter(|part| part.get_name() != "help") {
        page.extend([".SH \"PULLQUOTE ", &part.get_name().to_uppercase(), "\"\n"]);
        let man = Man::new(part.clone());
        let mut text = Vec::new();
        man.render_synopsis_section(&mut text).map_err(fail)?;
        man.render_description_section(&mut text).map_err(fail)?;
        man.render_options_section(&mut text).map_err(fail)?;
        let text = String::from_utf8_lossy(&text).replace(".SH ", ".SS ");
        page.push_str(&text);
    }
    print(&page)
}
