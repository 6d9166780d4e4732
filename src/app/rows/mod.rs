//! The rows of the three panels: what stands in them, in which order, and where in the text.
//!
//! Rows hold indexes into the store and are made anew with each of its revisions. Everything
//! that is asked of them between two revisions costs at most the logarithm of their number, so
//! that a key costs the same in a long article as in a short one.

use jiff::civil::Date;
use ratatui::layout::Rect;

use crate::annot::{Annotation, AnnotationId, EntityId, EntityKind, Kind, Store};
use crate::article::Article;
pub use crate::config::Panel;
use crate::text::{TextRange, offset};

mod entities;
mod filters;
mod quotes;
#[cfg(test)]
pub(crate) mod tests;
mod timeline;

pub use filters::{FORMS, Filters, Toggle};
pub use quotes::speaker_name;

impl Panel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Quotes, Self::Entities, Self::Timeline];

    /// The name in its title.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quotes => "Quotes",
            Self::Entities => "Entities",
            Self::Timeline => "Timeline",
        }
    }
}

/// The rows of one panel.
#[derive(Clone, Debug)]
pub struct Rows {
    panel: Panel,
    /// What stands in each row; see [`Row`].
    codes: Vec<u32>,
    headings: Vec<Heading>,
    /// For each heading the number of rows before it that are none.
    before: Vec<u32>,
    /// Of quotes and times: the rows in the order of the text.
    by_place: Vec<u32>,
    mentions: entities::Mentions,
}

/// Marks the code of a heading; the rest is its index. Without it, the code is the index of an
/// annotation, or the number of an entity.
const HEADING: u32 = 1 << 31;

/// What stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A heading, which cannot be selected.
    Heading(Heading),
    /// A quote or a time, as an index into [`Store::annotations`].
    Annotation(u32),
    /// An entity.
    Entity(EntityId),
}

/// What stands above some rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// Who said so many quotes; the name stands in this annotation.
    Speaker {
        /// Index of the speaker's first quote.
        quote: u32,
        /// How many quotes.
        count: u32,
    },
    /// So many quotes of nobody in particular.
    NoSpeaker(u32),
    /// So many entities of a kind.
    Kind(EntityKind, u32),
    /// A year of the calendar.
    Year(i16),
    /// A month of the year above.
    Month(i16, i8),
    /// The article's own day.
    Today(Date),
    /// So many times without a place on the calendar.
    Undated(u32),
}

/// What a row is about, whatever its number: keeps the selection while rows come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKey {
    /// A quote or a time.
    Annotation(AnnotationId),
    /// An entity.
    Entity(EntityId),
    /// A heading, or no row at all.
    Heading,
}

impl Rows {
    /// The rows of a panel as the store stands now. Linear in what is listed, but for sorting.
    pub fn build(panel: Panel, store: &Store, article: &Article, filters: &Filters) -> Self {
        match panel {
            Panel::Quotes => quotes::build(store, filters),
            Panel::Entities => entities::build(store, filters),
            Panel::Timeline => timeline::build(store, article, filters),
        }
    }

    fn new(panel: Panel) -> Self {
        Self {
            panel,
            codes: Vec::new(),
            headings: Vec::new(),
            before: Vec::new(),
            by_place: Vec::new(),
            mentions: entities::Mentions::default(),
        }
    }

    fn push(&mut self, code: u32) {
        self.codes.push(code);
    }

    fn push_heading(&mut self, heading: Heading) {
        self.before.push(offset(self.count()));
        self.codes.push(HEADING | offset(self.headings.len()));
        self.headings.push(heading);
    }

    /// Makes the index by which quotes and times are found by their place.
    fn note_places(&mut self) {
        let rows = self.codes.iter().zip(0_u32..).filter(|(code, _)| **code & HEADING == 0);
        let mut pairs: Vec<u64> =
            rows.map(|(&code, row)| u64::from(code) << 32 | u64::from(row)).collect();
        pairs.sort_unstable();
        // The lower half of each pair is the row.
        let row = |pair| u32::try_from(pair & u64::from(u32::MAX)).unwrap_or_default();
        self.by_place = pairs.into_iter().map(row).collect();
    }

