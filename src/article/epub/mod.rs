//! EPUB: a book as its chapters, each an article.
//!
//! A book is a zip archive. Nothing of it is written anywhere, every file in it is unpacked only as
//! far as a limit, and addresses that lead out of it are refused.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use zip::ZipArchive;

use super::build::{self, Builder};
use super::{Article, BlockKind, Chapters, Kind, Meta, decode, html, pictures};
use crate::error::{Error, Result};

mod package;

use super::html::meta::line;
use package::{Package, inside};

/// The most bytes that a file of a book may unpack to.
const LARGEST: u64 = 20 * 1024 * 1024;
/// The most bytes that the files of a chapter may unpack to.
const CHAPTER: usize = 20 * 1024 * 1024;
/// The most chapters without words that are gone past.
const EMPTY: usize = 20;
/// The most files of a book.
const MOST: usize = 20_000;

/// A book that has been opened.
pub struct Book {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    package: Package,
    /// The files of each chapter, with its title where the table of contents has one.
    chapters: Vec<Chapter>,
    source: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Chapter {
    title: Option<String>,
    files: Vec<String>,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book").field("chapters", &self.chapters).finish_non_exhaustive()
    }
}

impl Book {
    /// Opens a book. `source` is the path or URL as given.
    pub fn open(bytes: Vec<u8>, source: &str) -> Result<Self> {
        let name = super::source::named(source).to_owned();
        let broken = |what: &str| {
            Error::new(format!("{name} is no EPUB that can be read: {what}"))
                .hint("open it in another reader, or fetch it again")
        };
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|it| broken(&it.to_string()))?;
        if archive.len() > MOST {
            return Err(broken("it has too many files"));
        }
        let mut book = Self {
            archive,
            package: Package::default(),
            chapters: Vec::new(),
            source: source.to_owned(),
        };
        let container = book.text("META-INF/container.xml")?;
        let root =
            package::root(&container).ok_or_else(|| broken("it does not say where it begins"))?;
        let root = inside("", &root).ok_or_else(|| broken("it leads out of itself"))?;
        let package = book.text(&root)?;
        book.package =
            Package::read(&package, &root).ok_or_else(|| broken("it leads out of itself"))?;
        if book.package.spine.is_empty() {
            return Err(broken("it has no chapters"));
        }
        if let Ok(locks) = book.text("META-INF/encryption.xml")
            && book.package.spine.iter().any(|it| package::is_locked(&locks, it))
        {
            return Err(Error::new(format!("{name} is locked for other programs (DRM)"))
                .hint("read it with the program that it was bought for"));
        }
        let contents = book.contents();
        book.chapters = chapters(&book.package.spine, &contents);
        Ok(book)
    }

    /// How many chapters there are.
    pub fn len(&self) -> usize {
        self.chapters.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.chapters.is_empty()
    }

    /// What is known of the book.
    pub const fn meta(&self) -> &Meta {
        &self.package.meta
    }

    /// The titles of the chapters; none where the table of contents has none.
    pub fn titles(&self) -> impl Iterator<Item = Option<&str>> {
        self.chapters.iter().map(|it| it.title.as_deref())
    }

    /// A chapter as an article; the first is 0.
    pub fn chapter(&mut self, number: usize) -> Result<Article> {
        let Some(chapter) = self.chapters.get(number).cloned() else {
            let (name, many) = (super::source::named(&self.source), self.len());
            return Err(Error::new(format!("{name} has no chapter {}", number + 1))
                .hint(format!("there are {many}")));
        };
        let mut out = Builder::default();
        let mut read = 0;
        for file in &chapter.files {
            let markup = opened(&self.text(file)?);
            read += markup.len();
            if read > CHAPTER || !html::write_part(&markup, &mut out) {
                let name = super::source::named(&self.source);
                let message = format!("chapter {} of {name} is too large", number + 1);
                return Err(
                    Error::new(message).hint("20 MB is the most that a chapter may unpack to")
                );
            }
        }
        let article = out.finish();
        if article.blocks.is_empty() {
            let name = super::source::named(&self.source);
            return Err(Error::new(format!("chapter {} of {name} holds no words", number + 1))
                .hint("it may consist of pictures; the other chapters can be opened"));
        }
        let title = chapter.title.clone().or_else(|| {
            let first = article.blocks.first()?;
            let heading = matches!(first.kind, BlockKind::Heading(_));
            line(first.range.of(&article.text), 400).filter(|_| heading)
        });
        let mut article = pictures::shown(article, true);
        if let Some(title) = &title {
            build::put_title(&mut article, title);
        }
        article.kind = Kind::Epub;
        let book = self.package.meta.title.clone();
        article.meta = Meta {
            title: title.or(book),
            source: super::chapter_of(&self.source, number),
            ..self.package.meta.clone()
        };
        article.book = Some(Arc::new(Chapters {
            source: self.source.clone(),
            open: number,
            titles: self.titles().map(|it| it.map(str::to_owned)).collect(),
        }));
        Ok(article)
    }

    /// A chapter as an article; where it has no words, the next one that has some, or the one
    /// before where it goes backward.
    pub fn chapter_from(&mut self, number: usize, forward: bool) -> Result<Article> {
        let first = match self.chapter(number) {
            Ok(article) => return Ok(article),
            Err(error) => error,
        };
        let others: Box<dyn Iterator<Item = usize>> =
            if forward { Box::new(number + 1..self.len()) } else { Box::new((0..number).rev()) };
        for other in others.take(EMPTY) {
            if let Ok(article) = self.chapter(other) {
                return Ok(article);
            }
        }
        Err(first)
    }

    /// The first chapter that is more than a title.
    pub fn first(&mut self) -> Result<Article> {
        let mut short = None;
        for number in 0..self.len().min(20) {
            match self.chapter(number) {
                Ok(article) if article.text.len() > 1500 => return Ok(article),
                // A cover has no words.
                Ok(_) | Err(_) if short.is_some() => {}
                Ok(article) => short = Some(article),
                Err(_) => {}
            }
        }
        short.map_or_else(|| self.chapter(0), Ok)
    }

    /// What the table of contents says: the files with their titles.
    fn contents(&mut self) -> HashMap<String, String> {
        let mut contents = HashMap::new();
        let files = [self.package.navigation.clone(), self.package.contents.clone()];
        for file in files.into_iter().flatten() {
            let Ok(text) = self.text(&file) else { continue };
            for (path, title) in package::entries(&text, &file) {
                contents.entry(path).or_insert(title);
            }
            if !contents.is_empty() {
                break;
            }
        }
        contents
    }

    /// A file of the book as text.
    fn text(&mut self, path: &str) -> Result<String> {
        let name = super::source::named(&self.source).to_owned();
        let fail = |what: &str| Error::new(format!("{path} in {name} {what}"));
        let file = self.archive.by_name(path).map_err(|_| fail("is not there"))?;
        let mut bytes = Vec::new();
        let taken = file.take(LARGEST + 1).read_to_end(&mut bytes);
        taken.map_err(|error| fail(&format!("is broken: {error}")))?;
        if bytes.len() as u64 > LARGEST {
            return Err(fail("unpacks to more than 20 MB"));
        }
        Ok(decode::decode_page(bytes, None, path)?.0)
    }
}

