//! Draws a menu of what is shown and what is hidden.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::popup::{self, Popup};
use super::theme::{Role, Theme};
use crate::text;

fn area(screen: Rect, title: &str, items: &[(String, bool)]) -> Rect {
    let labels = items.iter().map(|(label, _)| text::width(label) + 6).max().unwrap_or(0);
    let columns = labels.max(text::width(title)).max(text::width(FOOT)) + 6;
    let rows = u16::try_from(items.len() + 2).unwrap_or(u16::MAX);
    popup::centred(screen, u16::try_from(columns).unwrap_or(u16::MAX), rows)
}

const FOOT: &str = "Space switches";

/// The item under a place of the screen, for the mouse.
pub fn item_at(
    screen: Rect,
    title: &str,
    items: &[(String, bool)],
    selected: usize,
    at: Position,
) -> Option<usize> {
    let inside = popup::inside(area(screen, title, items));
    let top = popup::window(selected, items.len(), inside.height.into());
    let item = top + usize::from(at.y.checked_sub(inside.y)?);
    (inside.contains(at) && item < items.len()).then_some(item)
}

/// Draws the items, each with whether it is on.
pub fn draw(
    screen: Rect,
    (title, items): (&str, &[(String, bool)]),
    selected: usize,
    theme: &Theme,
    buf: &mut Buffer,
) {
    let area = area(screen, title, items);
    let seen = usize::from(popup::inside(area).height);
    let top = popup::window(selected, items.len(), seen);
    let frame = Popup { title, foot: FOOT, top, seen, rows: items.len() };
    let inside = popup::draw(area, &frame, theme, buf);
    let rows = items.iter().enumerate().skip(top);
    for (y, (at, (label, on))) in (inside.y..inside.bottom()).zip(rows) {
        let line = Rect { y, height: 1, ..inside };
        let mut style = theme.paint(&[Role::Popup, if *on { Role::Row } else { Role::RowMuted }]);
        let mut sign = " ";
        if at == selected {
            style = theme.paint(&[Role::Popup, Role::RowSelected]);
            sign = theme.signs.pointer;
            Pen::new(buf, line, theme).paint(style);
        }
        let state = if *on { "[x] " } else { "[ ] " };
        Pen::new(buf, line, theme).put(sign, style).skip(1).put(state, style).put(label, style);
    }
}

#[cfg(test)]
mod tests {
    use super::super::pen::tests::{fits_any_size, picture};
    use super::*;

    fn items() -> Vec<(String, bool)> {
        [
            ("direct quotes", true),
            ("partial quotes", true),
            ("scare quotes", false),
            ("block quotes", true),
        ]
        .map(|(label, on)| (label.to_owned(), on))
        .to_vec()
    }

    #[test]
    fn the_menu_is_shown() {
        let mut pictures = String::new();
        for (width, height) in [(50, 8), (16, 4)] {
            let screen = Rect::new(0, 0, width, height);
            let mut buf = Buffer::empty(screen);
            draw(screen, ("Quotes", &items()), 2, &Theme::default(), &mut buf);
            pictures += &picture(&buf, None);
        }
        insta::assert_snapshot!(pictures);
        let at = |x, y| item_at(Rect::new(0, 0, 50, 8), "Quotes", &items(), 2, Position::new(x, y));
        assert_eq!((at(25, 2), at(25, 5), at(25, 1), at(1, 2)), (Some(0), Some(3), None, None));
    }

    #[test]
    fn the_menu_fits_any_size() {
        let items = items();
        fits_any_size(|area, buf| draw(area, ("Quotes", &items), 3, &Theme::default(), buf));
    }
}
