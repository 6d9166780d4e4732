//! One JSON object a line in, one a line out, in the same order, on several threads.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::analyze;
use crate::article::{LIMIT, plain};
use crate::error::{Error, Result};
use crate::export::{Analysis, json_line};

/// A line as it comes in.
#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    id: Value,
    text: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    title: Option<String>,
}

/// What stands in the place of an answer to a line that makes no sense.
#[derive(Serialize)]
struct Refusal<'a> {
    id: &'a Value,
    error: &'a str,
}

/// What one line of input leads to.
pub(super) struct Answer {
    /// A line of JSON with its line end.
    pub(super) line: Vec<u8>,
    /// What went wrong with it.
    pub(super) errors: Vec<Error>,
}

struct Job {
    number: usize,
    line: Result<Vec<u8>>,
    answer: SyncSender<Answer>,
}

/// Answers every line of standard input that is not blank, and hands the answers on in order.
///
/// Every such line has exactly one answer. Where a line makes no sense, the answer is an object
/// with `id` and `error` alone, so that lines in and lines out can be laid side by side. At most
/// two lines a worker are held at a time. Ends early where `answered` fails.
pub(super) fn run(
    workers: usize,
    mut answered: impl FnMut(Answer) -> io::Result<()>,
) -> io::Result<()> {
    let (jobs, waiting) = sync_channel::<Job>(workers);
    let (order, ordered) = sync_channel::<Receiver<Answer>>(workers * 2);
    let waiting = Arc::new(Mutex::new(waiting));
    for _ in 0..workers {
        let waiting = Arc::clone(&waiting);
        thread::spawn(move || work(&waiting));
    }
    // Not waited for: it may hang in a read from a terminal or pipe that says nothing more when
    // the reader of our output has gone. It holds nothing that must be put in order.
    thread::spawn(move || deal(&mut io::stdin().lock(), &jobs, &order));
    for answer in ordered {
        // A worker that vanished without an answer has panicked outside the detectors.
        let answer = answer.recv().map_err(|_| io::Error::other("a worker thread broke down"))?;
        answered(answer)?;
    }
    Ok(())
}

/// Deals the lines of the input out to the workers until either side has no more.
fn deal(input: &mut impl BufRead, jobs: &SyncSender<Job>, order: &SyncSender<Receiver<Answer>>) {
    for number in 1.. {
        let (line, last) = match read_line(input) {
            Ok(None) => return,
            Ok(Some(line)) if line.iter().all(u8::is_ascii_whitespace) => continue,
            Ok(Some(line)) if line.len() as u64 > LIMIT => (Err(too_long()), false),
            Ok(Some(line)) => (Ok(line), false),
            Err(error) => (Err(Error::new(format!("cannot be read: {error}"))), true),
        };
        let (answer, coming) = sync_channel(1);
        if order.send(coming).is_err() || jobs.send(Job { number, line, answer }).is_err() || last {
            return;
        }
    }
}

fn too_long() -> Error {
    Error::new(format!("longer than {} MB", LIMIT / 1024 / 1024))
}

/// The next line, of which no more is kept than the limit and one byte.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.by_ref().take(LIMIT + 1).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() as u64 > LIMIT && line.last() != Some(&b'\n') {
        input.skip_until(b'\n')?;
    }
    Ok(Some(line))
}

fn work(waiting: &Mutex<Receiver<Job>>) {
    loop {
        // The lock is held for the wait alone; no other code runs under it.
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        let answer = match job.line.and_then(|line| answer(job.number, &line)) {
            Ok(answer) => answer,
            Err(error) => refusal(job.number, &Value::Null, &error),
        };
        // Nobody listens any more when the reader of our output has gone.
        job.answer.send(answer).ok();
    }
}

fn answer(number: usize, line: &[u8]) -> Result<Answer> {
    let request: Request = serde_json::from_slice(line).map_err(|error| parsing(&error))?;
    let date = match request.date.as_deref().map(str::parse::<Date>) {
        None => None,
        Some(Ok(date)) => Some(date),
        Some(Err(_)) => {
            let error = Error::new(format!(
                "`{}` is not a date",
                request.date.as_deref().unwrap_or_default().escape_debug()
            ));
            return Ok(refusal(number, &request.id, &error.hint("dates are written 2024-10-11")));
        }
    };
    let mut article = plain::read(request.text, &format!("line {number}"));
    article.meta.title = request.title.or(article.meta.title);
    article.meta.published = date.or(article.meta.published);
    let (store, errors) = analyze::find(&article);
    Ok(Answer { line: json_line(&Analysis::of(&request.id, &article, &store)), errors })
}

/// Says on stderr which line is wrong, and keeps its place in the output.
fn refusal(number: usize, id: &Value, error: &Error) -> Answer {
    let message = format!("line {number}: {error}");
    let line = json_line(&Refusal { id, error: &message });
    let error = match error.hint_text() {
        Some(hint) => Error::new(message).hint(hint),
        None => Error::new(message),
    };
    Answer { line, errors: vec![error] }
}

/// `serde_json` counts lines inside of what it is given, which is always one.
fn parsing(error: &serde_json::Error) -> Error {
    let text = error.to_string();
    let reason = text.split(" at line 1 column ").next().unwrap_or(&text);
    let column = error.column();
    Error::new(format!("{reason} at column {column}"))
        .hint(r#"a line is an object like {"id": "a", "text": "…", "date": "2024-10-11"}"#)
}
