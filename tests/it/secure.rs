//! The way to a site: certificates, redirects from https, proxies that the environment names.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{Ran, pullquote};

const PAGE: &str = "<!doctype html><title>Ferry</title><h1>Ferry</h1>\
    <p>The ferry did not sail on Monday, and nobody on the quay could say why it was so.</p>";

/// A site with a certificate that nobody vouches for but the file at `root`.
struct Site {
    port: u16,
    root: PathBuf,
    _folder: tempfile::TempDir,
}

/// Reads a request and answers it: `/away` leads to http, `/inward` into the own network, `/endless`
/// to itself.
fn answer(stream: &mut (impl Read + Write)) {
    let mut lines = BufReader::new(&mut *stream).lines();
    let first = lines.next().and_then(Result::ok).unwrap_or_default();
    lines.by_ref().map_while(Result::ok).find(String::is_empty);
    drop(lines);
    let head = match first.split(' ').nth(1) {
        Some("/away" | "/inward") => "302 Found\r\nLocation: http://127.0.0.1:9/",
        Some("/endless") => "302 Found\r\nLocation: /endless",
        _ => "200 OK\r\nContent-Type: text/html",
    };
    let length = PAGE.len();
    write!(
        stream,
        "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{PAGE}"
    )
    .and_then(|()| stream.flush())
    .ok();
}

/// A site whose certificate is for this name.
fn site(name: &str) -> Site {
    let names = CertificateParams::new([name.to_owned()]).expect("a name");
    site_with(names)
}

fn site_with(certificate: CertificateParams) -> Site {
    let key = KeyPair::generate().expect("a key");
    let made = certificate.self_signed(&key).expect("a certificate");
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("root.pem");
    std::fs::write(&root, made.pem()).expect("it is written");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let chain = vec![CertificateDer::from(made.der().to_vec())];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|it| it.with_no_client_auth().with_single_cert(chain, key))
        .expect("it is complete");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("it has one").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let Ok(connection) = ServerConnection::new(Arc::clone(&config)) else { return };
            let mut stream = StreamOwned::new(connection, stream);
            answer(&mut stream);
            stream.conn.send_close_notify();
            stream.flush().ok();
        }
    });
    Site { port, root, _folder: folder }
}

const PROXIES: [&str; 4] = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"];

/// `pullquote analyze ADDRESS` with these variables; the own network is allowed.
fn analyze(address: &str, variables: &[(&str, &str)]) -> Ran {
    analyze_as(&["--allow-private", address], variables)
}

fn analyze_as(arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = pullquote();
    for name in PROXIES {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.env_remove("SSL_CERT_DIR").envs(variables.iter().copied());
    command.args(["analyze", "--format", "json"]).args(arguments);
    let output = command.output().expect("it starts");
    Ran {
        stdout: String::from_utf8(output.stdout).expect("it prints UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("it prints UTF-8"),
        code: output.status.code(),
    }
}

#[track_caller]
fn check(ran: &Ran, wanted: Result<&str, &str>) {
    match wanted {
        Ok(words) => {
            assert_eq!(ran.code, Some(0), "{}", ran.stderr);
            assert!(ran.stdout.contains(words), "{}", ran.stdout);
        }
        Err(words) => {
            assert_eq!(ran.code, Some(1), "{}", ran.stdout);
            assert!(ran.stderr.contains(words), "{}", ran.stderr);
        }
    }
}

#[test]
fn a_certificate_has_to_be_vouched_for() {
    let site = site("localhost");
    let address = format!("https://localhost:{}/", site.port);
    let own = site.root.to_str().expect("it is UTF-8");
    check(&analyze(&address, &[("SSL_CERT_FILE", own)]), Ok("\"title\": \"Ferry\""));
    let other = self::site("localhost");
    let other = other.root.to_str().expect("it is UTF-8");
    let refused = analyze(&address, &[("SSL_CERT_FILE", other)]);
    check(&refused, Err("no secure connection to localhost: nobody vouches for its certificate"));
    assert!(refused.stderr.contains("hint:"), "{}", refused.stderr);
}

#[test]
fn a_certificate_has_to_be_of_the_site() {
    let site = site("example.org");
    let own = [("SSL_CERT_FILE", site.root.to_str().expect("it is UTF-8"))];
    let ran = analyze(&format!("https://localhost:{}/", site.port), &own);
    check(&ran, Err("its certificate is for another site"));
}

#[test]
fn a_certificate_has_its_day() {
    let mut old = CertificateParams::new(["localhost".to_owned()]).expect("a name");
    old.not_before = rcgen::date_time_ymd(2019, 1, 1);
    old.not_after = rcgen::date_time_ymd(2020, 1, 1);
    let site = site_with(old);
    let own = [("SSL_CERT_FILE", site.root.to_str().expect("it is UTF-8"))];
    let ran = analyze(&format!("https://localhost:{}/", site.port), &own);
    check(&ran, Err("no secure connection to localhost: its certificate has expired"));
    assert!(ran.stderr.contains("clock of this computer"), "{}", ran.stderr);
}

#[test]
fn nothing_leads_from_https_to_http_or_round_in_circles() {
    let site = site("localhost");
    let own = [("SSL_CERT_FILE", site.root.to_str().expect("it is UTF-8"))];
    let fetch = |path: &str| analyze(&format!("https://localhost:{}{path}", site.port), &own);
    let away = fetch("/away");
    check(&away, Err("leads from https to http"));
    assert!(away.stderr.contains("open http://127.0.0.1:9/"), "{}", away.stderr);
    check(&fetch("/endless"), Err("without end"));
}

#[test]
fn what_is_no_tls_at_all_is_said() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("https://{}/", listener.local_addr().expect("it has one"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").ok();
        }
    });
    check(&analyze(&address, &[]), Err("no secure connection to 127.0.0.1"));
}

