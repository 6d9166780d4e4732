//! Gives words to the clipboard: by the terminal's own sequence, which works over SSH, too, and by
//! the system's program for it where there is one.

use std::io::{self, Write};
use std::process::{Command as Program, Stdio};

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

/// The longest text that is sent, in bytes: terminals drop longer sequences without a word.
const LONGEST: usize = 74_000;

/// Copies a text. It fails only where neither way works.
pub(super) fn copy(text: &str) -> io::Result<()> {
    let given = programs().into_iter().any(|it| give(it, text).is_ok());
    if text.len() > LONGEST {
        return if given {
            Ok(())
        } else {
            Err(io::Error::other("the passage is too long for the terminal's clipboard"))
        };
    }
    by_terminal(text)
}

/// By the sequence OSC 52. Within tmux it is wrapped so that tmux hands it on.
fn by_terminal(text: &str) -> io::Result<()> {
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text)
        .write_ansi(&mut sequence)
        .map_err(|_| io::Error::other("the sequence cannot be written"))?;
    if std::env::var_os("TMUX").is_some() {
        let inner = sequence.replace('\x1b', "\x1b\x1b");
        // tmux takes the plain sequence where `set-clipboard` is on, the wrapped one where
        // `allow-passthrough` is.
        sequence.extend(["\x1bPtmux;", &inner, "\x1b\\"]);
    }
    super::send_bytes(sequence.as_bytes())
}

/// The programs that hold the clipboard of the desktop that this process belongs to.
fn programs() -> Vec<&'static [&'static str]> {
    let set = |name| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    let mut programs: Vec<&'static [&'static str]> = Vec::new();
    if cfg!(target_os = "macos") {
        programs.push(&["pbcopy"]);
    }
    if set("WAYLAND_DISPLAY") {
        programs.push(&["wl-copy"]);
    }
    if set("DISPLAY") {
        programs.extend([&["xclip", "-selection", "clipboard"][..], &["xsel", "-b", "-i"]]);
    }
    programs
}

/// Hands a text to a program, which goes on by itself for as long as the text is in the clipboard.
fn give(program: &[&str], text: &str) -> io::Result<()> {
    let [name, arguments @ ..] = program else { return Err(io::ErrorKind::NotFound.into()) };
    let mut child = Program::new(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(text.as_bytes())?;
    }
    // These leave at once and go on in the background; whoever does not is waited for elsewhere.
    std::thread::spawn(move || child.wait());
    Ok(())
}
