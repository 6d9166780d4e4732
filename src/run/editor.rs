//! The user's own editor, for longer notes.

use std::fs::File;
use std::io::{IsTerminal, Read, Write};
use std::process::{Command, Stdio};

use crate::error::{Error, Result};

/// Lets the user change a text in `$VISUAL`, `$EDITOR` or vi, and gives what it is afterwards. The
/// terminal must have been given back.
pub(super) fn edit(text: &str) -> Result<String> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(std::env::var_os);
    let editor = named.into_iter().find(|it| !it.is_empty()).unwrap_or_else(|| "vi".into());
    let failed = |what: &str, error: &std::io::Error| {
        Error::new(format!("the note stays as it was: {what}: {error}"))
    };
    let file = tempfile::Builder::new().prefix("pullquote-note-").suffix(".md").tempfile();
    let mut file = file.map_err(|error| failed("no file for the editor", &error))?;
    // Editors expect the last line to end; the note's own end is looked for when it comes back.
    let end = if text.is_empty() { "" } else { "\n" };
    let written = write!(file, "{text}{end}").and_then(|()| file.flush());
    written.map_err(|error| failed("no file for the editor", &error))?;
    // The variables may hold arguments, so a shell must read them; the path goes beside.
    let mut command = Command::new("sh");
    command.arg("-c").arg("eval \"$PULLQUOTE_EDITOR\" '\"$1\"'").arg("sh").arg(file.path());
    command.env("PULLQUOTE_EDITOR", &editor);
    if !std::io::stdin().is_terminal()
        && let Ok(terminal) = File::open("/dev/tty")
    {
        command.stdin(Stdio::from(terminal));
    }
    let name = editor.to_string_lossy();
    let status = command.status().map_err(|error| failed(&name, &error))?;
    if !status.success() {
        let hint = "VISUAL or EDITOR names the editor";
        return Err(Error::new(format!("the note stays as it was: {name} failed")).hint(hint));
    }
    // Many editors put a new file in the place of the old one.
    let mut edited = String::new();
    let read = File::open(file.path()).and_then(|mut it| it.read_to_string(&mut edited));
    read.map_err(|error| failed("what the editor wrote cannot be read", &error))?;
    Ok(edited)
}
