//! Throws damaged files at everything that reads them, for a time that is named in seconds.
//!
//! `cargo run --release --example fuzz -- 60 [SEED]` begins with the files in `tests/fixtures/fuzz`
//! and damages them in ever new ways: bytes, and what pages, marks, books and feeds are made of. Files
//! that mean harm come first (`fuzz hostile` shows what each of them costs).
//! What panics, takes longer than 2 s of processor time or more than 300 MB, or gives an article
//! whose ranges are not ranges of its text is written to `target/fuzz`, and the program ends with 1.
//! `fuzz replay KIND FILE` does once more what was found.

use std::collections::HashSet;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use pullquote::article::epub::Book;
use pullquote::article::{self, Article, Extract, How, Kind, feed};

mod damage;
mod hostile;

use damage::Random;

/// The most that anything may take.
const MOST_TIME: Duration = Duration::from_secs(2);
const MOST_MEMORY: u64 = 300 * 1024;
/// After so long without an end there will be none.
const ENDLESS: Duration = Duration::from_secs(60);
/// The most inputs that are remembered because they did something new.
const POOL: usize = 4000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let said = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["hostile"] => hostile(true),
        ["replay", kind, file] => replay(kind, Path::new(file)),
        [seconds] => run(seconds, "1"),
        [seconds, seed] => run(seconds, seed),
        _ => Err("fuzz SECONDS [SEED], or fuzz replay KIND FILE".to_owned()),
    };
    match said {
        Ok(said) => {
            writeln!(std::io::stdout(), "{said}").ok();
            ExitCode::SUCCESS
        }
        Err(error) => {
            writeln!(std::io::stderr(), "error: {error}").ok();
            ExitCode::from(1)
        }
    }
}

/// A file to begin with.
#[derive(Clone)]
struct Seed {
    kind: Kind,
    bytes: Vec<u8>,
}

fn replay(kind: &str, file: &Path) -> Result<String, String> {
    let kind = kind_of(kind).ok_or("the kind is text, html, markdown, epub or feed")?;
    let bytes = std::fs::read(file).map_err(|it| it.to_string())?;
    let one = measured(kind, &bytes);
    Ok(format!("{one}\n{}", one.said))
}

/// Reads what means harm, and says where that takes too much.
fn hostile(tell: bool) -> Result<String, String> {
    let mut wrong = Vec::new();
    let cases = hostile::cases();
    for (what, kind, bytes) in &cases {
        let one = measured(*kind, bytes);
        let line = format!("{what} as {}: {one}", name(*kind));
        if tell {
            writeln!(std::io::stdout(), "{line}").ok();
        }
        wrong.extend(one.wrong.is_some().then_some(line));
    }
    if wrong.is_empty() {
        Ok(format!("{} hostile files", cases.len()))
    } else {
        Err(wrong.join("\n"))
    }
}

/// What became of a file.
struct Measured {
    said: String,
    took: Duration,
    /// In KB, what it needed beyond what the program had before.
    memory: u64,
    wrong: Option<String>,
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let said: String = self.said.chars().take(60).collect();
        write!(f, "{:.0?}, {} MB, {said}", self.took, self.memory / 1024)?;
        self.wrong.as_ref().map_or(Ok(()), |wrong| write!(f, " – WRONG: {wrong}"))
    }
}

/// Reads a file and looks at what that takes.
fn measured(kind: Kind, bytes: &[u8]) -> Measured {
    forget_memory();
    let (begun, before) = (processor(), memory().unwrap_or(0));
    let result = catch_unwind(AssertUnwindSafe(|| read(kind, bytes)));
    let took = processor().saturating_sub(begun);
    let memory = memory().unwrap_or(0).saturating_sub(before);
    let wrong = match &result {
        Err(panic) => Some(format!("a panic: {}", words(panic.as_ref()))),
        Ok(said) if said.starts_with("wrong") => Some(said.clone()),
        // A page is read in three ways here, a book chapter by chapter.
        Ok(_) if took > MOST_TIME * 3 => Some("too long".to_owned()),
        Ok(_) if memory > MOST_MEMORY => Some("too much".to_owned()),
        Ok(_) => None,
    };
    Measured { said: result.unwrap_or_default(), took, memory, wrong }
}

