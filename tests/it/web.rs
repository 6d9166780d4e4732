//! Pages from the web, from a server of our own on this machine.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{self, Receiver};

use super::pty::Session;
use super::{fixture, run};

/// A server that gives `ferry.html`, each time only once `may` says so; its address.
fn server(may: Option<Receiver<()>>) -> String {
    let page = std::fs::read(fixture("ferry.html")).expect("it is there");
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let address = format!("http://{}/ferry", listener.local_addr().expect("it has one"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(stream.try_clone().expect("it can be shared")).lines();
            lines.map_while(Result::ok).find(String::is_empty);
            if may.as_ref().is_some_and(|it| it.recv().is_err()) {
                return;
            }
            let length = page.len();
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n"
            )
            .ok();
            stream.write_all(&page).ok();
        }
    });
    address
}

#[test]
fn a_page_is_analyzed_where_it_is() {
    let address = server(None);
    let ran = run(&["analyze", "--format", "json", "--allow-private", &address], "");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(found["article"]["title"], "No ferry on Monday");
    assert_eq!(found["article"]["source"], address);
    assert!(found["article"]["retrieved"].is_string(), "{found}");
    let ran = run(&["analyze", &address], "");
    assert!(ran.code == Some(1) && ran.stderr.contains("--allow-private"), "{}", ran.stderr);
}

#[test]
fn a_refresh_can_be_stopped() {
    let (allow, may) = mpsc::channel();
    let address = server(Some(may));
    allow.send(()).expect("the server is there");
    let session = Session::start(&["--allow-private", &address], (140, 40));
    session.wait_for("A long wait");
    session.send("\x1b[15~");
    session.wait_for("fetching 127.0.0.1");
    // It still does what the keys say.
    session.send("o");
    session.wait_for("Contents");
    session.send("q");
    session.send("\x03");
    session.wait_for("not fetched");
    allow.send(()).expect("the server is there");
    session.send(":refresh\r");
    session.wait_for("fetching 127.0.0.1");
    allow.send(()).expect("the server is there");
    session.wait_for("nothing has changed");
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn the_configuration_may_allow_the_own_network() {
    let address = server(None);
    let folder = tempfile::tempdir().expect("there is room");
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "[fetch]\nallow_private = true\n").expect("it can be written");
    let config = config.to_str().expect("it is UTF-8");
    let ran = run(&["analyze", "--format", "json", "--config", config, &address], "");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("No ferry on Monday"), "{}", ran.stdout);
}

#[test]
fn the_reader_goes_on_while_a_page_is_fetched() {
    let (allow, may) = mpsc::channel();
    let address = server(Some(may));
    let session = Session::start(&["--allow-private"], (140, 40));
    session.wait_for("Put Out the Light");
    session.send(&format!(":open {address}\r"));
    session.wait_for("fetching 127.0.0.1");
    // It still does what the keys say.
    session.send("?");
    session.wait_for("Moving");
    session.send("q");
    session.send("\x03");
    session.wait_for("not fetched");
    allow.send(()).expect("the server is there");
    session.send(&format!(":open {address}\r"));
    session.wait_for("fetching 127.0.0.1");
    allow.send(()).expect("the server is there");
    session.wait_for("A long wait");
    session.send("q");
    assert_eq!(session.end(), 0);
}
