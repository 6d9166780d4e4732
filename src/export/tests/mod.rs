use std::borrow::Cow;

use ::toml::Table;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::annot::store::Findings;
use crate::annot::{
    About, Annotation, AnnotationId, Body, Entity, EntityId, EntityKind, Extra, Form, IdMaker,
    Kind, Origin, Quote, Review, Selector, Speaker, Step, Time, TimexType, Was,
};
use crate::article::plain;
use crate::text::TextRange;
use crate::text::glyphs::width;

mod shapes;

/// Texts of letters, wide letters, marks that formats escape, and what terminals obey.
fn text() -> impl Strategy<Value = String> {
    vec(
        prop_oneof![
            6 => "[a-zé中 ]{1,8}",
            2 => Just("\n".to_owned()),
            1 => "[\"\\\\'“”\t\r]{1,5}",
            1 => prop_oneof![Just("\u{1b}[31m"), Just("\u{9b}2J"), Just("\u{202e}"), Just("\0")]
                .prop_map(str::to_owned),
        ],
        0..30,
    )
    .prop_map(|parts| parts.concat())
}

fn proposal(text: &str, kind: Kind, range: TextRange) -> Annotation {
    let body = match kind {
        Kind::Quote => Body::Quote(Box::new(Quote {
            form: Form::Direct,
            speaker: Some(Speaker { range, entity: Some(EntityId(1)), name: "x".into() }),
            cue: Some(range),
            continues: Some(AnnotationId([1; 16])),
            outer: TextRange::new(0, range.end),
        })),
        Kind::Mention => Body::Mention(EntityId(0)),
        Kind::Time => Body::Time(Box::new(Time {
            kind: TimexType::Date,
            value: "2024-10".into(),
            inferred: true,
            modifier: Some("START"),
        })),
        Kind::Highlight => Body::Highlight,
    };
    let id = IdMaker::new(text).annotation(kind, range, range.of(text));
    let origin = Origin::Detector { rule: Cow::Borrowed("a-rule") };
    Annotation { id, range, body, origin, review: Review::Proposed, confidence: 0.97, extra: None }
}

fn entity(name: &str) -> Entity {
    let kind = EntityKind::Person;
    let key = IdMaker::new("").entity(kind, name);
    let aliases = vec!["An \"alias\"\n".to_owned()];
    Entity { key, name: name.to_owned(), kind, aliases, description: None, other: None }
}

/// An article with everything that can be in it; the notes are made of the text as well.
fn filled(text: &str, places: &[(usize, usize)]) -> (Article, Store) {
    let mut article = plain::read(text.to_owned(), "a \"path\"");
    article.meta.authors = vec!["One".into(), "Two\u{1b}".into()];
    article.meta.published = Some(jiff::civil::date(2024, 10, 11));
    let ends: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut found: [Vec<Annotation>; 4] = Default::default();
    for (number, (one, two)) in places.iter().enumerate() {
        let (one, two) = (ends[one % ends.len()], ends[two % ends.len()]);
        let range = TextRange::of_bytes(one.min(two), one.max(two));
        let kind = Kind::ALL[number % 4];
        found[kind as usize].push(proposal(text, kind, range));
    }
    let mut store = Store::default();
    for kind in [Kind::Mention, Kind::Quote, Kind::Time, Kind::Highlight] {
        let annotations = std::mem::take(&mut found[kind as usize]);
        let entities = vec![entity("Ann"), entity("Bob \u{202e}")];
        store.take(kind, Findings { annotations, entities });
    }
    let changed =
        store.annotations().iter().step_by(3).cloned().fold(Step::new("Note"), |step, mut it| {
            let moment = Some(jiff::Timestamp::UNIX_EPOCH);
            it.extra = Some(Box::new(Extra {
                tags: vec!["war".into(), "a \"b\"".into()],
                note: text.to_owned(),
                colour: Some("yellow".into()),
                created: moment,
                modified: moment,
                ..Extra::default()
            }));
            it.review = Review::Accepted;
            step.set(it)
        });
    store.apply(changed);
    (article, store)
}

