//! Annotations as files and on pipes. Every place is counted in code points there.

pub mod analysis;

pub use analysis::Analysis;
