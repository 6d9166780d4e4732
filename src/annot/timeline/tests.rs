use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::annot::store::Findings;
use crate::annot::{Body, IdMaker, Origin, Review, Time, TimexType};
use crate::article::plain;
use crate::text::TextRange;

fn span(value: &str, modifier: Option<&str>) -> String {
    let show = |day: Option<Date>| day.map_or("..".to_owned(), |day| day.to_string());
    bounds(value, modifier).map_or("none".to_owned(), |span| {
        format!("{} {} {:?}", show(span.from), show(span.to), span.granularity)
    })
}

#[test]
fn values_have_their_first_and_last_day() {
    let check = |value: &str, want: &str| assert_eq!(span(value, None), want, "{value}");
    check("2024-10-11", "2024-10-11 2024-10-11 Day");
    check("2024-10", "2024-10-01 2024-10-31 Month");
    check("2024", "2024-01-01 2024-12-31 Year");
    check("2024-02-30", "none");
    check("199", "1990-01-01 1999-12-31 Decade");
    check("199X", "1990-01-01 1999-12-31 Decade");
    check("19", "1900-01-01 1999-12-31 Century");
    check("2024-W41", "2024-10-07 2024-10-13 Week");
    check("2024-W41-WE", "2024-10-12 2024-10-13 Week");
    check("2024-W41-5", "2024-10-11 2024-10-11 Day");
    check("2024-Q3", "2024-07-01 2024-09-30 Season");
    check("2024-H1", "2024-01-01 2024-06-30 Season");
    check("2024-SU", "2024-06-01 2024-08-31 Season");
    check("2023-WI", "2023-12-01 2024-02-29 Season");
    check("2024-10-11TMO", "2024-10-11 2024-10-11 Time");
    check("2024-10-22/2024-10-24", "2024-10-22 2024-10-24 Stretch");
    check("2007/..", "2007-01-01 .. Stretch");
    check("../2007-05", ".. 2007-05-31 Stretch");
    check("2024-XX-XX", "2024-01-01 2024-12-31 Year");
    check("-0508", "-000507-01-01 -000507-12-31 Year");
    for value in ["PAST_REF", "P2W", "PT5H", "XXXX-10-22", "XXXX-WXX-5", "", "T10:30", "é/ü"] {
        check(value, "none");
    }
    assert_eq!(span("2024-10-08", Some("ON_OR_AFTER")), "2024-10-08 .. Stretch");
}

fn store(values: &[&str]) -> Store {
    let ids = IdMaker::new("");
    let annotations = values.iter().enumerate().map(|(at, value)| {
        let range = TextRange::of_bytes(at, at + 1);
        let time =
            Time { kind: TimexType::Date, value: (*value).into(), inferred: false, modifier: None };
        Annotation {
            id: ids.annotation(Kind::Time, range, value),
            range,
            body: Body::Time(Box::new(time)),
            origin: Origin::Detector { rule: Cow::Borrowed("date") },
            review: Review::Proposed,
            confidence: 1.0,
            extra: None,
        }
    });
    let mut store = Store::default();
    store.take(Kind::Time, Findings { annotations: annotations.collect(), entities: vec![] });
    store
}

#[test]
fn times_stand_in_the_order_of_the_calendar() {
    let values =
        ["2024-10", "2022", "2024-10-01T14:30", "P2W", "2024", "2024-10-01TMO", "2025-01-01"];
    let written = "2024-10-11".parse().ok();
    let timeline = order(&store(&values), written, |_| true);
    let show = |row: &Row| (values[row.index as usize], row.side);
    assert_eq!(
        timeline.dated.iter().map(show).collect::<Vec<_>>(),
        [
            ("2022", Side::Before),
            ("2024", Side::Around),
            ("2024-10", Side::Around),
            ("2024-10-01TMO", Side::Before),
            ("2024-10-01T14:30", Side::Before),
            ("2025-01-01", Side::After),
        ]
    );
    assert_eq!(timeline.undated.iter().map(show).collect::<Vec<_>>(), [("P2W", Side::Unknown)]);
    assert_eq!(timeline.dated[0].heading(), Some((2022, None)));
    assert_eq!(timeline.dated[2].heading(), Some((2024, Some(10))));
}

#[test]
fn the_line_with_the_articles_own_day_is_no_row() {
    let mut store = store(&["2024-10-11", "2024-10-12"]);
    let mut proposed = store.annotations().to_vec();
    proposed[0].origin = Origin::Detector { rule: "dateline".into() };
    store.take(Kind::Time, Findings { annotations: proposed, entities: vec![] });
    let rows = order(&store, "2024-10-11".parse().ok(), |_| true);
    assert_eq!(rows.dated.iter().map(|row| row.index).collect::<Vec<_>>(), [1]);
}

/// What is shown beside the time in brackets.
#[track_caller]
fn check_gist(text: &str, want: &str) {
    let (before, rest) = text.split_once('[').expect("a mark");
    let (time, after) = rest.split_once(']').expect("a mark");
    let article = plain::read(format!("{before}{time}{after}"), "-");
    let range = TextRange::of_bytes(before.len(), before.len() + time.len());
    assert_eq!(gist(&article, range).of(&article.text), want, "{text}");
}

