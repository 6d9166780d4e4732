//! Links in the text, the letters over them, and their list.

use pullquote::article::{self, Article};
use pullquote::config::{BuiltIn, Settings};
use pullquote::ui::theme::Colour;

use super::Screen;

/// A page with links of every sort.
fn page() -> Article {
    let text = "# The quay at Aldern\n\nThe [harbour office](https://aldern.example/office) has \
        put up [a notice](notice.html) at last, and [whoever clicks here](javascript:alert(1)) \
        sees [nothing of this computer](file:///etc/passwd).\n\n## What it says\n\nThe ferry of \
        [Ruth Calder](http://calder.example/) sails on Tuesday, a line so long that [the link at \
        its end goes on in the next line](https://aldern.example/timetable?from=quay).\n";
    article::read(text.as_bytes().to_vec(), "quay.md").expect("it is an article")
}

fn screen(columns: u16, rows: u16) -> Screen {
    Screen::new(page(), Settings::default(), (columns, rows))
}

#[test]
fn links_can_be_seen_with_and_without_colour() {
    for (name, base, colour) in [
        ("links_dark", BuiltIn::Dark, Colour::Yes),
        ("links_light", BuiltIn::Light, Colour::Yes),
        ("links_no_colour", BuiltIn::Dark, Colour::No),
    ] {
        screen(60, 14).themed(base, colour).press("F").check_looks(name);
    }
}

#[test]
fn links_are_painted_only_where_that_is_wished() {
    let mut screen = screen(60, 14);
    let with = super::looks(&screen.draw());
    screen.press(":set<Space>nolinks<Enter>jk");
    assert_ne!(super::looks(&screen.draw()), with);
    screen.press(":set<Space>links<Enter>jk");
    assert_eq!(super::looks(&screen.draw()), with);
}

#[test]
fn letters_stand_over_the_links_in_view() {
    screen(90, 14).press("F").check("links_lettered");
    screen(24, 8).press("F").check("links_lettered_narrow");
}

#[test]
fn links_are_listed_behind_the_headings() {
    let mut screen = screen(90, 20);
    screen.press("o").check("links_listed");
    screen.press("/aldern").check("links_filtered");
}
