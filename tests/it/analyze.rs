//! `pullquote analyze`

use std::io::{BufRead, BufReader, Write};

use serde_json::{Value, json};

use crate::{fixture, run};

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

#[test]
fn ends_without_a_word_when_nobody_reads_on() {
    let line = json!({ "id": 1, "text": "“Words,” he said. ".repeat(2000) }).to_string() + "\n";
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("pullquote"))
        .args(["analyze", "--jsonl"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    // The pipe stays open: the program must not wait for its input to end.
    let writer = std::thread::spawn(move || {
        while stdin.write_all(line.as_bytes()).is_ok() {}
        stdin
    });
    let mut first = String::new();
    let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
    stdout.read_line(&mut first).expect("it answers");
    drop(stdout);
    let ended = child.wait_with_output().expect("it ends");
    assert!(first.starts_with(r#"{"id":1,"#), "{first:.60}");
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    drop(writer.join().expect("the writer ends with the program"));
}

#[test]
fn an_answer_comes_before_the_next_question() {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("pullquote"))
        .args(["analyze", "--jsonl"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
    for number in 0..3 {
        writeln!(stdin, r#"{{"id": {number}, "text": "One."}}"#).expect("it listens");
        let mut answer = String::new();
        stdout.read_line(&mut answer).expect("it answers");
        assert!(answer.starts_with(&format!(r#"{{"id":{number},"#)), "{answer}");
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_pipe_gets_toml_and_the_same_every_time() {
    let path = fixture("harbour.txt");
    let first = run(&["analyze", &path], "");
    assert_eq!((first.code, first.stderr.as_str()), (Some(0), ""));
    assert_eq!(first.stdout, run(&["analyze", &path], "").stdout);
    let table: toml::Table = first.stdout.parse().expect("it is TOML");
    assert_eq!(table["format"].as_str(), Some("pullquote"));
    assert_eq!(table["article"]["source"].as_str(), Some(path.as_str()));
}

#[test]
fn every_place_is_that_of_its_words() {
    let text = std::fs::read_to_string(fixture("harbour.txt")).unwrap();
    let chars: Vec<char> = text.chars().collect();
    let part = |from: &Value, to: &Value| -> String {
        let place = |it: &Value| usize::try_from(it.as_u64().unwrap()).unwrap();
        chars[place(from)..place(to)].iter().collect()
    };
    let input = json!({ "id": "h", "text": text }).to_string();
    let answer = &lines(&run(&["analyze", "--jsonl"], &input).stdout)[0];
    let quotes = answer["quotes"].as_array().unwrap();
    let first = "Nobody in this room wants to be the one who ends it,";
    assert!(quotes.iter().any(|it| it["text"] == first), "{quotes:?}");
    for it in quotes.iter().chain(answer["dates"].as_array().unwrap()) {
        assert_eq!(part(&it["start"], &it["end"]), it["text"].as_str().unwrap());
    }
    let entities = answer["entities"].as_array().unwrap();
    for quote in quotes.iter().filter(|it| !it["speaker_entity"].is_null()) {
        let at = usize::try_from(quote["speaker_entity"].as_u64().unwrap()).unwrap();
        assert_eq!(quote["speaker"], entities[at]["name"]);
    }
}

#[test]
fn standard_input_is_read_where_no_file_is_named() {
    let text = std::fs::read_to_string(fixture("orchard.txt")).unwrap();
    let named = run(&["analyze", "-", "--format", "json"], &text);
    let unnamed = run(&["analyze", "--format", "json"], &text);
    assert_eq!((named.code, &named.stdout), (Some(0), &unnamed.stdout));
    let json: Value = serde_json::from_str(&named.stdout).unwrap();
    assert_eq!(json["article"]["source"], "-");
}

#[test]
fn many_files_come_in_order_whatever_the_number_of_threads() {
    let (harbour, orchard) = (fixture("harbour.txt"), fixture("orchard.txt"));
    let files: Vec<&str> = [&*harbour, &*orchard].into_iter().cycle().take(20).collect();
    for format in ["toml", "json", "table"] {
        let print = |jobs| {
            let args = [&["analyze", "--format", format, "--jobs", jobs], &files[..]].concat();
            let ran = run(&args, "");
            assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
            ran.stdout
        };
        assert_eq!(print("1"), print("4"));
    }
    let json = run(&[&["analyze", "--format", "json"], &files[..]].concat(), "").stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    let sources: Vec<_> =
        json.as_array().unwrap().iter().map(|it| &it["article"]["source"]).collect();
    assert_eq!(sources, files);
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_others() {
    let ran = run(&["analyze", "--format", "json", "none.txt", &fixture("orchard.txt")], "");
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.stderr, "error: cannot read none.txt: no such file\n");
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json.as_array().map(Vec::len), Some(1));
}

#[test]
fn the_day_of_writing_can_be_given() {
    let ran = run(&["analyze", "-", "--date", "2024-10-11"], "The talks began.");
    assert!(ran.stdout.contains("\npublished = 2024-10-11\n"), "{}", ran.stdout);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    for args in [&["analyze", "sample"][..], &["analyze", "--jsonl"], &["keys"], &["man"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("pullquote"));
        command.args(args).stdout(full).stderr(std::process::Stdio::piped());
        let mut child = command.stdin(std::process::Stdio::piped()).spawn().expect("it starts");
        let mut stdin = child.stdin.take().expect("it is piped");
        // It may have ended before it was asked.
        writeln!(stdin, r#"{{"text": "One."}}"#).ok();
        drop(stdin);
        let ended = child.wait_with_output().expect("it ends");
        let stderr = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(1), "{args:?}: {stderr}");
        assert_eq!(stderr, "error: cannot write standard output: the disk is full\n");
    }
}

#[test]
fn any_number_of_threads_can_be_asked_for() {
    let ran = run(&["analyze", "--jsonl", "--jobs", "4000000000"], r#"{"text": "One."}"#);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
}
