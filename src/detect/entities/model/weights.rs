//! The weights in the program, and as a file.
//!
//! The file is read where it stands in the program: nothing is built of it, so the model is there
//! at once and costs the memory of its pages. A feature is known by its hash. The upper bits of
//! the hash choose a bucket, of about nine features; a bucket has the number of its features, their
//! tags (the next 16 bits of the hash), which labels each has a weight for, and these weights in
//! eight bits.

use std::sync::LazyLock;

use super::Label;
use super::lattice::{Scores, Transitions, WIDE};

const PACKED: &[u8] = include_bytes!("../../../../assets/names/weights.bin");

/// Begins the file; the last sign is the version.
const MARK: &[u8; 8] = b"pqnames2";

/// How many features' buckets are asked for before the first is read.
const AT_ONCE: usize = 16;

/// How many bits of a hash choose the bucket.
const BITS: u32 = 14;

/// The weights that the program has.
pub fn weights() -> &'static Weights<'static> {
    static WEIGHTS: LazyLock<Weights<'_>> = LazyLock::new(|| Weights::of(PACKED));
    &WEIGHTS
}

/// The weights of all features.
#[derive(Clone, Debug)]
pub struct Weights<'a> {
    /// Where each bucket begins, and where the last one ends.
    starts: &'a [[u8; 3]],
    buckets: &'a [u8],
    /// How much one step of a weight is worth.
    pub step: f32,
    /// The weights between neighbours.
    pub transitions: Transitions,
}

impl<'a> Weights<'a> {
    /// Adds the weights of a feature, in steps.
    pub fn add(&self, feature: u32, sums: &mut [i16; WIDE]) {
        self.add_all(&[feature], sums);
    }

    /// Adds the weights of some features, in steps. Most of the time goes by until the bucket of a
    /// feature comes from memory, so the buckets of some are asked for before the first is read.
    pub fn add_all(&self, features: &[u32], sums: &mut [i16; WIDE]) {
        for some in features.chunks(AT_ONCE) {
            let mut buckets = [(0, &[][..]); AT_ONCE];
            for (place, &feature) in buckets.iter_mut().zip(some) {
                let bytes = self.bucket(feature).unwrap_or_default();
                *place = bytes.split_first().map_or((0, bytes), |it| (*it.0, it.1));
            }
            for (&(count, bytes), &feature) in buckets.iter().zip(some) {
                let Some((mut labels, weights)) = find(count, bytes, feature) else { continue };
                for &weight in weights {
                    let at = labels.trailing_zeros() as usize % WIDE;
                    sums[at] = sums[at].wrapping_add(i16::from(weight.cast_signed()));
                    labels &= labels.wrapping_sub(1);
                }
            }
        }
    }

    /// The bytes of a feature's bucket.
    fn bucket(&self, feature: u32) -> Option<&'a [u8]> {
        let bucket = bucket(feature);
        let [from, to] = <[_; 2]>::try_from(self.starts.get(bucket..bucket + 2)?).ok()?;
        self.buckets.get(number(from)..number(to))
    }

    /// From the file's bytes. What is damaged leaves a model that finds nothing.
    pub fn of(bytes: &'a [u8]) -> Self {
        Self::read(&mut Input(bytes)).unwrap_or_else(|| Self {
            starts: &[],
            buckets: &[],
            step: 0.0,
            transitions: Transitions::new(&[[0.0; WIDE]; WIDE]),
        })
    }

    fn read(input: &mut Input<'a>) -> Option<Self> {
        (input.take(MARK.len())? == MARK).then_some(())?;
        let step = input.float()?;
        let mut weights = [[0.0; WIDE]; WIDE];
        for row in weights.iter_mut().take(Label::COUNT) {
            for weight in row.iter_mut().take(Label::COUNT) {
                *weight = input.float()?;
            }
        }
        let starts = input.take(3 * ((1 << BITS) + 1))?.as_chunks().0;
        let buckets = input.0;
        (number(*starts.last()?) == buckets.len()).then_some(())?;
        Some(Self { starts, buckets, step, transitions: Transitions::new(&weights) })
    }
}

/// Which labels a feature has weights for, and these; `bytes` is its bucket behind the count.
fn find(count: u8, bytes: &[u8], feature: u32) -> Option<(u16, &[u8])> {
    let (tags, rest) = bytes.split_at_checked(2 * usize::from(count))?;
    let of = |it: &[u8; 2]| u16::from_le_bytes(*it);
    let tag = tag(feature);
    let at = tags.as_chunks().0.iter().position(|it| of(it) == tag)?;
    let (labels, weights) = rest.split_at_checked(tags.len())?;
    let (before, own) = labels.split_at_checked(2 * at)?;
    let own = of(own.first_chunk()?);
    let before = ones(before);
    Some((own, weights.get(before..before + own.count_ones() as usize)?))
}

