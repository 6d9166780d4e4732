use std::borrow::Cow;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::annot::{Body, EntityKind, Extra, IdMaker, Origin, Quote, Review, Speaker, Time};
use crate::annot::{Form, TimexType};

const TEXT: &str = "A text of the tests, in which places count and words do not.";

fn entity(name: &str) -> Entity {
    let kind = EntityKind::Person;
    let key = IdMaker::new(TEXT).entity(kind, name);
    Entity { key, name: name.into(), kind, aliases: Vec::new(), description: None, other: None }
}

fn body(kind: Kind, number: u32) -> Body {
    match kind {
        Kind::Mention => Body::Mention(EntityId(number)),
        Kind::Highlight => Body::Highlight,
        Kind::Time => Body::Time(Box::new(Time {
            kind: TimexType::Date,
            value: "2024".into(),
            inferred: false,
            modifier: None,
        })),
        Kind::Quote => {
            let entity = Some(EntityId(number));
            let speaker = Speaker { range: TextRange::new(0, 1), entity, name: "A".into() };
            let outer = TextRange::new(0, 1);
            let (cue, continues) = (None, None);
            let form = Form::Direct;
            Body::Quote(Box::new(Quote { form, speaker: Some(speaker), cue, continues, outer }))
        }
    }
}

fn proposal(kind: Kind, start: u32, len: u32, number: u32) -> Annotation {
    let range = TextRange::new(start, start + len);
    Annotation {
        id: IdMaker::new(TEXT).annotation(kind, range, &"x".repeat(len as usize)),
        range,
        body: body(kind, number),
        origin: Origin::Detector { rule: Cow::Borrowed("test") },
        review: Review::Proposed,
        confidence: 0.5,
        extra: None,
    }
}

fn made(id: u8, start: u32, len: u32) -> Annotation {
    let range = TextRange::new(start, start + len);
    let id = AnnotationId::from_time(u64::from(id), [id; 10]);
    Annotation::made(id, range, Body::Highlight, jiff::Timestamp::UNIX_EPOCH)
}

/// All that a reader of the store can see.
type Picture = (Vec<Annotation>, Vec<(EntityId, Entity)>);

fn picture(store: &Store) -> Picture {
    let entities = store.live_entities().map(|(id, entity)| (id, entity.clone()));
    (store.annotations().to_vec(), entities.collect())
}

/// The indexes say the same as looking at every annotation.
fn check_indexes(store: &Store) {
    let all = store.annotations();
    let places: Vec<_> = all.iter().map(|it| (it.range.start, u32::MAX - it.range.end)).collect();
    assert!(places.is_sorted());
    let which = |wanted: &dyn Fn(&Annotation) -> bool| -> Vec<u32> {
        (0..).zip(all).filter(|(_, it)| wanted(it)).map(|(at, _)| at).collect()
    };
    for kind in Kind::ALL {
        assert_eq!(store.of_kind(kind), which(&|it| it.kind() == kind));
    }
    for id in (0..store.entities().len() + 2).map(|at| EntityId(crate::text::offset(at))) {
        assert_eq!(store.mentions_of(id), which(&|it| it.mention() == Some(id)));
    }
    for (at, it) in all.iter().enumerate() {
        assert_eq!(store.position(it.id), Some(at));
    }
    for start in (0..40).step_by(3) {
        for len in [0, 1, 4, 11] {
            let range = TextRange::new(start, start + len);
            let found: Vec<_> = store.touching(range).map(|(at, _)| at).collect();
            let want: Vec<_> = which(&|it| it.range.overlaps(range));
            assert_eq!(found, want.iter().map(|&at| at as usize).collect::<Vec<_>>());
        }
    }
}

#[derive(Clone, Debug)]
enum Edit {
    Make(u8, u32, u32),
    Remove(usize),
    Review(usize, bool),
    Tag(usize),
    Move(usize, u32),
    Mention(usize, u32),
    NewEntity,
    RenameEntity(u32),
    RemoveEntity(u32),
    Many(Vec<Edit>),
}

