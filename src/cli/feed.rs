//! `pullquote feed`: what a site offers to read.

use serde::Serialize;

use super::Outcome;
use super::args::Global;
use super::queries::{clean, show_as};
use super::source::{self, Ways};
use crate::article::feed::Item;
use crate::error::Result;

/// Lists the items of a feed, or the feeds of a list of feeds.
pub(super) fn list(source: &str, as_json: bool, global: &Global) -> Result<Outcome> {
    let feed = source::feed(source, &Ways::of(None, global))?;
    let name = feed.title.as_deref().map_or_else(|| clean(source), clean);
    show_as(as_json, (&name, [0, 3, 0, 2]), &feed.items, ItemJson::of, |it| {
        let day = it.published.map(|it| it.to_string()).unwrap_or_default();
        let link = it.link.as_deref().map(clean).unwrap_or_default();
        [day, clean(&it.title), clean(&it.authors.join(", ")), link]
    })
}

#[derive(Serialize)]
struct ItemJson {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
}

impl ItemJson {
    fn of(item: &Item) -> Self {
        Self {
            id: item.id.clone(),
            title: item.title.clone(),
            link: item.link.clone(),
            published: item.published.map(|it| it.to_string()),
            authors: item.authors.clone(),
            summary: item.summary.clone(),
        }
    }
}
