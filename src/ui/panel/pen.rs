//! Writes the lines of a row.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::View;
use crate::annot::{Annotation, Review};
use crate::app::rows::{mark_line, reason_rows};
use crate::config::Role;
use crate::detect;
use crate::text::wrap::{Wrapping, wrap};
use crate::text::{Glyph, Setting, TextRange, glyphs, glyphs_in, is_plain, offset};

/// Writes a row and its details from left to right and line by line, within the row's area.
pub(in crate::ui) struct Pen<'a> {
    pub(in crate::ui) view: &'a View<'a>,
    buf: &'a mut Buffer,
    area: Rect,
    x: u16,
    y: u16,
    ground: Role,
}

impl<'a> Pen<'a> {
    pub(in crate::ui) fn new(
        view: &'a View<'a>,
        buf: &'a mut Buffer,
        area: Rect,
        ground: Role,
    ) -> Self {
        Self { view, buf, area, x: area.x, y: area.y, ground }
    }

    /// The columns of a whole line.
    pub(in crate::ui) fn width(&self) -> u16 {
        self.area.width
    }

    /// The columns that are left in this line.
    pub(in crate::ui) fn room(&self) -> u16 {
        if self.y < self.area.bottom() { self.area.right().saturating_sub(self.x) } else { 0 }
    }

    /// Whether the row has room for another line.
    pub(in crate::ui) fn has_more(&self) -> bool {
        self.y + 1 < self.area.bottom()
    }

    /// Goes on in the next line, where the details stand.
    pub(in crate::ui) fn next_line(&mut self) {
        self.y = self.y.saturating_add(1);
        self.x = self.area.x + INDENT.min(self.area.width / 4);
        self.ground = Role::Row;
    }

    /// Leaves columns free.
    pub(in crate::ui) fn skip(&mut self, columns: u16) {
        self.x = self.x.saturating_add(columns).min(self.area.right());
    }

    /// Writes a text in at most so many columns, with an ellipsis where it is cut.
    pub(in crate::ui) fn text(&mut self, text: &str, columns: u16, role: Role) {
        let room = columns.min(self.room());
        if let Ok(used) = u16::try_from(text.len())
            && used <= room
            && is_plain(text)
        {
            self.write(text, used, role);
            return;
        }
        let (shown, used) = fitted(glyphs(text), room, self.view.theme.signs.ellipsis);
        self.write(&shown, used, role);
    }

    /// Writes all that fits of a text in this line.
    pub(in crate::ui) fn rest(&mut self, text: &str, role: Role) {
        self.text(text, self.room(), role);
    }

    /// Writes a text that ends `columns` further on.
    pub(in crate::ui) fn right(&mut self, text: &str, columns: u16, role: Role) {
        let room = columns.min(self.room());
        let (shown, used) = fitted(glyphs(text), room, self.view.theme.signs.ellipsis);
        self.skip(room - used);
        self.write(&shown, used, role);
    }

    /// Writes the beginning of a passage of the article and takes all of the columns.
    pub(in crate::ui) fn passage(&mut self, range: TextRange, columns: u16, role: Role) {
        let article = self.view.article;
        let block = article.blocks.get(article.block_at(range.start));
        let setting = match block.map(|it| it.kind.setting()) {
            Some(Setting::Quote) => Setting::Quote,
            // A row is one line, so line ends are spaces in it.
            Some(Setting::Flow | Setting::Code) | None => Setting::Flow,
        };
        let room = columns.min(self.room());
        let glyphs = glyphs_in(&article.text, range, setting);
        let (shown, used) = fitted(glyphs, room, self.view.theme.signs.ellipsis);
        self.write(&shown, used, role);
        self.skip(room - used);
    }

    fn write(&mut self, shown: &str, columns: u16, role: Role) {
        if columns == 0 {
            return;
        }
        let style = self.view.theme.paint(&[role, self.ground]);
        let right = self.x.saturating_add(columns);
        crate::ui::pen::write(self.buf, (self.x, self.y), right, shown, style);
        self.skip(columns);
    }

