//! What can be painted, and what a theme says of each: colours, bold, underline.

use std::fmt;
use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};

use super::options::Borders;
use super::table::{self, Choice, Problem, Section, listed};
use crate::error;

/// Makes the roles and their names in theme files from one line of the table each.
macro_rules! roles {
    ($($variant:ident, $name:literal, $what:literal;)*) => {
        /// What a piece of the screen is, which decides how it is painted.
        ///
        /// The order is that of painting: a later role lies upon an earlier one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role {
            $(#[doc = $what] $variant,)*
        }

        impl Role {
            /// All roles, the lowest first.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in themes and in the config.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What is painted so.
            pub const fn what(self) -> &'static str {
                match self {
                    $(Self::$variant => $what,)*
                }
            }
        }
    };
}

roles! {
    Text, "text", "everything that is nothing else, and the background";
    CursorLine, "cursor_line", "the line of the text cursor";
    Title, "title", "the article's title";
    Heading, "heading", "a heading within the article";
    Muted, "muted", "byline, captions and other small print";
    Link, "link", "words that lead elsewhere";
    QuoteBlock, "quote_block", "a quote set off as a paragraph";
    QuoteDirect, "quote_direct", "a quote of whole sentences";
    QuotePartial, "quote_partial", "some words quoted within a sentence";
    QuoteScare, "quote_scare", "words held at a distance by quotation marks";
    Person, "person", "a person's name";
    Place, "place", "a place's name";
    Organization, "organization", "an organisation's name";
    Time, "time", "an expression of time";
    Highlight, "highlight", "a passage that you marked";
    CurrentAnnotation, "current_annotation", "the annotation that the cursor or the selected row is on";
    Match, "match", "what the search found";
    CurrentMatch, "current_match", "the match that the search is on";
    Selection, "selection", "what is selected";
    Cursor, "cursor", "the character under the text cursor";
    Hint, "hint", "the letters over links";
    Border, "border", "the frame of a pane";
    BorderFocused, "border_focused", "the frame of the pane that has the keys";
    PanelTitle, "panel_title", "the title of a panel";
    PanelTitleFocused, "panel_title_focused", "the title of the panel that has the keys";
    Row, "row", "a row of a panel";
    RowMuted, "row_muted", "what stands small in a row: rule, count, alias";
    RowHeading, "row_heading", "a heading within a panel: a speaker, a type, a year";
    RowCurrent, "row_current", "the row of what stands under the text cursor";
    RowSelected, "row_selected", "the selected row of the panel that has the keys";
    Strip, "strip", "where in the article the mentions fall";
    Axis, "axis", "the line of the timeline";
    Today, "today", "the article's own date on the timeline";
    Status, "status", "the status line";
    StatusAccent, "status_accent", "what stands out in the status line";
    Popup, "popup", "what opens above the text";
    Key, "key", "a key in a hint";
    Error, "error", "a message of what went wrong";
}

impl Role {
    /// The role of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.name() == name)
    }
}

/// How a role is painted. What is not said is left as it is underneath.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// Colour of the characters.
    pub fg: Option<Color>,
    /// Colour behind them.
    pub bg: Option<Color>,
    /// Switched on: bold, dim, italic, underlined, reversed.
    pub on: Modifier,
    /// Switched off where something underneath has switched it on.
    pub off: Modifier,
}

/// The five ways to differ without a colour that terminals know, by name.
const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

impl Paint {
    /// This, with what `over` says instead.
    #[must_use]
    pub fn patch(self, over: Self) -> Self {
        Self {
            fg: over.fg.or(self.fg),
            bg: over.bg.or(self.bg),
            on: (self.on - over.off) | over.on,
            off: (self.off - over.on) | over.off,
        }
    }

    /// The same without its colours.
    #[must_use]
    pub fn without_colour(self) -> Self {
        Self { fg: None, bg: None, ..self }
    }

    /// As the screen takes it.
    pub fn style(self) -> Style {
        Style {
            fg: self.fg,
            bg: self.bg,
            add_modifier: self.on,
            sub_modifier: self.off,
            ..Style::default()
        }
    }
}

