//! The words that tell who speaks: verbs of speech with their forms, and the small words that
//! bound a noun phrase.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word can be, as a set of bits; a word may be several things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u64);

impl Class {
    /// A finite form of a verb of speech: "said", "says".
    pub(super) const CUE: Self = Self(1);
    /// A participle of one: "saying".
    pub(super) const CUE_ING: Self = Self(1 << 1);
    /// A verb that is used for speech beside other things: "called", "described".
    pub(super) const WEAK: Self = Self(1 << 2);
    /// The form is a noun, too: "claims", "report".
    pub(super) const NOUN_TOO: Self = Self(1 << 3);
    /// The verb takes its hearer as an object, so a name behind it is not the speaker: "told".
    pub(super) const HEARER: Self = Self(1 << 4);
    /// "has", "would", "didn’t".
    pub(super) const AUX: Self = Self(1 << 5);
    /// "also", "later".
    pub(super) const ADVERB: Self = Self(1 << 6);
    /// "in", "of".
    pub(super) const PREPOSITION: Self = Self(1 << 7);
    /// "the", "a", "his".
    pub(super) const DETERMINER: Self = Self(1 << 8);
    /// "he", "they": a pronoun that can be a subject.
    pub(super) const PRONOUN: Self = Self(1 << 9);
    /// "who", "which".
    pub(super) const RELATIVE: Self = Self(1 << 10);
    /// "that", "when", "because".
    pub(super) const SUBORDINATOR: Self = Self(1 << 11);
    /// "and", "but", "or".
    pub(super) const CONJUNCTION: Self = Self(1 << 12);
    /// "Tuesday", "yesterday".
    pub(super) const TIME: Self = Self(1 << 13);
    /// A frequent finite verb that is no verb of speech: "went", "made".
    pub(super) const VERB: Self = Self(1 << 14);
    /// A person’s role: "spokesman", "minister".
    pub(super) const ROLE: Self = Self(1 << 15);
    /// A role that one person has: "commander", not "officials".
    pub(super) const SINGLE_ROLE: Self = Self(1 << 29);
    /// The base form of a verb of speech, which needs "to" or an auxiliary before it: "say".
    pub(super) const CUE_BASE: Self = Self(1 << 16);
    /// A pronoun that is never a subject: "him", "them".
    pub(super) const OBJECT: Self = Self(1 << 17);
    /// Small words inside names: "de", "van", "al".
    pub(super) const PARTICLE: Self = Self(1 << 18);

    /// "to"
    pub(super) const TO: Self = Self(1 << 19);
    /// "according"
    pub(super) const ACCORDING: Self = Self(1 << 20);

    /// A noun that stands for somebody's saying: "claim", "assertion".
    pub(super) const SAYING: Self = Self(1 << 21);
    /// "his", "their"
    pub(super) const OWNER: Self = Self(1 << 22);
    /// A verb of wanting or thinking, which a verb of speech before it can report.
    pub(super) const MENTAL: Self = Self(1 << 23);
    /// A verb that is one of speech before "back": "shot back".
    pub(super) const BACK: Self = Self(1 << 24);
    /// "back"
    pub(super) const BACKWARDS: Self = Self(1 << 26);
    /// "up"
    pub(super) const UP: Self = Self(1 << 27);
    /// "with"
    pub(super) const WITH: Self = Self(1 << 28);
    /// A past form as far as its ending tells: "declined".
    pub(super) const PAST: Self = Self(1 << 25);

    /// "was", "been": what makes the participle behind it passive.
    pub(super) const BE: Self = Self(1 << 30);
    /// "by"
    pub(super) const BY: Self = Self(1 << 31);
    /// "quoted", "cited": whose subject speaks in the passive, too: "was quoted as saying".
    pub(super) const QUOTED: Self = Self(1 << 32);
    /// "when", "if": before a participle they leave out a subject that hears: "when asked".
    pub(super) const WHEN: Self = Self(1 << 33);
    /// "put", which is a verb of speech before "it": "as Doe put it".
    pub(super) const PUT: Self = Self(1 << 34);
    /// A determiner that can stand alone: "some", "many".
    pub(super) const QUANTITY: Self = Self(1 << 35);
    /// "what", as in "what Doe called".
    pub(super) const WHAT: Self = Self(1 << 39);
    /// "point", a verb of speech only before "out" and before what is said.
    pub(super) const POINT: Self = Self(1 << 42);
    /// "whose": a noun stands behind it.
    pub(super) const WHOSE: Self = Self(1 << 44);
    /// "out"
    pub(super) const OUT: Self = Self(1 << 43);
    /// "words", in which somebody says something: "in the words of Doe".
    pub(super) const WORDS: Self = Self(1 << 41);
    /// "Mr", "Dr": a name begins here.
    pub(super) const HONORIFIC: Self = Self(1 << 40);
    /// A preposition that only makes a number rough: "about four in ten".
    pub(super) const ROUGH: Self = Self(1 << 37);
    /// "that", "if", "whether": what begins a reported clause.
    pub(super) const THAT: Self = Self(1 << 38);
    /// What begins a clause that is not the main one, or an adverbial before the main clause.
    pub(super) const OPENING: Self = Self(1 << 36);

