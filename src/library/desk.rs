//! One open article: how the steps of its reader are kept, and how those of others come in.

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use super::history::Verb;

use super::articles::{ArticleId, Seat};
use super::line::Line;
use super::{Library, trouble};
use crate::annot::Store;
use crate::error::Result;

/// A reader's place before an open article. Owns the connection to the library.
///
/// The steps of all processes go into one line. Who writes takes in first what others have written
/// since, so that each step is written upon what was there: see `docs/library.md`.
#[derive(Debug)]
pub struct Desk {
    library: Library,
    line: Line,
    /// Tells whether another connection has written anything.
    version: i64,
}

/// What others did meanwhile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreign {
    /// The names of their steps in their order; "undone: …" and "redone: …" for what they took
    /// back and did again.
    pub steps: Vec<String>,
    /// Whether the reader's own step could not be taken back or done again, because another one
    /// came between. It stands in the store as if nobody had asked.
    pub refused: bool,
}

impl Library {
    /// Sits down before an article that was entered. The store to be given to the desk is
    /// [`Store::restore`] of what was kept, with whatever detectors find on top.
    ///
    /// From now on the reader waits for what is written, so a file that another process has locked
    /// is given up after half a second instead of five.
    pub fn sit(self, seat: Seat) -> Desk {
        // It fails only on a connection that was closed.
        self.connection.busy_timeout(super::HASTE).ok();
        Desk { library: self, line: Line::new(seat), version: 0 }
    }
}

impl Desk {
    /// Which article it is.
    pub fn id(&self) -> ArticleId {
        self.line.seat.id()
    }

    /// The library, for what is not a step.
    pub fn library(&mut self) -> &mut Library {
        &mut self.library
    }

    /// Remembers where the reader is, in bytes of the text.
    pub fn set_position(&mut self, position: u32) -> Result<()> {
        self.library.set_position(self.id(), position)
    }

    /// Remembers what the reader has set: [`Library::save_view`].
    pub fn save_view(&mut self, view: &str) -> Result<()> {
        self.library.save_view(self.id(), view)
    }

    /// Leaves the article. What is not written yet is lost.
    pub fn leave(self) -> Library {
        self.library.connection.busy_timeout(super::PATIENCE).ok();
        self.library
    }

    /// How many of the reader's steps are not written yet, because it failed.
    pub fn unsaved(&self) -> usize {
        self.line.unsaved().len()
    }

    /// Writes down what the reader just did: the step was already applied to `store` (as its
    /// last), or taken back, or done again. When this comes back, it is on the disk.
    ///
    /// What others have written since the last look is taken into `store` first, as if it had been
    /// there before: their steps as they are, ours upon them ([`crate::annot::Step::rebase`]).
    /// Where the step that the reader took back or did again is not the next one any more, it is
    /// left as it is, and [`Foreign::refused`] says so.
    ///
    /// After a failure nothing is written, and `store` is right all the same: it holds the reader's
    /// step (and perhaps what others did). The step is written with the next one, or by
    /// [`Desk::retry`]; until then [`Desk::unsaved`] counts it.
    pub fn keep(&mut self, store: &mut Store, verb: Verb) -> Result<Foreign> {
        self.line.add(store, verb);
        self.retry(store)
    }

    /// Writes what could not be written before.
    pub fn retry(&mut self, store: &mut Store) -> Result<Foreign> {
        let result = write(&self.library.connection, &mut self.line, store);
        result.map_err(|error| {
            let mut names = self.line.unsaved();
            let what = match (names.next(), names.len()) {
                (Some(name), 0) => format!("“{name}” is not saved"),
                (_, more) => format!("{} changes are not saved", more + 1),
            };
            trouble::failed(&what, self.library.path(), &error)
        })
    }

    /// Takes in what other processes did since. Returns the names of their steps. Costs next to
    /// nothing where nobody wrote anything.
    pub fn catch_up(&mut self, store: &mut Store) -> Result<Vec<String>> {
        let result = self.look(store);
        result.map_err(self.library.fail("cannot look for what others did"))
    }

    fn look(&mut self, store: &mut Store) -> rusqlite::Result<Vec<String>> {
        let connection = &self.library.connection;
        let version = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if version == self.version {
            return Ok(Vec::new());
        }
        // All that is read is of one moment.
        let transaction = connection.unchecked_transaction()?;
        let news = self.line.news(&transaction)?;
        transaction.commit()?;
        self.version = version;
        Ok(news.map(|news| self.line.join(store, news).steps).unwrap_or_default())
    }
}

/// Takes in what others did, then writes what the reader did, all in one transaction.
fn write(
    connection: &Connection,
    line: &mut Line,
    store: &mut Store,
) -> rusqlite::Result<super::Foreign> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let mut foreign = Foreign::default();
    if let Some(news) = line.news(&transaction)? {
        foreign = line.join(store, news);
    }
    if line.unsaved().len() == 0 {
        return Ok(foreign);
    }
    let written = line.write(&transaction, store)?;
    transaction.commit()?;
    line.written(&written);
    Ok(foreign)
}
