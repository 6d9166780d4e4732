//! What can be asked for: parser, help, completions and manual page come from these types.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::annot::{Filter, Kind, Review};
use crate::error::{Error, Result};
use crate::export::Format;
use crate::library::{Library, Query, Sort};

/// Read an article beside its quotes, its entities and its timeline.
///
/// Without a command, opens SOURCE in the reader.
#[derive(Debug, Parser)]
#[command(name = "pullquote", version, disable_help_subcommand = true)]
#[command(override_usage = "pullquote [OPTIONS] [SOURCE]\n       pullquote [OPTIONS] COMMAND")]
pub(super) struct Cli {
    /// What to read: a file, an address, - for standard input, an article's id, or sample [default: sample]
    pub(super) source: Option<String>,

    #[command(flatten)]
    pub(super) global: Global,

    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(super) struct Global {
    /// Use this configuration file
    #[arg(help = "Use this configuration file [env: PULLQUOTE_CONFIG]")]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Keep articles and what is made in them in this file
    #[arg(help = "Keep articles and what is made in them in this file [env: PULLQUOTE_LIBRARY]")]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) library: Option<PathBuf>,

    /// Keep nothing, and do not look into the library
    #[arg(long, global = true, conflicts_with = "library")]
    pub(super) no_library: bool,

    /// Fetch addresses within your own network as well
    #[arg(long, global = true)]
    pub(super) allow_private: bool,

    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
}

impl Global {
    /// The configuration file that the user names, on the command line or in the environment.
    pub(super) fn config_file(&self) -> Option<PathBuf> {
        let named = std::env::var_os("PULLQUOTE_CONFIG").filter(|path| !path.is_empty());
        self.config.clone().or(named.map(PathBuf::from))
    }

    /// The library to keep articles in; none where nothing is to be kept.
    pub(super) fn library(&self) -> Result<Option<PathBuf>> {
        if self.no_library { Ok(None) } else { self.library_file().map(Some) }
    }

    /// The library that the user names, on the command line or in the environment, or the usual
    /// one.
    pub(super) fn library_file(&self) -> Result<PathBuf> {
        if self.no_library {
            let message = "this needs the library, which `--no-library` turns off";
            return Err(Error::usage(message));
        }
        let named = std::env::var_os("PULLQUOTE_LIBRARY").filter(|path| !path.is_empty());
        self.library.clone().or(named.map(PathBuf::from)).map_or_else(Library::default_path, Ok)
    }

