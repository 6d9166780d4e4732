//! Files that mean harm, through the program itself: none reaches the terminal as it is, breaks it
//! or keeps it busy. What each of them takes at most is measured by `tests/fuzz.sh`, which reads them
//! all as every kind of file before it damages others.

use std::time::{Duration, Instant};

use super::formats::zipped;
use super::run;

/// Everything in a title and in the words that a terminal would act upon.
const HARM: &str = "Red \u{1b}[31m\u{9b}2J\u{1b}]0;owned\u{7} \u{202e}thgir\u{202c} \u{2066}in\u{2069} \u{200f}\u{8}\u{0}\u{7f}";

/// Links and pictures that lead to what is no page.
const LINKS: &str = "<!doctype html><title>Links</title><h1>Links</h1><p>It <a href='javascript:alert(1)'>runs a script</a>,
    <a href='file:///etc/passwd'>opens a file</a> or <a href='data:text/html,x'>holds a page</a>, said Ann Poe on Monday.
    <p><img src='javascript:alert(2)' alt='A picture of nothing'> That is all there is to be said of it.";

/// Fails where a terminal would act upon what was printed.
#[track_caller]
fn harmless(printed: &str, what: &str) {
    let acts = |it: char| {
        it.is_control() && it != '\n'
            || matches!(it, '\u{200e}' | '\u{200f}' | '\u{61c}')
            || matches!(it, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let found = printed.find(acts);
    let near = found.map(|at| printed.get(at..).unwrap_or_default().chars().take(20));
    assert!(found.is_none(), "{what}: {:?}", near.map(Iterator::collect::<String>));
}

fn escaped(text: &str) -> String {
    let signs: Vec<String> = text.chars().map(|it| format!("&#{};", u32::from(it))).collect();
    signs.concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut gzip, bytes).expect("it is packed");
    gzip.finish().expect("it is packed")
}

fn book(title: &str, file: &str) -> Vec<u8> {
    let package = format!(
        "<package><metadata><title>{title}</title><creator>{title}</creator></metadata><manifest>
         <item id='a' href='{file}' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>"
    );
    zipped(&[
        ("META-INF/container.xml", "<container><rootfile full-path='a.opf'/></container>"),
        ("a.opf", &package),
        (
            "a.xhtml",
            &format!("<html><h1>{title}</h1><p>“{title},” said Ann Poe on Monday.</p></html>"),
        ),
    ])
}

/// Files with what is said of them, by name.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let (raw, signs) = (HARM, escaped(HARM));
    let quote = |it: &str| format!("“{it},” said Ann {it} Poe on Monday.");
    let markdown = format!("---\ntitle: {raw}\nauthor: {raw}\n---\n# {raw}\n\n{}", quote(raw));
    let page = |it: &str| {
        format!(
            "<!doctype html><title>a\n\n{it}\nb</title><meta name=author content='{it}'><h1>{it}</h1><p>{}<p><img src=a.png alt='seen {it}'><p>All.",
            quote(it)
        )
    };
    let flood = |it: &str, times| format!("“{},” said Ann Poe.", it.repeat(times));
    let entities = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;'>]>";
    vec![
        ("harm.txt", quote(raw).into_bytes()),
        ("harm.md", markdown.into_bytes()),
        ("raw.html", page(raw).into_bytes()),
        ("signs.html", page(&signs).into_bytes()),
        ("harm.epub", book(&signs, "a.xhtml")),
        ("out.epub", book("a", "../../../../etc/passwd")),
        ("word.txt", flood("w", 1_000_000).into_bytes()),
        ("tower.txt", flood("\u{301}", 100_000).into_bytes()),
        ("tower.html", page(&"\u{301}".repeat(30_000)).into_bytes()),
        ("joiners.txt", flood("\u{200d}", 100_000).into_bytes()),
        ("joiners.md", format!("# {0}\n\n{0}", "a\u{200d}".repeat(30_000)).into_bytes()),
        ("deep.html", format!("<!doctype html>{}words", "<div>".repeat(10_000)).into_bytes()),
        ("bomb.txt.gz", gzip(&vec![b' '; 101 << 20])),
        ("bomb.zip", zipped(&[("a.txt", &" ".repeat(101 << 20))])),
        ("links.html", LINKS.as_bytes().to_vec()),
        ("entities.html", format!("<?xml version='1.0'?>{entities}<html><p>&c;").into_bytes()),
        ("harm\u{1b}[31m.txt", quote("no").into_bytes()),
    ]
}

