//! Draws the model. Drawing changes nothing and measures nothing.

use ratatui::Frame;

use crate::app::Model;

pub mod article;
mod entities;
pub mod panel;
mod quotes;
pub mod theme;
mod timeline;

use theme::{Role, Theme};

/// Draws the whole screen.
pub fn view(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let screen = frame.area();
    let areas = model.areas();
    let buffer = frame.buffer_mut();
    buffer.set_style(screen, theme.style(Role::Text));
    if let Some(pane) = areas.article {
        article::draw(model, theme, pane.intersection(screen), buffer);
    }
}
