//! Draws a panel: frame, title and the rows that can be seen, never more of them.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen as cells;
use super::theme::{Role, Theme};
use super::{entities, quotes, timeline};
use crate::annot::{Kind, Store};
use crate::app::rows::{Heading, Panel, Row, Rows, inside};
use crate::article::Article;
use crate::detect::language;

mod pen;
#[cfg(test)]
mod tests;

pub use crate::app::rows::keep_in_view;
pub(super) use pen::Pen;

/// What a panel shows.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The article that is read.
    pub article: &'a Article,
    /// Its annotations, as they were when the rows were made.
    pub store: &'a Store,
    /// How all is painted.
    pub theme: &'a Theme,
    /// The rows.
    pub rows: &'a Rows,
    /// Whose rows they are.
    pub panel: Panel,
    /// The selected row.
    pub selected: Option<usize>,
    /// Where the marking of rows began; all from there to the selected one are marked.
    pub marking: Option<usize>,
    /// Whether the text cursor stands on what the selected row is about.
    pub here: bool,
    /// The byte of the text at which the cursor is.
    pub cursor: u32,
    /// The row that is shown first.
    pub top: usize,
    /// Whether the panel has the keys.
    pub focused: bool,
    /// Whether the detectors are still at work.
    pub busy: bool,
}

/// Draws a panel into `area`, whatever its size.
pub fn draw(view: &View<'_>, area: Rect, buf: &mut Buffer) {
    let area = area.intersection(*buf.area());
    if area.is_empty() {
        return;
    }
    let ground = view.theme.style(Role::Text);
    if ground != Style::default() {
        buf.set_style(area, ground);
    }
    frame(view, area, buf);
    let room = inside(area);
    if view.rows.is_empty() {
        Pen::new(view, buf, room, Role::Row).wrapped(&nothing(view), u16::MAX, Role::RowMuted);
        return;
    }
    let mut y = room.y;
    let mut row = view.top;
    while y < room.bottom() && row < view.rows.len() {
        let selected = view.selected == Some(row);
        let height = view.rows.height(view.store, view.article, row, selected);
        let height = height.min(room.bottom() - y);
        draw_row(view, row, Rect { y, height, ..room }, buf);
        y += height;
        row += 1;
    }
    if room.x > area.x {
        let signs = view.theme.signs;
        let style = view.theme.style(border_role(view));
        let x = area.right() - 1;
        if view.top > 0 {
            buf.set_string(x, room.y, signs.more_above, style);
        }
        if row < view.rows.len() {
            buf.set_string(x, room.bottom() - 1, signs.more_below, style);
        }
    }
}

fn border_role(view: &View<'_>) -> Role {
    if view.focused { Role::BorderFocused } else { Role::Border }
}

fn frame(view: &View<'_>, area: Rect, buf: &mut Buffer) {
    let (signs, theme) = (view.theme.signs, view.theme);
    let role = if view.focused { Role::PanelTitleFocused } else { Role::PanelTitle };
    let busy = if view.busy { signs.ellipsis } else { "" };
    let title = format!("{}{busy}", view.rows.title());
    if inside(area).x == area.x {
        let line = Rect { height: 1, ..area };
        Pen::new(view, buf, line, role).text(&title, area.width, role);
        return;
    }
    let set = if view.focused { signs.border_focused } else { signs.border };
    cells::frame(buf, area, set, theme.style(border_role(view)));
    let (left, right, style) = (area.x + 1, area.right() - 1, theme.style(role));
    cells::write(buf, (left, area.y), right, &format!(" {title} "), style);
    if let Some(row) = view.selected.filter(|row| view.rows.selectable(*row)) {
        let place = format!(" {}/{} ", view.rows.ordinal(row) + 1, view.rows.count());
        let columns = u16::try_from(place.len()).unwrap_or(u16::MAX);
        let x = right.saturating_sub(columns).max(left);
        cells::write(buf, (x, area.bottom() - 1), right, &place, style);
    }
}

/// What an empty panel says.
fn nothing(view: &View<'_>) -> Cow<'static, str> {
    let (kind, none, english) = match view.panel {
        Panel::Quotes => (Kind::Quote, "No quotes found.", ""),
        Panel::Entities => (
            Kind::Mention,
            "No people, places or organisations found.",
            "Names are looked for in English texts only",
        ),
        Panel::Timeline => (
            Kind::Time,
            "No dates or times found.",
            "Dates that are not in figures are looked for in English texts only",
        ),
    };
    if !view.store.of_kind(kind).is_empty() {
        return "All of them are filtered out or rejected.".into();
    }
    if view.busy {
        return "Still looking for them.".into();
    }
    let tag = language::of(view.article);
    if english.is_empty() || tag == "en" {
        return none.into();
    }
    match language::name(&tag) {
        Some(name) => format!("{english}; this one is {name}.").into(),
        None => format!("{english}.").into(),
    }
}

fn draw_row(view: &View<'_>, row: usize, area: Rect, buf: &mut Buffer) {
    let Some(content) = view.rows.row(row) else { return };
    let selected = view.selected == Some(row);
    let marked = view.marking.zip(view.selected).is_some_and(|(from, to)| {
        (from.min(to)..=from.max(to)).contains(&row) && view.rows.selectable(row)
    });
    let ground = match (selected || marked, view.focused, view.here) {
        (true, true, _) => Role::RowSelected,
        (true, false, true) => Role::RowCurrent,
        (_, false, false) | (false, ..) => Role::Row,
    };
    buf.set_style(Rect { height: 1, ..area }, view.theme.style(ground));
    let mut pen = Pen::new(view, buf, area, ground);
    let pointer = if selected || marked { view.theme.signs.pointer } else { " " };
    pen.text(pointer, 1, if view.focused { Role::Row } else { Role::RowMuted });
    match content {
        Row::Heading(heading) => draw_heading(&mut pen, heading),
        Row::Entity(id) => entities::draw(&mut pen, row, id),
        Row::Annotation(index) => {
            let Some(it) = view.store.annotations().get(index as usize) else { return };
            match view.panel {
                Panel::Timeline => timeline::draw(&mut pen, it),
                Panel::Quotes | Panel::Entities => quotes::draw(&mut pen, it),
            }
        }
    }
}

fn draw_heading(pen: &mut Pen<'_>, heading: Heading) {
    match heading {
        Heading::Speaker { .. } | Heading::NoSpeaker(_) => quotes::draw_heading(pen, heading),
        Heading::Kind(kind, count) => entities::draw_heading(pen, kind, count),
        Heading::Year(_) | Heading::Month(..) | Heading::Today(_) | Heading::Undated(_) => {
            timeline::draw_heading(pen, heading);
        }
    }
}
