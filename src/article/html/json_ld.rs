//! What a page says of its article to search engines, as JSON-LD.

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::dom::{Dom, Id, Kind};
use super::meta::{day, line, person};
use crate::article::BlockKind;
use crate::article::build::{Builder, clean};

/// What is known of the article.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) modified: Option<Date>,
    pub(super) language: Option<String>,
    pub(super) body: Option<String>,
}

/// The most objects that are looked at.
const MOST: usize = 2000;

/// Reads all scripts of a page that hold JSON-LD; what is broken in them is passed over.
pub(super) fn read(dom: &Dom, order: &[Id]) -> Known {
    let scripts = order.iter().filter(|it| {
        dom.name(**it) == "script"
            && dom
                .attribute(**it, "type")
                .is_some_and(|it| it.trim().eq_ignore_ascii_case("application/ld+json"))
    });
    let values: Vec<Value> = scripts
        .take(50)
        .filter_map(|it| {
            let words = dom.words(*it, 4 << 20);
            let words = words.trim().trim_start_matches("<!--").trim_end_matches("-->");
            // Line ends within strings are a common mistake.
            serde_json::from_str(words)
                .or_else(|_| serde_json::from_str(&words.replace(['\n', '\r', '\t'], " ")))
                .ok()
        })
        .collect();
    let mut objects = Vec::new();
    for value in &values {
        collect(value, &mut objects);
    }
    let mut known = Known::default();
    let rank = |object: &&Map<String, Value>| match kind(object) {
        it if it.ends_with("Article") || it.ends_with("Posting") || it == "Report" => 0,
        "WebPage" | "Recipe" | "Review" => 1,
        _ => 2,
    };
    objects.retain(|it| rank(it) < 2);
    objects.sort_by_key(rank);
    for object in &objects {
        known.add(object, &objects);
    }
    known
}

impl Known {
    fn add(&mut self, object: &Map<String, Value>, all: &[&Map<String, Value>]) {
        let text = |name: &str| object.get(name).and_then(Value::as_str);
        let is_page = kind(object) == "WebPage";
        let short = |name: &str| text(name).and_then(|it| line(&decoded(it), 400));
        if !is_page {
            self.headline = self.headline.take().or_else(|| short("headline"));
            let body = text("articleBody").filter(|it| it.len() > 200);
            if body.map_or(0, str::len) > self.body.as_ref().map_or(0, String::len) {
                self.body = body.map(str::to_owned);
            }
            if self.authors.is_empty() {
                let said = object.get("author").or_else(|| object.get("creator"));
                self.authors = people(said, all);
            }
        }
        let publisher =
            object.get("publisher").and_then(|it| people(Some(it), all).into_iter().next());
        self.publisher = self.publisher.take().or(publisher);
        self.published = self.published.or_else(|| text("datePublished").and_then(day));
        self.modified = self.modified.or_else(|| text("dateModified").and_then(day));
        self.language = self.language.take().or_else(|| short("inLanguage"));
    }
}

fn collect<'v>(value: &'v Value, objects: &mut Vec<&'v Map<String, Value>>) {
    // serde_json refuses what is nested more than 128 times.
    match value {
        Value::Array(values) => {
            for value in values {
                collect(value, objects);
            }
        }
        Value::Object(object) if objects.len() < MOST => {
            objects.push(object);
            for name in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(value) = object.get(name) {
                    collect(value, objects);
                }
            }
        }
        _ => {}
    }
}

fn kind(object: &Map<String, Value>) -> &str {
    match object.get("@type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => {
            let names = || kinds.iter().filter_map(Value::as_str);
            names()
                .find(|it| it.ends_with("Article"))
                .or_else(|| names().next())
                .unwrap_or_default()
        }
        _ => "",
    }
}

/// Names of people or organisations, which may be given in four ways.
fn people(value: Option<&Value>, all: &[&Map<String, Value>]) -> Vec<String> {
    match value {
        Some(Value::String(name)) => person(&decoded(name)).into_iter().collect(),
        Some(Value::Array(values)) => {
            let mut names = Vec::new();
            for name in values
                .iter()
                .take(50)
                .filter(|it| !it.is_array())
                .flat_map(|it| people(Some(it), all))
            {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        }
        Some(Value::Object(object)) => match object.get("name") {
            Some(Value::String(name)) => person(&decoded(name)).into_iter().collect(),
            Some(Value::Array(names)) => names
                .iter()
                .filter_map(Value::as_str)
                .filter_map(|it| person(&decoded(it)))
                .take(50)
                .collect(),
            _ => {
                let id = object.get("@id").and_then(Value::as_str);
                let named = all
                    .iter()
                    .find(|it| id.is_some() && it.get("@id").and_then(Value::as_str) == id);
                let name = named.and_then(|it| it.get("name")).and_then(Value::as_str);
                name.and_then(person).into_iter().collect()
            }
        },
        _ => Vec::new(),
    }
}

/// Writes the words of an article as search engines are told them: lines, or a page's markup.
pub(super) fn write(body: &str, out: &mut Builder) {
    let body = decoded(body);
    let markup = body.contains("</p>") || body.contains("<br");
    let body = if markup { without_tags(&body) } else { body };
    for line in body.split(['\n', '\r']).filter(|it| !it.trim().is_empty()) {
        out.begin(BlockKind::Paragraph);
        out.words(&clean(line));
    }
}

fn without_tags(body: &str) -> String {
    let dom = Dom::parse(body);
    let mut text = String::new();
    for id in dom.in_order() {
        match dom.kind(id) {
            Kind::Text(words) => text.push_str(&words.replace(['\n', '\r'], " ")),
            Kind::Element(name, _) if super::words::is_block(name) || &**name == "br" => {
                text.push('\n');
            }
            Kind::Element(..) | Kind::Other => {}
        }
    }
    text
}

/// The commonest entities, which do not belong into JSON and stand there all the same.
pub(super) fn decoded(words: &str) -> String {
    if !words.contains('&') {
        return words.to_owned();
    }
    let mut words = words.to_owned();
    for (entity, sign) in [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&rsquo;", "’"),
        ("&#8217;", "’"),
        ("&lsquo;", "‘"),
        ("&#8216;", "‘"),
        ("&ldquo;", "“"),
        ("&#8220;", "“"),
        ("&rdquo;", "”"),
        ("&#8221;", "”"),
        ("&ndash;", "–"),
        ("&#8211;", "–"),
        ("&mdash;", "—"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        words = words.replace(entity, sign);
    }
    words
}
