//! Annotations in text order, with the indexes by which they are found.

use std::cmp::Reverse;

use crate::annot::{Annotation, AnnotationId, Body, EntityId, Kind, Origin, Review};
use crate::text::{TextRange, offset};

/// Annotations sorted by start, the longer one first, with what finds them by place, kind,
/// entity and name.
///
/// A name is found by its hash in a sorted list: half the memory of a hash map, and it is merged
/// with a second such list by walking both.
#[derive(Clone, Debug, Default)]
pub(super) struct Ordered {
    pub(super) all: Vec<Annotation>,
    ends: Ends,
    kinds: [Vec<u32>; 4],
    mentions: Vec<Vec<u32>>,
    names: Vec<Name>,
}

/// The hash of an annotation's name, and the annotation's index.
pub(super) type Name = (u32, u32);

/// Marks, in a table of new places, an annotation that has none any more.
const GONE: u32 = u32::MAX;

/// Up to so many annotations are put in or taken out one by one; more are merged.
const FEW: usize = 8;

pub(super) fn hash(id: AnnotationId) -> u32 {
    // Names made from time begin alike, and versions and variants are always the same bits, so
    // all four words take part.
    let words = id.0.chunks_exact(4).map(|it| u32::from_le_bytes([it[0], it[1], it[2], it[3]]));
    words.fold(0, |hash, word| (hash ^ word).wrapping_mul(0x9e37_79b1).rotate_left(15))
}

fn key(it: &Annotation) -> (u32, Reverse<u32>, Kind, AnnotationId) {
    (it.range.start, Reverse(it.range.end), it.kind(), it.id)
}

/// Sorts annotations as the store keeps them, without those whose name another one has.
pub(super) fn sorted(mut all: Vec<Annotation>) -> (Vec<Annotation>, Vec<Name>) {
    if !all.is_sorted_by_key(key) {
        all.sort_by_key(key);
    }
    // It was made by pushing, which keeps room for up to twice as many.
    all.shrink_to_fit();
    let mut names = names_of(&all);
    let mut doubles: Vec<u32> = Vec::new();
    for pair in names.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        for (at, one) in pair.iter().enumerate() {
            if pair[..at].iter().any(|it| all[it.1 as usize].id == all[one.1 as usize].id) {
                doubles.push(one.1);
            }
        }
    }
    if !doubles.is_empty() {
        doubles.sort_unstable();
        remove(&mut all, &doubles);
        names = names_of(&all);
    }
    (all, names)
}

fn names_of(all: &[Annotation]) -> Vec<Name> {
    let mut names: Vec<Name> =
        all.iter().enumerate().map(|(at, it)| (hash(it.id), offset(at))).collect();
    names.sort_unstable();
    names
}

/// Stands where nothing stands yet.
fn nothing() -> Annotation {
    let (body, origin, review) = (Body::Highlight, Origin::Reader, Review::Accepted);
    let (id, range) = (AnnotationId([0; 16]), TextRange::default());
    Annotation { id, range, body, origin, review, confidence: 1.0, extra: None }
}

/// Takes out what stands at these indexes, which are sorted.
fn remove(all: &mut Vec<Annotation>, at: &[u32]) {
    if at.len() <= FEW {
        for &index in at.iter().rev() {
            all.remove(index as usize);
        }
        return;
    }
    let mut next = at.iter().copied().peekable();
    let mut index = 0;
    all.retain(|_| {
        let stays = next.next_if_eq(&index).is_none();
        index += 1;
        stays
    });
}

impl Ordered {
    pub(super) fn of_kind(&self, kind: Kind) -> &[u32] {
        &self.kinds[kind as usize]
    }

