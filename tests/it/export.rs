//! `pullquote export`

use std::fs;

use toml::Table;

use crate::{fixture, run};

#[test]
fn a_file_is_the_same_as_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.toml");
    let article = fixture("harbour.txt");
    let printed = run(&["export", &article, "--format", "toml", "-o", "-"], "");
    assert_eq!((printed.code, printed.stderr.as_str()), (Some(0), ""));
    let written = run(&["export", &article, "-o", path.to_str().unwrap()], "");
    assert_eq!((written.code, written.stdout.as_str()), (Some(0), ""), "{}", written.stderr);
    assert_eq!(fs::read_to_string(&path).unwrap(), printed.stdout);
    let again = run(&["export", &article, "-o", path.to_str().unwrap()], "");
    assert_eq!(again.code, Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap(), printed.stdout);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_folder_gets_a_file_for_each_article() {
    let folder = tempfile::tempdir().unwrap();
    let (harbour, orchard) = (fixture("harbour.txt"), fixture("orchard.txt"));
    let output = format!("{}/new/", folder.path().display());
    let ran = run(&["export", &harbour, &orchard, &harbour, "-o", &output], "");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let mut names: Vec<_> = fs::read_dir(&output)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["harbour-2.toml", "harbour.toml", "orchard.toml"]);
    let read = |name: &str| fs::read_to_string(format!("{output}{name}")).unwrap();
    assert_eq!(read("orchard.toml"), run(&["export", &orchard], "").stdout);
    assert_eq!(read("harbour.toml"), read("harbour-2.toml"));
}

#[test]
fn the_format_is_told_by_the_name_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let article = fixture("harbour.txt");
    let begins = [
        ("a.md", "# "),
        ("a.csv", "article,id,"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.json", "{\n  \"format\""),
        ("a.jsonld", "{\n  \"@context\""),
        ("a.notes", "format = "),
    ];
    for (name, begin) in begins {
        let path = folder.path().join(name);
        let ran = run(&["export", &article, "-o", path.to_str().unwrap()], "");
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        let written = fs::read_to_string(&path).unwrap();
        assert!(written.starts_with(begin), "{name}: {written}");
    }
    let both = run(&["export", &article, &fixture("orchard.txt"), "--format", "csv"], "").stdout;
    assert_eq!(both.matches("article,id,kind").count(), 1);
}

#[test]
fn the_article_itself_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("article.toml");
    fs::write(&article, "“Words,” said Ann Lee.").unwrap();
    let same = format!("{}/./article.toml", folder.path().display());
    for output in [same.as_str(), folder.path().to_str().unwrap()] {
        let ran = run(&["export", article.to_str().unwrap(), "-o", output], "");
        assert_eq!(ran.code, Some(2), "{}", ran.stdout);
        assert!(ran.stderr.contains("is the article itself\nhint: "), "{}", ran.stderr);
        assert_eq!(fs::read_to_string(&article).unwrap(), "“Words,” said Ann Lee.");
    }
}

#[test]
fn only_the_kinds_that_are_asked_for() {
    let article = fixture("harbour.txt");
    let kinds = |args: &[&str]| -> Vec<String> {
        let printed = run(&[&["export", &article], args].concat(), "").stdout;
        let table: Table = printed.parse().unwrap();
        let listed = table.get("annotation").and_then(|it| it.as_array());
        let mut kinds: Vec<String> = listed
            .into_iter()
            .flatten()
            .map(|it| it["kind"].as_str().unwrap().to_owned())
            .collect();
        kinds.sort();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds(&["--kind", "quote"]), ["quote"]);
    assert!(kinds(&["--kind", "quote,highlight"]).contains(&"quote".to_owned()));
    assert!(!kinds(&["--kind", "entity,date"]).contains(&"quote".to_owned()));
    assert!(kinds(&["--tag", "war"]).is_empty());
    assert!(kinds(&["--review", "accepted"]).is_empty());
    assert!(!kinds(&["--review", "proposed,rejected"]).is_empty());
}

#[test]
fn the_text_goes_with_it_where_that_is_asked_for() {
    let article = fixture("orchard.txt");
    let table = |args: &[&str]| -> Table {
        run(&[&["export", &article], args].concat(), "").stdout.parse().unwrap()
    };
    let text = fs::read_to_string(&article).unwrap();
    assert_eq!(table(&["--with-text"])["article"]["text"].as_str(), Some(text.as_str()));
    assert!(table(&[])["article"].get("text").is_none());
}

#[test]
fn nothing_raw_reaches_the_terminal() {
    let text = "“Hel\u{1b}[31mlo\u{9b}2J \u{202e}you,” said Ann\u{7} Lee on 3 May 2020.";
    for format in ["toml", "json", "table", "markdown", "csv", "html", "jsonld"] {
        let ran = run(&["export", "-", "--format", format, "--with-text"], text);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let acts = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!ran.stdout.contains(acts), "{:?}", ran.stdout);
    }
}
