//! What the model looks at, as numbers: each feature is a hash of what it says.
//!
//! Features of one word are the same wherever the word stands, so a text's different words are
//! looked at once (`Type`); what depends on the place is little ([`Reader::around`]). Sentence
//! after sentence is read, and the words are forgotten when there are too many, so that a text of
//! nothing but names needs no more memory than another.

use std::collections::HashMap;

use super::words::Type;
use super::{Label, Part};
use crate::annot::EntityKind;
use crate::article::BlockKind;
use crate::detect::Context;
use crate::detect::entities::candidates::Candidate;
use crate::detect::entities::names::Names;
use crate::detect::entities::vocabulary::{Fast, Style, Vocabulary};
use crate::detect::lexicon::packed::{hash, mix};
use crate::detect::tokens::{Shape, Token, TokenKind};
use crate::text::offset;

/// What a feature speaks of, for the reader who asks why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Group {
    /// The word itself, and words that are used alike.
    Word,
    /// Its letters: beginning, ending, capitals.
    Form,
    /// Word lists: given names, towns, words that tell what a name is.
    Lists,
    /// What the rules say.
    Rules,
    /// The words before it.
    Before,
    /// The words behind it.
    Behind,
    /// The name as a whole: its last word, its length.
    Whole,
    /// Headline, the sentence's beginning, how the article writes the word elsewhere.
    Place,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Word,
        Self::Form,
        Self::Lists,
        Self::Rules,
        Self::Before,
        Self::Behind,
        Self::Whole,
        Self::Place,
    ];
}

/// Takes features in.
pub trait Sink {
    /// Takes one.
    fn add(&mut self, group: Group, feature: u32);
}

impl Sink for Vec<u32> {
    fn add(&mut self, _: Group, feature: u32) {
        self.push(feature);
    }
}

/// How far around a token its neighbours are looked at.
pub const REACH: usize = 2;

/// What the rules propose for a token.
#[derive(Clone, Copy, Debug, Default)]
struct Proposal {
    /// A label, or 13 and more for a candidate that no rule could decide.
    label: u32,
    rule: u32,
    sure: u32,
}

/// A run of words with capitals.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    first: u32,
    end: u32,
}

/// How many different words are remembered.
const MOST: usize = 1 << 14;

/// A text as the model sees it: one sentence of it at a time, in their order.
pub struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    vocabulary: &'a Vocabulary<'a>,
    candidates: &'a [Candidate],
    names: &'a Names<'a>,
    index: HashMap<&'a str, u32, Fast>,
    /// The different words of late; the first is what stands beyond a sentence.
    pub all: Vec<Type>,
    /// The first token of the sentence.
    first: usize,
    /// The words of the sentence, in `all`.
    types: Vec<u32>,
    /// What the rules propose for its tokens.
    proposals: Vec<Proposal>,
    /// The first candidate behind the sentence.
    next: usize,
}

/// What is the same for all tokens of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// Its first token and the one behind its last.
    pub bounds: (usize, usize),
    style: u32,
    block: u32,
    /// Whether its first word is written in small letters.
    small: bool,
}

impl Sentence {
    /// What is the same for all tokens of the sentence of this index.
    pub(crate) fn of(context: &Context<'_>, vocabulary: &Vocabulary<'_>, index: usize) -> Self {
        let sentences = &context.tokens.sentences;
        let bounds = (sentences[index] as usize, sentences[index + 1] as usize);
        let blocks = &context.tokens.blocks;
        let block = blocks.partition_point(|&first| first as usize <= bounds.0).saturating_sub(1);
        let kind = context.article.blocks.get(block).map(|block| block.kind);
        let style = match vocabulary.style(index) {
            Style::Plain => 0,
            Style::TitleCase => 1,
            Style::Capitals => 2,
        };
        let block = match kind {
            Some(BlockKind::Title | BlockKind::Heading(_)) => 1,
            Some(BlockKind::Byline | BlockKind::Dateline | BlockKind::Credit) => 2,
            Some(_) | None => 0,
        };
        let mut words = context.tokens.all[bounds.0..bounds.1].iter();
        let first = words.find(|it| it.kind == TokenKind::Word);
        let small = first.is_some_and(|it| it.shape == Shape::Lower);
        Self { bounds, style, block, small }
    }
}

