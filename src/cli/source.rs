//! From what the command line calls a SOURCE to an article.

use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::args::{Cli, From, Global};
use crate::article::feed::{self, Feed};
use crate::article::{self, Article, How, Kind};
use crate::config;
use crate::error::{Error, Result};
use crate::fetch::{self, Fetcher, Limits};
use crate::library::{ArticleId, Library};

/// Refuses what cannot be read yet, before any source is touched.
pub(super) fn check(from: Option<From>) -> Result<()> {
    match from {
        None | Some(From::Text | From::Html | From::Markdown | From::Epub) => Ok(()),
        Some(From::Feed) => {
            Err(Error::usage("a feed is not read yet").hint("plain text is: `--from text`"))
        }
    }
}

/// The sources with every book as its chapters.
pub(super) fn expanded(sources: Vec<String>) -> Vec<String> {
    let chapters =
        |source: String| article::chapters(Path::new(&source)).unwrap_or_else(|| vec![source]);
    sources.into_iter().flat_map(chapters).collect()
}

/// How sources are read, and whence.
#[derive(Clone, Debug, Default)]
pub(super) struct Ways {
    how: How,
    /// Whether the command line says that machines of the own network may be asked.
    private: bool,
    /// The configuration file that may say so, too, where one is named.
    config: Option<PathBuf>,
}

impl Ways {
    /// What the command line says of it.
    pub(super) fn of(from: Option<From>, global: &Global) -> Self {
        let kind = from.map(|it| match it {
            From::Text => Kind::Text,
            From::Html => Kind::Html,
            From::Markdown => Kind::Markdown,
            From::Epub => Kind::Epub,
            From::Feed => Kind::Feed,
        });
        let how = How { kind, ..How::default() };
        Self { how, private: global.allow_private, config: global.config_file() }
    }

    /// The same, with as much of a page as was read before. What a plain text of an older library
    /// was made from, its content tells.
    pub(super) fn as_before(&self, article: &Article) -> Self {
        let kind = self.how.kind.or(Some(article.kind).filter(|it| *it != Kind::Text));
        let how = How { kind, extract: article.extract, ..self.how.clone() };
        Self { how, ..self.clone() }
    }

    /// What may be fetched. The configuration is read only where something is.
    fn limits(&self) -> Result<Limits> {
        let private = self.private || config::load(self.config.as_deref())?.fetch.allow_private;
        Ok(Limits { private, ..Limits::default() })
    }
}

/// Reads a source: a file, an address, `-` for standard input, or `sample`.
pub(super) fn read(source: &str, ways: &Ways) -> Result<Article> {
    let how = &ways.how;
    match source {
        "-" => article::open_stream_as(std::io::stdin().lock(), "-", how),
        "sample" => Ok(article::sample()),
        address if fetch::is_address(address) => {
            Fetcher::new(ways.limits()?).article(address, how, |_| {})
        }
        path => article::open_as(Path::new(path), how).map_err(|error| with_command(path, error)),
    }
}

/// What a source offers, where it is a feed.
pub(super) fn feed(source: &str, ways: &Ways) -> Result<Feed> {
    let bytes = match source {
        address if fetch::is_address(address) => {
            let page = Fetcher::new(ways.limits()?).fetch(address, |_| {})?;
            return feed::read(&page.bytes, &page.address);
        }
        "-" => article::bytes_of_stream(std::io::stdin().lock(), "-")?,
        path => article::bytes_of(Path::new(path)).map_err(|error| with_command(path, error))?,
    };
    feed::read(&bytes, source)
}

/// Reads a source, or takes an article from the library where the source is an id.
pub(super) fn find(
    source: &str,
    library: Option<&Path>,
    ways: &Ways,
) -> Result<(Article, Option<ArticleId>)> {
    let library = library.filter(|path| may_be_id(source) && path.exists());
    let Some(library) = library else { return read(source, ways).map(|article| (article, None)) };
    let (id, article) = Library::open(library)?.get(source)?;
    Ok((article, Some(id)))
}

/// Whether a source looks like an article's id, and is no file.
pub(super) fn may_be_id(source: &str) -> bool {
    let digits = source.len() >= 4 && source.bytes().all(|it| it.is_ascii_hexdigit());
    digits && !Path::new(source).exists()
}

/// Says which command may have been meant by the name of a file that is not there.
fn with_command(path: &str, error: Error) -> Error {
    if Path::new(path).exists() || error.hint_text().is_some() {
        return error;
    }
    let command = Cli::command();
    let near = |name: &&str| strsim::damerau_levenshtein(path, name) <= 2;
    match command.get_subcommands().map(clap::Command::get_name).find(near) {
        Some(name) => error.hint(format!("did you mean the command `pullquote {name}`?")),
        None => error,
    }
}
