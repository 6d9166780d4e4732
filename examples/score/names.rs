//! Names: exact place and kind, and which are of the same one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::gold::Gold;
use super::system::System;
use super::tally::{Calibration, Misses, Tally};

const KINDS: [(&str, &str); 3] = [("person", "PER"), ("place", "LOC"), ("organization", "ORG")];

fn is_scored(kind: &str) -> bool {
    KINDS.iter().any(|it| it.1 == kind)
}

/// Exact place and kind; the place alone; kind by kind.
pub(crate) fn score(pairs: &[(Gold, System)], misses: &mut Misses) -> String {
    let mut n = Tally::default();
    let mut by_confidence = Calibration::default();
    for (gold, system) in pairs {
        let want: BTreeSet<(u32, u32, &str)> = gold
            .entities
            .iter()
            .filter(|it| is_scored(&it.2))
            .map(|(start, end, kind)| (*start, *end, kind.as_str()))
            .collect();
        let mut have = BTreeSet::new();
        for entity in &system.entities {
            let Some((_, kind)) = KINDS.iter().find(|it| it.0 == entity.kind) else { continue };
            have.extend(entity.mentions.iter().map(|&(start, end)| (start, end, *kind)));
        }
        for (set, name) in [(&want, "gold"), (&have, "system")] {
            for it in set {
                n.add(&format!("{name} {}", it.2), 1);
            }
            n.add(name, set.len());
        }
        for it in &have {
            let sure = system.sure.get(&(it.0, it.1)).copied().unwrap_or_default();
            by_confidence.count(f64::from(sure), want.contains(it));
        }
        for it in want.intersection(&have) {
            n.add(&format!("right {}", it.2), 1);
            n.add("right", 1);
        }
        let places = |set: &BTreeSet<(u32, u32, &str)>| -> BTreeSet<(u32, u32)> {
            set.iter().map(|it| (it.0, it.1)).collect()
        };
        n.add("span", places(&want).intersection(&places(&have)).count());
        for it in want.difference(&have) {
            misses.add(&format!("missed {}", it.2), gold, (it.0, it.1));
        }
        for it in have.difference(&want) {
            misses.add(&format!("wrong {}", it.2), gold, (it.0, it.1));
        }
    }
    let mut out = String::new();
    for (_, kind) in KINDS {
        let keys = ["right", "gold", "system"].map(|name| format!("{name} {kind}"));
        let _ = writeln!(out, "{kind:<4} {}", n.prf(&keys[0], &keys[1], &keys[2]));
    }
    let _ = writeln!(out, "all  {}", n.prf("right", "gold", "system"));
    let _ = writeln!(out, "span {}", n.prf("span", "gold", "system"));
    let _ = write!(out, "{by_confidence}");
    out
}

/// Pairs of exactly found names: are they of the same one?
pub(crate) fn alias(pairs: &[(Gold, System)], misses: &mut Misses) -> String {
    let mut n = Tally::default();
    for (gold, system) in pairs {
        let names: BTreeSet<(u32, u32)> =
            gold.entities.iter().filter(|it| is_scored(&it.2)).map(|it| (it.0, it.1)).collect();
        let mut want: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for (at, chain) in gold.chains.iter().enumerate() {
            for mention in &chain.mentions {
                let bound = |at: usize| {
                    mention.get(at).and_then(serde_json::Value::as_u64).map(u32::try_from)
                };
                let (Some(Ok(start)), Some(Ok(end))) = (bound(0), bound(1)) else { continue };
                if names.contains(&(start, end)) {
                    want.entry((start, end)).or_insert(at);
                }
            }
        }
        let have: BTreeMap<(u32, u32), usize> = system
            .entities
            .iter()
            .enumerate()
            .flat_map(|(at, entity)| entity.mentions.iter().map(move |&place| (place, at)))
            .collect();
        let both: Vec<(u32, u32)> =
            want.keys().copied().filter(|place| have.contains_key(place)).collect();
        n.add("names", want.len());
        n.add("found", both.len());
        let words = |place: (u32, u32)| -> String {
            let chars = gold.text.chars().skip(place.0 as usize);
            chars.take((place.1 - place.0) as usize).collect::<String>().to_lowercase()
        };
        for (at, &one) in both.iter().enumerate() {
            for &two in &both[at + 1..] {
                let (first, second) = (words(one), words(two));
                let wanted = want[&one] == want[&two];
                let found = have[&one] == have[&two];
                let differ = first != second;
                for (key, counts) in [("all", true), ("different", differ)] {
                    n.count(&format!("right {key}"), counts && wanted && found);
                    n.count(&format!("gold {key}"), counts && wanted);
                    n.count(&format!("system {key}"), counts && found);
                }
                if wanted != found && differ {
                    let why = if wanted { "not grouped" } else { "wrongly grouped" };
                    misses.add(&format!("{why} {first:?} and {second:?}"), gold, two);
                }
            }
        }
    }
    let row = |key: &str| {
        n.prf(&format!("right {key}"), &format!("gold {key}"), &format!("system {key}"))
    };
    format!(
        "names found exactly: {} of {}\npairs, all             {}\npairs, different words {}\n",
        n.get("found"),
        n.get("names"),
        row("all"),
        row("different"),
    )
}
