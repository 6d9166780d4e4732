//! The article as lines on the screen, laid out only where it is looked at.
//!
//! Whatever the article's length, a step of the cursor costs what the screen is high: lines are
//! made segment by segment ([`crate::text::segments`]) and remembered.

use std::collections::HashMap;
use std::rc::Rc;

use crate::article::{Article, Block, BlockKind};
use crate::text::{self, Line, Setting, TextRange, Wrapping, segments};

/// How the article is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The widest line, in columns; at least 1.
    pub width: u16,
    /// Whether words are divided.
    pub hyphenate: bool,
    /// Whether a blank line stands between paragraphs; otherwise their first line is indented.
    pub blank: bool,
}

/// A row of the laid-out article: a line of a segment, or the blank row behind a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Index of the block.
    pub block: usize,
    /// The segment's place in the text.
    pub segment: TextRange,
    /// Index of the line within the segment; as many as there are lines is the blank row.
    pub line: usize,
}

/// A row as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A line of text.
    Line {
        /// Its place and width.
        line: Line,
        /// The block that it belongs to.
        block: usize,
        /// Columns before its first glyph.
        indent: u16,
        /// Whether the paragraph ends with it, so that it is not justified.
        last: bool,
    },
    /// Nothing, between two blocks.
    Blank,
}

/// Makes and remembers the lines of segments.
#[derive(Debug)]
pub struct Page {
    sheet: Sheet,
    lines: HashMap<u32, Rc<[Line]>>,
}

/// More remembered segments than this are forgotten together; a screen needs a few dozen.
const REMEMBERED: usize = 512;

impl Page {
    /// Nothing is laid out yet.
    pub fn new(sheet: Sheet) -> Self {
        Self { sheet, lines: HashMap::new() }
    }

    /// How the article is set.
    pub const fn sheet(&self) -> Sheet {
        self.sheet
    }

    /// Sets the article otherwise, and forgets the lines where that makes a difference.
    pub fn set(&mut self, sheet: Sheet) {
        if sheet != self.sheet {
            *self = Self::new(sheet);
        }
    }

    /// Columns before the lines of a block, and the further ones before its first line.
    pub fn indent(&self, article: &Article, block: usize) -> (u16, u16) {
        let here = article.blocks[block];
        let before = block.checked_sub(1).map(|it| article.blocks[it].kind);
        match here.kind {
            BlockKind::ListItem | BlockKind::Quote | BlockKind::Code => (2, 0),
            BlockKind::Paragraph if !self.sheet.blank && before == Some(BlockKind::Paragraph) => {
                (0, 2)
            }
            _ => (0, 0),
        }
    }

    /// How the block's glyphs and lines are made.
    pub fn wrapping(&self, article: &Article, block: usize) -> Wrapping {
        let setting = article.blocks[block].kind.setting();
        let (all, first) = self.indent(article, block);
        let width = self.sheet.width.saturating_sub(all + first).max(1);
        Wrapping { width, setting, hyphenate: self.sheet.hyphenate }
    }

    fn lines(&mut self, article: &Article, block: usize, segment: TextRange) -> Rc<[Line]> {
        if let Some(lines) = self.lines.get(&segment.start) {
            return Rc::clone(lines);
        }
        if self.lines.len() >= REMEMBERED {
            self.lines.clear();
        }
        let how = self.wrapping(article, block);
        let lines: Rc<[Line]> = text::wrap(&article.text, segment, how).into();
        self.lines.insert(segment.start, Rc::clone(&lines));
        lines
    }

    /// The row of the byte `place`; for one between blocks, the end of the block before it.
    pub fn spot(&mut self, article: &Article, place: u32) -> Option<Spot> {
        let block = article.block_at(place);
        let Block { kind, range } = *article.blocks.get(block)?;
        let place = place.clamp(range.start, range.end.saturating_sub(1).max(range.start));
        let segment = segments::segment_at(&article.text, range, kind.setting(), place);
        let lines = self.lines(article, block, segment);
        let line = lines.partition_point(|it| it.range.start <= place).saturating_sub(1);
        Some(Spot { block, segment, line })
    }

    /// The line of a row; none for a blank one.
    pub fn line(&mut self, article: &Article, spot: Spot) -> Option<Line> {
        self.lines(article, spot.block, spot.segment).get(spot.line).copied()
    }

    /// Rows of a segment, with the blank one behind the block's last.
    fn rows_of(&mut self, article: &Article, block: usize, segment: TextRange) -> usize {
        let lines = self.lines(article, block, segment).len();
        let last = segment.end == article.blocks[block].range.end;
        lines + usize::from(last && self.gap_behind(article, block))
    }

    fn gap_behind(&self, article: &Article, block: usize) -> bool {
        let Some(next) = article.blocks.get(block + 1) else { return false };
        let here = article.blocks[block].kind;
        let tight = |kind| here == kind && next.kind == kind;
        if tight(BlockKind::ListItem) {
            return false;
        }
        self.sheet.blank || !tight(BlockKind::Paragraph)
    }

