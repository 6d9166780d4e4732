//! Cuts a text into words, numbers and marks as the grammar of times wants them: "35-year-old"
//! and "22-24" in their parts, "1,000" and "22nd" in one.

use super::lexicon::{Word, look_up};
use crate::text::{TextRange, offset};

/// A word, a number or a mark.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts about one word")]
pub(super) struct Lexeme {
    /// First byte.
    pub start: u32,
    /// First byte behind it.
    pub end: u32,
    /// What it is.
    pub word: Word,
    /// How many digits it is written with; 0 for a word.
    pub digits: u8,
    /// Whether it follows the one before without a space.
    pub glued: bool,
    /// Whether it starts with a capital.
    pub capital: bool,
    /// Whether it ends in "ed".
    pub ed: bool,
    /// Whether it ends in "s" and not in "ss", "us" or "is".
    pub plural: bool,
}

/// Cuts `range` of a text, in portions.
#[derive(Debug)]
pub(super) struct Lexer<'t> {
    bytes: &'t [u8],
    at: usize,
    end: usize,
    /// Whether white space stood before `at`.
    space: bool,
}

/// How plurals without an "s" end: "schoolchildren", "policewomen", "townspeople".
const PLURALS: [&[u8]; 3] = [b"children", b"men", b"people"];

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str, range: TextRange) -> Self {
        let end = (range.end as usize).min(text.len());
        Self { bytes: &text.as_bytes()[..end], at: range.start as usize, end, space: true }
    }

    /// Adds lexemes until there are `count` of them; whether that was all.
    pub(super) fn fill(&mut self, into: &mut Vec<Lexeme>, count: usize) -> bool {
        while self.at < self.end {
            if into.len() >= count {
                return false;
            }
            let byte = self.bytes[self.at];
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {
                    self.at += 1;
                    self.space = true;
                }
                b'a'..=b'z' | b'A'..=b'Z' => into.push(self.word()),
                b'0'..=b'9' => into.push(self.number()),
                0x21..=0x7e => {
                    let word = match byte {
                        b'-' => Word::Dash,
                        b'\'' => Word::Apostrophe,
                        mark => Word::Mark(mark),
                    };
                    into.push(self.take(1, word, 0));
                }
                0x80.. => self.beyond_ascii(into),
                _ => self.at += 1,
            }
        }
        true
    }

    fn word(&mut self) -> Lexeme {
        let rest = &self.bytes[self.at..self.end];
        let len = rest.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(rest.len());
        // A letter beyond ASCII makes it another word: "marché".
        if rest.get(len).is_some_and(|b| *b >= 0xC3 && *b < 0xE2) {
            let len = rest.iter().position(|b| b.is_ascii() && !b.is_ascii_alphabetic());
            return self.take(len.unwrap_or(rest.len()), Word::Other, 0);
        }
        let word = &rest[..len];
        let found = look_up(word);
        let past = word.ends_with(b"ed") && !word.ends_with(b"ceed") && word != b"indeed";
        let (capital, ed) = (word[0].is_ascii_uppercase(), len > 4 && past);
        let regular = len > 3
            && word.ends_with(b"s")
            && !matches!(word[len - 2], b's' | b'u' | b'i')
            && found == Word::Other;
        let plural = regular || PLURALS.iter().any(|ending| word.ends_with(ending));
        let mut lexeme = self.take(len, found, 0);
        lexeme.capital = capital;
        lexeme.ed = ed;
        lexeme.plural = plural;
        lexeme
    }

    fn number(&mut self) -> Lexeme {
        let rest = &self.bytes[self.at..self.end];
        let digits = |from: usize| rest[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut len = digits(0);
        let value = |from: usize, to: usize| {
            rest[from..to]
                .iter()
                .fold(0_u32, |sum, b| sum.saturating_mul(10).saturating_add(u32::from(b - b'0')))
        };
        let plain = value(0, len);
        let mut grouped = plain;
        while len <= 15 && rest.get(len) == Some(&b',') && digits(len + 1) == 3 {
            grouped = grouped.saturating_mul(1000).saturating_add(value(len + 1, len + 4));
            len += 4;
        }
        if grouped != plain || len > digits(0) {
            // Digits with a comma between are an amount, never a year.
            return self.take(len, Word::Number(grouped), 15);
        }
        let written = u8::try_from(len).unwrap_or(u8::MAX);
        let dotted = self.at > 1
            && self.bytes[self.at - 1] == b'.'
            && self.bytes[self.at - 2].is_ascii_digit();
        if rest.get(len) == Some(&b'.') && !dotted {
            let behind = digits(len + 1);
            let more = rest.get(len + 1 + behind) == Some(&b'.') && digits(len + 2 + behind) > 0;
            if behind > 0 && behind < 6 && !more {
                let fraction = value(len + 1, len + 1 + behind);
                let written = u8::try_from(behind).unwrap_or(u8::MAX);
                return self.take(len + 1 + behind, Word::Decimal(plain, fraction), written);
            }
        }
        if let Some(ending) = rest.get(len..len + 2)
            && !rest.get(len + 2).is_some_and(u8::is_ascii_alphanumeric)
            && matches!(&ending.to_ascii_lowercase()[..], b"st" | b"nd" | b"rd" | b"th")
        {
            return self.take(len + 2, Word::Ordinal(plain), written);
        }
        self.take(len, Word::Number(plain), written)
    }

    fn beyond_ascii(&mut self, into: &mut Vec<Lexeme>) {
        let rest = &self.bytes[self.at..self.end];
        let (len, word) = match rest {
            [0xE2, 0x80, 0x90..=0x95, ..] | [0xE2, 0x88, 0x92, ..] => (3, Word::Dash),
            [0xE2, 0x80, 0x98 | 0x99, ..] => (3, Word::Apostrophe),
            [0xE2, 0x80, 0x80..=0x8A | 0xAF, ..] => (3, Word::Zero),
            [0xC2, 0xA0, ..] => (2, Word::Zero),
            // Currency signs keep a number from being a year.
            [0xC2, 0xA2..=0xA5, ..] => (2, Word::Mark(b'$')),
            [0xE2, 0x82, 0xA0..=0xBF, ..] => (3, Word::Mark(b'$')),
            [0xC2, _, ..] => (2, Word::Mark(b'~')),
            [0xE2, _, _, ..] => (3, Word::Mark(b'~')),
            _ => {
                let len = rest.iter().position(|b| b.is_ascii() && !b.is_ascii_alphabetic());
                (len.unwrap_or(rest.len()), Word::Other)
            }
        };
        if word == Word::Zero {
            self.at += len;
            self.space = true;
        } else {
            into.push(self.take(len.min(rest.len()), word, 0));
        }
    }

    fn take(&mut self, len: usize, word: Word, digits: u8) -> Lexeme {
        let (start, glued) = (self.at, !self.space);
        self.at += len;
        self.space = false;
        Lexeme {
            start: offset(start),
            end: offset(self.at),
            word,
            digits,
            glued,
            capital: false,
            ed: false,
            plural: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<Lexeme> {
        let mut all = Vec::new();
        Lexer::new(text, TextRange::of_bytes(0, text.len())).fill(&mut all, usize::MAX);
        all
    }

    #[test]
    fn numbers_keep_what_belongs_to_them() {
        let check = |text: &str, want: &[Word]| {
            assert_eq!(cut(text).iter().map(|it| it.word).collect::<Vec<_>>(), want, "{text}");
        };
        check("1,000", &[Word::Number(1000)]);
        check("22nd", &[Word::Ordinal(22)]);
        check("2.5", &[Word::Decimal(2, 5)]);
        check("22–24", &[Word::Number(22), Word::Dash, Word::Number(24)]);
        check("£30", &[Word::Mark(b'$'), Word::Number(30)]);
        check(
            "11.10.24",
            &[
                Word::Number(11),
                Word::Mark(b'.'),
                Word::Number(10),
                Word::Mark(b'.'),
                Word::Number(24),
            ],
        );
        check("2004, 300", &[Word::Number(2004), Word::Mark(b','), Word::Number(300)]);
    }

    proptest! {
        #[test]
        fn lexemes_lie_in_order_on_characters(text in "\\PC{0,80}") {
            let mut last = 0;
            for it in cut(&text) {
                prop_assert!(last <= it.start && it.start < it.end);
                prop_assert!(text.get(it.start as usize..it.end as usize).is_some());
                last = it.end;
            }
        }
    }
}
