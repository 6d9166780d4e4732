//! What expressions mean, row by row.

use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use proptest::prelude::*;

use super::find;
use crate::annot::{Annotation, IdMaker};
use crate::article::plain;
use crate::detect::{Context, Tokens};

fn times(text: &str, written: Option<&str>) -> Vec<Annotation> {
    let article = plain::read(text.to_owned(), "-");
    let tokens = Tokens::of(&article);
    let cancel = AtomicBool::new(false);
    let written = written.map(|it| it.parse::<Date>().expect("a date"));
    let ids = IdMaker::new(text);
    find(&Context { article: &article, tokens: &tokens, written, ids, cancel: &cancel }).annotations
}

/// Each time as "words = value", with the modifier behind it and a `?` where it is inferred.
fn shown(text: &str, written: Option<&str>) -> Vec<String> {
    let show = |it: &Annotation| {
        let time = it.time().expect("a time");
        let modifier = time.modifier.map(|it| format!(" {it}")).unwrap_or_default();
        let inferred = if time.inferred { " ?" } else { "" };
        format!("{} = {}{modifier}{inferred}", it.range.of(text), time.value)
    };
    times(text, written).iter().map(show).collect()
}

/// On Friday, 11 October 2024.
fn check(text: &str, want: &[&str]) {
    assert_eq!(shown(text, Some("2024-10-11")), want, "{text}");
}

fn check_undated(text: &str, want: &[&str]) {
    assert_eq!(shown(text, None), want, "{text}");
}

#[test]
fn dates_in_every_order() {
    check("They met on 3 May 2019.", &["3 May 2019 = 2019-05-03"]);
    check("They met on May 3, 2019, in Oslo.", &["May 3, 2019 = 2019-05-03"]);
    check("They met on the 3rd of May.", &["the 3rd of May = 2024-05-03"]);
    check("They met on 2019-05-03.", &["2019-05-03 = 2019-05-03"]);
    check("They met on Friday, May 3, 2019.", &["Friday, May 3, 2019 = 2019-05-03"]);
    check("They met in May 2019 and in June '98.", &["May 2019 = 2019-05", "June '98 = 1998-06"]);
    check("They will meet on Jan 9.", &["Jan 9 = 2025-01-09"]);
    check("They met on Dec. 9.", &["Dec. 9 = 2023-12-09"]);
    check("Feb 30 is no day.", &[]);
}

#[test]
fn a_number_of_people_is_no_year() {
    check("A survey of 1809 schoolchildren and 1950 women.", &[]);
    check("The survey of 1809 was lost.", &["1809 = 1809"]);
}

#[test]
fn the_line_with_the_articles_own_day_is_told_by_its_rule() {
    let check = |text: &str, want: &[&str]| {
        let found = times(text, Some("2024-10-11"));
        assert_eq!(found.iter().filter_map(Annotation::rule).collect::<Vec<_>>(), want, "{text}");
    };
    let article = "The bridge is open\n\n[]\n\nThe town had waited for it for a long time.";
    check(&article.replace("[]", "11 October 2024"), &["dateline"]);
    check(&article.replace("[]", "Published 11 October 2024"), &["dateline"]);
    check(&article.replace("[]", "12 October 2024"), &["date"]);
    check(&article.replace("[]", "It was opened on 11 October 2024."), &["date"]);
}

#[test]
fn numeric_dates_are_settled_by_their_neighbours() {
    check(
        "Due 25/12/2023, paid 03/04/2024.",
        &["25/12/2023 = 2023-12-25", "03/04/2024 = 2024-04-03"],
    );
    check(
        "Due 12/25/2023, paid 03/04/2024.",
        &["12/25/2023 = 2023-12-25", "03/04/2024 = 2024-03-04"],
    );
    check("The centre in Leeds closed on 03/04/2024.", &["03/04/2024 = 2024-04-03"]);
    check("The center closed on 03/04/2024.", &["03/04/2024 = 2024-03-04"]);
    check("It opened on 10/09/2024.", &["10/09/2024 = 2024-10-09"]);
    check("It opened on 03/04/2024.", &["03/04/2024 = 2024-XX-XX"]);
    check("It opened on 11.10.2024.", &["11.10.2024 = 2024-10-11"]);
}

