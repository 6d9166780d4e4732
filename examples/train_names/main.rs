//! Learns the weights of the model of names from annotated texts:
//!
//! ```text
//! cargo run --release --example train_names -- assets/names/weights.bin FOLDER
//! ```
//!
//! `FOLDER` holds the sets that [`SETS`] names. The same texts give the same weights: nothing is
//! left to chance or to the clock. With `--without SET` and `--on SET.jsonl` the figures of other
//! sets tell how well it travels (nothing is written where the file is `-`).

mod gold;
mod learn;
#[path = "../support/lines.rs"]
mod lines;

use std::collections::HashMap;
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};

use gold::Text;
use learn::Settings;

/// The sets to learn from and how much a sentence of each counts. Edited prose counts most: posts
/// and reviews write names in ways that articles do not.
const SETS: [(&str, f32); 6] = [
    ("uner_ewt_train.jsonl.gz", 1.0),
    ("wikigold.jsonl", 1.5),
    ("gum_train.jsonl.gz", 1.2),
    ("crossner.jsonl.gz", 0.7),
    ("btc.jsonl.gz", 0.3),
    ("wnut17_train.jsonl", 0.3),
];

const USAGE: &str =
    "usage: train_names WEIGHTS|- FOLDER [--without SET]… [--on FILE]… [--KEY NUMBER]…";

fn main() -> Result<(), Box<dyn Error>> {
    let mut rest: Vec<String> = Vec::new();
    let (mut without, mut on) = (Vec::new(), Vec::new());
    let mut settings = Settings::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.strip_prefix("--") {
            None => rest.push(argument),
            Some("without") => without.push(arguments.next().ok_or(USAGE)?),
            Some("on") => on.push(arguments.next().ok_or(USAGE)?),
            Some(key) => settings.set(key, arguments.next().ok_or(USAGE)?.parse()?)?,
        }
    }
    let [out, folder] = &rest[..] else { return Err(USAGE.into()) };
    let mut texts: Vec<(f32, Vec<Text>)> = Vec::new();
    for (set, weight) in SETS.iter().filter(|it| !without.iter().any(|set| it.0.starts_with(set))) {
        let weight = settings.weights.get(*set).copied().unwrap_or(*weight);
        let read = gold::read(&Path::new(folder).join(set))?;
        say(&format!("{set}: {} texts, {} names lost\n", read.0.len(), read.1));
        texts.push((weight, read.0));
    }
    let model = learn::learn(&texts, &settings, say);
    drop(texts);
    let packed = model.pack(&settings);
    say(&format!("{} bytes\n", packed.len()));
    let weights = pullquote::detect::entities::model::weights::Weights::of(&packed);
    for file in &on {
        let (read, _) = gold::read(&PathBuf::from(file))?;
        say(&format!("{file}\n{}", learn::measure(&read, &weights)));
    }
    if out != "-" {
        std::fs::write(out, packed)?;
    }
    Ok(())
}

fn say(line: &str) {
    // Nobody is told where the reader of the figures has gone away.
    std::io::stdout().write_all(line.as_bytes()).ok();
}

/// Weights of sets that a run was told.
type SetWeights = HashMap<String, f32>;
