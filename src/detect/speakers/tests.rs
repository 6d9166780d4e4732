use std::sync::atomic::AtomicBool;

use super::*;
use crate::annot::{Entity, EntityId, EntityKind, IdMaker, Kind, Review};
use crate::article::{Article, Block};
use crate::detect::{Tokens, quotes};

/// One paragraph a line, so that the cases do not depend on how plain text is read.
fn paragraphs(text: &str) -> Article {
    let mut article = Article { text: text.to_owned(), ..Article::default() };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = TextRange::of_bytes(start, start + line.trim_end().len());
        article.blocks.push(Block { kind: BlockKind::Paragraph, range });
        start += line.len();
    }
    article
}

fn found(article: &Article, entities: Findings) -> Findings {
    let tokens = Tokens::of(article);
    let cancel = AtomicBool::new(false);
    let ids = IdMaker::new(&article.text);
    let context = Context { article, tokens: &tokens, written: None, ids, cancel: &cancel };
    let quotes = quotes::find(&context);
    find(&context, &mut Found { entities, quotes })
}

/// Every quote's local words of the speaker and the rule; "-" where there are none.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let findings = found(&paragraphs(text), Findings::default());
    let said: Vec<_> = findings
        .annotations
        .iter()
        .map(|it| {
            let speaker = it.quote().and_then(|quote| quote.speaker.as_ref());
            speaker.map_or(("-", "-"), |who| (who.range.of(text), it.rule().unwrap_or("-")))
        })
        .collect();
    assert_eq!(said, expected, "in {text}");
}

/// Makes entities of these names wherever they stand, and says whom the quotes resolve to.
#[track_caller]
fn check_whom(text: &str, names: &[(&str, EntityKind)], expected: &[&str]) {
    let ids = IdMaker::new(text);
    let mut entities = Findings::default();
    for (at, &(name, kind)) in names.iter().enumerate() {
        let mut parts = name.split(" = ");
        let full = parts.next().unwrap_or_default();
        let description = parts.next().map(str::to_owned);
        let key = ids.entity(kind, full);
        let aliases = Vec::new();
        entities.entities.push(Entity {
            key,
            name: full.into(),
            kind,
            aliases,
            description,
            other: None,
        });
        let last = full.rsplit(' ').next().unwrap_or(full);
        for (place, _) in text.match_indices(last) {
            let range = TextRange::of_bytes(place, place + last.len());
            entities.annotations.push(Annotation {
                id: ids.annotation(Kind::Mention, range, last),
                range,
                body: Body::Mention(EntityId(u32::try_from(at).unwrap_or(0))),
                origin: Origin::Reader,
                review: Review::Accepted,
                confidence: 1.0,
                extra: None,
            });
        }
    }
    entities.annotations.sort_by_key(|it| it.range.start);
    let findings = found(&paragraphs(text), entities);
    let said: Vec<&str> = findings
        .annotations
        .iter()
        .map(|it| {
            let speaker = it.quote().and_then(|quote| quote.speaker.as_ref());
            speaker.map_or("-", |it| &it.name)
        })
        .collect();
    assert_eq!(said, expected, "in {text}");
}

#[test]
fn behind_the_quote() {
    check("“We are glad to be here,” said Anna Berg.", &[("Anna Berg", "verb-speaker")]);
    check("“We are glad to be here,” Anna Berg said.", &[("Anna Berg", "speaker-verb")]);
    check("“We are glad to be here,” she told Reuters.", &[("she", "speaker-verb")]);
    check("“Are we glad to be here?” asked the mayor.", &[("the mayor", "verb-speaker")]);
    check("“We are glad!” Berg later shouted.", &[("Berg", "speaker-verb")]);
    check(
        "“We are glad to be here,” Berg, 45, a farmer from Ohio, said on Monday.",
        &[("Berg", "speaker-verb")],
    );
    check(
        "“We are glad to be here,” a spokesman for the company said.",
        &[("a spokesman for the company", "speaker-verb")],
    );
    check("“We are glad to be here,” according to Anna Berg.", &[("Anna Berg", "according-to")]);
    check("“We are glad!” beamed Anna Berg.", &[("Anna Berg", "verb-speaker")]);
    check("“We are glad,” said Will May, a nurse.", &[("Will May", "verb-speaker")]);
    check(
        "“We are glad,” Sen. Anna M. Berg (R-Ill.) said.",
        &[("Sen. Anna M. Berg", "speaker-verb")],
    );
    check("“We are glad to be here.” — Anna Berg", &[("Anna Berg", "signed")]);
}

