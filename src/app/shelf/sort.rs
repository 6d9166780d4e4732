//! The order of the list.

use std::cmp::{Ordering, Reverse};

use super::ShelfRow;
use super::find::Ready;

/// What decides on the order. What is newer, and what has more, comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// When it was read last.
    #[default]
    Opened,
    /// When it came into the library.
    Added,
    /// When it was published.
    Published,
    /// Its title, without regard to capitals.
    Title,
    /// Who published it.
    Publisher,
    /// How much of it has been read.
    Progress,
    /// How much is marked in it.
    Marks,
}

impl Sort {
    /// All of them, in the order in which a key goes through them.
    pub const ALL: [Self; 7] = [
        Self::Opened,
        Self::Added,
        Self::Published,
        Self::Title,
        Self::Publisher,
        Self::Progress,
        Self::Marks,
    ];

    /// As it is said behind "by".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opened => "last opened",
            Self::Added => "added",
            Self::Published => "published",
            Self::Title => "title",
            Self::Publisher => "publisher",
            Self::Progress => "progress",
            Self::Marks => "marks",
        }
    }

    /// The one so many steps behind this one.
    #[must_use]
    pub fn step(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }
}

/// The order that was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// What decides on it.
    pub by: Sort,
    /// Whether it is turned round.
    pub reversed: bool,
}

/// The numbers of all rows in this order. What is not known stands last, whichever way round the
/// order is; equals stand as they were added, the newest first.
pub(super) fn sorted(rows: &[ShelfRow], ready: &[Ready], chosen: Order) -> Vec<u32> {
    let Order { by, reversed } = chosen;
    let mut order: Vec<u32> = (0..).zip(rows).map(|(at, _)| at).collect();
    order.sort_by(|&a, &b| {
        let ((a, one), (b, other)) =
            ((&rows[a as usize], &ready[a as usize]), (&rows[b as usize], &ready[b as usize]));
        let ordering = match by {
            Sort::Opened => known(falling(a.opened), falling(b.opened), reversed),
            Sort::Added => known(falling(a.added), falling(b.added), reversed),
            Sort::Published => known(falling(a.published), falling(b.published), reversed),
            Sort::Title => known(named(&one.title), named(&other.title), reversed),
            Sort::Publisher => known(named(&one.publisher), named(&other.publisher), reversed),
            Sort::Progress => known(falling(Some(a.progress)), falling(Some(b.progress)), reversed),
            Sort::Marks => known(falling(Some(a.marks)), falling(Some(b.marks)), reversed),
        };
        ordering
            .then_with(|| known(falling(a.added), falling(b.added), false))
            .then_with(|| a.offered.cmp(&b.offered))
            .then_with(|| one.title.cmp(&other.title))
            .then_with(|| a.id.cmp(&b.id))
    });
    order
}

fn falling<T>(it: Option<T>) -> Option<Reverse<T>> {
    it.map(Reverse)
}

fn named(name: &str) -> Option<&str> {
    Some(name).filter(|it| !it.is_empty())
}

fn known<T: Ord>(a: Option<T>, b: Option<T>, reversed: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if reversed => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
