//! Links: which one is meant, and whether it may be opened.

use super::{Effect, Model};
use crate::article::Link;

/// Opens the link under the cursor, or else the page that the article is from.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let meta = &model.article.meta;
    let own = [Some(&meta.source), meta.canonical.as_ref()];
    let own = || own.into_iter().flatten().find(|it| is_page(it)).cloned();
    let link = at(&model.article.links, model.reader.cursor).map(|it| it.target.clone());
    let Some(target) = link.or_else(own) else {
        model.complain("there is no link here, and the article is from no page");
        return Vec::new();
    };
    if !is_page(&target) {
        let target: String = target.chars().take(80).collect();
        let target = crate::text::glyphs::visible(&target).into_owned();
        model.complain(format!("{target} is no page on the web, and is not opened"));
        return Vec::new();
    }
    model.say(format!("opening {target}"));
    vec![Effect::Browse(target)]
}

/// The innermost link around a place.
fn at(links: &[Link], place: u32) -> Option<&Link> {
    links.iter().filter(|it| it.range.contains(place)).min_by_key(|it| it.range.len())
}

/// Whether a browser is asked for this: what runs a script or shows a file of this computer is not
/// for a stranger's text to choose.
fn is_page(target: &str) -> bool {
    let begins =
        |scheme: &str| target.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
    let written = target.chars().all(|it| !it.is_control() && !it.is_whitespace());
    (begins("http://") || begins("https://")) && written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextRange;

    #[test]
    fn only_pages_are_opened() {
        for page in ["http://example.org/", "HTTPS://example.org/a?b#c"] {
            assert!(is_page(page), "{page}");
        }
        for other in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "mailto:a@example.org",
            "-version",
            "https://example.org/\n--x",
            "https://a b",
            "part.html",
            "",
            "http:/é",
        ] {
            assert!(!is_page(other), "{other}");
        }
    }

    #[test]
    fn the_innermost_link_is_meant() {
        let link = |start, end, target: &str| Link {
            range: TextRange::new(start, end),
            target: target.to_owned(),
        };
        let links = [link(0, 9, "a"), link(2, 5, "b")];
        let found = |place| at(&links, place).map(|it| it.target.as_str());
        assert_eq!((found(1), found(3), found(9)), (Some("a"), Some("b"), None));
    }
}
