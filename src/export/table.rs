//! Quotes, entities and timeline in columns, for people.

use super::Options;
use super::analysis::certainty;
use super::rows::Sheet;
use crate::annot::{Annotation, Kind, Store, timeline};
use crate::article::Article;
use crate::text::glyphs::{fit, visible, width};

/// Three tables, none wider than the columns that there are. Nothing that a terminal would obey
/// is left in them.
pub(super) fn write(article: &Article, store: &Store, options: &Options) -> String {
    let columns = usize::from(options.columns.max(20));
    let meta = &article.meta;
    let title = meta.title.as_deref().unwrap_or(&meta.source);
    let mut out = line(&visible(title), columns);
    let sheet = Sheet::new(article, store, options);
    if let Some(day) = sheet.published() {
        out.push_str(&line(&day.to_string(), columns));
    }
    let tables = Tables { sheet, text: &article.text, article };
    let tables = [
        ("Quotes", tables.quotes(), [3, 4, 2]),
        ("Entities", tables.entities(), [2, 0, 3]),
        ("Timeline", tables.times(), [2, 2, 4]),
        ("Highlights", tables.highlights(), [4, 2, 0]),
    ];
    for (heading, rows, shares) in tables {
        if !rows.is_empty() {
            out.push('\n');
            out.push_str(&line(&format!("{heading} ({})", rows.len()), columns));
            set(&mut out, &rows, shares, columns);
        }
    }
    if options.with_text {
        out.push('\n');
        for line in article.text.lines() {
            out.push_str(&visible(line));
            out.push('\n');
        }
    }
    out
}

/// The cells of a row. Their widths may be cut; the last one is left as long as there is room.
type Cells = [String; 3];

struct Tables<'a> {
    sheet: Sheet<'a>,
    text: &'a str,
    article: &'a Article,
}

impl<'a> Tables<'a> {
    fn words(&self, it: &'a Annotation) -> String {
        visible(self.sheet.words(it)).into_owned()
    }

    fn quotes(&self) -> Vec<Cells> {
        let row = |it: &'a Annotation| {
            let quote = it.quote()?;
            let speaker = self.sheet.speaker(quote).unwrap_or("–");
            let reason = it.rule().unwrap_or("reader");
            let reason = format!("{} {reason} {:.2}", quote.form.name(), certainty(it.confidence));
            Some([visible(speaker).into_owned(), self.words(it), visible(&reason).into_owned()])
        };
        self.sheet.of_kind(Kind::Quote).filter_map(row).collect()
    }

    fn entities(&self) -> Vec<Cells> {
        let counted = self.sheet.counted();
        let names = counted.iter().map(|it| it.1.kind.name().len()).max().unwrap_or(0);
        let digits = counted.iter().map(|it| it.0.to_string().len()).max().unwrap_or(0);
        let row = |(count, entity): &(usize, &crate::annot::Entity)| {
            let aliases = entity.aliases.join(", ");
            let kind = format!("{:<names$}  {count:>digits$}", entity.kind.name());
            [visible(&entity.name).into_owned(), kind, visible(&aliases).into_owned()]
        };
        counted.iter().map(row).collect()
    }

    /// In the order of the calendar, with the words around.
    fn times(&self) -> Vec<Cells> {
        let row = |(it, time): (&'a Annotation, &'a crate::annot::Time)| {
            let mark = if time.inferred { " (inferred)" } else { "" };
            let gist = timeline::gist(self.article, it.range);
            let gist = visible(gist.of(self.text)).into_owned();
            [visible(&time.value).into_owned() + mark, self.words(it), gist]
        };
        self.sheet.timeline().map(row).collect()
    }

    fn highlights(&self) -> Vec<Cells> {
        let row = |it: &'a Annotation| {
            let tags = it.tags().join(", ");
            [self.words(it), visible(&tags).into_owned(), visible(it.note()).into_owned()]
        };
        self.sheet.of_kind(Kind::Highlight).map(row).collect()
    }
}

const GAP: usize = 2;

/// Sets rows in columns. A column is as wide as its widest cell while there is room for all; else
/// those with a share give up what is too much for it.
pub fn set<const N: usize>(
    out: &mut String,
    rows: &[[String; N]],
    shares: [usize; N],
    columns: usize,
) {
    let mut widths = [0; N];
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell));
        }
    }
    let room = columns.saturating_sub(N.saturating_sub(1) * GAP);
    if widths.iter().sum::<usize>() > room {
        let fixed: usize = widths.iter().zip(shares).filter(|it| it.1 == 0).map(|it| *it.0).sum();
        share(&mut widths, shares, room.saturating_sub(fixed));
    }
    for row in rows {
        let mut text = String::new();
        for (cell, &wide) in row.iter().zip(&widths) {
            let cell = fit(cell, u16::try_from(wide).unwrap_or(u16::MAX));
            let missing = wide.saturating_sub(width(&cell)) + GAP;
            text.push_str(&cell);
            text.extend(std::iter::repeat_n(' ', missing));
        }
        out.push_str(&line(text.trim_end(), columns));
    }
}

/// Shares out the room: who needs less than their share leaves the rest to the others.
fn share<const N: usize>(widths: &mut [usize; N], shares: [usize; N], mut room: usize) {
    let mut open: Vec<usize> = (0..N).filter(|&at| shares[at] > 0).collect();
    while !open.is_empty() {
        let total: usize = open.iter().map(|&at| shares[at]).sum();
        let part = |at: usize| room * shares[at] / total;
        let Some(small) = open.iter().position(|&at| widths[at] <= part(at)) else {
            for at in open {
                widths[at] = room * shares[at] / total;
            }
            return;
        };
        room -= widths[open.remove(small)];
    }
}

/// One line of output, cut to the columns that there are.
fn line(text: &str, columns: usize) -> String {
    let mut line = fit(text, u16::try_from(columns).unwrap_or(u16::MAX)).into_owned();
    line.push('\n');
    line
}
