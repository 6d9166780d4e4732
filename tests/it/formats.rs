//! Web pages and Markdown through the program itself.

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
