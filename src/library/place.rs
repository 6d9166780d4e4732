//! Annotations of one version of a text in another version of it.

use std::collections::HashSet;
use std::ops::Range;

use super::record::{
    AnnotationRecord, BesideRecord, BodyRecord, Place, Places, QuoteRecord, StepRecord, WasRecord,
};
use crate::annot::store::Kept;
use crate::annot::{
    Anchor, Annotation, AnnotationId, EntityId, Placement, Placer, Selector, Step, Store,
};
use crate::text::TextRange;
use crate::text::units::CodePoints;

/// An annotation whose text is not quite where or what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// Its name.
    pub id: AnnotationId,
    /// What has become of its passage.
    pub turn: Turn,
    /// The words that it was made on.
    pub before: String,
    /// The words that it stands on now; none where it is lost.
    pub after: String,
}

/// What has become of a passage in another version of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Turn {
    /// The same words stand in another place.
    Moved,
    /// Nearly the same words are there.
    Changed,
    /// Nothing like it is there.
    Lost,
}

/// All that a reader made in a text, with its history, in another version of the text: for what no
/// library holds, which does the same with what it has.
pub fn carried(store: &Store, old: &str, new: &str) -> (Kept, Vec<Replaced>) {
    let anything = store.annotations().iter().any(Annotation::is_touched)
        || !store.steps().is_empty()
        || !store.undone().is_empty();
    if !anything {
        return (Kept { about: store.about().clone(), ..Kept::default() }, Vec::new());
    }
    let mover = Mover::new(old, new);
    let touched = store.annotations().iter().filter(|it| it.is_touched());
    let mut records: Vec<AnnotationRecord> =
        touched.map(|it| AnnotationRecord::of(it, store)).collect();
    let step = |it: &Step| StepRecord::of(it, store);
    let mut done: Vec<StepRecord> = store.steps().iter().map(step).collect();
    let mut undone: Vec<StepRecord> = store.undone().iter().map(step).collect();
    // Detectors find the other entities again.
    let mut needed: HashSet<AnnotationId> =
        records.iter().filter_map(AnnotationRecord::entity).map(|it| it.0).collect();
    let steps = done.iter().chain(&undone);
    needed.extend(steps.flat_map(StepRecord::entities).map(|(it, _)| it.key()));
    let mut kept = Kept { about: store.about().clone(), ..Kept::default() };
    for (id, entity) in (0..).map(EntityId).zip(store.entities()) {
        if store.is_entity_touched(id) || needed.contains(&entity.key) {
            if store.entity(id).is_none() {
                kept.gone.push(EntityId(crate::text::offset(kept.entities.len())));
            }
            kept.entities.push(entity.clone());
        }
    }
    let replaced = mover.records(&mut records).into_iter().flatten().collect();
    for step in done.iter_mut().chain(&mut undone) {
        mover.step(step);
    }
    let places = Places::of(&kept.entities);
    kept.annotations = records.into_iter().filter_map(|it| it.annotation(&places)).collect();
    kept.done = done.into_iter().map(|it| it.step(&places)).collect();
    kept.undone = undone.into_iter().map(|it| it.step(&places)).collect();
    (kept, replaced)
}

/// Where the words that stand behind bytes of one version of a text are in another one.
pub fn positions(old: &str, new: &str, places: &[u32]) -> Vec<u32> {
    let mover = Mover::new(old, new);
    places.iter().map(|it| mover.position(*it)).collect()
}

/// From one version of a text to another.
pub(super) struct Mover<'t> {
    old: &'t str,
    new: &'t str,
    old_points: CodePoints<'t>,
    new_points: CodePoints<'t>,
    placer: Placer<'t>,
    /// How many bytes at the beginning and at the end are the same in both.
    same: (usize, usize),
}

impl<'t> Mover<'t> {
    pub(super) fn new(old: &'t str, new: &'t str) -> Self {
        let (old_points, new_points) = (CodePoints::new(old), CodePoints::new(new));
        let common = |pairs: &mut dyn Iterator<Item = (u8, u8)>| {
            pairs.take_while(|(one, other)| one == other).count()
        };
        let head = common(&mut old.bytes().zip(new.bytes()));
        let tail = common(&mut old.bytes().rev().zip(new.bytes().rev()));
        let placer = Placer::with_old(new, old);
        Self { old, new, old_points, new_points, placer, same: (head, tail) }
    }

