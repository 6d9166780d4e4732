//! Which pane is where on the screen. One pure function that deciding and drawing both call.

use ratatui::layout::Rect;

use crate::config;
use crate::config::Panel;

/// Where everything is. What is not shown has no place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// The article's pane.
    pub article: Option<Rect>,
    /// Each panel's pane, in the order of [`Panel::ALL`].
    pub panels: [Option<Rect>; 3],
    /// The names of the panels where only one of them is shown.
    pub tabs: Option<Rect>,
    /// The status line.
    pub status: Rect,
}

/// What has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The article.
    Article,
    /// A panel.
    Panel(Panel),
}

/// What decides on the places.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// Columns and rows of the screen.
    pub screen: (u16, u16),
    /// Thresholds and shares.
    pub panes: &'a config::Panes,
    /// What has the keys.
    pub focus: Focus,
    /// The panel shown where there is room for one.
    pub tab: Panel,
    /// Whether the article stands alone.
    pub zen: bool,
}

/// How the panes share the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The article and three panels.
    Wide,
    /// The article and one panel.
    Medium,
    /// One pane.
    Narrow,
}

/// What there is room for.
pub fn shape(screen: (u16, u16), panes: &config::Panes) -> Shape {
    match screen.0 {
        // Three panels of fewer rows than these show their frames and nothing else.
        columns if columns >= panes.wide && screen.1 >= 16 => Shape::Wide,
        columns if columns >= panes.narrow => Shape::Medium,
        _ => Shape::Narrow,
    }
}

/// Divides the screen.
pub fn areas(wish: &Wish<'_>) -> Areas {
    let (columns, rows) = wish.screen;
    let status = Rect::new(0, rows.saturating_sub(1), columns, rows.min(1));
    let body = Rect::new(0, 0, columns, rows.saturating_sub(1));
    let mut areas = Areas { status, ..Areas::default() };
    if wish.zen {
        areas.article = Some(body);
        return areas;
    }
    let share = u32::from(columns) * u32::from(wish.panes.article) / 100;
    let share = u16::try_from(share).unwrap_or(columns);
    let left = Rect { width: share, ..body };
    let right = Rect { x: share, width: columns - share, ..body };
    match shape(wish.screen, wish.panes) {
        Shape::Wide => {
            areas.article = Some(left);
            areas.panels = stacked(right, wish.panes);
        }
        Shape::Medium => {
            areas.article = Some(left);
            tabbed(&mut areas, right, wish.tab);
        }
        Shape::Narrow => match wish.focus {
            Focus::Article => areas.article = Some(body),
            Focus::Panel(panel) => tabbed(&mut areas, body, panel),
        },
    }
    areas
}

fn stacked(area: Rect, panes: &config::Panes) -> [Option<Rect>; 3] {
    let total: u32 = panes.heights.iter().map(|&it| u32::from(it)).sum();
    let mut areas = [None; 3];
    let (mut above, mut seen) = (0_u16, 0_u32);
    for (panel, share) in panes.order.iter().zip(panes.heights) {
        seen += u32::from(share);
        let below = u32::from(area.height) * seen / total.max(1);
        let below = u16::try_from(below).unwrap_or(area.height);
        let rect = Rect { y: area.y + above, height: below - above, ..area };
        areas[*panel as usize] = Some(rect);
        above = below;
    }
    areas
}

fn tabbed(areas: &mut Areas, area: Rect, tab: Panel) {
    areas.tabs = Some(Rect { height: area.height.min(1), ..area });
    let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    areas.panels[tab as usize] = Some(rest);
}

/// The part of the panels' names that is the n-th one's.
pub fn tab(tabs: Rect, at: usize) -> Rect {
    let edge = |at: usize| u16::try_from(usize::from(tabs.width) * at / 3).unwrap_or(tabs.width);
    let (left, right) = (edge(at), edge(at + 1));
    Rect { x: tabs.x + left, width: right - left, ..tabs }
}

/// The columns left of the text in the article's pane: signs of what the line holds.
pub const GUTTER: u16 = 2;

/// Where the lines of the article stand in its pane: centred, at most `column` wide, with the
/// gutter to its left.
pub fn text_area(pane: Rect, column: u16) -> Rect {
    let room = pane.width.saturating_sub(GUTTER + 1).max(1).min(pane.width);
    let width = room.min(column).max(1).min(pane.width);
    let free = pane.width - width;
    let left = (free / 2).max(GUTTER.min(free));
    Rect { x: pane.x + left, width, ..pane }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wish(panes: &config::Panes, screen: (u16, u16), focus: Focus) -> Wish<'_> {
        Wish { screen, panes, focus, tab: Panel::Quotes, zen: false }
    }

    proptest! {
        #[test]
        fn everything_lies_on_the_screen(columns in 1_u16..300, rows in 1_u16..100, at in 0..4_usize) {
            let panes = config::Panes::default();
            let focus = if at == 3 { Focus::Article } else { Focus::Panel(Panel::ALL[at]) };
            let found = areas(&wish(&panes, (columns, rows), focus));
            let screen = Rect::new(0, 0, columns, rows);
            let all = found.panels.iter().flatten().chain(&found.article).chain(&found.tabs);
            for area in all.chain([&found.status]) {
                prop_assert_eq!(screen.intersection(*area), *area);
            }
            if let Some(article) = found.article {
                let text = text_area(article, panes_column());
                prop_assert!(text.width >= 1);
                prop_assert_eq!(article.intersection(text), text);
            }
        }
    }

    fn panes_column() -> u16 {
        config::Reader::default().column
    }

    #[test]
    fn the_width_decides_how_many_panes_there_are() {
        let panes = config::Panes::default();
        let count = |columns, focus| {
            let found = areas(&wish(&panes, (columns, 40), focus));
            (found.article.is_some(), found.panels.iter().flatten().count())
        };
        assert_eq!(count(110, Focus::Article), (true, 3));
        assert_eq!(count(109, Focus::Article), (true, 1));
        assert_eq!(count(69, Focus::Article), (true, 0));
        assert_eq!(count(69, Focus::Panel(Panel::Entities)), (false, 1));
    }
}
