//! What stands in the text for pictures: a block of its own. It has one sign, since the words that
//! are said of a picture are not the article's: they are shown in its place.

use super::{Article, Block, BlockKind, Image, PICTURE, build};
use crate::text::{TextRange, offset, one_line};

/// The most bytes of the words for a picture; they are cut between words.
const LONGEST: usize = 300;

/// Puts a block into the text for every picture of which something is said; its image then stands
/// for the block. Pictures of which nothing is said, or only what stands below them or beside them
/// anyway, leave no trace in the text. Those at the end do only where `at_end` says so: what stands
/// behind a page's article is seldom its own.
pub(super) fn shown(article: Article, at_end: bool) -> Article {
    if article.images.is_empty() {
        return article;
    }
    let Article { text, mut blocks, mut links, images, .. } = article;
    let mut into = Into { text: String::with_capacity(text.len()), ..Into::default() };
    let mut next = 0;
    let mut old = blocks.drain(..).peekable();
    for mut image in images {
        let place = image.range.start;
        while let Some(block) = old.next_if(|it| it.range.start < place) {
            into.block(block, &text, &mut next);
        }
        let end = offset(text.len());
        let here = old.peek().map_or(at_end && place == end, |it| it.range.start == place);
        let beside = old.peek().map(|it| it.range.of(&text));
        if let Some(words) = words(&image).filter(|it| here && !into.says(it, beside)) {
            into.picture(&words, &mut image, &text, &mut next);
        } else {
            image.range = into.moved(image.range);
        }
        into.images.push(image);
    }
    for block in old {
        into.block(block, &text, &mut next);
    }
    into.copy(&text, &mut next, text.len());
    for link in &mut links {
        link.range = into.moved(link.range);
    }
    let Into { text, blocks, images, .. } = into;
    Article { text, blocks, links, images, ..article }
}

/// The words for a picture, without brackets; nothing where nothing is said of it but a file's name.
fn words(image: &Image) -> Option<String> {
    let mut words = one_line(&build::clean(&image.alt));
    let file = image.target.rsplit('/').next().unwrap_or_default();
    let is_name = !words.contains(' ') && (file.starts_with(&words) || words.contains("://"));
    if words.len() > LONGEST {
        let end = words.floor_char_boundary(LONGEST);
        let end = words.get(..end).and_then(|it| it.rfind(' ')).unwrap_or(end);
        words.truncate(end);
        words.push('…');
    }
    (words.chars().any(char::is_alphanumeric) && !is_name).then_some(words)
}

/// The article while it is put together anew.
#[derive(Default)]
struct Into {
    text: String,
    blocks: Vec<Block>,
    images: Vec<Image>,
    /// Where something was put in, in bytes of the text before, and how many bytes more there are
    /// from there on.
    moves: Vec<(u32, u32)>,
}

impl Into {
    /// Where a range of the text before stands now.
    fn moved(&self, range: TextRange) -> TextRange {
        let by = |place: u32| {
            let at = self.moves.partition_point(|it| it.0 <= place);
            at.checked_sub(1).and_then(|it| self.moves.get(it)).map_or(0, |it| it.1)
        };
        // What ends where something was put in ends before that.
        let end = range.end.saturating_sub(u32::from(!range.is_empty()));
        let end = end + by(end) + u32::from(!range.is_empty());
        TextRange::new(range.start + by(range.start), end)
    }

    fn copy(&mut self, text: &str, next: &mut usize, end: usize) {
        self.text.push_str(text.get(*next..end).unwrap_or_default());
        *next = (*next).max(end);
    }

    fn block(&mut self, block: Block, text: &str, next: &mut usize) {
        self.copy(text, next, block.range.end as usize);
        self.blocks.push(Block { range: self.moved(block.range), ..block });
    }

    /// Whether words stand beside the picture anyway.
    fn says(&self, words: &str, behind: Option<&str>) -> bool {
        let before = self.blocks.last().map(|it| it.range.of(&self.text));
        let bare = words.trim_end_matches('…');
        [before, behind]
            .into_iter()
            .flatten()
            .any(|it| it.get(..bare.len()).is_some_and(|it| it.eq_ignore_ascii_case(bare)))
    }

