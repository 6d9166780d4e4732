//! What the database says of its failures, in words for people.

use std::path::Path;

use rusqlite::ErrorCode;

use crate::error::Error;

/// Says that something could not be done with the library in this file, and why.
pub(super) fn failed(what: &str, path: &Path, error: &rusqlite::Error) -> Error {
    let (reason, hint) = reason(error);
    let error = Error::new(format!("{what} in the library {}: {reason}", path.display()));
    match hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}

const ELSEWHERE: &str = "`--library FILE` keeps it in another place, `--no-library` nowhere";

fn reason(error: &rusqlite::Error) -> (String, Option<&'static str>) {
    let Some(code) = error.sqlite_error_code() else {
        return match error {
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..) => damaged(),
            other => (other.to_string(), None),
        };
    };
    match code {
        ErrorCode::DiskFull => ("the disk is full".into(), Some("make room, then try again")),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => (
            "another program holds it".into(),
            Some("try again once the other program is done with it"),
        ),
        ErrorCode::ReadOnly => ("the file or its folder is read-only".into(), Some(ELSEWHERE)),
        ErrorCode::PermissionDenied => ("permission denied".into(), Some(ELSEWHERE)),
        ErrorCode::CannotOpen => {
            ("the file cannot be opened, or its folder not be written".into(), Some(ELSEWHERE))
        }
        ErrorCode::DatabaseCorrupt => damaged(),
        ErrorCode::NotADatabase => (
            "this is no library, or it is damaged".into(),
            Some("`--library FILE` names another one"),
        ),
        ErrorCode::SystemIoFailure => ("the disk cannot be read or written".into(), None),
        ErrorCode::OutOfMemory => ("there is not enough memory".into(), None),
        ErrorCode::TooBig => ("it is too large".into(), None),
        _ => {
            let text = error.to_string();
            (text.split(" in ").next().unwrap_or(&text).to_owned(), None)
        }
    }
}

fn damaged() -> (String, Option<&'static str>) {
    let hint =
        "move the file away to begin a new one; `sqlite3 FILE .recover` may save what is in it";
    ("the file is damaged".into(), Some(hint))
}
