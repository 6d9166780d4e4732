//! Long lists, searched where they stand in the program.

use std::cmp::Ordering;
use std::sync::LazyLock;

use super::Gender;
use super::packed::Packed;
use crate::text::offset;

pub(super) const CITIES: &str = include_str!("../../../assets/lexicon/cities.txt");

static TOWNS: LazyLock<List> = LazyLock::new(|| List::of(CITIES));

/// Given names, family names and common words, as `assets/pack.py` packs them.
static LISTS: Packed<'_> = Packed::of(include_bytes!("../../../assets/lexicon/lists.bin"));

/// The bits of a word's number that tell who bears it as a given name: men, women.
const GIVEN: (u32, u32) = (1, 2);
const FAMILY: u32 = 4;
const COMMON: u32 = 8;

/// The lists that a word is in; 0 for a word that is in none.
fn lists(word: &str) -> u32 {
    LISTS.get(word).unwrap_or(0)
}

/// Whether people are called so: "Vladimir", "Aisha".
pub fn is_given_name(word: &str) -> bool {
    lists(word) & (GIVEN.0 | GIVEN.1) != 0
}

/// The gender of nearly all who bear a given name; none for "Robin" and for what is no name.
pub fn given_name_gender(word: &str) -> Option<Gender> {
    let lists = lists(word);
    match (lists & GIVEN.0 != 0, lists & GIVEN.1 != 0) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}

/// Whether families are called so: "Petrov", "Nakamura".
pub fn is_surname(word: &str) -> bool {
    lists(word) & FAMILY != 0
}

/// The town of this name, as the list has it.
pub(super) fn city(name: &str) -> Option<&'static str> {
    TOWNS.find(name).map(|(city, _)| city)
}

/// Whether an ordinary English word is written so; `word` is in lower case. Regular plurals and
/// verb forms count.
pub fn is_common_word(word: &str) -> bool {
    const ENDINGS: [(&str, &[&str]); 6] = [
        ("s", &[""]),
        ("es", &[""]),
        ("ies", &["y"]),
        ("ed", &["", "e"]),
        ("ing", &["", "e"]),
        ("ly", &[""]),
    ];
    let listed = |word: &str| lists(word) & COMMON != 0;
    if listed(word) {
        return true;
    }
    ENDINGS.iter().any(|(ending, instead)| {
        word.strip_suffix(ending).is_some_and(|stem| {
            // "lii" is a numeral, and "Liis" a name.
            stem.len() > 2
                && !stem.ends_with("ii")
                && instead.iter().any(|end| {
                    if end.is_empty() { listed(stem) } else { listed(&format!("{stem}{end}")) }
                })
        })
    })
}

/// A list of lines `word` or `word<tab>value`, sorted by bytes.
struct List {
    text: &'static str,
    /// Where the lines of each slot begin, and the length of the text at the end.
    starts: Vec<u32>,
    /// A bit for each hash that a word of the list has. Most words of a text are in no list, and
    /// nine of ten are known by that.
    hashes: Vec<u64>,
}

/// The number of groups that a letter is in for the index.
const GROUPS: usize = 55;

/// The bits of a hash: a few for each word of a list.
const HASH: u32 = 18;

impl List {
    fn of(text: &'static str) -> Self {
        let mut starts = vec![0; GROUPS * GROUPS + 1];
        let mut hashes = vec![0; 1 << (HASH - 6)];
        let (mut at, mut slot) = (0, 0);
        for line in text.split_inclusive('\n') {
            let own = Self::slot(line.trim_end_matches('\n').as_bytes());
            let key = line.split(['\t', '\n']).next().unwrap_or_default();
            let (word, bit) = Self::hash(key);
            hashes[word] |= bit;
            while slot < own {
                slot += 1;
                starts[slot] = offset(at);
            }
            at += line.len();
        }
        starts[slot + 1..].fill(offset(text.len()));
        Self { text, starts, hashes }
    }

    /// Where the bit of a word's hash stands.
    fn hash(word: &str) -> (usize, u64) {
        let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let hash = word.bytes().fold(0x811c_9dc5, mix).wrapping_mul(0x9e37_79b1) >> (32 - HASH);
        ((hash / 64) as usize, 1 << (hash % 64))
    }

    /// The place in the index of the lines that begin like this word; never smaller for a word
    /// that stands further behind.
    fn slot(word: &[u8]) -> usize {
        let group = |at: usize| match word.get(at).copied().unwrap_or(0) {
            byte @ b'A'..=b'Z' => usize::from(byte - b'A') + 1,
            byte @ b'a'..=b'z' => usize::from(byte - b'a') + 28,
            0..b'A' => 0,
            b'['..b'a' => 27,
            b'{'.. => 54,
        };
        group(0) * GROUPS + group(1)
    }

    /// The word and what stands behind it.
    fn find(&self, word: &str) -> Option<(&'static str, &'static str)> {
        let (at, bit) = Self::hash(word);
        if self.hashes[at] & bit == 0 {
            return None;
        }
        let slot = Self::slot(word.as_bytes());
        let bytes = self.text.as_bytes();
        let (mut low, mut high) = (self.starts[slot] as usize, self.starts[slot + 1] as usize);
        while low < high {
            let middle = usize::midpoint(low, high);
            let start = memchr::memrchr(b'\n', &bytes[low..middle]).map_or(low, |at| low + at + 1);
            let end = memchr::memchr(b'\n', &bytes[start..high]).map_or(high, |at| start + at);
            let line = &bytes[start..end];
            let key = memchr::memchr(b'\t', line).unwrap_or(line.len());
            match line[..key].cmp(word.as_bytes()) {
                Ordering::Less => low = end + 1,
                Ordering::Greater => high = start,
                Ordering::Equal => {
                    let value = start + (key + 1).min(line.len());
                    return Some((self.text.get(start..start + key)?, self.text.get(value..end)?));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_every_line_is_found() {
        let keys = || TOWNS.text.lines().map(|line| line.split('\t').next().unwrap());
        assert!(keys().is_sorted(), "sorted by bytes");
        assert!(keys().all(|key| TOWNS.find(key).is_some()));
        assert!(TOWNS.find("").is_none() && TOWNS.find("zzzzz").is_none());
    }

    #[test]
    fn the_packed_lists_are_those_beside_them() {
        let given = include_str!("../../../assets/lexicon/given-names.txt");
        for line in given.lines() {
            let (name, sex) = line.split_once('\t').unwrap();
            let gender = match sex {
                "m" => Some(Gender::Male),
                "f" => Some(Gender::Female),
                _ => None,
            };
            assert!(is_given_name(name), "{name}: run assets/pack.py");
            assert_eq!(given_name_gender(name), gender, "{name}: run assets/pack.py");
        }
        let surnames = include_str!("../../../assets/lexicon/surnames.txt");
        assert!(surnames.lines().all(is_surname), "run assets/pack.py");
        let words = include_str!("../../../assets/lexicon/words.txt");
        assert!(words.lines().all(is_common_word), "run assets/pack.py");
        let mut all: Vec<&str> = given.lines().map(|it| it.split('\t').next().unwrap()).collect();
        all.extend(surnames.lines().chain(words.lines()));
        all.sort_unstable();
        all.dedup();
        let packed = LISTS.len();
        assert!(packed <= all.len() && packed + 10 > all.len(), "run assets/pack.py");
    }

    #[test]
    fn forms_of_common_words_are_found() {
        for word in ["house", "houses", "bodies", "hoped", "walking", "making", "quickly"] {
            assert!(is_common_word(word), "{word}");
        }
        assert!(!is_common_word("pezeshkian") && !is_common_word("s"));
    }
}
