//! Dialogue in the way of Spanish, French, Russian and others: a dash opens a paragraph and what
//! is said in it, and dashes enclose who says it.

use crate::article::{Article, Block, BlockKind};
use crate::detect::language;
use crate::text::{TextRange, offset};

/// Languages whose dialogues have dashes.
const LANGUAGES: [&str; 15] =
    ["bg", "ca", "es", "fi", "fr", "hu", "it", "pl", "pt", "ro", "ru", "sr", "tr", "uk", "el"];

/// Whether paragraphs that begin with a dash are said in this article: its language has dialogues
/// of the kind, and at least two such paragraphs, or one that says who speaks, are there.
pub(super) fn has_dialogue(article: &Article) -> bool {
    const ENOUGH: usize = 2;
    let said = |block: &Block| said(&article.text, *block).map_or(0, |it| it.len().min(ENOUGH));
    // The language is looked for only where there is a dash at all.
    let mut lines = article.blocks.iter().filter(|it| begins(&article.text, **it).is_some());
    if lines.clone().next().is_none() || !LANGUAGES.contains(&language::of(article).as_str()) {
        return false;
    }
    let mut count = 0;
    lines.any(|block| {
        let enclosed = begins(&article.text, *block)
            .is_some_and(|it| enclosed(block.range.of(&article.text), it).is_some());
        count += said(block).min(1) + usize::from(enclosed);
        count >= ENOUGH
    })
}

/// What is said in a paragraph that begins with a dash: all of it but who says it.
pub(super) fn said(text: &str, block: Block) -> Option<Vec<TextRange>> {
    let words = block.range.of(text);
    let mut at = begins(text, block)?;
    let mut ranges = Vec::new();
    loop {
        let (end, next) = enclosed(words, at).unwrap_or((words.len(), None));
        let said = words.get(at..end).unwrap_or_default();
        let said = said.trim_end_matches([',', ' ', '\u{a0}']);
        if said.contains(char::is_alphanumeric) {
            let start = block.range.start + offset(at);
            ranges.push(TextRange::new(start, start + offset(said.len())));
        }
        let Some(next) = next else { break };
        at = next;
    }
    Some(ranges)
}

/// Where the words behind a paragraph's opening dash begin. A line of a list goes on in small
/// letters, and one of a few words without a stop is a name below a quotation.
fn begins(text: &str, block: Block) -> Option<usize> {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) {
        return None;
    }
    let words = block.range.of(text);
    let rest = words.strip_prefix(is_dash)?;
    let said = rest.trim_start();
    let first = said.chars().find(|it| !matches!(it, '¿' | '¡' | '«' | '…' | '.' | '"'))?;
    let stops = said.trim_end_matches(['»', '"', '”']).ends_with(['.', '!', '?', '…']);
    let sentence = first.is_uppercase() && stops && said.contains(' ');
    let lively = first.is_uppercase() && said.ends_with(['!', '?', '.', '…']);
    (sentence || lively).then_some(words.len() - said.len())
}

/// Where who speaks is named from `from` on: where that begins, and where what is said goes on.
fn enclosed(words: &str, from: usize) -> Option<(usize, Option<usize>)> {
    let tail = words.get(from..)?;
    let start = tail.char_indices().find_map(|(at, c)| {
        (is_dash(c) && opens(tail.get(..at)?, tail.get(at + c.len_utf8()..)?)).then_some(from + at)
    })?;
    let dash = words.get(start..)?.chars().next()?.len_utf8();
    let inside = words.get(start + dash..)?;
    let end = inside.char_indices().find(|&(at, c)| {
        let before = inside.get(..at).and_then(|it| it.trim_end().chars().next_back());
        let behind = inside.get(at + c.len_utf8()..).and_then(|it| it.chars().next());
        let stop = matches!(before, Some('.' | ',' | '!' | '?' | ':' | ';'));
        let touches = matches!(behind, Some('.' | ',' | ';' | ':' | '!' | '?'))
            || at > 0 && !inside.get(..at).is_some_and(|it| it.ends_with(' '));
        is_dash(c) && (stop || touches)
    });
    let next = end.and_then(|(at, c)| {
        let behind = inside.get(at + c.len_utf8()..)?;
        let said = behind.trim_start_matches([' ', '\u{a0}', '.', ',', ';', ':']);
        (!said.is_empty()).then_some(words.len() - said.len())
    });
    Some((start, next))
}

