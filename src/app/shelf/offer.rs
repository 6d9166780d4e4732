//! What feeds offer, listed as articles are.

use super::{Order, Shelf, ShelfRow, Sort};
use crate::app::{Effect, Model};
use crate::article::feed::{Feed, Item};

/// What one feed or several offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Tells it from others, so that what comes late is put where it belongs.
    pub number: u64,
    /// What it is called.
    pub name: String,
    /// What is offered, as it came.
    pub items: Vec<Offered>,
    /// How many feeds are still on their way.
    pub waiting: usize,
}

/// Something that a feed offers, or why the feed is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// What it is.
    pub item: Item,
    /// What its feed is called; empty where it has no name.
    pub feed: String,
    /// The address of its feed.
    pub source: String,
    /// Why the feed is not there; then there is no item.
    pub trouble: Option<String>,
}

impl Offered {
    /// All items of a feed. `name` is what it is called where it does not say so.
    pub fn all(feed: Feed, name: &str, source: &str) -> Vec<Self> {
        let title = feed.title.unwrap_or_else(|| name.to_owned());
        let offered =
            |item| Self { item, feed: title.clone(), source: source.to_owned(), trouble: None };
        feed.items.into_iter().map(offered).collect()
    }

    /// A feed that is not there.
    pub fn trouble(name: &str, source: &str, why: String) -> Self {
        let (feed, source) = (name.to_owned(), source.to_owned());
        Self { feed, source, trouble: Some(why), ..Self::default() }
    }

    /// By what the library knows it, once it is read.
    pub fn place(&self) -> String {
        let own = || format!("{}#{}", self.source, self.item.id);
        self.item.link.clone().unwrap_or_else(own)
    }
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// An article of the library.
    #[default]
    Kept,
    /// An article that a feed offers, and that the library does not have.
    New,
    /// A feed, in a list of feeds.
    Feed,
    /// A feed that is not there; the title says why.
    Trouble,
}

impl Offer {
    /// What a feed offers. `source` is its address.
    pub fn of(number: u64, feed: Feed, source: &str) -> Self {
        let name = feed.title.clone().unwrap_or_else(|| source.to_owned());
        Self { number, items: Offered::all(feed, "", source), name, waiting: 0 }
    }

    /// The rows of it. `kept` gives the row of an article that the library has, by its place.
    pub fn rows(&self, kept: impl Fn(&str) -> Option<ShelfRow>) -> Vec<ShelfRow> {
        let row = |(number, it): (u32, &Offered)| {
            let row = ShelfRow { offered: Some(number), ..row_of(it, &kept) };
            ShelfRow { id: format!("offered {number}"), ..row }
        };
        (0..).zip(&self.items).map(row).collect()
    }
}

fn row_of(it: &Offered, kept: impl Fn(&str) -> Option<ShelfRow>) -> ShelfRow {
    if let Some(why) = &it.trouble {
        let title = format!("{}: {why}", if it.feed.is_empty() { &it.source } else { &it.feed });
        let source = it.source.clone();
        return ShelfRow { title, source, standing: Standing::Trouble, ..ShelfRow::default() };
    }
    let place = it.place();
    let kept = if it.item.is_feed { None } else { kept(&place) };
    let standing = match (&kept, it.item.is_feed) {
        (_, true) => Standing::Feed,
        (Some(_), false) => Standing::Kept,
        (None, false) => Standing::New,
    };
    let kept = kept.unwrap_or_default();
    ShelfRow {
        title: it.item.title.clone(),
        source: place,
        authors: it.item.authors.clone(),
        publisher: it.feed.clone(),
        published: it.item.published.or(kept.published),
        summary: it.item.summary.clone().unwrap_or_default(),
        trashed: false,
        standing,
        ..kept
    }
}

impl Shelf {
    /// A list of what is offered, before its rows have come.
    pub fn offering(offer: Offer) -> Self {
        let order = Order { by: Sort::Published, reversed: false };
        Self { offer: Some(offer), order, ..Self::default() }
    }

    /// The list of this number, be it this one or one behind it.
    fn find_offer(&mut self, number: u64) -> Option<&mut Offer> {
        if self.offer.as_ref().is_some_and(|it| it.number == number) {
            return self.offer.as_mut();
        }
        self.behind.as_mut().and_then(|it| it.find_offer(number))
    }

    /// How many of the rows the library has.
    pub fn kept(&self) -> usize {
        self.rows.iter().filter(|it| it.standing == Standing::Kept).count()
    }
}

/// Lists what a feed offers, before what is on the screen.
pub(in crate::app) fn show(model: &mut Model, offer: Offer) -> Vec<Effect> {
    let shelf = Shelf::offering(offer);
    let before = model.shelf.take();
    let back = before.is_none();
    model.shelf = Some(Shelf { behind: before.map(Box::new), back, ..shelf });
    vec![Effect::Shelf]
}

/// Takes in what a feed offers that was waited for.
pub(in crate::app) fn add(model: &mut Model, number: u64, items: Vec<Offered>) -> Vec<Effect> {
    let seen = |it: &Shelf| it.offer.as_ref().is_some_and(|it| it.number == number);
    let is_seen = model.shelf.as_ref().is_some_and(seen);
    let shelves = [model.shelf.as_mut(), model.shelved.as_mut()];
    let Some(offer) = shelves.into_iter().flatten().find_map(|it| it.find_offer(number)) else {
        return Vec::new();
    };
    offer.items.extend(items);
    offer.waiting = offer.waiting.saturating_sub(1);
    if is_seen { vec![Effect::Shelf] } else { Vec::new() }
}

/// Waits no longer for what has not come yet.
pub fn give_up(model: &mut Model, number: u64) {
    let shelves = [model.shelf.as_mut(), model.shelved.as_mut()];
    if let Some(offer) = shelves.into_iter().flatten().find_map(|it| it.find_offer(number)) {
        offer.waiting = 0;
    }
}

/// Opens what the chosen row offers.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let Some(shelf) = &model.shelf else { return Vec::new() };
    let number = shelf.selected().and_then(|it| it.offered);
    let chosen = shelf.offer.as_ref().zip(number).and_then(|(it, at)| it.items.get(at as usize));
    let Some(chosen) = chosen else { return Vec::new() };
    if let Some(why) = &chosen.trouble {
        let why = why.clone();
        model.complain(why);
        return Vec::new();
    }
    vec![Effect::OpenOffered(Box::new(chosen.clone()))]
}

/// Goes from here to the library; leaving that comes back.
pub(super) fn to_library(from: Shelf, back: bool) -> Shelf {
    Shelf { behind: Some(Box::new(from)), back, ..Shelf::default() }
}