    /// The panel whose rows these are.
    pub fn panel(&self) -> Panel {
        self.panel
    }

    /// How many rows, with headings.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// How many rows that can be selected: quotes, entities, times.
    pub fn count(&self) -> usize {
        self.codes.len() - self.headings.len()
    }

    /// Whether rows stand under headings.
    pub fn has_headings(&self) -> bool {
        !self.headings.is_empty()
    }

    /// Name and count: "Quotes 10".
    pub fn title(&self) -> String {
        format!("{} {}", self.panel.name(), self.count())
    }

    /// What stands in a row.
    pub fn row(&self, row: usize) -> Option<Row> {
        let code = *self.codes.get(row)?;
        if code & HEADING != 0 {
            return self.headings.get((code ^ HEADING) as usize).copied().map(Row::Heading);
        }
        Some(match self.panel {
            Panel::Quotes | Panel::Timeline => Row::Annotation(code),
            Panel::Entities => Row::Entity(EntityId(code)),
        })
    }

    /// Whether a row can be selected; headings cannot.
    pub fn selectable(&self, row: usize) -> bool {
        self.codes.get(row).is_some_and(|code| code & HEADING == 0)
    }

    /// How many rows that can be selected stand before this one.
    pub fn ordinal(&self, row: usize) -> usize {
        let row = row.min(self.len());
        row - first(self.before.len(), |at| self.before[at] as usize + at >= row)
    }

    /// The row that can be selected with this many such rows before it.
    fn nth(&self, ordinal: usize) -> Option<usize> {
        let headings = first(self.before.len(), |at| self.before[at] as usize > ordinal);
        (ordinal < self.count()).then_some(ordinal + headings)
    }

    /// The row to select so many rows further down, or further up where `by` is negative. Skips
    /// headings and stops at the ends. Without a row to begin with, the nearest end.
    pub fn step(&self, row: Option<usize>, by: i64) -> Option<usize> {
        let last = i64::try_from(self.count()).ok()?.checked_sub(1).filter(|it| *it >= 0)?;
        let to = match row {
            Some(row) => i64::try_from(self.ordinal(row)).ok()?.saturating_add(by),
            None if by < 0 => last,
            None => 0,
        };
        self.nth(usize::try_from(to.clamp(0, last)).ok()?)
    }

    /// The first row that can be selected.
    pub fn first(&self) -> Option<usize> {
        self.nth(0)
    }

    /// The last row that can be selected.
    pub fn last(&self) -> Option<usize> {
        self.nth(self.count().checked_sub(1)?)
    }

    /// The row of what stands at the byte `place` of the text: the innermost, where things stand
    /// within each other.
    pub fn here(&self, store: &Store, place: u32) -> Option<usize> {
        // A quote's marks stand outside of its range; no mark and its space is longer.
        let mark = if self.panel == Panel::Quotes { 8 } else { 0 };
        let near = TextRange::new(place.saturating_sub(mark), place.saturating_add(mark + 1));
        let touching = store.touching(near).filter(|(_, it)| whole(it).contains(place));
        let rows = touching.filter_map(|(index, it)| Some((self.row_of(offset(index), it)?, it)));
        // The words of one quote can begin where the marks of another within it do.
        rows.max_by_key(|(_, it)| (it.range.contains(place), it.range.start)).map(|(row, _)| row)
    }

    /// The row to select when the text cursor is at the byte `place`: what stands there, else the
    /// nearest before it, else the first of the text.
    pub fn at(&self, store: &Store, place: u32) -> Option<usize> {
        if let Some(row) = self.here(store, place) {
            return Some(row);
        }
        let starts_behind = |index: u32| {
            let it = store.annotations().get(index as usize);
            it.is_none_or(|it| it.range.start > place)
        };
        match self.panel {
            Panel::Entities => self.mentions.nearest(store, starts_behind),
            Panel::Quotes | Panel::Timeline => {
                let behind =
                    first(self.by_place.len(), |at| starts_behind(self.code(self.by_place[at])));
                self.by_place.get(behind.saturating_sub(1)).map(|row| *row as usize)
            }
        }
    }

