//! What went wrong, said to a person: one sentence, and where there is one, a way out.

use std::fmt;

/// The result of everything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure as a sentence that names the thing and the reason, with an optional hint.
///
/// The sentence is lower-case and has no full stop at its end, so that it reads well behind
/// `error: ` and in the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    message: String,
    hint: Option<String>,
    fault: Fault,
}

/// Whose fault a failure is, which decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The work failed: an unreadable source, no such article. Exit code 1.
    Work,
    /// The command line or the configuration is wrong. Exit code 2.
    Usage,
}

impl Error {
    /// A failure of the work itself.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, fault: Fault::Work }
    }

    /// A mistake in the command line or in the configuration.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, fault: Fault::Usage }
    }

    /// The same failure with a way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What a person can do about it.
    pub fn hint_text(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The exit code that a shell sees: 1 where the work failed, 2 where it was asked for wrongly.
    pub fn exit_code(&self) -> u8 {
        match self.fault {
            Fault::Work => 1,
            Fault::Usage => 2,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Says why a file could not be used, in the words people know instead of the system's number.
pub fn reading(path: &std::path::Path, error: &std::io::Error) -> Error {
    let reason = reason(error);
    Error::new(format!("cannot read {}: {reason}", path.display()))
}

/// Says why a file could not be written.
pub fn writing(path: &std::path::Path, error: &std::io::Error) -> Error {
    let reason = reason(error);
    Error::new(format!("cannot write {}: {reason}", path.display()))
}

fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "no such file".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        ErrorKind::IsADirectory => "it is a directory".into(),
        ErrorKind::StorageFull => "the disk is full".into(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

/// The name so like `name` that it may be meant, for "did you mean".
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let name = name.to_lowercase();
    let far = |it: &str| strsim::damerau_levenshtein(&name, &it.to_lowercase());
    let (distance, near) = known.into_iter().map(|it| (far(it), it)).min_by_key(|it| it.0)?;
    (distance <= (name.chars().count() / 3).max(1)).then_some(near)
}
