//! Brings what a file says into the annotations that are there.
//!
//! Annotations are the same where their ids are. Of two that differ, the one that was changed
//! later stays; a reader's is never replaced by a mere proposal. As all of it is one step, what
//! was there before comes back when it is undone.

use std::collections::HashMap;

use super::read::{Document, Noted};
use crate::annot::{About, Annotation, AnnotationId, Body, EntityId, Kind, Step, Store};
use crate::article::Article;
use compare::{later, same};
use entities::Entities;
use place::{Places, Placing};

mod compare;
mod entities;
mod place;
#[cfg(test)]
pub(crate) mod tests;

/// What becomes of a file that is brought into an article's annotations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// What is to be done; nothing where all of it is there already.
    pub step: Option<Step>,
    /// What the step does, in numbers.
    pub report: Report,
}

/// What became of the annotations of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// They were not there.
    pub new: usize,
    /// They were there, and the file's were changed later.
    pub updated: usize,
    /// They were there, and were changed later than the file's, which are left out.
    pub kept: usize,
    /// They are there already.
    pub same: usize,
    /// Of the new and the updated ones: their words stand elsewhere in this text.
    pub moved: usize,
    /// Of the same: their words are a little different in this text.
    pub changed: usize,
    /// Of the same: this text has nothing like their words.
    pub lost: usize,
    /// Proposals that nobody has looked at and whose words this text does not have, which are left
    /// out.
    pub dropped: usize,
    /// Entities that are new or say something new.
    pub entities: usize,
    /// Whether something new is said of the article as a whole.
    pub about: bool,
}

impl Document {
    /// What is to be done to bring the file into the annotations of this article.
    ///
    /// Where the file was made for this very text its places are taken, and each is checked
    /// against its words; elsewhere every passage is looked for. What is not found is kept as
    /// lost, but for proposals that nobody has looked at: the detectors make their own.
    pub fn upon(self, article: &Article, store: &Store) -> Merged {
        let same_text = self.article.is_of(&article.text);
        let entities = Entities::of(&self.entities, store);
        let ids = self.annotations.iter().map(|it| (it.id, it.said().is_some())).collect();
        let merger = Merger {
            store,
            same_text,
            places: Places::new(&article.text, same_text, self.article.text.as_deref()),
            entities: &entities,
            ids,
        };
        let mut taken = Taken::default();
        let mut placed = Vec::with_capacity(self.annotations.len());
        for noted in self.annotations {
            placed.extend(merger.place(noted, &mut taken));
        }
        for (mut it, placing) in placed {
            taken.go_on_with_what_is_here(&mut it, store);
            merger.take(it, placing, &mut taken);
        }

        let mut step = Step::new("Import");
        let mut report = taken.report;
        let needed = taken.annotations.iter().filter_map(entity_of).collect();
        for (id, entity) in entities.changes(self.entities, store, &needed) {
            step = step.set_entity(id, entity);
            report.entities += 1;
        }
        step = taken.removed.into_iter().fold(step, Step::remove);
        step = taken.annotations.into_iter().fold(step, Step::set);
        let mut said = self.about;
        // Another text may be of another day; of this one, only a reader says otherwise.
        let (theirs, ours) = (self.article.meta.published, article.meta.published);
        said.published = theirs.filter(|_| theirs != ours && (same_text || ours.is_none()));
        if let Some(about) = joined(store.about(), said) {
            step = step.say(about);
            report.about = true;
        }
        let anything = !step.changes().is_empty() || report.entities > 0 || report.about;
        Merged { step: anything.then_some(step), report }
    }
}

/// What is needed to decide on one annotation of the file.
struct Merger<'a> {
    store: &'a Store,
    same_text: bool,
    places: Places<'a>,
    entities: &'a Entities,
    /// All that the file has, and whether they are quotes.
    ids: HashMap<AnnotationId, bool>,
}

/// What has been decided.
#[derive(Default)]
struct Taken {
    annotations: Vec<Annotation>,
    /// Proposals in whose place something of the file comes.
    removed: Vec<AnnotationId>,
    /// Those of the file that are left out, and what is here in their place.
    left_out: HashMap<AnnotationId, Option<AnnotationId>>,
    report: Report,
}

