//! What the article says of somebody beside the name.

use super::super::Context;
use super::super::entities::candidates::Candidate;
use crate::annot::EntityKind;
use crate::detect::lexicon::Class;
use crate::detect::lexicon::classes::{class, is_demonym};
use crate::detect::tokens::{Shape, Token, TokenKind};
use crate::text::TextRange;

/// The most tokens that a description has; what goes on longer is the rest of the sentence.
const LONGEST: usize = 16;

/// "Putin’s top aide", "Russian Foreign Minister": what stands behind the name between commas,
/// or before it.
pub(super) fn of(context: &Context<'_>, it: &Candidate, kind: EntityKind) -> Option<String> {
    let (text, tokens) = (context.text(), context.tokens.all.as_slice());
    let block = |at: usize| context.tokens.blocks.partition_point(|&first| first as usize <= at);
    let here = it.end as usize;
    let end = tokens.len().min(here + LONGEST + 2);
    let end = (here..end).find(|&at| block(at) != block(here)).unwrap_or(end);
    let range = behind(text, &tokens[..end], it, kind).or_else(|| match kind {
        EntityKind::Person => before(text, tokens, it),
        EntityKind::Place | EntityKind::Organization => None,
    })?;
    let words = crate::text::one_line(range.of(text));
    Some(words)
}

fn behind(text: &str, tokens: &[Token], it: &Candidate, kind: EntityKind) -> Option<TextRange> {
    let comma = it.end as usize;
    let rest = tokens.get(comma..)?;
    if !rest.first()?.is_mark(text, ',') {
        return None;
    }
    let rest = &rest[1..rest.len().min(LONGEST + 2)];
    let end = rest.iter().position(|token| {
        token.kind == TokenKind::Mark
            && matches!(
                token.of(text),
                "," | "." | ";" | "—" | "–" | ":" | "!" | "?" | "(" | "”" | "\""
            )
    })?;
    let words = &rest[..end];
    let first = words.first()?.of(text);
    let article = matches!(first, "a" | "an" | "the");
    if !is_description(text, words) {
        return None;
    }
    let fits = match kind {
        EntityKind::Person => {
            let owner = article
                || matches!(first, "his" | "her" | "their" | "its")
                || words[0].is_capital()
                || words[0].shape == Shape::Lower;
            owner && words.iter().any(|token| is_role(token.of(text)))
        }
        EntityKind::Place | EntityKind::Organization => article && words.len() > 1,
    };
    let words = if article { &words[1..] } else { words };
    (fits && !words.is_empty())
        .then(|| TextRange::new(words[0].start, words[words.len() - 1].end()))
}

/// Words that no description begins with.
const BEGIN_OTHERS: &str = "and but or as in with after before when while since because if so then \
                            where to at on for from by of not there this these also";

/// Words of a sentence.
const OF_SENTENCES: &str = "is are was were has have had will would can could may might he she they \
                            it we I you him them us";

/// Whether the words say what something is: no sentence of their own, nothing that somebody says,
/// no address. What a relative pronoun begins may be a sentence.
fn is_description(text: &str, words: &[Token]) -> bool {
    let among = |list: &str, word: &str| list.split(' ').any(|it| it == word);
    let relative = |token: &&Token| !matches!(token.of(text), "who" | "which" | "that" | "whose");
    let mut own = words.iter().take_while(relative).map(|token| token.of(text)).peekable();
    own.peek().is_some_and(|first| !among(BEGIN_OTHERS, first))
        && own.all(|word| {
            let sentence = among(OF_SENTENCES, word) || class(word).has(Class::SPEECH);
            !sentence && !word.contains("://")
        })
}

fn is_role(word: &str) -> bool {
    class(word).has(Class::LOWER_ROLE.or(Class::ROLE))
}

/// "Russian Foreign Minister NAME", "opposition leader NAME".
fn before(text: &str, tokens: &[Token], it: &Candidate) -> Option<TextRange> {
    let first = it.first as usize;
    let mut from = first;
    while from > 0 && first - from < 6 {
        let word = tokens[from - 1].of(text);
        let more = is_role(word) || is_demonym(word) || is_of_role(word);
        if !more || tokens[from - 1].kind != TokenKind::Word {
            break;
        }
        from -= 1;
    }
    let words = &tokens[from..first];
    if !words.last().is_some_and(|last| is_role(last.of(text))) {
        return None;
    }
    Some(TextRange::new(words[0].start, words[words.len() - 1].end()))
}

/// Words that go with a role before a name.
fn is_of_role(word: &str) -> bool {
    matches!(
        word,
        "former"
            | "Former"
            | "senior"
            | "opposition"
            | "foreign"
            | "prime"
            | "vice"
            | "deputy"
            | "interior"
            | "defence"
            | "defense"
            | "finance"
            | "chief"
            | "top"
            | "acting"
            | "co"
            | "assistant"
            | "police"
            | "army"
            | "party"
            | "human"
            | "rights"
            | "political"
            | "presidential"
            | "executive"
            | "general"
            | "federal"
            | "national"
            | "ex"
    )
}
