//! The library: articles with all that was made in them, in one `SQLite` file that several
//! processes may use at once.
//!
//! [`Library`] knows articles; a [`Desk`] writes down the steps of one that is open. What stands in
//! which table is in `migrations/`, how annotations and steps are written in `record.rs`.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::{self, Error, Result};

mod articles;
mod desk;
mod exchange;
mod feeds;
mod finds;
mod history;
mod line;
mod list;
mod place;
mod proposals;
mod query;
mod record;
mod rows;
mod schema;
mod search;
mod shape;
mod tags;
#[cfg(test)]
mod tests;
mod trouble;

pub use articles::{ArticleId, Opened, Seat};
pub use desk::{Desk, Foreign, Verb};
pub use feeds::Subscription;
pub use finds::{EntityRow, QuoteRow, TimeRow, Where};
pub use list::{ArticleRow, ListQuery, Sort};
pub use place::{Replaced, Turn, carried, positions};
pub use query::{Query, Shelf};
pub use search::{Hit, HitKind};

use schema::State;
use trouble::failed;

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// The same while a reader waits for the screen. What cannot be written in this time is said to be
/// unsaved, and written with the next step.
const HASTE: Duration = Duration::from_millis(500);

/// The most memory that pages of the file take, in KiB.
const CACHE: i64 = 8 * 1024;

/// The same while much is written that is not looked at again.
const SMALL_CACHE: i64 = 256;

/// How many pages the log may have before whoever writes must move it into the file.
const LOG: i64 = 16 * 1024;

/// All articles that were opened, with what was made in them.
#[derive(Debug)]
pub struct Library {
    connection: Connection,
    path: PathBuf,
}

impl Library {
    /// Where the library is where nobody says otherwise: `pullquote/library.db` in
    /// `$XDG_DATA_HOME` or `~/.local/share`.
    pub fn default_path() -> Result<PathBuf> {
        let base = etcetera::choose_base_strategy().map_err(|_| {
            Error::new("cannot tell where the library is: there is no home directory")
                .hint("`--library FILE` says where, `--no-library` does without")
        })?;
        Ok(base.data_dir().join("pullquote").join("library.db"))
    }

    /// Opens the library in this file, which is made where there is none.
    ///
    /// The file of a later version of this program, or of another program, is refused and stays as
    /// it is, byte for byte.
    pub fn open(path: &Path) -> Result<Self> {
        refuse_others(path)?;
        if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
            make_folder(folder).map_err(|error| error::writing(folder, &error))?;
        }
        let fail = |error| failed("cannot open what is kept", path, &error);
        let mut connection = Connection::open(path).map_err(fail)?;
        connection.busy_timeout(PATIENCE).map_err(fail)?;
        // Until we know that it is ours, not even what another left unfinished is touched.
        let keep_log = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        connection.set_db_config(keep_log, true).map_err(fail)?;
        match schema::state(&connection).map_err(fail)? {
            State::Newer(version) => return Err(newer(path, version)),
            State::Foreign => return Err(foreign(path)),
            State::Ready | State::Old => {}
        }
        connection.set_db_config(keep_log, false).map_err(fail)?;
        set_up(&mut connection).map_err(fail)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn fail(&self, what: &str) -> impl Fn(rusqlite::Error) -> Error + use<> {
        let (what, path) = (what.to_owned(), self.path.clone());
        move |error| failed(&what, &path, &error)
    }

    /// Moves the log into the file, as far as nobody else reads it. Nothing depends on it.
    fn tidy(&self) {
        let all = |_: &rusqlite::Row<'_>| Ok(());
        self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], all).ok();
    }

    /// A transaction that may write: no other process does meanwhile.
    fn begin(&mut self) -> rusqlite::Result<Transaction<'_>> {
        self.connection.transaction_with_behavior(TransactionBehavior::Immediate)
    }
}

/// Looks at the file itself, which opening as a database could change.
fn refuse_others(path: &Path) -> Result<()> {
    let mut header = [0; 100];
    let read = fs::File::open(path).and_then(|mut file| {
        if file.metadata()?.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        let mut length = 0;
        while length < header.len() {
            match file.read(&mut header[length..])? {
                0 => break,
                more => length += more,
            }
        }
        Ok(length)
    });
    let length = match read {
        Ok(length) => length,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error::reading(path, &error)),
    };
    match schema::state_of_header(&header[..length]) {
        Some(State::Newer(version)) => Err(newer(path, version)),
        Some(State::Foreign) => Err(foreign(path)),
        Some(State::Ready | State::Old) | None => Ok(()),
    }
}

fn newer(path: &Path, version: u32) -> Error {
    let ours = schema::VERSION;
    Error::new(format!(
        "the library {} is of a newer pullquote: version {version}, where this one knows {ours}",
        path.display()
    ))
    .hint("use the newer pullquote, or `--library FILE` for another library; it was left as it is")
}

fn foreign(path: &Path) -> Error {
    Error::new(format!("{} is the database of another program", path.display()))
        .hint("`--library FILE` names a library")
}

/// Makes a folder that only its owner looks into.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn set_up(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // A step of a thousand changes is written in one go and without moving the log into the file,
    // which is done where nobody waits for a key.
    connection.pragma_update(None, "cache_size", -CACHE)?;
    connection.pragma_update_and_check(None, "wal_autocheckpoint", LOG, |_| Ok(()))?;
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode != "wal" {
        with_patience(|| {
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))
        })?;
    }
    if schema::state(connection)? == State::Old {
        with_patience(|| schema::migrate(connection))?;
    }
    Ok(())
}

/// Tries again while another process makes the same file ready, where the database itself does not
/// wait.
fn with_patience(mut work: impl FnMut() -> rusqlite::Result<()>) -> rusqlite::Result<()> {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    let pause = Duration::from_millis(20);
    let mut left = PATIENCE;
    loop {
        match work() {
            Err(error)
                if matches!(error.sqlite_error_code(), Some(DatabaseBusy | DatabaseLocked))
                    && !left.is_zero() =>
            {
                std::thread::sleep(pause);
                left = left.saturating_sub(pause);
            }
            result => return result,
        }
    }
}
