//! Pages in our own words, and pages that mean harm.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::article::Article;

/// What stands around an article on most pages.
fn page(head: &str, article: &str) -> String {
    let links = "<li><a href='/x'>Another story of the town</a></li>".repeat(8);
    format!(
        "<!doctype html><html lang=en-GB><head>{head}</head><body>
        <header class=site-header><a href=/>The Aldern Gazette</a></header>
        <nav><ul>{links}</ul></nav>
        <div class=wrap><main><article class=story>{article}</article></main>
        <aside class=sidebar><h2>Most read</h2><ul>{links}</ul></aside></div>
        <div class=comments><p>I never liked that ferry, to be honest, and now this.</p></div>
        <footer><p>© 2024 The Aldern Gazette. All rights reserved.</p></footer></body></html>"
    )
}

/// Paragraphs enough for an article.
fn prose() -> String {
    "<p>The ferry to Aldern did not sail on Monday, and nobody on the quay could say why, although
    the harbour office had promised, twice, to put up a notice.</p>
    <p>“We waited until noon,” said Ruth Calder, who sells fish there, “and then we went home, all
    of us, by the road.”</p>"
        .repeat(3)
}

fn main(page: &str) -> Article {
    read(page, "a.html", Extract::Main).unwrap()
}

/// The blocks as lines with their kinds.
fn said(article: &Article) -> String {
    let mut lines = String::new();
    for block in &article.blocks {
        writeln!(lines, "{:?}: {}", block.kind, block.range.of(&article.text)).unwrap();
    }
    lines
}

/// Checks the blocks of a whole page that consists of `body`.
#[track_caller]
fn check(body: &str, blocks: &str) {
    let article = read(&format!("<body>{body}"), "a.html", Extract::Whole).unwrap();
    assert_eq!(said(&article).trim_end(), blocks);
}

#[test]
fn only_the_article_is_left_of_a_page() {
    let text = main(&page("<title>No ferry on Monday | The Aldern Gazette</title>", &prose())).text;
    assert!(text.starts_with("No ferry on Monday\n\nThe ferry to Aldern did"), "{text}");
    for other in ["Another story", "Most read", "honest", "rights reserved", "Gazette"] {
        assert!(!text.contains(other), "{other} in {text}");
    }
    assert_eq!(text.matches("all of us, by the road").count(), 3);
}

#[test]
fn the_whole_page_has_it_all() {
    let page = page("", &prose());
    let text = read(&page, "a.html", Extract::Whole).unwrap().text;
    for part in ["Another story", "Most read", "honest", "rights reserved", "by the road"] {
        assert!(text.contains(part), "{part} not in {text}");
    }
}

#[test]
fn every_kind_of_block_is_told() {
    check(
        "<h1>One</h1><h3>Two</h3><p>Three  four\n five</p>",
        "Heading(1): One\nHeading(3): Two\nParagraph: Three four five",
    );
    check(
        "<ul><li>One<li><p>Two</p><p>More</p></ul>",
        "ListItem: • One\nListItem: • Two\nListItem: More",
    );
    check("<ol start=4><li>One<li>Two</ol>", "ListItem: 4. One\nListItem: 5. Two");
    check(
        "<blockquote><p>One</p><p>Two</p></blockquote>Three",
        "Quote: One\nQuote: Two\nParagraph: Three",
    );
    check("<pre>\n  if a\n    b\n</pre>", "Code:   if a\n    b");
    check(
        "<figure><img src=a.jpg alt=Sea><figcaption>The sea</figcaption></figure>",
        "Caption: The sea",
    );
    check("<p>One<br>two<br><br>Three", "Paragraph: One\ntwo\nParagraph: Three");
    check(
        "<p>Roses are red<br>Violets are blue<br>And so on",
        "Code: Roses are red\nViolets are blue\nAnd so on",
    );
    check("<p>He said <q>no</q>.", "Paragraph: He said “no”.");
    check("<p><span>T</span></p><p>he sea rose.</p>", "Paragraph: The sea rose.");
    check("<dl><dt>Quay</dt><dd>A wall</dd></dl>", "Paragraph: Quay\nListItem: A wall");
    check("a&nbsp;b &amp; c&#8217;d &lt;e&gt; so&shy;ft", "Paragraph: a\u{a0}b & c’d <e> soft");
    check("one<script>two</script><style>three</style><div hidden>four</div>", "Paragraph: one");
}

#[test]
fn tables_of_data_are_set_in_columns() {
    let rows = "<tr><td>Aldern<td>12</tr><tr><td>Wick<td>7</tr>";
    check(
        &format!("<table><tr><th>Port<th>Ferries</tr>{rows}</table>"),
        "Code: Port    Ferries\nAldern  12\nWick    7",
    );
    check(
        "<table><tr><td><p>Left</p></td><td><p>Right</p></td></tr></table>",
        "Paragraph: Left\nParagraph: Right",
    );
}

