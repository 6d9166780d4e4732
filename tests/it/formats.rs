//! Web pages and Markdown through the program itself.

use std::io::{Cursor, Write};

use super::{fixture, run};

/// What `pullquote analyze` says of a file, as JSON.
#[track_caller]
fn analyzed(arguments: &[&str]) -> serde_json::Value {
    let asked = [&["analyze", "--format", "json", "--with-text"], arguments].concat();
    let ran = run(&asked, "");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).expect("it is JSON")
}

#[test]
fn a_page_is_read_as_its_article() {
    let found = analyzed(&[&fixture("ferry.html")]);
    let article = &found["article"];
    assert_eq!(article["title"], "No ferry on Monday");
    assert_eq!(article["authors"][0], "Ann Poe");
    assert_eq!(article["published"], "2024-10-11");
    assert_eq!(article["language"], "en-GB");
    let text = article["text"].as_str().unwrap();
    insta::assert_snapshot!(text, @r"
    No ferry on Monday

    The ferry to Aldern did not sail on Monday, and nobody on the quay could say why, although the harbour office had promised, twice, to put up a notice.

    A long wait

    “We waited until noon,” said Ruth Calder, who sells fish there, “and then we went home, all of us, by the coast road.”

    No sailing today. The master regrets.

    ￼

    The quay at noon

    • The next ferry sails on Tuesday.
    • Tickets keep their worth until December 2025.

    Fares rise in the spring, Calder added, “as they do every year”, and the office has said nothing of that either, neither on its door nor on the telephone.
    ");
}

#[test]
fn marks_of_markdown_are_no_text() {
    let found = analyzed(&[&fixture("ferry.md")]);
    assert_eq!(found["article"]["title"], "No ferry on Monday");
    assert_eq!(found["article"]["published"], "2024-10-11");
    insta::assert_snapshot!(found["article"]["text"].as_str().unwrap(), @r"
    No ferry on Monday

    The ferry to Aldern did not sail on Monday, and nobody on the quay could say why.

    A long wait

    “We waited until noon,” said Ruth Calder, who sells fish there.

    • The next ferry sails on Tuesday.
    • Tickets keep their worth until December 2025.

    Port    Ferries
    Aldern  12
    Wick    7
    ");
}

#[test]
fn what_a_source_is_can_be_said() {
    let page = fixture("ferry.html");
    let found = analyzed(&[&page, "--from", "text"]);
    assert!(found["article"]["text"].as_str().unwrap().starts_with("<!doctype html>"));
    let found = analyzed(&[&fixture("ferry.md"), "--from", "text"]);
    assert!(found["article"]["text"].as_str().unwrap().starts_with("---"));
}

#[test]
fn every_chapter_of_a_book_is_an_article() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("book.epub");
    std::fs::write(&path, book()).expect("it can be written");
    let path = path.to_str().expect("it is UTF-8");
    let ran = run(&["analyze", "--format", "json", "--with-text", path], "");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    let titles: Vec<_> =
        found.as_array().expect("a list").iter().map(|it| &it["article"]["title"]).collect();
    assert_eq!(titles, ["The quay", "The road"]);
    let second = analyzed(&[&format!("{path}#2")]);
    assert!(second["article"]["text"].as_str().expect("with text").contains("by the road"));
    let ran = run(&["analyze", &format!("{path}#9")], "");
    assert!(ran.code == Some(1) && ran.stderr.contains("no chapter 9"), "{}", ran.stderr);
}

/// A book of two chapters.
fn book() -> Vec<u8> {
    let package = r#"<package><metadata><title>Aldern</title></metadata><manifest>
        <item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
        <item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>
        <spine><itemref idref="a"/><itemref idref="b"/></spine></package>"#;
    let files = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container><rootfile full-path='a.opf'/></container>"),
        ("a.opf", package),
        ("a.xhtml", "<html><h1>The quay</h1><p>“We waited,” said Ruth Calder.</p></html>"),
        ("b.xhtml", "<html><h1>The road</h1><p>They went home by the road.</p></html>"),
    ];
    zipped(&files)
}

/// A zip archive of these files.
pub(super) fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("it is in memory");
        zip.write_all(text.as_bytes()).expect("it is in memory");
    }
    zip.finish().expect("it is in memory").into_inner()
}

#[test]
fn a_feed_is_listed() {
    let feed = "<?xml version='1.0'?><rss version='2.0'><channel><title>Aldern</title>
        <item><guid>1</guid><title>No ferry</title><link>https://example.org/a</link></item></channel></rss>";
    let ran = run(&["feed", "-"], feed);
    assert_eq!(
        (ran.code, ran.stdout.lines().next()),
        (Some(0), Some("Aldern (1)")),
        "{}",
        ran.stderr
    );
    assert!(ran.stdout.contains("No ferry") && ran.stdout.contains("https://example.org/a"));
    let ran = run(&["feed", "-", "--json"], feed);
    let items: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!((&items[0]["id"], &items[0]["title"]), (&"1".into(), &"No ferry".into()));
    let ran = run(&["analyze", "-"], feed);
    assert!(ran.code == Some(1) && ran.stderr.contains("is a feed"), "{}", ran.stderr);
}
