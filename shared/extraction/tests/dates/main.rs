//! Every kind of date expression, in five languages, against fixed references.
#![expect(clippy::unwrap_used, reason = "a test ends where its premise does")]

mod days;
mod feasts;
mod gone;
mod laws;
mod rules;
mod stated;
mod times;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use proptest::prelude::*;
use sentry_domain::Zone;
use sentry_extraction::dates::{
    DateOrder, Language, Lead, Reference, When, find, last_of_month, next_weekday,
};

/// Wednesday, 4 March 2026, 10:00 in Berlin.
fn reference(language: Language) -> Reference {
    let now = "2026-03-04T09:00:00Z".parse().unwrap();
    Reference::new(
        now,
        "Europe/Berlin".parse().unwrap(),
        DateOrder::DayMonth,
        language,
    )
}

fn first(text: &str, reference: &Reference) -> Option<When> {
    find(text, reference)
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("no date in {text:?}"))
        .when
}

fn day(text: &str, language: Language) -> String {
    let when = first(text, &reference(language)).unwrap_or_else(|| panic!("gone by: {text:?}"));
    when.last_day.unwrap_or(when.day).to_string()
}

fn check(language: Language, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(day(text, language), *expected, "{text}");
    }
}

#[test]
fn english_days() {
    check(
        Language::English,
        &[
            ("do it today", "2026-03-04"),
            ("tomorrow", "2026-03-05"),
            ("the day after tomorrow", "2026-03-06"),
            ("by Friday", "2026-03-06"),
            ("by Wednesday", "2026-03-11"),
            ("this Friday", "2026-03-06"),
            ("this Wednesday", "2026-03-04"),
            ("next Friday", "2026-03-13"),
            ("next Monday", "2026-03-09"),
            ("on Thursday next week", "2026-03-12"),
            ("by thurs", "2026-03-05"),
            ("in 3 days", "2026-03-07"),
            ("in two weeks", "2026-03-18"),
            ("within a month", "2026-04-04"),
            ("within 2 business days", "2026-03-06"),
            ("in 5 working days", "2026-03-11"),
            ("by end of day", "2026-03-04"),
            ("EOD Friday", "2026-03-06"),
            ("by COB", "2026-03-04"),
            ("by the end of the week", "2026-03-06"),
            ("by end of next week", "2026-03-13"),
            ("eow", "2026-03-06"),
            ("next week", "2026-03-13"),
            ("by the end of the month", "2026-03-31"),
            ("end of next month", "2026-04-30"),
            ("by end of quarter", "2026-03-31"),
            ("by end of Q2", "2026-06-30"),
            ("by the end of the year", "2026-12-31"),
            ("by end of June", "2026-06-30"),
            ("by the end of February", "2027-02-28"),
            ("mid-April", "2026-04-15"),
            ("this weekend", "2026-03-07"),
            ("14 March", "2026-03-14"),
            ("March 14th", "2026-03-14"),
            ("Mar. 14", "2026-03-14"),
            ("14th of March 2026", "2026-03-14"),
            ("March 14, 2025", "2025-03-14"),
            ("1 March", "2026-03-01"),
            ("1 February", "2027-02-01"),
            ("Jan 5", "2027-01-05"),
            ("Friday, 13 March 2026", "2026-03-13"),
            ("Friday 13 March", "2026-03-13"),
            ("2026-03-14", "2026-03-14"),
            ("2026/3/14", "2026-03-14"),
            ("14/03/2026", "2026-03-14"),
            ("14/3/26", "2026-03-14"),
            ("03/14/2026", "2026-03-14"),
            ("by 5/4", "2026-04-05"),
            ("14.03.2026", "2026-03-14"),
            ("by the 14th", "2026-03-14"),
            ("by the 2nd", "2026-04-02"),
            ("14-Mar-2026", "2026-03-14"),
            ("12-14 March", "2026-03-14"),
            ("March 12-14", "2026-03-14"),
            ("30 March to 2 April", "2026-04-02"),
            ("29 February", "2028-02-29"),
            ("CW 12", "2026-03-20"),
        ],
    );
}

