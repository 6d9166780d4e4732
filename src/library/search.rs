//! Searching the words of all articles, of quotes and of notes.

use regex::Regex;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::Library;
use super::articles::ArticleId;
use super::query::{Conditions, Query, Shelf, Speakers, TAG_IN_ARTICLE, day, id};
use crate::annot::AnnotationId;
use crate::error::Result;
use crate::text::units::CodePoints;
use crate::text::{TextRange, offset};
use jiff::civil::Date;

/// Something that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: ArticleId,
    /// Its title, or else its source.
    pub title: String,
    /// Path or URL as given.
    pub source: String,
    /// The day it was written.
    pub day: Option<Date>,
    /// What was found in it.
    pub kind: HitKind,
    /// First code point of the passage in the text.
    pub start: u32,
    /// First code point behind it.
    pub end: u32,
    /// The words around, or the note, without line ends.
    pub excerpt: String,
    /// Where in the excerpt the words are that were searched for, in bytes.
    pub marks: Vec<TextRange>,
}

/// In what something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HitKind {
    /// In the title or the text.
    Text,
    /// In a quote, or in the name of who said it.
    Quote {
        /// The quote.
        id: AnnotationId,
        /// Who said it.
        speaker: Option<String>,
    },
    /// In a note of the reader's.
    Note {
        /// The annotation that has it; none for a note on the whole article.
        id: Option<AnnotationId>,
    },
}

impl HitKind {
    /// The name in files.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Quote { .. } => "quote",
            Self::Note { .. } => "note",
        }
    }
}

/// So many hits of each kind are given where nobody asks for more.
const USUAL: usize = 50;

/// Code points of text that are shown on either side of what was found.
const AROUND: usize = 60;

impl Library {
    /// Searches titles, texts, quotes and notes for all of these words, the last of which may be
    /// the beginning of one. Words in quotation marks must stand side by side. Nothing that is
    /// typed is wrong; without any word, nothing is found.
    ///
    /// Articles come first, the best ones at the top, then notes and quotes, the latest ones at the
    /// top (to sort a hundred thousand of them by how well they match takes too long for a key).
    /// The limit counts for each of the three.
    pub fn search(&self, words: &str, query: &Query) -> Result<Vec<Hit>> {
        let fail = self.fail(&format!("cannot search for `{}`", words.escape_debug()));
        search(&self.connection, words, query).map_err(fail)
    }
}

/// What was typed, as parts that must all be there.
struct Wanted {
    /// In the language of the index.
    index: String,
    /// Finds any of the parts in a text.
    pattern: Option<Regex>,
}

impl Wanted {
    fn of(typed: &str) -> Option<Self> {
        let mut parts: Vec<Vec<&str>> = Vec::new();
        // Every second piece stands in quotation marks, whether they are closed or not.
        for (at, piece) in typed.split(['"', '“', '”', '„']).enumerate() {
            let words = piece.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
            if at % 2 == 1 {
                let phrase: Vec<&str> = words.collect();
                parts.extend(Some(phrase).filter(|it| !it.is_empty()));
            } else {
                parts.extend(words.map(|word| vec![word]));
            }
        }
        if parts.is_empty() {
            return None;
        }
        // A word may go on as long as nothing stands behind it.
        let open = typed.chars().last().is_some_and(char::is_alphanumeric);
        let last = parts.len() - 1;
        let term = |(at, words): (usize, &Vec<&str>)| {
            let star = if at == last && open { " *" } else { "" };
            format!("\"{}\"{star}", words.join(" "))
        };
        let index = parts.iter().enumerate().map(term).collect::<Vec<_>>().join(" AND ");
        let alternatives: Vec<String> = parts
            .iter()
            .enumerate()
            .map(|(at, words)| {
                let words: Vec<String> = words.iter().map(|it| regex::escape(it)).collect();
                let end = if at == last && open { r"\w*" } else { r"\b" };
                format!("{}{end}", words.join(r"\W+"))
            })
            .collect();
        let pattern = Regex::new(&format!(r"(?i)\b(?:{})", alternatives.join("|"))).ok();
        Some(Self { index, pattern })
    }

    /// Where the parts stand in a text.
    fn marks(&self, text: &str) -> Vec<TextRange> {
        let found = self.pattern.iter().flat_map(|it| it.find_iter(text));
        found.map(|it| TextRange::of_bytes(it.start(), it.end())).collect()
    }

    fn first(&self, text: &str) -> TextRange {
        let found = self.pattern.as_ref().and_then(|it| it.find(text));
        found.map_or(TextRange::default(), |it| TextRange::of_bytes(it.start(), it.end()))
    }
}

fn search(connection: &Connection, typed: &str, query: &Query) -> rusqlite::Result<Vec<Hit>> {
    let Some(wanted) = Wanted::of(typed) else { return Ok(Vec::new()) };
    let speaking = match &query.speaker {
        Some(name) => Some(Speakers::named(connection, name)?.articles(connection)?),
        None => None,
    };
    let mut hits = Vec::new();
    for source in [Source::Text, Source::Note, Source::Quote] {
        let sql = source.sql(query);
        let mut statement = connection.prepare(&sql.0)?;
        let mut values = vec![wanted.index.clone().into()];
        values.extend(sql.1);
        let mut rows = statement.query(params_from_iter(&values))?;
        let mut left = query.limit.unwrap_or(USUAL);
        while let Some(row) = rows.next()?
            && left > 0
        {
            let key: i64 = row.get(0)?;
            if speaking.as_ref().is_none_or(|articles| articles.contains(&key)) {
                hits.push(source.hit(connection, row, &wanted)?);
                left -= 1;
            }
        }
    }
    Ok(hits)
}

/// What is searched.
#[derive(Clone, Copy)]
enum Source {
    Text,
    Note,
    Quote,
}

