//! What is found in short texts of our own, and how mentions are grouped.

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::find;
use crate::annot::store::Findings;
use crate::annot::{EntityKind, IdMaker};
use crate::article::plain;
use crate::detect::{Context, Tokens};

pub(crate) fn findings(text: &str) -> Findings {
    let article = plain::read(text.to_owned(), "-");
    let tokens = Tokens::of(&article);
    let cancel = AtomicBool::new(false);
    let ids = IdMaker::new(text);
    find(&Context { article: &article, tokens: &tokens, written: None, ids, cancel: &cancel })
}

/// In the marked text, `[P1 words]` is a mention of a person that the number tells from others;
/// `L` is a place, `O` an organisation.
fn check(marked: &str) {
    let mut text = String::new();
    for (at, part) in marked.split('[').enumerate() {
        if at == 0 {
            text += part;
            continue;
        }
        let (inside, behind) = part.split_once(']').unwrap();
        text += inside.split_once(' ').unwrap().1;
        text += behind;
    }
    let found = findings(&text);
    let mut have = String::new();
    let mut done = 0;
    for it in &found.annotations {
        let entity = it.mention().unwrap();
        let letter = match found.entities[entity.0 as usize].kind {
            EntityKind::Person => 'P',
            EntityKind::Place => 'L',
            EntityKind::Organization => 'O',
        };
        let range = it.range.usize();
        have += text.get(done..range.start).unwrap();
        write!(have, "[{letter}{} {}]", entity.0 + 1, text.get(range.clone()).unwrap()).unwrap();
        done = range.end;
    }
    have += text.get(done..).unwrap();
    assert_eq!(have, marked);
}

#[test]
fn people() {
    check("They trained a successor. [P1 Liis Orav], 24, takes the watch.");
    check("[P1 Jane Doe] met [P2 John Roe]. [P1 Doe] thanked Mr [P2 Roe].");
    check("Dr [P1 Zubrowsky] arrived. Later [P1 Zubrowsky] left.");
    check("The actor [P1 Kwame Boateng], 34, said so.");
    check("He met [P1 J. R. Hartley] and [P2 Ursula von der Leyen]. [P2 Von der Leyen] smiled.");
    check("[P1 Maria Petrova], who won, thanked her coach [P2 Ivan Sidorov].");
}

#[test]
fn two_of_one_surname() {
    check(
        "[P1 Bob Zork] inherited it from his father, [P2 Al Zork], in May. Mr [P2 Zork Snr] smiled.",
    );
    check("[P1 Jane Doe] and [P2 John Doe] married. Mrs [P1 Doe] sang. Mr [P2 Doe] danced.");
}

#[test]
fn who_is_called_the_younger_is_so_and_the_other_is_the_elder() {
    check(
        "[P1 Al Zork] met [P2 Bob Zork]. The younger Mr [P2 Zork] left. The elder Mr [P1 Zork] \
         stayed. Mr [P1 Zork Snr] slept.",
    );
}

#[test]
fn the_beginning_of_a_longer_name_is_the_same_person() {
    check("[P1 Omar Zork al-Shami] sat. Later [P1 Omar Zork] stood. [P2 Omar Brown] left.");
    check("[P1 Maria Zork] sat. [P1 Maria Zork Petrova] stood.");
}

#[test]
fn an_entity_has_its_best_written_name() {
    let check = |text: &str, want: &[&str]| {
        let found = findings(text);
        let names: Vec<_> = found.entities.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, want, "{text}");
    };
    check("War in the middle east. She knows the Middle East.", &["Middle East"]);
    check("She knows the Middle East. War in the middle east.", &["Middle East"]);
    check("JANE DOE LEAVES\n\nOn Monday, Jane Doe left.", &["Jane Doe"]);
    check("The World Health Organization (WHO) said so.", &["World Health Organization"]);
}

#[test]
fn names_of_other_writing() {
    check("The cease-fire in the [L1 middle east] held; [L2 Iran]-Russian ties grew.");
    check("[O1 Apple] released a phone. [P2 Bill Zork] of [L3 Tulsa], [L4 TX], bought it.");
    check("[P1 Mike] said so. The HEROES Act paid US$5 in Hurricane Rita.");
}

