//! Annotations, entities and steps as they are written down: JSON, with entities by their keys
//! instead of their places in a table.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::annot::history::{AboutChange, Change, EntityChange};
use crate::annot::{
    About, Annotation, AnnotationId, Beside, Body, Entity, EntityId, Extra, Form, Kind, Origin,
    Quote, Review, Selector, Speaker, Step, Store, Time, TimexType, Was,
};
use crate::text::TextRange;

#[cfg(test)]
mod tests;
mod words;

pub(super) use words::Id;
use words::{Day, EntityName, FormName, Modifier, Moment, ReviewName, TimexName, Unknown};

/// Stands for an entity that the table does not have.
pub(super) const NOBODY: AnnotationId = AnnotationId([0; 16]);

/// Start and end in bytes.
pub(super) type Place = [u32; 2];

fn place(range: TextRange) -> Place {
    [range.start, range.end]
}

fn range([start, end]: Place) -> TextRange {
    TextRange::new(start, end)
}

/// An annotation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AnnotationRecord {
    pub(super) id: Id,
    at: Place,
    pub(super) body: BodyRecord,
    /// The detector's rule; none for what a reader made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<String>,
    review: ReviewName,
    pub(super) sure: f32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extra: Option<Box<ExtraRecord>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum BodyRecord {
    Quote(Box<QuoteRecord>),
    Mention(Id),
    Time(TimeRecord),
    Highlight,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct QuoteRecord {
    form: FormName,
    pub(super) outer: Place,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) speaker: Option<SpeakerRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cue: Option<Place>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    continues: Option<Id>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SpeakerRecord {
    pub(super) at: Place,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entity: Option<Id>,
    pub(super) name: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct TimeRecord {
    kind: TimexName,
    pub(super) value: String,
    inferred: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modifier: Option<Modifier>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct ExtraRecord {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    colour: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<WasRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<Unknown>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct WasRecord {
    lost: bool,
    start: u32,
    end: u32,
    exact: String,
    prefix: String,
    suffix: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    beside: Option<BesideRecord>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct BesideRecord {
    pub(super) outer: [u32; 2],
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cue: Option<(i64, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) speaker: Option<(i64, String)>,
}

/// An entity.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct EntityRecord {
    pub(super) key: Id,
    name: String,
    kind: EntityName,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    other: Option<Unknown>,
}

/// What is said of the article.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AboutRecord {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<Unknown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outside: Option<Unknown>,
}

/// A step.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct StepRecord {
    name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    changes: Vec<ChangeRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    entities: Vec<EntityChangeRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<[AboutRecord; 2]>,
    /// The entities that the annotations point at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    needs: Vec<EntityRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct ChangeRecord {
    id: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<AnnotationRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<AnnotationRecord>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct EntityChangeRecord {
    key: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<EntityRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<EntityRecord>,
}

/// The key of an entity of a store's table.
pub(super) fn key_in(store: &Store, id: EntityId) -> AnnotationId {
    store.entities().get(id.0 as usize).map_or(NOBODY, |it| it.key)
}

/// Where entities stand in a store's table, by their keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(HashMap<AnnotationId, EntityId>);

impl Places {
    pub(super) fn of<'e>(entities: impl IntoIterator<Item = &'e Entity>) -> Self {
        let ids = (0..).map(EntityId);
        // The first one holds, as it does for `Store::place_of`.
        let mut places = HashMap::new();
        for (it, id) in entities.into_iter().zip(ids) {
            places.entry(it.key).or_insert(id);
        }
        Self(places)
    }

    pub(super) fn get(&self, key: Id) -> Option<EntityId> {
        self.0.get(&key.0).copied()
    }

    pub(super) fn put(&mut self, key: Id, id: EntityId) {
        self.0.insert(key.0, id);
    }
}

impl AnnotationRecord {
    pub(super) fn of(it: &Annotation, store: &Store) -> Self {
        let key = |id: EntityId| Id(key_in(store, id));
        let body = match &it.body {
            Body::Quote(quote) => BodyRecord::Quote(Box::new(QuoteRecord {
                form: FormName(quote.form),
                outer: place(quote.outer),
                speaker: quote.speaker.as_ref().map(|speaker| SpeakerRecord {
                    at: place(speaker.range),
                    entity: speaker.entity.map(key),
                    name: speaker.name.clone().into(),
                }),
                cue: quote.cue.map(place),
                continues: quote.continues.map(Id),
            })),
            Body::Mention(id) => BodyRecord::Mention(key(*id)),
            Body::Time(time) => BodyRecord::Time(TimeRecord {
                kind: TimexName(time.kind),
                value: time.value.clone().into(),
                inferred: time.inferred,
                modifier: time.modifier.map(Modifier),
            }),
            Body::Highlight => BodyRecord::Highlight,
        };
        Self {
            id: Id(it.id),
            at: place(it.range),
            body,
            rule: it.rule().map(ToOwned::to_owned),
            review: ReviewName(it.review),
            sure: if it.confidence.is_finite() { it.confidence } else { 0.0 },
            extra: it.extra.as_deref().map(|extra| Box::new(ExtraRecord::of(extra))),
        }
    }

    /// The annotation; none where it is a mention of somebody who has no place.
    pub(super) fn annotation(self, places: &Places) -> Option<Annotation> {
        let body = match self.body {
            BodyRecord::Quote(quote) => Body::Quote(Box::new(Quote {
                form: quote.form.0,
                speaker: quote.speaker.map(|speaker| Speaker {
                    range: range(speaker.at),
                    entity: speaker.entity.and_then(|key| places.get(key)),
                    name: speaker.name.into(),
                }),
                cue: quote.cue.map(range),
                continues: quote.continues.map(|it| it.0),
                outer: range(quote.outer),
            })),
            BodyRecord::Mention(key) => Body::Mention(places.get(key)?),
            BodyRecord::Time(time) => Body::Time(Box::new(Time {
                kind: time.kind.0,
                value: time.value.into(),
                inferred: time.inferred,
                modifier: time.modifier.map(|it| it.0),
            })),
            BodyRecord::Highlight => Body::Highlight,
        };
        Some(Annotation {
            id: self.id.0,
            range: range(self.at),
            body,
            origin: match self.rule {
                Some(rule) => Origin::Detector { rule: rule.into() },
                None => Origin::Reader,
            },
            review: self.review.0,
            confidence: self.sure,
            extra: self.extra.map(|extra| Box::new(extra.extra())),
        })
    }
}

/// What a row needs to know.
impl AnnotationRecord {
    pub(super) fn range(&self) -> TextRange {
        range(self.at)
    }

    pub(super) fn set_range(&mut self, to: TextRange) {
        self.at = place(to);
    }

    pub(super) const fn kind(&self) -> Kind {
        match self.body {
            BodyRecord::Quote(_) => Kind::Quote,
            BodyRecord::Mention(_) => Kind::Mention,
            BodyRecord::Time(_) => Kind::Time,
            BodyRecord::Highlight => Kind::Highlight,
        }
    }

    pub(super) const fn review(&self) -> Review {
        self.review.0
    }

    /// As [`Annotation::is_touched`].
    pub(super) fn is_touched(&self) -> bool {
        self.rule.is_none() || self.review.0 != Review::Proposed || self.extra.is_some()
    }

    /// The entity that it mentions or whose words it is.
    pub(super) fn entity(&self) -> Option<Id> {
        match &self.body {
            BodyRecord::Quote(quote) => quote.speaker.as_ref()?.entity,
            BodyRecord::Mention(key) => Some(*key),
            BodyRecord::Time(_) | BodyRecord::Highlight => None,
        }
    }

    pub(super) fn tags(&self) -> &[String] {
        self.extra.as_ref().map_or(&[], |it| &it.tags)
    }

    pub(super) fn note(&self) -> &str {
        self.extra.as_ref().map_or("", |it| &it.note)
    }

    pub(super) fn was(&self) -> Option<&WasRecord> {
        self.extra.as_ref()?.was.as_ref()
    }

    pub(super) fn set_was(&mut self, was: Option<WasRecord>) {
        if was.is_some() || self.was().is_some() {
            self.extra.get_or_insert_default().was = was;
        }
    }
}

impl AnnotationRecord {
    /// What sort of quote it is, where it is one.
    pub(super) const fn form(&self) -> Option<Form> {
        match &self.body {
            BodyRecord::Quote(quote) => Some(quote.form.0),
            BodyRecord::Mention(_) | BodyRecord::Time(_) | BodyRecord::Highlight => None,
        }
    }
}

impl TimeRecord {
    pub(super) const fn kind(&self) -> TimexType {
        self.kind.0
    }

    pub(super) const fn inferred(&self) -> bool {
        self.inferred
    }

    pub(super) fn modifier(&self) -> Option<&'static str> {
        self.modifier.as_ref().map(|it| it.0)
    }
}

impl WasRecord {
    pub(super) fn of(lost: bool, selector: Selector) -> Self {
        let Selector { start, end, exact, prefix, suffix } = selector;
        Self { lost, start, end, exact, prefix, suffix, beside: None }
    }

    pub(super) fn beside(&self) -> Option<&BesideRecord> {
        self.beside.as_ref()
    }

    pub(super) fn with(self, beside: Option<BesideRecord>) -> Self {
        Self { beside, ..self }
    }

    pub(super) fn selector(&self) -> Selector {
        let Self { start, end, exact, prefix, suffix, .. } = self.clone();
        Selector { start, end, exact, prefix, suffix }
    }
}

impl ExtraRecord {
    fn of(it: &Extra) -> Self {
        Self {
            tags: it.tags.clone(),
            note: it.note.clone(),
            colour: it.colour.clone(),
            created: it.created.map(Moment),
            modified: it.modified.map(Moment),
            was: it.was.as_deref().map(|it| {
                let beside = it.beside.as_deref().map(|it| {
                    let outer = [it.outer.0, it.outer.1];
                    BesideRecord { outer, cue: it.cue.clone(), speaker: it.speaker.clone() }
                });
                WasRecord::of(it.lost, it.selector.clone()).with(beside)
            }),
            other: unknown(&it.other),
        }
    }

    fn extra(self) -> Extra {
        let beside = |BesideRecord { outer: [start, end], cue, speaker }| {
            Box::new(Beside { outer: (start, end), cue, speaker })
        };
        let was = |it: WasRecord| {
            let selector = it.selector();
            Box::new(Was { lost: it.lost, selector, beside: it.beside.map(beside) })
        };
        Extra {
            tags: self.tags,
            note: self.note,
            colour: self.colour,
            created: self.created.map(|it| it.0),
            modified: self.modified.map(|it| it.0),
            was: self.was.map(was),
            other: known(self.other),
        }
    }
}

fn unknown(table: &toml::Table) -> Option<Unknown> {
    Some(table).filter(|it| !it.is_empty()).map(|it| Unknown(it.clone()))
}

fn known(table: Option<Unknown>) -> toml::Table {
    table.map(|it| it.0).unwrap_or_default()
}

impl EntityRecord {
    pub(super) const fn key(&self) -> AnnotationId {
        self.key.0
    }

    pub(super) fn of(it: &Entity) -> Self {
        Self {
            key: Id(it.key),
            name: it.name.clone(),
            kind: EntityName(it.kind),
            aliases: it.aliases.clone(),
            description: it.description.clone(),
            other: it.other.as_deref().map(|it| Unknown(it.clone())),
        }
    }

    pub(super) fn entity(self) -> Entity {
        Entity {
            key: self.key.0,
            name: self.name,
            kind: self.kind.0,
            aliases: self.aliases,
            description: self.description,
            other: self.other.map(|it| Box::new(it.0)),
        }
    }
}

impl AboutRecord {
    pub(super) fn published(&self) -> Option<String> {
        self.published.as_ref().map(|it| it.0.to_string())
    }

    pub(super) fn of(it: &About) -> Self {
        Self {
            tags: it.tags.clone(),
            note: it.note.clone(),
            published: it.published.map(Day),
            other: unknown(&it.other),
            outside: unknown(&it.outside),
        }
    }

    pub(super) fn about(self) -> About {
        About {
            tags: self.tags,
            note: self.note,
            published: self.published.map(|it| it.0),
            other: known(self.other),
            outside: known(self.outside),
        }
    }
}

impl StepRecord {
    /// A step of this store, done or taken back.
    pub(super) fn of(step: &Step, store: &Store) -> Self {
        let record =
            |it: &Option<Annotation>| it.as_ref().map(|it| AnnotationRecord::of(it, store));
        let changes = step.changes().iter().map(|it| ChangeRecord {
            id: Id(it.id),
            before: record(&it.before),
            after: record(&it.after),
        });
        let entity = |it: &Option<Entity>| it.as_ref().map(EntityRecord::of);
        let entities = step.entity_changes().iter().map(|it| {
            let named = it.before.as_ref().or(it.after.as_ref());
            let key = named.map_or_else(|| key_in(store, it.id), |it| it.key);
            let (before, after) = (entity(&it.before), entity(&it.after));
            EntityChangeRecord { key: Id(key), before, after }
        });
        let about = step.about_change();
        let annotations = step.changes().iter().flat_map(|it| [&it.before, &it.after]);
        let mut needs: Vec<EntityId> =
            annotations.flatten().filter_map(Annotation::entity).collect();
        needs.sort_unstable();
        needs.dedup();
        let needs = needs.iter().filter_map(|id| store.entities().get(id.0 as usize));
        Self {
            name: step.name().to_owned(),
            changes: changes.collect(),
            entities: entities.collect(),
            about: about.map(|it| [&it.before, &it.after].map(AboutRecord::of)),
            needs: needs.map(EntityRecord::of).collect(),
        }
    }

    /// The entities that must have a place before the step is taken in, each with whether it is
    /// in use before.
    pub(super) fn entities(&self) -> impl Iterator<Item = (&EntityRecord, bool)> {
        let changed = self.entities.iter().filter_map(|it| {
            let before = it.before.as_ref().map(|before| (before, true));
            before.or(it.after.as_ref().map(|after| (after, false)))
        });
        changed.chain(self.needs.iter().map(|it| (it, true)))
    }

    pub(super) fn annotations_mut(&mut self) -> Vec<&mut Option<AnnotationRecord>> {
        self.changes.iter_mut().flat_map(|it| [&mut it.before, &mut it.after]).collect()
    }

    /// The step as it was, where all its entities have places.
    pub(super) fn step(self, places: &Places) -> Step {
        let annotation = |it: Option<AnnotationRecord>| it.and_then(|it| it.annotation(places));
        let changes = self.changes.into_iter().map(|it| Change {
            id: it.id.0,
            before: annotation(it.before),
            after: annotation(it.after),
        });
        let entity = |it: Option<EntityRecord>| it.map(EntityRecord::entity);
        let entities = self.entities.into_iter().filter_map(|it| {
            let id = places.get(it.key)?;
            Some(EntityChange { id, before: entity(it.before), after: entity(it.after) })
        });
        let about = self
            .about
            .map(|[before, after]| AboutChange { before: before.about(), after: after.about() });
        Step::recorded(self.name, changes.collect(), entities.collect(), about)
    }
}
