//! An `[[annotation]]` of a file: what it says, before it has a place in a text.

use std::borrow::Cow;
use std::collections::HashMap;

use super::fields::{Fields, Read};
use crate::annot::{
    AnnotationId, Extra, Form, Kind, Origin, Review, Selector, Time, TimexType, Was,
};
use crate::export::known;

/// An annotation with its places in code points and its entities as indexes into the file's.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::export) struct Noted {
    pub(in crate::export) id: AnnotationId,
    /// Where it stands; of a lost one, where it stood.
    pub(in crate::export) selector: Selector,
    pub(in crate::export) part: Part,
    pub(in crate::export) origin: Origin,
    pub(in crate::export) review: Review,
    pub(in crate::export) confidence: f32,
    pub(in crate::export) extra: Extra,
}

/// What it is.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::export) enum Part {
    Quote(Box<Said>),
    Mention(usize),
    Time(Box<Time>),
    Highlight,
}

/// Somebody's words.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::export) struct Said {
    pub(in crate::export) form: Form,
    pub(in crate::export) speaker: Option<Named>,
    pub(in crate::export) cue: Option<Words>,
    pub(in crate::export) continues: Option<AnnotationId>,
    /// The place with the quotation marks, where there are any.
    pub(in crate::export) marks: Option<[u32; 2]>,
}

/// Who said them.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::export) struct Named {
    pub(in crate::export) entity: Option<usize>,
    pub(in crate::export) name: String,
    /// The words beside the quote; none where no words say it.
    pub(in crate::export) words: Option<Words>,
}

/// Some words near a quote.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::export) struct Words {
    pub(in crate::export) exact: String,
    /// Where they stand, if the file says so.
    pub(in crate::export) place: Option<[u32; 2]>,
}

impl Noted {
    pub(in crate::export) fn said(&self) -> Option<&Said> {
        match &self.part {
            Part::Quote(said) => Some(said),
            Part::Mention(_) | Part::Time(_) | Part::Highlight => None,
        }
    }

    /// Whether it is a detector's, and nobody has looked at it.
    pub(in crate::export) fn is_only_proposed(&self) -> bool {
        let found = matches!(self.origin, Origin::Detector { .. });
        found && self.review == Review::Proposed && self.extra.is_empty()
    }

    pub(in crate::export) fn is_lost(&self) -> bool {
        self.extra.was.as_ref().is_some_and(|was| was.lost)
    }
}

/// What must be known of the file to read its annotations.
pub(super) struct Reader<'a> {
    pub(super) entities: &'a HashMap<AnnotationId, usize>,
    pub(super) characters: Option<u32>,
}

#[derive(Clone, Copy)]
enum Maker {
    Reader,
    Detector,
}

impl Maker {
    fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Detector => "detector",
        }
    }
}

