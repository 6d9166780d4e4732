//! Gives words to the clipboard by the terminal's own sequence, which works over SSH, too.

use std::io;

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

/// The longest text that is sent, in bytes: terminals drop longer sequences without a word.
const LONGEST: usize = 74_000;

/// Copies a text (OSC 52). Within tmux it is wrapped so that tmux hands it on.
pub(super) fn copy(text: &str) -> io::Result<()> {
    if text.len() > LONGEST {
        return Err(io::Error::other("the passage is too long for the terminal's clipboard"));
    }
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
