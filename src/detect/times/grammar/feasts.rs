//! Days with a name.

use super::super::lexicon::Word;
use super::super::meaning::Meaning;
use super::{Grammar, Read};
use crate::detect::calendar::{Holiday, Unit};

/// The words of a feast and where it lies; the longer name of two with one beginning first.
const FEASTS: &[(&[&str], Holiday)] = &[
    (&["christmas", "eve"], Holiday::Fixed(12, 24)),
    (&["christmas", "day"], Holiday::Fixed(12, 25)),
    (&["christmas"], Holiday::Fixed(12, 25)),
    (&["xmas"], Holiday::Fixed(12, 25)),
    (&["boxing", "day"], Holiday::Fixed(12, 26)),
    (&["new", "year", "'", "s", "eve"], Holiday::Fixed(12, 31)),
    (&["new", "year", "'", "s", "day"], Holiday::Fixed(1, 1)),
    (&["new", "years", "eve"], Holiday::Fixed(12, 31)),
    (&["new", "years", "day"], Holiday::Fixed(1, 1)),
    (&["thanksgiving", "day"], Holiday::Thanksgiving(0)),
    (&["thanksgiving"], Holiday::Thanksgiving(0)),
    (&["black", "friday"], Holiday::Thanksgiving(1)),
    (&["cyber", "monday"], Holiday::Thanksgiving(4)),
    (&["orthodox", "easter"], Holiday::OrthodoxEaster),
    (&["easter", "sunday"], Holiday::Easter(0)),
    (&["easter", "monday"], Holiday::Easter(1)),
    (&["easter", "saturday"], Holiday::Easter(-1)),
    (&["easter"], Holiday::Easter(0)),
    (&["good", "friday"], Holiday::Easter(-2)),
    (&["holy", "saturday"], Holiday::Easter(-1)),
    (&["palm", "sunday"], Holiday::Easter(-7)),
    (&["maundy", "thursday"], Holiday::Easter(-3)),
    (&["ash", "wednesday"], Holiday::Easter(-46)),
    (&["shrove", "tuesday"], Holiday::Easter(-47)),
    (&["mardi", "gras"], Holiday::Easter(-47)),
    (&["ascension", "day"], Holiday::Easter(39)),
    (&["whit", "sunday"], Holiday::Easter(49)),
    (&["whit", "monday"], Holiday::Easter(50)),
    (&["corpus", "christi", "day"], Holiday::Easter(60)),
    (&["pentecost"], Holiday::Easter(49)),
    (&["epiphany"], Holiday::Fixed(1, 6)),
    (&["all", "saints", "'", "day"], Holiday::Fixed(11, 1)),
    (&["all", "saints", "day"], Holiday::Fixed(11, 1)),
    (&["all", "souls", "'", "day"], Holiday::Fixed(11, 2)),
    (&["all", "souls", "day"], Holiday::Fixed(11, 2)),
    (&["halloween"], Holiday::Fixed(10, 31)),
    (&["bonfire", "night"], Holiday::Fixed(11, 5)),
    (&["burns", "night"], Holiday::Fixed(1, 25)),
    (&["groundhog", "day"], Holiday::Fixed(2, 2)),
    (&["valentine", "'", "s", "day"], Holiday::Fixed(2, 14)),
    (&["valentines", "day"], Holiday::Fixed(2, 14)),
    (&["patrick", "'", "s", "day"], Holiday::Fixed(3, 17)),
    (&["george", "'", "s", "day"], Holiday::Fixed(4, 23)),
    (&["andrew", "'", "s", "day"], Holiday::Fixed(11, 30)),
    (&["april", "fools", "'", "day"], Holiday::Fixed(4, 1)),
    (&["april", "fool", "'", "s", "day"], Holiday::Fixed(4, 1)),
    (&["april", "fools", "day"], Holiday::Fixed(4, 1)),
    (&["may", "day"], Holiday::Fixed(5, 1)),
    (&["earth", "day"], Holiday::Fixed(4, 22)),
    (&["international", "women", "'", "s", "day"], Holiday::Fixed(3, 8)),
    (&["human", "rights", "day"], Holiday::Fixed(12, 10)),
    (&["world", "aids", "day"], Holiday::Fixed(12, 1)),
    (&["bastille", "day"], Holiday::Fixed(7, 14)),
    (&["anzac", "day"], Holiday::Fixed(4, 25)),
    (&["australia", "day"], Holiday::Fixed(1, 26)),
    (&["canada", "day"], Holiday::Fixed(7, 1)),
    (&["ve", "day"], Holiday::Fixed(5, 8)),
    (&["armistice", "day"], Holiday::Fixed(11, 11)),
    (&["remembrance", "day"], Holiday::Fixed(11, 11)),
    (&["remembrance", "sunday"], Holiday::Nth(11, 7, 2)),
    (&["veterans", "'", "day"], Holiday::Fixed(11, 11)),
    (&["veterans", "day"], Holiday::Fixed(11, 11)),
    (&["juneteenth"], Holiday::Fixed(6, 19)),
    (&["memorial", "day"], Holiday::Nth(5, 1, -1)),
    (&["labor", "day"], Holiday::Nth(9, 1, 1)),
    (&["columbus", "day"], Holiday::Nth(10, 1, 2)),
    (&["indigenous", "peoples", "'", "day"], Holiday::Nth(10, 1, 2)),
    (&["presidents", "'", "day"], Holiday::Nth(2, 1, 3)),
    (&["presidents", "day"], Holiday::Nth(2, 1, 3)),
    (&["martin", "luther", "king", "day"], Holiday::Nth(1, 1, 3)),
    (&["martin", "luther", "king", "jr", ".", "day"], Holiday::Nth(1, 1, 3)),
    (&["mlk", "day"], Holiday::Nth(1, 1, 3)),
    (&["mother", "'", "s", "day"], Holiday::Nth(5, 7, 2)),
    (&["father", "'", "s", "day"], Holiday::Nth(6, 7, 3)),
    (&["election", "day"], Holiday::ElectionDay),
    (&["rosh", "hashanah"], Holiday::NewYear(0)),
    (&["yom", "kippur"], Holiday::NewYear(9)),
    (&["sukkot"], Holiday::NewYear(14)),
    (&["hanukkah"], Holiday::Hanukkah),
    (&["chanukah"], Holiday::Hanukkah),
    (&["purim"], Holiday::Passover(-30)),
    (&["passover"], Holiday::Passover(0)),
    (&["shavuot"], Holiday::Passover(50)),
    (&["ramadan"], Holiday::RAMADAN),
    (&["eid", "al", "-", "fitr"], Holiday::Islamic(10, 1)),
    (&["eid", "ul", "-", "fitr"], Holiday::Islamic(10, 1)),
    (&["eid", "al", "-", "adha"], Holiday::Islamic(12, 10)),
    (&["eid", "ul", "-", "adha"], Holiday::Islamic(12, 10)),
    (&["ashura"], Holiday::Islamic(1, 10)),
];

