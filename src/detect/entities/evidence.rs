//! What speaks for a person, a place or an organisation where a candidate stands.

use super::candidates::{Build, Candidate};
use super::cues::{
    by_owned, by_word_behind, is_compound, is_organisation_post, is_place_noun, is_ship,
    is_speaker_noun, is_usual_given_name,
};
use super::vocabulary::Vocabulary;
use crate::annot::EntityKind;
use crate::detect::lexicon::Class;
use crate::detect::lexicon::classes::{TITLES, class, is_office_word};
use crate::detect::lexicon::gazetteer::{self, Trust};
use crate::detect::tokens::{Shape, Token, TokenKind};

/// Points for each kind, with the rule that gave the most.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    points: [i32; 3],
    rules: [Option<(i32, &'static str)>; 3],
}

impl Tally {
    /// Adds points for one kind.
    pub(crate) fn add(&mut self, kind: EntityKind, points: i32, rule: &'static str) {
        let slot = kind as usize;
        // Many mentions of one weak kind must not outweigh a strong sign.
        self.points[slot] = (self.points[slot] + points).clamp(-40, 60);
        if points > 0 && self.rules[slot].is_none_or(|(most, _)| points > most) {
            self.rules[slot] = Some((points, rule));
        }
    }

    /// Adds all that another one has.
    pub(crate) fn join(&mut self, other: &Self) {
        for kind in EntityKind::ALL {
            let slot = kind as usize;
            let rule = other.rules[slot].map_or("", |(_, rule)| rule);
            if other.points[slot] != 0 {
                self.add(kind, other.points[slot], rule);
            }
        }
    }

    /// The kind with the most points, the rule, and how sure that is; none where too little or
    /// too much speaks for it.
    pub(crate) fn verdict(&self) -> Option<(EntityKind, &'static str, f32)> {
        let best = EntityKind::ALL.into_iter().max_by_key(|kind| self.points[*kind as usize])?;
        let most = self.points[best as usize];
        let second = EntityKind::ALL
            .into_iter()
            .filter(|kind| *kind != best)
            .map(|kind| self.points[kind as usize].max(0))
            .max()?;
        let (_, rule) = self.rules[best as usize]?;
        if most < 2 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "points are small numbers")]
        let margin = (most - second).clamp(0, 8) as f32 / 8.0;
        Some((best, rule, 0.5 + 0.49 * margin))
    }
}

/// Where a candidate stands, to look around from.
pub(crate) struct Around<'a> {
    /// The article's text.
    pub(crate) text: &'a str,
    /// The article's tokens.
    pub(crate) tokens: &'a [Token],
    /// The words with capitals.
    pub(crate) vocabulary: &'a Vocabulary<'a>,
    /// First token of the sentence, and the index behind its last one.
    pub(crate) sentence: (usize, usize),
}

/// Points for a word of capitals that nothing else tells of.
const ACRONYM: i32 = 1;

use EntityKind::{Organization, Person, Place};

