//! The exchange format. Written by hand, so that no version of a library changes a byte of it.

use std::fmt::Write;
use std::io;

use super::rows::{Row, Sheet, Value};
use super::safe::acts_on_terminals;
use super::{Extent, Options};
use crate::annot::Store;
use crate::article::Article;

pub(super) fn write(
    out: &mut impl io::Write,
    extent: Extent,
    article: &Article,
    store: &Store,
    options: &Options,
) -> io::Result<()> {
    let sheet = Sheet::new(article, store, options);
    let (document, prefix) = match extent {
        Extent::One => ("", ""),
        Extent::Several => ("\n[[document]]\n", "document."),
    };
    out.write_all(document.as_bytes())?;
    let mut outside = String::new();
    add_row(&mut outside, sheet.outside());
    out.write_all(outside.as_bytes())?;
    // A table at a time: all of them together are many times as long as the article.
    let mut table = String::new();
    let mut write = |header: &str, row: Row<'_>| {
        table.clear();
        add(&mut table, header, row);
        out.write_all(table.as_bytes())
    };
    write(&format!("[{prefix}article]"), sheet.article())?;
    let header = format!("[[{prefix}entity]]");
    for row in sheet.entities() {
        write(&header, row)?;
    }
    let header = format!("[[{prefix}annotation]]");
    for row in sheet.annotations() {
        write(&header, row)?;
    }
    Ok(())
}

fn add(out: &mut String, header: &str, row: Row<'_>) {
    out.push('\n');
    out.push_str(header);
    out.push('\n');
    add_row(out, row);
}

fn add_row(out: &mut String, row: Row<'_>) {
    for (key, value) in row {
        add_key(out, key);
        out.push_str(" = ");
        add_value(out, key, &value);
        out.push('\n');
    }
}

/// A key as it is where TOML allows it, and else as a string.
fn add_key(out: &mut String, key: &str) {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !key.is_empty() && key.chars().all(plain) {
        out.push_str(key);
    } else {
        add_words(out, key);
    }
}

fn add_value(out: &mut String, key: &str, value: &Value<'_>) {
    match value {
        // What a person reads and writes keeps its lines; what is only compared stands on one.
        Value::Words(words) if matches!(key, "text" | "note") && words.contains('\n') => {
            add_lines(out, words);
        }
        Value::Words(words) => add_words(out, words),
        Value::Made(words) => add_words(out, words),
        Value::Number(number) => add_shown(out, number),
        // At least one decimal, which TOML wants of a number that is not whole.
        Value::Decimal(number) => add_shown(out, format_args!("{number:?}")),
        Value::Truth(truth) => add_shown(out, truth),
        Value::Date(date) => out.push_str(date),
        Value::Places([start, end]) => add_shown(out, format_args!("[{start}, {end}]")),
        Value::List(list) => {
            out.push('[');
            for (at, words) in list.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                add_words(out, words);
            }
            out.push(']');
        }
        Value::Foreign(value) => add_foreign(out, value),
    }
}

/// Any value that a file may hold, on one line.
fn add_foreign(out: &mut String, value: &::toml::Value) {
    use ::toml::Value;
    match value {
        Value::String(words) => add_words(out, words),
        Value::Integer(number) => add_shown(out, number),
        Value::Float(number) if number.is_nan() => out.push_str("nan"),
        Value::Float(number) => add_shown(out, format_args!("{number:?}")),
        Value::Boolean(truth) => add_shown(out, truth),
        Value::Datetime(moment) => {
            let mut moment = *moment;
            if let Some(time) = &mut moment.time {
                // Later versions of TOML can do without them.
                time.second.get_or_insert(0);
            }
            add_shown(out, moment);
        }
        Value::Array(list) => {
            out.push('[');
            for (at, value) in list.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                add_foreign(out, value);
            }
            out.push(']');
        }
        Value::Table(table) => {
            let mut entries: Vec<_> = table.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (at, (key, value)) in entries.into_iter().enumerate() {
                out.push_str(if at == 0 { " " } else { ", " });
                add_key(out, key);
                out.push_str(" = ");
                add_foreign(out, value);
            }
            out.push_str(if table.is_empty() { "}" } else { " }" });
        }
    }
}

/// A table as it would be written, which tells whether two say the same; numbers that are none are
/// not equal to themselves.
pub(super) fn inline(table: &::toml::Table) -> String {
    let mut out = String::new();
    add_foreign(&mut out, &::toml::Value::Table(table.clone()));
    out
}

fn add_shown(out: &mut String, value: impl std::fmt::Display) {
    write!(out, "{value}").expect("a string takes everything");
}

fn add_words(out: &mut String, words: &str) {
    out.push('"');
    words.chars().for_each(|c| match c {
        '"' => out.push_str("\\\""),
        '\n' => out.push_str("\\n"),
        other => add_char(out, other),
    });
    out.push('"');
}

/// A string over several lines. A line end right behind the opening marks does not count.
fn add_lines(out: &mut String, words: &str) {
    out.push_str("\"\"\"\n");
    let mut marks = 0;
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        marks = if c == '"' { marks + 1 } else { 0 };
        match c {
            // Three in a row would end the string, and so would one before the closing marks.
            '"' if marks == 3 || chars.peek().is_none() => {
                out.push_str("\\\"");
                marks = 0;
            }
            '"' | '\n' => out.push(c),
            other => add_char(out, other),
        }
    }
    out.push_str("\"\"\"");
}

fn add_char(out: &mut String, c: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        c if acts_on_terminals(c) => add_shown(out, format_args!("\\u{:04X}", u32::from(c))),
        c => out.push(c),
    }
}
