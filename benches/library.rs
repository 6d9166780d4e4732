//! What the library costs: many articles, and an article with very many annotations.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex};

use divan::{Bencher, black_box};
use jiff::Timestamp;
use tempfile::TempDir;

use pullquote::annot::store::Findings;
use pullquote::annot::{
    Annotation, AnnotationId, Body, Entity, EntityId, EntityKind, Form, IdMaker, Kind, Origin,
    Quote, Review, Speaker, Step, Store,
};
use pullquote::article::{Article, plain};
use pullquote::library::{Desk, Library, ListQuery, Query, Sort, Verb};
use pullquote::text::TextRange;

fn main() {
    divan::main();
}

const WORDS: [&str; 24] = [
    "harbour", "minister", "of", "the", "said", "and", "ferry", "council", "with", "a", "to",
    "election", "budget", "river", "in", "for", "school", "keeper", "lamp", "winter", "market",
    "railway", "café", "was",
];

/// Words that differ from article to article, of about five thousand bytes.
fn story(number: usize) -> String {
    let mut text = format!("Story number {number}\n\nBy Jane Doe\n\nPublished 4 March 2024\n\n");
    let mut state = number as u64 + 1;
    let mut next = |most: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % most
    };
    for paragraph in 0..12 {
        for _ in 0..60 {
            text.push_str(WORDS[next(WORDS.len())]);
            text.push(' ');
        }
        writeln!(
            text,
            "name{} name{}. “The words {paragraph} of {number}.”\n",
            next(5000),
            next(500)
        )
        .expect("a string takes everything");
    }
    text
}

fn entity(ids: IdMaker, number: u32) -> Entity {
    let name = format!("Person {number}");
    let (kind, aliases, description) = (EntityKind::Person, Vec::new(), None);
    Entity { key: ids.entity(kind, &name), name, kind, aliases, description, other: None }
}

fn proposal(ids: IdMaker, range: TextRange, body: Body, words: &str) -> Annotation {
    let mut it = Annotation {
        id: AnnotationId([0; 16]),
        range,
        body,
        origin: Origin::Detector { rule: Cow::Borrowed("bench") },
        review: Review::Proposed,
        confidence: 0.9,
        extra: None,
    };
    it.id = ids.annotation(it.kind(), range, words);
    it
}

fn quote(range: TextRange, entity: u32) -> Body {
    let name = format!("Person {entity}").into();
    let speaker = Speaker { range: TextRange::new(0, 5), entity: Some(EntityId(entity)), name };
    let (form, cue, continues) = (Form::Direct, None, None);
    Body::Quote(Box::new(Quote { form, speaker: Some(speaker), cue, continues, outer: range }))
}

/// The quotes and eighty mentions in a story, as detectors would find them.
fn findings(article: &Article, number: u32) -> Store {
    let text = &article.text;
    let ids = IdMaker::new(text);
    let entities: Vec<Entity> = (0..10).map(|it| entity(ids, number % 500 * 10 + it)).collect();
    let mut store = Store::default();
    let mentions = (0..80_u32).map(|at| {
        let range = TextRange::new(at * 50, at * 50 + 8);
        proposal(ids, range, Body::Mention(EntityId(at % 10)), range.of(text))
    });
    store.take(Kind::Mention, Findings { annotations: mentions.collect(), entities });
    let quotes = text.match_indices('“').zip(0..).map(|((start, _), at)| {
        let end =
            text.get(start..).unwrap_or_default().find('”').map_or(text.len(), |end| start + end);
        let range = TextRange::of_bytes(start + '“'.len_utf8(), end);
        proposal(ids, range, quote(range, at % 10), range.of(text))
    });
    store.take(Kind::Quote, Findings { annotations: quotes.collect(), entities: Vec::new() });
    store
}

/// A library of ten thousand articles.
struct Large {
    _folder: TempDir,
    path: PathBuf,
}

static LARGE: LazyLock<Large> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("library.db");
    let mut library = Library::open(&path).expect("it opens");
    for number in 0..10_000 {
        let article = Arc::new(plain::read(story(number as usize), &format!("story-{number}.txt")));
        let opened = library.enter(&article, Timestamp::UNIX_EPOCH).expect("it is written");
        let store = findings(&article, number);
        library.propose(opened.seat.id(), &article, &store).expect("it is written");
    }
    Large { _folder: folder, path }
});

fn large() -> Library {
    Library::open(&LARGE.path).expect("it opens")
}

