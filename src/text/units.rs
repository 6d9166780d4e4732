//! Bytes to code points and back, for files and pipes, which count code points.

/// How many code points stand before every 256th byte of a text, so that either unit is found
/// from the other by counting at most 256 bytes.
///
/// An all-ASCII text needs no table at all.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    table: Vec<u32>,
}

const STEP: usize = 256;

impl<'t> CodePoints<'t> {
    /// Counts the text once.
    pub fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text, table: Vec::new() };
        }
        let mut count = 0;
        let table = text
            .as_bytes()
            .chunks(STEP)
            .map(|chunk| {
                let before = count;
                count += starts(chunk);
                before
            })
            .collect();
        Self { text, table }
    }

    /// The code points before a byte position.
    pub fn of_byte(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        if self.table.is_empty() {
            return super::offset(byte);
        }
        let step = (byte / STEP).min(self.table.len() - 1);
        self.table[step] + starts(&self.text.as_bytes()[step * STEP..byte])
    }

    /// The byte position of a code point; the text's end where there are fewer.
    pub fn to_byte(&self, point: u32) -> u32 {
        if self.table.is_empty() {
            return point.min(super::offset(self.text.len()));
        }
        let step = self.table.partition_point(|&before| before <= point).saturating_sub(1);
        let mut left = point - self.table[step];
        for (at, byte) in self.text.as_bytes().iter().enumerate().skip(step * STEP) {
            if is_start(*byte) {
                if left == 0 {
                    return super::offset(at);
                }
                left -= 1;
            }
        }
        super::offset(self.text.len())
    }

    /// All code points of the text.
    pub fn total(&self) -> u32 {
        self.of_byte(super::offset(self.text.len()))
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn starts(bytes: &[u8]) -> u32 {
    super::offset(bytes.iter().filter(|byte| is_start(**byte)).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_ways_agree_with_counting(text in "\\PC{0,400}") {
            let points = CodePoints::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.of_byte(super::super::offset(byte)) as usize, count);
                prop_assert_eq!(points.to_byte(super::super::offset(count)) as usize, byte);
            }
            prop_assert_eq!(points.total() as usize, text.chars().count());
            prop_assert_eq!(points.to_byte(points.total()) as usize, text.len());
        }
    }
}
