//! The one owner of an article's annotations.

use super::history::{EntityChange, History, Step};
use super::{About, Annotation, AnnotationId, Entity, EntityId, Kind};
use crate::text::TextRange;
use order::Ordered;

mod join;
mod order;
mod take;
#[cfg(test)]
mod tests;

pub use take::{Findings, Prepared};

/// All annotations of one article in text order, with its entities and the history of changes.
///
/// There are two ways to change it: a detector's findings are taken in ([`Store::take`]), which
/// never touches what the reader has looked at; and the reader's steps are applied
/// ([`Store::apply`]), which can be taken back.
#[derive(Clone, Debug, Default)]
pub struct Store {
    ordered: Ordered,
    entities: Vec<Entity>,
    /// What is known of each entity's place in the table.
    slots: Vec<Slot>,
    /// Where the entities of the last detector's table stand in ours; empty where at the same
    /// places.
    table: Vec<EntityId>,
    about: About,
    history: History,
    revision: u64,
    /// How often the reader changed something.
    edits: u64,
}

/// What was kept of an article from an earlier time: all that a reader made or changed.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// In any order. Mentions and speakers point into `entities`.
    pub annotations: Vec<Annotation>,
    /// The entities that a reader changed or that an annotation needs.
    pub entities: Vec<Entity>,
    /// Entities that the reader deleted or merged away, so that no detector brings them back:
    /// indexes into `entities`.
    pub gone: Vec<EntityId>,
    /// What is said of the article as a whole.
    pub about: About,
    /// The steps that can be taken back, the oldest first.
    pub done: Vec<Step>,
    /// The steps that can be done again, the next one last.
    pub undone: Vec<Step>,
}

/// Whether an entity's place in the table is in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Slot {
    live: bool,
    /// How many steps of the reader made or changed it. No detector may change it then.
    steps: u32,
}

impl Store {
    /// The state that was left at an earlier time.
    pub fn restore(kept: Kept) -> Self {
        let Kept { annotations, entities, gone, about, done, undone } = kept;
        let (annotations, names) = order::sorted(annotations);
        let mut store = Self { about, edits: 1, revision: 1, ..Self::default() };
        // Each was made or changed by a step, if perhaps by one that is not remembered any more.
        store.slots = vec![Slot { live: true, steps: 1 }; entities.len()];
        for id in gone {
            if let Some(slot) = store.slots.get_mut(id.0 as usize) {
                slot.live = false;
            }
        }
        store.entities = entities;
        store.history = History { done, undone };
        store.ordered.splice(&[], annotations, &names);
        store
    }

    /// The same with nothing that is only proposed, for the detectors to begin upon.
    #[must_use]
    pub fn without_proposals(&self) -> Self {
        if self.edits == 0 {
            return Self::default();
        }
        let mut store = self.clone();
        let all = &store.ordered.all;
        let out = (0..).zip(all).filter(|(_, it)| !it.is_touched()).map(|(at, _)| at);
        let out: Vec<u32> = out.collect();
        store.ordered.splice(&out, Vec::new(), &[]);
        store
    }

    /// What the reader says of the article as a whole.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// How many times the reader has changed something, as far as this store knows.
    pub fn edits(&self) -> u64 {
        self.edits
    }

    /// Whether a reader has made or changed this entity, or deleted it.
    pub fn is_entity_touched(&self, id: EntityId) -> bool {
        self.slots.get(id.0 as usize).is_some_and(|slot| slot.steps > 0)
    }

    /// A number that grows with every change, so that views know when to look again.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// All annotations in text order: by start, the longer one first.
    pub fn annotations(&self) -> &[Annotation] {
        &self.ordered.all
    }

    /// Indexes into [`Self::annotations`] of those of one kind, in text order.
    pub fn of_kind(&self, kind: Kind) -> &[u32] {
        self.ordered.of_kind(kind)
    }

    /// The table of entities; an [`EntityId`] is an index into it. Some are not in use any more
    /// and have no mentions: [`Self::live_entities`] leaves them out.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entities in use.
    pub fn live_entities(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        let slots = self.entities.iter().zip(&self.slots).zip(0..);
        slots.filter(|((_, slot), _)| slot.live).map(|((entity, _), at)| (EntityId(at), entity))
    }

