//! How a plain text is set: each line a paragraph, or paragraphs wrapped into lines.
//!
//! Lines that were wrapped are as full as they can be: the first word of the next line would not
//! have fitted. And a line that goes on a sentence mostly begins in lower case. Paragraphs, verse
//! and lists on single lines show neither. The whole text decides, not each paragraph.

use super::bullet;
use super::lines::{Line, columns, lines};

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// The width that the text's lines were wrapped to, in columns; none where every line is a
    /// paragraph.
    pub(super) width: Option<u32>,
    /// The indentation of most of the text, in columns.
    pub(super) indent: u16,
    /// Whether indentation is rare enough to mean something.
    pub(super) indents_mean: bool,
}

impl Layout {
    /// Whether the line is so full that the words of the next one had to go to a new line.
    pub(super) fn is_full(&self, text: &str, line: Line, next: Line) -> bool {
        self.width.is_some_and(|width| reach(text, line, next) > width)
    }
}

/// The columns of a line with the next line's first word.
fn reach(text: &str, line: Line, next: Line) -> u32 {
    let words = next.words(text);
    let end = words.bytes().position(|byte| byte == b' ' || byte == b'\t').unwrap_or(words.len());
    // A text without spaces is broken anywhere.
    let first = columns(words.get(..end).unwrap_or_default()).min(LONG_WORD);
    line.columns(text) + first + 1
}

/// Columns of a word that is no longer moved to the next line as a whole.
const LONG_WORD: u32 = 24;
/// The narrowest and the widest wrapping, in columns.
const WIDTHS: std::ops::RangeInclusive<u32> = 32..=140;
/// How much of a text decides, in bytes.
const LOOKED_AT: usize = 1024 * 1024;

/// Tells how the text is set.
pub(super) fn layout(text: &str) -> Layout {
    let beginning = text.get(..text.floor_char_boundary(LOOKED_AT)).unwrap_or(text);
    let mut counts = Counts::default();
    let mut before: Option<Line> = None;
    for line in lines(beginning) {
        counts.line(beginning, line);
        if let Some(before) = before.filter(|_| !line.after_blank) {
            counts.pair(beginning, before, line);
        }
        before = Some(line);
    }
    let all: u32 = counts.indents.iter().sum();
    let indent =
        (0..u16::MAX).zip(counts.indents).max_by_key(|(at, count)| (*count, u16::MAX - at));
    let (indent, most) = indent.unwrap_or_default();
    Layout { width: counts.width(), indent, indents_mean: most * 10 >= all * 6 }
}

/// What is counted of a text's lines.
struct Counts {
    /// Lines by their columns, the last entry for all that are longer.
    columns: [u32; 256],
    /// Pairs of neighbouring lines by the columns of the first with the next one's first word.
    reaches: [u32; 256],
    /// Columns of text by the indentation of their lines.
    indents: [u32; 16],
    /// Pairs by the columns of the first line.
    pairs: [Pairs; 256],
}

/// Pairs of neighbouring lines.
#[derive(Clone, Copy, Default)]
struct Pairs {
    all: u32,
    /// Those whose second line begins with a letter that has a case.
    cased: u32,
    /// Those in which it is a small one.
    lower: u32,
}

impl Default for Counts {
    fn default() -> Self {
        let pairs = [Pairs::default(); 256];
        Self { columns: [0; 256], reaches: [0; 256], indents: [0; 16], pairs }
    }
}

impl Counts {
    fn line(&mut self, text: &str, line: Line) {
        // An address is not broken, however long it is.
        if line.words(text).contains([' ', '\t']) || !line.words(text).contains("//") {
            self.columns[index(line.columns(text), 256)] += 1;
        }
        self.indents[index(line.indent.into(), 16)] += line.columns(text);
    }

    fn pair(&mut self, text: &str, line: Line, next: Line) {
        // An entry of a list begins a line in any setting.
        if bullet(next.words(text)).is_some() {
            return;
        }
        self.reaches[index(reach(text, line, next), 256)] += 1;
        let pairs = &mut self.pairs[index(line.columns(text), 256)];
        pairs.all += 1;
        let first = next.words(text).chars().find(|c| c.is_alphanumeric());
        if let Some(first) = first.filter(|c| c.is_lowercase() || c.is_uppercase()) {
            pairs.cased += 1;
            pairs.lower += u32::from(first.is_lowercase());
        }
    }

    /// The width that the lines were wrapped to, where they were.
    fn width(&self) -> Option<u32> {
        // A line in fifty may stick out: a table, a word that could not be broken.
        let lines: u32 = self.columns.iter().sum();
        let mut left = lines / 50;
        let widest = (0u32..256).zip(self.columns).rev().find(|&(_, count)| {
            let out = count > left;
            left = left.saturating_sub(count);
            out
        });
        let (width, _) = widest.filter(|(width, _)| WIDTHS.contains(width))?;
        let full: u32 =
            (0..).zip(self.reaches).filter(|(reach, _)| *reach > width).map(|pair| pair.1).sum();
        // Short lines are headings, lists, signatures; only long ones show whether words are moved.
        let long = index(width * 6 / 10, 256);
        let sum = |count: fn(&Pairs) -> u32| self.pairs[long..].iter().map(count).sum::<u32>();
        let (all, cased, lower) = (sum(|it| it.all), sum(|it| it.cased), sum(|it| it.lower));
        let full = full.min(all) * 100 / all.max(1);
        let wrapped = if cased * 2 >= all {
            let goes_on = lower * 100 / cased.max(1);
            // Verse goes on in lower case at best now and then, and its lines are not full.
            goes_on >= 15 && full >= 50 && goes_on + full >= 90
        } else {
            all >= 3 && full >= 70
        };
        (all > 0 && wrapped).then_some(width)
    }
}

fn index(count: u32, entries: usize) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX).min(entries - 1)
}
