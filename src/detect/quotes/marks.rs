//! The quotation marks of a block, told apart from apostrophes, primes and elisions.

use crate::text::offset;

/// Marks that can close each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// “ ” „ ", two backticks, two apostrophes
    Double,
    /// ‘ ’ ‚ '
    Single,
    /// « »
    Guillemet,
    /// ‹ ›
    Angle,
}

/// What a mark can do where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Begins a quote.
    Open,
    /// Ends a quote.
    Close,
    /// Ends a quote unless a clearer end of it follows: "the workers’ rights", "a 6\" pipe".
    WeakClose,
    /// Ends a quote where one is open, begins one otherwise.
    Either,
}

/// A quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// First byte in the text.
    pub(super) start: u32,
    /// Length in bytes.
    pub(super) len: u8,
    pub(super) family: Family,
    pub(super) side: Side,
    /// Whether it is a straight mark of the typewriter.
    pub(super) straight: bool,
}

impl Mark {
    pub(super) fn end(self) -> u32 {
        self.start + u32::from(self.len)
    }
}

/// Words that begin with an apostrophe, without it.
const ELISIONS: &[&str] = &[
    "em", "til", "tis", "twas", "twere", "twill", "cos", "bout", "neath", "nuff", "nother", "n",
    "ere", "ve", "ll", "re", "s", "d", "m", "t", "cept", "fraid", "burbs", "tween", "gainst",
];

/// The quotation marks of `block`, which begins at the byte `base` of the text.
pub(super) fn of_block(block: &str, base: u32, marks: &mut Vec<Mark>) {
    marks.clear();
    let bytes = block.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(next_candidate) {
        at += step;
        let Some((len, family, glyph)) = glyph_at(bytes, at) else {
            at += 1;
            continue;
        };
        let around = Around::of(block, at, at + len);
        if let Some(side) = side(glyph, &around) {
            let straight = matches!(glyph, Glyph::StraightDouble | Glyph::StraightSingle);
            let len8 = u8::try_from(len).unwrap_or(1);
            marks.push(Mark { start: base + offset(at), len: len8, family, side, straight });
        }
        at += len;
    }
    settle_weak(marks);
}

/// Every mark begins with one of these bytes.
fn next_candidate(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'`' | 0xC2 | 0xE2))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Glyph {
    StraightDouble,
    StraightSingle,
    /// “
    LeftDouble,
    /// ”
    RightDouble,
    /// „
    LowDouble,
    /// ‘
    LeftSingle,
    /// ’
    RightSingle,
    /// ‚
    LowSingle,
    /// « ‹
    LeftAngle,
    /// » ›
    RightAngle,
    /// Two backticks.
    Backticks,
    /// Two apostrophes.
    Apostrophes,
}

fn glyph_at(bytes: &[u8], at: usize) -> Option<(usize, Family, Glyph)> {
    let rest = bytes.get(at..)?;
    let found = match rest {
        [b'"', ..] => (1, Family::Double, Glyph::StraightDouble),
        [b'\'', b'\'', b'\'', ..] => (1, Family::Single, Glyph::StraightSingle),
        [b'\'', b'\'', ..] => (2, Family::Double, Glyph::Apostrophes),
        [b'\'', ..] => (1, Family::Single, Glyph::StraightSingle),
        [b'`', b'`', ..] => (2, Family::Double, Glyph::Backticks),
        [b'`', ..] => (1, Family::Single, Glyph::LeftSingle),
        [0xC2, 0xAB, ..] => (2, Family::Guillemet, Glyph::LeftAngle),
        [0xC2, 0xBB, ..] => (2, Family::Guillemet, Glyph::RightAngle),
        [0xE2, 0x80, last, ..] => match last {
            0x9C | 0x9F => (3, Family::Double, Glyph::LeftDouble),
            0x9D => (3, Family::Double, Glyph::RightDouble),
            0x9E => (3, Family::Double, Glyph::LowDouble),
            0x98 | 0x9B => (3, Family::Single, Glyph::LeftSingle),
            0x99 => (3, Family::Single, Glyph::RightSingle),
            0x9A => (3, Family::Single, Glyph::LowSingle),
            0xB9 => (3, Family::Angle, Glyph::LeftAngle),
            0xBA => (3, Family::Angle, Glyph::RightAngle),
            _ => return None,
        },
        _ => return None,
    };
    Some(found)
}

