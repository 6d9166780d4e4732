//! Links: which one is meant, whether it may be opened, and the letters over those in view.

use super::layout::Focus;
use super::page::Row;
use super::{Effect, Mode, Model, panels, update};
use crate::article::{Article, BlockKind, Link};
use crate::input::{Code, Key};
use crate::text::TextRange;

/// Where a link is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// In the browser that the desktop knows.
    Browser,
    /// Here, instead of the article.
    Here,
}

/// A link in view with the letters that open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lettered {
    /// Its index among the article's links.
    pub link: usize,
    /// The first byte of it that is seen.
    pub place: u32,
    /// What is typed to open it, in small letters.
    pub letters: String,
}

/// Letters in the order in which fingers find them.
const LETTERS: &[u8; 26] = b"asdfghjklqwertyuiopzxcvbnm";

/// The links in view with their letters: one each, or two where there are more links than letters.
/// All have as many, so that none is the beginning of another.
pub fn lettered(model: &Model) -> Vec<Lettered> {
    let mut found: Vec<(usize, u32)> = Vec::new();
    let view = model.reader.view();
    let lines: Vec<TextRange> = model.reader.rows.iter().filter_map(line).collect();
    for (at, link) in within(&model.article, view) {
        let seen = lines.iter().find(|line| line.overlaps(link.range));
        let Some(place) = seen.map(|line| line.start.max(link.range.start)) else { continue };
        // A picture and its caption may be one link each.
        if found.last().is_none_or(|last| last.1 != place) {
            found.push((at, place));
        }
    }
    found.sort_by_key(|it| it.1);
    let count = LETTERS.len();
    found.truncate(count * count);
    let letter = |at: usize| char::from(LETTERS[at % count]);
    let short = found.len() <= count;
    let named = found.into_iter().enumerate().map(|(number, (link, place))| {
        let letters = if short {
            letter(number).to_string()
        } else {
            [letter(number / count), letter(number)].iter().collect()
        };
        Lettered { link, place, letters }
    });
    named.collect()
}

fn line(row: &Row) -> Option<TextRange> {
    match row {
        Row::Line { line, .. } => Some(line.range),
        Row::Blank => None,
    }
}

/// The links that a part of the text has something of, with their indexes.
pub fn within(article: &Article, part: TextRange) -> impl Iterator<Item = (usize, &Link)> {
    let end = article.links.partition_point(|it| it.range.start < part.end);
    let before = article.links.get(..end).unwrap_or_default().iter().enumerate();
    before.filter(move |(_, it)| it.range.overlaps(part))
}

/// Shows letters over the links in view.
pub(super) fn point(model: &mut Model) -> Vec<Effect> {
    panels::focus(model, Focus::Article);
    update::settle(model);
    if lettered(model).is_empty() {
        model.complain("no link is in view; o lists all");
    } else {
        model.mode = Mode::Links(String::new());
    }
    Vec::new()
}

/// A key while the letters are shown: a small last letter opens the link in the browser, a capital
/// one here.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Mode::Links(typed) = &mut model.mode else { return Vec::new() };
    let letter = match key.code() {
        Code::Char(letter) if letter.is_ascii_alphabetic() && !key.mods().ctrl => letter,
        Code::Backspace if typed.pop().is_some() => return Vec::new(),
        _ => {
            model.close();
            return Vec::new();
        }
    };
    typed.push(letter.to_ascii_lowercase());
    let typed = typed.clone();
    let all = lettered(model);
    let way = if letter.is_ascii_uppercase() { Way::Here } else { Way::Browser };
    if let Some(it) = all.iter().find(|it| it.letters == typed) {
        let target = model.article.links[it.link].target.clone();
        model.close();
        return open_target(model, &target, way);
    }
    if !all.iter().any(|it| it.letters.starts_with(&typed)) {
        model.close();
        model.complain(format!("no link has the letters {typed}"));
    }
    Vec::new()
}

