//! Lays expressions on the calendar: against the article's day where it is known, else against
//! what the text itself says of years, else open.

use jiff::civil::Date;

use super::meaning::{Clock, Expression, Meaning, Tense, Year};
use super::point::Point;
use super::values::{duration, every, push_clock};
use crate::annot::{Time, TimexType};
use crate::detect::calendar::{self, Holiday, Unit};

/// What the whole text tells, gathered before the first expression is resolved.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    /// The latest year that the text speaks of and that its own year can be.
    pub year: Option<i32>,
    /// Signs that the day stands before the month in this text's numeric dates.
    pub day_first: i32,
    /// Signs that the month stands first.
    pub month_first: i32,
}

/// How many years before the article a year lies that a story is told of, rather than one that
/// the news only mentions.
const STORY: i32 = 15;

/// Resolves the expressions of one text in their order.
#[derive(Debug)]
pub(super) struct Resolver {
    written: Option<Date>,
    evidence: Evidence,
    /// The point on the calendar mentioned last, and its block.
    last: Option<(Point, u32)>,
    /// The last of them that lies in one year.
    dated: Option<(Point, u32)>,
    /// The quarter that the text reports on, and its block.
    quarter: Option<(i32, u8, u32)>,
    /// The year written out last in this block.
    told_year: Option<(i32, u32)>,
}

/// A value with how sure it is.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub time: Time,
    pub confidence: f32,
}

/// How a point was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ground {
    /// It stands in the text.
    Written,
    /// It follows from the article's day.
    Article,
    /// It follows from other years in the text.
    Inferred,
    /// A part of it is open.
    Open,
}

impl Resolver {
    pub(super) fn new(written: Option<Date>, evidence: Evidence) -> Self {
        Self { written, evidence, last: None, dated: None, quarter: None, told_year: None }
    }

    /// The value of the next expression; none for what turns out not to be on any calendar.
    pub(super) fn resolve(&mut self, it: &Expression) -> Option<Resolved> {
        let mut ground = Ground::Written;
        let mut modifier = it.modifier;
        let (kind, value) = match it.meaning {
            Meaning::Duration(amount, unit) => (TimexType::Duration, duration(amount, unit)),
            Meaning::Every(..)
            | Meaning::EveryWeekday(_)
            | Meaning::EveryMonth(_)
            | Meaning::EverySeason(_)
            | Meaning::EveryPart(_) => (TimexType::Set, every(it)),
            Meaning::Vague(way) => (TimexType::Date, vague(i32::from(way)).to_owned()),
            Meaning::Now => (TimexType::Date, vague(0).to_owned()),
            _ => {
                let point = self.point(it, it.meaning, &mut ground)?;
                let mut value = point.value();
                if let Some(until) = it.until {
                    let mut other = Ground::Written;
                    let end = self.point(it, until, &mut other)?;
                    let (start, end) = both_ends(it, point.clone(), end);
                    value = format!("{}/{}", start.value(), end.value());
                    if ground == Ground::Written {
                        ground = other;
                    }
                    self.remember(end, it);
                } else {
                    if let (Meaning::Feast { holiday, .. }, Point::Day(first)) =
                        (it.meaning, &point)
                        && let Some(last) = holiday.last_day(*first)
                    {
                        value = format!("{first}/{last}");
                    }
                    self.remember(point.clone(), it);
                }
                if it.since && it.clock.is_none() && it.until.is_none() && point.is_calendar() {
                    if it.has_year() {
                        value.push_str("/..");
                    } else {
                        modifier = modifier.or(Some("ON_OR_AFTER"));
                    }
                }
                match it.clock {
                    Some(clock) if point.is_day() => {
                        push_clock(&mut value, clock);
                        (TimexType::Time, value)
                    }
                    // A day that no calendar shows keeps the word alone.
                    _ => (TimexType::Date, value),
                }
            }
        };
        let inferred = ground == Ground::Inferred;
        let time = Time { kind, value: value.into(), inferred, modifier };
        Some(Resolved { time, confidence: confidence(it, ground) })
    }

    fn remember(&mut self, point: Point, it: &Expression) {
        if it.has_year()
            && let Some(year) = point.year()
        {
            self.told_year = Some((year, it.block));
        }
        if let (Point::Quarter(year, quarter), "quarter") = (&point, it.rule) {
            self.quarter = Some((*year, *quarter, it.block));
        }
        if point.year().is_some() {
            self.dated = Some((point.clone(), it.block));
        }
        if point.is_calendar() {
            self.last = Some((point, it.block));
        }
    }

