//! The command line: what can be asked for, and how answers and failures are printed.

use std::io::{IsTerminal, Write};
use std::num::NonZero;
use std::process::ExitCode;

use clap::Parser;

use crate::error::{Error, Result};
use args::{Cli, Command, ConfigCommand};

mod analyze;
mod args;
mod in_order;
mod jsonl;
mod keys;
mod open;
mod save;
mod shell;
mod source;

/// Whether everything that was asked for could be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All of it.
    Done,
    /// Not all of it; what failed has been said on stderr.
    Partly,
}

/// Runs the program with the process's own arguments.
pub fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Err(error) => {
            complain(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(cli: Cli) -> Result<Outcome> {
    let Cli { source, global, command } = cli;
    let Some(command) = command else {
        return open::run(source.as_deref().unwrap_or("sample"), &global);
    };
    if let Some(source) = source {
        let message = format!("`{}` stands before the command", source.escape_debug());
        return Err(Error::usage(message).hint("the command comes first: `pullquote --help`"));
    }
    match command {
        Command::Open { source } => open::run(&source, &global),
        Command::Analyze(asked) if asked.jsonl => jsonl::print(asked.finding.jobs),
        Command::Analyze(asked) => analyze::analyze(asked),
        Command::Export(asked) => analyze::export(&asked),
        Command::Keys => keys::print(&global),
        Command::Config { wanted } => config(wanted),
        Command::Completions { shell } => shell::completions(shell),
        Command::Man => shell::manual(),
    }
}

fn config(_wanted: ConfigCommand) -> Result<Outcome> {
    Err(Error::new("there is no configuration yet"))
}

/// Says on stderr what went wrong.
fn complain(error: &Error) {
    let mut stderr = std::io::stderr().lock();
    // Nobody can be told that stderr is closed.
    writeln!(stderr, "error: {}", shown(&error.to_string())).ok();
    if let Some(hint) = error.hint_text() {
        writeln!(stderr, "hint: {}", shown(hint)).ok();
    }
}

/// A message as it may reach a terminal: it can name a file whose name holds escapes.
fn shown(message: &str) -> String {
    message.lines().map(crate::text::glyphs::visible).collect::<Vec<_>>().join("\n")
}

/// Prints a result.
fn print(text: &str) -> Result<Outcome> {
    let mut stdout = std::io::stdout().lock();
    written(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()))?;
    Ok(Outcome::Done)
}

/// Takes a reader of our output that has gone away (`| head`) for one that has enough.
fn written(result: std::io::Result<()>) -> Result<()> {
    match result {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(crate::error::writing(std::path::Path::new("standard output"), &error)),
    }
}

/// How many threads to use.
fn workers(jobs: Option<NonZero<usize>>) -> usize {
    jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZero::get)
}

/// The columns of the terminal that results are printed on.
fn columns() -> u16 {
    let terminal = std::io::stdout().is_terminal();
    let size = terminal.then(crossterm::terminal::size).and_then(std::result::Result::ok);
    size.map_or(100, |(columns, _)| columns)
}
