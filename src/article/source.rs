//! Opens a source, or says in a sentence why it cannot be read.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::epub::Book;
use super::{
    Article, Extract, Kind, LIMIT, Raw, decode, html, kind, markdown, packed, pictures, plain,
};
use crate::error::{Error, Result, reading};

/// The article that comes with the program.
const SAMPLE: &str = include_str!("../../assets/sample.txt");

/// How a source is read.
#[derive(Clone, Debug, Default)]
pub struct How {
    /// What it is, where its content is not to tell.
    pub kind: Option<Kind>,
    /// How much of a page is read.
    pub extract: Extract,
    /// The encoding that was named when it was sent.
    pub charset: Option<String>,
    /// Which chapter of a book, the first being 0; where it is not said, the first that is more
    /// than a title.
    pub chapter: Option<usize>,
}

/// Opens an article's file. A pipe in the file system is read to its end.
pub fn open(path: &Path) -> Result<Article> {
    open_as(path, &How::default())
}

/// The same, where it is known what the file is.
///
/// Behind the name of a book and `#` stands the number of a chapter.
pub fn open_as(path: &Path, how: &How) -> Result<Article> {
    if let Some((book, number)) = chapter_in(path) {
        return open_as(&book, &How { chapter: number.checked_sub(1), ..how.clone() });
    }
    let source = path.display().to_string();
    read_as(bytes_of(path)?, &source, how)
}

/// Opens a chapter of a book's file, the first being 0; where it has no words, the next one that
/// has some, or the one before where it goes backward.
pub fn open_chapter(book: &Path, number: usize, forward: bool) -> Result<Article> {
    let source = book.display().to_string();
    let (bytes, _) = packed::unpacked(bytes_of(book)?, &source)?;
    Book::open(bytes, &source)?.chapter_from(number, forward)
}

/// Whether a path is one of a file, or of a chapter of a book.
pub fn is_there(path: &Path) -> bool {
    path.is_file() || chapter_in(path).is_some()
}

/// The chapters of a file that is a book, as [`open`] takes them; none where it is no book.
pub fn chapters(path: &Path) -> Option<Vec<String>> {
    let mut beginning = [0; 4];
    File::open(path).and_then(|mut it| it.read_exact(&mut beginning)).ok()?;
    let bytes = beginning.starts_with(b"PK").then(|| bytes_of(path).ok())??;
    if kind::told(&bytes, "") != Kind::Epub {
        return None;
    }
    let source = path.display().to_string();
    let mut book = Book::open(bytes, &source).ok()?;
    let read = (0..book.len()).filter(|it| book.chapter(*it).is_ok()).collect::<Vec<_>>();
    Some(read.into_iter().map(|it| super::chapter_of(&source, it)).collect())
}

/// The book and the number of the chapter that a path means, where there is no file of that name.
fn chapter_in(path: &Path) -> Option<(PathBuf, usize)> {
    let (book, number) = path.to_str()?.rsplit_once('#')?;
    let number = number.parse().ok()?;
    (!path.exists() && Path::new(book).is_file()).then(|| (PathBuf::from(book), number))
}

/// All bytes of a file, where they are not too many.
pub fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    let source = path.display().to_string();
    let file = File::open(path).map_err(|error| reading(path, &error))?;
    let about = file.metadata().map_err(|error| reading(path, &error))?;
    if about.is_dir() {
        return Err(directory(&source));
    }
    if about.len() > LIMIT {
        return Err(too_large(&source, Some(about.len())));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0) + 1);
    let taken = file.take(LIMIT + 1).read_to_end(&mut bytes);
    taken.map_err(|error| match error.kind() {
        ErrorKind::IsADirectory => directory(&source),
        _ => reading(path, &error),
    })?;
    Ok(bytes)
}

/// Reads an article from standard input or another stream, which `source` names (`-`).
pub fn open_stream(stream: impl Read, source: &str) -> Result<Article> {
    open_stream_as(stream, source, &How::default())
}

/// The same, where it is known what comes.
pub fn open_stream_as(stream: impl Read, source: &str, how: &How) -> Result<Article> {
    read_as(bytes_of_stream(stream, source)?, source, how)
}

/// All bytes of a stream, where they are not too many.
pub fn bytes_of_stream(stream: impl Read, source: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let taken = stream.take(LIMIT + 1).read_to_end(&mut bytes);
    taken.map_err(|error| reading(Path::new(named(source)), &error))?;
    if bytes.len() as u64 > LIMIT {
        return Err(too_large(named(source), None));
    }
    Ok(bytes)
}

/// An article from the bytes of its file. `source` is the path or URL as given.
pub fn read(bytes: Vec<u8>, source: &str) -> Result<Article> {
    read_as(bytes, source, &How::default())
}

