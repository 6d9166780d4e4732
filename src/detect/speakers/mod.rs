//! Finds who said what.
//!
//! Rules over the words around a quote, from the surest to the weakest; each attribution names its
//! rule. A quote that no rule fits has no speaker.

use std::ops::Range;

use super::{Context, Found, quotes};
use crate::annot::store::Findings;
use crate::annot::{Annotation, Body, Form, Origin};
use crate::article::{Block, BlockKind};
use crate::text::TextRange;

mod attribute;
pub mod calibration;
mod clause;
mod governed;
mod phrase;
mod plain;
mod resolve;
mod speech;
#[cfg(test)]
mod tests;
mod words;

use attribute::{Attribution, Place};
use calibration::{Shape, Who, confidence};
use clause::{Clauses, Kind, Piece};
use resolve::Resolver;
use words::Class;

/// The rules' names, and each in one sentence for the reader who asks why.
pub const RULES: &[(&str, &str)] = &[
    ("verb-speaker", "The speaker stands behind the quote and a verb of speech: “…,” said Doe."),
    ("speaker-verb", "The speaker and a verb of speech stand behind the quote: “…,” Doe said."),
    ("speaker-verb-quote", "The speaker and a verb of speech lead up to the quote: Doe said: “…”."),
    ("speaker-verb-fragment", "The speaker’s verb takes these words: Doe called it “…”."),
    (
        "speaker-verb-clause",
        "The words stand in a clause that depends on the speaker’s verb: Doe said the plan was “…”.",
    ),
    ("verb-speaker-quote", "A verb of speech with the speaker behind it leads up to the quote."),
    ("participle", "A participle of speech leads up to the quote; its subject is the sentence’s."),
    ("according-to", "The sentence names its source: according to Doe."),
    ("trailing", "The sentence ends with the speaker and a verb of speech."),
    ("name-colon", "The speaker’s name and a colon stand before the quote."),
    ("passive-by", "The words are said to be somebody’s: called “…” by Doe."),
    ("saying-of", "The words belong to somebody’s saying: Doe’s claim that …"),
    ("clause-comma", "The clause before the quote tells what its subject did while speaking."),
    ("clause-colon", "A colon joins the quote to the clause before it, whose subject is named."),
    ("signed", "The speaker’s name stands behind the quote and a dash."),
    ("transcript", "The passage begins with the speaker’s name and a colon, as in a transcript."),
    ("clause-subject", "No verb of speech stands here; the subject of the sentence is taken."),
    ("continued", "The quote goes on after the speaker was named for the words before it."),
    ("continued-later", "The paragraph’s last speaker is taken; other words stand between."),
    (
        "sentence-before",
        "The sentence before tells who speaks, and the quote follows without a break.",
    ),
    ("introduced", "The paragraph before ends with a colon and names the speaker."),
    ("introduced-subject", "The paragraph before ends with a colon, and its subject is taken."),
    (
        "introduced-plain",
        "The paragraph before ends with the speaker’s verb and a colon; no marks stand here.",
    ),
    ("reopened", "The quote goes on over several paragraphs, and one of them names the speaker."),
    ("paragraph-before", "The paragraph is all quote; the speaker of the one before goes on."),
    (
        "paragraph-told",
        "The paragraph is all quote; the one before tells of its speaker at its end.",
    ),
    ("named-later", "The paragraph is all quote; the next one goes on and names the speaker."),
    (
        "quote-excerpt",
        "Behind the passage stands where it was taken from, and nobody near says it.",
    ),
    (
        "quote-alone",
        "A paragraph of nothing but words between marks, and nobody near who says them.",
    ),
    ("scare-quote", "A few words between marks, and nobody near who says them."),
];

/// Gives the quotes found before their speakers; takes them, because there may be very many.
pub fn find(context: &Context<'_>, found: &mut Found) -> Findings {
    let quotes = std::mem::take(&mut found.quotes.annotations);
    let mut work = Work::new(context, quotes, &found.entities);
    for at in 0..context.article.blocks.len() {
        if context.cancelled() {
            break;
        }
        work.block(at);
    }
    work.reopened();
    work.named_later();
    work.finish()
}

struct Work<'a, 'c> {
    context: &'c Context<'a>,
    quotes: Vec<Annotation>,
    /// Who said each quote.
    said: Vec<Option<Attribution>>,
    resolver: Resolver<'c>,
    clauses: Clauses,
    /// The first quote of the next block.
    next: usize,
    /// What the block before has left.
    before: Before,
    /// The quote that goes on in the next paragraph.
    open: Option<usize>,
    /// Quotes of several paragraphs: the later part and the one before it.
    parts: Vec<(usize, usize)>,
    /// Paragraphs of nothing but a quote, with the quote that begins the next one.
    followed: Vec<(usize, usize)>,
    /// Plain paragraphs that somebody says.
    plain: Vec<Annotation>,
}

