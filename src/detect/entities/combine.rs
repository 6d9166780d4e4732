//! Makes names of what the model reads, with what the rules know of them.
//!
//! The model looks at one sentence; a document says more. Names of the same words are the same
//! kind of thing unless a sentence clearly says otherwise, and a person's full name tells what the
//! surname alone is.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::candidates::cut::is_legal_form;
use super::candidates::{Build, Candidate};
use super::cues::is_ship;
use super::model::features::Group;
use super::model::reasons;
use super::model::tag::Span;
use super::names::{Name, Names, most_names, one_line};
use super::vocabulary::{Fast, Style, Vocabulary};
use super::{edges, elsewhere, plausible};
use crate::annot::EntityKind;
use crate::detect::Context;
use crate::detect::lexicon::classes::TITLES;
use crate::detect::lexicon::gazetteer::{self, Trust};
use crate::detect::lexicon::{Class, is_given_name};
use crate::detect::tokens::{Token, TokenKind};
use crate::text::{TextRange, offset};

/// What the document says of the same words, beside what the sentence says.
const DOCUMENT: f32 = 0.9;

/// The names of the spans, with their candidates.
pub(super) fn names<'t>(
    context: &Context<'t>,
    vocabulary: &Vocabulary<'_>,
    spans: &[Span],
    rules: (&[Candidate], &Names<'t>),
) -> (Vec<Candidate>, Names<'t>) {
    let mut spans = tidied(context, vocabulary, spans, rules);
    edges::mend(context, vocabulary, &mut spans, rules);
    plausible::keep(context, vocabulary, &mut spans);
    elsewhere::find(context, vocabulary, &mut spans);
    let spans = &spans;
    let words: Vec<Cow<'t, str>> = spans.iter().map(|span| words_of(context, *span)).collect();
    let votes = Votes::of(spans, &words);
    let mut candidates = Vec::with_capacity(spans.len());
    let mut index: HashMap<(Cow<'t, str>, EntityKind), u32, Fast> = HashMap::default();
    let of = Vec::with_capacity(spans.len());
    let mut names = Names { all: Vec::new(), of, sure: Vec::with_capacity(spans.len()) };
    let (old, old_names) = rules;
    let (mut next_old, mut sentence) = (0, 0);
    let most = most_names(context.text());
    for (span, words) in spans.iter().zip(&words) {
        while old.get(next_old).is_some_and(|it| it.first < span.first) {
            next_old += 1;
        }
        let by_rule = old
            .get(next_old)
            .filter(|it| it.first == span.first && it.end == span.end)
            .map(|it| (it.build, old_names.all[old_names.of[next_old] as usize].verdict));
        while context.tokens.sentences[sentence + 1] <= span.first {
            sentence += 1;
        }
        let organisation = by_rule.is_some_and(|it| it.0 == Build::Organisation);
        let Verdict { kind, else_was, near, sure } = votes.verdict(span, words, organisation);
        if names.all.len() >= most && !index.contains_key(&(words.clone(), kind)) {
            continue;
        }
        let build = by_rule.map_or_else(|| build(words), |it| it.0);
        candidates.push(Candidate {
            first: span.first,
            end: span.end,
            titles: titles(context, span.first, context.tokens.sentences[sentence]),
            build,
            weak: vocabulary.style(sentence) != Style::Plain,
        });
        let rule = by_rule.and_then(|it| it.1).filter(|it| it.0 == kind).map(|it| it.1);
        let rule = rule.filter(|_| span.reasons.contains(&Group::Rules)).map_or_else(
            || reasons::name(span.reasons, else_was),
            |rule| if near { reasons::with_other(rule, else_was) } else { rule },
        );
        let name = *index.entry((words.clone(), kind)).or_insert_with(|| {
            let verdict = Some((kind, rule, sure));
            names.all.push(Name::decided(words.clone(), verdict, build));
            offset(names.all.len() - 1)
        });
        names.of.push(name);
        names.sure.push((rule, sure));
    }
    (candidates, names)
}

fn words_of<'t>(context: &Context<'t>, span: Span) -> Cow<'t, str> {
    let tokens = &context.tokens.all;
    let (first, last) = (tokens[span.first as usize], tokens[span.end as usize - 1]);
    one_line(TextRange::new(first.start, last.end()).of(context.text()))
}

