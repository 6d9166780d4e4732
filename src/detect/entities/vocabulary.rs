//! What a document and the lexicon know of the words that it writes with capitals.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::detect::lexicon::abbreviations::begins_sentence;
use crate::detect::lexicon::classes::{TITLES, is_demonym};
use crate::detect::lexicon::{self, Class};
use crate::detect::tokens::{Shape, Token, TokenKind, Tokens};

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Names have them.
    Plain,
    /// Most Words Have Them, so that a capital tells little.
    TitleCase,
    /// ALL LETTERS ARE CAPITALS.
    Capitals,
}

/// A word with a capital.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// What the lexicon says.
    pub(crate) class: Class,
    /// How often the document has it in lower case.
    pub(crate) lower: u32,
    /// How often it stands with its capital inside a sentence.
    pub(crate) inside: u32,
}

/// The words with capitals of a document, and the style of its sentences.
pub(crate) struct Vocabulary<'t> {
    words: HashMap<&'t str, Word, Fast>,
    styles: Vec<Style>,
}

/// Of more different words nothing is counted, so that a text of nothing but names needs no more
/// memory than another.
const MOST: usize = 1 << 16;

/// Hashes short strings quickly; the texts are not hostile enough to need more than a table that
/// grows.
pub(crate) type Fast = BuildHasherDefault<Multiply>;

/// Multiplies and rotates, eight bytes at a time.
#[derive(Default)]
pub(crate) struct Multiply(u64);

impl Hasher for Multiply {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

/// So many places tell the words in lower case apart.
const SEEN: usize = 1 << 17;

fn place(word: &str) -> usize {
    let mut hasher = Multiply::default();
    hasher.write(word.as_bytes());
    usize::try_from(hasher.finish() >> 17).unwrap_or_default() % SEEN
}

/// Puts the word in lower case into `form`.
fn to_lower(word: &str, form: &mut String) {
    form.clear();
    if word.is_ascii() {
        form.push_str(word);
        form.make_ascii_lowercase();
    } else {
        form.push_str(&word.to_lowercase());
    }
}

impl<'t> Vocabulary<'t> {
    /// Reads the document twice: for the words with capitals, and for the same in lower case.
    pub(crate) fn of(text: &'t str, tokens: &Tokens) -> Self {
        let mut vocabulary = Self { words: HashMap::default(), styles: Vec::new() };
        vocabulary.styles.reserve(tokens.sentence_count());
        for index in 0..tokens.sentence_count() {
            let bounds = &tokens.sentences[index..index + 2];
            let alone = bounds.iter().all(|first| tokens.blocks.binary_search(first).is_ok());
            vocabulary.sentence(text, tokens.sentence(index), alone);
        }
        vocabulary.count_lower(text, tokens);
        vocabulary
    }

    /// Counts how often each word stands in lower case, too.
    fn count_lower(&mut self, text: &'t str, tokens: &Tokens) {
        let lower = |token: &&Token| token.shape == Shape::Lower && token.kind == TokenKind::Word;
        // Most names are no words, and are known by that before anything is kept of them.
        let mut seen = vec![false; SEEN];
        for token in tokens.all.iter().filter(lower) {
            seen[place(token.of(text))] = true;
        }
        let mut form = String::new();
        let mut counts: HashMap<String, u32, Fast> = HashMap::default();
        for word in self.words.keys() {
            to_lower(word, &mut form);
            if seen[place(&form)] && !counts.contains_key(&form) {
                counts.insert(form.clone(), 0);
            }
        }
        if counts.is_empty() {
            return;
        }
        for token in tokens.all.iter().filter(lower) {
            if let Some(count) = counts.get_mut(token.of(text)) {
                *count += 1;
            }
        }
        for (word, entry) in &mut self.words {
            // "us" says nothing of "US".
            if word.chars().any(char::is_lowercase) || word.len() > 3 {
                to_lower(word, &mut form);
                entry.lower = counts.get(&form).copied().unwrap_or(0);
            }
        }
    }

