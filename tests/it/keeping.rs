//! What the reader makes is there again: after a kill at any moment, and with two at once.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use portable_pty::CommandBuilder;
use pullquote::annot::Store;
use pullquote::article;
use pullquote::library::Library;

use crate::fixture;
use crate::pty::Session;

/// A folder with a library of its own.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::Builder::new().prefix("kept").tempdir().expect("a folder"))
    }

    fn library(&self) -> PathBuf {
        self.0.path().join("pullquote/library.db")
    }

    /// Opens an article with this library.
    fn open(&self, source: &str) -> Session {
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("pullquote"));
        command.arg(source);
        for variable in ["XDG_DATA_HOME", "XDG_STATE_HOME"] {
            command.env(variable, self.0.path());
        }
        Session::spawn(command, (100, 24))
    }

    /// What the library knows of an article.
    fn kept(&self, source: &str) -> Store {
        let article = Arc::new(article::open(Path::new(source)).expect("it is an article"));
        let mut library = Library::open(&self.library()).expect("the library is sound");
        let opened = library.enter(&article, jiff::Timestamp::now()).expect("it is known");
        Store::restore(opened.kept)
    }
}

/// Numbers that look like chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

#[test]
fn what_was_shown_as_done_survives_a_kill_at_any_moment() {
    let folder = Folder::new();
    let source = fixture("harbour.txt");
    let mut chance = Chance(7);
    let mut confirmed: Vec<String> = Vec::new();
    let mut most = 0;
    for round in 0..200 {
        let session = folder.open(&source);
        session.wait("the article", |screen| screen.contents().contains("harbour"));
        // Three tags and a fourth that is not finished, in one go.
        let tags: Vec<String> = ["a", "b", "c"].iter().map(|it| format!("{it}{round}x")).collect();
        for tag in &tags {
            session.send(&format!("gT{tag}\r"));
        }
        session.send("gTunfinished");
        if chance.below(3) > 0 {
            std::thread::sleep(Duration::from_micros(chance.below(12_000)));
        } else {
            session.wait_for("unfinished");
        }
        let screen = session.kill();
        // The status line shows the last one; those before it were done before.
        let last =
            tags.iter().rposition(|tag| screen.contains(&format!("tagged the article “{tag}”")));
        let typing = screen.contains("unfinished");
        let count = if typing { tags.len() } else { last.map_or(0, |at| at + 1) };
        confirmed.extend_from_slice(&tags[..count]);
        most = most.max(count);
        if round % 20 == 19 {
            let store = folder.kept(&source);
            let kept = &store.about().tags;
            for tag in &confirmed {
                assert!(kept.contains(tag), "round {round}: {tag} was shown and is lost");
            }
            assert!(!kept.iter().any(|it| it.starts_with("unfinished")));
        }
    }
    assert_eq!(most, 3, "some rounds came as far as the last tag");
    let store = folder.kept(&source);
    assert!(store.steps().len() >= confirmed.len());
}

#[test]
fn two_readers_of_one_article_see_each_other_and_lose_nothing() {
    let folder = Folder::new();
    let source = fixture("harbour.txt");
    let (one, other) = (folder.open(&source), folder.open(&source));
    for session in [&one, &other] {
        session.wait_for("harbour");
    }
    one.send("gTfirst\r");
    one.wait_for("tagged the article “first”");
    other.send("gTsecond\r");
    other.wait_for("tagged the article “second”");
    one.send("j");
    one.wait_for("another pullquote tagged the article “second”");
    one.send("gTthird\r");
    one.wait_for("tagged the article “third”");
    other.send("j");
    other.wait_for("another pullquote tagged the article “third”");
    // Both at once, without looking at each other.
    for round in 0..20 {
        one.send(&format!("gTone{round}x\r"));
        other.send(&format!("gTother{round}x\r"));
    }
    one.wait_for("“one19x”");
    other.wait_for("“other19x”");
    // Taking back and making again reaches the other one, too.
    one.send("u");
    one.wait_for("undid: ");
    one.send("\x12");
    one.wait_for("did again: ");
    for session in [&one, &other] {
        session.send("q");
    }
    assert_eq!((one.end(), other.end()), (0, 0));
    let store = folder.kept(&source);
    let mut wanted: Vec<String> = ["first", "second", "third"].map(str::to_owned).to_vec();
    for round in 0..20 {
        wanted.extend([format!("one{round}x"), format!("other{round}x")]);
    }
    wanted.sort();
    assert_eq!(store.about().tags, wanted);
    assert_eq!(store.steps().len(), 43);
}

#[test]
fn a_locked_library_is_said_and_written_once_it_is_free() {
    let folder = Folder::new();
    let source = fixture("harbour.txt");
    let session = folder.open(&source);
    session.wait_for("harbour");
    session.send("gTbefore\r");
    session.wait_for("tagged the article “before”");
    let other = rusqlite::Connection::open(folder.library()).expect("it opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("it is free");
    session.send("gTmeanwhile\r");
    session.wait_for("NOT SAVED");
    session.send("j");
    session.wait_for("a copy is in");
    other.execute_batch("ROLLBACK").expect("it was locked");
    session.send("gTbehind\r");
    session.wait("the library to be written", |screen| !screen.contents().contains("NOT SAVED"));
    session.send("q");
    assert_eq!(session.end(), 0);
    assert_eq!(folder.kept(&source).about().tags, ["before", "behind", "meanwhile"]);
}

#[test]
fn position_filters_and_changes_come_back() {
    let folder = Folder::new();
    let source = fixture("harbour.txt");
    let session = folder.open(&source);
    session.wait_for("Nobody in this room…");
    session.send("]q]qHygqgs");
    session.wait_for("quotes by speaker");
    session.send("qq");
    assert_eq!(session.end(), 0);
    let again = folder.open(&source);
    // The colour is in the margin.
    again.wait("the highlight", |screen| screen.contents().contains("\ny"));
    again.send("gu");
    again.wait_for("coloured the quote yellow");
    again.send("qu");
    again.wait_for("undid: coloured the quote yellow");
    again.send("q");
    assert_eq!(again.end(), 0);
    assert!(folder.kept(&source).annotations().is_empty());
}

#[test]
fn what_cannot_be_kept_is_said_and_saved_elsewhere() {
    let folder = Folder::new();
    let source = fixture("harbour.txt");
    std::fs::create_dir_all(folder.library().parent().expect("a folder")).expect("it is made");
    std::fs::write(folder.library(), "this is no database, and must stay as it is")
        .expect("written");
    let session = folder.open(&source);
    session.wait_for("nothing is kept");
    session.send("gTkept\r");
    session.wait_for("NOT SAVED");
    session.send("j");
    session.wait_for("a copy is in");
    session.send("q");
    assert_eq!(session.end(), 0);
    let left = std::fs::read_to_string(folder.library()).expect("it is there");
    assert_eq!(left, "this is no database, and must stay as it is");
    let copies = std::fs::read_dir(folder.library().parent().expect("a folder")).expect("read");
    let copies = copies.map(|it| it.expect("an entry").path());
    let copy = copies.into_iter().find(|it| it.extension().is_some_and(|it| it == "toml"));
    let copy = std::fs::read_to_string(copy.expect("a copy")).expect("it is there");
    assert!(copy.contains("tags = [\"kept\"]"), "{copy}");
}
