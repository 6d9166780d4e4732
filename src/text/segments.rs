//! Pieces of a block that are laid out one at a time.
//!
//! A block is wrapped only where it is seen. So that this stays cheap in a paragraph of 10 MB, a
//! block larger than [`SEGMENT`] is laid out in segments, whose ends depend on the block alone:
//! the same ones are found from wherever one starts, and finding one costs the same everywhere.

use unicode_segmentation::UnicodeSegmentation;

use super::{Setting, TextRange, offset};

/// How far apart the ends of segments are, in bytes, but for the [`WINDOW`] in which a good place
/// for each is searched. Wrapping this much takes well below a millisecond.
pub const SEGMENT: u32 = 8192;

/// How far before its latest place a good one for a segment's end is searched, in bytes.
pub const WINDOW: u32 = 1024;

/// The segment of `block` that holds the byte `place`: the first for a place before the block,
/// the last for one behind it. Empty only where the block is.
pub fn segment_at(text: &str, block: TextRange, setting: Setting, place: u32) -> TextRange {
    let place = place.clamp(block.start, block.end.saturating_sub(1).max(block.start));
    let mut step = (place - block.start) / SEGMENT;
    let mut start = boundary(text, block, setting, step);
    let mut end = boundary(text, block, setting, step + 1);
    if end <= place && end < block.end {
        step += 1;
        start = end;
        end = boundary(text, block, setting, step + 1);
    }
    TextRange::new(start, end)
}

/// The segments of a block from its first on.
pub fn segments(text: &str, block: TextRange, setting: Setting) -> impl Iterator<Item = TextRange> {
    let mut at = block.start;
    std::iter::from_fn(move || {
        (at < block.end).then(|| {
            let segment = segment_at(text, block, setting, at);
            at = segment.end;
            segment
        })
    })
}

/// Where the segment `step` begins: at most `step` times [`SEGMENT`] behind the start.
fn boundary(text: &str, block: TextRange, setting: Setting, step: u32) -> u32 {
    let latest = u64::from(block.start) + u64::from(step) * u64::from(SEGMENT);
    if step == 0 || latest >= u64::from(block.end) {
        return if step == 0 { block.start } else { block.end };
    }
    let latest = text.floor_char_boundary(usize::try_from(latest).unwrap_or(text.len()));
    let earliest = text.floor_char_boundary(latest - WINDOW as usize);
    let window = text.get(earliest..latest).unwrap_or_default();
    let inside = match setting {
        Setting::Code => behind_line(window).or_else(|| behind_space(window)),
        Setting::Flow | Setting::Quote => behind_sentence(window).or_else(|| behind_space(window)),
    };
    offset(earliest + inside.unwrap_or_else(|| last_cluster(window)))
}

fn behind_line(window: &str) -> Option<usize> {
    window.rfind('\n').map(|at| at + 1)
}

/// The last place behind white space that follows the end of a sentence.
fn behind_sentence(window: &str) -> Option<usize> {
    let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']');
    let mut rest = window;
    while let Some(end) = behind_space(rest) {
        let words = rest.get(..end)?.trim_end();
        if words.trim_end_matches(closing).ends_with(['.', '!', '?', '…']) {
            return Some(end);
        }
        rest = words;
    }
    window.rfind(['。', '！', '？']).map(|at| at + '。'.len_utf8())
}

/// The last place behind white space; the white space itself belongs to the words before it.
fn behind_space(window: &str) -> Option<usize> {
    let words = window.trim_end_matches(|c: char| !c.is_ascii_whitespace());
    (!words.trim_end().is_empty()).then_some(words.len())
}

/// The beginning of the last cluster, which may go on behind the window.
fn last_cluster(window: &str) -> usize {
    let last = window.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
    if last == 0 { window.len() } else { last }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whole(text: &str) -> TextRange {
        TextRange::of_bytes(0, text.len())
    }

    #[test]
    fn ends_stand_behind_sentences() {
        let text = "One sentence is enough for this. Another follows it at once! ".repeat(900);
        let ends: Vec<_> = segments(&text, whole(&text), Setting::Flow).collect();
        assert!(ends.len() > 5);
        for segment in &ends {
            let words = segment.of(&text).trim_end();
            assert!(words.ends_with(['.', '!']) && segment.len() <= SEGMENT + WINDOW, "{words:?}");
        }
    }

    #[test]
    fn lines_of_code_stay_whole() {
        let text = "    let words = text.get(..end);\n".repeat(900);
        for segment in segments(&text, whole(&text), Setting::Code) {
            assert!(segment.of(&text).ends_with(";\n"));
        }
    }

    #[test]
    fn a_block_of_one_segment_is_whole() {
        let block = TextRange::new(3, 12);
        let segment = |place| segment_at("...one, two...", block, Setting::Flow, place);
        assert_eq!((segment(0), segment(5), segment(99)), (block, block, block));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn the_same_segments_from_everywhere(
            piece in prop_oneof!["[a-z .]{1,9}", "[東京。]{1,9}", "(e\u{301}){1,3}", "🇹🇲", "[a\u{200d} \n]{1,9}"],
            times in 1usize..9000,
            lead in 0u32..50,
            places in prop::collection::vec(any::<prop::sample::Index>(), 8),
        ) {
            let text = format!("{}{}", "x".repeat(lead as usize), piece.repeat(times));
            let block = TextRange::new(lead, offset(text.len()));
            for setting in [Setting::Flow, Setting::Code] {
                let all: Vec<_> = segments(&text, block, setting).collect();
                let mut at = block.start;
                for segment in &all {
                    prop_assert_eq!(segment.start, at);
                    prop_assert!(!segment.is_empty());
                    prop_assert!(segment.len() <= SEGMENT + WINDOW);
                    prop_assert!(text.is_char_boundary(segment.end as usize));
                    at = segment.end;
                }
                prop_assert_eq!(at, block.end);
                for place in &places {
                    let place = block.start + offset(place.index(block.len() as usize));
                    let found = segment_at(&text, block, setting, place);
                    prop_assert!(found.contains(place) && all.contains(&found));
                }
            }
        }
    }
}
