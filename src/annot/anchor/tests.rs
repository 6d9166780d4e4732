//! Texts that change and the passages in them.

use super::*;
use proptest::prelude::*;

/// Passages stand between `[` and `]`; gives the text without the marks and the passages.
fn marked(text: &str) -> (String, Vec<TextRange>) {
    let (mut plain, mut ranges, mut open) = (String::new(), Vec::new(), Vec::new());
    for c in text.chars() {
        match c {
            '[' => open.push(plain.len()),
            ']' => ranges.push(TextRange::of_bytes(open.pop().unwrap(), plain.len())),
            c => plain.push(c),
        }
    }
    (plain, ranges)
}

fn selector(text: &str, range: TextRange) -> Selector {
    Anchor::of(text, &CodePoints::new(text), range).into()
}

/// What becomes of the marked passage of `old` is what `expected` says, with and without the old
/// text: the name of the placement, and the passage that is marked in `new`.
#[track_caller]
fn check(old: &str, new: &str, expected: &str) {
    let (old, from) = marked(old);
    let selector = selector(&old, from[0]);
    let (text, _) = marked(new);
    for (placer, how) in
        [(Placer::with_old(&text, &old), "old text known"), (Placer::new(&text), "unknown")]
    {
        let (name, found) = shown(placer.place(&selector), &text);
        assert_eq!((name, found.as_str()), (expected, new), "{how}");
    }
}

/// The name of a placement and the text with its marks.
fn shown(placement: Placement, text: &str) -> (&'static str, String) {
    let name = match placement {
        Placement::Same(_) => "same",
        Placement::Moved(_) => "moved",
        Placement::Changed(_) => "changed",
        Placement::Lost => "lost",
    };
    let mut out = text.to_owned();
    if let Some(range) = placement.range() {
        out.insert(range.end as usize, ']');
        out.insert(range.start as usize, '[');
    }
    (name, out)
}

const HARBOUR: &str = "The ferry leaves the harbour at nine, and nobody waits for it any more.";
const BAKER: &str = "The baker of the lower town has closed his shop for the whole of the winter.";
const BRIDGE: &str = "A new bridge was promised by every mayor, but the river is still in the way.";

#[test]
fn what_did_not_change_stays() {
    let both = format!("{BAKER} {HARBOUR} [The bridge] {BRIDGE}");
    check(&both, &both, "same");
    check("[whole]", "[whole]", "same");
    check(" [ ]a", " [ ]a", "same");
}

#[test]
fn what_stands_elsewhere_is_found() {
    let new = |text: &str| format!("{BRIDGE}\n\n{text}");
    for text in [
        format!("{BAKER} It is [he] who knows. {HARBOUR}"),
        format!("{BAKER} [{HARBOUR}]"),
        format!("[The] old house is empty. {BAKER}"),
        format!("{BAKER} The house is [empty]"),
    ] {
        check(&text, &new(&text), "moved");
        check(&new(&text), &text, "moved");
    }
}

#[test]
fn the_place_alone_is_not_trusted() {
    // At the old place stands "he" now too, but it is another one.
    check(
        "Who was it, the clerk? No: [he] had long gone home to his garden by then.",
        "What was it that he said, the clerk? No: [he] had long gone home to his garden by then.",
        "moved",
    );
    check(
        "one he had two three four five six he he [he] seven eight nine ten eleven twelve",
        "zero one he had two three four five six he he [he] seven eight nine ten eleven twelve",
        "moved",
    );
}

#[test]
fn what_was_deleted_is_lost() {
    let text =
        |it: &str| format!("{BAKER} {it}{BRIDGE} Meanwhile Ostrova stayed at home. {HARBOUR}");
    check(&text("On Monday [Ostrova] met her minister. "), &text(""), "lost");
    check(&text("[She paid for all of it out of her own pocket.] "), &text(""), "lost");
    check(
        &text("She [is] away until the end of the summer. "),
        &text("Nobody can say how high the water is there at night. "),
        "lost",
    );
    check("[all of it]", "", "lost");
    check("[all of it]", "none", "lost");
}

