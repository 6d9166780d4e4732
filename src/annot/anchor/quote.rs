//! How much speaks for a passage being the one that was meant.

use super::Selector;
use super::fold::fold;
use super::myers::{LONGEST, Pattern};

/// The words of a selector without blanks, ready to be compared.
#[derive(Debug)]
pub(super) struct Quote {
    /// Neighbours before it, the passage, neighbours behind it.
    whole: String,
    start: usize,
    end: usize,
    own: Pattern,
    own_backwards: Pattern,
    /// From the passage outwards.
    before: Pattern,
    behind: Pattern,
}

/// A passage of the new text, without its blanks, that may be the one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What speaks for it; see [`Quote::judge`].
    pub(super) evidence: usize,
}

/// What must speak for a passage, in bytes that agree: a whole side of neighbours, or about 32
/// characters of its own.
const ENOUGH: usize = 26;

impl Quote {
    pub(super) fn new(selector: &Selector) -> Self {
        let backwards = |words: &str| -> Vec<char> {
            words.chars().rev().filter(|c| !super::fold::is_blank(*c)).take(LONGEST).collect()
        };
        // Only so many neighbours are looked at, however many a file has.
        let before = backwards(&selector.prefix);
        let mut whole: String = before.iter().rev().collect();
        let start = whole.len();
        whole.push_str(&fold(&selector.exact));
        let end = whole.len();
        let behind = selector.suffix.chars().filter(|c| !super::fold::is_blank(*c)).take(LONGEST);
        whole.extend(behind);
        let bytes = whole.as_bytes();
        Self {
            start,
            end,
            own: Pattern::new(bytes[start..end].iter().copied()),
            own_backwards: Pattern::new(bytes[start..end].iter().rev().copied()),
            before: Pattern::new(bytes[..start].iter().rev().copied()),
            behind: Pattern::new(bytes[end..].iter().copied()),
            whole,
        }
    }

    /// The passage with its neighbours.
    pub(super) fn whole(&self) -> &[u8] {
        self.whole.as_bytes()
    }

    /// Where the passage stands in [`Self::whole`].
    pub(super) const fn place(&self) -> (usize, usize) {
        (self.start, self.end)
    }

    /// The passage's own words.
    pub(super) fn words(&self) -> &[u8] {
        &self.whole.as_bytes()[self.start..self.end]
    }

    /// Whether the words are few enough to count their errors bit by bit.
    pub(super) const fn is_short(&self) -> bool {
        self.end - self.start <= LONGEST
    }

    /// The errors of a short quote against these words.
    pub(super) fn errors(&self, words: &[u8]) -> usize {
        self.own.distance(words)
    }

    /// Where something like a short quote stands in `text`, the nearest to `near` of the most
    /// similar. Up to half of it may be different; [`Self::judge`] says whether that will do.
    pub(super) fn similar(&self, text: &[u8], near: usize) -> Option<(usize, usize)> {
        let (end, _) = self.own.find(text, self.own.len() / 2, near + self.own.len())?;
        let (_, len) = self.own_backwards.beginning(text[..end].iter().rev().copied());
        Some((end - len, end))
    }

    /// What speaks for a passage at most: everything agrees.
    pub(super) const fn all(&self) -> usize {
        self.own.len() + self.before.len() + self.behind.len()
    }

    /// What must speak for a passage anywhere in the text.
    ///
    /// In a text that is shorter than the neighbours two thirds of all there is must agree, and
    /// where nothing is known but the words, a third may be wrong.
    pub(super) fn enough(&self) -> usize {
        let neighbours = self.before.len() + self.behind.len();
        if neighbours == 0 { self.own.len().div_ceil(3) } else { ENOUGH.min(self.all() * 2 / 3) }
    }

    /// What must speak for a passage that stands between the same passages as before.
    pub(super) fn enough_in_order(&self) -> usize {
        self.enough().div_ceil(2)
    }

    /// What speaks for a passage of `text` whose words have these `errors`, where half of them or
    /// more agree.
    ///
    /// A byte that agrees counts one, a wrong one takes one away, so that two unrelated passages
    /// (of whose bytes about 70 % are errors) have nothing in common. Each side counts by itself
    /// and never less than nothing: whole sentences may have been put in on one side. At most
    /// [`LONGEST`] bytes count of the words and of either side. That gives the bounds for errors
    /// in the words: with both sides intact up to half (as Hypothesis allows), without any 30 % of
    /// long words, less of shorter ones, and none where there are fewer than [`ENOUGH`].
    pub(super) fn judge(
        &self,
        text: &[u8],
        (start, end): (usize, usize),
        errors: usize,
    ) -> Option<Found> {
        let len = self.end - self.start;
        if errors.saturating_mul(2) >= len {
            return None;
        }
        let own = self.own.len() - 2 * errors * self.own.len() / len;
        let before = agreeing(&self.before, text[..start].iter().rev());
        let behind = agreeing(&self.behind, text[end..].iter());
        Some(Found { start, end, evidence: own + before + behind })
    }
}

fn agreeing<'b>(side: &Pattern, text: impl Iterator<Item = &'b u8>) -> usize {
    let (errors, _) = side.beginning(text.copied());
    side.len().saturating_sub(2 * errors)
}
