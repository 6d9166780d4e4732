//! The article's times in the order of the calendar, and what happens at each of them.
//!
//! A TIMEX3 value names a stretch of the calendar; [`bounds`] gives its first and last day.
//! [`order`] sorts all times of an article by them, and [`gist`] finds the clause around one. No
//! value can break them: imported files may hold anything.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::store::Store;
use super::{Annotation, Kind, Review};
use crate::text::offset;

mod event;
mod gist;
mod phrase;
#[cfg(test)]
mod tests;

pub use event::{Event, event};
pub use gist::gist;

/// The times of an article in the order of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Those with a place on the calendar, the earliest first.
    pub dated: Vec<Row>,
    /// Those without: lengths, repeated times, "recently", dates whose year is open. In text order.
    pub undated: Vec<Row>,
}

/// One time of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Index into [`Store::annotations`].
    pub index: u32,
    /// Where it lies; without ends where it has no place.
    pub span: Span,
    /// Where it lies as seen from the article's own day.
    pub side: Side,
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First day; none where the start is open.
    pub from: Option<Date>,
    /// Last day; none where the end is open.
    pub to: Option<Date>,
    /// Minutes after midnight of the first day, for a time of day.
    pub minute: u16,
    /// How exactly it is given.
    pub granularity: Granularity,
}

/// How exactly a time is given, the most exact first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Granularity {
    /// A time of day.
    Time,
    /// A day.
    Day,
    /// A week or a weekend.
    Week,
    /// A month.
    Month,
    /// A season, a quarter or half of a year.
    Season,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// From one point to another, or open on one side.
    Stretch,
    /// No place on the calendar.
    None,
}

/// Where a time lies as seen from the article's own day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// All of it before.
    Before,
    /// It holds the article's day.
    Around,
    /// All of it after.
    After,
    /// The article's day or the time's place is not known.
    Unknown,
}

impl Row {
    /// Year and, where the time is exact enough, month under which it is listed.
    pub fn heading(&self) -> Option<(i16, Option<i8>)> {
        let day = self.span.key()?;
        let month = match self.span.granularity {
            Granularity::Time | Granularity::Day | Granularity::Week | Granularity::Month => true,
            Granularity::Stretch => self.span.within_month(),
            _ => false,
        };
        Some((day.year(), month.then(|| day.month())))
    }
}

impl Span {
    /// Without a place on the calendar.
    pub const NONE: Self = Self { from: None, to: None, minute: 0, granularity: Granularity::None };

    /// The day by which it is sorted: its first, or its last where the start is open.
    pub fn key(&self) -> Option<Date> {
        self.from.or(self.to)
    }

    /// Whether one of its ends is open.
    pub fn is_open(&self) -> bool {
        self.granularity == Granularity::Stretch && (self.from.is_none() || self.to.is_none())
    }

    fn within_month(&self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to))
            if (from.year(), from.month()) == (to.year(), to.month()))
    }

    fn side(&self, written: Option<Date>) -> Side {
        let (Some(written), Some(_)) = (written, self.key()) else { return Side::Unknown };
        match (self.from, self.to) {
            (_, Some(to)) if to < written => Side::Before,
            (Some(from), _) if from > written => Side::After,
            _ => Side::Around,
        }
    }
}

/// Sorts an article's times that `keep` lets through. `written` is the article's own day; the line
/// that says so is no row, unless the reader has accepted it.
///
/// The order is by first day and time of day, then the longer stretch first, then the text's: the
/// same store always gives the same rows.
pub fn order(store: &Store, written: Option<Date>, keep: impl Fn(&Annotation) -> bool) -> Timeline {
    let mut timeline = Timeline::default();
    let (mut rows, mut keys) = (Vec::new(), Vec::new());
    for &index in store.of_kind(Kind::Time) {
        let Some(annotation) = store.annotations().get(index as usize) else { continue };
        let Some(time) = annotation.time().filter(|_| keep(annotation)) else { continue };
        // The article's own day has a line of its own already.
        if annotation.rule() == Some("dateline") && annotation.review == Review::Proposed {
            continue;
        }
        let span = bounds(&time.value, time.modifier).unwrap_or(Span::NONE);
        let row = Row { index, span, side: span.side(written) };
        match span.key() {
            Some(day) => {
                keys.push((sort_key(day, &span), offset(rows.len())));
                rows.push(row);
            }
            None => timeline.undated.push(row),
        }
    }
    keys.sort_unstable();
    timeline.dated = keys.into_iter().map(|(_, at)| rows[at as usize]).collect();
    timeline
}