#[test]
fn before_the_quote() {
    check("Anna Berg said: “We are glad to be here.”", &[("Anna Berg", "speaker-verb-quote")]);
    check(
        "Anna Berg was quoted as saying “We are glad to be here.”",
        &[("Anna Berg", "participle")],
    );
    check("Many came, with Anna Berg adding “we are all glad.”", &[("Anna Berg", "participle")]);
    check("Berg went on to say, “We are all glad.”", &[("Berg", "speaker-verb-quote")]);
    check("Berg’s claim of “a long way home” was wrong.", &[("Berg", "saying-of")]);
    check("Berg shot back, “We are all glad.”", &[("Berg", "speaker-verb-quote")]);
    check(
        "The crowd saw a sign that said “We are all glad.”",
        &[("a sign that", "speaker-verb-quote")],
    );
    check("Berg hit the table: “We are all glad.”", &[("Berg", "clause-colon")]);
    check(
        "Berg declined but said in a letter that “we are all glad.”",
        &[("Berg", "speaker-verb-clause")],
    );
    check(
        "Anna Berg, the mayor’s aide, said the plan was of “great value”.",
        &[("Anna Berg", "speaker-verb-clause")],
    );
    check(
        "Anna Berg said growing ties were a “priority” as she met him.",
        &[("Anna Berg", "speaker-verb-clause")],
    );
    check("Berg: “We are glad to be here.”", &[("Berg", "name-colon")]);
    check(
        "Anna Berg, commander of the guard said, “We are all glad.”",
        &[("Anna Berg", "speaker-verb-quote")],
    );
    check(
        "After talks with Anna Berg, members of the guard said, “We are all glad.”",
        &[("members of the guard", "speaker-verb-quote")],
    );
    check(
        "Berg laughed at the plan and called it a “bad dream”.",
        &[("Berg", "speaker-verb-clause")],
    );
}

#[test]
fn a_verb_of_speech_in_every_shape() {
    check("The plan was called “a long way home” by Anna Berg.", &[("Anna Berg", "passive-by")]);
    check("Said Anna Berg, “We are all glad.”", &[("Anna Berg", "verb-speaker-quote")]);
    check("As Anna Berg put it, “We are all glad.”", &[("Anna Berg", "speaker-verb-quote")]);
    check("He’s claiming that it is “a long way” home.", &[("He", "participle")]);
    check("Berg and Falk call them “the old guard”.", &[("Falk", "speaker-verb-fragment")]);
    check("It is a “source of some joy,” as Anna Berg put it.", &[("Anna Berg", "trailing")]);
    check("After saying it was “a long way home,” she left them.", &[("she", "participle")]);
    check("They rate Labour claims as “rather false”.", &[("-", "-")]);
    check(
        "After a swiftly called meeting, Anna Berg issued a letter calling it “a long way home”.",
        &[("Anna Berg", "participle")],
    );
    check("Some shouted, “We are all glad.”", &[("Some", "speaker-verb-quote")]);
    check("“We are all glad to see it,” said the ruling.", &[("the ruling", "verb-speaker")]);
    check("In the words of Anna Berg, “We are all glad.”", &[("Anna Berg", "according-to")]);
    check(
        "Anna Berg, who told them when asked about it: “We are all glad.”",
        &[("Anna Berg, who", "speaker-verb-quote")],
    );
    check(
        "The secretary for education Mr. Falk says it is “a long way”.",
        &[("Mr. Falk", "speaker-verb-clause")],
    );
    check(
        "“Enough!” Anna Berg, a nurse from Oslo, shouted to the crowd.",
        &[("Anna Berg", "speaker-verb")],
    );
    check(
        "“Enough!” Anna “Ann” Berg shouted to the crowd.",
        &[("Anna “Ann” Berg", "speaker-verb"), ("-", "-")],
    );
}