impl<'a> Reader<'a> {
    /// Reads a text; the candidates are in its order.
    pub(crate) fn of(
        context: &Context<'a>,
        vocabulary: &'a Vocabulary<'a>,
        candidates: &'a [Candidate],
        names: &'a Names<'a>,
    ) -> Self {
        Self {
            text: context.text(),
            tokens: context.tokens.all.as_slice(),
            vocabulary,
            candidates,
            names,
            index: HashMap::default(),
            all: vec![Type::default()],
            first: 0,
            types: Vec::new(),
            proposals: Vec::new(),
            next: 0,
        }
    }

    /// Forgets the words where there are many, before a sentence is opened; whether it did.
    pub(super) fn forget(&mut self) -> bool {
        let many = self.all.len() > MOST;
        if many {
            self.index.clear();
            self.all.truncate(1);
        }
        many
    }

    /// Turns to a sentence, which stands behind those before.
    pub(super) fn open(&mut self, sentence: &Sentence) {
        let (first, end) = sentence.bounds;
        self.first = first;
        self.types.clear();
        for token in &self.tokens[first..end] {
            let word = token.of(self.text);
            let all = &mut self.all;
            self.types.push(*self.index.entry(word).or_insert_with(|| {
                all.push(Type::of(word, *token, self.vocabulary));
                offset(all.len() - 1)
            }));
        }
        self.proposals.clear();
        self.proposals.resize(end - first, Proposal::default());
        while let Some(candidate) = self.candidates.get(self.next) {
            if candidate.first as usize >= end {
                break;
            }
            let verdict = self.names.all[self.names.of[self.next] as usize].verdict;
            self.next += 1;
            self.propose(candidate, verdict);
        }
    }

