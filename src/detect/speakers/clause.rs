//! A block as its writer's own words: the quotes stand in it as one piece each.

use std::ops::Range;

use super::words::{self, Class};
use crate::detect::{Context, Token, TokenKind};
use crate::text::TextRange;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, with its class.
    Word,
    Number,
    /// "’s"
    Possessive,
    Comma,
    Colon,
    /// A full stop, question or exclamation mark, or a semicolon.
    Stop,
    /// A dash or another mark that ends a phrase.
    Dash,
    /// A hyphen, an ampersand: inside a phrase.
    Joint,
    OpenBracket,
    CloseBracket,
    /// A whole quote: an index into the quotes.
    Quote(u32),
}

/// A word, a mark or a whole quote.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) class: Class,
    pub(super) range: TextRange,
    /// Begins with a capital.
    pub(super) capital: bool,
    /// The number of its sentence in the block.
    pub(super) sentence: u32,
}

impl Piece {
    pub(super) fn is(&self, class: Class) -> bool {
        self.class.is(class)
    }

    pub(super) fn word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// A word of a name.
    pub(super) fn name(&self) -> bool {
        let small = Class::PREPOSITION
            .or(Class::PRONOUN)
            .or(Class::DETERMINER)
            .or(Class::SUBORDINATOR)
            .or(Class::CONJUNCTION)
            .or(Class::AUX)
            .or(Class::ADVERB)
            .or(Class::RELATIVE);
        self.word() && self.capital && !self.is(small.or(Class::TIME))
    }

    /// Ends whatever phrase stands before it.
    pub(super) fn bound(&self) -> bool {
        matches!(
            self.kind,
            Kind::Comma
                | Kind::Colon
                | Kind::Stop
                | Kind::Dash
                | Kind::Quote(_)
                | Kind::OpenBracket
        )
    }
}

/// The pieces of one block.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    pub(super) pieces: Vec<Piece>,
}

impl Clauses {
    /// Reads these tokens of one block. `quotes` are the outermost ones among them in text order:
    /// index and place with marks. Those that are `named` are names and titles, no speech, and
    /// stand inside the phrases around them.
    pub(super) fn read(
        &mut self,
        context: &Context<'_>,
        tokens: Range<usize>,
        quotes: &[(u32, TextRange)],
        named: impl Fn(u32) -> bool,
    ) {
        self.pieces.clear();
        let text = context.text();
        let first = tokens.start;
        let starts = &context.tokens.sentences;
        let mut next_start = starts.partition_point(|&it| (it as usize) <= first);
        let mut quotes = quotes.iter().peekable();
        let mut inside: Option<TextRange> = None;
        let mut sentence = 0;
        for (index, token) in context.tokens.all[tokens].iter().enumerate() {
            let mut begins = false;
            while starts.get(next_start).is_some_and(|&it| it as usize <= first + index) {
                begins |= starts[next_start] as usize == first + index;
                next_start += 1;
            }
            if inside.is_some_and(|quote| token.start < quote.end) {
                continue;
            }
            let behind_quote = inside.take().is_some();
            if behind_quote {
                let quote = self.pieces.last().filter(|it| it.kind != Kind::Joint);
                begins = begins_behind_quote(text, quote, *token);
            }
            // No sentence begins in small letters: "(R-Ohio.) said".
            begins &= token.is_capital() || token.kind != TokenKind::Word;
            begins &= !matches!(token.of(text), "," | ")" | "]");
            sentence += u32::from(begins);
            if let Some((quote, outer)) = quotes.next_if(|(_, outer)| token.end() > outer.start) {
                inside = Some(*outer);
                // Anna “Ann” Berg, the “Long Way Home” star
                let kind = if named(*quote) { Kind::Joint } else { Kind::Quote(*quote) };
                self.pieces.push(Piece {
                    kind,
                    class: Class::default(),
                    range: *outer,
                    capital: false,
                    sentence,
                });
                continue;
            }
            if token.of(text) == "]" && self.drop_footnote(text) {
                continue;
            }
            let mut piece = piece(text, *token, sentence);
            let first = self.pieces.last().is_none_or(|it| it.sentence != sentence);
            let adverb = piece.class == Class::ADVERB && token.of(text).ends_with("ly");
            if piece.capital && !first && (piece.is(Class::AUX) || adverb) {
                piece.class = Class::default(); // Will Smith, Theresa May, Jane Ely
            }
            self.pieces.push(piece);
        }
    }

