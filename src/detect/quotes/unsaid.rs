//! Whole sentences between marks that nobody near says, and what tells that nobody does.

use super::form;
use crate::text::TextRange;

/// Where a quote stands whose speaker no words name.
#[derive(Clone, Copy, Debug)]
pub(in crate::detect) struct Place {
    /// The paragraph.
    pub(in crate::detect) block: TextRange,
    /// The quote with its marks.
    pub(in crate::detect) outer: TextRange,
    /// Whether no mark closes it.
    pub(in crate::detect) unclosed: bool,
    /// Whether no quote stands in the paragraphs beside its own, so that it belongs to none.
    pub(in crate::detect) apart: bool,
}

/// Why whole sentences between marks are not shown as somebody’s speech: the rule’s name.
pub(in crate::detect) fn unsaid(text: &str, place: Place) -> Option<&'static str> {
    let before = TextRange::new(place.block.start.min(place.outer.start), place.outer.start);
    let before = before.of(text).trim_end();
    let end = place.block.end.max(place.outer.end);
    let behind = TextRange::new(place.outer.end, end).of(text);
    let words = place.outer.of(text);
    if place.unclosed {
        return Some("quote-unclosed");
    }
    if is_source(behind) || in_brackets(before, words, behind) {
        return Some("quote-excerpt");
    }
    if heads(before, words, behind) {
        return Some("quote-title");
    }
    if is_saying(before) {
        return Some("quote-term");
    }
    let closed = behind.trim_matches(['.', ' ', '”', '"', '’']).is_empty();
    let alone = before.is_empty() && closed && place.apart;
    alone.then_some("quote-alone")
}

/// "[Harbour News]", "https://…", "(2015)": where the words were taken from.
fn is_source(behind: &str) -> bool {
    const LONGEST: usize = 60;
    let behind = behind.trim_start_matches(['.', ' ', '“', '”', '"']);
    let enclosed = |open: char, close: char| {
        let inner = behind.strip_prefix(open)?;
        let end = inner.bytes().take(LONGEST).position(|it| char::from(it) == close)?;
        inner.get(..end)
    };
    let address = ["http://", "https://", "www."].iter().any(|it| behind.starts_with(it));
    let named = enclosed('[', ']').is_some_and(|it| it.starts_with(char::is_uppercase));
    let year = |it: &str| it.len() == 4 && it.bytes().all(|byte| byte.is_ascii_digit());
    address || named || enclosed('(', ')').is_some_and(|it| it.split(' ').any(year))
}

/// "(“The ferry is late,” Harbour News, 3 May)": a letter’s or a paper’s way to cite.
fn in_brackets(before: &str, words: &str, behind: &str) -> bool {
    const LONGEST: usize = 80;
    let comma = words.trim_end_matches(['”', '"', '’', '\'', '»']).ends_with(',');
    let end = behind.bytes().take(LONGEST).position(|it| it == b')');
    before.ends_with('(') && comma && end.is_some()
}

/// "her column, “The ferry is late,” was read by many": what it is stands before it, and the
/// sentence goes on with it as its subject or object.
fn heads(before: &str, words: &str, behind: &str) -> bool {
    const LONG: usize = 12;
    let goes_on = behind.starts_with(' ') && !behind.trim_start().is_empty();
    let short = words.split_whitespace().take(LONG + 1).count() <= LONG;
    goes_on && short && before.ends_with(',') && form::is_writing(before)
}

/// "the old adage, “…”": many say it, and nobody here.
fn is_saying(before: &str) -> bool {
    let end = before.trim_end_matches([',', ':', ' ']);
    ["adage", "maxim", "proverb", "old saying", "axiom"].iter().any(|it| end.ends_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rule for the first quote in curly marks of a paragraph.
    #[track_caller]
    fn check(paragraph: &str, rule: Option<&str>) {
        let at = |mark| paragraph.find(mark).expect("the marks are there");
        let outer = TextRange::of_bytes(at('“'), at('”') + '”'.len_utf8());
        let block = TextRange::of_bytes(0, paragraph.len());
        let place = Place { block, outer, unclosed: false, apart: true };
        assert_eq!(unsaid(paragraph, place), rule, "in {paragraph}");
    }

    #[test]
    fn what_stands_behind_tells_the_source() {
        check(
            "FERRY LATE “The boat came at noon, and nobody knows why.” [Harbour News]",
            Some("quote-excerpt"),
        );
        check("“The boat came at noon.” https://harbour.example/late", Some("quote-excerpt"));
        check("“No tunnel under our town!” (poster, 2015)", Some("quote-excerpt"));
        check(
            "I agree with her (“The ferry is late again,” Harbour News, 3 May).",
            Some("quote-excerpt"),
        );
        check("They cried: “The ferry is late!” [they laugh] and left.", None);
        check("They cried: “The ferry is late!” (all of them) and left.", None);
    }

    #[test]
    fn what_stands_before_tells_what_it_is() {
        check(
            "Her commentary, “Tell us when the boat comes,” is worth a look.",
            Some("quote-title"),
        );
        check("There is the adage “Those who wait for it see no boat.”", Some("quote-term"));
        check("Her day, “Tell us when the boat comes,” is worth a look.", None);
    }

    #[test]
    fn a_paragraph_of_nothing_else_belongs_to_nobody() {
        check("“The boat came at noon.”", Some("quote-alone"));
        check("And then “The boat came at noon.”", None);
        let text = "“The boat came at noon.”";
        let block = TextRange::of_bytes(0, text.len());
        let place = Place { block, outer: block, unclosed: false, apart: false };
        assert_eq!(unsaid(text, place), None);
        assert_eq!(unsaid(text, Place { unclosed: true, ..place }), Some("quote-unclosed"));
    }
}
