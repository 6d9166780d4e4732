//! Cuts a block of text into tokens, byte by byte while it is ASCII.

use super::parts::{is_domain, is_name_prefix, is_said_of_name, takes_verb};
use super::{Shape, Token, TokenKind};
use crate::detect::lexicon::abbreviations::{Abbreviation, abbreviation};
use crate::detect::lexicon::classes::is_demonym;
use crate::detect::lexicon::gazetteer::{Trust, known};
use crate::text::{TextRange, offset};

/// What may begin at a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Mark,
    /// First byte of a character beyond ASCII.
    Wide,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Mark; 256];
    let mut at = 0;
    while at < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "the loop ends at 255")]
        let byte = at as u8;
        table[at] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            0..=b' ' | 0x7f => Class::Space,
            0x80.. => Class::Wide,
            _ => Class::Mark,
        };
        at += 1;
    }
    table
};

/// Whether a character shows nothing and parts nothing: controls, marks of direction and order.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// Whether a character beyond ASCII goes on with a word: letters, digits, accents set behind their
/// letter, joiners, soft hyphens.
fn is_wordly(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{AD}')
}

/// Appends the tokens of the block at `range`.
pub(super) fn block(text: &str, range: TextRange, out: &mut Vec<Token>) {
    let end = range.usize().end.min(text.len());
    let bytes = &text.as_bytes()[..end];
    Scan { text, bytes, at: range.start as usize, quoted: false, out }.run();
}

struct Scan<'a> {
    text: &'a str,
    /// The text up to the block's end.
    bytes: &'a [u8],
    at: usize,
    /// Whether a single quotation mark is open, so that the next one closes it.
    quoted: bool,
    out: &'a mut Vec<Token>,
}

