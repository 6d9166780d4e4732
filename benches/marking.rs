//! What marking costs in an article with 100,000 annotations, from the key to the picture: a
//! highlight, a tag on 1,000 mentions at once, and taking each back.

use std::borrow::Cow;
use std::sync::Arc;

use divan::Bencher;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use pullquote::annot::store::Findings;
use pullquote::annot::{
    Annotation, Body, Entity, EntityId, EntityKind, Form, IdMaker, Kind, Origin, Quote, Review,
    Speaker, Store, Time, TimexType,
};
use pullquote::app::rows::{Panel, Rows};
use pullquote::app::{Model, Msg, Report, update};
use pullquote::article;
use pullquote::config::Settings;
use pullquote::input::key;
use pullquote::text::TextRange;
use pullquote::ui;
use pullquote::ui::theme::Theme;

fn main() {
    divan::main();
}

const SENTENCE: &str = "“We came early,” said Miller; Baker and Holm of Oslo came on 3 May 2021. ";

/// So many that each has 1,000 mentions.
const ENTITIES: u32 = 60;

const SCREEN: (u16, u16) = (120, 40);

fn body(kind: Kind, at: u32, range: TextRange) -> Body {
    match kind {
        Kind::Quote => {
            let entity = Some(EntityId(at % ENTITIES));
            let speaker = Some(Speaker { range, entity, name: "Miller".into() });
            let (cue, continues, form) = (None, None, Form::Direct);
            Body::Quote(Box::new(Quote { form, speaker, cue, continues, outer: range }))
        }
        Kind::Mention | Kind::Highlight => Body::Mention(EntityId(at % ENTITIES)),
        Kind::Time => {
            let value = format!("{}-{:02}-{:02}", 1700 + at % 331, 1 + at % 12, 1 + at * 5 % 28);
            let (kind, modifier, inferred) = (TimexType::Date, None, false);
            Body::Time(Box::new(Time { kind, value: value.into(), inferred, modifier }))
        }
    }
}

fn found(kind: Kind, count: u32, text: &str) -> Findings {
    let ids = IdMaker::new(text);
    let stride = u32::try_from(text.len()).unwrap_or(u32::MAX) / count;
    let annotation = |at: u32| {
        let start = text.floor_char_boundary((at * stride) as usize);
        let end = text.floor_char_boundary(start + 12);
        let range = TextRange::of_bytes(start, end);
        let (review, extra, confidence) = (Review::Proposed, None, 0.9);
        let origin = Origin::Detector { rule: Cow::Borrowed("date") };
        let (id, body) = (ids.annotation(kind, range, "words"), body(kind, at, range));
        Annotation { id, range, body, origin, review, confidence, extra }
    };
    let entity = |number: u32| {
        let (name, kind) = (format!("Name {number}"), EntityKind::Person);
        let (aliases, description) = (Vec::new(), None);
        Entity { key: ids.entity(kind, &name), name, kind, aliases, description, other: None }
    };
    let entities = if kind == Kind::Mention { (0..ENTITIES).map(entity).collect() } else { vec![] };
    Findings { annotations: (0..count).map(annotation).collect(), entities }
}

/// A reader with 60,000 mentions, 20,000 quotes and 20,000 times.
fn reader() -> Model {
    let text = format!("{}\n\n", SENTENCE.repeat(10)).repeat(5000);
    let article = Arc::new(article::read(text.into_bytes(), "many.txt").expect("an article"));
    let mut model = Model::new(Arc::clone(&article), Settings::default(), SCREEN);
    let mut store = Store::default();
    for (kind, count) in [(Kind::Mention, 60_000), (Kind::Quote, 20_000), (Kind::Time, 20_000)] {
        store.take(kind, found(kind, count, &article.text));
    }
    assert_eq!(store.annotations().len(), 100_000);
    let rows = Panel::ALL.map(|it| Rows::build(it, &store, &article, &model.filters));
    let run = model.progress.run;
    for report in [Report::Found(store, rows), Report::Done] {
        update(&mut model, Msg::Report(run, Box::new(report)));
    }
    model
}

fn press(model: &mut Model, keys: &str) {
    if keys.is_empty() {
        return;
    }
    for key in key::parse(keys).expect("the keys can be read") {
        update(model, Msg::Key(key));
    }
}

/// Keys that are not measured, then those that are, up to the picture.
fn measure(bencher: Bencher<'_, '_>, before: &str, keys: &str, after: &str) {
    let (mut model, theme) = (reader(), Theme::default());
    let mut buffer = Buffer::empty(Rect::new(0, 0, SCREEN.0, SCREEN.1));
    let model = std::cell::RefCell::new(&mut model);
    bencher.with_inputs(|| press(&mut model.borrow_mut(), before)).bench_local_values(|()| {
        let mut model = model.borrow_mut();
        press(&mut model, keys);
        ui::paint(&model, &theme, &mut buffer);
        press(&mut model, after);
    });
}

#[divan::bench]
fn move_a_line(bencher: Bencher<'_, '_>) {
    measure(bencher, "gg", "j", "");
}

#[divan::bench]
fn highlight_a_sentence_and_take_it_back(bencher: Bencher<'_, '_>) {
    measure(bencher, "gaGvisH", "y", "u");
}

#[divan::bench]
fn tag_a_thousand_mentions_and_take_it_back(bencher: Bencher<'_, '_>) {
    measure(bencher, "getwar", "<Enter>", "u");
}

#[divan::bench]
fn accept_a_quote_and_take_it_back(bencher: Bencher<'_, '_>) {
    measure(bencher, "gq", "A", "u");
}
