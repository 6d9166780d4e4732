//! What names of classes and elements tell.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

/// Names are compared in small letters: patterns that know capitals as well, and all of Unicode, would
/// take megabytes.
fn pattern(words: &str) -> Regex {
    RegexBuilder::new(words).unicode(false).build().expect("the pattern is right")
}

/// Names of what stands beside an article.
static UNLIKELY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "-ad-|ai2html|banner|breadcrumb|combx|comment|community|cover-wrap|disqus|extra|footer|\
         gdpr|header|legends|menu|related|remark|replies|rss|shoutbox|sidebar|skyscraper|social|\
         sponsor|supplemental|ad-break|agegate|pagination|pager|popup|yom-remote|newsletter|\
         cookie|consent|promo|paywall|subscribe|signup|recommend|trending|most-read|mostread|\
         author-bio|authorbox|author-box|tag-list|taglist|share|navbar|breadcrumb",
    )
});
/// Names that an article may have all the same.
static MAYBE: LazyLock<Regex> = LazyLock::new(|| {
    pattern("and|article|body|column|content|main|mathjax|shadow|story|entry|post[-_]?text")
});
static GOOD: LazyLock<Regex> = LazyLock::new(|| {
    pattern("article|body|content|entry|hentry|h-entry|main|page|pagination|post|text|blog|story")
});
static BAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "-ad-|hidden|^hid$| hid$| hid |^hid |banner|combx|comment|com-|contact|footer|gdpr|\
         masthead|media|meta|outbrain|promo|related|scroll|share|shoutbox|sidebar|skyscraper|\
         sponsor|shopping|tags|widget",
    )
});
/// Names of what stands in an article without being read: certain, whatever else they say.
static NEVER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(^|[\\s_-])(share|sharing|sharedaddy|social|addthis|addtoany|newsletter|subscribe|\
         signup|related|outbrain|taboola|advert|advertisement|adsbygoogle|cookie|breadcrumbs?|\
         comments?|comment-?list|respond|disqus|pagination|screen-reader-text|sr-only|\
         visually-?hidden|noprint|print-hidden|mw-editsection|mw-jump-link|navbox|catlinks|\
         printfooter|tag-?links|post-?tags|entry-?tags|tags-?links|toolbar|skip-?link|\
         read-?more|see-?also|jp-relatedposts|wp-block-buttons|recirc|promo|most-?popular|\
         most-?read|trending|paywall|author-?bio|about-?author|authorbox|author-?box|\
         post-?meta|entry-?meta|byline|post-?navigation|nav-?links|post-?nav|\
         article-?tags|article-?footer|entry-?footer|post-?footer|topics?-?list)([\\s_-]|$)",
    )
});
static SIGNED: LazyLock<Regex> =
    LazyLock::new(|| pattern("byline|author|dateline|writtenby|p-author"));

/// Whether a name is that of something beside the article.
pub(super) fn is_unlikely(name: &str) -> bool {
    let name = &name.to_ascii_lowercase();
    UNLIKELY.is_match(name) && !MAYBE.is_match(name)
}

/// Whether a name is that of something in the article that is no part of its words.
pub(super) fn is_never(name: &str) -> bool {
    let name = &name.to_ascii_lowercase();
    NEVER.is_match(name)
}

/// Whether a name says who wrote the article.
pub(super) fn is_signature(name: &str) -> bool {
    let name = &name.to_ascii_lowercase();
    SIGNED.is_match(name)
}

/// How much a name speaks for an element.
pub(super) fn weight(name: &str) -> f32 {
    let name = &name.to_ascii_lowercase();
    let mut weight = 0.0;
    if BAD.is_match(name) {
        weight -= 25.0;
    }
    if GOOD.is_match(name) {
        weight += 25.0;
    }
    weight
}

/// Elements that are never read.
pub(super) const SILENT: [&str; 25] = [
    "script", "style", "template", "iframe", "object", "embed", "applet", "canvas", "svg", "input",
    "select", "button", "textarea", "option", "datalist", "meter", "progress", "dialog", "link",
    "meta", "title", "audio", "video", "map", "frame",
];

/// Elements that name what follows.
pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt")
}

/// Elements that begin on a line of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "head"
            | "search"
            | "frameset"
            | "noframes"
            | "optgroup"
            | "listing"
            | "xmp"
            | "plaintext"
    )
}
