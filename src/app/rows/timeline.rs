//! The rows of the times in the order of the calendar, under years and months.

use jiff::civil::Date;

use super::{Filters, Heading, Panel, Rows, mark_rows, reason_rows, sentence_rows};
use crate::annot::timeline::{Row, event, order};
use crate::annot::{Annotation, Review, Store};
use crate::article::Article;
use crate::detect;
use crate::text::offset;

pub(super) fn build(store: &Store, article: &Article, filters: &Filters) -> Rows {
    let mut rows = Rows::new(Panel::Timeline);
    let written = article.meta.published;
    let times = order(store, written, |it| it.review != Review::Rejected);
    let mut axis = Axis { rows: &mut rows, under: None };
    let mut today = written.filter(|_| !times.dated.is_empty());
    for time in &times.dated {
        let behind = |day: &mut Date| time.span.key().is_some_and(|key| key > *day);
        if let Some(day) = today.take_if(behind) {
            axis.today(day);
        }
        if let Some(under) = under(time) {
            axis.go(under);
        }
        axis.rows.push(time.index);
    }
    if let Some(day) = today {
        axis.today(day);
    }
    if filters.undated && !times.undated.is_empty() {
        rows.push_heading(Heading::Undated(offset(times.undated.len())));
        rows.codes.extend(times.undated.iter().map(|it| it.index));
    }
    rows.note_places();
    rows
}

type YearAndMonth = (i16, Option<i8>);

/// Year and month under which a time stands. What is no part of a month stands under the month in
/// which it begins, for it follows what happened there, or under the year where that is its first.
fn under(time: &Row) -> Option<YearAndMonth> {
    let day = time.span.key()?;
    let (year, month) = time.heading()?;
    let begins_year = (day.month(), day.day()) == (1, 1);
    Some((year, month.or((!begins_year).then(|| day.month()))))
}

struct Axis<'r> {
    rows: &'r mut Rows,
    under: Option<YearAndMonth>,
}

impl Axis<'_> {
    fn go(&mut self, (year, month): YearAndMonth) {
        if self.under.is_none_or(|it| it.0 != year) {
            self.rows.push_heading(Heading::Year(year));
        }
        if let Some(month) = month
            && self.under != Some((year, Some(month)))
        {
            self.rows.push_heading(Heading::Month(year, month));
        }
        self.under = Some((year, month));
    }

    fn today(&mut self, day: Date) {
        self.go((day.year(), Some(day.month())));
        self.rows.push_heading(Heading::Today(day));
    }
}

/// What happens then and who takes part, the value, the confidence, and the rule in words.
pub(super) fn details(article: &Article, store: &Store, it: &Annotation) -> u16 {
    let event = event(article, store, it.range);
    let who = u16::from(!event.who.is_empty());
    sentence_rows(event.clause.of(&article.text))
        + who
        + mark_rows(it)
        + 2
        + it.rule().map_or(1, |_| reason_rows(&detect::why(article, it)))
}
