//! Writes text into a row of the screen, glyph by glyph, so that nothing but what may be seen
//! reaches the terminal and nothing is written beyond the row.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border;

use super::theme::Theme;
use crate::text::{self, TextRange};

/// A row of the screen that is filled from both ends.
pub(super) struct Pen<'b> {
    buf: &'b mut Buffer,
    /// What is still free.
    free: Rect,
    ellipsis: &'static str,
}

impl<'b> Pen<'b> {
    /// The first row of `area`, or what of it is on the screen.
    pub(super) fn new(buf: &'b mut Buffer, area: Rect, theme: &Theme) -> Self {
        let row = Rect { height: area.height.min(1), ..area };
        let free = row.intersection(buf.area);
        Self { buf, free, ellipsis: theme.signs.ellipsis }
    }

    /// The columns that are free.
    pub(super) fn left(&self) -> u16 {
        if self.free.height == 0 { 0 } else { self.free.width }
    }

    /// The column where the next text begins.
    pub(super) fn x(&self) -> u16 {
        self.free.x
    }

    /// Writes at the left end of what is free, with an ellipsis where not all of it fits.
    pub(super) fn put(&mut self, text: &str, style: Style) -> &mut Self {
        self.put_at_most(text, u16::MAX, style)
    }

    /// The same within so many columns.
    pub(super) fn put_at_most(&mut self, text: &str, columns: u16, style: Style) -> &mut Self {
        self.put_each(text, columns, style, |_| style)
    }

    /// The same, each glyph in the style of its bytes; the ellipsis has one of its own.
    pub(super) fn put_each(
        &mut self,
        text: &str,
        columns: u16,
        ellipsis: Style,
        style: impl Fn(TextRange) -> Style,
    ) -> &mut Self {
        let columns = columns.min(self.left());
        let whole = text::cut_to_width(text, columns);
        if whole.len() == text.len() {
            self.write_each(whole, style);
        } else if columns > 0 {
            self.write_each(text::cut_to_width(whole, columns - 1).trim_end(), style);
            self.write(self.ellipsis, ellipsis);
        }
        self
    }

    /// Writes at the right end of what is free; nothing where it does not fit.
    pub(super) fn put_right(&mut self, text: &str, style: Style) -> &mut Self {
        let Ok(columns) = u16::try_from(text::width(text)) else { return self };
        let Some(rest) = self.left().checked_sub(columns) else { return self };
        let free = self.free;
        self.free = Rect { x: free.x + rest, width: columns, ..free };
        self.write(text, style);
        self.free = Rect { width: rest, ..free };
        self
    }

    /// Leaves columns empty.
    pub(super) fn skip(&mut self, columns: u16) -> &mut Self {
        let columns = columns.min(self.left());
        self.free.x += columns;
        self.free.width -= columns;
        self
    }

    /// Goes on at a column of the screen, where that is not behind.
    pub(super) fn go_to(&mut self, x: u16) -> &mut Self {
        self.skip(x.saturating_sub(self.free.x))
    }

    /// Paints the whole row that is free, without its text.
    pub(super) fn paint(&mut self, style: Style) -> &mut Self {
        self.buf.set_style(self.free, style);
        self
    }

    /// Writes what is known to fit.
    fn write(&mut self, text: &str, style: Style) {
        if self.left() > 0 {
            let end = write(self.buf, (self.free.x, self.free.y), self.free.right(), text, style);
            self.skip(end - self.free.x);
        }
    }

    fn write_each(&mut self, text: &str, style: impl Fn(TextRange) -> Style) {
        for glyph in text::glyphs(text) {
            let columns = u16::from(glyph.columns);
            if columns == 0 {
                continue;
            }
            if columns > self.left() {
                break;
            }
            let style = style(glyph.range);
            for x in self.free.x..self.free.x + columns {
                let symbol = if x == self.free.x { glyph.shown } else { " " };
                self.buf[(x, self.free.y)].set_symbol(symbol).set_style(style);
            }
            self.skip(columns);
        }
    }
}

/// Writes a text from a place on the screen on, as far as it fits before the column `right`, and
/// gives the column behind it.
pub(super) fn write(
    buf: &mut Buffer,
    (x, y): (u16, u16),
    right: u16,
    text: &str,
    style: Style,
) -> u16 {
    let right = right.min(buf.area.right());
    if x >= right || y >= buf.area.bottom() {
        return x;
    }
    let start = buf.index_of(x, y);
    // The cells of a line stand one behind the other.
    let cells = &mut buf.content[start..start + usize::from(right - x)];
    let mut at = 0;
    if text::is_plain(text) {
        for (cell, byte) in cells.iter_mut().zip(text.bytes()) {
            cell.set_char(char::from(byte)).set_style(style);
            at += 1;
        }
        return x + u16::try_from(at).unwrap_or(right - x);
    }
    for glyph in text::glyphs(text) {
        let columns = usize::from(glyph.columns);
        let Some(place) = cells.get_mut(at..at + columns) else { break };
        show(place, glyph.shown, style);
        at += columns;
    }
    x + u16::try_from(at).unwrap_or(right - x)
}

