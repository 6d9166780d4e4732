//! Places and organisations: names that mean the same thing in the whole document.

use std::collections::HashMap;

use super::super::Context;
use super::super::entities::candidates::{Build, Candidate};
use super::super::entities::names::{Name, Names};
use super::super::entities::vocabulary::Fast;
use crate::annot::EntityKind;
use crate::detect::tokens::Shape;
use crate::text::offset;

/// For every name the name that stands for all of its group.
pub(super) struct Others {
    parent: Vec<u32>,
}

impl Others {
    /// Joins names by the gazetteer, by definitions in brackets, initials and beginnings.
    pub(super) fn of(context: &Context<'_>, candidates: &[Candidate], names: &Names<'_>) -> Self {
        let mut others = Self { parent: (0..offset(names.all.len())).collect() };
        others.by_words(names);
        others.by_brackets(context, candidates, names);
        others.by_parts(names);
        others
    }

    /// The name that stands for the group of `name`.
    pub(super) fn group(&self, name: u32) -> u32 {
        let mut at = name;
        while self.parent[at as usize] != at {
            at = self.parent[at as usize];
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.group(a), self.group(b));
        let (first, second) = (a.min(b), a.max(b));
        self.parent[second as usize] = first;
    }

    /// The same canonical name, or the same words without "The", "Inc." and the like.
    fn by_words(&mut self, names: &Names<'_>) {
        let mut seen: HashMap<(EntityKind, String), u32, Fast> = HashMap::default();
        for (at, name) in names.all.iter().enumerate() {
            let Some((kind, ..)) = name.verdict.filter(|(kind, ..)| *kind != EntityKind::Person)
            else {
                continue;
            };
            let key = match name.build {
                Build::Known(entry) if entry.kind == kind => entry.canonical.to_lowercase(),
                Build::Known(_) | Build::Organisation | Build::Place | Build::Words => {
                    bare(&name.words)
                }
            };
            let first = *seen.entry((kind, key)).or_insert(offset(at));
            self.join(first, offset(at));
        }
    }

    /// "Human Rights Watch (HRW)" defines the acronym.
    fn by_brackets(&mut self, context: &Context<'_>, candidates: &[Candidate], names: &Names<'_>) {
        let (text, tokens) = (context.text(), &context.tokens.all);
        for (at, pair) in candidates.windows(2).enumerate() {
            let (long, short) = (pair[0], pair[1]);
            let bracket = long.end as usize;
            let defines = short.first == long.end + 1
                && short.end - short.first == 1
                && tokens[bracket].is_mark(text, '(')
                && tokens.get(short.end as usize).is_some_and(|token| token.is_mark(text, ')'));
            if !defines {
                continue;
            }
            let kind = |at: usize| names.all[names.of[at] as usize].verdict.map(|(kind, ..)| kind);
            let acronym = matches!(tokens[short.first as usize].shape, Shape::Upper | Shape::Mixed);
            let [long, short] = [at, at + 1].map(|at| &names.all[names.of[at] as usize]);
            if is_another(long, short) {
                continue;
            }
            if acronym && kind(at) == kind(at + 1) && kind(at) != Some(EntityKind::Person) {
                self.join(names.of[at], names.of[at + 1]);
            }
        }
    }

    /// Initials of, and the first word of, one longer name only.
    fn by_parts(&mut self, names: &Names<'_>) {
        let mut short: HashMap<(EntityKind, String), Vec<u32>, Fast> = HashMap::default();
        for (at, name) in names.all.iter().enumerate() {
            let Some((kind, ..)) = name.verdict else { continue };
            if kind != EntityKind::Organization || !name.words.contains(' ') {
                continue;
            }
            let words = name.words.strip_prefix("The ").unwrap_or(&name.words);
            let initials: String = words
                .split([' ', '-'])
                .filter_map(|word| word.chars().next())
                .filter(|c| c.is_uppercase())
                .collect();
            let all: String =
                words.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
            let first = words.split(' ').next().unwrap_or_default().to_owned();
            let tail = words.split_once(' ').map_or("", |(_, tail)| tail).to_owned();
            // "China Eastern" of "China Eastern Airlines".
            let head = words.rsplit_once(' ').map_or("", |(head, _)| head).to_owned();
            for part in [initials, all.to_uppercase(), first, tail, head] {
                let list = short.entry((kind, part)).or_default();
                if list.len() < 4 && !list.contains(&offset(at)) {
                    list.push(offset(at));
                }
            }
        }
        for (at, name) in names.all.iter().enumerate() {
            let Some((kind, ..)) = name.verdict else { continue };
            let known = matches!(name.build, Build::Known(entry) if entry.canonical != name.words);
            if name.words.len() < 2 || known {
                continue;
            }
            let words = name.words.replace('.', "");
            let Some(list) = short.get(&(kind, words)) else { continue };
            let mut groups: Vec<u32> = list.iter().map(|long| self.group(*long)).collect();
            groups.dedup();
            if let [only] = groups[..] {
                self.join(only, offset(at));
            }
        }
    }
}

/// Whether the acronym in brackets is known as somebody else's, as an agency's behind the place of a
/// report: "UNITED NATIONS (AP)".
fn is_another(long: &Name<'_>, short: &Name<'_>) -> bool {
    let Build::Known(entry) = short.build else { return false };
    let initials = long.words.split([' ', '-']).filter_map(|word| word.chars().next());
    let initials: String = initials.filter(|c| c.is_uppercase()).collect();
    let same = matches!(long.build, Build::Known(it) if it.canonical == entry.canonical);
    !same && entry.canonical != long.words && initials != short.words.replace('.', "")
}

/// A name without article, legal form and full stops.
fn bare(words: &str) -> String {
    const FORMS: [&str; 20] = [
        "Group",
        "Holdings",
        "Inc.",
        "Inc",
        "Ltd",
        "Ltd.",
        "Limited",
        "Corp.",
        "Corp",
        "Corporation",
        "Co.",
        "Co",
        "Company",
        "Plc",
        "PLC",
        "plc",
        "LLC",
        "LLP",
        "AG",
        "SA",
    ];
    let mut words =
        words.strip_prefix("The ").or_else(|| words.strip_prefix("the ")).unwrap_or(words);
    while let Some((rest, last)) = words.rsplit_once(' ') {
        if !FORMS.contains(&last) {
            break;
        }
        words = rest;
    }
    let words = words.to_lowercase().replace('.', "");
    // "Ministry of Defence" is the "Defence Ministry".
    for head in ["department", "ministry", "university"] {
        let rest = words.strip_prefix(head).and_then(|rest| rest.strip_prefix(" of "));
        if let Some(rest) = rest {
            return format!("{} {head}", rest.strip_prefix("the ").unwrap_or(rest));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    #[test]
    fn legal_forms_do_not_tell_names_apart() {
        assert_eq!(super::bare("The Acme Co. Inc."), "acme");
        assert_eq!(super::bare("U.S.S. Acme"), "uss acme");
        assert_eq!(super::bare("Department of the Otter"), super::bare("Otter Department"));
    }
}
