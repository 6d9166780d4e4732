//! Where everything of the list stands. Deciding and drawing both ask here.

use ratatui::layout::{Position, Rect};

use super::Part;

/// Where everything is. What is not shown has no place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// What is listed, or what is searched for.
    pub head: Rect,
    /// The names of the columns.
    pub names: Option<Rect>,
    /// The rows.
    pub rows: Rect,
    /// All that is known of the chosen row.
    pub details: Option<Rect>,
    /// How many lines a row has.
    pub lines: u16,
}

/// How much a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Everything.
    Wide,
    /// Title, date, progress and marks.
    Medium,
    /// The title, and the rest below it where there is room.
    Narrow,
}

/// The lines of the details, with the one that sets them off.
const DETAILS: u16 = 5;

/// What a row has room for.
pub const fn shape(columns: u16) -> Shape {
    match columns {
        110.. => Shape::Wide,
        70..110 => Shape::Medium,
        0..70 => Shape::Narrow,
    }
}

/// Divides the screen, the last line of which is the status line's.
pub fn areas((columns, rows): (u16, u16), part: Part) -> Areas {
    let body = Rect::new(0, 0, columns, rows.saturating_sub(1));
    let hits = part == Part::Hits;
    let head = u16::from(body.height > 1 || part == Part::Query).min(body.height);
    let mut rest = body.height - head;
    let names = u16::from(shape(columns) != Shape::Narrow && rest >= 8 && !hits);
    rest -= names;
    let details = if rest >= 14 && columns >= 20 && !hits { DETAILS } else { 0 };
    rest -= details;
    let strip = |y, height| Rect { y, height, ..body };
    let two = shape(columns) == Shape::Narrow && rest >= 6 && !hits;
    Areas {
        head: strip(0, head),
        names: (names > 0).then(|| strip(head, names)),
        rows: strip(head + names, rest),
        details: (details > 0).then(|| strip(head + names + rest, details)),
        lines: if two { 2 } else { 1 },
    }
}

/// How many rows are seen.
pub fn seen(screen: (u16, u16), part: Part) -> usize {
    let areas = areas(screen, part);
    usize::from(areas.rows.height / areas.lines)
}

/// The row at a place of the screen, counted from the first one in view.
pub fn row_at(screen: (u16, u16), part: Part, at: Position) -> Option<usize> {
    let areas = areas(screen, part);
    let row = usize::from((at.y.checked_sub(areas.rows.y)?) / areas.lines);
    (areas.rows.contains(at) && row < seen(screen, part)).then_some(row)
}
