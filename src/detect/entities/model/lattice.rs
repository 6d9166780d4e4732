//! The most probable labels of a sentence, and how probable each label is at each token.

use super::Label;

/// A number for each label, filled up to what a processor adds at once.
pub type Scores = [f32; WIDE];

/// The labels, filled up.
pub const WIDE: usize = 16;

/// Less than any sum of weights.
pub(super) const NEVER: f32 = -1.0e9;

/// What it says of one label that another stands before it.
#[derive(Clone, Debug)]
pub struct Transitions {
    plain: [Scores; WIDE],
    powers: [Scores; WIDE],
}

impl Transitions {
    /// From the weights of each label before each other; what no sentence has is left out.
    pub fn new(weights: &[Scores; WIDE]) -> Self {
        let mut plain = [[NEVER; WIDE]; WIDE];
        let mut powers = [[0.0; WIDE]; WIDE];
        for from in 0..Label::COUNT {
            for to in 0..Label::COUNT {
                if label(from).allows(label(to)) {
                    plain[from][to] = weights[from][to];
                    powers[from][to] = weights[from][to].exp();
                }
            }
        }
        Self { plain, powers }
    }
}

fn label(at: usize) -> Label {
    Label(u8::try_from(at).unwrap_or(0))
}

/// Whether a sentence may begin with the label.
fn begins(at: usize) -> bool {
    Label::OUTSIDE.allows(label(at))
}

/// Whether a sentence may end with the label.
fn ends(at: usize) -> bool {
    label(at).allows(Label::OUTSIDE)
}

/// The most probable row of labels. `back` is space to work in.
pub fn best(scores: &[Scores], transitions: &Transitions, back: &mut Vec<[u8; WIDE]>) -> Vec<u8> {
    back.clear();
    let Some(first) = scores.first() else { return Vec::new() };
    let mut now = [NEVER; WIDE];
    for at in (0..Label::COUNT).filter(|&at| begins(at)) {
        now[at] = first[at];
    }
    for score in &scores[1..] {
        let mut next = [NEVER * 4.0; WIDE];
        let mut from_of = [0_u8; WIDE];
        for (from, row) in transitions.plain.iter().enumerate().take(Label::COUNT) {
            let base = now[from];
            let number = label(from).0;
            for to in 0..WIDE {
                let sum = base + row[to];
                let better = sum > next[to];
                next[to] = if better { sum } else { next[to] };
                from_of[to] = if better { number } else { from_of[to] };
            }
        }
        for to in 0..WIDE {
            next[to] += score[to];
        }
        back.push(from_of);
        now = next;
    }
    let last = (0..Label::COUNT).filter(|&at| ends(at)).max_by(|&a, &b| now[a].total_cmp(&now[b]));
    let mut at = last.unwrap_or(0);
    let mut labels = vec![label(at).0; scores.len()];
    for (place, from_of) in back.iter().enumerate().rev() {
        at = usize::from(from_of[at]);
        labels[place] = label(at).0;
    }
    labels
}

/// Space for [`probabilities`].
#[derive(Debug, Default)]
pub struct Work {
    powers: Vec<Scores>,
    forward: Vec<Scores>,
}

impl Work {
    /// Weighs all rows up to each token; the logarithm of their sum at the last one.
    fn forward(&mut self, scores: &[Scores], transitions: &Transitions) -> f32 {
        let mut log = 0.0_f32;
        for (place, score) in scores.iter().enumerate() {
            let most = score[..Label::COUNT].iter().copied().fold(f32::MIN, f32::max);
            let mut power = [0.0; WIDE];
            for at in 0..Label::COUNT {
                power[at] = (score[at] - most).exp();
            }
            let mut now = [0.0; WIDE];
            if place == 0 {
                for at in (0..Label::COUNT).filter(|&at| begins(at)) {
                    now[at] = power[at];
                }
            } else {
                let before = self.forward[place - 1];
                for (from, row) in transitions.powers.iter().enumerate().take(Label::COUNT) {
                    for to in 0..WIDE {
                        now[to] += before[from] * row[to];
                    }
                }
                for to in 0..WIDE {
                    now[to] *= power[to];
                }
            }
            let sum: f32 = now.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            log += sum.ln() + most;
            for value in &mut now {
                *value /= sum;
            }
            self.powers.push(power);
            self.forward.push(now);
        }
        log
    }