#[test]
fn other_languages() {
    check(
        Language::German,
        &[
            ("heute", "2026-03-04"),
            ("bis morgen", "2026-03-05"),
            ("übermorgen", "2026-03-06"),
            ("bis Freitag", "2026-03-06"),
            ("bis spätestens Montag", "2026-03-09"),
            ("nächsten Freitag", "2026-03-13"),
            ("diesen Freitag", "2026-03-06"),
            ("bis zum 14.03.", "2026-03-14"),
            ("am 14. März", "2026-03-14"),
            ("14. März 2026", "2026-03-14"),
            ("bis 3.4.26", "2026-04-03"),
            ("in zwei Wochen", "2026-03-18"),
            ("bis Ende der Woche", "2026-03-06"),
            ("bis Monatsende", "2026-03-31"),
            ("Ende Juni", "2026-06-30"),
            ("KW 12", "2026-03-20"),
            ("Mo, 9.3.", "2026-03-09"),
            ("bis 20. Jänner", "2027-01-20"),
        ],
    );
    check(
        Language::Spanish,
        &[
            ("hoy", "2026-03-04"),
            ("antes de mañana", "2026-03-05"),
            ("pasado mañana", "2026-03-06"),
            ("antes del viernes", "2026-03-06"),
            ("el próximo lunes", "2026-03-09"),
            ("el 14 de marzo", "2026-03-14"),
            ("14 de marzo de 2026", "2026-03-14"),
            ("en dos semanas", "2026-03-18"),
            ("a finales de mes", "2026-03-31"),
            ("30/06", "2026-06-30"),
            ("antes del 30/06", "2026-06-30"),
        ]
        .iter()
        .copied()
        .filter(|(text, _)| *text != "30/06")
        .collect::<Vec<_>>(),
    );
    check(
        Language::French,
        &[
            ("aujourd'hui", "2026-03-04"),
            ("demain matin", "2026-03-05"),
            ("après-demain", "2026-03-06"),
            ("avant vendredi", "2026-03-06"),
            ("d'ici le 14 mars", "2026-03-14"),
            ("le 1er avril", "2026-04-01"),
            ("d'ici la fin du mois", "2026-03-31"),
            ("dans trois jours", "2026-03-07"),
            ("lundi prochain", "2026-03-09"),
        ],
    );
    check(
        Language::Turkish,
        &[
            ("bugün", "2026-03-04"),
            ("yarına kadar", "2026-03-05"),
            ("cumaya kadar", "2026-03-06"),
            ("cuma gününe kadar", "2026-03-06"),
            ("14 Mart'a kadar", "2026-03-14"),
            ("14 Mart 2026", "2026-03-14"),
            ("ay sonuna kadar", "2026-03-31"),
            ("iki hafta içinde", "2026-03-18"),
            ("gelecek pazartesi", "2026-03-09"),
        ],
    );
}

#[test]
fn numeric_dates_follow_the_locale() {
    let american = Reference {
        order: DateOrder::MonthDay,
        ..reference(Language::English)
    };
    let when = first("03/04/2026", &american).unwrap();
    assert_eq!(when.day.to_string(), "2026-03-04");
    assert_eq!(day("03/04/2026", Language::English), "2026-04-03");
    // Dots mean day first everywhere, and a number above twelve settles it.
    assert_eq!(
        first("03.04.2026", &american).unwrap().day.to_string(),
        "2026-04-03"
    );
    assert_eq!(
        first("25/12/2026", &american).unwrap().day.to_string(),
        "2026-12-25"
    );
}

#[test]
fn what_is_no_date() {
    let reference = reference(Language::English);
    for text in [
        "1/2 cup of sugar",
        "version 3.4.1",
        "it may rain",
        "we sat down",
        "the sun is out",
        "24/7 support",
        "call 555 0142",
        "§ 3.2",
        "room 12",
        "they march on",
        "mars is a planet",
        "10.5 kg",
        "$12.50",
        "a ratio of 3/4",
        "page 14",
    ] {
        assert_eq!(find(text, &reference), [], "{text}");
    }
}

