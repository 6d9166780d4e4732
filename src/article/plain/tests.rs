use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::article::Meta;
use crate::text::offset;
use BlockKind::{Byline, Code, Credit, Dateline, Heading, ListItem, Paragraph, Quote, Title};

/// Every block on a line: its kind, then its words as they are seen.
fn picture(text: &str) -> String {
    read(text.to_owned(), "-").blocks.iter().fold(String::new(), |mut picture, block| {
        let words = crate::text::visible(block.range.of(text)).into_owned();
        let kind = format!("{:?}", block.kind);
        let kind = kind.split('(').next().unwrap_or_default();
        writeln!(picture, "{kind}: {words}").expect("a String takes everything");
        picture
    })
}

#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    assert_eq!(picture(text).lines().collect::<Vec<_>>(), wanted, "{text}");
}

const LONG: &str = "The harbour office said on Monday that the wall would be finished before the first storms of the autumn, as planned.";

/// The words in lines of at most `columns`, as an editor wraps them.
fn wrapped(words: &str, columns: usize) -> String {
    let mut text = String::new();
    let mut used = 0;
    for word in words.split(' ') {
        let length = word.chars().count();
        let fits = used + length < columns;
        text.push_str(match (used, fits) {
            (0, _) => "",
            (_, true) => " ",
            (_, false) => "\n",
        });
        used = if fits { used + usize::from(used > 0) + length } else { length };
        text.push_str(word);
    }
    text
}

#[test]
fn every_line_is_a_paragraph() {
    let text = format!(
        "Wall Will Be Finished Before the Storms.\n{LONG}\n“No doubt,” it added.\n{LONG}\nCredit: The Harbour Post"
    );
    let long = format!("Paragraph: {LONG}");
    check(
        &text,
        &[
            "Title: Wall Will Be Finished Before the Storms.",
            &long,
            "Paragraph: “No doubt,” it added.",
            &long,
            "Credit: Credit: The Harbour Post",
        ],
    );
    let meta = read(text, "a.txt").meta;
    assert_eq!(meta.title.as_deref(), Some("Wall Will Be Finished Before the Storms"));
    assert_eq!(meta.publisher.as_deref(), Some("The Harbour Post"));
    assert_eq!((meta.published, meta.source.as_str()), (None, "a.txt"));
}

#[test]
fn wrapped_lines_are_joined() {
    let text = "Wall to be finished in time\nBy Jane Doe | 2 May 2010\n\nThe harbour office said on Monday\r\nthat the wall would be finished\nbefore the storms of the autumn.\n\n“No doubt,” it added, and sent a\npicture of the wall.\n";
    check(
        text,
        &[
            "Title: Wall to be finished in time",
            "Byline: By Jane Doe | 2 May 2010",
            "Paragraph: The harbour office said on Monday that the wall would be finished before the storms of the autumn.",
            "Paragraph: “No doubt,” it added, and sent a picture of the wall.",
        ],
    );
    let meta = read(text.to_owned(), "-").meta;
    assert_eq!(meta.authors, ["Jane Doe"]);
    assert_eq!(meta.published.unwrap().to_string(), "2010-05-02");
}

#[test]
fn indented_first_lines_begin_paragraphs() {
    let text = "   The harbour office said on Monday\nthat the wall would be finished\nbefore the storms of the autumn.\n   Nobody believed it, and so they\nall went to see for themselves how\nhigh it was.\n";
    check(
        text,
        &[
            "Paragraph: The harbour office said on Monday that the wall would be finished before the storms of the autumn.",
            "Paragraph: Nobody believed it, and so they all went to see for themselves how high it was.",
        ],
    );
}

#[test]
fn verse_stays_in_lines() {
    let verse =
        "Over the harbour wall\nthe gulls go home,\nnobody asks them all\nwhere they come from.";
    let wanted: Vec<String> = verse.lines().map(|line| format!("Paragraph: {line}")).collect();
    assert_eq!(
        picture(verse).lines().filter(|line| line.starts_with("Paragraph")).count(),
        wanted.len() - 1
    );
    let indented = format!(
        "{LONG}\n\n    Over the harbour wall\n    the gulls go home,\n    nobody asks them all\n    where they come from.\n\n{LONG}"
    );
    let article = read(indented, "-");
    assert_eq!(article.blocks[1].kind, BlockKind::Code);
    assert!(article.blocks[1].range.of(&article.text).starts_with("    Over"));
}

#[test]
fn lists_and_tables() {
    let text = format!("{LONG}\n- bring water\n- bring bread\n{LONG}\n- said nobody\n");
    let kinds: Vec<_> = read(text, "-").blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Paragraph, ListItem, ListItem, Paragraph, Paragraph]);
    let long = format!("Paragraph: {LONG}");
    let words = wrapped(LONG, 60);
    let text = format!(
        "{words}\n\n1. Bring enough water for the whole of the day, and also a\n   hat.\n2. Bring bread.\n\n{words}\n"
    );
    check(
        &text,
        &[
            &long,
            "ListItem: 1. Bring enough water for the whole of the day, and also a hat.",
            "ListItem: 2. Bring bread.",
            &long,
        ],
    );
    let table = format!(
        "{LONG}\n\nPort     Ships    Days\nNorth    12       3\nSouth    9        4\n\n{LONG}"
    );
    let kinds: Vec<_> = read(table, "-").blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Paragraph, Code, Paragraph]);
}

