//! Annotations: everything found in an article or marked by its reader, in one model.

use std::borrow::Cow;
use std::fmt;

use crate::text::TextRange;

pub mod anchor;
pub mod edit;
pub mod filter;
pub mod history;
pub mod store;
pub mod timeline;

pub use anchor::{Anchor, Placement, Placer, Selector};
pub use edit::{Editor, Passage, Said};
pub use filter::Filter;
pub use history::Step;
pub use store::Store;

/// A name for an annotation that stays the same for ever, in files too.
///
/// What a detector finds gets a name made from the text and the place (UUID version 8, RFC 9562),
/// so that the same analysis gives the same names; what a reader makes gets one made from time
/// and chance (version 7).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AnnotationId(pub [u8; 16]);

impl AnnotationId {
    /// The name of what a reader makes: a UUID of version 7, from the milliseconds since 1970 and
    /// from chance, which only the outermost part of the program knows.
    pub fn from_time(millis: u64, chance: [u8; 10]) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&chance);
        bytes[6] = 0x70 | (bytes[6] & 0x0f);
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        Self(bytes)
    }
}

impl fmt::Display for AnnotationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        // A long article has a hundred thousand of them in its export.
        let mut shown = [b'-'; 36];
        let mut to = 0;
        for (at, byte) in self.0.iter().enumerate() {
            to += usize::from(matches!(at, 4 | 6 | 8 | 10));
            shown[to] = DIGITS[usize::from(byte >> 4)];
            shown[to + 1] = DIGITS[usize::from(byte & 15)];
            to += 2;
        }
        f.write_str(std::str::from_utf8(&shown).map_err(|_| fmt::Error)?)
    }
}

impl std::str::FromStr for AnnotationId {
    type Err = crate::error::Error;

    /// From 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
    fn from_str(shown: &str) -> crate::error::Result<Self> {
        let digits: Option<Vec<u32>> =
            shown.chars().filter(|&c| c != '-').map(|c| c.to_digit(16)).collect();
        let hyphens = shown.char_indices().filter(|it| it.1 == '-').map(|it| it.0);
        let digits = digits.filter(|digits| digits.len() == 32);
        let Some(digits) = digits.filter(|_| hyphens.eq([8, 13, 18, 23])) else {
            let message = format!("`{}` is no UUID", shown.escape_debug());
            return Err(crate::error::Error::new(message));
        };
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::try_from(pair[0] * 16 + pair[1]).unwrap_or(0);
        }
        Ok(Self(bytes))
    }
}

impl fmt::Debug for AnnotationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Makes names for what a detector finds in one text: FNV-1a over 128 bits, marked as a UUID of
/// version 8.
#[derive(Clone, Copy, Debug)]
pub struct IdMaker(u128);

impl IdMaker {
    /// For this text. The names differ between two texts even where kind, place and words agree.
    pub fn new(text: &str) -> Self {
        const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        // The ends and the length tell texts apart as well as all of it, at no cost for a long one.
        let bytes = text.as_bytes();
        let edge = bytes.len().min(4096);
        let seed = mix(BASIS, &bytes[..edge]);
        let seed = mix(seed, &bytes[bytes.len() - edge..]);
        Self(mix(seed, &bytes.len().to_le_bytes()))
    }

    /// The name of what stands at `range` with these words.
    pub fn annotation(self, kind: Kind, range: TextRange, words: &str) -> AnnotationId {
        let mut hash = mix(self.0, &[kind as u8]);
        hash = mix(hash, &range.start.to_le_bytes());
        hash = mix(hash, words.as_bytes());
        AnnotationId(as_uuid(hash))
    }

    /// The name of an entity in files.
    pub fn entity(self, kind: EntityKind, name: &str) -> AnnotationId {
        AnnotationId(as_uuid(mix(mix(self.0, &[0x40 | kind as u8]), name.as_bytes())))
    }
}

fn mix(mut hash: u128, bytes: &[u8]) -> u128 {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    for byte in bytes {
        hash = (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
    }
    hash
}

fn as_uuid(hash: u128) -> [u8; 16] {
    let mut bytes = hash.to_be_bytes();
    bytes[6] = 0x80 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    bytes
}

/// A passage of the text with what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Its name.
    pub id: AnnotationId,
    /// Its place. For a quote, what stands between the marks.
    pub range: TextRange,
    /// What it is.
    pub body: Body,
    /// Who made it.
    pub origin: Origin,
    /// What the reader thinks of it.
    pub review: Review,
    /// How sure the detector is, from 0 to 1; 1 for what a reader made.
    pub confidence: f32,
    /// What the reader added to it. Most annotations have nothing, so it costs them one word.
    pub extra: Option<Box<Extra>>,
}