/// What stands beside a mark.
struct Around<'t> {
    /// The character before; a space at the block's start.
    before: char,
    /// The character behind; a space at the block's end.
    behind: char,
    block: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Around<'t> {
    fn of(block: &'t str, start: usize, end: usize) -> Self {
        let before = block.get(..start).and_then(|text| text.chars().next_back()).unwrap_or(' ');
        let behind = block.get(end..).and_then(|text| text.chars().next()).unwrap_or(' ');
        Self { before, behind, block, start, end }
    }

    /// Whether a word may begin behind what stands before the mark.
    fn free_before(&self) -> bool {
        self.before.is_whitespace()
            || matches!(self.before, '(' | '[' | '{' | '—' | '–' | '/')
            || is_mark(self.before) && self.opens_like_neighbour()
    }

    /// Whether the mark just before stands free on its left, as an opening one does.
    fn opens_like_neighbour(&self) -> bool {
        let before = self.block.get(..self.start).unwrap_or_default();
        let mut chars = before.chars().rev();
        chars.next();
        // “ ‘ with a space between them are one opening, too.
        chars.next().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—'))
    }

    /// The word that begins behind the mark.
    fn word_behind(&self) -> &'t str {
        let rest = self.block.get(self.end..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        rest.get(..end.min(16)).unwrap_or_default()
    }

    /// The first character behind the one behind the mark.
    fn second_behind(&self) -> char {
        let rest = self.block.get(self.end..).unwrap_or_default();
        rest.chars().nth(1).unwrap_or(' ')
    }

    /// "’90s", "’em", "’n’": an apostrophe where letters or digits are left out.
    fn is_elision(&self) -> bool {
        let word = self.word_behind();
        let year = word.trim_end_matches('s');
        let is_year = year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit());
        is_year || ELISIONS.iter().any(|it| it.eq_ignore_ascii_case(word))
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›' | '`')
}

fn side(glyph: Glyph, around: &Around<'_>) -> Option<Side> {
    match glyph {
        Glyph::LeftDouble => Some(if around.closes_german() { Side::Either } else { Side::Open }),
        Glyph::LowDouble | Glyph::Backticks => Some(Side::Open),
        Glyph::LowSingle => (around.behind.is_alphanumeric() && !around.before.is_alphanumeric())
            .then_some(Side::Open),
        Glyph::LeftSingle => match (around.is_elision(), around.closes_german()) {
            (true, _) => None,
            (false, true) => Some(Side::Either),
            (false, false) => (!around.before.is_alphanumeric()).then_some(Side::Open),
        },
        Glyph::LeftAngle | Glyph::RightAngle => Some(guillemet(glyph, around)),
        Glyph::RightDouble => Some(right_double(around)),
        Glyph::StraightDouble | Glyph::Apostrophes => straight_double(around),
        Glyph::StraightSingle | Glyph::RightSingle => single(glyph, around),
    }
}

impl Around<'_> {
    /// “ and ‘ end a quote in German („…“): they touch the word before them and none behind.
    fn closes_german(&self) -> bool {
        !self.before.is_whitespace()
            && !matches!(self.before, '(' | '[' | '—' | '–' | '/' | '-')
            && !is_mark(self.before)
            && !self.behind.is_alphanumeric()
    }
}

/// « opens in French and closes in German; a mark that touches only the word before it closes.
fn guillemet(glyph: Glyph, around: &Around<'_>) -> Side {
    let touches_before = !around.before.is_whitespace() && !is_mark(around.before);
    let stop = matches!(around.behind, '.' | ',' | ';' | ':' | '!' | '?' | ')');
    let touches_behind = !around.behind.is_whitespace() && !is_mark(around.behind) && !stop;
    match (glyph, touches_before, touches_behind) {
        (Glyph::LeftAngle, true, false) => Side::Either,
        (Glyph::LeftAngle, _, _) => Side::Open,
        (_, false, true) => Side::Either,
        _ => Side::Close,
    }
}

fn right_double(around: &Around<'_>) -> Side {
    if around.free_before() && around.behind.is_alphanumeric() {
        Side::Either // ”Swedish” and mistyped openings
    } else if around.before.is_ascii_digit() {
        Side::WeakClose
    } else {
        Side::Close
    }
}

fn straight_double(around: &Around<'_>) -> Option<Side> {
    if around.before == '=' {
        return None; // an attribute of mark-up
    }
    let free_before = around.free_before();
    let free_behind = !around.behind.is_alphanumeric()
        && !matches!(around.behind, '$' | '£' | '€' | '#' | '@' | '(' | '[');
    let side = match (free_before, free_behind) {
        (true, true) if around.behind.is_whitespace() => Side::Either,
        (false, _) if around.before.is_ascii_digit() => Side::WeakClose,
        (false, true) => Side::Close,
        (false, false) if around.before.is_alphanumeric() || is_mark(around.before) => Side::Either,
        (false, false) if matches!(around.before, '.' | ',' | '!' | '?' | '…') => Side::Either,
        (true, _) | (false, false) => Side::Open, // "…and so", :"word, -"word
    };
    Some(side)
}

fn single(glyph: Glyph, around: &Around<'_>) -> Option<Side> {
    let (before, behind) = (around.before, around.behind);
    if before.is_alphanumeric() && behind.is_alphanumeric() {
        return None; // an apostrophe, or feet and inches
    }
    let free_before = around.free_before();
    if free_before {
        if around.is_elision() || glyph == Glyph::RightSingle {
            return None;
        }
        return (behind.is_alphanumeric() || matches!(behind, '…' | '$' | '£' | '€' | '"' | '“'))
            .then_some(Side::Open);
    }
    if before.is_whitespace() {
        return None;
    }
    // rock ’n’ roll: the second of two apostrophes around one letter.
    let text = around.block.get(..around.start).unwrap_or_default();
    let mut back = text.chars().rev();
    if matches!(back.next(), Some('n' | 'N'))
        && matches!(back.next(), Some('’' | '\'' | '‘'))
        && back.next().is_none_or(char::is_whitespace)
    {
        return None;
    }
    let goes_on = behind.is_whitespace() && around.second_behind().is_alphanumeric();
    let plural = matches!(before, 's' | 'S' | 'x' | 'z');
    let clipped = text.ends_with("in") || text.ends_with('o');
    if before.is_ascii_digit() || (goes_on && (plural || clipped)) {
        return Some(Side::WeakClose);
    }
    Some(Side::Close)
}

/// A weak end of a quote is no end where a clear one follows before the next opening.
fn settle_weak(marks: &mut Vec<Mark>) {
    let mut clear_follows = [false; 2];
    let mut drop = Vec::new();
    for at in (0..marks.len()).rev() {
        let mark = marks[at];
        let slot = match mark.family {
            Family::Double => 0,
            Family::Single => 1,
            Family::Guillemet | Family::Angle => continue,
        };
        match mark.side {
            Side::Open => clear_follows[slot] = false,
            Side::Close | Side::Either => clear_follows[slot] = true,
            Side::WeakClose if clear_follows[slot] => drop.push(at),
            Side::WeakClose => marks[at].side = Side::Close,
        }
    }
    if !drop.is_empty() {
        let mut at = 0;
        marks.retain(|_| {
            at += 1;
            if drop.last() == Some(&(at - 1)) {
                drop.pop();
                return false;
            }
            true
        });
    }
}
