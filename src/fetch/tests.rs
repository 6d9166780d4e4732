//! Real servers on this machine, each for one test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Instant;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

const PAGE: &str = "<!doctype html><title>Ferry</title><p>The ferry did not sail on Monday, and nobody on the quay could say why it had not.</p>";

/// A server that answers every path as `answer` says; its address.
fn server(answer: impl Fn(&str, &mut TcpStream) + Send + 'static) -> String {
    at("127.0.0.1:0", answer)
}

fn at(place: &str, answer: impl Fn(&str, &mut TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind(place).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let first = lines.next().and_then(std::result::Result::ok).unwrap_or_default();
            let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
            while lines.next().and_then(std::result::Result::ok).is_some_and(|it| !it.is_empty()) {}
            answer(&path, &mut stream);
        }
    });
    address
}

/// Sends an answer with these headers and this body.
fn send(stream: &mut TcpStream, head: &str, body: &[u8]) {
    let length = body.len();
    let head = format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).ok();
    stream.write_all(body).ok();
}

fn fetcher() -> Fetcher {
    Fetcher::new(Limits { private: true, ..Limits::default() })
}

fn fetch(address: &str) -> Result<Page> {
    fetcher().fetch(address, |_| {})
}

#[track_caller]
fn refuse(address: &str, part: &str) {
    let error = fetch(address).expect_err(part).to_string();
    assert!(error.contains(part), "{error}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn a_page_is_fetched_and_read() {
    let address = server(|path, stream| match path {
        "/a" => send(stream, "302 Found\r\nLocation: ../b?x=1", b""),
        "/b?x=1" => {
            send(stream, "200 OK\r\nContent-Type: text/html; charset=\"utf-8\"", PAGE.as_bytes());
        }
        _ => send(stream, "404 Not Found", b""),
    });
    let article = fetcher().article(&format!("{address}/a#part"), &How::default(), |_| {}).unwrap();
    assert!(article.text.starts_with("Ferry\n\nThe ferry did not"), "{}", article.text);
    assert_eq!(article.meta.source, format!("{address}/a#part"));
    assert!(article.meta.retrieved.is_some());
    refuse(&format!("{address}/none"), "no page at");
}

#[test]
fn machines_of_the_own_network_are_not_asked() {
    let address = server(|_, stream| send(stream, "200 OK", PAGE.as_bytes()));
    let open = Fetcher::new(Limits::default());
    let port = address.rsplit_once(':').unwrap().1.to_owned();
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"] {
        let error = open.fetch(&format!("http://{host}:{port}/"), |_| {}).unwrap_err();
        assert!(error.to_string().contains("your own network"), "{host}: {error}");
        assert!(error.hint_text().unwrap().contains("--allow-private"));
    }
}

#[test]
fn redirects_are_limited_and_checked() {
    let address = server(|path, stream| match path {
        "/file" => send(stream, "302 Found\r\nLocation: file:///etc/passwd", b""),
        "/script" => send(stream, "302 Found\r\nLocation: javascript:alert(1)", b""),
        path => send(stream, &format!("302 Found\r\nLocation: {path}x"), b""),
    });
    refuse(&format!("{address}/"), "without end");
    refuse(&format!("{address}/file"), "not on the web");
    refuse(&format!("{address}/script"), "not on the web");
    let from: Uri = "https://example.org/a".parse().unwrap();
    let error = next(&from, "http://example.org/a").unwrap_err().to_string();
    assert!(error.contains("from https to http"), "{error}");
    assert_eq!(next(&from, "/b").unwrap().to_string(), "https://example.org/b");
}

#[test]
fn sites_that_refuse_are_quoted_in_words() {
    let address =
        server(|path, stream| send(stream, &format!("{} X", path.trim_start_matches('/')), b"x"));
    for (status, part) in [
        ("403", "refuses"),
        ("401", "logged in"),
        ("404", "no page"),
        ("429", "too often"),
        ("500", "fault of its own"),
    ] {
        refuse(&format!("{address}/{status}"), part);
    }
}

/// 64 MB of one letter in 106 bytes, as `brotli` packs them.
fn brotli_bomb() -> Vec<u8> {
    const BOMB: &str = "cbffff3ff825c2e2b14020f7fe8fffff7ff04b00c4611180eefd1fffffffe0970088c30200ddfb3ffeffffc12f\
        0110870500baf77ffcffff835f02200e0b0074effff8ffff07bf04401c1600e8defff1ffff0f7e0980382c00d0bdffcbffff3ffc12\
        00715800a07bff07";
    let digit = |at: usize| u8::from_str_radix(BOMB.get(at..at + 2).unwrap(), 16).unwrap();
    (0..BOMB.len()).step_by(2).map(digit).collect()
}

