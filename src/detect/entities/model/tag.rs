//! Reads a text with the model: which tokens are names, of what, how sure that is, and why.

use super::features::{Group, REACH, Reader, Sentence, Sink};
use super::lattice::{self, Scores, WIDE, Work};
use super::weights::Weights;
use super::{Label, Part};
use crate::annot::EntityKind;
use crate::text::offset;

/// A name as the model sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    /// Its first token.
    pub(crate) first: u32,
    /// The token behind its last.
    pub(crate) end: u32,
    /// How probable each kind is, in the order of [`EntityKind::ALL`].
    pub(crate) kinds: [f32; 3],
    /// What speaks most for it.
    pub(crate) reasons: [Group; 2],
}

impl Span {
    /// The most probable kind.
    pub(crate) fn kind(&self) -> EntityKind {
        let of = |kind: &EntityKind| self.kinds[*kind as usize];
        let best = EntityKind::ALL.into_iter().max_by(|a, b| of(a).total_cmp(&of(b)));
        best.unwrap_or(EntityKind::Person)
    }
}

/// Reads sentence by sentence.
pub(crate) struct Tagger<'a> {
    reader: Reader<'a>,
    weights: &'a Weights<'a>,
    /// For each type of the reader, what it says as a neighbour or as the word itself.
    sums: Vec<[[i16; WIDE]; 2 * REACH + 1]>,
    features: Vec<u32>,
    grouped: Grouped,
    scores: Vec<Scores>,
    back: Vec<[u8; WIDE]>,
    work: Work,
    out: Vec<Scores>,
}

/// The features of one token by what they speak of.
#[derive(Default)]
struct Grouped([Vec<u32>; Group::ALL.len()]);

impl Sink for Grouped {
    fn add(&mut self, group: Group, feature: u32) {
        self.0[group as usize].push(feature);
    }
}

impl<'a> Tagger<'a> {
    /// Reads with these weights.
    pub(crate) fn of(reader: Reader<'a>, weights: &'a Weights<'a>) -> Self {
        Self {
            reader,
            weights,
            sums: Vec::new(),
            features: Vec::new(),
            grouped: Grouped::default(),
            scores: Vec::new(),
            back: Vec::new(),
            work: Work::default(),
            out: Vec::new(),
        }
    }

    /// Turns to a sentence, and weighs its words that are new.
    fn open(&mut self, sentence: &Sentence) {
        if self.reader.forget() {
            self.sums.clear();
        }
        self.reader.open(sentence);
        let (weights, features) = (self.weights, &mut self.features);
        self.sums.extend(self.reader.all[self.sums.len()..].iter().map(|it| {
            std::array::from_fn(|step| {
                features.clear();
                it.features(step, features);
                let mut sums = [0; WIDE];
                weights.add_all(features, &mut sums);
                sums
            })
        }));
    }

    /// Appends the names of a sentence, which stands behind those before.
    pub(crate) fn read(&mut self, sentence: &Sentence, spans: &mut Vec<Span>) {
        self.open(sentence);
        let (first, end) = sentence.bounds;
        let mut at = first;
        while let Some(from) = (at..end).find(|&at| self.reader.may_be_name(at, sentence)) {
            let to = (from..end).find(|&at| !self.reader.may_be_name(at, sentence)).unwrap_or(end);
            // The words on both sides take part as words that are no names.
            let stretch = (from.max(first + 1) - 1, to.min(end - 1) + 1);
            self.stretch(stretch, sentence, spans);
            at = to;
        }
    }

    /// Appends the names of a stretch of a sentence: its first token and the one behind its last.
    fn stretch(
        &mut self,
        (first, end): (usize, usize),
        sentence: &Sentence,
        spans: &mut Vec<Span>,
    ) {
        self.scores.clear();
        for at in first..end {
            let scores = if self.reader.may_be_name(at, sentence) {
                self.scores(at, sentence)
            } else {
                let mut none = [lattice::NEVER; WIDE];
                none[usize::from(Label::OUTSIDE.0)] = 0.0;
                none
            };
            self.scores.push(scores);
        }
        let transitions = &self.weights.transitions;
        let labels = lattice::best(&self.scores, transitions, &mut self.back);
        if labels.iter().all(|&label| label == 0) {
            return;
        }
        lattice::probabilities(&self.scores, transitions, &mut self.work, &mut self.out);
        let mut from = 0;
        for (at, &label) in labels.iter().enumerate() {
            let Some((kind, part)) = Label(label).parts() else { continue };
            if matches!(part, Part::Begin | Part::Single) {
                from = at;
            }
            if matches!(part, Part::End | Part::Single) {
                let kinds = self.kinds(from, at);
                let reasons = self.reasons(first + from, sentence, labels[from], kind);
                let (first, end) = (offset(first + from), offset(first + at + 1));
                spans.push(Span { first, end, kinds, reasons });
            }
        }
    }

    /// What speaks for each label of a token.
    fn scores(&mut self, at: usize, sentence: &Sentence) -> Scores {
        let mut sums = [0_i16; WIDE];
        for (step, it) in self.reader.neighbours(at).into_iter().enumerate() {
            let own = &self.sums[it as usize][step];
            for (sum, more) in sums.iter_mut().zip(own) {
                *sum += more;
            }
        }
        self.features.clear();
        self.reader.around(at, sentence, &mut self.features);
        self.weights.add_all(&self.features, &mut sums);
        sums.map(|sum| f32::from(sum) * self.weights.step)
    }

    /// How probable it is that one name of each kind stands from the token `from` to the token
    /// `last` of the sentence.
    fn kinds(&self, from: usize, last: usize) -> [f32; 3] {
        EntityKind::ALL.map(|kind| {
            if from == last {
                return self.out[from][usize::from(Label::of(kind, Part::Single).0)];
            }
            let begin = self.out[from][usize::from(Label::of(kind, Part::Begin).0)];
            begin.min(self.out[last][usize::from(Label::of(kind, Part::End).0)])
        })
    }

    /// What tells the label of a token most from the labels of other kinds and of no name.
    fn reasons(
        &mut self,
        at: usize,
        sentence: &Sentence,
        label: u8,
        kind: EntityKind,
    ) -> [Group; 2] {
        self.grouped.0.iter_mut().for_each(Vec::clear);
        self.reader.all_of(at, sentence, &mut self.grouped);
        let other = |it: u8| Label(it).parts().is_none_or(|it| it.0 != kind);
        let mut ranked = Group::ALL.map(|group| {
            let mut sums = [0; WIDE];
            self.weights.add_all(&self.grouped.0[group as usize], &mut sums);
            let others = sums.iter().zip(0..).take(Label::COUNT).filter(|it| other(it.1));
            let against = others.map(|it| *it.0).max().unwrap_or(0);
            (sums[usize::from(label)] - against, group)
        });
        ranked.sort_by_key(|&(sum, group)| (std::cmp::Reverse(sum), group));
        [ranked[0].1, ranked[1].1]
    }
}
