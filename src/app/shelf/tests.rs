use proptest::prelude::*;

use super::*;
use crate::app::{Effect, Message, Model, Msg, update};
use crate::config::Settings;
use crate::input::key;

fn row(id: &str, title: &str) -> ShelfRow {
    ShelfRow { id: id.into(), title: title.into(), ..ShelfRow::default() }
}

fn day(day: &str) -> Option<Timestamp> {
    format!("{day}T12:00:00Z").parse().ok()
}

/// Three articles; the one opened last comes first.
fn rows() -> Vec<ShelfRow> {
    vec![
        ShelfRow {
            publisher: "The Coast Post".into(),
            published: "2024-03-03".parse().ok(),
            added: day("2024-03-04"),
            opened: day("2024-05-01"),
            progress: 40,
            marks: 2,
            tags: vec!["sea".into()],
            ..row("a", "The harbour opens again")
        },
        ShelfRow {
            publisher: "Field Notes".into(),
            authors: vec!["Ada Marsh".into()],
            added: day("2024-03-05"),
            progress: 100,
            unreviewed: 3,
            tags: vec!["sea".into(), "trees".into()],
            ..row("b", "an orchard in May")
        },
        ShelfRow {
            published: "2024-04-01".parse().ok(),
            added: day("2024-03-06"),
            opened: day("2024-04-30"),
            lost: 1,
            ..row("c", "Bridges")
        },
    ]
}

fn library() -> Model {
    let mut model = Model::library(Settings::default(), (100, 30));
    update(&mut model, Msg::Shelf(rows()));
    model
}

/// Presses keys; gives what is to be done outside.
fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let keys = if keys.is_empty() { Vec::new() } else { key::parse(keys).unwrap() };
    keys.into_iter().flat_map(|key| update(model, Msg::Key(key))).collect()
}

fn shelf(model: &Model) -> &Shelf {
    model.shelf.as_ref().unwrap()
}

