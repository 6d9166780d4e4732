//! Cuts a run of capitals where titles, roles, months and other words part names.

use super::super::vocabulary::Style;
use super::{Finder, opens};
use crate::detect::lexicon::Class;
use crate::detect::lexicon::classes::{TITLES, class as word_class, is_office_word};
use crate::detect::lexicon::gazetteer::{self, Trust};
use crate::detect::tokens::{Shape, TokenKind};

/// Whether companies write it behind their names.
pub(in crate::detect::entities) fn is_legal_form(word: &str) -> bool {
    matches!(
        word,
        "Co."
            | "N.V."
            | "S.A."
            | "S.p.A."
            | "L.P."
            | "Limited"
            | "Inc"
            | "Inc."
            | "Ltd"
            | "Ltd."
            | "Corp"
            | "Corp."
            | "PLC"
            | "Plc"
            | "plc"
            | "LLC"
            | "LLP"
            | "GmbH"
    )
}

fn names_events(word: &str) -> bool {
    matches!(word, "Hurricane" | "Cyclone" | "Typhoon" | "Storm" | "Operation")
}

impl Finder<'_> {
    /// Cuts a run of capitals into names.
    pub(super) fn resolve(&mut self, from: usize, end: usize) {
        let mut from = from;
        let at_start = self.style != Style::Plain || from == self.begin || {
            let before = self.tokens[from - 1];
            before.kind == TokenKind::Mark && opens(self.of(from - 1))
        };
        if at_start {
            from = self.skip_beginning(from, end);
        }
        while from < end
            && self.class(from).has(Class::BEGINNING)
            && end - from > 1
            && gazetteer::known(self.slice(from, end)).is_none()
        {
            from += 1;
        }
        let mut at = from;
        let mut titles = 0;
        while at < end {
            let stop = self.piece_end(at, end);
            if stop > at {
                if !self.names_event(stop, end)
                    || self.class(at).has(Class::GIVEN)
                    || gazetteer::known(self.slice(at, stop)).is_some()
                {
                    self.piece(at, stop, titles);
                }
                titles = 0;
                at = stop;
            } else {
                let title = self.class(at).has(TITLES.or(Class::ROLE));
                titles = if title { titles + 1 } else { 0 };
                at += 1;
                // What storms and the like are called names nobody.
                if at < end && names_events(self.of(at - 1)) {
                    at = self.piece_end(at, end).max(at);
                }
            }
        }
    }

    /// The first word of the run that belongs to a name, where its capital may be a sentence's.
    fn skip_beginning(&self, from: usize, end: usize) -> usize {
        let mut at = from;
        while at < end && !self.is_name_at_start(at, end) {
            at += 1;
            if self.style == Style::Plain {
                break;
            }
        }
        // Small words that followed the one left out.
        while at < end && !self.is_capital_word(at) {
            at += 1;
        }
        at
    }

    fn is_name_at_start(&self, at: usize, end: usize) -> bool {
        if !self.is_capital_word(at) {
            return at > self.begin && self.style == Style::Plain;
        }
        let word = self.word(at);
        let class = word.class;
        let last = end.min(at + gazetteer::longest(self.of(at)));
        let multi = (at + 2..=last).any(|stop| gazetteer::known(self.slice(at, stop)).is_some());
        if multi {
            return true;
        }
        if class.has(Class::BEGINNING) {
            return false;
        }
        let next = at + 1 < end;
        if next && word_class(&self.of(at).to_lowercase()).has(Class::PARTICLE) {
            return true;
        }
        if class.has(TITLES.or(Class::ROLE).or(Class::DEMONYM).or(Class::CALENDAR)) && next {
            return true;
        }
        if next && self.headed(at, end) && self.style == Style::Plain && word.lower == 0 {
            return true;
        }
        if word.inside > 0 && word.inside >= word.lower {
            return true;
        }
        if let Some(entry) = gazetteer::known(self.of(at)) {
            return entry.trust == Trust::Sure || word.lower == 0;
        }
        if class.has(Class::GIVEN) && next && self.is_capital_word(at + 1) {
            return word.lower == 0 || !self.class(at + 1).has(Class::COMMON);
        }
        if class.has(Class::GIVEN) && word.lower == 0 && !next && at + 1 < self.end {
            // "Mark said", but not "Mark the place".
            let verb = word_class(self.of(at + 1));
            let short =
                matches!(self.of(at + 1), "has" | "was" | "is" | "had" | "and" | "’s" | "'s");
            return !class.has(Class::COMMON) || short || verb.has(Class::SPEECH.or(Class::ACTION));
        }
        word.lower == 0 && !class.has(Class::COMMON)
    }

    /// Whether the run ends as organisations or places do, or has "of" behind a head.
    fn headed(&self, from: usize, end: usize) -> bool {
        self.class(end - 1).has(Class::ORGANISATION_HEAD.or(Class::PLACE_HEAD))
            || (from + 1 < end
                && self.class(from).has(Class::ORGANISATION_FIRST)
                && self.of(from + 1) == "of")
    }

    /// Where the name ends that begins at `at`; `at` itself where the word there is in no name.
    fn piece_end(&self, at: usize, end: usize) -> usize {
        if self.is_office(at, end) {
            return end;
        }
        let longest = gazetteer::longest(self.of(at)).min(end - at);
        let known = (at + 2..=at + longest)
            .rev()
            .find(|&stop| gazetteer::known(self.slice(at, stop)).is_some());
        if let Some(stop) = known {
            let head = stop < end
                && (self.headed(at, end) || self.class(end - 1).has(Class::EVENT_HEAD))
                && !self.splits(stop, end);
            return if head { end } else { stop };
        }
        (at..end).find(|&stop| self.cuts(stop, at)).unwrap_or(end)
    }

    /// Whether a word with a title's or a calendar's meaning stands in `from..end`.
    fn splits(&self, from: usize, end: usize) -> bool {
        // What a post's holder has is an office: "Prime Minister's Office".
        let theirs = (from..end).rev().find(|&at| self.tokens[at].kind == TokenKind::Possessive);
        (theirs.unwrap_or(from)..end).any(|at| {
            let class = self.class(at);
            class.has(TITLES.or(Class::ROLE).or(Class::CALENDAR).or(Class::NO_NAME))
                && !class.has(Class::EVENT_HEAD)
                && !is_office_word(self.of(at))
        })
    }

    /// Whether the whole rest of the run is the name of an office or organisation.
    fn is_office(&self, at: usize, end: usize) -> bool {
        let headed = self.class(end - 1).has(Class::ORGANISATION_HEAD) && end - at > 1;
        let of = (at..end).any(|word| {
            self.tokens[word].shape == Shape::Lower
                && matches!(self.of(word), "of" | "for")
                && word > at
                && self.class(word - 1).has(Class::ORGANISATION_FIRST.or(Class::ORGANISATION_HEAD))
        });
        (headed || of)
            && self.style == Style::Plain
            && !self.splits(at, end)
            && !self.has_person(at, end)
    }

    /// Whether a given name and a family name stand inside: "Acme Analyst Jane Doe Group".
    fn has_person(&self, at: usize, end: usize) -> bool {
        let last = end - 1;
        at + 2 < last
            && (at..last - 1).any(|word| {
                self.class(word).has(Class::GIVEN)
                    && !self.class(word).has(Class::COMMON)
                    && self.class(word + 1).has(Class::SURNAME)
                    && !self.class(word + 1).has(Class::COMMON)
                    && gazetteer::known(self.of(word)).is_none()
            })
    }

    /// Whether what ends at `stop` is the name of a law or feast: "Otter Act", "Otter Day".
    fn names_event(&self, stop: usize, end: usize) -> bool {
        let both = |class: Class| class.has(Class::NO_NAME) && class.has(Class::EVENT_HEAD);
        stop < end && both(self.class(stop))
    }

    fn has_given(&self, at: usize) -> bool {
        self.is_capital_word(at) && self.joined(at) && self.class(at).has(Class::GIVEN)
    }

    /// Whether the word at `stop` ends the name that began at `from`, or is in none.
    fn cuts(&self, stop: usize, from: usize) -> bool {
        let class = self.class(stop);
        let inside = stop > from;
        if inside && class.has(Class::SUFFIX) {
            return false;
        }
        if inside && is_legal_form(self.of(stop - 1)) && !class.has(Class::ORGANISATION_HEAD) {
            return true;
        }
        let person = inside && self.class(from).has(Class::GIVEN);
        if inside && class.has(Class::BEGINNING) && !class.has(Class::GIVEN.or(Class::SURNAME)) {
            return true;
        }
        if class.has(Class::CALENDAR.or(Class::NO_NAME)) {
            let begins = !inside
                && class.has(Class::GIVEN)
                && self.is_capital_word(stop + 1)
                && self.joined(stop + 1)
                && self.class(stop + 1).has(Class::SURNAME);
            let name = begins || (person && class.has(Class::SURNAME.or(Class::GIVEN)));
            return !name;
        }
        if class.has(TITLES.or(Class::ROLE)) {
            // "Stephen King", "Prince", "Michelle Bishop": a family name where a given name stands before.
            return !(person
                && class.has(Class::SURNAME)
                && stop + 1 - from <= 3
                && !self.has_given(stop + 1));
        }
        // In a headline a common word is no part of a name that nothing else tells of.
        if self.style != Style::Plain && self.tokens[stop].shape != Shape::Lower {
            let word = self.word(stop);
            let name = word.inside > word.lower
                || gazetteer::known(self.of(stop)).is_some()
                || (!class.has(Class::COMMON) && word.lower == 0)
                || (person && class.has(Class::SURNAME) && word.lower == 0);
            return !name;
        }
        false
    }
}