impl Scan<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASSES[usize::from(byte)] {
                Class::Space => self.at += 1,
                Class::Letter => self.word(),
                Class::Digit => self.number(),
                Class::Mark => self.mark(1, byte == b'\''),
                Class::Wide => self.wide(),
            }
        }
    }

    fn wide(&mut self) {
        let Some(c) = self.char_at(self.at) else {
            // Not reached on a character boundary; a range that does not fit the text.
            self.at += 1;
            return;
        };
        if c.is_whitespace() || (is_invisible(c) && !is_wordly(c)) || c == '\u{AD}' {
            self.at += c.len_utf8();
        } else if c.is_numeric() {
            self.number();
        } else if c.is_alphanumeric() {
            self.word();
        } else {
            self.mark(c.len_utf8(), matches!(c, '‘' | '’' | '‚'));
        }
    }

    fn mark(&mut self, len: usize, single_quote: bool) {
        if single_quote {
            let before = self.at.checked_sub(1).map(|at| self.bytes[at]);
            let spaced = before.is_none_or(|byte| matches!(byte, b' ' | b'\n' | b'(' | b'"'));
            let next = self.char_at(self.at + len).is_some_and(char::is_alphabetic);
            self.quoted = match self.char_at(self.at) {
                Some('‘' | '‚') => true,
                Some('\'') => spaced && next,
                _ => false,
            };
        }
        self.push(self.at, self.at + len, TokenKind::Mark, Shape::None);
        self.at += len;
    }

    fn word(&mut self) {
        let from = self.at;
        if matches!(self.bytes[from], b'h' | b'w' | b'H' | b'W') && self.web_address() {
            return;
        }
        let mut letters = Letters::default();
        // Where the part behind the last hyphen or dot begins.
        let mut part = from;
        loop {
            self.at = letters.run(self.text, self.bytes, self.at);
            match self.joint(from, part) {
                Joint::Through(len) => {
                    self.at += len;
                    part = self.at;
                    letters.part_begins = true;
                }
                Joint::Ends => break,
                Joint::Dot => {
                    self.at += 1;
                    break;
                }
            }
        }
        let word_end = self.at;
        self.push(from, word_end, TokenKind::Word, letters.shape());
        self.possessive();
    }

    /// What the character behind the letters does to the word that began at `from`, its last part
    /// at `part`.
    fn joint(&self, from: usize, part: usize) -> Joint {
        let Some(&byte) = self.bytes.get(self.at) else { return Joint::Ends };
        match byte {
            b'\'' => self.apostrophe(from, 1),
            0xE2 => match self.char_at(self.at) {
                Some('’') => self.apostrophe(from, 3),
                Some('\u{2010}' | '\u{2011}') => self.hyphen(from, part, 3),
                _ => Joint::Ends,
            },
            b'-' => self.hyphen(from, part, 1),
            b'.' => self.dot(from, part),
            // "AT&T", but not "this&that".
            b'&' if self.is_upper(self.at - 1) && self.is_upper(self.at + 1) => Joint::Through(1),
            _ => Joint::Ends,
        }
    }

    fn apostrophe(&self, from: usize, len: usize) -> Joint {
        if !self.is_letter(self.at + len) {
            return Joint::Ends;
        }
        let is_s = matches!(self.bytes[self.at + len], b's' | b'S');
        if is_s && !self.is_letter(self.at + len + 1) && !takes_verb(&self.bytes[from..self.at]) {
            return Joint::Ends;
        }
        Joint::Through(len)
    }

    fn hyphen(&self, from: usize, part: usize, len: usize) -> Joint {
        let next = self.at + len;
        let digit = self.bytes.get(next).is_some_and(u8::is_ascii_digit);
        if !digit && !self.is_letter(next) {
            return Joint::Ends;
        }
        let name = self.is_upper(from) || self.is_upper(part);
        let parts = if digit {
            !name
        } else if name {
            // "T-shirt" and "X-ray" are words; "Iran-backed" is a name and a word.
            let said =
                self.at - part > 1 && !self.is_upper(next) && is_said_of_name(self.rest(next));
            said || self.is_pair_of_names(from, next)
        } else {
            self.is_upper(next) && !is_name_prefix(&self.bytes[from..self.at])
        };
        if parts { Joint::Ends } else { Joint::Through(len) }
    }

    /// Whether two known names stand here: "Iran-Russian", "US-China", but not "Guinea-Bissau".
    fn is_pair_of_names(&self, from: usize, next: usize) -> bool {
        if !self.is_upper(next) {
            return false;
        }
        let second = Letters::default().run(self.text, self.bytes, next);
        let word = |from: usize, end: usize| self.text.get(from..end).unwrap_or_default();
        let known = |word: &str| known(word).is_some_and(|entry| entry.trust == Trust::Sure);
        let one = |word: &str| known(word) || is_demonym(word);
        known(word(from, self.at)) && one(word(next, second)) && !known(word(from, second))
    }

    fn dot(&self, from: usize, part: usize) -> Joint {
        let next = self.at + 1;
        let single = self.at - part == 1;
        let dotted = part > from && self.bytes[part - 1] == b'.';
        if self.is_letter(next) {
            let doctor = &self.bytes[part..self.at] == b"Ph" && self.bytes[next] == b'D';
            let initials = single && (dotted || part == from) && !self.is_letter(next + 1);
            let domain = self.bytes[self.at - 1].is_ascii_lowercase() && is_domain(self.rest(next));
            return if initials || doctor || domain { Joint::Through(1) } else { Joint::Ends };
        }
        if self.bytes.get(next) == Some(&b'.') {
            return Joint::Ends;
        }
        let initial = single && self.is_upper(part) && !self.is_lone_pronoun(from);
        if initial || (dotted && single) || (dotted && &self.bytes[part..self.at] == b"D") {
            return Joint::Dot;
        }
        let word = self.text.get(from..self.at).unwrap_or_default();
        match abbreviation(word) {
            Some(Abbreviation::Leads | Abbreviation::MayEnd) => Joint::Dot,
            Some(Abbreviation::Numbers) => {
                let space = usize::from(self.bytes.get(next) == Some(&b' '));
                let number = self.bytes.get(next + space).is_some_and(u8::is_ascii_digit);
                if number { Joint::Dot } else { Joint::Ends }
            }
            None => Joint::Ends,
        }
    }

    /// Whether the single letter at `from` is "I" at a sentence's end ("So did I.") rather than an
    /// initial ("I. M. Pei", "Charles I. Jones").
    fn is_lone_pronoun(&self, from: usize) -> bool {
        let last = self.out.last();
        self.bytes[from] == b'I' && last.is_some_and(|token| token.shape == Shape::Lower)
    }

    fn possessive(&mut self) {
        let len = match self.char_at(self.at) {
            Some('\'') => 1,
            Some('’') => 3,
            _ => return,
        };
        let is_s = matches!(self.bytes.get(self.at + len), Some(b's' | b'S'));
        let end = if is_s && !self.is_letter(self.at + len + 1) {
            self.at + len + 1
        } else if !self.quoted && matches!(self.bytes[self.at - 1], b's' | b'S') {
            let next = self.bytes.get(self.at + len).map(|byte| CLASSES[usize::from(*byte)]);
            if !matches!(next, Some(Class::Space)) {
                return;
            }
            self.at + len
        } else {
            return;
        };
        self.push(self.at, end, TokenKind::Possessive, Shape::None);
        self.at = end;
    }

    fn number(&mut self) {
        let from = self.at;
        let iso = self.calendar_date();
        if let Some(len) = iso {
            self.at += len;
        }
        loop {
            self.at = Letters::default().run(self.text, self.bytes, self.at);
            let digit = |at: usize| self.bytes.get(at).is_some_and(u8::is_ascii_digit);
            if self.at == from || !digit(self.at - 1) || !digit(self.at + 1) {
                break;
            }
            let joins = match self.bytes[self.at] {
                b'.' | b':' | b'/' => true,
                b',' => digit(self.at + 2) && digit(self.at + 3) && !digit(self.at + 4),
                _ => false,
            };
            if !joins {
                break;
            }
            self.at += 1;
        }
        if self.at == from {
            self.at += self.char_at(from).map_or(1, char::len_utf8);
        }
        self.push(from, self.at, TokenKind::Number, Shape::None);
        self.possessive();
    }

    /// The length of "2024-10-11" or "11-10-2024" where such a date begins here.
    fn calendar_date(&self) -> Option<usize> {
        const FORMS: [&[usize]; 5] = [&[4, 2, 2], &[2, 2, 4], &[1, 2, 4], &[2, 1, 4], &[1, 1, 4]];
        let rest = &self.bytes[self.at..];
        let digits = |from: usize, count: usize| {
            (0..count).all(|at| rest.get(from + at).is_some_and(u8::is_ascii_digit))
        };
        FORMS.into_iter().find_map(|form| {
            let mut at = 0;
            for (index, &count) in form.iter().enumerate() {
                if index > 0 {
                    if rest.get(at) != Some(&b'-') {
                        return None;
                    }
                    at += 1;
                }
                if !digits(at, count) {
                    return None;
                }
                at += count;
            }
            (!digits(at, 1)).then_some(at)
        })
    }

    fn web_address(&mut self) -> bool {
        const STARTS: [&[u8]; 3] = [b"http://", b"https://", b"www."];
        let rest = &self.bytes[self.at..];
        let starts = |start: &&[u8]| {
            rest.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
        };
        if !STARTS.iter().any(starts) {
            return false;
        }
        let stop = |byte: &u8| {
            CLASSES[usize::from(*byte)] != Class::Letter
                && (*byte <= b' ' || matches!(byte, b'<' | b'>' | b'"' | 0x80..))
        };
        let mut len = rest.iter().position(stop).unwrap_or(rest.len());
        while matches!(rest[len - 1], b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b'\'') {
            len -= 1;
        }
        self.push(self.at, self.at + len, TokenKind::Word, Shape::Lower);
        self.at += len;
        true
    }

    fn char_at(&self, at: usize) -> Option<char> {
        let byte = *self.bytes.get(at)?;
        if byte.is_ascii() {
            return Some(char::from(byte));
        }
        self.text.get(at..self.bytes.len())?.chars().next()
    }

    fn is_letter(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(char::is_alphabetic)
    }

    fn is_upper(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(char::is_uppercase)
    }

    /// The ASCII letters from `at` on.
    fn rest(&self, at: usize) -> &[u8] {
        let rest = &self.bytes[at..];
        let len = rest.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic()).count();
        &rest[..len]
    }

    fn push(&mut self, from: usize, end: usize, kind: TokenKind, shape: Shape) {
        let mut from = from;
        while end - from > usize::from(u16::MAX) {
            let mut cut = from + usize::from(u16::MAX);
            while !self.text.is_char_boundary(cut) {
                cut -= 1;
            }
            self.put(from, cut, kind, shape);
            from = cut;
        }
        self.put(from, end, kind, shape);
    }

    fn put(&mut self, from: usize, end: usize, kind: TokenKind, shape: Shape) {
        let len = u16::try_from(end - from).expect("longer runs are cut by the caller");
        self.out.push(Token { start: offset(from), len, kind, shape });
    }
}

