//! What it costs to place the annotations of an article again when its text changed.

use divan::{Bencher, black_box};

use pullquote::annot::{Anchor, Placer, Selector};
use pullquote::text::TextRange;
use pullquote::text::units::CodePoints;

fn main() {
    divan::main();
}

/// Numbers that only look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }
}

const SYLLABLES: [&str; 16] = [
    "ra", "ton", "el", "mi", "sta", "ver", "o", "ling", "de", "pro", "an", "the", "is", "cu", "né",
    "by",
];

/// A sentence of words of some syllables, some of which are common.
fn sentence(chance: &mut Chance, out: &mut String) {
    for word in 0..8 + chance.below(14) {
        out.push_str(if word == 0 { "" } else { " " });
        for _ in 0..=chance.below(4) {
            out.push_str(SYLLABLES[chance.below(16).min(chance.below(16))]);
        }
    }
    out.push_str(". ");
}

fn article(bytes: usize) -> String {
    let mut chance = Chance(1);
    let mut text = String::with_capacity(bytes + 200);
    while text.len() < bytes {
        sentence(&mut chance, &mut text);
        if chance.below(5) == 0 {
            text.push('\n');
        }
    }
    text
}

/// Every fortieth sentence is gone, every fiftieth is new, every thirtieth has another word.
fn edited(text: &str) -> String {
    let mut chance = Chance(2);
    let mut new = String::with_capacity(text.len() + text.len() / 20);
    for old in text.split_inclusive(". ") {
        match (chance.below(40), chance.below(50), chance.below(30)) {
            (0, ..) => {}
            (_, 0, _) => {
                sentence(&mut chance, &mut new);
                new.push_str(old);
            }
            (_, _, 0) => new.push_str(&old.replacen(' ', " another ", 1)),
            _ => new.push_str(old),
        }
    }
    new
}

/// Passages of some words, spread over the text.
fn selectors(text: &str, count: usize) -> Vec<Selector> {
    let points = CodePoints::new(text);
    let mut chance = Chance(3);
    let one = |_| {
        let start = text.ceil_char_boundary(chance.below(text.len()));
        let end = text.ceil_char_boundary((start + 4 + chance.below(200)).min(text.len()));
        Anchor::of(text, &points, TextRange::of_bytes(start, end)).into()
    };
    (0..count).map(one).collect()
}

/// Bytes of the text and the annotations in it.
const SIZES: [(usize, usize); 2] = [(100_000, 500), (10_000_000, 100_000)];

/// What the library does: it knows the text as it was.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn old_text_known(bencher: Bencher<'_, '_>, (bytes, count): (usize, usize)) {
    let old = article(bytes);
    let (new, all) = (edited(&old), selectors(&old, count));
    bencher.bench(|| Placer::with_old(black_box(&new), black_box(&old)).place_all(black_box(&all)));
}

/// What an import does: it only has the selectors.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn old_text_unknown(bencher: Bencher<'_, '_>, (bytes, count): (usize, usize)) {
    let old = article(bytes);
    let (new, all) = (edited(&old), selectors(&old, count));
    bencher.bench(|| Placer::new(black_box(&new)).place_all(black_box(&all)));
}

/// Nothing is left of the old text, so everything is searched for and nothing found.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn another_text(bencher: Bencher<'_, '_>, (bytes, count): (usize, usize)) {
    let old = article(bytes);
    let both = article(2 * bytes);
    let new = both.get(both.ceil_char_boundary(bytes)..).unwrap_or_default();
    let all = selectors(&old, count);
    bencher.bench(|| Placer::with_old(black_box(new), black_box(&old)).place_all(black_box(&all)));
}

/// One letter again and again: every place is like every other.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn one_letter(bencher: Bencher<'_, '_>, (bytes, count): (usize, usize)) {
    let old = "a".repeat(bytes);
    let (new, all) = (format!("b{old}b"), selectors(&old, count));
    bencher.bench(|| Placer::new(black_box(&new)).place_all(black_box(&all)));
}
