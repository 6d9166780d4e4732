//! A line to type into: the search, the command line, the search in the help.

use unicode_segmentation::UnicodeSegmentation;

use crate::input::{Code, Key};
use crate::text;

/// A line of text with a cursor, which is always between two characters as a reader sees them
/// (grapheme clusters).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineEdit {
    text: String,
    /// Where the next character goes, in bytes.
    cursor: usize,
    /// The lines typed before.
    history: History,
    /// Which of them is shown, and what had been typed before it was.
    recalled: Option<(usize, String)>,
}

/// What a key did to the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// The text is another one.
    Changed,
    /// Only the cursor moved, or nothing was left to change.
    Moved,
    /// The line is finished.
    Submit,
    /// The line is given up.
    Cancel,
    /// The key has no meaning here.
    Ignored,
}

/// The lines typed before, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History(Vec<String>);

impl History {
    /// How many lines are remembered.
    const MOST: usize = 200;

    /// Remembers a line as the newest one. An empty one is not remembered, and one that was there
    /// moves to the end.
    pub fn add(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        self.0.retain(|it| it != line);
        self.0.push(line.to_owned());
        if self.0.len() > Self::MOST {
            self.0.remove(0);
        }
    }

    /// The line typed last.
    pub fn last(&self) -> Option<&str> {
        self.0.last().map(String::as_str)
    }
}

/// The longest line, in bytes; what is pasted behind it is left out.
const LONGEST: usize = 8192;

impl LineEdit {
    /// A line that begins with this text; the cursor stands behind it.
    pub fn new(text: &str) -> Self {
        let mut line = Self::default();
        line.set(text);
        line
    }

    /// The same line, in which the arrows up and down bring back what was typed before.
    #[must_use]
    pub fn remembering(mut self, history: &History) -> Self {
        self.history = history.clone();
        self
    }

    /// What is typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where the cursor stands, in bytes of the text.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The columns before the cursor.
    pub fn cursor_columns(&self) -> usize {
        text::width(self.before())
    }

    /// Replaces the whole line; the cursor goes to its end.
    pub fn set(&mut self, text: &str) {
        self.text.clear();
        self.cursor = 0;
        self.recalled = None;
        self.insert(text);
    }

    /// Takes in pasted text: line ends and tabs become blanks, other control characters are left
    /// out.
    pub fn paste(&mut self, pasted: &str) {
        self.recalled = None;
        let pasted = pasted.trim_end_matches(['\r', '\n']);
        let mut clean = String::with_capacity(pasted.len().min(LONGEST));
        let mut gap = false;
        for char in pasted.chars().take(LONGEST) {
            let blank = matches!(char, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}');
            if blank && !gap {
                clean.push(' ');
            } else if !blank && !char.is_control() {
                clean.push(char);
            }
            gap = blank;
        }
        self.insert(&clean);
    }

    /// Does what a key asks for.
    pub fn press(&mut self, key: Key) -> Edited {
        if let Some(char) = key.text() {
            self.recalled = None;
            self.insert(char.encode_utf8(&mut [0; 4]));
            return Edited::Changed;
        }
        let ctrl = key.mods().ctrl;
        match key.code() {
            Code::Enter => Edited::Submit,
            Code::Esc => Edited::Cancel,
            Code::Char('c' | 'g') if ctrl => Edited::Cancel,
            Code::Up => self.recall(Direction::Older),
            Code::Char('p') if ctrl => self.recall(Direction::Older),
            Code::Down => self.recall(Direction::Newer),
            Code::Char('n') if ctrl => self.recall(Direction::Newer),
            // As in other editors of this kind, there is nothing to take back but the prompt.
            Code::Backspace if self.text.is_empty() => Edited::Cancel,
            Code::Char('h') if ctrl && self.text.is_empty() => Edited::Cancel,
            Code::Backspace | Code::Delete | Code::Char(_) => {
                self.delete(key).or_else(|| self.go(key)).unwrap_or(Edited::Ignored)
            }
            Code::Left | Code::Right | Code::Home | Code::End => {
                self.go(key).unwrap_or(Edited::Ignored)
            }
            _ => Edited::Ignored,
        }
    }

    fn delete(&mut self, key: Key) -> Option<Edited> {
        let (ctrl, alt) = (key.mods().ctrl, key.mods().alt);
        let (from, to) = match key.code() {
            Code::Backspace | Code::Char('w') if ctrl => (self.word_back(), self.cursor),
            Code::Backspace if alt => (self.word_back(), self.cursor),
            Code::Delete if ctrl || alt => (self.cursor, self.word_forward()),
            Code::Char('d') if alt => (self.cursor, self.word_forward()),
            Code::Backspace => (self.left(), self.cursor),
            Code::Char('h') if ctrl => (self.left(), self.cursor),
            Code::Delete => (self.cursor, self.right()),
            Code::Char('d') if ctrl => (self.cursor, self.right()),
            Code::Char('u') if ctrl => (0, self.cursor),
            Code::Char('k') if ctrl => (self.cursor, self.text.len()),
            _ => return None,
        };
        if from == to {
            return Some(Edited::Moved);
        }
        self.recalled = None;
        self.text.replace_range(from..to, "");
        self.cursor = from;
        self.settle();
        Some(Edited::Changed)
    }

