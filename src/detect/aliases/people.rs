//! People: full names make somebody known, surnames and given names alone point back to them.

use std::collections::{HashMap, HashSet};

use super::super::Context;
use super::super::entities::candidates::Candidate;
use super::super::entities::names::{Name, Names};
use super::super::entities::vocabulary::Fast;
use crate::annot::EntityKind;
use crate::detect::lexicon::{self, Class, Gender};
use crate::text::offset;

/// Older or younger of two who share a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rank {
    Elder,
    Younger,
}

impl Rank {
    fn other(self) -> Self {
        match self {
            Self::Elder => Self::Younger,
            Self::Younger => Self::Elder,
        }
    }
}

/// Somebody whom the article names in full, or by a single name that no full name explains.
#[derive(Clone, Debug)]
struct Person {
    gender: Option<Gender>,
    rank: Option<Rank>,
    /// Index of the first candidate that gives the name in full.
    first: u32,
    /// Index of the latest candidate that meant this person.
    latest: Option<u32>,
    /// Words of the name.
    given: Box<str>,
    family: Box<str>,
    middle: Option<char>,
}

/// The people of a document, and how they may be called.
pub(super) struct People<'a> {
    candidates: &'a [Candidate],
    names: &'a Names<'a>,
    all: Vec<Person>,
    /// For every name that is a full one, the person.
    full: HashMap<u32, u32, Fast>,
    /// By a name's last words and by its first word.
    by_family: HashMap<Box<str>, Vec<u32>, Fast>,
    by_given: HashMap<Box<str>, Vec<u32>, Fast>,
    /// Those known by a single name only.
    single: HashMap<(Box<str>, Option<Gender>, bool), u32, Fast>,
}

/// No name is looked for among more people than this, so that a list of ten thousand of one
/// surname stays quick.
const MOST: usize = 12;

/// Whether the word stands behind names: "Jr", "Snr".
pub(super) fn is_suffix(word: &str) -> bool {
    lexicon::class(word).has(Class::SUFFIX)
}

fn rank_of(word: &str) -> Option<Rank> {
    match word {
        "Snr" | "Snr." | "Sr" | "Sr." | "Senior" | "elder" | "older" | "senior" => {
            Some(Rank::Elder)
        }
        "Jr" | "Jr." | "Jnr" | "Jnr." | "Junior" | "younger" | "junior" | "II" | "III" => {
            Some(Rank::Younger)
        }
        _ => None,
    }
}

impl<'a> People<'a> {
    /// Gathers those whom the article names in full.
    pub(super) fn of(
        context: &Context<'_>,
        candidates: &'a [Candidate],
        names: &'a Names<'a>,
    ) -> Self {
        let mut people = Self {
            candidates,
            names,
            all: Vec::new(),
            full: HashMap::default(),
            by_family: HashMap::default(),
            by_given: HashMap::default(),
            single: HashMap::default(),
        };
        let is_person =
            |name: &Name<'_>| name.verdict.is_some_and(|(kind, ..)| kind == EntityKind::Person);
        // "von der Leyen" is no full name where "Ursula von der Leyen" is, nor is "Abu Zork" where
        // "Abu Zork al-Shami" is.
        let mut partial: HashSet<String, Fast> = HashSet::default();
        for name in names.all.iter().filter(|name| is_person(name)) {
            let parts: Vec<&str> = name.words.split(' ').take(MOST).collect();
            partial.extend(
                (1..parts.len().saturating_sub(1)).map(|at| parts[at..].join(" ").to_lowercase()),
            );
            if parts.last().is_some_and(|last| !is_suffix(last)) {
                partial.extend((2..parts.len()).map(|at| parts[..at].join(" ").to_lowercase()));
            }
        }
        for (at, &name) in names.of.iter().enumerate() {
            let entry = &names.all[name as usize];
            if !is_person(entry) {
                continue;
            }
            let parts: Vec<&str> = entry.words.split(' ').filter(|part| !is_suffix(part)).collect();
            if parts.len() > 1 && !partial.contains(&parts.join(" ").to_lowercase()) {
                people.meet(context, at, &parts);
            }
        }
        people.rank_the_other();
        people
    }

