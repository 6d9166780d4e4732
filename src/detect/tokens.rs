//! Words, numbers and punctuation of a text, and its sentences.

use crate::article::Article;
use crate::text::{TextRange, offset};

/// A word, a number or a punctuation mark. Eight bytes, because a long text has millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// Length in bytes; a longer run is cut.
    pub len: u16,
    /// What it consists of.
    pub kind: TokenKind,
    /// How it is written.
    pub shape: Shape,
}

/// What a token consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with apostrophes, hyphens and dots inside: "O’Brien", "Middle-East", "U.S.", "it’s".
    Word,
    /// The possessive ending "’s" or "'s", or the apostrophe after a plural, split from its word.
    Possessive,
    /// Digits, with separators and letters behind them: "1,000", "22nd", "10:30", "2024-10-11".
    Number,
    /// One other visible character.
    Mark,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No capital at its start: "house".
    Lower,
    /// One capital at its start: "House".
    Title,
    /// Capitals alone, at least two: "NATO".
    Upper,
    /// Capitals inside: "McDonald", "iPhone".
    Mixed,
    /// No letters.
    None,
}

impl Token {
    /// The token's place.
    pub fn range(self) -> TextRange {
        TextRange::new(self.start, self.end())
    }

    /// First byte behind it.
    pub fn end(self) -> u32 {
        self.start + u32::from(self.len)
    }

    /// Its characters.
    pub fn of(self, text: &str) -> &str {
        self.range().of(text)
    }

    /// Whether it starts with a capital.
    pub fn is_capital(self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper | Shape::Mixed)
    }
}

/// The tokens of a whole article, with the sentences and blocks that they make up.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// All tokens in text order.
    pub all: Vec<Token>,
    /// Index of the first token of every sentence, and the number of tokens at the end. No
    /// sentence goes beyond its block.
    pub sentences: Vec<u32>,
    /// Index of the first token of every block of the article, and the number of tokens at the
    /// end.
    pub blocks: Vec<u32>,
}

impl Tokens {
    /// Cuts an article into tokens and sentences.
    pub fn of(article: &Article) -> Self {
        let mut tokens = Self::default();
        for block in &article.blocks {
            tokens.blocks.push(offset(tokens.all.len()));
            tokens.sentences.push(offset(tokens.all.len()));
            let text = block.range.of(&article.text);
            let mut start = None;
            for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
                let inside = c.is_alphanumeric();
                if inside && start.is_none() {
                    start = Some(at);
                } else if !inside {
                    if let Some(from) = start.take() {
                        tokens.push(
                            block.range.start,
                            from,
                            text.get(from..at).unwrap_or_default(),
                        );
                    }
                    if !c.is_whitespace() && at < text.len() {
                        tokens.push(
                            block.range.start,
                            at,
                            text.get(at..at + c.len_utf8()).unwrap_or_default(),
                        );
                    }
                }
            }
        }
        tokens.blocks.push(offset(tokens.all.len()));
        tokens.sentences.push(offset(tokens.all.len()));
        tokens
    }

    fn push(&mut self, base: u32, at: usize, word: &str) {
        let first = word.chars().next().unwrap_or(' ');
        let kind = if first.is_alphabetic() {
            TokenKind::Word
        } else if first.is_numeric() {
            TokenKind::Number
        } else {
            TokenKind::Mark
        };
        let shape = match kind {
            TokenKind::Word if word.chars().all(char::is_uppercase) && word.len() > 1 => {
                Shape::Upper
            }
            TokenKind::Word if first.is_uppercase() => Shape::Title,
            TokenKind::Word => Shape::Lower,
            TokenKind::Possessive | TokenKind::Number | TokenKind::Mark => Shape::None,
        };
        let len = u16::try_from(word.len()).unwrap_or(u16::MAX);
        self.all.push(Token { start: base + offset(at), len, kind, shape });
    }

    /// The tokens of the sentence `index`.
    pub fn sentence(&self, index: usize) -> &[Token] {
        &self.all[self.sentences[index] as usize..self.sentences[index + 1] as usize]
    }

    /// The tokens of the block `index`.
    pub fn block(&self, index: usize) -> &[Token] {
        &self.all[self.blocks[index] as usize..self.blocks[index + 1] as usize]
    }

    /// Number of sentences.
    pub fn sentence_count(&self) -> usize {
        self.sentences.len().saturating_sub(1)
    }

    /// Index of the sentence that holds the token `index`.
    pub fn sentence_of(&self, index: usize) -> usize {
        self.sentences.partition_point(|&first| first as usize <= index).saturating_sub(1)
    }

    /// Index of the first token that ends behind the byte `place`.
    pub fn at(&self, place: u32) -> usize {
        self.all.partition_point(|token| token.end() <= place)
    }
}
