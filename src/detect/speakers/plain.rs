//! Words without marks: what stands in plain paragraphs below "Jane Doe said:".

use super::attribute::{self, Attribution};
use super::clause::{Kind, Piece};
use super::governed::strong;
use super::words::Class;
use super::{Work, outer};
use crate::annot::{self, Annotation, AnnotationId, Body, Form, Origin, Quote, Review};
use crate::article::BlockKind;
use crate::text::TextRange;

/// How sure it is: no annotated text was counted.
const GUESS: f32 = 0.7;

/// The rule's name.
pub(super) const RULE: &str = "introduced-plain";

impl Work<'_, '_> {
    /// Whether the block just read leads to what somebody says: "Doe said:", "Doe released the
    /// following statement:".
    pub(super) fn leads(&self, low: usize, last: usize) -> bool {
        let pieces = &self.clauses.pieces;
        let Some(before) = last.checked_sub(1).filter(|it| *it >= low) else { return false };
        let following = |it: &Piece| it.word() && it.range.of(self.context.text()) == "following";
        let said = |at: &usize| pieces[*at].is(Class::SAYING);
        let announced = (low + 1..last).filter(said).any(|at| following(&pieces[at - 1]));
        let verb = &pieces[before];
        pieces[last].kind == Kind::Colon
            && (announced || strong(verb) && attribute::is_cue(pieces, before, low))
    }

    /// Takes the plain paragraphs from the block `at` on as said: the first of them, and those
    /// behind it up to the last in which somebody speaks of himself.
    pub(super) fn plain_words(&mut self, at: usize, found: Attribution) {
        const MOST: usize = 40;
        let text = self.context.text();
        let blocks = self.context.article.blocks.iter().skip(at).take(MOST);
        let until = self.quotes.get(self.next).map_or(u32::MAX, |it| outer(it).start);
        let plain = blocks.map(|it| (it.kind, it.range)).take_while(|(kind, range)| {
            *kind == BlockKind::Paragraph
                && range.end <= until
                && range.of(text).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                && range.of(text).ends_with(['.', '!', '?', '…'])
        });
        let mut lines: Vec<TextRange> = plain.map(|it| it.1).collect();
        let own = lines.iter().rposition(|it| of_himself(it.of(text)));
        lines.truncate(own.map_or(1, |it| it + 1));
        let found = Attribution { rule: RULE, ..found };
        let mut continues = None;
        for range in lines {
            let annotation = self.plain_quote(range, &found, continues);
            continues = Some(annotation.id);
            self.plain.push(annotation);
        }
    }

    fn plain_quote(
        &self,
        range: TextRange,
        found: &Attribution,
        continues: Option<AnnotationId>,
    ) -> Annotation {
        let found = self.resolver.by_name(*found);
        let speaker = self.resolver.speaker(&found);
        let text = self.context.text();
        Annotation {
            id: self.context.ids.annotation(annot::Kind::Quote, range, range.of(text)),
            range,
            confidence: GUESS,
            body: Body::Quote(Box::new(Quote {
                form: Form::Block,
                speaker: Some(speaker),
                cue: found.cue,
                continues,
                outer: range,
            })),
            origin: Origin::Detector { rule: RULE.into() },
            review: Review::Proposed,
            extra: None,
        }
    }
}

/// Whether somebody speaks of himself or of those he speaks for: "I", "we", "our".
fn of_himself(words: &str) -> bool {
    let own = ["I", "We", "we", "My", "my", "Our", "our", "us", "me"];
    words.split(|c: char| !c.is_alphanumeric()).any(|it| own.contains(&it))
}
