//! Words with a small number each, in tables of `assets/pack.py`, searched where they stand in the
//! program: nothing is built of them.
//!
//! The upper bits of a word's hash choose a bucket, in which a word has three bytes: its number in
//! the lower bits, and above it a tag, the next bits of the hash. So a word that is in no list is
//! taken for another about once in ten thousand times.

/// Mixes a number into a hash.
pub(crate) const fn mix(hash: u32, more: u32) -> u32 {
    let mixed = (hash ^ more).wrapping_mul(0x9e37_79b1);
    (mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca77)
}

/// The hash of a word: FNV-1a, mixed.
pub(crate) fn hash(bytes: impl IntoIterator<Item = u8>) -> u32 {
    let hash = bytes
        .into_iter()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    mix(hash, 0x5bd1)
}

/// A table of words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed<'a> {
    /// How many bits of a hash choose the bucket.
    bits: u32,
    /// How many bits the numbers have.
    wide: u32,
    /// The first word of each bucket, and the number of all words.
    starts: &'a [[u8; 3]],
    slots: &'a [[u8; 3]],
}

/// Begins a table; the last sign is the version.
const MARK: &[u8; 8] = b"pqwords1";

impl<'a> Packed<'a> {
    /// Reads a table. What is damaged has no words.
    pub(super) const fn of(bytes: &'a [u8]) -> Self {
        match Self::read(bytes) {
            Some(table) => table,
            None => Self { bits: 1, wide: 1, starts: &[], slots: &[] },
        }
    }

    const fn read(bytes: &'a [u8]) -> Option<Self> {
        let Some((mark, rest)) = bytes.split_first_chunk::<{ MARK.len() }>() else { return None };
        let Some(([bits, wide], rest)) = rest.split_first_chunk() else { return None };
        let (bits, wide) = (*bits as u32, *wide as u32);
        if u64::from_le_bytes(*mark) != u64::from_le_bytes(*MARK) || bits == 0 || bits > 20 {
            return None;
        }
        let (numbers, more) = rest.as_chunks();
        let count = (1 << bits) + 1;
        if wide == 0 || wide > 16 || numbers.len() < count || !more.is_empty() {
            return None;
        }
        let (starts, slots) = numbers.split_at(count);
        Some(Self { bits, wide, starts, slots })
    }

    /// How many words it has.
    #[cfg(test)]
    pub(super) const fn len(&self) -> usize {
        self.slots.len()
    }

    /// The number of a word.
    pub(super) fn get(&self, word: &str) -> Option<u32> {
        let hash = hash(word.bytes());
        let bucket = (hash >> (32 - self.bits)) as usize;
        let [from, to] = <[_; 2]>::try_from(self.starts.get(bucket..bucket + 2)?).ok()?;
        let tag_bits = (24 - self.wide).min(32 - self.bits);
        let tag = (hash >> (32 - self.bits - tag_bits)) & ((1 << tag_bits) - 1);
        let slots = self.slots.get(number(from) as usize..number(to) as usize)?;
        let slot = slots.iter().map(|&slot| number(slot)).find(|it| it >> self.wide == tag)?;
        Some(slot & ((1 << self.wide) - 1))
    }
}

const fn number([a, b, c]: [u8; 3]) -> u32 {
    u32::from_le_bytes([a, b, c, 0])
}

/// How many fine groups of words there are.
const FINE: usize = 1024;

const GROUPS: &[u8] = include_bytes!("../../../assets/names/groups.bin");

/// The groups of words that are used alike that a word in lower case is in, a fine and a coarse
/// one; 0 for a word that is in none.
pub fn alike(word: &str) -> (u32, u32) {
    static WORDS: Packed<'_> = Packed::of(GROUPS.split_at(FINE).1);
    let groups = WORDS.get(word).and_then(|fine| Some((fine, *GROUPS.get(fine as usize)?)));
    groups.map_or((0, 0), |(fine, coarse)| (fine + 1, u32::from(coarse) + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_used_alike_share_a_group() {
        for (one, other) in [("monday", "tuesday"), ("france", "germany"), ("said", "told")] {
            let groups = alike(one);
            assert!(groups.0 > 0 && groups.1 > 0, "{one}");
            assert_eq!(groups.1, alike(other).1, "{one}, {other}");
        }
        assert_ne!(alike("monday").1, alike("france").1);
        for word in ["", "qzxv", "monday\t"] {
            assert_eq!(alike(word), (0, 0), "{word}");
        }
    }

    #[test]
    fn every_bucket_is_in_order() {
        let table = Packed::read(&GROUPS[FINE..]).unwrap();
        assert!(table.starts.is_sorted_by_key(|&it| number(it)));
        assert_eq!(number(*table.starts.last().unwrap()) as usize, table.slots.len());
        assert!(table.slots.len() > 80_000);
    }

    #[test]
    fn damaged_tables_are_no_panic() {
        let whole = &GROUPS[FINE..];
        for length in (0..whole.len()).step_by(499) {
            Packed::of(&whole[..length]).get("monday");
        }
        for at in 0..2000 {
            let mut bytes = whole.to_vec();
            bytes[at] ^= 0xff;
            for word in ["monday", "france", "said", "a", "zebra"] {
                Packed::of(&bytes).get(word);
            }
        }
    }
}
