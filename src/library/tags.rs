//! All tags of the library, for completion.

use super::Library;
use crate::error::Result;

impl Library {
    /// Every tag of an article or an annotation that is not in the trash, the most used first.
    pub fn tags(&self) -> Result<Vec<String>> {
        let query = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare(
                "SELECT value FROM (
                   SELECT it.value FROM articles, json_each(articles.tags) AS it
                   WHERE articles.trashed IS NULL
                   UNION ALL
                   SELECT it.value FROM annotations
                   JOIN articles ON articles.key = annotations.article
                   CROSS JOIN json_each(annotations.tags) AS it
                   WHERE annotations.tags IS NOT NULL AND articles.trashed IS NULL
                 ) GROUP BY value ORDER BY count(*) DESC, value LIMIT 5000",
            )?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect()
        };
        query().map_err(self.fail("cannot look for tags"))
    }
}
