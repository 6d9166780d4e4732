//! What a line behind `:` may become: for Tab.

use super::{WORDS, split, word};
use crate::config::{Settings, change};
use crate::input::Command;

/// The lines that this one may become, sorted; each can be typed on or sent off as it is.
pub fn complete(line: &str) -> Vec<String> {
    let typed = line.trim_start().trim_start_matches(':').trim_start();
    let (name, rest) = split(typed);
    if !typed.contains(char::is_whitespace) {
        let names = Command::ALL.iter().map(|it| it.name());
        let words = WORDS.iter().filter_map(|it| it.names.first().copied());
        return lines("", name, names.chain(words).map(str::to_owned).collect());
    }
    match word(name).and_then(|it| it.names.first().copied()) {
        Some("set") => complete_set(rest),
        Some("theme") => lines("theme ", rest, values("theme")),
        Some("help") => {
            let names = Command::ALL.iter().map(|it| it.name().to_owned());
            lines("help ", rest, names.collect())
        }
        _ => Vec::new(),
    }
}

/// The completions of a line while one goes through them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the line may become.
    pub lines: Vec<String>,
    /// Which of them is in the line now; none while it is as it was typed.
    pub at: Option<usize>,
    typed: String,
}

impl Completion {
    /// The completions of a line; nothing where there are none.
    pub fn of(line: &str) -> Option<Self> {
        let lines = complete(line);
        Self::among(lines, line)
    }

    /// Lines that a line may become, whatever it is typed for; nothing where there are none.
    pub fn among(lines: Vec<String>, typed: &str) -> Option<Self> {
        (!lines.is_empty()).then(|| Self { lines, at: None, typed: typed.to_owned() })
    }

    /// The next line, or the one before; behind the last one comes what was typed.
    pub fn step(&mut self, forward: bool) -> &str {
        let last = self.lines.len().saturating_sub(1);
        self.at = match (self.at, forward) {
            (None, true) => Some(0),
            (None, false) => Some(last),
            (Some(at), true) => (at < last).then_some(at + 1),
            (Some(at), false) => at.checked_sub(1),
        };
        self.at.and_then(|at| self.lines.get(at)).unwrap_or(&self.typed)
    }
}

fn complete_set(rest: &str) -> Vec<String> {
    let options = change::options(&Settings::default());
    let Some((name, value)) = rest.split_once([' ', '=']) else {
        let off = options.iter().filter(|it| it.is_flag()).map(|it| format!("no{}", it.name));
        let mut names: Vec<String> = options.iter().map(|it| it.name.clone()).collect();
        // The many that switch off come only where somebody types one.
        if rest.starts_with("no") {
            names.extend(off);
        }
        return if names.iter().any(|it| it == rest) {
            lines(&format!("set {rest} "), "", values(rest))
        } else {
            lines("set ", rest, names)
        };
    };
    lines(&format!("set {name} "), value.trim(), values(name))
}

/// The words that an option can be.
fn values(option: &str) -> Vec<String> {
    let options = change::options(&Settings::default());
    let found = options.iter().find(|it| it.name == option);
    found.map(change::words).unwrap_or_default().into_iter().map(str::to_owned).collect()
}

/// The candidates that begin so, sorted, as whole lines.
fn lines(before: &str, typed: &str, mut candidates: Vec<String>) -> Vec<String> {
    candidates.retain(|it| it.starts_with(typed));
    candidates.sort();
    candidates.dedup();
    candidates.into_iter().map(|it| format!("{before}{it}")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn what_may_follow_is_listed() {
        let check = |line: &str, lines: &str| assert_eq!(complete(line).join("|"), lines, "{line}");
        check(
            "next_",
            "next_annotation|next_chapter|next_entity|next_match|next_paragraph|next_quote|next_sentence|next_time|next_unreviewed",
        );
        check(":e", "edges|expand|export");
        check(
            "se",
            "search|search_library|search_word|select_characters|select_entity|select_lines|select_paragraph|select_quote|select_sentence|set|set_mark",
        );
        check("set c", "set column");
        check(
            "set no",
            "set nohyphenate|set nojustify|set nolinks|set nomouse|set noquotes|set notimes",
        );
        check("set justify", "set justify false|set justify true");
        check("set names f", "set names first");
        check("set names=", "set names all|set names first|set names none");
        check("set column ", "");
        check("theme ", "theme auto|theme dark|theme high-contrast|theme light|theme no-colour");
        check("help zen", "help zen");
        check("open ", "");
        check("fly", "");
        let all = complete("");
        assert!(
            all.is_sorted()
                && Command::ALL.iter().all(|it| all.iter().any(|line| line == it.name()))
        );
        assert!(WORDS.iter().all(|it| all.iter().any(|line| line == it.names[0])));
    }

    #[test]
    fn what_is_listed_is_understood() {
        for line in
            complete("").iter().flat_map(|it| [complete(it), complete(&format!("{it} "))].concat())
        {
            if let Err(error) = parse(&line) {
                assert!(error.to_string().ends_with(" is missing"), "{line}: {error}");
            }
        }
    }

    #[test]
    fn completions_go_round() {
        let mut completion = Completion::of("theme d").unwrap();
        assert_eq!(completion.step(true), "theme dark");
        assert_eq!(completion.step(true), "theme d");
        assert_eq!(completion.step(false), "theme dark");
        assert_eq!(Completion::of("fly"), None);
    }
}
