//! What sort of quote it is, by its own shape and the words just before it.

use crate::annot::Form;
use crate::text::TextRange;

/// What the form was seen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The shape of the quote itself.
    Shape,
    /// It is a title of a work, a programme, or a nickname.
    Title,
    /// The words before it call it an expression.
    Term,
    /// It stands in a list of sources.
    Source,
    /// It is a note of whoever took the words down, or of the publisher.
    Note,
}

/// Words before a quote that make it a title: "the film “…”".
const WORKS: &[&str] = &[
    "film",
    "movie",
    "documentary",
    "book",
    "novel",
    "memoir",
    "autobiography",
    "biography",
    "play",
    "musical",
    "opera",
    "song",
    "single",
    "album",
    "show",
    "series",
    "sitcom",
    "drama",
    "programme",
    "program",
    "podcast",
    "magazine",
    "newspaper",
    "essay",
    "column",
    "poem",
    "painting",
    "game",
    "episode",
    "titled",
    "entitled",
    "headlined",
    "subtitled",
    "author",
    "starring",
    "bestseller",
    "comedy",
    "thriller",
    "blog",
    "hit",
    "anthem",
    "hymn",
    "ballad",
    "host",
    "band",
    "sketch",
    "website",
    "site",
    "exhibition",
    "exhibit",
    "curator",
    "conference",
    "forum",
    "tour",
    "section",
    "chapter",
    "ad",
    "ads",
    "commercial",
    "trailer",
    "video",
];

/// Words before a quote that make it an expression: "the so-called “…”".
const TERMS: &[&str] = &[
    "so-called",
    "name",
    "names",
    "socalled",
    "nicknamed",
    "word",
    "words",
    "term",
    "terms",
    "phrase",
    "label",
    "expression",
    "slogan",
    "hashtag",
    "codenamed",
    "code-named",
    "named",
    "acronym",
    "moniker",
    "nickname",
    "alias",
    "aka",
    "meaning",
    "labelled",
    "labeled",
    "marked",
    "self-described",
    "self-styled",
    "tagged",
    "acronym",
    "motto",
    "catchphrase",
    "noun",
    "verb",
    "adjective",
    "pseudonym",
    "username",
    "handle",
    "password",
    "heading",
    "headline",
];

/// Words before a quote that make it the heading of something, whatever it looks like.
const TITLED: &[&str] = &["titled", "entitled", "headlined", "subtitled", "captioned"];

/// Words behind a quote that make it the title of a work: "the “…” star".
const FAME: &[&str] =
    &["star", "stars", "actor", "actress", "creator", "franchise", "singer", "fame", "director"];

/// Words that small letters keep in a title.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "with", "by",
    "from", "as", "vs", "is", "de", "la", "le", "du", "van", "von",
];

/// Whether a heading says that what an article rests on or points to follows: works are named
/// there, and nobody speaks.
pub(super) fn heads_sources(heading: &str) -> bool {
    const NAMES: [&str; 12] = [
        "references",
        "notes",
        "notes and references",
        "footnotes",
        "endnotes",
        "citations",
        "sources",
        "bibliography",
        "works cited",
        "further reading",
        "external links",
        "see also",
    ];
    let words = heading.trim().trim_end_matches(':');
    NAMES.iter().any(|it| it.eq_ignore_ascii_case(words))
}

/// The form of the quote `inner` with its marks at `outer` in the block at `block`.
pub(super) fn of(text: &str, block: TextRange, outer: TextRange, inner: TextRange) -> (Form, Why) {
    if is_note(inner.of(text)) {
        return (Form::Scare, Why::Note);
    }
    let quote = Shape::of(inner.of(text));
    let before = TextRange::new(block.start.max(outer.start.saturating_sub(80)), outer.start);
    let before = floor(text, before);
    let before = before.trim_end();
    let after = TextRange::new(outer.end, block.end).of(text);
    let last_word = last_word(before);
    let is = |list: &[&str]| list.iter().any(|it| it.eq_ignore_ascii_case(last_word));
    // "pull the lever for “R”"
    if inner.of(text).chars().filter(|c| c.is_alphanumeric()).take(2).count() == 1 {
        return (Form::Scare, Why::Term);
    }
    let heading = TITLED.iter().any(|it| it.eq_ignore_ascii_case(last_word));
    if quote.words <= 12 && !before.ends_with(':') && (heading || quote.title && is_work(before)) {
        return (Form::Scare, Why::Title);
    }
    if !quote.sentence && quote.words <= 8 {
        if is(TERMS) && !before.ends_with(':')
            || before.ends_with("known as")
            || before.ends_with(", also called")
        {
            return (Form::Scare, Why::Term);
        }
        let comma = before.ends_with(',');
        if quote.title
            && (quote.words >= 2 || !comma)
            && (broadcaster(before)
                || place_of_title(before, quote.words)
                || named(before, quote.words)
                || kind_behind(before, quote.words, after))
        {
            return (Form::Scare, Why::Title);
        }
        if quote.title && quote.words <= 2 && nickname(before, after) {
            return (Form::Scare, Why::Title);
        }
    }
    if by_line(before, inner.of(text), after) {
        return (Form::Scare, Why::Title);
    }
    let form = if quote.sentence { Form::Direct } else { Form::Partial };
    (form, Why::Shape)
}

