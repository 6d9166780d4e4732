//! The rows of the quotes: in the order of the text, or under the names of their speakers.

use std::collections::HashMap;

use super::{Filters, Heading, Panel, Rows, mark_rows, sentence_rows};
use crate::annot::{Annotation, EntityId, Kind, Quote, Store};
use crate::detect;

pub(super) fn build(store: &Store, filters: &Filters) -> Rows {
    let mut rows = Rows::new(Panel::Quotes);
    let all = store.annotations();
    let kept = store.of_kind(Kind::Quote).iter().copied();
    let kept = kept.filter(|at| all.get(*at as usize).is_some_and(|it| filters.keeps_quote(it)));
    if filters.grouped {
        group(&mut rows, store, kept);
    } else {
        rows.codes.extend(kept);
    }
    rows.note_places();
    rows
}

/// Whom a heading stands for.
#[derive(PartialEq, Eq, Hash)]
enum Speaker<'s> {
    Entity(EntityId),
    Name(&'s str),
}

/// Speakers in the order of their first quote, and last what nobody said.
fn group<'s>(rows: &mut Rows, store: &'s Store, quotes: impl Iterator<Item = u32>) {
    let mut groups: HashMap<Speaker<'s>, usize> = HashMap::new();
    let mut lists: Vec<Vec<u32>> = Vec::new();
    let mut nobody = Vec::new();
    for index in quotes {
        let quote = store.annotations().get(index as usize).and_then(Annotation::quote);
        let Some(speaker) = quote.and_then(|it| it.speaker.as_ref()) else {
            nobody.push(index);
            continue;
        };
        let entity = speaker.entity.filter(|id| store.entity(*id).is_some());
        let key = entity.map_or(Speaker::Name(&speaker.name), Speaker::Entity);
        let list = *groups.entry(key).or_insert(lists.len());
        if list == lists.len() {
            lists.push(Vec::new());
        }
        lists[list].push(index);
    }
    for list in lists {
        let Some(&quote) = list.first() else { continue };
        rows.push_heading(Heading::Speaker { quote, count: crate::text::offset(list.len()) });
        rows.codes.extend(list);
    }
    if !nobody.is_empty() {
        rows.push_heading(Heading::NoSpeaker(crate::text::offset(nobody.len())));
        rows.codes.extend(nobody);
    }
}

/// The name to show for a quote's speaker: the entity's, or else the article's words.
pub fn speaker_name<'a>(store: &'a Store, quote: &'a Quote) -> Option<&'a str> {
    let speaker = quote.speaker.as_ref()?;
    let entity = speaker.entity.and_then(|id| store.entity(id));
    Some(entity.map_or(&*speaker.name, |it| it.name.as_str()))
}

/// Speaker, confidence with the cue, and the rule in words.
pub(super) fn details(it: &Annotation) -> u16 {
    let speaker = u16::from(it.quote().is_some_and(|quote| quote.speaker.is_some()));
    mark_rows(it) + speaker + 1 + it.rule().map_or(1, |rule| sentence_rows(detect::explain(rule)))
}
