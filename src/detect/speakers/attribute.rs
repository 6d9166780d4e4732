//! The rules that find the words that name a quote's speaker.

use super::clause::{Clauses, Kind, Piece};
use super::governed::{is_somebody, strong};
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
    /// The whole noun phrase.
    pub(super) phrase: TextRange,
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
    /// Whether it ends with a comma, as before the words that say who spoke.
    pub(super) comma: bool,
    /// Whether it ends as a sentence does.
    pub(super) stops: bool,
}

/// What begins a clause behind a quote that says nothing of its speaker: "after the mayor said".
const NOT_REPORTED_BEHIND: Class =
    Class::CONJUNCTION.or(Class::SUBORDINATOR).or(Class::RELATIVE).or(Class::OPENING);

/// An attribution by a verb before the quote, and which piece the verb is.
pub(super) type Governed = (Attribution, usize);

impl Place<'_> {
    pub(super) fn pieces(&self) -> &[Piece] {
        &self.clauses.pieces
    }

    pub(super) fn attribution(
        &self,
        phrase: Phrase,
        cue: Option<usize>,
        rule: &'static str,
    ) -> Attribution {
        attribution(self.pieces(), phrase, cue, rule)
    }

    /// All that the quote's own sentence tells.
    pub(super) fn in_sentence(&self) -> Option<Attribution> {
        let beside = if self.direct { self.beside_whole() } else { self.beside_fragment() };
        beside
            .or_else(|| self.name_and_colon())
            .or_else(|| self.trailing())
            .or_else(|| self.owned_before())
            .or_else(|| self.signed())
            .or_else(|| self.clause_subject())
    }

    /// The verbs of speech on both sides of a whole sentence in marks.
    fn beside_whole(&self) -> Option<Attribution> {
        // "He told them a story: “…,” he said.": the comma leads to the second.
        let behind_first = self.comma || !self.led_up();
        let behind = || self.beside_behind();
        let governed = || self.governed().map(|it| it.0);
        if behind_first { behind().or_else(governed) } else { governed().or_else(behind) }
    }

    /// The verbs of speech on both sides of words that stand in a sentence of the writer's.
    fn beside_fragment(&self) -> Option<Attribution> {
        let pieces = self.pieces();
        let governed = self.governed();
        let led = self.led_up();
        if let Some((found, at)) = governed
            && led
            && strong(&pieces[at])
        {
            return Some(found);
        }
        if let Some((behind, at)) = self.behind_with_verb() {
            let other_clause = phrase::reports(pieces, at)
                || governed.is_some_and(|(_, verb)| self.opens_below(verb));
            let inverted = behind.rule != "speaker-verb";
            if governed.is_none() || inverted && !led || !other_clause {
                return Some(behind);
            }
        }
        match governed {
            Some((found, at)) if strong(&pieces[at]) => Some(found),
            Some((found, _)) => self.trailing().or(Some(found)),
            None => None,
        }
    }

    /// Whether the sentence begins with a clause that is not its main one and that holds both the
    /// verb at `at` and the quote: "When Doe called it “…,” the others left."
    fn opens_below(&self, at: usize) -> bool {
        let pieces = self.pieces();
        let low = self.clauses.sentence(self.at, REACH).start;
        pieces[low].is(Class::OPENING)
            && at > low
            && !pieces[at..self.at].iter().any(|it| it.kind == Kind::Comma)
    }

    /// Whether a verb of speech stands just before the quote: "he replied, “…”".
    fn led_up(&self) -> bool {
        const NEAR: usize = 4;
        let pieces = self.pieces();
        let low = self.clauses.sentence(self.at, REACH).start;
        let Some(last) = self.at.checked_sub(1).filter(|&it| it >= low) else { return false };
        let mark = matches!(pieces[last].kind, Kind::Comma | Kind::Colon);
        if !mark {
            return is_cue(pieces, last, low);
        }
        if pieces[last].kind == Kind::Colon {
            return true;
        }
        (last.saturating_sub(NEAR).max(low)..last).any(|at| is_cue(pieces, at, low))
    }

    /// "…," said Jane Doe; "…," Jane Doe, a minister, told reporters.
    fn beside_behind(&self) -> Option<Attribution> {
        self.behind_with_verb().map(|it| it.0)
    }

    /// The same with the verb's piece.
    fn behind_with_verb(&self) -> Option<Governed> {
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
        let begins = self.clauses.sentence(self.at, REACH).start == self.at;
        if crosses && (!self.direct || self.at + 1 != first || !begins) {
            return None;
        }
        let mut at = first;
        while at < high && pieces[at].is(Class::ADVERB) && !pieces[at].capital {
            at += 1;
        }
        if at < high && !crosses {
            if let Some(found) = self.inverted(at, high) {
                return Some((found, at));
            }
            if let Some(found) = self.according(at, high) {
                return Some((found, at));
            }
        }
        if self.goes_on() { None } else { self.subject_behind(first, high, crosses) }
    }

    /// The verb at `at` with its subject behind it.
    pub(super) fn inverted(&self, at: usize, high: usize) -> Option<Attribution> {
        let pieces = self.pieces();
        let verb = &pieces[at];
        // Behind a whole sentence in marks any verb tells how it was said: “…!” beamed Doe.
        let manner = self.direct && verb.is(Class::PAST) && at == self.at + 1;
        let speech = verb.is(Class::CUE) && !verb.is(Class::HEARER);
        let begins = verb.capital && (at == 0 || pieces[at - 1].sentence != verb.sentence);
        if !(speech || manner) || verb.capital && !begins {
            return None;
        }
        let mut next = at + 1;
        while next < high && pieces[next].is(Class::ADVERB) && !pieces[next].capital {
            next += 1;
        }
        let phrase = phrase::behind(pieces, next, high)?;
        Some(self.attribution(phrase, Some(at), "verb-speaker"))
    }

    /// ", said Anna Berg" at `at`: a name behind the verb, and nothing behind the name.
    pub(super) fn named_behind(&self, at: usize, low: usize, high: usize) -> Option<Attribution> {
        let pieces = self.pieces();
        let comma = at > low && pieces[at - 1].kind == Kind::Comma;
        let phrase = phrase::behind(pieces, at + 1, high).filter(|_| comma)?;
        let ends = pieces
            .get(phrase.end)
            .is_none_or(|it| it.bound() && !matches!(it.kind, Kind::Quote(_)));
        let named = phrase.name.0 == phrase.first && phrase.name.0 < phrase.name.1;
        self.inverted(at, high).filter(|_| named && ends)
    }

    /// A subject just behind the quote, before its verb of speech.
    fn subject_behind(&self, first: usize, high: usize, crosses: bool) -> Option<Governed> {
        const TRIES: usize = 3;
        let pieces = self.pieces();
        let cues = (first..high).filter(|&at| is_cue(pieces, at, first)).take(TRIES);
        for at in cues {
            let subject = if pieces[at].is(Class::CUE_ING) {
                phrase::of_clause(pieces, first, at)
            } else {
                phrase::subject(pieces, at, first)
            };
            // "“…” about the boat and the sea, said Anna Berg"
            if !crosses && let Some(found) = self.named_behind(at, first, high) {
                return Some((found, at));
            }
            let Some(subject) = subject else { continue };
            let near = !crosses || pieces[at].is(Class::CUE) && self.crosses_to(first, at);
            if near && self.adjacent(first, subject.first) {
                return Some((self.attribution(subject, Some(at), "speaker-verb"), at));
            }
        }
        None
    }

    /// Whether a verb at `at` in the sentence behind a whole quote says who spoke: it stands near,
    /// or it ends its clause and only what the speaker is stands before it.
    fn crosses_to(&self, first: usize, at: usize) -> bool {
        const FAR: usize = 18;
        let pieces = self.pieces();
        let enclosed =
            at > first && matches!(pieces[at - 1].kind, Kind::Comma | Kind::CloseBracket);
        let ends = Class::PREPOSITION.or(Class::TIME).or(Class::ADVERB);
        let closes = pieces
            .get(at + 1)
            .is_none_or(|it| matches!(it.kind, Kind::Stop | Kind::Comma) || it.is(ends));
        at <= first + 4 || at <= first + FAR && enclosed && closes && pieces[first].capital
    }

    /// Whether nothing of weight stands between the quote and the phrase at `at`.
    fn adjacent(&self, first: usize, at: usize) -> bool {
        const MOST: usize = 8;
        let light = Class::ADVERB.or(Class::TIME).or(Class::DETERMINER);
        let between = &self.pieces()[first..at];
        if between.iter().all(|it| it.is(light) || matches!(it.kind, Kind::Comma | Kind::Joint)) {
            return true;
        }
        // "the mayor and head of the party said", "in a statement the group said"
        let begins = NOT_REPORTED_BEHIND;
        let verbs = Class::AUX.or(Class::VERB).or(Class::SUBORDINATOR).or(Class::RELATIVE);
        self.direct
            && between.len() <= MOST
            && !between.first().is_some_and(|it| it.is(begins))
            && between.iter().all(|it| !it.is(verbs) && (it.word() || it.kind == Kind::Joint))
    }

    /// "according to Jane Doe" at `at`.
    pub(super) fn according(&self, at: usize, high: usize) -> Option<Attribution> {
        let pieces = self.pieces();
        let to = pieces.get(at + 1).filter(|_| at + 1 < high)?;
        // "in the words of Jane Doe"
        let words = self.in_words_of(at);
        let according = pieces[at].is(Class::ACCORDING) || words;
        if !according || !to.is(Class::PREPOSITION) {
            return None;
        }
        let phrase = phrase::behind(pieces, at + 2, high)?;
        Some(self.attribution(phrase, Some(at), "according-to"))
    }

    /// Whether "words" at `at` are those "in the words" of somebody.
    fn in_words_of(&self, at: usize) -> bool {
        let pieces = self.pieces();
        let article = at >= 2 && pieces[at - 1].is(Class::DETERMINER);
        article && pieces[at].is(Class::WORDS) && pieces[at - 2].is(Class::PREPOSITION)
    }

    /// "Jane Doe: “…”", "Jane Doe hit the table: “…”"
    fn name_and_colon(&self) -> Option<Attribution> {
        let pieces = self.pieces();
        let low = self.clauses.sentence(self.at, REACH).start;
        let colon =
            self.at.checked_sub(1).filter(|&at| at > low && pieces[at].kind == Kind::Colon)?;
        // "Q:" and "A:", which looks like an article.
        let label = &pieces[low];
        let heading = Class::LABEL.or(Class::CONJUNCTION).or(Class::ADVERB).or(Class::PREPOSITION);
        if colon == low + 1 && label.is(heading) {
            return None;
        }
        if colon == low + 1 && label.word() && label.capital && !label.is(Class::PRONOUN) {
            let phrase = Phrase { first: low, end: colon, name: (low, colon), pronoun: false };
            return Some(self.attribution(phrase, None, "name-colon"));
        }
        // "Weather - Jane Doe: “…”"
        let begins = |at: usize| at == low || pieces[at - 1].kind == Kind::Dash;
        if let Some(mut phrase) = phrase::before(pieces, colon, low)
            && begins(phrase.first)
            && phrase.name.0 < phrase.name.1
        {
            // "More from Jane Doe: “…”"
            if pieces[phrase.first].is(Class::LABEL) {
                phrase = phrase::behind(pieces, phrase.first + 2, colon)?;
            }
            let named = phrase.name.0 < phrase.name.1;
            return named.then(|| self.attribution(phrase, None, "name-colon"));
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
            let verb = piece.is(Class::CUE.or(Class::PUT)) && !piece.is(Class::WEAK);
            if !verb || !is_cue(pieces, at, self.at + 1) {
                if let Some(found) = self.according(at, sentence.end) {
                    return Some(found);
                }
                continue;
            }
            // ", Doe said", ", as Doe put it"; the comma may stand in the marks
            let comma = |it: usize| {
                let as_ = it > self.at + 1 && pieces[it - 1].is(Class::WHEN);
                let it = it - usize::from(as_);
                it > self.at + 1 && pieces[it - 1].kind == Kind::Comma
                    || as_ && it == self.at + 1 && self.comma
            };
            if let Some(found) = self.named_behind(at, self.at + 1, sentence.end) {
                return Some(Attribution { rule: "trailing", ..found });
            }
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
        let ends = pieces
            .get(phrase.end)
            .is_none_or(|it| matches!(it.kind, Kind::Comma | Kind::Stop | Kind::Quote(_)));
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
        // "made the point that it would be “…”": a clause that is reported, as far as its form tells.
        let that = |it: &Piece| it.is(Class::THAT) && it.is(Class::SUBORDINATOR);
        let reported = pieces[phrase.end..self.at].iter().any(that);
        // "told the party to “…”", "went after the plan as a “…”"
        let near = &pieces[self.at.saturating_sub(2).max(phrase.end)..self.at];
        let taken = near.last().is_some_and(|it| it.is(Class::TO))
            || near.iter().any(|it| it.is(Class::WHEN) && it.is(Class::PREPOSITION));
        let somebody = (reported || taken) && is_somebody(pieces, phrase);
        somebody.then(|| self.attribution(phrase, None, "clause-subject"))
    }
}

