//! The weights in the program, and as a file.
//!
//! A feature is known by its hash. The file has the hashes in order, each as the distance from the
//! one before, then which labels have a weight, then these weights in eight bits. In memory they
//! stand in one table: three bytes of the hash and one weight for each label.

use std::sync::LazyLock;

use super::Label;
use super::lattice::{Scores, Transitions, WIDE};

const PACKED: &[u8] = include_bytes!("../../../../assets/names/weights.bin");

/// Begins the file; the last sign is the version.
const MARK: &[u8; 8] = b"pqnames1";

/// The weights that the program has.
pub fn weights() -> &'static Weights {
    static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::unpack(PACKED));
    &WEIGHTS
}

/// The weights of all features.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Slots of 16 bytes: 3 of the hash, 13 of weights.
    table: Vec<[u8; WIDE]>,
    /// How much one step of a weight is worth.
    pub step: f32,
    /// The weights between neighbours.
    pub transitions: Transitions,
}

/// Bytes of the hash in a slot.
const TAG: usize = WIDE - Label::COUNT;

impl Weights {
    /// Adds the weights of a feature, in steps.
    pub fn add(&self, feature: u32, sums: &mut [i16; WIDE]) {
        if let Some(slot) = self.slot(feature) {
            for at in 0..Label::COUNT {
                sums[at] += i16::from(slot[TAG + at].cast_signed());
            }
        }
    }

    fn slot(&self, feature: u32) -> Option<&[u8; WIDE]> {
        let mask = self.table.len() - 1;
        let tag = tag(feature);
        let mut at = place(feature, self.table.len());
        loop {
            let slot = &self.table[at];
            if slot[..TAG] == tag {
                return Some(slot);
            }
            if slot[..TAG] == [0; TAG] {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    /// From the file's bytes. What is damaged leaves a model that finds nothing.
    pub fn unpack(bytes: &[u8]) -> Self {
        let mut input = Input(bytes);
        Self::read(&mut input).unwrap_or_else(|| Self {
            table: vec![[0; WIDE]; 2],
            step: 0.0,
            transitions: Transitions::new(&[[0.0; WIDE]; WIDE]),
        })
    }

    fn read(input: &mut Input<'_>) -> Option<Self> {
        (input.take(MARK.len())? == MARK).then_some(())?;
        let step = f32::from_bits(input.number()?);
        let mut weights = [[0.0; WIDE]; WIDE];
        for row in weights.iter_mut().take(Label::COUNT) {
            for weight in row.iter_mut().take(Label::COUNT) {
                *weight = f32::from_bits(input.number()?);
            }
        }
        let count = input.number()? as usize;
        let slots = (count * 3 / 2 + 2).next_power_of_two();
        let mut table = vec![[0; WIDE]; slots];
        let mut feature = 0_u32;
        for _ in 0..count {
            feature = feature.checked_add(input.distance()?)?;
            let labels = u16::from_le_bytes(input.take(2)?.try_into().ok()?);
            let mut slot = [0; WIDE];
            slot[..TAG].copy_from_slice(&tag(feature));
            for at in (0..Label::COUNT).filter(|at| labels & (1 << at) != 0) {
                slot[TAG + at] = input.take(1)?[0];
            }
            let mut at = place(feature, slots);
            while table[at][..TAG] != [0; TAG] {
                at = (at + 1) & (slots - 1);
            }
            table[at] = slot;
        }
        Some(Self { table, step, transitions: Transitions::new(&weights) })
    }
}

/// Never zero, which stands for an empty slot.
fn tag(feature: u32) -> [u8; TAG] {
    let [a, b, c, _] = feature.to_le_bytes();
    [a, b, c | u8::from(a == 0 && b == 0 && c == 0)]
}

fn place(feature: u32, slots: usize) -> usize {
    // The upper bits choose the slot, and the lower three bytes tell those apart that share it.
    ((u64::from(feature) * slots as u64) >> 32) as usize
}

/// The file that [`Weights::unpack`] reads; `features` are sorted by hash, without doubles.
pub fn pack(step: f32, transitions: &[Scores; WIDE], features: &[(u32, [i8; WIDE])]) -> Vec<u8> {
    let mut out = MARK.to_vec();
    out.extend(step.to_bits().to_le_bytes());
    for row in transitions.iter().take(Label::COUNT) {
        for weight in row.iter().take(Label::COUNT) {
            out.extend(weight.to_bits().to_le_bytes());
        }
    }
    out.extend(u32::try_from(features.len()).unwrap_or(0).to_le_bytes());
    let mut last = 0;
    for (feature, weights) in features {
        let mut distance = feature - last;
        last = *feature;
        while distance >= 0x80 {
            out.push(distance.to_le_bytes()[0] | 0x80);
            distance >>= 7;
        }
        out.push(distance.to_le_bytes()[0]);
        let labels = (0..Label::COUNT).filter(|&at| weights[at] != 0);
        out.extend(labels.clone().fold(0_u16, |bits, at| bits | (1 << at)).to_le_bytes());
        out.extend(labels.map(|at| weights[at].cast_unsigned()));
    }
    out
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn distance(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let mut transitions = [[0.0; WIDE]; WIDE];
        transitions[0][1] = 0.5;
        let mut weights = [0; WIDE];
        (weights[0], weights[12]) = (-127, 5);
        let features = [(0, weights), (7, weights), (0x8000_0000, weights), (u32::MAX, weights)];
        let packed = pack(0.25, &transitions, &features);
        let unpacked = Weights::unpack(&packed);
        for (feature, _) in features {
            let mut sums = [1; WIDE];
            unpacked.add(feature, &mut sums);
            assert_eq!((sums[0], sums[1], sums[12]), (-126, 1, 6), "{feature}");
        }
        let mut sums = [0; WIDE];
        unpacked.add(8, &mut sums);
        assert_eq!(sums, [0; WIDE]);
    }

    #[test]
    fn a_damaged_file_is_no_panic() {
        for length in 0..PACKED.len().min(3000) {
            let mut sums = [0; WIDE];
            Weights::unpack(&PACKED[..length]).add(7, &mut sums);
            assert_eq!(sums, [0; WIDE]);
        }
    }

    #[test]
    fn the_program_has_its_weights() {
        assert!(weights().step > 0.0 && weights().table.len() > 1 << 15);
    }
}
