//! What stands before a marked-up text: its title, authors and so on, in YAML or TOML.

use jiff::civil::Date;

use crate::article::Meta;
use crate::article::html::meta::{day, line, person, tag};

/// Front matter as it was found.
#[derive(Debug)]
pub(in crate::article) struct Front {
    pub(in crate::article) meta: Meta,
    /// Where the text itself begins.
    pub(in crate::article) end: usize,
}

/// The longest front matter.
const LONGEST: usize = 64 * 1024;

/// Reads the front matter of a text; none where it has none.
pub(in crate::article) fn front_matter(text: &str) -> Option<Front> {
    let unmarked = text.trim_start_matches('\u{feff}');
    let fence = unmarked.lines().next()?.trim_end();
    if fence != "---" && fence != "+++" {
        return None;
    }
    let begin = text.find('\n')? + 1;
    let mut end = begin;
    let mut close = None;
    for row in text.get(begin..)?.split_inclusive('\n') {
        if row.trim_end() == fence || fence == "---" && row.trim_end() == "..." {
            close = Some((end, end + row.len()));
            break;
        }
        end += row.len();
        if end > LONGEST {
            return None;
        }
    }
    let (close, behind) = close?;
    let inner = text.get(begin..close)?;
    let fields = if fence == "+++" { toml(inner)? } else { yaml(inner)? };
    let mut meta = Meta::default();
    for (name, values) in fields {
        take(&mut meta, &name.to_lowercase(), &values);
    }
    Some(Front { meta, end: behind })
}

fn take(meta: &mut Meta, name: &str, values: &[String]) {
    let first = values.first().and_then(|it| line(it, 400));
    let date = || -> Option<Date> { values.first().and_then(|it| day(it)) };
    match name {
        "title" => meta.title = first,
        "author" | "authors" | "by" => {
            meta.authors.extend(values.iter().filter_map(|it| person(it)).take(50));
        }
        "publisher" | "publication" | "site" | "site_name" => meta.publisher = first,
        "date" | "published" | "pubdate" | "created" | "publishdate" => {
            meta.published = meta.published.or_else(date);
        }
        "modified" | "updated" | "lastmod" | "last_modified" => meta.modified = date(),
        "lang" | "language" | "locale" => meta.language = first.as_deref().and_then(tag),
        "url" | "link" | "canonical" | "canonical_url" | "source" => {
            meta.canonical = first.filter(|it| it.starts_with("http"));
        }
        _ => {}
    }
}

type Fields = Vec<(String, Vec<String>)>;

fn toml(text: &str) -> Option<Fields> {
    let table: toml::Table = text.parse().ok()?;
    let value = |value: &toml::Value| match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let field = |(name, it): (&String, &toml::Value)| match it {
        toml::Value::Array(values) => (name.clone(), values.iter().map(value).collect()),
        other => (name.clone(), vec![value(other)]),
    };
    Some(table.iter().map(field).collect())
}

/// The plain part of YAML: keys with a value or a list. None where the first line is no key.
fn yaml(text: &str) -> Option<Fields> {
    let mut fields: Fields = Vec::new();
    for row in text.lines() {
        let bare = row.trim_end();
        if bare.trim().is_empty() || bare.trim_start().starts_with('#') {
            continue;
        }
        let inner = bare.trim_start();
        if let Some(entry) = inner.strip_prefix("- ") {
            let (_, values) = fields.last_mut()?;
            let entry = entry.strip_prefix("name:").unwrap_or(entry);
            values.push(unquoted(entry));
        } else if bare.starts_with(char::is_whitespace) {
            // A block of text or something deeper: its first line is enough.
            if let Some((_, values)) = fields.last_mut().filter(|it| it.1.is_empty()) {
                values.push(unquoted(inner));
            }
        } else {
            let (name, value) = bare.split_once(':')?;
            let is_name =
                name.chars().all(|it| it.is_alphanumeric() || matches!(it, '_' | '-' | ' '));
            if !is_name || !value.is_empty() && !value.starts_with(' ') {
                return None;
            }
            fields.push((name.trim().to_owned(), self::values(value.trim())));
        }
    }
    (!fields.is_empty()).then_some(fields)
}

fn values(text: &str) -> Vec<String> {
    match text {
        "" | "|" | ">" | "|-" | ">-" => Vec::new(),
        _ => match text.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            Some(list) => list.split(',').map(unquoted).filter(|it| !it.is_empty()).collect(),
            None => vec![unquoted(text)],
        },
    }
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|it| it.strip_suffix(quote)) {
            return if quote == '"' {
                inner.replace("\\\"", "\"")
            } else {
                inner.replace("''", "'")
            };
        }
    }
    text.split(" #").next().unwrap_or(text).trim().to_owned()
}