    /// A body or a text that speaks as a person does: "the agency", "an ad".
    pub(super) const BODY: Self = Self(1 << 45);

    /// What stands before a colon and speaks to nobody: "Example: …".
    pub(super) const LABEL: Self = Self(1 << 46);

    /// "go", which is a verb of speech before "on about": "Doe went on about “…”".
    pub(super) const GO: Self = Self(1 << 47);
    /// "on"
    pub(super) const ON: Self = Self(1 << 48);
    /// "about"
    pub(super) const ABOUT: Self = Self(1 << 49);

    /// "begin", which is no verb of speech before "to".
    pub(super) const BEGIN: Self = Self(1 << 50);

    /// Whether it has one of these bits.
    pub(super) const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// A pronoun that can be a subject, or the owner of what is said.
    pub(super) const SUBJECT: Self = Self::PRONOUN.or(Self::OWNER);

    /// Any form of a verb of speech.
    pub(super) const ANY_CUE: Self = Self(1 | 1 << 1 | 1 << 16);
}

/// What the word is; nothing for most. Case does not matter.
pub(super) fn class(word: &str) -> Class {
    const LONGEST: usize = 24;
    let mut small = [0_u8; LONGEST];
    let mut len = 0;
    for c in word.chars() {
        let c = if c == '’' { '\'' } else { c };
        let Ok(byte) = u8::try_from(u32::from(c)) else { return Class::default() };
        let Some(slot) = small.get_mut(len) else { return Class::default() };
        *slot = byte.to_ascii_lowercase();
        len += 1;
    }
    let word = small.get(..len).unwrap_or_default();
    WORDS.get(word).copied().unwrap_or_else(|| by_ending(word))
}

/// What the ending of a word in no list tells.
fn by_ending(word: &[u8]) -> Class {
    const NO_ADVERBS: [&[u8]; 26] = [
        b"family",
        b"italy",
        b"kelly",
        b"emily",
        b"sally",
        b"billy",
        b"molly",
        b"carly",
        b"holly",
        b"reilly",
        b"o'reilly",
        b"beverly",
        b"kimberly",
        b"connolly",
        b"donnelly",
        b"kennelly",
        b"mcnally",
        b"reply",
        b"supply",
        b"bully",
        b"rally",
        b"assembly",
        b"daily",
        b"weekly",
        b"monthly",
        b"elderly",
    ];
    if word.len() > 4 && word.ends_with(b"ly") && !NO_ADVERBS.contains(&word) {
        Class::ADVERB
    } else if word.len() > 4 && word.ends_with(b"ed") && !word.ends_with(b"eed") {
        Class::PAST
    } else {
        Class::default()
    }
}

