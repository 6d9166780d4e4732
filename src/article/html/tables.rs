//! Tables: which of them hold data, and their cells.

use std::collections::HashSet;

use super::dom::{Dom, Id, Kind, NONE};

/// What is known of the tables of a page.
pub(super) struct Tables {
    /// For every node, the table that it stands in.
    within: Vec<Id>,
    data: Vec<bool>,
}

#[derive(Clone, Copy, Default)]
struct Shape {
    rows: u32,
    cells: u32,
    marked: bool,
    nested: bool,
}

impl Tables {
    /// Looks at all tables of a page once.
    pub(super) fn of(dom: &Dom, order: &[Id]) -> Self {
        let mut within = vec![NONE; dom.len()];
        let mut shapes = vec![Shape::default(); dom.len()];
        for &id in order {
            let parent = dom.parent(id);
            if parent == NONE {
                continue;
            }
            let table = if dom.name(parent) == "table" { parent } else { within[parent as usize] };
            within[id as usize] = table;
            let Some(shape) = shapes.get_mut(table as usize) else { continue };
            match dom.name(id) {
                "caption" | "col" | "colgroup" | "tfoot" | "thead" | "th" => shape.marked = true,
                "table" => shape.nested = true,
                "tr" => shape.rows += 1,
                "td" => shape.cells += 1,
                _ => {}
            }
        }
        let data = |(id, shape): (usize, &Shape)| {
            let id = Id::try_from(id).unwrap_or(NONE);
            let Shape { rows, cells, marked, nested } = *shape;
            if rows == 0 || dom.attribute(id, "role") == Some("presentation") {
                return false;
            }
            let columns = cells / rows;
            marked
                || !nested
                    && rows > 1
                    && columns > 1
                    && (rows >= 10 || columns > 4 || rows * columns > 10)
        };
        let data = shapes.iter().enumerate().map(data).collect();
        Self { within, data }
    }

    /// Whether a table holds data and does not only place things side by side.
    pub(super) fn is_data(&self, table: Id) -> bool {
        self.data[table as usize]
    }

    /// Whether a node stands in a table that holds data.
    pub(super) fn is_inside_data(&self, id: Id) -> bool {
        let table = self.within[id as usize];
        table != NONE && self.data[table as usize]
    }
}

/// Rows of cells; none where there are too many.
pub(super) fn cells(dom: &Dom, gone: &[bool], table: Id) -> Option<Vec<Vec<String>>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut total = 0;
    let captions = dom.children(table).filter(|it| dom.name(*it) == "caption");
    // They stand over the table, not in it.
    let above: HashSet<Id> =
        captions.flat_map(|it| dom.below(it).into_iter().chain([it])).collect();
    let inside = |id: &Id| !gone[*id as usize] && !above.contains(id);
    for id in dom.below(table).into_iter().filter(inside) {
        match dom.kind(id) {
            Kind::Element(name, _) => match &**name {
                "tr" => rows.push(Vec::new()),
                "td" | "th" => rows.last_mut()?.push(String::new()),
                "br" | "p" | "div" | "li" => {
                    if let Some(cell) = rows.last_mut().and_then(|it| it.last_mut()) {
                        cell.push(' ');
                    }
                }
                "table" if id != table => return None,
                _ => {}
            },
            Kind::Text(words) => {
                total += words.len();
                let cell = rows.last_mut().and_then(|it| it.last_mut());
                match cell {
                    Some(cell) => cell.push_str(words),
                    None if words.trim().is_empty() => {}
                    None => return None,
                }
            }
            Kind::Other => {}
        }
        if total > 64 * 1024 || rows.len() > 2000 || rows.last().is_some_and(|it| it.len() > 40) {
            return None;
        }
    }
    for cell in rows.iter_mut().flatten() {
        *cell = crate::text::one_line(&crate::article::build::clean(cell));
    }
    rows.retain(|row| row.iter().any(|it| !it.is_empty()));
    (!rows.is_empty()).then_some(rows)
}
