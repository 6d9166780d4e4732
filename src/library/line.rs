//! The one line of steps of an article, as one of the processes sees it: what is written, and what
//! its reader did and is not written yet.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::Connection;

use super::articles::{Seat, text_of};
use super::desk::Foreign;
use super::history::{self, Event, Stacks, Verb};
use super::place::Mover;
use super::record::{AboutRecord, AnnotationRecord, Places, StepRecord};
use super::rows::{self, Rows, Search, json};
use crate::annot::{Annotation, AnnotationId, EntityId, Step, Store};

/// Where one process stands in the line.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) seat: Seat,
    /// The numbers of the steps in the reader's store, with those that are not written yet.
    now: Stacks,
    /// What the reader did and is not written yet: more than one after a failure only.
    pending: Vec<Act>,
    /// The number of the next step that is not written yet; below zero.
    next: i64,
}

/// Something that the reader did.
#[derive(Clone, Debug)]
struct Act {
    verb: Verb,
    number: i64,
    step: Step,
}

/// What others have written, read and ready to be taken in.
#[derive(Debug)]
pub(super) struct News {
    events: Vec<Event>,
    /// The steps that are meant and that the store does not have, in the places of our text.
    steps: BTreeMap<i64, StepRecord>,
}

/// What has been written, to be remembered once it is safe.
#[derive(Debug)]
pub(super) struct Written {
    numbers: HashMap<i64, i64>,
    last: i64,
}

impl Line {
    pub(super) fn new(seat: Seat) -> Self {
        let now = seat.stacks.clone();
        Self { seat, now, pending: Vec::new(), next: -1 }
    }

    /// Remembers what the reader just did, until it is written.
    pub(super) fn add(&mut self, store: &Store, verb: Verb) {
        let (step, number) = match verb {
            Verb::Do => (store.steps().last(), Some(self.next)),
            Verb::Undo => (store.undone().last(), self.now.done.last().copied()),
            Verb::Redo => (store.steps().last(), self.now.undone.last().copied()),
        };
        let (Some(step), Some(number)) = (step, number) else { return };
        self.next -= i64::from(verb == Verb::Do);
        self.now.follow(verb, number);
        self.pending.push(Act { verb, number, step: step.clone() });
    }

    /// The names of what is not written yet.
    pub(super) fn unsaved(&self) -> impl ExactSizeIterator<Item = &str> {
        self.pending.iter().map(|it| it.step.name())
    }

    /// Reads what others have written since the last look; nothing where they have not.
    pub(super) fn news(&self, connection: &Connection) -> rusqlite::Result<Option<News>> {
        let Seat { key, text, seen, article, stacks, .. } = &self.seat;
        let events = history::events(connection, *key, *seen)?;
        if events.is_empty() {
            return Ok(None);
        }
        let here: HashSet<i64> = self.now.numbers().collect();
        let wanted = stacks.numbers().chain(events.iter().map(|it| it.step));
        let mut steps = BTreeMap::new();
        let mut elsewhere: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for number in wanted.filter(|it| !here.contains(it)) {
            let (step, from) = history::step(connection, *key, number)?;
            steps.insert(number, step);
            if from != *text {
                elsewhere.entry(from).or_default().push(number);
            }
        }
        // Somebody reads another version of the text.
        for (from, numbers) in elsewhere {
            let old = text_of(connection, from)?;
            let mover = Mover::new(&old, &article.text);
            for number in numbers {
                if let Some(step) = steps.get_mut(&number) {
                    mover.step(step);
                }
            }
        }
        Ok(Some(News { events, steps }))
    }