#[test]
fn places_and_organisations() {
    check(
        "[L1 KARELBY], [L2 Norway] — The lamp went out. In [L1 Karelby], a town of ten, the \
         [O3 Karelby Fishing Union] met.",
    );
    check("The summit in [L1 Paris], [L2 France], was near the [L3 Seine].");
    check("The [O1 Ministry of Silly Hats] of [L2 France] closed.");
    check("[O1 Acme Holdings Ltd] bought [O2 Zork Motors]; [O1 Acme] shares fell.");
    check("The [O1 Global Otter Society] ([O1 GOS]) met. The [O1 GOS] said so.");
    check("They crossed [L1 Lake Wobegon] to [L2 Zork Island].");
    check("The [L1 United States] and the [L2 UK] agreed, but [L1 U.S.] officials left.");
    check("the [L1 New York]-based [O2 Otter Council] and [L3 Iran]-backed men");
}

#[test]
fn an_acronym_in_brackets_tells_how_far_its_name_goes() {
    check("The [O1 State Board of Otters and Heritage] ([O1 SBOH]) paid. The [O1 SBOH] closed.");
    check("They met the [O1 Zork Movement for the Rivers] ([O1 ZMR]) in May.");
    check("The [L1 United Arab Emirates] ([L1 UAE]) agreed.");
}

#[test]
fn long_names_of_organisations_are_whole() {
    check("She taught at the [O1 University of Southern Zorkland] for a year.");
    check(
        "On Monday the [O1 Zork People's Army] fired for hours on houses where the [O2 Otter Workers' \
         Party] had met before.",
    );
    check("The [O1 Sheriff's Office] of the county closed.");
    check("He joined the [O1 Islamic State of Iraq and the Levant] in May.");
    check("[O1 Zork Motors, Inc.] sued [O2 Otter Holdings Ltd.] on Monday.");
    check("Men of the [O1 407th Zork Expeditionary Group] landed.");
}

#[test]
fn where_a_report_is_from_is_a_place() {
    check("[L1 ZORKAVILLE], [L2 Tanzania] ([O3 AP]) — Two men left on Monday.");
    check("[L1 DAR ES ZORK], [L2 Tanzania] — Two men left on Monday.");
    check("[L1 JERUSALEM] ([O2 AP]) — Two men left on Monday.");
    check("[O1 UNITED NATIONS] ([O2 AP]) — Two men left on Monday.");
}

#[test]
fn what_is_called_for_short_is_the_same() {
    check("[O1 Magna Otters Inc.] lost money. [O1 Magna] blamed the rain, and [O1 Magna] fell.");
    check("The [O1 Senate] met at noon. By five the [O2 House] agreed.");
    check("He was sent to [O1 Harrow], and left [O1 Harrow School] in May.");
}

#[test]
fn names_of_many_countries() {
    check("The official [P1 Jurie de Wet] was told so.");
    check("A member, [P1 Lam Cheuk-zork], spoke to [P2 Ngozi Okonjo-Zork].");
    check("Miss [P1 Chaworth] married.");
    check("Captain [P1 Moussa \"Dada\" Camara] seized power in the morning.");
    check("Mr [P1 van Zorkraat] was fined by a court.");
}

#[test]
fn a_name_is_found_again() {
    check("[P1 Cezary Zorkowski] left. He told nobody. [P1 Zorkowski] provided the boat.");
}

#[test]
fn what_people_are_called_by_origin_is_no_place() {
    check("Israeli troops left. Kenyan farmers and the Belgians stayed.");
    check("Hurricane Zorka came. Zorka's rains flooded the town.");
    check("#WeMissYork was read by all.");
    check("The Australian people voted.");
    check("Sri Lankan forces and North Korean officials left before noon.");
    check(
        "Shots were heard in northern [L1 Tanzania], in [L2 Helmand] province and in the [O3 Likud] party.",
    );
    check("The [O1 EU] paid. [L2 Washington] has accused [L3 Tehran] of it.");
    check("It runs in Wasm and on Zork OS. The files of Emscripten are small.");
    check("The Secretary-General spoke of the Geneva Conventions on Columbus Day.");
    check("Foreign Minister [P1 Don Zorkinnon] spoke.");
}

#[test]
fn the_model_hears_the_rules_and_they_hear_it() {
    // What people are is no part of their names, and no name by itself.
    check("Emperor [P1 Norton] greeted Undersecretary [P2 Ivan Sidorov].");
    check("The Home Secretary left. The ferry Aurelia sank.");
    check("Write to jane@example.org or @janedoe today.");
}

#[test]
fn what_is_no_name() {
    check("He bought two CDs, and ROVs were sent down.");
    check("On Monday the Russian team met in March. I said OK. Yesterday it rained.");
    check("However, Critics laughed. The French left.");
    check("The Otter Treaty of May was signed.");
}

