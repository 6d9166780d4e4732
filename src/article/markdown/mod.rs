//! Markdown to an article: CommonMark with tables, footnotes and front matter.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::build::{self, Builder};
use super::html::meta::line;
use super::{Article, BlockKind, columns, html};

mod front;

pub(super) use front::front_matter;

/// Reads a marked-up text. `source` is the path or URL as given.
pub(super) fn read(text: &str, source: &str) -> Article {
    let front = front_matter(text);
    let body = front.as_ref().and_then(|it| text.get(it.end..)).unwrap_or(text);
    let mut meta = front.map(|it| it.meta).unwrap_or_default();
    let mut writer = Writer::default();
    if let Some(title) = &meta.title {
        writer.out.begin(BlockKind::Title);
        writer.out.words(title);
        writer.title = Some(title.clone());
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    for event in Parser::new_ext(body, options) {
        writer.take(event);
    }
    let mut article = writer.out.finish();
    if meta.title.is_none()
        && let Some(first) = article.blocks.first_mut()
        && first.kind == BlockKind::Heading(1)
    {
        first.kind = BlockKind::Title;
        meta.title = line(first.range.of(&article.text), 400);
    }
    source.clone_into(&mut meta.source);
    article.meta = meta;
    article
}

/// What is open around the next words.
#[derive(Default)]
struct Writer {
    out: Builder,
    /// The title that is written already.
    title: Option<String>,
    quotes: u32,
    /// The numbers of the open lists; none for those with bullets.
    lists: Vec<Option<u64>>,
    items: u32,
    code: bool,
    links: Vec<(usize, String)>,
    /// The description of a picture while it is read.
    picture: Option<(String, String)>,
    table: Option<Vec<Vec<String>>>,
    /// Markup of a page between the paragraphs.
    markup: String,
    /// A first heading while it is not known whether it is the title.
    heading: Option<(u8, String)>,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words)
            | Event::Code(words)
            | Event::InlineMath(words)
            | Event::DisplayMath(words) => self.words(&words),
            Event::Html(markup) => self.markup.push_str(&markup),
            Event::InlineHtml(tag) => {
                if tag.get(..3).is_some_and(|it| it.eq_ignore_ascii_case("<br")) {
                    self.out.line_end();
                }
            }
            Event::FootnoteReference(name) => self.words(&format!("[{name}]")),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => {
                if self.table.is_some() || self.picture.is_some() || self.heading.is_some() {
                    self.words(" ");
                } else {
                    self.out.line_end();
                }
            }
            Event::Rule => self.out.end_block(),
            Event::TaskListMarker(done) => self.words(if done { "☑ " } else { "☐ " }),
        }
    }

    fn words(&mut self, words: &str) {
        let words = build::clean(words);
        if let Some((_, alt)) = &mut self.picture {
            alt.push_str(&words);
        } else if let Some(rows) = &mut self.table {
            if let Some(cell) = rows.last_mut().and_then(|it| it.last_mut()) {
                cell.push_str(&words);
            }
        } else if let Some((_, heading)) = &mut self.heading {
            heading.push_str(&words);
        } else if self.code {
            self.out.verbatim(&words);
        } else {
            self.out.words(&words);
        }
    }

    /// What a paragraph is here.
    fn kind(&self) -> BlockKind {
        match () {
            () if self.quotes > 0 => BlockKind::Quote,
            () if self.items > 0 => BlockKind::ListItem,
            () => BlockKind::Paragraph,
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.out.begin(self.kind()),
            Tag::Heading { level, .. } => self.heading(number(level)),
            Tag::BlockQuote(_) => {
                self.out.end_block();
                self.quotes += 1;
                self.out.begin(BlockKind::Quote);
            }
            Tag::CodeBlock(_) => {
                self.out.begin(BlockKind::Code);
                self.code = true;
            }
            Tag::List(first) => self.lists.push(first),
            Tag::Item => self.item(),
            Tag::FootnoteDefinition(name) => {
                self.out.begin(BlockKind::Paragraph);
                self.out.mark(&format!("[{}] ", build::clean(&name)));
            }
            Tag::Table(_) => {
                self.out.end_block();
                self.table = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(rows) = &mut self.table {
                    rows.push(Vec::new());
                }
            }
            Tag::TableCell => {
                if let Some(row) = self.table.as_mut().and_then(|it| it.last_mut()) {
                    row.push(String::new());
                }
            }
            Tag::Link { dest_url, .. } => {
                self.links.push((self.out.place(), dest_url.into_string()));
            }
            Tag::Image { dest_url, .. } => {
                self.picture = Some((dest_url.into_string(), String::new()));
            }
            Tag::HtmlBlock => self.markup.clear(),
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.end_block(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => {
                self.out.end_block();
                self.quotes -= 1;
            }
            TagEnd::CodeBlock => {
                self.code = false;
                self.out.end_block();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => {
                self.out.end_block();
                self.out.mark("");
                self.items -= 1;
            }
            TagEnd::FootnoteDefinition => {
                self.out.end_block();
                self.out.mark("");
            }
            TagEnd::Table => self.table(),
            TagEnd::Link => {
                if let Some((from, target)) = self.links.pop()
                    && self.table.is_none()
                    && self.heading.is_none()
                {
                    self.out.link(from, &target);
                }
            }
            TagEnd::Image => {
                if let Some((target, alt)) = self.picture.take() {
                    self.out.image(&target, alt);
                }
            }
            TagEnd::HtmlBlock => {
                let markup = std::mem::take(&mut self.markup);
                self.out.end_block();
                // A text is read even where markup in it is too much for a page.
                let _: bool = html::write_part(&markup, &mut self.out);
            }
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn heading(&mut self, level: u8) {
        self.out.end_block();
        self.heading = self.title.is_some().then(|| (level, String::new()));
        self.out.begin(BlockKind::Heading(level));
    }

    fn end_heading(&mut self) {
        if let Some((level, words)) = self.heading.take() {
            // The title stands above already.
            let title = self.title.as_deref().filter(|_| level == 1);
            if title.is_none_or(|it| it.trim() != words.trim()) {
                self.out.words(&words);
            }
        }
        self.out.end_block();
    }

    fn item(&mut self) {
        self.items += 1;
        self.out.begin(self.kind());
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number = number.saturating_add(1);
                format!("{}. ", *number - 1)
            }
            Some(None) | None => "• ".to_owned(),
        };
        self.out.mark(&mark);
    }

    fn table(&mut self) {
        let rows = self.table.take().unwrap_or_default();
        if let Some(lines) = columns::aligned(&rows) {
            self.out.begin(BlockKind::Code);
            self.out.verbatim(&lines);
            return self.out.end_block();
        }
        for row in rows {
            self.out.begin(BlockKind::Paragraph);
            self.out.words(&row.join(" | "));
        }
        self.out.end_block();
    }
}

const fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests;
