//! Draws the library's list.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::pen::Pen;
use super::status::Status;
use super::theme::{Role, Theme};
use super::{filter, prompt};
use crate::app::shelf::find::Finder;
use crate::app::shelf::layout::{self, Areas};
use crate::app::shelf::{FILTER_TITLE, Part, Shelf};
use crate::app::{popups, prompt::LineEdit};

mod details;
mod hits;
mod row;

/// Draws everything of it but the status line; gives the place of the cursor where something is
/// typed.
pub(super) fn draw(
    shelf: &Shelf,
    screen: Rect,
    theme: &Theme,
    buf: &mut Buffer,
) -> Option<Position> {
    let size = (screen.width, screen.height);
    let areas = layout::areas(size, shelf.part);
    if let (Part::Hits, Some(found)) = (shelf.part, &shelf.hits) {
        hits::draw(found, &areas, theme, buf);
        return None;
    }
    let cursor = head(shelf, areas.head, theme, buf);
    if let Some(names) = areas.names {
        row::names(names, theme, buf);
    }
    rows(shelf, &areas, theme, buf);
    if let (Some(area), Some(chosen)) = (areas.details, shelf.selected()) {
        details::draw(chosen, area, theme, buf);
    }
    if let Part::Filter { selected } = shelf.part {
        let menu = shelf.toggles();
        filter::draw(popups::ground(size), (FILTER_TITLE, &menu), selected, theme, buf);
    }
    cursor
}

/// What the status line says of the list.
pub(super) fn status(shelf: &Shelf) -> Status {
    let title = match shelf.part {
        Part::Rows if shelf.is_empty() => "f filters, s sorts, ? helps, q leaves",
        Part::Rows if shelf.offer.is_some() => {
            "Enter opens, / searches, f filters, s sorts, gl goes to the library, ? helps, q leaves"
        }
        Part::Rows => "Enter opens, / searches, f filters, s sorts, t tags, dd trashes, ? helps",
        Part::Query => "Enter goes to the list, Esc shows all, arrows choose",
        Part::Filter { .. } => "Space switches, q closes the menu",
        Part::Hits => "Enter opens at the place, g/ searches again, q goes back to the list",
    };
    let (at, all) = match (shelf.part, &shelf.hits) {
        (Part::Hits, Some(hits)) => hits.position(),
        _ => (shelf.list.selected + 1, shelf.len()),
    };
    let position = if all == 0 { String::new() } else { format!("{at}/{all}") };
    Status { title: title.to_owned(), position, ..Status::default() }
}

/// The line above the rows: what is listed, or what is searched for.
fn head(shelf: &Shelf, area: Rect, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let muted = theme.style(Role::RowMuted);
    let mut pen = Pen::new(buf, area, theme);
    if shelf.part == Part::Query || !shelf.query.is_empty() {
        let (articles, trashed) = shelf.counts();
        let all = if shelf.filters.is_of_trash() { trashed } else { articles };
        let found = format!("{} of {all} ", shelf.len());
        pen.put("/", theme.style(Role::Key));
        // What is typed is more important than how much of it there is.
        if typed_width(&shelf.query) + crate::text::width(&found) + 2 <= usize::from(pen.left()) {
            pen.put_right(&found, muted);
        }
        let field = Rect { x: pen.x(), width: pen.left(), height: 1, ..area };
        let cursor = prompt::field(field, &shelf.query, theme.style(Role::Text), buf, theme);
        return cursor.filter(|_| shelf.part == Part::Query);
    }
    let name = shelf.offer.as_ref().map_or("Library", |it| it.name.as_str());
    let room = pen.left().saturating_sub(24).max(12);
    pen.skip(1).put_at_most(name, room, theme.style(Role::Title)).skip(2);
    pen.put(&listed(shelf, theme), muted);
    None
}

fn typed_width(query: &LineEdit) -> usize {
    crate::text::width(query.text())
}

