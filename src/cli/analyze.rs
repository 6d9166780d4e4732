//! `pullquote analyze`: the detectors without a screen.

use std::io::{BufWriter, Write};
use std::sync::atomic::AtomicBool;

use super::{Analyze, Outcome, complain, jsonl, workers, written};
use crate::annot::Store;
use crate::article::Article;
use crate::detect::{self, Report};
use crate::error::{Error, Result};

pub(super) fn run(asked: &Analyze) -> Result<Outcome> {
    let mut outcome = Outcome::Done;
    let mut stdout = BufWriter::new(std::io::stdout().lock());
    let result = jsonl::run(workers(asked.jobs), |answer| {
        for error in &answer.errors {
            outcome = Outcome::Partly;
            complain(error);
        }
        stdout.write_all(&answer.line)?;
        // A script that sends one text and waits for its answer would otherwise wait for ever.
        stdout.flush()
    });
    written(result)?;
    Ok(outcome)
}

/// All that the detectors find in an article, and which of them broke down.
pub(super) fn find(article: &Article) -> (Store, Vec<Error>) {
    let mut store = Store::default();
    let mut errors = Vec::new();
    let cancel = AtomicBool::new(false);
    detect::run(article, article.meta.published, &cancel, |report| match report {
        Report::Found(kind, findings) => store.take(kind, findings),
        Report::Failed(name) => {
            let message = format!("the search for {name} broke down in {}", article.meta.source);
            errors.push(Error::new(message).hint("the rest has been analyzed; please report it"));
        }
        Report::Started(_) | Report::Done => {}
    });
    (store, errors)
}
