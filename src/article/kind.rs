//! What a source is, told by its content rather than by its name.

use serde::{Deserialize, Serialize};

use super::binary;

/// What a source is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Plain text.
    #[default]
    Text,
    /// A web page.
    Html,
    /// Text with the marks of Markdown.
    Markdown,
    /// A book.
    Epub,
    /// A list of articles that a site offers: RSS, Atom or JSON.
    Feed,
}

/// How many bytes are looked at.
const BEGINNING: usize = 16 * 1024;

/// Tells what a source is. `name` is its path or URL; only the ending counts, and only where the
/// content leaves it open.
pub fn told(bytes: &[u8], name: &str) -> Kind {
    if binary::is_epub(bytes) {
        return Kind::Epub;
    }
    let beginning = super::decode::beginning(bytes, BEGINNING);
    let text = beginning.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let ending = ending(name);
    if is_feed(text) {
        return Kind::Feed;
    }
    if is_page(text) {
        return Kind::Html;
    }
    match ending.as_str() {
        "html" | "htm" | "xhtml" | "xht" | "shtml" if text.contains('<') => Kind::Html,
        "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "mdwn" => Kind::Markdown,
        // Whoever calls a file so means its characters as they are.
        "txt" | "text" | "log" | "csv" => Kind::Text,
        _ if is_markdown(text) => Kind::Markdown,
        _ => Kind::Text,
    }
}

/// The ending of a file's name or of an address's path, in lower case.
fn ending(name: &str) -> String {
    let path =
        if name.contains("://") { name.split(['?', '#']).next().unwrap_or(name) } else { name };
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    file.rsplit_once('.').map_or(String::new(), |it| it.1.to_lowercase())
}

fn starts_with(text: &str, beginning: &str) -> bool {
    text.get(..beginning.len()).is_some_and(|it| it.eq_ignore_ascii_case(beginning))
}

/// What stands behind the declarations and comments that a page or feed may begin with.
fn behind_declarations(mut text: &str) -> &str {
    loop {
        let end = match () {
            () if text.starts_with("<!--") => text.find("-->").map(|it| it + 3),
            () if text.starts_with("<?") => text.find("?>").map(|it| it + 2),
            () if starts_with(text, "<!doctype") => doctype_end(text),
            () => None,
        };
        match end.and_then(|it| text.get(it..)) {
            Some(rest) => text = rest.trim_start(),
            None => return text,
        }
    }
}

/// Where a declaration of the document's type ends, which may hold others.
fn doctype_end(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    match text.find('[').filter(|it| *it < end) {
        Some(open) => {
            let close = open + text.get(open..)?.find(']')?;
            Some(close + text.get(close..)?.find('>')? + 1)
        }
        None => Some(end + 1),
    }
}

fn is_page(text: &str) -> bool {
    if starts_with(text, "<!doctype html") {
        return true;
    }
    let text = behind_declarations(text);
    let tags =
        ["<html", "<head", "<body", "<title", "<meta", "<article", "<main", "<!doctype html"];
    let begins = |tag: &str| {
        let behind = text.get(tag.len()..).unwrap_or_default();
        starts_with(text, tag) && !behind.starts_with(|it: char| it.is_alphanumeric() || it == '-')
    };
    tags.iter().any(|it| begins(it))
}

fn is_feed(text: &str) -> bool {
    if text.starts_with('{') {
        return text.contains("https://jsonfeed.org/version/")
            || text.contains("https:\\/\\/jsonfeed.org\\/version\\/");
    }
    let text = behind_declarations(text);
    let is = |tag: &str| {
        let behind = text.get(tag.len()..).unwrap_or_default();
        starts_with(text, tag) && behind.starts_with(|it: char| it.is_whitespace() || it == '>')
    };
    is("<rss") || is("<rdf:rdf") || is("<feed") || is("<opml")
}

/// Whether several different marks of Markdown stand where only Markdown has them.
fn is_markdown(text: &str) -> bool {
    if super::markdown::front_matter(text).is_some() {
        return true;
    }
    let (mut headings, mut fences, mut links, mut bold) = (0, 0, 0, 0);
    for line in text.lines() {
        let level = line.bytes().take_while(|it| *it == b'#').count();
        let heading = (1..=6).contains(&level)
            && line.get(level..).is_some_and(|it| it.starts_with(' ') && it.trim().len() > 1);
        headings += u32::from(heading);
        fences += u32::from(line.starts_with("```") || line.starts_with("~~~"));
        links += u32::from(line.contains("](http") || line.contains("](#") || line.contains("](/"));
        bold += u32::from(line.matches("**").count() >= 2);
    }
    let kinds = [headings > 0, fences > 1, links > 0, bold > 0];
    let different = kinds.iter().filter(|it| **it).count();
    headings > 0 && different >= 2 || links > 0 && fences > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, kind: Kind) {
        assert_eq!(told(text.as_bytes(), name), kind, "{text:?} {name}");
    }

    #[test]
    fn pages_are_told() {
        check("<!DOCTYPE html><p>One", "-", Kind::Html);
        check("\u{feff}\n <!-- saved --> <HTML lang=en>", "page.txt", Kind::Html);
        check("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", "-", Kind::Html);
        check("<p>One", "one.html", Kind::Html);
        check("<p>One", "https://example.org/one.htm?x=y.txt", Kind::Html);
        check("<headline> is no page", "-", Kind::Text);
        check("<p>is how a paragraph begins", "-", Kind::Text);
        let wide: Vec<u8> =
            "\u{feff}<html><p>One".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(told(&wide, "-"), Kind::Html);
    }

    #[test]
    fn feeds_are_told() {
        check("<?xml version='1.0'?><rss version='2.0'>", "-", Kind::Feed);
        check("<?xml version='1.0'?><!-- x --><feed xmlns='a'>", "x.html", Kind::Feed);
        check("{\"version\": \"https://jsonfeed.org/version/1.1\"}", "-", Kind::Feed);
        let lists = "<!DOCTYPE rdf:RDF [<!ENTITY % x PUBLIC 'a' 'b'> %x; ]>";
        check(&format!("<?xml version='1.0'?>{lists}\n<rdf:RDF xmlns='x'>"), "-", Kind::Feed);
        check("<!DOCTYPE rss [<!ENTITY", "-", Kind::Text);
        check("{\"version\": 1}", "-", Kind::Text);
        check("<feedback>", "-", Kind::Text);
    }

    #[test]
    fn markdown_is_told_by_its_ending_or_by_several_marks() {
        check("Words", "one.md", Kind::Markdown);
        check("---\ntitle: One\n---\nWords", "-", Kind::Markdown);
        check("# One\n\nTwo **three** four", "-", Kind::Markdown);
        check("# One\n\n[Two](https://example.org)", "notes", Kind::Markdown);
        check("# One\n\nTwo **three** four", "one.txt", Kind::Text);
        check("# One\n\nTwo", "-", Kind::Text);
        check("#1 of 3: the **best** one", "-", Kind::Text);
        check("---\n\nWords", "-", Kind::Text);
    }

    #[test]
    fn books_are_told() {
        let mut book = b"PK\x03\x04".to_vec();
        book.extend([0; 26]);
        book.extend(b"mimetypeapplication/epub+zip");
        assert_eq!(told(&book, "one.txt"), Kind::Epub);
    }
}
