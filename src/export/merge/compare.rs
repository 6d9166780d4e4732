//! Whether two annotations of one name say the same, and which is the later one.

use crate::annot::{Annotation, Body, Origin};
use crate::export::analysis::certainty;
use crate::export::toml;
use crate::text::TextRange;

/// Whether they say the same. Places count where both are of one text.
pub(super) fn same(one: &Annotation, other: &Annotation, same_text: bool) -> bool {
    let foreign = |it: &Annotation| it.extra.as_ref().map(|extra| toml::inline(&extra.other));
    let none = || "{}".to_owned();
    essence(one, same_text) == essence(other, same_text)
        && foreign(one).unwrap_or_else(none) == foreign(other).unwrap_or_else(none)
}

/// What a file says of an annotation, without what it does not say and without the keys of other
/// programs, whose numbers need not be equal to themselves.
fn essence(it: &Annotation, same_text: bool) -> Annotation {
    let mut it = it.clone();
    let lost = it.is_lost();
    #[expect(clippy::cast_possible_truncation, reason = "both sides are cut the same way")]
    let said = certainty(it.confidence) as f32;
    it.confidence = if it.origin == Origin::Reader { 1.0 } else { said };
    let place = |range: TextRange| {
        let said = same_text && !(range.is_empty() && lost);
        if said { range } else { TextRange::default() }
    };
    it.range = place(it.range);
    if let Body::Quote(quote) = &mut it.body {
        quote.outer = place(quote.outer);
        quote.cue = quote.cue.filter(|_| same_text);
        if let Some(speaker) = &mut quote.speaker {
            let said = same_text && !speaker.range.is_empty();
            speaker.range = if said { speaker.range } else { TextRange::default() };
            if speaker.entity.is_some() {
                speaker.name = "".into();
            }
        }
    }
    if let Some(extra) = &mut it.extra {
        extra.other = ::toml::Table::new();
        extra.was = extra.was.take().filter(|_| same_text);
    }
    it.extra = it.extra.filter(|extra| !extra.is_empty());
    it
}

/// Whether the file's is the later one. What nobody has dated is earlier than what has a date; of
/// two without, the one that is brought in now is the later.
pub(super) fn later(file: &Annotation, ours: &Annotation) -> bool {
    let moment = |it: &Annotation| {
        let extra = it.extra.as_ref()?;
        extra.modified.or(extra.created)
    };
    match (moment(file), moment(ours)) {
        (Some(file), Some(ours)) => file > ours,
        (None, Some(_)) => false,
        (_, None) => true,
    }
}