#[test]
fn quoted_passages() {
    let text = format!(
        "{LONG}\n\n> The wall will be\n> finished.\n>\n> No doubt.\n\n{LONG}\n\n    The wall stands where it stood.\n\n{LONG}"
    );
    let kinds: Vec<_> = read(text.clone(), "-").blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds.first(), Some(&Paragraph));
    assert_eq!(kinds.iter().filter(|kind| **kind == Quote).count(), 4);
    let article = read(text, "-");
    assert_eq!(article.blocks[1].range.of(&article.text), "> The wall will be");
}

#[test]
fn headings_stand_before_paragraphs() {
    let text = format!(
        "Wall will be finished\n\n{LONG}\n\nWhat comes next\n\n{LONG}\n\nWho pays?\n\n{LONG}"
    );
    let kinds: Vec<_> = read(text, "-").blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Title, Paragraph, Heading(2), Paragraph, Paragraph, Paragraph]);
}

#[test]
fn a_text_is_no_title_alone() {
    check("Just a few words", &["Paragraph: Just a few words"]);
    check(
        "It was raining.\nNobody came.",
        &["Paragraph: It was raining.", "Paragraph: Nobody came."],
    );
}

#[test]
fn the_sample_is_told_at_any_width() {
    let sample = crate::article::sample();
    let words = |article: &Article| -> Vec<(BlockKind, String)> {
        let words =
            |block: &Block| crate::text::visible(block.range.of(&article.text)).into_owned();
        article.blocks.iter().map(|block| (block.kind, words(block))).collect()
    };
    let whole = words(&sample);
    for columns in [48, 60, 66, 72, 79, 100, 120] {
        let paragraphs = sample.text.split("\n\n").map(|words| match words.strip_prefix("    ") {
            Some(words) => format!("    {}", wrapped(words, columns - 8).replace('\n', "\n    ")),
            None => wrapped(words.trim_end(), columns),
        });
        let text = paragraphs.collect::<Vec<_>>().join("\r\n\r\n");
        let article = read(text, "-");
        assert_eq!(words(&article), whole, "{columns}");
        assert_eq!(article.meta, Meta { source: "-".to_owned(), ..sample.meta.clone() });
    }
}

#[test]
fn a_letter_is_wrapped_text_with_short_lines() {
    let words = wrapped(LONG, 66);
    let text = format!(
        "From: Jane Doe\nTo: John Roe\nDate: Mon, 4 Mar 2024 10:12:00 +0000\nSubject: The wall\n\n\
         Dear John,\n\n{words}\n\n* stone,\n* water.\n\nKind regards,\nJane\n"
    );
    let article = read(text, "-");
    assert!(article.blocks.iter().any(|block| block.range.len() as usize == LONG.len()));
    assert_eq!(article.meta.title.as_deref(), Some("The wall"));
    assert_eq!(article.meta.published.unwrap().to_string(), "2024-03-04");
}

#[test]
fn a_byline_may_stand_above_the_title() {
    let text = format!("By Jane Doe\n\nMarch 4, 2024\n\nWall to be finished in time\n\n{LONG}\n");
    let article = read(text, "-");
    let kinds: Vec<_> = article.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Byline, Dateline, Title, Paragraph]);
    let text = format!("Wall To Be Finished\nJane Doe\nHarbour Post\n\n{LONG}\n");
    assert_eq!(read(text, "-").meta.title.as_deref(), Some("Wall To Be Finished"));
}

#[test]
fn agencies_and_places() {
    let meta = |first: &str| read(format!("Wall to be finished\n\n{first} {LONG}\n"), "-").meta;
    assert_eq!(meta("LISBON (Reuters) -").publisher.as_deref(), Some("Reuters"));
    let dated = meta("LISBON, May 3, 2010 (AP) —");
    assert_eq!(
        (dated.publisher.as_deref(), dated.published.unwrap().to_string().as_str()),
        (Some("AP"), "2010-05-03")
    );
    assert_eq!(meta("LISBON, May 3 —").published, None);
    assert_eq!(meta("On 3 May 2010 it began.").published, None);
    assert_eq!(meta("The Navy (or what is left of it) - said").publisher, None);
}

#[test]
fn the_sample_is_an_article() {
    let article = crate::article::sample();
    assert_eq!(article.meta.title.as_deref(), Some("The Keeper Who Would Not Put Out the Light"));
    assert_eq!(article.meta.authors, ["Marta Lindqvist", "Owen Hale"]);
    assert_eq!(article.meta.published.unwrap().to_string(), "2024-06-14");
    assert_eq!(article.meta.publisher.as_deref(), Some("The Northern Observer"));
    let count = |kind| article.blocks.iter().filter(|block| block.kind == kind).count();
    let counts = [Title, Byline, Dateline, Heading(2), Quote, Credit].map(count);
    assert_eq!(counts, [1; 6]);
}

proptest! {
    #[test]
    fn blocks_hold_all_words_in_order(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "word", " ", "    ", "\n", "\n\n", "\r\n", "\r", "> ", "- ", "1. ", "By Jane Doe", "2 May 2010", "Credit: X",
            "A longer line of words that goes on", "京都", "\u{a0}", "\t", "“", ".", "A B  C   D", "LISBON (AP) —",
        ]), 0..40),
    ) {
        let text = pieces.concat();
        let article = read(text.clone(), "-");
        let mut at = 0;
        for block in &article.blocks {
            prop_assert!(block.range.start >= at && !block.range.is_empty());
            let between = TextRange::new(at, block.range.start).of(&text);
            prop_assert!(between.trim().is_empty(), "{between:?}");
            let words = block.range.of(&text);
            prop_assert_eq!(words.trim_end(), words);
            prop_assert!(block.kind == BlockKind::Code || words.trim_start() == words);
            at = block.range.end;
        }
        prop_assert!(TextRange::new(at, offset(text.len())).of(&text).trim().is_empty());
    }
}
