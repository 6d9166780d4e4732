//! What happens at a time, and who takes part.

use super::gist;
use crate::annot::{Annotation, EntityId, EntityKind, Review, Store};
use crate::article::Article;
use crate::text::TextRange;

/// What the article tells of a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The clause that holds the time, and not its whole sentence; see [`gist`].
    pub clause: TextRange,
    /// Who and what the clause mentions, each once, in text order; at most six.
    pub who: Vec<EntityId>,
}

/// More names than that are a list, and no event that one would read in a line.
const MOST: usize = 6;

/// How far back from a clause its "he" or "she" is looked for, in bytes.
const REACH: u32 = 600;

/// The event at a time: its clause with the entities that take part in it.
///
/// Where "he" or "she" acts in the clause, and the block and the one before it have named one
/// person only, that is who takes part. Looks at the mentions of a few hundred bytes only, so rows
/// can ask for it when they are drawn. Mentions that the reader has rejected take no part.
pub fn event(article: &Article, store: &Store, time: TextRange) -> Event {
    let clause = gist(article, time);
    let mut who: Vec<EntityId> = Vec::new();
    let within = store.touching(clause).map(|(_, it)| it);
    let live = within.filter(|it| it.review != Review::Rejected && clause.covers(it.range));
    let he_or_she = acts(clause.of(&article.text)).then(|| only_person(article, store, clause));
    for id in he_or_she.flatten().into_iter().chain(live.filter_map(Annotation::mention)) {
        if who.len() < MOST && !who.contains(&id) {
            who.push(id);
        }
    }
    Event { clause, who }
}

/// Whether "he" or "she" is among the first words of a clause, where its subject stands.
fn acts(clause: &str) -> bool {
    let mut words = clause.split_whitespace().take(4);
    words.any(|word| matches!(word, "he" | "He" | "she" | "She"))
}

/// The one person whom the text names shortly before a clause; none where it names several.
fn only_person(article: &Article, store: &Store, clause: TextRange) -> Option<EntityId> {
    let block = article.block_at(clause.start);
    let first = article.blocks.get(block.saturating_sub(1))?.range.start;
    let start = first.max(clause.start.saturating_sub(REACH)).min(clause.start);
    let before = store.touching(TextRange::new(start, clause.start)).map(|(_, it)| it);
    let mut only = None;
    for id in before
        .filter(|it| it.review != Review::Rejected && it.range.end <= clause.start)
        .filter_map(Annotation::mention)
    {
        if store.entity(id).is_some_and(|it| it.kind == EntityKind::Person) {
            match only {
                Some(other) if other != id => return None,
                _ => only = Some(id),
            }
        }
    }
    only
}

impl Event {
    /// The names of those who take part.
    pub fn names<'s>(&self, store: &'s Store) -> Vec<&'s str> {
        self.who.iter().filter_map(|id| store.entity(*id)).map(|it| it.name.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::store::Findings;
    use crate::annot::{Body, Entity, IdMaker, Kind, Origin};
    use crate::article::plain;

    /// The clause of the time `time`, and which of the names (wherever they stand) take part.
    #[track_caller]
    fn check(text: &str, time: &str, names: &[&str], clause: &str, who: &[&str]) {
        let article = plain::read(text.to_owned(), "-");
        let ids = IdMaker::new(text);
        let mut found = Findings::default();
        for (at, name) in names.iter().enumerate() {
            found.entities.push(Entity {
                key: ids.entity(EntityKind::Person, name),
                name: (*name).into(),
                kind: EntityKind::Person,
                aliases: Vec::new(),
                description: None,
                other: None,
            });
            for (place, _) in text.match_indices(name) {
                let range = TextRange::of_bytes(place, place + name.len());
                found.annotations.push(Annotation {
                    id: ids.annotation(Kind::Mention, range, name),
                    range,
                    body: Body::Mention(EntityId(u32::try_from(at).unwrap_or(0))),
                    origin: Origin::Detector { rule: "name".into() },
                    review: Review::Proposed,
                    confidence: 1.0,
                    extra: None,
                });
            }
        }
        found.annotations.sort_by_key(|it| it.range.start);
        let mut store = Store::default();
        store.take(Kind::Mention, found);
        let start = text.find(time).expect("the time stands there");
        let event = event(&article, &store, TextRange::of_bytes(start, start + time.len()));
        assert_eq!(event.clause.of(text), clause, "{text}");
        assert_eq!(event.names(&store), who, "{text}");
    }

    #[test]
    fn the_clause_of_a_time_has_those_who_take_part() {
        let names = ["Anna Berg", "Paul Falk", "Oslo"];
        check(
            "Anna Berg moved to Oslo in 2018, and Paul Falk stayed at home.",
            "2018",
            &names,
            "Anna Berg moved to Oslo",
            &["Anna Berg", "Oslo"],
        );
        check(
            "Anna Berg left. In 2018 Paul Falk met Anna Berg and Paul Falk’s aunt.",
            "2018",
            &names,
            "Paul Falk met Anna Berg and Paul Falk’s aunt",
            &["Paul Falk", "Anna Berg"],
        );
        check(
            "Anna Berg, a farmer from Oslo, was elected in 2018.",
            "2018",
            &names,
            "Anna Berg, a farmer from Oslo, was elected",
            &["Anna Berg", "Oslo"],
        );
        check(
            "Anna Berg is a farmer. She was elected in 2018, and nobody minded.",
            "2018",
            &names,
            "She was elected in 2018",
            &["Anna Berg"],
        );
        check(
            "Anna Berg met Paul Falk’s aunt. She was elected in 2018, and nobody minded.",
            "2018",
            &names,
            "She was elected in 2018",
            &[],
        );
        check(
            "It rained in 2018 for many weeks.",
            "2018",
            &names,
            "It rained in 2018 for many weeks",
            &[],
        );
    }
}