#[test]
fn language_and_country_settle_numeric_dates() {
    let check = |language: Option<&str>, source: &str, want: &str| {
        let text = "It opened on 03/04/2024.";
        let mut article = plain::read(text.to_owned(), source);
        article.meta.language = language.map(str::to_owned);
        article.meta.source = source.to_owned();
        let tokens = Tokens::of(&article);
        let cancel = AtomicBool::new(false);
        let written = "2024-10-11".parse::<Date>().ok();
        let ids = IdMaker::new(text);
        let context = Context { article: &article, tokens: &tokens, written, ids, cancel: &cancel };
        let found = find(&context).annotations;
        let value = found.first().and_then(Annotation::time).map(|it| it.value.to_string());
        assert_eq!(value.as_deref(), Some(want), "{language:?} {source}");
    };
    check(None, "-", "2024-XX-XX");
    check(Some("en-GB"), "-", "2024-04-03");
    check(Some("en-US"), "-", "2024-03-04");
    check(Some("de"), "-", "2024-04-03");
    check(None, "https://www.example.co.uk/news?a", "2024-04-03");
    check(Some("en"), "https://example.gov/news", "2024-03-04");
}

#[test]
fn years_in_few_digits() {
    check("It grew in '08 and in ’99.", &["'08 = 2008", "’99 = 1999"]);
    check("Prices fell in the ’90s.", &["the ’90s = 199"]);
    check("It grew in fiscal '23.", &["fiscal '23 = 2023"]);
    check("It grew in FY2023 and in FY 24.", &["FY2023 = 2023", "FY 24 = 2024"]);
    check("It grew in the 2023-24 fiscal year.", &["2023-24 = 2023/2024"]);
    check("Sales grew in Q3 FY23.", &["Q3 FY23 = 2023-Q3"]);
    check("He recalls 9/11 well.", &["9/11 = 2001-09-11"]);
    check("It fell after the 9/11 attacks, said the 9/11 Commission.", &["9/11 = 2001-09-11"]);
}

#[test]
fn dates_in_letters_and_reports() {
    check("See you on tuesday, march 3 at the latest.", &["tuesday, march 3 = 2025-03-03"]);
    check("They may march 3 miles, and may 5 more.", &[]);
    check(
        "It was the 2nd of march or the first of may.",
        &["the 2nd of march = 2024-03-02", "the first of may = 2024-05-01"],
    );
    check("It opened on May twenty-fourth.", &["May twenty-fourth = 2024-05-24"]);
    check(
        "Dated 31/Oct/1974 and 8-Oct-2012.",
        &["31/Oct/1974 = 1974-10-31", "8-Oct-2012 = 2012-10-08"],
    );
    check(
        "Dated 2012/Aug/10, Sep-23-2020, Dec/2018.",
        &["2012/Aug/10 = 2012-08-10", "Sep-23-2020 = 2020-09-23", "Dec/2018 = 2018-12"],
    );
    check("It closed on 22/04, not on 4/22.", &["22/04 = 2024-04-22", "4/22 = 2024-04-22"]);
    check("They are on 24/7 duty; it was 3/4 full on 3/4-inch pipes.", &[]);
    check(
        "We wrote on the 18th. They answer on the 14th.",
        &["the 18th = 2024-09-18", "the 14th = 2024-09-14"],
    );
    check("They will answer on the 14th.", &["the 14th = 2024-10-14"]);
    check("It is on the 18th floor, on the 4th day.", &[]);
    check("We shall see them before christmas.", &["christmas = 2024-12-25"]);
    check("All the good people had a new day.", &[]);
    check("He was born on Feb 29.", &["Feb 29 = 2024-02-29"]);
    check("Sales fell this qtr and rose last yr.", &["this qtr = 2024-Q4", "last yr = 2023"]);
}

