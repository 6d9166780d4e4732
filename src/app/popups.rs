//! Where everything stands that opens over the text, and how many of its rows are seen. Deciding
//! and drawing both ask here, so what is scrolled is what is shown.

use ratatui::layout::{Position, Rect};

use super::details::Details;
use super::rows::{Panel, Toggle};
use super::{Mode, Model, help as helping};
use crate::text::{self, Setting, TextRange, Wrapping};

/// The widest help, in columns; no sentence needs more.
const HELP: u16 = 118;

/// The widest contents and details, in columns.
const LIST: u16 = 84;

/// The columns of the labels in the details.
pub const LABELS: u16 = 10;

/// The part of the screen that popups share: all but the status line.
pub fn ground((columns, rows): (u16, u16)) -> Rect {
    Rect::new(0, 0, columns, rows.saturating_sub(1))
}

/// An area of this size in the middle of the ground, or as much of it as there is.
pub fn centred(ground: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(ground.width), height.min(ground.height));
    let x = ground.x + (ground.width - width) / 2;
    let y = ground.y + (ground.height - height) / 2;
    Rect { x, y, width, height }
}

/// Whether there is room for a frame.
pub fn has_edges(area: Rect) -> bool {
    area.width >= 4 && area.height >= 3
}

/// What is inside a frame: without its edges where there is room for them, and with a column free
/// at both sides where there is room for that.
pub fn inside(area: Rect) -> Rect {
    let edge = u16::from(has_edges(area));
    let side = edge + u16::from(area.width >= 12);
    Rect {
        x: area.x + side,
        y: area.y + edge,
        width: area.width - 2 * side,
        height: area.height - 2 * edge,
    }
}

/// As [`centred`], with some of the text still to be seen around it where there is room.
fn spaced(ground: Rect, width: u16, rows: usize) -> Rect {
    let margin = if ground.width > 60 { 4 } else { 0 };
    let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
    let most = if ground.height > 12 { ground.height - margin / 2 } else { ground.height };
    centred(ground, width.min(ground.width - margin), height.min(most))
}

/// Keeps what is open over the text from being scrolled beyond its last row.
pub(super) fn settle(model: &mut Model) {
    let ground = ground(model.screen);
    match &mut model.mode {
        Mode::Help(help) => {
            let rows = helping::rows(&model.settings.keymap, help.query.text()).len();
            help.scroll(0, rows, help_rows(ground));
        }
        Mode::Outline(outline) => {
            outline.keep_in_view(outline_rows(ground, outline.rows.len()));
        }
        Mode::Details { all, top } => {
            let lines = detail_lines(ground, all).len();
            *top = (*top).min(lines.saturating_sub(details_rows(ground, lines)));
        }
        Mode::Normal
        | Mode::Letter(_)
        | Mode::Links(_)
        | Mode::Prompt(_)
        | Mode::Filter { .. }
        | Mode::Note(_)
        | Mode::Review
        | Mode::Marks(_)
        | Mode::Changes(_)
        | Mode::Differences(_) => {}
    }
}

/// The help.
pub fn help(ground: Rect) -> Rect {
    spaced(ground, HELP, usize::from(u16::MAX))
}

/// How many rows of the help are seen.
pub fn help_rows(ground: Rect) -> usize {
    // One is the line of the search.
    usize::from(inside(help(ground)).height.saturating_sub(1))
}

/// A table of contents of so many rows.
pub fn outline(ground: Rect, rows: usize) -> Rect {
    spaced(ground, LIST, rows.max(1))
}

/// How many rows of a table of contents are seen.
pub fn outline_rows(ground: Rect, rows: usize) -> usize {
    inside(outline(ground, rows)).height.into()
}

/// The row of a table of contents at a place of the screen.
pub fn outline_row_at(ground: Rect, (rows, top): (usize, usize), at: Position) -> Option<usize> {
    row_at(inside(outline(ground, rows)), (rows, top), at)
}

/// The editor of a note of so many lines.
pub fn note(ground: Rect, lines: usize) -> Rect {
    spaced(ground, LIST, lines.clamp(6, 16))
}

/// Details of so many lines.
pub fn details(ground: Rect, lines: usize) -> Rect {
    spaced(ground, LIST, lines.max(1))
}

/// How many lines of details are seen.
pub fn details_rows(ground: Rect, lines: usize) -> usize {
    inside(details(ground, lines)).height.into()
}

/// The title of a panel's menu of switches.
pub fn filter_title(panel: Panel) -> &'static str {
    match panel {
        Panel::Quotes => "Quotes: what is listed",
        Panel::Entities => "Entities: what is listed",
        Panel::Timeline => "Timeline: what is listed",
    }
}

