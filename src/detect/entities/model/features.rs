//! What the model looks at, as numbers: each feature is a hash of what it says.
//!
//! Features of one word are the same wherever the word stands, so a text's different words are
//! looked at once ([`Type`]); what depends on the place is little ([`Reader::around`]).

use std::collections::HashMap;

use super::{Label, Part};
use crate::annot::EntityKind;
use crate::article::BlockKind;
use crate::detect::Context;
use crate::detect::entities::candidates::Candidate;
use crate::detect::entities::names::Names;
use crate::detect::entities::vocabulary::{Fast, Style, Vocabulary};
use crate::detect::lexicon::gazetteer::{self, Trust};
use crate::detect::lexicon::{self, Class};
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

/// Mixes a number into a hash.
const fn mix(hash: u32, more: u32) -> u32 {
    let mixed = (hash ^ more).wrapping_mul(0x9e37_79b1);
    (mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca77)
}

fn text_hash(bytes: impl IntoIterator<Item = u8>) -> u32 {
    let hash = bytes
        .into_iter()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    mix(hash, 0x5bd1)
}

/// How far around a token its neighbours are looked at.
pub const REACH: usize = 2;

/// What is known of a word wherever it stands in the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Type {
    lower: u32,
    cased: u32,
    shape: u32,
    short: u32,
    starts: [u32; 3],
    ends: [u32; 4],
    class: u32,
    fine: u32,
    coarse: u32,
    known: u32,
    seen: u32,
    capital: bool,
}

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

/// A text as the model sees it.
pub struct Reader<'a> {
    tokens: &'a [Token],
    /// The type of each token.
    pub types: Vec<u32>,
    /// The different words; the first is what stands beyond a sentence.
    pub all: Vec<Type>,
    proposals: HashMap<u32, Proposal, Fast>,
}

/// What is the same for all tokens of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// Its first token and the one behind its last.
    pub bounds: (usize, usize),
    style: u32,
    block: u32,
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
        Self { bounds, style, block }
    }
}

