//! Counting, and saying what was counted.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::Write;

use super::gold::Gold;

/// Named counters.
#[derive(Default)]
pub(crate) struct Tally(BTreeMap<String, usize>);

impl Tally {
    pub(crate) fn add(&mut self, name: &str, count: usize) {
        *self.0.entry(name.to_owned()).or_default() += count;
    }

    pub(crate) fn count(&mut self, name: &str, is: bool) {
        self.add(name, usize::from(is));
    }

    pub(crate) fn get(&self, name: &str) -> usize {
        self.0.get(name).copied().unwrap_or(0)
    }

    /// The counters whose names begin so, without that beginning, in order.
    pub(crate) fn beginning<'t>(&'t self, name: &'t str) -> impl Iterator<Item = (&'t str, usize)> {
        self.0.iter().filter_map(move |(key, &count)| Some((key.strip_prefix(name)?, count)))
    }

    /// Precision, recall and F1 of three counters.
    pub(crate) fn prf(&self, right: &str, gold: &str, system: &str) -> String {
        prf(self.get(right), self.get(gold), self.get(system))
    }

    /// How many of a hundred.
    pub(crate) fn percent(&self, part: &str, whole: &str) -> f64 {
        percent(self.get(part), self.get(whole))
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]
pub(crate) fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

pub(crate) fn prf(right: usize, gold: usize, system: usize) -> String {
    let (p, r) = (percent(right, system), percent(right, gold));
    let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
    format!("P {p:6.2}  R {r:6.2}  F1 {f:6.2}   (right {right}, gold {gold}, system {system})")
}

/// How often what is of a certain confidence is right.
#[derive(Default)]
pub(crate) struct Calibration(BTreeMap<u8, (usize, usize)>);

impl Calibration {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 10")]
    pub(crate) fn count(&mut self, confidence: f64, right: bool) {
        let tenth = (confidence * 10.0 + 0.001).floor().clamp(0.0, 9.0) as u8;
        let row = self.0.entry(tenth).or_default();
        row.0 += usize::from(right);
        row.1 += 1;
    }
}

impl fmt::Display for Calibration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (tenth, (right, all)) in &self.0 {
            let (from, to) = (f32::from(*tenth) / 10.0, f32::from(*tenth + 1) / 10.0);
            let share = percent(*right, *all);
            writeln!(f, "confidence {from:.1} to {to:.1}  {all:6}  {share:5.1} % right")?;
        }
        Ok(())
    }
}

/// How many code points two places share.
pub(crate) fn overlap(a: (u32, u32), b: (u32, u32)) -> u32 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// The first misses, each with its context.
pub(crate) struct Misses {
    left: usize,
    lines: String,
}

impl Misses {
    pub(crate) fn new(left: usize) -> Self {
        Self { left, lines: String::new() }
    }

    pub(crate) fn add(&mut self, why: &str, gold: &Gold, place: (u32, u32)) {
        /// Code points on either side.
        const CONTEXT: u32 = 60;
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let cut = |from: u32, to: u32| -> String {
            let chars =
                gold.text.chars().skip(from as usize).take(to.saturating_sub(from) as usize);
            chars.map(|c| if c == '\n' { ' ' } else { c }).collect()
        };
        let (start, end) = place;
        let _ = writeln!(
            self.lines,
            "  {why}  [{}]  …{}«{}»{}…",
            gold.id,
            cut(start.saturating_sub(CONTEXT), start),
            cut(start, end),
            cut(end, end + CONTEXT),
        );
    }
}

impl fmt::Display for Misses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines)
    }
}

pub(crate) fn print(text: &str) {
    // Nobody is told where the reader of the figures has gone away.
    std::io::stdout().write_all(text.as_bytes()).ok();
}
