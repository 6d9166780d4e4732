//! Marking, tagging, correcting, reviewing, taking back: keys in, picture out.

use super::*;
use pullquote::annot::{Kind, Review};

const TEXT: &str = "\
The ferry comes back

By Ina Holt

Published 3 June 2024

“The ferry will run again from Monday,” said Mara Lindqvist, the mayor of Osthaven. “We have
waited long enough.”

Lindqvist spoke beside Per Lindqvist, her father, who built the old pier in 1986. Osthaven Lines
owns the ship. “It is a miracle,” he said.

Nobody in Osthaven expected the ferry before the spring.
";

fn ferry() -> Screen {
    Screen::text(TEXT, 120, 40)
}

/// The message of the status line.
fn says(screen: &Screen) -> String {
    match &screen.model.message {
        Some(app::Message::Done(text) | app::Message::Failed(text)) => text.clone(),
        None => String::new(),
    }
}

#[track_caller]
fn check_says(screen: &mut Screen, keys: &str, message: &str) {
    screen.press(keys);
    assert_eq!(says(screen), message, "{keys}");
}

#[test]
fn a_number_says_on_how_many_things() {
    let more = format!("{TEXT}\nNobody had asked. Everybody came. Then it rained.\n");
    let mut screen = Screen::text(&more, 120, 40);
    // Sentences from the cursor on, where nothing was found.
    check_says(&mut screen, "G0(2Hg", "highlighted the sentences in green");
    let all = &screen.model.store;
    let passage = all.annotations()[all.of_kind(Kind::Highlight)[0] as usize].range;
    let words = passage.of(&screen.model.article.text);
    assert_eq!(
        words,
        "Nobody in Osthaven expected the ferry before the spring.\n\nNobody had asked."
    );
    // Annotations of one kind.
    check_says(&mut screen, "gg2]q2A", "accepted 2 quotes");
    // Rows of a panel, from the selected one on.
    check_says(&mut screen, "gqgg2X", "rejected 2 quotes");
    check_says(&mut screen, "3u", "undid: highlighted the sentences in green");
    check_says(&mut screen, "2<C-r>", "did again: accepted 2 quotes");
    assert_eq!(screen.kept, 8);
}

#[test]
fn a_selection_is_highlighted_tagged_and_noted() {
    let mut screen = ferry();
    screen.press("/miracle<Enter>viqH").check("marking_letters");
    check_says(&mut screen, "g", "highlighted the selection in green");
    screen.check_looks("marking_highlighted");
    check_says(&mut screen, "t", "");
    screen.press("hope,<Space>sea").check("marking_tag_prompt");
    check_says(&mut screen, "<Enter>", "tagged the highlight “hope”, “sea”");
    screen.press("aWho<Space>says?<Enter>Ask<Space>him.").check("marking_note");
    check_says(&mut screen, "<Esc>", "noted on the highlight");
    screen.press("<Enter>").check("marking_details");
    screen.press("<Esc>gM").check("marking_list");
    assert_eq!(screen.kept, 3);
    check_says(&mut screen, "<Esc>uuu", "undid: highlighted the selection in green");
    assert!(screen.model.store.of_kind(Kind::Highlight).is_empty());
    screen.press("gu").check("marking_changes");
    check_says(&mut screen, "jj<Enter>", "did again: tagged the highlight “hope”, “sea”");
    assert_eq!(screen.kept, 8);
}

#[test]
fn without_a_selection_the_annotation_or_the_sentence_is_meant() {
    let mut screen = ferry();
    check_says(&mut screen, "GHy", "highlighted the sentence in yellow");
    screen.press("gg");
    check_says(&mut screen, "]qtplans<Enter>", "tagged the quote “plans”");
    check_says(&mut screen, "]q.", "tagged the quote “plans”");
    check_says(&mut screen, "T", "took “plans” from the quote");
    check_says(&mut screen, "T", "nothing here has a tag");
    check_says(&mut screen, "GHH", "that is so already");
    check_says(&mut screen, "dd", "deleted the highlight");
    check_says(&mut screen, "dd", "nothing is marked or found here that could be deleted");
}

#[test]
fn tags_are_completed() {
    let mut screen = ferry();
    screen.press("]qtplans,<Space>plants<Enter>]qtpl<Tab>").check("marking_tags_completed");
    check_says(&mut screen, "<Tab>,<Space>p<Tab><Enter>", "tagged the quote “plans”, “plants”");
}

#[test]
fn rows_are_marked_and_their_entities_merged_and_split() {
    let mut screen = ferry();
    screen.press("geV");
    screen.press("j").check("marking_rows");
    let before = screen.model.store.live_entities().count();
    screen.press("M");
    assert!(says(&screen).starts_with("merged "), "{}", says(&screen));
    assert_eq!(screen.model.store.live_entities().count(), before - 1);
    screen.press("u");
    assert_eq!(screen.model.store.live_entities().count(), before);
    screen.press("ga/Osthaven<Space>Lines<Enter>cw");
    check_says(&mut screen, "<C-u>The<Space>Line<Enter>", "renamed Osthaven Lines to The Line");
    check_says(&mut screen, "sl", "made The Line a place");
    screen.press("/Per<Enter>S");
    assert!(says(&screen).starts_with("split “Per Lindqvist” off"), "{}", says(&screen));
}