    /// How probable each pair of labels is at the token before `place` and at `place`, after
    /// [`probabilities`] gave `out`.
    pub fn pairs(&self, place: usize, transitions: &Transitions, out: &[Scores]) -> [Scores; WIDE] {
        let before = &self.forward[place - 1];
        let mut pairs = [[0.0; WIDE]; WIDE];
        let mut sums = [0.0; WIDE];
        for from in 0..Label::COUNT {
            for to in 0..WIDE {
                pairs[from][to] = before[from] * transitions.powers[from][to];
                sums[to] += pairs[from][to];
            }
        }
        for row in &mut pairs {
            for to in 0..WIDE {
                row[to] *= out[place][to] / sums[to].max(f32::MIN_POSITIVE);
            }
        }
        pairs
    }
}

/// Puts the probability of each label at each token into `out`, and gives the logarithm of the
/// sum over all rows of labels.
pub fn probabilities(
    scores: &[Scores],
    transitions: &Transitions,
    work: &mut Work,
    out: &mut Vec<Scores>,
) -> f32 {
    out.clear();
    work.forward.clear();
    work.powers.clear();
    if scores.is_empty() {
        return 0.0;
    }
    let log = work.forward(scores, transitions);
    let mut backward = [0.0; WIDE];
    for at in (0..Label::COUNT).filter(|&at| ends(at)) {
        backward[at] = 1.0;
    }
    let closed: f32 =
        (0..Label::COUNT).map(|at| work.forward[scores.len() - 1][at] * backward[at]).sum();
    out.resize(scores.len(), [0.0; WIDE]);
    for place in (0..scores.len()).rev() {
        let forward = &work.forward[place];
        let mut here = [0.0; WIDE];
        for at in 0..WIDE {
            here[at] = forward[at] * backward[at];
        }
        let sum: f32 = here.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        for value in &mut here {
            *value /= sum;
        }
        out[place] = here;
        let mut ahead = [0.0; WIDE];
        for at in 0..WIDE {
            ahead[at] = backward[at] * work.powers[place][at];
        }
        let mut next = [0.0; WIDE];
        let mut most = 0.0_f32;
        for (from, row) in transitions.powers.iter().enumerate().take(Label::COUNT) {
            next[from] = (0..WIDE).map(|to| row[to] * ahead[to]).sum();
            most = most.max(next[from]);
        }
        for value in &mut next {
            *value /= most.max(f32::MIN_POSITIVE);
        }
        backward = next;
    }
    log + closed.max(f32::MIN_POSITIVE).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All rows of labels of this length that a sentence may have, with their sums.
    fn rows(scores: &[Scores], transitions: &Transitions) -> Vec<(Vec<usize>, f32)> {
        let mut rows: Vec<(Vec<usize>, f32)> = vec![(Vec::new(), 0.0)];
        for score in scores {
            rows = rows
                .into_iter()
                .flat_map(|(row, sum)| {
                    (0..Label::COUNT).filter_map(move |to| {
                        let step = match row.last() {
                            None => begins(to).then_some(0.0),
                            Some(&from) => {
                                label(from).allows(label(to)).then_some(transitions.plain[from][to])
                            }
                        }?;
                        let mut row = row.clone();
                        row.push(to);
                        Some((row, sum + step + score[to]))
                    })
                })
                .collect();
        }
        rows.retain(|(row, _)| row.last().is_none_or(|&at| ends(at)));
        rows
    }

    #[test]
    fn all_rows_of_labels_are_weighed() {
        let number = |seed: usize| {
            let chance = u16::try_from(seed * 2_654_435_761 % 1000).unwrap();
            f32::from(chance) / 250.0 - 2.0
        };
        let weights: [Scores; WIDE] =
            std::array::from_fn(|from| std::array::from_fn(|to| number(from * 31 + to)));
        let transitions = Transitions::new(&weights);
        let scores: Vec<Scores> =
            (0..4).map(|at| std::array::from_fn(|to| number(777 + at * 17 + to))).collect();
        let rows = rows(&scores, &transitions);
        let top = rows.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        let found = best(&scores, &transitions, &mut Vec::new());
        assert!(found.iter().map(|&it| usize::from(it)).eq(top.0.iter().copied()));
        let sum: f32 = rows.iter().map(|row| row.1.exp()).sum();
        let mut out = Vec::new();
        let log = probabilities(&scores, &transitions, &mut Work::default(), &mut out);
        assert!((log - sum.ln()).abs() < 1e-3);
        for (place, here) in out.iter().enumerate() {
            for (at, &have) in here.iter().enumerate().take(Label::COUNT) {
                let with = rows.iter().filter(|row| row.0[place] == at);
                let want = with.map(|row| row.1.exp()).sum::<f32>() / sum;
                assert!((want - have).abs() < 1e-3, "{want} {have}");
            }
        }
    }
}
