//! What is done to articles in the list, and how it is taken back.
//!
//! The rows say at once what was done; the library is told by effects, and whoever carries them
//! out sends the rows again.

use std::collections::HashSet;

use super::Shelf;
use super::find::Ready;
use crate::annot::edit::tags_of;
use crate::app::prompt::LineEdit;
use crate::app::{Effect, Model, PromptKind, orders};

/// Something that was done, with what takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// These were put into the trash.
    Trashed(Vec<String>),
    /// These were taken out of it.
    Restored(Vec<String>),
    /// Each tag was added to those that did not have it.
    Tagged(Vec<(Vec<String>, String)>),
    /// Each tag was taken from those that had it.
    Untagged(Vec<(Vec<String>, String)>),
}

impl Shelf {
    /// The names of articles as a message says them.
    fn what(&self, ids: &[String]) -> String {
        let named = |id: &String| self.rows.iter().find(|it| it.id == *id);
        match ids {
            [id] => format!("“{}”", named(id).map_or(id.as_str(), |it| it.name())),
            ids => format!("{} articles", ids.len()),
        }
    }

    /// The marked articles, or the chosen one, for which this is true.
    fn ids(&self, fits: impl Fn(&super::ShelfRow) -> bool) -> Vec<String> {
        let rows = self.targets();
        let rows = rows.iter().map(|&at| &self.rows[at as usize]);
        rows.filter(|it| fits(it)).map(|it| it.id.clone()).collect()
    }

    /// Changes rows and lists them anew. Where the marked ones are gone then, what follows them
    /// is chosen.
    fn change(&mut self, ids: &[String], change: impl Fn(&mut super::ShelfRow)) {
        let ids: HashSet<&str> = ids.iter().map(String::as_str).collect();
        for (row, ready) in self.rows.iter_mut().zip(&mut self.ready) {
            if ids.contains(row.id.as_str()) {
                change(row);
                *ready = Ready::new(row);
            }
        }
        let chosen = self.chosen();
        if let Some(from) = self.marking.take() {
            self.list.selected = self.list.selected.min(from);
        }
        self.count();
        self.arrange(chosen);
    }

    fn set_trashed(&mut self, ids: &[String], trashed: bool) {
        self.change(ids, |row| row.trashed = trashed);
    }

    fn add_tag(&mut self, ids: &[String], tag: &str) {
        self.change(ids, |row| {
            if !row.tags.iter().any(|it| it == tag) {
                row.tags.push(tag.to_owned());
            }
        });
    }

    fn take_tag(&mut self, ids: &[String], tag: &str) {
        self.change(ids, |row| row.tags.retain(|it| it != tag));
    }

    /// Those of the articles that have a tag, or those that do not.
    fn tagged(&self, ids: &[String], tag: &str, has: bool) -> Vec<String> {
        let with = self.rows.iter().filter(|it| it.tags.iter().any(|it| it == tag));
        let with: HashSet<&str> = with.map(|it| it.id.as_str()).collect();
        ids.iter().filter(|id| with.contains(id.as_str()) == has).cloned().collect()
    }

    /// Chooses the first of these, so that what came back is seen.
    fn show(&mut self, ids: &[String]) {
        let first = ids.first();
        let at = self.shown.iter().position(|&at| Some(&self.rows[at as usize].id) == first);
        self.list.selected = at.unwrap_or(self.list.selected);
    }
}

fn refuse(model: &mut Model, why: &str) -> Vec<Effect> {
    model.complain(why);
    Vec::new()
}

/// Moves the marked articles to the trash.
pub(super) fn trash(model: &mut Model) -> Vec<Effect> {
    let Some(shelf) = &mut model.shelf else { return Vec::new() };
    let ids = shelf.ids(|it| !it.trashed);
    if ids.is_empty() {
        let empty = shelf.is_empty();
        let why = if empty { "no article is here" } else { "it is in the trash; R takes it out" };
        return refuse(model, why);
    }
    let them = if ids.len() == 1 { "it" } else { "them" };
    let said = format!("moved {} to the trash; u takes {them} back", shelf.what(&ids));
    shelf.set_trashed(&ids, true);
    shelf.deeds.push(Deed::Trashed(ids.clone()));
    model.say(said);
    vec![Effect::Trash(ids)]
}

/// Takes the marked articles out of the trash.
pub(super) fn restore(model: &mut Model) -> Vec<Effect> {
    let Some(shelf) = &mut model.shelf else { return Vec::new() };
    let ids = shelf.ids(|it| it.trashed);
    if ids.is_empty() {
        return refuse(model, "it is not in the trash; f shows what is");
    }
    let said = format!("took {} out of the trash", shelf.what(&ids));
    shelf.set_trashed(&ids, false);
    shelf.deeds.push(Deed::Restored(ids.clone()));
    model.say(said);
    vec![Effect::Untrash(ids)]
}