#[test]
fn a_speaker_and_a_time_are_corrected() {
    let mut screen = ferry();
    check_says(&mut screen, "/miracle<Enter>sper<Tab><Enter>", "Per Lindqvist said the quote");
    check_says(&mut screen, "s-<Enter>", "nobody said the quote");
    check_says(&mut screen, "sA<Space>sailor<Enter>", "A sailor said the quote");
    screen.press("gg/Monday<Enter>s").check("marking_value_prompt");
    check_says(&mut screen, "<C-u>2024-06-11<Enter>", "set the time to 2024-06-11");
    screen.press("/1986<Enter>s<C-u>soon<Enter>");
    assert!(says(&screen).starts_with("`soon` is no value"), "{}", says(&screen));
}

#[test]
fn edges_are_moved() {
    let mut screen = ferry();
    screen.press("/miracle<Enter>b]a[a");
    screen.press("ga/old<Space>pier<Enter>veeHy0/pier<Enter>r");
    assert!(screen.model.reader.selection.is_some(), "{}", says(&screen));
    check_says(&mut screen, "eer", "moved the edges of the highlight");
    let all = screen.model.store.annotations();
    let mark = all.iter().find(|it| it.kind() == Kind::Highlight).unwrap();
    assert_eq!(mark.range.of(&screen.model.article.text), "old pier in 1986");
}

#[test]
fn all_mentions_and_all_matches_are_marked_at_once() {
    let mut screen = ferry();
    screen.press("/Osthaven<Enter>ggnn");
    screen.press("gH").check("marking_matches");
    check_says(&mut screen, "b", "highlighted 3 passages in blue");
    check_says(&mut screen, "u", "undid: highlighted 3 passages in blue");
    screen.press("<Esc>gg]e]e]egmtown<Enter>");
    assert!(says(&screen).starts_with("tagged "), "{}", says(&screen));
    assert_eq!(screen.model.store.steps().len(), 1);
}

#[test]
fn the_queue_is_gone_through_with_one_key_each() {
    let mut screen = ferry();
    screen.press("gr").check("review_first");
    let open = |screen: &Screen| {
        let all = screen.model.store.annotations().iter();
        all.filter(|it| it.review == Review::Proposed).count()
    };
    let all = open(&screen);
    screen.press("ax").check("review_third");
    assert_eq!(open(&screen), all - 2);
    screen.press("<Backspace>");
    assert_eq!(open(&screen), all - 1);
    screen.press("x<Space>");
    for _ in 0..all - 2 {
        screen.press("a");
    }
    assert_eq!((says(&screen), open(&screen)), (format!("all {all} are reviewed"), 0));
    check_says(&mut screen, "gr", "there is nothing to review");
    screen.press("u");
    assert_eq!(open(&screen), 1);
}

#[test]
fn what_was_rejected_stays_away() {
    let mut screen = ferry();
    let quotes = screen.model.panels[0].rows.count();
    check_says(&mut screen, "gqX", "rejected the quote");
    assert_eq!(screen.model.panels[0].rows.count(), quotes - 1);
    screen.analyze(screen.model.article.meta.published);
    assert_eq!(screen.model.panels[0].rows.count(), quotes - 1);
}

#[test]
fn another_date_moves_the_relative_times() {
    let mut screen = ferry();
    let value = |screen: &Screen| {
        let all = screen.model.store.annotations().iter();
        let text = &screen.model.article.text;
        let monday = all.filter(|it| it.range.of(text) == "Monday").find_map(|it| it.time());
        monday.unwrap().value.to_string()
    };
    let before = value(&screen);
    screen.press(":date<Space>2024-09-19<Enter>");
    assert_ne!(value(&screen), before);
    screen.press("u");
    assert_eq!(value(&screen), before);
}

#[test]
fn marks_look_right_without_colours_too() {
    let mut screen = ferry().themed(BuiltIn::NoColour, Colour::No);
    screen.press("/old<Space>pier<Enter>veeHr]qtplans<Enter>").check_looks("marking_no_colour");
}

#[test]
fn everything_fits_on_a_small_screen() {
    for (columns, rows) in [(1, 1), (12, 4), (40, 10), (69, 24)] {
        for keys in ["gr", "GHygM", "Ha", "a", "GHygu", "]qt", "]qs", "gT"] {
            let mut screen = Screen::text(TEXT, columns, rows);
            screen.press(keys);
            screen.draw();
        }
    }
}

#[test]
fn a_selection_is_pulled_beyond_the_screen() {
    let text = "A paragraph of the long story.\n\n".repeat(60);
    let mut screen = Screen::text(&text, 60, 10);
    screen.mouse(mouse::What::Press(1), (8, 2)).mouse(mouse::What::Drag, (12, 8));
    let before = screen.model.reader.cursor;
    assert!(mouse::pulling(&screen.model).is_some());
    for _ in 0..30 {
        let pulled = mouse::pulling(&screen.model).expect("it is held at the edge");
        screen.mouse(pulled.what, pulled.at);
    }
    assert!(screen.model.reader.cursor > before + 200);
    check_says(&mut screen, "Hy", "highlighted the selection in yellow");
    screen.mouse(mouse::What::Release, (12, 8));
    assert!(mouse::pulling(&screen.model).is_none());
}
