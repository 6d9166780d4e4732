//! The library's list: its columns at every width, searching, filtering, and what becomes of the
//! articles.

use std::sync::Arc;

use jiff::Timestamp;
use pullquote::app::mouse::What;
use pullquote::app::shelf::{self, Hit, ShelfRow};
use pullquote::app::{Effect, Message, Model, Msg};
use pullquote::article;
use pullquote::config::{Borders, BuiltIn, Settings};
use pullquote::ui::theme::{Background, Colour, Theme};

use super::{Screen, hostile};

fn day(day: &str) -> Option<Timestamp> {
    format!("{day}T09:30:00Z").parse().ok()
}

fn row(id: &str, title: &str, publisher: &str, tags: &[&str]) -> ShelfRow {
    ShelfRow {
        id: id.to_owned(),
        title: title.to_owned(),
        source: format!("articles/{id}.txt"),
        publisher: publisher.to_owned(),
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        ..ShelfRow::default()
    }
}

/// A small library: read and unread, one in the trash, one whose title is no good.
pub(super) fn rows() -> Vec<ShelfRow> {
    vec![
        ShelfRow {
            authors: vec!["Ada Marsh".into(), "Per Lindqvist".into()],
            published: "2024-03-03".parse().ok(),
            added: day("2024-03-04"),
            opened: day("2024-05-01"),
            progress: 40,
            quotes: 12,
            marks: 3,
            unreviewed: 17,
            ..row(
                "ferry",
                "The ferry to Osthaven sails again",
                "The Coast Post",
                &["sea", "harbour"],
            )
        },
        ShelfRow {
            published: "2024-04-01".parse().ok(),
            added: day("2024-04-02"),
            opened: day("2024-04-30"),
            progress: 100,
            quotes: 4,
            marks: 120,
            lost: 2,
            ..row(
                "orchard",
                "What the old orchard has to say about the weather of next spring, and why nobody asks it",
                "Field Notes Quarterly Review",
                &["trees"],
            )
        },
        ShelfRow {
            added: day("2024-04-20"),
            quotes: 1,
            ..row(
                "tokyo",
                "東京の港は今日も静かだった。船は一隻も来なかった。",
                "港湾新聞",
                &["sea"],
            )
        },
    ]
    .into_iter()
    .chain(strange())
    .collect()
}

/// One without a title, one whose words would take the terminal over, one in the trash.
fn strange() -> [ShelfRow; 3] {
    [
        ShelfRow {
            added: day("2024-02-01"),
            progress: 3,
            unreviewed: 1,
            ..row("untitled", " ", "", &[])
        },
        ShelfRow {
            added: day("2024-01-01"),
            published: "2023-12-31".parse().ok(),
            ..row(
                "hostile",
                "Red \u{1b}[31m\u{202e}thgir ot tfel\r\nand two lines",
                "\u{7}Bell",
                &["\u{9b}2J"],
            )
        },
        ShelfRow {
            added: day("2024-01-02"),
            trashed: true,
            ..row("old", "An old one that nobody wanted", "The Coast Post", &["sea"])
        },
    ]
}

/// What a library would do, as far as the list can tell.
pub(super) fn answer(screen: &mut Screen, effect: Effect) {
    let library = &mut screen.library;
    let mut each = |ids: &[String], change: &dyn Fn(&mut ShelfRow)| {
        library.iter_mut().filter(|it| ids.contains(&it.id)).for_each(change);
    };
    match effect {
        Effect::Shelf => {}
        Effect::Trash(ids) => each(&ids, &|it| it.trashed = true),
        Effect::Untrash(ids) => each(&ids, &|it| it.trashed = false),
        Effect::TagArticles(ids, tags) => each(&ids, &|it| {
            it.tags.extend(tags.clone());
            it.tags.dedup();
        }),
        Effect::UntagArticles(ids, tags) => {
            each(&ids, &|it| it.tags.retain(|tag| !tags.contains(tag)));
        }
        Effect::OpenId(..) => {
            let (article, settings) = (Arc::new(article::sample()), Settings::default());
            let mut model = Model::new(article, settings, screen.model.screen);
            model.progress.stage = None;
            shelf::carry(&mut screen.model, &mut model);
            screen.model = model;
            return;
        }
        Effect::SearchLibrary(query) => {
            screen.send(Msg::Hits(query, hits()));
            return;
        }
        _ => return,
    }
    screen.send(Msg::Shelf(screen.library.clone()));
}

fn hits() -> Vec<Hit> {
    let hit = |id: &str, title: &str, what, words: &str, place| Hit {
        id: id.into(),
        title: title.into(),
        what,
        words: words.into(),
        place,
    };
    let ferry = "The ferry to Osthaven sails again";
    vec![
        hit(
            "ferry",
            ferry,
            shelf::What::Quote,
            "The pier was built for boats, not for\nspeeches",
            Some(31),
        ),
        hit(
            "orchard",
            "What the old orchard has to say",
            shelf::What::Text,
            "… as far as the Piers of the north \u{1b}[2J",
            Some(90),
        ),
        hit("ferry", ferry, shelf::What::Note, "ask who owns the pier", None),
    ]
}

/// The list with its rows.
pub(super) fn library(columns: u16, rows: u16) -> Screen {
    themed(Settings::default(), columns, rows)
}