fn run(seconds: &str, seed: &str) -> Result<String, String> {
    let seconds: u64 = seconds.parse().map_err(|_| "how many seconds?")?;
    let mut random = Random(seed.parse().map_err(|_| "the seed is a number")?);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pool = seeds(&root.join("tests/fixtures/fuzz"))?;
    let keep = root.join("target/fuzz");
    std::fs::create_dir_all(&keep).map_err(|it| it.to_string())?;
    let watch = Watch::start(&keep);
    // What panics is caught and told in one place.
    std::panic::set_hook(Box::new(|_| {}));
    let hostile = hostile(false)?;
    let end = Instant::now() + Duration::from_secs(seconds);
    let (first, mut seen, mut runs) = (pool.len(), HashSet::new(), 0_u64);
    let mut found: Vec<String> = Vec::new();
    let (mut slowest, mut largest) = (Duration::ZERO, 0);
    for seed in pool.clone() {
        seen.insert(read(seed.kind, &bytes_of(&seed)));
    }
    while Instant::now() < end {
        // The files that we wrote are as good as all that came of them.
        let from = if random.one_in(2) { random.below(first) } else { random.below(pool.len()) };
        let other = random.below(pool.len());
        let bytes = damage::damaged(&pool[from].bytes, &pool[other].bytes, &mut random);
        let seed = Seed { kind: pool[from].kind, bytes };
        let mut bytes = bytes_of(&seed);
        if seed.kind == Kind::Epub && random.one_in(4) {
            bytes = damage::bytes(bytes, &mut random);
        }
        watch.begins(seed.kind, &bytes);
        let one = measured(seed.kind, &bytes);
        watch.ends();
        runs += 1;
        (slowest, largest) = (slowest.max(one.took), largest.max(one.memory));
        if one.wrong.is_some() {
            let file =
                keep.join(format!("found-{}-{}.{}", runs, random.0 % 10_000, name(seed.kind)));
            std::fs::write(&file, &bytes).map_err(|it| it.to_string())?;
            found.push(format!("{}: {one}", file.display()));
            if found.len() >= 20 {
                break;
            }
        } else if pool.len() < POOL && seed.bytes.len() < 200_000 && seen.insert(one.said) {
            pool.push(seed);
        }
    }
    let told = format!(
        "{hostile}; {runs} damaged ones, {} of them new in kind; the slowest took {slowest:?}, the largest {} MB",
        pool.len() - first,
        largest / 1024
    );
    if found.is_empty() { Ok(told) } else { Err(format!("{told}\n{}", found.join("\n"))) }
}

fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("?").to_owned()
}

fn kind_of(name: &str) -> Option<Kind> {
    Some(match name {
        "text" | "txt" => Kind::Text,
        "html" => Kind::Html,
        "markdown" | "md" => Kind::Markdown,
        "epub" | "book" => Kind::Epub,
        "feed" | "rss" | "atom" | "json" | "opml" => Kind::Feed,
        _ => return None,
    })
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Html => "html",
        Kind::Markdown => "markdown",
        Kind::Epub => "epub",
        Kind::Feed => "feed",
    }
}

fn seeds(folder: &Path) -> Result<Vec<Seed>, String> {
    let read = std::fs::read_dir(folder).map_err(|it| format!("{}: {it}", folder.display()))?;
    let mut paths: Vec<PathBuf> = read.flatten().map(|it| it.path()).collect();
    paths.sort();
    let mut seeds = Vec::new();
    for path in paths {
        let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        let Some(kind) = kind_of(ending) else { continue };
        seeds.push(Seed { kind, bytes: std::fs::read(&path).map_err(|it| it.to_string())? });
    }
    if seeds.is_empty() { Err("there are no files to begin with".to_owned()) } else { Ok(seeds) }
}

/// The file as it is read; books are kept as the list of their files.
fn bytes_of(seed: &Seed) -> Vec<u8> {
    if seed.kind == Kind::Epub { damage::packed(&seed.bytes) } else { seed.bytes.clone() }
}

/// Reads a file in every way that the program knows for its kind; says what came of it, so that
/// two files of which the same is said are alike.
fn read(kind: Kind, bytes: &[u8]) -> String {
    let mut said = Vec::new();
    let told = |result: pullquote::error::Result<Article>| match result {
        Ok(article) => checked(&article),
        Err(error) => shape(&error.to_string()),
    };
    let how = |kind, extract| How { kind, extract, ..How::default() };
    match kind {
        Kind::Html => {
            said.push(told(article::read_as(bytes.to_vec(), "a", &how(Some(kind), Extract::Main))));
            said.push(told(article::read_as(
                bytes.to_vec(),
                "a",
                &how(Some(kind), Extract::Whole),
            )));
        }
        Kind::Text | Kind::Markdown => {
            said.push(told(article::read_as(bytes.to_vec(), "a", &how(Some(kind), Extract::Main))));
        }
        Kind::Epub => match Book::open(bytes.to_vec(), "a.epub") {
            Ok(mut book) => {
                for number in 0..book.len().min(20) {
                    said.push(told(book.chapter(number)));
                }
            }
            Err(error) => said.push(shape(&error.to_string())),
        },
        Kind::Feed => match feed::read(bytes, "https://example.org/feed") {
            Ok(feed) => {
                let ugly = |it: &str| it.contains(char::is_control);
                let wrong = feed.items.iter().any(|it| {
                    it.title.is_empty()
                        || ugly(&it.title)
                        || it.summary.as_deref().is_some_and(ugly)
                        || it.authors.iter().any(|it| ugly(it))
                        || it.link.as_deref().is_some_and(|it| !it.starts_with("http"))
                });
                said.push(if wrong {
                    format!("wrong items: {:?}", feed.items)
                } else {
                    let items = feed.items.len();
                    let named = feed.items.iter().filter(|it| it.link.is_some()).count();
                    format!("{} items, {}", scale(items), scale(named))
                });
            }
            Err(error) => said.push(shape(&error.to_string())),
        },
    }
    said.push(told(article::read(bytes.to_vec(), "a")));
    let wrong = said.iter().find(|it| it.starts_with("wrong"));
    wrong.cloned().unwrap_or_else(|| said.join(" | "))
}