/// The spans without titles and addresses, and with the names of the rules that the model left
/// out.
fn tidied(
    context: &Context<'_>,
    vocabulary: &Vocabulary<'_>,
    spans: &[Span],
    (candidates, names): (&[Candidate], &Names<'_>),
) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    let parts = parts(context, spans);
    let mut rules = candidates.iter().zip(&names.of).peekable();
    let mut take_before = |first: u32, out: &mut Vec<Span>| {
        while let Some((candidate, name)) = rules.next_if(|it| it.0.first < first) {
            let free = out.last().is_none_or(|it| it.end <= candidate.first);
            let name = &names.all[*name as usize];
            if free && candidate.end <= first {
                out.extend(left_out(candidate, name, parts.get(name.words.as_ref()).copied()));
            }
        }
    };
    for span in spans {
        let mut span = *span;
        if addressed(context, span) {
            span.kinds = [0.0; 3];
            span.kinds[EntityKind::Person as usize] = ADDRESSED;
        }
        if let Some(kind) = headed(context, vocabulary, span) {
            span.kinds = [0.0; 3];
            span.kinds[kind as usize] = HEADED;
        }
        if span.kind() == EntityKind::Person {
            span.first += untitled(context, vocabulary, span);
            if is_role(vocabulary, context, span) || is_ship(word_before(context, span)) {
                continue;
            }
        }
        if in_address(context, span) {
            continue;
        }
        span.first -= article(context, span);
        take_before(span.first, &mut out);
        out.push(span);
    }
    take_before(u32::MAX, &mut out);
    out
}

/// How probable it is that "Maria Zork Park" is a place.
const HEADED: f32 = 0.6;

/// What the last word of a person's name says that it names, where nobody is called so: "Maria Zork
/// Park", "Zork Baptist Church".
fn headed(context: &Context<'_>, vocabulary: &Vocabulary<'_>, span: Span) -> Option<EntityKind> {
    let last = context.tokens.all[span.end as usize - 1].of(context.text());
    let class = vocabulary.get(last).class;
    let person = span.kind() == EntityKind::Person && span.end - span.first > 1;
    if !person || class.has(Class::GIVEN.or(Class::SURNAME).or(Class::SUFFIX)) {
        None
    } else if class.has(Class::ORGANISATION_HEAD) {
        Some(EntityKind::Organization)
    } else {
        class.has(Class::PLACE_HEAD).then_some(EntityKind::Place)
    }
}

/// How probable it is that "Miss Brae" is a person, and "Brae School" an organisation.
const ADDRESSED: f32 = 0.9;

/// Whether the span begins as people are addressed: "Miss Brae", "Mr. Brae".
fn addressed(context: &Context<'_>, span: Span) -> bool {
    let first = context.tokens.all[span.first as usize].of(context.text());
    let title = matches!(
        first,
        "Mr" | "Mr."
            | "Mrs"
            | "Mrs."
            | "Ms"
            | "Ms."
            | "Miss"
            | "Dr"
            | "Dr."
            | "Prof."
            | "Professor"
    );
    title && (2..=4).contains(&(span.end - span.first))
}

/// What a company of this name is called for short: "Zork" and "Zork Motors" of "J. Zork Motors
/// Inc."; nothing for other names.
pub(super) fn short_forms(words: &str) -> impl Iterator<Item = &str> {
    let name = words.rsplit_once(' ').filter(|it| is_legal_form(it.1)).map_or("", |it| it.0);
    let mut name = name.trim_end_matches(',');
    while let Some((_, rest)) = name.split_once(' ').filter(|it| it.0.ends_with('.')) {
        name = rest;
    }
    let first = name.split_once(' ').map_or("", |it| it.0);
    [name, first].into_iter().filter(|short| short.len() > 1)
}

/// What people and organisations are called for short: the last word of a person's name and the
/// first of an organisation's.
fn parts<'t>(context: &Context<'t>, spans: &[Span]) -> HashMap<&'t str, EntityKind, Fast> {
    let token = |at: u32| context.tokens.all[at as usize].of(context.text());
    let several = spans.iter().filter(|span| span.end - span.first > 1);
    several
        .filter_map(|span| match span.kind() {
            EntityKind::Person => Some((token(span.end - 1), EntityKind::Person)),
            EntityKind::Organization => Some((token(span.first), EntityKind::Organization)),
            EntityKind::Place => None,
        })
        .collect()
}

