//! Lines to blocks.

use super::layout::Layout;
use super::lines::{Line, lines};
use super::{Bullet, bullet, goes_on, header};
use crate::article::{Block, BlockKind};
use crate::text::TextRange;

/// The most lines that are looked at together.
const GROUP: usize = 4096;
/// How many groups from the beginning may hold a byline, a date line or a title that no blank
/// line sets apart.
const HEADER_GROUPS: usize = 8;
/// How far into such a group they stand, in bytes.
const HEADER_BYTES: u32 = 2000;
/// The indentation of a passage set apart, in columns beyond that of the text.
const SET_APART: u16 = 4;

/// The blocks of a text, all still without title, header lines and headings.
pub(super) fn blocks(text: &str, layout: &Layout) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut group: Vec<Line> = Vec::new();
    let mut groups = 0;
    for line in lines(text) {
        let kind_changes =
            group.last().is_some_and(|last| is_marked(text, *last) != is_marked(text, line));
        if line.after_blank || kind_changes || group.len() >= GROUP {
            Group { text, layout, lines: &group, header: groups < HEADER_GROUPS }
                .add_to(&mut blocks);
            groups += usize::from(!group.is_empty());
            group.clear();
        }
        group.push(line);
    }
    Group { text, layout, lines: &group, header: groups < HEADER_GROUPS }.add_to(&mut blocks);
    blocks
}

/// Whether a `>` marks the line as quoted.
fn is_marked(text: &str, line: Line) -> bool {
    text.as_bytes().get(line.range.start as usize) == Some(&b'>')
}

/// Lines between blank ones.
#[derive(Clone, Copy)]
struct Group<'a> {
    text: &'a str,
    layout: &'a Layout,
    lines: &'a [Line],
    /// Whether it stands where bylines and dates do.
    header: bool,
}

impl Group<'_> {
    fn add_to(self, blocks: &mut Vec<Block>) {
        let (Some(&first), Some(&last)) = (self.lines.first(), self.lines.last()) else { return };
        if is_marked(self.text, first) {
            return self.add_marked(blocks);
        }
        if self.is_table() || (self.is_set_apart() && self.is_ragged()) {
            // The indentation of the first line belongs to the picture that the lines make.
            let range = TextRange::new(first.start, last.range.end);
            return blocks.push(Block { kind: BlockKind::Code, range });
        }
        let kind = if self.is_set_apart() { BlockKind::Quote } else { BlockKind::Paragraph };
        if self.layout.width.is_none() {
            let block = |line: &Line| Block { kind, range: line.range };
            return blocks.extend(self.lines.iter().map(block));
        }
        let mut start = first.range.start;
        let mut before: Option<Line> = None;
        let mut entries = None;
        for &line in self.lines {
            let words = line.words(self.text);
            let entry = bullet(words).filter(|entry| self.begins_entry(before, entries, *entry));
            if let Some(before) = before
                && (entry.is_some() || self.begins(before, line, entries.is_some()))
            {
                blocks.push(Block { kind, range: TextRange::new(start, before.range.end) });
                start = line.range.start;
                entries = None;
            }
            entries = entry.or(entries);
            before = Some(line);
        }
        blocks.push(Block { kind, range: TextRange::new(start, last.range.end) });
    }

    /// Lines quoted with `>`: paragraphs are set apart by a line with nothing but the mark, which
    /// belongs to the one before it.
    fn add_marked(self, blocks: &mut Vec<Block>) {
        let mut open: Option<Block> = None;
        let mut apart = false;
        for line in self.lines {
            let words =
                line.words(self.text).trim_start_matches(|c: char| c == '>' || c.is_whitespace());
            if !words.is_empty() && (apart || self.layout.width.is_none()) {
                blocks.extend(open.take_if(|block| block.kind == BlockKind::Quote));
            }
            apart = words.is_empty();
            // Marks alone are no quotation.
            let kind = if apart { BlockKind::Paragraph } else { BlockKind::Quote };
            let block = open.get_or_insert(Block { kind, range: line.range });
            block.range.end = line.range.end;
            if !apart {
                block.kind = BlockKind::Quote;
            }
        }
        blocks.extend(open);
    }

    /// Whether all lines stand further in than those of the text.
    fn is_set_apart(self) -> bool {
        let least = self.layout.indent + SET_APART;
        self.layout.indents_mean && self.lines.iter().all(|line| line.indent >= least)
    }

    /// Whether the lines were ended where a writer wanted, as in verse and code: they are much
    /// shorter than those of the text, or not as full as they could be.
    fn is_ragged(self) -> bool {
        let own = self.lines.iter().map(|line| line.columns(self.text)).max().unwrap_or(0);
        let Some(width) = self.layout.width else { return self.lines.len() >= 2 && own <= 100 };
        let set = Layout { width: Some(own), ..*self.layout };
        let pairs = self.lines.windows(2);
        let full = pairs.filter(|pair| set.is_full(self.text, pair[0], pair[1])).count();
        self.lines.len() >= 3 && (own * 4 < width * 3 || full * 2 < self.lines.len())
    }

    /// Whether most lines have columns, told by wide gaps inside them.
    fn is_table(self) -> bool {
        let looked_at = &self.lines[..self.lines.len().min(200)];
        let [first, .., last] = looked_at else { return false };
        let gap = |words: &str| {
            memchr::memchr(b'\t', words.as_bytes()).is_some()
                || memchr::memmem::find(words.as_bytes(), b"   ").is_some()
        };
        // Almost all passages hold no gap at all.
        if looked_at.len() < 3 || !gap(TextRange::new(first.start, last.range.end).of(self.text)) {
            return false;
        }
        let has_gap = |line: &&Line| line.range.len() < 400 && gap(line.words(self.text));
        looked_at.iter().filter(has_gap).count() * 5 >= looked_at.len() * 4
    }

    /// Whether the bullet begins an entry: at the beginning, or going on with a list.
    fn begins_entry(self, before: Option<Line>, list: Option<Bullet>, entry: Bullet) -> bool {
        let Some(before) = before else { return true };
        entry == Bullet::Sign
            || list.is_some_and(|last| goes_on(last, entry))
            || (before.words(self.text).ends_with(':') && !matches!(entry, Bullet::Number(2..)))
    }

    /// Whether a line begins a paragraph although no blank line stands before it.
    fn begins(self, before: Line, line: Line, in_entry: bool) -> bool {
        let text = self.text;
        let words = line.words(text);
        let header = self.header && line.start - self.lines[0].start < HEADER_BYTES;
        if header && (header::is_header(before.words(text)) || header::is_header(words)) {
            return true;
        }
        let further_in = line.indent >= before.indent + 2 && line.indent < 12;
        if further_in && before.indent == self.layout.indent {
            // In an entry of a list it is one more line; in a text whose lines are mostly indented
            // it means nothing.
            return !in_entry && (self.layout.indents_mean || starts_upper(words));
        }
        if self.layout.is_full(text, before, line) || !starts_upper(words) {
            return false;
        }
        let width = self.layout.width.unwrap_or(0);
        let title = before.start == 0 || before.range == self.lines[0].range && self.header;
        let short = before.columns(text) * 5 < width * 4;
        (short && ends_sentence(before.words(text)))
            || (title && !ends_sentence(before.words(text)))
    }
}

fn starts_upper(words: &str) -> bool {
    let first = words.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(|c| !c.is_lowercase())
}

/// Whether words end as a sentence does, with marks of quotation behind or not.
pub(super) fn ends_sentence(words: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']');
    words.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':', '。'])
}
