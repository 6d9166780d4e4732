//! Why a time has its value, and what else it nearly was.
//!
//! Nothing of this is stored: the reading that was turned down follows from the rule, the value and
//! the day of the article.

use jiff::civil::Date;

use crate::annot::{Time, TimexType};
use crate::detect::calendar;

/// What helps where the article's own day is not known.
const UNDATED: &str = "The article’s day is not known; `:date 2024-10-11` (or `--date`) gives it.";

/// The rules that need the article's own day, where they need it for every time.
const COUNTED: [&str; 9] =
    ["near day", "last", "next", "this", "ago", "from now", "weekday", "clock", "part of day"];

/// Why a time has its value and, behind it, what else it nearly was; none for a rule that is not
/// known here. `words` are those of the time itself, `written` is the article's day.
pub fn told(
    rule: &str,
    words: &str,
    time: &Time,
    written: Option<Date>,
) -> Option<(&'static str, Option<String>)> {
    let why = super::RULES.iter().find(|(name, _)| *name == rule)?.1;
    if written.is_none() && needs_day(rule, time) {
        return Some((UNDATED, None));
    }
    if rule == "weekday"
        && let Some((why, other)) = weekday(words, time, written)
    {
        return Some((why, Some(other)));
    }
    Some((why, other(rule, words, time, written)))
}

/// Whether the article's day would make more of it.
fn needs_day(rule: &str, time: &Time) -> bool {
    let open = time.value.contains('X') || time.value.ends_with("_REF");
    let pointed = matches!(time.kind, TimexType::Date | TimexType::Time);
    pointed && (time.inferred || open && rule != "reference" && rule != "numeric date")
        || COUNTED.contains(&rule) && open && pointed
}

/// The reading that was turned down.
fn other(rule: &str, words: &str, time: &Time, written: Option<Date>) -> Option<String> {
    let computed = match rule {
        "month" | "date" | "season" | "quarter" | "half" | "feast" => {
            other_year(words, time, written)
        }
        "numeric date" => other_order(words, time),
        _ => None,
    };
    computed.or_else(|| Some(usual(rule)?.to_owned()))
}

/// What a rule's times are most easily taken for.
fn usual(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "dateline" => "a date that the article tells of",
        "year" => "a number of things, were they named behind it",
        "fiscal year" => "the twelve months before its last day of account",
        "quarter" => "a quarter of a year of account that begins in another month",
        "decade" => "somebody’s age, or the decade of another century",
        "near day" => "“nowadays”, where no single day is meant",
        "last" | "next" => "a length that touches the article’s day: “the last twelve months”",
        "this" => "the stretch that was mentioned before",
        "ago" | "from now" => "a length alone, without the words that count it from a day",
        "from the last time" => "counted from the article’s own day",
        "edge" => "the whole of the longer time",
        "stretch" => "two times, each for itself",
        "clock" => "the same hour of another day that the text names",
        "length" => "a time so long before or after a day",
        "rate" | "set" => "a length, or a time that comes only once",
        "reference" => "a word that joins two thoughts and tells no time",
        _ => return None,
    })
}

/// Which weekday it is, and the one of the week before or after.
fn weekday(words: &str, time: &Time, written: Option<Date>) -> Option<(&'static str, String)> {
    let day: Date = time.value.get(..10)?.parse().ok()?;
    let ahead = day > written?;
    let first = words.split_whitespace().next()?.to_ascii_lowercase();
    let moved = |days: i64| calendar::plus_days(day, days);
    Some(match &*first {
        "last" | "previous" => (
            "The weekday that lies nearest before the article’s day.",
            format!("{}, if “{first}” passed over one", moved(-7)?),
        ),
        "next" | "coming" | "following" => (
            "The weekday that comes next after the article’s day.",
            format!("{}, if “{first}” passed over one", moved(7)?),
        ),
        "this" => (
            "The weekday of the article’s own week.",
            format!("{}, if it meant the one to come", moved(7)?),
        ),
        _ if ahead => (
            "A weekday: the next one, for the verb looks ahead.",
            format!("{}, if the verb looked back", moved(-7)?),
        ),
        _ => (
            "A weekday: the last one before the article.",
            format!("{}, if the verb looked ahead", moved(7)?),
        ),
    })
}

