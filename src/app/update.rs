//! What every message does to the model.

use super::copy::{self, Style};
use super::layout::Focus;
use super::moves::{self, Stop};
use super::outline::Outline;
use super::reader::{Grain, Stand};
use super::rows::Panel;
use super::versions;
use super::{Effect, Message, Mode, Model, Msg, Report};
use super::{
    chapters, details, links, lists, marking, mouse, note, orders, panels, review, search, shelf,
};
use crate::annot::Kind;
use crate::input::key::Code;
use crate::input::{Command, Group, Key, Match, Situation};

/// Takes in a message and says what is to be done outside.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let effects = match msg {
        Msg::Key(key) => {
            model.message = None;
            // A terminal may lose that the button was let go.
            model.held = mouse::Held::Nothing;
            press(model, key)
        }
        Msg::Paste(text) => orders::paste(model, &text),
        Msg::Mouse(event) => mouse::act(model, event),
        Msg::Resize(columns, rows) => {
            model.screen = (columns, rows);
            Vec::new()
        }
        Msg::Report(run, report) => take_report(model, run, *report),
        Msg::Told(message) => {
            model.message = Some(message);
            Vec::new()
        }
        Msg::Turn(deed) => marking::turn(model, deed),
        Msg::Edited(text) => {
            note::insert(model, &text, true);
            Vec::new()
        }
        Msg::Shelf(rows) => {
            if let Some(shelf) = model.shelf.as_mut().or(model.shelved.as_mut()) {
                shelf.take(rows);
            }
            Vec::new()
        }
        Msg::Offer(offer) => shelf::show_offer(model, *offer),
        Msg::Offered(number, items) => shelf::add_offer(model, number, items),
        Msg::Hits(query, hits) => {
            shelf::take_hits(model, &query, hits);
            Vec::new()
        }
    };
    settle(model);
    effects
}

/// Makes what is drawn agree with what was decided: the lines in view, the rows of the panels.
pub(super) fn settle(model: &mut Model) {
    if model.shelf.is_some() {
        shelf::settle(model);
        super::popups::settle(model);
        return;
    }
    let areas = model.areas();
    let sheet = model.sheet();
    let height = areas.article.map_or(0, |pane| pane.height);
    let margin = model.settings.reader.scroll_margin;
    let article = std::sync::Arc::clone(&model.article);
    model.reader.settle(&article, sheet, height.max(1), margin);
    panels::follow(model);
    panels::settle(model);
    super::popups::settle(model);
    lists::settle(model);
}

fn take_report(model: &mut Model, run: u64, report: Report) -> Vec<Effect> {
    if run != model.progress.run {
        return Vec::new();
    }
    let progress = &mut model.progress;
    match report {
        Report::Started(name) => progress.stage = Some(name),
        Report::Failed(name) => {
            progress.failed.push(name);
            model.message = Some(Message::Failed(format!("{name} broke down; the others go on")));
        }
        Report::Found(store, rows) => {
            progress.done += 1;
            // Rows made for a store that the reader has changed since are rows of another one.
            let outdated = model.store.edits() != store.edits();
            let before = model.store.adopt(store);
            let mut old = Vec::new();
            for (panel, rows) in Panel::ALL.into_iter().zip(rows) {
                let state = &mut model.panels[panel as usize];
                old.push(std::mem::replace(&mut state.rows, rows));
                state.find_again(&model.store);
            }
            if outdated || model.filters != model.progress.filters {
                panels::rebuild(model);
            }
            let old = <[_; 3]>::try_from(old).expect("one for each panel");
            return vec![Effect::Drop(Box::new((before, old)))];
        }
        Report::Done => progress.stage = None,
    }
    Vec::new()
}

/// A key, in whatever has the keyboard.
fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    match &model.mode {
        Mode::Normal if model.shelf.is_some() => shelf::press(model, key),
        Mode::Normal => press_normal(model, key),
        Mode::Letter(command) => {
            let command = *command;
            model.close();
            letter(model, command, key)
        }
        Mode::Links(_) => links::press(model, key),
        Mode::Note(_) => note::press(model, key),
        Mode::Review => review::press(model, key),
        Mode::Marks(_) => lists::press_marks(model, key),
        Mode::Changes(_) => lists::press_changes(model, key),
        Mode::Differences(_) => {
            versions::press(model, key);
            Vec::new()
        }
        Mode::Prompt(_)
        | Mode::Help(_)
        | Mode::Outline(_)
        | Mode::Details { .. }
        | Mode::Filter { .. } => orders::press(model, key),
    }
}

/// A key where keys are commands.
pub(super) fn press_normal(model: &mut Model, key: Key) -> Vec<Effect> {
    if model.keys.is_empty()
        && let Some(digit) = key.digit(model.count.is_some())
    {
        let count = model.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
        // A slip on the digits must not keep the program busy for minutes.
        model.count = Some(count.min(999_999));
        return Vec::new();
    }
    if key.code() == Code::Esc && !(model.keys.is_empty() && model.count.is_none()) {
        model.keys.clear();
        model.count = None;
        return Vec::new();
    }
    model.keys.push(key);
    match lookup(model) {
        Match::Pending(_) => Vec::new(),
        Match::Found(command) => {
            model.keys.clear();
            let count = model.count.take();
            run(model, command, count)
        }
        Match::None => {
            let typed = crate::input::key::show(&model.keys);
            model.keys.clear();
            model.count = None;
            model.complain(format!("{typed} does nothing here; ? shows all keys"));
            Vec::new()
        }
    }
}

