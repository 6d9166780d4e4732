//! From a file's bytes to the lines on the screen, and one step of a search.

use divan::{Bencher, black_box, counter::BytesCount};

use pullquote::article::{Article, decode, plain};
use pullquote::text::find::Pattern;
use pullquote::text::segments::{segment_at, segments};
use pullquote::text::{Setting, TextRange, Wrapping, offset, wrap};

fn main() {
    divan::main();
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
enum Set {
    /// Each line a paragraph.
    Lines,
    /// Paragraphs wrapped into lines.
    Wrapped,
    /// All of it one paragraph.
    OneLine,
}

const SETS: [Set; 3] = [Set::Lines, Set::Wrapped, Set::OneLine];
const SIZE: usize = 10_000_000;
const HOW: Wrapping = Wrapping { width: 72, setting: Setting::Flow, hyphenate: false };

fn text(set: Set) -> String {
    let sample = pullquote::article::sample().text;
    let whole = TextRange::of_bytes(0, sample.len());
    let sample = match set {
        Set::Lines => sample,
        Set::Wrapped => plain::read(sample.clone(), "-")
            .blocks
            .iter()
            .map(|block| {
                let lines = wrap(&sample, block.range, HOW);
                let lines = lines.iter().map(|line| line.range.of(&sample).trim_end());
                lines.collect::<Vec<_>>().join("\n") + "\n\n"
            })
            .collect(),
        Set::OneLine => whole.of(&sample).replace('\n', " "),
    };
    sample.repeat(SIZE / sample.len())
}

fn article(set: Set) -> Article {
    plain::read(text(set), "-")
}

#[divan::bench(args = SETS)]
fn decode_bytes(bencher: Bencher<'_, '_>, set: Set) {
    let text = text(set);
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| text.clone().into_bytes())
        .bench_values(|bytes| decode::decode(bytes, "-").expect("the text is UTF-8"));
}

#[divan::bench(args = SETS)]
fn structure(bencher: Bencher<'_, '_>, set: Set) {
    let text = text(set);
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| text.clone())
        .bench_values(|text| plain::read(text, "-"));
}

/// What a screen needs: the segment in the middle of the text and its lines.
#[divan::bench(args = SETS)]
fn one_screen(bencher: Bencher<'_, '_>, set: Set) {
    let article = article(set);
    let middle = offset(article.text.len() / 2);
    bencher.bench(|| {
        let block = article.blocks[article.block_at(black_box(middle))];
        let segment = segment_at(&article.text, block.range, block.kind.setting(), middle);
        wrap(&article.text, segment, HOW)
    });
}

#[divan::bench(args = SETS)]
fn wrap_all(bencher: Bencher<'_, '_>, set: Set) {
    let article = article(set);
    bencher.counter(BytesCount::of_str(&article.text)).bench(|| {
        let lines = |block: &pullquote::article::Block| {
            let setting = block.kind.setting();
            segments(&article.text, block.range, setting)
                .map(|segment| wrap(&article.text, segment, Wrapping { setting, ..HOW }).len())
                .sum::<usize>()
        };
        article.blocks.iter().map(lines).sum::<usize>()
    });
}

/// A step of a search that goes through all of the text.
#[divan::bench(args = ["unwritten", "Unwritten", "nowhere at all", "l[iu]ghthouze"])]
fn find_nothing(bencher: Bencher<'_, '_>, pattern: &str) {
    let text = text(Set::Lines);
    let pattern = Pattern::new(pattern).expect("the pattern is right");
    bencher.counter(BytesCount::of_str(&text)).bench(|| pattern.next_from(&text, 0));
}

#[divan::bench]
fn find_backwards(bencher: Bencher<'_, '_>) {
    let text = text(Set::Lines);
    let pattern = Pattern::new("unwritten").expect("the pattern is right");
    let end = offset(text.len());
    bencher.counter(BytesCount::of_str(&text)).bench(|| pattern.previous_before(&text, end));
}
