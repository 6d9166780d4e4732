//! What changed between two versions of a text, sentence by sentence.
//!
//! Sentences that stand once in both versions hold them together (the way of patience diff, as
//! Bram Cohen's); between those, what is alike at the ends is taken off, and what is left is
//! removed, added, or changed where enough words are the same. The time grows with the text.

use std::collections::HashMap;
use std::ops::Range;

use super::Tokens;
use crate::article::Article;
use crate::text::TextRange;

/// A sentence that is not in both versions as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What has become of it.
    pub what: What,
    /// Its words in the earlier version; empty for one that is new.
    pub before: String,
    /// Its words in the later version; empty for one that is gone.
    pub after: String,
    /// Where it stands in the later version, or stood, in bytes.
    pub place: u32,
}

/// What has become of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Some of its words are other ones.
    Changed,
}

/// More sentences in one gap than this are not compared with each other word by word.
const COMPARED: usize = 200;

/// What changed from one version to the other, in the order of the later one.
pub fn differences(before: &Article, after: &Article) -> Vec<Difference> {
    let (old, new) = (sentences(before), sentences(after));
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut number = |words: &str| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(folded(words)).or_insert(next)
    };
    let keys = Keys {
        old: old.iter().map(|it| number(it.of(&before.text))).collect(),
        new: new.iter().map(|it| number(it.of(&after.text))).collect(),
    };
    let mut gaps = Vec::new();
    keys.gaps(0..old.len(), 0..new.len(), &mut gaps);
    let mut found = Vec::new();
    for (gone, come) in gaps {
        let place = match (new.get(come.start), come.start.checked_sub(1)) {
            (Some(it), _) => it.start,
            (None, Some(last)) => new[last].start,
            (None, None) => 0,
        };
        let gone: Vec<&str> = old[gone].iter().map(|it| it.of(&before.text)).collect();
        let come: Vec<(&str, u32)> =
            new[come].iter().map(|it| (it.of(&after.text), it.start)).collect();
        pair(&gone, &come, place, &mut found);
    }
    found
}

/// The sentences of an article; those of a block never reach beyond it.
fn sentences(article: &Article) -> Vec<TextRange> {
    let tokens = Tokens::of(article);
    let range = |at| {
        let (first, last) = (tokens.sentence(at).first()?, tokens.sentence(at).last()?);
        Some(TextRange::new(first.start, last.end()))
    };
    (0..tokens.sentence_count()).filter_map(range).collect()
}

fn folded(words: &str) -> String {
    crate::text::one_line(words)
}

/// The sentences of both versions as numbers: the same one for the same words.
struct Keys {
    old: Vec<u32>,
    new: Vec<u32>,
}

type Gap = (Range<usize>, Range<usize>);

impl Keys {
    /// The parts that are not the same, in their order.
    fn gaps(&self, old: Range<usize>, new: Range<usize>, out: &mut Vec<Gap>) {
        // A stack instead of calls: a text of a million sentences nests as deep as it likes.
        let mut open = vec![(old, new)];
        while let Some((mut old, mut new)) = open.pop() {
            let same = |one: usize, other: usize| self.old[one] == self.new[other];
            while !old.is_empty() && !new.is_empty() && same(old.start, new.start) {
                (old.start, new.start) = (old.start + 1, new.start + 1);
            }
            while !old.is_empty() && !new.is_empty() && same(old.end - 1, new.end - 1) {
                (old.end, new.end) = (old.end - 1, new.end - 1);
            }
            if old.is_empty() && new.is_empty() {
                continue;
            }
            let anchors = self.anchors(&old, &new);
            if anchors.is_empty() {
                out.push((old, new));
                continue;
            }
            let mut parts = Vec::new();
            let mut from = (old.start, new.start);
            for (one, other) in anchors.into_iter().chain([(old.end, new.end)]) {
                parts.push((from.0..one, from.1..other));
                from = (one + 1, other + 1);
            }
            open.extend(parts.into_iter().rev());
        }
    }