    /// Writes a text from here on over at most so many lines; the last one ends with an ellipsis
    /// where there is more.
    pub(in crate::ui) fn wrapped(&mut self, text: &str, lines: u16, role: Role) {
        let text = beginning(text);
        let how = Wrapping { width: self.room().max(1), setting: Setting::Flow, hyphenate: false };
        let all = wrap(text, TextRange::of_bytes(0, text.len()), how);
        let indent = self.x;
        for (line, at) in all.iter().zip(0..lines) {
            if at > 0 {
                self.next_line();
                self.x = indent;
            }
            let last = at + 1 == lines || !self.has_more();
            let end = if last { offset(text.len()) } else { line.range.end };
            let range = TextRange::new(line.range.start, end);
            self.rest(range.of(text).trim_end(), role);
            if last {
                return;
            }
        }
    }

    /// The sign of what the reader made of an annotation, where it is anything.
    pub(in crate::ui) fn looked_at(&self, it: &Annotation) -> Option<&'static str> {
        let signs = self.view.theme.signs;
        if !it.tags().is_empty() || !it.note().is_empty() {
            return Some(signs.noted);
        }
        (it.review == Review::Accepted).then_some(signs.accepted)
    }

    /// What the reader added.
    pub(in crate::ui) fn marks(&mut self, it: &Annotation) {
        if let Some(line) = mark_line(it) {
            self.next_line();
            self.rest(beginning(&line), Role::Row);
        }
    }

    /// The lines on how sure the detector is, and why.
    pub(in crate::ui) fn reason(&mut self, it: &Annotation, more: &str) {
        let signs = self.view.theme.signs;
        self.next_line();
        let share = it.confidence.clamp(0.0, 1.0);
        for cell in 1..=BAR {
            let full = share * f32::from(BAR) + 0.5 >= f32::from(cell);
            let sign = if full { signs.strip[8] } else { signs.dot };
            self.text(sign, 1, Role::Strip);
        }
        self.skip(1);
        self.rest(&format!("{:.0} %", share * 100.0), Role::Row);
        if it.review == Review::Accepted {
            self.rest(&format!(" {} accepted", signs.dot), Role::Row);
        }
        if !more.is_empty() {
            self.rest(&format!(" {} {more}", signs.dot), Role::RowMuted);
        }
        self.next_line();
        let Some(rule) = it.rule() else {
            self.wrapped("You marked it yourself.", 1, Role::RowMuted);
            return;
        };
        if it.time().is_some() {
            let why = detect::why(self.view.article, it);
            self.wrapped(&why, reason_rows(&why), Role::RowMuted);
        } else {
            self.wrapped(detect::explain(rule), 2, Role::RowMuted);
        }
    }
}

/// The columns before the details of a row.
const INDENT: u16 = 3;

/// The cells of the bar that shows how sure the detector is.
const BAR: u16 = 8;

/// As much of a text as details can show; imported files may hold anything.
fn beginning(text: &str) -> &str {
    let end = (0..=text.len().min(1000)).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// What fits of these glyphs, and its columns. Looks at no more glyphs than can be seen, and at a
/// few that cannot.
fn fitted<'t>(
    glyphs: impl Iterator<Item = Glyph<'t>>,
    columns: u16,
    ellipsis: &str,
) -> (Cow<'t, str>, u16) {
    let mut shown = String::new();
    let (mut used, mut cut) = (0, (0, 0));
    for (at, glyph) in glyphs.enumerate() {
        let wide = u16::from(glyph.columns);
        if used + wide > columns || at >= 64 + 4 * usize::from(columns) {
            if columns == 0 {
                return (Cow::Borrowed(""), 0);
            }
            shown.truncate(cut.0);
            let kept = shown.trim_end_matches(' ').len();
            let spaces = u16::try_from(shown.len() - kept).unwrap_or_default();
            shown.truncate(kept);
            shown.push_str(ellipsis);
            return (Cow::Owned(shown), cut.1 - spaces + 1);
        }
        shown.push_str(glyph.shown);
        used += wide;
        if used < columns {
            cut = (shown.len(), used);
        }
    }
    (Cow::Owned(shown), used)
}
