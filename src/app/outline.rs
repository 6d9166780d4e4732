//! The table of contents: title and headings, or the beginnings of paragraphs where an article
//! has no headings; in a book, all chapters with the headings of the one that is open; behind them
//! all links.

use std::borrow::Cow;

use super::layout::Focus;
use super::links::{self, Way};
use super::orders::{InList, in_list};
use super::prompt::{Edited, LineEdit};
use super::{Effect, Mode, Model, chapters, moves, panels};
use crate::article::{Article, Block, BlockKind, Chapters};
use crate::input::{Code, Key};
use crate::text::{TextRange, offset};

/// A row of the table of contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutlineRow {
    /// Where it stands, in bytes.
    pub place: u32,
    /// 0 for the title, 1 for the highest heading; how far it is set in.
    pub level: u8,
    /// The words to show.
    pub text: TextRange,
    /// Which of the article's links it is, where it is one.
    pub link: Option<usize>,
    /// Which other chapter of the book it is, where it is one; it has no place and no words here.
    pub chapter: Option<usize>,
}

impl OutlineRow {
    /// The words to show.
    pub fn words<'a>(&self, article: &'a Article) -> Cow<'a, str> {
        match (self.chapter, &article.book) {
            (Some(number), Some(book)) => book.name(number),
            _ => self.text.of(&article.text).into(),
        }
    }
}

/// The open table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The rows that are shown: headings in the order of the text, then links.
    pub rows: Vec<OutlineRow>,
    /// The chosen row.
    pub selected: usize,
    /// The first row that is seen.
    pub top: usize,
    /// What the rows must have, in their words or in where they lead.
    pub query: LineEdit,
    /// Whether keys go into the query.
    pub typing: bool,
}

impl Outline {
    /// The table of contents with the row chosen in whose part the byte `place` lies.
    pub fn new(article: &Article, place: u32) -> Self {
        let rows = rows(article);
        let selected = row_at(&rows, place);
        // Some rows before the chosen one tell where it stands.
        Self { rows, selected, top: selected.saturating_sub(3), ..Self::default() }
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

    /// The chosen row.
    pub fn chosen(&self) -> Option<OutlineRow> {
        self.rows.get(self.selected).copied()
    }

    /// Takes in pasted text, where something is typed.
    pub(super) fn paste(&mut self, article: &Article, text: &str) {
        if self.typing {
            self.query.paste(text);
            self.filter(article);
        }
    }

    /// Shows the rows that have every word of the query.
    fn filter(&mut self, article: &Article) {
        let query = self.query.text().to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        let has = |row: &OutlineRow| {
            let target = row.link.map_or("", |it| article.links[it].target.as_str());
            let place = format!("{}\n{target}", row.words(article)).to_lowercase();
            words.iter().all(|it| place.contains(it))
        };
        let chosen = self.chosen();
        self.rows = rows(article);
        self.rows.retain(has);
        let same = self.rows.iter().position(|it| Some(*it) == chosen);
        self.selected = same.unwrap_or(0);
    }
}

/// A key in the table of contents.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let page = i64::from(model.screen.1 / 2).max(1);
    let Mode::Outline(outline) = &mut model.mode else { return Vec::new() };
    let arrow = matches!(key.code(), Code::Up | Code::Down | Code::PageUp | Code::PageDown);
    if outline.typing && !arrow {
        match outline.query.press(key) {
            Edited::Changed => outline.filter(&model.article),
            Edited::Submit => outline.typing = false,
            Edited::Cancel => {
                outline.typing = false;
                outline.query.set("");
                outline.filter(&model.article);
            }
            Edited::Moved | Edited::Ignored => {}
        }
        return Vec::new();
    }
    match (key.code(), in_list(key, page)) {
        (Code::Char('/'), _) => outline.typing = true,
        (Code::Char('x'), _) => return open(model, Way::Browser),
        (Code::Char('X'), _) => return open(model, Way::Here),
        (_, InList::By(by)) => outline.step(isize::try_from(by).unwrap_or(0)),
        (_, InList::Take) => return take(model),
        (_, InList::Leave) => model.mode = Mode::Normal,
        (_, InList::Other) => {}
    }
    Vec::new()
}

/// Opens the chosen link.
fn open(model: &mut Model, way: Way) -> Vec<Effect> {
    let Mode::Outline(outline) = &model.mode else { return Vec::new() };
    let Some(link) = outline.chosen().and_then(|it| it.link) else {
        model.complain("this is no link; Enter goes there");
        return Vec::new();
    };
    let target = model.article.links[link].target.clone();
    model.mode = Mode::Normal;
    links::open_target(model, &target, way)
}

/// Goes to the chosen row's place in the text, or opens the chapter that it names.
pub(super) fn take(model: &mut Model) -> Vec<Effect> {
    let Mode::Outline(outline) = &model.mode else { return Vec::new() };
    let chosen = outline.chosen();
    model.mode = Mode::Normal;
    let Some(row) = chosen else { return Vec::new() };
    if let Some(number) = row.chapter {
        let open = model.article.book.as_ref().map_or(0, |it| it.open);
        return chapters::open(model, number, number > open);
    }
    panels::focus(model, Focus::Article);
    moves::far(model, row.place);
    Vec::new()
}