#[test]
fn descriptions_come_from_beside_the_name() {
    let check = |text: &str, want: &str| {
        let found = findings(text);
        assert_eq!(found.entities[0].description.as_deref(), Some(want), "{text}");
    };
    check("Jane Doe, a bird expert at the zoo, said so.", "bird expert at the zoo");
    check("Dutch Foreign Minister Jane Doe left.", "Dutch Foreign Minister");
    check("The opposition leader Jane Doe left.", "opposition leader");
}

#[test]
fn what_somebody_is_and_of_where_is_no_part_of_the_name() {
    check("On Monday [L1 U.S.] President [P2 Jane Doe] met Estonian Minister [P3 Liis Orav].");
    check("Prime Minister [P1 Haider al-Zork] spoke. Mr [P1 Zork] left; [P1 al-Zork] came back.");
    check("[L1 North Korea] said its army was ready. [L1 North Korea] fired first.");
}

#[test]
fn descriptions_say_what_somebody_is() {
    let check = |text: &str, want: &[Option<&str>]| {
        let found = findings(text);
        let have: Vec<_> = found.entities.iter().map(|it| it.description.as_deref()).collect();
        assert_eq!(have, want, "{text}");
    };
    check("Liis Orav, the mayor of the town, spoke.", &[Some("mayor of the town")]);
    check("Liis Orav, a teacher who was there, spoke.", &[Some("teacher who was there")]);
    check("Near Tallinn, the release said, all is well.", &[None]);
    check("In Tallinn, the lantern festival is crowded, as ever.", &[None]);
    check("Liis Orav cried, after he had told the mayor of it, and left.", &[None]);
    check("Interview with Liis Orav, founder\n\nThe mayor spoke, and left.", &[None]);
}

#[test]
fn a_text_of_nothing_but_names_keeps_the_first_ones() {
    let name = |number: u32| {
        let letters = [16, 12, 8, 4, 0].map(|at| b'a' + (number >> at & 15).to_le_bytes()[0]);
        format!("Q{}", String::from_utf8_lossy(&letters))
    };
    let text = (0..16_000).map(name).collect::<Vec<_>>().join(", ");
    let found = findings(&text);
    let most = super::names::most_names(&text);
    assert!(
        found.entities.len() > 2000 && found.entities.len() <= most,
        "{}",
        found.entities.len()
    );
    assert!(found.annotations.len() <= super::names::most_mentions(&text) + 400);
    let first = found.annotations.first().map(|it| it.range.of(&text).to_owned());
    assert!(first.is_some_and(|name| name.starts_with("Qaaaa")));
    assert!(found.annotations.iter().all(|it| it.range.end < 200_000));
}

proptest! {
    /// Whatever stands in the text: mentions in order, apart, on tokens, of entities that there are.
    #[test]
    fn mentions_are_in_order_and_apart(
        words in proptest::collection::vec(
            prop_oneof![
                Just("Mr"), Just("President"), Just("of"), Just("the"), Just("and"), Just("Jane"),
                Just("Doe"), Just("Snr"), Just("Zork"), Just("Iran"), Just("New"), Just("York"),
                Just("Zealanders"), Just("Council"), Just("Ministry"), Just("Hurricane"), Just("("),
                Just(")"), Just("HRW"), Just(","), Just("’s"), Just("-"), Just("van"), Just("al-"),
                Just("May"), Just("Russian"), Just("said"), Just("Inc."), Just("&"), Just("\n"),
                Just("."), Just("“"), Just("In"), Just("United"), Just("States"), Just("J."),
            ],
            0..40,
        ),
        glue in proptest::collection::vec(prop_oneof![4 => Just(" "), 1 => Just("")], 40),
    ) {
        let text: String = words.iter().zip(&glue).flat_map(|(word, glue)| [*word, *glue]).collect();
        let found = findings(&text);
        let mut end = 0;
        let mut used = vec![false; found.entities.len()];
        for it in &found.annotations {
            prop_assert!(it.range.start >= end && !it.range.is_empty());
            end = it.range.end;
            let words = it.range.of(&text).split_whitespace().collect::<Vec<_>>().join(" ");
            let rule = it.rule().unwrap();
            prop_assert!(crate::detect::explain(rule) != rule, "{rule}");
            prop_assert!((0.5..1.0).contains(&it.confidence));
            let entity = it.mention().unwrap().0 as usize;
            used[entity] = true;
            let entity = &found.entities[entity];
            prop_assert!(entity.name == words || entity.aliases.contains(&words));
        }
        prop_assert!(used.into_iter().all(|used| used));
        let mut keys: Vec<_> = found.entities.iter().map(|entity| entity.key).collect();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), found.entities.len());
    }
}
