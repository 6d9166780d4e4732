//! Draws what is known of the chosen article, below the list.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::counted;
use crate::app::shelf::{ShelfRow, Standing};
use crate::ui::pen::Pen;
use crate::ui::theme::{Role, Theme};

/// Draws it below a line that sets it off.
pub(super) fn draw(row: &ShelfRow, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let dot = format!(" {} ", theme.signs.dot);
    let line = |at: u16| Rect { y: area.y + at, height: 1, ..area };
    let mut edge = Pen::new(buf, line(0), theme);
    let border = theme.style(Role::Border);
    while edge.left() > 0 {
        edge.put(theme.signs.border.horizontal_top, border);
    }
    let text = theme.style(Role::Row);
    let muted = theme.style(Role::RowMuted);
    Pen::new(buf, line(1), theme).skip(1).put(row.name(), theme.style(Role::RowHeading));

    let mut from = Vec::new();
    if !row.authors.is_empty() {
        from.push(format!("by {}", row.authors.join(", ")));
    }
    from.extend((!row.publisher.is_empty()).then(|| row.publisher.clone()));
    from.extend(row.published.map(|it| it.to_string()));
    from.extend((!row.source.is_empty()).then(|| row.source.clone()));
    Pen::new(buf, line(2), theme).skip(1).put(&from.join(&dot), text);

    let mut pen = Pen::new(buf, line(3), theme);
    let counts = match row.standing {
        Standing::Kept => counts(row).join(&dot),
        Standing::New => "not in the library; Enter fetches and opens it".to_owned(),
        Standing::Feed => "a feed; Enter lists what it offers".to_owned(),
        Standing::Trouble => "nothing could be listed of it".to_owned(),
    };
    pen.skip(1).put(&counts, text);
    if row.lost > 0 {
        let lost = format!("{} lost", counted(row.lost as usize, "mark"));
        pen.put(&dot, text).put(&lost, theme.paint(&[Role::Row, Role::Error]));
    }

    if !row.summary.is_empty() {
        Pen::new(buf, line(4), theme).skip(1).put(&row.summary, muted);
        return;
    }
    let mut small = Vec::new();
    if !row.tags.is_empty() {
        small.push(row.tags.iter().map(|it| format!("#{it}")).collect::<Vec<_>>().join(" "));
    }
    small.extend(row.added.map(|it| format!("added {}", day(it))));
    small.extend(row.opened.map(|it| format!("opened {}", day(it))));
    Pen::new(buf, line(4), theme).skip(1).put(&small.join(&dot), muted);
}

fn counts(row: &ShelfRow) -> Vec<String> {
    let read = match row.progress {
        0 => "unread".to_owned(),
        1..100 => format!("{} % read", row.progress),
        100.. => "read to the end".to_owned(),
    };
    let mut all = vec![read, counted(row.quotes as usize, "quote")];
    all.push(counted(row.marks as usize, "mark"));
    if row.unreviewed > 0 {
        all.push(format!("{} to review", row.unreviewed));
    }
    all
}

/// The day of a moment, in Greenwich: the program knows no other time zone.
fn day(at: Timestamp) -> String {
    TimeZone::UTC.to_datetime(at).date().to_string()
}
