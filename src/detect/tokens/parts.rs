//! Small words and endings that apostrophes, hyphens and dots bind to others.

/// Whether "’s" behind this word is a verb: "it’s", "who’s", "let’s".
pub(super) fn takes_verb(word: &[u8]) -> bool {
    const WORDS: [&[u8]; 15] = [
        b"it", b"he", b"she", b"that", b"what", b"who", b"where", b"there", b"here", b"how",
        b"let", b"when", b"why", b"this", b"so",
    ];
    word.len() < 6 && WORDS.iter().any(|it| word.eq_ignore_ascii_case(it))
}

/// Whether a word behind name and hyphen says something of the name: "based", "speaking".
pub(super) fn is_said_of_name(word: &[u8]) -> bool {
    const WORDS: [&[u8]; 22] = [
        b"led",
        b"made",
        b"born",
        b"run",
        b"held",
        b"style",
        b"wide",
        b"like",
        b"area",
        b"bound",
        b"era",
        b"friendly",
        b"trained",
        b"only",
        b"free",
        b"built",
        b"level",
        b"type",
        b"bred",
        b"owned",
        b"related",
        b"funded",
    ];
    WORDS.contains(&word) || (word.len() > 4 && (word.ends_with(b"ed") || word.ends_with(b"ing")))
}

/// Whether a word before a hyphen belongs to the name behind it: "al-Assad", "ul-Haq".
pub(super) fn is_name_prefix(word: &[u8]) -> bool {
    const WORDS: [&[u8]; 22] = [
        b"al", b"el", b"as", b"ash", b"ad", b"an", b"ar", b"at", b"az", b"ul", b"ur", b"us", b"ud",
        b"um", b"il", b"bin", b"ben", b"abu", b"ibn", b"e", b"i", b"de",
    ];
    WORDS.contains(&word)
}

/// Whether a word behind a dot is the end of a domain name.
pub(super) fn is_domain(word: &[u8]) -> bool {
    const WORDS: [&[u8]; 24] = [
        b"com", b"org", b"net", b"co", b"uk", b"gov", b"edu", b"io", b"info", b"de", b"fr", b"eu",
        b"ru", b"tv", b"me", b"us", b"ca", b"au", b"ir", b"cn", b"jp", b"in", b"ac", b"int",
    ];
    WORDS.contains(&word)
}
