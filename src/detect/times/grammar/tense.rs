//! Which way the verbs around an expression look: "met on Friday", "will meet on Friday".

use super::super::lexicon::Word;
use super::super::meaning::Tense;
use super::Grammar;

/// How many lexemes are looked at on each side.
const REACH: usize = 24;

/// The nearest verb form before the expression decides, else the nearest behind it.
pub(super) fn around(grammar: &Grammar<'_>, from: usize, to: usize) -> Tense {
    for at in (from.saturating_sub(REACH)..from).rev() {
        if ends_sentence(grammar, at) {
            break;
        }
        if let Some(tense) = tense_of(grammar, at) {
            return tense;
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

fn ends_sentence(grammar: &Grammar<'_>, at: usize) -> bool {
    match grammar.word(at) {
        Word::Mark(b'!' | b'?' | b';') => true,
        Word::Mark(b'.') => {
            !grammar.glued(at + 1) && !matches!(grammar.before(at), Word::MonthShort(_))
        }
        _ => false,
    }
}

fn tense_of(grammar: &Grammar<'_>, at: usize) -> Option<Tense> {
    let it = grammar.lexemes.get(at)?;
    match it.word {
        Word::WillWord if it.capital && grammar.is(at, "will") => None,
        Word::WillWord => {
            let was = matches!(grammar.before(at), Word::Was)
                || matches!(grammar.word_back(at, 2), Word::Was)
                || grammar.is(at.wrapping_sub(1), "had");
            Some(if was && it.ed { Tense::Past } else { Tense::Future })
        }
        Word::Was | Word::WasWord => Some(Tense::Past),
        Word::Other if it.ed && !it.capital => Some(Tense::Past),
        _ => None,
    }
}