static WORDS: LazyLock<HashMap<Box<[u8]>, Class>> = LazyLock::new(|| {
    let mut words = HashMap::with_capacity(3000);
    let mut add = |word: &str, class: Class| {
        let entry: &mut Class = words.entry(word.as_bytes().into()).or_default();
        // What is said by itself is not weaker because it can be said of something, too.
        let known = entry.is(Class::ANY_CUE) && class.is(Class::WEAK);
        *entry = if known { *entry } else { entry.or(class) };
    };
    for (lines, class) in [
        (SPEAK, Class::default()),
        (SPEAK_TO, Class::HEARER),
        (SPEAK_OF, Class::WEAK.or(Class::HEARER)),
    ] {
        for entry in lines.split_whitespace() {
            inflect(entry, class, &mut add);
        }
    }
    for (list, class) in [
        (NOUNS_TOO, Class::NOUN_TOO),
        (AUXILIARIES, Class::AUX),
        (CONTRACTIONS, Class::AUX.or(Class::PRONOUN)),
        (ADVERBS, Class::ADVERB),
        (PREPOSITIONS, Class::PREPOSITION),
        (DETERMINERS, Class::DETERMINER),
        (PRONOUNS, Class::PRONOUN),
        (OBJECTS, Class::OBJECT),
        (RELATIVES, Class::RELATIVE),
        (SUBORDINATORS, Class::SUBORDINATOR),
        (CONJUNCTIONS, Class::CONJUNCTION),
        (TIMES, Class::TIME),
        (VERBS, Class::VERB),
        (ROLES, Class::ROLE),
        (SINGLE_ROLES, Class::SINGLE_ROLE),
        (BODIES, Class::BODY),
        ("go goes went going gone", Class::GO),
        ("on", Class::ON),
        ("about", Class::ABOUT),
        ("begin begins began beginning", Class::BEGIN),
        (LABELS, Class::LABEL),
        (PARTICLES, Class::PARTICLE),
        ("to", Class::TO),
        (SAYINGS, Class::SAYING),
        (OWNERS, Class::OWNER),
        (MENTAL, Class::MENTAL),
        ("back", Class::BACKWARDS),
        ("up", Class::UP),
        ("with", Class::WITH),
        ("is are was were be been being am get gets got", Class::BE),
        ("by", Class::BY),
        ("quoted cited", Class::QUOTED),
        ("when if while once unless until though although as", Class::WHEN),
        ("put puts", Class::PUT),
        ("about around over under", Class::ROUGH),
        ("that if whether", Class::THAT),
        (
            "some many most several both few another others all none one two three four five six",
            Class::QUANTITY,
        ),
        ("what", Class::WHAT),
        ("words", Class::WORDS),
        ("point points pointed pointing", Class::POINT),
        ("out", Class::OUT),
        ("whose", Class::WHOSE),
        ("mr mrs ms miss dr prof sir dame mr. mrs. ms. dr. prof.", Class::HONORIFIC),
        (
            "when while although though after before as since because if once even despite whereas",
            Class::OPENING,
        ),
        ("shot shoots shooting fired fires firing hit hits snapped clapped", Class::BACK),
        ("according", Class::ACCORDING),
    ] {
        for word in list.split_whitespace() {
            add(word, class);
        }
    }
    words
});

/// Adds the forms of a verb: "say/says/said/saying", or the base alone where they are regular; a
/// "+" doubles the last letter ("admit+").
fn inflect(entry: &str, class: Class, add: &mut impl FnMut(&str, Class)) {
    let finite = Class::CUE.or(class);
    let mut forms = entry.split('/');
    let base = forms.next().unwrap_or_default();
    let given: Vec<&str> = forms.collect();
    let doubled = base.strip_suffix('+');
    let base = doubled.unwrap_or(base);
    add(base, Class::CUE_BASE.or(class));
    if let [present, past, participle] = given[..] {
        add(present, finite);
        add(past, finite);
        add(participle, Class::CUE_ING.or(class));
        return;
    }
    let stem = match doubled {
        Some(_) => format!("{base}{}", base.chars().next_back().unwrap_or_default()),
        None => base.strip_suffix('e').unwrap_or(base).to_owned(),
    };
    let consonant_y = base.strip_suffix('y').filter(|it| !it.ends_with(['a', 'e', 'o', 'u']));
    let (present, past) = match consonant_y {
        Some(root) => (format!("{root}ies"), format!("{root}ied")),
        None if base.ends_with("sh") || base.ends_with("ch") || base.ends_with('s') => {
            (format!("{base}es"), format!("{stem}ed"))
        }
        None => (format!("{base}s"), format!("{stem}ed")),
    };
    let participle =
        if consonant_y.is_some() { format!("{base}ing") } else { format!("{stem}ing") };
    add(&present, finite);
    add(&past, finite);
    add(&participle, Class::CUE_ING.or(class));
}

