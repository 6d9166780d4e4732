//! Draws what lies over and below the panes: what is open, the hints, the status line.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::prompt::Prompt;
use super::status::{self, Status};
use super::theme::{Role, Theme};
use super::{details, filter, help, hints, lists, note, outline, prompt, review, shelf};
use crate::annot::{Annotation, Kind, Review};
use crate::app::{Message, Mode, Model, PromptKind, commandline, marking, motion, popups, update};
use crate::article::{self, BlockKind, Extract};
use crate::detect::DETECTORS;
use crate::input::{Command, Match, key};
use crate::text::{self, Setting, TextRange, Wrapping};

/// Draws it; gives the place of the cursor where something is typed.
pub(super) fn draw(
    model: &Model,
    theme: &Theme,
    screen: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let ground = popups::ground(model.screen).intersection(screen);
    let line = model.areas().status.intersection(screen);
    if let Some(alarm) = &model.alarm {
        draw_alarm(alarm, theme, ground, buf);
    }
    if let Mode::Prompt(open) = &model.mode {
        if model.review.is_some() {
            review::draw(model, ground, theme, buf);
        }
        return draw_prompt(model, open, theme, screen, buf);
    }
    status::draw(line, &status(model), theme, buf);
    match &model.mode {
        Mode::Normal => draw_hints(model, theme, ground, buf),
        Mode::Letter(command) => {
            let letters = marking::letters(model, *command);
            if !letters.is_empty() {
                let title = marking::letter_title(model, *command);
                hints::letters(ground, &title, &letters, theme, buf);
            }
        }
        Mode::Prompt(_) | Mode::Links(_) => {}
        Mode::Note(open) => return note::draw(ground, open, theme, buf),
        Mode::Review => review::draw(model, ground, theme, buf),
        Mode::Marks(list) => lists::marks(ground, model, *list, theme, buf),
        Mode::Changes(list) => lists::changes(ground, model, *list, theme, buf),
        Mode::Differences(list) => lists::differences(ground, model, *list, theme, buf),
        Mode::Help(open) => {
            let rows = crate::app::help::rows(&model.settings.keymap, open.query.text());
            return help::draw(ground, open, &rows, theme, buf);
        }
        Mode::Outline(open) => outline::draw(ground, open, &model.article, theme, buf),
        Mode::Details { all, top } => details::draw(ground, all, *top, theme, buf),
        Mode::Filter { panel, selected } => {
            let toggles = model.filters.toggles(*panel);
            filter::draw(ground, (popups::filter_title(*panel), &toggles), *selected, theme, buf);
        }
    }
    None
}

fn draw_prompt(
    model: &Model,
    open: &crate::app::Prompt,
    theme: &Theme,
    screen: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let name = |id| model.store.entity(id).map_or("the entity", |it| it.name.as_str());
    let tab = "Tab completes";
    let (sign, note) = match &open.kind {
        PromptKind::Search(_) => ("/".to_owned(), ""),
        PromptKind::Order => (":".to_owned(), commandline::help_of(open.line.text())),
        PromptKind::Export => ("export to: ".to_owned(), "Enter writes the file"),
        PromptKind::Tag(target) => {
            (format!("tag {}: ", target.what(model)), "Tab completes; commas between tags")
        }
        PromptKind::Untag(target) => {
            (format!("take tags from {}: ", target.what(model)), "Tab completes; * takes all")
        }
        PromptKind::Speaker(_) => ("said by: ".to_owned(), "Tab completes; - is nobody"),
        PromptKind::Value(_) => {
            ("it means: ".to_owned(), "as 2024-10-22, P2W, 2024-10-22/2024-10-24")
        }
        PromptKind::Rename(id) => (format!("rename {} to: ", name(*id)), tab),
        PromptKind::Merge(id) => (format!("make {} one with: ", name(*id)), tab),
        PromptKind::TagArticles(ids) => {
            (format!("tag {}: ", articles(ids)), "Tab completes; commas between tags")
        }
        PromptKind::UntagArticles(ids) => {
            (format!("take tags from {}: ", articles(ids)), "Tab completes; * takes all")
        }
        PromptKind::SearchLibrary => {
            ("search all articles: ".to_owned(), "texts, quotes and notes")
        }
    };
    let completions = open.completion.as_ref().map_or(&[][..], |it| &it.lines);
    let selected = open.completion.as_ref().and_then(|it| it.at);
    let prompt = Prompt { sign: &sign, line: &open.line, completions, selected, note };
    prompt::draw(screen, &prompt, theme, buf)
}

