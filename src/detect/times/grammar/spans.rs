//! Lengths of time, and times that come again.

use super::super::lexicon::Word;
use super::super::meaning::{Amount, Clock, Meaning, Year};
use super::{Grammar, Read, amount, tens};
use crate::detect::calendar::Unit;

impl Grammar<'_> {
    /// "two weeks", "a year and a half", "two weeks ago", "a year later".
    pub(super) fn length(&self, at: usize) -> Option<Read> {
        if self.is_money(at) {
            return None;
        }
        let (how_many, next) = self.amount(at)?;
        let mut unit_at = self.past_hyphen(next);
        if self.word(unit_at) == Word::More {
            unit_at += 1;
        }
        for _ in 0..2 {
            if self.word(unit_at) == Word::Filler {
                unit_at += 1;
            }
        }
        let unit = self.unit_after(unit_at, how_many, next)?;
        // "a year-earlier loss" is counted from the time before.
        if unit == Unit::Year
            && self.word(at) == Word::A
            && self.word(unit_at + 1) == Word::Dash
            && matches!(self.word(unit_at + 2), Word::Earlier | Word::Ago)
        {
            return None;
        }
        // "three-quarters of the vote", "a quarter of them"
        if unit == Unit::Quarter
            && (how_many == amount(1) || self.word(unit_at + 1) == Word::Of || unit_at > next)
        {
            return None;
        }
        let (how_many, mut to) = self.and_a_half(how_many, unit_at + 1);
        let mut read = Read::new("length", at, to, Meaning::Duration(how_many, unit));
        if self.word(to) == Word::Or && self.word(to + 1) == Word::So {
            to += 2;
            read.to = to;
            read.modifier = Some("APPROX");
        }
        let old = self.past_hyphen(to);
        // How old somebody is tells neither when nor how long something happens.
        if self.word(old) == Word::Old
            || self.word(to) == Word::Of && self.word(to + 1) == Word::Age
        {
            return None;
        }
        if old > to && self.word(old) == Word::Long {
            read.to = old + 1;
            return Some(read);
        }
        Some(self.moved(read, how_many, unit, to))
    }

    /// "ago", "earlier", "later", "from now" behind a length.
    fn moved(&self, read: Read, how_many: Amount, unit: Unit, to: usize) -> Read {
        // "two decades ago" means a year, not ten of them.
        let (unit, years) = match unit {
            Unit::Decade => (Unit::Year, 10),
            Unit::Century => (Unit::Year, 100),
            Unit::Fortnight => (Unit::Week, 2),
            unit => (unit, 1),
        };
        let count = how_many.whole.and_then(|it| i32::try_from(it).ok()?.checked_mul(years));
        let exact = how_many.fraction.0 == 0 && how_many.whole.is_some();
        let step = |steps: i32| match count {
            Some(count) if exact && unit >= Unit::Day => {
                Meaning::Step(unit, count.saturating_mul(steps))
            }
            _ => Meaning::Vague(if steps < 0 { -1 } else { 1 }),
        };
        // "a few days later" in a story is neither past nor future: it stays a length.
        let from_last = |steps: i32| {
            count
                .filter(|_| exact && unit >= Unit::Day)
                .map(|count| Meaning::StepFromLast(unit, count.saturating_mul(steps)))
        };
        let (meaning, rule, to) = match self.word(to) {
            Word::Ago => (step(-1), "ago", to + 1),
            Word::Earlier | Word::Previous => match from_last(-1) {
                Some(meaning) => (meaning, "from the last time", to + 1),
                None => return read,
            },
            // "a year later" goes on from what was told; "three days later than planned" does not.
            Word::Later if self.word(to + 1) != Word::Than => match from_last(1) {
                Some(meaning) => (meaning, "from the last time", to + 1),
                None => return read,
            },
            Word::From if matches!(self.word(to + 1), Word::Now | Word::Day(0)) => {
                (step(1), "from now", to + 2)
            }
            _ => return read,
        };
        Read { to, meaning, rule, ..read }
    }

    fn unit_after(&self, at: usize, how_many: Amount, number_end: usize) -> Option<Unit> {
        match self.word(at) {
            Word::Units(unit) => Some(unit),
            // "for two nights"
            Word::Parts("NI") | Word::Part("NI")
                if how_many.whole.is_some_and(|it| it > 1)
                    || self.is(at.wrapping_sub(1), "one") =>
            {
                Some(Unit::Day)
            }
            Word::Unit(unit) => {
                let one = how_many == amount(1) || how_many.whole == Some(0);
                let hyphen = self.before(at) == Word::Dash && at > number_end;
                // "five year low", as it is transcribed from speech; "1989 year" is none.
                let spoken = how_many.whole.is_some_and(|it| it < 200)
                    && unit != Unit::Minute
                    && self.digits(number_end.wrapping_sub(1)) <= 2
                    && !matches!(self.word(number_end.wrapping_sub(1)), Word::A);
                (one || hyphen || spoken).then_some(unit)
            }
            // One second is a length, "a second attempt" is not.
            Word::Ordinal(2) if how_many == amount(1) && self.digits(at) == 0 => {
                let one = self.is(at.wrapping_sub(1), "one");
                one.then_some(Unit::Second)
            }
            _ => None,
        }
    }

    /// "and a half" behind a unit.
    fn and_a_half(&self, how_many: Amount, at: usize) -> (Amount, usize) {
        if self.word(at) == Word::And
            && self.word(at + 1) == Word::A
            && self.word(at + 2) == Word::Half
        {
            return (Amount { fraction: (5, 1), ..how_many }, at + 3);
        }
        (how_many, at)
    }

    /// A number in digits or words, "a few", "several", "a couple of".
    pub(super) fn amount(&self, at: usize) -> Option<(Amount, usize)> {
        let half = |whole| Amount { whole: Some(whole), fraction: (5, 1) };
        match self.word(at) {
            Word::Decimal(whole, fraction) => {
                Some((Amount { whole: Some(whole), fraction: (fraction, self.digits(at)) }, at + 1))
            }
            Word::Number(value) => {
                let (value, next) = self.number_words(at, value);
                // "2 1/2 years"
                if self.word(next) == Word::Number(1)
                    && self.word(next + 1) == Word::Mark(b'/')
                    && self.word(next + 2) == Word::Number(2)
                {
                    return Some((half(value), next + 3));
                }
                // "two and a half years"
                if let (_, to) = self.and_a_half(amount(value), next)
                    && to > next
                {
                    return Some((half(value), to));
                }
                // "two to three weeks", "12-18 months": the first number counts.
                let linked = matches!(self.word(next), Word::To | Word::Or | Word::Dash);
                if linked && let Word::Number(other) = self.word(next + 1) {
                    let (other, to) = self.number_words(next + 1, other);
                    let unit = self.past_hyphen(to);
                    if other > value && matches!(self.word(unit), Word::Units(_) | Word::Unit(_)) {
                        return Some((amount(value), to));
                    }
                }
                Some((amount(value), next))
            }
            Word::Several | Word::Few => Some((Amount::VAGUE, at + 1)),
            Word::Some if matches!(self.word(at + 1), Word::Units(_)) => {
                Some((Amount::VAGUE, at + 1))
            }
            Word::Some => self.amount(at + 1).filter(|(it, _)| it.whole.is_some()),
            Word::Half if self.word(at + 1) == Word::A => Some((half(0), at + 2)),
            Word::Half if matches!(self.word(self.past_hyphen(at + 1)), Word::Unit(_)) => {
                Some((half(0), at + 1))
            }
            Word::Couple => Some((amount(2), at + 1 + usize::from(self.word(at + 1) == Word::Of))),
            Word::Times(value) => Some((amount(value), at + 1)),
            Word::A => match self.word(at + 1) {
                Word::Few | Word::Couple | Word::Times(_) => self.amount(at + 1),
                Word::Number(12) if self.digits(at + 1) == 0 => Some((amount(12), at + 2)),
                Word::Half => {
                    let hyphen = self.past_hyphen(at + 2);
                    matches!(self.word(hyphen), Word::Unit(_)).then(|| (half(0), at + 2))
                }
                Word::Unit(_) | Word::Filler => Some((amount(1), at + 1)),
                _ => None,
            },
            _ => None,
        }
    }

    /// "twenty-four", "two hundred", "thirty thousand".
    pub(super) fn number_words(&self, at: usize, value: u32) -> (u32, usize) {
        let (mut value, mut next) = (value, at + 1);
        if tens(value) && self.digits(at) == 0 {
            let ones_at = self.past_hyphen(next);
            if let Word::Number(ones @ 1..=9) = self.word(ones_at)
                && self.digits(ones_at) == 0
            {
                (value, next) = (value + ones, ones_at + 1);
            }
        }
        while let Word::Times(times) = self.word(next) {
            (value, next) = (value.saturating_mul(times), next + 1);
        }
        (value, next)
    }

    /// Tells "$5 a year" and "twice a week" from "for a year".
    pub(super) fn as_rate(&self, at: usize, read: Read) -> Option<Read> {
        let Meaning::Duration(how_many, unit) = read.meaning else { return Some(read) };
        if self.word(at) != Word::A || how_many != amount(1) || read.rule != "length" {
            return Some(read);
        }
        let rate = Read { meaning: Meaning::Every(how_many, unit), rule: "rate", ..read };
        match self.before(at) {
            Word::Number(_)
            | Word::Decimal(..)
            | Word::Times(_)
            | Word::Counted
            | Word::Once
            | Word::Twice
            | Word::Thrice
            | Word::Occasions
            | Word::Units(_)
            | Word::Mark(b'%' | b'$') => Some(rate),
            Word::For
            | Word::In
            | Word::Within
            | Word::Than
            | Word::Of
            | Word::After
            | Word::Over
            | Word::About
            | Word::Nearly
            | Word::During
            | Word::Least => Some(read),
            _ => (unit >= Unit::Week || unit == Unit::Hour).then_some(read),
        }
    }

    /// "weeks", "years" without a number; "year-end", "year-earlier".
    pub(super) fn bare_unit(&self, at: usize) -> Option<Read> {
        match self.word(at) {
            Word::Units(unit) => {
                if let Some(to) = self.hyphen_long(at) {
                    let meaning = Meaning::Duration(Amount::VAGUE, unit);
                    return Some(Read::new("length", at, to, meaning));
                }
                match self.word(at + 1) {
                    Word::Ago => {
                        return Some(Read::new("ago", at, at + 2, Meaning::Vague(-1)));
                    }
                    Word::Other if self.is(at + 1, "ahead") => {
                        let meaning = Meaning::Duration(Amount::VAGUE, unit);
                        return Some(Read::new("length", at, at + 2, meaning));
                    }
                    Word::Later => {
                        let meaning = Meaning::Duration(Amount::VAGUE, unit);
                        return Some(Read::new("length", at, at + 1, meaning));
                    }
                    _ => {}
                }
                let led = matches!(
                    self.before(at),
                    Word::For
                        | Word::In
                        | Word::Within
                        | Word::After
                        | Word::Over
                        | Word::Of
                        | Word::Or
                );
                let counted = matches!(self.before(at), Word::Of)
                    && !self
                        .lexemes
                        .get(at.wrapping_sub(2))
                        .is_some_and(|it| it.plural || it.word == Word::Times(100));
                (led && !counted).then(|| {
                    let length = Meaning::Duration(Amount::VAGUE, unit);
                    Read::new("length", at, self.past_units(at + 1), length)
                })
            }
            // "a day-long meeting"
            Word::Unit(unit) if self.hyphen_long(at).is_some() => {
                let to = self.hyphen_long(at)?;
                Some(Read::new("length", at, to, Meaning::Duration(amount(1), unit)))
            }
            Word::UnitLong(unit) => {
                Some(Read::new("length", at, at + 1, Meaning::Duration(amount(1), unit)))
            }
            Word::Unit(Unit::Year) => self.year_edge(at, at),
            _ => None,
        }
    }

    /// The place behind "or months" where it stands behind "weeks".
    pub(super) fn past_units(&self, at: usize) -> usize {
        let more = matches!(self.word(at), Word::Or | Word::And)
            && matches!(self.word(at + 1), Word::Units(_));
        if more { at + 2 } else { at }
    }

    /// The place behind "-long" where it stands behind a unit.
    fn hyphen_long(&self, unit: usize) -> Option<usize> {
        let long = self.past_hyphen(unit + 1);
        (long > unit + 1 && self.word(long) == Word::Long).then_some(long + 1)
    }

    /// Whether the words from `from` to `to` end with a unit that a hyphen binds to its number:
    /// "the two-week strike". An article before them belongs to what follows.
    pub(super) fn is_attribute(&self, from: usize, to: usize) -> bool {
        let last = to.saturating_sub(1);
        last > from
            && matches!(self.word(last), Word::Unit(_))
            && self.before(last) == Word::Dash
            && self.glued(last)
    }

    /// "the weeks ahead", "over the years", "the decades that followed"; `at` is "the".
    pub(super) fn the_units(&self, at: usize, unit: Unit) -> Option<Read> {
        let next = at + 2;
        let follows = |at: usize| self.is(at, "followed") || self.is(at, "follow");
        let to = match self.word(next) {
            Word::Following => next + 1,
            Word::To if self.is(next + 1, "come") => next + 2,
            Word::That if follows(next + 1) => next + 2,
            _ if self.is(next, "ahead") => next + 1,
            Word::Of | Word::Before | Word::After | Word::Since | Word::Between => return None,
            _ if self.before(at) == Word::Over && unit >= Unit::Month => next,
            _ => return None,
        };
        Some(Read::new("length", at, to, Meaning::Duration(Amount::VAGUE, unit)))
    }

    /// "year-end", "year's end", "year-earlier quarter", "year-ago period".
    pub(super) fn year_edge(&self, from: usize, at: usize) -> Option<Read> {
        let mut next = self.past_hyphen(at + 1);
        if self.word(next) == Word::Apostrophe && self.is(next + 1, "s") {
            next += 2;
        }
        let year = Meaning::Year(Year::Step(0));
        match self.word(next) {
            Word::End => Some(Read::new("edge", from, next + 1, year).with(Some("END"))),
            Word::Ago | Word::Earlier if next > at + 1 => {
                let mut to = next + 1;
                let meaning = Meaning::StepFromLast(Unit::Year, -1);
                if let Some(quarter) = self.quarter(to) {
                    to = quarter.to;
                    if let Meaning::Quarter { number, .. } = quarter.meaning {
                        let meaning = Meaning::Quarter { year: Year::Same(-1), number };
                        return Some(Read::new("from the last time", from, to, meaning));
                    }
                }
                if matches!(self.word(to), Word::Period | Word::Unit(Unit::Quarter)) {
                    to += 1;
                }
                Some(Read::new("from the last time", from, to, meaning))
            }
            _ => None,
        }
    }

    /// "every Friday", "each year", "every two weeks", "per day".
    pub(super) fn every(&self, at: usize) -> Option<Read> {
        let next = at + 1;
        let per = self.word(at) == Word::Per;
        let read = |to, meaning| Some(Read::new("set", at, to, meaning));
        match self.word(next) {
            Word::Unit(unit) => read(next + 1, Meaning::Every(amount(1), unit)),
            _ if per => None,
            Word::Weekday(day) => {
                let mut set = Read::new("set", at, next + 1, Meaning::EveryWeekday(day));
                if let Word::Part(part) = self.word(next + 1) {
                    set.clock = Some(Clock::Part(part));
                    set.to += 1;
                }
                Some(set)
            }
            Word::Month(month, _) if self.capital(next) => {
                read(next + 1, Meaning::EveryMonth(month))
            }
            Word::Season(season, _) => read(next + 1, Meaning::EverySeason(season)),
            Word::Part(part) => read(next + 1, Meaning::EveryPart(part)),
            Word::Ordinal(2) if matches!(self.word(next + 1), Word::Unit(_)) => {
                let Word::Unit(unit) = self.word(next + 1) else { return None };
                read(next + 2, Meaning::Every(amount(2), unit))
            }
            _ => {
                let (how_many, unit_at) = self.amount(next)?;
                let Word::Units(unit) = self.word(unit_at) else { return None };
                (self.word(at) == Word::Every)
                    .then(|| Read::new("set", at, unit_at + 1, Meaning::Every(how_many, unit)))
            }
        }
    }

    /// "daily", "annually".
    pub(super) fn adverb(&self, at: usize) -> Option<Read> {
        let Word::Adverb(unit) = self.word(at) else { return None };
        // A capital inside a sentence is a name: "Daily Mail". "The annual meeting" names a kind
        // of meeting; "daily flights" tells how often.
        let behind = self.word(at + 1);
        let attribute = unit > Unit::Week && matches!(behind, Word::Other | Word::Counted);
        if self.capital(at) && self.capital(at + 1) || attribute || self.is(at, "annual") {
            return None;
        }
        Some(Read::new("set", at, at + 1, Meaning::Every(amount(1), unit)))
    }
}
