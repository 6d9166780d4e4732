//! Days with a name.

use super::super::lexicon::Word;
use super::super::meaning::Meaning;
use super::{Grammar, Read};
use crate::detect::calendar::Holiday;

/// The words of a feast and where it lies; the longer name of two with one beginning first.
const FEASTS: &[(&[&str], Holiday)] = &[
    (&["christmas", "eve"], Holiday::Fixed(12, 24)),
    (&["christmas", "day"], Holiday::Fixed(12, 25)),
    (&["christmas"], Holiday::Fixed(12, 25)),
    (&["boxing", "day"], Holiday::Fixed(12, 26)),
    (&["new", "year", "'", "s", "eve"], Holiday::Fixed(12, 31)),
    (&["new", "year", "'", "s", "day"], Holiday::Fixed(1, 1)),
    (&["new", "years", "eve"], Holiday::Fixed(12, 31)),
    (&["new", "years", "day"], Holiday::Fixed(1, 1)),
    (&["thanksgiving", "day"], Holiday::Nth(11, 4, 4)),
    (&["thanksgiving"], Holiday::Nth(11, 4, 4)),
    (&["easter", "sunday"], Holiday::Easter(0)),
    (&["easter", "monday"], Holiday::Easter(1)),
    (&["easter"], Holiday::Easter(0)),
    (&["good", "friday"], Holiday::Easter(-2)),
    (&["palm", "sunday"], Holiday::Easter(-7)),
    (&["maundy", "thursday"], Holiday::Easter(-3)),
    (&["ash", "wednesday"], Holiday::Easter(-46)),
    (&["whit", "monday"], Holiday::Easter(50)),
    (&["pentecost"], Holiday::Easter(49)),
    (&["epiphany"], Holiday::Fixed(1, 6)),
    (&["halloween"], Holiday::Fixed(10, 31)),
    (&["valentine", "'", "s", "day"], Holiday::Fixed(2, 14)),
    (&["valentines", "day"], Holiday::Fixed(2, 14)),
    (&["patrick", "'", "s", "day"], Holiday::Fixed(3, 17)),
    (&["bastille", "day"], Holiday::Fixed(7, 14)),
    (&["armistice", "day"], Holiday::Fixed(11, 11)),
    (&["veterans", "day"], Holiday::Fixed(11, 11)),
    (&["memorial", "day"], Holiday::Nth(5, 1, -1)),
    (&["labor", "day"], Holiday::Nth(9, 1, 1)),
    (&["columbus", "day"], Holiday::Nth(10, 1, 2)),
    (&["presidents", "day"], Holiday::Nth(2, 1, 3)),
    (&["martin", "luther", "king", "day"], Holiday::Nth(1, 1, 3)),
    (&["mother", "'", "s", "day"], Holiday::Nth(5, 7, 2)),
    (&["father", "'", "s", "day"], Holiday::Nth(6, 7, 3)),
    (&["election", "day"], Holiday::ElectionDay),
];

impl Grammar<'_> {
    /// "Christmas", "Thanksgiving 2019", "Good Friday".
    pub(super) fn feast(&self, at: usize) -> Option<Read> {
        if !self.capital(at) {
            return None;
        }
        let (words, holiday) = FEASTS.iter().find(|(words, _)| {
            words.iter().enumerate().all(|(step, word)| match *word {
                "'" => self.word(at + step) == Word::Apostrophe,
                word => self.is(at + step, word),
            })
        })?;
        let to = at + words.len();
        // "Christmas Island", "Easter Rising", "Boxing Day Test" are something else.
        if words.len() == 1 && self.capital(to) && self.word(to) == Word::Other {
            return None;
        }
        let (year, to) = self.year_of(to);
        Some(Read::new("feast", at, to, Meaning::Feast { year, holiday: *holiday }))
    }
}
