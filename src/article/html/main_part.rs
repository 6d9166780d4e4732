//! Where on a page its article is.
//!
//! The way is that of Readability: paragraphs give points to what they stand in, the element with
//! the most is the article, and neighbours that are like it belong to it. What is taken off
//! before is told by names; where too little is left, the search is done again more leniently.

use std::collections::HashMap;

use super::dom::{Dom, Id, Kind, NONE};
use super::tables::Tables;
use super::words;

/// A page with what has been taken off.
pub(super) struct Page<'d> {
    pub(super) dom: &'d Dom,
    /// All nodes in the order of the text.
    pub(super) order: Vec<Id>,
    /// Which nodes are taken off, with all below them.
    pub(super) gone: Vec<bool>,
    /// The article's title, which is not said twice.
    pub(super) title: Option<String>,
    /// Which tables hold data.
    pub(super) tables: Tables,
    /// The numbers of entries in numbered lists.
    pub(super) numbers: HashMap<Id, i64>,
}

/// What stands below a node.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    /// Characters, white space as one.
    pub(super) length: u32,
    pub(super) commas: u32,
    /// Characters of links.
    pub(super) linked: f32,
    pub(super) paragraphs: u32,
    pub(super) images: u32,
    pub(super) entries: u32,
    pub(super) inputs: u32,
    /// Characters of headings.
    pub(super) headed: u32,
    /// Characters of paragraphs and the like.
    pub(super) written: u32,
    /// Elements that stand on lines of their own.
    pub(super) blocks: u32,
    /// Characters of paragraphs.
    pub(super) prose: u32,
}

/// How strictly is looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Strict {
    /// Take off what has a name of something beside the article.
    pub(super) names: bool,
    /// Let names count in the points.
    pub(super) weights: bool,
    /// Take off what looks like no words within the article.
    pub(super) shapes: bool,
}

impl<'d> Page<'d> {
    /// A page without what nobody reads.
    pub(super) fn new(dom: &'d Dom) -> Self {
        let order = dom.in_order();
        let tables = Tables::of(dom, &order);
        let mut page = Self {
            dom,
            gone: vec![false; dom.len()],
            order,
            title: None,
            tables,
            numbers: numbers(dom),
        };
        for at in 0..page.order.len() {
            let id = page.order[at];
            page.gone[id as usize] = page.above_is_gone(id) || page.is_unseen(id);
        }
        page
    }

    pub(super) fn above_is_gone(&self, id: Id) -> bool {
        let parent = self.dom.parent(id);
        parent != NONE && self.gone[parent as usize]
    }

    fn is_unseen(&self, id: Id) -> bool {
        let name = self.dom.name(id);
        if name.is_empty() {
            return false;
        }
        let value = |attribute| self.dom.attribute(id, attribute);
        let style = || {
            value("style").is_some_and(|it| {
                let style: String = it.chars().filter(|it| !it.is_whitespace()).collect();
                style.contains("display:none") || style.contains("visibility:hidden")
            })
        };
        words::SILENT.contains(&name)
            || name == "noscript" && self.dom.words(id, 2000).len() < 1000
            || value("hidden").is_some()
            || value("aria-hidden") == Some("true")
                && !value("class").is_some_and(|it| it.contains("fallback-image"))
            || style()
    }

    /// The class and the id of an element.
    pub(super) fn names(&self, id: Id) -> String {
        let value = |attribute| self.dom.attribute(id, attribute).unwrap_or_default();
        let (class, own) = (value("class"), value("id"));
        // A list of a thousand classes tells no more than its beginning.
        let cut = |it: &str| it.chars().take(400).collect::<String>();
        format!("{} {}", cut(class), cut(own))
    }

    /// What stands below every node, without what is taken off.
    pub(super) fn sums(&self) -> Vec<Sum> {
        let mut sums = vec![Sum::default(); self.gone.len()];
        for &id in self.order.iter().rev() {
            if !self.gone[id as usize] {
                self.add_to_parent(id, &mut sums);
            }
        }
        sums
    }

    /// How much of a link's words leads away from the page.
    fn leading(&self, link: Id) -> f32 {
        let value = |name| self.dom.attribute(link, name);
        match value("href") {
            // It only marks a place.
            None if value("name").or_else(|| value("id")).is_some() => 0.0,
            Some(href) if href.starts_with('#') => 0.3,
            None | Some(_) => 1.0,
        }
    }

