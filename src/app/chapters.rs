//! From one chapter of a book to another.

use super::{Effect, Model};

/// Goes so many chapters forward or back, at most to the last or the first one.
pub(super) fn go(model: &mut Model, forward: bool, times: u32) -> Vec<Effect> {
    let Some(book) = model.article.book.clone() else {
        model.complain("this is no chapter of a book");
        return Vec::new();
    };
    let (times, last) = (times as usize, book.titles.len().saturating_sub(1));
    let to = if forward {
        book.open.saturating_add(times).min(last)
    } else {
        book.open.saturating_sub(times)
    };
    if to == book.open {
        model.complain(if forward {
            "this is the last chapter"
        } else {
            "this is the first chapter"
        });
        return Vec::new();
    }
    open(model, to, forward)
}

/// Opens a chapter of the book that is open.
pub(super) fn open(model: &mut Model, number: usize, forward: bool) -> Vec<Effect> {
    let Some(book) = &model.article.book else { return Vec::new() };
    if book.source == "-" {
        model.complain("the book came by standard input; other chapters need a file");
        return Vec::new();
    }
    vec![Effect::OpenChapter { book: book.source.clone(), number, forward }]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::{Message, Msg, update};
    use crate::article::{self, Chapters};
    use crate::config::Settings;
    use crate::input::key;

    fn model(source: &str) -> Model {
        let titles = ["One", "Two", "Three", "Four"].map(|it| Some(it.to_owned())).to_vec();
        let book = Chapters { source: source.to_owned(), open: 1, titles };
        let article = article::Article { book: Some(Arc::new(book)), ..article::sample() };
        Model::new(Arc::new(article), Settings::default(), (120, 40))
    }

    #[track_caller]
    fn check(keys: &str, wanted: Result<(usize, bool), &str>) {
        let mut model = model("a.epub");
        let mut asked = None;
        for key in key::parse(keys).unwrap() {
            for effect in update(&mut model, Msg::Key(key)) {
                let Effect::OpenChapter { book, number, forward } = effect else { continue };
                assert_eq!(book, "a.epub");
                asked = Some((number, forward));
            }
        }
        let said = match &model.message {
            Some(Message::Failed(said)) => said.clone(),
            _ => String::new(),
        };
        assert_eq!(asked.ok_or(said.as_str()), wanted, "{keys}");
    }

    #[test]
    fn keys_go_from_chapter_to_chapter() {
        check("]c", Ok((2, true)));
        check("[c", Ok((0, false)));
        check("2]c", Ok((3, true)));
        check("9]c", Ok((3, true)));
        check("9[c", Ok((0, false)));
    }

    #[test]
    fn the_table_of_contents_opens_chapters() {
        // The second chapter is open, and its first row is chosen.
        check("ok<CR>", Ok((0, false)));
        check("oG<CR>", Ok((3, true)));
        check("o<CR>", Err(""));
    }

    #[test]
    fn ends_and_what_is_no_book_are_said() {
        let said = |model: &mut Model, forward| {
            assert!(go(model, forward, 1).is_empty());
            format!("{:?}", model.message)
        };
        let mut last = model("a.epub");
        let book = Chapters { open: 3, ..(**last.article.book.as_ref().unwrap()).clone() };
        last.article =
            Arc::new(article::Article { book: Some(Arc::new(book)), ..article::sample() });
        assert!(said(&mut last, true).contains("the last chapter"));
        assert!(said(&mut model("-"), true).contains("standard input"));
        last.article = Arc::new(article::sample());
        assert!(said(&mut last, true).contains("no chapter of a book"));
    }
}
