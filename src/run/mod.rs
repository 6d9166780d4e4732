//! The reader at work: terminal, threads and effects. The only place that knows the outside.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use crate::app::clock::Clock;
use crate::app::{self, Effect, Message, Model, Msg};
use crate::article::{self, Article};
use crate::config::Settings;
use crate::error::{Error, Result};
use crate::ui::theme::{Background, Colour, Theme};
use jiff::civil::Date;

mod clipboard;
mod editor;
mod jobs;
mod keys;
pub(crate) mod save;
mod screen;
mod terminal;

use save::save;

use keys::{Heard, Listener};
use terminal::Terminal;

/// What the reader is opened with.
#[derive(Debug)]
pub struct Opening {
    /// The article.
    pub article: Article,
    /// What is configured.
    pub settings: Settings,
    /// Whether colours may be sent.
    pub colour: Colour,
    /// The day the article was written, where the command line says it.
    pub written: Option<Date>,
}

/// Something that wakes the loop.
enum Event {
    /// From the terminal.
    Terminal(crossterm::event::Event),
    /// The terminal cannot be read any more.
    Gone(io::Error),
    /// From the detectors or from an effect.
    Msg(Msg),
    /// Another process asks this one to end.
    End,
}

/// Opens the reader and comes back when it is left. The terminal is then as it was before, however
/// it is left.
pub fn open(opening: Opening) -> Result<()> {
    let Opening { article, settings, colour, written } = opening;
    let article = Arc::new(article);
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
    let screen = terminal.size();
    let background = std::env::var("COLORFGBG").ok().and_then(|it| Background::of_colorfgbg(&it));
    let theme = Theme::new(&settings.theme, background, colour);
    let mut session = Session {
        model: Model { clock: clock(), ..Model::new(article, settings, screen) },
        theme,
        background,
        colour,
        terminal,
        send,
        analysis: None,
        listener: Listener::default(),
        go_on: None,
    };
    // The text is there to be read before anything else begins.
    session.draw()?;
    session.begin(written);
    session.listen(&events)
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
    /// Lets the thread that reads the terminal read on.
    go_on: Option<Sender<()>>,
}

impl Session {
    /// Starts everything that goes on beside the reading.
    fn begin(&mut self, written: Option<Date>) {
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
        let written = written.or(self.model.article.meta.published);
        let filters = self.model.filters.clone();
        let run = self.model.progress.run;
        self.effect(Effect::Analyze { run, written, filters });
    }

    fn listen(&mut self, events: &Receiver<Event>) -> Result<()> {
        loop {
            let Ok(first) = events.recv() else { return Ok(()) };
            let mut next = Some(first);
            let begun = Instant::now();
            // Everything that is there is taken in before the screen is drawn once, but not so
            // long that a held key would seem to do nothing.
            while let Some(event) = next.take() {
                if !self.take(event)? {
                    return Ok(());
                }
                if begun.elapsed() < Duration::from_millis(25) {
                    next = events.try_recv().ok();
                }
            }
            self.draw()?;
        }
    }

    /// Takes in one event; false where it ends the program.
    fn take(&mut self, event: Event) -> Result<bool> {
        let msg = match event {
            Event::End => return Ok(false),
            Event::Gone(error) => {
                return Err(Error::new(format!("the terminal is gone: {error}")));
            }
            Event::Msg(msg) => Some(msg),
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
        self.model.clock.now = jiff::Timestamp::now();
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
                    self.model.screen = self.terminal.size();
                    app::update(&mut self.model, msg);
                }
                Effect::Suspend => {
                    self.terminal.suspend().map_err(|error| broken(&error))?;
                    self.model.screen = self.terminal.size();
                    let (columns, rows) = self.model.screen;
                    app::update(&mut self.model, Msg::Resize(columns, rows));
                }
                Effect::Redraw => self.terminal.redraw().map_err(|error| broken(&error))?,
                other => self.effect(other),
            }
        }
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
            Effect::Copy(text) => {
                if let Err(error) = clipboard::copy(&text) {
                    let told = Message::Failed(format!("not copied: {error}"));
                    app::update(&mut self.model, Msg::Told(told));
                }
            }
            Effect::Analyze { run, written, filters } => {
                // The one before is told to stop and waited for.
                self.analysis = None;
                let send = self.send.clone();
                let article = Arc::clone(&self.model.article);
                let job = jobs::Job { article, written, filters, run };
                self.analysis = Some(jobs::Analysis::start(job, move |msg| {
                    // Nobody listens once the program is leaving.
                    send.send(Event::Msg(msg)).ok();
                }));
            }
            Effect::Drop(old) => {
                std::thread::spawn(move || drop(old));
            }
            Effect::Restyle => {
                // A terminal that is gone is noticed when it is drawn upon.
                self.terminal.set_mouse(self.model.settings.reader.mouse).ok();
                self.restyle();
            }
            Effect::Keep(_)
            | Effect::Shelf
            | Effect::OpenId(..)
            | Effect::Trash(_)
            | Effect::Untrash(_)
            | Effect::TagArticles(..)
            | Effect::UntagArticles(..)
            | Effect::SearchLibrary(_) => {}
            Effect::Quit
            | Effect::Suspend
            | Effect::Redraw
            | Effect::Turn(..)
            | Effect::Edit(_) => {
                unreachable!("the loop does these itself")
            }
        }
    }

    /// Shows another article; where it cannot be read, this one stays.
    fn open(&mut self, source: &str) {
        let article = match article::open(Path::new(source)) {
            Ok(article) => article,
            Err(error) => {
                app::update(&mut self.model, Msg::Told(Message::Failed(error.to_string())));
                return;
            }
        };
        let run = self.model.progress.run + 1;
        let settings = self.model.settings.clone();
        let clock = self.model.clock.clone();
        let mut model = Model::new(Arc::new(article), settings, self.model.screen);
        app::shelf::carry(&mut self.model, &mut model);
        self.model = Model { clock, ..model };
        self.model.progress.run = run;
        let written = self.model.article.meta.published;
        let filters = self.model.filters.clone();
        self.effect(Effect::Analyze { run, written, filters });
    }

    fn restyle(&mut self) {
        self.theme = Theme::new(&self.model.settings.theme, self.background, self.colour);
    }

    fn draw(&mut self) -> Result<()> {
        let (model, theme) = (&self.model, &self.theme);
        self.terminal.draw(|frame| crate::ui::view(model, theme, frame)).map_err(|it| broken(&it))
    }
}

/// A clock whose names no other process makes.
fn clock() -> Clock {
    use std::hash::{BuildHasher, RandomState};
    let seed = RandomState::new().hash_one(std::process::id());
    Clock::new(jiff::Timestamp::now(), seed)
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
