//! What a terminal gets to see of a text.
//!
//! A text comes from anywhere and may hold terminal escapes, bidirectional overrides or a
//! thousand accents on one letter. Everything that is drawn goes through here, so nothing of that
//! reaches the terminal and every piece has the width that the layout counted.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::TextRange;

/// A piece of text that is drawn and passed over as one: a grapheme cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph<'t> {
    /// Its bytes in the text that [`glyphs_in`] was given.
    pub range: TextRange,
    /// What is drawn for it: free of control characters, empty where nothing is to be seen.
    pub shown: &'t str,
    /// The columns that `shown` takes, counted as ratatui counts them.
    pub columns: u8,
}

impl Glyph<'_> {
    /// Whether it is a gap at which lines break and justified lines stretch.
    pub fn is_space(&self) -> bool {
        self.shown.as_bytes().first() == Some(&b' ')
    }
}

/// How line ends and tabs inside a block are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Setting {
    /// Line ends count as spaces, the indentation behind them is not shown.
    #[default]
    Flow,
    /// As `Flow`, and the `>` that marks a quoted line is not shown either.
    Quote,
    /// Every space counts; a tab is four of them.
    Code,
}

/// The glyphs of a whole text; ranges count from its beginning.
pub fn glyphs(text: &str) -> Glyphs<'_> {
    glyphs_in(text, TextRange::of_bytes(0, text.len()), Setting::Flow)
}

/// The glyphs of a passage; ranges count from the beginning of `text`.
///
/// A passage that begins where a glyph begins has the same glyphs with the same widths as it has
/// within a larger one.
pub fn glyphs_in(text: &str, range: TextRange, setting: Setting) -> Glyphs<'_> {
    let end = range.of(text).len() + range.start as usize;
    let mut glyphs =
        Glyphs { text, at: range.start as usize, end, setting, gap: Gap::None, unseen: false };
    glyphs.look_back();
    glyphs
}

/// Iterator over the glyphs of a passage.
#[derive(Clone, Debug)]
pub struct Glyphs<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    setting: Setting,
    gap: Gap,
    unseen: bool,
}

/// The white space directly before the next glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    LineEnd,
}

/// What stands for a character that must not be seen as it is.
const MARK: &str = "\u{FFFD}";
/// What stands for a change of the writing direction.
const DIRECTION: &str = "⇄";
/// What carries accents that have no letter.
const NO_LETTER: &str = "◌";
const TAB: &str = "    ";
const CONTROLS: [&str; 32] = [
    "␀", "␁", "␂", "␃", "␄", "␅", "␆", "␇", "␈", "␉", "␊", "␋", "␌", "␍", "␎", "␏", "␐", "␑", "␒",
    "␓", "␔", "␕", "␖", "␗", "␘", "␙", "␚", "␛", "␜", "␝", "␞", "␟",
];

/// How far back the white space before a passage is looked at, in characters.
const LOOK_BACK: usize = 64;
/// The most characters of one glyph; the longest emoji sequences have eleven.
const CHARACTERS: usize = 16;
/// The most marks on one letter. No spelling needs more.
const MARKS: usize = 4;

impl<'t> Glyphs<'t> {
    fn look_back(&mut self) {
        let Some(before) = self.text.get(..self.at) else { return };
        self.unseen = ends_unseen(before);
        if self.setting == Setting::Code {
            return;
        }
        let mut directly = true;
        let mut chars = before.chars().rev();
        for c in chars.by_ref().take(LOOK_BACK) {
            match c {
                c if is_line_end(c) => {
                    self.gap = Gap::LineEnd;
                    return;
                }
                ' ' | '\t' if directly => self.gap = Gap::Space,
                ' ' | '\t' => {}
                '>' if self.setting == Setting::Quote => {}
                _ => return,
            }
            directly = false;
        }
        if self.setting == Setting::Quote && chars.next().is_none() {
            self.gap = Gap::LineEnd;
        }
    }

    fn ascii(&mut self, byte: u8, cluster: &'t str) -> (&'t str, u8) {
        self.unseen = false;
        if byte <= b' ' || byte == 0x7F {
            return self.control(byte);
        }
        if byte == b'>' && self.setting == Setting::Quote && self.gap == Gap::LineEnd {
            return ("", 0);
        }
        self.gap = Gap::None;
        (cluster, 1)
    }

