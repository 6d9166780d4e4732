//! Title, byline, date line and credit, and what they tell of the article.

use super::byline::authors;
use super::dates::{DateLine, Said, date_in, date_line};
use super::paragraphs::ends_sentence;
use crate::article::{Block, BlockKind, Meta};
use crate::text::visible;

/// How many blocks at the beginning may be header lines.
const BEGINNING: usize = 10;
/// How many blocks at the end may be.
const END: usize = 4;
/// The longest header line, in bytes.
const LONGEST: usize = 160;

/// A line that tells something of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Header {
    /// Who wrote it, often with a date behind.
    Byline(Vec<String>, Option<DateLine>),
    /// When it was published.
    Date(DateLine),
    /// Whose it is, where that is a name.
    Credit(Option<String>),
    /// What a picture shows.
    Caption,
}

/// Marks the blocks that are header lines and gathers what they tell.
pub(super) fn read(text: &str, blocks: &mut [Block]) -> Meta {
    let mut meta = Meta::default();
    let mut said = None;
    title(text, blocks, &mut meta);
    let count = blocks.len();
    let mut long = 0;
    for at in (0..count.min(BEGINNING)).chain(BEGINNING.max(count.saturating_sub(END))..count) {
        let block = &mut blocks[at];
        let words = block.range.of(text);
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        // The header ends where the text itself begins, the footer stands behind it.
        let (beginning, end) = (at < BEGINNING && long == 0, at > 0 && at + END >= count);
        let just_behind = at < BEGINNING && long == 1;
        long += usize::from(words.len() > LONGEST);
        match header(words) {
            Some(Header::Byline(authors, date)) if beginning || just_behind || end => {
                if meta.authors.is_empty() {
                    meta.authors = authors;
                }
                publish(&mut meta, &mut said, date);
                block.kind = BlockKind::Byline;
            }
            Some(Header::Date(date)) if beginning || (end && date.said > Said::Nothing) => {
                publish(&mut meta, &mut said, Some(date));
                block.kind = BlockKind::Dateline;
            }
            Some(Header::Credit(name)) if beginning || end => {
                meta.publisher = meta.publisher.take().or(name);
                block.kind = BlockKind::Credit;
            }
            Some(Header::Caption) => block.kind = BlockKind::Caption,
            _ if long <= 2 && at < BEGINNING => agency(words, &mut meta, &mut said),
            _ => {}
        }
    }
    meta
}

/// Whether a line stands for itself wherever it stands.
pub(super) fn is_header(words: &str) -> bool {
    header(words).is_some_and(|header| header != Header::Caption)
}

fn publish(meta: &mut Meta, said: &mut Option<Said>, line: Option<DateLine>) {
    if let Some(line) = line
        && said.is_none_or(|said| line.said > said)
    {
        meta.published = Some(line.date);
        *said = Some(line.said);
    }
}

fn header(words: &str) -> Option<Header> {
    if words.len() > LONGEST {
        return None;
    }
    // Wrapped lines are read as one.
    let words = &visible(words);
    if let Some(date) = date_line(words) {
        return Some(Header::Date(date));
    }
    if let Some((authors, behind)) = authors(words) {
        let date = date_in(behind)
            .map(|date| date_line(behind).unwrap_or(DateLine { date, said: Said::Nothing }));
        return Some(Header::Byline(authors, date));
    }
    credit(words).or_else(|| is_caption(words).then_some(Header::Caption))
}

/// The beginning of `words` without case, then what follows it.
fn behind<'w>(words: &'w str, beginnings: &[&str]) -> Option<&'w str> {
    beginnings.iter().find_map(|beginning| {
        let (first, rest) = words.split_at_checked(beginning.len())?;
        first.eq_ignore_ascii_case(beginning).then_some(rest.trim_start())
    })
}

fn credit(words: &str) -> Option<Header> {
    let named = ["credit:", "credits:", "source:", "publisher:", "published by", "publication:"];
    let rights = ["©", "(c)", "copyright", "licence:", "license:", "all rights reserved"];
    let first =
        ["originally published in", "originally published by", "first published in", "courtesy of"];
    if let Some(name) = behind(words, &named).or_else(|| behind(words, &first)) {
        let name = name.split(['|', '\n', '\r']).next().unwrap_or_default();
        let name = name.trim().trim_end_matches('.').trim_end();
        let is_name = !name.contains("://") && name.split_whitespace().count() <= 8;
        let starts = name.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        // "Published by the end of the week" names nobody.
        return (starts || name.contains("://"))
            .then(|| Header::Credit((is_name && starts).then(|| name.to_owned())));
    }
    behind(words, &rights)?;
    Some(Header::Credit(None))
}

