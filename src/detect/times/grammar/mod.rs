//! The grammar: what a run of words says about time. Every rule looks at a bounded number of
//! lexemes, so the whole text is read in one pass.

use super::lexemes::Lexeme;
use super::lexicon::Word;
use super::meaning::{Amount, Clock, Meaning, Tense};
use crate::detect::calendar::Unit;

mod clocks;
mod dates;
mod feasts;
mod relative;
mod spans;
mod tense;
mod years;

/// What a rule has read: lexemes `from` up to and without `to`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read {
    pub from: usize,
    pub to: usize,
    pub meaning: Meaning,
    pub until: Option<Meaning>,
    pub clock: Option<Clock>,
    pub modifier: Option<&'static str>,
    pub rule: &'static str,
}

impl Read {
    const fn new(rule: &'static str, from: usize, to: usize, meaning: Meaning) -> Self {
        Self { from, to, meaning, until: None, clock: None, modifier: None, rule }
    }

    const fn starting(self, from: usize) -> Self {
        Self { from, ..self }
    }

    fn with(self, modifier: Option<&'static str>) -> Self {
        Self { modifier: modifier.or(self.modifier), ..self }
    }

    /// Whether a time of day may stand beside it.
    const fn is_day(&self) -> bool {
        matches!(
            self.meaning,
            Meaning::Day { .. }
                | Meaning::Slashes { .. }
                | Meaning::Weekday(..)
                | Meaning::Feast { .. }
                | Meaning::Step(Unit::Day, _)
                | Meaning::StepFromLast(Unit::Day, _)
                | Meaning::DayOfMonth(_)
        ) && self.until.is_none()
    }

    /// Whether it is a point or stretch on the calendar.
    const fn is_calendar(&self) -> bool {
        !matches!(
            self.meaning,
            Meaning::Duration(..)
                | Meaning::Every(..)
                | Meaning::EveryWeekday(_)
                | Meaning::EveryMonth(_)
                | Meaning::EverySeason(_)
                | Meaning::EveryPart(_)
                | Meaning::Vague(_)
                | Meaning::Now
                | Meaning::Clock
        )
    }
}

/// Some lexemes of one block with the text that they were cut from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grammar<'a> {
    pub text: &'a str,
    pub lexemes: &'a [Lexeme],
}

impl<'a> Grammar<'a> {
    /// The longest expression that starts with the lexeme `at`.
    pub(super) fn read(&self, at: usize) -> Option<Read> {
        if !self.can_start(at) {
            return None;
        }
        let mut read = self.phrase(at)?;
        if self.word(read.to) == Word::Or
            && self.word(read.to + 1) == Word::So
            && matches!(read.meaning, Meaning::Duration(..) | Meaning::Step(..))
        {
            read = Read { to: read.to + 2, ..read }.with(Some("APPROX"));
        }
        let read = self.with_clock(read);
        Some(self.stretch(read))
    }

    /// Whether "since" stands before the expression.
    pub(super) fn is_since(&self, at: usize) -> bool {
        let before = self.before(at);
        before == Word::Since
            || matches!(before, Word::Early | Word::Late) && self.word_back(at, 2) == Word::Since
    }

    fn can_start(&self, at: usize) -> bool {
        let Some(it) = self.lexemes.get(at) else { return false };
        if matches!(it.word, Word::Other | Word::Mark(_) | Word::Dash | Word::Counted) {
            return false;
        }
        // Part of a longer word: "non-", "@today", "#march".
        let parted = it.glued && matches!(self.before(at), Word::Mark(b'@' | b'#' | b'_' | b'/'));
        let joined = it.glued && self.before(at) == Word::Dash && it.digits == 0;
        !parted && (!joined || self.joins(at))
    }

    /// Whether the word before the hyphen lets an expression begin behind it: "post-Monday".
    fn joins(&self, at: usize) -> bool {
        let it = self.lexemes[at];
        it.capital || self.lexemes.get(at.wrapping_sub(1)).is_none_or(|dash| !dash.glued)
    }

    fn word(&self, at: usize) -> Word {
        self.lexemes.get(at).map_or(Word::Other, |it| it.word)
    }

    fn before(&self, at: usize) -> Word {
        self.word_back(at, 1)
    }

    fn word_back(&self, at: usize, steps: usize) -> Word {
        at.checked_sub(steps).map_or(Word::Mark(b'.'), |at| self.word(at))
    }

