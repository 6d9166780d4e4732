//! `pullquote import`: annotations from files into the library.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::args::Global;
use super::{Outcome, analyze, complain, feed, print, shown, source};
use crate::annot::Store;
use crate::article::{self, Article};
use crate::error::{Error, Result, reading};
use crate::export::{self, Described, Document, Report};
use crate::library::{ArticleId, Library, Subscription, Verb};

/// Brings every article of these files into the library. All files are read and all articles are
/// looked for before anything is written; what cannot be brought in refuses all of it.
pub(super) fn run(files: &[String], global: &Global) -> Result<Outcome> {
    let mut files = all(files.iter().map(|file| Source::read(file)))?;
    let feeds: Vec<_> = files.iter_mut().flat_map(|it| std::mem::take(&mut it.feeds)).collect();
    let mut library = Library::open(&global.library_file()?)?;
    let documents = files.into_iter().flat_map(Source::documents);
    let placed = documents.map(|(file, document)| {
        let article = target(&library, &file, &document.article)?;
        Ok((file, document, article))
    });
    let mut outcome = Outcome::Done;
    for (file, document, article) in all(placed)? {
        let errors;
        (library, errors) = bring_in(library, &file, document, article)?;
        for error in errors {
            outcome = Outcome::Partly;
            complain(&error);
        }
    }
    if !feeds.is_empty() {
        drop(library);
        print(&feed::subscribe(&feeds, global)?)?;
    }
    Ok(outcome)
}

/// All of them, or else the last failure; the others have been said on stderr.
fn all<T>(results: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    let mut failed: Option<Error> = None;
    let mut done = Vec::new();
    for result in results {
        match result {
            Ok(it) => done.push(it),
            Err(error) => {
                if let Some(before) = failed.replace(error) {
                    complain(&before);
                }
            }
        }
    }
    failed.map_or(Ok(done), Err)
}

/// A file that was read.
struct Source {
    file: String,
    documents: Vec<Document>,
    feeds: Vec<Subscription>,
}

/// The largest file, in bytes. It may hold several articles with their texts.
const LIMIT: u64 = 4 * article::LIMIT;

impl Source {
    fn read(file: &str) -> Result<Self> {
        let path = Path::new(file);
        let mut bytes = Vec::new();
        let read = if file == "-" {
            std::io::stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes)
        } else {
            File::open(path).and_then(|it| it.take(LIMIT + 1).read_to_end(&mut bytes))
        };
        let name = if file == "-" { "standard input" } else { file };
        read.map_err(|error| reading(Path::new(name), &error))?;
        if bytes.len() as u64 > LIMIT {
            return Err(Error::new(format!("{name} is too large to be imported")));
        }
        if article::feed::is_list(&bytes) {
            let feeds = feed::subscriptions(&article::feed::read(&bytes, file)?);
            return Ok(Self { file: file.to_owned(), documents: Vec::new(), feeds });
        }
        let documents = export::decoded(&bytes).and_then(export::read).map_err(|error| {
            let named = Error::new(format!("{name}:{error}"));
            error.hint_text().map_or(named.clone(), |hint| named.hint(hint))
        })?;
        Ok(Self { file: file.to_owned(), documents, feeds: Vec::new() })
    }

    fn documents(self) -> impl Iterator<Item = (String, Document)> {
        self.documents.into_iter().map(move |document| (self.file.clone(), document))
    }
}

/// The article into which a document is brought.
enum Target {
    Known(ArticleId),
    New(Box<Article>),
}

/// The library's article with this text or of this source; or else one that can be added, from the
/// text in the file or from the source that it names.
fn target(library: &Library, file: &str, described: &Described) -> Result<Target> {
    let source = &described.meta.source;
    if let Some(id) = library.find_described(&described.sha256, source)? {
        return Ok(Target::Known(id));
    }
    if let Some(text) = &described.text {
        return Ok(Target::New(Box::new(described_article(described, text.clone()))));
    }
    let beside = Path::new(file).parent().map(|folder| folder.join(source));
    // Nothing else than a file: a pipe would be waited for.
    let path = [PathBuf::from(source)].into_iter().chain(beside).find(|path| path.is_file());
    match path {
        _ if source == "sample" => Ok(Target::New(Box::new(article::sample()))),
        Some(path) => source::read(&path.to_string_lossy(), &source::Ways::default())
            .map(Box::new)
            .map(Target::New),
        None => {
            let title = described.meta.title.as_deref().unwrap_or(source);
            let message = format!("{file}: the library has no article “{title}” ({source})");
            Err(Error::new(message)
                .hint("open the article once, or export it with `--with-text` where it is at hand"))
        }
    }
}

