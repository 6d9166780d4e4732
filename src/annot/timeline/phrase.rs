//! What the words at a clause's border tell: whether a verb stands there, and whether a comma
//! parts clauses at all.

/// Verb forms that can be told from other words without a parse; the endings "-ed" and "-ing" tell
/// the rest. In the order of the alphabet.
const VERBS: &[&str] = &[
    "are",
    "arose",
    "ate",
    "beaten",
    "became",
    "began",
    "bore",
    "born",
    "bought",
    "broke",
    "broken",
    "brought",
    "built",
    "came",
    "can",
    "caught",
    "chose",
    "chosen",
    "could",
    "cut",
    "dealt",
    "did",
    "does",
    "drawn",
    "drew",
    "driven",
    "drove",
    "fallen",
    "fell",
    "felt",
    "fled",
    "flew",
    "forgot",
    "fought",
    "found",
    "frozen",
    "gave",
    "given",
    "got",
    "grew",
    "grown",
    "had",
    "has",
    "have",
    "heard",
    "held",
    "hid",
    "hidden",
    "hit",
    "hurt",
    "is",
    "kept",
    "knew",
    "known",
    "laid",
    "led",
    "left",
    "let",
    "lost",
    "made",
    "may",
    "meant",
    "met",
    "might",
    "must",
    "paid",
    "put",
    "quit",
    "ran",
    "rang",
    "read",
    "rode",
    "rose",
    "said",
    "sang",
    "sank",
    "sat",
    "saw",
    "says",
    "seen",
    "sent",
    "set",
    "shall",
    "shook",
    "shot",
    "should",
    "shown",
    "slept",
    "slid",
    "sold",
    "sought",
    "spent",
    "spoke",
    "spoken",
    "stole",
    "stolen",
    "stood",
    "struck",
    "swore",
    "sworn",
    "taken",
    "taught",
    "threw",
    "thrown",
    "told",
    "took",
    "tore",
    "torn",
    "understood",
    "was",
    "went",
    "were",
    "will",
    "withdrew",
    "woke",
    "won",
    "wore",
    "worn",
    "would",
    "written",
    "wrote",
];

/// Words that end like a verb and are none.
const NO_VERBS: &[&str] = &[
    "according",
    "during",
    "evening",
    "following",
    "hundred",
    "including",
    "indeed",
    "morning",
    "nothing",
    "pending",
    "regarding",
    "something",
    "spring",
    "wedding",
];

const PREPOSITIONS: &[&str] = &[
    "after",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "before",
    "between",
    "by",
    "despite",
    "during",
    "following",
    "for",
    "from",
    "in",
    "into",
    "near",
    "of",
    "on",
    "over",
    "since",
    "through",
    "under",
    "until",
    "upon",
    "with",
    "within",
    "without",
];

const DETERMINERS: &[&str] = &[
    "a", "an", "another", "her", "his", "its", "my", "no", "one", "our", "that", "the", "their",
    "this", "your",
];

/// Adjectives that their endings do not tell.
const ADJECTIVES: &[&str] = &[
    "bad", "big", "bitter", "black", "bold", "brave", "brief", "bright", "broad", "brutal", "calm",
    "cheap", "clean", "clear", "close", "cold", "costly", "cowardly", "cruel", "daily", "dark",
    "dead", "deadly", "deep", "early", "elderly", "fair", "false", "fast", "fierce", "firm",
    "free", "fresh", "friendly", "full", "good", "grand", "great", "green", "harsh", "hot", "huge",
    "large", "late", "likely", "little", "lively", "lonely", "long", "loud", "low", "modern",
    "narrow", "new", "old", "open", "plain", "poor", "proud", "quick", "quiet", "rare", "red",
    "rich", "rough", "safe", "secure", "severe", "sharp", "short", "simple", "slow", "small",
    "soft", "stable", "steep", "strange", "strict", "strong", "sudden", "sweet", "tall", "thick",
    "thin", "tight", "true", "vast", "violent", "warm", "weak", "weekly", "white", "wide", "wild",
    "wise", "young",
];

/// Words that begin a sentence where they have a capital behind "U.S." or "p.m.".
const OPENERS: &[&str] = &[
    "A", "After", "An", "And", "As", "At", "But", "For", "He", "Her", "His", "I", "If", "In", "It",
    "Its", "No", "Nobody", "On", "She", "The", "Their", "There", "These", "They", "This", "We",
    "When", "While",
];

/// Whether these words are the beginning of a sentence and not of a name.
pub(super) fn opens_sentence(words: &[u8]) -> bool {
    let words = words.trim_ascii_start();
    let len = words.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    OPENERS.iter().any(|it| it.as_bytes() == &words[..len])
}

/// Words with a full stop that ends no sentence where a capital follows.
const ABBREVIATIONS: &[&str] = &[
    "Adm", "Ala", "Apr", "Ark", "Aug", "Ave", "Bros", "Brig", "Calif", "Capt", "Cmdr", "Co", "Col",
    "Colo", "Conn", "Corp", "Cos", "Cpl", "Dec", "Del", "Dr", "Feb", "Fla", "Ft", "Ga", "Gen",
    "Gov", "Hon", "Ill", "Inc", "Ind", "Jan", "Jr", "Jul", "Jun", "Kan", "Ky", "La", "Lt", "Ltd",
    "Maj", "Mar", "Mass", "Md", "Mich", "Minn", "Miss", "Mo", "Mr", "Mrs", "Ms", "Mt", "Neb",
    "Nev", "No", "Nov", "Oct", "Okla", "Ore", "Pa", "Prof", "Pvt", "Rd", "Rep", "Reps", "Rev",
    "Sen", "Sens", "Sep", "Sept", "Sgt", "Sr", "St", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis",
    "al", "etc", "vs",
];