#[test]
fn the_day_before_and_the_week_after_next() {
    check(
        "She left on 3 May 2019. He had come the day before.",
        &["3 May 2019 = 2019-05-03", "the day before = 2019-05-02"],
    );
    check("It grew in 2019, up from the year before.", &["2019 = 2019", "the year before = 2018"]);
    check("The year before the war was dry.", &[]);
    check("They will meet the week after next.", &["the week after next = 2024-W43"]);
    check("They want it by the end of year.", &["the end of year = 2024 END"]);
    check(
        "She came on 3 May 2019 and left in the morning.",
        &["3 May 2019 = 2019-05-03", "the morning = 2019-05-03TMO"],
    );
    check("He likes tea in the morning.", &[]);
    check("They stayed for two nights.", &["two nights = P2D"]);
}

#[test]
fn stretches() {
    check("The fair runs on Nov. 2-5.", &["Nov. 2-5 = 2024-11-02/2024-11-05"]);
    check("The fair ran on 2–5 May 2023.", &["2–5 May 2023 = 2023-05-02/2023-05-05"]);
    check("He served from 2014 to 2016.", &["2014 to 2016 = 2014/2016"]);
    check("He served between 1998 and 2001.", &["1998 and 2001 = 1998/2001"]);
    check("He served (1998-2001).", &["1998-2001 = 1998/2001"]);
    check("It ran from November to March 2020.", &["November to March 2020 = 2019-11/2020-03"]);
    check("She has led it since 2007.", &["2007 = 2007/.."]);
    check("He has been ill since Tuesday.", &["Tuesday = 2024-10-08 ON_OR_AFTER"]);
}

#[test]
fn longer_stretches_of_the_calendar() {
    check("Prices rose in the 1990s.", &["the 1990s = 199"]);
    check("Prices rose in the early '80s.", &["the early '80s = 198 START"]);
    check("It stood there in the 19th century.", &["the 19th century = 18"]);
    check("It closed in early 2019.", &["early 2019 = 2019 START"]);
    check("It closed in mid-July.", &["mid-July = 2024-07 MID"]);
    check("It closed at the end of 2018.", &["the end of 2018 = 2018 END"]);
    check("It closed in the summer of 2018.", &["the summer of 2018 = 2018-SU"]);
    check("It closed last winter.", &["last winter = 2023-WI"]);
    check("Sales fell in the third quarter.", &["the third quarter = 2024-Q3"]);
    check("Sales fell in the first half of 2022.", &["the first half of 2022 = 2022-H1"]);
    check("Sales fell in fiscal 2023.", &["fiscal 2023 = 2023"]);
    check("It fell in 508 BC.", &["508 BC = -0508"]);
}

#[test]
fn the_verb_tells_which_weekday_and_which_month() {
    check("She arrived on Tuesday.", &["Tuesday = 2024-10-08"]);
    check("She will arrive on Tuesday.", &["Tuesday = 2024-10-15"]);
    check("She agreed to come on Tuesday.", &["Tuesday = 2024-10-15"]);
    check("He agreed in April to go.", &["April = 2024-04"]);
    check(
        "They arrived mid-afternoon yesterday.",
        &["mid-afternoon yesterday = 2024-10-10TAF MID"],
    );
    check("She agreed on Tuesday.", &["Tuesday = 2024-10-08"]);
    check(
        "She came last Friday and goes next Monday.",
        &["last Friday = 2024-10-04", "next Monday = 2024-10-14"],
    );
    check("He resigned in November.", &["November = 2023-11"]);
    check("He will resign in November.", &["November = 2024-11"]);
    check("He will resign in March.", &["March = 2025-03"]);
}

