//! The command line: what can be asked for, and how answers and failures are printed.

use std::io::{IsTerminal, Write};
use std::num::NonZero;
use std::process::ExitCode;

use clap::Parser;

use crate::config;
use crate::error::{Error, Result};
use args::{Cli, Command, ConfigCommand, Global};

mod analyze;
mod args;
mod feed;
mod import;
mod in_order;
mod jsonl;
mod keys;
mod library;
mod open;
mod queries;
mod refresh;
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
        return match source {
            Some(source) => open::run(&source, None, &global),
            None => open::home(&global),
        };
    };
    if let Some(source) = source {
        let message = format!("`{}` stands before the command", source.escape_debug());
        return Err(Error::usage(message).hint("the command comes first: `pullquote --help`"));
    }
    match command {
        Command::Open { source, at } => open::run(&source, at, &global),
        Command::Analyze(asked) if asked.jsonl => jsonl::print(asked.finding.jobs),
        Command::Analyze(asked) => analyze::analyze(asked, &global),
        Command::Export(asked) => analyze::export(&asked, &global),
        Command::Add(asked) => library::add(asked, &global),
        Command::Remove { ids } => library::remove(&ids, &global),
        Command::Restore { ids } => library::restore(&ids, &global),
        Command::Feed(asked) => feed::run(&asked, &global),
        Command::List(asked) => queries::list(&asked, &global),
        Command::Search { words, asked } => queries::search(&words.join(" "), &asked, &global),
        Command::Quotes(asked) => queries::quotes(&asked, &global),
        Command::Entities(asked) => queries::entities(&asked, &global),
        Command::Timeline(asked) => queries::timeline(&asked, &global),
        Command::Import { files } => import::run(&files, &global),
        Command::Keys => keys::print(&global),
        Command::Config { wanted } => configuration(wanted, &global),
        Command::Completions { shell } => shell::completions(shell),
        Command::Man => shell::manual(),
    }
}

fn configuration(wanted: ConfigCommand, global: &Global) -> Result<Outcome> {
    let named = global.config_file();
    let path = named.clone().map_or_else(config::path, Ok);
    match wanted {
        ConfigCommand::Path => print(&format!("{}\n", path?.display())),
        ConfigCommand::Print => print(&config::print(&config::load(named.as_deref())?)),
        ConfigCommand::Check => {
            config::load(named.as_deref())?;
            match path {
                Ok(path) if path.exists() => print(&format!("{} is right\n", path.display())),
                Ok(path) => print(&format!("{} is not there: the defaults hold\n", path.display())),
                Err(_) => print("there is no configuration file: the defaults hold\n"),
            }
        }
    }
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

/// The most threads that are started, whatever is asked for: a system has not many thousands.
const MOST_WORKERS: usize = 256;

/// How many threads to use.
fn workers(jobs: Option<NonZero<usize>>) -> usize {
    let jobs = jobs.or_else(|| std::thread::available_parallelism().ok());
    jobs.map_or(1, NonZero::get).min(MOST_WORKERS)
}

/// The columns of the terminal that results are printed on.
fn columns() -> u16 {
    let terminal = std::io::stdout().is_terminal();
    let size = terminal.then(crossterm::terminal::size).and_then(std::result::Result::ok);
    size.map_or(100, |(columns, _)| columns)
}