    fn propose(&mut self, it: &Candidate, verdict: Option<(EntityKind, &'static str, f32)>) {
        let last = it.end - 1;
        for at in it.first..it.end {
            let part = match (at == it.first, at == last) {
                (true, true) => Part::Single,
                (true, false) => Part::Begin,
                (false, true) => Part::End,
                (false, false) => Part::Inside,
            };
            let proposal = match verdict {
                None => Proposal { label: 13 + part as u32, rule: 0, sure: 0 },
                Some((kind, rule, sure)) => Proposal {
                    label: u32::from(Label::of(kind, part).0),
                    rule: hash(rule.bytes()),
                    sure: u32::from(sure > 0.7) + u32::from(sure > 0.9),
                },
            };
            let place = (at as usize).checked_sub(self.first);
            if let Some(here) = place.and_then(|place| self.proposals.get_mut(place)) {
                *here = proposal;
            }
        }
    }

    /// The place in the sentence of the token `step` tokens from `at`; none beyond it.
    fn place(&self, at: usize, step: isize) -> Option<usize> {
        let place = at.checked_add_signed(step)?.checked_sub(self.first)?;
        (place < self.types.len()).then_some(place)
    }

    /// The type of the word `step` tokens from `at`; the first type beyond the sentence.
    fn near(&self, at: usize, step: isize) -> &Type {
        &self.all[self.place(at, step).map_or(0, |place| self.types[place] as usize)]
    }

    /// Whether a token may be part of a name; what may not need not be weighed. A word in small
    /// letters may where a rule or a list says so, between capitals, and beside one where it has a
    /// class; and wherever a sentence begins in small letters, as those of posts do.
    pub(super) fn may_be_name(&self, at: usize, sentence: &Sentence) -> bool {
        let capital = |step: isize| self.near(at, step).capital;
        capital(0)
            || self.proposal(at, 0).label != 0
            || (capital(-1) || capital(-2)) && (capital(1) || capital(2))
            || (capital(-1) || capital(1)) && self.near(at, 0).class != 0
            || self.near(at, 0).is_listed_name()
            || sentence.small
    }

    fn proposal(&self, at: usize, step: isize) -> Proposal {
        self.place(at, step).map_or_else(Proposal::default, |place| self.proposals[place])
    }

    /// Whether no space stands before the token (1) and behind it (2).
    fn glue(&self, at: usize, sentence: &Sentence) -> u32 {
        let end = self.tokens[at].end();
        let before = at > sentence.bounds.0 && self.tokens[at - 1].end() == self.tokens[at].start;
        let behind = at + 1 < sentence.bounds.1 && self.tokens[at + 1].start == end;
        u32::from(before) + 2 * u32::from(behind)
    }

    /// The run of capitals that the token is in.
    fn run(&self, at: usize, sentence: &Sentence) -> Option<Run> {
        /// Nothing longer is looked at as a whole.
        const LONGEST: usize = 12;
        let capital = |at: usize| self.near(at, 0).capital;
        if !capital(at) {
            return None;
        }
        let mut first = at;
        while first > sentence.bounds.0 && at - first < LONGEST && capital(first - 1) {
            first -= 1;
        }
        let mut end = at + 1;
        while end < sentence.bounds.1 && end - at < LONGEST && capital(end) {
            end += 1;
        }
        Some(Run { first: offset(first), end: offset(end) })
    }

    /// All features of a token.
    pub fn all_of(&self, at: usize, sentence: &Sentence, sink: &mut impl Sink) {
        for step in 0..=2 * REACH {
            let away = step.cast_signed() - REACH.cast_signed();
            self.near(at, away).features(step, sink);
        }
        self.around(at, sentence, sink);
    }

    /// The types of the word and its neighbours, from the farthest before to the farthest behind.
    pub fn neighbours(&self, at: usize) -> [u32; 2 * REACH + 1] {
        std::array::from_fn(|step| {
            let away = step.cast_signed() - REACH.cast_signed();
            self.place(at, away).map_or(0, |place| self.types[place])
        })
    }

    /// The features that more than one word makes up, or that the place does.
    pub fn around(&self, at: usize, sentence: &Sentence, sink: &mut impl Sink) {
        self.together(at, sink);
        self.placed(at, sentence, sink);
        self.proposed(at, sentence, sink);
        if let Some(run) = self.run(at, sentence) {
            self.in_run(run, at, sink);
        }
    }

    /// Words and their neighbours.
    fn together(&self, at: usize, sink: &mut impl Sink) {
        let near = |step: isize| self.near(at, step);
        let (before, it, behind) = (near(-1), near(0), near(1));
        let (before2, behind2) = (near(-2), near(2));
        let mut put = putting(sink);
        put(Group::Before, 1, &[before.lower, it.lower]);
        put(Group::Behind, 2, &[it.lower, behind.lower]);
        put(Group::Before, 3, &[before.lower, it.shape]);
        put(Group::Behind, 4, &[it.shape, behind.lower]);
        put(Group::Before, 5, &[before.coarse, it.coarse]);
        put(Group::Behind, 6, &[it.coarse, behind.coarse]);
        put(Group::Before, 7, &[before.fine, it.short]);
        put(Group::Behind, 8, &[it.short, behind.fine]);
        put(Group::Lists, 9, &[before.class, it.class, behind.class]);
        put(Group::Form, 10, &[before.short, it.shape, behind.short]);
        put(Group::Form, 11, &[before2.short, before.short, it.short, behind.short, behind2.short]);
        put(Group::Before, 12, &[before2.lower, before.lower, it.short]);
        put(Group::Behind, 13, &[it.short, behind.lower, behind2.lower]);
        put(Group::Before, 14, &[before.class, it.class]);
        put(Group::Behind, 15, &[it.class, behind.class]);
        put(Group::Word, 16, &[before.coarse, it.coarse, behind.coarse]);
        put(Group::Before, 17, &[before.fine, it.coarse]);
        put(Group::Behind, 18, &[it.coarse, behind.fine]);
        put(Group::Word, 19, &[it.fine, behind2.coarse]);
    }

    /// Where in the sentence and the article the word stands.
    fn placed(&self, at: usize, sentence: &Sentence, sink: &mut impl Sink) {
        let near = |step: isize| self.near(at, step);
        let (before, it, behind) = (near(-1), near(0), near(1));
        let first = u32::from(at == sentence.bounds.0);
        let quoted = u32::from(at == sentence.bounds.0 + 1 && !before.capital && before.class == 0);
        let glued = self.glue(at, sentence);
        let mut put = putting(sink);
        put(Group::Place, 0, &[]);
        put(Group::Place, 20, &[first, quoted, it.short, it.seen]);
        put(Group::Place, 21, &[sentence.style, it.short]);
        put(Group::Place, 22, &[sentence.style, sentence.block, it.class]);
        put(Group::Place, 23, &[first, it.class, it.seen]);
        put(Group::Form, 24, &[glued, it.short]);
        put(Group::Form, 25, &[glued, before.short, it.shape, behind.short]);
    }

    /// What the rules say of it.
    fn proposed(&self, at: usize, sentence: &Sentence, sink: &mut impl Sink) {
        let it = self.near(at, 0);
        let first = u32::from(at == sentence.bounds.0);
        let said = self.proposal(at, 0);
        let (left, right) = (self.proposal(at, -1), self.proposal(at, 1));
        let mut put = putting(sink);
        put(Group::Rules, 30, &[said.label]);
        put(Group::Rules, 31, &[said.label, said.rule]);
        put(Group::Rules, 32, &[said.label, said.sure, it.short]);
        put(Group::Rules, 33, &[left.label, said.label, right.label]);
        put(Group::Rules, 34, &[said.label, it.coarse]);
        put(Group::Rules, 35, &[said.label, sentence.style, first]);
        put(Group::Rules, 36, &[said.label, it.class]);
        put(Group::Rules, 37, &[said.label, said.rule, said.sure]);
    }

    /// The run of capitals that it is in, and what stands around that.
    fn in_run(&self, run: Run, at: usize, sink: &mut impl Sink) {
        let (from, end) = (run.first as usize, run.end as usize);
        let length = offset(end - from).min(5);
        let place = 2 * u32::from(at == from) + u32::from(at + 1 == end);
        let near = |place: usize, step: isize| self.near(place, step);
        let (head, last) = (near(from, 0), near(end - 1, 0));
        let (ahead, after, after2) = (near(from, -1), near(end - 1, 1), near(end - 1, 2));
        let mut put = putting(sink);
        put(Group::Whole, 40, &[place, length]);
        put(Group::Whole, 41, &[last.lower, place]);
        put(Group::Whole, 42, &[last.fine, place]);
        put(Group::Whole, 43, &[last.class, place]);
        put(Group::Whole, 44, &[head.coarse, last.coarse, length]);
        put(Group::Whole, 45, &[head.class, last.class, length]);
        put(Group::Before, 46, &[ahead.lower]);
        put(Group::Before, 47, &[ahead.fine, length]);
        put(Group::Before, 48, &[ahead.class, length]);
        put(Group::Behind, 49, &[after.lower]);
        put(Group::Behind, 50, &[after.fine, length]);
        put(Group::Behind, 51, &[after.class, length]);
        put(Group::Behind, 52, &[after.lower, after2.fine]);
        put(Group::Behind, 53, &[after.lower, after2.class, length]);
        put(Group::Before, 54, &[ahead.coarse, after.coarse]);
        put(Group::Whole, 55, &[head.lower, last.lower]);
        put(Group::Whole, 56, &[head.known, last.known, length]);
        put(Group::Whole, 57, &[head.fine]);
        put(Group::Whole, 58, &[last.ends[2], length]);
    }
}

/// Takes features in by what they are made of; each sort has its number.
fn putting(sink: &mut impl Sink) -> impl FnMut(Group, u32, &[u32]) {
    |group, sort, parts| {
        let seed = mix(0x00c0_ffee, sort);
        sink.add(group, parts.iter().fold(seed, |hash, &part| mix(hash, part)));
    }
}
