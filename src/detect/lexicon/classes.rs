//! Words that tell what a name is: titles, roles, heads of names of organisations and places.

use std::collections::HashMap;
use std::sync::LazyLock;

const CLASSES: &str = include_str!("../../../assets/lexicon/classes.txt");
const DEMONYMS: &str = include_str!("../../../assets/lexicon/demonyms.txt");

/// The classes that a word is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(u32);

impl Class {
    /// "Mr", "King"
    pub const MALE_TITLE: Self = Self(1);
    /// "Mrs", "Queen"
    pub const FEMALE_TITLE: Self = Self(1 << 1);
    /// What stands before a person's name, whoever it is: "Dr", "President", "General".
    pub const TITLE: Self = Self(1 << 2);
    /// What a person is, with a capital: "Chairman", "Foreign" "Minister".
    pub const ROLE: Self = Self(1 << 3);
    /// What a person is: "spokesman", "actor", "wife".
    pub const LOWER_ROLE: Self = Self(1 << 4);
    /// Last word of organisations: "Council", "Inc.".
    pub const ORGANISATION_HEAD: Self = Self(1 << 5);
    /// What "of" goes on from inside a name: "Ministry", "Gulf".
    pub const OF_HEAD: Self = Self(1 << 6);
    /// Last word of places: "Island", "Street".
    pub const PLACE_HEAD: Self = Self(1 << 7);
    /// First word of places: "Mount", "San".
    pub const PLACE_FIRST: Self = Self(1 << 8);
    /// First word of organisations: "Ministry", "Banco".
    pub const ORGANISATION_FIRST: Self = Self(1 << 9);
    /// Months, weekdays, feasts, time zones.
    pub const CALENDAR: Self = Self(1 << 10);
    /// Written with capitals, but no name of anybody: "TV", "Internet".
    pub const NO_NAME: Self = Self(1 << 11);
    /// Last word of names of events, laws and works: "Treaty", "Cup".
    pub const EVENT_HEAD: Self = Self(1 << 12);
    /// Small words inside names of people: "de", "van".
    pub const PARTICLE: Self = Self(1 << 13);
    /// What stands behind a person's name: "Jr".
    pub const SUFFIX: Self = Self(1 << 14);
    /// Verbs of speech and others that people do.
    pub const SPEECH: Self = Self(1 << 15);
    /// Verbs that people rather than others do.
    pub const ACTION: Self = Self(1 << 16);
    /// "Russian", "Muslims".
    pub const DEMONYM: Self = Self(1 << 17);
    /// A given name.
    pub const GIVEN: Self = Self(1 << 18);
    /// A family name.
    pub const SURNAME: Self = Self(1 << 19);
    /// An ordinary word in lower case.
    pub const COMMON: Self = Self(1 << 20);
    /// No word of a name at a sentence's start: "The", "However".
    pub const BEGINNING: Self = Self(1 << 21);

    /// Whether it is in any of these classes.
    pub const fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Both together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Titles of every sort.
pub const TITLES: Class = Class::MALE_TITLE.or(Class::FEMALE_TITLE).or(Class::TITLE);

/// The classes that the word lists give, as the word is written. Names and common words are not
/// among them: see [`super::is_given_name`] and its neighbours.
pub fn class(word: &str) -> Class {
    static TABLE: LazyLock<HashMap<&str, Class>> = LazyLock::new(table);
    TABLE.get(word).copied().unwrap_or_default()
}

/// Whether the word says where somebody or something comes from or what they believe, in the
/// plural too.
pub fn is_demonym(word: &str) -> bool {
    class(word).has(Class::DEMONYM)
        || word.strip_suffix('s').is_some_and(|one| class(one).has(Class::DEMONYM))
}

/// Words that are titles or roles only before a person, and else belong to names of offices.
pub fn is_office_word(word: &str) -> bool {
    matches!(
        word,
        "Justice"
            | "General"
            | "Chief"
            | "Private"
            | "Major"
            | "Foreign"
            | "Interior"
            | "Defence"
            | "Defense"
            | "Finance"
            | "Home"
            | "Health"
            | "Education"
            | "Environment"
            | "Energy"
            | "Trade"
            | "Agriculture"
            | "Transport"
            | "Executive"
            | "Special"
            | "Principal"
            | "Senior"
            | "Junior"
            | "Assistant"
            | "Crown"
            | "Opposition"
            | "First"
            | "Officer"
            | "Head"
            | "Saint"
            | "Research"
            | "Engineer"
            | "Actor"
            | "Author"
            | "Writer"
            | "Permanent"
    )
}

fn table() -> HashMap<&'static str, Class> {
    let mut table = HashMap::with_capacity(2048);
    let mut add = |word, class| {
        let entry: &mut Class = table.entry(word).or_default();
        *entry = entry.or(class);
    };
    let mut section = Class::default();
    for line in CLASSES.lines() {
        match line.as_bytes().first() {
            Some(b'#') | None => {}
            Some(b'[') => section = named(line.trim_matches(['[', ']'])),
            Some(_) => line.split(' ').for_each(|word| add(word, section)),
        }
    }
    for line in DEMONYMS.lines().filter(|line| !line.starts_with('#')) {
        line.split(' ').for_each(|word| add(word, Class::DEMONYM));
    }
    table
}

fn named(section: &str) -> Class {
    match section {
        "male title" => Class::MALE_TITLE,
        "female title" => Class::FEMALE_TITLE,
        "title" => Class::TITLE,
        "role" => Class::ROLE,
        "lower role" => Class::LOWER_ROLE,
        "organisation head" => Class::ORGANISATION_HEAD,
        "of head" => Class::OF_HEAD,
        "place head" => Class::PLACE_HEAD,
        "place first" => Class::PLACE_FIRST,
        "organisation first" => Class::ORGANISATION_FIRST,
        "calendar" => Class::CALENDAR,
        "no name" => Class::NO_NAME,
        "event head" => Class::EVENT_HEAD,
        "name particle" => Class::PARTICLE,
        "suffix" => Class::SUFFIX,
        "speech" => Class::SPEECH,
        "person action" => Class::ACTION,
        _ => Class::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_a_class() {
        for line in CLASSES.lines().filter(|line| line.starts_with('[')) {
            assert_ne!(named(line.trim_matches(['[', ']'])), Class::default(), "{line}");
        }
    }

    #[test]
    fn words_are_in_their_classes() {
        assert!(
            class("Ministry").has(Class::OF_HEAD)
                && class("Ministry").has(Class::ORGANISATION_FIRST)
        );
        assert!(class("Mr").has(TITLES) && !class("mr").has(TITLES));
        assert!(is_demonym("Russians") && is_demonym("Swiss") && !is_demonym("Russia"));
    }
}
