//! What an export says, key by key, in the order of the file format; TOML and JSON only write it
//! down.

use sha2::{Digest, Sha256};

use super::analysis::certainty;
use super::{Options, known};
use crate::annot::anchor::Anchor;
use crate::annot::{
    About, Annotation, AnnotationId, Body, Entity, EntityId, EntityKind, Extra, Kind, Origin,
    Quote, Store, Time, Was, timeline,
};
use crate::article::{Article, Meta};
use crate::text::TextRange;
use crate::text::units::CodePoints;

/// The keys of a table with their values; those that have nothing to say are left out.
pub(super) type Row<'a> = Vec<(&'a str, Value<'a>)>;

/// The values that a file may hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Words(&'a str),
    Made(String),
    Number(u32),
    Decimal(f64),
    Truth(bool),
    /// A date or a moment, which TOML writes without quotes.
    Date(String),
    List(Vec<&'a str>),
    Places([u32; 2]),
    /// What another program wrote.
    Foreign(&'a ::toml::Value),
}

/// An article with its annotations on the way into a file.
pub(super) struct Sheet<'a> {
    article: &'a Article,
    store: &'a Store,
    options: &'a Options,
    points: CodePoints<'a>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(article: &'a Article, store: &'a Store, options: &'a Options) -> Self {
        Self { article, store, options, points: CodePoints::new(&article.text) }
    }

    pub(super) fn article(&self) -> Row<'a> {
        let (meta, about) = (&self.article.meta, self.store.about());
        let mut row = Row::new();
        let words = |key, value: Option<&'a str>| value.map(|value| (key, Value::Words(value)));
        row.extend(words("title", meta.title.as_deref()));
        row.extend(words("source", Some(&meta.source)));
        row.extend(list("authors", &meta.authors));
        row.extend(words("publisher", meta.publisher.as_deref()));
        row.extend(self.published().map(|day| ("published", Value::Date(day.to_string()))));
        row.extend(meta.retrieved.map(|moment| ("retrieved", Value::Date(moment.to_string()))));
        row.extend(words("language", meta.language.as_deref()));
        row.push(("sha256", Value::Made(fingerprint(&self.article.text))));
        row.push(("characters", Value::Number(self.points.total())));
        row.extend(list("tags", &about.tags));
        row.extend(some_words("note", &about.note));
        if self.options.with_text {
            row.push(("text", Value::Words(&self.article.text)));
        }
        add_foreign(&mut row, &about.other, |key| known::ARTICLE.contains(&key));
        row
    }

    /// What other programs say of the whole file.
    pub(super) fn outside(&self) -> Row<'a> {
        let mut row = Row::new();
        let outside = &self.store.about().outside;
        add_foreign(&mut row, outside, |key| known::FILE.contains(&key));
        row
    }

    /// The wanted annotations in document order. Lost ones have no place in the document any
    /// more: they come last, in the order of the places that they had.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &'a Annotation> + use<'a> {
        let filter = &self.options.filter;
        let wanted = || self.store.annotations().iter().filter(|it| filter.passes(it));
        let mut lost: Vec<_> =
            wanted().filter_map(|it| it.was().filter(|was| was.lost).zip(Some(it))).collect();
        lost.sort_by_key(|(was, it)| {
            let place = &was.selector;
            (place.start, std::cmp::Reverse(place.end), it.kind(), it.id)
        });
        wanted().filter(|it| !it.is_lost()).chain(lost.into_iter().map(|(_, it)| it))
    }

    /// The wanted ones of a kind.
    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &'a Annotation> + use<'a> {
        self.wanted().filter(move |it| it.kind() == kind)
    }

    /// The words of an annotation; of a lost one, those that it stood on.
    pub(super) fn words(&self, it: &'a Annotation) -> &'a str {
        match it.was() {
            Some(Was { lost: true, selector, .. }) => &selector.exact,
            _ => it.range.of(&self.article.text),
        }
    }

    /// The name of who said a quote; nothing where nobody is named.
    pub(super) fn speaker(&self, quote: &'a Quote) -> Option<&'a str> {
        let speaker = quote.speaker.as_ref()?;
        let entity = speaker.entity.and_then(|id| self.store.entity(id));
        let name = entity.map_or(&*speaker.name, |entity| &entity.name);
        Some(name).filter(|name| !name.is_empty())
    }

    /// The entities that the wanted annotations mention, by kind and then by the number of their
    /// mentions.
    pub(super) fn counted(&self) -> Vec<(usize, &'a Entity)> {
        let all = self.store.annotations();
        let count = |id| {
            let mentions = self.store.mentions_of(id).iter().map(|&at| &all[at as usize]);
            mentions.filter(|it| self.options.filter.passes(it)).count()
        };
        let counted = self.store.live_entities().map(|(id, entity)| (count(id), entity));
        let mut counted: Vec<_> = counted.filter(|(count, _)| *count > 0).collect();
        let rank = |kind| EntityKind::ALL.iter().position(|it| *it == kind);
        counted.sort_by_key(|(count, entity)| (rank(entity.kind), std::cmp::Reverse(*count)));
        counted
    }

    /// The wanted times in the order of the calendar; what has no place there comes last.
    pub(super) fn timeline(&self) -> impl Iterator<Item = (&'a Annotation, &'a Time)> + use<'a> {
        let all = self.store.annotations();
        let order =
            timeline::order(self.store, self.published(), |it| self.options.filter.passes(it));
        let rows = order.dated.into_iter().chain(order.undated);
        rows.filter_map(|row| {
            let it = &all[row.index as usize];
            Some((it, it.time()?))
        })
    }

    /// One entity, where it is in use.
    pub(super) fn entity(&self, id: EntityId) -> Option<&'a Entity> {
        self.store.entity(id)
    }

    /// The day that the article was written, as the reader says or else the article.
    pub(super) fn published(&self) -> Option<jiff::civil::Date> {
        self.store.about().published.or(self.article.meta.published)
    }

    /// What is said of the article as a whole.
    pub(super) fn about(&self) -> (&'a Meta, &'a About) {
        (&self.article.meta, self.store.about())
    }

    /// The entities in the order in which the article first mentions them, then by type and name those
    /// that it does not mention, where no kind or tag is asked for in particular.
    pub(super) fn entities(&self) -> impl Iterator<Item = Row<'a>> {
        let mut seen = vec![false; self.store.entities().len()];
        let filter = &self.options.filter;
        let all = filter.kinds.is_empty() && filter.tags.is_empty();
        let mut rest: Vec<_> = self.store.live_entities().filter(|_| all).collect();
        rest.sort_by_key(|(_, it)| (it.kind.name(), &it.name, it.key));
        let rest = rest.into_iter().map(|(id, _)| id);
        let mut order = self.wanted().filter_map(entity_of).chain(rest).collect::<Vec<_>>();
        order.retain(|id| {
            seen.get_mut(id.0 as usize).is_some_and(|seen| !std::mem::replace(seen, true))
        });
        order.into_iter().filter_map(|id| self.store.entity(id)).map(entity)
    }

    pub(super) fn annotations(&self) -> impl Iterator<Item = Row<'a>> {
        self.wanted().map(|it| self.annotation(it))
    }

    fn annotation(&self, it: &'a Annotation) -> Row<'a> {
        let mut row =
            vec![("id", Value::Made(it.id.to_string())), ("kind", Value::Words(it.kind().name()))];
        self.add_place(&mut row, it);
        match &it.origin {
            Origin::Reader => row.push(("origin", Value::Words("reader"))),
            Origin::Detector { rule } => row.extend([
                ("origin", Value::Words("detector")),
                ("rule", Value::Words(rule)),
                ("confidence", Value::Decimal(certainty(it.confidence))),
            ]),
        }
        row.push(("review", Value::Words(it.review.name())));
        if let Some(extra) = &it.extra {
            add_extra(&mut row, extra);
        }
        match &it.body {
            Body::Quote(quote) => self.add_quote(&mut row, quote, it.range),
            Body::Mention(id) => row.extend(self.key_of(*id).map(|key| ("entity", key))),
            Body::Time(time) => {
                add_time(&mut row, time);
                self.add_event(&mut row, it);
            }
            Body::Highlight => {}
        }
        if let Some(extra) = &it.extra {
            add_foreign(&mut row, &extra.other, |key| known::of(it, key));
        }
        row
    }

    /// What happens at a time: its clause, and the names of those who take part. A lost time has
    /// no clause in this text.
    fn add_event(&self, row: &mut Row<'a>, it: &'a Annotation) {
        if it.is_lost() {
            return;
        }
        let event = timeline::event(self.article, self.store, it.range);
        row.push(("event", Value::Words(event.clause.of(&self.article.text))));
        row.push(("event_place", self.places(event.clause)));
        let names = event.names(self.store);
        if !names.is_empty() {
            row.push(("who", Value::List(names)));
        }
    }

    /// Where it stands; of a lost one, where it stood.
    pub(super) fn anchor(&self, it: &'a Annotation) -> Anchor<'a> {
        match it.was() {
            Some(Was { lost: true, selector, .. }) => selector.into(),
            _ => Anchor::of(&self.article.text, &self.points, it.range),
        }
    }

    /// Where it stands, or stood; and what stood there before, where the text has changed.
    fn add_place(&self, row: &mut Row<'a>, it: &'a Annotation) {
        let anchor = self.anchor(it);
        let was = it.was().filter(|was| !was.lost).map(|was| &was.selector);
        row.extend([
            ("start", Value::Number(anchor.start)),
            ("end", Value::Number(anchor.end)),
            ("exact", Value::Words(anchor.exact)),
        ]);
        row.extend(some_words("prefix", anchor.prefix));
        row.extend(some_words("suffix", anchor.suffix));
        if let Some(was) = was {
            row.push(("was", Value::Words(&was.exact)));
            row.push(("was_place", Value::Places([was.start, was.end])));
            row.extend(some_words("was_prefix", &was.prefix));
            row.extend(some_words("was_suffix", &was.suffix));
        }
        if it.is_lost() {
            row.push(("lost", Value::Truth(true)));
        }
    }

    fn key_of(&self, id: EntityId) -> Option<Value<'a>> {
        self.store.entity(id).map(|entity| Value::Made(entity.key.to_string()))
    }

    /// Whether the file has this quote in it, so that another one may go on with it.
    fn holds_quote(&self, id: AnnotationId) -> bool {
        let it = self.store.get(id);
        it.is_some_and(|it| it.quote().is_some() && self.options.filter.passes(it))
    }

    fn places(&self, range: TextRange) -> Value<'a> {
        Value::Places([self.points.of_byte(range.start), self.points.of_byte(range.end)])
    }

    fn add_quote(&self, row: &mut Row<'a>, quote: &'a Quote, range: TextRange) {
        if let Some(speaker) = &quote.speaker {
            let entity = speaker.entity.and_then(|id| self.store.entity(id));
            row.extend(entity.map(|it| ("speaker", Value::Made(it.key.to_string()))));
            let name = entity.map_or(&*speaker.name, |it| it.name.as_str());
            row.push(("speaker_name", Value::Words(name)));
            // The reader may have said who it is where no words do.
            if !speaker.range.is_empty() {
                row.push(("speaker_words", Value::Words(speaker.range.of(&self.article.text))));
                row.push(("speaker_place", self.places(speaker.range)));
            }
        }
        if let Some(cue) = quote.cue {
            row.push(("cue", Value::Words(cue.of(&self.article.text))));
            row.push(("cue_place", self.places(cue)));
        }
        row.push(("form", Value::Words(quote.form.name())));
        let first = quote.continues.filter(|&id| self.holds_quote(id));
        row.extend(first.map(|id| ("continues", Value::Made(id.to_string()))));
        if quote.outer != range {
            row.push(("marks_place", self.places(quote.outer)));
        }
    }
}

