//! How every piece of the screen looks: the style of each role, the signs in the margin, frames.

use ratatui::style::Style;
use ratatui::symbols::border;

use crate::annot::{EntityKind, Form};
pub use crate::config::Role;
use crate::config::{Borders, BuiltIn, Paint, ThemeChoice};

/// Whether the terminal is dark or light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// Light characters on a dark ground.
    Dark,
    /// Dark characters on a light ground.
    Light,
}

impl Background {
    /// From the colour of the ground, each part from 0 to 255, by its relative luminance (WCAG 2).
    /// Halfway is where black and white characters can be read equally well.
    pub fn of_colour(red: u8, green: u8, blue: u8) -> Self {
        if luminance(red, green, blue) > 0.179 { Self::Light } else { Self::Dark }
    }

    /// From the variable `COLORFGBG` that some terminals set: foreground and background as numbers
    /// of their table, such as `15;0`.
    pub fn of_colorfgbg(value: &str) -> Option<Self> {
        match value.rsplit(';').next()?.parse().ok()? {
            0..=6 | 8 => Some(Self::Dark),
            7 | 9..=15 => Some(Self::Light),
            _ => None,
        }
    }
}

/// The style of every role and the signs that go with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    styles: [Style; Role::ALL.len()],
    /// The signs in the margin and in the panels.
    pub signs: &'static Signs,
    /// Whether there are colours.
    colour: Colour,
}

