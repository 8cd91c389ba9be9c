//! Days that their place or a second word makes sure of.

use super::*;
use chrono::Timelike;

#[test]
fn numbers_with_a_stroke_are_a_day_where_they_stand_apart() {
    check(
        Language::French,
        &[
            ("M. Ferrand transmet la note → 11/04", "2026-04-11"),
            (
                "Valider les teintes       MOA (Girod)      19/06",
                "2026-06-19",
            ),
            ("invitations : Lola, 15/7.", "2026-07-15"),
        ],
    );
    for text in [
        "4/8    1",
        "mix it 3/4 and stir",
        "room 14/2 is shut",
        "D    4/8    1",
    ] {
        let found = find(text, &reference(Language::English));
        assert!(found.is_empty(), "{text}");
    }
}

#[test]
fn the_day_written_out_holds() {
    check(
        Language::German,
        &[
            (
                "bis kommenden Freitag (13.03.) müsste sie hier liegen",
                "2026-03-13",
            ),
            ("bis Mittwoch, 18.03., 12 Uhr", "2026-03-18"),
        ],
    );
    check(
        Language::English,
        &[
            ("within 5 working days (i.e. Tue 10 March)", "2026-03-10"),
            ("next Friday, the 13th", "2026-03-13"),
            ("to me by 5 pm that Sunday (15 March)", "2026-03-15"),
        ],
    );
    check(
        Language::Turkish,
        &[("ay sonuna kadar (30 Mart Pazartesi)", "2026-03-30")],
    );
    // Two days that have nothing to do with each other.
    let found = find("on Friday, then 3 April", &reference(Language::English));
    assert_eq!(found.len(), 2);
}

#[test]
fn more_words_for_days() {
    check(
        Language::English,
        &[
            ("certificate to them before end mth", "2026-03-31"),
            ("he is asked by a week tomorrow", "2026-03-12"),
            ("mot runs out 30th", "2026-03-30"),
            ("I'll run a test Monday first thing", "2026-03-09"),
            ("pick up from Quim sat before 2", "2026-03-07"),
            ("Mon noon", "2026-03-09"),
        ],
    );
    check(
        Language::German,
        &[
            ("Angebot beantworten (Mi spätestens!)", "2026-03-11"),
            ("Korrektur lesen, Mo zurück an Druckerei", "2026-03-09"),
            ("muss noch im April raus", "2026-04-30"),
        ],
    );
    check(
        Language::Turkish,
        &[
            ("bu cuma akşamına kadar yazın", "2026-03-06"),
            ("listeyi yarın akşama kadar atarım", "2026-03-05"),
            ("belgelerini de ay sonuna kadar gönderiniz", "2026-03-31"),
        ],
    );
    let noon = first("bitte bis Freitagmittag", &reference(Language::German)).unwrap();
    assert_eq!(
        (noon.day.to_string(), noon.time.map(|t| t.hour())),
        ("2026-03-06".to_owned(), Some(12))
    );
}

#[test]
fn what_a_turkish_feast_names_is_not_due_on_it() {
    let found = find(
        "23 Nisan gösterisi için ölçüler",
        &reference(Language::Turkish),
    );
    assert_eq!(found.first().map(|d| d.lead), Some(Lead::Of));
    let found = find("23 Nisan gününe kadar", &reference(Language::Turkish));
    assert_eq!(found.first().map(|d| d.lead), Some(Lead::Due));
}

#[test]
fn an_hour_gone_by_is_that_of_the_next_day() {
    let late = Reference {
        now: "2026-03-04T20:30:00Z".parse().unwrap(),
        ..reference(Language::English)
    };
    assert_eq!(
        first("ready by noon", &late).unwrap().day.to_string(),
        "2026-03-05"
    );
    assert_eq!(
        first("ready by 11 pm", &late).unwrap().day.to_string(),
        "2026-03-04"
    );
}
