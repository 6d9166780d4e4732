//! Deciding: the model of the screen and what every message does to it. No disk, no clock, no
//! threads; what is to be done outside is handed back as [`Effect`]s.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::annot::{AnnotationId, EntityId, Store};
use crate::article::{Article, Extract};
use crate::config::{Paragraphs, QuotesBy, Settings};
use crate::detect::versions::Difference;
use crate::input::{Command, Key};

pub mod candidates;
mod chapters;
pub mod clock;
pub mod commandline;
pub mod copy;
pub mod details;
pub mod help;
pub mod jumps;
pub mod layout;
pub mod links;
pub mod lists;
pub mod marking;
pub mod motion;
pub mod mouse;
pub mod moves;
pub mod note;
pub mod orders;
pub mod outline;
pub mod page;
pub mod panels;
pub mod popups;
pub mod prompt;
pub mod reader;
pub mod resume;
pub mod review;
pub mod rows;
pub mod search;
pub mod shelf;
pub mod update;
pub mod versions;

use clock::Clock;
use commandline::Completion;
use help::Help;
use jumps::Jumps;
use layout::{Areas, Focus, Wish};
use lists::List;
use marking::{Again, Target};
use note::NoteEdit;
use outline::Outline;
use page::Sheet;
use panels::PanelState;
use prompt::{History, LineEdit};
use reader::Reader;
use review::Review;
use rows::{Filters, Panel, Rows};
use search::Search;
use shelf::{Hit, Offer, Offered, Shelf, ShelfRow};

pub use update::update;

/// Goes to a byte of the text, as from a link.
pub fn go_to(model: &mut Model, place: u32) {
    let place = model.article.text.floor_char_boundary(place as usize);
    let last = motion::last_place(&model.article);
    moves::far(model, crate::text::offset(place).min(last));
    update::settle(model);
}

/// Everything that the screen shows.
#[derive(Debug)]
pub struct Model {
    /// The article that is open.
    pub article: Arc<Article>,
    /// Its annotations.
    pub store: Store,
    /// What is configured, with what `:set` changed.
    pub settings: Settings,
    /// The article's pane.
    pub reader: Reader,
    /// The panels, in the order of [`Panel::ALL`].
    pub panels: [PanelState; 3],
    /// What the panels list.
    pub filters: Filters,
    /// What has the keys.
    pub focus: Focus,
    /// The panel that is shown where there is room for one.
    pub tab: Panel,
    /// Whether the article stands alone.
    pub zen: bool,
    /// What is open above the text.
    pub mode: Mode,
    /// What is searched for.
    pub search: Option<Search>,
    /// Where the reader jumped from.
    pub jumps: Jumps,
    /// Places under letters.
    pub marks: BTreeMap<char, u32>,
    /// Keys that are the beginning of something.
    pub keys: Vec<Key>,
    /// The number typed before them.
    pub count: Option<u32>,
    /// What is said in the status line until the next key.
    pub message: Option<Message>,
    /// How far the detectors are.
    pub progress: Progress,
    /// Columns and rows of the screen.
    pub screen: (u16, u16),
    /// Where the mouse was last.
    pub pointer: Option<(u16, u16)>,
    /// What the mouse button holds.
    pub held: mouse::Held,
    /// What was searched for before.
    pub searches: History,
    /// What was typed behind `:` before.
    pub orders: History,
    /// The moment, and new names.
    pub clock: Clock,
    /// The day that the source says the article was written on.
    pub published: Option<Date>,
    /// The colour that was highlighted with last.
    pub last_colour: Option<String>,
    /// What `.` does once more.
    pub again: Option<Again>,
    /// The annotation whose edges are being moved.
    pub in_hand: Option<AnnotationId>,
    /// How many things the command acts on: the number typed before it.
    pub times: u32,
    /// The queue of proposals, while it is gone through.
    pub review: Option<Review>,
    /// Whether the queue begins with the least certain.
    pub review_by_certainty: bool,
    /// Tags of other articles, for completion.
    pub known_tags: Vec<String>,
    /// The library's list, while it has the screen.
    pub shelf: Option<Shelf>,
    /// The same while an article has the screen, as it was left.
    pub shelved: Option<Shelf>,
    /// What the last refresh has changed.
    pub differences: Vec<Difference>,
    /// What could not be kept and why: stays on the screen until it can.
    pub alarm: Option<String>,
}