/// SHA-256 of a text in UTF-8, in hexadecimal digits.
pub(super) fn fingerprint(text: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("a string takes everything");
        digits
    })
}

fn entity_of(it: &Annotation) -> Option<EntityId> {
    match &it.body {
        Body::Mention(id) => Some(*id),
        Body::Quote(quote) => quote.speaker.as_ref()?.entity,
        Body::Time(_) | Body::Highlight => None,
    }
}

fn entity(it: &Entity) -> Row<'_> {
    let mut row = vec![
        ("id", Value::Made(it.key.to_string())),
        ("name", Value::Words(&it.name)),
        ("type", Value::Words(it.kind.name())),
    ];
    row.extend(list("aliases", &it.aliases));
    row.extend(it.description.as_deref().map(|words| ("description", Value::Words(words))));
    if let Some(other) = &it.other {
        add_foreign(&mut row, other, |key| known::ENTITY.contains(&key));
    }
    row
}

/// A key with its list, where there is anything in it.
fn list<'a>(key: &'static str, all: &'a [String]) -> Option<(&'a str, Value<'a>)> {
    let words = || all.iter().map(String::as_str).collect();
    (!all.is_empty()).then(|| (key, Value::List(words())))
}

/// A key with its words, where there are any.
fn some_words<'a>(key: &'static str, words: &'a str) -> Option<(&'a str, Value<'a>)> {
    (!words.is_empty()).then_some((key, Value::Words(words)))
}

