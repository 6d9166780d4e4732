//! The verbs of speech before a quote, and which of them is the one that quotes.

use super::attribute::{Attribution, Governed, Place, REACH, is_cue};
use super::clause::{Kind, Piece};
use super::phrase::{self, Phrase};
use super::words::Class;

/// What stands before the subject of a clause that no verb of speech reports: "which he called".
const NOT_REPORTED: Class = Class::CONJUNCTION
    .or(Class::RELATIVE)
    .or(Class::SUBORDINATOR)
    .or(Class::OPENING)
    .or(Class::PREPOSITION);

impl Place<'_> {
    /// The nearest verb of speech before the quote in its sentence, with its subject; or the verb
    /// that reports it, where that is the one who quotes.
    pub(super) fn governed(&self) -> Option<Governed> {
        let pieces = self.pieces();
        let low = self.clauses.sentence(self.at, REACH).start;
        for at in (low..self.at).rev() {
            let piece = &pieces[at];
            if !piece.word() {
                continue;
            }
            if let Some(found) = self.according(at, self.at) {
                return Some((found, at));
            }
            if !is_cue(pieces, at, low) || piece.is(Class::MENTAL) && self.reported(at, low) {
                continue;
            }
            if self.closed_below(at, low) {
                continue;
            }
            if is_passive(pieces, at, low) {
                if let Some(found) = self.agent(at) {
                    return Some((found, at));
                }
                continue;
            }
            if let Some(found) = self.named_behind(at, low, self.at) {
                return Some((Attribution { rule: "verb-speaker-quote", ..found }, at));
            }
            if let Some(cue) = self.interposed(at, low) {
                return Some(cue);
            }
            let subject = self.subject_before(at, low).or_else(|| self.subject_ahead(at, low));
            if let Some(subject) = subject {
                if let Some(outer) = self.outer(subject, at, low) {
                    return Some(outer);
                }
                // "a class called “…”"
                if !self.direct && !strong(&pieces[at]) && !is_somebody(pieces, subject) {
                    continue;
                }
                return Some((self.attribution(subject, Some(at), self.rule_before(at)), at));
            }
            // "“…,” said Doe, who owns a “…” there": the verb belongs to the words before it.
            let quoted = at > low && matches!(pieces[at - 1].kind, Kind::Quote(_));
            let begins = at == low || quoted || pieces[at - 1].kind == Kind::Comma;
            let told = (at + 1..self.at).any(|it| is_cue(pieces, it, low));
            if quoted && !self.direct && !told && !pieces[self.at - 1].bound() {
                continue;
            }
            if begins && let Some(found) = self.inverted(at, self.at) {
                return Some((Attribution { rule: "verb-speaker-quote", ..found }, at));
            }
        }
        None
    }

    /// Whether the verb at `at` stands in a clause that commas enclose and that ends before the
    /// quote, so that it says nothing of it: "the plan, which some have argued was old, is “…”".
    fn closed_below(&self, at: usize, low: usize) -> bool {
        let pieces = self.pieces();
        let comma = |it: &Piece| it.kind == Kind::Comma;
        let Some(open) = (low..at).rev().find(|&it| comma(&pieces[it])) else { return false };
        let relative = pieces[open + 1].is(Class::RELATIVE);
        let closed = (at + 1..self.at.saturating_sub(1)).any(|it| comma(&pieces[it]));
        let told = (low..open).any(|it| strong(&pieces[it]) && is_cue(pieces, it, low));
        !self.direct && relative && closed && told
    }

    /// "The paper, Doe said, called it “…”": who reports stands between commas before the verb.
    fn interposed(&self, at: usize, low: usize) -> Option<Governed> {
        let pieces = self.pieces();
        let cue = at.checked_sub(2).filter(|&it| it > low + 1)?;
        let comma = |it: usize| pieces[it].kind == Kind::Comma;
        if self.direct || !comma(at - 1) || !strong(&pieces[cue]) || !is_cue(pieces, cue, low) {
            return None;
        }
        let subject = phrase::before(pieces, cue, low)?;
        let enclosed = subject.first > low && comma(subject.first - 1);
        let somebody = enclosed && is_somebody(pieces, subject);
        let found = || self.attribution(subject, Some(cue), "speaker-verb-clause");
        somebody.then(|| (found(), cue))
    }

    /// "Calling it “…,” Doe left", "after saying it was “…,” she left": the subject of a participle
    /// that begins its sentence stands behind the quote and a comma.
    fn subject_ahead(&self, at: usize, low: usize) -> Option<Phrase> {
        let pieces = self.pieces();
        let begins = at == low || at == low + 1 && pieces[low].is(Class::PREPOSITION);
        if !begins || !pieces[at].is(Class::CUE_ING) || !self.comma {
            return None;
        }
        let next = self.at + 1;
        let first = next + usize::from(pieces.get(next).is_some_and(|it| it.kind == Kind::Comma));
        phrase::behind(pieces, first, self.clauses.sentence(self.at, REACH).end)
    }

    /// The subject of the verb of speech at `at`.
    fn subject_before(&self, at: usize, low: usize) -> Option<Phrase> {
        let pieces = self.pieces();
        let infinitive = at > low && pieces[at - 1].is(Class::TO);
        if pieces[at].is(Class::CUE_ING) || infinitive {
            self.subject_of_participle(at, low)
        } else {
            phrase::subject(pieces, at, low)
        }
    }

    /// The rule by which a verb at `at` before the quote takes it.
    fn rule_before(&self, at: usize) -> &'static str {
        let piece = &self.pieces()[at];
        match (self.at - at, piece.is(Class::CUE)) {
            (_, false) if piece.is(Class::CUE_ING) => "participle",
            _ if self.direct => "speaker-verb-quote",
            (1 | 2, _) => "speaker-verb-fragment",
            _ => "speaker-verb-clause",
        }
    }

    /// The verb of speech that reports the one at `at`, where it is he who quotes: "Doe said she
    /// would call it “…”": the pronoun is the speaker again, and a verb that is no strong one of
    /// speech tells what others do.
    fn outer(&self, inner: Phrase, at: usize, low: usize) -> Option<Governed> {
        const FAR: usize = 25;
        if self.direct {
            return None;
        }
        let pieces = self.pieces();
        let before = inner.first.checked_sub(1).filter(|&it| it >= low)?;
        let joined = pieces[before].is(Class::CONJUNCTION);
        let bound = before > low && pieces[before - 1].bound();
        if joined && (bound || is_somebody(pieces, inner)) {
            return None;
        }
        let reported = Class::THAT.or(Class::WHAT);
        let complement = pieces[before].is(reported) || joined || !pieces[before].is(NOT_REPORTED);
        let relative = pieces[inner.end - 1].is(Class::RELATIVE.or(Class::SUBORDINATOR));
        if pieces[before].bound() || !complement || relative {
            return None;
        }
        let from = low.max(inner.first.saturating_sub(FAR));
        // "condemned what he called “…”": whoever condemns it calls it so.
        let any = pieces[before].is(Class::WHAT) && inner.pronoun;
        let mut cues = (from..inner.first).rev().filter(|&it| any || strong(&pieces[it]));
        let cue = cues.find(|&it| is_cue(pieces, it, low) && !is_passive(pieces, it, low))?;
        let subject = self.subject_before(cue, low)?;
        let same = |one: usize| {
            pieces[one].is(Class::PRONOUN) && pieces[one].class == pieces[inner.first].class
        };
        let meant_again = inner.pronoun && (!subject.pronoun || same(subject.first));
        let weak = !strong(&pieces[at]);
        let nobody = !inner.pronoun && !is_somebody(pieces, inner);
        if !(meant_again || weak || nobody) {
            return None;
        }
        let found = (self.attribution(subject, Some(cue), "speaker-verb-clause"), cue);
        Some(self.outer(subject, cue, low).unwrap_or(found))
    }

    /// "called “…” by Doe": who does what the verb at `at` in the passive says.
    fn agent(&self, at: usize) -> Option<Attribution> {
        const NEAR: usize = 3;
        let pieces = self.pieces();
        let behind = self.at + 1..(self.at + 1 + NEAR).min(pieces.len());
        let by = (at + 1..self.at).chain(behind).find(|&it| pieces[it].is(Class::BY))?;
        let doer = pieces.get(by + 1)?;
        if doer.is(Class::CUE_ING) || !doer.capital && !doer.is(Class::DETERMINER.or(Class::ROLE)) {
            return None;
        }
        let high = if by < self.at { self.at } else { pieces.len() };
        let phrase = phrase::behind(pieces, by + 1, high)?;
        Some(self.attribution(phrase, Some(at), "passive-by"))
    }

    /// Whether a verb of speech before the one at `at` reports it: "said that he hopes".
    fn reported(&self, at: usize, low: usize) -> bool {
        let pieces = self.pieces();
        let mut before = (low..at).rev().take_while(|&it| !pieces[it].is(Class::CONJUNCTION));
        before.any(|it| !pieces[it].is(Class::MENTAL.or(Class::WEAK)) && is_cue(pieces, it, low))
    }

    /// The nearest saying before the quote that belongs to somebody.
    pub(super) fn owned_before(&self) -> Option<Attribution> {
        let low = self.clauses.sentence(self.at, REACH).start;
        (low..self.at).rev().find_map(|at| self.owned(at, low))
    }

    /// "Jane Doe’s claim that", "her assertion": whose the saying at `at` is.
    fn owned(&self, at: usize, low: usize) -> Option<Attribution> {
        const BETWEEN: usize = 3;
        let pieces = self.pieces();
        if !pieces[at].is(Class::SAYING) || pieces[at].capital {
            return None;
        }
        for owner in (low.max(at.saturating_sub(BETWEEN))..at).rev() {
            let piece = &pieces[owner];
            if piece.kind == Kind::Possessive {
                let phrase = phrase::before(pieces, owner, low)?;
                return Some(self.attribution(phrase, Some(at), "saying-of"));
            }
            if piece.is(Class::OWNER) {
                let name = (owner + 1, owner + 1);
                let phrase = Phrase { first: owner, end: owner + 1, name, pronoun: true };
                return Some(self.attribution(phrase, Some(at), "saying-of"));
            }
            if !piece.word() || piece.is(Class::PREPOSITION) {
                return None;
            }
        }
        None
    }

    /// "…, adding that": the subject of the verb before it.
    fn subject_of_participle(&self, at: usize, low: usize) -> Option<Phrase> {
        let pieces = self.pieces();
        // "with Doe adding that": a subject of its own.
        let with = phrase::before(pieces, at, low)
            .filter(|it| it.first > low && pieces[it.first - 1].is(Class::WITH));
        let own = with.or_else(|| self.own_subject(at, low));
        if own.is_some() {
            return own;
        }
        let main = (low..at).rev().find(|&it| pieces[it].is(Class::CUE) && is_cue(pieces, it, low));
        // "Doe praised those who said so, adding": the main clause goes on.
        let relative = |it: &Phrase| pieces[it.end - 1].is(Class::RELATIVE);
        let comma = at > low && pieces[at - 1].kind == Kind::Comma;
        let of_main = |verb| {
            let subject = phrase::subject(pieces, verb, low)?;
            let main = phrase::of_clause(pieces, low, at).filter(|_| comma && relative(&subject));
            Some(main.unwrap_or(subject))
        };
        main.and_then(|verb| {
            of_main(verb).or_else(|| {
                phrase::behind(pieces, verb + 1, at).filter(|_| !pieces[verb].is(Class::HEARER))
            })
        })
        .or_else(|| phrase::of_clause(pieces, low, at))
    }

    /// "footage of Doe asking": the name between a preposition and a participle, but not "a
    /// spokesman for Doe saying".
    fn own_subject(&self, at: usize, low: usize) -> Option<Phrase> {
        const FAR: usize = 8;
        let pieces = self.pieces();
        let from = low.max(at.saturating_sub(FAR));
        let preposition = (from..at).rev().find(|&it| pieces[it].is(Class::PREPOSITION))?;
        let role = preposition > low && pieces[preposition - 1].is(Class::ROLE);
        let phrase = phrase::before(pieces, at, preposition + 1)?;
        let named = phrase.name.0 < phrase.name.1 && phrase.name.1 == at;
        (pieces[at].is(Class::CUE_ING) && named && !role).then_some(phrase)
    }
}

