use super::*;
use crate::annot::Kind;

const ARTICLE: &str = "\
format = \"pullquote\"
version = 1

[article]
source = \"a.txt\"
sha256 = \"5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9\"
";

const ENTITY: &str = "
[[entity]]
id = \"6f1c0000-0000-8000-8000-000000000001\"
name = \"Mara Okafor\"
type = \"person\"
";

const QUOTE: &str = "
[[annotation]]
id = \"0b7e0000-0000-8000-8000-000000000001\"
kind = \"quote\"
start = 3
end = 5
exact = \"No\"
origin = \"reader\"
review = \"accepted\"
form = \"direct\"
";

fn whole() -> String {
    [ARTICLE, ENTITY, QUOTE].concat()
}

/// That a file with this change is refused, at this line and column and in these words.
#[track_caller]
fn check(from: &str, to: &str, wanted: &str) {
    let whole = whole();
    assert!(whole.contains(from), "{from}");
    let text = whole.replacen(from, to, 1);
    let error = read(&text).expect_err(to);
    let hint = error.hint_text().map(|hint| format!("; {hint}")).unwrap_or_default();
    assert_eq!(format!("{error}{hint}"), wanted, "{to}");
}

#[test]
fn a_file_is_read() {
    let documents = read(&whole()).unwrap();
    assert_eq!((documents.len(), documents[0].len()), (1, 1));
    assert_eq!(documents[0].entities[0].name, "Mara Okafor");
    assert!(documents[0].article.is_of("0"), "the fingerprint is that of this text");
    // Line ends of another system, and a mark of the encoding before the first line.
    let other = format!("\u{feff}{}", whole().replace('\n', "\r\n"));
    assert_eq!(read(&other).unwrap(), documents);
    assert_eq!(decoded(other.as_bytes()).unwrap(), whole().replace('\n', "\r\n"));
}

#[test]
fn the_words_of_the_contract_are_enough() {
    // A reader's annotation with what only a detector's has, and no places of cue and speaker.
    let more = "rule = \"r\"\nconfidence = 1\nspeaker = \"6F1C0000-0000-8000-8000-000000000001\"
speaker_name = \"Mara Okafor\"\ncue = \"said\"\nmarks = 5\n";
    let it = &read(&(whole() + more)).unwrap()[0].annotations[0];
    let said = it.said().unwrap();
    assert_eq!(said.speaker.as_ref().unwrap().entity, Some(0));
    assert_eq!(said.cue.as_ref().unwrap().place, None);
    let others: Vec<&str> = it.extra.other.keys().map(String::as_str).collect();
    assert_eq!(others, ["confidence", "marks", "rule"]);
}

#[test]
fn what_is_no_toml_is_refused() {
    check(
        "version = 1",
        "version = ",
        "2:11: string values must be quoted, expected literal string",
    );
    check("name = ", "name ", "10:6: key with no value, expected `=`");
    check("kind =", "id =", "15:1: duplicate key");
    check("[article]", "[article", "4:9: unclosed table, expected `]`");
    let error = decoded(b"one\ntwo\xff").unwrap_err();
    assert_eq!(error.to_string(), "2: this is not UTF-8");
}

#[test]
fn another_format_is_refused() {
    let hint = "; `pullquote export --format toml` writes files that can be imported";
    let wanted = format!("1:10: `format` must be \"pullquote\" in a file to import{hint}");
    check("\"pullquote\"", "\"clip\"", &wanted);
    let wanted = format!("1:1: `format` must be \"pullquote\" in a file to import{hint}");
    check("format = \"pullquote\"", "", &wanted);
    check("version = 1", "", "1:1: `version` is missing");
    check("version = 1", "version = 0", "2:11: `version` begins with 1");
    check(
        "version = 1",
        "version = 2",
        "2:11: `version` is 2, and this pullquote reads version 1; a newer pullquote can import it",
    );
    check("[article]", "[paper]", "1:1: `article` is missing");
    check(
        "[[entity]]",
        "[[document]]",
        "4:1: `article` belongs into a `[[document]]` where there are any",
    );
    check("[[entity]]", "[entity]", "8:1: `entity` wants a list of tables, not a table");
}

#[test]
fn a_value_of_another_type_is_refused() {
    check(
        "\"a.txt\"",
        "5",
        "5:10: `article.source` wants a text in quotation marks, not a whole number",
    );
    check(
        "\"person\"",
        "\"persona\"",
        "11:8: `entity.type` cannot be `persona`; did you mean `person`?",
    );
    check(
        "\"quote\"",
        "\"verse\"",
        "15:8: `annotation.kind` cannot be `verse`; it is one of quote, mention, time, highlight",
    );
    check(
        "start = 3",
        "start = 3.0",
        "16:9: `annotation.start` wants a whole number, not a number with a point",
    );
    check(
        "start = 3",
        "start = -3",
        "16:9: `annotation.start` goes from 0 to 4294967295, not to -3",
    );
    check(
        "source",
        "tags = [1]\nsource",
        "5:9: `article.tags` wants a list of texts in quotation marks, not a whole number",
    );
    check(
        "source",
        "published = 2024-10-11T08:00:00Z\nsource",
        "5:13: `article.published` wants a day like 2024-10-11, without quotation marks",
    );
    check(
        "source",
        "retrieved = 2024-10-11\nsource",
        "5:13: `article.retrieved` wants a moment like 2024-10-12T08:31:02Z, without quotation marks",
    );
}

