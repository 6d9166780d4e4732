//! One analyzed article as a JSON object, for scripts and for measuring.

use serde::Serialize;

use crate::annot::{Annotation, EntityId, Kind, Store, timeline};
use crate::article::Article;
use crate::text::TextRange;
use crate::text::units::CodePoints;

/// What was found in an article, in the shape of one line of `pullquote analyze --jsonl`.
///
/// The keys are fixed; a key that has nothing to say is `null`, so that a script need not ask
/// whether it is there.
#[derive(Debug, Serialize)]
pub struct Analysis<'a> {
    /// The id that came with the text.
    pub id: &'a serde_json::Value,
    title: Option<&'a str>,
    date: Option<String>,
    quotes: Vec<QuoteRow<'a>>,
    entities: Vec<EntityRow<'a>>,
    dates: Vec<TimeRow<'a>>,
}

#[derive(Debug, Serialize)]
struct QuoteRow<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    speaker: Option<&'a str>,
    speaker_start: Option<u32>,
    speaker_end: Option<u32>,
    /// Index into the entities of the same object.
    speaker_entity: Option<usize>,
    cue: Option<&'a str>,
    form: &'static str,
    confidence: f64,
    rule: Option<&'a str>,
    /// Index into the quotes of the same object.
    continues: Option<usize>,
}

#[derive(Debug, Serialize)]
struct EntityRow<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    aliases: &'a [String],
    mentions: Vec<[u32; 2]>,
}

#[derive(Debug, Serialize)]
struct TimeRow<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'a str,
    #[serde(rename = "mod")]
    modifier: Option<&'static str>,
    inferred: bool,
    rule: Option<&'a str>,
    /// The clause that tells what happens then.
    event_start: u32,
    event_end: u32,
    /// The names of the entities that it mentions.
    who: Vec<&'a str>,
}

impl<'a> Analysis<'a> {
    /// Collects what the store holds on this article.
    pub fn of(id: &'a serde_json::Value, article: &'a Article, store: &'a Store) -> Self {
        let view =
            View { article, text: &article.text, points: CodePoints::new(&article.text), store };
        let entities = view.entities();
        Self {
            id,
            title: article.meta.title.as_deref(),
            date: article.meta.published.map(|day| day.to_string()),
            quotes: view.quotes(&entities),
            entities: entities.iter().filter_map(|&entity| view.entity(entity)).collect(),
            dates: view.each(Kind::Time).filter_map(|it| view.time(it)).collect(),
        }
    }
}

/// Two decimals say all that a detector knows of its certainty, and they are the same bytes on
/// every machine.
pub(crate) fn certainty(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

struct View<'a> {
    article: &'a Article,
    text: &'a str,
    points: CodePoints<'a>,
    store: &'a Store,
}

impl<'a> View<'a> {
    fn each(&self, kind: Kind) -> impl Iterator<Item = &'a Annotation> + use<'a> {
        let all = self.store.annotations();
        self.store.of_kind(kind).iter().map(|&at| &all[at as usize])
    }

    fn place(&self, range: TextRange) -> [u32; 2] {
        [self.points.of_byte(range.start), self.points.of_byte(range.end)]
    }

    /// The entities that the article mentions, in the order in which it first does.
    fn entities(&self) -> Vec<EntityId> {
        let mut seen = vec![false; self.store.entities().len()];
        let mut order = Vec::new();
        let mentioned = self.each(Kind::Mention).filter_map(Annotation::mention);
        let speaking = self.each(Kind::Quote).filter_map(|it| it.quote()?.speaker.as_ref()?.entity);
        for entity in mentioned.chain(speaking) {
            let known = seen.get_mut(entity.0 as usize);
            if known.is_some_and(|known| !std::mem::replace(known, true)) {
                order.push(entity);
            }
        }
        order
    }

    fn entity(&self, id: EntityId) -> Option<EntityRow<'a>> {
        let entity = self.store.entity(id)?;
        let all = self.store.annotations();
        let mentions = self.store.mentions_of(id);
        Some(EntityRow {
            name: &entity.name,
            kind: entity.kind.name(),
            aliases: &entity.aliases,
            mentions: mentions.iter().map(|&at| self.place(all[at as usize].range)).collect(),
        })
    }

    fn quotes(&self, entities: &[EntityId]) -> Vec<QuoteRow<'a>> {
        let mut index = vec![None; self.store.entities().len()];
        for (at, entity) in entities.iter().enumerate() {
            index[entity.0 as usize] = Some(at);
        }
        let numbers: std::collections::HashMap<_, _> =
            self.each(Kind::Quote).enumerate().map(|(at, it)| (it.id, at)).collect();
        let row = |it: &'a Annotation| {
            let quote = it.quote()?;
            let [start, end] = self.place(it.range);
            let speaker = quote.speaker.as_ref();
            let entity = speaker.and_then(|speaker| speaker.entity);
            let name = entity.and_then(|id| self.store.entity(id)).map(|it| it.name.as_str());
            let place = speaker.map(|speaker| self.place(speaker.range));
            Some(QuoteRow {
                start,
                end,
                text: it.range.of(self.text),
                speaker: name.or(speaker.map(|speaker| &*speaker.name)),
                speaker_start: place.map(|[start, _]| start),
                speaker_end: place.map(|[_, end]| end),
                speaker_entity: entity.and_then(|id| *index.get(id.0 as usize)?),
                cue: quote.cue.map(|cue| cue.of(self.text)),
                form: quote.form.name(),
                confidence: certainty(it.confidence),
                rule: it.rule(),
                continues: quote.continues.and_then(|id| numbers.get(&id).copied()),
            })
        };
        self.each(Kind::Quote).filter_map(row).collect()
    }

    fn time(&self, it: &'a Annotation) -> Option<TimeRow<'a>> {
        let time = it.time()?;
        let [start, end] = self.place(it.range);
        let event = timeline::event(self.article, self.store, it.range);
        let [event_start, event_end] = self.place(event.clause);
        let who = event.names(self.store);
        Some(TimeRow {
            start,
            end,
            text: it.range.of(self.text),
            kind: time.kind.name(),
            value: &time.value,
            modifier: time.modifier,
            inferred: time.inferred,
            rule: it.rule(),
            event_start,
            event_end,
            who,
        })
    }
}
