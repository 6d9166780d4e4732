//! Other versions of an article: the whole page, and what a refresh brings.

use std::fs;
use std::path::PathBuf;

use super::pty::Session;
use super::{fixture, run};

const SIZE: (u16, u16) = (140, 44);

/// A folder with a page of our own and a library.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        fs::copy(fixture("ferry.html"), place.page()).expect("it can be copied");
        place
    }

    fn page(&self) -> PathBuf {
        self.0.path().join("ferry.html")
    }

    fn library(&self) -> String {
        let path = self.0.path().join("library.db");
        path.to_str().expect("the path is UTF-8").to_owned()
    }

    fn open(&self, more: &[&str]) -> Session {
        let page = self.page();
        let page = page.to_str().expect("the path is UTF-8");
        Session::start(&[more, &[page]].concat(), SIZE)
    }

    /// The page by now.
    fn rewrite(&self) {
        let page = fs::read_to_string(self.page()).expect("it is there");
        let page = page
            .replace("did not sail on Monday", "sailed on Tuesday after all")
            .replace("<li>The next ferry sails on Tuesday.</li>", "")
            .replace("Fares rise", "The master is ill. Fares rise");
        fs::write(self.page(), page).expect("it can be written");
    }
}

#[test]
fn the_whole_page_is_shown_and_the_article_again() {
    let place = Place::new();
    let library = place.library();
    for more in [&["--library", library.as_str()][..], &["--no-library"]] {
        let session = place.open(more);
        session.wait_for("No ferry on Monday");
        session.wait_for("article ·");
        // A mark in the article, and one beside it.
        session.send("/Ruth\rveHy");
        session.send("/noon\rveHy");
        session.send("R");
        session.wait_for("the whole page; R shows its article");
        session.wait_for("whole page ·");
        session.send("gg");
        session.wait_for("Home");
        session.send("/Orchard\rvee");
        session.wait_for("selected");
        session.send("Hy");
        session.wait_for("ighlighted");
        session.send("gM");
        session.wait("the marks", |it| it.contents().contains("Orchard sold"));
        session.send("qR");
        session.wait_for("the article; R shows the whole page");
        session.send("gM");
        session.wait("what is lost here", |it| it.contents().contains("lost"));
        session.send("qR");
        session.wait_for("whole page ·");
        session.send("gM");
        session.wait("the mark again", |it| {
            let shown = it.contents();
            shown.contains("Orchard sold") && !shown.contains("lost:")
        });
        session.send("qq");
        assert_eq!(session.end(), 0);
    }
    // As much is shown as was left, from the library too.
    let list = run(&["--library", &library, "list", "--json"], "");
    let list: serde_json::Value = serde_json::from_str(&list.stdout).expect("it is JSON");
    let id = list[0]["id"].as_str().expect("it has one").to_owned();
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    fs::remove_file(place.page()).expect("it can be removed");
    let session = Session::start(&["--library", &library, &id], SIZE);
    session.wait_for("whole page ·");
    session.send("R");
    session.wait_for("the article; R shows the whole page");
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn what_is_no_page_has_no_more_than_is_shown() {
    let session = Session::start(&["--no-library", &fixture("harbour.txt")], SIZE);
    session.wait_for("100 %");
    session.send("R");
    session.wait_for("this is no web page");
    session.send(":open sample\r");
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_refresh_says_what_has_changed() {
    let place = Place::new();
    let session = place.open(&["--library", &place.library()]);
    session.wait_for("No ferry on Monday");
    session.send("/Ruth\rveHy");
    session.wait_for("ighlighted");
    session.send("/next.ferry\rveHy");
    session.send(":refresh\r");
    session.wait_for("nothing has changed");
    place.rewrite();
    session.send(":refresh\r");
    session.wait_for("sentences: 1 changed, 1 new, 1 gone; gd lists them");
    session.wait_for("your marks: 1 moved, 1 lost");
    session.send("gd");
    session.wait("the list", |screen| {
        let shown = screen.contents();
        let all = ["What has changed", "→ sailed on Tuesday after all]", "- • The next ferry"];
        all.iter().all(|it| shown.contains(it)) && shown.contains("+ The master is ill.")
    });
    session.send("G\r");
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn articles_of_the_library_are_read_anew() {
    let place = Place::new();
    let library = place.library();
    let page = place.page();
    let page = page.to_str().expect("the path is UTF-8");
    let fine = |args: &[&str]| {
        let ran = run(&[&["--library", library.as_str()], args].concat(), "");
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
        ran.stdout
    };
    let added = fine(&["add", page]);
    let id = added.split_whitespace().next().expect("the id comes first");
    assert_eq!(fine(&["add", "--refresh", page]), format!("{added}  nothing has changed\n"));
    place.rewrite();
    let said = fine(&["add", "--refresh", id]);
    insta::assert_snapshot!(said.replacen(id, "ID", 1), @r"
    ID  No ferry on Monday
      sentences: 1 changed, 1 new, 1 gone
      - The ferry to Aldern did not sail on Monday, and nobody on the quay could say why, although the harbour office had promised, twice, to put up a notice.
      + The ferry to Aldern sailed on Tuesday after all, and nobody on the quay could say why, although the harbour office had promised, twice, to put up a notice.
      - • The next ferry sails on Tuesday.
      + The master is ill.
    ");
    let ran = run(&["--library", &library, "add", "--refresh", "none.html", id], "");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("none.html is not in the library"), "{}", ran.stderr);
    assert!(ran.stdout.contains("nothing has changed"), "{}", ran.stdout);
}
