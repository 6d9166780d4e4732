//! Marking, tagging and correcting: what a key means for what is selected, found or marked.

use super::prompt::LineEdit;
use super::{Deed, Effect, Mode, Model, PromptKind, moves, note, orders, panels};
use crate::annot::edit::{Editor, Passage, tags_of};
use crate::annot::{Annotation, AnnotationId, EntityKind, Review, Step};
use crate::input::{Command, Key};

mod correct;
mod target;

use correct::{correct, edges, merge};
pub(super) use correct::{merge_into, rename, set_speaker, set_value};
pub use target::{Target, at_cursor, target};
use target::{entities, ids, matches, mentions};

fn delete(model: &mut Model) -> Vec<Effect> {
    let ids = ids(model);
    if ids.is_empty() {
        return refuse(model, "nothing is marked or found here that could be deleted");
    }
    let step = editor(model).delete(&ids);
    perform(model, step)
}

/// What was done last, for doing it once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    /// Highlighted in a colour.
    Highlight(String),
    /// Tagged.
    Tag(Vec<String>),
}

const fn editor(model: &Model) -> Editor<'_> {
    Editor::new(&model.store, model.clock.now)
}

/// Carries out a command of this group on as many things as the number before it says: rows of a
/// panel, annotations of the kind under the cursor, or sentences; changes for undo and redo.
pub(super) fn several(model: &mut Model, command: Command, times: u32) -> Vec<Effect> {
    match command {
        Command::Undo if times > 1 => return vec![Effect::Turn(Deed::Undone, times as usize)],
        Command::Redo if times > 1 => return vec![Effect::Turn(Deed::Redone, times as usize)],
        _ => {}
    }
    model.times = times;
    panels::mark_rows(model, times);
    run(model, command)
}

/// Carries out a command of this group.
fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Highlight => with_target(model, |model, _| {
            model.mode = Mode::Letter(Command::Highlight);
            Vec::new()
        }),
        Command::HighlightMatches => {
            if matches(model).is_empty() {
                let why = "nothing is searched for or selected whose matches could be marked";
                return refuse(model, why);
            }
            model.mode = Mode::Letter(Command::HighlightMatches);
            Vec::new()
        }
        Command::Tag => with_target(model, |model, target| ask(model, PromptKind::Tag(target), "")),
        Command::Untag => untag(model),
        Command::TagMentions => match entities(model).first() {
            Some(&id) => {
                let ids = mentions(model, id);
                ask(model, PromptKind::Tag(Target::Annotations(ids)), "")
            }
            None => refuse(model, "no entity is under the cursor; ]e goes to one"),
        },
        Command::TagArticle => ask(model, PromptKind::Tag(Target::Article), ""),
        Command::UntagArticle => ask(model, PromptKind::Untag(Target::Article), ""),
        Command::Note => with_target(model, |model, target| {
            note::open(model, target);
            Vec::new()
        }),
        Command::NoteArticle => {
            note::open(model, Target::Article);
            Vec::new()
        }
        Command::Accept => review(model, Review::Accepted),
        Command::Reject => review(model, Review::Rejected),
        Command::Delete => delete(model),
        Command::Correct => correct(model),
        Command::Rename => correct::ask_name(model),
        Command::Merge => merge(model),
        Command::Split => correct::split(model),
        Command::Edges => edges(model),
        Command::Repeat => repeat(model),
        Command::Undo => turn(model, Deed::Undone),
        Command::Redo => turn(model, Deed::Redone),
        Command::Review => super::review::open(model),
        Command::Marks => super::lists::open_marks(model),
        _ => super::lists::open_changes(model),
    }
}

fn refuse(model: &mut Model, why: &str) -> Vec<Effect> {
    model.complain(why);
    Vec::new()
}

fn with_target(
    model: &mut Model,
    act: impl FnOnce(&mut Model, Target) -> Vec<Effect>,
) -> Vec<Effect> {
    match target(model) {
        Some(target) => act(model, target),
        None => refuse(model, "there is nothing to mark here"),
    }
}

fn ask(model: &mut Model, kind: PromptKind, text: &str) -> Vec<Effect> {
    orders::prompt(model, kind, LineEdit::new(text));
    Vec::new()
}

/// Does a step and hands it on to be kept.
pub(super) fn perform(model: &mut Model, step: Step) -> Vec<Effect> {
    let name = step.name().to_owned();
    if !model.store.apply(step) {
        return refuse(model, "that is so already");
    }
    let lists = model.store.steps().last().is_some_and(Step::changes_lists);
    settled(model, lists);
    model.say(name);
    let mut effects = vec![Effect::Keep(Deed::Done)];
    effects.extend(redate(model));
    effects
}

