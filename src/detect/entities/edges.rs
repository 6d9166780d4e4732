//! Mends where names begin and end, with what stands beside them in the text: an acronym in
//! brackets, a company's legal form, the whole of an office that the model found in pieces.

use super::candidates::cut::is_legal_form;
use super::candidates::{Build, Candidate};
use super::model::features::Group;
use super::model::tag::Span;
use super::names::Names;
use super::vocabulary::Vocabulary;
use crate::annot::EntityKind;
use crate::detect::Context;
use crate::detect::lexicon::Class;
use crate::detect::lexicon::gazetteer::{self, Trust};
use crate::detect::tokens::{Shape, Token, TokenKind};
use crate::text::{TextRange, offset};

/// How probable what the brackets or the whole name say is.
const TOLD: f32 = 0.9;

/// Mends the spans, which are in the order of the text; `rules` are the candidates with their names.
pub(super) fn mend(
    context: &Context<'_>,
    vocabulary: &Vocabulary<'_>,
    spans: &mut Vec<Span>,
    (candidates, names): (&[Candidate], &Names<'_>),
) {
    let edges = Edges { context, vocabulary, tokens: &context.tokens.all };
    let mut whole = edges.datelines(spans);
    whole.extend(edges.nicknames(spans));
    whole.extend(edges.in_brackets(spans));
    for (candidate, name) in candidates.iter().zip(&names.of) {
        let verdict = names.all[*name as usize].verdict;
        whole.extend(is_whole(candidate, verdict, spans));
    }
    if !whole.is_empty() {
        whole.sort_unstable();
        put(spans, &whole);
    }
    for span in spans.iter_mut() {
        edges.take_number(span);
        edges.take_form(span);
        edges.place_of_state(span);
    }
    spans.dedup_by(|next, span| {
        let within = next.first < span.end;
        if within {
            span.end = span.end.max(next.end);
        }
        within
    });
}

/// Puts names in the place of all spans that they reach into; of names that overlap the first one
/// counts.
fn put(spans: &mut Vec<Span>, whole: &[Whole]) {
    let mut rest = std::mem::take(spans).into_iter().peekable();
    for &(first, end, kind) in whole {
        while let Some(span) = rest.next_if(|it| it.end <= first) {
            spans.push(span);
        }
        if spans.last().is_some_and(|it| it.end > first) {
            continue;
        }
        let (mut first, mut end) = (first, end);
        while let Some(span) = rest.next_if(|it| it.first < end) {
            (first, end) = (first.min(span.first), end.max(span.end));
        }
        let mut kinds = [0.0; 3];
        kinds[kind as usize] = TOLD;
        spans.push(Span { first, end, kinds, reasons: [Group::Rules, Group::Whole] });
    }
    spans.extend(rest);
}

/// A name's first token, the one behind its last, and what it names.
type Whole = (u32, u32, EntityKind);

/// The spans that stand between two tokens or reach in there.
fn between(spans: &[Span], first: usize, end: usize) -> &[Span] {
    let from = spans.partition_point(|it| it.end as usize <= first);
    let count = spans[from..].iter().take_while(|it| (it.first as usize) < end).count();
    &spans[from..from + count]
}

/// The whole of a listed name, or of one that is built as an organisation, that is found in pieces:
/// "University" and "Southern Brae" of "University of Southern Brae".
fn is_whole(
    it: &Candidate,
    verdict: Option<(EntityKind, &'static str, f32)>,
    spans: &[Span],
) -> Option<Whole> {
    const SURE: f32 = 0.9;
    if it.weak || matches!(it.build, Build::Place | Build::Words) {
        return None;
    }
    let (kind, ..) = verdict.filter(|it| it.2 > SURE)?;
    let built = match it.build {
        Build::Organisation => it.end - it.first > 2 && kind == EntityKind::Organization,
        Build::Known(entry) => it.end - it.first > 1 && entry.trust == Trust::Sure,
        Build::Place | Build::Words => false,
    };
    if !built {
        return None;
    }
    let pieces = between(spans, it.first as usize, it.end as usize);
    let (head, last) = (pieces.first()?, pieces.last()?);
    let within = head.first >= it.first && last.end <= it.end;
    let whole = head.first == it.first && head.end == it.end;
    let organisation = |span: &Span| span.kind() == EntityKind::Organization;
    let begins = head.first == it.first && organisation(head);
    let ends = last.end == it.end && organisation(last);
    let listed = matches!(it.build, Build::Known(_));
    (within && !whole && (begins || ends || listed)).then_some((it.first, it.end, kind))
}

struct Edges<'a> {
    context: &'a Context<'a>,
    vocabulary: &'a Vocabulary<'a>,
    tokens: &'a [Token],
}

impl Edges<'_> {
    fn of(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.of(self.context.text()))
    }

    fn class(&self, at: usize) -> Class {
        self.vocabulary.get(self.of(at)).class
    }

    fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|it| it.is_capital_word())
    }

    /// Finds where a report is from: "DAR ES SALAAM, Tanzania (AP) —", "BUFFALO, N.Y. —", "OSLO (AP) —".
    fn datelines(&self, spans: &[Span]) -> Vec<Whole> {
        /// No place has more words.
        const WORDS: usize = 4;
        let upper = |at: usize| {
            let token = self.tokens.get(at);
            token.is_some_and(|it| {
                it.kind == TokenKind::Word && it.shape == Shape::Upper && it.len > 1
            })
        };
        let mut out = Vec::new();
        for &first in &self.context.tokens.blocks {
            let at = first as usize;
            let end = (at..at + WORDS).take_while(|&at| upper(at)).count() + at;
            if end == at || self.of(at).contains('.') {
                continue;
            }
            let from = spans.partition_point(|it| it.end <= first);
            let found = spans.get(from).filter(|it| it.first < offset(end));
            let behind = spans.get(from + usize::from(found.is_some()));
            let behind = behind.filter(|it| it.first as usize == end + 1);
            let kind = behind.map(Span::kind);
            let then = behind.map_or("", |it| self.of(it.end as usize));
            let in_place = self.of(end) == ","
                && kind == Some(EntityKind::Place)
                && matches!(then, "(" | "-" | "–" | "—" | "." | "_" | ":" | ",")
                && found.is_none_or(|it| it.kind() != EntityKind::Place && it.end == offset(end));
            let agency = self.of(end) == "(" && then == ")" && found.is_none();
            if in_place || agency && kind == Some(EntityKind::Organization) {
                out.push((first, offset(end), EntityKind::Place));
            }
        }
        out
    }

    /// Takes in what friends call somebody and what stands behind: "Moussa “Dada” Zork".
    fn nicknames(&self, spans: &[Span]) -> Vec<Whole> {
        /// The most words between the marks.
        const WORDS: usize = 3;
        let person = EntityKind::Person;
        let mut out = Vec::new();
        for (at, span) in spans.iter().enumerate() {
            let mark = span.end as usize;
            if span.kind() != person || !matches!(self.of(mark), "\"" | "“" | "‘" | "'") {
                continue;
            }
            let words = (mark + 1..=mark + WORDS).take_while(|&at| self.is_capital(at)).count();
            let close = mark + 1 + words;
            let closed = words > 0 && matches!(self.of(close), "\"" | "”" | "’" | "'");
            let apart = self.tokens.get(close + 1).is_some_and(|it| {
                it.start == self.tokens[close].end() + 1 && self.is_capital(close + 1)
            });
            let near = spans[at + 1..].iter().take(WORDS + 1);
            let follows = near.clone().find(|it| it.first as usize == close + 1);
            let surname = self.class(close + 1).has(Class::SURNAME) || follows.is_some();
            if closed && apart && surname && follows.is_none_or(|it| it.kind() == person) {
                let end = follows.map_or(offset(close + 2), |it| it.end);
                out.push((span.first, end, person));
            }
        }
        out
    }

    /// The names that an acronym in brackets tells: "State Board of Antiquities and Heritage (SBAH)",
    /// and the acronyms.
    fn in_brackets(&self, spans: &[Span]) -> Vec<Whole> {
        let mut out = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            if token.kind != TokenKind::Mark || self.of(at) != "(" {
                continue;
            }
            let Some(acronym) = self.tokens.get(at + 1) else { continue };
            let closed = matches!(self.of(at + 2), ")" | "," | ";");
            let upper = matches!(acronym.shape, Shape::Upper | Shape::Mixed);
            if !closed || !upper || self.class(at + 1).has(Class::NO_NAME) {
                continue;
            }
            let letters: Vec<char> = self.of(at + 1).chars().filter(|c| c.is_uppercase()).collect();
            let Some(first) = self.spelt(at, &letters) else { continue };
            let organisation = |first: usize, end: usize| {
                let mut within = between(spans, first, end).iter();
                within.any(|it| it.kind() == EntityKind::Organization)
            };
            if !organisation(first, at) && !organisation(at + 1, at + 2) {
                continue;
            }
            // What is one name of another kind stays so: "United Arab Emirates (UAE)".
            let one = |it: &Span| it.first as usize <= first && it.end as usize == at;
            if !between(spans, first, at).iter().any(one) {
                out.push((offset(first), offset(at), EntityKind::Organization));
                out.push((offset(at + 1), offset(at + 2), EntityKind::Organization));
            }
        }
        out
    }

    /// The first of the words before the bracket at `bracket` whose initials are the letters.
    fn spelt(&self, bracket: usize, letters: &[char]) -> Option<usize> {
        /// Shorter acronyms are spelt by chance, longer ones are none.
        const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;
        /// No long form has more words, and none takes more steps to be seen.
        const FARTHEST: usize = 24;
        const STEPS: u32 = 100;
        let sentences = &self.context.tokens.sentences;
        let sentence = sentences.partition_point(|&first| first as usize <= bracket);
        let begin = sentences[sentence.saturating_sub(1)] as usize;
        let begin = begin.max(bracket.saturating_sub(FARTHEST));
        let mut steps = STEPS;
        let spelt = LETTERS
            .contains(&letters.len())
            .then(|| self.spelt_by(begin, bracket, letters, &mut steps));
        // A word alone is no long form: "Abc (A)".
        spelt.flatten().filter(|first| first + 1 < bracket)
    }

    /// The same for the words before `end` and what is left of the letters.
    fn spelt_by(
        &self,
        begin: usize,
        end: usize,
        letters: &[char],
        steps: &mut u32,
    ) -> Option<usize> {
        let Some((last, rest)) = letters.split_last() else { return Some(end) };
        *steps = steps.checked_sub(1)?;
        let at = end.checked_sub(1).filter(|&at| at >= begin)?;
        let token = self.tokens[at];
        let word = self.of(at);
        match token.kind {
            TokenKind::Mark if matches!(word, "-" | "–" | "&" | ",") => {
                self.spelt_by(begin, at, letters, steps)
            }
            TokenKind::Possessive => self.spelt_by(begin, at, letters, steps),
            TokenKind::Mark | TokenKind::Number => None,
            TokenKind::Word if token.is_capital() => {
                // "Asia-Pacific" has two initials, of which one or both count.
                let mut parts = word.split('-').filter_map(|part| part.chars().next());
                let (first, second) = (parts.next()?, parts.next());
                let both = second.zip(rest.split_last()).filter(|(second, (before, _))| {
                    second.eq_ignore_ascii_case(last) && first == **before
                });
                if let Some((_, (_, rest))) = both {
                    return self.spelt_by(begin, at, rest, steps);
                }
                (first == *last).then(|| self.spelt_by(begin, at, rest, steps))?
            }
            TokenKind::Word => {
                let small = matches!(
                    word,
                    "of" | "and"
                        | "the"
                        | "for"
                        | "in"
                        | "on"
                        | "to"
                        | "against"
                        | "with"
                        | "de"
                        | "la"
                        | "du"
                        | "des"
                        | "del"
                        | "y"
                        | "et"
                        | "e"
                        | "und"
                        | "al"
                );
                let initial = word.chars().next().filter(|c| c.eq_ignore_ascii_case(last));
                small
                    .then(|| {
                        let counted = initial.and_then(|_| self.spelt_by(begin, at, rest, steps));
                        let first = counted.or_else(|| self.spelt_by(begin, at, letters, steps));
                        first.filter(|&first| first < at)
                    })
                    .flatten()
            }
        }
    }

    /// Takes the legal form behind a company into its name: ", Inc."
    fn take_form(&self, span: &mut Span) {
        let end = span.end as usize;
        let comma = usize::from(self.of(end) == ",");
        let form = is_legal_form(self.of(end + comma));
        let near = |at: usize| self.tokens[at].start - self.tokens[at - 1].end() <= 1;
        if form && near(end) && near(end + comma) && span.kind() != EntityKind::Place {
            // The full stop of "Inc." at a sentence's end is both.
            let last = end + comma;
            let stop = !self.of(last).ends_with('.')
                && matches!(self.of(last), "Inc" | "Ltd" | "Corp" | "Co")
                && self.of(last + 1) == "."
                && self.tokens[last + 1].start == self.tokens[last].end();
            span.end = offset(last + 1 + usize::from(stop));
            span.kinds = [0.0; 3];
            span.kinds[EntityKind::Organization as usize] = TOLD;
        }
    }

    /// Takes the number of a unit into its name: "407th Air Expeditionary Group".
    fn take_number(&self, span: &mut Span) {
        let Some(before) = (span.first as usize).checked_sub(1) else { return };
        let number = self.of(before);
        let ordinal = number.as_bytes().first().is_some_and(u8::is_ascii_digit)
            && ["st", "nd", "rd", "th"].iter().any(|end| number.ends_with(end));
        let unit = (span.first..span.end).any(|at| is_unit(self.of(at as usize)));
        let near = self.tokens[span.first as usize].start - self.tokens[before].end() == 1;
        if ordinal && unit && near && span.kind() == EntityKind::Organization {
            span.first -= 1;
        }
    }

    /// "Irving, Texas": what stands before a comma and a state is a place and no company.
    fn place_of_state(&self, span: &mut Span) {
        let end = span.end as usize;
        let acronym = self.tokens[span.first as usize].shape == Shape::Upper;
        if span.kind() != EntityKind::Organization || acronym || self.of(end) != "," {
            return;
        }
        let last = self.class(end - 1);
        let state = (1..=3).rev().any(|count| {
            let Some(behind) = self.tokens.get(end + 1..end + 1 + count) else { return false };
            let range = TextRange::new(behind[0].start, behind[count - 1].end());
            let known = gazetteer::known(range.of(self.context.text()));
            known.is_some_and(|it| it.kind == EntityKind::Place && it.trust == Trust::Sure)
                && !self.is_capital(end + 1 + count)
                && matches!(self.of(end + 1 + count), "," | "." | ")" | ";")
        });
        if state && span.end - span.first <= 2 && !last.has(Class::ORGANISATION_HEAD) {
            let organisation = EntityKind::Organization as usize;
            let place = EntityKind::Place as usize;
            span.kinds[place] = span.kinds[place].max(span.kinds[organisation]);
            span.kinds[organisation] = 0.0;
        }
    }
}

/// Whether armies and courts count what is called so.
fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "Regiment"
            | "Battalion"
            | "Brigade"
            | "Division"
            | "Squadron"
            | "Wing"
            | "Fleet"
            | "Group"
            | "Army"
            | "Corps"
            | "Infantry"
            | "Cavalry"
            | "Airborne"
            | "Circuit"
            | "Legion"
    )
}
