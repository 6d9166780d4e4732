//! Quotes, entities and times of all articles.

use jiff::civil::Date;
use rusqlite::{Connection, Row, params_from_iter};

use super::Library;
use super::articles::ArticleId;
use super::query::{Conditions, Query, Shelf, Speakers, TAG_ON_ANNOTATION, day, id};
use super::record::{AnnotationRecord, BodyRecord};
use super::rows::parsed;
use crate::annot::timeline::{self, Span};
use crate::annot::{AnnotationId, Form, Review, TimexType};
use crate::error::Result;

/// The article in which something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Where {
    /// Its id.
    pub article: ArticleId,
    /// Its title, or else its source.
    pub title: String,
    /// Path or URL as given.
    pub source: String,
    /// The day it was written.
    pub day: Option<Date>,
    /// First code point of the passage.
    pub start: u32,
    /// First code point behind it.
    pub end: u32,
}

/// A quote in some article.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteRow {
    /// Its name.
    pub id: AnnotationId,
    /// Where it stands.
    pub place: Where,
    /// What was said.
    pub words: String,
    /// Who said it.
    pub speaker: Option<String>,
    /// What sort of quote it is.
    pub form: Form,
    /// How sure the detector is.
    pub confidence: f32,
    /// The detector's rule; none for what the reader marked.
    pub rule: Option<String>,
    /// What the reader thinks of it.
    pub review: Review,
    /// The reader's tags.
    pub tags: Vec<String>,
    /// The reader's note.
    pub note: String,
}

/// Somebody or something in some article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityRow {
    /// Its name in files.
    pub id: AnnotationId,
    /// Where it is first mentioned.
    pub place: Where,
    /// Its name.
    pub name: String,
    /// "person", "place", "organization".
    pub kind: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// How often the article mentions it.
    pub mentions: u32,
    /// How many quotes are its.
    pub quotes: u32,
}

/// A time in some article.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeRow {
    /// Its name.
    pub id: AnnotationId,
    /// Where it stands.
    pub place: Where,
    /// The words.
    pub words: String,
    /// Its TIMEX3 value.
    pub value: String,
    /// TIMEX3's modifier.
    pub modifier: Option<String>,
    /// What sort of time it is.
    pub kind: TimexType,
    /// Whether a part of the value was concluded without the article's date.
    pub inferred: bool,
    /// Its days on the calendar.
    pub span: Span,
    /// The reader's tags.
    pub tags: Vec<String>,
}

impl Library {
    /// The quotes that are asked for, those of the latest articles first, without rejected ones.
    pub fn quotes(&self, query: &Query) -> Result<Vec<QuoteRow>> {
        quotes(&self.connection, query).map_err(self.fail("cannot look for quotes"))
    }

    /// The people, places and organisations of all articles, those of the latest articles first.
    /// A speaker who is asked for is an entity of that name.
    pub fn entities(&self, query: &Query) -> Result<Vec<EntityRow>> {
        entities(&self.connection, query).map_err(self.fail("cannot look for entities"))
    }

    /// The times of all articles in the order of the calendar, then those without a place on it.
    /// The days that are asked for are those of the times, not of the articles.
    pub fn timeline(&self, query: &Query) -> Result<Vec<TimeRow>> {
        timeline(&self.connection, query).map_err(self.fail("cannot look for times"))
    }
}

/// The columns of [`Where`] but for the place.
const ARTICLE: &str =
    "articles.id, coalesce(articles.title, articles.source), articles.source, articles.day";
/// Latest articles first, then the order of their texts.
const ORDER: &str = "articles.day DESC NULLS LAST, articles.key DESC";

fn place(row: &Row<'_>, first: usize, start: u32, end: u32) -> rusqlite::Result<Where> {
    Ok(Where {
        article: id(row.get_ref(first)?.as_str()?),
        title: row.get(first + 1)?,
        source: row.get(first + 2)?,
        day: day(row.get_ref(first + 3)?.as_str_or_null()?),
        start,
        end,
    })
}

fn is_enough(query: &Query, found: usize) -> bool {
    query.limit.is_some_and(|limit| found >= limit)
}

