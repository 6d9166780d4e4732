//! Abbreviations that end in a full stop.

/// What an abbreviation tells about the end of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// Something always follows: "Dr.", "vs.", "Gen.".
    Leads,
    /// A number follows, else the dot is a full stop: "No. 5", "p. 12".
    Numbers,
    /// The sentence may end here: "Inc.", "Jr.", "Oct.".
    MayEnd,
}

/// What the word means with a full stop behind it; none where it is no abbreviation.
///
/// `word` is given without the stop, as it is written.
pub fn abbreviation(word: &str) -> Option<Abbreviation> {
    if word.len() > 6 {
        return None;
    }
    Some(match word {
        "Mr" | "Mrs" | "Ms" | "Mx" | "Dr" | "Prof" | "Rev" | "Fr" | "Hon" | "St" | "Ste"
        | "Gen" | "Col" | "Maj" | "Capt" | "Cpt" | "Lt" | "Sgt" | "Cpl" | "Pvt" | "Adm"
        | "Cmdr" | "Brig" | "Sen" | "Sens" | "Rep" | "Reps" | "Gov" | "Govs" | "Pres" | "Supt"
        | "Insp" | "Det" | "Atty" | "Amb" | "Msgr" | "Mme" | "Mlle" | "Messrs" | "Dist" | "Ft"
        | "Mt" | "vs" | "Vs" | "cf" | "viz" | "Univ" | "Assn" | "Asst" | "Mgr" | "Esp" | "esp" => {
            Abbreviation::Leads
        }
        "No" | "Nos" | "no" | "nos" | "p" | "pp" | "c" | "ca" | "vol" | "Vol" | "ch" | "sec"
        | "Sec" | "Art" | "art" | "Fig" | "fig" | "par" | "v" => Abbreviation::Numbers,
        "Jan" | "Feb" | "Mar" | "Apr" | "Jun" | "Jul" | "Aug" | "Sept" | "Sep" | "Oct" | "Nov"
        | "Dec" | "Inc" | "Ltd" | "Co" | "Corp" | "Cos" | "Bros" | "Jr" | "Jnr" | "Sr" | "Snr"
        | "Esq" | "etc" | "Etc" | "al" | "Ave" | "Blvd" | "Rd" | "Dept" | "dept" | "approx"
        | "est" | "Est" | "Mon" | "Tue" | "Tues" | "Wed" | "Thu" | "Thur" | "Thurs" | "Fri"
        | "Ala" | "Ariz" | "Ark" | "Calif" | "Colo" | "Conn" | "Del" | "Fla" | "Ga" | "Ill"
        | "Ind" | "Kan" | "Ky" | "Md" | "Mich" | "Minn" | "Miss" | "Mo" | "Mont" | "Neb"
        | "Nev" | "Okla" | "Ore" | "Pa" | "Tenn" | "Tex" | "Vt" | "Va" | "Wash" | "Wis" | "Wyo" => {
            Abbreviation::MayEnd
        }
        _ => return None,
    })
}

/// Words that sentences often begin with, sorted.
const BEGINNINGS: &[&str] = &[
    "A",
    "According",
    "After",
    "All",
    "Also",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "Any",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Despite",
    "During",
    "Each",
    "Earlier",
    "Even",
    "For",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "Most",
    "My",
    "No",
    "Not",
    "Now",
    "On",
    "Once",
    "One",
    "Or",
    "Other",
    "Others",
    "Our",
    "Several",
    "She",
    "Since",
    "So",
    "Some",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Three",
    "To",
    "Today",
    "Two",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "Which",
    "While",
    "Who",
    "Why",
    "With",
    "Yesterday",
    "Yet",
    "You",
];

/// Whether a sentence often begins with this word (as it is written), so that a full stop before
/// it ends one even behind an abbreviation.
pub fn begins_sentence(word: &str) -> bool {
    BEGINNINGS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_sorted() {
        assert!(BEGINNINGS.is_sorted());
        assert!(begins_sentence("According") && !begins_sentence("Senate"));
    }
}
