//! The detectors at work, off the screen's thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use jiff::civil::Date;

use super::another::Seat;
use super::keeper::{self, Found};
use crate::annot::Store;
use crate::app::rows::{Filters, Panel, Rows};
use crate::app::{Msg, Report};
use crate::article::Article;
use crate::detect;
use crate::error::Error;
use crate::library::{ArticleId, Library};

/// What the detectors are to work on.
#[derive(Debug)]
pub(super) struct Job {
    /// The article.
    pub(super) article: Arc<Article>,
    /// The day it was written.
    pub(super) written: Option<Date>,
    /// What the panels are to list.
    pub(super) filters: Filters,
    /// The number of the run.
    pub(super) run: u64,
    /// What is known already: the detectors' findings come on top of it.
    pub(super) store: Store,
    /// The library, where it is to be opened first.
    pub(super) library: Option<Seat>,
    /// Whether the article comes into the library by being opened.
    pub(super) keep: bool,
}

/// What the thread has to say.
#[derive(Debug)]
pub(super) enum Said {
    /// To the model.
    Msg(Msg),
    /// What the library knows of the article.
    Found(u64, Box<Found>),
    /// That the library cannot be used, and why.
    NoLibrary(u64, Error),
}

/// A run of the detectors. Dropping it tells them to stop and waits until they have.
#[derive(Debug)]
pub(super) struct Analysis {
    cancel: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Analysis {
    /// Starts the detectors; what they say goes to `tell`.
    pub(super) fn start(job: Job, tell: impl Fn(Said) + Send + 'static) -> Self {
        let cancel = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&cancel);
        let thread = std::thread::Builder::new().name("detectors".into());
        let thread = thread.spawn(move || work(job, &stop, &tell)).ok();
        Self { cancel, thread }
    }
}

impl Drop for Analysis {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // Its panics are caught where they happen; what is left to say nobody waits for.
            thread.join().ok();
        }
    }
}

fn work(mut job: Job, cancel: &AtomicBool, tell: &impl Fn(Said)) {
    let seat = job.library.take();
    let id = seat.as_ref().and_then(|seat| open_library(seat, &mut job, tell));
    let path = seat.map(|it| it.file);
    // That queries over all articles find it, too. Nobody waits for it, and what fails here is
    // found again the next time.
    let propose = |store: &Store| {
        let library = path.as_ref().zip(id);
        library.map(|(path, id)| Library::open(path)?.propose(id, &job.article, store))
    };
    let mut fresh = std::mem::take(&mut job.store);
    let say = |report| tell(Said::Msg(Msg::Report(job.run, Box::new(report))));
    // To show each detector's findings, a copy of all that was found is needed.
    let stepwise = job.article.text.len() <= detect::LONG;
    let mut done = false;
    detect::run(&job.article, job.written, cancel, |report| match report {
        detect::Report::Started(name) => say(Report::Started(name)),
        detect::Report::Failed(name) => say(Report::Failed(name)),
        detect::Report::Found(kind, findings) => {
            fresh.take(kind, findings);
            if stepwise {
                say(found(fresh.clone(), &job));
            }
        }
        detect::Report::Done => done = true,
    });
    if !done {
        return;
    }
    // What the detectors needed themselves is free again.
    if stepwise {
        say(Report::Done);
        propose(&fresh).transpose().ok();
    } else {
        propose(&fresh).transpose().ok();
        say(found(fresh, &job));
        say(Report::Done);
    }
}

/// Opens the library, tells what it knows of the article, and lets the detectors work upon that.
fn open_library(seat: &Seat, job: &mut Job, tell: &impl Fn(Said)) -> Option<ArticleId> {
    match keeper::find(seat, &job.article, job.keep) {
        Ok(found) => {
            job.article = Arc::clone(&found.article);
            job.written = job.written.or(job.article.meta.published);
            job.store = found.kept.store.clone();
            let id = found.keeper.id();
            tell(Said::Found(job.run, Box::new(found)));
            id
        }
        Err(error) => {
            tell(Said::NoLibrary(job.run, error));
            None
        }
    }
}

fn found(store: Store, job: &Job) -> Report {
    let rows = Panel::ALL.map(|panel| Rows::build(panel, &store, &job.article, &job.filters));
    Report::Found(store, rows)
}