    /// How a white-space or control byte is shown.
    fn control(&mut self, byte: u8) -> (&'t str, u8) {
        let (shown, columns, gap) = match (byte, self.setting) {
            (b' ', Setting::Code) => (" ", 1, Gap::None),
            (b'\t', Setting::Code) => (TAB, 4, Gap::None),
            (b'\n' | b'\r', Setting::Code) => ("", 0, Gap::None),
            (b' ' | b'\t', _) if self.gap == Gap::LineEnd => ("", 0, Gap::LineEnd),
            (b' ' | b'\t', _) => (" ", 1, Gap::Space),
            (b'\n' | b'\r' | 0x0B | 0x0C, Setting::Flow | Setting::Quote) => self.line_end(),
            (0x7F, _) => ("␡", 1, Gap::None),
            (byte, _) => (CONTROLS[usize::from(byte) & 31], 1, Gap::None),
        };
        self.gap = gap;
        (shown, columns)
    }

    /// A line end is a space where none stands before it.
    fn line_end(&self) -> (&'t str, u8, Gap) {
        if self.gap == Gap::None { (" ", 1, Gap::LineEnd) } else { ("", 0, Gap::LineEnd) }
    }

    fn cluster(&mut self, cluster: &'t str) -> (&'t str, u8) {
        let first = cluster.chars().next().unwrap_or(' ');
        let unseen = std::mem::replace(&mut self.unseen, ends_unseen(cluster));
        if self.setting != Setting::Code && matches!(first, '\u{85}' | '\u{2028}' | '\u{2029}') {
            let (shown, columns, gap) = self.line_end();
            self.gap = gap;
            return (shown, columns);
        }
        self.gap = Gap::None;
        match first {
            '\u{80}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' => (MARK, 1),
            '\u{206A}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}' => {
                (MARK, 1)
            }
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => (DIRECTION, 1),
            '\u{AD}' => ("", 0),
            c if is_unseen(c) => {
                if unseen {
                    (MARK, 1)
                } else {
                    ("", 0)
                }
            }
            c if c.len_utf8() == cluster.len() => match c.width() {
                None | Some(0) => (NO_LETTER, 1),
                Some(columns) => (cluster, columns_of(columns)),
            },
            _ => {
                // A joiner at the end would take the next cell along; some terminals do that.
                let shown = few_marks(cluster).trim_end_matches('\u{200D}');
                match shown.width() {
                    0 => (NO_LETTER, 1),
                    columns => (shown, columns_of(columns)),
                }
            }
        }
    }
}

impl<'t> Iterator for Glyphs<'t> {
    type Item = Glyph<'t>;

    fn next(&mut self) -> Option<Glyph<'t>> {
        let start = self.at;
        let bytes = self.text.as_bytes().get(start..self.end)?;
        let byte = *bytes.first()?;
        let next = bytes.get(1).copied().unwrap_or(b' ');
        let (shown, columns);
        if byte < 0x80 && next < 0x80 {
            // ASCII before ASCII is a cluster alone; only CR LF is not.
            self.at += if byte == b'\r' && next == b'\n' { 2 } else { 1 };
            (shown, columns) = self.ascii(byte, self.text.get(start..self.at).unwrap_or_default());
        } else if is_alone(bytes) {
            self.at += single(bytes);
            let cluster = self.text.get(start..self.at).unwrap_or_default();
            (shown, columns) = if byte < 0x80 {
                self.ascii(byte, cluster)
            } else {
                (self.gap, self.unseen) = (Gap::None, false);
                (cluster, 1)
            };
        } else {
            // Where the range ends inside a character nothing is left to show.
            let rest = self.text.get(start..self.end).unwrap_or_default();
            let Some(cluster) = rest.graphemes(true).next() else {
                self.at = self.end;
                return None;
            };
            self.at += cluster.len();
            (shown, columns) =
                if cluster.len() == 1 { self.ascii(byte, cluster) } else { self.cluster(cluster) };
        }
        Some(Glyph { range: TextRange::of_bytes(start, self.at), shown, columns })
    }
}

/// Whether the first character is known to join with nothing, without looking for graphemes.
fn is_alone(bytes: &[u8]) -> bool {
    let length = single(bytes);
    length > 0 && (length == bytes.len() || single(&bytes[length..]) > 0)
}

/// The bytes of the first character, where it is one of those that nearly all of a text consists
/// of, that never join with one of their like (but for CR LF), and that are one column wide unless
/// they are ASCII: letters with accents, quotation marks and dashes, lines and bars.
fn single(bytes: &[u8]) -> usize {
    match bytes {
        [0..=0x7F, ..] => 1,
        // U+00C0 to U+023F.
        [0xC3..=0xC8, _, ..] => 2,
        // U+2010 to U+2027, U+2500 to U+259F.
        [0xE2, 0x80, 0x90..=0xA7, ..]
        | [0xE2, 0x94..=0x95, _, ..]
        | [0xE2, 0x96, 0x80..=0x9F, ..] => 3,
        _ => 0,
    }
}

