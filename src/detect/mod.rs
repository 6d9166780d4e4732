//! Finds quotes, speakers, entities and times. Plain functions over one [`Context`]; no clock,
//! no disk, no state.

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use crate::annot::store::Findings;
use crate::annot::{Annotation, IdMaker, Kind};
use crate::article::Article;

mod aliases;
pub mod calendar;
pub mod entities;
pub mod language;
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

/// The detectors that know English words only, and have nothing to say of other texts. Of times
/// those remain that are written in figures.
const ENGLISH: [&str; 2] = ["entities", "speakers"];

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
    let english = language::is_english(article);
    let detectors = DETECTORS.into_iter().filter(|it| english || !ENGLISH.contains(&it.0));
    let detectors: Vec<Detector> = detectors.collect();
    for (at, &(name, kind, detect)) in detectors.iter().enumerate() {
        if context.cancelled() {
            return;
        }
        report(Report::Started(name));
        let last = at + 1 == detectors.len();
        let mut findings = guarded(|| detect(&context, &mut found));
        if let Some(findings) = findings.as_mut().filter(|_| !english && kind == Kind::Time) {
            let text = &article.text;
            findings.annotations.retain(|it| in_figures(it.range.of(text)));
        }
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

/// Whether a time is a date in figures, which means the same in all languages; a number of four
/// figures alone may be anything.
fn in_figures(words: &str) -> bool {
    words.bytes().filter(u8::is_ascii_digit).count() > 4
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

/// Why an annotation was found, with the words that it looks at, and what else it nearly was; the
/// second is empty for what was nearly nothing else.
pub fn told(rule: &str, article: &Article, it: &Annotation) -> [String; 2] {
    if let Some(told) = entities::told(rule, &article.text, it.range) {
        return told;
    }
    let words = it.range.of(&article.text);
    let day = article.meta.published;
    match it.time().and_then(|time| times::told(rule, words, time, day)) {
        Some((why, other)) => [why.to_owned(), other.unwrap_or_default()],
        None => [explain(rule).to_owned(), String::new()],
    }
}

/// The same in one line, for a time: why, and what else it nearly was.
pub fn why(article: &Article, it: &Annotation) -> String {
    let [why, other] = it.rule().map(|rule| told(rule, article, it)).unwrap_or_default();
    if other.is_empty() { why } else { format!("{why} Or {other}.") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::store::Store;
    use crate::article::plain;

    fn found(text: &str, language: Option<&str>) -> Store {
        let mut article = plain::read(text.to_owned(), "-");
        article.meta.language = language.map(str::to_owned);
        let mut store = Store::default();
        run(&article, None, &AtomicBool::new(false), |report| match report {
            Report::Found(kind, findings) => store.take(kind, findings),
            Report::Failed(name) => panic!("{name}"),
            Report::Started(_) | Report::Done => {}
        });
        store
    }

    const GERMAN: &str = "Der Hafen von Karelsund wurde am 12.03.2024 gesperrt, und die Fähre ist \
         nicht ausgelaufen. „Wir haben es kommen sehen“, sagte Liis Orav, die den Hafen für das \
         Amt leitet. Am Montag um 8 Uhr soll es mit 2000 Menschen weitergehen.";

    #[test]
    fn of_other_languages_only_what_is_the_same_in_all_is_found() {
        let words = |store: &Store, kind| -> Vec<String> {
            let all = store.annotations().iter().filter(|it| it.kind() == kind);
            all.map(|it| it.range.of(GERMAN).to_owned()).collect()
        };
        let store = found(GERMAN, None);
        assert_eq!(words(&store, Kind::Quote), ["Wir haben es kommen sehen"]);
        assert_eq!(words(&store, Kind::Time), ["12.03.2024"]);
        assert_eq!(words(&store, Kind::Mention), [""; 0]);
        assert!(
            store.annotations().iter().all(|it| it.quote().is_none_or(|it| it.speaker.is_none()))
        );
        // What the article says of itself counts.
        assert!(!words(&found(GERMAN, Some("en")), Kind::Mention).is_empty());
    }

    #[test]
    fn typography_of_other_languages() {
        let check = |text: &str, quotes: &[&str]| {
            let store = found(text, None);
            let all = store.annotations().iter().filter(|it| it.kind() == Kind::Quote);
            let words: Vec<_> = all.map(|it| it.range.of(text)).collect();
            assert_eq!(words, quotes, "{text}");
        };
        check(
            "»Das Boot ist voll«, sagte der Fährmann, und die Leute am Kai lachten nicht.",
            &["Das Boot ist voll"],
        );
        check(
            "„Er rief ‚Halt!‘ und lief“, heißt es in dem Bericht, den das Amt nicht kennt.",
            &["Er rief ‚Halt!‘ und lief", "Halt!"],
        );
        check(
            "« Le bac ne part pas », a dit le maire, qui est aussi le capitaine du port.",
            &["Le bac ne part pas"],
        );
        check(
            "—No sale el barco —dijo el alcalde, que es también el capitán del puerto. «No lo sé».",
            &["No sale el barco", "No lo sé"],
        );
        check(
            "«Il traghetto non parte», ha detto il sindaco, che è anche il capo del porto.",
            &["Il traghetto non parte"],
        );
        check(
            "«Паром не выйдет», — сказал мэр, который не был в порту. „Это верно“, — сказал он.",
            &["Паром не выйдет", "Это верно"],
        );
    }
}
