//! Draws what was found in the texts, quotes and notes of all articles.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::counted;
use crate::app::shelf::hits::{Hit, Line, found};
use crate::app::shelf::layout::Areas;
use crate::app::shelf::{Hits, What};
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, Theme};

pub(super) fn draw(hits: &Hits, areas: &Areas, theme: &Theme, buf: &mut Buffer) {
    let muted = theme.style(Role::RowMuted);
    let mut pen = Pen::new(buf, areas.head, theme);
    pen.skip(1).put("Found", theme.style(Role::Title)).skip(2);
    pen.put(&said(hits), muted);
    let first = hits.list.top;
    for (y, at) in (areas.rows.y..areas.rows.bottom()).zip(first..hits.len()) {
        let area = Rect { y, height: 1, ..areas.rows };
        match hits.line(at) {
            Some(Line::Article(title, count)) => {
                let mut pen = Pen::new(buf, area, theme);
                let room = pen.left().saturating_sub(8);
                pen.skip(1).put_at_most(title, room, theme.style(Role::RowHeading));
                pen.skip(1).put(&count.to_string(), muted);
            }
            Some(Line::Hit(hit)) => {
                draw_hit(hits, hit, at == hits.list.selected, area, (theme, buf));
            }
            None => {}
        }
    }
}

/// "12 places in 3 articles for “the pier”".
fn said(hits: &Hits) -> String {
    let query = &hits.query;
    if hits.waiting {
        return format!("looking for “{query}”");
    }
    if hits.is_empty() {
        return format!("nothing for “{query}”; g/ searches for something else");
    }
    let (places, articles) = hits.counts();
    format!("{} in {} for “{query}”", counted(places, "place"), counted(articles, "article"))
}

fn draw_hit(
    hits: &Hits,
    hit: &Hit,
    selected: bool,
    area: Rect,
    (theme, buf): (&Theme, &mut Buffer),
) {
    let ground = if selected { Role::RowSelected } else { Role::Row };
    let style = theme.paint(&[Role::Row, ground]);
    let role = match hit.what {
        What::Quote => Role::QuoteDirect,
        What::Note => Role::Highlight,
        What::Text => Role::RowMuted,
    };
    let mut pen = Pen::new(buf, area, theme);
    pen.paint(style).put(if selected { theme.signs.pointer } else { " " }, style).skip(1);
    if area.width >= 24 {
        pen.put(theme.glyph(role).unwrap_or(" "), theme.paint(&[role, ground]));
        let what = format!(" {:<6}", hit.what.name());
        pen.put(&what, theme.paint(&[Role::RowMuted, ground]));
    }
    let ranges = found(&hits.query, &hit.words);
    pen.put_each(&hit.words, u16::MAX, style, |glyph| {
        let from = ranges.partition_point(|it| it.end <= glyph.start);
        let within = ranges.get(from).is_some_and(|it| it.start < glyph.end);
        if within { style.add_modifier(Modifier::UNDERLINED) } else { style }
    });
}
