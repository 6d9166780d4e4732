//! Whom the words beside a quote mean.

use super::attribute::Attribution;
use super::words::{self, Class};
use crate::annot::store::Findings;
use crate::annot::{Annotation, EntityId, EntityKind, Speaker};
use crate::detect::lexicon::{Gender, given_name_gender, title_gender};
use crate::text::{TextRange, offset, one_line};

/// Remembers whom the text has spoken of, so that "he", "it" and "the group" find them.
pub(super) struct Resolver<'a> {
    text: &'a str,
    found: &'a Findings,
    /// What the names and titles of every entity tell.
    genders: Vec<Option<Gender>>,
    /// Subjects of sentences in text order: where they stand and whom they mean.
    subjects: Vec<(u32, EntityId)>,
}

/// How far back, in subjects and in mentions, somebody is looked for.
const REACH: usize = 10;

/// Nouns in place of an organisation's name.
const GROUPS: &[&str] = &[
    "group",
    "company",
    "organisation",
    "organization",
    "agency",
    "ministry",
    "department",
    "firm",
    "newspaper",
    "party",
    "government",
    "council",
    "committee",
    "union",
    "charity",
    "watchdog",
    "court",
    "bank",
    "network",
    "campaign",
    "administration",
    "association",
    "commission",
    "institute",
    "foundation",
    "university",
    "club",
    "team",
    "airline",
    "paper",
    "magazine",
    "body",
    "regulator",
    "force",
    "army",
    "military",
    "coalition",
    "alliance",
    "movement",
    "publisher",
];

impl<'a> Resolver<'a> {
    pub(super) fn new(text: &'a str, found: &'a Findings) -> Self {
        let genders = found
            .entities
            .iter()
            .map(|entity| {
                let names = std::iter::once(&entity.name).chain(&entity.aliases);
                let first = |name: &'a String| name.split([' ', '\u{a0}', '\n']).next();
                let mut firsts = names.filter_map(first);
                let title = firsts.clone().find_map(title_gender);
                title.or_else(|| firsts.find_map(given_name_gender))
            })
            .collect();
        Self { text, found, genders, subjects: Vec::new() }
    }

    /// Notes whom a sentence is about.
    pub(super) fn note(&mut self, subject: &Attribution) {
        if let Some(entity) = self.entity(subject) {
            let place = subject.words.start;
            if self.subjects.last().is_none_or(|last| last.0 < place) {
                self.subjects.push((place, entity));
            }
        }
    }

    /// The same, by the person's name where the words say only what the person is: "CEO of the
    /// Otter Council Jane Doe said", "the secretary, Jane Doe, said".
    pub(super) fn by_name(&self, it: Attribution) -> Attribution {
        let phrase = it.phrase;
        if it.pronoun || phrase.is_empty() || self.person_in(it.words).is_some() {
            return it;
        }
        let inside = self.person_in(phrase).filter(|name| name.end == phrase.end);
        let Some(name) = inside.or_else(|| self.enclosed_behind(phrase)) else { return it };
        Attribution { words: name, name, ..it }
    }

    /// Where the last mention of a person in a range stands.
    fn person_in(&self, range: TextRange) -> Option<TextRange> {
        let mentions = &self.found.annotations;
        let end = mentions.partition_point(|it| it.range.start < range.end);
        let last = mentions[..end].last().filter(|it| it.range.overlaps(range))?;
        self.is_person(last).then_some(last.range)
    }

    /// ", Jane Doe," behind the phrase that says what she is.
    fn enclosed_behind(&self, phrase: TextRange) -> Option<TextRange> {
        let words = phrase.of(self.text);
        // "the fund, Jane Doe,", "Foreign Office Minister, Jane Doe,"
        let role = words::class(words.rsplit(' ').next()?).is(Class::SINGLE_ROLE);
        let the = role || words.split(' ').next()?.eq_ignore_ascii_case("the");
        let mentions = &self.found.annotations;
        let next = mentions.partition_point(|it| it.range.start < phrase.end);
        let mention = mentions.get(next).filter(|it| the && self.is_person(it))?;
        let between = TextRange::new(phrase.end, mention.range.start).of(self.text);
        let behind = self.text.get(mention.range.end as usize..)?;
        (between == ", " && behind.starts_with(',')).then_some(mention.range)
    }

