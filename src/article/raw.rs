//! A source as it came, packed, so that it can be read again in another way.

use std::io::{Read, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};

use super::{Article, Extract, How, Kind, LIMIT, source};
use crate::error::{Error, Result};

/// What an article was made from.
#[derive(Clone, PartialEq, Eq)]
pub struct Raw {
    told: Told,
    packed: Vec<u8>,
}

/// What is known of it beside its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    charset: Option<String>,
    /// Where it was in the end, against which links are resolved.
    address: String,
}

/// The bytes that are too many to be shown.
impl std::fmt::Debug for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raw({:?}, {} bytes packed)", self.told, self.packed.len())
    }
}

impl Raw {
    /// Packs the bytes of a source of this kind, which was found at `address`.
    pub(super) fn pack(bytes: &[u8], kind: Kind, charset: Option<&str>, address: &str) -> Self {
        let told = Told { kind, charset: charset.map(str::to_owned), address: address.to_owned() };
        // Fast rather than small: somebody waits for the first lines.
        let mut out = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
        out.write_all(bytes).expect("memory takes everything");
        let mut packed = out.finish().expect("memory takes everything");
        packed.shrink_to_fit();
        Self { told, packed }
    }

    /// Reads the source again.
    pub fn read(self: &Arc<Self>, extract: Extract) -> Result<Article> {
        let Told { kind, charset, address } = &self.told;
        let broken = || {
            Error::new(format!("what was kept of {address} is damaged"))
                .hint(":refresh reads it again from where it was")
        };
        let mut bytes = Vec::new();
        let unpacked = ZlibDecoder::new(&*self.packed).take(LIMIT + 1).read_to_end(&mut bytes);
        if unpacked.is_err() || bytes.len() as u64 > LIMIT {
            return Err(broken());
        }
        let how = How { kind: Some(*kind), charset: charset.clone(), extract, chapter: None };
        let mut article = source::of_bytes(bytes, address, *kind, &how)?;
        article.raw = Some(Arc::clone(self));
        Ok(article)
    }

    /// As it is written down: a line of JSON, then the packed bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(&self.told).expect("names and words are JSON");
        bytes.push(b'\n');
        bytes.extend_from_slice(&self.packed);
        bytes
    }

    /// From what was written down; none where that is something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let end = bytes.iter().position(|it| *it == b'\n')?;
        let told = serde_json::from_slice(bytes.get(..end)?).ok()?;
        Some(Self { told, packed: bytes.get(end + 1..)?.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article;

    const PAGE: &str = "<!doctype html><title>No ferry</title><nav>Home</nav><article><p>The \
        ferry to Aldern did not sail on Monday, and nobody on the quay, it seems, could say why \
        that was so.</p><p>See <a href='notice'>the notice</a>.</article>";

    #[test]
    fn a_page_is_read_again_in_either_way() {
        let article = article::read(PAGE.as_bytes().to_vec(), "https://a.example/b/").unwrap();
        let raw = article.raw.clone().unwrap();
        let again = raw.read(Extract::Main).unwrap();
        assert_eq!(
            (&again.text, &again.blocks, &again.meta),
            (&article.text, &article.blocks, &article.meta)
        );
        assert_eq!(again.links, article.links);
        assert_eq!(again.links[0].target, "https://a.example/b/notice");
        let whole = raw.read(Extract::Whole).unwrap();
        assert!(whole.text.contains("Home") && !article.text.contains("Home"), "{}", whole.text);
        assert_eq!((whole.extract, again.extract), (Extract::Whole, Extract::Main));
    }

    #[test]
    fn what_is_written_down_is_read() {
        let article = article::read(PAGE.as_bytes().to_vec(), "page.html").unwrap();
        let raw = article.raw.unwrap();
        assert_eq!(Raw::from_bytes(&raw.to_bytes()).as_ref(), Some(&*raw));
        let mut damaged = raw.to_bytes();
        let end = damaged.len();
        damaged[end - 40..].fill(0);
        let damaged = Arc::new(Raw::from_bytes(&damaged).unwrap());
        assert!(damaged.read(Extract::Main).unwrap_err().to_string().contains("damaged"));
        for other in [&b""[..], b"{}\n", b"\n", b"\xff\xfe\n\n", b"{\"kind\":\"html\"}"] {
            assert_eq!(Raw::from_bytes(other), None);
        }
    }

    #[test]
    fn plain_text_is_its_own_source() {
        let article = article::read(b"Some words.".to_vec(), "a.txt").unwrap();
        assert_eq!((article.raw, article.kind), (None, Kind::Text));
        let article = article::read(b"Some *words*.".to_vec(), "a.md").unwrap();
        assert!(article.raw.is_some() && article.kind == Kind::Markdown);
    }
}
