//! The values of a table of the file, each checked for its type and its limits.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use crate::annot::AnnotationId;
use crate::error::{Error, nearest};

/// What is wrong with a file, and the byte of it where that is.
#[derive(Debug)]
pub(super) struct Fault {
    place: usize,
    message: String,
    hint: Option<String>,
}

pub(super) type Read<T> = Result<T, Fault>;

impl Fault {
    pub(super) fn new(place: usize, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), hint: None }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With the line and the column, both counted from 1.
    pub(super) fn in_text(self, text: &str) -> Error {
        let before = text.get(..self.place).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |it| it.chars().count()) + 1;
        let error = Error::new(format!("{line}:{column}: {}", self.message));
        match self.hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}

type Entry<'t> = &'t Spanned<DeValue<'t>>;

/// A table of the file under its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'t> {
    name: &'t str,
    place: usize,
    table: &'t DeTable<'t>,
}

/// How deep a value may lie in others. A file that is nested deeper could be read, but its values
/// could not be written on one line so that they can be read again.
const DEEPEST: usize = 32;

impl<'t> Fields<'t> {
    pub(super) fn root(table: &'t Spanned<DeTable<'t>>) -> Self {
        Self { name: "", place: 0, table: table.get_ref() }
    }

    /// The name of one of its keys, in the whole file.
    fn path(&self, key: &str) -> String {
        let dot = if self.name.is_empty() { "" } else { "." };
        format!("`{}{dot}{key}`", self.name)
    }