    /// A place in the old text as one in the new text: where the words behind it are now.
    pub(super) fn position(&self, place: u32) -> u32 {
        let rest = self.old.get(place as usize..).unwrap_or_default();
        let end = rest.char_indices().nth(80).map_or(rest.len(), |(at, _)| at);
        let range = TextRange::of_bytes(place as usize, place as usize + end);
        let selector = self.selector(range);
        let found = self.placer.place(&selector).range();
        found.map_or_else(|| self.new_points.to_byte(selector.start), |to| to.start)
    }

    fn selector(&self, range: TextRange) -> Selector {
        Anchor::of(self.old, &self.old_points, range).into()
    }

    /// Moves all annotations of a step.
    pub(super) fn step(&self, step: &mut StepRecord) {
        let annotations = step.annotations_mut();
        let mut records: Vec<AnnotationRecord> =
            annotations.iter().filter_map(|it| (**it).clone()).collect();
        let turns = self.records(&mut records);
        let places = annotations.into_iter().filter(|it| it.is_some());
        for ((place, record), turn) in places.zip(records).zip(turns) {
            // What nobody had looked at is proposed again where it is.
            let gone = !record.is_touched() && turn.is_some_and(|it| it.turn == Turn::Lost);
            *place = Some(record).filter(|_| !gone);
        }
    }

    /// Moves annotations, and says of each what has become of it, where it is not as it was.
    pub(super) fn records(&self, records: &mut [AnnotationRecord]) -> Vec<Option<Replaced>> {
        // What an earlier change of the text had lost or altered is looked for as it first was.
        let selector = |it: &AnnotationRecord| {
            it.was().map_or_else(|| self.selector(it.range()), WasRecord::selector)
        };
        let selectors: Vec<Selector> = records.iter().map(selector).collect();
        let placements = self.placer.place_all(&selectors);
        let all = records.iter_mut().zip(selectors).zip(placements);
        all.map(|((record, selector), placement)| {
            let placement = match placement {
                Placement::Lost if record.was().is_none() => self.untouched(record.range()),
                found => found,
            };
            self.record(record, selector, placement)
        })
        .collect()
    }

    /// The place of a passage before the first difference of the texts or behind the last one,
    /// which has too few words to be found otherwise.
    fn untouched(&self, range: TextRange) -> Placement {
        let (head, tail) = self.same;
        let (old, new) = (self.old.len(), self.new.len());
        let (start, end) = (range.start as usize, range.end as usize);
        if range.is_empty() {
            Placement::Lost
        } else if end <= head {
            Placement::Same(range)
        } else if start + tail >= old && end <= old {
            Placement::Moved(TextRange::of_bytes(start + new - old, end + new - old))
        } else {
            Placement::Lost
        }
    }

    fn record(
        &self,
        record: &mut AnnotationRecord,
        selector: Selector,
        placement: Placement,
    ) -> Option<Replaced> {
        let was = record.range();
        let (now, turn) = match placement {
            Placement::Same(now) => (now, None),
            Placement::Moved(now) => (now, Some(Turn::Moved)),
            Placement::Changed(now) => (now, Some(Turn::Changed)),
            Placement::Lost => {
                let near = self.new_points.to_byte(selector.start);
                (TextRange::new(near, near), Some(Turn::Lost))
            }
        };
        record.set_range(now);
        let lost = turn == Some(Turn::Lost);
        let mut beside = record.was().and_then(WasRecord::beside).cloned();
        if let BodyRecord::Quote(quote) = &mut record.body {
            if lost && beside.is_none() {
                beside = self.beside(quote, was);
            }
            let shift = Shift { mover: self, was, now, lost: turn == Some(Turn::Lost) };
            quote.outer = shift.around(quote.outer).unwrap_or([now.start, now.end]);
            quote.cue = quote.cue.and_then(|cue| shift.beside(cue));
            if let Some(speaker) = &mut quote.speaker {
                speaker.at = shift.beside(speaker.at).unwrap_or([now.start; 2]);
            }
            if let Some(beside) = beside.as_ref().filter(|_| !lost) {
                self.put_beside(quote, now, beside);
            }
        }
        let before = selector.exact.clone();
        match turn {
            Some(Turn::Changed | Turn::Lost) => {
                if record.is_touched() {
                    let beside = beside.filter(|_| lost);
                    record.set_was(Some(WasRecord::of(lost, selector).with(beside)));
                }
            }
            None | Some(Turn::Moved) => record.set_was(None),
        }
        let after = now.of(self.new).to_owned();
        turn.map(|turn| Replaced { id: record.id.0, turn, before, after })
    }
}