fn edits() -> impl Strategy<Value = Edit> {
    let one = prop_oneof![
        (any::<u8>(), 0..40_u32, 0..9_u32).prop_map(|(id, at, len)| Edit::Make(id, at, len)),
        any::<usize>().prop_map(Edit::Remove),
        (any::<usize>(), any::<bool>()).prop_map(|(at, right)| Edit::Review(at, right)),
        any::<usize>().prop_map(Edit::Tag),
        (any::<usize>(), 0..40_u32).prop_map(|(at, to)| Edit::Move(at, to)),
        (any::<usize>(), 0..4_u32).prop_map(|(at, to)| Edit::Mention(at, to)),
        Just(Edit::NewEntity),
        (0..4_u32).prop_map(Edit::RenameEntity),
        (0..4_u32).prop_map(Edit::RemoveEntity),
    ];
    prop_oneof![4 => one.clone(), 1 => vec(one, 0..30).prop_map(Edit::Many)]
}

/// What can happen to a store.
#[derive(Clone, Debug)]
enum Act {
    Edit(Edit),
    Take(usize, Vec<Row>),
    Undo,
    Redo,
}

fn add(edit: &Edit, store: &Store, step: Step) -> Step {
    let changed = |at: usize, change: &dyn Fn(&mut Annotation)| {
        let all = store.annotations();
        let mut it = all.get(at % all.len().max(1)).cloned();
        it.as_mut().map(change);
        it
    };
    let after = match edit {
        Edit::Make(id, at, len) => Some(made(*id, *at, *len)),
        Edit::Remove(at) => {
            return match changed(*at, &|_| ()) {
                Some(it) => step.remove(it.id),
                None => step,
            };
        }
        Edit::Review(at, true) => changed(*at, &|it| it.review = Review::Accepted),
        Edit::Review(at, false) => changed(*at, &|it| it.review = Review::Rejected),
        Edit::Tag(at) => changed(*at, &|it| {
            let extra = Extra { tags: vec!["tag".into()], ..Extra::default() };
            it.extra = Some(Box::new(extra));
        }),
        Edit::Move(at, to) => changed(*at, &|it| it.range = TextRange::new(*to, *to + 3)),
        Edit::Mention(at, to) => changed(*at, &|it| it.body = Body::Mention(EntityId(*to))),
        Edit::NewEntity => return step.set_entity(store.next_entity(), entity("New")),
        Edit::RenameEntity(id) => return step.set_entity(EntityId(*id), entity("Other")),
        Edit::RemoveEntity(id) => return step.remove_entity(EntityId(*id)),
        Edit::Many(edits) => return edits.iter().fold(step, |step, it| add(it, store, step)),
    };
    match after {
        Some(after) => step.set(after),
        None => step,
    }
}

fn apply(store: &mut Store, edit: &Edit) -> bool {
    store.apply(add(edit, store, Step::new("an edit")))
}

type Row = (u32, u32, u32);

fn findings(kind: Kind, rows: &[Row]) -> Findings {
    let annotations = rows.iter().map(|&(at, len, who)| proposal(kind, at, len, who)).collect();
    let entities = ["Ann", "Bob", "Cid"].map(entity).to_vec();
    Findings { annotations, entities }
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    vec((0..40_u32, 0..9_u32, 0..3_u32), 0..150)
}

fn store_of(times: &[Row], mentions: &[Row], quotes: &[Row]) -> Store {
    let mut store = Store::default();
    store.take(Kind::Time, findings(Kind::Time, times));
    store.take(Kind::Mention, findings(Kind::Mention, mentions));
    store.take(Kind::Quote, findings(Kind::Quote, quotes));
    store
}

