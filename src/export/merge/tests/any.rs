//! Anything that a store can hold, with strings and values that are hard to write.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use proptest::collection::{btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use toml::{Table, Value};

use crate::annot::{
    About, Annotation, AnnotationId, Body, Entity, EntityId, EntityKind, Extra, Form, Origin,
    Quote, Review, Selector, Speaker, Step, Store, Time, TimexType, Was,
};
use crate::article::{Article, Meta, plain};
use crate::text::TextRange;

/// Strings of what formats escape and terminals obey.
pub(in crate::export) fn words() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => "[a-zé中𝄞 ]{1,8}",
        1 => "[\"\\\\'#=\\[\\]{}“”\t\r\n]{1,6}",
        1 => prop::sample::select(vec![
            "\"\"\"", "\"\"\"\"", "\r\n", "\u{0}", "\u{feff}", "\u{2028}", "\u{202e}", "\u{7f}",
            "\u{9b}", "\u{1b}[31m", "\n\n", "\\", "'''", "\u{85}", "\u{10ffff}",
        ]).prop_map(str::to_owned),
    ];
    vec(part, 0..5).prop_map(|parts| parts.concat())
}

fn value() -> impl Strategy<Value = Value> {
    let dates = prop::sample::select(vec![
        "1979-05-27T07:32:00Z",
        "1979-05-27T00:32:00.999999-07:00",
        "1979-05-27T07:32:00",
        "1979-05-27",
        "07:32:00.5",
    ]);
    let floats = prop::sample::select(vec![
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        -0.0,
        0.1,
        1e300,
        f64::MIN_POSITIVE,
        5e-324,
    ]);
    let leaf = prop_oneof![
        words().prop_map(Value::String),
        any::<i64>().prop_map(Value::Integer),
        floats.prop_map(Value::Float),
        any::<f64>().prop_filter("not a number", |it| !it.is_nan()).prop_map(Value::Float),
        any::<bool>().prop_map(Value::Boolean),
        dates.prop_map(|it| Value::Datetime(it.parse().unwrap())),
    ];
    leaf.prop_recursive(4, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::Array),
            vec((words(), inner), 0..3).prop_map(|all| Value::Table(all.into_iter().collect())),
        ]
    })
}

/// Keys of another program.
fn foreign() -> impl Strategy<Value = Table> {
    let some = vec((words(), value()), 1..3)
        .prop_map(|all| all.into_iter().map(|(key, value)| (format!("x{key}"), value)).collect());
    prop_oneof![2 => Just(Table::new()), 1 => some]
}

fn moment() -> impl Strategy<Value = Timestamp> {
    (0..4_000_000_000_i64, prop::sample::select(vec![0, 500_000_000, 1]))
        .prop_map(|(seconds, nanos)| Timestamp::new(seconds, nanos).unwrap())
}