/// What must be true of every article; else says that it is wrong.
fn checked(article: &Article) -> String {
    let text = &article.text;
    let whole = |from: u32, to: u32| from <= to && text.get(from as usize..to as usize).is_some();
    let mut last = 0;
    for block in &article.blocks {
        let range = block.range;
        if range.start < last || !whole(range.start, range.end) || range.is_empty() {
            return format!("wrong block {block:?}");
        }
        last = range.end;
    }
    if let Some(link) = article.links.iter().find(|it| !whole(it.range.start, it.range.end)) {
        return format!("wrong link {link:?}");
    }
    if let Some(image) = article.images.iter().find(|it| !whole(it.range.start, it.range.end)) {
        return format!("wrong image {image:?}");
    }
    let meta = [article.meta.title.as_deref(), article.meta.publisher.as_deref()];
    let lines = meta.into_iter().flatten().chain(article.meta.authors.iter().map(String::as_str));
    for line in lines {
        // Plain text keeps its characters; they are made harmless where they are shown.
        if line.contains('\n') {
            return format!("wrong line {line:?}");
        }
    }
    let mut kinds: Vec<String> = article.blocks.iter().map(|it| format!("{:?}", it.kind)).collect();
    kinds.sort();
    kinds.dedup();
    format!(
        "{} {} {} {}",
        kinds.join(","),
        scale(article.blocks.len()),
        scale(article.links.len()),
        scale(article.images.len())
    )
}

/// A number to its order of magnitude.
fn scale(count: usize) -> u32 {
    usize::BITS - count.leading_zeros()
}

/// An error without the numbers and names in it.
fn shape(error: &str) -> String {
    error.chars().filter(|it| it.is_ascii_lowercase() || *it == ' ').take(60).collect()
}

/// Ends the program where something has no end; what it was is in a file by then.
struct Watch {
    keep: PathBuf,
    begun: Arc<AtomicU64>,
    zero: Instant,
    current: Mutex<String>,
}

impl Watch {
    fn start(keep: &Path) -> Self {
        let (begun, zero) = (Arc::<AtomicU64>::default(), Instant::now());
        let seen = Arc::clone(&begun);
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(Duration::from_secs(1));
                let at = seen.load(Ordering::Relaxed);
                let now = zero.elapsed().as_millis();
                if at > 0 && now.saturating_sub(at.into()) > ENDLESS.as_millis() {
                    writeln!(std::io::stderr(), "error: target/fuzz/current.* has no end").ok();
                    std::process::exit(1);
                }
            }
        });
        Self { keep: keep.to_owned(), begun, zero, current: Mutex::default() }
    }

    /// Writes down what is read now: an overflow of the stack ends the process at once.
    fn begins(&self, kind: Kind, bytes: &[u8]) {
        let file = format!("current.{}", name(kind));
        std::fs::write(self.keep.join(&file), bytes).ok();
        if let Ok(mut current) = self.current.lock() {
            if *current != file {
                std::fs::remove_file(self.keep.join(&*current)).ok();
            }
            *current = file;
        }
        let now = u64::try_from(self.zero.elapsed().as_millis()).unwrap_or(0);
        self.begun.store(now.max(1), Ordering::Relaxed);
    }

    fn ends(&self) {
        self.begun.store(0, Ordering::Relaxed);
    }
}

/// The processor time that this thread has taken; other programs do not count.
fn processor() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = text.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0);
    Duration::from_nanos(nanos)
}

/// The most memory that the process had, in KB, since [`forget_memory`].
fn memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

fn forget_memory() {
    std::fs::write("/proc/self/clear_refs", "5").ok();
}
