//! Queries over several articles, as the detectors find them.

use std::sync::atomic::AtomicBool;

use super::*;
use crate::detect::{self, Report};

const FERRY: &str = "The ferry\n\nBy Jane Doe\n\nPublished 4 March 2024\n\n\
    “We will sail on Monday,” said Ann Lee. The harbour of Porto was closed.\n\n\
    Lee said: “Nobody was on board.”\n";
const LIGHT: &str = "The light\n\nBy John Roe\n\nPublished 9 May 2024\n\n\
    “The lamp is out,” said Bob Ray, the keeper. He had seen Ann Lee on 5 May 2024.\n";

/// Enters an article with all that the detectors find in it.
fn add(library: &mut Library, article: &Arc<Article>) -> (Opened, Store) {
    let opened = library.enter(article, now()).unwrap();
    let mut store = Store::restore(opened.kept.clone());
    detect::run(article, article.meta.published, &AtomicBool::new(false), |report| {
        if let Report::Found(kind, findings) = report {
            store.take(kind, findings);
        }
    });
    library.propose(opened.seat.id(), article, &store).unwrap();
    (opened, store)
}

fn both() -> (Place, Library, [ArticleId; 2]) {
    let place = Place::new();
    let mut library = place.open();
    let ids = [("ferry.txt", FERRY), ("light.txt", LIGHT)]
        .map(|(name, text)| add(&mut library, &article(text, name)).0.seat.id());
    (place, library, ids)
}

fn asked(change: impl FnOnce(&mut Query)) -> Query {
    let mut query = Query::default();
    change(&mut query);
    query
}

#[test]
fn quotes_are_found_by_who_said_them_and_when() {
    let (_place, library, [ferry, light]) = both();
    let words = |query: &Query| -> Vec<String> {
        library.quotes(query).unwrap().into_iter().map(|it| it.words).collect()
    };
    let all = ["The lamp is out,", "We will sail on Monday,", "Nobody was on board."];
    assert_eq!(words(&Query::default()), all);
    let by = |name: &str| asked(|it| it.speaker = Some(name.to_owned()));
    assert_eq!(words(&by("lee")), all[1..]);
    assert_eq!(words(&by("Ann LEE")), all[1..]);
    assert_eq!(words(&by("ray")), all[..1]);
    assert!(words(&by("le")).is_empty());
    let since = asked(|it| it.since = Some(jiff::civil::date(2024, 4, 1)));
    assert_eq!(words(&since), all[..1]);
    let until = asked(|it| it.until = Some(jiff::civil::date(2024, 4, 1)));
    assert_eq!(words(&until), all[1..]);
    assert_eq!(words(&asked(|it| it.limit = Some(2))), all[..2]);
    let quotes = library.quotes(&by("lee")).unwrap();
    let place = &quotes[0].place;
    assert_eq!((place.article, place.title.as_str()), (ferry, "The ferry"));
    assert_eq!(place.day, Some(jiff::civil::date(2024, 3, 4)));
    let text: String = FERRY.chars().take(place.end as usize).skip(place.start as usize).collect();
    assert_eq!(text, all[1]);
    assert_eq!(library.quotes(&by("ray")).unwrap()[0].place.article, light);
}

#[test]
fn entities_and_times_of_all_articles() {
    let (_place, library, [ferry, light]) = both();
    let lee = library.entities(&asked(|it| it.speaker = Some("Lee".into()))).unwrap();
    let seen: Vec<_> = lee.iter().map(|it| (it.place.article, it.mentions, it.quotes)).collect();
    assert_eq!(seen, [(light, 1, 0), (ferry, 2, 2)]);
    assert!(lee[1].aliases.contains(&"Lee".to_owned()));
    let days: Vec<_> =
        library.timeline(&Query::default()).unwrap().into_iter().map(|it| it.value).collect();
    assert!(days.is_sorted() && days.contains(&"2024-05-05".to_owned()), "{days:?}");
    let may = asked(|it| it.since = Some(jiff::civil::date(2024, 5, 1)));
    assert!(library.timeline(&may).unwrap().iter().all(|it| it.place.article == light));
}

#[test]
fn words_are_searched_in_texts_quotes_and_notes() {
    let (place, mut library, [ferry, light]) = both();
    let (opened, mut store) = add(&mut library, &article(FERRY, "ferry.txt"));
    let mut desk = library.sit(opened.seat);
    let quote = store.of_kind(Kind::Quote)[0] as usize;
    let mut it = store.annotations()[quote].clone();
    it.extra.get_or_insert_default().note = "Ask the café’s owner\nabout it".into();
    keep(&mut desk, &mut store, Step::new("noted").set(it.clone()));
    let about = crate::annot::About { note: "Read zealously".into(), ..Default::default() };
    keep(&mut desk, &mut store, Step::new("noted").say(about));
    let library = place.open();
    let found = |typed: &str| -> Vec<(&'static str, ArticleId)> {
        let hits = library.search(typed, &Query::default()).unwrap();
        hits.into_iter().map(|it| (it.kind.name(), it.article)).collect()
    };
    assert_eq!(found("harb"), [("text", ferry)]);
    assert_eq!(found("HARBOUR porto"), [("text", ferry)]);
    assert_eq!(found("harbour lamp"), []);
    assert_eq!(found("lamp"), [("text", light), ("quote", light)]);
    assert_eq!(found("cafe ow"), [("note", ferry)]);
    assert_eq!(found("zeal"), [("note", ferry)]);
    assert_eq!(found("\"lamp out\""), []);
    for odd in ["\"", "lamp\"", "'", "*", "(", "lamp AND", "NEAR(", "a:b", "-", "\0", ""] {
        library.search(odd, &Query::default()).unwrap();
    }
    let hit = library.search("sail mon", &Query::default()).unwrap().remove(0);
    assert_eq!(
        hit.marks.iter().map(|it| it.of(&hit.excerpt)).collect::<Vec<_>>(),
        ["sail", "Monday"]
    );
    let sail = FERRY.chars().skip(hit.start as usize).take((hit.end - hit.start) as usize);
    assert_eq!(sail.collect::<String>(), "sail");
    let note = library.search("owner", &Query::default()).unwrap().remove(0);
    assert_eq!(note.kind, HitKind::Note { id: Some(it.id) });
    assert_eq!(note.excerpt, "Ask the café’s owner about it");
    // What is deleted is not found any more.
    it.extra.get_or_insert_default().note.clear();
    keep(&mut desk, &mut store, Step::new("noted").set(it));
    assert!(library.search("owner", &Query::default()).unwrap().is_empty());
    store.undo().unwrap();
    desk.keep(&mut store, Verb::Undo).unwrap();
    assert_eq!(library.search("owner", &Query::default()).unwrap().len(), 1);
}

