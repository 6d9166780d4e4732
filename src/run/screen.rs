//! Sends cells to the terminal: as crossterm's backend does, but with whole runs of text at once.
//!
//! A page of text changes thousands of cells. Sent one by one through the formatting machinery
//! they cost more than everything else that a key does.

use std::io::{self, Write};

use crossterm::Command;
use crossterm::cursor::MoveTo;
use crossterm::style::{Attribute, Colors, SetAttribute, SetColors, SetUnderlineColor};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, IntoCrossterm, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

/// The terminal as ratatui wants it.
#[derive(Debug)]
pub(super) struct Screen<W: Write> {
    inner: CrosstermBackend<W>,
    text: String,
}

/// How the cells that come next look.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    fore: Color,
    back: Color,
    line: Color,
    modifier: Modifier,
}

const PLAIN: Look = Look {
    fore: Color::Reset,
    back: Color::Reset,
    line: Color::Reset,
    modifier: Modifier::empty(),
};

const ATTRIBUTES: [(Modifier, Attribute); 9] = [
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::ITALIC, Attribute::Italic),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::SLOW_BLINK, Attribute::SlowBlink),
    (Modifier::RAPID_BLINK, Attribute::RapidBlink),
    (Modifier::REVERSED, Attribute::Reverse),
    (Modifier::HIDDEN, Attribute::Hidden),
    (Modifier::CROSSED_OUT, Attribute::CrossedOut),
];

impl<W: Write> Screen<W> {
    pub(super) fn new(out: W) -> Self {
        Self { inner: CrosstermBackend::new(out), text: String::new() }
    }

    fn put(&mut self, command: impl Command) -> io::Result<()> {
        command.write_ansi(&mut self.text).map_err(|_| io::Error::other("a command has no form"))
    }

    fn look(&mut self, before: Look, now: Look) -> io::Result<()> {
        let mut before = before;
        if before.modifier != now.modifier {
            // A reset takes the colours away, too; then only what is there is set.
            if !before.modifier.is_empty() {
                self.put(SetAttribute(Attribute::Reset))?;
                before = PLAIN;
            }
            for (modifier, attribute) in ATTRIBUTES {
                if now.modifier.contains(modifier) {
                    self.put(SetAttribute(attribute))?;
                }
            }
        }
        if (before.fore, before.back) != (now.fore, now.back) {
            let colours = Colors::new(now.fore.into_crossterm(), now.back.into_crossterm());
            self.put(SetColors(colours))?;
        }
        if before.line != now.line {
            self.put(SetUnderlineColor(now.line.into_crossterm()))?;
        }
        Ok(())
    }
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.text.clear();
        let mut look = PLAIN;
        let mut next = None;
        for (x, y, cell) in content {
            if next != Some((x, y)) {
                self.put(MoveTo(x, y))?;
            }
            // As crossterm's backend: behind a wide cell the place is told anew.
            next = Some((x.saturating_add(1), y));
            let line = cell.underline_color;
            let now = Look { fore: cell.fg, back: cell.bg, line, modifier: cell.modifier };
            if now != look {
                self.look(look, now)?;
                look = now;
            }
            self.text.push_str(cell.symbol());
        }
        if look != PLAIN {
            self.put(SetAttribute(Attribute::Reset))?;
        }
        self.inner.write_all(self.text.as_bytes())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Stylize;
    use ratatui::text::Line;

    /// What a terminal shows of what is sent, with the looks of the cells.
    fn shown(bytes: &[u8]) -> Vec<(String, bool, bool, vt100::Color)> {
        let mut parser = vt100::Parser::new(2.try_into().unwrap(), 12.try_into().unwrap(), 0);
        parser.process(bytes);
        let cells = (0..12).filter_map(|column| parser.screen().cell(0, column).cloned());
        cells.map(|it| (it.contents().to_owned(), it.bold(), it.italic(), it.fgcolor())).collect()
    }

    #[test]
    fn every_cell_looks_as_it_is_drawn() {
        let line = Line::from(vec![
            "a".bold().red(),
            "b".italic().red(),
            "c".into(),
            "日".italic(),
            "d".fg(Color::Indexed(9)),
        ]);
        let mut bytes = Vec::new();
        let mut cells = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 12, 2));
        cells.set_line(0, 0, &line, 12);
        let empty = ratatui::buffer::Buffer::empty(cells.area);
        let mut screen = Screen::new(&mut bytes);
        screen.draw(empty.diff(&cells).into_iter()).unwrap();
        Backend::flush(&mut screen).unwrap();
        let seen = shown(&bytes);
        let look = |at: usize| (seen[at].0.as_str(), seen[at].1, seen[at].2, seen[at].3);
        assert_eq!(look(0), ("a", true, false, vt100::Color::Idx(1)));
        assert_eq!(look(1), ("b", false, true, vt100::Color::Idx(1)));
        assert_eq!(look(2), ("c", false, false, vt100::Color::Default));
        assert_eq!(look(3), ("日", false, true, vt100::Color::Default));
        assert_eq!(look(5), ("d", false, false, vt100::Color::Idx(9)));
    }
}