#[test]
fn what_is_meant_to_happen_lies_ahead() {
    check("The pact is effective Feb. 1.", &["Feb. 1 = 2025-02-01"]);
    check("They extended the loan through January.", &["January = 2025-01"]);
    check("Rules to be published in early March, he added.", &["early March = 2025-03 START"]);
    check("A programme to pay down debt by February was cut.", &["February = 2025-02"]);
    check("It told of an agreement to buy it in January.", &["January = 2025-01"]);
    check("A sale is expected in December.", &["December = 2024-12"]);
    check("It was agreed in December.", &["December = 2023-12"]);
    check("He will succeed her Feb. 1.", &["Feb. 1 = 2025-02-01"]);
    check("It announced the plan Aug. 21.", &["Aug. 21 = 2024-08-21"]);
    check("They came last September.", &["last September = 2023-09"]);
    check("“Ask me in December,” she said.", &["December = 2024-12"]);
    check("It was dark. Come back in December.", &["December = 2024-12"]);
    check("Ask is a fund. It grew in December.", &["December = 2023-12"]);
    check("They came last June.", &["last June = 2024-06"]);
}

#[test]
fn what_a_time_belongs_to_stays_outside_of_it() {
    check(
        "It ended a 12-hour flight and the two-week strike.",
        &["12-hour = PT12H", "two-week = P2W"],
    );
    check("It had its third-quarter loss.", &["third-quarter = 2024-Q3"]);
    check("The two weeks were over.", &["The two weeks = P2W"]);
    check("They hope to get around Friday’s ruling.", &["Friday = 2024-10-11"]);
    check("The now-empty house. Now for the weather.", &[]);
}

#[test]
fn words_of_degree() {
    check(
        "It will take no more than sixty days.",
        &["no more than sixty days = P60D EQUAL_OR_LESS"],
    );
    check("It is paid out over three years.", &["three years = P3Y"]);
    check("It took over three years.", &["over three years = P3Y MORE_THAN"]);
    check("It lay there for over a year.", &["over a year = P1Y MORE_THAN"]);
    check("They worry about the future.", &["the future = FUTURE_REF"]);
    check("More recently it sold songs.", &["More recently = PAST_REF"]);
    check("He said that last week it rained.", &["last week = 2024-W40"]);
    check("It is worth no cent, and no later answer came.", &[]);
    check("Within weeks or months it will end.", &["weeks or months = PXW"]);
    check("It sank in recent days and weeks.", &["recent days and weeks = PXD"]);
    check("Crowds came for the two day rally.", &["two day = P2D"]);
}

#[test]
fn lengths_without_a_number() {
    check("It was a day-long and then a weeklong talk.", &["day-long = P1D", "weeklong = P1W"]);
    check("Over the years it grew.", &["the years = PXY"]);
    check("It grew in the decades that followed.", &["the decades that followed = PXY"]);
    check("It will grow in the weeks ahead.", &["the weeks ahead = PXW"]);
    check("For the full year it lost money.", &["the full year = 2024"]);
    check("It will close over the next year or so.", &["the next year or so = 2025 APPROX"]);
}

#[test]
fn a_day_told_in_two_ways_is_one() {
    check("They meet next Sunday, October 20.", &["next Sunday, October 20 = 2024-10-20"]);
    check("They met on March eighth.", &["March eighth = 2024-03-08"]);
    check("May second-quarter sales fell.", &["second-quarter = 2024-Q2"]);
    check("The March accession was late.", &["March = 2024-03"]);
    check(
        "It began at about 10:35 a.m. (0735 GMT) Tuesday.",
        &[
            "about 10:35 a.m. = 2024-10-08T10:35 APPROX",
            "0735 GMT = 2024-10-08T07:35Z",
            "Tuesday = 2024-10-08",
        ],
    );
}

#[test]
fn a_timetable_is_told_in_the_present() {
    check("The fair opens Tuesday.", &["Tuesday = 2024-10-15"]);
    check("They meet there on Tuesday.", &["Tuesday = 2024-10-15"]);
    check("They did not meet on Tuesday.", &["Tuesday = 2024-10-08"]);
    check("Until Tuesday, nobody had seen it.", &["Tuesday = 2024-10-08"]);
    check("It will stay until Tuesday.", &["Tuesday = 2024-10-15"]);
    check("They would say more after Tuesday’s vote.", &["Tuesday = 2024-10-08"]);
    check("Their choice on Dec. 8 is set in stone.", &["Dec. 8 = 2024-12-08"]);
    check("It fell short of the record set on Dec. 5.", &["Dec. 5 = 2023-12-05"]);
    check("The council decided to open it in December.", &["December = 2024-12"]);
    check("They were told of a fair there in December.", &["December = 2024-12"]);
}