/// From the start of the program on.
#[divan::bench(sample_count = 20)]
fn the_list_of_10_000_opens(bencher: Bencher<'_, '_>) {
    large();
    bencher.bench_local(|| large().list(&ListQuery::default()).expect("it is read"));
}

#[divan::bench(sample_count = 20)]
fn the_list_of_10_000_by_title(bencher: Bencher<'_, '_>) {
    let library = large();
    let wanted = ListQuery { sort: Sort::Title, ..ListQuery::default() };
    bencher.bench_local(|| library.list(&wanted).expect("it is read"));
}

/// Word by word, letter by letter, common words and rare ones.
#[divan::bench(sample_count = 20, args = ["h", "ha", "harb", "harbour", "harbour el", "the", "name4711", "\"the harbour\"", "words 3"])]
fn a_key_in_the_search(bencher: Bencher<'_, '_>, typed: &str) {
    let library = large();
    bencher
        .bench_local(|| library.search(black_box(typed), &Query::default()).expect("it is read"));
}

#[divan::bench(sample_count = 10)]
fn the_quotes_of_one_speaker(bencher: Bencher<'_, '_>) {
    let library = large();
    let query = Query { speaker: Some("Person 4711".into()), ..Query::default() };
    bencher.bench_local(|| library.quotes(black_box(&query)).expect("it is read"));
}

#[divan::bench(sample_count = 10)]
fn all_entities(bencher: Bencher<'_, '_>) {
    let library = large();
    bencher.bench_local(|| library.entities(&Query::default()).expect("it is read"));
}

/// An open article with a hundred thousand annotations.
struct Long {
    _folder: TempDir,
    path: PathBuf,
    desk: Desk,
    store: Store,
}

static LONG: LazyLock<Mutex<Long>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("library.db");
    let text = "Some words of an article. ".repeat(100_000);
    let article = Arc::new(plain::read(text, "long.txt"));
    let ids = IdMaker::new(&article.text);
    let entities = (0..1000).map(|it| entity(ids, it)).collect();
    let mentions = (0..100_000_u32).map(|at| {
        let range = TextRange::new(at * 25, at * 25 + 8);
        proposal(ids, range, Body::Mention(EntityId(at % 100)), range.of(&article.text))
    });
    let mut store = Store::default();
    store.take(Kind::Mention, Findings { annotations: mentions.collect(), entities });
    let mut library = Library::open(&path).expect("it opens");
    let opened = library.enter(&article, Timestamp::UNIX_EPOCH).expect("it is written");
    library.propose(opened.seat.id(), &article, &store).expect("it is written");
    let desk = library.sit(opened.seat);
    Mutex::new(Long { _folder: folder, path, desk, store })
});

/// Tags this many mentions and takes it back; both are kept.
#[divan::bench(sample_count = 20, args = [1, 1000])]
fn a_tag_is_kept(bencher: Bencher<'_, '_>, count: usize) {
    let mut long = LONG.lock().expect("no bench panicked");
    let Long { desk, store, .. } = &mut *long;
    let these: Vec<Annotation> =
        store.annotations().iter().step_by(100).take(count).cloned().collect();
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        let step = these.iter().fold(Step::new("tagged"), |step, it| {
            let mut it = it.clone();
            it.extra.get_or_insert_default().tags = vec![format!("tag {number}")];
            step.set(it)
        });
        store.apply(step);
        desk.keep(store, Verb::Do).expect("it is written")
    });
}

#[divan::bench]
fn looking_for_what_others_did(bencher: Bencher<'_, '_>) {
    let mut long = LONG.lock().expect("no bench panicked");
    let Long { desk, store, .. } = &mut *long;
    bencher.bench_local(|| desk.catch_up(store).expect("it is read"));
}

/// With what a hundred thousand annotations and the steps of the other benches leave.
#[divan::bench(sample_count = 10)]
fn opening_the_long_article(bencher: Bencher<'_, '_>) {
    let long = LONG.lock().expect("no bench panicked");
    let article = Library::open(&long.path).and_then(|it| it.get(&long.desk.id().to_string()));
    let article = Arc::new(article.expect("it is read").1);
    bencher.bench_local(|| {
        let mut library = Library::open(&long.path).expect("it opens");
        let opened = library.enter(&article, Timestamp::UNIX_EPOCH).expect("it is read");
        Store::restore(opened.kept)
    });
}