#[test]
fn what_was_edited_is_found() {
    let text = |it: &str| format!("{BAKER} {it} {HARBOUR}");
    check(
        &text("She said [the bridge will be ready in spring], and left."),
        &text("She said [the bridge would be ready by the spring], and left."),
        "changed",
    );
    check(&text("It was [Ostrova], they say."), &text("It was [Ostrovna], they say."), "changed");
    // The first and the last word are others now.
    check(
        &text("So [brown foxes jump over dogs], and so on."),
        &text("So [red foxes jump over cats], and so on."),
        "changed",
    );
    let long = |it: &str| text(&format!("He wrote: [{BRIDGE} {it} {BAKER}] It is true."));
    check(&long("All of us know why."), &long("Most of us know it quite well."), "changed");
}

#[test]
fn the_same_words_in_edited_neighbours_are_found() {
    check(
        &format!("{BAKER} Yesterday the old [minister] went to the coast. {HARBOUR}"),
        &format!("{BAKER} Yesterday the very old [minister] drove to the coast. {HARBOUR}"),
        "moved",
    );
    // One side is gone altogether.
    check(
        &format!("{BAKER} [Nobody] knows where the key to the tower is. {HARBOUR}"),
        "[Nobody] knows where the key to the tower is. And so on.",
        "moved",
    );
}

#[test]
fn breaks_of_lines_count_nothing() {
    check(
        "It is\na long way [from the\ncoast to the] hills, and the road is bad.",
        "It is a long way [from the coast to the] hills,\nand the road is bad.",
        "same",
    );
    check(
        "It is\na long way [from the\n coast to the] hills, and the road is bad.",
        "It is a  long way [from the coast to the] hills,\r\nand the road is bad.",
        "moved",
    );
    check(
        "Die Vor\u{ad}stellung ist [aus\u{ad}verkauft] bis zum Herbst des Jahres.",
        "Die Vorstellung ist [ausverkauft] bis zum Herbst des Jahres.",
        "moved",
    );
}

#[test]
fn the_right_one_of_equal_words_is_found() {
    check(
        "red: yes. green: yes. blue: [yes]. white: yes. black: yes.",
        "grey: no. red: yes. green: yes. blue: [yes]. white: yes. black: yes.",
        "moved",
    );
    // Only the old text tells which line is which.
    let old = format!("{}[yes]\n{}{HARBOUR}", "yes\n".repeat(20), "yes\n".repeat(20));
    let new = format!("{BRIDGE}\n{}[yes]\n{}{HARBOUR}", "yes\n".repeat(20), "yes\n".repeat(20));
    let ((old, from), (new, to)) = (marked(&old), marked(&new));
    let placer = Placer::with_old(&new, &old);
    assert_eq!(placer.place(&selector(&old, from[0])), Placement::Moved(to[0]));
}

#[test]
fn paragraphs_change_places() {
    let inner = "Here [Ostrova] stood.";
    check(
        &format!("{BAKER} {inner} {HARBOUR}\n\n{BRIDGE}"),
        &format!("{BRIDGE}\n\n{BAKER} {inner} {HARBOUR}"),
        "moved",
    );
    check(
        &format!("{BRIDGE}\n\n{BAKER} {inner} {HARBOUR}"),
        &format!("{BAKER} {inner} {HARBOUR}\n\n{BRIDGE}"),
        "moved",
    );
}

#[test]
fn any_script_will_do() {
    check(
        "昨日は雨。今日は[晴れ]です。明日は雪。",
        "昨日は大雨。今日は[晴れ]です。明日は雪。",
        "moved",
    );
    check(
        "Er sah die [Mo\u{308}we] am Ufer sitzen.",
        "So: er sah die [Mo\u{308}we] am Ufer sitzen.",
        "moved",
    );
    check(
        "Er sah die [Lachmo\u{308}we] am Ufer sitzen.",
        "Er sah die [Lachmöwe] am Ufer sitzen.",
        "changed",
    );
    check(
        "All is well 👩‍👧 and [👩‍👧 fine 👍🏽] today.",
        "👍🏽 All is well 👩‍👧 and [👩‍👧 fine 👍🏽] today.",
        "moved",
    );
    check("Вчора [Одарка] поїхала до моря.", "Кажуть, вчора [Одарка] поїхала до моря.", "moved");
}