#[test]
fn periods_of_reports() {
    check("Sales in the year ended March 31 rose.", &["the year = P1Y", "March 31 = 2024-03-31"]);
    check("It had a year-earlier loss.", &["year-earlier = 2023"]);
    check(
        "Profit rose in the third quarter from that of the 2022 period.",
        &["the third quarter = 2024-Q3", "the 2022 period = 2022-Q3"],
    );
    check("Q3 2019 was good, and Q2 was not.", &["Q3 2019 = 2019-Q3", "Q2 = 2024-Q2"]);
    check("It ends by the year two thousand.", &["the year two thousand = 2000"]);
}

#[test]
fn days_by_their_place() {
    check("They meet the day after tomorrow.", &["the day after tomorrow = 2024-10-13"]);
    check("They met in the week of May 6.", &["the week of May 6 = 2024-W19"]);
    check(
        "They vote on the first Monday in November.",
        &["the first Monday in November = 2024-11-04"],
    );
    check("It was the last Friday of May 2019.", &["the last Friday of May 2019 = 2019-05-31"]);
    check("It was the second of May.", &["the second of May = 2024-05-02"]);
    check("Sent 2016-05-07T23:45:00Z.", &["2016-05-07T23:45:00Z = 2016-05-07T23:45:00Z"]);
}

#[test]
fn that_year_is_the_last_one_told() {
    check(
        "It will be debated on 3 March 2025. It is the first since the 1960s, by the end of that year.",
        &["3 March 2025 = 2025-03-03", "the 1960s = 196/..", "the end of that year = 2025 END"],
    );
}

#[test]
fn counted_from_the_article_or_from_the_time_before() {
    check("Today and yesterday.", &["Today = 2024-10-11", "yesterday = 2024-10-10"]);
    check("They met two weeks ago.", &["two weeks ago = 2024-W39"]);
    check("They met a decade ago.", &["a decade ago = 2014"]);
    check("They met 12 hours ago.", &["12 hours ago = PAST_REF"]);
    check("A few days later they left.", &["A few days = PXD"]);
    check("They met a few days ago.", &["a few days ago = PAST_REF"]);
    check(
        "They met last month, and meet next year.",
        &["last month = 2024-09", "next year = 2025"],
    );
    check("They met this weekend.", &["this weekend = 2024-W41-WE"]);
    check(
        "She moved on 30 December 1999. Two days later she left, and returned the following month.",
        &[
            "30 December 1999 = 1999-12-30",
            "Two days later = 2000-01-01",
            "the following month = 2000-02",
        ],
    );
    check(
        "Born in 1950, he left. A year later he came back.",
        &["1950 = 1950", "A year later = 1951"],
    );
}

#[test]
fn lengths_sets_and_times_of_day() {
    check("It took two and a half years.", &["two and a half years = P2Y6M"]);
    check("It took about three hours.", &["about three hours = PT3H APPROX"]);
    check("It took nearly half an hour.", &["nearly half an hour = PT30M LESS_THAN"]);
    check("The report for 2011: a summary.", &["2011 = 2011"]);
    check("It took several years.", &["several years = PXY"]);
    check("Over the past three years it grew.", &["the past three years = P3Y"]);
    check(
        "It meets every Friday and twice a month.",
        &["every Friday = XXXX-WXX-5", "a month = P1M"],
    );
    check("It meets annually.", &["annually = P1Y"]);
    check("It began at 5:30 p.m. on Tuesday.", &["5:30 p.m. on Tuesday = 2024-10-08T17:30"]);
    check("It began on Thursday morning.", &["Thursday morning = 2024-10-10TMO"]);
    check("It began at 14:00 GMT.", &["14:00 GMT = 2024-10-11T14:00Z"]);
    check("A 35-year-old man came, and the 6-year-olds sang.", &[]);
    check("Future costs will be lower in future.", &["future = FUTURE_REF"]);
}

