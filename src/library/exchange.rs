//! Articles as files of annotations name them: by the fingerprint of a text, and by a source.

use rusqlite::OptionalExtension;

use super::Library;
use super::articles::{ArticleId, id_of, place};
use crate::error::Result;

impl Library {
    /// The article that has the text of this fingerprint (SHA-256 in small hexadecimal digits), or
    /// else the one of this source, or else one that had this text when something was done in it.
    pub fn find_described(&self, sha256: &str, source: &str) -> Result<Option<ArticleId>> {
        let by_text = "SELECT articles.key FROM articles JOIN texts ON texts.key = articles.text
            WHERE sha256 = ?1
            ORDER BY source <> ?2 AND coalesce(place <> ?3, TRUE), trashed IS NOT NULL, articles.key";
        let by_source = "SELECT key FROM articles WHERE ?1 = ?1 AND (source = ?2 OR place = ?3)
            AND source <> '-' ORDER BY trashed IS NOT NULL, coalesce(place <> ?3, TRUE), key";
        let by_past = "SELECT events.article FROM events JOIN texts ON texts.key = events.text
            WHERE sha256 = ?1 AND ?2 = ?2 AND ?3 IS ?3 ORDER BY events.article";
        let place = place(source);
        let found = || {
            for sql in [by_text, by_source, by_past] {
                let wanted = (sha256, source, &place);
                let found = self.connection.query_row(sql, wanted, |row| row.get(0)).optional()?;
                if let Some(key) = found {
                    return id_of(&self.connection, key).map(Some);
                }
            }
            Ok(None)
        };
        found().map_err(self.fail(&format!("cannot look for {source}")))
    }

    /// A text that an article has or had, by its fingerprint.
    pub fn text(&self, sha256: &str) -> Result<Option<String>> {
        let sql = "SELECT text FROM texts WHERE sha256 = ?1";
        let text = self.connection.query_row(sql, [sha256], |row| row.get(0)).optional();
        text.map_err(self.fail("cannot look for a text"))
    }
}
