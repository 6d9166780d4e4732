//! Draws the model. Drawing changes nothing and measures nothing.

pub mod theme;
