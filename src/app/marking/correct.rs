//! Correcting what was found: speakers, kinds, names, values, edges.

use super::target::{at_cursor, entities, find_entity, ids, mention_at_cursor, trimmed};
use super::{ask, editor, perform, refuse};
use crate::annot::{AnnotationId, EntityId, Kind, Review, Said};
use crate::app::layout::Focus;
use crate::app::reader::{Grain, Selection};
use crate::app::rows::Panel;
use crate::app::{Effect, Mode, Model, PromptKind, motion};
use crate::input::Command;

pub(super) fn correct(model: &mut Model) -> Vec<Effect> {
    if model.focus == Focus::Panel(Panel::Entities) {
        model.mode = Mode::Letter(Command::Correct);
        return Vec::new();
    }
    let ids = ids(model);
    let kind = |kind| ids.iter().filter_map(|id| model.store.get(*id)).any(|it| it.kind() == kind);
    let of = |kind| -> Vec<AnnotationId> {
        let all = ids.iter().filter_map(|id| model.store.get(*id));
        all.filter(|it| it.kind() == kind).map(|it| it.id).collect()
    };
    if kind(Kind::Quote) && (!kind(Kind::Mention) || model.focus != Focus::Article) {
        return ask(model, PromptKind::Speaker(of(Kind::Quote)), "");
    }
    if kind(Kind::Time) {
        let times = of(Kind::Time);
        let value = times.first().and_then(|id| model.store.get(*id)?.time());
        let value = value.map(|it| it.value.to_string()).unwrap_or_default();
        return ask(model, PromptKind::Value(times), &value);
    }
    if kind(Kind::Mention) {
        model.mode = Mode::Letter(Command::Correct);
        return Vec::new();
    }
    refuse(model, "s corrects a quote, a name or a time; ]a goes to one")
}

/// The speaker whose name was typed; nobody for `-`.
pub(in crate::app) fn set_speaker(
    model: &mut Model,
    ids: &[AnnotationId],
    typed: &str,
) -> Vec<Effect> {
    let said = match typed.trim() {
        "" => return Vec::new(),
        "-" => Said::Nobody,
        name => find_entity(model, name).map_or_else(|| Said::Name(name.to_owned()), Said::By),
    };
    let step = editor(model).speaker(ids, &said);
    perform(model, step)
}

pub(in crate::app) fn set_value(
    model: &mut Model,
    ids: &[AnnotationId],
    typed: &str,
) -> Vec<Effect> {
    let value = typed.trim();
    if value.is_empty() {
        return Vec::new();
    }
    if !crate::annot::timeline::is_value(value) {
        let why = format!(
            "`{value}` is no value; one is 2024-10-22, 2024-10, 2024-W43, P2W or 2024-10-22/2024-10-24"
        );
        return refuse(model, &why);
    }
    let step = editor(model).value(ids, value);
    perform(model, step)
}

pub(in crate::app) fn rename(model: &mut Model, id: EntityId, typed: &str) -> Vec<Effect> {
    let name = crate::text::one_line(typed);
    if name.is_empty() {
        return Vec::new();
    }
    let step = editor(model).rename(id, &name);
    perform(model, step)
}

pub(super) fn merge(model: &mut Model) -> Vec<Effect> {
    let all = entities(model);
    match all[..] {
        [] => refuse(model, "no entity is under the cursor; V in the entities marks several rows"),
        [one] => ask(model, PromptKind::Merge(one), ""),
        [..] => {
            // The one that is mentioned most is the one that the rest become.
            let count = |id: &EntityId| model.store.mentions_of(*id).len();
            let most = all.iter().copied().rev().max_by_key(count).unwrap_or(all[0]);
            let step = editor(model).merge(most, &all);
            perform(model, step)
        }
    }
}

pub(in crate::app) fn merge_into(model: &mut Model, one: EntityId, typed: &str) -> Vec<Effect> {
    if typed.trim().is_empty() {
        return Vec::new();
    }
    match find_entity(model, typed) {
        Some(into) if into != one => {
            let step = editor(model).merge(into, &[one]);
            perform(model, step)
        }
        Some(_) => refuse(model, "that is the same entity"),
        None => refuse(model, &format!("no entity is named “{}”; Tab lists them", typed.trim())),
    }
}

pub(super) fn edges(model: &mut Model) -> Vec<Effect> {
    if let Some(range) = model.reader.selected(&model.article) {
        let range = trimmed(&model.article.text, range);
        let near = || {
            let here = model.store.touching(range).map(|(_, it)| it);
            let here = here.filter(|it| it.review != Review::Rejected);
            here.min_by_key(|it| {
                it.range.start.abs_diff(range.start) + it.range.end.abs_diff(range.end)
            })
        };
        let id = model.in_hand.or_else(|| near().map(|it| it.id));
        let Some(id) = id.filter(|_| !range.is_empty()) else {
            return refuse(model, "no annotation is here whose edges could be moved");
        };
        let step = editor(model).place(id, range);
        return perform(model, step);
    }
    let Some(it) = at_cursor(model) else {
        return refuse(model, "no annotation is under the cursor; ]a goes to one");
    };
    let (id, range) = (it.id, it.range);
    model.in_hand = Some(id);
    model.focus = Focus::Article;
    let last = motion::character(&model.article.text, range.end, false);
    model.reader.selection = Some(Selection { anchor: range.start, grain: Grain::Characters });
    model.reader.go(last);
    model.say("move the end, O goes to the other one; r puts the edges there, Esc leaves them");
    Vec::new()
}

/// Asks for another name of the entity here.
pub(super) fn ask_name(model: &mut Model) -> Vec<Effect> {
    let Some(&id) = entities(model).first() else {
        return refuse(model, "no entity is under the cursor; ]e goes to one");
    };
    let name = model.store.entity(id).map_or(String::new(), |it| it.name.clone());
    ask(model, PromptKind::Rename(id), &name)
}

/// Makes the mention here an entity of its own.
pub(super) fn split(model: &mut Model) -> Vec<Effect> {
    let Some(id) = mention_at_cursor(model).map(|it| it.id) else {
        return refuse(model, "no mention is under the cursor; ]e goes to one");
    };
    let key = model.clock.name();
    let step = editor(model).split(&[id], key, &model.article.text);
    perform(model, step)
}
