//! Noun phrases beside a verb of speech: its subject before it, or inverted behind it.

use super::clause::{Kind, Piece};
use super::words::Class;

/// A noun phrase in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// First piece.
    pub(super) first: usize,
    /// First piece behind it.
    pub(super) end: usize,
    /// First and last of the pieces of a name at its head; equal where there is none.
    pub(super) name: (usize, usize),
    /// Whether it is "he", "she", "it", "they".
    pub(super) pronoun: bool,
}

/// The most pieces that a noun phrase may have.
const LONGEST: usize = 24;

/// The noun phrase that ends just before the piece `end`, no further left than `low`.
pub(super) fn before(pieces: &[Piece], end: usize, low: usize) -> Option<Phrase> {
    let low = low.max(end.saturating_sub(LONGEST));
    let mut at = end;
    while at > low && pieces[at - 1].is(Class::TIME) {
        at -= 1;
    }
    let end = at;
    if end <= low {
        return None;
    }
    let last = &pieces[end - 1];
    if last.is(Class::PRONOUN) {
        return Some(Phrase { first: end - 1, end, name: (end, end), pronoun: true });
    }
    if !can_end(last) {
        return None;
    }
    let alone = end == low + 1 || pieces[end - 2].bound() || !pieces[end - 2].word();
    if last.is(Class::QUANTITY) && alone {
        return Some(Phrase { first: end - 1, end, name: (end, end), pronoun: false });
    }
    while at > low && belongs(pieces, at - 1, end) {
        at -= 1;
        let determiner = pieces[at].is(Class::DETERMINER);
        let goes_on = at > low
            && (pieces[at - 1].is(Class::PREPOSITION) || pieces[at - 1].is(Class::DETERMINER));
        if determiner && !goes_on {
            break;
        }
    }
    while at < end && begins_badly(&pieces[at]) {
        at += 1;
    }
    // "hours after Doe", "coming from a man who": a word that begins no noun phrase of its own.
    if at < end && is_bare(&pieces[at]) {
        let apart = |it: &Piece| it.word() && it.is(Class::PREPOSITION) && !it.is(Class::PARTICLE);
        let somebody = |it: &Piece| it.name() || it.is(Class::ROLE.or(Class::BODY));
        let until = pieces[at..end - 1].iter().position(somebody).map_or(end - 1, |it| at + it);
        let last = pieces[at..until].iter().rposition(|it| apart(it) && !it.capital);
        at = last.map_or(at, |it| at + it + 1);
    }
    let article = at + 1 == end && last.is(Class::DETERMINER) && !last.is(STANDS_ALONE);
    (at < end && !article).then(|| with_name(pieces, at, end))
}

/// Whether a noun phrase that begins so has neither an article nor a name nor a role in front.
fn is_bare(piece: &Piece) -> bool {
    let front = Class::DETERMINER
        .or(Class::QUANTITY)
        .or(Class::OWNER)
        .or(Class::PRONOUN)
        .or(Class::ROLE)
        .or(Class::BODY);
    piece.word() && !piece.capital && !piece.is(front)
}

/// Determiners that can be a subject: "some", "his" of what was said.
const STANDS_ALONE: Class = Class::PRONOUN.or(Class::QUANTITY);

fn can_end(piece: &Piece) -> bool {
    let small = Class::PREPOSITION
        .or(Class::SUBORDINATOR)
        .or(Class::CONJUNCTION)
        .or(Class::AUX)
        .or(Class::RELATIVE)
        .or(Class::OBJECT)
        .or(Class::VERB);
    match piece.kind {
        Kind::Word => !piece.is(small) || piece.capital && piece.name(),
        Kind::CloseBracket | Kind::Number => true,
        _ => false,
    }
}

/// Whether the piece `at` can stand inside a noun phrase that ends at `end`.
fn belongs(pieces: &[Piece], at: usize, end: usize) -> bool {
    let piece = &pieces[at];
    match piece.kind {
        Kind::Number | Kind::Possessive | Kind::Joint | Kind::CloseBracket => true,
        Kind::OpenBracket => pieces[at..end].iter().any(|it| it.kind == Kind::CloseBracket),
        Kind::Word => {
            let ends = Class::SUBORDINATOR
                .or(Class::AUX)
                .or(Class::RELATIVE)
                .or(Class::OBJECT)
                .or(Class::PRONOUN)
                .or(Class::TIME)
                .or(Class::VERB);
            if piece.name() {
                return true;
            }
            if piece.is(Class::CONJUNCTION) {
                return joins(pieces, at, end);
            }
            let verb = piece.is(Class::CUE.or(Class::CUE_ING)) && !piece.is(Class::NOUN_TOO);
            !piece.is(ends) && !verb && !past_verb(pieces, at)
        }
        Kind::Comma | Kind::Colon | Kind::Stop | Kind::Dash | Kind::Quote(_) => false,
    }
}