    /// Sentences that stand once in each part, as many of them as are in the same order.
    fn anchors(&self, old: &Range<usize>, new: &Range<usize>) -> Vec<(usize, usize)> {
        let mut seen: HashMap<u32, (u32, u32, usize, usize)> = HashMap::new();
        for at in old.clone() {
            let it = seen.entry(self.old[at]).or_default();
            (it.0, it.2) = (it.0 + 1, at);
        }
        for at in new.clone() {
            if let Some(it) = seen.get_mut(&self.new[at]) {
                (it.1, it.3) = (it.1 + 1, at);
            }
        }
        let once = seen.into_values().filter(|it| (it.0, it.1) == (1, 1));
        let mut pairs: Vec<(usize, usize)> = once.map(|it| (it.2, it.3)).collect();
        pairs.sort_unstable();
        rising(&pairs)
    }
}

/// The longest part of `pairs` in which the second numbers rise, too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // Ends of the best rows of each length, and before each pair the one that it goes on from.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; pairs.len()];
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|it| pairs[*it].1 < pair.1);
        before[at] = length.checked_sub(1).map(|it| ends[it]);
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(it) = at {
        row.push(pairs[it]);
        at = before[it];
    }
    row.reverse();
    row
}

/// What became of the sentences of a gap.
fn pair(gone: &[&str], come: &[(&str, u32)], place: u32, out: &mut Vec<Difference>) {
    let few = gone.len() <= COMPARED && come.len() <= COMPARED;
    let bags: Vec<_> = gone.iter().map(|it| if few { words(it) } else { Vec::new() }).collect();
    let removed = |at: usize, place| Difference {
        what: What::Removed,
        before: gone[at].to_owned(),
        after: String::new(),
        place,
    };
    let mut next = 0;
    for (after, start) in come {
        let bag = if few { words(after) } else { Vec::new() };
        let best = (next..bags.len())
            .map(|at| (at, likeness(&bags[at], &bag)))
            .filter(|it| it.1 >= 50)
            .max_by_key(|(at, like)| (*like, std::cmp::Reverse(*at)));
        let Some((at, _)) = best else {
            let after = (*after).to_owned();
            let (what, before) = (What::Added, String::new());
            out.push(Difference { what, before, after, place: *start });
            continue;
        };
        out.extend((next..at).map(|at| removed(at, *start)));
        next = at + 1;
        let (before, after) = (gone[at].to_owned(), (*after).to_owned());
        out.push(Difference { what: What::Changed, before, after, place: *start });
    }
    let last = come.last().map_or(place, |it| it.1);
    out.extend((next..gone.len()).map(|at| removed(at, last)));
}

fn words(sentence: &str) -> Vec<&str> {
    let mut words: Vec<&str> =
        sentence.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    words.sort_unstable();
    words
}

/// How many of the words of two sorted lists are the same, in percent of both (Dice).
fn likeness(one: &[&str], other: &[&str]) -> usize {
    let (mut at, mut to, mut same) = (0, 0, 0);
    while let (Some(here), Some(there)) = (one.get(at), other.get(to)) {
        match here.cmp(there) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => to += 1,
            std::cmp::Ordering::Equal => {
                (at, to, same) = (at + 1, to + 1, same + 1);
            }
        }
    }
    200 * same / (one.len() + other.len()).max(1)
}

