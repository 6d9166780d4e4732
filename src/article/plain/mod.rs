//! Plain text to an article.
//!
//! A plain text has no marks of structure, so it is told by its looks: whether lines are
//! paragraphs or wrapped ones (`layout`), which lines belong together (`paragraphs`), and
//! which blocks are title, byline and so on (`header`).

use super::{Article, Block, BlockKind};
use crate::text::TextRange;

mod byline;
mod dates;
mod header;
mod layout;
mod lines;
mod paragraphs;

pub use dates::date_in;

/// Tells the structure of a plain text. `source` is the path or URL as given.
pub fn read(text: String, source: &str) -> Article {
    let mut article = Article { text, ..Article::default() };
    let layout = layout::layout(&article.text);
    article.blocks = paragraphs::blocks(&article.text, &layout);
    lists(&article.text, &mut article.blocks);
    article.meta = header::read(&article.text, &mut article.blocks);
    headings(&article.text, &mut article.blocks);
    source.clone_into(&mut article.meta.source);
    article
}

/// What a line begins with that makes it an entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bullet {
    /// A sign that is nothing but a bullet.
    Sign,
    /// A sign that is also used otherwise, so that a list needs two of them.
    Dash(u8),
    Number(u32),
}

fn bullet(words: &str) -> Option<Bullet> {
    let mut chars = words.chars();
    let first = chars.next()?;
    let behind = chars.as_str();
    match first {
        '•' | '‣' | '◦' | '▪' | '●' | '■' if behind.starts_with([' ', '\t', '\u{a0}']) => {
            Some(Bullet::Sign)
        }
        '-' | '*' | '+'
            if behind.starts_with([' ', '\t'])
                && behind.trim_start().starts_with(char::is_alphanumeric) =>
        {
            Some(Bullet::Dash(words.as_bytes()[0]))
        }
        '0'..='9' => {
            let digits = words.bytes().take_while(u8::is_ascii_digit).count();
            let behind = words.get(digits..)?.strip_prefix(['.', ')'])?;
            let number = words.get(..digits.min(4))?.parse().ok()?;
            (digits <= 3 && behind.starts_with(' ')).then_some(Bullet::Number(number))
        }
        _ => None,
    }
}

/// Whether the second of two bullets goes on with the list of the first.
fn goes_on(first: Bullet, second: Bullet) -> bool {
    match (first, second) {
        (Bullet::Sign, Bullet::Sign) => true,
        (Bullet::Dash(first), Bullet::Dash(second)) => first == second,
        (Bullet::Number(first), Bullet::Number(second)) => first + 1 == second,
        (Bullet::Sign | Bullet::Dash(_) | Bullet::Number(_), _) => false,
    }
}

fn lists(text: &str, blocks: &mut [Block]) {
    let mut before: Option<Bullet> = None;
    for at in 0..blocks.len() {
        let here = match blocks[at].kind {
            BlockKind::Paragraph => bullet(blocks[at].range.of(text)),
            _ => None,
        };
        if here == Some(Bullet::Sign) {
            blocks[at].kind = BlockKind::ListItem;
        }
        if let (Some(first), Some(second)) = (before, here)
            && goes_on(first, second)
        {
            blocks[at - 1].kind = BlockKind::ListItem;
            blocks[at].kind = BlockKind::ListItem;
        }
        before = here;
    }
}

/// The longest heading, in bytes, and in words.
const HEADING: (u32, usize) = (80, 10);

/// A short line without an end of a sentence, before a paragraph, heads it.
fn headings(text: &str, blocks: &mut [Block]) {
    for at in 1..blocks.len().saturating_sub(1) {
        let next = blocks[at + 1];
        let heads =
            matches!(next.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote)
                && next.range.len() > blocks[at].range.len() + 20;
        if blocks[at].kind == BlockKind::Paragraph && heads && is_heading(blocks[at].range, text) {
            blocks[at].kind = BlockKind::Heading(2);
        }
    }
}

fn is_heading(range: TextRange, text: &str) -> bool {
    if range.len() > HEADING.0 {
        return false;
    }
    let words = range.of(text);
    let ends = words.ends_with(|c: char| {
        c.is_alphanumeric() || matches!(c, '?' | '’' | '\'' | ')') && !words.contains(". ")
    });
    ends && !words.ends_with('?')
        && !words.contains(['\n', '\r', '“', '"', ':', '/', '@'])
        && words.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        && words.chars().any(char::is_alphabetic)
        && words.split_whitespace().count() <= HEADING.1
}

#[cfg(test)]
mod tests;
