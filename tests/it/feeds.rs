//! Feeds in the reader's list: what they offer is opened, left again, remembered.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};

use portable_pty::CommandBuilder;

use super::pty::Session;
use super::{Ran, fixture, run};

/// A site with a feed at `/feed`, another at `/other`, none at `/broken`, and an article at
/// `/ferry`, which comes only once it may.
struct Site {
    address: String,
    allow: Sender<()>,
}

fn feed(address: &str, path: &str) -> String {
    let items = match path {
        "/feed" => format!(
            "<item><title>The older one</title><link>{address}/old</link><pubDate>Thu, 03 Oct 2024 08:00:00 GMT</pubDate></item>
            <item><title>No ferry on Monday</title><link>{address}/ferry</link><pubDate>Fri, 11 Oct 2024 08:30:00 GMT</pubDate>
            <description>Nobody on the quay could say why.</description></item>
            <item><title>Only here</title><guid>n1</guid><description>&lt;p&gt;These words stand in the feed and nowhere else.</description></item>
            <item><title>Nowhere</title></item>"
        ),
        _ => format!("<item><title>Rain</title><link>{address}/rain</link></item>"),
    };
    format!("<rss version='2.0'><channel><title>The{path} Post</title>{items}</channel></rss>")
}

fn serve(listener: TcpListener, address: &str, may: &Receiver<()>) {
    let page = std::fs::read_to_string(fixture("ferry.html")).expect("it is there");
    for mut stream in listener.incoming().flatten() {
        let mut lines = BufReader::new(stream.try_clone().expect("it can be shared")).lines();
        let first = lines.next().and_then(Result::ok).unwrap_or_default();
        lines.map_while(Result::ok).find(String::is_empty);
        let (head, body) = match first.split(' ').nth(1).unwrap_or_default() {
            path @ ("/feed" | "/other") => {
                ("200 OK\r\nContent-Type: text/xml", feed(address, path))
            }
            "/ferry" => {
                if may.recv().is_err() {
                    return;
                }
                ("200 OK\r\nContent-Type: text/html", page.clone())
            }
            _ => ("404 Not Found", String::new()),
        };
        let length = body.len();
        let head = format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {length}");
        write!(stream, "{head}\r\n\r\n{body}").ok();
    }
}

impl Site {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
        let address = format!("http://{}", listener.local_addr().expect("it has one"));
        let (allow, may) = mpsc::channel();
        let own = address.clone();
        std::thread::spawn(move || serve(listener, &own, &may));
        Self { address, allow }
    }

    /// A list of its feeds, one of which is not there.
    fn list(&self, folder: &Path) -> String {
        let feed =
            |path: &str| format!("<outline text='From {path}' xmlUrl='{}/{path}'/>", self.address);
        let feeds = ["feed", "broken", "other"].map(feed).concat();
        let path = folder.join("feeds.opml");
        let text = format!("<opml><head><title>Mine</title></head><body>{feeds}</body></opml>");
        std::fs::write(&path, text).expect("it can be written");
        path.to_str().expect("it is UTF-8").to_owned()
    }
}

/// The program with a library of its own.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn library(&self) -> String {
        self.0.path().join("library.db").to_str().expect("it is UTF-8").to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run(&[&["--allow-private", "--library", &self.library()], arguments].concat(), "")
    }

    fn start(&self, arguments: &[&str]) -> Session {
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("pullquote"));
        command.args(["--allow-private", "--library", &self.library()]);
        command.args(arguments);
        Session::spawn(command, (130, 30))
    }
}

