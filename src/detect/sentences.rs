//! Where sentences end.
//!
//! Rules of our own over the tokens: a stop, with the quotation marks and brackets that close
//! behind it, ends a sentence unless it belongs to an abbreviation or the next word goes on with
//! the sentence.

use super::lexicon::abbreviations::{Abbreviation, abbreviation, begins_sentence};
use super::tokens::{Shape, Token, TokenKind};
use crate::text::offset;

/// What line ends inside a block mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// They count as spaces.
    Run,
    /// Each ends a sentence (code, tables, verse).
    End,
}

/// The most tokens that a sentence may have, so that nothing that looks at whole sentences becomes
/// slow on a text without full stops.
const LONGEST: usize = 400;

/// Appends the index of the first token of every sentence in the block that begins at the token
/// `first` and goes to the end of `tokens`.
pub(super) fn split(text: &str, tokens: &[Token], first: usize, lines: Lines, out: &mut Vec<u32>) {
    out.push(offset(first));
    let view = View { text, tokens };
    let mut start = first;
    let mut at = first;
    while at < tokens.len() {
        let (next, ends) = view.step(at, lines);
        at = next;
        if (ends || at - start >= LONGEST) && at < tokens.len() {
            out.push(offset(at));
            start = at;
        }
    }
}

struct View<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl View<'_> {
    /// The index to go on with behind the token `at`, and whether a sentence ends there.
    fn step(&self, at: usize, lines: Lines) -> (usize, bool) {
        let token = self.tokens[at];
        let bytes = self.text.as_bytes();
        let stop = || Stop::of(bytes[token.start as usize], || token.of(self.text));
        let (next, ends) = match token.kind {
            TokenKind::Mark => stop().map_or((at + 1, false), |stop| self.behind_mark(at, stop)),
            TokenKind::Word if bytes[token.end() as usize - 1] == b'.' => {
                self.behind_abbreviation(at).map_or((at + 1, false), |next| (next, true))
            }
            TokenKind::Word | TokenKind::Possessive | TokenKind::Number => (at + 1, false),
        };
        (next, ends || (lines == Lines::End && self.gap(next).contains('\n')))
    }

    fn behind_mark(&self, at: usize, stop: Stop) -> (usize, bool) {
        let (end, stop) = self.stops(at, stop);
        let closed = self.closers(end);
        let spaced = closed >= self.tokens.len() || !self.touches(closed) || stop == Stop::Wide;
        if !spaced && !self.glued(at, closed) {
            return (closed, false);
        }
        let next = self.first_word(closed);
        let ends = match next.map(|index| self.tokens[index]) {
            None => true,
            Some(next) if next.kind == TokenKind::Number => stop != Stop::Dots,
            Some(next) if next.shape == Shape::Lower => false,
            Some(_) => !(closed > end && stop == Stop::Call && self.is_cue(closed)),
        };
        (closed, ends)
    }

    /// The index behind the run of stops that begins at `at`, and the strongest of them.
    fn stops(&self, at: usize, stop: Stop) -> (usize, Stop) {
        let mut end = at + 1;
        let mut stop = stop;
        while let Some(next) = self.tokens.get(end) {
            if next.kind != TokenKind::Mark || !self.touches(end) {
                break;
            }
            let first = self.text.as_bytes()[next.start as usize];
            let Some(more) = Stop::of(first, || next.of(self.text)) else { break };
            stop = stop.max(more);
            end += 1;
        }
        (end, stop)
    }

    fn behind_abbreviation(&self, at: usize) -> Option<usize> {
        let token = self.tokens[at];
        let word = token.of(self.text);
        let bare = word.strip_suffix('.').unwrap_or(word);
        let closed = self.closers(at + 1);
        let next = self.tokens.get(self.first_word(closed)?)?;
        if !next.is_capital() || self.touches(closed) {
            return None;
        }
        let begins = begins_sentence(next.of(self.text));
        let initials = token.shape == Shape::Title && bare.chars().count() == 1;
        let ends = match abbreviation(bare) {
            Some(Abbreviation::Leads | Abbreviation::Numbers) => false,
            Some(Abbreviation::MayEnd) => begins || closed > at + 1 || bare == "etc",
            // "J. Smith" goes on, "vitamin C. The" does not.
            None if initials => begins && at > 0 && self.tokens[at - 1].shape == Shape::Lower,
            // "5 p.m. Police" ends, "the U.S. Senate" does not.
            None => begins || token.shape == Shape::Lower || closed > at + 1,
        };
        ends.then_some(closed)
    }

    /// The index behind the marks that close a sentence from `at` on.
    fn closers(&self, mut at: usize) -> usize {
        while let Some(token) = self.tokens.get(at) {
            let closes = token.kind == TokenKind::Mark
                && self.touches(at)
                && match self.first_char(at) {
                    '”' | '’' | '»' | '›' | ')' | ']' | '}' | '…' => true,
                    // A straight mark closes where a space follows it.
                    '"' | '\'' | '“' | '‘' | '*' | '_' => {
                        self.tokens.get(at + 1).is_none_or(|next| next.start > token.end())
                            || self.closes_again(at + 1)
                    }
                    _ => false,
                };
            if !closes {
                break;
            }
            at += 1;
        }
        at
    }

    /// Whether the mark at `at` is a further closing one: `.'"`.
    fn closes_again(&self, at: usize) -> bool {
        self.touches(at) && matches!(self.first_char(at), '"' | '\'' | '”' | '’' | ')' | ']')
    }

    /// The next word or number behind opening marks, looked for in the next four tokens.
    fn first_word(&self, at: usize) -> Option<usize> {
        let last = self.tokens.len().min(at + 4);
        (at..last)
            .find(|&index| matches!(self.tokens[index].kind, TokenKind::Word | TokenKind::Number))
            .or_else(|| (at < self.tokens.len()).then_some(at))
    }

    /// Whether a speaker and a verb of speech follow: `“Where?” Jane Doe asked.`
    fn is_cue(&self, at: usize) -> bool {
        let mut names = 0;
        for token in self.tokens.iter().skip(at).take(5) {
            let word = token.of(self.text);
            if token.is_capital() && !begins_sentence(word) {
                names += 1;
                continue;
            }
            return names > 0
                && matches!(
                    word,
                    "said"
                        | "asked"
                        | "says"
                        | "asks"
                        | "told"
                        | "wrote"
                        | "cried"
                        | "shouted"
                        | "added"
                        | "demanded"
                        | "wondered"
                        | "replied"
                        | "exclaimed"
                );
        }
        false
    }

    /// Whether a space was forgotten behind the stop: "the end.Then".
    fn glued(&self, stop: usize, next: usize) -> bool {
        stop > 0
            && self.tokens[stop - 1].shape == Shape::Lower
            && self.tokens[stop].end() == self.tokens[next].start
            && self.tokens[next].shape == Shape::Title
            && self.tokens[next].len > 1
    }

    fn first_char(&self, at: usize) -> char {
        self.tokens[at].of(self.text).chars().next().unwrap_or(' ')
    }

    /// Whether nothing stands between the token `at` and the one before it.
    fn touches(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|token| token.start == self.tokens[at - 1].end())
    }

    /// What stands between the token `at` and the one before it.
    fn gap(&self, at: usize) -> &str {
        match self.tokens.get(at) {
            Some(token) => {
                let from = self.tokens[at - 1].end() as usize;
                self.text.get(from..token.start as usize).unwrap_or_default()
            }
            None => "",
        }
    }
}

