//! The article's pane: cursor, what is in view, selection, and the motions of the cursor.

use super::page::{Page, Row, Sheet, Spot};
use crate::article::Article;
use crate::text::TextRange;

/// Where the reader is in the text.
#[derive(Debug)]
pub struct Reader {
    /// The first byte of the glyph under the cursor.
    pub cursor: u32,
    /// What is selected.
    pub selection: Option<Selection>,
    /// The rows in view, for drawing; made by [`Self::settle`].
    pub rows: Vec<Row>,
    /// The first row in view.
    top: Option<Spot>,
    /// The column that going up and down keeps to.
    goal: Option<u16>,
    /// Where the cursor was when the screen was last made.
    stood: u32,
    page: Page,
    height: u16,
    margin: u16,
}

/// A passage in the making: from where it was begun to the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The other end, as the first byte of a glyph.
    pub anchor: u32,
    /// How its ends are rounded.
    pub grain: Grain,
}

/// What a selection consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Characters.
    Characters,
    /// Lines of the screen.
    Lines,
}

/// Where the cursor's line comes to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// At the top of the pane.
    Top,
    /// In the middle.
    Middle,
    /// At the bottom.
    Bottom,
}

impl Reader {
    /// At the beginning of the article.
    pub fn new(sheet: Sheet) -> Self {
        Self {
            cursor: 0,
            selection: None,
            rows: Vec::new(),
            top: None,
            goal: None,
            stood: 0,
            page: Page::new(sheet),
            height: 1,
            margin: 0,
        }
    }

    /// The lines of the article.
    pub const fn page(&self) -> &Page {
        &self.page
    }

    /// Takes the size of the pane and makes sure that the cursor's line is in view.
    pub fn settle(&mut self, article: &Article, sheet: Sheet, height: u16, margin: u16) {
        if sheet != self.page.sheet() {
            // The line that was at the top stays there.
            let place = self.top.and_then(|top| self.page.line(article, top));
            self.page.set(sheet);
            let place = place.map(|line| line.range.start);
            self.top = place.and_then(|place| self.page.spot(article, place));
        }
        self.height = height;
        self.margin = margin.min(height.saturating_sub(1) / 2);
        self.find_glyph(article);
        self.keep_in_view(article);
        self.rows = match self.top {
            Some(top) => self.page.rows(article, top, height),
            None => Vec::new(),
        };
    }

    /// Puts a cursor that is on nothing to be seen (a line end, a space where a line was broken)
    /// on the nearest glyph in the direction in which it went.
    fn find_glyph(&mut self, article: &Article) {
        let before = std::mem::replace(&mut self.stood, self.cursor);
        let Some(spot) = self.page.spot(article, self.cursor) else { return };
        let cursor = self.cursor;
        let here = self.page.seen(article, spot);
        let found = if cursor > before {
            let ahead = here.iter().copied().find(|&it| it >= cursor);
            ahead.or_else(|| self.first_below(article, spot))
        } else {
            here.iter().copied().rfind(|&it| it <= cursor)
        };
        if let Some(found) = found.or_else(|| here.last().copied().filter(|_| cursor > before)) {
            self.cursor = found;
        } else if let Some(first) = here.first() {
            self.cursor = *first;
        }
        self.stood = self.cursor;
    }

    /// The first glyph of the next line that has one.
    fn first_below(&mut self, article: &Article, mut spot: Spot) -> Option<u32> {
        loop {
            spot = self.page.below(article, spot)?;
            if let Some(first) = self.page.seen(article, spot).first() {
                return Some(*first);
            }
        }
    }

