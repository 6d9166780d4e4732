//! Finds passages that may be names, by capitals, connectors and the words that names consist of.

use super::names::most_mentions;
use super::vocabulary::{Style, Vocabulary, Word};
use crate::detect::Context;
use crate::detect::lexicon::Class;
use crate::detect::lexicon::classes::TITLES;
use crate::detect::lexicon::gazetteer::{self, Entry};
use crate::detect::tokens::{Shape, Token, TokenKind};
use crate::text::TextRange;

mod build;
pub(super) mod cut;

/// A passage that may be a name. What it names is decided later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// Index of its first token.
    pub(crate) first: u32,
    /// Index behind its last token.
    pub(crate) end: u32,
    /// How many tokens of title or role stand directly before it.
    pub(crate) titles: u8,
    /// How it is built.
    pub(crate) build: Build,
    /// Whether capitals tell little where it stands.
    pub(crate) weak: bool,
}

/// The most tokens that a run of capitals is followed through.
const LONGEST: usize = 20;

/// How a name is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Build {
    /// The gazetteer has it.
    Known(Entry),
    /// It ends or begins as organisations do: "… Council", "Ministry of …".
    Organisation,
    /// It ends or begins as places do: "… River", "Mount …".
    Place,
    /// Words that tell nothing by their order.
    Words,
}

impl Candidate {
    /// Its place in the text.
    pub(crate) fn range(&self, tokens: &[Token]) -> TextRange {
        let last = tokens[self.end as usize - 1];
        TextRange::new(tokens[self.first as usize].start, last.end())
    }
}

/// All candidates of a document in text order.
pub(crate) fn find(context: &Context<'_>, vocabulary: &Vocabulary<'_>) -> Vec<Candidate> {
    let tokens = context.tokens;
    let mut out = Vec::new();
    let most = most_mentions(context.text());
    for sentence in 0..tokens.sentence_count() {
        if (sentence % 256 == 0 && context.cancelled()) || out.len() >= most {
            break;
        }
        let bounds = tokens.sentences[sentence] as usize..tokens.sentences[sentence + 1] as usize;
        let style = vocabulary.style(sentence);
        Finder {
            text: context.text(),
            tokens: &tokens.all,
            vocabulary,
            begin: bounds.start,
            end: bounds.end,
            style,
            out: &mut out,
        }
        .run();
    }
    out
}

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    vocabulary: &'a Vocabulary<'a>,
    begin: usize,
    end: usize,
    style: Style,
    out: &'a mut Vec<Candidate>,
}

/// Marks behind which a sentence or a quoted one begins.
fn opens(mark: &str) -> bool {
    matches!(
        mark,
        "“" | "\""
            | "‘"
            | "'"
            | "«"
            | "„"
            | "("
            | "["
            | ":"
            | "—"
            | "–"
            | "-"
            | "•"
            | "*"
            | "…"
            | "/"
            | "|"
            | ">"
    )
}

/// Those to whom parties, offices and schools belong by name.
fn is_group(word: &str) -> bool {
    matches!(
        word,
        "People"
            | "Peoples"
            | "Women"
            | "Men"
            | "Children"
            | "Workers"
            | "Teachers"
            | "Farmers"
            | "Peasants"
            | "Students"
            | "Soldiers"
            | "Mothers"
            | "Writers"
            | "Nurses"
            | "Doctors"
            | "Lawyers"
            | "Journalists"
            | "Employers"
            | "Veterans"
            | "Officers"
            | "Growers"
            | "Traders"
            | "Citizens"
            | "King"
            | "Queen"
            | "Sheriff"
            | "Governor"
            | "Mayor"
            | "General"
            | "Minister"
            | "Prosecutor"
            | "Coroner"
            | "Leader"
            | "Bar"
    )
}

