//! Changes that can be taken back.

use std::borrow::Cow;

use super::{Annotation, AnnotationId, Entity, EntityId};

/// What the reader did at once, under the name by which it is taken back: "Accept", "Tag “war”".
///
/// It says of each annotation and entity what it shall be. What they were is filled in when the
/// step is applied, so that taking it back is the same step read backwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    name: Cow<'static, str>,
    changes: Vec<Change>,
    entities: Vec<EntityChange>,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityChange {
    /// Its place in the table.
    pub id: EntityId,
    /// What it was.
    pub before: Option<Entity>,
    /// What it became.
    pub after: Option<Entity>,
}

impl Step {
    /// A step that does nothing yet.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), changes: Vec::new(), entities: Vec::new() }
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

    /// The parts that the store fills in, the last word on each annotation and entity alone.
    pub(super) fn parts(&mut self) -> (&mut Vec<Change>, &mut Vec<EntityChange>) {
        last_of_each(&mut self.changes, |it| it.id);
        last_of_each(&mut self.entities, |it| it.id);
        (&mut self.changes, &mut self.entities)
    }

    /// Whether nothing is different afterwards.
    pub(super) fn is_idle(&self) -> bool {
        self.changes.iter().all(|it| it.before == it.after)
            && self.entities.iter().all(|it| it.before == it.after)
    }
}

fn last_of_each<T, K: Eq + std::hash::Hash>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    if list.len() < 2 {
        return;
    }
    let mut seen = std::collections::HashSet::new();
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
