//! What can be typed behind `:`.

use jiff::civil::Date;

use crate::config::Settings;
use crate::config::change::{self, Current};
use crate::error::{self, Error, Result};
use crate::input::Command;

mod complete;

pub use complete::{Completion, complete};

/// What a line asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// A command, by its name.
    Run(Command),
    /// An option of the config gets another value: [`set`].
    Set {
        /// Its name.
        option: String,
        /// The value as it is typed.
        value: String,
    },
    /// The value of an option is shown: [`value_of`].
    Show(String),
    /// Another theme: [`set`] with the option `theme`.
    Theme(String),
    /// The annotations are written to a file; to one that has to be chosen where none is named.
    Export(Option<String>),
    /// The article was written on this day.
    Date(Date),
    /// To a place of the article.
    Goto(Place),
    /// Another article.
    Open(String),
    /// The help, for a topic where one is named.
    Help(Option<String>),
    /// Nothing that was found is painted any more.
    NoHighlight,
    /// Out of the program.
    Quit,
}

/// A place of the article as it is typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// So many hundredths of the text, from 0 to 100.
    Percent(f32),
    /// A line of the screen's text, from 1 on.
    Line(u32),
}

/// A word of the command line that is no [`Command`], or that takes something behind it.
#[derive(Debug)]
pub struct Word {
    /// Its names, the full one first.
    pub names: &'static [&'static str],
    /// How it is typed.
    pub usage: &'static str,
    /// What it does, in a sentence without a full stop.
    pub what: &'static str,
    /// What is done with the words behind it.
    read: fn(&str) -> Result<Order>,
}

/// The words in the order in which the help lists them.
pub const WORDS: &[Word] = &[
    Word {
        names: &["set"],
        usage: "set justify, set nojustify, set column 80, set column",
        what: "Change an option of the config until the program ends, or show it",
        read: read_set,
    },
    Word {
        names: &["theme"],
        usage: "theme light",
        what: "Change the colours: a built-in theme, or the path of a theme file",
        read: |name| needed(name, "a theme", "`:theme light`").map(Order::Theme),
    },
    Word {
        names: &["date"],
        usage: "date 2024-10-11",
        what: "Say on which day the article was written; dates in it are resolved anew",
        read: read_date,
    },
    Word {
        names: &["goto"],
        usage: "goto 50%, 50%, 120",
        what: "Go to a place: a part of the whole, or a line",
        read: |place| {
            let place = needed(place, "a place", "`:goto 50%`")?;
            read_place(&place).unwrap_or_else(|| Err(no_place(&place)))
        },
    },
    Word {
        names: &["export", "write", "w"],
        usage: "export notes.toml",
        what: "Write the annotations to a file",
        read: |path| Ok(Order::Export(some(path))),
    },
    Word {
        names: &["open", "edit", "e"],
        usage: "open FILE",
        what: "Open another article",
        read: |path| needed(path, "a file", "`:open article.txt`").map(Order::Open),
    },
    Word {
        names: &["help", "h"],
        usage: "help quote",
        what: "Show what every key does, or what has to do with a word",
        read: |topic| Ok(Order::Help(some(topic))),
    },
    Word {
        names: &["nohighlight", "nohlsearch", "noh"],
        usage: "nohighlight",
        what: "Paint the matches of the search no more, until the next search",
        read: |rest| nothing_behind("nohighlight", rest, Order::NoHighlight),
    },
    Word {
        names: &["quit", "q", "q!", "qa", "quit!"],
        usage: "quit",
        what: "Leave the program",
        read: |rest| nothing_behind("quit", rest, Order::Quit),
    },
];

/// Understands a line, which need not begin with the `:`.
pub fn parse(line: &str) -> Result<Order> {
    let line = line.trim().trim_start_matches(':').trim_start();
    if line.is_empty() {
        return Err(Error::usage("there is no command").hint("type the name of one"));
    }
    if let Some(place) = read_place(line) {
        return place;
    }
    let (name, rest) = split(line);
    if let Some(word) = word(name) {
        return (word.read)(rest);
    }
    match Command::from_name(name) {
        Some(command) => nothing_behind(name, rest, Order::Run(command)),
        None => Err(unknown(name)),
    }
}

/// What the word or command that a line begins with does; empty where there is none.
pub fn help_of(line: &str) -> &'static str {
    let (name, _) = split(line.trim_start().trim_start_matches(':').trim_start());
    let command = || Command::from_name(name).map(Command::help);
    word(name).map(|it| it.what).or_else(command).unwrap_or_default()
}

/// The settings with one option changed, checked as the config file is.
pub fn set(settings: &Settings, option: &str, value: &str) -> Result<Settings> {
    change::change(settings, option, value)
}

