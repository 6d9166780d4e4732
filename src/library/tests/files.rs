//! Files that are no library, damaged, of a later version, or cannot be written.

use super::*;

#[track_caller]
fn refuse(path: &Path, words: &str) -> Error {
    let error = Library::open(path).unwrap_err();
    assert!(error.to_string().contains(words), "{error}");
    assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
    error
}

fn sql(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

/// Every file of the folder with its bytes.
fn bytes(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|it| (it.clone(), fs::read(it).unwrap())).collect()
}

#[test]
fn a_later_version_is_left_as_it_is() {
    let place = Place::new();
    drop(place.open());
    let path = place.path();
    let folder = path.parent().unwrap();
    sql(&path, "PRAGMA user_version = 99");
    let before = bytes(folder);
    let error = refuse(&path, "newer pullquote: version 99");
    assert!(error.hint_text().unwrap().contains("left as it is"));
    assert_eq!(bytes(folder), before);

    // What the later program wrote last stands in the log beside the file still.
    sql(&path, "PRAGMA user_version = 1");
    let other = Connection::open(&path).unwrap();
    other.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    other.execute_batch("PRAGMA user_version = 98").unwrap();
    drop(other);
    let main = |files: Vec<(PathBuf, Vec<u8>)>| {
        let shared = |it: &(PathBuf, Vec<u8>)| !it.0.to_string_lossy().ends_with("-shm");
        files.into_iter().filter(shared).collect::<Vec<_>>()
    };
    let before = main(bytes(folder));
    refuse(&path, "version 98");
    assert_eq!(main(bytes(folder)), before);
}

#[test]
fn what_is_no_library_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "Some notes of mine, which are no database at all.\n".repeat(40)).unwrap();
    let other = folder.path().join("other.db");
    sql(&other, "CREATE TABLE things (name TEXT); PRAGMA user_version = 7");
    let young = folder.path().join("young.db");
    sql(&young, "CREATE TABLE things (name TEXT)");
    let before = bytes(folder.path());
    refuse(&text, "no library");
    refuse(&other, "another program");
    refuse(&young, "another program");
    assert_eq!(bytes(folder.path()), before);
    refuse(folder.path(), "is a directory");
}

#[test]
fn a_damaged_file_is_said_to_be() {
    let place = Place::new();
    let mut library = place.open();
    for number in 0..200 {
        let text = format!("Text number {number}. ").repeat(50);
        library.enter(&article(&text, "-"), now()).unwrap();
    }
    drop(library);
    let path = place.path();
    let mut bytes = fs::read(&path).unwrap();
    let end = bytes.len();
    bytes[4096..end].fill(0xAA);
    fs::write(&path, &bytes).unwrap();
    let error = match Library::open(&path) {
        Err(error) => error,
        Ok(mut library) => library.enter(&article(TEXT, "-"), now()).unwrap_err(),
    };
    assert!(error.to_string().contains("damaged"), "{error}");
    assert!(error.hint_text().is_some());
}

#[test]
fn an_empty_file_becomes_a_library() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.db");
    fs::write(&path, "").unwrap();
    let library = Library::open(&path).unwrap();
    let mode: String =
        library.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    let check: String =
        library.connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
}

/// Each version's tables, as the program of that version made them, become those of today.
#[test]
fn every_version_is_brought_up() {
    for version in 0..=schema::VERSION {
        let place = Place::new();
        let path = place.path();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        for migration in &schema::MIGRATIONS[..version as usize] {
            sql(&path, migration);
        }
        sql(&path, &format!("PRAGMA user_version = {version}"));
        let library = place.open();
        let tables = |connection: &Connection| -> Vec<String> {
            let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
            let mut statement = connection.prepare(sql).unwrap();
            statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        let fresh = Place::new();
        assert_eq!(tables(&library.connection), tables(&fresh.open().connection));
        assert_eq!(schema::state(&library.connection).unwrap(), State::Ready);
    }
}

#[test]
fn several_begin_a_library_at_once() {
    let place = Place::new();
    let path = place.path();
    std::thread::scope(|scope| {
        for number in 0..8 {
            let path = &path;
            scope.spawn(move || {
                let mut library = Library::open(path).unwrap();
                library.enter(&article(&format!("Text {number}."), "-"), now()).unwrap();
            });
        }
    });
    let sql = "SELECT count(*) FROM articles";
    let count: i64 = place.open().connection.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(count, 8);
}

#[test]
fn a_failure_loses_nothing_and_can_be_tried_again() {
    let place = Place::new();
    let text = article(TEXT, "ferry.txt");
    let (mut desk, mut store) = place.sit(&text);
    keep(&mut desk, &mut store, Step::new("first").set(highlight(1, "ferry")));
    // Another program writes and does not come to an end.
    let other = Connection::open(place.path()).unwrap();
    desk.library().connection.busy_timeout(Duration::from_millis(1)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(store.apply(Step::new("second").set(highlight(2, "sail"))));
    let error = desk.keep(&mut store, Verb::Do).unwrap_err();
    assert!(error.to_string().starts_with("“second” is not saved in the library "), "{error}");
    assert!(error.to_string().ends_with("another program holds it"), "{error}");
    store.undo().unwrap();
    desk.keep(&mut store, Verb::Undo).unwrap_err();
    assert!(store.apply(Step::new("third").set(highlight(3, "Monday"))));
    let error = desk.keep(&mut store, Verb::Do).unwrap_err();
    assert!(error.to_string().starts_with("3 changes are not saved"), "{error}");
    assert_eq!(desk.unsaved(), 3);
    let shown = picture(&store);
    other.execute_batch("ROLLBACK").unwrap();
    desk.retry(&mut store).unwrap();
    assert_eq!((desk.unsaved(), picture(&store)), (0, shown));
    let (_, again) = place.sit(&text);
    assert_eq!(picture(&again), picture(&store));
    // The disk is full.
    let page = "PRAGMA max_page_count = 1";
    let connection = &desk.library().connection;
    connection.query_row(page, [], |_| Ok(())).unwrap();
    let note = "A long note. ".repeat(100_000);
    let mut it = highlight(4, "laughed");
    it.extra = Some(Box::new(Extra { note, ..Extra::default() }));
    assert!(store.apply(Step::new("noted").set(it)));
    let error = desk.keep(&mut store, Verb::Do).unwrap_err();
    assert!(error.to_string().ends_with("the disk is full"), "{error}");
    assert_eq!(store.steps().len(), 3);
    let (_, again) = place.sit(&text);
    assert_eq!(again.steps().len(), 2);
    let connection = &desk.library().connection;
    connection.query_row("PRAGMA max_page_count = 1000000", [], |_| Ok(())).unwrap();
    desk.retry(&mut store).unwrap();
    let (_, again) = place.sit(&text);
    assert_eq!(picture(&again), picture(&store));
}
