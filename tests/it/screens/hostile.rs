//! Texts that would do harm if they reached the terminal as they are.

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

use super::Screen;

/// A text with everything in it that terminals stumble over.
pub(super) fn text() -> String {
    let mut text = String::from(
        "Title \u{1b}]0;owned\u{7} and \u{1b}[2J gone\r\n\r\nBy \u{202e}Ida Holm\u{202c}\r\n\r\n\
         Published 11 October 2024\r\n\r\n“Do \u{1b}[31mnot\u{1b}[0m look,” said Ida \u{9b}31m Holm \
         on Tuesday.\tA tab,\tand \u{0} nothing \u{7f}.\r\n\r\n“東京は晴れ,” said Mayor 東京 Baker. \
         \u{2066}Inner\u{2069} \u{200f}right \u{feff}mark\u{ad}ed \u{85} next\u{2028}line.\r\n\r\n\
         Family 👩‍👩‍👧‍👦 and flags 🇪🇪🇳🇴🇩 and hearts ❤\u{fe0f} 1\u{fe0f}\u{20e3} 👍🏽 of Oslo.\r\n\r\n    code\tin \
         columns\u{1b}[1m\r\n    東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東東\r\n\r\n",
    );
    text.push_str("Tower e");
    text.extend(std::iter::repeat_n('\u{301}', 300));
    text.push_str(" and joiners a");
    text.extend(std::iter::repeat_n('\u{200d}', 300));
    text.push_str("b 👩");
    text.push_str(&"\u{200d}👩".repeat(100));
    text.push_str(".\r\n\r\n“No end of ");
    text.push_str(&"東京".repeat(150));
    text.push_str("\r\n\r\n\u{301}\u{301} begins so.\u{b}\u{c}");
    text
}

/// Fails where the screen holds something that a terminal would act upon, or a row of it is not
/// as wide as the screen.
#[track_caller]
pub(super) fn harmless(buffer: &Buffer) {
    let area = buffer.area;
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            let acts = |it: char| {
                it.is_control()
                    || matches!(it, '\u{200e}' | '\u{200f}' | '\u{61c}')
                    || matches!(it, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!symbol.chars().any(acts), "{symbol:?} at {x}, {y}");
            // A symbol of no width would move all that stands behind it.
            let width = u16::try_from(symbol.width()).expect("a cell is narrow");
            assert!((1..=2).contains(&width), "{symbol:?} at {x}, {y} is {width} wide");
            x += width;
        }
        assert_eq!(x, area.width, "row {y} is not as wide as the screen");
    }
}

#[test]
fn nothing_acts_upon_the_terminal() {
    let text = text();
    for size in [(120, 40), (90, 30), (60, 24), (33, 12), (20, 5), (7, 7), (2, 2), (1, 1)] {
        let mut screen = Screen::text(&text, size.0, size.1);
        harmless(&screen.draw());
        for keys in ["jjjj$", "ga]q<Enter>", "<Esc>o", "<Esc>gq", "ge", "gt", "gaG", "V{", "<Esc>*"]
        {
            screen.press(keys);
            harmless(&screen.draw());
        }
        for _ in 0..40 {
            screen.press("<Esc>l]a");
            harmless(&screen.draw());
        }
    }
}

#[test]
fn what_is_pasted_is_harmless() {
    for keys in ["/", ":", "E", "?", "gqf"] {
        let mut screen = Screen::text("Some words of Oslo here.\n", 60, 12);
        screen.press(keys);
        for part in [text(), "words\u{1b}[2J\u{9b}".into(), "\u{202e}".into(), "\u{301}".into()] {
            screen.send(pullquote::app::Msg::Paste(part));
            harmless(&screen.draw());
        }
        screen.press("<Enter>");
        harmless(&screen.draw());
    }
}
