//! What a line that is typed may become, for Tab: orders, tags, names, files.

use std::collections::BTreeMap;

use super::commandline::Completion;
use super::marking::Target;
use super::{Model, Prompt, PromptKind};
use crate::annot::{Annotation, EntityKind};

/// The completions of what is typed; nothing where there are none.
pub(super) fn completion(model: &Model, prompt: &Prompt) -> Option<Completion> {
    let typed = prompt.line.text();
    let lines = match &prompt.kind {
        PromptKind::Order => return Completion::of(typed),
        PromptKind::Tag(_) => tags(typed, known_tags(model)),
        PromptKind::Untag(target) => tags(typed, tags_on(model, target)),
        PromptKind::Speaker(_) => {
            let name = |kind| names(model, typed, kind);
            [name(EntityKind::Person), name(EntityKind::Organization)].concat()
        }
        PromptKind::Merge(one) => {
            let kind = model.store.entity(*one)?.kind;
            names(model, typed, kind)
        }
        PromptKind::Rename(id) => {
            let aliases = &model.store.entity(*id)?.aliases;
            aliases.iter().filter(|it| begins(it, typed)).cloned().collect()
        }
        PromptKind::TagArticles(_) => {
            let known = model.shelf.iter().flat_map(super::shelf::Shelf::known_tags);
            tags(typed, known.map(str::to_owned).collect())
        }
        PromptKind::UntagArticles(ids) => tags(typed, model.shelf.as_ref()?.tags_on(ids)),
        PromptKind::Search(_)
        | PromptKind::Export
        | PromptKind::Value(_)
        | PromptKind::SearchLibrary => Vec::new(),
    };
    Completion::among(lines, typed)
}

/// All tags that are known, those that are used most first.
fn known_tags(model: &Model) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let here = model.store.annotations().iter().flat_map(Annotation::tags);
    for tag in here.chain(&model.store.about().tags) {
        *counts.entry(tag).or_default() += 1;
    }
    for tag in &model.known_tags {
        counts.entry(tag).or_default();
    }
    let mut tags: Vec<_> = counts.into_iter().collect();
    tags.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    tags.into_iter().map(|(tag, _)| tag.to_owned()).collect()
}

fn tags_on(model: &Model, target: &Target) -> Vec<String> {
    let mut tags = match target {
        Target::Annotations(ids) => {
            let all = ids.iter().filter_map(|id| model.store.get(*id));
            all.flat_map(Annotation::tags).cloned().collect()
        }
        Target::Article => model.store.about().tags.clone(),
        Target::Passage(..) => Vec::new(),
    };
    tags.sort();
    tags.dedup();
    tags
}

/// The lines in which the last tag is one of these.
fn tags(typed: &str, known: Vec<String>) -> Vec<String> {
    let (before, last) = match typed.rfind(',') {
        Some(at) => typed.split_at(at + 1),
        None => ("", typed),
    };
    let gap = if before.is_empty() { "" } else { " " };
    let has: Vec<&str> = before.split(',').map(str::trim).collect();
    let fits = |tag: &String| begins(tag, last.trim()) && !has.contains(&tag.as_str());
    known.into_iter().filter(fits).map(|tag| format!("{before}{gap}{tag}")).collect()
}

/// The names of entities of a kind that begin so, or a word of which does.
fn names(model: &Model, typed: &str, kind: EntityKind) -> Vec<String> {
    let typed = typed.trim();
    let fits = |name: &str| begins(name, typed) || name.split(' ').any(|it| begins(it, typed));
    let all = model.store.live_entities().filter(|(_, it)| it.kind == kind);
    let all = all.filter(|(_, it)| fits(&it.name) || it.aliases.iter().any(|it| fits(it)));
    let mut names: Vec<_> = all
        .map(|(id, it)| (std::cmp::Reverse(model.store.mentions_of(id).len()), it.name.clone()))
        .collect();
    names.sort();
    names.into_iter().map(|(_, name)| name).collect()
}

fn begins(name: &str, typed: &str) -> bool {
    name.to_lowercase().starts_with(&typed.to_lowercase())
}
