//! Quotes, entities and timeline in columns, for people.

use super::Options;
use super::analysis::certainty;
use crate::annot::{Annotation, EntityKind, Kind, Store, timeline};
use crate::article::Article;
use crate::text::glyphs::{fit, visible, width};

/// Three tables, none wider than the columns that there are. Nothing that a terminal would obey
/// is left in them.
pub(super) fn write(article: &Article, store: &Store, options: &Options) -> String {
    let columns = usize::from(options.columns.max(20));
    let meta = &article.meta;
    let title = meta.title.as_deref().unwrap_or(&meta.source);
    let mut out = line(&visible(title), columns);
    let published = store.about().published.or(meta.published);
    if let Some(day) = published {
        out.push_str(&line(&day.to_string(), columns));
    }
    let sheet = Sheet { article, store, options, published };
    let tables = [
        ("Quotes", sheet.quotes(), [3, 4, 2]),
        ("Entities", sheet.entities(), [2, 0, 3]),
        ("Timeline", sheet.times(), [2, 2, 4]),
        ("Highlights", sheet.highlights(), [4, 2, 0]),
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

struct Sheet<'a> {
    article: &'a Article,
    store: &'a Store,
    options: &'a Options,
    published: Option<jiff::civil::Date>,
}

impl<'a> Sheet<'a> {
    fn each(&self, kind: Kind) -> impl Iterator<Item = &'a Annotation> {
        let all = self.store.annotations();
        let these = self.store.of_kind(kind).iter().map(|&at| &all[at as usize]);
        these.filter(|it| self.options.filter.passes(it))
    }

    fn words(&self, it: &Annotation) -> String {
        visible(it.range.of(&self.article.text)).into_owned()
    }

    fn quotes(&self) -> Vec<Cells> {
        let row = |it: &'a Annotation| {
            let quote = it.quote()?;
            let speaker = quote.speaker.as_ref().map_or("", |speaker| {
                let entity = speaker.entity.and_then(|id| self.store.entity(id));
                entity.map_or(&*speaker.name, |entity| &entity.name)
            });
            let speaker = if speaker.is_empty() { "–" } else { speaker };
            let reason = it.rule().unwrap_or("reader");
            let reason = format!("{} {reason} {:.2}", quote.form.name(), certainty(it.confidence));
            Some([visible(speaker).into_owned(), self.words(it), visible(&reason).into_owned()])
        };
        self.each(Kind::Quote).filter_map(row).collect()
    }

    fn entities(&self) -> Vec<Cells> {
        let all = self.store.annotations();
        let mut counted: Vec<_> = self
            .store
            .live_entities()
            .map(|(id, entity)| {
                let mentions = self.store.mentions_of(id).iter().map(|&at| &all[at as usize]);
                let count = mentions.filter(|it| self.options.filter.passes(it)).count();
                (count, entity)
            })
            .filter(|(count, _)| *count > 0)
            .collect();
        let rank = |kind| EntityKind::ALL.iter().position(|it| *it == kind);
        counted.sort_by_key(|(count, entity)| (rank(entity.kind), std::cmp::Reverse(*count)));
        let names = counted.iter().map(|it| it.1.kind.name().len()).max().unwrap_or(0);
        let digits = counted.iter().map(|it| it.0.to_string().len()).max().unwrap_or(0);
        let row = |(count, entity): &(usize, &crate::annot::Entity)| {
            let aliases = entity.aliases.join(", ");
            let kind = format!("{:<names$}  {count:>digits$}", entity.kind.name());
            [visible(&entity.name).into_owned(), kind, visible(&aliases).into_owned()]
        };
        counted.iter().map(row).collect()
    }

    /// In the order of the calendar, with the words around; what has no place there comes last.
    fn times(&self) -> Vec<Cells> {
        let wanted = |it: &Annotation| self.options.filter.passes(it);
        let order = timeline::order(self.store, self.published, wanted);
        let row = |row: &timeline::Row| {
            let it = &self.store.annotations()[row.index as usize];
            let time = it.time()?;
            let mark = if time.inferred { " (inferred)" } else { "" };
            let gist = timeline::gist(self.article, it.range);
            let gist = visible(gist.of(&self.article.text)).into_owned();
            Some([visible(&time.value).into_owned() + mark, self.words(it), gist])
        };
        order.dated.iter().chain(&order.undated).filter_map(row).collect()
    }

    fn highlights(&self) -> Vec<Cells> {
        let row = |it: &'a Annotation| {
            let extra = it.extra.as_deref();
            let tags = extra.map_or_else(String::new, |extra| extra.tags.join(", "));
            let note = extra.map_or("", |extra| &extra.note);
            [self.words(it), visible(&tags).into_owned(), visible(note).into_owned()]
        };
        self.each(Kind::Highlight).map(row).collect()
    }
}

const GAP: usize = 2;

/// Sets rows in columns. A column is as wide as its widest cell while there is room for all; else
/// those with a share give up what is too much for it.
fn set(out: &mut String, rows: &[Cells], shares: [usize; 3], columns: usize) {
    let mut widths = [0; 3];
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell));
        }
    }
    let room = columns.saturating_sub(2 * GAP);
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
fn share(widths: &mut [usize; 3], shares: [usize; 3], mut room: usize) {
    let mut open: Vec<usize> = (0..3).filter(|&at| shares[at] > 0).collect();
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
