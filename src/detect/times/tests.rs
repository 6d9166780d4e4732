//! What expressions mean, row by row.

use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use proptest::prelude::*;

use super::find;
use crate::annot::{Annotation, IdMaker};
use crate::article::plain;
use crate::detect::{Context, Tokens};

fn times(text: &str, written: Option<&str>) -> Vec<Annotation> {
    let article = plain::read(text.to_owned(), "-");
    let tokens = Tokens::of(&article);
    let cancel = AtomicBool::new(false);
    let written = written.map(|it| it.parse::<Date>().expect("a date"));
    let ids = IdMaker::new(text);
    find(&Context { article: &article, tokens: &tokens, written, ids, cancel: &cancel }).annotations
}

/// Each time as "words = value", with the modifier behind it and a `?` where it is inferred.
fn shown(text: &str, written: Option<&str>) -> Vec<String> {
    let show = |it: &Annotation| {
        let time = it.time().expect("a time");
        let modifier = time.modifier.map(|it| format!(" {it}")).unwrap_or_default();
        let inferred = if time.inferred { " ?" } else { "" };
        format!("{} = {}{modifier}{inferred}", it.range.of(text), time.value)
    };
    times(text, written).iter().map(show).collect()
}

/// On Friday, 11 October 2024.
fn check(text: &str, want: &[&str]) {
    assert_eq!(shown(text, Some("2024-10-11")), want, "{text}");
}

fn check_undated(text: &str, want: &[&str]) {
    assert_eq!(shown(text, None), want, "{text}");
}

#[test]
fn dates() {
    check("They met on 3 May 2019.", &["3 May 2019 = 2019-05-03"]);
    check("They met on May 3, 2019, in Oslo.", &["May 3, 2019 = 2019-05-03"]);
    check("They met on 2019-05-03.", &["2019-05-03 = 2019-05-03"]);
    check("The fair runs on Nov. 2-5.", &["Nov. 2-5 = 2024-11-02/2024-11-05"]);
    check("They will meet on Jan 9.", &["Jan 9 = 2025-01-09"]);
    check("They met on Dec. 9.", &["Dec. 9 = 2023-12-09"]);
    check("Feb 30 is no day.", &[]);
}

proptest! {
    #[test]
    fn nothing_breaks_it(text in "([a-z]{1,4}|[0-9]{1,5}|Oct|May|Friday|last|next|year|ago|the|-|/|:|,|\\.|'|–|é| ){0,40}") {
        for written in [None, Some("2024-10-11"), Some("0001-01-01"), Some("9999-12-31")] {
            let mut last = 0;
            for it in times(&text, written) {
                prop_assert!(last <= it.range.start && it.range.start < it.range.end);
                prop_assert!(!it.range.of(&text).is_empty());
                last = it.range.end;
            }
        }
    }
}
