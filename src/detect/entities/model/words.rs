//! What the model knows of a word wherever it stands: its features as the word itself and as a
//! neighbour.

use super::features::{Group, REACH, Sink};
use crate::detect::entities::vocabulary::Vocabulary;
use crate::detect::lexicon::gazetteer::{self, Trust};
use crate::detect::lexicon::packed::{hash, mix};
use crate::detect::lexicon::{self, Class};
use crate::detect::tokens::{Shape, Token, TokenKind};
use crate::text::offset;

/// What is known of a word wherever it stands in the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Type {
    pub(super) lower: u32,
    pub(super) cased: u32,
    pub(super) shape: u32,
    pub(super) short: u32,
    pub(super) starts: [u32; 3],
    pub(super) ends: [u32; 4],
    pub(super) class: u32,
    pub(super) fine: u32,
    pub(super) coarse: u32,
    pub(super) known: u32,
    pub(super) seen: u32,
    pub(super) capital: bool,
}

/// The lists that a word may be in, one feature each.
const LISTED: [Class; 22] = [
    Class::MALE_TITLE,
    Class::FEMALE_TITLE,
    Class::TITLE,
    Class::ROLE,
    Class::LOWER_ROLE,
    Class::ORGANISATION_HEAD,
    Class::OF_HEAD,
    Class::PLACE_HEAD,
    Class::PLACE_FIRST,
    Class::ORGANISATION_FIRST,
    Class::CALENDAR,
    Class::NO_NAME,
    Class::EVENT_HEAD,
    Class::PARTICLE,
    Class::SUFFIX,
    Class::SPEECH,
    Class::ACTION,
    Class::DEMONYM,
    Class::GIVEN,
    Class::SURNAME,
    Class::COMMON,
    Class::BEGINNING,
];

impl Type {
    pub(super) fn of(word: &str, token: Token, vocabulary: &Vocabulary<'_>) -> Self {
        let lower: String = word
            .chars()
            .flat_map(char::to_lowercase)
            .map(|c| match c {
                '0'..='9' => '0',
                '’' => '\'',
                c => c,
            })
            .collect();
        let letters: Vec<char> = lower.chars().take(40).collect();
        let part = |chars: &[char]| hash(chars.iter().flat_map(|c| (*c as u32).to_le_bytes()));
        let starts = std::array::from_fn(|at| {
            let length = at + 2;
            if letters.len() > length { part(&letters[..length]) } else { 0 }
        });
        let ends = std::array::from_fn(|at| {
            let length = at + 1;
            if letters.len() > length { part(&letters[letters.len() - length..]) } else { 0 }
        });
        let known = vocabulary.get(word);
        let capital = token.is_capital_word();
        let class = if capital { known.class } else { lexicon::class(word) };
        let lists = LISTED.iter().enumerate().filter(|it| class.has(*it.1));
        let class = lists.fold(0, |bits, (at, _)| bits | (1 << at));
        let (entry, class) = if capital {
            (gazetteer::known(word), class)
        } else {
            let (entry, more) = in_small_letters(&lower, token);
            (entry, class | more)
        };
        let known_as =
            entry.map_or(0, |it| 1 + 2 * it.kind as u32 + u32::from(it.trust == Trust::Sure));
        let (fine, coarse) = lexicon::alike(&lower);
        let seen = if capital {
            u32::from(known.lower > 0)
                + 2 * u32::from(known.inside > 0)
                + 4 * u32::from(known.inside > known.lower)
        } else {
            8
        };
        Self {
            lower: hash(lower.bytes()),
            cased: hash(word.bytes()),
            shape: shape(word, token),
            short: short(token),
            starts,
            ends,
            class,
            fine,
            coarse,
            known: known_as,
            seen,
            capital,
        }
    }

    /// Whether a list has the word as a name, written in small letters or not.
    pub(super) fn is_listed_name(&self) -> bool {
        self.known != 0 || self.class >> LISTED.len() != 0
    }

