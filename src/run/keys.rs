//! From what the terminal sends to messages. crossterm's types end here.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crossterm::event::{
    self, Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

use super::Event;
use crate::app::Msg;
use crate::app::mouse::{Mouse, What};
use crate::input::Key;
use crate::input::key::{Code, Mods};
use crate::ui::theme::Background;

/// Reads the terminal until it is gone or nobody listens any more. The thread waits in the system
/// while nothing happens, and ends with the program.
///
/// Behind a key that may give the terminal to another program ([`may_hand_over`]) it does not
/// read on until `go_on` says so: what is typed then is for that program.
pub(super) fn listen(go_on: Receiver<()>, send: impl Fn(Event) -> bool + Send + 'static) {
    std::thread::spawn(move || {
        loop {
            match event::read() {
                Ok(event) => {
                    let wait = may_hand_over(&event);
                    if !send(Event::Terminal(event)) || wait && go_on.recv().is_err() {
                        return;
                    }
                }
                Err(error) => {
                    send(Event::Gone(error));
                    return;
                }
            }
        }
    });
}

/// Whether this may be the key that opens the user's own editor.
pub(super) fn may_hand_over(event: &Raw) -> bool {
    let Raw::Key(event) = event else { return false };
    event.code == KeyCode::Char('e') && event.modifiers.contains(KeyModifiers::CONTROL)
}

/// What an event of the terminal says.
#[derive(Debug)]
pub(super) enum Heard {
    /// Something for the model.
    Msg(Msg),
    /// Several things, one after the other.
    Several(Vec<Msg>),
    /// The colour of the terminal's background.
    Background(Background),
    /// Nothing, or not yet.
    Nothing,
}

/// Turns events into messages: counts clicks, and picks the terminal's answer to a question out
/// of the keys.
///
/// crossterm reads an answer such as `ESC ] 11;rgb:0000/0000/0000 ESC \` as Alt-`]`, characters,
/// and Alt-`\`. Nothing else on a keyboard begins like that, so it is collected while an answer is
/// expected, and handed on as keys if it turns out to be none.
#[derive(Debug, Default)]
pub(super) struct Listener {
    expected: bool,
    answer: Vec<Key>,
    click: Option<(Instant, (u16, u16), u8)>,
}

/// A second click within this time counts as a double one.
const DOUBLE: Duration = Duration::from_millis(400);

/// How an answer begins.
const HEAD: &str = "]11;rgb";

impl Listener {
    /// The terminal was asked for its background.
    pub(super) fn expect_background(&mut self) {
        self.expected = true;
    }

    /// What an event says.
    pub(super) fn hear(&mut self, event: Raw, now: Instant) -> Heard {
        match event {
            Raw::Key(event) => match key(event) {
                Some(key) if self.expected => self.collect(key),
                Some(key) => Heard::Msg(Msg::Key(key)),
                None => Heard::Nothing,
            },
            Raw::Paste(text) => Heard::Msg(Msg::Paste(text)),
            Raw::Resize(columns, rows) => Heard::Msg(Msg::Resize(columns.max(1), rows.max(1))),
            Raw::Mouse(event) => {
                let at = (event.column, event.row);
                self.mouse(event.kind, at, now)
                    .map_or(Heard::Nothing, |what| Heard::Msg(Msg::Mouse(Mouse { what, at })))
            }
            Raw::FocusGained | Raw::FocusLost => Heard::Nothing,
        }
    }

