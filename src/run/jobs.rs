//! The detectors at work, off the screen's thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use jiff::civil::Date;

use crate::annot::Store;
use crate::app::rows::{Filters, Panel, Rows};
use crate::app::{Msg, Report};
use crate::article::Article;
use crate::detect;

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
}

/// A run of the detectors. Dropping it tells them to stop and waits until they have.
#[derive(Debug)]
pub(super) struct Analysis {
    cancel: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Analysis {
    /// Starts the detectors; what they say goes to `tell`.
    pub(super) fn start(job: Job, tell: impl Fn(Msg) + Send + 'static) -> Self {
        let cancel = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&cancel);
        let thread = std::thread::Builder::new().name("detectors".into());
        let thread = thread.spawn(move || work(&job, &stop, &tell)).ok();
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

fn work(job: &Job, cancel: &AtomicBool, tell: &impl Fn(Msg)) {
    let mut fresh = Store::default();
    let say = |report| tell(Msg::Report(job.run, Box::new(report)));
    // To show each detector's findings, a copy of all that was found is needed.
    let stepwise = job.article.text.len() <= detect::LONG;
    detect::run(&job.article, job.written, cancel, |report| match report {
        detect::Report::Started(name) => say(Report::Started(name)),
        detect::Report::Failed(name) => say(Report::Failed(name)),
        detect::Report::Found(kind, findings) => {
            fresh.take(kind, findings);
            if stepwise {
                say(found(fresh.clone(), job));
            }
        }
        detect::Report::Done => {
            if !stepwise {
                say(found(std::mem::take(&mut fresh), job));
            }
            say(Report::Done);
        }
    });
}

fn found(store: Store, job: &Job) -> Report {
    let rows = Panel::ALL.map(|panel| Rows::build(panel, &store, &job.article, &job.filters));
    Report::Found(store, rows)
}
