//! What is written down of a passage so that it can be found again, and the finding.

use crate::text::TextRange;
use crate::text::units::CodePoints;

mod fold;
mod map;
mod myers;
mod place;
mod quote;
mod seeds;

pub use place::{Placement, Placer};

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

/// An [`Anchor`] that has its words for itself, as files and the library keep it (a
/// `TextPositionSelector` and a `TextQuoteSelector` of the W3C model).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    /// First code point in the text that it was made for.
    pub start: u32,
    /// First code point behind the passage there.
    pub end: u32,
    /// The passage's own words.
    pub exact: String,
    /// What stood before it; [`NEIGHBOURS`] code points where it was made here.
    pub prefix: String,
    /// What stood behind it.
    pub suffix: String,
}

impl From<Anchor<'_>> for Selector {
    fn from(anchor: Anchor<'_>) -> Self {
        Self {
            start: anchor.start,
            end: anchor.end,
            exact: anchor.exact.to_owned(),
            prefix: anchor.prefix.to_owned(),
            suffix: anchor.suffix.to_owned(),
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
mod tests;