#[test]
fn the_one_who_reports_is_the_speaker() {
    check(
        "Anna Berg said she had thanked him for what she called “a long day”.",
        &[("Anna Berg", "speaker-verb-clause")],
    );
    check(
        "Anna Berg condemned what she called “a long day”.",
        &[("Anna Berg", "speaker-verb-clause")],
    );
    check("He met Berg, whom he called “a long day”.", &[("he", "speaker-verb-fragment")]);
    check(
        "The plan was called “in homage to” an old one, Anna Berg wrote.",
        &[("Anna Berg", "trailing")],
    );
    check(
        "The film shows footage of Anna Berg asking, “Are we all glad?”",
        &[("Anna Berg", "participle")],
    );
    check(
        "Anna Berg in a letter described it as “a long day”.",
        &[("Anna Berg", "speaker-verb-clause")],
    );
    check(
        "A minister who spoke to discuss policy said, “We are all glad.”",
        &[("A minister who", "speaker-verb-quote")],
    );
    check(
        "Falk left after she mocked them and called it “a long day”.",
        &[("she", "speaker-verb-fragment")],
    );
    check(
        "Anna Berg said the class called “how we see” would end.",
        &[("Anna Berg", "speaker-verb-clause")],
    );
    check("They take a class called “how we see”.", &[("-", "-")]);
    check(
        "Anna Berg’s campaign, for example, said it would “support the plan” at last.",
        &[("Anna Berg’s campaign", "speaker-verb-clause")],
    );
    check(
        "When Falk said it would be “a long day”, Anna Berg said it would not be one.",
        &[("Falk", "speaker-verb-clause")],
    );
}

#[test]
fn of_several_people_the_one_who_speaks_is_taken() {
    check(
        "He slept as Berg went on about “how late the boat is”.",
        &[("Berg", "speaker-verb-clause")],
    );
    check(
        "It is “an odd sort of boat” about the size of a house and a barn, said Anna Berg.",
        &[("Anna Berg", "trailing")],
    );
    check(
        "With such a plan for the harbour, said Anna Berg, “we shall all be late by an hour.”",
        &[("Anna Berg", "verb-speaker-quote")],
    );
    check(
        "Berg said that the plan, which some have argued was old, was an “insult”.",
        &[("Berg", "speaker-verb-clause")],
    );
    check(
        "The Herald, Berg said, called the plan “quite odd”.",
        &[("Berg", "speaker-verb-clause")],
    );
    check(
        "Anna Falk, a nurse, said Berg “was quite late”.",
        &[("Anna Falk", "speaker-verb-fragment")],
    );
    check(
        "Berg, who said she was late, called it “quite odd”.",
        &[("Berg", "speaker-verb-fragment")],
    );
}

#[test]
fn labels_name_the_speakers_of_an_interview() {
    check(
        "BERG: I see the sea.\nFALK: So do I.\nBERG: It is late.\nFALK: Good night.",
        &[
            ("BERG", "name-colon"),
            ("FALK", "name-colon"),
            ("BERG", "name-colon"),
            ("FALK", "name-colon"),
        ],
    );
}

#[test]
fn questions_and_answers_have_their_letters() {
    check(
        "Q: Where is it?\nA: By the sea.\nQ: And then?\nA: In town.",
        &[("Q", "name-colon"), ("A", "name-colon"), ("Q", "name-colon"), ("A", "name-colon")],
    );
}

#[test]
fn paragraphs_of_nothing_but_a_quote() {
    check("“We are all glad to be here.”\n— Anna Berg, mayor", &[("Anna Berg", "signed")]);
    check("Anna Berg was in a hurry.\n“Who is going to pay?”", &[("Anna Berg", "paragraph-told")]);
    check(
        "“Who is going to pay?”\n“It is not us,” Anna Berg said.",
        &[("Anna Berg", "named-later"), ("Anna Berg", "speaker-verb")],
    );
    check("Anna Berg wrote,\n“We are glad.”", &[("Anna Berg", "introduced")]);
}

