//! Files that hold no text, told by how they begin.

use crate::error::Error;

/// A kind of file that is not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// With its article: "a PDF".
    name: &'static str,
    /// A command that makes text of it, where there is a common one.
    command: Option<&'static str>,
}

impl Kind {
    /// Whether it is an archive and no document in one.
    pub(super) fn is_zip(self) -> bool {
        self.name == ZIP
    }

    /// Says what `source` is and what can be done.
    pub(super) fn error(self, source: &str) -> Error {
        let error = Error::new(format!("{source} is {}, not text", self.name));
        match self.command {
            Some(command) if source.contains("://") => {
                error.hint(format!("save it, and convert it to text with `{command}`"))
            }
            Some(command) => {
                let command = named(command, source);
                error.hint(format!("convert it to text first, with `{command}`"))
            }
            None => error.hint("pullquote reads articles as text"),
        }
    }
}

/// The command with the file's name in it, where a shell takes that as it is.
fn named(command: &str, source: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || matches!(it, '.' | '_' | '-' | '/' | '+' | ',');
    let file = command.split(' ').find(|it| it.starts_with("FILE."));
    match file.filter(|_| source.chars().all(plain) && !source.starts_with('-')) {
        Some(file) => command.replace(file, source),
        None => command.to_owned(),
    }
}

/// What the beginning of a file shows, from the formats' own descriptions.
const KINDS: &[(&[u8], &str, Option<&str>)] = &[
    (b"%PDF-", "a PDF", Some("pdftotext FILE.pdf - | pullquote -")),
    (b"%!PS", "a PostScript document", Some("ps2ascii FILE.ps")),
    (b"{\\rtf", "a rich text document (RTF)", Some("pandoc -t plain FILE.rtf")),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document", Some("antiword FILE.doc")),
    (b"AT&TFORM", "a DjVu document", Some("djvutxt FILE.djvu")),
    (b"\x89PNG\r\n", "a PNG picture", None),
    (b"\xFF\xD8\xFF", "a JPEG picture", None),
    (b"GIF8", "a GIF picture", None),
    (b"II*\0", "a TIFF picture", None),
    (b"MM\0*", "a TIFF picture", None),
    (b"\x7FELF", "a program", None),
    (b"\xCA\xFE\xBA\xBE", "a program", None),
    (b"\xCF\xFA\xED\xFE", "a program", None),
    (b"MZ\x90\0", "a program", None),
    (b"\0asm", "a program", None),
    (b"\x1F\x8B\x08", "a gzip archive", Some("gunzip FILE.gz")),
    (b"BZh", "a bzip2 archive", Some("bunzip2 FILE.bz2")),
    (b"\xFD7zXZ\0", "an xz archive", Some("unxz FILE.xz")),
    (b"\x28\xB5\x2F\xFD", "a zstd archive", Some("unzstd FILE.zst")),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", Some("7z x FILE.7z")),
    (b"Rar!\x1A\x07", "a RAR archive", Some("unrar x FILE.rar")),
    (b"SQLite format 3\0", "an SQLite database", None),
    (b"ID3", "a sound file", None),
    (b"OggS\0", "a sound file", None),
    (b"fLaC\0", "a sound file", None),
    (b"\x1A\x45\xDF\xA3", "a film", None),
    (b"wOFF", "a font", None),
    (b"\xFF\xFE\0\0", "text in UTF-32", Some("iconv -f UTF-32 -t UTF-8 FILE.txt")),
    (b"\0\0\xFE\xFF", "text in UTF-32", Some("iconv -f UTF-32 -t UTF-8 FILE.txt")),
];

const ZIP: &str = "a zip archive";

/// What a zip archive is for, by what stands near its beginning.
const ZIPS: &[(&[u8], &str, Option<&str>)] = &[
    (b"application/epub+zip", "an EPUB book", Some("pandoc -t plain FILE.epub")),
    (b"opendocument", "an OpenDocument file", Some("pandoc -t plain FILE.odt")),
    (b"word/", "a Word document", Some("pandoc -t plain FILE.docx")),
    (b"xl/", "a spreadsheet", None),
    (b"ppt/", "a presentation", None),
];

