//! What the detectors know of words: abbreviations, names, titles, places.

pub mod abbreviations;