    /// Takes in a full name.
    fn meet(&mut self, context: &Context<'_>, at: usize, parts: &[&str]) {
        let name = self.names.of[at];
        let titled = self.title_gender(context, at);
        let relation = self.relation(context, at);
        if let Some(&person) = self.full.get(&name) {
            let person = &mut self.all[person as usize];
            person.gender = person.gender.or(titled);
            person.rank = person.rank.or(relation);
            return;
        }
        let given = parts[0];
        let family = parts[parts.len() - 1];
        let middle = if parts.len() > 2 { parts[1].chars().next() } else { None };
        let suffix = self.names.all[name as usize].words.split(' ').find_map(rank_of);
        let same = self.by_family.get(family.to_lowercase().as_str()).and_then(|list| {
            list.iter().copied().find(|&other| {
                let other = &self.all[other as usize];
                // The list has those of the family; in a headline it is in capitals.
                (same_given(&other.given, given) || same_letters(&other.given, given))
                    && other.middle.is_none_or(|one| middle.is_none_or(|two| one == two))
                    && (suffix.is_none() || other.rank.is_none() || other.rank == suffix)
            })
        });
        let person = same.unwrap_or_else(|| {
            self.all.push(Person {
                gender: titled.or_else(|| lexicon::given_name_gender(given)),
                rank: suffix.or(relation),
                first: offset(at),
                latest: None,
                given: given.into(),
                family: family.into(),
                middle,
            });
            let person = offset(self.all.len() - 1);
            for from in 1..parts.len() {
                add(&mut self.by_family, &parts[from..].join(" "), person);
            }
            if let Some(bare) = without_article(family) {
                add(&mut self.by_family, bare, person);
            }
            for end in 1..parts.len() {
                add(&mut self.by_given, &parts[..end].join(" "), person);
            }
            person
        });
        self.full.insert(name, person);
    }

    /// Where father or son of one surname is told, the other one is the other.
    fn rank_the_other(&mut self) {
        for list in self.by_family.values() {
            let ranks: Vec<_> = list.iter().filter_map(|&at| self.all[at as usize].rank).collect();
            if let ([rank], 2) = (&ranks[..], list.len()) {
                let other = rank.other();
                for &at in list {
                    let person = &mut self.all[at as usize];
                    person.rank = person.rank.or(Some(other));
                }
            }
        }
    }

    /// Whom the candidate means.
    pub(super) fn resolve(&mut self, context: &Context<'_>, at: usize) -> u32 {
        let name = self.names.of[at];
        let person = self
            .full
            .get(&name)
            .copied()
            .or_else(|| self.by_part(context, at))
            .unwrap_or_else(|| self.stranger(context, at));
        self.all[person as usize].latest = Some(offset(at));
        if let Some(rank) = self.rank(context, at) {
            self.tell_apart(person, rank);
        }
        person
    }

    /// Who was once called the elder or the younger stays so, and where only one other has the
    /// surname, the other is the other.
    fn tell_apart(&mut self, person: u32, rank: Rank) {
        let one = &mut self.all[person as usize];
        if one.rank.is_some() {
            return;
        }
        one.rank = Some(rank);
        let Some(list) = self.by_family.get(one.family.to_lowercase().as_str()) else { return };
        if let [a, b] = list[..]
            && (a == person || b == person)
        {
            let other = &mut self.all[if a == person { b } else { a } as usize];
            other.rank = other.rank.or(Some(rank.other()));
        }
    }

    /// The person whose name the single name is a part of: the one spoken of last, or else the
    /// one who comes next.
    fn by_part(&self, context: &Context<'_>, at: usize) -> Option<u32> {
        let words = bare(&self.names.all[self.names.of[at] as usize].words);
        let gender = self.title_gender(context, at);
        let rank = self.rank(context, at);
        let fits = |&&person: &&u32| {
            let person = &self.all[person as usize];
            let gender_fits =
                gender.is_none() || person.gender.is_none() || gender == person.gender;
            gender_fits && (rank.is_none() || person.rank.is_none() || rank == person.rank)
        };
        let here = offset(at);
        let nearest = |list: &Vec<u32>| {
            list.iter().filter(fits).copied().max_by_key(|&person| {
                let person = &self.all[person as usize];
                let sure = rank.is_some() && person.rank == rank;
                // Spoken of before, and the later the better; else the sooner the better.
                let before = person.latest.or((person.first <= here).then_some(person.first));
                (sure, before.is_some(), before.unwrap_or(u32::MAX - person.first))
            })
        };
        let words = words.to_lowercase();
        let bare = || without_article(&words).and_then(|bare| self.by_family.get(bare));
        let by_family = self.by_family.get(words.as_str()).or_else(bare).and_then(nearest);
        by_family.or_else(|| self.by_given.get(words.as_str()).and_then(nearest))
    }

