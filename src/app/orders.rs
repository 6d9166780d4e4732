//! What opens over the text: opening it, its keys, and the orders that are typed in it.

use std::path::{Path, PathBuf};

use super::commandline::{self, Order, Place};
use super::help::{self, Help};
use super::layout::Focus;
use super::prompt::{Edited, LineEdit};
use super::{Effect, Mode, Model, Prompt, PromptKind};
use super::{marking, moves, panels, popups, search, shelf, update};
use crate::error::Error;
use crate::export::{self, Format};
use crate::input::Key;
use crate::input::key::Code;

/// Opens the line for a search.
pub(super) fn open_search(model: &mut Model) {
    panels::focus(model, Focus::Article);
    let line = LineEdit::new("").remembering(&model.searches);
    prompt(model, PromptKind::Search(model.reader.cursor), line);
}

/// Opens the line for an order.
pub(super) fn open_orders(model: &mut Model) {
    let line = LineEdit::new("").remembering(&model.orders);
    prompt(model, PromptKind::Order, line);
}

/// Opens the line for a file's name, with one that would do.
pub(super) fn open_export(model: &mut Model) {
    let line = LineEdit::new(&proposed_name(&model.article.meta.source));
    prompt(model, PromptKind::Export, line);
}

pub(super) fn prompt(model: &mut Model, kind: PromptKind, line: LineEdit) {
    model.mode = Mode::Prompt(Prompt { kind, line, completion: None });
}

/// The article's name with the ending of TOML, in the folder that the reader is in.
fn proposed_name(source: &str) -> String {
    let stem = Path::new(source).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.filter(|stem| stem != "-" && !stem.is_empty());
    format!("{}.toml", stem.as_deref().unwrap_or("article"))
}

/// Opens the help.
pub(super) fn open_help(model: &mut Model) {
    model.mode = Mode::Help(Help::default());
}

/// Opens the switches of the focused panel, or of the panel that is shown beside the article.
pub(super) fn open_filter(model: &mut Model) {
    let panel = match model.focus {
        Focus::Panel(panel) => panel,
        Focus::Article => {
            model.complain("f filters a panel; focus one first (gq, ge, gt)");
            return;
        }
    };
    model.mode = Mode::Filter { panel, selected: 0 };
}

/// Pasted text goes into the line that is typed.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if shelf::paste(model, text) {
        return Vec::new();
    }
    match &mut model.mode {
        Mode::Prompt(prompt) => {
            prompt.line.paste(text);
            prompt.completion = None;
            typed(model);
        }
        Mode::Help(help) => help.query.paste(text),
        Mode::Outline(outline) => outline.paste(&model.article, text),
        Mode::Normal
        | Mode::Letter(_)
        | Mode::Links(_)
        | Mode::Details { .. }
        | Mode::Filter { .. }
        | Mode::Review
        | Mode::Marks(_)
        | Mode::Changes(_)
        | Mode::Differences(_) => {}
        Mode::Note(_) => super::note::insert(model, text, false),
    }
    Vec::new()
}

/// A key in what is open over the text.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    match &model.mode {
        Mode::Prompt(_) => return press_prompt(model, key),
        Mode::Help(_) => press_help(model, key),
        Mode::Outline(_) => return super::outline::press(model, key),
        Mode::Details { .. } => press_details(model, key),
        Mode::Filter { .. } => press_filter(model, key),
        Mode::Normal
        | Mode::Letter(_)
        | Mode::Links(_)
        | Mode::Note(_)
        | Mode::Review
        | Mode::Marks(_)
        | Mode::Changes(_)
        | Mode::Differences(_) => {}
    }
    Vec::new()
}

fn press_prompt(model: &mut Model, key: Key) -> Vec<Effect> {
    let completion = match &model.mode {
        Mode::Prompt(prompt) if key.code() == Code::Tab && prompt.completion.is_none() => {
            super::candidates::completion(model, prompt)
        }
        _ => None,
    };
    let Mode::Prompt(prompt) = &mut model.mode else { return Vec::new() };
    if key.code() == Code::Tab && !matches!(prompt.kind, PromptKind::Search(_)) {
        prompt.completion = prompt.completion.take().or(completion);
        if let Some(completion) = &mut prompt.completion {
            let line = completion.step(!key.mods().shift).to_owned();
            prompt.line.set(&line);
        }
        return Vec::new();
    }
    let edited = prompt.line.press(key);
    if matches!(edited, Edited::Changed | Edited::Moved) {
        prompt.completion = None;
    }
    match edited {
        Edited::Changed => typed(model),
        Edited::Moved | Edited::Ignored => {}
        Edited::Cancel => {
            let kind = prompt.kind.clone();
            model.close();
            if let PromptKind::Search(origin) = kind {
                model.search = None;
                moves::along(model, origin);
            }
        }
        Edited::Submit => return submit(model),
    }
    Vec::new()
}