fn quotes(connection: &Connection, query: &Query) -> rusqlite::Result<Vec<QuoteRow>> {
    let speakers = query.speaker.as_deref().map(|name| Speakers::named(connection, name));
    let speakers = speakers.transpose()?;
    let mut conditions = Conditions::default();
    conditions.add(Shelf::Kept.sql());
    conditions.add("annotations.kind = 'quote' AND annotations.review <> 'rejected'");
    conditions.days(query);
    conditions.tags(query, TAG_ON_ANNOTATION);
    let sql = format!(
        "SELECT {ARTICLE}, annotations.article, annotations.entity, speaker, annotations.id, words,
            start_point, end_point, annotations.data, entities.name
        FROM articles JOIN annotations ON annotations.article = articles.key
        LEFT JOIN entities ON entities.article = annotations.article
            AND entities.key = annotations.entity
        WHERE {} ORDER BY {ORDER}, start_byte",
        conditions.sql()
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    let mut quotes = Vec::new();
    while let Some(row) = rows.next()? {
        if is_enough(query, quotes.len()) {
            break;
        }
        let entity: Option<[u8; 16]> = row.get(5)?;
        let name = row.get_ref(6)?.as_str_or_null()?;
        let entity = entity.map(AnnotationId);
        if !speakers.as_ref().is_none_or(|it| it.speak(row.get(4).unwrap_or(0), entity, name)) {
            continue;
        }
        let record: AnnotationRecord = parsed(row, 11)?;
        let entity: Option<String> = row.get(12)?;
        quotes.push(QuoteRow {
            id: AnnotationId(row.get(7)?),
            place: place(row, 0, row.get(9)?, row.get(10)?)?,
            words: row.get(8)?,
            speaker: entity.or(name.map(ToOwned::to_owned)),
            form: record.form().unwrap_or(Form::Direct),
            confidence: record.sure,
            review: record.review(),
            tags: record.tags().to_vec(),
            note: record.note().to_owned(),
            rule: record.rule,
        });
    }
    Ok(quotes)
}

fn entities(connection: &Connection, query: &Query) -> rusqlite::Result<Vec<EntityRow>> {
    let speakers = query.speaker.as_deref().map(|name| Speakers::named(connection, name));
    let speakers = speakers.transpose()?;
    let mut conditions = Conditions::default();
    conditions.add(Shelf::Kept.sql());
    conditions.add("entities.gone = 0");
    conditions.days(query);
    let tagged = "EXISTS (SELECT 1 FROM annotations AS tagged, json_each(tagged.tags) AS each
        WHERE tagged.article = entities.article AND tagged.entity = entities.key
        AND tagged.tags IS NOT NULL AND tagged.review <> 'rejected' AND each.value = ?)";
    conditions.tags(query, tagged);
    let sql = format!(
        "SELECT {ARTICLE}, entities.article, entities.key, name, entities.kind, aliases,
            count(annotations.key) FILTER (WHERE annotations.kind = 'mention'),
            count(annotations.key) FILTER (WHERE annotations.kind = 'quote'),
            min(start_point), end_point
        FROM articles JOIN entities ON entities.article = articles.key
        JOIN annotations ON annotations.article = entities.article
            AND annotations.entity = entities.key AND annotations.review <> 'rejected'
        WHERE {} GROUP BY entities.article, entities.key ORDER BY {ORDER}, 10 DESC, name",
        conditions.sql()
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    let mut entities = Vec::new();
    while let Some(row) = rows.next()? {
        if is_enough(query, entities.len()) {
            break;
        }
        let key = AnnotationId(row.get(5)?);
        if !speakers.as_ref().is_none_or(|it| it.speak(row.get(4).unwrap_or(0), Some(key), None)) {
            continue;
        }
        entities.push(EntityRow {
            id: key,
            place: place(row, 0, row.get(11)?, row.get(12)?)?,
            name: row.get(6)?,
            kind: row.get(7)?,
            aliases: parsed(row, 8)?,
            mentions: row.get(9)?,
            quotes: row.get(10)?,
        });
    }
    Ok(entities)
}

fn timeline(connection: &Connection, query: &Query) -> rusqlite::Result<Vec<TimeRow>> {
    let speaking = match &query.speaker {
        Some(name) => Some(Speakers::named(connection, name)?.articles(connection)?),
        None => None,
    };
    let mut conditions = Conditions::default();
    conditions.add(Shelf::Kept.sql());
    conditions.add("annotations.kind = 'time' AND annotations.review <> 'rejected'");
    conditions.tags(query, TAG_ON_ANNOTATION);
    let sql = format!(
        "SELECT {ARTICLE}, annotations.article, annotations.id, words, start_point, end_point, data
        FROM articles JOIN annotations ON annotations.article = articles.key
        WHERE {} ORDER BY {ORDER}, start_byte",
        conditions.sql()
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    let mut times = Vec::new();
    while let Some(row) = rows.next()? {
        let article: i64 = row.get(4)?;
        if speaking.as_ref().is_some_and(|articles| !articles.contains(&article)) {
            continue;
        }
        let record: AnnotationRecord = parsed(row, 9)?;
        let BodyRecord::Time(time) = &record.body else { continue };
        let span = timeline::bounds(&time.value, time.modifier()).unwrap_or(Span::NONE);
        if is_outside(&span, query) {
            continue;
        }
        times.push(TimeRow {
            id: AnnotationId(row.get(5)?),
            place: place(row, 0, row.get(7)?, row.get(8)?)?,
            words: row.get(6)?,
            value: time.value.clone(),
            modifier: time.modifier().map(ToOwned::to_owned),
            kind: time.kind(),
            inferred: time.inferred(),
            span,
            tags: record.tags().to_vec(),
        });
    }
    let key = |it: &TimeRow| (it.span.key().is_none(), it.span.key(), it.span.minute);
    times.sort_by_key(key);
    times.truncate(query.limit.unwrap_or(usize::MAX));
    Ok(times)
}

/// Whether a time has no day among those that are asked for.
fn is_outside(span: &Span, query: &Query) -> bool {
    if query.since.is_none() && query.until.is_none() {
        return false;
    }
    span.key().is_none()
        || query.since.is_some_and(|since| span.to.is_some_and(|to| to < since))
        || query.until.is_some_and(|until| span.from.is_some_and(|from| from > until))
}
