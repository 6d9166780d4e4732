//! The command line: what can be asked for, and how answers and failures are printed.

use std::io::Write;
use std::num::NonZero;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::error::{Error, Result};

mod analyze;
mod jsonl;

/// Read an article beside its quotes, entities and timeline.
#[derive(Debug, Parser)]
#[command(name = "pullquote", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find quotes, entities and dates, and print them
    Analyze(Analyze),
}

/// What `pullquote analyze` is asked for.
#[derive(Debug, Args)]
struct Analyze {
    /// Read one JSON object a line, {"id","text","date"?,"title"?}, and print one a line
    #[arg(long, required = true)]
    jsonl: bool,

    /// Number of worker threads [default: all cores]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
}

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
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Analyze(asked) => analyze::run(&asked),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Err(error) => {
            complain(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

/// Says on stderr what went wrong.
fn complain(error: &Error) {
    let mut stderr = std::io::stderr().lock();
    // Nobody can be told that stderr is closed.
    writeln!(stderr, "error: {error}").ok();
    if let Some(hint) = error.hint_text() {
        writeln!(stderr, "hint: {hint}").ok();
    }
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
