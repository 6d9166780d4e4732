//! Searches in the text, for `/`, `n`, `N` and `*`.
//!
//! A pattern is a regular expression. In all lower case it finds capitals too; white space in it
//! finds any white space, also line ends; an apostrophe or a quotation mark finds every form of
//! its kind.

use regex::{Regex, RegexBuilder};

use super::TextRange;
use crate::error::{Error, Result};

/// What is searched for.
#[derive(Clone, Debug)]
pub struct Pattern {
    regex: Regex,
}

impl Pattern {
    /// Reads a pattern as a reader types it.
    pub fn new(typed: &str) -> Result<Self> {
        if typed.is_empty() {
            return Err(Error::new("there is nothing to search for").hint("type a word behind `/`"));
        }
        Self::build(&in_any_form(typed), is_lower(typed)).map_err(|error| {
            let error = error.to_string();
            let reason = match error.lines().last().and_then(|line| line.split_once("error: ")) {
                Some((_, reason)) => reason,
                None => "it grows too large",
            };
            Error::new(format!("`{typed}` cannot be searched for: {reason}"))
                .hint("signs such as ( [ * ? have a meaning in a pattern; write \\( for ( itself")
        })
    }

    /// Finds these words themselves, and only whole words.
    pub fn whole_words(words: &str) -> Result<Self> {
        let edge = |c: Option<char>| if c.is_some_and(is_word) { r"\b" } else { "" };
        let (before, behind) = (edge(words.chars().next()), edge(words.chars().next_back()));
        let escaped = in_any_form(&regex::escape(words));
        Self::build(&format!("{before}{escaped}{behind}"), is_lower(words))
            .map_err(|_| Error::new("there is no word to search for here"))
    }

    fn build(pattern: &str, any_case: bool) -> std::result::Result<Self, regex::Error> {
        let mut builder = RegexBuilder::new(pattern);
        let regex =
            builder.case_insensitive(any_case).multi_line(true).size_limit(LARGEST).build()?;
        Ok(Self { regex })
    }

    /// All matches in the text's order. None is empty.
    pub fn matches<'t>(&self, text: &'t str) -> impl Iterator<Item = TextRange> + use<'_, 't> {
        self.between(text, 0, text.len())
    }

    /// The matches that share a character with a passage, such as what is on the screen. The cost
    /// depends on the passage, not on the text.
    pub fn matches_in<'t>(
        &self,
        text: &'t str,
        range: TextRange,
    ) -> impl Iterator<Item = TextRange> + use<'_, 't> {
        let start = text.floor_char_boundary((range.start as usize).saturating_sub(MARGIN));
        self.between(text, start, range.end as usize).filter(move |found| found.overlaps(range))
    }

    /// The first match that begins at `place` or behind it.
    pub fn next_from(&self, text: &str, place: u32) -> Option<TextRange> {
        self.at_or_behind(text, text.ceil_char_boundary(place as usize))
    }

    /// The last match that begins before `place`. The cost depends on how far away it is.
    ///
    /// A match of more than 4 KB is found only where its beginning alone matches too.
    pub fn previous_before(&self, text: &str, place: u32) -> Option<TextRange> {
        let mut end = text.floor_char_boundary(place as usize);
        let mut window = MARGIN;
        while end > 0 {
            let start = text.floor_char_boundary(end.saturating_sub(window));
            if let Some(last) = self.between(text, start, end).last() {
                return Some(last);
            }
            (end, window) = (start, window * 4);
        }
        None
    }

    /// The matches that begin from `start` up to `end`, without a look at all of the text.
    fn between<'t>(
        &self,
        text: &'t str,
        start: usize,
        end: usize,
    ) -> impl Iterator<Item = TextRange> + use<'_, 't> {
        let stop = text.ceil_char_boundary(end.saturating_add(MARGIN));
        let seen = text.get(..stop).unwrap_or(text);
        let mut at = start;
        std::iter::from_fn(move || {
            let mut found = self.at_or_behind(seen, at).filter(|_| at < end)?;
            if found.end as usize == stop && stop < text.len() {
                // What is cut off may be another match or none.
                found = self.at_or_behind(text, found.start as usize)?;
            }
            at = found.end as usize;
            ((found.start as usize) < end).then_some(found)
        })
    }

    fn at_or_behind(&self, text: &str, mut at: usize) -> Option<TextRange> {
        for _ in 0..EMPTY_MATCHES {
            if at > text.len() {
                return None;
            }
            let found = self.regex.find_at(text, at)?;
            if !found.is_empty() {
                return Some(TextRange::of_bytes(found.start(), found.end()));
            }
            at = text.ceil_char_boundary(found.end() + 1).max(found.end() + 1);
        }
        None
    }
}

