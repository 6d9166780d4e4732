//! Every different name of a document with what speaks for its kind anywhere in it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::candidates::{Build, Candidate};
use super::evidence::{Around, Tally};
use super::vocabulary::{Fast, Vocabulary};
use crate::annot::EntityKind;
use crate::detect::Context;
use crate::detect::lexicon::Class;
use crate::text::offset;

/// A name as it is written, wherever it stands.
#[derive(Clone, Debug)]
pub(crate) struct Name<'t> {
    /// The words, with one space for a line end.
    pub(crate) words: Cow<'t, str>,
    /// What speaks for its kind.
    tally: Tally,
    /// What it names, why, and how sure that is.
    pub(crate) verdict: Option<(EntityKind, &'static str, f32)>,
    /// How it is built where it first stands.
    pub(crate) build: Build,
}

/// The names, and for every candidate the index of its name.
pub(crate) struct Names<'t> {
    /// In the order of their first candidates.
    pub(crate) all: Vec<Name<'t>>,
    /// For every candidate, an index into `all`.
    pub(crate) of: Vec<u32>,
    /// For every candidate, why it is a name there and how sure that is; empty where all of a name
    /// have the same reason.
    pub(crate) sure: Vec<(&'static str, f32)>,
}

impl<'t> Name<'t> {
    /// A name of which the kind is known.
    pub(super) fn decided(
        words: Cow<'t, str>,
        verdict: Option<(EntityKind, &'static str, f32)>,
        build: Build,
    ) -> Self {
        Self { words, tally: Tally::default(), verdict, build }
    }
}

/// The most different names that are kept of a text: more than an article has, so that a text of
/// nothing but names stays within the memory of others. The first ones are kept.
pub(super) fn most_names(text: &str) -> usize {
    8192 + text.len() / 256
}

/// The most mentions that are kept of a text, likewise.
pub(super) fn most_mentions(text: &str) -> usize {
    4096 + text.len() / 40
}

/// Weighs all candidates and decides for every name what it names.
pub(crate) fn decide<'t>(
    context: &Context<'t>,
    vocabulary: &Vocabulary<'t>,
    candidates: &mut Vec<Candidate>,
) -> Names<'t> {
    let text = context.text();
    let tokens = context.tokens;
    let mut index: HashMap<Cow<'t, str>, u32, Fast> = HashMap::default();
    let of = Vec::with_capacity(candidates.len());
    let mut names = Names { all: Vec::new(), of, sure: Vec::new() };
    let mut sentence = 0;
    let most = most_names(text);
    candidates.retain(|candidate| {
        while tokens.sentences[sentence + 1] <= candidate.first {
            sentence += 1;
        }
        let bounds = (tokens.sentences[sentence] as usize, tokens.sentences[sentence + 1] as usize);
        let around = Around { text, tokens: &tokens.all, vocabulary, sentence: bounds };
        let words = one_line(candidate.range(&tokens.all).of(text));
        let name = match index.get(&words) {
            Some(&name) => name,
            None if names.all.len() >= most => return false,
            None => {
                let name = offset(names.all.len());
                index.insert(words.clone(), name);
                let (tally, build) = (Tally::default(), candidate.build);
                names.all.push(Name { words, tally, verdict: None, build });
                name
            }
        };
        let tally = around.weigh(candidate);
        names.all[name as usize].tally.join(&tally);
        names.of.push(name);
        true
    });
    names.spread(vocabulary, &index);
    for name in &mut names.all {
        name.verdict = name.tally.verdict();
    }
    for (at, candidate) in candidates.iter_mut().enumerate() {
        if names.all[names.of[at] as usize].verdict.is_none()
            && let Some((part, name)) = names.part(context, candidate, &index)
        {
            *candidate = part;
            names.of[at] = name;
        }
    }
    names
}

/// The words of a name with spaces for line ends.
pub(super) fn one_line(words: &str) -> Cow<'_, str> {
    if words.contains(['\n', '\r', '\t']) {
        Cow::Owned(crate::text::one_line(words))
    } else {
        Cow::Borrowed(words)
    }
}

