//! Addresses to bytes, within limits, and without reaching into the reader's own network.
//!
//! Every hop of a redirect is a request of its own: each is checked like the first, so that no page
//! on the web can lead to a machine behind the reader's router or from https back to http.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ureq::Agent;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION};
use ureq::http::{HeaderMap, HeaderName, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;

use crate::article::{self, Article, Chapters, Extract, How, Kind};
use crate::error::{Error, Result};

mod feeds;
mod guard;
mod trouble;
mod unpack;

pub use guard::is_private;

/// The most bytes that are fetched, and the most that they may unpack to.
pub const LIMIT: u64 = 20 * 1024 * 1024;
/// The most redirects that are followed.
const HOPS: usize = 10;
/// By what name sites see the program.
const NAME: &str = concat!("pullquote/", env!("CARGO_PKG_VERSION"), " (article reader)");

/// What may be fetched, and how long it may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Whether addresses within the reader's own network are allowed.
    pub private: bool,
    /// How long a connection may take to come about.
    pub connect: Duration,
    /// How long everything may take together.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let (connect, whole) = (Duration::from_secs(10), Duration::from_mins(1));
        Self { private: false, connect, whole }
    }
}

/// What has been fetched.
#[derive(Clone, Debug)]
pub struct Page {
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
    /// Where they came from in the end.
    pub address: String,
    /// The encoding that was named.
    pub charset: Option<String>,
    /// What they are, where the site says so.
    pub kind: Option<Kind>,
}

/// Fetches pages; clones share the connections, and one can stop what another waits for.
#[derive(Clone, Debug)]
pub struct Fetcher {
    agent: Agent,
    cancelled: Arc<AtomicBool>,
    limits: Limits,
}

impl Fetcher {
    /// Fetches within these limits, through the proxy that the environment names.
    pub fn new(limits: Limits) -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(NAME)
            .accept("text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, */*;q=0.5")
            .accept_encoding("gzip, br, zstd")
            .timeout_connect(Some(limits.connect))
            .timeout_resolve(Some(limits.connect))
            .tls_config(tls)
            .build();
        let resolver = guard::Resolver::new(limits.private);
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, cancelled: Arc::default(), limits }
    }

    /// Stops what is being fetched, from any thread. Nothing can be fetched afterwards.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
        self.agent.clone().shutdown();
    }

    /// Fetches an address; `progress` hears how many bytes are there.
    pub fn fetch(&self, address: &str, mut progress: impl FnMut(usize)) -> Result<Page> {
        let begun = std::time::Instant::now();
        let mut at = parsed(address)?;
        for _ in 0..=HOPS {
            guard::check(&at, self.limits.private)?;
            let left = self.limits.whole.saturating_sub(begun.elapsed());
            let request = self.agent.get(&at).config().timeout_global(Some(left)).build();
            let response = request.call().map_err(|error| self.failed(&at, error))?;
            let headers = response.headers();
            if response.status().is_redirection()
                && let Some(to) = header(headers, &LOCATION)
            {
                at = next(&at, &to)?;
                continue;
            }
            if !response.status().is_success() {
                return Err(trouble::refused(&at, response.status().as_u16()));
            }
            let (kind, charset) = described(&at, header(headers, &CONTENT_TYPE).as_deref())?;
            let packed = header(headers, &CONTENT_ENCODING);
            if response.body().content_length().is_some_and(|it| it > LIMIT) {
                return Err(trouble::too_large(&at));
            }
            let bytes = self.body(&at, response.into_body().into_reader(), &mut progress)?;
            let bytes = unpack::unpacked(bytes, packed.as_deref(), &at)?;
            return Ok(Page { bytes, address: at.to_string(), charset, kind });
        }
        Err(Error::new(format!("{address} leads from one address to the next without end"))
            .hint("open it in a browser and copy the address that it shows there"))
    }

    /// Fetches an address and reads it as an article. Behind the address of a book and `#` stands
    /// the number of a chapter.
    pub fn article(
        &self,
        address: &str,
        how: &How,
        progress: impl FnMut(usize),
    ) -> Result<Article> {
        let page = self.fetch(address, progress)?;
        let kind = how.kind.or(page.kind);
        let (place, part) = address.split_once('#').unwrap_or((address, ""));
        let chapter = part.parse::<usize>().ok().and_then(|it| it.checked_sub(1)).or(how.chapter);
        let how = How { kind, charset: page.charset, chapter, ..how.clone() };
        let mut article = article::read_as(page.bytes, &page.address, &how)?;
        if how.extract == Extract::Main {
            trouble::check(&article, address)?;
        }
        address.clone_into(&mut article.meta.source);
        if let Some(book) = article.book.take() {
            let book = Chapters { source: place.to_owned(), ..(*book).clone() };
            article.meta.source = book.address(book.open);
            article.book = Some(Arc::new(book));
        }
        article.meta.retrieved = Some(jiff::Timestamp::now());
        Ok(article)
    }

    /// All bytes of an answer.
    fn body(
        &self,
        at: &Uri,
        mut body: impl Read,
        progress: &mut impl FnMut(usize),
    ) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut piece = vec![0; 32 * 1024];
        loop {
            let read = body.read(&mut piece);
            // What was stopped ends like a page that is complete.
            if self.cancelled.load(Ordering::Relaxed) {
                return Err(trouble::cancelled(at));
            }
            match read {
                Ok(0) => return Ok(bytes),
                Ok(read) => bytes.extend_from_slice(piece.get(..read).unwrap_or_default()),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.failed(at, ureq::Error::from(error))),
            }
            if bytes.len() as u64 > LIMIT {
                return Err(trouble::too_large(at));
            }
            progress(bytes.len());
        }
    }

    fn failed(&self, at: &Uri, error: ureq::Error) -> Error {
        if self.cancelled.load(Ordering::Relaxed) {
            return trouble::cancelled(at);
        }
        let proxy = self.agent.config().proxy().filter(|it| !it.is_no_proxy(at));
        let proxy = proxy.and_then(|it| trouble::of_proxy(it.host(), &error));
        proxy.unwrap_or_else(|| trouble::failed(at, error))
    }
}