/// How far around a passage matches are looked for, in bytes.
const MARGIN: usize = 4096;
/// How many empty matches (`x*` where no x is) are passed over before a search gives up.
const EMPTY_MATCHES: usize = 200_000;
/// The largest compiled pattern, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// Smart case: a pattern without capitals finds them too. Classes such as `\S` are no capitals.
fn is_lower(typed: &str) -> bool {
    let mut escaped = false;
    !typed.chars().any(|c| {
        let class = escaped;
        escaped = c == '\\' && !class;
        c.is_uppercase() && !class
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The pattern with white space, apostrophes and quotation marks in all their forms.
fn in_any_form(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let (mut class, mut escaped) = (0_u32, false);
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let literal = std::mem::replace(&mut escaped, false);
        match c {
            '\\' if !literal => escaped = true,
            '[' if !literal => class += 1,
            ']' if !literal => class = class.saturating_sub(1),
            _ => {}
        }
        match c {
            _ if class > 0 => out.push(c),
            c if c.is_whitespace() => {
                while chars.next_if(|c| c.is_whitespace()).is_some() {}
                let counted = matches!(chars.peek(), Some('*' | '+' | '?' | '{'));
                if literal {
                    out.pop();
                }
                out.push_str(if counted { r"\s" } else { r"\s+" });
            }
            '\'' | '’' | '‘' | 'ʼ' if !literal => out.push_str("['’‘ʼ]"),
            '"' | '“' | '”' | '„' if !literal => out.push_str("[\"“”„]"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::offset;
    use proptest::prelude::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, found: &[&str]) {
        let pattern = Pattern::new(pattern).unwrap();
        let matches: Vec<_> = pattern.matches(text).map(|range| range.of(text)).collect();
        assert_eq!(matches, found, "{text}");
    }

    #[test]
    fn patterns_find_what_a_reader_means() {
        check("putin", "Putin and putin", &["Putin", "putin"]);
        check("Putin", "Putin and putin", &["Putin"]);
        check("école", "École", &["École"]);
        check(r"\Sa", "XA ba", &["XA", "ba"]);
        check("the wall", "the\n    wall, The  wall", &["the\n    wall", "The  wall"]);
        check("don't", "don’t don't", &["don’t", "don't"]);
        check("“no”", "\"no\" “no”", &["\"no\"", "“no”"]);
        check("m[ae]n", "man men min", &["man", "men"]);
        check("[a b]c", "ac  c", &["ac", " c"]);
        check("a *b", "ab a  b", &["ab", "a  b"]);
        check("x*", "axxb", &["xx"]);
        check("^one$", "one\none two\none", &["one", "one"]);
        check("京", "東京京", &["京", "京"]);
    }

    #[test]
    fn a_word_is_found_whole() {
        let found =
            |words: &str, text: &str| Pattern::whole_words(words).unwrap().matches(text).count();
        assert_eq!(found("war", "war warm (war) War post-war"), 4);
        assert_eq!(found("CRT", "CRT crt CRTs"), 1);
        assert_eq!(found("U.S.", "U.S. UxSx U.S.A."), 2);
        assert_eq!(found("Mr Vaasa", "Mr\nVaasa"), 1);
    }

    #[test]
    fn what_is_no_pattern_is_said() {
        let error = Pattern::new("(one").unwrap_err();
        assert_eq!(error.to_string(), "`(one` cannot be searched for: unclosed group");
        assert!(error.hint_text().is_some());
        assert!(Pattern::new("").is_err());
        assert!(Pattern::new("(a{1000}){1000}").unwrap_err().to_string().contains("too large"));
    }

    #[test]
    fn steps_stay_near() {
        let text = format!("here {} there {}here", "x ".repeat(40_000), "y ".repeat(9000));
        let pattern = Pattern::new("here").unwrap();
        let last = pattern.previous_before(&text, offset(text.len())).unwrap();
        assert_eq!(last.end as usize, text.len());
        let middle = pattern.previous_before(&text, last.start).unwrap();
        assert_eq!(pattern.next_from(&text, middle.start), Some(middle));
        assert_eq!(pattern.next_from(&text, middle.start + 1), Some(last));
        assert_eq!(pattern.previous_before(&text, middle.start), Some(TextRange::new(0, 4)));
        assert_eq!(pattern.previous_before(&text, 0), None);
        assert_eq!(pattern.matches_in(&text, TextRange::new(2, 9)).count(), 1);
    }

    #[test]
    fn a_match_may_be_long() {
        let text = format!("a{}b", "x".repeat(50_000));
        let pattern = Pattern::new("ax*b?").unwrap();
        assert_eq!(pattern.previous_before(&text, 1).map(TextRange::len), Some(50_002));
        let pattern = Pattern::new(r"xx\b").unwrap();
        assert_eq!(pattern.previous_before(&text, 9000), None);
    }

    proptest! {
        #[test]
        fn forwards_and_backwards_agree(text in "[ab é\n]{0,200}", word in "[ab]{1,2}", place: prop::sample::Index) {
            let pattern = Pattern::new(&word).unwrap();
            let all: Vec<_> = text.match_indices(&word).map(|(at, word)| TextRange::of_bytes(at, at + word.len())).collect();
            prop_assert_eq!(pattern.matches(&text).collect::<Vec<_>>(), &all[..]);
            let place = offset(place.index(text.len() + 1));
            let next = pattern.next_from(&text, place);
            prop_assert!(next.is_none_or(|next| next.start >= place && next.of(&text) == word));
            prop_assert_eq!(pattern.previous_before(&text, place), all.iter().rfind(|found| found.start < place).copied());
        }

        #[test]
        fn anything_may_be_typed(typed in "\\PC{1,20}", text in "\\PC{0,60}") {
            if let Ok(pattern) = Pattern::new(&typed) {
                prop_assert!(pattern.matches(&text).count() <= text.len());
                pattern.previous_before(&text, 30);
            }
            if let Ok(pattern) = Pattern::whole_words(&typed) {
                prop_assert!(pattern.matches(&typed).all(|found| !found.is_empty()));
            }
        }
    }
}