proptest! {
    #[test]
    fn undoing_everything_leads_back_and_redoing_forth(
        times in rows(), mentions in rows(), quotes in rows(), edits in vec(edits(), 0..25),
    ) {
        let mut store = store_of(&times, &mentions, &quotes);
        check_indexes(&store);
        let mut pictures = vec![picture(&store)];
        for edit in &edits {
            let before = store.revision();
            if apply(&mut store, edit) {
                prop_assert!(store.revision() > before);
                pictures.push(picture(&store));
            } else {
                prop_assert_eq!(store.revision(), before);
            }
        }
        check_indexes(&store);
        prop_assert_eq!(store.steps().len(), pictures.len() - 1);
        for picture_before in pictures.iter().rev().skip(1) {
            prop_assert!(store.undo().is_some());
            prop_assert_eq!(&picture(&store), picture_before);
        }
        prop_assert!(store.undo().is_none());
        check_indexes(&store);
        for picture_after in pictures.iter().skip(1) {
            prop_assert!(store.redo().is_some());
            prop_assert_eq!(&picture(&store), picture_after);
        }
        prop_assert!(store.redo().is_none());
        check_indexes(&store);
    }

    #[test]
    fn taking_replaces_proposals_and_keeps_what_the_reader_looked_at(
        first in rows(), second in rows(), edits in vec(edits(), 0..25), at in 0..3_usize,
    ) {
        let kind = [Kind::Time, Kind::Mention, Kind::Quote][at];
        let mut store = store_of(&first, &first, &first);
        for edit in &edits {
            apply(&mut store, edit);
        }
        let stays = |it: &&Annotation| {
            let detected = matches!(it.origin, Origin::Detector { .. });
            it.kind() != kind || !detected || it.review != Review::Proposed || it.extra.is_some()
        };
        let kept: Vec<_> = store.annotations().iter().filter(stays).cloned().collect();
        store.take(kind, findings(kind, &second));
        check_indexes(&store);
        let after: Vec<_> = store.annotations().iter().filter(stays).cloned().collect();
        prop_assert_eq!(&after, &kept);
        for it in store.annotations().iter().filter(|it| !stays(it)) {
            let new = second.iter().any(|&(at, len, _)| {
                it.range == TextRange::new(at, at + len)
            });
            prop_assert!(new, "it was found the second time");
            let again = kept.iter().any(|old| old.kind() == kind && old.range == it.range);
            prop_assert!(!again, "nothing is proposed where the reader has spoken");
        }
        for &(at, len, _) in &second {
            let range = TextRange::new(at, at + len);
            let name = proposal(kind, at, len, 0).id;
            let here = store.annotations().iter().any(|it| it.kind() == kind && it.range == range);
            prop_assert!(here || store.get(name).is_some(), "nothing found is lost");
        }
    }

    #[test]
    fn adopting_is_taking_kind_by_kind(
        first in rows(), second in rows(), edits in vec(edits(), 0..10),
    ) {
        let mut one = store_of(&first, &first, &first);
        for edit in &edits {
            apply(&mut one, edit);
        }
        let mut other = one.clone();
        let untouched = one.steps().is_empty();
        let fresh = store_of(&second, &second, &second);
        let (revision, fresh_picture) = (one.revision(), picture(&fresh));
        drop(one.adopt(fresh));
        prop_assert!(one.revision() > revision);
        check_indexes(&one);
        if untouched {
            prop_assert_eq!(picture(&one), fresh_picture);
        } else {
            for kind in [Kind::Mention, Kind::Quote, Kind::Time] {
                other.take(kind, findings(kind, &second));
            }
            prop_assert_eq!(picture(&one).0, picture(&other).0);
        }
    }

    #[test]
    fn findings_between_steps_and_their_undoing_do_no_harm(
        first in rows(),
        acts in vec(prop_oneof![
            edits().prop_map(Act::Edit),
            (0..3_usize, rows()).prop_map(|(kind, rows)| Act::Take(kind, rows)),
            Just(Act::Undo),
            Just(Act::Redo),
        ], 0..40),
    ) {
        let mut store = store_of(&first, &first, &first);
        for act in acts {
            match act {
                Act::Edit(edit) => {
                    apply(&mut store, &edit);
                }
                Act::Take(at, rows) => {
                    let kind = [Kind::Time, Kind::Mention, Kind::Quote][at];
                    store.take(kind, findings(kind, &rows));
                }
                Act::Undo => {
                    store.undo();
                }
                Act::Redo => {
                    store.redo();
                }
            }
        }
        check_indexes(&store);
    }

    #[test]
    fn taking_the_same_again_changes_nothing(rows in rows(), edits in vec(edits(), 0..10)) {
        let mut store = store_of(&rows, &rows, &rows);
        let fresh = picture(&store);
        for kind in [Kind::Time, Kind::Mention, Kind::Quote] {
            store.take(kind, findings(kind, &rows));
        }
        prop_assert_eq!(picture(&store), fresh);
        for edit in &edits {
            apply(&mut store, edit);
        }
        for _ in 0..2 {
            store.take(Kind::Mention, findings(Kind::Mention, &rows));
        }
        let once = picture(&store);
        store.take(Kind::Mention, findings(Kind::Mention, &rows));
        prop_assert_eq!(picture(&store), once);
    }
}

