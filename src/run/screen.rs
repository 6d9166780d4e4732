//! What goes to the terminal so that it shows the next picture: only the cells that changed, in
//! whole runs of text.
//!
//! A page of text changes thousands of cells. Comparing them and sending them one by one cost
//! more than everything else that a key does.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// What the terminal shows, and what it is to show next.
#[derive(Debug, Default)]
pub(super) struct Screen {
    shown: Buffer,
    next: Buffer,
    /// Where the cursor blinks, while it does.
    cursor: Option<Position>,
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

/// Modifiers with their numbers in SGR (ECMA-48).
const MODIFIERS: [(Modifier, &str); 9] = [
    (Modifier::BOLD, "1;"),
    (Modifier::DIM, "2;"),
    (Modifier::ITALIC, "3;"),
    (Modifier::UNDERLINED, "4;"),
    (Modifier::SLOW_BLINK, "5;"),
    (Modifier::RAPID_BLINK, "6;"),
    (Modifier::REVERSED, "7;"),
    (Modifier::HIDDEN, "8;"),
    (Modifier::CROSSED_OUT, "9;"),
];

const CLEAR: &str = "\x1b[2J";
const HIDE: &str = "\x1b[?25l";
const SHOW: &str = "\x1b[?25h";

/// Up to so many cells that stay as they are, are sent again where that is shorter than to tell
/// the place behind them.
const GAP: usize = 6;

/// What makes some terminals draw a character wide, and others not.
const WIDE_PICTURE: char = '\u{FE0F}';

impl Screen {
    /// The bytes that make the terminal show what `paint` draws and tells the cursor's place of.
    pub(super) fn picture(
        &mut self,
        (columns, rows): (u16, u16),
        paint: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> &[u8] {
        let area = Rect::new(0, 0, columns, rows);
        self.text.clear();
        if self.shown.area != area {
            self.text.push_str(CLEAR);
            self.shown = Buffer::empty(area);
            self.next = Buffer::empty(area);
        }
        self.next.reset();
        let cursor = paint(&mut self.next);
        let mut pencil = Pencil { text: &mut self.text, look: PLAIN, at: None };
        let width = usize::from(columns.max(1));
        let rows = self.shown.content.chunks(width).zip(self.next.content.chunks(width));
        for (y, (before, now)) in rows.enumerate() {
            pencil.row(y, before, now);
        }
        if pencil.look != PLAIN {
            pencil.wear(PLAIN);
        }
        match cursor {
            Some(place) if cursor != self.cursor || !pencil.text.is_empty() => {
                pencil.go(place.x.into(), place.y.into());
                pencil.text.push_str(SHOW);
            }
            None if self.cursor.is_some() => pencil.text.push_str(HIDE),
            _ => {}
        }
        self.cursor = cursor;
        std::mem::swap(&mut self.shown, &mut self.next);
        self.text.as_bytes()
    }

    /// The terminal shows something else, without a cursor.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

/// Writes cells as they come, and the places and looks where they do not follow from what stands
/// before.
struct Pencil<'t> {
    text: &'t mut String,
    look: Look,
    /// Column and row of what is written next, where that is known.
    at: Option<(usize, usize)>,
}

impl Pencil<'_> {
    fn row(&mut self, y: usize, before: &[Cell], now: &[Cell]) {
        let mut x = 0;
        // Before this column the terminal does not show what `before` says: there a wide
        // character was cut.
        let mut cut = 0;
        while let (Some(old), Some(cell)) = (before.get(x), now.get(x)) {
            let (was, symbol) = (old.symbol(), cell.symbol());
            let (look, end) = (Look::of(cell), x + columns(symbol));
            if x < cut || !equal(was, symbol) || Look::of(old) != look {
                if self.at != Some((x, y)) {
                    self.pass(x, y, now);
                }
                if look != self.look {
                    self.wear(look);
                }
                self.symbol((x, y), symbol, end - x);
                if was.len() > 1 || end > x + 1 {
                    for (x, covered) in (x..end).zip(&before[x..]) {
                        cut = cut.max(x + columns(covered.symbol()));
                    }
                }
            }
            x = end;
        }
    }

    fn symbol(&mut self, (x, y): (usize, usize), symbol: &str, columns: usize) {
        if let [byte] = symbol.as_bytes() {
            self.text.push(char::from(*byte));
        } else {
            if columns > 1 && symbol.contains(WIDE_PICTURE) {
                // Where it is not drawn wide, nothing may be left in its second half.
                self.go(x + 1, y);
                self.text.push(' ');
                self.go(x, y);
            }
            self.text.push_str(symbol);
        }
        // Terminals do not agree on where they are behind a wide character.
        self.at = (columns == 1).then_some((x + 1, y));
    }

