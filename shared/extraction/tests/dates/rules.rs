//! What comes again and again.

use super::*;

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
fn a_series_begins_on_its_first_day() {
    let cases = [
        (
            Language::English,
            "every Monday from 9 March at 10:00",
            "2026-03-09",
            "FREQ=WEEKLY;BYDAY=MO",
        ),
        (
            Language::English,
            "every second Tuesday from 11 March",
            "2026-03-17",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        ),
        (
            Language::English,
            "on Tuesdays from 17 March to 28 April, 18:00-20:00",
            "2026-03-17",
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260428",
        ),
        (
            Language::English,
            "every Monday from 9 March until 27 April",
            "2026-03-09",
            "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260427",
        ),
        (
            Language::German,
            "jeden zweiten Dienstag ab 17. März",
            "2026-03-17",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        ),
        (
            Language::French,
            "le mardi de 18 h à 20 h du 17 mars au 28 avril",
            "2026-03-17",
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260428",
        ),
        (
            Language::Turkish,
            "17 Mart'tan itibaren her salı",
            "2026-03-17",
            "FREQ=WEEKLY;BYDAY=TU",
        ),
    ];
    for (language, text, day, rule) in cases {
        let found = first(text, &reference(language)).unwrap();
        assert_eq!(found.day.to_string(), day, "{text}");
        assert_eq!(found.recurrence.as_deref(), Some(rule), "{text}");
    }
    let held = first("from 9 March at 10:00", &reference(Language::English)).unwrap();
    assert_eq!(held.time, NaiveTime::from_hms_opt(10, 0, 0));
}

#[test]
fn working_days_weekdays_and_days_of_the_year_come_again() {
    for (language, text, day, rule) in [
        (
            Language::English,
            "on the first working day of each month",
            "2026-04-01",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
        ),
        (
            Language::German,
            "am letzten Arbeitstag des Monats",
            "2026-03-31",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ),
        (
            Language::English,
            "Mon, Wed and Fri at 9:30",
            "2026-03-06",
            "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        ),
        (
            Language::English,
            "every year on 3 May",
            "2026-05-03",
            "FREQ=YEARLY",
        ),
    ] {
        let found = first(text, &reference(language)).unwrap();
        assert_eq!(found.recurrence.as_deref(), Some(rule), "{text}");
        assert_eq!(found.day.to_string(), day, "{text}");
    }
    // Two days of one week are no series.
    let once = first("Mon and Wed at 9:30", &reference(Language::English)).unwrap();
    assert_eq!(once.recurrence, None);
}