/// What could not be kept stands above the status line, as long as it is so.
fn draw_alarm(alarm: &str, theme: &Theme, ground: Rect, buf: &mut Buffer) {
    let how = Wrapping { width: ground.width.max(1), setting: Setting::Flow, hyphenate: false };
    let lines = text::wrap(alarm, TextRange::of_bytes(0, alarm.len()), how);
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(ground.height / 2);
    let style = theme.paint(&[Role::Status, Role::Error]);
    for (y, line) in (ground.bottom() - count..ground.bottom()).zip(&lines) {
        let row = Rect { y, height: 1, ..ground };
        Pen::new(buf, row, theme).paint(style);
        Pen::new(buf, row, theme).put(line.range.of(alarm).trim_end(), style);
    }
}

fn articles(ids: &[String]) -> String {
    if ids.len() == 1 { "the article".to_owned() } else { format!("{} articles", ids.len()) }
}

fn draw_hints(model: &Model, theme: &Theme, ground: Rect, buf: &mut Buffer) {
    if model.keys.is_empty() {
        return;
    }
    if let Match::Pending(pending) = update::lookup(model) {
        hints::draw(ground, &model.keys, pending, theme, buf);
    }
}

/// What the status line has to say.
fn status(model: &Model) -> Status {
    let message = model.message.as_ref().map(|it| match it {
        Message::Done(text) => status::Message { text: text.clone(), wrong: false },
        Message::Failed(text) => status::Message { text: text.clone(), wrong: true },
    });
    if let Some(list) = &model.shelf {
        return Status { message, keys: keys(model), ..shelf::status(list) };
    }
    let meta = &model.article.meta;
    let cursor = model.reader.cursor;
    let search = model.search.as_ref().map(|search| match search.number(cursor) {
        Some((_, 0)) => String::new(),
        Some((at, all)) => format!("match {at}/{all}"),
        None => format!("/{}", search.typed),
    });
    let percent = read(model);
    let left = model.article.text.len().saturating_sub(cursor as usize);
    Status {
        title: meta.title.clone().unwrap_or_else(|| meta.source.clone()),
        alarm: model.alarm.is_some(),
        message,
        keys: keys(model),
        selection: selection(model),
        search: search.unwrap_or_default(),
        position: position(model).unwrap_or_default(),
        progress: progress(model),
        extract: match (model.article.kind, model.article.extract) {
            (article::Kind::Html, Extract::Main) => "article",
            (article::Kind::Html, Extract::Whole) => "whole page",
            _ => "",
        },
        encoding: meta.encoding.unwrap_or_default().to_owned(),
        minutes: (percent < 100).then(|| minutes(left)),
        percent: Some(percent),
    }
}

/// How much has been read, in percent: all of it where the last line is seen.
fn read(model: &Model) -> u32 {
    let last = model.article.blocks.last().map_or(0, |it| it.range.end);
    if model.reader.view().end >= last {
        return 100;
    }
    crate::app::details::percent(&model.article, model.reader.cursor)
}

fn keys(model: &Model) -> String {
    let count = model.count.map(|it| it.to_string()).unwrap_or_default();
    let keys = match model.mode {
        Mode::Letter(command) => {
            let first = model.settings.keymap.keys_of(command).next();
            let first = first.map_or_else(|| command.name().to_owned(), key::show);
            let what = if command == Command::SetMark { "a letter to mark" } else { "a letter" };
            format!("{first} ({what})")
        }
        Mode::Links(ref typed) => {
            format!("{typed} (a letter; a capital one opens the link here)").trim_start().to_owned()
        }
        _ => key::show(&model.keys),
    };
    count + &keys
}

fn selection(model: &Model) -> String {
    let Some(range) = model.reader.selected(&model.article) else { return String::new() };
    let words = match words_in(model, range) {
        1 => "1 word".to_owned(),
        words => format!("{words} words"),
    };
    format!("{words} selected{}", unit(model, range))
}