    fn is_person(&self, mention: &Annotation) -> bool {
        let entity = mention.mention().and_then(|id| self.found.entities.get(id.0 as usize));
        entity.is_some_and(|it| it.kind == EntityKind::Person)
    }

    /// Who is meant, with the name to show.
    pub(super) fn speaker(&self, attribution: &Attribution) -> Speaker {
        let entity = self.entity(attribution);
        let mut range = attribution.words;
        // "he’s": the pronoun alone.
        if attribution.pronoun
            && let Some(at) = range.of(self.text).find(['’', '\''])
        {
            range.end = range.start + offset(at);
        }
        let name = match entity.and_then(|id| self.found.entities.get(id.0 as usize)) {
            Some(entity) => entity.name.as_str().into(),
            None => one_line(range.of(self.text)).into(),
        };
        Speaker { range, entity, name }
    }

    fn entity(&self, attribution: &Attribution) -> Option<EntityId> {
        if attribution.pronoun {
            return self.pronoun(attribution.words);
        }
        if !attribution.name.is_empty() {
            return self.named(attribution.name);
        }
        self.role(attribution.words)
    }

    /// The mention in a name: the one that ends it.
    fn named(&self, name: TextRange) -> Option<EntityId> {
        let mentions = &self.found.annotations;
        let end = mentions.partition_point(|it| it.range.start < name.end);
        mentions[end.saturating_sub(REACH)..end]
            .iter()
            .rev()
            .filter(|it| it.range.overlaps(name))
            .find_map(Annotation::mention)
    }

    fn pronoun(&self, place: TextRange) -> Option<EntityId> {
        let word = place.of(self.text).to_lowercase();
        // "he’s"
        let word = word.split(['’', '\'']).next().unwrap_or_default();
        let fits = |id: EntityId| -> bool {
            let Some(entity) = self.found.entities.get(id.0 as usize) else { return false };
            let gender = self.genders.get(id.0 as usize).copied().flatten();
            match word {
                "he" => entity.kind == EntityKind::Person && gender != Some(Gender::Female),
                "she" => entity.kind == EntityKind::Person && gender != Some(Gender::Male),
                "it" => entity.kind == EntityKind::Organization,
                _ => false,
            }
        };
        let before = self.subjects.partition_point(|it| it.0 < place.start);
        let near = before.saturating_sub(REACH);
        let subject = self.subjects[near..before].iter().rev().map(|it| it.1).find(|it| fits(*it));
        subject.or_else(|| self.mentioned_before(place.start, fits))
    }

    /// The last mention before `place` of somebody who fits.
    fn mentioned_before(&self, place: u32, fits: impl Fn(EntityId) -> bool) -> Option<EntityId> {
        let mentions = &self.found.annotations;
        let before = mentions.partition_point(|it| it.range.end <= place);
        let near = &mentions[before.saturating_sub(REACH)..before];
        near.iter().rev().filter_map(Annotation::mention).find(|it| fits(*it))
    }

    /// "the minister", "the group": whom the article has called so.
    fn role(&self, words: TextRange) -> Option<EntityId> {
        let phrase = words.of(self.text);
        let mut parts = phrase.split_whitespace();
        if !parts.next()?.eq_ignore_ascii_case("the") {
            return None;
        }
        let head = parts.next_back()?.to_lowercase();
        if GROUPS.contains(&head.as_str()) {
            let organization = |id: EntityId| {
                let entity = self.found.entities.get(id.0 as usize);
                entity.is_some_and(|it| it.kind == EntityKind::Organization)
            };
            let before = self.subjects.partition_point(|it| it.0 < words.start);
            let near = self.subjects[before.saturating_sub(3)..before].iter().rev().map(|it| it.1);
            return near.into_iter().find(|it| organization(*it));
        }
        self.mentioned_before(words.start, |id| {
            let entity = self.found.entities.get(id.0 as usize);
            let role = entity.and_then(|it| it.description.as_deref()).unwrap_or_default();
            role.split(|c: char| !c.is_alphanumeric()).any(|it| it.eq_ignore_ascii_case(&head))
        })
    }
}
