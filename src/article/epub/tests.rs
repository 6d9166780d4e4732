use std::io::Write as _;

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const CONTAINER: &str =
    r#"<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"#;
const PACKAGE: &str = r#"<package xmlns:dc="x"><metadata><dc:title>The &amp; Ferry</dc:title>
    <dc:creator>Ann Poe</dc:creator><dc:language>en</dc:language><dc:date>2019-05-01</dc:date></metadata>
    <manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="a" href="text/a%20b.xhtml" media-type="application/xhtml+xml"/>
    <item id="b" href="text/b.xhtml" media-type="application/xhtml+xml"/>
    <item id="c" href="text/c.xhtml" media-type="application/xhtml+xml"/></manifest>
    <spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/></spine></package>"#;
const NAVIGATION: &str = r#"<html><nav><ol><li><a href="text/a%20b.xhtml">One &amp; only</a></li>
    <li><a href="text/c.xhtml#x">Three</a></li></ol></nav></html>"#;

/// A book of these files besides the usual ones.
fn book(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let usual = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", PACKAGE),
        ("OEBPS/nav.xhtml", NAVIGATION),
        (
            "OEBPS/text/a b.xhtml",
            "<html><head><title/></head><body><h1>One &amp; only</h1><p>First <i/>words.</p></body></html>",
        ),
        ("OEBPS/text/b.xhtml", "<html><body><p>More words.</p></body></html>"),
        (
            "OEBPS/text/c.xhtml",
            "<html><body><p>Last <a href='b.xhtml'>words</a>.</p></body></html>",
        ),
    ];
    let own = |name: &str| files.iter().any(|it| it.0 == name);
    for (name, text) in usual.iter().filter(|it| !own(it.0)).chain(files) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn open(files: &[(&str, &str)]) -> Result<Book> {
    Book::open(book(files), "a.epub")
}

#[track_caller]
fn refuse(files: &[(&str, &str)], part: &str) {
    let result = open(files).and_then(|mut it| it.chapter(0));
    let error = result.expect_err(part).to_string();
    assert!(error.contains(part), "{error}");
}

#[test]
fn a_book_is_read_by_chapters() {
    let mut book = open(&[]).unwrap();
    assert_eq!(book.titles().collect::<Vec<_>>(), [Some("One & only"), Some("Three")]);
    let first = book.chapter(0).unwrap();
    assert_eq!(first.text, "One & only\n\nFirst words.\n\nMore words.");
    assert_eq!(first.blocks[0].kind, BlockKind::Title);
    let last = book.chapter(1).unwrap();
    assert_eq!(
        (last.text.as_str(), last.meta.source.as_str()),
        ("Three\n\nLast words.", "a.epub#2")
    );
    assert_eq!(last.links[0].range.of(&last.text), "words");
    assert_eq!(
        (last.meta.title.as_deref(), &last.meta.authors[..]),
        (Some("Three"), &["Ann Poe".to_owned()][..])
    );
    assert_eq!(book.meta().title.as_deref(), Some("The & Ferry"));
    assert_eq!(book.meta().published.map(|it| it.to_string()).as_deref(), Some("2019-05-01"));
    let told = last.book.unwrap();
    assert_eq!((told.open, told.address(0).as_str()), (1, "a.epub#1"));
    assert_eq!((told.name(0).as_ref(), told.name(1).as_ref()), ("One & only", "Three"));
    assert!(book.chapter(2).unwrap_err().to_string().contains("no chapter 3"));
}

#[test]
fn chapters_without_words_are_gone_past() {
    let picture = "<html><body><img src='a.png'/></body></html>";
    let mut book = open(&[
        ("OEBPS/nav.xhtml", "<nav/>"),
        ("OEBPS/text/a b.xhtml", picture),
        ("OEBPS/text/b.xhtml", picture),
    ])
    .unwrap();
    let mut check = |number, forward, open: Option<usize>| {
        let article = book.chapter_from(number, forward).ok();
        assert_eq!(article.and_then(|it| it.book).map(|it| it.open), open);
    };
    check(0, true, Some(2));
    check(2, false, Some(2));
    check(1, false, None);
    check(3, true, None);
    let article = open(&[("OEBPS/nav.xhtml", "<nav/>")]).unwrap().chapter(1).unwrap();
    assert_eq!(article.book.unwrap().name(1), "Chapter 2");
}

