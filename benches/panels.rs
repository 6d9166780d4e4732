//! What the panels cost in an article with very many quotes, mentions and times: making the rows
//! after each change of the store, following the cursor, and drawing.

use std::borrow::Cow;

use divan::{Bencher, black_box};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use pullquote::annot::store::Findings;
use pullquote::annot::{
    Annotation, AnnotationId, Body, Entity, EntityId, EntityKind, Form, IdMaker, Kind, Origin,
    Quote, Review, Speaker, Store, Time, TimexType,
};
use pullquote::app::rows::{Filters, Panel, Rows, keep_in_view};
use pullquote::article::{Article, plain};
use pullquote::text::TextRange;
use pullquote::ui::panel::{View, draw};
use pullquote::ui::theme::Theme;

fn main() {
    divan::main();
}

const SENTENCE: &str = "“We came early,” said Miller; Baker and Holm of Oslo came on 3 May 2021. ";

const ENTITIES: u32 = 5000;

fn body(kind: Kind, at: u32, range: TextRange) -> Body {
    let entity = Some(EntityId(at % ENTITIES));
    match kind {
        Kind::Quote => Body::Quote(Box::new(Quote {
            form: [Form::Direct, Form::Partial, Form::Scare][at as usize % 3],
            speaker: (!at.is_multiple_of(4)).then(|| Speaker {
                range,
                entity,
                name: "Miller".into(),
            }),
            cue: None,
            continues: None,
            outer: range,
        })),
        Kind::Mention => Body::Mention(EntityId(at * 7 % ENTITIES)),
        Kind::Time | Kind::Highlight => {
            let value = format!("{}-{:02}-{:02}", 1700 + at % 331, 1 + at % 12, 1 + at * 5 % 28);
            let (kind, value) = (TimexType::Date, value.into());
            Body::Time(Box::new(Time {
                kind,
                value,
                inferred: at.is_multiple_of(9),
                modifier: None,
            }))
        }
    }
}

fn found(kind: Kind, count: u32, text: &str) -> Findings {
    let ids = IdMaker::new(text);
    let stride = u32::try_from(text.len()).unwrap_or(u32::MAX) / count;
    let annotation = |at: u32| {
        let range = TextRange::new(at * stride, at * stride + 12);
        let mut it = Annotation {
            id: AnnotationId([0; 16]),
            range,
            body: body(kind, at, range),
            origin: Origin::Detector { rule: Cow::Borrowed("date") },
            review: Review::Proposed,
            confidence: 0.9,
            extra: None,
        };
        it.id = ids.annotation(kind, range, "words");
        it
    };
    let entity = |number: u32| {
        let name = format!("Name {number}");
        let kind = EntityKind::ALL[number as usize % 3];
        let (aliases, description) = (Vec::new(), None);
        Entity { key: ids.entity(kind, &name), name, kind, aliases, description, other: None }
    };
    let entities = if kind == Kind::Mention { (0..ENTITIES).map(entity).collect() } else { vec![] };
    Findings { annotations: (0..count).map(annotation).collect(), entities }
}

fn long_article() -> (Article, Store) {
    let mut article = plain::read(SENTENCE.repeat(150_000), "-");
    article.meta.published = "2024-10-11".parse().ok();
    let mut store = Store::default();
    for (kind, count) in [(Kind::Mention, 400_000), (Kind::Quote, 60_000), (Kind::Time, 60_000)] {
        store.take(kind, found(kind, count, &article.text));
    }
    (article, store)
}

const PANELS: [Panel; 3] = Panel::ALL;

#[divan::bench(args = PANELS)]
fn rows_of_a_long_article(bencher: Bencher<'_, '_>, panel: Panel) {
    let (article, store) = long_article();
    bencher.bench_local(|| Rows::build(panel, &store, &article, &Filters::default()));
}

#[divan::bench]
fn quotes_of_a_long_article_by_speaker(bencher: Bencher<'_, '_>) {
    let (article, store) = long_article();
    let filters = Filters { grouped: true, ..Filters::default() };
    bencher.bench_local(|| Rows::build(Panel::Quotes, &store, &article, &filters));
}

#[divan::bench(args = PANELS)]
fn following_the_cursor(bencher: Bencher<'_, '_>, panel: Panel) {
    let (article, store) = long_article();
    let rows = Rows::build(panel, &store, &article, &Filters::default());
    let mut place = 0;
    bencher.bench_local(|| {
        place = (place + 700_001) % 10_000_000;
        let row = rows.at(&store, black_box(place));
        keep_in_view(&rows, &store, &article, row, 0, 20)
    });
}

#[divan::bench(args = PANELS)]
fn drawing(bencher: Bencher<'_, '_>, panel: Panel) {
    let (article, store) = long_article();
    let rows = Rows::build(panel, &store, &article, &Filters::default());
    let theme = Theme::default();
    let selected = rows.at(&store, 5_000_000);
    let top = keep_in_view(&rows, &store, &article, selected, 0, 38);
    let area = Rect::new(0, 0, 60, 40);
    let mut buf = Buffer::empty(area);
    bencher.bench_local(|| {
        let view = View {
            article: &article,
            store: &store,
            theme: &theme,
            rows: &rows,
            panel,
            selected,
            marking: None,
            here: true,
            cursor: 5_000_000,
            top,
            focused: true,
            busy: false,
        };
        draw(&view, area, &mut buf);
    });
}
