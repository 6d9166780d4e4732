//! Draws a row of the list, in as many columns as there is room for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put_found;
use crate::app::shelf::find::Finder;
use crate::app::shelf::layout::{Shape, shape};
use crate::app::shelf::{ShelfRow, Standing};
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, Theme};

/// What sets a row off from the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Whether it is the chosen one.
    pub(super) selected: bool,
    /// Whether it is among those that the reader marks.
    pub(super) marked: bool,
}

/// The columns of what stands beside the title; none where there is no room for it.
#[derive(Clone, Copy, Debug, Default)]
struct Widths {
    publisher: u16,
    date: u16,
    bar: u16,
    quotes: u16,
    marks: u16,
    review: u16,
    tags: u16,
}

/// The columns of the sign before a row.
const SIGN: u16 = 2;

/// Between two columns.
const GAP: u16 = 2;

/// The cells of the bar that shows how much has been read.
const BAR: u16 = 8;

const DATE: u16 = 10;

fn widths(columns: u16) -> Widths {
    match shape(columns) {
        Shape::Wide => Widths {
            publisher: (columns / 8).clamp(14, 24),
            date: DATE,
            bar: BAR,
            quotes: 6,
            marks: 5,
            review: 6,
            tags: (columns / 8).clamp(12, 40),
        },
        Shape::Medium => Widths { date: DATE, bar: BAR, marks: 5, ..Widths::default() },
        Shape::Narrow if columns >= 36 => Widths { date: DATE, ..Widths::default() },
        Shape::Narrow => Widths::default(),
    }
}

impl Widths {
    fn all(self) -> [u16; 7] {
        [self.publisher, self.date, self.bar, self.quotes, self.marks, self.review, self.tags]
    }

    /// What is left for the title.
    fn title(self, columns: u16) -> u16 {
        let beside = self.all().into_iter().filter(|it| *it > 0).map(|it| it + GAP);
        columns.saturating_sub(SIGN + 1).saturating_sub(beside.sum())
    }
}

/// Draws the names of the columns.
pub(super) fn names(area: Rect, theme: &Theme, buf: &mut Buffer) {
    let widths = widths(area.width);
    let style = theme.style(Role::RowMuted);
    let mut pen = Pen::new(buf, area, theme);
    let end = pen.skip(SIGN).x() + widths.title(area.width);
    pen.put("Title", style).go_to(end);
    let names = ["Publisher", "Date", "Read", "Quotes", "Marks", "Review", "Tags"];
    for (at, (name, width)) in names.into_iter().zip(widths.all()).enumerate() {
        if width > 0 {
            let end = pen.skip(GAP).x() + width;
            // Numbers stand at the right of their columns.
            if (3..6).contains(&at) {
                pen.skip(width.saturating_sub(columns_of(name)));
            }
            pen.put(name, style).go_to(end);
        }
    }
}

fn columns_of(text: &str) -> u16 {
    u16::try_from(crate::text::width(text)).unwrap_or(u16::MAX)
}

/// Draws a row into one line, or into two where the area is as high.
pub(super) fn draw(
    row: &ShelfRow,
    look: Look,
    area: Rect,
    finder: &mut Option<Finder>,
    (theme, buf): (&Theme, &mut Buffer),
) {
    let ground: &[Role] =
        if look.selected || look.marked { &[Role::RowSelected] } else { &[Role::Row] };
    let paint = |role| theme.paint(&[&[role], ground].concat());
    let (text, muted) = (paint(Role::Row), paint(Role::RowMuted));
    for y in area.y..area.bottom() {
        Pen::new(buf, Rect { y, height: 1, ..area }, theme).paint(text);
    }
    let mut pen = Pen::new(buf, Rect { height: 1, ..area }, theme);
    pen.put(if look.selected { theme.signs.pointer } else { " " }, text);
    let wrong = row.lost > 0 || row.standing == Standing::Trouble;
    pen.put(if wrong { "!" } else { " " }, paint(Role::Error));
    let title = if row.progress >= 100 { muted } else { text };
    if area.height > 1 {
        put_found(&mut pen, row.name(), u16::MAX, title, finder);
        let below = Rect { y: area.y + 1, height: 1, ..area };
        Pen::new(buf, below, theme).skip(SIGN).put(&small_print(row, theme), muted);
        return;
    }
    let widths = widths(area.width);
    let room = widths.title(area.width);
    let end = pen.x() + room;
    put_found(&mut pen, row.name(), room, title, finder);
    pen.go_to(end);
    let cell = Cells { row, text, muted, theme };
    cell.beside(&mut pen, widths, finder);
}

/// What stands beside the title.
struct Cells<'r> {
    row: &'r ShelfRow,
    text: Style,
    muted: Style,
    theme: &'r Theme,
}

impl Cells<'_> {
    fn beside(&self, pen: &mut Pen<'_>, widths: Widths, finder: &mut Option<Finder>) {
        let row = self.row;
        if widths.publisher > 0 {
            let end = pen.skip(GAP).x() + widths.publisher;
            put_found(pen, &row.publisher, widths.publisher, self.muted, finder);
            pen.go_to(end);
        }
        if widths.date > 0 {
            let end = pen.skip(GAP).x() + widths.date;
            let date = row.published.map(|it| it.to_string()).unwrap_or_default();
            pen.put_at_most(&date, widths.date, self.muted).go_to(end);
        }
        if row.standing != Standing::Kept {
            // Nothing has been done with it yet.
            return;
        }
        if widths.bar > 0 {
            pen.skip(GAP);
            self.bar(pen);
        }
        for (width, count) in [
            (widths.quotes, row.quotes),
            (widths.marks, row.marks),
            (widths.review, row.unreviewed),
        ] {
            if width > 0 {
                self.number(pen.skip(GAP), width, count);
            }
        }
        if widths.tags > 0 {
            let tags = row.tags.join(" ");
            put_found(pen.skip(GAP), &tags, widths.tags, self.muted, finder);
        }
    }

    /// How much has been read: a cell is there as soon as something has been, and the last one
    /// only when all has.
    fn bar(&self, pen: &mut Pen<'_>) {
        let read = u16::from(self.row.progress.min(100));
        let cells = if read == 100 { BAR } else { (read * BAR / 100).max(u16::from(read > 0)) };
        let signs = self.theme.signs;
        for at in 0..BAR {
            let (set, style) = if at < cells {
                (&signs.border_focused, self.text)
            } else {
                (&signs.border, self.muted)
            };
            pen.put(set.horizontal_top, style);
        }
    }

    /// A number at the right of its column; none is not worth reading.
    fn number(&self, pen: &mut Pen<'_>, width: u16, count: u32) {
        let end = pen.x() + width;
        let shown = if count == 0 { self.theme.signs.dot.to_owned() } else { count.to_string() };
        let style = if count == 0 { self.muted } else { self.text };
        pen.skip(width.saturating_sub(columns_of(&shown)));
        pen.put_at_most(&shown, width, style).go_to(end);
    }
}

/// The line below the title: "2024-10-11 · 40 % · 3 marks · The Harbour Post".
fn small_print(row: &ShelfRow, theme: &Theme) -> String {
    let mut parts = Vec::new();
    parts.extend(row.published.map(|it| it.to_string()));
    if row.standing == Standing::Kept {
        parts.push(format!("{} %", row.progress.min(100)));
    }
    if row.marks > 0 {
        parts.push(super::counted(row.marks as usize, "mark"));
    }
    if !row.publisher.is_empty() {
        parts.push(row.publisher.clone());
    }
    parts.join(&format!(" {} ", theme.signs.dot))
}
