//! Draws the reader with the sample article, as it is opened and as it is marked, into
//! `docs/screen.svg` and `docs/marked.svg`, which the README shows:
//! `cargo run --release --example picture`.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use pullquote::annot::Store;
use pullquote::app::rows::{Panel, Rows};
use pullquote::app::{self, Model, Msg, Report};
use pullquote::article::{self, Article};
use pullquote::config::Settings;
use pullquote::detect;
use pullquote::input::key;
use pullquote::ui;
use pullquote::ui::theme::{Background, Colour, Theme};

/// Columns and rows of the screen.
const SCREEN: (u16, u16) = (120, 36);

/// What is typed before each picture is taken: to the third quote; and a quote accepted, tagged and
/// noted, a sentence and all mentions of a name marked in colours, and the list of all that.
const PICTURES: [(&str, &str); 2] = [
    ("docs/screen.svg", "3]q"),
    (
        "docs/marked.svg",
        "]qAtto<Space>check<Enter>aWhat<Space>does<Space>the<Space>budget<Space>say?<Esc>)Hg]tHb]qHygM",
    ),
];

/// Width and height of a cell, and the height of the letters on their line, in pixels.
const CELL: (f32, f32) = (8.4, 18.0);
const BASELINE: f32 = 13.5;

/// The terminal's own colours in the picture.
const FOREGROUND: &str = "#d8dee9";
const BACKGROUND: &str = "#1c2027";

fn main() -> Result<(), Box<dyn Error>> {
    for (file, keys) in PICTURES {
        draw(file, keys)?;
    }
    Ok(())
}

fn draw(file: &str, keys: &str) -> Result<(), Box<dyn Error>> {
    let settings = Settings::default();
    let theme = Theme::new(&settings.theme, Some(Background::Dark), Colour::Yes);
    let mut model = Model::new(Arc::new(article::sample()), settings, SCREEN);
    analyze(&mut model);
    for key in key::parse(keys)? {
        app::update(&mut model, Msg::Key(key));
    }
    let mut terminal = Terminal::new(TestBackend::new(SCREEN.0, SCREEN.1))?;
    terminal.draw(|frame| ui::view(&model, &theme, frame))?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::write(path, svg(terminal.backend().buffer()))?;
    Ok(())
}

/// Runs the detectors and hands the model what they find.
fn analyze(model: &mut Model) {
    let article: Arc<Article> = Arc::clone(&model.article);
    let run = model.progress.run;
    let mut store = Store::default();
    detect::run(&article, article.meta.published, &AtomicBool::new(false), |report| {
        if let detect::Report::Found(kind, findings) = report {
            store.take(kind, findings);
        }
    });
    let rows = Panel::ALL.map(|panel| Rows::build(panel, &store, &article, &model.filters));
    for report in [Report::Found(store, rows), Report::Done] {
        app::update(model, Msg::Report(run, Box::new(report)));
    }
}

fn svg(buffer: &Buffer) -> String {
    let area = buffer.area;
    let (width, height) = (f32::from(area.width) * CELL.0, f32::from(area.height) * CELL.1);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-8 -8 {:.0} {:.0}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"14\">\n<rect x=\"-8\" y=\"-8\" width=\"100%\" height=\"100%\" rx=\"6\" \
         fill=\"{BACKGROUND}\"/>\n",
        width + 16.0,
        height + 16.0,
    );
    for row in 0..area.height {
        let mut from = 0;
        while from < area.width {
            let cell = &buffer[(from, row)];
            let same = |at: &u16| look(&buffer[(*at, row)]) == look(cell);
            let to = (from..area.width).take_while(same).last().unwrap_or(from) + 1;
            let words: String = (from..to).map(|at| buffer[(at, row)].symbol()).collect();
            run(&mut out, (from, row), to - from, &words, cell);
            from = to;
        }
    }
    out.push_str("</svg>\n");
    out
}

/// What tells two cells apart beside their characters.
fn look(cell: &Cell) -> (Color, Color, Modifier) {
    (cell.fg, cell.bg, cell.modifier)
}

/// Draws cells of one look beside each other.
fn run(out: &mut String, (column, row): (u16, u16), count: u16, words: &str, cell: &Cell) {
    let (mut front, mut back) = (colour(cell.fg, FOREGROUND), colour(cell.bg, BACKGROUND));
    let has = |it| cell.modifier.contains(it);
    if has(Modifier::REVERSED) {
        std::mem::swap(&mut front, &mut back);
    }
    let (x, y) = (f32::from(column) * CELL.0, f32::from(row) * CELL.1);
    let width = f32::from(count) * CELL.0;
    if back != BACKGROUND {
        let height = CELL.1;
        let place =
            format!("x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"");
        let _ = writeln!(out, "<rect {place} fill=\"{back}\"/>");
    }
    if words.trim().is_empty() {
        return;
    }
    let mut style = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::DIM, " opacity=\"0.65\""),
    ] {
        if has(modifier) {
            style.push_str(attribute);
        }
    }
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" \
         lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" fill=\"{front}\"{style}>{words}</text>",
        y + BASELINE,
    );
}

fn colour(colour: Color, own: &str) -> String {
    let name = match colour {
        Color::Reset => own,
        Color::Black => "#2a2f38",
        Color::Red => "#d06c75",
        Color::Green => "#98be79",
        Color::Yellow => "#dcb876",
        Color::Blue => "#6ea3e8",
        Color::Magenta => "#bd84d6",
        Color::Cyan => "#62b5bf",
        Color::Gray => "#b4bbc7",
        Color::DarkGray => "#6b7380",
        Color::LightRed => "#e78891",
        Color::LightGreen => "#b2d896",
        Color::LightYellow => "#ecd08e",
        Color::LightBlue => "#8fbcf5",
        Color::LightMagenta => "#d3a1e8",
        Color::LightCyan => "#82d0d9",
        Color::White => "#f2f5fa",
        Color::Rgb(red, green, blue) => return format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::Indexed(index) => return indexed(index),
    };
    name.to_owned()
}

/// A colour of xterm's 256: sixteen of the theme, a cube, and greys.
fn indexed(index: u8) -> String {
    const BASE: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match index {
        0..16 => colour(BASE[usize::from(index)], FOREGROUND),
        16..232 => {
            let cube = index - 16;
            let [red, green, blue] = [cube / 36, cube / 6 % 6, cube % 6].map(level);
            format!("#{red:02x}{green:02x}{blue:02x}")
        }
        232.. => {
            let grey = 8 + 10 * (index - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
    }
}
