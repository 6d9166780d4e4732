use ratatui::style::Modifier;

use super::*;
use crate::annot::Store;
use crate::app::rows::Filters;
use crate::app::rows::tests::{SAMPLE, analysed};
use crate::config::{Borders, BuiltIn, ThemeChoice};
use crate::ui::theme::Colour;

const TEXT: &str = "The Ferry to Skarn\n\nBy Ida Holm\n\nPublished 11 October 2024\n\n\
    “We will not sell the ferry,” said Mayor Tom Baker of Karelsund on Tuesday. “Nobody has ever \
    asked us to.” The harbour office in Oslo called the price “a little high”.\n\n\
    The ferry was built in 1960. Mr Baker, a former pilot, bought it in spring 2011, and since \
    2015 his “floating” office has carried 300 people a day for two weeks every summer.\n\n\
    “I want to see Oslo again before 3 March 2025,” he said.\n\n\
    The Karelsund Fishing Union will vote on 22 October. Jane Miller of the Karelsund Fishing \
    Union said: “We know 東京 better than Oslo.”\n";

fn theme(borders: Borders) -> Theme {
    let choice = ThemeChoice { borders, ..ThemeChoice::default() };
    Theme::new(&choice, None, Colour::Yes)
}

struct Case {
    article: Article,
    store: Store,
    theme: Theme,
    filters: Filters,
}

impl Case {
    fn new(text: &str) -> Self {
        let (article, store) = analysed(text);
        Self { article, store, theme: theme(Borders::Unicode), filters: Filters::default() }
    }

    fn draw(&self, panel: Panel, selected: Option<usize>, size: (u16, u16)) -> Buffer {
        let rows = Rows::build(panel, &self.store, &self.article, &self.filters);
        let height = inside(Rect::new(0, 0, size.0, size.1)).height;
        let selected = selected.and_then(|nth| rows.step(rows.first(), nth.try_into().unwrap()));
        let cursor = selected.and_then(|row| rows.place(&self.store, row, 0));
        let view = View {
            article: &self.article,
            store: &self.store,
            theme: &self.theme,
            rows: &rows,
            panel,
            selected,
            marking: None,
            here: true,
            cursor: cursor.map_or(0, |it| it.start),
            top: keep_in_view(&rows, &self.store, &self.article, selected, 0, height),
            focused: selected.is_some_and(|row| row % 2 == 0),
            busy: false,
        };
        // A frame around it shows what is painted outside.
        let mut buf = Buffer::empty(Rect::new(0, 0, size.0 + 2, size.1 + 2));
        draw(&view, Rect::new(1, 1, size.0, size.1), &mut buf);
        buf
    }
}

/// The characters of a picture, without what is empty at the ends of lines.
fn picture(buf: &Buffer) -> String {
    let area = *buf.area();
    let mut lines = String::new();
    for y in 1..area.height - 1 {
        let mut x = 1;
        let mut line = String::new();
        while x < area.width - 1 {
            let symbol = buf[(x, y)].symbol();
            line.push_str(symbol);
            x += u16::try_from(crate::text::width(symbol)).unwrap().max(1);
        }
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    lines
}

/// What each cell has beside its character and colour: bold, dim, italic, underlined, reversed.
fn emphasis(buf: &Buffer) -> String {
    let area = *buf.area();
    let sign = |x, y| {
        let on = buf[(x, y)].modifier;
        let parts = [
            (Modifier::REVERSED, 'r'),
            (Modifier::UNDERLINED, 'u'),
            (Modifier::ITALIC, 'i'),
            (Modifier::DIM, 'd'),
            (Modifier::BOLD, 'b'),
        ];
        parts.iter().find(|(modifier, _)| on.contains(*modifier)).map_or(' ', |(_, sign)| *sign)
    };
    let line = |y| (1..area.width - 1).map(|x| sign(x, y)).collect::<String>();
    let lines: Vec<_> = (1..area.height - 1).map(|y| line(y).trim_end().to_owned()).collect();
    lines.join("\n") + "\n"
}

macro_rules! pictures {
    ($($name:ident: $panel:expr, $selected:expr, $size:expr;)*) => {
        $(#[test]
        fn $name() {
            let case = Case::new(TEXT);
            check(stringify!($name), &picture(&case.draw($panel, $selected, $size)));
        })*
    };
}

fn check(name: &str, picture: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../../../tests/fixtures/panels", omit_expression => true }, {
        insta::assert_snapshot!(name, picture);
    });
}

