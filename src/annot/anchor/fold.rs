//! A text without its white space, and the way back: re-wrapping an article changes nothing here.

use crate::text::{TextRange, offset};

/// The characters of a text that are not blank, with their places in the text itself.
///
/// Blanks are left out and not merely made equal, so that a break in the middle of a run of
/// ideographs, or a space lost between two blocks, makes no difference either.
#[derive(Debug)]
pub(super) struct Folded<'t> {
    raw: &'t str,
    /// What is left.
    pub(super) text: String,
    /// How many bytes are left of what stands before every 256th byte of `raw`.
    table: Vec<u32>,
}

const STEP: usize = 256;

/// White space, and what is drawn as nothing and only tells where a line may break.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// The words alone.
pub(super) fn fold(words: &str) -> String {
    words.chars().filter(|c| !is_blank(*c)).collect()
}

impl<'t> Folded<'t> {
    pub(super) fn new(raw: &'t str) -> Self {
        let mut text = String::with_capacity(raw.len());
        let mut table = Vec::with_capacity(raw.len() / STEP + 1);
        for (at, c) in raw.char_indices() {
            while table.len() * STEP <= at {
                table.push(offset(text.len()));
            }
            if !is_blank(c) {
                text.push(c);
            }
        }
        Self { raw, text, table }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// How many bytes are left of what stands before this byte of the text.
    pub(super) fn of_raw(&self, byte: usize) -> usize {
        let step = (byte / STEP).min(self.table.len().saturating_sub(1));
        let mut folded = self.table.get(step).map_or(0, |it| *it as usize);
        for (at, c) in self.chars_from(step) {
            if at >= byte {
                break;
            }
            folded += kept(c);
        }
        folded
    }

    /// The passage of the text from the first to the last character of what is left of it.
    /// Characters that the ends cut through belong to it.
    pub(super) fn to_raw(&self, start: usize, end: usize) -> TextRange {
        let first = self.character(start);
        let last = self.character(end.max(start + 1) - 1);
        TextRange::of_bytes(first.0, if end > start { last.1.max(first.0) } else { first.0 })
    }

    /// Where the character that holds this byte of what is left begins and ends in the text.
    fn character(&self, byte: usize) -> (usize, usize) {
        let step = self.table.partition_point(|it| *it as usize <= byte).saturating_sub(1);
        let mut folded = self.table.get(step).map_or(0, |it| *it as usize);
        for (at, c) in self.chars_from(step) {
            folded += kept(c);
            if folded > byte {
                return (at, at + c.len_utf8());
            }
        }
        (self.raw.len(), self.raw.len())
    }

    fn chars_from(&self, step: usize) -> impl Iterator<Item = (usize, char)> + '_ {
        let start = self.raw.ceil_char_boundary(step * STEP);
        let rest = self.raw.get(start..).unwrap_or_default();
        rest.char_indices().map(move |(at, c)| (start + at, c))
    }
}

fn kept(c: char) -> usize {
    if is_blank(c) { 0 } else { c.len_utf8() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_ways_agree_with_walking(text in "[a-c é京\u{301}\n\u{a0}\u{200b}😀]{0,900}") {
            let folded = Folded::new(&text);
            prop_assert_eq!(&folded.text, &fold(&text));
            let mut count = 0;
            for (at, c) in text.char_indices() {
                prop_assert_eq!(folded.of_raw(at), count);
                if !is_blank(c) {
                    let range = folded.to_raw(count, count + c.len_utf8());
                    prop_assert_eq!(range, TextRange::of_bytes(at, at + c.len_utf8()));
                    prop_assert!(folded.to_raw(count, count).is_empty());
                    count += c.len_utf8();
                }
            }
            prop_assert_eq!(folded.of_raw(text.len()), count);
            prop_assert!(folded.to_raw(count, count + 9).is_empty());
        }
    }
}