/// The signs that are not text.
#[derive(Debug, PartialEq, Eq)]
pub struct Signs {
    /// The frame of a pane.
    pub border: border::Set<'static>,
    /// The frame of the pane that has the keys, which differs without colour, too.
    pub border_focused: border::Set<'static>,
    /// A bar of the strip of mentions, from none to many in that part of the article.
    pub strip: [&'static str; 9],
    /// The line of the timeline.
    pub axis: &'static str,
    /// The same beyond the article's own date.
    pub axis_future: &'static str,
    /// A point of time on it.
    pub axis_point: &'static str,
    /// A point of time whose value is inferred.
    pub axis_inferred: &'static str,
    /// A point of time that stays open.
    pub axis_open: &'static str,
    /// The article's own date on it.
    pub axis_today: &'static str,
    /// Before the selected row.
    pub pointer: &'static str,
    /// Where a text was cut off.
    pub ellipsis: &'static str,
    /// There is more above.
    pub more_above: &'static str,
    /// There is more below.
    pub more_below: &'static str,
    /// Before what the reader has accepted.
    pub accepted: &'static str,
    /// Before what the reader has tagged or noted.
    pub noted: &'static str,
    /// Before what leads elsewhere.
    pub link: &'static str,
    /// Where the next character that is typed will stand.
    pub typing: &'static str,
    /// Between parts of a line.
    pub dot: &'static str,
    quotes: [&'static str; 4],
    entities: [&'static str; 3],
    time: &'static str,
    highlight: &'static str,
    selection: &'static str,
    found: &'static str,
}

/// The theme for a terminal of which nothing is known.
impl Default for Theme {
    fn default() -> Self {
        Self::new(&ThemeChoice::default(), None, Colour::Yes)
    }
}

/// Whether colours may be sent: not with `NO_COLOR`, and not with `--color never`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Colours as the theme says.
    Yes,
    /// None: what the themes say by colour is said by bold, underlined and reversed.
    No,
}

impl Theme {
    /// The theme that was chosen, or the one for this background; a terminal of unknown
    /// background is taken for a dark one.
    pub fn new(choice: &ThemeChoice, background: Option<Background>, colour: Colour) -> Self {
        let for_background = match background {
            Some(Background::Light) => BuiltIn::Light,
            Some(Background::Dark) | None => BuiltIn::Dark,
        };
        let base = match colour {
            Colour::Yes => choice.base.unwrap_or(for_background),
            Colour::No => BuiltIn::NoColour,
        };
        let mut paints = [Paint::default(); Role::ALL.len()];
        for (role, paint) in base.paints().iter().chain(&choice.paints) {
            let paint = match base {
                BuiltIn::NoColour => paint.without_colour(),
                BuiltIn::Dark | BuiltIn::Light | BuiltIn::HighContrast => *paint,
            };
            let before = &mut paints[*role as usize];
            *before = before.patch(paint);
        }
        let signs = match choice.borders {
            Borders::Unicode => &UNICODE,
            Borders::Ascii => &ASCII,
        };
        let colour = if base == BuiltIn::NoColour { Colour::No } else { Colour::Yes };
        Self { styles: paints.map(Paint::style), signs, colour }
    }

    /// The style of one role upon the ground.
    pub fn style(&self, role: Role) -> Style {
        self.paint(&[role])
    }

    /// The style where several roles meet, in whatever order they are named.
    ///
    /// They lie upon each other in the order of [`Role`]: the topmost that names a colour gives
    /// it, while bold, italic and underlined add up. A name within a quote has the colour of the
    /// name and the italics of the quote.
    pub fn paint(&self, roles: &[Role]) -> Style {
        let all = roles.iter().fold(1_u64, |set, &role| set | (1 << role as u32));
        let mut style = Style::default();
        let mut left = all;
        while left != 0 {
            style = style.patch(self.styles[left.trailing_zeros() as usize]);
            left &= left - 1;
        }
        style
    }

    /// The same with what a colour to highlight with says upon [`Role::Highlight`].
    pub fn inked(&self, roles: &[Role], ink: Paint) -> Style {
        let ink = if self.colour == Colour::Yes { ink } else { ink.without_colour() };
        let (below, above): (Vec<Role>, Vec<Role>) =
            roles.iter().partition(|&&role| role <= Role::Highlight);
        self.paint(&below).patch(ink.style()).patch(self.paint(&above))
    }

    /// The sign of a role in the margin and before rows, one column wide; none for roles that are
    /// not marks in the text.
    pub fn glyph(&self, role: Role) -> Option<&'static str> {
        let signs = self.signs;
        Some(match role {
            Role::QuoteDirect => signs.quotes[0],
            Role::QuotePartial => signs.quotes[1],
            Role::QuoteScare => signs.quotes[2],
            Role::QuoteBlock => signs.quotes[3],
            Role::Person => signs.entities[0],
            Role::Place => signs.entities[1],
            Role::Organization => signs.entities[2],
            Role::Time => signs.time,
            Role::Highlight => signs.highlight,
            Role::Selection => signs.selection,
            Role::Match | Role::CurrentMatch => signs.found,
            Role::CurrentAnnotation | Role::RowSelected => signs.pointer,
            _ => return None,
        })
    }
}

/// The role of a quote of this form.
pub const fn of_quote(form: Form) -> Role {
    match form {
        Form::Direct => Role::QuoteDirect,
        Form::Partial => Role::QuotePartial,
        Form::Scare => Role::QuoteScare,
        Form::Block => Role::QuoteBlock,
    }
}

/// The role of a mention of an entity of this kind.
pub const fn of_entity(kind: EntityKind) -> Role {
    match kind {
        EntityKind::Person => Role::Person,
        EntityKind::Place => Role::Place,
        EntityKind::Organization => Role::Organization,
    }
}

static UNICODE: Signs = Signs {
    border: border::PLAIN,
    border_focused: border::THICK,
    strip: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    axis: "│",
    axis_future: "┆",
    axis_point: "●",
    axis_inferred: "◐",
    axis_open: "○",
    axis_today: "◆",
    accepted: "✓",
    noted: "✎",
    pointer: "▶",
    ellipsis: "…",
    more_above: "▲",
    more_below: "▼",
    link: "→",
    typing: "▏",
    dot: "·",
    quotes: ["▌", "╎", "~", "█"],
    entities: ["●", "◆", "■"],
    time: "◷",
    highlight: "▒",
    selection: "┃",
    found: "»",
};

static ASCII: Signs = Signs {
    border: ASCII_BORDER,
    border_focused: border::Set {
        vertical_left: "#",
        vertical_right: "#",
        horizontal_top: "=",
        horizontal_bottom: "=",
        ..ASCII_BORDER
    },
    strip: [" ", ".", ":", "-", "=", "+", "*", "%", "#"],
    axis: "|",
    axis_future: ":",
    axis_point: "o",
    axis_inferred: "~",
    axis_open: "?",
    axis_today: "@",
    accepted: "+",
    noted: "*",
    pointer: ">",
    ellipsis: ".",
    more_above: "^",
    more_below: "v",
    link: ">",
    typing: "_",
    dot: "-",
    quotes: ["\"", "'", "~", "]"],
    entities: ["@", "^", "&"],
    time: "%",
    highlight: "*",
    selection: "|",
    found: "/",
};

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// Relative luminance of a colour in sRGB (WCAG 2), from 0 for black to 1 for white.
fn luminance(red: u8, green: u8, blue: u8) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use ratatui::style::{Color, Modifier};
    use unicode_width::UnicodeWidthStr;