#[test]
fn words_alone_are_found_too() {
    let place = |exact: &str, start: u32, text: &str| {
        let exact = exact.to_owned();
        let selector =
            Selector { start, end: start.saturating_add(1), exact, ..Selector::default() };
        shown(Placer::new(text).place(&selector), text).1
    };
    assert_eq!(place("was", 0, "it was, he was"), "it [was], he was");
    assert_eq!(place("was", 9, "it was, he was"), "it was, he [was]");
    assert_eq!(place("was dark", 0, "it was the dork was darj"), "it was the dork [was darj]");
    assert_eq!(
        place("some nights later", 0, "Many nights later, in bed"),
        "[Many nights later], in bed"
    );
    assert_eq!(place("was", 0, "it is"), "it is");
    assert_eq!(place("", 0, "it is"), "it is");
    assert_eq!(place(" ", 2, "it is"), "it[ ]is");
    assert_eq!(place(" ", 0, "it is"), "it is");
    assert_eq!(place("x", u32::MAX, ""), "");
}

#[test]
fn the_worst_texts_take_no_longer() {
    let old = "a".repeat(300_000);
    let new = format!("b{old}");
    let range = TextRange::new(1000, 201_000);
    let long = selector(&old, range);
    let short = selector(&old, TextRange::new(70_000, 70_001));
    let known = Placer::with_old(&new, &old);
    assert_eq!(known.place(&long), Placement::Moved(TextRange::new(1001, 201_001)));
    let unknown = Placer::new(&new);
    assert_eq!(unknown.place(&long), Placement::Same(range));
    for _ in 0..200 {
        assert_eq!(unknown.place(&short), Placement::Same(TextRange::new(70_000, 70_001)));
    }
    let other = "ba".repeat(150_000);
    assert_eq!(Placer::new(&other).place(&long), Placement::Lost);
}

