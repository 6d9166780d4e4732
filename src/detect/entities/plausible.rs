//! Leaves out what is no name of a person, a place or an organisation after all.

use std::collections::HashSet;

use super::model::tag::Span;
use super::vocabulary::{Fast, Vocabulary};
use crate::annot::EntityKind;
use crate::detect::Context;
use crate::detect::lexicon::Class;
use crate::detect::lexicon::gazetteer::{self, Trust};
use crate::detect::tokens::{Token, TokenKind};

/// Leaves such spans out; they are in the order of the text.
pub(super) fn keep(context: &Context<'_>, vocabulary: &Vocabulary<'_>, spans: &mut Vec<Span>) {
    let names = Plausible {
        context,
        vocabulary,
        tokens: &context.tokens.all,
        storms: storms(context, spans),
    };
    spans.retain(|span| names.is_name(span));
    for span in spans {
        names.leave_role(span);
    }
}

/// What storms are called in the text, where nobody is called so: "Wilma" of "Hurricane Wilma".
fn storms<'t>(context: &Context<'t>, spans: &[Span]) -> HashSet<&'t str, Fast> {
    let text = context.text();
    let tokens = &context.tokens.all;
    let mut storms: HashSet<&str, Fast> = tokens
        .windows(2)
        .filter(|pair| is_storm(pair[0].of(text)) && is_word(pair[1]))
        .map(|pair| pair[1].of(text))
        .collect();
    if !storms.is_empty() {
        for span in spans.iter().filter(|it| it.end - it.first > 1) {
            for at in span.first..span.end {
                storms.remove(tokens[at as usize].of(text));
            }
        }
    }
    storms
}

fn is_word(token: Token) -> bool {
    token.kind == TokenKind::Word && token.is_capital()
}

fn is_storm(word: &str) -> bool {
    matches!(word, "Hurricane" | "Cyclone" | "Typhoon" | "Storm")
}

struct Plausible<'a> {
    context: &'a Context<'a>,
    vocabulary: &'a Vocabulary<'a>,
    tokens: &'a [Token],
    storms: HashSet<&'a str, Fast>,
}

impl Plausible<'_> {
    fn of(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.of(self.context.text()))
    }

    fn is_name(&self, span: &Span) -> bool {
        let first = span.first as usize;
        let start = self.tokens[first].start as usize;
        // "#WeMissYou"
        if start > 0 && self.context.text().as_bytes()[start - 1] == b'#' {
            return false;
        }
        if span.end - span.first > 1 {
            return true;
        }
        let word = self.of(first);
        if self.storms.contains(word) {
            return false;
        }
        let it = self.vocabulary.get(word);
        let kind = span.kind();
        let known = gazetteer::known(word);
        // "Israeli troops", "the Belgians", "scottish"
        let class = if it.class == Class::default() { title_class(word) } else { it.class };
        let demonym = class.has(Class::DEMONYM) && kind != EntityKind::Person;
        if demonym && !known.is_some_and(|it| it.trust == Trust::Sure) {
            return false;
        }
        // "Total dead: 10"
        let opens = self.context.tokens.sentences.binary_search(&span.first).is_ok();
        let listed = known.is_some() && it.lower == 0;
        let ordinary = it.class.has(Class::COMMON) && it.inside == 0 && opens && !listed;
        !(ordinary && kind == EntityKind::Organization)
    }

    /// "Pentagon Press" of "Pentagon Press Secretary".
    fn leave_role(&self, span: &mut Span) {
        let last = span.end as usize - 1;
        let role = matches!(self.of(last), "Press" | "Foreign" | "Defense" | "Defence")
            && matches!(self.of(last + 1), "Secretary" | "Minister" | "Officer" | "Spokesman");
        if role && span.end - span.first > 1 {
            span.end -= 1;
        }
    }
}

/// The class of a word that is written in lower case, as if it had its capital.
fn title_class(word: &str) -> Class {
    let mut letters = word.chars();
    let title: String =
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    crate::detect::lexicon::class(&title)
}
