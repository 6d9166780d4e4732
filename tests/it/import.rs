//! `pullquote import`

use std::fs;
use std::path::{Path, PathBuf};

use pullquote::annot::{Annotation, Review, Store};
use pullquote::library::Library;

use crate::{Ran, fixture, run};

/// A library of its own, and files beside it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder can be made"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::write(&path, text).expect("a file can be written");
        path.to_str().expect("the path is UTF-8").to_owned()
    }

    fn import(&self, files: &[&str]) -> Ran {
        let library = self.path("library.db");
        run(
            &[&["--library", library.to_str().expect("the path is UTF-8"), "import"], files]
                .concat(),
            "",
        )
    }

    /// What is kept of the article of this source.
    fn kept(&self, source: &str) -> Option<Store> {
        let library = Library::open(&self.path("library.db")).expect("the library opens");
        let id = library.find_described("", source).expect("the library is read")?;
        Some(Store::restore(library.kept(id).expect("the library is read")))
    }
}

/// An article's own export, with its first annotation accepted and noted, and a key that no
/// version of the program knows.
fn exported(article: &str, args: &[&str]) -> String {
    let text = run(&[&["export", article, "--format", "toml"], args].concat(), "").stdout;
    let noted = "review = \"accepted\"\nnote = \"Look here.\"\nmodified = 2024-10-12T08:31:02Z";
    text.replacen("review = \"proposed\"", noted, 1).replacen(
        "[article]\n",
        "[article]\nx_weather = { rain = nan }\n",
        1,
    )
}

fn noted(store: &Store) -> Vec<&Annotation> {
    store.annotations().iter().filter(|it| it.note() == "Look here.").collect()
}

#[test]
fn a_file_with_its_text_brings_the_article_along() {
    let (folder, harbour) = (Folder::new(), fixture("harbour.txt"));
    let written = exported(&harbour, &["--with-text"]).replace(&harbour, "gone/harbour.txt");
    let file = folder.write("harbour.toml", &written);
    let ran = folder.import(&[&file]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.contains("(added to the library): 1 updated, "), "{}", ran.stdout);
    assert!(ran.stdout.contains(" already here, tags or notes of the article\n"), "{}", ran.stdout);
    let store = folder.kept("gone/harbour.txt").unwrap();
    let [it] = noted(&store)[..] else { panic!("one note") };
    assert_eq!(it.review, Review::Accepted);
    assert!(store.about().other.contains_key("x_weather"));
    let names: Vec<_> = store.steps().iter().map(pullquote::annot::Step::name).collect();
    assert_eq!(names, ["Imported harbour.toml"]);

    let again = folder.import(&[&file]);
    assert!(again.stdout.contains(" already here\n"), "{}", again.stdout);
    assert!(!again.stdout.contains("updated"), "{}", again.stdout);
    assert_eq!(folder.kept("gone/harbour.txt").unwrap().steps().len(), 1);
}

#[test]
fn a_damaged_file_refuses_all_of_them() {
    let (folder, harbour) = (Folder::new(), fixture("harbour.txt"));
    let written = exported(&harbour, &[]);
    let whole = folder.write("whole.toml", &written);
    let cut: String = written.chars().take(700).collect();
    let cut = folder.write("cut.toml", &cut);
    let wrong = folder.write("wrong.toml", &written.replacen("start = ", "start = -", 1));
    let ran = folder.import(&[&whole, &wrong, &cut]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    let number = written.lines().position(|line| line.starts_with("start = ")).unwrap() + 1;
    let place = format!("error: {wrong}:{number}:9: `annotation.start` goes from 0 to ");
    assert!(ran.stderr.contains(&place), "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("error: {cut}:")), "{}", ran.stderr);
    assert!(!folder.path("library.db").exists(), "nothing is written");
    let ran = folder.import(&[&folder.path("none.toml").display().to_string()]);
    assert!(ran.stderr.ends_with("none.toml: no such file\n"), "{}", ran.stderr);
}

#[test]
fn an_article_that_nobody_has_is_named() {
    let folder = Folder::new();
    let harbour = fixture("harbour.txt");
    let written = exported(&harbour, &[]).replace(&harbour, "gone/harbour.txt");
    let file = folder.write("harbour.toml", &written);
    let ran = folder.import(&[&file]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(
        ran.stderr.contains("(gone/harbour.txt)\nhint: open the article once"),
        "{}",
        ran.stderr
    );
    assert!(folder.kept("gone/harbour.txt").is_none());
    // Where its file is at hand, it is added from there: as named, or beside the annotations.
    fs::create_dir(folder.path("gone")).unwrap();
    fs::copy(&harbour, folder.path("gone/harbour.txt")).unwrap();
    let ran = folder.import(&[&file]);
    assert!(ran.stdout.contains("(added to the library): 1 updated"), "{}", ran.stdout);
}

#[test]
fn a_file_for_an_earlier_text_finds_its_words() {
    let folder = Folder::new();
    let text =
        "Ann Lee, the mayor, said on Monday: “The harbour stays open to all boats of the town.”\n";
    let article = folder.write("news.txt", text);
    let file = folder.write("news.toml", &exported(&article, &["--kind", "quote"]));
    fs::write(&article, format!("Updated at noon on the same day by the desk.\n\n{text}")).unwrap();
    let ran = folder.import(&[&file]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.contains("1 placed anew"), "{}", ran.stdout);
    let store = folder.kept(&article).unwrap();
    let [it] = noted(&store)[..] else { panic!("one note") };
    let text = fs::read_to_string(Path::new(&article)).unwrap();
    assert_eq!(it.range.of(&text), "The harbour stays open to all boats of the town.");
    assert_eq!(it.quote().unwrap().outer.of(&text).chars().last(), Some('”'));
}
