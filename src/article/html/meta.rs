//! What a page says of itself: JSON-LD, Open Graph, `<meta>`, `<time>`, and the words themselves.

use std::collections::HashMap;

use jiff::civil::Date;

use super::dom::{Dom, Id};
use super::{json_ld, words};
use crate::article::build::clean;
use crate::article::{Meta, plain};

/// What a page says of its article.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) meta: Meta,
    /// The words of the article, where the page gives them to machines.
    pub(super) body: Option<String>,
    /// Against which links are resolved.
    pub(super) base: Option<String>,
}

/// Reads what a page says of itself.
pub(super) fn read(dom: &Dom, source: &str) -> Said {
    let order = dom.in_order();
    let stated = Stated::of(dom, &order);
    let mut ld = json_ld::read(dom, &order);
    let site = stated
        .first(&["og:site_name", "application-name", "dc.publisher", "citation_journal_title"])
        .filter(|it| !it.starts_with("http") && it.len() < 100);
    let publisher = ld.publisher.take().or(site);
    let canonical = link(dom, &order, "canonical")
        .or_else(|| stated.first(&["og:url"]))
        .filter(|it| it.len() <= 2048 && it.starts_with("http"));
    let base = order.iter().find(|it| dom.name(**it) == "base");
    let base = base.and_then(|it| dom.attribute(*it, "href"));
    let from = Some(source).filter(|it| it.starts_with("http"));
    let base = base.filter(|it| it.starts_with("http")).or(from).map(str::to_owned);
    let meta = Meta {
        title: title(dom, &order, &stated, (ld.headline.take(), publisher.as_deref())),
        authors: authors(dom, &order, &stated, std::mem::take(&mut ld.authors)),
        publisher,
        published: ld.published.or_else(|| stated.day(&PUBLISHED)).or_else(|| timed(dom, &order)),
        modified: ld.modified.or_else(|| stated.day(&MODIFIED)),
        language: language(dom, &order, &stated, ld.language.take()),
        canonical: canonical.clone(),
        ..Meta::default()
    };
    Said { meta, body: ld.body, base: base.or(canonical) }
}

/// The title, without the site's name. `told` is the headline of JSON-LD and the site's name.
fn title(
    dom: &Dom,
    order: &[Id],
    stated: &Stated,
    told: (Option<String>, Option<&str>),
) -> Option<String> {
    let (headline, site) = told;
    let mut headings = order.iter().copied().filter(|it| dom.name(*it) == "h1");
    let alone = headings.next().filter(|_| headings.next().is_none());
    let alone = alone.and_then(|it| line(&dom.words(it, 1000), 300));
    let tab = order
        .iter()
        .copied()
        .find(|it| dom.name(*it) == "title" && !dom.above(*it).any(|it| dom.name(it) == "svg"));
    let whole = tab.and_then(|it| line(&dom.words(it, 1000), 400));
    let names = ["og:title", "twitter:title", "dc.title", "citation_title", "parsely-title"];
    let title = headline
        .or_else(|| stated.first(&names))
        .map(|it| without_site(&it, site))
        .or_else(|| alone.clone())
        .or_else(|| whole.map(|it| without_site(&it, site)));
    // What stands over the article is its title as people see it.
    match (title, alone) {
        (Some(said), Some(seen)) if same_start(&said, &seen) => Some(seen),
        (title, _) => title,
    }
}

fn authors(dom: &Dom, order: &[Id], stated: &Stated, told: Vec<String>) -> Vec<String> {
    const NAMES: [&str; 7] = [
        "author",
        "article:author",
        "dc.creator",
        "citation_author",
        "parsely-author",
        "sailthru.author",
        "byl",
    ];
    let mut authors = told;
    for name in NAMES {
        if authors.is_empty() {
            authors = stated.all(name).iter().filter_map(|it| person(it)).take(20).collect();
        }
    }
    if authors.is_empty() { signed(dom, order) } else { authors }
}