/// A name that the rules are sure of and the model did not find: one of the lists, one with an
/// organisation's word in it, a person's full name or one behind a title, and the `part` of a full
/// name that stands elsewhere.
fn left_out(candidate: &Candidate, name: &Name<'_>, part: Option<EntityKind>) -> Option<Span> {
    /// A rule that is less sure is not heard without the model; the lists are heard sooner.
    const SURE: f32 = 0.9;
    const LISTED: f32 = 0.7;
    let (kind, rule, sure) = name.verdict?;
    let several = candidate.end - candidate.first > 1;
    let (plain, least) = match candidate.build {
        Build::Known(_) => (true, if candidate.weak { SURE } else { LISTED }),
        Build::Organisation => (several && !candidate.weak, SURE),
        Build::Words => {
            let titled = candidate.titles > 0 && rule == "title";
            let person = kind == EntityKind::Person && (several || titled);
            ((person || part == Some(kind)) && !candidate.weak, SURE)
        }
        Build::Place => (false, SURE),
    };
    let mut kinds = [0.0; 3];
    kinds[kind as usize] = 0.6;
    (plain && sure > least).then_some(Span {
        first: candidate.first,
        end: candidate.end,
        kinds,
        reasons: [Group::Rules, Group::Lists],
    })
}

/// How many words before a person's name in the span say what the person is and of where, and are
/// no part of the name: "Emperor Norton", "U.S. President Jane Doe".
fn untitled(context: &Context<'_>, vocabulary: &Vocabulary<'_>, span: Span) -> u32 {
    let tokens = &context.tokens.all;
    let class = |at: u32| vocabulary.get(tokens[at as usize].of(context.text())).class;
    let name = Class::GIVEN.or(Class::SURNAME);
    let mut first = span.first;
    while first + 1 < span.end {
        let (here, next) = (class(first), class(first + 1));
        // "Minister Don Brae": who has a surname only needs the word before it.
        let called = here.has(Class::GIVEN) && span.end - first == 2;
        let role = here.has(TITLES) && !called || (here.has(Class::ROLE) && !here.has(name));
        let word = here.has(Class::COMMON) && !here.has(name) && next.has(Class::GIVEN);
        let rest = span.end - first - 1;
        let where_from = here.has(Class::DEMONYM) && !here.has(name) && rest > 1;
        let place = place_before(context, first, span.end);
        first += if role || word && rest > 1 || where_from {
            let next = tokens[first as usize + 1].of(context.text());
            let small = crate::detect::lexicon::class(next);
            // "Mr van Zork", "Major general Jane Doe"
            let after = if small.has(Class::LOWER_ROLE) && rest > 1 { 2 } else { 1 };
            if !tokens[first as usize + 1].is_capital()
                && !small.has(Class::PARTICLE.or(Class::LOWER_ROLE))
            {
                break;
            }
            after
        } else if place > 0 {
            place
        } else {
            break;
        };
    }
    first - span.first
}

/// How many words of a place stand at `first`, with at least two of a name behind them.
fn place_before(context: &Context<'_>, first: u32, end: u32) -> u32 {
    const LONGEST: u32 = 3;
    let tokens = &context.tokens.all;
    let most = LONGEST.min((end - first).saturating_sub(2));
    let known = (1..=most).rev().find(|count| {
        let last = tokens[(first + count) as usize - 1];
        let range = TextRange::new(tokens[first as usize].start, last.end());
        gazetteer::known(range.of(context.text())).is_some_and(is_sure_place)
    });
    known.unwrap_or(0)
}

fn is_sure_place(entry: gazetteer::Entry) -> bool {
    entry.kind == EntityKind::Place && entry.trust == Trust::Sure
}

/// The word before a span.
fn word_before<'t>(context: &Context<'t>, span: Span) -> &'t str {
    let before = (span.first as usize).checked_sub(1).map(|at| context.tokens.all[at]);
    before.map_or("", |token| token.of(context.text()))
}

