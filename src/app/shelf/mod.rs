//! The library's list: which articles it shows, in what order, and what a key does to them.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::lists::List;
use super::prompt::LineEdit;

mod acts;
mod deeds;
mod filter;
pub mod find;
pub mod hits;
pub mod layout;
mod offer;
mod sort;

pub use acts::{FILTER_TITLE, carry, return_to};
pub(super) use acts::{mouse, obeys, paste, press, run, search, summon};
use deeds::Deed;
pub(super) use deeds::{tag, untag};
pub use filter::Filters;
use find::{Finder, Ready};
pub use hits::{Hit, Hits, What};
pub use offer::{Offer, Offered, Standing, give_up};
pub(super) use offer::{add as add_offer, show as show_offer};
pub use sort::{Order, Sort};

/// What the list says of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShelfRow {
    /// Its name in the library.
    pub id: String,
    /// Its title; where it has none, the source is shown.
    pub title: String,
    /// Where it came from.
    pub source: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it; empty where nobody is named.
    pub publisher: String,
    /// The day it was published on.
    pub published: Option<Date>,
    /// When it came into the library.
    pub added: Option<Timestamp>,
    /// When it was read last.
    pub opened: Option<Timestamp>,
    /// How much of it has been read, from 0 to 100.
    pub progress: u8,
    /// How many quotes were found in it.
    pub quotes: u32,
    /// How much the reader marked in it.
    pub marks: u32,
    /// How many proposals nobody has reviewed.
    pub unreviewed: u32,
    /// How many marks have lost their passage.
    pub lost: u32,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether it is in the trash.
    pub trashed: bool,
    /// What it is, where the list is of what feeds offer.
    pub standing: Standing,
    /// Its number in what feeds offer.
    pub offered: Option<u32>,
    /// What a feed says that it is about.
    pub summary: String,
}

impl ShelfRow {
    /// What it is called on the screen.
    pub fn name(&self) -> &str {
        if self.title.trim().is_empty() { &self.source } else { &self.title }
    }
}

/// What of the list has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// The rows.
    #[default]
    Rows,
    /// The line that searches them.
    Query,
    /// The menu of what is listed.
    Filter {
        /// The switch that Space flips.
        selected: usize,
    },
    /// What was found in the texts of all articles.
    Hits,
}

/// The library's list and where the reader is in it.
///
/// Rows never move: what is shown, and in what order, are numbers of rows.
#[derive(Debug)]
pub struct Shelf {
    rows: Vec<ShelfRow>,
    /// What searching and sorting want to know of each row.
    ready: Vec<Ready>,
    /// All rows in the order of the sort.
    sorted: Vec<u32>,
    /// Those that are shown, as they are shown.
    shown: Vec<u32>,
    /// All tags with a `#`, those that are used most first.
    tags: Vec<String>,
    trashed: usize,
    /// What is searched for.
    pub query: LineEdit,
    /// In what order the rows are listed.
    pub order: Order,
    /// What is listed at all.
    pub filters: Filters,
    /// The chosen one of the shown rows, and the first in view.
    pub list: List,
    /// Where marking rows began; all from there to the chosen one are marked.
    pub marking: Option<usize>,
    /// What has the keys.
    pub part: Part,
    /// What was found in the texts.
    pub hits: Option<Hits>,
    /// Whether the rows are still to come.
    pub loading: bool,
    /// Whether leaving the list goes to the article behind it, or out of the program.
    pub back: bool,
    /// Whether the article behind it was opened from it, so that leaving that comes back here.
    pub opened: bool,
    /// What feeds offer, where the list is of that.
    pub offer: Option<Offer>,
    /// The list that leaving this one comes back to.
    pub behind: Option<Box<Shelf>>,
    /// The row that was chosen before the search began.
    before: Option<u32>,
    deeds: Vec<Deed>,
}

impl Default for Shelf {
    /// The list before its rows have come.
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            ready: Vec::new(),
            sorted: Vec::new(),
            shown: Vec::new(),
            tags: Vec::new(),
            trashed: 0,
            query: LineEdit::default(),
            order: Order::default(),
            filters: Filters::default(),
            list: List::default(),
            marking: None,
            part: Part::Rows,
            hits: None,
            loading: true,
            back: false,
            opened: false,
            offer: None,
            behind: None,
            before: None,
            deeds: Vec::new(),
        }
    }
}

impl Shelf {
    /// Takes in the rows, or other ones; what was chosen stays chosen where it is still there.
    pub fn take(&mut self, rows: Vec<ShelfRow>) {
        let id = |at: Option<u32>| at.map(|at| self.rows[at as usize].id.clone());
        let chosen = id(self.chosen());
        let before = id(self.before);
        let marking = id(self.marking.and_then(|at| self.shown.get(at).copied()));
        self.loading = false;
        self.ready = rows.iter().map(Ready::new).collect();
        self.rows = rows;
        self.count();
        self.sorted = sort::sorted(&self.rows, &self.ready, self.order);
        let index: HashMap<&str, u32> =
            (0..).zip(&self.rows).map(|(at, row)| (row.id.as_str(), at)).collect();
        let find = |id: Option<String>| id.and_then(|id| index.get(id.as_str()).copied());
        let (chosen, before, marking) = (find(chosen), find(before), find(marking));
        self.before = before;
        self.arrange(chosen);
        self.marking = marking.and_then(|at| self.shown.iter().position(|it| *it == at));
    }

