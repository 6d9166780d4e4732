//! An article: its text, which never changes, and what is known of it.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::{Setting, TextRange};

mod binary;
mod build;
mod columns;
pub mod decode;
pub mod epub;
pub mod feed;
pub mod html;
mod kind;
mod markdown;
mod packed;
mod pictures;
pub mod plain;
mod raw;
mod source;
mod xml;

pub use html::absolute;
pub use kind::{Kind, told};
pub use raw::Raw;
pub use source::{
    How, bytes_of, bytes_of_stream, chapters, is_there, open, open_as, open_chapter, open_stream,
    open_stream_as, read, read_as, sample,
};

/// The largest source that is opened, in bytes. A text larger than this is no article.
pub const LIMIT: u64 = 100 * 1024 * 1024;

/// A text to read with its structure as ranges over it.
///
/// The text keeps the characters of its source exactly (line ends too), so that offsets mean the
/// file's own. Shared between threads as `Arc<Article>`.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// The decoded text.
    pub text: String,
    /// What the text consists of, in text order, never overlapping; white space between blocks
    /// belongs to none.
    pub blocks: Vec<Block>,
    /// What leads elsewhere, in text order.
    pub links: Vec<Link>,
    /// Where pictures stand in the text, in text order.
    pub images: Vec<Image>,
    /// Title, authors, dates.
    pub meta: Meta,
    /// What the source is.
    pub kind: Kind,
    /// How much of a page this is.
    pub extract: Extract,
    /// The source as it came, where the text does not say everything that is in it.
    pub raw: Option<Arc<Raw>>,
    /// The book that it is a chapter of.
    pub book: Option<Arc<Chapters>>,
}

/// The chapters of a book, each of which is an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chapters {
    /// Path or URL of the book as given.
    pub source: String,
    /// The chapter that is open, the first being 0.
    pub open: usize,
    /// The title of each, where the table of contents has one.
    pub titles: Vec<Option<String>>,
}

impl Chapters {
    /// What a chapter is called.
    pub fn name(&self, number: usize) -> Cow<'_, str> {
        match self.titles.get(number) {
            Some(Some(title)) => title.as_str().into(),
            Some(None) | None => format!("Chapter {}", number + 1).into(),
        }
    }

    /// The source of a chapter, as [`open()`] takes it.
    pub fn address(&self, number: usize) -> String {
        chapter_of(&self.source, number)
    }
}

/// The source of a chapter of a book, the first chapter being 0.
fn chapter_of(book: &str, number: usize) -> String {
    format!("{book}#{}", number + 1)
}

/// Words that lead elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub range: TextRange,
    /// Where they lead, as a full address where the source tells.
    pub target: String,
}

/// A picture that the text does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The block that stands for it ([`BlockKind::Picture`]); empty where none does.
    pub range: TextRange,
    /// Where the picture is.
    pub target: String,
    /// What is said of it for those who do not see it; may be empty.
    pub alt: String,
}

/// How much of a page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extract {
    /// The article.
    #[default]
    Main,
    /// Everything that has words.
    Whole,
}

/// A paragraph-like part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands, without white space at its ends. May hold line ends (hard-wrapped text),
    /// which count as spaces except in [`BlockKind::Code`], which begins with its indentation.
    /// A [`BlockKind::Quote`] that is marked with `>` holds the marks.
    pub range: TextRange,
}

/// What a block of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The article's title where it stands in the text.
    Title,
    /// A heading inside the text; 1 is the highest level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An entry of a list.
    ListItem,
    /// A passage that the article quotes as a block.
    Quote,
    /// Text whose line ends count: code, tables, verse.
    Code,
    /// A picture, for which one sign stands in the text ([`PICTURE`]); [`Article::picture_at`] has
    /// the words.
    Picture,
    /// Words below a picture.
    Caption,
    /// Who wrote it: "By Jane Doe".
    Byline,
    /// When it was published: "Published 2 May 2010".
    Dateline,
    /// Whose text it is: "Credit: The Telegraph".
    Credit,
}

/// What is known of an article beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The title, as the source gives it.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day that it was written for, against which relative dates are resolved.
    pub published: Option<Date>,
    /// The day that it was last changed, where the source tells.
    pub modified: Option<Date>,
    /// The address that the source itself gives as its own.
    pub canonical: Option<String>,
    /// When it was fetched, where it came over the network.
    pub retrieved: Option<jiff::Timestamp>,
    /// Path or URL as given; `-` for standard input.
    pub source: String,
    /// The language as a BCP 47 tag, where the source or its words tell.
    pub language: Option<String>,
    /// The encoding that the source was decoded from, where it was not UTF-8.
    pub encoding: Option<&'static str>,
}

impl BlockKind {
    /// How line ends inside a block of this kind are shown.
    pub const fn setting(self) -> Setting {
        match self {
            Self::Code => Setting::Code,
            Self::Quote => Setting::Quote,
            Self::Title
            | Self::Heading(_)
            | Self::Paragraph
            | Self::ListItem
            | Self::Picture
            | Self::Caption
            | Self::Byline
            | Self::Dateline
            | Self::Credit => Setting::Flow,
        }
    }
}

impl Article {
    /// Where the block stands that holds the byte `place`, or else the nearest block before it.
    pub fn block_at(&self, place: u32) -> usize {
        self.blocks.partition_point(|block| block.range.start <= place).saturating_sub(1)
    }

    /// The words of a passage, in one piece, with those that are said of its pictures in their
    /// places.
    pub fn in_words(&self, range: TextRange) -> Cow<'_, str> {
        let words = range.of(&self.text);
        if !words.contains(PICTURE) {
            return Cow::Borrowed(words);
        }
        let mut spoken = String::with_capacity(words.len() + 40);
        let mut next = 0;
        for (at, _) in words.match_indices(PICTURE) {
            spoken.push_str(words.get(next..at).unwrap_or_default());
            next = at + PICTURE.len_utf8();
            match self.picture_at(range.start + crate::text::offset(at)) {
                Some(said) => spoken.push_str(&said),
                None => spoken.push(PICTURE),
            }
        }
        spoken.push_str(words.get(next..).unwrap_or_default());
        Cow::Owned(spoken)
    }

    /// What is shown for the picture whose block begins at this place: "[picture: A mill]".
    pub fn picture_at(&self, place: u32) -> Option<String> {
        let is_picture = |it: &&Block| it.kind == BlockKind::Picture && it.range.start == place;
        self.blocks.get(self.block_at(place)).filter(is_picture)?;
        let image = self.images.iter().find(|it| it.range.start == place)?;
        Some(format!("[picture: {}]", image.alt))
    }
}

/// Stands in the text for a picture, so that nobody's words are put into the author's mouth: the
/// object replacement character of Unicode.
pub const PICTURE: char = '\u{fffc}';
