//! What the library's list costs with ten thousand articles: taking in the rows, each key of a
//! search, the order, drawing.

use divan::Bencher;
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use pullquote::app::shelf::ShelfRow;
use pullquote::app::{Model, Msg, update};
use pullquote::config::Settings;
use pullquote::input::{Key, key};
use pullquote::ui;
use pullquote::ui::theme::Theme;

fn main() {
    divan::main();
}

const ARTICLES: u32 = 10_000;

const WORDS: [&str; 16] = [
    "harbour", "council", "weather", "Osthaven", "ferry", "orchard", "minister", "bridge", "the",
    "of", "spring", "strike", "answer", "Zürich", "railway", "old",
];

fn words(seed: u32, count: u32) -> String {
    let word = |at: u32| {
        let mixed = (seed * 31 + at).wrapping_mul(2_654_435_761) >> 16;
        WORDS[mixed as usize % WORDS.len()]
    };
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

fn row(at: u32) -> ShelfRow {
    let moment = |at: u32| Timestamp::from_second(1_600_000_000 + i64::from(at) * 3571).ok();
    ShelfRow {
        id: format!("{at:032x}"),
        title: words(at, 9),
        source: format!("https://example.org/{at}"),
        authors: vec![words(at + 1, 2), words(at + 2, 2)],
        publisher: words(at % 50, 3),
        published: "2024-03-03".parse().ok(),
        added: moment(at),
        opened: if at.is_multiple_of(3) { moment(at * 7 % ARTICLES) } else { None },
        progress: u8::try_from(at % 101).unwrap_or(0),
        quotes: at % 40,
        marks: at % 7,
        unreviewed: at % 90,
        lost: u32::from(at.is_multiple_of(500)),
        tags: vec![words(at % 30, 1), words(at % 11, 2)],
        trashed: at.is_multiple_of(100),
        ..ShelfRow::default()
    }
}

fn rows() -> Vec<ShelfRow> {
    (0..ARTICLES).map(row).collect()
}

fn library() -> Model {
    let mut model = Model::library(Settings::default(), (150, 45));
    update(&mut model, Msg::Shelf(rows()));
    model
}

fn press(model: &mut Model, keys: &[Key]) {
    for &key in keys {
        update(model, Msg::Key(key));
    }
}

fn keys(notation: &str) -> Vec<Key> {
    key::parse(notation).expect("the keys can be read")
}

fn terminal() -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(150, 45)).expect("nothing is drawn yet")
}

/// From the rows of the library to the first picture.
#[divan::bench]
fn opening(bencher: Bencher<'_, '_>) {
    let mut terminal = terminal();
    bencher.with_inputs(rows).bench_local_values(|rows| {
        let mut model = Model::library(Settings::default(), (150, 45));
        update(&mut model, Msg::Shelf(rows));
        terminal.draw(|frame| ui::view(&model, &Theme::default(), frame)).expect("it draws");
        model
    });
}

/// A key behind what is typed already, with its picture.
#[divan::bench(args = ["/h", "/harb", "/harb<Space>osth<Space>zur", "/zzz", "/eeeeeeeeeeeeeeee"])]
fn a_key_of_a_search(bencher: Bencher<'_, '_>, typed: &str) {
    let mut typed = keys(typed);
    let last = typed.pop().expect("something is typed");
    let (mut model, mut terminal) = (library(), terminal());
    press(&mut model, &typed);
    let back = keys("<Backspace>");
    bencher.bench_local(|| {
        update(&mut model, Msg::Key(last));
        terminal.draw(|frame| ui::view(&model, &Theme::default(), frame)).expect("it draws");
        // The query is as it was, which costs as much once more.
        press(&mut model, &back);
    });
}

/// To the next order and back to the first one: seven sorts.
#[divan::bench]
fn every_order(bencher: Bencher<'_, '_>) {
    let (mut model, keys) = (library(), keys("sssssss"));
    bencher.bench_local(|| press(&mut model, &keys));
}

/// A row down, with its picture.
#[divan::bench(args = ["", "/harb<Enter>"])]
fn moving(bencher: Bencher<'_, '_>, typed: &str) {
    let (mut model, mut terminal) = (library(), terminal());
    if !typed.is_empty() {
        press(&mut model, &keys(typed));
    }
    let down = keys("j");
    bencher.bench_local(|| {
        press(&mut model, &down);
        terminal.draw(|frame| ui::view(&model, &Theme::default(), frame)).expect("it draws");
    });
}

/// An article into the trash and out of it again.
#[divan::bench]
fn trashing(bencher: Bencher<'_, '_>) {
    let (mut model, keys) = (library(), keys("ddu"));
    bencher.bench_local(|| press(&mut model, &keys));
}