/// Whether a word with the ending of the past is the verb of a clause and not an adjective: a
/// name, a pronoun or an adverb stands before it.
fn past_verb(pieces: &[Piece], at: usize) -> bool {
    if !pieces[at].is(Class::PAST) || pieces[at].capital {
        return false;
    }
    let Some(last) = at.checked_sub(1).map(|it| pieces[it]) else { return false };
    let subject = Class::PRONOUN.or(Class::RELATIVE).or(Class::ROLE);
    last.name() || last.is(subject) || last.is(Class::ADVERB) || last.kind == Kind::CloseBracket
}

/// "X and Y": an "and" between two names, or two nouns in small letters without a verb.
fn joins(pieces: &[Piece], at: usize, end: usize) -> bool {
    at > 0 && at + 1 < end && pieces[at - 1].name() && pieces[at + 1].name()
}

fn begins_badly(piece: &Piece) -> bool {
    let bad = Class::PREPOSITION.or(Class::ADVERB).or(Class::CONJUNCTION).or(Class::TIME);
    match piece.kind {
        Kind::Word => piece.is(bad) && !piece.is(Class::DETERMINER),
        Kind::Possessive | Kind::Joint | Kind::CloseBracket => true,
        _ => false,
    }
}

/// The phrase with the name at its head: the last run of capitals before its first preposition.
fn with_name(pieces: &[Piece], first: usize, end: usize) -> Phrase {
    let inner = &pieces[first..end];
    let head_end = inner
        .iter()
        .position(|it| it.is(Class::PREPOSITION) && !it.capital || it.kind == Kind::OpenBracket)
        .map_or(end, |at| first + at);
    // "the secretary for education Mr Doe"
    let titled = inner.iter().position(|it| it.is(Class::HONORIFIC) && it.capital);
    if let Some(title) = titled.map(|at| first + at).filter(|&at| at > head_end) {
        return Phrase { first, end, name: (title, end), pronoun: false };
    }
    let mut from = head_end;
    while from > first {
        let piece = &pieces[from - 1];
        let inside = from < head_end && (piece.is(Class::PARTICLE) || piece.kind == Kind::Joint);
        if !(piece.name() || inside) {
            break;
        }
        from -= 1;
    }
    while from < head_end && !pieces[from].name() {
        from += 1;
    }
    let pronoun = end == first + 1 && pieces[first].is(Class::PRONOUN);
    Phrase { first, end, name: (from, head_end), pronoun }
}

/// The noun phrase that begins at the piece `first` and ends before `high`.
pub(super) fn behind(pieces: &[Piece], first: usize, high: usize) -> Option<Phrase> {
    let start = pieces.get(first).filter(|_| first < high)?;
    if start.is(Class::PRONOUN) {
        return Some(Phrase { first, end: first + 1, name: (first + 1, first + 1), pronoun: true });
    }
    let refused = Class::PREPOSITION
        .or(Class::ADVERB)
        .or(Class::TIME)
        .or(Class::SUBORDINATOR)
        .or(Class::CONJUNCTION)
        .or(Class::RELATIVE)
        .or(Class::OBJECT)
        .or(Class::AUX);
    let fits = matches!(start.kind, Kind::Word | Kind::Number)
        && (!start.is(refused) || start.is(Class::DETERMINER));
    if !fits {
        return None;
    }
    let high = high.min(first + LONGEST);
    let mut end = first + 1;
    while end < high && continues(pieces, end) {
        end += 1;
    }
    let only_small = end == first + 1 && start.is(Class::DETERMINER);
    (!only_small).then(|| with_name(pieces, first, end))
}

