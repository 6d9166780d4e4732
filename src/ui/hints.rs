//! Draws what the keys typed so far may become.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::popup::{self, Popup};
use super::theme::{Role, Theme};
use crate::app::popups::inside;
use crate::input::{Binding, Key, key};
use crate::text;

/// Draws a box at the lower right of `screen`, which is the one above the status line. `typed` are
/// the keys of which `pending` are the continuations.
pub fn draw(screen: Rect, typed: &[Key], pending: &[Binding], theme: &Theme, buf: &mut Buffer) {
    let rows: Vec<(String, &str)> = pending
        .iter()
        .map(|it| (key::show(it.keys.get(typed.len()..).unwrap_or_default()), it.command.help()))
        .collect();
    listed(screen, &key::show(typed), &rows, theme, buf);
}

/// The same for letters that belong to a command, under what they are for.
pub fn letters(
    screen: Rect,
    title: &str,
    letters: &[(String, String)],
    theme: &Theme,
    buf: &mut Buffer,
) {
    let rows: Vec<(String, &str)> =
        letters.iter().map(|(key, what)| (key.clone(), what.as_str())).collect();
    listed(screen, title, &rows, theme, buf);
}

fn listed(screen: Rect, title: &str, rows: &[(String, &str)], theme: &Theme, buf: &mut Buffer) {
    if rows.is_empty() {
        return;
    }
    let widest = |of: fn(&(String, &str)) -> usize| {
        u16::try_from(rows.iter().map(of).max().unwrap_or(0)).unwrap_or(u16::MAX)
    };
    let (keys, help) = (widest(|it| text::width(&it.0)), widest(|it| text::width(it.1)));
    let named = u16::try_from(text::width(title)).unwrap_or(u16::MAX).saturating_add(6);
    let width = keys.saturating_add(help).saturating_add(6).max(named).min(screen.width);
    let height = u16::try_from(rows.len() + 2).unwrap_or(u16::MAX).min(screen.height);
    let area = Rect { x: screen.right() - width, y: screen.bottom() - height, width, height };
    let seen = usize::from(inside(area).height);
    let frame = Popup { title, foot: "", top: 0, seen, rows: rows.len() };
    let inside = popup::draw(area, &frame, theme, buf);
    for (y, (key, help)) in (inside.y..inside.bottom()).zip(rows) {
        let line = Rect { y, height: 1, ..inside };
        let mut pen = Pen::new(buf, line, theme);
        pen.put(key, theme.paint(&[Role::Popup, Role::Key]));
        pen.go_to(inside.x + keys + 2).put(help, theme.style(Role::Popup));
    }
}

#[cfg(test)]
mod tests {
    use super::super::pen::tests::{fits_any_size, picture};
    use super::*;
    use crate::input::{Keymap, Match, Situation};

    fn shown(screen: Rect, typed: &str) -> String {
        let (keymap, typed) = (Keymap::default(), key::parse(typed).unwrap());
        let mut buf = Buffer::empty(screen);
        if let Match::Pending(pending) = keymap.lookup(&typed, Situation::Reading) {
            draw(screen, &typed, pending, &Theme::default(), &mut buf);
        }
        picture(&buf, None)
    }

    #[test]
    fn continuations_are_listed() {
        let all = [
            shown(Rect::new(0, 0, 80, 12), "]"),
            shown(Rect::new(0, 0, 60, 6), "<C-w>"),
            shown(Rect::new(0, 0, 30, 5), "g"),
        ];
        insta::assert_snapshot!(all.join("-----\n"));
    }

    #[test]
    fn hints_fit_any_size() {
        let (keymap, typed) = (Keymap::default(), key::parse("]").unwrap());
        let Match::Pending(pending) = keymap.lookup(&typed, Situation::Reading) else {
            panic!("`]` begins several commands");
        };
        fits_any_size(|area, buf| draw(area, &typed, pending, &Theme::default(), buf));
    }
}
