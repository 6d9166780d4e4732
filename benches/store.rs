//! What a change of the store costs in an article with very many annotations.

use std::borrow::Cow;

use divan::{Bencher, black_box};

use pullquote::annot::store::{Findings, Prepared};
use pullquote::annot::{
    Annotation, AnnotationId, Body, Entity, EntityId, EntityKind, IdMaker, Kind, Origin, Review,
    Step, Store, Time, TimexType,
};
use pullquote::text::TextRange;

fn main() {
    divan::main();
}

fn proposal(ids: IdMaker, at: u32, body: Body) -> Annotation {
    let range = TextRange::new(at, at + 8);
    let mut it = Annotation {
        id: AnnotationId([0; 16]),
        range,
        body,
        origin: Origin::Detector { rule: Cow::Borrowed("bench") },
        review: Review::Proposed,
        confidence: 0.9,
        extra: None,
    };
    it.id = ids.annotation(it.kind(), range, "words");
    it
}

fn found(kind: Kind, count: u32) -> Findings {
    let ids = IdMaker::new("a text");
    let time =
        || Time { kind: TimexType::Date, value: "2024".into(), inferred: false, modifier: None };
    let body = |at: u32| match kind {
        Kind::Mention => Body::Mention(EntityId(at % 1000)),
        Kind::Quote | Kind::Time | Kind::Highlight => Body::Time(Box::new(time())),
    };
    let entity = |number: u32| {
        let name = format!("Name {number}");
        let (kind, aliases, description) = (EntityKind::Person, Vec::new(), None);
        Entity { key: ids.entity(kind, &name), name, kind, aliases, description, other: None }
    };
    let annotations = (0..count).map(|at| proposal(ids, at * 25, body(at))).collect();
    Findings { annotations, entities: (0..1000).map(entity).collect() }
}

fn store(count: u32) -> Store {
    let mut store = Store::default();
    store.take(Kind::Mention, found(Kind::Mention, count / 2));
    store.take(Kind::Time, found(Kind::Time, count / 2));
    store
}

fn highlight(number: u64, at: u32) -> Annotation {
    let id = AnnotationId::from_time(number, [7; 10]);
    let range = TextRange::new(at, at + 40);
    Annotation::made(id, range, Body::Highlight, jiff::Timestamp::UNIX_EPOCH)
}

#[divan::bench(args = [100_000, 400_000])]
fn one_highlight_at_the_start(bencher: Bencher<'_, '_>, count: u32) {
    let store = store(count);
    let step = Step::new("Highlight").set(highlight(1, 10));
    bencher
        .with_inputs(|| (store.clone(), step.clone()))
        .bench_values(|(mut store, step)| (store.apply(step), store));
}

#[divan::bench(args = [100_000])]
fn a_thousand_highlights(bencher: Bencher<'_, '_>, count: u32) {
    let store = store(count);
    let many = (0..1000).fold(Step::new("Highlight"), |step, number| {
        step.set(highlight(u64::from(number), number * 1000))
    });
    bencher
        .with_inputs(|| (store.clone(), many.clone()))
        .bench_values(|(mut store, step)| (store.apply(step), store));
}

#[divan::bench(args = [100_000])]
fn accepting_a_thousand(bencher: Bencher<'_, '_>, count: u32) {
    let store = store(count);
    let many = store.annotations().iter().step_by(90).take(1000).cloned();
    let many = many.fold(Step::new("Accept"), |step, mut it| {
        it.review = Review::Accepted;
        step.set(it)
    });
    bencher
        .with_inputs(|| (store.clone(), many.clone()))
        .bench_values(|(mut store, step)| (store.apply(step), store));
}

#[divan::bench(args = [400_000])]
fn taking_half_of_all(bencher: Bencher<'_, '_>, count: u32) {
    let mut first = Store::default();
    first.take(Kind::Mention, found(Kind::Mention, count / 2));
    let times = Prepared::new(Kind::Time, found(Kind::Time, count / 2));
    bencher.with_inputs(|| (first.clone(), times.clone())).bench_values(|(mut store, times)| {
        store.take_prepared(times);
        store
    });
}

#[divan::bench(args = [400_000])]
fn taking_half_of_all_again(bencher: Bencher<'_, '_>, count: u32) {
    let store = store(count);
    let times = Prepared::new(Kind::Time, found(Kind::Time, count / 2));
    bencher.with_inputs(|| (store.clone(), times.clone())).bench_values(|(mut store, times)| {
        store.take_prepared(times);
        store
    });
}

#[divan::bench(args = [400_000])]
fn preparing_half_of_all(bencher: Bencher<'_, '_>, count: u32) {
    let times = found(Kind::Time, count / 2);
    bencher.with_inputs(|| times.clone()).bench_values(|times| Prepared::new(Kind::Time, times));
}

#[divan::bench(args = [400_000])]
fn touching_a_screen_at_the_end(bencher: Bencher<'_, '_>, count: u32) {
    let mut store = store(count);
    let end = store.annotations().last().map_or(0, |it| it.range.end);
    let mut all = highlight(1, 0);
    all.range = TextRange::new(0, end);
    store.apply(Step::new("Highlight").set(all));
    let screen = TextRange::new(end - 3000, end);
    bencher.bench(|| black_box(&store).touching(black_box(screen)).count());
}
