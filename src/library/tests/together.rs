//! Two processes on one article.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

#[test]
fn both_see_each_others_marks() {
    let place = Place::new();
    let text = article(TEXT, "ferry.txt");
    let (mut one, mut ones) = place.sit(&text);
    let (mut two, mut twos) = place.sit(&text);
    assert_eq!(one.catch_up(&mut ones).unwrap(), Vec::<String>::new());
    keep(&mut one, &mut ones, Step::new("marked").set(highlight(1, "ferry")));
    let mention = twos.annotations().iter().find(|it| it.mention().is_some()).unwrap().clone();
    let foreign = keep(&mut two, &mut twos, Step::new("tagged").set(tag(&mention, "crew")));
    assert_eq!(foreign, Foreign { steps: vec!["marked".into()], refused: false });
    assert_eq!(one.catch_up(&mut ones).unwrap(), ["tagged"]);
    assert_eq!(picture(&ones), picture(&twos));
    // The last step is taken back, whoever made it.
    ones.undo().unwrap();
    one.keep(&mut ones, Verb::Undo).unwrap();
    assert_eq!(two.catch_up(&mut twos).unwrap(), ["undone: tagged"]);
    assert_eq!(picture(&ones), picture(&twos));
    assert!(twos.get(mention.id).unwrap().tags().is_empty());
}

#[test]
fn what_somebody_else_did_is_not_taken_back_by_mistake() {
    let place = Place::new();
    let text = article(TEXT, "ferry.txt");
    let (mut one, mut ones) = place.sit(&text);
    keep(&mut one, &mut ones, Step::new("mine").set(highlight(1, "ferry")));
    let (mut two, mut twos) = place.sit(&text);
    keep(&mut two, &mut twos, Step::new("theirs").set(highlight(2, "sail")));
    ones.undo().unwrap();
    let foreign = one.keep(&mut ones, Verb::Undo).unwrap();
    assert_eq!(foreign, Foreign { steps: vec!["theirs".into()], refused: true });
    assert_eq!(picture(&ones), picture(&twos));
    assert_eq!(ones.steps().len(), 2);
    // Where both take back the same, it is taken back once.
    ones.undo().unwrap();
    twos.undo().unwrap();
    one.keep(&mut ones, Verb::Undo).unwrap();
    let foreign = two.keep(&mut twos, Verb::Undo).unwrap();
    assert_eq!(foreign, Foreign { steps: vec!["undone: theirs".into()], refused: false });
    assert_eq!(picture(&ones), picture(&twos));
    assert_eq!((ones.steps().len(), ones.undone().len()), (1, 1));
}

#[test]
fn an_entity_that_only_one_has_found_comes_with_the_step() {
    let place = Place::new();
    let text = article(TEXT, "ferry.txt");
    let (mut one, mut ones) = place.sit(&text);
    let mut library = place.open();
    let opened = library.enter(&text, now()).unwrap();
    // The detectors of the second are not done yet.
    let (mut two, mut twos) = (library.sit(opened.seat), Store::default());
    let mention = ones.annotations()[1].clone();
    keep(&mut one, &mut ones, Step::new("tagged").set(tag(&mention, "crew")));
    two.catch_up(&mut twos).unwrap();
    let who = twos.get(mention.id).unwrap().mention().unwrap();
    assert_eq!(twos.entity(who).unwrap().name, "Bob Ray");
    find(&mut twos);
    assert_eq!(picture(&ones), picture(&twos));
}