impl Difference {
    /// The words of a changed sentence that differ, before and after, with what is the same on
    /// both sides: `(beginning, before, after, end)`. Whole words only.
    pub fn parts(&self) -> (&str, &str, &str, &str) {
        let (before, after) = (self.before.as_str(), self.after.as_str());
        let is_end = |text: &str, at: usize| {
            let beside = text.get(..at).and_then(|it| it.chars().next_back());
            let behind = text.get(at..).and_then(|it| it.chars().next());
            !matches!((beside, behind), (Some(a), Some(b)) if a.is_alphanumeric() && b.is_alphanumeric())
        };
        let head = before.char_indices().zip(after.chars()).take_while(|((_, a), b)| a == b);
        let mut head = head.last().map_or(0, |((at, it), _)| at + it.len_utf8());
        while head > 0 && !(is_end(before, head) && is_end(after, head)) {
            head = before.floor_char_boundary(head - 1);
        }
        let tail = before.get(head..).unwrap_or_default().chars().rev();
        let tail = tail.zip(after.get(head..).unwrap_or_default().chars().rev());
        let mut tail: usize = tail.take_while(|(a, b)| a == b).map(|(it, _)| it.len_utf8()).sum();
        while tail > 0
            && !(is_end(before, before.len() - tail) && is_end(after, after.len() - tail))
        {
            tail = before.len() - before.ceil_char_boundary(before.len() - tail + 1);
        }
        let cut = |text: &'_ str| -> Range<usize> { head..text.len() - tail };
        (
            before.get(..head).unwrap_or_default(),
            before.get(cut(before)).unwrap_or_default(),
            after.get(cut(after)).unwrap_or_default(),
            before.get(before.len() - tail..).unwrap_or_default(),
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::plain;

    fn article(text: &str) -> Article {
        plain::read(text.to_owned(), "a.txt")
    }

    /// What changed, a line each.
    fn said(before: &str, after: &str) -> String {
        let line = |it: &Difference| match it.what {
            What::Added => format!("+ {}", it.after),
            What::Removed => format!("- {}", it.before),
            What::Changed => {
                let (head, before, after, tail) = it.parts();
                format!("~ {head}[{before}|{after}]{tail}")
            }
        };
        let found = differences(&article(before), &article(after));
        found.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    fn check(before: &str, after: &str, says: &str) {
        assert_eq!(said(before, after), says);
    }

    #[test]
    fn sentences_are_compared() {
        let text = "The ferry sails on Monday. Nobody waits. It rains.\n\nFares rise in spring.";
        check(text, text, "");
        check(text, &text.replace("\n\n", " "), "");
        check(text, &text.replace("Nobody waits. ", ""), "- Nobody waits.");
        check(text, &text.replace("It rains.", "It rains. Sarah left."), "+ Sarah left.");
        check(text, &text.replace("Monday", "Tuesday"), "~ The ferry sails on [Monday|Tuesday].");
        check(text, &text.replace(" in spring", ""), "~ Fares rise[ in spring|].");
        check(text, "", &said("", text).replace("+ ", "- "));
    }

    #[test]
    fn neighbours_that_changed_are_told_apart() {
        check(
            "One stays here. The dog barks at night. The cat sleeps by day. Two stay here.",
            "One stays here. The dog barks at noon. A horse. The cat sleeps by night. Two stay here.",
            "~ The dog barks at [night|noon].\n+ A horse.\n~ The cat sleeps by [day|night].",
        );
        check(
            "One stays here. All of this is gone. Two stay here.",
            "One stays here. Nothing like it. Two stay here.",
            "+ Nothing like it.\n- All of this is gone.",
        );
    }

    #[test]
    fn places_are_those_of_the_later_text() {
        let (before, after) = ("One. Two is here.", "Zero. One. Two was here.");
        let found = differences(&article(before), &article(after));
        let words: Vec<&str> = found.iter().map(|it| after.split_at(it.place as usize).1).collect();
        assert_eq!(words, [after, "Two was here."]);
    }

    #[test]
    fn long_texts_take_no_long_time() {
        let text = |seed: usize| -> String {
            {
                let words = |it| format!("Sentence {} is here.", it * seed % 39_983);
                (0..40_000).map(words).collect::<Vec<_>>().join(" ")
            }
        };
        let begun = std::time::Instant::now();
        let found = differences(&article(&text(1)), &article(&text(7)));
        assert!(!found.is_empty());
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    }

    proptest! {
        #[test]
        fn what_is_told_leads_from_one_to_the_other(
            before in proptest::collection::vec("(One|Two|Three) (is|was) (here|there)\\.", 0..9),
            after in proptest::collection::vec("(One|Two|Three) (is|was) (here|there)\\.", 0..9),
        ) {
            let (one, other) = (article(&before.join(" ")), article(&after.join(" ")));
            let found = differences(&one, &other);
            let mut left = before.clone();
            for it in found.iter().filter(|it| it.what != What::Added) {
                let at = left.iter().position(|words| *words == it.before);
                left.remove(at.expect("it was there"));
                let (head, was, _, tail) = it.parts();
                if it.what == What::Changed {
                    prop_assert_eq!(format!("{head}{was}{tail}"), it.before.clone());
                }
            }
            left.extend(found.iter().filter(|it| it.what != What::Removed).map(|it| it.after.clone()));
            let mut after = after;
            left.sort();
            after.sort();
            prop_assert_eq!(left, after);
        }
    }
}