/// Verbs that take words as their object: what stands beside them in marks was said.
const SPEAK: &str = "say/says/said/saying add write/writes/wrote/writing tweet retweet post state \
explain note argue continue declare reply respond conclude insist announce claim acknowledge \
admit+ admonish affirm agree allege answer ask assert attest aver+ bellow boast brag+ caution \
chant chime chuckle clarify comment complain concede confess confide confirm contend counter crow \
cry curse deadpan demand deny disclose elaborate emphasize emphasise enthuse estimate exclaim \
exhort explode forecast fret+ fume gasp gloat groan grumble growl guess gush hint holler \
hypothesize implore imply indicate inquire enquire interject intone joke jest lament laugh lecture \
lie/lies/lied/lying maintain marvel mock moan mumble murmur muse mutter observe offer opine order \
plead pledge point posit predict proclaim profess promise pronounce propose protest prophesy \
proffer quip+ quote rage rant read/reads/read/reading reason recall recount reflect reiterate \
relate remark remember remind/reminds/reminded/reminding repeat report request retort reveal roar \
rule scoff scold scream scribble shout shriek sigh signal smile snap+ snarl sneer speculate \
speak/speaks/spoke/speaking specify stammer stipulate stress suggest summarize summarise surmise \
swear/swears/swore/swearing tease testify theorize thunder tout underline underscore urge utter \
type vent volunteer vow wail warn whisper wonder worry yell yelp echo/echoes/echoed/echoing \
email text message tell/tells/told/telling rejoin snipe bark blare chide cheer beg+ bemoan \
decree denounce preach pray interrupt begin/begins/began/beginning conjecture anticipate ponder grouse think/thinks/thought/thinking \
believe advise advocate assure reassure inform notify apologise apologize stutter rap+ sing/sings/sang/singing \
explicate hail read/reads/read/reading caption deplore shrug+ smirk grin+ bluster vouch elucidate \
foresee/foresees/foresaw/foreseeing feel/feels/felt/feeling find/finds/found/finding decry clamour clamor \
show/shows/showed/showing teach/teaches/taught/teaching";

/// Verbs of speech whose object is the hearer.
const SPEAK_TO: &str = "tell/tells/told/telling assure remind inform notify reassure instruct thank \
interview greet address";

/// Verbs that say what somebody says of something: their quotes are mostly fragments.
const SPEAK_OF: &str = "call describe dub+ accuse blame blast praise slam+ criticize criticise \
condemn dismiss label brand characterize characterise deride rip+ hail laud applaud attack ridicule \
mock denounce decry depict portray paint cite quote refer+ term question credit welcome reject \
hammer skewer lambast lambaste assail charge castigate compare congratulate rebuke chastise \
chide berate disparage malign defend salute commend deem trumpet tout bemoan lament stress \
highlight deny demand endorse embrace vilify reference invoke discuss nickname taunt \
insult berate pan+ trash mention promise pledge vow list envision envisage warn tag+ acclaim \
champion bill cheer boo/boos/booed/booing threaten seek/seeks/sought/seeking want hope argue \
admire diagnose assess support oppose see/sees/saw/seeing view regard consider fear expect complain speak/speaks/spoke/speaking \
talk recommend reiterate repeat express voice convey raise claim wish love hate liken brag+ \
propose detail outline sum+ pitch peddle preach lash fire rail mourn vent";

/// Forms of these verbs that are nouns as well, so that a determiner before them decides.
const NOUNS_TOO: &str = "claim claims report reports note notes call calls promise promises pledge \
pledges vow vows comment comments answer answers reply replies question questions demand demands \
request requests quote quotes retort retorts caption captions tweet tweets post posts statement text texts email emails message \
messages order orders offer offers estimate estimates guess joke jokes lie lies protest protests \
charge charges attack attacks challenge challenges defense blame praise point points remark remarks \
state states address brand label signal signals rule rules stress rage thought \
finding findings show shows worry cry cries laugh shout shouts hint hints dare press smile \
account echo hope hopes fear fears view views support love hate wish term terms bill list detail \
details title fire talk talks voice raise welcome pitch claim reading warning warnings \
suggestion meaning tag charge compare counsel offering post chant chants whisper whispers sigh sighs \
forecast forecasts lament laments guesses reference references mention mentions boast boasts moan moans murmur murmurs quip quips scream screams yell yells growl growls \
ruling questioning teaching cheer cheers";

const AUXILIARIES: &str = "is was are were am be been being has had have having do does did will \
would shall should can could may might must 's 'd 've 're 'll isn't wasn't aren't weren't hasn't \
hadn't haven't don't doesn't didn't won't wouldn't shouldn't can't couldn't cannot not never ever \
";

/// A pronoun with its auxiliary: both.
const CONTRACTIONS: &str = "he's she's it's they've they're they'd he'd she'd it'd i've i'm we're \
we've he'll she'll they'll it'll";

const ADVERBS: &str = "also later then now once again recently repeatedly still already even just \
only earlier often sometimes always first finally instead simply largely further soon thus \
subsequently previously publicly privately famously reportedly flatly initially there here \
meanwhile nonetheless nevertheless though too yet afterward afterwards twice originally actually \
really quickly bluntly wryly sarcastically angrily proudly clearly explicitly apparently all both \
essentially similarly long next ominously sharply rather quite almost so eventually jokingly else \
pointedly rhetorically emphatically specifically occasionally frequently consistently routinely";

