//! Timelines of one person or company over several articles, as SemEval-2015 task 4 has them: is an
//! event found at its date, in its clause, with the one whose timeline it is?
//!
//! Only events with a date whose own sentence holds a time of that date can be found: what is told
//! in order, but without a date, stays out of the timeline.

use std::fmt::Write;

use serde::Deserialize;

use super::gold::Gold;
use super::system::{Entity, System, Time};
use super::tally::{Misses, Tally, percent};

/// What happened to one person or company, in order.
#[derive(Debug, Deserialize)]
pub(crate) struct Timeline {
    entity: String,
    timeline: Vec<Row>,
}

#[derive(Debug, Deserialize)]
struct Row {
    date: String,
    events: Vec<Event>,
}

#[derive(Debug, Deserialize)]
struct Event {
    doc: String,
    sentence: usize,
    word: String,
}

/// Dates, clauses and those who take part.
pub(crate) fn score(
    pairs: &[(Gold, System)],
    timelines: &[Timeline],
    misses: &mut Misses,
) -> String {
    let mut n = Tally::default();
    for timeline in timelines {
        for row in timeline.timeline.iter().filter(|row| !row.date.starts_with("XXXX")) {
            for event in &row.events {
                let doc = pairs.iter().find(|(gold, _)| gold.id == event.doc);
                let Some((gold, system)) = doc else { continue };
                n.add("events", 1);
                let Some((word, sentence)) = place(gold, event) else { continue };
                let date = row.date.replace("-XX", "");
                let of_date = |it: &&Time| {
                    it.start >= sentence.0 && it.end <= sentence.1 && day(&it.value) == date
                };
                let times: Vec<&Time> = system.dates.iter().filter(of_date).collect();
                if times.is_empty() {
                    continue;
                }
                n.add("dated", 1);
                let holds = |it: &&&Time| it.event_start <= word.0 && word.1 <= it.event_end;
                let clauses: Vec<&&Time> = times.iter().filter(holds).collect();
                if clauses.is_empty() {
                    misses.add(&format!("not in its clause: {}", event.word), gold, word);
                    continue;
                }
                n.add("clause", 1);
                let part = clauses.iter().flat_map(|it| &it.who);
                if part.into_iter().any(|name| is(name, &timeline.entity, &system.entities)) {
                    n.add("who", 1);
                } else {
                    misses.add(&format!("without {}", timeline.entity), gold, word);
                }
            }
        }
    }
    let mut out = String::new();
    let _ = writeln!(
        out,
        "events with a date {}, of which a time in their sentence has it {}",
        n.get("events"),
        n.get("dated")
    );
    for (key, words) in [("clause", "in the clause of that time"), ("who", "and with the entity")] {
        let (part, all) = (n.get(key), n.get("dated"));
        let _ = writeln!(out, "{words:<27} {:5.1} %  ({part} of {all})", percent(part, all));
    }
    out
}

/// The places of an event's word and of its sentence.
fn place(gold: &Gold, event: &Event) -> Option<((u32, u32), (u32, u32))> {
    let &(start, end) = gold.sentences.get(event.sentence)?;
    let chars = gold.text.chars().skip(start as usize).take(end.saturating_sub(start) as usize);
    let sentence: String = chars.collect();
    let at = sentence.find(&event.word)?;
    let before = u32::try_from(sentence.get(..at)?.chars().count()).ok()?;
    let len = u32::try_from(event.word.chars().count()).ok()?;
    Some(((start + before, start + before + len), (start, end)))
}

/// The first day, month or year of a value.
fn day(value: &str) -> &str {
    let first = value.split('/').next().unwrap_or_default();
    first.split('T').next().unwrap_or_default()
}

/// Whether somebody who takes part is the one looked for, by one of the names in the article.
fn is(name: &str, wanted: &str, entities: &[Entity]) -> bool {
    let wanted = wanted.to_lowercase();
    let aliases = entities.iter().filter(|it| it.name == name).flat_map(|it| &it.aliases);
    aliases
        .map(String::as_str)
        .chain([name])
        .map(str::to_lowercase)
        .any(|name| name.contains(&wanted) || wanted.contains(&name) && name.len() > 2)
}
