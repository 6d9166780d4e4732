//! A web page to an article.
//!
//! The page is read into a tree (`dom`), what nobody reads is taken off, the article's part is
//! found (`main_part`, `tidy`), and its words are written with their blocks (`blocks`).

use super::build::Builder;
use super::{Article, BlockKind, Extract};
use crate::error::{Error, Result};

mod address;
mod blocks;
mod dom;
mod flood;
mod json_ld;
mod junk;
mod main_part;
pub(super) mod meta;
mod tables;
mod tidy;
mod words;

use dom::Dom;
use main_part::{Page, Strict};
use meta::Said;

/// An address that a page at `base` names in its own way, as a full address.
pub fn absolute(base: &str, target: &str) -> String {
    address::absolute(Some(base), target)
}

/// The largest page that is read, in bytes.
pub const LIMIT: usize = 20 * 1024 * 1024;

/// Ever more lenient ways to look for the article.
const WAYS: [Strict; 4] = [
    Strict { names: true, weights: true, shapes: true },
    Strict { names: false, weights: true, shapes: true },
    Strict { names: false, weights: false, shapes: true },
    Strict { names: false, weights: false, shapes: false },
];
/// With fewer bytes than these, the next way is tried.
const ENOUGH: usize = 500;

/// Reads a page. `source` is the path or URL as given.
pub fn read(page: &str, source: &str, extract: Extract) -> Result<Article> {
    let name = super::source::named(source);
    if page.len() > LIMIT {
        return Err(Error::new(format!("{name} is too large for a web page"))
            .hint("20 MB is the most; save the article's text to a file and open that"));
    }
    let dom = Dom::parse(page);
    if dom.cut {
        return Err(Error::new(format!("{name} has more than a million elements"))
            .hint("save the article's text to a file and open that"));
    }
    let said = meta::read(&dom, source);
    let mut article = match extract {
        Extract::Main => main(&dom, &said),
        Extract::Whole => {
            let page = Page::new(&dom);
            let tops = page.all();
            written(&page, &tops, Builder::default())
        }
    };
    if article.blocks.is_empty() {
        return Err(Error::new(format!("{name} holds no words to read")).hint(
            "its words may be put there by scripts: save the page in a browser and open the file",
        ));
    }
    article.meta = said.meta;
    source.clone_into(&mut article.meta.source);
    for link in &mut article.links {
        link.target = address::absolute(said.base.as_deref(), &link.target);
    }
    for image in &mut article.images {
        image.target = address::absolute(said.base.as_deref(), &image.target);
    }
    Ok(article)
}

fn main(dom: &Dom, said: &Said) -> Article {
    let titled = || {
        let mut out = Builder::without(junk::is_junk);
        if let Some(title) = &said.meta.title {
            out.begin(BlockKind::Title);
            out.words(title);
            out.end_block();
            out.not_again(title);
        }
        out.begin(BlockKind::Paragraph);
        out
    };
    let mut best = Article::default();
    for way in WAYS {
        let mut page = Page::new(dom);
        page.title.clone_from(&said.meta.title);
        let tops = page.find(way);
        page.tidy(&tops, way);
        let article = written(&page, &tops, titled());
        if article.text.len() > best.text.len() {
            best = article;
        }
        if best.text.len() >= ENOUGH {
            break;
        }
    }
    match &said.body {
        // What the page tells search engines is more than what it shows.
        Some(body) if body.len() > best.text.len() + best.text.len() / 2 => {
            let mut out = titled();
            json_ld::write(body, &mut out);
            let told = out.finish();
            if told.text.len() > best.text.len() { told } else { best }
        }
        _ => best,
    }
}

/// Writes markup that stands in another text; false where it is too much to be read as a page.
pub(super) fn write_part(markup: &str, out: &mut Builder) -> bool {
    if markup.len() > LIMIT {
        return false;
    }
    let dom = Dom::parse(markup);
    let page = Page::new(&dom);
    for top in page.all() {
        blocks::write(&page, top, out);
    }
    !dom.cut
}

fn written(page: &Page<'_>, tops: &[dom::Id], mut out: Builder) -> Article {
    for &top in tops {
        blocks::write(page, top, &mut out);
    }
    out.finish()
}

#[cfg(test)]
mod tests;
