//! Finds quotes: every passage between quotation marks, and what is set off as a block.

use super::Context;
use crate::annot::store::Findings;
use crate::annot::{Annotation, AnnotationId, Body, Form, Kind, Origin, Quote, Review};
use crate::article::{Block, BlockKind};
use crate::text::TextRange;

mod dash;
mod form;
mod interview;
mod marks;
mod pairs;
#[cfg(test)]
mod tests;
mod unsaid;

pub(super) use form::is_title;
use marks::{Family, Mark, Side};
use pairs::{End, Pair};
pub(super) use unsaid::{Place, unsaid};

/// The rules' names, and each in one sentence for the reader who asks why.
pub const RULES: &[(&str, &str)] = &[
    ("quote-marks", "The words stand between quotation marks."),
    (
        "quote-unclosed",
        "A quotation mark opens here and none closes; the paragraph’s end is taken.",
    ),
    (
        "quote-reopened",
        "The quote goes on in the next paragraph, which opens with a mark again, so none closes here.",
    ),
    ("quote-block", "The article sets this paragraph off as a quotation."),
    (
        "quote-interview",
        "The line begins with who speaks and a colon, as the others of this interview do.",
    ),
    (
        "quote-dash",
        "A dash opens the paragraph and what is said in it, as in others of this dialogue.",
    ),
    ("quote-headline", "The headline quotes these words, and no quote of the text repeats them."),
    ("quote-title", "The words between marks are a title or a name, not anybody’s speech."),
    (
        "quote-source",
        "The words are the title of something that the article rests on or points to.",
    ),
    ("quote-note", "The words between marks are the writer’s: what was heard, or whom to follow."),
    ("quote-term", "The words before say that this is an expression, not anybody’s speech."),
];

/// Finds quotes.
///
/// Linear in the text: each block is read once for its marks, and at most a handful of opening
/// marks wait for their ends at any time.
pub fn find(context: &Context<'_>) -> Findings {
    let mut finder = Finder::new(context);
    for at in 0..context.article.blocks.len() {
        if context.cancelled() {
            break;
        }
        finder.block(at);
    }
    finder.leave_out_repeats();
    Findings { annotations: finder.found, entities: Vec::new() }
}

struct Finder<'a, 'c> {
    context: &'c Context<'a>,
    found: Vec<Annotation>,
    marks: Vec<Mark>,
    /// The marks of the next block, read ahead to see whether it goes on with a quote.
    ahead: Vec<Mark>,
    pairs: Vec<Pair>,
    /// The quote of the block before that goes on in this one.
    open: Option<AnnotationId>,
    /// What each block says behind its speaker's label, in an interview.
    interview: Vec<Option<TextRange>>,
    /// Whether paragraphs that begin with a dash are said.
    dialogue: bool,
    /// Indexes into `found` of the headline's quotes.
    headline: Vec<usize>,
    /// The level of the heading above a list of sources, inside of it.
    sources: Option<u8>,
}

impl<'a, 'c> Finder<'a, 'c> {
    fn new(context: &'c Context<'a>) -> Self {
        let mut ahead = Vec::new();
        if let Some(first) = context.article.blocks.first() {
            marks::of_block(first.range.of(context.text()), first.range.start, &mut ahead);
        }
        Self {
            context,
            found: Vec::new(),
            marks: Vec::new(),
            ahead,
            pairs: Vec::new(),
            open: None,
            interview: interview::lines(context.article),
            dialogue: dash::has_dialogue(context.article),
            headline: Vec::new(),
            sources: None,
        }
    }

    fn block(&mut self, at: usize) {
        let text = self.context.text();
        let block = self.context.article.blocks[at];
        std::mem::swap(&mut self.marks, &mut self.ahead);
        self.ahead.clear();
        let next = self.context.article.blocks.get(at + 1).copied();
        if let Some(next) = next {
            marks::of_block(next.range.of(text), next.range.start, &mut self.ahead);
        }
        if let BlockKind::Heading(level) = block.kind {
            let over = self.sources.is_none_or(|above| level <= above);
            let heads = form::heads_sources(block.range.of(text));
            self.sources = if heads { Some(level) } else { self.sources.filter(|_| !over) };
        }
        if block.kind == BlockKind::Code {
            self.open = None;
            return;
        }
        pairs::of_marks(&self.marks, block.range.end, &mut self.pairs);
        if block.kind == BlockKind::Quote {
            self.set_off(block);
        }
        if let Some(said) = self.interview.get(at).copied().flatten() {
            let why = ("quote-interview", 0.9);
            let annotation = self.annotation(said, said, Form::Direct, why);
            self.found.push(annotation);
        }
        let first = self.found.len();
        if self.dialogue {
            self.dialogue(block);
        }
        let reopened = next.and_then(|next| self.goes_on(block, next));
        let continues = self.open.take();
        for index in 0..self.pairs.len() {
            let mut pair = self.pairs[index];
            let goes_on = reopened == Some(index);
            if goes_on {
                pair.outer.end = block.range.end;
                pair.inner.end = block.range.end;
            } else if pair.family == Family::Single && pair.end != End::Mark {
                continue;
            }
            let begins_block = pair.outer.start == block.range.start;
            let before = if begins_block { continues } else { None };
            if let Some(annotation) = self.quote(block, pair, goes_on, before) {
                if goes_on {
                    let said = annotation.quote().is_some_and(|it| it.form != Form::Scare);
                    self.open = if said { Some(annotation.id) } else { before };
                }
                if block.kind == BlockKind::Title {
                    self.headline.push(self.found.len());
                }
                self.found.push(annotation);
            }
        }
        if self.dialogue {
            self.found[first..].sort_by_key(|it| it.quote().map_or(0, |it| it.outer.start));
        }
    }

