//! Finds the clause around a time.

use crate::article::Article;
use crate::text::{TextRange, offset};

/// How far from a time its clause is looked for, in bytes.
const REACH: usize = 400;
/// A clause with fewer words beside the time says too little.
pub(super) const FEW_WORDS: usize = 4;

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
    let (mut from, mut to) = (sentence.start, sentence.end);
    let (mut wider_from, mut wider_to) = (from, to);
    let mut widest_from = from;
    let mut relative = false;
    for border in Borders::of(text, sentence) {
        if border.end <= range.start {
            widest_from = wider_from;
            wider_from = from;
            from = border.end;
        } else if border.start >= range.end {
            if to == sentence.end {
                to = border.start;
                relative = begins_relative(text, border.end);
            } else if relative {
                // "The mayor, who had waited, left": the verb stands behind the second comma.
                relative = false;
                to = sentence.end;
            } else if wider_to == sentence.end {
                wider_to = border.start;
            }
        }
    }
    let words = |from: u32, to: u32| TextRange::new(from, to).of(text).split_whitespace().count();
    let little = words(range.start, range.end) + FEW_WORDS;
    let bracketed = text.as_bytes().get(to as usize) == Some(&b')');
    if words(from, to) < little {
        // The event stands behind "In 2018," and before ", in 2018" or "(2018)".
        if to < sentence.end && !bracketed {
            to = if words(from, wider_to) < little { sentence.end } else { wider_to };
        } else {
            from = if words(wider_from, to) < little { widest_from } else { wider_from };
        }
    }
    let clause = trimmed(text, TextRange::new(from, to), range);
    without_time(text, without_conjunction(text, clause, range), range)
}

fn begins_relative(text: &str, at: u32) -> bool {
    let word = text.get(at as usize..).unwrap_or_default().split_whitespace().next();
    matches!(word, Some("which" | "who" | "whose" | "whom" | "where"))
}

/// The clause without "and" and the like at its beginning.
fn without_conjunction(text: &str, clause: TextRange, time: TextRange) -> TextRange {
    let words = clause.of(text);
    let Some((first, rest)) = words.split_once(char::is_whitespace) else { return clause };
    if !matches!(first, "and" | "And" | "but" | "But" | "or" | "Or" | "so" | "yet") {
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

/// Whether a sentence ends with the byte `at`: a full stop behind a word of more than three
/// letters, or any of `!?`, before white space or a closing mark.
fn ends_sentence(bytes: &[u8], at: usize, high: usize) -> bool {
    let next = bytes.get(at + 1).filter(|_| at + 1 < high);
    let open = next.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b',');
    match bytes[at] {
        b'!' | b'?' => open,
        b'.' => {
            let letters = bytes[..at].iter().rev().take(4);
            let word = letters.take_while(|byte| byte.is_ascii_alphanumeric()).count();
            open && word > 3
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

    /// The conjunction at `at` with a subject behind it.
    fn conjunction(&self, at: usize) -> bool {
        let rest = self.text.get(at..self.end).unwrap_or_default();
        let mut words = rest.split_whitespace();
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        match first {
            "because" | "although" | "though" | "whereas" => true,
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
                    usize::from(after.is_ascii_whitespace() && !number)
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
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '.' | '“' | '”' | '"')
    };
    let start = range.start + offset(words.len() - words.trim_start_matches(loose).len());
    let end = range.end - offset(words.len() - words.trim_end_matches(loose).len());
    TextRange::new(start.min(at_least.start), end.max(at_least.end))
}
