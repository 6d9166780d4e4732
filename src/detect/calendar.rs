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
        }
    }
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
