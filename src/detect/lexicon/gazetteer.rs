//! Places and organisations that are known by name.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::annot::EntityKind;

const PLACES: &str = include_str!("../../../assets/lexicon/places.txt");
const ORGANISATIONS: &str = include_str!("../../../assets/lexicon/organisations.txt");

/// A name that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it names.
    pub kind: EntityKind,
    /// The name that all names of the same thing share: "United States" for "U.S.".
    pub canonical: &'static str,
    /// How far the name alone can be trusted.
    pub trust: Trust,
}

/// How far a name alone can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// It names nothing else that is often written of.
    Sure,
    /// People are called so too, or it is an ordinary word: "Jordan", "Target".
    Doubtful,
}

/// What a name is known as; `name` is written as in the list, with straight or curly apostrophes.
pub fn known(name: &str) -> Option<Entry> {
    TABLES.names.get(name).copied().or_else(|| {
        // Towns of several words are in the table.
        let canonical = if name.contains(' ') { None } else { super::sorted::city(name) }?;
        Some(Entry { kind: EntityKind::Place, canonical, trust: Trust::Doubtful })
    })
}

/// The most words and marks that a known name has that begins with this word; 0 where none does.
pub fn longest(first_word: &str) -> usize {
    TABLES.longest.get(first_word).copied().unwrap_or(0)
}

/// The most words of a place's name in lower case that begins with this word, for texts that
/// write "middle east"; 0 where none does.
pub fn longest_lower(first_word: &str) -> usize {
    TABLES.longest_lower.get(first_word).copied().unwrap_or(0)
}

/// What a name of several words is known as where it is written in lower case.
pub fn known_lower(name: &str) -> Option<Entry> {
    TABLES.lower.get(name).copied()
}

#[derive(Default)]
struct Tables {
    lower: HashMap<String, Entry>,
    longest_lower: HashMap<String, usize>,
    names: HashMap<&'static str, Entry>,
    longest: HashMap<&'static str, usize>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables {
        // As many as fit half a table, so that none is twice as large as it has to be.
        names: HashMap::with_capacity(7000),
        longest: HashMap::with_capacity(5000),
        ..Tables::default()
    };
    let mut section = "";
    for (file, kind) in [(PLACES, EntityKind::Place), (ORGANISATIONS, EntityKind::Organization)] {
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let (canonical, others) = line.split_once(" = ").unwrap_or((line, ""));
            let mut rest = others;
            tables.add(canonical, canonical, kind);
            if matches!(section, "[country]" | "[state]") || canonical == "Middle East" {
                tables.add_lower(canonical);
            }
            while !rest.is_empty() {
                let (name, more) = rest.split_once(", ").unwrap_or((rest, ""));
                tables.add(name, canonical, kind);
                rest = more;
            }
        }
    }
    for city in super::sorted::CITIES.lines().filter(|city| city.contains(' ')) {
        tables.insert(city, Entry { kind: EntityKind::Place, canonical: city, trust: Trust::Sure });
    }
    tables
});

impl Tables {
    fn add(&mut self, name: &'static str, canonical: &'static str, kind: EntityKind) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        let single = !name.contains(' ') && name.chars().any(char::is_lowercase);
        let ordinary = single
            && (super::is_given_name(name)
                || super::is_surname(name)
                || super::is_common_word(&name.to_lowercase()));
        let trust = if ordinary { Trust::Doubtful } else { Trust::Sure };
        self.insert(name, Entry { kind, canonical, trust });
    }

    fn add_lower(&mut self, name: &'static str) {
        let words = name.split(' ').count();
        if words < 2 {
            return;
        }
        let Some(&entry) = self.names.get(name) else { return };
        let lower = name.to_lowercase();
        let first = lower.split(' ').next().unwrap_or_default().to_owned();
        let longest = self.longest_lower.entry(first).or_default();
        *longest = (*longest).max(words);
        self.lower.insert(lower, entry);
    }

    fn insert(&mut self, name: &'static str, entry: Entry) {
        self.names.entry(name).or_insert(entry);
        let first = name.split([' ', ',', '-', '’', '\'']).next().unwrap_or(name);
        let parts = name.split([' ', '-']).count() + name.matches([',', '\'', '’', '&']).count();
        let longest = self.longest.entry(first).or_default();
        *longest = (*longest).max(parts);
        if let Some(word) = name.split(' ').next().filter(|word| *word != first) {
            let longest = self.longest.entry(word).or_default();
            *longest = (*longest).max(parts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_thing_share_a_canonical_name() {
        for (name, canonical) in
            [("U.S.", "United States"), ("Burma", "Myanmar"), ("HRW", "Human Rights Watch")]
        {
            assert_eq!(known(name).map(|entry| entry.canonical), Some(canonical), "{name}");
        }
        assert_eq!(known("Kremlin").map(|entry| entry.kind), Some(EntityKind::Organization));
        assert_eq!(known("Xyzzy"), None);
        assert!(longest("United") >= 4);
        assert_eq!(known_lower("middle east").map(|entry| entry.canonical), Some("Middle East"));
        assert_eq!(longest_lower("middle"), 2);
    }

    #[test]
    fn names_that_people_bear_are_doubtful() {
        assert_eq!(known("Jordan").map(|entry| entry.trust), Some(Trust::Doubtful));
        assert_eq!(known("Turkmenistan").map(|entry| entry.trust), Some(Trust::Sure));
    }
}
