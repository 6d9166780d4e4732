//! Years, decades, centuries, quarters, halves and seasons.

use super::super::lexicon::Word;
use super::super::meaning::{Meaning, Year};
use super::{Grammar, Read, tens};
use crate::detect::calendar::Unit;

impl Grammar<'_> {
    /// Four digits that can be a year beside a month.
    pub(super) fn year_digits(&self, at: usize) -> Option<i32> {
        let Word::Number(value) = self.word(at) else { return None };
        let year = i32::try_from(value).ok().filter(|year| (1000..=2200).contains(year))?;
        let joined = self.glued(at + 1)
            && match self.word(at + 1) {
                Word::Mark(b'%') => true,
                Word::Mark(b':') => self.glued(at + 2) && self.digits(at + 2) > 0,
                Word::Other => !self.is(at + 1, "s"),
                _ => false,
            };
        (self.digits(at) == 4 && !joined).then_some(year)
    }

    /// A year alone: the words around it must not make it a quantity.
    pub(super) fn year(&self, at: usize) -> Option<Read> {
        if let Some(read) = self.before_christ(at) {
            return Some(read);
        }
        let year = self.year_digits(at)?;
        if self.is_money(at) || self.glued(at) && self.parted_number(at) {
            return None;
        }
        let read = Read::new("year", at, at + 1, Meaning::Year(Year::Given(year)));
        let behind = self.glued(at + 1) && matches!(self.word(at + 1), Word::Mark(b'/' | b'_'));
        if let Some(range) = self.year_range(at, year) {
            return Some(range);
        }
        if behind || self.word(at + 1) == Word::Dash && self.number_joined(at + 1) {
            return None;
        }
        self.is_year_here(at, year).then_some(read)
    }

    fn number_joined(&self, dash: usize) -> bool {
        self.glued(dash) && self.glued(dash + 1) && self.digits(dash + 1) > 0
    }

    /// Part of a longer number or name: "555-2010", "A/2009", "x2010".
    fn parted_number(&self, at: usize) -> bool {
        match self.before(at) {
            Word::Dash => self.digits(at.wrapping_sub(2)) > 0 && self.glued(at - 1),
            Word::Mark(mark) => matches!(mark, b'/' | b'+' | b'.' | b':' | b'_' | b'@'),
            Word::Apostrophe => false,
            _ => true,
        }
    }

    /// "1998-2001", "1998-99", "2015/16".
    fn year_range(&self, at: usize, year: i32) -> Option<Read> {
        let link = self.word(at + 1);
        if !matches!(link, Word::Dash | Word::Mark(b'/'))
            || !self.glued(at + 2) && link != Word::Dash
        {
            return None;
        }
        let Word::Number(end) = self.word(at + 2) else { return None };
        let end = i32::try_from(end).ok()?;
        let end = match self.digits(at + 2) {
            4 => end,
            2 => year - year % 100 + end,
            _ => return None,
        };
        let behind = self.glued(at + 3)
            && matches!(self.word(at + 3), Word::Dash | Word::Mark(b'/' | b':' | b'%'));
        (end > year && end - year < 500 && !behind && (1000..=2200).contains(&year)).then(|| {
            let mut read = Read::new("stretch", at, at + 3, Meaning::Year(Year::Given(year)));
            read.until = Some(Meaning::Year(Year::Given(end)));
            read
        })
    }

    fn is_year_here(&self, at: usize, year: i32) -> bool {
        let next = self.word(at + 1);
        let counted = next == Word::Counted
            || matches!(next, Word::Units(_) | Word::Unit(_) | Word::Times(_) | Word::Utc)
            || next == Word::Mark(b'%')
            || next == Word::Mark(b'$') && self.glued(at + 1);
        let plural = self.lexemes.get(at + 1).is_some_and(|it| it.plural && !it.capital);
        let usual = (1700..=2100).contains(&year);
        match self.before(at) {
            Word::In | Word::Since | Word::During => {
                next != Word::Mark(b'%') && !matches!(next, Word::Units(_) | Word::Times(_))
            }
            Word::Until | Word::Early | Word::Late | Word::Mid | Word::Fiscal | Word::Month(..) => {
                !counted
            }
            Word::Mark(b'(') => matches!(next, Word::Mark(b')' | b',' | b';') | Word::Dash),
            Word::Unit(Unit::Year) => true,
            Word::Counted
            | Word::Number(_)
            | Word::Decimal(..)
            | Word::Than
            | Word::About
            | Word::Nearly
            | Word::Over => usual && !counted && !plural && next != Word::Other && year % 100 != 0,
            Word::The | Word::Possessive | Word::Apostrophe | Word::This => usual && !counted,
            Word::Every | Word::Each | Word::Some | Word::Several => false,
            Word::From
            | Word::By
            | Word::Of
            | Word::To
            | Word::Between
            | Word::Before
            | Word::After
            | Word::And
            | Word::Or
            | Word::Dash => usual && !counted && !plural,
            _ => usual && year >= 1800 && !counted && !plural && !self.names_thing(at),
        }
    }

    /// "Windows 2000" is a thing of that name.
    fn names_thing(&self, at: usize) -> bool {
        self.before(at) == Word::Label
    }

    /// "508 BC", "AD 79".
    fn before_christ(&self, at: usize) -> Option<Read> {
        let Word::Number(value) = self.word(at) else { return None };
        let year = i32::try_from(value).ok().filter(|year| (1..=9999).contains(year))?;
        match self.word(at + 1) {
            Word::Bc if self.capital(at + 1) => {
                Some(Read::new("year", at, at + 2, Meaning::Year(Year::Given(-year))))
            }
            Word::Ad if self.capital(at + 1) && self.digits(at) > 1 => {
                Some(Read::new("year", at, at + 2, Meaning::Year(Year::Given(year))))
            }
            _ => None,
        }
    }

    /// "'98" and "'90s".
    pub(super) fn short_year(&self, at: usize) -> Option<Read> {
        let Word::Number(value) = self.word(at + 1) else { return None };
        let value = u8::try_from(value).ok()?;
        if !self.glued(at + 1) || self.digits(at + 1) != 2 || self.glued(at) && at > 0 {
            return None;
        }
        if self.is(at + 2, "s") && self.glued(at + 2) {
            let decade = (value % 10 == 0).then_some(Meaning::ShortDecade(value / 10))?;
            return Some(Read::new("decade", at, at + 3, decade));
        }
        // An opened quotation: '98 percent of them'.
        let led = matches!(self.before(at), Word::In | Word::Since | Word::Of | Word::The);
        led.then(|| Read::new("year", at, at + 2, Meaning::Year(Year::Short(value))))
    }

    /// "1990s", "1990's".
    pub(super) fn decade(&self, at: usize) -> Option<Read> {
        let Word::Number(value) = self.word(at) else { return None };
        let quoted = usize::from(self.word(at + 1) == Word::Apostrophe && self.glued(at + 1));
        let s = at + 1 + quoted;
        if !self.is(s, "s") || !self.glued(s) || value % 10 != 0 {
            return None;
        }
        let value = i32::try_from(value).ok()?;
        let meaning = match self.digits(at) {
            4 if (1000..=2100).contains(&value) => Meaning::Decade(value / 10),
            2 if matches!(self.before(at), Word::The | Word::Early | Word::Late | Word::Mid)
                || self.before(at) == Word::Dash =>
            {
                Meaning::ShortDecade(u8::try_from(value / 10).ok()?)
            }
            _ => return None,
        };
        Some(Read::new("decade", at, s + 1, meaning))
    }

    /// "the 20th century", "the seventh century BC".
    pub(super) fn century(&self, at: usize) -> Option<Read> {
        let (number, next) = self.ordinal(at)?;
        let next = self.past_hyphen(next);
        if !matches!(self.word(next), Word::Unit(Unit::Century)) || !(1..=30).contains(&number) {
            return None;
        }
        let number = i32::try_from(number).ok()?;
        if self.word(next + 1) == Word::Bc {
            return Some(Read::new("century", at, next + 2, Meaning::Century(-number)));
        }
        Some(Read::new("century", at, next + 1, Meaning::Century(number - 1)))
    }

    /// An ordinal, also in two words: "twenty-first".
    pub(super) fn ordinal(&self, at: usize) -> Option<(u32, usize)> {
        match self.word(at) {
            Word::Ordinal(value) => Some((value, at + 1)),
            Word::Number(value) if tens(value) => {
                let next = if self.word(at + 1) == Word::Dash { at + 2 } else { at + 1 };
                match self.word(next) {
                    Word::Ordinal(ones @ 1..=9) => Some((value + ones, next + 1)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A year as it is spoken: "nineteen ninety-six".
    pub(super) fn spoken_year(&self, at: usize) -> Option<(i32, usize)> {
        let Word::Number(century @ (17..=20)) = self.word(at) else { return None };
        if self.digits(at) > 0 {
            return None;
        }
        if century == 20 && !matches!(self.word(at + 1), Word::Number(10..=20)) {
            return None;
        }
        let next = self.past_hyphen(at + 1);
        let Word::Number(rest @ 10..=99) = self.word(next) else { return None };
        if self.digits(next) > 0 {
            return None;
        }
        let (rest, to) = match (tens(rest), self.past_hyphen(next + 1)) {
            (true, ones_at) => match self.word(ones_at) {
                Word::Number(ones @ 1..=9) if self.digits(ones_at) == 0 => {
                    (rest + ones, ones_at + 1)
                }
                _ => (rest, next + 1),
            },
            (false, _) => (rest, next + 1),
        };
        Some((i32::try_from(century * 100 + rest).ok()?, to))
    }

    pub(super) fn spoken(&self, at: usize) -> Option<Read> {
        let (year, to) = self.spoken_year(at)?;
        Some(Read::new("year", at, to, Meaning::Year(Year::Given(year))))
    }

    /// "third-quarter", "the first half of 2019", "second quarter last year".
    pub(super) fn quarter(&self, at: usize) -> Option<Read> {
        let (number, next) = self.ordinal(at)?;
        let next = if self.word(next) == Word::Fiscal { next + 1 } else { self.past_hyphen(next) };
        let number = u8::try_from(number).ok()?;
        let half = self.word(next) == Word::Half;
        if !half && self.word(next) != Word::Unit(Unit::Quarter) {
            return None;
        }
        if half && number > 2 || !(1..=4).contains(&number) {
            return None;
        }
        let (year, to) = self.year_of(next + 1);
        // "the second half" of a match has no year.
        if half && year == Year::Open {
            return None;
        }
        let meaning =
            if half { Meaning::Half { year, number } } else { Meaning::Quarter { year, number } };
        Some(Read::new(if half { "half" } else { "quarter" }, at, to, meaning))
    }

    /// "Q3", "Q3 2019".
    pub(super) fn quarter_by_letter(&self, at: usize) -> Option<Read> {
        let Word::Number(number @ 1..=4) = self.word(at + 1) else { return None };
        if !self.capital(at) || !self.glued(at + 1) || self.digits(at + 1) != 1 {
            return None;
        }
        let (year, to) = self.year_of(at + 2);
        let number = u8::try_from(number).ok()?;
        Some(Read::new("quarter", at, to, Meaning::Quarter { year, number }))
    }

    /// "of 1984", "of last year", "last year"; nothing where none stands there.
    pub(super) fn year_of(&self, at: usize) -> (Year, usize) {
        let mut next = self.past_mark(at, b',');
        if self.word(next) == Word::Of {
            next += 1;
        }
        if self.word(next) == Word::Fiscal {
            if let Some(short) = self.short_fiscal(next) {
                return short;
            }
            next += 1;
        }
        if let Some(year) = self.year_digits(next) {
            return (Year::Given(year), next + 1);
        }
        if let Some((year, to)) = self.spoken_year(next) {
            return (Year::Given(year), to);
        }
        let the = usize::from(self.word(next) == Word::The);
        let step = match self.word(next + the) {
            Word::Last | Word::Previous => Year::Step(-1),
            Word::This | Word::Current => Year::Step(0),
            Word::Next => Year::Step(1),
            Word::That => Year::Same(0),
            Word::Unit(Unit::Year) if the == 1 => return (Year::Step(0), next + 2),
            _ => return (Year::Open, at),
        };
        match self.word(next + the + 1) {
            Word::Unit(Unit::Year) => (step, next + the + 2),
            _ => (Year::Open, at),
        }
    }

    /// "fiscal 1989", "fiscal year 2020".
    pub(super) fn fiscal(&self, at: usize) -> Option<Read> {
        let next = at + 1 + usize::from(self.word(at + 1) == Word::Unit(Unit::Year));
        if let Some(year) = self.year_digits(next) {
            return Some(Read::new("fiscal year", at, next + 1, Meaning::Year(Year::Given(year))));
        }
        if let Some((year, to)) = self.short_fiscal(at) {
            return Some(Read::new("fiscal year", at, to, Meaning::Year(year)));
        }
        let quarter = self.quarter(self.past_hyphen(at + 1))?;
        Some(quarter.starting(at))
    }

    /// "FY23", "fiscal '23": the year and the place behind it.
    fn short_fiscal(&self, fiscal: usize) -> Option<(Year, usize)> {
        let year_word = usize::from(self.word(fiscal + 1) == Word::Unit(Unit::Year));
        let mark = usize::from(self.word(fiscal + 1 + year_word) == Word::Apostrophe);
        let at = fiscal + 1 + year_word + mark;
        let Word::Number(short) = self.word(at) else { return None };
        let led = mark == 1 || self.is(fiscal, "fy");
        let year = Year::Short(u8::try_from(short).ok()?);
        (led && self.digits(at) == 2).then_some((year, at + 1))
    }

    /// "summer 2024", "the winter of 1994"; without a year only after a word of time.
    pub(super) fn season(&self, at: usize) -> Option<Read> {
        let Word::Season(season, ambiguous) = self.word(at) else { return None };
        // "the Winter Olympics"
        if self.capital(at) && self.capital(at + 1) && self.is_name_word(at + 1) {
            return None;
        }
        let (year, to) = self.year_of(at + 1);
        let led = match self.before(at) {
            Word::In | Word::During | Word::Since | Word::Until | Word::By => !ambiguous,
            Word::Early | Word::Late | Word::Mid => true,
            Word::The => {
                !ambiguous
                    || matches!(
                        self.word_back(at, 2),
                        Word::In | Word::During | Word::Since | Word::Until | Word::By
                    ) && self.word(at + 1) != Word::Of
            }
            _ => false,
        };
        (year != Year::Open || led)
            .then(|| Read::new("season", at, to, Meaning::Season { year, season }))
    }
}
