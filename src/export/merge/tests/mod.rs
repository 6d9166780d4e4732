use proptest::prelude::*;

use crate::annot::{
    About, Annotation, AnnotationId, Body, Entity, EntityId, EntityKind, Extra, Filter, Form,
    IdMaker, Kind, Origin, Quote, Review, Speaker, Step, Store,
};
use crate::article::{Article, plain};
use crate::export::{Extent, Format, Options, Report, closing, file, opening, read, write};
use crate::text::TextRange;
use any::filled;

pub(crate) mod any;

fn everything(with_text: bool) -> Options {
    let filter = Filter { reviews: Review::ALL.to_vec(), ..Filter::default() };
    Options { filter, with_text, ..Options::default() }
}

#[track_caller]
fn imported(written: &str, article: &Article, store: &Store) -> (Option<Step>, Report) {
    let mut documents = read(written).unwrap_or_else(|error| panic!("{error}\n{written}"));
    assert_eq!(documents.len(), 1);
    let merged = documents.remove(0).upon(article, store);
    (merged.step, merged.report)
}

proptest! {
    #[test]
    fn what_is_written_and_read_is_written_the_same(
        (article, store) in filled(), with_text in any::<bool>(),
    ) {
        let options = everything(with_text);
        let written = file(Format::Toml, &article, &store, &options);
        let (step, report) = imported(&written, &article, &Store::default());
        prop_assert_eq!(report.new, store.annotations().len());
        let mut again = Store::default();
        if let Some(step) = step {
            again.apply(step);
        }
        prop_assert_eq!(&file(Format::Toml, &article, &again, &options), &written);
        for store in [&store, &again] {
            let (step, report) = imported(&written, &article, store);
            prop_assert_eq!(step, None);
            prop_assert_eq!(report.same, store.annotations().len());
        }
        again.undo();
        prop_assert_eq!(again.annotations().len(), 0);
    }

    #[test]
    fn a_part_of_it_changes_nothing(
        (article, store) in filled(), kinds in proptest::sample::subsequence(Kind::ALL.to_vec(), 0..4),
        reviews in proptest::sample::subsequence(Review::ALL.to_vec(), 1..3),
    ) {
        let filter = Filter { kinds, reviews, ..Filter::default() };
        let options = Options { filter, ..Options::default() };
        let written = file(Format::Toml, &article, &store, &options);
        let (step, report) = imported(&written, &article, &store);
        prop_assert_eq!(step, None);
        prop_assert_eq!((report.new, report.updated, report.kept), (0, 0, 0));
    }

    #[test]
    fn another_text_keeps_all_of_it((article, store) in filled(), (other, theirs) in filled(), with_text in any::<bool>()) {
        let written = file(Format::Toml, &article, &store, &everything(with_text));
        let (step, report) = imported(&written, &other, &Store::default());
        prop_assert_eq!(report.new + report.dropped, store.annotations().len());
        let mut again = Store::default();
        if let Some(step) = step {
            again.apply(step);
        }
        let empty = |it: &Annotation| it.extra.as_ref().is_none_or(|extra| extra.is_empty());
        let made = store.annotations().iter().filter(|it| it.is_touched());
        for it in made.filter(|it| !empty(it) || it.review != Review::Proposed) {
            let got = again.get(it.id).expect("it is there");
            prop_assert_eq!((got.note(), got.tags()), (it.note(), it.tags()));
        }
        prop_assert_eq!(imported(&written, &other, &again).0, None);
        let here = file(Format::Toml, &other, &again, &everything(false));
        prop_assert_eq!(imported(&here, &other, &again).0, None);
        // Both have the same ids, so that there is much to decide; it is decided once and for all.
        let mut both = theirs;
        if let Some(step) = imported(&written, &other, &both).0 {
            both.apply(step);
        }
        prop_assert_eq!(imported(&written, &other, &both).0, None);
    }

    #[test]
    fn a_file_that_somebody_changed_is_refused_or_stays_what_it_is(
        (article, store) in filled(), more in any::words(), at in any::<usize>(), cut in 0..9_usize,
        lines in proptest::collection::vec((any::<usize>(), any::<usize>()), 0..3),
    ) {
        let mut lines_of: Vec<String> =
            file(Format::Toml, &article, &store, &everything(true)).lines().map(str::to_owned).collect();
        for (one, two) in lines {
            let count = lines_of.len();
            lines_of.swap(one % count, two % count);
        }
        let mut chars: Vec<char> = lines_of.join("\n").chars().collect();
        let at = at % chars.len();
        let end = (at + cut).min(chars.len());
        chars.splice(at..end, more.chars());
        let changed: String = chars.into_iter().collect();
        let Ok(documents) = read(&changed) else { return Ok(()) };
        let mut first = Store::default();
        for document in documents {
            if let Some(step) = document.upon(&article, &first).step {
                first.apply(step);
            }
        }
        let once = file(Format::Toml, &article, &first, &everything(true));
        let mut second = Store::default();
        if let Some(step) = imported(&once, &article, &second).0 {
            second.apply(step);
        }
        prop_assert_eq!(file(Format::Toml, &article, &second, &everything(true)), once);
    }

    #[test]
    fn several_articles_are_read_back(all in proptest::collection::vec(filled(), 0..4)) {
        let options = everything(true);
        let shape = (Format::Toml, Extent::Several);
        let mut bytes = opening(shape.0, shape.1).as_bytes().to_vec();
        for (article, store) in &all {
            write(&mut bytes, shape, article, store, &options).unwrap();
        }
        bytes.extend(closing(shape.0, shape.1).as_bytes());
        let written = String::from_utf8(bytes).unwrap();
        if all.is_empty() {
            prop_assert!(read(&written).is_err());
            return Ok(());
        }
        let documents = read(&written).unwrap();
        prop_assert_eq!(documents.len(), all.len());
        for (document, (article, store)) in documents.into_iter().zip(all) {
            prop_assert_eq!(document.article.text.as_deref(), Some(article.text.as_str()));
            prop_assert_eq!(document.upon(&article, &store).step, None);
        }
    }
}

