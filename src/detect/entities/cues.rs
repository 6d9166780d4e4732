//! Words beside a name that tell its kind.

use super::evidence::Tally;
use crate::annot::EntityKind::{Organization, Person, Place};
use crate::detect::lexicon::Class;
use crate::detect::lexicon::classes::class;

pub(super) fn by_word_behind(word: &str, tally: &mut Tally) {
    let class = class(word);
    if class.has(Class::SPEECH) {
        tally.add(Person, 2, "verb of speech");
        tally.add(Organization, 1, "verb of speech");
    } else if class.has(Class::ACTION) {
        tally.add(Person, 1, "verb");
    }
    match word {
        "who" | "whose" | "whom" => tally.add(Person, 5, "who"),
        "counties" | "provinces" | "districts" | "regions" | "province" | "region" | "city"
        | "district" | "county" | "state" | "valley" | "river" | "airport" | "island"
        | "border" | "peninsula" | "residents" | "area" | "suburb" | "neighbourhood"
        | "neighborhood" | "village" => {
            tally.add(Place, 4, "place word behind");
        }
        "administration" | "campaign" => tally.add(Person, 5, "what is theirs"),
        "shares" | "stock" | "executives" | "employees" | "CEO" | "CFO" | "chairman"
        | "subsidiary" | "customers" | "headquarters" | "spokesman" | "spokeswoman"
        | "spokesperson" | "shareholders" | "products" | "newspaper" | "party" | "fighters"
        | "militants" | "staff" | "members" | "fans" => {
            tally.add(Organization, 4, "organisation word behind");
        }
        _ => {}
    }
}

pub(super) fn by_owned(owned: &str, tally: &mut Tally) {
    match owned {
        "wife" | "husband" | "son" | "daughter" | "father" | "mother" | "brother" | "sister"
        | "lawyer" | "family" | "death" | "career" | "life" => {
            tally.add(Person, 3, "what is theirs");
        }
        "capital" | "government" | "president" | "parliament" | "economy" | "border"
        | "largest" | "army" | "population" | "ambassador" => {
            tally.add(Place, 3, "what is theirs");
        }
        "shares" | "CEO" | "board" | "headquarters" | "spokesman" | "spokeswoman" | "customers"
        | "chairman" => {
            tally.add(Organization, 3, "what is theirs");
        }
        _ => {}
    }
}

pub(super) fn is_usual_given_name(word: &str) -> bool {
    matches!(
        word,
        "Mike"
            | "Bill"
            | "Mark"
            | "Jack"
            | "Bob"
            | "Rob"
            | "Nick"
            | "Pat"
            | "Sue"
            | "Frank"
            | "Ray"
            | "Gene"
            | "Dean"
            | "Matt"
            | "Dick"
            | "Chuck"
            | "Drew"
            | "Jean"
            | "Josh"
            | "Don"
            | "Guy"
            | "Miles"
            | "Will"
            | "Grace"
            | "Rose"
            | "Hope"
            | "Faith"
            | "Dan"
            | "Ken"
            | "Ben"
            | "Tom"
            | "Tony"
            | "Carol"
            | "Lance"
            | "Max"
            | "Peter"
            | "Harry"
            | "Jimmy"
            | "Tommy"
            | "Teddy"
    )
}

/// Whether capitals inside the word are no person's: "`AirTanker`", but not "`McCain`", "al-Amr".
pub(super) fn is_compound(word: &str) -> bool {
    const NAMES: [&str; 9] = ["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Fitz"];
    word.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !NAMES.iter().any(|start| word.starts_with(start))
        && word.bytes().last().is_some_and(|byte| byte.is_ascii_lowercase())
        && word.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase())
}

pub(super) fn is_place_noun(word: &str) -> bool {
    matches!(
        word,
        "city"
            | "town"
            | "village"
            | "province"
            | "state"
            | "region"
            | "capital"
            | "island"
            | "district"
            | "coast"
            | "outskirts"
            | "north"
            | "south"
            | "east"
            | "west"
            | "streets"
            | "republic"
            | "port"
            | "suburb"
            | "invasion"
            | "border"
            | "people"
            | "part"
            | "parts"
            | "shores"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "kilometres"
            | "kilometers"
            | "miles"
    )
}

/// Whether what stands behind the word is a ship's name, and nobody's.
pub(super) fn is_ship(word: &str) -> bool {
    matches!(
        word,
        "ferry"
            | "ship"
            | "vessel"
            | "yacht"
            | "tanker"
            | "trawler"
            | "frigate"
            | "schooner"
            | "steamer"
            | "warship"
            | "liner"
    )
}

pub(super) fn is_organisation_post(word: &str) -> bool {
    matches!(
        word,
        "CEO"
            | "chairman"
            | "members"
            | "member"
            | "shares"
            | "employees"
            | "founder"
            | "co-founder"
            | "subsidiary"
            | "unit"
            | "headquarters"
    )
}

pub(super) fn is_speaker_noun(word: &str) -> bool {
    matches!(
        word,
        "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "analyst"
            | "reporter"
            | "correspondent"
            | "works"
            | "worked"
            | "working"
            | "plays"
            | "played"
    )
}