/// What a reader adds to an annotation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra {
    /// Tags, sorted, without doubles.
    pub tags: Vec<String>,
    /// A note; may have several lines.
    pub note: String,
    /// The name of a highlight's colour.
    pub colour: Option<String>,
    /// When the reader made it.
    pub created: Option<jiff::Timestamp>,
    /// When the reader last changed it.
    pub modified: Option<jiff::Timestamp>,
    /// What it stood on in an earlier version of the text, where the present one has not quite
    /// the same words.
    pub was: Option<Box<Was>>,
    /// Keys of a file that this version of the program does not know. They are written out again.
    pub other: toml::Table,
}

impl Extra {
    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The passage that an annotation was made on, in an earlier version of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Was {
    /// Whether the present text has nothing like it. The annotation's range is then empty, and it
    /// is shown in lists alone until the reader attaches it to another passage.
    pub lost: bool,
    /// The passage as it was.
    pub selector: Selector,
    /// What stood beside it, where it was a quote that is lost now.
    pub beside: Option<Box<Beside>>,
}

/// What stood beside a quote, by its distance in bytes from where the quote began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// How far the passage with its marks goes beyond the quote, at its beginning and its end.
    pub outer: (u32, u32),
    /// The word of speech.
    pub cue: Option<(i64, String)>,
    /// The words that name the speaker.
    pub speaker: Option<(i64, String)>,
}

/// What the reader says of the article as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// Tags, sorted, without doubles.
    pub tags: Vec<String>,
    /// A note; may have several lines.
    pub note: String,
    /// The day that it was written, where the reader says so.
    pub published: Option<jiff::civil::Date>,
    /// Keys of the file's `[article]` that this version of the program does not know.
    pub other: toml::Table,
    /// The same of the whole file.
    pub outside: toml::Table,
}

/// What an annotation is.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Words of somebody's.
    Quote(Box<Quote>),
    /// A name of a person, place or organisation.
    Mention(EntityId),
    /// An expression of time.
    Time(Box<Time>),
    /// A passage that the reader marked.
    Highlight,
}

/// The kinds of annotation, as filters, panes and files name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// [`Body::Quote`]
    Quote,
    /// [`Body::Mention`]
    Mention,
    /// [`Body::Time`]
    Time,
    /// [`Body::Highlight`]
    Highlight,
}

impl Kind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Quote, Self::Mention, Self::Time, Self::Highlight];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Mention => "mention",
            Self::Time => "time",
            Self::Highlight => "highlight",
        }
    }
}

impl Annotation {
    /// What a reader makes: accepted and certain from the start.
    pub fn made(id: AnnotationId, range: TextRange, body: Body, now: jiff::Timestamp) -> Self {
        let extra = Extra { created: Some(now), ..Extra::default() };
        let (origin, review) = (Origin::Reader, Review::Accepted);
        Self { id, range, body, origin, review, confidence: 1.0, extra: Some(Box::new(extra)) }
    }

    /// Which kind it is of.
    pub const fn kind(&self) -> Kind {
        match self.body {
            Body::Quote(_) => Kind::Quote,
            Body::Mention(_) => Kind::Mention,
            Body::Time(_) => Kind::Time,
            Body::Highlight => Kind::Highlight,
        }
    }

    /// The quote's side of it, where it is one.
    pub fn quote(&self) -> Option<&Quote> {
        match &self.body {
            Body::Quote(quote) => Some(quote),
            Body::Mention(_) | Body::Time(_) | Body::Highlight => None,
        }
    }

    /// The time's side of it, where it is one.
    pub fn time(&self) -> Option<&Time> {
        match &self.body {
            Body::Time(time) => Some(time),
            Body::Quote(_) | Body::Mention(_) | Body::Highlight => None,
        }
    }

    /// The entity that it mentions, where it is a mention.
    pub const fn mention(&self) -> Option<EntityId> {
        match self.body {
            Body::Mention(entity) => Some(entity),
            Body::Quote(_) | Body::Time(_) | Body::Highlight => None,
        }
    }

    /// The entity that it mentions or whose words it is.
    pub fn entity(&self) -> Option<EntityId> {
        match &self.body {
            Body::Quote(quote) => quote.speaker.as_ref()?.entity,
            Body::Mention(id) => Some(*id),
            Body::Time(_) | Body::Highlight => None,
        }
    }

    /// Makes it a mention or a quote of another entity, where it is of one.
    pub fn set_entity(&mut self, to: EntityId) {
        match &mut self.body {
            Body::Quote(quote) => {
                if let Some(speaker) = &mut quote.speaker {
                    speaker.entity = Some(to);
                }
            }
            Body::Mention(id) => *id = to,
            Body::Time(_) | Body::Highlight => {}
        }
    }

    /// Whether the passage that it was made on is not in the present text. It has no place then.
    pub fn is_lost(&self) -> bool {
        self.was().is_some_and(|was| was.lost)
    }

    /// The passage that it was made on, where the text has changed there.
    pub fn was(&self) -> Option<&Was> {
        self.extra.as_ref()?.was.as_deref()
    }