    /// Counts anew what is told of all rows together.
    fn count(&mut self) {
        self.trashed = self.rows.iter().filter(|it| it.trashed).count();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for tag in self.rows.iter().flat_map(|it| &it.tags) {
            *counts.entry(tag).or_default() += 1;
        }
        let mut tags: Vec<_> = counts.into_iter().collect();
        tags.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        self.tags = tags.into_iter().map(|(tag, _)| format!("#{tag}")).collect();
        let known = &self.tags;
        self.filters.tags.retain(|tag| known.iter().any(|it| it.strip_prefix('#') == Some(tag)));
    }

    /// Chooses anew what is shown and in what order, and chooses this row of it; where it is not
    /// shown, the one that has its place.
    fn arrange(&mut self, chosen: Option<u32>) {
        let passing = self.sorted.iter().copied();
        let passing = passing.filter(|at| self.filters.passes(&self.rows[*at as usize]));
        self.shown = match Finder::new(self.query.text()) {
            None => passing.collect(),
            Some(mut finder) => {
                let score = |at: u32| finder.score(&self.ready[at as usize]).map(|it| (it, at));
                let mut found: Vec<(u32, u32)> = passing.filter_map(score).collect();
                // Stable: among equals the order of the sort holds.
                found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
                found.into_iter().map(|(_, at)| at).collect()
            }
        };
        self.marking = None;
        let place = chosen.and_then(|at| self.shown.iter().position(|it| *it == at));
        let last = self.shown.len().saturating_sub(1);
        self.list.selected = place.unwrap_or(self.list.selected).min(last);
    }

    /// The same when the query is another one: the best match is chosen.
    fn search(&mut self) {
        if self.query.is_empty() {
            self.arrange(self.before);
            return;
        }
        self.list.selected = 0;
        self.arrange(None);
    }

    /// Sorts anew; what is chosen stays chosen.
    fn resort(&mut self) {
        let chosen = self.chosen();
        self.sorted = sort::sorted(&self.rows, &self.ready, self.order);
        self.arrange(chosen);
    }

    /// The number of the row that is chosen.
    fn chosen(&self) -> Option<u32> {
        self.shown.get(self.list.selected).copied()
    }

    /// How many rows are shown.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// How many articles there are beside those in the trash, and how many are in it.
    pub fn counts(&self) -> (usize, usize) {
        (self.rows.len() - self.trashed, self.trashed)
    }

    /// A row that is shown.
    pub fn row(&self, at: usize) -> Option<&ShelfRow> {
        self.shown.get(at).map(|&at| &self.rows[at as usize])
    }

    /// The chosen row.
    pub fn selected(&self) -> Option<&ShelfRow> {
        self.row(self.list.selected)
    }

    /// Whether a shown row is marked.
    pub fn is_marked(&self, at: usize) -> bool {
        let to = self.list.selected;
        self.marking.is_some_and(|from| (from.min(to)..=from.max(to)).contains(&at))
    }

    /// The numbers of the marked rows, or of the chosen one.
    fn targets(&self) -> Vec<u32> {
        let to = self.list.selected;
        let from = self.marking.unwrap_or(to);
        let range = from.min(to)..from.max(to) + 1;
        self.shown.get(range).or(self.shown.get(to..)).unwrap_or_default().to_vec()
    }

    /// All tags, those that are used most first.
    pub fn known_tags(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().filter_map(|it| it.strip_prefix('#'))
    }

    /// The tags that are on any of these articles.
    pub fn tags_on(&self, ids: &[String]) -> Vec<String> {
        let ids: HashSet<&String> = ids.iter().collect();
        let on = self.rows.iter().filter(|it| ids.contains(&it.id));
        let mut tags: Vec<String> = on.flat_map(|it| it.tags.iter().cloned()).collect();
        tags.sort();
        tags.dedup();
        tags
    }

    /// What the menu of filters switches.
    pub fn toggles(&self) -> Vec<super::rows::Toggle<'_>> {
        self.filters.toggles(&self.tags)
    }
}

/// Takes in what was found in the texts, where it is still asked for.
pub(super) fn take_hits(model: &mut super::Model, query: &str, found: Vec<Hit>) {
    let shelf = model.shelf.as_mut().or(model.shelved.as_mut());
    if let Some(hits) = shelf.and_then(|it| it.hits.as_mut()).filter(|it| it.query == query) {
        hits.take(found);
    }
}

/// Keeps the chosen row in view.
pub(super) fn settle(model: &mut super::Model) {
    let Some(shelf) = &mut model.shelf else { return };
    let seen = layout::seen(model.screen, shelf.part);
    shelf.list.keep_in_view(shelf.shown.len(), seen);
    if let Some(hits) = &mut shelf.hits {
        hits.keep_in_view(layout::seen(model.screen, Part::Hits));
    }
    let count = shelf.toggles().len();
    if let Part::Filter { selected } = &mut shelf.part {
        *selected = (*selected).min(count.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests;
