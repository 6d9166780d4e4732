//! Names in a byline: "By Jane Doe, Political Editor, and John Roe in Paris".

/// The authors of a byline and what stands behind their names; none where the line is no byline.
pub(super) fn authors(words: &str) -> Option<(Vec<String>, &str)> {
    let names = names(words)?;
    let end = names.find(['|', '•', '·', '\t', '–', '—', '(', '\n', '\r']).unwrap_or(names.len());
    let (list, behind) = names.split_at_checked(end)?;
    let mut authors = Vec::new();
    // Where the first name ends in words that are no name, so does the list.
    for (count, part) in parts(list).into_iter().enumerate() {
        match name(part) {
            Some(name) => authors.push(name),
            None if count == 0 => return None,
            None if is_role(part) || part.bytes().any(|byte| byte.is_ascii_digit()) => {}
            None => {
                return (part.split_whitespace().count() <= 4 && !part.ends_with('.'))
                    .then_some((authors, names));
            }
        }
    }
    Some((authors, if behind.is_empty() { names } else { behind }))
}

/// What stands behind "By" and its like.
fn names(words: &str) -> Option<&str> {
    let beginnings = [
        "by ",
        "by: ",
        "written by ",
        "words by ",
        "text by ",
        "story by ",
        "report by ",
        "reporting by ",
        "reported by ",
        "author: ",
        "authors: ",
        "words: ",
        "byline: ",
    ];
    beginnings.iter().find_map(|beginning| {
        let (first, rest) = words.split_at_checked(beginning.len())?;
        first.eq_ignore_ascii_case(beginning).then(|| rest.trim())
    })
}

/// Pieces between commas, "and" and "&".
fn parts(list: &str) -> Vec<&str> {
    let pieces = list.split([',', ';', '&', '/']);
    let and = |piece| str::split(piece, " and ").flat_map(|piece| piece.split(" AND "));
    pieces
        .flat_map(and)
        .map(|part| part.trim().trim_start_matches("and ").trim())
        .filter(|part| !part.is_empty())
        .collect()
}

/// Words that begin what a person is, or where.
const ROLES: &str = "editor correspondent reporter writer columnist chief bureau staff political senior deputy \
    associate contributing special science business foreign diplomatic economics culture sports sport news \
    political environment health education associated agencies producer analyst professor journalist \
    photographer freelance guest contributor desk team";
/// Small words inside names.
const PARTICLES: &str = "de da di do du dos das del della den der des la le van von vom zu zur ter ten te y e el \
    al bin ibn ben bint af av";
/// Capitalised words that begin no name.
const NO_NAMES: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april \
    june july august september october november december this that these those then when now all any our \
    its his her their my your far contrast comparison law default";

fn is_one_of(word: &str, words: &str) -> bool {
    words.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word))
}

fn is_role(part: &str) -> bool {
    part.split_whitespace().any(|word| is_one_of(word, ROLES))
}

/// A person's or an agency's name at the beginning of the part, without what they are and where.
fn name(part: &str) -> Option<String> {
    let mut words: Vec<&str> = Vec::new();
    for word in part.split_whitespace() {
        let upper = word.starts_with(char::is_uppercase);
        let fits =
            word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '‑'));
        let place = is_one_of(word, "in at for of from with on");
        if place && !words.is_empty() {
            break;
        }
        if words.len() >= 2 && is_one_of(word, ROLES) {
            break;
        }
        if !fits || !(upper || (is_one_of(word, PARTICLES) && words.len() < 4)) {
            return None;
        }
        words.push(word);
    }
    let (first, last) = (words.first()?, words.last()?);
    let starts = first.starts_with(char::is_uppercase) || words.len() > 1;
    let ends = last.chars().count() > 1
        && !(last.ends_with('.') && last.len() > 3 && !is_one_of(last, "jnr. snr."));
    if !starts || !ends || words.len() > 6 || is_one_of(first, NO_NAMES) || is_one_of(last, ROLES) {
        return None;
    }
    let all_capitals =
        words.iter().all(|word| word.len() > 1 && !word.chars().any(char::is_lowercase));
    let long = words.iter().map(|word| word.len()).max() > Some(3);
    let words: Vec<String> = words
        .iter()
        .map(|word| if all_capitals && long { in_lower_case(word) } else { (*word).to_owned() })
        .collect();
    Some(words.join(" "))
}

/// "O’BRIEN-SMITH" as it is written outside bylines in capitals.
fn in_lower_case(word: &str) -> String {
    let mut inside = false;
    word.chars()
        .flat_map(|c| {
            let small = std::mem::replace(&mut inside, c.is_alphabetic()) && c.is_alphabetic();
            let lower: Vec<char> = if small { c.to_lowercase().collect() } else { vec![c] };
            lower
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, names: &[&str]) {
        let found = authors(line).map(|found| found.0).unwrap_or_default();
        assert_eq!(found, names, "{line}");
    }

    #[test]
    fn names_without_roles_and_places() {
        check("By Jane Doe", &["Jane Doe"]);
        check("By Jane Doe and John Roe", &["Jane Doe", "John Roe"]);
        check(
            "By Jane Doe, John Roe and Mei-Ling O’Hara",
            &["Jane Doe", "John Roe", "Mei-Ling O’Hara"],
        );
        check("By Jane Doe, Political Editor", &["Jane Doe"]);
        check("By Jane Doe Political Editor", &["Jane Doe"]);
        check("By Jane Doe in Ashgabat", &["Jane Doe"]);
        check("BY JANE O’DOE-ROE", &["Jane O’Doe-Roe"]);
        check("By Ludwig van der Berg | Published 2 May 2010", &["Ludwig van der Berg"]);
        check("Written by J. R. Doe, 3 May 2010", &["J. R. Doe"]);
        check("Reporting by Jane Doe; Editing by John Roe", &["Jane Doe"]);
        check("By Sting", &["Sting"]);
    }

    #[test]
    fn sentences_are_no_bylines() {
        check("By 2010 the company had left.", &[]);
        check("By Monday, officials said.", &[]);
        check("By the river stood a mill.", &[]);
        check("By Jane Doe’s account, nobody had seen the letter before.", &[]);
        check("By contrast, Paris waited.", &[]);
        check("Bygone days", &[]);
    }
}