    fn point(&self, it: &Expression, meaning: Meaning, ground: &mut Ground) -> Option<Point> {
        Some(match meaning {
            Meaning::Day { year, month, day } => self.day(it, (year, month, day), ground)?,
            Meaning::WeekOf { year, month, day } => {
                let day = self.day(it, (year, month, day), ground)?;
                day.widened(Unit::Week).unwrap_or(day)
            }
            Meaning::PeriodOf(year) => match self.reported(it) {
                Some((_, quarter)) => Point::Quarter(year, quarter),
                None => Point::Year(year),
            },
            Meaning::Slashes { year, first, second } => {
                self.slashes(it, (year, first, second), ground)?
            }
            Meaning::Quarter { year: Year::Open, number } if self.written.is_some() => {
                *ground = Ground::Article;
                self.quarter_near(number)?
            }
            Meaning::Month { .. }
            | Meaning::Season { .. }
            | Meaning::Quarter { .. }
            | Meaning::Half { .. } => self.part_of_year(it, meaning, ground)?,
            Meaning::Year(year) => match self.year_for(it, year, (1, None), ground) {
                Some(year) => Point::Year(year),
                None => unanchored(year_way(year)),
            },
            Meaning::Decade(decade) => Point::Decade(decade),
            Meaning::ShortDecade(digit) => {
                let century = if digit < 3 { 200 } else { 190 };
                Point::Decade(century + i32::from(digit))
            }
            Meaning::Century(century) => Point::Century(century),
            Meaning::Weekday(day, step) => self.weekday(it, day, step, ground),
            Meaning::DayOfMonth(day) => self.day_of_month(it, day, ground)?,
            Meaning::Feast { year, holiday } => self.feast(it, year, holiday, ground)?,
            Meaning::Step(unit, steps) => match self.written {
                Some(written) => {
                    *ground = Ground::Article;
                    self.as_quarter(it, unit, steps)
                        .or_else(|| Point::around(written, unit)?.moved(unit, steps))?
                }
                None => unanchored(steps),
            },
            Meaning::StepFromLast(unit, steps) => self.counted_on(it, unit, steps, ground)?,
            Meaning::Clock => self.day_of_clock(it, ground)?,
            _ => return None,
        })
    }

    /// A month, season, quarter or half, whose year may have to be found.
    fn part_of_year(&self, it: &Expression, of: Meaning, ground: &mut Ground) -> Option<Point> {
        let (year, month, open) = match of {
            Meaning::Month { year, month } => (year, month, format!("XXXX-{month:02}")),
            Meaning::Season { year, season } => {
                (year, season_month(season), format!("XXXX-{season}"))
            }
            Meaning::Quarter { year, number } => (year, number * 3 - 2, format!("XXXX-Q{number}")),
            Meaning::Half { year, number } => (year, number * 6 - 5, format!("XXXX-H{number}")),
            _ => return None,
        };
        let year = self.year_for(it, year, (month, None), ground);
        Some(match (year, of) {
            (Some(year), Meaning::Month { month, .. }) => Point::Month(year, month),
            (Some(year), Meaning::Season { season, .. }) => Point::Season(year, season),
            (Some(year), Meaning::Quarter { number, .. }) => Point::Quarter(year, number),
            (Some(year), Meaning::Half { number, .. }) => Point::Half(year, number),
            _ => Point::Open(open),
        })
    }

    fn day(&self, it: &Expression, on: (Year, u8, u8), ground: &mut Ground) -> Option<Point> {
        let (year, month, day) = on;
        let Some(year) = self.year_for(it, year, (month, Some(day)), ground) else {
            // 29 February is a day of some years; 31 June of none.
            calendar::day(2000, month, day)?;
            return Some(Point::Open(format!("XXXX-{month:02}-{day:02}")));
        };
        if year < 0 {
            return Some(Point::Year(year));
        }
        // 29 February of a year that was found and not written stays open.
        let open = || {
            let known = matches!(on.0, Year::Open) && calendar::day(2000, month, day).is_some();
            known.then(|| Point::Open(format!("XXXX-{month:02}-{day:02}")))
        };
        calendar::day(year, month, day).map(Point::Day).or_else(open)
    }