#[test]
fn a_quote_goes_on_behind_its_cue() {
    check(
        "“We are glad,” Berg said. “It was a long way.”",
        &[("Berg", "speaker-verb"), ("Berg", "continued")],
    );
    check("Berg warned that rain would come. “It was a long way.”", &[("Berg", "sentence-before")]);
    check(
        "“We are glad,” Berg said.\n“It was a long way.”",
        &[("Berg", "speaker-verb"), ("Berg", "paragraph-before")],
    );
    check("Berg wrote:\n“It was a long way.”", &[("Berg", "introduced")]);
    check(
        "“We are glad.\n“It was a long way,” Berg said.",
        &[("Berg", "reopened"), ("Berg", "speaker-verb")],
    );
}

#[test]
fn nobody_is_made_up() {
    check("The allies of the so-called “axis of evil” met.", &[("-", "-")]);
    check("The two leaders talked up their “very close” ties.", &[("-", "-")]);
    check("They walked along the “long way” to town.", &[("-", "-")]);
    check("She pointed to a table of gumball “pills”.", &[("-", "-")]);
    check("It helps people whose claim to a “safe home” is strong.", &[("-", "-")]);
    check("“Nobody knows who said this.”", &[("-", "-")]);
}

/// What becomes of every quote: its rule, and a "-" before it where nobody's speech is shown.
#[track_caller]
fn check_rules(text: &str, expected: &[&str]) {
    let findings = found(&paragraphs(text), Findings::default());
    let rule = |it: &Annotation| {
        let scare = it.quote().is_some_and(|it| it.form == Form::Scare);
        format!("{}{}", if scare { "-" } else { "" }, it.rule().unwrap_or_default())
    };
    assert_eq!(findings.annotations.iter().map(rule).collect::<Vec<_>>(), expected, "in {text}");
}

#[test]
fn names_between_marks_are_not_said() {
    let check = |text: &str, rule: &str| check_rules(text, &[rule]);
    check("Berg says he saw it in the 1994 “Way Home”.", "-quote-title");
    check("Berg spoke at a “Night of Boats” in the harbour.", "-quote-title");
    check("Berg told “Morning Boat” that rain would come.", "-quote-title");
    check("Speaking to “Morning Boat” on Monday, Berg said no.", "-quote-title");
    check("Berg said he would leave “Boats and Men” next year.", "-quote-title");
    check("Berg said it was on Monday’s “Morning Boat”.", "-quote-title");
    check("Berg heard chants of “Go Home, Boat”.", "-quote-title");
    check("Berg called the boat “Miss Night”.", "speaker-verb-clause");
    check("Berg said the boat was a “night of terror”.", "speaker-verb-clause");
    check("Berg said “Good Night”.", "speaker-verb-fragment");
    check("Berg said the old word for it (“boat”) was gone.", "-quote-term");
    check("Berg said the boat, described as “quite old”, was gone.", "speaker-verb-clause");
    check("The boat, described as “quite old”, was gone.", "-scare-quote");
    check("Berg introduced him as “Good Old Falk”.", "-quote-title");
}

#[test]
fn what_nobody_near_says_is_not_shown_as_said() {
    let alone = "Berg was in a hurry.\n“We have waited for a very long time.”\nIt rained.";
    check_rules(alone, &["paragraph-told"]);
    let alone = "The boat was late.\n“We have waited for a very long time.”\nIt rained.";
    check_rules(alone, &["-quote-alone"]);
    let alone = "HARBOUR\n“We have waited for a very long time.”\nIt rained.";
    check_rules(alone, &["-quote-alone"]);
    check_rules("“It is late.”\n“Is it?”\n“It is.”", &["quote-marks"; 3]);
    check_rules(
        "HARBOUR\n“The ferry ‘Robin’ waits for ‘us’.”",
        &["-quote-alone", "-scare-quote", "-scare-quote"],
    );
    check_rules("LATE “The boat came at noon today.” [Harbour News]", &["-quote-excerpt"]);
    check_rules("LATE Berg said: “The boat came at noon.” [Harbour News]", &["speaker-verb-quote"]);
    check_rules("BOATS\n\"The boat was late.\nIt rained.", &["-quote-unclosed"]);
    check_rules(
        "BOATS\n\"The boat was late.\n\"Nobody waited for it.\nIt rained.",
        &["-quote-unclosed", "-quote-unclosed"],
    );
    check_rules(
        "\"The boat was late.\n“I have seen it,” said Berg.",
        &["-quote-unclosed", "verb-speaker"],
    );
    check_rules("Go and “do what you want” if you say so.", &["-scare-quote"]);
    check_rules("If you say that it is “quite late”, we go.", &["-scare-quote"]);
}

