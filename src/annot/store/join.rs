//! What others do to the same article: their steps come with what was before them, and the order
//! of all steps is decided where they are kept.

use super::{Direction, Slot, Store};
use crate::annot::{AnnotationId, Entity, EntityId, Step};

impl Store {
    /// Does a step as it was written down, or takes it back. Neither what it says was before nor
    /// the history is changed.
    pub fn follow(&mut self, step: &Step, forward: bool) {
        self.walk(step, if forward { Direction::Forward } else { Direction::Back });
    }

    /// Takes out the steps that can be taken back and those that can be done again.
    pub fn take_history(&mut self) -> (Vec<Step>, Vec<Step>) {
        let history = std::mem::take(&mut self.history);
        (history.done, history.undone)
    }

    /// Replaces the steps that can be taken back and those that can be done again.
    pub fn set_history(&mut self, done: Vec<Step>, undone: Vec<Step>) {
        (self.history.done, self.history.undone) = (done, undone);
    }

    /// Where the entity of this key stands in the table, in use or not.
    pub fn place_of(&self, key: AnnotationId) -> Option<EntityId> {
        let at = self.entities.iter().position(|it| it.key == key)?;
        Some(EntityId(crate::text::offset(at)))
    }

    /// Gives a place to an entity that others know and this store does not yet. It counts as
    /// found, not as changed by a reader.
    pub fn know(&mut self, entity: Entity, live: bool) -> EntityId {
        let id = self.next_entity();
        self.entities.push(entity);
        self.slots.push(Slot { live, steps: 0 });
        id
    }
}
