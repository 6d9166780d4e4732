//! The formats that are written and not read.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::annot::About;
use crate::export::merge::tests::any::filled;

const TEXT: &str = "Harbour stays open

By Jo Roe

“We stay,” said Ann Lee on 3 May 2024. *Nobody* <b>left</b> the harbour & the town.

- 1. Boats
- 2. Nets";

/// A small article with one annotation of each kind, one of them lost.
fn small() -> (Article, Store) {
    let place = |words: &str| {
        let at = TEXT.find(words).unwrap();
        TextRange::of_bytes(at, at + words.len())
    };
    let article = plain::read(TEXT.to_owned(), "notes/harbour news.txt");
    let mut quote = proposal(TEXT, Kind::Quote, place("We stay,"));
    let (cue, speaker) = (Some(place("said")), place("Ann Lee"));
    let speaker =
        Some(Speaker { range: speaker, entity: Some(EntityId(0)), name: "Ann Lee".into() });
    let outer = place("“We stay,”");
    quote.body =
        Body::Quote(Box::new(Quote { form: Form::Direct, speaker, cue, continues: None, outer }));
    let mut mention = proposal(TEXT, Kind::Mention, place("Ann Lee"));
    mention.body = Body::Mention(EntityId(0));
    let mut time = proposal(TEXT, Kind::Time, place("3 May 2024"));
    if let Body::Time(time) = &mut time.body {
        time.value = "2024-05-03".into();
        time.modifier = None;
    }
    let made = |id, words, extra| {
        let mut it = Annotation::made(
            AnnotationId([id; 16]),
            words,
            Body::Highlight,
            "2024-05-04T10:00:00Z".parse().unwrap(),
        );
        let created = it.extra.take().and_then(|extra| extra.created);
        it.extra = Some(Box::new(Extra { created, ..extra }));
        it
    };
    let marked = made(
        2,
        place("<b>left</b> the harbour"),
        Extra {
            tags: vec!["a, b".into(), "x_y".into()],
            note: "First #line.\n=1+1".into(),
            colour: Some("green".into()),
            ..Extra::default()
        },
    );
    let selector =
        Selector { start: 90, end: 99, exact: "=gone | by".into(), ..Selector::default() };
    let lost = made(
        3,
        TextRange::default(),
        Extra {
            was: Some(Box::new(Was { lost: true, selector, beside: None })),
            ..Extra::default()
        },
    );
    let mut ann = entity("Ann Lee");
    ann.aliases = vec!["Lee".into()];
    let about = About { tags: vec!["sea".into()], note: "Good.".into(), ..About::default() };
    let step = Step::new("All").set_entity(EntityId(0), ann).say(about);
    let mut store = Store::default();
    store.apply([quote, mention, time, marked, lost].into_iter().fold(step, Step::set));
    (article, store)
}

#[test]
fn each_format_says_it_in_its_way() {
    let (article, store) = small();
    let shown = |format| file(format, &article, &store, &Options::default());
    insta::assert_snapshot!("markdown", shown(Format::Markdown));
    insta::assert_snapshot!("csv", shown(Format::Csv));
    insta::assert_snapshot!("jsonld", shown(Format::JsonLd));
    let page = shown(Format::Html);
    let (style, body) = page.split_once("</style>").unwrap();
    assert!(style.contains("default-src 'none'"));
    insta::assert_snapshot!("html", body);
}

#[test]
fn a_file_is_known_by_its_ending() {
    for format in Format::ALL {
        let name = format!("notes.{}", format.ending());
        assert_eq!(Format::of_file(Path::new(&name)), Some(format));
    }
    assert_eq!(Format::of_file(Path::new("a.MD")), Some(Format::Markdown));
    assert_eq!(Format::of_file(Path::new("a.htm")), Some(Format::Html));
    assert_eq!(Format::of_file(Path::new("toml")), None);
    assert_eq!(Format::of_file(Path::new("a.doc")), None);
}

/// What a browser shows of a page's article, in which every element that is opened is closed.
fn shown(page: &str) -> String {
    let (mut open, mut text, mut rest) = (Vec::new(), String::new(), page);
    while let Some((before, behind)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, behind) = behind.split_once('>').expect("a tag ends");
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None => open.push(tag.split(' ').next().unwrap()),
        }
        rest = behind;
    }
    text.push_str(rest);
    assert!(open.is_empty(), "{open:?}");
    let unescape = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    unescape.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

proptest! {
    #[test]
    fn they_are_whole_and_harmless((mut article, store) in filled(), several in any::<bool>()) {
        article.blocks = plain::read(article.text.clone(), "").blocks;
        let filter = Filter { reviews: Review::ALL.to_vec(), ..Filter::default() };
        let options = Options { filter, with_text: true, columns: 80 };
        let extent = if several { Extent::Several } else { Extent::One };
        let written = |format| {
            let mut bytes = opening(format, extent).as_bytes().to_vec();
            write(&mut bytes, (format, extent), &article, &store, &options).unwrap();
            bytes.extend(closing(format, extent).as_bytes());
            String::from_utf8(bytes).unwrap()
        };
        for format in Format::ALL {
            let written = written(format);
            let acts = |c| c != '\n' && safe::acts_on_terminals(c);
            prop_assert!(!written.contains(acts), "{format:?}");
        }
        let csv = written(Format::Csv);
        let mut csv = ::csv::Reader::from_reader(csv.as_bytes());
        let rows: Vec<_> = csv.records().collect::<Result<_, _>>().expect("it is CSV");
        prop_assert_eq!(rows.len(), store.annotations().len());

        let json: Value = serde_json::from_str(&written(Format::JsonLd)).expect("it is JSON");
        let page = if several { &json[0] } else { &json };
        prop_assert_eq!(page["items"].as_array().map(Vec::len), Some(store.annotations().len()));

        let page = written(Format::Html);
        let text = page.split_once("</header>\n").unwrap().1.split_once("</article>").unwrap().0;
        let want: String = article.text.replace('\r', "").chars().map(safe::harmless).collect();
        // White space at the ends of blocks is left out, whatever it is shown as elsewhere.
        let blank = |c: char| c.is_whitespace() || matches!(c, '\u{fffd}' | '\u{2400}'..='\u{2421}');
        let letters = |text: &str| text.chars().filter(|&c| !blank(c)).collect::<String>();
        prop_assert_eq!(letters(&shown(text)), letters(&want));
        for it in store.annotations().iter().filter(|it| !it.is_lost() && !it.range.is_empty()) {
            let target = format!("<a id=\"a-{}\">", it.id);
            prop_assert_eq!(page.matches(&target).count(), 1);
        }
    }
}