    fn code(&self, row: u32) -> u32 {
        self.codes.get(row as usize).copied().unwrap_or(HEADING)
    }

    /// The row of an annotation, where it is listed.
    fn row_of(&self, index: u32, it: &Annotation) -> Option<usize> {
        match (self.panel, it.kind()) {
            (Panel::Entities, Kind::Mention) => {
                let row = self.mentions.row_of(it.mention()?)?;
                let listed = self.mentions.of(row).binary_search(&index).is_ok();
                listed.then_some(row as usize)
            }
            (Panel::Quotes, Kind::Quote) | (Panel::Timeline, Kind::Time) => {
                let at = self.by_place.binary_search_by_key(&index, |&row| self.code(row)).ok()?;
                self.by_place.get(at).map(|row| *row as usize)
            }
            _ => None,
        }
    }

    /// Where a row stands in the text. For an entity the mention at the byte `cursor`, else the
    /// next one, else the last.
    pub fn place(&self, store: &Store, row: usize, cursor: u32) -> Option<TextRange> {
        match self.row(row)? {
            Row::Heading(_) => None,
            Row::Annotation(index) => Some(store.annotations().get(index as usize)?.range),
            Row::Entity(_) => self.mentions.place(store, offset(row), cursor),
        }
    }

    /// The mention of an entity behind the byte `cursor`, and behind the last the first. For
    /// others as [`Self::place`].
    pub fn next_place(&self, store: &Store, row: usize, cursor: u32) -> Option<TextRange> {
        match self.row(row)? {
            Row::Entity(_) => self.mentions.next_place(store, offset(row), cursor),
            Row::Heading(_) | Row::Annotation(_) => self.place(store, row, cursor),
        }
    }

    /// The quote or time of a row. An entity's mentions are many, so it has none: see
    /// [`Self::place`].
    pub fn annotation(&self, store: &Store, row: usize) -> Option<AnnotationId> {
        match self.row(row)? {
            Row::Annotation(index) => Some(store.annotations().get(index as usize)?.id),
            Row::Heading(_) | Row::Entity(_) => None,
        }
    }

    /// The entity of a row.
    pub fn entity(&self, row: usize) -> Option<EntityId> {
        match self.row(row)? {
            Row::Entity(id) => Some(id),
            Row::Heading(_) | Row::Annotation(_) => None,
        }
    }

    /// The mentions of a row's entity that are listed, as indexes into [`Store::annotations`], in
    /// text order. None for other rows.
    pub fn mentions(&self, row: usize) -> &[u32] {
        self.mentions.of(offset(row))
    }

    /// What a row is about.
    pub fn key(&self, store: &Store, row: usize) -> RowKey {
        match self.row(row) {
            Some(Row::Entity(id)) => RowKey::Entity(id),
            _ => self.annotation(store, row).map_or(RowKey::Heading, RowKey::Annotation),
        }
    }

    /// The row that is about this, where it is listed.
    pub fn find(&self, store: &Store, key: RowKey) -> Option<usize> {
        match key {
            RowKey::Annotation(id) => {
                let index = store.position(id)?;
                self.row_of(offset(index), store.annotations().get(index)?)
            }
            RowKey::Entity(id) => self.mentions.row_of(id).map(|row| row as usize),
            RowKey::Heading => None,
        }
    }

