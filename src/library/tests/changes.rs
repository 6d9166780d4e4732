//! Articles whose text has changed since it was marked.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const LATER: &str = "The ferry\n\nAnn Lee said on Tuesday, as she often did, that the ferry would sail on \
    Monday. “It will sail,” she told Bob Ray, who smiled. Nobody believed it.\n";

fn quote() -> Annotation {
    use crate::annot::{Form, Quote, Speaker};
    let body = Body::Quote(Box::new(Quote {
        form: Form::Direct,
        speaker: Some(Speaker { range: place_of("she"), entity: None, name: "she".into() }),
        cue: Some(place_of("told")),
        continues: None,
        outer: place_of("“It will sail,”"),
    }));
    let id = AnnotationId::from_time(9, [9; 10]);
    Annotation::made(id, place_of("It will sail,"), body, now())
}

fn words<'t>(store: &Store, id: AnnotationId, text: &'t str) -> &'t str {
    store.get(id).unwrap().range.of(text)
}

#[test]
fn what_was_made_is_placed_anew() {
    let place = Place::new();
    let (mut desk, mut store) = place.sit(&article(TEXT, "ferry.txt"));
    let (same, moved, gone) =
        (highlight(1, "The ferry"), highlight(2, "Monday"), highlight(3, "laughed"));
    let step = Step::new("marked").set(same.clone()).set(moved.clone()).set(gone.clone());
    keep(&mut desk, &mut store, step.set(quote()));
    keep(&mut desk, &mut store, Step::new("tagged").set(tag(&moved, "day")));
    desk.set_position(place_of("Bob Ray, who").start).unwrap();
    drop(desk);

    let mut library = place.open();
    let later = article(LATER, "ferry.txt");
    let opened = library.enter(&later, now()).unwrap();
    let at = |words: &str| u32::try_from(LATER.find(words).unwrap()).unwrap();
    assert!(opened.position.is_some());
    let mut turns: Vec<_> = opened.replaced.iter().map(|it| (it.id, it.turn)).collect();
    turns.sort_by_key(|it| it.0);
    assert_eq!(turns, [(moved.id, Turn::Moved), (gone.id, Turn::Lost), (quote().id, Turn::Moved)]);
    let lost = opened.replaced.iter().find(|it| it.id == gone.id).unwrap();
    assert_eq!((lost.before.as_str(), lost.after.as_str()), ("laughed", ""));
    let mut store = Store::restore(opened.kept);
    assert_eq!(words(&store, same.id, LATER), "The ferry");
    assert_eq!(words(&store, moved.id, LATER), "Monday");
    assert!(store.get(gone.id).unwrap().is_lost());
    assert_eq!(store.get(gone.id).unwrap().was().unwrap().selector.exact, "laughed");
    let it = store.get(quote().id).unwrap();
    let quote = it.quote().unwrap();
    assert_eq!(it.range.of(LATER), "It will sail,");
    assert_eq!(quote.outer.of(LATER), "“It will sail,”");
    assert_eq!(quote.cue.unwrap().of(LATER), "told");
    assert_eq!(quote.speaker.as_ref().unwrap().range.start, at("she told"));
    // The history is placed anew, too.
    let mut desk = library.sit(opened.seat);
    store.undo().unwrap();
    desk.keep(&mut store, Verb::Undo).unwrap();
    assert_eq!(words(&store, moved.id, LATER), "Monday");
    assert!(store.get(moved.id).unwrap().tags().is_empty());
    drop(desk);

    // With the first text again, all is as it was.
    let mut library = place.open();
    let opened = library.enter(&article(TEXT, "ferry.txt"), now()).unwrap();
    let store = Store::restore(opened.kept);
    let back = store.get(gone.id).unwrap();
    assert_eq!((back.range, back.was()), (gone.range, None));
    assert_eq!(words(&store, moved.id, TEXT), "Monday");
    assert_eq!(back.extra, gone.extra);
}