/// Whether a word before a full stop is one that is cut short.
pub(super) fn is_abbreviation(word: &[u8]) -> bool {
    ABBREVIATIONS.iter().any(|it| it.as_bytes() == word)
}

/// The first word without the marks around it.
fn first(words: &str) -> &str {
    words.split_whitespace().next().unwrap_or_default().trim_matches(is_mark)
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

fn is_verb(word: &str) -> bool {
    let shaped = word.len() > 4 && word.ends_with("ed") || word.len() > 5 && word.ends_with("ing");
    VERBS.binary_search(&word).is_ok()
        || shaped
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && NO_VERBS.binary_search(&word).is_err()
}

/// Whether a clause lacks its subject: "was closed", "signed the treaty".
pub(super) fn begins_with_verb(clause: &str) -> bool {
    is_verb(first(clause))
}

/// Whether it begins with "in", "during" and the like.
pub(super) fn begins_with_preposition(clause: &str) -> bool {
    let mut word = first(clause).to_owned();
    word.make_ascii_lowercase();
    PREPOSITIONS.binary_search(&word.as_str()).is_ok()
}

/// Whether there is a verb with a person or thing that does it: "the planned bridge" has none.
pub(super) fn has_verb(clause: &str) -> bool {
    let mut before = "";
    // "Would he go"
    let question = first(clause).to_ascii_lowercase();
    if VERBS.binary_search(&question.as_str()).is_ok() {
        return true;
    }
    clause.split_whitespace().any(|word| {
        let word = word.trim_matches(is_mark);
        if word.ends_with("n’t") || word.ends_with("n't") {
            return true;
        }
        let described = !VERBS.contains(&word)
            && (DETERMINERS.binary_search(&before).is_ok()
                || PREPOSITIONS.binary_search(&before).is_ok()
                || before.ends_with("’s")
                || before.ends_with("'s"));
        before = word;
        is_verb(word) && !word.ends_with("ing") && !described
    })
}

/// Whether a piece says what the name before it is: "a farmer from Ely", "the world’s oldest ship".
pub(super) fn is_apposition(piece: &str) -> bool {
    DETERMINERS.binary_search(&first(piece)).is_ok() && !has_verb(piece)
}

/// Whether a comma parts two adjectives before one noun.
pub(super) fn parts_adjectives(before: &str, behind: &str) -> bool {
    let mut back = before.split_whitespace().rev();
    let (one, led) = (back.next().unwrap_or_default(), back.take(2));
    let mut ahead = behind.split_whitespace();
    let (two, noun) = (ahead.next().unwrap_or_default(), ahead.next().unwrap_or_default());
    let describes = |word: &str| {
        ADJECTIVES.binary_search(&word).is_ok()
            || ["al", "ous", "ful", "less", "ive", "ic", "able", "ible", "ish"]
                .iter()
                .any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
    };
    let determined = || {
        led.into_iter().any(|word| {
            DETERMINERS.binary_search(&word).is_ok() || word.ends_with("’s") || word.ends_with("'s")
        })
    };
    let second = describes(two) || is_verb(two) && describes(one) && two.ends_with("ed");
    let named = noun.starts_with(char::is_alphabetic)
        && PREPOSITIONS.binary_search(&noun).is_err()
        && !is_verb(noun);
    second && named && (describes(one) || determined())
}

/// Whether a comma parts a town from its country: "in Salem, Oregon, on Friday".
pub(super) fn parts_places(before: &str, behind: &str) -> bool {
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase());
    let mut back = before.split_whitespace().rev();
    let town = back.next().is_some_and(capital);
    // "in Salem", "in New Salem"
    let led = back.take(3).find(|word| !capital(word)).is_some_and(|word| {
        matches!(word, "in" | "at" | "from" | "near" | "to" | "of" | "outside")
    });
    let mut ahead = behind.split_whitespace();
    let country = ahead.next().unwrap_or_default();
    let next = ahead.find(|word| !capital(word)).unwrap_or_default();
    let ends = country.ends_with([',', '.'])
        || PREPOSITIONS.binary_search(&next).is_ok()
        || next.is_empty();
    town && led && capital(country) && ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_lists_are_sorted() {
        for list in [VERBS, NO_VERBS, PREPOSITIONS, DETERMINERS, ADJECTIVES] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn a_comma_between_adjectives_parts_no_clauses() {
        let check = |before: &str, behind: &str, want: bool| {
            assert_eq!(parts_adjectives(before, behind), want, "{before}, {behind}");
        };
        check("condemns today’s brutal", " cowardly attack", true);
        check("on a long", " narrow bridge", true);
        check("the old", " rusted gate was", true);
        check("on Monday the mayor", " officials said", false);
        check("in the old bridge", " closed in May", false);
        check("the bridge is old", " and nobody", false);
        check("It was cold", " dark in the house", false);
    }

    #[test]
    fn a_comma_between_town_and_country_parts_no_clauses() {
        let check = |before: &str, behind: &str, want: bool| {
            assert_eq!(parts_places(before, behind), want, "{before}, {behind}");
        };
        check("They met in Salem", " Oregon, on Friday", true);
        check("They met in New Salem", " Oregon on Friday", true);
        check("They met in Salem", " Anna Berg said", false);
        check("They met Falk", " Berg and", false);
    }

    #[test]
    fn a_verb_needs_no_parse_to_be_seen() {
        assert!(has_verb("the town banned every car"));
        assert!(!has_verb("In the planned bridge’s report"));
        assert!(begins_with_verb("was closed for good"));
        assert!(!begins_with_verb("following a request"));
        assert!(is_apposition("the world’s oldest ship"));
        assert!(!is_apposition("the ship sank"));
    }
}