/// The names of the shown rows, with a bar before the chosen one and a star at the marked ones.
fn shown(model: &Model) -> String {
    let shelf = shelf(model);
    let name = |at: usize| {
        let chosen = if at == shelf.list.selected { "|" } else { "" };
        let marked = if shelf.is_marked(at) { "*" } else { "" };
        format!("{chosen}{}{marked}", shelf.row(at).unwrap().id)
    };
    (0..shelf.len()).map(name).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(keys: &str, shows: &str) {
    let mut model = library();
    press(&mut model, keys);
    assert_eq!(shown(&model), shows, "{keys}");
}

fn said(model: &Model) -> &str {
    match &model.message {
        Some(Message::Done(said) | Message::Failed(said)) => said,
        None => "",
    }
}

#[test]
fn the_order_is_chosen() {
    check("", "|a c b");
    check("s", "c b |a");
    check("2s", "c |a b");
    check("3s", "b c |a");
    check("4s", "b |a c");
    check("5s", "b |a c");
    check("6s", "|a c b");
    check("7s", "|a c b");
    check("2sS", "|a c b");
    check("3sS", "|a c b");
    check("jS", "|c a b");
}

#[test]
fn keys_move() {
    check("j", "a |c b");
    check("G", "a c |b");
    check("2G", "a |c b");
    check("9G", "a c |b");
    check("Ggg", "|a c b");
    check("<Space>", "a c |b");
    check("jw", "a |c b");
    check("jV", "a |c* b");
    check("Vj", "a* |c* b");
    check("Vj<Esc>", "a |c b");
    check("VjV", "a |c b");
}

#[test]
fn articles_are_searched_while_one_types() {
    check("/mar", "|b");
    check("/sea", "|a b");
    check("/sea<Space>orch", "|b");
    check("j/orch<Esc>", "a |c b");
    check("j/orch<Enter>", "|b");
    check("/sea<Down>", "a |b");
    check("/sea<Down><Enter><Esc>", "a c |b");
    check("/orch<C-u>", "|a c b");
    check("/zzz", "");
    check("/zzz<Enter>ddVjtG<Enter>", "");
    check("/orch<Enter>/<C-u>harb", "|a");
}

#[test]
fn the_filter_leaves_rows_out() {
    check("f<Space>", "|c");
    check("fj<Space>", "|a");
    check("f<Space>j<Space>", "a |c");
    check("fjj<Space>", "|b");
    check("f3j<Space>", "|a");
    check("fjjjj<Space>", "|b");
    check("fjjjjj<Space>", "|c");
    check("fjjjjjj<Space>", "");
    check("fjjjjjjj<Space>", "|a b");
    check("fG<Space>", "|b");
    check("fG<Space>k<Space><Space>qk", "|b");
}

#[test]
fn the_trash_gives_back() {
    let mut model = library();
    let effects = press(&mut model, "jdd");
    assert!(matches!(&effects[..], [Effect::Trash(ids)] if *ids == ["c"]), "{effects:?}");
    assert_eq!(said(&model), "moved “Bridges” to the trash; u takes it back");
    assert_eq!((shown(&model).as_str(), shelf(&model).counts()), ("a |b", (2, 1)));
    let effects = press(&mut model, "u");
    assert!(matches!(&effects[..], [Effect::Untrash(ids)] if *ids == ["c"]), "{effects:?}");
    assert_eq!(
        (shown(&model).as_str(), said(&model)),
        ("a |c b", "took “Bridges” out of the trash again")
    );
    press(&mut model, "u");
    assert_eq!(said(&model), "there is nothing to undo");

    press(&mut model, "ggVjdd");
    assert_eq!(said(&model), "moved 2 articles to the trash; u takes them back");
    assert_eq!(shown(&model), "|b");
    press(&mut model, "fGkk<Space>q");
    assert_eq!(shown(&model), "|a c");
    press(&mut model, "jdd");
    assert_eq!(said(&model), "it is in the trash; R takes it out");
    let effects = press(&mut model, "R");
    assert!(matches!(&effects[..], [Effect::Untrash(ids)] if *ids == ["c"]), "{effects:?}");
    assert_eq!(shown(&model), "|a");
}

#[test]
fn articles_are_tagged() {
    let mut model = library();
    let effects = press(&mut model, "Vjtse<Tab>,<Space>wind<Enter>");
    let tagged = |effects: &[Effect]| matches!(effects, [Effect::TagArticles(ids, tags)] if *ids == ["a", "c"] && *tags == ["sea", "wind"]);
    assert!(tagged(&effects), "{effects:?}");
    assert_eq!(said(&model), "tagged 2 articles “sea”, “wind”");
    assert_eq!(shelf(&model).row(1).unwrap().tags, ["sea", "wind"]);
    assert_eq!(shelf(&model).known_tags().collect::<Vec<_>>(), ["sea", "wind", "trees"]);
    press(&mut model, "u");
    assert_eq!(shelf(&model).row(0).unwrap().tags, ["sea"]);
    assert!(shelf(&model).row(1).unwrap().tags.is_empty());
    let effects = press(&mut model, "GT*<Enter>");
    assert!(matches!(&effects[..], [Effect::UntagArticles(..)]), "{effects:?}");
    assert_eq!(said(&model), "took “sea”, “trees” from “an orchard in May”");
    press(&mut model, "ggT");
    assert_eq!(said(&model), "took “sea” from “The harbour opens again”");
    press(&mut model, "T");
    assert_eq!(said(&model), "nothing here has a tag");
    press(&mut model, "uu");
    assert_eq!(shelf(&model).row(2).unwrap().tags, ["sea", "trees"]);
    press(&mut model, "fG<Space>q");
    assert_eq!(shown(&model), "|b");
}

#[test]
fn other_rows_keep_what_is_chosen() {
    let mut model = library();
    press(&mut model, "jVj");
    let mut rows = rows();
    rows.push(ShelfRow { opened: day("2025-01-01"), ..row("d", "New") });
    rows.remove(0);
    update(&mut model, Msg::Shelf(rows));
    assert_eq!(shown(&model), "d c* |b*");
    update(&mut model, Msg::Shelf(Vec::new()));
    assert_eq!(shown(&model), "");
    assert!(press(&mut model, "<Enter>ddVtTuRG").is_empty());
}

#[test]
fn enter_opens_and_q_comes_back() {
    let mut model = library();
    let effects = press(&mut model, "jo<Enter>");
    assert!(matches!(&effects[..], [Effect::OpenId(id, None)] if id == "c"), "{effects:?}");
    assert!(matches!(press(&mut library(), "q")[..], [Effect::Quit]));

    let mut opened = library();
    opened.shelf = None;
    carry(&mut model, &mut opened);
    assert!(opened.shelf.is_none() && opened.shelved.is_some());
    assert!(matches!(press(&mut opened, "q")[..], [Effect::Shelf]));
    assert_eq!(shown(&opened), "a |c b");
    assert!(matches!(press(&mut opened, "q")[..], [Effect::Quit]));
}

#[test]
fn an_article_goes_to_the_list_and_back() {
    let mut model = library();
    model.shelf = None;
    press(&mut model, "R");
    assert!(model.shelf.is_none());
    assert!(matches!(press(&mut model, ":sort<Enter>")[..], []));
    assert_eq!(said(&model), "that is for the library; gl goes there");
    assert!(matches!(press(&mut model, "gl")[..], [Effect::Shelf]));
    assert!(shelf(&model).loading);
    update(&mut model, Msg::Shelf(rows()));
    press(&mut model, ":sort<Enter>:goto<Space>50%<Enter>");
    assert_eq!(
        (shown(&model).as_str(), said(&model)),
        ("c b |a", "that is for an article; Enter opens one")
    );
    assert!(press(&mut model, "q").is_empty());
    assert!(model.shelf.is_none());
    // It was not opened from the list.
    assert!(matches!(press(&mut model, "q")[..], [Effect::Quit]));
}

fn hit(id: &str, words: &str, place: Option<u32>) -> Hit {
    let what = if place.is_some() { What::Quote } else { What::Note };
    Hit { id: id.into(), title: format!("Title {id}"), what, words: words.into(), place }
}

#[test]
fn texts_are_searched() {
    let mut model = library();
    let effects = press(&mut model, "jg/pier<Enter>");
    assert!(matches!(&effects[..], [Effect::SearchLibrary(it)] if it == "pier"), "{effects:?}");
    let hits =
        vec![hit("b", "the pier", Some(7)), hit("a", "piers", None), hit("b", "a pier", Some(90))];
    update(&mut model, Msg::Hits("another".into(), hits.clone()));
    assert!(shelf(&model).hits.as_ref().unwrap().waiting);
    update(&mut model, Msg::Hits("pier".into(), hits));
    let at = |model: &mut Model, keys: &str| {
        press(model, keys);
        match &press(model, "<Enter>")[..] {
            [Effect::OpenId(id, place)] => format!("{id} {place:?}"),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(at(&mut model, ""), "b Some(7)");
    assert_eq!(at(&mut model, "j"), "b Some(90)");
    assert_eq!(at(&mut model, "j"), "a None");
    assert_eq!(at(&mut model, "j"), "a None");
    assert_eq!(at(&mut model, "k"), "b Some(90)");
    assert_eq!(at(&mut model, "gg"), "b Some(7)");
    assert_eq!(at(&mut model, "k"), "b Some(7)");
    press(&mut model, "s");
    assert_eq!(said(&model), "q goes back to the list");
    press(&mut model, "q");
    assert_eq!((shown(&model).as_str(), shelf(&model).part), ("a |c b", Part::Rows));
}

#[test]
fn texts_are_searched_from_an_article() {
    let mut model = library();
    model.shelf = None;
    let effects = press(&mut model, "g/pier<Enter>");
    assert!(matches!(&effects[..], [Effect::Shelf, Effect::SearchLibrary(_)]), "{effects:?}");
    update(&mut model, Msg::Hits("pier".into(), Vec::new()));
    assert!(press(&mut model, "jjG<Enter>").is_empty());
    press(&mut model, "qq");
    assert!(model.shelf.is_none());
}

#[test]
fn words_that_were_found_are_known() {
    let check = |query: &str, text: &str, found: &[&str]| {
        let ranges = hits::found(query, text);
        assert_eq!(ranges.iter().map(|it| it.of(text)).collect::<Vec<_>>(), found);
    };
    check("pier", "The Pier, the piers and the rapier", &["Pier", "piers"]);
    check("“old pier”", "an old, old pier", &["old", "old", "pier"]);
    check("", "words", &[]);
}

fn any_row() -> impl Strategy<Value = ShelfRow> {
    let word = prop::sample::select(vec!["sea", "Harbour", "東京", "é", "", "the old pier"]);
    let moment = prop::option::of(0..1_000_000_i64);
    (
        word.clone(),
        word.clone(),
        moment,
        prop_oneof![Just(0), Just(100), 0..=120_u8],
        0..3_u32,
        any::<bool>(),
    )
        .prop_map(|(title, publisher, at, progress, marks, trashed)| ShelfRow {
            publisher: publisher.into(),
            opened: at.and_then(|at| Timestamp::from_second(at).ok()),
            progress,
            marks,
            unreviewed: marks / 2,
            tags: vec![publisher.into()],
            trashed,
            ..row("", title)
        })
}

proptest! {
    #[test]
    fn what_is_shown_is_what_passes(
        rows in prop::collection::vec(any_row(), 0..30),
        flips in prop::collection::vec(0..12_usize, 0..4),
        sorts in 0..14_usize,
        reversed: bool,
        query in prop::sample::select(vec!["", "s", "har", "sea pier", "東", "É", "zz"]),
    ) {
        let mut rows = rows;
        for (at, row) in rows.iter_mut().enumerate() {
            row.id = at.to_string();
        }
        let mut shelf = Shelf::default();
        shelf.take(rows.clone());
        for at in flips {
            shelf.filters.flip(at, &shelf.tags);
        }
        shelf.query = LineEdit::new(query);
        shelf.order = Order { by: shelf.order.by.step(sorts), reversed };
        shelf.resort();
        let mut finder = Finder::new(query);
        let passes = |row: &&ShelfRow| {
            let found = finder.as_mut().is_none_or(|it| it.score(&Ready::new(row)).is_some());
            found && shelf.filters.passes(row)
        };
        let mut wanted: Vec<&str> = rows.iter().filter(passes).map(|it| it.id.as_str()).collect();
        let mut shown: Vec<&str> =
            (0..shelf.len()).filter_map(|at| shelf.row(at)).map(|it| it.id.as_str()).collect();
        wanted.sort_unstable();
        shown.sort_unstable();
        prop_assert_eq!(shown, wanted);
        prop_assert!(shelf.list.selected == 0 || shelf.list.selected < shelf.len());
    }
}
