//! Leaves out what is no name of a person, a place or an organisation after all.

use std::collections::HashSet;

use super::model::tag::Span;
use super::vocabulary::{Fast, Vocabulary};
use crate::annot::EntityKind;
use crate::detect::Context;
use crate::detect::lexicon::classes::{TITLES, is_office_word};
use crate::detect::lexicon::gazetteer::{self, Trust};
use crate::detect::lexicon::{Class, capitalised, class};
use crate::detect::tokens::Token;
use crate::text::TextRange;

/// Leaves such spans out; they are in the order of the text.
pub(super) fn keep(context: &Context<'_>, vocabulary: &Vocabulary<'_>, spans: &mut Vec<Span>) {
    let names = Plausible {
        context,
        vocabulary,
        tokens: &context.tokens.all,
        storms: storms(context, spans),
    };
    for span in spans.iter_mut() {
        names.trim(span);
    }
    spans.retain(|span| names.is_name(span));
}

/// What storms are called in the text, where nobody is called so: "Wilma" of "Hurricane Wilma".
fn storms<'t>(context: &Context<'t>, spans: &[Span]) -> HashSet<&'t str, Fast> {
    let text = context.text();
    let tokens = &context.tokens.all;
    let mut storms: HashSet<&str, Fast> = tokens
        .windows(2)
        .filter(|pair| {
            pair[0].is_capital_word() && pair[1].is_capital_word() && is_storm(pair[0].of(text))
        })
        .map(|pair| pair[1].of(text))
        .collect();
    if !storms.is_empty() {
        for span in spans.iter().filter(|it| it.end - it.first > 1) {
            for at in span.first..span.end {
                storms.remove(tokens[at as usize].of(text));
            }
        }
    }
    storms
}

fn is_storm(word: &str) -> bool {
    matches!(word, "Hurricane" | "Cyclone" | "Typhoon" | "Storm")
}

struct Plausible<'a> {
    context: &'a Context<'a>,
    vocabulary: &'a Vocabulary<'a>,
    tokens: &'a [Token],
    storms: HashSet<&'a str, Fast>,
}

impl Plausible<'_> {
    fn of(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.of(self.context.text()))
    }

    fn is_name(&self, span: &Span) -> bool {
        let first = span.first as usize;
        let start = self.tokens[first].start as usize;
        // "#WeMissYou"
        if start > 0 && self.context.text().as_bytes()[start - 1] == b'#' {
            return false;
        }
        if span.end - span.first > 1 {
            return !self.is_people(span) && !self.is_event(span) && !self.is_adjective(span);
        }
        let word = self.of(first);
        let feast = self.of(first + 1) == "Day" && is_feast(word);
        if feast || is_technology(word) || self.storms.contains(word) {
            return false;
        }
        let it = self.vocabulary.get(word);
        let kind = span.kind();
        let known = gazetteer::known(word);
        // "Israeli troops", "the Belgians", "scottish"
        let class = if it.class == Class::default() { class(&capitalised(word)) } else { it.class };
        let demonym =
            (class.has(Class::DEMONYM) || is_of_place(word)) && kind != EntityKind::Person;
        if demonym && !known.is_some_and(|it| it.trust == Trust::Sure) {
            return false;
        }
        // "the Secretary-General"
        let post = it.class.has(TITLES.or(Class::ROLE)) && known.is_none();
        if post && kind == EntityKind::Organization && !is_office_word(word) {
            return false;
        }
        // "Total dead: 10"
        let opens = self.context.tokens.sentences.binary_search(&span.first).is_ok();
        let listed = known.is_some() && it.lower == 0;
        let ordinary = it.class.has(Class::COMMON) && it.inside == 0 && opens && !listed;
        !(ordinary && kind == EntityKind::Organization)
    }

    /// "The Australian people" are no newspaper.
    fn is_people(&self, span: &Span) -> bool {
        let end = span.end as usize;
        let demonym = self.vocabulary.get(self.of(end - 1)).class.has(Class::DEMONYM);
        let next = self.of(end);
        span.end - span.first == 2
            && matches!(self.of(end - 2), "The" | "the")
            && demonym
            && next.starts_with(char::is_lowercase)
            && !class(next).has(Class::SPEECH.or(Class::ACTION))
            && !matches!(
                next,
                "has" | "had" | "is" | "was" | "and" | "newspaper" | "in" | "on" | "that"
            )
    }

    /// "Sri Lankan", "North Korean": where somebody is from.
    fn is_adjective(&self, span: &Span) -> bool {
        let last = self.of(span.end as usize - 1);
        let demonym = class(last).has(Class::DEMONYM) || is_of_place(last);
        span.end - span.first == 2
            && span.kind() == EntityKind::Place
            && demonym
            && !self.is_known(span)
    }

    /// Whether what the span names happens, is a law or a program: "Beijing Games", "Clean Rivers
    /// Act", "Zork OS".
    fn is_event(&self, span: &Span) -> bool {
        let last = self.of(span.end as usize - 1);
        let class = self.vocabulary.get(last).class;
        let other =
            Class::ORGANISATION_HEAD.or(Class::PLACE_HEAD).or(Class::SURNAME).or(Class::GIVEN);
        let event = class.has(Class::EVENT_HEAD) && !class.has(other)
            || matches!(last, "Day" | "Conventions" | "Dialogue" | "Standard" | "Olympics")
                && (last != "Day" || is_feast(self.of(span.first as usize)));
        let made = matches!(last, "OS" | "License" | "Licence" | "API" | "SDK" | "Framework");
        (event && last != "Report" || made) && !self.is_known(span)
    }

    fn is_known(&self, span: &Span) -> bool {
        let (first, last) = (self.tokens[span.first as usize], self.tokens[span.end as usize - 1]);
        let range = TextRange::new(first.start, last.end());
        gazetteer::known(range.of(self.context.text())).is_some()
    }

    /// Leaves out what stands beside a name and is no part of it: "Pentagon Press" Secretary,
    /// "northern" Zorkland, Otter "province", Jane Doe "Friday".
    fn trim(&self, span: &mut Span) {
        let several = |span: &Span| span.end - span.first > 1;
        let last = |span: &Span| span.end as usize - 1;
        let role = matches!(self.of(last(span)), "Press" | "Foreign" | "Defense" | "Defence")
            && matches!(
                self.of(last(span) + 1),
                "Secretary" | "Minister" | "Officer" | "Spokesman"
            );
        if several(span) && (role || is_weekday(self.of(last(span)))) {
            span.end -= 1;
        }
        let chamber = matches!(self.of(span.first as usize), "Senate" | "House");
        let members = matches!(self.of(last(span)), "Republicans" | "Democrats");
        if several(span) && chamber && members {
            span.end -= 1;
        }
        let class = match span.kind() {
            EntityKind::Place => is_class_of_place(self.of(last(span))),
            EntityKind::Organization => is_class_of_organisation(self.of(last(span))),
            EntityKind::Person => false,
        };
        if several(span)
            && class
            && self.tokens[last(span) - 1].is_capital_word()
            && !self.is_known(span)
        {
            span.end -= 1;
        }
        let place = span.kind() == EntityKind::Place && several(span);
        let first = span.first as usize;
        if place && is_direction(self.of(first)) && self.tokens[first + 1].is_capital_word() {
            span.first += 1;
        }
    }
}

