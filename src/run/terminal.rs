//! The terminal: taken over, given back whatever happens, and drawn upon.

use std::io::{self, BufWriter, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::ThreadId;

use crossterm::{cursor, event, execute, terminal};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::screen::Screen;

/// Whether the terminal is ours at this moment, for the panic hook and for the way out.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The screen while the reader has it. Dropping it gives it back.
#[derive(Debug)]
pub(super) struct Terminal {
    screen: Screen,
    mouse: bool,
}

impl Terminal {
    /// Takes the terminal over.
    pub(super) fn enter(mouse: bool) -> io::Result<Self> {
        hook();
        take(mouse)?;
        Ok(Self { screen: Screen::default(), mouse })
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub(super) fn set_mouse(&mut self, mouse: bool) -> io::Result<()> {
        if mouse == self.mouse {
            return Ok(());
        }
        self.mouse = mouse;
        if mouse {
            execute!(io::stdout(), event::EnableMouseCapture)
        } else {
            execute!(io::stdout(), event::DisableMouseCapture)
        }
    }

    /// Shows a picture of this size, which also tells where the cursor is. What has not changed is
    /// not sent.
    pub(super) fn draw(
        &mut self,
        size: (u16, u16),
        paint: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        match self.screen.picture(size, paint) {
            [] => Ok(()),
            bytes => super::send_bytes(bytes),
        }
    }

    /// Draws every cell anew the next time.
    pub(super) fn redraw(&mut self) {
        self.screen.forget();
    }

    /// Gives the terminal back while something else has it, and takes it over again.
    pub(super) fn lend<T>(&mut self, to: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let answer = to();
        self.screen.forget();
        take(self.mouse)?;
        Ok(answer)
    }

    /// Gives the terminal back, stops this process until the shell lets it go on, and takes the
    /// terminal over again.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        give_back();
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.screen.forget();
        take(self.mouse)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Columns and rows; never 0, even where the terminal says so.
pub(super) fn size() -> (u16, u16) {
    let (columns, rows) = terminal::size().unwrap_or_default();
    (columns.max(1), rows.max(1))
}

fn take(mouse: bool) -> io::Result<()> {
    terminal::enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = BufWriter::new(io::stdout());
    execute!(out, terminal::EnterAlternateScreen, event::EnableBracketedPaste, cursor::Hide)?;
    if mouse {
        execute!(out, event::EnableMouseCapture)?;
    }
    Ok(())
}

/// Gives the terminal back, once however often it is called. Nothing can be done about an error
/// here: the terminal is gone then.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = BufWriter::new(io::stdout());
    execute!(
        out,
        event::DisableMouseCapture,
        event::DisableBracketedPaste,
        terminal::LeaveAlternateScreen,
        cursor::Show
    )
    .ok();
    out.flush().ok();
    terminal::disable_raw_mode().ok();
}

/// Restores the terminal before a panic of this thread is reported. One of another thread is
/// caught there and must leave the screen alone.
fn hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let main: ThreadId = std::thread::current().id();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().id() == main {
                give_back();
                before(panic);
            }
        }));
    });
}

/// Calls back when another process asks this one to end, or the terminal is closed.
pub(super) fn on_signal(end: impl Fn() + Send + 'static) {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        // Without them the program ends as the system does it, and nothing else is lost.
        let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT]) else {
            return;
        };
        std::thread::spawn(move || {
            for _ in signals.forever() {
                end();
            }
        });
    }
}

/// Asks the terminal for the colour of its background (OSC 11). The answer comes in between the
/// keys; see [`super::keys::Listener`].
pub(super) fn ask_background() -> io::Result<()> {
    super::send_bytes(b"\x1b]11;?\x1b\\")
}