impl<'a> Reader<'a> {
    /// Looks at all different words of a text.
    pub(crate) fn of(
        context: &Context<'a>,
        vocabulary: &Vocabulary<'_>,
        candidates: &[Candidate],
        names: &Names<'_>,
    ) -> Self {
        let text = context.text();
        let tokens = context.tokens.all.as_slice();
        let mut index: HashMap<&str, u32, Fast> = HashMap::default();
        let mut all = vec![Type::default()];
        let types = tokens
            .iter()
            .map(|token| {
                let word = token.of(text);
                *index.entry(word).or_insert_with(|| {
                    all.push(Type::of(word, *token, vocabulary));
                    offset(all.len() - 1)
                })
            })
            .collect();
        let mut reader = Self { tokens, types, all, proposals: HashMap::default() };
        for (at, candidate) in candidates.iter().enumerate() {
            reader.propose(candidate, names.all[names.of[at] as usize].verdict);
        }
        reader
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
                    rule: text_hash(rule.bytes()),
                    sure: u32::from(sure > 0.7) + u32::from(sure > 0.9),
                },
            };
            self.proposals.insert(at, proposal);
        }
    }

    /// The type of the word `step` tokens from `at`; the first type beyond the sentence.
    fn near(&self, at: usize, step: isize, sentence: &Sentence) -> &Type {
        let place = at.checked_add_signed(step);
        let inside = place.filter(|&it| it >= sentence.bounds.0 && it < sentence.bounds.1);
        &self.all[inside.map_or(0, |it| self.types[it] as usize)]
    }

    fn proposal(&self, at: usize, step: isize, sentence: &Sentence) -> Proposal {
        let place = at.checked_add_signed(step);
        let inside = place.filter(|&it| it >= sentence.bounds.0 && it < sentence.bounds.1);
        inside.and_then(|it| self.proposals.get(&offset(it)).copied()).unwrap_or_default()
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
        let capital = |at: usize| self.all[self.types[at] as usize].capital;
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
            self.near(at, away, sentence).features(step, sink);
        }
        self.around(at, sentence, sink);
    }

    /// The types of the word and its neighbours, from the farthest before to the farthest behind.
    pub fn neighbours(&self, at: usize, sentence: &Sentence) -> [u32; 2 * REACH + 1] {
        std::array::from_fn(|step| {
            let place = (at + step).checked_sub(REACH);
            let inside = place.filter(|&it| it >= sentence.bounds.0 && it < sentence.bounds.1);
            inside.map_or(0, |it| self.types[it])
        })
    }

    /// The features that more than one word makes up, or that the place does.
    pub fn around(&self, at: usize, sentence: &Sentence, sink: &mut impl Sink) {
        self.together(at, sentence, sink);
        self.placed(at, sentence, sink);
        self.proposed(at, sentence, sink);
        if let Some(run) = self.run(at, sentence) {
            self.in_run(run, at, sentence, sink);
        }
    }

    /// Words and their neighbours.
    fn together(&self, at: usize, sentence: &Sentence, sink: &mut impl Sink) {
        let near = |step: isize| self.near(at, step, sentence);
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
        let near = |step: isize| self.near(at, step, sentence);
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
        let it = self.near(at, 0, sentence);
        let first = u32::from(at == sentence.bounds.0);
        let said = self.proposal(at, 0, sentence);
        let (left, right) = (self.proposal(at, -1, sentence), self.proposal(at, 1, sentence));
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
    fn in_run(&self, run: Run, at: usize, sentence: &Sentence, sink: &mut impl Sink) {
        let (from, end) = (run.first as usize, run.end as usize);
        let length = offset(end - from).min(5);
        let place = 2 * u32::from(at == from) + u32::from(at + 1 == end);
        let near = |place: usize, step: isize| self.near(place, step, sentence);
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

/// The lists that a word may be in, one feature each.
const LISTED: [Class; 22] = [
    Class::MALE_TITLE,
    Class::FEMALE_TITLE,
    Class::TITLE,
    Class::ROLE,
    Class::LOWER_ROLE,
    Class::ORGANISATION_HEAD,
    Class::OF_HEAD,
    Class::PLACE_HEAD,
    Class::PLACE_FIRST,
    Class::ORGANISATION_FIRST,
    Class::CALENDAR,
    Class::NO_NAME,
    Class::EVENT_HEAD,
    Class::PARTICLE,
    Class::SUFFIX,
    Class::SPEECH,
    Class::ACTION,
    Class::DEMONYM,
    Class::GIVEN,
    Class::SURNAME,
    Class::COMMON,
    Class::BEGINNING,
];

impl Type {
    fn of(word: &str, token: Token, vocabulary: &Vocabulary<'_>) -> Self {
        let lower: String = word
            .chars()
            .flat_map(char::to_lowercase)
            .map(|c| match c {
                '0'..='9' => '0',
                '’' => '\'',
                c => c,
            })
            .collect();
        let letters: Vec<char> = lower.chars().take(40).collect();
        let part = |chars: &[char]| text_hash(chars.iter().flat_map(|c| (*c as u32).to_le_bytes()));
        let starts = std::array::from_fn(|at| {
            let length = at + 2;
            if letters.len() > length { part(&letters[..length]) } else { 0 }
        });
        let ends = std::array::from_fn(|at| {
            let length = at + 1;
            if letters.len() > length { part(&letters[letters.len() - length..]) } else { 0 }
        });
        let known = vocabulary.get(word);
        let capital = token.kind == TokenKind::Word && token.is_capital();
        let class = if capital { known.class } else { lexicon::class(word) };
        let lists = LISTED.iter().enumerate().filter(|it| class.has(*it.1));
        let class = lists.fold(0, |bits, (at, _)| bits | (1 << at));
        let entry = if capital { gazetteer::known(word) } else { None };
        let known_as =
            entry.map_or(0, |it| 1 + 2 * it.kind as u32 + u32::from(it.trust == Trust::Sure));
        let (fine, coarse) = lexicon::alike(&lower);
        let seen = if capital {
            u32::from(known.lower > 0)
                + 2 * u32::from(known.inside > 0)
                + 4 * u32::from(known.inside > known.lower)
        } else {
            8
        };
        Self {
            lower: text_hash(lower.bytes()),
            cased: text_hash(word.bytes()),
            shape: shape(word, token),
            short: short(token),
            starts,
            ends,
            class,
            fine,
            coarse,
            known: known_as,
            seen,
            capital,
        }
    }

    /// The features of the word where it stands `step - REACH` tokens away.
    pub fn features(&self, step: usize, sink: &mut impl Sink) {
        let away = step.abs_diff(REACH);
        let side = match step.cmp(&REACH) {
            std::cmp::Ordering::Less => Some(Group::Before),
            std::cmp::Ordering::Greater => Some(Group::Behind),
            std::cmp::Ordering::Equal => None,
        };
        let seed = mix(0x0bad_cafe, offset(step));
        let mut put = |group: Group, sort: u32, parts: &[u32]| {
            let hash = parts.iter().fold(mix(seed, sort), |hash, &part| mix(hash, part));
            sink.add(side.unwrap_or(group), hash);
        };
        put(Group::Word, 1, &[self.lower]);
        put(Group::Word, 2, &[self.fine]);
        put(Group::Word, 3, &[self.coarse]);
        put(Group::Lists, 4, &[self.class]);
        put(Group::Form, 5, &[self.short]);
        if away > 1 {
            return;
        }
        put(Group::Form, 6, &[self.shape]);
        put(Group::Form, 7, &[self.ends[2]]);
        put(Group::Lists, 8, &[self.known]);
        for (at, _) in LISTED.iter().enumerate().filter(|it| self.class & (1 << it.0) != 0) {
            put(Group::Lists, 9, &[offset(at)]);
        }
        if away > 0 {
            return;
        }
        put(Group::Word, 10, &[self.cased]);
        put(Group::Place, 11, &[self.seen, self.short]);
        for (at, &start) in self.starts.iter().enumerate().filter(|it| *it.1 != 0) {
            put(Group::Form, 12, &[offset(at), start]);
        }
        for (at, &end) in self.ends.iter().enumerate().filter(|it| *it.1 != 0) {
            put(Group::Form, 13, &[offset(at), end, u32::from(self.capital)]);
        }
        put(Group::Lists, 14, &[self.class, self.short]);
        put(Group::Word, 15, &[self.coarse, self.short]);
        put(Group::Word, 16, &[self.fine, self.shape]);
        put(Group::Lists, 17, &[self.class, self.known, self.seen]);
    }
}

/// "Xx", "X.X.", "Xx-Xx", "0,0": runs of a sort of character count once.
fn shape(word: &str, token: Token) -> u32 {
    let mut hash = 0x1234;
    let mut last = ' ';
    for c in word.chars().take(24) {
        let sort = if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            '0'
        } else {
            c
        };
        if sort != last {
            hash = mix(hash, sort as u32);
        }
        last = sort;
    }
    // "US" and "USAID" are written alike, but not "A".
    mix(hash, if token.shape == Shape::Upper { offset(word.len().min(5)) } else { 0 })
}

fn short(token: Token) -> u32 {
    let kind = match token.kind {
        TokenKind::Word => 1,
        TokenKind::Possessive => 2,
        TokenKind::Number => 3,
        TokenKind::Mark => 4,
    };
    let shape = match token.shape {
        Shape::Lower => 0,
        Shape::Title => 1,
        Shape::Upper => 2,
        Shape::Mixed => 3,
        Shape::None => 4,
    };
    8 * kind + shape
}
