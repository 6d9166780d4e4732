//! Reads files of the exchange format: wholly, or not at all.

use std::collections::{HashMap, HashSet};

use toml::de::DeTable;

use super::{known, rows};
use crate::annot::{About, AnnotationId, Entity, EntityKind};
use crate::article::Meta;
use crate::error::{Error, Result};
use fields::{Fault, Fields, Read};

mod annotation;
mod fields;
#[cfg(test)]
mod tests;

pub(super) use annotation::{Noted, Part, Said, Words};

/// What a file says of one article. [`Document::upon`] brings it into the article's store.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The article for which it was made.
    pub article: Described,
    /// What the file says of the article as a whole. The day of publication is the article's own
    /// in [`Described`].
    pub(super) about: About,
    pub(super) entities: Vec<Entity>,
    pub(super) annotations: Vec<Noted>,
}

/// An article as a file describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// Title, authors, dates, and the source from which it was read.
    pub meta: Meta,
    /// SHA-256 of its text in UTF-8, in 64 hexadecimal digits.
    pub sha256: String,
    /// The text's length in code points, where the file says it.
    pub characters: Option<u32>,
    /// The text itself, where the file has it.
    pub text: Option<String>,
}

impl Described {
    /// Whether this is the text that the file was made for.
    pub fn is_of(&self, text: &str) -> bool {
        rows::fingerprint(text) == self.sha256
    }
}

impl Document {
    /// How many annotations there are.
    pub fn len(&self) -> usize {
        self.annotations.len()
    }

    /// Whether there is no annotation.
    pub fn is_empty(&self) -> bool {
        self.annotations.is_empty()
    }
}

/// The version of the format that is read and written.
const VERSION: u32 = 1;

/// Reads a file of one or several articles.
///
/// The first thing that is wrong refuses all of it, in one sentence behind `line:column: `: what
/// is no TOML, a key whose value has the wrong type or is out of its limits, a missing key, an id
/// that is there twice or that nothing has, a later version of the format.
pub fn read(text: &str) -> Result<Vec<Document>> {
    let table = DeTable::parse(text).map_err(|error| {
        let place = error.span().unwrap_or_default().start;
        // The parser puts each part of its message on a line of its own.
        Fault::new(place, error.message().replace('\n', ", ")).in_text(text)
    })?;
    documents(Fields::root(&table)).map_err(|fault| fault.in_text(text))
}

fn documents(root: Fields<'_>) -> Read<Vec<Document>> {
    let hint = "`pullquote export --format toml` writes files that can be imported";
    if root.words("format")? != Some("pullquote") {
        let fault = root.fault("format", "must be \"pullquote\" in a file to import");
        return Err(fault.hint(hint));
    }
    match root.need("version", root.number("version")?)? {
        VERSION => {}
        0 => return Err(root.fault("version", "begins with 1")),
        later => {
            let what = format!("is {later}, and this pullquote reads version {VERSION}");
            return Err(root.fault("version", &what).hint("a newer pullquote can import it"));
        }
    }
    if !root.has("document") {
        return Ok(vec![document(root, "")?]);
    }
    for key in ["article", "entity", "annotation"] {
        if root.has(key) {
            return Err(root.fault(key, "belongs into a `[[document]]` where there are any"));
        }
    }
    let parts = root.tables("document", "document")?;
    let mut documents: Vec<_> =
        parts.into_iter().map(|it| document(it, "document.")).collect::<Read<_>>()?;
    // What the file says of itself has no other place once its articles are apart.
    if let Some(first) = documents.first_mut() {
        for (key, value) in root.others(|key| known::FILE.contains(&key))? {
            first.about.outside.entry(key).or_insert(value);
        }
    }
    Ok(documents)
}