    /// The features of the word where it stands `step - REACH` tokens away.
    pub fn features(&self, step: usize, sink: &mut impl Sink) {
        let away = step.abs_diff(REACH);
        let side = match step.cmp(&REACH) {
            std::cmp::Ordering::Less => Some(Group::Before),
            std::cmp::Ordering::Greater => Some(Group::Behind),
            std::cmp::Ordering::Equal => None,
        };
        let seed = mix(0x0bad_cafe, offset(step));
        let mut put = |group: Group, sort: u32, parts: &[u32]| {
            let hash = parts.iter().fold(mix(seed, sort), |hash, &part| mix(hash, part));
            sink.add(side.unwrap_or(group), hash);
        };
        put(Group::Word, 1, &[self.lower]);
        put(Group::Word, 2, &[self.fine]);
        put(Group::Word, 3, &[self.coarse]);
        put(Group::Lists, 4, &[self.class]);
        put(Group::Form, 5, &[self.short]);
        if away > 1 {
            return;
        }
        put(Group::Form, 6, &[self.shape]);
        put(Group::Form, 7, &[self.ends[2]]);
        put(Group::Lists, 8, &[self.known]);
        for (at, _) in LISTED.iter().enumerate().filter(|it| self.class & (1 << it.0) != 0) {
            put(Group::Lists, 9, &[offset(at)]);
        }
        if away > 0 {
            return;
        }
        put(Group::Word, 10, &[self.cased]);
        put(Group::Place, 11, &[self.seen, self.short]);
        for (at, &start) in self.starts.iter().enumerate().filter(|it| *it.1 != 0) {
            put(Group::Form, 12, &[offset(at), start]);
        }
        for (at, &end) in self.ends.iter().enumerate().filter(|it| *it.1 != 0) {
            put(Group::Form, 13, &[offset(at), end, u32::from(self.capital)]);
        }
        put(Group::Lists, 14, &[self.class, self.short]);
        put(Group::Word, 15, &[self.coarse, self.short]);
        put(Group::Word, 16, &[self.fine, self.shape]);
        put(Group::Lists, 17, &[self.class, self.known, self.seen]);
    }
}

/// What the lists have of a word in lower case, for posts and mail that write "florida" and "lisa":
/// the place or organisation, and whether people are called so.
fn in_small_letters(lower: &str, token: Token) -> (Option<gazetteer::Entry>, u32) {
    const SHORTEST: u16 = 4;
    let word = token.len >= SHORTEST && token.kind == TokenKind::Word;
    if !word || lexicon::is_common_word(lower) {
        return (None, 0);
    }
    let title = lexicon::capitalised(lower);
    let given = u32::from(lexicon::is_given_name(&title)) << LISTED.len();
    let family = u32::from(lexicon::is_surname(&title)) << (LISTED.len() + 1);
    (gazetteer::known(&title), given | family)
}

/// "Xx", "X.X.", "Xx-Xx", "0,0": runs of a sort of character count once.
fn shape(word: &str, token: Token) -> u32 {
    let mut hash = 0x1234;
    let mut last = ' ';
    for c in word.chars().take(24) {
        let sort = if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            '0'
        } else {
            c
        };
        if sort != last {
            hash = mix(hash, sort as u32);
        }
        last = sort;
    }
    // "US" and "USAID" are written alike, but not "A".
    mix(hash, if token.shape == Shape::Upper { offset(word.len().min(5)) } else { 0 })
}

fn short(token: Token) -> u32 {
    let kind = match token.kind {
        TokenKind::Word => 1,
        TokenKind::Possessive => 2,
        TokenKind::Number => 3,
        TokenKind::Mark => 4,
    };
    let shape = match token.shape {
        Shape::Lower => 0,
        Shape::Title => 1,
        Shape::Upper => 2,
        Shape::Mixed => 3,
        Shape::None => 4,
    };
    8 * kind + shape
}
