//! Feeds: what a site offers to read, as RSS, Atom or JSON, and lists of feeds as OPML.

use jiff::civil::Date;

use super::build::{self, Builder};
use super::html::meta::{day, line, person};
use super::xml::{Piece, pieces, value};
use super::{Article, html, pictures, plain};
use crate::error::{Error, Result};

/// A list of things to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// What it is called.
    pub title: Option<String>,
    /// What it offers, in its own order.
    pub items: Vec<Item>,
}

/// Something to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// By what the feed knows it; its address where the feed has no name for it.
    pub id: String,
    /// Its title in one line, or its first words.
    pub title: String,
    /// Where it is.
    pub link: Option<String>,
    /// The day it was published.
    pub published: Option<Date>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// What it is about, in one line.
    pub summary: Option<String>,
    /// Its words, where it leads nowhere and the feed itself has them: markup or plain text.
    pub content: Option<String>,
    /// Whether it is a feed itself, in a list of feeds.
    pub is_feed: bool,
}

/// The largest feed that is read, in bytes.
const LIMIT: usize = 20 * 1024 * 1024;
/// The most items that are listed.
const MOST: usize = 5000;
/// The largest item that is an article of its own, in bytes.
const LONGEST: usize = 1024 * 1024;
/// How deep elements may stand in each other.
const DEEPEST: usize = 200;

/// Reads a feed or a list of feeds. `source` is the path or URL as given.
pub fn read(bytes: &[u8], source: &str) -> Result<Feed> {
    let name = super::source::named(source);
    if bytes.len() > LIMIT {
        return Err(Error::new(format!("{name} is too large for a feed: 20 MB is the most")));
    }
    let text = String::from_utf8_lossy(bytes);
    if super::told(bytes, source) != super::Kind::Feed {
        return Err(Error::new(format!("{name} is no feed"))
            .hint(format!("`pullquote {name}` opens it as an article")));
    }
    if is_deep(bytes) {
        return Err(Error::new(format!("{name} is a feed that is nested too deep")));
    }
    if let Some(feeds) = opml(&text) {
        return Ok(feeds);
    }
    let base = Some(source).filter(|it| it.starts_with("http"));
    let parser = feed_rs::parser::Builder::new().base_uri(base).build();
    let feed = parser.parse(bytes).map_err(|error| {
        Error::new(format!("{name} is a feed that cannot be read: {error}"))
            .hint("its site may have broken it; try again later")
    })?;
    let items = feed.entries.into_iter().take(MOST).map(item).collect();
    Ok(Feed { title: feed.title.and_then(|it| words(&it.content, 300)), items })
}

fn item(entry: feed_rs::model::Entry) -> Item {
    let link = entry.links.iter().find(|it| it.rel.as_deref() == Some("alternate"));
    let link = link.or_else(|| entry.links.first()).map(|it| it.href.clone());
    let link = link.filter(|it| it.starts_with("http") && it.len() <= 4096);
    let body = entry.content.and_then(|it| it.body);
    let summary = entry.summary.map(|it| it.content);
    // What is to be fetched is not kept here as well.
    let content = body.as_ref().or(summary.as_ref()).filter(|_| link.is_none()).cloned();
    let content = content.filter(|it| it.len() <= LONGEST && !it.trim().is_empty());
    let summary = summary.or(body).and_then(|it| words(&it, 500));
    let title = entry.title.and_then(|it| words(&it.content, 300));
    let title = title.or_else(|| summary.as_deref().and_then(|it| line(it, 80)));
    let title = title.or_else(|| link.clone()).unwrap_or_else(|| "(no title)".to_owned());
    let published = entry.published.or(entry.updated).and_then(|it| day(&it.to_rfc3339()));
    let id = line(&entry.id, 1000).or_else(|| link.clone()).unwrap_or_default();
    let authors =
        entry.authors.iter().take(20).filter_map(|it| person(it.name.as_deref()?)).collect();
    Item { id, title, link, published, authors, summary, content, is_feed: false }
}

/// An item whose words stand in the feed itself as an article. `feed` and `source` are the title and
/// the address of the feed.
pub fn article(item: &Item, feed: Option<&str>, source: &str) -> Result<Article> {
    let nothing = || {
        Error::new(format!("“{}” leads nowhere and has no words of its own", item.title))
            .hint("its site may have broken the feed")
    };
    let content = item.content.as_deref().ok_or_else(nothing)?;
    let name = format!("{source}#{}", item.id);
    let article = if content.contains(['<', '&']) {
        let mut out = Builder::default();
        let _: bool = html::write_part(content, &mut out);
        out.finish()
    } else {
        plain::read(content.to_owned(), &name)
    };
    if article.blocks.is_empty() {
        return Err(nothing());
    }
    let mut article = pictures::shown(article, true);
    if article.meta.title.is_none() {
        build::put_title(&mut article, &item.title);
    }
    let base = Some(source).filter(|it| it.starts_with("http")).unwrap_or_default();
    for link in &mut article.links {
        link.target = html::absolute(base, &link.target);
    }
    for image in &mut article.images {
        image.target = html::absolute(base, &image.target);
    }
    article.meta.title = Some(item.title.clone());
    article.meta.source = name;
    article.meta.publisher = feed.map(str::to_owned);
    article.meta.published = item.published.or(article.meta.published);
    if !item.authors.is_empty() {
        article.meta.authors.clone_from(&item.authors);
    }
    Ok(article)
}

