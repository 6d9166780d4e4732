//! Makes candidates of names by the words that they consist of.

use super::super::vocabulary::Style;
use super::{Build, Candidate, Finder};
use crate::annot::EntityKind;
use crate::detect::lexicon::Class;
use crate::detect::lexicon::gazetteer::{self, Entry, Trust};
use crate::text::offset;

impl Finder<'_> {
    /// Makes candidates of one name, or of the known names inside it.
    pub(super) fn piece(&mut self, from: usize, end: usize, titles: u8) {
        let (mut from, mut end) = (from, end);
        while end > from && !self.is_capital_word(end - 1) {
            end -= 1;
        }
        while from < end && self.class(from).has(Class::DEMONYM) && !self.keeps_demonym(from, end) {
            from += 1;
        }
        while from < end && !self.is_capital_word(from) && !self.starts(from) {
            from += 1;
        }
        if self.is_said_of(from, end) {
            from += 1;
        }
        // "New Zealanders" are no place.
        if from >= end
            || (end - from > 1
                && self.class(end - 1).has(Class::DEMONYM)
                && (is_direction(self.of(from)) || self.of(from) == "New"))
        {
            return;
        }
        if let Some(entry) = gazetteer::known(self.slice(from, end)) {
            self.emit(from, end, titles, Build::Known(entry));
            return;
        }
        if end - from > 1
            && self.class(end - 1).has(Class::EVENT_HEAD)
            && !self.class(end - 1).has(Class::SURNAME.or(Class::ORGANISATION_HEAD))
        {
            return;
        }
        if let Some(build) = self.build(from, end, titles) {
            self.emit(from, end, titles, build);
            return;
        }
        self.split_known(from, end, titles);
    }

    /// Whether the first word says what the person is whom the next ones name: "Scientist Jane Doe".
    fn is_said_of(&self, from: usize, end: usize) -> bool {
        const ENDINGS: [&str; 8] = ["ist", "ian", "er", "or", "man", "woman", "ant", "ent"];
        if from + 3 != end {
            return false;
        }
        let word = self.of(from);
        let first = self.class(from);
        !first.has(Class::GIVEN.or(Class::SURNAME))
            && self.class(from + 1).has(Class::GIVEN)
            && !self.class(from + 1).has(Class::COMMON)
            && !self.class(end - 1).has(Class::ORGANISATION_HEAD)
            && (first.has(Class::COMMON) || ENDINGS.iter().any(|ending| word.ends_with(ending)))
    }

    /// Whether a demonym belongs to the name that it begins: "British Airways".
    fn keeps_demonym(&self, from: usize, end: usize) -> bool {
        end - from > 1
            && (self.class(end - 1).has(Class::ORGANISATION_HEAD)
                || gazetteer::known(self.slice(from, end)).is_some()
                || (from + 2 < end
                    && self.of(from + 2) == "of"
                    && self.class(from + 1).has(Class::OF_HEAD)))
    }

    fn build(&self, from: usize, end: usize, titles: u8) -> Option<Build> {
        if end - from < 2 {
            return Some(Build::Words);
        }
        let (first, last) = (self.class(from), self.class(end - 1));
        let person = first.has(Class::GIVEN)
            && !first.has(Class::PLACE_FIRST)
            && last.has(Class::SURNAME)
            && end - from <= 3
            && gazetteer::known(self.of(from)).is_none();
        let of = self.of(from + 1) == "of";
        if last.has(Class::ORGANISATION_HEAD) && (!person || last.has(Class::COMMON)) && titles == 0
        {
            return Some(Build::Organisation);
        }
        if of || (from..end).any(|at| at > from && self.of(at) == "of") {
            let place = first.has(Class::PLACE_HEAD.or(Class::PLACE_FIRST))
                && !first.has(Class::ORGANISATION_FIRST.or(Class::ORGANISATION_HEAD));
            return Some(if place { Build::Place } else { Build::Organisation });
        }
        let park = person && end - from == 3 && last.has(Class::PLACE_HEAD);
        if (person && !(park && self.class(from + 1).has(Class::SURNAME))) || titles > 0 {
            return Some(Build::Words);
        }
        if last.has(Class::PLACE_HEAD) {
            return Some(Build::Place);
        }
        let new = self.of(from) != "New" || !self.class(from + 1).has(Class::COMMON);
        if first.has(Class::PLACE_FIRST) && new && end - from <= 3 {
            return Some(Build::Place);
        }
        let known = gazetteer::known(self.slice(from + 1, end));
        if is_direction(self.of(from)) && known.is_some_and(|entry| entry.kind == EntityKind::Place)
        {
            return Some(Build::Place);
        }
        if self.is_team(from, end) {
            return Some(Build::Organisation);
        }
        let organisation = |entry: Entry| entry.kind == EntityKind::Organization;
        if gazetteer::known(self.of(from)).is_some_and(organisation)
            && gazetteer::known(self.slice(from + 1, end))
                .is_some_and(|entry| entry.kind == EntityKind::Place)
        {
            return Some(Build::Organisation);
        }
        let known = gazetteer::known(self.of(from)).is_some_and(|entry| entry.trust == Trust::Sure)
            || (end - from > 2 && self.inner_known(from, end));
        (!known).then_some(Build::Words)
    }

    /// "Toronto Otters", "New York Red Otters": a place and a plural.
    fn is_team(&self, from: usize, end: usize) -> bool {
        let last = self.of(end - 1);
        let plural = last.ends_with('s') && !last.ends_with("ss") && !last.ends_with("is");
        plural
            && self.style == Style::Plain
            && (from + 1..end).rev().take(2).any(|at| {
                gazetteer::known(self.slice(from, at))
                    .is_some_and(|entry| entry.kind == EntityKind::Place)
            })
    }

    fn inner_known(&self, from: usize, end: usize) -> bool {
        (from + 1..end)
            .any(|at| gazetteer::known(self.of(at)).is_some_and(|entry| entry.trust == Trust::Sure))
    }

    /// Takes the known names out of a run: "Iran Jane Doe", "Boeing Dreamliner".
    fn split_known(&mut self, from: usize, end: usize, titles: u8) {
        let mut at = from;
        let mut loose = from;
        while at < end {
            let longest = gazetteer::longest(self.of(at)).min(end - at);
            let found = (at + 1..=at + longest)
                .rev()
                .find_map(|stop| Some((gazetteer::known(self.slice(at, stop))?, stop)));
            match found {
                Some((entry, stop)) if entry.trust == Trust::Sure || stop - at > 1 => {
                    self.loose(loose, at, if loose == from { titles } else { 0 });
                    self.emit(at, stop, 0, Build::Known(entry));
                    at = stop;
                    loose = stop;
                }
                _ => at += 1,
            }
        }
        self.loose(loose, end, if loose == from { titles } else { 0 });
    }

    /// What is left of a run beside known names: a name only where it looks like a person's.
    fn loose(&mut self, from: usize, end: usize, titles: u8) {
        if from < end && (self.class(from).has(Class::GIVEN) || titles > 0) && end - from <= 4 {
            self.emit(from, end, titles, Build::Words);
        }
    }

    pub(super) fn emit(&mut self, from: usize, end: usize, titles: u8, build: Build) {
        let weak = self.style != Style::Plain;
        self.out.push(Candidate { first: offset(from), end: offset(end), titles, build, weak });
    }
}

fn is_direction(word: &str) -> bool {
    matches!(
        word,
        "Central"
            | "North"
            | "South"
            | "East"
            | "West"
            | "Northern"
            | "Southern"
            | "Eastern"
            | "Western"
            | "Greater"
            | "Inner"
            | "Outer"
            | "Downtown"
            | "Upper"
            | "Lower"
    )
}
