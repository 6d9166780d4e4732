//! The rules that find the words that name a quote's speaker.

use super::clause::{Clauses, Kind, Piece};
use super::phrase::{self, Phrase};
use super::words::Class;
use crate::text::TextRange;

/// How far a rule looks, in pieces to one side.
pub(super) const REACH: usize = 60;

/// Who said a quote, as the words beside it tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Attribution {
    /// The words that name the speaker.
    pub(super) words: TextRange,
    /// The name in them; empty where there is none.
    pub(super) name: TextRange,
    /// Whether it is a pronoun.
    pub(super) pronoun: bool,
    /// The verb of speech.
    pub(super) cue: Option<TextRange>,
    /// The rule's name.
    pub(super) rule: &'static str,
}

/// A quote among the pieces of its block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    pub(super) clauses: &'p Clauses,
    /// The quote's piece.
    pub(super) at: usize,
    /// Whether it is written as one or more whole sentences.
    pub(super) direct: bool,
    /// Its words, at most five are counted.
    pub(super) words: usize,
}

impl Place<'_> {
    fn pieces(&self) -> &[Piece] {
        &self.clauses.pieces
    }

    fn attribution(&self, phrase: Phrase, cue: Option<usize>, rule: &'static str) -> Attribution {
        attribution(self.pieces(), phrase, cue, rule)
    }

    /// All that the quote's own sentence tells.
    pub(super) fn in_sentence(&self) -> Option<Attribution> {
        self.beside_behind()
            .or_else(|| self.governed())
            .or_else(|| self.name_and_colon())
            .or_else(|| self.trailing())
            .or_else(|| self.signed())
            .or_else(|| self.clause_subject())
    }

    /// "…," said Jane Doe; "…," Jane Doe, a minister, told reporters.
    fn beside_behind(&self) -> Option<Attribution> {
        let pieces = self.pieces();
        let mut first = self.at + 1;
        while pieces.get(first).is_some_and(|it| matches!(it.kind, Kind::Comma | Kind::Dash)) {
            first += 1;
        }
        let sentence = self.clauses.sentence(first.min(pieces.len() - 1), REACH);
        let high = (first..sentence.end)
            .find(|&at| matches!(pieces[at].kind, Kind::Quote(_) | Kind::Colon | Kind::Stop))
            .unwrap_or(sentence.end);
        let crosses = pieces.get(first).is_some_and(|it| it.sentence != pieces[self.at].sentence);
        if crosses && (!self.direct || self.at + 1 != first) {
            return None;
        }
        let mut at = first;
        while at < high && pieces[at].is(Class::ADVERB) && !pieces[at].capital {
            at += 1;
        }
        if at < high && !crosses {
            if let Some(found) = self.inverted(at, high) {
                return Some(found);
            }
            if let Some(found) = self.according(at, high) {
                return Some(found);
            }
        }
        self.subject_behind(first, high, crosses)
    }

    /// The verb at `at` with its subject behind it.
    fn inverted(&self, at: usize, high: usize) -> Option<Attribution> {
        let pieces = self.pieces();
        let verb = &pieces[at];
        if !verb.is(Class::CUE) || verb.is(Class::HEARER) || verb.capital {
            return None;
        }
        let mut next = at + 1;
        while next < high && pieces[next].is(Class::ADVERB) && !pieces[next].capital {
            next += 1;
        }
        let phrase = phrase::behind(pieces, next, high)?;
        Some(self.attribution(phrase, Some(at), "verb-speaker"))
    }

    /// A subject just behind the quote, before its verb of speech.
    fn subject_behind(&self, first: usize, high: usize, crosses: bool) -> Option<Attribution> {
        const TRIES: usize = 3;
        let pieces = self.pieces();
        let cues = (first..high).filter(|&at| is_cue(pieces, at, first)).take(TRIES);
        for at in cues {
            let subject = if pieces[at].is(Class::CUE) {
                phrase::subject(pieces, at, first)
            } else {
                phrase::of_clause(pieces, first, at)
            };
            let Some(subject) = subject else { continue };
            let near = !crosses || at <= first + 4 && pieces[at].is(Class::CUE);
            if near && self.adjacent(first, subject.first) {
                return Some(self.attribution(subject, Some(at), "speaker-verb"));
            }
        }
        None
    }

    /// Whether nothing of weight stands between the quote and the phrase at `at`.
    fn adjacent(&self, first: usize, at: usize) -> bool {
        let light = Class::ADVERB.or(Class::TIME);
        self.pieces()[first..at].iter().all(|it| {
            it.is(light) || it.is(Class::DETERMINER) || matches!(it.kind, Kind::Comma | Kind::Joint)
        }) || self.pieces()[first..at].iter().any(|it| it.is(Class::PREPOSITION))
            && self.direct
            && at <= first + 8
    }

    /// "according to Jane Doe" at `at`.
    fn according(&self, at: usize, high: usize) -> Option<Attribution> {
        let pieces = self.pieces();
        let to = pieces.get(at + 1).filter(|_| at + 1 < high)?;
        let according = pieces[at].is(Class::ACCORDING);
        if !according || !to.is(Class::PREPOSITION) {
            return None;
        }
        let phrase = phrase::behind(pieces, at + 2, high)?;
        Some(self.attribution(phrase, Some(at), "according-to"))
    }

    /// The nearest verb of speech before the quote in its sentence, with its subject.
    fn governed(&self) -> Option<Attribution> {
        let pieces = self.pieces();
        let low = self.clauses.sentence(self.at, REACH).start;
        for at in (low..self.at).rev() {
            let piece = &pieces[at];
            if !piece.word() {
                continue;
            }
            if let Some(found) = self.according(at, self.at) {
                return Some(found);
            }
            if !is_cue(pieces, at, low) {
                continue;
            }
            let cue = Some(at);
            let subject = if piece.is(Class::CUE) {
                phrase::subject(pieces, at, low)
            } else {
                self.subject_of_participle(at, low)
            };
            let rule = match (self.at - at, piece.is(Class::CUE)) {
                (_, false) => "participle",
                (1 | 2, true) => "speaker-verb-quote",
                (_, true) if self.direct => "speaker-verb-quote",
                (_, true) => "speaker-verb-clause",
            };
            if let Some(subject) = subject {
                return Some(self.attribution(subject, cue, rule));
            }
            if let Some(found) = self.inverted(at, self.at) {
                return Some(Attribution { rule: "verb-speaker-quote", ..found });
            }
        }
        None
    }

    /// "…, adding that": the subject of the verb before it.
    fn subject_of_participle(&self, at: usize, low: usize) -> Option<Phrase> {
        let pieces = self.pieces();
        let main = (low..at).rev().find(|&it| pieces[it].is(Class::CUE) && is_cue(pieces, it, low));
        main.and_then(|verb| {
            phrase::subject(pieces, verb, low).or_else(|| {
                phrase::behind(pieces, verb + 1, at).filter(|_| !pieces[verb].is(Class::HEARER))
            })
        })
        .or_else(|| phrase::of_clause(pieces, low, at))
    }

    /// "Jane Doe: “…”"
    fn name_and_colon(&self) -> Option<Attribution> {
        let pieces = self.pieces();
        let low = self.clauses.sentence(self.at, REACH).start;
        let colon =
            self.at.checked_sub(1).filter(|&at| at > low && pieces[at].kind == Kind::Colon)?;
        if let Some(phrase) = phrase::before(pieces, colon, low)
            && phrase.first == low
            && phrase.name.0 < phrase.name.1
        {
            return Some(self.attribution(phrase, None, "name-colon"));
        }
        let phrase = phrase::of_clause(pieces, low, colon)?;
        Some(self.attribution(phrase, None, "clause-colon"))
    }

    /// "… “…” …, Jane Doe said."
    fn trailing(&self) -> Option<Attribution> {
        let pieces = self.pieces();
        let sentence = self.clauses.sentence(self.at, REACH);
        for at in (self.at + 1..sentence.end).rev() {
            let piece = &pieces[at];
            if !piece.is(Class::CUE) || piece.is(Class::WEAK) || !is_cue(pieces, at, self.at + 1) {
                if let Some(found) = self.according(at, sentence.end) {
                    return Some(found);
                }
                continue;
            }
            let comma = |it: usize| it > self.at + 1 && pieces[it - 1].kind == Kind::Comma;
            if let Some(subject) = phrase::subject(pieces, at, self.at + 1)
                && comma(subject.first)
            {
                return Some(self.attribution(subject, Some(at), "trailing"));
            }
            if comma(at)
                && let Some(found) = self.inverted(at, sentence.end)
            {
                return Some(Attribution { rule: "trailing", ..found });
            }
        }
        None
    }

    /// "“…” — Jane Doe" at the end of a paragraph.
    fn signed(&self) -> Option<Attribution> {
        let pieces = self.pieces();
        pieces.get(self.at + 1).filter(|it| it.kind == Kind::Dash)?;
        let phrase = phrase::behind(pieces, self.at + 2, pieces.len())?;
        let ends = pieces.get(phrase.end).is_none_or(|it| it.kind == Kind::Comma);
        let named = phrase.name.0 == phrase.first && phrase.name.0 < phrase.name.1;
        (self.direct && ends && named).then(|| self.attribution(phrase, None, "signed"))
    }

    /// A fragment of some length in a sentence without a verb of speech: the sentence's subject.
    fn clause_subject(&self) -> Option<Attribution> {
        if self.direct || self.words < 4 {
            return None;
        }
        let pieces = self.pieces();
        let low = self.clauses.sentence(self.at, REACH).start;
        let phrase = phrase::of_clause(pieces, low, self.at)?;
        Some(self.attribution(phrase, None, "clause-subject"))
    }
}

