//! Which way the verbs around an expression look: "met on Friday", "will meet on Friday".

use super::super::lexicon::Word;
use super::super::meaning::Tense;
use super::Grammar;

/// How many lexemes are looked at on each side.
const REACH: usize = 24;

/// The nearest verb form before the expression decides, else the nearest behind it.
pub(super) fn around(grammar: &Grammar<'_>, from: usize, to: usize) -> Tense {
    let as_soon_as =
        grammar.is(from.wrapping_sub(1), "as") && grammar.is(from.wrapping_sub(3), "as");
    // "Until Friday, nobody had seen it" looks back; the verb behind decides.
    let begins = || from < 2 || ends_sentence(grammar, from - 2);
    let deadline = matches!(grammar.before(from), Word::Until | Word::Through) && !begins()
        || grammar.is(from.wrapping_sub(1), "effective")
        || grammar.before(from) == Word::Of && grammar.is(from.wrapping_sub(2), "ahead");
    if deadline || as_soon_as {
        return Tense::Future;
    }
    // "after Monday's attack"
    let possessive = grammar.word(to) == Word::Apostrophe && grammar.is(to + 1, "s");
    if possessive && matches!(grammar.before(from), Word::After | Word::Since) {
        return Tense::Past;
    }
    let by = grammar.before(from) == Word::By;
    for at in (from.saturating_sub(REACH)..from).rev() {
        if ends_sentence(grammar, at) {
            break;
        }
        // "to pay the rest by February"
        if by && is_infinitive(grammar, at) {
            return Tense::Future;
        }
        if let Some(tense) = tense_of(grammar, at) {
            // "agreed Friday" tells when; "agreed to meet Friday" and "expected Friday" look ahead.
            let awaited = ["expected", "scheduled", "slated", "planned", "supposed"];
            let beside = at + 1 == from
                || at + 2 == from && matches!(grammar.word(at + 1), Word::On | Word::In);
            let told = beside && !awaited.iter().any(|word| grammar.is(at, word));
            let told = told && (grammar.lexemes[at].ed || tense == Tense::Past);
            return if told { Tense::Told } else { tense };
        }
    }
    for at in to..(to + REACH).min(grammar.lexemes.len()) {
        if ends_sentence(grammar, at) {
            break;
        }
        if let Some(tense) = tense_of(grammar, at) {
            return tense;
        }
    }
    Tense::Unknown
}

/// Nouns whose "to" tells what is meant to happen.
const PLANS: [&str; 7] = ["agreement", "plan", "offer", "deal", "proposal", "intention", "bid"];

/// Whether "begin", "meet" and the like stand alone: "they begin Monday", but "did not meet Monday".
fn is_timetable(grammar: &Grammar<'_>, at: usize) -> bool {
    const OTHERWISE: [&str; 6] = ["did", "didn", "not", "t", "to", "could"];
    !(at.saturating_sub(2)..at).any(|at| OTHERWISE.iter().any(|it| grammar.is(at, it)))
}

/// "to" with a verb behind it, as far as its shape tells.
fn is_infinitive(grammar: &Grammar<'_>, at: usize) -> bool {
    grammar.word(at) == Word::To
        && grammar.lexemes.get(at + 1).is_some_and(|it| {
            let plain = it.word == Word::Other && !it.plural && !it.ed;
            (plain || it.word == Word::Timetable(true)) && !it.capital
        })
}

fn ends_sentence(grammar: &Grammar<'_>, at: usize) -> bool {
    match grammar.word(at) {
        Word::Mark(b'!' | b'?' | b';') => true,
        Word::Mark(b'.') => {
            let before = grammar.lexemes.get(at.wrapping_sub(1));
            let short = before.is_some_and(|it| it.capital && it.end - it.start <= 4)
                || grammar.is(at.wrapping_sub(1), "vs");
            !grammar.glued(at + 1) && (!short || !grammar.glued(at))
        }
        _ => false,
    }
}

fn tense_of(grammar: &Grammar<'_>, at: usize) -> Option<Tense> {
    let it = grammar.lexemes.get(at)?;
    match it.word {
        Word::AheadVerb if it.capital && grammar.is(at, "will") => None,
        // "the plan", "a likely rise"
        Word::AheadVerb
            if matches!(
                grammar.before(at),
                Word::The | Word::A | Word::This | Word::Possessive
            ) =>
        {
            None
        }
        // "a record set on May 3"
        Word::AheadVerb
            if grammar.is(at, "set")
                && matches!(grammar.word(at + 1), Word::On | Word::MonthShort(_))
                && !is_or_are(grammar, at.wrapping_sub(1))
                && grammar.before(at) != Word::Was =>
        {
            Some(Tense::Past)
        }
        Word::AheadVerb => {
            let was = matches!(grammar.before(at), Word::Was)
                || matches!(grammar.word_back(at, 2), Word::Was)
                || grammar.is(at.wrapping_sub(1), "had");
            // "was due on Friday" says nothing about which Friday.
            Some(if was { Tense::Unknown } else { Tense::Future })
        }
        // "is to meet", "to be published", "an agreement to buy"
        Word::To
            if is_or_are(grammar, at.wrapping_sub(1))
                || grammar.is(at + 1, "be")
                || PLANS.iter().any(|plan| grammar.is(at.wrapping_sub(1), plan)) =>
        {
            Some(Tense::Future)
        }
        // "decided to admit"
        Word::Decided if is_infinitive(grammar, at + 1) => Some(Tense::Future),
        // "meets Monday", "the fair opens on Friday": a timetable is told in the present.
        Word::Timetable(false) => Some(Tense::Future),
        Word::Timetable(true) => is_timetable(grammar, at).then_some(Tense::Future),
        // "to holders of record"
        Word::Other if grammar.before(at) == Word::Of && grammar.is(at, "record") => {
            Some(Tense::Future)
        }
        // "is heard", "to be paid": no tense of the past.
        Word::PastVerb | Word::Other if is_or_are(grammar, at.wrapping_sub(1)) => None,
        Word::Was | Word::PastVerb | Word::Decided => Some(Tense::Past),
        Word::Other if asks(grammar, at) => Some(Tense::Future),
        Word::Other if it.ed && !it.capital => Some(Tense::Past),
        _ => None,
    }
}

/// "Ask me in October": a verb at the beginning that asks somebody to do something.
fn asks(grammar: &Grammar<'_>, at: usize) -> bool {
    const VERBS: [&str; 14] = [
        "ask", "call", "check", "come", "join", "meet", "see", "send", "tell", "try", "visit",
        "vote", "wait", "watch",
    ];
    let begins = at == 0 || matches!(grammar.before(at), Word::Mark(_));
    begins && grammar.lexemes[at].capital && VERBS.iter().any(|verb| grammar.is(at, verb))
}

fn is_or_are(grammar: &Grammar<'_>, at: usize) -> bool {
    ["is", "are", "be", "being"].iter().any(|word| grammar.is(at, word))
}
