//! Whatever is typed, clicked and resized, the reader goes on.

use std::sync::LazyLock;

use proptest::prelude::*;
use pullquote::app::mouse::{Mouse, What};
use pullquote::app::{Mode, Msg};
use pullquote::config::Role;
use pullquote::input::{Code, Key, Keymap, command::Command};

use super::{Screen, hostile, shelf};

/// Something that a reader does.
#[derive(Clone, Debug)]
enum Act {
    Keys(Vec<Key>),
    Mouse(What, (u16, u16)),
    Resize(u16, u16),
    Paste(&'static str),
}

static BOUND: LazyLock<Vec<Vec<Key>>> = LazyLock::new(|| {
    let map = Keymap::default();
    Command::ALL.iter().flat_map(|&it| map.keys_of(it).map(<[Key]>::to_vec)).collect()
});

/// Words that mean something at a prompt.
const WORDS: [&str; 15] = [
    "light",
    "the|Vaasa",
    "(",
    "set column=20",
    "set theme=light",
    "date 2020-02-03",
    "set justify=true",
    "set hyphenate=true",
    "set paragraphs=indent",
    "set names=none",
    "set scroll_margin=100",
    "foc",
    "東京 e\u{301}\u{200d}",
    "line\r\nend\u{1b}[2J",
    "42",
];

fn act() -> impl Strategy<Value = Act> {
    let keys = |keys: Vec<Key>| Act::Keys(keys);
    let named = [
        Code::Enter,
        Code::Esc,
        Code::Tab,
        Code::Up,
        Code::Down,
        Code::Left,
        Code::Right,
        Code::Home,
        Code::End,
        Code::Backspace,
        Code::Delete,
        Code::PageDown,
    ];
    let what = prop_oneof![
        (1..=5_u8).prop_map(What::Press),
        Just(What::Drag),
        Just(What::Release),
        prop_oneof![-4..=4_i16, any::<i16>()].prop_map(What::Wheel),
    ];
    let cell = prop_oneof![9 => (0..130_u16, 0..45_u16), 1 => any::<(u16, u16)>()];
    prop_oneof![
        12 => (0..BOUND.len()).prop_map(move |at| keys(BOUND[at].clone())),
        3 => prop::sample::select(named.to_vec()).prop_map(move |it| keys(vec![Key::plain(it)])),
        2 => prop::char::range(' ', '~').prop_map(move |it| keys(vec![Key::char(it)])),
        1 => any::<char>().prop_filter("text", |it| !it.is_control())
            .prop_map(move |it| keys(vec![Key::char(it)])),
        1 => (1..=999_u32, 0..BOUND.len()).prop_map(move |(count, at)| {
            let count = count.to_string().chars().map(Key::char).collect::<Vec<_>>();
            keys([count, BOUND[at].clone()].concat())
        }),
        3 => (what, cell).prop_map(|(what, at)| Act::Mouse(what, at)),
        2 => (1..130_u16, 1..45_u16).prop_map(|(columns, rows)| Act::Resize(columns, rows)),
        1 => prop::sample::select(WORDS.to_vec()).prop_map(Act::Paste),
        1 => prop::sample::select(WORDS.to_vec()).prop_map(move |words| {
            let typed = words.chars().filter(|it| !it.is_control()).map(Key::char);
            keys(std::iter::once(Key::char(':')).chain(typed).chain([Key::plain(Code::Enter)]).collect())
        }),
    ]
}

fn article() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(include_str!("../../../assets/sample.txt").to_owned()),
        3 => Just(hostile::text()),
        1 => Just("Word".to_owned()),
        1 => Just("\u{301}".to_owned()),
        1 => Just("\r\n\r\n“Said,” he said.\r\n\r\n\u{feff}\r\n".to_owned()),
        1 => Just("    let a = 1;\n\n\n\tlet b = “2”;\n\n> cited\n> twice\n".to_owned()),
    ]
}

#[track_caller]
fn holds(screen: &Screen) {
    let text = &screen.model.article.text;
    let at = screen.model.reader.cursor as usize;
    assert!(at < text.len() && text.is_char_boundary(at), "cursor at byte {at}");
    if let Some(selected) = screen.model.reader.selected(&screen.model.article) {
        assert!(text.get(selected.start as usize..selected.end as usize).is_some(), "{selected:?}");
    }
    let buffer = screen.draw();
    hostile::harmless(&buffer);
    if screen.model.shelf.is_some() {
        return;
    }
    // With the keys in the article, its cursor is to be seen where nothing lies above it.
    let model = &screen.model;
    let open = matches!(model.mode, Mode::Normal) && model.keys.is_empty();
    if let (true, Some(pane)) = (open, model.areas().article) {
        let cursor = screen.theme.style(Role::Cursor).bg;
        // Narrower than this, the indentation of code leaves no room for a wide character.
        let seen = pane.width < 7
            || pane.height == 0
            || pane.positions().any(|it| Some(buffer[it].bg) == cursor);
        assert!(seen, "no cursor at byte {at}\n{}", super::shown(&buffer));
    }
}

fn perform(screen: &mut Screen, acts: Vec<Act>) {
    holds(screen);
    for act in acts {
        match act {
            Act::Keys(keys) => keys.into_iter().for_each(|key| screen.send(Msg::Key(key))),
            Act::Mouse(what, at) => screen.send(Msg::Mouse(Mouse { what, at })),
            Act::Resize(columns, rows) => screen.send(Msg::Resize(columns, rows)),
            Act::Paste(text) => screen.send(Msg::Paste(text.to_owned())),
        }
        holds(screen);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn nothing_stops_the_reader(
        text in article(),
        size in (1..130_u16, 1..45_u16),
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let mut screen = Screen::text(&text, size.0, size.1);
        perform(&mut screen, acts);
    }

    #[test]
    fn nothing_stops_the_library(
        size in (1..130_u16, 1..45_u16),
        acts in prop::collection::vec(act(), 1..40),
    ) {
        perform(&mut shelf::library(size.0, size.1), acts);
    }
}
