//! What a book says of itself: its files in order, its title, its table of contents.

use std::collections::HashMap;

use crate::article::Meta;
use crate::article::html::meta::{day, line, person, tag};
use crate::article::xml::{Piece, pieces, value};

/// The description of a book.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub(super) meta: Meta,
    /// The paths of its texts in the order of reading.
    pub(super) spine: Vec<String>,
    /// The table of contents as a page.
    pub(super) navigation: Option<String>,
    /// The table of contents as older books have it.
    pub(super) contents: Option<String>,
}

/// The path of the description.
pub(super) fn root(container: &str) -> Option<String> {
    pieces(container).into_iter().find_map(|piece| match piece {
        Piece::Open(name, attributes) if name == "rootfile" => {
            value(&attributes, "full-path").map(str::to_owned)
        }
        _ => None,
    })
}

/// Whether the list of locks names a file.
pub(super) fn is_locked(locks: &str, path: &str) -> bool {
    pieces(locks).iter().any(|piece| match piece {
        Piece::Open(name, attributes) if name == "CipherReference" => {
            value(attributes, "URI").and_then(|it| inside("", it)).as_deref() == Some(path)
        }
        Piece::Open(..) | Piece::Close(_) | Piece::Words(_) => false,
    })
}

impl Package {
    /// Reads the description that stands at `path`; none where it names a text outside the book.
    pub(super) fn read(text: &str, path: &str) -> Option<Self> {
        let mut package = Self::default();
        let mut files: HashMap<String, (String, bool)> = HashMap::new();
        let mut order = Vec::new();
        let (mut open, mut words, mut toc) = (String::new(), String::new(), None);
        for piece in pieces(text) {
            match piece {
                Piece::Open(name, attributes) => {
                    let get = |name| value(&attributes, name);
                    match name.as_str() {
                        "item" => {
                            let (Some(id), Some(href)) = (get("id"), get("href")) else { continue };
                            let kind = get("media-type").unwrap_or_default();
                            let page = kind.contains("html") || kind.contains("x-dtbook");
                            let path = if page {
                                inside(path, href)?
                            } else {
                                inside(path, href).unwrap_or_default()
                            };
                            if get("properties")
                                .is_some_and(|it| it.split(' ').any(|it| it == "nav"))
                            {
                                package.navigation = Some(path.clone());
                            }
                            if kind == "application/x-dtbncx+xml" {
                                package.contents = Some(path.clone());
                            }
                            files.insert(id.to_owned(), (path, page));
                        }
                        "spine" => toc = get("toc").map(str::to_owned),
                        "itemref" if get("linear") != Some("no") => {
                            order.extend(get("idref").map(str::to_owned));
                        }
                        _ => {}
                    }
                    open = name;
                    words.clear();
                }
                Piece::Words(more) if words.len() < 4096 => words.push_str(&more),
                Piece::Words(_) => {}
                Piece::Close(name) => {
                    if name == open {
                        package.take(&name, &words);
                    }
                    open.clear();
                }
            }
        }
        let of = |id: &String| files.get(id).filter(|it| it.1).map(|it| it.0.clone());
        package.spine = order.iter().filter_map(of).collect();
        package.contents = package.contents.or_else(|| files.get(&toc?).map(|it| it.0.clone()));
        Some(package)
    }

    /// Takes in what an element of the description says.
    fn take(&mut self, name: &str, words: &str) {
        let meta = &mut self.meta;
        match name {
            "title" if meta.title.is_none() => meta.title = line(words, 400),
            "creator" if meta.authors.len() < 50 => meta.authors.extend(person(words)),
            "publisher" => meta.publisher = line(words, 200),
            "date" => meta.published = meta.published.or_else(|| day(words)),
            "language" if meta.language.is_none() => meta.language = tag(words),
            _ => {}
        }
    }
}

/// The entries of a table of contents: paths with titles.
pub(super) fn entries(text: &str, path: &str) -> Vec<(String, String)> {
    let (mut entries, mut words) = (Vec::new(), String::new());
    let mut target: Option<String> = None;
    let mut label: Option<String> = None;
    for piece in pieces(text) {
        match piece {
            Piece::Open(name, attributes) => match name.as_str() {
                "a" => {
                    target = value(&attributes, "href").map(str::to_owned);
                    words.clear();
                }
                "text" => words.clear(),
                "content" => {
                    let source = value(&attributes, "src").and_then(|it| inside(path, it));
                    entries.extend(source.zip(label.take()));
                }
                _ => {}
            },
            Piece::Words(more) if words.len() < 4096 => words.push_str(&more),
            Piece::Words(_) => {}
            Piece::Close(name) => match name.as_str() {
                "a" => {
                    let target = target.take().and_then(|it| inside(path, &it));
                    entries.extend(target.zip(line(&words, 300)));
                }
                "text" => label = line(&words, 300),
                _ => {}
            },
        }
    }
    entries
}

/// The path in the book that `href` means in the file at `from`; none where it leads out of it.
pub(super) fn inside(from: &str, href: &str) -> Option<String> {
    let href = href.split(['#', '?']).next().unwrap_or_default();
    let href = percent_decoded(href)?;
    if href.contains([':', '\\', '\0']) {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |it| it.0);
    let path = match href.strip_prefix('/') {
        Some(href) => href.to_owned(),
        None => format!("{folder}/{href}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
