//! `pullquote analyze` and `pullquote export`: the detectors without a screen.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

use super::args::{Analyze, Export, Finding, Global};
use super::source::Ways;
use super::{Outcome, columns, complain, in_order, library, source, workers, written};
use crate::annot::{Filter, Store};
use crate::article::Article;
use crate::detect::{self, Report};
use crate::error::{Error, Result, writing};
use crate::export::{self, Extent, Format, Options};
use crate::library::{ListQuery, Sort};
use crate::run::save::Draft;

/// All that the detectors find in an article, and which of them broke down.
pub(super) fn find(article: &Article) -> (Store, Vec<Error>) {
    let mut store = Store::default();
    let errors = find_besides(article, &mut store);
    (store, errors)
}

/// The same, besides what a reader made of the article.
pub(super) fn find_besides(article: &Article, store: &mut Store) -> Vec<Error> {
    let mut errors = Vec::new();
    let cancel = AtomicBool::new(false);
    let written = store.about().published.or(article.meta.published);
    detect::run(article, written, &cancel, |report| match report {
        Report::Found(kind, findings) => store.take(kind, findings),
        Report::Failed(name) => {
            let message = format!("the search for {name} broke down in {}", article.meta.source);
            errors.push(Error::new(message).hint("the rest has been analyzed; please report it"));
        }
        Report::Started(_) | Report::Done => {}
    });
    errors
}

/// Prints what is found in the sources, or in standard input where none is named.
pub(super) fn analyze(asked: Analyze, global: &Global) -> Result<Outcome> {
    source::check(asked.finding.from)?;
    let mut sources = asked.sources;
    if sources.is_empty() {
        if io::stdin().is_terminal() {
            let hint = "name files, or - for standard input: `pullquote analyze article.txt`";
            return Err(Error::usage("there is nothing to analyze").hint(hint));
        }
        sources.push("-".to_owned());
    }
    let sources = source::expanded(sources);
    let on_terminal = io::stdout().is_terminal();
    let mut job = Job::new(&asked.finding, Filter::default(), &sources, on_terminal);
    job.ways = Ways::of(asked.finding.from, global);
    print(job, &asked.finding, sources)
}

/// Writes what is found in the sources to a file, a folder or standard output.
///
/// What the library knows is exported with all that was made in it.
pub(super) fn export(asked: &Export, global: &Global) -> Result<Outcome> {
    source::check(asked.finding.from)?;
    let library = if asked.all { Some(global.library_file()?) } else { global.library()? };
    let mut sources = source::expanded(asked.sources.clone());
    if asked.all {
        let known = library::known(library.as_deref())?;
        let wanted = ListQuery { sort: Sort::Added, reverse: true, ..ListQuery::default() };
        let list = known.map(|it| it.list(&wanted)).transpose()?.unwrap_or_default();
        sources = list.into_iter().map(|it| it.id.to_string()).collect();
    }
    let output = Path::new(&asked.output);
    let folder = output.is_dir() || asked.output.ends_with('/');
    let on_terminal = asked.output == "-" && io::stdout().is_terminal();
    let mut job = Job::new(&asked.finding, asked.filter(), &sources, on_terminal);
    job.originals = library::originals(&sources, library.as_deref())?;
    job.library = library;
    job.ways = Ways::of(asked.finding.from, global);
    if asked.all {
        job.extent = Extent::Several;
    }
    if asked.output == "-" {
        return print(job, &asked.finding, sources);
    }
    if folder {
        job.extent = Extent::One;
        return save_each(&job, &asked.finding, sources, output);
    }
    if asked.finding.format.is_none() {
        job.format = Format::of_file(output).unwrap_or(job.format);
    }
    refuse_article(output, &job.originals)?;
    let mut draft = Draft::of(output)?;
    let written = gather(job, &asked.finding, sources, &mut draft);
    let written = written.and_then(
        |(outcome, any)| {
            if any { draft.keep().map(|()| outcome) } else { Ok(outcome) }
        },
    );
    written.map_err(|error| writing(output, &error))
}

/// What is done with each source.
#[derive(Clone, Debug)]
struct Job {
    format: Format,
    extent: Extent,
    options: Options,
    /// Where to look for what was made in the sources.
    library: Option<PathBuf>,
    /// The files that the articles are from.
    originals: Vec<String>,
    /// How they are read.
    ways: Ways,
}

impl Job {
    fn new(finding: &Finding, filter: Filter, sources: &[String], on_terminal: bool) -> Self {
        let usual = if on_terminal { Format::Table } else { Format::Toml };
        Self {
            format: finding.format.map_or(usual, super::args::FormatName::format),
            extent: if sources.len() == 1 { Extent::One } else { Extent::Several },
            options: Options { filter, with_text: finding.with_text, columns: columns() },
            library: None,
            originals: Vec::new(),
            ways: Ways::default(),
        }
    }
}

/// What has become of a source.
struct Answer {
    source: String,
    found: Result<(Article, Store)>,
    errors: Vec<Error>,
}

/// How sources are read and analyzed.
pub(super) struct Reading {
    /// The day they were written, where they do not say.
    pub(super) date: Option<Date>,
    /// How many threads read them.
    pub(super) jobs: Option<NonZero<usize>>,
    /// Where to look for what was made in them.
    pub(super) library: Option<PathBuf>,
    /// What they are, and how much of them is read.
    pub(super) ways: Ways,
}

impl Reading {
    fn of(finding: &Finding, job: &Job) -> Self {
        let Job { library, ways, .. } = job.clone();
        Self { date: finding.date, jobs: finding.jobs, library, ways }
    }

