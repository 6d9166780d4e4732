//! What tells things apart on the screen, in every theme.

use pullquote::config::{Borders, BuiltIn, Settings};
use pullquote::ui::theme::Colour;
use ratatui::style::Color;

use super::{Screen, looks, read, shown};

const SIZE: (u16, u16) = (110, 30);

fn with_borders(borders: Borders) -> Screen {
    let mut settings = Settings::default();
    settings.view.borders = borders;
    settings.theme.borders = borders;
    Screen::new(pullquote::article::sample(), settings, SIZE)
}

#[test]
fn every_theme() {
    for (name, base) in [
        ("theme_dark", BuiltIn::Dark),
        ("theme_light", BuiltIn::Light),
        ("theme_high_contrast", BuiltIn::HighContrast),
        ("theme_no_colour", BuiltIn::NoColour),
    ] {
        let mut screen = Screen::sample(SIZE.0, SIZE.1).themed(base, Colour::Yes);
        screen.press("2]q").check_looks(name);
    }
}

#[test]
fn ascii_borders_need_no_other_signs() {
    let screen = with_borders(Borders::Ascii).check("ascii").shown();
    let article = pullquote::article::sample().text;
    let strange = |it: &char| !it.is_ascii() && !article.contains(*it);
    // The words that explain a rule have an ellipsis of their own.
    let screen = screen.replace("“…,”", "");
    assert_eq!(screen.chars().find(strange), None);
}

/// Without colours, what is marked differs by its modifiers or by the sign beside its line.
#[test]
fn without_colour_everything_still_differs() {
    let text = "A town by the sea\n\nThe lamps were lit at dusk.\n\nThen “the light is spoken for \
        and stays,” said Henrik Vaasa.\n\nThe old road leads to Portugal again.\n\n\
        The Ministry of Transport has answered.\n\nThe boat sank on \
        4 October 1887.\n";
    let mut screen = Screen::new(read(text), Settings::default(), (100, 30));
    screen = screen.themed(BuiltIn::Dark, Colour::No);
    let pictures = [screen.draw(), screen.press("jv3w").draw()];
    for buffer in &pictures {
        assert!(buffer.content.iter().all(|it| (it.fg, it.bg) == (Color::Reset, Color::Reset)));
    }
    let look = |picture: usize, words: &str| {
        let buffer = &pictures[picture];
        for y in 0..buffer.area.height {
            let line: String = (0..58).map(|x| buffer[(x, y)].symbol()).collect();
            let Some(at) = line.find(words) else { continue };
            let x =
                u16::try_from(line.split_at(at).0.chars().count()).expect("the screen is narrow");
            return (buffer[(x, y)].modifier, line.chars().take(2).collect::<String>());
        }
        panic!("`{words}` is not on the screen:\n{}{}", shown(buffer), looks(buffer));
    };
    let all = [
        ("text", look(0, "lamps were")),
        ("quote", look(0, "light is spoken")),
        ("person", look(0, "Henrik")),
        ("place", look(0, "Portugal")),
        ("organisation", look(0, "Ministry of")),
        ("time", look(0, "4 October")),
        ("selection", look(1, "lamps were")),
        ("cursor", look(1, "lit at")),
    ];
    for (at, (name, one)) in all.iter().enumerate() {
        for (other_name, other) in &all[at + 1..] {
            assert_ne!(one, other, "{name} and {other_name}");
        }
    }
}
