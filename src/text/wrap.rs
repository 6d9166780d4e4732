//! Breaks text into lines of a width.
//!
//! Greedy over the break opportunities of UAX #14, in columns of glyphs. A word longer than a line
//! is broken between glyphs. White space at the end of a line belongs to it and hangs beyond the
//! width, so the lines of a passage join to exactly the passage.

use hypher::Lang;
use unicode_linebreak::linebreaks;

use super::{Glyph, Setting, TextRange, glyphs_in, offset};

/// A line on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its bytes in the text, with the white space and the line end behind its words.
    pub range: TextRange,
    /// The columns from its first glyph to its last one before the white space at the end,
    /// with the hyphen where there is one.
    pub columns: u16,
    /// Whether a hyphen is drawn behind its last glyph.
    pub hyphen: bool,
    /// Whether a line end of the text ended it (only in [`Setting::Code`]).
    pub hard: bool,
}

/// How a passage is broken into lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrapping {
    /// The most columns of a line. 0 is taken as 1.
    pub width: u16,
    /// What line ends mean.
    pub setting: Setting,
    /// Whether English words are hyphenated where a line would otherwise end early.
    pub hyphenate: bool,
}

/// The lines of a passage, which join to exactly the passage. None is wider than the width, but
/// for one that holds a single glyph which is wider alone.
///
/// The cost is linear in the passage; see [`super::segments`] for passages of any size.
pub fn wrap(text: &str, range: TextRange, how: Wrapping) -> Vec<Line> {
    let mut lines = Vec::with_capacity(range.len() as usize / usize::from(how.width.max(16)) + 1);
    if how.setting != Setting::Code {
        Paragraph::new(text, range, how, &mut lines).fill();
        return lines;
    }
    let mut start = range.start as usize;
    for line in physical_lines(range.of(text)) {
        let end = start + line.len();
        Paragraph::new(text, TextRange::of_bytes(start, end), how, &mut lines).fill();
        if let Some(last) = lines.last_mut() {
            last.hard = line.ends_with(['\n', '\r']);
        }
        start = end;
    }
    lines
}

/// Lines as a text file has them, each with its line end: LF, CR LF or a lone CR.
pub fn physical_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let end = match memchr::memchr2(b'\n', b'\r', bytes) {
            Some(at) if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') => at + 2,
            Some(at) => at + 1,
            None => bytes.len(),
        };
        let (line, behind) = rest.split_at(end);
        rest = behind;
        (!line.is_empty()).then_some(line)
    })
}

/// Where `missing` columns go so that a line of `gaps` gaps reaches both margins: the extra
/// spaces of each gap from left to right, spread as evenly as whole columns allow.
pub fn spread(gaps: u16, missing: u16) -> impl Iterator<Item = u16> {
    let share = move |gap: u16| {
        let columns = u32::from(missing) * u32::from(gap) / u32::from(gaps.max(1));
        u16::try_from(columns).unwrap_or(missing)
    };
    (0..gaps).map(move |gap| share(gap + 1) - share(gap))
}

/// The gaps of a line that are stretched to justify it: the last byte of each with its extra
/// columns. Empty where the line is full, has no gap, or would be torn apart.
///
/// The last line of a paragraph is the caller's to leave alone.
pub fn justify(text: &str, line: &Line, how: Wrapping) -> Vec<(u32, u16)> {
    let missing = how.width.saturating_sub(line.columns);
    let words = line.range.start as usize + line.range.of(text).trim_end().len();
    let mut gaps: Vec<(u32, u16)> = Vec::new();
    let (mut seen, mut space) = (false, None);
    for glyph in glyphs_in(text, TextRange::of_bytes(line.range.start as usize, words), how.setting)
    {
        if glyph.is_space() {
            space = Some(glyph.range.start);
        } else if glyph.columns > 0 {
            // Indentation is no gap between words.
            gaps.extend(space.take().filter(|_| seen).map(|at| (at, 0)));
            seen = true;
        }
    }
    let count = u16::try_from(gaps.len()).unwrap_or(u16::MAX);
    if missing == 0 || how.setting == Setting::Code || missing > count.saturating_mul(LOOSEST) {
        return Vec::new();
    }
    for (gap, extra) in gaps.iter_mut().zip(spread(count, missing)) {
        gap.1 = extra;
    }
    gaps
}

/// A gap that grows by more columns than this looks worse than a ragged margin.
const LOOSEST: u16 = 3;

/// A passage on its way into lines.
struct Paragraph<'t, 'l> {
    text: &'t str,
    range: TextRange,
    how: Wrapping,
    lines: &'l mut Vec<Line>,
    /// The place reached, where the line begins.
    here: Place,
    /// The last place at which the line may end.
    last: Option<Place>,
}

