//! The keys of the format, table by table. All others are somebody else's: they are kept as they
//! are and written out again behind the known ones.

use crate::annot::{Annotation, Kind, Origin};

/// Of the file, or of a `[[document]]` in it.
pub(super) const FILE: [&str; 6] =
    ["format", "version", "document", "article", "entity", "annotation"];

/// Of `[article]`.
pub(super) const ARTICLE: [&str; 12] = [
    "title",
    "source",
    "authors",
    "publisher",
    "published",
    "retrieved",
    "language",
    "sha256",
    "characters",
    "tags",
    "note",
    "text",
];

/// Of `[[entity]]`.
pub(super) const ENTITY: [&str; 5] = ["id", "name", "type", "aliases", "description"];

/// Of every `[[annotation]]`.
const ANNOTATION: [&str; 19] = [
    "id",
    "kind",
    "start",
    "end",
    "exact",
    "prefix",
    "suffix",
    "lost",
    "was",
    "was_place",
    "was_prefix",
    "was_suffix",
    "origin",
    "review",
    "tags",
    "note",
    "colour",
    "created",
    "modified",
];

/// Of what a detector found.
const DETECTOR: [&str; 2] = ["rule", "confidence"];

const QUOTE: [&str; 9] = [
    "speaker",
    "speaker_name",
    "speaker_words",
    "speaker_place",
    "cue",
    "cue_place",
    "form",
    "continues",
    "marks_place",
];

const MENTION: [&str; 1] = ["entity"];

const TIME: [&str; 7] = ["type", "value", "mod", "inferred", "event", "event_place", "who"];

/// Whether a key of an annotation has a meaning, for one of this kind.
pub(super) fn in_annotation(key: &str, kind: Kind, by_detector: bool) -> bool {
    let of_kind: &[&str] = match kind {
        Kind::Quote => &QUOTE,
        Kind::Mention => &MENTION,
        Kind::Time => &TIME,
        Kind::Highlight => &[],
    };
    ANNOTATION.contains(&key) || of_kind.contains(&key) || by_detector && DETECTOR.contains(&key)
}

/// The same for an annotation that is there already.
pub(super) fn of(it: &Annotation, key: &str) -> bool {
    in_annotation(key, it.kind(), matches!(it.origin, Origin::Detector { .. }))
}
