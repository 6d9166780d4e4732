//! How many bytes of text a second are analyzed, as a whole and by each detector.
//!
//! The same number for 1 MB and for 10 MB says that the time grows with the text and no faster.

use std::fmt::Write;
use std::sync::atomic::AtomicBool;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};

use pullquote::annot::store::Findings;
use pullquote::annot::{IdMaker, Kind};
use pullquote::article::{Article, plain};
use pullquote::detect::{self, Context, DETECTORS, Found, Report, Tokens};

fn main() {
    divan::main();
}

const MB: usize = 1_000_000;

/// What a text is made of.
#[derive(Clone, Copy, Debug)]
enum Sort {
    /// Paragraphs as newspapers have them.
    News,
    /// The same without a line end.
    OneParagraph,
    /// Every quotation mark opens and none closes.
    Unclosed,
    /// No name stands twice.
    DistinctNames,
}

const SORTS: [Sort; 4] = [Sort::News, Sort::OneParagraph, Sort::Unclosed, Sort::DistinctNames];

const NEWS: [&str; 8] = [
    "“We will not wait for another winter,” said {}, the minister, on Tuesday.",
    "The talks in Geneva between {} and {} went on for three hours until late in the evening.",
    "According to {}, the ferry had been “a little late” every day since 4 May 2019.",
    "Nobody was hurt, and the road along the coast was open again by noon.",
    "“It is not what we asked for. But it is a beginning,” the spokeswoman added.",
    "{} of the Harbour Council told reporters that the money would last for two years.",
    "Prices have risen by a tenth in the past decade, while wages have hardly moved.",
    "The vote is expected next week in Norway, or in the first quarter of 2025.",
];

/// A text of about this many bytes, the same in every run.
fn text(sort: Sort, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 256);
    let mut state = 1_u64;
    let mut next = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    while text.len() < bytes {
        match sort {
            Sort::News | Sort::OneParagraph => {
                let sentence = NEWS[usize::try_from(next(8)).unwrap_or(0)];
                for (at, part) in sentence.split("{}").enumerate() {
                    if at > 0 {
                        let _ = write!(text, "{} {}", name(next(40)), name(40 + next(200)));
                    }
                    text.push_str(part);
                }
                let ends = next(4) == 0 && matches!(sort, Sort::News);
                text.push_str(if ends { "\n\n" } else { " " });
            }
            Sort::Unclosed => text.push_str("“Nobody knows where this ends, she said, and went. "),
            Sort::DistinctNames => {
                let (one, other) = (name(next(u64::MAX)), name(next(u64::MAX)));
                let _ = write!(text, "It was then that {one} met {other} in the town. ");
            }
        }
    }
    text
}

/// A word with a capital for every number.
fn name(number: u64) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ko", "ri", "ten", "mar", "lo", "shi", "van", "del", "or", "qua", "ze", "pri", "ath",
        "ul", "mi",
    ];
    let syllable = |at: u32| SYLLABLES[((number >> (4 * at)) & 15) as usize];
    let mut name: String = (0..5).map(syllable).collect();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

fn article(sort: Sort, bytes: usize) -> Article {
    plain::read(text(sort, bytes), "bench")
}

#[divan::bench(args = SORTS, consts = [MB, 10 * MB], sample_count = 5, sample_size = 1)]
fn whole<const BYTES: usize>(bencher: Bencher<'_, '_>, sort: Sort) {
    let article = article(sort, BYTES);
    bencher.counter(BytesCount::new(article.text.len())).bench_local(|| {
        detect::run(&article, None, &AtomicBool::new(false), |report| {
            black_box(report);
        });
    });
}

#[divan::bench(args = SORTS, sample_count = 5, sample_size = 1)]
fn blocks(bencher: Bencher<'_, '_>, sort: Sort) {
    let text = text(sort, MB);
    let bytes = BytesCount::new(text.len());
    let bencher = bencher.counter(bytes).with_inputs(|| text.clone());
    bencher.bench_local_values(|text| plain::read(text, "bench"));
}

#[divan::bench(args = SORTS, sample_count = 5, sample_size = 1)]
fn tokens(bencher: Bencher<'_, '_>, sort: Sort) {
    let article = article(sort, MB);
    bencher.counter(BytesCount::new(article.text.len())).bench_local(|| Tokens::of(&article));
}

fn detector(bencher: Bencher<'_, '_>, sort: Sort, name: &str) {
    let article = article(sort, MB);
    let cancel = AtomicBool::new(false);
    let tokens = Tokens::of(&article);
    let ids = IdMaker::new(&article.text);
    let context =
        Context { article: &article, tokens: &tokens, written: None, ids, cancel: &cancel };
    let found = before(&article, name);
    let detect = DETECTORS.iter().find(|it| it.0 == name).expect("the detector is in the table").2;
    bencher
        .counter(BytesCount::new(article.text.len()))
        .with_inputs(|| found.clone())
        .bench_local_values(|mut found| detect(&context, &mut found));
}

/// What the detectors before this one find.
fn before(article: &Article, name: &str) -> Found {
    let mut found = Found::default();
    let mut reached = false;
    let mut keep = |kind: Kind, findings: Findings| match kind {
        Kind::Quote => found.quotes = findings,
        Kind::Mention => found.entities = findings,
        Kind::Time | Kind::Highlight => {}
    };
    detect::run(article, None, &AtomicBool::new(false), |report| match report {
        Report::Started(started) => reached |= started == name,
        Report::Found(kind, findings) if !reached => keep(kind, findings),
        Report::Found(..) | Report::Failed(_) | Report::Done => {}
    });
    found
}

#[divan::bench(args = SORTS, sample_count = 5, sample_size = 1)]
fn times(bencher: Bencher<'_, '_>, sort: Sort) {
    detector(bencher, sort, "times");
}

#[divan::bench(args = SORTS, sample_count = 5, sample_size = 1)]
fn entities(bencher: Bencher<'_, '_>, sort: Sort) {
    detector(bencher, sort, "entities");
}

#[divan::bench(args = SORTS, sample_count = 5, sample_size = 1)]
fn quotes(bencher: Bencher<'_, '_>, sort: Sort) {
    detector(bencher, sort, "quotes");
}

#[divan::bench(args = SORTS, sample_count = 5, sample_size = 1)]
fn speakers(bencher: Bencher<'_, '_>, sort: Sort) {
    detector(bencher, sort, "speakers");
}
