//! What the detectors find, in the shape in which it is scored: that of `analyze --jsonl`.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::atomic::AtomicBool;

use pullquote::annot::Store;
use pullquote::article::plain;
use pullquote::detect::{self, Report};
use pullquote::export::{Analysis, json_line};
use pullquote::text::TextRange;
use pullquote::text::units::CodePoints;
use serde::Deserialize;
use serde_json::Value;

use super::gold::Gold;

#[derive(Debug, Deserialize)]
pub(crate) struct System {
    pub(crate) quotes: Vec<Quote>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) dates: Vec<Time>,
    /// The places of the mentions, and how sure each is.
    #[serde(skip)]
    pub(crate) sure: BTreeMap<(u32, u32), f32>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Quote {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) speaker: Option<String>,
    pub(crate) speaker_start: Option<u32>,
    pub(crate) speaker_end: Option<u32>,
    pub(crate) form: String,
    pub(crate) confidence: f64,
    pub(crate) rule: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Entity {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) mentions: Vec<(u32, u32)>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Time {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) r#type: String,
    pub(crate) value: String,
    pub(crate) event_start: u32,
    pub(crate) event_end: u32,
    #[serde(default)]
    pub(crate) who: Vec<String>,
}

/// Runs the detectors over a text as it is.
pub(crate) fn find(gold: &Gold) -> Result<System, Box<dyn Error>> {
    let mut article = plain::read(gold.text.clone(), &gold.id);
    let day = gold.dct.as_deref().filter(|day| !day.is_empty()).map(str::parse).transpose()?;
    article.meta.published = day.or(article.meta.published);
    let mut store = Store::default();
    let mut failed = None;
    detect::run(&article, article.meta.published, &AtomicBool::new(false), |report| match report {
        Report::Found(kind, findings) => store.take(kind, findings),
        Report::Failed(name) => failed = Some(name),
        Report::Started(_) | Report::Done => {}
    });
    if let Some(name) = failed {
        return Err(format!("the search for {name} broke down in {}", gold.id).into());
    }
    let id = Value::from(gold.id.as_str());
    let line = json_line(&Analysis::of(&id, &article, &store));
    let mut system: System = serde_json::from_slice(&line)?;
    let points = CodePoints::new(&article.text);
    let mentions = store.annotations().iter().filter(|it| it.mention().is_some());
    let place = |range: TextRange| (points.of_byte(range.start), points.of_byte(range.end));
    system.sure = mentions.map(|it| (place(it.range), it.confidence)).collect();
    Ok(system)
}
