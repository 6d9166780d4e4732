//! The command line: what is refused, with which words and which exit code.

use std::fs;

use crate::{fixture, pullquote, run};

#[track_caller]
fn refuse(args: &[&str], code: i32, words: &str) {
    let ran = run(args, "");
    assert_eq!(ran.code, Some(code), "{args:?}: {}", ran.stderr);
    assert_eq!(ran.stdout, "", "{args:?}");
    assert!(ran.stderr.starts_with("error: "), "{args:?}: {}", ran.stderr);
    assert!(ran.stderr.contains(words), "{args:?}: {}", ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{args:?}: {}", ran.stderr);
}

#[test]
fn bad_input_is_a_clear_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let empty = file("empty.txt", b"");
    let binary = file("program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0");
    let large = file("large.txt", b"");
    fs::File::options().write(true).open(&large).unwrap().set_len(200 << 20).unwrap();
    let folder = folder.path().to_str().unwrap();
    for command in [&["analyze"][..], &["export"], &["open"], &[]] {
        let with = |source| [command, &[source]].concat();
        refuse(&with("none.txt"), 1, "cannot read none.txt: no such file");
        refuse(&with(folder), 1, "is a directory");
        refuse(&with(&empty), 1, "is empty");
        refuse(&with(&binary), 1, "program");
        refuse(&with(&large), 1, "200 MB");
        refuse(&with("-"), 1, "standard input is empty");
        refuse(&with("http://127.0.0.1:9/a"), 1, "within your own network");
        refuse(&with("no\u{1b}[31mne"), 1, "no such file");
    }
}

#[test]
fn bad_usage_is_told_apart_from_bad_input() {
    let article = fixture("orchard.txt");
    refuse(&["analyze", &article, "--date", "11.10.2024"], 2, "2024-10-11");
    refuse(&["analyze", &article, "--date", "2024-02-30"], 2, "2024-10-11");
    refuse(&["analyze", &article, "--format", "xml"], 2, "possible values");
    refuse(&["analyze", &article, "--from", "feed"], 2, "a feed is not read yet");
    refuse(&["analyze", &article, "--jobs", "0"], 2, "--jobs");
    refuse(&["analyze", &article, "--jsonl"], 2, "cannot be used with");
    refuse(&["export"], 2, "<SOURCE");
    refuse(&["export", &article, "--kind", "quotes"], 2, "possible values");
    refuse(&["--no-such-option"], 2, "--no-such-option");
    refuse(&[&article, "keys"], 2, "stands before the command");
    refuse(&["analyse"], 1, "hint: did you mean the command `pullquote analyze`?");
}

#[test]
fn the_reader_asks_for_a_terminal() {
    for args in [&["sample"][..], &["open", "sample"], &[]] {
        refuse(args, 2, "the reader needs a terminal");
    }
    refuse(&[&fixture("orchard.txt")], 2, "orchard.txt` prints what it finds");
}

#[test]
fn a_file_named_like_a_command_can_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("keys"), "Some words about keys.").unwrap();
    for args in [&["open", "keys"][..], &["./keys"]] {
        let output = pullquote().args(args).current_dir(folder.path()).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(stderr.contains("the reader needs a terminal"), "{stderr}");
    }
}

#[test]
fn the_shell_is_told_everything() {
    for (args, words) in [
        (&["--version"][..], "pullquote 0."),
        (&["--help"], "analyze"),
        (&["analyze", "--help"], "--jsonl"),
        (&["man"], "PULLQUOTE ANALYZE"),
        (&["completions", "bash"], "_pullquote"),
        (&["completions", "zsh"], "#compdef pullquote"),
        (&["completions", "fish"], "complete -c pullquote"),
        (&["keys"], "]q"),
    ] {
        let ran = run(args, "");
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
        assert!(ran.stdout.contains(words), "{args:?}: {}", ran.stdout);
    }
}

#[test]
fn every_command_of_the_reader_has_its_line() {
    let printed = run(&["keys"], "").stdout;
    for command in pullquote::input::Command::ALL {
        assert!(printed.contains(&format!(" {} ", command.name())), "{}", command.name());
    }
}

#[test]
fn the_configuration_can_be_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let good = file("good.toml", "[keys]\nzen = [\"<F7>\"]\n");
    let bad = file("bad.toml", "[reader]\ncolum = 60\n");
    let stdout = |args: &[&str]| {
        let ran = run(args, "");
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
        ran.stdout
    };
    assert_eq!(stdout(&["config", "path", "--config", &good]), format!("{good}\n"));
    assert_eq!(stdout(&["config", "path"]), "/nonexistent/pullquote/config.toml\n");
    assert_eq!(stdout(&["config", "check", "--config", &good]), format!("{good} is right\n"));
    assert!(stdout(&["config", "check"]).contains("the defaults hold"));
    assert!(stdout(&["--config", &good, "config", "print"]).contains("zen = [\"<F7>\"]"));
    assert!(stdout(&["keys", "--config", &good]).contains("<F7>"));
    assert!(!stdout(&["keys"]).contains("<F7>"));
    // Whatever would read the configuration says what is wrong with it.
    for args in [&["config", "check"][..], &["config", "print"], &["keys"], &["sample"]] {
        refuse(&[args, &["--config", &bad]].concat(), 2, "bad.toml:2:1: ");
    }
    refuse(&["config", "check", "--config", "none.toml"], 2, "none.toml");
    let output = pullquote().arg("keys").env("PULLQUOTE_CONFIG", &good).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("<F7>"));
}
