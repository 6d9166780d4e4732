//! `pullquote list`, `search`, `quotes`, `entities` and `timeline`: what the whole library says, as
//! a table or as JSON.

use serde::Serialize;

use super::args::{Asked, Global, List};
use super::{Outcome, columns, library, print};
use crate::error::Result;
use crate::export;
use crate::library::{ArticleRow, Hit, HitKind, Library, ListQuery, Shelf, Where};
use crate::text::fragment::link_to;
use crate::text::glyphs::visible;

pub(super) fn list(asked: &List, global: &Global) -> Result<Outcome> {
    let shelf = if asked.trash { Shelf::Trash } else { Shelf::Kept };
    let (sort, reverse) = (asked.sort.sort(), asked.reverse);
    let wanted = ListQuery { query: asked.asked.query(), shelf, sort, reverse };
    let rows = ask(global, |library| library.list(&wanted))?;
    let name = if asked.trash { "In the trash" } else { "Articles" };
    show(&asked.asked, (name, [0, 5, 2, 0, 0, 0, 0, 2]), &rows, list_json, |it| {
        [
            short(&it.id.to_string()),
            clean(it.name()),
            clean(it.publisher.as_deref().unwrap_or_default()),
            it.day.map(|day| day.to_string()).unwrap_or_default(),
            format!("{:>3} %", it.progress),
            counted(it.quotes, "quote"),
            counted(it.marks, "mark"),
            clean(&it.tags.join(", ")),
        ]
    })
}

pub(super) fn search(words: &str, asked: &Asked, global: &Global) -> Result<Outcome> {
    let rows = ask(global, |library| library.search(words, &asked.query()))?;
    show(asked, ("Found", [0, 0, 2, 3, 1]), &rows, search_json, |it| {
        let title = clean(&it.title);
        let day = it.day.map(|day| day.to_string()).unwrap_or_default();
        [short(&it.article.to_string()), it.kind.name().to_owned(), title, clean(&it.excerpt), day]
    })
}

pub(super) fn quotes(asked: &Asked, global: &Global) -> Result<Outcome> {
    let rows = ask(global, |library| library.quotes(&asked.query()))?;
    let json = |it: &crate::library::QuoteRow| QuoteJson {
        id: it.id.to_string(),
        place: PlaceJson::of(&it.place, &it.words),
        text: it.words.clone(),
        speaker: it.speaker.clone(),
        form: it.form.name(),
        confidence: (f64::from(it.confidence) * 100.0).round() / 100.0,
        rule: it.rule.clone(),
        review: it.review.name(),
        tags: it.tags.clone(),
        note: Some(it.note.clone()).filter(|note| !note.is_empty()),
    };
    show(asked, ("Quotes", [2, 4, 2, 0, 0]), &rows, json, |it| {
        let speaker = it.speaker.as_deref().unwrap_or("–");
        [clean(speaker), clean(&it.words), clean(&it.place.title), day(&it.place), id(&it.place)]
    })
}

pub(super) fn entities(asked: &Asked, global: &Global) -> Result<Outcome> {
    let rows = ask(global, |library| library.entities(&asked.query()))?;
    let json = |it: &crate::library::EntityRow| EntityJson {
        id: it.id.to_string(),
        place: PlaceJson::of(&it.place, &it.name),
        name: it.name.clone(),
        kind: it.kind.clone(),
        aliases: it.aliases.clone(),
        mentions: it.mentions,
        quotes: it.quotes,
    };
    show(asked, ("Entities", [2, 0, 0, 0, 2, 0, 0]), &rows, json, |it| {
        [
            clean(&it.name),
            it.kind.clone(),
            counted(it.mentions, "mention"),
            counted(it.quotes, "quote"),
            clean(&it.place.title),
            day(&it.place),
            id(&it.place),
        ]
    })
}

pub(super) fn timeline(asked: &Asked, global: &Global) -> Result<Outcome> {
    let rows = ask(global, |library| library.timeline(&asked.query()))?;
    let json = |it: &crate::library::TimeRow| TimeJson {
        id: it.id.to_string(),
        place: PlaceJson::of(&it.place, &it.words),
        text: it.words.clone(),
        kind: it.kind.name(),
        value: it.value.clone(),
        modifier: it.modifier.clone(),
        inferred: it.inferred,
        from: it.span.from.map(|it| it.to_string()),
        to: it.span.to.map(|it| it.to_string()),
        tags: it.tags.clone(),
    };
    show(asked, ("Timeline", [2, 2, 3, 0]), &rows, json, |it| {
        let mark = if it.inferred { " (inferred)" } else { "" };
        [clean(&it.value) + mark, clean(&it.words), clean(&it.place.title), id(&it.place)]
    })
}

/// What the library says; nothing where there is none.
fn ask<T>(global: &Global, question: impl Fn(&Library) -> Result<Vec<T>>) -> Result<Vec<T>> {
    let path = global.library_file()?;
    library::known(Some(&path))?.map_or_else(|| Ok(Vec::new()), |library| question(&library))
}

/// Prints rows as they are asked for.
fn show<T, J: Serialize, const N: usize>(
    asked: &Asked,
    (name, shares): (&str, [usize; N]),
    rows: &[T],
    json: impl Fn(&T) -> J,
    cells: impl Fn(&T) -> [String; N],
) -> Result<Outcome> {
    show_as(asked.json, (name, shares), rows, json, cells)
}

