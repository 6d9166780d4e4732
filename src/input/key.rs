//! A key as the program knows it, and how it is written in the config and in the help.

use std::fmt;

use crate::error::{self, Error, Result};

/// One press of a key with what was held down beside it.
///
/// There is one value for what a terminal cannot tell apart, so that a binding never waits for a
/// key that does not come: a shifted character is that character alone (`G`, `?`), `<C-D>` is
/// `<C-d>`, `<C-i>` is `<Tab>`, `<C-m>` is `<Enter>` and `<C-[>` is `<Esc>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    code: Code,
    mods: Mods,
}

/// Which key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character, as it would be typed: `G` and not `g` with shift. The space bar is one, too.
    Char(char),
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Enter, also called Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// A function key, from 1 on.
    F(u8),
}

/// What is held down beside a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mods {
    /// Control.
    pub ctrl: bool,
    /// Alt, also called Meta or Option.
    pub alt: bool,
    /// Shift. Never set on a character.
    pub shift: bool,
}

/// The keys that have a name. The first name of a key is the one that is shown.
const NAMES: [(&str, Code); 20] = [
    ("Space", Code::Char(' ')),
    ("lt", Code::Char('<')),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Insert", Code::Insert),
    // What people write out of habit from other programs.
    ("CR", Code::Enter),
    ("Return", Code::Enter),
    ("Escape", Code::Esc),
    ("BS", Code::Backspace),
];

impl Key {
    /// A key with what was held down, made into the one value that stands for it.
    pub fn new(code: Code, mods: Mods) -> Self {
        let Code::Char(char) = code else { return Self { code, mods } };
        let mods = Mods { shift: false, ..mods };
        if !mods.ctrl {
            return Self { code, mods };
        }
        // A terminal sends one byte for control and a character, and some of these bytes are
        // also other keys, or come back named after another character.
        let bare = Mods { ctrl: false, ..mods };
        match char.to_ascii_lowercase() {
            'i' => Self { code: Code::Tab, mods: bare },
            'm' => Self { code: Code::Enter, mods: bare },
            '[' | '3' => Self { code: Code::Esc, mods: bare },
            '@' | '2' => Self { code: Code::Char(' '), mods },
            '4' => Self { code: Code::Char('\\'), mods },
            '5' => Self { code: Code::Char(']'), mods },
            '6' => Self { code: Code::Char('^'), mods },
            '7' | '/' => Self { code: Code::Char('_'), mods },
            lower => Self { code: Code::Char(lower), mods },
        }
    }

    /// A key alone.
    pub fn plain(code: Code) -> Self {
        Self::new(code, Mods::default())
    }

    /// A character alone.
    pub fn char(char: char) -> Self {
        Self::plain(Code::Char(char))
    }

    /// A character with control.
    pub fn ctrl(char: char) -> Self {
        Self::new(Code::Char(char), Mods { ctrl: true, ..Mods::default() })
    }

    /// Which key it is.
    pub const fn code(self) -> Code {
        self.code
    }

    /// What is held down beside it.
    pub const fn mods(self) -> Mods {
        self.mods
    }

    /// The character that a prompt takes in; none for a key that is not text.
    pub const fn text(self) -> Option<char> {
        match self.code {
            Code::Char(char) if !self.mods.ctrl && !self.mods.alt => Some(char),
            _ => None,
        }
    }

    /// The digit that this key adds to a count: 1 to 9, and 0 where a count has begun.
    pub fn digit(self, begun: bool) -> Option<u32> {
        self.text().and_then(|it| it.to_digit(10)).filter(|&it| it > 0 || begun)
    }
}

/// Writes it as the config has it: `j`, `<C-d>`, `<S-Tab>`, `<Space>`, `<lt>`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES.iter().find(|(_, code)| *code == self.code).map(|(name, _)| *name);
        if let (Code::Char(char), None, false, false) =
            (self.code, name, self.mods.ctrl, self.mods.alt)
        {
            return write!(f, "{char}");
        }
        f.write_str("<")?;
        for (held, prefix) in
            [(self.mods.ctrl, "C-"), (self.mods.alt, "A-"), (self.mods.shift, "S-")]
        {
            f.write_str(if held { prefix } else { "" })?;
        }
        match (name, self.code) {
            (Some(name), _) => f.write_str(name)?,
            (None, Code::Char(char)) => write!(f, "{char}")?,
            (None, Code::F(number)) => write!(f, "F{number}")?,
            (None, other) => unreachable!("{other:?} is in the table of names"),
        }
        f.write_str(">")
    }
}

/// Writes several keys one behind the other: `gg`, `<C-w>+`.
pub fn show(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect()
}

/// Reads the notation of one or several keys. [`show`] writes what this reads.
pub fn parse(notation: &str) -> Result<Vec<Key>> {
    let mut keys = Vec::new();
    let mut rest = notation;
    while let Some(char) = rest.chars().next() {
        let behind = rest.split_at(char.len_utf8()).1;
        if char == '<' {
            let (name, after) = split_name(behind).ok_or_else(|| {
                Error::usage(format!(
                    "`{notation}` opens a key name with `<` and does not close it"
                ))
                .hint("the key `<` itself is written `<lt>`")
            })?;
            keys.push(named(name)?);
            rest = after;
        } else if char.is_control() || char == ' ' {
            return Err(Error::usage(format!("`{}` has a blank in it", notation.escape_debug()))
                .hint(
                    "the space bar is written `<Space>`; keys of a sequence stand together: `gg`",
                ));
        } else {
            keys.push(Key::char(char));
            rest = behind;
        }
    }
    if keys.is_empty() {
        return Err(
            Error::usage("a key is an empty text").hint("to unbind a command, give it `[]`")
        );
    }
    Ok(keys)
}

