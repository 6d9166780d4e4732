//! Long lists, searched where they stand in the program.

use std::cmp::Ordering;

use super::Gender;

const GIVEN: &str = include_str!("../../../assets/lexicon/given-names.txt");
const SURNAMES: &str = include_str!("../../../assets/lexicon/surnames.txt");
pub(super) const CITIES: &str = include_str!("../../../assets/lexicon/cities.txt");
const WORDS: &str = include_str!("../../../assets/lexicon/words.txt");

/// Whether people are called so: "Vladimir", "Aisha".
pub fn is_given_name(word: &str) -> bool {
    find(GIVEN, word).is_some()
}

/// The gender of nearly all who bear a given name; none for "Robin" and for what is no name.
pub fn given_name_gender(word: &str) -> Option<Gender> {
    match find(GIVEN, word)?.1 {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    }
}

/// Whether families are called so: "Petrov", "Nakamura".
pub fn is_surname(word: &str) -> bool {
    find(SURNAMES, word).is_some()
}

/// The town of this name, as the list has it.
pub(super) fn city(name: &str) -> Option<&'static str> {
    find(CITIES, name).map(|(city, _)| city)
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
    if find(WORDS, word).is_some() {
        return true;
    }
    ENDINGS.iter().any(|(ending, instead)| {
        word.strip_suffix(ending).is_some_and(|stem| {
            stem.len() > 2
                && instead.iter().any(|end| {
                    if end.is_empty() {
                        find(WORDS, stem).is_some()
                    } else {
                        find(WORDS, &format!("{stem}{end}")).is_some()
                    }
                })
        })
    })
}

/// The word and what stands behind it in a sorted list of lines `word` or `word<tab>value`.
fn find(sorted: &'static str, word: &str) -> Option<(&'static str, &'static str)> {
    let bytes = sorted.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
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
                return Some((sorted.get(start..start + key)?, sorted.get(value..end)?));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_every_line_is_found() {
        for list in [GIVEN, SURNAMES, WORDS, CITIES] {
            let keys = || list.lines().map(|line| line.split('\t').next().unwrap());
            assert!(keys().is_sorted(), "sorted by bytes");
            assert!(keys().all(|key| find(list, key).is_some()));
            assert!(find(list, "").is_none() && find(list, "zzzzz").is_none());
        }
    }

    #[test]
    fn forms_of_common_words_are_found() {
        for word in ["house", "houses", "bodies", "hoped", "walking", "making", "quickly"] {
            assert!(is_common_word(word), "{word}");
        }
        assert!(!is_common_word("pezeshkian") && !is_common_word("s"));
    }
}
