//! Groups the mentions of one person, place or organisation.
//!
//! Works on names whose kind is decided, whoever decided it. Places and organisations are grouped
//! by name for the whole document; people mention by mention, because two of one surname are told
//! apart by what stands around it.

use std::collections::{BTreeMap, HashMap};

use super::Context;
use super::entities::candidates::Candidate;
use super::entities::names::Names;
use super::entities::vocabulary::Fast;
use crate::annot::{Entity, EntityId, EntityKind};
use crate::text::{TextRange, offset};

mod description;
mod others;
mod people;

/// A mention with the entity that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    /// Where it stands, without titles.
    pub(crate) range: TextRange,
    /// Whom or what it mentions.
    pub(crate) entity: EntityId,
    /// Why it is taken for a name of this kind.
    pub(crate) rule: &'static str,
    /// How sure that is.
    pub(crate) confidence: f32,
}

/// The mentions of a document in text order, and what they mention.
#[derive(Debug, Default)]
pub(crate) struct Grouped {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) entities: Vec<Entity>,
}

/// An entity while its mentions are gathered.
struct Group {
    kind: EntityKind,
    /// The names in the order of their first use, as indexes.
    names: Vec<u32>,
    description: Option<String>,
}

/// Groups the candidates whose names have a kind.
pub(crate) fn group(context: &Context<'_>, candidates: &[Candidate], names: &Names<'_>) -> Grouped {
    let mut people = people::People::of(context, candidates, names);
    let others = others::Others::of(context, candidates, names);
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of: BTreeMap<(EntityKind, u32), u32> = BTreeMap::new();
    let mut mentions = Vec::with_capacity(candidates.len());
    for (at, candidate) in candidates.iter().enumerate() {
        let name = names.of[at];
        let Some((kind, rule, confidence)) = names.all[name as usize].verdict else { continue };
        let (rule, confidence) = names.sure.get(at).copied().unwrap_or((rule, confidence));
        let key = match kind {
            EntityKind::Person => people.resolve(context, at),
            EntityKind::Place | EntityKind::Organization => others.group(name),
        };
        let group = *group_of.entry((kind, key)).or_insert_with(|| {
            groups.push(Group { kind, names: Vec::new(), description: None });
            offset(groups.len() - 1)
        });
        let gathered = &mut groups[group as usize];
        // A long article names a few things often: their names are near the end of short lists.
        if !gathered.names.contains(&name) {
            gathered.names.push(name);
        }
        if gathered.description.is_none() && !candidate.weak {
            gathered.description = description::of(context, candidate, kind);
        }
        let range = candidate.range(&context.tokens.all);
        mentions.push(Mention { range, entity: EntityId(group), rule, confidence });
    }
    Grouped { mentions, entities: entities(context, groups, names) }
}

fn entities(context: &Context<'_>, groups: Vec<Group>, names: &Names<'_>) -> Vec<Entity> {
    let mut taken: HashMap<(EntityKind, String), u32, Fast> = HashMap::default();
    groups
        .into_iter()
        .map(|group| {
            let words = |name: u32| names.all[name as usize].words.as_ref();
            let name = group
                .names
                .iter()
                .copied()
                .map(words)
                .max_by_key(|words| {
                    (fullness(words, group.kind), std::cmp::Reverse(words.len() / 40))
                })
                .unwrap_or_default()
                .to_owned();
            let aliases = group.names.iter().map(|name| words(*name).to_owned());
            let aliases = aliases.filter(|alias| *alias != name).collect();
            let double = taken.entry((group.kind, name.clone())).or_default();
            *double += 1;
            // Two people of one surname alone have one name, but two keys.
            let key = match *double {
                1 => context.ids.entity(group.kind, &name),
                more => context.ids.entity(group.kind, &format!("{name} {more}")),
            };
            Entity {
                key,
                name,
                kind: group.kind,
                aliases,
                description: group.description,
                other: None,
            }
        })
        .collect()
}

/// How much a name says: more words say more, but "Snr" says less than a given name, an acronym
/// less than words, and "middle east" less than "Middle East".
fn fullness(words: &str, kind: EntityKind) -> (usize, bool, usize) {
    let length = words.len().min(99);
    let parts = words.split(' ').filter(|part| !people::is_suffix(part)).count();
    let acronym = !words.chars().any(char::is_lowercase);
    match kind {
        EntityKind::Person => (parts, is_title_case(words), length),
        EntityKind::Place | EntityKind::Organization => {
            (usize::from(!acronym), is_title_case(words), length)
        }
    }
}

/// Whether all but the small words begin with a capital, and not all letters are capitals.
fn is_title_case(words: &str) -> bool {
    const SMALL: usize = 3;
    words.chars().any(char::is_lowercase)
        && words
            .split(' ')
            .filter(|word| word.len() > SMALL)
            .all(|word| !word.starts_with(char::is_lowercase))
}