/// The most bytes of a row's text; it is cut between words. No screen shows more in a line.
const LONGEST: usize = 240;

/// The rows for an article.
///
/// Costs one look at each block and each link, and none at the text but for the rows' own words.
pub fn rows(article: &Article) -> Vec<OutlineRow> {
    let links = article.links.iter().enumerate().map(|(at, link)| {
        let text = beginning(&article.text, link.range);
        OutlineRow { place: link.range.start, level: 1, text, link: Some(at), chapter: None }
    });
    let book = article.book.as_ref().filter(|it| it.titles.len() > 1);
    let mut rows = match book {
        Some(book) => with_chapters(article, book),
        None => headings(article),
    };
    rows.extend(links);
    rows
}

/// The chapters of a book, and below the one that is open its headings.
fn with_chapters(article: &Article, book: &Chapters) -> Vec<OutlineRow> {
    let mut rows = Vec::new();
    for number in 0..book.titles.len() {
        if number != book.open {
            let (text, chapter) = (TextRange::new(0, 0), Some(number));
            rows.push(OutlineRow { place: 0, level: 0, text, link: None, chapter });
            continue;
        }
        let mut own = headings(article);
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

/// Title and headings, or else the beginnings of paragraphs.
fn headings(article: &Article) -> Vec<OutlineRow> {
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
        let place = block.range.start;
        level(block).map(|level| OutlineRow { place, level, text, link: None, chapter: None })
    };
    article.blocks.iter().filter_map(row).collect()
}

/// The row in whose part the byte `place` lies; the first of this text for a place before all of
/// them. Links and other chapters have no parts.
pub fn row_at(rows: &[OutlineRow], place: u32) -> usize {
    let here = |row: &OutlineRow| row.link.is_none() && row.chapter.is_none();
    let before = |row: &OutlineRow| here(row) && row.place <= place;
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
    use crate::article;

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
        assert_eq!((outline.selected, outline.chosen().map(|it| it.place)), (1, Some(0)));
        assert_eq!(rows(&chapter)[4].chapter, Some(2));
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
        assert_eq!(outline.chosen().map(|it| it.place), Some(0));
        outline.step(9);
        outline.keep_in_view(0);
        assert_eq!((outline.selected, outline.top), (2, 2));
        let mut none = Outline::default();
        none.step(1);
        none.keep_in_view(3);
        assert_eq!((none.selected, none.chosen()), (0, None));
    }

    fn reader() -> Model {
        let text = "# Ferries\n\nSee the [port](https://a.example/port).\n\n## Fares\n\n\
                    They [rise](https://b.example/) [again](javascript:x).";
        let article = article::read(text.as_bytes().to_vec(), "a.md").unwrap();
        let settings = crate::config::Settings::default();
        Model::new(std::sync::Arc::new(article), settings, (80, 20))
    }

    fn pressed(model: &mut Model, keys: &str) -> Vec<Effect> {
        let keys = crate::input::key::parse(keys).unwrap();
        let press = |key| crate::app::update(model, crate::app::Msg::Key(key));
        keys.into_iter().flat_map(press).collect()
    }

    /// What the open table shows, after these keys.
    #[track_caller]
    fn check(keys: &str, shows: &str) {
        let mut model = reader();
        pressed(&mut model, keys);
        let Mode::Outline(outline) = &model.mode else { panic!("{:?}", model.mode) };
        let rows: Vec<&str> =
            outline.rows.iter().map(|it| it.text.of(&model.article.text)).collect();
        assert_eq!((rows.join(", ").as_str(), outline.selected < rows.len().max(1)), (shows, true));
    }

    #[test]
    fn links_stand_behind_the_headings_and_all_are_filtered() {
        check("o", "Ferries, Fares, port, rise, again");
        check("o/r", "Ferries, Fares, port, rise, again");
        check("o/ri<Enter>", "Ferries, rise, again");
        check("o/A.EXAMPLE", "port");
        check("o/nothing", "");
        check("o/nothing<Esc>", "Ferries, Fares, port, rise, again");
        check("oG/r<BS>", "Ferries, Fares, port, rise, again");
    }

    #[test]
    fn links_are_gone_to_and_opened() {
        let mut model = reader();
        pressed(&mut model, "o/rise<Enter><Enter>");
        assert!(model.article.text.split_at(model.reader.cursor as usize).1.starts_with("rise"));
        let effects = pressed(&mut model, "o/port<Enter>x");
        assert!(matches!(&effects[..], [Effect::Browse(it)] if it == "https://a.example/port"));
        let effects = pressed(&mut model, "o/rise<Enter>X");
        assert!(matches!(&effects[..], [Effect::Open(it)] if it == "https://b.example/"));
        for keys in ["oGx", "oGX", "oggx"] {
            assert!(pressed(&mut model, keys).is_empty(), "{keys}");
            assert!(matches!(model.message, Some(crate::app::Message::Failed(_))), "{keys}");
        }
    }
}