/// Words that do not repeat soon, so that a passage is one of its kind.
fn words(count: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-z]{2,8}[a-zé]", count).no_shrink()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_parts_are_the_text_around_the_place(
        text in "\\PC{0,120}", one in 0..121_usize, two in 0..121_usize,
    ) {
        let chars: Vec<char> = text.chars().collect();
        let start = one.min(two).min(chars.len());
        let end = one.max(two).min(chars.len());
        let points = CodePoints::new(&text);
        let place = |at: usize| points.to_byte(u32::try_from(at).unwrap());
        let anchor = Anchor::of(&text, &points, TextRange::new(place(start), place(end)));
        let part = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
        prop_assert_eq!((anchor.start as usize, anchor.end as usize), (start, end));
        prop_assert_eq!(anchor.exact, part(start, end));
        prop_assert_eq!(anchor.prefix, part(start.saturating_sub(32), start));
        prop_assert_eq!(anchor.suffix, part(end, (end + 32).min(chars.len())));
    }

    #[test]
    fn edits_elsewhere_move_it_exactly(
        words in words(120), at in 30..80_usize, len in 1..20_usize,
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..4_usize, "[a-z .\\n]{0,12}"), 0..12),
        known in any::<bool>(),
    ) {
        let old = words.join(" ");
        let before: usize = words[..at].iter().map(|it| it.len() + 1).sum();
        let passage = words[at..at + len].join(" ");
        let from = TextRange::of_bytes(before, before + passage.len());
        let selector = selector(&old, from);
        let low = before - selector.prefix.len();
        let high = before + passage.len() + selector.suffix.len();
        let part = |from: usize, to: usize| TextRange::of_bytes(from, to).of(&old);
        // Every edit leaves the passage and its neighbours as they are.
        let (mut head, mut tail) = (part(0, low).to_owned(), part(high, old.len()).to_owned());
        for (index, gone, put) in edits {
            let part = if gone % 2 == 0 { &mut head } else { &mut tail };
            let start = part.floor_char_boundary(index.index(part.len() + 1));
            let end = part.ceil_char_boundary((start + 3 * gone).min(part.len()));
            part.replace_range(start..end, &put);
        }
        let new = format!("{head}{}{tail}", part(low, high));
        let start = head.len() + selector.prefix.len();
        let to = TextRange::of_bytes(start, start + passage.len());
        let placer = if known { Placer::with_old(&new, &old) } else { Placer::new(&new) };
        let same = TextRange::of_bytes(0, start).of(&new).chars().count() == selector.start as usize;
        let expected = if same { Placement::Same(to) } else { Placement::Moved(to) };
        prop_assert_eq!(placer.place(&selector), expected);
    }

    #[test]
    fn an_edit_taken_back_brings_it_back(
        words in words(60), at in 5..40_usize, len in 2..12_usize, index in any::<prop::sample::Index>(), put in "[a-z ]{1,6}",
    ) {
        let old = words.join(" ");
        let before: usize = words[..at].iter().map(|it| it.len() + 1).sum();
        let passage = words[at..at + len].join(" ");
        let from = TextRange::of_bytes(before, before + passage.len());
        let first = selector(&old, from);
        // Whether what is put in at an end belongs to the passage, nobody can tell.
        let put_at = old.floor_char_boundary(index.index(old.len()));
        prop_assume!([from.start, from.end].iter().all(|end| put_at.abs_diff(*end as usize) > 8));
        let mut new = old.clone();
        new.insert_str(put_at, &put);
        let there = Placer::with_old(&new, &old).place(&first).range();
        prop_assert!(there.is_some());
        let second = selector(&new, there.unwrap());
        prop_assert_eq!(Placer::with_old(&old, &new).place(&second).range(), Some(from));
    }

    #[test]
    fn an_unchanged_text_keeps_all(text in "[ab é京\\n]{1,200}", one in any::<prop::sample::Index>(), two in any::<prop::sample::Index>()) {
        let (one, two) = (one.index(text.len() + 1), two.index(text.len() + 1));
        let start = text.floor_char_boundary(one.min(two));
        let end = text.ceil_char_boundary(one.max(two));
        let range = TextRange::of_bytes(start, end);
        let expected = if range.is_empty() { Placement::Lost } else { Placement::Same(range) };
        prop_assert_eq!(Placer::new(&text).place(&selector(&text, range)), expected);
        prop_assert_eq!(Placer::with_old(&text, &text).place(&selector(&text, range)), expected);
    }

    #[test]
    fn anything_may_be_asked(
        text in "[ab é京\u{301}😀\\n\u{ad}]{0,300}", old in "[ab é京\u{301}😀\\n\u{ad}]{0,300}",
        one in any::<prop::sample::Index>(), two in any::<prop::sample::Index>(),
        exact in "[ab é京\u{301}\\n]{0,80}", prefix in "[ab é\\n]{0,40}", suffix in "\\PC{0,90}", start in any::<u32>(), end in 0..400_u32,
    ) {
        let (one, two) = (one.index(old.len() + 1), two.index(old.len() + 1));
        let range = TextRange::of_bytes(old.floor_char_boundary(one.min(two)), old.ceil_char_boundary(one.max(two)));
        let wild = Selector { start: start % 500, end, exact, prefix, suffix };
        let wilder = Selector { start, ..wild.clone() };
        let all = [wild, wilder, selector(&old, range)];
        for placer in [Placer::new(&text), Placer::with_old(&text, &old)] {
            for placement in placer.place_all(&all) {
                if let Some(range) = placement.range() {
                    prop_assert!(text.get(range.usize()).is_some_and(|words| !words.is_empty()));
                }
            }
        }
    }
}
