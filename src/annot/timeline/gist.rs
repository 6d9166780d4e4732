//! Finds the clause around a time.

use super::phrase;
use crate::article::Article;
use crate::text::{TextRange, offset};

/// How far from a time its clause is looked for, in bytes.
const REACH: usize = 400;
/// A clause with fewer words beside the time says too little.
pub(super) const FEW_WORDS: usize = 4;
/// The most bytes of words in brackets that part no clauses.
const SHORT: u32 = 24;

/// The clause around a time: what happens then, in the article's own words.
///
/// Looks at a few hundred bytes, so rows can ask for it when they are drawn. The clause is cut at
/// commas, semicolons, dashes, and at conjunctions with a subject of their own; it grows to its
/// neighbour where it would say too little. The time itself is left out where it begins or ends the
/// clause, for it is shown beside it.
pub fn gist(article: &Article, range: TextRange) -> TextRange {
    let text = article.text.as_str();
    let end = range.end.min(offset(text.len()));
    let range = TextRange::new(range.start.min(end), end);
    let around = match article.blocks.get(article.block_at(range.start)) {
        Some(block) if block.range.covers(range) => block.range,
        _ => TextRange::of_bytes(0, text.len()),
    };
    let sentence = sentence_around(text, around, range);
    let cut = Cut::of(text, sentence, range);
    let (from, to) = cut.around_time();
    let clause = cut.told(from, to);
    // "The mayor, a farmer, was elected in 2018": the subject stands before the comma.
    if cut.lacks_subject(clause)
        && let Some(from) = cut.subject_before(clause)
    {
        return cut.told(from, to);
    }
    if phrase::begins_with_preposition(clause.of(text)) && !phrase::has_verb(clause.of(text)) {
        // "It was sold twice, in 1995 and again in 2018": the verb stands before the comma.
        if let Some(from) = cut.verb_before(clause) {
            return cut.told(from, to);
        }
        // "In a speech on Monday, she named nobody": it stands behind it.
        if let Some(to) = cut.verb_behind(to) {
            return cut.told(from, to);
        }
    }
    clause
}

/// A sentence in the pieces that its borders make, with the time in one of them.
struct Cut<'t> {
    text: &'t str,
    sentence: TextRange,
    time: TextRange,
    /// The borders before the time, in text order.
    before: Vec<TextRange>,
    /// Those behind it.
    behind: Vec<TextRange>,
}

impl<'t> Cut<'t> {
    fn of(text: &'t str, sentence: TextRange, time: TextRange) -> Self {
        let mut cut = Self { text, sentence, time, before: Vec::new(), behind: Vec::new() };
        let all: Vec<TextRange> = Borders::of(text, sentence).collect();
        let bracket = |it: Option<&TextRange>, mark: &str| it.is_some_and(|it| it.of(text) == mark);
        for (at, border) in all.iter().copied().enumerate() {
            // "the Falk Institute (FI)", "on Sunday night (4 March)": a few words in brackets part
            // no clauses, but for the time that stands in them.
            let other = match bracket(Some(&border), "(") {
                true if bracket(all.get(at + 1), ")") => all.get(at + 1),
                false if bracket(Some(&border), ")") && at > 0 && bracket(all.get(at - 1), "(") => {
                    all.get(at - 1)
                }
                _ => None,
            };
            let around = |other: &TextRange| {
                TextRange::new(border.start.min(other.start), border.end.max(other.end))
            };
            if other.map(around).is_some_and(|it| it.len() <= SHORT && !it.covers(time)) {
                continue;
            }
            if border.end <= time.start {
                cut.before.push(border);
            } else if border.start >= time.end {
                cut.behind.push(border);
            }
        }
        cut
    }

    /// Where the piece with the time begins, or one so many pieces before it.
    fn from(&self, pieces: usize) -> u32 {
        let at = self.before.len().checked_sub(pieces + 1);
        at.and_then(|at| self.before.get(at)).map_or(self.sentence.start, |border| border.end)
    }

    /// Where the piece with the time ends, or one so many pieces behind it.
    fn to(&self, pieces: usize) -> u32 {
        self.behind.get(pieces).map_or(self.sentence.end, |border| border.start)
    }

