//! Annotations as the W3C Web Annotation Data Model says them, for other annotation tools.

use std::io;

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use super::Options;
use super::analysis::certainty;
use super::rows::Sheet;
use super::safe::json_pretty;
use crate::annot::{Annotation, Body, Kind, Origin, Store};
use crate::article::Article;

/// An `AnnotationPage`.
pub(super) fn write(
    out: &mut impl io::Write,
    article: &Article,
    store: &Store,
    options: &Options,
) -> io::Result<()> {
    let sheet = Sheet::new(article, store, options);
    let source = iri(&article.meta.source);
    let page = Page {
        context: CONTEXT,
        kind: "AnnotationPage",
        items: Items { sheet: &sheet, store, source: &source },
    };
    json_pretty(out, &page)
}

/// The model's own words, and ours for what it has none for.
const CONTEXT: Context =
    ("http://www.w3.org/ns/anno.jsonld", Own { pullquote: "urn:x-pullquote:" });

type Context = (&'static str, Own);

#[derive(Serialize)]
struct Own {
    pullquote: &'static str,
}

#[derive(Serialize)]
struct Page<'a> {
    #[serde(rename = "@context")]
    context: Context,
    #[serde(rename = "type")]
    kind: &'static str,
    items: Items<'a>,
}

/// One at a time: all of them together are many times as long as the article.
struct Items<'a> {
    sheet: &'a Sheet<'a>,
    store: &'a Store,
    source: &'a str,
}

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for it in self.sheet.wanted() {
            list.serialize_element(&self.item(it))?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<Creator>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<Part<'a>>,
    target: Target<'a>,
    #[serde(rename = "pullquote:kind")]
    said: &'static str,
    #[serde(rename = "pullquote:review")]
    review: &'static str,
    #[serde(rename = "pullquote:rule", skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    #[serde(rename = "pullquote:confidence", skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
}

#[derive(Serialize)]
struct Creator {
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'static str,
}

/// A body of an annotation.
#[derive(Serialize)]
struct Part<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    purpose: &'static str,
}

#[derive(Serialize)]
struct Target<'a> {
    source: &'a str,
    selector: (Position, Words<'a>),
}

#[derive(Serialize)]
struct Position {
    #[serde(rename = "type")]
    kind: &'static str,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Words<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    exact: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    prefix: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    suffix: &'a str,
}

impl<'a> Items<'a> {
    fn item(&self, it: &'a Annotation) -> Item<'a> {
        let anchor = self.sheet.anchor(it);
        let (start, end) = (anchor.start, anchor.end);
        let position = Position { kind: "TextPositionSelector", start, end };
        let (exact, prefix, suffix) = (anchor.exact, anchor.prefix, anchor.suffix);
        let words = Words { kind: "TextQuoteSelector", exact, prefix, suffix };
        let found = matches!(it.origin, Origin::Detector { .. });
        let extra = it.extra.as_deref();
        let moment = |moment: jiff::Timestamp| moment.to_string();
        Item {
            id: format!("urn:uuid:{}", it.id),
            kind: "Annotation",
            motivation: match it.kind() {
                _ if !it.note().is_empty() => "commenting",
                Kind::Highlight => "highlighting",
                Kind::Quote | Kind::Time => "describing",
                Kind::Mention => "identifying",
            },
            creator: found.then_some(Creator { kind: "Software", name: "pullquote" }),
            created: extra.and_then(|extra| extra.created).map(moment),
            modified: extra.and_then(|extra| extra.modified).map(moment),
            body: self.parts(it),
            target: Target { source: self.source, selector: (position, words) },
            said: it.kind().name(),
            review: it.review.name(),
            rule: it.rule(),
            confidence: found.then(|| certainty(it.confidence)),
        }
    }

    fn parts(&self, it: &'a Annotation) -> Vec<Part<'a>> {
        let text = |value, purpose| Part {
            kind: "TextualBody",
            source: None,
            value: Some(value),
            format: Some("text/plain"),
            purpose,
        };
        let mut parts = Vec::new();
        let somebody = match &it.body {
            Body::Quote(quote) => {
                parts.extend(self.sheet.speaker(quote).map(|name| text(name, "identifying")));
                quote.speaker.as_ref().and_then(|speaker| speaker.entity)
            }
            Body::Mention(entity) => {
                let entity = self.store.entity(*entity);
                parts.extend(entity.map(|entity| text(&entity.name, "identifying")));
                it.mention()
            }
            Body::Time(time) => {
                parts.push(text(&time.value, "describing"));
                None
            }
            Body::Highlight => None,
        };
        parts.extend(somebody.and_then(|id| self.store.entity(id)).map(|entity| Part {
            kind: "SpecificResource",
            source: Some(format!("urn:uuid:{}", entity.key)),
            value: None,
            format: None,
            purpose: "identifying",
        }));
        parts.extend(it.tags().iter().map(|tag| text(tag, "tagging")));
        parts.extend(Some(it.note()).filter(|it| !it.is_empty()).map(|it| text(it, "commenting")));
        parts
    }
}

/// A source as an IRI: an address as it is, a path as a reference in which nothing else than its
/// slashes has a meaning.
fn iri(source: &str) -> String {
    let address = source.starts_with("http://") || source.starts_with("https://");
    let stays = |byte: u8| {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        plain || address && b":?#[]@!$&'()*+,;=%".contains(&byte)
    };
    source.bytes().fold(String::with_capacity(source.len()), |mut iri, byte| {
        use std::fmt::Write;
        if stays(byte) {
            iri.push(char::from(byte));
        } else {
            write!(iri, "%{byte:02X}").expect("a string takes everything");
        }
        iri
    })
}