/// What an option is set to, as it may be typed: `column = 72`.
pub fn value_of(settings: &Settings, option: &str) -> Result<String> {
    let found = change::options(settings).into_iter().find(|it| it.name == option);
    match found {
        Some(Current { name, value, .. }) => Ok(format!("{name} = {value}")),
        // Whatever the value, the mistake in the name is said.
        None => Err(change::change(settings, option, "").err().unwrap_or_else(|| unknown(option))),
    }
}

fn split(line: &str) -> (&str, &str) {
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    (name, rest.trim())
}

fn some(rest: &str) -> Option<String> {
    (!rest.is_empty()).then(|| rest.to_owned())
}

fn word(name: &str) -> Option<&'static Word> {
    WORDS.iter().find(|it| it.names.contains(&name))
}

fn needed(rest: &str, what: &str, example: &str) -> Result<String> {
    let missing = || Error::usage(format!("{what} is missing")).hint(format!("type {example}"));
    some(rest).ok_or_else(missing)
}

fn nothing_behind(name: &str, rest: &str, order: Order) -> Result<Order> {
    if rest.is_empty() {
        return Ok(order);
    }
    Err(Error::usage(format!("`{name}` takes nothing behind it, not `{}`", rest.escape_debug()))
        .hint(format!("type `:{name}`")))
}

fn unknown(name: &str) -> Error {
    let error = Error::usage(format!("no command is named `{}`", name.escape_debug()));
    let names = || {
        let words = WORDS.iter().flat_map(|it| it.names).copied();
        words.chain(Command::ALL.iter().map(|it| it.name()))
    };
    let longer = names().find(|it| it.starts_with(name));
    match longer.or_else(|| error::nearest(name, names())) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("Tab lists them all"),
    }
}

fn read_set(rest: &str) -> Result<Order> {
    let example = "`:set column 80`, or `:set justify`";
    let rest = needed(rest, "an option", example)?;
    let (option, value) = match rest.split_once(|c: char| c == '=' || c.is_whitespace()) {
        Some((option, value)) => (option, value.trim().trim_start_matches('=').trim()),
        None => (rest.as_str(), ""),
    };
    let order = |value: &str, option: &str| {
        Ok(Order::Set { option: option.to_owned(), value: value.to_owned() })
    };
    if !value.is_empty() {
        return order(value, option);
    }
    let options = change::options(&Settings::default());
    let flag = |name: &str| options.iter().any(|it| it.name == name && it.is_flag());
    match (option.strip_suffix('?'), option.strip_prefix("no")) {
        (Some(asked), _) => Ok(Order::Show(asked.to_owned())),
        (None, Some(off)) if flag(off) => order("false", off),
        _ if flag(option) => order("true", option),
        _ => Ok(Order::Show(option.to_owned())),
    }
}

fn read_date(rest: &str) -> Result<Order> {
    let typed = needed(rest, "a day", "`:date 2024-10-11`")?;
    // The parser takes other notations, too, such as one with a time of day.
    match typed.parse::<Date>() {
        Ok(date) if date.to_string() == typed => Ok(Order::Date(date)),
        Ok(_) | Err(_) => Err(Error::usage(format!("`{}` is no day", typed.escape_debug()))
            .hint("a day is written like 2024-10-11")),
    }
}

/// Understands `50%`, `120` and `$`; nothing where it looks like something else.
fn read_place(typed: &str) -> Option<Result<Order>> {
    if typed == "$" {
        return Some(Ok(Order::Goto(Place::Percent(100.0))));
    }
    if !typed.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return None;
    }
    if let Some(number) = typed.strip_suffix('%') {
        let percent = number.trim_end().parse::<f32>().ok();
        let percent = percent.filter(|it| (0.0..=100.0).contains(it));
        return Some(percent.map(|it| Order::Goto(Place::Percent(it))).ok_or(no_place(typed)));
    }
    if !typed.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    // Behind the last line is the last line.
    let line = typed.parse::<u32>().unwrap_or(u32::MAX).max(1);
    Some(Ok(Order::Goto(Place::Line(line))))
}

