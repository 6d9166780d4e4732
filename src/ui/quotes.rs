//! Draws the rows of the quotes: the first words, who said them and, below the selected one, how
//! that is known.

use super::panel::Pen;
use super::theme::{Role, of_entity, of_quote};
use crate::annot::{Annotation, Quote};
use crate::app::rows::{Heading, speaker_name};

/// From this width on, a row has a column for the speaker.
const SPEAKERS_FROM: u16 = 24;

pub(super) fn draw(pen: &mut Pen<'_>, it: &Annotation) {
    let Some(quote) = it.quote() else { return };
    let (view, role) = (pen.view, of_quote(quote.form));
    pen.text(view.theme.glyph(role).unwrap_or(" "), 1, role);
    // A quote that goes on with another one has its dots before it.
    let goes_on = if quote.continues.is_some() { view.theme.signs.ellipsis } else { " " };
    pen.text(pen.looked_at(it).unwrap_or(goes_on), 1, Role::RowMuted);

    let name = speaker_name(view.store, quote).unwrap_or_default();
    // Where nobody is named, or a heading names the speaker, the words take the room.
    let without = name.is_empty() || view.rows.has_headings() || pen.width() < SPEAKERS_FROM;
    let speaker = if without { 0 } else { (pen.width() / 3).min(20) };
    let words = pen.room().saturating_sub(speaker + u16::from(speaker > 0));
    pen.passage(quote.outer, words, role);
    if speaker > 0 {
        pen.skip(1);
        pen.text(name, speaker, role_of_speaker(pen, quote));
    }
    if pen.has_more() {
        details(pen, it, quote);
    }
}

/// The role of a speaker: that of the entity's kind, or none of a name's.
fn role_of_speaker(pen: &Pen<'_>, quote: &Quote) -> Role {
    let entity = quote.speaker.as_ref().and_then(|it| it.entity);
    let entity = entity.and_then(|id| pen.view.store.entity(id));
    entity.map_or(Role::RowMuted, |it| of_entity(it.kind))
}

fn details(pen: &mut Pen<'_>, it: &Annotation, quote: &Quote) {
    let text = &pen.view.article.text;
    if let (Some(name), Some(speaker)) = (speaker_name(pen.view.store, quote), &quote.speaker) {
        pen.next_line();
        let role = role_of_speaker(pen, quote);
        pen.rest(name, role);
        let written = speaker.range.of(text);
        if !written.contains(name) && !written.is_empty() {
            pen.skip(1);
            pen.rest("(", Role::RowMuted);
            pen.text(written, pen.room().saturating_sub(1), Role::RowMuted);
            pen.rest(")", Role::RowMuted);
        }
    }
    pen.marks(it);
    let cue = quote.cue.map(|it| it.of(text)).filter(|it| !it.is_empty());
    let form = quote.form.name();
    let more = cue.map_or_else(|| form.to_owned(), |cue| format!("{form}, “{cue}”"));
    pen.reason(it, &more);
}

pub(super) fn draw_heading(pen: &mut Pen<'_>, heading: Heading) {
    let store = pen.view.store;
    let (name, count) = match heading {
        Heading::Speaker { quote, count } => {
            let quote = store.annotations().get(quote as usize).and_then(Annotation::quote);
            (quote.and_then(|it| speaker_name(store, it)).unwrap_or_default(), count)
        }
        Heading::NoSpeaker(count) => ("No speaker named", count),
        _ => return,
    };
    let count = format!(" {count}");
    let room = pen.room().saturating_sub(crate::text::offset(count.len()).try_into().unwrap_or(0));
    pen.text(name, room, Role::RowHeading);
    pen.rest(&count, Role::RowMuted);
}
