//! An article on its way, while the reader goes on reading.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use super::another::{Here, short};
use super::{Event, Session};
use crate::app::Message;
use crate::article::feed::Feed;
use crate::article::{self, How};
use crate::error::{Error, Result};
use crate::fetch::{self, Fetcher, Limits};

/// What the threads have to say of the article with this number.
pub(super) enum News {
    /// It is still on its way.
    Going,
    /// It is here, or will not come.
    Here(Box<Result<Arrived>>),
}

/// What came in.
pub(super) enum Arrived {
    /// An article.
    Article(Box<Here>),
    /// The feed from this address.
    Feed(String, Feed),
}

/// An article that is being fetched or read. Dropping it stops that.
pub(super) struct Fetching {
    fetcher: Fetcher,
    /// "fetching example.org".
    what: String,
    bytes: Arc<AtomicUsize>,
    ended: Arc<AtomicBool>,
    turns: usize,
    /// Which article it is.
    pub(super) number: u64,
}

/// How often the screen shows that something goes on.
const TURN: Duration = Duration::from_millis(120);
const SIGNS: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

impl Fetching {
    /// Begins to read in a thread of its own, which hears how many bytes there are; news goes to
    /// `tell`, which says whether anybody listens.
    fn start(
        (what, number): (&str, u64),
        limits: Limits,
        read: impl FnOnce(&Fetcher, &dyn Fn(usize)) -> Result<Arrived> + Send + 'static,
        tell: impl Fn(u64, News) -> bool + Send + Clone + 'static,
    ) -> Self {
        let fetcher = Fetcher::new(limits);
        let (bytes, ended) = (Arc::<AtomicUsize>::default(), Arc::<AtomicBool>::default());
        let work = fetcher.clone();
        let (count, done, ticks) = (Arc::clone(&bytes), Arc::clone(&ended), tell.clone());
        std::thread::spawn(move || {
            let progress = |bytes| count.store(bytes, Ordering::Relaxed);
            let read = || read(&work, &progress);
            let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
            let article = read.unwrap_or_else(|_| {
                Err(Error::new("the article broke its reader")
                    .hint("please report it; its text as a file may work"))
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
        Self { fetcher, what: what.to_owned(), bytes, ended, turns: 0, number }
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
        format!("{sign} {}…{bytes} (C-c stops it)", self.what)
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
        let address = source.to_owned();
        let what = format!("fetching {}", short(source));
        self.send_for(&what, move |fetcher, progress| {
            let article = fetcher.article(&address, &How::default(), progress)?;
            Ok(Arrived::Article(Box::new(article.into())))
        });
    }

    /// Lists what the feed at an address offers.
    pub(super) fn fetch_feed(&mut self, address: &str) {
        let what = format!("fetching {}", short(address));
        let address = address.to_owned();
        self.send_for(&what, move |fetcher, progress| {
            let feed = fetcher.feed(&address, progress)?;
            Ok(Arrived::Feed(address, feed))
        });
    }

    /// Opens a chapter of a book; where it cannot be read, this one stays.
    pub(super) fn open_chapter(&mut self, book: &str, number: usize, forward: bool) {
        if !fetch::is_address(book) {
            let chapter = article::open_chapter(Path::new(book), number, forward);
            return self.show_or_say(chapter);
        }
        self.open(&format!("{book}#{}", number + 1));
    }

    /// Reads an article or a feed without waiting for it. What was being read before is given up.
    pub(super) fn send_for(
        &mut self,
        what: &str,
        read: impl FnOnce(&Fetcher, &dyn Fn(usize)) -> Result<Arrived> + Send + 'static,
    ) {
        self.fetched += 1;
        let send = self.send.clone();
        let tell = move |number, news| send.send(Event::Fetching(number, news)).is_ok();
        let limits = Limits { private: self.private, ..Limits::default() };
        let fetching = Fetching::start((what, self.fetched), limits, read, tell);
        self.model.message = Some(Message::Done(fetching.said()));
        self.fetching = Some(fetching);
    }

    /// Takes in what became of an article that is being read.
    pub(super) fn hear_of_page(&mut self, number: u64, news: News) {
        let Some(fetching) = self.fetching.as_mut().filter(|it| it.number == number) else {
            return;
        };
        match news {
            News::Going => {
                fetching.turn();
                self.model.message = Some(Message::Done(fetching.said()));
            }
            News::Here(here) => {
                self.fetching = None;
                self.model.message = None;
                match *here {
                    Ok(Arrived::Article(here)) => self.show_or_say(Ok(*here)),
                    Ok(Arrived::Feed(address, feed)) => self.list_feed(&address, feed),
                    Err(error) => self.show_or_say(Err::<Here, _>(error)),
                }
            }
        }
    }
}