impl Finder<'_> {
    fn run(&mut self) {
        let mut at = self.begin;
        while at < self.end {
            if self.tokens[at].shape == Shape::Lower {
                at = self.lower(at);
            } else if let Some((entry, end)) = self.known_with_marks(at) {
                self.emit(at, end, 0, Build::Known(entry));
                at = end;
            } else if self.starts(at) {
                let end = self.run_end(at);
                self.resolve(at, end);
                at = end;
            } else {
                at += 1;
            }
        }
    }

    /// Takes a place in lower case ("middle east") or a name that begins with a small word ("bin
    /// Laden"), where one begins here; the index to go on with.
    fn lower(&mut self, at: usize) -> usize {
        if self.starts(at) {
            let end = self.run_end(at);
            self.resolve(at, end);
            return end;
        }
        let longest = gazetteer::longest_lower(self.of(at)).min(self.end - at);
        let found = (at + 2..=at + longest)
            .rev()
            .find_map(|end| Some((gazetteer::known_lower(self.slice(at, end))?, end)));
        let Some((entry, end)) = found else { return at + 1 };
        self.emit(at, end, 0, Build::Known(entry));
        end
    }

    fn word(&self, at: usize) -> Word {
        self.vocabulary.get(self.of(at))
    }

    fn class(&self, at: usize) -> Class {
        self.word(at).class
    }

    fn of(&self, at: usize) -> &str {
        self.tokens[at].of(self.text)
    }

    fn slice(&self, from: usize, end: usize) -> &str {
        TextRange::new(self.tokens[from].start, self.tokens[end - 1].end()).of(self.text)
    }

    fn is_capital_word(&self, at: usize) -> bool {
        at < self.end && self.tokens[at].is_capital_word()
    }

    /// Whether one space or nothing stands before the token.
    fn joined(&self, at: usize) -> bool {
        let gap = self.tokens[at].start - self.tokens[at - 1].end();
        gap == 0 || (gap == 1 && self.text.as_bytes()[self.tokens[at].start as usize - 1] <= b' ')
    }

    /// A known name with a mark in it that begins here: "Levi's", "Yahoo!", "Marks & Spencer".
    fn known_with_marks(&self, at: usize) -> Option<(Entry, usize)> {
        let token = self.tokens[at];
        if !token.is_capital_word() {
            return None;
        }
        let longest = gazetteer::longest(self.of(at));
        let last = (at + longest.min(8)).min(self.end);
        (at + 2..=last).rev().find_map(|end| {
            let marked = self.tokens[at + 1..end]
                .iter()
                .any(|token| token.kind != TokenKind::Word || token.shape == Shape::Lower);
            let whole = !self.is_capital_word(end) || !self.joined(end);
            let entry = (marked && whole).then(|| gazetteer::known(self.slice(at, end)))??;
            Some((entry, end))
        })
    }

    fn starts(&self, at: usize) -> bool {
        if self.is_capital_word(at) {
            // "US$", "Notes.pdf"
            let behind = self.text.as_bytes().get(self.tokens[at].end() as usize..).unwrap_or(&[]);
            let file = behind.len() > 1 && behind[0] == b'.' && behind[1].is_ascii_lowercase();
            return behind.first() != Some(&b'$') && !file;
        }
        // "bin Laden", "de Gaulle" without a given name before.
        let token = self.tokens[at];
        token.kind == TokenKind::Word
            && token.len <= 3
            && matches!(self.of(at), "bin" | "al" | "el" | "de" | "van" | "von" | "di")
            && self.is_capital_word(at + 1)
            && self.joined(at + 1)
            && (!self.class(at + 1).has(Class::COMMON) || self.class(at + 1).has(Class::SURNAME))
    }

    /// The index behind the capitals and connectors that begin at `at`.
    fn run_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        let mut of = false;
        while end < self.end.min(at + LONGEST) && self.joined(end) {
            if self.is_capital_word(end) {
                end += 1;
                continue;
            }
            let Some((next, is_of)) = self.connector(at, end, of) else { break };
            of |= is_of;
            end = next;
        }
        end
    }

    /// Whether the possessive at `at` stands inside the name of an organisation: "Workers' Party",
    /// "Sheriff's Office".
    fn is_theirs(&self, at: usize) -> bool {
        let follows = |next: usize| self.is_capital_word(next) && self.joined(next);
        let behind = (at + 1..self.end.min(at + LONGEST)).take_while(|&next| follows(next));
        is_group(self.of(at - 1))
            && behind.last().is_some_and(|last| self.class(last).has(Class::ORGANISATION_HEAD))
    }

    /// Whether the small word at `at` goes on with the name that began at `from`: the index of
    /// the next capital, and whether it was "of" or "for".
    fn connector(&self, from: usize, at: usize, of: bool) -> Option<(usize, bool)> {
        let before = self.class(at - 1);
        let follows = |next: usize| self.is_capital_word(next) && self.joined(next);
        match self.of(at) {
            "of" | "for" | "on" => {
                let head = before.has(Class::OF_HEAD)
                    || (self.class(from).has(Class::ORGANISATION_FIRST)
                        && before.has(Class::ORGANISATION_HEAD));
                let on = self.of(at) != "on"
                    || matches!(
                        self.of(at - 1),
                        "Committee" | "Commission" | "Council" | "Conference" | "Panel"
                    );
                let the = at + 1 < self.end && self.of(at + 1) == "the";
                let next = at + 1 + usize::from(the);
                (head && on && follows(next) && !self.class(next).has(TITLES.or(Class::CALENDAR)))
                    .then_some((next, true))
            }
            "and" | "&" => {
                let next = at + 1;
                if !follows(next) {
                    return None;
                }
                if self.of(at) == "&" {
                    return Some((next, false));
                }
                let mut last = next;
                while follows(last + 1) {
                    last += 1;
                }
                let common = |at: usize| {
                    self.class(at).has(Class::COMMON) && !self.class(at).has(Class::GIVEN)
                };
                let one_name = common(at - 1)
                    && common(next)
                    && !before.has(Class::ORGANISATION_HEAD)
                    && gazetteer::known(self.of(next)).is_none();
                let headed = of || (self.class(last).has(Class::ORGANISATION_HEAD) && last > next);
                (one_name && headed).then_some((next, of))
            }
            // "University of Brae at Skye"
            "at" if of && self.of(from) == "University" => follows(at + 1).then_some((at + 1, of)),
            _ if self.tokens[at].kind == TokenKind::Possessive => {
                self.is_theirs(at).then_some((at + 1, of))
            }
            word => {
                let particle = self.tokens[at].shape == Shape::Lower
                    && crate::detect::lexicon::class(word).has(Class::PARTICLE)
                    && !before.has(Class::BEGINNING);
                if !particle {
                    return None;
                }
                let next = (at + 1..self.end.min(at + 3)).find(|&next| {
                    self.tokens[next].shape != Shape::Lower
                        || !crate::detect::lexicon::class(self.of(next)).has(Class::PARTICLE)
                })?;
                follows(next).then_some((next, false))
            }
        }
    }
}