fn with_text() -> Options {
    Options { with_text: true, ..Options::default() }
}

/// The same value as TOML says it and as JSON says it.
fn same(toml: &::toml::Value, json: &Value) -> bool {
    match toml {
        ::toml::Value::Datetime(moment) => json.as_str() == Some(&moment.to_string()),
        ::toml::Value::Array(list) => json.as_array().is_some_and(|other| {
            list.len() == other.len() && list.iter().zip(other).all(|(one, two)| same(one, two))
        }),
        ::toml::Value::Table(table) => json.as_object().is_some_and(|other| {
            let lists_nothing = |it: &Value| it.as_array().is_some_and(Vec::is_empty);
            let said = other.iter().filter(|(_, it)| !lists_nothing(it)).count();
            table.len() == said && table.iter().all(|(key, it)| same(it, &json[key]))
        }),
        ::toml::Value::String(words) => json.as_str() == Some(words),
        ::toml::Value::Integer(number) => json.as_i64() == Some(*number),
        ::toml::Value::Float(number) => json.as_f64() == Some(*number),
        ::toml::Value::Boolean(truth) => json.as_bool() == Some(*truth),
    }
}

proptest! {
    #[test]
    fn a_file_says_what_is_there_and_the_same_every_time(
        text in text(), places in vec((any::<usize>(), any::<usize>()), 0..40),
    ) {
        let (article, store) = filled(&text, &places);
        let written = file(Format::Toml, &article, &store, &with_text());
        let (article, store) = filled(&text, &places);
        prop_assert_eq!(&written, &file(Format::Toml, &article, &store, &with_text()));
        prop_assert!(written.ends_with('\n') && !written.ends_with("\n\n"));
        let safe = |written: &str| !written.replace('\n', "").contains(safe::acts_on_terminals);
        prop_assert!(safe(&written));

        let table: Table = written.parse().expect("it is TOML");
        prop_assert_eq!(table["article"]["text"].as_str(), Some(text.as_str()));
        let chars: Vec<char> = text.chars().collect();
        let none = Vec::new();
        let listed = table.get("annotation").and_then(|it| it.as_array()).unwrap_or(&none);
        prop_assert_eq!(listed.len(), store.annotations().len());
        for (row, it) in listed.iter().zip(store.annotations()) {
            let place = |key: &str| usize::try_from(row[key].as_integer().unwrap()).unwrap();
            let words: String = chars[place("start")..place("end")].iter().collect();
            prop_assert_eq!(row["exact"].as_str(), Some(words.as_str()));
            let id = it.id.to_string();
            prop_assert_eq!(row["id"].as_str(), Some(id.as_str()));
            let note = row.get("note").and_then(|note| note.as_str()).unwrap_or("");
            prop_assert_eq!(note, it.extra.as_ref().map_or("", |extra| &extra.note));
        }

        let json = file(Format::Json, &article, &store, &with_text());
        prop_assert!(safe(&json));
        let json: Value = serde_json::from_str(&json).expect("it is JSON");
        prop_assert!(same(&::toml::Value::Table(table), &json));
    }

    #[test]
    fn several_articles_are_one_file(texts in vec(text(), 0..4)) {
        let filled: Vec<_> = texts.iter().map(|text| filled(text, &[(0, 9), (3, 4)])).collect();
        let parts = |format| {
            let extent = Extent::Several;
            let part = |(article, store): &(Article, Store)| {
                let mut bytes = Vec::new();
                write(&mut bytes, (format, extent), article, store, &Options::default()).unwrap();
                String::from_utf8(bytes).unwrap()
            };
            let parts: Vec<_> = filled.iter().map(part).collect();
            [opening(format, extent), &parts.join(between(format)), closing(format, extent)].concat()
        };
        let table: Table = parts(Format::Toml).parse().expect("it is TOML");
        let count = table.get("document").and_then(|it| it.as_array()).map_or(0, Vec::len);
        prop_assert_eq!(count, texts.len());
        let json: Value = serde_json::from_str(&parts(Format::Json)).expect("it is JSON");
        prop_assert_eq!(json.as_array().map(Vec::len), Some(texts.len()));
    }

    #[test]
    fn a_table_fits_and_holds_nothing_that_acts_on_terminals(
        text in text(), places in vec((any::<usize>(), any::<usize>()), 0..40),
        columns in 20..160_u16,
    ) {
        let (article, store) = filled(&text, &places);
        let options = Options { columns, ..Options::default() };
        for line in file(Format::Table, &article, &store, &options).lines() {
            prop_assert!(width(line) <= usize::from(columns), "{line:?}");
            prop_assert!(!line.contains(safe::acts_on_terminals), "{line:?}");
        }
    }
}

