//! Finds expressions of time and says where on the calendar they lie.
//!
//! A grammar reads the words (`grammar`), and what it has read is laid on the calendar
//! (`resolve`): against the day that the article was written, never against the clock. Types and
//! values are those of TIMEX3 (ISO-TimeML), for stretches the intervals of ISO 8601-2. Where the
//! article's day is not known, a missing year is that of the latest year that the text itself
//! speaks of as present or past, and marked as inferred; weekdays stay open (`XXXX-WXX-5`), and
//! "last week" says no more than `PAST_REF`.
//!
//! An expression does not include the preposition before it. After "since", a time with its year
//! in the text is an open interval (`2007/..`); one that only the article's day places ("since
//! Tuesday") keeps its own value and has the modifier `ON_OR_AFTER`, which the timeline shows as
//! open too.

use super::Context;
use crate::annot::store::Findings;
use crate::annot::{Annotation, Body, Kind, Origin, Review, Time};
use crate::article::BlockKind;
use crate::text::{TextRange, offset};

mod grammar;
mod lexemes;
mod lexicon;
mod meaning;
mod point;
mod reasons;
mod resolve;
mod values;
mod words;

pub use reasons::told;

use grammar::Grammar;
use lexemes::{Lexeme, Lexer};
use lexicon::Word;
use meaning::{Expression, Meaning, Tense, Year};
use resolve::{Evidence, Resolver};

/// The rules' names, and each in one sentence for the reader who asks why.
pub const RULES: &[(&str, &str)] = &[
    ("dateline", "The line that says on which day the article was written."),
    ("date", "A day and a month, with or without a year beside them."),
    ("numeric date", "A date in digits whose order the rest of the text settles."),
    ("day before month", "A date in digits whose first number can only be the day."),
    ("month before day", "A date in digits whose second number can only be the day."),
    ("month", "The name of a month."),
    ("year", "Four digits where a year can stand and no quantity."),
    ("fiscal year", "A year of account, taken as the calendar year of its name."),
    ("decade", "Ten years under one name."),
    ("century", "A hundred years by their number."),
    ("quarter", "A quarter of a year by its number."),
    ("half", "Half a year by its number."),
    ("season", "A season of the year."),
    (
        "weekday",
        "A weekday: the last one before the article, or the next one where the verb looks ahead.",
    ),
    ("feast", "A day with a name, from the calendar of feasts."),
    ("near day", "A day counted from the article’s own."),
    ("last", "The stretch before the article’s own day, week, month or year."),
    ("next", "The stretch after the article’s own day, week, month or year."),
    ("this", "The day, week, month or year of the article."),
    ("ago", "Counted back from the article’s day."),
    ("from now", "Counted on from the article’s day."),
    ("from the last time", "Counted from the time mentioned before."),
    ("edge", "The beginning, middle or end of a longer time."),
    ("stretch", "From one point of the calendar to another."),
    ("clock", "A time of day."),
    ("part of day", "A part of a day: morning, afternoon, evening, night."),
    ("length", "A length of time, without a place on the calendar."),
    ("age", "How old somebody or something is."),
    ("rate", "How often something comes in a time: “twice a week”."),
    ("set", "A time that comes again."),
    ("reference", "Past, present or future, without a date."),
];

/// How many lexemes are read at a time, and how many of those before are kept for the rules that
/// look back. The first bounds the memory in a text of one endless paragraph.
const PORTION: usize = 1 << 14;
/// Lexemes on each side of a portion's seam that rules can see.
const MARGIN: usize = 64;
/// How many expressions are kept in one piece.
const HEAP: usize = 1 << 12;

/// Finds times.
pub fn find(context: &Context<'_>) -> Findings {
    let mut reader = Reader::default();
    for (block, it) in context.article.blocks.iter().enumerate() {
        if context.cancelled() {
            return Findings::default();
        }
        reader.block(context.text(), offset(block), it.range);
    }
    let mut evidence = reader.evidence();
    custom(context, &mut evidence);
    let mut resolver = Resolver::new(context.written, evidence);
    let count = reader.found.iter().map(Vec::len).sum();
    let mut annotations = Vec::with_capacity(count);
    for it in reader.found.into_iter().flatten() {
        let Some(found) = resolver.resolve(&it) else { continue };
        let range = TextRange::new(it.start, it.end);
        let rule =
            if is_dateline(context, it.block, range, &found.time) { "dateline" } else { it.rule };
        annotations.push(Annotation {
            id: context.ids.annotation(Kind::Time, range, range.of(context.text())),
            range,
            body: Body::Time(Box::new(found.time)),
            origin: Origin::Detector { rule: rule.into() },
            review: Review::Proposed,
            confidence: found.confidence,
            extra: None,
        });
    }
    Findings { annotations, entities: Vec::new() }
}

