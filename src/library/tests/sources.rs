//! The sources of articles, kept beside their texts.

use super::*;
use crate::article::{self, BlockKind, Extract};

const PAGE: &str = "<!doctype html><html lang=en><head><title>The ferry</title>\
    <link rel=canonical href='https://a.example/ferry'>\
    <meta property='article:modified_time' content='2024-10-12'></head><body>\
    <nav><a href='/'>Home</a> <a href='/all'>All the ferries</a></nav>\
    <article><h1>The ferry</h1><p>Ann Lee said the ferry would sail on Monday, whatever the wind, \
    and that nobody on the quay would have to wait, as they had so often waited in the spring.</p>\
    <h2>Fares</h2><ul><li>One way, five crowns, children free.</li><li>Both ways, eight \
    crowns, as <a href='fares'>the list of fares</a> says.</li></ul>\
    <blockquote><p>It will sail, and that is all that I have to say of it, said the master.</p>\
    </blockquote><p>Bob Ray did not believe it, and went home by the road, as he had done before, \
    with his cart, his dog and the nets that he had mended.</p></article></body></html>";

fn page() -> Arc<Article> {
    Arc::new(article::read(PAGE.as_bytes().to_vec(), "https://a.example/b/ferry").unwrap())
}

#[test]
fn a_page_comes_back_with_its_blocks_links_and_source() {
    let place = Place::new();
    let page = page();
    let mut library = place.open();
    let id = library.enter(&page, now()).unwrap().seat.id();
    drop(library);
    let library = place.open();
    let (_, kept) = library.get(&id.to_string()).unwrap();
    assert!(page.blocks.iter().any(|it| it.kind == BlockKind::Quote));
    assert!(page.blocks.iter().any(|it| it.kind == BlockKind::ListItem) && !page.links.is_empty());
    let said = |it: &Article| (it.text.clone(), it.blocks.clone(), it.links.clone());
    assert_eq!(said(&kept), said(&page));
    assert_eq!((&kept.meta, kept.kind, kept.extract), (&page.meta, page.kind, Extract::Main));
    let raw = library.raw(id).unwrap().unwrap();
    let whole = raw.read(Extract::Whole).unwrap();
    assert!(whole.text.contains("All the ferries"));
    assert_eq!(said(&raw.read(Extract::Main).unwrap()), said(&page));
}

#[test]
fn what_is_marked_keeps_its_place_from_the_article_to_the_whole_page_and_back() {
    let place = Place::new();
    let page = page();
    let whole = Arc::new(page.raw.as_ref().unwrap().read(Extract::Whole).unwrap());
    let mark = |number: u8, words: &str, text: &str| {
        let start = text.find(words).unwrap();
        let range = TextRange::of_bytes(start, start + words.len());
        let id = AnnotationId::from_time(u64::from(number), [number; 10]);
        Annotation::made(id, range, Body::Highlight, now())
    };
    let (ours, theirs) = (mark(1, "Monday", &page.text), mark(2, "All the ferries", &whole.text));
    let (mut desk, mut store) = {
        let mut library = place.open();
        let opened = library.enter(&page, now()).unwrap();
        (library.sit(opened.seat), Store::restore(opened.kept))
    };
    let id = desk.id();
    keep(&mut desk, &mut store, Step::new("marked").set(ours.clone()));
    let first = store.annotations().to_vec();

    let opened = desk.leave().enter_as(Some(id), &whole, now()).unwrap();
    let mut store = Store::restore(opened.kept);
    let mut desk = place.open().sit(opened.seat);
    assert_eq!(words_of(&store, ours.id, &whole.text), "Monday");
    keep(&mut desk, &mut store, Step::new("marked").set(theirs.clone()));

    let opened = desk.leave().enter_as(Some(id), &page, now()).unwrap();
    assert_eq!(opened.seat.id(), id);
    let mut store = Store::restore(opened.kept);
    assert!(store.get(theirs.id).unwrap().is_lost());
    // The history leads back to what was there first.
    store.undo();
    assert_eq!(store.annotations(), first);
    store.redo();

    let opened = place.open().enter_as(Some(id), &whole, now()).unwrap();
    let store = Store::restore(opened.kept);
    assert_eq!(words_of(&store, theirs.id, &whole.text), "All the ferries");
    assert_eq!(store.get(theirs.id), Some(&theirs));
    // The source is there once.
    let count: i64 = place
        .open()
        .connection
        .query_row("SELECT count(raw) FROM texts", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 1);
}

fn words_of<'t>(store: &Store, id: AnnotationId, text: &'t str) -> &'t str {
    store.get(id).unwrap().range.of(text)
}

