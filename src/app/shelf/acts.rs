//! What keys and the mouse do in the list, and how one comes to it and leaves it.

use ratatui::layout::Position;

use super::hits::Hits;
use super::{Order, Part, Shelf, deeds, layout, offer};
use crate::app::commandline;
use crate::app::mouse::What;
use crate::app::orders::{self, InList};
use crate::app::prompt::{Edited, LineEdit};
use crate::app::{Effect, Mode, Model, PromptKind, popups, update};
use crate::input::{Code, Command, Group, Key};

/// The title of the menu of what is listed.
pub const FILTER_TITLE: &str = "Library: only articles that are";

/// Takes the list along to an article that was opened from it, so that `q` comes back to it as it
/// was.
pub fn carry(from: &mut Model, to: &mut Model) {
    to.shelved = match from.shelf.take() {
        Some(shelf) => Some(Shelf { opened: true, ..shelf }),
        None => from.shelved.take(),
    };
}

/// Shows the list, as it was left; the rows come by [`Effect::Shelf`].
pub fn return_to(model: &mut Model, back: bool) -> Vec<Effect> {
    let shelf = model.shelved.take().unwrap_or_default();
    model.shelf = Some(Shelf { back, ..shelf });
    model.mode = Mode::Normal;
    vec![Effect::Shelf]
}

/// Commands of the library in an article.
pub(in crate::app) fn summon(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Library => {
            // What feeds offer is not the library, which is asked for.
            if let Some(shelf) = model.shelved.take_if(|it| it.offer.is_some()) {
                model.shelved = Some(offer::to_library(shelf, true));
            }
            return return_to(model, true);
        }
        Command::SearchLibrary => ask(model, ""),
        _ => model.complain("that is for the library; gl goes there"),
    }
    Vec::new()
}

fn ask(model: &mut Model, query: &str) {
    orders::prompt(model, PromptKind::SearchLibrary, LineEdit::new(query));
}

/// Searches the texts of all articles for what was typed.
pub(in crate::app) fn search(model: &mut Model, typed: &str) -> Vec<Effect> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Vec::new();
    }
    let mut effects = Vec::new();
    if model.shelf.is_none() {
        effects = return_to(model, true);
    }
    if let Some(shelf) = &mut model.shelf {
        shelf.hits = Some(Hits::of(typed));
        shelf.part = Part::Hits;
    }
    effects.push(Effect::SearchLibrary(typed.to_owned()));
    effects
}

/// Goes to the article behind the list, or out of the program where there is none.
fn leave(model: &mut Model) -> Vec<Effect> {
    if let Some(behind) = model.shelf.as_mut().and_then(|it| it.behind.take()) {
        model.shelf = Some(*behind);
        return vec![Effect::Shelf];
    }
    if !model.shelf.as_ref().is_some_and(|it| it.back) {
        return vec![Effect::Quit];
    }
    model.shelved = model.shelf.take();
    Vec::new()
}

/// Whether an order that was typed has a meaning in the list; else says that it has none.
pub(in crate::app) fn obeys(model: &mut Model, order: &commandline::Order) -> bool {
    use commandline::Order;
    let meant = match order {
        Order::Run(_)
        | Order::Set { .. }
        | Order::Show(_)
        | Order::Theme(_)
        | Order::Open(_)
        | Order::Help(_)
        | Order::Quit => true,
        Order::Export(_) | Order::Date(_) | Order::Goto(_) | Order::NoHighlight => false,
    };
    if model.shelf.is_some() && !meant {
        model.complain(FOR_ARTICLES);
        return false;
    }
    true
}

const FOR_ARTICLES: &str = "that is for an article; Enter opens one";

/// Pasted text; whether it was for the list.
pub(in crate::app) fn paste(model: &mut Model, text: &str) -> bool {
    let (Mode::Normal, Some(shelf)) = (&model.mode, &mut model.shelf) else { return false };
    if shelf.part == Part::Query {
        shelf.query.paste(text);
        shelf.search();
    }
    true
}

/// A key in the list.
pub(in crate::app) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    match model.shelf.as_ref().map(|it| it.part) {
        Some(Part::Query) => press_query(model, key),
        Some(Part::Filter { .. }) => press_filter(model, key),
        Some(Part::Rows | Part::Hits) | None => return update::press_normal(model, key),
    }
    Vec::new()
}