pictures! {
    quotes_30: Panel::Quotes, Some(0), (30, 12);
    quotes_45: Panel::Quotes, Some(1), (45, 13);
    quotes_60: Panel::Quotes, Some(4), (60, 13);
    entities_30: Panel::Entities, Some(0), (30, 14);
    entities_45: Panel::Entities, Some(3), (45, 14);
    entities_60: Panel::Entities, None, (60, 12);
    timeline_30: Panel::Timeline, Some(1), (30, 20);
    timeline_45: Panel::Timeline, Some(4), (45, 30);
    timeline_60: Panel::Timeline, Some(5), (60, 30);
}

#[test]
fn quotes_by_speaker() {
    let mut case = Case::new(TEXT);
    case.filters.grouped = true;
    check("quotes_by_speaker", &picture(&case.draw(Panel::Quotes, None, (45, 14))));
}

#[test]
fn without_colour_and_lines() {
    let mut case = Case::new(TEXT);
    let choice = ThemeChoice {
        base: Some(BuiltIn::NoColour),
        borders: Borders::Ascii,
        ..ThemeChoice::default()
    };
    case.theme = Theme::new(&choice, None, Colour::No);
    let mut all = String::new();
    for panel in Panel::ALL {
        let buf = case.draw(panel, Some(1), (48, 12));
        all.push_str(&picture(&buf));
        all.push_str(&emphasis(&buf));
    }
    let plain = |c: char| c.is_ascii() || "“”東京’".contains(c);
    assert_eq!(all.chars().find(|c| !plain(*c)), None, "{all}");
    check("without_colour_and_lines", &all);
}

#[test]
fn an_empty_panel_says_why() {
    let shown = |text: &str, busy| {
        let case = Case::new(text);
        Panel::ALL.map(|panel| {
            let rows = Rows::build(panel, &case.store, &case.article, &case.filters);
            let view = View {
                article: &case.article,
                store: &case.store,
                theme: &case.theme,
                rows: &rows,
                panel,
                selected: None,
                marking: None,
                here: false,
                cursor: 0,
                top: 0,
                focused: false,
                busy,
            };
            let mut buf = Buffer::empty(Rect::new(0, 0, 50, 6));
            draw(&view, Rect::new(1, 1, 48, 4), &mut buf);
            let picture = picture(&buf);
            let lines = picture.lines().filter(|line| line.starts_with('│'));
            let words: Vec<&str> = lines.map(|line| line.trim_matches(['│', ' '])).collect();
            words.join(" ").trim().to_owned()
        })
    };
    let plain = "nothing of note here\n";
    assert_eq!(
        shown(plain, false),
        [
            "No quotes found.",
            "No people, places or organisations found.",
            "No dates or times found."
        ]
    );
    assert_eq!(shown(plain, true), ["Still looking for them."; 3]);
    assert_eq!(
        shown("Der Hafen bleibt zu, und die Fähre ist nicht mehr auf dem Sund.\n", false),
        [
            "No quotes found.",
            "Names are looked for in English texts only; this one is German.",
            "Dates that are not in figures are looked for in English texts only; this one is German."
        ]
    );
    let mut case = Case::new(TEXT);
    case.filters.forms = [false; 4];
    let buf = case.draw(Panel::Quotes, None, (46, 3));
    assert!(picture(&buf).contains("All of them are filtered out or rejected."));
}

#[test]
fn every_size_is_drawn_within_its_area() {
    let hard = format!(
        "{SAMPLE}\n“\u{1b}[2J\u{202e}東京 e\u{301}\u{200d}\u{200d} 👩‍👩‍👧‍👦 text here,” said 東京 Baker.\n"
    );
    for text in [TEXT, &hard] {
        let mut case = Case::new(text);
        for grouped in [false, true] {
            case.filters.grouped = grouped;
            for panel in Panel::ALL {
                for width in 0..=40 {
                    for height in 0..=12 {
                        // The frame around it is what `draw` must leave alone.
                        let selected = usize::from(width + height) % 23;
                        let buf = case.draw(panel, Some(selected), (width, height));
                        let area = *buf.area();
                        for (x, y) in area.positions().map(|it| (it.x, it.y)) {
                            let cell = &buf[(x, y)];
                            assert!(!cell.symbol().chars().any(char::is_control));
                            let edge = x == 0 || y == 0 || x > width || y > height;
                            if edge {
                                assert_eq!(
                                    (cell.symbol(), cell.modifier),
                                    (" ", Modifier::empty())
                                );
                            }
                            let wide = crate::text::width(cell.symbol()) > 1;
                            assert!(!(wide && x >= width), "{panel:?} {width}x{height}");
                        }
                    }
                }
            }
        }
    }
}