fn columns_of(columns: usize) -> u8 {
    u8::try_from(columns).unwrap_or(u8::MAX)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Characters that have a meaning in some script but nothing to see. One is left out of the
/// picture; behind another one it is shown, because a run of them only hides something.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}'
            | '\u{61C}'
            | '\u{34F}'
            | '\u{2060}'..='\u{2064}'
            | '\u{180B}'..='\u{180F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{115F}'..='\u{1160}'
            | '\u{3164}'
            | '\u{FFA0}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
    )
}

/// Whether one more unseen character behind this would make a run. A variation selector belongs
/// to the picture before it.
fn ends_unseen(text: &str) -> bool {
    let last = text.chars().next_back();
    last.is_some_and(|c| is_unseen(c) && !matches!(c, '\u{FE00}'..='\u{FE0F}'))
}

/// The beginning of a cluster that no terminal stumbles over.
fn few_marks(cluster: &str) -> &str {
    let flag = cluster.starts_with('\u{1F3F4}');
    let (mut marks, mut joiners) = (0, 0);
    for (count, (at, c)) in cluster.char_indices().enumerate() {
        if is_unseen(c) {
            joiners += 1;
        } else {
            joiners = 0;
            marks += usize::from(c.width() == Some(0) && !flag);
        }
        let tag = matches!(c, '\u{E0000}'..='\u{E0FFF}');
        if count >= CHARACTERS || marks > MARKS || joiners > 2 || (tag && !flag) {
            return cluster.get(..at).unwrap_or_default();
        }
    }
    cluster
}

/// The text as it may be written to a terminal in one line: titles, rows of panels, tables.
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(glyphs(text).map(|glyph| glyph.shown).collect())
}

/// Whether every byte is a glyph of one column that is shown as it is.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..0x7F).contains(&byte))
}

/// The columns that [`visible`] of this text takes.
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    glyphs(text).map(|glyph| usize::from(glyph.columns)).sum()
}

/// The longest beginning of `text` that fits in `columns`, never half a character.
pub fn cut_to_width(text: &str, columns: u16) -> &str {
    let mut left = usize::from(columns);
    let mut end = 0;
    for glyph in glyphs(text) {
        let Some(rest) = left.checked_sub(glyph.columns.into()) else { break };
        (left, end) = (rest, glyph.range.end as usize);
    }
    text.get(..end).unwrap_or(text)
}