fn no_place(typed: &str) -> Error {
    Error::usage(format!("`{}` is no place", typed.escape_debug()))
        .hint("a place is a percentage such as `50%`, or the number of a line")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(line: &str, order: Order) {
        assert_eq!(parse(line), Ok(order), "{line}");
    }

    #[track_caller]
    fn refuse(line: &str, says: &str) {
        let error = parse(line).unwrap_err();
        assert_eq!(format!("{error} ({})", error.hint_text().unwrap_or_default()), says, "{line}");
    }

    fn set_to(option: &str, value: &str) -> Order {
        Order::Set { option: option.into(), value: value.into() }
    }

    #[test]
    fn every_command_can_be_typed() {
        for &command in Command::ALL {
            if word(command.name()).is_none() {
                check(command.name(), Order::Run(command));
            }
        }
        check(":next_quote", Order::Run(Command::NextQuote));
        check("  zen  ", Order::Run(Command::Zen));
    }

    #[test]
    fn words_take_what_stands_behind_them() {
        check("set column 80", set_to("column", "80"));
        check("set column=80", set_to("column", "80"));
        check("set column = 80", set_to("column", "80"));
        check("set justify", set_to("justify", "true"));
        check("set nojustify", set_to("justify", "false"));
        check("set nomouse", set_to("mouse", "false"));
        check("set hidden_forms scare, partial", set_to("hidden_forms", "scare, partial"));
        check("set column", Order::Show("column".into()));
        check("set justify?", Order::Show("justify".into()));
        check("theme high-contrast", Order::Theme("high-contrast".into()));
        check("date 2024-10-11", Order::Date(Date::constant(2024, 10, 11)));
        check("export", Order::Export(None));
        check("w my notes.toml", Order::Export(Some("my notes.toml".into())));
        check("open ~/articles/one.txt", Order::Open("~/articles/one.txt".into()));
        check("help", Order::Help(None));
        check("h quotes by", Order::Help(Some("quotes by".into())));
        check("noh", Order::NoHighlight);
        check("q", Order::Quit);
        check("q!", Order::Quit);
    }

    #[test]
    fn places_are_numbers() {
        check("50%", Order::Goto(Place::Percent(50.0)));
        check("goto 12.5 %", Order::Goto(Place::Percent(12.5)));
        check("120", Order::Goto(Place::Line(120)));
        check("0", Order::Goto(Place::Line(1)));
        check("$", Order::Goto(Place::Percent(100.0)));
        check("99999999999999", Order::Goto(Place::Line(u32::MAX)));
        refuse(
            "101%",
            "`101%` is no place (a place is a percentage such as `50%`, or the number of a line)",
        );
        refuse(
            "goto moon",
            "`moon` is no place (a place is a percentage such as `50%`, or the number of a line)",
        );
        refuse(
            "-3%",
            "`-3%` is no place (a place is a percentage such as `50%`, or the number of a line)",
        );
        refuse("nan%", "no command is named `nan%` (Tab lists them all)");
    }

    #[test]
    fn mistakes_are_said_with_a_way_out() {
        refuse("", "there is no command (type the name of one)");
        refuse(" : ", "there is no command (type the name of one)");
        refuse("next_qoute", "no command is named `next_qoute` (did you mean `next_quote`?)");
        refuse("next_q", "no command is named `next_q` (did you mean `next_quote`?)");
        refuse("expotr x", "no command is named `expotr` (did you mean `export`?)");
        refuse("datte", "no command is named `datte` (did you mean `date`?)");
        refuse("xylophone", "no command is named `xylophone` (Tab lists them all)");
        refuse("zen 3", "`zen` takes nothing behind it, not `3` (type `:zen`)");
        refuse("q now", "`quit` takes nothing behind it, not `now` (type `:quit`)");
        refuse("set", "an option is missing (type `:set column 80`, or `:set justify`)");
        refuse("date 11.10.2024", "`11.10.2024` is no day (a day is written like 2024-10-11)");
        refuse("date 2024-02-30", "`2024-02-30` is no day (a day is written like 2024-10-11)");
        refuse("theme", "a theme is missing (type `:theme light`)");
        refuse("open", "a file is missing (type `:open article.txt`)");
    }

    #[test]
    fn options_are_those_of_the_config() {
        let settings = Settings::default();
        assert_eq!(value_of(&settings, "column").unwrap(), "column = 72");
        let wide = set(&settings, "column", "80").unwrap();
        assert_eq!(
            (wide.reader.column, value_of(&wide, "column").unwrap()),
            (80, "column = 80".into())
        );
        let error = value_of(&settings, "colum").unwrap_err();
        assert_eq!(error.hint_text(), Some("did you mean `column`?"));
    }

    #[test]
    fn no_word_has_two_meanings() {
        let mut names: Vec<&str> = WORDS.iter().flat_map(|it| it.names).copied().collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|it| it[0] != it[1]), "{names:?}");
        for it in WORDS {
            assert!(it.usage.starts_with(it.names[0]) && !it.what.ends_with('.'), "{}", it.usage);
        }
    }

    proptest! {
        #[test]
        fn any_line_is_understood_or_refused(line in ":?(set |date |goto |theme )?.{0,12}") {
            let _ = parse(&line);
            prop_assert!(complete(&line).is_sorted());
        }
    }
}
