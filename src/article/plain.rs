//! Plain text to an article.

use super::{Article, Block, BlockKind};
use crate::text::TextRange;

/// Tells the structure of a plain text. `source` is the path or URL as given.
pub fn read(text: String, source: &str) -> Article {
    let mut article = Article { text, ..Article::default() };
    article.meta.source = source.to_owned();
    let mut start = 0;
    for line in article.text.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let from = start + line.len() - line.trim_start().len();
            let range = TextRange::of_bytes(from, from + words.len());
            article.blocks.push(Block { kind: BlockKind::Paragraph, range });
        }
        start += line.len();
    }
    article
}
