//! Words with their source, for the clipboard.

use super::Model;
use crate::annot::Body;
use crate::text::{TextRange, offset};

/// How the words are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As running text.
    Plain,
    /// As a Markdown quote.
    Markdown,
}

/// What is copied from here: the selection, else the annotation under the cursor, else the
/// sentence; with its name for the status line.
pub(super) fn target(model: &Model) -> Option<(TextRange, &'static str)> {
    if let Some(selected) = model.reader.selected(&model.article) {
        return Some((selected, "selection"));
    }
    let place = model.reader.cursor;
    let here = TextRange::new(place, place + 1);
    let quote = model
        .store
        .touching(here)
        .map(|(_, it)| it)
        .filter(|it| it.quote().is_some())
        .min_by_key(|it| it.range.len());
    if let Some(quote) = quote {
        return Some((quote.range, "quote"));
    }
    super::motion::sentence_at(&model.article, place).map(|range| (range, "sentence"))
}

/// The words with speaker, title, publisher, date and source.
pub(super) fn citation(model: &Model, range: TextRange, style: Style) -> String {
    let words = one_line(&model.article.in_words(range));
    let speaker = speaker(model, range);
    let source = source(model);
    let link = link(model, &words);
    match style {
        Style::Plain => {
            let said = speaker.map(|name| format!("{name}, ")).unwrap_or_default();
            let behind = link.map(|link| format!(" {link}")).unwrap_or_default();
            if source.is_empty() && said.is_empty() && behind.is_empty() {
                return words;
            }
            format!("“{}” — {said}{source}{behind}\n", words.trim_end_matches(','))
        }
        Style::Markdown => {
            let said = speaker.map(|name| format!("**{name}**, ")).unwrap_or_default();
            let source = match link {
                Some(link) if source.is_empty() => format!("<{link}>"),
                Some(link) => format!("[{source}]({link})"),
                None => source,
            };
            format!("> {words}\n>\n> — {said}{source}\n")
        }
    }
}

/// The address of the passage, where the source is a web page.
fn link(model: &Model, words: &str) -> Option<String> {
    let source = model.article.meta.source.as_str();
    let web = source.starts_with("https://") || source.starts_with("http://");
    web.then(|| crate::text::fragment::link_to(source, words))
}

/// Who said the quote that the passage lies in.
fn speaker(model: &Model, range: TextRange) -> Option<String> {
    let end = range.end.max(range.start + 1).min(offset(model.article.text.len()));
    let around = model.store.touching(TextRange::new(range.start, end)).map(|(_, it)| it);
    let mut quotes = around.filter_map(|it| match &it.body {
        Body::Quote(quote) if quote.outer.covers(range) => quote.speaker.as_ref(),
        Body::Quote(_) | Body::Mention(_) | Body::Time(_) | Body::Highlight => None,
    });
    let speaker = quotes.next()?;
    let entity = speaker.entity.and_then(|id| model.store.entity(id));
    Some(entity.map_or_else(|| speaker.name.to_string(), |entity| entity.name.clone()))
}

fn source(model: &Model) -> String {
    let meta = &model.article.meta;
    let title = meta.title.as_ref().map(|title| format!("“{}”", one_line(title)));
    let date = meta.published.map(|date| date.to_string());
    let parts = [title, meta.publisher.as_deref().map(one_line), date];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Without line ends and without anything that a terminal would act upon when it is pasted.
fn one_line(words: &str) -> String {
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    crate::text::one_line(&words)
}
