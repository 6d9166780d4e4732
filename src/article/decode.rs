//! Bytes to text.
//!
//! The text that comes out is the decoded file: no line end is changed, nothing is normalised,
//! only a byte order mark at the beginning is taken off, which is no part of a text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::binary;
use crate::error::{Error, Result};

/// Decodes a source, or says why it is no text; also names the encoding where it was not UTF-8.
/// `source` is the path or URL as given.
///
/// A text in UTF-8 is taken over without a copy. Where most of it is UTF-8 and a few bytes are
/// not, those become U+FFFD; otherwise the encoding is guessed.
pub fn decode(mut bytes: Vec<u8>, source: &str) -> Result<(String, Option<&'static str>)> {
    if let Some(kind) = binary::kind_of(&bytes) {
        return Err(kind.error(source));
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    if let Some(encoding) = utf_16(&bytes) {
        let (text, encoding, _) = encoding.decode(&bytes);
        return Ok((text.into_owned(), Some(encoding.name())));
    }
    if binary::looks_binary(&bytes) {
        return Err(Error::new(format!("{source} is not text but binary data"))
            .hint("pullquote reads articles as text; convert the file to text first"));
    }
    if memchr::memmem::find(&bytes, b"\x1b$").is_some() {
        return guessed(&bytes, source);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, None)),
        Err(error) if is_mostly_utf_8(error.as_bytes()) => {
            Ok((String::from_utf8_lossy(error.as_bytes()).into_owned(), None))
        }
        Err(error) => guessed(error.as_bytes(), source),
    }
}

/// Decodes a web page: by byte order mark, by what was said when it was sent (`charset`), by what
/// it says itself, or by a guess.
pub fn decode_page(
    bytes: Vec<u8>,
    charset: Option<&str>,
    source: &str,
) -> Result<(String, Option<&'static str>)> {
    let marked = Encoding::for_bom(&bytes).is_some();
    let named = charset.and_then(|it| Encoding::for_label(it.trim().as_bytes()));
    let named = named.or_else(|| stated(&bytes)).filter(|it| *it != UTF_8);
    let Some(encoding) = named.filter(|_| !marked && binary::kind_of(&bytes).is_none()) else {
        return decode(bytes, source);
    };
    // What is UTF-8 beyond ASCII is nothing else, whatever it is called.
    let escapes = encoding == encoding_rs::ISO_2022_JP;
    if !escapes && !bytes.is_ascii() && std::str::from_utf8(&bytes).is_ok() {
        return decode(bytes, source);
    }
    if binary::looks_binary(&bytes) {
        return decode(bytes, source);
    }
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    Ok((text.into_owned(), Some(encoding.name())))
}

/// The encoding that a page or an XML file names at its beginning.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let beginning = &bytes[..bytes.len().min(8192)];
    let named = |name: &[u8]| {
        memchr::memmem::find_iter(beginning, name).find_map(|at| {
            let value = beginning.get(at + name.len()..)?.trim_ascii_start();
            let value = value.strip_prefix(b"=")?.trim_ascii_start();
            let quoted = value.first().filter(|it| matches!(it, b'"' | b'\''));
            let value = if quoted.is_some() { &value[1..] } else { value };
            let is_end = |it: &u8| it.is_ascii_whitespace() || b"\"';>/".contains(it);
            let end = value.iter().position(is_end).unwrap_or(value.len());
            Encoding::for_label(&value[..end])
        })
    };
    let xml = beginning.starts_with(b"<?xml").then(|| named(b"encoding")).flatten();
    // A page that can say so in ASCII is in no encoding of two bytes a letter.
    let found = xml.or_else(|| named(b"charset"))?;
    Some(if found == UTF_16BE || found == UTF_16LE { UTF_8 } else { found })
}

/// The beginning of a source as text, well enough to see what it is.
pub(super) fn beginning(bytes: &[u8], most: usize) -> String {
    let beginning = &bytes[..bytes.len().min(most)];
    match utf_16(beginning) {
        Some(encoding) => encoding.decode(beginning).0.into_owned(),
        None => String::from_utf8_lossy(beginning).into_owned(),
    }
}

/// UTF-16 with a byte order mark, or without one where every other byte of the beginning is 0, as
/// in a text of any European language.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let (pairs, _) = bytes.get(..bytes.len().min(SAMPLE))?.as_chunks::<2>();
    let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let many = pairs.len() / 2;
    match () {
        () if second > many && first * 20 < second => Some(UTF_16LE),
        () if first > many && second * 20 < first => Some(UTF_16BE),
        () => None,
    }
}

/// Whether the bytes that are not UTF-8 are damage in a text that is: other languages' encodings
/// hardly ever form a longer character of UTF-8 by chance.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    // A character that the end of the file cuts off is no sign of another encoding.
    let cut = std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
    cut || valid > 2 * invalid
}

