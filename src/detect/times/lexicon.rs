//! The words that times are made of, found by one look into a table made at compile time.

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

/// The lexicon: words, separated by one space, and what they are.
const WORDS: &[(&str, Word)] = &[
    ("january", Word::Month(1, false)),
    ("february", Word::Month(2, false)),
    ("march", Word::Month(3, true)),
    ("april", Word::Month(4, false)),
    ("may", Word::Month(5, true)),
    ("june", Word::Month(6, false)),
    ("july", Word::Month(7, false)),
    ("august", Word::Month(8, false)),
    ("september", Word::Month(9, false)),
    ("october", Word::Month(10, false)),
    ("november", Word::Month(11, false)),
    ("december", Word::Month(12, false)),
    ("jan", Word::MonthShort(1)),
    ("feb", Word::MonthShort(2)),
    ("mar", Word::MonthShort(3)),
    ("apr", Word::MonthShort(4)),
    ("jun", Word::MonthShort(6)),
    ("jul", Word::MonthShort(7)),
    ("aug", Word::MonthShort(8)),
    ("sep sept", Word::MonthShort(9)),
    ("oct", Word::MonthShort(10)),
    ("nov", Word::MonthShort(11)),
    ("dec", Word::MonthShort(12)),
    ("monday", Word::Weekday(1)),
    ("tuesday", Word::Weekday(2)),
    ("wednesday", Word::Weekday(3)),
    ("thursday", Word::Weekday(4)),
    ("friday", Word::Weekday(5)),
    ("saturday", Word::Weekday(6)),
    ("sunday", Word::Weekday(7)),
    ("mondays", Word::Weekdays(1)),
    ("tuesdays", Word::Weekdays(2)),
    ("wednesdays", Word::Weekdays(3)),
    ("thursdays", Word::Weekdays(4)),
    ("fridays", Word::Weekdays(5)),
    ("saturdays", Word::Weekdays(6)),
    ("sundays", Word::Weekdays(7)),
    ("mon", Word::WeekdayShort(1)),
    ("tue tues", Word::WeekdayShort(2)),
    ("wed weds", Word::WeekdayShort(3)),
    ("thu thur thurs", Word::WeekdayShort(4)),
    ("fri", Word::WeekdayShort(5)),
    ("sat", Word::WeekdayShort(6)),
    ("sun", Word::WeekdayShort(7)),
    ("minute min", Word::Unit(Unit::Minute)),
    ("hour", Word::Unit(Unit::Hour)),
    ("day", Word::Unit(Unit::Day)),
    ("weekend", Word::Unit(Unit::Weekend)),
    ("week", Word::Unit(Unit::Week)),
    ("fortnight", Word::Unit(Unit::Fortnight)),
    ("month", Word::Unit(Unit::Month)),
    ("quarter", Word::Unit(Unit::Quarter)),
    ("year", Word::Unit(Unit::Year)),
    ("decade", Word::Unit(Unit::Decade)),
    ("century", Word::Unit(Unit::Century)),
    ("millennium", Word::Unit(Unit::Millennium)),
    ("seconds secs", Word::Units(Unit::Second)),
    ("minutes mins", Word::Units(Unit::Minute)),
    ("hours hrs", Word::Units(Unit::Hour)),
    ("days", Word::Units(Unit::Day)),
    ("weekends", Word::Units(Unit::Weekend)),
    ("weeks", Word::Units(Unit::Week)),
    ("fortnights", Word::Units(Unit::Fortnight)),
    ("months", Word::Units(Unit::Month)),
    ("quarters", Word::Units(Unit::Quarter)),
    ("years yrs", Word::Units(Unit::Year)),
    ("decades", Word::Units(Unit::Decade)),
    ("centuries", Word::Units(Unit::Century)),
    ("millennia", Word::Units(Unit::Millennium)),
    ("period", Word::Period),
    ("spring", Word::Season("SP", true)),
    ("summer summertime", Word::Season("SU", false)),
    ("fall", Word::Season("FA", true)),
    ("autumn", Word::Season("FA", false)),
    ("winter wintertime", Word::Season("WI", false)),
    ("morning", Word::Part("MO")),
    ("afternoon", Word::Part("AF")),
    ("evening", Word::Part("EV")),
    ("night", Word::Part("NI")),
    ("mornings", Word::Parts("MO")),
    ("afternoons", Word::Parts("AF")),
    ("evenings", Word::Parts("EV")),
    ("nights", Word::Parts("NI")),
    ("noon midday", Word::Hour(12)),
    ("midnight", Word::Hour(24)),
    ("twenties", Word::Decade(2)),
    ("thirties", Word::Decade(3)),
    ("forties", Word::Decade(4)),
    ("fifties", Word::Decade(5)),
    ("sixties", Word::Decade(6)),
    ("seventies", Word::Decade(7)),
    ("eighties", Word::Decade(8)),
    ("nineties", Word::Decade(9)),
    ("yesterday", Word::Day(-1)),
    ("today", Word::Day(0)),
    ("tomorrow", Word::Day(1)),
    ("tonight", Word::Tonight),
    ("overnight", Word::Overnight),
    ("hourly", Word::Adverb(Unit::Hour)),
    ("daily", Word::Adverb(Unit::Day)),
    ("weekly", Word::Adverb(Unit::Week)),
    ("fortnightly", Word::Adverb(Unit::Fortnight)),
    ("monthly", Word::Adverb(Unit::Month)),
    ("quarterly", Word::Adverb(Unit::Quarter)),
    ("annual annually yearly", Word::Adverb(Unit::Year)),
    ("fiscal financial", Word::Fiscal),
    ("last", Word::Last),
    ("next", Word::Next),
    ("this", Word::This),
    ("that", Word::That),
    ("these", Word::These),
    ("past", Word::Past),
    ("coming upcoming", Word::Coming),
    ("following ensuing subsequent", Word::Following),
    ("previous preceding prior", Word::Previous),
    ("same", Word::Same),
    ("current present", Word::Current),
    ("latest", Word::Latest),
    ("recent", Word::Recent),
    ("the", Word::The),
    ("a an", Word::A),
    ("every", Word::Every),
    ("each", Word::Each),
    ("per", Word::Per),
    ("its his her their our my your whose", Word::Possessive),
    ("ago", Word::Ago),
    ("earlier", Word::Earlier),
    ("later", Word::Later),
    ("before", Word::Before),
    ("after", Word::After),
    ("from", Word::From),
    ("now nowadays", Word::Now),
    ("early", Word::Early),
    ("late", Word::Late),
    ("mid", Word::Mid),
    ("beginning start", Word::Beginning),
    ("middle", Word::Middle),
    ("end close", Word::End),
    ("few handful", Word::Few),
    ("several many numerous various", Word::Several),
    ("some", Word::Some),
    ("couple", Word::Couple),
    ("half", Word::Half),
    ("and", Word::And),
    ("or", Word::Or),
    ("so", Word::So),
    ("to", Word::To),
    ("until till til", Word::Until),
    ("through thru", Word::Through),
    ("between", Word::Between),
    ("since", Word::Since),
    ("in", Word::In),
    ("on", Word::On),
    ("at", Word::At),
    ("by", Word::By),
    ("of", Word::Of),
    ("up", Word::Up),
    ("for", Word::For),
    ("during throughout", Word::During),
    ("within", Word::Within),
    ("over", Word::Over),
    ("about around approximately roughly circa", Word::About),
    ("nearly almost", Word::Nearly),
    ("more", Word::More),
    ("less fewer", Word::Less),
    ("than", Word::Than),
    ("least", Word::Least),
    ("most", Word::Most),
    (
        "additional further full whole consecutive straight successive trading business working \
         calendar solid intense school calendars entire crucial",
        Word::Filler,
    ),
    ("old", Word::Old),
    ("olds", Word::Old),
    ("long", Word::Long),
    ("age", Word::Age),
    ("ad ce", Word::Ad),
    ("bc bce", Word::Bc),
    ("am", Word::Am),
    ("pm", Word::Pm),
    ("oclock", Word::Oclock),
    (
        "est edt cst cdt mst mdt pst pdt bst cet cest eet msk ist jst hkt sgt aest aedt et",
        Word::Zone,
    ),
    ("gmt utc", Word::Utc),
    ("q", Word::Q),
    ("currently presently", Word::Presently),
    ("recently previously lately formerly", Word::Formerly),
    ("soon", Word::Soon),
    ("future", Word::Future),
    ("near foreseeable", Word::Near),
    ("term", Word::Term),
    ("right", Word::Right),
    ("then", Word::Then),
    ("time", Word::Time),
    ("date", Word::Date),
    ("once", Word::Once),
    ("twice", Word::Twice),
    ("thrice", Word::Thrice),
    ("times", Word::Occasions),
    ("zero", Word::Zero),
    ("one", Word::Number(1)),
    ("two", Word::Number(2)),
    ("three", Word::Number(3)),
    ("four", Word::Number(4)),
    ("five", Word::Number(5)),
    ("six", Word::Number(6)),
    ("seven", Word::Number(7)),
    ("eight", Word::Number(8)),
    ("nine", Word::Number(9)),
    ("ten", Word::Number(10)),
    ("eleven", Word::Number(11)),
    ("twelve dozen", Word::Number(12)),
    ("thirteen", Word::Number(13)),
    ("fourteen", Word::Number(14)),
    ("fifteen", Word::Number(15)),
    ("sixteen", Word::Number(16)),
    ("seventeen", Word::Number(17)),
    ("eighteen", Word::Number(18)),
    ("nineteen", Word::Number(19)),
    ("twenty", Word::Number(20)),
    ("thirty", Word::Number(30)),
    ("forty", Word::Number(40)),
    ("fifty", Word::Number(50)),
    ("sixty", Word::Number(60)),
    ("seventy", Word::Number(70)),
    ("eighty", Word::Number(80)),
    ("ninety", Word::Number(90)),
    ("hundred", Word::Times(100)),
    ("thousand", Word::Times(1000)),
    ("million billion trillion", Word::Counted),
    ("first", Word::Ordinal(1)),
    ("second", Word::Ordinal(2)),
    ("third", Word::Ordinal(3)),
    ("fourth", Word::Ordinal(4)),
    ("fifth", Word::Ordinal(5)),
    ("sixth", Word::Ordinal(6)),
    ("seventh", Word::Ordinal(7)),
    ("eighth", Word::Ordinal(8)),
    ("ninth", Word::Ordinal(9)),
    ("tenth", Word::Ordinal(10)),
    ("eleventh", Word::Ordinal(11)),
    ("twelfth", Word::Ordinal(12)),
    ("thirteenth", Word::Ordinal(13)),
    ("fourteenth", Word::Ordinal(14)),
    ("fifteenth", Word::Ordinal(15)),
    ("sixteenth", Word::Ordinal(16)),
    ("seventeenth", Word::Ordinal(17)),
    ("eighteenth", Word::Ordinal(18)),
    ("nineteenth", Word::Ordinal(19)),
    ("twentieth", Word::Ordinal(20)),
    ("thirtieth", Word::Ordinal(30)),
    ("was were been wasn weren", Word::Was),
    (
        "had did said told went came took made gave got saw left met won lost found began fell rose \
         held kept led paid sent sold spent stood thought brought bought caught built felt grew heard \
         knew meant ran shot spoke struck taught threw understood withdrew wrote became broke \
         chose drew drove fought flew forgot froze hid hit hurt quit read rode sang sank shook slept \
         stole swore wore arose awoke bore bound bred dealt dug fled forbade hung laid lent lit \
         overcame overthrew rang sought shut slid split spread swept swung tore undertook upheld wept",
        Word::PastVerb,
    ),
    (
        "will shall ll would due scheduled expected plans planned planning slated likely set \
         hopes hoping intends vowed promised agreed ready tentatively must should aims supposed \
         expects wants plan intend expect hope payable",
        Word::AheadVerb,
    ),
    (
        "people men women children troops soldiers workers employees jobs votes voters miles \
         kilometers kilometres km metres meters feet dollars euros pounds pence cents tons tonnes \
         shares homes houses seats students pupils patients victims cases deaths points units acres \
         hectares copies cars vehicles members refugees civilians prisoners migrants immigrants \
         residents families pages words stores schools hospitals planes aircraft tanks rounds tickets \
         guests delegates players fans customers users passengers barrels gallons litres liters \
         kg kilograms mph kph rpm calories percent head lives yards inches ft yen rupees rubles roubles \
         francs marks degrees applications companies countries cities books items species \
         nurses doctors teachers police officers protesters demonstrators rebels militants inmates \
         square cubic strong",
        Word::Counted,
    ),
    (
        "flight route highway section room number windows office article page resolution chapter \
         apartment bus box interstate platform channel model unit building street avenue suite \
         figure table no nos act",
        Word::Label,
    ),
    (
        "colour labour centre programme favour honour defence theatre neighbour neighbours metre \
         organisation organised realise realised recognised travelled travelling cheque tyre grey \
         favourite behaviour harbour rumour licence organisations programmes centres",
        Word::British,
    ),
    (
        "color labor center program favor honor defense theater neighbor neighbors meter \
         organization organized realize realized recognized traveled traveling gray favorite \
         behavior harbor rumor organizations programs centers",
        Word::American,
    ),
    (
        "christmas thanksgiving easter halloween boxing valentine valentines independence memorial \
         veterans election columbus martin mothers fathers mother father good palm ash \
         whit pentecost epiphany patrick bastille mayday armistice remembrance presidents \
         new maundy",
        Word::Feast,
    ),
];

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