impl Mover<'_> {
    /// What stands beside a quote in the old text, to be found again should the quote be.
    fn beside(&self, quote: &QuoteRecord, was: TextRange) -> Option<BesideRecord> {
        let distance = |place: Place| {
            let words = self.old.get(place[0] as usize..place[1] as usize)?;
            Some((i64::from(place[0]) - i64::from(was.start), words.to_owned()))
        };
        let outer = [was.start.checked_sub(quote.outer[0])?, quote.outer[1].checked_sub(was.end)?];
        let speaker = quote.speaker.as_ref().map(|it| it.at).filter(|it| it[0] < it[1]);
        let speaker = speaker.and_then(distance);
        Some(BesideRecord { outer, cue: quote.cue.and_then(distance), speaker })
    }

    /// Puts it back where its words stand beside the quote again.
    fn put_beside(&self, quote: &mut QuoteRecord, now: TextRange, beside: &BesideRecord) {
        let found = |(distance, words): &(i64, String)| {
            let start = u32::try_from(i64::from(now.start) + distance).ok()?;
            let end = start + crate::text::offset(words.len());
            (self.new.get(start as usize..end as usize) == Some(words)).then_some([start, end])
        };
        let [before, behind] = beside.outer;
        let (start, end) = (now.start.saturating_sub(before), now.end.saturating_add(behind));
        if self.new.get(start as usize..end as usize).is_some() {
            quote.outer = [start, end];
        }
        quote.cue = quote.cue.or_else(|| beside.cue.as_ref().and_then(found));
        if let (Some(speaker), Some(at)) =
            (&mut quote.speaker, beside.speaker.as_ref().and_then(found))
        {
            speaker.at = at;
        }
    }
}

/// How far a passage has moved, and with it what stands beside it.
struct Shift<'m, 't> {
    mover: &'m Mover<'t>,
    was: TextRange,
    now: TextRange,
    lost: bool,
}

impl Shift<'_, '_> {
    fn words(text: &str, range: Range<i64>) -> Option<&str> {
        text.get(usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?)
    }

    /// A passage beside, where its words stand at the same distance as before.
    fn beside(&self, place: Place) -> Option<Place> {
        if self.lost {
            return None;
        }
        let [start, end] = place.map(i64::from);
        let words = Self::words(self.mover.old, start..end)?;
        let distances = [self.start(), self.end()];
        let at = distances.into_iter().find(|distance| {
            let there = start + distance..end + distance;
            Self::words(self.mover.new, there) == Some(words)
        })?;
        Some([u32::try_from(start + at).ok()?, u32::try_from(end + at).ok()?])
    }

    /// What holds the passage and a little more, where that little is the same as before.
    fn around(&self, outer: Place) -> Option<Place> {
        if self.lost {
            return None;
        }
        let [start, end] = outer.map(i64::from);
        let (there, until) = (start + self.start(), end + self.end());
        let (old, new) = (self.mover.old, self.mover.new);
        let [was_start, was_end, now_start, now_end] =
            [self.was.start, self.was.end, self.now.start, self.now.end].map(i64::from);
        let same = Self::words(old, start..was_start)? == Self::words(new, there..now_start)?
            && Self::words(old, was_end..end)? == Self::words(new, now_end..until)?;
        Some([u32::try_from(there).ok()?, u32::try_from(until).ok()?]).filter(|_| same)
    }

    fn start(&self) -> i64 {
        i64::from(self.now.start) - i64::from(self.was.start)
    }

    fn end(&self) -> i64 {
        i64::from(self.now.end) - i64::from(self.was.end)
    }
}
