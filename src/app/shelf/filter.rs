//! What the list shows and what it leaves out.

use super::ShelfRow;
use crate::app::rows::Toggle;

/// What is listed, as the menu switches it. With nothing on it is everything but the trash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    on: [bool; LABELS.len()],
    /// Only articles with all of these tags.
    pub tags: Vec<String>,
}

/// The switches of the menu; the tags stand below them.
const LABELS: [&str; 7] = [
    "unread",
    "in progress",
    "read to the end",
    "with marks",
    "with something to review",
    "with lost marks",
    "in the trash",
];

impl Filters {
    /// The entries of the menu, given all tags.
    pub(super) fn toggles<'t>(&self, tags: &'t [String]) -> Vec<Toggle<'t>> {
        let own = LABELS.into_iter().zip(self.on).map(|(label, on)| Toggle { label, on });
        let tags = tags.iter().map(|tag| {
            let on = self.tags.iter().any(|it| tag.strip_prefix('#') == Some(it));
            Toggle { label: tag.as_str(), on }
        });
        own.chain(tags).collect()
    }

    /// Flips an entry of the menu.
    pub(super) fn flip(&mut self, at: usize, tags: &[String]) {
        if let Some(on) = self.on.get_mut(at) {
            *on = !*on;
            return;
        }
        let tag = tags.get(at - LABELS.len()).and_then(|it| it.strip_prefix('#'));
        let Some(tag) = tag else { return };
        match self.tags.iter().position(|it| it == tag) {
            Some(at) => _ = self.tags.remove(at),
            None => self.tags.push(tag.to_owned()),
        }
    }

    /// Whether a row is listed.
    pub fn passes(&self, row: &ShelfRow) -> bool {
        let [unread, begun, finished, marks, unreviewed, lost, trash] = self.on;
        // These three exclude each other, so several of them list what is any of them.
        let read = match row.progress {
            0 => unread,
            1..100 => begun,
            100.. => finished,
        };
        (read || !(unread || begun || finished))
            && row.trashed == trash
            && (!marks || row.marks > 0)
            && (!unreviewed || row.unreviewed > 0)
            && (!lost || row.lost > 0)
            && self.tags.iter().all(|tag| row.tags.contains(tag))
    }

    /// Whether the list is of what is in the trash.
    pub fn is_of_trash(&self) -> bool {
        self.on[LABELS.len() - 1]
    }

    /// What is switched on, in words; empty where nothing is.
    pub fn said(&self) -> String {
        let own = LABELS.into_iter().zip(self.on).filter(|(_, on)| *on);
        let own = own.map(|(label, _)| label.to_owned());
        let tags = self.tags.iter().map(|tag| format!("#{tag}"));
        own.chain(tags).collect::<Vec<_>>().join(", ")
    }
}