/// The same, where it is known what the bytes are.
pub fn read_as(bytes: Vec<u8>, source: &str, how: &How) -> Result<Article> {
    let name = named(source);
    if bytes.len() as u64 > LIMIT {
        return Err(too_large(name, None));
    }
    if bytes.is_empty() {
        return Err(nothing(name, "is empty"));
    }
    let (bytes, inner) = packed::unpacked(bytes, name)?;
    let told = || kind::told(&bytes, inner.as_deref().unwrap_or(source));
    let kind = how.kind.unwrap_or_else(told);
    if kind == Kind::Epub {
        let mut book = Book::open(bytes, source)?;
        let chapter = match how.chapter {
            Some(chapter) => book.chapter(chapter),
            None => book.first(),
        };
        return Ok(Article { kind, ..chapter? });
    }
    let raw = matches!(kind, Kind::Html | Kind::Markdown)
        .then(|| Arc::new(Raw::pack(&bytes, kind, how.charset.as_deref(), source)));
    let article = of_bytes(bytes, source, kind, how)?;
    Ok(Article { raw, ..article })
}

/// An article from bytes of a known kind that are not packed.
pub(super) fn of_bytes(bytes: Vec<u8>, source: &str, kind: Kind, how: &How) -> Result<Article> {
    let name = named(source);
    let (text, encoding) = match kind {
        Kind::Html => decode::decode_page(bytes, how.charset.as_deref(), name)?,
        Kind::Text | Kind::Markdown | Kind::Epub => decode::decode(bytes, name)?,
        Kind::Feed => {
            return Err(Error::new(format!("{name} is a feed, a list of articles"))
                .hint(format!("`pullquote feed {name}` lists them")));
        }
    };
    let mut article = match kind {
        Kind::Html => pictures::shown(html::read(&text, source, how.extract)?, false),
        Kind::Markdown => pictures::shown(markdown::read(&text, source), true),
        Kind::Text | Kind::Epub | Kind::Feed => plain::read(text, source),
    };
    if article.blocks.is_empty() {
        return Err(nothing(name, "holds nothing but white space"));
    }
    article.meta.encoding = encoding;
    let extract = if kind == Kind::Html { how.extract } else { Extract::Main };
    Ok(Article { kind, extract, ..article })
}

fn nothing(name: &str, what: &str) -> Error {
    Error::new(format!("{name} {what}")).hint("pullquote sample opens an article to try")
}

/// The built-in article.
pub fn sample() -> Article {
    plain::read(SAMPLE.to_owned(), "sample")
}

pub(super) fn named(source: &str) -> &str {
    if source == "-" { "standard input" } else { source }
}

fn directory(source: &str) -> Error {
    Error::new(format!("{source} is a directory")).hint("name a file in it")
}

fn too_large(source: &str, bytes: Option<u64>) -> Error {
    let limit = LIMIT / 1_048_576;
    let size = match bytes {
        Some(bytes) => format!("{} MB", bytes / 1_048_576),
        None => format!("more than {limit} MB"),
    };
    Error::new(format!(
        "{source} is too large for an article: {size}, where {limit} MB is the most"
    ))
    .hint("cut it into parts, with `split -C 50m`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(result: Result<Article>, part: &str) {
        let error = result.expect_err(part);
        assert!(error.to_string().contains(part), "{error}");
        assert_eq!(error.exit_code(), 1);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        check(open(&folder.path().join("none.txt")), "no such file");
        check(open(folder.path()), "is a directory");
        check(open(&file("empty.txt", b"")), "is empty");
        check(open(&file("white.txt", b" \n\t\n")), "nothing but white space");
        check(open(&file("a.pdf", b"%PDF-1.7 ...")), "is a PDF");
        check(open_stream(&b""[..], "-"), "standard input is empty");
        check(open_stream(std::io::repeat(b'a'), "-"), "more than 100 MB");
        let large = File::create(folder.path().join("large.txt")).unwrap();
        large.set_len(200 * 1_048_576).unwrap();
        check(open(&folder.path().join("large.txt")), "200 MB");
        assert_eq!(open(&file("a.txt", b"Words.\r\n")).unwrap().text, "Words.\r\n");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_as_anything_are_an_article_or_an_error(bytes: Vec<u8>, begin in 0..9_usize) {
            const BEGINNINGS: [&[u8]; 9] = [
                b"", b"<!doctype html>", b"PK\x03\x04", b"\x1F\x8B\x08", b"---\na: ", b"\xFF\xFE",
                b"<?xml version='1.0'?><rss>", b"# a\n", b"PK\x03\x04application/epub+zip",
            ];
            let bytes = [BEGINNINGS[begin], &bytes].concat();
            let kinds = [Kind::Text, Kind::Html, Kind::Markdown, Kind::Epub, Kind::Feed];
            for kind in kinds.into_iter().map(Some).chain([None]) {
                let how = How { kind, ..How::default() };
                if let Ok(article) = read_as(bytes.clone(), "noise", &how) {
                    let all = article.blocks.iter().all(|it| !it.range.of(&article.text).is_empty());
                    proptest::prop_assert!(all);
                }
            }
        }
    }

    #[test]
    fn the_encoding_is_kept() {
        let article =
            read(b"The caf\xe9 opened at nine, said its na\xefve owner.".to_vec(), "a.txt");
        assert_eq!(article.unwrap().meta.encoding, Some("windows-1252"));
    }
}
