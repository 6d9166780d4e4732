//! What an export says, key by key, in the order of the file format; TOML and JSON only write it
//! down.

use sha2::{Digest, Sha256};

use super::Options;
use super::analysis::certainty;
use crate::annot::anchor::Anchor;
use crate::annot::{Annotation, Body, Entity, EntityId, Extra, Origin, Quote, Store, Time};
use crate::article::Article;
use crate::text::TextRange;
use crate::text::units::CodePoints;

/// The keys of a table with their values; those that have nothing to say are left out.
pub(super) type Row<'a> = Vec<(&'static str, Value<'a>)>;

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
        let meta = &self.article.meta;
        let mut row = Row::new();
        let mut words = |key, value: Option<&'a str>| {
            row.extend(value.map(|value| (key, Value::Words(value))));
        };
        words("title", meta.title.as_deref());
        words("source", Some(&meta.source));
        if !meta.authors.is_empty() {
            let authors = meta.authors.iter().map(String::as_str).collect();
            row.push(("authors", Value::List(authors)));
        }
        row.extend(meta.publisher.as_deref().map(|it| ("publisher", Value::Words(it))));
        row.extend(meta.published.map(|day| ("published", Value::Date(day.to_string()))));
        row.extend(meta.language.as_deref().map(|it| ("language", Value::Words(it))));
        row.push(("sha256", Value::Made(fingerprint(&self.article.text))));
        row.push(("characters", Value::Number(self.points.total())));
        if self.options.with_text {
            row.push(("text", Value::Words(&self.article.text)));
        }
        row
    }

    /// The wanted annotations in document order.
    fn wanted(&self) -> impl Iterator<Item = &'a Annotation> {
        self.store.annotations().iter().filter(|it| self.options.filter.passes(it))
    }

    /// The entities in the order in which the article first mentions them, then those that it
    /// does not mention, where no kind or tag is asked for in particular.
    pub(super) fn entities(&self) -> impl Iterator<Item = Row<'a>> {
        let mut seen = vec![false; self.store.entities().len()];
        let filter = &self.options.filter;
        let all = filter.kinds.is_empty() && filter.tags.is_empty();
        let rest = self.store.live_entities().map(|(id, _)| id).filter(|_| all);
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
        let anchor = Anchor::of(&self.article.text, &self.points, it.range);
        let mut row = vec![
            ("id", Value::Made(it.id.to_string())),
            ("kind", Value::Words(it.kind().name())),
            ("start", Value::Number(anchor.start)),
            ("end", Value::Number(anchor.end)),
            ("exact", Value::Words(anchor.exact)),
        ];
        let neighbours = [("prefix", anchor.prefix), ("suffix", anchor.suffix)];
        let neighbours = neighbours.into_iter().filter(|(_, words)| !words.is_empty());
        row.extend(neighbours.map(|(key, words)| (key, Value::Words(words))));
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
            Body::Time(time) => add_time(&mut row, time),
            Body::Highlight => {}
        }
        row
    }

    fn key_of(&self, id: EntityId) -> Option<Value<'a>> {
        self.store.entity(id).map(|entity| Value::Made(entity.key.to_string()))
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
            row.push(("speaker_words", Value::Words(speaker.range.of(&self.article.text))));
            row.push(("speaker_place", self.places(speaker.range)));
        }
        if let Some(cue) = quote.cue {
            row.push(("cue", Value::Words(cue.of(&self.article.text))));
            row.push(("cue_place", self.places(cue)));
        }
        row.push(("form", Value::Words(quote.form.name())));
        row.extend(quote.continues.map(|id| ("continues", Value::Made(id.to_string()))));
        if quote.outer != range {
            row.push(("marks_place", self.places(quote.outer)));
        }
    }
}

/// SHA-256 of a text in UTF-8, in hexadecimal digits.
fn fingerprint(text: &str) -> String {
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
    if !it.aliases.is_empty() {
        let aliases = it.aliases.iter().map(String::as_str).collect();
        row.push(("aliases", Value::List(aliases)));
    }
    row.extend(it.description.as_deref().map(|words| ("description", Value::Words(words))));
    row
}

fn add_extra<'a>(row: &mut Row<'a>, extra: &'a Extra) {
    if !extra.tags.is_empty() {
        row.push(("tags", Value::List(extra.tags.iter().map(String::as_str).collect())));
    }
    if !extra.note.is_empty() {
        row.push(("note", Value::Words(&extra.note)));
    }
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
