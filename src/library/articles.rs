//! Articles: found, entered, opened.

use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use super::history::{self, Stacks};
use super::place::{Mover, Replaced};
use super::record::{AboutRecord, AnnotationRecord, EntityRecord, Places};
use super::rows::{self, Rows, Search, json, parsed};
use super::{CACHE, Library, SMALL_CACHE, record, shape};
use crate::annot::store::Kept;
use crate::annot::{EntityId, Step};
use crate::article::Article;
use crate::error::{Error, Result};

/// The name of an article in the library: 16 hexadecimal digits, of which as many are enough as
/// no other article begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(u64);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for ArticleId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let number = u64::from_str_radix(text, 16).ok().filter(|_| text.len() == 16);
        number.map(Self).ok_or_else(|| Error::usage(format!("`{text}` is no article's id")))
    }
}

/// An article that was opened, as it was left.
#[derive(Debug)]
pub struct Opened {
    /// Its place in the library, with which [`Library::sit`] makes a [`super::Desk`].
    pub seat: Seat,
    /// All that was made in it.
    pub kept: Kept,
    /// What the reader had set, as it was given to [`Library::save_view`].
    pub view: Option<String>,
    /// Where the reader was, in bytes of the present text.
    pub position: Option<u32>,
    /// The annotations whose passages have changed since, because the text has.
    pub replaced: Vec<Replaced>,
    /// Whether it was not in the library before.
    pub is_new: bool,
}

/// Who sits before which article, and what was seen of it.
#[derive(Debug)]
pub struct Seat {
    pub(super) id: ArticleId,
    pub(super) key: i64,
    pub(super) article: Arc<Article>,
    /// The text that is open, by its key.
    pub(super) text: i64,
    /// The last event that was taken in.
    pub(super) seen: i64,
    /// The numbers of the steps at that event.
    pub(super) stacks: Stacks,
}

impl Seat {
    /// Which article it is.
    pub fn id(&self) -> ArticleId {
        self.id
    }
}

impl Library {
    /// The article of this source, or else the one with this text.
    pub fn find(&self, article: &Article) -> Result<Option<ArticleId>> {
        let found = find(&self.connection, article).and_then(|key| match key {
            Some(key) => id_of(&self.connection, key).map(Some),
            None => Ok(None),
        });
        found.map_err(self.fail(&format!("cannot look for {}", article.meta.source)))
    }

    /// The article that is from here: an address, or a file by whatever path.
    pub fn at(&self, source: &str) -> Result<Option<ArticleId>> {
        let sql = "SELECT key FROM articles WHERE place = ?1 ORDER BY trashed IS NOT NULL, key";
        let found = || {
            let Some(place) = place(source) else { return Ok(None) };
            let key = self.connection.query_row(sql, [place], |row| row.get(0)).optional()?;
            key.map(|key| id_of(&self.connection, key)).transpose()
        };
        found().map_err(self.fail(&format!("cannot look for {source}")))
    }

    /// Puts an article in, or finds it there, and marks it as opened now. One from the trash comes
    /// back. Where its text is another one than the last time, all that was made in it is placed
    /// anew.
    pub fn enter(&mut self, article: &Arc<Article>, now: Timestamp) -> Result<Opened> {
        self.enter_as(None, article, now)
    }

    /// The same for an article that [`Library::get`] gave.
    pub fn enter_as(
        &mut self,
        id: Option<ArticleId>,
        article: &Arc<Article>,
        now: Timestamp,
    ) -> Result<Opened> {
        let fail = self.fail(&format!("cannot keep {}", article.meta.source));
        // A long text that is put in is not looked at again: its pages need not be kept.
        let pages =
            |library: &Self, size: i64| library.connection.pragma_update(None, "cache_size", -size);
        let result = pages(self, SMALL_CACHE).and_then(|()| {
            let transaction = self.begin()?;
            let opened = enter(&transaction, id, article, now)?;
            transaction.commit()?;
            self.tidy();
            self.connection.execute_batch("PRAGMA shrink_memory")?;
            Ok(opened)
        });
        let back = pages(self, CACHE);
        result.and_then(|opened| back.map(|()| opened)).map_err(fail)
    }

