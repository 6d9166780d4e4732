//! Draws the article's pane: text, marks in the margin, cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen;
use super::theme::{Role, Theme, of_entity, of_quote};
use crate::annot::{Annotation, Body, Review};
use crate::app::layout::{self, Focus};
use crate::app::links::{self, Lettered};
use crate::app::page::Row;
use crate::app::{Mode, Model};
use crate::article::BlockKind;
use crate::config::{Ink, Names};
use crate::text::{self, Line, TextRange};

/// A passage of the view and what it is painted as; a highlight with its colour.
type Span<'m> = (TextRange, Role, Option<&'m Ink>);

/// Draws what [`crate::app::reader::Reader::settle`] brought into view.
pub fn draw(model: &Model, theme: &Theme, pane: Rect, buffer: &mut Buffer) {
    let area = layout::text_area(pane, model.settings.reader.column);
    let mut spans = spans(model);
    let letters = match &model.mode {
        Mode::Links(typed) => links::lettered(model)
            .into_iter()
            .filter(|it| it.letters.starts_with(typed.as_str()))
            .collect(),
        _ => Vec::new(),
    };
    // By start, so that the loop over the lines can stop early.
    spans.sort_by_key(|(range, ..)| range.start);
    for (y, row) in (area.y..area.bottom()).zip(&model.reader.rows) {
        let Row::Line { line, block, indent, last } = *row else { continue };
        let here: Vec<Span> = spans
            .iter()
            .take_while(|(range, ..)| range.start < line.range.end)
            .filter(|(range, ..)| range.overlaps(line.range))
            .copied()
            .collect();
        let place = Rect { y, height: 1, ..area };
        gutter(theme, pane, place, &here, buffer);
        let start = buffer.index_of(place.x, place.y);
        let letters = letters.as_slice();
        let mut writer = Writer { model, theme, buffer, area: place, start, letters };
        writer.line(line, (block, last), indent, &here);
    }
}

/// Everything in view that is painted.
fn spans(model: &Model) -> Vec<Span<'_>> {
    let view = model.reader.view();
    let cursor = model.reader.cursor;
    let mut spans = Vec::new();
    for (at, it) in model.store.touching(view) {
        if it.review == Review::Rejected {
            continue;
        }
        let colour = it.extra.as_ref().and_then(|extra| extra.colour.as_ref());
        let ink = colour.and_then(|name| model.settings.highlights.named(name));
        let role = role(model, at, it);
        if let Some(role) = role.filter(|role| *role != Role::Highlight) {
            spans.push((painted(it), role, None));
        }
        if role == Some(Role::Highlight) || colour.is_some() {
            spans.push((it.range, Role::Highlight, ink));
        }
        if (role.is_some() || colour.is_some()) && it.range.contains(cursor) {
            spans.push((it.range, Role::CurrentAnnotation, None));
        }
    }
    if model.settings.view.links {
        let links = links::within(&model.article, view);
        spans.extend(links.map(|(_, link)| (link.range, Role::Link, None)));
    }
    if let Some(search) = &model.search {
        for found in search.pattern.matches_in(&model.article.text, view) {
            let current = found.contains(cursor);
            spans.push((found, if current { Role::CurrentMatch } else { Role::Match }, None));
        }
    }
    if let Some(selected) = model.reader.selected(&model.article) {
        spans.push((selected, Role::Selection, None));
    }
    if model.focus == Focus::Article {
        let line = model.reader.rows.iter().find_map(|row| match row {
            Row::Line { line, .. } if line.range.contains(cursor) => Some(line.range),
            Row::Line { .. } | Row::Blank => None,
        });
        spans.extend(line.map(|line| (line, Role::CursorLine, None)));
    }
    let end = crate::app::reader::glyph_end(&model.article, cursor);
    spans.push((TextRange::new(cursor, end), Role::Cursor, None));
    spans
}

fn painted(it: &Annotation) -> TextRange {
    it.quote().map_or(it.range, |quote| quote.outer)
}

fn role(model: &Model, at: usize, it: &Annotation) -> Option<Role> {
    let view = &model.settings.view;
    match &it.body {
        Body::Quote(quote) => view.quotes.then(|| of_quote(quote.form)),
        Body::Time(_) => view.times.then_some(Role::Time),
        Body::Highlight => Some(Role::Highlight),
        Body::Mention(entity) => {
            let first = || model.store.mentions_of(*entity).first() == Some(&text::offset(at));
            let wanted = match view.names {
                Names::All => true,
                Names::First => first(),
                Names::None => false,
            };
            let entity = model.store.entity(*entity).filter(|_| wanted)?;
            Some(of_entity(entity.kind))
        }
    }
}