/// First day, minute and last day (the later one first) in one number, which compares faster than
/// its parts.
fn sort_key(day: Date, span: &Span) -> u128 {
    let number = |date: Date| {
        let year = u32::from(date.year().wrapping_add(i16::MIN).cast_unsigned());
        year << 16
            | u32::from(date.month().cast_unsigned()) << 8
            | u32::from(date.day().cast_unsigned())
    };
    let last = u32::MAX - span.to.map_or(u32::MAX, number);
    u128::from(number(day)) << 64 | u128::from(span.minute) << 32 | u128::from(last)
}

/// Whether this is a TIMEX3 value: a place on the calendar, which may have open places, an
/// interval, a length, a repeated or a vague time.
pub fn is_value(value: &str) -> bool {
    if matches!(value, "PAST_REF" | "PRESENT_REF" | "FUTURE_REF") || bounds(value, None).is_some() {
        return true;
    }
    if let Some((start, end)) = value.split_once('/') {
        return !value.ends_with("//") && [start, end].iter().all(|it| *it == ".." || is_value(it));
    }
    if let Some(length) = value.strip_prefix('P') {
        let (days, hours) = length.split_once('T').unwrap_or((length, ""));
        let parts = |part: &str, units: &str| {
            let mut rest = part;
            while !rest.is_empty() {
                let digits = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | 'X'));
                let Some(at) = digits.filter(|&at| at > 0) else { return false };
                let (_, behind) = rest.split_at(at);
                if !behind.starts_with(|c| units.contains(c)) {
                    return false;
                }
                rest = behind.get(1..).unwrap_or_default();
            }
            true
        };
        return !length.is_empty()
            && !length.ends_with('T')
            && parts(days, "YMWD")
            && parts(hours, "HMS");
    }
    // Open places: a day of no known year, a weekday, a time of day.
    let shape =
        |c: char| c.is_ascii_digit() || matches!(c, 'X' | '-' | ':' | 'T' | 'W' | 'Q' | 'H');
    let (day, time) = value.split_once('T').unwrap_or((value, ""));
    let named = matches!(time, "MO" | "MI" | "AF" | "EV" | "NI" | "DT");
    let season = matches!(day.get(5..), Some("SP" | "SU" | "FA" | "WI" | "WE"));
    day.len() >= 4
        && day.chars().take(4).all(|c| c.is_ascii_digit() || c == 'X')
        && (season || day.chars().all(shape))
        && (day.contains('X') || named || season)
        && (named || time.chars().all(shape))
}

/// First and last day of a TIMEX3 value (or an interval of ISO 8601-2); nothing for lengths, vague
/// times and values of no calendar. A modifier `ON_OR_AFTER` or `AFTER` opens the end, `BEFORE` and
/// `ON_OR_BEFORE` the start.
pub fn bounds(value: &str, modifier: Option<&str>) -> Option<Span> {
    // Most values are days and have no modifier.
    if let ([y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2], None) = (value.as_bytes(), modifier)
        && [y1, y2, y3, y4, m1, m2, d1, d2].iter().all(|byte| byte.is_ascii_digit())
    {
        let digit = |byte: &u8| i16::from(byte - b'0');
        let two = |a: &u8, b: &u8| ((a - b'0') * 10 + (b - b'0')).cast_signed();
        let year = digit(y1) * 1000 + digit(y2) * 100 + digit(y3) * 10 + digit(y4);
        let day = Date::new(year, two(m1, m2), two(d1, d2)).ok()?;
        let granularity = Granularity::Day;
        return Some(Span { from: Some(day), to: Some(day), minute: 0, granularity });
    }
    if let Some((start, end)) = value.split_once('/') {
        let open = |part: &str| part.is_empty() || part == "..";
        let from = if open(start) { None } else { Some(stretch(start)?) };
        let to = if open(end) { None } else { Some(stretch(end)?) };
        let span = Span {
            from: from.and_then(|it| it.from),
            to: to.and_then(|it| it.to),
            minute: from.map_or(0, |it| it.minute),
            granularity: Granularity::Stretch,
        };
        let backward = matches!((span.from, span.to), (Some(from), Some(to)) if to < from);
        return (span.key().is_some() && !backward).then_some(span);
    }
    let span = stretch(value)?;
    Some(match modifier {
        Some("ON_OR_AFTER" | "AFTER") => {
            Span { to: None, granularity: Granularity::Stretch, ..span }
        }
        Some("ON_OR_BEFORE" | "BEFORE") => {
            Span { from: None, granularity: Granularity::Stretch, ..span }
        }
        _ => span,
    })
}