fn guessed(bytes: &[u8], source: &str) -> Result<(String, Option<&'static str>)> {
    // Only bytes beyond ASCII and escapes tell encodings apart.
    let first = bytes.iter().position(|byte| *byte >= 0x80 || *byte == 0x1B).unwrap_or(0);
    let start = first.saturating_sub(1024);
    let part = &bytes[start..bytes.len().min(start + GUESSED)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(part, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let lost = memchr::memmem::find_iter(text.as_bytes(), "\u{FFFD}").count();
    if lost * 20 > bytes.len() {
        return Err(Error::new(format!("{source} is in no encoding that can be told"))
            .hint("convert it to UTF-8, with `iconv -f ENCODING -t UTF-8`"));
    }
    Ok((text.into_owned(), Some(encoding.name())))
}

/// How many bytes are looked at to tell UTF-16.
const SAMPLE: usize = 4096;
/// How many bytes are looked at to guess an encoding.
const GUESSED: usize = 256 * 1024;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: &str = "“Café au lait” – £5, says the naïve visitor’s friend in Kraków.";

    #[track_caller]
    fn check(bytes: impl Into<Vec<u8>>, text: &str, encoding: Option<&str>) {
        let decoded = decode(bytes.into(), "words.txt").unwrap();
        assert_eq!((decoded.0.as_str(), decoded.1), (text, encoding));
    }

    fn utf_16(words: &str, little: bool) -> Vec<u8> {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        words.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn texts_come_out_as_they_are() {
        check("plain\r\nwords\r", "plain\r\nwords\r", None);
        check(WORDS, WORDS, None);
        check(format!("\u{feff}{WORDS}"), WORDS, None);
        check(utf_16(&format!("\u{feff}{WORDS}"), true), WORDS, Some("UTF-16LE"));
        check(utf_16(&format!("\u{feff}{WORDS}"), false), WORDS, Some("UTF-16BE"));
        check(utf_16(WORDS, true), WORDS, Some("UTF-16LE"));
        check(utf_16(WORDS, false), WORDS, Some("UTF-16BE"));
        let stray = format!("one\0two {WORDS}");
        check(stray.as_str(), &stray, None);
    }

    #[test]
    fn other_encodings_are_guessed() {
        let western = "“Café au lait” – £5, says the naïve visitor’s friend.";
        check(encoding_rs::WINDOWS_1252.encode(western).0, western, Some("windows-1252"));
        let polish = "Zażółć gęślą jaźń, powiedział świadek w środę wieczorem.";
        check(encoding_rs::ISO_8859_2.encode(polish).0, polish, Some("ISO-8859-2"));
        let russian = "Переговоры начались в среду утром, сообщил представитель порта.";
        check(encoding_rs::WINDOWS_1251.encode(russian).0, russian, Some("windows-1251"));
        let japanese = "港湾当局は水曜日に新しい防潮堤の計画を発表した。";
        check(encoding_rs::SHIFT_JIS.encode(japanese).0, japanese, Some("Shift_JIS"));
        check(encoding_rs::ISO_2022_JP.encode(japanese).0, japanese, Some("ISO-2022-JP"));
    }

    #[test]
    fn pages_say_their_encoding() {
        #[track_caller]
        fn check(
            page: &str,
            charset: Option<&str>,
            encoding: &'static Encoding,
            told: Option<&str>,
        ) {
            let bytes = encoding.encode(page).0.into_owned();
            let (text, said) = decode_page(bytes, charset, "a.html").unwrap();
            assert_eq!((text.as_str(), said), (page, told));
        }
        use encoding_rs::{SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
        check("<meta charset=windows-1251><p>Да", None, WINDOWS_1251, Some("windows-1251"));
        check("<p>Да, нет", Some("windows-1251"), WINDOWS_1251, Some("windows-1251"));
        check(
            "<meta content='text/html; charset=Shift_JIS'>港",
            None,
            SHIFT_JIS,
            Some("Shift_JIS"),
        );
        check(
            "<?xml version='1.0' encoding='ISO-8859-1'?><p>é",
            None,
            WINDOWS_1252,
            Some("windows-1252"),
        );
        check("<meta charset=iso-8859-1><p>“é”", None, UTF_8, None);
        check("<meta charset=utf-16><p>“é”", None, UTF_8, None);
        check("<meta charset=nothing-known><p>“é”", Some("neither"), UTF_8, None);
    }

    #[test]
    fn damage_is_no_other_encoding() {
        let mut bytes = WORDS.repeat(3).into_bytes();
        bytes.insert(20, 0xE9);
        let (text, encoding) = decode(bytes, "words.txt").unwrap();
        assert_eq!((text.matches('\u{FFFD}').count(), encoding), (1, None));
        let (text, encoding) = decode(b"the end is cut\xE2\x80".to_vec(), "words.txt").unwrap();
        assert_eq!((text.as_str(), encoding), ("the end is cut\u{FFFD}", None));
    }

    #[test]
    fn random_bytes_are_no_text() {
        let bytes: Vec<u8> =
            (0u32..4000).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
        assert!(decode(bytes, "noise").is_err());
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes: Vec<u8>) {
            decode(bytes, "noise").ok();
        }

        #[test]
        fn valid_text_is_taken_over(text in "[\\PC\n]{1,200}") {
            let decoded = decode(text.clone().into_bytes(), "words").unwrap();
            prop_assert_eq!(decoded.0, text.trim_start_matches('\u{feff}'));
        }
    }
}