/// What a block leaves for the next one.
#[derive(Clone, Copy, Debug, Default)]
struct Before {
    /// It ends with a colon, and this is who speaks in its last sentence.
    introduced: Option<Attribution>,
    /// It ends with a quote of this speaker's.
    quoted: Option<Attribution>,
    /// It tells of this one at its end, and quotes nobody there.
    told: Option<Attribution>,
    /// The quote that it is, where it is nothing else.
    alone: Option<usize>,
    /// Somebody else speaks next, as far as its form tells: it ends with a question, or is a line
    /// of a dialogue itself.
    turns: bool,
    /// It ends with the speaker’s verb and a colon, so that even a plain paragraph below is said.
    leads: bool,
}

impl<'a, 'c> Work<'a, 'c> {
    fn new(context: &'c Context<'a>, quotes: Vec<Annotation>, entities: &'c Findings) -> Self {
        Self {
            context,
            said: vec![None; quotes.len()],
            quotes,
            resolver: Resolver::new(context.text(), entities),
            clauses: Clauses::default(),
            next: 0,
            before: Before::default(),
            open: None,
            parts: Vec::new(),
            followed: Vec::new(),
            plain: Vec::new(),
        }
    }

    fn block(&mut self, at: usize) {
        let block = self.context.article.blocks[at];
        let first = self.next;
        while self.quotes.get(self.next).is_some_and(|it| outer(it).start < block.range.end) {
            self.next += 1;
        }
        let soon =
            self.context.article.blocks.get((at + 3).min(self.context.article.blocks.len() - 1));
        let near = self
            .quotes
            .get(self.next)
            .zip(soon)
            .is_some_and(|(quote, soon)| outer(quote).start < soon.range.end);
        let text = self.context.text();
        if self.before.leads
            && first == self.next
            && let Some(found) = self.before.introduced
        {
            self.plain_words(at, found);
        }
        let leads = block.range.of(text).ends_with(':');
        let idle = first == self.next && !near && !leads && self.before.alone.is_none();
        if idle || block.kind == BlockKind::Code {
            self.before = Before::default();
            return;
        }
        let outermost = self.outermost(first);
        let tokens = self.context.tokens;
        let end = tokens.blocks[at + 1] as usize;
        let mut first = tokens.blocks[at] as usize;
        while first < end && !self.context.cancelled() {
            let part = first..self.part_end(first, end, &outermost);
            let start = |at: usize| tokens.all.get(at).map_or(u32::MAX, |token| token.start);
            let low = outermost.partition_point(|it| it.1.start < start(part.start));
            let high = outermost.partition_point(|it| it.1.start < start(part.end));
            first = part.end;
            self.part(block, part, &outermost[low..high]);
        }
    }

    /// A part of a block: all of it, but for a paragraph as long as a book.
    fn part(&mut self, block: Block, tokens: Range<usize>, quotes: &[(u32, TextRange)]) {
        let list = &self.quotes;
        let text = self.context.text();
        let named = |quote: u32| {
            let it = &list[quote as usize];
            let words = it.range.of(text);
            // Jane “J.D.” Doe
            let initials = words.len() <= 6
                && words.contains('.')
                && words.chars().all(|c| c.is_uppercase() || c == '.');
            let stops = words.ends_with([',', '.', '!', '?', ';']) && !initials;
            !stops && it.quote().is_some_and(|it| it.form == Form::Scare)
        };
        self.clauses.read(self.context, tokens, quotes, named);
        self.note_subjects();
        self.sign();
        for index in 0..self.clauses.pieces.len() {
            if let Kind::Quote(quote) = self.clauses.pieces[index].kind {
                self.quote(block, index, quote as usize);
            }
        }
        if let (Some(earlier), Some(Piece { kind: Kind::Quote(first), .. })) =
            (self.before.alone, self.clauses.pieces.first())
        {
            self.followed.push((earlier, *first as usize));
        }
        self.before = self.left_behind();
    }

    /// "— Jane Doe" in a line below the quote that the paragraph before is.
    fn sign(&mut self) {
        if let Some(earlier) = self.before.alone
            && let Some(found) = attribute::signature(&self.clauses.pieces)
            && self.said[earlier].is_none_or(|it| is_weak(it.rule))
        {
            self.said[earlier] = Some(found);
        }
    }

