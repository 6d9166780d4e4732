//! One row an annotation, for spreadsheets.

use std::io;

use super::Options;
use super::analysis::certainty;
use super::rows::Sheet;
use super::safe::harmless;
use crate::annot::{Annotation, Body, Origin, Store};
use crate::article::Article;

/// The heads of the columns.
pub(super) const HEADS: &str = "article,id,kind,start,end,text,speaker,cue,name,type,value,origin,\
rule,confidence,review,tags,note,colour,created,modified,lost\n";

pub(super) fn write(
    out: &mut impl io::Write,
    article: &Article,
    store: &Store,
    options: &Options,
) -> io::Result<()> {
    let sheet = Sheet::new(article, store, options);
    let title = article.meta.title.as_deref().unwrap_or(&article.meta.source);
    let mut csv = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    for it in sheet.wanted() {
        let row = cells(article, store, &sheet, it);
        let cells = std::iter::once(title).chain(row.iter().map(String::as_str)).map(cell);
        csv.write_record(cells).map_err(io::Error::from)?;
    }
    csv.flush()
}

/// All cells but that of the article's title.
fn cells(article: &Article, store: &Store, sheet: &Sheet<'_>, it: &Annotation) -> [String; 20] {
    let anchor = sheet.anchor(it);
    let entity = it.mention().and_then(|id| store.entity(id));
    let quote = it.quote();
    let kind = match &it.body {
        Body::Quote(quote) => quote.form.name(),
        Body::Mention(_) => entity.map_or("", |entity| entity.kind.name()),
        Body::Time(time) => time.kind.name(),
        Body::Highlight => "",
    };
    let detector = matches!(it.origin, Origin::Detector { .. });
    let extra = it.extra.as_deref();
    let moment = |moment: Option<jiff::Timestamp>| moment.map(|it| it.to_string());
    let some = |words: Option<&str>| words.unwrap_or_default().to_owned();
    let cue = quote.and_then(|quote| quote.cue).map(|cue| cue.of(&article.text));
    [
        it.id.to_string(),
        it.kind().name().to_owned(),
        anchor.start.to_string(),
        anchor.end.to_string(),
        anchor.exact.to_owned(),
        some(quote.and_then(|quote| sheet.speaker(quote))),
        some(cue),
        some(entity.map(|entity| entity.name.as_str())),
        kind.to_owned(),
        some(it.time().map(|time| &*time.value)),
        if detector { "detector" } else { "reader" }.to_owned(),
        some(it.rule()),
        if detector { certainty(it.confidence).to_string() } else { String::new() },
        it.review.name().to_owned(),
        it.tags().join(", "),
        it.note().to_owned(),
        some(extra.and_then(|extra| extra.colour.as_deref())),
        moment(extra.and_then(|extra| extra.created)).unwrap_or_default(),
        moment(extra.and_then(|extra| extra.modified)).unwrap_or_default(),
        if it.is_lost() { "true" } else { "" }.to_owned(),
    ]
}

/// A cell as it may be opened in a spreadsheet, which takes words that begin like a formula for
/// one: an article could have anything computed there.
fn cell(words: &str) -> String {
    let guard = if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    guard.chars().chain(words.replace("\r\n", "\n").chars().map(harmless)).collect()
}