fn continues(pieces: &[Piece], at: usize) -> bool {
    let piece = &pieces[at];
    match piece.kind {
        Kind::Number | Kind::Possessive | Kind::Joint => true,
        Kind::Word => {
            let of = Class::PARTICLE;
            let ends = Class::PREPOSITION
                .or(Class::SUBORDINATOR)
                .or(Class::AUX)
                .or(Class::RELATIVE)
                .or(Class::OBJECT)
                .or(Class::PRONOUN)
                .or(Class::TIME)
                .or(Class::ADVERB)
                .or(Class::VERB);
            if piece.is(Class::CONJUNCTION) {
                return pieces[at - 1].name() && pieces.get(at + 1).is_some_and(Piece::name);
            }
            let verb = piece.is(Class::CUE.or(Class::CUE_ING)) && !piece.is(Class::NOUN_TOO);
            // "the ruling", "a Wednesday editorial"
            let noun = Class::CUE_ING.or(Class::TIME);
            let behind_article = pieces[at - 1].is(Class::DETERMINER) && piece.is(noun);
            behind_article || piece.name() || piece.is(of) || !(piece.is(ends) || verb)
        }
        _ => false,
    }
}

/// The subject of the verb at the piece `verb`, no further left than `low`.
pub(super) fn subject(pieces: &[Piece], verb: usize, low: usize) -> Option<Phrase> {
    let mut at = verb;
    while at > low && skipped(&pieces[at - 1]) {
        at -= 1;
    }
    if at <= low {
        return None;
    }
    if let Some(first) = contracted(pieces, at, low) {
        return Some(Phrase { first, end: first + 1, name: (first + 1, first + 1), pronoun: true });
    }
    let last = &pieces[at - 1];
    match last.kind {
        Kind::Comma | Kind::Dash | Kind::CloseBracket if at > low + 1 => {
            if last.kind == Kind::CloseBracket {
                return before(pieces, at, low);
            }
            across_comma(pieces, at - 1, low)
        }
        Kind::Word if last.is(Class::RELATIVE) => antecedent(pieces, at - 1, low),
        Kind::Word if last.is(Class::SUBORDINATOR) => antecedent(pieces, at - 1, low),
        Kind::Word if last.is(Class::CONJUNCTION) => {
            of_side_clause(pieces, low, at - 1).or_else(|| of_clause(pieces, low, at - 1))
        }
        Kind::Word if last.is(Class::PREPOSITION) => of_clause(pieces, low, at - 1),
        Kind::Word | Kind::Number => {
            let phrase = before(pieces, at, low).or_else(|| of_clause(pieces, low, at - 1))?;
            if let Some(preposition) = preposition_before(pieces, phrase, low) {
                return subject_across(pieces, preposition, low);
            }
            Some(bearer(pieces, phrase, low).unwrap_or(phrase))
        }
        _ => None,
    }
}

/// The preposition before a phrase that is nobody's: "in a statement", "to discuss the plan".
fn preposition_before(pieces: &[Piece], phrase: Phrase, low: usize) -> Option<usize> {
    let at = phrase.first.checked_sub(1).filter(|&at| at >= low)?;
    let piece = &pieces[at];
    // "as the mayor told", "about four in ten said"
    let other = Class::WITH.or(Class::WHEN).or(Class::ROUGH);
    let adverbial = piece.word() && piece.is(Class::PREPOSITION) && !piece.is(other);
    let named = phrase.pronoun || phrase.name.0 < phrase.name.1;
    (adverbial && !named).then_some(at)
}

/// The subject of a verb before which an adverbial stands that begins at `preposition`: "Doe in a
/// letter said", "a minister who spoke to explain the plan said".
fn subject_across(pieces: &[Piece], preposition: usize, low: usize) -> Option<Phrase> {
    let last = preposition.checked_sub(1).filter(|&at| at >= low)?;
    let verb = Class::CUE.or(Class::CUE_ING).or(Class::PAST).or(Class::VERB);
    let mut at = preposition;
    while at > low && skipped(&pieces[at - 1]) {
        at -= 1;
    }
    if at > low && pieces[at - 1].is(verb) && !pieces[at - 1].capital {
        return subject(pieces, at - 1, low);
    }
    match pieces[last].kind {
        Kind::Comma | Kind::Word => subject(pieces, preposition, low),
        _ => None,
    }
}

/// "Jane Doe, commander of the fleet said": whose role it is, where the second comma is missing. A
/// single role without an article begins no sentence of its own, "officials" does.
fn bearer(pieces: &[Piece], role: Phrase, low: usize) -> Option<Phrase> {
    let comma = role.first.checked_sub(1).filter(|&at| at > low)?;
    let first = &pieces[role.first];
    let of = pieces.get(role.first + 1).is_some_and(|it| it.is(Class::PREPOSITION));
    let single = first.word() && !first.capital && first.is(Class::SINGLE_ROLE) && of;
    if pieces[comma].kind != Kind::Comma || !single || role.name.0 < role.name.1 {
        return None;
    }
    before(pieces, comma, low).filter(|it| it.name.0 < it.name.1 && it.name.1 == it.end)
}

