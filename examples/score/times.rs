//! Times: place, type and value, as TempEval-3 counts them.

use std::fmt::Write;

use super::gold::Gold;
use super::system::System;
use super::tally::{Misses, Tally, overlap};

/// Whether a value is a place on the calendar, not a length or "now".
fn is_calendar(value: &str) -> bool {
    let bytes = value.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let open = value.strip_prefix("XXXX-").is_some_and(|rest| {
        rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_digit())
    });
    digits >= 4 || open || (digits == bytes.len() && (digits == 2 || digits == 3))
}

/// Place, type and value.
pub(crate) fn score(pairs: &[(Gold, System)], misses: &mut Misses) -> String {
    let mut n = Tally::default();
    for (gold, system) in pairs {
        let found = &system.dates;
        n.add("gold", gold.timex.len());
        n.add("system", found.len());
        n.add("system calendar", found.iter().filter(|it| is_calendar(&it.value)).count());
        let mut used = vec![false; found.len()];
        for want in &gold.timex {
            let value = want.value.as_deref().unwrap_or_default();
            let calendar = is_calendar(value);
            let place = (want.start, want.end);
            n.count("gold calendar", calendar);
            let nearest = (0..found.len())
                .filter(|&at| !used[at] && overlap(place, (found[at].start, found[at].end)) > 0)
                .map(|at| {
                    let it = &found[at];
                    (it.start.abs_diff(want.start) + it.end.abs_diff(want.end), at)
                })
                .min();
            let Some((distance, at)) = nearest else {
                misses.add(&format!("missed {value}"), gold, place);
                continue;
            };
            used[at] = true;
            let it = &found[at];
            let right = want.value.as_deref() == Some(&it.value);
            n.add("relaxed", 1);
            n.count("strict", distance == 0);
            n.count("type", want.r#type.as_deref() == Some(&it.r#type));
            n.count("value", right);
            n.count("calendar", right && calendar);
            if !right {
                misses.add(&format!("value: want {value}, got {}", it.value), gold, place);
            }
        }
        for (it, _) in found.iter().zip(&used).filter(|it| !it.1) {
            misses.add(&format!("extra {}", it.value), gold, (it.start, it.end));
        }
    }
    let mut out = String::new();
    for key in ["strict", "relaxed", "type", "value"] {
        let _ = writeln!(out, "{key:<8} {}", n.prf(key, "gold", "system"));
    }
    let _ = writeln!(out, "calendar {}", n.prf("calendar", "gold calendar", "system calendar"));
    out
}
