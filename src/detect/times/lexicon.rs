//! The words that times are made of, found by one look into a table made at compile time.

use super::words::WORDS;
use crate::detect::calendar::Unit;

/// What a word can be in an expression of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Nothing that matters here.
    Other,
    /// A number in digits or as a word.
    Number(u32),
    /// A number with a decimal point: whole part and digits behind the point.
    Decimal(u32, u32),
    /// "22nd", "second".
    Ordinal(u32),
    /// "hundred", "thousand".
    Times(u32),
    /// A month by its full name (January is 1); whether it is also another word or a name.
    Month(u8, bool),
    /// A month cut short: "Oct".
    MonthShort(u8),
    /// A weekday by its full name, Monday is 1.
    Weekday(u8),
    /// "Mondays".
    Weekdays(u8),
    /// A weekday cut short: "Fri".
    WeekdayShort(u8),
    /// "week".
    Unit(Unit),
    /// "weeks".
    Units(Unit),
    /// "weeklong".
    UnitLong(Unit),
    /// "period", as news of business use it.
    Period,
    /// `SP`, `SU`, `FA`, `WI`; whether the word is mostly something else.
    Season(&'static str, bool),
    /// A part of the day: `MO`, `AF`, `EV`, `NI`.
    Part(&'static str),
    /// "nights".
    Parts(&'static str),
    /// Noon and midnight.
    Hour(u8),
    /// "Q", before the number of a quarter.
    Q,
    /// A decade by its word: "nineties".
    Decade(u8),
    /// -1 for "yesterday", 0 for "today", 1 for "tomorrow".
    Day(i8),
    Tonight,
    Overnight,
    /// "daily": unit.
    Adverb(Unit),
    /// "fiscal", "financial".
    Fiscal,
    Last,
    Next,
    This,
    That,
    These,
    Past,
    Coming,
    Following,
    Previous,
    Same,
    Current,
    Latest,
    Recent,
    The,
    A,
    Every,
    Each,
    Per,
    Possessive,
    Ago,
    Earlier,
    Later,
    Before,
    After,
    From,
    Now,
    Early,
    Late,
    Mid,
    Beginning,
    Middle,
    End,
    Few,
    Several,
    Some,
    Couple,
    Half,
    And,
    But,
    Or,
    So,
    To,
    Until,
    Through,
    Between,
    Since,
    In,
    On,
    At,
    By,
    Of,
    Up,
    For,
    During,
    Within,
    Over,
    About,
    Nearly,
    More,
    Less,
    Than,
    Least,
    Most,
    /// Words between a number and its unit that change nothing: "additional".
    Filler,
    Old,
    Long,
    Age,
    /// "AD" after a year.
    Ad,
    /// "BC" after a year.
    Bc,
    Am,
    Pm,
    Oclock,
    /// A time zone.
    Zone,
    /// Greenwich time, written as `Z`.
    Utc,
    /// "currently".
    Presently,
    /// "recently", "previously".
    Formerly,
    /// "soon".
    Soon,
    /// "future".
    Future,
    /// "near".
    Near,
    Term,
    Right,
    Then,
    Time,
    Date,
    Once,
    Twice,
    Thrice,
    /// "times" as in three times.
    Occasions,
    /// A verb form of the past.
    PastVerb,
    /// "will", and words that look ahead.
    AheadVerb,
    /// A past form whose "to" looks ahead: "decided".
    Decided,
    /// What a timetable tells in the present; whether it is the plain form: "opens", "meet".
    Timetable(bool),
    /// "was", "were", "been": what makes a look ahead one of the past.
    Was,
    /// Things that are counted, so that the number before them is no year.
    Counted,
    /// What a number after it names is no year: "Flight", "Route".
    Label,
    /// A word in British spelling.
    British,
    /// A word in American spelling.
    American,
    /// First word of a feast; see `holidays`.
    Feast,
    Zero,
    Dash,
    Apostrophe,
    /// Another visible mark in ASCII.
    Mark(u8),
}

impl Word {
    /// Whether it counts from the time that is spoken of: "last", "next".
    pub(super) const fn is_relative(self) -> bool {
        matches!(
            self,
            Self::Last
                | Self::Next
                | Self::Past
                | Self::Coming
                | Self::Following
                | Self::Previous
                | Self::Recent
                | Self::Same
                | Self::Current
                | Self::Latest
        )
    }
}

/// What a word is; capitals make no difference. Words that are not ASCII or longer than 16 bytes
/// are none of ours.
pub(super) fn look_up(word: &[u8]) -> Word {
    if word.len() > 16 {
        return Word::Other;
    }
    let key = pack(word);
    let mut at = slot(key);
    loop {
        let (found, word) = TABLE[at];
        if found == key {
            return word;
        }
        if found == 0 {
            return Word::Other;
        }
        at = (at + 1) % SIZE;
    }
}

const SIZE: usize = 2048;

const fn pack(word: &[u8]) -> u128 {
    let (mut key, mut at) = (0_u128, 0);
    while at < word.len() {
        key = key << 8 | word[at].to_ascii_lowercase() as u128;
        at += 1;
    }
    key
}

#[expect(clippy::cast_possible_truncation, reason = "the bits folded together are meant")]
const fn slot(key: u128) -> usize {
    let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 53) as usize % SIZE
}

static TABLE: [(u128, Word); SIZE] = table();

#[expect(clippy::large_stack_arrays, reason = "only the compiler runs it")]
const fn table() -> [(u128, Word); SIZE] {
    let mut table = [(0, Word::Other); SIZE];
    let mut group = 0;
    while group < WORDS.len() {
        let (words, meaning) = WORDS[group];
        let bytes = words.as_bytes();
        let (mut at, mut key) = (0, 0_u128);
        while at <= bytes.len() {
            if at == bytes.len() || bytes[at] == b' ' {
                let mut place = slot(key);
                while table[place].0 != 0 {
                    assert!(table[place].0 != key, "a word stands twice in the lexicon");
                    place = (place + 1) % SIZE;
                }
                table[place] = (key, meaning);
                key = 0;
            } else {
                key = key << 8 | bytes[at] as u128;
            }
            at += 1;
        }
        group += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_lexicon_is_found_in_any_case() {
        for (words, meaning) in WORDS {
            for word in words.split(' ') {
                assert_eq!(look_up(word.as_bytes()), *meaning, "{word}");
                assert_eq!(look_up(word.to_uppercase().as_bytes()), *meaning, "{word}");
            }
        }
    }

    #[test]
    fn no_other_word_is_found() {
        for word in ["", "house", "mondayish", "dayx", "internationalisation", "œuvre", "\0"] {
            assert_eq!(look_up(word.as_bytes()), Word::Other, "{word}");
        }
    }
}
