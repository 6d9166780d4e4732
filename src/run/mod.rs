//! The reader at work: terminal, threads and effects. The only place that knows the outside.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::app::clock::Clock;
use crate::app::resume::{both, joined, resume};
use crate::app::rows::Filters;
use crate::app::shelf::Offer;
use crate::app::{self, Deed, Effect, Message, Model, Msg};
use crate::article::Article;
use crate::config::Settings;
use crate::error::{Error, Result};
use crate::fetch::Limits;
use crate::input::Key;
use crate::library::Subscription;
use crate::ui::theme::{Background, Colour, Theme};
use jiff::civil::Date;
use ratatui::buffer::Buffer;

mod another;
mod browser;
mod clipboard;
mod editor;
pub(crate) mod feeds;
mod fetching;
mod jobs;
mod keeper;
mod keys;
pub(crate) mod save;
mod screen;
mod shelf;
mod terminal;

use another::Seat;
use feeds::{Fed, Feeding};
use fetching::{Fetching, News};
use save::save;

use jobs::Said;
pub(crate) use keeper::counted;
use keeper::{Found, Keeper};
use keys::{Heard, Listener};
use terminal::Terminal;

/// What the reader is opened with.
#[derive(Debug)]
pub struct Opening {
    /// The article, with the byte to begin at where one is named; the library's list where there is
    /// none, or else what is offered.
    pub article: Option<(Article, Option<u32>)>,
    /// What a feed offers, to be listed instead of the library.
    pub offer: Option<Offer>,
    /// The feeds that are to be fetched for that list.
    pub feeds: Vec<Subscription>,
    /// What is configured.
    pub settings: Settings,
    /// Whether colours may be sent.
    pub colour: Colour,
    /// The day the article was written, where the command line says it.
    pub written: Option<Date>,
    /// The file of the library; none where nothing is to be kept.
    pub library: Option<PathBuf>,
    /// Whether pages within the own network may be fetched.
    pub private: bool,
}

/// Something that wakes the loop.
enum Event {
    /// From the terminal.
    Terminal(crossterm::event::Event),
    /// The terminal cannot be read any more.
    Gone(io::Error),
    /// From the detectors or from the library.
    Said(Said),
    /// Of the page with this number, which is being fetched.
    Fetching(u64, News),
    /// Of one of the feeds that are being fetched.
    Fed(Box<Fed>),
    /// Another process asks this one to end.
    End,
}

/// Opens the reader and comes back when it is left. The terminal is then as it was before, however
/// it is left.
pub fn open(opening: Opening) -> Result<()> {
    let Opening { article, offer, feeds, settings, colour, written, library, private } = opening;
    let (send, events) = mpsc::channel();
    // First of all: from now on nothing ends the program without giving the terminal back.
    let end = send.clone();
    terminal::on_signal(move || {
        // The program is leaving and nobody listens any more.
        end.send(Event::End).ok();
    });
    let terminal = Terminal::enter(settings.reader.mouse).map_err(|error| {
        Error::new(format!("the terminal cannot be used: {error}"))
            .hint("`pullquote analyze` needs none")
    })?;
    let screen = terminal::size();
    let background = std::env::var("COLORFGBG").ok().and_then(|it| Background::of_colorfgbg(&it));
    let theme = Theme::new(&settings.theme, background, colour);
    let listing = article.is_none();
    let model = match (article, offer) {
        (Some((article, place)), _) => {
            let mut model = Model::new(Arc::new(article), settings, screen);
            if let Some(place) = place {
                app::go_to(&mut model, place);
            }
            model
        }
        (None, Some(offer)) => Model::offering(settings, screen, offer),
        (None, None) => Model::library(settings, screen),
    };
    let limits = Limits { private, ..Limits::default() };
    let feeding = (!feeds.is_empty()).then(|| Feeding::start(FIRST, feeds, limits, send.clone()));
    let mut session = Session {
        model: Model { clock: clock(), ..model },
        theme,
        background,
        colour,
        terminal,
        send,
        analysis: None,
        listener: Listener::default(),
        go_on: None,
        keeper: if library.is_some() && !listing { Keeper::Opening } else { Keeper::Nowhere },
        library,
        events,
        put_off: VecDeque::new(),
        private,
        fetched: FIRST,
        fetching: None,
        switched: None,
        feeding,
    };
    // The text is there to be read before anything else begins.
    session.draw()?;
    session.begin();
    if listing {
        session.effect(Effect::Shelf);
        session.draw()?;
    } else {
        session.find(written);
    }
    let left = session.listen();
    session.remember();
    left
}

