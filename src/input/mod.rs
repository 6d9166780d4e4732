//! From keys to commands: the notation of keys, the one table of commands, what is bound to what.

pub mod command;
pub mod key;
pub mod keymap;

pub use command::{Command, Group};
pub use key::{Code, Key, Mods};
pub use keymap::{Binding, HelpRow, Keymap, Match, Situation};

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    const HEAD: &str = "\
# Keys

What every key does where the config says nothing. `pullquote keys` prints your own, and `?` in the
program shows and searches them; the section `[keys]` of the config changes them, by the names in the
last column, which the command line (`:`) takes, too.

A number before a command says how many times: `3]q` goes to the third quote from here. `<C-d>` is
control and d, `<A-x>` alt and x, `<S-Tab>` shift and tab, `<lt>` the key `<`. The keys of a sequence
are typed one after the other. A key has one meaning everywhere; those that say “while selecting” or “in
the library” are free at other times.
";

    /// The key as Markdown code within a table, where it may be a backtick or a bar.
    fn code(keys: &str) -> String {
        let keys = keys.replace('|', "\\|");
        if keys.contains('`') { format!("`` {keys} ``") } else { format!("`{keys}`") }
    }

    fn page() -> String {
        let mut page = HEAD.to_owned();
        let mut group = None;
        for row in Keymap::default().help() {
            if group != Some(row.group) {
                group = Some(row.group);
                write!(page, "\n## {}\n\n| keys | does | name |\n|---|---|---|\n", row.group)
                    .unwrap();
            }
            let letter = if row.command.takes_letter() { " and a letter" } else { "" };
            let keys: Vec<String> = row.keys.iter().map(|it| code(it) + letter).collect();
            let (command, help) = (row.command, row.command.help());
            writeln!(page, "| {} | {help} | `{command}` |", keys.join(", ")).unwrap();
        }
        page
    }

    /// `UPDATE_DOCS=1 cargo test docs` writes the page anew.
    #[test]
    fn docs_name_every_key() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/keys.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, page()).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(written == page(), "docs/keys.md is stale: UPDATE_DOCS=1 cargo test docs");
    }
}
