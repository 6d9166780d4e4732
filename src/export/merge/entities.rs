//! Which of our entities those of a file are.

use std::collections::{HashMap, HashSet};

use crate::annot::{Entity, EntityId, Store};
use crate::export::toml;

/// The places of a file's entities in our table, those that are new behind all that are there.
pub(super) struct Entities(Vec<EntityId>);

impl Entities {
    /// By their ids, or else by kind and name.
    pub(super) fn of(file: &[Entity], store: &Store) -> Self {
        let all = store.entities().iter().zip(0..);
        let by_key: HashMap<_, _> = all.map(|(it, at)| (it.key, EntityId(at))).collect();
        let keys: HashSet<_> = file.iter().map(|it| it.key).collect();
        // One that the file has under its own id is nobody else.
        let others = store.live_entities().filter(|(_, it)| !keys.contains(&it.key));
        let mut by_name: HashMap<_, _> =
            others.map(|(id, it)| ((it.kind, it.name.as_str()), id)).collect();
        let mut next = store.next_entity();
        let mut places = Vec::new();
        for it in file {
            let known = by_key.get(&it.key).copied();
            // Two of the file are two, also where they have one name.
            let known = known.or_else(|| by_name.remove(&(it.kind, it.name.as_str())));
            places.push(known.unwrap_or(next));
            next.0 += u32::from(known.is_none());
        }
        Self(places)
    }

    /// Where the file's entity of this number stands.
    pub(super) fn id(&self, number: usize) -> Option<EntityId> {
        self.0.get(number).copied()
    }

    /// What becomes of our table. An entity that is not in use any more comes back only if
    /// something that is brought in needs it.
    pub(super) fn changes(
        &self,
        file: Vec<Entity>,
        store: &Store,
        needed: &HashSet<EntityId>,
    ) -> Vec<(EntityId, Entity)> {
        let mut changes: Vec<(EntityId, Entity)> = Vec::new();
        for (&id, entity) in self.0.iter().zip(file) {
            let known = store.entities().get(id.0 as usize);
            let ours = match (known, store.entity(id)) {
                (Some(_), None) if !needed.contains(&id) => continue,
                (None, _) | (Some(_), None) => {
                    changes.push((id, entity));
                    continue;
                }
                (Some(_), Some(ours)) => ours,
            };
            let by_name = ours.key != entity.key;
            let after =
                if by_name || store.is_entity_touched(id) { joined(ours, entity) } else { entity };
            if !same(&after, ours) {
                changes.push((id, after));
            }
        }
        changes
    }
}

/// What ours says, with what the file knows besides: nobody wrote down which is the later one.
fn joined(ours: &Entity, file: Entity) -> Entity {
    let mut joined = ours.clone();
    for alias in file.aliases {
        if !joined.aliases.contains(&alias) && joined.name != alias {
            joined.aliases.push(alias);
        }
    }
    joined.description = joined.description.or(file.description);
    let mut other = joined.other.take().map(|it| *it).unwrap_or_default();
    for (key, value) in file.other.map(|it| *it).unwrap_or_default() {
        other.entry(key).or_insert(value);
    }
    joined.other = Some(Box::new(other)).filter(|it| !it.is_empty());
    joined
}

fn same(one: &Entity, other: &Entity) -> bool {
    let foreign = |it: &Entity| it.other.as_ref().map(|it| toml::inline(it));
    let known = |it: &Entity| Entity { other: None, ..it.clone() };
    known(one) == known(other) && foreign(one) == foreign(other)
}