fn themed(settings: Settings, columns: u16, rows: u16) -> Screen {
    let theme = Theme::new(&settings.theme, Some(Background::Dark), Colour::Yes);
    let model = Model::library(settings, (columns, rows));
    let mut screen = Screen { model, theme, kept: 0, library: self::rows() };
    screen.send(Msg::Shelf(self::rows()));
    screen
}

fn says(screen: &Screen) -> &str {
    match &screen.model.message {
        Some(Message::Done(said) | Message::Failed(said)) => said,
        None => "",
    }
}

#[test]
fn the_width_decides_on_the_columns() {
    for (name, columns, rows) in [
        ("shelf_wide", 150, 24),
        ("shelf_columns", 110, 24),
        ("shelf_medium", 80, 24),
        ("shelf_narrow", 50, 24),
        ("shelf_low", 50, 5),
        ("shelf_tiny", 20, 4),
    ] {
        library(columns, rows).press("j").check(name);
    }
}

#[test]
fn searching_underlines_what_is_found() {
    let mut screen = library(110, 12);
    screen.press("/sea").check_looks("shelf_search");
    screen.press("<C-u>osth<Space>ferry").check_looks("shelf_search_words");
    screen.press("<Enter>").check("shelf_searched");
    screen.press("/<C-u>nothing<Space>like<Space>it").check("shelf_search_nothing");
}

#[test]
fn filters_and_the_order_are_said() {
    let mut screen = library(80, 24);
    screen.press("f").check("shelf_filter");
    screen.press("jjj<Space>qsss").check("shelf_filtered");
    screen.press("S").check("shelf_reversed");
}

#[test]
fn the_trash_is_listed() {
    let mut screen = library(80, 12);
    screen.press("jdd").check("shelf_trashed");
    screen.press("fjjjjjj<Space>q").check("shelf_trash");
    screen.press("R");
    assert_eq!(says(&screen), "took “An old one that nobody wanted” out of the trash");
    screen.press("R").check("shelf_trash_empty");
    screen.press("uu");
    assert_eq!(says(&screen), "moved “An old one that nobody wanted” to the trash again");
}

#[test]
fn rows_are_marked_and_tagged() {
    let mut screen = library(80, 12);
    screen.press("Vjj").check_looks("shelf_marked");
    screen.press("ths<Backspace><Tab>").check("shelf_tagging");
    screen.press("<Enter>").check("shelf_tagged");
    screen.press("g").check("shelf_hints");
}

#[test]
fn texts_are_searched() {
    let mut screen = library(80, 10);
    screen.press("g/").check("shelf_texts_prompt");
    screen.press("pier<Enter>j").check_looks("shelf_texts");
    screen.press("<Enter>");
    assert!(screen.model.shelf.is_none());
    // The list of what was found is still there.
    screen.press("q").check("shelf_texts");
}

#[test]
fn an_article_is_opened_and_left() {
    let mut screen = library(80, 24);
    screen.press("j<Enter>");
    assert!(screen.model.shelf.is_none());
    screen.press("q").check("shelf_medium");
    screen.press("<Enter>gl").check("shelf_medium");
    screen.press("q");
    assert!(screen.model.shelf.is_none());
}

#[test]
fn the_mouse_chooses_and_opens() {
    let mut screen = library(80, 24);
    let chosen = |screen: &Screen| screen.model.shelf.as_ref().map(|it| it.list.selected);
    screen.mouse(What::Press(1), (10, 4));
    assert_eq!(chosen(&screen), Some(2));
    screen.mouse(What::Wheel(-1), (10, 4));
    assert_eq!(chosen(&screen), Some(1));
    screen.mouse(What::Press(1), (10, 20));
    assert_eq!(chosen(&screen), Some(1));
    screen.mouse(What::Press(2), (10, 3));
    assert_eq!(chosen(&screen), None);

    let mut narrow = library(50, 24);
    narrow.mouse(What::Press(1), (10, 4));
    assert_eq!(chosen(&narrow), Some(1));
}

#[test]
fn an_empty_library_says_what_to_do() {
    let mut screen = library(80, 8);
    screen.send(Msg::Shelf(Vec::new()));
    screen.press("jGdd<Enter>").check("shelf_empty");
}

#[test]
fn the_list_needs_no_colours_and_no_other_signs() {
    let screen = library(110, 24).themed(BuiltIn::NoColour, Colour::No);
    screen.check_looks("shelf_no_colour");
    let mut settings = Settings::default();
    settings.view.borders = Borders::Ascii;
    settings.theme.borders = Borders::Ascii;
    let mut screen = themed(settings, 110, 24);
    screen.library.retain(|it| it.title.is_ascii() && !it.title.contains('\u{1b}'));
    screen.send(Msg::Shelf(screen.library.clone()));
    let shown = screen.check("shelf_ascii").shown();
    assert_eq!(shown.chars().find(|it| !it.is_ascii()), None);
}

#[test]
fn the_list_fits_any_screen() {
    for columns in 1..=130 {
        let rows = columns % 30 + 1;
        for keys in ["j", "/sea", "f", "Vjt", "g/x<Enter>", "?", "g"] {
            let mut screen = library(columns, rows);
            screen.press(keys);
            hostile::harmless(&screen.draw());
        }
    }
}
