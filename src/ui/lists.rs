//! Draws the list of marks and the list of changes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use super::popup::{self, Popup};
use super::theme::{Role, Theme};
use crate::app::lists::{self, List, MarkRow};
use crate::app::{Model, popups};
use crate::detect::versions::{Difference, What};
use crate::text;

/// All that the reader marked.
pub(super) fn marks(ground: Rect, model: &Model, list: List, theme: &Theme, buf: &mut Buffer) {
    let rows = lists::marks(&model.article, &model.store);
    let foot = "Enter goes there, t tags, a notes, d deletes, K keeps, r moves";
    rows_of(ground, ("Marks", foot), list, rows.len(), theme, buf, |at, pen, style| {
        mark(model, theme, &rows[at], pen, style);
    });
}

fn mark(model: &Model, theme: &Theme, row: &MarkRow, pen: &mut Pen<'_>, style: Style) {
    let ink = row.colour.as_ref().and_then(|name| model.settings.highlights.named(name));
    match ink {
        Some(ink) => pen.put(&ink.glyph, theme.inked(&[Role::Popup, Role::Highlight], ink.paint)),
        None => pen.skip(1),
    };
    let kind = if row.lost { "lost" } else { row.what };
    let kind_style = if row.lost { theme.paint(&[Role::Popup, Role::Error]) } else { style };
    pen.skip(1).put(&format!("{kind:<9} "), kind_style);
    let left = pen.left();
    // What is said of it is read as often as its words.
    let said = u16::try_from(crate::text::width(&row.said)).unwrap_or(u16::MAX);
    let room = left.saturating_sub(said.min(left / 2).saturating_add(2));
    pen.put_at_most(&row.words, room, style);
    if !row.said.is_empty() {
        pen.skip(2).put(&row.said, style);
    }
}

/// All changes, those that were taken back in small print.
pub(super) fn changes(ground: Rect, model: &Model, list: List, theme: &Theme, buf: &mut Buffer) {
    let (rows, now) = lists::changes(&model.store);
    let foot = "Enter goes back, or forth, to the chosen one";
    rows_of(ground, ("Changes", foot), list, rows.len(), theme, buf, |at, pen, style| {
        let sign = if at == now { theme.signs.axis_today } else { " " };
        let style = if at > now { theme.paint(&[Role::Popup, Role::RowMuted]) } else { style };
        pen.put(sign, style).skip(1).put(&rows[at], style);
    });
}

/// What a refresh has changed, a sentence a row.
pub(super) fn differences(
    ground: Rect,
    model: &Model,
    list: List,
    theme: &Theme,
    buf: &mut Buffer,
) {
    let rows = &model.differences;
    let foot = "Enter goes there; + is new, - is gone, [before → after]";
    rows_of(ground, ("What has changed", foot), list, rows.len(), theme, buf, |at, pen, style| {
        difference(theme, &rows[at], pen, style);
    });
}

/// Columns of what stands before the words that differ.
const BEFORE: u16 = 24;

/// The last words of a text that fit in so many columns.
fn end_of(text: &str, columns: u16) -> &str {
    let mut rest = text;
    while text::width(rest) > usize::from(columns) {
        match rest.split_once(' ') {
            Some((_, behind)) => rest = behind,
            None => return "",
        }
    }
    rest
}

fn difference(theme: &Theme, it: &Difference, pen: &mut Pen<'_>, style: Style) {
    let (added, removed) = (Role::QuoteDirect, Role::RowMuted);
    let with = |role| theme.paint(&[Role::Popup, role]).patch(style);
    match it.what {
        What::Added => {
            pen.put("+ ", with(added)).put(&it.after, style);
        }
        What::Removed => {
            pen.put("- ", with(removed)).put(&it.before, with(removed));
        }
        What::Changed => {
            let (head, before, after, tail) = it.parts();
            pen.put("~ ", style);
            let cut = end_of(head, BEFORE);
            if cut.len() < head.len() {
                pen.put(theme.signs.ellipsis, style);
            }
            pen.put(cut, style).put("[", style);
            let room = pen.left().saturating_sub(4);
            pen.put_at_most(before, room / 2, with(removed));
            pen.put(&format!(" {} ", theme.signs.link), style);
            let room = pen.left().saturating_sub(1);
            pen.put_at_most(after, room, with(added)).put("]", style).put(tail, style);
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "what is listed, and where")]
fn rows_of(
    ground: Rect,
    (title, foot): (&str, &str),
    list: List,
    count: usize,
    theme: &Theme,
    buf: &mut Buffer,
    draw: impl Fn(usize, &mut Pen<'_>, Style),
) {
    let area = popups::outline(ground, count);
    let seen = popups::outline_rows(ground, count);
    let frame = Popup { title, foot, top: list.top, seen, rows: count };
    let inside = popup::draw(area, &frame, theme, buf);
    for (y, at) in (inside.y..inside.bottom()).zip(list.top..count) {
        let line = Rect { y, height: 1, ..inside };
        let mut style = theme.paint(&[Role::Popup, Role::Row]);
        let mut sign = " ";
        if at == list.selected {
            style = theme.paint(&[Role::Popup, Role::Row, Role::RowSelected]);
            sign = theme.signs.pointer;
            Pen::new(buf, line, theme).paint(style);
        }
        let mut pen = Pen::new(buf, line, theme);
        pen.put(sign, style).skip(1);
        draw(at, &mut pen, style);
    }
}
