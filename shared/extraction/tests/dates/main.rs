//! Every kind of date expression, in five languages, against fixed references.
#![expect(clippy::unwrap_used, reason = "a test ends where its premise does")]

mod laws;

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc, Weekday};
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
            ("1 March", "2027-03-01"),
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

fn instants(text: &str, language: Language) -> (Option<String>, Option<String>) {
    let reference = reference(language);
    let when = first(text, &reference).unwrap();
    let spell = |at: DateTime<Utc>| {
        at.with_timezone(&reference.zone.offset_at(at))
            .format("%Y-%m-%dT%H:%M")
            .to_string()
    };
    (
        when.start(reference.zone).map(spell),
        when.end(reference.zone).map(spell),
    )
}

#[test]
fn times_and_ranges() {
    let cases = [
        ("Friday at 3pm", "2026-03-06T15:00", ""),
        ("Friday at 3", "2026-03-06T15:00", ""),
        ("Friday at 9", "2026-03-06T09:00", ""),
        ("tomorrow at 4:30 pm", "2026-03-05T16:30", ""),
        ("by 5pm on Friday", "2026-03-06T17:00", ""),
        ("by 5pm", "2026-03-04T17:00", ""),
        ("Friday noon", "2026-03-06T12:00", ""),
        ("COB Friday", "2026-03-06T17:00", ""),
        ("by close of business Thursday", "2026-03-05T17:00", ""),
        (
            "10 March, 10:00-11:30",
            "2026-03-10T10:00",
            "2026-03-10T11:30",
        ),
        ("10 March 10–11am", "2026-03-10T10:00", "2026-03-10T11:00"),
        ("10 March, 11-1pm", "2026-03-10T11:00", "2026-03-10T13:00"),
        (
            "10 March from 2 to 4 pm",
            "2026-03-10T14:00",
            "2026-03-10T16:00",
        ),
        (
            "10 March 22:00-01:00",
            "2026-03-10T22:00",
            "2026-03-11T01:00",
        ),
        ("2026-03-10T10:15", "2026-03-10T10:15", ""),
        ("in 2 hours", "2026-03-04T12:00", ""),
        ("10 March 10:00 UTC", "2026-03-10T11:00", ""),
        ("10 March 10:00 EST", "2026-03-10T16:00", ""),
        ("10 March 10:00 PT", "2026-03-10T18:00", ""),
    ];
    for (text, start, end) in cases {
        let expected = (
            Some(start.to_owned()),
            Some(end.to_owned()).filter(|e| !e.is_empty()),
        );
        assert_eq!(instants(text, Language::English), expected, "{text}");
    }
    assert_eq!(
        instants("9. März, 15.30 Uhr", Language::German).0.unwrap(),
        "2026-03-09T15:30"
    );
    assert_eq!(
        instants("am Montag um 9 Uhr", Language::German).0.unwrap(),
        "2026-03-09T09:00"
    );
    assert_eq!(
        instants("el lunes a las 17:00", Language::Spanish)
            .0
            .unwrap(),
        "2026-03-09T17:00"
    );
    assert_eq!(
        instants("lundi à 10h30", Language::French).0.unwrap(),
        "2026-03-09T10:30"
    );
    assert_eq!(
        instants("pazartesi saat 10:00", Language::Turkish)
            .0
            .unwrap(),
        "2026-03-09T10:00"
    );
}

