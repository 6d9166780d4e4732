//! The table of contents: title and headings, or the beginnings of paragraphs where an article
//! has no headings; in a book, all chapters with the headings of the one that is open.

use std::borrow::Cow;

use crate::article::{Article, Block, BlockKind};
use crate::text::{TextRange, offset};

/// Where a row of the table of contents leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To a byte of the text.
    Here(u32),
    /// To another chapter of the book, the first being 0.
    Chapter(usize),
}

/// A row of the table of contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutlineRow {
    /// Where it leads.
    pub leads: Leads,
    /// 0 for the title, 1 for the highest heading; how far it is set in.
    pub level: u8,
    /// The words to show; those of another chapter stand in the book's own list.
    pub text: TextRange,
}

impl OutlineRow {
    /// The words to show.
    pub fn words<'a>(&self, article: &'a Article) -> Cow<'a, str> {
        match (self.leads, &article.book) {
            (Leads::Chapter(number), Some(book)) => book.name(number),
            _ => self.text.of(&article.text).into(),
        }
    }
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

    /// Where the chosen row leads.
    pub fn leads(&self) -> Option<Leads> {
        self.rows.get(self.selected).map(|it| it.leads)
    }
}

/// The most bytes of a row's text; it is cut between words. No screen shows more in a line.
const LONGEST: usize = 240;

/// The rows for an article.
///
/// Costs one look at each block and none at the text but for the rows' own words.
pub fn rows(article: &Article) -> Vec<OutlineRow> {
    let Some(book) = article.book.as_ref().filter(|it| it.titles.len() > 1) else {
        return own_rows(article);
    };
    let mut rows = Vec::new();
    for number in 0..book.titles.len() {
        if number != book.open {
            let text = TextRange::new(0, 0);
            rows.push(OutlineRow { leads: Leads::Chapter(number), level: 0, text });
            continue;
        }
        let mut own = own_rows(article);
        // Beginnings of paragraphs among the chapters would be too much.
        let is_heading = |it: &Block| matches!(it.kind, BlockKind::Title | BlockKind::Heading(_));
        if !article.blocks.iter().skip(1).any(is_heading) {
            own.truncate(1);
        }
        // The chapter's own row stands among the others.
        if let Some(first) = own.first_mut() {
            first.level = 0;
        }
        rows.append(&mut own);
    }
    rows
}

fn own_rows(article: &Article) -> Vec<OutlineRow> {
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
        let leads = Leads::Here(block.range.start);
        level(block).map(|level| OutlineRow { leads, level, text })
    };
    article.blocks.iter().filter_map(row).collect()
}

/// The row in whose part the byte `place` lies; the first of this text for a place before all of
/// them.
pub fn row_at(rows: &[OutlineRow], place: u32) -> usize {
    let here = |row: &OutlineRow| matches!(row.leads, Leads::Here(_));
    let before = |row: &OutlineRow| matches!(row.leads, Leads::Here(at) if at <= place);
    let row = rows.iter().rposition(before).or_else(|| rows.iter().position(here));
    row.unwrap_or(0)
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
    use std::sync::Arc;

    use super::*;
    use crate::article::{self, Chapters};

    /// The table as lines, set in by level.
    fn said(article: &Article) -> String {
        let line = |row: &OutlineRow| {
            let words = row.words(article);
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
    fn the_chapters_of_a_book_are_listed() {
        let titles = [Some("Sun".to_owned()), Some("Rain".to_owned()), None];
        let book = Chapters { open: 1, titles: titles.to_vec(), ..Chapters::default() };
        let chapter = Article { book: Some(Arc::new(book.clone())), ..with_headings() };
        assert_eq!(said(&chapter), "Sun\nRain\n  The dam\n    The road\nChapter 3");
        let outline = Outline::new(&chapter, 0);
        assert_eq!((outline.selected, outline.leads()), (1, Some(Leads::Here(0))));
        assert_eq!(rows(&chapter)[4].leads, Leads::Chapter(2));
        let mut plain = article::read(b"It rained.\n\nAll day.".to_vec(), "a.txt").unwrap();
        plain.book = Some(Arc::new(Chapters { open: 2, ..book.clone() }));
        assert_eq!(said(&plain), "Sun\nRain\nIt rained.");
        plain.book = Some(Arc::new(Chapters { titles: vec![None], open: 0, ..book }));
        assert_eq!(said(&plain), "  It rained.\n  All day.");
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
        assert_eq!((outline.selected, outline.top), (0, 0));
        assert_eq!(outline.leads(), Some(Leads::Here(0)));
        outline.step(9);
        outline.keep_in_view(0);
        assert_eq!((outline.selected, outline.top), (2, 2));
        let mut none = Outline::default();
        none.step(1);
        none.keep_in_view(3);
        assert_eq!((none.selected, none.leads()), (0, None));
    }
}
