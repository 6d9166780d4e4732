//! A model of sentences that was learnt from annotated texts: which words are names, and of what.
//!
//! A conditional random field over the tokens of a sentence. What it looks at (`features`) are the
//! words around, how they are written, the word lists, groups of words that are used alike, and
//! what the rules propose; so the rules are one voice among several, and usually the loudest. The
//! weights are made by `examples/train_names` (see `assets/names/MODEL.md`) and read where they stand
//! in the program.

use super::candidates::{self, Candidate};
use super::names::{self, Names};
use super::vocabulary::Vocabulary;
use crate::annot::EntityKind;
use crate::detect::Context;
use features::{Reader, Sentence};

pub mod features;
pub mod lattice;
pub(super) mod reasons;
pub(super) mod tag;
pub mod weights;
mod words;

/// How a token takes part in a name: not at all, or as the first, an inner, the last or the only
/// one of a name of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(pub u8);

/// The place of a token in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The first of several.
    Begin,
    /// Neither the first nor the last.
    Inside,
    /// The last of several.
    End,
    /// The only one.
    Single,
}

impl Label {
    /// Part of no name.
    pub const OUTSIDE: Self = Self(0);
    /// How many labels there are.
    pub const COUNT: usize = 13;

    /// The label of a part of a name.
    pub const fn of(kind: EntityKind, part: Part) -> Self {
        Self(1 + 4 * kind as u8 + part as u8)
    }

    /// The kind and the part; none outside of names.
    pub fn parts(self) -> Option<(EntityKind, Part)> {
        let at = self.0.checked_sub(1)?;
        let kind = EntityKind::ALL.get(usize::from(at / 4)).copied()?;
        let part = match at % 4 {
            0 => Part::Begin,
            1 => Part::Inside,
            2 => Part::End,
            _ => Part::Single,
        };
        Some((kind, part))
    }

    /// Whether `next` may stand behind this label in a sentence.
    pub fn allows(self, next: Self) -> bool {
        let open = match self.parts() {
            Some((kind, Part::Begin | Part::Inside)) => Some(kind),
            Some((_, Part::End | Part::Single)) | None => None,
        };
        match next.parts() {
            Some((kind, Part::Inside | Part::End)) => open == Some(kind),
            Some((_, Part::Begin | Part::Single)) | None => open.is_none(),
        }
    }
}

/// Reads a text as the model does, sentence by sentence, for learning from it.
pub fn each(context: &Context<'_>, mut see: impl FnMut(&Reader<'_>, &Sentence)) {
    let vocabulary = Vocabulary::of(context.text(), context.tokens);
    let mut candidates = candidates::find(context, &vocabulary);
    let names = names::decide(context, &vocabulary, &mut candidates);
    let mut reader = Reader::of(context, &vocabulary, &candidates, &names);
    for index in 0..context.tokens.sentence_count() {
        let sentence = Sentence::of(context, &vocabulary, index);
        reader.forget();
        reader.open(&sentence);
        see(&reader, &sentence);
    }
}

/// The names that the model finds.
pub(super) fn spans(
    context: &Context<'_>,
    vocabulary: &Vocabulary<'_>,
    candidates: &[Candidate],
    names: &Names<'_>,
) -> Vec<tag::Span> {
    let reader = Reader::of(context, vocabulary, candidates, names);
    let mut tagger = tag::Tagger::of(reader, weights::weights());
    let mut spans = Vec::new();
    let most = names::most_mentions(context.text());
    for index in 0..context.tokens.sentence_count() {
        if (index % 256 == 0 && context.cancelled()) || spans.len() >= most {
            break;
        }
        tagger.read(&Sentence::of(context, vocabulary, index), &mut spans);
    }
    spans
}