fn press_query(model: &mut Model, key: Key) {
    let page = page(model);
    let Some(shelf) = &mut model.shelf else { return };
    let by = match key.code() {
        Code::Down => 1,
        Code::Up => -1,
        Code::Char('n') if key.mods().ctrl => 1,
        Code::Char('p') if key.mods().ctrl => -1,
        Code::PageDown => page,
        Code::PageUp => -page,
        _ => 0,
    };
    if by != 0 {
        shelf.list.step(by, shelf.shown.len());
        return;
    }
    match shelf.query.press(key) {
        Edited::Changed => shelf.search(),
        Edited::Submit => shelf.part = Part::Rows,
        Edited::Cancel => {
            shelf.part = Part::Rows;
            shelf.query = LineEdit::default();
            shelf.arrange(shelf.before);
        }
        Edited::Moved | Edited::Ignored => {}
    }
}

fn press_filter(model: &mut Model, key: Key) {
    let Some(shelf) = &mut model.shelf else { return };
    let count = shelf.toggles().len();
    let Part::Filter { selected } = &mut shelf.part else { return };
    match orders::in_list(key, 5) {
        InList::By(by) => *selected = orders::stepped(*selected, by, count),
        InList::Take => flip(shelf),
        InList::Leave => shelf.part = Part::Rows,
        InList::Other if key.mods().ctrl && key.code() == Code::Char('c') => {
            shelf.part = Part::Rows;
        }
        InList::Other => {}
    }
}

/// Flips the chosen switch of the menu; what is chosen stays chosen where it is still listed.
fn flip(shelf: &mut Shelf) {
    let Part::Filter { selected } = shelf.part else { return };
    shelf.filters.flip(selected, &shelf.tags);
    let chosen = shelf.chosen();
    shelf.arrange(chosen);
}

fn page(model: &Model) -> i64 {
    let part = model.shelf.as_ref().map_or(Part::Rows, |it| it.part);
    i64::try_from(layout::seen(model.screen, part)).unwrap_or(1).max(1)
}

/// Carries out a command in the list; nothing where it is the same everywhere.
pub(in crate::app) fn run(
    model: &mut Model,
    command: Command,
    count: Option<u32>,
) -> Option<Vec<Effect>> {
    let in_hits = model.shelf.as_ref()?.part == Part::Hits;
    let offers = model.shelf.as_ref()?.offer.is_some();
    match command {
        Command::Help | Command::CommandLine | Command::Suspend | Command::Redraw => return None,
        Command::Act => return Some(open(model)),
        Command::SearchLibrary => {
            let hits = model.shelf.as_ref().and_then(|it| it.hits.as_ref());
            let before = hits.map(|it| it.query.clone()).unwrap_or_default();
            ask(model, &before);
        }
        Command::Library | Command::Quit | Command::Cancel if in_hits => {
            if let Some(shelf) = &mut model.shelf {
                shelf.part = Part::Rows;
            }
        }
        Command::Quit => return Some(leave(model)),
        _ if command.group() == Group::Moving => go(model, command, count),
        _ if in_hits => model.complain("q goes back to the list"),
        Command::Library if offers => {
            let from = model.shelf.take()?;
            model.shelf = Some(offer::to_library(from, false));
            return Some(vec![Effect::Shelf]);
        }
        Command::Delete
        | Command::Restore
        | Command::Tag
        | Command::TagArticle
        | Command::Untag
        | Command::UntagArticle
        | Command::Undo
            if offers =>
        {
            model.complain("that is for the library; gl goes there");
        }
        Command::Delete => return Some(deeds::trash(model)),
        Command::Restore => return Some(deeds::restore(model)),
        Command::Tag | Command::TagArticle => return Some(deeds::ask_tags(model)),
        Command::Untag | Command::UntagArticle => return Some(deeds::ask_untag(model)),
        Command::Undo => return Some(deeds::undo(model)),
        _ => look(model, command, count.unwrap_or(1)),
    }
    Some(Vec::new())
}