    fn keep_in_view(&mut self, article: &Article) {
        let Some(spot) = self.page.spot(article, self.cursor) else { return };
        let Some(top) = self.top else {
            // The beginning of the article with all that stands above its first line.
            let back = i64::from(self.height / 3);
            self.top = Some(self.page.walk(article, spot, -back).0);
            return;
        };
        let (height, margin) = (i64::from(self.height), i64::from(self.margin));
        // One screen further away is scrolled to; anything else is jumped to.
        let rows = self.page.distance(article, top, spot, self.height.saturating_mul(2));
        self.top = Some(match rows {
            Some(rows) if rows < margin => self.page.walk(article, top, rows - margin).0,
            Some(rows) if rows > height - 1 - margin => {
                self.page.walk(article, top, rows - (height - 1 - margin)).0
            }
            Some(_) => top,
            None => self.page.walk(article, spot, -(height / 3)).0,
        });
        self.fill(article);
    }

    /// Leaves no empty rows below the article's end where there is text above.
    fn fill(&mut self, article: &Article) {
        let Some(top) = self.top else { return };
        let wanted = i64::from(self.height.saturating_sub(1));
        let (_, below) = self.page.walk(article, top, wanted);
        if below < wanted {
            self.top = Some(self.page.walk(article, top, below - wanted).0);
        }
    }

    /// Puts the cursor somewhere, as a motion that forgets the column.
    pub fn go(&mut self, place: u32) {
        self.cursor = place;
        self.goal = None;
    }

    /// Goes to a place far away: where it was out of view, it comes to stand in the upper third.
    pub fn jump(&mut self, article: &Article, place: u32) {
        self.go(place);
        let Some((top, spot)) = self.top.zip(self.page.spot(article, place)) else { return };
        let rows = self.page.distance(article, top, spot, self.height);
        if !rows.is_some_and(|rows| (0..i64::from(self.height)).contains(&rows)) {
            let third = i64::from(self.height / 3);
            self.top = Some(self.page.walk(article, spot, -third).0);
        }
    }

    /// Goes down (up where negative) by lines of the screen, keeping to its column. Blank rows
    /// are passed over.
    pub fn lines(&mut self, article: &Article, by: i64) {
        let Some(mut spot) = self.page.spot(article, self.cursor) else { return };
        let goal = self.goal(article, spot);
        let mut left = by.abs();
        let mut last = spot;
        while left > 0 {
            let next = if by > 0 {
                self.page.below(article, spot)
            } else {
                self.page.above(article, spot)
            };
            let Some(next) = next else { break };
            spot = next;
            if self.page.line(article, spot).is_some() {
                last = spot;
                left -= 1;
            }
        }
        self.put(article, last, goal);
    }

    /// Scrolls by rows and takes the cursor along, so that it keeps its place on the screen.
    pub fn scroll_with(&mut self, article: &Article, by: i64) {
        let Some((top, spot)) = self.top.zip(self.page.spot(article, self.cursor)) else { return };
        let goal = self.goal(article, spot);
        let (top, _) = self.page.walk(article, top, by);
        self.top = Some(top);
        self.fill(article);
        let (mut to, gone) = self.page.walk(article, spot, by);
        if self.page.line(article, to).is_none() {
            let step = if by > 0 && gone != 0 { 1 } else { -1 };
            to = self.page.walk(article, to, step).0;
        }
        self.put(article, to, goal);
    }

    /// Scrolls by rows and leaves the cursor where it is, as long as that is in view.
    pub fn scroll(&mut self, article: &Article, by: i64) {
        let Some(top) = self.top else { return };
        self.top = Some(self.page.walk(article, top, by).0);
        self.fill(article);
        let Some((top, spot)) = self.top.zip(self.page.spot(article, self.cursor)) else { return };
        let (height, margin) = (i64::from(self.height), i64::from(self.margin));
        let most = self.height.saturating_add(u16::try_from(by.abs()).unwrap_or(u16::MAX));
        let rows = self.page.distance(article, top, spot, most).unwrap_or(0);
        let goal = self.goal(article, spot);
        let wanted = rows.clamp(margin, (height - 1 - margin).max(margin));
        if wanted != rows {
            let (mut to, _) = self.page.walk(article, spot, wanted - rows);
            if self.page.line(article, to).is_none() {
                to = self.page.walk(article, to, (wanted - rows).signum()).0;
            }
            self.put(article, to, goal);
        }
    }