#[test]
fn feasts() {
    check("They met on Good Friday.", &["Good Friday = 2024-03-29"]);
    check("They met at Christmas 2019.", &["Christmas 2019 = 2019-12-25"]);
    check("They will meet on New Year’s Eve.", &["New Year’s Eve = 2024-12-31"]);
    check(
        "They met on Labor Day and on May Day.",
        &["Labor Day = 2024-09-02", "May Day = 2024-05-01"],
    );
    check("It sold well on Black Friday 2022.", &["Black Friday 2022 = 2022-11-25"]);
    check("They met on Orthodox Easter.", &["Orthodox Easter = 2024-05-05"]);
    check("It fell on Yom Kippur 2023.", &["Yom Kippur 2023 = 2023-09-25"]);
    check("They met at Passover.", &["Passover = 2024-04-23"]);
    check("They fast in Ramadan 2024.", &["Ramadan 2024 = 2024-03-11/2024-04-09 APPROX"]);
    check("They met on Eid al-Fitr.", &["Eid al-Fitr = 2024-04-10 APPROX"]);
    check("They met last Thanksgiving.", &["last Thanksgiving = 2023-11-23"]);
    check("It opened on the Fourth of July.", &["the Fourth of July = 2024-07-04"]);
    check("They met on Presidents’ Day.", &["Presidents’ Day = 2024-02-19"]);
    check("April Black and all of the black ships sailed.", &[]);
    check_undated("They met at Easter.", &["Easter = XXXX-XX-XX"]);
}

#[test]
fn no_dates() {
    for text in [
        "It is strengthened day by day, throughout the day.",
        "You may march in the sun, she may come second.",
        "The May government of Theresa May fell.",
        "It sold 2,000 copies and 1984 votes were cast by 2000 people.",
        "It cost $1999 and weighs 1850 kg; open 24/7; call 555-2010.",
        "A second attempt failed; three-quarters of them left.",
        "Version 10.2.3 of Windows 2000 on page 1984.",
        "First Corinthians 9:25 says so.",
        "She was Person of the Year, and so are the late night shows.",
        "June Carter and April Jones sang.",
        "He saw the Winter Olympics and Saturday Night Live.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn without_the_articles_day_years_are_inferred_and_the_rest_stays_open() {
    check_undated(
        "He took office in July. They meet on Oct 22-24. So says its 2024 report, and not one of 2019.",
        &["July = 2024-07 ?", "Oct 22-24 = 2024-10-22/2024-10-24 ?", "2024 = 2024", "2019 = 2019"],
    );
    check_undated("They meet on Oct 22.", &["Oct 22 = XXXX-10-22"]);
    check_undated("They met on Friday.", &["Friday = XXXX-WXX-5"]);
    check_undated("They met last week.", &["last week = PAST_REF"]);
    check_undated("They met in May. It will end in 2030.", &["May = XXXX-05", "2030 = 2030"]);
}

#[test]
fn a_seam_between_portions_loses_nothing() {
    let text = "It was so on 3 May 2019 there. ".repeat(9000);
    assert_eq!(times(&text, None).len(), 9000);
}

proptest! {
    #[test]
    fn nothing_breaks_it(text in "([a-z]{1,4}|[0-9]{1,5}|Oct|May|Friday|last|next|year|ago|the|quarter|third|half|earlier|[0-9]{9} years|between|and|every|-|/|:|,|\\.|'|–|é| ){0,40}") {
        for written in [None, Some("2024-10-11"), Some("0001-01-01"), Some("9999-12-31")] {
            let mut last = 0;
            for it in times(&text, written) {
                prop_assert!(last <= it.range.start && it.range.start < it.range.end);
                prop_assert!(!it.range.of(&text).is_empty());
                last = it.range.end;
            }
        }
    }
}