    /// Takes in what others have written: what the reader did since is taken back, theirs is done
    /// as they did it, and then the reader's again upon it.
    pub(super) fn join(&mut self, store: &mut Store, news: News) -> Foreign {
        let News { events, steps } = news;
        let (done, undone) = store.take_history();
        let numbered = |numbers: &[i64], steps: Vec<Step>| -> Vec<(i64, Step)> {
            numbers.iter().rev().copied().zip(steps.into_iter().rev()).collect()
        };
        let mut pool: HashMap<i64, Step> = numbered(&self.now.done, done).into_iter().collect();
        pool.extend(numbered(&self.now.undone, undone));
        pool.extend(placed(store, steps));

        for act in self.pending.iter().rev() {
            store.follow(&act.step, act.verb == Verb::Undo);
        }
        let mut foreign = Foreign::default();
        for event in &events {
            self.seat.stacks.follow(event.verb, event.step);
            if let Some(step) = pool.get(&event.step) {
                store.follow(step, event.verb != Verb::Undo);
            }
            foreign.steps.push(match event.verb {
                Verb::Do => event.name.clone(),
                Verb::Undo => format!("undone: {}", event.name),
                Verb::Redo => format!("redone: {}", event.name),
            });
            self.seat.seen = event.seq;
        }

        foreign.refused = self.again(store, &mut pool);
        let mut taken = |numbers: &mut Vec<i64>| -> Vec<Step> {
            numbers.retain(|it| pool.contains_key(it));
            numbers.iter().filter_map(|it| pool.remove(it)).collect()
        };
        let (done, undone) = (taken(&mut self.now.done), taken(&mut self.now.undone));
        store.set_history(done, undone);
        foreign
    }

    /// Does again what the reader did, upon all that is written. Says whether something of it
    /// cannot be done any more.
    fn again(&mut self, store: &mut Store, pool: &mut HashMap<i64, Step>) -> bool {
        let mut refused = false;
        self.now = self.seat.stacks.clone();
        for mut act in std::mem::take(&mut self.pending) {
            if !self.now.allows(act.verb, act.number) {
                // Where somebody else did the same, there is nothing left to do.
                let stays = match act.verb {
                    Verb::Do => false,
                    Verb::Undo => self.now.done.contains(&act.number),
                    Verb::Redo => self.now.undone.contains(&act.number),
                };
                refused |= stays;
                continue;
            }
            match act.verb {
                Verb::Do => {
                    if !store.apply(act.step.rebase(store)) {
                        continue;
                    }
                    let (mut done, _) = store.take_history();
                    act.step = done.pop().expect("it was just applied");
                    pool.insert(act.number, act.step.clone());
                }
                Verb::Undo | Verb::Redo => {
                    if let Some(step) = pool.get(&act.number) {
                        act.step = step.clone();
                    }
                    store.follow(&act.step, act.verb == Verb::Redo);
                }
            }
            self.now.follow(act.verb, act.number);
            self.pending.push(act);
        }
        refused
    }

    /// Writes what the reader did, upon a store that holds all that is written already.
    pub(super) fn write(
        &self,
        connection: &Connection,
        store: &Store,
    ) -> rusqlite::Result<Written> {
        let Seat { key, text, article, .. } = &self.seat;
        let sql = "SELECT text FROM articles WHERE key = ?1";
        let present: i64 = connection.query_row(sql, [key], |row| row.get(0))?;
        let other = if present == *text { None } else { Some(text_of(connection, present)?) };
        // Another process has read a newer version of the text.
        let mover = other.as_ref().map(|other| Mover::new(&article.text, other));
        let words = other.as_deref().unwrap_or(&article.text);

        let mut numbers = HashMap::new();
        let mut last = self.seat.seen;
        let sql = "INSERT INTO events (article, seq, at, verb, step, text, name, data)
            VALUES (?1, ?2, CAST(unixepoch('subsec') * 1000 AS INTEGER), ?3, ?4, ?5, ?6, ?7)";
        let mut event = connection.prepare(sql)?;
        for act in &self.pending {
            last += 1;
            let mut data = None;
            if act.verb == Verb::Do {
                numbers.insert(act.number, last);
                let mut record = StepRecord::of(&act.step, store);
                if let Some(mover) = &mover {
                    mover.step(&mut record);
                }
                data = Some(json(&record));
            }
            let step = numbers.get(&act.number).copied().unwrap_or(act.number);
            let name = act.step.name();
            event.execute((key, last, act.verb.name(), step, present, name, data))?;
        }
        self.write_state(connection, store, words, mover.as_ref())?;
        Ok(Written { numbers, last })
    }

