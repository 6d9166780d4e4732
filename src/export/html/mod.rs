//! One page that needs nothing else: the text with its marks, and beside it what was found.

use std::fmt::Write;

use super::rows::Sheet;
use super::safe::harmless;
use super::{Extent, Options};
use crate::annot::{Annotation, Kind, Store};
use crate::article::{Article, BlockKind};

mod marks;

/// The head of a page. It may fetch and run nothing, even if a slip should let some of an article
/// through as HTML.
macro_rules! head {
    ($rest:expr) => {
        concat!(
            "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ",
            "style-src 'unsafe-inline'\">\n",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>\n",
            include_str!("page.css"),
            "</style>\n",
            $rest
        )
    };
}

/// What stands before the title of a page with one article.
pub(super) const ONE: &str = head!("");

/// What stands before the first article of a page with several.
pub(super) const SEVERAL: &str = head!("<title>Articles</title>\n</head>\n<body>\n");

pub(super) const CLOSING: &str = "</body>\n</html>\n";

pub(super) fn write(extent: Extent, article: &Article, store: &Store, options: &Options) -> String {
    let page = Page { article, sheet: Sheet::new(article, store, options) };
    let mut out = String::new();
    if extent == Extent::One {
        let title = escaped(page.title());
        add(&mut out, format_args!("<title>{title}</title>\n</head>\n<body>\n"));
    }
    out.push_str("<main>\n<article>\n");
    page.head(&mut out);
    marks::add_text(&mut out, article, &page.sheet);
    out.push_str("</article>\n<aside>\n");
    page.passages(&mut out, "Highlights", Kind::Highlight);
    page.passages(&mut out, "Quotes", Kind::Quote);
    page.names(&mut out);
    page.timeline(&mut out);
    out.push_str("</aside>\n</main>\n");
    out
}

struct Page<'a> {
    article: &'a Article,
    sheet: Sheet<'a>,
}

impl<'a> Page<'a> {
    fn title(&self) -> &'a str {
        let meta = &self.article.meta;
        meta.title.as_deref().unwrap_or(&meta.source)
    }

    fn head(&self, out: &mut String) {
        let (meta, about) = self.sheet.about();
        out.push_str("<header>\n");
        if !self.article.blocks.iter().any(|block| block.kind == BlockKind::Title) {
            add(out, format_args!("<h1>{}</h1>\n", escaped(self.title())));
        }
        let day = self.sheet.published().map(|day| day.to_string());
        let parts = meta.authors.iter().chain(&meta.publisher).chain(&day);
        let parts: Vec<_> = parts.chain([&meta.source]).map(|it| escaped(it)).collect();
        add(out, format_args!("<p class=\"meta\">{}</p>\n", parts.join(" · ")));
        add_remarks(out, &about.note, &about.tags);
        out.push_str("</header>\n");
    }

    fn passages(&self, out: &mut String, heading: &str, kind: Kind) {
        let mut all = self.sheet.of_kind(kind).peekable();
        if all.peek().is_none() {
            return;
        }
        add(out, format_args!("<section>\n<h2>{heading}</h2>\n<ol>\n"));
        for it in all {
            add(out, format_args!("<li>{}", self.link(it)));
            if let Some(speaker) = it.quote().and_then(|quote| self.sheet.speaker(quote)) {
                add(out, format_args!(" <b>{}</b>", escaped(speaker)));
            }
            add_remarks(out, it.note(), it.tags());
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</section>\n");
    }

    /// The words of an annotation, which lead to its place.
    fn link(&self, it: &'a Annotation) -> String {
        let words = escaped(self.sheet.words(it));
        if it.is_lost() {
            return format!("<q>{words}</q> <i>(not in this text)</i>");
        }
        format!("<a href=\"#a-{}\">{words}</a>", it.id)
    }

    fn names(&self, out: &mut String) {
        let all = self.sheet.counted();
        if all.is_empty() {
            return;
        }
        out.push_str("<section>\n<h2>Names</h2>\n<ul>\n");
        for (count, entity) in all {
            let (name, kind) = (escaped(&entity.name), entity.kind.name());
            add(out, format_args!("<li><b>{name}</b> {kind}, {count}"));
            if !entity.aliases.is_empty() {
                add(out, format_args!("; {}", escaped(&entity.aliases.join(", "))));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n</section>\n");
    }

    fn timeline(&self, out: &mut String) {
        let mut begun = false;
        for (it, time) in self.sheet.timeline() {
            if !std::mem::replace(&mut begun, true) {
                out.push_str("<section>\n<h2>Timeline</h2>\n<ul>\n");
            }
            let inferred = if time.inferred { " (inferred)" } else { "" };
            let value = escaped(&time.value);
            add(out, format_args!("<li><b>{value}</b>{inferred} {}", self.link(it)));
            add_remarks(out, it.note(), it.tags());
            out.push_str("</li>\n");
        }
        if begun {
            out.push_str("</ul>\n</section>\n");
        }
    }
}

fn add(out: &mut String, words: std::fmt::Arguments<'_>) {
    out.write_fmt(words).expect("a string takes everything");
}

fn add_remarks(out: &mut String, note: &str, tags: &[String]) {
    if !note.is_empty() {
        add(out, format_args!("<p class=\"note\">{}</p>", escaped(note)));
    }
    for tag in tags {
        add(out, format_args!(" <span class=\"tag\">{}</span>", escaped(tag)));
    }
}

/// Words in which nothing is a mark of HTML.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => {}
            c => out.push(harmless(c)),
        }
    }
    out
}
