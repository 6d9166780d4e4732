//! The editor of notes: several lines, with undo, that wrap.

use ratatui_textarea::{CursorMove, Input, Key as AreaKey, TextArea, WrapMode};

use super::marking::{self, Target};
use super::{Effect, Mode, Model};
use crate::annot::Annotation;
use crate::input::{Code, Key};

/// A note while it is written.
#[derive(Debug)]
pub struct NoteEdit {
    /// What it is on.
    pub target: Target,
    /// In words, for the title: "note on the quote".
    pub title: String,
    /// The text with its cursor.
    pub area: TextArea<'static>,
    /// The note as it was.
    before: String,
}

/// Opens the editor with the note that is there.
pub(super) fn open(model: &mut Model, target: Target) {
    let before = match &target {
        Target::Annotations(ids) => {
            let note = ids.first().and_then(|id| model.store.get(*id)).map(Annotation::note);
            note.unwrap_or_default().to_owned()
        }
        Target::Passage(range, _) => {
            let editor = crate::annot::Editor::new(&model.store, model.clock.now);
            editor.highlight_on(*range).map(|it| it.note().to_owned()).unwrap_or_default()
        }
        Target::Article => model.store.about().note.clone(),
    };
    let title = format!("note on {}", target.what(model));
    let area = area(&before);
    model.mode = Mode::Note(Box::new(NoteEdit { target, title, area, before }));
}

fn area(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_tab_length(4);
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

impl NoteEdit {
    /// The note as it stands, without blank lines at its end.
    pub fn text(&self) -> String {
        self.area.lines().join("\n").trim_end().to_owned()
    }
}

/// A key in the editor. What was written is kept by Escape, too: only C-c gives it up.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Mode::Note(note) = &mut model.mode else { return Vec::new() };
    let ctrl = key.mods().ctrl;
    match key.code() {
        Code::Esc => return keep(model),
        Code::Char('s') if ctrl => return keep(model),
        Code::Char('c') if ctrl => {
            let changed = note.text() != note.before.trim_end();
            model.close();
            if changed {
                model.say("the note is as it was");
            }
        }
        Code::Char('e') if ctrl => return vec![Effect::Edit(note.text())],
        _ => {
            if let Some(input) = input(key) {
                note.area.input(input);
            }
        }
    }
    Vec::new()
}

/// Text that was pasted, or that comes back from another editor: then instead of what was there.
pub(super) fn insert(model: &mut Model, text: &str, instead: bool) {
    let Mode::Note(note) = &mut model.mode else { return };
    let text: String = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
        .collect();
    if instead {
        note.area = area(text.trim_end());
    } else {
        note.area.insert_str(text);
    }
}

fn keep(model: &mut Model) -> Vec<Effect> {
    let Mode::Note(note) = std::mem::replace(&mut model.mode, Mode::Normal) else {
        return Vec::new();
    };
    model.close();
    let text = note.text();
    if text == note.before.trim_end() {
        return Vec::new();
    }
    marking::write_note(model, note.target, &text)
}

/// The key as the editor knows it.
fn input(key: Key) -> Option<Input> {
    let mods = key.mods();
    let code = match key.code() {
        Code::Char(c) => AreaKey::Char(c),
        Code::Up => AreaKey::Up,
        Code::Down => AreaKey::Down,
        Code::Left => AreaKey::Left,
        Code::Right => AreaKey::Right,
        Code::Home => AreaKey::Home,
        Code::End => AreaKey::End,
        Code::PageUp => AreaKey::PageUp,
        Code::PageDown => AreaKey::PageDown,
        Code::Enter => AreaKey::Enter,
        Code::Tab => AreaKey::Tab,
        Code::Backspace => AreaKey::Backspace,
        Code::Delete => AreaKey::Delete,
        _ => return None,
    };
    Some(Input { key: code, ctrl: mods.ctrl, alt: mods.alt, shift: mods.shift })
}