/// What is selected, where it is a whole something or stands in something other than running text:
/// ": a sentence", ", in a caption".
fn unit(model: &Model, range: TextRange) -> String {
    let article = &model.article;
    let found = model.store.touching(range).map(|(_, it)| it);
    let same = |it: &Annotation| it.range == range && it.review != Review::Rejected;
    if let Some(it) = found.into_iter().find(|it| same(it)) {
        return match it.kind() {
            Kind::Quote => ": a quote",
            Kind::Mention => ": a name",
            Kind::Time => ": a time",
            Kind::Highlight => ": a highlight",
        }
        .to_owned();
    }
    if motion::sentence_at(article, range.start) == Some(range) {
        return ": a sentence".to_owned();
    }
    if motion::paragraph_at(article, range.start) == Some(range) {
        return ": a paragraph".to_owned();
    }
    let kind = article.blocks.get(article.block_at(range.start)).map(|it| it.kind);
    match kind {
        Some(BlockKind::Title) => ", in the title",
        Some(BlockKind::Heading(_)) => ", in a heading",
        Some(BlockKind::Quote) => ", in a block quote",
        Some(BlockKind::Code) => ", in code",
        Some(BlockKind::Picture) => ", in what stands for a picture",
        Some(BlockKind::Caption) => ", in a caption",
        Some(BlockKind::Byline) => ", in the byline",
        Some(BlockKind::Dateline | BlockKind::Credit) => ", in small print",
        Some(BlockKind::Paragraph | BlockKind::ListItem) | None => "",
    }
    .to_owned()
}

/// Larger passages are estimated instead of counted, in bytes.
const COUNTED: u32 = 1 << 14;

/// The bytes of an English word with the space behind it.
const WORD: usize = 6;

/// How many words there are in a passage; about so many in a long one.
fn words_in(model: &Model, range: TextRange) -> usize {
    if range.len() > COUNTED {
        // To two digits, so that nobody takes it for a count.
        let words = range.len() as usize / WORD;
        let unit = 10_usize.pow(words.max(1).ilog10().saturating_sub(1));
        return words / unit * unit;
    }
    range.of(&model.article.text).split_whitespace().count()
}

/// Minutes to read so many bytes: 238 words a minute, the mean that Brysbaert (2019) found over
/// 190 studies of silent reading in English.
fn minutes(bytes: usize) -> u32 {
    u32::try_from(bytes / WORD / 238).unwrap_or(u32::MAX)
}

/// What stands under the cursor, counted among its kind: "quote 3/10".
fn position(model: &Model) -> Option<String> {
    let cursor = model.reader.cursor;
    let here = TextRange::new(cursor, cursor.saturating_add(1));
    let wanted = |it: &Annotation| it.review != Review::Rejected;
    let touching = model.store.touching(here).filter(|(_, it)| wanted(it));
    let (index, it) = touching.min_by_key(|(_, it)| it.range.len())?;
    let kind = it.kind();
    let name = match kind {
        Kind::Quote => "quote",
        Kind::Mention => "name",
        Kind::Time => "time",
        Kind::Highlight => "highlight",
    };
    let all = model.store.of_kind(kind);
    let before = all.partition_point(|&it| (it as usize) < index);
    Some(format!("{name} {}/{}", before + 1, all.len()))
}

