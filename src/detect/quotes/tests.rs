use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::*;
use crate::annot::IdMaker;
use crate::article::{Article, plain};
use crate::detect::Tokens;

fn found(article: &Article) -> Findings {
    let tokens = Tokens::of(article);
    let cancel = AtomicBool::new(false);
    let ids = IdMaker::new(&article.text);
    find(&Context { article, tokens: &tokens, written: None, ids, cancel: &cancel })
}

/// One paragraph a line, so that the cases do not depend on how plain text is read.
fn paragraphs(text: &str) -> Article {
    let mut article = Article { text: text.to_owned(), ..Article::default() };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        let range = TextRange::of_bytes(start, start + words.len());
        article.blocks.push(Block { kind: BlockKind::Paragraph, range });
        start += line.len();
    }
    article
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let article = paragraphs(text);
    let findings = found(&article);
    let words: Vec<_> = findings.annotations.iter().map(|it| it.range.of(text)).collect();
    assert_eq!(words, expected, "in {text}");
}

#[track_caller]
fn check_form(text: &str, form: Form) {
    let findings = found(&paragraphs(text));
    let quote = findings.annotations[0].quote().expect("quotes alone are found");
    assert_eq!(quote.form, form, "in {text}");
}

#[test]
fn every_sort_of_mark_is_known() {
    for (open, close) in [
        ("“", "”"),
        ("\"", "\""),
        ("‘", "’"),
        ("'", "'"),
        ("«", "»"),
        ("« ", " »"),
        ("»", "«"),
        ("„", "“"),
        ("„", "”"),
        ("‚", "‘"),
        ("‹", "›"),
        ("``", "''"),
        ("''", "''"),
        ("”", "”"),
        ("“", "\""),
    ] {
        check(&format!("She said: {open}Let us go home.{close}"), &["Let us go home."]);
        check(&format!("It was {open}rather late{close}, she said."), &["rather late"]);
    }
}

#[test]
fn apostrophes_are_no_marks() {
    check("It’s the workers’ day, isn’t it? Rock ’n’ roll of the ’90s and '60s.", &[]);
    check("'Tis the season, and 'em dogs' tails wag; fishin' and huntin'.", &[]);
    check("Get ‘em while the ‘80s last.", &[]);
    check("The Joneses' dog and the O'Neills' cat can't play.", &[]);
    check("‘The players’ union won’t sign,’ he said.", &["The players’ union won’t sign,"]);
    check("'The players' union won't sign,' he said.", &["The players' union won't sign,"]);
    check("They spoke of ‘many dogs’ in the park.", &["many dogs"]);
}

#[test]
fn inches_feet_and_minutes_are_no_marks() {
    check("He is 5'10\" tall and she 5' 9\".", &[]);
    check("“The pipe is 6\" wide,” he said.", &["The pipe is 6\" wide,"]);
    check("\"The pipe is 6\" wide,\" he said.", &["The pipe is 6\" wide,"]);
    check("\"I left in 1984\" was all he said.", &["I left in 1984"]);
}

#[test]
fn attributes_of_markup_are_no_quotes() {
    check("A <tweet id=\"1234\"> stood here.", &[]);
}

#[test]
fn quotes_in_quotes_are_found_too() {
    check(
        "“She told me, ‘Never again,’ and left,” he said.",
        &["She told me, ‘Never again,’ and left,", "Never again,"],
    );
    check(
        "\"She told me, 'Never again,' and left,\" he said.",
        &["She told me, 'Never again,' and left,", "Never again,"],
    );
    check("‘He called it “odd”.’", &["He called it “odd”.", "odd"]);
    check("\"She said \"no\" to us\", he said.", &["She said \"no\" to us", "no"]);
}