    fn go(&mut self, key: Key) -> Option<Edited> {
        let (ctrl, alt) = (key.mods().ctrl, key.mods().alt);
        self.cursor = match key.code() {
            Code::Left if ctrl || alt => self.word_back(),
            Code::Right if ctrl || alt => self.word_forward(),
            Code::Char('b') if alt => self.word_back(),
            Code::Char('f') if alt => self.word_forward(),
            Code::Left => self.left(),
            Code::Right => self.right(),
            Code::Home => 0,
            Code::End => self.text.len(),
            Code::Char('b') if ctrl => self.left(),
            Code::Char('f') if ctrl => self.right(),
            Code::Char('a') if ctrl => 0,
            Code::Char('e') if ctrl => self.text.len(),
            _ => return None,
        };
        Some(Edited::Moved)
    }

    /// Brings back an older or newer line that begins with what had been typed.
    fn recall(&mut self, direction: Direction) -> Edited {
        let (from, typed) = match self.recalled.take() {
            Some((at, typed)) => (at, typed),
            None => (self.history.0.len(), self.text.clone()),
        };
        let fits = |at: &usize| self.history.0[*at].starts_with(&typed);
        let found = match direction {
            Direction::Older => (0..from).rev().find(fits),
            Direction::Newer => (from + 1..self.history.0.len()).find(fits),
        };
        let shown = match (found, direction) {
            (Some(at), _) => self.history.0[at].clone(),
            (None, Direction::Newer) => typed.clone(),
            (None, Direction::Older) => self.text.clone(),
        };
        let edited = if shown == self.text { Edited::Moved } else { Edited::Changed };
        self.set(&shown);
        self.recalled = match (found, direction) {
            (Some(at), _) => Some((at, typed)),
            (None, Direction::Older) => Some((from, typed)),
            (None, Direction::Newer) => None,
        };
        edited
    }

    fn insert(&mut self, new: &str) {
        let room = LONGEST.saturating_sub(self.text.len());
        let new = new.get(..new.floor_char_boundary(room)).unwrap_or_default();
        self.text.insert_str(self.cursor, new);
        self.cursor += new.len();
        self.settle();
    }

    /// Moves the cursor behind the character that it is in: a mark may have joined what stands on
    /// both sides of it.
    fn settle(&mut self) {
        let mut ends = self.text.grapheme_indices(true).map(|(at, it)| at + it.len());
        if self.cursor > 0 {
            self.cursor = ends.find(|&end| end >= self.cursor).unwrap_or(self.text.len());
        }
    }

    fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    fn behind(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    fn left(&self) -> usize {
        self.before().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        self.cursor + self.behind().graphemes(true).next().map_or(0, str::len)
    }

    fn word_back(&self) -> usize {
        let words = self.before().split_word_bound_indices().rev();
        words.filter(|(_, it)| !it.trim().is_empty()).map(|(at, _)| at).next().unwrap_or(0)
    }

    fn word_forward(&self) -> usize {
        let mut words = self.behind().split_word_bound_indices();
        let word = words.find(|(_, it)| !it.trim().is_empty());
        word.map_or(self.text.len(), |(at, it)| self.cursor + at + it.len())
    }
}

/// Through the history.
#[derive(Clone, Copy)]
enum Direction {
    Older,
    Newer,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::input::{Mods, key};

    /// The line with `|` at the cursor, after these keys.
    #[track_caller]
    fn check(start: &str, keys: &str, shows: &str) {
        let mut line = LineEdit::new(start);
        for key in key::parse(keys).unwrap() {
            line.press(key);
        }
        assert_eq!(shown(&line), shows, "{keys}");
    }

    fn shown(line: &LineEdit) -> String {
        format!("{}|{}", line.before(), line.behind())
    }

    #[test]
    fn keys_edit_and_move() {
        check("", "abc", "abc|");
        check("abc", "<Left><Left>x", "ax|bc");
        check("abc", "<Home>x<End>y", "xabcy|");
        check("abc", "<C-a>x<C-e>y", "xabcy|");
        check("abc", "<Backspace><Backspace>", "a|");
        check("abc", "<Home><Delete><Delete>", "|c");
        check("one two", "<C-w>", "one |");
        check("one two ", "<C-w>", "one |");
        check("one two", "<C-w><C-w><C-w>", "|");
        check("one two", "<A-b>x", "one x|two");
        check("one two", "<C-a><A-f>x", "onex| two");
        check("one two", "<Home><C-Right><C-Right><C-Left>x", "one x|two");
        check("one two", "<C-Left><C-u>", "|two");
        check("one two", "<C-Left><C-k>", "one |");
        check("one", "<A-d><C-a><A-d>", "|");
        check("<", "<lt><Space>", "<< |");
    }