#[test]
fn links_and_images_keep_their_places() {
    let body = "<base href=https://example.org/news/><p>The <a href='../ferry'>ferry  line</a> and <a href=''>more</a>.</p><img src=sea.jpg alt='The sea'><p>End";
    let article = read(body, "a.html", Extract::Whole).unwrap();
    let links: Vec<_> =
        article.links.iter().map(|it| (it.range.of(&article.text), it.target.as_str())).collect();
    assert_eq!(links, [("ferry line", "https://example.org/ferry")]);
    let image = &article.images[0];
    assert_eq!(
        (image.target.as_str(), image.alt.as_str()),
        ("https://example.org/news/sea.jpg", "The sea")
    );
    assert_eq!(image.range.start as usize, article.text.find("End").unwrap());
}

#[test]
fn pages_say_what_they_are() {
    let ld = r#"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"No ferry &amp; no notice",
        "author":[{"@type":"Person","name":"Ruth Calder"},{"@id":"_:x"}],"publisher":{"name":"The Aldern Gazette"},
        "datePublished":"2024-10-11T08:00:00Z","dateModified":"2024-10-12"},{"@type":"Person","@id":"_:x","name":"Ann Poe"}]}</script>
        <link rel=canonical href=https://example.org/ferry>"#;
    let meta = main(&page(ld, &prose())).meta;
    assert_eq!(meta.title.as_deref(), Some("No ferry & no notice"));
    assert_eq!(meta.authors, ["Ruth Calder"]);
    assert_eq!(meta.publisher.as_deref(), Some("The Aldern Gazette"));
    assert_eq!(meta.published.map(|it| it.to_string()).as_deref(), Some("2024-10-11"));
    assert_eq!(meta.modified.map(|it| it.to_string()).as_deref(), Some("2024-10-12"));
    assert_eq!(meta.language.as_deref(), Some("en-GB"));
    assert_eq!(meta.canonical.as_deref(), Some("https://example.org/ferry"));
    let tags = "<meta property=og:title content='No ferry | The Gazette'><meta property=og:site_name content='The Gazette'>
        <meta name=author content='By Ann Poe'><meta property=article:published_time content=2023-01-02T00:00Z>";
    let meta = main(&page(tags, &prose())).meta;
    assert_eq!(
        (meta.title.as_deref(), meta.authors),
        (Some("No ferry"), vec!["Ann Poe".to_owned()])
    );
    assert_eq!(meta.published.map(|it| it.to_string()).as_deref(), Some("2023-01-02"));
    let seen = format!(
        "<h1>No ferry</h1><span class=byline>By Ann Poe</span><time datetime=2022-03-04>4 March</time>{}",
        prose()
    );
    let meta = main(&page("<title>A\n\u{1b}[31mB</title>", &seen)).meta;
    assert_eq!(
        (meta.title.as_deref(), &meta.authors[..]),
        (Some("No ferry"), &["Ann Poe".to_owned()][..])
    );
    assert_eq!(meta.published.map(|it| it.to_string()).as_deref(), Some("2022-03-04"));
}

#[test]
fn a_title_is_one_line_and_no_escapes() {
    let meta = main(&page("<title>The\nferry \u{1b}[31m\u{202e}again\u{7}</title>", &prose())).meta;
    let title = meta.title.unwrap();
    assert!(!title.contains(char::is_control) && title.starts_with("The ferry"), "{title:?}");
}

#[test]
fn words_for_search_engines_help_where_the_page_shows_few() {
    let body = "The ferry did not sail, and nobody knew why.\\n\\nIt never had. ".repeat(20);
    let ld = format!(
        r#"<script type="application/ld+json">{{"@type":"Article","articleBody":"{body}"}}</script>"#
    );
    let article = main(&page(&ld, "<p>The ferry did not sail…</p>"));
    assert_eq!(article.text.matches("It never had").count(), 20);
}

/// Reads what means harm within what it may take.
#[track_caller]
fn survives(page: &str) -> Option<Article> {
    let begun = Instant::now();
    let main = read(page, "a.html", Extract::Main).ok();
    read(page, "a.html", Extract::Whole).ok();
    // Tests are not optimized, and machines are busy: the limit itself is 2 s for one.
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    main
}

#[test]
fn deep_and_endless_pages_are_read() {
    for tag in [
        "div",
        "b",
        "span",
        "blockquote",
        "ul><li",
        "table><tr><td",
        "p><a href=x",
        "svg",
        "noscript",
        "select",
        "template",
        "q",
    ] {
        let open = format!("<{tag}>").repeat(10_000);
        let article = survives(&format!("{open}words in the deep"));
        assert!(
            tag == "svg"
                || tag == "noscript"
                || tag == "select"
                || tag == "template"
                || article.is_some(),
            "{tag}"
        );
    }
    // What is left out at the depth must not leave a title open that is not deep.
    for raw in ["title", "textarea", "xmp", "iframe", "noembed", "noframes"] {
        let deep = "<g>".repeat(300);
        survives(&format!("<svg>{deep}<hr><{raw}>a</{raw}><p>b</p></g><{raw}>c</{raw}><p>d"));
    }
    survives(&"<p><font size=1>".repeat(20_000));
    survives(&format!("<p {}>one", "a1=2 ".repeat(200_000)));
    survives(&format!("<div {}", "a ".repeat(400_000)));
    survives(&"<".repeat(400_000));
    survives(&"<a href='".repeat(50_000));
    survives(&"</p>".repeat(200_000));
    survives(&format!("<p>{}", "w".repeat(1_000_000)));
    survives(&format!("<p>a{}", "\u{300}".repeat(300_000)));
    survives(&format!("<p>{}", "&zwj;".repeat(200_000)));
    survives(&format!("<div class='{}'>x</div>", "sidebar ".repeat(100_000)));
    survives(&format!("<p>{}", "<a href=x>y</a> ".repeat(30_000)));
    survives(&"<img src=a.jpg>".repeat(50_000));
    survives(&format!("<table>{}", "<tr><td>1<td>2".repeat(20_000)));
    survives(&format!("<ol>{}", "<li>one, two".repeat(30_000)));
}

