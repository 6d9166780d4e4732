//! The program as a user meets it: started as a process, seen from outside.

mod analyze;
#[cfg(unix)]
mod books;
mod cli;
mod export;
#[cfg(unix)]
mod feeds;
mod formats;
mod hostile_files;
mod import;
#[cfg(unix)]
mod keeping;
mod layers;
mod library;
#[cfg(unix)]
mod pty;
mod screens;
mod secure;
#[cfg(unix)]
mod versions;
#[cfg(unix)]
mod web;

use std::path::PathBuf;

use assert_cmd::Command;

/// The program, away from the settings and the library of whoever runs the tests.
fn pullquote() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("pullquote"));
    command.env_remove("NO_COLOR").env_remove("PULLQUOTE_CONFIG");
    command.env("PULLQUOTE_LIBRARY", "/nonexistent/library.db");
    command.env("XDG_CONFIG_HOME", "/nonexistent").env("HOME", "/nonexistent");
    command
}

/// What a run printed and how it ended.
struct Ran {
    stdout: String,
    stderr: String,
    code: Option<i32>,
}

#[track_caller]
fn run(args: &[&str], stdin: &str) -> Ran {
    let output = pullquote().args(args).write_stdin(stdin).output().expect("it starts");
    Ran {
        stdout: String::from_utf8(output.stdout).expect("it prints UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("it prints UTF-8"),
        code: output.status.code(),
    }
}

/// The path of an article made for these tests.
fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    path.to_str().expect("the repository's path is UTF-8").to_owned()
}