impl Merger<'_> {
    /// An annotation with its place in this text; nothing for a proposal that is left out.
    fn place(&self, noted: Noted, taken: &mut Taken) -> Option<(Annotation, Placing)> {
        let proposed = noted.is_only_proposed();
        let (it, placing) = self.places.annotation(noted, self.entities);
        let found = matches!(placing, Placing::Same | Placing::Moved);
        let known = self.store.get(it.id).is_some();
        if !proposed || known && found {
            return Some((it, placing));
        }
        if known {
            taken.report.same += 1;
            return None;
        }
        if !found {
            taken.report.dropped += 1;
            taken.left_out.insert(it.id, None);
            return None;
        }
        if let Some(double) = self.proposed_here(&it) {
            taken.report.same += 1;
            taken.left_out.insert(it.id, Some(double));
            return None;
        }
        Some((it, placing))
    }

    fn take(&self, mut it: Annotation, placing: Placing, taken: &mut Taken) {
        let report = &mut taken.report;
        let Some(ours) = self.store.get(it.id) else {
            taken.removed.extend(self.proposed_here(&it));
            report.new += 1;
            report.count(placing);
            taken.annotations.push(it);
            return;
        };
        self.keep_beginning(&mut it, ours);
        if same(&it, ours, self.same_text) || !it.is_touched() && !ours.is_touched() {
            report.same += 1;
        } else if ours.is_touched() && !(it.is_touched() && later(&it, ours)) {
            report.kept += 1;
        } else {
            report.updated += 1;
            report.count(placing);
            taken.annotations.push(it);
        }
    }

    /// A proposal of a detector's for the same passage, which goes by another name because it was
    /// made for another text or by hand.
    fn proposed_here(&self, it: &Annotation) -> Option<AnnotationId> {
        if it.kind() == Kind::Highlight {
            return None;
        }
        let mut here = self.store.touching(it.range).map(|(_, ours)| ours);
        let double = here.find(|ours| {
            let place = ours.range == it.range && ours.kind() == it.kind();
            place && !ours.is_touched() && !self.ids.contains_key(&ours.id)
        });
        double.map(|ours| ours.id)
    }

    /// A file with a part of the annotations cannot say that a quote goes on with one that it does
    /// not have.
    fn keep_beginning(&self, it: &mut Annotation, ours: &Annotation) {
        if let (Body::Quote(quote), Some(old)) = (&mut it.body, ours.quote()) {
            let beyond = old.continues.filter(|id| self.ids.get(id) != Some(&true));
            quote.continues = quote.continues.or(beyond);
        }
    }
}

impl Taken {
    /// Lets a quote go on with what is here instead of what was left out.
    fn go_on_with_what_is_here(&self, it: &mut Annotation, store: &Store) {
        if let Body::Quote(quote) = &mut it.body {
            quote.continues = quote.continues.and_then(|id| match self.left_out.get(&id) {
                Some(double) => double.or(store.get(id).map(|_| id)),
                None => Some(id),
            });
        }
    }
}

impl Report {
    fn count(&mut self, placing: Placing) {
        match placing {
            Placing::Same => {}
            Placing::Moved => self.moved += 1,
            Placing::Changed => self.changed += 1,
            Placing::Lost => self.lost += 1,
        }
    }
}

fn entity_of(it: &Annotation) -> Option<EntityId> {
    it.mention().or_else(|| it.quote()?.speaker.as_ref()?.entity)
}

/// What both say of the article, where the file says anything new. Nobody wrote down when, so
/// what is here stays: tags come together, notes stand one below the other.
fn joined(ours: &About, said: About) -> Option<About> {
    let mut joined = ours.clone();
    joined.tags.extend(said.tags);
    joined.tags.sort();
    joined.tags.dedup();
    if joined.note.is_empty() || said.note.contains(&joined.note) {
        joined.note = said.note;
    } else if !joined.note.contains(&said.note) {
        joined.note = format!("{}\n\n{}", joined.note, said.note);
    }
    joined.published = joined.published.or(said.published);
    for (ours, said) in [(&mut joined.other, said.other), (&mut joined.outside, said.outside)] {
        for (key, value) in said {
            ours.entry(key).or_insert(value);
        }
    }
    let keys = |it: &About| (it.other.len(), it.outside.len());
    let says = |it: &About| (it.tags.clone(), it.note.clone(), it.published);
    (says(&joined) != says(ours) || keys(&joined) != keys(ours)).then_some(joined)
}
