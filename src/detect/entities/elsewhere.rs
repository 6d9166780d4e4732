//! Finds names again: what is surely a name in one sentence is the same name in the next one, where
//! the model did not see it.

use std::collections::HashMap;

use super::combine::short_forms;
use super::model::features::Group;
use super::model::tag::Span;
use super::vocabulary::{Fast, Vocabulary};
use crate::annot::EntityKind;
use crate::detect::Context;
use crate::detect::lexicon::classes::TITLES;
use crate::detect::lexicon::{Class, gazetteer};
use crate::detect::tokens::Token;
use crate::text::{TextRange, offset};

/// A name must be this sure where it was found to be looked for elsewhere.
const SURE: f32 = 0.8;

/// How sure it is where it is found again.
const AGAIN: f32 = 0.7;

/// Of more different names none is looked for.
const MOST: usize = 4096;

/// Nor of more that begin with the same word.
const MOST_ALIKE: usize = 32;

/// The names to look for, by their first words.
struct Known<'t> {
    by_first: HashMap<&'t str, Vec<(&'t str, EntityKind)>, Fast>,
    count: usize,
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

impl<'t> Known<'t> {
    fn of(context: &Context<'t>, vocabulary: &Vocabulary<'_>, spans: &[Span]) -> Self {
        let mut known = Self { by_first: HashMap::default(), count: 0 };
        let tokens = &context.tokens.all;
        for span in spans {
            let kind = span.kind();
            let (head, last) = (tokens[span.first as usize], tokens[span.end as usize - 1]);
            if span.kinds[kind as usize] < SURE || !head.is_capital_word() {
                continue;
            }
            let words = TextRange::new(head.start, last.end()).of(context.text());
            if span.end - span.first > 1 || tells(vocabulary, words) {
                known.add(words, kind);
            }
            match kind {
                EntityKind::Person if span.end - span.first > 1 => {
                    let family = last.of(context.text());
                    if tells(vocabulary, family) {
                        known.add(family, kind);
                    }
                }
                EntityKind::Organization => {
                    for short in short_forms(words) {
                        if short.contains(' ') || is_company(vocabulary, short) {
                            known.add(short, kind);
                        }
                    }
                }
                EntityKind::Person | EntityKind::Place => {}
            }
        }
        // "the House" is the one that the text has named.
        if spans.iter().any(|span| is_chamber(context, *span)) {
            known.add("House", EntityKind::Organization);
        }
        for names in known.by_first.values_mut() {
            names.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
        }
        known
    }

    fn add(&mut self, words: &'t str, kind: EntityKind) {
        let first = words.split([' ', '-', '\'', '’', '\n']).next().unwrap_or(words);
        let names = self.by_first.entry(first).or_default();
        if self.count < MOST && names.len() < MOST_ALIKE && !names.iter().any(|it| it.0 == words) {
            names.push((words, kind));
            self.count += 1;
        }
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
        if !tokens[at].is_capital_word() {
            return None;
        }
        let first = tokens[at].of(text);
        let first = first.split(['-', '\'', '’']).next().unwrap_or(first);
        let names = self.by_first.get(first)?;
        let rest = text.get(tokens[at].start as usize..)?;
        let (end, kind) = names.iter().find_map(|(words, kind)| {
            let stop = tokens[at].start + offset(words.len());
            let behind = || (at + 1..=free).find(|&end| tokens[end - 1].end() >= stop);
            let end = rest.starts_with(words).then(behind).flatten()?;
            (tokens[end - 1].end() == stop).then_some((end, *kind))
        })?;
        // A part of something longer: "Brae" in "Brae Otter Prize".
        let beside = |at: usize| tokens.get(at).copied().filter(|token| token.is_capital_word());
        let joined = |a: Token, b: Token| b.start - a.end() <= 1;
        let title = TITLES.or(Class::ROLE).or(Class::DEMONYM).or(Class::BEGINNING);
        let longer = beside(end).is_some_and(|next| joined(tokens[end - 1], next))
            || at.checked_sub(1).and_then(beside).is_some_and(|it| {
                joined(it, tokens[at]) && !vocabulary.get(it.of(text)).class.has(title)
            });
        let the = at.checked_sub(1).is_some_and(|at| matches!(tokens[at].of(text), "the" | "The"));
        if end - at == 1 && (longer || first == "House" && !the) {
            return None;
        }
        let mut kinds = [0.0; 3];
        kinds[kind as usize] = AGAIN;
        let reasons = [Group::Place, Group::Word];
        Some(Span { first: offset(at), end: offset(end), kinds, reasons })
    }
}

/// Whether the span is a parliament with a House: "House of Representatives", "Senate".
fn is_chamber(context: &Context<'_>, span: Span) -> bool {
    let tokens = &context.tokens.all;
    let (first, last) = (tokens[span.first as usize], tokens[span.end as usize - 1]);
    let words = TextRange::new(first.start, last.end()).of(context.text());
    ["House of Representatives", "House of Commons", "Senate", "Congress"]
        .iter()
        .any(|chamber| words.ends_with(chamber))
}

/// What is no name by itself even where a company is called so for short: "General", "American".
fn other() -> Class {
    Class::BEGINNING
        .or(Class::CALENDAR)
        .or(Class::NO_NAME)
        .or(Class::DEMONYM)
        .or(Class::ROLE)
        .or(Class::ORGANISATION_FIRST)
        .or(TITLES)
}

/// Whether a company may be called so for short: "Heritage" of "Heritage Media Corp.", where the
/// text has no heritage.
fn is_company(vocabulary: &Vocabulary<'_>, word: &str) -> bool {
    let it = vocabulary.get(word);
    let wide = matches!(
        word,
        "New"
            | "First"
            | "United"
            | "International"
            | "General"
            | "Global"
            | "Great"
            | "American"
            | "Central"
            | "North"
            | "South"
            | "East"
            | "West"
            | "Northern"
            | "Southern"
            | "Eastern"
            | "Western"
            | "Pacific"
            | "Atlantic"
            | "European"
            | "Standard"
            | "Public"
            | "The"
    );
    let place = gazetteer::known(word).is_some_and(|it| it.kind == EntityKind::Place);
    it.lower == 0 && !it.class.has(other()) && !wide && !place
}

/// Whether a word alone is a name wherever the text has it: no word that stands in lower case, too.
fn tells(vocabulary: &Vocabulary<'_>, word: &str) -> bool {
    const SHORTEST: usize = 4;
    let it = vocabulary.get(word);
    word.len() >= SHORTEST && it.lower == 0 && !it.class.has(other().or(Class::COMMON))
}