    /// A word with a capital that stands in the document.
    pub(crate) fn get(&self, word: &str) -> Word {
        match self.words.get(word) {
            Some(word) => *word,
            None if self.words.len() >= MOST && word.starts_with(char::is_uppercase) => {
                Word { class: look_up(word), ..Word::default() }
            }
            None => Word::default(),
        }
    }

    /// The style of a sentence.
    pub(crate) fn style(&self, sentence: usize) -> Style {
        self.styles.get(sentence).copied().unwrap_or(Style::Plain)
    }

    /// Takes in the words of a sentence; a headline stands alone in its block.
    fn sentence(&mut self, text: &'t str, tokens: &[Token], alone: bool) {
        let mut lower_long = 0;
        let mut common_capitals = 0;
        let mut upper = 0;
        let mut words = 0;
        for token in tokens.iter().filter(|token| token.kind == TokenKind::Word) {
            words += 1;
            if token.shape == Shape::Lower {
                lower_long += u32::from(token.len > 3);
                continue;
            }
            upper += u32::from(token.shape == Shape::Upper);
            let word = token.of(text);
            let known = self.words.get(word).map(|word| word.class);
            let class = known.unwrap_or_else(|| look_up(word));
            if known.is_none() && self.words.len() < MOST {
                self.words.insert(word, Word { class, ..Word::default() });
            }
            let name =
                Class::GIVEN.or(Class::SURNAME).or(Class::DEMONYM).or(TITLES).or(Class::ROLE);
            if words > 1 && class.has(Class::COMMON) && !class.has(name) {
                common_capitals += 1;
            }
        }
        let style = if upper > 2 && upper * 10 >= words * 8 {
            Style::Capitals
        } else if alone
            && (common_capitals >= 3
                || (common_capitals == 2 && lower_long == 0 && words > 3)
                || (common_capitals > 0 && common_capitals + 1 >= words))
            && common_capitals > 2 * lower_long
            && common_capitals * 10 >= words * 4
        {
            Style::TitleCase
        } else {
            Style::Plain
        };
        self.styles.push(style);
        if style == Style::Plain {
            let capitals = tokens.iter().filter(|token| token.kind == TokenKind::Word).skip(1);
            for token in capitals.filter(|token| token.is_capital()) {
                if let Some(word) = self.words.get_mut(token.of(text)) {
                    word.inside += 1;
                }
            }
        }
    }
}

fn look_up(word: &str) -> Class {
    let mut class = lexicon::class(word);
    let mut add = |is: bool, more: Class| {
        if is {
            class = class.or(more);
        }
    };
    add(is_demonym(word), Class::DEMONYM);
    let bare = word.split(['\'', '’']).next().unwrap_or(word);
    add(begins_sentence(bare) && (bare == word || bare.len() > 1), Class::BEGINNING);
    add(lexicon::is_given_name(word), Class::GIVEN);
    add(lexicon::is_surname(word), Class::SURNAME);
    add(lexicon::is_common_word(&word.to_lowercase()), Class::COMMON);
    // "Jean-Claude", "Smith-Jones": the parts tell.
    if let Some((first, last)) = word.split_once('-') {
        let place = lexicon::gazetteer::known(first).is_some();
        add(!place && lexicon::is_given_name(first), Class::GIVEN);
        add(lexicon::is_surname(last), Class::SURNAME);
    }
    class
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::plain;

    #[test]
    fn styles_of_sentences() {
        let check = |line: &str, style: Style| {
            let article = plain::read(line.to_owned(), "-");
            let tokens = Tokens::of(&article);
            assert_eq!(Vocabulary::of(line, &tokens).style(0), style, "{line}");
        };
        check("Minister Says Growing Costs Are Top Concern for the Year", Style::TitleCase);
        check("Jane Doe met John Roe in Paris.", Style::Plain);
        check("STORM HITS THE COAST", Style::Capitals);
    }

    #[test]
    fn words_are_counted_in_both_forms() {
        let text = "Reading is fun. He likes reading in Reading.";
        let article = plain::read(text.to_owned(), "-");
        let vocabulary = Vocabulary::of(text, &Tokens::of(&article));
        let word = vocabulary.get("Reading");
        assert_eq!((word.lower, word.inside), (1, 1));
    }
}
