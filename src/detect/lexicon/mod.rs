//! What the detectors know of words: abbreviations, names, titles, places.
//!
//! The lists are files of `assets/lexicon`, compiled in. The long ones are sorted and searched as
//! they stand, so that nothing has to be built; the short ones become tables at their first use.

pub mod abbreviations;
pub mod classes;
pub mod gazetteer;
pub(crate) mod packed;
pub mod sorted;

pub use classes::{Class, class};
pub use packed::alike;
pub use sorted::{given_name_gender, is_common_word, is_given_name, is_surname};

/// Which pronoun a person goes by, where a name or a title tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// "he"
    Male,
    /// "she"
    Female,
}

/// The gender that a title tells: "Mr", "Queen"; none for "Dr" and for other words.
pub fn title_gender(title: &str) -> Option<Gender> {
    let class = class(title);
    if class.has(Class::MALE_TITLE) {
        Some(Gender::Male)
    } else if class.has(Class::FEMALE_TITLE) {
        Some(Gender::Female)
    } else {
        None
    }
}

/// A word in small letters as it is written where it is a name: "florida" as "Florida".
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_names_tell_the_gender() {
        assert_eq!(title_gender("Mr"), Some(Gender::Male));
        assert_eq!(title_gender("Mrs."), Some(Gender::Female));
        assert_eq!(title_gender("Dr."), None);
        assert_eq!(given_name_gender("Vladimir"), Some(Gender::Male));
        assert_eq!(given_name_gender("Natalia"), Some(Gender::Female));
        assert_eq!(given_name_gender("Council"), None);
    }
}