    /// Counts a node itself, and adds it to the one above.
    pub(super) fn add_to_parent(&self, id: Id, sums: &mut [Sum]) {
        let mut sum = sums[id as usize];
        match self.dom.kind(id) {
            Kind::Text(text) => (sum.length, sum.commas) = count(text),
            Kind::Other => {}
            Kind::Element(name, _) => {
                match &**name {
                    "a" => {
                        sum.linked = as_f32(sum.length) * self.leading(id);
                    }
                    "p" => {
                        sum.paragraphs += 1;
                        sum.prose = sum.length;
                    }
                    "img" => sum.images += 1,
                    "li" => sum.entries += 1,
                    "input" => sum.inputs += 1,
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => sum.headed = sum.length,
                    _ => {}
                }
                if matches!(
                    &**name,
                    "blockquote"
                        | "dl"
                        | "img"
                        | "ol"
                        | "p"
                        | "pre"
                        | "table"
                        | "ul"
                        | "span"
                        | "li"
                        | "td"
                ) {
                    sum.written = sum.length;
                }
                sum.blocks += u32::from(words::is_block(name));
            }
        }
        sums[id as usize] = sum;
        let parent = self.dom.parent(id);
        if parent != NONE {
            let all = &mut sums[parent as usize];
            all.length += sum.length;
            all.commas += sum.commas;
            all.linked += sum.linked;
            all.paragraphs += sum.paragraphs;
            all.images += sum.images;
            all.entries += sum.entries;
            all.inputs += sum.inputs;
            all.headed += sum.headed;
            all.written += sum.written;
            all.blocks += sum.blocks;
            all.prose += sum.prose;
        }
    }

    /// Takes off what is named like something beside the article.
    fn strip(&mut self) {
        let sums = self.sums();
        let own = |sum: &Sum| as_f32(sum.prose) - sum.linked;
        let whole = own(&sums[0]);
        for at in 0..self.order.len() {
            let id = self.order[at];
            if self.gone[id as usize] || self.above_is_gone(id) {
                self.gone[id as usize] = true;
                continue;
            }
            // Nobody has half of the words beside the article.
            if own(&sums[id as usize]) > whole * 0.5 {
                continue;
            }
            let name = self.dom.name(id);
            if matches!(name, "" | "html" | "body" | "a" | "article" | "main") {
                continue;
            }
            let role = self.dom.attribute(id, "role").unwrap_or_default();
            let beside = matches!(
                role,
                "menu"
                    | "menubar"
                    | "complementary"
                    | "navigation"
                    | "alert"
                    | "alertdialog"
                    | "dialog"
                    | "search"
            );
            let names = self.names(id);
            // A heading that is called one, or a term, is no page's head.
            let heading = words::is_heading(name)
                && !words::is_never(&names)
                && density(&sums[id as usize]) < 0.5;
            let unlikely = words::is_unlikely(&names)
                && !heading
                && !self
                    .dom
                    .above(id)
                    .any(|it| matches!(self.dom.name(it), "table" | "code" | "pre"));
            self.gone[id as usize] = beside || unlikely;
        }
    }

    /// The elements that make up the article, in the order of the text.
    pub(super) fn find(&mut self, strict: Strict) -> Vec<Id> {
        if strict.names {
            self.strip();
        }
        let sums = self.sums();
        if let Some(body) = self.named_body(&sums).filter(|_| strict.names) {
            return vec![body];
        }
        let (points, candidates) = self.points(&sums, strict);
        let Some(top) = self.top(&points, &candidates, &sums) else { return self.all() };
        if let Some(article) = self.around(top, &sums).filter(|_| strict.names) {
            return vec![article];
        }
        self.with_neighbours(top, &points, &sums)
    }

    /// The element that the page itself calls the article's body.
    fn named_body(&self, sums: &[Sum]) -> Option<Id> {
        let is = |id: &Id| {
            !self.gone[*id as usize]
                && self.dom.attribute(*id, "itemprop").is_some_and(|it| {
                    it.split_whitespace().any(|it| it.eq_ignore_ascii_case("articlebody"))
                })
        };
        let mut named = self.order.iter().copied().filter(is);
        let (first, second) = (named.next()?, named.next());
        let length = sums[first as usize].length;
        (second.is_none() && length > 300 && density(&sums[first as usize]) < 0.4).then_some(first)
    }

