//! Words between marks that are nobody's speech: names where they stand, and what nobody near says.

use super::attribute::{Attribution, Place, REACH, is_cue};
use super::calibration::Who;
use super::clause::{Kind, Piece};
use super::words::{self, Class};
use super::{Work, outer};
use crate::annot::{Body, Form, Origin};
use crate::detect::quotes;

impl Place<'_> {
    /// Whether words in capitals stand where a name does: behind a determiner, an owner or a year
    /// ("his 1994 “Way Home”"), behind a noun or a preposition ("during “Way Home”"), or behind a
    /// verb whose object is its hearer ("told “Way Home”"). Chants and cries are said, though.
    pub(super) fn is_named(&self) -> bool {
        const NEAR: usize = 8;
        let pieces = self.pieces();
        let low = self.clauses.sentence(self.at, REACH).start;
        let Some(before) = self.at.checked_sub(1).filter(|&it| it >= low) else { return false };
        let last = &pieces[before];
        match last.kind {
            Kind::Number => last.range.len() == 4,
            Kind::Possessive => true,
            Kind::Word if last.is(Class::PREPOSITION) => {
                let saying = Class::SAYING.or(Class::ANY_CUE).or(Class::WORDS);
                let of = last.is(Class::PARTICLE) && before > low && pieces[before - 1].is(saying);
                !last.is(Class::WHEN.or(Class::BY)) && !of
            }
            Kind::Word if last.is(Class::DETERMINER) => true,
            Kind::Word if last.is(Class::HEARER) && !last.is(Class::WEAK) => true,
            Kind::Word => {
                let small = Class::CONJUNCTION
                    .or(Class::SUBORDINATOR)
                    .or(Class::RELATIVE)
                    .or(Class::AUX)
                    .or(Class::ADVERB)
                    .or(Class::PRONOUN)
                    .or(Class::OBJECT)
                    .or(Class::SAYING)
                    .or(Class::ANY_CUE)
                    .or(Class::PUT);
                let calls = |it: &Piece| it.is(Class::WEAK) && it.is(Class::ANY_CUE);
                let clause = pieces[low..before].iter().rev().take_while(|it| !it.bound());
                // "called the boat “Night and Day”"
                let called = clause.take(NEAR).any(calls);
                !last.is(small) && !last.capital && !called && !is_cue(pieces, before, low)
            }
            _ => false,
        }
    }

    /// Whether brackets hold these few words and nothing else, so that they say what a word means
    /// or another name for it: "the “aqua” (“water”)".
    pub(super) fn is_gloss(&self) -> bool {
        let kind = |at: usize| self.pieces().get(at).map(|it| it.kind);
        let before = self.at.checked_sub(1).and_then(kind);
        let enclosed = before == Some(Kind::OpenBracket);
        self.words <= 4 && enclosed && kind(self.at + 1) == Some(Kind::CloseBracket)
    }

    /// Whether a noun or an adjective in small letters goes on behind the quote's last word, so
    /// that what is said of it is said of the noun, too: "the “odd” quarrel went on".
    pub(super) fn goes_on(&self) -> bool {
        let speaks = Class::PRONOUN.or(Class::DETERMINER);
        let next = self.pieces().get(self.at + 1);
        !self.direct
            && !self.comma
            && !self.stops
            && next.is_some_and(|it| it.word() && !it.capital && !it.is(speaks))
    }
}

/// Whether these words can name who speaks, as far as their form tells: not "you", not "clear",
/// but "officials", "the door" and "jane75".
pub(super) fn can_speak(words: &str) -> bool {
    let class = |word: &str| words::class(word.trim_end_matches(['’', '\'', ',']));
    let Some(first) = words.split_whitespace().next() else { return false };
    if words.eq_ignore_ascii_case("you") {
        return false;
    }
    let front = Class::DETERMINER.or(Class::QUANTITY).or(Class::SUBJECT);
    let bare = first.starts_with(char::is_lowercase) && !class(first).is(front);
    let known = |it: &str| {
        it.starts_with(char::is_uppercase)
            || it.contains(|c: char| c.is_ascii_digit() || c == '.')
            || class(it).is(Class::ROLE.or(Class::BODY).or(Class::PRONOUN))
    };
    let head = [" that", " who", " which"].iter().find_map(|it| words.strip_suffix(it));
    let head = head.unwrap_or(words).trim_end_matches(',');
    let many = head.ends_with('s') && !head.ends_with("ss");
    !bare || many || words.split_whitespace().any(known)
}

impl Work<'_, '_> {
    /// Whether a subject that no verb of speech goes with is a person by name or pronoun.
    pub(super) fn is_person(&self, it: &Attribution) -> bool {
        let words = it.words.of(self.context.text());
        let thing = ["it", "it’s", "it's", "you", "this", "that"];
        let thing = thing.iter().any(|it| it.eq_ignore_ascii_case(words));
        !thing && Who::of(words) != Who::Other
    }

    /// A few words that nobody says are held at a distance, and words in capitals are a title.
    pub(super) fn unattributed(&mut self, index: usize) {
        const FEW: usize = 4;
        const TITLE: usize = 12;
        let annotation = &self.quotes[index];
        let words = annotation.range.of(self.context.text());
        let count = words.split_whitespace().take(TITLE + 1).count();
        let title = count <= TITLE && quotes::is_title(words);
        let Some(quote) = annotation.quote() else { return };
        if quote.form == Form::Partial && (count <= FEW || title) {
            let rule = if title && count > 1 { "quote-title" } else { "scare-quote" };
            self.keep_as(index, rule, 0.6);
            return;
        }
        let place = self.place(index);
        let part = quote.continues.is_some() || annotation.rule() == Some("quote-reopened");
        let part = part && !place.unclosed;
        if !matches!(quote.form, Form::Direct | Form::Partial) || part {
            return;
        }
        if let Some(rule) = quotes::unsaid(self.context.text(), place) {
            self.keep_as(index, rule, 0.6);
        }
    }

    /// Keeps a quote as what nobody says.
    pub(super) fn keep_as(&mut self, index: usize, rule: &'static str, confidence: f32) {
        let annotation = &mut self.quotes[index];
        if let Body::Quote(quote) = &mut annotation.body {
            quote.form = Form::Scare;
        }
        annotation.origin = Origin::Detector { rule: rule.into() };
        annotation.confidence = confidence;
    }

    /// Where a quote stands among the paragraphs and the quotes beside it.
    fn place(&self, index: usize) -> quotes::Place {
        let blocks = &self.context.article.blocks;
        let place = outer(&self.quotes[index]);
        let next = blocks.partition_point(|it| it.range.start <= place.start);
        let at = next.saturating_sub(1);
        let end = blocks.get(next).map_or(0, |it| it.range.end);
        let start = at.checked_sub(1).map_or(u32::MAX, |it| blocks[it].range.start);
        let before = index.checked_sub(1).map(|it| outer(&self.quotes[it]).end);
        let mut behind = self.quotes[index + 1..].iter().map(|it| outer(it).start);
        let behind = behind.find(|&it| it >= place.end);
        quotes::Place {
            block: blocks.get(at).map_or(place, |it| it.range),
            outer: place,
            unclosed: self.quotes[index].rule() == Some("quote-unclosed"),
            apart: before.is_none_or(|it| it <= start) && behind.is_none_or(|it| it >= end),
        }
    }
}