/// What stands before the closing `>` and what stands behind it. `<C->>` is the key `>` with
/// control.
fn split_name(text: &str) -> Option<(&str, &str)> {
    let close = text.find('>')?;
    let doubled = text.as_bytes().get(close + 1) == Some(&b'>');
    let close = if text.split_at(close).0.ends_with('-') && doubled { close + 1 } else { close };
    let (name, rest) = text.split_at(close);
    Some((name, rest.split_at(1).1))
}

/// Reads what stands between `<` and `>`.
fn named(name: &str) -> Result<Key> {
    let mut mods = Mods::default();
    let mut rest = name;
    while let Some((held, behind)) = split_modifier(rest) {
        match held {
            'C' => mods.ctrl = true,
            'A' | 'M' => mods.alt = true,
            _ => mods.shift = true,
        }
        rest = behind;
    }
    let code = code(rest).ok_or_else(|| {
        let error = Error::usage(format!("no key is named `<{name}>`"));
        match error::nearest(rest, NAMES.iter().map(|it| it.0)) {
            Some(near) => error.hint(format!("did you mean `<{near}>`?")),
            None => error.hint("`<C-x>` is control and x, `<A-x>` alt and x, `<lt>` the key `<`"),
        }
    })?;
    if mods.shift
        && let Code::Char(char) = code
    {
        return Err(Error::usage(format!("`<{name}>`: a shifted character stands for itself"))
            .hint(if char.is_alphabetic() {
                format!("write `{}`", char.to_uppercase())
            } else {
                "write the character that shift makes of it".to_owned()
            }));
    }
    Ok(Key::new(code, mods))
}

/// Takes `C-`, `A-`, `M-` or `S-` off, where a key is left behind it.
fn split_modifier(name: &str) -> Option<(char, &str)> {
    let held = name.chars().next()?.to_ascii_uppercase();
    let behind = name.get(1..)?.strip_prefix('-')?;
    ("CAMS".contains(held) && !behind.is_empty()).then_some((held, behind))
}

fn code(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(char), None) = (chars.next(), chars.next()) {
        return (!char.is_control()).then_some(Code::Char(char));
    }
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Some(*code);
    }
    let number = name.strip_prefix(['F', 'f'])?.parse().ok()?;
    (1..=24).contains(&number).then_some(Code::F(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(notation: &str, shown: &str) {
        assert_eq!(show(&parse(notation).unwrap()), shown, "{notation}");
    }

    fn refuse(notation: &str, message: &str, hint: &str) {
        let error = parse(notation).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.hint_text()), (message, Some(hint)));
    }

    #[test]
    fn reads_and_shows_keys() {
        check("j", "j");
        check("gg", "gg");
        check("G", "G");
        check("é", "é");
        check(">", ">");
        check("<lt>", "<lt>");
        check("<C-lt>", "<C-lt>");
        check("<C->>", "<C->>");
        check("<C-->", "<C-->");
        check("<C-w>+", "<C-w>+");
        check("<C-w>>", "<C-w>>");
        check("<s-tab>", "<S-Tab>");
        check("<cr>", "<Enter>");
        check("<f12>", "<F12>");
        check("<A-x>", "<A-x>");
        check("<M-x>", "<A-x>");
        check("<A-C-PageDown>", "<C-A-PageDown>");
    }

    #[test]
    fn what_a_terminal_cannot_tell_apart_is_one_key() {
        check("<C-D>", "<C-d>");
        check("<C-i>", "<Tab>");
        check("<C-M>", "<Enter>");
        check("<C-[>", "<Esc>");
        check("<C-@>", "<C-Space>");
        let shifted = Mods { shift: true, ..Mods::default() };
        assert_eq!(Key::new(Code::Char('G'), shifted), Key::char('G'));
        assert_eq!(Key::new(Code::Tab, shifted).to_string(), "<S-Tab>");
    }

    #[test]
    fn says_what_is_wrong_with_a_notation() {
        refuse(
            "<C-d",
            "`<C-d` opens a key name with `<` and does not close it",
            "the key `<` itself is written `<lt>`",
        );
        refuse("<Entr>", "no key is named `<Entr>`", "did you mean `<Enter>`?");
        refuse("<S-g>", "`<S-g>`: a shifted character stands for itself", "write `G`");
        refuse(
            "g g",
            "`g g` has a blank in it",
            "the space bar is written `<Space>`; keys of a sequence stand together: `gg`",
        );
        refuse("", "a key is an empty text", "to unbind a command, give it `[]`");
        assert!(parse("<>").is_err());
        assert!(parse("<F0>").is_err());
    }

    #[test]
    fn digits_begin_a_count_and_zero_goes_on_with_one() {
        assert_eq!(Key::char('3').digit(false), Some(3));
        assert_eq!(Key::char('0').digit(false), None);
        assert_eq!(Key::char('0').digit(true), Some(0));
        assert_eq!(Key::char('j').digit(true), None);
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let code = prop_oneof![
            any::<char>().prop_filter("text", |it| !it.is_control()).prop_map(Code::Char),
            prop::char::range(' ', '~').prop_map(Code::Char),
            (0..NAMES.len()).prop_map(|at| NAMES[at].1),
            (1_u8..=24).prop_map(Code::F),
        ];
        (code, any::<(bool, bool, bool)>())
            .prop_map(|(code, (ctrl, alt, shift))| Key::new(code, Mods { ctrl, alt, shift }))
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(keys in prop::collection::vec(any_key(), 1..6)) {
            prop_assert_eq!(parse(&show(&keys)).unwrap(), keys);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,12}|[<>CAS\\-lt]{0,12}") {
            if let Ok(keys) = parse(&text) {
                prop_assert_eq!(parse(&show(&keys)).unwrap(), keys);
            }
        }
    }
}
