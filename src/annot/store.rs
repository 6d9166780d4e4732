//! The one owner of an article's annotations.

use super::{Annotation, AnnotationId, Entity, EntityId, Kind};
use crate::text::TextRange;

/// All annotations of one article in text order, with its entities.
#[derive(Clone, Debug, Default)]
pub struct Store {
    annotations: Vec<Annotation>,
    /// The furthest end of any annotation up to and with this one.
    reach: Vec<u32>,
    /// Indexes of each kind's annotations, in text order.
    kinds: [Vec<u32>; 4],
    entities: Vec<Entity>,
    /// Indexes of each entity's mentions, in text order.
    mentions: Vec<Vec<u32>>,
    revision: u64,
}

/// What a detector has found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// In text order.
    pub annotations: Vec<Annotation>,
    /// The table that the annotations' [`EntityId`]s point into, where the detector makes one.
    pub entities: Vec<Entity>,
}

impl Store {
    /// A number that grows with every change, so that views know when to look again.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// All annotations in text order: by start, the longer one first.
    pub fn annotations(&self) -> &[Annotation] {
        &self.annotations
    }

    /// Indexes into [`Self::annotations`] of those of one kind, in text order.
    pub fn of_kind(&self, kind: Kind) -> &[u32] {
        &self.kinds[kind as usize]
    }

    /// All entities; an [`EntityId`] is an index into them.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// One entity.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.0 as usize)
    }

    /// Indexes into [`Self::annotations`] of an entity's mentions, in text order.
    pub fn mentions_of(&self, id: EntityId) -> &[u32] {
        self.mentions.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// One annotation by its name.
    pub fn get(&self, id: AnnotationId) -> Option<&Annotation> {
        self.annotations.iter().find(|it| it.id == id)
    }

    /// The annotations that share at least one byte with `range`, in text order.
    pub fn touching(&self, range: TextRange) -> impl Iterator<Item = (usize, &Annotation)> {
        let first = self.reach.partition_point(|&end| end <= range.start);
        let last = self.annotations.partition_point(|it| it.range.start < range.end);
        self.annotations[first.min(last)..last]
            .iter()
            .enumerate()
            .map(move |(at, it)| (first + at, it))
            .filter(move |(_, it)| it.range.overlaps(range))
    }

    /// Takes in what a detector found instead of what it had proposed before and nobody has
    /// looked at yet.
    pub fn take(&mut self, kind: Kind, findings: Findings) {
        if kind == Kind::Mention {
            self.entities = findings.entities;
        }
        self.annotations.retain(|it| it.kind() != kind);
        self.annotations.extend(findings.annotations);
        self.annotations.sort_by_key(|it| (it.range.start, u32::MAX - it.range.end));
        self.index();
    }

    fn index(&mut self) {
        self.revision += 1;
        self.reach.clear();
        self.kinds.iter_mut().for_each(Vec::clear);
        self.mentions = vec![Vec::new(); self.entities.len()];
        let mut furthest = 0;
        for (at, it) in self.annotations.iter().enumerate() {
            furthest = furthest.max(it.range.end);
            self.reach.push(furthest);
            self.kinds[it.kind() as usize].push(crate::text::offset(at));
            if let Some(entity) = it.mention() {
                self.mentions[entity.0 as usize].push(crate::text::offset(at));
            }
        }
    }
}