/// Asks for tags to add.
pub(super) fn ask_tags(model: &mut Model) -> Vec<Effect> {
    let Some(shelf) = &model.shelf else { return Vec::new() };
    let ids = shelf.ids(|_| true);
    if ids.is_empty() {
        return refuse(model, "no article is here");
    }
    orders::prompt(model, PromptKind::TagArticles(ids), LineEdit::new(""));
    Vec::new()
}

/// Takes the only tag away, or asks which.
pub(super) fn ask_untag(model: &mut Model) -> Vec<Effect> {
    let Some(shelf) = &model.shelf else { return Vec::new() };
    let ids = shelf.ids(|it| !it.tags.is_empty());
    match &shelf.tags_on(&ids)[..] {
        [] => refuse(model, "nothing here has a tag"),
        // There is nothing to choose.
        [tag] => take(model, &ids, std::slice::from_ref(tag)),
        _ => {
            orders::prompt(model, PromptKind::UntagArticles(ids), LineEdit::new(""));
            Vec::new()
        }
    }
}

/// Adds the tags that were typed.
pub(in crate::app) fn tag(model: &mut Model, ids: &[String], typed: &str) -> Vec<Effect> {
    let tags = tags_of(typed);
    let Some(shelf) = model.shelf.as_mut().filter(|_| !tags.is_empty()) else { return Vec::new() };
    let mut done = Vec::new();
    for tag in &tags {
        let new = shelf.tagged(ids, tag, false);
        if !new.is_empty() {
            shelf.add_tag(&new, tag);
            done.push((new, tag.clone()));
        }
    }
    if done.is_empty() {
        return refuse(model, "that is so already");
    }
    shelf.deeds.push(Deed::Tagged(done));
    let said = format!("tagged {} {}", shelf.what(ids), quoted(&tags));
    model.say(said);
    vec![Effect::TagArticles(ids.to_vec(), tags)]
}

/// Takes away the tags that were typed; all of them for a star.
pub(in crate::app) fn untag(model: &mut Model, ids: &[String], typed: &str) -> Vec<Effect> {
    let mut tags = tags_of(typed);
    if tags == ["*"] {
        tags = model.shelf.as_ref().map(|it| it.tags_on(ids)).unwrap_or_default();
    }
    if tags.is_empty() { Vec::new() } else { take(model, ids, &tags) }
}

fn take(model: &mut Model, ids: &[String], tags: &[String]) -> Vec<Effect> {
    let Some(shelf) = &mut model.shelf else { return Vec::new() };
    let mut done = Vec::new();
    for tag in tags {
        let old = shelf.tagged(ids, tag, true);
        if !old.is_empty() {
            shelf.take_tag(&old, tag);
            done.push((old, tag.clone()));
        }
    }
    if done.is_empty() {
        return refuse(model, "that is so already");
    }
    shelf.deeds.push(Deed::Untagged(done));
    let said = format!("took {} from {}", quoted(tags), shelf.what(ids));
    model.say(said);
    vec![Effect::UntagArticles(ids.to_vec(), tags.to_vec())]
}

fn quoted(tags: &[String]) -> String {
    tags.iter().map(|tag| format!("“{tag}”")).collect::<Vec<_>>().join(", ")
}

/// Takes the last thing back that was done in the list.
pub(super) fn undo(model: &mut Model) -> Vec<Effect> {
    let Some(shelf) = &mut model.shelf else { return Vec::new() };
    let Some(deed) = shelf.deeds.pop() else {
        return refuse(model, "there is nothing to undo");
    };
    let (said, effects) = match deed {
        Deed::Trashed(ids) => {
            shelf.set_trashed(&ids, false);
            shelf.show(&ids);
            let said = format!("took {} out of the trash again", shelf.what(&ids));
            (said, vec![Effect::Untrash(ids)])
        }
        Deed::Restored(ids) => {
            shelf.set_trashed(&ids, true);
            shelf.show(&ids);
            let said = format!("moved {} to the trash again", shelf.what(&ids));
            (said, vec![Effect::Trash(ids)])
        }
        Deed::Tagged(each) => {
            for (ids, tag) in &each {
                shelf.take_tag(ids, tag);
            }
            let effect = |(ids, tag)| Effect::UntagArticles(ids, vec![tag]);
            ("undid the tagging".to_owned(), each.into_iter().map(effect).collect())
        }
        Deed::Untagged(each) => {
            for (ids, tag) in &each {
                shelf.add_tag(ids, tag);
            }
            let effect = |(ids, tag)| Effect::TagArticles(ids, vec![tag]);
            ("put the tags back".to_owned(), each.into_iter().map(effect).collect())
        }
    };
    model.say(said);
    effects
}
