//! The tables, and how a library of an earlier version gets those of the present one.

use rusqlite::{Connection, TransactionBehavior};

/// What leads from each version to the next. One that is released is never changed.
pub(super) const MIGRATIONS: [&str; 3] = [
    include_str!("migrations/1.sql"),
    include_str!("migrations/2.sql"),
    include_str!("migrations/3.sql"),
];

/// The version that this program reads and writes.
pub(super) const VERSION: u32 = 3;

/// Marks the file as a library of ours (see `migrations/1.sql`).
const APPLICATION: i64 = 0x7071_5154;

/// What a file is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// A library of this version.
    Ready,
    /// Nothing yet, or a library of an earlier version.
    Old,
    /// A library of a later version of the program.
    Newer(u32),
    /// The database of another program.
    Foreign,
}

/// What the first bytes of a file say, before anything opens it. What they do not say is asked of
/// the database.
pub(super) fn state_of_header(header: &[u8]) -> Option<State> {
    let number = |at: usize| {
        let bytes = header.get(at..at + 4)?;
        Some(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    };
    let known = header.starts_with(b"SQLite format 3\0");
    let version = number(60).filter(|&version| known && version > VERSION)?;
    let ours = number(68).map(i64::from) == Some(APPLICATION);
    Some(if ours { State::Newer(version) } else { State::Foreign })
}

pub(super) fn state(connection: &Connection) -> rusqlite::Result<State> {
    // All of one moment: another process may be making the file ready.
    let connection = connection.unchecked_transaction()?;
    let connection = &*connection;
    let version: u32 = pragma(connection, "user_version")?;
    let application: i64 = pragma(connection, "application_id")?;
    if application != APPLICATION {
        let tables = "SELECT count(*) FROM sqlite_schema";
        let tables: i64 = connection.query_row(tables, [], |row| row.get(0))?;
        let empty = tables == 0 && application == 0 && version == 0;
        return Ok(if empty { State::Old } else { State::Foreign });
    }
    Ok(match version {
        VERSION => State::Ready,
        newer if newer > VERSION => State::Newer(newer),
        _ => State::Old,
    })
}

fn pragma<T: rusqlite::types::FromSql>(connection: &Connection, name: &str) -> rusqlite::Result<T> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

/// Brings the tables to this version, all at once or not at all. Another process may do the same
/// at the same time.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: u32 = pragma(&transaction, "user_version")?;
    for migration in MIGRATIONS.iter().skip(version as usize) {
        transaction.execute_batch(migration)?;
    }
    if version < VERSION {
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()
}
