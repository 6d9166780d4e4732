//! What is bound to what, and what the keys typed so far mean.

use std::fmt;

use super::key::{self, Key};
use super::{Command, Group};

/// The command of every sequence of keys.
///
/// No sequence is the beginning of another one in the same situation, so a command never has to
/// wait for what may come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    /// In the order in which they were given, which puts the best-known key of a command first.
    listed: Vec<Binding>,
    /// In the order of the keys, so that all continuations of a beginning stand together.
    reading: Vec<Binding>,
    /// The same with what is there only while selecting.
    selecting: Vec<Binding>,
    /// The same with what is there only in the library.
    library: Vec<Binding>,
}

/// A sequence of keys and what it asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Binding {
    /// The keys, one behind the other; at least one.
    pub keys: Vec<Key>,
    /// The command.
    pub command: Command,
}

/// What decides which bindings are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Situation {
    /// Nothing is being selected.
    Reading,
    /// A selection is open: text objects are there, before anything else on their keys.
    Selecting,
    /// The list of all articles is shown: what is only there comes before anything else.
    Library,
}

/// What the keys typed so far mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match<'k> {
    /// This command.
    Found(Command),
    /// The beginning of these, in the order of their keys. What is still to be typed of each is
    /// behind the keys that were looked up.
    Pending(&'k [Binding]),
    /// Nothing.
    None,
}

/// Two commands that cannot both have their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The one with fewer keys, or the first of the table.
    pub first: Binding,
    /// The other one.
    pub second: Binding,
}

/// The keys of the table of commands.
impl Default for Keymap {
    fn default() -> Self {
        Self::new(Command::ALL.iter().flat_map(|&command| default_bindings(command)).collect())
            .expect("a test holds that the default keys do not clash")
    }
}

/// What a command is bound to where the config says nothing.
pub fn default_bindings(command: Command) -> impl Iterator<Item = Binding> {
    command.default_keys().iter().map(move |notation| {
        let keys = key::parse(notation).expect("a test holds that the table's keys can be read");
        Binding { keys, command }
    })
}

impl Keymap {
    /// From bindings in any order; all clashes where there are any.
    pub fn new(listed: Vec<Binding>) -> Result<Self, Vec<Clash>> {
        let mut bindings = listed.clone();
        bindings.sort();
        bindings.dedup();
        let (selecting, rest): (Vec<_>, Vec<_>) =
            bindings.into_iter().partition(|it| it.command.only_selecting());
        let (library, reading): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|it| it.command.only_in_library());
        let clashes: Vec<Clash> =
            [&reading, &selecting, &library].into_iter().flat_map(|it| clashes(it)).collect();
        if !clashes.is_empty() {
            return Err(clashes);
        }
        let (selecting, library) = (over(&reading, selecting), over(&reading, library));
        Ok(Self { listed, reading, selecting, library })
    }

    /// What these keys mean. A count before them is the caller's ([`Key::digit`]).
    pub fn lookup(&self, keys: &[Key], situation: Situation) -> Match<'_> {
        let all = match situation {
            Situation::Reading => &self.reading,
            Situation::Selecting => &self.selecting,
            Situation::Library => &self.library,
        };
        let from = all.partition_point(|it| it.keys.as_slice() < keys);
        let same = all[from..].partition_point(|it| it.keys.starts_with(keys));
        match &all[from..from + same] {
            [] => Match::None,
            [one] if one.keys.len() == keys.len() => Match::Found(one.command),
            several => Match::Pending(several),
        }
    }

    /// The keys of a command, the first-named first.
    pub fn keys_of(&self, command: Command) -> impl Iterator<Item = &[Key]> {
        self.listed.iter().filter(move |it| it.command == command).map(|it| it.keys.as_slice())
    }

    /// What the help says of every command, in the order of the table.
    pub fn help(&self) -> impl Iterator<Item = HelpRow> {
        Command::ALL.iter().map(|&command| HelpRow {
            group: command.group(),
            keys: self.keys_of(command).map(key::show).collect(),
            command,
        })
    }
}