#[test]
fn values_have_limits() {
    check(
        "source",
        "x = 99999999999999999999\nsource",
        "5:5: the number 99999999999999999999 is too large",
    );
    check("source", "x = 1e999\nsource", "5:5: the number 1e999 is too large");
    let deep = format!("x = {}{}\nsource", "[".repeat(40), "]".repeat(40));
    check("source", &deep, "5:38: this value is nested too deeply");
    check(
        "\"reader\"",
        "\"detector\"\nconfidence = 1.2",
        "20:14: `annotation.confidence` goes from 0 to 1",
    );
    check(
        "\"accepted\"",
        "true",
        "20:10: `annotation.review` wants a text in quotation marks, not `true` or `false`",
    );
    check(
        "form =",
        "lost = 1\nform =",
        "21:8: `annotation.lost` wants `true` or `false`, not a whole number",
    );
}

#[test]
fn ids_that_do_not_fit_are_refused() {
    check(
        "0b7e0000-",
        "0b7e000-",
        "14:6: `annotation.id` wants a UUID: `0b7e000-0000-8000-8000-000000000001` is no UUID",
    );
    check(
        "0b7e0000-0000",
        "0b7e00000-000",
        "14:6: `annotation.id` wants a UUID: `0b7e00000-000-8000-8000-000000000001` is no UUID",
    );
    check(
        QUOTE,
        &QUOTE.repeat(2),
        "24:6: `annotation.id` is there twice: 0b7e0000-0000-8000-8000-000000000001",
    );
    check(
        ENTITY,
        &ENTITY.repeat(2),
        "14:6: `entity.id` is there twice: 6f1c0000-0000-8000-8000-000000000001",
    );
    let own = "\"0b7e0000-0000-8000-8000-000000000001\"";
    check(
        "form =",
        &format!("speaker = {own}\nform ="),
        "21:11: `annotation.speaker` names no entity of this file: 0b7e0000-0000-8000-8000-000000000001",
    );
    check(
        "form =",
        &format!("continues = {own}\nform ="),
        "21:13: `annotation.continues` names no other quote of this file",
    );
    check("\"quote\"", "\"mention\"", "13:1: `annotation.entity` is missing");
}

#[test]
fn what_contradicts_itself_is_refused() {
    check("end = 5", "end = 2", "17:7: `annotation.end` stands before `start`");
    check(
        "end = 5",
        "end = 6",
        "18:9: `annotation.exact` has 2 code points, and from `start` to `end` there are 3",
    );
    check(
        "sha256",
        "characters = 4\nsha256",
        "18:7: `annotation.end` goes to 5, and the text has 4 code points",
    );
    check("sha256 = \"5", "sha256 = \"x", "6:10: `article.sha256` wants 64 hexadecimal digits");
    check(
        "source",
        "text = \"1\"\nsource",
        "5:8: `article.text` is not the text that `sha256` stands for",
    );
    check(
        "source",
        "text = \"0\"\ncharacters = 9\nsource",
        "6:14: `article.characters` says otherwise than the text, which has 1",
    );
    check(
        "form =",
        "cue_place = [5, 2]\nform =",
        "21:13: `annotation.cue_place` ends before it starts",
    );
    check(
        "form =",
        "cue_place = [5]\nform =",
        "21:13: `annotation.cue_place` wants a place, `[start, end]`",
    );
    check(
        "form =",
        "was_prefix = \"a\"\nform =",
        "21:14: `annotation.was_prefix` goes with `was`, which is missing",
    );
    check("form =", "was = \"a\"\nform =", "13:1: `annotation.was_place` is missing");
    check(
        "form =",
        "lost = true\nwas = \"a\"\nform =",
        "22:7: `annotation.was` says of a lost annotation what `exact` says",
    );
}

#[test]
fn every_cut_of_a_file_is_refused_or_read() {
    let whole = whole();
    for (at, _) in whole.char_indices() {
        // Whichever it is, it is decided without an accident.
        let (before, behind) = whole.split_at(at);
        read(before).ok();
        read(&format!("{before}\u{0}{behind}")).ok();
    }
}

#[test]
fn keys_of_several_articles_stay_with_them() {
    let part = |name: &str| {
        let whole = whole().replace("format = \"pullquote\"\nversion = 1\n", name);
        whole.replace("[[", "[[document.").replace("[article]", "[document.article]")
    };
    let text = format!(
        "format = \"pullquote\"\nversion = 1\nof_all = 1\n[[document]]\n{}\n[[document]]\n{}",
        part("of_one = 2\n"),
        part("of_two = 3\n")
    );
    let documents = read(&text).unwrap();
    let keys = |at: usize| documents[at].about.outside.keys().cloned().collect::<Vec<_>>();
    assert_eq!((keys(0), keys(1)), (vec!["of_all".into(), "of_one".into()], vec!["of_two".into()]));
    assert_eq!(documents[1].annotations[0].said().map(|_| Kind::Quote), Some(Kind::Quote));
    let error = read(&text.replacen("end = 5", "end = \"5\"", 1)).unwrap_err();
    assert!(error.to_string().contains("`document.annotation.end` wants"), "{error}");
}
