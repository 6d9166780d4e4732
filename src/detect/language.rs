//! Which language an article is in, and so which detectors can say anything of it.
//!
//! What the article says of itself counts. Otherwise the small words at its beginning tell, which
//! are a third of every text; an alphabet of its own tells more. What is too short to tell is
//! taken for English.

use crate::article::Article;

/// The language of an article as the first part of a BCP 47 tag: "en", "de".
pub fn of(article: &Article) -> String {
    let said = article.meta.language.as_deref();
    let said = said.and_then(|tag| tag.split(['-', '_']).next()).filter(|it| !it.is_empty());
    said.map_or_else(|| guess(&article.text).to_owned(), str::to_lowercase)
}

/// Whether the detectors that know English words have something to say of the article.
pub fn is_english(article: &Article) -> bool {
    of(article) == "en"
}

/// What a language is called in English: "German"; none for one that is not known here.
pub fn name(tag: &str) -> Option<&'static str> {
    let known = |it: &&(&str, &'static str)| it.0 == tag;
    NAMES.iter().find(known).map(|it| it.1)
}

const NAMES: [(&str, &str); 34] = [
    ("ar", "Arabic"),
    ("bg", "Bulgarian"),
    ("ca", "Catalan"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("nl", "Dutch"),
    ("no", "Norwegian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sk", "Slovak"),
    ("sv", "Swedish"),
    ("th", "Thai"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("zh", "Chinese"),
];

/// The most frequent words of languages in the Latin alphabet.
const WORDS: [(&str, &str); 19] = [
    (
        "en",
        "the of and to in is that was for it on with as his he be at by had are but from have an \
         they which not were this has said will who their",
    ),
    (
        "de",
        "der die das und ist nicht ein eine mit von zu den dem des sich auf für im auch er sie es \
         wie aus bei nach wurde werden hat sind",
    ),
    (
        "fr",
        "le la les des et est une un dans pour que qui sur pas au avec ne ce il elle sont par plus \
         du aux cette de en",
    ),
    (
        "es",
        "el la los las de y que en un una es por con para se su del al no como más lo fue ha sus \
         este entre pero",
    ),
    (
        "it",
        "il lo la gli le di e che un una è per con non si del della dei nel sono ha più da al alla \
         i ma",
    ),
    (
        "pt",
        "o a os as de e que um uma é por com para não se do da dos das no na em ao mais foi pelo \
         seu sua",
    ),
    (
        "nl",
        "de het een en van is dat in op te zijn met voor niet aan er die door maar ook naar bij \
         wordt heeft",
    ),
    ("sv", "och att det som en är på av för med den inte till har om ett de var i sig från"),
    ("da", "og at det er en til på som af den de ikke med for der et har var i blev efter"),
    ("no", "og det er en til på som av ikke med for den de har et å var i ble etter"),
    ("fi", "ja on ei se että oli hän mutta joka ovat kun myös ole tai sen mukaan"),
    ("et", "ja on ei see et oli ta kui aga ning mis ka oma selle pole ei"),
    ("pl", "i w na nie się z do że to jest o jak po za od przez dla oraz są był"),
    ("cs", "a se na v je že s do i z to ve pro jako ale by podle jsou byl"),
    ("tr", "ve bir bu için da de ile olarak çok daha olan olduğu gibi kadar"),
    ("hu", "a az és hogy nem is egy van volt meg de ez csak már"),
    ("ro", "și de în la a cu care pe nu un o din este că mai fost să"),
    ("ca", "el la els les de i que en un una és per amb no es del al com més dels"),
    ("id", "yang dan di dengan untuk tidak ini dari pada itu dalam akan telah"),
];

/// So much of a text is looked at, in bytes.
const SAMPLE: usize = 3000;

fn guess(text: &str) -> &'static str {
    let end = text.floor_char_boundary(SAMPLE.min(text.len()));
    let sample = text.get(..end).unwrap_or_default();
    by_letters(sample).unwrap_or_else(|| by_words(sample))
}

/// Languages with an alphabet of their own.
fn by_letters(sample: &str) -> Option<&'static str> {
    let mut counts = [0_u32; 9];
    let mut letters = 0;
    let (mut ukrainian, mut bulgarian) = (0, true);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        let slot = match c {
            'Ѐ'..='ӿ' => 0,
            'Ͱ'..='Ͽ' => 1,
            '\u{590}'..='\u{5ff}' => 2,
            '\u{600}'..='\u{6ff}' => 3,
            '\u{900}'..='\u{97f}' => 4,
            '\u{e00}'..='\u{e7f}' => 5,
            'ぁ'..='ヿ' => 6,
            '가'..='힣' => 7,
            '一'..='鿿' => 8,
            _ => continue,
        };
        counts[slot] += 1;
        ukrainian += u32::from(matches!(c, 'і' | 'ї' | 'є' | 'ґ'));
        bulgarian &= !matches!(c, 'ы' | 'э' | 'ё' | 'і' | 'ї');
    }
    let own: u32 = counts.iter().sum();
    if own * 2 < letters || own == 0 {
        return None;
    }
    // Japanese has Chinese signs between its own.
    let most = if counts[6] * 8 > own { 6 } else { (0..9).max_by_key(|&at| counts[at])? };
    Some(match most {
        0 if ukrainian * 50 > own => "uk",
        0 if bulgarian && own > 400 => "bg",
        0 => "ru",
        1 => "el",
        2 => "he",
        3 => "ar",
        4 => "hi",
        5 => "th",
        6 => "ja",
        7 => "ko",
        _ => "zh",
    })
}

