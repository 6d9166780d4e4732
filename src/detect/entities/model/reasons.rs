//! Why the model found a name, in words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::RULES;
use super::features::Group;
use crate::annot::EntityKind;
use crate::text::TextRange;

/// Begins the names of the model's reasons.
const LEARNT: &str = "learnt: ";

struct Reason {
    name: String,
    sentence: String,
}

/// All reasons: what speaks most for the name, what next, and what else it nearly was.
static REASONS: LazyLock<Vec<Reason>> = LazyLock::new(|| {
    let mut reasons = Vec::new();
    for first in Group::ALL {
        for second in Group::ALL {
            for else_was in [None, Some(0), Some(1), Some(2)] {
                reasons.push(Reason::of(first, second, else_was.map(|at| EntityKind::ALL[at])));
            }
        }
    }
    reasons
});

/// The name of a reason.
pub(crate) fn name(reasons: [Group; 2], else_was: Option<EntityKind>) -> &'static str {
    let [first, second] = reasons.map(|group| group as usize);
    let other = else_was.map_or(0, |kind| 1 + kind as usize);
    &REASONS[(first * Group::ALL.len() + second) * 4 + other].name
}

/// Parts a reason from what else it nearly was.
const ELSE: &str = "; else ";

/// The rule's name, with what else a name nearly was.
pub(crate) fn with_other(rule: &'static str, else_was: Option<EntityKind>) -> &'static str {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let others = [None, Some(0), Some(1), Some(2)].map(|at| at.map(|at| EntityKind::ALL[at]));
        let pairs = RULES.iter().flat_map(|rule| others.map(|other| (rule.0, other)));
        pairs.map(|(rule, other)| format!("{rule}{ELSE}{}", kind_words(other).0)).collect()
    });
    let at = RULES.iter().position(|it| it.0 == rule);
    at.map_or(rule, |at| &NAMES[4 * at + else_was.map_or(0, |kind| 1 + kind as usize)])
}

/// A rule's name without what else it nearly was.
pub(crate) fn bare(rule: &str) -> &str {
    rule.split_once(ELSE).map_or(rule, |it| it.0)
}

/// The short name of a kind, and what a thing of it is.
fn kind_words(kind: Option<EntityKind>) -> (&'static str, &'static str) {
    match kind {
        None => ("no name", "no name at all"),
        Some(EntityKind::Person) => ("person", "a person"),
        Some(EntityKind::Place) => ("place", "a place"),
        Some(EntityKind::Organization) => ("organization", "an organisation"),
    }
}

/// What speaks for a name where it stands in a text, and what else it nearly was, in words; none
/// where it was nearly nothing else.
pub(crate) fn told(rule: &str, text: &str, range: TextRange) -> Option<[String; 2]> {
    let (reason, other) = rule.split_once(ELSE)?;
    let kinds = [None, Some(0), Some(1), Some(2)].map(|at| at.map(|at| EntityKind::ALL[at]));
    let other = kinds.map(kind_words).into_iter().find(|it| it.0 == other)?.1;
    let why = if let Some(groups) = reason.strip_prefix(LEARNT) {
        let of = |name: &str| Group::ALL.into_iter().find(|group| words(*group).0 == name);
        let (first, second) = groups.split_once(", ")?;
        let [first, second] = [of(first)?, of(second)?].map(|group| beside(group, text, range));
        format!("As in other articles: {first} and {second} speak for it.")
    } else {
        RULES.iter().find(|it| it.0 == reason)?.1.to_owned()
    };
    Some([why, format!("next to that it looks most like {other}")])
}

