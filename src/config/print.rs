//! Writes settings as a config that gives them again.

use std::fmt::Display;

use super::Settings;
use super::table::Choice;
use crate::input::{Command, key};

/// All options as they are, in TOML, in the order of the example.
pub fn print(settings: &Settings) -> String {
    let Settings { reader, panes, view, library, fetch, highlights, own_paints, keymap, .. } =
        settings;
    let mut out = Out(String::new());
    out.section("reader");
    out.line("column", reader.column);
    out.line("justify", reader.justify);
    out.line("hyphenate", reader.hyphenate);
    out.line("paragraphs", word(reader.paragraphs));
    out.line("scroll_margin", reader.scroll_margin);
    out.line("mouse", reader.mouse);

    out.section("panes");
    out.line("wide", panes.wide);
    out.line("narrow", panes.narrow);
    out.line("article", panes.article);
    out.line("order", list(panes.order.map(word)));
    out.line("heights", list(panes.heights.map(|it| it.to_string())));
    out.line("quotes_by", word(panes.quotes_by));
    out.line("hidden_forms", list(panes.hidden_forms.iter().map(|&it| word(it))));

    out.section("view");
    out.line("theme", text(&view.theme));
    out.line("borders", word(view.borders));
    out.line("quotes", view.quotes);
    out.line("names", word(view.names));
    out.line("times", view.times);
    out.line("links", view.links);

    out.section("library");
    out.line("keep", library.keep);

    out.section("fetch");
    out.line("allow_private", fetch.allow_private);

    out.section("highlights");
    for ink in highlights.all() {
        out.line(&key_of(&ink.name), ink.shown());
    }

    out.section("theme");
    for (role, paint) in own_paints {
        out.line(role.name(), paint);
    }

    out.section("keys");
    for &command in Command::ALL {
        out.line(command.name(), list(keymap.keys_of(command).map(|it| text(&key::show(it)))));
    }
    out.0
}

struct Out(String);

impl Out {
    fn section(&mut self, name: &str) {
        let gap = if self.0.is_empty() { "" } else { "\n" };
        self.0.extend([gap, "[", name, "]\n"]);
    }

    fn line(&mut self, name: &str, value: impl Display) {
        self.0.extend([name, " = ", &value.to_string(), "\n"]);
    }
}

/// A name that stands before an equals sign.
fn key_of(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { text(name) }
}

fn word(choice: impl Choice) -> String {
    text(choice.name())
}

fn text(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn list(values: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", values.into_iter().collect::<Vec<_>>().join(", "))
}