    fn mouse(&mut self, kind: MouseEventKind, at: (u16, u16), now: Instant) -> Option<What> {
        match kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let times = match self.click {
                    Some((then, place, times)) if place == at && now - then < DOUBLE => {
                        times % 4 + 1
                    }
                    _ => 1,
                };
                self.click = Some((now, at, times));
                Some(What::Press(times))
            }
            MouseEventKind::Drag(MouseButton::Left) => Some(What::Drag),
            MouseEventKind::Up(MouseButton::Left) => Some(What::Release),
            MouseEventKind::ScrollDown => Some(What::Wheel(1)),
            MouseEventKind::ScrollUp => Some(What::Wheel(-1)),
            _ => None,
        }
    }

    fn collect(&mut self, key: Key) -> Heard {
        let begins = key.code() == Code::Char(']') && key.mods().alt;
        if self.answer.is_empty() && !begins {
            return Heard::Msg(Msg::Key(key));
        }
        let text: String = self.answer.iter().filter_map(char_of).collect();
        let ends = key == Key::ctrl('g') || (key.code() == Code::Char('\\') && key.mods().alt);
        self.answer.push(key);
        if ends {
            self.answer.clear();
            self.expected = false;
            return background(&text).map_or(Heard::Nothing, Heard::Background);
        }
        let so_far: String = self.answer.iter().filter_map(char_of).collect();
        if so_far.starts_with(HEAD) || HEAD.starts_with(&so_far) && self.answer.len() <= 40 {
            return Heard::Nothing;
        }
        // Keys after all.
        Heard::Several(self.answer.drain(..).map(Msg::Key).collect())
    }
}

fn char_of(key: &Key) -> Option<char> {
    match key.code() {
        Code::Char(c) => Some(c),
        _ => None,
    }
}

/// From `]11;rgb:RRRR/GGGG/BBBB` (or `rgba:`), each part with one to four hexadecimal digits.
fn background(answer: &str) -> Option<Background> {
    let mut parts = answer.split_once(':')?.1.split('/').map(|part| {
        let digits = part.trim();
        let most =
            16_u32.pow(u32::try_from(digits.len()).ok().filter(|it| (1..=4).contains(it))?) - 1;
        u8::try_from(u32::from_str_radix(digits, 16).ok()? * 255 / most).ok()
    });
    let mut next = || parts.next().flatten();
    Some(Background::of_colour(next()?, next()?, next()?))
}

/// The key of an event; none for a release.
fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let held = |it| event.modifiers.contains(it);
    let mut mods = Mods {
        ctrl: held(KeyModifiers::CONTROL),
        alt: held(KeyModifiers::ALT),
        shift: held(KeyModifiers::SHIFT),
    };
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => {
            mods.shift = true;
            Code::Tab
        }
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    };
    Some(Key::new(code, mods))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(listener: &mut Listener, keys: &[(char, KeyModifiers)]) -> Vec<String> {
        let now = Instant::now();
        keys.iter()
            .map(|&(c, mods)| {
                match listener.hear(Raw::Key(KeyEvent::new(KeyCode::Char(c), mods)), now) {
                    Heard::Msg(Msg::Key(key)) => key.to_string(),
                    Heard::Several(msgs) => format!("{} keys", msgs.len()),
                    Heard::Background(background) => format!("{background:?}"),
                    Heard::Msg(_) | Heard::Nothing => String::new(),
                }
            })
            .filter(|it| !it.is_empty())
            .collect()
    }

    fn answer(colour: &str) -> Vec<(char, KeyModifiers)> {
        let mut keys = vec![(']', KeyModifiers::ALT)];
        keys.extend(format!("11;rgb:{colour}").chars().map(|c| (c, KeyModifiers::NONE)));
        keys.push(('\\', KeyModifiers::ALT));
        keys
    }

    #[test]
    fn the_answer_is_picked_out_of_the_keys() {
        let mut listener = Listener::default();
        listener.expect_background();
        let mut keys = vec![('j', KeyModifiers::NONE)];
        keys.extend(answer("ffff/ffff/dddd"));
        keys.push(('k', KeyModifiers::NONE));
        assert_eq!(heard(&mut listener, &keys), ["j", "Light", "k"]);
        assert_eq!(background("]11;rgb:1e/1e/2e"), Some(Background::Dark));
        assert_eq!(background("]11;rgb:"), None);
    }

    #[test]
    fn what_only_begins_like_an_answer_is_typed_text() {
        let mut listener = Listener::default();
        listener.expect_background();
        let keys = [(']', KeyModifiers::ALT), ('1', KeyModifiers::NONE), ('q', KeyModifiers::NONE)];
        assert_eq!(heard(&mut listener, &keys), ["3 keys"]);
        // Nobody has asked.
        assert_eq!(heard(&mut Listener::default(), &answer("0/0/0")).len(), 14);
    }
}