    /// Where a part ends that begins with the token `first` of a block ending at `end`: before a
    /// sentence that stands in no quote, so that what is held in memory at once stays small.
    fn part_end(&self, first: usize, end: usize, quotes: &[(u32, TextRange)]) -> usize {
        const PART: usize = 1 << 16;
        let tokens = self.context.tokens;
        if end - first <= PART {
            return end;
        }
        let from = tokens.sentences.partition_point(|&it| (it as usize) < first + PART);
        let mut starts = tokens.sentences[from..].iter().map(|&it| it as usize);
        let within = |at: usize| {
            let start = tokens.all[at].start;
            let before = quotes.partition_point(|it| it.1.start < start);
            before.checked_sub(1).is_some_and(|at| quotes[at].1.end > start)
        };
        starts.find(|&at| at >= end || !within(at)).unwrap_or(end).min(end)
    }

    /// The block's quotes that stand in no other one.
    fn outermost(&self, first: usize) -> Vec<(u32, TextRange)> {
        let mut list = Vec::new();
        let mut end = 0;
        for (index, quote) in self.quotes.iter().enumerate().take(self.next).skip(first) {
            let range = outer(quote);
            if range.start >= end {
                end = range.end;
                list.push((u32::try_from(index).unwrap_or(u32::MAX), range));
            }
        }
        list
    }

    fn note_subjects(&mut self) {
        let pieces = &self.clauses.pieces;
        let mut low = 0;
        while low < pieces.len() {
            let sentence = pieces[low].sentence;
            let mut high = low;
            while pieces.get(high).is_some_and(|it| it.sentence == sentence) {
                high += 1;
            }
            let subject = attribute::sentence_subject(pieces, low, high);
            let speech = attribute::sentence_speech(pieces, low, high);
            let mut both: Vec<_> = [subject, speech].into_iter().flatten().collect();
            both.sort_by_key(|it| it.words.start);
            for subject in &both {
                self.resolver.note(subject);
            }
            low = high;
        }
    }

    fn quote(&mut self, block: Block, at: usize, quote: usize) {
        let annotation = &self.quotes[quote];
        let Some(body) = annotation.quote() else { return };
        let continued = body.continues.is_some();
        let form = body.form;
        if form == Form::Scare {
            return;
        }
        if let Some(open) = self.open.take().filter(|_| continued) {
            self.parts.push((quote, open));
        }
        if annotation.rule() == Some("quote-reopened") {
            self.open = Some(quote);
        }
        let words = annotation.range.of(self.context.text()).split_whitespace().take(5).count();
        let direct = is_whole(form);
        let comma = self.ends_with_comma(annotation);
        let stops = self.ends_as_sentence(annotation);
        let place = Place { clauses: &self.clauses, at, direct, words, comma, stops };
        if form == Form::Partial && place.is_gloss() {
            self.keep_as(quote, "quote-term", 0.7);
            return;
        }
        if form == Form::Partial
            && place.is_named()
            && quotes::is_title(annotation.range.of(self.context.text()))
        {
            self.keep_as(quote, "quote-title", 0.7);
            return;
        }
        let whole = direct || words >= 5 || stops;
        // A line that ends with a colon leads to the whole quote below it, if that has no words of
        // its own that go on behind a comma.
        let led =
            self.before.introduced.filter(|it| it.cue.is_some() && at == 0 && direct && !comma);
        let led = led.map(|found| Attribution { rule: "introduced", ..found });
        let unclosed = annotation.rule() == Some("quote-unclosed");
        let found = transcript(self.context.text(), annotation.range)
            .or(led)
            .or_else(|| place.in_sentence())
            .or_else(|| self.continued(at, whole))
            // Where a mark is missing, nobody knows whether it is a quote at all.
            .or_else(|| self.block_before(block, at, direct).filter(|_| !unclosed));
        let words = |it: &Attribution| it.words.of(self.context.text());
        self.said[quote] = found.filter(|it| speech::can_speak(words(it)));
    }

    /// Whether the quote ends with the mark that ends a sentence.
    fn ends_as_sentence(&self, quote: &Annotation) -> bool {
        quote.range.of(self.context.text()).ends_with(['.', '!', '?'])
    }

    /// Whether a comma ends the quote, inside its marks or behind them.
    fn ends_with_comma(&self, quote: &Annotation) -> bool {
        let text = self.context.text();
        let behind = text.get(outer(quote).end as usize..).unwrap_or_default();
        quote.range.of(text).ends_with(',') || behind.starts_with(',')
    }