#[test]
fn the_keys_stand_in_the_order_of_the_format() {
    let (article, mut store) = filled("“No,” he said.", &[(1, 3)]);
    let mut it = store.annotations()[0].clone();
    it.origin = Origin::Reader;
    it.confidence = 1.0;
    store.apply(Step::new("Make").set(it));
    let written = file(Format::Toml, &article, &store, &Options::default());
    let keys: Vec<_> =
        written.lines().map(|line| line.split(" = ").next().unwrap_or_default()).collect();
    let want = [
        "format",
        "version",
        "",
        "[article]",
        "source",
        "authors",
        "published",
        "sha256",
        "characters",
        "",
        "[[entity]]",
        "id",
        "name",
        "type",
        "aliases",
        "",
        "[[entity]]",
        "id",
        "name",
        "type",
        "aliases",
        "",
        "[[annotation]]",
        "id",
        "kind",
        "start",
        "end",
        "exact",
        "prefix",
        "suffix",
        "origin",
        "review",
        "tags",
        "note",
        "colour",
        "created",
        "modified",
        "speaker",
        "speaker_name",
        "speaker_words",
        "speaker_place",
        "cue",
        "cue_place",
        "form",
        "marks_place",
    ];
    assert_eq!(keys, want);
}

#[test]
fn what_the_reader_and_other_programs_say_is_written() {
    let text = "“We stay,” said Ann. “We do,” she said.";
    let place = |words: &str| {
        let at = text.find(words).unwrap();
        TextRange::of_bytes(at, at + words.len())
    };
    let mut article = plain::read(text.to_owned(), "https://example.org/a");
    article.meta.published = Some(jiff::civil::date(2024, 10, 11));
    article.meta.retrieved = "2024-10-12T08:30:00Z".parse().ok();
    let other: Table =
        r#"b = { y = [1, inf, -0.5], "x y" = 2024-10-11T08:00:00 }"#.parse().unwrap();
    let selector = |exact: &str, prefix: &str| Selector {
        start: 900,
        end: 907,
        exact: exact.into(),
        prefix: prefix.into(),
        suffix: String::new(),
    };
    let quote = |words, continues| {
        let mut it = proposal(text, Kind::Quote, place(words));
        let range = it.range;
        if let Body::Quote(quote) = &mut it.body {
            **quote =
                Quote { form: Form::Direct, speaker: None, cue: None, continues, outer: range };
        }
        it
    };
    let first = quote("We stay,", Some(AnnotationId([1; 16])));
    let mut second = quote("We do,", Some(first.id));
    second.extra = Some(Box::new(Extra {
        was: Some(Box::new(Was { lost: false, selector: selector("We did,", ""), beside: None })),
        other: other.clone(),
        ..Extra::default()
    }));
    let mut lost = proposal(text, Kind::Highlight, TextRange::new(0, 0));
    lost.origin = Origin::Reader;
    lost.extra = Some(Box::new(Extra {
        was: Some(Box::new(Was { lost: true, selector: selector("We left", "“"), beside: None })),
        ..Extra::default()
    }));
    let about = About {
        tags: vec!["club".into()],
        note: "Two\nlines.".into(),
        published: Some(jiff::civil::date(2024, 10, 9)),
        other: "weather = \"rain\"\ntitle = 5".parse().unwrap(),
        outside: "[tool]\nname = \"other\"".parse().unwrap(),
    };
    let mut named = entity("Ann");
    named.other = Some(Box::new(other));
    let mut store = Store::default();
    let step = Step::new("All").set(first).set(second).set(lost).say(about);
    store.apply(step.set_entity(EntityId(0), named));
    let written = file(Format::Toml, &article, &store, &Options::default());
    insta::assert_snapshot!(written);
}

