//! The library as its users see it.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;
use crate::annot::store::Findings;
use crate::annot::{
    Annotation, AnnotationId, Body, Entity, EntityId, EntityKind, Extra, IdMaker, Kind, Origin,
    Review, Step, Store,
};
use crate::article::{Article, plain};
use crate::text::TextRange;

mod changes;
mod feeds;
mod files;
mod queries;
mod sources;
mod together;

const TEXT: &str = "The ferry\n\nAnn Lee said the ferry would sail on Monday. “It will sail,” \
    she told Bob Ray, who laughed. Bob Ray did not believe it.\n";

fn article(text: &str, source: &str) -> Arc<Article> {
    Arc::new(plain::read(text.to_owned(), source))
}

/// A library in a folder of its own.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("data").join("library.db")
    }

    fn open(&self) -> Library {
        Library::open(&self.path()).unwrap()
    }

    /// Opens the article and lets the detectors find what they always find.
    fn sit(&self, article: &Arc<Article>) -> (Desk, Store) {
        let mut library = self.open();
        let opened = library.enter(article, now()).unwrap();
        let mut store = Store::restore(opened.kept);
        find(&mut store);
        (library.sit(opened.seat), store)
    }
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn entity(name: &str) -> Entity {
    let kind = EntityKind::Person;
    let key = IdMaker::new(TEXT).entity(kind, name);
    Entity { key, name: name.into(), kind, aliases: Vec::new(), description: None, other: None }
}

fn proposal(range: TextRange, body: Body) -> Annotation {
    let mut it = Annotation::made(AnnotationId([0; 16]), range, body, now());
    it.id = IdMaker::new(TEXT).annotation(it.kind(), range, range.of(TEXT));
    it.origin = Origin::Detector { rule: "test".into() };
    (it.review, it.confidence, it.extra) = (Review::Proposed, 0.5, None);
    it
}

fn place_of(words: &str) -> TextRange {
    let start = TEXT.find(words).unwrap();
    TextRange::of_bytes(start, start + words.len())
}

/// Two people with a mention each.
fn find(store: &mut Store) {
    let mention = |words: &str, who| proposal(place_of(words), Body::Mention(EntityId(who)));
    let annotations = vec![mention("Ann Lee", 0), mention("Bob Ray", 1)];
    let entities = vec![entity("Ann Lee"), entity("Bob Ray")];
    store.take(Kind::Mention, Findings { annotations, entities });
}

fn highlight(number: u8, words: &str) -> Annotation {
    let id = AnnotationId::from_time(u64::from(number), [number; 10]);
    Annotation::made(id, place_of(words), Body::Highlight, now())
}

fn tag(it: &Annotation, tag: &str) -> Annotation {
    let mut it = it.clone();
    let extra = it.extra.get_or_insert_default();
    extra.tags.push(tag.to_owned());
    extra.tags.sort();
    extra.tags.dedup();
    it
}

/// All that a reader of the store can see, with entities by their keys.
#[derive(Debug, PartialEq)]
struct Picture {
    annotations: Vec<String>,
    entities: Vec<Entity>,
    about: String,
    done: Vec<String>,
    undone: Vec<String>,
}

fn picture(store: &Store) -> Picture {
    let shown = |it: &Annotation| rows::json(&record::AnnotationRecord::of(it, store));
    let mut entities: Vec<Entity> = store.live_entities().map(|it| it.1.clone()).collect();
    entities.sort_by_key(|it| it.key);
    let names = |steps: &[Step]| steps.iter().map(|it| it.name().to_owned()).collect();
    Picture {
        annotations: store.annotations().iter().map(shown).collect(),
        entities,
        about: format!("{:?}", store.about()),
        done: names(store.steps()),
        undone: names(store.undone()),
    }
}

#[track_caller]
fn keep(desk: &mut Desk, store: &mut Store, step: Step) -> Foreign {
    assert!(store.apply(step));
    desk.keep(store, Verb::Do).unwrap()
}