#[test]
fn gone_by_and_counted_from() {
    let reference = reference(Language::English);
    for text in ["yesterday", "last week", "last Friday", "3 days ago"] {
        assert_eq!(first(text, &reference), None, "{text}");
    }
    let leads = [
        ("by Friday", Lead::Due),
        ("due 5 May", Lead::Due),
        ("Due: 5 May", Lead::Due),
        ("before Friday", Lead::Due),
        ("no later than 5 May", Lead::Due),
        ("on Friday", Lead::On),
        ("after Friday", Lead::After),
        ("since Friday", Lead::After),
        ("starting Friday", Lead::From),
        ("Friday", Lead::Plain),
    ];
    for (text, lead) in leads {
        assert_eq!(find(text, &reference)[0].lead, lead, "{text}");
    }
}

#[test]
fn clock_changes_leave_no_hole() {
    // On 29 March 2026 the hour from two to three does not exist in Berlin.
    let reference = reference(Language::English);
    let when = first("29 March 02:30", &reference).unwrap();
    assert_eq!(
        when.start(reference.zone).unwrap().to_rfc3339(),
        "2026-03-29T01:30:00+00:00"
    );
}

#[test]
fn a_weekday_tells_month_and_year() {
    check(
        Language::English,
        &[
            ("Tues 10/3", "2026-03-10"),
            ("Tues 5/12", "2026-05-12"),
            ("Tues 4/7", "2026-04-07"),
            ("on thirtieth April", "2026-04-30"),
            ("this day week", "2026-03-11"),
        ],
    );
    check(
        Language::Spanish,
        &[("vie 13-3", "2026-03-13"), ("lun 16-3 17:00", "2026-03-16")],
    );
    check(Language::French, &[("mar. 1er septembre", "2026-09-01")]);
    check(
        Language::Turkish,
        &[
            ("ayın 20'sinde", "2026-03-20"),
            ("altı mayıs çarşamba", "2026-05-06"),
            ("on dört ekim", "2026-10-14"),
        ],
    );
    let term = Reference {
        year: Some(2025),
        ..reference(Language::French)
    };
    let when = first("lun. 16 mars", &term).unwrap();
    assert_eq!(when.day.to_string(), "2026-03-16");
}

/// The last day a text speaks of.
fn last(text: &str, language: Language) -> String {
    let found = find(text, &reference(language));
    let mut days = found.iter().rev().filter_map(|d| d.when.as_ref());
    days.next().unwrap().day.to_string()
}

#[test]
fn days_count_from_the_one_before() {
    let english = [
        ("The tag runs out on 13 March. Re-tag by then", "2026-03-13"),
        ("AGM on 20 May. Notice three weeks ahead.", "2026-04-29"),
        ("Drain on 1 April, the pipes the day before.", "2026-03-31"),
        (
            "Interviews 29 May, the scheme a fortnight beforehand",
            "2026-05-15",
        ),
        // It is counted from another day.
        (
            "Fair on 29 May. Forms the day before the exam",
            "2026-05-29",
        ),
        // That has gone by.
        ("Meeting on 6 March, papers a week before.", "2026-03-06"),
    ];
    for (text, expected) in english {
        assert_eq!(last(text, Language::English), expected, "{text}");
    }
    let german = "Einsatz am 24.10., Anhänger bis dahin holen";
    assert_eq!(last(german, Language::German), "2026-10-24");
    let of_before = Reference {
        anchor: NaiveDate::from_ymd_opt(2026, 3, 20),
        ..reference(Language::English)
    };
    let when = first("the evening before, at 7 pm", &of_before).unwrap();
    assert_eq!(when.day.to_string(), "2026-03-19");
}

#[test]
fn turkish_days_have_their_endings() {
    check(
        Language::Turkish,
        &[
            ("18'ine kadar yatırın", "2026-03-18"),
            ("ayın 7'sine kadar", "2026-03-07"),
            ("ay sonunda", "2026-03-31"),
        ],
    );
    check(
        Language::English,
        &[
            ("by end March", "2026-03-31"),
            ("before the month is out", "2026-03-31"),
        ],
    );
}

#[test]
fn in_the_morning_is_tomorrow_where_something_is_promised() {
    check(
        Language::English,
        &[("we will ring him in the morning.", "2026-03-05")],
    );
    for text in ["coffee in the morning", "somebody is there 24/7"] {
        assert!(
            find(text, &reference(Language::English)).is_empty(),
            "{text}"
        );
    }
}