#[test]
fn what_a_feed_offers_is_opened_and_left() {
    let (site, place) = (Site::new(), Place::new());
    let session = place.start(&["feed", &format!("{}/feed", site.address)]);
    session.wait_for("The/feed Post  4 items");
    // The newest comes first.
    session.wait_for("Nobody on the quay could say why.");
    session.wait_for("not in the library");
    session.send("\r");
    session.wait_for("fetching 127.0.0.1");
    // It still does what the keys say, and can be stopped.
    session.send("j");
    session.wait_for("2/4");
    session.send("\x03");
    session.wait_for("not fetched");
    site.allow.send(()).expect("the site is there");
    session.send("k\r");
    session.wait_for("fetching 127.0.0.1");
    site.allow.send(()).expect("the site is there");
    session.wait_for("A long wait");
    session.send("q");
    session.wait_for("1 in the library");
    // Now it comes from the library: the site gives nothing any more.
    session.send("\r");
    session.wait_for("A long wait");
    session.send("q");
    session.wait_for("4 items");
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn what_stands_only_in_the_feed_is_read_from_it() {
    let (site, place) = (Site::new(), Place::new());
    let session = place.start(&["feed", &format!("{}/feed", site.address)]);
    session.wait_for("The/feed Post  4 items");
    session.send("jj\r");
    session.wait("the words alone", |screen| {
        let shown = screen.contents();
        shown.contains("nowhere else") && shown.contains("Timeline")
    });
    session.send("q");
    session.wait_for("1 in the library");
    session.send("j\r");
    session.wait_for("leads nowhere");
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_list_of_feeds_leads_to_each() {
    let (site, place) = (Site::new(), Place::new());
    let list = site.list(place.0.path());
    let session = place.start(&["feed", &list]);
    session.wait_for("Mine  3 items");
    session.wait_for("From feed");
    session.send("j\r");
    session.wait_for("there is no page at");
    session.send("j\r");
    session.wait_for("The/other Post  1 item");
    session.send("q");
    session.wait_for("Mine  3 items");
    session.send("gl");
    session.wait_for("Library");
    session.send("q");
    session.wait_for("Mine  3 items");
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn feeds_are_remembered_and_listed_together() {
    let (site, place) = (Site::new(), Place::new());
    let ran = place.run(&["feed"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("no feed is remembered"), "{}", ran.stderr);
    let list = site.list(place.0.path());
    let ran = place.run(&["import", &list]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "3 feeds, 3 of them new\n"));
    let address = format!("{}/other", site.address);
    let ran = place.run(&["feed", &address, "--keep"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "1 feed, 0 of them new\n"));

    let session = place.start(&["feed"]);
    session.wait_for("All feeds");
    // The one that is not there is a row among the others.
    session.wait_for("6 items");
    session.wait_for("From broken: there is no page at");
    session.wait_for("The/feed Post");
    session.send("q");
    assert_eq!(session.end(), 0);

    let ran = place.run(&["feed", "--json"]);
    let items: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.starts_with("error: From broken: there is no page at"), "{}", ran.stderr);
    assert_eq!(items.as_array().map(Vec::len), Some(5));
    assert_eq!(
        (&items[0]["title"], &items[0]["feed"]),
        (&"No ferry on Monday".into(), &"The/feed Post".into())
    );

    let broken = format!("{}/broken", site.address);
    assert_eq!(place.run(&["feed", &broken, "--forget"]).code, Some(0));
    let opml = place.run(&["feed", "--opml"]).stdout;
    assert!(opml.contains("From feed") && opml.contains("The/other Post"), "{opml}");
    assert!(!opml.contains("broken"), "{opml}");
    let ran = place.run(&["feed", &broken, "--forget"]);
    assert!(ran.code == Some(1) && ran.stderr.contains("no feed is remembered"), "{}", ran.stderr);
}

#[test]
fn only_what_is_on_the_web_is_remembered() {
    let place = Place::new();
    let path = place.0.path().join("feed.xml");
    std::fs::write(&path, feed("https://example.org", "/feed")).expect("it can be written");
    let path = path.to_str().expect("it is UTF-8");
    let ran = place.run(&["feed", path, "--keep"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("only a feed on the web"), "{}", ran.stderr);
    let ran = place.run(&["feed", path]);
    assert!(ran.stdout.starts_with("The/feed Post (4)"), "{}", ran.stdout);
}