    /// The article with this id, or the only one whose id begins so.
    pub fn id(&self, prefix: &str) -> Result<ArticleId> {
        let fail = self.fail("cannot look for an article");
        let prefix = prefix.trim().to_ascii_lowercase();
        let digits = !prefix.is_empty() && prefix.bytes().all(|it| it.is_ascii_hexdigit());
        let sql = "SELECT id, coalesce(title, source) FROM articles
            WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT 4";
        let found: rusqlite::Result<Vec<(String, String)>> = (|| {
            let mut statement = self.connection.prepare(sql)?;
            let rows = statement.query_map([&prefix], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        })();
        let found = if digits { found.map_err(fail)? } else { Vec::new() };
        match &found[..] {
            [(id, _)] => id.parse(),
            [] => Err(Error::new(format!(
                "no article in the library has the id `{}`",
                prefix.escape_debug()
            ))
            .hint("`pullquote list` shows all articles with their ids")),
            several => {
                let names = several.iter().take(3).map(|(id, title)| format!("{id} {title}"));
                let names = names.collect::<Vec<_>>().join(", ");
                let more = if several.len() > 3 { ", …" } else { "" };
                Err(Error::new(format!("the ids of several articles begin with `{prefix}`"))
                    .hint(format!("{names}{more}")))
            }
        }
    }

    /// An article by its id or the beginning of it, as its text was when it was last opened.
    pub fn get(&self, id_or_prefix: &str) -> Result<(ArticleId, Article)> {
        let id = self.id(id_or_prefix)?;
        let fail = self.fail(&format!("cannot read the article {id}"));
        let article = key_of(&self.connection, id).and_then(|key| stored(&self.connection, key));
        Ok((id, article.map_err(fail)?))
    }

    /// All that was made in an article, in the places of its present text.
    pub fn kept(&self, id: ArticleId) -> Result<Kept> {
        let fail = self.fail(&format!("cannot read the article {id}"));
        let kept = key_of(&self.connection, id).and_then(|key| {
            let stacks = history::stacks(&self.connection, key)?;
            kept(&self.connection, key, &stacks, None)
        });
        kept.map_err(fail)
    }

    /// All that was made in an article, in the places of this text, which may be another one than
    /// the library has. Nothing is written; the history is left out.
    pub fn made_in(&self, id: ArticleId, article: &Article) -> Result<Kept> {
        let fail = self.fail(&format!("cannot read the article {id}"));
        made_in(&self.connection, id, article).map_err(fail)
    }

    /// Where an article comes from: an absolute path or a URL; nothing for a stream.
    pub fn place(&self, id: ArticleId) -> Result<Option<String>> {
        let fail = self.fail(&format!("cannot read the article {id}"));
        let sql = "SELECT place FROM articles WHERE id = ?1";
        self.connection.query_row(sql, [id.to_string()], |row| row.get(0)).map_err(fail)
    }

    /// Remembers where the reader is, in bytes of the text.
    pub fn set_position(&mut self, id: ArticleId, position: u32) -> Result<()> {
        self.set(id, "UPDATE articles SET position = ?2 WHERE id = ?1", position)
    }

    /// Remembers what the reader has set: filters, panes. It is text to the library.
    pub fn save_view(&mut self, id: ArticleId, view: &str) -> Result<()> {
        self.set(id, "UPDATE articles SET view = ?2 WHERE id = ?1", view)
    }

    /// When an article was last opened.
    pub fn opened(&self, id: ArticleId) -> Result<Option<Timestamp>> {
        let sql = "SELECT opened FROM articles WHERE id = ?1";
        let moment = self.connection.query_row(sql, [id.to_string()], |row| row.get(0));
        let moment: Option<i64> = moment.map_err(self.fail("cannot look for an article"))?;
        Ok(moment.and_then(|it| Timestamp::from_millisecond(it).ok()))
    }

    /// Says when an article was last opened, for what goes to it without opening it.
    pub fn set_opened(&mut self, id: ArticleId, moment: Option<Timestamp>) -> Result<()> {
        let sql = "UPDATE articles SET opened = ?2 WHERE id = ?1";
        self.set(id, sql, moment.map(Timestamp::as_millisecond))
    }

    /// Puts an article into the trash. It stays there with all that was made in it.
    pub fn trash(&mut self, id: ArticleId, now: Timestamp) -> Result<()> {
        let sql = "UPDATE articles SET trashed = coalesce(trashed, ?2) WHERE id = ?1";
        self.set(id, sql, now.as_millisecond())
    }

    /// Takes an article out of the trash.
    pub fn restore(&mut self, id: ArticleId) -> Result<()> {
        self.set(id, "UPDATE articles SET trashed = ?2 WHERE id = ?1", None::<i64>)
    }

    fn set(&mut self, id: ArticleId, sql: &str, value: impl rusqlite::ToSql) -> Result<()> {
        let fail = self.fail(&format!("cannot save the article {id}"));
        self.connection.execute(sql, (id.to_string(), value)).map(drop).map_err(fail)
    }
}

/// SHA-256 of a text in UTF-8, in hexadecimal digits.
pub(super) fn fingerprint(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("a string takes everything");
        digits
    })
}

