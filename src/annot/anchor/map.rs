//! Which passages of a new text are those of the old one, in the same order.
//!
//! A patience diff (B. Cohen 2008) over winnowed runs of bytes instead of lines: what both texts
//! have exactly once is the same, the longest rising row of it is kept and grown on both sides.
//! First by long runs, then by short ones in what is left between. The time is the texts' length,
//! whatever they hold; a shortest edit script (Myers 1986) would take their length times their
//! difference.

use super::seeds::{Seed, seeds};

/// A passage that both texts have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) len: usize,
}

impl Block {
    const fn old_end(self) -> usize {
        self.old + self.len
    }

    pub(super) const fn new_end(self) -> usize {
        self.new + self.len
    }
}

/// What of one text stands in another, from left to right. The first and the last block may be
/// empty.
#[derive(Debug)]
pub(super) struct Map(Vec<Block>);

/// How long the runs are by which equal passages are found, and the length of text from which on
/// they are used, in bytes.
const WIDTHS: [(usize, usize); 2] = [(32, 1024), (8, 0)];

impl Map {
    pub(super) fn between(old: &[u8], new: &[u8]) -> Self {
        let head = common(old.iter(), new.iter());
        let tail = common(old[head..].iter().rev(), new[head..].iter().rev());
        let mut blocks = vec![
            Block { old: 0, new: 0, len: head },
            Block { old: old.len() - tail, new: new.len() - tail, len: tail },
        ];
        let size = old.len().min(new.len());
        for (width, _) in WIDTHS.into_iter().filter(|(_, least)| *least <= size) {
            let mut more = Vec::with_capacity(blocks.len());
            for pair in blocks.windows(2) {
                more.push(pair[0]);
                let (from, to) = ((pair[0].old_end(), pair[0].new_end()), pair[1]);
                grow(&old[from.0..to.old], &new[from.1..to.new], from, width, &mut more);
            }
            more.extend(blocks.last());
            blocks = more;
        }
        Self(blocks)
    }

    /// All passages that stand in both.
    pub(super) fn blocks(&self) -> &[Block] {
        &self.0
    }

    /// The part of the new text in which a passage of the old one must be, if the order is still
    /// the same.
    pub(super) fn window(&self, start: usize, end: usize) -> (usize, usize) {
        let before = self.0.partition_point(|it| it.old <= start).saturating_sub(1);
        let behind = self.0.partition_point(|it| it.old_end() < end).min(self.0.len() - 1);
        let (before, behind) = (self.0[before], self.0[behind]);
        let low = before.new + (start - before.old.min(start)).min(before.len);
        let high =
            behind.new_end() - (behind.old_end() - end.min(behind.old_end())).min(behind.len);
        (low, high.max(low))
    }

    /// The most likely place of a passage in the new text. An end in what both texts have goes
    /// with it; another keeps its distance from there.
    pub(super) fn place(&self, start: usize, end: usize) -> (usize, usize) {
        let at = self.0.partition_point(|it| it.old <= start).saturating_sub(1);
        let (before, after) = (self.0[at], self.0.get(at + 1));
        let room = after.map_or(before.new_end(), |it| it.new);
        let low = (before.new + (start - before.old.min(start))).min(room.max(before.new_end()));
        let at = self.0.partition_point(|it| it.old_end() < end).min(self.0.len() - 1);
        let behind = self.0[at];
        let room = at.checked_sub(1).map_or(0, |at| self.0[at].new_end());
        let back = behind.old_end() - end.min(behind.old_end());
        let high = behind.new_end().saturating_sub(back).max(room);
        (low, high.max(low))
    }

    /// How many bytes of a passage of the old text stand in the new one as they were.
    pub(super) fn kept(&self, start: usize, end: usize) -> usize {
        let first = self.0.partition_point(|it| it.old_end() <= start);
        let touching = self.0[first..].iter().take_while(|it| it.old < end);
        touching.map(|it| it.old_end().min(end).saturating_sub(it.old.max(start))).sum()
    }
}

fn common<'b>(one: impl Iterator<Item = &'b u8>, two: impl Iterator<Item = &'b u8>) -> usize {
    one.zip(two).take_while(|(one, two)| one == two).count()
}