    /// Takes away a footnote’s mark whose end comes next, "[40" or "[note 2": it stands in no
    /// phrase. Says whether there was one.
    fn drop_footnote(&mut self, text: &str) -> bool {
        const MOST: usize = 3;
        let from = self.pieces.len().saturating_sub(MOST);
        let open = self.pieces[from..].iter().rposition(|it| it.kind == Kind::OpenBracket);
        let Some(open) = open.map(|at| from + at) else { return false };
        let marks = |it: &Piece| {
            let word = it.range.of(text);
            let named = ["note", "nb", "citation", "needed", "who", "which", "when"];
            it.kind == Kind::Number || word.len() == 1 || named.contains(&word)
        };
        let [first, inside @ ..] = &self.pieces[open..] else { return false };
        let footnote =
            first.range.of(text) == "[" && !inside.is_empty() && inside.iter().all(marks);
        if footnote {
            self.pieces.truncate(open);
        }
        footnote
    }

    /// The pieces of the sentence that holds the piece `at`, at most `reach` on each side.
    pub(super) fn sentence(&self, at: usize, reach: usize) -> Range<usize> {
        let number = self.pieces[at].sentence;
        let low = at.saturating_sub(reach);
        let high = (at + reach).min(self.pieces.len());
        let before = &self.pieces[low..at];
        let behind = &self.pieces[at..high];
        let start = low + before.partition_point(|it| it.sentence < number);
        start..at + behind.partition_point(|it| it.sentence == number)
    }
}

/// Whether a sentence begins behind a quote: where the quote ends as one and what follows does
/// not go on in small letters.
fn begins_behind_quote(text: &str, quote: Option<&Piece>, token: Token) -> bool {
    let Some(quote) = quote else { return false };
    let words = quote.range.of(text);
    let end = words.trim_end_matches(['”', '"', '’', '\'', '»', '“', ' ', '\u{a0}']);
    let stops = end.ends_with(['.', '!', '?', '…']);
    let goes_on = token.kind == TokenKind::Mark && !is_opening(token.of(text));
    stops && !goes_on && (token.is_capital() || token.kind != TokenKind::Word)
}

fn is_opening(mark: &str) -> bool {
    matches!(mark, "“" | "\"" | "‘" | "'" | "«" | "„" | "(")
}

fn piece(text: &str, token: Token, sentence: u32) -> Piece {
    let words = token.of(text);
    let kind = match token.kind {
        TokenKind::Word => Kind::Word,
        TokenKind::Number => Kind::Number,
        TokenKind::Possessive => Kind::Possessive,
        TokenKind::Mark => match words {
            "," => Kind::Comma,
            ":" => Kind::Colon,
            // "(R-Ohio.)"
            "." if matches!(
                text.as_bytes().get(token.end() as usize),
                Some(b')' | b']' | b',')
            ) =>
            {
                Kind::Joint
            }
            "." | "!" | "?" | ";" | "…" => Kind::Stop,
            "(" | "[" => Kind::OpenBracket,
            ")" | "]" => Kind::CloseBracket,
            "-" if !inside_word(text, token.range()) => Kind::Dash,
            "-" | "&" | "/" | "'" | "’" | "$" | "£" | "€" | "%" | "#" | "@" => Kind::Joint,
            _ => Kind::Dash,
        },
    };
    let class = if kind == Kind::Word { words::class(words) } else { Class::default() };
    Piece { kind, class, range: token.range(), capital: token.is_capital(), sentence }
}

/// Whether letters touch a hyphen on both sides.
fn inside_word(text: &str, hyphen: TextRange) -> bool {
    let before = text.get(..hyphen.start as usize).and_then(|it| it.chars().next_back());
    let behind = text.get(hyphen.end as usize..).and_then(|it| it.chars().next());
    let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && c != '-');
    touches(before) && touches(behind)
}
