//! Characters that a terminal would obey instead of showing them, written as escapes.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

/// Whether a character changes a terminal or turns the writing direction round. JSON and TOML
/// allow most of them to stand as they are.
pub(super) const fn acts_on_terminals(c: char) -> bool {
    matches!(c, '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A character as it may stand in a page or a table that does not know escapes: a picture of what
/// a terminal would obey. Line ends stay.
pub(super) fn harmless(c: char) -> char {
    match c {
        '\n' => '\n',
        '\t' => ' ',
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(' '),
        '\x7f' => '\u{2421}',
        c if acts_on_terminals(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

/// A value as one line of JSON with its line end, safe to be looked at.
pub fn json_line(value: &impl Serialize) -> Vec<u8> {
    let mut line = Vec::new();
    json(&mut line, value, Safe(CompactFormatter)).expect("memory takes everything");
    line.push(b'\n');
    line
}

/// A value as indented JSON without a line end, safe to be looked at.
pub fn json_pretty(out: &mut impl io::Write, value: &impl Serialize) -> io::Result<()> {
    json(out, value, Safe(PrettyFormatter::new()))
}

fn json(
    out: &mut impl io::Write,
    value: &impl Serialize,
    formatter: Safe<impl Formatter>,
) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, formatter);
    // Keys are strings and values are plain, so that only the writing can fail.
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// A formatter that escapes more of a string.
struct Safe<F>(F);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(acts_on_terminals) {
            let (before, behind) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut behind = behind.chars();
            if let Some(c) = behind.next() {
                // All of them lie in the first plane.
                write!(writer, "\\u{:04x}", u32::from(c))?;
            }
            rest = behind.as_str();
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}
