//! Why the model found a name, in words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::features::Group;
use crate::annot::EntityKind;

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
        let (else_name, else_words) = match else_was {
            None => ("no name", "no name"),
            Some(EntityKind::Person) => ("person", "a person"),
            Some(EntityKind::Place) => ("place", "a place"),
            Some(EntityKind::Organization) => ("organization", "an organisation"),
        };
        Self {
            name: format!("{LEARNT}{first_name}, {second_name}; else {else_name}"),
            sentence: format!(
                "Learnt from other articles: {first_words} and {second_words} speak for it. Next \
                 to that it looks most like {else_words}."
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
        Group::Place => ("place", "its place in the text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "Learnt from other articles: the words before it and how it is written speak for it. \
             Next to that it looks most like a place."
        );
    }
}
