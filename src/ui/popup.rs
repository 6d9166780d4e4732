//! What opens above the text: a frame with a title, which clears what is below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::{self, Pen};
use super::theme::{Role, Theme};
use crate::app::popups::{has_edges, inside};
use crate::text;

/// What a frame says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Popup<'a> {
    /// In the upper edge.
    pub title: &'a str,
    /// In the lower edge: what can be done here.
    pub foot: &'a str,
    /// The first row that is seen.
    pub top: usize,
    /// How many rows are seen.
    pub seen: usize,
    /// How many rows there are.
    pub rows: usize,
}

/// Clears the area and draws the frame; gives what is [`inside`] it.
pub fn draw(area: Rect, popup: &Popup<'_>, theme: &Theme, buf: &mut Buffer) -> Rect {
    let seen = area.intersection(buf.area);
    clear(seen, theme.style(Role::Popup), buf);
    if has_edges(area) && seen == area {
        let border = theme.paint(&[Role::Popup, Role::BorderFocused]);
        let title = theme.paint(&[Role::Popup, Role::PanelTitleFocused]);
        let set = theme.signs.border_focused;
        pen::frame(buf, area, set, border);
        let edge = Rect { x: area.x + 1, width: area.width - 2, height: 1, ..area };
        if !popup.title.is_empty() && edge.width > 4 {
            let mut pen = Pen::new(buf, edge, theme);
            pen.put(" ", border).put_at_most(popup.title, edge.width - 2, title).put(" ", border);
        }
        let lower = Rect { y: area.bottom() - 1, ..edge };
        let mut pen = Pen::new(buf, lower, theme);
        if popup.rows > popup.seen {
            let last = (popup.top + popup.seen).min(popup.rows);
            let place = format!(" {}-{last} of {} ", popup.top + 1, popup.rows);
            pen.put_right(&place, border);
            scroll_signs(area, popup, theme, buf);
        }
        let foot = format!(" {} ", popup.foot);
        let mut pen = Pen::new(buf, lower, theme);
        let room =
            usize::from(pen.left()).saturating_sub(if popup.rows > popup.seen { 20 } else { 0 });
        if !popup.foot.is_empty() && text::width(&foot) <= room {
            pen.put(&foot, theme.paint(&[Role::Popup, Role::RowMuted]));
        }
    }
    inside(area).intersection(buf.area)
}

/// Signs in the right edge where there is more above or below.
fn scroll_signs(area: Rect, popup: &Popup<'_>, theme: &Theme, buf: &mut Buffer) {
    let style = theme.paint(&[Role::Popup, Role::Key]);
    let mut sign = |y: u16, sign: &str| {
        let cell = Rect { x: area.right() - 1, y, width: 1, height: 1 };
        Pen::new(buf, cell, theme).put(sign, style);
    };
    if popup.top > 0 {
        sign(area.y + 1, theme.signs.more_above);
    }
    if popup.top + popup.seen < popup.rows && area.height > 3 {
        sign(area.bottom() - 2, theme.signs.more_below);
    }
}

/// Empties an area, with the left half of a wide character that reaches into it.
pub(super) fn clear(area: Rect, style: Style, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    for y in area.y..area.bottom() {
        if let Some(before) = area.x.checked_sub(1).filter(|&x| x >= buf.area.x)
            && area.width > 0
            && text::width(buf[(before, y)].symbol()) > 1
        {
            buf[(before, y)].set_symbol(" ");
        }
        for x in area.x..area.right() {
            let cell = &mut buf[(x, y)];
            cell.reset();
            cell.set_style(style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pen::tests::{fits_any_size, picture};
    use super::*;
    use crate::config::{Borders, ThemeChoice};
    use crate::ui::theme::Colour;

    fn ascii() -> Theme {
        let choice = ThemeChoice { borders: Borders::Ascii, ..ThemeChoice::default() };
        Theme::new(&choice, None, Colour::No)
    }

    #[test]
    fn a_frame_clears_what_is_below() {
        let mut pictures = String::new();
        for theme in [Theme::default(), ascii()] {
            let mut buf = Buffer::empty(Rect::new(0, 0, 40, 6));
            for y in 0..6 {
                buf.set_string(0, y, "東京は日本の首都です。東京は日本の首都。", Style::new());
            }
            let popup = Popup { title: "Help", foot: "Esc closes", top: 3, seen: 2, rows: 9 };
            let inside = draw(Rect::new(3, 1, 35, 4), &popup, &theme, &mut buf);
            assert_eq!(inside, Rect::new(5, 2, 31, 2));
            pictures.push_str(&picture(&buf, None));
        }
        insta::assert_snapshot!(pictures);
    }

    #[test]
    fn frames_fit_any_size() {
        let popup = Popup { title: "A title", foot: "foot", top: 1, seen: 1, rows: 9 };
        fits_any_size(|area, buf| {
            let inside = draw(area, &popup, &Theme::default(), buf);
            assert_eq!(inside.intersection(area), inside);
        });
    }
}