#[test]
fn what_was_made_is_there_again() {
    let place = Place::new();
    let article = article(TEXT, "ferry.txt");
    let (mut desk, mut store) = place.sit(&article);
    let mention = store.annotations()[0].clone();
    keep(&mut desk, &mut store, Step::new("tagged").set(tag(&mention, "crew")));
    keep(&mut desk, &mut store, Step::new("marked").set(highlight(1, "would sail")));
    let cid = store.next_entity();
    let step = Step::new("named").set_entity(cid, entity("Cid Orr"));
    let it = proposal(place_of("she told"), Body::Mention(cid));
    keep(&mut desk, &mut store, step.set(Annotation { extra: Some(Box::default()), ..it }));
    store.undo().unwrap();
    desk.keep(&mut store, Verb::Undo).unwrap();
    let about = crate::annot::About { tags: vec!["sea".into()], ..Default::default() };
    keep(&mut desk, &mut store, Step::new("said").say(about));
    store.undo().unwrap();
    desk.keep(&mut store, Verb::Undo).unwrap();
    store.redo().unwrap();
    desk.keep(&mut store, Verb::Redo).unwrap();
    desk.set_position(12).unwrap();
    desk.save_view("{}").unwrap();
    drop(desk);

    let mut library = place.open();
    let opened = library.enter(&article, now()).unwrap();
    assert!(!opened.is_new && opened.replaced.is_empty());
    assert_eq!((opened.position, opened.view.as_deref()), (Some(12), Some("{}")));
    let mut again = Store::restore(opened.kept);
    find(&mut again);
    assert_eq!(picture(&again), picture(&store));
    let mut desk = library.sit(opened.seat);
    for _ in 0..3 {
        store.undo().unwrap();
        again.undo().unwrap();
        desk.keep(&mut again, Verb::Undo).unwrap();
        assert_eq!(picture(&again), picture(&store));
    }
    assert!(again.undo().is_none());
    let (_, once_more) = place.sit(&article);
    assert_eq!(picture(&once_more), picture(&store));
}

#[test]
fn articles_are_known_by_their_source_and_by_their_text() {
    let place = Place::new();
    let mut library = place.open();
    let file = place.folder.path().join("a.txt");
    std::fs::write(&file, TEXT).unwrap();
    let named = |path: &Path| article(TEXT, path.to_str().unwrap());
    let first = library.enter(&named(&file), now()).unwrap();
    assert!(first.is_new);
    let id = first.seat.id();
    // Another way to the same file, a stream with the same words, a copy, and the file moved.
    let detour = place.folder.path().join("data").join("..").join("a.txt");
    let copy = place.folder.path().join("b.txt");
    std::fs::copy(&file, &copy).unwrap();
    for other in [named(&detour), article(TEXT, "-"), named(&copy)] {
        assert_eq!(library.find(&other).unwrap(), Some(id));
        let opened = library.enter(&other, now()).unwrap();
        assert_eq!((opened.seat.id(), opened.is_new), (id, false));
    }
    assert_eq!(library.get(&id.to_string()).unwrap().1.meta.source, file.to_str().unwrap());
    std::fs::remove_file(&file).unwrap();
    library.enter(&named(&copy), now()).unwrap();
    let (found, kept) = library.get(id.to_string().get(..5).unwrap()).unwrap();
    assert_eq!((found, kept.meta.source.as_str()), (id, copy.to_str().unwrap()));
    assert_eq!((kept.text.as_str(), kept.blocks.len()), (TEXT, 2));
    assert_eq!(library.find(&article("Other words.", "-")).unwrap(), None);
}

#[test]
fn an_id_that_is_not_there_or_not_enough_is_said() {
    let place = Place::new();
    let mut library = place.open();
    for number in 0..40 {
        library.enter(&article(&format!("Text number {number}."), "-"), now()).unwrap();
    }
    let says = |prefix: &str| library.get(prefix).unwrap_err();
    assert!(says("xyz").to_string().contains("has the id `xyz`"));
    assert!(says("").hint_text().unwrap().contains("pullquote list"));
    assert!(says("0123456789abcdef0").to_string().contains("no article"));
    let several = (0..16).map(|it| format!("{it:x}")).find_map(|it| {
        library.get(&it).err().filter(|error| error.to_string().contains("several"))
    });
    assert!(several.unwrap().hint_text().unwrap().split(", ").count() > 1);
}

#[test]
fn the_trash_gives_back() {
    let place = Place::new();
    let (mut desk, mut store) = place.sit(&article(TEXT, "ferry.txt"));
    keep(&mut desk, &mut store, Step::new("marked").set(highlight(1, "ferry")));
    let id = desk.id();
    let mut library = desk.leave();
    library.trash(id, now()).unwrap();
    library.restore(id).unwrap();
    library.trash(id, now()).unwrap();
    let opened = library.enter(&article(TEXT, "ferry.txt"), now()).unwrap();
    assert_eq!((opened.seat.id(), opened.kept.annotations.len()), (id, 1));
}