    /// The `<article>` around what was found, where it has much more to read.
    fn around(&self, top: Id, sums: &[Sum]) -> Option<Id> {
        let own = |id: Id| as_f32(sums[id as usize].prose) - sums[id as usize].linked * 0.5;
        let named = |id: &Id| {
            self.dom.name(*id) == "article"
                || self.dom.name(*id) == "main"
                || self.dom.attribute(*id, "role") == Some("main")
        };
        let article = self.dom.above(top).find(named)?;
        (own(article) > own(top) * 1.4 && density(&sums[article as usize]) < 0.3).then_some(article)
    }

    /// The whole page.
    pub(super) fn all(&self) -> Vec<Id> {
        let body = self.order.iter().copied().find(|it| self.dom.name(*it) == "body");
        vec![body.unwrap_or(0)]
    }

    /// Points for every element that paragraphs stand in.
    fn points(&self, sums: &[Sum], strict: Strict) -> (Vec<f32>, Vec<Id>) {
        let mut points = vec![f32::NAN; self.gone.len()];
        let mut candidates = Vec::new();
        for &id in &self.order {
            if self.gone[id as usize] {
                continue;
            }
            let (length, commas) = self.paragraph(id, sums);
            if length < 25 {
                continue;
            }
            let score = 2.0 + as_f32(commas) + (as_f32(length) / 100.0).floor().min(3.0);
            let inner = self.is_loose(id, sums);
            let first = if inner { Some(id) } else { None };
            for (level, above) in first.into_iter().chain(self.dom.above(id)).take(5).enumerate() {
                let name = self.dom.name(above);
                if matches!(name, "" | "html") {
                    break;
                }
                let points = &mut points[above as usize];
                if points.is_nan() {
                    candidates.push(above);
                    *points = start(name);
                    if strict.weights {
                        *points += self.weight(above);
                    }
                }
                *points += match level {
                    0 => score,
                    1 => score / 2.0,
                    _ => score / (as_f32(u32::try_from(level).unwrap_or(9)) * 3.0),
                };
            }
        }
        for &id in &candidates {
            points[id as usize] *= 1.0 - density(&sums[id as usize]);
        }
        (points, candidates)
    }

    /// The words of a paragraph, or of what stands loosely between blocks: length and commas.
    fn paragraph(&self, id: Id, sums: &[Sum]) -> (u32, u32) {
        let sum = sums[id as usize];
        match self.dom.name(id) {
            "p" | "td" | "pre" | "h2" | "h3" | "h4" | "h5" | "h6" => (sum.length, sum.commas),
            "section" if !self.is_loose(id, sums) => (sum.length, sum.commas),
            "div" | "article" | "section" | "li" | "body" | "main" | "center" | "dd"
            | "blockquote" => {
                if sum.blocks <= 1 {
                    return if self.dom.name(id) == "div" {
                        (sum.length, sum.commas)
                    } else {
                        (0, 0)
                    };
                }
                let (mut length, mut commas) = (0, 0);
                for child in self.dom.children(id).filter(|it| !self.gone[*it as usize]) {
                    if sums[child as usize].blocks == 0 {
                        let text = sums[child as usize];
                        length += text.length;
                        commas += text.commas;
                    }
                }
                (length, commas)
            }
            _ => (0, 0),
        }
    }

    /// Whether a paragraph's words stand in the element itself, between blocks.
    fn is_loose(&self, id: Id, sums: &[Sum]) -> bool {
        let name = self.dom.name(id);
        sums[id as usize].blocks > 1
            && matches!(
                name,
                "div"
                    | "article"
                    | "section"
                    | "li"
                    | "body"
                    | "main"
                    | "center"
                    | "dd"
                    | "blockquote"
            )
            && self.dom.children(id).any(|it| {
                !self.gone[it as usize]
                    && sums[it as usize].blocks == 0
                    && sums[it as usize].length > 24
            })
    }

    pub(super) fn weight(&self, id: Id) -> f32 {
        let value = |attribute| self.dom.attribute(id, attribute).filter(|it| it.len() < 1000);
        value("class").map_or(0.0, words::weight) + value("id").map_or(0.0, words::weight)
    }