/// First words of feasts that mean them in small letters, too.
const SURE: [&str; 9] = [
    "chanukah",
    "christmas",
    "halloween",
    "hanukkah",
    "juneteenth",
    "passover",
    "ramadan",
    "thanksgiving",
    "xmas",
];

impl Grammar<'_> {
    /// Whether a month begins the name of a feast.
    pub(in crate::detect::times) fn is_feast(&self, at: usize) -> bool {
        self.is(at + 1, "day") && self.capital(at + 1)
            || self.is(at + 1, "fools")
            || self.is(at + 1, "fool")
    }

    /// "Christmas", "Thanksgiving 2019", "Good Friday".
    pub(super) fn feast(&self, at: usize) -> Option<Read> {
        // Most words that feasts begin with are common ones; only these can go on as one.
        let goes_on =
            |step: usize| matches!(self.word(at + step), Word::Unit(Unit::Day | Unit::Year));
        if !self.capital(at) && !(1..=4).any(goes_on) && !SURE.iter().any(|word| self.is(at, word))
        {
            return None;
        }
        let (words, holiday) = FEASTS.iter().find(|(words, _)| {
            words.iter().enumerate().all(|(step, word)| match *word {
                "'" => self.word(at + step) == Word::Apostrophe,
                "." => self.word(at + step) == Word::Mark(b'.'),
                "-" => self.word(at + step) == Word::Dash,
                word => self.is(at + step, word),
            })
        })?;
        let to = at + words.len();
        // In small letters only what cannot be anything else: "before christmas", "election day".
        let sure = SURE.contains(&words[0])
            || words.last().is_some_and(|last| matches!(*last, "day" | "eve"));
        if !self.capital(at) && !sure {
            return None;
        }
        // "Christmas Island", "Easter Rising", "Boxing Day Test" are something else.
        if words.len() == 1 && self.capital(to) && self.word(to) == Word::Other {
            return None;
        }
        let (year, to) = self.year_of(to);
        let modifier = holiday.is_about().then_some("APPROX");
        let meaning = Meaning::Feast { year, holiday: *holiday };
        Some(Read::new("feast", at, to, meaning).with(modifier))
    }
}
