//! Everything that is known of an annotation, in words: what it is, why it was found, what the
//! reader made of it.

use crate::annot::{Annotation, Body, EntityId, Extra, Form, Kind, Origin, Quote, Review};
use crate::annot::{EntityKind, Store, Time, TimexType, timeline};
use crate::article::Article;
use crate::detect;
use crate::text::TextRange;

/// What is known of one annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// Its index in [`Store::annotations`].
    pub index: usize,
    /// What it is: "Direct quote".
    pub title: &'static str,
    /// What is said of it, each under a label.
    pub lines: Vec<(&'static str, String)>,
}

/// The most bytes of the article that are repeated.
const LONGEST: usize = 600;

/// Everything that covers the byte `place`, the shortest first: a name before the quote that it
/// stands in. The marks around a quote belong to it.
pub fn at(article: &Article, store: &Store, place: u32) -> Vec<Details> {
    // A quote is stored without its marks, which are at most a few bytes on either side.
    let around = TextRange::new(place.saturating_sub(MARK), place.saturating_add(MARK + 1));
    let covers = |it: &Annotation| {
        it.range.contains(place) || it.quote().is_some_and(|quote| quote.outer.contains(place))
    };
    let mut found: Vec<(u32, usize)> = store
        .touching(around)
        .filter(|(_, it)| it.review != Review::Rejected && covers(it))
        .map(|(index, it)| (it.range.len(), index))
        .collect();
    found.sort_unstable();
    found.into_iter().filter_map(|(_, index)| lines(article, store, index)).collect()
}

/// The most bytes of a quotation mark with the space that French puts behind it, twice for one
/// quote within another.
const MARK: u32 = 12;

/// What is known of the annotation of this index; nothing where there is none.
pub fn lines(article: &Article, store: &Store, index: usize) -> Option<Details> {
    let it = store.annotations().get(index)?;
    let mut lines = vec![("words", words(article, it.range))];
    match &it.body {
        Body::Quote(quote) => add_quote(&mut lines, article, store, quote),
        Body::Mention(id) => add_entity(&mut lines, store, *id, index),
        Body::Time(time) => {
            add_time(&mut lines, time);
            add_event(&mut lines, article, store, it.range);
        }
        Body::Highlight => {}
    }
    add_reason(&mut lines, article, it);
    if let Some(extra) = &it.extra {
        add_extra(&mut lines, extra);
    }
    lines.push(("place", format!("{} % of the article", percent(article, it.range.start))));
    Some(Details { index, title: title(store, it), lines })
}

/// How much of the article stands before a byte, in whole percent.
pub fn percent(article: &Article, place: u32) -> u32 {
    let whole = u64::try_from(article.text.len()).unwrap_or(u64::MAX).max(1);
    u32::try_from(u64::from(place) * 100 / whole).unwrap_or(100).min(100)
}

type Lines = Vec<(&'static str, String)>;

fn title(store: &Store, it: &Annotation) -> &'static str {
    match &it.body {
        Body::Quote(quote) => match quote.form {
            Form::Direct => "Direct quote",
            Form::Partial => "Partial quote",
            Form::Scare => "Words in distancing marks",
            Form::Block => "Block quote",
        },
        Body::Mention(id) => match store.entity(*id).map(|it| it.kind) {
            Some(EntityKind::Person) => "Person",
            Some(EntityKind::Place) => "Place",
            Some(EntityKind::Organization) => "Organization",
            None => "Name",
        },
        Body::Time(time) => match time.kind {
            TimexType::Date => "Date",
            TimexType::Time => "Time of day",
            TimexType::Duration => "Length of time",
            TimexType::Set => "Repeated time",
        },
        Body::Highlight => "Highlight",
    }
}

fn add_quote(lines: &mut Lines, article: &Article, store: &Store, quote: &Quote) {
    match &quote.speaker {
        None if !detect::language::is_english(article) => {
            lines.push(("speaker", "looked for in English texts only".to_owned()));
        }
        None => lines.push(("speaker", "the text names nobody".to_owned())),
        Some(speaker) => {
            let said = speaker.range.of(&article.text);
            let entity = speaker.entity.and_then(|id| store.entity(id));
            let name = entity.map_or(&*speaker.name, |it| it.name.as_str());
            lines.push(("speaker", name.to_owned()));
            if !said.is_empty() && said != name {
                lines.push(("named by", format!("“{}”", words(article, speaker.range))));
            }
            let description = entity.and_then(|it| it.description.clone());
            lines.extend(description.map(|it| ("who is", it)));
        }
    }
    lines.extend(quote.cue.map(|cue| ("cue", words(article, cue))));
    if let Some(first) = quote.continues.and_then(|id| store.get(id)) {
        lines.push(("goes on", format!("from “{}”", words(article, first.range))));
    }
}

fn add_entity(lines: &mut Lines, store: &Store, id: EntityId, index: usize) {
    let Some(entity) = store.entity(id) else { return };
    lines.push(("name", entity.name.clone()));
    if !entity.aliases.is_empty() {
        lines.push(("also", entity.aliases.join(", ")));
    }
    lines.extend(entity.description.clone().map(|it| ("is", it)));
    let mentions = store.mentions_of(id);
    let before = mentions.partition_point(|&it| (it as usize) < index);
    lines.push(("mention", format!("{} of {}", before + 1, mentions.len())));
}

/// What happens then, and who takes part.
fn add_event(lines: &mut Lines, article: &Article, store: &Store, time: TextRange) {
    let event = timeline::event(article, store, time);
    if event.clause != time {
        lines.push(("event", words(article, event.clause)));
    }
    let names = event.names(store);
    if !names.is_empty() {
        lines.push(("with", names.join(", ")));
    }
}

