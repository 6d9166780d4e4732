//! Deciding: the model of the screen and what every message does to it.

pub mod commandline;
pub mod details;
pub mod help;
pub mod outline;
pub mod prompt;
pub mod rows;