/// What the article's language and its publisher's country tell of the order of day and month. It
/// counts less than a date of the text itself that can be read in one way only.
fn custom(context: &Context<'_>, evidence: &mut Evidence) {
    const DAY_FIRST: [&str; 9] = ["GB", "IE", "AU", "NZ", "IN", "ZA", "NG", "KE", "SG"];
    const SITES: [&str; 9] = ["uk", "ie", "au", "nz", "in", "za", "ng", "ke", "sg"];
    let meta = &context.article.meta;
    let mut tag = meta.language.as_deref().unwrap_or("en").split(['-', '_']);
    let (language, region) = (tag.next().unwrap_or_default(), tag.next().unwrap_or_default());
    let host = meta.source.split("://").nth(1).and_then(|it| it.split(['/', ':', '?']).next());
    let top = host.and_then(|it| it.rsplit('.').next()).unwrap_or_default();
    if !language.eq_ignore_ascii_case("en")
        || DAY_FIRST.iter().any(|it| it.eq_ignore_ascii_case(region))
        || SITES.iter().any(|it| it.eq_ignore_ascii_case(top))
    {
        evidence.day_first += 2;
    } else if region.eq_ignore_ascii_case("US") || top.eq_ignore_ascii_case("gov") {
        evidence.month_first += 2;
    }
}

/// Whether the time says when the article was written and nothing else: it is the article's own
/// day, in a line of its own.
fn is_dateline(context: &Context<'_>, block: u32, range: TextRange, time: &Time) -> bool {
    let Some(block) = context.article.blocks.get(block as usize) else { return false };
    let alone = block.kind == BlockKind::Dateline
        || block.range.of(context.text()).trim_end_matches('.').trim() == range.of(context.text());
    alone && context.written.is_some_and(|day| *time.value == *day.to_string())
}

/// Reads the expressions of a text, block by block.
#[derive(Debug, Default)]
struct Reader {
    /// In heaps of at most [`HEAP`], so that each is free as soon as it has been resolved: a text
    /// of nothing but times has more of them than memory should hold twice.
    found: Vec<Vec<Expression>>,
    lexemes: Vec<Lexeme>,
    /// Words in British spelling less those in American spelling.
    british: i32,
}

impl Reader {
    fn block(&mut self, text: &str, block: u32, range: TextRange) {
        let mut lexer = Lexer::new(text, range);
        self.lexemes.clear();
        let mut at = 0;
        loop {
            let done = lexer.fill(&mut self.lexemes, PORTION);
            let stop = self.lexemes.len().saturating_sub(if done { 0 } else { MARGIN });
            at = self.portion(text, block, at, stop);
            if done {
                return;
            }
            let seam = at.saturating_sub(MARGIN);
            self.lexemes.drain(..seam);
            at -= seam;
        }
    }

    /// Reads the expressions that start before the lexeme `stop`; the place to go on from.
    fn portion(&mut self, text: &str, block: u32, mut at: usize, stop: usize) -> usize {
        let grammar = Grammar { text, lexemes: &self.lexemes };
        while at < stop {
            match self.lexemes[at].word {
                Word::Other
                | Word::Mark(_)
                | Word::Counted
                | Word::Dash
                | Word::But
                | Word::Decided
                | Word::Timetable(_) => {}
                Word::British => self.british += 1,
                // "Labor Day" is a feast.
                Word::American if !grammar.is_feast(at) => self.british -= 1,
                _ => {
                    if let Some(read) = grammar.read(at) {
                        let (first, last) = (self.lexemes[read.from], self.lexemes[read.to - 1]);
                        let expression = Expression {
                            start: first.start,
                            end: last.end,
                            block,
                            meaning: read.meaning,
                            until: read.until,
                            clock: read.clock,
                            modifier: read.modifier,
                            rule: read.rule,
                            tense: grammar.tense(&read),
                            since: grammar.is_since(read.from),
                        };
                        match self.found.last_mut().filter(|heap| heap.len() < HEAP) {
                            Some(heap) => heap.push(expression),
                            None => self.found.push(vec![expression]),
                        }
                        at = read.to.max(at + 1);
                        continue;
                    }
                }
            }
            at += 1;
        }
        at
    }

    /// What the text tells of its own year and of the order in which it writes dates.
    fn evidence(&self) -> Evidence {
        let mut evidence = Evidence::default();
        for it in self.found.iter().flatten() {
            match it.rule {
                "day before month" => evidence.day_first += 4,
                "month before day" => evidence.month_first += 4,
                _ => {}
            }
            let (Meaning::Year(Year::Given(year))
            | Meaning::Day { year: Year::Given(year), .. }
            | Meaning::Month { year: Year::Given(year), .. }) = it.until.unwrap_or(it.meaning)
            else {
                continue;
            };
            // An article cannot be written before the latest year that it tells of, and news
            // tells mostly of its own year. What it expects lies in years after it.
            if it.tense != Tense::Future && year > 0 {
                evidence.year = evidence.year.max(Some(year));
            }
        }
        match self.british {
            1.. => evidence.day_first += 1,
            ..0 => evidence.month_first += 1,
            0 => {}
        }
        evidence
    }
}

#[cfg(test)]
mod tests;
