//! The reader in a terminal of our own: opened, used, left, and the terminal as it was before.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::fixture;

/// Longer than anything takes on a machine that is busy with all the other tests.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the terminal shows, and whether more can come.
struct Shown {
    parser: vt100::Parser,
    ended: bool,
    /// All that has come, as it came.
    sent: Vec<u8>,
}

/// A program in a terminal.
pub(super) struct Session {
    master: Box<dyn MasterPty + Send>,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn Child + Send + Sync>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
    /// The terminal's modes before the program began.
    modes: String,
    /// What the program keeps of its own, where nobody said where.
    _home: tempfile::TempDir,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Session {
    /// Starts the program with these arguments.
    pub(super) fn start(args: &[&str], (columns, rows): (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("pullquote"));
        command.args(args);
        Self::spawn(command, (columns, rows))
    }

    /// Starts a line of the shell, in which `$PULLQUOTE` is the program.
    fn shell(line: &str, screen: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", line]);
        command.env("PULLQUOTE", assert_cmd::cargo::cargo_bin!("pullquote"));
        Self::spawn(command, screen)
    }

    pub(super) fn spawn(mut command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        command.env("TERM", "xterm-256color");
        let home = tempfile::tempdir().expect("a folder");
        for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"] {
            if command.get_env(variable).is_none_or(|it| !it.to_string_lossy().contains("kept")) {
                command.env(variable, home.path());
            }
        }
        for variable in ["NO_COLOR", "PULLQUOTE_CONFIG", "PULLQUOTE_LIBRARY", "COLORFGBG", "TMUX"] {
            command.env_remove(variable);
        }
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        let pair = native_pty_system().openpty(size(columns, rows)).expect("a terminal");
        let modes = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).expect("it starts");
        drop(pair.slave);
        let one = |it| NonZero::new(it).expect("a size");
        let parser = vt100::Parser::new(one(rows), one(columns), 0);
        let shown = Arc::new((
            Mutex::new(Shown { parser, ended: false, sent: Vec::new() }),
            Condvar::new(),
        ));
        let keys = Arc::new(Mutex::new(pair.master.take_writer().expect("a way in")));
        let reader = pair.master.try_clone_reader().expect("a way out");
        follow(reader, Arc::clone(&shown), Arc::clone(&keys));
        Self { master: pair.master, keys, child, shown, modes, _home: home }
    }

    pub(super) fn send(&self, keys: &str) {
        let mut writer = self.keys.lock().expect("nobody panicked");
        writer.write_all(keys.as_bytes()).and_then(|()| writer.flush()).expect("it takes keys");
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    pub(super) fn wait(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let (lock, changed) = &*self.shown;
        let until = Instant::now() + PATIENCE;
        let mut shown = lock.lock().expect("nobody panicked");
        while !wanted(shown.parser.screen()) {
            let left = until.saturating_duration_since(Instant::now());
            let screen = shown.parser.screen().contents();
            assert!(!shown.ended && !left.is_zero(), "waited for {what}; shown is:\n{screen}");
            shown = changed.wait_timeout(shown, left).expect("nobody panicked").0;
        }
    }

    #[track_caller]
    pub(super) fn wait_for(&self, words: &str) {
        self.wait(words, |screen| screen.contents().contains(words));
    }

    /// All that the program has written to the terminal.
    pub(super) fn sent(&self) -> Vec<u8> {
        self.shown.0.lock().expect("nobody panicked").sent.clone()
    }

    fn resize(&self, columns: u16, rows: u16) {
        let one = |it| NonZero::new(it).expect("a size");
        let mut shown = self.shown.0.lock().expect("nobody panicked");
        shown.parser.screen_mut().set_size(one(rows), one(columns));
        drop(shown);
        self.master.resize(size(columns, rows)).expect("it can be resized");
    }

    /// Ends the program at once, wherever it is (SIGKILL), and gives the last screen that it drew.
    pub(super) fn kill(mut self) -> String {
        let id = self.child.process_id().expect("it has one").to_string();
        std::process::Command::new("kill").args(["-9", &id]).status().expect("it is killed");
        self.child.wait().expect("it has ended");
        let (lock, changed) = &*self.shown;
        let shown = lock.lock().expect("nobody panicked");
        let shown = changed.wait_timeout_while(shown, PATIENCE, |it| !it.ended);
        shown.expect("nobody panicked").0.parser.screen().contents()
    }

    /// Waits for the end, looks at the terminal and gives the exit code.
    #[track_caller]
    pub(super) fn end(mut self) -> u32 {
        let (lock, changed) = &*self.shown;
        let shown = lock.lock().expect("nobody panicked");
        let (shown, late) =
            changed.wait_timeout_while(shown, PATIENCE, |it| !it.ended).expect("nobody panicked");
        if late.timed_out() {
            self.child.kill().ok();
        }
        let screen = shown.parser.screen();
        assert!(!late.timed_out(), "it does not end; shown is:\n{}", screen.contents());
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "pasting is as before");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(modes(&*self.master), self.modes, "lines, echo and signals are as before");
        self.child.wait().expect("it has ended").exit_code()
    }
}

