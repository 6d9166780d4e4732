//! Lines between and behind the paragraphs that a site puts there for itself.

use std::sync::LazyLock;

use regex::Regex;

use crate::article::BlockKind;

/// What such lines begin with, in small letters; they are short or lead elsewhere. Classes of all
/// the letters that there are would take megabytes.
static BEGINNINGS: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"^[ •·–—|*►▶»→>:“\[-]{0,3}(advertisement|advertising|read (more|also|next|the full)(?-u:\b)|see also(?-u:\b)|also read(?-u:\b)|you (might|may) (also )?(like|be interested)|related( (articles?|stories|posts?|content|coverage|news|videos?|topics?|links?))? *:?$|related:|recommended( for you| reading| stories)?:?$|more (from|on|stories|in) |most (read|popular)|trending( now)?|share (this|on|via)|share:?$|follow us|follow [a-z0-9_@&.' -]{2,40} on (twitter|facebook|instagram|x)(?-u:\b)|subscribe(?-u:\b)|sign up(?-u:\b)|sign in(?-u:\b)|log in(?-u:\b)|register (now|here)|get the latest|never miss|stay (up to date|informed)|click here|download (the|our) app|photo (credit|by)(?-u:\b)|image (credit|source)s?(?-u:\b)|credits?:?$|source:?$|tags?:|topics?:|categor(y|ies) *:|filed under|copyright(?-u:\b)|©|\(c\) [0-9]{4}|all rights reserved|leave a (comment|reply)|comments? \(?[0-9]|[0-9]+ comments?$|join the (discussion|conversation)|continue reading|skip to|back to top|loading|lea (también|más|además)|lea:|le[eé] también|à lire aussi|lire aussi|lire la suite|lesen sie (auch|mehr)|mehr (zum thema|lesen)|leia (também|mais)|leggi anche|we want to hear what you think|print this|email this|check out more|donate (now|today)|(this|the) (story|article) (was|first) (originally )?(published|appeared) (by|on|in)|do you want to be informed|submit your letter|if you're seeing this message|if you’re seeing this message)";
    Regex::new(words).expect("the pattern is right")
});
/// What stands anywhere in a line about the rights to an article.
static RIGHTS: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"all rights reserved|is the copyrighted property of|may not be (published|reproduced|republished)|permission must be obtained|subscribe now to|breaking news updates download|is not responsible for the opinions|you can unsubscribe( from [a-z0-9&' -]{1,30})? at any time|unsubscribe at any time|pop your email (address )?into the box|send you a (daily |weekly )?(roundup|round-up) email|have read and agree to our (terms|privacy)";
    Regex::new(words).expect("the pattern is right")
});

/// Whether a block says nothing of the article's. `linked` is how many of its bytes are links.
pub(super) fn is_junk(kind: BlockKind, words: &str, linked: usize) -> bool {
    if matches!(kind, BlockKind::Title | BlockKind::Code | BlockKind::Quote) || words.len() > 400 {
        return false;
    }
    if !words.chars().any(char::is_alphanumeric) {
        return words.chars().count() < 3;
    }
    let leads = linked * 2 > words.len();
    let sentence = words.ends_with(['.', '”', '"']) && !leads;
    let small = words.to_lowercase();
    RIGHTS.is_match(&small)
        || BEGINNINGS.is_match(&small)
            && (leads || words.len() < 120 && !sentence || words.len() < 40)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, linked: bool, junk: bool) {
        let linked = if linked { words.len() } else { 0 };
        assert_eq!(is_junk(BlockKind::Paragraph, words, linked), junk, "{words}");
    }

    #[test]
    fn a_sites_own_lines_are_told() {
        check("Advertisement", false, true);
        check("Read more: The harbour wall that nobody wanted", true, true);
        check("Related articles", false, true);
        check("© 2024 The Aldern Gazette. All rights reserved.", false, true);
        check("Share this", false, true);
        check("Donate now", true, true);
        check("Check out more stories of the coast", true, true);
        check(
            "Every day we write to you, and you can unsubscribe from this letter at any time.",
            false,
            true,
        );
        check("Follow the Gazette on Twitter", false, true);
    }

    #[test]
    fn sentences_stay() {
        check("Read more books, said the teacher, and you will need fewer of mine.", false, false);
        check("Related to the mayor by marriage, she kept out of the vote.", false, false);
        check(
            "Subscribers to the ferry's season ticket have waited since May for their money.",
            false,
            false,
        );
        check("The harbour is closed.", false, false);
        check("Share prices fell on Friday, the third day in a row.", false, false);
    }
}
