//! Finds who said what.

use super::{Context, Found};
use crate::annot::store::Findings;

/// The rules' names, and each in one sentence for the reader who asks why.
pub const RULES: &[(&str, &str)] = &[];

/// Gives the quotes found before their speakers.
pub fn find(_context: &Context<'_>, found: &Found) -> Findings {
    found.quotes.clone()
}
