use std::borrow::Cow;

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use super::words::MODIFIERS;
use super::*;
use crate::annot::{EntityKind, Form, Kind, TimexType};

const ENTITIES: u32 = 3;

fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z \n\"\\\\]{0,8}", "\\PC{0,6}", Just("\u{1b}[31m\u{7f}\u{0}“ä”".to_owned())]
}

fn id() -> impl Strategy<Value = AnnotationId> {
    any::<[u8; 16]>().prop_map(AnnotationId)
}

fn range() -> impl Strategy<Value = TextRange> {
    any::<[u32; 2]>().prop_map(|[start, end]| TextRange::new(start, end))
}

fn moment() -> impl Strategy<Value = jiff::Timestamp> {
    (0..4_000_000_000_i64, 0..1_000_000_000_i32)
        .prop_map(|(second, nano)| jiff::Timestamp::new(second, nano).unwrap())
}

fn table() -> impl Strategy<Value = toml::Table> {
    let value = prop_oneof![
        words().prop_map(toml::Value::String),
        any::<i64>().prop_map(toml::Value::Integer),
        (-1e9..1e9_f64).prop_map(toml::Value::Float),
        any::<bool>().prop_map(toml::Value::Boolean),
        Just(toml::Value::Datetime("1979-05-27T07:32:00.5-07:00".parse().unwrap())),
        vec(any::<i64>().prop_map(toml::Value::Integer), 0..3).prop_map(toml::Value::Array),
        words().prop_map(|it| {
            toml::Value::Table([("a b".to_owned(), toml::Value::String(it))].into_iter().collect())
        }),
    ];
    proptest::collection::btree_map(words(), value, 0..3).prop_map(|map| map.into_iter().collect())
}

fn selector() -> impl Strategy<Value = Selector> {
    (any::<u32>(), any::<u32>(), words(), words(), words()).prop_map(
        |(start, end, exact, prefix, suffix)| Selector { start, end, exact, prefix, suffix },
    )
}

fn extra() -> impl Strategy<Value = Extra> {
    let was = (any::<bool>(), selector());
    let was = was.prop_map(|(lost, selector)| Box::new(Was { lost, selector, beside: None }));
    (vec(words(), 0..3), words(), of(words()), of(moment()), of(moment()), of(was), table())
        .prop_map(|(tags, note, colour, created, modified, was, other)| Extra {
            tags,
            note,
            colour,
            created,
            modified,
            was,
            other,
        })
}

fn body() -> impl Strategy<Value = Body> {
    let form = prop::sample::select(vec![Form::Direct, Form::Partial, Form::Scare, Form::Block]);
    let speaker = (range(), of(0..ENTITIES), words()).prop_map(|(range, entity, name)| Speaker {
        range,
        entity: entity.map(EntityId),
        name: name.into(),
    });
    let quote = (form, of(speaker), of(range()), of(id()), range());
    let quote = quote.prop_map(|(form, speaker, cue, continues, outer)| {
        Body::Quote(Box::new(Quote { form, speaker, cue, continues, outer }))
    });
    let kinds = vec![TimexType::Date, TimexType::Time, TimexType::Duration, TimexType::Set];
    let modifier = of(prop::sample::select(MODIFIERS));
    let time = (prop::sample::select(kinds), words(), any::<bool>(), modifier);
    let time = time.prop_map(|(kind, value, inferred, modifier)| {
        Body::Time(Box::new(Time { kind, value: value.into(), inferred, modifier }))
    });
    let mention = (0..ENTITIES).prop_map(|it| Body::Mention(EntityId(it)));
    prop_oneof![quote, time, mention, Just(Body::Highlight)]
}

fn annotation() -> impl Strategy<Value = Annotation> {
    let review = vec![Review::Proposed, Review::Accepted, Review::Rejected];
    let origin = of(words()).prop_map(|rule| match rule {
        Some(rule) => Origin::Detector { rule: Cow::Owned(rule) },
        None => Origin::Reader,
    });
    let extra = of(extra().prop_map(Box::new));
    (id(), range(), body(), origin, prop::sample::select(review), 0.0..=1.0_f32, extra).prop_map(
        |(id, range, body, origin, review, confidence, extra)| Annotation {
            id,
            range,
            body,
            origin,
            review,
            confidence,
            extra,
        },
    )
}

fn entity(key: u8) -> impl Strategy<Value = Entity> {
    let kind = prop::sample::select(EntityKind::ALL.to_vec());
    let other = of(table().prop_map(Box::new));
    (words(), kind, vec(words(), 0..3), of(words()), other).prop_map(
        move |(name, kind, aliases, description, other)| Entity {
            key: AnnotationId([key; 16]),
            name,
            kind,
            aliases,
            description,
            other,
        },
    )
}

fn about() -> impl Strategy<Value = About> {
    let day = (1..9999_i16, 1..13_i8).prop_map(|(year, month)| jiff::civil::date(year, month, 1));
    (vec(words(), 0..3), words(), of(day), table(), table()).prop_map(
        |(tags, note, published, other, outside)| About { tags, note, published, other, outside },
    )
}

fn store() -> impl Strategy<Value = Store> {
    (entity(1), entity(2), entity(3)).prop_map(|(one, two, three)| {
        Store::restore(crate::annot::store::Kept {
            entities: vec![one, two, three],
            ..Default::default()
        })
    })
}

/// Written and read again.
fn again<T: Serialize + serde::de::DeserializeOwned>(record: &T) -> T {
    serde_json::from_str(&serde_json::to_string(record).unwrap()).unwrap()
}

proptest! {
    #[test]
    fn an_annotation_is_read_as_it_was_written(it in annotation(), store in store()) {
        let record = AnnotationRecord::of(&it, &store);
        prop_assert_eq!(record.is_touched(), it.is_touched());
        prop_assert_eq!(record.kind(), it.kind());
        let places = Places::of(store.entities());
        prop_assert_eq!(again(&record).annotation(&places), Some(it));
    }

    #[test]
    fn an_entity_is_read_as_it_was_written(it in entity(7)) {
        prop_assert_eq!(again(&EntityRecord::of(&it)).entity(), it);
    }

    #[test]
    fn what_is_said_of_the_article_is_read_as_it_was_written(it in about()) {
        prop_assert_eq!(again(&AboutRecord::of(&it)).about(), it);
    }

    #[test]
    fn a_step_is_read_as_it_was_written(
        store in store(),
        changes in vec((id(), of(annotation()), of(annotation())), 0..4),
        one in (of(entity(1)), of(entity(1))),
        about in of((about(), about())),
        name in words(),
    ) {
        let changes = changes.into_iter().map(|(id, before, after)| Change { id, before, after });
        let entities = vec![EntityChange { id: EntityId(0), before: one.0, after: one.1 }];
        let about = about.map(|(before, after)| AboutChange { before, after });
        let step = Step::recorded(name, changes.collect(), entities, about);
        let record = again(&StepRecord::of(&step, &store));
        for (entity, _) in record.entities() {
            prop_assert!(store.place_of(entity.key.0).is_some());
        }
        prop_assert_eq!(record.step(&Places::of(store.entities())), step);
    }
}

#[test]
fn all_kinds_of_the_model_are_known() {
    for kind in Kind::ALL {
        assert!(["quote", "mention", "time", "highlight"].contains(&kind.name()));
    }
}