fn day() -> impl Strategy<Value = Date> {
    (1..9999_i16, 1..13_i8, 1..29_i8)
        .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

fn tags() -> impl Strategy<Value = Vec<String>> {
    btree_set(words(), 0..3).prop_map(|tags| tags.into_iter().collect())
}

fn selector() -> impl Strategy<Value = Selector> {
    (0..500_u32, 0..50_u32, words(), words(), words()).prop_map(
        |(start, more, exact, prefix, suffix)| Selector {
            start,
            end: start + more,
            exact,
            prefix,
            suffix,
        },
    )
}

fn extra() -> impl Strategy<Value = Option<Box<Extra>>> {
    let was = (any::<bool>(), selector()).prop_map(|(lost, selector)| Was {
        lost,
        selector,
        beside: None,
    });
    let was = prop_oneof![3 => Just(None), 1 => was.prop_map(Box::new).prop_map(Some)];
    let all = (tags(), words(), of(words()), of(moment()), of(moment()), was, foreign());
    // One that says nothing is none: the store's editors and the files keep it so.
    of(all.prop_map(|(tags, note, colour, created, modified, was, other)| {
        Box::new(Extra { tags, note, colour, created, modified, was, other })
    }))
    .prop_map(|extra| extra.filter(|it| !it.is_empty()))
}

pub(super) fn about() -> impl Strategy<Value = About> {
    (tags(), words(), of(day()), foreign(), foreign()).prop_map(
        |(tags, note, published, other, outside)| About { tags, note, published, other, outside },
    )
}

fn entity() -> impl Strategy<Value = Entity> {
    let kind = prop::sample::select(EntityKind::ALL.to_vec());
    (words(), kind, vec(words(), 0..3), of(words()), foreign()).prop_map(
        |(name, kind, aliases, description, other)| {
            let other = Some(Box::new(other)).filter(|it| !it.is_empty());
            Entity { key: AnnotationId([0; 16]), name, kind, aliases, description, other }
        },
    )
}

/// Two ends of a passage of any text.
type Ends = (usize, usize);

fn passage(text: &str, (one, two): Ends) -> TextRange {
    let ends: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (one, two) = (ends[one % ends.len()], ends[two % ends.len()]);
    TextRange::of_bytes(one.min(two), one.max(two))
}

#[derive(Clone, Debug)]
enum AnyBody {
    Quote {
        form: Form,
        speaker: Option<(Ends, Option<u32>, String)>,
        cue: Option<Ends>,
        continues: Option<u8>,
        outer: Option<Ends>,
    },
    Mention(u32),
    Time(Time),
    Highlight,
}

fn body() -> impl Strategy<Value = AnyBody> {
    let ends = any::<Ends>;
    let speaker = of((ends(), of(any::<u32>()), words()));
    let quote = (
        prop::sample::select(Form::ALL.to_vec()),
        speaker,
        of(ends()),
        of(any::<u8>()),
        of(ends()),
    );
    let quote = quote.prop_map(|(form, speaker, cue, continues, outer)| AnyBody::Quote {
        form,
        speaker,
        cue,
        continues,
        outer,
    });
    let kind = prop::sample::select(TimexType::ALL.to_vec());
    let modifier = of(prop::sample::select(Time::MODIFIERS.to_vec()));
    let time = (kind, words(), any::<bool>(), modifier);
    let time = time.prop_map(|(kind, value, inferred, modifier)| {
        AnyBody::Time(Time { kind, value: value.into(), inferred, modifier })
    });
    prop_oneof![quote, any::<u32>().prop_map(AnyBody::Mention), time, Just(AnyBody::Highlight)]
}

/// An annotation without its place in a text.
#[derive(Clone, Debug)]
pub(super) struct AnyAnnotation {
    ends: Ends,
    body: AnyBody,
    rule: Option<String>,
    review: Review,
    confidence: u8,
    extra: Option<Box<Extra>>,
}

pub(super) fn annotation() -> impl Strategy<Value = AnyAnnotation> {
    let review = prop::sample::select(Review::ALL.to_vec());
    (any::<Ends>(), body(), of(words()), review, 0..=100_u8, extra()).prop_map(
        |(ends, body, rule, review, confidence, extra)| AnyAnnotation {
            ends,
            body,
            rule,
            review,
            confidence,
            extra,
        },
    )
}

fn id(number: usize) -> AnnotationId {
    AnnotationId::from_time(u64::try_from(number).unwrap() * 77, [7; 10])
}

impl AnyAnnotation {
    fn of(self, text: &str, number: usize, entities: u32) -> Annotation {
        let lost = self.extra.as_ref().and_then(|it| it.was.as_ref()).is_some_and(|it| it.lost);
        let mut range = passage(text, self.ends);
        if lost {
            range.end = range.start;
        }
        let entity = |number: u32| EntityId(number % entities);
        let body = match self.body {
            AnyBody::Quote { form, speaker, cue, continues, outer } => {
                let outer = outer.map_or(range, |it| passage(text, it));
                let outer = TextRange::new(outer.start.min(range.start), outer.end.max(range.end));
                let speaker = speaker.map(|(ends, number, name)| {
                    let (range, name) = (passage(text, ends), name.into());
                    Speaker { range, entity: number.map(entity), name }
                });
                let continues = continues.map(usize::from).filter(|it| *it != number).map(id);
                let cue = cue.map(|it| passage(text, it));
                Body::Quote(Box::new(Quote { form, speaker, cue, continues, outer }))
            }
            AnyBody::Mention(number) => Body::Mention(entity(number)),
            AnyBody::Time(time) => Body::Time(Box::new(time)),
            AnyBody::Highlight => Body::Highlight,
        };
        let origin = match self.rule {
            Some(rule) => Origin::Detector { rule: Cow::Owned(rule) },
            None => Origin::Reader,
        };
        let (review, extra) = (self.review, self.extra);
        let confidence = f32::from(self.confidence) / 100.0;
        Annotation { id: id(number), range, body, origin, review, confidence, extra }
    }
}

fn meta() -> impl Strategy<Value = Meta> {
    (of(words()), vec(words(), 0..2), of(words()), of(day()), of(moment()), words(), of(words()))
        .prop_map(|(title, authors, publisher, published, retrieved, source, language)| Meta {
            title,
            authors,
            publisher,
            published,
            retrieved,
            source,
            language,
            ..Meta::default()
        })
}

/// An article with a full store.
pub(crate) fn filled() -> impl Strategy<Value = (Article, Store)> {
    let annotations = vec(annotation(), 0..12);
    let text = vec(words(), 0..8).prop_map(|parts| parts.concat());
    (text, meta(), vec(entity(), 1..4), annotations, about()).prop_map(
        |(text, meta, entities, annotations, about)| {
            let count = crate::text::offset(entities.len());
            let mut step = Step::new("All").say(about);
            for (mut entity, at) in entities.into_iter().zip(0..) {
                entity.key = AnnotationId::from_time(u64::from(at), [9; 10]);
                step = step.set_entity(EntityId(at), entity);
            }
            for (number, it) in annotations.into_iter().enumerate() {
                step = step.set(it.of(&text, number, count));
            }
            let mut store = Store::default();
            store.apply(step);
            (Article { meta, ..plain::read(text, "-") }, store)
        },
    )
}