#[test]
fn a_merge_and_what_others_did_to_the_entity_go_together() {
    let place = Place::new();
    let text = article(TEXT, "ferry.txt");
    let (mut one, mut ones) = place.sit(&text);
    let (mut two, mut twos) = place.sit(&text);
    let who = |store: &Store, name: &str| {
        store.live_entities().find(|it| it.1.name == name).map(|it| it.0).unwrap()
    };
    // One makes another mention of Bob Ray, the other merges him into Ann Lee.
    let made = Annotation { body: Body::Mention(who(&ones, "Bob Ray")), ..highlight(1, "laughed") };
    keep(&mut one, &mut ones, Step::new("mentioned").set(made.clone()));
    let (ann, bob) = (who(&twos, "Ann Lee"), who(&twos, "Bob Ray"));
    let mut moved = twos.annotations().iter().find(|it| it.entity() == Some(bob)).unwrap().clone();
    moved.set_entity(ann);
    moved.extra.get_or_insert_default().modified = Some(now());
    keep(&mut two, &mut twos, Step::new("merged").set(moved).remove_entity(bob));
    assert_eq!(twos.get(made.id).unwrap().entity(), Some(ann));
    // Now the first one, who has not seen that, needs him once more.
    let again =
        Annotation { body: Body::Mention(who(&ones, "Bob Ray")), ..highlight(2, "believe") };
    keep(&mut one, &mut ones, Step::new("mentioned").set(again.clone()));
    two.catch_up(&mut twos).unwrap();
    assert_eq!(picture(&ones), picture(&twos));
    let bob = twos.get(again.id).unwrap().entity().unwrap();
    assert_eq!(twos.entity(bob).unwrap().name, "Bob Ray");
}

#[test]
fn a_new_name_and_a_new_kind_go_together() {
    let place = Place::new();
    let text = article(TEXT, "ferry.txt");
    let (mut one, mut ones) = place.sit(&text);
    let (mut two, mut twos) = place.sit(&text);
    let (id, it) = ones.live_entities().next().map(|(id, it)| (id, it.clone())).unwrap();
    let named = Entity { name: "Ann Mary Lee".into(), ..it.clone() };
    keep(&mut one, &mut ones, Step::new("named").set_entity(id, named));
    let kind = EntityKind::Place;
    let other = twos.place_of(it.key).unwrap();
    keep(&mut two, &mut twos, Step::new("typed").set_entity(other, Entity { kind, ..it }));
    let both = twos.entity(other).unwrap();
    assert_eq!((both.name.as_str(), both.kind), ("Ann Mary Lee", kind));
}

/// What one of two readers does.
#[derive(Clone, Copy, Debug)]
enum Act {
    Mark(u8),
    Tag(usize, u8),
    Review(usize, bool),
    Remove(usize),
    Name(u8),
    Rename(usize, u8),
    Point(usize, usize),
    Merge(usize, usize),
    About(u8),
    Undo,
    Redo,
    Look,
    Reopen,
}

fn acts() -> impl Strategy<Value = Vec<(bool, Act)>> {
    let act = prop_oneof![
        3 => (0..6_u8).prop_map(Act::Mark),
        6 => (any::<usize>(), 0..9_u8).prop_map(|(at, tag)| Act::Tag(at, tag)),
        2 => (any::<usize>(), any::<bool>()).prop_map(|(at, yes)| Act::Review(at, yes)),
        1 => any::<usize>().prop_map(Act::Remove),
        1 => (0..4_u8).prop_map(Act::Name),
        1 => (any::<usize>(), 0..4_u8).prop_map(|(at, to)| Act::Rename(at, to)),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(at, to)| Act::Point(at, to)),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(at, to)| Act::Merge(at, to)),
        1 => (0..9_u8).prop_map(Act::About),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        2 => Just(Act::Look),
        1 => Just(Act::Reopen),
    ];
    vec((any::<bool>(), act), 1..40)
}

const WORDS: [&str; 6] = ["ferry", "would", "sail", "Monday", "laughed", "believe"];

