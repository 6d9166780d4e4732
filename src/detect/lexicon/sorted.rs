//! Long lists, searched where they stand in the program.

use super::Gender;
use super::packed::Packed;

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

#[cfg(test)]
mod tests {
    use super::*;

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
