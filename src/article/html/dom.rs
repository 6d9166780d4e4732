//! A page as a tree that anything may have been written into.
//!
//! html5ever knows how pages are meant; the guards here keep what it does within bounds: how deep
//! elements may stand in each other, how many there may be, and how many attributes each has. The
//! nodes lie in one list, so that nothing here calls itself.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElementFlags, ExpandedName, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, ns};

/// How deep elements may stand in each other; what is deeper stands beside instead.
const DEEPEST: u32 = 240;
/// The most nodes of a page.
const MOST_NODES: usize = 1_000_000;

/// Where a node lies in the list.
pub(super) type Id = u32;

/// No node.
pub(super) const NONE: Id = u32::MAX;

/// A parsed page.
#[derive(Debug, Default)]
pub(super) struct Dom {
    nodes: Vec<Node>,
    /// Whether there was more than fits.
    pub(super) cut: bool,
}

#[derive(Debug)]
struct Node {
    parent: Id,
    first: Id,
    last: Id,
    next: Id,
    previous: Id,
    depth: u32,
    kind: Kind,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind {
    /// The page itself, a comment or something else without words.
    Other,
    /// An element with the attributes that tell something.
    Element(LocalName, Vec<(LocalName, String)>),
    /// Words.
    Text(String),
}

/// The attributes that are kept.
const ATTRIBUTES: [&str; 32] = [
    "alt",
    "aria-hidden",
    "charset",
    "class",
    "cite",
    "colspan",
    "content",
    "data-original",
    "data-src",
    "datetime",
    "dir",
    "height",
    "hidden",
    "href",
    "hreflang",
    "http-equiv",
    "id",
    "itemprop",
    "itemtype",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "src",
    "srcset",
    "start",
    "style",
    "title",
    "type",
    "width",
];

impl Dom {
    /// Reads a page. What is written wrongly is read as browsers read it.
    pub(super) fn parse(page: &str) -> Self {
        let sink = Sink::default();
        sink.add(Kind::Other);
        // Nobody runs the scripts, so what stands for them is read.
        let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let guard = Guard {
            builder: TreeBuilder::new(sink, options),
            beside: Cell::new(0),
            raw: Cell::new(false),
        };
        let tokenizer = Tokenizer::new(guard, html5ever::tokenizer::TokenizerOpts::default());
        let input = BufferQueue::default();
        for piece in super::flood::cut(page) {
            input.push_back(StrTendril::from(piece));
            // Scripts ask to be run before the rest is read.
            while !input.is_empty() {
                let _: html5ever::TokenizerResult<_> = tokenizer.feed(&input);
            }
        }
        tokenizer.end();
        let sink = tokenizer.sink.builder.sink;
        let mut dom = sink.dom.into_inner();
        dom.cut |= sink.full.get();
        dom
    }

    /// All nodes below the page in the order of the text, the page first.
    pub(super) fn in_order(&self) -> Vec<Id> {
        self.below(0)
    }

    /// A node and all below it in the order of the text.
    pub(super) fn below(&self, top: Id) -> Vec<Id> {
        self.walk(top).collect()
    }

    /// The same, without a list of them.
    pub(super) fn walk(&self, top: Id) -> impl Iterator<Item = Id> {
        let next = move |id: &Id| {
            let node = self.node(*id);
            if node.first != NONE {
                return Some(node.first);
            }
            let mut at = *id;
            while at != top {
                if self.node(at).next != NONE {
                    return Some(self.node(at).next);
                }
                at = self.parent(at);
            }
            None
        };
        std::iter::successors(Some(top), next)
    }

    /// How many nodes there are, whether they are in the tree or not.
    pub(super) const fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What a node is.
    pub(super) fn kind(&self, id: Id) -> &Kind {
        &self.node(id).kind
    }

    /// The name of an element; empty for everything else.
    pub(super) fn name(&self, id: Id) -> &str {
        match self.kind(id) {
            Kind::Element(name, _) => name,
            Kind::Other | Kind::Text(_) => "",
        }
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        let Kind::Element(_, attributes) = self.kind(id) else { return None };
        attributes.iter().find(|(name, _)| &**name == wanted).map(|(_, value)| value.as_str())
    }

