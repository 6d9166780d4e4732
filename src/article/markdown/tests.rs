use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

fn article(text: &str) -> Article {
    read(text, "a.md")
}

#[track_caller]
fn check(text: &str, blocks: &str) {
    let article = article(text);
    let mut lines = String::new();
    for block in &article.blocks {
        writeln!(lines, "{:?}: {}", block.kind, block.range.of(&article.text)).unwrap();
    }
    assert_eq!(lines.trim_end(), blocks);
}

#[test]
fn every_kind_of_block_is_told() {
    check(
        "# One\n\nTwo *three*\nfour\n\n## Five",
        "Title: One\nParagraph: Two three four\nHeading(2): Five",
    );
    check("One\n\n# Two", "Paragraph: One\nHeading(1): Two");
    check(
        "- one\n- two\n\n3. three\n4. four",
        "ListItem: • one\nListItem: • two\nListItem: 3. three\nListItem: 4. four",
    );
    check("- one\n\n  more\n\n- two", "ListItem: • one\nListItem: more\nListItem: • two");
    check("> one\n> two\n\nthree", "Quote: one two\nParagraph: three");
    check("```rust\nif a {\n    b\n}\n```", "Code: if a {\n    b\n}");
    check("One  \ntwo", "Paragraph: One\ntwo");
    check("| a | b |\n|---|---|\n| one | two |", "Code: a    b\none  two");
    check("One[^x].\n\n[^x]: The note.", "Paragraph: One[x].\nParagraph: [x] The note.");
    check(
        "One\n\n<div><p>two</p><script>x</script></div>\n\nthree",
        "Paragraph: One\nParagraph: two\nParagraph: three",
    );
    check("&amp; \\*a\\* `b`", "Paragraph: & *a* b");
}

#[test]
fn links_and_images_keep_their_places() {
    let article = article("See [the *port*](https://example.org/port).\n\n![Sea](sea.jpg)\n\nEnd");
    let link = &article.links[0];
    assert_eq!(
        (link.range.of(&article.text), link.target.as_str()),
        ("the port", "https://example.org/port")
    );
    assert_eq!(
        (article.images[0].alt.as_str(), article.text.as_str()),
        ("Sea", "See the port.\n\nEnd")
    );
}

#[test]
fn front_matter_is_no_text() {
    let yaml = "---\ntitle: \"The ferry: again\"\nauthor: Ruth Calder # she\ndate: 2024-10-11\ntags: [a, b]\nlang: en\n---\n# The ferry: again\n\nWords";
    let read = article(yaml);
    assert_eq!(read.text, "The ferry: again\n\nWords");
    let meta = read.meta;
    assert_eq!(
        (meta.title.as_deref(), &meta.authors[..]),
        (Some("The ferry: again"), &["Ruth Calder".to_owned()][..])
    );
    assert_eq!(meta.published.map(|it| it.to_string()).as_deref(), Some("2024-10-11"));
    let toml = "+++\ntitle = 'The ferry'\nauthors = ['Ruth Calder', 'Ann Poe']\ndate = 2024-10-11T08:00:00Z\n+++\nWords";
    let meta = article(toml).meta;
    assert_eq!(
        (meta.authors.len(), meta.published.map(|it| it.to_string()).as_deref()),
        (2, Some("2024-10-11"))
    );
    let list = "---\nauthors:\n  - Ruth Calder\n  - Ann Poe\n---\nWords";
    assert_eq!(article(list).meta.authors, ["Ruth Calder", "Ann Poe"]);
    assert!(article("---\nno front matter\n---\nWords").text.contains("no front matter"));
}

#[test]
fn a_title_is_one_line() {
    let article = article("Wells  \nof Wick\n=====\n\nWords");
    assert_eq!(article.meta.title.as_deref(), Some("Wells of Wick"));
    assert_eq!(article.blocks[0].kind, BlockKind::Title);
}

#[test]
fn deep_and_endless_marks_are_read() {
    for text in [
        "> ".repeat(10_000),
        "- ".repeat(10_000),
        "[".repeat(50_000),
        "**a ".repeat(50_000),
        "*a_ ".repeat(50_000),
        "`".repeat(100_001),
        "<div>\n\n".repeat(5_000),
        "![a](".repeat(20_000),
        "|a".repeat(20_000),
        format!("{}\n", "# a\n".repeat(50_000)),
        "w".repeat(1_000_000),
    ] {
        let begun = std::time::Instant::now();
        read(&format!("Words\n\n{text}"), "a.md");
        assert!(begun.elapsed().as_secs() < 20, "{:?} {:?}", text.get(..9), begun.elapsed());
    }
}

proptest! {
    #[test]
    fn any_marks_give_an_article(text in "([-#>*_`|\\[\\]()!<>~+0-9.: \n]|[a-c]{1,3}|\t|\\PC){0,200}") {
        let article = read(&text, "a.md");
        let mut end = 0;
        for block in &article.blocks {
            prop_assert!(block.range.start >= end && !block.range.of(&article.text).is_empty());
            end = block.range.end;
        }
        for link in &article.links {
            prop_assert!(article.text.get(link.range.usize()).is_some());
        }
    }
}
