//! Draws the rows of the times along an axis: the written words, what happens then, and the value.

use jiff::civil::Date;

use super::panel::Pen;
use super::theme::Role;
use crate::annot::timeline::{Granularity, Span, bounds, event, gist};
use crate::annot::{Annotation, Time};
use crate::app::rows::{Heading, sentence_rows};

/// From this width on, a row has a column for the clause around the time.
const GIST_FROM: u16 = 34;

/// From this width on, a row has a column for the day, where it has none for the value.
const DAY_FROM: u16 = 16;

/// From this width on, a row has a column for the value.
const VALUE_FROM: u16 = 52;

/// The columns of a value: those of a day, marked as inferred.
const VALUE: u16 = 11;

pub(super) fn draw(pen: &mut Pen<'_>, it: &Annotation) {
    let Some(time) = it.time() else { return };
    let view = pen.view;
    let span = bounds(&time.value, time.modifier).unwrap_or(Span::NONE);
    let dated = span.key().is_some();
    if let Some(day) = span.key() {
        draw_axis(pen, view.article.meta.published.is_some_and(|written| day > written));
    } else {
        pen.skip(1);
    }
    pen.text(point(pen, time, &span), 1, Role::Axis);
    pen.text(pen.looked_at(it).unwrap_or(" "), 1, Role::RowMuted);

    let value = if pen.width() < VALUE_FROM { 0 } else { VALUE };
    if value == 0 && dated && pen.width() >= DAY_FROM {
        draw_day(pen, time, &span);
    }
    let room = pen.room().saturating_sub(value + u16::from(value > 0));
    let phrase = if pen.width() < GIST_FROM { room } else { (room * 2 / 5).clamp(9, 18) };
    // What has no place on the calendar stands back.
    let (own, clause) =
        if dated { (Role::Time, Role::Row) } else { (Role::RowMuted, Role::RowMuted) };
    pen.passage(it.range, phrase, own);
    if phrase < room {
        pen.skip(1);
        pen.passage(gist(view.article, it.range), room.saturating_sub(phrase + 1), clause);
    }
    if value > 0 {
        pen.skip(1);
        pen.right(&shown_value(pen, time), value, Role::RowMuted);
    }
    if pen.has_more() {
        details(pen, it, time, &span);
    }
}

/// The day of the month above, where the time or its first end is as exact as that.
fn draw_day(pen: &mut Pen<'_>, time: &Time, span: &Span) {
    let exact = match span.granularity {
        Granularity::Time | Granularity::Day => true,
        // A day of ISO 8601 has ten characters: 2024-10-22.
        Granularity::Stretch => {
            time.value.split('/').find(|end| end.len() > 2).is_some_and(|end| end.len() >= 10)
        }
        _ => false,
    };
    let day = span.key().filter(|_| exact).map(|day| day.day().to_string());
    pen.right(&day.unwrap_or_default(), 2, Role::Row);
    pen.skip(1);
}

fn draw_axis(pen: &mut Pen<'_>, future: bool) {
    let signs = pen.view.theme.signs;
    pen.text(if future { signs.axis_future } else { signs.axis }, 1, Role::Axis);
}

