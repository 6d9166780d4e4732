//! Draws what is known of the annotations at a place.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::popup::{self, Popup};
use super::theme::{Role, Theme};
use crate::app::details::Details;
use crate::text::{self, Setting, TextRange, Wrapping};

/// A line of the popup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'d> {
    /// What an annotation is.
    Title(&'d str),
    /// A part of what is said of it, with the label on its first line.
    Said(&'d str, &'d str),
    /// Between two annotations.
    Gap,
}

/// The columns of the labels.
const LABELS: u16 = 10;

fn lines(details: &[Details], width: u16) -> Vec<Line<'_>> {
    let narrow = width < LABELS + 16;
    let width = if narrow { width } else { width - LABELS };
    let how = Wrapping { width, setting: Setting::Flow, hyphenate: false };
    let mut lines = Vec::new();
    for it in details {
        if !lines.is_empty() {
            lines.push(Line::Gap);
        }
        lines.push(Line::Title(it.title));
        for (label, said) in &it.lines {
            let mut label = *label;
            if narrow {
                lines.push(Line::Said(label, ""));
                label = "";
            }
            // A note has lines of its own; in the words of the article they are only spaces.
            let own_lines = label == "note";
            let parts = if own_lines { said.lines().collect() } else { vec![said.as_str()] };
            for part in parts {
                if part.is_empty() {
                    lines.push(Line::Said(std::mem::take(&mut label), ""));
                }
                for line in text::wrap(part, TextRange::of_bytes(0, part.len()), how) {
                    lines.push(Line::Said(
                        std::mem::take(&mut label),
                        line.range.of(part).trim_end(),
                    ));
                }
            }
        }
    }
    lines
}

fn width(screen: Rect) -> u16 {
    screen.width.saturating_sub(if screen.width > 60 { 4 } else { 0 }).min(84)
}

fn area(screen: Rect, lines: usize) -> Rect {
    let lines = u16::try_from(lines).unwrap_or(u16::MAX);
    popup::centred(screen, width(screen), lines.saturating_add(2))
}

/// The columns within the popup, whatever its height.
fn columns(screen: Rect) -> u16 {
    popup::inside(area(screen, usize::from(screen.height))).width
}

/// How many lines there are and how many of them are seen on this screen, for scrolling.
pub fn extent(screen: Rect, details: &[Details]) -> (usize, usize) {
    let lines = lines(details, columns(screen)).len();
    (lines, popup::inside(area(screen, lines)).height.into())
}

/// Draws the details from the line `top` on.
pub fn draw(screen: Rect, details: &[Details], top: usize, theme: &Theme, buf: &mut Buffer) {
    let lines = lines(details, columns(screen));
    let area = area(screen, lines.len());
    let seen = usize::from(popup::inside(area).height);
    let top = top.min(lines.len().saturating_sub(seen));
    let title = match details.len() {
        0 => "Nothing was found here".to_owned(),
        1 => "Details".to_owned(),
        several => format!("Details of {several} annotations"),
    };
    let frame = Popup { title: &title, foot: "Esc closes", top, seen, rows: lines.len() };
    let inside = popup::draw(area, &frame, theme, buf);
    let narrow = inside.width < LABELS + 16;
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
        assert_eq!(extent(Rect::new(0, 0, 44, 8), &some()), (15, 6));
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