const PREPOSITIONS: &str = "in of for at on with from by to about after before during over under \
between among amid against into through within without as despite since until till toward towards \
upon near across behind beyond per via alongside regarding concerning like unlike including \
following outside inside above below around throughout off out up down except besides";

const DETERMINERS: &str = "the a an this these those his her their its my our your some many most \
several another one two three four five six any each every both no other few all";

const PRONOUNS: &str = "he she they it i we you others someone somebody nobody everyone everybody \
anyone critics";

const OBJECTS: &str = "him them us me himself herself itself themselves";

const RELATIVES: &str = "who which whose whom where";

const SUBORDINATORS: &str = "that when while because if although though whereas unless whether how \
why what since once where until than";

const CONJUNCTIONS: &str = "and but or nor yet";

const TIMES: &str = "monday tuesday wednesday thursday friday saturday sunday mon. tue. wed. thu. \
fri. sat. sun. yesterday today tomorrow tonight january february march april june july august \
september october november december jan. feb. mar. apr. aug. sept. oct. nov. dec. morning \
afternoon evening night week month year";

/// Frequent verbs with irregular past, in forms that are no nouns.
const VERBS: &str = "went came took made gave got knew saw became left kept held led met paid sent \
brought bought built fell grew lost ran rose sat stood won drew drove flew hid hung let put set \
seems seemed appears appeared goes comes takes makes gives gets knows becomes keeps holds leads \
remains wants wanted needs looks looked turned turns began tried tries used served joined launched \
issued released published signed asked helped worked works moved moves spent caught chose broke \
beat bore ate shot hit forgot forgave froze rode shook shut slept sold spread struck swept threw wore";

const ROLES: &str = "spokesman spokeswoman spokesperson spokesmen minister president official \
officials chairman chairwoman chair director leader leaders senator governor mayor secretary \
ambassador analyst analysts expert experts professor lawyer attorney judge officer commander \
general adviser advisor aide aides reporter journalist author candidate nominee congressman \
congresswoman representative lawmaker lawmakers researcher researchers scientist scientists doctor \
teacher student manager executive founder critic critics supporter supporters voter voters \
resident residents witness witnesses police source sources coach player captain king queen prince \
princess bishop archbishop pope priest pastor man woman men women people father mother son \
daughter brother sister wife husband friend neighbour neighbor colleague member members strategist \
consultant pollster treasurer historian economist activist activists organizer";

/// Those of them that one person has and that need an article but in apposition.
const SINGLE_ROLES: &str = "spokesman spokeswoman spokesperson minister president chairman \
chairwoman chair director leader senator governor mayor secretary ambassador professor commander \
editor chief head manager executive founder captain";

const LABELS: &str = "example examples note notes update tip tips warning caption photo image source title \
subject headline translation definition meaning correction fact lesson result read watch more";

const BODIES: &str = "ad ads advert advertisement agency agencies association authorities board \
bureau campaign commission committee company council court courts department editorial embassy \
employees firm foundation government group groups institute lawsuit lobbyists memo ministry \
newspaper paper party petition poll report reports regulator rivals headline letter letters \
sign signs poster posters banner banners tweet tweets email emails message messages leaflet website user ruling statement study survey team \
union unions users";

/// Nouns that stand for saying something.
const SAYINGS: &str = "claim claims assertion assertions statement statements comment comments remark \
remarks call calls description characterization characterisation warning warnings promise promises \
vow vows pledge pledges contention conclusion argument arguments suggestion suggestions accusation \
accusations response answer reply tweet tweets letter speech message words insistence admission \
declaration dictum complaint criticism prediction question demand line mantra slogan motto advice \
testimony memo email verdict opinion explanation observation boast joke proposal belief";

const OWNERS: &str = "his her their its my our";

/// Verbs of wanting and thinking among those of speech, in their finite forms.
const MENTAL: &str = "wants wanted hopes hoped wishes wished loves loved hates hated sees saw seeks \
sought supports supported opposes opposed fears feared expects expected thinks thought believes \
believed feels felt finds found views viewed regards regarded considers considered shows showed \
want hope wish love hate see seek support oppose fear expect think believe feel find view";

const PARTICLES: &str = "de van der den von al bin ibn da del la el ben le di du dos of";