/// 64 MB of one letter: blocks that say how often a byte is repeated (RFC 8878, 3.1.1.2).
fn zstd_bomb() -> Vec<u8> {
    const BLOCK: u32 = 128 * 1024;
    let mut bytes = b"\x28\xb5\x2f\xfd\x00\x50".to_vec();
    for left in (0..512_u32).rev() {
        let head = u32::from(left == 0) | 1 << 1 | BLOCK << 3;
        bytes.extend(&head.to_le_bytes()[..3]);
        bytes.push(b'a');
    }
    bytes
}

#[test]
fn what_is_packed_is_unpacked_within_limits() {
    let address = server(|path, stream| {
        let packed =
            |name: &str| format!("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {name}");
        match path {
            "/gzip" => send(stream, &packed("gzip"), &gzip(PAGE.as_bytes())),
            "/twice" => send(stream, &packed("gzip, gzip"), &gzip(&gzip(PAGE.as_bytes()))),
            "/bomb" => send(stream, &packed("gzip"), &gzip(&vec![b' '; 200 << 20])),
            "/bomb/br" => send(stream, &packed("br"), &brotli_bomb()),
            "/bomb/zstd" => send(stream, &packed("zstd"), &zstd_bomb()),
            "/often" => send(stream, &packed("gzip, gzip, gzip, gzip"), b"x"),
            "/broken" => send(stream, &packed("gzip"), &gzip(PAGE.as_bytes())[..40]),
            "/br" => send(stream, &packed("br"), b"\x0b\x05\x80The ferry.\n\x03"),
            "/zstd" => {
                send(stream, &packed("zstd"), b"\x28\xb5\x2f\xfd\x20\x0b\x59\x00\x00The ferry.\n");
            }
            "/noise" => send(stream, &packed("zstd"), PAGE.as_bytes()),
            _ => send(stream, &packed("x-unheard-of"), PAGE.as_bytes()),
        }
    });
    assert_eq!(fetch(&format!("{address}/gzip")).unwrap().bytes, PAGE.as_bytes());
    assert_eq!(fetch(&format!("{address}/twice")).unwrap().bytes, PAGE.as_bytes());
    assert_eq!(fetch(&format!("{address}/zstd")).unwrap().bytes, b"The ferry.\n");
    assert_eq!(fetch(&format!("{address}/br")).unwrap().bytes, b"The ferry.\n");
    for bomb in ["bomb", "bomb/br", "bomb/zstd"] {
        let begun = Instant::now();
        refuse(&format!("{address}/{bomb}"), "larger than 20 MB");
        assert!(begun.elapsed().as_secs() < 10, "{bomb}");
    }
    refuse(&format!("{address}/often"), "packed too often");
    refuse(&format!("{address}/broken"), "cannot be unpacked");
    refuse(&format!("{address}/noise"), "cannot be unpacked");
    refuse(&format!("{address}/other"), "packed as");
}

#[test]
fn a_wrong_length_is_no_page() {
    let address = server(|path, stream| {
        let length = match path {
            "/less" => PAGE.len() + 40,
            "/more" => 20,
            _ => usize::MAX,
        };
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")
            .ok();
        stream.write_all(PAGE.as_bytes()).ok();
    });
    refuse(&format!("{address}/less"), "broke off");
    // More than was said is not the page's.
    assert_eq!(fetch(&format!("{address}/more")).unwrap().bytes, &PAGE.as_bytes()[..20]);
    refuse(&format!("{address}/huge"), "larger than 20 MB");
}

#[test]
fn several_feeds_are_fetched_and_each_fails_for_itself() {
    let address = server(|path, stream| match path {
        "/a" | "/b" => {
            let feed = format!(
                "<rss version='2.0'><channel><title>{path}</title><item><title>x</title></item></channel></rss>"
            );
            send(stream, "200 OK\r\nContent-Type: text/xml", feed.as_bytes());
        }
        "/page" => send(stream, "200 OK\r\nContent-Type: text/html", PAGE.as_bytes()),
        _ => send(stream, "404 Not Found", b""),
    });
    let addresses = ["a", "page", "b", "none"].map(|it| format!("{address}/{it}"));
    let said = std::sync::Mutex::new(vec![String::new(); 4]);
    fetcher().feeds(&addresses, |at, feed| {
        let one = feed.map_or_else(|it| it.to_string(), |it| it.title.unwrap_or_default());
        said.lock().unwrap()[at] = one;
    });
    let said = said.into_inner().unwrap();
    assert_eq!((said[0].as_str(), said[2].as_str()), ("/a", "/b"));
    assert!(said[1].contains("is no feed") && said[3].contains("no page at"), "{said:?}");
}