    /// Somebody whom only a single name is known of.
    fn stranger(&mut self, context: &Context<'_>, at: usize) -> u32 {
        let words: Box<str> = bare(&self.names.all[self.names.of[at] as usize].words).into();
        let gender = self.title_gender(context, at);
        let elder = self.rank(context, at) == Some(Rank::Elder);
        let keys = [gender, None, Some(Gender::Male), Some(Gender::Female)];
        let allowed = if gender.is_some() { &keys[..2] } else { &keys[1..] };
        let found =
            allowed.iter().find_map(|gender| self.single.get(&(words.clone(), *gender, elder)));
        if let Some(&person) = found {
            if gender.is_some() {
                self.single.insert((words, gender, elder), person);
            }
            return person;
        }
        self.all.push(Person {
            gender: gender.or_else(|| lexicon::given_name_gender(&words)),
            rank: self.rank(context, at),
            first: offset(at),
            latest: None,
            given: words.clone(),
            family: words.clone(),
            middle: None,
        });
        let person = offset(self.all.len() - 1);
        self.single.insert((words, gender, elder), person);
        person
    }

    fn title_gender(&self, context: &Context<'_>, at: usize) -> Option<Gender> {
        let candidate = self.candidates[at];
        let first = candidate.first as usize;
        let titles = first - usize::from(candidate.titles)..first;
        titles
            .rev()
            .find_map(|title| lexicon::title_gender(context.tokens.all[title].of(context.text())))
    }

    /// "Snr" behind the name, "the elder" before it.
    fn rank(&self, context: &Context<'_>, at: usize) -> Option<Rank> {
        let candidate = self.candidates[at];
        let suffix =
            self.names.all[self.names.of[at] as usize].words.split(' ').skip(1).find_map(rank_of);
        let before = (candidate.first as usize).checked_sub(1 + usize::from(candidate.titles));
        suffix.or_else(|| rank_of(context.tokens.all[before?].of(context.text())))
    }

    /// "his father, NAME": who is named as somebody's father or son.
    fn relation(&self, context: &Context<'_>, at: usize) -> Option<Rank> {
        let first = self.candidates[at].first as usize - usize::from(self.candidates[at].titles);
        let tokens = &context.tokens.all;
        let comma = first.checked_sub(1).filter(|&at| tokens[at].is_mark(context.text(), ','));
        let word = comma.unwrap_or(first).checked_sub(1)?;
        match tokens[word].of(context.text()) {
            "father" | "mother" | "grandfather" | "uncle" => Some(Rank::Elder),
            "son" | "daughter" | "grandson" | "nephew" => Some(Rank::Younger),
            _ => None,
        }
    }
}

fn add(index: &mut HashMap<Box<str>, Vec<u32>, Fast>, words: &str, person: u32) {
    let list = index.entry(words.to_lowercase().into()).or_default();
    if list.len() >= MOST {
        list.remove(0);
    }
    list.push(person);
}

/// "Abadi" of "al-Abadi".
fn without_article(family: &str) -> Option<&str> {
    let (article, bare) = family.split_once('-')?;
    let known = ["al", "el", "as", "ash", "at", "ad", "an", "ar", "az"];
    (known.iter().any(|it| article.eq_ignore_ascii_case(it)) && !bare.contains('-')).then_some(bare)
}

/// A name without what stands behind it.
fn bare(words: &str) -> String {
    words.split(' ').filter(|part| !is_suffix(part)).collect::<Vec<_>>().join(" ")
}

/// Whether the words differ in capitals only.
fn same_letters(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Whether two given names may be one person's: equal, an initial, or a usual short form.
fn same_given(one: &str, two: &str) -> bool {
    const SHORT: [(&str, &str); 26] = [
        ("Joe", "Joseph"),
        ("Bill", "William"),
        ("Will", "William"),
        ("Bob", "Robert"),
        ("Rob", "Robert"),
        ("Jim", "James"),
        ("Mike", "Michael"),
        ("Tom", "Thomas"),
        ("Tony", "Anthony"),
        ("Dick", "Richard"),
        ("Rick", "Richard"),
        ("Dan", "Daniel"),
        ("Dave", "David"),
        ("Steve", "Steven"),
        ("Steve", "Stephen"),
        ("Chris", "Christopher"),
        ("Nick", "Nicholas"),
        ("Alex", "Alexander"),
        ("Ben", "Benjamin"),
        ("Sam", "Samuel"),
        ("Ed", "Edward"),
        ("Ted", "Edward"),
        ("Kate", "Katherine"),
        ("Liz", "Elizabeth"),
        ("Jeff", "Jeffrey"),
        ("Matt", "Matthew"),
    ];
    let initial = |short: &str, long: &str| {
        let bare = short.trim_end_matches('.');
        bare.chars().filter(|c| *c != '.').count() < short.len()
            && short.ends_with('.')
            && bare.chars().next() == long.chars().next()
    };
    one == two
        || initial(one, two)
        || initial(two, one)
        || SHORT.iter().any(|pair| *pair == (one, two) || *pair == (two, one))
}
