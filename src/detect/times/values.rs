//! Values of lengths, repeated times and times of day as TIMEX3 writes them.

use std::fmt::Write as _;

use super::meaning::{Amount, Clock, Expression, Meaning};
use crate::detect::calendar::Unit;

/// Adds a time of day to a day's value.
pub(super) fn push_clock(value: &mut String, clock: Clock) {
    // Writing into a string cannot fail.
    let _ = match clock {
        Clock::Part(part) => write!(value, "T{part}"),
        Clock::At { hour, minute, second: Some(second), .. } => {
            write!(value, "T{hour:02}:{:02}:{second:02}", minute.unwrap_or(0))
        }
        Clock::At { hour, minute, .. } => write!(value, "T{hour:02}:{:02}", minute.unwrap_or(0)),
    };
    if let Clock::At { utc: true, .. } = clock {
        value.push('Z');
    }
}

/// The value of a time that comes again.
pub(super) fn every(it: &Expression) -> String {
    let mut value = match it.meaning {
        Meaning::Every(amount, unit) => return duration(amount, unit),
        Meaning::EveryWeekday(day) => format!("XXXX-WXX-{day}"),
        Meaning::EveryMonth(month) => format!("XXXX-{month:02}"),
        Meaning::EverySeason(season) => format!("XXXX-{season}"),
        Meaning::EveryPart(part) => format!("XXXX-XX-XXT{part}"),
        _ => String::new(),
    };
    if let Some(clock) = it.clock {
        push_clock(&mut value, clock);
    }
    value
}

/// A length as ISO 8601 writes it, with `X` for a number that is not said.
pub(super) fn duration(amount: Amount, unit: Unit) -> String {
    let (prefix, letter, times) = match unit {
        Unit::Second => ("PT", "S", 1),
        Unit::Minute => ("PT", "M", 1),
        Unit::Hour => ("PT", "H", 1),
        Unit::Day => ("P", "D", 1),
        Unit::Weekend => ("P", "WE", 1),
        Unit::Week => ("P", "W", 1),
        Unit::Fortnight => ("P", "W", 2),
        Unit::Month => ("P", "M", 1),
        Unit::Quarter => ("P", "Q", 1),
        Unit::Year => ("P", "Y", 1),
        Unit::Decade => ("P", "Y", 10),
        Unit::Century => ("P", "Y", 100),
        Unit::Millennium => ("P", "Y", 1000),
    };
    let Some(whole) = amount.whole else { return format!("{prefix}X{letter}") };
    let half = amount.fraction == (5, 1);
    let smaller = match unit {
        Unit::Minute => Some("30S"),
        Unit::Hour => Some("30M"),
        Unit::Day => Some("T12H"),
        Unit::Year => Some("6M"),
        _ => None,
    };
    if amount.fraction.0 == 0 {
        return format!("{prefix}{}{letter}", whole.saturating_mul(times));
    }
    match (half, smaller) {
        (true, Some(smaller)) if whole == 0 => format!("{prefix}{smaller}"),
        (true, Some(smaller)) => format!("{prefix}{whole}{letter}{smaller}"),
        (true, None) if times > 1 => {
            format!("{prefix}{}{letter}", whole.saturating_mul(times).saturating_add(times / 2))
        }
        _ => {
            let width = usize::from(amount.fraction.1);
            format!("{prefix}{whole}.{:0width$}{letter}", amount.fraction.0)
        }
    }
}