/// Whether the piece is a verb of speech in a form that governs words here.
pub(super) fn is_cue(pieces: &[Piece], at: usize, low: usize) -> bool {
    let piece = &pieces[at];
    if !piece.word() || !piece.is(Class::ANY_CUE) || piece.name() && at > low {
        return false;
    }
    if piece.is(Class::CUE) && phrase::is_verb(pieces, at, low) {
        return true;
    }
    if piece.is(Class::CUE_ING) {
        return phrase::is_verb(pieces, at, low);
    }
    let last = at.checked_sub(1).filter(|&it| it >= low).map(|it| pieces[it]);
    // "went on to say", "would say", "they say"
    last.is_some_and(|it| {
        it.is(Class::AUX.or(Class::PRONOUN).or(Class::TO)) || it.is(Class::RELATIVE)
    })
}

/// The subject of the last verb of speech in a sentence, or else of its first clause.
pub(super) fn sentence_speech(pieces: &[Piece], low: usize, high: usize) -> Option<Attribution> {
    let high = high.min(low + REACH * 2);
    for at in (low..high).rev() {
        if !pieces[at].is(Class::CUE) || !is_cue(pieces, at, low) {
            continue;
        }
        if let Some(subject) = phrase::subject(pieces, at, low) {
            return Some(attribution(pieces, subject, Some(at), "sentence-before"));
        }
        let next = at + 1;
        if !pieces[at].is(Class::HEARER)
            && let Some(subject) = phrase::behind(pieces, next, high)
        {
            return Some(attribution(pieces, subject, Some(at), "sentence-before"));
        }
    }
    None
}

/// The subject of a sentence's first clause.
pub(super) fn sentence_subject(pieces: &[Piece], low: usize, high: usize) -> Option<Attribution> {
    let phrase = phrase::of_clause(pieces, low, high.min(low + REACH))?;
    Some(attribution(pieces, phrase, None, "clause-subject"))
}

fn attribution(
    pieces: &[Piece],
    phrase: Phrase,
    cue: Option<usize>,
    rule: &'static str,
) -> Attribution {
    let range = |first: usize, end: usize| match pieces.get(first..end) {
        Some([first, .., last]) => TextRange::new(first.range.start, last.range.end),
        Some([only]) => only.range,
        _ => TextRange::default(),
    };
    let name = range(phrase.name.0, phrase.name.1);
    let words = if name.is_empty() { range(phrase.first, phrase.end) } else { name };
    let cue = cue.map(|at| pieces[at].range);
    Attribution { words, name, pronoun: phrase.pronoun, cue, rule }
}
