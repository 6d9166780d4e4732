//! What queries over all articles ask for, and how names match.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::articles::ArticleId;
use super::rows::parsed;
use crate::annot::AnnotationId;

/// What is asked of all articles. What is left out asks for nothing in particular.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Who speaks: whole words of a name or of another name of somebody.
    pub speaker: Option<String>,
    /// On the annotation or on its article: all of these.
    pub tags: Vec<String>,
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// So many at most.
    pub limit: Option<usize>,
}

/// Which articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// Those in the library.
    #[default]
    Kept,
    /// Those in the trash.
    Trash,
}

impl Shelf {
    pub(super) const fn sql(self) -> &'static str {
        match self {
            Self::Kept => "articles.trashed IS NULL",
            Self::Trash => "articles.trashed IS NOT NULL",
        }
    }
}

/// The conditions of a query, with the values that stand for its question marks.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    sql: Vec<String>,
    pub(super) values: Vec<Value>,
}

impl Conditions {
    pub(super) fn add(&mut self, sql: &str) {
        self.sql.push(sql.to_owned());
    }

    pub(super) fn with(&mut self, sql: &str, value: impl Into<Value>) {
        self.add(sql);
        self.values.push(value.into());
    }

    pub(super) fn days(&mut self, query: &Query) {
        if let Some(since) = query.since {
            self.with("articles.day >= ?", since.to_string());
        }
        if let Some(until) = query.until {
            self.with("articles.day <= ?", until.to_string());
        }
    }

    /// Each tag on the article, or where else `or` finds it.
    pub(super) fn tags(&mut self, query: &Query, or: &str) {
        let on_article =
            "EXISTS (SELECT 1 FROM json_each(articles.tags) AS each WHERE each.value = ?)";
        for tag in &query.tags {
            self.with(&format!("({on_article} OR {or})"), tag.clone());
            self.values.push(tag.clone().into());
        }
    }

    /// Behind `WHERE`.
    pub(super) fn sql(&self) -> String {
        if self.sql.is_empty() { "1".to_owned() } else { self.sql.join(" AND ") }
    }
}

/// Where an annotation of the article has the tag.
pub(super) const TAG_IN_ARTICLE: &str = "EXISTS (SELECT 1 FROM annotations AS tagged,
    json_each(tagged.tags) AS each WHERE tagged.article = articles.key AND tagged.tags IS NOT NULL
    AND tagged.review <> 'rejected' AND each.value = ?)";

/// Where the annotation itself has it.
pub(super) const TAG_ON_ANNOTATION: &str = "(annotations.tags IS NOT NULL AND EXISTS
    (SELECT 1 FROM json_each(annotations.tags) AS each WHERE each.value = ?))";

/// The entities of all articles that are called so.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    wanted: Vec<String>,
    entities: HashMap<i64, HashSet<AnnotationId>>,
}

impl Speakers {
    pub(super) fn named(connection: &Connection, name: &str) -> rusqlite::Result<Self> {
        let wanted = words(name);
        let mut entities: HashMap<i64, HashSet<AnnotationId>> = HashMap::new();
        // The database knows large and small letters in ASCII alone.
        let longest = wanted.iter().filter(|it| it.is_ascii()).max_by_key(|it| it.len());
        let part = format!("%{}%", longest.map_or("", |it| it));
        let sql = "SELECT article, key, name, aliases FROM entities
            WHERE gone = 0 AND (name LIKE ?1 OR aliases LIKE ?1)";
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([part])?;
        while let Some(row) = rows.next()? {
            let aliases: Vec<String> = parsed(row, 3)?;
            let named = is_named(row.get_ref(2)?.as_str()?, &wanted)
                || aliases.iter().any(|it| is_named(it, &wanted));
            if named {
                let key = AnnotationId(row.get(1)?);
                entities.entry(row.get(0)?).or_default().insert(key);
            }
        }
        Ok(Self { wanted, entities })
    }

    /// Whether a quote of this article is of somebody called so.
    pub(super) fn speak(
        &self,
        article: i64,
        entity: Option<AnnotationId>,
        name: Option<&str>,
    ) -> bool {
        match entity {
            Some(key) => self.entities.get(&article).is_some_and(|keys| keys.contains(&key)),
            None => name.is_some_and(|name| is_named(name, &self.wanted)),
        }
    }

    /// The articles in which somebody called so is quoted.
    pub(super) fn articles(&self, connection: &Connection) -> rusqlite::Result<HashSet<i64>> {
        let sql = "SELECT DISTINCT article, entity, CASE WHEN entity IS NULL THEN speaker END
            FROM annotations WHERE kind = 'quote' AND review <> 'rejected'
            AND (entity IS NOT NULL OR speaker IS NOT NULL)";
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut articles = HashSet::new();
        while let Some(row) = rows.next()? {
            let entity: Option<[u8; 16]> = row.get(1)?;
            let name = row.get_ref(2)?.as_str_or_null()?;
            let article = row.get(0)?;
            if self.speak(article, entity.map(AnnotationId), name) {
                articles.insert(article);
            }
        }
        Ok(articles)
    }
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    parts.map(str::to_lowercase).collect()
}

/// Whether the wanted words stand in a name one behind the other, large or small.
fn is_named(name: &str, wanted: &[String]) -> bool {
    let name = words(name);
    !wanted.is_empty() && name.windows(wanted.len()).any(|part| part == wanted)
}

pub(super) fn id(text: &str) -> ArticleId {
    text.parse().unwrap_or_default()
}

pub(super) fn day(text: Option<&str>) -> Option<Date> {
    text.and_then(|it| it.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_by_whole_words() {
        let is = |name: &str, wanted: &str| is_named(name, &words(wanted));
        assert!(is("Vladimir Putin", "putin") && is("Vladimir Putin", "VLADIMIR  Putin"));
        assert!(is("Ana María Núñez-Ruiz", "núñez ruiz") && is("ÖMER Çelik", "ömer"));
        assert!(!is("Putina", "putin") && !is("Putin Vladimir", "Vladimir Putin"));
        assert!(!is("Putin", "") && !is("", "Putin") && !is("Putin", "…"));
    }
}
