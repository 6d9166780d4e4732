//! What the mouse does.

use ratatui::layout::{Position, Rect};

use super::layout::{self, Focus, Shape};
use super::reader::{Grain, Selection};
use super::rows::{self, Panel};
use super::{Effect, Mode, Model, motion, moves, orders, panels, popups, shelf};

/// Something that the mouse did, at a cell of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub what: What,
    /// Column and row, from the top left corner.
    pub at: (u16, u16),
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The left button went down, the n-th time at this place in quick succession.
    Press(u8),
    /// It moved with the left button down.
    Drag,
    /// The left button went up.
    Release,
    /// The wheel was turned down (up where negative) by this many notches.
    Wheel(i16),
}

/// What the left button holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Held {
    /// Nothing.
    #[default]
    Nothing,
    /// A selection in the text that was begun at this place.
    Text(u32),
    /// The border between the article and the panels.
    Border,
}

/// Where the mouse is held at the edge of the text while it selects: there the text goes on coming
/// to it without another move.
pub fn pulling(model: &Model) -> Option<Mouse> {
    let Held::Text(_) = model.held else { return None };
    let (pane, at) = (model.areas().article?, model.pointer?);
    let edge = at.1 + 1 >= pane.bottom() || at.1 <= pane.y;
    edge.then_some(Mouse { what: What::Drag, at })
}

/// Rows that a notch of the wheel is.
const NOTCH: i64 = 3;

/// Does what the mouse asks for.
pub(super) fn act(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    // A report at column or row 0 may come through as 65,535.
    let last = (model.screen.0.saturating_sub(1), model.screen.1.saturating_sub(1));
    let at = Position::new(mouse.at.0.min(last.0), mouse.at.1.min(last.1));
    model.pointer = Some((at.x, at.y));
    match model.mode {
        Mode::Normal if model.shelf.is_some() => return shelf::mouse(model, mouse.what, at),
        Mode::Normal => in_panes(model, mouse.what, at),
        _ => return in_popup(model, mouse.what, at),
    }
    Vec::new()
}

/// The mouse in what is open over the text: the wheel scrolls, a click takes a row, and one beside
/// the rows leaves.
fn in_popup(model: &mut Model, what: What, at: Position) -> Vec<Effect> {
    let ground = popups::ground(model.screen);
    match (&mut model.mode, what) {
        (Mode::Details { top, .. }, What::Wheel(by)) => {
            *top = top.saturating_add_signed(isize::from(by) * 3);
        }
        (Mode::Help(help), What::Wheel(by)) => {
            help.top = help.top.saturating_add_signed(isize::from(by) * 3);
        }
        (Mode::Outline(outline), What::Wheel(by)) => outline.step(isize::from(by) * 3),
        (Mode::Outline(outline), What::Press(_)) => {
            let rows = (outline.rows.len(), outline.top);
            match popups::outline_row_at(ground, rows, at) {
                Some(row) => {
                    outline.selected = row;
                    return super::outline::take(model);
                }
                None => model.mode = Mode::Normal,
            }
        }
        (Mode::Filter { panel, selected }, What::Press(_)) => {
            let items = model.filters.toggles(*panel);
            let menu = (popups::filter_title(*panel), items.as_slice());
            match popups::filter_item_at(ground, menu, *selected, at) {
                Some(item) => {
                    *selected = item;
                    orders::flip(model);
                }
                None => model.mode = Mode::Normal,
            }
        }
        (Mode::Marks(list) | Mode::Changes(list) | Mode::Differences(list), What::Wheel(by)) => {
            // How many rows there are is looked up when they are settled.
            list.step(i64::from(by) * 3, usize::MAX);
        }
        (Mode::Marks(list) | Mode::Changes(list) | Mode::Differences(list), What::Press(_)) => {
            let top = list.top;
            match popups::outline_row_at(ground, (usize::MAX, top), at) {
                Some(row) => list.selected = row,
                None => model.mode = Mode::Normal,
            }
        }
        // What is being written or asked stays: a slip of the mouse must not lose it.
        (Mode::Note(_) | Mode::Review | Mode::Prompt(_), What::Press(_)) => {}
        (_, What::Press(_)) => model.mode = Mode::Normal,
        (_, _) => {}
    }
    Vec::new()
}