/// One article; `prefix` stands before the names of its tables.
fn document(it: Fields<'_>, prefix: &str) -> Read<Document> {
    let names = ["article", "entity", "annotation"].map(|name| format!("{prefix}{name}"));
    let [article, entity, annotation] = &names;
    let fields = it.need("article", it.table("article", article)?)?;
    let (article, mut about) = described(fields)?;
    // In a `[[document]]`, `format` and `version` would have no meaning.
    about.outside = it.others(|key| known::FILE.contains(&key))?;
    let tables = it.tables("entity", entity)?;
    let entities: Vec<_> = tables.iter().map(entity_of).collect::<Read<_>>()?;
    let numbers = numbered(&tables, entities.iter().map(|it| it.key))?;
    let tables = it.tables("annotation", annotation)?;
    let reader = annotation::Reader { entities: &numbers, characters: article.characters };
    let annotations: Vec<_> = tables.iter().map(|it| reader.annotation(it)).collect::<Read<_>>()?;
    numbered(&tables, annotations.iter().map(|it| it.id))?;
    let quotes: HashSet<_> =
        annotations.iter().filter(|it| it.said().is_some()).map(|it| it.id).collect();
    for (table, it) in tables.iter().zip(&annotations) {
        let Some(first) = it.said().and_then(|said| said.continues) else { continue };
        if first == it.id || !quotes.contains(&first) {
            return Err(table.fault("continues", "names no other quote of this file"));
        }
    }
    Ok(Document { article, about, entities, annotations })
}

/// Where each id stands; none may be there twice.
fn numbered(
    tables: &[Fields<'_>],
    ids: impl Iterator<Item = AnnotationId>,
) -> Read<HashMap<AnnotationId, usize>> {
    let mut numbers = HashMap::new();
    for (at, (id, table)) in ids.zip(tables).enumerate() {
        if numbers.insert(id, at).is_some() {
            return Err(table.fault("id", &format!("is there twice: {id}")));
        }
    }
    Ok(numbers)
}

fn described(it: Fields<'_>) -> Read<(Described, About)> {
    let meta = Meta {
        title: it.owned("title")?,
        authors: it.list("authors")?,
        publisher: it.owned("publisher")?,
        published: it.day("published")?,
        retrieved: it.moment("retrieved")?,
        source: it.owned("source")?.unwrap_or_default(),
        language: it.owned("language")?,
        ..Meta::default()
    };
    let sha256 = it.need("sha256", it.words("sha256")?)?.to_ascii_lowercase();
    if sha256.len() != 64 || !sha256.bytes().all(|it| it.is_ascii_hexdigit()) {
        return Err(it.fault("sha256", "wants 64 hexadecimal digits"));
    }
    let (characters, text) = (it.number("characters")?, it.owned("text")?);
    let article = Described { meta, sha256, characters, text };
    if let Some(text) = &article.text {
        let count = crate::text::offset(text.chars().count());
        if characters.is_some_and(|it| it != count) {
            let what = format!("says otherwise than the text, which has {count}");
            return Err(it.fault("characters", &what));
        }
        if !article.is_of(text) {
            return Err(it.fault("text", "is not the text that `sha256` stands for"));
        }
    }
    let about = About {
        tags: it.tags()?,
        note: it.owned("note")?.unwrap_or_default(),
        published: None,
        other: it.others(|key| known::ARTICLE.contains(&key))?,
        outside: toml::Table::new(),
    };
    Ok((article, about))
}

fn entity_of(it: &Fields<'_>) -> Read<Entity> {
    let other = it.others(|key| known::ENTITY.contains(&key))?;
    let name = it.need("name", it.owned("name")?)?;
    Ok(Entity {
        key: it.need("id", it.id("id")?)?,
        name,
        kind: it.need("type", it.choice("type", &EntityKind::ALL, EntityKind::name)?)?,
        aliases: it.list("aliases")?,
        description: it.owned("description")?,
        other: Some(Box::new(other)).filter(|it| !it.is_empty()),
    })
}

/// Says that a file is no UTF-8, and in which line.
pub fn decoded(bytes: &[u8]) -> Result<&str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|&it| it == b'\n').count();
        Error::new(format!("{line}: this is not UTF-8")).hint("save the file in the encoding UTF-8")
    })
}
