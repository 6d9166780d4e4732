//! How often each rule is right, counted on annotated articles: the confidence that is shown.
//!
//! The counts are those of PolNeAR's training part (840 articles of seven American publishers,
//! 6,646 quotes whose speaker is annotated), made with
//! `cargo run --release --example score -- outcomes polnear_train.jsonl.gz`. No text of these
//! articles is here, only how often a rule agreed with their readers.

/// The shape of a quote, as far as it tells how sure its speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// One or more whole sentences.
    Whole,
    /// Four words or more inside a sentence of the writer's.
    Long,
    /// Fewer.
    Short,
}

impl Shape {
    /// The shape of the words between a quote's marks. Those of a `whole` sentence are known by
    /// the quote's form.
    pub fn of(words: &str, whole: bool) -> Self {
        const LONG: usize = 4;
        match (whole, words.split_whitespace().take(LONG).count()) {
            (true, _) => Self::Whole,
            (false, LONG..) => Self::Long,
            (false, _) => Self::Short,
        }
    }
}

/// What the words beside a quote are that name its speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// They begin as a name does.
    Name,
    /// "he", "they", "his".
    Pronoun,
    /// "a spokesman", "the ministry".
    Other,
}

impl Who {
    /// What these words are.
    pub fn of(words: &str) -> Self {
        let mut all = words.split_whitespace();
        let first = all.next().unwrap_or_default();
        let class = super::words::class(first);
        if all.next().is_none() && class.is(super::words::Class::SUBJECT) {
            Self::Pronoun
        } else if first.starts_with(char::is_uppercase)
            && !class.is(super::words::Class::DETERMINER)
        {
            Self::Name
        } else {
            Self::Other
        }
    }
}

/// How often the rule is right where it is used, from 0 to 1.
///
/// The rule's own share counts as four cases beside those of the quote's shape and of the words
/// that name the speaker, so that a handful of cases decides nothing. A rule that was used less
/// than ten times is a guess, and one that no count knows less than that.
pub fn confidence(rule: &str, shape: Shape, who: Who) -> f32 {
    const GUESS: f32 = 0.7;
    const OWN: f32 = 4.0;
    const FEW: f32 = 10.0;
    const UNKNOWN: f32 = 0.4;
    let (mut right, mut all, mut near) = (0.0, 0.0, (0.0, 0.0));
    let first = OUTCOMES.partition_point(|it| it.0 < rule);
    for it in OUTCOMES[first..].iter().take_while(|it| it.0 == rule) {
        let counts = (f32::from(it.3), f32::from(it.4));
        (right, all) = (right + counts.0, all + counts.1);
        if (it.1, it.2) == (shape, who) {
            near = counts;
        }
    }
    if all < FEW {
        return if all > 0.0 { GUESS } else { UNKNOWN };
    }
    let base = (right + 2.0 * GUESS) / (all + 2.0);
    (near.0 + OWN * base) / (near.1 + OWN)
}

