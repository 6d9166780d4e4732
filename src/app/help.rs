//! What every key and every word of the command line does, as it is now, and a search in it.

use super::commandline;
use super::prompt::LineEdit;
use crate::input::Keymap;

/// The open help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// What is searched for.
    pub query: LineEdit,
    /// Whether keys go into the query.
    pub typing: bool,
    /// The first row that is shown.
    pub top: usize,
}

/// A row of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Above what belongs together.
    Heading(&'static str),
    /// Something to press or to type.
    Entry {
        /// The keys, or how it is typed; empty for a command without keys.
        keys: String,
        /// The name on the command line; empty for what has no other name.
        name: &'static str,
        /// What it does.
        what: &'static str,
    },
}

impl Help {
    /// The help with what it has to say of a topic.
    pub fn about(topic: &str) -> Self {
        Self { query: LineEdit::new(topic), ..Self::default() }
    }

    /// Scrolls by rows of `rows`, of which `height` are seen.
    pub fn scroll(&mut self, by: isize, rows: usize, height: usize) {
        self.top = self.top.saturating_add_signed(by).min(rows.saturating_sub(height));
    }
}

/// What the help says: everything that has every word of the query in its keys, its name, its
/// sentence or its heading. Keys are compared as they are, words without regard to capitals.
pub fn rows(keymap: &Keymap, query: &str) -> Vec<Row> {
    let words: Vec<&str> = query.split_whitespace().collect();
    let lower = query.to_lowercase();
    let lower: Vec<&str> = lower.split_whitespace().collect();
    let mut rows = Vec::new();
    let mut heading = "";
    for (group, keys, name, what) in entries(keymap) {
        let place = format!("{name}\n{what}\n{group}").to_lowercase();
        let found = words.iter().zip(&lower).all(|(word, lower)| {
            // A single character alone is in every sentence, so it is only looked for as a key.
            let long = words.len() > 1 || word.chars().nth(1).is_some();
            let named = long && place.contains(lower);
            named || keys.split(' ').any(|it| it.starts_with(word))
        });
        if !found {
            continue;
        }
        if group != heading {
            heading = group;
            rows.push(Row::Heading(group));
        }
        rows.push(Row::Entry { keys, name, what });
    }
    rows
}

fn entries(
    keymap: &Keymap,
) -> impl Iterator<Item = (&'static str, String, &'static str, &'static str)> {
    let commands = keymap.help().map(|row| {
        let letter = if row.command.takes_letter() { " and a letter" } else { "" };
        let keys: Vec<String> = row.keys.iter().map(|it| format!("{it}{letter}")).collect();
        (row.group.name(), keys.join(" "), row.command.name(), row.command.help())
    });
    let typed = commandline::WORDS.iter();
    commands.chain(typed.map(|it| ("Command line", format!(":{}", it.usage), "", it.what)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Command, Group};

    /// Headings and keys of what is found.
    fn said(query: &str) -> String {
        let say = |row: &Row| match row {
            Row::Heading(heading) => format!("[{heading}]"),
            Row::Entry { keys, name, .. } => format!("{keys} {name}"),
        };
        rows(&Keymap::default(), query).iter().map(say).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn everything_is_there_without_a_query() {
        let rows = rows(&Keymap::default(), " ");
        let entries = rows.iter().filter(|it| matches!(it, Row::Entry { .. })).count();
        assert_eq!(entries, Command::ALL.len() + commandline::WORDS.len());
        assert_eq!(rows.len() - entries, Group::ALL.len() + 1);
    }

    #[test]
    fn keys_names_and_sentences_are_searched() {
        assert_eq!(said("]q"), "[Jumping]; ]q next_quote");
        assert_eq!(said("G"), "[Moving]; G <End> bottom");
        assert_eq!(said("next QUOTE"), "[Jumping]; ]q next_quote");
        assert_eq!(said("letter remember this"), "[Jumping]; m and a letter set_mark");
        assert_eq!(said("no such thing"), "");
    }

    #[test]
    fn it_scrolls_within_its_rows() {
        let mut help = Help::about("quote");
        assert_eq!(help.query.text(), "quote");
        help.scroll(7, 20, 10);
        assert_eq!(help.top, 7);
        help.scroll(7, 20, 10);
        assert_eq!(help.top, 10);
        help.scroll(-99, 20, 10);
        help.scroll(1, 3, 10);
        assert_eq!(help.top, 0);
    }
}