const TEXT: &str = "“We stay,” said Ann Lee. The harbour of Aldern is quiet. “We do,” she said.";

fn article(text: &str) -> Article {
    plain::read(text.to_owned(), "aldern.txt")
}

fn place(text: &str, words: &str) -> TextRange {
    let at = text.find(words).expect(words);
    TextRange::of_bytes(at, at + words.len())
}

/// A proposal of a detector's.
fn quote(text: &str, words: &str) -> Annotation {
    let range = place(text, words);
    let outer = TextRange::new(range.start - 3, range.end + 3);
    let speaker = Speaker {
        range: place(text, "Ann Lee"),
        entity: Some(EntityId(0)),
        name: "Ann Lee".into(),
    };
    let cue = Some(place(text, "said"));
    let quote = Quote { form: Form::Direct, speaker: Some(speaker), cue, continues: None, outer };
    Annotation {
        id: IdMaker::new(text).annotation(Kind::Quote, range, words),
        range,
        body: Body::Quote(Box::new(quote)),
        origin: Origin::Detector { rule: "cue-after".into() },
        review: Review::Proposed,
        confidence: 0.973,
        extra: None,
    }
}

fn ann(text: &str) -> Entity {
    let (kind, name) = (EntityKind::Person, "Ann Lee".to_owned());
    let key = IdMaker::new(text).entity(kind, &name);
    Entity { key, name, kind, aliases: vec!["Lee".into()], description: None, other: None }
}

/// As the reader accepted it and wrote a note at this second.
fn noted(mut it: Annotation, note: &str, second: Option<i64>) -> Annotation {
    it.review = Review::Accepted;
    let modified = second.map(|second| jiff::Timestamp::from_second(second).unwrap());
    let note = note.to_owned();
    it.extra = Some(Box::new(Extra { note, modified, ..Extra::default() }));
    it
}

fn store(text: &str, annotations: impl IntoIterator<Item = Annotation>) -> Store {
    let mut store = Store::default();
    let found = |annotations, entities| crate::annot::store::Findings { annotations, entities };
    let mut mention = quote(text, "Ann Lee");
    mention.id = IdMaker::new(text).annotation(Kind::Mention, mention.range, "Ann Lee");
    mention.body = Body::Mention(EntityId(0));
    store.take(Kind::Mention, found(vec![mention], vec![ann(text)]));
    let (touched, found_ones): (Vec<_>, Vec<_>) =
        annotations.into_iter().partition(Annotation::is_touched);
    store.take(Kind::Quote, found(found_ones, Vec::new()));
    store.apply(touched.into_iter().fold(Step::new("Read"), Step::set));
    store
}

fn written(text: &str, store: &Store) -> String {
    file(Format::Toml, &article(text), store, &everything(false))
}