    /// Gets to a place, over the cells before it or by telling it.
    fn pass(&mut self, x: usize, y: usize, row: &[Cell]) {
        let fits = |it: &Cell| it.symbol().len() == 1 && Look::of(it) == self.look;
        match self.at.filter(|(from, line)| *line == y && x - from <= GAP) {
            Some((from, _)) if row[from..x].iter().all(fits) => {
                row[from..x].iter().for_each(|it| self.text.push_str(it.symbol()));
            }
            _ => self.go(x, y),
        }
    }

    fn go(&mut self, x: usize, y: usize) {
        self.text.push_str("\x1b[");
        number(self.text, y + 1);
        self.text.push(';');
        number(self.text, x + 1);
        self.text.push('H');
    }

    fn wear(&mut self, look: Look) {
        let mut before = std::mem::replace(&mut self.look, look);
        self.text.push_str("\x1b[");
        let start = self.text.len();
        if look == PLAIN || !look.modifier.contains(before.modifier) {
            // Takes the colours away, too; then only what is there is set.
            self.text.push_str("0;");
            before = PLAIN;
        }
        let more = look.modifier.difference(before.modifier);
        for (modifier, code) in MODIFIERS {
            if more.contains(modifier) {
                self.text.push_str(code);
            }
        }
        if before.fore != look.fore {
            self.colour('3', look.fore);
        }
        if before.back != look.back {
            self.colour('4', look.back);
        }
        if before.line != look.line {
            // By itself: not every terminal knows it, and those skip the whole sequence.
            if self.text.len() > start {
                self.text.pop();
                self.text.push_str("m\x1b[");
            }
            self.colour('5', look.line);
        }
        self.text.pop();
        self.text.push('m');
    }

    fn colour(&mut self, ground: char, colour: Color) {
        self.text.push(ground);
        let index = match colour {
            Color::Reset => {
                self.text.push_str("9;");
                return;
            }
            Color::Rgb(red, green, blue) => {
                self.text.push_str("8;2;");
                for part in [red, green, blue] {
                    number(self.text, part.into());
                    self.text.push(';');
                }
                return;
            }
            Color::Indexed(index) => index,
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 8,
            Color::LightRed => 9,
            Color::LightGreen => 10,
            Color::LightYellow => 11,
            Color::LightBlue => 12,
            Color::LightMagenta => 13,
            Color::LightCyan => 14,
            Color::White => 15,
        };
        self.text.push_str("8;5;");
        number(self.text, index.into());
        self.text.push(';');
    }
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let (fore, back) = (cell.fg, cell.bg);
        Self { fore, back, line: cell.underline_color, modifier: cell.modifier }
    }
}

/// The columns of a cell's character; at least one, as for ratatui.
fn columns(symbol: &str) -> usize {
    if symbol.len() == 1 { 1 } else { symbol.width().max(1) }
}

fn equal(one: &str, other: &str) -> bool {
    match (one.as_bytes(), other.as_bytes()) {
        // Nearly all of most articles; no call is needed for them.
        ([one], [other]) => one == other,
        (one, other) => one == other,
    }
}

/// Writes a number, of which there are very many.
fn number(text: &mut String, number: usize) {
    if number > 9 {
        self::number(text, number / 10);
    }
    text.push_str(DIGITS[number % 10]);
}