    /// The screen rows that a row takes: one, and more for the selected one, which shows its
    /// details below. The same for all widths.
    pub fn height(&self, store: &Store, article: &Article, row: usize, selected: bool) -> u16 {
        if !selected {
            return 1;
        }
        1 + match self.row(row) {
            None | Some(Row::Heading(_)) => 0,
            Some(Row::Entity(id)) => entities::details(store, id),
            Some(Row::Annotation(index)) => {
                let Some(it) = store.annotations().get(index as usize) else { return 1 };
                match self.panel {
                    Panel::Quotes => quotes::details(it),
                    Panel::Timeline => timeline::details(article, store, it),
                    Panel::Entities => 0,
                }
            }
        }
    }
}

/// The first row to show so that the selected one is seen whole in `height` screen rows, with the
/// headings above it where there is room; `top` is what was shown first before. Does not scroll
/// further than the end.
#[expect(clippy::too_many_arguments, reason = "what is shown, and where")]
pub fn keep_in_view(
    rows: &Rows,
    store: &Store,
    article: &Article,
    selected: Option<usize>,
    top: usize,
    height: u16,
) -> usize {
    let room = usize::from(height);
    let Some(selected) = selected.filter(|row| *row < rows.len()) else {
        return top.min(rows.len().saturating_sub(room));
    };
    // What the selected row has more than one screen row.
    let more = usize::from(rows.height(store, article, selected, true)) - 1;
    let more = more.min(room.saturating_sub(1));
    let end = (rows.len() + more).saturating_sub(room);
    let lowest = (selected + more + 1).saturating_sub(room).min(selected);
    let top = top.min(end).clamp(lowest, selected);
    if top < selected {
        return top;
    }
    // Where the selected row comes first in view, what stands over it is wanted, too.
    let headings = (0..top).rev().take_while(|row| !rows.selectable(*row)).take(2).count();
    top - headings.min(room.saturating_sub(more + 1))
}

/// The row that is seen on the screen row `line` of a panel which shows rows from `top` on; for
/// clicks.
#[expect(clippy::too_many_arguments, reason = "what is shown, and where")]
pub fn row_on_line(
    rows: &Rows,
    store: &Store,
    article: &Article,
    selected: Option<usize>,
    top: usize,
    line: u16,
) -> Option<usize> {
    let row = top + usize::from(line);
    let row = match selected {
        Some(selected) if selected >= top && row > selected => {
            let height = usize::from(rows.height(store, article, selected, true));
            (row + 1).saturating_sub(height).max(selected)
        }
        _ => row,
    };
    (row < rows.len()).then_some(row)
}

/// The part of a panel's area that holds its rows: all but its frame, for which a very small one
/// has no room. One row alone is the title's.
pub fn inside(area: Rect) -> Rect {
    let mut inside = area;
    if area.width >= 3 && area.height >= 3 {
        inside.x += 1;
        inside.width -= 2;
        inside.height -= 2;
        inside.y += 1;
    } else if area.height > 0 {
        inside.y += 1;
        inside.height -= 1;
    }
    inside
}

/// The passage of an annotation with its marks.
fn whole(it: &Annotation) -> TextRange {
    it.quote().map_or(it.range, |quote| quote.outer)
}

/// The first of so many indexes for which `holds`, which holds for all behind it, too.
fn first(len: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// What the reader adds to an annotation, in a line: "#war — a note".
pub fn mark_line(it: &Annotation) -> Option<String> {
    let mut parts: Vec<String> = it.tags().iter().map(|tag| format!("#{tag}")).collect();
    if let Some(note) = it.note().lines().next() {
        parts.push(format!("— {note}"));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The rows of [`mark_line`].
fn mark_rows(it: &Annotation) -> u16 {
    u16::from(mark_line(it).is_some())
}

/// The screen rows for why a time was found and what else it nearly was.
pub fn reason_rows(why: &str) -> u16 {
    match why.len() {
        0..=36 => 1,
        37..=76 => 2,
        77..=114 => 3,
        _ => 4,
    }
}

/// The screen rows for a sentence in the details: two where it is too long for one in most panes.
pub fn sentence_rows(sentence: &str) -> u16 {
    if sentence.len() > 36 { 2 } else { 1 }
}
