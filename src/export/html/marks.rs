//! The text with its marks. Marks may overlap as they like, which the elements of HTML may not:
//! the text is cut wherever one begins or ends, and each piece says all that it belongs to.

use super::{add, escaped};
use crate::annot::{Annotation, AnnotationId, Body, EntityKind};
use crate::article::{Article, Block, BlockKind};
use crate::export::rows::Sheet;
use crate::text::{TextRange, offset};

/// What a piece of the text may belong to, as the page's style names it.
const CLASSES: [&str; 13] = [
    "quote",
    "person",
    "place",
    "organization",
    "time",
    "highlight",
    "green",
    "blue",
    "red",
    "pink",
    "orange",
    "purple",
    "cyan",
];

/// A mark begins or ends.
struct Edge {
    place: u32,
    /// Ends come before beginnings at one place.
    begins: bool,
    class: usize,
    id: Option<AnnotationId>,
}

/// Adds all blocks of an article.
pub(super) fn add_text(out: &mut String, article: &Article, sheet: &Sheet<'_>) {
    let mut walk = Walk::new(article, sheet);
    let mut in_list = false;
    let whole =
        Block { kind: BlockKind::Code, range: TextRange::new(0, offset(article.text.len())) };
    let blocks = if article.blocks.is_empty() { &[whole][..] } else { &article.blocks };
    for block in blocks {
        let item = block.kind == BlockKind::ListItem;
        if item != in_list {
            out.push_str(if item { "<ul>\n" } else { "</ul>\n" });
            in_list = item;
        }
        let (open, close) = element(block.kind);
        out.push_str(open);
        walk.block(out, block.range);
        out.push_str(close);
        out.push('\n');
    }
    if in_list {
        out.push_str("</ul>\n");
    }
    // What stands in white space behind the last block.
    walk.pass(u32::MAX);
    walk.add_targets(out);
}

const fn element(kind: BlockKind) -> (&'static str, &'static str) {
    match kind {
        BlockKind::Title => ("<h1>", "</h1>"),
        BlockKind::Heading(0..=2) => ("<h2>", "</h2>"),
        BlockKind::Heading(_) => ("<h3>", "</h3>"),
        BlockKind::Paragraph => ("<p>", "</p>"),
        BlockKind::ListItem => ("<li>", "</li>"),
        BlockKind::Quote => ("<blockquote>", "</blockquote>"),
        BlockKind::Code => ("<pre>", "</pre>"),
        BlockKind::Picture
        | BlockKind::Caption
        | BlockKind::Byline
        | BlockKind::Dateline
        | BlockKind::Credit => ("<p class=\"meta\">", "</p>"),
    }
}

/// Goes through the text and the edges of the marks in it.
struct Walk<'a> {
    article: &'a Article,
    edges: Vec<Edge>,
    next: usize,
    /// How many marks of each class are open.
    open: [u32; CLASSES.len()],
    /// Places for the links of those that have begun.
    targets: Vec<AnnotationId>,
}

impl<'a> Walk<'a> {
    fn new(article: &'a Article, sheet: &Sheet<'_>) -> Self {
        let mut edges = Vec::new();
        for it in sheet.wanted().filter(|it| !it.is_lost()) {
            let range = it.quote().map_or(it.range, |quote| quote.outer);
            let classes = classes(it, sheet);
            for (at, class) in classes.into_iter().flatten().enumerate() {
                let id = Some(it.id).filter(|_| at == 0);
                edges.push(Edge { place: range.start, begins: true, class, id });
                edges.push(Edge { place: range.end, begins: false, class, id: None });
            }
        }
        edges.sort_by_key(|edge| (edge.place, edge.begins));
        let (open, targets) = ([0; CLASSES.len()], Vec::new());
        Self { article, edges, next: 0, open, targets }
    }

    fn block(&mut self, out: &mut String, range: TextRange) {
        let mut at = range.start;
        loop {
            self.pass(at);
            self.add_targets(out);
            if at >= range.end {
                return;
            }
            let until = self.edges.get(self.next).map_or(range.end, |it| it.place.min(range.end));
            self.piece(out, TextRange::new(at, until));
            at = until;
        }
    }

    fn add_targets(&mut self, out: &mut String) {
        for id in self.targets.drain(..) {
            add(out, format_args!("<a id=\"a-{id}\"></a>"));
        }
    }

    /// Opens and closes what begins and ends up to this place.
    fn pass(&mut self, place: u32) {
        while let Some(edge) = self.edges.get(self.next).filter(|edge| edge.place <= place) {
            let open = &mut self.open[edge.class];
            *open = if edge.begins { *open + 1 } else { open.saturating_sub(1) };
            self.targets.extend(edge.id);
            self.next += 1;
        }
    }

    fn piece(&self, out: &mut String, range: TextRange) {
        let words = escaped(&self.article.in_words(range));
        let open = CLASSES.iter().zip(self.open).filter(|(_, open)| *open > 0);
        let open: Vec<&str> = open.map(|(class, _)| *class).collect();
        if open.is_empty() {
            out.push_str(&words);
        } else {
            add(out, format_args!("<mark class=\"{}\">{words}</mark>", open.join(" ")));
        }
    }
}

/// The classes of an annotation, as indexes.
fn classes(it: &Annotation, sheet: &Sheet<'_>) -> [Option<usize>; 2] {
    let named = |name: &str| CLASSES.iter().position(|class| *class == name);
    match &it.body {
        Body::Quote(_) => [named("quote"), None],
        Body::Mention(id) => [
            sheet.entity(*id).and_then(|entity| match entity.kind {
                EntityKind::Person => named("person"),
                EntityKind::Place => named("place"),
                EntityKind::Organization => named("organization"),
            }),
            None,
        ],
        Body::Time(_) => [named("time"), None],
        Body::Highlight => {
            let colour = it.extra.as_ref().and_then(|extra| extra.colour.as_deref());
            let colour = colour.and_then(named).filter(|&at| at > 5);
            [named("highlight"), colour]
        }
    }
}
