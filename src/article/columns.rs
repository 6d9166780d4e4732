//! Rows of cells as lines with aligned columns.

use unicode_width::UnicodeWidthStr;

/// The widest table that is set in columns.
const WIDEST: usize = 100;
/// The widest cell of such a table.
const CELL: usize = 40;

/// Cells in columns; none where they are too wide for that.
pub(super) fn aligned(rows: &[Vec<String>]) -> Option<String> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let wide = widths.iter().sum::<usize>() + widths.len() * 2;
    if widths.len() < 2 || wide > WIDEST || widths.iter().any(|it| *it > CELL) {
        return None;
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width + 2 - cell.width()));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    Some(text.trim_end().to_owned())
}
