//! Changes that can be taken back.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{About, Annotation, AnnotationId, Entity, EntityId, Extra, Review, Store};

/// What the reader did at once, under the name by which it is taken back: "Accept", "Tag “war”".
///
/// It says of each annotation and entity what it shall be. What they were is filled in when the
/// step is applied, so that taking it back is the same step read backwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    name: Cow<'static, str>,
    changes: Vec<Change>,
    entities: Vec<EntityChange>,
    about: Option<Box<AboutChange>>,
}

/// An annotation before and after a step; none where there was or is no such annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its name.
    pub id: AnnotationId,
    /// What it was.
    pub before: Option<Annotation>,
    /// What it became.
    pub after: Option<Annotation>,
}

/// An entity before and after a step; none where there was or is no such entity.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityChange {
    /// Its place in the table.
    pub id: EntityId,
    /// What it was.
    pub before: Option<Entity>,
    /// What it became.
    pub after: Option<Entity>,
}

/// What is said of the article as a whole before and after a step.
#[derive(Clone, Debug, PartialEq)]
pub struct AboutChange {
    /// What was said.
    pub before: About,
    /// What is said now.
    pub after: About,
}

impl Step {
    /// A step that does nothing yet.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), changes: Vec::new(), entities: Vec::new(), about: None }
    }

    /// A step as it was written down, with what was before it.
    pub fn recorded(
        name: impl Into<Cow<'static, str>>,
        changes: Vec<Change>,
        entities: Vec<EntityChange>,
        about: Option<AboutChange>,
    ) -> Self {
        Self { name: name.into(), changes, entities, about: about.map(Box::new) }
    }

    /// And makes this annotation, or makes the one of the same name into this.
    #[must_use]
    pub fn set(mut self, annotation: Annotation) -> Self {
        self.change(annotation.id, Some(annotation));
        self
    }

    /// And deletes this annotation. A detector proposes again what is only deleted; to keep it
    /// away, set its review to rejected.
    #[must_use]
    pub fn remove(mut self, id: AnnotationId) -> Self {
        self.change(id, None);
        self
    }

    /// And makes this entity, or makes the one in its place into this.
    #[must_use]
    pub fn set_entity(mut self, id: EntityId, entity: Entity) -> Self {
        self.entities.push(EntityChange { id, before: None, after: Some(entity) });
        self
    }

    /// And deletes this entity. Its mentions and speakers must go elsewhere in the same step.
    #[must_use]
    pub fn remove_entity(mut self, id: EntityId) -> Self {
        self.entities.push(EntityChange { id, before: None, after: None });
        self
    }

    /// And says this of the article as a whole.
    #[must_use]
    pub fn say(mut self, about: About) -> Self {
        self.about = Some(Box::new(AboutChange { before: About::default(), after: about }));
        self
    }

    /// The same step under another name.
    #[must_use]
    pub fn named(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.name = name.into();
        self
    }

    fn change(&mut self, id: AnnotationId, after: Option<Annotation>) {
        self.changes.push(Change { id, before: None, after });
    }

    /// What the reader did.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it does to annotations.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// What it does to entities.
    pub fn entity_changes(&self) -> &[EntityChange] {
        &self.entities
    }

    /// Whether lists of annotations are others afterwards: something comes, goes, moves, gets
    /// another meaning, or is rejected. What is only tagged, noted or accepted stays in its row.
    pub fn changes_lists(&self) -> bool {
        let rejected = |it: &Annotation| it.review == Review::Rejected;
        let stays = |change: &Change| match (&change.before, &change.after) {
            (Some(before), Some(after)) => {
                before.range == after.range
                    && before.body == after.body
                    && rejected(before) == rejected(after)
            }
            (before, after) => before.is_none() && after.is_none(),
        };
        !self.entities.is_empty() || !self.changes.iter().all(stays)
    }

    /// What it does to what is said of the article as a whole.
    pub fn about_change(&self) -> Option<&AboutChange> {
        self.about.as_deref()
    }

    /// Fills in what everything is now, the last word on each annotation and entity alone.
    pub(super) fn fill_in(&mut self, store: &Store) {
        last_of_each(&mut self.changes, |it| it.id);
        last_of_each(&mut self.entities, |it| it.id);
        for change in &mut self.changes {
            change.before = store.get(change.id).cloned();
        }
        for change in &mut self.entities {
            change.before = store.entity(change.id).cloned();
        }
        if let Some(change) = &mut self.about {
            change.before.clone_from(store.about());
        }
    }

    /// The same intention upon what others have changed since it was made, and not yet applied:
    /// of each annotation only what this step changed is changed, so that tags, notes and reviews
    /// from both sides stay.
    #[must_use]
    pub fn rebase(mut self, store: &Store) -> Self {
        for change in &mut self.changes {
            let now = store.get(change.id);
            if now != change.before.as_ref()
                && let (Some(before), Some(after), Some(now)) =
                    (&change.before, &mut change.after, now)
            {
                *after = merged(before, after, now);
            }
        }
        for change in &mut self.entities {
            let now = store.entity(change.id);
            if now != change.before.as_ref()
                && let (Some(before), Some(after), Some(now)) =
                    (&change.before, &mut change.after, now)
            {
                *after = merged_entity(before, after, now);
            }
        }
        self.follow_merges(store);
        self.revive(store);
        if let Some(change) = &mut self.about {
            let (before, now) = (&change.before, store.about());
            let after = &mut change.after;
            after.tags = merged_tags(&before.tags, &after.tags, &now.tags);
            keep_theirs(&before.note, &mut after.note, &now.note);
            keep_theirs(&before.published, &mut after.published, &now.published);
        }
        self
    }

    /// Where this step takes an entity away, what others have made its own meanwhile goes where the
    /// step moves the rest; where it moves nothing, the entity stays.
    fn follow_merges(&mut self, store: &Store) {
        let gone: Vec<EntityId> = self.removed().collect();
        for id in gone {
            let known: HashSet<AnnotationId> = self.changes.iter().map(|it| it.id).collect();
            let all = store.annotations().iter();
            let left: Vec<&Annotation> =
                all.filter(|it| it.entity() == Some(id) && !known.contains(&it.id)).collect();
            if left.is_empty() {
                continue;
            }
            let moved = self.changes.iter().find_map(|it| {
                let from = it.before.as_ref()?.entity()?;
                let to = it.after.as_ref()?.entity()?;
                (from == id && to != id).then_some(to)
            });
            match moved {
                Some(to) => {
                    for it in left {
                        let mut after = it.clone();
                        after.set_entity(to);
                        self.change(it.id, Some(after));
                    }
                }
                None => self.entities.retain(|it| it.id != id),
            }
        }
    }

    /// An entity that others have taken away meanwhile, and that this step's annotations need, is
    /// there again.
    fn revive(&mut self, store: &Store) {
        let needed = self.changes.iter().filter_map(|it| it.after.as_ref()?.entity());
        let mut dead: Vec<EntityId> = needed
            .filter(|&id| store.entity(id).is_none())
            .filter(|&id| self.entities.iter().all(|it| it.id != id))
            .collect();
        dead.sort_unstable();
        dead.dedup();
        for id in dead {
            let after = store.entities().get(id.0 as usize).cloned();
            self.entities.push(EntityChange { id, before: None, after });
        }
    }

    fn removed(&self) -> impl Iterator<Item = EntityId> {
        self.entities.iter().filter(|it| it.after.is_none()).map(|it| it.id)
    }

    /// Whether nothing is different afterwards.
    pub(super) fn is_idle(&self) -> bool {
        self.changes.iter().all(|it| it.before == it.after)
            && self.entities.iter().all(|it| it.before == it.after)
            && self.about.as_ref().is_none_or(|it| it.before == it.after)
    }
}

