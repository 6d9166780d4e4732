//! What a reader does to annotations, as steps that can be taken back.
//!
//! Every function says what shall be; nothing is changed until the step is given to
//! [`Store::apply`]. A step's name is what is said of it when it was done, and again when it is
//! taken back: "tagged 14 mentions".

use jiff::Timestamp;
use jiff::civil::Date;

use super::{
    Annotation, AnnotationId, Body, Entity, EntityId, EntityKind, Extra, Kind, Origin, Review,
    Speaker, Step, Store,
};
use crate::text::TextRange;

/// Makes steps upon a store, at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Editor<'s> {
    store: &'s Store,
    now: Timestamp,
}

/// A passage to be marked, with the name that its annotation shall have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The name.
    pub id: AnnotationId,
    /// Where it stands.
    pub range: TextRange,
}

/// Who shall be a quote's speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Somebody of the article.
    By(EntityId),
    /// Somebody whom the article does not name so.
    Name(String),
    /// Nobody in particular.
    Nobody,
}

impl<'s> Editor<'s> {
    /// Steps upon this store, made now.
    pub const fn new(store: &'s Store, now: Timestamp) -> Self {
        Self { store, now }
    }

    fn all(self, ids: &[AnnotationId]) -> impl Iterator<Item = &'s Annotation> {
        ids.iter().filter_map(move |&id| self.store.get(id))
    }

    /// The annotation with this done to what the reader adds to it.
    fn extended(self, it: &Annotation, change: impl FnOnce(&mut Extra)) -> Annotation {
        let mut it = it.clone();
        let extra = it.extra.get_or_insert_default();
        change(extra);
        extra.modified = Some(self.now);
        it
    }

    fn changed(self, it: &Annotation, change: impl FnOnce(&mut Annotation)) -> Annotation {
        let mut it = self.extended(it, |_| ());
        change(&mut it);
        it
    }

    fn each(
        self,
        name: String,
        ids: &[AnnotationId],
        change: impl Fn(&Annotation) -> Option<Annotation>,
    ) -> Step {
        let changed = self.all(ids).filter_map(|it| change(it).filter(|after| differs(it, after)));
        changed.fold(Step::new(name), Step::set)
    }

    /// Marks passages; those that are marked already get the colour.
    pub fn highlight(self, passages: &[Passage], colour: &str) -> Step {
        let what = match passages {
            [_] => "the passage".to_owned(),
            _ => format!("{} passages", passages.len()),
        };
        let step = Step::new(format!("highlighted {what} in {colour}"));
        passages.iter().fold(step, |step, it| {
            step.set(match self.highlight_on(it.range) {
                Some(old) => self.extended(old, |extra| extra.colour = Some(colour.to_owned())),
                None => self.made(*it, |extra| extra.colour = Some(colour.to_owned())),
            })
        })
    }

    /// The reader's own mark on exactly this passage.
    pub fn highlight_on(self, range: TextRange) -> Option<&'s Annotation> {
        let here = self.store.touching(range).map(|(_, it)| it);
        here.into_iter().find(|it| it.kind() == Kind::Highlight && it.range == range)
    }

    fn made(self, passage: Passage, change: impl FnOnce(&mut Extra)) -> Annotation {
        let mut it = Annotation::made(passage.id, passage.range, Body::Highlight, self.now);
        change(it.extra.get_or_insert_default());
        it
    }

    /// Marks a passage without a colour, to carry a tag or a note.
    fn mark(self, passage: Passage, change: impl FnOnce(&mut Extra)) -> Annotation {
        match self.highlight_on(passage.range) {
            Some(old) => self.extended(old, change),
            None => self.made(passage, change),
        }
    }

    /// Gives annotations another colour.
    pub fn colour(self, ids: &[AnnotationId], colour: &str) -> Step {
        let name = format!("coloured {} {colour}", self.things(ids));
        self.each(name, ids, |it| {
            Some(self.extended(it, |extra| extra.colour = Some(colour.to_owned())))
        })
    }

    /// Adds tags to annotations.
    pub fn tag(self, ids: &[AnnotationId], tags: &[String]) -> Step {
        let name = format!("tagged {} {}", self.things(ids), listed(tags));
        self.each(name, ids, |it| Some(self.extended(it, |extra| add_tags(&mut extra.tags, tags))))
    }

    /// Adds tags to a passage, which is marked for it.
    pub fn tag_passage(self, passage: Passage, tags: &[String]) -> Step {
        let it = self.mark(passage, |extra| add_tags(&mut extra.tags, tags));
        Step::new(format!("tagged the passage {}", listed(tags))).set(it)
    }

    /// Takes tags away; all of them where none is named.
    pub fn untag(self, ids: &[AnnotationId], tags: &[String]) -> Step {
        let what = if tags.is_empty() { "all tags".to_owned() } else { listed(tags) };
        let name = format!("took {what} from {}", self.things(ids));
        self.each(name, ids, |it| {
            let all = tags.is_empty();
            Some(self.extended(it, |extra| extra.tags.retain(|tag| !all && !tags.contains(tag))))
        })
    }

    /// Writes a note on annotations, instead of the one that was there; an empty one is deleted.
    pub fn note(self, ids: &[AnnotationId], note: &str) -> Step {
        let verb = if note.is_empty() { "deleted the note of" } else { "noted on" };
        self.each(format!("{verb} {}", self.things(ids)), ids, |it| {
            Some(self.extended(it, |extra| note.clone_into(&mut extra.note)))
        })
    }

    /// Writes a note on a passage, which is marked for it.
    pub fn note_passage(self, passage: Passage, note: &str) -> Step {
        let it = self.mark(passage, |extra| note.clone_into(&mut extra.note));
        Step::new("noted on the passage").set(it)
    }

    /// Adds tags to the article as a whole.
    pub fn tag_article(self, tags: &[String]) -> Step {
        let mut about = self.store.about().clone();
        add_tags(&mut about.tags, tags);
        Step::new(format!("tagged the article {}", listed(tags))).say(about)
    }

    /// Takes tags from the article as a whole; all of them where none is named.
    pub fn untag_article(self, tags: &[String]) -> Step {
        let mut about = self.store.about().clone();
        about.tags.retain(|tag| !tags.is_empty() && !tags.contains(tag));
        let what = if tags.is_empty() { "all tags".to_owned() } else { listed(tags) };
        Step::new(format!("took {what} from the article")).say(about)
    }

    /// Writes a note on the article as a whole.
    pub fn note_article(self, note: &str) -> Step {
        let mut about = self.store.about().clone();
        note.clone_into(&mut about.note);
        Step::new("noted on the article").say(about)
    }

    /// Says on which day the article was written.
    pub fn date_article(self, day: Date) -> Step {
        let mut about = self.store.about().clone();
        about.published = Some(day);
        Step::new(format!("dated the article {day}")).say(about)
    }

    /// Accepts or rejects proposals, or puts them back among the unreviewed ones.
    pub fn review(self, ids: &[AnnotationId], review: Review) -> Step {
        let verb = match review {
            Review::Accepted => "accepted",
            Review::Rejected => "rejected",
            Review::Proposed => "put back",
        };
        let found: Vec<_> =
            self.all(ids).filter(|it| it.origin != Origin::Reader).map(|it| it.id).collect();
        self.each(format!("{verb} {}", self.things(&found)), &found, |it| {
            Some(self.changed(it, |it| it.review = review))
        })
    }

    /// Deletes what the reader made, and rejects what was found, so that it is not found again.
    pub fn delete(self, ids: &[AnnotationId]) -> Step {
        let step = Step::new(format!("deleted {}", self.things(ids)));
        self.all(ids).fold(step, |step, it| match it.origin {
            Origin::Reader => step.remove(it.id),
            Origin::Detector { .. } => {
                step.set(self.changed(it, |it| it.review = Review::Rejected))
            }
        })
    }

    /// Says who said quotes.
    pub fn speaker(self, ids: &[AnnotationId], said: &Said) -> Step {
        let name = match said {
            Said::By(id) => self.store.entity(*id).map_or("?", |it| it.name.as_str()),
            Said::Name(name) => name,
            Said::Nobody => "nobody",
        };
        let step = format!("{} said {}", name, self.things(ids));
        self.each(step, ids, |it| {
            let mut it = self.extended(it, |_| ());
            let Body::Quote(quote) = &mut it.body else { return None };
            // Where the text names somebody stays known, whoever it is.
            let range = quote.speaker.as_ref().map_or(empty(it.range), |it| it.range);
            let entity = match said {
                Said::By(id) => Some(*id),
                Said::Name(_) | Said::Nobody => None,
            };
            quote.speaker =
                (*said != Said::Nobody).then(|| Speaker { range, entity, name: name.into() });
            // To say who spoke is to say that somebody did.
            if it.review == Review::Proposed {
                it.review = Review::Accepted;
            }
            Some(it)
        })
    }

    /// Says what time an expression means, as a TIMEX3 value.
    pub fn value(self, ids: &[AnnotationId], value: &str) -> Step {
        self.each(format!("set {} to {value}", self.things(ids)), ids, |it| {
            let mut it = self.extended(it, |_| ());
            let Body::Time(time) = &mut it.body else { return None };
            time.value = value.into();
            time.inferred = false;
            it.review = Review::Accepted;
            Some(it)
        })
    }

    /// Moves the edges of an annotation; one that was lost has a place again.
    pub fn place(self, id: AnnotationId, range: TextRange) -> Step {
        let Some(it) = self.store.get(id) else { return Step::new("moved nothing") };
        let verb = if it.is_lost() { "attached" } else { "moved the edges of" };
        let mut after = self.extended(it, |extra| extra.was = None);
        after.range = range;
        if let Body::Quote(quote) = &mut after.body {
            quote.outer = range;
        }
        Step::new(format!("{verb} {}", self.things(&[id]))).set(after)
    }

    /// Keeps annotations where they were put when the text changed around them.
    pub fn keep(self, ids: &[AnnotationId]) -> Step {
        self.each(format!("kept {} where it is now", self.things(ids)), ids, |it| {
            (!it.is_lost()).then(|| self.extended(it, |extra| extra.was = None))
        })
    }

    /// Says what an entity is.
    pub fn kind(self, id: EntityId, kind: EntityKind) -> Step {
        let Some(entity) = self.store.entity(id) else { return Step::new("changed nothing") };
        let article = if kind == EntityKind::Organization { "an" } else { "a" };
        let name = format!("made {} {article} {}", entity.name, kind.name());
        Step::new(name).set_entity(id, Entity { kind, ..entity.clone() })
    }

    /// Gives an entity another name; the one it had stays as one of its others.
    pub fn rename(self, id: EntityId, name: &str) -> Step {
        let Some(entity) = self.store.entity(id) else { return Step::new("renamed nothing") };
        let step = Step::new(format!("renamed {} to {name}", entity.name));
        let mut after = Entity { name: name.to_owned(), ..entity.clone() };
        after.aliases.retain(|it| it != name);
        if entity.name != name {
            after.aliases.insert(0, entity.name.clone());
        }
        step.set_entity(id, after)
    }

    /// Makes several entities one: `into`, which gets the mentions, names and speeches of the rest.
    pub fn merge(self, into: EntityId, rest: &[EntityId]) -> Step {
        let Some(kept) = self.store.entity(into) else { return Step::new("merged nothing") };
        let gone: Vec<_> = rest.iter().copied().filter(|&id| id != into).collect();
        let names: Vec<_> =
            gone.iter().filter_map(|&id| self.store.entity(id)).map(|it| it.name.clone()).collect();
        let mut step = Step::new(format!("merged {} into {}", listed(&names), kept.name));
        let mut after = kept.clone();
        for &id in &gone {
            let Some(entity) = self.store.entity(id) else { continue };
            for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                if *name != after.name && !after.aliases.contains(name) {
                    after.aliases.push(name.clone());
                }
            }
            after.description = after.description.or_else(|| entity.description.clone());
            step = step.remove_entity(id);
        }
        step = step.set_entity(into, after);
        let speaks = |it: &Annotation| it.quote()?.speaker.as_ref()?.entity;
        for it in self.store.annotations() {
            let id = it.mention().or_else(|| speaks(it));
            if id.is_some_and(|id| gone.contains(&id)) {
                step = step.set(self.pointed(it, into));
            }
        }
        step
    }

    /// Makes mentions an entity of their own, with the words of the first as its name.
    pub fn split(self, ids: &[AnnotationId], key: AnnotationId, text: &str) -> Step {
        let mentions: Vec<_> = self.all(ids).filter(|it| it.mention().is_some()).collect();
        let Some(first) = mentions.first() else { return Step::new("split nothing off") };
        let old = first.mention().and_then(|id| self.store.entity(id));
        let name = crate::text::one_line(first.range.of(text));
        let kind = old.map_or(EntityKind::Person, |it| it.kind);
        let new = Entity { key, name, kind, aliases: Vec::new(), description: None, other: None };
        let id = self.store.next_entity();
        let whom = old.map_or("its entity", |it| it.name.as_str());
        let step = Step::new(format!("split “{}” off from {whom}", new.name)).set_entity(id, new);
        mentions.into_iter().fold(step, |step, it| step.set(self.pointed(it, id)))
    }

    /// The mention or quote with this entity instead of the one that it points at.
    fn pointed(self, it: &Annotation, to: EntityId) -> Annotation {
        self.changed(it, |it| match &mut it.body {
            Body::Mention(id) => *id = to,
            Body::Quote(quote) => {
                if let Some(speaker) = &mut quote.speaker {
                    speaker.entity = Some(to);
                }
            }
            Body::Time(_) | Body::Highlight => {}
        })
    }

    /// Annotations in words: "the quote", "14 mentions", "3 annotations".
    pub fn things(self, ids: &[AnnotationId]) -> String {
        let mut kinds = self.all(ids).map(Annotation::kind);
        let first = kinds.next();
        let word = match first {
            Some(first) if kinds.all(|it| it == first) => word(first),
            Some(_) | None => "annotation",
        };
        match ids.len() {
            1 => format!("the {word}"),
            count => format!("{count} {word}s"),
        }
    }
}

