//! Feeds on their way, and what they offer when it is opened.

use std::collections::HashMap;
use std::path::Path;
use std::sync::mpsc::Sender;

use super::another::Here;
use super::{Event, Session, shelf};
use crate::app::shelf::{Offer, Offered, ShelfRow};
use crate::app::{self, Effect, Message, Msg};
use crate::article::feed::{self, Feed};
use crate::error::Result;
use crate::fetch::{Fetcher, Limits};
use crate::library::{Library, Subscription};

/// Many feeds that are being fetched for one list. Dropping it stops that.
pub(super) struct Feeding {
    fetcher: Fetcher,
    /// Which list they are for.
    pub(super) number: u64,
    left: usize,
}

impl Drop for Feeding {
    fn drop(&mut self) {
        self.fetcher.cancel();
    }
}

/// One of many feeds, or why it is not there.
pub(super) struct Fed {
    /// Which list it is for.
    list: u64,
    feed: Subscription,
    result: Result<Feed>,
}

impl Feeding {
    pub(super) fn start(
        number: u64,
        feeds: Vec<Subscription>,
        limits: Limits,
        send: Sender<Event>,
    ) -> Self {
        let fetcher = Fetcher::new(limits);
        let (work, left) = (fetcher.clone(), feeds.len());
        std::thread::spawn(move || {
            let addresses: Vec<String> = feeds.iter().map(|it| it.address.clone()).collect();
            let send = std::sync::Mutex::new(send);
            work.feeds(&addresses, |at, result| {
                let Some(feed) = feeds.get(at).cloned() else { return };
                if let Ok(send) = send.lock() {
                    // Nobody listens once the program is leaving.
                    send.send(Event::Fed(Box::new(Fed { list: number, feed, result }))).ok();
                }
            });
        });
        Self { fetcher, number, left }
    }
}

/// What one of many feeds gives to the list, the reason where it gives nothing.
pub(crate) fn offered(feed: &Subscription, result: Result<Feed>) -> Vec<Offered> {
    match result {
        Ok(it) => Offered::all(it, &feed.title, &feed.address),
        Err(error) => {
            vec![Offered::trouble(&feed.title, &feed.address, error.to_string())]
        }
    }
}

impl Session {
    /// Takes in one of many feeds.
    pub(super) fn hear_of_feed(&mut self, fed: Fed) {
        let Some(feeding) = self.feeding.as_mut().filter(|it| it.number == fed.list) else {
            return;
        };
        feeding.left = feeding.left.saturating_sub(1);
        if feeding.left == 0 {
            self.feeding = None;
        }
        let items = offered(&fed.feed, fed.result);
        for effect in app::update(&mut self.model, Msg::Offered(fed.list, items)) {
            self.effect(effect);
        }
    }

    /// Waits no longer for what is on its way; whether anything was.
    pub(super) fn stop_waiting(&mut self) -> bool {
        if self.fetching.take().is_some() {
            self.model.message = Some(Message::Done("the page is not fetched".to_owned()));
            return true;
        }
        if let Some(feeding) = self.feeding.take() {
            app::shelf::give_up(&mut self.model, feeding.number);
            let said = "the feeds that are not here yet are not fetched";
            self.model.message = Some(Message::Done(said.to_owned()));
            return true;
        }
        false
    }

    /// Shows a list of what a feed offers.
    pub(super) fn list_feed(&mut self, address: &str, feed: Feed) {
        let offer = Box::new(Offer::of(self.fetched, feed, address));
        for effect in app::update(&mut self.model, Msg::Offer(offer)) {
            self.effect(effect);
        }
    }

    /// Opens what a feed offers: from the library where it is there, from the feed itself where
    /// only that has it, else from its site.
    pub(super) fn open_offered(&mut self, offered: &Offered) {
        let place = offered.place();
        if offered.item.is_feed {
            return self.fetch_feed(&place);
        }
        if let Some(path) = self.library.as_deref().filter(|it| it.exists()) {
            let known = Library::open(path).and_then(|it| it.from_place(&place));
            match known {
                Ok(Some(id)) => {
                    let article = shelf::article(path, &id.to_string());
                    return self.show_or_say(article);
                }
                Ok(None) => {}
                Err(error) => return self.show_or_say(Err::<Here, _>(error)),
            }
        }
        if let Some(link) = &offered.item.link {
            return self.open(link);
        }
        let name = Some(offered.feed.as_str()).filter(|it| !it.is_empty());
        self.show_or_say(feed::article(&offered.item, name, &offered.source));
    }

    /// The rows of what feeds offer, with what the library knows of them.
    pub(super) fn offered_rows(&mut self) -> Result<Vec<ShelfRow>> {
        self.set_aside();
        let kept = match self.library.as_deref().filter(|it| it.exists()) {
            Some(path) => kept(path)?,
            None => HashMap::new(),
        };
        let offer = self.model.shelf.as_ref().and_then(|it| it.offer.as_ref());
        Ok(offer.map(|it| it.rows(|place| kept.get(place).cloned())).unwrap_or_default())
    }
}

/// The articles of the library by where they are from.
fn kept(path: &Path) -> Result<HashMap<String, ShelfRow>> {
    let rows = shelf::rows(path)?.into_iter().filter(|it| !it.trashed);
    Ok(rows.map(|it| (it.source.clone(), it)).collect())
}

/// Whether the list on the screen is of what feeds offer.
pub(super) fn is_listed(effect: &Effect, model: &app::Model) -> bool {
    matches!(effect, Effect::Shelf) && model.shelf.as_ref().is_some_and(|it| it.offer.is_some())
}