    /// Who spoke just before in the same paragraph, where the quote begins its sentence.
    fn continued(&self, at: usize, whole: bool) -> Option<Attribution> {
        let pieces = &self.clauses.pieces;
        let low = self.clauses.sentence(at, attribute::REACH).start;
        // "But “…”", "Instead, “…”"
        let light = Class::CONJUNCTION.or(Class::ADVERB);
        let joins = |it: &Piece| it.kind == Kind::Comma || it.word() && it.is(light);
        let alone = pieces[low..at].iter().all(|it| matches!(it.kind, Kind::Quote(_)) || joins(it));
        if !whole || !alone || low == 0 {
            return None;
        }
        let previous = self.clauses.sentence(low - 1, attribute::REACH);
        let attributed = |index: usize| match pieces[index].kind {
            Kind::Quote(quote) => self.said[quote as usize],
            _ => None,
        };
        if let Some(found) = (previous.start..at).rev().find_map(attributed) {
            return Some(Attribution { rule: "continued", ..found });
        }
        if let Some(found) = attribute::sentence_speech(pieces, previous.start, low) {
            return Some(found);
        }
        let far = low.saturating_sub(attribute::REACH);
        let found = (far..low).rev().find_map(attributed)?;
        Some(Attribution { rule: "continued-later", ..found })
    }

    /// Who speaks in the paragraph before, where this one begins with the quote.
    fn block_before(&self, block: Block, at: usize, direct: bool) -> Option<Attribution> {
        let prose =
            matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote);
        if at != 0 || !direct || !prose {
            return None;
        }
        if let Some(found) = self.before.introduced {
            let rule = if found.cue.is_some() { "introduced" } else { "introduced-subject" };
            return Some(Attribution { rule, ..found });
        }
        // Who asks does not answer, and lines of nothing but quotes take turns.
        if let Some(found) = self.before.quoted.filter(|_| !self.before.turns) {
            return Some(Attribution { rule: "paragraph-before", ..found });
        }
        let all = self.clauses.pieces.iter().all(|it| matches!(it.kind, Kind::Quote(_)));
        let set_off = block.kind == BlockKind::Quote;
        let found = self.before.told.filter(|_| all && !set_off && !self.before.turns)?;
        Some(Attribution { rule: "paragraph-told", ..found })
    }

    fn left_behind(&self) -> Before {
        let pieces = &self.clauses.pieces;
        let Some(last) = pieces.len().checked_sub(1) else { return self.before };
        let sentence = self.clauses.sentence(last, attribute::REACH);
        let speech = attribute::sentence_speech(pieces, sentence.start, sentence.end);
        let mut before = Before::default();
        let comma = pieces[last].kind == Kind::Comma
            && last > 0
            && attribute::is_cue(pieces, last - 1, sentence.start);
        if pieces[last].kind == Kind::Colon || comma {
            let subject = || attribute::sentence_subject(pieces, sentence.start, sentence.end);
            before.introduced = speech.or_else(|| subject().filter(|it| self.is_person(it)));
            before.leads = self.leads(sentence.start, last);
        }
        let quotes = pieces[sentence.clone()].iter().rev();
        before.quoted = quotes.into_iter().find_map(|it| match it.kind {
            Kind::Quote(quote) => self.said[quote as usize],
            _ => None,
        });
        // “Who comes?” she asked.
        let from = self.clauses.sentence(sentence.start.saturating_sub(1), attribute::REACH).start;
        let latest = pieces[from..].iter().rev().find_map(|it| match it.kind {
            Kind::Quote(quote) => Some(&self.quotes[quote as usize]),
            _ => None,
        });
        let question = latest.is_some_and(|it| {
            let whole = it.quote().is_some_and(|it| it.form == Form::Direct);
            whole && it.range.of(self.context.text()).ends_with('?')
        });
        let quotes = pieces[sentence.clone()].iter().any(|it| matches!(it.kind, Kind::Quote(_)));
        if !quotes {
            let subject = || attribute::sentence_subject(pieces, sentence.start, sentence.end);
            // Of a thing much is told, and it speaks all the same in no line of its own.
            before.told = speech.or_else(subject).filter(|it| self.is_person(it));
        }
        if let [Piece { kind: Kind::Quote(quote), .. }] = pieces[..]
            && self.quotes[quote as usize].rule() != Some("quote-unclosed")
        {
            before.alone = Some(quote as usize);
            let said = self.said[quote as usize];
            before.turns = said.is_some_and(|it| it.rule.starts_with("paragraph-"));
        }
        before.turns |= question;
        before
    }

    /// A paragraph of nothing but a quote belongs to whoever goes on speaking in the next one.
    fn named_later(&mut self) {
        for &(earlier, later) in self.followed.iter().rev() {
            if let Some(found) = self.said[later]
                && self.said[earlier].is_none()
            {
                self.said[earlier] = Some(Attribution { rule: "named-later", ..found });
            }
        }
    }

    /// Parts of a quote of several paragraphs have one speaker, wherever he is named. Where no part
    /// is ever closed, all of them are as doubtful as the last.
    fn reopened(&mut self) {
        for &(later, earlier) in self.parts.iter().rev() {
            let unclosed = self.quotes[later].rule() == Some("quote-unclosed");
            if unclosed && self.said[later].is_none() && self.said[earlier].is_none() {
                let rule = "quote-unclosed".into();
                self.quotes[earlier].origin = Origin::Detector { rule };
            }
        }
        for &(later, earlier) in &self.parts {
            if let Some(found) = self.said[earlier]
                && self.said[later].is_none_or(|it| is_weak(it.rule))
            {
                self.said[later] = Some(Attribution { rule: "reopened", ..found });
            }
        }
        for &(later, earlier) in self.parts.iter().rev() {
            if let Some(found) = self.said[later]
                && self.said[earlier].is_none_or(|it| is_weak(it.rule))
            {
                self.said[earlier] = Some(Attribution { rule: "reopened", ..found });
            }
        }
    }

    fn finish(mut self) -> Findings {
        let text = self.context.text();
        let mut last: Option<(usize, Attribution)> = None;
        for index in 0..self.quotes.len() {
            let Some(found) = self.said[index] else {
                self.unattributed(index);
                continue;
            };
            let found = self.resolver.by_name(found);
            let speaker = self.resolver.speaker(&found);
            let id = last.filter(|it| it.1.cue == found.cue && it.1.words == found.words);
            let link = id.map(|(index, _)| (self.quotes[index].id, index));
            let before_direct = link.is_some_and(|(_, index)| is_direct(&self.quotes[index]));
            let annotation = &mut self.quotes[index];
            annotation.origin = Origin::Detector { rule: found.rule.into() };
            let whole = annotation.quote().is_some_and(|it| is_whole(it.form));
            let shape = Shape::of(annotation.range.of(text), whole);
            annotation.confidence = confidence(found.rule, shape, Who::of(speaker.range.of(text)));
            if let Body::Quote(quote) = &mut annotation.body {
                quote.speaker = Some(speaker);
                quote.cue = found.cue;
                if quote.continues.is_none() && found.cue.is_some() && before_direct {
                    quote.continues = link.map(|it| it.0);
                }
            }
            last = Some((index, found));
        }
        if !self.plain.is_empty() {
            self.quotes.append(&mut self.plain);
            self.quotes.sort_by_key(|it| outer(it).start);
        }
        Findings { annotations: self.quotes, entities: Vec::new() }
    }
}