/// Whether a source is an address on the web.
pub fn is_address(source: &str) -> bool {
    let begins =
        |scheme: &str| source.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
    begins("http://") || begins("https://")
}

fn parsed(address: &str) -> Result<Uri> {
    let wrong = || {
        Error::new(format!("{} is no address that can be fetched", address.escape_debug()))
            .hint("an address looks like https://example.org/page")
    };
    // What stands behind `#` is for the reader of the page, not for the site.
    let address = address.trim().split('#').next().unwrap_or_default();
    let uri: Uri = guard::escaped(address).parse().map_err(|_| wrong())?;
    let known = matches!(uri.scheme_str(), Some("http" | "https"));
    if known && uri.host().is_some_and(|it| !it.is_empty()) { Ok(uri) } else { Err(wrong()) }
}

/// Where a redirect leads.
fn next(from: &Uri, to: &str) -> Result<Uri> {
    let address = article::absolute(&from.to_string(), to);
    let uri = parsed(&address).map_err(|_| {
        let to = to.chars().take(200).collect::<String>();
        Error::new(format!("{from} leads to {}, which is not on the web", to.escape_debug()))
    })?;
    if from.scheme_str() == Some("https") && uri.scheme_str() == Some("http") {
        return Err(Error::new(format!(
            "{from} leads from https to http, where anybody can read along"
        ))
        .hint(format!("if you want that all the same, open {uri}")));
    }
    Ok(uri)
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned())
}

/// What a site says that it sends, and in which encoding; an error where that is no text.
fn described(at: &Uri, kind: Option<&str>) -> Result<(Option<Kind>, Option<String>)> {
    let Some(kind) = kind else { return Ok((None, None)) };
    let mut parts = kind.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default().to_lowercase();
    let charset = parts.find_map(|it| {
        let (key, value) = it.split_once('=')?;
        let value = value.trim().trim_matches('"');
        key.trim().eq_ignore_ascii_case("charset").then(|| value.to_owned())
    });
    let what = match name.split('/').next().unwrap_or_default() {
        "video" => Some("a film"),
        "audio" => Some("a recording"),
        "image" => Some("a picture"),
        "font" => Some("a font"),
        _ => None,
    };
    if let Some(what) = what {
        return Err(Error::new(format!("{at} is {what}, no article")));
    }
    let kind = match name.as_str() {
        "text/html" | "application/xhtml+xml" => Some(Kind::Html),
        "text/markdown" => Some(Kind::Markdown),
        "application/epub+zip" => Some(Kind::Epub),
        _ => None,
    };
    // A feed that is sent as a page is a feed all the same.
    Ok((kind.filter(|it| *it != Kind::Html), charset))
}

#[cfg(test)]
mod tests;