/// A search shows its first match while it is typed.
fn typed(model: &mut Model) {
    if let Mode::Prompt(Prompt { kind: PromptKind::Search(origin), line, .. }) = &model.mode {
        let (origin, typed) = (*origin, line.text().to_owned());
        search::preview(model, &typed, origin);
    }
}

fn submit(model: &mut Model) -> Vec<Effect> {
    let Mode::Prompt(prompt) = std::mem::replace(&mut model.mode, Mode::Normal) else {
        return Vec::new();
    };
    model.close();
    let typed = prompt.line.text();
    match prompt.kind {
        PromptKind::Tag(target) => return marking::tag(model, target, typed),
        PromptKind::Untag(target) => return marking::take_tags(model, &target, typed),
        PromptKind::Speaker(ids) => return marking::set_speaker(model, &ids, typed),
        PromptKind::Value(ids) => return marking::set_value(model, &ids, typed),
        PromptKind::Rename(id) => return marking::rename(model, id, typed),
        PromptKind::Merge(one) => return marking::merge_into(model, one, typed),
        PromptKind::TagArticles(ids) => return shelf::tag(model, &ids, typed),
        PromptKind::UntagArticles(ids) => return shelf::untag(model, &ids, typed),
        PromptKind::SearchLibrary => return shelf::search(model, typed),
        PromptKind::Search(origin) => search::submit(model, typed, origin),
        PromptKind::Export | PromptKind::Order if typed.trim().is_empty() => {}
        PromptKind::Export => return export(model, typed.trim()),
        PromptKind::Order => {
            model.orders.add(typed);
            match commandline::parse(typed) {
                Ok(order) if !shelf::obeys(model, &order) => {}
                Ok(order) => return obey(model, order),
                Err(error) => refuse(model, &error),
            }
        }
    }
    Vec::new()
}

fn refuse(model: &mut Model, error: &Error) {
    let hint = error.hint_text().map(|hint| format!("; {hint}")).unwrap_or_default();
    model.complain(format!("{error}{hint}"));
}

/// Does what was typed behind `:`.
fn obey(model: &mut Model, order: Order) -> Vec<Effect> {
    match order {
        Order::Run(command) => return update::run(model, command, None),
        Order::Set { option, value } => return set(model, &option, &value),
        Order::Theme(name) => return set(model, "theme", &name),
        Order::Show(option) => match commandline::value_of(&model.settings, &option) {
            Ok(value) => model.say(value),
            Err(error) => refuse(model, &error),
        },
        Order::Export(Some(path)) => return export(model, &path),
        Order::Export(None) => open_export(model),
        Order::Date(date) => {
            let editor = crate::annot::Editor::new(&model.store, model.clock.now);
            let step = editor.date_article(date);
            let effects = marking::perform(model, step);
            model.say(format!("the article was written on {date}; its dates are resolved anew"));
            return effects;
        }
        Order::Goto(place) => goto(model, place),
        Order::Open(source) => return vec![Effect::Open(source)],
        Order::Help(topic) => {
            model.mode = Mode::Help(topic.map_or_else(Help::default, |it| Help::about(&it)));
        }
        Order::NoHighlight => model.search = None,
        Order::Quit => return vec![Effect::Quit],
    }
    Vec::new()
}

fn set(model: &mut Model, option: &str, value: &str) -> Vec<Effect> {
    match commandline::set(&model.settings, option, value) {
        Ok(settings) => {
            model.settings = settings;
            let filters = super::filters(&model.settings);
            if filters != model.filters {
                model.filters = filters;
                panels::rebuild(model);
            }
            // What it is set to now, as it could be typed again.
            if let Ok(value) = commandline::value_of(&model.settings, option) {
                model.say(value);
            }
            vec![Effect::Restyle]
        }
        Err(error) => {
            refuse(model, &error);
            Vec::new()
        }
    }
}