/// A mark that may end a sentence; the stronger one counts in a run of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stop {
    Dots,
    Full,
    /// "!" or "?"
    Call,
    /// Of a script that sets no space behind it.
    Wide,
}

impl Stop {
    fn of<'t>(first: u8, mark: impl FnOnce() -> &'t str) -> Option<Self> {
        match first {
            b'.' => Some(Self::Full),
            b'!' | b'?' => Some(Self::Call),
            0x80.. => match mark() {
                "…" => Some(Self::Dots),
                "‼" | "⁇" | "⁈" | "⁉" | "‽" | "؟" => Some(Self::Call),
                "।" | "۔" => Some(Self::Full),
                "。" | "！" | "？" => Some(Self::Wide),
                _ => None,
            },
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{Block, BlockKind, plain};
    use crate::detect::tokens::Tokens;

    /// `/` stands where one sentence ends and the next begins.
    fn check(marked: &str) {
        let article = plain::read(marked.replace(" / ", " ").replace('/', ""), "-");
        let tokens = Tokens::of(&article);
        let have: Vec<_> = (0..tokens.sentence_count())
            .map(|index| {
                let sentence = tokens.sentence(index);
                let end = sentence.last().map_or(0, |token| token.end() as usize);
                article.text.get(sentence[0].start as usize..end).unwrap()
            })
            .collect();
        let want: Vec<_> = marked.split('/').map(str::trim).collect();
        assert_eq!(have, want);
    }

    #[test]
    fn stops_end_sentences() {
        check("It rained. / We went home! / Why not?");
        check("It cost 3.5 million. / 20 people came.");
        check("They waited... / Nobody came… / At last.");
        check("She paused… then left. / He stayed.");
        check("the end./Then a gap was forgotten.");
    }

    #[test]
    fn abbreviations_do_not() {
        check("Mr. Doe met Gen. J. R. Roe and Dr. Poe. / They ate.");
        check("In the U.S. Senate he slept. / He left the U.S. / The train was late.");
        check("Acme Inc. said so. / It makes shoes, hats, etc. / Its boss is new.");
        check("At 5 p.m. / Police came. / On Oct. 5 they left.");
        check("See No. 5 on p. 3. / Is it no. / Yes.");
        check("John Doe Jr. met her. / He sold it to Acme Corp. / The price was low.");
    }

    #[test]
    fn quotes_close_behind_the_stop() {
        check("“We won.” / She smiled.");
        check("“Did we win?” she asked. / “Yes!” he cried.");
        check("“Did we win?” Jane Doe asked. / Nobody knew.");
        check("“Did we win?” / They did.");
        check("\"We won.\" / \"So did we.\"");
        check("He said: 'It is over.' / Then he left.");
        check("(It was late.) / They left.");
    }

    #[test]
    fn line_ends_count_in_code_alone() {
        let mut article = plain::read("one two.three\nfour".to_owned(), "-");
        let range = crate::text::TextRange::of_bytes(0, article.text.len());
        article.blocks = vec![Block { kind: BlockKind::Code, range }];
        assert_eq!(Tokens::of(&article).sentence_count(), 2);
        article.blocks[0].kind = BlockKind::Paragraph;
        assert_eq!(Tokens::of(&article).sentence_count(), 1);
    }

    #[test]
    fn a_text_without_stops_is_cut() {
        let article = plain::read("word ".repeat(10_000), "-");
        let tokens = Tokens::of(&article);
        assert!(tokens.sentence_count() > 20);
    }
}
