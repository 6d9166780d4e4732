//! Draws the model. Drawing changes nothing and measures nothing.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;

use crate::app::Model;
use crate::app::layout::Focus;
use crate::config::Panel;

pub mod article;
pub mod details;
mod entities;
pub mod filter;
pub mod help;
pub mod hints;
mod lists;
mod note;
pub mod outline;
mod over;
pub mod panel;
mod pen;
pub mod popup;
pub mod prompt;
mod quotes;
mod review;
mod shelf;
pub mod status;
mod tabs;
pub mod theme;
mod timeline;

use theme::{Role, Theme};

/// Draws the whole screen.
pub fn view(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    if let Some(cursor) = paint(model, theme, frame.buffer_mut()) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws the whole screen into an empty buffer; gives the place of the cursor where something is
/// typed.
pub fn paint(model: &Model, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let screen = buffer.area;
    let areas = model.areas();
    let ground = theme.style(Role::Text);
    if ground != Style::default() {
        buffer.set_style(screen, ground);
    }
    if let Some(list) = &model.shelf {
        let typed = shelf::draw(list, screen, theme, buffer);
        return over::draw(model, theme, screen, buffer).or(typed);
    }
    if let Some(pane) = areas.article {
        article::draw(model, theme, pane.intersection(screen), buffer);
    }
    if let Some(area) = areas.tabs {
        tabs::draw(model, theme, area.intersection(screen), buffer);
    }
    for panel in Panel::ALL {
        let Some(area) = areas.panels[panel as usize] else { continue };
        let state = &model.panels[panel as usize];
        let view = panel::View {
            article: &model.article,
            store: &model.store,
            theme,
            rows: &state.rows,
            panel,
            selected: state.selected,
            marking: state.marking,
            here: state.here,
            cursor: model.reader.cursor,
            top: state.top,
            focused: model.focus == Focus::Panel(panel),
            busy: model.progress.stage.is_some(),
        };
        panel::draw(&view, area, buffer);
    }
    over::draw(model, theme, screen, buffer)
}