    /// The tags that the reader gave it.
    pub fn tags(&self) -> &[String] {
        self.extra.as_ref().map_or(&[], |extra| &extra.tags)
    }

    /// The reader's note; empty where there is none.
    pub fn note(&self) -> &str {
        self.extra.as_ref().map_or("", |extra| &extra.note)
    }

    /// Whether a reader made it, or has reviewed, changed, tagged or noted it.
    pub fn is_touched(&self) -> bool {
        self.origin == Origin::Reader || self.review != Review::Proposed || self.extra.is_some()
    }

    /// The detector's reason; nothing for what a reader made.
    pub fn rule(&self) -> Option<&str> {
        match &self.origin {
            Origin::Detector { rule } => Some(rule),
            Origin::Reader => None,
        }
    }
}

/// Somebody's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// What sort of quote it is.
    pub form: Form,
    /// Who said it, where the text tells.
    pub speaker: Option<Speaker>,
    /// The word of speech: "said".
    pub cue: Option<TextRange>,
    /// The quote that this one goes on with, where a cue or a paragraph end stands between.
    pub continues: Option<AnnotationId>,
    /// The passage with its quotation marks, as it is painted. Equal to the annotation's range
    /// where there are none (block quotes).
    pub outer: TextRange,
}

/// What sort of quote it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// Whole sentences of somebody.
    Direct,
    /// Some words of somebody within the writer's sentence.
    Partial,
    /// Words that the writer holds at a distance; nobody in particular said them.
    Scare,
    /// A paragraph of its own, set off without marks.
    Block,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Partial, Self::Scare, Self::Block];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Partial => "partial",
            Self::Scare => "scare",
            Self::Block => "block",
        }
    }
}

/// Who said a quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The words beside the quote that name the speaker: a name, a pronoun, a noun phrase.
    pub range: TextRange,
    /// Whom they resolve to; none where no entity of the article is meant ("a local shopkeeper").
    pub entity: Option<EntityId>,
    /// The name to show where there is no entity: the words themselves.
    pub name: Box<str>,
}

/// A place in the store's table of entities. Never used again for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

/// Somebody, some place or some organisation that the article mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its name in files.
    pub key: AnnotationId,
    /// The fullest name that the article uses.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// The other names that the article uses, in the order of their first use.
    pub aliases: Vec<String>,
    /// The role that the article gives: "Putin’s top aide".
    pub description: Option<String>,
    /// Keys of a file that this version of the program does not know.
    pub other: Option<Box<toml::Table>>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A country, town, region, river.
    Place,
    /// A company, party, ministry, team.
    Organization,
}

impl EntityKind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::Person, Self::Place, Self::Organization];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organization => "organization",
        }
    }
}

/// An expression of time with its meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// What sort of time it is (TIMEX3).
    pub kind: TimexType,
    /// The TIMEX3 value (ISO-TimeML): `2024-10`, `P2W`, `PAST_REF`; for ranges an ISO 8601-2
    /// interval: `2024-10-22/2024-10-24`, `2007/..`; open places are `X`: `XXXX-10-22`.
    pub value: Box<str>,
    /// Whether a part of the value does not stand in the text and was concluded without the
    /// article's date.
    pub inferred: bool,
    /// What the value is compared with by `mod` in TIMEX3 (`START`, `MID`, `END`, `APPROX`,
    /// `BEFORE`, `AFTER`, …).
    pub modifier: Option<&'static str>,
}

impl Time {
    /// What TIMEX3 has for [`Self::modifier`].
    pub const MODIFIERS: [&'static str; 12] = [
        "BEFORE",
        "AFTER",
        "ON_OR_BEFORE",
        "ON_OR_AFTER",
        "LESS_THAN",
        "MORE_THAN",
        "EQUAL_OR_LESS",
        "EQUAL_OR_MORE",
        "START",
        "MID",
        "END",
        "APPROX",
    ];
}

/// The four sorts of TIMEX3 expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimexType {
    /// A day or something longer on the calendar.
    Date,
    /// A part of a day.
    Time,
    /// A length of time.
    Duration,
    /// Times that come again.
    Set,
}

impl TimexType {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Date, Self::Time, Self::Duration, Self::Set];

    /// The name in TIMEX3.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// Who made an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The person who reads.
    Reader,
    /// A detector.
    Detector {
        /// The name of the rule that found it; [`crate::detect::explain`] says it in a sentence.
        rule: Cow<'static, str>,
    },
}

/// What the reader thinks of an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Review {
    /// Nobody has looked at it yet.
    Proposed,
    /// It is right. What a reader makes is accepted from the start.
    Accepted,
    /// It is wrong; kept so that it is not proposed again.
    Rejected,
}

impl Review {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Proposed, Self::Accepted, Self::Rejected];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}
