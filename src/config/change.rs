//! Changes one option while the program runs, with the names and the checks of the config file.

use std::path::Path;

use super::options::{Borders, Names, Panel, Paragraphs, QuotesBy};
use super::table::{self, Choice, Section};
use super::theme::BuiltIn;
use super::{Settings, ThemeChoice, print, wear};
use crate::annot::Form;
use crate::error::{self, Error, Result};

/// An option as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    /// The section that it stands in.
    pub section: &'static str,
    /// Its name.
    pub name: String,
    /// Its value, as the config has it.
    pub value: String,
}

/// The options of `[reader]`, `[panes]` and `[view]` in the order of the example, as they are.
pub fn options(settings: &Settings) -> Vec<Current> {
    let mut section = None;
    let mut options = Vec::new();
    for line in print(settings).lines() {
        if line.starts_with('[') {
            let known = ["reader", "panes", "view"];
            section = known.into_iter().find(|it| line.trim_matches(['[', ']']) == *it);
        } else if let (Some(section), Some((name, value))) = (section, line.split_once(" = ")) {
            options.push(Current { section, name: name.to_owned(), value: value.to_owned() });
        }
    }
    options
}

/// The words that an option can be; none for one that takes a number.
pub fn words(option: &Current) -> Vec<&'static str> {
    fn of<C: Choice>() -> Vec<&'static str> {
        C::ALL.iter().map(|it| it.name()).collect()
    }
    match option.name.as_str() {
        "paragraphs" => of::<Paragraphs>(),
        "order" => of::<Panel>(),
        "quotes_by" => of::<QuotesBy>(),
        "hidden_forms" => of::<Form>(),
        "borders" => of::<Borders>(),
        "names" => of::<Names>(),
        "theme" => ["auto"].into_iter().chain(of::<BuiltIn>()).collect(),
        _ if option.is_flag() => vec!["true", "false"],
        _ => Vec::new(),
    }
}

impl Current {
    /// Whether it is `true` or `false`.
    pub fn is_flag(&self) -> bool {
        matches!(self.value.as_str(), "true" | "false")
    }

    /// A value as it is typed, in TOML: texts may stand without quotation marks, lists without
    /// brackets, and `on`, `off`, `yes` and `no` are known.
    fn typed(&self, value: &str) -> String {
        let quoted = |word: &str| toml::Value::from(word.trim_matches('"')).to_string();
        match (self.value.as_bytes().first(), value) {
            (_, "on" | "yes") if self.is_flag() => "true".to_owned(),
            (_, "off" | "no") if self.is_flag() => "false".to_owned(),
            (Some(b'"'), _) => quoted(value),
            (Some(b'['), _) => {
                let inside = value.trim_start_matches('[').trim_end_matches(']');
                let parts = inside.split([',', ' ']).map(str::trim).filter(|it| !it.is_empty());
                let item = |part: &str| match part.parse::<u16>() {
                    Ok(number) => number.to_string(),
                    Err(_) => quoted(part),
                };
                format!("[{}]", parts.map(item).collect::<Vec<_>>().join(", "))
            }
            _ => value.to_owned(),
        }
    }
}

/// These settings with one option changed. `value` is as it would stand in the config, or plainer:
/// see `Current::typed`. A theme may be the path of a file, which is then read.
pub fn change(settings: &Settings, name: &str, value: &str) -> Result<Settings> {
    let options = options(settings);
    let Some(option) = options.iter().find(|it| it.name == name) else {
        return Err(unknown(name, &options));
    };
    let line = format!("{name} = {}", option.typed(value));
    let file = table::parse(&line).ok().filter(|it| it.get_ref().len() == 1);
    let Some(file) = file else {
        let message = format!("`{name}` cannot be `{}`", value.escape_debug());
        return Err(Error::usage(message).hint(format!("it is {}", option.value)));
    };
    let mut changed = settings.clone();
    let mut section = Section::named(option.section, file.get_ref());
    match option.section {
        "reader" => changed.reader.read(&mut section),
        "panes" => changed.panes.read(&mut section),
        _ => drop(changed.view.read(&mut section)),
    }
    if let Some(problem) = section.finish().into_iter().next() {
        let error = Error::usage(problem.message);
        return Err(match problem.hint {
            Some(hint) => error.hint(hint),
            None => error,
        });
    }
    match name {
        "theme" => changed.theme = wear(&changed, Path::new(""))?,
        "borders" => changed.theme = ThemeChoice { borders: changed.view.borders, ..changed.theme },
        _ => {}
    }
    Ok(changed)
}