fn add_time(lines: &mut Lines, time: &Time) {
    lines.push(("value", time.value.to_string()));
    lines.extend(time.modifier.map(|it| ("modifier", modifier(it).to_owned())));
    if time.value.contains('X') {
        lines.push(("open", "what is written X cannot be told from the text".to_owned()));
    }
    if time.inferred {
        lines.push(("inferred", "a part of the value is concluded, not written".to_owned()));
    }
}

/// What a modifier of TIMEX3 says.
fn modifier(name: &str) -> &str {
    match name {
        "START" => "its beginning",
        "MID" => "its middle",
        "END" => "its end",
        "APPROX" => "about then",
        "BEFORE" => "before it",
        "AFTER" => "after it",
        "ON_OR_BEFORE" => "then or before",
        "ON_OR_AFTER" => "then or after",
        "LESS_THAN" => "less than this",
        "MORE_THAN" => "more than this",
        "EQUAL_OR_LESS" => "at most this",
        "EQUAL_OR_MORE" => "at least this",
        other => other,
    }
}

fn add_reason(lines: &mut Lines, article: &Article, it: &Annotation) {
    match &it.origin {
        Origin::Reader => lines.push(("made by", "you".to_owned())),
        Origin::Detector { rule } => {
            let why = detect::explain(rule);
            let [told, other] = detect::told(rule, article, it);
            lines.push(("why", told));
            if !other.is_empty() {
                lines.push(("or", other));
            }
            if why != rule {
                lines.push(("rule", rule.to_string()));
            }
            lines.push(("certain", format!("{:.0} %", it.confidence.clamp(0.0, 1.0) * 100.0)));
        }
    }
    let review = match (it.review, it.kind()) {
        (_, Kind::Highlight) => return,
        (Review::Proposed, _) => "proposed; nobody has looked at it yet",
        (Review::Accepted, _) => "accepted",
        (Review::Rejected, _) => "rejected",
    };
    lines.push(("review", review.to_owned()));
}

fn add_extra(lines: &mut Lines, extra: &Extra) {
    if !extra.tags.is_empty() {
        lines.push(("tags", extra.tags.join(", ")));
    }
    if !extra.note.is_empty() {
        lines.push(("note", extra.note.clone()));
    }
    lines.extend(extra.colour.clone().map(|it| ("colour", it)));
    lines.extend(extra.created.map(|it| ("made", it.strftime("%Y-%m-%d %H:%M UTC").to_string())));
    let changed = extra.modified.filter(|it| Some(*it) != extra.created);
    lines.extend(changed.map(|it| ("changed", it.strftime("%Y-%m-%d %H:%M UTC").to_string())));
}

/// The words of a passage, cut where they are many.
fn words(article: &Article, range: TextRange) -> String {
    let words = range.of(&article.text);
    let Some(beginning) = words.get(..words.floor_char_boundary(LONGEST)) else {
        return words.to_owned();
    };
    if beginning.len() == words.len() {
        return words.to_owned();
    }
    let cut = beginning.rfind(char::is_whitespace).unwrap_or(beginning.len());
    format!("{}…", beginning.get(..cut).unwrap_or(beginning))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::annot::{AnnotationId, Step};
    use crate::article;
    use crate::detect::Report;
    use crate::text::offset;

    const TEXT: &str = "\
The harbour opens again

“The harbour will open in May,” said Ada Marsh, the port’s director, on 3 March 2024. “Ships \
are waiting.”

Marsh spoke of a “miracle”.";

    fn analysed() -> (Article, Store) {
        let article = article::read(TEXT.as_bytes().to_vec(), "a.txt").unwrap();
        let mut store = Store::default();
        detect::run(&article, None, &AtomicBool::new(false), |report| {
            if let Report::Found(kind, findings) = report {
                store.take(kind, findings);
            }
        });
        (article, store)
    }

    fn said(details: &[Details]) -> String {
        let mut out = String::new();
        for it in details {
            out.extend([it.title, "\n"]);
            for (label, text) in &it.lines {
                out.extend(["  ", label, ": ", text, "\n"]);
            }
        }
        out
    }

    #[test]
    fn everything_that_covers_a_place_is_explained() {
        let (article, store) = analysed();
        let all: Vec<String> = ["harbour will", "Marsh, the", "3 March", "miracle"]
            .into_iter()
            .map(|words| said(&at(&article, &store, offset(TEXT.find(words).unwrap()))))
            .collect();
        insta::assert_snapshot!(all.join("\n"));
    }

    #[test]
    fn the_marks_belong_to_the_quote_and_the_space_behind_does_not() {
        let (article, store) = analysed();
        let opening = offset(TEXT.find('“').unwrap());
        assert_eq!(at(&article, &store, opening)[0].title, "Direct quote");
        let behind = offset(TEXT.find(" said").unwrap());
        assert_eq!(at(&article, &store, behind), []);
    }

    #[test]
    fn what_the_reader_made_is_told() {
        let (article, mut store) = analysed();
        let now = jiff::Timestamp::from_second(1_710_000_000).unwrap();
        let range = TextRange::new(0, 11);
        let mut it = Annotation::made(AnnotationId([7; 16]), range, Body::Highlight, now);
        if let Some(extra) = &mut it.extra {
            extra.tags = vec!["ports".into(), "spring".into()];
            extra.note = "Ask again.".into();
        }
        assert!(store.apply(Step::new("Highlight").set(it)));
        insta::assert_snapshot!(said(&at(&article, &store, 4)));
    }

    #[test]
    fn an_index_of_nothing_has_no_details() {
        let (article, store) = analysed();
        assert_eq!(lines(&article, &store, 9999), None);
        assert_eq!(at(&article, &store, u32::MAX), []);
    }
}
