//! Puts an article together from the words of a page, a book or a marked-up text.
//!
//! White space is collapsed, blocks are parted by a blank line, entries of a list by a line end,
//! and links and images get their places in the text that comes out.

use super::{Article, Block, BlockKind, Image, Link};
use crate::text::{TextRange, offset};

/// An article while it is written.
#[derive(Debug)]
pub(super) struct Builder {
    text: String,
    blocks: Vec<Block>,
    links: Vec<Link>,
    images: Vec<Image>,
    /// Where the open block begins, once it has words.
    start: Option<usize>,
    kind: BlockKind,
    /// What stands before the first word of the block.
    mark: String,
    /// White space or line ends before the next word.
    gap: Gap,
    /// Line ends within the open block.
    lines: u32,
    /// Images that no block has followed yet.
    waiting: Vec<(String, String)>,
    /// Tells which blocks are left out, by kind, words and how many bytes of them are links.
    left_out: Option<fn(BlockKind, &str, usize) -> bool>,
    /// The title, which the first blocks may not repeat.
    title: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    Line,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            text: String::new(),
            blocks: Vec::new(),
            links: Vec::new(),
            images: Vec::new(),
            start: None,
            kind: BlockKind::Paragraph,
            mark: String::new(),
            gap: Gap::None,
            lines: 0,
            waiting: Vec::new(),
            left_out: None,
            title: None,
        }
    }
}

/// A block with so many lines on average so short is verse or an address: its lines count.
const VERSE: (u32, usize) = (3, 60);

/// Among so many blocks behind it a title is looked for once more.
const AGAIN: usize = 4;

impl Builder {
    /// Leaves out blocks of which `judge` says so: by kind, words and bytes that are links.
    pub(super) fn without(judge: fn(BlockKind, &str, usize) -> bool) -> Self {
        Self { left_out: Some(judge), ..Self::default() }
    }

    /// Leaves the title out where one of the next blocks is it once more.
    pub(super) fn not_again(&mut self, title: &str) {
        self.title = Some(title.to_owned());
    }

    /// Begins a block; what was open is ended.
    pub(super) fn begin(&mut self, kind: BlockKind) {
        self.end_block();
        self.kind = kind;
    }

    /// Puts a bullet or number before the first word of the block.
    pub(super) fn mark(&mut self, mark: &str) {
        mark.clone_into(&mut self.mark);
    }

    /// Adds words; white space is collapsed.
    pub(super) fn words(&mut self, words: &str) {
        let mut rest = words;
        while let Some(first) = rest.chars().next() {
            if first.is_whitespace() {
                let behind = rest.trim_start_matches(char::is_whitespace);
                let gap = rest.get(..rest.len() - behind.len()).unwrap_or_default();
                // A single space that does not break stays one.
                if gap == "\u{a0}"
                    && !behind.is_empty()
                    && self.gap == Gap::None
                    && self.start.is_some()
                {
                    self.text.push('\u{a0}');
                } else if self.gap == Gap::None {
                    self.gap = Gap::Space;
                }
                rest = behind;
                continue;
            }
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            if self.start.is_none() && word.starts_with(char::is_lowercase) {
                self.go_on_behind_initial();
            }
            self.open();
            self.text.push_str(word);
            rest = behind;
        }
    }

    /// Adds lines as they are.
    pub(super) fn verbatim(&mut self, words: &str) {
        let mut words = words;
        if self.start.is_none() {
            // A line end behind the tag is none of the text's.
            while let Some((first, rest)) = words.split_once('\n') {
                if !first.trim().is_empty() {
                    break;
                }
                words = rest;
            }
            if words.trim().is_empty() {
                return;
            }
        }
        self.open();
        self.text.extend(words.chars().filter(|it| *it != '\r'));
    }

    /// Ends a line within the block; a second one ends the block.
    pub(super) fn line_end(&mut self) {
        if self.kind == BlockKind::Code && self.start.is_some() {
            self.text.push('\n');
            return;
        }
        match self.gap {
            Gap::Line => {
                let kind =
                    if self.kind == BlockKind::ListItem { BlockKind::Paragraph } else { self.kind };
                self.begin(kind);
            }
            Gap::None | Gap::Space if self.start.is_some() => {
                self.gap = Gap::Line;
            }
            Gap::None | Gap::Space => {}
        }
    }

    /// Where the next word will stand; the open block's words end here.
    pub(super) fn place(&self) -> usize {
        self.text.len()
    }

    /// Makes a link of the words since `from`.
    pub(super) fn link(&mut self, from: usize, target: &str) {
        // What was left out since then is no link's.
        let Some(words) = self.text.get(from..) else { return };
        let start = self.text.len() - words.trim_start().len();
        let start =
            self.start.map_or(start, |block| if block >= from { start.max(block) } else { start });
        let end = from + words.trim_end().len();
        if start < end && !target.is_empty() && target.len() <= 4096 {
            self.links
                .push(Link { range: TextRange::of_bytes(start, end), target: target.to_owned() });
        }
    }

    /// Notes an image where the next word will stand.
    pub(super) fn image(&mut self, target: &str, alt: String) {
        if target.len() <= 4096 && self.images.len() + self.waiting.len() < 10_000 {
            self.waiting.push((target.to_owned(), alt));
        }
    }