/// The same month, day or quarter of the nearest other year, where the text writes no year.
fn other_year(words: &str, time: &Time, written: Option<Date>) -> Option<String> {
    let year: i32 = time.value.get(..4)?.parse().ok()?;
    let short = format!("{:02}", year.rem_euclid(100));
    let said = words.contains(time.value.get(..4)?)
        || words.contains(&format!("'{short}"))
        || words.contains(&format!("’{short}"))
        || words.contains("year");
    let rest = time.value.get(4..).filter(|it| it.starts_with('-') && !it.contains('/'))?;
    if said {
        return None;
    }
    let written = written?;
    let other = if year < i32::from(written.year()) { year + 1 } else { year - 1 };
    // In the article's own year, the other one lies on the other side of its day.
    let month = match rest.get(1..3)? {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        "WI" => 12,
        "Q1" | "H1" => 1,
        "Q2" => 4,
        "Q3" | "H2" => 7,
        "Q4" => 10,
        digits => digits.parse::<i8>().ok()?,
    };
    let past = year == i32::from(written.year()) && month < written.month();
    let (other, side) = if past {
        (year + 1, "ahead")
    } else if other > year {
        (other, "ahead")
    } else {
        (other, "back")
    };
    Some(format!("{other:04}{rest}, if the words around it looked {side}"))
}

/// The day of "03/04/2024" with day and month the other way round; both, where it is open.
fn other_order(words: &str, time: &Time) -> Option<String> {
    let mut numbers = words.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty());
    let first: u8 = numbers.next()?.parse().ok()?;
    let second: u8 = numbers.next()?.parse().ok()?;
    let year: i32 = time.value.get(..4)?.parse().ok()?;
    let month_first = calendar::day(year, first, second)?;
    let day_first = calendar::day(year, second, first)?;
    let value = &*time.value;
    Some(if value == month_first.to_string() {
        format!("{day_first}, where the day stands first")
    } else if value == day_first.to_string() {
        format!("{month_first}, where the month stands first")
    } else {
        format!("nothing here tells which of {day_first} and {month_first} it is")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(value: &str, inferred: bool) -> Time {
        Time { kind: TimexType::Date, value: value.into(), inferred, modifier: None }
    }

    /// On 11 October 2024, a Friday.
    #[track_caller]
    fn check(rule: &str, words: &str, value: &str, other: Option<&str>) {
        let day = "2024-10-11".parse().ok();
        let (why, found) = told(rule, words, &time(value, false), day).expect("a known rule");
        assert_ne!(why, UNDATED, "{words}");
        assert_eq!(found.as_deref(), other, "{words}");
    }

    #[test]
    fn what_else_it_nearly_was() {
        let ahead = "2024-10-15, if the verb looked ahead";
        check("weekday", "Tuesday", "2024-10-08", Some(ahead));
        let back = "2024-10-08TMO";
        check("weekday", "Tuesday morning", back, Some(ahead));
        let before = "2024-10-08, if the verb looked back";
        check("weekday", "Tuesday", "2024-10-15", Some(before));
        let over = "2024-09-27, if “last” passed over one";
        check("weekday", "last Friday", "2024-10-04", Some(over));
        let year = "2025-07, if the words around it looked ahead";
        check("month", "July", "2024-07", Some(year));
        let year = "2024-11, if the words around it looked ahead";
        check("month", "November", "2023-11", Some(year));
        let year = "2023-12-05, if the words around it looked back";
        check("date", "Dec. 5", "2024-12-05", Some(year));
        check("date", "5 December 2024", "2024-12-05", None);
        let order = "2024-03-04, where the month stands first";
        check("numeric date", "03/04/2024", "2024-04-03", Some(order));
        let open = "nothing here tells which of 2024-04-03 and 2024-03-04 it is";
        check("numeric date", "03/04/2024", "2024-XX-XX", Some(open));
    }

    #[test]
    fn without_the_articles_day_it_is_told_what_helps() {
        let check = |rule: &str, value: &str, inferred: bool, helped: bool| {
            let told = told(rule, "words", &time(value, inferred), None).expect("a known rule");
            assert_eq!(told.0 == UNDATED, helped, "{rule} {value}");
        };
        check("near day", "PRESENT_REF", false, true);
        check("weekday", "XXXX-WXX-5", false, true);
        check("month", "2024-07", true, true);
        check("month", "XXXX-07", false, true);
        check("last", "PAST_REF", false, true);
        check("reference", "PRESENT_REF", false, false);
        check("numeric date", "2024-XX-XX", false, false);
        check("date", "2024-07-05", false, false);
        check("length", "P3D", false, false);
        assert_eq!(told("hearsay", "words", &time("2024", false), None), None);
    }
}
