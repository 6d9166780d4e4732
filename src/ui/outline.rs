//! Draws the table of contents.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::popup::{self, Popup};
use super::theme::{Role, Theme};
use crate::app::outline::Outline;
use crate::app::{details, links, popups};
use crate::article::Article;
use crate::text;

/// Draws the table of contents of an article.
pub fn draw(screen: Rect, outline: &Outline, article: &Article, theme: &Theme, buf: &mut Buffer) {
    let (top, rows) = (outline.top, outline.rows.len());
    let area = popups::outline(screen, rows);
    let seen = popups::outline_rows(screen, rows);
    let links = outline.rows.iter().any(|it| it.link.is_some());
    let foot = if links {
        "Enter goes there, x opens in the browser, X here, / filters"
    } else {
        "Enter goes there, / filters"
    };
    let typed = outline.query.text();
    let title = match (outline.typing, typed) {
        (true, _) => format!("Contents /{typed}{}", theme.signs.typing),
        (false, "") => "Contents".to_owned(),
        (false, _) => format!("Contents with {typed}"),
    };
    let frame = Popup { title: &title, foot, top, seen, rows };
    let inside = popup::draw(area, &frame, theme, buf);
    for (y, (at, row)) in (inside.y..inside.bottom()).zip(outline.rows.iter().enumerate().skip(top))
    {
        let line = Rect { y, height: 1, ..inside };
        let role = if row.level == 0 { Role::RowHeading } else { Role::Row };
        let mut style = theme.paint(&[Role::Popup, role]);
        let mut muted = theme.paint(&[Role::Popup, Role::RowMuted]);
        let mut sign = " ";
        if at == outline.selected {
            style = theme.paint(&[Role::Popup, role, Role::RowSelected]);
            muted = style;
            sign = theme.signs.pointer;
            Pen::new(buf, line, theme).paint(style);
        }
        let place = match row.link {
            Some(at) => {
                let target = links::shown(&article.links[at].target);
                let short = target.strip_prefix("https://").unwrap_or(&target);
                let whole = text::cut_to_width(short, line.width / 2);
                let more = if whole.len() < short.len() { theme.signs.ellipsis } else { "" };
                format!("{whole}{more}")
            }
            None if row.chapter.is_some() => String::new(),
            None => format!("{:>3} %", details::percent(article, row.place)),
        };
        let mut pen = Pen::new(buf, line, theme);
        pen.put(sign, style).skip(1 + 2 * u16::from(row.level.saturating_sub(1).min(8)));
        if usize::from(pen.left()) > text::width(&place) + 20 {
            pen.put_right(&place, if row.link.is_some() { muted } else { style });
            pen.put_right(" ", style);
        }
        if row.link.is_some() {
            pen.put(theme.signs.link, style).skip(1);
        }
        pen.put(&row.words(article), style);
    }
}

#[cfg(test)]
mod tests {
    use super::super::pen::tests::{fits_any_size, picture};
    use super::*;
    use crate::article;

    fn orchard() -> Article {
        let mut text = "The orchards of the valley\n\n".to_owned();
        for year in 1990..2020 {
            let year = format!("In {year} the trees were counted again, and there were\nfewer");
            text.extend([&year, " of them than before, said the growers.\n\n"]);
        }
        article::read(text.into_bytes(), "a.txt").unwrap()
    }

    #[test]
    fn the_contents_are_shown() {
        let article = orchard();
        let mut outline = Outline::new(&article, 2000);
        let mut pictures = String::new();
        for (width, height) in [(80, 24), (30, 6)] {
            let screen = Rect::new(0, 0, width, height);
            outline.keep_in_view(popups::outline_rows(screen, outline.rows.len()));
            let mut buf = Buffer::empty(screen);
            draw(screen, &outline, &article, &Theme::default(), &mut buf);
            pictures += &picture(&buf, None);
        }
        insta::assert_snapshot!(pictures);
    }

    #[test]
    fn the_contents_fit_any_size() {
        let article = orchard();
        let outline = Outline { top: 3, ..Outline::new(&article, 2000) };
        let none = Outline::default();
        fits_any_size(|area, buf| {
            draw(area, &outline, &article, &Theme::default(), buf);
            draw(area, &none, &article, &Theme::default(), buf);
        });
    }
}