    /// Puts a block for a picture where the next block of the text begins.
    fn picture(&mut self, words: &str, image: &mut Image, text: &str, next: &mut usize) {
        let place = image.range.start as usize;
        self.copy(text, next, place);
        let before = self.text.len();
        if !self.text.is_empty() {
            let ends = self.text.len() - self.text.trim_end_matches('\n').len();
            self.text.push_str("\n\n".get(ends.min(2)..).unwrap_or_default());
        }
        let start = self.text.len();
        self.text.push(PICTURE);
        words.clone_into(&mut image.alt);
        let range = TextRange::of_bytes(start, self.text.len());
        self.blocks.push(Block { kind: BlockKind::Picture, range });
        image.range = range;
        if place < text.len() {
            self.text.push_str("\n\n");
        }
        let more = offset(self.text.len() - before);
        let had = self.moves.last().map_or(0, |it| it.1);
        self.moves.push((offset(place), had + more));
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    /// The text of a source; links and images in it are marked with what they lead to.
    #[track_caller]
    fn check(source: &str, name: &str, wanted: &str) {
        let article = read(source.as_bytes().to_vec(), name).unwrap();
        let mut last = 0;
        for block in &article.blocks {
            let words = block.range.of(&article.text);
            assert!(block.range.start >= last && words == words.trim() && !words.is_empty());
            let is_picture = words == PICTURE.to_string();
            assert_eq!(block.kind == BlockKind::Picture, is_picture, "{words}");
            last = block.range.end;
        }
        let mut shown = article.text.clone();
        let links = article.links.iter().map(|it| (it.range, &it.target));
        let images = article.images.iter().map(|it| (it.range, &it.target));
        let mut all: Vec<_> = links.chain(images).collect();
        all.sort_by_key(|it| std::cmp::Reverse(it.0.end));
        for (range, target) in all {
            shown.insert_str(range.end as usize, &format!("<{}{target}>", range.len()));
        }
        for block in article.blocks.iter().filter(|it| it.kind == BlockKind::Picture) {
            let said = article.picture_at(block.range.start).unwrap();
            shown = shown.replacen(PICTURE, &said, 1);
        }
        assert_eq!(shown, wanted);
    }

    #[test]
    fn pictures_have_their_words_in_the_text() {
        check(
            "# Mill\n\nIt [stands](/s).\n\n![The mill, seen\nfrom the quay](mill.jpg)\n\nThat is [all](/a).\n\n![End](e.png)",
            "a.md",
            "Mill\n\nIt stands<6/s>.\n\n[picture: The mill, seen from the quay]<3mill.jpg>\n\nThat is all<3/a>.\n\n[picture: End]<3e.png>",
        );
        check(
            "![One](1.png)\n\n![Two](2.png)\n\n- a\n- b",
            "a.md",
            "[picture: One]<31.png>\n\n[picture: Two]<32.png>\n\n• a\n• b",
        );
        check("- a\n\n  ![One](1.png)\n- b", "a.md", "• a\n\n[picture: One]<31.png>\n\n• b");
    }

    #[test]
    fn what_says_nothing_or_is_said_beside_leaves_no_trace() {
        check("One\n\n![](1.png)\n\nTwo", "a.md", "One\n\n<01.png>Two");
        check("One\n\n![mill](mill.jpg)\n\nTwo", "a.md", "One\n\n<0mill.jpg>Two");
        check("One\n\n![...](1.png)\n\nTwo", "a.md", "One\n\n<01.png>Two");
        let page = "<!doctype html><p>It stands, and it has stood there since anybody can think.</p><figure><img src='/m.jpg' alt='The Mill'>
            <figcaption>The mill at noon</figcaption></figure><p>That is all that is known of the mill in these days.</p>";
        let article = read(page.as_bytes().to_vec(), "a.html").unwrap();
        assert!(!article.text.contains(PICTURE), "{}", article.text);
        let other = page.replace("'The Mill'", "'A wheel in the water'");
        let article = read(other.into_bytes(), "a.html").unwrap();
        assert!(article.text.contains("\u{fffc}\n\nThe mill at noon"), "{}", article.text);
        let words = article.in_words(TextRange::of_bytes(0, article.text.len()));
        assert!(words.contains("[picture: A wheel in the water]\n\nThe mill at noon"), "{words}");
    }

    #[test]
    fn words_for_a_picture_are_short_and_harmless() {
        let long = format!("![a\u{1b}c {}word](1.png)\n\nWords", "word ".repeat(400));
        let article = read(long.into_bytes(), "a.md").unwrap();
        let words = article.picture_at(0).unwrap();
        assert!(words.len() < LONGEST + 20 && words.ends_with("word…]"), "{words}");
        assert!(!words.contains('\u{1b}'));
    }
}
