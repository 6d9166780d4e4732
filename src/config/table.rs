//! Reads a TOML table strictly: what is not known, of the wrong type or out of range is a problem
//! with its place, and all problems are found in one go.

use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{self, Error};

/// Something wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The bytes of the file that are meant.
    pub(super) place: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// A way out.
    pub(super) hint: Option<String>,
}

impl Problem {
    pub(super) fn new(place: Range<usize>, message: impl Into<String>) -> Self {
        Self { place, message: message.into(), hint: None }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// A failure of something smaller, at its place.
    pub(super) fn of(error: &Error, place: Range<usize>) -> Self {
        Self { place, message: error.to_string(), hint: error.hint_text().map(Into::into) }
    }
}

/// A value that is one of a few words.
pub(super) trait Choice: Copy + 'static {
    /// All of them.
    const ALL: &'static [Self];
    /// The word in the file.
    fn name(self) -> &'static str;
}

/// Reads a whole file. Where it is not TOML, nothing else is looked at.
pub(super) fn parse(text: &str) -> Result<Spanned<DeTable<'_>>, Vec<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(table);
    }
    let problem = |error: &toml::de::Error| {
        let place = error.span().unwrap_or_default();
        // The parser puts each part of its message on a line of its own.
        Problem::new(place, error.message().replace('\n', ", "))
    };
    Err(errors.iter().map(problem).collect())
}

/// A table of the file while its options are taken out of it one by one.
pub(super) struct Section<'t> {
    name: &'static str,
    table: Option<&'t DeTable<'t>>,
    asked: Vec<&'static str>,
    problems: Vec<Problem>,
}

impl<'t> Section<'t> {
    /// The whole file.
    pub(super) fn root(table: &'t DeTable<'t>) -> Self {
        Self { name: "", table: Some(table), asked: Vec::new(), problems: Vec::new() }
    }

    /// A table found under some name.
    pub(super) fn named(name: &'static str, table: &'t DeTable<'t>) -> Self {
        Self { name, ..Self::root(table) }
    }

    /// Whether it is the whole file.
    pub(super) fn is_root(&self) -> bool {
        self.name.is_empty()
    }

    /// The table `[name]`; an empty one where the file does not have it.
    pub(super) fn section(&mut self, name: &'static str) -> Section<'t> {
        let mut section = Section { name, table: None, asked: Vec::new(), problems: Vec::new() };
        if let Some(value) = self.take(name) {
            section.table = self.table_in(name, value);
        }
        section
    }

    /// The table behind an option's name.
    pub(super) fn table_in(
        &mut self,
        name: &str,
        value: &'t Spanned<DeValue<'t>>,
    ) -> Option<&'t DeTable<'t>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        self.wrong_type(name, value, "a table");
        None
    }