    /// An article with what was made in it and what the detectors find besides, and which of them
    /// broke down.
    fn read(&self, source: &str) -> Result<(Article, Store, Vec<Error>)> {
        let (mut article, id) = source::find(source, self.library.as_deref(), &self.ways)?;
        article.meta.published = article.meta.published.or(self.date);
        let mut store = library::made_in(self.library.as_deref(), &article, id)?;
        article.meta.published = store.about().published.or(article.meta.published);
        let errors = find_besides(&article, &mut store);
        Ok((article, store, errors))
    }
}

/// Reads and analyzes every source on several threads, and hands on what was found in order.
pub(super) fn each(
    reading: Reading,
    sources: Vec<String>,
    mut found: impl FnMut(&str, &Article, &Store) -> io::Result<()>,
) -> io::Result<Outcome> {
    let bar = progress(sources.len());
    let workers = workers(reading.jobs).min(sources.len());
    let work = move |source: String| {
        let (found, errors) = match reading.read(&source) {
            Ok((article, store, errors)) => (Ok((article, store)), errors),
            Err(error) => (Err(error), Vec::new()),
        };
        Answer { source, found, errors }
    };
    let mut outcome = Outcome::Done;
    in_order::run(workers, sources.into_iter(), work, |answer| {
        let unread = answer.found.as_ref().err();
        for error in answer.errors.iter().chain(unread) {
            outcome = Outcome::Partly;
            bar.suspend(|| complain(error));
        }
        bar.inc(1);
        match &answer.found {
            Ok((article, store)) => bar.suspend(|| found(&answer.source, article, store)),
            Err(_) => Ok(()),
        }
    })?;
    bar.finish_and_clear();
    Ok(outcome)
}

/// Writes one file or stream with all the sources; also says whether there is anything in it.
fn gather(
    job: Job,
    finding: &Finding,
    sources: Vec<String>,
    out: &mut impl Write,
) -> io::Result<(Outcome, bool)> {
    let reading = Reading::of(finding, &job);
    let Job { format, extent, options, .. } = job;
    let mut begun = false;
    let outcome = each(reading, sources, |_, article, store| {
        let before = if begun { export::between(format) } else { export::opening(format, extent) };
        begun = true;
        out.write_all(before.as_bytes())?;
        export::write(out, (format, extent), article, store, &options)?;
        out.flush()
    })?;
    if !begun && extent == Extent::Several {
        out.write_all(export::opening(format, extent).as_bytes())?;
    }
    if begun || extent == Extent::Several {
        out.write_all(export::closing(format, extent).as_bytes())?;
    }
    out.flush()?;
    Ok((outcome, begun))
}

fn print(job: Job, finding: &Finding, sources: Vec<String>) -> Result<Outcome> {
    let mut stdout = BufWriter::new(io::stdout().lock());
    match gather(job, finding, sources, &mut stdout) {
        Ok((outcome, _)) => Ok(outcome),
        Err(error) => written(Err(error)).map(|()| Outcome::Done),
    }
}

/// One file for every source, named like it.
fn save_each(job: &Job, finding: &Finding, sources: Vec<String>, folder: &Path) -> Result<Outcome> {
    std::fs::create_dir_all(folder).map_err(|error| writing(folder, &error))?;
    let (mut taken, mut failed) = (Vec::new(), None);
    let result = each(Reading::of(finding, job), sources, |source, article, store| {
        let source = if Path::new(source).exists() { source } else { &article.meta.source };
        let path = folder.join(file_name(source, job.format, &mut taken));
        save(job, &path, (article, store)).map_err(|error| {
            failed = Some(error);
            io::Error::other("a file in it cannot be written")
        })
    });
    result.map_err(|error| failed.unwrap_or_else(|| writing(folder, &error)))
}

fn save(job: &Job, path: &Path, found: (&Article, &Store)) -> Result<()> {
    refuse_article(path, &job.originals)?;
    let mut draft = Draft::of(path)?;
    let written = draft
        .write_all(export::opening(job.format, job.extent).as_bytes())
        .and_then(|()| {
            let shape = (job.format, job.extent);
            export::write(&mut draft, shape, found.0, found.1, &job.options)
        })
        .and_then(|()| draft.write_all(export::closing(job.format, job.extent).as_bytes()))
        .and_then(|()| draft.keep());
    written.map_err(|error| writing(path, &error))
}

/// A file name for a source that none before it has.
fn file_name(source: &str, format: Format, taken: &mut Vec<PathBuf>) -> PathBuf {
    let ending = format.ending();
    let stem = if source == "-" { None } else { Path::new(source).file_stem() };
    let stem = stem.map_or("article".into(), |stem| stem.to_string_lossy());
    let first = PathBuf::from(format!("{stem}.{ending}"));
    let others = (2..).map(|number| PathBuf::from(format!("{stem}-{number}.{ending}")));
    let free = |path: &PathBuf| !taken.contains(path);
    let path = std::iter::once(first).chain(others).find(free).expect("the numbers have no end");
    taken.push(path.clone());
    path
}

/// The text is never changed, not even by a slip of the hand.
fn refuse_article(output: &Path, sources: &[String]) -> Result<()> {
    let Ok(output) = output.canonicalize() else { return Ok(()) };
    let same = |source: &&String| Path::new(source).canonicalize().is_ok_and(|it| it == output);
    match sources.iter().find(same) {
        Some(source) => Err(Error::usage(format!("{source} is the article itself"))
            .hint("name another file for the annotations")),
        None => Ok(()),
    }
}

/// A bar on stderr while many files are worked on and somebody looks at it.
fn progress(count: usize) -> ProgressBar {
    if count < 2 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} articles, {eta} left");
    ProgressBar::new(count as u64).with_style(style.expect("the template is right"))
}