/// Adds what two parts have in common, from left to right. `from` is where the parts begin in
/// their texts.
fn grow(old: &[u8], new: &[u8], from: (usize, usize), width: usize, blocks: &mut Vec<Block>) {
    if old.len() < width || new.len() < width {
        return;
    }
    let reach = width / 2;
    let both = once_in_both(once(seeds(old, width, reach)), &once(seeds(new, width, reach)));
    let (mut old_end, mut new_end) = (0, 0);
    for (at, to) in rising(&both) {
        if at < old_end || to < new_end || old[at..at + width] != new[to..to + width] {
            continue;
        }
        let back = common(old[old_end..at].iter().rev(), new[new_end..to].iter().rev());
        let len = back + common(old[at..].iter(), new[to..].iter());
        let (at, to) = (at - back, to - back);
        blocks.push(Block { old: from.0 + at, new: from.1 + to, len });
        (old_end, new_end) = (at + len, to + len);
    }
}

/// The runs that stand there exactly once, by their hash.
fn once(mut seeds: Vec<Seed>) -> Vec<Seed> {
    seeds.sort_unstable();
    let groups = seeds.chunk_by(|one, two| one.hash() == two.hash());
    groups.filter(|group| group.len() == 1).filter_map(|group| group.first().copied()).collect()
}

/// Where the runs of both stand, in the order of the old text.
fn once_in_both(old: Vec<Seed>, new: &[Seed]) -> Vec<(usize, usize)> {
    let mut new = new.iter().peekable();
    let mut both = Vec::new();
    for seed in old {
        while new.next_if(|it| it.hash() < seed.hash()).is_some() {}
        if let Some(same) = new.next_if(|it| it.hash() == seed.hash()) {
            both.push((seed.at(), same.at()));
        }
    }
    both.sort_unstable();
    both
}

/// The longest row of pairs that rises on both sides.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For every length the pair with the least end, and for every pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = Vec::with_capacity(pairs.len());
    for (number, (_, new)) in pairs.iter().enumerate() {
        let len = ends.partition_point(|end| pairs[*end].1 < *new);
        before.push(len.checked_sub(1).map(|at| ends[at]));
        match ends.get_mut(len) {
            Some(end) => *end = number,
            None => ends.push(number),
        }
    }
    let mut row: Vec<_> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn passages_go_along() {
        let old = b"one two three four five six seven eight nine";
        let new = b"ONE two three and four six seven eight nine ten";
        let map = Map::between(old, new);
        let words = |start: usize, end: usize| {
            let (low, high) = map.place(start, end);
            String::from_utf8_lossy(&new[low..high]).into_owned()
        };
        assert_eq!(words(4, 13), "two three");
        assert_eq!(words(0, 3), "ONE");
        assert_eq!(words(4, 23), "two three and four");
        assert_eq!(map.window(14, 18), (14, 22));
        assert_eq!(words(28, 44), "seven eight nine");
        assert_eq!(map.kept(8, 18), 6);
        assert_eq!(map.kept(0, 7), 4);
    }

    #[test]
    fn pairs_that_cross_are_not_all_kept() {
        assert_eq!(rising(&[(0, 5), (1, 0), (2, 1), (3, 6), (4, 2)]), [(1, 0), (2, 1), (4, 2)]);
        assert_eq!(rising(&[]), []);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_equal_and_in_order(
            parts in prop::collection::vec(("[ab]{0,40}", any::<bool>(), any::<bool>()), 0..12),
            start in 0..500_usize, len in 0..500_usize,
        ) {
            let side = |left: bool| -> String {
                parts.iter().filter(|it| if left { it.1 } else { it.2 }).map(|it| &*it.0).collect()
            };
            let (old, new) = (side(true), side(false));
            let (old, new) = (old.as_bytes(), new.as_bytes());
            let map = Map::between(old, new);
            for block in map.blocks() {
                prop_assert_eq!(&old[block.old..block.old_end()], &new[block.new..block.new_end()]);
            }
            for pair in map.blocks().windows(2) {
                prop_assert!(pair[0].old_end() <= pair[1].old && pair[0].new_end() <= pair[1].new);
            }
            let start = start.min(old.len());
            let end = (start + len).min(old.len());
            for (low, high) in [map.place(start, end), map.window(start, end)] {
                prop_assert!(low <= high && high <= new.len());
            }
            prop_assert!(map.kept(start, end) <= end - start);
            prop_assert_eq!(map.kept(0, old.len()), map.blocks().iter().map(|it| it.len).sum::<usize>());
        }
    }
}