/// What has the keyboard.
#[derive(Debug)]
pub enum Mode {
    /// The focused pane.
    Normal,
    /// The letter that this command waits for.
    Letter(Command),
    /// A line that is typed.
    Prompt(Prompt),
    /// What every key does.
    Help(Help),
    /// The table of contents.
    Outline(Outline),
    /// Letters over the links in view, and those typed so far.
    Links(String),
    /// Why something was found.
    Details {
        /// What is said of each annotation at the place.
        all: Vec<details::Details>,
        /// The first row in view.
        top: usize,
    },
    /// What a panel lists.
    Filter {
        /// Which panel.
        panel: Panel,
        /// The switch that Space flips.
        selected: usize,
    },
    /// A note that is written.
    Note(Box<NoteEdit>),
    /// The queue of proposals; it is [`Model::review`].
    Review,
    /// All that is marked.
    Marks(List),
    /// All changes.
    Changes(List),
    /// The list of what a refresh has changed.
    Differences(List),
}

/// A line that is typed at the bottom of the screen.
#[derive(Debug)]
pub struct Prompt {
    /// What for.
    pub kind: PromptKind,
    /// What is typed.
    pub line: LineEdit,
    /// What could stand there, while Tab goes through it.
    pub completion: Option<Completion>,
}

/// What a line is typed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PromptKind {
    /// To search; with the cursor's place before, for Esc.
    Search(u32),
    /// To do something by its name.
    Order,
    /// To name a file to export to.
    Export,
    /// To add tags.
    Tag(Target),
    /// To take tags away.
    Untag(Target),
    /// To say who said quotes.
    Speaker(Vec<AnnotationId>),
    /// To say what times mean.
    Value(Vec<AnnotationId>),
    /// To give an entity another name.
    Rename(EntityId),
    /// To name the entity that another one shall become a part of.
    Merge(EntityId),
    /// To add tags to articles of the library.
    TagArticles(Vec<String>),
    /// To take tags away from them.
    UntagArticles(Vec<String>),
    /// To search the texts of all articles.
    SearchLibrary,
}

/// What was done to the store, and is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A new step was made.
    Done,
    /// The last step was taken back.
    Undone,
    /// A step that was taken back was made again.
    Redone,
}

/// What is said in the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// That something was done.
    Done(String),
    /// That something could not be done.
    Failed(String),
}

/// How far the detectors are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The detector at work.
    pub stage: Option<&'static str>,
    /// How many have ended.
    pub done: usize,
    /// Those that broke down.
    pub failed: Vec<&'static str>,
    /// Which run this is; reports of an earlier one are too late.
    pub run: u64,
    /// What its rows are made for; anything else was switched meanwhile.
    pub filters: Filters,
}

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(mouse::Mouse),
    /// The screen has this many columns and rows now.
    Resize(u16, u16),
    /// The detectors say something; with the number of their run.
    Report(u64, Box<Report>),
    /// An effect was carried out, or not.
    Told(Message),
    /// The last step is taken back or made again.
    Turn(Deed),
    /// The text of a note comes back from another editor.
    Edited(String),
    /// The rows of the library's list, again after every change.
    Shelf(Vec<ShelfRow>),
    /// What a feed offers is to be listed.
    Offer(Box<Offer>),
    /// What one more feed of the list of this number offers.
    Offered(u64, Vec<Offered>),
    /// What the search for a query found in the texts, quotes and notes of all articles.
    Hits(String, Vec<Hit>),
}