/// Takes in what the program writes, and answers its question for the background's colour as
/// terminals do.
fn follow(
    mut reader: Box<dyn Read + Send>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
    keys: Arc<Mutex<Box<dyn Write + Send>>>,
) {
    const QUESTION: &[u8] = b"\x1b]11;?";
    std::thread::spawn(move || {
        let mut buffer = [0; 8192];
        // Linux says EIO where the last program has left the terminal.
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            let bytes = &buffer[..count];
            if bytes.windows(QUESTION.len()).any(|it| it == QUESTION) {
                let mut keys = keys.lock().expect("nobody panicked");
                keys.write_all(b"\x1b]11;rgb:1111/1111/1111\x1b\\").ok();
                keys.flush().ok();
            }
            let mut now = shown.0.lock().expect("nobody panicked");
            now.parser.process(bytes);
            now.sent.extend_from_slice(bytes);
            drop(now);
            shown.1.notify_all();
        }
        shown.0.lock().expect("nobody panicked").ended = true;
        shown.1.notify_all();
    });
}

fn modes(master: &dyn MasterPty) -> String {
    let modes = master.get_termios().expect("a terminal has modes");
    format!(
        "{:?} {:?} {:?} {:?}",
        modes.input_flags, modes.output_flags, modes.control_flags, modes.local_flags
    )
}

fn terminate(process: u32) {
    let line = format!("kill -TERM {process}");
    let sent = std::process::Command::new("sh").args(["-c", &line]).status();
    assert!(sent.expect("there is a shell").success());
}

const TITLE: &str = "The Keeper Who Would Not Put Out the Light";

#[test]
fn the_sample_is_read_exported_and_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("findings.toml");
    let session = Session::start(&[], (140, 40));
    session.wait_for(TITLE);
    for panel in ["Quotes 1", "Entities 2", "Timeline 3"] {
        session.wait_for(panel);
    }
    session.send("3]q");
    session.wait_for("quote 3/");
    session.send("\r");
    session.wait_for("Esc closes");
    session.send("\x1b");
    session.wait("the details closed", |screen| !screen.contents().contains("Esc closes"));
    session.send(&format!(":export {}\r", file.display()));
    session.wait_for("annotations)");
    session.send("q");
    assert_eq!(session.end(), 0);
    exported(&file);
}

fn exported(file: &Path) {
    let text = std::fs::read_to_string(file).expect("it is written");
    let table: toml::Table = toml::from_str(&text).expect("it is TOML");
    assert_eq!(table["format"].as_str(), Some("pullquote"));
    let annotations = table["annotation"].as_array().expect("annotations");
    let of = |kind: &str| annotations.iter().filter(|it| it["kind"].as_str() == Some(kind)).count();
    assert!(of("quote") > 10 && of("mention") > 30 && of("time") > 15, "{text}");
}

#[test]
fn a_signal_restores_the_terminal() {
    let session = Session::start(&["open", "sample"], (100, 30));
    session.wait_for(TITLE);
    let process = session.child.process_id().expect("it runs");
    terminate(process);
    session.end();
}

#[test]
fn a_pipe_is_read_while_keys_come_from_the_terminal() {
    let article = fixture("harbour.txt");
    let first = std::fs::read_to_string(&article).expect("a fixture");
    let title = first.lines().next().expect("it has a title").trim();
    let byline = "By Rosa Lindqvist";
    let session = Session::shell(&format!("cat '{article}' | \"$PULLQUOTE\" -"), (120, 12));
    session.wait_for(title);
    session.send("G");
    session.wait("the end of the text", |screen| !screen.contents().contains(byline));
    session.send("gg");
    session.wait_for(byline);
    session.send("?");
    session.wait_for("Go down a line");
    session.send("\x1b");
    session.wait("the text again", |screen| !screen.contents().contains("Go down a line"));
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn any_size_will_do() {
    let session = Session::start(&[], (140, 40));
    session.wait_for(TITLE);
    for (columns, rows) in [(80, 24), (40, 10), (1, 1), (200, 60)] {
        session.resize(columns, rows);
        session.send("j");
    }
    session.wait_for(TITLE);
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_terminal_of_one_cell_is_left_as_it_was() {
    let session = Session::start(&[], (1, 1));
    session.wait("the alternate screen", vt100::Screen::alternate_screen);
    session.send("jq");
    assert_eq!(session.end(), 0);
}
