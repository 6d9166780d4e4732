//! The library: what goes in, what comes out, and what it refuses.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{Ran, fixture, pullquote, run};

/// A library of its own.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("data").join("library.db")
    }

    fn run(&self, args: &[&str]) -> Ran {
        let path = self.path();
        run(&[&["--library", path.to_str().expect("the path is UTF-8")], args].concat(), "")
    }

    #[track_caller]
    fn fine(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
        ran.stdout
    }

    #[track_caller]
    fn json(&self, args: &[&str]) -> Vec<Value> {
        let text = self.fine(&[args, &["--json"]].concat());
        serde_json::from_str(&text).expect("it is JSON")
    }

    /// Adds an article and gives its id.
    #[track_caller]
    fn add(&self, source: &str) -> String {
        let line = self.fine(&["add", source]);
        line.split_whitespace().next().expect("the id comes first").to_owned()
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        fs::write(&path, text).expect("a file can be written");
        path.to_str().expect("the path is UTF-8").to_owned()
    }
}

const FERRY: &str = "The ferry\n\nBy Jane Doe\n\nPublished 4 March 2024\n\n\
    “We will sail on Monday,” said Ann Lee. The harbour of Porto was closed.\n\n\
    Lee said: “Nobody was on board.”\n";
const LIGHT: &str = "The light\n\nBy John Roe\n\nPublished 9 May 2024\n\n\
    “The lamp is out,” said Bob Ray, the keeper. He had seen Ann Lee on 5 May 2024.\n";

fn both() -> (Place, [String; 2]) {
    let place = Place::new();
    let ids = [("ferry.txt", FERRY), ("light.txt", LIGHT)]
        .map(|(name, text)| place.add(&place.file(name, text)));
    (place, ids)
}

fn words(rows: &[Value], key: &str) -> Vec<String> {
    rows.iter().map(|it| it[key].as_str().expect("it is a text").to_owned()).collect()
}

#[test]
fn articles_are_added_listed_and_put_away() {
    let (place, [ferry, light]) = both();
    assert!(place.add(&place.file("ferry.txt", FERRY)) == ferry, "it is there already");
    let list = place.json(&["list", "--sort", "title"]);
    assert_eq!(words(&list, "id"), [ferry.as_str(), &light]);
    assert_eq!(words(&list, "title"), ["The ferry", "The light"]);
    assert_eq!(list[0]["quotes"], 2);
    assert_eq!(list[0]["date"], "2024-03-04");
    let table = place.fine(&["list", "--sort", "title"]);
    assert!(table.starts_with("Articles (2)\n"), "{table}");
    assert!(table.contains("The ferry") && table.contains("2 quotes"), "{table}");

    place.fine(&["remove", ferry.get(..6).unwrap()]);
    assert_eq!(words(&place.json(&["list"]), "id"), [light.as_str()]);
    assert_eq!(words(&place.json(&["list", "--trash"]), "id"), [ferry.as_str()]);
    assert!(place.json(&["quotes", "--speaker", "lee"]).is_empty());
    place.fine(&["restore", &ferry]);
    assert_eq!(place.json(&["list"]).len(), 2);
    let ran = place.run(&["remove", "0000000000000000", &light]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("no article in the library has the id"), "{}", ran.stderr);
    assert_eq!(words(&place.json(&["list"]), "id"), [ferry.as_str()]);
}

#[test]
fn the_whole_library_answers() {
    let (place, [ferry, light]) = both();
    for (args, count) in [
        (&["list"][..], 2),
        (&["search", "harbour"], 1),
        (&["quotes"], 3),
        (&["quotes", "--speaker", "ann lee"], 2),
        (&["quotes", "--speaker", "Lee", "--since", "2024-04-01"], 0),
        (&["quotes", "--until", "2024-04-01"], 2),
        (&["quotes", "--limit", "1"], 1),
        (&["quotes", "--tag", "none"], 0),
        (&["entities", "--speaker", "Lee"], 2),
        (&["timeline", "--since", "2024-05-05", "--until", "2024-05-05"], 1),
    ] {
        let rows = place.json(args);
        assert_eq!(rows.len(), count, "{args:?}");
        for row in rows {
            assert!(row["id"].is_string(), "{args:?}");
            let article = if args[0] == "list" { &row["id"] } else { &row["article"] };
            let article = article.as_str().unwrap();
            assert!(article == ferry || article == light, "{args:?}");
            let at = row["start"].as_u64().map_or(String::new(), |at| format!(" --at {at}"));
            assert_eq!(row["open"], format!("pullquote open {article}{at}"));
        }
    }
    let quote = &place.json(&["quotes", "--speaker", "Ray"])[0];
    let part = |key: &str| usize::try_from(quote[key].as_u64().unwrap()).unwrap();
    let words: String = LIGHT.chars().take(part("end")).skip(part("start")).collect();
    assert_eq!(quote["text"], words.as_str());
    assert_eq!(quote["speaker"], "Bob Ray");
    for odd in ["\"", "\"a", "*", "(", "-x", "a AND", ""] {
        place.fine(&["search", "--json", "--", odd]);
    }
    for args in [&["search", "lamp"][..], &["quotes"], &["entities"], &["timeline"]] {
        assert!(place.fine(args).contains("The light"), "{args:?}");
    }
}