const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Style, Stylize};
    use ratatui::text::{Line, Span};

    use super::*;

    const SIZE: (u16, u16) = (12, 2);

    fn terminal() -> vt100::Parser {
        vt100::Parser::new(SIZE.1.try_into().unwrap(), SIZE.0.try_into().unwrap(), 0)
    }

    /// What the terminal shows, with the looks of the cells.
    fn shown(terminal: &vt100::Parser) -> Vec<vt100::Cell> {
        let screen = terminal.screen();
        let places = (0..SIZE.1).flat_map(|row| (0..SIZE.0).map(move |column| (row, column)));
        places.filter_map(|(row, column)| screen.cell(row, column).cloned()).collect()
    }

    #[test]
    fn every_cell_looks_as_it_is_drawn() {
        let line = Line::from(vec![
            "a".bold().red(),
            "b".italic().red(),
            "c".into(),
            "日".italic(),
            "d".fg(Color::Indexed(9)),
            "e".fg(Color::Indexed(9)).bg(Color::Rgb(1, 20, 255)).underlined(),
            Span::styled("f", Style::new().bold().underlined().underline_color(Color::Red)),
        ]);
        let mut terminal = terminal();
        let mut screen = Screen::default();
        terminal.process(screen.picture(SIZE, |buffer| {
            buffer.set_line(0, 0, &line, 12);
            None
        }));
        let seen = shown(&terminal);
        let look = |at: usize| {
            let it = &seen[at];
            (it.contents(), it.bold(), it.italic(), it.fgcolor())
        };
        assert_eq!(look(0), ("a", true, false, vt100::Color::Idx(1)));
        assert_eq!(look(1), ("b", false, true, vt100::Color::Idx(1)));
        assert_eq!(look(2), ("c", false, false, vt100::Color::Default));
        assert_eq!(look(3), ("日", false, true, vt100::Color::Default));
        assert_eq!(look(5), ("d", false, false, vt100::Color::Idx(9)));
        assert_eq!(look(6), ("e", false, false, vt100::Color::Idx(9)));
        assert_eq!(seen[6].bgcolor(), vt100::Color::Rgb(1, 20, 255));
        assert_eq!(look(7), ("f", true, false, vt100::Color::Default));
        assert!(seen[6].underline() && seen[7].underline() && !seen[8].underline());
    }

    #[test]
    fn only_what_changed_is_sent() {
        let mut screen = Screen::default();
        let mut sent = |words: &str, cursor: Option<(u16, u16)>| {
            let bytes = screen.picture(SIZE, |buffer| {
                buffer.set_string(0, 0, words, Style::new());
                cursor.map(Position::from)
            });
            String::from_utf8_lossy(bytes).replace('\x1b', "^")
        };
        assert_eq!(sent("words", None), "^[2J^[1;1Hwords");
        assert_eq!(sent("words", None), "");
        assert_eq!(sent("woods", None), "^[1;3Ho");
        assert_eq!(sent("foods and", None), "^[1;1Hfoods and");
        assert_eq!(sent("goods and", Some((3, 0))), "^[1;1Hg^[1;4H^[?25h");
        assert_eq!(sent("goods and", Some((3, 0))), "");
        assert_eq!(sent("goods and", None), "^[?25l");
        assert_eq!(sent("x", None), "^[1;1Hx        ");
        screen.forget();
        let again = screen.picture(SIZE, |_| None);
        assert_eq!(again, b"\x1b[2J");
    }

    /// The same where it does not matter how the terminal came to a blank cell.
    fn seen(terminal: &vt100::Parser) -> Vec<String> {
        let look = |it: vt100::Cell| {
            let sign = if it.has_contents() { it.contents() } else { " " };
            let wide = (it.is_wide(), it.is_wide_continuation());
            let modifiers = (it.bold(), it.italic(), it.underline(), it.inverse());
            format!("{sign:?} {wide:?} {modifiers:?} {:?} {:?}", it.fgcolor(), it.bgcolor())
        };
        shown(terminal).into_iter().map(look).collect()
    }

    /// A picture: words in looks at places.
    fn picture() -> impl Strategy<Value = Vec<(u16, u16, &'static str, Style)>> {
        let words =
            prop::sample::select(vec!["a", "word", "日本", "é", "e\u{301}", " ", "│", "xy京"]);
        let style = prop::sample::select(vec![
            Style::new(),
            Style::new().bold(),
            Style::new().bold().red().on_blue(),
            Style::new().italic().underlined(),
            Style::new().reversed().fg(Color::Indexed(200)),
        ]);
        prop::collection::vec((0..SIZE.0, 0..SIZE.1, words, style), 0..8)
    }

    proptest! {
        #[test]
        fn the_terminal_shows_the_last_picture(pictures in prop::collection::vec(picture(), 1..4)) {
            let mut screen = Screen::default();
            let mut slow = terminal();
            for picture in &pictures {
                let paint = |buffer: &mut Buffer| {
                    for (x, y, words, style) in picture {
                        buffer.set_string(*x, *y, words, *style);
                    }
                    None
                };
                slow.process(screen.picture(SIZE, paint));
                let mut fresh = terminal();
                fresh.process(Screen::default().picture(SIZE, paint));
                prop_assert_eq!(seen(&slow), seen(&fresh));
            }
        }
    }
}