    /// "the 18th": of the month that its paragraph has named, else of one beside the article: the
    /// last one before it, or the next one where the verb looks ahead.
    fn day_of_month(&self, it: &Expression, day: u8, ground: &mut Ground) -> Option<Point> {
        let here = self.last.as_ref().filter(|(_, block)| *block == it.block);
        let (year, month) = match here {
            Some((Point::Day(last), _)) => (i32::from(last.year()), last.month().unsigned_abs()),
            Some((Point::Month(year, month), _)) => (*year, *month),
            _ => {
                *ground = Ground::Article;
                return self.day_near(it, day);
            }
        };
        Some(Point::Day(calendar::day(year, month, day)?))
    }

    fn day_near(&self, it: &Expression, day: u8) -> Option<Point> {
        let written = self.written?;
        let (year, month) = (i32::from(written.year()), written.month().unsigned_abs());
        let of_month = written.day().unsigned_abs();
        let months = match it.tense {
            Tense::Future => i32::from(day < of_month),
            _ => -i32::from(day > of_month),
        };
        let (year, month) = calendar::plus_months(year, month, months)?;
        Some(Point::Day(calendar::day(year, month, day)?))
    }

    /// 03/04/2024: settled by how the text writes elsewhere, else by which reading lies beside the
    /// article's day, else left open.
    fn slashes(&self, it: &Expression, on: (Year, u8, u8), ground: &mut Ground) -> Option<Point> {
        let (year, first, second) = on;
        let year_of = self.year_for(it, year, (first, None), ground)?;
        let month_first = calendar::day(year_of, first, second)?;
        let day_first = calendar::day(year_of, second, first)?;
        if first == second || self.evidence.month_first > self.evidence.day_first {
            return Some(Point::Day(month_first));
        }
        if self.evidence.day_first > self.evidence.month_first {
            return Some(Point::Day(day_first));
        }
        if let Some(written) = self.written {
            let near = |date: Date| (date - written).get_days().unsigned_abs() <= 14;
            match (near(month_first), near(day_first)) {
                (true, false) => return Some(Point::Day(month_first)),
                (false, true) => return Some(Point::Day(day_first)),
                _ => {}
            }
        }
        *ground = Ground::Open;
        Some(Point::Open(format!("{year_of:04}-XX-XX")))
    }

    /// The year of a month, a day, a season.
    fn year_for(
        &self,
        it: &Expression,
        year: Year,
        on: (u8, Option<u8>),
        ground: &mut Ground,
    ) -> Option<i32> {
        match year {
            Year::Given(year) => Some(year),
            Year::Short(short) => {
                let latest = self.written.map_or(2049, |date| i32::from(date.year()) + 25);
                let year = latest - latest.rem_euclid(100) + i32::from(short);
                Some(if year > latest { year - 100 } else { year })
            }
            Year::Step(steps) => {
                let written = self.written?;
                *ground = Ground::Article;
                Some(i32::from(written.year()) + i32::from(steps))
            }
            Year::Same(steps) => {
                let told = self.last.as_ref().and_then(|(last, _)| last.year());
                let written = self.written.map(|date| i32::from(date.year()));
                *ground = if written.is_some() { Ground::Article } else { Ground::Inferred };
                Some(told.or(written)? + i32::from(steps))
            }
            Year::Nearest(steps) => {
                let written = self.written?;
                *ground = Ground::Article;
                Some(nearest_year(written, on, i32::from(steps)))
            }
            Year::Open => self.open_year(it, on, ground),
        }
    }

    /// The year of "July" or "Oct 22" alone.
    fn open_year(&self, it: &Expression, on: (u8, Option<u8>), ground: &mut Ground) -> Option<i32> {
        let told = self.told_year.filter(|(_, block)| *block == it.block).map(|(year, _)| year);
        let Some(written) = self.written else {
            *ground = Ground::Inferred;
            let year = told.or(self.evidence.year);
            if year.is_none() {
                *ground = Ground::Open;
            }
            return year;
        };
        *ground = Ground::Article;
        let this = i32::from(written.year());
        // A story of former years goes on in the year that it has named.
        if let Some(year) = told.filter(|year| *year < this - STORY && it.tense.is_past()) {
            return Some(year);
        }
        let (month, of) = on;
        let now = (written.month().unsigned_abs(), written.day().unsigned_abs());
        let ahead = |months: u8, days: i64| match of {
            Some(day) => calendar::day(this, month, day)
                .is_some_and(|date| i64::from((date - written).get_days()) > days),
            None => month > now.0 + months,
        };
        let behind = |days: i64| match of {
            Some(day) => calendar::day(this, month, day)
                .is_some_and(|date| i64::from((date - written).get_days()) < -days),
            None => i64::from(month) + days / 30 < i64::from(now.0),
        };
        Some(match it.tense {
            Tense::Told if ahead(0, 45) => this - 1,
            // One of the two months to come is that of this year: who means the other says "last".
            Tense::Past if ahead(2, 75) => this - 1,
            Tense::Unknown if ahead(5, 180) => this - 1,
            Tense::Unknown if of.is_none() && behind(240) => this + 1,
            Tense::Future if behind(60) => this + 1,
            _ => this,
        })
    }