/// What one side made of `before` in `after`, upon what the other side made of it: `now`.
fn merged(before: &Annotation, after: &Annotation, now: &Annotation) -> Annotation {
    let mut merged = after.clone();
    keep_theirs(&before.range, &mut merged.range, &now.range);
    keep_theirs(&before.body, &mut merged.body, &now.body);
    keep_theirs(&before.review, &mut merged.review, &now.review);
    let nothing = Extra::default();
    let extra =
        |it: &'_ Annotation| it.extra.as_deref().cloned().unwrap_or_else(|| nothing.clone());
    let (before, mut ours, now) = (extra(before), extra(after), extra(now));
    ours.tags = merged_tags(&before.tags, &ours.tags, &now.tags);
    keep_theirs(&before.note, &mut ours.note, &now.note);
    keep_theirs(&before.colour, &mut ours.colour, &now.colour);
    keep_theirs(&before.was, &mut ours.was, &now.was);
    ours.created = ours.created.or(now.created);
    ours.modified = ours.modified.max(now.modified);
    merged.extra = Some(Box::new(ours)).filter(|it| !it.is_empty());
    merged
}

/// The same for an entity.
fn merged_entity(before: &Entity, after: &Entity, now: &Entity) -> Entity {
    let mut merged = after.clone();
    keep_theirs(&before.name, &mut merged.name, &now.name);
    keep_theirs(&before.kind, &mut merged.kind, &now.kind);
    keep_theirs(&before.description, &mut merged.description, &now.description);
    keep_theirs(&before.other, &mut merged.other, &now.other);
    let (before, ours, now) = (&before.aliases, &after.aliases, &now.aliases);
    let kept = now.iter().filter(|it| ours.contains(it) || !before.contains(it));
    let added = ours.iter().filter(|it| !before.contains(it) && !now.contains(it));
    merged.aliases = kept.chain(added).cloned().collect();
    merged
}

/// Where we changed nothing, what the others made of it holds.
fn keep_theirs<T: PartialEq + Clone>(before: &T, ours: &mut T, now: &T) {
    if before == ours {
        ours.clone_from(now);
    }
}

/// What the others have now, with what we added and without what we took away.
fn merged_tags(before: &[String], ours: &[String], now: &[String]) -> Vec<String> {
    let kept = now.iter().filter(|tag| ours.contains(tag) || !before.contains(tag));
    let added = ours.iter().filter(|tag| !before.contains(tag) && !now.contains(tag));
    let mut tags: Vec<String> = kept.chain(added).cloned().collect();
    tags.sort();
    tags.dedup();
    tags
}

fn last_of_each<T, K: Eq + std::hash::Hash>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    if list.len() < 2 {
        return;
    }
    let mut seen = HashSet::new();
    list.reverse();
    list.retain(|it| seen.insert(key(it)));
    list.reverse();
}

/// The steps that were done, and those that were taken back and can be done again.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    pub(super) done: Vec<Step>,
    pub(super) undone: Vec<Step>,
}