/// An article that is only known from a file.
fn described_article(described: &Described, text: String) -> Article {
    let mut article = article::plain::read(text, &described.meta.source);
    article.meta = described.meta.clone();
    article
}

/// Brings one document in and says what that did. Also returns which detectors broke down.
fn bring_in(
    mut library: Library,
    file: &str,
    mut document: Document,
    target: Target,
) -> Result<(Library, Vec<Error>)> {
    let now = Timestamp::now();
    let (article, opened) = match target {
        Target::Known(id) => {
            let article = Arc::new(library.get(&id.to_string())?.1);
            let opened = library.enter_as(Some(id), &article, now)?;
            (article, opened)
        }
        Target::New(article) => {
            let article = Arc::from(article);
            let opened = library.enter(&article, now)?;
            (article, opened)
        }
    };
    if document.article.text.is_none() {
        // Passages are found better with the text that they were made for.
        document.article.text = library.text(&document.article.sha256)?;
    }
    let mut store = Store::restore(opened.kept);
    // What the detectors find and the file proposes is then one and the same.
    let errors = analyze::find_besides(&article, &mut store);
    let merged = document.upon(&article, &store);
    let mut desk = library.sit(opened.seat);
    if let Some(step) = merged.step {
        let name = Path::new(file).file_name().map(|name| name.to_string_lossy());
        let name = name.filter(|name| name != "-").unwrap_or("annotations".into());
        store.apply(step.named(format!("Imported {name}")));
        desk.keep(&mut store, Verb::Do)?;
    }
    let title = article.meta.title.as_deref().unwrap_or(&article.meta.source);
    let added = if opened.is_new { " (added to the library)" } else { "" };
    let line = format!("{file}: {title}{added}: {}", summary(&merged.report));
    print(&format!("{}\n", shown(&line)))?;
    Ok((desk.leave(), errors))
}

/// What an import did, in a few words.
fn summary(report: &Report) -> String {
    let counts = [
        (report.new, "new"),
        (report.updated, "updated"),
        (report.kept, "changed later here and left as they are"),
        (report.same, "already here"),
        (report.moved, "placed anew"),
        (report.changed, "on words that have changed"),
        (report.lost, "on words that are not in this text"),
        (report.dropped, "proposals left out whose words are not in this text"),
    ];
    let said = counts.iter().filter(|(count, _)| *count > 0);
    let mut parts: Vec<_> = said.map(|(count, words)| format!("{count} {words}")).collect();
    if report.about {
        parts.push("tags or notes of the article".to_owned());
    }
    if parts.is_empty() { "nothing in it".to_owned() } else { parts.join(", ") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annot::{Filter, Review};
    use crate::export::any::filled;
    use crate::export::{Format, Options};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn what_was_imported_and_kept_is_exported_the_same((mut article, store) in filled()) {
            // The library tells no less than milliseconds apart.
            article.meta.retrieved = None;
            let filter = Filter { reviews: Review::ALL.to_vec(), ..Filter::default() };
            let options = Options { filter, with_text: true, ..Options::default() };
            let written = |store: &Store| export::file(Format::Toml, &article, store, &options);
            // What is only proposed is not kept, but found again.
            let proposed = store.annotations().iter().filter(|it| !it.is_touched());
            let step = proposed.fold(crate::annot::Step::new("Cut"), |step, it| step.remove(it.id));
            let mut store = store.clone();
            store.apply(step);
            let file = written(&store);

            let folder = tempfile::tempdir().unwrap();
            let mut library = Library::open(&folder.path().join("library.db")).unwrap();
            let arc = Arc::new(article.clone());
            let opened = library.enter(&arc, Timestamp::UNIX_EPOCH).unwrap();
            let id = opened.seat.id();
            let mut ours = Store::restore(opened.kept);
            let document = export::read(&file).unwrap().remove(0);
            let mut desk = library.sit(opened.seat);
            if let Some(step) = document.upon(&article, &ours).step {
                ours.apply(step);
                desk.keep(&mut ours, Verb::Do).unwrap();
            }
            prop_assert_eq!(written(&ours), file.as_str());
            let library = desk.leave();
            let (_, article) = library.get(&id.to_string()).unwrap();
            let kept = Store::restore(library.kept(id).unwrap());
            prop_assert_eq!(export::file(Format::Toml, &article, &kept, &options), file);
        }
    }
}
