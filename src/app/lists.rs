//! Two lists over the text: all that the reader marked, and all changes.

use super::marking::Target;
use super::{Deed, Effect, Mode, Model, marking, moves, orders, panels, popups};
use crate::annot::edit::{Editor, word};
use crate::annot::{Annotation, AnnotationId, Review, Store};
use crate::app::layout::Focus;
use crate::article::Article;
use crate::input::{Code, Key};
use crate::text::{TextRange, one_line};

/// A list with a chosen row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The chosen row.
    pub selected: usize,
    /// The first row in view.
    pub top: usize,
}

impl List {
    /// Chooses a row so many rows away among `rows`.
    pub fn step(&mut self, by: i64, rows: usize) {
        self.selected = orders::stepped(self.selected, by, rows);
    }

    /// Scrolls so that the chosen row is among the `height` rows that are seen.
    pub fn keep_in_view(&mut self, rows: usize, height: usize) {
        let height = height.max(1);
        self.selected = self.selected.min(rows.saturating_sub(1));
        let (first, last) = ((self.selected + 1).saturating_sub(height), self.selected);
        self.top = self.top.clamp(first, last).min(rows.saturating_sub(height));
    }
}

/// A row of the list of marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkRow {
    /// Whose row it is.
    pub id: AnnotationId,
    /// What it is: "quote".
    pub what: &'static str,
    /// Its words, or those that it was made on where it is lost.
    pub words: String,
    /// What is said of it: tags, note, what became of it.
    pub said: String,
    /// Its colour.
    pub colour: Option<String>,
    /// Whether its passage is not in the text any more.
    pub lost: bool,
}

/// The most bytes of a passage that a row repeats.
const WORDS: usize = 200;

/// All that the reader made, changed, tagged or noted, in the order of the text; what was lost
/// when the text changed stands first, since it waits for an answer.
pub fn marks(article: &Article, store: &Store) -> Vec<MarkRow> {
    let shown = |it: &&Annotation| it.is_touched() && it.review != Review::Rejected;
    let mut rows: Vec<MarkRow> =
        store.annotations().iter().filter(shown).map(|it| mark(article, it)).collect();
    rows.sort_by_key(|it| !it.lost);
    rows
}

fn mark(article: &Article, it: &Annotation) -> MarkRow {
    let words = match it.was() {
        Some(was) if was.lost => was.selector.exact.as_str(),
        Some(_) | None => it.range.of(&article.text),
    };
    let words = words.get(..words.floor_char_boundary(WORDS)).unwrap_or_default();
    let mut said: Vec<String> = it.tags().iter().map(|tag| format!("#{tag}")).collect();
    if let Some(was) = it.was() {
        said.push(if was.lost {
            "lost: its passage is not in the text any more".to_owned()
        } else {
            format!("was “{}”", one_line(&was.selector.exact))
        });
    }
    if !it.note().is_empty() {
        said.push(format!("— {}", one_line(it.note())));
    }
    MarkRow {
        id: it.id,
        what: word(it.kind()),
        words: one_line(words),
        said: said.join(" "),
        colour: it.extra.as_ref().and_then(|it| it.colour.clone()),
        lost: it.is_lost(),
    }
}

/// Opens the list of marks at the one nearest to the cursor.
pub(super) fn open_marks(model: &mut Model) -> Vec<Effect> {
    let rows = marks(&model.article, &model.store);
    if rows.is_empty() {
        model.say("nothing is marked yet: H highlights, t tags, a writes a note");
        return Vec::new();
    }
    let start = |row: &MarkRow| model.store.get(row.id).map_or(0, |it| it.range.start);
    let lost = rows.iter().take_while(|it| it.lost).count();
    let before = rows[lost..].iter().take_while(|row| start(row) <= model.reader.cursor).count();
    let selected = if lost > 0 { 0 } else { before.saturating_sub(1) };
    model.mode = Mode::Marks(List { selected, top: 0 });
    Vec::new()
}

/// Opens the list of changes at the last one.
pub(super) fn open_changes(model: &mut Model) -> Vec<Effect> {
    if model.store.steps().is_empty() && model.store.undone().is_empty() {
        model.say("nothing was changed yet");
        return Vec::new();
    }
    model.mode = Mode::Changes(List { selected: model.store.steps().len(), top: 0 });
    Vec::new()
}