/// What the keys typed so far mean.
pub fn lookup(model: &Model) -> Match<'_> {
    let selecting = model.reader.selection.is_some() && model.focus == Focus::Article;
    let situation = match (&model.shelf, selecting) {
        (Some(_), _) => Situation::Library,
        (None, true) => Situation::Selecting,
        (None, false) => Situation::Reading,
    };
    model.settings.keymap.lookup(&model.keys, situation)
}

fn letter(model: &mut Model, command: Command, key: Key) -> Vec<Effect> {
    if !matches!(command, Command::SetMark | Command::GoToMark) {
        return marking::letter(model, command, key);
    }
    let Some(letter) = key.text() else { return Vec::new() };
    if command == Command::SetMark {
        model.marks.insert(letter, model.reader.cursor);
        model.say(format!("marked this place as {letter}"));
        return Vec::new();
    }
    match model.marks.get(&letter).copied() {
        Some(place) => moves::far(model, place),
        None => model.complain(format!("no place is marked as {letter}")),
    }
    Vec::new()
}

/// Carries out a command, from a key or by its name.
pub(super) fn run(model: &mut Model, command: Command, count: Option<u32>) -> Vec<Effect> {
    if let Some(effects) = shelf::run(model, command, count) {
        return effects;
    }
    let times = count.unwrap_or(1);
    match command.group() {
        Group::Moving => match model.focus {
            Focus::Article => moves::go(model, command, count),
            Focus::Panel(panel) => move_in_panel(model, panel, command, times),
        },
        Group::Jumping => return jump(model, command, times),
        Group::Searching => match command {
            Command::Search => orders::open_search(model),
            Command::NextMatch => search::walk(model, true, times),
            Command::PreviousMatch => search::walk(model, false, times),
            Command::SearchWord => search::word(model),
            _ => orders::open_filter(model),
        },
        Group::Selecting => return select(model, command),
        Group::Marking => return marking::several(model, command, times),
        Group::Panes => arrange(model, command, times),
        Group::View => return look(model, command),
        Group::Library => return shelf::summon(model, command),
        Group::Program => return program(model, command),
    }
    Vec::new()
}

fn move_in_panel(model: &mut Model, panel: Panel, command: Command, times: u32) {
    let page = panels::page(model, panel);
    let half = (page / 2).max(1);
    let times = i64::from(times);
    let by = match command {
        Command::Down | Command::NextParagraph | Command::NextSentence => times,
        Command::Up | Command::PreviousParagraph | Command::PreviousSentence => -times,
        Command::HalfPageDown => half * times,
        Command::HalfPageUp => -half * times,
        Command::PageDown => page * times,
        Command::PageUp => -page * times,
        Command::Top => i64::from(i32::MIN),
        Command::Bottom => i64::from(i32::MAX),
        _ => return,
    };
    panels::step(model, panel, by);
}

fn jump(model: &mut Model, command: Command, times: u32) -> Vec<Effect> {
    let stop = match command {
        Command::NextQuote | Command::PreviousQuote => Stop::Kind(Kind::Quote),
        Command::NextEntity | Command::PreviousEntity => Stop::Kind(Kind::Mention),
        Command::NextTime | Command::PreviousTime => Stop::Kind(Kind::Time),
        Command::NextUnreviewed | Command::PreviousUnreviewed => Stop::Unreviewed,
        _ => Stop::Any,
    };
    match command {
        Command::NextQuote
        | Command::NextEntity
        | Command::NextTime
        | Command::NextAnnotation
        | Command::NextUnreviewed => moves::annotation(model, stop, true, times),
        Command::PreviousQuote
        | Command::PreviousEntity
        | Command::PreviousTime
        | Command::PreviousAnnotation
        | Command::PreviousUnreviewed => moves::annotation(model, stop, false, times),
        Command::SetMark | Command::GoToMark => model.mode = Mode::Letter(command),
        Command::JumpBack => match model.jumps.back(model.reader.cursor) {
            Some(place) => moves::along(model, place),
            None => model.complain("there is no earlier place in the list of jumps"),
        },
        Command::JumpForward => match model.jumps.forward() {
            Some(place) => moves::along(model, place),
            None => model.complain("there is no later place in the list of jumps"),
        },
        Command::Outline => {
            let outline = Outline::new(&model.article, model.reader.cursor);
            model.mode = Mode::Outline(outline);
        }
        Command::NextChapter => return chapters::go(model, true, times),
        Command::PreviousChapter => return chapters::go(model, false, times),
        _ => act(model),
    }
    Vec::new()
}

