//! The steps of an article in the order in which they were written down, whoever made them.

use rusqlite::{Connection, OptionalExtension};

use super::record::StepRecord;
use super::rows::parsed;

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// It was done.
    Do,
    /// It was taken back.
    Undo,
    /// It was done again.
    Redo,
}

impl Verb {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Do => "do",
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "undo" => Self::Undo,
            "redo" => Self::Redo,
            _ => Self::Do,
        }
    }
}

/// So many steps can be taken back after the article was opened again.
const DEEP: usize = 1000;

/// So large may they be together, in bytes as they are written.
const LARGE: i64 = 32 * 1024 * 1024;

/// The numbers of the steps that can be taken back and done again. A step has the number of the
/// event by which it was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stacks {
    /// The oldest first.
    pub(super) done: Vec<i64>,
    /// The next one to be done again last.
    pub(super) undone: Vec<i64>,
}

impl Stacks {
    /// Takes in one event.
    pub(super) fn follow(&mut self, verb: Verb, step: i64) {
        match verb {
            Verb::Do => {
                self.done.push(step);
                self.undone.clear();
            }
            Verb::Undo => {
                self.done.pop_if(|it| *it == step);
                self.undone.push(step);
            }
            Verb::Redo => {
                self.undone.pop_if(|it| *it == step);
                self.done.push(step);
            }
        }
    }

    /// Whether this can be done now as it was meant.
    pub(super) fn allows(&self, verb: Verb, step: i64) -> bool {
        match verb {
            Verb::Do => true,
            Verb::Undo => self.done.last() == Some(&step),
            Verb::Redo => self.undone.last() == Some(&step),
        }
    }

    /// Gives a step the number that it has got by being written.
    pub(super) fn renumber(&mut self, from: i64, to: i64) {
        for number in self.done.iter_mut().chain(&mut self.undone).filter(|it| **it == from) {
            *number = to;
        }
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = i64> {
        self.done.iter().chain(&self.undone).copied()
    }
}

/// Something that was written down.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) seq: i64,
    pub(super) verb: Verb,
    pub(super) step: i64,
    pub(super) name: String,
}

/// What was written of an article behind the event `seen`.
pub(super) fn events(
    connection: &Connection,
    article: i64,
    seen: i64,
) -> rusqlite::Result<Vec<Event>> {
    let sql = "SELECT seq, verb, step, name FROM events WHERE article = ?1 AND seq > ?2
        ORDER BY seq";
    let mut statement = connection.prepare(sql)?;
    let events = statement.query_map((article, seen), |row| {
        let verb = Verb::named(row.get_ref(1)?.as_str()?);
        Ok(Event { seq: row.get(0)?, verb, step: row.get(2)?, name: row.get(3)? })
    })?;
    events.collect()
}

/// The number of an article's last event; 0 where there is none.
pub(super) fn last(connection: &Connection, article: i64) -> rusqlite::Result<i64> {
    let sql = "SELECT coalesce(max(seq), 0) FROM events WHERE article = ?1";
    connection.query_row(sql, [article], |row| row.get(0))
}

/// The steps that can be taken back and done again, those too long ago left out.
pub(super) fn stacks(connection: &Connection, article: i64) -> rusqlite::Result<Stacks> {
    let mut stacks = Stacks::default();
    for event in events(connection, article, 0)? {
        stacks.follow(event.verb, event.step);
    }
    let sql = "SELECT octet_length(data) FROM events WHERE article = ?1 AND seq = ?2";
    let mut size = connection.prepare(sql)?;
    let mut left = LARGE;
    let mut kept = 0;
    // The next to be done again come first, then those to be taken back.
    for &number in stacks.undone.iter().rev().chain(stacks.done.iter().rev()).take(DEEP) {
        let bytes: Option<Option<i64>> =
            size.query_row((article, number), |row| row.get(0)).optional()?;
        left -= bytes.flatten().unwrap_or(LARGE);
        if left < 0 {
            break;
        }
        kept += 1;
    }
    let undone = stacks.undone.len().min(kept);
    stacks.undone.drain(..stacks.undone.len() - undone);
    let done = stacks.done.len().min(kept - undone);
    stacks.done.drain(..stacks.done.len() - done);
    Ok(stacks)
}

/// A step as it was written, and the text whose places it has.
pub(super) fn step(
    connection: &Connection,
    article: i64,
    number: i64,
) -> rusqlite::Result<(StepRecord, i64)> {
    let sql = "SELECT data, text FROM events WHERE article = ?1 AND seq = ?2";
    connection.query_row(sql, (article, number), |row| Ok((parsed(row, 0)?, row.get(1)?)))
}
