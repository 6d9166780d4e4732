//! Finds names again: what is surely a name in one sentence is the same name in the next one, where
//! the model did not see it.

use std::collections::HashMap;

use super::model::features::Group;
use super::model::tag::Span;
use super::vocabulary::{Fast, Vocabulary};
use crate::annot::EntityKind;
use crate::detect::Context;
use crate::detect::lexicon::Class;
use crate::detect::lexicon::classes::TITLES;
use crate::detect::tokens::{Token, TokenKind};
use crate::text::TextRange;

/// A name must be this sure where it was found to be looked for elsewhere.
const SURE: f32 = 0.8;

/// How sure it is where it is found again.
const AGAIN: f32 = 0.7;

/// Of more different names none is looked for.
const MOST: usize = 4096;

/// The names to look for, by their first words.
struct Known<'t> {
    by_first: HashMap<&'t str, Vec<(&'t str, u32, EntityKind)>, Fast>,
}

/// Adds the names that are found again to the spans, which are in the order of the text.
pub(super) fn find(context: &Context<'_>, vocabulary: &Vocabulary<'_>, spans: &mut Vec<Span>) {
    let known = Known::of(context, vocabulary, spans);
    if known.by_first.is_empty() {
        return;
    }
    let tokens = &context.tokens.all;
    let (mut found, mut taken) = (Vec::new(), 0);
    let mut at = 0;
    while at < tokens.len() {
        while spans.get(taken).is_some_and(|it| it.end as usize <= at) {
            taken += 1;
        }
        if let Some(span) = spans.get(taken).filter(|it| it.first as usize <= at) {
            at = span.end as usize;
            continue;
        }
        let free = spans.get(taken).map_or(tokens.len(), |it| it.first as usize);
        at = match known.at(context, vocabulary, at, free) {
            Some(span) => {
                found.push(span);
                span.end as usize
            }
            None => at + 1,
        };
    }
    if !found.is_empty() {
        spans.extend(found);
        spans.sort_unstable_by_key(|it| it.first);
    }
}

fn is_capital(token: Token) -> bool {
    token.kind == TokenKind::Word && token.is_capital()
}

impl<'t> Known<'t> {
    fn of(context: &Context<'t>, vocabulary: &Vocabulary<'_>, spans: &[Span]) -> Self {
        let mut known = Self { by_first: HashMap::default() };
        let tokens = &context.tokens.all;
        let text = context.text();
        let mut count = 0;
        let mut add = |first: u32, end: u32, kind: EntityKind| {
            let (head, last) = (tokens[first as usize], tokens[end as usize - 1]);
            let words = TextRange::new(head.start, last.end()).of(text);
            if end - first == 1 && !tells(vocabulary, words) {
                return;
            }
            let names = known.by_first.entry(head.of(text)).or_default();
            if count < MOST && !names.iter().any(|it| it.0 == words) {
                names.push((words, end - first, kind));
                count += 1;
            }
        };
        for span in spans {
            let kind = span.kind();
            if span.kinds[kind as usize] < SURE || !is_capital(tokens[span.first as usize]) {
                continue;
            }
            add(span.first, span.end, kind);
            if kind == EntityKind::Person && span.end - span.first > 1 {
                add(span.end - 1, span.end, kind);
            }
        }
        for names in known.by_first.values_mut() {
            names.sort_by_key(|it| std::cmp::Reverse(it.1));
        }
        known
    }

    /// The longest name that stands at `at` and ends before `free`.
    fn at(
        &self,
        context: &Context<'_>,
        vocabulary: &Vocabulary<'_>,
        at: usize,
        free: usize,
    ) -> Option<Span> {
        let tokens = &context.tokens.all;
        let text = context.text();
        if !is_capital(tokens[at]) {
            return None;
        }
        let names = self.by_first.get(tokens[at].of(text))?;
        let (_, count, kind) = names.iter().find(|(words, count, _)| {
            let end = at + *count as usize;
            let range =
                tokens.get(at..end).map(|it| TextRange::new(it[0].start, it[it.len() - 1].end()));
            end <= free && range.is_some_and(|range| range.of(text) == *words)
        })?;
        let end = at + *count as usize;
        // A part of something longer: "Brae" in "Brae Otter Prize".
        let beside = |at: usize| tokens.get(at).copied().filter(|token| is_capital(*token));
        let joined = |a: Token, b: Token| b.start - a.end() <= 1;
        let title = TITLES.or(Class::ROLE).or(Class::DEMONYM).or(Class::BEGINNING);
        let longer = beside(end).is_some_and(|next| joined(tokens[end - 1], next))
            || at.checked_sub(1).and_then(beside).is_some_and(|it| {
                joined(it, tokens[at]) && !vocabulary.get(it.of(text)).class.has(title)
            });
        if *count == 1 && longer {
            return None;
        }
        let mut kinds = [0.0; 3];
        kinds[*kind as usize] = AGAIN;
        let (first, end) = (u32::try_from(at).ok()?, u32::try_from(end).ok()?);
        Some(Span { first, end, kinds, reasons: [Group::Place, Group::Word] })
    }
}

/// Whether a word alone is a name wherever the text has it: no word that stands in lower case, too.
fn tells(vocabulary: &Vocabulary<'_>, word: &str) -> bool {
    const SHORTEST: usize = 4;
    let it = vocabulary.get(word);
    let other = Class::COMMON
        .or(Class::BEGINNING)
        .or(Class::CALENDAR)
        .or(Class::NO_NAME)
        .or(Class::DEMONYM)
        .or(Class::ROLE)
        .or(TITLES);
    word.len() >= SHORTEST && it.lower == 0 && !it.class.has(other)
}
