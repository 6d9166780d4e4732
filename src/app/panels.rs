//! The panels: what is selected in them, and how they and the text follow each other.

use super::layout::{self, Focus, Shape};
use super::rows::{Panel, RowKey, Rows};
use super::{Model, moves};
use crate::config::QuotesBy;

/// A panel's rows and where the reader is in them.
#[derive(Debug)]
pub struct PanelState {
    /// What is listed.
    pub rows: Rows,
    /// The selected row.
    pub selected: Option<usize>,
    /// The first row in view.
    pub top: usize,
    /// The row where marking rows began; all from there to the selected one are marked.
    pub marking: Option<usize>,
    /// Whether the text cursor stands on what the selected row names.
    pub here: bool,
    /// What the selected row names, so that it is found again among other rows.
    key: Option<RowKey>,
    /// The cursor's place and the store's revision that the selection was made for.
    seen: Option<(u32, u64)>,
}

impl PanelState {
    /// Nothing is listed yet.
    pub(super) fn new(rows: Rows) -> Self {
        Self { rows, selected: None, top: 0, marking: None, here: false, key: None, seen: None }
    }

    /// Looks for what was selected among other rows.
    pub(super) fn find_again(&mut self, store: &crate::annot::Store) {
        self.selected = self.key.and_then(|key| self.rows.find(store, key));
        self.seen = None;
    }

    /// The marked rows, or the selected one; headings are left out.
    pub fn marked(&self) -> impl Iterator<Item = usize> {
        let rows = match (self.marking, self.selected) {
            (Some(from), Some(to)) => from.min(to)..from.max(to) + 1,
            (_, Some(row)) => row..row + 1,
            (_, None) => 0..0,
        };
        rows.filter(|&row| self.rows.selectable(row))
    }

    /// Ends the marking of rows; whether there was any.
    pub(super) fn unmark(&mut self) -> bool {
        self.marking.take().is_some()
    }

    fn select(&mut self, row: Option<usize>, store: &crate::annot::Store) {
        self.selected = row;
        self.key = row.map(|row| self.rows.key(store, row));
    }
}

/// Makes all rows anew, because what there is or what is to be listed has changed.
pub(super) fn rebuild(model: &mut Model) {
    for panel in Panel::ALL {
        let rows = Rows::build(panel, &model.store, &model.article, &model.filters);
        let state = &mut model.panels[panel as usize];
        state.rows = rows;
        state.find_again(&model.store);
    }
}

/// Moves the selected row of every panel to what stands under the text cursor, but for the panel
/// that has the keys: there the row was chosen, and the cursor has followed it.
pub(super) fn follow(model: &mut Model) {
    let seen = (model.reader.cursor, model.store.revision());
    for panel in Panel::ALL {
        let focused = model.focus == Focus::Panel(panel);
        let state = &mut model.panels[panel as usize];
        if state.seen == Some(seen) {
            continue;
        }
        state.seen = Some(seen);
        let here = state.rows.here(&model.store, seen.0);
        if !focused || state.selected.is_none() {
            let row = here.or_else(|| state.rows.at(&model.store, seen.0));
            state.select(row, &model.store);
        }
        state.here = here.is_some() && here == state.selected;
    }
}

/// Brings the selected rows into view.
pub(super) fn settle(model: &mut Model) {
    let areas = model.areas();
    for panel in Panel::ALL {
        let Some(area) = areas.panels[panel as usize] else { continue };
        let state = &mut model.panels[panel as usize];
        let height = super::rows::inside(area).height;
        state.top = super::rows::keep_in_view(
            &state.rows,
            &model.store,
            &model.article,
            state.selected,
            state.top,
            height,
        );
    }
}

/// Gives the keys to a pane, and shows it where it was not to be seen.
pub(super) fn focus(model: &mut Model, focus: Focus) {
    model.focus = focus;
    if let Focus::Panel(panel) = focus {
        model.tab = panel;
        model.zen = false;
        model.reader.selection = None;
    }
}