/// Rule, shape, words, how often right, how often used; sorted by the rule.
const OUTCOMES: &[(&str, Shape, Who, u16, u16)] = &[
    ("according-to", Shape::Long, Who::Name, 2, 2),
    ("according-to", Shape::Long, Who::Other, 7, 8),
    ("according-to", Shape::Short, Who::Name, 6, 6),
    ("according-to", Shape::Short, Who::Other, 8, 9),
    ("according-to", Shape::Whole, Who::Name, 5, 6),
    ("according-to", Shape::Whole, Who::Other, 3, 4),
    ("clause-colon", Shape::Whole, Who::Name, 11, 12),
    ("clause-colon", Shape::Whole, Who::Other, 2, 3),
    ("clause-colon", Shape::Whole, Who::Pronoun, 4, 6),
    ("clause-subject", Shape::Long, Who::Name, 5, 8),
    ("clause-subject", Shape::Long, Who::Other, 2, 2),
    ("clause-subject", Shape::Long, Who::Pronoun, 1, 1),
    ("continued", Shape::Long, Who::Name, 3, 3),
    ("continued", Shape::Short, Who::Name, 1, 1),
    ("continued", Shape::Whole, Who::Name, 737, 754),
    ("continued", Shape::Whole, Who::Other, 67, 70),
    ("continued", Shape::Whole, Who::Pronoun, 292, 295),
    ("continued-later", Shape::Whole, Who::Name, 3, 3),
    ("continued-later", Shape::Whole, Who::Other, 2, 2),
    ("continued-later", Shape::Whole, Who::Pronoun, 1, 1),
    ("introduced", Shape::Whole, Who::Name, 13, 13),
    ("introduced", Shape::Whole, Who::Other, 3, 3),
    ("introduced", Shape::Whole, Who::Pronoun, 4, 4),
    ("introduced-subject", Shape::Whole, Who::Name, 2, 2),
    ("introduced-subject", Shape::Whole, Who::Pronoun, 1, 1),
    ("name-colon", Shape::Whole, Who::Name, 13, 13),
    ("named-later", Shape::Long, Who::Name, 0, 1),
    ("paragraph-before", Shape::Whole, Who::Name, 29, 33),
    ("paragraph-before", Shape::Whole, Who::Other, 1, 5),
    ("paragraph-before", Shape::Whole, Who::Pronoun, 11, 14),
    ("paragraph-told", Shape::Whole, Who::Name, 7, 8),
    ("paragraph-told", Shape::Whole, Who::Pronoun, 1, 3),
    ("participle", Shape::Long, Who::Name, 98, 108),
    ("participle", Shape::Long, Who::Other, 21, 26),
    ("participle", Shape::Long, Who::Pronoun, 22, 24),
    ("participle", Shape::Short, Who::Name, 82, 94),
    ("participle", Shape::Short, Who::Other, 15, 20),
    ("participle", Shape::Short, Who::Pronoun, 19, 24),
    ("participle", Shape::Whole, Who::Name, 50, 60),
    ("participle", Shape::Whole, Who::Other, 11, 13),
    ("participle", Shape::Whole, Who::Pronoun, 20, 22),
    ("passive-by", Shape::Long, Who::Name, 1, 1),
    ("passive-by", Shape::Short, Who::Name, 1, 2),
    ("passive-by", Shape::Short, Who::Other, 0, 1),
    ("reopened", Shape::Whole, Who::Name, 7, 9),
    ("reopened", Shape::Whole, Who::Other, 3, 3),
    ("reopened", Shape::Whole, Who::Pronoun, 10, 13),
    ("saying-of", Shape::Long, Who::Name, 1, 3),
    ("saying-of", Shape::Long, Who::Other, 1, 1),
    ("saying-of", Shape::Long, Who::Pronoun, 6, 6),
    ("saying-of", Shape::Short, Who::Name, 7, 9),
    ("saying-of", Shape::Short, Who::Other, 1, 1),
    ("saying-of", Shape::Short, Who::Pronoun, 5, 8),
    ("saying-of", Shape::Whole, Who::Name, 2, 3),
    ("saying-of", Shape::Whole, Who::Pronoun, 1, 2),
    ("sentence-before", Shape::Long, Who::Name, 0, 1),
    ("sentence-before", Shape::Whole, Who::Name, 26, 29),
    ("sentence-before", Shape::Whole, Who::Other, 4, 9),
    ("sentence-before", Shape::Whole, Who::Pronoun, 5, 7),
    ("signed", Shape::Whole, Who::Name, 7, 7),
    ("speaker-verb", Shape::Long, Who::Name, 44, 45),
    ("speaker-verb", Shape::Long, Who::Other, 7, 7),
    ("speaker-verb", Shape::Long, Who::Pronoun, 21, 22),
    ("speaker-verb", Shape::Short, Who::Name, 23, 28),
    ("speaker-verb", Shape::Short, Who::Other, 2, 4),
    ("speaker-verb", Shape::Short, Who::Pronoun, 21, 21),
    ("speaker-verb", Shape::Whole, Who::Name, 1075, 1102),
    ("speaker-verb", Shape::Whole, Who::Other, 110, 114),
    ("speaker-verb", Shape::Whole, Who::Pronoun, 674, 683),
    ("speaker-verb-clause", Shape::Long, Who::Name, 347, 361),
    ("speaker-verb-clause", Shape::Long, Who::Other, 55, 60),
    ("speaker-verb-clause", Shape::Long, Who::Pronoun, 131, 139),
    ("speaker-verb-clause", Shape::Short, Who::Name, 343, 368),
    ("speaker-verb-clause", Shape::Short, Who::Other, 65, 75),
    ("speaker-verb-clause", Shape::Short, Who::Pronoun, 103, 121),
    ("speaker-verb-fragment", Shape::Long, Who::Name, 79, 88),
    ("speaker-verb-fragment", Shape::Long, Who::Other, 19, 27),
    ("speaker-verb-fragment", Shape::Long, Who::Pronoun, 56, 62),
    ("speaker-verb-fragment", Shape::Short, Who::Name, 35, 40),
    ("speaker-verb-fragment", Shape::Short, Who::Other, 16, 24),
    ("speaker-verb-fragment", Shape::Short, Who::Pronoun, 27, 33),
    ("speaker-verb-quote", Shape::Whole, Who::Name, 225, 237),
    ("speaker-verb-quote", Shape::Whole, Who::Other, 49, 63),
    ("speaker-verb-quote", Shape::Whole, Who::Pronoun, 105, 117),
    ("trailing", Shape::Long, Who::Name, 14, 15),
    ("trailing", Shape::Long, Who::Other, 1, 1),
    ("trailing", Shape::Long, Who::Pronoun, 5, 5),
    ("trailing", Shape::Short, Who::Name, 10, 12),
    ("trailing", Shape::Short, Who::Other, 4, 5),
    ("trailing", Shape::Short, Who::Pronoun, 6, 7),
    ("trailing", Shape::Whole, Who::Name, 11, 11),
    ("trailing", Shape::Whole, Who::Other, 2, 2),
    ("trailing", Shape::Whole, Who::Pronoun, 5, 5),
    ("transcript", Shape::Whole, Who::Name, 0, 4),
    ("verb-speaker", Shape::Long, Who::Name, 18, 18),
    ("verb-speaker", Shape::Long, Who::Other, 4, 4),
    ("verb-speaker", Shape::Short, Who::Name, 9, 9),
    ("verb-speaker", Shape::Short, Who::Other, 1, 3),
    ("verb-speaker", Shape::Short, Who::Pronoun, 0, 1),
    ("verb-speaker", Shape::Whole, Who::Name, 457, 468),
    ("verb-speaker", Shape::Whole, Who::Other, 52, 52),
    ("verb-speaker-quote", Shape::Long, Who::Name, 7, 8),
    ("verb-speaker-quote", Shape::Long, Who::Other, 2, 2),
    ("verb-speaker-quote", Shape::Whole, Who::Name, 6, 6),
    ("verb-speaker-quote", Shape::Whole, Who::Other, 1, 1),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_possible() {
        assert!(OUTCOMES.is_sorted_by_key(|it| it.0));
        assert!(OUTCOMES.iter().all(|it| it.3 <= it.4));
        let known = |rule: &str| super::super::RULES.iter().any(|(name, _)| *name == rule);
        assert!(OUTCOMES.iter().all(|it| known(it.0)));
    }

    #[test]
    fn what_is_often_right_is_sure() {
        let behind = confidence("verb-speaker", Shape::Whole, Who::Name);
        let guess = confidence("paragraph-before", Shape::Whole, Who::Other);
        assert!(behind > 0.95, "{behind}");
        assert!(guess < 0.7, "{guess}");
        assert!(confidence("of no table", Shape::Whole, Who::Name) < 0.5);
    }

    #[test]
    fn words_are_names_pronouns_or_others() {
        let check = |words: &str, who: Who| assert_eq!(Who::of(words), who, "{words}");
        check("Anna Berg", Who::Name);
        check("He", Who::Pronoun);
        check("his", Who::Pronoun);
        check("The ministry", Who::Other);
        check("a spokesman", Who::Other);
    }
}