#[test]
fn nothing_harms_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files() {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("it can be written");
        let path = path.to_str().expect("it is UTF-8");
        for format in ["table", "markdown", "json"] {
            let begun = Instant::now();
            let ran = run(&["analyze", "--format", format, path], "");
            // The program is not optimized here, and the machine is busy: the limit itself is 2 s.
            assert!(begun.elapsed() < Duration::from_secs(30), "{name}: {:?}", begun.elapsed());
            assert!(matches!(ran.code, Some(0 | 1)), "{name}: {:?} {}", ran.code, ran.stderr);
            harmless(&ran.stderr, name);
            if format == "table" {
                harmless(&ran.stdout, name);
            }
            // What is for other programs keeps its words but sends no escapes.
            assert!(!ran.stdout.contains('\u{1b}'), "{name} as {format}");
        }
    }
    for (name, why) in [
        ("out.epub", "leads out of itself"),
        ("bomb.txt.gz", "unpacks to more than 100 MB"),
        ("bomb.zip", "unpacks to more than 100 MB"),
    ] {
        let ran = run(&["analyze", folder.path().join(name).to_str().expect("it is UTF-8")], "");
        assert!(ran.code == Some(1) && ran.stderr.contains(why), "{}", ran.stderr);
    }
}

/// Opens a file in the reader, goes through all that shows words of it and leaves.
#[cfg(unix)]
fn shown(path: &str) -> Vec<u8> {
    let session = super::pty::Session::start(&[path], (100, 30));
    session.wait_for("Quotes 1");
    // What is known of a quote, a name and a time, and the outline: each is there before the next key.
    let closes = |keys: &str, words: &str| {
        session.send(keys);
        session.wait_for(words);
        session.send("\x1b");
        session.wait("it closed", |it| !it.contents().contains(words));
    };
    for next in ["]q", "]e", "]t"] {
        closes(&format!("{next}\r"), "Esc closes");
    }
    closes("o", "Enter goes there");
    session.send("Gggq");
    let sent = session.sent();
    assert_eq!(session.end(), 0);
    sent
}

#[cfg(unix)]
#[test]
fn the_reader_shows_nothing_of_it_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = files();
    for name in ["harm.txt", "harm.md", "signs.html", "harm.epub"] {
        let (_, bytes) = all.iter().find(|it| it.0 == name).expect("there is one");
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("it can be written");
        let sent = shown(path.to_str().expect("it is UTF-8"));
        let sent = String::from_utf8(sent).expect("it is UTF-8");
        assert!(sent.contains("owned"), "{name}: {sent}");
        assert!(name != "signs.html" || sent.contains("picture: seen"), "{sent}");
        for harm in ["\u{1b}[31m\u{9b}", "\u{1b}]0;owned", "\u{9b}"] {
            assert!(!sent.contains(harm), "{name}: {harm:?}");
        }
        let turns = |it: char| matches!(it, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\0' | '\u{7f}');
        assert!(!sent.contains(turns), "{name}: {sent:?}");
    }
}

#[test]
fn feeds_do_no_harm_either() {
    let signs = escaped(&HARM.replace('\0', ""));
    for feed in [
        format!("<rss version='2.0'><channel><title>{HARM}</title><item><title>a\nb {HARM}</title><link>javascript:alert(1)</link></item><item/></channel></rss>"),
        format!("<rss version='2.0'><channel><title>{signs}</title><item><title>{signs}</title><author>{signs}</author><link>https://example.org/{signs}</link><description>{signs}</description></item></channel></rss>"),
        format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><id>1</id><title type='html'>{signs}</title><link href='file:///etc/passwd'/></entry></feed>"),
        format!("<opml><body><outline text='{signs}' xmlUrl='https://example.org/'/><outline text='x' xmlUrl='javascript:x'/></body></opml>"),
        serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": HARM, "items": [{"id": "1", "title": HARM, "content_text": HARM}]}).to_string(),
    ] {
        let ran = run(&["feed", "-"], &feed);
        assert!(matches!(ran.code, Some(0 | 1)), "{feed}: {}", ran.stderr);
        harmless(&ran.stdout, &feed);
        harmless(&ran.stderr, &feed);
        for scheme in ["javascript:", "file:"] {
            assert!(!ran.stdout.contains(scheme), "{}", ran.stdout);
        }
    }
}

#[test]
fn a_pdf_is_said_to_be_one_with_a_way_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, "%PDF-1.7\n%\u{e2}\u{e3}\n1 0 obj").expect("it can be written");
    let named = run(&[path.to_str().expect("it is UTF-8")], "");
    let piped = run(&["-"], "%PDF-1.7\n1 0 obj");
    for ran in [named, piped] {
        assert_eq!(ran.code, Some(1));
        assert!(ran.stderr.contains("is a PDF, not text"), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("pdftotext") && ran.stderr.contains("| pullquote -"),
            "{}",
            ran.stderr
        );
    }
}