#[test]
fn two_processes_with_two_texts_see_each_others_marks() {
    let place = Place::new();
    let (mut old, mut olds) = place.sit(&article(TEXT, "ferry.txt"));
    let first = highlight(1, "would sail");
    keep(&mut old, &mut olds, Step::new("marked").set(first.clone()));
    let mut library = place.open();
    let opened = library.enter(&article(LATER, "ferry.txt"), now()).unwrap();
    let mut news = Store::restore(opened.kept);
    let mut new = library.sit(opened.seat);
    // The one with the new text does something in its places, the other one in its own.
    let it = tag(news.get(first.id).unwrap(), "new");
    keep(&mut new, &mut news, Step::new("tagged").set(it));
    let second = highlight(2, "Bob Ray");
    let it = tag(olds.get(first.id).unwrap(), "old");
    let foreign = keep(&mut old, &mut olds, Step::new("both").set(it).set(second.clone()));
    assert_eq!(foreign.steps, ["tagged"]);
    assert_eq!(new.catch_up(&mut news).unwrap(), ["both"]);
    for (store, text) in [(&olds, TEXT), (&news, LATER)] {
        assert_eq!(words(store, first.id, text), "would sail");
        assert_eq!(words(store, second.id, text), "Bob Ray");
        assert_eq!(store.get(first.id).unwrap().tags(), ["new", "old"]);
        assert_eq!(store.get(first.id).unwrap().was(), None);
    }
    news.undo().unwrap();
    new.keep(&mut news, Verb::Undo).unwrap();
    old.catch_up(&mut olds).unwrap();
    for store in [&olds, &news] {
        assert_eq!(store.get(first.id).unwrap().tags(), ["new"]);
        assert!(store.get(second.id).is_none());
    }
    let opened = place.open().enter(&article(LATER, "ferry.txt"), now()).unwrap();
    let fresh = Store::restore(opened.kept);
    assert_eq!(fresh.annotations(), news.annotations());
}

#[test]
fn both_texts_stay_in_the_library() {
    let place = Place::new();
    let mut library = place.open();
    for text in [TEXT, LATER, TEXT] {
        library.enter(&article(text, "ferry.txt"), now()).unwrap();
    }
    let sql = "SELECT count(*) FROM texts";
    let count: i64 = library.connection.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(count, 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Two processes tag the same passages while each reads one or the other text.
    #[test]
    fn no_tag_is_lost_between_two_texts(
        acts in vec((any::<bool>(), prop_oneof![
            4 => (0..3_u8, 0..9_u8).prop_map(Some),
            1 => Just(None),
        ]), 1..24),
    ) {
        let place = Place::new();
        let texts = [article(TEXT, "ferry.txt"), article(LATER, "ferry.txt")];
        let open = |text: &Arc<Article>| {
            let mut library = place.open();
            let opened = library.enter(text, now()).unwrap();
            (library.sit(opened.seat), Store::restore(opened.kept))
        };
        let marks = [highlight(0, "would sail"), highlight(1, "Bob Ray"), highlight(2, "Monday")];
        let (mut desk, mut store) = open(&texts[0]);
        let step = marks.iter().cloned().fold(Step::new("marked"), Step::set);
        keep(&mut desk, &mut store, step);
        let mut at = [0, 1];
        let mut desks = [(desk, store), open(&texts[1])];
        let mut added = Vec::new();
        for (which, act) in acts {
            let which = usize::from(which);
            let Some((mark, name)) = act else {
                at[which] = 1 - at[which];
                desks[which] = open(&texts[at[which]]);
                continue;
            };
            let (desk, store) = &mut desks[which];
            let id = marks[usize::from(mark)].id;
            let it = tag(store.get(id).unwrap(), &name.to_string());
            if store.apply(Step::new("tag").set(it)) {
                desk.keep(store, Verb::Do).unwrap();
            }
            added.push((id, name.to_string()));
        }
        for (at, (desk, store)) in at.into_iter().zip(&mut desks) {
            desk.catch_up(store).unwrap();
            for (mark, words) in marks.iter().zip(["would sail", "Bob Ray", "Monday"]) {
                let it = store.get(mark.id).unwrap();
                prop_assert_eq!(it.range.of(&texts[at].text), words);
                prop_assert!(it.was().is_none());
            }
        }
        for text in &texts {
            let (_, fresh) = open(text);
            for (id, tag) in &added {
                prop_assert!(fresh.get(*id).unwrap().tags().contains(tag), "{}", tag);
            }
        }
    }
}