/// Whether a rule guesses, so that another part of the same quote may know better.
fn is_weak(rule: &str) -> bool {
    const GUESSES: [&str; 9] = [
        "clause-colon",
        "clause-comma",
        "clause-subject",
        "named-later",
        "paragraph-before",
        "paragraph-told",
        "passive-by",
        "saying-of",
        "speaker-verb-fragment",
    ];
    GUESSES.contains(&rule)
}

/// Whether a quote of this form is written as one or more whole sentences.
fn is_whole(form: Form) -> bool {
    matches!(form, Form::Direct | Form::Block)
}

fn is_direct(annotation: &Annotation) -> bool {
    annotation.quote().is_some_and(|it| it.form == Form::Direct)
}

fn outer(annotation: &Annotation) -> TextRange {
    annotation.quote().map_or(annotation.range, |it| it.outer)
}

/// "“DOE: Well, look …": the name in capitals before a colon at the quote's beginning.
fn transcript(text: &str, range: TextRange) -> Option<Attribution> {
    const LONGEST: usize = 40;
    let words = range.of(text);
    let colon = words.bytes().take(LONGEST).position(|byte| byte == b':')?;
    let name = words.get(..colon)?;
    let capitals =
        name.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '’' | '\''));
    let letters = name.chars().filter(|c| c.is_uppercase()).count();
    if !capitals || letters < 2 {
        return None;
    }
    let end = range.start + crate::text::offset(colon);
    let words = TextRange::new(range.start, end);
    let (name, phrase) = (words, words);
    Some(Attribution { words, name, phrase, pronoun: false, cue: None, rule: "transcript" })
}
