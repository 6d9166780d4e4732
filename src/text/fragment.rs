//! Links that lead to a passage of a web page: text fragments
//! (WICG, URL Fragment Text Directives, 2024).

use std::fmt::Write;

/// Longer passages are named by their first and last words, in words each.
const WHOLE: usize = 12;
const ENDS: usize = 5;

/// The address of a page with the directive that shows these words on it:
/// `https://example.org/a#:~:text=first,last`. A fragment that is there already stays.
pub fn link_to(address: &str, words: &str) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    if all.is_empty() {
        return address.to_owned();
    }
    let mut link = address.to_owned();
    link.push_str(if address.contains('#') { ":~:text=" } else { "#:~:text=" });
    if all.len() <= WHOLE {
        add(&mut link, &all);
    } else {
        add(&mut link, &all[..ENDS]);
        link.push(',');
        add(&mut link, &all[all.len() - ENDS..]);
    }
    link
}

/// Adds words between blanks, in percent encoding but for letters and digits; `-`, `,` and `&`
/// mean something in a directive.
fn add(link: &mut String, words: &[&str]) {
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            link.push_str("%20");
        }
        for byte in word.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
                link.push(char::from(byte));
            } else {
                write!(link, "%{byte:02X}").expect("a string takes everything");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_a_directive() {
        let check = |address: &str, words: &str, link: &str| {
            assert_eq!(link_to(address, words), link);
        };
        let page = "https://example.org/a?b=1";
        check(page, "We  will\nnot go", "https://example.org/a?b=1#:~:text=We%20will%20not%20go");
        check(
            page,
            "so-called, “A&B”",
            "https://example.org/a?b=1#:~:text=so%2Dcalled%2C%20%E2%80%9CA%26B%E2%80%9D",
        );
        check("https://example.org/#top", "x", "https://example.org/#top:~:text=x");
        check(page, " ", page);
        let long = (1..=20).map(|it| it.to_string()).collect::<Vec<_>>().join(" ");
        check("u", &long, "u#:~:text=1%202%203%204%205,16%2017%2018%2019%2020");
    }
}