/// What may stand between a subject and its verb.
fn skipped(piece: &Piece) -> bool {
    piece.word()
        && !piece.capital
        && piece.is(Class::AUX.or(Class::ADVERB).or(Class::TIME))
        && !piece.is(Class::PRONOUN)
        || piece.word() && piece.is(Class::TIME)
        || piece.word() && !piece.capital && piece.range.len() > 4 && piece.is(Class::ADVERB)
}

/// "who", "that": what they stand for, the noun phrase before them.
fn antecedent(pieces: &[Piece], relative: usize, low: usize) -> Option<Phrase> {
    let comma = relative > low && pieces[relative - 1].kind == Kind::Comma;
    let phrase = before(pieces, relative - usize::from(comma && relative > low), low)?;
    Some(Phrase { end: relative + 1, ..phrase })
}

/// "X, a minister from Rome, said": the subject stands before what the commas enclose.
fn across_comma(pieces: &[Piece], comma: usize, low: usize) -> Option<Phrase> {
    const MOST: usize = 7;
    let mut ends = vec![comma];
    let mut at = comma;
    let floor = low.max(comma.saturating_sub(60));
    while at > floor && ends.len() < MOST {
        at -= 1;
        match pieces[at].kind {
            Kind::Comma | Kind::Dash => ends.push(at),
            Kind::Stop | Kind::Colon | Kind::Quote(_) => {
                at += 1;
                break;
            }
            _ => {}
        }
    }
    // The part that begins with "who" is the outermost that is enclosed.
    let begins_relative = |index: usize| {
        let first = ends.get(index + 1).map_or(at, |it| it + 1);
        pieces.get(first).is_some_and(|it| it.is(Class::RELATIVE))
    };
    let skip = (0..ends.len()).rev().find(|&index| begins_relative(index)).unwrap_or(0);
    let parts = (skip + 1..ends.len()).filter_map(|index| {
        let part_low = ends.get(index + 1).map_or(at, |it| it + 1);
        let phrase = before(pieces, ends[index], part_low)?;
        let open = pieces[part_low..phrase.first].iter().all(|it| !it.is(Class::PREPOSITION));
        Some((phrase, open))
    });
    let mut second = None;
    let mut third = None;
    for (phrase, open) in parts {
        let named = phrase.name.0 < phrase.name.1;
        let role = pieces[phrase.first].is(Class::DETERMINER);
        if phrase.pronoun || (named && open) {
            return Some(phrase);
        }
        if role && open {
            second.get_or_insert(phrase);
        }
        if open {
            third.get_or_insert(phrase);
        }
    }
    second.or_else(|| {
        let first = ends.get(1).map_or(at, |it| it + 1);
        let near = before(pieces, comma, first)?;
        // "Doe’s campaign, for example, said"
        let aside = preposition_before(pieces, near, first).is_some();
        if aside { third.or(Some(near)) } else { Some(near) }
    })
}

/// The subject of the clause that begins at `low` or behind it: the noun phrase before the first
/// finite verb up to `end`.
pub(super) fn of_clause(pieces: &[Piece], low: usize, end: usize) -> Option<Phrase> {
    let start = low.max(end.saturating_sub(60));
    for at in start..end {
        let piece = &pieces[at];
        if piece.is(Class::PRONOUN) && !pieces.get(at + 1).is_some_and(Piece::bound) {
            return Some(Phrase { first: at, end: at + 1, name: (at + 1, at + 1), pronoun: true });
        }
        if finite(pieces, at, start) {
            let phrase = match at.checked_sub(1).map(|it| pieces[it]) {
                Some(last) if last.kind == Kind::Comma && at > start + 1 => {
                    across_comma(pieces, at - 1, start)
                }
                _ => {
                    let mut from = at;
                    while from > start && skipped(&pieces[from - 1]) {
                        from -= 1;
                    }
                    before(pieces, from, start)
                }
            };
            if phrase.is_some() {
                return phrase;
            }
        }
    }
    None
}