    /// The ends of the clause that is cut at the nearest borders and grows where it would say too
    /// little.
    fn around_time(&self) -> (u32, u32) {
        let text = self.text;
        let words =
            |from: u32, to: u32| TextRange::new(from, to).of(text).split_whitespace().count();
        let little = words(self.time.start, self.time.end) + FEW_WORDS;
        // "The mayor, who had waited, left": the verb stands behind the second comma.
        let relative = self.behind.first().is_some_and(|border| begins_relative(text, border.end));
        let (mut from, mut to) = (self.from(0), self.to(0));
        if relative && self.behind.len() > 1 {
            to = self.sentence.end;
        }
        if words(from, to) >= little {
            return (from, to);
        }
        let bracketed = text.as_bytes().get(to as usize) == Some(&b')');
        // The event stands behind "In 2018," and before ", in 2018" or "(2018)".
        if to < self.sentence.end && !bracketed {
            let wider = if relative { self.sentence.end } else { self.to(1) };
            to = if words(from, wider) < little { self.sentence.end } else { wider };
            return (from, to);
        }
        for pieces in 1..=self.before.len() {
            from = self.from(pieces);
            let piece = TextRange::new(from, self.before[self.before.len() - pieces].start);
            // "launched the shop, a seller of songs, in 2003": what the shop is is no event.
            if words(from, to) >= little && !phrase::is_apposition(piece.of(text)) {
                break;
            }
        }
        (from, to)
    }

    /// What is shown of a clause: without marks, conjunction and time at its ends.
    fn told(&self, from: u32, to: u32) -> TextRange {
        let clause = trimmed(self.text, TextRange::new(from, to), self.time);
        without_time(self.text, without_conjunction(self.text, clause, self.time), self.time)
    }

    /// Whether a clause begins with its verb, or with the time and then its verb: "at 8:30, was
    /// late".
    fn lacks_subject(&self, clause: TextRange) -> bool {
        let before = TextRange::new(clause.start, self.time.start.max(clause.start));
        let timed = clause.covers(self.time) && before.of(self.text).split_whitespace().count() < 2;
        let lacks = |words: &str| phrase::begins_with_verb(words) || begins_relative(words, 0);
        let rest = TextRange::new(self.time.end.min(clause.end), clause.end);
        lacks(clause.of(self.text))
            || timed && lacks(rest.of(self.text).trim_start_matches([' ', ',']))
    }

    /// Where the subject of a clause that begins with its verb begins; none where a mark parts
    /// them that ends a thought.
    fn subject_before(&self, clause: TextRange) -> Option<u32> {
        let first = self.before.iter().rposition(|border| border.end <= clause.start);
        // The time may stand between subject and verb: "The ship, on Monday, was lost".
        let Some(mut at) = first else {
            return (clause.start > self.sentence.start).then_some(self.sentence.start);
        };
        loop {
            if matches!(self.before[at].of(self.text).trim(), ";" | ":" | "(") {
                return None;
            }
            let start = at.checked_sub(1).map_or(self.sentence.start, |at| self.before[at].end);
            let piece = TextRange::new(start, self.before[at].start).of(self.text).trim();
            // "Berg, head of the council, was", "the ship, which sank, was"
            // What "who" stands for is before it: "her father, who built the pier".
            if begins_relative(self.text, clause.start) {
                return Some(start);
            }
            let more = phrase::is_apposition(piece)
                || begins_relative(piece, 0)
                || phrase::begins_with_verb(piece)
                || piece.starts_with(char::is_lowercase) && !phrase::has_verb(piece);
            match at.checked_sub(1) {
                Some(before) if more => at = before,
                _ => return Some(start),
            }
        }
    }

    /// Where the piece with a verb begins that stands before a clause.
    fn verb_before(&self, clause: TextRange) -> Option<u32> {
        let mut end = clause.start;
        for at in (0..self.before.len()).rev().filter(|&at| self.before[at].end <= clause.start) {
            if matches!(self.before[at].of(self.text).trim(), ";" | ":") {
                return None;
            }
            let start = at.checked_sub(1).map_or(self.sentence.start, |at| self.before[at].end);
            if phrase::has_verb(TextRange::new(start, end.max(start)).of(self.text)) {
                return Some(start);
            }
            end = start;
        }
        None
    }

    /// Where the clause ends that has a verb and begins behind `to`.
    fn verb_behind(&self, to: u32) -> Option<u32> {
        let first = self.behind.iter().position(|border| border.start >= to)?;
        let mut start = self.behind[first].end;
        for pieces in first + 1..=self.behind.len() {
            let end = self.to(pieces);
            if phrase::has_verb(TextRange::new(start, end).of(self.text)) {
                return Some(end);
            }
            start = end;
        }
        Some(self.sentence.end)
    }
}

fn begins_relative(text: &str, at: u32) -> bool {
    let word = text.get(at as usize..).unwrap_or_default().split_whitespace().next();
    matches!(word, Some("which" | "who" | "whose" | "whom" | "where"))
}

