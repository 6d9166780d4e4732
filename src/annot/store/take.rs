//! Takes in what detectors find, and leaves alone what the reader has looked at.

use std::collections::{HashMap, HashSet};

use super::order::{self, Name};
use super::{Slot, Store};
use crate::annot::{Annotation, Body, Entity, EntityId, Kind};
use crate::text::offset;

/// What a detector has found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// In text order.
    pub annotations: Vec<Annotation>,
    /// The table that the annotations' [`EntityId`]s point into, where the detector makes one.
    pub entities: Vec<Entity>,
}

/// Findings made ready for the store, which is the slow part and is done by the detectors' own
/// thread.
#[derive(Clone, Debug)]
pub struct Prepared {
    kind: Kind,
    annotations: Vec<Annotation>,
    names: Vec<Name>,
    entities: Vec<Entity>,
}

impl Prepared {
    /// Sorts the findings of a detector for this kind and lists their names. What is of another
    /// kind is left out, and so is a mention of an entity that the findings' table does not have.
    pub fn new(kind: Kind, findings: Findings) -> Self {
        let Findings { mut annotations, entities } = findings;
        annotations.retain(|it| {
            it.kind() == kind && it.mention().is_none_or(|id| (id.0 as usize) < entities.len())
        });
        let (annotations, names) = order::sorted(annotations);
        Self { kind, annotations, names, entities }
    }

    /// Leaves out what stands at these indexes.
    fn without(self, mut indexes: Vec<u32>) -> Self {
        if indexes.is_empty() {
            return self;
        }
        indexes.sort_unstable();
        let mut at = 0;
        let mut annotations = self.annotations;
        annotations.retain(|_| {
            at += 1;
            indexes.binary_search(&(at - 1)).is_err()
        });
        let (annotations, names) = order::sorted(annotations);
        Self { annotations, names, ..self }
    }
}

impl Store {
    /// Takes in what a detector found instead of what detectors had proposed of this kind before
    /// and nobody has looked at yet.
    ///
    /// What the reader made, accepted, rejected, tagged or noted stays, and is not proposed a
    /// second time. Entities keep their places in the table.
    pub fn take(&mut self, kind: Kind, findings: Findings) {
        self.take_prepared(Prepared::new(kind, findings));
    }

    /// The same for findings that another thread has made ready.
    pub fn take_prepared(&mut self, mut found: Prepared) {
        self.revision += 1;
        if found.kind == Kind::Mention {
            self.take_entities(std::mem::take(&mut found.entities));
        }
        self.renumber(&mut found.annotations);

        let all = &self.ordered.all;
        let of_kind = self.ordered.of_kind(found.kind).iter().copied();
        let (out, kept): (Vec<_>, Vec<_>) =
            of_kind.partition(|&at| is_only_proposed(&all[at as usize]));
        let mut known = Vec::new();
        for at in kept {
            let range = all[at as usize].range;
            let first = found.annotations.partition_point(|it| it.range.start < range.start);
            let here = found.annotations[first..].iter().zip(first..);
            let here = here.take_while(|(it, _)| it.range.start == range.start);
            known.extend(here.filter(|(it, _)| it.range == range).map(|(_, at)| offset(at)));
        }
        let found = found.without(known);
        let taken = self.ordered.taken(&found.annotations, &found.names, |it| {
            it.kind() != found.kind || !is_only_proposed(it)
        });
        let found = found.without(taken);
        self.ordered.splice(&out, found.annotations, &found.names);
        if found.kind == Kind::Mention {
            self.retire_entities();
        }
    }

    /// Takes in all that the detectors found, gathered in a store of their own by their thread,
    /// and returns what is not needed any more, so that another thread can free it.
    ///
    /// Costs nothing where the reader has changed nothing since `fresh` was begun, however long
    /// the article is.
    #[must_use = "dropping it can take longer than a frame"]
    pub fn adopt(&mut self, mut fresh: Self) -> Self {
        if fresh.edits == self.edits {
            fresh.revision = self.revision + 1;
            return std::mem::replace(self, fresh);
        }
        let mut found: [Vec<Annotation>; 4] = Default::default();
        for it in fresh.ordered.all {
            found[it.kind() as usize].push(it);
        }
        let mut entities = fresh.entities;
        // Speakers point into the table that comes with the mentions.
        for kind in [Kind::Mention, Kind::Quote, Kind::Time] {
            let annotations = std::mem::take(&mut found[kind as usize]);
            let entities =
                if kind == Kind::Mention { std::mem::take(&mut entities) } else { Vec::new() };
            self.take(kind, Findings { annotations, entities });
        }
        Self::default()
    }

    /// Finds or makes a place for each entity of a detector's table.
    fn take_entities(&mut self, found: Vec<Entity>) {
        self.table.clear();
        if self.entities.is_empty() {
            self.slots = vec![Slot { live: true, steps: 0 }; found.len()];
            self.entities = found;
            return;
        }
        let by_key: HashMap<_, _> =
            self.entities.iter().zip(0..).map(|(it, at)| (it.key, at)).collect();
        let by_name: HashMap<_, _> = self
            .entities
            .iter()
            .zip(0..)
            .map(|(it, at)| ((it.kind, it.name.clone()), at))
            .collect();
        for entity in found {
            let known = by_key.get(&entity.key);
            let at = known.or_else(|| by_name.get(&(entity.kind, entity.name.clone()))).copied();
            let at = at.unwrap_or_else(|| offset(self.entities.len()));
            self.table.push(EntityId(at));
            match self.slots.get_mut(at as usize) {
                None => {
                    self.slots.push(Slot { live: true, steps: 0 });
                    self.entities.push(entity);
                }
                Some(slot) if slot.steps == 0 => {
                    slot.live = true;
                    self.entities[at as usize] = entity;
                }
                // The reader has named it otherwise, or deleted it.
                Some(_) => {}
            }
        }
    }

    /// Turns places in the detectors' table into places in ours.
    fn renumber(&self, annotations: &mut [Annotation]) {
        let ours = |id: EntityId| match self.table.get(id.0 as usize) {
            Some(&id) => Some(id),
            None => Some(id).filter(|_| self.table.is_empty()),
        };
        for it in annotations {
            match &mut it.body {
                Body::Mention(id) => *id = ours(*id).unwrap_or(*id),
                Body::Quote(quote) => {
                    if let Some(speaker) = &mut quote.speaker {
                        speaker.entity = speaker.entity.and_then(ours);
                        speaker.entity = speaker.entity.filter(|&id| self.entity(id).is_some());
                    }
                }
                Body::Time(_) | Body::Highlight => {}
            }
        }
    }

    /// Takes out of use what the last detector did not find and nothing else speaks of.
    fn retire_entities(&mut self) {
        if self.table.is_empty() {
            return;
        }
        let mut needed: HashSet<_> = self.table.iter().copied().collect();
        let speaker = |&at: &u32| {
            let it = &self.ordered.all[at as usize];
            it.quote()?.speaker.as_ref()?.entity
        };
        needed.extend(self.ordered.of_kind(Kind::Quote).iter().filter_map(speaker));
        for (slot, at) in self.slots.iter_mut().zip(0..) {
            let id = EntityId(at);
            let mentioned = !self.ordered.mentions_of(id).is_empty();
            slot.live = mentioned || slot.live && (slot.steps > 0 || needed.contains(&id));
        }
    }
}

/// Whether a detector may replace it.
fn is_only_proposed(it: &Annotation) -> bool {
    !it.is_touched()
}
