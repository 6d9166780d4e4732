//! The review queue: all that was found and nobody has looked at, one after the other.

use super::marking;
use super::{Deed, Effect, Mode, Model, PromptKind, details, moves, orders, prompt::LineEdit};
use crate::annot::edit::Editor;
use crate::annot::{AnnotationId, Body, Kind, Review as Verdict};
use crate::app::layout::Focus;
use crate::app::marking::Target;
use crate::app::reader::Stand;
use crate::input::{Code, Key};

/// The queue while it is gone through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Everything that was unreviewed when it began.
    pub queue: Vec<AnnotationId>,
    /// The one that is asked about.
    pub at: usize,
    /// Whether the least certain comes first; else it is the order of the text.
    pub by_certainty: bool,
}

/// Opens the queue, the least certain first.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let by_certainty = model.review_by_certainty;
    let queue = queue(model, by_certainty);
    if queue.is_empty() {
        let still = if model.progress.stage.is_some() { " yet; still looking" } else { "" };
        model.say(format!("there is nothing to review{still}"));
        return Vec::new();
    }
    model.focus = Focus::Article;
    model.reader.selection = None;
    model.review = Some(Review { queue, at: 0, by_certainty });
    model.mode = Mode::Review;
    show(model);
    Vec::new()
}

fn queue(model: &Model, by_certainty: bool) -> Vec<AnnotationId> {
    let unreviewed = |it: &&crate::annot::Annotation| {
        it.review == Verdict::Proposed && it.rule().is_some() && !it.is_lost()
    };
    let mut all: Vec<_> = model.store.annotations().iter().filter(unreviewed).collect();
    if by_certainty {
        // Stable, so that equals stay in the order of the text.
        all.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
    }
    all.into_iter().map(|it| it.id).collect()
}

impl Review {
    /// How many of the queue have a verdict, and how many there are.
    pub fn done(&self, store: &crate::annot::Store) -> (usize, usize) {
        let open =
            |id: &&AnnotationId| store.get(**id).is_some_and(|it| it.review == Verdict::Proposed);
        let left = self.queue.iter().filter(open).count();
        (self.queue.len() - left, self.queue.len())
    }

    /// The annotation that is asked about.
    pub fn current(&self) -> Option<AnnotationId> {
        self.queue.get(self.at).copied()
    }
}

/// Puts the annotation that is asked about in view.
fn show(model: &mut Model) {
    let current = model.review.as_ref().and_then(Review::current);
    let Some(range) = current.and_then(|id| model.store.get(id)).map(|it| it.range) else { return };
    moves::along(model, range.start);
    // The box with the question is at the bottom.
    moves::stand(model, Stand::Middle);
}

/// To the next one without a verdict, from here on and then from the beginning.
fn next(model: &mut Model) {
    let Some(review) = &mut model.review else { return };
    let open =
        |id: &AnnotationId| model.store.get(*id).is_some_and(|it| it.review == Verdict::Proposed);
    let count = review.queue.len();
    let order = (review.at + 1..count).chain(0..=review.at);
    match order.into_iter().find(|&at| open(&review.queue[at])) {
        Some(at) => {
            review.at = at;
            show(model);
        }
        None => leave(model),
    }
}

fn leave(model: &mut Model) {
    let Some(review) = model.review.take() else { return };
    model.mode = Mode::Normal;
    let (done, all) = review.done(&model.store);
    model.say(if done == all {
        format!("all {all} are reviewed")
    } else {
        format!("{done} of {all} are reviewed; gr goes on")
    });
}

fn verdict(model: &mut Model, verdict: Verdict) -> Vec<Effect> {
    let Some(id) = model.review.as_ref().and_then(Review::current) else { return Vec::new() };
    let step = Editor::new(&model.store, model.clock.now).review(&[id], verdict);
    let effects = marking::perform(model, step);
    next(model);
    effects
}

/// Back to the one before, whose verdict is taken back where it was the last thing done.
fn back(model: &mut Model) -> Vec<Effect> {
    let Some(review) = &mut model.review else { return Vec::new() };
    let last = model.store.steps().last();
    let id = last.and_then(|step| step.changes().first()).map(|it| it.id);
    let at = id.and_then(|id| review.queue.iter().position(|it| *it == id));
    let verdicts = ["accepted ", "rejected "];
    match at {
        Some(at)
            if last.is_some_and(|it| verdicts.iter().any(|verb| it.name().starts_with(verb))) =>
        {
            review.at = at;
            let effects = marking::turn(model, Deed::Undone);
            show(model);
            effects
        }
        _ => {
            review.at = review.at.saturating_sub(1);
            show(model);
            Vec::new()
        }
    }
}

/// A key in the queue.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(review) = &mut model.review else { return Vec::new() };
    let current = review.current();
    match key.code() {
        Code::Char('a' | 'A') | Code::Enter => return verdict(model, Verdict::Accepted),
        Code::Char('x' | 'X') => return verdict(model, Verdict::Rejected),
        Code::Char(' ' | 'j') | Code::Down => next(model),
        Code::Char('u') if key.mods().ctrl => {}
        Code::Backspace | Code::Char('k' | 'u') | Code::Up => return back(model),
        Code::Char('o') => {
            review.by_certainty = !review.by_certainty;
            let by_certainty = review.by_certainty;
            model.review_by_certainty = by_certainty;
            let queue = queue(model, by_certainty);
            if let Some(review) = &mut model.review {
                let reviewed = review.queue.iter().filter(|id| !queue.contains(id));
                let all: Vec<_> = reviewed.copied().chain(queue.iter().copied()).collect();
                review.at = all.iter().position(|id| queue.first() == Some(id)).unwrap_or(0);
                review.queue = all;
            }
            show(model);
            model.say(if by_certainty { "the least certain first" } else { "in text order" });
        }
        Code::Char('s') => return correct(model),
        Code::Char('t') => {
            if let Some(id) = current {
                let kind = PromptKind::Tag(Target::Annotations(vec![id]));
                orders::prompt(model, kind, LineEdit::new(""));
            }
        }
        Code::Char('n') => {
            if let Some(id) = current {
                super::note::open(model, Target::Annotations(vec![id]));
            }
        }
        Code::Char('q') | Code::Esc => leave(model),
        Code::Char('c') if key.mods().ctrl => leave(model),
        _ => {}
    }
    Vec::new()
}

/// Asks for the right speaker, kind or value of what is asked about.
fn correct(model: &mut Model) -> Vec<Effect> {
    let current = model.review.as_ref().and_then(Review::current);
    let Some(it) = current.and_then(|id| model.store.get(id)) else { return Vec::new() };
    let id = it.id;
    match &it.body {
        Body::Quote(_) => {
            orders::prompt(model, PromptKind::Speaker(vec![id]), LineEdit::new(""));
        }
        Body::Time(time) => {
            let line = LineEdit::new(&time.value);
            orders::prompt(model, PromptKind::Value(vec![id]), line);
        }
        Body::Mention(_) => model.mode = Mode::Letter(crate::input::Command::Correct),
        Body::Highlight => {}
    }
    Vec::new()
}

/// What is asked: what it is, its words, and why it was found.
pub fn question(model: &Model) -> Option<(details::Details, Kind)> {
    let id = model.review.as_ref()?.current()?;
    let at = model.store.position(id)?;
    let kind = model.store.get(id)?.kind();
    details::lines(&model.article, &model.store, at).map(|it| (it, kind))
}
