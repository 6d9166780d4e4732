//! The table of contents: title and headings, or the beginnings of paragraphs where an article
//! has no headings.

use crate::article::{Article, Block, BlockKind};
use crate::text::{TextRange, offset};

/// A row of the table of contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutlineRow {
    /// Where it leads, in bytes.
    pub place: u32,
    /// 0 for the title, 1 for the highest heading; how far it is set in.
    pub level: u8,
    /// The words to show.
    pub text: TextRange,
}

/// The open table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// All rows, in the order of the text.
    pub rows: Vec<OutlineRow>,
    /// The chosen row.
    pub selected: usize,
    /// The first row that is shown.
    pub top: usize,
}

impl Outline {
    /// The table of contents with the row chosen in whose part the byte `place` lies.
    pub fn new(article: &Article, place: u32) -> Self {
        let rows = rows(article);
        let selected = row_at(&rows, place);
        // Some rows before the chosen one tell where it stands.
        Self { rows, selected, top: selected.saturating_sub(3) }
    }

    /// Chooses another row, `by` rows further down or up.
    pub fn step(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Scrolls so that the chosen row is among the `height` rows that are seen.
    pub fn keep_in_view(&mut self, height: usize) {
        let height = height.max(1);
        let (first, last) = ((self.selected + 1).saturating_sub(height), self.selected);
        self.top = self.top.clamp(first, last).min(self.rows.len().saturating_sub(height));
    }

    /// The byte that the chosen row leads to.
    pub fn place(&self) -> Option<u32> {
        self.rows.get(self.selected).map(|it| it.place)
    }
}

/// The most bytes of a row's text; it is cut between words. No screen shows more in a line.
const LONGEST: usize = 240;

/// The rows for an article.
///
/// Costs one look at each block and none at the text but for the rows' own words.
pub fn rows(article: &Article) -> Vec<OutlineRow> {
    let headings = article.blocks.iter().any(|it| matches!(it.kind, BlockKind::Heading(_)));
    let level = |block: &Block| match block.kind {
        BlockKind::Title => Some(0),
        BlockKind::Heading(level) => Some(level),
        BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem | BlockKind::Code
            if !headings =>
        {
            Some(1)
        }
        _ => None,
    };
    let row = |block: &Block| {
        let text = beginning(&article.text, block.range);
        level(block).map(|level| OutlineRow { place: block.range.start, level, text })
    };
    article.blocks.iter().filter_map(row).collect()
}

/// The row in whose part the byte `place` lies; the first for a place before all of them.
pub fn row_at(rows: &[OutlineRow], place: u32) -> usize {
    rows.partition_point(|row| row.place <= place).saturating_sub(1)
}

/// The first words of a block.
fn beginning(text: &str, block: TextRange) -> TextRange {
    if block.len() as usize <= LONGEST {
        return block;
    }
    let start = block.start as usize;
    let end = text.floor_char_boundary(start + LONGEST);
    let words = text.get(start..end).unwrap_or_default();
    let cut = words.rfind(char::is_whitespace).filter(|&at| at > 0).unwrap_or(words.len());
    TextRange::new(block.start, offset(start + cut))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article;

    /// The table as lines, set in by level.
    fn said(article: &Article) -> String {
        let line = |row: &OutlineRow| {
            let words = row.text.of(&article.text);
            format!("{}{words}", "  ".repeat(usize::from(row.level)))
        };
        rows(article).iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn with_headings() -> Article {
        let text =
            "Rain\n\nIt rained.\n\nThe dam\n\nIt held.\n\nThe road\n\nIt did not.".to_owned();
        let kinds = [
            BlockKind::Title,
            BlockKind::Paragraph,
            BlockKind::Heading(1),
            BlockKind::Paragraph,
            BlockKind::Heading(2),
            BlockKind::Paragraph,
        ];
        let mut at = 0;
        let mut blocks = Vec::new();
        for (words, kind) in text.split("\n\n").zip(kinds) {
            blocks.push(Block { kind, range: TextRange::of_bytes(at, at + words.len()) });
            at += words.len() + 2;
        }
        Article { text, blocks, ..Article::default() }
    }

    #[test]
    fn headings_are_listed() {
        assert_eq!(said(&with_headings()), "Rain\n  The dam\n    The road");
    }

    #[test]
    fn without_headings_paragraphs_are() {
        let text = b"The first paragraph has its words.\n\nThe second one has others.".to_vec();
        let article = article::read(text, "a.txt").unwrap();
        assert!(said(&article).ends_with("  The second one has others."), "{}", said(&article));
        let long = article::read("word ".repeat(9000).into_bytes(), "a.txt").unwrap();
        let row = rows(&long)[0];
        assert_eq!((row.text.len(), row.text.of(&long.text).ends_with("word")), (239, true));
    }

    #[test]
    fn the_row_of_the_cursor_is_chosen_and_seen() {
        let article = with_headings();
        let at = |words: &str| offset(article.text.find(words).unwrap());
        let check = |place, row| assert_eq!(Outline::new(&article, place).selected, row);
        check(0, 0);
        check(at("It rained"), 0);
        check(at("dam"), 1);
        check(at("It held"), 1);
        check(at("did not"), 2);
        let mut outline = Outline::new(&article, at("did not"));
        outline.keep_in_view(2);
        assert_eq!(outline.top, 1);
        outline.step(-9);
        outline.keep_in_view(2);
        assert_eq!((outline.selected, outline.top, outline.place()), (0, 0, Some(0)));
        outline.step(9);
        outline.keep_in_view(0);
        assert_eq!((outline.selected, outline.top), (2, 2));
        let mut none = Outline::default();
        none.step(1);
        none.keep_in_view(3);
        assert_eq!((none.selected, none.place()), (0, None));
    }
}
