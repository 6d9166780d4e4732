//! What it costs to read a source: pages of 1 MB and 20 MB, their whole text, Markdown, and a page
//! that was kept.

use divan::{Bencher, black_box};

use pullquote::article::{self, Extract, How};
use pullquote::detect::versions::differences;

fn main() {
    divan::main();
}

const MB: usize = 1024 * 1024;

/// A page of paragraphs, headings, lists and links, with a menu before and comments behind; every
/// third byte is markup, as it is on the web.
fn page(bytes: usize) -> Vec<u8> {
    let mut page = String::from(
        "<!doctype html><html lang=en><head><title>No ferry on Monday | The Aldern Gazette</title>\
         <meta property=og:site_name content='The Aldern Gazette'></head><body><nav class=menu><ul>",
    );
    for at in 0..200 {
        page.extend([format!(
            "<li class='menu-item item-{at}'><a href='/{at}'>Part {at}</a></li>"
        )]);
    }
    page.push_str("</ul></nav><div id=content class='content main'><article><h1>No ferry</h1>");
    for at in 0.. {
        if page.len() >= bytes {
            break;
        }
        if at % 9 == 0 {
            page.extend([format!("<h2 id='part-{at}'>What happened in part {at}</h2>\n")]);
        }
        page.extend([format!(
            "<div class='block block-{at}' data-index='{at}'><p class='text'>The ferry to Aldern \
             did not sail on day {at}, and <a href='/people/{at}'>nobody on the quay</a> could say \
             why, although the <em>harbour office</em> had promised, twice, to put up &ldquo;a \
             notice&rdquo; of it.</p></div>\n<script>track('{at}', {{a: [1, 2, 3]}});</script>\n"
        )]);
    }
    page.push_str("</article></div><section class=comments><p>First!</p></section></body></html>");
    page.into_bytes()
}

fn markdown(bytes: usize) -> Vec<u8> {
    let mut text = String::from("# No ferry\n\n");
    for at in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.extend([format!(
            "## Part {at}\n\nThe ferry to *Aldern* did not sail on day {at}, and [nobody on the \
             quay](https://aldern.example/{at}) could say why.\n\n- one\n- **two**\n\n"
        )]);
    }
    text.into_bytes()
}

fn read(bencher: Bencher<'_, '_>, source: &[u8], name: &str, extract: Extract) {
    let how = How { extract, ..How::default() };
    bencher
        .with_inputs(|| source.to_vec())
        .bench_values(|it| article::read_as(black_box(it), name, &how).expect("it is an article"));
}

#[divan::bench(args = [1, 20], max_time = 10, min_time = 2)]
fn page_of_mb(bencher: Bencher<'_, '_>, mb: usize) {
    read(bencher, &page(mb * MB - MB / 100), "page.html", Extract::Main);
}

#[divan::bench(args = [1, 20], max_time = 10, min_time = 2)]
fn whole_page_of_mb(bencher: Bencher<'_, '_>, mb: usize) {
    read(bencher, &page(mb * MB - MB / 100), "page.html", Extract::Whole);
}

#[divan::bench(args = [1, 20], max_time = 10, min_time = 2)]
fn markdown_of_mb(bencher: Bencher<'_, '_>, mb: usize) {
    read(bencher, &markdown(mb * MB), "text.md", Extract::Main);
}

/// The way of R: unpacked and read anew.
#[divan::bench]
fn kept_page_of_1_mb(bencher: Bencher<'_, '_>) {
    let article = article::read(page(MB), "page.html").expect("it is an article");
    let raw = article.raw.expect("pages are kept");
    bencher.bench(|| black_box(&raw).read(Extract::Whole).expect("it is an article"));
}

/// What a refresh compares: a page of 1 MB in which every fiftieth paragraph is another one.
#[divan::bench]
fn differences_of_1_mb(bencher: Bencher<'_, '_>) {
    let text = String::from_utf8(page(MB)).expect("it is UTF-8");
    let later = text.replace("0, and <a", "0 either, and <a");
    let read = |it: String| article::read(it.into_bytes(), "page.html").expect("it is an article");
    let (before, after) = (read(text), read(later));
    bencher.bench(|| differences(black_box(&before), black_box(&after)));
}
