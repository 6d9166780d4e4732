//! What a kept text is made of: blocks, links, pictures, and what its page said beside what the
//! list of articles shows. Plain text has none: its blocks are told by its looks.

use std::sync::Arc;

use encoding_rs::Encoding;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::Library;
use super::articles::{ArticleId, fingerprint, key_of};
use crate::article::{Article, Block, BlockKind, Extract, Image, Kind, Link, Raw, plain};
use crate::error::Result;
use crate::text::TextRange;

/// As it is written down, with places in bytes.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Shape {
    kind: Kind,
    #[serde(default)]
    extract: Extract,
    #[serde(skip_serializing_if = "Option::is_none")]
    canonical: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    blocks: Vec<(String, u32, u32)>,
    #[serde(default)]
    links: Vec<(u32, u32, String)>,
    #[serde(default)]
    images: Vec<(u32, String, String)>,
}

impl Shape {
    /// None for plain text.
    fn of(article: &Article) -> Option<Self> {
        if article.kind == Kind::Text {
            return None;
        }
        let block = |it: &Block| (word(it.kind), it.range.start, it.range.end);
        let link = |it: &Link| (it.range.start, it.range.end, it.target.clone());
        let image = |it: &Image| (it.range.start, it.target.clone(), it.alt.clone());
        let meta = &article.meta;
        Some(Self {
            kind: article.kind,
            extract: article.extract,
            canonical: meta.canonical.clone(),
            modified: meta.modified.map(|it| it.to_string()),
            encoding: meta.encoding.map(str::to_owned),
            blocks: article.blocks.iter().map(block).collect(),
            links: article.links.iter().map(link).collect(),
            images: article.images.iter().map(image).collect(),
        })
    }

    /// The article of this text; none where the places are not those of the text.
    fn upon(self, text: String) -> std::result::Result<Article, String> {
        let fits = |start: u32, end: u32| text.get(start as usize..end as usize).is_some();
        let mut end = 0;
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for (word, start, until) in self.blocks {
            let Some(kind) = kind(&word).filter(|_| start >= end && start < until) else {
                return Err(text);
            };
            if !fits(start, until) {
                return Err(text);
            }
            end = until;
            blocks.push(Block { kind, range: TextRange::new(start, until) });
        }
        let links = self.links.into_iter().filter(|it| it.0 < it.1 && fits(it.0, it.1));
        let link = |(start, end, target)| Link { range: TextRange::new(start, end), target };
        let links = links.map(link).collect();
        let images = self.images.into_iter().filter(|it| fits(it.0, it.0));
        let image = |(at, target, alt)| Image { range: TextRange::new(at, at), target, alt };
        let images = images.map(image).collect();
        let mut article = Article { text, blocks, links, images, ..Article::default() };
        (article.kind, article.extract) = (self.kind, self.extract);
        article.meta.canonical = self.canonical;
        article.meta.modified = self.modified.and_then(|it| it.parse().ok());
        let encoding = self.encoding.and_then(|it| Encoding::for_label(it.as_bytes()));
        article.meta.encoding = encoding.map(Encoding::name);
        if article.blocks.is_empty() { Err(article.text) } else { Ok(article) }
    }
}

const WORDS: [(BlockKind, &str); 16] = [
    (BlockKind::Title, "title"),
    (BlockKind::Heading(1), "h1"),
    (BlockKind::Heading(2), "h2"),
    (BlockKind::Heading(3), "h3"),
    (BlockKind::Heading(4), "h4"),
    (BlockKind::Heading(5), "h5"),
    (BlockKind::Heading(6), "h6"),
    (BlockKind::Paragraph, "p"),
    (BlockKind::ListItem, "li"),
    (BlockKind::Quote, "quote"),
    (BlockKind::Code, "code"),
    (BlockKind::Picture, "picture"),
    (BlockKind::Caption, "caption"),
    (BlockKind::Byline, "byline"),
    (BlockKind::Dateline, "dateline"),
    (BlockKind::Credit, "credit"),
];

fn word(kind: BlockKind) -> String {
    let found = WORDS.iter().find(|it| it.0 == kind);
    found.map_or("h6", |it| it.1).to_owned()
}

fn kind(word: &str) -> Option<BlockKind> {
    WORDS.iter().find(|it| it.1 == word).map(|it| it.0)
}

/// The article of a kept text. One of an older library, or of another program's, is read as plain
/// text.
pub(super) fn article(text: String, shape: Option<&str>, source: &str) -> Article {
    let shape = shape.and_then(|it| serde_json::from_str::<Shape>(it).ok());
    let shaped = match shape {
        Some(shape) => shape.upon(text),
        None => Err(text),
    };
    shaped.unwrap_or_else(|text| plain::read(text, source))
}

/// The key of an article's text, which is put in with its source where it is not there. Where it
/// is, its shape and its source become those that were read last.
pub(super) fn text_key(connection: &Connection, article: &Article) -> rusqlite::Result<i64> {
    let sha256 = fingerprint(&article.text);
    let shape = Shape::of(article).and_then(|it| serde_json::to_string(&it).ok());
    let raw = article.raw.as_ref().map(|it| it.to_bytes());
    let sql = "SELECT key FROM texts WHERE sha256 = ?1";
    if let Some(key) = connection.query_row(sql, [&sha256], |row| row.get(0)).optional()? {
        let sql = "UPDATE texts SET shape = coalesce(?2, shape), raw = coalesce(?3, raw)
            WHERE key = ?1 AND (shape IS NOT coalesce(?2, shape) OR raw IS NOT coalesce(?3, raw))";
        connection.execute(sql, (key, shape, raw))?;
        return Ok(key);
    }
    let sql = "INSERT INTO texts (sha256, text, shape, raw) VALUES (?1, ?2, ?3, ?4)";
    connection.execute(sql, (sha256, &article.text, shape, raw))?;
    Ok(connection.last_insert_rowid())
}

/// Another text made from the same source needs it no second time.
pub(super) fn keep_one_source(connection: &Connection, old: i64, new: i64) -> rusqlite::Result<()> {
    let sql = "UPDATE texts SET raw = NULL WHERE key = ?1
        AND raw = (SELECT raw FROM texts WHERE key = ?2)
        AND NOT EXISTS (SELECT 1 FROM articles WHERE text = ?1)";
    connection.execute(sql, (old, new)).map(drop)
}

impl Library {
    /// The source of an article as it came, where it was kept: pages and Markdown are.
    pub fn raw(&self, id: ArticleId) -> Result<Option<Arc<Raw>>> {
        let raw = || {
            let key = key_of(&self.connection, id)?;
            let sql = "SELECT raw FROM texts JOIN articles ON articles.text = texts.key
                WHERE articles.key = ?1";
            self.connection.query_row(sql, [key], |row| row.get::<_, Option<Vec<u8>>>(0))
        };
        let bytes = raw().map_err(self.fail(&format!("cannot read the article {id}")))?;
        Ok(bytes.and_then(|it| Raw::from_bytes(&it)).map(Arc::new))
    }
}
