//! Places in a text: bytes inside the program, code points in files, columns on the screen.

pub mod range;
pub mod units;

pub use range::{TextRange, offset};
