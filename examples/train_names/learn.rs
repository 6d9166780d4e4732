//! Learning: a conditional random field, by stochastic gradients with a step of its own for each
//! weight (`AdaGrad`).

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write;

use pullquote::detect::entities::model::lattice::{
    Scores, Transitions, WIDE, Work, best, probabilities,
};
use pullquote::detect::entities::model::weights::{Weights, pack};
use pullquote::detect::entities::model::{Label, Part};

use super::SetWeights;
use super::gold::{Sentence, Text};

/// What can be set.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// How often all texts are gone through.
    pub(crate) rounds: usize,
    /// The first step.
    pub(crate) rate: f32,
    /// Of how many of the last rounds the weights are averaged.
    pub(crate) average: usize,
    /// What the sum of squared slopes begins with: the more, the smaller the first steps.
    pub(crate) start: f32,
    /// How strongly weights are held near zero.
    pub(crate) hold: f32,
    /// Features that stand at fewer tokens are left out.
    pub(crate) least: u32,
    /// Out of a thousand times, how often a feature is covered up while learning, so that no
    /// single one is relied on.
    pub(crate) cover: u32,
    /// Weights smaller than this are left out of the file.
    pub(crate) small: f32,
    /// How much a sentence of a set counts, where not as usual.
    pub(crate) weights: SetWeights,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rounds: 5,
            rate: 0.05,
            average: 3,
            start: 1.0,
            hold: 0.01,
            least: 3,
            cover: 100,
            small: 0.04,
            weights: SetWeights::new(),
        }
    }
}

impl Settings {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small numbers")]
    pub(crate) fn set(&mut self, key: &str, value: f32) -> Result<(), Box<dyn Error>> {
        match key {
            "rounds" => self.rounds = value as usize,
            "rate" => self.rate = value,
            "average" => self.average = value as usize,
            "start" => self.start = value,
            "hold" => self.hold = value,
            "least" => self.least = value as u32,
            "cover" => self.cover = value as u32,
            "small" => self.small = value,
            set if set.contains('.') => {
                self.weights.insert(set.to_owned(), value);
            }
            _ => return Err(format!("nothing is called --{key}").into()),
        }
        Ok(())
    }
}

/// The weights while they are learnt.
pub(crate) struct Model {
    index: HashMap<u32, u32>,
    weights: Vec<Scores>,
    squares: Vec<Scores>,
    transitions: [Scores; WIDE],
    transition_squares: [Scores; WIDE],
    /// The sum of the weights after the last rounds, and of how many.
    sums: Vec<Scores>,
    kept: f32,
}

/// A row of numbers that looks like chance and is the same every time.
struct Chance(u64);

impl Default for Chance {
    fn default() -> Self {
        Self(0x1234_5678_9abc_def1)
    }
}

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from((self.next() >> 20) % bound.max(1) as u64).unwrap_or(0)
    }
}

/// Learns from texts, each with how much it counts.
pub(crate) fn learn(
    sets: &[(f32, Vec<Text>)],
    settings: &Settings,
    mut say: impl FnMut(&str),
) -> Model {
    let mut model = Model::of(sets, settings);
    say(&format!("{} features\n", model.weights.len()));
    let mut order: Vec<(f32, &Sentence)> = sets
        .iter()
        .flat_map(|(weight, texts)| texts.iter().flatten().map(move |it| (*weight, it)))
        .filter(|it| !it.1.labels.is_empty())
        .collect();
    let mut space = Space::default();
    for round in 0..settings.rounds {
        for at in (1..order.len()).rev() {
            order.swap(at, space.chance.below(at + 1));
        }
        let mut loss = 0.0;
        for (weight, sentence) in &order {
            loss += f64::from(model.step(sentence, *weight, settings, &mut space));
        }
        say(&format!("round {}: {loss:.0}\n", round + 1));
        if round + settings.average >= settings.rounds {
            model.keep();
        }
    }
    model.average();
    model
}

#[derive(Default)]
struct Space {
    known: Vec<u32>,
    starts: Vec<usize>,
    scores: Vec<Scores>,
    out: Vec<Scores>,
    work: Work,
    chance: Chance,
}

impl Model {
    fn of(sets: &[(f32, Vec<Text>)], settings: &Settings) -> Self {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for sentence in sets.iter().flat_map(|it| &it.1).flatten() {
            for feature in &sentence.features {
                *counts.entry(*feature).or_default() += 1;
            }
        }
        let mut kept: Vec<u32> =
            counts.iter().filter(|it| *it.1 >= settings.least).map(|it| *it.0).collect();
        kept.sort_unstable();
        let index: HashMap<u32, u32> = kept.iter().copied().zip(0..).collect();
        Self {
            weights: vec![[0.0; WIDE]; kept.len()],
            squares: vec![[settings.start; WIDE]; kept.len()],
            sums: vec![[0.0; WIDE]; kept.len()],
            kept: 0.0,
            index,
            transitions: [[0.0; WIDE]; WIDE],
            transition_squares: [[settings.start; WIDE]; WIDE],
        }
    }

