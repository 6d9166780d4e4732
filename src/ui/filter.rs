//! Draws a menu of what is shown and what is hidden.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::popup::{self, Popup};
use super::theme::{Role, Theme};
use crate::app::popups;
use crate::app::rows::Toggle;

const FOOT: &str = "Space switches";

/// Draws the items, each with whether it is on.
pub fn draw(
    screen: Rect,
    (title, items): (&str, &[Toggle<'_>]),
    selected: usize,
    theme: &Theme,
    buf: &mut Buffer,
) {
    let area = popups::filter(screen, title, items);
    let seen = usize::from(popups::inside(area).height);
    let top = popups::window(selected, items.len(), seen);
    let frame = Popup { title, foot: FOOT, top, seen, rows: items.len() };
    let inside = popup::draw(area, &frame, theme, buf);
    let rows = items.iter().enumerate().skip(top);
    for (y, (at, item)) in (inside.y..inside.bottom()).zip(rows) {
        let line = Rect { y, height: 1, ..inside };
        let mut style =
            theme.paint(&[Role::Popup, if item.on { Role::Row } else { Role::RowMuted }]);
        let mut sign = " ";
        if at == selected {
            style = theme.paint(&[Role::Popup, Role::RowSelected]);
            sign = theme.signs.pointer;
            Pen::new(buf, line, theme).paint(style);
        }
        let state = if item.on { "[x] " } else { "[ ] " };
        Pen::new(buf, line, theme)
            .put(sign, style)
            .skip(1)
            .put(state, style)
            .put(item.label, style);
    }
}

#[cfg(test)]
mod tests {
    use super::super::pen::tests::{fits_any_size, picture};
    use super::*;

    fn items() -> Vec<Toggle<'static>> {
        [
            ("direct quotes", true),
            ("partial quotes", true),
            ("scare quotes", false),
            ("block quotes", true),
        ]
        .map(|(label, on)| Toggle { label, on })
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
    }

    #[test]
    fn the_menu_fits_any_size() {
        let items = items();
        fits_any_size(|area, buf| draw(area, ("Quotes", &items), 3, &Theme::default(), buf));
    }
}