/// What a quote's own words tell.
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// Up to 13.
    words: usize,
    /// It begins with a capital and ends as a sentence or with a comma before the cue.
    sentence: bool,
    /// All its words of weight begin with capitals.
    title: bool,
}

impl Shape {
    fn of(quote: &str) -> Self {
        let first = quote.chars().find(|c| c.is_alphanumeric()).unwrap_or(' ');
        let end = quote.chars().next_back().unwrap_or(' ');
        let words = quote.split_whitespace().take(13).count();
        let mut weighty = quote.split_whitespace().take(13).filter(|word| !is_small(word));
        let title = weighty.all(|word| {
            let first = word.chars().find(|c| c.is_alphanumeric());
            first.is_none_or(|c| c.is_uppercase() || c.is_numeric())
        });
        let stops = matches!(end, '.' | '!' | '?' | '…' | ',' | ';' | '—' | '–' | '-')
            || matches!(end, '”' | '’' | '"' | '\'' | ':');
        let capital = first.is_uppercase() || first.is_numeric();
        let lively = matches!(end, '!' | '?') || end == '.' && !title;
        // "on ABC’s “Good Day Nation.”": a title, though the stop stands inside.
        let named = title && (2..=8).contains(&words) || title && !stops && words <= 12;
        let whole = capital && stops && (words >= 3 || lively) || capital && words >= 8;
        let sentence = whole && (!named || matches!(end, '!' | '?'));
        // “Long Way Home”, “13 Days”
        let title =
            title && (first.is_uppercase() || capital && quote.contains(char::is_uppercase));
        Self { words, sentence, title }
    }
}

/// "(Crosstalk.)", "[Laughter]": what was heard beside the words; "Follow us on Facebook".
fn is_note(quote: &str) -> bool {
    const FEW: usize = 6;
    let words = quote.trim_end_matches(['.', ' ']);
    let enclosed = |open: char, close: char| {
        let inner = words.strip_prefix(open).and_then(|it| it.strip_suffix(close));
        inner.is_some_and(|it| !it.contains([open, close]))
    };
    let heard = (enclosed('(', ')') || enclosed('[', ']'))
        && words.split_whitespace().take(FEW + 1).count() <= FEW;
    let follow = quote.strip_prefix("Follow ").is_some_and(|whom| {
        let near = whom.split_whitespace().take(8).collect::<Vec<_>>();
        let network = |it: &str| matches!(it, "Twitter" | "Facebook" | "Instagram" | "X");
        near.windows(2).any(|it| it[0] == "on" && network(it[1].trim_end_matches([',', '.', ':'])))
    });
    heard || follow
}

/// Whether all words of weight begin with capitals, as in a title, and there are at least two.
pub(in crate::detect) fn is_title(words: &str) -> bool {
    let shape = Shape::of(words);
    shape.title && shape.words > 1
}

fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

/// "the film “…”", "the author of “…”", "an episode of “…”".
fn is_work(before: &str) -> bool {
    let before = [" of", " on", " called", " from"]
        .iter()
        .find_map(|it| before.strip_suffix(it))
        .unwrap_or(before);
    WORKS.iter().any(|it| it.eq_ignore_ascii_case(last_word(before)))
}

