//! The day of publication, where a line says it.
//!
//! Only a whole date with its year counts, and an order of numbers that can be read in two ways
//! (`03/04/2010`) counts as none: a date is never made up.

use jiff::civil::Date;

/// The only words of a line that gives the date of publication, beside the date itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateLine {
    /// The day.
    pub(super) date: Date,
    /// Whether it is said to be the day of publication, or of a change ("Updated"), or a date
    /// stands alone.
    pub(super) said: Said,
}

/// What a line says of its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// "Updated 3 May 2010".
    Changed,
    /// "3 May 2010".
    Nothing,
    /// "Published 3 May 2010".
    Published,
}

/// The first whole date in the words: British, American and ISO order.
pub fn date_in(words: &str) -> Option<Date> {
    let tokens = tokens(words);
    (0..tokens.len()).find_map(|at| date_at(&tokens, at)).map(|found| found.0)
}

/// Reads a line of which the date is all, but for weekday, time of day and words such as
/// "Published on".
pub(super) fn date_line(words: &str) -> Option<DateLine> {
    if words.len() > 160 || !words.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens(words);
    let mut found: Option<DateLine> = None;
    let mut said = Said::Nothing;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let Some((date, length)) = date_at(&tokens, at) {
            if found.is_none_or(|found| said > found.said) {
                found = Some(DateLine { date, said });
            }
            at += length;
            continue;
        }
        match token {
            Token::Word(word) if is_one_of(word, "published posted issued date filed") => {
                said = Said::Published;
            }
            Token::Word(word) if is_one_of(word, "updated modified changed revised edited") => {
                said = Said::Changed;
            }
            Token::Word(word) if weekday(word) || is_one_of(word, AROUND) => {}
            // "10.32" is a time of day.
            Token::Sign('.') if at + 1 == tokens.len() || follows_number(&tokens, at) => {}
            Token::Word(_) | Token::Sign('.' | '?' | '!' | '"' | '“' | '”' | '=') => {
                return None;
            }
            Token::Number(..) | Token::Sign(_) => {}
        }
        at += 1;
    }
    // Numbers that are neither a date nor a time of day mean something else.
    let numbers = tokens.iter().filter(|token| matches!(token, Token::Number(..))).count();
    found.filter(|_| numbers <= 10)
}

fn follows_number(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| matches!(tokens[before], Token::Number(..)))
}

/// Words around a date in a date line: time of day, zones, how long it takes to read.
const AROUND: &str = "at on first last the of st nd rd th am pm a m p t z utc gmt bst cet cest et est edt \
    ct cst cdt mt mst mdt pt pst pdt ist jst aest local time online min mins minute minutes read hrs h";

fn is_one_of(word: &str, words: &str) -> bool {
    words.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word))
}

fn weekday(word: &str) -> bool {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.to_ascii_lowercase();
    days.iter().any(|day| word.len() >= 3 && (day.starts_with(&word) || word == "weds"))
}

/// The month of a name or its short form.
fn month(word: &str) -> Option<i8> {
    let months = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    let is = |month: &str| {
        word == month
            || word.len() == 3 && month.starts_with(&word)
            || word == "sept" && month == "september"
    };
    (1..).zip(months).find(|pair| is(pair.1)).map(|pair| pair.0)
}

/// What a line consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'t> {
    /// Letters, with full stops inside ("a.m").
    Word(&'t str),
    /// A number and how many digits it has.
    Number(i32, usize),
    /// Any other character but white space.
    Sign(char),
}

fn tokens(words: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = words.get(..words.floor_char_boundary(400)).unwrap_or(words);
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let number = rest.get(..digits).and_then(|digits| digits.parse().ok());
            tokens.push(Token::Number(number.unwrap_or(i32::MAX), digits));
            digits
        } else if first.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            tokens.push(Token::Word(rest.get(..end).unwrap_or_default()));
            // The full stop of a short form.
            let month_or_time =
                end <= 4 && rest.get(end..).is_some_and(|rest| rest.starts_with('.'));
            end + usize::from(month_or_time)
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Sign(first));
            }
            first.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    tokens
}