/// The names of all changes, the first one being that nothing was changed yet, and how many of
/// them hold.
pub fn changes(store: &Store) -> (Vec<String>, usize) {
    let beginning = std::iter::once("as it was found".to_owned());
    let done = store.steps().iter().map(|it| it.name().to_owned());
    let undone = store.undone().iter().rev().map(|it| it.name().to_owned());
    (beginning.chain(done).chain(undone).collect(), store.steps().len())
}

/// A key in the list of marks.
pub(super) fn press_marks(model: &mut Model, key: Key) -> Vec<Effect> {
    let rows = marks(&model.article, &model.store);
    let page = i64::from(model.screen.1 / 2).max(1);
    let Mode::Marks(list) = &mut model.mode else { return Vec::new() };
    let Some(row) = rows.get(list.selected.min(rows.len().saturating_sub(1))) else {
        model.mode = Mode::Normal;
        return Vec::new();
    };
    match key.code() {
        Code::Char('d' | 'x') if !key.mods().ctrl => {
            let step = Editor::new(&model.store, model.clock.now).delete(&[row.id]);
            let effects = marking::perform(model, step);
            if marks(&model.article, &model.store).is_empty() {
                model.mode = Mode::Normal;
            }
            return effects;
        }
        Code::Char('K') => {
            let step = Editor::new(&model.store, model.clock.now).keep(&[row.id]);
            return marking::perform(model, step);
        }
        Code::Char('r') => return take_in_hand(model, row),
        Code::Char('t') => {
            let target = Target::Annotations(vec![row.id]);
            orders::prompt(model, super::PromptKind::Tag(target), super::prompt::LineEdit::new(""));
        }
        Code::Char('a') => super::note::open(model, Target::Annotations(vec![row.id])),
        Code::Char('u') if !key.mods().ctrl => return marking::turn(model, Deed::Undone),
        _ => match orders::in_list(key, page) {
            orders::InList::By(by) => list.step(by, rows.len()),
            orders::InList::Take => {
                if row.lost {
                    return take_in_hand(model, row);
                }
                let place = model.store.get(row.id).map_or(0, |it| it.range.start);
                model.mode = Mode::Normal;
                panels::focus(model, Focus::Article);
                moves::far(model, place);
            }
            orders::InList::Leave => model.mode = Mode::Normal,
            orders::InList::Other => {}
        },
    }
    Vec::new()
}

/// The mark goes where the reader selects next.
fn take_in_hand(model: &mut Model, row: &MarkRow) -> Vec<Effect> {
    model.in_hand = Some(row.id);
    model.mode = Mode::Normal;
    panels::focus(model, Focus::Article);
    let range = model.store.get(row.id).map_or(TextRange::default(), |it| it.range);
    moves::far(model, range.start.min(super::motion::last_place(&model.article)));
    model.say("select its new passage with v, then r attaches it there");
    Vec::new()
}

/// A key in the list of changes.
pub(super) fn press_changes(model: &mut Model, key: Key) -> Vec<Effect> {
    let (rows, now) = changes(&model.store);
    let page = i64::from(model.screen.1 / 2).max(1);
    let Mode::Changes(list) = &mut model.mode else { return Vec::new() };
    match orders::in_list(key, page) {
        orders::InList::By(by) => list.step(by, rows.len()),
        orders::InList::Take => {
            let to = list.selected;
            model.mode = Mode::Normal;
            // One after the other, so that each is kept before the next one.
            let deed = if to < now { Deed::Undone } else { Deed::Redone };
            return vec![Effect::Turn(deed, to.abs_diff(now))];
        }
        orders::InList::Leave => model.mode = Mode::Normal,
        orders::InList::Other => {}
    }
    Vec::new()
}

/// Keeps the chosen rows in view.
pub(super) fn settle(model: &mut Model) {
    let ground = popups::ground(model.screen);
    let rows = match model.mode {
        Mode::Marks(_) => marks(&model.article, &model.store).len(),
        Mode::Changes(_) => changes(&model.store).0.len(),
        Mode::Differences(_) => model.differences.len(),
        _ => return,
    };
    let seen = popups::outline_rows(ground, rows);
    if let Mode::Marks(list) | Mode::Changes(list) | Mode::Differences(list) = &mut model.mode {
        list.keep_in_view(rows, seen);
    }
}
