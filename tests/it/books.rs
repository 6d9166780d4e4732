//! Books in the reader: from chapter to chapter, each with its own place and its own marks.

use portable_pty::CommandBuilder;

use super::formats::zipped;
use super::pty::Session;

/// Three chapters, of which the second is long.
fn book() -> Vec<u8> {
    let long = (1..60).map(|it| format!("<p>Sentence number {it} of the quay.</p>"));
    let long = format!("<html><h1>The quay</h1>{}</html>", long.collect::<String>());
    let item = |id: &str| {
        format!("<item id='{id}' href='{id}.xhtml' media-type='application/xhtml+xml'/>")
    };
    let package = format!(
        "<package><metadata><title>Aldern</title></metadata><manifest>{}{}{}</manifest>
         <spine><itemref idref='a'/><itemref idref='b'/><itemref idref='c'/></spine></package>",
        item("a"),
        item("b"),
        item("c")
    );
    zipped(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container><rootfile full-path='book.opf'/></container>"),
        ("book.opf", &package),
        ("a.xhtml", "<html><h1>The ferry</h1><p>It did not sail.</p></html>"),
        ("b.xhtml", &long),
        ("c.xhtml", "<html><h1>The road</h1><p>They went home by the road.</p></html>"),
    ])
}

#[test]
fn a_book_is_read_from_chapter_to_chapter() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("book.epub");
    std::fs::write(&path, book()).expect("it can be written");
    let path = path.to_str().expect("it is UTF-8").to_owned();
    let library = folder.path().join("library.db");
    let library = library.to_str().expect("it is UTF-8");
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("pullquote"));
    command.args(["--library", library, &format!("{path}#1")]);
    let session = Session::spawn(command, (120, 24));
    session.wait_for("It did not sail");
    session.send("[c");
    session.wait_for("this is the first chapter");
    session.send("]c");
    session.wait_for("number 1 of");
    session.send("G");
    session.wait_for("number 59 of");
    session.send("]c");
    session.wait_for("home by the road");
    session.send("]c");
    session.wait_for("this is the last chapter");
    // The place in the chapter before is kept.
    session.send("[c");
    session.wait_for("number 59 of");
    session.send("o");
    session.wait("the chapters", |screen| {
        let shown = screen.contents();
        ["Contents", "The quay", "Chapter 1", "Chapter 3"].iter().all(|it| shown.contains(it))
    });
    session.send("j\r");
    session.wait_for("home by the road");
    session.send("q");
    assert_eq!(session.end(), 0);
    let ran = super::run(&["--library", library, "list", "--json"], "");
    let listed: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(listed.as_array().map(Vec::len), Some(3), "{}", ran.stdout);
}
