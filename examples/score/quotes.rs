//! Quotes: found or not, strings in marks that nobody said, and whom the words beside them name.

use std::fmt::Write;

use super::gold::{Gold, Quote};
use super::system::{self, System};
use super::tally::{Calibration, Misses, Tally, overlap};
use pullquote::detect::speakers::calibration::{Shape, Who};

/// Detection, speakers, and how often an attribution of a certain confidence is right.
pub(crate) fn score(pairs: &[(Gold, System)], misses: &mut Misses) -> String {
    let (n, by_confidence) = count(pairs, misses);
    figures(&n, &by_confidence)
}

/// How often each rule is right, as `src/detect/speakers/calibration.rs` has it.
pub(crate) fn outcomes(pairs: &[(Gold, System)], misses: &mut Misses) -> String {
    let (n, _) = count(pairs, misses);
    let mut out = String::new();
    for (row, all) in n.beginning(OUTCOME).filter(|(row, _)| !row.ends_with(" right")) {
        let right = n.get(&format!("{OUTCOME}{row} right"));
        let _ = writeln!(out, "    {row}, {right}, {all}),");
    }
    out
}

fn count(pairs: &[(Gold, System)], misses: &mut Misses) -> (Tally, Calibration) {
    let mut n = Tally::default();
    let mut by_confidence = Calibration::default();
    for (gold, system) in pairs {
        let found = &system.quotes;
        let mut used = vec![false; found.len()];
        for want in &gold.quotes {
            let place = (want.inner_start, want.inner_end);
            n.add("gold", 1);
            let hit = (0..found.len()).find(|&at| {
                let it = &found[at];
                let longer = (place.1 - place.0).max(it.end - it.start);
                !used[at] && 2 * overlap(place, (it.start, it.end)) >= longer
            });
            let Some(hit) = hit else {
                misses.add("quote not found", gold, place);
                continue;
            };
            used[hit] = true;
            n.add("right", 1);
            let (Some(start), Some(end)) = (want.speaker_start, want.speaker_end) else { continue };
            let it = &found[hit];
            let said = it.speaker_start.zip(it.speaker_end);
            let right = said.is_some_and(|said| overlap((start, end), said) > 0);
            n.count("named", said.is_some());
            let long = if want.words >= 4 { "4+" } else { "" };
            for key in ["all", want.kind.as_str(), long] {
                n.add(&format!("speaker {key}"), 1);
                n.count(&format!("speaker right {key}"), right);
            }
            if let Some(said) = said {
                by_confidence.count(it.confidence, right);
                let row = outcome(gold, it, said);
                n.add(&format!("{OUTCOME}{row}"), 1);
                n.count(&format!("{OUTCOME}{row} right"), right);
            }
            let sure = it.confidence >= 0.9 && said.is_some();
            n.count("sure", sure);
            n.count("sure right", sure && right);
            if !right {
                misses.add(&wrong(want, it), gold, place);
            }
        }
        let speech = |form: &str| form != "scare";
        n.add("system", found.iter().filter(|it| speech(&it.form)).count());
        for &other in &gold.other_quoted {
            n.add("other", 1);
            let taken =
                found.iter().any(|it| speech(&it.form) && overlap(other, (it.start, it.end)) > 0);
            n.count("other taken", taken);
            if taken {
                misses.add("no speech, shown as speech", gold, other);
            }
        }
    }
    (n, by_confidence)
}

/// The counters of a rule's outcomes, whose names begin so.
const OUTCOME: &str = "outcome ";

/// Which row of the table of outcomes an attribution counts in.
fn outcome(gold: &Gold, it: &system::Quote, said: (u32, u32)) -> String {
    let words = |from: u32, to: u32| -> String {
        gold.text.chars().skip(from as usize).take((to - from) as usize).collect()
    };
    let rule = it.rule.as_deref().unwrap_or("-");
    let whole = matches!(it.form.as_str(), "direct" | "block");
    let shape = Shape::of(&words(it.start, it.end), whole);
    let who = Who::of(&words(said.0, said.1));
    format!("(\"{rule}\", Shape::{shape:?}, Who::{who:?}")
}

fn wrong(want: &Quote, it: &system::Quote) -> String {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "-".to_owned());
    let rule = it.rule.as_deref().unwrap_or("-");
    let (want, have) = (name(&want.speaker), name(&it.speaker));
    format!("speaker: want {want:?}, got {have:?} ({rule}, {:.2})", it.confidence)
}

fn figures(n: &Tally, by_confidence: &Calibration) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "detection         {}", n.prf("right", "gold", "system"));
    let _ = writeln!(
        out,
        "quoted strings that are no speech, shown as speech: {} of {}",
        n.get("other taken"),
        n.get("other")
    );
    for key in ["all", "direct", "mixed", "4+"] {
        let (right, whole) = (format!("speaker right {key}"), format!("speaker {key}"));
        if n.get(&whole) > 0 {
            let share = n.percent(&right, &whole);
            let _ =
                writeln!(out, "speaker {key:<9} {share:6.2} % of {} matched quotes", n.get(&whole));
        }
    }
    let _ = writeln!(
        out,
        "speaker end to end {:5.2} % of {} gold quotes;  precision of named ones {:.2} %;  at \
         confidence >= 0.9: {:.2} % of {}",
        n.percent("speaker right all", "gold"),
        n.get("gold"),
        n.percent("speaker right all", "named"),
        n.percent("sure right", "sure"),
        n.get("sure"),
    );
    let _ = write!(out, "{by_confidence}");
    out
}
