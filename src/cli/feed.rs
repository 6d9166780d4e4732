//! `pullquote feed`: what sites offer to read.

use std::io::IsTerminal;
use std::sync::Mutex;

use jiff::Timestamp;
use serde::Serialize;

use super::args::{Feed as Asked, Global};
use super::queries::{clean, show_as};
use super::source::{self, Ways};
use super::{Outcome, complain, library, open, print};
use crate::app::shelf::{Offer, Offered};
use crate::article::feed::{self, Feed};
use crate::error::{Error, Result};
use crate::fetch::{Fetcher, Limits, is_address};
use crate::library::{Library, Subscription};
use crate::run;

pub(super) fn run(asked: &Asked, global: &Global) -> Result<Outcome> {
    let on_terminal = std::io::stdout().is_terminal() && !asked.json;
    let Some(source) = &asked.source else {
        let feeds = remembered(global)?;
        if asked.opml {
            return print(&feed::list(feeds.iter().map(|it| (&*it.title, &*it.address))));
        }
        if !on_terminal {
            return print_all(&feeds, asked.json, global);
        }
        let (name, waiting) = ("All feeds".to_owned(), feeds.len());
        let offer = Offer { number: run::FIRST, name, waiting, ..Offer::default() };
        return open::offered(offer, feeds, global);
    };
    if asked.forget {
        Library::open(&global.library_file()?)?.unsubscribe(source)?;
        return print(&format!("forgot {}\n", clean(source)));
    }
    let feed = source::feed(source, &Ways::of(None, global))?;
    if asked.keep {
        return keep(source, &feed, global);
    }
    let offer = Offer::of(run::FIRST, feed, &place(source));
    if on_terminal && source != "-" {
        return open::offered(offer, Vec::new(), global);
    }
    show_as(asked.json, (&clean(&offer.name), [0, 3, 0, 2]), &offer.items, ItemJson::of, cells)
}

/// The source of a feed as it is wherever we are.
fn place(source: &str) -> String {
    if is_address(source) || source == "-" {
        return source.to_owned();
    }
    let path = std::path::Path::new(source);
    path.canonicalize().map_or_else(|_| source.to_owned(), |it| it.display().to_string())
}

/// The feeds that are remembered, of which there has to be one.
fn remembered(global: &Global) -> Result<Vec<Subscription>> {
    let known = library::known(Some(&global.library_file()?))?;
    let feeds = known.map_or_else(|| Ok(Vec::new()), |it| it.feeds())?;
    if feeds.is_empty() {
        return Err(Error::usage("no feed is remembered, and none is named").hint(
            "`pullquote feed ADDRESS --keep` or `pullquote import FILE.opml` remembers feeds",
        ));
    }
    Ok(feeds)
}

/// Remembers a feed, or all feeds of a list.
fn keep(source: &str, feed: &Feed, global: &Global) -> Result<Outcome> {
    let listed = feed.items.iter().filter(|it| it.is_feed).count();
    let feeds = if listed > 0 {
        subscriptions(feed)
    } else if is_address(source) {
        let title = feed.title.clone().unwrap_or_else(|| source.to_owned());
        vec![Subscription { address: source.to_owned(), title }]
    } else {
        return Err(Error::usage("only a feed on the web can be remembered")
            .hint("name it by its address, or a list of feeds (OPML) by its file"));
    };
    subscribe(&feeds, global).and_then(|said| print(&said))
}

/// Remembers feeds and says how many are new.
pub(super) fn subscribe(feeds: &[Subscription], global: &Global) -> Result<String> {
    let mut library = Library::open(&global.library_file()?)?;
    let new = library.subscribe(feeds, Timestamp::now())?;
    let many = if feeds.len() == 1 { "" } else { "s" };
    Ok(format!("{} feed{many}, {new} of them new\n", feeds.len()))
}

/// The feeds of a list of feeds.
pub(super) fn subscriptions(list: &Feed) -> Vec<Subscription> {
    let feed = |it: &feed::Item| {
        let address = it.link.clone().filter(|_| it.is_feed)?;
        Some(Subscription { address, title: it.title.clone() })
    };
    list.items.iter().filter_map(feed).collect()
}

/// Prints what all feeds offer, the newest first. A feed that is not there is said on stderr.
fn print_all(feeds: &[Subscription], as_json: bool, global: &Global) -> Result<Outcome> {
    let addresses: Vec<String> = feeds.iter().map(|it| it.address.clone()).collect();
    let limits = Limits { private: global.allow_private, ..Limits::default() };
    let results = Mutex::new(Vec::new());
    Fetcher::new(limits).feeds(&addresses, |at, result| {
        if let Ok(mut results) = results.lock() {
            results.push((at, result));
        }
    });
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|it| it.0);
    let (mut items, mut outcome) = (Vec::new(), Outcome::Done);
    for (at, result) in results {
        match result {
            Ok(feed) => items.extend(Offered::all(feed, &feeds[at].title, &feeds[at].address)),
            Err(error) => {
                let error_of = Error::new(format!("{}: {error}", feeds[at].title));
                complain(&match error.hint_text() {
                    Some(hint) => error_of.hint(hint),
                    None => error_of,
                });
                outcome = Outcome::Partly;
            }
        }
    }
    items.sort_by_key(|it: &Offered| std::cmp::Reverse(it.item.published));
    show_as(as_json, ("All feeds", [0, 3, 1, 2]), &items, ItemJson::of, |it| {
        let [day, title, _, link] = cells(it);
        [day, title, clean(&it.feed), link]
    })?;
    Ok(outcome)
}

fn cells(it: &Offered) -> [String; 4] {
    let day = it.item.published.map(|it| it.to_string()).unwrap_or_default();
    let link = it.item.link.as_deref().map(clean).unwrap_or_default();
    [day, clean(&it.item.title), clean(&it.item.authors.join(", ")), link]
}

#[derive(Serialize)]
struct ItemJson {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    feed: String,
}

impl ItemJson {
    fn of(it: &Offered) -> Self {
        let item = &it.item;
        Self {
            id: item.id.clone(),
            title: item.title.clone(),
            link: item.link.clone(),
            published: item.published.map(|it| it.to_string()),
            authors: item.authors.clone(),
            summary: item.summary.clone(),
            feed: it.feed.clone(),
        }
    }
}