    /// The node above; [`NONE`] above the page.
    pub(super) fn parent(&self, id: Id) -> Id {
        self.node(id).parent
    }

    /// The nodes directly below.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let next = |id: &Id| Some(self.node(*id).next).filter(|id| *id != NONE);
        std::iter::successors(Some(self.node(id).first).filter(|id| *id != NONE), next)
    }

    /// The nodes above, the nearest first.
    pub(super) fn above(&self, id: Id) -> impl Iterator<Item = Id> {
        let next = |id: &Id| Some(self.parent(*id)).filter(|id| *id != NONE);
        std::iter::successors(Some(id), next).skip(1)
    }

    /// The words below a node as they are written, `most` bytes or somewhat more of them.
    pub(super) fn words(&self, id: Id, most: usize) -> String {
        let mut words = String::new();
        for below in self.walk(id).take(most) {
            if let Kind::Text(text) = self.kind(below) {
                words.push_str(text);
            }
            if words.len() > most {
                break;
            }
        }
        words
    }

    fn node(&self, id: Id) -> &Node {
        &self.nodes[id as usize]
    }

    fn node_mut(&mut self, id: Id) -> &mut Node {
        &mut self.nodes[id as usize]
    }

    fn detach(&mut self, id: Id) {
        let Node { parent, next, previous, .. } = *self.node(id);
        if parent == NONE {
            return;
        }
        self.join(parent, previous, next);
        let node = self.node_mut(id);
        (node.parent, node.next, node.previous) = (NONE, NONE, NONE);
    }

    /// Puts a node below `parent`, before `next` or at the end.
    fn attach(&mut self, id: Id, parent: Id, next: Id) {
        self.detach(id);
        let previous = if next == NONE { self.node(parent).last } else { self.node(next).previous };
        let depth = self.node(parent).depth + 1;
        let node = self.node_mut(id);
        (node.parent, node.depth) = (parent, depth);
        self.join(parent, previous, id);
        self.join(parent, id, next);
    }

    /// Makes two nodes below `parent` neighbours; [`NONE`] stands for its beginning and its end.
    fn join(&mut self, parent: Id, previous: Id, next: Id) {
        match previous {
            NONE => self.node_mut(parent).first = next,
            before => self.node_mut(before).next = next,
        }
        match next {
            NONE => self.node_mut(parent).last = previous,
            behind => self.node_mut(behind).previous = previous,
        }
    }

    /// Whether the words of an element are never read.
    fn is_silent(&self, id: Id) -> bool {
        match self.name(id) {
            "style" => true,
            "script" => self
                .attribute(id, "type")
                .is_none_or(|it| !it.trim().eq_ignore_ascii_case("application/ld+json")),
            _ => false,
        }
    }
}

/// A node while the page is read; the name is at hand because it is asked for most.
#[derive(Clone, Debug)]
struct Handle(Id, Rc<QualName>);

#[derive(Default)]
struct Sink {
    dom: RefCell<Dom>,
    /// How deep the element stands that what comes next is put into.
    depth: Cell<u32>,
    full: Cell<bool>,
}

impl Sink {
    fn add(&self, kind: Kind) -> Id {
        let nodes = &mut self.dom.borrow_mut().nodes;
        let id = Id::try_from(nodes.len()).expect("there are fewer nodes than bytes");
        self.full.set(self.full.get() || nodes.len() >= MOST_NODES);
        let none = NONE;
        nodes.push(Node {
            parent: none,
            first: none,
            last: none,
            next: none,
            previous: none,
            depth: 0,
            kind,
        });
        id
    }

