//! What the detectors propose, kept so that queries over all articles see it. It is never given
//! back to the reader of an article: detectors find it again.

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::Library;
use super::articles::{ArticleId, fingerprint as text_fingerprint, hexadecimal, key_of};
use super::record::{AnnotationRecord, EntityRecord, key_in};
use super::rows::{self, Rows, Search, json};
use crate::annot::{Annotation, EntityId, Store};
use crate::article::Article;
use crate::error::Result;

/// So many rows are written at once; between two such pieces others may write.
const PIECE: usize = 4000;

impl Library {
    /// Keeps what detectors found in all of an article instead of what they had found before, and
    /// enters the article in the search. Nothing that a reader has touched is changed.
    ///
    /// It may take a while, and belongs on a connection of its own beside the reader's. Where the
    /// library has another text of the article meanwhile, nothing is done.
    pub fn propose(&mut self, id: ArticleId, article: &Article, store: &Store) -> Result<()> {
        let fail = self.fail(&format!("cannot keep what was found in {}", article.meta.source));
        // It can be found again: a power failure may take the last of it.
        let pace =
            |library: &Self, mode| library.connection.pragma_update(None, "synchronous", mode);
        // Nobody waits for it, so it may do with little memory.
        let small = self.connection.pragma_update(None, "cache_size", -super::SMALL_CACHE);
        let result = small
            .and_then(|()| pace(self, "NORMAL"))
            .and_then(|()| propose(self, id, article, store));
        self.tidy();
        let back = pace(self, "FULL");
        result.and(back).map_err(fail)
    }
}

fn propose(
    library: &mut Library,
    id: ArticleId,
    article: &Article,
    store: &Store,
) -> rusqlite::Result<()> {
    let proposals: Vec<&Annotation> =
        store.annotations().iter().filter(|it| !it.is_touched()).collect();
    let key = key_of(&library.connection, id)?;
    let state = state(&library.connection, key)?;
    let sql = "SELECT sha256 FROM texts WHERE key = ?1";
    let text: String = library.connection.query_row(sql, [state.text], |row| row.get(0))?;
    if text != text_fingerprint(&article.text) {
        return Ok(());
    }
    let print = fingerprint(store, &proposals);
    if state.indexed == Some(state.text) && state.proposed.as_ref() == Some(&print) {
        return Ok(());
    }
    let mut rest = &proposals[..];
    let mut to_clear = true;
    // One transaction where there is little to write.
    loop {
        let transaction = library.begin()?;
        if self::state(&transaction, key)?.text != state.text {
            return Ok(());
        }
        let mut room = PIECE;
        if to_clear {
            let cleared = clear(&transaction, key, room)?;
            to_clear = cleared == room;
            room -= cleared;
        }
        let (piece, later) = rest.split_at(rest.len().min(room));
        rest = later;
        let mut rows = Rows::new(&transaction, key, &article.text)?;
        for it in piece {
            rows.put(&AnnotationRecord::of(it, store), Search::WORDS, false)?;
        }
        drop(rows);
        let done = !to_clear && rest.is_empty();
        if done {
            put_entities(&transaction, key, store, &proposals)?;
            if state.indexed != Some(state.text) {
                index(&transaction, key, article)?;
            }
            rows::count(&transaction, key)?;
        }
        let sql =
            "UPDATE articles SET proposed = ?2, indexed = CASE WHEN ?3 THEN text ELSE indexed END
            WHERE key = ?1";
        transaction.execute(sql, (key, Some(&print).filter(|_| done), done))?;
        transaction.commit()?;
        if done {
            return Ok(());
        }
    }
}

/// What is known of an article's proposals.
struct State {
    text: i64,
    indexed: Option<i64>,
    proposed: Option<String>,
}

fn state(connection: &Connection, article: i64) -> rusqlite::Result<State> {
    let sql = "SELECT text, indexed, proposed FROM articles WHERE key = ?1";
    connection.query_row(sql, [article], |row| {
        Ok(State { text: row.get(0)?, indexed: row.get(1)?, proposed: row.get(2)? })
    })
}

/// Tells one set of proposals from another.
fn fingerprint(store: &Store, proposals: &[&Annotation]) -> String {
    let mut hash = Sha256::new();
    for it in proposals {
        hash.update(json(&AnnotationRecord::of(it, store)));
    }
    for (_, entity) in store.live_entities() {
        hash.update(json(&EntityRecord::of(entity)));
    }
    hexadecimal(&hash.finalize()[..16])
}

/// Takes out up to so many of the earlier proposals; gives how many there were.
fn clear(connection: &Connection, article: i64, most: usize) -> rusqlite::Result<usize> {
    let these = "SELECT key FROM annotations WHERE article = ?1 AND touched = 0
        ORDER BY key LIMIT ?2";
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let sql = format!("DELETE FROM search_quotes WHERE rowid IN ({these})");
    connection.execute(&sql, (article, most))?;
    connection.execute(&format!("DELETE FROM annotations WHERE key IN ({these})"), (article, most))
}

/// Replaces the entities that no step has to do with.
fn put_entities(
    connection: &Connection,
    article: i64,
    store: &Store,
    proposals: &[&Annotation],
) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM entities WHERE article = ?1 AND kept = 0", [article])?;
    let mut named: Vec<EntityId> = proposals.iter().filter_map(|it| it.entity()).collect();
    named.sort_unstable();
    named.dedup();
    let sql = "INSERT INTO entities (article, key, name, kind, aliases, kept, gone, data)
        VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, ?6) ON CONFLICT (article, key) DO NOTHING";
    let mut put = connection.prepare(sql)?;
    for id in named {
        if let Some(it) = store.entity(id) {
            let (kind, aliases) = (it.kind.name(), json(&it.aliases));
            let data = json(&EntityRecord::of(it));
            put.execute((article, key_in(store, id).0, &it.name, kind, aliases, data))?;
        }
    }
    Ok(())
}

/// Enters an article's text in the search.
fn index(connection: &Connection, key: i64, article: &Article) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM search_articles WHERE rowid = ?1", [key])?;
    let sql = "INSERT INTO search_articles (rowid, title, text) VALUES (?1, ?2, ?3)";
    connection.execute(sql, (key, &article.meta.title, &article.text)).map(drop)
}