/// Also what is broken in the file itself is no reason to lose the text.
#[test]
fn without_a_shape_a_text_is_plain() {
    let place = Place::new();
    let page = page();
    let id = place.open().enter(&page, now()).unwrap().seat.id();
    for shape in [
        "NULL",
        "'{'",
        "'{\"kind\":\"html\",\"blocks\":[[\"p\",0,99999]]}'",
        "'{\"kind\":\"html\",\"blocks\":[[\"p\",9,2]]}'",
        "'{\"kind\":\"html\",\"blocks\":[[\"p\",0,9],[\"p\",3,12]]}'",
        "'{\"kind\":\"html\",\"blocks\":[[\"what\",0,9]]}'",
        "'{\"kind\":\"html\",\"blocks\":[]}'",
        "'{\"kind\":\"html\",\"blocks\":[[\"p\",0,9]],\"links\":[[3,1,\"x\"],[0,99999,\"x\"]]}'",
    ] {
        let library = place.open();
        let sql = format!("UPDATE texts SET shape = {shape}, raw = x'00'");
        library.connection.execute_batch(&sql).unwrap();
        let (_, kept) = library.get(&id.to_string()).unwrap();
        assert_eq!((&kept.text, &kept.meta.title), (&page.text, &page.meta.title), "{shape}");
        assert!(!kept.blocks.is_empty() && kept.links.is_empty(), "{shape}");
        assert_eq!(library.raw(id).unwrap(), None);
    }
    // Opening the page again mends it.
    place.open().enter(&page, now()).unwrap();
    let (_, kept) = place.open().get(&id.to_string()).unwrap();
    assert_eq!((kept.blocks, kept.links), (page.blocks.clone(), page.links.clone()));
    assert!(place.open().raw(id).unwrap().is_some());
}

#[test]
fn without_a_library_marks_are_carried_along_all_the_same() {
    let page = page();
    let whole = page.raw.as_ref().unwrap().read(Extract::Whole).unwrap();
    let start = page.text.find("Ann Lee").unwrap();
    let range = TextRange::of_bytes(start, start + 7);
    let mut store = Store::default();
    find(&mut store);
    let mention = Annotation::made(AnnotationId([7; 16]), range, Body::Mention(EntityId(0)), now());
    assert!(store.apply(Step::new("made").set(mention.clone())));
    let light = Annotation::made(AnnotationId([8; 16]), range, Body::Highlight, now());
    assert!(store.apply(Step::new("marked").set(light.clone())));
    store.undo();

    let (kept, replaced) = carried(&store, &page.text, &whole.text);
    assert_eq!(replaced.iter().map(|it| it.turn).collect::<Vec<_>>(), [Turn::Moved]);
    let mut there = Store::restore(kept);
    assert_eq!(words_of(&there, mention.id, &whole.text), "Ann Lee");
    assert_eq!((there.entities().len(), there.entities()[0].name.as_str()), (1, "Ann Lee"));
    there.redo();
    assert_eq!(words_of(&there, light.id, &whole.text), "Ann Lee");
    there.undo();

    let (kept, _) = carried(&there, &whole.text, &page.text);
    let mut back = Store::restore(kept);
    assert_eq!(back.annotations(), [mention]);
    back.undo();
    assert!(back.annotations().is_empty());
    let place = u32::try_from(page.text.find("Bob Ray").unwrap()).unwrap();
    let there = positions(&page.text, &whole.text, &[place])[0] as usize;
    assert!(whole.text.split_at(there).1.starts_with("Bob Ray did not believe"));
}

#[test]
fn a_quote_beside_the_article_keeps_who_said_it_while_it_is_not_shown() {
    use crate::annot::{Form, Quote, Speaker};
    let place = Place::new();
    let main = page();
    let whole = Arc::new(main.raw.as_ref().unwrap().read(Extract::Whole).unwrap());
    let at = |words: &str| {
        let start = whole.text.find(words).unwrap();
        TextRange::of_bytes(start, start + words.len())
    };
    let body = Body::Quote(Box::new(Quote {
        form: Form::Direct,
        speaker: Some(Speaker { range: at("Home"), entity: None, name: "Home".into() }),
        cue: Some(at("All")),
        continues: None,
        outer: at("the ferries"),
    }));
    let quote = Annotation::made(AnnotationId([3; 16]), at("ferries"), body, now());
    let opened = place.open().enter(&whole, now()).unwrap();
    let id = opened.seat.id();
    let mut store = Store::restore(opened.kept);
    let mut desk = place.open().sit(opened.seat);
    keep(&mut desk, &mut store, Step::new("made").set(quote.clone()));
    let first = store.annotations().to_vec();
    // Twice without, as after a refresh that does not have it either.
    let later = article(LATER, "https://a.example/b/ferry");
    for text in [&main, &later, &main] {
        let kept = place.open().enter_as(Some(id), text, now()).unwrap().kept;
        assert!(Store::restore(kept).get(quote.id).unwrap().is_lost());
    }
    let kept = place.open().enter_as(Some(id), &whole, now()).unwrap().kept;
    assert_eq!(Store::restore(kept).annotations(), first);
}

const LATER: &str =
    "Nothing of it\n\nNobody said a word of what had been there before, and so on.\n";
