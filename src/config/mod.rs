//! What the reader of an article has set: options, keys, colours.

mod table;
pub mod theme;

pub use theme::{BuiltIn, Paint, Role};

use table::Choice;

/// Which signs the frames, the margin and the panels are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Borders {
    /// Lines and blocks.
    Unicode,
    /// Characters that every terminal and every font has.
    Ascii,
}

impl Choice for Borders {
    const ALL: &'static [Self] = &[Self::Unicode, Self::Ascii];

    fn name(self) -> &'static str {
        match self {
            Self::Unicode => "unicode",
            Self::Ascii => "ascii",
        }
    }
}

/// Which theme, with what is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeChoice {
    /// The built-in theme to begin with; none to go by the terminal's background.
    pub base: Option<BuiltIn>,
    /// What is painted otherwise, in order: of the user's theme file, then of the config.
    pub paints: theme::Paints,
    /// What the signs are made of.
    pub borders: Borders,
}

impl Default for ThemeChoice {
    fn default() -> Self {
        Self { base: None, paints: Vec::new(), borders: Borders::Unicode }
    }
}