    fn put(&self, child: NodeOrText<Handle>, parent: Id, next: Id) {
        match child {
            NodeOrText::AppendNode(child) => {
                let mut dom = self.dom.borrow_mut();
                dom.attach(child.0, parent, next);
                if matches!(dom.kind(child.0), Kind::Element(..)) {
                    self.depth.set(dom.node(child.0).depth);
                }
            }
            NodeOrText::AppendText(text) => {
                let dom = &mut *self.dom.borrow_mut();
                if dom.is_silent(parent) {
                    return;
                }
                let before =
                    if next == NONE { dom.node(parent).last } else { dom.node(next).previous };
                if before != NONE
                    && let Kind::Text(words) = &mut dom.node_mut(before).kind
                {
                    words.push_str(&text);
                    return;
                }
                let id = Id::try_from(dom.nodes.len()).expect("there are fewer nodes than bytes");
                let none = NONE;
                dom.nodes.push(Node {
                    parent: none,
                    first: none,
                    last: none,
                    next: none,
                    previous: none,
                    depth: 0,
                    kind: Kind::Text(text.to_string()),
                });
                dom.attach(id, parent, next);
            }
        }
    }

    fn nameless(id: Id) -> Handle {
        Handle(id, Rc::new(QualName::new(None, ns!(), LocalName::from(""))))
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: std::borrow::Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Self::nameless(0)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.1.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let attributes = attrs.into_iter().filter_map(|it| {
            let known = ATTRIBUTES.contains(&&*it.name.local);
            known.then(|| (it.name.local, it.value.to_string()))
        });
        let id = self.add(Kind::Element(name.local.clone(), attributes.collect()));
        Handle(id, Rc::new(name))
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Self::nameless(self.add(Kind::Other))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Self::nameless(self.add(Kind::Other))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.put(child, parent.0, NONE);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let parent = self.dom.borrow().parent(element.0);
        if parent == NONE {
            self.put(child, previous.0, NONE);
        } else {
            self.put(child, parent, element.0);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        self.depth.set(self.dom.borrow().node(node.0).depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.0 == other.0
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.dom.borrow().parent(sibling.0);
        if parent != NONE {
            self.put(child, parent, sibling.0);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        let dom = &mut *self.dom.borrow_mut();
        let Kind::Element(_, have) = &mut dom.node_mut(target.0).kind else { return };
        for it in attrs {
            let missing = have.iter().all(|(name, _)| *name != it.name.local);
            if missing && ATTRIBUTES.contains(&&*it.name.local) {
                have.push((it.name.local, it.value.to_string()));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.dom.borrow_mut().detach(target.0);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let mut dom = self.dom.borrow_mut();
        while dom.node(node.0).first != NONE {
            let child = dom.node(node.0).first;
            dom.attach(child, parent.0, NONE);
        }
    }
}

/// Keeps from the tree what would make it too deep or too large.
struct Guard {
    builder: TreeBuilder<Handle, Sink>,
    /// How many elements are open that were left out.
    beside: Cell<u32>,
    /// Whether an element is open that holds no tags, such as a title: the only one that comes then
    /// closes it, and the builder counts upon that.
    raw: Cell<bool>,
}

impl Guard {
    /// Whether a tag is left out.
    fn refuses(&self, tag: &Tag) -> bool {
        if self.builder.sink.full.get() {
            return true;
        }
        let beside = self.beside.get();
        match tag.kind {
            TagKind::EndTag if self.raw.replace(false) => false,
            TagKind::StartTag if self.builder.sink.depth.get() < DEEPEST => false,
            TagKind::StartTag => {
                let alone = matches!(
                    &*tag.name,
                    "br" | "hr" | "img" | "input" | "script" | "style" | "link" | "meta"
                );
                self.beside.set(beside + u32::from(!alone));
                !alone
            }
            TagKind::EndTag if beside > 0 => {
                let alone = matches!(&*tag.name, "script" | "style" | "br");
                self.beside.set(beside - u32::from(!alone));
                !alone
            }
            TagKind::EndTag => false,
        }
    }
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let refused = match &token {
            Token::TagToken(tag) => self.refuses(tag),
            Token::CharacterTokens(_) => self.builder.sink.full.get(),
            Token::CommentToken(_) | Token::ParseError(_) => true,
            Token::DoctypeToken(_) | Token::NullCharacterToken | Token::EOFToken => false,
        };
        if refused {
            return TokenSinkResult::Continue;
        }
        let result = self.builder.process_token(token, line);
        if let TokenSinkResult::RawData(_) = &result {
            self.raw.set(true);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