#[test]
fn a_quote_goes_on_over_paragraphs() {
    let text = "“The first part.\n“The second part.\n“The end,” she said.\n“Another.”";
    let findings = found(&paragraphs(text));
    let words: Vec<_> = findings.annotations.iter().map(|it| it.range.of(text)).collect();
    assert_eq!(words, ["The first part.", "The second part.", "The end,", "Another."]);
    let continues: Vec<_> =
        findings.annotations.iter().map(|it| it.quote().and_then(|it| it.continues)).collect();
    let ids: Vec<_> = findings.annotations.iter().map(|it| Some(it.id)).collect();
    assert_eq!(continues, [None, ids[0], ids[1], None]);
}

#[test]
fn an_unclosed_quote_ends_with_its_paragraph() {
    check("“This has no end.\nAnd here is “more”.", &["This has no end.", "more"]);
    check("He said: “No end, and “then another”.", &["No end, and", "then another"]);
    check("A last mark “", &[]);
    check("‘Cos nobody closes this one, it is none.", &[]);
}

#[test]
fn sources_are_named_and_do_not_speak() {
    let lines = [
        (BlockKind::Heading(2), "Harbour"),
        (BlockKind::Paragraph, "“We have waited long enough,” she said."),
        (BlockKind::Heading(2), "References"),
        (BlockKind::ListItem, "“We are all in the same boat.” Harbour News. 3 May 2021."),
        (BlockKind::Heading(3), "Books"),
        (BlockKind::ListItem, "“Ferries that came late.”"),
        (BlockKind::Heading(2), "What she thinks of it"),
        (BlockKind::Paragraph, "“Nobody should wait for so long.”"),
    ];
    let text = lines.map(|it| it.1).join("\n");
    let mut article = paragraphs(&text);
    for (block, (kind, _)) in article.blocks.iter_mut().zip(lines) {
        block.kind = kind;
    }
    let found = found(&article);
    let forms: Vec<_> = found.annotations.iter().filter_map(|it| Some(it.quote()?.form)).collect();
    assert_eq!(forms, [Form::Direct, Form::Scare, Form::Scare, Form::Direct]);
}

#[test]
fn forms_are_told_apart() {
    check_form("“We shall win this match,” he said.", Form::Direct);
    check_form("“Never!” he said.", Form::Direct);
    check_form("He said it was “a bad day for us all”.", Form::Partial);
    check_form("the so-called “axis of evil”", Form::Scare);
    check_form("the author of “The Long Way Home”", Form::Scare);
    check_form("on CNN’s “State of the Day” he spoke", Form::Scare);
    check_form("William “Bill” Smith came.", Form::Scare);
    check_form("They named their boat “Robin”.", Form::Scare);
    check_form("a man by the name “The Lamplighter”", Form::Scare);
    check_form("a print called “Night and Day” hung there", Form::Scare);
    check_form("in what he called “Night and Fog” they left", Form::Partial);
    check_form("The “History” section of the site is empty.", Form::Scare);
    check_form("his “Long Way Home” radio show", Form::Scare);
    check_form("The “history” is long.", Form::Partial);
    check_form("the “Nightfall” star came", Form::Scare);
    check_form("a “Long Way Home” bag at her side", Form::Scare);
    check_form("“A boat comes home after all these years,” by Anna Berg: It did.", Form::Scare);
    check_form("“A boat comes home after all these years,” by the way, is no title.", Form::Direct);
    check_form("under the pseudonym “Robin”", Form::Scare);
    check_form("a letter titled “We will not wait for the boat.”", Form::Scare);
    check_form(
        "The film, “13 Days: The Long Way Home of a Boat and Its Crew,” is new.",
        Form::Scare,
    );
    check_form("They voted for “R”.", Form::Scare);
    check_form("In a video, “We will not wait for the boat,” she said.", Form::Direct);
    check_form("a site called “Robin” is gone", Form::Scare);
    check_form("BY THE SEA—“A boat comes home,” by the Herald’s Anna Berg: It did.", Form::Scare);
}

