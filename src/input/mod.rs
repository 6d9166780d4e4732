//! From keys to commands: the notation of keys, the one table of commands, what is bound to what.

pub mod command;
pub mod key;
pub mod keymap;

pub use command::{Command, Group};
pub use key::{Code, Key, Mods};
pub use keymap::{Binding, HelpRow, Keymap, Match, Situation};
