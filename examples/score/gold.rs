//! What people found in a text.

use serde::Deserialize;

/// A text with what people found in it. Places are code points, ends exclusive.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Gold {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) dct: Option<String>,
    pub(crate) entities: Vec<(u32, u32, String)>,
    pub(crate) chains: Vec<Chain>,
    pub(crate) timex: Vec<Timex>,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) other_quoted: Vec<(u32, u32)>,
    pub(crate) sentences: Vec<(u32, u32)>,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Chain {
    pub(crate) mentions: Vec<Vec<serde_json::Value>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Timex {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) r#type: Option<String>,
    pub(crate) value: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Quote {
    pub(crate) inner_start: u32,
    pub(crate) inner_end: u32,
    pub(crate) kind: String,
    pub(crate) words: u32,
    pub(crate) speaker: Option<String>,
    pub(crate) speaker_start: Option<u32>,
    pub(crate) speaker_end: Option<u32>,
}