#[test]
fn the_list_counts_sorts_and_filters() {
    let (place, mut library, [ferry, light]) = both();
    let (opened, mut store) = add(&mut library, &article(FERRY, "ferry.txt"));
    let mut desk = library.sit(opened.seat);
    let mention = store.of_kind(Kind::Mention)[0] as usize;
    let it = tag(&store.annotations()[mention], "crew");
    keep(&mut desk, &mut store, Step::new("tagged").set(it.clone()));
    let about = crate::annot::About {
        tags: vec!["sea".into()],
        published: Some(jiff::civil::date(2024, 6, 1)),
        ..Default::default()
    };
    keep(&mut desk, &mut store, Step::new("said").say(about));
    desk.set_position(u32::try_from(FERRY.len() / 2).unwrap()).unwrap();
    let mut library = place.open();
    let list = |library: &Library, wanted: &ListQuery| -> Vec<ArticleId> {
        library.list(wanted).unwrap().into_iter().map(|it| it.id).collect()
    };
    let row = library.list(&ListQuery::default()).unwrap();
    let row = row.iter().find(|it| it.id == ferry).unwrap();
    assert_eq!((row.quotes, row.marks, row.progress), (2, 1, 49));
    assert_eq!((row.name(), row.tags.as_slice()), ("The ferry", &["sea".to_owned()][..]));
    for (sort, first) in [
        (Sort::Date, ferry),
        (Sort::Title, ferry),
        (Sort::Quotes, ferry),
        (Sort::Marks, ferry),
        (Sort::Progress, ferry),
        (Sort::Added, light),
    ] {
        let mut wanted = ListQuery { sort, ..ListQuery::default() };
        assert_eq!(list(&library, &wanted)[0], first, "{sort:?}");
        wanted.reverse = true;
        assert_eq!(list(&library, &wanted)[1], first, "{sort:?}");
    }
    for tag in ["sea", "crew"] {
        let query = asked(|it| it.tags = vec![tag.into()]);
        assert_eq!(
            list(&library, &ListQuery { query: query.clone(), ..ListQuery::default() }),
            [ferry]
        );
        assert_eq!(library.quotes(&query).unwrap().len(), if tag == "sea" { 2 } else { 0 });
        assert!(!library.entities(&query).unwrap().is_empty());
    }
    let query = asked(|it| it.speaker = Some("ray".into()));
    assert_eq!(list(&library, &ListQuery { query, ..ListQuery::default() }), [light]);
    assert_eq!(library.tags().unwrap(), ["crew", "sea"]);
    library.trash(light, now()).unwrap();
    assert_eq!(list(&library, &ListQuery::default()), [ferry]);
    assert_eq!(list(&library, &ListQuery { shelf: Shelf::Trash, ..ListQuery::default() }), [light]);
    assert!(library.search("lamp", &Query::default()).unwrap().is_empty());
    assert_eq!(library.count().unwrap(), 1);
}

#[test]
fn proposals_never_change_what_a_reader_touched() {
    let (place, mut library, [ferry, _]) = both();
    let text = article(FERRY, "ferry.txt");
    let (opened, mut store) = add(&mut library, &text);
    let before = store.clone();
    let mut desk = library.sit(opened.seat);
    let quote = store.of_kind(Kind::Quote)[0] as usize;
    let it = Annotation { review: Review::Rejected, ..store.annotations()[quote].clone() };
    keep(&mut desk, &mut store, Step::new("rejected").set(it.clone()));
    // The detectors of another process are done only now.
    let mut library = place.open();
    library.propose(ferry, &text, &before).unwrap();
    assert_eq!(library.quotes(&Query::default()).unwrap().len(), 2);
    let rejected = library.kept(ferry).unwrap().annotations;
    let seen: Vec<_> = rejected.iter().map(|it| (it.id, it.review)).collect();
    assert_eq!(seen, [(it.id, Review::Rejected)]);
    // Twice the same writes nothing.
    let changes = |library: &Library| -> i64 {
        let sql = "SELECT total_changes()";
        library.connection.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let count = changes(&library);
    library.propose(ferry, &text, &before).unwrap();
    assert_eq!(changes(&library), count);
    // Another text than the library's is not taken.
    library.propose(ferry, &article(LIGHT, "ferry.txt"), &before).unwrap();
    assert_eq!(changes(&library), count);
}
