//! `pullquote analyze`

use serde_json::{Value, json};

use crate::run;

fn lines(stdout: &str) -> Vec<Value> {
    stdout.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

#[test]
fn every_line_has_its_answer_in_order() {
    let texts: Vec<_> = (0..300)
        .map(|number| {
            // Long and short ones in turn, so that the workers finish out of order.
            let text = format!("“Text {number} é,” said Ann Lee. ").repeat(1 + number % 7 * 20);
            json!({ "id": format!("t{number}"), "text": text }).to_string()
        })
        .collect();
    let input = texts.join("\n");
    let one = run(&["analyze", "--jsonl", "--jobs", "1"], &input);
    let many = run(&["analyze", "--jsonl", "--jobs", "5"], &input);
    assert_eq!(one.code, Some(0), "{}", one.stderr);
    assert_eq!(one.stdout, many.stdout);
    let ids: Vec<_> = lines(&many.stdout).iter().map(|it| it["id"].clone()).collect();
    let want: Vec<_> = (0..300).map(|number| json!(format!("t{number}"))).collect();
    assert_eq!(ids, want);
}

#[test]
fn the_keys_are_fixed() {
    let ran = run(&["analyze", "--jsonl"], r#"{"id": 7, "text": "", "title": "T"}"#);
    let want = r#"{"id":7,"title":"T","date":null,"quotes":[],"entities":[],"dates":[]}"#;
    assert_eq!(ran.stdout.trim_end(), want);
}

#[test]
fn a_line_that_makes_no_sense_is_named_and_keeps_its_place() {
    let input = concat!(
        r#"{"id": "a", "text": "One."}"#,
        "\n\n",
        "no json\n",
        r#"{"id": "c"}"#,
        "\n",
        r#"{"id": "d", "text": "Two.", "date": "yesterday"}"#,
        "\n",
        r#"{"id": "e", "text": "Three.", "date": "2024-10-11", "more": 1}"#,
        "\n"
    );
    let ran = run(&["analyze", "--jsonl", "--jobs", "2"], input);
    assert_eq!(ran.code, Some(1));
    let answers = lines(&ran.stdout);
    let errors: Vec<_> = answers.iter().map(|it| it["error"].as_str().unwrap_or("")).collect();
    assert_eq!(answers.len(), 5);
    assert_eq!(answers[3]["id"], "d");
    assert_eq!(answers[4]["date"], "2024-10-11");
    assert!(errors[0].is_empty() && errors[4].is_empty());
    for (at, line) in [(1, "line 3: "), (2, "line 4: "), (3, "line 5: ")] {
        assert!(errors[at].starts_with(line), "{errors:?}");
        assert!(ran.stderr.contains(&format!("error: {line}")), "{}", ran.stderr);
    }
}