#[test]
fn too_large_pages_are_refused() {
    let error = read(&"x".repeat(LIMIT + 1), "a.html", Extract::Main).unwrap_err();
    assert!(error.to_string().contains("too large"), "{error}");
    let error = read("<p>", "a.html", Extract::Main).unwrap_err();
    assert!(error.to_string().contains("no words"), "{error}");
}

#[test]
fn text_holds_no_control_characters() {
    let article = survives("<p>a\u{1b}[2Jb\u{9b}31m\u{0}c\rd\u{7f} &#27;[0m &#x9b;x").unwrap();
    assert_eq!(article.text, "a[2Jb31mc d [0m ›x");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_tags_give_an_article_or_an_error(
        parts in prop::collection::vec(prop_oneof![
            "</?(p|div|a|b|li|ul|table|tr|td|pre|br|h1|article|blockquote|q|ol|img|form|select|svg|title|template)( (class|id|href|src)=[a-z\"' ]{0,9})?>",
            "[ a-z,.“”\u{300}\u{202e}\u{200d}\n\t]{0,40}",
            "&(nbsp|amp|#[0-9]{1,7}|zwj);?",
            "<!?[-a-z?]{0,5}",
        ], 0..60)
    ) {
        let page = parts.concat();
        for extract in [Extract::Main, Extract::Whole] {
            let Ok(article) = read(&page, "a.html", extract) else { continue };
            check_ranges(&article)?;
        }
    }
}

/// Blocks are in order, not empty, without white space at their ends; links and images lie in the
/// text.
fn check_ranges(article: &Article) -> Result<(), TestCaseError> {
    let mut end = 0;
    for block in &article.blocks {
        prop_assert!(block.range.start >= end && !block.range.is_empty());
        let words = block.range.of(&article.text);
        prop_assert!(!words.is_empty());
        prop_assert!(!words.ends_with(char::is_whitespace), "{:?}", words);
        end = block.range.end;
    }
    for range in
        article.links.iter().map(|it| it.range).chain(article.images.iter().map(|it| it.range))
    {
        prop_assert!(article.text.get(range.usize()).is_some());
    }
    Ok(())
}

#[test]
fn headings_and_terms_are_no_heads_of_pages() {
    let article = "<h2 class=section-header><div><a name=one>One reason</a></div></h2>\
        <p>The wind blew from the north, all day and all night, and nobody went out.</p>\
        <h2 id=two>The other <a href='#two' class=anchor>#</a></h2>\
        <dl><dt class=subheaders>A notice</dt><dd>What is put up, or should be, at the quay.</dd></dl>";
    let said = said(&main(&page("<title>No ferry</title>", &(prose() + article))));
    assert!(said.contains("Heading(2): One reason\n"), "{said}");
    assert!(said.contains("Heading(2): The other\n"), "{said}");
    assert!(said.contains("Paragraph: A notice\n"), "{said}");
}

#[test]
fn a_title_is_said_once() {
    let head = "<title>No ferry on Monday</title>";
    let article = format!("<p class=hero>No ferry on Monday</p><p>By the sea</p>{}", prose());
    let text = main(&page(head, &article)).text;
    assert_eq!(text.matches("No ferry on Monday").count(), 1, "{text}");
    let later = format!("{}<p>No ferry on Monday</p>", prose());
    assert!(main(&page(head, &later)).text.ends_with("No ferry on Monday"));
}

#[test]
fn titles_of_chinese_sites_are_cut_at_the_line() {
    let title = |tab: &str| main(&page(&format!("<title>{tab}</title>"), &prose())).meta.title;
    assert_eq!(title("渡船星期一没有开航_新闻频道_港口网").as_deref(), Some("渡船星期一没有开航"));
    assert_eq!(title("The file_name of it").as_deref(), Some("The file_name of it"));
}

#[test]
fn captions_stand_over_tables_of_data() {
    let row = "<tr><th>Port</th><td>Aldern</td></tr><tr><th>Ferries</th><td>12</td></tr>";
    check(
        &format!("<table><caption>The <b>quay</b></caption>{row}</table>"),
        "Caption: The quay\nCode: Port     Aldern\nFerries  12",
    );
}
