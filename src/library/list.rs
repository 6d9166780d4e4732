//! The list of articles.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, Row, params_from_iter};

use super::Library;
use super::articles::ArticleId;
use super::query::{Conditions, Query, Shelf, Speakers, TAG_IN_ARTICLE, day, id};
use super::rows::parsed;
use crate::error::Result;

/// Which articles are listed, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Those in which somebody is quoted, that have these tags (or hold something that has), that
    /// are of these days.
    pub query: Query,
    /// In the library or in the trash.
    pub shelf: Shelf,
    /// The order.
    pub sort: Sort,
    /// The other way round.
    pub reverse: bool,
}

/// The orders of the list. Each begins with what is mostly looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The one that was opened last.
    #[default]
    Opened,
    /// The one that came last.
    Added,
    /// The latest by its own date; those without one at the end.
    Date,
    /// By title, in the order of the alphabet.
    Title,
    /// By publisher, in the order of the alphabet.
    Publisher,
    /// The one that is read furthest.
    Progress,
    /// The one with the most quotes.
    Quotes,
    /// The one with the most marks.
    Marks,
}

impl Sort {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Opened,
        Self::Added,
        Self::Date,
        Self::Title,
        Self::Publisher,
        Self::Progress,
        Self::Quotes,
        Self::Marks,
    ];

    /// The name by which it is asked for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Added => "added",
            Self::Date => "date",
            Self::Title => "title",
            Self::Publisher => "publisher",
            Self::Progress => "progress",
            Self::Quotes => "quotes",
            Self::Marks => "marks",
        }
    }

    fn sql(self, reverse: bool) -> String {
        let (column, falling) = match self {
            Self::Opened => ("coalesce(opened, added)", true),
            Self::Added => ("added", true),
            Self::Date => ("day", true),
            Self::Title => ("coalesce(title, source) COLLATE NOCASE", false),
            Self::Publisher => ("publisher COLLATE NOCASE", false),
            Self::Progress => ("coalesce(position, 0) * 1.0 / max(size, 1)", true),
            Self::Quotes => ("quotes", true),
            Self::Marks => ("marks", true),
        };
        let direction = if falling == reverse { "ASC" } else { "DESC" };
        format!("{column} {direction} NULLS LAST, key {direction}")
    }
}

/// An article in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleRow {
    /// Its id.
    pub id: ArticleId,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// Path or URL as given.
    pub source: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day it was written, as the reader or else the article says.
    pub day: Option<Date>,
    /// When it came into the library.
    pub added: Timestamp,
    /// When it was last opened.
    pub opened: Option<Timestamp>,
    /// When it went to the trash.
    pub trashed: Option<Timestamp>,
    /// How much of it is read, in percent.
    pub progress: u8,
    /// Its quotes, found or made, without the rejected ones.
    pub quotes: u32,
    /// What the reader made, accepted, tagged or noted in it.
    pub marks: u32,
    /// What was found and nobody has looked at.
    pub unreviewed: u32,
    /// The marks whose passages are not in the text any more.
    pub lost: u32,
    /// The tags of the article as a whole.
    pub tags: Vec<String>,
}

impl ArticleRow {
    /// What it is called in lists: its title, or else its source.
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.source)
    }
}

impl Library {
    /// The articles that are asked for.
    pub fn list(&self, wanted: &ListQuery) -> Result<Vec<ArticleRow>> {
        list(&self.connection, wanted).map_err(self.fail("cannot list the articles"))
    }

    /// How many articles there are outside of the trash.
    pub fn count(&self) -> Result<u32> {
        let sql = "SELECT count(*) FROM articles WHERE trashed IS NULL";
        let count = self.connection.query_row(sql, [], |row| row.get(0));
        count.map_err(self.fail("cannot count the articles"))
    }
}

fn list(connection: &Connection, wanted: &ListQuery) -> rusqlite::Result<Vec<ArticleRow>> {
    let ListQuery { query, shelf, sort, reverse } = wanted;
    let mut conditions = Conditions::default();
    conditions.add(shelf.sql());
    conditions.days(query);
    conditions.tags(query, TAG_IN_ARTICLE);
    let speaking = match &query.speaker {
        Some(name) => Some(Speakers::named(connection, name)?.articles(connection)?),
        None => None,
    };
    let sql = format!(
        "SELECT key, id, title, source, authors, publisher, day, added, opened, trashed,
            coalesce(position, 0) * 100 / max(size, 1), quotes, marks, tags, unreviewed, lost
        FROM articles WHERE {} ORDER BY {}",
        conditions.sql(),
        sort.sql(*reverse)
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    let mut list = Vec::new();
    while let Some(row) = rows.next()? {
        if query.limit.is_some_and(|limit| list.len() >= limit) {
            break;
        }
        let key: i64 = row.get(0)?;
        if speaking.as_ref().is_none_or(|articles| articles.contains(&key)) {
            list.push(article_row(row)?);
        }
    }
    Ok(list)
}

fn article_row(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    let moment = |millis: Option<i64>| millis.and_then(|it| Timestamp::from_millisecond(it).ok());
    // Nearly all lists are empty.
    let list = |column: usize| match row.get_ref(column)?.as_str()? {
        "[]" => Ok(Vec::new()),
        _ => parsed(row, column),
    };
    let progress: i64 = row.get(10)?;
    Ok(ArticleRow {
        id: id(row.get_ref(1)?.as_str()?),
        title: row.get(2)?,
        source: row.get(3)?,
        authors: list(4)?,
        publisher: row.get(5)?,
        day: day(row.get_ref(6)?.as_str_or_null()?),
        added: moment(row.get(7)?).unwrap_or_default(),
        opened: moment(row.get(8)?),
        trashed: moment(row.get(9)?),
        progress: u8::try_from(progress.clamp(0, 100)).unwrap_or(100),
        quotes: row.get(11)?,
        marks: row.get(12)?,
        tags: list(13)?,
        unreviewed: row.get(14)?,
        lost: row.get(15)?,
    })
}