/// A menu of switches under a title.
pub fn filter(ground: Rect, title: &str, items: &[Toggle<'_>]) -> Rect {
    let labels = items.iter().map(|it| text::width(it.label) + 6).max().unwrap_or(0);
    let columns = labels.max(text::width(title)).max(24) + 6;
    let rows = u16::try_from(items.len() + 2).unwrap_or(u16::MAX);
    centred(ground, u16::try_from(columns).unwrap_or(u16::MAX), rows)
}

/// The switch at a place of the screen.
pub fn filter_item_at(
    ground: Rect,
    (title, items): (&str, &[Toggle<'_>]),
    selected: usize,
    at: Position,
) -> Option<usize> {
    let inside = inside(filter(ground, title, items));
    row_at(inside, (items.len(), window(selected, items.len(), inside.height.into())), at)
}

fn row_at(inside: Rect, (rows, top): (usize, usize), at: Position) -> Option<usize> {
    let row = top + usize::from(at.y.checked_sub(inside.y)?);
    (inside.contains(at) && row < rows).then_some(row)
}

/// The first of `rows` rows to show so that the chosen one is among the `seen` ones, near the
/// middle.
pub fn window(selected: usize, rows: usize, seen: usize) -> usize {
    selected.saturating_sub(seen / 2).min(rows.saturating_sub(seen))
}

/// A line of the details.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'d> {
    /// What an annotation is.
    Title(&'d str),
    /// A part of what is said of it, with the label on its first line.
    Said(&'d str, &'d str),
    /// Between two annotations.
    Gap,
}

/// Whether labels stand above what they label because there is no room beside it.
pub fn is_narrow(inside: Rect) -> bool {
    inside.width < LABELS + 16
}

/// The lines of the details, wrapped for their popup.
pub fn detail_lines(ground: Rect, all: &[Details]) -> Vec<Line<'_>> {
    // How wide it is does not depend on how high it is.
    let inside = inside(details(ground, usize::from(u16::MAX)));
    let narrow = is_narrow(inside);
    let width = if narrow { inside.width } else { inside.width - LABELS };
    let how = Wrapping { width, setting: Setting::Flow, hyphenate: false };
    let mut lines = Vec::new();
    for it in all {
        if !lines.is_empty() {
            lines.push(Line::Gap);
        }
        lines.push(Line::Title(it.title));
        for (label, said) in &it.lines {
            let mut label = *label;
            // A note has lines of its own; in the words of the article they are only spaces.
            let parts = if label == "note" { said.lines().collect() } else { vec![said.as_str()] };
            if narrow {
                lines.push(Line::Said(label, ""));
                label = "";
            }
            for part in parts {
                if part.is_empty() {
                    lines.push(Line::Said(std::mem::take(&mut label), ""));
                }
                for line in text::wrap(part, TextRange::of_bytes(0, part.len()), how) {
                    let words = line.range.of(part).trim_end();
                    lines.push(Line::Said(std::mem::take(&mut label), words));
                }
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_lies_on_its_ground() {
        let items = [Toggle { label: "quotes", on: true }];
        for (columns, rows) in [(0, 0), (1, 1), (3, 2), (9, 9), (61, 13), (80, 24), (300, 90)] {
            let ground = ground((columns, rows));
            for area in [
                help(ground),
                outline(ground, 0),
                outline(ground, 7000),
                details(ground, 70_000),
                filter(ground, "Quotes", &items),
            ] {
                assert_eq!(area.intersection(ground), area, "{columns} x {rows}");
                assert_eq!(inside(area).intersection(area), inside(area), "{columns} x {rows}");
            }
        }
    }

    #[test]
    fn it_stands_in_the_middle() {
        let ground = Rect::new(10, 5, 80, 24);
        assert_eq!(centred(ground, 40, 10), Rect::new(30, 12, 40, 10));
        assert_eq!(centred(ground, 400, 100), ground);
        assert_eq!((window(0, 9, 3), window(5, 9, 3), window(8, 9, 3)), (0, 4, 6));
        assert_eq!((window(1, 2, 9), window(0, 0, 0)), (0, 0));
    }

    #[test]
    fn the_mouse_finds_rows() {
        let ground = ground((50, 9));
        let items = ["direct", "partial", "scare", "block"].map(|label| Toggle { label, on: true });
        let at = |x, y| filter_item_at(ground, ("Quotes", &items), 2, Position::new(x, y));
        assert_eq!((at(25, 2), at(25, 5), at(25, 1), at(1, 2)), (Some(0), Some(3), None, None));
        let at = |x, y| outline_row_at(ground, (20, 7), Position::new(x, y));
        assert_eq!((at(25, 1), at(25, 6), at(25, 0), at(0, 3)), (Some(7), Some(12), None, None));
    }
}