/// What our note is after a file is brought in.
#[track_caller]
fn check(theirs: Annotation, ours: Annotation, want: &str, counted: Report) {
    let id = ours.id;
    let mut store_of_ours = store(TEXT, [ours]);
    let before = written(TEXT, &store_of_ours);
    let (step, report) =
        imported(&written(TEXT, &store(TEXT, [theirs])), &article(TEXT), &store_of_ours);
    // The mention of her is there on both sides.
    assert_eq!(report, Report { same: counted.same + 1, ..counted });
    if let Some(step) = step {
        store_of_ours.apply(step);
        assert_eq!(store_of_ours.get(id).unwrap().note(), want);
        store_of_ours.undo();
        assert_eq!(written(TEXT, &store_of_ours), before, "what was before comes back");
    } else {
        assert_eq!(store_of_ours.get(id).unwrap().note(), want);
    }
}

#[test]
fn the_later_one_stays() {
    let it = || quote(TEXT, "We stay,");
    let updated = Report { updated: 1, ..Report::default() };
    let kept = Report { kept: 1, ..Report::default() };
    let same = Report { same: 1, ..Report::default() };
    check(noted(it(), "file", Some(2)), noted(it(), "ours", Some(1)), "file", updated);
    check(noted(it(), "file", Some(1)), noted(it(), "ours", Some(2)), "ours", kept);
    check(noted(it(), "file", Some(1)), noted(it(), "ours", Some(1)), "ours", kept);
    check(noted(it(), "file", None), noted(it(), "ours", Some(1)), "ours", kept);
    check(noted(it(), "file", Some(1)), noted(it(), "ours", None), "file", updated);
    check(noted(it(), "one", Some(1)), noted(it(), "one", Some(1)), "one", same);
    // A proposal says nothing against what a reader did, on either side.
    check(it(), noted(it(), "ours", None), "ours", kept);
    check(noted(it(), "file", None), it(), "file", updated);
    let other_rule = Annotation { confidence: 0.5, ..it() };
    check(other_rule, it(), "", same);
    // What a file cannot say is no difference: more than two decimals.
    check(Annotation { confidence: 0.971, ..it() }, it(), "", same);
}

#[test]
fn somebody_is_known_by_id_or_by_name() {
    let ours = store(TEXT, [quote(TEXT, "We stay,")]);
    let file_of = |change: fn(&mut Entity)| {
        let mut theirs = store(TEXT, [quote(TEXT, "We stay,")]);
        let mut it = ann(TEXT);
        change(&mut it);
        theirs.apply(Step::new("Change").set_entity(EntityId(0), it));
        written(TEXT, &theirs)
    };
    let after = |written: &str, ours: &Store| {
        let mut ours = ours.clone();
        let (step, _) = imported(written, &article(TEXT), &ours);
        ours.apply(step.unwrap());
        assert_eq!(imported(written, &article(TEXT), &ours).0, None);
        let all: Vec<_> = ours.live_entities().map(|(_, it)| it.clone()).collect();
        assert_eq!(all.len(), 1);
        all[0].clone()
    };
    // Renamed by the other reader, and by none of ours.
    let renamed = file_of(|it| it.name = "Ann Mary Lee".into());
    assert_eq!(after(&renamed, &ours).name, "Ann Mary Lee");
    // Another id: the same one by kind and name.
    let other_id = file_of(|it| {
        it.key = AnnotationId([3; 16]);
        it.aliases.push("Annie".into());
        it.description = Some("the owner".into());
    });
    let it = after(&other_id, &ours);
    assert_eq!((it.key, it.aliases.join(" ")), (ann(TEXT).key, "Lee Annie".to_owned()));
    // Renamed by both: ours stays, and the file adds what it knows.
    let mut touched = ours.clone();
    let ours_named = Entity { name: "A. Lee".into(), ..ann(TEXT) };
    touched.apply(Step::new("Rename").set_entity(EntityId(0), ours_named));
    let both = file_of(|it| it.aliases = vec!["Annie".into()]);
    let it = after(&both, &touched);
    assert_eq!((it.name, it.aliases.join(" ")), ("A. Lee".to_owned(), "Lee Annie".to_owned()));
}

