//! `pullquote analyze --jsonl`: one JSON object a line in, one a line out, in the same order.

use std::io::{self, BufRead, BufWriter, Read, Write};
use std::num::NonZero;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Outcome, analyze, complain, in_order, workers, written};
use crate::article::{LIMIT, plain};
use crate::error::{Error, Result};
use crate::export::{Analysis, json_line};

/// Answers every line of standard input that is not blank.
///
/// Every such line has exactly one answer. Where a line makes no sense, the answer is an object
/// with `id` and `error` alone, so that lines in and lines out can be laid side by side.
pub(super) fn print(jobs: Option<NonZero<usize>>) -> Result<Outcome> {
    let mut outcome = Outcome::Done;
    let mut stdout = BufWriter::new(io::stdout().lock());
    let lines = Lines { input: io::BufReader::new(io::stdin()), number: 0, broken: false };
    let result = in_order::run(workers(jobs), lines, answer, |answer| {
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
struct Answer {
    /// A line of JSON with its line end.
    line: Vec<u8>,
    /// What went wrong with it.
    errors: Vec<Error>,
}

/// The lines of a stream with their numbers, without the blank ones.
struct Lines<R> {
    input: R,
    number: usize,
    broken: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = (usize, Result<Vec<u8>>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.broken {
            self.number += 1;
            let line = match read_line(&mut self.input) {
                Ok(None) => return None,
                Ok(Some(line)) if line.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(Some(line)) if line.len() as u64 > LIMIT => {
                    Err(Error::new(format!("longer than {} MB", LIMIT / 1024 / 1024)))
                }
                Ok(Some(line)) => Ok(line),
                Err(error) => {
                    self.broken = true;
                    Err(Error::new(format!("cannot be read: {error}")))
                }
            };
            return Some((self.number, line));
        }
        None
    }
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

fn answer((number, line): (usize, Result<Vec<u8>>)) -> Answer {
    line.and_then(|line| analyzed(number, &line))
        .unwrap_or_else(|error| refusal(number, &Value::Null, &error))
}

fn analyzed(number: usize, line: &[u8]) -> Result<Answer> {
    let request: Request = serde_json::from_slice(line).map_err(|error| parsing(&error))?;
    let date = match request.date.as_deref().map(str::parse::<Date>) {
        None => None,
        Some(Ok(date)) => Some(date),
        Some(Err(_)) => {
            let date = request.date.unwrap_or_default();
            let error = Error::new(format!("`{}` is not a date", date.escape_debug()))
                .hint("dates are written 2024-10-11");
            return Ok(refusal(number, &request.id, &error));
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