/// The date that begins at a token, and how many tokens it has.
fn date_at(tokens: &[Token<'_>], at: usize) -> Option<(Date, usize)> {
    use Token::{Number, Sign, Word};
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    if matches!((before, tokens.get(at)), (Some(Sign('-' | '/' | '.')), Some(Number(..))))
        && at >= 2
    {
        // The middle of a longer number.
        if matches!(tokens.get(at - 2), Some(Number(..))) {
            return None;
        }
    }
    let comma = |at: usize| usize::from(matches!(tokens.get(at), Some(Sign(','))));
    let suffix = |at: usize| {
        let word = matches!(tokens.get(at), Some(Word(word)) if is_one_of(word, "st nd rd th of"));
        usize::from(word)
    };
    match tokens.get(at..)? {
        [
            Number(year, 4),
            Sign('-' | '/' | '.'),
            Number(month, 1..=2),
            Sign('-' | '/' | '.'),
            Number(day, 1..=2),
            ..,
        ] => Some((date(*year, i8::try_from(*month).ok()?, *day)?, 5)),
        [
            Number(first, 1..=2),
            Sign(sign @ ('-' | '/' | '.')),
            Number(second, 1..=2),
            Sign(_),
            Number(year, 4),
            ..,
        ] => {
            // With points the day stands first everywhere; otherwise both orders are in use.
            let (day, month) = match (*first, *second) {
                (day, month) if *sign == '.' || day > 12 || day == month => (day, month),
                (month, day) if day > 12 => (day, month),
                _ => return None,
            };
            Some((date(*year, i8::try_from(month).ok()?, day)?, 5))
        }
        [Number(day, 1..=2), ..] => {
            let mut behind = at + 1;
            behind += suffix(behind);
            behind += suffix(behind);
            behind += usize::from(matches!(tokens.get(behind), Some(Sign('-'))));
            let Some(Word(name)) = tokens.get(behind) else { return None };
            let month = month(name)?;
            behind += 1 + comma(behind + 1);
            behind += usize::from(matches!(tokens.get(behind), Some(Sign('-'))));
            let Some(Number(year, 4)) = tokens.get(behind) else { return None };
            Some((date(*year, month, *day)?, behind + 1 - at))
        }
        [Word(name), Number(day, 1..=2), ..] => {
            let month = month(name)?;
            let mut behind = at + 2;
            behind += suffix(behind);
            behind += comma(behind);
            let Some(Number(year, 4)) = tokens.get(behind) else { return None };
            Some((date(*year, month, *day)?, behind + 1 - at))
        }
        _ => None,
    }
}

fn date(year: i32, month: i8, day: i32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| (1500..2200).contains(year))?;
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, date: &str) {
        assert_eq!(
            date_line(line).map(|line| line.date.to_string()).unwrap_or_default(),
            date,
            "{line}"
        );
    }

    #[test]
    fn date_lines_of_all_orders() {
        check("Published 2 May 2010", "2010-05-02");
        check("Friday 11 October 2024", "2024-10-11");
        check("11 October 2024 • 6:15pm", "2024-10-11");
        check("Fri 11 Oct 2024 10.32 BST", "2024-10-11");
        check("Wednesday, October 9, 2013", "2013-10-09");
        check("Oct. 11, 2024, 10:32 a.m. ET", "2024-10-11");
        check("OCTOBER 11TH, 2024", "2024-10-11");
        check("the 3rd of May, 1997", "1997-05-03");
        check("2024-10-11T10:32:00Z", "2024-10-11");
        check("Date: 2024-10-11", "2024-10-11");
        check("11-Oct-2024", "2024-10-11");
        check("25/12/2023", "2023-12-25");
        check("12/25/2023", "2023-12-25");
        check("03.04.2010", "2010-04-03");
        check("Updated 3 May 2010 | Published 2 May 2010", "2010-05-02");
        check("Posted on Sept 5, 2019 at 07:00 (4 min read)", "2019-09-05");
    }

    #[test]
    fn no_date_is_made_up() {
        check("03/04/2010", "");
        check("MERIDALE, March 3 —", "");
        check("May 2010", "");
        check("2015-12", "");
        check("31 February 2020", "");
        check("On 3 May 2010 the council met.", "");
        check("Elections of 3 May 2010", "");
        check("192.168.2.2010", "");
    }

    #[test]
    fn a_date_inside_words() {
        assert_eq!(date_in("By Jane Doe, 3 May 2010, Paris").unwrap().to_string(), "2010-05-03");
        assert_eq!(date_in("no date, 12 of 20"), None);
    }
}