    pub(super) fn mentions_of(&self, id: EntityId) -> &[u32] {
        self.mentions.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Where the annotation of this name stands.
    pub(super) fn find(&self, id: AnnotationId) -> Option<usize> {
        let hash = hash(id);
        let first = self.names.partition_point(|name| name.0 < hash);
        let same = self.names[first..].iter().take_while(|name| name.0 == hash);
        same.map(|name| name.1 as usize).find(|&at| self.all[at].id == id)
    }

    pub(super) fn touching(&self, range: TextRange) -> impl Iterator<Item = usize> {
        let last = self.all.partition_point(|it| it.range.start < range.end);
        self.ends.after(range.start, last).filter(move |&at| self.all[at].range.overlaps(range))
    }

    /// Those of `names` (of `new`, both as [`sorted`] gives them) that belong to something here
    /// that `stays`, as indexes into `new`.
    pub(super) fn taken(
        &self,
        new: &[Annotation],
        names: &[Name],
        stays: impl Fn(&Annotation) -> bool,
    ) -> Vec<u32> {
        let mut here = self.names.iter().peekable();
        let mut taken = Vec::new();
        for name in names {
            while here.next_if(|it| it.0 < name.0).is_some() {}
            let mut same = here.clone().take_while(|it| it.0 == name.0);
            let id = new[name.1 as usize].id;
            let other = |at: u32| &self.all[at as usize];
            if same.any(|it| other(it.1).id == id && stays(other(it.1))) {
                taken.push(name.1);
            }
        }
        taken
    }

    /// Takes out what stands at the indexes `out` and puts in `new`; `out` is sorted, and `new`
    /// and `names` are as [`sorted`] gives them.
    pub(super) fn splice(&mut self, out: &[u32], new: Vec<Annotation>, names: &[Name]) {
        if self.all.len() == out.len() {
            self.mentions.clear();
            self.kinds.iter_mut().for_each(Vec::clear);
            self.names = names.to_vec();
            self.ends = Ends::of(&new);
            self.note(&new, &(0..offset(new.len())).collect::<Vec<_>>());
            self.all = new;
            return;
        }
        let (places, coming) = self.places(out, &new);
        for list in self.kinds.iter_mut().chain(&mut self.mentions) {
            list.retain_mut(|at| move_to(at, &places));
        }
        self.names.retain_mut(|name| move_to(&mut name.1, &places));
        self.merge_names(names, &new, &coming);
        self.note(&new, &coming);

        if new.len() + out.len() <= FEW {
            remove(&mut self.all, out);
            self.ends.remove(out);
            for (at, it) in coming.iter().zip(new) {
                self.ends.insert(*at, it.range.end);
                self.all.insert(*at as usize, it);
            }
            let first = out.first().into_iter().chain(coming.first()).min().copied();
            self.ends.sum_up(first.unwrap_or_default() as usize);
        } else {
            remove(&mut self.all, out);
            self.merge(new, &coming);
            self.ends = Ends::of(&self.all);
        }
    }

    /// Puts new annotations in their places, from the last one on and within the one list: a
    /// second list would cost as much memory as the article and its text together.
    fn merge(&mut self, mut new: Vec<Annotation>, coming: &[u32]) {
        let mut old = self.all.len();
        self.all.reserve_exact(new.len());
        self.all.resize_with(old + new.len(), nothing);
        for at in (0..self.all.len()).rev() {
            match coming[..new.len()].last() {
                Some(&last) if last as usize == at => {
                    self.all[at] = new.pop().expect("there is one for each coming place");
                }
                Some(_) => {
                    old -= 1;
                    self.all.swap(at, old);
                }
                // All that stands before stands right.
                None => return,
            }
        }
    }

    /// The new index of every annotation that is here, and those of the new ones.
    fn places(&self, out: &[u32], new: &[Annotation]) -> (Vec<u32>, Vec<u32>) {
        let mut places = Vec::with_capacity(self.all.len());
        let mut coming = Vec::with_capacity(new.len());
        let mut out = out.iter().copied().peekable();
        let mut next = 0;
        let mut here = 0;
        let mut found = 0;
        let mut before = new.iter().map(|it| {
            let key_of_new = key(it);
            found = seek(found, self.all.len(), |at| key(&self.all[at]) < key_of_new);
            offset(found)
        });
        // From one change to the next, so that the annotations between are not looked at.
        let mut stop = before.next();
        loop {
            let until = stop.unwrap_or(offset(self.all.len()));
            while here < until {
                let run = out.peek().map_or(until, |&gone| gone.min(until));
                places.extend(next..next + (run - here));
                next += run - here;
                here = run;
                if out.next_if(|&gone| gone == here && here < until).is_some() {
                    places.push(GONE);
                    here += 1;
                }
            }
            if stop.is_none() {
                return (places, coming);
            }
            coming.push(next);
            next += 1;
            stop = before.next();
        }
    }

    /// Lists new annotations by kind and entity.
    fn note(&mut self, new: &[Annotation], coming: &[u32]) {
        let mut grown = Vec::new();
        for (it, &at) in new.iter().zip(coming) {
            put(&mut self.kinds[it.kind() as usize], at, new.len());
            if let Some(EntityId(entity)) = it.mention() {
                let entity = entity as usize;
                if self.mentions.len() <= entity {
                    self.mentions.resize(entity + 1, Vec::new());
                }
                put(&mut self.mentions[entity], at, new.len());
                grown.push(entity);
            }
        }
        if new.len() > FEW {
            self.kinds.iter_mut().for_each(|list| list.sort_unstable());
            grown.sort_unstable();
            grown.dedup();
            for entity in grown {
                self.mentions[entity].sort_unstable();
            }
        }
    }

    fn merge_names(&mut self, names: &[Name], new: &[Annotation], coming: &[u32]) {
        if new.is_empty() {
            return;
        }
        let mut merged = Vec::with_capacity(self.names.len() + new.len());
        let mut done = 0;
        for &(hash, at) in names {
            let until = seek(done, self.names.len(), |other| self.names[other].0 < hash);
            merged.extend_from_slice(&self.names[done..until]);
            merged.push((hash, coming[at as usize]));
            done = until;
        }
        merged.extend_from_slice(&self.names[done..]);
        self.names = merged;
    }
}

/// The first index from `from` on that is not `before`, by steps that double and then halve: as
/// good for a thousand in a million as for two lists of one length.
fn seek(from: usize, len: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut step) = (from, 1);
    while low + step <= len && before(low + step - 1) {
        low += step;
        step *= 2;
    }
    let mut high = (low + step - 1).min(len);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

fn move_to(at: &mut u32, places: &[u32]) -> bool {
    *at = places[*at as usize];
    *at != GONE
}

/// Puts an index in its place where there are few, and at the end to be sorted later otherwise.
fn put(list: &mut Vec<u32>, at: u32, count: usize) {
    if count <= FEW {
        list.insert(list.partition_point(|&other| other < at), at);
    } else {
        list.push(at);
    }
}

/// The ends of annotations in text order, with the furthest of every 64 and of every 4,096, so
/// that what reaches a place is found without looking at all that begins before it.
#[derive(Clone, Debug, Default)]
struct Ends {
    each: Vec<u32>,
    furthest: [Vec<u32>; 2],
}

const BLOCKS: [usize; 2] = [64, 4096];

impl Ends {
    fn of(all: &[Annotation]) -> Self {
        let mut ends =
            Self { each: all.iter().map(|it| it.range.end).collect(), ..Self::default() };
        ends.sum_up(0);
        ends
    }