/// The source as it is the same from everywhere; nothing for what cannot be read twice.
pub(super) fn place(source: &str) -> Option<String> {
    // A chapter of a book that came by a stream, too.
    if source == "-" || source.starts_with("-#") {
        return None;
    }
    if source == "sample" || source.contains("://") {
        return Some(source.to_owned());
    }
    let path = Path::new(source);
    let path = path.canonicalize().or_else(|_| std::path::absolute(path));
    Some(path.map_or_else(|_| source.to_owned(), |path| path.to_string_lossy().into_owned()))
}

fn find(connection: &Connection, article: &Article) -> rusqlite::Result<Option<i64>> {
    let by_place = "SELECT key FROM articles WHERE place = ?1 ORDER BY trashed IS NOT NULL, key";
    if let Some(place) = place(&article.meta.source) {
        let found = connection.query_row(by_place, [place], |row| row.get(0)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    let by_text = "SELECT articles.key FROM articles JOIN texts ON texts.key = articles.text
        WHERE sha256 = ?1 ORDER BY trashed IS NOT NULL, articles.key";
    connection.query_row(by_text, [fingerprint(&article.text)], |row| row.get(0)).optional()
}

pub(super) fn id_of(connection: &Connection, key: i64) -> rusqlite::Result<ArticleId> {
    let id: String =
        connection.query_row("SELECT id FROM articles WHERE key = ?1", [key], |row| row.get(0))?;
    Ok(ArticleId(u64::from_str_radix(&id, 16).unwrap_or_default()))
}

pub(super) fn key_of(connection: &Connection, id: ArticleId) -> rusqlite::Result<i64> {
    let sql = "SELECT key FROM articles WHERE id = ?1";
    connection.query_row(sql, [id.to_string()], |row| row.get(0))
}

pub(super) fn text_of(connection: &Connection, key: i64) -> rusqlite::Result<String> {
    connection.query_row("SELECT text FROM texts WHERE key = ?1", [key], |row| row.get(0))
}

fn enter(
    connection: &Connection,
    id: Option<ArticleId>,
    article: &Arc<Article>,
    now: Timestamp,
) -> rusqlite::Result<Opened> {
    let known = match id {
        Some(id) => Some(key_of(connection, id)?),
        None => find(connection, article)?,
    };
    let text = shape::text_key(connection, article)?;
    let is_new = known.is_none();
    let key = match known {
        Some(key) => key,
        None => add(connection, article, text, now)?,
    };
    let (old, position): (i64, Option<u32>) = connection.query_row(
        "SELECT text, position FROM articles WHERE key = ?1",
        [key],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut replaced = Vec::new();
    if old != text {
        let old_text = text_of(connection, old)?;
        let mover = Mover::new(&old_text, &article.text);
        replaced = replace(connection, key, text, &article.text, &mover)?;
        let position = position.map(|it| mover.position(it));
        connection.execute("UPDATE articles SET position = ?2 WHERE key = ?1", (key, position))?;
        shape::keep_one_source(connection, old, text)?;
    }
    if !is_new {
        describe(connection, key, article, id.is_none())?;
    }
    let (view, position) = connection.query_row(
        "UPDATE articles SET opened = ?2, trashed = NULL WHERE key = ?1 RETURNING view, position",
        (key, now.as_millisecond()),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let stacks = history::stacks(connection, key)?;
    let kept = kept(connection, key, &stacks, None)?;
    let seen = history::last(connection, key)?;
    let id = id_of(connection, key)?;
    let seat = Seat { id, key, article: Arc::clone(article), text, seen, stacks };
    Ok(Opened { seat, kept, view, position, replaced, is_new })
}

fn add(
    connection: &Connection,
    article: &Article,
    text: i64,
    now: Timestamp,
) -> rusqlite::Result<i64> {
    let sql = "INSERT INTO articles (id, source, place, authors, text, size, added, about, tags)
        VALUES (lower(hex(randomblob(8))), ?1, ?2, '[]', ?3, ?4, ?5, '{}', '[]')";
    let source = &article.meta.source;
    let size = crate::text::offset(article.text.len());
    connection.execute(sql, (source, place(source), text, size, now.as_millisecond()))?;
    let key = connection.last_insert_rowid();
    describe(connection, key, article, false)?;
    Ok(key)
}

/// Writes what is known of the article beside its text.
fn describe(
    connection: &Connection,
    key: i64,
    article: &Article,
    is_from_source: bool,
) -> rusqlite::Result<()> {
    let meta = &article.meta;
    let about: AboutRecord = about(connection, key)?;
    let published = meta.published.map(|it| it.to_string());
    let day = about.published().or_else(|| published.clone());
    connection.execute(
        "UPDATE articles SET title = ?2, authors = ?3, publisher = ?4, published = ?5,
            language = ?6, day = ?7, retrieved = coalesce(?8, retrieved) WHERE key = ?1",
        (
            key,
            &meta.title,
            json(&meta.authors),
            &meta.publisher,
            &published,
            &meta.language,
            day,
            meta.retrieved.map(Timestamp::as_millisecond),
        ),
    )?;
    // A file that was moved is known by its text; one that was copied stays where it was first.
    if let Some(place) = place(&meta.source).filter(|_| is_from_source) {
        let sql = "SELECT place FROM articles WHERE key = ?1";
        let before: Option<String> = connection.query_row(sql, [key], |row| row.get(0))?;
        if before.as_ref().is_none_or(|it| *it != place && !Path::new(it).exists()) {
            let sql = "UPDATE articles SET source = ?2, place = ?3 WHERE key = ?1";
            connection.execute(sql, (key, &meta.source, place))?;
        }
    }
    Ok(())
}

fn about(connection: &Connection, key: i64) -> rusqlite::Result<AboutRecord> {
    let sql = "SELECT about FROM articles WHERE key = ?1";
    connection.query_row(sql, [key], |row| parsed(row, 0))
}

/// An article as it is kept.
fn stored(connection: &Connection, key: i64) -> rusqlite::Result<Article> {
    let sql =
        "SELECT texts.text, source, title, authors, publisher, published, language, retrieved,
            shape FROM articles JOIN texts ON texts.key = articles.text WHERE articles.key = ?1";
    connection.query_row(sql, [key], |row| {
        let source: String = row.get(1)?;
        let shape: Option<String> = row.get(8)?;
        let mut article = shape::article(row.get(0)?, shape.as_deref(), &source);
        let meta = &mut article.meta;
        meta.source = source;
        meta.title = row.get(2)?;
        meta.authors = parsed(row, 3)?;
        meta.publisher = row.get(4)?;
        let published: Option<String> = row.get(5)?;
        meta.published = published.and_then(|it| it.parse().ok());
        meta.language = row.get(6)?;
        let retrieved: Option<i64> = row.get(7)?;
        meta.retrieved = retrieved.and_then(|it| Timestamp::from_millisecond(it).ok());
        Ok(article)
    })
}

/// All that was made in an article.
pub(super) fn kept(
    connection: &Connection,
    article: i64,
    stacks: &Stacks,
    mover: Option<&Mover<'_>>,
) -> rusqlite::Result<Kept> {
    let mut kept = Kept::default();
    let sql = "SELECT data, gone FROM entities WHERE article = ?1 AND kept = 1 ORDER BY key";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([article])?;
    while let Some(row) = rows.next()? {
        if row.get(1)? {
            kept.gone.push(EntityId(crate::text::offset(kept.entities.len())));
        }
        kept.entities.push(parsed::<EntityRecord>(row, 0)?.entity());
    }
    let places = Places::of(&kept.entities);
    let mut records = touched(connection, article)?;
    if let Some(mover) = mover {
        mover.records(&mut records);
    }
    kept.annotations.extend(records.into_iter().filter_map(|it| it.annotation(&places)));
    kept.about = about(connection, article)?.about();
    let load = |numbers: &[i64]| -> rusqlite::Result<Vec<Step>> {
        let step = |number: &i64| history::step(connection, article, *number);
        numbers.iter().map(|it| step(it).map(|(step, _)| step.step(&places))).collect()
    };
    kept.done = load(&stacks.done)?;
    kept.undone = load(&stacks.undone)?;
    Ok(kept)
}

/// The annotations that a reader made or changed.
fn touched(connection: &Connection, article: i64) -> rusqlite::Result<Vec<AnnotationRecord>> {
    let sql = "SELECT data FROM annotations WHERE article = ?1 AND touched = 1";
    let mut statement = connection.prepare(sql)?;
    statement.query_map([article], |row| parsed(row, 0))?.collect()
}

fn made_in(connection: &Connection, id: ArticleId, article: &Article) -> rusqlite::Result<Kept> {
    let key = key_of(connection, id)?;
    let sql = "SELECT text FROM articles WHERE key = ?1";
    let text = text_of(connection, connection.query_row(sql, [key], |row| row.get(0))?)?;
    let mover = (text != article.text).then(|| Mover::new(&text, &article.text));
    kept(connection, key, &Stacks::default(), mover.as_ref())
}

/// Gives an article another text, and all that was made in it another place.
fn replace(
    connection: &Connection,
    article: i64,
    text: i64,
    words: &str,
    mover: &Mover<'_>,
) -> rusqlite::Result<Vec<Replaced>> {
    let mut records = touched(connection, article)?;
    let replaced = mover.records(&mut records).into_iter().flatten().collect();
    // What is only proposed is found again in the new text.
    connection.execute(
        "DELETE FROM search_quotes WHERE rowid IN
            (SELECT key FROM annotations WHERE article = ?1 AND touched = 0)",
        [article],
    )?;
    connection.execute("DELETE FROM annotations WHERE article = ?1 AND touched = 0", [article])?;
    let mut rows = Rows::new(connection, article, words)?;
    for record in &records {
        rows.put(record, Search::ALL, false)?;
    }
    let stacks = history::stacks(connection, article)?;
    let sql = "UPDATE events SET data = ?3, text = ?4 WHERE article = ?1 AND seq = ?2";
    let mut update = connection.prepare(sql)?;
    for number in stacks.numbers() {
        let (mut step, _): (record::StepRecord, _) = history::step(connection, article, number)?;
        mover.step(&mut step);
        update.execute((article, number, json(&step), text))?;
    }
    connection.execute(
        "UPDATE articles SET text = ?2, size = ?3, proposed = NULL WHERE key = ?1",
        (article, text, crate::text::offset(words.len())),
    )?;
    rows::count(connection, article)?;
    Ok(replaced)
}
