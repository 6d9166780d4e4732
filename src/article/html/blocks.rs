//! From the elements of a page to a text with its blocks, links and images.

use super::dom::{Id, Kind};
use super::main_part::Page;
use super::{tables, words};
use crate::article::build::{Builder, clean};
use crate::article::{BlockKind, columns};

/// What the elements around a text make of it.
#[derive(Clone, Copy, Debug)]
struct Around {
    kind: BlockKind,
    /// Whether white space counts.
    verbatim: bool,
    /// Levels of lists.
    level: u8,
}

/// Writes the words of an element and of all below it.
pub(super) fn write(page: &Page<'_>, top: Id, out: &mut Builder) {
    let around = Around { kind: BlockKind::Paragraph, verbatim: false, level: 0 };
    out.end_block();
    element(page, top, around, out);
    out.end_block();
}

/// Elements stand at most [`super::dom`]'s limit deep, so that this may call itself.
fn element(page: &Page<'_>, id: Id, around: Around, out: &mut Builder) {
    if page.gone[id as usize] {
        return;
    }
    let dom = page.dom;
    let name = match dom.kind(id) {
        Kind::Text(words) if around.verbatim => return out.verbatim(&clean(words)),
        Kind::Text(words) => return out.words(&clean(words)),
        Kind::Other if id != 0 => return,
        Kind::Other => "",
        Kind::Element(name, _) => &**name,
    };
    match name {
        "br" => return out.line_end(),
        "wbr" | "rp" | "rt" => return,
        "img" => return image(page, id, out),
        "q" => {
            out.words("“");
            below(page, id, around, out);
            return out.words("”");
        }
        "a" if is_permalink(page, id) => return,
        "a" => {
            let from = out.place();
            below(page, id, around, out);
            let target = dom.attribute(id, "href").unwrap_or_default().trim();
            return out.link(from, target);
        }
        "table" if page.tables.is_data(id) && !around.verbatim && table(page, id, around, out) => {
            return;
        }
        _ => {}
    }
    if !words::is_block(name) && !name.is_empty() {
        // Cells of a table and the like, without a block between them.
        return below(page, id, around, out);
    }
    if matches!(name, "h1" | "h2")
        && page.title.as_deref().is_some_and(|it| super::meta::same(it, &dom.words(id, 1000)))
    {
        return;
    }
    let inner = inside(name, around);
    if name == "li" && inner.kind == BlockKind::ListItem {
        out.begin(BlockKind::ListItem);
        out.mark(&bullet(page, id));
    } else {
        out.begin(inner.kind);
    }
    below(page, id, inner, out);
    out.end_block();
    out.mark("");
    // What stands behind belongs to the element around.
    out.begin(around.kind);
}

/// Writes a table of data in columns, with its caption before; false where it is too wide for that.
fn table(page: &Page<'_>, id: Id, around: Around, out: &mut Builder) -> bool {
    let dom = page.dom;
    let lines = tables::cells(dom, &page.gone, id).and_then(|it| columns::aligned(&it));
    let Some(lines) = lines else { return false };
    let caption = dom.children(id).find(|it| dom.name(*it) == "caption");
    if let Some(caption) = caption.filter(|it| !page.gone[*it as usize]) {
        out.begin(BlockKind::Caption);
        below(page, caption, around, out);
    }
    out.begin(BlockKind::Code);
    out.verbatim(&lines);
    out.end_block();
    true
}

/// Whether a link is only the sign by which a heading's own address can be copied.
fn is_permalink(page: &Page<'_>, id: Id) -> bool {
    let own = page.dom.attribute(id, "href").is_some_and(|it| it.starts_with('#'));
    own && matches!(page.dom.words(id, 20).trim(), "#" | "¶" | "§" | "🔗" | "⚓")
}

fn below(page: &Page<'_>, id: Id, around: Around, out: &mut Builder) {
    for child in page.dom.children(id) {
        element(page, child, around, out);
    }
}

fn inside(name: &str, around: Around) -> Around {
    let kind = match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading(name.as_bytes()[1] - b'0'),
        "pre" | "listing" | "xmp" | "plaintext" => BlockKind::Code,
        "figcaption" | "caption" => BlockKind::Caption,
        "blockquote" => BlockKind::Quote,
        "li" | "dd" => match around.kind {
            BlockKind::Quote => BlockKind::Quote,
            _ => BlockKind::ListItem,
        },
        "figure" | "dt" => BlockKind::Paragraph,
        _ => around.kind,
    };
    let verbatim = around.verbatim || kind == BlockKind::Code;
    let level = around.level.saturating_add(u8::from(matches!(name, "ul" | "ol")));
    Around { kind, verbatim, level }
}

/// What stands before an entry of a list.
fn bullet(page: &Page<'_>, entry: Id) -> String {
    let dom = page.dom;
    let list = dom.parent(entry);
    if dom.name(list) != "ol" {
        return "• ".to_owned();
    }
    match page.numbers.get(&entry) {
        Some(number) => format!("{number}. "),
        None => "• ".to_owned(),
    }
}

fn image(page: &Page<'_>, id: Id, out: &mut Builder) {
    let value = |name| page.dom.attribute(id, name).map(str::trim).filter(|it| !it.is_empty());
    let alt = value("alt").map(|it| crate::text::one_line(&clean(it)));
    // A picture of a letter or a smile is read as one.
    if let Some(alt) = alt.as_deref().filter(|it| it.chars().count() <= 2 && !it.is_ascii()) {
        return out.words(alt);
    }
    let small = |name| value(name).and_then(|it| it.parse::<u32>().ok()).is_some_and(|it| it < 32);
    if small("width") || small("height") {
        return;
    }
    let named = [value("src"), value("data-src"), value("data-original")];
    let source = named.into_iter().flatten().find(|it| !it.starts_with("data:"));
    if let Some(source) = source {
        out.image(source, alt.unwrap_or_default());
    }
}