    /// Puts the cursor's line at the top, in the middle or at the bottom of the pane.
    pub fn stand(&mut self, article: &Article, stand: Stand) {
        let Some(spot) = self.page.spot(article, self.cursor) else { return };
        let rows = match stand {
            Stand::Top => self.margin,
            Stand::Middle => self.height / 2,
            Stand::Bottom => self.height.saturating_sub(1 + self.margin),
        };
        self.top = Some(self.page.walk(article, spot, -i64::from(rows)).0);
    }

    fn goal(&mut self, article: &Article, spot: Spot) -> u16 {
        if let Some(goal) = self.goal {
            return goal;
        }
        let Some(line) = self.page.line(article, spot) else { return 0 };
        self.page.column_of(article, spot, line, self.cursor)
    }

    fn put(&mut self, article: &Article, spot: Spot, goal: u16) {
        if let Some(line) = self.page.line(article, spot) {
            self.cursor = self.page.place_at(article, spot, line, goal);
            self.goal = Some(goal);
        }
    }

    /// The first or the last visible glyph of the cursor's line.
    pub fn line_end(&mut self, article: &Article, end: bool) {
        let Some(spot) = self.page.spot(article, self.cursor) else { return };
        let goal = if end { u16::MAX } else { 0 };
        self.put(article, spot, goal);
    }

    /// The byte under a place of the pane: rows from its top, columns from the text's left edge.
    pub fn place_under(&mut self, article: &Article, row: u16, column: u16) -> Option<u32> {
        let top = self.top?;
        let (mut spot, _) = self.page.walk(article, top, i64::from(row));
        if self.page.line(article, spot).is_none() {
            spot = self.page.above(article, spot)?;
        }
        let line = self.page.line(article, spot)?;
        let (all, first) = self.page.indent(article, spot.block);
        let begins = line.range.start == article.blocks[spot.block].range.start;
        let indent = if begins { all + first } else { all };
        Some(self.page.place_at(article, spot, line, column.saturating_sub(indent)))
    }

    /// The rows that a page is.
    pub fn page_rows(&self) -> i64 {
        i64::from(self.height.saturating_sub(2).max(1))
    }

    /// The passage that is selected, ends included.
    pub fn selected(&self, article: &Article) -> Option<TextRange> {
        let selection = self.selection?;
        let (from, to) = (selection.anchor.min(self.cursor), selection.anchor.max(self.cursor));
        match selection.grain {
            Grain::Characters => Some(TextRange::new(from, glyph_end(article, to))),
            Grain::Lines => Some(self.whole_lines(article, from, to)),
        }
    }

    /// From the first visible line that holds `from` to the end of the one that holds `to`. Lines
    /// out of view are as good as the ends of the passage.
    fn whole_lines(&self, article: &Article, from: u32, to: u32) -> TextRange {
        let line = |place| {
            self.rows.iter().find_map(|row| match row {
                Row::Line { line, .. } if line.range.contains(place) => Some(line.range),
                Row::Line { .. } | Row::Blank => None,
            })
        };
        let start = line(from).map_or(from, |line| line.start);
        let end = line(to).map_or_else(|| glyph_end(article, to), |line| line.end);
        TextRange::new(start, end)
    }

    /// The visible part of the text.
    pub fn view(&self) -> TextRange {
        let mut lines = self.rows.iter().filter_map(|row| match row {
            Row::Line { line, .. } => Some(line.range),
            Row::Blank => None,
        });
        let first = lines.next().unwrap_or_default();
        TextRange::new(first.start, lines.next_back().unwrap_or(first).end)
    }
}

/// The first byte behind the glyph that begins at `place`.
pub fn glyph_end(article: &Article, place: u32) -> u32 {
    let end = crate::text::offset(article.text.len());
    let rest = TextRange::new(place, end);
    crate::text::glyphs_in(&article.text, rest, crate::text::Setting::Flow)
        .next()
        .map_or(end, |glyph| glyph.range.end)
}
