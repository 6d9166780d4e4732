//! A half-open range of bytes in an article's text.

/// A passage of the text: from the byte `start` up to and without the byte `end`.
///
/// Both ends lie on character boundaries of the text that the range was made for. Four bytes an
/// end are enough: no source is larger than [`crate::article::LIMIT`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextRange {
    /// First byte of the passage.
    pub start: u32,
    /// First byte behind the passage.
    pub end: u32,
}

/// A byte position as the model keeps it.
///
/// # Panics
/// Where the text is 4 GiB or larger; reading refuses such a source long before.
pub fn offset(byte: usize) -> u32 {
    u32::try_from(byte).expect("sources of 4 GiB are refused when they are read")
}

impl TextRange {
    /// From `start` up to `end`, in bytes.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The same from `usize` positions, as slices and searches give them.
    pub fn of_bytes(start: usize, end: usize) -> Self {
        Self::new(offset(start), offset(end))
    }

    /// The words of this passage. Empty where the range does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.usize()).unwrap_or_default()
    }

    /// The range in the type that slices want.
    pub const fn usize(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether there is nothing between the ends.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the byte at `place` belongs to the passage.
    pub const fn contains(self, place: u32) -> bool {
        self.start <= place && place < self.end
    }

    /// Whether all of `other` lies inside.
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The bytes that both have, where there are any.
    pub fn meet(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }
}