/// Signs left of a line: what sort of quote runs through it, and whether it holds a time.
fn gutter(theme: &Theme, pane: Rect, line: Rect, spans: &[Span<'_>], buffer: &mut Buffer) {
    let find = |roles: &[Role]| spans.iter().find(|(_, role, _)| roles.contains(role));
    let sign = |roles: &[Role]| find(roles).map(|it| it.1);
    let near = sign(&[Role::Match, Role::CurrentMatch])
        .or_else(|| sign(&[Role::QuoteDirect, Role::QuoteBlock]))
        .or_else(|| sign(&[Role::QuotePartial, Role::QuoteScare]));
    let far = sign(&[Role::Highlight]).or_else(|| sign(&[Role::Time]));
    for (role, left) in [(near, 1), (far, 2)] {
        let Some((role, glyph)) = role.and_then(|it| Some((it, theme.glyph(it)?))) else {
            continue;
        };
        let Some(x) = line.x.checked_sub(left).filter(|&x| x >= pane.x) else { continue };
        let ink = find(&[role]).and_then(|it| it.2);
        match ink.filter(|_| role == Role::Highlight) {
            Some(ink) => {
                let style = theme.inked(&[Role::Highlight], ink.paint);
                buffer.set_stringn(x, line.y, &ink.glyph, 1, style);
            }
            None => {
                buffer.set_stringn(x, line.y, glyph, 1, theme.style(role));
            }
        }
    }
}

struct Writer<'a, 'b> {
    model: &'a Model,
    theme: &'a Theme,
    buffer: &'b mut Buffer,
    area: Rect,
    /// Where the line's first cell is among all.
    start: usize,
    /// What stands over the links in view, in their order.
    letters: &'a [Lettered],
}

impl Writer<'_, '_> {
    /// Draws a line of a block; the last one of it is never stretched.
    fn line(&mut self, line: Line, (block, last): (usize, bool), indent: u16, spans: &[Span<'_>]) {
        let article = &self.model.article;
        let kind = article.blocks[block].kind;
        let base = base(kind);
        let brush = Brush { theme: self.theme, base, spans, until: 0, style: Style::default() };
        if kind == BlockKind::Picture
            && let Some(said) = article.picture_at(line.range.start)
        {
            return self.picture(&said, line.range.start, indent, brush);
        }
        let how = self.model.reader.page().wrapping(article, block);
        let gaps = if self.model.settings.reader.justify && !last {
            text::wrap::justify(&article.text, &line, how)
        } else {
            Vec::new()
        };
        let mut x = self.area.x.saturating_add(indent);
        let mut columns = 0;
        let mut wide = gaps.iter().peekable();
        let letters = self.letters;
        let letters = letters.iter().filter(|it| line.range.contains(it.place));
        let mut letters = letters.peekable();
        let mut over = Vec::new();
        let mut brush = brush;
        for glyph in text::glyphs_in(&article.text, line.range, how.setting) {
            // White space that hangs over the end is not painted: an underline would show it. Of a
            // line that has nothing else, the first is: the cursor may stand on it.
            if glyph.is_space() && columns >= line.columns.max(1) {
                break;
            }
            columns += u16::from(glyph.columns);
            while let Some(it) = letters.next_if(|it| it.place <= glyph.range.start) {
                over.push((x, it.letters.as_str()));
            }
            let style = brush.at(glyph.range.start);
            self.put(x, glyph.shown, glyph.columns, style);
            x = x.saturating_add(u16::from(glyph.columns));
            if let Some((_, extra)) = wide.next_if(|(at, _)| glyph.range.contains(*at)) {
                for _ in 0..*extra {
                    self.put(x, " ", 1, style);
                    x = x.saturating_add(1);
                }
            }
        }
        if line.hyphen {
            let style = brush.at(line.range.end.saturating_sub(1));
            // The white space at the line's end is not there where a word was divided.
            self.put(x, "-", 1, style);
        }
        for (mut x, letters) in over {
            for letter in letters.chars() {
                self.put(x, letter.encode_utf8(&mut [0; 4]), 1, self.theme.style(Role::Hint));
                x = x.saturating_add(1);
            }
        }
    }

    /// Draws what is said of a picture, as much as has room.
    fn picture(&mut self, said: &str, place: u32, indent: u16, mut brush: Brush<'_>) {
        let style = brush.at(place);
        let mut x = self.area.x.saturating_add(indent);
        let room = self.area.right().saturating_sub(x);
        let whole = text::width(said) <= usize::from(room);
        let last = self.area.right().saturating_sub(u16::from(!whole));
        for glyph in text::glyphs(said) {
            let columns = u16::from(glyph.columns);
            if x.saturating_add(columns) > last {
                break;
            }
            self.put(x, glyph.shown, glyph.columns, style);
            x = x.saturating_add(columns);
        }
        if !whole {
            self.put(x, "…", 1, style);
        }
    }

    fn put(&mut self, x: u16, shown: &str, columns: u8, style: Style) {
        let right = self.area.right().min(x.saturating_add(columns.into()));
        let Some(columns) = right.checked_sub(x).filter(|it| u16::from(columns) == *it) else {
            return;
        };
        // The cells of a line stand one behind the other.
        let at = self.start + usize::from(x - self.area.x);
        pen::show(&mut self.buffer.content[at..at + usize::from(columns)], shown, style);
    }
}

const fn base(kind: BlockKind) -> Role {
    match kind {
        BlockKind::Title => Role::Title,
        BlockKind::Heading(_) => Role::Heading,
        BlockKind::Byline
        | BlockKind::Dateline
        | BlockKind::Credit
        | BlockKind::Picture
        | BlockKind::Caption => Role::Muted,
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote | BlockKind::Code => {
            Role::Text
        }
    }
}

/// The style at a place, worked out anew only where a span begins or ends.
struct Brush<'a> {
    theme: &'a Theme,
    base: Role,
    spans: &'a [Span<'a>],
    until: u32,
    style: Style,
}

impl Brush<'_> {
    fn at(&mut self, place: u32) -> Style {
        if place < self.until {
            return self.style;
        }
        let mut roles = vec![self.base];
        self.until = u32::MAX;
        let mut inked = None;
        for (range, role, ink) in self.spans {
            if range.contains(place) {
                roles.push(*role);
                inked = ink.or(inked);
                self.until = self.until.min(range.end);
            } else if range.start > place {
                self.until = self.until.min(range.start);
            }
        }
        self.style = match inked {
            Some(ink) => self.theme.inked(&roles, ink.paint),
            None => self.theme.paint(&roles),
        };
        self.style
    }
}
