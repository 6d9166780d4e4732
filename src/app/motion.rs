//! Where the words, sentences and paragraphs around a place begin and end.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use crate::article::Article;
use crate::text::{TextRange, offset, segments};

/// What a character is to the motions by word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Word,
    Mark,
}

fn class(c: char) -> Class {
    match c {
        c if c.is_whitespace() => Class::Space,
        // An apostrophe inside a word does not end it; at its end it costs one more step.
        c if c.is_alphanumeric() || matches!(c, '_' | '’' | '\'') => Class::Word,
        _ => Class::Mark,
    }
}

/// Whether a character is part of the one before it: an accent, a joiner.
fn is_joined(c: char) -> bool {
    c.width() == Some(0)
}

/// The beginning of the next word, or the last character of the text.
pub fn word_forward(text: &str, place: u32) -> u32 {
    let mut chars = behind(text, place);
    let Some((_, first)) = chars.next() else { return place };
    let mut before = class(first);
    let mut last = place;
    for (at, c) in chars.filter(|(_, c)| !is_joined(*c)) {
        let here = class(c);
        last = place + offset(at);
        if here != Class::Space && here != before {
            return last;
        }
        before = here;
    }
    last
}

/// The beginning of this word, or of the one before where the place is that already.
pub fn word_back(text: &str, place: u32) -> u32 {
    let before = text.get(..place as usize).unwrap_or_default();
    run(before.char_indices().rev()).map_or(0, offset)
}

/// The last character of this word, or of the next one where the place is that already.
pub fn word_end(text: &str, place: u32) -> u32 {
    run(behind(text, place).skip(1)).map_or(place, |at| place + offset(at))
}

/// The last character of the first run of one class, with any white space before it passed over.
fn run(chars: impl Iterator<Item = (usize, char)>) -> Option<usize> {
    let whole = chars.filter(|(_, c)| !is_joined(*c));
    let mut words = whole.skip_while(|(_, c)| class(*c) == Class::Space);
    let (first, c) = words.next()?;
    Some(words.take_while(|(_, other)| class(*other) == class(c)).last().map_or(first, |it| it.0))
}

fn behind(text: &str, place: u32) -> impl Iterator<Item = (usize, char)> {
    text.get(place as usize..).unwrap_or_default().char_indices()
}

/// The character after (before where not `forward`) the one at `place`, by graphemes.
pub fn character(text: &str, place: u32, forward: bool) -> u32 {
    if forward {
        let rest = text.get(place as usize..).unwrap_or_default();
        let next = rest.grapheme_indices(true).nth(1);
        return next.map_or(place, |(at, _)| place + offset(at));
    }
    let before = text.get(..place as usize).unwrap_or_default();
    before.grapheme_indices(true).next_back().map_or(0, |(at, _)| offset(at))
}

/// The word around a place; nothing on a space or a mark.
pub fn word_at(text: &str, place: u32) -> Option<TextRange> {
    let first = text.get(place as usize..)?.chars().next()?;
    if class(first) != Class::Word {
        return None;
    }
    let is_word = |c: &char| class(*c) == Class::Word || is_joined(*c);
    let before: usize =
        text.get(..place as usize)?.chars().rev().take_while(is_word).map(char::len_utf8).sum();
    let behind: usize =
        text.get(place as usize..)?.chars().take_while(is_word).map(char::len_utf8).sum();
    let start = place - offset(before);
    let words = TextRange::new(start, place + offset(behind));
    let trimmed = words.of(text).trim_end_matches(['’', '\'']);
    Some(TextRange::new(start, start + offset(trimmed.len())))
}

/// The paragraph around a place.
pub fn paragraph_at(article: &Article, place: u32) -> Option<TextRange> {
    article.blocks.get(article.block_at(place)).map(|block| block.range)
}

/// The beginning of the next paragraph, or the end of the text; of this or the one before where
/// not `forward`.
pub fn paragraph(article: &Article, place: u32, forward: bool) -> u32 {
    let block = article.block_at(place);
    let start = |at: usize| article.blocks.get(at).map(|it| it.range.start);
    if forward {
        return start(block + 1).unwrap_or_else(|| last_place(article));
    }
    match start(block) {
        Some(here) if here < place => here,
        _ => block.checked_sub(1).and_then(start).unwrap_or(0),
    }
}

/// The sentence around a place, without white space at its end, within its segment of the block.
pub fn sentence_at(article: &Article, place: u32) -> Option<TextRange> {
    let segment = segment(article, place)?;
    let starts = sentences(&article.text, segment);
    let at = starts.partition_point(|&start| start <= place).checked_sub(1)?;
    let end = starts.get(at + 1).copied().unwrap_or(segment.end);
    let words = TextRange::new(starts[at], end).of(&article.text).trim_end();
    Some(TextRange::new(starts[at], starts[at] + offset(words.len())))
}