/// Whether a file is a list of feeds.
pub fn is_list(bytes: &[u8]) -> bool {
    super::told(bytes, "") == super::Kind::Feed && opml(&String::from_utf8_lossy(bytes)).is_some()
}

/// Feeds as a list that other programs read, too: OPML.
pub fn list<'f>(feeds: impl Iterator<Item = (&'f str, &'f str)>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head><title>Feeds of \
         pullquote</title></head>\n  <body>\n",
    );
    for (title, address) in feeds {
        let [title, address] = [title, address].map(quick_xml::escape::escape);
        for part in ["    <outline type=\"rss\" text=\"", &title, "\" title=\"", &title] {
            out += part;
        }
        for part in ["\" xmlUrl=\"", &address, "\"/>\n"] {
            out += part;
        }
    }
    out + "  </body>\n</opml>\n"
}

/// Words that may be markup, in one line.
fn words(text: &str, most: usize) -> Option<String> {
    // A beginning is enough for a line.
    let text = text.get(..text.floor_char_boundary(16 * 1024)).unwrap_or(text);
    if !text.contains(['<', '&']) {
        return line(text, most);
    }
    let mut out = Builder::default();
    let _: bool = html::write_part(text, &mut out);
    line(&out.finish().text, most)
}

/// The feeds of a list of feeds; none where it is no such list.
fn opml(text: &str) -> Option<Feed> {
    let pieces = pieces(text);
    let is_list = pieces.iter().find_map(|it| match it {
        Piece::Open(name, _) => Some(name.eq_ignore_ascii_case("opml")),
        Piece::Close(_) | Piece::Words(_) => None,
    });
    if is_list != Some(true) {
        return None;
    }
    let item = |piece: &Piece| {
        let Piece::Open(name, attributes) = piece else { return None };
        let get = |wanted: &str| {
            attributes.iter().find(|it| it.0.eq_ignore_ascii_case(wanted)).map(|it| it.1.as_str())
        };
        let link = get("xmlUrl").filter(|it| it.starts_with("http") && name == "outline")?;
        let title = value(attributes, "title").or_else(|| value(attributes, "text"));
        let title = title.and_then(|it| line(it, 300)).unwrap_or_else(|| link.to_owned());
        let (id, link) = (link.to_owned(), Some(link.to_owned()));
        Some(Item { id, title, link, is_feed: true, ..Item::default() })
    };
    let title = pieces.windows(2).find_map(|it| match it {
        [Piece::Open(name, _), Piece::Words(words)] if name == "title" => line(words, 300),
        _ => None,
    });
    Some(Feed { title, items: pieces.iter().filter_map(item).take(MOST).collect() })
}