fn goto(model: &mut Model, place: Place) {
    match place {
        Place::Percent(percent) => {
            let length = f64::from(crate::text::offset(model.article.text.len()));
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a part of the length, which is positive and fits"
            )]
            let at = (length * f64::from(percent) / 100.0) as usize;
            let at = model.article.text.floor_char_boundary(at);
            let at = crate::text::offset(at).min(super::motion::last_place(&model.article));
            moves::far(model, at);
        }
        Place::Line(line) => moves::go(model, crate::input::Command::Bottom, Some(line)),
    }
}

fn export(model: &mut Model, name: &str) -> Vec<Effect> {
    let path = PathBuf::from(name);
    if path == Path::new(&model.article.meta.source) {
        model.complain("that is the article itself, which is never written to");
        return Vec::new();
    }
    let format = Format::of_file(&path).unwrap_or(Format::Toml);
    let text = export::file(format, &model.article, &model.store, &export::Options::default());
    let count = model.store.annotations().len();
    let still =
        if model.progress.stage.is_some() { "; the detectors are still at work" } else { "" };
    let done = format!("wrote {name} ({count} annotations){still}");
    vec![Effect::Write { path, text, done }]
}

fn press_help(model: &mut Model, key: Key) {
    let height = popups::help_rows(popups::ground(model.screen)).max(1);
    let Mode::Help(help) = &mut model.mode else { return };
    let page = i64::try_from(height).unwrap_or(1);
    if help.typing && !matches!(key.code(), Code::Up | Code::Down | Code::PageUp | Code::PageDown) {
        match help.query.press(key) {
            Edited::Changed => help.top = 0,
            Edited::Submit => help.typing = false,
            Edited::Cancel => *help = Help::default(),
            Edited::Moved | Edited::Ignored => {}
        }
        return;
    }
    let rows = help::rows(&model.settings.keymap, help.query.text()).len();
    match (key.code(), in_list(key, page)) {
        (Code::Char('/'), _) => help.typing = true,
        (Code::Char('?'), _) | (_, InList::Leave) => model.mode = Mode::Normal,
        (_, InList::By(by)) => help.scroll(isize::try_from(by).unwrap_or(0), rows, height),
        (Code::Char(' '), _) => help.scroll(isize::try_from(page).unwrap_or(0), rows, height),
        (_, InList::Take) => model.mode = Mode::Normal,
        (_, InList::Other) => {}
    }
}

/// What a key means in a list that is open over the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InList {
    By(i64),
    Take,
    Leave,
    Other,
}

pub(super) fn in_list(key: Key, page: i64) -> InList {
    match key.code() {
        Code::Char('d' | 'f') if key.mods().ctrl => InList::By(page),
        Code::Char('u' | 'b') if key.mods().ctrl => InList::By(-page),
        Code::Char('j') | Code::Down => InList::By(1),
        Code::Char('k') | Code::Up => InList::By(-1),
        Code::PageDown => InList::By(page),
        Code::PageUp => InList::By(-page),
        Code::Char('G') | Code::End => InList::By(i64::from(i32::MAX)),
        Code::Char('g') | Code::Home => InList::By(i64::from(i32::MIN)),
        Code::Enter | Code::Char(' ') => InList::Take,
        Code::Esc | Code::Char('q' | 'o' | 'f') => InList::Leave,
        _ => InList::Other,
    }
}

pub(super) fn stepped(at: usize, by: i64, count: usize) -> usize {
    let last = i64::try_from(count.saturating_sub(1)).unwrap_or(0);
    let to = i64::try_from(at).unwrap_or(0).saturating_add(by).clamp(0, last);
    usize::try_from(to).unwrap_or(0)
}

fn press_details(model: &mut Model, key: Key) {
    let page = i64::from(model.screen.1 / 2).max(1);
    let Mode::Details { top, .. } = &mut model.mode else { return };
    match in_list(key, page) {
        InList::By(by) => *top = stepped(*top, by, usize::from(u16::MAX)),
        InList::Take | InList::Leave => model.mode = Mode::Normal,
        InList::Other => {}
    }
}

/// Flips the chosen switch of the filter menu.
pub(super) fn flip(model: &mut Model) {
    if let Mode::Filter { panel, selected } = model.mode {
        model.filters.flip(panel, selected);
        panels::rebuild(model);
    }
}

fn press_filter(model: &mut Model, key: Key) {
    let Mode::Filter { panel, selected } = &mut model.mode else { return };
    let count = model.filters.toggles(*panel).len();
    match in_list(key, 5) {
        InList::By(by) => *selected = stepped(*selected, by, count),
        InList::Take => flip(model),
        InList::Leave => model.mode = Mode::Normal,
        InList::Other => {}
    }
}