#[test]
fn only_what_is_asked_for_is_written() {
    let (article, store) = filled("One two three four five six.", &[(0, 3), (4, 7), (8, 13)]);
    let count = |filter: Filter| {
        let options = Options { filter, ..Options::default() };
        let table: Table = file(Format::Toml, &article, &store, &options).parse().unwrap();
        let count = |key| table.get(key).and_then(|it| it.as_array()).map_or(0, Vec::len);
        (count("annotation"), count("entity"))
    };
    let kinds = |kinds: &[Kind]| Filter { kinds: kinds.to_vec(), ..Filter::default() };
    assert_eq!(count(Filter::default()), (3, 2));
    assert_eq!(count(kinds(&[Kind::Time])), (1, 0));
    assert_eq!(count(kinds(&[Kind::Quote, Kind::Time])), (2, 1));
    assert_eq!(count(Filter { tags: vec!["war".into()], ..Filter::default() }), (1, 1));
    assert_eq!(count(Filter { tags: vec!["no".into()], ..Filter::default() }), (0, 0));
    assert_eq!(count(Filter { reviews: vec![Review::Rejected], ..Filter::default() }), (0, 2));
}

#[test]
fn a_table_is_aligned_and_cut_to_the_columns() {
    let text = "“We stay,” said Ann of the 中文 club. It met in October 2024 for the first time.";
    let place = |words: &str| {
        let at = text.find(words).unwrap();
        TextRange::of_bytes(at, at + words.len())
    };
    let article = plain::read(text.to_owned(), "club.txt");
    let mut store = Store::default();
    let mut quote = proposal(text, Kind::Quote, place("We stay,"));
    if let Body::Quote(quote) = &mut quote.body {
        quote.speaker = Some(Speaker { range: place("Ann"), entity: None, name: "Ann".into() });
    }
    let found = |annotations, entities| Findings { annotations, entities };
    let mention = proposal(text, Kind::Mention, place("Ann"));
    store.take(Kind::Mention, found(vec![mention], vec![entity("Ann of the 中文 club")]));
    store.take(Kind::Quote, found(vec![quote], Vec::new()));
    let time = proposal(text, Kind::Time, place("October 2024"));
    store.take(Kind::Time, found(vec![time], Vec::new()));
    let table = |columns| {
        let options = Options { columns, ..Options::default() };
        file(Format::Table, &article, &store, &options)
    };
    insta::assert_snapshot!(table(80), @r#"
    club.txt

    Quotes (1)
    Ann  We stay,  direct a-rule 0.97

    Entities (1)
    Ann of the 中文 club  person  1  An "alias"

    Timeline (1)
    2024-10 (inferred)  October 2024  It met in October 2024 for the first time
    "#);
    insta::assert_snapshot!(table(36), @r#"
    club.txt

    Quotes (1)
    Ann  We stay,  direct a-rule 0.97

    Entities (1)
    Ann of the…   person  1  An "alias"

    Timeline (1)
    2024-10…  October…  It met in Octob…
    "#);
}
