//! Draws the status line: where one is, what is going on, what just happened.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::popup;
use super::theme::{Role, Theme};
use crate::text;

/// What the status line has to say. Empty texts say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The article's title.
    pub title: String,
    /// What just happened, instead of the title.
    pub message: Option<Message>,
    /// Whether something could not be saved; stays until it is.
    pub alarm: bool,
    /// The count and the keys typed so far.
    pub keys: String,
    /// "selecting 12 words".
    pub selection: String,
    /// "match 2/17".
    pub search: String,
    /// "quote 3/10".
    pub position: String,
    /// "finding entities… 2/4".
    pub progress: String,
    /// How much of a page is shown: "whole page".
    pub extract: &'static str,
    /// How the source had to be read, where not as UTF-8: "windows-1252".
    pub encoding: String,
    /// Minutes that are left to read.
    pub minutes: Option<u32>,
    /// How much of the article has been read, in percent.
    pub percent: Option<u32>,
}

/// What just happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// In a sentence.
    pub text: String,
    /// Whether it went wrong.
    pub wrong: bool,
}

impl Message {
    /// Something that went as it should.
    pub fn said(text: impl Into<String>) -> Self {
        Self { text: text.into(), wrong: false }
    }

    /// Something that went wrong, with the way out.
    pub fn of(error: &crate::error::Error) -> Self {
        let text = match error.hint_text() {
            Some(hint) => format!("{error} ({hint})"),
            None => error.to_string(),
        };
        Self { text, wrong: true }
    }
}

/// The columns that the title keeps beside everything else, where it has so many.
const TITLE: usize = 16;

/// Draws it on the first row of `area`.
pub fn draw(area: Rect, status: &Status, theme: &Theme, buf: &mut Buffer) {
    let row = Rect { height: area.height.min(1), ..area }.intersection(buf.area);
    let plain = theme.style(Role::Status);
    let accent = theme.paint(&[Role::Status, Role::StatusAccent]);
    popup::clear(row, plain, buf);
    let (words, style) = match &status.message {
        Some(message) if message.wrong => {
            (&message.text, theme.paint(&[Role::Status, Role::Error]))
        }
        Some(message) => (&message.text, accent),
        None => (&status.title, plain),
    };
    let words = words.replace('\n', ": ");
    // A message is read to its end, a title is known after its first words.
    let wide = text::width(&words);
    let needed = if status.message.is_some() { wide } else { wide.min(TITLE) };
    let room = usize::from(row.width).saturating_sub(needed + 4);
    let mut pen = Pen::new(buf, row, theme);
    if pen.left() > 2 {
        pen.skip(1).put_right(" ", plain);
    }
    let mut first = true;
    for part in chosen(status, room).iter().rev() {
        if !first {
            let dot = format!(" {} ", theme.signs.dot);
            pen.put_right(&dot, plain);
        }
        first = false;
        let style = if part.accent { accent } else { plain };
        pen.put_right(&part.text, style);
    }
    if !first {
        pen.put_right("  ", plain);
    }
    pen.put(&words, style);
}

/// Something at the right of the line.
struct Part {
    text: String,
    /// Which goes first where there is no room: the one with the highest number.
    rank: u8,
    accent: bool,
}

/// The parts that fit in `room` columns, in the order of the line.
fn chosen(status: &Status, room: usize) -> Vec<Part> {
    let words = |text: &str, rank, accent| Part { text: text.to_owned(), rank, accent };
    let minutes = match status.minutes {
        None => String::new(),
        Some(0) => "under a minute left".to_owned(),
        Some(1) => "1 minute left".to_owned(),
        Some(minutes) => format!("{minutes} minutes left"),
    };
    let percent = status.percent.map(|it| format!("{it} %")).unwrap_or_default();
    let alarm = if status.alarm { "NOT SAVED" } else { "" };
    let mut parts = vec![
        words(alarm, 0, true),
        words(&status.progress, 4, false),
        words(&status.selection, 2, true),
        words(&status.search, 3, true),
        words(&status.position, 5, false),
        words(status.extract, 6, false),
        words(&status.encoding, 8, false),
        words(&minutes, 7, false),
        words(&percent, 1, false),
        words(&status.keys, 0, true),
    ];
    parts.retain(|it| !it.text.is_empty());
    while parts.iter().map(|it| text::width(&it.text) + 3).sum::<usize>() > room + 3 {
        let Some(last) = (0..parts.len()).max_by_key(|&at| parts[at].rank) else { break };
        parts.remove(last);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::pen::tests::{fits_any_size, picture};
    use super::*;
    use crate::error::Error;

    fn full() -> Status {
        Status {
            title: "The harbour opens again after eleven years".into(),
            message: None,
            alarm: false,
            keys: "3]".into(),
            selection: "12 words".into(),
            search: "match 2/17".into(),
            position: "quote 3/10".into(),
            progress: "finding entities… 2/4".into(),
            extract: "whole page",
            encoding: "windows-1252".into(),
            minutes: Some(7),
            percent: Some(42),
        }
    }

    #[test]
    fn the_line_says_what_it_has_room_for() {
        let reading = Status {
            title: full().title,
            position: "quote 3/10".into(),
            minutes: Some(1),
            percent: Some(0),
            ..Status::default()
        };
        let error = Error::usage("no option is named `colum`").hint("did you mean `column`?");
        let wrong = Status { message: Some(Message::of(&error)), ..full() };
        let unsaved = Status { alarm: true, ..reading.clone() };
        let said = Status { message: Some(Message::said("copied 12 words")), ..full() };
        let mut pictures = String::new();
        for status in [full(), reading, unsaved, wrong, said] {
            for width in [160, 110, 80, 60, 40, 24, 10, 4] {
                let area = Rect::new(0, 0, width, 1);
                let mut buf = Buffer::empty(area);
                draw(area, &status, &Theme::default(), &mut buf);
                pictures += &picture(&buf, None);
            }
        }
        insta::assert_snapshot!(pictures);
    }

    #[test]
    fn a_message_is_read_to_its_end() {
        let said = "sentences: 1 changed, 1 new; gd lists them";
        let status = Status { message: Some(Message::said(said)), keys: String::new(), ..full() };
        for width in 46..160 {
            let area = Rect::new(0, 0, width, 1);
            let mut buf = Buffer::empty(area);
            draw(area, &status, &Theme::default(), &mut buf);
            assert!(picture(&buf, None).contains(said), "{width}: {}", picture(&buf, None));
        }
    }

    #[test]
    fn the_line_fits_any_size() {
        let title = Status { title: "東京の\u{202E}港\n\u{1b}[2J".into(), ..full() };
        fits_any_size(|area, buf| draw(area, &title, &Theme::default(), buf));
    }
}
