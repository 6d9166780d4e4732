//! Keys in, picture out: the reader as it stands on the screen, without a terminal.
//!
//! Most pictures show the sample with what is found in it. Where that was meant to change,
//! `INSTA_UPDATE=always cargo test --test it screens` takes them anew; look at the difference.

mod any_keys;
mod hostile;
mod links;
mod marking;
mod offer;
mod pictures;
mod shelf;
mod themes;

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use pullquote::annot::Store;
use pullquote::app::rows::{Panel, Rows};
use pullquote::app::shelf::ShelfRow;
use pullquote::app::{self, Effect, Model, Msg, Report, mouse};
use pullquote::article::{self, Article};
use pullquote::config::{BuiltIn, Settings, ThemeChoice};
use pullquote::detect;
use pullquote::input::key;
use pullquote::ui;
use pullquote::ui::theme::{Background, Colour, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// A reader with an article open whose detectors have run to their end.
struct Screen {
    model: Model,
    theme: Theme,
    /// How many changes were handed on to be kept.
    kept: usize,
    /// What the library holds.
    library: Vec<ShelfRow>,
}

impl Screen {
    fn new(article: Article, settings: Settings, size: (u16, u16)) -> Self {
        let theme = Theme::new(&settings.theme, Some(Background::Dark), Colour::Yes);
        let model = Model::new(Arc::new(article), settings, size);
        let mut screen = Self { model, theme, kept: 0, library: shelf::rows() };
        screen.analyze(screen.model.article.meta.published);
        screen
    }

    /// The article that comes with the program.
    fn sample(columns: u16, rows: u16) -> Self {
        Self::new(article::sample(), Settings::default(), (columns, rows))
    }

    /// An article of these words.
    fn text(text: &str, columns: u16, rows: u16) -> Self {
        Self::new(read(text), Settings::default(), (columns, rows))
    }

    fn themed(mut self, base: BuiltIn, colour: Colour) -> Self {
        let choice = ThemeChoice { base: Some(base), ..self.model.settings.theme.clone() };
        self.theme = Theme::new(&choice, None, colour);
        self
    }

    /// Presses keys, which are written as in the config.
    #[track_caller]
    fn press(&mut self, notation: &str) -> &mut Self {
        for key in key::parse(notation).expect("the keys can be read") {
            self.send(Msg::Key(key));
        }
        self
    }

    fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.send(Msg::Resize(columns, rows));
        self
    }

    fn mouse(&mut self, what: mouse::What, at: (u16, u16)) -> &mut Self {
        self.send(Msg::Mouse(mouse::Mouse { what, at }));
        self
    }

    /// Hands the model a message and does at once what it asks for, as far as it shows.
    fn send(&mut self, msg: Msg) {
        for effect in app::update(&mut self.model, msg) {
            match effect {
                Effect::Analyze { written, .. } => self.analyze(written),
                Effect::Restyle => {
                    let choice = &self.model.settings.theme;
                    self.theme = Theme::new(choice, Some(Background::Dark), Colour::Yes);
                }
                Effect::Turn(deed, times) => {
                    (0..times).for_each(|_| self.send(Msg::Turn(deed)));
                }
                Effect::Keep(_) => self.kept += 1,
                other => shelf::answer(self, other),
            }
        }
    }

    /// Runs the detectors to their end.
    fn analyze(&mut self, written: Option<Date>) {
        let article = Arc::clone(&self.model.article);
        let run = self.model.progress.run;
        let mut store = Store::default();
        detect::run(&article, written, &AtomicBool::new(false), |report| match report {
            detect::Report::Found(kind, findings) => store.take(kind, findings),
            detect::Report::Failed(name) => panic!("{name} broke down"),
            _ => {}
        });
        let rows = Panel::ALL.map(|it| Rows::build(it, &store, &article, &self.model.filters));
        for report in [Report::Found(store, rows), Report::Done] {
            app::update(&mut self.model, Msg::Report(run, Box::new(report)));
        }
    }

    fn draw(&self) -> Buffer {
        let (columns, rows) = self.model.screen;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("it draws");
        let draw = terminal.draw(|frame| ui::view(&self.model, &self.theme, frame));
        draw.expect("it draws").buffer.clone()
    }

    /// The characters of the screen.
    fn shown(&self) -> String {
        shown(&self.draw())
    }

    /// Compares the characters with the snapshot of this name.
    #[track_caller]
    fn check(&self, name: &str) -> &Self {
        check(name, &self.shown());
        self
    }

    /// Compares characters and looks with the snapshot of this name.
    #[track_caller]
    fn check_looks(&self, name: &str) -> &Self {
        let buffer = self.draw();
        check(name, &(shown(&buffer) + &looks(&buffer)));
        self
    }
}

#[track_caller]
fn read(text: &str) -> Article {
    article::read(text.as_bytes().to_vec(), "test.txt").expect("it is an article")
}

#[track_caller]
fn check(name: &str, picture: &str) {
    insta::with_settings!({
        prepend_module_to_snapshot => false,
        snapshot_path => "../../fixtures/screens",
        omit_expression => true,
    }, { insta::assert_snapshot!(name, picture); });
}

/// The characters of a screen, between bars that show its edges.
fn shown(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut picture = String::new();
    for y in 0..area.height {
        let mut line = String::new();
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += u16::try_from(symbol.width()).expect("a cell is narrow").max(1);
        }
        let _ = writeln!(picture, "{}", line.trim_end());
    }
    picture
}

/// What tells cells apart beside their characters: a letter for each look, and what the letters
/// mean in the order in which they come.
fn looks(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut known: Vec<(Color, Color, Modifier)> = Vec::new();
    let mut picture = String::new();
    for y in 0..area.height {
        let line: String = (0..area.width).map(|x| letter(&mut known, &buffer[(x, y)])).collect();
        let _ = writeln!(picture, "{}", line.trim_end());
    }
    for (letter, (fg, bg, modifier)) in ('a'..='z').chain('A'..='Z').zip(&known) {
        let _ = writeln!(picture, "{letter}: {fg} on {bg} {modifier:?}");
    }
    picture
}

fn letter(known: &mut Vec<(Color, Color, Modifier)>, cell: &Cell) -> char {
    let look = (cell.fg, cell.bg, cell.modifier);
    if look == (Color::Reset, Color::Reset, Modifier::empty()) {
        return ' ';
    }
    let at = known.iter().position(|it| *it == look).unwrap_or_else(|| {
        known.push(look);
        known.len() - 1
    });
    ('a'..='z').chain('A'..='Z').nth(at).unwrap_or('?')
}