/// The clause without "and" and the like at its beginning.
fn without_conjunction(text: &str, clause: TextRange, time: TextRange) -> TextRange {
    let words = clause.of(text);
    let Some((first, rest)) = words.split_once(char::is_whitespace) else { return clause };
    let joins = matches!(first, "and" | "And" | "but" | "But" | "or" | "Or" | "so" | "yet")
        || first == "that" && phrase::begins_with_preposition(rest);
    if !joins {
        return clause;
    }
    let start = clause.end - offset(rest.trim_start().len());
    TextRange::new(start.min(time.start), clause.end)
}

/// The clause without the time at its beginning or end and the "in" or "on" before it, where enough
/// is left. Other prepositions say more than the time alone does: "since", "until".
fn without_time(text: &str, clause: TextRange, time: TextRange) -> TextRange {
    let is_plain = |words: &str| {
        matches!(words.trim(), "" | "in" | "In" | "on" | "On" | "at" | "At" | "during" | "During")
    };
    let says_enough = |range: TextRange| {
        range.of(text).split_whitespace().count() >= FEW_WORDS && !range.is_empty()
    };
    let (before, behind) =
        (TextRange::new(clause.start, time.start), TextRange::new(time.end, clause.end));
    if is_plain(before.of(text)) && begins_word(behind.of(text)) {
        let words = behind.of(text);
        // "in 1997 and 1998, she was"
        if words.starts_with(" and ") || words.starts_with(" or ") {
            return clause;
        }
        // "October is the month of storms."
        if phrase::begins_with_verb(words) && before.is_empty() {
            return clause;
        }
        let rest = words.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let rest = TextRange::new(behind.end - offset(rest.len()), behind.end);
        let rest = without_conjunction(text, rest, TextRange::new(rest.end, rest.end));
        if says_enough(rest) {
            return rest;
        }
    }
    if behind.is_empty() {
        let words = before.of(text).trim_end();
        let words = match words.rsplit_once(char::is_whitespace) {
            Some((rest, last)) if is_plain(last) => rest.trim_end(),
            Some((_, last)) if needs_more(last) => return clause,
            _ => words,
        };
        let words = words.trim_end_matches([',', '(', ' ']);
        let rest = TextRange::new(before.start, before.start + offset(words.len()));
        if begins_word(before.of(text).get(words.len()..).unwrap_or_default()) && says_enough(rest)
        {
            return rest;
        }
    }
    clause
}

/// Whether the word before a time makes no sense without it.
fn needs_more(word: &str) -> bool {
    const WORDS: [&str; 46] = [
        "a",
        "about",
        "after",
        "almost",
        "an",
        "and",
        "are",
        "around",
        "as",
        "be",
        "been",
        "before",
        "between",
        "by",
        "early",
        "for",
        "from",
        "his",
        "how",
        "is",
        "its",
        "late",
        "least",
        "mid",
        "most",
        "nearly",
        "no",
        "not",
        "of",
        "only",
        "or",
        "over",
        "since",
        "than",
        "that",
        "the",
        "this",
        "through",
        "throughout",
        "to",
        "until",
        "was",
        "were",
        "what",
        "with",
        "within",
    ];
    WORDS.binary_search(&word).is_ok()
}

/// Whether a word ends where these words go on: "2018, they", but not "2018’s".
fn begins_word(words: &str) -> bool {
    words.starts_with(|c: char| c.is_whitespace() || matches!(c, ',' | '('))
}

fn sentence_around(text: &str, around: TextRange, range: TextRange) -> TextRange {
    let bytes = text.as_bytes();
    let low = around.start.max(range.start.saturating_sub(offset(REACH))) as usize;
    let high = around.end.min(range.end.saturating_add(offset(REACH))) as usize;
    let (first, last) = (range.start as usize, range.end as usize);
    let mut from = low;
    for at in (low..first).rev() {
        if ends_sentence(bytes, at, high) {
            from = at + 1;
            break;
        }
    }
    let to = (last..high).find(|&at| ends_sentence(bytes, at, high)).map_or(high, |at| at + 1);
    let from = (from..=first).find(|&at| text.is_char_boundary(at)).unwrap_or(first);
    let to = (last..=to).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(last);
    TextRange::of_bytes(from, to)
}