/// Gives the keys to the next pane on the screen, or the one before.
pub(super) fn cycle(model: &mut Model, by: i64) {
    let mut all = vec![Focus::Article];
    all.extend(model.settings.panes.order.map(Focus::Panel));
    let here = all.iter().position(|&it| it == model.focus).unwrap_or(0);
    let count = i64::try_from(all.len()).unwrap_or(1);
    let next = (i64::try_from(here).unwrap_or(0) + by).rem_euclid(count);
    focus(model, all[usize::try_from(next).unwrap_or(0)]);
}

/// Goes up or down in a panel; the text follows.
pub(super) fn step(model: &mut Model, panel: Panel, by: i64) {
    let state = &model.panels[panel as usize];
    let row = state.rows.step(state.selected, by);
    choose(model, panel, row);
}

/// Selects a row of a panel and shows its place in the text.
pub(super) fn choose(model: &mut Model, panel: Panel, row: Option<usize>) {
    let state = &mut model.panels[panel as usize];
    state.select(row, &model.store);
    let cursor = model.reader.cursor;
    let place = row.and_then(|row| state.rows.place(&model.store, row, cursor));
    if let Some(place) = place {
        moves::along(model, place.start);
    }
}

/// Enter on a row: to its place in the text; on an entity, to its next mention.
pub(super) fn act(model: &mut Model, panel: Panel) {
    let state = &model.panels[panel as usize];
    let Some(row) = state.selected else { return };
    let cursor = model.reader.cursor;
    let place = match panel {
        Panel::Entities => state.rows.next_place(&model.store, row, cursor),
        Panel::Quotes | Panel::Timeline => state.rows.place(&model.store, row, cursor),
    };
    let Some(place) = place else { return };
    moves::far(model, place.start);
    // Enter on an entity walks through its mentions, so the panel keeps the keys.
    if panel != Panel::Entities {
        focus(model, Focus::Article);
    } else if layout::shape(model.screen, &model.settings.panes) == Shape::Narrow {
        model.say("Enter walks through the mentions; ga shows them in the text");
    }
}

/// Marks this row and those below it, `count` in all, unless rows are marked already.
pub(super) fn mark_rows(model: &mut Model, count: u32) {
    let Focus::Panel(panel) = model.focus else { return };
    let state = &mut model.panels[panel as usize];
    if count > 1 && state.marking.is_none() {
        state.marking = state.selected;
        step(model, panel, i64::from(count) - 1);
    }
}

/// Begins to mark rows at the selected one, or ends it.
pub(super) fn mark(model: &mut Model) {
    let Focus::Panel(panel) = model.focus else { return };
    let state = &mut model.panels[panel as usize];
    if state.unmark() {
        return;
    }
    state.marking = state.selected;
    if state.marking.is_some() {
        model.say("j and k mark more rows; t tags them, A and X review them, M merges entities");
    }
}

/// Rows that a page of a panel is.
pub(super) fn page(model: &Model, panel: Panel) -> i64 {
    let area = model.areas().panels[panel as usize];
    area.map_or(1, |area| i64::from(super::rows::inside(area).height.saturating_sub(1)).max(1))
}

/// Lists the quotes by speaker, or in the order of the text.
pub(super) fn group(model: &mut Model) {
    model.filters.grouped = !model.filters.grouped;
    model.settings.panes.quotes_by =
        if model.filters.grouped { QuotesBy::Speaker } else { QuotesBy::Order };
    rebuild(model);
    model.say(if model.filters.grouped { "quotes by speaker" } else { "quotes in order" });
}

/// Makes the focused pane wider (narrower where negative), in percent of the screen.
pub(super) fn widen(model: &mut Model, by: i32) {
    let sign = if model.focus == Focus::Article { 1 } else { -1 };
    let share = i32::from(model.settings.panes.article) + by * sign;
    model.settings.panes.article = u16::try_from(share.clamp(20, 90)).unwrap_or(60);
}

/// Makes the focused panel taller (shorter where negative).
pub(super) fn heighten(model: &mut Model, by: i32) {
    let Focus::Panel(panel) = model.focus else {
        model.complain("the article has the whole height; focus a panel first (gq, ge, gt)");
        return;
    };
    let set = &mut model.settings.panes;
    if let Some(at) = set.order.iter().position(|&it| it == panel) {
        let share = i32::from(set.heights[at]) + by;
        set.heights[at] = u16::try_from(share.clamp(5, 400)).unwrap_or(30);
    }
}