fn unknown(name: &str, options: &[Current]) -> Error {
    let error = Error::usage(format!("no option is named `{}`", name.escape_debug()));
    let names = || options.iter().map(|it| it.name.as_str());
    let longer = names().find(|it| !name.is_empty() && it.starts_with(name));
    match longer.or_else(|| error::nearest(name, names())) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => {
            error.hint(format!("there are {}", table::listed(&names().collect::<Vec<_>>(), "and")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What differs between the two settings, as lines of the config.
    fn difference(before: &Settings, after: &Settings) -> String {
        let before = options(before);
        let changed = options(after).into_iter().filter(|it| !before.contains(it));
        let line = |it: Current| format!("{}.{} = {}", it.section, it.name, it.value);
        changed.map(line).collect::<Vec<_>>().join("; ")
    }

    #[track_caller]
    fn check(name: &str, value: &str, says: &str) {
        let before = Settings::default();
        let said = match change(&before, name, value) {
            Ok(after) => difference(&before, &after),
            Err(error) => format!("{error} ({})", error.hint_text().unwrap_or_default()),
        };
        assert_eq!(said, says, "{name} {value}");
    }

    #[test]
    fn one_option_changes() {
        check("column", "80", "reader.column = 80");
        check("justify", "on", "reader.justify = true");
        check("mouse", "no", "reader.mouse = false");
        check("quotes_by", "speaker", "panes.quotes_by = \"speaker\"");
        check("quotes_by", "\"speaker\"", "panes.quotes_by = \"speaker\"");
        check("hidden_forms", "scare,partial", "panes.hidden_forms = [\"scare\", \"partial\"]");
        check("hidden_forms", "[]", "");
        check("heights", "50 25 25", "panes.heights = [50, 25, 25]");
        check("names", "first", "view.names = \"first\"");
        check("theme", "light", "view.theme = \"light\"");
        check("column", "72", "");
    }

    #[test]
    fn mistakes_are_those_of_the_config() {
        check("column", "9", "`column` goes from 20 to 400 ()");
        check("column", "wide", "`column` cannot be `wide` (it is 72)");
        check("column", "80\nmouse = false", "`column` cannot be `80\\nmouse = false` (it is 72)");
        check("justify", "1", "`justify` wants `true` or `false`, not a whole number ()");
        check("names", "fist", "`names` cannot be `fist` (did you mean `first`?)");
        check("colum", "80", "no option is named `colum` (did you mean `column`?)");
        check("scroll", "1", "no option is named `scroll` (did you mean `scroll_margin`?)");
        check("narrow", "300", "`narrow` is 300 and must not be above `wide`, 110 ()");
        check("theme", "drak", "no theme is named `drak` (did you mean `dark`?)");
        check("theme", "none/of.toml", "cannot read none/of.toml: no such file ()");
    }

    #[test]
    fn every_word_of_an_option_can_be_set() {
        let settings = Settings::default();
        for option in options(&settings) {
            let words = words(&option);
            let is_number = option.value.parse::<u16>().is_ok() || option.name == "heights";
            assert_eq!(words.is_empty(), is_number, "{}", option.name);
            for word in words.iter().filter(|_| option.name != "order") {
                change(&settings, &option.name, word).unwrap();
            }
        }
    }

    #[test]
    fn a_theme_is_put_on_at_once() {
        let light = change(&Settings::default(), "theme", "light").unwrap();
        assert_eq!(light.theme.base, Some(BuiltIn::Light));
        let ascii = change(&light, "borders", "ascii").unwrap();
        assert_eq!((ascii.theme.base, ascii.theme.borders), (light.theme.base, Borders::Ascii));
        let auto = change(&ascii, "theme", "auto").unwrap();
        assert_eq!((auto.theme.base, auto.theme.borders), (None, Borders::Ascii));
    }
}
