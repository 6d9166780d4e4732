//! Searching the list while one types, without regard to the order of the words.

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32String};

use super::ShelfRow;

/// What searching and sorting want to know of a row, made once.
#[derive(Debug)]
pub(super) struct Ready {
    /// The title in small letters.
    pub(super) title: String,
    /// The publisher in small letters.
    pub(super) publisher: String,
    /// What is searched, the title first.
    fields: [Utf32String; 4],
}

impl Ready {
    pub(super) fn new(row: &ShelfRow) -> Self {
        Self {
            title: row.name().to_lowercase(),
            publisher: row.publisher.to_lowercase(),
            fields: [
                haystack(row.name()),
                haystack(&row.publisher),
                haystack(&row.authors.join(", ")),
                haystack(&row.tags.join(" ")),
            ],
        }
    }
}

/// Looks for the words of a query, each of which has to be found somewhere in a row.
#[derive(Debug)]
pub struct Finder {
    words: Vec<Atom>,
    matcher: Matcher,
}

/// The most words of a query, and the most characters of one and of what is searched: the matcher
/// counts in small numbers.
const WORDS: usize = 16;
const WORD: usize = 64;
const FIELD: usize = 1024;

/// What a match in the title is worth beside one elsewhere: as much as the beginning of a word.
const IN_TITLE: u32 = 8;

/// The longest stretch over which the letters of a word may stand, in lengths of the word, and
/// some letters more: over a longer one they stand in that order by chance.
const NEAR: (usize, usize) = (3, 2);

impl Finder {
    /// For what is typed; nothing where no word is. Large letters match only large ones, small
    /// ones match both.
    pub fn new(typed: &str) -> Option<Self> {
        let word = |word: &str| {
            let word: String = word.chars().take(WORD).collect();
            let (case, accents) = (CaseMatching::Smart, Normalization::Smart);
            Atom::new(&word, case, accents, AtomKind::Fuzzy, false)
        };
        let words: Vec<Atom> = typed.split_whitespace().take(WORDS).map(word).collect();
        (!words.is_empty()).then(|| Self { words, matcher: Matcher::new(Config::DEFAULT) })
    }

    /// How well a row matches; nothing where a word is not found.
    pub(super) fn score(&mut self, row: &Ready) -> Option<u32> {
        let mut sum = 0;
        let mut places = Vec::new();
        for word in &self.words {
            let mut best = None;
            for (at, field) in row.fields.iter().enumerate() {
                places.clear();
                if let Some(score) = find(word, field, &mut self.matcher, &mut places) {
                    best = best.max(Some(score + if at == 0 { IN_TITLE } else { 0 }));
                }
            }
            sum += best?;
        }
        Some(sum)
    }

    /// The characters of a text that any of the words matches, counted from its beginning, in
    /// order.
    pub fn places(&mut self, text: &str) -> Vec<u32> {
        let field = haystack(text);
        let mut all = Vec::new();
        let mut places = Vec::new();
        for word in &self.words {
            places.clear();
            if find(word, &field, &mut self.matcher, &mut places).is_some() {
                all.append(&mut places);
            }
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// How well a word matches a text, with the places of its letters there; nothing where they are
/// too far apart.
fn find(
    word: &Atom,
    field: &Utf32String,
    matcher: &mut Matcher,
    places: &mut Vec<u32>,
) -> Option<u32> {
    let score = word.indices(field.slice(..), matcher, places)?;
    let stretch = places.last()? - places.first()? + 1;
    let most = word.needle_text().len() * NEAR.0 + NEAR.1;
    (stretch as usize <= most).then_some(score.into())
}

/// A text as the matcher wants it: a character an element, so that what it finds can be counted
/// in the text.
fn haystack(text: &str) -> Utf32String {
    let end = text.char_indices().nth(FIELD).map_or(text.len(), |(at, _)| at);
    let text = text.get(..end).unwrap_or_default();
    if text.is_ascii() {
        Utf32String::Ascii(text.into())
    } else {
        Utf32String::Unicode(text.chars().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matched characters in brackets; nothing where the title does not match.
    #[track_caller]
    fn check(typed: &str, title: &str, wanted: &str) {
        let row = Ready::new(&ShelfRow { title: title.into(), ..ShelfRow::default() });
        let mut finder = Finder::new(typed).unwrap();
        if finder.score(&row).is_none() {
            assert_eq!("", wanted, "{typed}");
            return;
        }
        let places = finder.places(title);
        let mark = |(at, c): (u32, char)| {
            if places.contains(&at) { format!("[{c}]") } else { c.to_string() }
        };
        let shown: String = (0..).zip(title.chars()).map(mark).collect();
        assert_eq!(shown.replace("][", ""), wanted, "{typed}");
    }

    #[test]
    fn words_are_found_in_any_order() {
        check("harb", "The harbour opens", "The [harb]our opens");
        check("opens the", "The harbour opens", "[The] harbour [opens]");
        check("hrbr", "The harbour opens", "The [h]a[rb]ou[r] opens");
        check("thop", "The harbour opens", "[Th]e harbour [op]ens");
        check("Harb", "The harbour opens", "");
        check("Harb", "The Harbour opens", "The [Harb]our opens");
        check("opens shuts", "The harbour opens", "");
        check("cafe", "Night café", "Night [café]");
        check("東京", "港 東京 市", "港 [東京] 市");
    }

    #[test]
    fn letters_far_apart_are_chance() {
        check("sea", "They say that it reads well", "");
        check("apgit", "The harbour opens again in the night", "");
        check("ferry", "For every rower, a year", "");
    }

    #[test]
    fn nothing_is_looked_for_without_a_word() {
        assert!(Finder::new("").is_none() && Finder::new(" \t").is_none());
    }

    #[test]
    fn the_longest_query_is_short_enough() {
        let mut finder = Finder::new(&"ab".repeat(4000)).unwrap();
        let row = ShelfRow { title: "ab".repeat(100_000), ..ShelfRow::default() };
        assert!(finder.score(&Ready::new(&row)).is_some());
        let words = "é ".repeat(4000);
        assert!(Finder::new(&words).unwrap().score(&Ready::new(&row)).is_none());
    }
}