    #[test]
    fn characters_are_those_that_are_seen() {
        check("ae\u{301}", "<Backspace>", "a|");
        check("ae\u{301}", "<Left>x", "ax|e\u{301}");
        check("👩\u{200D}🌾x", "<Left><Left>y", "y|👩\u{200D}🌾x");
        check("東京", "<Left>x", "東x|京");
        let mut line = LineEdit::new("東京");
        assert_eq!(line.cursor_columns(), 4);
        line.press(Key::plain(Code::Left));
        assert_eq!(line.cursor_columns(), 2);
    }

    #[test]
    fn a_mark_that_joins_its_neighbours_takes_the_cursor_along() {
        // The joiner makes one picture of the two that it is put between.
        let mut line = LineEdit::new("👩🌾");
        line.press(Key::plain(Code::Left));
        line.press(Key::char('\u{200D}'));
        assert_eq!(shown(&line), "👩\u{200D}🌾|");
    }

    #[test]
    fn keys_say_what_they_did() {
        let mut line = LineEdit::new("a");
        let mut press = |keys: &str| line.press(key::parse(keys).unwrap()[0]);
        assert_eq!(press("b"), Edited::Changed);
        assert_eq!(press("<Left>"), Edited::Moved);
        assert_eq!(press("<Tab>"), Edited::Ignored);
        assert_eq!(press("<F1>"), Edited::Ignored);
        assert_eq!(press("<C-x>"), Edited::Ignored);
        assert_eq!(press("<Enter>"), Edited::Submit);
        assert_eq!(press("<Esc>"), Edited::Cancel);
        assert_eq!(press("<C-c>"), Edited::Cancel);
        assert_eq!(press("<Backspace>"), Edited::Changed);
        assert_eq!(press("<Backspace>"), Edited::Moved);
        assert_eq!(press("<Delete>"), Edited::Changed);
        assert_eq!(press("<Backspace>"), Edited::Cancel);
    }

    #[test]
    fn older_lines_come_back() {
        let mut history = History::default();
        for line in ["set column 60", "date 2024-10-11", "  ", "set justify", "date 2024-10-11"] {
            history.add(line);
        }
        assert_eq!(history.last(), Some("date 2024-10-11"));
        let mut line = LineEdit::new("").remembering(&history);
        let mut check = |keys: &str, edited, text: &str| {
            let last = key::parse(keys).unwrap().into_iter().map(|it| line.press(it)).last();
            assert_eq!((last, line.text()), (Some(edited), text), "{keys}");
        };
        check("<Up>", Edited::Changed, "date 2024-10-11");
        check("<Up>", Edited::Changed, "set justify");
        check("<Down>", Edited::Changed, "date 2024-10-11");
        check("<Down>", Edited::Changed, "");
        check("<Down>", Edited::Moved, "");
        check("se<Up><Up>", Edited::Changed, "set column 60");
        check("<Up>", Edited::Moved, "set column 60");
        check("<Down><Down>", Edited::Changed, "se");
    }

    #[test]
    fn what_is_pasted_stays_one_line() {
        let check = |pasted: &str, text: &str| {
            let mut line = LineEdit::new("");
            line.paste(pasted);
            assert_eq!(line.text(), text);
        };
        check("two\r\nlines\n", "two lines");
        check("\u{1b}[31mred\u{7}", "[31mred");
        let mut line = LineEdit::new("");
        line.paste(&"東京".repeat(1_000_000));
        assert!(line.text().len() <= LONGEST && line.text().len() > LONGEST - 3);
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let code = prop_oneof![
            4 => any::<char>().prop_map(Code::Char),
            4 => prop::sample::select(vec!['e', '\u{301}', '\u{200D}', '👩', '🇹', '🇲', 'ก', ' ', '\u{7}'])
                .prop_map(Code::Char),
            4 => prop::char::range('a', 'z').prop_map(Code::Char),
            6 => prop::sample::select(vec![
                Code::Left, Code::Right, Code::Home, Code::End, Code::Backspace, Code::Delete,
                Code::Up, Code::Down, Code::Tab, Code::Enter, Code::Esc, Code::F(1),
            ]),
        ];
        let mods = prop::bool::weighted(0.2);
        (code, mods, mods, mods)
            .prop_map(|(code, ctrl, alt, shift)| Key::new(code, Mods { ctrl, alt, shift }))
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_between_two_characters(
            start in ".{0,12}",
            keys in prop::collection::vec(any_key(), 0..40),
            pasted in ".{0,6}",
        ) {
            let mut history = History::default();
            history.add(&start);
            let mut line = LineEdit::new(&start).remembering(&history);
            for (at, key) in keys.into_iter().enumerate() {
                let before = line.clone();
                let edited = line.press(key);
                if at == 20 {
                    line.paste(&pasted);
                } else if edited != Edited::Changed {
                    prop_assert_eq!(before.text(), line.text());
                }
                let mut edges = line.text().grapheme_indices(true).map(|(at, _)| at);
                let cursor = line.cursor();
                prop_assert!(cursor == line.text().len() || edges.any(|it| it == cursor));
                prop_assert!(line.cursor_columns() <= text::width(line.text()));
            }
        }
    }
}