/// After a change: nothing is selected any more, and the panels list what is there now.
fn settled(model: &mut Model, lists: bool) {
    model.reader.selection = None;
    model.in_hand = None;
    model.times = 1;
    for state in &mut model.panels {
        state.unmark();
    }
    if lists {
        panels::rebuild(model);
    }
}

/// Takes the last change back, or makes it again.
pub(super) fn turn(model: &mut Model, deed: Deed) -> Vec<Effect> {
    let (step, verb, none) = match deed {
        Deed::Redone => (model.store.redo(), "did again", "there is nothing to do again"),
        Deed::Undone | Deed::Done => (model.store.undo(), "undid", "there is nothing to undo"),
    };
    let Some(step) = step else { return refuse(model, none) };
    let said = format!("{verb}: {}", step.name());
    let first = step.changes().first().and_then(|it| match deed {
        Deed::Undone => it.before.as_ref().or(it.after.as_ref()),
        Deed::Redone | Deed::Done => it.after.as_ref().or(it.before.as_ref()),
    });
    let place = first.filter(|it| !it.is_lost()).map(|it| it.range.start);
    let lists = step.changes_lists();
    settled(model, lists);
    // What was changed is to be seen.
    if let Some(place) = place.filter(|&place| !model.reader.view().contains(place)) {
        moves::far(model, place);
    }
    model.say(said);
    let mut effects = vec![Effect::Keep(deed)];
    effects.extend(redate(model));
    effects
}

/// Where the day that the article was written is another one than the text says, all relative
/// times are found anew.
pub(super) fn redate(model: &mut Model) -> Option<Effect> {
    let said = model.store.about().published.or(model.published);
    if said == model.article.meta.published {
        return None;
    }
    let mut article = (*model.article).clone();
    article.meta.published = said;
    model.article = std::sync::Arc::new(article);
    model.progress = super::Progress {
        stage: Some("times"),
        run: model.progress.run + 1,
        filters: model.filters.clone(),
        ..super::Progress::default()
    };
    let filters = model.filters.clone();
    Some(Effect::Analyze { run: model.progress.run, written: said, filters })
}

/// The letters that may be typed now, with what each stands for.
pub fn letters(model: &Model, command: Command) -> Vec<(String, String)> {
    let pair = |key: &str, what: &str| (key.to_owned(), what.to_owned());
    match command {
        Command::Highlight | Command::HighlightMatches => {
            let inks = model.settings.highlights.all().iter();
            let mut all: Vec<_> = inks
                .map(|it| {
                    let gap = if it.meaning.is_empty() { "" } else { ": " };
                    (it.key.to_string(), format!("{}{gap}{}", it.name, it.meaning))
                })
                .collect();
            all.push(("H".into(), format!("{} again", last_colour(model))));
            all
        }
        Command::Correct => {
            vec![pair("p", "a person"), pair("l", "a place"), pair("o", "an organisation")]
        }
        _ => Vec::new(),
    }
}

/// What the letter is for, with how much it will act on: "highlight 14 matches in".
pub fn letter_title(model: &Model, command: Command) -> String {
    match command {
        Command::Highlight => {
            let what = target(model).map(|it| it.what(model)).unwrap_or_default();
            format!("highlight {what} in")
        }
        Command::HighlightMatches => {
            let matches = matches(model);
            let words = matches.first().map_or("", |it| it.of(&model.article.text));
            format!("highlight {} matches of “{words}” in", matches.len())
        }
        _ => {
            let name = entities(model).first().and_then(|&id| model.store.entity(id));
            format!("{} is", name.map_or("it", |it| it.name.as_str()))
        }
    }
}

fn last_colour(model: &Model) -> String {
    let known =
        model.last_colour.as_ref().filter(|it| model.settings.highlights.named(it).is_some());
    let first = || model.settings.highlights.all().first().map(|it| it.name.clone());
    known.cloned().or_else(first).unwrap_or_default()
}

/// The letter behind `H`, or behind `s` on an entity.
pub(super) fn letter(model: &mut Model, command: Command, key: Key) -> Vec<Effect> {
    let Some(letter) = key.text() else { return Vec::new() };
    if command == Command::Correct {
        let kind = match letter {
            'p' => EntityKind::Person,
            'l' => EntityKind::Place,
            'o' => EntityKind::Organization,
            _ => return refuse(model, "it is p, l or o: a person, a place or an organisation"),
        };
        let Some(&id) = entities(model).first() else { return Vec::new() };
        let step = editor(model).kind(id, kind);
        return perform(model, step);
    }
    let colour = match letter {
        'H' => last_colour(model),
        other => match model.settings.highlights.of_key(other) {
            Some(ink) => ink.name.clone(),
            None => return refuse(model, &format!("no colour has the letter {other}")),
        },
    };
    model.last_colour = Some(colour.clone());
    if command == Command::HighlightMatches {
        let ranges = matches(model);
        let passages: Vec<Passage> =
            ranges.into_iter().map(|range| Passage { id: model.clock.name(), range }).collect();
        let step = editor(model).highlight(&passages, &colour);
        return perform(model, step);
    }
    highlight(model, colour)
}