/// As the inline table of a theme file: `{ fg = "blue", bold = true }`.
impl fmt::Display for Paint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        for (name, colour) in [("fg", self.fg), ("bg", self.bg)] {
            parts.extend(colour.map(|colour| format!("{name} = \"{}\"", word_of(colour))));
        }
        for (name, modifier) in MODIFIERS {
            if (self.on | self.off).contains(modifier) {
                parts.push(format!("{name} = {}", self.on.contains(modifier)));
            }
        }
        if parts.is_empty() {
            return f.write_str("{}");
        }
        write!(f, "{{ {} }}", parts.join(", "))
    }
}

/// A colour as it is written: `light-blue`, `117`, `#87d7ff`.
fn word_of(colour: Color) -> String {
    match colour {
        Color::Gray => "gray".into(),
        Color::Rgb(..) | Color::Indexed(_) => colour.to_string(),
        named => {
            let mut word = String::new();
            for char in named.to_string().chars() {
                if char.is_uppercase() && !word.is_empty() {
                    word.push('-');
                }
                word.extend(char.to_lowercase());
            }
            word
        }
    }
}

/// Reads a colour by name, by its number in the terminal's table of 256, or as `#rrggbb`.
fn colour(word: &str) -> Option<Color> {
    match word {
        // In the terminal's table it is number 7; the library's reader takes it for white.
        "light-gray" | "light-grey" => Some(Color::Gray),
        "default" => Some(Color::Reset),
        _ => Color::from_str(word).ok(),
    }
}

/// The built-in themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltIn {
    /// For a dark background, which stays the terminal's own.
    Dark,
    /// For a light background, which stays the terminal's own.
    Light,
    /// White, yellow and few others on black.
    HighContrast,
    /// Without any colour.
    NoColour,
}

impl Choice for BuiltIn {
    const ALL: &'static [Self] = &[Self::Dark, Self::Light, Self::HighContrast, Self::NoColour];

    fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::NoColour => "no-colour",
        }
    }
}

impl BuiltIn {
    /// What it says of each role.
    pub fn paints(self) -> Paints {
        let file = match self {
            Self::Dark => include_str!("../../assets/themes/dark.toml"),
            Self::Light => include_str!("../../assets/themes/light.toml"),
            Self::HighContrast => include_str!("../../assets/themes/high-contrast.toml"),
            Self::NoColour => include_str!("../../assets/themes/no-colour.toml"),
        };
        let file = table::parse(file).expect("a test holds that the built-in themes can be read");
        let mut root = Section::root(file.get_ref());
        paints(&mut root)
    }
}

/// What a theme or a config says of some roles, in the order of the file.
pub type Paints = Vec<(Role, Paint)>;

/// Which theme, with what is different.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeChoice {
    /// The built-in theme to begin with; none to go by the terminal's background.
    pub base: Option<BuiltIn>,
    /// What is painted otherwise, in order: of the user's theme file, then of the config.
    pub paints: Paints,
    /// What the signs are made of.
    pub borders: Borders,
}

/// A theme file of the user's: a built-in theme and what is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// What is painted where the file says nothing.
    pub base: BuiltIn,
    /// What the file says.
    pub paints: Paints,
}

/// Reads a user's theme file.
pub(super) fn read(text: &str) -> Result<ThemeFile, Vec<Problem>> {
    let file = table::parse(text)?;
    let mut root = Section::root(file.get_ref());
    let mut base = BuiltIn::Dark;
    root.choice("base", &mut base);
    let paints = paints(&mut root);
    let problems = root.problems();
    if problems.is_empty() { Ok(ThemeFile { base, paints }) } else { Err(problems) }
}

/// Reads roles and their paints out of a table; leaves out what is wrong and notes it.
pub(super) fn paints(section: &mut Section<'_>) -> Paints {
    let mut paints = Vec::new();
    for (name, place, value) in section.entries() {
        // Of a theme file itself.
        if name == "base" && section.is_root() {
            continue;
        }
        let Some(role) = Role::from_name(name) else {
            section.problem(unknown_role(name, place));
            continue;
        };
        if let Some(table) = section.table_in(name, value) {
            let mut inner = Section::named(role.name(), table);
            paints.push((role, paint(&mut inner)));
            for problem in inner.finish() {
                section.problem(problem);
            }
        }
    }
    paints
}