/// A kind in a sentence.
pub const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Quote => "quote",
        Kind::Mention => "mention",
        Kind::Time => "time",
        Kind::Highlight => "highlight",
    }
}

/// Tags as they are typed: between commas, in any number, each once. Blanks at their ends and
/// signs that would act on a terminal do not belong to them.
pub fn tags_of(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = typed
        .split(',')
        .map(|tag| tag.chars().filter(|c| !c.is_control()).collect::<String>())
        .map(|tag| crate::text::one_line(&tag))
        .filter(|tag| !tag.is_empty())
        .collect();
    tags.sort();
    tags.dedup();
    tags
}

fn add_tags(to: &mut Vec<String>, tags: &[String]) {
    to.extend_from_slice(tags);
    to.sort();
    to.dedup();
}

fn listed(words: &[String]) -> String {
    words.iter().map(|it| format!("“{it}”")).collect::<Vec<_>>().join(", ")
}

const fn empty(range: TextRange) -> TextRange {
    TextRange::new(range.start, range.start)
}

/// Whether more than the moment of the change is different.
fn differs(before: &Annotation, after: &Annotation) -> bool {
    let mut same = after.clone();
    if let Some(extra) = &mut same.extra {
        extra.modified = before.extra.as_ref().and_then(|it| it.modified);
        if extra.is_empty() {
            same.extra = None;
        }
    }
    same != *before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::store::Findings;
    use crate::annot::{Form, IdMaker, Quote, Time, TimexType};

    const TEXT: &str = "“We go,” said Mara Okafor on Friday. Okafor left. Ben Okafor stayed.";

    fn range_of(words: &str) -> TextRange {
        let start = TEXT.find(words).unwrap();
        TextRange::of_bytes(start, start + words.len())
    }

    fn found(words: &str, body: Body) -> Annotation {
        let range = range_of(words);
        let rule = Origin::Detector { rule: "test".into() };
        let mut it = Annotation::made(AnnotationId([0; 16]), range, body, Timestamp::UNIX_EPOCH);
        it.id = IdMaker::new(TEXT).annotation(it.kind(), range, words);
        (it.origin, it.review, it.confidence, it.extra) = (rule, Review::Proposed, 0.8, None);
        it
    }

    fn store() -> Store {
        let ids = IdMaker::new(TEXT);
        let entity = |name: &str| Entity {
            key: ids.entity(EntityKind::Person, name),
            name: name.into(),
            kind: EntityKind::Person,
            aliases: Vec::new(),
            description: None,
            other: None,
        };
        let mut store = Store::default();
        let mentions = [("Mara Okafor", 0), ("Okafor left", 0), ("Ben Okafor", 1)];
        let annotations =
            mentions.map(|(words, id)| found(words, Body::Mention(EntityId(id)))).to_vec();
        let entities = vec![entity("Mara Okafor"), entity("Ben Okafor")];
        store.take(Kind::Mention, Findings { annotations, entities });
        let speaker = Speaker {
            range: range_of("Ben Okafor"),
            entity: Some(EntityId(1)),
            name: "Ben".into(),
        };
        let quote = Quote {
            form: Form::Direct,
            speaker: Some(speaker),
            cue: None,
            continues: None,
            outer: range_of("“We go,”"),
        };
        let quote = found("We go,", Body::Quote(Box::new(quote)));
        store.take(Kind::Quote, Findings { annotations: vec![quote], entities: Vec::new() });
        let (value, modifier) = ("XXXX-WXX-5".into(), None);
        let time = Time { kind: TimexType::Date, value, inferred: true, modifier };
        let time = found("Friday", Body::Time(Box::new(time)));
        store.take(Kind::Time, Findings { annotations: vec![time], entities: Vec::new() });
        store
    }

    fn id_of(store: &Store, words: &str) -> AnnotationId {
        let range = range_of(words);
        store.annotations().iter().find(|it| it.range == range).unwrap().id
    }

    fn ids_of(store: &Store, words: &[&str]) -> Vec<AnnotationId> {
        words.iter().map(|it| id_of(store, it)).collect()
    }

    /// Does it, checks its name, and that taking it back leaves nothing behind.
    #[track_caller]
    fn check(store: &mut Store, step: impl Fn(Editor<'_>) -> Step, says: &str) {
        let before = (store.annotations().to_vec(), store.about().clone());
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let made = step(Editor::new(store, now));
        assert_eq!(made.name(), says);
        assert!(store.apply(made), "{says} changes something");
        let after = store.annotations().to_vec();
        store.undo();
        assert_eq!((store.annotations().to_vec(), store.about().clone()), before);
        store.redo();
        assert_eq!(store.annotations(), after);
    }

    #[test]
    fn tags_notes_and_colours() {
        let mut store = store();
        let two = ids_of(&store, &["Mara Okafor", "Okafor left"]);
        let tags = tags_of(" war,energy , war,\u{7},");
        assert_eq!(tags, ["energy", "war"]);
        check(&mut store, |it| it.tag(&two, &tags), "tagged 2 mentions “energy”, “war”");
        let again = Editor::new(&store, Timestamp::UNIX_EPOCH).tag(&two, &tags);
        assert!(!store.apply(again), "to tag again is no change");
        let war = ["war".to_owned()];
        check(&mut store, |it| it.untag(&two[..1], &war), "took “war” from the mention");
        assert_eq!(store.get(two[0]).unwrap().tags(), ["energy"]);
        check(&mut store, |it| it.untag(&two, &[]), "took all tags from 2 mentions");
        check(&mut store, |it| it.note(&two[1..], "Why?"), "noted on the mention");
        check(&mut store, |it| it.note(&two[1..], ""), "deleted the note of the mention");
        check(&mut store, |it| it.note_article("Good."), "noted on the article");
        check(&mut store, |it| it.tag_article(&war), "tagged the article “war”");
    }

    #[test]
    fn passages_are_marked_once() {
        let mut store = store();
        let id = AnnotationId::from_time(7, [7; 10]);
        let passage = Passage { id, range: range_of("Okafor left.") };
        let what = "highlighted the passage in green";
        check(&mut store, |it| it.highlight(&[passage], "green"), what);
        let other = Passage { id: AnnotationId::from_time(8, [8; 10]), ..passage };
        let tags = ["exit".to_owned()];
        check(&mut store, |it| it.tag_passage(other, &tags), "tagged the passage “exit”");
        let what = "highlighted the passage in blue";
        check(&mut store, |it| it.highlight(&[other], "blue"), what);
        let mark = store.get(id).unwrap();
        assert_eq!((mark.tags(), store.of_kind(Kind::Highlight).len()), (&tags[..], 1));
        check(&mut store, |it| it.delete(&[id]), "deleted the highlight");
        assert!(store.of_kind(Kind::Highlight).is_empty());
    }

    #[test]
    fn what_was_found_is_corrected() {
        let mut store = store();
        let quote = ids_of(&store, &["We go,"]);
        let mara = Said::By(EntityId(0));
        check(&mut store, |it| it.speaker(&quote, &mara), "Mara Okafor said the quote");
        let speaker = store.get(quote[0]).unwrap().quote().unwrap().speaker.clone().unwrap();
        assert_eq!((speaker.entity, &*speaker.name), (Some(EntityId(0)), "Mara Okafor"));
        check(&mut store, |it| it.speaker(&quote, &Said::Nobody), "nobody said the quote");
        let friday = ids_of(&store, &["Friday"]);
        check(&mut store, |it| it.value(&friday, "2024-10-11"), "set the time to 2024-10-11");
        assert!(!store.get(friday[0]).unwrap().time().unwrap().inferred);
        let mention = id_of(&store, "Okafor left");
        let (edges, what) = (range_of("Okafor left."), "moved the edges of the mention");
        check(&mut store, |it| it.place(mention, edges), what);
        check(&mut store, |it| it.delete(&friday), "deleted the time");
        assert_eq!(store.get(friday[0]).unwrap().review, Review::Rejected);
    }

    #[test]
    fn entities_are_merged_split_and_renamed() {
        let mut store = store();
        let (mara, ben) = (EntityId(0), EntityId(1));
        check(
            &mut store,
            |it| it.merge(mara, &[mara, ben]),
            "merged “Ben Okafor” into Mara Okafor",
        );
        assert_eq!(store.mentions_of(mara).len(), 3);
        assert_eq!(store.entity(mara).unwrap().aliases, ["Ben Okafor"]);
        assert!(store.entity(ben).is_none());
        let quote = store.get(id_of(&store, "We go,")).unwrap();
        assert_eq!(quote.quote().unwrap().speaker.as_ref().unwrap().entity, Some(mara));
        let ids = ids_of(&store, &["Ben Okafor"]);
        let key = AnnotationId::from_time(9, [9; 10]);
        let what = "split “Ben Okafor” off from Mara Okafor";
        check(&mut store, |it| it.split(&ids, key, TEXT), what);
        let id = store.get(ids[0]).unwrap().mention().unwrap();
        assert_eq!(store.entity(id).unwrap().name, "Ben Okafor");
        check(&mut store, |it| it.rename(id, "Ben O."), "renamed Ben Okafor to Ben O.");
        check(&mut store, |it| it.kind(id, EntityKind::Place), "made Ben O. a place");
    }
}
