//! What a search in the texts, quotes and notes of all articles found.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::app::lists::List;
use crate::app::orders;
use crate::text::TextRange;

/// A place that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The article's name in the library.
    pub id: String,
    /// The article's title.
    pub title: String,
    /// In what.
    pub what: What,
    /// The words around it.
    pub words: String,
    /// The byte of the text to open the article at, where there is one.
    pub place: Option<u32>,
}

/// In what something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A quote.
    Quote,
    /// A note of the reader's.
    Note,
    /// The text.
    Text,
}

impl What {
    /// As a row says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Note => "note",
            Self::Text => "text",
        }
    }
}

/// A row of what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'h> {
    /// An article, above what was found in it: its title and how many places.
    Article(&'h str, usize),
    /// A place.
    Hit(&'h Hit),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// The first hit below and how many there are.
    Heading(usize, usize),
    Hit(usize),
}

/// The list of what was found, under the titles of the articles.
#[derive(Debug)]
pub struct Hits {
    /// What was searched for.
    pub query: String,
    /// Whether the answer is still to come.
    pub waiting: bool,
    /// The chosen row and the first in view.
    pub list: List,
    found: Vec<Hit>,
    rows: Vec<Row>,
}

impl Hits {
    /// Waits for the answer to a query.
    pub fn of(query: &str) -> Self {
        let list = List::default();
        Self { query: query.into(), waiting: true, list, found: Vec::new(), rows: Vec::new() }
    }

    /// Takes in what was found. Articles stand in the order in which they come first.
    pub(super) fn take(&mut self, hits: Vec<Hit>) {
        let mut articles: Vec<Vec<usize>> = Vec::new();
        let mut of: HashMap<&str, usize> = HashMap::new();
        for (at, hit) in hits.iter().enumerate() {
            let article = *of.entry(&hit.id).or_insert(articles.len());
            if article == articles.len() {
                articles.push(Vec::new());
            }
            articles[article].push(at);
        }
        self.rows.clear();
        for article in articles {
            self.rows.push(Row::Heading(article[0], article.len()));
            self.rows.extend(article.into_iter().map(Row::Hit));
        }
        self.found = hits;
        self.waiting = false;
        // The first row is a heading.
        self.list = List { selected: 1, top: 0 };
    }

    /// How many rows there are, with the headings.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many places were found, and in how many articles.
    pub fn counts(&self) -> (usize, usize) {
        (self.found.len(), self.rows.len() - self.found.len())
    }

    /// Which of the places is chosen, counted from 1, and how many there are.
    pub fn position(&self) -> (usize, usize) {
        let before = self.rows.iter().take(self.list.selected + 1);
        let at = before.filter(|it| matches!(it, Row::Hit(_))).count();
        (at, self.found.len())
    }

    /// What a row shows.
    pub fn line(&self, at: usize) -> Option<Line<'_>> {
        Some(match *self.rows.get(at)? {
            Row::Heading(first, count) => Line::Article(&self.found[first].title, count),
            Row::Hit(at) => Line::Hit(&self.found[at]),
        })
    }

    /// The chosen place.
    pub fn selected(&self) -> Option<&Hit> {
        match *self.rows.get(self.list.selected)? {
            Row::Hit(at) => Some(&self.found[at]),
            Row::Heading(..) => None,
        }
    }

    /// Chooses a place so many rows away; headings are stepped over.
    pub(super) fn step(&mut self, by: i64) {
        let to = orders::stepped(self.list.selected, by, self.rows.len());
        let down = (to..self.rows.len()).find(|at| self.is_hit(*at));
        let up = (0..to).rev().find(|at| self.is_hit(*at));
        let beside = if by < 0 { up.or(down) } else { down.or(up) };
        self.list.selected = if self.is_hit(to) { to } else { beside.unwrap_or(0) };
    }

    fn is_hit(&self, at: usize) -> bool {
        matches!(self.rows.get(at), Some(Row::Hit(_)))
    }

    /// Chooses the place of a row; whether it has one.
    pub(super) fn choose(&mut self, at: usize) -> bool {
        if self.is_hit(at) {
            self.list.selected = at;
        }
        self.is_hit(at)
    }

    /// Scrolls so that the chosen row is seen, with the heading above it where that is the first.
    pub(super) fn keep_in_view(&mut self, seen: usize) {
        self.list.keep_in_view(self.rows.len(), seen);
        let heading = self.list.selected.checked_sub(1).filter(|at| !self.is_hit(*at));
        if let Some(heading) = heading.filter(|at| *at < self.list.top && seen > 1) {
            self.list.top = heading;
        }
    }
}

/// The words of a text that begin as one of the searched words does, without regard to capitals.
pub fn found(query: &str, text: &str) -> Vec<TextRange> {
    let query = query.to_lowercase();
    let wanted: Vec<&str> = query.unicode_words().collect();
    let words = text.unicode_word_indices();
    let fits = |word: &str| {
        let word = word.to_lowercase();
        wanted.iter().any(|it| word.starts_with(it))
    };
    let words = words.filter(|(_, word)| fits(word));
    words.map(|(at, word)| TextRange::of_bytes(at, at + word.len())).collect()
}