/// How many bits are set.
fn ones(bytes: &[u8]) -> usize {
    let (eights, rest) = bytes.as_chunks();
    let rest = rest.iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    let eights = eights.iter().map(|&it| u64::from_le_bytes(it));
    eights.chain([rest]).map(|bits| bits.count_ones() as usize).sum()
}

fn number([a, b, c]: [u8; 3]) -> usize {
    u32::from_le_bytes([a, b, c, 0]) as usize
}

fn bucket(feature: u32) -> usize {
    (feature >> (32 - BITS)) as usize
}

fn tag(feature: u32) -> u16 {
    let [low, high, ..] = (feature >> (16 - BITS)).to_le_bytes();
    u16::from_le_bytes([low, high])
}

/// The file that [`Weights::of`] reads; `features` are sorted by hash. Of two that share a bucket
/// and a tag, the first one counts.
pub fn pack(step: f32, transitions: &[Scores; WIDE], features: &[(u32, [i8; WIDE])]) -> Vec<u8> {
    /// More cannot be counted in a byte.
    const MOST: usize = 255;
    let mut out = MARK.to_vec();
    out.extend(step.to_le_bytes());
    for row in transitions.iter().take(Label::COUNT) {
        out.extend(row.iter().take(Label::COUNT).flat_map(|weight| weight.to_le_bytes()));
    }
    let mut buckets: Vec<u8> = Vec::new();
    let mut rest = features;
    let start = |buckets: &[u8]| {
        let [a, b, c, _] = u32::try_from(buckets.len()).unwrap_or(u32::MAX).to_le_bytes();
        [a, b, c]
    };
    for at in 0..1 << BITS {
        out.extend(start(&buckets));
        let (own, others) = rest.split_at(rest.partition_point(|it| bucket(it.0) <= at));
        rest = others;
        let own = &own[..own.len().min(MOST)];
        if own.is_empty() {
            continue;
        }
        buckets.extend(u8::try_from(own.len()));
        buckets.extend(own.iter().flat_map(|it| tag(it.0).to_le_bytes()));
        for (_, weights) in own {
            let labels = (0..Label::COUNT).filter(|&at| weights[at] != 0);
            buckets.extend(labels.fold(0_u16, |bits, at| bits | (1 << at)).to_le_bytes());
        }
        for (_, weights) in own {
            let weights = weights.iter().take(Label::COUNT).filter(|it| **it != 0);
            buckets.extend(weights.map(|it| it.cast_unsigned()));
        }
    }
    out.extend(start(&buckets));
    out.extend(buckets);
    out
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn float(&mut self) -> Option<f32> {
        Some(f32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_found() {
        let mut transitions = [[0.0; WIDE]; WIDE];
        transitions[0][1] = 0.5;
        let mut weights = [0; WIDE];
        (weights[0], weights[12]) = (-127, 5);
        let features: Vec<(u32, [i8; WIDE])> = [0, 7, 9 << 10, 0x8000_0000, u32::MAX]
            .into_iter()
            .zip(0_i8..)
            .map(|(feature, more)| {
                let mut weights = weights;
                weights[4] = more;
                (feature, weights)
            })
            .collect();
        let packed = pack(0.25, &transitions, &features);
        let weights = Weights::of(&packed);
        for ((feature, _), more) in features.iter().zip(0..) {
            let mut sums = [1; WIDE];
            weights.add(*feature, &mut sums);
            assert_eq!((sums[0], sums[1], sums[4], sums[12]), (-126, 1, 1 + more, 6), "{feature}");
        }
        let mut sums = [0; WIDE];
        weights.add(12, &mut sums);
        assert_eq!(sums, [0; WIDE]);
    }

    #[test]
    fn a_damaged_file_is_no_panic() {
        let mut sums = [0; WIDE];
        for length in (0..PACKED.len()).step_by(997) {
            Weights::of(&PACKED[..length]).add(7, &mut sums);
        }
        assert_eq!(sums, [0; WIDE]);
        for seed in 1..40_u8 {
            let mut bytes = PACKED.to_vec();
            for (at, byte) in bytes[MARK.len()..].iter_mut().enumerate() {
                if at % 61 == usize::from(seed) {
                    *byte = byte.wrapping_mul(seed).wrapping_add(1);
                }
            }
            let weights = Weights::of(&bytes);
            for feature in (0..u32::MAX).step_by(1 << 17) {
                weights.add(feature, &mut sums);
            }
        }
    }

    #[test]
    fn the_program_has_its_weights() {
        let weights = weights();
        let full = weights.starts.windows(2).filter(|it| it[0] != it[1]).count();
        assert!(weights.step > 0.0 && full > 1 << 13);
    }
}