fn in_panes(model: &mut Model, what: What, at: Position) {
    let areas = model.areas();
    let over = |area: &Option<Rect>| area.is_some_and(|area| area.contains(at));
    let panel = Panel::ALL.into_iter().find(|it| over(&areas.panels[*it as usize]));
    match what {
        What::Wheel(by) => {
            if let Some(panel) = panel {
                panels::step(model, panel, i64::from(by));
            } else {
                let article = std::sync::Arc::clone(&model.article);
                model.reader.scroll(&article, i64::from(by) * NOTCH);
            }
        }
        What::Press(times) => {
            if on_border(model, areas.article, at) {
                model.held = Held::Border;
            } else if let Some(panel) = panel {
                press_panel(model, panel, at, times);
            } else if let Some(panel) = tab_under(model, areas.tabs, at) {
                panels::focus(model, Focus::Panel(panel));
            } else if let Some(pane) = areas.article.filter(|pane| pane.contains(at)) {
                press_text(model, pane, at, times);
            }
        }
        What::Drag => drag(model, areas.article, at),
        What::Release => model.held = Held::Nothing,
    }
}

/// Whether the panels' left border is under the mouse.
fn on_border(model: &Model, article: Option<Rect>, at: Position) -> bool {
    let panels = layout::shape(model.screen, &model.settings.panes) != Shape::Narrow && !model.zen;
    panels && article.is_some_and(|article| at.x == article.right())
}

/// Whose name of the panels' names is under the mouse.
fn tab_under(model: &Model, tabs: Option<Rect>, at: Position) -> Option<Panel> {
    let tabs = tabs?;
    let under = (0..3).find(|&it| layout::tab(tabs, it).contains(at))?;
    Some(model.settings.panes.order[under])
}

fn press_panel(model: &mut Model, panel: Panel, at: Position, times: u8) {
    panels::focus(model, Focus::Panel(panel));
    let Some(area) = model.areas().panels[panel as usize] else { return };
    let Some(line) = at.y.checked_sub(rows::inside(area).y) else { return };
    let state = &model.panels[panel as usize];
    let row = rows::row_on_line(
        &state.rows,
        &model.store,
        &model.article,
        state.selected,
        state.top,
        line,
    );
    let Some(row) = row.filter(|&row| state.rows.selectable(row)) else { return };
    panels::choose(model, panel, Some(row));
    if times > 1 {
        panels::act(model, panel);
    }
}

fn press_text(model: &mut Model, pane: Rect, at: Position, times: u8) {
    panels::focus(model, Focus::Article);
    model.reader.selection = None;
    let Some(place) = place_under(model, pane, at) else { return };
    model.reader.go(place);
    let unit = match times {
        2 => motion::word_at(&model.article.text, place),
        3 => motion::sentence_at(&model.article, place),
        4 => motion::paragraph_at(&model.article, place),
        _ => None,
    };
    match unit {
        Some(unit) => moves::take(model, unit),
        None => model.held = Held::Text(place),
    }
}

fn drag(model: &mut Model, pane: Option<Rect>, at: Position) {
    match model.held {
        Held::Nothing => {}
        Held::Border => {
            let share = u32::from(at.x) * 100 / u32::from(model.screen.0.max(1));
            model.settings.panes.article = u16::try_from(share.clamp(20, 90)).unwrap_or(60);
        }
        Held::Text(anchor) => {
            let Some(pane) = pane else { return };
            let article = std::sync::Arc::clone(&model.article);
            // At the edges of the pane the text comes to the mouse.
            if at.y + 1 >= pane.bottom() {
                model.reader.scroll(&article, 1);
            } else if at.y == pane.y {
                model.reader.scroll(&article, -1);
            }
            if let Some(place) = place_under(model, pane, at) {
                model.reader.go(place);
                let selection = Selection { anchor, grain: Grain::Characters };
                model.reader.selection = Some(selection);
            }
        }
    }
}

fn place_under(model: &mut Model, pane: Rect, at: Position) -> Option<u32> {
    let text = layout::text_area(pane, model.settings.reader.column);
    let row = at.y.saturating_sub(text.y).min(text.height.saturating_sub(1));
    let article = std::sync::Arc::clone(&model.article);
    model.reader.place_under(&article, row, at.x.saturating_sub(text.x))
}
