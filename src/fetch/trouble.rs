//! What went wrong on the way, in words.

use ureq::http::Uri;

use super::guard;
use crate::article::Article;
use crate::error::Error;

/// Words below which a page hardly holds an article, in bytes.
const FEW: usize = 250;

/// Says why the proxy that stands before a site gave no answer; nothing where the fault is not its.
pub(super) fn of_proxy(proxy: &str, error: &ureq::Error) -> Option<Error> {
    use std::io::ErrorKind;
    let there = |what: &str| {
        let said = format!("the proxy {proxy}, which the environment names, {what}");
        Some(Error::new(said).hint("look at HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY"))
    };
    match error {
        ureq::Error::HostNotFound => there("is not known"),
        ureq::Error::ConnectionFailed => there("cannot be reached"),
        ureq::Error::ConnectProxyFailed(_) => there("does not let this through"),
        ureq::Error::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused => there("does not take connections"),
            ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => {
                there("cannot be reached")
            }
            _ => None,
        },
        _ => None,
    }
}

/// Says why no answer came.
pub(super) fn failed(at: &Uri, error: ureq::Error) -> Error {
    let host = at.host().unwrap_or_default();
    match error {
        ureq::Error::HostNotFound => unknown(host),
        ureq::Error::Timeout(_) => {
            Error::new(format!("{host} did not answer in time")).hint("try again later")
        }
        ureq::Error::Io(error) => io(at, host, &error),
        ureq::Error::Rustls(error) => secure(host, &error.to_string()),
        ureq::Error::Tls(error) => secure(host, error),
        ureq::Error::ConnectionFailed => unreachable(host),
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => {
            Error::new("the proxy that the environment names does not let anything through")
                .hint("look at HTTPS_PROXY, HTTP_PROXY and ALL_PROXY")
        }
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => {
            Error::new(format!("{at} is no address that can be fetched"))
        }
        other => Error::new(format!("{host} answered in a way that cannot be read: {other}"))
            .hint("save the page in a browser and open the file"),
    }
}

fn io(at: &Uri, host: &str, error: &std::io::Error) -> Error {
    use std::io::ErrorKind;
    let text = error.to_string();
    match error.kind() {
        ErrorKind::PermissionDenied if text == guard::PRIVATE => guard::refusal(at),
        ErrorKind::TimedOut | ErrorKind::WouldBlock => {
            Error::new(format!("{host} did not answer in time")).hint("try again later")
        }
        ErrorKind::ConnectionRefused => {
            Error::new(format!("{host} does not take connections")).hint("try again later")
        }
        ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown | ErrorKind::HostUnreachable => {
            Error::new(format!("there is no way to {host}")).hint("is this computer online?")
        }
        ErrorKind::UnexpectedEof
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe => {
            Error::new(format!("{host} broke off before the page was complete")).hint("try again")
        }
        // The system says this in words of its own.
        _ if text.contains("lookup")
            || text.contains("resolve")
            || text.contains("Name or service") =>
        {
            unknown(host)
        }
        _ if text.contains("certificate") => secure(host, &text),
        _ if text.contains("corrupt message") || text.contains("HandshakeFail") => {
            secure(host, "it does not speak TLS as this program does")
        }
        _ => match error.get_ref().and_then(|it| it.downcast_ref::<ureq::Error>()) {
            Some(ureq::Error::Timeout(_)) => {
                Error::new(format!("{host} did not answer in time")).hint("try again later")
            }
            _ => Error::new(format!("{host} cannot be read: {text}")).hint("try again"),
        },
    }
}

fn unknown(host: &str) -> Error {
    Error::new(format!("no machine is known by the name {host}"))
        .hint("is the address right, and this computer online?")
}

fn unreachable(host: &str) -> Error {
    Error::new(format!("{host} cannot be reached")).hint("is this computer online?")
}

fn secure(host: &str, why: &str) -> Error {
    let why = why.to_lowercase();
    let why = match () {
        () if why.contains("expired") => "its certificate has expired".to_owned(),
        () if why.contains("not valid for name") || why.contains("notvalidforname") => {
            "its certificate is for another site".to_owned()
        }
        () if ["unknownissuer", "unknown issuer", "badsignature", "bad signature"]
            .iter()
            .any(|it| why.contains(it)) =>
        {
            "nobody vouches for its certificate".to_owned()
        }
        () => why,
    };
    Error::new(format!("no secure connection to {host}: {why}"))
        .hint("somebody may be in between; is the clock of this computer right?")
}

/// Says what a site meant by its answer.
pub(super) fn refused(at: &Uri, status: u16) -> Error {
    let by_hand = "save the page in a browser and open the file";
    match status {
        404 | 410 => Error::new(format!("there is no page at {at} ({status})"))
            .hint("it may have moved; is the address right?"),
        401 | 407 => Error::new(format!("{at} is only for those who have logged in ({status})"))
            .hint(by_hand),
        402 => Error::new(format!("{at} is only for those who pay ({status})")).hint(by_hand),
        403 | 405 | 406 | 451 => {
            Error::new(format!("the site refuses {at} ({status})")).hint(by_hand)
        }
        429 => Error::new(format!("the site has been asked too often for now ({status})"))
            .hint("wait a few minutes, or save the page in a browser and open the file"),
        500..=599 => Error::new(format!("the site has a fault of its own ({status})"))
            .hint("try again later"),
        _ => Error::new(format!("{at} gives no page ({status})")).hint(by_hand),
    }
}

/// Says that a page is more than is fetched.
pub(super) fn too_large(at: &Uri) -> Error {
    Error::new(format!("{at} is larger than 20 MB")).hint("save it in a browser and open the file")
}

/// Says that the reader did not want to wait.
pub(super) fn cancelled(at: &Uri) -> Error {
    Error::new(format!("{} was not fetched: cancelled", at.host().unwrap_or_default()))
}

/// Says of a page without words what it may be.
pub(super) fn check(article: &Article, address: &str) -> Result<(), Error> {
    if article.text.len() >= FEW || article.blocks.len() > 3 {
        return Ok(());
    }
    let words = article.text.to_lowercase();
    let says = |parts: &[&str]| parts.iter().any(|it| words.contains(it));
    let by_hand = "save the page in a browser and open the file";
    if says(&[
        "enable javascript",
        "javascript is disabled",
        "requires javascript",
        "turn on javascript",
    ]) {
        return Err(
            Error::new(format!("{address} shows its words only in a browser")).hint(by_hand)
        );
    }
    if says(&["log in", "sign in", "subscribe to", "subscribers only", "create an account"]) {
        return Err(Error::new(format!("{address} asks to log in")).hint(by_hand));
    }
    if says(&["are you a robot", "verify you are human", "captcha", "checking your browser"]) {
        return Err(Error::new(format!("{address} lets only browsers in")).hint(by_hand));
    }
    Ok(())
}