    /// The row below.
    pub fn below(&mut self, article: &Article, spot: Spot) -> Option<Spot> {
        let Spot { block, segment, line } = spot;
        if line + 1 < self.rows_of(article, block, segment) {
            return Some(Spot { line: line + 1, ..spot });
        }
        let range = article.blocks[block].range;
        let (block, place) = if segment.end < range.end {
            (block, segment.end)
        } else {
            (block + 1, article.blocks.get(block + 1)?.range.start)
        };
        let Block { kind, range } = article.blocks[block];
        let segment = segments::segment_at(&article.text, range, kind.setting(), place);
        Some(Spot { block, segment, line: 0 })
    }

    /// The row above.
    pub fn above(&mut self, article: &Article, spot: Spot) -> Option<Spot> {
        let Spot { block, segment, line } = spot;
        if line > 0 {
            return Some(Spot { line: line - 1, ..spot });
        }
        let here = article.blocks[block].range;
        let (block, place) = if segment.start > here.start {
            (block, segment.start - 1)
        } else {
            let before = block.checked_sub(1)?;
            (before, article.blocks[before].range.end.saturating_sub(1))
        };
        let Block { kind, range } = article.blocks[block];
        let segment = segments::segment_at(&article.text, range, kind.setting(), place);
        let rows = self.rows_of(article, block, segment);
        Some(Spot { block, segment, line: rows.saturating_sub(1) })
    }

    /// The row `by` rows further down (up where negative), or the last one there is, and how many
    /// rows it really is away.
    pub fn walk(&mut self, article: &Article, from: Spot, by: i64) -> (Spot, i64) {
        let (mut spot, mut gone) = (from, 0);
        while gone < by.abs() {
            let next = if by > 0 { self.below(article, spot) } else { self.above(article, spot) };
            let Some(next) = next else { break };
            spot = next;
            gone += 1;
        }
        (spot, gone * by.signum())
    }

    /// How many rows `to` is below `from`, where it is at most `most` rows away in either
    /// direction.
    pub fn distance(&mut self, article: &Article, from: Spot, to: Spot, most: u16) -> Option<i64> {
        let key = |spot: Spot| (spot.block, spot.segment.start, spot.line);
        let down = key(to) >= key(from);
        let (mut spot, mut rows) = (from, 0);
        while spot != to {
            if rows == i64::from(most) {
                return None;
            }
            let next = if down { self.below(article, spot) } else { self.above(article, spot) };
            spot = next?;
            rows += 1;
        }
        Some(if down { rows } else { -rows })
    }

    /// What is drawn at most `height` rows from `top` on.
    pub fn rows(&mut self, article: &Article, top: Spot, height: u16) -> Vec<Row> {
        let mut rows = Vec::with_capacity(usize::from(height));
        let mut spot = Some(top);
        while let Some(at) = spot.filter(|_| rows.len() < usize::from(height)) {
            rows.push(self.row(article, at));
            spot = self.below(article, at);
        }
        rows
    }

    fn row(&mut self, article: &Article, spot: Spot) -> Row {
        let Some(line) = self.line(article, spot) else { return Row::Blank };
        let block = article.blocks[spot.block].range;
        let (all, first) = self.indent(article, spot.block);
        let indent = if line.range.start == block.start { all + first } else { all };
        Row::Line {
            line,
            block: spot.block,
            indent,
            last: line.range.end == block.end || line.hard,
        }
    }

    /// The columns of a line before the byte `place`, without the indentation.
    pub fn column_of(&self, article: &Article, spot: Spot, line: Line, place: u32) -> u16 {
        let setting = setting(article, spot);
        text::glyphs_in(&article.text, line.range, setting)
            .take_while(|glyph| glyph.range.end <= place)
            .map(|glyph| u16::from(glyph.columns))
            .sum()
    }

    /// The beginnings of the glyphs of a row that are to be seen: not those of no width, and not
    /// the white space where the line was broken.
    pub fn seen(&mut self, article: &Article, spot: Spot) -> Vec<u32> {
        let Some(line) = self.line(article, spot) else { return Vec::new() };
        let mut columns = 0;
        let mut seen = Vec::new();
        for glyph in text::glyphs_in(&article.text, line.range, setting(article, spot)) {
            if columns >= line.columns {
                break;
            }
            if glyph.columns > 0 {
                seen.push(glyph.range.start);
            }
            columns += u16::from(glyph.columns);
        }
        seen
    }

    /// The glyph of a line that covers a column, or the last one that is to be seen.
    pub fn place_at(&self, article: &Article, spot: Spot, line: Line, column: u16) -> u32 {
        let mut place = line.range.start;
        let mut columns = 0;
        for glyph in text::glyphs_in(&article.text, line.range, setting(article, spot)) {
            if columns >= line.columns {
                break;
            }
            place = glyph.range.start;
            columns += u16::from(glyph.columns);
            if column < columns {
                break;
            }
        }
        place
    }
}

fn setting(article: &Article, spot: Spot) -> Setting {
    article.blocks[spot.block].kind.setting()
}