fn unknown_role(name: &str, place: std::ops::Range<usize>) -> Problem {
    let problem = Problem::new(place, format!("nothing is painted as `{}`", name.escape_debug()));
    let names: Vec<&str> = Role::ALL.iter().map(|it| it.name()).collect();
    match error::nearest(name, names.iter().copied()) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem.hint(format!("there are {}", listed(&names, "and"))),
    }
}

pub(super) fn paint(section: &mut Section<'_>) -> Paint {
    let mut paint = Paint::default();
    for (name, into) in [("fg", &mut paint.fg), ("bg", &mut paint.bg)] {
        let Some((place, word)) = section.text(name) else { continue };
        *into = colour(word);
        if into.is_none() {
            let message = format!("`{}` is not a colour", word.escape_debug());
            section.problem(Problem::new(place, message).hint(
                "a colour is a name such as `blue` or `light-blue`, a number from `0` to `255`, \
                 `#rrggbb`, or `reset` for the terminal's own",
            ));
        }
    }
    for (name, modifier) in MODIFIERS {
        let mut on = None;
        section.maybe_flag(name, &mut on);
        match on {
            Some(true) => paint.on |= modifier,
            Some(false) => paint.off |= modifier,
            None => {}
        }
    }
    paint
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, shown: &str) {
        let file = read(text).unwrap();
        let lines: Vec<String> =
            file.paints.iter().map(|(role, paint)| format!("{} = {paint}", role.name())).collect();
        assert_eq!(lines.join("\n"), shown, "{text}");
    }

    fn refuse(text: &str, message: &str, hint: &str) {
        let problems = read(text).unwrap_err();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].message, message);
        assert_eq!(problems[0].hint.as_deref(), Some(hint));
    }

    #[test]
    fn built_in_themes_are_read_without_a_problem() {
        for base in BuiltIn::ALL {
            let file = match base {
                BuiltIn::Dark => include_str!("../../assets/themes/dark.toml"),
                BuiltIn::Light => include_str!("../../assets/themes/light.toml"),
                BuiltIn::HighContrast => include_str!("../../assets/themes/high-contrast.toml"),
                BuiltIn::NoColour => include_str!("../../assets/themes/no-colour.toml"),
            };
            assert_eq!(read(file).unwrap().paints, base.paints());
        }
    }

    #[test]
    fn what_is_read_is_shown() {
        check("person = { fg = 'light-blue' }", "person = { fg = \"light-blue\" }");
        check(
            "text = { bg = 'gray', fg = 'light-gray' }",
            "text = { fg = \"gray\", bg = \"gray\" }",
        );
        check("[time]\nfg = '#00FFaa'\nbold = true", "time = { fg = \"#00FFAA\", bold = true }");
        check("match = { bg = '117', dim = false }", "match = { bg = \"117\", dim = false }");
        check("title = {}", "title = {}");
    }

    #[test]
    fn every_colour_reads_back() {
        for named in
            ["reset", "black", "gray", "dark-gray", "white", "light-red", "cyan", "0", "255"]
        {
            assert_eq!(word_of(colour(named).unwrap()), named);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        refuse("persn = {}", "nothing is painted as `persn`", "did you mean `person`?");
        refuse(
            "person = { color = 'red' }",
            "`[person]` has no option `color`",
            "it has `fg`, `bg`, `bold`, `dim`, `italic`, `underlined` and `reversed`",
        );
        refuse("base = 'drak'", "`base` cannot be `drak`", "did you mean `dark`?");
        let problems = read("person = 3\nplace = { fg = 'blau', bold = 1 }").unwrap_err();
        let messages: Vec<&str> = problems.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "`person` wants a table, not a whole number",
                "`blau` is not a colour",
                "`bold` wants `true` or `false`, not a whole number",
            ]
        );
    }
}