/// A proxy that answers everything itself; what it was asked for comes out of the channel.
fn proxy() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("it has one"));
    let (send, asked) = mpsc::channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let shared = stream.try_clone().expect("it can be shared");
            let mut lines = BufReader::new(shared).lines();
            let first = lines.next().and_then(Result::ok).unwrap_or_default();
            lines.by_ref().map_while(Result::ok).find(String::is_empty);
            let tunnel = first.starts_with("CONNECT ");
            send.send(first).ok();
            if tunnel {
                stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok();
                answer(&mut stream);
            } else {
                page(&mut stream);
            }
        }
    });
    (address, asked)
}

fn page(stream: &mut TcpStream) {
    let length = PAGE.len();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close";
    write!(stream, "{head}\r\nContent-Length: {length}\r\n\r\n{PAGE}").ok();
}

#[test]
fn the_proxy_of_the_environment_is_asked() {
    let (proxy, asked) = proxy();
    let ran = analyze("http://ferry.invalid/page", &[("HTTP_PROXY", &proxy)]);
    check(&ran, Ok("\"title\": \"Ferry\""));
    let first = asked.try_recv().expect("it was asked");
    assert!(first.contains("ferry.invalid"), "{first}");
}

#[test]
fn no_page_of_the_web_leads_into_the_own_network() {
    // The proxy may stand there, and gives a page of the web.
    let (proxy, asked) = proxy();
    let variables = [("HTTP_PROXY", proxy.as_str())];
    check(&analyze_as(&["http://ferry.invalid/page"], &variables), Ok("\"title\": \"Ferry\""));
    let ran = analyze_as(&["http://ferry.invalid/inward"], &variables);
    check(&ran, Err("127.0.0.1 is within your own network"));
    assert_eq!(asked.try_iter().count(), 2);
}

#[test]
fn a_site_may_be_asked_without_the_proxy() {
    let (proxy, asked) = proxy();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("it has one"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            answer(&mut stream);
        }
    });
    let variables = [("HTTP_PROXY", proxy.as_str()), ("NO_PROXY", "127.0.0.1")];
    check(&analyze(&address, &variables), Ok("\"title\": \"Ferry\""));
    assert!(asked.try_recv().is_err(), "the proxy was asked");
}

#[test]
fn a_proxy_that_is_not_there_is_said() {
    let gone = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a port");
    let proxy = format!("http://{gone}");
    let ran = analyze("http://ferry.invalid/page", &[("HTTP_PROXY", &proxy)]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("proxy"), "{}", ran.stderr);
}