/// What other programs wrote, by name. A key that has a meaning of its own cannot be theirs.
fn add_foreign<'a>(row: &mut Row<'a>, table: &'a ::toml::Table, known: impl Fn(&str) -> bool) {
    let first = row.len();
    let foreign = table.iter().filter(|(key, _)| !known(key));
    row.extend(foreign.map(|(key, value)| (key.as_str(), Value::Foreign(value))));
    row[first..].sort_by_key(|(key, _)| *key);
}

fn add_extra<'a>(row: &mut Row<'a>, extra: &'a Extra) {
    row.extend(list("tags", &extra.tags));
    row.extend(some_words("note", &extra.note));
    row.extend(extra.colour.as_deref().map(|colour| ("colour", Value::Words(colour))));
    row.extend(extra.created.map(|moment| ("created", Value::Date(moment.to_string()))));
    row.extend(extra.modified.map(|moment| ("modified", Value::Date(moment.to_string()))));
}

fn add_time<'a>(row: &mut Row<'a>, time: &'a Time) {
    row.push(("type", Value::Words(time.kind.name())));
    row.push(("value", Value::Words(&time.value)));
    row.extend(time.modifier.map(|modifier| ("mod", Value::Words(modifier))));
    if time.inferred {
        row.push(("inferred", Value::Truth(true)));
    }
}