#[test]
fn the_title_of_a_chapter_is_one_line() {
    let chapter = "<html><body><h1>The<br/>quay</h1><p>Words of it.</p></body></html>";
    let files = [("OEBPS/nav.xhtml", "<nav/>"), ("OEBPS/text/a b.xhtml", chapter)];
    let article = open(&files).unwrap().chapter(0).unwrap();
    assert_eq!(article.meta.title.as_deref(), Some("The quay"));
}

#[test]
fn only_the_files_that_are_needed_are_unpacked() {
    // A broken neighbour is no trouble for who does not read it.
    let mut bytes = book(&[("OEBPS/text/c.xhtml", &"<p>Words of the last one.".repeat(50))]);
    let at = memchr::memmem::find(&bytes, b"OEBPS/text/c.xhtml").unwrap() + 18;
    bytes[at..at + 20].fill(0xFF);
    let mut book = Book::open(bytes, "a.epub").unwrap();
    assert!(book.chapter(0).is_ok() && book.chapter(1).is_err());
}

#[test]
fn older_tables_of_contents_are_read() {
    let ncx = r#"<ncx><navMap><navPoint><navLabel><text>Erste</text></navLabel><content src="text/b.xhtml"/></navPoint></navMap></ncx>"#;
    assert_eq!(
        package::entries(ncx, "OEBPS/toc.ncx"),
        [("OEBPS/text/b.xhtml".to_owned(), "Erste".to_owned())]
    );
}

#[test]
fn paths_never_lead_out_of_a_book() {
    assert_eq!(inside("OEBPS/book.opf", "text/../a.xhtml").as_deref(), Some("OEBPS/a.xhtml"));
    assert_eq!(inside("OEBPS/book.opf", "../a.xhtml").as_deref(), Some("a.xhtml"));
    for path in [
        "../../a",
        "../../../etc/passwd",
        "file:///etc/passwd",
        "..\\..\\a",
        "%2e%2e/%2e%2e/a",
        "a\0",
        "%ff",
        "%zz",
    ] {
        assert_eq!(inside("OEBPS/book.opf", path), None, "{path}");
    }
    let out = PACKAGE.replace("text/b.xhtml", "../../../../etc/passwd");
    refuse(&[("OEBPS/book.opf", &out)], "leads out of itself");
    refuse(
        &[("META-INF/container.xml", &CONTAINER.replace("OEBPS/book.opf", "../x.opf"))],
        "leads out of itself",
    );
}

#[test]
fn what_unpacks_too_large_is_refused() {
    let bomb = " ".repeat(21 << 20);
    let bytes = book(&[("OEBPS/text/a b.xhtml", &bomb)]);
    assert!(bytes.len() < 100_000, "{}", bytes.len());
    refuse(&[("OEBPS/text/a b.xhtml", &bomb)], "more than 20 MB");
}

#[test]
fn broken_and_locked_books_are_refused() {
    refuse(&[("OEBPS/book.opf", "<package/>")], "no chapters");
    refuse(&[("META-INF/container.xml", "")], "where it begins");
    let locks = r#"<encryption><CipherReference URI="OEBPS/text/b.xhtml"/></encryption>"#;
    refuse(&[("META-INF/encryption.xml", locks)], "locked");
    assert!(Book::open(b"PK\x03\x04no zip".to_vec(), "a.epub").is_err());
    let whole = book(&[]);
    for length in (0..whole.len()).step_by(whole.len() / 60 + 1) {
        Book::open(whole[..length].to_vec(), "a.epub").ok();
    }
}

#[test]
fn entities_do_not_grow() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
    let book =
        open(&[("OEBPS/book.opf", &format!("{bomb}{}", PACKAGE.replace("&amp;", "&b;")))]).unwrap();
    assert_eq!(book.meta().title.as_deref(), Some("The Ferry"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn damaged_books_do_not_panic(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = book(&[]);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(mut book) = Book::open(bytes, "a.epub") {
            for number in 0..book.len() {
                book.chapter(number).ok();
            }
        }
    }

    #[test]
    fn any_description_does_not_panic(text in "(<|>|/|\"|=|&|;|item|itemref|spine|id|href|[a-z ]){0,80}") {
        Package::read(&text, "a/b.opf");
        package::entries(&text, "a/b.ncx");
    }
}