/// What changes the list alone.
fn look(model: &mut Model, command: Command, times: u32) {
    let Some(shelf) = &mut model.shelf else { return };
    match command {
        Command::Search => {
            if shelf.query.is_empty() {
                shelf.before = shelf.chosen();
            }
            shelf.part = Part::Query;
        }
        Command::Filter => shelf.part = Part::Filter { selected: 0 },
        Command::SelectLines | Command::SelectCharacters => {
            let from = shelf.list.selected;
            shelf.marking = if shelf.marking.is_some() { None } else { Some(from) };
        }
        Command::Sort => {
            let by = shelf.order.by.step(times as usize);
            shelf.order = Order { by, reversed: false };
            shelf.resort();
        }
        Command::ReverseSort => {
            shelf.order.reversed = !shelf.order.reversed;
            shelf.resort();
        }
        Command::Cancel => {
            // First what is marked, then what is searched for.
            if shelf.marking.take().is_none() {
                let chosen = shelf.chosen();
                shelf.query = LineEdit::default();
                shelf.arrange(chosen);
            }
        }
        Command::Library => {}
        _ => model.complain(FOR_ARTICLES),
    }
}

fn go(model: &mut Model, command: Command, count: Option<u32>) {
    let page = page(model);
    let times = i64::from(count.unwrap_or(1));
    let by = match command {
        Command::Down | Command::NextParagraph | Command::NextSentence => times,
        Command::Up | Command::PreviousParagraph | Command::PreviousSentence => -times,
        Command::HalfPageDown => (page / 2).max(1) * times,
        Command::HalfPageUp => -(page / 2).max(1) * times,
        Command::PageDown => page * times,
        Command::PageUp => -page * times,
        Command::Top => i64::from(i32::MIN),
        Command::Bottom => i64::from(i32::MAX),
        _ => return,
    };
    let Some(shelf) = &mut model.shelf else { return };
    if let (Part::Hits, Some(hits)) = (shelf.part, &mut shelf.hits) {
        hits.step(by);
        return;
    }
    let rows = shelf.shown.len();
    match (command, count) {
        (Command::Bottom, Some(row)) => {
            shelf.list.selected = (row.max(1) as usize - 1).min(rows.saturating_sub(1));
        }
        _ => shelf.list.step(by, rows),
    }
}

/// Opens the chosen article, or the chosen place.
fn open(model: &mut Model) -> Vec<Effect> {
    let Some(shelf) = &model.shelf else { return Vec::new() };
    let effect = match (shelf.part, &shelf.hits) {
        (Part::Hits, Some(hits)) => {
            hits.selected().map(|hit| Effect::OpenId(hit.id.clone(), hit.place))
        }
        _ if shelf.offer.is_some() => return offer::open(model),
        _ => shelf.selected().map(|row| Effect::OpenId(row.id.clone(), None)),
    };
    effect.into_iter().collect()
}

/// The mouse in the list: the wheel goes through the rows, a click chooses one, a double click
/// opens it.
pub(in crate::app) fn mouse(model: &mut Model, what: What, at: Position) -> Vec<Effect> {
    let ground = popups::ground(model.screen);
    let screen = model.screen;
    let Some(shelf) = &mut model.shelf else { return Vec::new() };
    if let Part::Filter { selected } = shelf.part {
        if let What::Press(_) = what {
            let toggles = shelf.toggles();
            let item = popups::filter_item_at(ground, (FILTER_TITLE, &toggles), selected, at);
            match item {
                Some(item) => {
                    shelf.part = Part::Filter { selected: item };
                    flip(shelf);
                }
                None => shelf.part = Part::Rows,
            }
        }
        return Vec::new();
    }
    let part = shelf.part;
    match (what, part, &mut shelf.hits) {
        (What::Wheel(by), Part::Hits, Some(hits)) => hits.step(by.into()),
        (What::Wheel(by), ..) => shelf.list.step(by.into(), shelf.shown.len()),
        (What::Press(times), Part::Hits, Some(hits)) => {
            let row = layout::row_at(screen, part, at).map(|it| it + hits.list.top);
            if row.is_some_and(|row| hits.choose(row)) && times > 1 {
                return open(model);
            }
        }
        (What::Press(times), ..) => {
            let row = layout::row_at(screen, part, at).map(|it| it + shelf.list.top);
            let Some(row) = row.filter(|row| *row < shelf.shown.len()) else { return Vec::new() };
            shelf.list.selected = row;
            shelf.part = Part::Rows;
            if times > 1 {
                return open(model);
            }
        }
        (What::Drag | What::Release, ..) => {}
    }
    Vec::new()
}