struct Session {
    model: Model,
    theme: Theme,
    background: Option<Background>,
    colour: Colour,
    terminal: Terminal,
    send: Sender<Event>,
    analysis: Option<jobs::Analysis>,
    listener: Listener,
    events: Receiver<Event>,
    /// What came while the library was waited for.
    put_off: VecDeque<Event>,
    keeper: Keeper,
    library: Option<PathBuf>,
    /// Lets the thread that reads the terminal read on.
    go_on: Option<Sender<()>>,
    /// Whether pages within the own network may be fetched.
    private: bool,
    /// How many pages have been fetched or begun.
    fetched: u64,
    fetching: Option<Fetching>,
    /// What is to be said of another version of the text, once the library has placed the marks.
    switched: Option<String>,
    feeding: Option<Feeding>,
}

impl Session {
    /// Starts everything that goes on beside the reading.
    fn begin(&mut self) {
        let send = self.send.clone();
        let (sender, go_on) = mpsc::channel();
        self.go_on = Some(sender);
        keys::listen(go_on, move |event| send.send(event).is_ok());
        let chosen = self.model.settings.theme.base.is_some();
        if self.background.is_none() && !chosen && self.colour == Colour::Yes {
            self.listener.expect_background();
            // Without an answer the theme stays as it is.
            terminal::ask_background().ok();
        }
    }

    /// Starts the detectors upon the article that was opened first.
    fn find(&mut self, written: Option<Date>) {
        let written = written.or(self.model.article.meta.published);
        let filters = self.model.filters.clone();
        let run = self.model.progress.run;
        let seat = self.library.clone().map(|file| Seat { file, id: None });
        self.analyze(run, written, filters, seat);
    }

    /// Starts the detectors; the library is opened before, where it is named.
    fn analyze(
        &mut self,
        run: u64,
        written: Option<Date>,
        filters: Filters,
        library: Option<Seat>,
    ) {
        // The one before is told to stop and waited for.
        self.analysis = None;
        let send = self.send.clone();
        let article = Arc::clone(&self.model.article);
        let store = self.model.store.without_proposals();
        let keep = self.model.settings.library.keep;
        let job = jobs::Job { article, written, filters, run, store, library, keep };
        self.analysis = Some(jobs::Analysis::start(job, move |said| {
            // Nobody listens once the program is leaving.
            send.send(Event::Said(said)).ok();
        }));
    }

    fn listen(&mut self) -> Result<()> {
        loop {
            let Some(first) = self.next() else { return Ok(()) };
            let mut next = Some(first);
            let begun = Instant::now();
            // Everything that is there is taken in before the screen is drawn once, but not so
            // long that a held key would seem to do nothing.
            while let Some(event) = next.take() {
                if !self.take(event)? {
                    return Ok(());
                }
                if begun.elapsed() < Duration::from_millis(25) {
                    next = self.put_off.pop_front().or_else(|| self.events.try_recv().ok());
                }
            }
            self.draw()?;
        }
    }