    /// Whether to use colours. `NO_COLOR` counts where it is set and not empty (no-color.org).
    pub(super) fn colours(&self) -> bool {
        match self.color {
            Color::Auto => std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
            Color::Always => true,
            Color::Never => false,
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless the environment says otherwise (`NO_COLOR`)
    Auto,
    /// Even if `NO_COLOR` is set
    Always,
    /// Not at all
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open an article in the reader, even one that is named like a command
    Open {
        /// A file, an address, - for standard input, an article's id, or sample
        source: String,

        /// Begin at this character of the text, counted from 0
        #[arg(long, value_name = "N")]
        at: Option<u32>,
    },
    /// Put articles into the library without opening them
    Add(Add),
    /// List what a feed offers, or the feeds of an OPML file
    ///
    /// On a terminal the list opens in the reader, where Enter opens what is chosen.
    Feed(Feed),
    /// List the articles of the library
    List(List),
    /// Search the words of all articles, of quotes and of notes
    Search {
        /// All of these words; the last one may be the beginning of a word
        #[arg(required = true, value_name = "QUERY")]
        words: Vec<String>,

        #[command(flatten)]
        asked: Asked,
    },
    /// Print the quotes of all articles
    Quotes(Asked),
    /// Print the people, places and organisations of all articles
    Entities(Asked),
    /// Print the times of all articles in the order of the calendar
    Timeline(Asked),
    /// Put articles into the trash
    Remove {
        /// The articles' ids, or their beginnings
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Take articles out of the trash
    Restore {
        /// The articles' ids, or their beginnings
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Find quotes, entities and dates, and print them
    Analyze(Analyze),
    /// Write annotations to a file, a folder or standard output
    Export(Export),
    /// Bring annotations from TOML files, or the feeds of OPML files, into the library
    ///
    /// All files are checked before anything is changed. An annotation that is there already stays
    /// where it was changed later; what the file replaces comes back with undo.
    Import {
        /// Files that `pullquote export --format toml` wrote, OPML files, or - for standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
    },
    /// Print all keys with what they do
    Keys,
    /// Show where the configuration is, what it says, and whether it is right
    Config {
        #[command(subcommand)]
        wanted: ConfigCommand,
    },
    /// Print a script that completes this program's arguments
    Completions {
        /// Your shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
pub(super) enum ConfigCommand {
    /// Print where the configuration file is or would be
    Path,
    /// Print all options with the values in use
    Print,
    /// Say what is wrong with the configuration
    Check,
}

#[derive(Debug, Args)]
pub(super) struct Analyze {
    /// Files, addresses, or - for standard input
    pub(super) sources: Vec<String>,

    /// Read one JSON object a line, {"id","text","date"?,"title"?}, and print one a line
    #[arg(long, conflicts_with_all = ["sources", "format", "from", "date", "with_text"])]
    pub(super) jsonl: bool,

    #[command(flatten)]
    pub(super) finding: Finding,
}

/// What is put into the library.
#[derive(Debug, Args)]
pub(super) struct Add {
    /// Files, addresses, or - for standard input; with --refresh ids of articles as well
    #[arg(required = true, value_name = "SOURCE")]
    pub(super) sources: Vec<String>,

    /// Read articles of the library anew from where they are, and print what has changed
    #[arg(long)]
    pub(super) refresh: bool,

    /// Number of worker threads [default: all cores]
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<NonZero<usize>>,

    /// The day the articles were written, where they do not say: YYYY-MM-DD
    #[arg(long, value_parser = day)]
    pub(super) date: Option<Date>,

    /// What the source is, where its content does not tell
    #[arg(long, value_enum, value_name = "KIND")]
    pub(super) from: Option<From>,
}

/// Which feeds are listed, and how.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(super) struct Feed {
    /// A file, an address, or - for standard input: RSS, Atom, JSON Feed or OPML [default: all feeds that are remembered]
    pub(super) source: Option<String>,

    /// Print one array of JSON objects
    #[arg(long)]
    pub(super) json: bool,

    /// Remember the feed, so that `pullquote feed` lists what it offers
    #[arg(long, requires = "source")]
    pub(super) keep: bool,

    /// Forget the feed
    #[arg(long, requires = "source", conflicts_with_all = ["keep", "json"])]
    pub(super) forget: bool,

    /// Print the feeds that are remembered as OPML, for other programs
    #[arg(long, conflicts_with_all = ["source", "json"])]
    pub(super) opml: bool,
}

/// Which articles are listed, and how.
#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    pub(super) asked: Asked,

    /// Those in the trash
    #[arg(long)]
    pub(super) trash: bool,

    /// By what they are sorted
    #[arg(long, value_enum, value_name = "ORDER", default_value = "opened")]
    pub(super) sort: SortName,

    /// The other way round
    #[arg(long)]
    pub(super) reverse: bool,
}

/// What is asked of the whole library.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// Print one array of JSON objects
    #[arg(long)]
    pub(super) json: bool,

    /// Only what this person says, by whole words of any of their names
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,

    /// Only what has this tag, or whose article has it; may be given more than once
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,

    /// Only from this day on: of the article, or of the time itself: YYYY-MM-DD
    #[arg(long, value_parser = day, value_name = "DAY")]
    since: Option<Date>,

    /// Only up to this day: YYYY-MM-DD
    #[arg(long, value_parser = day, value_name = "DAY")]
    until: Option<Date>,

    /// So many at most
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl Asked {
    pub(super) fn query(&self) -> Query {
        let Self { speaker, tag, since, until, limit, .. } = self;
        let (speaker, tags) = (speaker.clone(), tag.clone());
        Query { speaker, tags, since: *since, until: *until, limit: *limit }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SortName {
    /// The one that was opened last comes first
    Opened,
    /// The one that came last comes first
    Added,
    /// The latest comes first
    Date,
    Title,
    Publisher,
    /// The one that is read furthest comes first
    Progress,
    /// The one with the most quotes comes first
    Quotes,
    /// The one with the most marks comes first
    Marks,
}

impl SortName {
    pub(super) const fn sort(self) -> Sort {
        match self {
            Self::Opened => Sort::Opened,
            Self::Added => Sort::Added,
            Self::Date => Sort::Date,
            Self::Title => Sort::Title,
            Self::Publisher => Sort::Publisher,
            Self::Progress => Sort::Progress,
            Self::Quotes => Sort::Quotes,
            Self::Marks => Sort::Marks,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// Files, addresses, - for standard input, or ids of articles in the library
    #[arg(required_unless_present = "all")]
    pub(super) sources: Vec<String>,

    /// All articles of the library
    #[arg(long, conflicts_with = "sources")]
    pub(super) all: bool,

    /// Where to write: a file, a folder for one file an article, or - for standard output
    #[arg(short, long, value_name = "FILE|DIR", default_value = "-")]
    pub(super) output: String,

    /// Only these kinds
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KIND,...")]
    kind: Vec<KindName>,

    /// Only what has this tag; may be given more than once
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,

    /// Only what the reader thinks this of [default: accepted,proposed]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "REVIEW,...")]
    review: Vec<ReviewName>,

    #[command(flatten)]
    pub(super) finding: Finding,
}

impl Export {
    /// Which annotations are asked for.
    pub(super) fn filter(&self) -> Filter {
        let reviews = match &self.review[..] {
            [] => Filter::default().reviews,
            these => these.iter().map(|it| it.review()).collect(),
        };
        let kinds = self.kind.iter().map(|it| it.kind()).collect();
        Filter { kinds, tags: self.tag.clone(), reviews }
    }
}

/// How articles are read, analyzed and printed.
#[derive(Debug, Args)]
pub(super) struct Finding {
    /// How to print it [default: table on a terminal, else toml]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) format: Option<FormatName>,

    /// Number of worker threads [default: all cores]
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<NonZero<usize>>,

    /// The day the article was written, where it does not say: YYYY-MM-DD
    #[arg(long, value_parser = day)]
    pub(super) date: Option<Date>,

    /// What the source is, where its content does not tell
    #[arg(long, value_enum, value_name = "KIND")]
    pub(super) from: Option<From>,

    /// Print the article's text as well
    #[arg(long)]
    pub(super) with_text: bool,
}

fn day(text: &str) -> std::result::Result<Date, String> {
    // The parser takes times behind the day as well, which no one means here.
    let date = text.parse::<Date>().ok().filter(|date| date.to_string() == text);
    date.ok_or_else(|| "a day is written like 2024-10-11".to_owned())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// Everything, to be imported again
    Toml,
    /// The same for scripts
    Json,
    /// Columns for people
    Table,
    /// A reader's notes
    Markdown,
    /// One row an annotation, for spreadsheets
    Csv,
    /// A page with the text and its marks
    Html,
    /// The W3C's Web Annotation model, for other annotation tools
    Jsonld,
}

impl FormatName {
    pub(super) const fn format(self) -> Format {
        match self {
            Self::Toml => Format::Toml,
            Self::Json => Format::Json,
            Self::Table => Format::Table,
            Self::Markdown => Format::Markdown,
            Self::Csv => Format::Csv,
            Self::Html => Format::Html,
            Self::Jsonld => Format::JsonLd,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KindName {
    Quote,
    Entity,
    Date,
    Highlight,
}

impl KindName {
    const fn kind(self) -> Kind {
        match self {
            Self::Quote => Kind::Quote,
            Self::Entity => Kind::Mention,
            Self::Date => Kind::Time,
            Self::Highlight => Kind::Highlight,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReviewName {
    Accepted,
    Proposed,
    Rejected,
}

impl ReviewName {
    const fn review(self) -> Review {
        match self {
            Self::Accepted => Review::Accepted,
            Self::Proposed => Review::Proposed,
            Self::Rejected => Review::Rejected,
        }
    }
}

/// What a source may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum From {
    Text,
    Html,
    Markdown,
    Epub,
    Feed,
}