impl Reader<'_> {
    pub(super) fn annotation(&self, it: &Fields<'_>) -> Read<Noted> {
        let id = it.need("id", it.id("id")?)?;
        let kind = it.need("kind", it.choice("kind", &Kind::ALL, Kind::name)?)?;
        let lost = it.truth("lost")?.unwrap_or_default();
        let selector = self.selector(it, lost)?;
        let was = was(it, lost, &selector)?;
        let makers = [Maker::Reader, Maker::Detector];
        let (origin, confidence) =
            match it.need("origin", it.choice("origin", &makers, Maker::name)?)? {
                Maker::Reader => (Origin::Reader, 1.0),
                Maker::Detector => (
                    Origin::Detector { rule: Cow::Owned(it.owned("rule")?.unwrap_or_default()) },
                    it.share("confidence")?.unwrap_or(1.0),
                ),
            };
        let found = matches!(origin, Origin::Detector { .. });
        let extra = Extra {
            tags: it.tags()?,
            note: it.owned("note")?.unwrap_or_default(),
            colour: it.owned("colour")?,
            created: it.moment("created")?,
            modified: it.moment("modified")?,
            was,
            other: it.others(|key| known::in_annotation(key, kind, found))?,
        };
        let review = it.need("review", it.choice("review", &Review::ALL, Review::name)?)?;
        let part = match kind {
            Kind::Quote => Part::Quote(Box::new(self.said(it, lost)?)),
            Kind::Mention => Part::Mention(it.need("entity", self.entity(it, "entity")?)?),
            Kind::Time => Part::Time(Box::new(time(it)?)),
            Kind::Highlight => Part::Highlight,
        };
        Ok(Noted { id, selector, part, origin, review, confidence, extra })
    }

    fn selector(&self, it: &Fields<'_>, lost: bool) -> Read<Selector> {
        let selector = Selector {
            start: it.need("start", it.number("start")?)?,
            end: it.need("end", it.number("end")?)?,
            exact: it.need("exact", it.owned("exact")?)?,
            prefix: it.owned("prefix")?.unwrap_or_default(),
            suffix: it.owned("suffix")?.unwrap_or_default(),
        };
        let Selector { start, end, exact, .. } = &selector;
        if start > end {
            return Err(it.fault("end", "stands before `start`"));
        }
        // A lost one has its place in a text that the file does not describe.
        if !lost {
            self.within(it, "end", *end)?;
            let count = exact.chars().count();
            if count != (end - start) as usize {
                let what = format!(
                    "has {count} code points, and from `start` to `end` there are {}",
                    end - start
                );
                return Err(it.fault("exact", &what));
            }
        }
        Ok(selector)
    }

    fn within(&self, it: &Fields<'_>, key: &str, end: u32) -> Read<()> {
        match self.characters {
            Some(all) if end > all => {
                let what = format!("goes to {end}, and the text has {all} code points");
                Err(it.fault(key, &what))
            }
            _ => Ok(()),
        }
    }

    fn places(&self, it: &Fields<'_>, key: &str, lost: bool) -> Read<Option<[u32; 2]>> {
        let places = it.places(key)?;
        if let Some([_, end]) = places.filter(|_| !lost) {
            self.within(it, key, end)?;
        }
        Ok(places)
    }

    fn said(&self, it: &Fields<'_>, lost: bool) -> Read<Said> {
        let words = |key: &str, place: &str| -> Read<Option<Words>> {
            let place = self.places(it, place, lost)?;
            Ok(it.owned(key)?.map(|exact| Words { exact, place }))
        };
        let (entity, name) = (self.entity(it, "speaker")?, it.owned("speaker_name")?);
        let spoken = words("speaker_words", "speaker_place")?;
        let named = entity.is_some() || name.is_some() || spoken.is_some();
        let speaker = named.then(|| Named {
            entity,
            name: name.or(spoken.as_ref().map(|it| it.exact.clone())).unwrap_or_default(),
            words: spoken,
        });
        Ok(Said {
            form: it.need("form", it.choice("form", &Form::ALL, Form::name)?)?,
            speaker,
            cue: words("cue", "cue_place")?,
            continues: it.id("continues")?,
            marks: self.places(it, "marks_place", lost)?,
        })
    }

    fn entity(&self, it: &Fields<'_>, key: &str) -> Read<Option<usize>> {
        let Some(id) = it.id(key)? else { return Ok(None) };
        let known = self.entities.get(&id).copied();
        known.map(Some).ok_or_else(|| it.fault(key, &format!("names no entity of this file: {id}")))
    }
}

/// What it was made on, where the text has changed.
fn was(it: &Fields<'_>, lost: bool, selector: &Selector) -> Read<Option<Box<Was>>> {
    let exact = it.owned("was")?;
    let place = it.places("was_place")?;
    let (prefix, suffix) = (it.owned("was_prefix")?, it.owned("was_suffix")?);
    let Some(exact) = exact else {
        for key in ["was_place", "was_prefix", "was_suffix"] {
            if it.has(key) {
                return Err(it.fault(key, "goes with `was`, which is missing"));
            }
        }
        let selector = || Box::new(Was { lost: true, selector: selector.clone(), beside: None });
        return Ok(lost.then(selector));
    };
    if lost {
        return Err(it.fault("was", "says of a lost annotation what `exact` says"));
    }
    let [start, end] = it.need("was_place", place)?;
    let (prefix, suffix) = (prefix.unwrap_or_default(), suffix.unwrap_or_default());
    let selector = Selector { start, end, exact, prefix, suffix };
    Ok(Some(Box::new(Was { lost, selector, beside: None })))
}

fn time(it: &Fields<'_>) -> Read<Time> {
    // The event follows from the text and the mentions; it need only be well formed.
    it.words("event")?;
    it.places("event_place")?;
    it.list("who")?;
    Ok(Time {
        kind: it.need("type", it.choice("type", &TimexType::ALL, TimexType::name)?)?,
        value: it.need("value", it.words("value")?)?.into(),
        inferred: it.truth("inferred")?.unwrap_or_default(),
        modifier: it.choice("mod", &Time::MODIFIERS, |it| it)?,
    })
}