    /// Waits for the next event; nothing once none can come any more. A selection that is pulled
    /// beyond the edge of the text goes on by itself, which is the only time that anything wakes
    /// the program up.
    fn next(&mut self) -> Option<Event> {
        if let Some(event) = self.put_off.pop_front() {
            return Some(event);
        }
        let Some(mouse) = app::mouse::pulling(&self.model) else { return self.events.recv().ok() };
        match self.events.recv_timeout(PULL) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => Some(Event::Said(Said::Msg(Msg::Mouse(mouse)))),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Takes in one event; false where it ends the program.
    fn take(&mut self, event: Event) -> Result<bool> {
        let msg = match event {
            Event::End => return Ok(false),
            Event::Gone(error) => {
                return Err(Error::new(format!("the terminal is gone: {error}")));
            }
            Event::Fetching(number, news) => {
                self.hear_of_page(number, news);
                None
            }
            Event::Fed(fed) => {
                self.hear_of_feed(*fed);
                None
            }
            Event::Said(Said::Msg(msg)) => Some(msg),
            Event::Said(said) => {
                self.answered(said);
                None
            }
            Event::Terminal(event) if keys::may_hand_over(&event) => {
                let goes_on = self.hear(event);
                if let Some(sender) = &self.go_on {
                    // It has ended where the terminal is gone, which it has said then.
                    sender.send(()).ok();
                }
                return goes_on;
            }
            Event::Terminal(event) => return self.hear(event),
        };
        msg.map_or(Ok(true), |msg| self.update(msg))
    }

    /// Takes in what the terminal sent; false where it ends the program.
    fn hear(&mut self, event: crossterm::event::Event) -> Result<bool> {
        match self.listener.hear(event, Instant::now()) {
            Heard::Msg(msg) => return self.update(msg),
            Heard::Background(background) => {
                self.background = Some(background);
                self.restyle();
            }
            Heard::Several(msgs) => {
                for msg in msgs {
                    if !self.update(msg)? {
                        return Ok(false);
                    }
                }
            }
            Heard::Nothing => {}
        }
        Ok(true)
    }

    fn update(&mut self, msg: Msg) -> Result<bool> {
        self.model.clock.now = now();
        if matches!(msg, Msg::Key(key) if key == Key::ctrl('c')) && self.stop_waiting() {
            return Ok(true);
        }
        let news = if matches!(msg, Msg::Key(_) | Msg::Mouse(_)) { self.catch_up() } else { None };
        for effect in app::update(&mut self.model, msg) {
            match effect {
                Effect::Quit => return Ok(false),
                Effect::Turn(deed, times) => {
                    for _ in 0..times {
                        self.update(Msg::Turn(deed))?;
                    }
                }
                Effect::Edit(text) => {
                    let edited = self.terminal.lend(|| editor::edit(&text));
                    let msg = match edited.map_err(|error| broken(&error))? {
                        Ok(text) => Msg::Edited(text),
                        Err(error) => Msg::Told(Message::Failed(error.to_string())),
                    };
                    self.model.screen = terminal::size();
                    app::update(&mut self.model, msg);
                }
                Effect::Suspend => {
                    self.remember();
                    self.terminal.suspend().map_err(|error| broken(&error))?;
                    self.model.screen = terminal::size();
                    let (columns, rows) = self.model.screen;
                    app::update(&mut self.model, Msg::Resize(columns, rows));
                }
                Effect::Redraw => self.terminal.redraw(),
                other => self.effect(other),
            }
        }
        let going = self.fetching.as_ref().map(|it| Message::Done(it.said()));
        self.model.message = both(self.model.message.take(), news).or(going);
        Ok(true)
    }

    fn effect(&mut self, effect: Effect) {
        match effect {
            Effect::Write { path, text, done } => {
                let told = match save(&path, text.as_bytes()) {
                    Ok(()) => Message::Done(done),
                    Err(error) => Message::Failed(error.to_string()),
                };
                app::update(&mut self.model, Msg::Told(told));
            }
            Effect::Open(source) => self.open(&source),
            Effect::Extract(extract) => self.extract(extract),
            Effect::Refresh => self.refresh(),
            Effect::OpenChapter { book, number, forward } => {
                self.open_chapter(&book, number, forward);
            }
            Effect::OpenOffered(offered) => self.open_offered(&offered),
            Effect::Browse(address) => self.browse(&address),
            Effect::Copy(text) => {
                if let Err(error) = clipboard::copy(&text) {
                    let told = Message::Failed(format!("not copied: {error}"));
                    app::update(&mut self.model, Msg::Told(told));
                }
            }
            Effect::Analyze { run, written, filters } => self.analyze(run, written, filters, None),
            Effect::Drop(old) => {
                std::thread::spawn(move || drop(old));
            }
            Effect::Restyle => {
                // A terminal that is gone is noticed when it is drawn upon.
                self.terminal.set_mouse(self.model.settings.reader.mouse).ok();
                self.restyle();
            }
            Effect::Keep(deed) => self.keep(deed),
            Effect::Shelf
            | Effect::OpenId(..)
            | Effect::Trash(_)
            | Effect::Untrash(_)
            | Effect::TagArticles(..)
            | Effect::UntagArticles(..)
            | Effect::SearchLibrary(_) => self.in_library(effect),
            Effect::Quit
            | Effect::Suspend
            | Effect::Redraw
            | Effect::Turn(..)
            | Effect::Edit(_) => {
                unreachable!("the loop does these itself")
            }
        }
    }

    /// Takes in what the library has to say.
    fn answered(&mut self, said: Said) {
        match said {
            Said::Found(run, found) => self.found(run, *found),
            Said::NoLibrary(run, error) if run == self.model.progress.run => {
                self.model.alarm = Some(format!("nothing is kept: {}", in_one_line(&error)));
                self.keeper = Keeper::Broken(error.to_string());
            }
            Said::NoLibrary(..) | Said::Msg(_) => {}
        }
    }

    /// Waits until the library is open or has failed; it is, a few milliseconds after the start.
    /// Whatever else comes meanwhile is put off.
    fn wait_for_library(&mut self) {
        while matches!(self.keeper, Keeper::Opening) {
            match self.events.recv() {
                Ok(Event::Said(said @ (Said::Found(..) | Said::NoLibrary(..)))) => {
                    self.answered(said);
                }
                Ok(other) => self.put_off.push_back(other),
                Err(_) => return,
            }
        }
    }

    /// Goes on where the article was left; what was done since the start is kept now.
    fn found(&mut self, run: u64, found: Found) {
        if run != self.model.progress.run {
            return;
        }
        self.keeper = found.keeper;
        self.model.article = found.article;
        let said = self.model.message.take();
        let early = resume(&mut self.model, found.kept);
        // Each is kept as the last one of the store that it was made in.
        for _ in 0..early {
            self.model.store.undo();
        }
        for _ in 0..early {
            self.model.store.redo();
            self.keep(Deed::Done);
        }
        let news = self.model.message.take();
        self.model.message = match self.switched.take() {
            // Whatever was said since is said of something else.
            Some(what) if said.as_ref().is_none_or(|it| *it == Message::Done(what.clone())) => {
                Some(another::both(what, news))
            }
            Some(_) | None => said.or(news),
        };
    }

    /// Keeps what was just done. What takes long is shown before it is kept, as being on its way.
    fn keep(&mut self, deed: Deed) {
        if matches!(self.keeper, Keeper::Opening) {
            // What is shown as done must be kept. The first steps are kept when it answers.
            self.wait_for_library();
            if matches!(self.keeper, Keeper::Desk(_)) {
                return;
            }
        }
        let changes = self.model.store.steps().last().map_or(0, |it| it.changes().len());
        if changes > AT_ONCE {
            let said = self.model.message.replace(Message::Done("saving…".to_owned()));
            // A terminal that is gone is noticed when it is drawn upon the next time.
            self.draw().ok();
            self.model.message = said;
        }
        match self.keeper.keep(&mut self.model, deed) {
            Ok(names) => {
                self.model.alarm = None;
                let own = self.model.message.take();
                self.join(&names);
                self.model.message = both(own, self.model.message.take());
            }
            Err(error) => {
                let why = in_one_line(&error);
                self.model.alarm =
                    Some(match keeper::rescue(&self.model.article, &self.model.store) {
                        Ok(path) => format!("{why}; a copy is in {}", path.display()),
                        Err(other) => format!("{why}; and no copy could be made: {other}"),
                    });
            }
        }
    }

    /// What other processes did to this article is taken in before anything else is done.
    /// Gives what is to be said of it once the key has done its work.
    fn catch_up(&mut self) -> Option<Message> {
        match self.keeper.catch_up(&mut self.model) {
            Ok(names) if names.is_empty() => None,
            Ok(names) => {
                self.join(&names);
                self.model.message.clone()
            }
            Err(error) => {
                self.model.alarm = Some(in_one_line(&error));
                None
            }
        }
    }

    fn join(&mut self, names: &[String]) {
        if names.is_empty() {
            return;
        }
        for effect in joined(&mut self.model, names) {
            self.effect(effect);
        }
    }

    /// Remembers where the reader is, for the next time.
    fn remember(&mut self) {
        if let Err(error) = self.keeper.remember(&self.model) {
            self.model.alarm = Some(in_one_line(&error));
        }
    }

    fn restyle(&mut self) {
        self.theme = Theme::new(&self.model.settings.theme, self.background, self.colour);
    }

    fn draw(&mut self) -> Result<()> {
        let (model, theme) = (&self.model, &self.theme);
        let paint = |buffer: &mut Buffer| crate::ui::paint(model, theme, buffer);
        self.terminal.draw(model.screen, paint).map_err(|error| broken(&error))
    }
}

/// The number of the list that feeds are fetched for from the beginning.
pub(crate) const FIRST: u64 = 1;

/// The time in which a selection that is pulled beyond the edge goes on by a line.
const PULL: Duration = Duration::from_millis(40);

/// So many changed annotations are kept before they are shown.
const AT_ONCE: usize = 100;

/// An error as the status line has room for it.
fn in_one_line(error: &Error) -> String {
    match error.hint_text() {
        Some(hint) => format!("{error} ({hint})"),
        None => error.to_string(),
    }
}

/// A clock whose names no other process makes.
fn clock() -> Clock {
    use std::hash::{BuildHasher, RandomState};
    let seed = RandomState::new().hash_one(std::process::id());
    Clock::new(now(), seed)
}

/// This moment to the millisecond, as it is written down.
fn now() -> jiff::Timestamp {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

fn broken(error: &io::Error) -> Error {
    Error::new(format!("cannot draw on the terminal: {error}"))
}

/// Writes bytes to the terminal at once.
fn send_bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}
