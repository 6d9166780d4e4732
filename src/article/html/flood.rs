//! Tags with more attributes than anybody writes.
//!
//! The tokenizer compares every attribute with all before it, so that a tag of 20 MB would take
//! hours. What stands behind the first few hundred is left out before it gets there.

/// The most gaps between the attributes of a tag.
const MOST: usize = 256;

/// The page in pieces, without the ends of endless tags.
pub(super) fn cut(page: &str) -> Vec<&str> {
    let bytes = page.as_bytes();
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]) {
        at += open + 1;
        let signs = bytes[at..].iter().take_while(|it| **it == b'<').count();
        if signs > MOST {
            // Each of them is a mistake of its own to the tokenizer.
            pieces.extend(page.get(from..at));
            (from, at) = (at + signs - 1, at + signs - 1);
            continue;
        }
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            at += signs.saturating_sub(1);
            continue;
        }
        if let Err(flood) = tag_end(bytes, at) {
            // Whatever is meant as the end of the tag stays.
            let end = memchr::memchr2(b'<', b'>', &bytes[flood..]);
            let end = end.map_or(bytes.len(), |it| flood + it);
            pieces.extend(page.get(from..flood));
            (from, at) = (end, end);
        }
    }
    pieces.extend(page.get(from..));
    pieces
}

/// Looks through a tag; the place of the first attribute too many, where there is one.
fn tag_end(bytes: &[u8], start: usize) -> Result<(), usize> {
    let mut gaps = 0;
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' | b'<' => return Ok(()),
            b'=' => {
                let value = &bytes[at + 1..];
                let blank = value.iter().take_while(|it| it.is_ascii_whitespace()).count();
                if let Some(quote @ (b'"' | b'\'')) = value.get(blank)
                    && let Some(end) = memchr::memchr(*quote, &value[blank + 1..])
                {
                    at += blank + end + 2;
                }
            }
            b'/' => gaps += 1,
            _ if byte.is_ascii_whitespace() => gaps += 1,
            _ => {}
        }
        if gaps > MOST {
            return Err(at);
        }
        at += 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_floods_are_cut() {
        let page = r#"<p class="a b" title='<'>One</p> a < b <img alt="x > y">"#;
        assert_eq!(cut(page), [page]);
        let long = format!("<p {}>One</p>", "a".repeat(9000));
        assert_eq!(cut(&long), [long.as_str()]);
        let words = format!("<img alt=\"{}\">One", "word ".repeat(9000));
        assert_eq!(cut(&words), [words.as_str()]);
        assert_eq!(cut(&format!("a{}b", "<".repeat(9000))).concat(), "a<<b");
        assert_eq!(cut("a<<<b <<p>c").concat(), "a<<<b <<p>c");
        let flood = format!("<p {}>One</p>", "a ".repeat(9000));
        assert_eq!(cut(&flood).concat(), format!("<p {}>One</p>", "a ".repeat(256).trim_end()));
    }
}
