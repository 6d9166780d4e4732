//! The lines of a text file, without those that are blank.

use crate::text::wrap::physical_lines;
use crate::text::{TextRange, offset};

/// A line with words on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its words, without the white space around them.
    pub(super) range: TextRange,
    /// Where the line begins, before its indentation.
    pub(super) start: u32,
    /// Columns of white space before its words; a tab counts as eight.
    pub(super) indent: u16,
    /// Whether a blank line stands before it.
    pub(super) after_blank: bool,
}

impl Line {
    /// Its words.
    pub(super) fn words(self, text: &str) -> &str {
        self.range.of(text)
    }

    /// About how many columns the line takes with its indentation. Wide characters count twice.
    pub(super) fn columns(self, text: &str) -> u32 {
        u32::from(self.indent) + columns(self.words(text))
    }
}

/// About how many columns words take, told by bytes alone.
pub(super) fn columns(words: &str) -> u32 {
    if words.is_ascii() {
        return offset(words.len());
    }
    let begins = |byte: u8| u32::from(byte & 0xC0 != 0x80);
    // Kana, Han and Hangul begin with these bytes.
    let is_wide = |byte: u8| u32::from((0xE3..=0xED).contains(&byte) || byte >= 0xF0);
    words.bytes().map(|byte| begins(byte) + is_wide(byte)).sum()
}

/// The lines of a text that are not blank.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line> {
    let mut at = 0;
    let mut after_blank = true;
    physical_lines(text).filter_map(move |line| {
        let start = at;
        at += line.len();
        let words = line.trim_start();
        if words.is_empty() {
            after_blank = true;
            return None;
        }
        let lead = line.len() - words.len();
        let words = words.trim_end();
        let indent = line.get(..lead)?.chars().map(|c| if c == '\t' { 8 } else { 1 }).sum::<u32>();
        let range = TextRange::of_bytes(start + lead, start + lead + words.len());
        let indent = u16::try_from(indent).unwrap_or(u16::MAX);
        let after_blank = std::mem::replace(&mut after_blank, false);
        Some(Line { range, start: offset(start), indent, after_blank })
    })
}
