//! Annotations as files and on pipes. Every place is counted in code points there.

use std::io::{self, Write};
use std::path::Path;

use crate::annot::{Filter, Store};
use crate::article::Article;

pub mod analysis;
mod csv;
mod html;
mod json;
mod jsonld;
mod known;
mod markdown;
mod merge;
mod read;
mod rows;
mod safe;
mod table;
mod toml;

pub use analysis::Analysis;
pub use merge::{Merged, Report};
pub use read::{Described, Document, decoded, read};
pub use safe::{json_line, json_pretty};
pub use table::set;

/// The shapes in which annotations leave the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The exchange format: complete, and the same bytes for the same state (`docs/format.md`).
    Toml,
    /// The same keys as TOML.
    Json,
    /// Columns for people.
    Table,
    /// A reader's notes: the marked passages, quotes, names and dates.
    Markdown,
    /// One row an annotation, for spreadsheets.
    Csv,
    /// A page with the text and its marks.
    Html,
    /// The W3C's Web Annotation model, for other annotation tools.
    JsonLd,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 7] =
        [Self::Toml, Self::Json, Self::Table, Self::Markdown, Self::Csv, Self::Html, Self::JsonLd];

    /// What the names of such files end in.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Toml => "toml",
            Self::Json => "json",
            Self::Table => "txt",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::JsonLd => "jsonld",
        }
    }

    /// The format of a file of this name; none where its ending does not tell.
    pub fn of_file(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        let ending = match ending.as_str() {
            "markdown" => "md",
            "htm" => "html",
            other => other,
        };
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }
}

/// What goes into an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Which annotations.
    pub filter: Filter,
    /// Whether the article's text goes with them.
    pub with_text: bool,
    /// The columns that a table may take.
    pub columns: u16,
}

impl Default for Options {
    fn default() -> Self {
        Self { filter: Filter::default(), with_text: false, columns: 100 }
    }
}

/// Whether a file holds one article or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// One article.
    One,
    /// Any number of articles: a list of what one would be.
    Several,
}

/// Writes one article's annotations, as the whole of a file or as a part of it.
///
/// Several parts stand between [`opening`] and [`closing`], with [`between`] between any two.
pub fn write(
    out: &mut impl Write,
    shape: (Format, Extent),
    article: &Article,
    store: &Store,
    options: &Options,
) -> io::Result<()> {
    match shape {
        (Format::Toml, extent) => toml::write(out, extent, article, store, options),
        (Format::Json, _) => json::write(out, article, store, options),
        (Format::Table, _) => out.write_all(table::write(article, store, options).as_bytes()),
        (Format::Markdown, _) => out.write_all(markdown::write(article, store, options).as_bytes()),
        (Format::Csv, _) => csv::write(out, article, store, options),
        (Format::Html, extent) => {
            out.write_all(html::write(extent, article, store, options).as_bytes())
        }
        (Format::JsonLd, _) => jsonld::write(out, article, store, options),
    }
}

/// What stands before the first article.
pub const fn opening(format: Format, extent: Extent) -> &'static str {
    match (format, extent) {
        (Format::Toml, _) => "format = \"pullquote\"\nversion = 1\n",
        (Format::Json | Format::JsonLd, Extent::Several) => "[\n",
        (Format::Csv, _) => csv::HEADS,
        (Format::Html, Extent::One) => html::ONE,
        (Format::Html, Extent::Several) => html::SEVERAL,
        (Format::Json | Format::JsonLd, Extent::One) | (Format::Table | Format::Markdown, _) => "",
    }
}

/// What stands between two articles.
pub const fn between(format: Format) -> &'static str {
    match format {
        Format::Toml | Format::Csv | Format::Html => "",
        Format::Json | Format::JsonLd => ",\n",
        Format::Table => "\n",
        Format::Markdown => "\n---\n\n",
    }
}

/// What stands behind the last article.
pub const fn closing(format: Format, extent: Extent) -> &'static str {
    match (format, extent) {
        (Format::Json | Format::JsonLd, Extent::Several) => "\n]\n",
        (Format::Json | Format::JsonLd, Extent::One) => "\n",
        (Format::Html, _) => html::CLOSING,
        (Format::Toml | Format::Table | Format::Markdown | Format::Csv, _) => "",
    }
}

/// A whole file with one article.
pub fn file(format: Format, article: &Article, store: &Store, options: &Options) -> String {
    let extent = Extent::One;
    let mut bytes = opening(format, extent).as_bytes().to_vec();
    write(&mut bytes, (format, extent), article, store, options).expect("memory takes everything");
    bytes.extend_from_slice(closing(format, extent).as_bytes());
    String::from_utf8(bytes).expect("it is made of whole strings")
}

/// Anything that a store can hold, for the tests of those who write it down.
#[cfg(test)]
pub(crate) use merge::tests::any;
#[cfg(test)]
mod tests;
