//! Draws the editor of notes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::popup::{self, Popup};
use super::theme::{Role, Theme};
use crate::app::note::NoteEdit;
use crate::app::popups;

/// Draws it in the middle of the ground; the cursor is a cell of the editor's own.
pub(super) fn draw(
    ground: Rect,
    note: &NoteEdit,
    theme: &Theme,
    buf: &mut Buffer,
) -> Option<Position> {
    let area = popups::note(ground, note.area.lines().len());
    let foot = "Esc keeps it, C-e opens your editor, C-c gives it up";
    let frame = Popup { title: &note.title, foot, ..Popup::default() };
    let inside = popup::draw(area, &frame, theme, buf);
    if inside.is_empty() {
        return None;
    }
    let mut area = note.area.clone();
    area.set_style(theme.style(Role::Popup));
    area.set_cursor_line_style(theme.style(Role::Popup));
    area.set_cursor_style(theme.paint(&[Role::Popup, Role::Cursor]));
    area.set_selection_style(theme.paint(&[Role::Popup, Role::Selection]));
    (&area).render(inside, buf);
    None
}
