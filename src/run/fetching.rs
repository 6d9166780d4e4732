//! A page on its way, while the reader goes on reading.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use super::{Event, Session};
use crate::app::Message;
use crate::article::feed::Feed;
use crate::article::{self, Article, How};
use crate::error::Result;
use crate::fetch::{self, Fetcher, Limits};

/// What the threads have to say of the page with this number.
pub(super) enum News {
    /// It is still on its way.
    Going,
    /// It is here, or will not come.
    Here(Box<Result<Article>>),
    /// The feed from this address is here, or will not come.
    Feed(String, Box<Result<Feed>>),
}

/// What an address is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Article,
    Feed,
}

/// A page that is being fetched. Dropping it stops that.
pub(super) struct Fetching {
    fetcher: Fetcher,
    host: String,
    bytes: Arc<AtomicUsize>,
    ended: Arc<AtomicBool>,
    turns: usize,
    /// Which page it is.
    pub(super) number: u64,
}

/// How often the screen shows that something goes on.
const TURN: Duration = Duration::from_millis(120);
const SIGNS: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

impl Fetching {
    /// Begins to fetch an address; news goes to `tell`, which says whether anybody listens.
    pub(super) fn start(
        (what, address): (Wanted, &str),
        limits: Limits,
        number: u64,
        tell: impl Fn(u64, News) -> bool + Send + Clone + 'static,
    ) -> Self {
        let fetcher = Fetcher::new(limits);
        let host = address.split("://").nth(1).unwrap_or(address);
        let host = host.split(['/', '?', '#']).next().unwrap_or(host).to_owned();
        let (bytes, ended) = (Arc::<AtomicUsize>::default(), Arc::<AtomicBool>::default());
        let (work, address) = (fetcher.clone(), address.to_owned());
        let (count, done, ticks) = (Arc::clone(&bytes), Arc::clone(&ended), tell.clone());
        std::thread::spawn(move || {
            let progress = |bytes| count.store(bytes, Ordering::Relaxed);
            if what == Wanted::Feed {
                let feed = work.feed(&address, progress);
                done.store(true, Ordering::Relaxed);
                // Nobody listens once the program is leaving.
                tell(number, News::Feed(address, Box::new(feed)));
                return;
            }
            let read = || work.article(&address, &How::default(), progress);
            let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
            let article = read.unwrap_or_else(|_| {
                Err(crate::error::Error::new(format!("{address} broke the reader of pages"))
                    .hint("please report it; the page's text as a file may work"))
            });
            done.store(true, Ordering::Relaxed);
            // Nobody listens once the program is leaving.
            tell(number, News::Here(Box::new(article)));
        });
        let done = Arc::clone(&ended);
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(TURN);
                if done.load(Ordering::Relaxed) || !ticks(number, News::Going) {
                    return;
                }
            }
        });
        Self { fetcher, host, bytes, ended, turns: 0, number }
    }

    /// Goes on by one sign.
    pub(super) fn turn(&mut self) {
        self.turns += 1;
    }

    /// What the status line says of it.
    pub(super) fn said(&self) -> String {
        let sign = SIGNS[self.turns % SIGNS.len()];
        let bytes = match self.bytes.load(Ordering::Relaxed) {
            0 => String::new(),
            bytes => format!(" {} KB", bytes.div_ceil(1024)),
        };
        format!("{sign} fetching {}…{bytes} (C-c stops it)", self.host)
    }
}

impl Drop for Fetching {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        self.fetcher.cancel();
    }
}

impl Session {
    /// Opens another article; where it cannot be read, this one stays.
    pub(super) fn open(&mut self, source: &str) {
        if !fetch::is_address(source) {
            return self.show_or_say(article::open(Path::new(source)));
        }
        self.fetch(Wanted::Article, source);
    }

    /// Lists what the feed at an address offers.
    pub(super) fn fetch_feed(&mut self, address: &str) {
        self.fetch(Wanted::Feed, address);
    }

    /// Opens a chapter of a book; where it cannot be read, this one stays.
    pub(super) fn open_chapter(&mut self, book: &str, number: usize, forward: bool) {
        if !fetch::is_address(book) {
            let chapter = article::open_chapter(Path::new(book), number, forward);
            return self.show_or_say(chapter);
        }
        self.fetch(Wanted::Article, &format!("{book}#{}", number + 1));
    }

    fn fetch(&mut self, what: Wanted, source: &str) {
        self.fetched += 1;
        let send = self.send.clone();
        let tell = move |number, news| send.send(Event::Fetching(number, news)).is_ok();
        let limits = Limits { private: self.private, ..Limits::default() };
        let fetching = Fetching::start((what, source), limits, self.fetched, tell);
        self.model.message = Some(Message::Done(fetching.said()));
        self.fetching = Some(fetching);
    }

    /// Takes in what became of a page that is being fetched.
    pub(super) fn hear_of_page(&mut self, number: u64, news: News) {
        let Some(fetching) = self.fetching.as_mut().filter(|it| it.number == number) else {
            return;
        };
        match news {
            News::Going => {
                fetching.turn();
                self.model.message = Some(Message::Done(fetching.said()));
            }
            News::Here(article) => {
                self.fetching = None;
                self.model.message = None;
                self.show_or_say(*article);
            }
            News::Feed(address, feed) => {
                self.fetching = None;
                self.model.message = None;
                self.list_feed(&address, *feed);
            }
        }
    }
}