impl<'t> Names<'t> {
    /// Lets the full names speak for their parts: "Putin" is whom "Vladimir Putin" is.
    fn spread(&mut self, vocabulary: &Vocabulary<'_>, index: &HashMap<Cow<'t, str>, u32, Fast>) {
        self.by_capitals(index);
        for at in 0..self.all.len() {
            let name = &self.all[at];
            let Some((kind, ..)) = name.tally.verdict() else { continue };
            let words = name.words.clone();
            if !words.contains(' ') {
                continue;
            }
            let mut parts: Vec<&str> = words.split(' ').collect();
            while parts.len() > 2
                && parts.last().is_some_and(|word| vocabulary.get(word).class.has(Class::SUFFIX))
            {
                parts.pop();
            }
            match kind {
                EntityKind::Person => {
                    self.support(index, parts.last().copied(), kind, 9);
                    self.support(index, parts.first().copied(), kind, 4);
                    self.support(
                        index,
                        words.find(' ').and_then(|at| words.get(at + 1..)),
                        kind,
                        6,
                    );
                }
                EntityKind::Organization => {
                    let first = parts.first().copied();
                    // "Osthaven Lines" are no reason to take Osthaven, in which people live, for
                    // them.
                    let own = |word: &&str| {
                        !vocabulary.get(word).class.has(Class::COMMON)
                            && !self.opens(index, word)
                            && !self.is_place(index, word)
                    };
                    self.support(index, first.filter(own), kind, 4);
                    let letters: String = parts
                        .iter()
                        .filter_map(|word| word.chars().next())
                        .filter(|c| c.is_uppercase())
                        .collect();
                    if letters.len() > 1 {
                        self.support(index, Some(&letters), kind, 6);
                    }
                }
                EntityKind::Place => {}
            }
        }
    }

    /// Whether the word alone is a place by what stands around it.
    fn is_place(&self, index: &HashMap<Cow<'t, str>, u32, Fast>, word: &str) -> bool {
        let kind = index.get(word).and_then(|&at| self.all[at as usize].tally.verdict());
        kind.is_some_and(|(kind, ..)| kind == EntityKind::Place)
    }

    /// Whether the word stands elsewhere in capitals and names a place there, as in front of a
    /// report: "KARELSUND, Estonia —".
    fn opens(&self, index: &HashMap<Cow<'t, str>, u32, Fast>, word: &str) -> bool {
        let name = index.get(word.to_uppercase().as_str()).map(|&at| &self.all[at as usize]);
        let kind = name.filter(|name| name.words != word).and_then(|name| name.tally.verdict());
        kind.is_some_and(|(kind, ..)| kind == EntityKind::Place)
    }

    /// Lets a place in capitals, as before the first sentence of news, speak for the same name in
    /// small letters: "OSLO, Norway —" and "in Oslo".
    fn by_capitals(&mut self, index: &HashMap<Cow<'t, str>, u32, Fast>) {
        /// Shorter words in capitals may be acronyms.
        const SHORTEST: usize = 5;
        for at in 0..self.all.len() {
            let name = &self.all[at];
            let written =
                name.words.len() >= SHORTEST && name.words.chars().all(char::is_uppercase);
            let place = name.tally.verdict().is_some_and(|it| it.0 == EntityKind::Place);
            if !(written && place) {
                continue;
            }
            let mut letters = name.words.chars();
            let first = letters.next().into_iter();
            let small: String = first.chain(letters.flat_map(char::to_lowercase)).collect();
            if let Some(&twin) = index.get(small.as_str()) {
                self.all[twin as usize].tally.add(EntityKind::Place, 9, "place in capitals");
            }
        }
    }

    /// The longest part of a candidate that is a name elsewhere: "Cruise" of "Cruise Video".
    fn part(
        &self,
        context: &Context<'t>,
        candidate: &Candidate,
        index: &HashMap<Cow<'t, str>, u32, Fast>,
    ) -> Option<(Candidate, u32)> {
        let (first, end) = (candidate.first, candidate.end);
        let count = end - first;
        if !(2..=6).contains(&count) {
            return None;
        }
        (1..count).rev().find_map(|len| {
            (first..=end - len).find_map(|from| {
                let part = Candidate { first: from, end: from + len, titles: 0, ..*candidate };
                let words = one_line(part.range(&context.tokens.all).of(context.text()));
                let name = *index.get(&words)?;
                self.all[name as usize].verdict.map(|_| (part, name))
            })
        })
    }

    fn support(
        &mut self,
        index: &HashMap<Cow<'t, str>, u32, Fast>,
        part: Option<&str>,
        kind: EntityKind,
        points: i32,
    ) {
        if let Some(&at) = part.and_then(|part| index.get(part)) {
            let name = &mut self.all[at as usize];
            let sure = matches!(name.build, Build::Known(entry) if entry.trust == crate::detect::lexicon::gazetteer::Trust::Sure);
            if !sure {
                name.tally.add(kind, points, "part of a full name");
            }
        }
    }
}