/// The subject of a clause like "after she attacked them" that ends just before the piece `end`
/// with no comma in it: what "and" joins to it has the same subject.
fn of_side_clause(pieces: &[Piece], low: usize, end: usize) -> Option<Phrase> {
    const FAR: usize = 16;
    let from = low.max(end.saturating_sub(FAR));
    let opening =
        (from..end).rev().find(|&at| pieces[at].is(Class::OPENING) || pieces[at].bound())?;
    let subject = opening + 1;
    let pronoun = pieces.get(subject).is_some_and(|it| it.is(Class::PRONOUN));
    (pieces[opening].is(Class::OPENING) && pronoun && subject < end).then_some(Phrase {
        first: subject,
        end: subject + 1,
        name: (subject + 1, subject + 1),
        pronoun: true,
    })
}

/// Whether the piece is a finite verb, as far as its form tells.
fn finite(pieces: &[Piece], at: usize, low: usize) -> bool {
    let piece = &pieces[at];
    if !piece.word() || piece.capital {
        return false;
    }
    if piece.is(Class::AUX.or(Class::VERB)) || past_verb(pieces, at) {
        return true;
    }
    if piece.is(Class::PAST) && at > low {
        let last = &pieces[at - 1];
        let adjective = Class::DETERMINER.or(Class::PREPOSITION).or(Class::TO);
        let object = Class::DETERMINER.or(Class::PREPOSITION).or(Class::OBJECT).or(Class::OWNER);
        // "Doe, a former mayor, mocked the plan"
        let enclosed =
            last.kind == Kind::Comma && pieces.get(at + 1).is_some_and(|it| it.is(object));
        return enclosed || last.word() && !last.is(adjective);
    }
    if piece.is(Class::CUE) {
        return is_verb(pieces, at, low);
    }
    false
}

/// Whether a form of a verb of speech is a verb here: no determiner, adjective or preposition
/// before it makes it a noun or an adjective, and what follows does not either.
pub(super) fn is_verb(pieces: &[Piece], at: usize, low: usize) -> bool {
    let piece = &pieces[at];
    let last = at.checked_sub(1).filter(|it| *it >= low).map(|it| pieces[it]);
    let Some(last) = last else { return true };
    if contracted(pieces, at, low).is_some() {
        return true;
    }
    // "a swiftly called meeting"
    let mut before = at;
    while before > low + 1 && pieces[before - 1].is(Class::ADVERB) {
        before -= 1;
    }
    let first = &pieces[before - 1];
    let owned = last.kind == Kind::Possessive;
    if owned || first.is(Class::DETERMINER) && !first.is(STANDS_ALONE.or(Class::ADVERB)) {
        return false;
    }
    if !piece.is(Class::NOUN_TOO) {
        return true;
    }
    let noun = Class::PREPOSITION.or(Class::TO).or(Class::OBJECT);
    let clear = Class::PRONOUN.or(Class::ROLE).or(Class::ADVERB).or(Class::RELATIVE).or(Class::AUX);
    match last.kind {
        Kind::Number => false,
        Kind::Word if last.is(noun) => false,
        Kind::Word if last.name() || last.is(clear) => !noun_follows(pieces, at, last),
        Kind::Word => reports(pieces, at),
        _ => true,
    }
}

/// A verb behind it: it was a noun, the subject; or "as" where a name stood before: "Labour claims
/// as false".
fn noun_follows(pieces: &[Piece], at: usize, last: Piece) -> bool {
    pieces.get(at + 1).is_some_and(|it| {
        it.is(Class::AUX)
            || it.is(Class::CUE) && !it.is(Class::NOUN_TOO)
            || last.name() && it.is(Class::WHEN) && it.is(Class::PREPOSITION)
    })
}

/// "He’s claiming": the pronoun before a verb that a contraction stands between.
fn contracted(pieces: &[Piece], at: usize, low: usize) -> Option<usize> {
    let pronoun = at.checked_sub(2).filter(|&it| it >= low)?;
    let short = pieces[at - 1].kind == Kind::Possessive;
    (short && pieces[pronoun].is(Class::PRONOUN)).then_some(pronoun)
}

/// Something reported follows at once.
pub(super) fn reports(pieces: &[Piece], at: usize) -> bool {
    pieces.get(at + 1).is_some_and(|it| {
        matches!(it.kind, Kind::Quote(_) | Kind::Colon)
            || it.is(Class::SUBORDINATOR.or(Class::PRONOUN))
    })
}
