//! Draws the line that is typed into, with what it may become above it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::pen::Pen;
use super::popup;
use super::theme::{Role, Theme};
use crate::app::popups;
use crate::app::prompt::LineEdit;
use crate::text;

/// A line that is typed into at the bottom of the screen.
#[derive(Clone, Copy, Debug)]
pub struct Prompt<'a> {
    /// Before the line: `/` or `:`.
    pub sign: &'a str,
    /// The line.
    pub line: &'a LineEdit,
    /// What it may become; empty where nothing is listed.
    pub completions: &'a [String],
    /// The one that is in the line now.
    pub selected: Option<usize>,
    /// At the right end: how many matches there are, what is wrong with the pattern.
    pub note: &'a str,
}

/// The most completions that are seen at once.
const LISTED: usize = 10;

/// Draws it on the last row of the screen; gives the place of the cursor.
pub fn draw(
    screen: Rect,
    prompt: &Prompt<'_>,
    theme: &Theme,
    buf: &mut Buffer,
) -> Option<Position> {
    let screen = screen.intersection(buf.area);
    if screen.is_empty() {
        return None;
    }
    let above = Rect { height: screen.height - 1, ..screen };
    list(above, prompt, theme, buf);
    let row = Rect { y: screen.bottom() - 1, height: 1, ..screen };
    popup::clear(row, theme.style(Role::Text), buf);
    let text = theme.style(Role::Text);
    let mut pen = Pen::new(buf, row, theme);
    pen.put(prompt.sign, theme.style(Role::Key));
    // What is typed is more important than what is said about it.
    let wanted = text::width(prompt.line.text()) + text::width(prompt.note) + 3;
    if !prompt.note.is_empty() && wanted <= usize::from(pen.left()) {
        pen.put_right(prompt.note, theme.style(Role::Muted)).put_right(" ", text);
    }
    let rest = Rect { x: pen.x(), width: pen.left(), ..row };
    field(rest, prompt.line, text, buf, theme)
}

/// Draws a line that is typed into so that its cursor can be seen; gives the cursor's place.
pub(super) fn field(
    row: Rect,
    line: &LineEdit,
    style: Style,
    buf: &mut Buffer,
    theme: &Theme,
) -> Option<Position> {
    let row = row.intersection(buf.area);
    if row.is_empty() {
        return None;
    }
    // The cursor needs a column behind the text.
    let last = usize::from(row.width) - 1;
    let (typed, mut before) = (line.text(), line.cursor_columns());
    let mut from = 0;
    for glyph in text::glyphs(typed) {
        if before <= last {
            break;
        }
        before -= usize::from(glyph.columns).min(before);
        from = glyph.range.end as usize;
    }
    let seen = typed.get(from..).unwrap_or_default();
    Pen::new(buf, row, theme).put(seen, style);
    let column = u16::try_from(before.min(last)).unwrap_or(0);
    Some(Position::new(row.x + column, row.y))
}

/// The completions in a box above the line.
fn list(above: Rect, prompt: &Prompt<'_>, theme: &Theme, buf: &mut Buffer) {
    let all = prompt.completions;
    let seen = all.len().min(LISTED).min(usize::from(above.height));
    let Ok(height) = u16::try_from(seen) else { return };
    if height == 0 {
        return;
    }
    let top = popups::window(prompt.selected.unwrap_or(0), all.len(), seen);
    let shown = all.iter().enumerate().skip(top).take(seen);
    let widest = all.iter().map(|it| text::width(it)).max().unwrap_or(0) + 2;
    let more = format!("{} of {}", prompt.selected.map_or(0, |at| at + 1), all.len());
    let width = u16::try_from(widest.max(12)).unwrap_or(u16::MAX).min(above.width);
    let area = Rect { y: above.bottom() - height, width, height, ..above };
    popup::clear(area, theme.style(Role::Popup), buf);
    for (y, (at, line)) in (area.y..).zip(shown) {
        let row = Rect { y, height: 1, ..area };
        let mut style = theme.style(Role::Popup);
        if prompt.selected == Some(at) {
            style = theme.paint(&[Role::Popup, Role::RowSelected]);
            Pen::new(buf, row, theme).paint(style);
        }
        Pen::new(buf, row, theme).skip(1).put(line, style);
    }
    // Beside the list, so that it hides no line of it.
    if all.len() > seen && area.right() < above.right() {
        let row = Rect {
            x: area.right(),
            width: above.right() - area.right(),
            y: area.bottom() - 1,
            height: 1,
        };
        let said = format!(" {more} ");
        if text::width(&said) <= usize::from(row.width) {
            Pen::new(buf, row, theme).put(&said, theme.paint(&[Role::Popup, Role::RowMuted]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pen::tests::{fits_any_size, picture};
    use super::*;
    use crate::app::commandline::Completion;
    use crate::input::{Code, Key};

    fn shown(screen: Rect, prompt: &Prompt<'_>) -> String {
        let mut buf = Buffer::empty(screen);
        let cursor = draw(screen, prompt, &Theme::default(), &mut buf);
        picture(&buf, cursor)
    }

    fn searching<'a>(line: &'a LineEdit, note: &'a str) -> Prompt<'a> {
        Prompt { sign: "/", line, completions: &[], selected: None, note }
    }

    #[test]
    fn the_line_and_its_note() {
        let check = |width, typed: &str, note: &str, back: usize, shows: &str| {
            let mut line = LineEdit::new(typed);
            for _ in 0..back {
                line.press(Key::plain(Code::Left));
            }
            let shown = shown(Rect::new(0, 0, width, 1), &searching(&line, note));
            assert_eq!(shown.trim_end(), shows);
        };
        check(30, "harbour", "3 matches", 0, "/harbour|             3 matches");
        check(30, "harbour", "3 matches", 7, "/|harbour             3 matches");
        check(12, "harbour", "3 matches", 0, "/harbour|");
        check(6, "harbour", "", 0, "/bour|");
        check(6, "harbour", "", 3, "/harb|…");
        check(6, "東京都", "", 0, "/京都|");
        check(2, "harbour", "", 0, "/|");
        check(1, "harbour", "", 0, "/");
    }

    #[test]
    fn completions_stand_above() {
        let mut completion = Completion::of("s").unwrap();
        completion.step(true);
        let typed = completion.step(true).to_owned();
        let line = LineEdit::new(&typed);
        let prompt = Prompt {
            sign: ":",
            line: &line,
            completions: &completion.lines,
            selected: completion.at,
            note: "",
        };
        let all = [Rect::new(0, 0, 50, 13), Rect::new(0, 0, 12, 4)].map(|it| shown(it, &prompt));
        insta::assert_snapshot!(all.join("-----\n"));
        fits_any_size(|area, buf| _ = draw(area, &prompt, &Theme::default(), buf));
    }
}
