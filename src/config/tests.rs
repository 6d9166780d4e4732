//! The example and the fixtures: what is documented is what is read, and each mistake is named.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::*;
use crate::input::{Command, Match, Situation, key};

const EXAMPLE: &str = include_str!("../../config.example.toml");
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/config");

fn settings(text: &str) -> Settings {
    read(text.as_bytes(), Path::new("config.toml")).unwrap()
}

/// Every option with its value, by its full name.
fn options(text: &str) -> BTreeMap<String, String> {
    let file: toml::Table = text.parse().unwrap();
    let mut options = BTreeMap::new();
    for (section, table) in &file {
        for (name, value) in table.as_table().unwrap() {
            options.insert(format!("{section}.{name}"), value.to_string());
        }
    }
    options
}

fn fixture(name: &str) -> Settings {
    load(Some(&Path::new(FIXTURES).join("valid").join(name))).unwrap()
}

#[test]
fn the_example_says_the_defaults_and_all_of_them() {
    assert_eq!(settings(EXAMPLE), Settings::default());
    assert_eq!(options(EXAMPLE), options(&print(&Settings::default())));
}

#[test]
fn the_example_explains_every_option_command_and_role() {
    let lines: Vec<&str> = EXAMPLE.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        if line.contains(" = ") && !line.starts_with('#') {
            let sentence = lines[at - 1];
            assert!(sentence.starts_with("# ") && sentence.ends_with(['.', ')']), "above {line}");
        }
    }
    for &command in Command::ALL {
        let row = format!("# {}.\n{command} = [", command.help());
        assert!(EXAMPLE.contains(&row), "{row}");
    }
    for &role in Role::ALL {
        let row = format!("# {}: {}\n", role.name(), role.what());
        assert!(EXAMPLE.contains(&row), "{row}");
    }
}

#[test]
fn every_option_changes_something() {
    let all = fixture("all.toml");
    let (own, default) = (options(&print(&all)), options(&print(&Settings::default())));
    let not_keys = |name: &&String| !name.starts_with("keys.");
    for name in default.keys().filter(not_keys) {
        assert_ne!(own[name], default[name], "{name}");
    }
    assert_eq!((own["keys.down"].as_str(), own["keys.zen"].as_str()), ("[\"J\"]", "[]"));
    assert_eq!(own["keys.up"], default["keys.up"]);
    assert_eq!(all.theme.base, Some(BuiltIn::Light));
    assert_eq!(all.theme.borders, Borders::Ascii);
    let roles: Vec<Role> = all.theme.paints.iter().map(|it| it.0).collect();
    assert_eq!(roles, [Role::Person, Role::Text, Role::Person, Role::Title]);
}

#[test]
fn what_is_printed_reads_back() {
    assert_eq!(settings(&print(&Settings::default())), Settings::default());
    for name in ["all.toml", "empty.toml", "rebound.toml"] {
        let before = fixture(name);
        let path = Path::new(FIXTURES).join("valid").join(name);
        assert_eq!(read(print(&before).as_bytes(), &path).unwrap(), before, "{name}");
    }
}

#[test]
fn keys_are_replaced_and_taken_away() {
    let keymap = fixture("rebound.toml").keymap;
    let check = |keys: &str, situation, command: Option<Command>| {
        let found = keymap.lookup(&key::parse(keys).unwrap(), situation);
        assert_eq!(found, command.map_or(Match::None, Match::Found), "{keys}");
    };
    check("<Right>", Situation::Reading, Some(Command::FocusNext));
    check("<Tab>", Situation::Reading, None);
    check("<Space>", Situation::Reading, None);
    check("i", Situation::Reading, Some(Command::Zen));
    check("iq", Situation::Selecting, Some(Command::SelectQuote));
    check("gg", Situation::Reading, Some(Command::Top));
}

/// Every file of `invalid/` with what is said of it. `INSTA_UPDATE=always` writes it anew.
#[test]
fn every_mistake_is_named_with_its_place() {
    let folder = Path::new(FIXTURES).join("invalid");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "toml"));
    files.sort();
    let mut said = String::new();
    for file in files {
        let error = load(Some(&file)).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{}", file.display());
        writeln!(said, "error: {error}").unwrap();
        if let Some(hint) = error.hint_text() {
            writeln!(said, "hint: {hint}").unwrap();
        }
        said.push('\n');
    }
    let said = said.replace(&format!("{}/", folder.display()), "");
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../../tests/fixtures/config" }, {
        insta::assert_snapshot!("invalid", said);
    });
}

#[test]
fn a_config_that_is_named_must_be_there() {
    let error = load(Some(Path::new("/nowhere/config.toml"))).unwrap_err();
    assert_eq!(error.to_string(), "cannot read /nowhere/config.toml: no such file");
    assert_eq!(error.exit_code(), 2);
    let error = load(Some(Path::new(FIXTURES))).unwrap_err();
    assert!(error.to_string().ends_with("it is a directory"), "{error}");
}

#[test]
fn a_byte_order_mark_and_other_line_ends_are_read() {
    let text = "\u{FEFF}[reader]\r\ncolumn = 60\r\n";
    assert_eq!(settings(text).reader.column, 60);
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_it(text in r#"(\[(reader|panes|view|theme|keys)\]\n|[a-z_]{1,8} = |"|\[|\]|\{|\}|[0-9]|\n|=|<|.){0,40}"#) {
        if let Ok(settings) = read(text.as_bytes(), Path::new("config.toml")) {
            let again = read(print(&settings).as_bytes(), Path::new("config.toml")).unwrap();
            proptest::prop_assert_eq!(again, settings);
        }
    }
}
