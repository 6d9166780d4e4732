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
    let range = behind(text, tokens, it, kind).or_else(|| match kind {
        EntityKind::Person => before(text, tokens, it),
        EntityKind::Place | EntityKind::Organization => None,
    })?;
    let words = range.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
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
    let fits = match kind {
        EntityKind::Person => {
            let owner = article
                || matches!(first, "his" | "her" | "their" | "its")
                || words[0].is_capital()
                || words[0].shape == Shape::Lower;
            owner
                && !matches!(first, "who" | "and" | "but" | "as" | "in" | "which" | "with")
                && words.iter().any(|token| is_role(token.of(text)))
                && !words.iter().any(|token| class(token.of(text)).has(Class::SPEECH))
        }
        EntityKind::Place | EntityKind::Organization => article && words.len() > 1,
    };
    let words = if article { &words[1..] } else { words };
    (fits && !words.is_empty())
        .then(|| TextRange::new(words[0].start, words[words.len() - 1].end()))
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
