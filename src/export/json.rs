//! The keys of the TOML format as JSON.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::Options;
use super::rows::{Row, Sheet, Value};
use super::safe::json_pretty;
use crate::annot::Store;
use crate::article::Article;

pub(super) fn write(
    out: &mut impl Write,
    article: &Article,
    store: &Store,
    options: &Options,
) -> io::Result<()> {
    json_pretty(out, &Document(Sheet::new(article, store, options)))
}

struct Document<'a>(Sheet<'a>);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", "pullquote")?;
        map.serialize_entry("version", &1)?;
        map.serialize_entry("article", &Table(&self.0.article()))?;
        map.serialize_entry("entity", &Tables(|| self.0.entities()))?;
        map.serialize_entry("annotation", &Tables(|| self.0.annotations()))?;
        for (key, value) in &self.0.outside() {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

struct Tables<F>(F);

impl<'a, F: Fn() -> I, I: Iterator<Item = Row<'a>>> Serialize for Tables<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for row in self.0() {
            list.serialize_element(&Table(&row))?;
        }
        list.end()
    }
}

struct Table<'r, 'a>(&'r Row<'a>);

impl Serialize for Table<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Words(words) => serializer.serialize_str(words),
            Self::Made(words) | Self::Date(words) => serializer.serialize_str(words),
            Self::Number(number) => serializer.serialize_u32(*number),
            Self::Decimal(number) => serializer.serialize_f64(*number),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::List(list) => list.serialize(serializer),
            Self::Places(places) => places.serialize(serializer),
            Self::Foreign(value) => Foreign(value).serialize(serializer),
        }
    }
}

/// A value of TOML as JSON says it: dates are strings, and what is no number is `null`.
struct Foreign<'a>(&'a ::toml::Value);

impl Serialize for Foreign<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::toml::Value;
        match self.0 {
            Value::String(words) => serializer.serialize_str(words),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::Boolean(truth) => serializer.serialize_bool(*truth),
            Value::Datetime(moment) => serializer.serialize_str(&moment.to_string()),
            Value::Array(list) => serializer.collect_seq(list.iter().map(Foreign)),
            Value::Table(table) => {
                serializer.collect_map(table.iter().map(|(key, value)| (key, Foreign(value))))
            }
        }
    }
}
