//! The calendar behind times: steps that cannot leave the years 1 to 9999, weeks, feasts.

use jiff::civil::{Date, ISOWeekDate, Weekday};

/// The steps in which people count time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Sixty to a minute.
    Second,
    /// Sixty to an hour.
    Minute,
    /// Twenty-four to a day.
    Hour,
    /// A day of the calendar.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday (ISO 8601).
    Week,
    /// Two weeks.
    Fortnight,
    /// A month of the calendar.
    Month,
    /// Three months.
    Quarter,
    /// A year of the calendar.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

/// A day, where the calendar has it and the year is one of four digits.
pub fn day(year: i32, month: u8, day: u8) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| (1..=9999).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The day that lies so many days later; earlier for a negative number.
pub fn plus_days(date: Date, days: i64) -> Option<Date> {
    let days = i32::try_from(days).ok()?;
    let moved = date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    (moved.year() >= 1).then_some(moved)
}

/// Year and month that lie so many months later; earlier for a negative number.
pub fn plus_months(year: i32, month: u8, months: i32) -> Option<(i32, u8)> {
    let count = year.checked_mul(12)?.checked_add(i32::from(month) - 1)?.checked_add(months)?;
    let moved = (count.div_euclid(12), u8::try_from(count.rem_euclid(12)).ok()? + 1);
    (1..=9999).contains(&moved.0).then_some(moved)
}

/// Monday is 1, Sunday 7.
pub fn weekday(date: Date) -> u8 {
    date.weekday().to_monday_one_offset().unsigned_abs()
}

/// Year and number of a day's week as ISO 8601 counts them.
pub fn week(date: Date) -> (i16, i8) {
    let week = date.iso_week_date();
    (week.year(), week.week())
}

/// The Monday of a week.
pub fn monday(year: i16, week: i8) -> Option<Date> {
    Some(Date::from_iso_week_date(ISOWeekDate::new(year, week, Weekday::Monday).ok()?))
}

/// The number of days in a month; 0 for a month that does not exist.
pub fn month_length(year: i32, month: u8) -> u8 {
    day(year, month, 1).map_or(0, |date| date.days_in_month().unsigned_abs())
}

/// A feast or another day with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// The same day of the same month in every year.
    Fixed(u8, u8),
    /// So many days after Easter Sunday of the Western churches.
    Easter(i8),
    /// The n-th such weekday of a month, -1 for the last one: month, weekday, n.
    Nth(u8, u8, i8),
    /// The Tuesday after the first Monday in November.
    ElectionDay,
    /// So many days after Thanksgiving in the United States.
    Thanksgiving(i8),
    /// Easter Sunday of the Eastern churches.
    OrthodoxEaster,
    /// So many days after the Jewish New Year, whose calendar is counted and not seen.
    NewYear(i16),
    /// So many days after the first day of Passover.
    Passover(i8),
    /// The first day of Hanukkah.
    Hanukkah,
    /// Month and day of the Islamic calendar as tables count it. Where the moon is looked for, the
    /// feast can lie a day or two beside.
    Islamic(u8, u8),
}

impl Holiday {
    /// Its day in a year.
    pub fn in_year(self, year: i32) -> Option<Date> {
        match self {
            Self::Fixed(month, of) => day(year, month, of),
            Self::Easter(days) => plus_days(easter(year)?, i64::from(days)),
            Self::Nth(month, weekday, n) => {
                let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
                day(year, month, 1)?.nth_weekday_of_month(n, weekday).ok()
            }
            Self::ElectionDay => plus_days(Self::Nth(11, 1, 1).in_year(year)?, 1),
            Self::Thanksgiving(days) => {
                plus_days(Self::Nth(11, 4, 4).in_year(year)?, i64::from(days))
            }
            Self::OrthodoxEaster => orthodox_easter(year),
            Self::NewYear(days) => plus_days(jewish_new_year(year)?, i64::from(days)),
            Self::Passover(days) => plus_days(jewish_new_year(year)?, i64::from(days) - 163),
            Self::Hanukkah => {
                let (first, next) = (jewish_new_year(year)?, jewish_new_year(year + 1)?);
                // In a year of 355 or 385 days the month before has one more.
                let long = (next - first).get_days() % 10 == 5;
                plus_days(first, 83 + i64::from(long))
            }
            Self::Islamic(month, of) => {
                let near = (year - 622) * 33 / 32;
                let days = (near - 1..=near + 2).filter_map(|it| islamic(it, month, of));
                days.into_iter().find(|it| i32::from(it.year()) == year)
            }
        }
    }

    /// Whether the day is counted where others look for the moon.
    pub fn is_about(self) -> bool {
        matches!(self, Self::Islamic(..))
    }

    /// The last day of Ramadan, for which no single day stands.
    pub fn last_day(self, first: Date) -> Option<Date> {
        if self == Self::RAMADAN { plus_days(first, 29) } else { None }
    }

    /// The month of fasting.
    pub const RAMADAN: Self = Self::Islamic(9, 1);
}

