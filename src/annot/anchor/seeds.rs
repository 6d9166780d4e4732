//! A few well-chosen runs of bytes of a text, by which equal passages of two texts are found
//! without comparing everything with everything.
//!
//! Chosen by winnowing (S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: local algorithms for
//! document fingerprinting", SIGMOD 2003): of every few neighbouring runs the one with the least
//! hash. Equal passages choose equal runs wherever they stand, and every equal passage of at least
//! `width + reach - 1` bytes has one, unless it repeats itself.

/// A run by its hash (upper half) and its first byte (lower half), so that sorting brings equal
/// runs together, in the text's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seed(u64);

impl Seed {
    fn new(hash: u32, at: usize) -> Self {
        Self(u64::from(hash) << 32 | u64::from(crate::text::offset(at)))
    }

    pub(super) const fn hash(self) -> u32 {
        (self.0 >> 32) as u32
    }

    pub(super) const fn at(self) -> usize {
        (self.0 & 0xffff_ffff) as usize
    }

    /// The same run in a text that has so many bytes more before it.
    pub(super) fn behind(self, bytes: usize) -> Self {
        Self::new(self.hash(), self.at() + bytes)
    }
}

/// The most neighbouring runs of which one is chosen.
const REACH: usize = 16;

/// The chosen runs of `width` bytes in the order of the text. `reach` is at most [`REACH`].
pub(super) fn seeds(text: &[u8], width: usize, reach: usize) -> Vec<Seed> {
    let reach = reach.clamp(1, REACH);
    let Some(count) = (text.len() + 1).checked_sub(width).filter(|it| *it > 0) else {
        return Vec::new();
    };
    let mut chosen = Vec::with_capacity(2 * count / (reach + 1) + 1);
    let mut recent = [0_u32; REACH];
    let mut window = Rolling::new(text, width);
    let (mut least, mut at) = (u32::MAX, usize::MAX);
    for run in 0..count {
        let hash = window.hash();
        window.roll();
        recent[run % reach] = hash;
        let before = at;
        if at == usize::MAX || hash < least {
            (least, at) = (hash, run);
        } else if run - at >= reach {
            let seen = (run + 1 - reach..=run).rev();
            at = seen.min_by_key(|run| recent[run % reach]).unwrap_or(run);
            least = recent[at % reach];
        }
        // What is less than what the first few had is only known behind them.
        let complete = run + 1 >= reach || run + 1 == count;
        if complete && (before != at || run + 1 == reach.min(count)) {
            chosen.push(Seed::new(least, at));
        }
    }
    chosen
}

/// A hash of `width` bytes that moves on by one byte at a time (Karp and Rabin 1987).
struct Rolling<'t> {
    text: &'t [u8],
    width: usize,
    at: usize,
    value: u64,
    /// What the byte that leaves is worth.
    leaving: u64,
}

impl<'t> Rolling<'t> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

    fn new(text: &'t [u8], width: usize) -> Self {
        let add = |value: u64, byte: &u8| value.wrapping_mul(Self::BASE).wrapping_add(digit(*byte));
        let value = text.iter().take(width).fold(0, add);
        let leaving = (0..width).fold(1_u64, |it, _| it.wrapping_mul(Self::BASE));
        Self { text, width, at: 0, value, leaving }
    }

    const fn hash(&self) -> u32 {
        // The upper bits depend on all bytes, the lower ones on the last few.
        let mixed = (self.value ^ (self.value >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed >> 32) as u32
    }

    fn roll(&mut self) {
        if let Some(next) = self.text.get(self.at + self.width) {
            let gone = digit(self.text[self.at]).wrapping_mul(self.leaving);
            self.value = self.value.wrapping_mul(Self::BASE).wrapping_add(digit(*next));
            self.value = self.value.wrapping_sub(gone);
        }
        self.at += 1;
    }
}

const fn digit(byte: u8) -> u64 {
    byte as u64 + 1
}

/// The places of all chosen runs, by their hash.
#[derive(Debug)]
pub(super) struct Index {
    seeds: Vec<Seed>,
    /// Where the seeds with the same upper bits of the hash begin; one more for the end.
    table: Vec<u32>,
    /// How many lower bits of the hash the table leaves out.
    lower: u32,
}

impl Index {
    pub(super) fn new(mut seeds: Vec<Seed>) -> Self {
        seeds.sort_unstable();
        let bits = (seeds.len() / 2).max(2).ilog2().min(20);
        let lower = u32::BITS - bits;
        let mut table = Vec::with_capacity((1 << bits) + 1);
        for (at, seed) in seeds.iter().enumerate() {
            while table.len() <= (seed.hash() >> lower) as usize {
                table.push(crate::text::offset(at));
            }
        }
        table.resize((1 << bits) + 1, crate::text::offset(seeds.len()));
        Self { seeds, table, lower }
    }

    /// Up to `most` places where such a run stands: those nearest to `near`.
    pub(super) fn nearest(&self, hash: u32, near: usize, most: usize) -> &[Seed] {
        let group = (hash >> self.lower) as usize;
        let group = &self.seeds[self.table[group] as usize..self.table[group + 1] as usize];
        let rest = &group[group.partition_point(|it| it.hash() < hash)..];
        // Most hashes stand there once or not at all.
        let len = match rest.get(most) {
            Some(seed) if seed.hash() == hash => rest.partition_point(|it| it.hash() == hash),
            _ => rest.iter().take_while(|it| it.hash() == hash).count(),
        };
        let all = &rest[..len];
        if len <= most {
            return all;
        }
        let middle = all.partition_point(|it| it.at() < near);
        let first = middle.saturating_sub(most / 2).min(len - most);
        &all[first..first + most]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_letter_again_and_again_has_few() {
        assert!(seeds(&[b'a'; 1000], 8, 6).len() < 200);
        assert_eq!(seeds(b"abc", 8, 6), []);
        assert_eq!(seeds(b"abcdefgh", 8, 6).len(), 1);
    }

    #[test]
    fn the_nearest_places_are_given() {
        let index = Index::new((0..100).map(|at| Seed::new(at % 2, at as usize)).collect());
        assert_eq!(Index::new(Vec::new()).nearest(1, 0, 9), []);
        let places = |near, most| -> Vec<_> {
            index.nearest(1, near, most).iter().map(|it| it.at()).collect()
        };
        assert_eq!(places(50, 4), [47, 49, 51, 53]);
        assert_eq!(places(0, 2), [1, 3]);
        assert_eq!(places(500, 2), [97, 99]);
        assert_eq!(places(0, 80).len(), 50);
        assert_eq!(index.nearest(7, 0, 2), []);
        assert_eq!(index.nearest(u32::MAX, 0, 2), []);
    }

    proptest! {
        #[test]
        fn equal_passages_share_a_run(before in "[ab]{0,40}", same in "[a-z]{13,30}", behind in "[ab]{0,40}") {
            let own = seeds(same.as_bytes(), 8, 6);
            let index = Index::new(seeds(format!("{before}{same}{behind}").as_bytes(), 8, 6));
            let shared = own.iter().any(|seed| {
                let places = index.nearest(seed.hash(), before.len() + seed.at(), 100);
                places.iter().any(|it| it.at() == before.len() + seed.at())
            });
            prop_assert!(shared);
        }
    }
}
