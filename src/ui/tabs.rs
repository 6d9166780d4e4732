//! Draws the names of the panels where only one of them is shown.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::theme::{Role, Theme};
use crate::app::Model;
use crate::app::layout::{Focus, tab};
use crate::config::Panel;
use crate::text;

/// Draws each name into its third of the line.
pub(super) fn draw(model: &Model, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    for (at, panel) in model.settings.panes.order.into_iter().enumerate() {
        let place = tab(area, at);
        let role = match (panel == shown(model), model.focus == Focus::Panel(panel)) {
            (true, true) => Role::PanelTitleFocused,
            (true, false) => Role::PanelTitle,
            (false, _) => Role::RowMuted,
        };
        let count = model.panels[panel as usize].rows.count();
        let sign = if panel == shown(model) { theme.signs.pointer } else { " " };
        let long = format!("{sign}{} {count}", panel.name());
        let name = if text::width(&long) < usize::from(place.width) {
            long
        } else {
            format!("{sign}{}", panel.name())
        };
        let name = text::fit(&name, place.width);
        buffer.set_stringn(place.x, place.y, name, place.width.into(), theme.style(role));
    }
}

fn shown(model: &Model) -> Panel {
    match model.focus {
        Focus::Panel(panel) => panel,
        Focus::Article => model.tab,
    }
}