/// Whether a person's name would consist of what people are: "Home Secretary".
fn is_role(vocabulary: &Vocabulary<'_>, context: &Context<'_>, span: Span) -> bool {
    let last = context.tokens.all[span.end as usize - 1].of(context.text());
    let class = vocabulary.get(last).class;
    class.has(Class::ROLE) && !class.has(Class::GIVEN.or(Class::SURNAME))
}

/// 1 where "The" stands before the name and belongs to it: "The Hague", "The Telegraph".
fn article(context: &Context<'_>, span: Span) -> u32 {
    let tokens = &context.tokens.all;
    let Some(before) = (span.first as usize).checked_sub(1).map(|at| tokens[at]) else { return 0 };
    let range = TextRange::new(before.start, tokens[span.end as usize - 1].end());
    let the = before.of(context.text()) == "The";
    u32::from(the && gazetteer::known(range.of(context.text())).is_some())
}

/// Whether the span is a part of an address: "jane@example.org", "@jane".
fn in_address(context: &Context<'_>, span: Span) -> bool {
    let tokens = &context.tokens.all;
    let (first, last) = (tokens[span.first as usize], tokens[span.end as usize - 1]);
    let bytes = context.text().as_bytes();
    let before = (first.start as usize).checked_sub(1).map(|at| bytes[at]);
    let behind = bytes.get(last.end() as usize);
    let letters = |token: &Token| token.kind == TokenKind::Word || token.kind == TokenKind::Number;
    before == Some(b'@')
        || behind == Some(&b'@')
        || !tokens[span.first as usize..span.end as usize].iter().any(letters)
}

fn build(words: &str) -> Build {
    gazetteer::known(words).map_or(Build::Words, Build::Known)
}

/// How many titles and roles stand directly before a token.
fn titles(context: &Context<'_>, first: u32, begin: u32) -> u8 {
    const MOST: u8 = 5;
    let mut titles = 0;
    while titles < MOST && first - u32::from(titles) > begin {
        let token = context.tokens.all[(first - u32::from(titles)) as usize - 1];
        let word = token.of(context.text());
        let is = token.kind == TokenKind::Word
            && crate::detect::lexicon::class(word).has(TITLES.or(Class::ROLE));
        if !is {
            break;
        }
        titles += 1;
    }
    titles
}

/// What the list of places says of a name that is nothing else.
const LISTED: f32 = 0.3;

/// The same for places of several words: "North Korea" threatens and plays, and stays a place.
const COUNTRY: f32 = 0.9;

/// What no name of these words ever is: an acronym of the list of organisations is no place, and
/// "the North" no organisation.
fn is_never(kind: EntityKind, words: &str, known: Option<gazetteer::Entry>) -> bool {
    match kind {
        EntityKind::Place => {
            let acronym = words.len() > 1 && words.chars().all(|c| c.is_uppercase() || c == '.');
            acronym && known.is_some_and(|it| it.kind == EntityKind::Organization)
        }
        EntityKind::Organization => matches!(words, "North" | "South" | "East" | "West"),
        EntityKind::Person => false,
    }
}

/// What a name is.
struct Verdict {
    kind: EntityKind,
    /// What it is most probably, if not that; none for no name.
    else_was: Option<EntityKind>,
    /// Whether that is near.
    near: bool,
    sure: f32,
}

/// How probable something else must be to be worth telling.
const NEAR: f32 = 0.1;

/// How probable each kind is for names of the same words, anywhere in the document.
struct Votes<'w> {
    by_words: HashMap<&'w str, ([f32; 3], f32), Fast>,
    /// The words of full names of people.
    people: HashSet<&'w str, Fast>,
}

