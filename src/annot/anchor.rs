//! What is written down of a passage so that it can be found again.

use crate::text::TextRange;
use crate::text::units::CodePoints;

/// A passage by its place, its words and its neighbours, as the position and quote selectors of
/// the W3C Web Annotation model say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor<'t> {
    /// First code point.
    pub start: u32,
    /// First code point behind the passage.
    pub end: u32,
    /// The passage's own words.
    pub exact: &'t str,
    /// Up to [`NEIGHBOURS`] code points before it.
    pub prefix: &'t str,
    /// Up to [`NEIGHBOURS`] code points behind it.
    pub suffix: &'t str,
}

/// The same as a value of its own, for a text that is not at hand or not the same any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    /// First code point.
    pub start: u32,
    /// First code point behind the passage.
    pub end: u32,
    /// The passage's own words.
    pub exact: String,
    /// The words before it.
    pub prefix: String,
    /// The words behind it.
    pub suffix: String,
}

impl From<Anchor<'_>> for Selector {
    fn from(it: Anchor<'_>) -> Self {
        Self {
            start: it.start,
            end: it.end,
            exact: it.exact.to_owned(),
            prefix: it.prefix.to_owned(),
            suffix: it.suffix.to_owned(),
        }
    }
}

impl<'t> From<&'t Selector> for Anchor<'t> {
    fn from(it: &'t Selector) -> Self {
        Self {
            start: it.start,
            end: it.end,
            exact: &it.exact,
            prefix: &it.prefix,
            suffix: &it.suffix,
        }
    }
}

/// How many code points of the text are kept on either side of a passage.
pub const NEIGHBOURS: usize = 32;

impl<'t> Anchor<'t> {
    /// The anchor of a passage of `text`, whose code points are `points`.
    pub fn of(text: &'t str, points: &CodePoints<'_>, range: TextRange) -> Self {
        let before = text.get(..range.start as usize).unwrap_or_default();
        let behind = text.get(range.end as usize..).unwrap_or_default();
        let start = before.char_indices().rev().nth(NEIGHBOURS - 1).map_or(0, |(at, _)| at);
        let end = behind.char_indices().nth(NEIGHBOURS).map_or(behind.len(), |(at, _)| at);
        Self {
            start: points.of_byte(range.start),
            end: points.of_byte(range.end),
            exact: range.of(text),
            prefix: before.get(start..).unwrap_or_default(),
            suffix: behind.get(..end).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_parts_are_the_text_around_the_place(
            text in "\\PC{0,120}", one in 0..121_usize, two in 0..121_usize,
        ) {
            let chars: Vec<char> = text.chars().collect();
            let start = one.min(two).min(chars.len());
            let end = one.max(two).min(chars.len());
            let points = CodePoints::new(&text);
            let place = |at: usize| points.to_byte(u32::try_from(at).unwrap());
            let anchor = Anchor::of(&text, &points, TextRange::new(place(start), place(end)));
            let part = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
            prop_assert_eq!((anchor.start as usize, anchor.end as usize), (start, end));
            prop_assert_eq!(anchor.exact, part(start, end));
            prop_assert_eq!(anchor.prefix, part(start.saturating_sub(32), start));
            prop_assert_eq!(anchor.suffix, part(end, (end + 32).min(chars.len())));
        }
    }
}
