//! Draws the rows of the entities: the name, how often and where in the article it is mentioned.

use super::panel::Pen;
use super::theme::{Role, of_entity};
use crate::annot::{EntityId, EntityKind};

/// From this width on, a row has a strip.
const STRIP_FROM: u16 = 24;

/// The columns of a count.
const COUNT: u16 = 4;

pub(super) fn draw(pen: &mut Pen<'_>, row: usize, id: EntityId) {
    let view = pen.view;
    let Some(entity) = view.store.entity(id) else { return };
    let mentions = view.rows.mentions(row);
    let role = of_entity(entity.kind);
    pen.text(view.theme.glyph(role).unwrap_or(" "), 1, role);
    pen.skip(1);
    let cells = if pen.width() < STRIP_FROM { 0 } else { (pen.width() / 4).clamp(8, 16) };
    let behind = 1 + COUNT + u16::from(cells > 0) + cells;
    let name = pen.room().saturating_sub(behind);
    let before = pen.room();
    pen.text(&entity.name, name, role);
    pen.skip(name.saturating_sub(before - pen.room()) + 1);
    pen.right(&short(mentions.len()), COUNT, Role::RowMuted);
    if cells > 0 {
        pen.skip(1);
        draw_strip(pen, mentions, cells);
    }
    if pen.has_more() {
        details(pen, mentions, id);
    }
}

/// A number in four columns.
fn short(count: usize) -> String {
    if count < 10_000 { count.to_string() } else { format!("{}k", count / 1000) }
}

/// A bar for each part of the article, as high as there are mentions in it.
fn draw_strip(pen: &mut Pen<'_>, mentions: &[u32], cells: u16) {
    let view = pen.view;
    let length = view.article.text.len();
    let before = |cell: u16| {
        let place = length * usize::from(cell) / usize::from(cells);
        mentions.partition_point(|index| {
            let it = view.store.annotations().get(*index as usize);
            it.is_some_and(|it| (it.range.start as usize) < place)
        })
    };
    let mut strip = String::new();
    let mut start = 0;
    for cell in 1..=cells {
        let end = if cell == cells { mentions.len() } else { before(cell) };
        strip.push_str(view.theme.signs.strip[level(end.saturating_sub(start))]);
        start = end;
    }
    pen.text(&strip, cells, Role::Strip);
}

/// The height of a bar. The same for all entities, so that their strips can be compared, and
/// slower growing for large counts.
const fn level(count: usize) -> usize {
    match count {
        0..=1 => count * 2,
        2..=3 => count + 1,
        4..=5 => 5,
        6..=8 => 6,
        9..=15 => 7,
        _ => 8,
    }
}

fn details(pen: &mut Pen<'_>, mentions: &[u32], id: EntityId) {
    let view = pen.view;
    let Some(entity) = view.store.entity(id) else { return };
    let range = |index: u32| view.store.annotations().get(index as usize).map(|it| it.range);
    let reached =
        mentions.partition_point(|index| range(*index).is_some_and(|it| it.start <= view.cursor));
    let on = reached.checked_sub(1).and_then(|at| range(*mentions.get(at)?));
    let count = mentions.len();
    let words = match on.filter(|it| it.contains(view.cursor)) {
        Some(_) => format!("mention {reached} of {count}"),
        None if count == 1 => "1 mention".to_owned(),
        None => format!("{count} mentions"),
    };
    pen.next_line();
    pen.rest(&words, Role::Row);
    if let Some(description) = entity.description.as_deref().filter(|it| !it.is_empty()) {
        pen.next_line();
        pen.wrapped(description, if description.len() > 40 { 2 } else { 1 }, Role::RowMuted);
    }
    if !entity.aliases.is_empty() {
        let mut also = format!("also {}", entity.aliases[0]);
        for alias in entity.aliases.iter().skip(1).take(7) {
            also.push_str(", ");
            also.push_str(alias);
        }
        pen.next_line();
        pen.wrapped(&also, 2, Role::RowMuted);
    }
}

pub(super) fn draw_heading(pen: &mut Pen<'_>, kind: EntityKind, count: u32) {
    let name = match kind {
        EntityKind::Person => "People",
        EntityKind::Place => "Places",
        EntityKind::Organization => "Organisations",
    };
    pen.rest(name, Role::RowHeading);
    pen.rest(&format!(" {count}"), Role::RowMuted);
}