    /// What is said in a paragraph that begins with a dash.
    fn dialogue(&mut self, block: Block) {
        let mut before = None;
        for said in dash::said(self.context.text(), block).unwrap_or_default() {
            let mut annotation = self.annotation(said, said, Form::Direct, ("quote-dash", 0.9));
            if let Body::Quote(quote) = &mut annotation.body {
                quote.continues = before;
            }
            before = Some(annotation.id);
            self.found.push(annotation);
        }
    }

    /// The pair that the next block goes on with: left open here, and the next block begins with
    /// an opening mark of the same sort.
    fn goes_on(&self, block: Block, next: Block) -> Option<usize> {
        let first = self.ahead.first()?;
        let opens = first.start == next.range.start && first.side != Side::Close;
        if !opens || block.kind == BlockKind::Title {
            return None;
        }
        let last = self.pairs.iter().rposition(|pair| pair.end == End::Block)?;
        let pair = self.pairs[last];
        (pair.family == first.family && pair.straight == first.straight).then_some(last)
    }

    fn quote(
        &self,
        block: Block,
        pair: Pair,
        goes_on: bool,
        continues: Option<AnnotationId>,
    ) -> Option<Annotation> {
        let text = self.context.text();
        let range = trimmed(text, pair.inner);
        if !range.of(text).chars().any(char::is_alphanumeric) {
            return None;
        }
        let (form, why) = match self.sources {
            Some(_) => (Form::Scare, form::Why::Source),
            None => form::of(text, block.range, pair.outer, range),
        };
        let part = (goes_on || continues.is_some()) && why != form::Why::Note;
        let form = if part { Form::Direct } else { form };
        let (rule, confidence) = match (goes_on, pair.end, why) {
            (_, _, form::Why::Note) => ("quote-note", 0.9),
            (true, ..) => ("quote-reopened", 0.95),
            (false, End::Block | End::NextQuote, _) => ("quote-unclosed", 0.5),
            (false, End::Mark, form::Why::Title) => ("quote-title", 0.8),
            (false, End::Mark, form::Why::Source) => ("quote-source", 0.8),
            (false, End::Mark, form::Why::Term) => ("quote-term", 0.8),
            (false, End::Mark, form::Why::Shape) if block.kind == BlockKind::Title => {
                ("quote-headline", 0.9)
            }
            (false, End::Mark, form::Why::Shape) => ("quote-marks", 0.97),
        };
        let mut annotation = self.annotation(range, pair.outer, form, (rule, confidence));
        if let Body::Quote(quote) = &mut annotation.body {
            quote.continues = continues;
        }
        Some(annotation)
    }

    fn annotation(
        &self,
        range: TextRange,
        outer: TextRange,
        form: Form,
        (rule, confidence): (&'static str, f32),
    ) -> Annotation {
        let words = range.of(self.context.text());
        Annotation {
            id: self.context.ids.annotation(Kind::Quote, range, words),
            range,
            body: Body::Quote(Box::new(Quote {
                form,
                speaker: None,
                cue: None,
                continues: None,
                outer,
            })),
            origin: Origin::Detector { rule: rule.into() },
            review: Review::Proposed,
            confidence,
            extra: None,
        }
    }

    /// A quotation set off as a block: all of it, unless marks hold all of it, too.
    fn set_off(&mut self, block: Block) {
        let whole = self.pairs.first().is_some_and(|pair| pair.outer == block.range);
        if !whole {
            let why = ("quote-block", 0.9);
            let annotation = self.annotation(block.range, block.range, Form::Block, why);
            self.found.push(annotation);
        }
    }

    /// The headline's quotes whose words a quote of the text has, too, say nothing new.
    fn leave_out_repeats(&mut self) {
        const MOST: usize = 8;
        let text = self.context.text();
        for index in std::mem::take(&mut self.headline).into_iter().rev().take(MOST) {
            let words = plain(self.found[index].range.of(text));
            let body = self.found.iter().skip(index + 1);
            if body.map(|it| plain(it.range.of(text))).any(|it| it.contains(&words)) {
                self.found.remove(index);
            }
        }
    }
}

/// The words in small letters without a stop behind them, to be compared with others.
fn plain(words: &str) -> String {
    let words = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    words.replace('’', "'").to_lowercase()
}

fn trimmed(text: &str, range: TextRange) -> TextRange {
    let words = range.of(text);
    let front = words.len() - words.trim_start().len();
    let kept = words.trim().len();
    TextRange::of_bytes(range.start as usize + front, range.start as usize + front + kept)
}