/// "142 articles, 3 in the trash · by last opened · unread".
fn listed(shelf: &Shelf, theme: &Theme) -> String {
    if shelf.loading {
        return String::new();
    }
    let (articles, trashed) = shelf.counts();
    let said = shelf.filters.said();
    let count = if let Some(offer) = &shelf.offer {
        let waiting = match offer.waiting {
            0 => String::new(),
            feeds => format!(", {} on the way", counted(feeds, "feed")),
        };
        let kept = match shelf.kept() {
            0 => String::new(),
            kept => format!(", {kept} in the library"),
        };
        let shown = if said.is_empty() { String::new() } else { format!("{} of ", shelf.len()) };
        format!("{shown}{}{kept}{waiting}", counted(articles, "item"))
    } else if said.is_empty() {
        let trash = if trashed == 0 { String::new() } else { format!(", {trashed} in the trash") };
        format!("{}{trash}", counted(articles, "article"))
    } else {
        format!("{} of {}", shelf.len(), counted(articles + trashed, "article"))
    };
    let turned = if shelf.order.reversed { ", turned round" } else { "" };
    let dot = theme.signs.dot;
    let only = if said.is_empty() { said } else { format!(" {dot} only {said}") };
    format!("{count} {dot} by {}{turned}{only}", shelf.order.by.name())
}

/// "1 article", "2 articles".
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn rows(shelf: &Shelf, areas: &Areas, theme: &Theme, buf: &mut Buffer) {
    if shelf.is_empty() {
        nothing(shelf, areas.rows, theme, buf);
        return;
    }
    let mut finder = Finder::new(shelf.query.text());
    let seen = usize::from(areas.rows.height / areas.lines);
    let first = shelf.list.top;
    let mut area = Rect { height: areas.lines, ..areas.rows };
    for at in first..(first + seen).min(shelf.len()) {
        let Some(content) = shelf.row(at) else { break };
        let selected = at == shelf.list.selected;
        let look = row::Look { selected, marked: shelf.is_marked(at) };
        row::draw(content, look, area, &mut finder, (theme, buf));
        area.y += areas.lines;
    }
}

/// What to do where nothing is listed.
fn nothing(shelf: &Shelf, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let says = if let Some(offer) = shelf.offer.as_ref().filter(|_| shelf.counts() == (0, 0)) {
        match offer.waiting {
            0 => ["Nothing is offered.", "The feed is empty."],
            _ => ["Asking the feeds.", "C-c stops that."],
        }
    } else if shelf.loading {
        ["Looking into the library.", ""]
    } else if shelf.counts() == (0, 0) {
        [
            "The library is empty.",
            "`pullquote add FILE` puts articles into it, `:open FILE` reads one.",
        ]
    } else if !shelf.query.is_empty() {
        ["No article matches.", "Esc shows all; g/ searches the texts."]
    } else if shelf.filters.said().is_empty() {
        ["All articles are in the trash.", "f shows what is in it, R takes it out."]
    } else {
        ["No article is like that.", "f chooses what is listed."]
    };
    let styles = [theme.style(Role::Row), theme.style(Role::RowMuted)];
    for (y, (line, style)) in (area.y..area.bottom()).zip(says.into_iter().zip(styles)) {
        Pen::new(buf, Rect { y, height: 1, ..area }, theme).skip(1).put(line, style);
    }
}

/// Writes a text with what was found in it underlined.
fn put_found(
    pen: &mut Pen<'_>,
    text: &str,
    columns: u16,
    style: Style,
    finder: &mut Option<Finder>,
) {
    let places = finder.as_mut().map(|it| it.places(text)).unwrap_or_default();
    if places.is_empty() {
        pen.put_at_most(text, columns, style);
        return;
    }
    // The places count characters, in order, and so do these.
    let mut bytes = Vec::with_capacity(places.len());
    let mut next = places.iter().copied().peekable();
    for (number, (at, _)) in (0_u32..).zip(text.char_indices()) {
        if next.next_if_eq(&number).is_some() {
            bytes.push(crate::text::offset(at));
        }
    }
    let found = style.add_modifier(Modifier::UNDERLINED);
    pen.put_each(text, columns, style, |range| {
        let from = bytes.partition_point(|&at| at < range.start);
        if bytes.get(from).is_some_and(|&at| at < range.end) { found } else { style }
    });
}
