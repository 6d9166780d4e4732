//! Places and organisations that are known by name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::packed::{Packed, hash};
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
    let (file, canonical) = KNOWN.find(name)?;
    let kind = if file == ORGANISATIONS { EntityKind::Organization } else { EntityKind::Place };
    let single = !name.contains(' ');
    let doubtful = single
        && (file == TOWNS
            || name.chars().any(char::is_lowercase)
                && (super::is_given_name(name)
                    || super::is_surname(name)
                    || super::is_common_word(&name.to_lowercase())));
    let trust = if doubtful { Trust::Doubtful } else { Trust::Sure };
    Some(Entry { kind, canonical, trust })
}

/// The most words and marks that a known name has that begins with this word; 0 where none does.
/// Towns of one word do not count.
pub fn longest(first_word: &str) -> usize {
    static BEGINNINGS: Packed<'_> =
        Packed::of(include_bytes!("../../../assets/lexicon/beginnings.bin"));
    BEGINNINGS.get(first_word).map_or(0, |parts| parts as usize)
}

/// The most words of a place's name in lower case that begins with this word, for texts that
/// write "middle east"; 0 where none does.
pub fn longest_lower(first_word: &str) -> usize {
    LOWER.longest.get(first_word).copied().unwrap_or(0)
}

/// What a name of several words is known as where it is written in lower case.
pub fn known_lower(name: &str) -> Option<Entry> {
    LOWER.names.get(name).copied()
}

/// The lists, by the number that [`Table`] has for them.
static FILES: [&str; 3] = [
    include_str!("../../../assets/lexicon/places.txt"),
    include_str!("../../../assets/lexicon/organisations.txt"),
    include_str!("../../../assets/lexicon/cities.txt"),
];

/// The numbers of two of them.
const ORGANISATIONS: usize = 1;
const TOWNS: usize = 2;

/// Where the names stand in their lists, in a table of `assets/pack.py` that is searched where it
/// stands in the program: nothing is built of it.
///
/// The upper bits of a name's hash choose a bucket. A name has eight bytes there, two numbers. Of the
/// first, two bits say in which of the [`FILES`] it stands, 22 where it begins and eight how long it
/// is; of the second two are the next bits of the hash, and the others say the same of the name that
/// all names of the thing share.
#[derive(Clone, Copy, Debug)]
struct Table<'a> {
    /// The first name of each bucket, and the number of all names.
    starts: &'a [[u8; 2]],
    names: &'a [[u8; 8]],
}

/// How many bits of a hash choose the bucket.
const BITS: u32 = 12;

static KNOWN: Table<'_> = Table::of(include_bytes!("../../../assets/lexicon/known.bin"));

impl<'a> Table<'a> {
    /// Reads a table. What is damaged has no names.
    const fn of(bytes: &'a [u8]) -> Self {
        match Self::read(bytes) {
            Some(table) => table,
            None => Self { starts: &[], names: &[] },
        }
    }

    const fn read(bytes: &'a [u8]) -> Option<Self> {
        let Some((mark, rest)) = bytes.split_first_chunk() else { return None };
        let Some((starts, names)) = rest.split_at_checked(2 * ((1 << BITS) + 1)) else {
            return None;
        };
        let (names, more) = names.as_chunks();
        if u64::from_le_bytes(*mark) != u64::from_le_bytes(*b"pqknown1") || !more.is_empty() {
            return None;
        }
        Some(Self { starts: starts.as_chunks().0, names })
    }

    /// The number of the file that a name stands in, and the name that all names of the thing share.
    fn find(&self, name: &str) -> Option<(usize, &'static str)> {
        let hash = hash(name.bytes());
        let bucket = (hash >> (32 - BITS)) as usize;
        let [from, to] = <[_; 2]>::try_from(self.starts.get(bucket..bucket + 2)?).ok()?;
        let of = |it: [u8; 2]| usize::from(u16::from_le_bytes(it));
        self.names.get(of(from)..of(to))?.iter().find_map(|slot| {
            let (own, canonical) = slot.split_at(4);
            let (own, canonical) = (number(own)?, number(canonical)?);
            let alike =
                canonical >> 30 == hash >> (30 - BITS) & 3 && place(own).len() == name.len();
            let file = (own >> 30) as usize;
            let text = *FILES.get(file).filter(|_| alike)?;
            let same = text.as_bytes().get(place(own)) == Some(name.as_bytes());
            Some((file, text.get(place(canonical)).filter(|_| same)?))
        })
    }
}

fn number(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.first_chunk()?))
}

/// Where words stand in their file.
fn place(number: u32) -> std::ops::Range<usize> {
    let start = (number >> 8 & ((1 << 22) - 1)) as usize;
    start..start + (number & 0xff) as usize
}

/// The countries and states of several words as they are written in lower case.
#[derive(Default)]
struct Lower {
    names: HashMap<String, Entry>,
    /// The most words of a name that begins with a word.
    longest: HashMap<String, usize>,
}

static LOWER: LazyLock<Lower> = LazyLock::new(|| {
    let mut all = Lower::default();
    let mut section = "";
    for line in FILES[0].lines() {
        if line.starts_with('[') {
            section = line;
        }
        let name = line.split_once(" = ").map_or(line, |it| it.0);
        let region = matches!(section, "[country]" | "[state]") || name == "Middle East";
        if !region || !name.contains(' ') {
            continue;
        }
        let Some(entry) = known(name) else { continue };
        let lower = name.to_lowercase();
        let first = lower.split(' ').next().unwrap_or_default().to_owned();
        let longest = all.longest.entry(first).or_default();
        *longest = (*longest).max(name.split(' ').count());
        all.names.insert(lower, entry);
    }
    all
});

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

    #[test]
    fn the_packed_names_are_those_of_the_lists() {
        let hint = "run assets/pack.py";
        let mut count = 0;
        let mut seen = std::collections::HashSet::new();
        for (file, text) in FILES.iter().enumerate() {
            for line in text.lines().filter(|line| !line.starts_with(['#', '['])) {
                let (canonical, others) = line.split_once(" = ").unwrap_or((line, ""));
                for name in [canonical].into_iter().chain(others.split(", ")) {
                    if name.is_empty() || !seen.insert(name) {
                        continue;
                    }
                    count += 1;
                    assert_eq!(KNOWN.find(name), Some((file, canonical)), "{name}: {hint}");
                    let parts = name.split([' ', '-']).count();
                    let first = name.split([' ', ',', '-', '’', '\'']).next().unwrap();
                    if file != TOWNS || parts > 1 && name.contains(' ') {
                        assert!(longest(first) >= parts, "{name}: {hint}");
                    }
                }
            }
        }
        assert_eq!(KNOWN.names.len(), count, "{hint}");
    }

    #[test]
    fn damaged_tables_are_no_panic() {
        let whole = include_bytes!("../../../assets/lexicon/known.bin");
        for length in (0..whole.len()).step_by(499) {
            Table::of(&whole[..length]).find("France");
        }
        for at in 0..3000 {
            let mut bytes = whole.to_vec();
            bytes[at * 37] ^= 0xff;
            for name in ["France", "New York", "Zebra"] {
                Table::of(&bytes).find(name);
            }
        }
    }
}