fn step(act: Act, store: &Store) -> Option<Step> {
    let one = |at: usize| {
        let all = store.annotations();
        all.get(at % all.len().max(1)).cloned()
    };
    let who = |at: usize| {
        let all: Vec<_> = store.live_entities().collect();
        all.get(at % all.len().max(1)).map(|(id, it)| (*id, (*it).clone()))
    };
    Some(match act {
        Act::Mark(at) => Step::new("mark").set(highlight(at, WORDS[usize::from(at)])),
        Act::Tag(at, name) => Step::new("tag").set(tag(&one(at)?, &name.to_string())),
        Act::Review(at, yes) => {
            let review = if yes { Review::Accepted } else { Review::Rejected };
            Step::new("review").set(Annotation { review, ..one(at)? })
        }
        // Detectors propose again what is only deleted.
        Act::Remove(at) => {
            let it = one(at).filter(|it| it.origin == Origin::Reader)?;
            Step::new("remove").remove(it.id)
        }
        Act::Name(name) => {
            let mut it = entity(&format!("New {name}"));
            it.key.0[0] = it.key.0[0].wrapping_add(name);
            let known = store.place_of(it.key);
            Step::new("name").set_entity(known.unwrap_or(store.next_entity()), it)
        }
        Act::Rename(at, name) => {
            let (id, it) = who(at)?;
            Step::new("rename").set_entity(id, Entity { name: format!("Name {name}"), ..it })
        }
        Act::Point(at, to) => {
            let (mut it, (id, _)) = (one(at)?, who(to)?);
            it.body = Body::Mention(id);
            it.extra.get_or_insert_default().modified = Some(now());
            Step::new("point").set(it)
        }
        Act::Merge(at, to) => {
            let ((id, _), (to, _)) = (who(at)?, who(to)?);
            let all = store.annotations().iter().filter(|it| it.entity() == Some(id) && id != to);
            let step = all.fold(Step::new("merge"), |step, it| {
                let mut it = it.clone();
                it.set_entity(to);
                it.extra.get_or_insert_default().modified = Some(now());
                step.set(it)
            });
            if id == to { step } else { step.remove_entity(id) }
        }
        Act::About(name) => {
            let mut about = store.about().clone();
            about.tags.push(name.to_string());
            about.tags.sort();
            about.tags.dedup();
            Step::new("about").say(about)
        }
        Act::Undo | Act::Redo | Act::Look | Act::Reopen => return None,
    })
}

fn perform(act: Act, place: &Place, text: &Arc<Article>, desk: &mut (Desk, Store)) {
    if let Act::Reopen = act {
        *desk = place.sit(text);
        return;
    }
    let (desk, store) = desk;
    match act {
        Act::Look => drop(desk.catch_up(store).unwrap()),
        Act::Undo => {
            if store.undo().is_some() {
                desk.keep(store, Verb::Undo).unwrap();
            }
        }
        Act::Redo => {
            if store.redo().is_some() {
                desk.keep(store, Verb::Redo).unwrap();
            }
        }
        other => {
            if let Some(step) = step(other, store)
                && store.apply(step)
            {
                desk.keep(store, Verb::Do).unwrap();
            }
        }
    }
}

/// How often each tag stands on each annotation in what was done and not taken back.
fn tags(store: &Store) -> Vec<(AnnotationId, Vec<String>)> {
    store.annotations().iter().map(|it| (it.id, it.tags().to_vec())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn in_any_order_all_agree(acts in acts()) {
        let place = Place::new();
        let text = article(TEXT, "ferry.txt");
        let mut desks = [place.sit(&text), place.sit(&text)];
        for (which, act) in acts {
            perform(act, &place, &text, &mut desks[usize::from(which)]);
        }
        for (desk, store) in &mut desks {
            desk.catch_up(store).unwrap();
        }
        for it in desks[0].1.annotations() {
            let nobody = it.entity().is_some_and(|id| desks[0].1.entity(id).is_none());
            prop_assert!(!nobody, "{:?}", it);
        }
        let (_, fresh) = place.sit(&text);
        prop_assert_eq!(picture(&desks[0].1), picture(&desks[1].1));
        prop_assert_eq!(picture(&fresh), picture(&desks[0].1));
    }

    #[test]
    fn no_tag_is_lost(acts in vec((any::<bool>(), 0..2_usize, 0..9_u8), 1..20)) {
        let place = Place::new();
        let text = article(TEXT, "ferry.txt");
        let mut desks = [place.sit(&text), place.sit(&text)];
        let ids: Vec<_> = desks[0].1.annotations().iter().map(|it| it.id).collect();
        let mut added = Vec::new();
        for (which, at, name) in acts {
            let (desk, store) = &mut desks[usize::from(which)];
            let it = tag(store.get(ids[at]).unwrap(), &name.to_string());
            if store.apply(Step::new("tag").set(it)) {
                desk.keep(store, Verb::Do).unwrap();
            }
            added.push((ids[at], name.to_string()));
        }
        let (_, fresh) = place.sit(&text);
        let tags = tags(&fresh);
        for (id, tag) in added {
            prop_assert!(tags.iter().any(|it| it.0 == id && it.1.contains(&tag)), "{tag}");
        }
    }
}