    use super::*;

    const BUILT_IN: [BuiltIn; 4] =
        [BuiltIn::Dark, BuiltIn::Light, BuiltIn::HighContrast, BuiltIn::NoColour];
    const QUOTES: [Role; 4] =
        [Role::QuoteBlock, Role::QuoteDirect, Role::QuotePartial, Role::QuoteScare];
    const IN_TEXT: [Role; 4] = [Role::Person, Role::Place, Role::Organization, Role::Time];
    const ABOVE: [Role; 5] = [
        Role::Highlight,
        Role::CurrentAnnotation,
        Role::Match,
        Role::CurrentMatch,
        Role::Selection,
    ];

    fn theme(base: BuiltIn) -> Theme {
        let choice = ThemeChoice { base: Some(base), ..ThemeChoice::default() };
        Theme::new(&choice, None, Colour::Yes)
    }

    /// Everything that can stand in the text below what comes and goes: nothing, a quote, a
    /// name, a name in a quote.
    fn grounds() -> Vec<Vec<Role>> {
        let mut grounds = vec![vec![]];
        grounds.extend(QUOTES.map(|it| vec![it]));
        grounds.extend(IN_TEXT.map(|it| vec![it]));
        grounds.extend(QUOTES.iter().flat_map(|&quote| IN_TEXT.map(|it| vec![it, quote])));
        grounds
    }

    fn and(roles: &[Role], more: Role) -> Vec<Role> {
        roles.iter().copied().chain([more]).collect()
    }

    /// The parts of a colour of the table's fixed part, or the ground of the theme.
    fn parts(colour: Option<Color>, ground: (u8, u8, u8)) -> (u8, u8, u8) {
        match colour {
            None | Some(Color::Reset) => ground,
            Some(Color::Indexed(grey @ 232..)) => {
                let part = 8 + (grey - 232) * 10;
                (part, part, part)
            }
            Some(Color::Indexed(index @ 16..)) => {
                let part = |it: u8| [0, 95, 135, 175, 215, 255][usize::from(it % 6)];
                (part((index - 16) / 36), part((index - 16) / 6), part(index - 16))
            }
            Some(other) => panic!("{other} looks different in every terminal"),
        }
    }