/// Whether elements stand deeper in each other than any feed needs; the reader of feeds calls
/// itself for each.
fn is_deep(bytes: &[u8]) -> bool {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]) {
        at += open + 1;
        let rest = &bytes[at..];
        let hidden = [(&b"![CDATA["[..], &b"]]>"[..]), (b"!--", b"-->")];
        if let Some((_, end)) = hidden.iter().find(|it| rest.starts_with(it.0)) {
            at += memchr::memmem::find(rest, end).unwrap_or(rest.len());
            continue;
        }
        match rest.first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(it) if it.is_ascii_alphabetic() => {
                let end = memchr::memchr2(b'<', b'>', rest).unwrap_or(rest.len());
                depth += usize::from(!rest[..end].ends_with(b"/"));
            }
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn titles(text: &str) -> Vec<String> {
        read(text.as_bytes(), "a.xml").unwrap().items.into_iter().map(|it| it.title).collect()
    }

    #[test]
    fn all_kinds_of_feeds_are_read() {
        let rss = "<?xml version='1.0'?><rss version='2.0'><channel><title>Aldern</title>
            <item><title>No &lt;b&gt;ferry&lt;/b&gt; &amp;amp; no\nnotice</title><link>https://example.org/a</link>
            <pubDate>Fri, 11 Oct 2024 08:30:00 GMT</pubDate><description>&lt;p&gt;It did not sail.</description></item>
            <item><description>Only words</description></item><item/></channel></rss>";
        let feed = read(rss.as_bytes(), "a.xml").unwrap();
        assert_eq!(feed.title.as_deref(), Some("Aldern"));
        let first = &feed.items[0];
        assert_eq!(
            (first.title.as_str(), first.link.as_deref()),
            ("No ferry & no notice", Some("https://example.org/a"))
        );
        assert_eq!(first.published.map(|it| it.to_string()).as_deref(), Some("2024-10-11"));
        assert_eq!(first.summary.as_deref(), Some("It did not sail."));
        assert_eq!(feed.items[1].title, "Only words");
        assert_eq!(feed.items[2].title, "(no title)");
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><id>1</id><title>One</title>
            <link href='javascript:alert(1)'/><author><name>Ann Poe</name></author><updated>2024-01-02T03:04:05Z</updated></entry></feed>";
        let one = read(atom.as_bytes(), "a.xml").unwrap().items.remove(0);
        assert_eq!(
            (one.title.as_str(), one.link, one.authors),
            ("One", None, vec!["Ann Poe".to_owned()])
        );
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","url":"https://example.org/","title":"One","content_text":"x"}]}"#;
        assert_eq!(titles(json), ["One"]);
    }

    #[test]
    fn lists_of_feeds_are_read() {
        let list = "<opml><body><outline text='News'><outline text='Aldern &amp; Wick' xmlUrl='https://example.org/feed'/>
            <outline text='x' xmlUrl='file:///etc/passwd'/></outline></body></opml>";
        assert_eq!(titles(list), ["Aldern & Wick"]);
    }

    #[test]
    fn what_stands_only_in_the_feed_is_an_article() {
        let rss = "<rss version='2.0'><channel><title>Aldern</title><item><title>A note</title><guid>n1</guid>
            <pubDate>Fri, 11 Oct 2024 08:30:00 GMT</pubDate><description>&lt;p&gt;It did &lt;a href='/why'&gt;not&lt;/a&gt; sail.&lt;/p&gt;</description></item>
            <item><guid>n2</guid><description>Only words, and plain ones.</description></item><item><title>Nothing</title></item>
            <item><link>https://example.org/a</link><description>Elsewhere</description></item></channel></rss>";
        let address = "https://example.org/feed";
        let feed = read(rss.as_bytes(), address).unwrap();
        let open = |at: usize| article(&feed.items[at], feed.title.as_deref(), address);
        let note = open(0).unwrap();
        assert_eq!(note.text, "A note\n\nIt did not sail.");
        assert_eq!(note.blocks[0].kind, super::super::BlockKind::Title);
        assert_eq!(note.links[0].target, "https://example.org/why");
        assert_eq!(note.meta.source, "https://example.org/feed#n1");
        assert_eq!(note.meta.publisher.as_deref(), Some("Aldern"));
        assert_eq!(note.meta.published.map(|it| it.to_string()).as_deref(), Some("2024-10-11"));
        assert!(open(1).unwrap().text.ends_with("Only words, and plain ones."));
        let error = open(2).unwrap_err().to_string();
        assert!(error.contains("“Nothing” leads nowhere"), "{error}");
        assert_eq!(feed.items[3].content, None);
    }

    #[test]
    fn a_list_that_is_written_is_read_again() {
        let feeds =
            [("A & <b>\"", "https://example.org/?a=1&b='2'"), ("Two", "http://example.org/")];
        let text = list(feeds.into_iter());
        assert!(is_list(text.as_bytes()) && !is_list(b"<rss version='2.0'></rss>"));
        let read = read(text.as_bytes(), "a.opml").unwrap();
        assert_eq!(read.title.as_deref(), Some("Feeds of pullquote"));
        let read: Vec<_> =
            read.items.iter().map(|it| (&*it.title, it.link.as_deref().unwrap())).collect();
        assert_eq!(read, feeds);
    }

    #[test]
    fn what_is_no_feed_or_means_harm_is_refused() {
        let refuse = |text: &str, part: &str| {
            let error = read(text.as_bytes(), "a.xml").expect_err(part).to_string();
            assert!(error.contains(part), "{error}");
        };
        refuse("<html>", "no feed");
        refuse("Words", "no feed");
        refuse(&format!("<rss><channel>{}", "<a>".repeat(100_000)), "too deep");
        assert!(!is_deep(
            format!("<rss><![CDATA[{}]]><!--{}-->", "<br>".repeat(900), "<p>".repeat(900))
                .as_bytes()
        ));
        read(format!("<rss>{}", "<a</a".repeat(200_000)).as_bytes(), "a.xml").ok();
        let bomb = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]>";
        let rss = format!(
            "<?xml version='1.0'?>{bomb}<rss version='2.0'><channel><item><title>x&c;y</title></item></channel></rss>"
        );
        let shown = read(rss.as_bytes(), "a.xml").map(|it| it.items[0].title.len());
        assert!(shown.is_err() || shown.is_ok_and(|it| it < 20));
        let escape = "<rss version='2.0'><channel><item><title>a&#27;[31m\u{9b}b&#x202e;</title></item></channel></rss>";
        assert!(
            read(escape.as_bytes(), "a.xml").is_err()
                || !titles(escape)[0].contains(char::is_control)
        );
    }

    proptest! {
        #[test]
        fn any_feed_is_read_or_refused(parts in prop::collection::vec("</?(rss|channel|item|title|link|feed|entry|author|content|media:content|itunes:x)( (href|type|url|rel)='[a-z:/]{0,9}')?/?>|[ a-z&;]{0,9}", 0..40)) {
            for head in ["<rss version='2.0'><channel>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<opml>", "<rdf:RDF>"] {
                read(format!("{head}{}", parts.concat()).as_bytes(), "a.xml").ok();
            }
        }
    }
}
