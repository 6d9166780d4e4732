//! The words of records: names, moments and choices, each as a text of its own.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::annot::{AnnotationId, EntityKind, Form, Review, TimexType};

/// A name of 16 bytes as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::library) struct Id(pub(in crate::library) AnnotationId);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut digits = [0; 32];
        for (at, byte) in self.0.0.iter().enumerate() {
            digits[2 * at] = b"0123456789abcdef"[usize::from(byte >> 4)];
            digits[2 * at + 1] = b"0123456789abcdef"[usize::from(byte & 15)];
        }
        serializer.serialize_str(std::str::from_utf8(&digits).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;
        impl Visitor<'_> for Digits {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("32 hexadecimal digits")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
                let number = Some(text).filter(|it| it.len() == 32);
                let number = number.and_then(|it| u128::from_str_radix(it, 16).ok());
                let number = number.ok_or_else(|| E::custom("not 32 hexadecimal digits"))?;
                Ok(Id(AnnotationId(number.to_be_bytes())))
            }
        }
        deserializer.deserialize_str(Digits)
    }
}

/// What is written and read as text.
macro_rules! as_text {
    ($name:ident, $of:ty, $show:expr, $read:expr) => {
        #[derive(Clone, Debug, PartialEq)]
        pub(in crate::library) struct $name(pub(in crate::library) $of);

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let show: for<'a> fn(&'a $of) -> Cow<'a, str> = $show;
                serializer.serialize_str(&show(&self.0))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<'de, str>::deserialize(deserializer)?;
                let read: fn(&str) -> Option<$of> = $read;
                let value = read(&text);
                value.map(Self).ok_or_else(|| D::Error::custom(format!("not known: {text}")))
            }
        }
    };
}

as_text!(Moment, jiff::Timestamp, |it| it.to_string().into(), |text| text.parse().ok());
as_text!(Day, jiff::civil::Date, |it| it.to_string().into(), |text| text.parse().ok());
as_text!(Unknown, toml::Table, |it| toml::to_string(it).unwrap_or_default().into(), |text| text
    .parse()
    .ok());
as_text!(ReviewName, Review, |it| it.name().into(), |text| {
    [Review::Proposed, Review::Accepted, Review::Rejected].into_iter().find(|it| it.name() == text)
});
as_text!(FormName, Form, |it| it.name().into(), |text| {
    let all = [Form::Direct, Form::Partial, Form::Scare, Form::Block];
    all.into_iter().find(|it| it.name() == text)
});
as_text!(TimexName, TimexType, |it| it.name().into(), |text| {
    let all = [TimexType::Date, TimexType::Time, TimexType::Duration, TimexType::Set];
    all.into_iter().find(|it| it.name() == text)
});
as_text!(EntityName, EntityKind, |it| it.name().into(), |text| EntityKind::ALL
    .into_iter()
    .find(|it| it.name() == text));
as_text!(Modifier, &'static str, |it| Cow::Borrowed(*it), |text| MODIFIERS
    .iter()
    .copied()
    .find(|it| *it == text));

/// All that TIMEX3 has for `mod`, and what the detectors add.
pub(super) const MODIFIERS: &[&str] = &[
    "START",
    "MID",
    "END",
    "APPROX",
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
];
