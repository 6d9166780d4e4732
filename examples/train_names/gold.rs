//! Annotated texts as features and labels.

use std::error::Error;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use pullquote::annot::{EntityKind, IdMaker};
use pullquote::article::plain;
use pullquote::detect::entities::model::{Label, Part, each};
use pullquote::detect::{Context, Tokens};
use serde::Deserialize;

use super::lines;

#[derive(Debug, Deserialize)]
struct Line {
    id: String,
    text: String,
    entities: Vec<(u32, u32, String)>,
}

/// The sentences of a text.
pub(crate) type Text = Vec<Sentence>;

/// A sentence: what its tokens look like, and what they are.
pub(crate) struct Sentence {
    /// The features of all tokens.
    pub(crate) features: Vec<u32>,
    /// Where the features of each token begin, and the number of all.
    pub(crate) starts: Vec<u32>,
    /// The labels that people gave.
    pub(crate) labels: Vec<u8>,
}

impl Sentence {
    /// The features of a token.
    pub(crate) fn of(&self, at: usize) -> &[u32] {
        &self.features[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// The texts of a file, and how many names do not fit our tokens.
pub(crate) fn read(path: &Path) -> Result<(Vec<Text>, usize), Box<dyn Error>> {
    let mut lost = 0;
    let lines: Vec<Line> = lines::read(path)?;
    let texts = lines.iter().map(|line| text(line, &mut lost)).collect();
    Ok((texts, lost))
}

fn text(line: &Line, lost: &mut usize) -> Text {
    let article = plain::read(line.text.clone(), &line.id);
    let tokens = Tokens::of(&article);
    let cancel = AtomicBool::new(false);
    let ids = IdMaker::new(&article.text);
    let context =
        Context { article: &article, tokens: &tokens, written: None, ids, cancel: &cancel };
    let labels = labels(line, &tokens, lost);
    let mut sentences = Vec::with_capacity(tokens.sentence_count());
    each(&context, |reader, sentence| {
        let (first, end) = sentence.bounds;
        let mut features = Vec::new();
        let mut starts = vec![0];
        for at in first..end {
            reader.all_of(at, sentence, &mut features);
            starts.push(u32::try_from(features.len()).unwrap_or(u32::MAX));
        }
        features.shrink_to_fit();
        sentences.push(Sentence { features, starts, labels: labels[first..end].to_vec() });
    });
    sentences
}

fn labels(line: &Line, tokens: &Tokens, lost: &mut usize) -> Vec<u8> {
    let bytes: Vec<u32> = line
        .text
        .char_indices()
        .map(|(byte, _)| u32::try_from(byte).unwrap_or(u32::MAX))
        .chain([u32::try_from(line.text.len()).unwrap_or(u32::MAX)])
        .collect();
    let mut labels = vec![0; tokens.all.len()];
    let mut taken = vec![false; tokens.all.len()];
    let mut names = line.entities.clone();
    // Of names within names the longest count.
    names.sort_by_key(|it| (std::cmp::Reverse(it.1 - it.0), it.0));
    for (start, end, kind) in &names {
        let kind = match kind.as_str() {
            "PER" => EntityKind::Person,
            "LOC" => EntityKind::Place,
            "ORG" => EntityKind::Organization,
            _ => continue,
        };
        let (start, end) = (bytes[*start as usize], bytes[*end as usize]);
        let first = tokens.at(start);
        let behind = tokens.all.partition_point(|token| token.start < end);
        if first >= behind || taken[first..behind].contains(&true) {
            *lost += 1;
            continue;
        }
        if tokens.all[first].start != start || tokens.all[behind - 1].end() != end {
            *lost += 1;
        }
        for at in first..behind {
            let part = match (at == first, at + 1 == behind) {
                (true, true) => Part::Single,
                (true, false) => Part::Begin,
                (false, true) => Part::End,
                (false, false) => Part::Inside,
            };
            labels[at] = Label::of(kind, part).0;
            taken[at] = true;
        }
    }
    // A sentence that ends inside a name ends the name, too.
    for &first in &tokens.sentences {
        let at = first as usize;
        if at == 0 || at >= labels.len() {
            continue;
        }
        if !Label(labels[at - 1]).allows(Label(labels[at])) || !ends(labels[at - 1]) {
            close(&mut labels, at);
        }
    }
    labels
}

fn ends(label: u8) -> bool {
    Label(label).allows(Label::OUTSIDE)
}

/// Cuts the name that stands across `at` in two.
fn close(labels: &mut [u8], at: usize) {
    if let Some((kind, part)) = Label(labels[at - 1]).parts() {
        labels[at - 1] = match part {
            Part::Begin | Part::Single => Label::of(kind, Part::Single).0,
            Part::Inside | Part::End => Label::of(kind, Part::End).0,
        };
    }
    if let Some((kind, part)) = Label(labels[at]).parts() {
        labels[at] = match part {
            Part::End | Part::Single => Label::of(kind, Part::Single).0,
            Part::Begin | Part::Inside => Label::of(kind, Part::Begin).0,
        };
    }
}