/// Shows a glyph in as many cells as it has columns.
pub(super) fn show(cells: &mut [Cell], shown: &str, style: Style) {
    if shown.is_ascii() {
        // Nearly all of most articles; a tab is several spaces.
        for (cell, byte) in cells.iter_mut().zip(shown.bytes()) {
            cell.set_char(char::from(byte)).set_style(style);
        }
    } else if let Some((first, covered)) = cells.split_first_mut() {
        first.set_symbol(shown).set_style(style);
        covered.iter_mut().for_each(Cell::reset);
    }
}

/// Draws the edges of an area of at least two columns and rows.
pub(super) fn frame(buf: &mut Buffer, area: Rect, set: border::Set<'_>, style: Style) {
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    let mut put = |x, y, sign| {
        buf[(x, y)].set_symbol(sign).set_style(style);
    };
    for x in area.x + 1..right {
        put(x, area.y, set.horizontal_top);
        put(x, bottom, set.horizontal_bottom);
    }
    for y in area.y + 1..bottom {
        put(area.x, y, set.vertical_left);
        put(right, y, set.vertical_right);
    }
    put(area.x, area.y, set.top_left);
    put(right, area.y, set.top_right);
    put(area.x, bottom, set.bottom_left);
    put(right, bottom, set.bottom_right);
}

#[cfg(test)]
pub(super) mod tests {
    use ratatui::layout::Position;

    use super::*;

    /// What a buffer shows, a line a row; `|` marks the cursor where there is one.
    pub(crate) fn picture(buf: &Buffer, cursor: Option<Position>) -> String {
        let mut picture = String::new();
        for y in buf.area.y..buf.area.bottom() {
            let mut line = String::new();
            let mut wide = 0;
            for x in buf.area.x..buf.area.right() {
                if cursor == Some(Position::new(x, y)) {
                    line.push('|');
                }
                let symbol = buf[(x, y)].symbol();
                if wide > 0 {
                    wide -= 1;
                    continue;
                }
                wide = text::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            picture.push_str(line.trim_end());
            picture.push('\n');
        }
        picture
    }

    /// Draws into areas of every small size, at the edge of the screen and beyond it.
    pub(crate) fn fits_any_size(mut draw: impl FnMut(Rect, &mut Buffer)) {
        for (width, height) in [(0, 0), (0, 3), (3, 0), (1, 1), (2, 1), (1, 2), (2, 2), (3, 3)]
            .into_iter()
            .chain([(4, 3), (5, 2), (7, 4), (9, 5), (12, 6), (20, 8), (200, 60)])
        {
            for (x, y) in [(0, 0), (3, 2)] {
                let area = Rect::new(x, y, width, height);
                let mut buf = Buffer::empty(Rect::new(0, 0, x + width + 1, y + height + 1));
                let empty = buf.clone();
                draw(area, &mut buf);
                for at in buf.area.positions().filter(|&at| !area.contains(at)) {
                    assert_eq!(buf[at], empty[at], "{area:?} {at:?}");
                }
                draw(area, &mut Buffer::empty(Rect::new(0, 0, 2, 1)));
            }
        }
    }

    #[test]
    fn text_fits_in_its_row() {
        let theme = Theme::default();
        let check = |width, text: &str, shown: &str| {
            let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
            Pen::new(&mut buf, Rect::new(0, 0, 99, 5), &theme).put(text, Style::new());
            assert_eq!(picture(&buf, None).trim_end(), shown, "{text} {width}");
        };
        check(5, "words", "words");
        check(5, "words more", "word…");
        check(5, "東京都", "東京…");
        check(6, "東京都", "東京都");
        check(9, "\u{1b}[31mred", "␛[31mred");
        check(1, "words", "…");
        check(0, "words", "");
    }

    #[test]
    fn both_ends_are_filled() {
        let theme = Theme::default();
        let mut buf = Buffer::empty(Rect::new(0, 0, 12, 1));
        let mut pen = Pen::new(&mut buf, Rect::new(0, 0, 12, 1), &theme);
        pen.put_right("end", Style::new()).put_right("far too wide", Style::new());
        pen.put("begin", Style::new()).skip(1).put("middle", Style::new());
        assert_eq!(picture(&buf, None), "begin mi…end\n");
    }
}