/// The text made visible and cut to `columns`, with an ellipsis where something is left out.
pub fn fit(text: &str, columns: u16) -> Cow<'_, str> {
    let whole = cut_to_width(text, columns);
    if whole.len() == text.len() {
        return visible(text);
    }
    let Some(room) = columns.checked_sub(1) else { return Cow::Borrowed("") };
    let beginning = visible(cut_to_width(whole, room));
    Cow::Owned(format!("{}…", beginning.trim_end()))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::text::offset;
    use proptest::prelude::*;

    fn check(text: &str, shown: &str) {
        assert_eq!(visible(text), shown, "{text:?}");
    }

    #[test]
    fn words_stay_as_they_are() {
        check("Plain words, 100 %.", "Plain words, 100 %.");
        check("“Ça va”, dit-il: 東京 👩‍👩‍👧‍👦 🇹🇲 ❤️‍🔥", "“Ça va”, dit-il: 東京 👩‍👩‍👧‍👦 🇹🇲 ❤️‍🔥");
        check("\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "🏴󠁧󠁢󠁥󠁮󠁧󠁿");
        check("می‌خواهم", "می‌خواهم");
        check("क्षि", "क्षि");
    }

    #[test]
    fn nothing_commands_the_terminal() {
        check("a\u{1b}[31mred\u{7}", "a␛[31mred␇");
        check("\u{9b}31m\u{7f}\0", "\u{FFFD}31m␡␀");
        check("\u{202e}abc\u{202c}", "⇄abc⇄");
        check("\u{2066}x\u{2069}", "⇄x⇄");
        check("a\u{feff}b", "a\u{FFFD}b");
        check("a\u{200b}b", "ab");
        check("a\u{200b}\u{200b}\u{200b}b", "a\u{FFFD}\u{FFFD}b");
        check("soft\u{ad}hyphen", "softhyphen");
        check("\u{301}", "◌");
        check("e\u{301}", "e\u{301}");
        check("\u{1b}\u{301}x", "␛◌x");
        check(&format!("z{}", "\u{301}".repeat(900)), "z\u{301}\u{301}\u{301}\u{301}");
        check(&format!("z{}!", "\u{200d}".repeat(900)), "z!");
        check(
            "a\u{200d}b\u{200d} \u{1f469}\u{200d}\u{1f467}\u{200d}",
            "ab \u{1f469}\u{200d}\u{1f467}",
        );
        check("a\u{E0041}\u{E0042}", "a");
    }

    #[test]
    fn line_ends_are_spaces() {
        check("one\ntwo\r\nthree\rfour", "one two three four");
        check("one\n    two", "one two");
        check("one \n two", "one two");
        check("a\tb", "a b");
        check("a\u{2028}b\u{2029}c", "a b c");
        check("é\n\té", "é é");
    }

    #[test]
    fn settings_differ_in_marks_and_tabs() {
        let shown = |text: &str, setting| {
            glyphs_in(text, TextRange::of_bytes(0, text.len()), setting)
                .map(|glyph| glyph.shown)
                .collect::<String>()
        };
        assert_eq!(shown("> one\n> two > 1\n>> three", Setting::Quote), "one two > 1 three");
        assert_eq!(shown("if\n> x", Setting::Flow), "if > x");
        assert_eq!(shown("\tx\n", Setting::Code), "    x");
        assert_eq!(shown("a  b\u{c}", Setting::Code), "a  b␌");
    }

    #[test]
    fn what_is_taken_for_a_glyph_alone_is_one() {
        let all = ('\0'..='\u{FFFF}').map(String::from);
        let singles: Vec<String> = all.filter(|it| single(it.as_bytes()) == it.len()).collect();
        assert_eq!(singles.len(), 128 + 384 + 24 + 160);
        for one in &singles {
            let pair = |other: &str| format!("{one}{other}");
            assert!(one.is_ascii() || one.width() == 1, "{one:?}");
            for other in ["a", "\n", "é", "”", "│", one] {
                let known = one == "\r" && other == "\n";
                assert!(known || pair(other).graphemes(true).count() == 2, "{one:?} {other:?}");
            }
        }
        assert_eq!(glyphs("a\r\ne\u{301}”\u{301}é”").count(), 6);
    }

    #[test]
    fn cutting_keeps_whole_characters() {
        assert_eq!(cut_to_width("東京都", 5), "東京");
        assert_eq!(fit("東京都", 5), "東京…");
        assert_eq!(fit("東京都", 6), "東京都");
        assert_eq!(fit("two words", 5), "two…");
        assert_eq!(fit("two", 0), "");
        assert_eq!(width("東\u{1b}京"), 5);
    }

    /// Texts of everything that is hard to draw.
    pub(in crate::text) fn hard_text() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "a",
            "word",
            " ",
            "  ",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "東",
            "京都。",
            "é",
            "e\u{301}",
            "\u{301}",
            "👩‍👩‍👧‍👦",
            "🇹🇲",
            "🇹",
            "\u{200d}",
            "\u{200b}",
            "\u{ad}",
            "\u{1b}[2J",
            "\u{202e}",
            "שלום",
            "مرحبا",
            "-",
            "—",
            "“",
            "”",
            ">",
            "\u{85}",
            "\u{2028}",
            "\u{feff}",
            "❤️",
            "ᄀ",
            "각",
            "क्ष",
            "\u{0}",
            "internationalisation",
            "https://example.org/a/b?c=d",
        ]);
        prop_oneof![
            prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()),
            ".{0,80}",
        ]
    }

    proptest! {
        #[test]
        fn glyphs_join_to_the_text_and_are_harmless(text in hard_text()) {
            for setting in [Setting::Flow, Setting::Quote, Setting::Code] {
                let whole = TextRange::of_bytes(0, text.len());
                let mut at = 0;
                for glyph in glyphs_in(&text, whole, setting) {
                    prop_assert_eq!(glyph.range.start, at);
                    prop_assert!(!glyph.shown.chars().any(char::is_control));
                    let hidden = ['\u{202e}', '\u{2066}', '\u{feff}'];
                    prop_assert!(!glyph.shown.contains(hidden));
                    prop_assert_eq!(glyph.shown.width(), usize::from(glyph.columns));
                    prop_assert!(!glyph.range.is_empty());
                    at = glyph.range.end;
                }
                prop_assert_eq!(at as usize, text.len());
            }
        }

        #[test]
        fn a_passage_has_the_glyphs_of_the_whole(text in hard_text(), pick: prop::sample::Index) {
            for setting in [Setting::Flow, Setting::Quote, Setting::Code] {
                let all: Vec<_> =
                    glyphs_in(&text, TextRange::of_bytes(0, text.len()), setting).collect();
                if all.is_empty() { return Ok(()); }
                let from = pick.index(all.len());
                let range = TextRange::new(all[from].range.start, offset(text.len()));
                let part: Vec<_> = glyphs_in(&text, range, setting).collect();
                prop_assert_eq!(&all[from..], &part[..]);
            }
        }

        #[test]
        fn what_fits_fits(text in hard_text(), columns in 0u16..30) {
            prop_assert!(width(cut_to_width(&text, columns)) <= columns.into());
            prop_assert!(fit(&text, columns).width() <= columns.into());
        }
    }
}
