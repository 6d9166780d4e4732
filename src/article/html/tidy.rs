//! What is no words within the article's part of a page: lists of links, forms, what follows the
//! last paragraph.

use super::dom::{Id, NONE};
use super::main_part::{Page, Strict, Sum, as_f32, density};
use super::words;

impl Page<'_> {
    /// Takes off what looks like no part of the article in the elements that hold it.
    pub(super) fn tidy(&mut self, tops: &[Id], strict: Strict) {
        let mut is_top = vec![false; self.gone.len()];
        for &top in tops {
            is_top[top as usize] = true;
        }
        let mut within = vec![false; self.gone.len()];
        for &id in &self.order {
            let parent = self.dom.parent(id);
            let above = parent != NONE && (within[parent as usize] || is_top[parent as usize]);
            within[id as usize] = above;
        }
        let sums = self.sums();
        let whole: u32 = tops.iter().map(|it| sums[*it as usize].length).sum();
        for at in 0..self.order.len() {
            let id = self.order[at];
            if !within[id as usize] {
                continue;
            }
            let gone = self.gone[id as usize]
                || self.above_is_gone(id)
                || self.is_aside(id, &sums[id as usize], whole, strict);
            self.gone[id as usize] = gone;
        }
        if strict.shapes {
            self.shapes(&within);
        }
    }

    /// Whether an element says by its name that it stands beside the words.
    fn is_aside(&self, id: Id, sum: &Sum, whole: u32, strict: Strict) -> bool {
        let name = self.dom.name(id);
        let small = sum.length * 2 < whole;
        match name {
            "" | "body" | "html" | "code" | "pre" => return false,
            "footer" | "aside" | "nav" => return small,
            "form" | "fieldset" => return sum.length < 500 && small,
            _ => {}
        }
        if !small || !strict.names {
            return false;
        }
        let names = self.names(id);
        if words::is_never(&names) {
            return sum.length < 1500 || density(sum) > 0.5;
        }
        let signed = self.dom.attribute(id, "rel") == Some("author")
            || self.dom.attribute(id, "itemprop").is_some_and(|it| it.contains("author"))
            || words::is_signature(&names);
        signed && sum.length < 100 && sum.length > 0
    }

    /// Takes off what is shaped like no words, from the innermost outwards.
    fn shapes(&mut self, within: &[bool]) {
        let mut sums = vec![Sum::default(); self.gone.len()];
        for at in (0..self.order.len()).rev() {
            let id = self.order[at];
            if self.gone[id as usize] {
                continue;
            }
            if within[id as usize] && self.is_shapeless(id, &sums) {
                self.gone[id as usize] = true;
                continue;
            }
            self.add_to_parent(id, &mut sums);
        }
        // Below what is taken off nothing is left.
        for at in 0..self.order.len() {
            let id = self.order[at];
            self.gone[id as usize] |= self.above_is_gone(id);
        }
    }

    fn is_shapeless(&self, id: Id, sums: &[Sum]) -> bool {
        let sum = &sums[id as usize];
        let name = self.dom.name(id);
        if !matches!(
            name,
            "form" | "fieldset" | "table" | "ul" | "ol" | "div" | "section" | "header" | "dl"
        ) {
            return false;
        }
        let heading = || self.dom.above(id).take(3).any(|it| words::is_heading(self.dom.name(it)));
        let data = name == "table" && self.tables.is_data(id) || self.tables.is_inside_data(id);
        if data || density(sum) < 0.5 && heading() {
            return false;
        }
        let weight = self.weight(id);
        if weight < 0.0 {
            return true;
        }
        if sum.commas >= 10 {
            return false;
        }
        let list = matches!(name, "ul" | "ol") || {
            let listed: u32 = self
                .dom
                .children(id)
                .filter(|it| matches!(self.dom.name(*it), "ul" | "ol"))
                .map(|it| sums[it as usize].length)
                .sum();
            sum.length > 0 && listed * 10 > sum.length * 9
        };
        let figure = self.dom.above(id).any(|it| self.dom.name(it) == "figure");
        let linked = density(sum);
        let headed = if sum.length == 0 { 0.0 } else { as_f32(sum.headed) / as_f32(sum.length) };
        let written = if sum.length == 0 { 0.0 } else { as_f32(sum.written) / as_f32(sum.length) };
        let (images, paragraphs) = (as_f32(sum.images), as_f32(sum.paragraphs));
        if !figure && images > 1.0 && paragraphs / images < 0.5 && sum.length < 400 {
            return true;
        }
        if !list && as_f32(sum.entries) - 100.0 > paragraphs {
            return true;
        }
        if !list
            && !figure
            && headed < 0.9
            && sum.length < 25
            && (sum.images == 0 || sum.images > 2)
            && linked > 0.0
        {
            return true;
        }
        if !list && weight < 25.0 && linked > 0.2 {
            return true;
        }
        if weight >= 25.0 && linked > 0.5 {
            return true;
        }
        if list && linked > 0.6 && sum.length < 1000 {
            return true;
        }
        sum.images == 0 && written == 0.0 && sum.headed == 0 && sum.length < 25
    }
}