    fn contrast(one: (u8, u8, u8), other: (u8, u8, u8)) -> f64 {
        let (one, other) = (luminance(one.0, one.1, one.2), luminance(other.0, other.1, other.2));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn everything_can_be_read() {
        let (black, white) = ((0, 0, 0), (255, 255, 255));
        for (base, text, ground, least) in [
            (BuiltIn::Dark, white, black, 4.5),
            // A dark theme of many terminals.
            (BuiltIn::Dark, white, (40, 40, 40), 3.5),
            (BuiltIn::Light, black, white, 4.5),
            (BuiltIn::Light, black, (253, 246, 227), 4.0),
            (BuiltIn::HighContrast, white, black, 7.0),
        ] {
            let theme = theme(base);
            let mut sets: Vec<Vec<Role>> = Role::ALL.iter().map(|&role| vec![role]).collect();
            for ground in grounds() {
                sets.extend(ABOVE.map(|above| and(&ground, above)));
                sets.push(and(&ground, Role::CursorLine));
                sets.push(and(&ground, Role::RowCurrent));
                sets.push(and(&ground, Role::RowSelected));
            }
            sets.push(vec![Role::Status, Role::StatusAccent]);
            sets.push(vec![Role::Popup, Role::Key]);
            sets.push(vec![Role::Popup, Role::RowMuted]);
            for set in sets {
                let style = theme.paint(&set);
                let ratio = contrast(parts(style.fg, text), parts(style.bg, ground));
                assert!(ratio >= least, "{base:?} {set:?}: {ratio:.1}");
            }
        }
    }

    #[test]
    fn kinds_differ_by_more_than_colour() {
        for base in BUILT_IN {
            let theme = theme(base);
            let mut seen = HashSet::new();
            for set in [&[Role::Text], &[Role::QuoteDirect]]
                .into_iter()
                .chain([[Role::Person], [Role::Place], [Role::Organization], [Role::Time]].iter())
            {
                assert!(seen.insert(theme.paint(set).add_modifier), "{base:?} {set:?}");
            }
        }
        for borders in [Borders::Unicode, Borders::Ascii] {
            let theme =
                Theme::new(&ThemeChoice { borders, ..Default::default() }, None, Colour::No);
            let kinds = QUOTES.iter().chain(&IN_TEXT).chain(&ABOVE);
            let glyphs: Vec<_> = kinds
                .filter(|role| **role != Role::CurrentMatch)
                .map(|&role| theme.glyph(role).unwrap())
                .collect();
            assert_eq!(glyphs.iter().collect::<HashSet<_>>().len(), glyphs.len(), "{glyphs:?}");
            assert!(glyphs.iter().all(|glyph| glyph.width() == 1));
        }
    }

    #[test]
    fn what_lies_above_and_below_can_both_be_seen() {
        for base in BUILT_IN {
            let theme = theme(base);
            for quote in [Role::QuoteDirect, Role::QuoteScare] {
                for role in IN_TEXT {
                    let both = theme.paint(&[quote, role]);
                    assert_ne!(both, theme.style(quote), "{base:?} {quote:?} {role:?}");
                    if (base, role) != (BuiltIn::NoColour, Role::Time) {
                        assert!(both.add_modifier.contains(Modifier::ITALIC), "{base:?} {role:?}");
                    }
                }
            }
            for ground in grounds() {
                for role in ABOVE {
                    let below = theme.paint(&ground);
                    let above = theme.paint(&and(&ground, role));
                    assert_ne!(below, above, "{base:?} {ground:?} {role:?}");
                    // What is selected or found shows upon what was marked before.
                    let marked = and(&ground, Role::Highlight);
                    if role != Role::Highlight {
                        let both = theme.paint(&and(&marked, role));
                        assert_ne!(theme.paint(&marked), both, "{base:?} {marked:?} {role:?}");
                    }
                    if role != Role::Selection {
                        let selected = theme.paint(&and(&and(&ground, role), Role::Selection));
                        assert_ne!(above, selected, "{base:?} {ground:?} {role:?} selected");
                    }
                }
            }
        }
    }

    #[test]
    fn no_colour_means_none() {
        let own = (Role::Person, Paint { fg: Some(Color::Red), ..Paint::default() });
        let choice =
            ThemeChoice { base: Some(BuiltIn::Dark), paints: vec![own], ..Default::default() };
        let theme = Theme::new(&choice, Some(Background::Light), Colour::No);
        for &role in Role::ALL {
            let style = theme.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
        let theme = Theme::new(&choice, Some(Background::Light), Colour::Yes);
        assert_eq!(theme.style(Role::Person).fg, Some(Color::Red));
        assert!(theme.style(Role::Person).add_modifier.contains(Modifier::BOLD));
    }

    #[test]
    fn the_order_of_roles_does_not_matter() {
        let theme = Theme::default();
        let one = theme.paint(&[Role::Selection, Role::Person, Role::QuoteDirect]);
        assert_eq!(one, theme.paint(&[Role::QuoteDirect, Role::Selection, Role::Person]));
    }

    #[test]
    fn the_background_chooses() {
        assert_eq!(Background::of_colorfgbg("15;0"), Some(Background::Dark));
        assert_eq!(Background::of_colorfgbg("0;default;15"), Some(Background::Light));
        assert_eq!(Background::of_colorfgbg("default"), None);
        assert_eq!(Background::of_colour(253, 246, 227), Background::Light);
        assert_eq!(Background::of_colour(0, 43, 54), Background::Dark);
        let light = Theme::new(&ThemeChoice::default(), Some(Background::Light), Colour::Yes);
        assert_eq!(light, theme(BuiltIn::Light));
    }
}