    /// Writes what has become of all that the reader's steps speak of.
    fn write_state(
        &self,
        connection: &Connection,
        store: &Store,
        words: &str,
        mover: Option<&Mover<'_>>,
    ) -> rusqlite::Result<()> {
        let key = self.seat.key;
        let mut rows = Rows::new(connection, key, words)?;
        let mut changed: HashMap<AnnotationId, Search> = HashMap::new();
        let mut entities: HashSet<EntityId> = HashSet::new();
        let mut about = false;
        for step in self.pending.iter().map(|it| &it.step) {
            for change in step.changes() {
                let search = changed.entry(change.id).or_default();
                let new = searched(change.before.as_ref(), change.after.as_ref());
                search.words |= new.words || mover.is_some();
                search.note |= new.note;
                let both = [&change.before, &change.after].into_iter().flatten();
                entities.extend(both.filter_map(Annotation::entity));
            }
            entities.extend(step.entity_changes().iter().map(|it| it.id));
            about |= step.about_change().is_some();
        }
        for (&id, &search) in &changed {
            let Some(it) = store.get(id) else {
                rows.delete(id)?;
                continue;
            };
            let mut record = [AnnotationRecord::of(it, store)];
            if let Some(mover) = mover {
                mover.records(&mut record);
            }
            rows.put(&record[0], search, true)?;
        }
        for id in entities {
            if let Some(entity) = store.entities().get(id.0 as usize) {
                rows::keep_entity(connection, key, entity, store.entity(id).is_none())?;
            }
        }
        if about {
            write_about(connection, key, store)?;
        }
        rows::count(connection, key)
    }

    /// Remembers that it is safe on the disk.
    pub(super) fn written(&mut self, written: &Written) {
        for (&from, &to) in &written.numbers {
            self.now.renumber(from, to);
        }
        self.seat.stacks = self.now.clone();
        self.seat.seen = written.last;
        self.pending.clear();
    }
}

/// Steps as they were written, with entities at their places in this store. It gets to know those
/// that only others have found yet.
fn placed(store: &mut Store, steps: BTreeMap<i64, StepRecord>) -> Vec<(i64, Step)> {
    let mut places = Places::of(store.entities());
    let mut known = Vec::with_capacity(steps.len());
    for (number, step) in steps {
        for (entity, is_live) in step.entities() {
            if places.get(entity.key).is_none() {
                places.put(entity.key, store.know(entity.clone().entity(), is_live));
            }
        }
        known.push((number, step.step(&places)));
    }
    known
}

/// What of an annotation must be entered in the search anew.
fn searched(before: Option<&Annotation>, after: Option<&Annotation>) -> Search {
    let (Some(before), Some(after)) = (before, after) else { return Search::ALL };
    let speaker =
        |it: &Annotation| it.quote().and_then(|it| it.speaker.as_ref()).map(|it| it.name.clone());
    Search {
        words: before.range != after.range
            || before.kind() != after.kind()
            || speaker(before) != speaker(after),
        note: before.note() != after.note(),
    }
}

fn write_about(connection: &Connection, article: i64, store: &Store) -> rusqlite::Result<()> {
    let about = store.about();
    let record = AboutRecord::of(about);
    let sql = "UPDATE articles SET about = ?2, tags = ?3, day = coalesce(?4, published)
        WHERE key = ?1";
    let published = record.published();
    connection.execute(sql, (article, json(&record), json(&about.tags), published))?;
    connection.execute("DELETE FROM search_notes WHERE rowid = ?1", [-article])?;
    if !about.note.is_empty() {
        let sql = "INSERT INTO search_notes (rowid, note) VALUES (?1, ?2)";
        connection.execute(sql, (-article, &about.note))?;
    }
    Ok(())
}
