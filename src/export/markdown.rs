//! What a reader would note down: the marked passages, who said what, names and dates.

use std::fmt::Write;

use super::Options;
use super::rows::Sheet;
use super::safe::harmless;
use crate::annot::{Annotation, Kind, Store, timeline};
use crate::article::Article;

/// `CommonMark`. Whatever the article says stands in it as words, not as marks.
pub(super) fn write(article: &Article, store: &Store, options: &Options) -> String {
    let notes = Notes { article, sheet: Sheet::new(article, store, options) };
    let mut out = String::new();
    notes.head(&mut out);
    notes.highlights(&mut out);
    notes.quotes(&mut out);
    notes.names(&mut out);
    notes.timeline(&mut out);
    notes.others(&mut out);
    if options.with_text {
        out.push_str("\n## Text\n");
        for block in &article.blocks {
            out.push('\n');
            add_lines(&mut out, "", &article.in_words(block.range));
        }
    }
    out
}

struct Notes<'a> {
    article: &'a Article,
    sheet: Sheet<'a>,
}

impl Notes<'_> {
    fn head(&self, out: &mut String) {
        let (meta, about) = self.sheet.about();
        let title = meta.title.as_deref().unwrap_or(&meta.source);
        add(out, format_args!("# {}\n", inline(title)));
        let day = self.sheet.published().map(|day| day.to_string());
        let parts = meta.authors.iter().chain(&meta.publisher).chain(&day);
        let parts: Vec<_> = parts.map(|part| inline(part)).collect();
        if !parts.is_empty() {
            add(out, format_args!("\n{}\n", parts.join(" · ")));
        }
        add(out, format_args!("\nSource: {}\n", address(&meta.source)));
        add_remarks(out, &about.note, &about.tags);
    }

    fn highlights(&self, out: &mut String) {
        let all: Vec<_> = self.sheet.of_kind(Kind::Highlight).collect();
        add_heading(out, "Highlights", !all.is_empty());
        for it in all {
            add_passage(out, it, self.sheet.words(it), None);
        }
    }

    fn quotes(&self, out: &mut String) {
        let all: Vec<_> = self.sheet.of_kind(Kind::Quote).collect();
        add_heading(out, "Quotes", !all.is_empty());
        for it in all {
            let Some(quote) = it.quote() else { continue };
            let marked = quote.outer.of(&self.article.text);
            let words = self.sheet.words(it);
            let words = if it.is_lost() { words } else { marked };
            add_passage(out, it, words, self.sheet.speaker(quote));
        }
    }

    fn names(&self, out: &mut String) {
        let all = self.sheet.counted();
        add_heading(out, "Names", !all.is_empty());
        let mut before = "\n";
        for (count, entity) in all {
            let name = inline(&entity.name);
            let times = if count == 1 { "once" } else { "times" };
            let count = if count == 1 { String::new() } else { format!("{count} ") };
            let kind = entity.kind.name();
            add(out, format_args!("{before}- **{name}**, {kind}, {count}{times}"));
            if !entity.aliases.is_empty() {
                let aliases: Vec<_> = entity.aliases.iter().map(|it| inline(it)).collect();
                add(out, format_args!("; also {}", aliases.join(", ")));
            }
            out.push('\n');
            before = "";
        }
    }

    fn timeline(&self, out: &mut String) {
        let mut begun = false;
        for (it, time) in self.sheet.timeline() {
            add_heading(out, "Timeline\n", !begun);
            begun = true;
            let inferred = if time.inferred { " (inferred)" } else { "" };
            let gist = timeline::gist(self.article, it.range).of(&self.article.text);
            let (value, words) = (inline(&time.value), inline(self.sheet.words(it)));
            add(out, format_args!("- **{value}**{inferred}: {words}"));
            if !gist.is_empty() {
                add(out, format_args!(" – {}", inline(gist)));
            }
            out.push('\n');
        }
    }

    /// Notes and tags on names and times.
    fn others(&self, out: &mut String) {
        let others = self.sheet.wanted().filter(|it| {
            matches!(it.kind(), Kind::Mention | Kind::Time)
                && !(it.note().is_empty() && it.tags().is_empty())
        });
        let others: Vec<_> = others.collect();
        add_heading(out, "Notes", !others.is_empty());
        for it in others {
            add_passage(out, it, self.sheet.words(it), None);
        }
    }
}

fn add(out: &mut String, words: std::fmt::Arguments<'_>) {
    out.write_fmt(words).expect("a string takes everything");
}

/// Words with who said them and what the reader says of them.
fn add_passage(out: &mut String, it: &Annotation, words: &str, speaker: Option<&str>) {
    out.push('\n');
    add_lines(out, "> ", words);
    if let Some(speaker) = speaker {
        add(out, format_args!("\n— **{}**\n", inline(speaker)));
    }
    if it.is_lost() {
        out.push_str("\n*The present text does not have this passage.*\n");
    }
    add_remarks(out, it.note(), it.tags());
}

fn add_remarks(out: &mut String, note: &str, tags: &[String]) {
    if !note.trim().is_empty() {
        out.push('\n');
        add_lines(out, "", note);
    }
    if !tags.is_empty() {
        let tags: Vec<_> = tags.iter().map(|tag| inline(tag)).collect();
        add(out, format_args!("\nTags: {}\n", tags.join(", ")));
    }
}

fn add_heading(out: &mut String, name: &str, any: bool) {
    if any {
        add(out, format_args!("\n## {name}\n"));
    }
}

/// Lines behind a prefix; white space before and behind each would have a meaning.
fn add_lines(out: &mut String, prefix: &str, words: &str) {
    for line in words.trim().lines() {
        let line = format!("{prefix}{}", escaped(line));
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// A source; one from the web can be followed.
fn address(source: &str) -> String {
    let web = source.starts_with("http://") || source.starts_with("https://");
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\');
    if web && source.chars().all(plain) { format!("<{source}>") } else { inline(source) }
}

/// Words within a line.
fn inline(words: &str) -> String {
    escaped(&crate::text::one_line(words))
}

/// A line of words in which nothing is a mark of Markdown.
fn escaped(line: &str) -> String {
    let line = line.trim();
    let mut out = String::with_capacity(line.len());
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in line.char_indices() {
        let begins = at == 0 && matches!(c, '+' | '-' | '=');
        let numbers = at > 0 && at == digits && matches!(c, '.' | ')');
        let marks = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '~' | '|' | '$'
        );
        if begins || numbers || marks {
            out.push('\\');
        }
        out.push(harmless(c));
    }
    out
}
