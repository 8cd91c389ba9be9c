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
