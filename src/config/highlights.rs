//! The colours to highlight with: `[highlights]`.

use ratatui::style::Color;

use super::table::{Problem, Section};
use super::theme::{self, Paint};
use crate::text;

/// A colour to highlight with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ink {
    /// Its name, as it stands in files.
    pub name: String,
    /// The letter that is typed behind `H`.
    pub key: char,
    /// What it is used for, in your words.
    pub meaning: String,
    /// The sign in the margin, one column wide.
    pub glyph: String,
    /// How it is painted.
    pub paint: Paint,
}

/// The colours in the order in which they are offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inks(Vec<Ink>);

impl Default for Inks {
    fn default() -> Self {
        let ink = |(name, key, ground): (&str, char, u8)| Ink {
            name: name.to_owned(),
            key,
            meaning: String::new(),
            glyph: key.to_string(),
            paint: Paint {
                fg: Some(Color::Indexed(16)),
                bg: Some(Color::Indexed(ground)),
                ..Paint::default()
            },
        };
        let all = [
            ("yellow", 'y', 228),
            ("green", 'g', 157),
            ("blue", 'b', 153),
            ("red", 'r', 217),
            ("violet", 'v', 189),
        ];
        Self(all.map(ink).to_vec())
    }
}

impl Inks {
    /// All of them.
    pub fn all(&self) -> &[Ink] {
        &self.0
    }

    /// The colour of this name; files may name one that is not there any more.
    pub fn named(&self, name: &str) -> Option<&Ink> {
        self.0.iter().find(|it| it.name == name)
    }

    /// The colour of this letter.
    pub fn of_key(&self, key: char) -> Option<&Ink> {
        self.0.iter().find(|it| it.key == key)
    }

    pub(super) fn read(&mut self, section: &mut Section<'_>) {
        for (name, place, value) in section.entries() {
            let Some(table) = section.table_in(name, value) else { continue };
            let mut ink = self.named(name).cloned().unwrap_or_else(|| Ink {
                name: name.to_owned(),
                key: name.chars().next().unwrap_or('x'),
                meaning: String::new(),
                glyph: String::new(),
                paint: Paint::default(),
            });
            let mut inner = Section::named("highlights", table);
            ink.read(&mut inner);
            if ink.glyph.is_empty() {
                ink.glyph = ink.key.to_string();
            }
            for problem in inner.finish() {
                section.problem(problem);
            }
            if let Some(other) = self.0.iter().find(|it| it.key == ink.key && it.name != ink.name) {
                let message =
                    format!("`{}` and `{name}` both have the key `{}`", other.name, ink.key);
                section
                    .problem(Problem::new(place, message).hint("give one of them another `key`"));
                continue;
            }
            match self.0.iter_mut().find(|it| it.name == ink.name) {
                Some(old) => *old = ink,
                None => self.0.push(ink),
            }
        }
    }
}

impl Ink {
    fn read(&mut self, section: &mut Section<'_>) {
        if let Some((place, typed)) = section.text("key") {
            let mut chars = typed.chars();
            match (chars.next(), chars.next()) {
                (Some(key), None) if !key.is_control() && !key.is_whitespace() && key != 'H' => {
                    // The sign follows the key where nobody chose one.
                    if self.glyph == self.key.to_string() {
                        self.glyph = key.to_string();
                    }
                    self.key = key;
                }
                _ => section.problem(
                    Problem::new(place, "`key` is one letter, but not `H`")
                        .hint("`H` repeats the last colour"),
                ),
            }
        }
        if let Some((_, meaning)) = section.text("meaning") {
            meaning.clone_into(&mut self.meaning);
        }
        if let Some((place, glyph)) = section.text("glyph") {
            if text::width(glyph) == 1 && !glyph.chars().any(char::is_control) {
                glyph.clone_into(&mut self.glyph);
            } else {
                section.problem(Problem::new(place, "`glyph` is one sign that is one column wide"));
            }
        }
        self.paint = self.paint.patch(theme::paint(section));
    }

    /// As the inline table of a config.
    pub(super) fn shown(&self) -> String {
        let word = |text: &str| toml::Value::from(text).to_string();
        let paint = self.paint.to_string();
        let paint = paint.trim_start_matches("{ ").trim_end_matches(" }");
        let paint = if paint == "{}" { String::new() } else { format!(", {paint}") };
        format!(
            "{{ key = {}, meaning = {}, glyph = {}{paint} }}",
            word(&self.key.to_string()),
            word(&self.meaning),
            word(&self.glyph)
        )
    }
}
