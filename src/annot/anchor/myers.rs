//! Approximate matching of short words, sixty-four comparisons in one step.
//!
//! The bit vectors are those of G. Myers, "A fast bit-vector algorithm for approximate string
//! matching based on dynamic programming", Journal of the ACM 46(3), 1999; the form in which the
//! beginning of the text is held fast is H. Hyyrö's, "A bit-vector algorithm for computing
//! Levenshtein and Damerau edit distances", Nordic Journal of Computing 10(1), 2003.

/// The most bytes of a pattern; what is longer is cut off.
pub(super) const LONGEST: usize = 64;

/// Up to [`LONGEST`] bytes to compare with. Errors are bytes put in, left out or replaced.
#[derive(Debug)]
pub(super) struct Pattern {
    /// For every byte, at which places of the pattern it stands.
    places: [u64; 256],
    len: usize,
}

/// One column of the table of edit distances, as the differences between its rows.
struct Column {
    up: u64,
    down: u64,
    errors: usize,
}

impl Pattern {
    pub(super) fn new(bytes: impl IntoIterator<Item = u8>) -> Self {
        let mut places = [0; 256];
        let mut len = 0;
        for byte in bytes.into_iter().take(LONGEST) {
            places[usize::from(byte)] |= 1 << len;
            len += 1;
        }
        Self { places, len }
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Where the passage that is most like the pattern ends, and its errors; `most` at the most.
    /// Of several the one that ends nearest to `near`.
    pub(super) fn find(&self, text: &[u8], most: usize, near: usize) -> Option<(usize, usize)> {
        let mut column = self.column();
        let mut best: Option<(usize, usize)> = None;
        for (at, byte) in text.iter().enumerate() {
            self.step(&mut column, *byte, 0);
            let end = at + 1;
            let better = |(last, errors): (usize, usize)| {
                (column.errors, end.abs_diff(near)) < (errors, last.abs_diff(near))
            };
            if column.errors <= most && best.is_none_or(better) {
                best = Some((end, column.errors));
            }
        }
        best
    }

    /// The errors of the pattern against that beginning of `text` that is most like it, and the
    /// length of this beginning. Of several the one whose length is most like the pattern's.
    pub(super) fn beginning(&self, text: impl IntoIterator<Item = u8>) -> (usize, usize) {
        let mut column = self.column();
        let mut best = (self.len, 0);
        let far = |len: usize| len.abs_diff(self.len);
        // A longer beginning costs more than none.
        for (at, byte) in text.into_iter().take(2 * self.len).enumerate() {
            self.step(&mut column, byte, 1);
            if (column.errors, far(at + 1)) < (best.0, far(best.1)) {
                best = (column.errors, at + 1);
            }
        }
        best
    }

    /// The errors of the pattern against all of `text`.
    pub(super) fn distance(&self, text: &[u8]) -> usize {
        let mut column = self.column();
        for byte in text {
            self.step(&mut column, *byte, 1);
        }
        if self.len == 0 { text.len() } else { column.errors }
    }

    const fn column(&self) -> Column {
        Column { up: u64::MAX, down: 0, errors: self.len }
    }

    /// One byte of the text. `above` is 1 where every byte passed over is an error, 0 where the
    /// match may begin anywhere.
    fn step(&self, column: &mut Column, byte: u8, above: u64) {
        let Column { up, down, .. } = *column;
        let equal = self.places[usize::from(byte)];
        let vertical = equal | down;
        let horizontal = ((equal & up).wrapping_add(up) ^ up) | equal;
        let plus = down | !(horizontal | up);
        let minus = up & horizontal;
        let last = 1_u64.checked_shl(u32::try_from(self.len).unwrap_or(0).wrapping_sub(1));
        let last = last.unwrap_or(0);
        column.errors += usize::from(plus & last != 0);
        column.errors -= usize::from(minus & last != 0);
        let (plus, minus) = ((plus << 1) | above, minus << 1);
        column.up = minus | !(vertical | plus);
        column.down = plus & vertical;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The last row of the table, written down in full.
    fn slow(pattern: &[u8], text: &[u8], above: usize) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut last = vec![pattern.len()];
        for (at, byte) in text.iter().enumerate() {
            let mut diagonal = column[0];
            column[0] = (at + 1) * above;
            for row in 1..=pattern.len() {
                let replaced = diagonal + usize::from(pattern[row - 1] != *byte);
                diagonal = column[row];
                column[row] = replaced.min(column[row] + 1).min(column[row - 1] + 1);
            }
            last.push(column[pattern.len()]);
        }
        last
    }

    proptest! {
        #[test]
        fn the_bits_are_the_table(pattern in "[ab]{0,64}", text in "[abc]{0,150}", near in 0..150_usize) {
            let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
            let bits = Pattern::new(pattern.iter().copied());
            prop_assert_eq!(bits.distance(text), slow(pattern, text, 1)[text.len()]);
            let (errors, len) = bits.beginning(text.iter().copied());
            prop_assert_eq!(Some(errors), slow(pattern, text, 1).into_iter().min());
            prop_assert_eq!(bits.distance(&text[..len]), errors);
            if !pattern.is_empty() {
                let found = bits.find(text, pattern.len() / 3, near);
                let all = slow(pattern, text, 0).into_iter().enumerate().skip(1);
                let best = all.min_by_key(|(end, errors)| (*errors, end.abs_diff(near)));
                prop_assert_eq!(found, best.filter(|(_, errors)| *errors <= pattern.len() / 3));
            }
        }
    }
}
