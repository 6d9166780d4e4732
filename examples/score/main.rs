//! Says how much of what people found in a text the detectors find, too:
//!
//! ```text
//! cargo run --release --example score -- TASK GOLD.jsonl[.gz] [--misses 30]
//! ```
//!
//! `TASK` is `quotes` (with speakers), `ner` (names, exact place and kind), `alias` (which names
//! are of the same one), `timex` (times and their values), `timeline` (whether an event stands at
//! its date with those who take part; the articles are in `X_docs.jsonl`, the timelines in
//! `X.jsonl`) or `outcomes` (how often each rule for speakers is right). `--misses` lists what was missed or
//! wrong, with its context.

mod gold;
#[path = "../support/lines.rs"]
mod lines;
mod names;
mod quotes;
mod system;
mod tally;
mod timelines;
mod times;

use std::error::Error;
use std::path::PathBuf;

use gold::Gold;
use system::System;
use tally::Misses;

const USAGE: &str =
    "usage: score quotes|outcomes|ner|alias|timex|timeline GOLD.jsonl[.gz] [--misses N]";

fn main() -> Result<(), Box<dyn Error>> {
    let mut misses = 0;
    let mut rest: Vec<String> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--misses" {
            misses = arguments.next().ok_or(USAGE)?.parse()?;
        } else {
            rest.push(argument);
        }
    }
    let [task, path] = &rest[..] else { return Err(USAGE.into()) };
    let score = match task.as_str() {
        "quotes" => quotes::score,
        "outcomes" => quotes::outcomes,
        "ner" => names::score,
        "alias" => names::alias,
        "timex" | "timeline" => times::score,
        _ => return Err(USAGE.into()),
    };
    let pairs: Vec<(Gold, System)> = lines::read(&PathBuf::from(path))?
        .into_iter()
        .map(|gold| system::find(&gold).map(|found| (gold, found)))
        .collect::<Result<_, _>>()?;
    let mut misses = Misses::new(misses);
    let figures = if task == "timeline" {
        let timelines = lines::read(&PathBuf::from(path.replace("_docs", "")))?;
        timelines::score(&pairs, &timelines, &mut misses)
    } else {
        score(&pairs, &mut misses)
    };
    tally::print(&format!("{misses}{figures}"));
    Ok(())
}