#[test]
fn too_much_is_not_taken() {
    let address = server(|path, stream| {
        let head = if path == "/said" { "Content-Length: 900000000\r\n" } else { "" };
        write!(stream, "HTTP/1.1 200 OK\r\n{head}Connection: close\r\n\r\n").ok();
        while stream.write_all(&[b'a'; 4096]).is_ok() {}
    });
    refuse(&format!("{address}/said"), "larger than 20 MB");
    refuse(&format!("{address}/unsaid"), "larger than 20 MB");
}

#[test]
fn a_page_that_breaks_off_is_no_page() {
    let address = server(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nThe ferry").ok();
    });
    refuse(&address, "broke off");
    let address = server(|_, stream| {
        stream.write_all(b"what is this\r\n\r\n").ok();
    });
    assert!(fetch(&address).is_err());
}

#[test]
fn a_page_that_only_drips_ends_in_time_or_when_cancelled() {
    let address = server(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok();
        while stream.write_all(b"a").is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let limits = Limits { private: true, whole: Duration::from_secs(1), ..Limits::default() };
    let begun = Instant::now();
    let error = Fetcher::new(limits).fetch(&address, |_| {}).unwrap_err().to_string();
    assert!(error.contains("in time") && begun.elapsed().as_secs() < 10, "{error}");

    let fetcher = fetcher();
    let other = fetcher.clone();
    let begun = Instant::now();
    // The first bytes are there: from another thread it is cancelled in the middle.
    let error = fetcher
        .fetch(&address, move |_| {
            let other = other.clone();
            thread::spawn(move || other.cancel());
        })
        .unwrap_err()
        .to_string();
    assert!(error.contains("cancelled") && begun.elapsed().as_secs() < 10, "{error}");
}

#[test]
fn a_machine_that_is_not_there_is_named() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    refuse(&format!("http://{gone}/"), "does not take connections");
    refuse("http://no-such-name.invalid/", "no-such-name.invalid");
    for address in [
        "http://",
        "http:///x",
        "https://a b/",
        "ftp://example.org/",
        "http://[::1",
        "http://\u{1b}[31m/",
    ] {
        assert!(fetch(address).is_err(), "{address}");
    }
}

#[test]
fn newer_numbers_work_as_well() {
    if TcpListener::bind("[::1]:0").is_err() {
        return;
    }
    let address = at("[::1]:0", |_, stream| send(stream, "200 OK", PAGE.as_bytes()));
    assert_eq!(fetch(&address).unwrap().bytes, PAGE.as_bytes());
}

#[test]
fn what_is_no_article_is_said() {
    let address = server(|path, stream| {
        let kind = match path {
            "/film" => "video/mp4",
            "/pdf" => "application/pdf",
            _ => "text/html",
        };
        let body = match path {
            "/pdf" => "%PDF-1.7",
            "/script" => "<p>Please enable JavaScript to go on.",
            "/login" => "<p>Sign in to read this article.",
            _ => "<rss version='2.0'></rss>",
        };
        send(stream, &format!("200 OK\r\nContent-Type: {kind}"), body.as_bytes());
    });
    for (path, part) in [
        ("film", "a film"),
        ("pdf", "a PDF"),
        ("script", "only in a browser"),
        ("login", "log in"),
        ("feed", "a feed"),
    ] {
        let error = fetcher()
            .article(&format!("{address}/{path}"), &How::default(), |_| {})
            .unwrap_err()
            .to_string();
        assert!(error.contains(part), "{path}: {error}");
    }
}

#[test]
fn a_site_learns_the_programs_name_and_nothing_of_the_reader() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = vec![0; 4096];
        let read = stream.read(&mut request).unwrap();
        send(&mut stream, "200 OK", b"x");
        String::from_utf8_lossy(&request[..read]).to_lowercase()
    });
    fetch(&address).unwrap();
    let asked = asked.join().unwrap();
    assert!(asked.contains("user-agent: pullquote/"), "{asked}");
    assert!(asked.contains("accept-encoding: gzip, br, zstd"), "{asked}");
    assert!(!asked.contains("cookie") && !asked.contains("referer"), "{asked}");
}