/// Opens the link or the picture under the cursor, or else the page that the article is from.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let meta = &model.article.meta;
    let own = [Some(&meta.source), meta.canonical.as_ref()];
    let own = || own.into_iter().flatten().find(|it| is_page(it)).cloned();
    let cursor = model.reader.cursor;
    let picture = || picture(&model.article, cursor);
    let link = at(&model.article.links, cursor).map(|it| it.target.clone()).or_else(picture);
    let Some(target) = link.or_else(own) else {
        model.complain("there is no link here, and the article is from no page");
        return Vec::new();
    };
    open_target(model, &target, Way::Browser)
}

/// Where the picture is whose words, or whose caption, are at a place.
fn picture(article: &Article, place: u32) -> Option<String> {
    let at = article.block_at(place);
    let block = article.blocks.get(at)?;
    let before = at.checked_sub(1).and_then(|it| article.blocks.get(it));
    let from = match block.kind {
        BlockKind::Picture => block.range.start,
        // The picture stands before it, in a block of its own or in none.
        BlockKind::Caption => match before.filter(|it| it.kind == BlockKind::Picture) {
            Some(before) => before.range.start,
            None => block.range.start,
        },
        _ => return None,
    };
    let image = article.images.iter().rev().find(|it| it.range.start == from);
    image.map(|it| it.target.clone())
}

/// Opens what a link leads to, where that is a page on the web; otherwise says what it is.
pub(super) fn open_target(model: &mut Model, target: &str, way: Way) -> Vec<Effect> {
    if !is_page(target) {
        model.complain(format!("{} is no page on the web, and is not opened", shown(target)));
        return Vec::new();
    }
    match way {
        Way::Browser => {
            model.say(format!("opening {target}"));
            vec![Effect::Browse(target.to_owned())]
        }
        Way::Here => vec![Effect::Open(target.to_owned())],
    }
}

/// What Enter says of the link under the cursor, where nothing was found there.
pub(super) fn said(model: &Model) -> Option<String> {
    let link = at(&model.article.links, model.reader.cursor)?;
    let target = shown(&link.target);
    Some(if is_page(&link.target) {
        format!("leads to {target}; gx opens it in the browser")
    } else {
        format!("leads to {target}, which is no page on the web and is not opened")
    })
}

/// A target as it may be shown: its beginning, with nothing in it that a terminal obeys.
pub fn shown(target: &str) -> String {
    let target: String = target.chars().take(80).collect();
    crate::text::glyphs::visible(&target).into_owned()
}

/// The innermost link around a place.
fn at(links: &[Link], place: u32) -> Option<&Link> {
    links.iter().filter(|it| it.range.contains(place)).min_by_key(|it| it.range.len())
}