    fn get(&self, key: &str) -> Option<Entry<'t>> {
        self.table.get(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Where a key's value stands, or else the table itself.
    pub(super) fn place(&self, key: &str) -> usize {
        self.get(key).map_or(self.place, |value| value.span().start)
    }

    /// Something wrong with a key's value: what stands behind its name.
    pub(super) fn fault(&self, key: &str, what: &str) -> Fault {
        Fault::new(self.place(key), format!("{} {what}", self.path(key)))
    }

    fn wants(&self, key: &str, wanted: &str, value: Entry<'_>) -> Fault {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a point",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let message = format!("{} wants {wanted}, not {found}", self.path(key));
        Fault::new(value.span().start, message)
    }

    /// The value of a key that must be there.
    pub(super) fn need<T>(&self, key: &str, value: Option<T>) -> Read<T> {
        value.ok_or_else(|| Fault::new(self.place, format!("{} is missing", self.path(key))))
    }

    /// A table below this one.
    pub(super) fn table(&self, key: &'t str, name: &'t str) -> Read<Option<Self>> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.wants(key, "a table", value));
        };
        Ok(Some(Self { name, place: value.span().start, table }))
    }

    /// A list of tables below this one.
    pub(super) fn tables(&self, key: &'t str, name: &'t str) -> Read<Vec<Self>> {
        let Some(value) = self.get(key) else { return Ok(Vec::new()) };
        let DeValue::Array(list) = value.get_ref() else {
            return Err(self.wants(key, "a list of tables", value));
        };
        let table = |value: Entry<'t>| match value.get_ref() {
            DeValue::Table(table) => Ok(Self { name, place: value.span().start, table }),
            _ => Err(self.wants(key, "a list of tables", value)),
        };
        list.iter().map(table).collect()
    }

    pub(super) fn words(&self, key: &str) -> Read<Option<&'t str>> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::String(words) => Ok(Some(words)),
            _ => Err(self.wants(key, "a text in quotation marks", value)),
        }
    }

    pub(super) fn owned(&self, key: &str) -> Read<Option<String>> {
        Ok(self.words(key)?.map(str::to_owned))
    }

    pub(super) fn list(&self, key: &str) -> Read<Vec<String>> {
        let wanted = "a list of texts in quotation marks";
        let Some(value) = self.get(key) else { return Ok(Vec::new()) };
        let DeValue::Array(list) = value.get_ref() else {
            return Err(self.wants(key, wanted, value));
        };
        let words = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
            DeValue::String(words) => Ok(words.clone().into_owned()),
            _ => Err(self.wants(key, wanted, value)),
        };
        list.iter().map(words).collect()
    }

    /// Tags are a set: sorted, without doubles.
    pub(super) fn tags(&self) -> Read<Vec<String>> {
        let mut tags = self.list("tags")?;
        tags.sort();
        tags.dedup();
        Ok(tags)
    }

    pub(super) fn truth(&self, key: &str) -> Read<Option<bool>> {
        let Some(value) = self.get(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::Boolean(truth) => Ok(Some(*truth)),
            _ => Err(self.wants(key, "`true` or `false`", value)),
        }
    }

    pub(super) fn number(&self, key: &str) -> Read<Option<u32>> {
        self.get(key).map(|value| self.number_in(key, value)).transpose()
    }

    fn number_in(&self, key: &str, value: Entry<'_>) -> Read<u32> {
        let DeValue::Integer(digits) = value.get_ref() else {
            return Err(self.wants(key, "a whole number", value));
        };
        u32::from_str_radix(digits.as_str(), digits.radix()).map_err(|_| {
            let message =
                format!("{} goes from 0 to {}, not to {digits}", self.path(key), u32::MAX);
            Fault::new(value.span().start, message)
        })
    }

    /// `[start, end]`.
    pub(super) fn places(&self, key: &str) -> Read<Option<[u32; 2]>> {
        let wanted = "a place, `[start, end]`";
        let Some(value) = self.get(key) else { return Ok(None) };
        let DeValue::Array(list) = value.get_ref() else {
            return Err(self.wants(key, wanted, value));
        };
        let [start, end] = &list[..] else {
            return Err(self.fault(key, &format!("wants {wanted}")));
        };
        let places = [self.number_in(key, start)?, self.number_in(key, end)?];
        if places[0] > places[1] {
            return Err(self.fault(key, "ends before it starts"));
        }
        Ok(Some(places))
    }

    /// A number from 0 to 1.
    pub(super) fn share(&self, key: &str) -> Read<Option<f32>> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let number = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse::<f32>().ok(),
            DeValue::Integer(number) => number.as_str().parse::<f32>().ok(),
            _ => return Err(self.wants(key, "a number from 0 to 1", value)),
        };
        let number = number.filter(|it| (0.0..=1.0).contains(it));
        number.map(Some).ok_or_else(|| self.fault(key, "goes from 0 to 1"))
    }

    /// A day without a time.
    pub(super) fn day(&self, key: &str) -> Read<Option<Date>> {
        let wanted = "a day like 2024-10-11, without quotation marks";
        let Some(value) = self.get(key) else { return Ok(None) };
        let DeValue::Datetime(day) = value.get_ref() else {
            return Err(self.wants(key, wanted, value));
        };
        let day = day.to_string().parse().ok().filter(|_| day.time.is_none());
        day.map(Some).ok_or_else(|| self.fault(key, &format!("wants {wanted}")))
    }

    /// A moment with its offset from UTC.
    pub(super) fn moment(&self, key: &str) -> Read<Option<Timestamp>> {
        let wanted = "a moment like 2024-10-12T08:31:02Z, without quotation marks";
        let Some(value) = self.get(key) else { return Ok(None) };
        let DeValue::Datetime(moment) = value.get_ref() else {
            return Err(self.wants(key, wanted, value));
        };
        let moment = moment.to_string().parse().ok().filter(|_| moment.offset.is_some());
        moment.map(Some).ok_or_else(|| self.fault(key, &format!("wants {wanted}")))
    }

    pub(super) fn id(&self, key: &str) -> Read<Option<AnnotationId>> {
        let Some(words) = self.words(key)? else { return Ok(None) };
        let id = words.parse();
        id.map(Some).map_err(|error: Error| self.fault(key, &format!("wants a UUID: {error}")))
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &self,
        key: &str,
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Read<Option<T>> {
        let Some(word) = self.words(key)? else { return Ok(None) };
        if let Some(choice) = all.iter().find(|it| name(**it) == word) {
            return Ok(Some(*choice));
        }
        let names: Vec<&str> = all.iter().map(|it| name(*it)).collect();
        let fault = self.fault(key, &format!("cannot be `{}`", word.escape_debug()));
        Err(match nearest(word, names.iter().copied()) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint(format!("it is one of {}", names.join(", "))),
        })
    }

    /// The keys that have no meaning here, with their values.
    pub(super) fn others(&self, known: impl Fn(&str) -> bool) -> Read<Table> {
        let others = self.table.iter().filter(|(key, _)| !known(key.get_ref()));
        others.map(|(key, value)| Ok((key.get_ref().to_string(), foreign(value, 0)?))).collect()
    }
}

/// Any value as it is.
fn foreign(value: &Spanned<DeValue<'_>>, depth: usize) -> Read<Value> {
    let Range { start, .. } = value.span();
    if depth > DEEPEST {
        return Err(Fault::new(start, "this value is nested too deeply"));
    }
    Ok(match value.get_ref() {
        DeValue::String(words) => Value::String(words.to_string()),
        DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix())
            .map(Value::Integer)
            .map_err(|_| Fault::new(start, format!("the number {digits} is too large")))?,
        DeValue::Float(number) => {
            let parsed = number.as_str().parse::<f64>().ok();
            let says_so = number.as_str().contains("inf");
            let parsed = parsed.filter(|it| !it.is_infinite() || says_so);
            parsed
                .map(Value::Float)
                .ok_or_else(|| Fault::new(start, format!("the number {number} is too large")))?
        }
        DeValue::Boolean(truth) => Value::Boolean(*truth),
        DeValue::Datetime(moment) => Value::Datetime(*moment),
        DeValue::Array(list) => {
            let list: Read<_> = list.iter().map(|value| foreign(value, depth + 1)).collect();
            Value::Array(list?)
        }
        DeValue::Table(table) => {
            let entries = table.iter();
            let entries: Read<_> = entries
                .map(|(key, value)| Ok((key.get_ref().to_string(), foreign(value, depth + 1)?)))
                .collect();
            Value::Table(entries?)
        }
    })
}
