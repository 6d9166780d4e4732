//! Feeds that are remembered.

use super::*;

#[test]
fn feeds_are_remembered_and_forgotten() {
    let place = Place::new();
    let mut library = place.open();
    let feed = |address: &str, title: &str| Subscription {
        address: address.to_owned(),
        title: title.to_owned(),
    };
    let two = [feed("https://b.example/", "B"), feed("https://a.example/", "A")];
    assert_eq!(library.subscribe(&two, now()).unwrap(), 2);
    let again = [feed("https://a.example/", "A new name"), feed("https://c.example/", "C")];
    assert_eq!(library.subscribe(&again, now()).unwrap(), 1);
    library.unsubscribe("https://b.example/").unwrap();
    drop(library);
    let mut library = place.open();
    assert_eq!(library.feeds().unwrap(), again);
    let error = library.unsubscribe("https://b.example/").unwrap_err();
    assert!(error.to_string().contains("no feed is remembered"), "{error}");
}

#[test]
fn an_article_is_known_by_where_it_is_from() {
    let place = Place::new();
    let mut library = place.open();
    let address = "https://example.org/ferry";
    assert_eq!(library.from_place(address).unwrap(), None);
    let id = library.enter(&article("The ferry.", address), now()).unwrap().seat.id();
    assert_eq!(library.from_place(address).unwrap(), Some(id));
    library.trash(id, now()).unwrap();
    assert_eq!(library.from_place(address).unwrap(), None);
}
