//! Feeds that are remembered. What they offer is not kept: it is fetched when it is asked for, and
//! becomes an article of the library when it is opened.

use jiff::Timestamp;
use rusqlite::OptionalExtension;

use super::{ArticleId, Library};
use crate::error::{Error, Result};

/// A feed that is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Where it is.
    pub address: String,
    /// What it is called.
    pub title: String,
}

impl Library {
    /// All feeds that are remembered, in the order in which they came.
    pub fn feeds(&self) -> Result<Vec<Subscription>> {
        let query = || -> rusqlite::Result<Vec<Subscription>> {
            let sql = "SELECT address, title FROM feeds ORDER BY key";
            let mut statement = self.connection.prepare(sql)?;
            let feed = |row: &rusqlite::Row<'_>| {
                Ok(Subscription { address: row.get(0)?, title: row.get(1)? })
            };
            statement.query_map([], feed)?.collect()
        };
        query().map_err(self.fail("cannot list the feeds"))
    }

    /// Remembers feeds, all or none of them; gives how many were not remembered before. A feed that
    /// was gets the title that it has now.
    pub fn subscribe(&mut self, feeds: &[Subscription], now: Timestamp) -> Result<u32> {
        let fail = self.fail("cannot remember the feeds");
        let result = (|| {
            let transaction = self.begin()?;
            let count = "SELECT count(*) FROM feeds";
            let before: u32 = transaction.query_row(count, [], |row| row.get(0))?;
            let sql = "INSERT INTO feeds (address, title, added) VALUES (?1, ?2, ?3)
                ON CONFLICT (address) DO UPDATE SET title = excluded.title";
            for Subscription { address, title } in feeds {
                transaction.execute(sql, (address, title, now.as_millisecond()))?;
            }
            let after: u32 = transaction.query_row(count, [], |row| row.get(0))?;
            transaction.commit()?;
            Ok(after - before)
        })();
        result.map_err(fail)
    }

    /// Forgets a feed.
    pub fn unsubscribe(&mut self, address: &str) -> Result<()> {
        let sql = "DELETE FROM feeds WHERE address = ?1";
        let gone = self.connection.execute(sql, [address]);
        match gone.map_err(self.fail("cannot forget the feed"))? {
            0 => Err(Error::new(format!("no feed is remembered from {address}"))
                .hint("`pullquote feed --opml` prints all of them")),
            _ => Ok(()),
        }
    }

    /// The article that came from a place, outside of the trash.
    pub fn from_place(&self, place: &str) -> Result<Option<ArticleId>> {
        let sql = "SELECT id FROM articles WHERE place = ?1 AND trashed IS NULL ORDER BY key";
        let id = self.connection.query_row(sql, [place], |row| row.get::<_, String>(0)).optional();
        id.map_err(self.fail("cannot look for an article"))?.map(|id| id.parse()).transpose()
    }
}