    fn insert(&mut self, at: u32, end: u32) {
        self.each.insert(at as usize, end);
    }

    fn remove(&mut self, at: &[u32]) {
        if at.len() <= FEW {
            for &index in at.iter().rev() {
                self.each.remove(index as usize);
            }
            return;
        }
        let mut next = at.iter().copied().peekable();
        let mut index = 0;
        self.each.retain(|_| {
            let stays = next.next_if_eq(&index).is_none();
            index += 1;
            stays
        });
    }

    /// Brings the furthest ends up to date from the index `first` on.
    fn sum_up(&mut self, first: usize) {
        for (furthest, size) in self.furthest.iter_mut().zip(BLOCKS) {
            let block = (first / size).min(furthest.len());
            furthest.truncate(block);
            let rest = self.each.get(block * size..).unwrap_or_default();
            furthest.extend(rest.chunks(size).map(|it| it.iter().copied().max().unwrap_or(0)));
        }
    }

    /// The indexes below `last` of those that end behind `place`.
    fn after(&self, place: u32, last: usize) -> impl Iterator<Item = usize> {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < last {
                let skip = self
                    .furthest
                    .iter()
                    .zip(BLOCKS)
                    .rev()
                    .find(|(furthest, size)| at % size == 0 && furthest[at / size] <= place);
                if let Some((_, size)) = skip {
                    at += size;
                    continue;
                }
                at += 1;
                if self.each[at - 1] > place {
                    return Some(at - 1);
                }
            }
            None
        })
    }
}
