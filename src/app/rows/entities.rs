//! The rows of the entities by kind, those with the most mentions first.

use std::cmp::Reverse;

use super::{Filters, Heading, Panel, Rows, first};
use crate::annot::{EntityId, EntityKind, Kind, Review, Store};
use crate::text::{TextRange, offset};

/// The mentions that are listed, by row and in the order of the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Mentions {
    /// Where each row's mentions begin in `of_rows`, and at last where they all end.
    starts: Vec<u32>,
    /// Indexes of annotations.
    of_rows: Vec<u32>,
    /// The same in the order of the text.
    in_order: Vec<u32>,
    /// The row of each entity.
    row_of: Vec<u32>,
}

/// Stands for an entity without a row.
const NONE: u32 = u32::MAX;

pub(super) fn build(store: &Store, filters: &Filters) -> Rows {
    let mut rows = Rows::new(Panel::Entities);
    let mut shown = vec![false; store.entities().len()];
    for (id, entity) in store.live_entities() {
        shown[id.0 as usize] = filters.keeps_kind(entity.kind);
    }
    let (listed, counts) = listed(store, &shown);

    let mut by_kind: [Vec<(Reverse<u32>, u32, u32)>; EntityKind::ALL.len()] = Default::default();
    for (id, entity) in store.live_entities() {
        let (count, first) = counts[id.0 as usize];
        if count > 0 {
            by_kind[entity.kind as usize].push((Reverse(count), first, id.0));
        }
    }
    let mut row_of = vec![NONE; shown.len()];
    for (kind, mut entities) in EntityKind::ALL.into_iter().zip(by_kind) {
        if entities.is_empty() {
            continue;
        }
        entities.sort_unstable();
        rows.push_heading(Heading::Kind(kind, offset(entities.len())));
        for (_, _, id) in entities {
            row_of[id as usize] = offset(rows.len());
            rows.push(id);
        }
    }
    rows.mentions = Mentions::of_rows(rows.len(), listed, row_of);
    rows
}

/// A mention with its entity.
type Listed = Vec<(u32, u32)>;

/// The mentions to list in text order, and for each entity how many they are and the first.
fn listed(store: &Store, shown: &[bool]) -> (Listed, Vec<(u32, u32)>) {
    let all = store.annotations();
    let mut counts = vec![(0, 0); shown.len()];
    let mut listed = Vec::with_capacity(store.of_kind(Kind::Mention).len());
    for &index in store.of_kind(Kind::Mention) {
        let Some(it) = all.get(index as usize) else { continue };
        let Some(EntityId(entity)) = it.mention() else { continue };
        if it.review == Review::Rejected || !shown.get(entity as usize).is_some_and(|it| *it) {
            continue;
        }
        let (count, first) = &mut counts[entity as usize];
        if *count == 0 {
            *first = index;
        }
        *count += 1;
        listed.push((index, entity));
    }
    (listed, counts)
}

impl Mentions {
    fn of_rows(rows: usize, listed: Listed, row_of: Vec<u32>) -> Self {
        let mut starts = vec![0; rows + 1];
        for (_, entity) in &listed {
            starts[row_of[*entity as usize] as usize + 1] += 1;
        }
        for row in 0..rows {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut of_rows = vec![0; listed.len()];
        for (index, entity) in &listed {
            let next = &mut next[row_of[*entity as usize] as usize];
            of_rows[*next as usize] = *index;
            *next += 1;
        }
        let in_order = listed.into_iter().map(|(index, _)| index).collect();
        Self { starts, of_rows, in_order, row_of }
    }

    pub(super) fn row_of(&self, id: EntityId) -> Option<u32> {
        self.row_of.get(id.0 as usize).copied().filter(|row| *row != NONE)
    }

    /// The mentions of a row's entity.
    pub(super) fn of(&self, row: u32) -> &[u32] {
        let start = self.starts.get(row as usize).copied().unwrap_or_default();
        let end = self.starts.get(row as usize + 1).copied().unwrap_or_default();
        self.of_rows.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The row of the last mention that does not start behind a place, else of the first one.
    pub(super) fn nearest(&self, store: &Store, behind: impl Fn(u32) -> bool) -> Option<usize> {
        let behind = first(self.in_order.len(), |at| behind(self.in_order[at]));
        let index = *self.in_order.get(behind.saturating_sub(1))?;
        let entity = store.annotations().get(index as usize)?.mention()?;
        self.row_of(entity).map(|row| row as usize)
    }

    pub(super) fn place(&self, store: &Store, row: u32, cursor: u32) -> Option<TextRange> {
        let mentions = self.of(row);
        let next = first(mentions.len(), |at| range(store, mentions[at]).end > cursor);
        mentions.get(next).or(mentions.last()).map(|index| range(store, *index))
    }

    pub(super) fn next_place(&self, store: &Store, row: u32, cursor: u32) -> Option<TextRange> {
        let mentions = self.of(row);
        let next = first(mentions.len(), |at| range(store, mentions[at]).start > cursor);
        mentions.get(next).or(mentions.first()).map(|index| range(store, *index))
    }
}

fn range(store: &Store, index: u32) -> TextRange {
    store.annotations().get(index as usize).map(|it| it.range).unwrap_or_default()
}

/// Which mention, what the article says of it, and its other names.
pub(super) fn details(store: &Store, id: EntityId) -> u16 {
    let Some(entity) = store.entity(id) else { return 0 };
    let rows = |bytes: usize| if bytes > 40 { 2 } else { u16::from(bytes > 0) };
    let aliases = entity.aliases.iter().take(8).map(|it| it.len() + 2).sum();
    1 + rows(entity.description.as_ref().map_or(0, String::len)) + rows(aliases)
}