    /// Every entry, for tables whose names are not options: `[keys]`, `[theme]`.
    pub(super) fn entries(
        &self,
    ) -> impl Iterator<Item = (&'t str, Range<usize>, &'t Spanned<DeValue<'t>>)> + use<'t> {
        let entries = self.table.into_iter().flatten();
        entries.map(|(name, value)| (name.get_ref().as_ref(), name.span(), value))
    }

    /// Whether it is on: `true` or `false`.
    pub(super) fn flag(&mut self, name: &'static str, into: &mut bool) {
        let mut on = None;
        self.maybe_flag(name, &mut on);
        *into = on.unwrap_or(*into);
    }

    /// Whether it is on, where the file says so.
    pub(super) fn maybe_flag(&mut self, name: &'static str, into: &mut Option<bool>) {
        let Some(value) = self.take(name) else { return };
        match value.get_ref() {
            DeValue::Boolean(on) => *into = Some(*on),
            _ => self.wrong_type(name, value, "`true` or `false`"),
        }
    }

    /// A whole number; gives its place.
    pub(super) fn number(
        &mut self,
        name: &'static str,
        range: &RangeInclusive<u16>,
        into: &mut u16,
    ) -> Option<Range<usize>> {
        let value = self.take(name)?;
        *into = self.number_in(name, value, range)?;
        Some(value.span())
    }

    /// As many whole numbers as there are places for.
    pub(super) fn numbers(
        &mut self,
        name: &'static str,
        range: &RangeInclusive<u16>,
        into: &mut [u16],
    ) {
        let Some(values) = self.list(name) else { return };
        if values.1.len() != into.len() {
            let message = format!("`{name}` wants {} numbers", into.len());
            return self.problem(Problem::new(values.0, message));
        }
        for (value, into) in values.1.iter().zip(into) {
            if let Some(number) = self.number_in(name, value, range) {
                *into = number;
            }
        }
    }

    /// One of a few words.
    pub(super) fn choice<C: Choice>(&mut self, name: &'static str, into: &mut C) {
        let Some(value) = self.take(name) else { return };
        if let Some(choice) = self.choice_in(name, value) {
            *into = choice;
        }
    }

    /// Several of a few words; gives the place of the list.
    pub(super) fn choices<C: Choice>(
        &mut self,
        name: &'static str,
        into: &mut Vec<C>,
    ) -> Option<Range<usize>> {
        let (place, values) = self.list(name)?;
        let choices: Vec<C> =
            values.iter().filter_map(|value| self.choice_in(name, value)).collect();
        if choices.len() < values.len() {
            return None;
        }
        *into = choices;
        Some(place)
    }

    /// A text, with its place.
    pub(super) fn text(&mut self, name: &'static str) -> Option<(Range<usize>, &'t str)> {
        let value = self.take(name)?;
        self.text_in(name, value).map(|text| (value.span(), text))
    }

    /// The text behind an option's name.
    pub(super) fn text_in(
        &mut self,
        name: &str,
        value: &'t Spanned<DeValue<'t>>,
    ) -> Option<&'t str> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(text);
        }
        self.wrong_type(name, value, "a text in quotation marks");
        None
    }

    /// The list behind an option's name.
    pub(super) fn list_in(
        &mut self,
        name: &str,
        value: &'t Spanned<DeValue<'t>>,
    ) -> Option<&'t [Spanned<DeValue<'t>>]> {
        if let DeValue::Array(values) = value.get_ref() {
            return Some(values);
        }
        self.wrong_type(name, value, "a list in brackets");
        None
    }

    /// Notes a problem.
    pub(super) fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// All problems, with one for every name that nothing has asked for.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        for (name, place, _) in self.entries() {
            if !self.asked.contains(&name) {
                let problem = self.unknown(name, place);
                self.problems.push(problem);
            }
        }
        self.problems
    }

    /// The problems of a table whose entries have all been looked at.
    pub(super) fn problems(self) -> Vec<Problem> {
        self.problems
    }

    fn unknown(&self, name: &str, place: Range<usize>) -> Problem {
        let shown = name.escape_debug();
        let what = match self.name {
            "" => format!("there is no section `[{shown}]`"),
            section => format!("`[{section}]` has no option `{shown}`"),
        };
        let known = match error::nearest(name, self.asked.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", listed(&self.asked, "and")),
        };
        Problem::new(place, what).hint(if self.name.is_empty() {
            known.replace("it has", "there are")
        } else {
            known
        })
    }

    fn take(&mut self, name: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(name);
        self.table?.get(name)
    }

    fn list(&mut self, name: &'static str) -> Option<(Range<usize>, &'t [Spanned<DeValue<'t>>])> {
        let value = self.take(name)?;
        self.list_in(name, value).map(|values| (value.span(), values))
    }

    fn number_in(
        &mut self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        range: &RangeInclusive<u16>,
    ) -> Option<u16> {
        let DeValue::Integer(digits) = value.get_ref() else {
            self.wrong_type(name, value, "a whole number");
            return None;
        };
        let number = i64::from_str_radix(digits.as_str(), digits.radix()).ok();
        let number = number.and_then(|it| u16::try_from(it).ok()).filter(|it| range.contains(it));
        if number.is_none() {
            let message = format!("`{name}` goes from {} to {}", range.start(), range.end());
            self.problem(Problem::new(value.span(), message));
        }
        number
    }

    fn choice_in<C: Choice>(&mut self, name: &str, value: &'t Spanned<DeValue<'t>>) -> Option<C> {
        let word = self.text_in(name, value)?;
        if let Some(choice) = C::ALL.iter().find(|it| it.name() == word) {
            return Some(*choice);
        }
        let words: Vec<&str> = C::ALL.iter().map(|it| it.name()).collect();
        let message = format!("`{name}` cannot be `{}`", word.escape_debug());
        let hint = match error::nearest(word, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is {}", listed(&words, "or")),
        };
        self.problem(Problem::new(value.span(), message).hint(hint));
        None
    }

    fn wrong_type(&mut self, name: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a point",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let message = format!("`{}` wants {wanted}, not {found}", name.escape_debug());
        self.problem(Problem::new(value.span(), message));
    }
}

/// "`a`, `b` and `c`".
pub(super) fn listed(words: &[&str], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|it| format!("`{it}`")).collect();
    match quoted.split_last() {
        None => "nothing".to_owned(),
        Some((one, [])) => one.clone(),
        Some((one, others)) => format!("{} {last} {one}", others.join(", ")),
    }
}
