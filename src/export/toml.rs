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
    for (key, value) in row {
        out.push_str(key);
        out.push_str(" = ");
        add_value(out, key, &value);
        out.push('\n');
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
    }
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