/// Recognises a file of another kind than text by its first bytes.
pub(super) fn kind_of(bytes: &[u8]) -> Option<Kind> {
    let kind =
        |&(_, name, command): &(&[u8], &'static str, Option<&'static str>)| Kind { name, command };
    if bytes.starts_with(b"PK\x03\x04") {
        let beginning = &bytes[..bytes.len().min(4096)];
        let found = ZIPS.iter().find(|zip| memchr::memmem::find(beginning, zip.0).is_some());
        let zip = Kind { name: ZIP, command: Some("unzip FILE.zip") };
        return Some(found.map_or(zip, kind));
    }
    match bytes.get(4..12) {
        Some([b'f', b't', b'y', b'p', ..]) => return Some(Kind { name: "a film", command: None }),
        Some([.., b'W', b'E', b'B', b'P']) if bytes.starts_with(b"RIFF") => {
            return Some(Kind { name: "a WebP picture", command: None });
        }
        Some([.., b'W', b'A', b'V', b'E']) if bytes.starts_with(b"RIFF") => {
            return Some(Kind { name: "a sound file", command: None });
        }
        _ => {}
    }
    KINDS.iter().find(|kind| bytes.starts_with(kind.0)).map(kind)
}

/// Whether a zip archive is an EPUB book, which has to say so in its first entry; some pack even
/// that.
pub(super) fn is_epub(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(4096)];
    let within = |bytes, words: &str| memchr::memmem::find(bytes, words.as_bytes()).is_some();
    bytes.starts_with(b"PK\x03\x04")
        && (within(beginning, "application/epub+zip")
            || !within(beginning, "opendocument") && within(bytes, "META-INF/container.xml"))
}

/// Whether the bytes hold more control characters than a text, even one with terminal escapes.
pub(super) fn looks_binary(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(64 * 1024)];
    let control = |byte: &&u8| matches!(byte, 1..=6 | 0x0E..=0x1A | 0x1C..=0x1F);
    let controls = beginning.iter().filter(control).count();
    let zeros = memchr::memchr_iter(0, beginning).count();
    // A stray NUL in a text is shown, not refused.
    controls * 20 > beginning.len() || zeros * 50 > beginning.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], name: Option<&str>) {
        assert_eq!(kind_of(bytes).map(|kind| kind.name), name, "{bytes:?}");
    }

    #[test]
    fn kinds_are_told_by_their_first_bytes() {
        check(b"%PDF-1.7\n", Some("a PDF"));
        check(b"\x7FELF\x02\x01", Some("a program"));
        check(b"\x89PNG\r\n\x1a\n", Some("a PNG picture"));
        check(b"PK\x03\x04....mimetypeapplication/epub+zip", Some("an EPUB book"));
        check(b"PK\x03\x04....word/document.xml", Some("a Word document"));
        check(b"PK\x03\x04....words.txt", Some("a zip archive"));
        check(b"\0\0\0\x18ftypmp42", Some("a film"));
        check(b"RIFF....WAVEfmt ", Some("a sound file"));
        check(b"The PDF format begins with %PDF-", None);
        check(b"", None);
    }

    #[test]
    fn an_error_says_what_to_do() {
        let error = kind_of(b"%PDF-1.7").unwrap().error("report.pdf");
        assert_eq!(error.to_string(), "report.pdf is a PDF, not text");
        assert!(error.hint_text().unwrap().ends_with("`pdftotext report.pdf - | pullquote -`"));
        let hint = |name| kind_of(b"%PDF-1.7").unwrap().error(name).hint_text().unwrap().to_owned();
        for name in ["standard input", "a b.pdf", "$(x).pdf", "-x.pdf"] {
            assert!(hint(name).ends_with("with `pdftotext FILE.pdf - | pullquote -`"), "{name}");
        }
        assert!(hint("https://example.org/a.pdf").starts_with("save it"));
    }

    #[test]
    fn escapes_do_not_make_a_text_binary() {
        assert!(!looks_binary("\u{1b}[1mBold\u{1b}[0m words\u{8}\u{c}".repeat(9).as_bytes()));
        assert!(looks_binary(&[1, 2, 3, 4, b'a', b'b', 0, 0]));
        assert!(!looks_binary(b""));
    }
}