fn highlight(model: &mut Model, colour: String) -> Vec<Effect> {
    let Some(target) = target(model) else { return refuse(model, "there is nothing to mark here") };
    let step = match target {
        Target::Annotations(ids) => editor(model).colour(&ids, &colour),
        Target::Passage(range, what) => {
            let passage = Passage { id: model.clock.name(), range };
            on(editor(model).highlight(&[passage], &colour), what)
        }
        Target::Article => return Vec::new(),
    };
    model.again = Some(Again::Highlight(colour));
    perform(model, step)
}

/// The step with the word for the passage in its name.
fn on(step: Step, what: &str) -> Step {
    let name = step.name().replacen("the passage", &format!("the {what}"), 1);
    step.named(name)
}

/// Adds the tags that were typed.
pub(super) fn tag(model: &mut Model, target: Target, typed: &str) -> Vec<Effect> {
    let tags = tags_of(typed);
    if tags.is_empty() {
        return Vec::new();
    }
    let step = match target {
        Target::Annotations(ids) => editor(model).tag(&ids, &tags),
        Target::Passage(range, what) => {
            let passage = Passage { id: model.clock.name(), range };
            on(editor(model).tag_passage(passage, &tags), what)
        }
        Target::Article => editor(model).tag_article(&tags),
    };
    model.again = Some(Again::Tag(tags));
    perform(model, step)
}

fn untag(model: &mut Model) -> Vec<Effect> {
    let tagged = ids(model);
    let tagged: Vec<_> = tagged
        .into_iter()
        .filter(|id| model.store.get(*id).is_some_and(|it| !it.tags().is_empty()))
        .collect();
    let mut tags: Vec<&String> =
        tagged.iter().filter_map(|id| model.store.get(*id)).flat_map(Annotation::tags).collect();
    tags.sort();
    tags.dedup();
    match tags[..] {
        [] => refuse(model, "nothing here has a tag"),
        // There is nothing to choose.
        [tag] => {
            let tag = [tag.clone()];
            let step = editor(model).untag(&tagged, &tag);
            perform(model, step)
        }
        _ => ask(model, PromptKind::Untag(Target::Annotations(tagged)), ""),
    }
}

/// Takes away the tags that were typed; all of them for a star.
pub(super) fn take_tags(model: &mut Model, target: &Target, typed: &str) -> Vec<Effect> {
    let tags = tags_of(typed);
    if tags.is_empty() {
        return Vec::new();
    }
    let tags = if tags == ["*"] { Vec::new() } else { tags };
    let step = match target {
        Target::Annotations(ids) => editor(model).untag(ids, &tags),
        Target::Article => editor(model).untag_article(&tags),
        Target::Passage(..) => return Vec::new(),
    };
    perform(model, step)
}

/// Writes a note.
pub(super) fn write_note(model: &mut Model, target: Target, note: &str) -> Vec<Effect> {
    let step = match target {
        Target::Annotations(ids) => editor(model).note(&ids, note),
        Target::Passage(..) if note.is_empty() => return Vec::new(),
        Target::Passage(range, what) => {
            let passage = Passage { id: model.clock.name(), range };
            on(editor(model).note_passage(passage, note), what)
        }
        Target::Article => editor(model).note_article(note),
    };
    perform(model, step)
}

fn review(model: &mut Model, review: Review) -> Vec<Effect> {
    let ids = ids(model);
    let found = |id: &AnnotationId| model.store.get(*id).is_some_and(|it| it.rule().is_some());
    let ids: Vec<_> = ids.into_iter().filter(found).collect();
    if ids.is_empty() {
        return refuse(model, "nothing was found here; ]u goes to what nobody has reviewed");
    }
    let step = editor(model).review(&ids, review);
    perform(model, step)
}

fn repeat(model: &mut Model) -> Vec<Effect> {
    match model.again.clone() {
        Some(Again::Highlight(colour)) => highlight(model, colour),
        Some(Again::Tag(tags)) => {
            let typed = tags.join(", ");
            with_target(model, |model, target| tag(model, target, &typed))
        }
        None => refuse(model, "nothing was highlighted or tagged yet"),
    }
}