/// A value without `/`.
fn stretch(value: &str) -> Option<Span> {
    let (date, time) = value.split_once('T').map_or((value, None), |(a, b)| (a, Some(b)));
    let (from, to, granularity) = days(date)?;
    let Some(time) = time else {
        return Some(Span { from: Some(from), to: Some(to), minute: 0, granularity });
    };
    (granularity == Granularity::Day).then_some(Span {
        from: Some(from),
        to: Some(to),
        minute: minute(time),
        granularity: Granularity::Time,
    })
}

/// Minutes after midnight of "14:30", "MO" and the like; 0 for what is no time of day.
fn minute(time: &str) -> u16 {
    let digits = |part: Option<&str>| part.and_then(|it| it.get(..2)?.parse::<u16>().ok());
    match time {
        "MO" => 6 * 60,
        "MI" => 12 * 60,
        "AF" => 13 * 60,
        "EV" => 18 * 60,
        "NI" => 20 * 60,
        _ => {
            let mut parts = time.split(':');
            let hour = digits(parts.next()).unwrap_or(0).min(24);
            hour * 60 + digits(parts.next()).unwrap_or(0).min(59)
        }
    }
}

type Days = (Date, Date, Granularity);

fn days(value: &str) -> Option<Days> {
    let value = value.strip_prefix("FY").unwrap_or(value);
    let (before_christ, value) = match value.strip_prefix("BC").or(value.strip_prefix('-')) {
        Some(rest) => (true, rest),
        None => (false, value),
    };
    let mut parts = value.split('-');
    let year = parts.next()?;
    let (first, last, long) = years(year)?;
    let (first, last) = if before_christ { (1 - last, 1 - first) } else { (first, last) };
    let whole = || Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?, long));
    let Some(part) = parts.next().filter(|it| !it.starts_with('X')) else { return whole() };
    if first != last {
        return whole();
    }
    let months = |from: i8, count: i8, granularity| {
        let start = Date::new(first, from, 1).ok()?;
        let (year, month) = if from + count > 13 {
            (first.checked_add(1)?, from + count - 13)
        } else {
            (first, from + count - 1)
        };
        Some((start, Date::new(year, month, 1).ok()?.last_of_month(), granularity))
    };
    match part {
        "SP" => return months(3, 3, Granularity::Season),
        "SU" => return months(6, 3, Granularity::Season),
        "FA" | "AU" => return months(9, 3, Granularity::Season),
        "WI" => return months(12, 3, Granularity::Season),
        "H1" => return months(1, 6, Granularity::Season),
        "H2" => return months(7, 6, Granularity::Season),
        _ => {}
    }
    if let Some(quarter) = part.strip_prefix('Q') {
        let quarter = quarter.parse::<i8>().ok().filter(|it| (1..=4).contains(it));
        return quarter.map_or_else(whole, |it| months(it * 3 - 2, 3, Granularity::Season));
    }
    if let Some(week) = part.strip_prefix('W') {
        return match week.parse::<i8>() {
            Ok(week) => days_of_week(first, week, parts.next()),
            Err(_) => whole(),
        };
    }
    let Ok(month) = part.parse::<i8>() else { return whole() };
    match parts.next().filter(|it| !it.starts_with('X')) {
        None => (1..=12).contains(&month).then(|| months(month, 1, Granularity::Month))?,
        Some(day) => {
            let day = Date::new(first, month, day.parse().ok()?).ok()?;
            Some((day, day, Granularity::Day))
        }
    }
}

/// "1994" is a year, "199" or "199X" a decade, "19" or "19XX" a century.
fn years(value: &str) -> Option<(i16, i16, Granularity)> {
    let digits = value.trim_end_matches('X');
    if !matches!(value.len(), 2..=4) || digits.is_empty() || digits.len() < value.len() - 2 {
        return None;
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i16 = digits.parse().ok()?;
    Some(match digits.len() {
        4 => (number, number, Granularity::Year),
        3 => (number * 10, number * 10 + 9, Granularity::Decade),
        2 => (number * 100, number * 100 + 99, Granularity::Century),
        _ => return None,
    })
}

fn days_of_week(year: i16, week: i8, day: Option<&str>) -> Option<Days> {
    let of = |day| Some(Date::from_iso_week_date(ISOWeekDate::new(year, week, day).ok()?));
    match day {
        Some("WE") => Some((of(Weekday::Saturday)?, of(Weekday::Sunday)?, Granularity::Week)),
        Some(day) if day.len() == 1 => {
            let day = of(Weekday::from_monday_one_offset(day.parse().ok()?).ok()?)?;
            Some((day, day, Granularity::Day))
        }
        _ => Some((of(Weekday::Monday)?, of(Weekday::Sunday)?, Granularity::Week)),
    }
}