/// The day that lies so many days after the last one before the year 1 (R. D. of Reingold and
/// Dershowitz, Calendrical Calculations).
fn fixed(days: i64) -> Option<Date> {
    plus_days(day(1, 1, 1)?, days.checked_sub(1)?)
}

/// The first day of the Jewish year that begins in this one, by the rules of Hillel II as
/// Calendrical Calculations gives them.
fn jewish_new_year(year: i32) -> Option<Date> {
    let elapsed = |year: i64| {
        let months = (235 * year - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let days = 29 * months + parts.div_euclid(25_920);
        if (3 * (days + 1)).rem_euclid(7) < 3 { days + 1 } else { days }
    };
    let of = i64::from(year) + 3761;
    let (before, this, next) = (elapsed(of - 1), elapsed(of), elapsed(of + 1));
    let moved = match (next - this, this - before) {
        (356, _) => 2,
        (_, 382) => 1,
        _ => 0,
    };
    fixed(this + moved - 1_373_427)
}

/// A day of the Islamic calendar as the tables of the civil count give it (epoch 16 July 622).
fn islamic(year: i32, month: u8, of: u8) -> Option<Date> {
    let (year, month, of) = (i64::from(year), i64::from(month), i64::from(of));
    fixed(
        227_014
            + (year - 1) * 354
            + (3 + 11 * year).div_euclid(30)
            + 29 * (month - 1)
            + month / 2
            + of,
    )
}

/// Easter Sunday of the Eastern churches (Meeus, Astronomical Algorithms), in the Gregorian
/// calendar.
fn orthodox_easter(year: i32) -> Option<Date> {
    let (four, seven, nineteen) = (year.rem_euclid(4), year.rem_euclid(7), year.rem_euclid(19));
    let moon = (19 * nineteen + 15).rem_euclid(30);
    let to_sunday = (2 * four + 4 * seven - moon + 34).rem_euclid(7);
    let count = moon + to_sunday + 114;
    let julian = day(year, u8::try_from(count / 31).ok()?, u8::try_from(count % 31 + 1).ok()?)?;
    let century = i64::from(year / 100);
    plus_days(julian, century - century / 4 - 2)
}

/// Easter Sunday in the Gregorian calendar (the anonymous algorithm published in 1876).
pub fn easter(year: i32) -> Option<Date> {
    let golden = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let moon = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - moon + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 19 * to_sunday) / 433;
    let month = (epact + to_sunday - 7 * late + 90) / 25;
    let of = (epact + to_sunday - 7 * late + 33 * month + 19).rem_euclid(32);
    day(year, u8::try_from(month).ok()?, u8::try_from(of).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn feasts_fall_where_the_churches_and_states_say() {
        let check = |holiday: Holiday, year: i32, want: &str| {
            assert_eq!(holiday.in_year(year).map(|it| it.to_string()).as_deref(), Some(want));
        };
        check(Holiday::Easter(0), 2024, "2024-03-31");
        check(Holiday::Easter(0), 2000, "2000-04-23");
        check(Holiday::Easter(-2), 1998, "1998-04-10");
        check(Holiday::Nth(11, 4, 4), 1999, "1999-11-25");
        check(Holiday::Nth(5, 1, -1), 2021, "2021-05-31");
        check(Holiday::ElectionDay, 2016, "2016-11-08");
        check(Holiday::Fixed(12, 25), 2010, "2010-12-25");
        check(Holiday::Thanksgiving(1), 2023, "2023-11-24");
        check(Holiday::OrthodoxEaster, 2024, "2024-05-05");
        check(Holiday::OrthodoxEaster, 2017, "2017-04-16");
        check(Holiday::NewYear(0), 2023, "2023-09-16");
        check(Holiday::NewYear(9), 2024, "2024-10-12");
        check(Holiday::Passover(0), 2024, "2024-04-23");
        check(Holiday::Passover(0), 2019, "2019-04-20");
        check(Holiday::Hanukkah, 2023, "2023-12-08");
        check(Holiday::Hanukkah, 2024, "2024-12-26");
        check(Holiday::RAMADAN, 2024, "2024-03-11");
        check(Holiday::Islamic(10, 1), 2024, "2024-04-10");
        check(Holiday::Islamic(12, 10), 1998, "1998-04-08");
    }

    proptest! {
        #[test]
        fn easter_is_a_sunday_in_march_or_april(year in 1583_i32..=9999) {
            let date = easter(year).expect("every year has an Easter");
            prop_assert_eq!(weekday(date), 7);
            prop_assert!(matches!(date.month(), 3 | 4));
        }

        #[test]
        fn no_step_breaks(year in 1_i32..=9999, month in 1_u8..=12, step: i32, days: i64) {
            if let Some((year, month)) = plus_months(year, month, step) {
                prop_assert!((1..=9999).contains(&year) && (1..=12).contains(&month));
            }
            if let Some(date) = day(year, month, 1) {
                let _ = plus_days(date, days);
            }
        }
    }
}
