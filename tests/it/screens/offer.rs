//! What feeds offer, in the library's list.

use pullquote::app::shelf::{Offer, Offered, ShelfRow};
use pullquote::app::{Effect, Message, Model, Msg};
use pullquote::article::feed::Item;
use pullquote::config::Settings;
use pullquote::ui::theme::{Background, Colour, Theme};

use super::{Screen, shelf};

fn item(title: &str, link: Option<&str>) -> Item {
    let link = link.map(str::to_owned);
    Item { id: title.to_owned(), title: title.to_owned(), link, ..Item::default() }
}

fn offered(item: Item) -> Offered {
    let (feed, source) = ("The Coast Post".to_owned(), "https://example.org/feed".to_owned());
    Offered { item, feed, source, trouble: None }
}

fn offer() -> Offer {
    let ferry = Item {
        published: "2024-03-03".parse().ok(),
        authors: vec!["Ada Marsh".into()],
        summary: Some("It sails again, and nobody knows for how long.".into()),
        ..item("The ferry sails", Some("https://example.org/ferry"))
    };
    let read = Item {
        published: "2024-04-01".parse().ok(),
        ..item("What the orchard says", Some("https://example.org/orchard"))
    };
    let hostile = item("Red \u{1b}[31m\u{202e}thgir ot tfel", None);
    let feed =
        Item { is_feed: true, ..item("A feed of its own", Some("https://example.net/feed")) };
    let trouble = Offered::trouble(
        "The Night Post",
        "https://example.com/feed",
        "example.com did not answer in time".into(),
    );
    let mut items: Vec<Offered> = [ferry, read, hostile, feed].into_iter().map(offered).collect();
    items.push(trouble);
    Offer { number: 7, name: "All feeds".into(), items, waiting: 2 }
}

/// The library knows the one about the orchard.
fn rows(offer: &Offer) -> Vec<ShelfRow> {
    let mut known = shelf::rows();
    known[1].source = "https://example.org/orchard".into();
    offer.rows(|place| known.iter().find(|it| it.source == place).cloned())
}

fn screen(columns: u16, rows: u16) -> Screen {
    let settings = Settings::default();
    let theme = Theme::new(&settings.theme, Some(Background::Dark), Colour::Yes);
    let offer = offer();
    let library = self::rows(&offer);
    let model = Model::offering(settings, (columns, rows), offer);
    let mut screen = Screen { model, theme, kept: 0, library: library.clone() };
    screen.send(Msg::Shelf(library));
    screen
}

#[test]
fn what_is_offered_is_shown() {
    let mut wide = screen(150, 24);
    wide.check("offer_wide");
    wide.press("j").check("offer_new");
    wide.press("G").check("offer_trouble");
    screen(80, 20).press("jj").check("offer_medium");
    screen(40, 20).check("offer_narrow");
}

fn says(screen: &Screen) -> &str {
    match &screen.model.message {
        Some(Message::Done(said) | Message::Failed(said)) => said,
        None => "",
    }
}

#[test]
fn a_feed_that_comes_late_is_added() {
    let mut screen = screen(80, 20);
    screen.press("j");
    let late = vec![offered(item("A late one", Some("https://example.org/late")))];
    let effects = pullquote::app::update(&mut screen.model, Msg::Offered(7, late.clone()));
    assert!(matches!(effects[..], [Effect::Shelf]), "{effects:?}");
    let shelf = screen.model.shelf.as_ref().expect("it is there");
    let offer = shelf.offer.as_ref().expect("it is of what is offered");
    assert_eq!((offer.items.len(), offer.waiting), (6, 1));
    let effects = pullquote::app::update(&mut screen.model, Msg::Offered(6, late));
    assert!(effects.is_empty());
}

#[test]
fn what_is_for_the_library_is_not_done_here() {
    let mut screen = screen(80, 20);
    for keys in ["dd", "t", "T", "R", "u"] {
        screen.press(keys);
        assert_eq!(says(&screen), "that is for the library; gl goes there", "{keys}");
    }
    screen.press("G<Enter>");
    assert_eq!(says(&screen), "example.com did not answer in time");
}