    /// One entity, where it is in use.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        let live = self.slots.get(id.0 as usize).is_some_and(|slot| slot.live);
        self.entities.get(id.0 as usize).filter(|_| live)
    }

    /// A place in the table for an entity that the reader makes.
    pub fn next_entity(&self) -> EntityId {
        EntityId(crate::text::offset(self.entities.len()))
    }

    /// Indexes into [`Self::annotations`] of an entity's mentions, in text order.
    pub fn mentions_of(&self, id: EntityId) -> &[u32] {
        self.ordered.mentions_of(id)
    }

    /// One annotation by its name.
    pub fn get(&self, id: AnnotationId) -> Option<&Annotation> {
        self.position(id).map(|at| &self.ordered.all[at])
    }

    /// The index into [`Self::annotations`] of one annotation by its name.
    pub fn position(&self, id: AnnotationId) -> Option<usize> {
        self.ordered.find(id)
    }

    /// The annotations that share at least one byte with `range`, in text order; lost ones share
    /// none.
    pub fn touching(&self, range: TextRange) -> impl Iterator<Item = (usize, &Annotation)> {
        let here = self.ordered.touching(range).map(|at| (at, &self.ordered.all[at]));
        here.filter(|(_, it)| !it.is_lost())
    }

    /// Does what a step says and remembers it, so that it can be taken back. Returns whether
    /// anything is different; a step that changes nothing is not remembered.
    pub fn apply(&mut self, mut step: Step) -> bool {
        step.fill_in(self);
        if step.is_idle() {
            return false;
        }
        self.walk(&step, Direction::Forward);
        self.history.done.push(step);
        self.history.undone.clear();
        true
    }

    /// Takes back the last step and returns it; nothing where there is none.
    pub fn undo(&mut self) -> Option<&Step> {
        let step = self.history.done.pop()?;
        self.walk(&step, Direction::Back);
        self.history.undone.push(step);
        self.history.undone.last()
    }

    /// Does the last step that was taken back again, and returns it.
    pub fn redo(&mut self) -> Option<&Step> {
        let step = self.history.undone.pop()?;
        self.walk(&step, Direction::Forward);
        self.history.done.push(step);
        self.history.done.last()
    }

    /// The steps that can be taken back, the oldest first.
    pub fn steps(&self) -> &[Step] {
        &self.history.done
    }

    /// The steps that can be done again, the next one last.
    pub fn undone(&self) -> &[Step] {
        &self.history.undone
    }

    fn walk(&mut self, step: &Step, direction: Direction) {
        self.revision += 1;
        self.edits += 1;
        if let Some(change) = step.about_change() {
            self.about.clone_from(direction.after(&change.before, &change.after));
        }
        for change in step.entity_changes() {
            self.set_entity(change, direction);
        }
        let mut out = Vec::new();
        let mut new = Vec::new();
        for change in step.changes() {
            let after = direction.after(change.before.as_ref(), change.after.as_ref());
            match (self.position(change.id), after) {
                (Some(at), Some(after)) if same_place(&self.ordered.all[at], after) => {
                    self.ordered.all[at] = after.clone();
                }
                (at, after) => {
                    out.extend(at.map(crate::text::offset));
                    new.extend(after.cloned());
                }
            }
        }
        if out.is_empty() && new.is_empty() {
            return;
        }
        out.sort_unstable();
        let (new, names) = order::sorted(new);
        self.ordered.splice(&out, new, &names);
    }

    fn set_entity(&mut self, change: &EntityChange, direction: Direction) {
        let at = change.id.0 as usize;
        if self.entities.len() <= at {
            let nobody = Entity {
                key: AnnotationId([0; 16]),
                name: String::new(),
                kind: super::EntityKind::Person,
                aliases: Vec::new(),
                description: None,
                other: None,
            };
            self.entities.resize(at + 1, nobody);
            self.slots.resize(at + 1, Slot::default());
        }
        let after = direction.after(change.before.as_ref(), change.after.as_ref());
        let steps = match direction {
            Direction::Forward => self.slots[at].steps + 1,
            Direction::Back => self.slots[at].steps.saturating_sub(1),
        };
        self.slots[at] = Slot { live: after.is_some(), steps };
        if let Some(entity) = after {
            self.entities[at] = entity.clone();
        }
    }
}

/// Whether a step is done or taken back.
#[derive(Clone, Copy, Debug)]
enum Direction {
    Forward,
    Back,
}

impl Direction {
    fn after<T>(self, before: T, after: T) -> T {
        match self {
            Self::Forward => after,
            Self::Back => before,
        }
    }
}

/// Whether all indexes stay right when the one becomes the other.
fn same_place(one: &Annotation, other: &Annotation) -> bool {
    one.range == other.range && one.kind() == other.kind() && one.mention() == other.mention()
}