/// "her column, “…”": whether a piece of writing is named just before.
pub(super) fn is_writing(before: &str) -> bool {
    const WRITINGS: [&str; 14] = [
        "article",
        "articles",
        "book",
        "chapter",
        "column",
        "commentary",
        "editorial",
        "essay",
        "op-ed",
        "piece",
        "report",
        "review",
        "story",
        "study",
    ];
    let word = last_word(before);
    WRITINGS.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// "CNN’s “…”": a programme of whoever stands before in capitals, or with a possessive.
fn broadcaster(before: &str) -> bool {
    let Some(owner) = before.strip_suffix("’s").or_else(|| before.strip_suffix("'s")) else {
        return false;
    };
    let word = last_word(owner);
    word.len() >= 2 && word.chars().filter(|c| c.is_uppercase()).count() * 2 >= word.len()
        || matches!(word, "Fox" | "Channel" | "News" | "Network")
}

/// "in “Long Way Home”": words in capitals where the name of a work or a programme is expected.
fn place_of_title(before: &str, words: usize) -> bool {
    let word = last_word(before);
    let joined = before.ends_with(char::is_alphanumeric);
    joined && words >= 2 && matches!(word, "in" | "on" | "of" | "from" | "with" | "the" | "and")
}

/// "named their boat “Robin”", "a print called “Night and Day”".
fn named(before: &str, words: usize) -> bool {
    const FAR: usize = 4;
    let named = |word: &str| {
        matches!(word, "named" | "naming" | "renamed" | "dubbed" | "christened" | "titled")
    };
    if words <= 3 && before.split_whitespace().rev().take(FAR).any(named) {
        return true;
    }
    // "what he called “…”" is speech.
    let thing = before.strip_suffix(" called").map(last_word);
    thing.is_some_and(|it| {
        let verbs =
            matches!(it, "which" | "often" | "later" | "never" | "there" | "would" | "could");
        it.len() > 4 && it.chars().all(char::is_lowercase) && !verbs
    })
}

/// "the “History” section", "his “Long Way Home” radio show": what it is stands behind.
fn kind_behind(before: &str, words_inside: usize, after: &str) -> bool {
    const OWNERS: [&str; 10] =
        ["the", "a", "an", "his", "her", "its", "their", "this", "our", "annual"];
    const NO_NOUNS: [&str; 14] = [
        "and", "are", "but", "for", "from", "had", "has", "that", "was", "were", "when", "who",
        "will", "with",
    ];
    let word = last_word(before);
    let owned = before.ends_with(char::is_alphanumeric)
        && (OWNERS.iter().any(|it| it.eq_ignore_ascii_case(word))
            || word.ends_with("’s")
            || word.ends_with("'s"));
    let behind = after.strip_prefix(' ').unwrap_or_default();
    let mut words = behind.split([' ', ',', '.', ';']);
    let near = [words.next(), words.next()];
    let named = near.into_iter().flatten().any(|it| WORKS.contains(&it) || FAME.contains(&it));
    // "his “Long Way Home” bag": several words in capitals before a noun name it.
    let noun = behind.starts_with(|c: char| c.is_lowercase())
        && near[0].is_some_and(|it| it.len() > 2 && !NO_NOUNS.contains(&it));
    owned && (named || words_inside >= 3 && noun)
}

/// "“…,” by Jane Doe of the Herald": a headline with who wrote it, at the beginning of a line.
fn by_line(before: &str, quote: &str, after: &str) -> bool {
    let begins = before.is_empty() || before.ends_with(['—', '–', '-', '•', '*']);
    let named = |it: &str| {
        let mut words = it.split(' ').take(3).take_while(|it| !it.ends_with([',', '.']));
        it.starts_with(char::is_uppercase)
            || it.starts_with("the ") && words.any(|it| it.starts_with(char::is_uppercase))
    };
    let writer = after.strip_prefix(" by ").is_some_and(named);
    begins && writer && quote.trim_end_matches(['’', '\'', '”', '"']).ends_with(',')
}

/// John “Jack” Smith.
fn nickname(before: &str, after: &str) -> bool {
    let first = last_word(before).chars().next().unwrap_or(' ');
    let joined = before.ends_with(char::is_alphanumeric);
    let mut behind = after.chars();
    let surname = behind.next() == Some(' ') && behind.next().is_some_and(char::is_uppercase);
    joined && first.is_uppercase() && surname
}

fn last_word(before: &str) -> &str {
    let before = before.trim_end_matches([',', ':', ' ', '(']);
    let start = before.rfind([' ', '\n', '\u{a0}', '“', '"', '(', '—']);
    let start = start.map_or(0, |at| at + before.get(at..).map_or(1, first_len));
    before.get(start..).unwrap_or_default()
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// The text of a range whose start may lie inside a character: from the next one.
fn floor(text: &str, range: TextRange) -> &str {
    let mut start = range.start as usize;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..range.end as usize).unwrap_or_default()
}