impl<'w> Votes<'w> {
    fn of(spans: &[Span], words: &'w [Cow<'_, str>]) -> Self {
        let mut by_words: HashMap<&str, ([f32; 3], f32), Fast> = HashMap::default();
        let mut people: HashSet<&str, Fast> = HashSet::default();
        for (span, words) in spans.iter().zip(words) {
            let (sums, count) = by_words.entry(words.as_ref()).or_default();
            for (sum, more) in sums.iter_mut().zip(span.kinds) {
                *sum += more;
            }
            *count += 1.0;
        }
        for (span, words) in spans.iter().zip(words) {
            if span.kind() == EntityKind::Person && words.contains(' ') {
                people.extend(words.split(' '));
            }
        }
        for (span, words) in spans.iter().zip(words) {
            // "Harrow School": the first word alone is the school, wherever it stands.
            let school = words.split_once(' ').is_some_and(|it| it.1 == "School");
            let kind = if school { EntityKind::Organization } else { span.kind() };
            let sure = if school { ADDRESSED } else { span.kinds[kind as usize] };
            if kind == EntityKind::Organization {
                for short in short_forms(words).filter(|short| !people.contains(short)) {
                    if let Some((sums, count)) = by_words.get_mut(short) {
                        // What a company is called for short is the company, wherever it stands.
                        sums[kind as usize] += 2.0 * *count * sure;
                        *count *= 3.0;
                    }
                }
            }
            let part = match kind {
                EntityKind::Person => words.rsplit_once(' ').map(|it| it.1),
                // "Harrow School" is called "Harrow", but "China Eastern" is not called "China".
                EntityKind::Organization => words.split_once(' ').map(|it| it.0).filter(|first| {
                    let place = gazetteer::known(first).is_some_and(|it| it.trust == Trust::Sure);
                    !place && *first != "The"
                }),
                EntityKind::Place => None,
            };
            if sure > 0.5
                && let Some((sums, count)) = part.and_then(|part| by_words.get_mut(part))
            {
                let times = if school { 2.0 * *count } else { 1.0 };
                sums[kind as usize] += sure * times;
                *count += times;
            }
        }
        let mut votes = Self { by_words, people };
        votes.in_capitals(words);
        votes
    }

    /// Lets "Jane Doe" tell what "JANE DOE" of a headline is.
    fn in_capitals(&mut self, words: &'w [Cow<'_, str>]) {
        let shouted = |words: &str| words.contains(' ') && !words.contains(char::is_lowercase);
        if !words.iter().any(|words| shouted(words)) {
            return;
        }
        let plain = words.iter().filter(|words| words.contains(' ') && !shouted(words));
        let twins: HashMap<String, &str, Fast> =
            plain.map(|words| (words.to_lowercase(), words.as_ref())).collect();
        for words in words.iter().filter(|words| shouted(words)) {
            let twin = twins.get(&words.to_lowercase());
            if let Some(sums) = twin.and_then(|twin| self.by_words.get(twin)).copied() {
                self.by_words.insert(words.as_ref(), sums);
            }
        }
    }

    fn verdict(&self, span: &Span, words: &str, built: bool) -> Verdict {
        let (sums, count) = self.by_words.get(words).copied().unwrap_or(([0.0; 3], 1.0));
        let known = gazetteer::known(words);
        let several = words.contains(' ');
        let company = known.is_some_and(|it| it.kind == EntityKind::Organization)
            && words.split_once(' ').is_some_and(|it| !is_given_name(it.0));
        let place = known.is_some_and(is_sure_place);
        let country = place && several;
        // A place that families are called after, where the text has no such family: "Washington".
        let alone =
            known.is_some_and(|it| it.kind == EntityKind::Place) && !self.people.contains(words);
        let of = |kind: EntityKind| {
            let at = kind as usize;
            let listed = match kind {
                EntityKind::Place if country => COUNTRY,
                EntityKind::Place if place || alone => LISTED,
                EntityKind::Organization if company || built => LISTED,
                _ => 0.0,
            };
            (1.0 - DOCUMENT) * span.kinds[at] + DOCUMENT * sums[at] / count + listed
        };
        let mut ranked = EntityKind::ALL.map(|kind| (of(kind), kind));
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        if is_never(ranked[0].1, words, known) {
            ranked.swap(0, 1);
        }
        let none = 1.0 - ranked.iter().map(|it| it.0).sum::<f32>();
        Verdict {
            kind: ranked[0].1,
            else_was: (ranked[1].0 >= none).then_some(ranked[1].1),
            near: ranked[1].0.max(none) > NEAR,
            sure: ranked[0].0.clamp(0.5, 0.99),
        }
    }
}
