//! `pullquote keys`: the live table of keys.

use super::Outcome;
use super::args::Global;
use crate::config;
use crate::error::Result;
use crate::input::{Group, HelpRow, Keymap};
use crate::text::glyphs::width;

pub(super) fn print(global: &Global) -> Result<Outcome> {
    let settings = config::load(global.config_file().as_deref())?;
    super::print(&table(&settings.keymap))
}

/// Keys, what they do, and the name by which a configuration binds them, group by group.
fn table(keymap: &Keymap) -> String {
    let rows: Vec<HelpRow> = keymap.help().collect();
    let keys = |row: &HelpRow| row.keys.join(" ");
    let widest = |of: &dyn Fn(&HelpRow) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let keys_wide = widest(&|row| width(&keys(row)));
    let names_wide = widest(&|row| width(row.command.name()));
    let mut out = String::new();
    for group in Group::ALL {
        let gap = if out.is_empty() { "" } else { "\n" };
        out.extend([gap, group.name(), "\n"]);
        for row in rows.iter().filter(|row| row.group == group) {
            let (keys, name) = (keys(row), row.command.name());
            let help = row.command.help();
            let line = format!("  {keys:<keys_wide$}  {name:<names_wide$}  {help}\n");
            out.push_str(&line);
        }
    }
    out
}