#[test]
fn what_is_said_of_a_noun_is_not_the_speakers() {
    check("The “odd” quarrel began when Berg said no.", &[("-", "-")]);
    check(
        "“It is late,” said Berg, one of the old “big four” of the boat.",
        &[("Berg", "verb-speaker"), ("-", "-")],
    );
    check(
        "“It is late,” said Berg, “and it rains.”",
        &[("Berg", "verb-speaker"), ("Berg", "verb-speaker-quote")],
    );
    check("They met in a “house by the old sea wall”.", &[("-", "-")]);
    check("Berg groaned that it was “late, and in the rain”.", &[("Berg", "speaker-verb-clause")]);
    check(
        "Berg came to the view that it was “late, and in the rain”.",
        &[("Berg", "clause-subject")],
    );
    check("Berg has gone after it as a “boat that nobody wants”.", &[("Berg", "clause-subject")]);
}

#[test]
fn whoever_speaks_can_speak() {
    check(
        "They have a pledge,[40] which says: “We are all glad.”",
        &[("a pledge,[40] which", "speaker-verb-quote")],
    );
    check("Anna Berg[12] said[note 3]: “We are all glad.”", &[("Anna Berg", "speaker-verb-quote")]);
    check(
        "He came home hours after Berg said it was “a long day”.",
        &[("Berg", "speaker-verb-clause")],
    );
    check("It was clear and said “we are all glad to see it.”", &[("It", "speaker-verb-fragment")]);
    check("Example: “We are all glad to be here.”", &[("-", "-")]);
    check("The tide is low - More from the report: “We are all glad to be here.”", &[("-", "-")]);
    check("More from Anna Berg: “We are all glad.”", &[("Anna Berg", "name-colon")]);
    check("The gap begins to show when they meet:\n“We are all glad.”", &[("-", "-")]);
    check("Or: “We are all glad to be here.”", &[("-", "-")]);
    check("You may say, “We are all glad to be here.”", &[("-", "-")]);
    check("The café, also called “the old quay”, is shut.", &[("-", "-")]);
    check(
        "“We are glad,” said Jane “J.D.” Berg.",
        &[("Jane “J.D.” Berg", "verb-speaker"), ("-", "-")],
    );
    for (words, can) in [
        ("officials", true),
        ("the door", true),
        ("jane75", true),
        ("clear", false),
        ("you", false),
        ("water bottles that", true),
    ] {
        assert_eq!(speech::can_speak(words), can, "{words}");
    }
}

#[test]
fn lines_of_a_dialogue_take_turns() {
    check("“Who will come?” Anna asked.\n“Nobody will.”", &[("Anna", "speaker-verb"), ("-", "-")]);
    check(
        "“I go now,” Anna said.\n“So do I.”\n“Then come along.”",
        &[("Anna", "speaker-verb"), ("Anna", "paragraph-before"), ("-", "-")],
    );
}

#[test]
fn a_thing_leads_to_no_passage_that_is_set_off() {
    let check = |before: &str, rule: &str| {
        let text = format!("{before}\nIt is late.");
        let mut article = paragraphs(&text);
        article.blocks[1].kind = BlockKind::Quote;
        let found = found(&article, Findings::default());
        assert_eq!(found.annotations[0].rule(), Some(rule), "{before}");
    };
    check("Berg wrote:", "introduced");
    check("Berg was angry:", "introduced-subject");
    check("The picture was small:", "quote-block");
    check("It was small:", "quote-block");
    check("Berg was angry.", "quote-block");
}