/// Whether the piece is a verb of speech in a form that governs words here.
pub(super) fn is_cue(pieces: &[Piece], at: usize, low: usize) -> bool {
    let piece = &pieces[at];
    let next_is = |word: Class| pieces.get(at + 1).is_some_and(|it| it.is(word));
    let back = piece.is(Class::BACK) && next_is(Class::BACKWARDS);
    let put_it = piece.is(Class::PUT) && next_is(Class::PRONOUN);
    let about = pieces.get(at + 2).is_some_and(|it| it.is(Class::ABOUT));
    let go_on = piece.is(Class::GO) && next_is(Class::ON) && about;
    if (back || put_it || go_on) && !piece.capital {
        return true;
    }
    // Who points to a table says nothing.
    if piece.is(Class::POINT) && !next_is(Class::OUT) && !phrase::reports(pieces, at) {
        return false;
    }
    if piece.is(Class::BEGIN) && next_is(Class::TO) {
        return false;
    }
    // "talked up", "called up" are other verbs.
    if !piece.word() || !piece.is(Class::ANY_CUE) || next_is(Class::UP) || piece.name() && at > low
    {
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
    let noun = piece.is(Class::NOUN_TOO);
    if last.is_some_and(|it| it.word() && !it.is(Class::DETERMINER) || it.kind == Kind::Comma)
        && phrase::reports(pieces, at)
        && !noun
    {
        return true;
    }
    // "Berg and Falk call them"
    if piece.is(Class::CUE_BASE) && next_is(Class::OBJECT) && last.is_some_and(|it| it.name()) {
        return true;
    }
    let before = Class::AUX.or(Class::PRONOUN).or(Class::TO).or(Class::RELATIVE).or(Class::ADVERB);
    last.is_some_and(|it| it.is(before.or(Class::ROLE)) && !it.is(Class::WHOSE))
}

/// "— Jane Doe, mayor" in a line of its own.
pub(super) fn signature(pieces: &[Piece]) -> Option<Attribution> {
    const LONGEST: usize = 16;
    let dash = pieces.first().is_some_and(|it| matches!(it.kind, Kind::Dash | Kind::Joint));
    if !dash || pieces.len() > LONGEST {
        return None;
    }
    let phrase = phrase::behind(pieces, 1, pieces.len())?;
    let ends = pieces.get(phrase.end).is_none_or(Piece::bound);
    let named = phrase.name.0 == phrase.first && phrase.name.0 < phrase.name.1;
    (ends && named).then(|| attribution(pieces, phrase, None, "signed"))
}

/// The subject of the last verb of speech in a sentence, or else of its first clause.
pub(super) fn sentence_speech(pieces: &[Piece], low: usize, high: usize) -> Option<Attribution> {
    let high = high.min(low + REACH * 2);
    for at in (low..high).rev() {
        if !pieces[at].is(Class::CUE) || !is_cue(pieces, at, low) {
            continue;
        }
        // "The gap begins to show when they meet": no thing thinks or shows in words.
        let thing = |it: &Phrase| pieces[at].is(Class::MENTAL) && !is_somebody(pieces, *it);
        if let Some(subject) = phrase::subject(pieces, at, low) {
            if thing(&subject) {
                continue;
            }
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
    // "a poster that read", "Doe, who said": the pronoun stands for the subject, too.
    let relative = Class::RELATIVE.or(Class::SUBORDINATOR);
    let with_relative = pieces.get(phrase.end - 1).is_some_and(|it| it.is(relative));
    let words = match (name.is_empty(), with_relative) {
        (false, false) => name,
        (false, true) => range(phrase.name.0, phrase.end),
        (true, _) => range(phrase.first, phrase.end),
    };
    let cue = cue.map(|at| pieces[at].range);
    let whole = range(phrase.first, phrase.end);
    Attribution { words, name, phrase: whole, pronoun: phrase.pronoun, cue, rule }
}
