//! What a panel lists and what it leaves out.

use super::Panel;
use crate::annot::{Annotation, EntityKind, Form, Review};

/// What the three panels list, as the filter menu switches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filters {
    /// The forms of quote that are listed, in the order of [`FORMS`].
    pub forms: [bool; 4],
    /// Whether only quotes with a speaker are listed.
    pub only_with_speaker: bool,
    /// Whether quotes stand under the names of their speakers.
    pub grouped: bool,
    /// The kinds of entity that are listed, in the order of [`EntityKind::ALL`].
    pub kinds: [bool; 3],
    /// Whether times without a place on the calendar are listed: lengths, repeated and vague times.
    pub undated: bool,
}

/// The forms of quote in the order of the filter menu.
pub const FORMS: [Form; 4] = [Form::Direct, Form::Partial, Form::Scare, Form::Block];

impl Default for Filters {
    /// Everything, in the order of the text.
    fn default() -> Self {
        let (forms, kinds) = ([true; 4], [true; 3]);
        Self { forms, only_with_speaker: false, grouped: false, kinds, undated: true }
    }
}

/// An entry of the filter menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Toggle<'l> {
    /// What is switched.
    pub label: &'l str,
    /// Whether it is on.
    pub on: bool,
}

impl Filters {
    /// The entries of a panel's filter menu.
    pub fn toggles(&self, panel: Panel) -> Vec<Toggle<'static>> {
        let labels: &[&str] = match panel {
            Panel::Quotes => &[
                "direct quotes",
                "partial quotes",
                "scare quotes",
                "block quotes",
                "only with a speaker",
                "grouped by speaker",
            ],
            Panel::Entities => &["people", "places", "organisations"],
            Panel::Timeline => &["lengths, repeated and vague times"],
        };
        // The switches are looked up where they are flipped, so that the two cannot disagree.
        let mut own = self.clone();
        let toggle = |(at, label)| own.switch(panel, at).map(|on| Toggle { label, on: *on });
        labels.iter().copied().enumerate().filter_map(toggle).collect()
    }

    /// Switches the entry `index` of a panel's menu.
    pub fn flip(&mut self, panel: Panel, index: usize) {
        if let Some(on) = self.switch(panel, index) {
            *on = !*on;
        }
    }

    fn switch(&mut self, panel: Panel, index: usize) -> Option<&mut bool> {
        match (panel, index) {
            (Panel::Quotes, 4) => Some(&mut self.only_with_speaker),
            (Panel::Quotes, 5) => Some(&mut self.grouped),
            (Panel::Quotes, form) => self.forms.get_mut(form),
            (Panel::Entities, kind) => self.kinds.get_mut(kind),
            (Panel::Timeline, 0) => Some(&mut self.undated),
            (Panel::Timeline, _) => None,
        }
    }

    /// Whether a quote is listed.
    pub(super) fn keeps_quote(&self, it: &Annotation) -> bool {
        let Some(quote) = it.quote().filter(|_| it.review != Review::Rejected) else {
            return false;
        };
        self.forms[quote.form as usize] && (quote.speaker.is_some() || !self.only_with_speaker)
    }

    /// Whether entities of this kind are listed.
    pub(super) fn keeps_kind(&self, kind: EntityKind) -> bool {
        self.kinds[kind as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_switches_one_thing_and_back() {
        for panel in Panel::ALL {
            let mut filters = Filters::default();
            let before = filters.toggles(panel);
            assert!(!before.is_empty());
            for at in 0..before.len() {
                filters.flip(panel, at);
                let after = filters.toggles(panel);
                for (place, (one, other)) in before.iter().zip(&after).enumerate() {
                    assert_eq!(one.on != other.on, place == at, "{panel:?} {}", one.label);
                }
                filters.flip(panel, at);
            }
            filters.flip(panel, before.len());
            assert_eq!(filters, Filters::default());
        }
        for (at, form) in FORMS.into_iter().enumerate() {
            assert_eq!(form as usize, at);
        }
        for (at, kind) in EntityKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, at);
        }
    }
}