    /// Ends the open block, where it has words.
    pub(super) fn end_block(&mut self) {
        self.gap = Gap::None;
        let Some(start) = self.start.take() else { return };
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        for link in self.links.iter_mut().rev().take_while(|it| it.range.end as usize > end) {
            link.range.end = offset(end);
        }
        let lines = self.lines;
        let verse = lines + 1 >= VERSE.0 && (end - start) / (lines as usize + 1) <= VERSE.1;
        let kind = match self.kind {
            BlockKind::Paragraph | BlockKind::Quote if verse => BlockKind::Code,
            kind => kind,
        };
        self.lines = 0;
        let linked = || -> usize {
            let own = self.links.iter().rev().take_while(|it| it.range.start as usize >= start);
            own.map(|it| it.range.len() as usize).sum()
        };
        let words = self.text.get(start..end).unwrap_or_default();
        let title = self.title.as_deref().filter(|_| self.blocks.len() <= AGAIN);
        let again = title.is_some_and(|it| super::html::meta::same(it, words));
        if again || self.left_out.is_some_and(|judge| judge(kind, words, linked())) {
            while self.links.last().is_some_and(|it| it.range.start as usize >= start) {
                self.links.pop();
            }
            let end = self.blocks.last().map_or(0, |it| it.range.end as usize);
            self.text.truncate(end);
            for image in self.images.iter_mut().rev().take_while(|it| it.range.end as usize > end) {
                image.range = TextRange::of_bytes(end, end);
            }
            return;
        }
        if start < end {
            self.blocks.push(Block { kind, range: TextRange::of_bytes(start, end) });
        }
    }

    /// A large first letter is set as a block of its own: the word goes on behind it.
    fn go_on_behind_initial(&mut self) {
        let Some(block) = self.blocks.last().filter(|it| it.kind == BlockKind::Paragraph) else {
            return;
        };
        let mut letters = block.range.of(&self.text).chars();
        let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
        if initial && self.kind == BlockKind::Paragraph && self.mark.is_empty() {
            self.start = Some(block.range.start as usize);
            self.gap = Gap::None;
            self.blocks.pop();
        }
    }

    fn open(&mut self) {
        if self.start.is_some() {
            match self.gap {
                Gap::None => {}
                Gap::Space => self.text.push(' '),
                Gap::Line => {
                    self.text.push('\n');
                    self.lines += 1;
                }
            }
        } else {
            if let Some(before) = self.blocks.last() {
                let list = before.kind == BlockKind::ListItem && self.kind == BlockKind::ListItem;
                self.text.push_str(if list { "\n" } else { "\n\n" });
            }
            let start = self.text.len();
            self.lines = 0;
            self.start = Some(start);
            let place = TextRange::of_bytes(start, start);
            let waiting = self.waiting.drain(..);
            self.images.extend(waiting.map(|(target, alt)| Image { range: place, target, alt }));
            self.text.push_str(&std::mem::take(&mut self.mark));
        }
        self.gap = Gap::None;
    }

    /// The article; what is known of it beside its text is put in by the caller.
    pub(super) fn finish(mut self) -> Article {
        self.end_block();
        let place = TextRange::of_bytes(self.text.len(), self.text.len());
        let waiting = self.waiting.drain(..);
        self.images.extend(waiting.map(|(target, alt)| Image { range: place, target, alt }));
        let Self { text, blocks, mut links, images, .. } = self;
        links.retain(|it| !it.range.is_empty());
        links.sort_by_key(|it| (it.range.start, it.range.end));
        Article { text, blocks, links, images, ..Article::default() }
    }
}

/// Words without what is in it only for the program that shows it: control characters, marks
/// where a word may be divided.
pub(super) fn clean(words: &str) -> std::borrow::Cow<'_, str> {
    let unseen = |it: char| {
        it.is_control() && !matches!(it, '\n' | '\r' | '\t' | '\u{c}')
            || matches!(it, '\u{ad}' | '\u{feff}' | '\u{200b}' | '\u{2060}')
    };
    if words.contains(unseen) { words.replace(unseen, "").into() } else { words.into() }
}

/// Makes the title the first block, where it is not so already.
pub(super) fn put_title(article: &mut Article, title: &str) {
    if let Some(first) = article.blocks.first_mut()
        && super::html::meta::same(first.range.of(&article.text), title)
    {
        first.kind = BlockKind::Title;
        return;
    }
    let mut out = Builder::default();
    out.begin(BlockKind::Title);
    out.words(title);
    let mut all = out.finish();
    if all.blocks.is_empty() {
        return;
    }
    let moved = offset(all.text.len() + 2);
    all.text.push_str("\n\n");
    all.text.push_str(&article.text);
    let shift = |it: TextRange| TextRange::new(it.start + moved, it.end + moved);
    for block in &mut article.blocks {
        block.range = shift(block.range);
    }
    all.blocks.append(&mut article.blocks);
    for link in &mut article.links {
        link.range = shift(link.range);
    }
    for image in &mut article.images {
        image.range = shift(image.range);
    }
    article.text = all.text;
    article.blocks = all.blocks;
}