/// A row of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRow {
    /// Under which heading it stands.
    pub group: Group,
    /// The notations of its keys, the first-named first; empty where it has none.
    pub keys: Vec<String>,
    /// Whose name and help it shows.
    pub command: Command,
}

/// The bindings of a situation of its own, before which those give way that share their keys.
fn over(reading: &[Binding], own: Vec<Binding>) -> Vec<Binding> {
    let free = |it: &&Binding| !own.iter().any(|other| shared(&it.keys, &other.keys));
    let mut all: Vec<Binding> = reading.iter().filter(free).cloned().collect();
    all.extend(own);
    all.sort();
    all
}

fn clashes(sorted: &[Binding]) -> Vec<Clash> {
    let mut found = Vec::new();
    for (at, first) in sorted.iter().enumerate() {
        // What begins with these keys stands right behind them.
        for second in sorted[at + 1..].iter().take_while(|it| it.keys.starts_with(&first.keys)) {
            found.push(Clash { first: first.clone(), second: second.clone() });
        }
    }
    found
}

fn shared(one: &[Key], other: &[Key]) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = (key::show(&self.first.keys), key::show(&self.second.keys));
        let (one, other) = (self.first.command, self.second.command);
        if first == second {
            write!(f, "`{first}` is bound to both `{one}` and `{other}`")
        } else {
            write!(f, "`{first}` of `{one}` is the beginning of `{second}` of `{other}`")
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bind(table: &[(&str, Command)]) -> Result<Keymap, Vec<Clash>> {
        let binding =
            |&(keys, command): &(&str, _)| Binding { keys: key::parse(keys).unwrap(), command };
        Keymap::new(table.iter().map(binding).collect())
    }

    fn refuse(table: &[(&str, Command)], message: &str) {
        let clashes = bind(table).unwrap_err();
        assert_eq!(clashes.iter().map(Clash::to_string).collect::<Vec<_>>(), [message]);
    }

    /// `j = down`, `g: g = top, a = focus_article`, or nothing.
    fn say(keymap: &Keymap, keys: &str, situation: Situation) -> String {
        let keys = key::parse(keys).unwrap();
        match keymap.lookup(&keys, situation) {
            Match::Found(command) => command.to_string(),
            Match::Pending(several) => several
                .iter()
                .map(|it| format!("{} = {}", key::show(&it.keys[keys.len()..]), it.command))
                .collect::<Vec<_>>()
                .join(", "),
            Match::None => String::new(),
        }
    }

    #[test]
    fn default_keys_are_found() {
        let keymap = Keymap::default();
        let check =
            |keys, says: &str| assert_eq!(say(&keymap, keys, Situation::Reading), says, "{keys}");
        check("j", "down");
        check("<Down>", "down");
        check("<Space>", "page_down");
        check("gg", "top");
        check("G", "bottom");
        check("<S-Tab>", "focus_previous");
        check(
            "]",
            "a = next_annotation, c = next_chapter, e = next_entity, j = jump_forward, q = next_quote, \
                    t = next_time, u = next_unreviewed",
        );
        check("<C-w>", "+ = taller_pane, - = shorter_pane");
        check("gx", "open_link");
        check("jj", "");
        check("iq", "");
    }

    #[test]
    fn text_objects_are_there_while_selecting() {
        let keymap = Keymap::default();
        let check =
            |keys, says: &str| assert_eq!(say(&keymap, keys, Situation::Selecting), says, "{keys}");
        check("iq", "select_quote");
        check("+", "expand");
        check("j", "down");
        check("y", "copy");
    }

    #[test]
    fn a_key_may_mean_something_else_while_selecting() {
        let keymap = bind(&[("i", Command::Zen), ("iq", Command::SelectQuote)]).unwrap();
        assert_eq!(say(&keymap, "i", Situation::Reading), "zen");
        assert_eq!(say(&keymap, "i", Situation::Selecting), "q = select_quote");
    }

    #[test]
    fn the_library_has_keys_of_its_own() {
        let keymap = Keymap::default();
        let check = |keys, article: &str, library: &str| {
            assert_eq!(say(&keymap, keys, Situation::Reading), article, "{keys}");
            assert_eq!(say(&keymap, keys, Situation::Library), library, "{keys}");
        };
        check("s", "correct", "sort");
        check("R", "whole_page", "restore");
        check("cw", "rename", "rename");
        check("dd", "delete", "delete");
        check("gl", "library", "library");
    }

    #[test]
    fn refuses_what_cannot_both_be_had() {
        refuse(
            &[("x", Command::Zen), ("x", Command::Help)],
            "`x` is bound to both `zen` and `help`",
        );
        refuse(
            &[("gg", Command::Top), ("g", Command::Zen)],
            "`g` of `zen` is the beginning of `gg` of `top`",
        );
        refuse(
            &[("i", Command::SelectQuote), ("iq", Command::SelectEntity)],
            "`i` of `select_quote` is the beginning of `iq` of `select_entity`",
        );
        bind(&[("x", Command::Zen), ("x", Command::Zen)]).unwrap();
    }

    #[test]
    fn no_default_key_is_a_count() {
        for &command in Command::ALL {
            for Binding { keys, .. } in default_bindings(command) {
                assert_eq!(keys[0].digit(false), None, "{command}");
            }
        }
    }

    #[test]
    fn the_keys_of_marking_are_those_that_are_documented() {
        let keymap = Keymap::default();
        let all = [
            ("H", Command::Highlight),
            ("t", Command::Tag),
            ("T", Command::Untag),
            ("a", Command::Note),
            ("A", Command::Accept),
            ("X", Command::Reject),
            ("s", Command::Correct),
            ("M", Command::Merge),
            ("S", Command::Split),
            ("dd", Command::Delete),
            (".", Command::Repeat),
            ("u", Command::Undo),
            ("<C-r>", Command::Redo),
        ];
        for (keys, command) in all {
            let keys = key::parse(keys).unwrap();
            assert_eq!(keymap.lookup(&keys, Situation::Reading), Match::Found(command));
            assert_eq!(keymap.lookup(&keys, Situation::Selecting), Match::Found(command));
        }
    }

    #[test]
    fn the_help_names_every_command() {
        let keymap = bind(&[("x", Command::Zen), ("<F2>", Command::Zen)]).unwrap();
        let rows: Vec<HelpRow> = keymap.help().collect();
        assert_eq!(rows.len(), Command::ALL.len());
        let zen = rows.iter().find(|row| row.command == Command::Zen).unwrap();
        assert_eq!((zen.group, zen.keys.join(" ")), (Group::View, "x <F2>".to_owned()));
        assert!(rows.iter().any(|row| row.keys.is_empty()));
    }

    proptest! {
        #[test]
        fn every_binding_is_found_and_every_beginning_waits(
            table in prop::collection::vec(("[a-d]{1,3}", 0..Command::ALL.len()), 1..12)
        ) {
            let table: Vec<_> = table.iter().map(|(keys, at)| (keys.as_str(), Command::ALL[*at])).collect();
            let Ok(keymap) = bind(&table) else { return Ok(()) };
            for (keys, command) in table {
                let keys = key::parse(keys).unwrap();
                prop_assert_eq!(keymap.lookup(&keys, Situation::Selecting) == Match::Found(command)
                    || !command.only_selecting(), true);
                if command.only_in_library() {
                    prop_assert_eq!(keymap.lookup(&keys, Situation::Library), Match::Found(command));
                } else if !command.only_selecting() {
                    prop_assert_eq!(keymap.lookup(&keys, Situation::Reading), Match::Found(command));
                    for length in 0..keys.len() {
                        let pending = keymap.lookup(&keys[..length], Situation::Reading);
                        prop_assert!(matches!(pending, Match::Pending(_)));
                    }
                }
            }
        }
    }
}