    /// "the third quarter" alone: the last one of that number that has begun.
    fn quarter_near(&self, number: u8) -> Option<Point> {
        let written = self.written?;
        let begun = number * 3 - 2 <= written.month().unsigned_abs();
        Some(Point::Quarter(i32::from(written.year()) - i32::from(!begun), number))
    }

    fn weekday(&self, it: &Expression, day: u8, step: i8, ground: &mut Ground) -> Point {
        let Some(written) = self.written else {
            *ground = Ground::Open;
            return Point::Open(format!("XXXX-WXX-{day}"));
        };
        *ground = Ground::Article;
        let today = i64::from(calendar::weekday(written));
        let back = (today - i64::from(day)).rem_euclid(7);
        let on = (i64::from(day) - today).rem_euclid(7);
        let days = match step {
            -1 if back == 0 => -7,
            -1 => -back,
            1 if on == 0 => 7,
            1 => on,
            0 => i64::from(day) - today,
            _ if it.tense == Tense::Future => on,
            _ => -back,
        };
        calendar::plus_days(written, days).map_or(Point::Open(String::new()), Point::Day)
    }

    fn feast(
        &self,
        it: &Expression,
        year: Year,
        holiday: Holiday,
        ground: &mut Ground,
    ) -> Option<Point> {
        // The month tells on which side of the article the feast of its year lies.
        let near = holiday.in_year(self.written.map_or(2000, |date| i32::from(date.year())))?;
        let on = (near.month().unsigned_abs(), Some(near.day().unsigned_abs()));
        match self.year_for(it, year, on, ground) {
            Some(year) => Some(Point::Day(holiday.in_year(year)?)),
            None => match holiday {
                Holiday::Fixed(month, day) => {
                    Some(Point::Open(format!("XXXX-{month:02}-{day:02}")))
                }
                _ => Some(Point::Open("XXXX-XX-XX".to_owned())),
            },
        }
    }

    /// "a year earlier" beside a quarter means that quarter of the year before.
    fn as_quarter(&self, it: &Expression, unit: Unit, steps: i32) -> Option<Point> {
        let (year, quarter) =
            self.reported(it).filter(|_| unit == Unit::Year && it.rule == "ago")?;
        Point::Quarter(year, quarter).moved(Unit::Quarter, steps.checked_mul(4)?)
    }

    fn counted_on(
        &self,
        it: &Expression,
        unit: Unit,
        steps: i32,
        ground: &mut Ground,
    ) -> Option<Point> {
        *ground = if self.written.is_some() { Ground::Article } else { Ground::Inferred };
        let near = |block: &u32| *block + 1 >= it.block;
        if let Some((year, quarter)) = self.reported(it) {
            match unit {
                Unit::Year if steps == -1 => return Some(Point::Quarter(year - 1, quarter)),
                Unit::Quarter => return Point::Quarter(year, quarter).moved(unit, steps),
                _ => {}
            }
        }
        match &self.dated {
            Some((point, block)) if near(block) && unit != Unit::Quarter => {
                point.widened(unit).and_then(|wide| wide.moved(unit, steps)).or_else(|| {
                    self.written.and_then(|day| Point::around(day, unit)?.moved(unit, steps))
                })
            }
            _ if unit == Unit::Quarter => {
                // The quarter that reports speak of is the one that has ended.
                let written = self.written?;
                Point::around(written, unit)?.moved(unit, steps.saturating_sub(1))
            }
            _ => {
                let Some(written) = self.written else {
                    *ground = Ground::Open;
                    return Some(unanchored(steps));
                };
                Point::around(written, unit)?.moved(unit, steps)
            }
        }
    }