fn language(dom: &Dom, order: &[Id], stated: &Stated, told: Option<String>) -> Option<String> {
    let html = order.iter().find(|it| dom.name(**it) == "html");
    let own = html.and_then(|it| dom.attribute(*it, "lang")).filter(|it| !it.trim().is_empty());
    let names = ["content-language", "og:locale", "dc.language", "language"];
    let language = own.map(str::to_owned).or(told).or_else(|| stated.first(&names))?;
    tag(&language)
}

const PUBLISHED: [&str; 13] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "pubdate",
];
const MODIFIED: [&str; 5] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
];

/// What `<meta>` says, by its name in lower case.
struct Stated(HashMap<String, Vec<String>>);

impl Stated {
    fn of(dom: &Dom, order: &[Id]) -> Self {
        let mut stated: HashMap<String, Vec<String>> = HashMap::new();
        for &id in order.iter().filter(|it| dom.name(**it) == "meta").take(2000) {
            let names = ["property", "name", "itemprop", "http-equiv"];
            let content = dom.attribute(id, "content");
            let Some(value) = content.and_then(|it| line(it, 1000)) else { continue };
            for name in names.iter().filter_map(|it| dom.attribute(id, it)) {
                let values = stated.entry(name.trim().to_lowercase()).or_default();
                if values.len() < 50 && !values.contains(&value) {
                    values.push(value.clone());
                }
            }
        }
        Self(stated)
    }

    fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.all(name).first()).cloned()
    }

    fn day(&self, names: &[&str]) -> Option<Date> {
        names.iter().flat_map(|name| self.all(name)).find_map(|it| day(it))
    }
}

/// The day that a machine's time or a person's date begins with.
pub(in crate::article) fn day(words: &str) -> Option<Date> {
    let words = words.trim();
    let day = words.get(..10).and_then(|it| it.replace('/', "-").parse().ok());
    let packed = || {
        let digits = words.get(..8).filter(|it| it.bytes().all(|it| it.is_ascii_digit()))?;
        format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?).parse().ok()
    };
    let day: Option<Date> = day.or_else(packed);
    day.or_else(|| (words.len() <= 80).then(|| plain::date_in(words)).flatten())
        .filter(|it| (1400..2200).contains(&it.year()))
}

/// The day of the first `<time>` that says when the article was published.
fn timed(dom: &Dom, order: &[Id]) -> Option<Date> {
    let stated = |id: &&Id| {
        dom.attribute(**id, "itemprop").is_some_and(|it| it.eq_ignore_ascii_case("datepublished"))
            || dom.attribute(**id, "pubdate").is_some()
    };
    let value = |id: Id| {
        let words = || dom.words(id, 200);
        let stated = dom.attribute(id, "datetime").or_else(|| dom.attribute(id, "content"));
        stated.map_or_else(|| day(&words()), day)
    };
    let times = || order.iter().filter(|it| dom.name(**it) == "time").take(50);
    order
        .iter()
        .filter(stated)
        .take(50)
        .find_map(|it| value(*it))
        .or_else(|| times().find_map(|it| value(*it)))
}

fn link(dom: &Dom, order: &[Id], relation: &str) -> Option<String> {
    let is = |id: &&Id| dom.name(**id) == "link" && dom.attribute(**id, "rel") == Some(relation);
    let id = order.iter().find(is)?;
    line(dom.attribute(*id, "href")?, 2048)
}

/// Who has signed the article, where only the words tell.
fn signed(dom: &Dom, order: &[Id]) -> Vec<String> {
    let names = |id: Id| {
        let value = |name| dom.attribute(id, name).unwrap_or_default();
        value("rel") == "author"
            || value("itemprop") == "author"
            || words::is_signature(value("class")) && dom.name(id) != "body"
    };
    let signed = order.iter().copied().filter(|it| names(*it)).take(30);
    let person = |id| {
        let words = line(&dom.words(id, 500), 200)?;
        let by = words.strip_prefix("By ").or_else(|| words.strip_prefix("by ")).unwrap_or(&words);
        person(by).filter(|it| it.split_whitespace().count() <= 5)
    };
    signed.filter_map(person).take(1).collect()
}