/// What programs are written in and run by, which is nobody and nowhere.
fn is_technology(word: &str) -> bool {
    matches!(
        word,
        "JavaScript"
            | "TypeScript"
            | "WebAssembly"
            | "Wasm"
            | "HTML"
            | "HTML5"
            | "CSS"
            | "SQL"
            | "PHP"
            | "Unix"
            | "Linux"
            | "Python"
            | "Bluetooth"
            | "Ethernet"
            | "Unicode"
            | "Bitcoin"
            | "Blockchain"
            | "Ethereum"
    )
}

/// Words that say where something is from and stand in no name of a place.
fn is_of_place(word: &str) -> bool {
    matches!(
        word,
        "Philippine"
            | "Himalayan"
            | "Lankan"
            | "Lankans"
            | "Rican"
            | "Ricans"
            | "Leonean"
            | "Leoneans"
            | "Zealander"
            | "Zealanders"
            | "Verdean"
            | "Koreans"
            | "Africans"
            | "Americans"
    )
}

/// Feasts are called after what stands before "Day".
fn is_feast(word: &str) -> bool {
    matches!(
        word,
        "May"
            | "Columbus"
            | "Labor"
            | "Labour"
            | "Memorial"
            | "Independence"
            | "Christmas"
            | "Thanksgiving"
            | "Veterans"
            | "Mother"
            | "Father"
            | "Valentine"
            | "Earth"
            | "Republic"
            | "Victory"
            | "Liberation"
            | "National"
            | "International"
            | "World"
            | "Election"
            | "Boxing"
            | "Australia"
            | "Canada"
            | "Waitangi"
            | "Bastille"
            | "Patrick"
    )
}

fn is_weekday(word: &str) -> bool {
    matches!(
        word,
        "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday"
    )
}

fn is_direction(word: &str) -> bool {
    matches!(
        word,
        "northern"
            | "southern"
            | "eastern"
            | "western"
            | "central"
            | "north"
            | "south"
            | "east"
            | "west"
            | "southwestern"
            | "northwestern"
            | "northeastern"
            | "southeastern"
            | "downtown"
            | "mainland"
            | "neighboring"
            | "neighbouring"
            | "nearby"
            | "rural"
    )
}

/// What a place is, in small letters behind its name.
fn is_class_of_place(word: &str) -> bool {
    matches!(
        word,
        "province"
            | "provinces"
            | "district"
            | "districts"
            | "region"
            | "regions"
            | "area"
            | "state"
            | "states"
            | "city"
            | "village"
            | "town"
            | "county"
            | "border"
            | "coast"
            | "prison"
            | "valley"
            | "governorate"
            | "prefecture"
            | "suburb"
            | "neighborhood"
            | "neighbourhood"
            | "territory"
    )
}

/// What an organisation is, in small letters behind its name.
fn is_class_of_organisation(word: &str) -> bool {
    matches!(
        word,
        "party"
            | "alliance"
            | "government"
            | "group"
            | "movement"
            | "coalition"
            | "militia"
            | "newspaper"
            | "agency"
            | "company"
            | "organization"
            | "organisation"
            | "faction"
    )
}
