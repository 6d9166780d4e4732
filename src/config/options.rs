//! Every option with its default. What each is for stands in `config.example.toml`, too.

use std::ops::Range;

use super::table::{Choice, Problem, Section};
use crate::annot::Form;

/// How the article is set: `[reader]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The widest line, in columns.
    pub column: u16,
    /// Whether both edges are straight.
    pub justify: bool,
    /// Whether long words are divided at the end of a line.
    pub hyphenate: bool,
    /// What shows where a paragraph begins.
    pub paragraphs: Paragraphs,
    /// Lines that stay visible above and below the cursor.
    pub scroll_margin: u16,
    /// Whether the mouse is the program's; otherwise it is the terminal's.
    pub mouse: bool,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            column: 72,
            justify: false,
            hyphenate: false,
            paragraphs: Paragraphs::Blank,
            scroll_margin: 3,
            mouse: true,
        }
    }
}

impl Reader {
    pub(super) fn read(&mut self, section: &mut Section<'_>) {
        section.number("column", &(20..=400), &mut self.column);
        section.flag("justify", &mut self.justify);
        section.flag("hyphenate", &mut self.hyphenate);
        section.choice("paragraphs", &mut self.paragraphs);
        section.number("scroll_margin", &(0..=100), &mut self.scroll_margin);
        section.flag("mouse", &mut self.mouse);
    }
}

/// What is where on the screen: `[panes]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panes {
    /// From this many columns on, the panels stand below each other beside the article.
    pub wide: u16,
    /// Below this many columns, one pane has the whole screen.
    pub narrow: u16,
    /// The article's share of the width, in percent.
    pub article: u16,
    /// The panels, from the top.
    pub order: [Panel; 3],
    /// The shares of the panels' heights, in that order.
    pub heights: [u16; 3],
    /// How the quotes are listed at first.
    pub quotes_by: QuotesBy,
    /// The forms of quote that the quotes panel leaves out at first.
    pub hidden_forms: Vec<Form>,
}

impl Default for Panes {
    fn default() -> Self {
        Self {
            wide: 110,
            narrow: 70,
            article: 60,
            order: [Panel::Quotes, Panel::Entities, Panel::Timeline],
            heights: [40, 30, 30],
            quotes_by: QuotesBy::Order,
            hidden_forms: Vec::new(),
        }
    }
}

impl Panes {
    pub(super) fn read(&mut self, section: &mut Section<'_>) {
        let wide = section.number("wide", &(40..=1000), &mut self.wide);
        let narrow = section.number("narrow", &(20..=1000), &mut self.narrow);
        if let Some(place) = narrow.or(wide)
            && self.narrow > self.wide
        {
            let message =
                format!("`narrow` is {} and must not be above `wide`, {}", self.narrow, self.wide);
            section.problem(Problem::new(place, message));
        }
        section.number("article", &(20..=90), &mut self.article);
        let mut order = self.order.to_vec();
        if let Some(place) = section.choices("order", &mut order) {
            match <[Panel; 3]>::try_from(order) {
                Ok(order) if Panel::ALL.iter().all(|it| order.contains(it)) => self.order = order,
                Ok(_) | Err(_) => section.problem(Problem::new(
                    place,
                    "`order` names each of `quotes`, `entities` and `timeline` once",
                )),
            }
        }
        section.numbers("heights", &(1..=1000), &mut self.heights);
        section.choice("quotes_by", &mut self.quotes_by);
        section.choices("hidden_forms", &mut self.hidden_forms);
    }
}

/// What is painted: `[view]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The name of a theme, `auto`, or the path of a theme file, as written.
    pub theme: String,
    /// What frames and signs are made of.
    pub borders: Borders,
    /// Whether quotes are painted in the text.
    pub quotes: bool,
    /// Which names are painted in the text.
    pub names: Names,
    /// Whether expressions of time are painted in the text.
    pub times: bool,
    /// Whether links are painted in the text.
    pub links: bool,
}

impl Default for View {
    fn default() -> Self {
        Self {
            theme: "auto".to_owned(),
            borders: Borders::Unicode,
            quotes: true,
            names: Names::All,
            times: true,
            links: true,
        }
    }
}

impl View {
    /// Gives the place of the theme's name.
    pub(super) fn read(&mut self, section: &mut Section<'_>) -> Option<Range<usize>> {
        let theme = section.text("theme");
        if let Some((_, name)) = &theme {
            (*name).clone_into(&mut self.theme);
        }
        section.choice("borders", &mut self.borders);
        section.flag("quotes", &mut self.quotes);
        section.choice("names", &mut self.names);
        section.flag("times", &mut self.times);
        section.flag("links", &mut self.links);
        theme.map(|(place, _)| place)
    }
}

/// What is kept: `[library]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// Whether an article that is opened comes into the library. Otherwise it does once something
    /// is made in it.
    pub keep: bool,
}

impl Default for Keeping {
    fn default() -> Self {
        Self { keep: true }
    }
}

impl Keeping {
    pub(super) fn read(&mut self, section: &mut Section<'_>) {
        section.flag("keep", &mut self.keep);
    }
}

/// What may be fetched: `[fetch]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetching {
    /// Whether machines within the reader's own network may be asked.
    pub allow_private: bool,
}

impl Fetching {
    pub(super) fn read(&mut self, section: &mut Section<'_>) {
        section.flag("allow_private", &mut self.allow_private);
    }
}

/// Makes an option's words from one line each.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $(#[$first:meta])* $default:ident = $default_word:literal,
        $($(#[$other:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $(#[$first])*
            #[default]
            $default,
            $($(#[$other])* $variant,)*
        }

        impl Choice for $name {
            const ALL: &'static [Self] = &[Self::$default, $(Self::$variant,)*];

            fn name(self) -> &'static str {
                match self {
                    Self::$default => $default_word,
                    $(Self::$variant => $word,)*
                }
            }
        }
    };
}

words! {
    /// What shows where a paragraph begins.
    Paragraphs {
        /// An empty line before it.
        Blank = "blank",
        /// Its first line is set in, as in a book.
        Indent = "indent",
    }
}

words! {
    /// One of the panels beside the article.
    Panel {
        /// Who said what.
        Quotes = "quotes",
        /// Who and what is mentioned.
        Entities = "entities",
        /// When what happened.
        Timeline = "timeline",
    }
}

words! {
    /// How the quotes are listed.
    QuotesBy {
        /// In the order of the text.
        Order = "order",
        /// Under the name of who said them.
        Speaker = "speaker",
    }
}

words! {
    /// Which signs the frames, the margin and the panels are made of.
    Borders {
        /// Lines and blocks.
        Unicode = "unicode",
        /// Characters that every terminal and every font has.
        Ascii = "ascii",
    }
}

words! {
    /// Which mentions of people, places and organisations are painted in the text.
    Names {
        /// All of them.
        All = "all",
        /// The first of each.
        First = "first",
        /// None.
        None = "none",
    }
}

impl Choice for Form {
    const ALL: &'static [Self] = &[Self::Direct, Self::Partial, Self::Scare, Self::Block];

    fn name(self) -> &'static str {
        Form::name(self)
    }
}
