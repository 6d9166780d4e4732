//! Annotations and entities as rows that queries look at.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Statement};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::record::{AnnotationRecord, BodyRecord, EntityRecord};
use crate::annot::{AnnotationId, Entity, Kind};
use crate::text::units::CodePoints;

/// A column of JSON.
pub(super) fn parsed<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
    })
}

pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("records are strings, numbers and lists of such")
}

/// Which parts of the search an annotation's row has to be entered in anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Search {
    pub(super) words: bool,
    pub(super) note: bool,
}

impl Search {
    pub(super) const ALL: Self = Self { words: true, note: true };
    pub(super) const WORDS: Self = Self { words: true, note: false };
}

/// Writes the rows of one article.
pub(super) struct Rows<'c, 't> {
    article: i64,
    text: &'t str,
    points: CodePoints<'t>,
    put: Statement<'c>,
    delete: Statement<'c>,
    words_out: Statement<'c>,
    words_in: Statement<'c>,
    note_out: Statement<'c>,
    note_in: Statement<'c>,
}

impl<'c, 't> Rows<'c, 't> {
    pub(super) fn new(
        connection: &'c Connection,
        article: i64,
        text: &'t str,
    ) -> rusqlite::Result<Self> {
        let put = "INSERT INTO annotations (article, id, start_byte, end_byte, start_point,
                end_point, kind, words, entity, speaker, value, review, touched, tags, note, data)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
            ON CONFLICT (article, id) DO UPDATE SET start_byte = excluded.start_byte,
                end_byte = excluded.end_byte, start_point = excluded.start_point,
                end_point = excluded.end_point, kind = excluded.kind, words = excluded.words,
                entity = excluded.entity, speaker = excluded.speaker, value = excluded.value,
                review = excluded.review, touched = excluded.touched, tags = excluded.tags,
                note = excluded.note, data = excluded.data
            WHERE excluded.touched OR ?17 OR NOT touched
            RETURNING key";
        let delete = "DELETE FROM annotations WHERE article = ?1 AND id = ?2 RETURNING key";
        Ok(Self {
            article,
            text,
            points: CodePoints::new(text),
            put: connection.prepare(put)?,
            delete: connection.prepare(delete)?,
            words_out: connection.prepare("DELETE FROM search_quotes WHERE rowid = ?1")?,
            words_in: connection
                .prepare("INSERT INTO search_quotes (rowid, words, speaker) VALUES (?1, ?2, ?3)")?,
            note_out: connection.prepare("DELETE FROM search_notes WHERE rowid = ?1")?,
            note_in: connection
                .prepare("INSERT INTO search_notes (rowid, note) VALUES (?1, ?2)")?,
        })
    }

    /// Writes an annotation's row. What is only proposed does not replace what a reader has
    /// touched, unless the reader has taken that back.
    pub(super) fn put(
        &mut self,
        it: &AnnotationRecord,
        search: Search,
        taken_back: bool,
    ) -> rusqlite::Result<()> {
        let range = it.range();
        let kind = it.kind();
        let words = range.of(self.text);
        let (speaker, value) = match &it.body {
            BodyRecord::Quote(quote) => (quote.speaker.as_ref().map(|it| it.name.as_str()), None),
            BodyRecord::Time(time) => (None, Some(time.value.as_str())),
            BodyRecord::Mention(_) | BodyRecord::Highlight => (None, None),
        };
        let tags = Some(it.tags()).filter(|it| !it.is_empty()).map(|it| json(&it));
        let note = Some(it.note()).filter(|it| !it.is_empty());
        let touched = it.is_touched();
        let data = (touched || kind != Kind::Mention).then(|| json(it));
        let key: Option<i64> = self
            .put
            .query_row(
                rusqlite::params![
                    self.article,
                    it.id.0.0,
                    range.start,
                    range.end,
                    self.points.of_byte(range.start),
                    self.points.of_byte(range.end),
                    kind.name(),
                    words,
                    it.entity().map(|it| it.0.0),
                    speaker,
                    value,
                    it.review().name(),
                    touched,
                    tags,
                    note,
                    data,
                    taken_back,
                ],
                |row| row.get(0),
            )
            .optional()?;
        let Some(key) = key else { return Ok(()) };
        if search.words && kind == Kind::Quote {
            self.words_out.execute([key])?;
            self.words_in.execute((key, words, speaker))?;
        }
        if search.note {
            self.note_out.execute([key])?;
            if let Some(note) = note {
                self.note_in.execute((key, note))?;
            }
        }
        Ok(())
    }

    pub(super) fn delete(&mut self, id: AnnotationId) -> rusqlite::Result<()> {
        let key: Option<i64> =
            self.delete.query_row((self.article, id.0), |row| row.get(0)).optional()?;
        if let Some(key) = key {
            self.words_out.execute([key])?;
            self.note_out.execute([key])?;
        }
        Ok(())
    }
}

/// Writes an entity that a step made, changed or needs.
pub(super) fn keep_entity(
    connection: &Connection,
    article: i64,
    entity: &Entity,
    gone: bool,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO entities (article, key, name, kind, aliases, kept, gone, data)
        VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7)
        ON CONFLICT (article, key) DO UPDATE SET name = excluded.name, kind = excluded.kind,
            aliases = excluded.aliases, kept = 1, gone = excluded.gone, data = excluded.data";
    let data = json(&EntityRecord::of(entity));
    let (kind, aliases) = (entity.kind.name(), json(&entity.aliases));
    let values = (article, entity.key.0, &entity.name, kind, aliases, gone, data);
    connection.execute(sql, values)?;
    Ok(())
}

/// Counts an article's quotes, marks and proposals anew.
pub(super) fn count(connection: &Connection, article: i64) -> rusqlite::Result<()> {
    let sql = "UPDATE articles SET
            quotes = (SELECT count(*) FROM annotations
                WHERE article = ?1 AND kind = 'quote' AND review <> 'rejected'),
            marks = (SELECT count(*) FROM annotations
                WHERE article = ?1 AND touched = 1 AND review <> 'rejected'),
            -- Both are counted in an index; for those that are not touched there is none.
            unreviewed = (SELECT count(*) FROM annotations WHERE article = ?1)
                - (SELECT count(*) FROM annotations WHERE article = ?1 AND touched = 1),
            lost = (SELECT count(*) FROM annotations
                WHERE article = ?1 AND touched = 1 AND review <> 'rejected'
                AND start_byte = end_byte)
        WHERE key = ?1";
    connection.execute(sql, [article])?;
    Ok(())
}
