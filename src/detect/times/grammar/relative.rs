//! Times counted from the article's day or from the time told before: "last week", "that year".

use super::super::lexicon::Word;
use super::super::meaning::{Amount, Clock, Meaning, Year};
use super::{Grammar, Read};
use crate::detect::calendar::{Holiday, Unit};

impl Grammar<'_> {
    /// "today", "yesterday morning", "tonight".
    pub(super) fn near_day(&self, at: usize) -> Option<Read> {
        let mut read = match self.word(at) {
            Word::Day(step) => {
                // "USA Today" is a name; "Yesterday" at a sentence's start is not.
                let named = self.capital(at) && self.capital(at.wrapping_sub(1)) && self.glued(at);
                let step = Meaning::Step(Unit::Day, i32::from(step));
                (!named).then(|| Read::new("near day", at, at + 1, step))?
            }
            Word::Tonight => night(at, Meaning::Step(Unit::Day, 0)),
            Word::Overnight => {
                if matches!(self.word(at + 1), Word::Other) && !self.glued(at + 1) {
                    let verb = self.before(at) == Word::The || self.before(at) == Word::A;
                    if verb {
                        return None;
                    }
                }
                night(at, Meaning::Step(Unit::Day, -1))
            }
            _ => return None,
        };
        if self.is(at, "today") && self.word(at + 1) == Word::Apostrophe {
            read.to = at + 1;
        }
        Some(read)
    }

    /// What stands behind "the", "this", "that", "these".
    pub(super) fn determined(&self, at: usize) -> Option<Read> {
        let next = at + 1;
        let the = self.word(at) == Word::The;
        let found = match self.word(next) {
            Word::Unit(unit) => self.unit_with(at, unit),
            word if word.is_relative() => self.relative(next),
            Word::Early | Word::Late | Word::Mid => {
                self.part_of(next).filter(|read| read.clock.is_none())
            }
            Word::Beginning | Word::Middle | Word::End if the => self.edge_of(at, next),
            Word::Future if the => Some(Read::new("reference", at, next + 1, Meaning::Vague(1))),
            Word::Near if the && matches!(self.word(next + 1), Word::Future | Word::Term) => {
                Some(Read::new("reference", at, next + 2, Meaning::Vague(1)))
            }
            Word::Season(season, _) if !the => {
                let (year, to) = self.year_of(next + 1);
                let year = if year == Year::Open { Year::Nearest(0) } else { year };
                Some(Read::new("season", at, to, Meaning::Season { year, season }))
            }
            Word::Season(..) if the => self.season(next),
            Word::Month(month, _) if !the && self.capital(next) => {
                let year =
                    if self.word(at) == Word::This { Year::Nearest(0) } else { Year::Same(0) };
                Some(Read::new("month", at, next + 1, Meaning::Month { year, month }))
            }
            Word::Weekday(day) if self.word(at) == Word::This => self
                .dated(next + 1)
                .or_else(|| Some(Read::new("weekday", at, next + 1, Meaning::Weekday(day, 0)))),
            Word::Number(_) | Word::Ordinal(_) if the => self.the_number(next),
            Word::Apostrophe if the => self.short_year(next),
            Word::Decade(decade) if the => {
                Some(Read::new("decade", at, next + 1, Meaning::ShortDecade(decade)))
            }
            Word::Few | Word::Several | Word::Couple if the => self.length(next),
            Word::Fiscal if the => self.fiscal(next).or_else(|| {
                let year = Read::new("fiscal year", at, next + 2, Meaning::Year(Year::Step(0)));
                let year = self.year_ended(at, next + 2).unwrap_or(year);
                (self.word(next + 1) == Word::Unit(Unit::Year)).then_some(year)
            }),
            Word::Units(Unit::Day) if self.word(at) == Word::These => {
                Some(Read::new("reference", at, next + 1, Meaning::Now))
            }
            Word::Units(unit) if the => self.the_units(at, unit),
            // "the full year"
            Word::Filler if the && self.is(next, "full") => match self.word(next + 1) {
                Word::Unit(unit @ (Unit::Quarter | Unit::Year)) => {
                    Some(Read::new("this", at, next + 2, Meaning::Step(unit, 0)))
                }
                _ => None,
            },
            _ => None,
        };
        let alone = |read: &Read| the && self.is_before_noun(next, read);
        found.map(|read| if alone(&read) { read } else { read.starting(at) })
    }

    /// Whether a time at `at` stands between an article and its noun, so that the article is the
    /// noun's: "the 2024 report", "the two-week strike", "the third-quarter loss".
    fn is_before_noun(&self, at: usize, read: &Read) -> bool {
        match read.meaning {
            Meaning::Year(_) if matches!(read.rule, "year" | "stretch") => true,
            // "the 9/11 memorial"
            Meaning::Day { .. } => self.word(at + 1) == Word::Mark(b'/'),
            // "the two day rally"
            Meaning::Duration(amount, _)
                if amount.whole.is_some_and(|it| it > 1)
                    && matches!(self.word(read.to - 1), Word::Unit(_))
                    && matches!(self.word(at), Word::Number(_)) =>
            {
                true
            }
            _ => matches!(read.rule, "length" | "quarter") && self.is_attribute(at, read.to),
        }
    }

    /// "the 1990s", "the third quarter", "the 21st of October", "the six months".
    fn the_number(&self, at: usize) -> Option<Read> {
        if let Some((number, next)) = self.ordinal(at)
            && let Ok(number) = i8::try_from(number)
            && let Some(read) = self.nth_weekday(at, next, number)
        {
            return Some(read);
        }
        // "the 1988 period" means the same months of another year.
        if let Some(year) = self.year_digits(at)
            && matches!(self.word(at + 1), Word::Period | Word::Unit(Unit::Quarter))
        {
            return Some(Read::new("from the last time", at, at + 2, Meaning::PeriodOf(year)));
        }
        if let (Some((_, next)), true) = (self.ordinal(at), self.is(at, "first")) {
            // "the first nine months", "the first two years"
            if let Some(read) = self.length(next).filter(|it| it.rule == "length") {
                return Some(read);
            }
        }
        if let (Some(year), Some(quarter)) = (self.year_digits(at), self.quarter(at + 1))
            && let Meaning::Quarter { number, .. } = quarter.meaning
        {
            let meaning = Meaning::Quarter { year: Year::Given(year), number };
            return Some(Read { meaning, ..quarter });
        }
        if let Some(read) = self.day_of_month(at - 1, at) {
            return Some(read);
        }
        let read = self.number_first(at)?;
        (read.rule != "clock" || matches!(read.meaning, Meaning::Clock)).then_some(read)
    }

    /// "the week", "this year", "that day", "this week's".
    fn unit_with(&self, at: usize, unit: Unit) -> Option<Read> {
        let next = at + 2;
        let read = |rule, meaning| Some(Read::new(rule, at, next, meaning));
        let beside = matches!(self.word(next), Word::Before | Word::After);
        if self.word(at) == Word::The && beside && unit >= Unit::Day {
            return self.beside_day(at, unit);
        }
        match (self.word(at), unit, self.word(next), self.word(next + 1)) {
            (Word::The, Unit::Week, Word::Of, _) => {
                if let Some(week) = self.week_of(at, next + 1) {
                    return Some(week);
                }
            }
            (Word::The, Unit::Year, ..) => {
                if let Some(year) = self.year_ended(at, next).or_else(|| self.millennial(at, next))
                {
                    return Some(year);
                }
            }
            _ => {}
        }
        match self.word(at) {
            // "This Week" with two capitals is a programme.
            Word::This if self.capital(at) && self.capital(at + 1) => None,
            Word::This if unit >= Unit::Day => {
                Some(self.quarter_of(read("this", Meaning::Step(unit, 0))?))
            }
            Word::That if unit >= Unit::Day => {
                read("from the last time", Meaning::StepFromLast(unit, 0))
            }
            // "Person of the Year" is a title.
            Word::The if self.capital(at + 1) => None,
            Word::The => match unit {
                Unit::Year => match self.year_digits(next) {
                    Some(year) => {
                        Some(Read::new("year", at, next + 1, Meaning::Year(Year::Given(year))))
                    }
                    None => self.year_edge(at, at + 1).or_else(|| {
                        let alone = !matches!(self.word(next), Word::Dash | Word::Other)
                            || self.leads_to_calendar(at);
                        alone.then(|| Read::new("this", at, next, Meaning::Step(unit, 0)))
                    }),
                },
                Unit::Week if self.word(next) == Word::Of => {
                    let day = self.plain(next + 1).filter(Read::is_day);
                    day.is_none().then(|| Read::new("this", at, next, Meaning::Step(unit, 0)))
                }
                Unit::Week | Unit::Weekend | Unit::Month => {
                    let plain = !matches!(self.word(next), Word::Dash | Word::Before | Word::After);
                    plain.then(|| Read::new("this", at, next, Meaning::Step(unit, 0)))
                }
                Unit::Quarter => read("from the last time", Meaning::StepFromLast(unit, 0)),
                _ => None,
            },
            _ => None,
        }
    }

    /// "the day after tomorrow", "the week after next", "the year before".
    fn beside_day(&self, at: usize, unit: Unit) -> Option<Read> {
        let next = at + 2;
        let way = self.word(next);
        let near = |steps| Read::new("near day", at, next + 2, Meaning::Step(unit, steps));
        match (unit, way, self.word(next + 1)) {
            (Unit::Day, Word::After, Word::Day(1)) => Some(near(2)),
            (Unit::Day, Word::Before, Word::Day(-1)) => Some(near(-2)),
            (_, Word::After, Word::Next) if unit >= Unit::Week => {
                Some(Read::new("next", at, next + 2, Meaning::Step(unit, 2)))
            }
            (_, _, behind) => {
                // "the year before the war" needs the war's year.
                let ends = match behind {
                    Word::Mark(mark) => !matches!(mark, b'(' | b'"' | b'$'),
                    Word::And | Word::But => true,
                    Word::Other => next + 1 >= self.lexemes.len(),
                    _ => false,
                };
                let step = if way == Word::Before { -1 } else { 1 };
                let meaning = Meaning::StepFromLast(unit, step);
                ends.then(|| Read::new("from the last time", at, next + 1, meaning))
            }
        }
    }

    /// "the year ended March 31": a length, whose end is told.
    fn year_ended(&self, from: usize, to: usize) -> Option<Read> {
        let ended = self.is(to, "ended") || self.is(to, "ending");
        let year = Meaning::Duration(Amount::of(1), Unit::Year);
        ended.then(|| Read::new("length", from, to, year))
    }

    /// "the year two thousand" as it is spoken.
    fn millennial(&self, from: usize, at: usize) -> Option<Read> {
        let Word::Number(number @ 1..=2) = self.word(at) else { return None };
        let (year, to) = self.number_words(at, number);
        let year = i32::try_from(year).ok().filter(|year| matches!(year, 1000 | 2000))?;
        Some(Read::new("year", from, to, Meaning::Year(Year::Given(year))))
    }

    /// "the week of March 6".
    fn week_of(&self, from: usize, at: usize) -> Option<Read> {
        let read = self.plain(at)?;
        let Meaning::Day { year, month, day } = read.meaning else { return None };
        let meaning = Meaning::WeekOf { year, month, day };
        read.until.is_none().then(|| Read::new("date", from, read.to, meaning))
    }

    /// "the first Monday in November", "the last Friday of May 2019"; `at` is the weekday.
    fn nth_weekday(&self, from: usize, at: usize, number: i8) -> Option<Read> {
        let Word::Weekday(weekday) = self.word(at) else { return None };
        if !matches!(self.word(at + 1), Word::In | Word::Of) || !(-1..=5).contains(&number) {
            return None;
        }
        let (month, to) = self.month(at + 2)?;
        let (year, to) = self.year_of(to);
        let holiday = Holiday::Nth(month, weekday, number);
        Some(Read::new("date", from, to, Meaning::Feast { year, holiday }))
    }

    /// "next year's first quarter".
    fn quarter_of(&self, read: Read) -> Read {
        let Meaning::Step(Unit::Year, steps) = read.meaning else { return read };
        let (apostrophe, s) = (read.to, read.to + 1);
        if self.word(apostrophe) != Word::Apostrophe || !self.is(s, "s") {
            return read;
        }
        match self.quarter(s + 1) {
            Some(Read { to, meaning: Meaning::Quarter { year: Year::Open, number }, .. }) => {
                let year = Year::Step(i8::try_from(steps).unwrap_or(0));
                let meaning = Meaning::Quarter { year, number };
                Read { to, meaning, rule: "quarter", ..read }
            }
            _ => read,
        }
    }

    fn leads_to_calendar(&self, at: usize) -> bool {
        matches!(
            self.before(at),
            Word::Of | Word::For | Word::During | Word::In | Word::Later | Word::Earlier
        )
    }

    /// "last week", "next three years", "following month", "previous Friday", "recent years".
    pub(super) fn relative(&self, at: usize) -> Option<Read> {
        let mut word = self.word(at);
        let mut next = at + 1;
        // "this past spring", "last fiscal year", "same period last year"
        if word == Word::Past && self.word(next) == Word::Other {
            return None;
        }
        if self.word(next) == Word::Fiscal {
            next += 1;
        }
        if matches!(self.word(next), Word::Coming | Word::Past) {
            word = self.word(next);
            next += 1;
        }
        let step: i8 = match word {
            Word::Last | Word::Past | Word::Previous | Word::Latest | Word::Recent => -1,
            Word::Current | Word::Same => 0,
            _ => 1,
        };
        let told = matches!(word, Word::Following | Word::Previous | Word::Same);
        match self.word(next) {
            Word::Weekday(_) | Word::Month(..) | Word::Season(..) | Word::Feast => {
                self.named(at, next, step)
            }
            Word::Unit(unit) => self.step_of(at, next, word, unit),
            Word::Units(unit) => {
                let length = Meaning::Duration(Amount::VAGUE, unit);
                matches!(word, Word::Recent | Word::Coming | Word::Past)
                    .then(|| Read::new("length", at, self.past_units(next + 1), length))
            }
            Word::Part(part) if matches!(word, Word::Last | Word::Next | Word::Following) => {
                Some(part_beside(at, next + 1, word, part))
            }
            Word::Half if step == -1 => {
                let (year, to) = self.year_of(next + 1);
                (year != Year::Open)
                    .then(|| Read::new("half", at, to, Meaning::Half { year, number: 2 }))
            }
            Word::Period if told || word == Word::Latest => Some(Read::new(
                "from the last time",
                at,
                next + 1,
                Meaning::StepFromLast(Unit::Quarter, 0),
            )),
            Word::Number(_)
            | Word::Few
            | Word::Several
            | Word::Couple
            | Word::A
            | Word::Decimal(..)
                if !told =>
            {
                let read = self.length(next).filter(|it| it.rule == "length")?;
                Some(read.starting(at))
            }
            _ => self.bare_past(at),
        }
    }

    /// "last Monday", "next June", "last summer", "last Thanksgiving".
    fn named(&self, at: usize, next: usize, step: i8) -> Option<Read> {
        match self.word(next) {
            Word::Weekday(_) if step == -1 && self.nth_weekday(at, next, -1).is_some() => {
                self.nth_weekday(at, next, -1)
            }
            // "next Sunday, March 8"
            Word::Weekday(day) => self
                .dated(next + 1)
                .map(|read| read.starting(at))
                .or_else(|| Some(Read::new("weekday", at, next + 1, Meaning::Weekday(day, step)))),
            Word::Month(month, _) if self.capital(next) => {
                let year = Year::Nearest(step);
                Some(Read::new("month", at, next + 1, Meaning::Month { year, month }))
            }
            Word::Season(season, _) => {
                let year = Year::Nearest(step);
                Some(Read::new("season", at, next + 1, Meaning::Season { year, season }))
            }
            Word::Feast => {
                let mut read = self.feast(next)?.starting(at);
                if let Meaning::Feast { year, .. } = &mut read.meaning
                    && *year == Year::Open
                {
                    *year = Year::Nearest(step);
                }
                Some(read)
            }
            _ => None,
        }
    }

    fn bare_past(&self, at: usize) -> Option<Read> {
        let led = self.before(at) == Word::The
            && matches!(self.word_back(at, 2), Word::In | Word::Of | Word::From);
        match self.word(at) {
            Word::Past if led => Some(Read::new("reference", at, at + 1, Meaning::Vague(-1))),
            Word::Current
                if self.is(at, "current")
                    && !self.capital(at)
                    && !matches!(self.before(at), Word::The) =>
            {
                Some(Read::new("reference", at, at + 1, Meaning::Now))
            }
            _ => None,
        }
    }

    fn step_of(&self, at: usize, unit_at: usize, word: Word, unit: Unit) -> Option<Read> {
        let read = |rule, meaning| Some(Read::new(rule, at, unit_at + 1, meaning));
        let after_the = self.before(at) == Word::The;
        if unit < Unit::Day {
            return matches!(word, Word::Last | Word::Past | Word::Next).then(|| {
                Read::new("length", at, unit_at + 1, Meaning::Duration(Amount::of(1), unit))
            });
        }
        match word {
            // "the past year" is a length that ends today, "last year" one of the calendar.
            Word::Past | Word::Last | Word::Next
                if unit >= Unit::Decade || word == Word::Past && unit != Unit::Weekend =>
            {
                read("length", Meaning::Duration(Amount::of(1), unit))
            }
            Word::Next | Word::Last if after_the && unit == Unit::Day => read(
                "from the last time",
                Meaning::StepFromLast(unit, if word == Word::Next { 1 } else { -1 }),
            ),
            Word::Last | Word::Past if unit == Unit::Year => {
                Some(self.quarter_of(read("last", Meaning::Step(unit, -1))?))
            }
            Word::Next | Word::Coming if unit == Unit::Year => {
                Some(self.quarter_of(read("next", Meaning::Step(unit, 1))?))
            }
            Word::Last | Word::Past => read("last", Meaning::Step(unit, -1)),
            Word::Next | Word::Coming => read("next", Meaning::Step(unit, 1)),
            Word::Current => read("this", Meaning::Step(unit, 0)),
            Word::Following => read("from the last time", Meaning::StepFromLast(unit, 1)),
            Word::Previous => read("from the last time", Meaning::StepFromLast(unit, -1)),
            Word::Same | Word::Latest => read("from the last time", Meaning::StepFromLast(unit, 0)),
            _ => None,
        }
    }

    /// "early 2019", "mid-July", "late Thursday", "earlier this year".
    pub(super) fn part_of(&self, at: usize) -> Option<Read> {
        let modifier = match self.word(at) {
            Word::Early | Word::Earlier => "START",
            Word::Mid => "MID",
            _ => "END",
        };
        let compared = matches!(self.word(at), Word::Earlier | Word::Later);
        let mut next = self.past_hyphen(at + 1);
        if compared && self.word(next) == Word::In {
            next += 1;
        }
        let read = match self.word(next) {
            Word::The | Word::This | Word::That => self.determined(next),
            Word::Number(_) if compared => None,
            Word::Number(_) => self.decade(next).or_else(|| self.year(next)),
            Word::Part(part) if !compared && self.before(at) != Word::The => {
                let mut read = Read::new("part of day", at, next + 1, Meaning::Step(Unit::Day, 0));
                read.clock = Some(Clock::Part(part));
                // "mid-afternoon yesterday"
                if let Some(day) = self.plain(next + 1).filter(Read::is_day) {
                    (read.meaning, read.to) = (day.meaning, day.to);
                }
                Some(read)
            }
            _ => self.plain(next),
        }?;
        let fits = read.is_calendar()
            && !matches!(read.meaning, Meaning::StepFromLast(..) if !compared)
            || read.clock.is_some();
        fits.then_some(read.starting(at).with(Some(modifier)))
    }

    /// "the end of 1990", "the beginning of October", "the middle of next week".
    pub(super) fn edge_of(&self, from: usize, at: usize) -> Option<Read> {
        let modifier = match self.word(at) {
            Word::Beginning => "START",
            Word::Middle => "MID",
            _ => "END",
        };
        if self.word(at + 1) != Word::Of {
            return None;
        }
        let next = at + 2;
        let read = match self.word(next) {
            Word::The | Word::This | Word::That => self.determined(next),
            // "by the end of year"
            Word::Unit(unit @ (Unit::Month | Unit::Quarter | Unit::Year)) => {
                Some(Read::new("edge", next, next + 1, Meaning::Step(unit, 0)))
            }
            _ => self.plain(next),
        }?;
        (read.is_calendar() && read.until.is_none())
            .then_some(Read { rule: "edge", ..read.starting(from) }.with(Some(modifier)))
    }
}

/// "last night", "the next morning".
fn part_beside(at: usize, to: usize, word: Word, part: &'static str) -> Read {
    let meaning = match word {
        Word::Last => Meaning::Step(Unit::Day, -1),
        _ => Meaning::StepFromLast(Unit::Day, 1),
    };
    let mut read = Read::new("last", at, to, meaning);
    read.clock = Some(Clock::Part(part));
    read
}

fn night(at: usize, meaning: Meaning) -> Read {
    let mut read = Read::new("near day", at, at + 1, meaning);
    read.clock = Some(Clock::Part("NI"));
    read
}
