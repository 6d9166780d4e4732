//! What an expression of time says, before it is laid on the calendar.

use crate::detect::calendar::{Holiday, Unit};

/// An expression as the grammar has read it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expression {
    /// First byte.
    pub start: u32,
    /// First byte behind it.
    pub end: u32,
    /// Number of the article's block that it stands in.
    pub block: u32,
    /// What it says.
    pub meaning: Meaning,
    /// The other end, where it is a stretch of time from one point to another.
    pub until: Option<Meaning>,
    /// The time of day with it.
    pub clock: Option<Clock>,
    /// What TIMEX3 calls `mod`.
    pub modifier: Option<&'static str>,
    /// The grammar rule that read it.
    pub rule: &'static str,
    /// Which way the verbs around it look.
    pub tense: Tense,
    /// Whether "since" stands before it.
    pub since: bool,
}

/// Which way the verbs of a clause look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// A verb of the past stands beside the time: "resigned in November".
    Told,
    Past,
    Unknown,
    Future,
}

impl Tense {
    pub(super) const fn is_past(self) -> bool {
        matches!(self, Self::Told | Self::Past)
    }
}

/// The year of a month, day, season or quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// Written beside it.
    Given(i32),
    /// Written with its last two digits.
    Short(u8),
    /// Not said.
    Open,
    /// So many calendar years from the article's: "June last year".
    Step(i8),
    /// The nearest one in that direction: "last June".
    Nearest(i8),
    /// That of the time mentioned before.
    Same(i8),
}

/// How many of a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    /// None for "several".
    pub whole: Option<u32>,
    /// Digits behind the decimal point with their number; `(5, 1)` for a half.
    pub fraction: (u32, u8),
}

impl Amount {
    pub(super) const VAGUE: Self = Self { whole: None, fraction: (0, 0) };

    pub(super) const fn of(whole: u32) -> Self {
        Self { whole: Some(whole), fraction: (0, 0) }
    }
}

/// A time on the calendar, a length, or a time that comes again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    Day {
        year: Year,
        month: u8,
        day: u8,
    },
    /// The week that holds a day.
    WeekOf {
        year: Year,
        month: u8,
        day: u8,
    },
    /// The months that are reported on, in this year.
    PeriodOf(i32),
    /// Two numbers whose order is not sure: the first may be the day or the month.
    Slashes {
        year: Year,
        first: u8,
        second: u8,
    },
    Month {
        year: Year,
        month: u8,
    },
    Year(Year),
    /// Its first three digits.
    Decade(i32),
    /// Its third digit; the century is not said.
    ShortDecade(u8),
    /// Its first two digits; negative before Christ.
    Century(i32),
    Season {
        year: Year,
        season: &'static str,
    },
    Quarter {
        year: Year,
        number: u8,
    },
    Half {
        year: Year,
        number: u8,
    },
    /// Monday is 1; -1 for "last Monday", 1 for "next Monday", 2 for "Monday" alone.
    Weekday(u8, i8),
    /// A day of the month said or mentioned before: "the 21st".
    DayOfMonth(u8),
    /// A feast in a year.
    Feast {
        year: Year,
        holiday: Holiday,
    },
    /// So many units from the article's day.
    Step(Unit, i32),
    /// So many units from the time mentioned before.
    StepFromLast(Unit, i32),
    /// A vague number of units away: the direction.
    Vague(i8),
    Now,
    /// Only the time of day is said.
    Clock,
    Duration(Amount, Unit),
    /// Every so many units.
    Every(Amount, Unit),
    /// Every such weekday.
    EveryWeekday(u8),
    /// Every such month.
    EveryMonth(u8),
    /// Every such season.
    EverySeason(&'static str),
    /// Every such part of the day.
    EveryPart(&'static str),
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// `MO`, `AF`, `EV`, `NI`.
    Part(&'static str),
    /// Hour, minute, second, and whether it is Greenwich time.
    At { hour: u8, minute: Option<u8>, second: Option<u8>, utc: bool },
}