#[test]
fn entities_keep_their_places() {
    let mut store = Store::default();
    let found = |names: &[&str]| {
        let entities = names.iter().map(|name| entity(name)).collect::<Vec<_>>();
        let annotations =
            (0..).zip(names).map(|(at, _)| proposal(Kind::Mention, at * 5, 3, at)).collect();
        Findings { annotations, entities }
    };
    store.take(Kind::Mention, found(&["Ann", "Bob"]));
    store.take(Kind::Mention, found(&["Bob", "Cid"]));
    let names: Vec<_> = store.live_entities().map(|(id, it)| (id.0, it.name.as_str())).collect();
    assert_eq!(names, [(1, "Bob"), (2, "Cid")]);
    assert_eq!(store.annotations()[0].mention(), Some(EntityId(1)));
    // Speakers are given in the places of the table that came last.
    let mut quotes = findings(Kind::Quote, &[(20, 5, 0), (30, 5, 1), (40, 5, 7)]);
    quotes.entities.clear();
    store.take(Kind::Quote, quotes);
    let speaker = |it: &Annotation| it.quote()?.speaker.as_ref()?.entity;
    let speakers: Vec<_> = store.annotations().iter().filter_map(speaker).collect();
    assert_eq!(speakers, [EntityId(1), EntityId(2)]);
    store.take(Kind::Mention, found(&["Ann"]));
    assert_eq!(store.entity(EntityId(0)).map(|it| it.name.as_str()), Some("Ann"));
}

#[test]
fn a_rejected_proposal_is_not_made_again() {
    let mut store = store_of(&[(5, 3, 0)], &[], &[]);
    let mut it = store.annotations()[0].clone();
    it.review = Review::Rejected;
    assert!(store.apply(Step::new("Reject").set(it.clone())));
    store.take(Kind::Time, findings(Kind::Time, &[(5, 3, 0), (9, 2, 0)]));
    assert_eq!(store.annotations().len(), 2);
    assert_eq!(store.get(it.id), Some(&it));
}

#[test]
fn an_annotation_is_small() {
    assert!(size_of::<Annotation>() <= 96);
}

fn tagged(store: &Store, id: AnnotationId, change: impl Fn(&mut Extra)) -> Step {
    let mut it = store.get(id).unwrap().clone();
    change(it.extra.get_or_insert_default());
    Step::new("Change").set(it)
}

#[test]
fn what_two_sides_changed_at_once_is_kept_of_both() {
    let id = made(1, 4, 3).id;
    let mut base = Store::default();
    base.apply(Step::new("Make").set(made(1, 4, 3)));
    let (mut ours, mut theirs) = (base.clone(), base);
    theirs.apply(tagged(&theirs, id, |it| {
        it.tags = vec!["peace".into()];
        it.note = "theirs".into();
    }));
    ours.apply(tagged(&ours, id, |it| it.tags = vec!["war".into()]));

    let step = ours.undo().unwrap().clone();
    ours.apply(theirs.steps().last().unwrap().clone());
    ours.apply(step.rebase(&ours));
    let both = ours.get(id).unwrap();
    assert_eq!(both.tags(), ["peace", "war"]);
    assert_eq!(both.note(), "theirs");
    ours.undo();
    assert_eq!(ours.annotations(), theirs.annotations());
}

#[test]
fn a_restored_store_is_the_one_that_was_left() {
    let rows = [proposal(Kind::Mention, 2, 4, 0), proposal(Kind::Mention, 9, 4, 0)];
    let found = || Findings { annotations: rows.to_vec(), entities: vec![entity("A")] };
    let mut store = Store::default();
    store.take(Kind::Mention, found());
    let mut accepted = rows[0].clone();
    accepted.review = Review::Accepted;
    store.apply(Step::new("Accept").set(accepted));
    store.apply(Step::new("Make").set(made(1, 4, 3)));
    store.undo();
    let about = About { note: "read again".into(), ..About::default() };
    store.apply(Step::new("Note").say(about));
    let left = Kept {
        annotations: store.annotations().iter().filter(|it| it.is_touched()).cloned().collect(),
        entities: store.entities().to_vec(),
        gone: Vec::new(),
        about: store.about().clone(),
        done: store.steps().to_vec(),
        undone: store.undone().to_vec(),
    };
    let mut again = Store::restore(left);
    again.take(Kind::Mention, found());
    check_indexes(&again);
    assert_eq!(picture(&again), picture(&store));
    assert_eq!(again.about(), store.about());
    for _ in 0..2 {
        store.undo();
        again.undo();
    }
    assert_eq!(picture(&again), picture(&store));
    assert_eq!(again.about(), &About::default());
}
