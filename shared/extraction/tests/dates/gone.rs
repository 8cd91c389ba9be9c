//! Days that have gone by, and those counted from others.

use super::*;

/// What a text says is to come: its first day that was not told of.
fn ahead(text: &str, language: Language) -> Option<String> {
    let found = find(text, &reference(language));
    let mut days = found.iter().filter_map(|d| d.when.as_ref());
    days.next().map(|when| when.day.to_string())
}

#[test]
fn what_has_just_gone_by_is_no_year_ahead() {
    check(
        Language::English,
        &[
            ("Slides due 27 February", "2026-02-27"),
            ("due 13 Feb", "2026-02-13"),
            ("due 3 February", "2027-02-03"),
            ("by 5 March", "2026-03-05"),
        ],
    );
}

#[test]
fn a_talk_or_a_letter_was_on_its_day() {
    let english = [
        "As agreed on Monday, please order the chairs.",
        "as mentioned in our call on Tuesday, send the list",
        "Further to our meeting with Ms Okoro on Thursday, please find the plan.",
        "Since the update on 27 February, use the other form.",
        "Answer my letter of 27 February.",
        "Sign the leaflet you received on Saturday.",
        "the invoice received on 2 March",
    ];
    for text in english {
        assert_eq!(ahead(text, Language::English), None, "{text}");
    }
    let others = [
        (
            "Wie am Montag vereinbart, bestelle bitte die Stühle.",
            Language::German,
        ),
        (
            "das Formular, das Sie am 2. März erhalten haben",
            Language::German,
        ),
        ("Comme discuté lundi, envoie la liste.", Language::French),
        (
            "Suite à notre appel de mardi, envoie la liste.",
            Language::French,
        ),
        (
            "Como acordamos el lunes, envía la lista.",
            Language::Spanish,
        ),
        (
            "Salı günü konuştuğumuz gibi listeyi gönder.",
            Language::Turkish,
        ),
        ("2 Mart'ta aldığınız formu getirin.", Language::Turkish),
    ];
    for (text, language) in others {
        assert_eq!(ahead(text, language), None, "{text}");
    }
    let still = [
        ("As agreed, we meet on Monday.", Language::English),
        ("As discussed, please send it by Monday.", Language::English),
        ("The parcel must be sent on Monday.", Language::English),
        ("Bring the agenda of 9 March.", Language::English),
        (
            "Wie besprochen bestellst du die Stühle bis Montag.",
            Language::German,
        ),
        ("Der Plan wird am Montag besprochen.", Language::German),
        ("Comme convenu, on se voit lundi.", Language::French),
        ("Listeyi 9 Mart'a kadar gönder.", Language::Turkish),
    ];
    for (text, language) in still {
        assert_eq!(
            ahead(text, language).as_deref(),
            Some("2026-03-09"),
            "{text}"
        );
    }
}

#[test]
fn so_much_before_something_is_earlier() {
    let english = reference(Language::English);
    let start = |text: &str| {
        let found = find(text, &english);
        let when = found.iter().find_map(|d| d.when.clone()).unwrap();
        let at = when.start(english.zone).map(|at| at.to_rfc3339());
        at.unwrap_or_else(|| when.day.to_string())
    };
    let exact = "at least 24 hours before the viewing on 12 March at 3pm";
    assert_eq!(start(exact), "2026-03-11T14:00:00+00:00");
    assert_eq!(
        start("two weeks before the course on 30 March"),
        "2026-03-16"
    );
    // Nothing says how much.
    assert_eq!(start("before the course on 30 March"), "2026-03-30");
}

#[test]
fn rules_begin_on_the_day_they_name() {
    let cases = [
        ("every other Friday starting 13 March", "2026-03-13"),
        ("every Tuesday at 10:00 starting 18 March", "2026-03-24"),
        ("every Friday until 27 March", "2026-03-06"),
    ];
    check(Language::English, &cases);
}

#[test]
fn zones_stand_behind_the_day_and_in_brackets() {
    let english = reference(Language::English);
    let cases = [
        ("noon tomorrow PT", "2026-03-05T20:00:00+00:00"),
        ("11:59 pm on March 10 (EST)", "2026-03-11T04:59:00+00:00"),
        (
            "10 March 2026 14:00-15:00 (UTC+05:30) Chennai",
            "2026-03-10T08:30:00+00:00",
        ),
        // It begins a name.
        ("Tuesday noon PT Barnum talk", "2026-03-10T11:00:00+00:00"),
    ];
    for (text, expected) in cases {
        let at = first(text, &english).unwrap().start(english.zone).unwrap();
        assert_eq!(at.to_rfc3339(), expected, "{text}");
    }
}

#[test]
fn letters_and_telephones_are_no_hours() {
    let english = reference(Language::English);
    let when = first("9 March 09:30-10:30 HR induction", &english).unwrap();
    assert_eq!(
        when.end(english.zone).unwrap().to_rfc3339(),
        "2026-03-09T09:30:00+00:00"
    );
    for text in ["call 0800 123 1200", "ring 0113 496 0000"] {
        assert!(find(text, &english).is_empty(), "{text}");
    }
    assert!(
        first("ops call tomorrow 0930", &english)
            .unwrap()
            .time
            .is_some()
    );
}
