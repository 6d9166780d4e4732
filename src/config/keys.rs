//! The section `[keys]`: a command's own keys instead of its default ones.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::table::{Problem, Section};
use crate::input::keymap::{Clash, default_bindings};
use crate::input::{Binding, Command, Keymap, key};

/// What the config binds, each with its place.
type Bound = Vec<(Binding, Range<usize>)>;

/// Reads the keys; the defaults where something is wrong with them.
pub(super) fn read(section: &mut Section<'_>) -> Keymap {
    let mut named = Vec::new();
    let mut bound = Bound::new();
    for (name, place, value) in section.entries() {
        let Some(command) = Command::from_name(name) else {
            section.problem(unknown(name, place));
            continue;
        };
        named.push(command);
        if let Some(keys) = section.list_in(name, value) {
            for value in keys {
                // Where there is none, it is noted, and the keymap is not going to be used.
                let binding = binding(section, command, value);
                bound.extend(binding.map(|it| (it, value.span())));
            }
        }
    }
    if named.is_empty() {
        return Keymap::default();
    }
    let of = |command: Command| -> Vec<Binding> {
        if named.contains(&command) {
            bound.iter().map(|it| &it.0).filter(|it| it.command == command).cloned().collect()
        } else {
            default_bindings(command).collect()
        }
    };
    match Keymap::new(Command::ALL.iter().flat_map(|&command| of(command)).collect()) {
        Ok(keymap) => keymap,
        Err(clashes) => {
            for clash in &clashes {
                section.problem(clashing(clash, &bound));
            }
            Keymap::default()
        }
    }
}

fn unknown(name: &str, place: Range<usize>) -> Problem {
    let problem = Problem::new(place, format!("no command is named `{}`", name.escape_debug()));
    match Command::nearest(name) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem.hint("`pullquote keys` lists them all"),
    }
}

fn binding(
    section: &mut Section<'_>,
    command: Command,
    value: &Spanned<DeValue<'_>>,
) -> Option<Binding> {
    let DeValue::String(notation) = value.get_ref() else {
        let message = format!("`{command}` wants its keys in quotation marks: `[\"x\"]`");
        section.problem(Problem::new(value.span(), message));
        return None;
    };
    match key::parse(notation) {
        Err(error) => section.problem(Problem::of(&error, value.span())),
        Ok(keys) if keys[0].digit(false).is_some() => section.problem(
            Problem::new(value.span(), format!("`{notation}` of `{command}` begins with a digit"))
                .hint("digits before a command say how many times"),
        ),
        Ok(keys) => return Some(Binding { keys, command }),
    }
    None
}

/// A clash at the place of the config that made it, with a way out.
fn clashing(clash: &Clash, bound: &Bound) -> Problem {
    let place = |binding: &Binding| bound.iter().find(|it| it.0 == *binding).map(|it| it.1.clone());
    let problem = |place| Problem::new(place, clash.to_string());
    match (place(&clash.first), place(&clash.second)) {
        (Some(first), Some(second)) => {
            problem(if first.start > second.start { first } else { second })
        }
        (Some(place), None) => problem(place).hint(free(clash.second.command)),
        (None, Some(place)) => problem(place).hint(free(clash.first.command)),
        // The defaults do not clash among themselves.
        (None, None) => problem(0..0),
    }
}

fn free(command: Command) -> String {
    format!("give `{command}` other keys, or none: `{command} = []`")
}
