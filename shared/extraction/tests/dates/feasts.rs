//! Named days, fixed ones and those counted from Easter.

use super::*;
use sentry_extraction::dates::easter;

#[test]
fn named_days() {
    let cases = [
        (Language::English, "on Good Friday at 10", "2026-04-03"),
        (Language::English, "before Easter Monday", "2026-04-06"),
        (Language::English, "before Whit Monday", "2026-05-25"),
        (Language::English, "on New Year's Eve at 8pm", "2026-12-31"),
        (Language::English, "on Labor Day", "2026-09-07"),
        (Language::English, "on Good Friday, 3 April", "2026-04-03"),
        (Language::German, "bis Karfreitag", "2026-04-03"),
        (Language::German, "an Silvester um 20 Uhr", "2026-12-31"),
        (Language::German, "am Tag der Arbeit", "2026-05-01"),
        (Language::French, "avant le lundi de Pâques", "2026-04-06"),
        (Language::French, "le Vendredi saint", "2026-04-03"),
        (Language::Spanish, "antes de Nochebuena", "2026-12-24"),
    ];
    for (language, text, day) in cases {
        let found = first(text, &reference(language)).unwrap();
        assert_eq!(found.day.to_string(), day, "{text}");
    }
}

#[test]
fn a_named_day_that_nobody_can_tell_is_none() {
    let text = "Meeting on Mother's Day at 10";
    assert!(first(text, &reference(Language::English)).is_none());
}

#[test]
fn easter_of_some_years() {
    for day in [
        "1961-04-02",
        "2000-04-23",
        "2008-03-23",
        "2026-04-05",
        "2027-03-28",
        "2038-04-25",
    ] {
        let day: NaiveDate = day.parse().unwrap();
        assert_eq!(easter(day.year()), Some(day));
    }
}

proptest! {
    #[test]
    fn easter_is_a_sunday_in_spring(year in 1583_i32..5000) {
        let day = easter(year).unwrap();
        prop_assert_eq!(day.weekday(), Weekday::Sun);
        let earliest = NaiveDate::from_ymd_opt(year, 3, 22).unwrap();
        let latest = NaiveDate::from_ymd_opt(year, 4, 25).unwrap();
        prop_assert!((earliest..=latest).contains(&day));
    }
}