#[test]
fn a_note_is_no_part_of_a_quote() {
    check_form("“(CROSSTALK.)”", Form::Scare);
    check_form("“[Laughter]”", Form::Scare);
    check_form("“Follow Anna Berg on Twitter @berg.”", Form::Scare);
    check_form("“(It is late.) We should go home now.”", Form::Direct);
    check_form("“Follow me to the boat, and then on to the sea.”", Form::Direct);
    let text = "“It is late.\n“(Crosstalk.)\n“We should go home now,” she said.";
    let found = found(&paragraphs(text)).annotations;
    let continues: Vec<_> = found.iter().map(|it| it.quote().and_then(|it| it.continues)).collect();
    assert_eq!(continues[2], Some(found[0].id));
}

#[test]
fn a_quote_goes_on_with_marks_of_its_own_sort() {
    let goes_on = |text: &str| {
        let found = found(&paragraphs(text)).annotations;
        found[1].quote().is_some_and(|it| it.continues.is_some())
    };
    assert!(goes_on("“It is late.\n“We should go home now,” she said."));
    assert!(goes_on("\"It is late.\n\"We should go home now,\" she said."));
    assert!(!goes_on("\"The boat was late.\n“We should go home now,” she said."));
}

#[test]
fn a_headline_that_repeats_the_text_is_left_out() {
    let text = "Mayor calls plan ‘Very Bold’\nThe mayor called it “very bold” today.\n";
    let mut article = paragraphs(text);
    article.blocks[0].kind = BlockKind::Title;
    assert_eq!(found(&article).annotations.len(), 1);
    let text = "Mayor calls plan ‘Very Bold’\nThe mayor spoke today.\n";
    let mut article = paragraphs(text);
    article.blocks[0].kind = BlockKind::Title;
    assert_eq!(found(&article).annotations[0].rule(), Some("quote-headline"));
}

#[test]
fn lines_of_an_interview_are_quotes() {
    check(
        "Q: Where do you live now?\nA: By the sea, of course.\nQ: And in the winter?\nA: In town.",
        &["Where do you live now?", "By the sea, of course.", "And in the winter?", "In town."],
    );
    check(
        "We met Anna Berg and Falk.\nAnna Berg: It is a long way.\nFalk: It is “quite” long.\n\
         Anna Berg: I know.\nFalk: So we go.",
        &["It is a long way.", "It is “quite” long.", "quite", "I know.", "So we go."],
    );
    check("BERG: I see.\nFALK: So do I.\nBERG: “Good night.”\nFALK: Good night.", &["Good night."]);
    check("Name: Anna Berg\nAge: 27 years\nName: Paul Falk\nAge: 31 years", &[]);
    check("Update: It rained.\nUpdate: It rained again.\nPhoto: Anna Berg\nPhoto: Paul Falk", &[]);
}

#[test]
fn a_block_quote_is_one_quote() {
    let text = "Words set off.";
    let mut article = paragraphs(text);
    article.blocks[0].kind = BlockKind::Quote;
    let findings = found(&article);
    assert_eq!(findings.annotations[0].quote().map(|it| it.form), Some(Form::Block));
}

proptest! {
    #[test]
    fn quotes_lie_in_their_marks_and_in_text_order(text in "([a-z5A. ]{0,6}[“”\"'‘’«»„`,.\n ]){0,40}") {
        let article = plain::read(text.clone(), "-");
        let findings = found(&article);
        let mut last = 0;
        for annotation in &findings.annotations {
            let quote = annotation.quote().expect("quotes alone are found");
            prop_assert!(quote.outer.covers(annotation.range));
            prop_assert!(!annotation.range.is_empty());
            prop_assert!(text.get(annotation.range.usize()).is_some());
            prop_assert!(last <= quote.outer.start);
            last = quote.outer.start;
        }
    }
}

#[test]
fn many_marks_take_time_in_proportion() {
    let started = std::time::Instant::now();
    for unit in ["“a ", "\"a ", "‘a ", "“a \"b ‘c «d ", "dogs’ ", "“a 6\" b "] {
        let text = unit.repeat(1_000_000 / unit.len());
        let findings = found(&plain::read(text, "-"));
        assert!(findings.annotations.len() <= 1_000_000);
    }
    assert!(started.elapsed().as_secs() < 60);
}
