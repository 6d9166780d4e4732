//! Finds quotes, speakers, entities and times. Plain functions over one [`Context`]; no clock,
//! no disk, no state.

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use crate::annot::store::Findings;
use crate::annot::{IdMaker, Kind};
use crate::article::Article;

mod aliases;
pub mod calendar;
pub mod entities;
pub mod lexicon;
pub mod quotes;
mod sentences;
pub mod speakers;
pub mod times;
pub mod tokens;
pub mod versions;

pub use tokens::{Token, TokenKind, Tokens};

/// What a detector works on.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its words and sentences.
    pub tokens: &'a Tokens,
    /// The day the article was written, where it is known.
    pub written: Option<Date>,
    /// Makes the names of annotations.
    pub ids: IdMaker,
    /// Set when nobody waits for the answer any more.
    pub cancel: &'a AtomicBool,
}

impl<'a> Context<'a> {
    /// The article's text.
    pub fn text(&self) -> &'a str {
        &self.article.text
    }

    /// Whether to stop at once; looked at in every block.
    pub fn cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

/// A detector's name in the status line, what kind it finds, and its function.
///
/// The functions run in the table's order; each sees what those before it found, and the last one
/// that needs something may take it.
pub type Detector = (&'static str, Kind, fn(&Context<'_>, &mut Found) -> Findings);

/// What the detectors before have found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Mentions with the table of entities.
    pub entities: Findings,
    /// Quotes, with their speakers once those have been looked for.
    pub quotes: Findings,
}

/// The detectors in the order they run.
pub const DETECTORS: [Detector; 4] = [
    ("times", Kind::Time, |context, _| times::find(context)),
    ("entities", Kind::Mention, |context, _| entities::find(context)),
    ("quotes", Kind::Quote, |context, _| quotes::find(context)),
    ("speakers", Kind::Quote, |context, found| speakers::find(context, found)),
];

/// What a run of the detectors says while it goes on.
#[derive(Clone, Debug)]
pub enum Report {
    /// The detector of this name has begun.
    Started(&'static str),
    /// What a detector found, instead of all that was proposed of this kind before.
    Found(Kind, Findings),
    /// The detector of this name broke down; the others go on.
    Failed(&'static str),
    /// Nothing more will come.
    Done,
}

/// A text longer than this is reported kind by kind, when no detector needs the findings any more,
/// in bytes. In a shorter one each detector's findings can be seen at once, which takes a copy of
/// them.
pub const LONG: usize = 512 * 1024;

/// Runs all detectors over an article and hands on what each has found as soon as it is done, or
/// in a [`LONG`] text as soon as nobody works on it any more.
///
/// A detector that panics is reported as [`Report::Failed`] and the next one runs. The caller's
/// panic hook must leave the screen alone for panics on this thread.
pub fn run(
    article: &Article,
    written: Option<Date>,
    cancel: &AtomicBool,
    mut report: impl FnMut(Report),
) {
    let tokens = Tokens::of(article);
    let ids = IdMaker::new(&article.text);
    let context = Context { article, tokens: &tokens, written, ids, cancel };
    let mut found = Found::default();
    let long = article.text.len() > LONG;
    for (at, (name, kind, detect)) in DETECTORS.into_iter().enumerate() {
        if context.cancelled() {
            return;
        }
        report(Report::Started(name));
        let last = at + 1 == DETECTORS.len();
        let findings = guarded(|| detect(&context, &mut found));
        if long && last {
            // First of all, for the speakers point into their table.
            report(Report::Found(Kind::Mention, std::mem::take(&mut found.entities)));
        }
        let Some(findings) = findings else {
            report(Report::Failed(name));
            if long
                && last
                && let Some(quotes) = guarded(|| quotes::find(&context))
            {
                // The last one has taken them, and nobody has seen them yet.
                report(Report::Found(Kind::Quote, quotes));
            }
            continue;
        };
        match kind {
            // Nobody comes after the last one, and in a long article this is a lot of memory.
            _ if last => found = Found::default(),
            Kind::Quote if long => {
                found.quotes = findings;
                continue;
            }
            Kind::Mention if long => {
                found.entities = findings;
                continue;
            }
            Kind::Quote => found.quotes.clone_from(&findings),
            Kind::Mention => found.entities.clone_from(&findings),
            Kind::Time | Kind::Highlight => {}
        }
        report(Report::Found(kind, findings));
    }
    report(Report::Done);
}

/// What a detector finds; nothing where it panics.
fn guarded(detect: impl FnOnce() -> Findings) -> Option<Findings> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(detect)).ok()
}

/// Says in one sentence why a rule found what it found; the name itself for one that is not known
/// here (from a file of another version).
pub fn explain(rule: &str) -> &str {
    if let Some(why) = entities::explain(rule) {
        return why;
    }
    let tables = [quotes::RULES, speakers::RULES, entities::RULES, times::RULES];
    tables.iter().copied().flatten().find(|(name, _)| *name == rule).map_or(rule, |(_, why)| why)
}