/// Whether a dash between these words opens who speaks: it goes on in small letters, and a stop or
/// a comma stands before the dash, or a verb in the past behind it. The dash that stands for "is"
/// in Russian and one around an aside have neither.
fn opens(before: &str, behind: &str) -> bool {
    let spaced = before.ends_with([' ', '\u{a0}']);
    let stop = before.trim_end().ends_with([',', '.', '!', '?', '…', '»', '"']);
    let next = behind.trim_start();
    let word: &str = next.split(|it: char| !it.is_alphabetic()).next().unwrap_or_default();
    let small = word.chars().next().is_some_and(char::is_lowercase);
    small && spaced && (stop || is_past(word))
}

/// Verbs of speech in Spanish, Portuguese and Italian, most of them by their ending.
fn is_past(word: &str) -> bool {
    const VERBS: [&str; 13] = [
        "dijo", "dice", "decía", "disse", "diz", "dizia", "digo", "dije", "pregunto", "repuso",
        "quiso", "fece", "rispose",
    ];
    let ending = ["ó", "ou", "eu", "iu"].iter().any(|it| word.ends_with(it));
    VERBS.contains(&word) || ending && word.chars().count() > 4
}

fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '―')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paragraph: &str, expected: &[&str]) {
        let range = TextRange::of_bytes(0, paragraph.len());
        let block = Block { kind: BlockKind::Paragraph, range };
        let found = said(paragraph, block).unwrap_or_default();
        let words: Vec<_> = found.iter().map(|it| it.of(paragraph)).collect();
        assert_eq!(words, expected, "in {paragraph}");
    }

    #[test]
    fn who_speaks_stands_between_dashes() {
        check("—No sale el barco —dijo el alcalde.", &["No sale el barco"]);
        check("—No sale —dijo Ana—. Lo sé.", &["No sale", "Lo sé."]);
        check("—¿No sale? —preguntó Ana, y lloró.", &["¿No sale?"]);
        check("—El barco —como siempre— no sale.", &["El barco —como siempre— no sale."]);
        check("— Паром не выйдет, — сказал мэр.", &["Паром не выйдет"]);
        check("— Паром не выйдет, — сказал мэр. — Я знаю.", &["Паром не выйдет", "Я знаю."]);
        check("— Паром — это всё!", &["Паром — это всё!"]);
        check("– Não sei – disse o homem. – Talvez.", &["Não sei", "Talvez."]);
        check("— Le bac ne part pas, dit le maire.", &["Le bac ne part pas, dit le maire."]);
        check("—¡Vamos!", &["¡Vamos!"]);
    }

    #[test]
    fn lines_of_lists_and_signatures_are_not_said() {
        check("— повысить налоги;", &[]);
        check("— Anna Berg", &[]);
        check("No sale —dijo.", &[]);
        check("- No sale el barco.", &[]);
    }

    #[test]
    fn the_language_and_the_other_lines_decide() {
        let has = |text: &str, language: &str| {
            let mut article = crate::article::plain::read(text.to_owned(), "-");
            article.meta.language = Some(language.to_owned());
            has_dialogue(&article)
        };
        let spanish = "—No sale el barco —dijo el alcalde.";
        assert!(has(spanish, "es"));
        assert!(!has(spanish, "en"));
        assert!(has("—No sale.\n\n—Ya lo sé.", "es"));
        assert!(!has("—No sale el barco.\n\nLlueve.", "es"));
    }
}