/// Whether a sentence ends with the byte `at`: any of `!?`, or a full stop that belongs to no
/// abbreviation, before white space or a closing mark.
fn ends_sentence(bytes: &[u8], at: usize, high: usize) -> bool {
    let next = bytes.get(at + 1).filter(|_| at + 1 < high);
    let open = next.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b',');
    match bytes[at] {
        b'!' | b'?' => open,
        b'.' if open => {
            let letters = bytes[..at].iter().rev().take(8);
            let len = letters.take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let word = &bytes[at - len..at];
            let dotted = bytes[..at - len].last() == Some(&b'.');
            let rest = &bytes[at + 1..high];
            let follows = rest.iter().find(|byte| !byte.is_ascii_whitespace());
            let begins = follows.is_none_or(|byte| !byte.is_ascii_lowercase());
            match word {
                // "it was “sound”. Nobody": the full stop behind the mark.
                [] => {
                    let closed = |byte: &u8| !byte.is_ascii() || matches!(byte, b'"' | b')');
                    begins && bytes[..at].last().is_some_and(closed)
                }
                _ if !begins || phrase::is_abbreviation(word) => false,
                // "p.m. Nobody", "the U.S. Navy"
                [first, ending @ ..] if dotted => {
                    ending.len() > 2 && first.is_ascii_uppercase() || phrase::opens_sentence(rest)
                }
                [first, ..] if first.is_ascii_digit() => true,
                [_, _, ..] => true,
                _ => false,
            }
        }
        _ => false,
    }
}

/// The places where a sentence falls into clauses: what stands between two of them is a border.
struct Borders<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    /// Where the last border ended.
    border: usize,
}

impl<'t> Borders<'t> {
    fn of(text: &'t str, sentence: TextRange) -> Self {
        let start = sentence.start as usize;
        Self { text, at: start, end: sentence.end as usize, border: start }
    }

    /// How many words stand between the last border and the byte `at`; three are enough to know.
    fn words_since_border(&self, at: usize) -> usize {
        self.text.get(self.border..at).unwrap_or_default().split_whitespace().take(3).count()
    }

    /// Whether the comma at `at` parts two words of one phrase: "the brutal, cowardly attack", "in
    /// Salem, Oregon, on Friday".
    fn within_phrase(&self, at: usize) -> bool {
        let before = self.text.get(self.border..at).unwrap_or_default();
        let behind = self.text.get(at + 1..self.end).unwrap_or_default();
        phrase::parts_adjectives(before, behind) || phrase::parts_places(before, behind)
    }

    /// The conjunction at `at` with a subject behind it.
    fn conjunction(&self, at: usize) -> bool {
        let rest = self.text.get(at..self.end).unwrap_or_default();
        let mut words = rest.split_whitespace();
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        match first {
            "because" | "although" | "though" | "whereas" => true,
            // "It said that in 2018 the town had banned every car."
            "that" => matches!(second, "in" | "on" | "by" | "since" | "as" | "during"),
            // "My father and I have agreed": two subjects, and no clause before.
            "and" | "but" | "while" | "so" if self.words_since_border(at) < 3 => false,
            "and" | "but" | "while" | "so" => {
                matches!(second, "he" | "she" | "it" | "they" | "we" | "I" | "you" | "the")
            }
            _ => false,
        }
    }
}

impl Iterator for Borders<'_> {
    type Item = TextRange;

    fn next(&mut self) -> Option<TextRange> {
        let bytes = self.text.as_bytes();
        while self.at < self.end {
            let at = self.at;
            self.at += 1;
            let after = bytes.get(at + 1).copied().unwrap_or(b' ');
            let len = match bytes[at] {
                b',' => {
                    // "October 22, 2024" is one time.
                    let number = bytes.get(at + 2).is_some_and(u8::is_ascii_digit);
                    let border = after.is_ascii_whitespace() && !number;
                    usize::from(border && !self.within_phrase(at))
                }
                b':' => usize::from(after.is_ascii_whitespace()),
                b';' | b'(' | b')' => 1,
                0xE2 if bytes.get(at + 1) == Some(&0x80)
                    && matches!(bytes.get(at + 2), Some(0x93 | 0x94))
                    && at > 0
                    && bytes[at - 1].is_ascii_whitespace() =>
                {
                    3
                }
                b' ' if self.conjunction(at + 1) => 1,
                _ => 0,
            };
            if len > 0 {
                self.at = at + len;
                self.border = self.at;
                return Some(TextRange::of_bytes(at, (at + len).min(self.end)));
            }
        }
        None
    }
}

/// Without white space, marks and "and" at the ends, but never less than the time itself.
fn trimmed(text: &str, range: TextRange, at_least: TextRange) -> TextRange {
    let words = range.of(text);
    let loose = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '.' | '“' | '”' | '"' | '(')
    };
    let start = range.start + offset(words.len() - words.trim_start_matches(loose).len());
    let end = range.end - offset(words.len() - words.trim_end_matches(loose).len());
    TextRange::new(start.min(at_least.start), end.max(at_least.end))
}