/// What stands before a name where somebody is said to have written something.
const SIGNED: [&str; 10] = [
    "post author",
    "written by",
    "posted by",
    "author:",
    "by:",
    "by ",
    "von ",
    "por ",
    "par ",
    "text:",
];
/// What programs write where they know nobody.
const NOBODY: [&str; 6] = ["no author", "admin", "administrator", "author", "unknown", "guest"];

/// A name as a person has it; none where it is an address.
pub(in crate::article) fn person(words: &str) -> Option<String> {
    let name = line(words, 100)?;
    let mut name = name.as_str();
    // One may follow upon the other: "Post author By Jane Doe".
    for before in SIGNED {
        let begins = name.get(..before.len()).is_some_and(|it| it.eq_ignore_ascii_case(before));
        let behind = name.get(before.len()..).map(str::trim).filter(|it| !it.is_empty());
        name = behind.filter(|_| begins).unwrap_or(name);
    }
    if NOBODY.iter().any(|it| name.eq_ignore_ascii_case(it)) {
        return None;
    }
    let is_name = name.chars().any(char::is_alphabetic)
        && !name.contains("://")
        && !name.contains('@')
        && name.chars().count() <= 80;
    is_name.then(|| name.to_owned())
}

/// Words in one line, cut where nobody reads on; none where there are none.
pub(in crate::article) fn line(words: &str, most: usize) -> Option<String> {
    let words = clean(words);
    let mut text = String::new();
    for word in words.split_whitespace() {
        if text.len() + word.len() > most {
            let room = most.saturating_sub(text.len());
            text.push_str(word.get(..word.floor_char_boundary(room)).unwrap_or_default());
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A title without the name of the site before or behind it.
fn without_site(title: &str, site: Option<&str>) -> String {
    const SIGNS: [&str; 7] = [" | ", " – ", " — ", " - ", " » ", " · ", " :: "];
    // Chinese sites put their departments and their name behind lines.
    if let Some((before, _)) = title.split_once('_')
        && before.chars().filter(|it| *it >= '\u{2e80}').count() >= 4
    {
        return before.trim().to_owned();
    }
    let words = |it: &str| it.split_whitespace().count();
    let cut = SIGNS.iter().find_map(|sign| {
        let (before, behind) = title.rsplit_once(sign)?;
        let is_site = site.is_some_and(|it| same(it, behind));
        let few = *sign != " - " && words(behind) <= 4 && words(before) >= 3;
        (is_site || site.is_none() && few).then_some(before)
    });
    cut.unwrap_or(title).trim().to_owned()
}

fn same_start(said: &str, seen: &str) -> bool {
    let (said, seen) = (folded(said), folded(seen));
    !seen.is_empty()
        && (said.starts_with(&seen) || seen.starts_with(&said))
        && seen.len() * 2 > said.len()
}

/// Whether two titles have the same words.
pub(in crate::article) fn same(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

fn folded(words: &str) -> String {
    words.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A language as BCP 47 writes it; none where it is no such tag.
pub(in crate::article) fn tag(words: &str) -> Option<String> {
    let tag = words.split([',', ';']).next()?.trim().replace('_', "-");
    let right = (2..=35).contains(&tag.len())
        && tag.split('-').all(|it| {
            (1..=8).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric())
        })
        && tag.split('-').next().is_some_and(|it| it.len() <= 3);
    right.then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_without_what_is_before_them() {
        let check =
            |words, name: Option<&str>| assert_eq!(person(words).as_deref(), name, "{words}");
        check("Jane Doe", Some("Jane Doe"));
        check("By Jane Doe", Some("Jane Doe"));
        check("by: Jane Doe", Some("Jane Doe"));
        check("Post author By  Jane Doe", Some("Jane Doe"));
        check("por César Salza", Some("César Salza"));
        check("Byron Poe", Some("Byron Poe"));
        check("Parveen Roe", Some("Parveen Roe"));
        check("No Author", None);
        check("admin", None);
        check("https://example.org/jane", None);
    }
}
