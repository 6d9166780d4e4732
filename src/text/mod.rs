//! Places in a text: bytes inside the program, code points in files, columns on the screen.

pub mod find;
pub mod fragment;
pub mod glyphs;
pub mod range;
pub mod segments;
pub mod units;
pub mod wrap;

pub use glyphs::{Glyph, Setting, cut_to_width, fit, glyphs, glyphs_in, is_plain, visible, width};
pub use range::{TextRange, offset};
pub use wrap::{Line, Wrapping, wrap};

/// Words in one line: white space between them is one space, and there is none around them.
pub fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