/// A place on the line that is being filled.
#[derive(Clone, Copy, Default)]
struct Place {
    /// In the text.
    byte: u32,
    /// From the line's beginning, white space too.
    columns: u32,
    /// From the line's beginning up to the last glyph that is no space.
    ink: u32,
    /// Whether the line gets a hyphen when it ends here.
    hyphen: bool,
}

impl<'t, 'l> Paragraph<'t, 'l> {
    fn new(text: &'t str, range: TextRange, how: Wrapping, lines: &'l mut Vec<Line>) -> Self {
        let here = Place { byte: range.start, ..Place::default() };
        Self { text, range, how, lines, here, last: None }
    }

    fn width(&self) -> u32 {
        u32::from(self.how.width.max(1))
    }

    fn fill(mut self) {
        let mut start = self.range.start;
        // Only the passage's own text is seen, so that its breaks do not depend on what follows.
        let begin = self.range.start;
        let mut breaks = linebreaks(self.range.of(self.text)).map(|(at, _)| begin + offset(at));
        let mut next = begin;
        let mut soft = false;
        for glyph in glyphs_in(self.text, self.range, self.how.setting) {
            while next < glyph.range.start {
                next = breaks.next().unwrap_or(u32::MAX);
            }
            if next == glyph.range.start {
                // Behind a soft hyphen the line ends with a hyphen, for which there must be room.
                // An indentation alone is no line.
                if self.here.ink > 0 && (!soft || self.here.columns < self.width()) {
                    self.last = Some(Place { hyphen: soft, ..self.here });
                }
            }
            if !glyph.is_space() && glyph.columns > 0 {
                start = self.make_room(glyph, start);
            }
            soft = glyph.columns == 0 && glyph.range.of(self.text) == "\u{ad}";
            self.here.byte = glyph.range.end;
            self.here.columns += u32::from(glyph.columns);
            if !glyph.is_space() && glyph.columns > 0 {
                self.here.ink = self.here.columns;
            }
        }
        if start < self.range.end {
            self.here.byte = self.range.end;
            self.push(start, self.here);
        }
    }

    /// Ends the line that begins at `start` as often as the glyph needs it, and tells where the
    /// last one then begins.
    fn make_room(&mut self, glyph: Glyph<'_>, mut start: u32) -> u32 {
        while self.here.columns + u32::from(glyph.columns) > self.width() {
            let hyphenated = if self.how.hyphenate { self.hyphenated(start) } else { None };
            let end = hyphenated.or(self.last.take()).filter(|place| place.byte > start);
            let end = end.unwrap_or(self.here);
            if end.byte <= start {
                break;
            }
            self.push(start, end);
            start = end.byte;
            self.last = None;
            self.here.columns -= end.columns;
            self.here.ink = self.here.ink.saturating_sub(end.columns);
        }
        start
    }

    /// The last place in the word that does not fit at which it may be divided.
    fn hyphenated(&self, start: u32) -> Option<Place> {
        let before = self.last.filter(|place| place.byte > start);
        let before = before.unwrap_or(Place { byte: start, ..Place::default() });
        // As far as a word may go that begins on this line.
        let end = self.range.end.min(self.here.byte.saturating_add(2 * offset(MAX_WORD)));
        let end = self.text.floor_char_boundary(end as usize);
        let rest = self.text.get(before.byte as usize..end)?;
        let lead = rest.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let word = rest.get(lead..)?;
        let word =
            word.get(..word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len()))?;
        let beginning = u32::try_from(lead).ok()?;
        if !(MIN_WORD..=MAX_WORD).contains(&word.len()) || before.byte + beginning > self.here.byte
        {
            return None;
        }
        // Letters of ASCII have one column each; the lead is measured.
        let lead_range = TextRange::new(before.byte, before.byte + beginning);
        let lead: u32 =
            glyphs_in(self.text, lead_range, self.how.setting).map(|g| u32::from(g.columns)).sum();
        let (mut letters, mut found) = (0, None);
        for syllable in hypher::hyphenate(word, Lang::English) {
            let columns = before.columns + lead + letters;
            if letters > 0 && columns < self.width() {
                let byte = before.byte + beginning + letters;
                found = Some(Place { byte, columns, ink: columns, hyphen: true });
            }
            letters += u32::try_from(syllable.len()).unwrap_or_default();
        }
        found
    }

    fn push(&mut self, start: u32, end: Place) {
        let columns = u16::try_from(end.ink + u32::from(end.hyphen)).unwrap_or(u16::MAX);
        let range = TextRange::new(start, end.byte);
        self.lines.push(Line { range, columns, hyphen: end.hyphen, hard: false });
    }
}