enum Joint {
    /// The word goes on behind so many bytes.
    Through(usize),
    /// The word ends here.
    Ends,
    /// The word ends with the dot.
    Dot,
}

/// How the letters of a word are written.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing seen on the way")]
struct Letters {
    any: bool,
    lower: bool,
    first_upper: bool,
    uppers: u32,
    /// Capitals that do not begin a part of the word.
    inner: u32,
    part_begins: bool,
}

impl Letters {
    /// Takes in letters and digits from `at` on; says where they end.
    fn run(&mut self, text: &str, bytes: &[u8], mut at: usize) -> usize {
        while let Some(&byte) = bytes.get(at) {
            match CLASSES[usize::from(byte)] {
                Class::Letter => {
                    self.letter(byte.is_ascii_uppercase());
                    at += 1;
                }
                Class::Digit => {
                    self.part_begins = false;
                    at += 1;
                }
                Class::Wide => {
                    let Some(c) = text.get(at..bytes.len()).and_then(|rest| rest.chars().next())
                    else {
                        break;
                    };
                    if !is_wordly(c) {
                        break;
                    }
                    if c.is_alphabetic() {
                        self.letter(c.is_uppercase());
                    }
                    at += c.len_utf8();
                }
                Class::Space | Class::Mark => break,
            }
        }
        at
    }

    fn letter(&mut self, upper: bool) {
        if upper {
            self.uppers += 1;
            self.first_upper |= !self.any;
            self.inner += u32::from(self.any && !self.part_begins);
        } else {
            self.lower = true;
        }
        self.any = true;
        self.part_begins = false;
    }

    fn shape(&self) -> Shape {
        if self.uppers == 0 {
            Shape::Lower
        } else if !self.lower && self.uppers > 1 {
            Shape::Upper
        } else if self.first_upper && self.inner == 0 {
            Shape::Title
        } else {
            Shape::Mixed
        }
    }
}