/// What the detectors say, ready to be shown.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "it always travels in a box")]
pub enum Report {
    /// The detector of this name has begun.
    Started(&'static str),
    /// All that was found so far, with the rows that the panels list of it.
    Found(Store, [Rows; 3]),
    /// The detector of this name broke down.
    Failed(&'static str),
    /// Nothing more will come.
    Done,
}

/// Something to be done outside.
#[derive(Debug)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Go to the shell.
    Suspend,
    /// Draw every cell anew.
    Redraw,
    /// Write a file.
    Write {
        /// Where.
        path: PathBuf,
        /// What.
        text: String,
        /// What to say when it is done.
        done: String,
    },
    /// Open another article.
    Open(String),
    /// Read this much of the open page instead of what is shown.
    Extract(Extract),
    /// Read the open article anew from where it is.
    Refresh,
    /// Open a chapter of a book, the first being 0, or the nearest one that has words.
    OpenChapter {
        /// Path or URL of the book.
        book: String,
        /// Which chapter.
        number: usize,
        /// Where to go on from a chapter without words.
        forward: bool,
    },
    /// Show an address of the web in the browser.
    Browse(String),
    /// Give a text to the clipboard.
    Copy(String),
    /// Run the detectors (again), against this day.
    Analyze {
        /// The number of the run.
        run: u64,
        /// The day that the article was written.
        written: Option<Date>,
        /// What the panels are to list.
        filters: Filters,
    },
    /// Keep what was just done to the store.
    Keep(Deed),
    /// Take back or make again so many steps, each as [`Msg::Turn`].
    Turn(Deed, usize),
    /// Let the user's own editor change this text, which comes back as [`Msg::Edited`].
    Edit(String),
    /// Free what takes long to free.
    Drop(Box<(Store, [Rows; 3])>),
    /// The look was changed.
    Restyle,
    /// Send the rows of the library's list as [`Msg::Shelf`].
    Shelf,
    /// Open what a feed offers.
    OpenOffered(Box<Offered>),
    /// Open this article of the library, at this byte of its text or where it was left.
    OpenId(String, Option<u32>),
    /// Put articles into the trash.
    Trash(Vec<String>),
    /// Take articles out of the trash.
    Untrash(Vec<String>),
    /// Add tags to articles as a whole.
    TagArticles(Vec<String>, Vec<String>),
    /// Take tags from articles as a whole.
    UntagArticles(Vec<String>, Vec<String>),
    /// Search the texts, quotes and notes of all articles; the answer is [`Msg::Hits`].
    SearchLibrary(String),
}

impl Model {
    /// An article at its beginning, before the detectors have run.
    pub fn new(article: Arc<Article>, settings: Settings, screen: (u16, u16)) -> Self {
        let filters = filters(&settings);
        let store = Store::default();
        let panel = |panel| PanelState::new(Rows::build(panel, &store, &article, &filters));
        let panels = Panel::ALL.map(panel);
        let published = article.meta.published;
        let mut model = Self {
            article,
            store,
            reader: Reader::new(sheet(&settings, 1)),
            panels,
            filters: filters.clone(),
            focus: Focus::Article,
            tab: settings.panes.order[0],
            zen: false,
            mode: Mode::Normal,
            search: None,
            jumps: Jumps::default(),
            marks: BTreeMap::new(),
            keys: Vec::new(),
            count: None,
            message: None,
            progress: Progress { stage: Some("quotes"), filters, ..Progress::default() },
            screen,
            pointer: None,
            held: mouse::Held::Nothing,
            searches: History::default(),
            orders: History::default(),
            clock: Clock::default(),
            published,
            last_colour: None,
            again: None,
            in_hand: None,
            times: 1,
            review: None,
            review_by_certainty: true,
            known_tags: Vec::new(),
            shelf: None,
            shelved: None,
            differences: Vec::new(),
            alarm: None,
            settings,
        };
        model.reader.go(model.article.blocks.first().map_or(0, |it| it.range.start));
        update::settle(&mut model);
        model
    }

    /// The library's list before its rows have come. The sample lies behind it, because something
    /// has to.
    pub fn library(settings: Settings, screen: (u16, u16)) -> Self {
        Self::listing(settings, screen, Shelf::default())
    }

    /// The same for what feeds offer.
    pub fn offering(settings: Settings, screen: (u16, u16), offer: Offer) -> Self {
        Self::listing(settings, screen, Shelf::offering(offer))
    }

    fn listing(settings: Settings, screen: (u16, u16), shelf: Shelf) -> Self {
        let mut model = Self::new(Arc::new(crate::article::sample()), settings, screen);
        model.progress.stage = None;
        model.shelf = Some(shelf);
        model
    }

    /// Where every pane is.
    pub fn areas(&self) -> Areas {
        layout::areas(&Wish {
            screen: self.screen,
            panes: &self.settings.panes,
            focus: self.focus,
            tab: self.tab,
            zen: self.zen,
        })
    }

    /// How the article is set in the pane as it is now.
    pub fn sheet(&self) -> Sheet {
        let pane = self.areas().article;
        let width =
            pane.map_or(1, |pane| layout::text_area(pane, self.settings.reader.column).width);
        sheet(&self.settings, width)
    }

    /// Closes what is open over the text; the queue of proposals comes back.
    pub fn close(&mut self) {
        self.mode = if self.review.is_some() { Mode::Review } else { Mode::Normal };
    }

    /// Says something in the status line.
    pub fn say(&mut self, done: impl Into<String>) {
        self.message = Some(Message::Done(done.into()));
    }

    /// Says in the status line what could not be done.
    pub fn complain(&mut self, failed: impl Into<String>) {
        self.message = Some(Message::Failed(failed.into()));
    }
}

fn sheet(settings: &Settings, width: u16) -> Sheet {
    let reader = &settings.reader;
    Sheet { width, hyphenate: reader.hyphenate, blank: reader.paragraphs == Paragraphs::Blank }
}

/// What the panels list before anybody has switched anything.
fn filters(settings: &Settings) -> Filters {
    let hidden = |form| settings.panes.hidden_forms.contains(&form);
    Filters {
        forms: rows::FORMS.map(|form| !hidden(form)),
        grouped: settings.panes.quotes_by == QuotesBy::Speaker,
        ..Filters::default()
    }
}