/// Whether the verb says by itself that somebody speaks, and not only what he makes of a thing.
pub(super) fn strong(piece: &Piece) -> bool {
    let speech = Class::CUE.or(Class::CUE_ING).or(Class::PUT);
    piece.is(speech) && !piece.is(Class::WEAK.or(Class::MENTAL))
}

/// Whether a noun phrase can be a person or a body by its form: a name or a role stands in it.
pub(super) fn is_somebody(pieces: &[Piece], phrase: Phrase) -> bool {
    let role = |it: &Piece| it.is(Class::ROLE.or(Class::QUANTITY).or(Class::BODY)) || it.name();
    phrase.pronoun || pieces[phrase.first..phrase.end].iter().any(role)
}

/// Whether the verb at `at` is in the passive, so that what stands before it does not speak; "was
/// quoted as saying" is none.
fn is_passive(pieces: &[Piece], at: usize, low: usize) -> bool {
    let piece = &pieces[at];
    if !piece.is(Class::CUE) || piece.is(Class::QUOTED) {
        return false;
    }
    let mut before = at;
    while before > low && pieces[before - 1].is(Class::ADVERB) {
        before -= 1;
    }
    let Some(last) = before.checked_sub(1).filter(|&it| it >= low) else { return false };
    // "the boat, described as “…”"
    let as_next =
        pieces.get(at + 1).is_some_and(|it| it.is(Class::WHEN) && it.is(Class::PREPOSITION));
    if piece.is(Class::WEAK) && as_next && pieces[last].kind == Kind::Comma {
        return true;
    }
    pieces[last].is(Class::BE) || last + 1 == at && pieces[last].is(Class::WHEN)
}