    /// The quarter reported on not long before.
    fn reported(&self, it: &Expression) -> Option<(i32, u8)> {
        let (year, quarter, block) = self.quarter?;
        (block + 4 >= it.block).then_some((year, quarter))
    }

    /// The day of "10 p.m." alone: that mentioned before in the paragraph, else the article's. "In
    /// the morning" without a day means any.
    fn day_of_clock(&self, it: &Expression, ground: &mut Ground) -> Option<Point> {
        if let Some((Point::Day(day), block)) = &self.last
            && *block == it.block
        {
            return Some(Point::Day(*day));
        }
        if matches!(it.clock, Some(Clock::Part(_))) {
            return None;
        }
        let Some(written) = self.written else {
            *ground = Ground::Open;
            return Some(Point::Open("XXXX-XX-XX".to_owned()));
        };
        *ground = Ground::Article;
        Some(Point::Day(written))
    }
}

impl Expression {
    /// Whether its year stands in it.
    pub(super) fn has_year(&self) -> bool {
        let given = |meaning: Meaning| match meaning {
            Meaning::Day { year, .. }
            | Meaning::Slashes { year, .. }
            | Meaning::Month { year, .. }
            | Meaning::Season { year, .. }
            | Meaning::Quarter { year, .. }
            | Meaning::Half { year, .. }
            | Meaning::Feast { year, .. }
            | Meaning::Year(year) => matches!(year, Year::Given(_) | Year::Short(_)),
            Meaning::Decade(_) | Meaning::ShortDecade(_) | Meaning::Century(_) => true,
            _ => false,
        };
        given(self.meaning) || self.until.is_some_and(given)
    }
}

/// Where neither the article nor the text tells the day: the direction alone.
fn unanchored(steps: i32) -> Point {
    Point::Open(vague(steps).to_owned())
}

/// The second end takes what only the first one says and the other way round.
fn both_ends(it: &Expression, start: Point, end: Point) -> (Point, Point) {
    let start = match (it.meaning, it.until, &end) {
        (
            Meaning::Month { year: Year::Open, month },
            Some(Meaning::Month { year, .. }),
            Point::Month(of, last),
        ) if year != Year::Open => Point::Month(if month <= *last { *of } else { of - 1 }, month),
        (
            Meaning::Day { year: Year::Open, month, day },
            Some(Meaning::Day { year, .. }),
            Point::Day(last),
        ) if year != Year::Open => {
            let of = i32::from(last.year());
            let same = calendar::day(of, month, day).filter(|date| date <= last);
            same.or_else(|| calendar::day(of - 1, month, day)).map_or(start, Point::Day)
        }
        _ => start,
    };
    let end = match (&start, end) {
        (Point::Day(first), Point::Day(last)) if last < *first => {
            let next = calendar::day(
                i32::from(first.year()) + 1,
                last.month().unsigned_abs(),
                last.day().unsigned_abs(),
            );
            Point::Day(next.unwrap_or(last))
        }
        (Point::Month(first, from), Point::Month(of, to)) if (*first, *from) > (of, to) => {
            Point::Month(first + i32::from(to < *from), to)
        }
        (_, end) => end,
    };
    (start, end)
}

fn nearest_year(written: Date, on: (u8, Option<u8>), steps: i32) -> i32 {
    let (this, now) = (i32::from(written.year()), written.month().unsigned_abs());
    let (month, day) = on;
    match steps {
        // "last June" in July is that of the year before, or it would be last month.
        -1 if month >= now || day.is_none() && month + 1 == now => this - 1,
        1 if month <= now => this + 1,
        _ => this,
    }
}

fn year_way(year: Year) -> i32 {
    match year {
        Year::Step(steps) | Year::Nearest(steps) | Year::Same(steps) => i32::from(steps),
        _ => 0,
    }
}

fn season_month(season: &str) -> u8 {
    match season {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    }
}

const fn vague(way: i32) -> &'static str {
    match way {
        ..0 => "PAST_REF",
        0 => "PRESENT_REF",
        1.. => "FUTURE_REF",
    }
}

fn confidence(it: &Expression, ground: Ground) -> f32 {
    let base = match ground {
        Ground::Written => 0.95,
        Ground::Article => 0.85,
        Ground::Inferred => 0.6,
        Ground::Open => 0.4,
    };
    match it.rule {
        "reference" => 0.7,
        "from the last time" => base - 0.2,
        "year" | "month" | "season" => base - 0.05,
        _ => base,
    }
}