/// Whether a browser is asked for this: what runs a script or shows a file of this computer is not
/// for a stranger's text to choose.
pub fn is_page(target: &str) -> bool {
    let begins =
        |scheme: &str| target.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
    let written = target.chars().all(|it| !it.is_control() && !it.is_whitespace());
    (begins("http://") || begins("https://")) && written
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::{Msg, update};
    use crate::article;
    use crate::config::Settings;
    use crate::input::key;

    #[test]
    fn only_pages_are_opened() {
        for page in ["http://example.org/", "HTTPS://example.org/a?b#c"] {
            assert!(is_page(page), "{page}");
        }
        for other in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "mailto:a@example.org",
            "-version",
            "https://example.org/\n--x",
            "https://a b",
            "part.html",
            "",
            "http:/é",
        ] {
            assert!(!is_page(other), "{other}");
        }
    }

    #[test]
    fn a_picture_is_where_its_words_or_its_caption_are() {
        let page = "<!doctype html><p>It stands, and it has stood there since anybody can think of.</p>
            <figure><img src='https://a.example/m.jpg' alt='A wheel in the water'><figcaption>The mill</figcaption></figure>
            <figure><img src='https://a.example/n.jpg'><figcaption>The weir</figcaption></figure><p>That is all that is known of it, they say.</p>";
        let article = crate::article::read(page.as_bytes().to_vec(), "a.html").unwrap();
        let check = |words: &str, target: Option<&str>| {
            let place = crate::text::offset(article.text.find(words).unwrap());
            assert_eq!(picture(&article, place).as_deref(), target, "{words}");
        };
        check("\u{fffc}", Some("https://a.example/m.jpg"));
        check("The mill", Some("https://a.example/m.jpg"));
        check("The weir", Some("https://a.example/n.jpg"));
        check("That is", None);
    }

    #[test]
    fn the_innermost_link_is_meant() {
        let link = |start, end, target: &str| Link {
            range: TextRange::new(start, end),
            target: target.to_owned(),
        };
        let links = [link(0, 9, "a"), link(2, 5, "b")];
        let found = |place| at(&links, place).map(|it| it.target.as_str());
        assert_eq!((found(1), found(3), found(9)), (Some("a"), Some("b"), None));
    }

    fn reader(markdown: &str, size: (u16, u16)) -> Model {
        let article = article::read(markdown.as_bytes().to_vec(), "a.md").expect("an article");
        Model::new(Arc::new(article), Settings::default(), size)
    }

    fn pressed(model: &mut Model, keys: &str) -> Vec<Effect> {
        let keys = key::parse(keys).expect("keys");
        keys.into_iter().flat_map(|it| update(model, Msg::Key(it))).collect()
    }

    /// What is opened by these keys, or said.
    #[track_caller]
    fn check(keys: &str, does: &str) {
        let text = "See [one](https://a.example/1), [two](javascript:alert(1)) and \
                    [three](http://b.example/).\n\n[All of it](https://c.example/) is said.";
        let mut model = reader(text, (80, 20));
        let effects = pressed(&mut model, keys);
        let done = match &effects[..] {
            [Effect::Browse(target)] => format!("browser: {target}"),
            [Effect::Open(target)] => format!("here: {target}"),
            [] => match &model.message {
                Some(message) => format!("{message:?}"),
                None => format!("{:?}", model.mode),
            },
            other => format!("{other:?}"),
        };
        assert_eq!(done, does, "{keys}");
    }

    #[test]
    fn letters_open_links() {
        check("Fa", "browser: https://a.example/1");
        check("FA", "here: https://a.example/1");
        check("Fd", "browser: http://b.example/");
        check("FF", "here: https://c.example/");
        check("Fs", "Failed(\"javascript:alert(1) is no page on the web, and is not opened\")");
        check("FS", "Failed(\"javascript:alert(1) is no page on the web, and is not opened\")");
        check("Fm", "Failed(\"no link has the letters m\")");
        check("F", "Links(\"\")");
        check("F<Esc>", "Normal");
        check("F<C-c>", "Normal");
        check("F<BS>", "Normal");
    }

    #[test]
    fn where_letters_are_few_there_are_two_each() {
        let links: Vec<String> =
            (0..40).map(|it| format!("[w{it}](https://a.example/{it})")).collect();
        let text = links.join(" ");
        let mut model = reader(&text, (80, 20));
        let all = lettered(&model);
        assert_eq!(
            (all.len(), all[0].letters.as_str(), all[27].letters.as_str()),
            (40, "aa", "ss")
        );
        let effects = pressed(&mut model, "Fss");
        assert!(matches!(&effects[..], [Effect::Browse(it)] if it == "https://a.example/27"));
        let effects = pressed(&mut model, "Fs<BS>sS");
        assert!(matches!(&effects[..], [Effect::Open(it)] if it == "https://a.example/27"));
    }

    #[test]
    fn without_links_nothing_is_asked() {
        let mut model = reader("No links.", (80, 20));
        pressed(&mut model, "F");
        assert!(matches!(model.mode, Mode::Normal) && model.message.is_some());
    }

    #[test]
    fn enter_says_where_a_link_leads() {
        let mut model = reader("A [word](data:text/html,x) of it.", (80, 20));
        pressed(&mut model, "w<Enter>");
        let said = "leads to data:text/html,x, which is no page on the web and is not opened";
        assert_eq!(model.message, Some(crate::app::Message::Done(said.to_owned())));
    }
}