/// The beginning of the next sentence; of this one or the one before where not `forward`.
pub fn sentence(article: &Article, place: u32, forward: bool) -> u32 {
    let Some(here) = segment(article, place) else { return place };
    let starts = sentences(&article.text, here);
    let after = starts.partition_point(|&start| start <= place);
    if forward {
        let next = starts.get(after).copied();
        return next.unwrap_or_else(|| {
            let block = article.blocks[article.block_at(place)].range;
            if here.end < block.end { here.end } else { paragraph(article, place, true) }
        });
    }
    let start = starts.get(after.wrapping_sub(1)).copied().unwrap_or(here.start);
    if start < place {
        return start;
    }
    if after >= 2 {
        return starts[after - 2];
    }
    let block = article.block_at(place);
    let before = if here.start > article.blocks[block].range.start {
        here.start - 1
    } else if let Some(before) = block.checked_sub(1) {
        article.blocks[before].range.end.saturating_sub(1)
    } else {
        return place;
    };
    segment(article, before).and_then(|it| sentences(&article.text, it).pop()).unwrap_or(place)
}

fn segment(article: &Article, place: u32) -> Option<TextRange> {
    let block = article.blocks.get(article.block_at(place))?;
    Some(segments::segment_at(&article.text, block.range, block.kind.setting(), place))
}

/// Where the sentences of a passage begin, by the rules of UAX #29 with the stops of titles and
/// initials passed over.
fn sentences(text: &str, range: TextRange) -> Vec<u32> {
    let mut starts: Vec<u32> = Vec::new();
    let mut before = "";
    for (at, words) in range.of(text).split_sentence_bound_indices() {
        if starts.is_empty() || !ends_in_abbreviation(before) {
            starts.push(range.start + offset(at));
        }
        before = words;
    }
    starts
}

fn ends_in_abbreviation(words: &str) -> bool {
    const SHORT: [&str; 22] = [
        "Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Rep", "Gov", "Gen", "Col", "Lt", "St", "Jan",
        "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "No", "vs", "Rev",
    ];
    let Some(word) = words.trim_end().strip_suffix('.') else { return false };
    let word = word.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    SHORT.contains(&word) || (word.len() == 1 && word.starts_with(char::is_uppercase))
}

/// The last character of the article's last block.
pub fn last_place(article: &Article) -> u32 {
    let end = article.blocks.last().map_or(0, |block| block.range.end);
    character(&article.text, end, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_walked_in_both_directions() {
        let accents = "cafe\u{301} ole\u{301} e\u{301}t";
        assert_eq!([0, 7, 13].map(|at| word_forward(accents, at)), [7, 13, 16]);
        assert_eq!([16, 13, 7].map(|at| word_back(accents, at)), [13, 7, 0]);
        assert_eq!([0, 3].map(|at| word_end(accents, at)), [3, 9]);
        assert_eq!(word_at(accents, 8), Some(TextRange::new(7, 12)));
        let text = "It’s late, said Ann.";
        let mut stops = vec![0];
        while *stops.last().unwrap() != word_forward(text, *stops.last().unwrap()) {
            stops.push(word_forward(text, *stops.last().unwrap()));
        }
        let words: Vec<&str> = stops.iter().map(|&it| text.get(it as usize..).unwrap()).collect();
        assert_eq!(
            words,
            ["It’s late, said Ann.", "late, said Ann.", ", said Ann.", "said Ann.", "Ann.", "."]
        );
        assert_eq!(word_back(text, 7), 0);
        assert_eq!(word_end(text, 0), 5);
    }

    #[test]
    fn sentences_begin_after_stops_but_not_after_titles() {
        let text = "Dr. May left. She was late. “Go!” he said.";
        let article = crate::article::plain::read(text.to_owned(), "test");
        assert_eq!(sentence(&article, 0, true), 14);
        assert_eq!(sentence(&article, 14, false), 0);
        assert_eq!(sentence_at(&article, 20).unwrap().of(text), "She was late.");
    }

    proptest! {
        #[test]
        fn motions_stay_on_characters(text in "\\PC{0,60}", at in 0..60_usize) {
            let article = crate::article::plain::read(text.clone(), "test");
            let at = offset(text.floor_char_boundary(at.min(text.len())));
            for place in [
                word_forward(&text, at), word_back(&text, at), word_end(&text, at),
                character(&text, at, true), character(&text, at, false),
                sentence(&article, at, true), sentence(&article, at, false),
                paragraph(&article, at, true), paragraph(&article, at, false),
            ] {
                prop_assert!(text.is_char_boundary(place as usize));
            }
        }
    }
}