/// What a group says where the name stands there, with the words that it looks at.
fn beside(group: Group, text: &str, range: TextRange) -> String {
    let (_, plain) = words(group);
    let start = range.start as usize;
    let quoted = match group {
        Group::Before => {
            let line = text.get(..start).unwrap_or_default();
            let line = line.rsplit('\n').next().unwrap_or_default();
            let mut last: Vec<&str> = line.split_whitespace().rev().take(NEAR).collect();
            last.reverse();
            last.join(" ")
        }
        Group::Behind => {
            let line = text.get(range.end as usize..).unwrap_or_default();
            let line = line.split('\n').next().unwrap_or_default();
            line.split_whitespace().take(NEAR).collect::<Vec<_>>().join(" ")
        }
        Group::Word | Group::Form | Group::Lists | Group::Rules | Group::Whole | Group::Place => {
            String::new()
        }
    };
    // A mark alone is hard to see, and a very long word is none.
    if quoted.chars().any(char::is_alphanumeric) && quoted.len() < 60 {
        format!("{plain} (“{quoted}”)")
    } else {
        plain.to_owned()
    }
}

/// How many words beside a name are shown.
const NEAR: usize = 2;

/// The reason of this name as a sentence.
pub(crate) fn sentence(name: &str) -> Option<&'static str> {
    static SENTENCES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        REASONS.iter().map(|it| (it.name.as_str(), it.sentence.as_str())).collect()
    });
    name.starts_with(LEARNT).then(|| SENTENCES.get(name).copied())?
}

impl Reason {
    fn of(first: Group, second: Group, else_was: Option<EntityKind>) -> Self {
        let (first_name, first_words) = words(first);
        let (second_name, second_words) = words(second);
        let (else_name, else_words) = kind_words(else_was);
        Self {
            name: format!("{LEARNT}{first_name}, {second_name}{ELSE}{else_name}"),
            sentence: format!(
                "As in other articles, {first_words} and {second_words} speak for it. Next to that \
                 it looks most like {else_words}."
            ),
        }
    }
}

/// The short name of a group, and what it is.
fn words(group: Group) -> (&'static str, &'static str) {
    match group {
        Group::Word => ("word", "the word itself"),
        Group::Form => ("form", "how it is written"),
        Group::Lists => ("lists", "the lists of names and words"),
        Group::Rules => ("rules", "the rules for names"),
        Group::Before => ("before", "the words before it"),
        Group::Behind => ("behind", "the words behind it"),
        Group::Whole => ("whole", "the name as a whole"),
        Group::Place => ("place", "where and how often it stands in the text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::offset;

    #[test]
    fn every_reason_has_its_sentence() {
        for first in Group::ALL {
            for second in Group::ALL {
                for kind in [None, Some(EntityKind::Organization)] {
                    assert!(sentence(name([first, second], kind)).is_some());
                }
            }
        }
        let name = name([Group::Before, Group::Form], Some(EntityKind::Place));
        assert_eq!(name, "learnt: before, form; else place");
        assert_eq!(
            sentence(name).unwrap(),
            "As in other articles, the words before it and how it is written speak for it. Next to \
             that it looks most like a place."
        );
    }

    #[test]
    fn the_words_beside_a_name_are_told() {
        let check = |text: &str, rule: &str, want: [&str; 2]| {
            let start = text.find("Brae").unwrap();
            let range = TextRange::new(offset(start), offset(start + 4));
            assert_eq!(told(rule, text, range).unwrap(), want.map(str::to_owned));
        };
        check(
            "He lives\nin the town of Brae, they say.",
            "learnt: before, form; else person",
            [
                "As in other articles: the words before it (“town of”) and how it is written speak \
                 for it.",
                "next to that it looks most like a person",
            ],
        );
        check(
            "Brae – council staff left.\nNobody knows.",
            "learnt: behind, before; else no name",
            [
                "As in other articles: the words behind it (“– council”) and the words before it \
                 speak for it.",
                "next to that it looks most like no name at all",
            ],
        );
        check(
            "Mr Brae",
            with_other("title", Some(EntityKind::Place)),
            [
                "A title stands before the name: “Mr”, “Dr”.",
                "next to that it looks most like a place",
            ],
        );
        assert_eq!(told("title", "Mr Brae", TextRange::new(3, 7)), None);
        for (rule, sentence) in RULES {
            let other = with_other(rule, None);
            assert_eq!((bare(other), crate::detect::explain(other)), (*rule, *sentence));
        }
    }
}
