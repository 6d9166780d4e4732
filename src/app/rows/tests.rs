use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::*;
use crate::annot::{Review, Step};
use crate::article::plain;
use crate::detect::{self, Report};

/// An article with what the detectors find in it.
pub(crate) fn analysed(text: &str) -> (Article, Store) {
    let article = plain::read(text.to_owned(), "-");
    let mut store = Store::default();
    detect::run(&article, article.meta.published, &AtomicBool::new(false), |report| {
        if let Report::Found(kind, findings) = report {
            store.take(kind, findings);
        }
    });
    (article, store)
}

/// The sample article of the program.
pub(crate) const SAMPLE: &str = include_str!("../../../assets/sample.txt");

fn sample() -> (Article, Store) {
    analysed(SAMPLE)
}

fn grouped() -> Filters {
    Filters { grouped: true, ..Filters::default() }
}

fn all_rows(store: &Store, article: &Article) -> Vec<Rows> {
    let mut all: Vec<Rows> = Panel::ALL
        .into_iter()
        .map(|panel| Rows::build(panel, store, article, &Filters::default()))
        .collect();
    all.push(Rows::build(Panel::Quotes, store, article, &grouped()));
    all
}

/// The words of every row; headings in brackets.
fn listed(rows: &Rows, store: &Store, article: &Article) -> Vec<String> {
    let words = |row| match rows.row(row).unwrap() {
        Row::Heading(Heading::Speaker { quote, count }) => {
            let quote = store.annotations()[quote as usize].quote().unwrap();
            format!("[{} {count}]", speaker_name(store, quote).unwrap())
        }
        Row::Heading(heading) => format!("[{heading:?}]"),
        Row::Annotation(index) => {
            store.annotations()[index as usize].range.of(&article.text).to_owned()
        }
        Row::Entity(id) => {
            format!("{} {}", store.entity(id).unwrap().name, rows.mentions(row).len())
        }
    };
    (0..rows.len()).map(words).collect()
}

#[test]
fn quotes_stand_in_order_or_under_their_speakers() {
    let (article, store) = analysed(
        "“I will go now,” said Jane Miller. The “smart” car waited.\n\n“You will not go,” said \
         Tom Baker.\n\n“Then I will stay here,” said Jane Miller.\n",
    );
    let rows = Rows::build(Panel::Quotes, &store, &article, &Filters::default());
    assert_eq!(
        listed(&rows, &store, &article),
        ["I will go now,", "smart", "You will not go,", "Then I will stay here,"]
    );
    let rows = Rows::build(Panel::Quotes, &store, &article, &grouped());
    assert_eq!(
        listed(&rows, &store, &article),
        [
            "[Jane Miller 2]",
            "I will go now,",
            "Then I will stay here,",
            "[Tom Baker 1]",
            "You will not go,",
            "[NoSpeaker(1)]",
            "smart",
        ]
    );
    assert_eq!(rows.title(), "Quotes 4");
    let filters = Filters { only_with_speaker: true, ..grouped() };
    assert_eq!(Rows::build(Panel::Quotes, &store, &article, &filters).count(), 3);
    let mut filters = Filters::default();
    filters.flip(Panel::Quotes, 2);
    assert_eq!(Rows::build(Panel::Quotes, &store, &article, &filters).count(), 3);
}

#[test]
fn entities_stand_under_their_kinds_with_the_most_mentioned_first() {
    let (article, store) = analysed(
        "Tom Baker came to London. Jane Miller met Mr Baker in Paris. Miller likes Paris, and \
         Baker does not.\n",
    );
    let rows = Rows::build(Panel::Entities, &store, &article, &Filters::default());
    assert_eq!(
        listed(&rows, &store, &article),
        [
            "[Kind(Person, 2)]",
            "Tom Baker 3",
            "Jane Miller 2",
            "[Kind(Place, 2)]",
            "Paris 2",
            "London 1",
        ]
    );
    let place = |word: &str| offset(article.text.find(word).unwrap());
    assert_eq!(rows.here(&store, place("Paris")), Some(4));
    assert_eq!(rows.here(&store, place(" met")), None);
    assert_eq!(rows.at(&store, place(" met")), Some(2));
    // Enter walks the mentions and begins again.
    let mut walk = Vec::new();
    let mut cursor = place("London");
    for _ in 0..4 {
        let at = rows.next_place(&store, 1, cursor).unwrap();
        walk.push(at.of(&article.text));
        cursor = at.start;
    }
    assert_eq!(walk, ["Baker", "Baker", "Tom Baker", "Baker"]);
    let last = rows.place(&store, 5, offset(article.text.len())).unwrap();
    assert_eq!(last.of(&article.text), "London");
    let mut filters = Filters::default();
    filters.flip(Panel::Entities, 0);
    let places = Rows::build(Panel::Entities, &store, &article, &filters);
    assert_eq!(listed(&places, &store, &article), ["[Kind(Place, 2)]", "Paris 2", "London 1"]);
}

#[test]
fn times_stand_on_an_axis_with_the_articles_day() {
    let (article, store) = analysed(
        "The Bridge\n\nPublished 11 October 2024\n\nThe bridge was built in 1960 and closed on \
         4 October 2024. It opens again on 22 October 2024, after two weeks of work, and a park \
         follows in 2026. Until spring 2024 nobody cared.\n",
    );
    let rows = Rows::build(Panel::Timeline, &store, &article, &Filters::default());
    assert_eq!(
        listed(&rows, &store, &article),
        [
            "[Year(1960)]",
            "1960",
            "[Year(2024)]",
            "[Month(2024, 3)]",
            "spring 2024",
            "[Month(2024, 10)]",
            "4 October 2024",
            "[Today(2024-10-11)]",
            "22 October 2024",
            "[Year(2026)]",
            "2026",
            "[Undated(1)]",
            "two weeks",
        ]
    );
    let filters = Filters { undated: false, ..Filters::default() };
    let dated = Rows::build(Panel::Timeline, &store, &article, &filters);
    assert_eq!(dated.count(), rows.count() - 1);
}