#[test]
fn what_is_said_of_the_article_comes_together() {
    let with = |tags: &[&str], note: &str| {
        let mut store = store(TEXT, []);
        let tags = tags.iter().map(|&tag| tag.to_owned()).collect();
        store.apply(Step::new("Say").say(About { tags, note: note.into(), ..About::default() }));
        store
    };
    let joined = |(tags, note), (more, other)| {
        let mut ours = with(tags, note);
        let file = written(TEXT, &with(more, other));
        if let Some(step) = imported(&file, &article(TEXT), &ours).0 {
            ours.apply(step);
        }
        assert_eq!(imported(&file, &article(TEXT), &ours).0, None, "once is enough");
        (ours.about().tags.join(" "), ours.about().note.clone())
    };
    let said = |tags: &str, note: &str| (tags.to_owned(), note.to_owned());
    assert_eq!(joined((&["b"], ""), (&["a", "b"], "New.")), said("a b", "New."));
    assert_eq!(joined((&["b"], "Ours."), (&[], "")), said("b", "Ours."));
    assert_eq!(joined((&[], "Ours."), (&[], "New.")), said("", "Ours.\n\nNew."));
    assert_eq!(joined((&[], "Ours."), (&[], "Ours. And more.")), said("", "Ours. And more."));
}

#[test]
fn a_file_for_another_text_is_placed_anew() {
    let mut proposed = quote(TEXT, "We do,");
    proposed.range = place(TEXT, "she");
    proposed.id = AnnotationId([8; 16]);
    let notes = [("We stay,", "kept"), ("We do,", "gone")];
    let notes = notes.map(|(words, note)| noted(quote(TEXT, words), note, Some(5)));
    let file = written(TEXT, &store(TEXT, notes.into_iter().chain([proposed])));
    let text = format!("ALDERN, Monday. {}", TEXT.replace(". “We do,” she said", ""));
    let mut ours = store(&text, [quote(&text, "We stay,")]);
    let (step, report) = imported(&file, &article(&text), &ours);
    // The mention is proposed here too, the noted quote comes in the place of a proposal, and two
    // are not in this text: one that was noted, and one that nobody has looked at.
    let want = Report { new: 2, same: 1, moved: 1, lost: 1, dropped: 1, ..Report::default() };
    assert_eq!(report, want);
    ours.apply(step.unwrap());
    let quotes: Vec<_> = ours.annotations().iter().filter(|it| it.quote().is_some()).collect();
    let words: Vec<_> =
        quotes.iter().map(|it| (it.range.of(&text), it.note(), it.is_lost())).collect();
    assert_eq!(words, [("", "gone", true), ("We stay,", "kept", false)]);
    let quote = quotes[1].quote().unwrap();
    assert_eq!(quote.outer.of(&text), "“We stay,”");
    assert_eq!(quote.cue.unwrap().of(&text), "said");
    assert_eq!(quote.speaker.as_ref().unwrap().range.of(&text), "Ann Lee");
    assert_eq!(quotes[0].was().unwrap().selector.exact, "We do,");
    assert_eq!(imported(&file, &article(&text), &ours).0, None);
    // Back in the text where it stood, it has its place again.
    let back = written(&text, &ours);
    let mut first = Store::default();
    let (step, report) = imported(&back, &article(TEXT), &first);
    assert_eq!((report.new, report.lost), (3, 0));
    first.apply(step.unwrap());
    assert!(first.annotations().iter().all(|it| it.was().is_none()));
}

#[test]
fn a_passage_that_was_edited_remembers_what_it_was() {
    let old =
        "“The harbour of Aldern will stay open all winter long,” said Ann Lee. Boats came in.";
    let new = "A late edition. “The harbour of Aldern will stay open all the winter,” said Ann Lee. Boats came in.";
    let words = "The harbour of Aldern will stay open all winter long,";
    let theirs = store(old, [noted(quote(old, words), "kept", Some(5))]);
    for with_text in [false, true] {
        let file = file(Format::Toml, &article(old), &theirs, &everything(with_text));
        let mut ours = store(new, []);
        let (step, report) = imported(&file, &article(new), &ours);
        assert_eq!(report, Report { new: 1, same: 1, changed: 1, ..Report::default() });
        ours.apply(step.unwrap());
        let it = ours.annotations().iter().find(|it| it.note() == "kept").unwrap();
        assert_eq!(it.range.of(new), "The harbour of Aldern will stay open all the winter,");
        assert_eq!(it.was().unwrap().selector.exact, words);
        let quote = it.quote().unwrap();
        assert_eq!((quote.outer.start, quote.outer.end), (it.range.start - 3, it.range.end + 3));
        assert_eq!(quote.speaker.as_ref().unwrap().range.of(new), "Ann Lee");
        // What it was goes through files as well.
        let again = written(new, &ours);
        assert!(again.contains(&format!("was = \"{words}\"\nwas_place = [1, 54]\n")), "{again}");
        let mut copy = Store::default();
        copy.apply(imported(&again, &article(new), &copy).0.unwrap());
        assert_eq!(written(new, &copy), again);
    }
}
