//! Months, days and weekdays.

use super::super::lexicon::Word;
use super::super::meaning::{Meaning, Year};
use super::{Grammar, Read};

impl Grammar<'_> {
    /// "Oct. 22, 2024", "October 2024", "October", "Oct 22-24".
    pub(super) fn month_first(&self, at: usize) -> Option<Read> {
        let (month, next) = self.month(at)?;
        if let Some(read) = self.month_in_marks(at, month, next) {
            return Some(read);
        }
        if let Some((day, to)) = self.day_behind(next) {
            // "Oct 22 - 24 Nov" has its own month behind.
            let range = self.day_range(to, day).filter(|(_, end)| self.month(*end).is_none());
            if let Some((last, end)) = range {
                let (year, end) = self.year_behind(end);
                let mut read = Read::new("date", at, end, Meaning::Day { year, month, day });
                read.until = Some(Meaning::Day { year, month, day: last });
                return Some(read);
            }
            let (year, to) = self.year_behind(to);
            return Some(Read::new("date", at, to, Meaning::Day { year, month, day }));
        }
        let (year, to) = self.year_behind(next);
        if year == Year::Open && !self.is_month_alone(at, next) {
            return None;
        }
        Some(Read::new("month", at, to, Meaning::Month { year, month }))
    }

    /// A month's number and the place behind it with its full stop.
    pub(super) fn month(&self, at: usize) -> Option<(u8, usize)> {
        match self.word(at) {
            Word::Month(month, ambiguous)
                if self.capital(at) || !ambiguous || self.is_beside_day(at) =>
            {
                Some((month, at + 1))
            }
            Word::MonthShort(month) if self.capital(at) => {
                let dot = self.word(at + 1) == Word::Mark(b'.') && self.glued(at + 1);
                Some((month, at + 1 + usize::from(dot)))
            }
            _ => None,
        }
    }

    /// Whether a word in small letters that can be another one ("march") is a month by the day
    /// beside it: "march 3", "the 2nd of march".
    fn is_beside_day(&self, at: usize) -> bool {
        let ordinal = |at: usize| matches!(self.word(at), Word::Ordinal(_));
        let led = self.before(at) == Word::Of && at.checked_sub(2).is_some_and(ordinal)
            || at.checked_sub(1).is_some_and(ordinal) && self.digits(at - 1) > 0;
        let plain = matches!(self.word(at), Word::Month(3, _)) && self.digits(at + 1) > 0;
        led || plain && self.day_number(at + 1).is_some()
    }

    /// The day behind a month, in digits or as it is spoken: "3", "third", "twenty-third".
    fn day_behind(&self, at: usize) -> Option<(u8, usize)> {
        if self.digits(at) > 0 || self.day_number(at).is_some() {
            return Some((self.day_number(at)?, at + 1));
        }
        let (value, to) = self.ordinal(at).filter(|(_, to)| *to > at + 1)?;
        let day = u8::try_from(value).ok().filter(|day| (21..=31).contains(day))?;
        Some((day, to))
    }

    /// A number from 1 to 31 that can be a day.
    fn day_number(&self, at: usize) -> Option<u8> {
        let (Word::Number(value) | Word::Ordinal(value)) = self.word(at) else { return None };
        let digits = self.digits(at);
        let plain = matches!(digits, 1 | 2);
        let followed = match self.word(at + 1) {
            Word::Mark(b':' | b'/') => self.glued(at + 1) && self.digits(at + 2) > 0,
            Word::Mark(b'%') | Word::Counted | Word::Units(_) | Word::Times(_) => true,
            _ => false,
        };
        let value = u8::try_from(value).ok().filter(|day| (1..=31).contains(day))?;
        // "March eighth"; "May second-quarter sales" is none.
        let behind = self.word(self.past_hyphen(at + 1));
        let spoken = digits == 0
            && matches!(self.word(at), Word::Ordinal(_))
            && matches!(self.before(at), Word::Month(..))
            && !matches!(behind, Word::Unit(_) | Word::Units(_) | Word::Half | Word::Fiscal)
            && (behind != Word::Other || self.capital(at + 1));
        ((plain || spoken) && !followed).then_some(value)
    }

    /// The last day of "22-24" or "22 to 24", where `at` is behind the first.
    fn day_range(&self, at: usize, first: u8) -> Option<(u8, usize)> {
        if !matches!(self.word(at), Word::Dash | Word::To | Word::Through | Word::Until) {
            return None;
        }
        let last = self.day_number(at + 1)?;
        (last > first).then_some((last, at + 2))
    }

    /// The year behind a month or day; `at` itself where none stands there.
    fn year_behind(&self, at: usize) -> (Year, usize) {
        let mut next = self.past_mark(at, b',');
        if self.word(next) == Word::Of {
            next += 1;
        }
        if let Some(year) = self.year_digits(next) {
            return (Year::Given(year), next + 1);
        }
        if let Some((year, to)) = self.spoken_year(next) {
            return (Year::Given(year), to);
        }
        if self.word(next) == Word::Apostrophe
            && self.digits(next + 1) == 2
            && self.glued(next + 1)
            && let Word::Number(short) = self.word(next + 1)
        {
            return (Year::Short(u8::try_from(short).unwrap_or(0)), next + 2);
        }
        let step = match self.word(next) {
            Word::Last => -1,
            Word::This => 0,
            Word::Next => 1,
            _ => return (Year::Open, at),
        };
        match self.word(next + 1) {
            Word::Unit(crate::detect::calendar::Unit::Year) => (Year::Step(step), next + 2),
            _ => (Year::Open, at),
        }
    }

    /// Whether a month without a number beside it is one, and no verb and no name.
    fn is_month_alone(&self, at: usize, next: usize) -> bool {
        if matches!(self.word(at), Word::MonthShort(_)) {
            // "Jan" and "Mar" are names; a full stop or a word of time before makes them months.
            return self.word(next - 1) == Word::Mark(b'.') && !self.capital(next)
                || self.leads_to_time(at);
        }
        let Word::Month(month, ambiguous) = self.word(at) else { return false };
        if self.leads_to_time(at) {
            return true;
        }
        let previous = at.wrapping_sub(1);
        let named = self.capital(previous) && self.is_name_word(previous);
        let name_like = ambiguous || matches!(month, 4 | 6 | 8);
        if name_like && (named || self.capital(next) && self.is_name_word(next)) {
            return false;
        }
        if !ambiguous {
            return true;
        }
        // "the March accession", but "the March on Rome".
        let noun = self.word(next) == Word::Other && !self.capital(next) && !self.glued(next);
        if month == 3 && self.before(at) == Word::The && noun {
            return true;
        }
        let verb = matches!(self.before(at), Word::The | Word::Mark(_)) || at == 0;
        !verb && self.before(at) == Word::Possessive
    }

    /// Whether a word says nothing of times by itself, so that with a capital it is of a name.
    pub(super) fn is_name_word(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            Word::Other
                | Word::Feast
                | Word::American
                | Word::British
                | Word::Counted
                | Word::Label
        )
    }

    fn leads_to_time(&self, at: usize) -> bool {
        match self.before(at) {
            Word::In
            | Word::Since
            | Word::Until
            | Word::During
            | Word::Last
            | Word::Next
            | Word::This
            | Word::Early
            | Word::Late
            | Word::Mid
            | Word::Of
            | Word::Through
            | Word::Every
            | Word::Each => true,
            Word::By | Word::From | Word::To | Word::Before | Word::After | Word::Between => {
                !matches!(self.word(at), Word::Month(3 | 5, _)) || !self.capital(at + 1)
            }
            Word::Dash => matches!(self.word_back(at, 2), Word::Mid | Word::Month(..)),
            _ => false,
        }
    }

    /// "Friday", "Friday, Oct. 22", "Friday the 13th", "Monday nights".
    pub(super) fn weekday(&self, at: usize) -> Option<Read> {
        let (day, short) = match self.word(at) {
            Word::Weekday(day) => (day, false),
            Word::WeekdayShort(day) if self.capital(at) => (day, true),
            Word::Weekdays(day) => {
                if let Word::Part(_) | Word::Parts(_) = self.word(at + 1) {
                    return Some(Read::new("set", at, at + 2, Meaning::EveryWeekday(day)));
                }
                return Some(Read::new("set", at, at + 1, Meaning::EveryWeekday(day)));
            }
            _ => return None,
        };
        // "Saturday Night Live" is a name.
        let part = matches!(self.word(at + 1), Word::Part(_)) && self.capital(at + 1);
        if part && self.capital(at + 2) && self.is_name_word(at + 2) {
            return None;
        }
        let mut next = at + 1;
        if short && self.word(next) == Word::Mark(b'.') && self.glued(next) {
            next += 1;
        }
        if let Some(dated) = self.dated(next) {
            return Some(dated.starting(at));
        }
        if short && !matches!(self.before(at), Word::On | Word::Last | Word::Next | Word::This) {
            return None;
        }
        if let Word::Parts(part) = self.word(next) {
            let mut read = Read::new("set", at, next + 1, Meaning::EveryWeekday(day));
            read.clock = Some(super::Clock::Part(part));
            return Some(read);
        }
        // "Tuesday of last week" is left to its parts.
        Some(Read::new("weekday", at, next, Meaning::Weekday(day, 2)))
    }

    /// The date behind a weekday: ", Oct. 22", " 22 October".
    pub(super) fn dated(&self, at: usize) -> Option<Read> {
        let behind = self.past_mark(at, b',');
        let read = match self.word(behind) {
            Word::Month(..) | Word::MonthShort(_) => self.month_first(behind),
            Word::Number(_) | Word::Ordinal(_) => self.day_first(behind),
            Word::The => self.day_first(behind + 1),
            _ => None,
        };
        read.filter(Read::is_day)
    }

    /// "22 October 2024", "22nd of October", "22-24 October".
    pub(super) fn day_first(&self, at: usize) -> Option<Read> {
        let (day, mut next) = match self.day_number(at) {
            Some(day) => (day, at + 1),
            None => self.day_in_words(at)?,
        };
        let mut first = None;
        if let Some((last, to)) = self.day_range(next, day) {
            (first, next) = (Some(last), to);
        }
        next = self.past_hyphen(next);
        if self.word(next) == Word::Of {
            next += 1;
        }
        let (month, to) = self.month(next)?;
        let (year, to) = self.year_behind(self.past_hyphen(to));
        // "10 May voters" with a verb-like month needs its day's spelling to be trusted; days
        // before a month are.
        let mut read = Read::new("date", at, to, Meaning::Day { year, month, day });
        read.until = first.map(|last| Meaning::Day { year, month, day: last });
        Some(read)
    }

    /// "the second of March": only before "of" and a month, for a second is a length, too.
    fn day_in_words(&self, at: usize) -> Option<(u8, usize)> {
        let (value, next) = self.ordinal(at)?;
        let day = u8::try_from(value).ok().filter(|day| (1..=31).contains(day))?;
        let month = self.word(next) == Word::Of && self.month(next + 1).is_some();
        month.then_some((day, next))
    }

    /// "2024-10-11", "10/11/2024", "11.10.24".
    pub(super) fn numeric_date(&self, at: usize) -> Option<Read> {
        let part = |place: usize| match self.word(place) {
            Word::Number(value) if self.digits(place) <= 4 => Some((value, self.digits(place))),
            _ => None,
        };
        let mark = self.word(at + 1);
        let separated = matches!(mark, Word::Mark(b'/' | b'.')) || mark == Word::Dash;
        if !separated || mark != self.word(at + 3) || !(1..=4).all(|step| self.glued(at + step)) {
            return None;
        }
        let before = self.glued(at) && !matches!(self.before(at), Word::Mark(b'(' | b'[' | b'"'));
        let behind = self.glued(at + 5)
            && matches!(self.word(at + 5), Word::Dash | Word::Number(_) | Word::Mark(b'/'));
        if before || behind {
            return None;
        }
        let ((a, a_digits), (b, b_digits), (c, c_digits)) =
            (part(at)?, part(at + 2)?, part(at + 4)?);
        let small = |value: u32| u8::try_from(value).ok().filter(|it| (1..=31).contains(it));
        if a_digits == 4 && b_digits <= 2 && c_digits <= 2 {
            let meaning = Meaning::Day {
                year: Year::Given(i32::try_from(a).ok()?),
                month: small(b)?,
                day: small(c)?,
            };
            return Some(Read::new("date", at, at + 5, meaning));
        }
        let year = match c_digits {
            4 => Year::Given(i32::try_from(c).ok()?),
            2 if a_digits <= 2 && b_digits <= 2 => Year::Short(u8::try_from(c).ok()?),
            _ => return None,
        };
        let (first, second) = (small(a)?, small(b)?);
        if first > 12 && second > 12 {
            return None;
        }
        // Where the dot separates, the day comes first everywhere.
        let (rule, meaning) = if first > 12 || mark == Word::Mark(b'.') && second <= 12 {
            ("day before month", Meaning::Day { year, month: second, day: first })
        } else if second > 12 {
            ("month before day", Meaning::Day { year, month: first, day: second })
        } else {
            ("numeric date", Meaning::Slashes { year, first, second })
        };
        Some(Read::new(rule, at, at + 5, meaning))
    }

    /// Everything that starts with a number.
    pub(super) fn number_first(&self, at: usize) -> Option<Read> {
        if self.is_money(at) {
            return None;
        }
        self.numeric_date(at)
            .or_else(|| self.month_slash(at))
            .or_else(|| self.nine_eleven(at))
            .or_else(|| self.two_numbers(at))
            .or_else(|| self.day_in_marks(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.clock_first(at))
            .or_else(|| self.century(at))
            .or_else(|| self.quarter(at))
            .or_else(|| self.length(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.spoken(at))
            .or_else(|| self.year(at))
            .or_else(|| self.second_day(at))
    }

    /// "Sep-23-2020", "Dec/2018".
    fn month_in_marks(&self, at: usize, month: u8, next: usize) -> Option<Read> {
        if next != at + 1 || !self.is_joint(next) {
            return None;
        }
        if let Some(year) = self.year_digits(next + 1) {
            let meaning = Meaning::Month { year: Year::Given(year), month };
            return Some(Read::new("month", at, next + 2, meaning));
        }
        let day = self.day_number(next + 1)?;
        let year = self.year_digits(next + 3).filter(|_| self.is_joint(next + 2))?;
        let meaning = Meaning::Day { year: Year::Given(year), month, day };
        Some(Read::new("date", at, next + 4, meaning))
    }

    /// "31/Oct/1974", "8-Oct-2012", "2012/Aug/10".
    fn day_in_marks(&self, at: usize) -> Option<Read> {
        if !self.is_joint(at + 1) || !self.is_joint(at + 3) || self.glued(at) && at > 0 {
            return None;
        }
        let (month, to) = self.month(at + 2)?;
        let (day, year) = match self.year_digits(at) {
            Some(year) => (self.day_number(at + 4)?, year),
            None => (self.day_number(at)?, self.year_digits(at + 4)?),
        };
        let meaning = Meaning::Day { year: Year::Given(year), month, day };
        (to == at + 3).then(|| Read::new("date", at, at + 5, meaning))
    }

    /// A slash or hyphen without a space on either side.
    fn is_joint(&self, at: usize) -> bool {
        matches!(self.word(at), Word::Mark(b'/') | Word::Dash)
            && self.glued(at)
            && self.glued(at + 1)
    }

    /// "on 22/04", "Friday 5/12": without a year only where a date must stand.
    fn two_numbers(&self, at: usize) -> Option<Read> {
        if self.word(at + 1) != Word::Mark(b'/') || !self.is_joint(at + 1) {
            return None;
        }
        let small = |at: usize| match self.word(at) {
            Word::Number(value) if matches!(self.digits(at), 1 | 2) => u8::try_from(value).ok(),
            _ => None,
        };
        let led = matches!(
            self.before(at),
            Word::On | Word::Until | Word::Weekday(_) | Word::WeekdayShort(_)
        );
        let alone = !self.glued(at + 3)
            || matches!(self.word(at + 3), Word::Mark(b',' | b'.' | b')' | b';' | b'?' | b'!'));
        let (first, second) = (small(at)?, small(at + 2)?);
        let known = |month: u8, day: u8| (1..=12).contains(&month) && (1..=31).contains(&day);
        // "on 24/7" says how long.
        if !led || !alone || (first, second) == (24, 7) {
            return None;
        }
        let (year, to) = (Year::Open, at + 3);
        Some(match (known(second, first), known(first, second)) {
            (true, true) => {
                Read::new("numeric date", at, to, Meaning::Slashes { year, first, second })
            }
            (true, false) => {
                let meaning = Meaning::Day { year, month: second, day: first };
                Read::new("day before month", at, to, meaning)
            }
            (false, true) => {
                let meaning = Meaning::Day { year, month: first, day: second };
                Read::new("month before day", at, to, meaning)
            }
            (false, false) => return None,
        })
    }

    /// "on the 18th": a day whose month is known from elsewhere. `at` is the number.
    pub(super) fn day_of_month(&self, from: usize, at: usize) -> Option<Read> {
        let day = self.day_number(at).filter(|_| self.digits(at) > 0)?;
        let ordinal = matches!(self.word(at), Word::Ordinal(_));
        // "on the 18th floor", "on the 18th century"
        let ends = match self.word(at + 1) {
            Word::Mark(mark) => matches!(mark, b'.' | b',' | b';' | b')' | b'?' | b'!' | b':'),
            Word::And | Word::Or | Word::In | Word::At | Word::By | Word::To | Word::From => true,
            Word::Other => at + 1 >= self.lexemes.len(),
            _ => false,
        };
        (ordinal && ends && self.before(from) == Word::On)
            .then(|| Read::new("date", from, at + 1, Meaning::DayOfMonth(day)))
    }

    /// "9/11": the day that everybody calls so.
    fn nine_eleven(&self, at: usize) -> Option<Read> {
        if self.word(at) != Word::Number(9) || self.word(at + 2) != Word::Number(11) {
            return None;
        }
        // "the 9/11 Commission" is a name.
        let name = self.capital(at + 3) && self.word(at + 3) == Word::Other;
        let named = self.word(at + 1) == Word::Mark(b'/') && self.digits(at) == 1 && !name;
        let alone = !self.glued(at + 3)
            || matches!(
                self.word(at + 3),
                Word::Mark(b',' | b'.' | b')' | b';') | Word::Dash | Word::Apostrophe
            );
        let day = Meaning::Day { year: Year::Given(2001), month: 9, day: 11 };
        (named && alone && self.glued(at + 1) && self.glued(at + 2) && !self.glued(at))
            .then(|| Read::new("date", at, at + 3, day))
    }

    /// "2024-10" and "10/2024".
    fn month_slash(&self, at: usize) -> Option<Read> {
        let (Word::Number(a), Word::Number(b)) = (self.word(at), self.word(at + 2)) else {
            return None;
        };
        if !self.glued(at + 1) || !self.glued(at + 2) || self.glued(at) {
            return None;
        }
        let glued_behind = self.glued(at + 3)
            && !matches!(self.word(at + 3), Word::Mark(b',' | b'.' | b')' | b';'));
        let (year, month) = match (self.word(at + 1), self.digits(at), self.digits(at + 2)) {
            (Word::Mark(b'/'), 1 | 2, 4) => (b, a),
            (Word::Dash, 4, 2) if (1..=12).contains(&b) && b < 13 => (a, b),
            _ => return None,
        };
        let year = i32::try_from(year).ok().filter(|year| (1000..=2100).contains(year))?;
        let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        // "2001-02" is more often two winters of one season than a month.
        if glued_behind || self.word(at + 1) == Word::Dash {
            return None;
        }
        let meaning = Meaning::Month { year: Year::Given(year), month };
        Some(Read::new("numeric date", at, at + 3, meaning))
    }

    /// Whether a currency sign or a "No." stands before a number.
    pub(super) fn is_money(&self, at: usize) -> bool {
        match self.before(at) {
            Word::Mark(b'$' | b'#' | b'&' | b'=' | b'*') => true,
            Word::Mark(b'.' | b',') => self.glued(at),
            Word::Label => !matches!(self.word(at), Word::Ordinal(_)),
            _ => false,
        }
    }

    /// "April 24 and 25": the second day.
    fn second_day(&self, at: usize) -> Option<Read> {
        let day = self.day_number(at)?;
        let first = |back| {
            matches!(self.word_back(at, back), Word::Number(_) | Word::Ordinal(_))
                && matches!(self.word_back(at, back + 1), Word::Month(..) | Word::MonthShort(_))
        };
        let dotted = self.word_back(at, 3) == Word::Mark(b'.')
            && matches!(self.word_back(at, 4), Word::MonthShort(_));
        (self.before(at) == Word::And
            && (first(2) || dotted)
            && !matches!(self.word(at + 1), Word::Other if !self.capital(at + 1) && self.lexemes[at + 1].plural))
        .then(|| Read::new("date", at, at + 1, Meaning::DayOfMonth(day)))
    }
}