    /// The element with the most points, or the one above it that is the article as a whole.
    fn top(&self, points: &[f32], candidates: &[Id], sums: &[Sum]) -> Option<Id> {
        let of = |id: Id| points[id as usize];
        let mut best: Vec<Id> = candidates.to_vec();
        best.sort_by(|a, b| of(*b).total_cmp(&of(*a)));
        best.truncate(5);
        let mut top = *best.first()?;
        // Several good ones below one element: the article is in parts.
        let good: Vec<Id> =
            best.iter().copied().skip(1).filter(|it| of(*it) >= of(top) * 0.75).collect();
        if good.len() >= 3 {
            let shared = self.dom.above(top).find(|above| {
                good.iter().filter(|it| self.dom.above(**it).any(|it| it == *above)).count() >= 3
            });
            top = shared
                .filter(|it| !matches!(self.dom.name(*it), "" | "html" | "body"))
                .unwrap_or(top);
        }
        let value = |id: Id| if of(id).is_nan() { 0.0 } else { of(id) };
        let (mut below, least) = (value(top), value(top) / 3.0);
        let mut above = self.dom.parent(top);
        while above != NONE && !matches!(self.dom.name(above), "" | "body" | "html") {
            if of(above).is_nan() {
                above = self.dom.parent(above);
                continue;
            }
            if of(above) < least {
                break;
            }
            if of(above) > below {
                top = above;
                break;
            }
            below = of(above);
            above = self.dom.parent(above);
        }
        // An only child is no better than the element that it fills.
        loop {
            let above = self.dom.parent(top);
            if above == NONE || matches!(self.dom.name(above), "" | "body" | "html") {
                break;
            }
            let (own, all) = (sums[top as usize].length, sums[above as usize].length);
            if own < all || sums[above as usize].blocks > sums[top as usize].blocks + 1 {
                break;
            }
            top = above;
        }
        Some(top)
    }

    /// The article's element with those beside it that go on with it.
    fn with_neighbours(&self, top: Id, points: &[f32], sums: &[Sum]) -> Vec<Id> {
        let parent = self.dom.parent(top);
        if parent == NONE {
            return vec![top];
        }
        let score = |id: Id| Some(points[id as usize]).filter(|it| !it.is_nan());
        let best = score(top).unwrap_or(0.0);
        let least = (best * 0.2).max(10.0);
        let class = |id| self.dom.attribute(id, "class").filter(|it| !it.is_empty());
        let belongs = |id: &Id| {
            if *id == top {
                return true;
            }
            let bonus =
                if class(*id).is_some() && class(*id) == class(top) { best * 0.2 } else { 0.0 };
            if score(*id).is_some_and(|it| it + bonus >= least) {
                return true;
            }
            let sum = sums[*id as usize];
            let loose = self.dom.name(*id) == "div" && sum.blocks == 1;
            if self.dom.name(*id) != "p" && !loose {
                return false;
            }
            sum.length > 80 && density(&sum) < 0.25
                || sum.length > 0
                    && sum.length < 80
                    && sum.linked == 0.0
                    && self.dom.words(*id, 4000).trim_end().ends_with('.')
        };
        self.dom.children(parent).filter(|it| !self.gone[*it as usize]).filter(belongs).collect()
    }
}

/// The numbers that entries of numbered lists have.
fn numbers(dom: &Dom) -> HashMap<Id, i64> {
    let mut numbers = HashMap::new();
    for list in dom.in_order().into_iter().filter(|it| dom.name(*it) == "ol") {
        let start = dom.attribute(list, "start").and_then(|it| it.trim().parse::<i32>().ok());
        let entries = dom.children(list).filter(|it| dom.name(*it) == "li");
        numbers.extend(entries.zip(i64::from(start.unwrap_or(1))..));
    }
    numbers
}

/// The share of a node's words that are links.
pub(super) fn density(sum: &Sum) -> f32 {
    if sum.length == 0 { 0.0 } else { (sum.linked / as_f32(sum.length)).min(1.0) }
}

#[expect(clippy::cast_precision_loss, reason = "points are no exact numbers")]
pub(super) const fn as_f32(number: u32) -> f32 {
    number as f32
}

fn start(name: &str) -> f32 {
    match name {
        "div" => 5.0,
        "pre" | "td" | "blockquote" => 3.0,
        "address" | "ol" | "ul" | "dl" | "dd" | "dt" | "li" | "form" => -3.0,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" => -5.0,
        _ => 0.0,
    }
}

/// The characters of a text, white space as one, and its commas.
fn count(text: &str) -> (u32, u32) {
    let (mut length, mut commas, mut blank) = (0_u32, 0_u32, true);
    for it in text.chars() {
        let white = it.is_whitespace();
        length += u32::from(!(white && blank));
        blank = white;
        commas +=
            u32::from(matches!(it, ',' | '،' | '﹐' | '︐' | '︑' | '⸁' | '⸴' | '⸲' | '，' | '、'));
    }
    if text.trim().is_empty() { (0, commas) } else { (length, commas) }
}
