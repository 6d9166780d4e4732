//! Draws the question of the review queue.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::popup::{self, Popup};
use super::theme::{Role, Theme};
use crate::app::{Model, review};

/// Rows of the box, with its frame.
const ROWS: u16 = 8;

/// Draws it at the bottom of the ground, so that the passage is seen above it.
pub(super) fn draw(model: &Model, ground: Rect, theme: &Theme, buf: &mut Buffer) {
    let Some(open) = &model.review else { return };
    let Some((details, _)) = review::question(model) else { return };
    let height = ROWS.min(ground.height);
    let area = Rect { y: ground.bottom() - height, height, ..ground };
    let foot =
        "a accepts, x rejects, s corrects, t tags, n notes, Space skips, Backspace goes back";
    let short = "a yes, x no, s correct, Space skip";
    let foot = if usize::from(ground.width) > foot.len() + 4 { foot } else { short };
    let (done, all) = open.done(&model.store);
    let title = format!("Review: {}", details.title);
    let frame = Popup { title: &title, foot, ..Popup::default() };
    let inside = popup::draw(area, &frame, theme, buf);
    let mut lines = (inside.y..inside.bottom()).map(|y| Rect { y, height: 1, ..inside });
    let Some(first) = lines.next() else { return };
    bar(first, (done, all), theme, buf);
    let muted = theme.paint(&[Role::Popup, Role::RowMuted]);
    let plain = theme.style(Role::Popup);
    // What kind it is stands in the title, and where it is can be seen.
    let said =
        details.lines.iter().filter(|(label, _)| !matches!(*label, "place" | "review" | "rule"));
    for (line, (label, words)) in lines.zip(said) {
        let mut pen = Pen::new(buf, line, theme);
        pen.put(&format!("{label:<10}"), muted).put(words, plain);
    }
}

/// How much of the queue is done: "12 of 40" and a bar.
fn bar(line: Rect, (done, all): (usize, usize), theme: &Theme, buf: &mut Buffer) {
    let said = format!("{done} of {all}  ");
    let accent = theme.paint(&[Role::Popup, Role::Key]);
    let mut pen = Pen::new(buf, line, theme);
    pen.put(&said, theme.style(Role::Popup));
    let width = usize::from(pen.left()).min(40);
    let full = (width * done).checked_div(all).unwrap_or(0);
    let [empty, .., whole] = theme.signs.strip;
    let rest = if empty == " " { theme.signs.dot } else { empty };
    pen.put(&whole.repeat(full), accent);
    pen.put(&rest.repeat(width - full), theme.paint(&[Role::Popup, Role::RowMuted]));
}