/// What all of them say of the article.
const ARTICLE: &str = "articles.key, articles.id, coalesce(articles.title, articles.source),
    articles.source, articles.day";

impl Source {
    fn sql(self, query: &Query) -> (String, Vec<rusqlite::types::Value>) {
        let mut conditions = Conditions::default();
        conditions.add(Shelf::Kept.sql());
        conditions.days(query);
        conditions.tags(query, TAG_IN_ARTICLE);
        let (columns, from, matched, order) = match self {
            Self::Text => (
                "articles.text",
                "search_articles JOIN articles ON articles.key = search_articles.rowid",
                "search_articles MATCH ? AND search_articles.rank MATCH 'bm25(8.0, 1.0)'",
                "rank",
            ),
            Self::Note => (
                "annotations.id, coalesce(annotations.note, articles.about ->> 'note'),
                    annotations.start_point, annotations.end_point",
                "search_notes LEFT JOIN annotations ON annotations.key = search_notes.rowid
                    JOIN articles ON articles.key = coalesce(annotations.article, -search_notes.rowid)",
                "search_notes MATCH ?",
                "search_notes.rowid DESC",
            ),
            Self::Quote => (
                "annotations.id, annotations.words, annotations.start_point,
                    annotations.end_point, coalesce(entities.name, annotations.speaker)",
                "search_quotes JOIN annotations ON annotations.key = search_quotes.rowid
                    JOIN articles ON articles.key = annotations.article
                    LEFT JOIN entities ON entities.article = annotations.article
                        AND entities.key = annotations.entity",
                "search_quotes MATCH ?",
                "search_quotes.rowid DESC",
            ),
        };
        if !matches!(self, Self::Text) {
            conditions.add("coalesce(annotations.review, '') <> 'rejected'");
        }
        let all = conditions.sql();
        let sql = format!(
            "SELECT {ARTICLE}, {columns} FROM {from} WHERE {matched} AND {all} ORDER BY {order}"
        );
        (sql, conditions.values)
    }

    fn hit(self, connection: &Connection, row: &Row<'_>, wanted: &Wanted) -> rusqlite::Result<Hit> {
        let (kind, excerpt, place) = match self {
            Self::Text => {
                let sql = "SELECT text FROM texts WHERE key = ?1";
                let text: i64 = row.get(5)?;
                let text: Option<String> =
                    connection.query_row(sql, [text], |row| row.get(0)).optional()?;
                let text = text.unwrap_or_default();
                let found = wanted.first(&text);
                let points = CodePoints::new(&text);
                let place = [points.of_byte(found.start), points.of_byte(found.end)];
                (HitKind::Text, around(&text, found).to_owned(), place)
            }
            Self::Note | Self::Quote => {
                let id: Option<[u8; 16]> = row.get(5)?;
                let id = id.map(AnnotationId);
                let words: Option<String> = row.get(6)?;
                let start: Option<u32> = row.get(7)?;
                let end: Option<u32> = row.get(8)?;
                let kind = match (self, id) {
                    (Self::Quote, Some(id)) => HitKind::Quote { id, speaker: row.get(9)? },
                    (_, id) => HitKind::Note { id },
                };
                let place = [start.unwrap_or(0), end.unwrap_or(0)];
                (kind, words.unwrap_or_default(), place)
            }
        };
        // In place, so that nothing moves.
        let excerpt = excerpt.replace(['\n', '\r', '\t'], " ");
        Ok(Hit {
            article: id(row.get_ref(1)?.as_str()?),
            title: row.get(2)?,
            source: row.get(3)?,
            day: day(row.get_ref(4)?.as_str_or_null()?),
            kind,
            start: place[0],
            end: place[1],
            marks: wanted.marks(&excerpt),
            excerpt,
        })
    }
}

/// The words around a passage, from the beginning of a word to the end of one, within the line.
fn around(text: &str, found: TextRange) -> &str {
    let before = text.get(..found.start as usize).unwrap_or_default();
    let behind = text.get(found.end as usize..).unwrap_or_default();
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = behind.char_indices().nth(AROUND).map_or(behind.len(), |(at, _)| at);
    let start = match before.get(start..).and_then(|it| it.find(char::is_whitespace)) {
        Some(blank) if start > 0 => start + blank,
        _ => start,
    };
    let end = match behind.get(..end).and_then(|it| it.rfind(char::is_whitespace)) {
        Some(blank) if end < behind.len() => blank,
        _ => end,
    };
    let range = offset(start)..found.end + offset(end);
    TextRange::new(range.start, range.end).of(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_a_query() {
        let index = |typed: &str| Wanted::of(typed).map(|it| it.index).unwrap_or_default();
        assert_eq!(index("climate"), "\"climate\" *");
        assert_eq!(index("climate change "), "\"climate\" AND \"change\"");
        assert_eq!(index("\"climate change\" n"), "\"climate change\" AND \"n\" *");
        assert_eq!(index("say \"climate ch"), "\"say\" AND \"climate ch\" *");
        assert_eq!(
            index("O’Neil AND (NEAR* -x"),
            "\"O\" AND \"Neil\" AND \"AND\" AND \"NEAR\" AND \"x\" *"
        );
        assert_eq!(index(" \" ' * ( : ^"), "");
    }

    #[test]
    fn an_excerpt_is_whole_words() {
        let text = format!("{} found {}", "before ".repeat(30), "behind ".repeat(30));
        let start = text.find("found").unwrap();
        let excerpt = around(&text, TextRange::of_bytes(start, start + 5));
        assert!(excerpt.starts_with("before ") && excerpt.ends_with(" behind"), "{excerpt}");
        assert!(excerpt.contains("before  found behind"));
        assert_eq!(around("short", TextRange::default()), "short");
    }
}
