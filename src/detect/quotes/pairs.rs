//! Which mark closes which: the quotes of one block.

use super::marks::{Family, Mark, Side};
use crate::text::TextRange;

/// A quote's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// With its marks.
    pub(super) outer: TextRange,
    /// Between its marks, white space included.
    pub(super) inner: TextRange,
    /// How it ends.
    pub(super) end: End,
    /// The marks' family, for paragraphs that go on with the quote.
    pub(super) family: Family,
    /// Whether it opens with a straight mark of the typewriter.
    pub(super) straight: bool,
}

/// How a quote ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// At its closing mark.
    Mark,
    /// At the block's end; the next block may go on with it.
    Block,
    /// Nobody knows: its mark is missing, and the next quote begins.
    NextQuote,
}

/// Quotes in quotes in quotes: nobody writes more, and each level costs a look at every mark.
const DEPTH: usize = 5;

/// An opening mark that waits for its end.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    mark: Mark,
    /// Where the first quote with the same sort of marks begins after it: the latest place where it ends if
    /// its own end is missing.
    next: Option<u32>,
}

/// Pairs the marks of a block that ends at the byte `block_end`. The pairs come in text order.
///
/// Takes time in proportion to the number of marks: at most [`DEPTH`] wait at once.
pub(super) fn of_marks(marks: &[Mark], block_end: u32, pairs: &mut Vec<Pair>) {
    pairs.clear();
    let mut waiting: Vec<Waiting> = Vec::with_capacity(DEPTH);
    for &mark in marks {
        let partner = match mark.side {
            Side::Open => None,
            Side::Close | Side::WeakClose | Side::Either => partner(&waiting, mark),
        };
        if let Some(at) = partner {
            let open = waiting[at].mark;
            waiting.truncate(at);
            pairs.push(Pair {
                outer: TextRange::new(open.start, mark.end()),
                inner: TextRange::new(open.end(), mark.start),
                end: End::Mark,
                family: open.family,
                straight: open.straight,
            });
        } else if matches!(mark.side, Side::Open | Side::Either) {
            begin(&mut waiting, mark, pairs);
        }
    }
    for open in waiting {
        unclosed(open, block_end, pairs);
    }
    pairs.sort_by_key(|pair| (pair.outer.start, u32::MAX - pair.outer.end));
}

/// The waiting mark that `mark` closes: first one of its own sort, else one of its family.
fn partner(waiting: &[Waiting], mark: Mark) -> Option<usize> {
    let own = |it: &Waiting| it.mark.family == mark.family && it.mark.straight == mark.straight;
    waiting
        .iter()
        .rposition(own)
        .or_else(|| waiting.iter().rposition(|it| it.mark.family == mark.family))
}

fn begin(waiting: &mut Vec<Waiting>, mark: Mark, pairs: &mut Vec<Pair>) {
    if mark.family != Family::Single {
        // Marks of another sort are a quote in the quote, not the one after it.
        let same = |open: &&mut Waiting| open.mark.straight == mark.straight;
        for open in waiting.iter_mut().filter(same) {
            open.next.get_or_insert(mark.start);
        }
    }
    if waiting.len() == DEPTH {
        let oldest = waiting.remove(0);
        unclosed(oldest, mark.start, pairs);
    }
    waiting.push(Waiting { mark, next: None });
}

/// A quote without an end. Single marks without one are apostrophes, most of them.
fn unclosed(open: Waiting, block_end: u32, pairs: &mut Vec<Pair>) {
    let mark = open.mark;
    if mark.family == Family::Single && mark.straight {
        return;
    }
    let (end, how) = match open.next {
        Some(next) => (next, End::NextQuote),
        None => (block_end, End::Block),
    };
    let inner = TextRange::new(mark.end(), end.max(mark.end()));
    let outer = TextRange::new(mark.start, inner.end);
    let (family, straight) = (mark.family, mark.straight);
    pairs.push(Pair { outer, inner, end: how, family, straight });
}