#[test]
fn hours_behind_a_day_need_no_colon() {
    let cases = [
        (Language::English, "Sat 6 June 1030", "2026-06-06T10:30"),
        (Language::English, "6/3/2026 1400", "2026-03-06T14:00"),
        (
            Language::English,
            "dentist Tue 10th 8.50",
            "2026-03-10T08:50",
        ),
        (Language::English, "Thu 12 March 9ish", "2026-03-12T09:00"),
        (
            Language::English,
            "Tuesday the tenth, three o'clock",
            "2026-03-10T15:00",
        ),
        (
            Language::English,
            "Thursday the eighth of October at three",
            "2026-10-08T15:00",
        ),
        (
            Language::German,
            "Mi 11.3., 9.30, Baubüro",
            "2026-03-11T09:30",
        ),
        (Language::German, "bis 30.4. mittags", "2026-04-30T12:00"),
        (
            Language::French,
            "samedi 20 mars 2027, 10 h",
            "2027-03-20T10:00",
        ),
        (Language::French, "mar. 10/03 16h", "2026-03-10T16:00"),
        (
            Language::Spanish,
            "el sábado 21 a las dos y media",
            "2026-03-21T14:30",
        ),
        (Language::Turkish, "10 mart salı 11'de", "2026-03-10T11:00"),
        (
            Language::Turkish,
            "perşembe sabah 10 civarı",
            "2026-03-05T10:00",
        ),
    ];
    for (language, text, expected) in cases {
        let found = instants(text, language).0;
        assert_eq!(found.as_deref(), Some(expected), "{text}");
    }
    assert_eq!(
        instants("le samedi 28 mars, de 9 h à 12 h", Language::French),
        (
            Some("2026-03-28T09:00".to_owned()),
            Some("2026-03-28T12:00".to_owned())
        )
    );
    for text in ["6 June 2030", "by 6 March 8.50 €", "12 March 2026"] {
        assert_eq!(instants(text, Language::English).0, None, "{text}");
    }
    let fair = first("8 and 9 October", &reference(Language::English)).unwrap();
    assert_eq!(fair.day.to_string(), "2026-10-08");
    assert_eq!(fair.last_day.unwrap().to_string(), "2026-10-09");
}

#[test]
fn recurrence_rules() {
    let cases = [
        (Language::English, "every Monday", "FREQ=WEEKLY;BYDAY=MO"),
        (
            Language::English,
            "every Monday and Thursday",
            "FREQ=WEEKLY;BYDAY=MO,TH",
        ),
        (
            Language::English,
            "every other Tuesday",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        ),
        (
            Language::English,
            "every weekday",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        ),
        (Language::English, "daily", "FREQ=DAILY"),
        (Language::English, "every day", "FREQ=DAILY"),
        (
            Language::English,
            "every 3 months",
            "FREQ=MONTHLY;INTERVAL=3",
        ),
        (
            Language::English,
            "every two weeks",
            "FREQ=WEEKLY;INTERVAL=2",
        ),
        (
            Language::English,
            "on the 1st of each month",
            "FREQ=MONTHLY;BYMONTHDAY=1",
        ),
        (
            Language::English,
            "the first Monday of every month",
            "FREQ=MONTHLY;BYDAY=1MO",
        ),
        (Language::English, "Mondays at 10", "FREQ=WEEKLY;BYDAY=MO"),
        (Language::German, "jeden Montag", "FREQ=WEEKLY;BYDAY=MO"),
        (Language::German, "montags", "FREQ=WEEKLY;BYDAY=MO"),
        (Language::Spanish, "todos los lunes", "FREQ=WEEKLY;BYDAY=MO"),
        (Language::Spanish, "cada semana", "FREQ=WEEKLY"),
        (Language::French, "tous les lundis", "FREQ=WEEKLY;BYDAY=MO"),
        (Language::French, "chaque mois", "FREQ=MONTHLY"),
        (Language::Turkish, "her pazartesi", "FREQ=WEEKLY;BYDAY=MO"),
    ];
    for (language, text, rule) in cases {
        assert_eq!(
            first(text, &reference(language))
                .unwrap()
                .recurrence
                .as_deref(),
            Some(rule),
            "{text}"
        );
    }
    assert_eq!(
        first("every Monday", &reference(Language::English))
            .unwrap()
            .day
            .to_string(),
        "2026-03-09"
    );
    // An adjective is no rule.
    assert_eq!(
        find("the quarterly report", &reference(Language::English)),
        []
    );
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
