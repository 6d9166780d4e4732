//! What the sources themselves must keep to: layers, sizes, no traces of a machine.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of each layer, the lowest first. A module uses modules of lower layers and itself.
const LAYERS: [&[&str]; 9] = [
    &["error", "text"],
    &["article"],
    &["annot"],
    &["detect", "export", "input"],
    &["config"],
    &["app"],
    &["fetch", "library", "ui"],
    &["run"],
    &["cli", "main", "lib"],
];

/// Uses within a layer: an error says where in a text it is, and so on; kept as short as possible.
const NEIGHBOURS: [(&str, &str); 1] = [("text", "error")];

const MOST_LINES: usize = 600;

#[test]
fn modules_use_only_what_is_below_them() {
    let mut wrong = Vec::new();
    for path in files("src", "rs") {
        let from = module(&path);
        for (number, line) in code(&path) {
            if line.contains("crate::{") {
                wrong.push(format!("{}:{number}: one module a `use`", path.display()));
            }
            let uses = line.split("crate::").skip(1).map(first_word);
            let upward = uses.filter(|to| is_module(to) && !may_use(&from, to));
            wrong.extend(
                upward
                    .map(|to| format!("{}:{number}: `{from}` may not use `{to}`", path.display())),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_has_a_layer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = fs::read_dir(root).expect("the sources are there");
    for entry in entries {
        let path = entry.expect("the sources can be listed").path();
        let name = path.file_stem().and_then(|it| it.to_str()).expect("names are UTF-8");
        assert!(layer(name).is_some(), "`{name}` stands in no layer");
    }
}

#[test]
fn the_table_forbids() {
    assert!(may_use("ui", "app") && may_use("detect", "detect") && may_use("cli", "run"));
    assert!(!may_use("app", "ui") && !may_use("detect", "export") && !may_use("error", "text"));
    assert_eq!(first_word("annot::store::{Store}"), "annot");
}

#[test]
fn nothing_below_the_loop_knows_the_terminal() {
    let below = |path: &PathBuf| layer(&module(path)) < layer("run");
    for path in files("src", "rs").into_iter().filter(below) {
        for (number, line) in code(&path) {
            let named = line.contains("crossterm::");
            assert!(!named, "{}:{number}: {}", path.display(), line.trim());
        }
    }
}

#[test]
fn files_are_short() {
    for path in ["src", "tests", "benches", "examples"].into_iter().flat_map(|it| files(it, "rs")) {
        let lines = read(&path).lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
    }
}

#[test]
fn nothing_names_a_machine() {
    let homes = ["home", "Users", "root", "work", "tmp"].map(|name| format!("/{name}/"));
    let folders = ["src", "tests", "benches", "examples", "docs", ".ci", "assets/themes"];
    let within = folders.into_iter().flat_map(|it| files(it, ""));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let top = ["README.md", "CHANGELOG.md", "Cargo.toml", "config.example.toml"];
    for path in within.chain(top.map(|name| root.join(name))) {
        // Some fixtures are broken on purpose.
        let text = String::from_utf8_lossy(&fs::read(&path).expect("it can be read")).into_owned();
        for (number, line) in text.lines().enumerate() {
            let found = homes.iter().find(|home| line.contains(*home));
            assert!(found.is_none(), "{}:{}: {found:?}", path.display(), number + 1);
        }
    }
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn is_module(name: &str) -> bool {
    layer(name).is_some()
}

fn may_use(from: &str, to: &str) -> bool {
    from == to || layer(to) < layer(from) || NEIGHBOURS.contains(&(from, to))
}

fn first_word(path: &str) -> &str {
    let end = path.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(path.len());
    path.get(..end).unwrap_or(path)
}

/// The module right below the crate to which a file belongs.
fn module(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let first = path.strip_prefix(root).ok().and_then(|it| it.components().next());
    let name =
        first.and_then(|it| Path::new(it.as_os_str()).file_stem().and_then(|it| it.to_str()));
    name.expect("every source is in a module").to_owned()
}

/// The lines that are no comments, with their numbers.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = read(path);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    lines.map(|(at, line)| (at + 1, line.to_owned())).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a source can be read")
}

/// All files below a folder of the repository whose name ends so; none where there is no folder.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if ending.is_empty() || path.extension().is_some_and(|it| it == ending) {
                found.push(path);
            }
        }
    }
    found
}
