//! Weekdays with their numbers, in all the ways in which both are written.

use super::*;

fn span(text: &str, language: Language) -> (String, Option<String>) {
    let when = first(text, &reference(language)).unwrap();
    (
        when.day.to_string(),
        when.last_day.map(|day| day.to_string()),
    )
}

#[test]
fn several_days_may_both_have_their_weekday() {
    let days = ("2026-03-16".to_owned(), Some("2026-03-20".to_owned()));
    assert_eq!(span("Mon 16-Fri 20      Y10 camp", Language::English), days);
    assert_eq!(span("Mon 16th to Fri 20th", Language::English), days);
    assert_eq!(span("Mon 9 - 5", Language::English).1, None);
}

#[test]
fn a_weekday_and_its_number_may_stand_apart() {
    check(
        Language::German,
        &[("am Montag, dem 16., um 15 Uhr", "2026-03-16")],
    );
    check(
        Language::French,
        &[
            ("mercredi 11 à 20 h, salle du presbytère", "2026-03-11"),
            ("le dimanche 1er mars à 17h50", "2026-03-01"),
            ("audition : jeu. 12/03 dès 17h", "2026-03-12"),
        ],
    );
    check(
        Language::Spanish,
        &[("simulacro mart. 17 a las 11:15", "2026-03-17")],
    );
}

#[test]
fn numbers_at_the_head_of_a_line_are_its_day() {
    check(
        Language::French,
        &[
            ("16/09  Séance 1", "2026-09-16"),
            ("04/11 Lecture", "2026-11-04"),
        ],
    );
    for text in [
        "26/04  Matters arising",
        "1/2 cup of flour",
        "24/7 support",
        "10/12 people",
    ] {
        assert!(
            find(text, &reference(Language::English)).is_empty(),
            "{text}"
        );
    }
}

#[test]
fn weeks_count_from_today_and_at_may_stand_before_a_day() {
    check(
        Language::English,
        &[
            ("next meeting: two weeks today, on site", "2026-03-18"),
            ("curriculum day is at 12 March, 9.00-13.00", "2026-03-12"),
            ("practice every Saturday 5pm from 1 August", "2026-08-01"),
        ],
    );
}