/// Rows as one array of JSON objects or as a table.
pub(super) fn show_as<T, J: Serialize, const N: usize>(
    as_json: bool,
    (name, shares): (&str, [usize; N]),
    rows: &[T],
    json: impl Fn(&T) -> J,
    cells: impl Fn(&T) -> [String; N],
) -> Result<Outcome> {
    if as_json {
        let objects: Vec<J> = rows.iter().map(json).collect();
        let mut out = Vec::new();
        export::json_pretty(&mut out, &objects).expect("memory takes everything");
        out.push(b'\n');
        return print(&String::from_utf8_lossy(&out));
    }
    let mut out = format!("{name} ({})\n", rows.len());
    let cells: Vec<[String; N]> = rows.iter().map(cells).collect();
    export::set(&mut out, &cells, shares, usize::from(columns().max(20)));
    print(&out)
}

/// As much of an article's id as is enough among millions.
fn short(id: &str) -> String {
    id.chars().take(8).collect()
}

fn id(place: &Where) -> String {
    short(&place.article.to_string())
}

fn day(place: &Where) -> String {
    place.day.map(|day| day.to_string()).unwrap_or_default()
}

pub(super) fn clean(text: &str) -> String {
    visible(text).into_owned()
}

fn counted(count: u32, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Keys that say nothing are `null`, so that a script need not ask whether they are there.
#[derive(Serialize)]
struct ArticleJson {
    id: String,
    title: Option<String>,
    source: String,
    authors: Vec<String>,
    publisher: Option<String>,
    date: Option<String>,
    added: String,
    opened: Option<String>,
    trashed: Option<String>,
    progress: u8,
    quotes: u32,
    marks: u32,
    tags: Vec<String>,
    open: String,
}

fn list_json(it: &ArticleRow) -> ArticleJson {
    ArticleJson {
        id: it.id.to_string(),
        title: it.title.clone(),
        source: it.source.clone(),
        authors: it.authors.clone(),
        publisher: it.publisher.clone(),
        date: it.day.map(|day| day.to_string()),
        added: it.added.to_string(),
        opened: it.opened.map(|moment| moment.to_string()),
        trashed: it.trashed.map(|moment| moment.to_string()),
        progress: it.progress,
        quotes: it.quotes,
        marks: it.marks,
        tags: it.tags.clone(),
        open: format!("pullquote open {}", it.id),
    }
}

/// Where something stands, with ways to go there.
#[derive(Serialize)]
struct PlaceJson {
    article: String,
    title: String,
    date: Option<String>,
    /// In code points.
    start: u32,
    end: u32,
    open: String,
    link: Option<String>,
}

impl PlaceJson {
    fn of(place: &Where, words: &str) -> Self {
        Self {
            article: place.article.to_string(),
            title: place.title.clone(),
            date: place.day.map(|day| day.to_string()),
            start: place.start,
            end: place.end,
            open: format!("pullquote open {} --at {}", place.article, place.start),
            link: link(&place.source, words),
        }
    }
}

/// The address that shows a passage of a web page.
fn link(source: &str, words: &str) -> Option<String> {
    let is_web = source.starts_with("http://") || source.starts_with("https://");
    is_web.then(|| link_to(source, words))
}

#[derive(Serialize)]
struct QuoteJson {
    id: String,
    #[serde(flatten)]
    place: PlaceJson,
    text: String,
    speaker: Option<String>,
    form: &'static str,
    confidence: f64,
    rule: Option<String>,
    review: &'static str,
    tags: Vec<String>,
    note: Option<String>,
}

#[derive(Serialize)]
struct EntityJson {
    id: String,
    #[serde(flatten)]
    place: PlaceJson,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    aliases: Vec<String>,
    mentions: u32,
    quotes: u32,
}

#[derive(Serialize)]
struct TimeJson {
    id: String,
    #[serde(flatten)]
    place: PlaceJson,
    text: String,
    #[serde(rename = "type")]
    kind: &'static str,
    value: String,
    #[serde(rename = "mod")]
    modifier: Option<String>,
    inferred: bool,
    from: Option<String>,
    to: Option<String>,
    tags: Vec<String>,
}

#[derive(Serialize)]
struct HitJson {
    id: String,
    article: String,
    title: String,
    date: Option<String>,
    kind: &'static str,
    speaker: Option<String>,
    start: u32,
    end: u32,
    excerpt: String,
    open: String,
    link: Option<String>,
}

fn search_json(it: &Hit) -> HitJson {
    let (id, speaker) = match &it.kind {
        HitKind::Quote { id, speaker } => (Some(*id), speaker.clone()),
        HitKind::Note { id } => (*id, None),
        HitKind::Text => (None, None),
    };
    let article = it.article.to_string();
    let words = it.marks.first().map_or("", |mark| mark.of(&it.excerpt));
    let words = if matches!(it.kind, HitKind::Quote { .. }) { &it.excerpt } else { words };
    let is_note = matches!(it.kind, HitKind::Note { .. });
    HitJson {
        id: id.map_or_else(|| article.clone(), |id| id.to_string()),
        title: it.title.clone(),
        date: it.day.map(|day| day.to_string()),
        kind: it.kind.name(),
        speaker,
        start: it.start,
        end: it.end,
        excerpt: it.excerpt.clone(),
        open: format!("pullquote open {article} --at {}", it.start),
        link: link(&it.source, words).filter(|_| !is_note),
        article,
    }
}
