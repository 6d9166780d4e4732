//! Finds people, places and organisations, and tells which mentions are of the same one.
//!
//! `candidates` finds passages that may be names, `names` weighs what speaks for a person, a place
//! or an organisation anywhere in the document and proposes a kind for each different name; `model`
//! reads the sentences with these proposals and decides, `combine` makes its names agree over the
//! document and keeps what the rules are sure of, and `aliases` groups the names.

use super::lexicon::{Gender, given_name_gender};
use super::{Context, aliases};
use crate::annot::store::Findings;
use crate::annot::{Annotation, Body, Entity, EntityKind, Kind, Origin, Review};
use crate::text::TextRange;

pub(crate) mod candidates;
mod combine;
mod cues;
mod edges;
mod elsewhere;
mod evidence;
pub mod model;
pub(crate) mod names;
mod plausible;
#[cfg(test)]
mod tests;
pub(crate) mod vocabulary;

/// The rules' names, and each in one sentence for the reader who asks why.
pub const RULES: &[(&str, &str)] = &[
    ("known name", "The name is in the list of known places and organisations."),
    (
        "organisation word",
        "A word in the name says that it is an organisation: “Council”, “Ministry of”, “Inc.”.",
    ),
    ("place word", "A word in the name says that it is a place: “River”, “Mount”, “Street”."),
    ("title", "A title stands before the name: “Mr”, “Dr”."),
    ("role", "What the person is stands before the name: “President”, “spokeswoman”."),
    ("acronym", "A word of capitals that is no known abbreviation."),
    ("capitals inside", "A word with capitals inside, as companies write themselves."),
    ("given name", "The name begins with a known given name."),
    ("family name", "The name is or ends with a known family name."),
    ("initials", "Initials stand before a family name."),
    ("name suffix", "“Jr” or the like stands behind the name."),
    ("two names", "Two or three words with capitals that are no common words."),
    ("words with capitals", "Several words with capitals inside a sentence."),
    ("state", "A code of a state stands behind a town."),
    ("place ending", "The name ends as places do."),
    ("preposition", "“in”, “near” or the like stands before the name."),
    (
        "place word before",
        "A word before the name says that it is a place: “the city of”, “northern”.",
    ),
    ("place word behind", "A word behind the name says that it is a place: “province”, “border”."),
    ("place behind", "The place that it lies in stands behind the name."),
    ("based there", "Somebody is based there."),
    ("post in it", "Somebody has a post in it: “CEO of”, “spokesman for”."),
    (
        "organisation word before",
        "A word before the name says that it is an organisation: “the company”.",
    ),
    (
        "organisation word behind",
        "A word behind the name says that it is an organisation: “shares”, “employees”.",
    ),
    ("acronym follows", "Its acronym stands in brackets behind the name."),
    ("article before", "“The” stands before the name."),
    ("age", "An age stands behind the name."),
    ("verb of speech", "The one so called says something."),
    ("verb", "The one so called does what people do."),
    ("who", "“who” stands behind the name."),
    ("role behind", "What the person is stands behind the name: “…, a teacher”."),
    ("what it is behind", "What it is stands behind the name: “…, a newspaper”, “…, a town”."),
    ("what is theirs", "What belongs to the one so called tells: “…’s wife”, “…’s capital”."),
    ("place in capitals", "The place stands elsewhere in capitals: “OSLO, Norway —”."),
    ("part of a full name", "The full name stands elsewhere in the article."),
];

/// The gender of a person by the given name, where nearly all who bear it have the same; the titles
/// before the mentions tell more ([`super::lexicon::title_gender`]).
pub fn gender(entity: &Entity) -> Option<Gender> {
    let words = entity.name.split(' ').next()?;
    let person = entity.kind == EntityKind::Person && entity.name.contains(' ');
    given_name_gender(words).filter(|_| person)
}

/// Why a name was found, for the name of the model's reason or of a rule with what else the name
/// nearly was; none for other rules.
pub fn explain(rule: &str) -> Option<&'static str> {
    let of_rule = || RULES.iter().find(|it| it.0 == model::reasons::bare(rule)).map(|it| it.1);
    model::reasons::sentence(rule).or_else(of_rule)
}

/// What speaks for a name, with the words beside it, and what else it nearly was; none for a name
/// that was nearly nothing else.
pub fn told(rule: &str, text: &str, range: TextRange) -> Option<[String; 2]> {
    model::reasons::told(rule, text, range)
}

/// Finds entities and their mentions.
pub fn find(context: &Context<'_>) -> Findings {
    let vocabulary = vocabulary::Vocabulary::of(context.text(), context.tokens);
    let mut candidates = candidates::find(context, &vocabulary);
    let names = names::decide(context, &vocabulary, &mut candidates);
    let spans = model::spans(context, &vocabulary, &candidates, &names);
    let (candidates, names) = combine::names(context, &vocabulary, &spans, (&candidates, &names));
    let grouped = aliases::group(context, &candidates, &names);
    let annotations = grouped
        .mentions
        .iter()
        .map(|mention| {
            let range = mention.range;
            Annotation {
                id: context.ids.annotation(Kind::Mention, range, range.of(context.text())),
                range,
                body: Body::Mention(mention.entity),
                origin: Origin::Detector { rule: mention.rule.into() },
                review: Review::Proposed,
                confidence: mention.confidence,
                extra: None,
            }
        })
        .collect();
    Findings { annotations, entities: grouped.entities }
}