#[test]
fn what_is_not_there_is_empty_and_nothing_is_made() {
    let place = Place::new();
    for args in [&["list"][..], &["search", "x"], &["quotes"], &["entities"], &["timeline"]] {
        assert!(place.json(args).is_empty());
    }
    assert!(!place.path().exists());
    let ran = place.run(&["open", "0123456789abcdef"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let ran = run(&["--no-library", "list"], "");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("`--no-library` turns off"), "{}", ran.stderr);
}

#[test]
fn an_article_is_opened_and_exported_by_its_id() {
    let (place, [ferry, light]) = both();
    let ran = place.run(&["open", ferry.get(..8).unwrap()]);
    assert!(ran.stderr.contains("the reader needs a terminal"), "{}", ran.stderr);
    let by_id = place.fine(&["export", &ferry]);
    assert!(by_id.contains("title = \"The ferry\""), "{by_id}");
    let file = place.file("ferry.txt", FERRY);
    assert_eq!(place.fine(&["export", &file]), by_id);
    let all = place.fine(&["export", "--all", "--format", "json"]);
    let all: Vec<Value> = serde_json::from_str(&all).unwrap();
    let titles: Vec<_> = all.iter().map(|it| it["article"]["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["The ferry", "The light"]);
    let folder = format!("{}/out/", place.0.path().display());
    place.fine(&["export", &ferry, &light, "-o", &folder]);
    assert!(Path::new(&folder).join("ferry.toml").exists());
    assert!(Path::new(&folder).join("light.toml").exists());
    let ran = place.run(&["export", &ferry, "-o", &file]);
    assert_eq!(ran.code, Some(2), "the article itself is not written over");
    assert_eq!(fs::read_to_string(&file).unwrap(), FERRY);
}

#[test]
fn what_was_made_is_exported() {
    let place = Place::new();
    let file = place.file("ferry.txt", FERRY);
    let found = place.fine(&["export", &file]);
    let marked = found.replacen("review = \"proposed\"", "review = \"rejected\"", 1);
    let marks = place.file("marks.toml", &marked);
    place.fine(&["import", &marks]);
    let count = |text: &str| text.matches("[[annotation]]").count();
    assert_eq!(count(&place.fine(&["export", &file])), count(&found) - 1);
    let all = place.fine(&["export", &file, "--review", "rejected"]);
    assert_eq!(count(&all), 1);
    // Also where the file has changed since, which an export does not write down.
    fs::write(&file, FERRY.replace("The ferry\n", "The ferry\n\nUpdated in the evening.\n"))
        .unwrap();
    assert_eq!(count(&place.fine(&["export", &file, "--review", "rejected"])), 1);
    assert_eq!(
        run(&["export", &file, "--review", "rejected"], "")
            .stdout
            .matches("[[annotation]]")
            .count(),
        0
    );
}

#[test]
fn nothing_raw_reaches_the_terminal() {
    let place = Place::new();
    let text = "A \u{1b}[31mtitle \u{202e}here\n\nBy Jane Doe\n\n“Hel\u{1b}[31mlo\u{9b}2J,” said Ann\u{7} Lee on 3 May 2020.\n";
    place.add(&place.file("raw.txt", text));
    for command in ["list", "quotes", "entities", "timeline"] {
        for args in [&[command][..], &[command, "--json"]] {
            let printed = place.fine(args);
            let acts = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
            assert!(!printed.contains(acts), "{args:?}: {printed:?}");
        }
    }
    assert!(!place.fine(&["search", "title"]).contains('\u{1b}'));
}

#[test]
fn a_library_of_a_later_version_is_left_as_it_is() {
    let (place, _) = both();
    let mut bytes = fs::read(place.path()).unwrap();
    bytes[60..64].copy_from_slice(&9_u32.to_be_bytes());
    fs::write(place.path(), &bytes).unwrap();
    let folder = place.path().parent().unwrap().to_owned();
    let files = || {
        let mut names: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = files();
    let file = place.file("ferry.txt", FERRY);
    for args in
        [&["list"][..], &["add", &file], &["search", "x"], &["remove", "0"], &["export", &file]]
    {
        let ran = place.run(args);
        assert_eq!(ran.code, Some(1), "{args:?}: {}", ran.stdout);
        assert!(ran.stderr.contains("is of a newer pullquote: version 9"), "{}", ran.stderr);
        assert_eq!(fs::read(place.path()).unwrap(), bytes, "{args:?}");
        assert_eq!(files(), before, "{args:?}");
    }
}

#[test]
fn what_is_wrong_with_the_file_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "Notes, which are no database.\n".repeat(200)).unwrap();
    let article = fixture("harbour.txt");
    let refused = |path: &Path, words: &str| {
        let ran = run(&["--library", path.to_str().unwrap(), "add", &article], "");
        assert_eq!(ran.code, Some(1), "{}", ran.stdout);
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
        assert!(ran.stderr.contains(path.to_str().unwrap()), "{}", ran.stderr);
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    };
    let before = fs::read(&text).unwrap();
    refused(&text, "no library");
    assert_eq!(fs::read(&text).unwrap(), before);
    refused(folder.path(), "is a directory");
    let ran = run(&["--library", &format!("{}/below/x.db", text.display()), "add", &article], "");
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.starts_with("error: cannot "), "{}", ran.stderr);
    // A good library whose middle is lost.
    let (place, _) = both();
    let mut bytes = fs::read(place.path()).unwrap();
    bytes[4096..].fill(0x5a);
    fs::write(place.path(), &bytes).unwrap();
    let ran = place.run(&["add", &article]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    assert!(ran.stderr.contains("damaged"), "{}", ran.stderr);
    assert!(ran.stderr.contains("hint: "), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let (place, _) = both();
    let folder = place.path().parent().unwrap().to_owned();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o400)).unwrap();
    let is_root = fs::write(folder.join("probe"), "").is_ok();
    let ran = place.run(&["add", &fixture("harbour.txt")]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    // The superuser may write everywhere.
    if !is_root {
        assert_eq!(ran.code, Some(1), "{}", ran.stdout);
        assert!(
            ran.stderr.contains("read-only") || ran.stderr.contains("cannot be opened"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn two_processes_add_at_once() {
    let place = Place::new();
    let start = |range: std::ops::Range<usize>| {
        let files: Vec<String> = range
            .map(|number| {
                let text =
                    format!("Story {number}\n\nBy Jane Doe\n\n“Words {number},” said Ann Lee.\n");
                place.file(&format!("story-{number}.txt"), &text)
            })
            .collect();
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("pullquote"));
        command.env("PULLQUOTE_LIBRARY", place.path()).arg("add").args(&files);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children = [start(0..20), start(10..30), start(20..40)];
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(place.json(&["list"]).len(), 40);
    assert_eq!(place.json(&["quotes", "--speaker", "Lee"]).len(), 40);
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let (place, _) = both();
    for number in 0..60 {
        let text = format!("Story {number}\n\nBy Jane Doe\n\n“Words {number},” said Ann Lee.\n");
        place.file(&format!("story-{number}.txt"), &text);
    }
    let files: Vec<String> =
        (0..60).map(|it| format!("{}/story-{it}.txt", place.0.path().display())).collect();
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    place.fine(&[&["add"][..], &names].concat());
    for args in [&["list", "--json"][..], &["quotes", "--json"], &["entities"]] {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("pullquote"));
        command.env("PULLQUOTE_LIBRARY", place.path()).args(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

#[test]
fn the_environment_names_the_library() {
    let place = Place::new();
    let file = place.file("ferry.txt", FERRY);
    let output =
        pullquote().env("PULLQUOTE_LIBRARY", place.path()).args(["add", &file]).output().unwrap();
    assert!(output.status.success());
    assert_eq!(place.json(&["list"]).len(), 1);
}

/// Each of several processes rejects one finding of the same article after the other, all at once.
#[test]
fn processes_at_one_article_lose_nothing() {
    let place = Place::new();
    let file = place.file("harbour.txt", &fs::read_to_string(fixture("harbour.txt")).unwrap());
    place.add(&file);
    let found = place.fine(&["export", &file]);
    let parts: Vec<&str> = found.split("[[annotation]]").collect();
    let count = (parts.len() - 1).min(12);
    let marks: Vec<String> = (1..=count)
        .map(|at| {
            let mut parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
            parts[at] = parts[at].replace("review = \"proposed\"", "review = \"rejected\"");
            place.file(&format!("marks-{at}.toml"), &parts.join("[[annotation]]"))
        })
        .collect();
    let library = place.path();
    std::thread::scope(|scope| {
        for files in marks.chunks(4) {
            let library = &library;
            scope.spawn(move || {
                for file in files {
                    let ran = run(&["--library", library.to_str().unwrap(), "import", file], "");
                    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{file}");
                }
            });
        }
    });
    let rejected = place.fine(&["export", &file, "--review", "rejected"]);
    assert_eq!(rejected.matches("[[annotation]]").count(), count);
}

#[test]
fn an_empty_library_is_exported_as_nothing() {
    let place = Place::new();
    assert_eq!(place.fine(&["export", "--all", "--format", "json"]).trim(), "[\n\n]");
    let ran = place.run(&["export"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
}