    fn glued(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|it| it.glued)
    }

    fn capital(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|it| it.capital)
    }

    fn digits(&self, at: usize) -> u8 {
        self.lexemes.get(at).map_or(0, |it| it.digits)
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.of(at).eq_ignore_ascii_case(word)
    }

    fn of(&self, at: usize) -> &'a str {
        let place = self.lexemes.get(at).map(|it| it.start as usize..it.end as usize);
        place.and_then(|place| self.text.get(place)).unwrap_or_default()
    }

    /// The place behind a mark if it stands at `at`.
    fn past_mark(&self, at: usize, mark: u8) -> usize {
        if self.word(at) == Word::Mark(mark) { at + 1 } else { at }
    }

    /// The place behind the hyphen if one stands at `at` without a space before it.
    fn past_hyphen(&self, at: usize) -> usize {
        if self.word(at) == Word::Dash && self.glued(at) && self.glued(at + 1) {
            at + 1
        } else {
            at
        }
    }

    /// Everything but a time of day behind it and the other end of a stretch.
    fn phrase(&self, at: usize) -> Option<Read> {
        let word = self.word(at);
        match word {
            Word::Early | Word::Late | Word::Mid | Word::Earlier | Word::Later => self.part_of(at),
            Word::Beginning | Word::Middle | Word::End => self.edge_of(at, at),
            Word::About
            | Word::Nearly
            | Word::More
            | Word::Less
            | Word::Over
            | Word::Up
            | Word::At
            | Word::Within => self.measured(at).or_else(|| self.reference(at)),
            // "no more than two weeks"
            Word::Label if self.is(at, "no") => {
                let negated = matches!(self.word(at + 1), Word::More | Word::Less | Word::Later);
                negated.then(|| self.measured(at + 1))?.map(|read| read.starting(at))
            }
            // "said that last week"
            Word::That if matches!(self.word(at + 1), Word::Last | Word::Next) => None,
            Word::The | Word::This | Word::That | Word::These => {
                self.determined(at).or_else(|| self.clock_or_part(at))
            }
            Word::Each | Word::Every | Word::Per => self.every(at),
            _ => self.plain(at),
        }
    }

    /// A phrase without words of degree before it.
    fn plain(&self, at: usize) -> Option<Read> {
        match self.word(at) {
            // "May Day", "April Fools’ Day"
            Word::Month(4 | 5, _) if self.is_feast(at) => self.feast(at),
            Word::Month(..) | Word::MonthShort(_) => self.month_first(at),
            Word::Weekday(_) | Word::WeekdayShort(_) | Word::Weekdays(_) => self.weekday(at),
            Word::Number(_) | Word::Decimal(..) | Word::Ordinal(_) => self.number_first(at),
            Word::Times(_) => self.length(at),
            Word::A | Word::Several | Word::Some | Word::Couple | Word::Half | Word::Few => {
                self.as_rate(at, self.length(at)?)
            }
            word if word.is_relative() => self.relative(at),
            Word::Day(_) | Word::Tonight | Word::Overnight => self.near_day(at),
            Word::Season(..) => self.season(at),
            Word::Hour(_) => self.clock_first(at),
            Word::Units(_) | Word::Unit(_) | Word::UnitLong(_) => self.bare_unit(at),
            Word::Apostrophe => self.short_year(at),
            Word::Fiscal => self.fiscal(at),
            Word::Q => self.quarter_by_letter(at),
            Word::Adverb(_) => self.adverb(at),
            Word::Feast | Word::American => self.feast(at),
            Word::Decade(_) | Word::Soon => None,
            _ => self.reference(at),
        }
    }

    /// "now", "recently": points that no calendar shows.
    fn reference(&self, at: usize) -> Option<Read> {
        let read = |to, meaning| Some(Read::new("reference", at, to, meaning));
        match self.word(at) {
            // "the now-empty house", "Now for the weather."
            Word::Now if self.past_hyphen(at + 1) > at + 1 => None,
            Word::Now if self.capital(at) && self.word(at + 1) == Word::For => None,
            Word::Now | Word::Presently => read(at + 1, Meaning::Now),
            Word::Right if self.word(at + 1) == Word::Now => read(at + 2, Meaning::Now),
            Word::More if self.is(at + 1, "recently") => read(at + 2, Meaning::Vague(-1)),
            Word::Formerly if self.is(at, "recently") || self.is(at, "lately") => {
                read(at + 1, Meaning::Vague(-1))
            }
            // "future earnings" says nothing of when, "in future" does.
            Word::Future if !self.capital(at) && self.before(at) == Word::In => {
                read(at + 1, Meaning::Vague(1))
            }
            _ => None,
        }
    }

    /// "about", "more than", "at least" before a length, and "around" before a date.
    fn measured(&self, at: usize) -> Option<Read> {
        let (modifier, to) = self.degree(at)?;
        let read = match self.word(to) {
            Word::The => self.determined(to),
            _ => self.length(to),
        };
        if let Some(read) = read.filter(|read| {
            matches!(read.meaning, Meaning::Duration(..) | Meaning::Step(..))
                || matches!(read.meaning, Meaning::Vague(_)) && read.rule != "reference"
        }) {
            // "paid over three years" says during which time.
            if self.word(at) == Word::Over && !self.is_more(at, read.to) {
                return None;
            }
            return Some(read.starting(at).with(Some(modifier)));
        }
        // "to get around Friday's deadline"
        let past = self.is(at, "around") && self.word(at + 2) == Word::Apostrophe;
        if matches!(self.word(at), Word::About) && !past {
            let read = self.with_clock(self.plain(to)?);
            return (read.is_day() || read.meaning == Meaning::Clock)
                .then_some(read.starting(at).with(Some(modifier)));
        }
        None
    }

    /// Whether "over" before a length means "more than": "took over a year", "for over a year".
    fn is_more(&self, over: usize, to: usize) -> bool {
        const VERBS: [&str; 12] = [
            "took", "takes", "take", "lasted", "lasts", "last", "spent", "waited", "is", "was",
            "were", "been",
        ];
        matches!(self.before(over), Word::For | Word::Of | Word::In | Word::After | Word::Within)
            || matches!(self.before(to), Word::Ago | Word::Earlier | Word::Later)
            || VERBS.iter().any(|verb| self.is(over.wrapping_sub(1), verb))
    }

    fn degree(&self, at: usize) -> Option<(&'static str, usize)> {
        Some(match (self.word(at), self.word(at + 1)) {
            (Word::About, _) => ("APPROX", at + 1),
            (Word::Nearly, _) => ("LESS_THAN", at + 1),
            (Word::Less, Word::Than) if self.is_negated(at) => ("EQUAL_OR_MORE", at + 2),
            (Word::More | Word::Later, Word::Than) if self.is_negated(at) => {
                ("EQUAL_OR_LESS", at + 2)
            }
            (Word::Less, Word::Than) => ("LESS_THAN", at + 2),
            (Word::More, Word::Than) => ("MORE_THAN", at + 2),
            (Word::Over, Word::A | Word::Number(_) | Word::Decimal(..)) => ("MORE_THAN", at + 1),
            (Word::Up, Word::To) | (Word::At, Word::Most) => ("EQUAL_OR_LESS", at + 2),
            (Word::At, Word::Least) => ("EQUAL_OR_MORE", at + 2),
            _ => return None,
        })
    }

    fn is_negated(&self, at: usize) -> bool {
        let before = at.wrapping_sub(1);
        self.is(before, "no") || self.is(before, "not")
    }

    /// The other end of a stretch: "Oct 22-24", "from 2014 to 2016", "between 1998 and 2001".
    fn stretch(&self, read: Read) -> Read {
        if read.until.is_some() || !read.is_calendar() || read.clock.is_some() {
            return read;
        }
        let from = self.before(read.from);
        let link = self.word(read.to);
        let linked = match link {
            Word::Dash | Word::Through | Word::To | Word::Until => true,
            Word::And => from == Word::Between,
            _ => false,
        };
        if !linked {
            return read;
        }
        let Some(other) = self.phrase(read.to + 1) else {
            return read;
        };
        let alike = std::mem::discriminant(&read.meaning) == std::mem::discriminant(&other.meaning);
        let exact = matches!(
            read.meaning,
            Meaning::Day { .. }
                | Meaning::Month { .. }
                | Meaning::Year(_)
                | Meaning::Slashes { .. }
        );
        let meant = match link {
            Word::Dash => alike && exact,
            Word::And => other.is_calendar(),
            _ => alike && exact || from == Word::From && other.is_calendar(),
        };
        if !meant || other.until.is_some() || other.clock.is_some() {
            return read;
        }
        Read { to: other.to, until: Some(other.meaning), rule: "stretch", ..read }
    }

    /// The direction that the verbs around the expression give it.
    pub(super) fn tense(&self, read: &Read) -> Tense {
        tense::around(self, read.from, read.to)
    }
}

/// How many, as words and digits say it.
fn tens(value: u32) -> bool {
    matches!(value, 20 | 30 | 40 | 50 | 60 | 70 | 80 | 90)
}

/// Shorthand of the rules in this folder.
const fn amount(whole: u32) -> Amount {
    Amount::of(whole)
}
