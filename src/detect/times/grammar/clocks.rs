//! Times of day.

use super::super::lexicon::Word;
use super::super::meaning::{Clock, Meaning};
use super::{Grammar, Read};

impl Grammar<'_> {
    /// A time of day at `at`, and the place behind it.
    pub(super) fn clock(&self, at: usize) -> Option<(Clock, usize)> {
        if let Word::Hour(hour) = self.word(at) {
            return Some((Clock::At { hour, minute: Some(0), second: None, utc: false }, at + 1));
        }
        let (hour, minute, second, mut to) = self.hour_and_minute(at)?;
        let mut hour = hour;
        // "Corinthians 9:25" is a verse; a year before a colon is none either.
        let mut sure =
            to >= at + 3 && (self.before(at) != Word::Other || !self.capital(at.wrapping_sub(1)));
        if let Some((later, next)) = self.half_of_day(to) {
            if hour > 12 || hour == 0 && minute.is_none() {
                return None;
            }
            hour = hour % 12 + if later { 12 } else { 0 };
            (to, sure) = (next, true);
        } else if self.is(to, "o") && self.is(to + 2, "clock") {
            (to, sure) = (to + 3, true);
        } else if let (Word::In, Word::The, Word::Part(part)) =
            (self.word(to), self.word(to + 1), self.word(to + 2))
            && minute.is_none()
            && hour <= 12
        {
            hour = hour % 12 + if part == "MO" { 0 } else { 12 };
            (to, sure) = (to + 3, true);
        }
        let mut utc = false;
        if matches!(self.word(to), Word::Utc | Word::Zone) && self.capital(to) {
            sure |= self.digits(at) == 4 || minute.is_some();
            utc = self.word(to) == Word::Utc;
            to += 1;
        }
        sure.then_some((Clock::At { hour, minute, second, utc }, to))
    }

    fn hour_and_minute(&self, at: usize) -> Option<(u8, Option<u8>, Option<u8>, usize)> {
        let small = |value: u32, limit: u32| u8::try_from(value).ok().filter(|_| value < limit);
        match self.word(at) {
            Word::Number(value) if self.digits(at) == 4 => {
                Some((small(value / 100, 25)?, Some(small(value % 100, 60)?), None, at + 1))
            }
            Word::Number(value) if self.digits(at) <= 2 => {
                let hour = small(value, 25)?;
                let minute = self.two_digits_behind(at + 1);
                let Some(minute) = minute else { return Some((hour, None, None, at + 1)) };
                let minute = small(minute, 60)?;
                match self.two_digits_behind(at + 3) {
                    Some(second) => Some((hour, Some(minute), Some(small(second, 60)?), at + 5)),
                    None => Some((hour, Some(minute), None, at + 3)),
                }
            }
            // "8.30 pm" as the British write it.
            Word::Decimal(hour, minute) if self.digits(at) == 2 => {
                Some((small(hour, 25)?, Some(small(minute, 60)?), None, at + 1))
            }
            _ => None,
        }
    }

    fn two_digits_behind(&self, colon: usize) -> Option<u32> {
        let Word::Number(value) = self.word(colon + 1) else { return None };
        let joined = self.word(colon) == Word::Mark(b':') && self.glued(colon);
        (joined && self.glued(colon + 1) && self.digits(colon + 1) == 2).then_some(value)
    }

    /// "a.m." or "pm": whether it is the later half.
    fn half_of_day(&self, at: usize) -> Option<(bool, usize)> {
        match self.word(at) {
            // "am" is a verb unless it is glued to a number or has its dots.
            Word::Am => Some((false, at + 1)),
            Word::Pm => Some((true, at + 1)),
            _ if (self.is(at, "a") || self.is(at, "p"))
                && self.word(at + 1) == Word::Mark(b'.')
                && self.is(at + 2, "m") =>
            {
                let to = at + 3;
                let dot = self.word(to) == Word::Mark(b'.') && self.glued(to);
                Some((self.is(at, "p"), to + usize::from(dot)))
            }
            _ => None,
        }
    }

    /// A time of day, with the day behind it where one stands there.
    pub(super) fn clock_first(&self, at: usize) -> Option<Read> {
        let (clock, to) = self.clock(at)?;
        let mut read = Read::new("clock", at, to, Meaning::Clock);
        read.clock = Some(clock);
        // "10:35 a.m. (0735 GMT) Friday": the weekday is read again behind the bracket.
        let bracket = self.clock_in_brackets(to);
        let mut next = self.past_mark(bracket.unwrap_or(to), b',');
        if self.word(next) == Word::On {
            next += 1;
        }
        let day = match self.word(next) {
            Word::The | Word::This | Word::That | Word::About => None,
            _ => self.plain(next),
        };
        if let Some(day) = day.filter(Read::is_day) {
            read.meaning = day.meaning;
            read.to = if bracket.is_some() { to } else { day.to };
        }
        Some(read)
    }

    /// The place behind the same time elsewhere: "(0735 GMT)", "(10 a.m. ET; 1400 GMT)".
    fn clock_in_brackets(&self, at: usize) -> Option<usize> {
        if self.word(at) != Word::Mark(b'(') {
            return None;
        }
        let (_, mut to) = self.clock(at + 1)?;
        if matches!(self.word(to), Word::Mark(b';' | b',' | b'/')) {
            to = self.clock(to + 1)?.1;
        }
        (self.word(to) == Word::Mark(b')')).then_some(to + 1)
    }

    /// "T08:15:30Z" behind a day as ISO 8601 writes it.
    fn clock_of_iso(&self, at: usize) -> Option<(Clock, usize)> {
        let digits = at + 1;
        let written = self.is(at, "t") && self.glued(at) && self.glued(digits);
        if !written || self.digits(at.checked_sub(1)?) != 2 {
            return None;
        }
        let (hour, minute, second, to) = self.hour_and_minute(digits)?;
        let minute = Some(minute?);
        let utc = self.is(to, "z") && self.glued(to);
        Some((Clock::At { hour, minute, second, utc }, to + usize::from(utc)))
    }

    /// "this morning", "that night", "in the morning".
    pub(super) fn clock_or_part(&self, at: usize) -> Option<Read> {
        let Word::Part(part) = self.word(at + 1) else { return None };
        let read = |meaning| {
            let mut read = Read::new("part of day", at, at + 2, meaning);
            read.clock = Some(Clock::Part(part));
            Some(read)
        };
        match self.word(at) {
            Word::This => read(Meaning::Step(crate::detect::calendar::Unit::Day, 0)),
            Word::That => read(Meaning::StepFromLast(crate::detect::calendar::Unit::Day, 0)),
            // "He left in the morning": of the day that the paragraph tells of.
            Word::The if self.before(at) == Word::In => read(Meaning::Clock),
            _ => None,
        }
    }

    /// Adds the time of day that stands behind a day: "Friday morning", "Oct 22 at 5 p.m.".
    pub(super) fn with_clock(&self, read: Read) -> Read {
        if !read.is_day() {
            return read;
        }
        let mut read = read;
        if let Some((clock, to)) = self.clock_of_iso(read.to) {
            return Read { clock: Some(clock), to, ..read };
        }
        let degree = match self.word(read.to) {
            Word::Early => Some("START"),
            Word::Late => Some("END"),
            _ => None,
        };
        let part_at = read.to + usize::from(degree.is_some());
        if let (Word::Part(part), None) = (self.word(part_at), read.clock) {
            read.clock = Some(Clock::Part(part));
            read.to = part_at + 1;
            read = read.with(degree);
        }
        let mut at = self.past_mark(read.to, b',');
        if matches!(self.word(at), Word::At) {
            at += 1;
        }
        if let Some((clock, to)) = self.clock(at)
            && !matches!(read.clock, Some(Clock::At { .. }))
        {
            read.clock = Some(clock);
            read.to = to;
        }
        read
    }
}