#[test]
fn plain_paragraphs_below_a_verb_of_speech_are_said() {
    let check = |text: &str, expected: &[(&str, &str)]| {
        let findings = found(&paragraphs(text), Findings::default());
        let who = |it: &Annotation| Some(it.quote()?.speaker.as_ref()?.name.to_string());
        let said: Vec<_> = findings
            .annotations
            .iter()
            .map(|it| (it.range.of(text), who(it).unwrap_or_default()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|it| (it.0, it.1.to_owned())).collect();
        assert_eq!(said, expected, "in {text}");
    };
    check("Anna Berg said:\nThe boat is late.\nIt rains.", &[("The boat is late.", "Anna Berg")]);
    check(
        "Anna Berg said:\nThe boat is late.\nIt rains.\nWe go home.\nIt was noon.",
        &[
            ("The boat is late.", "Anna Berg"),
            ("It rains.", "Anna Berg"),
            ("We go home.", "Anna Berg"),
        ],
    );
    check(
        "Anna Berg released the following statement today:\nThe boat is late.",
        &[("The boat is late.", "Anna Berg")],
    );
    check("Anna Berg saw two of them:\nThe boat is late.", &[]);
    check("Anna Berg said there were two:\nThe boat is late.", &[]);
    check("Anna Berg said:\nThe late boat", &[]);
    check("Anna Berg said:\n“It is late.”\nWe know.", &[("It is late.", "Anna Berg")]);
    check("What you need to know:\nThe boat is late.", &[]);
}

#[test]
fn texts_and_bodies_speak() {
    check("“We are glad to be here,” the statement read.", &[("the statement", "speaker-verb")]);
    check(
        "The petition accuses them of “leaving the boat”.",
        &[("The petition", "speaker-verb-clause")],
    );
    check("“We are glad,” Kelly said.", &[("Kelly", "speaker-verb")]);
    check("“We are glad,” said Jane Ely.", &[("Jane Ely", "verb-speaker")]);
    check("WEATHER - Anna Berg: “We are glad to be here.”", &[("Anna Berg", "name-colon")]);
    check(
        "“We are glad,” Berg said. But “it was a long way.”",
        &[("Berg", "speaker-verb"), ("Berg", "continued")],
    );
}

#[test]
fn pronouns_and_groups_mean_those_spoken_of() {
    use EntityKind::{Organization, Person};
    let people = [("Anna Berg", Person), ("Paul Falk", Person), ("Northern Trust", Organization)];
    let check = |text: &str, expected: &[&str]| check_whom(text, &people, expected);
    check("Paul Falk met Anna Berg.\n“We are glad to be here,” she said.", &["Anna Berg"]);
    check("Paul Falk met Anna Berg.\n“We are glad to be here,” he said.", &["Paul Falk"]);
    check("The Northern Trust met Anna Berg.\n“We are glad,” it said.", &["Northern Trust"]);
    check("The Northern Trust met Anna Berg.\n“We are glad,” the group said.", &["Northern Trust"]);
    check("“We are glad,” a nurse said.", &["a nurse"]);
}

#[test]
fn a_name_says_more_than_a_role() {
    use EntityKind::{Organization, Person};
    let names = [("Anna Berg", Person), ("Otter Council", Organization)];
    let check = |text: &str, expected: &[&str]| check_whom(text, &names, expected);
    check("CEO of the Otter Council Berg told them it “must be well thought out”.", &["Anna Berg"]);
    check(
        "The secretary of the fund (a charity), Berg, has called it “quite odd”.",
        &["Anna Berg"],
    );
    let role = "The secretary of the Otter Council";
    check("The secretary of the Otter Council called it “quite odd”.", &[role]);
}

#[test]
fn a_signature_stands_behind_its_quote() {
    check(
        "“We are glad to be here.” ― Anna Berg “It was a long way.”― Paul Falk.",
        &[("Anna Berg", "signed"), ("Paul Falk", "signed")],
    );
}

#[test]
fn many_quotes_take_time_in_proportion() {
    let started = std::time::Instant::now();
    for unit in ["“a b c d e” and ", "he said “a b c d e” ", "“A b.” ", ", said “a b”, "]
    {
        let text = unit.repeat(300_000 / unit.len());
        found(&paragraphs(&text), Findings::default());
    }
    assert!(started.elapsed().as_secs() < 60);
}

#[test]
fn a_paragraph_as_long_as_a_book_keeps_its_speakers() {
    let text = "“We shall go home,” said Anna Berg. ".repeat(10_000);
    let findings = found(&paragraphs(&text), Findings::default());
    assert_eq!(findings.annotations.len(), 10_000);
    let speaker = |it: &Annotation| it.quote()?.speaker.as_ref().map(|who| who.range.of(&text));
    assert!(findings.annotations.iter().all(|it| speaker(it) == Some("Anna Berg")));
}