impl Around<'_> {
    /// Weighs a candidate by its words and by those around it.
    pub(crate) fn weigh(&self, candidate: &Candidate) -> Tally {
        let mut tally = Tally::default();
        self.by_build(candidate, &mut tally);
        if !candidate.weak {
            self.by_words_before(candidate, &mut tally);
            self.by_words_behind(candidate, &mut tally);
        }
        tally
    }

    fn of(&self, at: usize) -> &str {
        self.tokens[at].of(self.text)
    }

    fn class(&self, at: usize) -> Class {
        self.vocabulary.get(self.of(at)).class
    }

    fn by_build(&self, it: &Candidate, tally: &mut Tally) {
        match it.build {
            Build::Known(entry) => {
                let points = if entry.trust == Trust::Sure { 12 } else { 5 };
                tally.add(entry.kind, points, "known name");
            }
            Build::Organisation => tally.add(Organization, 8, "organisation word"),
            Build::Place => tally.add(Place, 7, "place word"),
            Build::Words => {}
        }
        if it.titles > 0 && it.build != Build::Organisation {
            self.by_title(it, tally);
        }
        if it.build == Build::Words {
            self.by_name_words(it, tally);
        }
    }

    fn by_title(&self, it: &Candidate, tally: &mut Tally) {
        let title = it.first as usize - 1;
        let written = self.of(title);
        let social = class(written).has(Class::MALE_TITLE.or(Class::FEMALE_TITLE))
            || matches!(
                written,
                "Dr" | "Dr." | "Prof" | "Prof." | "Professor" | "Sen." | "Rep." | "Gen."
            );
        if social {
            tally.add(Person, 14, "title");
        } else if class(written).has(TITLES)
            || (class(written).has(Class::ROLE) && !is_office_word(written) && written != "Nobel")
        {
            tally.add(Person, 7, "role");
        }
    }

    /// Given names, family names, initials, particles.
    fn by_name_words(&self, it: &Candidate, tally: &mut Tally) {
        let (first, end) = (it.first as usize, it.end as usize);
        let count = end - first;
        let head = self.class(first);
        let last = self.class(end - 1);
        let upper = self.tokens[first].shape == Shape::Upper;
        if count == 1 {
            self.by_single_word(it, tally);
            return;
        }
        if last.has(Class::SUFFIX) && !head.has(Class::COMMON) {
            tally.add(Person, 6, "name suffix");
        }
        let common = (first..end).filter(|&at| self.class(at).has(Class::COMMON)).count();
        let initial =
            (first..end - 1).any(|at| self.tokens[at].len <= 2 && self.of(at).ends_with('.'));
        if head.has(Class::GIVEN) && count <= 4 {
            let points = if last.has(Class::SURNAME) {
                8
            } else if last.has(Class::COMMON) {
                3
            } else {
                6
            };
            tally.add(Person, points, "given name");
        } else if initial && count <= 4 {
            tally.add(Person, 5, "initials");
        } else if self.is_built_as_person(first, end) {
            tally.add(Person, 7, "two names");
        } else if last.has(Class::SURNAME) && common == 0 && count <= 3 {
            tally.add(Person, 4, "family name");
        } else if common == 0 && count <= 3 && !upper {
            tally.add(Person, 2, "two names");
        } else if common > 0 && last.has(Class::SUFFIX) {
            // "Title IV"
            tally.add(Organization, -2, "");
        } else if common > 0 {
            tally.add(Organization, 1, "words with capitals");
        }
        if (first..end).any(|at| self.of(at) == "&") {
            tally.add(Organization, 4, "organisation word");
        }
    }

    /// "Jurie de Wet", "Lam Cheuk-ting": small words and hyphens as only people have them.
    fn is_built_as_person(&self, first: usize, end: usize) -> bool {
        let head = self.class(first);
        let other = Class::COMMON
            .or(Class::PLACE_FIRST)
            .or(Class::ORGANISATION_FIRST)
            .or(Class::ORGANISATION_HEAD)
            .or(Class::PLACE_HEAD);
        let particle = end - first == 3
            && self.tokens[first + 1].shape == Shape::Lower
            && matches!(self.of(first + 1), "de" | "van" | "von" | "bin" | "bint" | "ibn");
        let hyphen = end - first == 2
            && self.of(end - 1).split_once('-').is_some_and(|(before, behind)| {
                before.starts_with(char::is_uppercase) && behind.starts_with(char::is_lowercase)
            });
        (particle || hyphen) && !head.has(other) && gazetteer::known(self.of(first)).is_none()
    }

    fn by_single_word(&self, it: &Candidate, tally: &mut Tally) {
        let at = it.first as usize;
        let token = self.tokens[at];
        let word = self.vocabulary.get(self.of(at));
        let class = word.class;
        let written = self.of(at);
        if token.shape == Shape::Upper {
            let digits = written.bytes().any(|byte| byte.is_ascii_digit());
            if class.has(Class::SUFFIX) {
                tally.add(Organization, -2, "");
            } else if self.is_state_code(at) {
                tally.add(Place, 8, "state");
            } else if !class.has(Class::COMMON) && !digits && !written.contains('.') && !it.weak {
                tally.add(Organization, ACRONYM, "acronym");
            }
            return;
        }
        if token.shape == Shape::Mixed && is_compound(written) {
            tally.add(Person, -4, "");
            if is_plural_of_letters(written) {
                tally.add(Organization, -2, "");
                return;
            }
            tally.add(Organization, 3, "capitals inside");
            return;
        }
        // "Mike" and "Bill" are words too, but as names they are not rare as "Marine" is.
        let usual = class.has(Class::SURNAME) || is_usual_given_name(written);
        let points =
            i32::from(!class.has(Class::COMMON)) + i32::from(usual || !class.has(Class::COMMON));
        if class.has(Class::COMMON)
            && (word.lower > 0 || !class.has(Class::GIVEN.or(Class::SURNAME)))
        {
            for kind in EntityKind::ALL {
                tally.add(kind, -2, "");
            }
        } else if class.has(Class::GIVEN) {
            tally.add(Person, points + 1, "given name");
        } else if class.has(Class::SURNAME) {
            tally.add(Person, points, "family name");
        } else {
            self.by_ending(at, tally);
        }
    }

    /// "Tulsa, OK" and "Tulsa OK 74103".
    fn is_state_code(&self, at: usize) -> bool {
        const CODES: &str = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC";
        let code = self.tokens[at].len == 2 && CODES.split(' ').any(|code| code == self.of(at));
        let first = self.sentence.0;
        let comma = at > first + 1 && self.of(at - 1) == "," && self.tokens[at - 2].is_capital();
        let zip = self
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.kind == TokenKind::Number && next.len >= 5);
        code && (comma || zip)
    }

    fn by_ending(&self, at: usize, tally: &mut Tally) {
        const PEOPLE: [&str; 14] = [
            "ov", "ev", "sky", "skiy", "enko", "vich", "shvili", "yan", "ić", "opoulos", "oğlu",
            "sson", "inho", "zadeh",
        ];
        const PLACES: [&str; 12] = [
            "stan", "abad", "grad", "burg", "ville", "shire", "pur", "town", "polis", "ford",
            "borough", "istan",
        ];
        let word = self.of(at);
        if PLACES.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end)) {
            tally.add(Place, 2, "place ending");
        } else if PEOPLE.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end)) {
            tally.add(Person, 2, "family name");
        }
    }

    fn by_words_before(&self, it: &Candidate, tally: &mut Tally) {
        let first = it.first as usize - usize::from(it.titles);
        let Some(at) = first.checked_sub(1).filter(|&at| at >= self.sentence.0) else { return };
        let word = self.of(at);
        let before =
            at.checked_sub(1).filter(|&at| at >= self.sentence.0).map_or("", |at| self.of(at));
        let single = it.end - it.first == 1;
        if class(word).has(Class::LOWER_ROLE) {
            tally.add(Person, 5, "role");
        }
        match word {
            "in" | "In" | "near" | "across" | "throughout" | "outside" | "towards" | "toward"
            | "Near" | "Across" => tally.add(Place, 3, "preposition"),
            "at" | "from" | "to" | "around" | "into" if single => {
                tally.add(Place, 1, "preposition");
            }
            "northern" | "southern" | "eastern" | "western" | "central" | "southeast"
            | "southwest" | "northeast" | "northwest" | "southeastern" | "southwestern"
            | "northeastern" | "northwestern" | "downtown" | "mainland" | "rural" | "nearby"
            | "neighbouring" | "neighboring" => {
                tally.add(Place, 5, "place word before");
            }
            "city" | "town" | "village" | "counties" | "provinces" | "districts" | "regions"
            | "province" | "region" | "island" | "district" | "capital" | "suburb" | "county"
            | "port" => {
                tally.add(Place, 4, "place word before");
            }
            ship if is_ship(ship) && it.titles == 0 => tally.add(Person, -8, ""),
            "of" if is_place_noun(before) => tally.add(Place, 6, "place word before"),
            "of" if is_organisation_post(before) => tally.add(Organization, 4, "post in it"),
            "for" if is_speaker_noun(before) => tally.add(Organization, 5, "post in it"),
            "company" | "firm" | "group" | "newspaper" | "website" | "agency" | "broadcaster"
            | "giant" | "maker" | "airline" | "bank" | "party" | "band" | "charity"
            | "magazine" | "retailer" | "supplier" | "manufacturer" | "station" | "startup"
            | "club" | "daily" | "channel" => {
                tally.add(Organization, 6, "organisation word before");
            }
            "the" | "The" if single => {
                tally.add(Person, -4, "");
                tally.add(Place, -1, "");
                if it.build == Build::Words {
                    tally.add(Organization, 1, "article before");
                }
            }
            "by" => tally.add(Person, 1, "preposition"),
            _ => {}
        }
    }

    fn by_words_behind(&self, it: &Candidate, tally: &mut Tally) {
        let at = it.end as usize;
        if at >= self.sentence.1 {
            return;
        }
        let token = self.tokens[at];
        let word = self.of(at);
        let next = |step: usize| if at + step < self.sentence.1 { self.of(at + step) } else { "" };
        match token.kind {
            TokenKind::Word => by_word_behind(word, tally),
            TokenKind::Possessive => by_owned(next(1), tally),
            TokenKind::Mark if word == "," => self.by_apposition(at, tally),
            TokenKind::Mark if word == "-" => {
                if next(1) == "based" {
                    tally.add(Place, 5, "based there");
                }
            }
            TokenKind::Mark if word == "(" && next(2) == ")" && at + 1 < self.sentence.1 => {
                let inside = self.tokens[at + 1];
                if inside.shape == Shape::Upper {
                    tally.add(Organization, 3, "acronym follows");
                } else if inside.kind == TokenKind::Number && inside.len == 2 {
                    tally.add(Person, 4, "age");
                }
            }
            TokenKind::Mark | TokenKind::Number => {}
        }
    }

    /// What the last small word of an apposition says that the name is: "…, a daily newspaper", "…, a
    /// town in the north".
    fn said_kind(&self, from: usize, end: usize) -> Option<EntityKind> {
        let ends = |at: usize| {
            self.tokens[at].kind != TokenKind::Word
                || class(self.of(at)).has(Class::PARTICLE)
                || matches!(
                    self.of(at),
                    "of" | "in" | "on" | "near" | "that" | "which" | "where" | "with"
                )
        };
        let end = (from..end).find(|&at| ends(at)).unwrap_or(end);
        let last = end.checked_sub(1).filter(|&at| at >= from)?;
        match self.of(last) {
            "newspaper" | "company" | "firm" | "group" | "party" | "agency" | "broadcaster"
            | "charity" | "magazine" | "organisation" | "organization" | "airline" | "bank"
            | "retailer" | "club" | "website" | "union" | "militia" | "maker" | "startup" => {
                Some(Organization)
            }
            "city" | "town" | "village" | "province" | "region" | "suburb" | "island" | "port"
            | "district" | "country" | "neighbourhood" | "neighborhood" | "county"
            | "settlement" => Some(Place),
            _ => None,
        }
    }

    /// What stands behind a comma: an age, "who", a role, a place.
    fn by_apposition(&self, comma: usize, tally: &mut Tally) {
        let next = comma + 1;
        if next >= self.sentence.1 {
            return;
        }
        let token = self.tokens[next];
        match self.of(next) {
            "who" | "whose" | "whom" => tally.add(Person, 5, "who"),
            "a" | "an" | "the" | "his" | "her" | "their" => {
                let last = self.sentence.1.min(next + 7);
                let role = (next + 1..last)
                    .take_while(|&at| self.tokens[at].kind != TokenKind::Mark || self.of(at) == "-")
                    .any(|at| class(self.of(at)).has(Class::LOWER_ROLE));
                if role {
                    tally.add(Person, 4, "role behind");
                } else if let Some(kind) = self.said_kind(next + 1, last) {
                    tally.add(kind, 4, "what it is behind");
                }
            }
            word if class(word).has(Class::LOWER_ROLE) => tally.add(Person, 4, "role behind"),
            word => {
                let closed =
                    next + 1 < self.sentence.1 && matches!(self.of(next + 1), "," | "." | ")");
                if token.kind == TokenKind::Number && token.len == 2 && closed {
                    tally.add(Person, 6, "age");
                } else if gazetteer::known(word).is_some_and(|entry| entry.kind == Place) {
                    tally.add(Place, 4, "place behind");
                }
            }
        }
    }
}

/// "CDs", "NGOs": things of one sort.
fn is_plural_of_letters(word: &str) -> bool {
    word.strip_suffix('s')
        .is_some_and(|letters| letters.len() > 1 && letters.chars().all(char::is_uppercase))
}
