//! Stretches of the calendar as TIMEX3 names them.

use jiff::civil::Date;

use crate::detect::calendar::{self, Unit};

/// A day, week, month or longer, with or without a place on the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Point {
    Day(Date),
    /// Year and number (ISO 8601).
    Week(i16, i8),
    Weekend(i16, i8),
    Month(i32, u8),
    Quarter(i32, u8),
    Half(i32, u8),
    Season(i32, &'static str),
    Year(i32),
    /// First three digits.
    Decade(i32),
    /// First two digits; negative numbers count centuries before Christ.
    Century(i32),
    /// A value with an open place.
    Open(String),
}

impl Point {
    /// The TIMEX3 value.
    pub(super) fn value(&self) -> String {
        match self {
            Self::Day(date) => date.to_string(),
            Self::Week(year, week) => format!("{year:04}-W{week:02}"),
            Self::Weekend(year, week) => format!("{year:04}-W{week:02}-WE"),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Season(year, season) => format!("{year:04}-{season}"),
            Self::Year(year) if *year < 0 => format!("-{:04}", year.unsigned_abs()),
            Self::Year(year) => format!("{year:04}"),
            Self::Decade(decade) => format!("{decade:03}"),
            Self::Century(century) if *century < 0 => format!("-{:02}", century.unsigned_abs()),
            Self::Century(century) => format!("{century:02}"),
            Self::Open(value) => value.clone(),
        }
    }

    /// The stretch of this length around a day.
    pub(super) fn around(day: Date, unit: Unit) -> Option<Self> {
        let (year, month) = (i32::from(day.year()), day.month().unsigned_abs());
        let (week_year, week) = calendar::week(day);
        Some(match unit {
            Unit::Day => Self::Day(day),
            Unit::Week | Unit::Fortnight => Self::Week(week_year, week),
            Unit::Weekend => {
                // Early in the week "the weekend" is the one before, as news tells it.
                let shift = if calendar::weekday(day) <= 3 { -7 } else { 0 };
                let (year, week) = calendar::week(calendar::plus_days(day, shift)?);
                Self::Weekend(year, week)
            }
            Unit::Month => Self::Month(year, month),
            Unit::Quarter => Self::Quarter(year, (month - 1) / 3 + 1),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year / 10),
            Unit::Century => Self::Century(year / 100),
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Millennium => return None,
        })
    }

    /// The stretch of this length that holds the first day of this one; none where this one is
    /// longer.
    pub(super) fn widened(&self, unit: Unit) -> Option<Self> {
        match self {
            Self::Day(day) => Self::around(*day, unit),
            Self::Month(year, month) if unit >= Unit::Month => {
                Self::around(calendar::day(*year, *month, 1)?, unit)
            }
            Self::Week(year, week) | Self::Weekend(year, week) if unit >= Unit::Week => {
                Self::around(calendar::monday(*year, *week)?, unit)
            }
            Self::Quarter(year, quarter) if unit >= Unit::Quarter => {
                Self::around(calendar::day(*year, quarter * 3 - 2, 1)?, unit)
            }
            Self::Half(year, _) | Self::Season(year, _) | Self::Year(year)
                if unit >= Unit::Year && *year > 0 =>
            {
                Self::around(calendar::day(*year, 1, 1)?, unit)
            }
            _ => None,
        }
    }

    /// So many units later.
    pub(super) fn moved(&self, unit: Unit, steps: i32) -> Option<Self> {
        let years = |year: i32| year.checked_add(steps).filter(|year| (1..=9999).contains(year));
        Some(match self {
            Self::Day(day) => Self::Day(calendar::plus_days(*day, i64::from(steps))?),
            Self::Week(year, week) => {
                let days = if unit == Unit::Fortnight { 14 } else { 7 };
                let moved =
                    calendar::plus_days(calendar::monday(*year, *week)?, days * i64::from(steps))?;
                let (year, week) = calendar::week(moved);
                Self::Week(year, week)
            }
            Self::Weekend(year, week) => {
                let moved =
                    calendar::plus_days(calendar::monday(*year, *week)?, 7 * i64::from(steps))?;
                let (year, week) = calendar::week(moved);
                Self::Weekend(year, week)
            }
            Self::Month(year, month) => {
                let (year, month) = calendar::plus_months(*year, *month, steps)?;
                Self::Month(year, month)
            }
            Self::Quarter(year, quarter) => {
                let (year, month) =
                    calendar::plus_months(*year, quarter * 3 - 2, steps.checked_mul(3)?)?;
                Self::Quarter(year, (month - 1) / 3 + 1)
            }
            Self::Year(year) => Self::Year(years(*year)?),
            Self::Decade(decade) => {
                let decade = decade.checked_add(steps).filter(|it| (0..1000).contains(it))?;
                Self::Decade(decade)
            }
            Self::Century(century) => {
                let century = century.checked_add(steps).filter(|it| (0..100).contains(it))?;
                Self::Century(century)
            }
            other => other.clone(),
        })
    }

    /// The year that it lies in, where it lies in one.
    pub(super) fn year(&self) -> Option<i32> {
        match self {
            Self::Day(date) => Some(i32::from(date.year())),
            Self::Week(year, _) | Self::Weekend(year, _) => Some(i32::from(*year)),
            Self::Month(year, _)
            | Self::Quarter(year, _)
            | Self::Half(year, _)
            | Self::Season(year, _)
            | Self::Year(year) => Some(*year),
            Self::Decade(_) | Self::Century(_) | Self::Open(_) => None,
        }
    }

    pub(super) const fn is_calendar(&self) -> bool {
        !matches!(self, Self::Open(_))
    }

    /// Whether a time of day may follow its value.
    pub(super) fn is_day(&self) -> bool {
        match self {
            Self::Day(_) => true,
            Self::Open(value) => value.starts_with("XXXX-"),
            _ => false,
        }
    }
}