/// Languages of the Latin alphabet, by their small words.
fn by_words(sample: &str) -> &'static str {
    let words = sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    let count = |at: usize| {
        let small = WORDS[at].1;
        words.iter().filter(|word| small.split(' ').any(|it| it == *word)).count()
    };
    let english = count(0);
    if english * 4 > words.len() {
        return "en";
    }
    let counts = (1..WORDS.len()).map(|at| (count(at), at));
    let best = counts.max_by_key(|&(count, at)| (count, std::cmp::Reverse(at)));
    // A list of names has "de" and "la", too; a text has a small word every few words.
    match best {
        Some((count, at)) if count > english + 3 && count * 8 > words.len() => WORDS[at].0,
        _ => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::plain;

    fn check(text: &str, want: &str) {
        assert_eq!(of(&plain::read(text.to_owned(), "-")), want, "{text}");
    }

    #[test]
    fn small_words_tell_the_language() {
        check(
            "The harbour was closed on Monday, and the ferry did not leave until the wind fell.",
            "en",
        );
        check(
            "Der Hafen wurde am Montag gesperrt, und die Fähre ist nicht mehr ausgelaufen.",
            "de",
        );
        check(
            "Le port a été fermé lundi et le bac n'est pas parti avant que le vent ne tombe.",
            "fr",
        );
        check(
            "El puerto se cerró el lunes y el transbordador no salió hasta que el viento cesó.",
            "es",
        );
        check(
            "Il porto è stato chiuso lunedì e il traghetto non è partito per il forte vento.",
            "it",
        );
        check("O porto foi fechado na segunda-feira e a balsa não saiu por causa do vento.", "pt");
        check(
            "De haven is op maandag gesloten en de veerboot is niet meer vertrokken van het eiland.",
            "nl",
        );
        check(
            "Hamnen stängdes på måndagen och färjan har inte gått från ön på grund av det hårda vädret som är på väg.",
            "sv",
        );
        check(
            "Sadam suleti esmaspäeval ja praam ei väljunud, kui tuul oli tugev, aga see ei ole ka uudis.",
            "et",
        );
        check(
            "Port zamknięto w poniedziałek i prom nie wypłynął, że to jest nie do przyjęcia na wyspie.",
            "pl",
        );
    }

    #[test]
    fn an_alphabet_of_its_own_tells_more() {
        check("Порт закрыли в понедельник, и паром не вышел, пока не стих ветер.", "ru");
        check("Порт закрили в понеділок, і пором не вийшов, доки не вщух вітер.", "uk");
        check("Το λιμάνι έκλεισε τη Δευτέρα και το πλοίο δεν έφυγε.", "el");
        check("港は月曜日に閉鎖され、フェリーは出航しなかった。", "ja");
        check("港口周一关闭，渡轮没有起航。", "zh");
        check("أغلق الميناء يوم الاثنين ولم تغادر العبارة.", "ar");
    }

    #[test]
    fn what_is_too_short_to_tell_is_english() {
        for text in
            ["", "Reykjavik", "Rio de Janeiro, Los Angeles, La Paz", "12.03.2024", "Ida Holm"]
        {
            check(text, "en");
        }
        check("The mayor of Rio de Janeiro met the governor of the state in La Paz.", "en");
    }

    #[test]
    fn what_the_article_says_of_itself_counts() {
        let mut article =
            plain::read("Der Hafen wurde am Montag gesperrt und ist zu.".to_owned(), "-");
        article.meta.language = Some("en-GB".to_owned());
        assert!(is_english(&article));
        article.meta.language = Some("de_AT".to_owned());
        assert_eq!((of(&article).as_str(), name("de")), ("de", Some("German")));
        assert!(NAMES.is_sorted() && WORDS.iter().all(|it| name(it.0).is_some()));
    }
}