fn is_caption(words: &str) -> bool {
    let marks = [
        "photo:",
        "image:",
        "picture:",
        "photograph:",
        "video:",
        "caption:",
        "photo by",
        "image by",
    ];
    if behind(words, &marks).is_some() {
        return true;
    }
    // "The harbour at dawn. Image: Jo Bloggs."
    [" Image: ", " Photo: ", " Photograph: ", " Picture: ", " Video: "].iter().any(|mark| {
        words.split_once(mark).is_some_and(|(_, name)| name.split_whitespace().count() <= 8)
    })
}

/// What a place line tells: "LONDON, 3 May 2010 (Reuters) -". A date without a year tells no day.
fn agency(words: &str, meta: &mut Meta, said: &mut Option<Said>) {
    let beginning = words.get(..words.floor_char_boundary(90)).unwrap_or(words);
    let dash = [" — ", " – ", " - ", " -- ", ") — ", ")—", " —"];
    let Some(at) = dash.iter().filter_map(|dash| beginning.find(dash)).min() else { return };
    let place = beginning.get(..at).unwrap_or_default();
    let first = place.split([' ', ',']).next().unwrap_or_default();
    let capitals = first.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if first.len() < 3 || !capitals {
        return;
    }
    if let Some((_, name)) = place.rsplit_once('(') {
        let name = name.trim_end_matches([')', ' ']);
        let is_name = name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= 4;
        if is_name && meta.publisher.is_none() {
            meta.publisher = Some(name.to_owned());
        }
    }
    let date = date_in(place).map(|date| DateLine { date, said: Said::Nothing });
    publish(meta, said, date);
}

/// The longest title, in bytes.
const LONGEST_TITLE: u32 = 220;

/// How many blocks behind a title are looked at.
const BEHIND: usize = 4;

fn title(text: &str, blocks: &mut [Block], meta: &mut Meta) {
    let said = |words| {
        behind(words, &["title:", "headline:", "subject:"]).filter(|words| !words.is_empty())
    };
    let may_be =
        |block: &Block| block.kind == BlockKind::Paragraph && block.range.len() <= LONGEST_TITLE;
    let beginning = blocks.iter().take(BEGINNING / 2);
    let mut candidates = beginning.enumerate().filter(|(_, block)| may_be(block));
    let named = candidates.clone().find(|(_, block)| said(block.range.of(text)).is_some());
    let found = named.or_else(|| {
        // Byline and date may stand above the title.
        let (at, block) = candidates.find(|(_, block)| !is_header(block.range.of(text)))?;
        let above = blocks.iter().take(at).all(|block| is_header(block.range.of(text)));
        let behind = blocks.get(at + 1..blocks.len().min(at + 1 + BEHIND))?;
        (above && is_title(block.range.of(text), behind, text)).then_some((at, block))
    });
    let Some((at, block)) = found else { return };
    let words = block.range.of(text);
    meta.title = Some(title_of(said(words).unwrap_or(words)));
    blocks[at].kind = BlockKind::Title;
}

/// A first line is a title where it is no sentence, or one with capitals on its words, or one
/// that header lines follow.
fn is_title(words: &str, rest: &[Block], text: &str) -> bool {
    let Some(next) = rest.first() else { return false };
    let field = behind(words, &["from:", "to:", "date:", "cc:", "sent:"]).is_some();
    if field || words.contains("://") || words.starts_with(['-', '*', '•', '>', '<', '{', '[', '#'])
    {
        return false;
    }
    let next: String = next.range.of(text).chars().take(LONGEST + 1).collect();
    let headed = is_header(&next) || next.starts_with("http");
    let longer = rest.iter().any(|block| block.range.len() as usize > words.len() / 2);
    let open = !ends_sentence(words) || words.ends_with(['?', '!', '’', '”']);
    headed || (open && longer && !words.ends_with([',', ';'])) || (is_in_capitals(words) && longer)
}

/// Whether most long words begin with a capital, as in American titles.
fn is_in_capitals(words: &str) -> bool {
    let long = words
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 4);
    let first =
        |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let (all, upper) =
        long.fold((0, 0), |(all, upper), word| (all + 1, upper + usize::from(first(word))));
    all >= 3 && upper * 10 >= all * 7
}

/// What a reader calls the title: one line, without the full stop of a sentence.
fn title_of(words: &str) -> String {
    let title = crate::text::one_line(words);
    let last = title.rsplit(' ').next().unwrap_or_default();
    let short_form = last.trim_end_matches('.').contains('.') || last.ends_with("..");
    match title.strip_suffix('.') {
        Some(title) if !short_form => title.to_owned(),
        _ => title,
    }
}
