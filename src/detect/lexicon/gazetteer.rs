//! Places and organisations that are known by name.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::annot::EntityKind;

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
    TABLES.entry(name).or_else(|| {
        // Towns of several words are in the table.
        let canonical = if name.contains(' ') { None } else { super::sorted::city(name) }?;
        Some(Entry { kind: EntityKind::Place, canonical, trust: Trust::Doubtful })
    })
}

/// The most words and marks that a known name has that begins with this word; 0 where none does.
pub fn longest(first_word: &str) -> usize {
    let at = TABLES.longest.binary_search_by(|it| it.word.bytes().cmp(first_word.as_bytes()));
    at.map_or(0, |at| usize::from(TABLES.longest[at].parts))
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

/// The lists, by the number that a [`Piece`] has for them.
static FILES: [&str; 3] = [
    include_str!("../../../assets/lexicon/places.txt"),
    include_str!("../../../assets/lexicon/organisations.txt"),
    super::sorted::CITIES,
];

/// A few words of one of the [`FILES`]: two bits say which one, 22 bits where it begins and eight
/// how long it is. There are thousands, and references would take four times as much.
#[derive(Clone, Copy, Debug)]
struct Piece(u32);

impl Piece {
    /// None for what is longer than 255 bytes or not from the file.
    fn of(file: usize, words: &'static str) -> Option<Self> {
        let start = words.as_ptr().addr().checked_sub(FILES[file].as_ptr().addr())?;
        let (start, length) = (u32::try_from(start).ok()?, u8::try_from(words.len()).ok()?);
        let file = u32::try_from(file).ok()?;
        (start < 1 << 22).then_some(Self(file << 30 | start << 8 | u32::from(length)))
    }

    /// Where the words stand in their file.
    fn place(self) -> (&'static str, std::ops::Range<usize>) {
        let start = (self.0 >> 8 & ((1 << 22) - 1)) as usize;
        (FILES[(self.0 >> 30) as usize], start..start + (self.0 & 0xff) as usize)
    }

    fn text(self) -> &'static str {
        let (file, range) = self.place();
        file.get(range).unwrap_or("")
    }

    /// The same for comparing, which has no use for whole characters.
    fn bytes(self) -> &'static [u8] {
        let (file, range) = self.place();
        file.as_bytes().get(range).unwrap_or_default()
    }
}

/// A name and what it is known as.
#[derive(Clone, Copy, Debug)]
struct Name {
    words: Piece,
    canonical: Piece,
    kind: EntityKind,
    trust: Trust,
}

/// A first word, and how long the names are that begin with it.
#[derive(Clone, Copy, Debug)]
struct Beginning {
    word: Piece,
    parts: u8,
}

#[derive(Default)]
struct Tables {
    lower: HashMap<String, Entry>,
    longest_lower: HashMap<String, usize>,
    /// Sorted by name; no name stands there twice.
    names: Vec<Name>,
    /// Sorted by word; no word stands there twice.
    longest: Vec<Beginning>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables::default();
    let mut lower = Vec::new();
    let mut section = "";
    for (file, kind) in [EntityKind::Place, EntityKind::Organization].into_iter().enumerate() {
        for line in FILES[file].lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let (canonical, others) = line.split_once(" = ").unwrap_or((line, ""));
            let mut rest = others;
            tables.add(file, canonical, canonical, kind);
            if matches!(section, "[country]" | "[state]") || canonical == "Middle East" {
                lower.push(canonical);
            }
            while !rest.is_empty() {
                let (name, more) = rest.split_once(", ").unwrap_or((rest, ""));
                tables.add(file, name, canonical, kind);
                rest = more;
            }
        }
    }
    for city in FILES[2].lines().filter(|city| city.contains(' ')) {
        tables.insert(
            2,
            city,
            Entry { kind: EntityKind::Place, canonical: city, trust: Trust::Sure },
        );
    }
    tables.sort();
    for name in lower {
        tables.add_lower(name);
    }
    tables
});

impl Tables {
    fn entry(&self, name: &str) -> Option<Entry> {
        let at = self.names.binary_search_by(|it| it.words.bytes().cmp(name.as_bytes())).ok()?;
        let Name { canonical, kind, trust, .. } = self.names[at];
        Some(Entry { kind, canonical: canonical.text(), trust })
    }

    fn add(&mut self, file: usize, name: &'static str, canonical: &'static str, kind: EntityKind) {
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
        self.insert(file, name, Entry { kind, canonical, trust });
    }

    fn add_lower(&mut self, name: &'static str) {
        let words = name.split(' ').count();
        if words < 2 {
            return;
        }
        let Some(entry) = self.entry(name) else { return };
        let lower = name.to_lowercase();
        let first = lower.split(' ').next().unwrap_or_default().to_owned();
        let longest = self.longest_lower.entry(first).or_default();
        *longest = (*longest).max(words);
        self.lower.insert(lower, entry);
    }

    fn insert(&mut self, file: usize, name: &'static str, entry: Entry) {
        let Entry { kind, canonical, trust } = entry;
        let pieces = Piece::of(file, name).zip(Piece::of(file, canonical));
        self.names.extend(pieces.map(|(words, canonical)| Name { words, canonical, kind, trust }));
        let first = name.split([' ', ',', '-', '’', '\'']).next().unwrap_or(name);
        let word = name.split(' ').next().filter(|word| *word != first);
        let parts = name.split([' ', '-']).count() + name.matches([',', '\'', '’', '&']).count();
        let parts = u8::try_from(parts).unwrap_or(u8::MAX);
        let words = [Some(first), word].into_iter().flatten();
        let words = words.filter_map(|word| Piece::of(file, word));
        self.longest.extend(words.map(|word| Beginning { word, parts }));
    }

    /// Sorts what was put in. Of a name that was put in twice the first stays.
    fn sort(&mut self) {
        self.names.sort_by_key(|it| it.words.bytes());
        self.names.dedup_by_key(|it| it.words.bytes());
        self.names.shrink_to_fit();
        self.longest.sort_by_key(|it| (it.word.bytes(), std::cmp::Reverse(it.parts)));
        self.longest.dedup_by_key(|it| it.word.bytes());
        self.longest.shrink_to_fit();
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
        assert!(TABLES.names.len() > 5000 && TABLES.longest.len() > 2000);
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
