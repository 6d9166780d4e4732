//! Files that mean harm, each the worst of its kind.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use pullquote::article::Kind;

use super::damage::packed;

/// All of them, with what they try.
pub(super) fn cases() -> Vec<(&'static str, Kind, Vec<u8>)> {
    let mut cases = floods();
    cases.extend(nested());
    cases.extend(bombs());
    cases
}

fn every(what: &'static str, text: &str) -> Vec<(&'static str, Kind, Vec<u8>)> {
    let page = format!("<!doctype html><title>{0}</title><h1>{0}</h1><p>{0}", text);
    let feed = format!(
        "<rss version='2.0'><channel><title>{text}</title><item><title>{text}</title><description>{text}</description></item></channel></rss>"
    );
    let book = format!(
        "== META-INF/container.xml\n<container><rootfile full-path='a.opf'/></container>\n== a.opf\n<package><metadata><title>{text}</title></metadata><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>\n== a.xhtml\n<html><h1>{text}</h1><p>{text}</p></html>"
    );
    vec![
        (what, Kind::Text, text.as_bytes().to_vec()),
        (what, Kind::Markdown, format!("---\ntitle: {text}\n---\n# {text}\n\n{text}").into_bytes()),
        (what, Kind::Html, page.into_bytes()),
        (what, Kind::Feed, feed.into_bytes()),
        (what, Kind::Epub, packed(book.as_bytes())),
    ]
}

fn floods() -> Vec<(&'static str, Kind, Vec<u8>)> {
    let mut cases = Vec::new();
    for (what, text) in [
        ("a word of 1 MB", "w".repeat(1 << 20)),
        ("a tower of accents", format!("a{}", "\u{301}".repeat(400_000))),
        ("a flood of joiners", "a\u{200d}".repeat(250_000)),
        ("escape sequences", "\u{1b}[2J\u{9b}31m\u{1b}]0;x\u{7}".repeat(40_000)),
        ("marks of direction", "\u{202e}\u{2066}a\u{200f}".repeat(100_000)),
        ("line ends", "a\r\n\r\n".repeat(200_000)),
        ("opening quotes", "“".repeat(300_000)),
        ("closing quotes", "a”".repeat(200_000)),
        ("entities", "&amp;&#x202e;&#0;&b;".repeat(50_000)),
        ("blanks", " \t\u{a0}\u{3000}".repeat(100_000)),
        ("flags", "\u{1f1e9}\u{1f1ea}".repeat(100_000)),
    ] {
        cases.extend(every(what, &text));
    }
    cases
}

fn nested() -> Vec<(&'static str, Kind, Vec<u8>)> {
    let mut cases = Vec::new();
    for tag in [
        "<div>",
        "<b>",
        "<table><tr><td>",
        "<ul><li>",
        "<blockquote>",
        "<svg><g>",
        "<font size=1>",
        "<a href=x>",
    ] {
        cases.push((
            "100,000 elements within each other",
            Kind::Html,
            tag.repeat(100_000).into_bytes(),
        ));
    }
    for mark in ["> ", "- ", "[", "![a](", "**a ", "*a_ ", "`", "|a", "1. ", "<!--", "[^1]: "] {
        cases.push((
            "100,000 marks",
            Kind::Markdown,
            format!("Words\n\n{}", mark.repeat(100_000)).into_bytes(),
        ));
    }
    let feed =
        |open: &str| format!("<rss version='2.0'><channel>{}", open.repeat(150)).into_bytes();
    cases.push(("elements within each other", Kind::Feed, feed("<item><description><p>")));
    cases.push((
        "200,000 items",
        Kind::Feed,
        format!("<rss version='2.0'><channel>{}", "<item><title>a</title></item>".repeat(200_000))
            .into_bytes(),
    ));
    cases.push((
        "200,000 feeds",
        Kind::Feed,
        format!("<opml><body>{}", "<outline xmlUrl='http://a'/>".repeat(200_000)).into_bytes(),
    ));
    cases.push((
        "lists within each other",
        Kind::Feed,
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":{}",
            "[".repeat(200_000)
        )
        .into_bytes(),
    ));
    cases.push((
        "a list without end",
        Kind::Html,
        format!("<script type='application/ld+json'>{}", "[{\"a\":".repeat(200_000)).into_bytes(),
    ));
    cases.push((
        "300,000 attributes",
        Kind::Html,
        format!("<p {}>a", "a=b ".repeat(300_000)).into_bytes(),
    ));
    cases.push(("20 MB of tags", Kind::Html, "<p>a".repeat(5_000_000).into_bytes()));
    cases
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).ok();
    gzip.finish().unwrap_or_default()
}

fn bombs() -> Vec<(&'static str, Kind, Vec<u8>)> {
    let large = vec![b' '; 101 << 20];
    let spaces = " ".repeat(19 << 20);
    let book = |package: &str, rest: &str| {
        let list = format!(
            "== META-INF/container.xml\n<container><rootfile full-path='a.opf'/></container>\n== a.opf\n{package}\n{rest}"
        );
        packed(list.as_bytes())
    };
    let spine = |files: usize| {
        let item =
            |at: usize| format!("<item id='{at}' href='{at}' media-type='application/xhtml+xml'/>");
        let items: String = (0..files).map(item).collect();
        let order: String = (0..files).map(|it| format!("<itemref idref='{it}'/>")).collect();
        format!("<package><manifest>{items}</manifest><spine>{order}</spine></package>")
    };
    let files: String = (0..6).map(|it| format!("== {it}\n<p>a{spaces}\n")).collect();
    let entities = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>
        <!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
    let outside = "<package><manifest><item id='a' href='../../../etc/passwd' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>";
    let twice = format!(
        "<package><manifest><item id='a' href='a' media-type='application/xhtml+xml'/></manifest><spine>{}</spine></package>",
        "<itemref idref='a'/>".repeat(30_000)
    );
    vec![
        ("a gzip bomb", Kind::Text, gzip(&large)),
        ("a gzip bomb in a gzip bomb", Kind::Text, gzip(&gzip(&large))),
        ("a book of bombs", Kind::Epub, book(&spine(6), &files)),
        ("a chapter many times", Kind::Epub, book(&twice, "== a\n<p>Words of it.")),
        ("20,000 files", Kind::Epub, book(&spine(20_000), "== 0\n<p>a")),
        ("a book that leads out", Kind::Epub, book(outside, "")),
        ("entities that grow", Kind::Epub, book(&format!("{entities}<package><metadata><title>&f;&x;</title></metadata></package>"), "")),
        ("entities that grow", Kind::Feed, format!("<?xml version='1.0'?>{entities}<rss version='2.0'><channel><title>&f;&x;</title></channel></rss>").into_bytes()),
        ("entities that grow", Kind::Html, format!("<?xml version='1.0'?>{entities}<html><p>&f;&x;").into_bytes()),
    ]
}