/// The sign of a time: what is open counts for more than what is inferred.
fn point(pen: &Pen<'_>, time: &Time, span: &Span) -> &'static str {
    let signs = pen.view.theme.signs;
    if span.is_open() || time.value.contains('X') {
        signs.axis_open
    } else if span.key().is_none() {
        signs.dot
    } else if time.inferred {
        signs.axis_inferred
    } else {
        signs.axis_point
    }
}

/// The value with `~` before what is inferred and an ellipsis where it is open.
fn shown_value(pen: &Pen<'_>, time: &Time) -> String {
    let mark = if time.inferred { "~" } else { "" };
    let open = pen.view.theme.signs.ellipsis;
    let value = match time.value.split_once('/') {
        Some((from, "" | "..")) => format!("{from}{open}"),
        Some(("" | "..", to)) => format!("{open}{to}"),
        Some((from, to)) => match common(from, to) {
            0 => format!("{from}/{to}"),
            // "2024-10-22/24" as ISO 8601 shortens it.
            same => format!("{from}/{}", to.get(same..).unwrap_or(to)),
        },
        None => match time.modifier {
            Some("ON_OR_AFTER" | "AFTER") => format!("{}{open}", time.value),
            Some("ON_OR_BEFORE" | "BEFORE") => format!("{open}{}", time.value),
            _ => time.value.to_string(),
        },
    };
    format!("{mark}{value}")
}

/// The bytes of the parts that two dates of one length have in common, up to a hyphen.
fn common(from: &str, to: &str) -> usize {
    if from.len() != to.len() || !from.is_ascii() || !to.is_ascii() {
        return 0;
    }
    let same = from.bytes().zip(to.bytes()).take_while(|(one, other)| one == other).count();
    from.bytes().take(same).rposition(|byte| byte == b'-').map_or(0, |at| at + 1)
}

fn details(pen: &mut Pen<'_>, it: &Annotation, time: &Time, span: &Span) {
    let view = pen.view;
    let dot = view.theme.signs.dot;
    let event = event(view.article, view.store, it.range);
    let clause = event.clause.of(&view.article.text);
    pen.next_line();
    let one_line = crate::text::one_line(clause);
    pen.wrapped(&one_line, sentence_rows(clause), Role::Row);
    let names = event.names(view.store);
    if !names.is_empty() {
        pen.next_line();
        pen.rest(&names.join(&format!(" {dot} ")), Role::RowMuted);
    }
    pen.next_line();
    pen.rest(&time.value, Role::Row);
    let words = time.modifier.and_then(|name| {
        let known = MODIFIERS.iter().find(|(known, _)| *known == name);
        known.map(|(_, words)| *words)
    });
    let open = (span.is_open() && time.modifier.is_none()).then_some("open");
    let unknown = (span.key().is_none() && time.value.contains('X')).then_some("year not known");
    let inferred = time.inferred.then_some("inferred");
    for words in [words, open, unknown, inferred].into_iter().flatten() {
        pen.rest(&format!(" {dot} {words}"), Role::RowMuted);
    }
    pen.marks(it);
    pen.reason(it, time.kind.name().to_lowercase().as_str());
}

/// The modifiers of TIMEX3 in words.
const MODIFIERS: [(&str, &str); 12] = [
    ("START", "the beginning"),
    ("MID", "the middle"),
    ("END", "the end"),
    ("APPROX", "about"),
    ("BEFORE", "before"),
    ("AFTER", "after"),
    ("ON_OR_BEFORE", "until then"),
    ("ON_OR_AFTER", "since then"),
    ("LESS_THAN", "less than"),
    ("MORE_THAN", "more than"),
    ("EQUAL_OR_LESS", "at most"),
    ("EQUAL_OR_MORE", "at least"),
];

pub(super) fn draw_heading(pen: &mut Pen<'_>, heading: Heading) {
    let view = pen.view;
    let written = view.article.meta.published;
    let behind =
        |year: i16, month: i8| written.is_some_and(|day| (year, month) > (day.year(), day.month()));
    match heading {
        Heading::Year(year) => {
            draw_axis(pen, behind(year, 0));
            pen.skip(1);
            let words =
                if year > 0 { year.to_string() } else { format!("{} BC", 1 - i32::from(year)) };
            pen.rest(&words, Role::RowHeading);
        }
        Heading::Month(year, month) => {
            draw_axis(pen, behind(year, month));
            pen.skip(2);
            let day = Date::new(year, month, 1).unwrap_or_default();
            pen.rest(&day.strftime("%B").to_string(), Role::RowHeading);
        }
        Heading::Today(day) => {
            pen.text(view.theme.signs.axis_today, 1, Role::Today);
            pen.skip(1);
            pen.rest(&format!("The article, {}", day.strftime("%-d %B %Y")), Role::Today);
        }
        Heading::Undated(count) => {
            pen.rest("Without a date", Role::RowHeading);
            pen.rest(&format!(" {count}"), Role::RowMuted);
        }
        Heading::Speaker { .. } | Heading::NoSpeaker(_) | Heading::Kind(..) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_share_what_they_have_in_common() {
        let check = |from: &str, to: &str, rest: &str| {
            assert_eq!(to.get(common(from, to)..), Some(rest), "{from}/{to}");
        };
        check("2024-10-22", "2024-10-24", "24");
        check("2024-10-22", "2024-11-02", "11-02");
        check("2024-10-22", "2025-01-02", "2025-01-02");
        check("2014", "2016", "2016");
        check("2024-10", "2024-10-24", "2024-10-24");
        check("é-1", "é-2", "é-2");
    }
}
