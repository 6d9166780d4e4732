//! What the reader of an article has set: options, keys, colours.
//!
//! A file is read strictly: whatever is not understood is said with its line and a suggestion, and
//! never silently left at its default. The options are in `options.rs`, each with a line in
//! `config.example.toml`, which a test holds to be complete.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::error::{self, Error, Result};
use crate::input::Keymap;

pub mod change;
pub mod highlights;
mod keys;
pub mod options;
mod print;
mod table;
pub mod theme;

pub use highlights::{Ink, Inks};
pub use options::{
    Borders, Fetching, Keeping, Names, Panel, Panes, Paragraphs, QuotesBy, Reader, View,
};
pub use print::print;
pub use theme::{BuiltIn, Paint, Role, ThemeChoice};

use table::{Problem, Section};

/// Everything that can be set, checked and ready for use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// How the article is set.
    pub reader: Reader,
    /// What is where on the screen.
    pub panes: Panes,
    /// What is painted.
    pub view: View,
    /// What is kept.
    pub library: Keeping,
    /// What may be fetched.
    pub fetch: Fetching,
    /// The colours to highlight with.
    pub highlights: Inks,
    /// What the config paints otherwise than the theme.
    pub own_paints: theme::Paints,
    /// The theme with what the config and the user's theme file say.
    pub theme: ThemeChoice,
    /// What every key does.
    pub keymap: Keymap,
}

/// Where the config is looked for: `pullquote/config.toml` in `$XDG_CONFIG_HOME` or `~/.config`.
pub fn path() -> Result<PathBuf> {
    let base = etcetera::choose_base_strategy()
        .map_err(|_| Error::new("cannot tell where the config is: there is no home directory"))?;
    Ok(base.config_dir().join("pullquote").join("config.toml"))
}

/// The settings of this file, or of the one at [`path`], which need not be there.
pub fn load(named: Option<&Path>) -> Result<Settings> {
    if let Some(path) = named {
        let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
        return read(&bytes, path);
    }
    // Without a home directory there is no config either.
    let Ok(path) = path() else { return Ok(Settings::default()) };
    match std::fs::read(&path) {
        Ok(bytes) => read(&bytes, &path),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Settings::default()),
        Err(error) => Err(unreadable(&path, &error)),
    }
}

/// The settings of a config's contents. `path` is for messages and for finding a theme file.
pub fn read(bytes: &[u8], path: &Path) -> Result<Settings> {
    let text = text(bytes, path)?;
    let file = table::parse(text).map_err(|problems| report(path, text, &problems))?;
    let mut settings = Settings::default();
    let mut root = Section::root(file.get_ref());

    let mut reader = root.section("reader");
    settings.reader.read(&mut reader);
    let mut panes = root.section("panes");
    settings.panes.read(&mut panes);
    let mut view = root.section("view");
    let theme_named = settings.view.read(&mut view);
    let mut library = root.section("library");
    settings.library.read(&mut library);
    let mut fetch = root.section("fetch");
    settings.fetch.read(&mut fetch);
    let mut highlights = root.section("highlights");
    settings.highlights.read(&mut highlights);
    let mut theme = root.section("theme");
    settings.own_paints = theme::paints(&mut theme);
    let mut keys = root.section("keys");
    let keymap = keys::read(&mut keys);

    let mut problems = [reader, panes, view, library, fetch].map(Section::finish).concat();
    problems.extend([highlights, theme, keys].map(Section::problems).concat());
    problems.extend(root.finish());
    let named = own_theme(&settings.view.theme, path);
    let named = match (named, theme_named) {
        (Ok(named), _) => named,
        (Err(error), place) => {
            problems.push(Problem::of(&error, place.unwrap_or_default()));
            Named::Auto
        }
    };
    if !problems.is_empty() {
        return Err(report(path, text, &problems));
    }
    settings.keymap = keymap;
    settings.theme = dressed(&settings, named)?;
    Ok(settings)
}

/// The theme that the option `theme` names, with what the config itself paints. `config` is where
/// a theme file's path starts from.
fn wear(settings: &Settings, config: &Path) -> Result<ThemeChoice> {
    dressed(settings, own_theme(&settings.view.theme, config)?)
}

fn dressed(settings: &Settings, named: Named) -> Result<ThemeChoice> {
    let mut choice = ThemeChoice { borders: settings.view.borders, ..ThemeChoice::default() };
    match named {
        Named::Auto => {}
        Named::BuiltIn(base) => choice.base = Some(base),
        Named::File(path, bytes) => {
            let text = self::text(&bytes, &path)?;
            let file = theme::read(text).map_err(|problems| report(&path, text, &problems))?;
            choice.base = Some(file.base);
            choice.paints = file.paints;
        }
    }
    choice.paints.extend_from_slice(&settings.own_paints);
    Ok(choice)
}

/// What the option `theme` stands for.
enum Named {
    Auto,
    BuiltIn(BuiltIn),
    File(PathBuf, Vec<u8>),
}

fn own_theme(name: &str, config: &Path) -> Result<Named> {
    use table::Choice;
    if name == "auto" {
        return Ok(Named::Auto);
    }
    if let Some(base) = BuiltIn::ALL.iter().find(|it| it.name() == name) {
        return Ok(Named::BuiltIn(*base));
    }
    let is_path = name.contains('/') || Path::new(name).extension().is_some_and(|it| it == "toml");
    if is_path {
        let path = match (name.strip_prefix("~/"), etcetera::home_dir()) {
            (Some(below), Ok(home)) => home.join(below),
            _ => config.parent().unwrap_or(Path::new("")).join(name),
        };
        let bytes = std::fs::read(&path).map_err(|error| error::reading(&path, &error))?;
        return Ok(Named::File(path, bytes));
    }
    let names: Vec<&str> =
        ["auto"].into_iter().chain(BuiltIn::ALL.iter().map(|it| it.name())).collect();
    let error = Error::usage(format!("no theme is named `{}`", name.escape_debug()));
    Err(match error::nearest(name, names.iter().copied()) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(format!(
            "it is {}, or the path of a theme file, which ends in `.toml`",
            table::listed(&names, "or")
        )),
    })
}

fn text<'b>(bytes: &'b [u8], path: &Path) -> Result<&'b str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|&it| it == b'\n').count();
        Error::usage(format!("{}:{line}: this is not UTF-8", path.display()))
            .hint("save the file in the encoding UTF-8")
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::usage(error::reading(path, error).to_string())
}

/// How many problems of one file are listed.
const LISTED: usize = 20;

/// All problems of a file in the order of their places, each with line and column.
fn report(path: &Path, text: &str, problems: &[Problem]) -> Error {
    let mut problems: Vec<&Problem> = problems.iter().collect();
    problems.sort_by_key(|it| it.place.start);
    let line = |problem: &Problem| {
        let before = text.get(..problem.place.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |it| it.chars().count()) + 1;
        format!("{}:{line}:{column}: {}", path.display(), problem.message)
    };
    if let [problem] = problems[..] {
        let error = Error::usage(line(problem));
        return match &problem.hint {
            Some(hint) => error.hint(hint),
            None => error,
        };
    }
    let mut lines = vec![format!("{} problems in the config", problems.len())];
    for problem in problems.iter().take(LISTED) {
        let hint = problem.hint.as_ref().map(|hint| format!(" ({hint})"));
        lines.push(format!("  {}{}", line(problem), hint.unwrap_or_default()));
    }
    if problems.len() > LISTED {
        lines.push(format!("  and {} more", problems.len() - LISTED));
    }
    Error::usage(lines.join("\n"))
}

#[cfg(test)]
mod tests;
