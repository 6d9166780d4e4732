//! Words, numbers and punctuation of a text, and its sentences.

use crate::article::{Article, BlockKind};
use crate::text::{TextRange, offset};

use super::sentences;

mod parts;
mod scan;

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
    /// Letters, with apostrophes, hyphens, dots and digits inside: "O’Brien", "Jean-Claude",
    /// "U.S.", "it’s", "AT&T", "Covid-19", "bbc.co.uk"; a web address is one word too. The dot of
    /// an abbreviation belongs to it ("Dr.", "Oct.", "J."), even where it ends the sentence.
    ///
    /// A hyphen is a mark of its own between a name and what says something of it: "Iran" "-"
    /// "backed", "mid" "-" "October", "anti" "-" "American", and between two known names: "Iran" "-"
    /// "Russian"; a dash always is.
    Word,
    /// The possessive ending "’s" or "'s", or the apostrophe after a plural, split from its word.
    /// Behind pronouns it is a verb and stays with them: "it’s", "who’s".
    Possessive,
    /// Digits, with separators and letters behind them: "1,000", "22nd", "10:30", "2024-10-11",
    /// "5pm", "1980s". A range is three tokens ("22" "-" "24", "2014" "-" "15"), and so is what
    /// a hyphen binds to a number ("19" "-" "year-old").
    Number,
    /// One other visible character.
    Mark,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No capital at all: "house".
    Lower,
    /// One capital at its start, and at that of parts: "House", "J.", "O’Brien", "Jean-Claude".
    Title,
    /// Capitals alone, at least two: "NATO", "U.S.".
    Upper,
    /// Capitals inside: "`McDonald`", "`iPhone`", "al-Assad", "MPs".
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

    /// Whether it is written with a capital, at its start or inside ("iPhone", "al-Assad").
    pub fn is_capital(self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper | Shape::Mixed)
    }

    /// Whether it is a word that is written so.
    pub fn is_capital_word(self) -> bool {
        self.kind == TokenKind::Word && self.is_capital()
    }

    /// Whether it is this mark.
    pub fn is_mark(self, text: &str, mark: char) -> bool {
        self.kind == TokenKind::Mark && self.of(text).starts_with(mark)
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
    /// Cuts an article into tokens and sentences. White space and invisible characters (controls,
    /// marks of direction) are in no token.
    pub fn of(article: &Article) -> Self {
        let text = article.text.as_str();
        let mut tokens = Self { all: Vec::with_capacity(text.len() / 5), ..Self::default() };
        for block in &article.blocks {
            let first = tokens.all.len();
            tokens.blocks.push(offset(first));
            scan::block(text, block.range, &mut tokens.all);
            let lines = match block.kind {
                BlockKind::Code => sentences::Lines::End,
                BlockKind::Title
                | BlockKind::Heading(_)
                | BlockKind::Paragraph
                | BlockKind::ListItem
                | BlockKind::Quote
                | BlockKind::Picture
                | BlockKind::Caption
                | BlockKind::Byline
                | BlockKind::Dateline
                | BlockKind::Credit => sentences::Lines::Run,
            };
            sentences::split(text, &tokens.all, first, lines, &mut tokens.sentences);
        }
        tokens.blocks.push(offset(tokens.all.len()));
        tokens.sentences.push(offset(tokens.all.len()));
        tokens
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn article(text: &str) -> Article {
        crate::article::plain::read(text.to_owned(), "-")
    }

    /// The tokens with one space between them.
    fn check(text: &str, want: &str) {
        let article = article(text);
        let tokens = Tokens::of(&article);
        let have: Vec<_> = tokens.all.iter().map(|token| token.of(&article.text)).collect();
        assert_eq!(have.join(" "), want, "{text}");
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        check("Mr. O’Brien didn't know it's late.", "Mr. O’Brien didn't know it's late .");
        check(
            "the U.S. and the E.U., at 5 p.m. (J. R. Doe)",
            "the U.S. and the E.U. , at 5 p.m. ( J. R. Doe )",
        );
        check("Jean-Claude’s co-founder at AT&T", "Jean-Claude ’s co-founder at AT&T");
        check("the Joneses’ dog and James' cat", "the Joneses ’ dog and James ' cat");
        check("‘all the dogs’ he wrote", "‘ all the dogs ’ he wrote");
        check(
            "see https://a.example/b?c=d, or bbc.co.uk.",
            "see https://a.example/b?c=d , or bbc.co.uk .",
        );
        check("So did I. Then vitamin C.", "So did I . Then vitamin C.");
        check("wait...what", "wait . . . what");
        check("naïve Ångström’s café", "naïve Ångström ’s café");
    }

    #[test]
    fn hyphens_part_names_from_what_is_said_of_them() {
        check("Iran-backed, York-based, UK-led", "Iran - backed , York - based , UK - led");
        check("mid-October, anti-American", "mid - October , anti - American");
        check("al-Assad, Jong-un, T-shirt, Covid-19", "al-Assad , Jong-un , T-shirt , Covid-19");
        check("Iran-Russian ties, Guinea-Bissau", "Iran - Russian ties , Guinea-Bissau");
        check("U.S.-led – well-known—or not", "U.S. - led – well-known — or not");
    }

    #[test]
    fn numbers_keep_their_separators_and_ranges_fall_apart() {
        check("1,000.5 and 22nd at 10:30 on 2024-10-11", "1,000.5 and 22nd at 10:30 on 2024-10-11");
        check("Oct. 22-24,2013, 2014-15", "Oct. 22 - 24 , 2013 , 2014 - 15");
        check("a 19-year-old in the '90s and 1980s", "a 19 - year-old in the ' 90s and 1980s");
        check(
            "No. 5, no. Done $5m 50% 10/11/2024 5pm",
            "No. 5 , no . Done $ 5m 50 % 10/11/2024 5pm",
        );
    }

    #[test]
    fn kinds_and_shapes() {
        let check = |word: &str, kind: TokenKind, shape: Shape| {
            let article = article(word);
            let token = Tokens::of(&article).all[0];
            assert_eq!((token.kind, token.shape), (kind, shape), "{word}");
        };
        check("house", TokenKind::Word, Shape::Lower);
        check("House", TokenKind::Word, Shape::Title);
        check("Élodie", TokenKind::Word, Shape::Title);
        check("O’Brien", TokenKind::Word, Shape::Title);
        check("J.", TokenKind::Word, Shape::Title);
        check("NATO", TokenKind::Word, Shape::Upper);
        check("U.S.", TokenKind::Word, Shape::Upper);
        check("McDonald", TokenKind::Word, Shape::Mixed);
        check("iPhone", TokenKind::Word, Shape::Mixed);
        check("22nd", TokenKind::Number, Shape::None);
        check("–", TokenKind::Mark, Shape::None);
    }

    #[test]
    fn a_run_longer_than_a_token_is_cut_between_characters() {
        let text = "é".repeat(100_000);
        let tokens = Tokens::of(&article(&text));
        assert!(tokens.all.iter().all(|token| !token.of(&text).is_empty()));
        assert_eq!(
            tokens.all.iter().map(|token| usize::from(token.len)).sum::<usize>(),
            text.len()
        );
    }

    proptest! {
        /// In order, inside their blocks, and nothing visible is left out.
        #[test]
        fn tokens_cover_every_visible_character(text in "([A-Za-z]{1,6}|[0-9]{1,5}|[ .,'’“”‘&:/\n-]|\\PC){0,80}") {
            let article = article(&text);
            let tokens = Tokens::of(&article);
            prop_assert_eq!(tokens.blocks.len(), article.blocks.len() + 1);
            let mut covered = vec![false; text.len()];
            let mut end = 0;
            for (index, block) in article.blocks.iter().enumerate() {
                for token in tokens.block(index) {
                    prop_assert!(token.start >= end && token.len > 0);
                    end = token.end();
                    prop_assert!(block.range.covers(token.range()));
                    prop_assert!(!token.of(&text).is_empty());
                    covered[token.range().usize()].fill(true);
                }
            }
            for (at, c) in text.char_indices() {
                prop_assert!(covered[at] || c.is_whitespace() || scan::is_invisible(c), "{:?} at {}", c, at);
            }
            for pair in tokens.sentences.windows(2) {
                prop_assert!(pair[0] <= pair[1]);
            }
            prop_assert!(tokens.blocks.iter().all(|first| tokens.sentences.contains(first)));
        }
    }
}