fn progress(model: &Model) -> String {
    let progress = &model.progress;
    match (progress.stage, progress.failed.as_slice()) {
        (Some(stage), _) => {
            let at =
                DETECTORS.iter().position(|it| it.0 == stage).map_or(progress.done, |it| it + 1);
            format!("finding {stage} {at}/{}", DETECTORS.len())
        }
        (None, []) => String::new(),
        (None, failed) => format!("without {}", failed.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::super::pen::tests::picture;
    use crate::app::mouse::{Mouse, What};
    use crate::app::{Mode, Model, Msg, Report, rows::Rows, update};
    use crate::article;
    use crate::config::Settings;
    use crate::detect;
    use crate::input::key;
    use crate::ui::theme::Theme;

    const TEXT: &str = "\
The harbour opens again

“The harbour will open in May,” said Ada Marsh, the port’s director, on 3 March 2024. “Ships \
are waiting.”

Marsh spoke of a “miracle”.
";

    /// The reader with everything found.
    fn reader(columns: u16, rows: u16) -> Model {
        let article = Arc::new(article::read(TEXT.as_bytes().to_vec(), "harbour.txt").unwrap());
        let mut model = Model::new(Arc::clone(&article), Settings::default(), (columns, rows));
        let run = model.progress.run;
        let mut store = crate::annot::Store::default();
        detect::run(&article, None, &std::sync::atomic::AtomicBool::new(false), |report| {
            if let detect::Report::Found(kind, findings) = report {
                store.take(kind, findings);
            }
        });
        let rows = crate::app::rows::Panel::ALL
            .map(|panel| Rows::build(panel, &store, &article, &model.filters));
        for report in [Report::Found(store, rows), Report::Done] {
            update(&mut model, Msg::Report(run, Box::new(report)));
        }
        model
    }

    /// The screen after these keys.
    fn shown((columns, rows): (u16, u16), keys: &str) -> String {
        let mut model = reader(columns, rows);
        for key in key::parse(keys).unwrap() {
            update(&mut model, Msg::Key(key));
        }
        draw(&model, columns, rows)
    }

    fn draw(model: &Model, columns: u16, rows: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let mut cursor = None;
        terminal
            .draw(|frame| {
                crate::ui::view(model, &Theme::default(), frame);
                let area = frame.area();
                cursor = super::draw(model, &Theme::default(), area, frame.buffer_mut());
            })
            .unwrap();
        picture(terminal.backend().buffer(), cursor)
    }

    /// The last line of the screen after these keys.
    #[track_caller]
    fn last(keys: &str, says: &str) {
        let shown = shown((64, 7), keys);
        let line = shown.lines().last().unwrap_or_default();
        let parts: Vec<&str> =
            line.split("  ").map(str::trim).filter(|it| !it.is_empty()).collect();
        assert_eq!(parts.join(" | "), says, "{keys}");
    }

    #[test]
    fn the_status_line_follows_the_keys() {
        last("k", "The harbour opens again | 100 %");
        last("]q", "The harbour opens again | quote 1/3 · 100 %");
        last("3]q", "The harbour opens again | quote 3/3 · 100 %");
        last("12", "The harbour opens again | 100 % · 12");
        last("vee", "The harbour opens aga… | 2 words selected, in the title · 100 %");
        last("/marsh<Enter>", "The harbour opens again | match 1/2 · name 1/2 · 100 %");
    }

    #[test]
    fn a_long_article_says_what_is_left() {
        let text = "The tide was low that day, and nobody came.\n\n".repeat(400);
        let article = Arc::new(article::read(text.into_bytes(), "tide.txt").unwrap());
        let mut model = Model::new(article, Settings::default(), (80, 4));
        let mut line = |keys: &str| {
            for key in key::parse(keys).unwrap() {
                update(&mut model, Msg::Key(key));
            }
            draw(&model, 80, 4).lines().last().unwrap_or_default().to_owned()
        };
        let first = line("k");
        assert!(first.ends_with("finding quotes 3/4 · 12 minutes left · 0 %"), "{first}");
        let half = line(":50%<Enter>");
        assert!(half.ends_with("finding quotes 3/4 · 6 minutes left · 50 %"), "{half}");
        let end = line("G");
        assert!(end.ends_with("finding quotes 3/4 · 100 %"), "{end}");
    }

    #[test]
    fn what_is_open_lies_over_the_text() {
        for (name, keys) in [
            ("help", "?/next<Space>q"),
            ("contents", "o"),
            ("details", "]q<Enter>jjj"),
            ("hints", "]"),
            ("letter", "m"),
            ("completion", ":set<Space>names<Tab><Tab>"),
            ("search", "/harb"),
            ("mistake", ":zne<Enter>"),
        ] {
            insta::assert_snapshot!(format!("over_{name}"), shown((64, 14), keys));
        }
    }

    #[test]
    fn the_mouse_takes_rows() {
        let press = |model: &mut Model, at| {
            update(model, Msg::Mouse(Mouse { what: What::Press(1), at }));
        };
        let mut model = reader(64, 14);
        update(&mut model, Msg::Key(key::parse("o").unwrap()[0]));
        let row = draw(&model, 64, 14).lines().position(|it| it.contains("Marsh spoke")).unwrap();
        let row = u16::try_from(row).unwrap();
        press(&mut model, (10, row));
        assert!(matches!(model.mode, Mode::Normal));
        assert!(
            model.article.text.split_at(model.reader.cursor as usize).1.starts_with("Marsh spoke")
        );
        update(&mut model, Msg::Key(key::parse("o").unwrap()[0]));
        press(&mut model, (0, 0));
        assert!(matches!(model.mode, Mode::Normal));
        for key in key::parse("gef").unwrap() {
            update(&mut model, Msg::Key(key));
        }
        let row = draw(&model, 64, 14).lines().position(|it| it.contains("] places")).unwrap();
        press(&mut model, (25, u16::try_from(row).unwrap()));
        assert_eq!(model.filters.kinds, [true, false, true]);
    }

    #[test]
    fn every_size_can_be_drawn() {
        for (columns, rows) in [(1, 1), (2, 2), (5, 3), (12, 4), (30, 8), (200, 60)] {
            for keys in ["?", "o", "]q<Enter>", "]", "gef", ":s<Tab>", "/x", "v", "E"] {
                shown((columns, rows), keys);
            }
        }
    }
}