#[test]
fn the_clause_around_a_time_is_its_gist() {
    check_gist(
        "It rained. The mayor opened the bridge on [Monday]. Nobody came.",
        "The mayor opened the bridge",
    );
    check_gist("In [2018], the town banned every car.", "the town banned every car");
    check_gist("It has stood there since [2018].", "It has stood there since 2018");
    check_gist(
        "Nobody spoke of [2018]’s great flood again.",
        "Nobody spoke of 2018’s great flood again",
    );
    check_gist(
        "The rain stopped, and [today] the children play outside.",
        "the children play outside",
    );
    check_gist("It snows, but nobody in town minded in [May].", "nobody in town minded");
    check_gist(
        "My sister and I have met no one since [1998].",
        "My sister and I have met no one since 1998",
    );
    check_gist(
        "Much was said, and [yesterday] the bank, which owns the mill, gave way.",
        "the bank, which owns the mill, gave way",
    );
    check_gist("Not [now]", "Not now");
    check_gist(
        "She has the farm, which came from her uncle, Al Zork, in [2022].",
        "She has the farm, which came from her uncle, Al Zork",
    );
    check_gist("The court sat again today ([3 May]) and will go on.", "The court sat again today");
    check_gist(
        "And [now], in general, the question is whether it rains.",
        "in general, the question is whether it rains",
    );
    check_gist("It will stay until at least [May].", "It will stay until at least May");
    check_gist(
        "Would he go, in [2011] and again next time?",
        "Would he go, in 2011 and again next time?",
    );
    check_gist(
        "The law, which the chamber passed in [May], was never used.",
        "The law, which the chamber passed",
    );
    check_gist(
        "The firm moved to Oslo in [2011] and the staff stayed behind.",
        "The firm moved to Oslo",
    );
    check_gist("[Today]", "Today");
}

#[test]
fn a_clause_has_its_subject() {
    check_gist(
        "The council condemns [today]’s brutal, cowardly attack on the harbour.",
        "The council condemns today’s brutal, cowardly attack on the harbour",
    );
    check_gist(
        "The ferry, the oldest ship on the lake, was sold to a museum on [Monday].",
        "The ferry, the oldest ship on the lake, was sold to a museum",
    );
    check_gist(
        "In [1997] and 1998, she was at sea on a tug.",
        "In 1997 and 1998, she was at sea on a tug",
    );
    check_gist(
        "Al Zork, head of the harbour, said that the ferry would go on [Monday].",
        "Al Zork, head of the harbour, said that the ferry would go",
    );
    check_gist(
        "The oldest firm, Falk and Sons, announced [today] that it was for sale.",
        "Falk and Sons, announced today that it was for sale",
    );
    check_gist(
        "Al Zork, born in Ely on [3 May 1955], never left the town.",
        "Al Zork, born in Ely",
    );
    check_gist("The start, at [08:30], was late.", "The start, at 08:30, was late");
    check_gist(
        "In [2018], following a long strike, the harbour opened again.",
        "following a long strike, the harbour opened again",
    );
}

#[test]
fn a_clause_has_its_verb_and_no_other_sentence() {
    check_gist(
        "In her speech on [Monday], the mayor named nobody.",
        "In her speech on Monday, the mayor named nobody",
    );
    check_gist(
        "They opened the Blue Door, a shop for old songs, on [3 May].",
        "They opened the Blue Door, a shop for old songs",
    );
    check_gist(
        "She spoke to the Lake League (LL) in Salem, Oregon on [Monday].",
        "She spoke to the Lake League (LL) in Salem, Oregon",
    );
    check_gist(
        "The survey showed that as of [2018], every third boat leaked badly.",
        "as of 2018, every third boat leaked badly",
    );
    check_gist("It was “a sound ship”. Nobody minded it in [May].", "Nobody minded it in May");
    check_gist(
        "A storm on [Sunday night] (4 March) sank it.",
        "A storm on Sunday night (4 March) sank it",
    );
    check_gist("They met in the U.S. on [Monday]. It rained.", "They met in the U.S.");
    check_gist("It fell in Washington D.C. The mayor saw it [today].", "The mayor saw it");
    check_gist("[October] is the month of storms.", "October is the month of storms");
    check_gist("It sank on [3 May] near Ely. Nobody was on board.", "It sank on 3 May near Ely");
    check_gist(
        "It sank near Ely on May 3. Nobody was seen on board [today].",
        "Nobody was seen on board",
    );
}

proptest! {
    #[test]
    fn no_value_breaks_the_timeline(value in "\\PC{0,16}|[0-9X/.WQTPH-]{0,14}", modifier in "[A-Z_]{0,9}") {
        if let Some(span) = bounds(&value, Some(&modifier)) {
            prop_assert!(span.key().is_some());
        }
    }

    #[test]
    fn a_gist_says_more_than_its_time_or_holds_it(text in "\\PC{0,60}[a-z .,–é;()]{0,60}\\PC{0,20}", a in 0_usize..140, b in 0_usize..12) {
        let article = plain::read(text.clone(), "-");
        let place = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let range = TextRange::of_bytes(place(a), place(a + b));
        let gist = gist(&article, range);
        let words = text.get(gist.usize()).map(|it| it.split_whitespace().count());
        prop_assert!(words.is_some());
        prop_assert!(gist.covers(range) || words >= Some(gist::FEW_WORDS));
    }
}
