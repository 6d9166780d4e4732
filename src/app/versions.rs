//! Other versions of the open article: the whole page, or the article as it is by now, and the
//! list of what has changed.

use super::layout::Focus;
use super::lists::List;
use super::{Effect, Mode, Model, moves, orders, panels, resume};
use crate::article::{Extract, Kind};
use crate::detect::versions::{Difference, What};
use crate::input::Key;

/// Shows the whole page instead of the article, or the article again.
pub(super) fn whole_page(model: &mut Model) -> Vec<Effect> {
    if model.article.kind != Kind::Html {
        model.complain("this is no web page; all of it is shown");
        return Vec::new();
    }
    vec![Effect::Extract(match model.article.extract {
        Extract::Main => Extract::Whole,
        Extract::Whole => Extract::Main,
    })]
}

/// Reads the article anew from where it is.
pub(super) fn refresh(model: &mut Model) -> Vec<Effect> {
    match model.article.meta.source.as_str() {
        "-" => model.complain("standard input cannot be read a second time"),
        "sample" => model.complain("the sample never changes; :open opens another article"),
        _ => return vec![Effect::Refresh],
    }
    Vec::new()
}

/// Takes over what belongs to the reader rather than to a version of the text.
pub fn carry(from: &mut Model, to: &mut Model) {
    super::shelf::carry(from, to);
    resume::carry(from, to);
    to.searches = std::mem::take(&mut from.searches);
    to.orders = std::mem::take(&mut from.orders);
    to.known_tags = std::mem::take(&mut from.known_tags);
    to.differences = std::mem::take(&mut from.differences);
}

/// What has changed, in numbers: "sentences: 2 changed, 1 new, 3 gone"; nothing where nothing has.
pub fn counted(differences: &[Difference]) -> Option<String> {
    let counts = [(What::Changed, "changed"), (What::Added, "new"), (What::Removed, "gone")];
    let count = |what| differences.iter().filter(|it| it.what == what).count();
    let counts = counts.into_iter().map(|(what, word)| (count(what), word));
    let parts: Vec<String> =
        counts.filter(|it| it.0 > 0).map(|(count, word)| format!("{count} {word}")).collect();
    (!parts.is_empty()).then(|| format!("sentences: {}", parts.join(", ")))
}

/// Opens the list of what a refresh has changed.
pub(super) fn open_differences(model: &mut Model) {
    if model.differences.is_empty() {
        model.say("no refresh has changed anything; :refresh reads the article anew");
        return;
    }
    let here = model.reader.cursor;
    let before = model.differences.iter().take_while(|it| it.place <= here).count();
    model.mode = Mode::Differences(List { selected: before.saturating_sub(1), top: 0 });
}

/// A key in that list.
pub(super) fn press(model: &mut Model, key: Key) {
    let page = i64::from(model.screen.1 / 2).max(1);
    let Mode::Differences(list) = &mut model.mode else { return };
    match orders::in_list(key, page) {
        orders::InList::By(by) => list.step(by, model.differences.len()),
        orders::InList::Take => {
            let place = model.differences.get(list.selected).map(|it| it.place);
            model.mode = Mode::Normal;
            if let Some(place) = place {
                panels::focus(model, Focus::Article);
                let end = super::motion::last_place(&model.article);
                moves::far(model, place.min(end));
            }
        }
        orders::InList::Leave => model.mode = Mode::Normal,
        orders::InList::Other => {}
    }
}