/// Enter.
fn act(model: &mut Model) {
    if let Focus::Panel(panel) = model.focus {
        panels::act(model, panel);
        return;
    }
    let all = details::at(&model.article, &model.store, model.reader.cursor);
    match links::said(model) {
        _ if !all.is_empty() => model.mode = Mode::Details { all, top: 0 },
        Some(said) => model.say(said),
        None => model.complain("nothing was found here; ]a goes to what was"),
    }
}

fn select(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::SelectCharacters | Command::SelectLines if model.focus != Focus::Article => {
            panels::mark(model);
        }
        Command::SwapEnds => {
            if let Some(selection) = &mut model.reader.selection {
                let cursor = std::mem::replace(&mut selection.anchor, model.reader.cursor);
                model.reader.go(cursor);
            }
        }
        Command::SelectCharacters => moves::select(model, Grain::Characters),
        Command::SelectLines => moves::select(model, Grain::Lines),
        Command::Expand => moves::resize(model, true),
        Command::Shrink => moves::resize(model, false),
        Command::Copy => return copy(model, Style::Plain),
        Command::CopyMarkdown => return copy(model, Style::Markdown),
        _ => match moves::object(model, command) {
            Some(range) => moves::take(model, range),
            None => model.complain("there is none around the cursor"),
        },
    }
    Vec::new()
}

fn copy(model: &mut Model, style: Style) -> Vec<Effect> {
    let Some((range, what)) = copy::target(model) else {
        model.complain("there is nothing to copy here");
        return Vec::new();
    };
    let text = copy::citation(model, range, style);
    model.reader.selection = None;
    model.say(format!("copied the {what} with its source"));
    vec![Effect::Copy(text)]
}

fn arrange(model: &mut Model, command: Command, times: u32) {
    let by = i32::try_from(times).unwrap_or(1).saturating_mul(3);
    let times = i64::from(times);
    match command {
        Command::FocusNext => panels::cycle(model, times),
        Command::FocusPrevious => panels::cycle(model, -times),
        Command::FocusArticle => panels::focus(model, Focus::Article),
        Command::FocusQuotes => panels::focus(model, Focus::Panel(Panel::Quotes)),
        Command::FocusEntities => panels::focus(model, Focus::Panel(Panel::Entities)),
        Command::FocusTimeline => panels::focus(model, Focus::Panel(Panel::Timeline)),
        Command::WidenPane => panels::widen(model, by),
        Command::NarrowPane => panels::widen(model, -by),
        Command::TallerPane => panels::heighten(model, by),
        Command::ShorterPane => panels::heighten(model, -by),
        _ => panels::group(model),
    }
}

fn look(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Zen => {
            model.zen = !model.zen;
            model.focus = Focus::Article;
        }
        Command::CursorTop => moves::stand(model, Stand::Top),
        Command::CursorMiddle => moves::stand(model, Stand::Middle),
        Command::CursorBottom => moves::stand(model, Stand::Bottom),
        Command::WholePage => return versions::whole_page(model),
        _ => return vec![Effect::Redraw],
    }
    Vec::new()
}

fn program(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Help => orders::open_help(model),
        Command::CommandLine => orders::open_orders(model),
        Command::OpenLink => return links::open(model),
        Command::PointAtLink => return links::point(model),
        Command::Refresh => return versions::refresh(model),
        Command::Differences => versions::open_differences(model),
        Command::Export => orders::open_export(model),
        Command::Suspend => return vec![Effect::Suspend],
        Command::Quit if model.zen => model.zen = false,
        Command::Quit if model.focus != Focus::Article => panels::focus(model, Focus::Article),
        Command::Quit if model.shelved.as_ref().is_some_and(|it| it.opened) => {
            return shelf::return_to(model, false);
        }
        Command::Quit => return vec![Effect::Quit],
        _ => cancel(model),
    }
    Vec::new()
}

/// Escape: ends the selection, else the search, else leaves the panel.
fn cancel(model: &mut Model) {
    if model.reader.selection.take().is_some() {
        model.in_hand = None;
        return;
    }
    if let Focus::Panel(panel) = model.focus
        && model.panels[panel as usize].unmark()
    {
        return;
    }
    if model.focus != Focus::Article {
        panels::focus(model, Focus::Article);
        return;
    }
    model.search = None;
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annot::Store;
    use crate::app::rows::Rows;
    use crate::article;
    use crate::config::Settings;
    use crate::detect;
    use crate::input::key;

    #[test]
    fn what_was_switched_while_the_detectors_worked_stays_switched() {
        let article = Arc::new(article::sample());
        let mut model = Model::new(Arc::clone(&article), Settings::default(), (120, 40));
        let started = model.filters.clone();
        for key in key::parse("gs").unwrap() {
            update(&mut model, Msg::Key(key));
        }
        let mut store = Store::default();
        detect::run(&article, None, &false.into(), |report| {
            if let detect::Report::Found(kind, findings) = report {
                store.take(kind, findings);
            }
        });
        let rows = Panel::ALL.map(|panel| Rows::build(panel, &store, &article, &started));
        let report = Box::new(Report::Found(store, rows));
        let run = model.progress.run;
        update(&mut model, Msg::Report(run, report));
        assert!(model.panels[Panel::Quotes as usize].rows.has_headings());
    }
}