/// The shortest word that is hyphenated, in letters.
const MIN_WORD: usize = 6;
/// The longest: what is longer is no word.
const MAX_WORD: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::glyphs::tests::hard_text;
    use proptest::prelude::*;

    fn lines(text: &str, how: Wrapping) -> Vec<String> {
        wrap(text, TextRange::of_bytes(0, text.len()), how)
            .iter()
            .map(|line| {
                let words: String =
                    glyphs_in(text, line.range, how.setting).map(|glyph| glyph.shown).collect();
                format!("{}{}", words.trim_end(), if line.hyphen { "-" } else { "" })
            })
            .collect()
    }

    fn flow(width: u16) -> Wrapping {
        Wrapping { width, setting: Setting::Flow, hyphenate: false }
    }

    #[track_caller]
    fn check(text: &str, width: u16, wanted: &[&str]) {
        assert_eq!(lines(text, flow(width)), wanted, "{text:?} at {width}");
    }

    #[test]
    fn words_go_where_they_fit() {
        check("a bb ccc", 4, &["a bb", "ccc"]);
        check("a bb   ccc", 4, &["a bb", "ccc"]);
        check("word", 1, &["w", "o", "r", "d"]);
        check("a longerword b", 6, &["a", "longer", "word b"]);
        check("well-known facts", 6, &["well-", "known", "facts"]);
        check("“No,” he said.", 6, &["“No,”", "he", "said."]);
        check("one\ntwo\r\n  three", 20, &["one two three"]);
        check("soft\u{ad}hyphen", 6, &["soft-", "hyphen"]);
        check("soft\u{ad}hyphen", 4, &["soft", "hyph", "en"]);
        check("", 5, &[]);
    }

    #[test]
    fn wide_and_joined_characters_are_whole() {
        check("東京都の", 5, &["東京", "都の"]);
        check("東京", 1, &["東", "京"]);
        check("🇹🇲🇰🇿", 2, &["🇹🇲", "🇰🇿"]);
        check("👩‍👩‍👧‍👦!", 2, &["👩‍👩‍👧‍👦", "!"]);
        check("e\u{301}e\u{301}", 1, &["e\u{301}", "e\u{301}"]);
        check("שלום עולם", 5, &["שלום", "עולם"]);
    }

    #[test]
    fn code_keeps_its_lines() {
        let how = Wrapping { width: 8, setting: Setting::Code, hyphenate: false };
        let text = "if x:\r\n\n    go(there, now)\rend";
        assert_eq!(lines(text, how), ["if x:", "", "    go(t", "here,", "now)", "end"]);
        let wrapped = wrap(text, TextRange::of_bytes(0, text.len()), how);
        let hard: Vec<_> = wrapped.iter().map(|line| line.hard).collect();
        assert_eq!(hard, [true, true, false, false, true, false]);
    }

    #[test]
    fn hyphens_fill_a_line() {
        let how = Wrapping { hyphenate: true, ..flow(12) };
        assert_eq!(lines("the internationalisation", how), ["the interna-", "tionalisa-", "tion"]);
        assert_eq!(lines("a (particularly) dry", how), ["a (particu-", "larly) dry"]);
    }

    #[test]
    fn spaces_are_spread_evenly() {
        assert_eq!(spread(3, 7).collect::<Vec<_>>(), [2, 2, 3]);
        assert_eq!(spread(0, 7).count(), 0);
        let text = "one two three and so on";
        let line = wrap(text, TextRange::of_bytes(0, text.len()), flow(15))[0];
        assert_eq!(justify(text, &line, flow(15)), [(3, 1), (7, 1)]);
        assert_eq!(justify(text, &line, flow(40)), []);
    }

    proptest! {
        #[test]
        fn lines_join_to_the_text_and_fit(
            text in hard_text(), width in 0u16..24, hyphenate: bool, code: bool,
        ) {
            let setting = if code { Setting::Code } else { Setting::Flow };
            let how = Wrapping { width, setting, hyphenate };
            let mut at = 0;
            for line in wrap(&text, TextRange::of_bytes(0, text.len()), how) {
                prop_assert_eq!(line.range.start, at);
                prop_assert!(!line.range.is_empty());
                at = line.range.end;
                let glyphs: Vec<_> = glyphs_in(&text, line.range, setting).collect();
                let last = glyphs.iter().rposition(|glyph| glyph.columns > 0 && !glyph.is_space());
                let drawn = &glyphs[..last.map_or(0, |last| last + 1)];
                let columns: u16 = drawn.iter().map(|glyph| u16::from(glyph.columns)).sum();
                prop_assert_eq!(line.columns, columns + u16::from(line.hyphen));
                let seen = drawn.iter().filter(|glyph| glyph.columns > 0).count();
                prop_assert!(line.columns <= width.max(1) || seen == 1, "{:?}", line);
            }
            prop_assert_eq!(at as usize, text.len());
        }

        #[test]
        fn a_justified_line_is_as_wide_as_the_column(text in hard_text(), width in 1u16..24) {
            for line in wrap(&text, TextRange::of_bytes(0, text.len()), flow(width)) {
                let extra: u16 = justify(&text, &line, flow(width)).iter().map(|gap| gap.1).sum();
                prop_assert!(extra == 0 || line.columns + extra == width);
            }
        }
    }
}
