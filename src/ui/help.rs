//! Draws the help.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::popup::{self, Popup};
use super::prompt;
use super::theme::{Role, Theme};
use crate::app::help::{Help, Row};
use crate::app::popups;
use crate::text;

/// Draws the help with the rows that its query finds; gives the place of the cursor.
pub fn draw(
    screen: Rect,
    help: &Help,
    rows: &[Row],
    theme: &Theme,
    buf: &mut Buffer,
) -> Option<Position> {
    let seen = popups::help_rows(screen);
    let top = help.top.min(rows.len().saturating_sub(seen));
    let foot = if help.typing {
        "Enter ends the search, Esc takes it back"
    } else {
        "/ searches, j k scroll, q closes"
    };
    let frame = Popup { title: "Help", foot, top, seen, rows: rows.len() };
    let inside = popup::draw(popups::help(screen), &frame, theme, buf);
    let (key, text) = (theme.paint(&[Role::Popup, Role::Key]), theme.style(Role::Popup));
    let mut pen = Pen::new(buf, inside, theme);
    pen.put("/", key);
    let field = Rect { x: pen.x(), width: pen.left(), height: inside.height.min(1), ..inside };
    let cursor = prompt::field(field, &help.query, text, buf, theme);
    let columns = columns(rows, inside.width);
    let mut line = below(inside, 1);
    if rows.is_empty() {
        Pen::new(buf, line, theme).put("Nothing has to do with this.", muted(theme));
    }
    for row in rows.iter().skip(top).take(seen) {
        draw_row(line, row, columns, theme, buf);
        line = below(line, 1);
    }
    cursor.filter(|_| help.typing)
}

/// The widths of the keys and of the names; no names where there is no room.
fn columns(rows: &[Row], width: u16) -> (u16, u16) {
    let longest = |of: fn(&Row) -> &str| {
        let widths = rows.iter().map(|row| text::width(of(row)));
        u16::try_from(widths.max().unwrap_or(0)).unwrap_or(u16::MAX)
    };
    let keys = longest(|row| match row {
        Row::Entry { keys, name, .. } if !name.is_empty() => keys,
        Row::Entry { .. } | Row::Heading(_) => "",
    });
    let names = longest(|row| match row {
        Row::Entry { name, .. } => name,
        Row::Heading(_) => "",
    });
    (keys.min(width / 3), if width >= 90 { names } else { 0 })
}

fn draw_row(line: Rect, row: &Row, widths: (u16, u16), theme: &Theme, buf: &mut Buffer) {
    let mut pen = Pen::new(buf, line, theme);
    match row {
        Row::Heading(heading) => {
            pen.put(heading, theme.paint(&[Role::Popup, Role::RowHeading]));
        }
        Row::Entry { keys, name, what } => {
            if widths.1 > 0 {
                pen.put_right(name, muted(theme));
            }
            pen.skip(1);
            let behind = pen.x() + widths.0 + 2;
            // What is typed is longer than keys, and may push its sentence aside.
            let most = if name.is_empty() { line.width / 2 } else { widths.0 };
            pen.put_at_most(keys, most, theme.paint(&[Role::Popup, Role::Key]));
            pen.skip(2).go_to(behind).put(what, theme.style(Role::Popup));
        }
    }
}

fn muted(theme: &Theme) -> ratatui::style::Style {
    theme.paint(&[Role::Popup, Role::RowMuted])
}

/// What is left of an area below its first rows.
pub(super) fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

#[cfg(test)]
mod tests {
    use super::super::pen::tests::{fits_any_size, picture};
    use super::*;
    use crate::app::help;
    use crate::input::Keymap;

    fn shown(screen: Rect, query: &str, top: usize) -> String {
        let help = Help { top, typing: true, ..Help::about(query) };
        let rows = help::rows(&Keymap::default(), query);
        let mut buf = Buffer::empty(screen);
        let cursor = draw(screen, &help, &rows, &Theme::default(), &mut buf);
        picture(&buf, cursor)
    }

    #[test]
    fn the_help_is_shown_and_searched() {
        insta::assert_snapshot!(shown(Rect::new(0, 0, 80, 24), "", 0));
        insta::assert_snapshot!(shown(Rect::new(0, 0, 120, 24), "", 60));
        insta::assert_snapshot!(shown(Rect::new(0, 0, 80, 10), "next quote", 0));
        insta::assert_snapshot!(shown(Rect::new(0, 0, 34, 7), "no such thing", 5));
    }

    #[test]
    fn the_help_fits_any_size() {
        let help = Help::about("e");
        let rows = help::rows(&Keymap::default(), "e");
        fits_any_size(|area, buf| _ = draw(area, &help, &rows, &Theme::default(), buf));
    }
}