    /// Keeps the weights as they are for the average.
    fn keep(&mut self) {
        self.kept += 1.0;
        for (sum, weights) in self.sums.iter_mut().zip(&self.weights) {
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum += weight;
            }
        }
    }

    /// Takes the average of what was kept.
    fn average(&mut self) {
        for (sum, weights) in self.sums.iter().zip(&mut self.weights) {
            *weights = sum.map(|sum| sum / self.kept.max(1.0));
        }
    }

    /// Learns from one sentence; how wrong the model was about it.
    fn step(
        &mut self,
        sentence: &Sentence,
        weight: f32,
        settings: &Settings,
        space: &mut Space,
    ) -> f32 {
        let Space { known, starts, scores, out, work, chance } = space;
        known.clear();
        starts.clear();
        scores.clear();
        let keep = f32::from(u16::try_from(1000 - settings.cover).unwrap_or(1000)) / 1000.0;
        for at in 0..sentence.labels.len() {
            starts.push(known.len());
            let mut score = [0.0; WIDE];
            for feature in sentence.of(at) {
                let Some(&it) = self.index.get(feature) else { continue };
                if chance.next() >> 20 & 1023 < u64::from(settings.cover) {
                    continue;
                }
                known.push(it);
                let weights = &self.weights[it as usize];
                for label in 0..WIDE {
                    score[label] += weights[label] / keep;
                }
            }
            scores.push(score);
        }
        starts.push(known.len());
        let transitions = Transitions::new(&self.transitions);
        let log = probabilities(scores, &transitions, work, out);
        let mut own = 0.0;
        for (at, &label) in sentence.labels.iter().enumerate() {
            own += scores[at][usize::from(label)];
            if at > 0 {
                let before = usize::from(sentence.labels[at - 1]);
                own += self.transitions[before][usize::from(label)];
            }
        }
        for (at, &label) in sentence.labels.iter().enumerate() {
            let mut slope = [0.0; WIDE];
            for to in 0..Label::COUNT {
                slope[to] = weight * (f32::from(u8::from(to == usize::from(label))) - out[at][to]);
            }
            // What is as it should be teaches nothing.
            if slope.iter().all(|it| it.abs() < 0.001) {
                continue;
            }
            for &it in &known[starts[at]..starts[at + 1]] {
                let it = it as usize;
                let (weights, squares) = (&mut self.weights[it], &mut self.squares[it]);
                for to in 0..Label::COUNT {
                    let slope = slope[to] - settings.hold * weights[to];
                    squares[to] += slope * slope;
                    weights[to] += settings.rate * slope / squares[to].sqrt();
                }
            }
            if at > 0 {
                let before = usize::from(sentence.labels[at - 1]);
                let pairs = work.pairs(at, &transitions, out);
                self.step_between(before, usize::from(label), &pairs, weight);
            }
        }
        (log - own).max(0.0) * weight
    }

    /// Learns what it says of one label that another stands before it.
    fn step_between(&mut self, from: usize, to: usize, pairs: &[Scores; WIDE], weight: f32) {
        for (a, row) in pairs.iter().enumerate().take(Label::COUNT) {
            for (b, pair) in row.iter().enumerate().take(Label::COUNT) {
                let is = f32::from(u8::from(a == from && b == to));
                let slope = weight * (is - pair);
                let squares = &mut self.transition_squares[a][b];
                *squares += slope * slope;
                self.transitions[a][b] += 0.05 * slope / squares.sqrt();
            }
        }
    }

    /// The file of weights.
    #[expect(clippy::cast_possible_truncation, reason = "clamped")]
    pub(crate) fn pack(&self, settings: &Settings) -> Vec<u8> {
        const STEP: f32 = 1.0 / 24.0;
        let mut features: Vec<(u32, [i8; WIDE])> = Vec::new();
        for (feature, at) in &self.index {
            let mut steps = [0_i8; WIDE];
            for (to, step) in steps.iter_mut().enumerate().take(Label::COUNT) {
                let weight = self.weights[*at as usize][to];
                if weight.abs() >= settings.small {
                    *step = (weight / STEP).round().clamp(-127.0, 127.0) as i8;
                }
            }
            if steps.iter().any(|&step| step != 0) {
                features.push((*feature, steps));
            }
        }
        features.sort_unstable_by_key(|it| it.0);
        pack(STEP, &self.transitions, &features)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]
fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// Precision, recall and F1 over exact names of a model as it is in the program.
pub(crate) fn measure(texts: &[Text], weights: &Weights<'_>) -> String {
    let mut counts = [[0_usize; 3]; 4];
    for sentence in texts.iter().flatten() {
        let scores: Vec<Scores> = (0..sentence.labels.len())
            .map(|at| {
                let mut sums = [0_i16; WIDE];
                for &feature in sentence.of(at) {
                    weights.add(feature, &mut sums);
                }
                sums.map(|sum| f32::from(sum) * weights.step)
            })
            .collect();
        let found = spans(&best(&scores, &weights.transitions, &mut Vec::new()));
        let gold = spans(&sentence.labels);
        for (set, column) in [(&gold, 1), (&found, 2)] {
            for it in set {
                counts[it.2][column] += 1;
                counts[3][column] += 1;
            }
        }
        for it in found.iter().filter(|it| gold.contains(it)) {
            counts[it.2][0] += 1;
            counts[3][0] += 1;
        }
    }
    let mut out = String::new();
    for (name, [right, gold, system]) in ["PER", "LOC", "ORG", "all"].iter().zip(counts) {
        let (p, r) = (percent(right, system), percent(right, gold));
        let f = percent(2 * right, gold + system);
        let _ = writeln!(out, "{name}  P {p:6.2}  R {r:6.2}  F1 {f:6.2}");
    }
    out
}

/// The names that labels make up.
fn spans(labels: &[u8]) -> Vec<(usize, usize, usize)> {
    let mut out = Vec::new();
    let mut first = 0;
    for (at, &label) in labels.iter().enumerate() {
        let Some((kind, part)) = Label(label).parts() else { continue };
        match part {
            Part::Begin => first = at,
            Part::Inside => {}
            Part::End => out.push((first, at + 1, kind as usize)),
            Part::Single => out.push((at, at + 1, kind as usize)),
        }
    }
    out
}