/// Files that the table of contents does not name go on with the chapter before them.
fn chapters(spine: &[String], contents: &HashMap<String, String>) -> Vec<Chapter> {
    let named = spine.iter().filter(|it| contents.contains_key(*it)).count();
    let mut chapters: Vec<Chapter> = Vec::new();
    let mut begun = false;
    for file in spine {
        let title = contents.get(file).cloned();
        begun |= title.is_some();
        match chapters.last_mut() {
            Some(chapter) if named > 1 && begun && title.is_none() => {
                chapter.files.push(file.clone());
            }
            _ => chapters.push(Chapter { title, files: vec![file.clone()] }),
        }
    }
    chapters
}

/// A chapter's markup with elements that XML closes at once closed as pages close them.
fn opened(markup: &str) -> String {
    use std::sync::LazyLock;

    use regex::Regex;
    static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"<([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*)?)/>").expect("the pattern is right")
    });
    CLOSED
        .replace_all(markup, |found: &regex::Captures<'_>| {
            let name = found[1].to_lowercase();
            match &*name {
                "br" | "hr" | "img" | "link" | "meta" | "input" | "col" | "wbr" | "source"
                | "image" => found[0].to_owned(),
                _ => format!("<{name}{}></{name}>", &found[2]),
            }
        })
        .into_owned()
}

#[cfg(test)]
mod tests;
