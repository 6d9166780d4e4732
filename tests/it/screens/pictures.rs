//! What the reader sees after what keys.

use pullquote::app::mouse::What;

use super::Screen;

/// Draws the sample at this size after these keys.
#[track_caller]
fn check(name: &str, (columns, rows): (u16, u16), keys: &str) {
    let mut screen = Screen::sample(columns, rows);
    if !keys.is_empty() {
        screen.press(keys);
    }
    screen.check(name);
}

#[test]
fn the_sample_opens_at_any_size() {
    check("wide", (120, 40), "");
    check("medium", (90, 30), "");
    check("medium_timeline", (90, 30), "gtga");
    check("narrow", (60, 24), "");
    check("narrow_quotes", (60, 24), "gq");
    check("narrow_entities", (60, 24), "ge");
    check("narrow_timeline", (60, 24), "gt");
    check("large", (200, 60), "");
    check("tiny", (20, 5), "");
    check("tiny_quotes", (20, 5), "gq");
    check("one_cell", (1, 1), "");
}

#[test]
fn quotes_are_walked() {
    check("third_quote", (110, 24), "3]q");
    check("third_quote_and_back", (110, 24), "3]q<C-o>");
    check("beyond_the_last_quote", (110, 24), "999]q");
    check("count_typed", (60, 10), "12");
    check("keys_that_may_follow", (90, 20), "]");
}

#[test]
fn the_text_is_searched() {
    check("search_typing", (90, 20), "/light");
    check("search_done", (90, 20), "/light<Enter>");
    check("search_next", (90, 20), "/light<Enter>n");
    check("search_without_match", (90, 20), "/zebra<Enter>");
    check("search_bad_pattern", (90, 20), "/(<Enter>");
    check("search_given_up", (90, 20), "Gzz/lamp<Esc>");
}

#[test]
fn a_count_of_matches_goes_round() {
    let mut screen = Screen::text("one two one two one\n", 60, 5);
    screen.press("/one<Enter>");
    // From the first of three: as far as the rest of a whole number of rounds.
    for (keys, place) in [("4n", 8), ("999999n", 8), ("3000n", 8), ("2N", 16), ("500002N", 8)] {
        screen.press(keys);
        assert_eq!(screen.model.reader.cursor, place, "{keys}");
    }
}

#[test]
fn popups_lie_above_the_text() {
    check("details", (110, 30), "3]q<Enter>");
    check("details_narrow", (60, 16), "3]q<Enter>");
    check("details_of_nothing", (90, 20), "<Enter>");
    check("outline", (90, 24), "o");
    check("outline_taken", (90, 24), "o<Down><Enter>");
    check("filter_quotes", (110, 30), "gqf");
    check("filter_entities", (90, 24), "gef");
    check("help", (110, 30), "?");
    check("help_searched", (110, 30), "?/quote");
    check("help_tiny", (20, 5), "?");
}

#[test]
fn commands_are_typed() {
    check("command_typed", (90, 20), ":");
    check("command_completed", (90, 20), ":foc<Tab>");
    check("command_completed_twice", (90, 20), ":foc<Tab><Tab>");
    check("command_unknown", (90, 20), ":fuocs_quotes<Enter>");
    check("date_set", (110, 30), ":date<Space>2020-02-03<Enter>gt");
    check("date_wrong", (110, 30), ":date<Space>tomorrow<Enter>");
}

#[test]
fn panes_take_turns() {
    check("zen", (120, 30), "Z");
    check("by_speaker", (120, 40), "gs");
    check("tab_goes_to_the_quotes", (120, 30), "<Tab>");
    check("tab_goes_around", (120, 30), "<Tab><Tab><Tab><Tab>");
    check("mentions_walked", (120, 40), "ge<Enter><Enter>");
    check("cursor_at_the_top", (90, 20), "8]qzt");
    check("wider", (120, 30), ">>>");
}

#[test]
fn every_line_can_be_counted_to() {
    let mut screen = Screen::text("One line\nand two\nand the third.\n", 80, 10);
    for (keys, place) in [("2G", 9), ("3G", 17), ("4G", 30), ("99G", 30), ("1G", 0), ("G", 30)] {
        screen.press(keys);
        assert_eq!(screen.model.reader.cursor, place, "{keys}");
    }
}

#[test]
fn the_cursor_is_always_on_something_to_be_seen() {
    let mut screen = Screen::text("A town\r\n\r\nSome words\r\nof it\r\n", 80, 10);
    // Past the title's end is the next paragraph, and back is the title again.
    for (keys, place) in [("$", 5), ("l", 10), ("h", 5), ("2G", 10), ("99l", 26), ("gg", 0)] {
        screen.press(keys);
        assert_eq!(screen.model.reader.cursor, place, "{keys}");
    }
}

#[test]
fn a_selection_grows_by_units() {
    Screen::sample(90, 20).press("2]qvis").check_looks("sentence_selected");
    Screen::sample(90, 20).press("jjjjVj").check_looks("lines_selected");
}

#[test]
fn a_new_size_keeps_the_place() {
    let mut screen = Screen::sample(120, 40);
    screen.press("8]q");
    let cursor = screen.model.reader.cursor;
    screen.resize(60, 12).check("resized_narrow");
    screen.resize(1, 1).resize(0, 0).resize(90, 20).check("resized_medium");
    assert_eq!(screen.model.reader.cursor, cursor);
}

#[test]
fn the_mouse_goes_where_it_points() {
    let mut screen = Screen::sample(120, 40);
    screen.mouse(What::Press(1), (80, 3)).mouse(What::Release, (80, 3)).check("mouse_on_a_row");
    screen.mouse(What::Press(2), (20, 8)).mouse(What::Release, (20, 8));
    screen.check_looks("mouse_on_a_word");
    screen.mouse(What::Wheel(3), (20, 8)).check("mouse_wheel");
}

#[test]
fn small_articles_are_articles() {
    Screen::text("Word", 80, 20).press("gt").check("one_word");
    let wrapped = "A harbour town\n\nThe ferry left on Monday with all\nof its lamps lit, and the \
        crew said\nthat “nobody had told\nthem” of the storm.\n\nIt came back on 3 May 2021.\n";
    Screen::text(wrapped, 100, 16).press("]q").check("hard_wrapped");
    let read = pullquote::article::read(b" \r\n\t\xC2\xA0\n".to_vec(), "a.txt");
    let error = read.expect_err("there is nothing to read");
    assert!(error.to_string().contains("nothing but white space"));
}
