//! Draws what is known of the annotations at a place.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::popup::{self, Popup};
use super::theme::{Role, Theme};
use crate::app::details::Details;
use crate::app::popups::{self, LABELS, Line};

/// Draws the details from the line `top` on.
pub fn draw(screen: Rect, details: &[Details], top: usize, theme: &Theme, buf: &mut Buffer) {
    let lines = popups::detail_lines(screen, details);
    let area = popups::details(screen, lines.len());
    let seen = popups::details_rows(screen, lines.len());
    let top = top.min(lines.len().saturating_sub(seen));
    let title = match details.len() {
        0 => "Nothing was found here".to_owned(),
        1 => "Details".to_owned(),
        several => format!("Details of {several} annotations"),
    };
    let frame = Popup { title: &title, foot: "Esc closes", top, seen, rows: lines.len() };
    let inside = popup::draw(area, &frame, theme, buf);
    let narrow = popups::is_narrow(inside);
    for (y, line) in (inside.y..inside.bottom()).zip(lines.iter().skip(top)) {
        let row = Rect { y, height: 1, ..inside };
        let mut pen = Pen::new(buf, row, theme);
        match line {
            Line::Gap => {}
            Line::Title(title) => {
                pen.put(title, theme.paint(&[Role::Popup, Role::RowHeading]));
            }
            Line::Said(label, said) => {
                pen.put(label, theme.paint(&[Role::Popup, Role::RowMuted]));
                if !narrow {
                    pen.go_to(inside.x + LABELS);
                }
                pen.put(said, theme.style(Role::Popup));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pen::tests::{fits_any_size, picture};
    use super::*;

    fn some() -> Vec<Details> {
        let person = Details {
            index: 3,
            title: "Person",
            lines: vec![
                ("words", "Marsh".into()),
                ("name", "Ada Marsh".into()),
                ("why", "A surname alone means the person whose full name the article gives elsewhere, where there is but one.".into()),
                ("note", "Ask her again.\n\nBy telephone.".into()),
            ],
        };
        let quote = Details {
            index: 2,
            title: "Direct quote",
            lines: vec![
                ("words", "The harbour\nwill open \u{1b}[31min May".into()),
                ("speaker", "東京の人".into()),
            ],
        };
        vec![person, quote]
    }

    #[test]
    fn details_are_shown() {
        let mut pictures = String::new();
        for (width, height, top) in [(80, 24, 0), (44, 8, 3), (20, 10, 99)] {
            let screen = Rect::new(0, 0, width, height);
            let mut buf = Buffer::empty(screen);
            draw(screen, &some(), top, &Theme::default(), &mut buf);
            pictures += &picture(&buf, None);
        }
        insta::assert_snapshot!(pictures);
    }

    #[test]
    fn details_fit_any_size() {
        let some = some();
        fits_any_size(|area, buf| {
            draw(area, &some, 1, &Theme::default(), buf);
            draw(area, &[], 1, &Theme::default(), buf);
        });
    }
}
