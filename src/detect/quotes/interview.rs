//! Interviews and transcripts: paragraphs that begin with who speaks and a colon, without marks.

use std::collections::HashMap;

use crate::article::{Article, Block, BlockKind};
use crate::text::{TextRange, offset};

/// The longest label before a colon, in bytes.
const LABEL: usize = 40;
/// Labels are speakers only where at least so many lines have one.
const LINES: usize = 4;

/// What each block says behind its speaker's label; nothing for blocks that are no lines of an
/// interview. Empty where the article is none.
///
/// An article is an interview if at least two labels come back and head four lines or more: "Q:"
/// and "A:", names in capitals, or names that the text mentions elsewhere. "Photo:" and "Name:"
/// come back too, but nobody speaks behind them.
pub(super) fn lines(article: &Article) -> Vec<Option<TextRange>> {
    let text = &article.text;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let labels: Vec<Option<(&str, TextRange)>> =
        article.blocks.iter().map(|block| label(text, *block)).collect();
    for (label, _) in labels.iter().flatten() {
        *counts.entry(label).or_default() += 1;
    }
    counts.retain(|label, count| *count > 1 && is_speaker(text, label));
    if counts.len() < 2 || counts.values().sum::<usize>() < LINES {
        return Vec::new();
    }
    let said = |it: Option<(&str, TextRange)>| {
        let (label, said) = it?;
        counts.contains_key(label).then_some(said)
    };
    labels.into_iter().map(said).collect()
}

/// The words before a block's first colon, if they can name somebody, and what stands behind it.
fn label(text: &str, block: Block) -> Option<(&str, TextRange)> {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) {
        return None;
    }
    let words = block.range.of(text);
    let colon = words.bytes().take(LABEL).position(|byte| byte == b':')?;
    let (label, rest) = (words.get(..colon)?, words.get(colon + 1..)?);
    let names = |word: &str| word.starts_with(char::is_uppercase);
    let label_fits = label.split(' ').all(names) && label.split(' ').count() <= 5;
    let said = rest.trim();
    let marked = said.starts_with(['“', '"', '‘', '«', '„', '\'']);
    let start = block.range.start + offset(colon + 1 + (rest.len() - rest.trim_start().len()));
    let says = rest.starts_with(' ') && said.contains(' ') && !marked;
    let range = TextRange::new(start, start + offset(said.len()));
    (label_fits && says).then_some((label, range))
}

/// Whether somebody speaks behind this label: it is "Q" or "A", stands in capitals, or is a name
/// that the text uses elsewhere without a colon.
fn is_speaker(text: &str, label: &str) -> bool {
    let letters = label.chars().filter(|c| c.is_alphabetic());
    let capitals = letters.clone().count() > 2 && letters.clone().all(char::is_uppercase);
    matches!(label, "Q" | "A") || capitals || told_of(text, label)
}

fn told_of(text: &str, label: &str) -> bool {
    /// How many places are looked at; a label heads each of its own lines.
    const PLACES: usize = 200;
    memchr::memmem::find_iter(text.as_bytes(), label).take(PLACES).any(|at| {
        let before = text.get(..at).and_then(|it| it.chars().next_back());
        let behind = text.get(at + label.len()..).and_then(|it| it.chars().next());
        before == Some(' ') && behind.is_some_and(|c| !c.is_alphanumeric() && c != ':')
    })
}
