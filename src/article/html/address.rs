//! Addresses of links as full addresses.

/// An address as seen from the page `base`; as it is where there is nothing to add.
pub(super) fn absolute(base: Option<&str>, target: &str) -> String {
    let target = target.trim();
    let Some(base) = base else { return target.to_owned() };
    if has_scheme(target) {
        return target.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else { return target.to_owned() };
    if let Some(host) = target.strip_prefix("//") {
        return format!("{scheme}://{host}");
    }
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if target.starts_with(['#', '?']) {
        return format!("{scheme}://{host}/{path}{target}");
    }
    let (target, behind) = target.split_at(target.find(['?', '#']).unwrap_or(target.len()));
    let folder = path.rsplit_once('/').map_or("", |it| it.0);
    let all = match target.strip_prefix('/') {
        Some(target) => target.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in all.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            "" if parts.is_empty() => {}
            part => parts.push(part),
        }
    }
    format!("{scheme}://{host}/{}{behind}", parts.join("/"))
}

fn has_scheme(target: &str) -> bool {
    let Some((scheme, _)) = target.split_once(':') else { return false };
    scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(target: &str, full: &str) {
        assert_eq!(absolute(Some("https://example.org/a/b.html?x=1#y"), target), full);
    }

    #[test]
    fn addresses_are_completed() {
        check("c.html", "https://example.org/a/c.html");
        check("../c.html?d=e/f", "https://example.org/c.html?d=e/f");
        check("../../../c", "https://example.org/c");
        check("/c", "https://example.org/c");
        check("//other.example/c", "https://other.example/c");
        check("#part", "https://example.org/a/b.html#part");
        check("http://other.example/", "http://other.example/");
        check("javascript:alert(1)", "javascript:alert(1)");
        check("mailto:a@example.org", "mailto:a@example.org");
        assert_eq!(absolute(None, "c.html"), "c.html");
    }
}
