//! Deciding: the model of the screen and what every message does to it.

pub mod rows;