#[test]
fn what_was_rejected_is_not_listed() {
    let (article, mut store) = sample();
    for panel in Panel::ALL {
        let rows = Rows::build(panel, &store, &article, &Filters::default());
        let index = match rows.row(rows.first().unwrap()).unwrap() {
            Row::Annotation(index) => index,
            _ => rows.mentions(1)[0],
        };
        let before = store.annotations()[index as usize].clone();
        let mut after = before.clone();
        after.review = Review::Rejected;
        assert!(store.apply(Step::new("reject").set(after)));
        let fewer = Rows::build(panel, &store, &article, &Filters::default());
        if panel == Panel::Entities {
            assert_eq!(fewer.mentions(1).len() + 1, rows.mentions(1).len());
            assert_ne!(fewer.here(&store, before.range.start), Some(1));
        } else {
            assert_eq!(fewer.count() + 1, rows.count());
            assert_eq!(fewer.find(&store, RowKey::Annotation(before.id)), None);
        }
    }
}

#[test]
fn every_row_is_found_again() {
    let (article, store) = sample();
    for rows in all_rows(&store, &article) {
        assert!(rows.count() > 6, "{:?}", rows.panel());
        let mut ordinal = 0;
        for row in 0..rows.len() {
            assert_eq!(rows.ordinal(row), ordinal);
            let key = rows.key(&store, row);
            if !rows.selectable(row) {
                assert_eq!((key, rows.place(&store, row, 0)), (RowKey::Heading, None));
                continue;
            }
            ordinal += 1;
            assert_eq!(rows.find(&store, key), Some(row));
            let place = rows.place(&store, row, 0).unwrap();
            assert_eq!(rows.here(&store, place.start), Some(row), "{}", place.of(&article.text));
            assert_eq!(rows.at(&store, place.start), Some(row));
        }
        for place in 0..offset(article.text.len()) + 2 {
            assert!(rows.selectable(rows.at(&store, place).unwrap()));
        }
    }
}

#[test]
fn nothing_listed_breaks_nothing() {
    let (article, store) = (Article::default(), Store::default());
    for rows in all_rows(&store, &article) {
        assert!(rows.is_empty());
        assert_eq!((rows.step(None, 1), rows.first(), rows.last()), (None, None, None));
        assert_eq!((rows.at(&store, 3), rows.row(0), rows.ordinal(9)), (None, None, 0));
        assert_eq!(keep_in_view(&rows, &store, &article, Some(4), 7, 3), 0);
        assert_eq!(row_on_line(&rows, &store, &article, Some(4), 7, 3), None);
    }
}

/// Rows as long as wished, some of them headings.
fn made(headings: &[bool]) -> Rows {
    let mut rows = Rows::new(Panel::Timeline);
    for (&heading, at) in headings.iter().zip(0..) {
        if heading { rows.push_heading(Heading::Year(at)) } else { rows.push(0) }
    }
    rows
}

proptest! {
    #[test]
    fn steps_skip_headings_and_stop_at_the_ends(
        headings in prop::collection::vec(any::<bool>(), 0..40), from in 0_usize..45, by in -50_i64..50,
    ) {
        let rows = made(&headings);
        let selectable: Vec<usize> = (0..headings.len()).filter(|at| !headings[*at]).collect();
        prop_assert_eq!(rows.first(), selectable.first().copied());
        prop_assert_eq!(rows.last(), selectable.last().copied());
        let from = selectable.get(from % selectable.len().max(1)).copied();
        let place = from.and_then(|row| selectable.iter().position(|it| *it == row));
        let want = place.and_then(|place| {
            let to = (i64::try_from(place).unwrap() + by).clamp(0, i64::try_from(selectable.len()).unwrap() - 1);
            selectable.get(usize::try_from(to).unwrap()).copied()
        });
        prop_assert_eq!(rows.step(from, by), want);
    }

    #[test]
    fn the_selected_row_is_seen_whole_where_it_fits(
        top in 0_usize..80, height in 1_u16..30, pick: prop::sample::Index, by in -3_i64..4,
    ) {
        thread_local! { static SAMPLE_ROWS: (Article, Store) = sample(); }
        SAMPLE_ROWS.with(|(article, store)| {
            for rows in all_rows(store, article) {
                let selected = rows.step(Some(pick.index(rows.len())), by);
                let row = selected.unwrap();
                let top = keep_in_view(&rows, store, article, selected, top, height);
                prop_assert!(top <= row);
                let own = rows.height(store, article, row, true).min(height);
                prop_assert!(row - top + usize::from(own) <= usize::from(height));
                // It stays where it is.
                prop_assert_eq!(keep_in_view(&rows, store, article, selected, top, height), top);
                // All lines of the selected row are its own.
                for line in 0..own {
                    let line = line + u16::try_from(row - top).unwrap();
                    prop_assert_eq!(row_on_line(&rows, store, article, selected, top, line), selected);
                }
                let below = u16::try_from(row - top).unwrap() + rows.height(store, article, row, true);
                let next = (row + 1 < rows.len()).then_some(row + 1);
                prop_assert_eq!(row_on_line(&rows, store, article, selected, top, below), next);
            }
            Ok(())
        })?;
    }
}
