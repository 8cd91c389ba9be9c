//! Hours and stretches of time, with and without a colon.

use super::*;

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
fn an_hour_ends_a_sentence_and_follows_a_part_of_the_day() {
    for (language, text, expected) in [
        (
            Language::English,
            "Next meeting Monday 9.30.",
            "2026-03-09T09:30",
        ),
        (
            Language::English,
            "moved: tomorrow 9.15 gallery 2",
            "2026-03-05T09:15",
        ),
        (
            Language::Turkish,
            "26 Ekim Pazartesi 10.30.",
            "2026-10-26T10:30",
        ),
        (
            Language::Turkish,
            "Perşembe akşam 20.30 toplantı",
            "2026-03-05T20:30",
        ),
        // After supper, unless somebody leaves.
        (
            Language::English,
            "AGM Weds 11 March 7.30 in the church hall",
            "2026-03-11T19:30",
        ),
        (
            Language::English,
            "coach leaves the hall Weds 11 March 7.30",
            "2026-03-11T07:30",
        ),
    ] {
        let found = instants(text, language).0;
        assert_eq!(found.as_deref(), Some(expected), "{text}");
    }
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
        instants("Thu 12 March 1100-1130, gallery 4", Language::English),
        (
            Some("2026-03-12T11:00".to_owned()),
            Some("2026-03-12T11:30".to_owned())
        )
    );
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
fn hours_that_other_words_tell() {
    let cases = [
        ("Tues evening 7.30 at the Square", "2026-03-10T19:30"),
        ("Thursday 12th 5-30 pm", "2026-03-12T17:30"),
        ("stamped Friday before 4", "2026-03-06T16:00"),
        ("coming Tuesday 17th 10 to 1", "2026-03-17T10:00"),
        ("Saturday 14.3. from 6 to 14 h", "2026-03-14T06:00"),
        ("Sat 7 March 6-7:30", "2026-03-07T18:00"),
        ("before round 7.30 tmrw", "2026-03-05T07:30"),
        ("Friday at 3 pm UK time", "2026-03-06T16:00"),
        ("Friday 10:00 (Turkish time)", "2026-03-06T08:00"),
    ];
    for (text, start) in cases {
        let found = instants(text, Language::English).0;
        assert_eq!(found.as_deref(), Some(start), "{text}");
    }
    let turkish = [
        ("6 mayıs çarşamba saat dokuz buçuk", "2026-05-06T09:30"),
        ("23 Eylül, saat on beşte", "2026-09-23T15:00"),
        ("cuma 20'sinde 17.00'de", "2026-03-20T17:00"),
    ];
    for (text, start) in turkish {
        let found = instants(text, Language::Turkish).0;
        assert_eq!(found.as_deref(), Some(start), "{text}");
    }
    let german = instants("Übergabe Fr 20.3. 11 h", Language::German).0;
    assert_eq!(german.as_deref(), Some("2026-03-20T11:00"));
}

#[test]
fn the_same_time_is_that_of_this_meeting() {
    let reference = Reference {
        same_time: chrono::NaiveTime::from_hms_opt(19, 30, 0),
        ..reference(Language::English)
    };
    let when = first("Sunday 8 March, same time and place", &reference).unwrap();
    assert_eq!(when.time, reference.same_time);
}

#[test]
fn minutes_before_and_after_the_hour_and_hours_between_two() {
    let english = [
        ("Monday at ten past one", "2026-03-09T13:10", ""),
        ("Monday 9 March at ten to three", "2026-03-09T14:50", ""),
        ("Monday 9 March, about half two", "2026-03-09T14:30", ""),
        ("tmrw 1630", "2026-03-05T16:30", ""),
        (
            "Thurs 12th, between 10 + 12",
            "2026-03-12T10:00",
            "2026-03-12T12:00",
        ),
        (
            "Tuesday 10 March between 9.00 and 11.00 am",
            "2026-03-10T09:00",
            "2026-03-10T11:00",
        ),
    ];
    for (text, start, end) in english {
        let found = instants(text, Language::English);
        let expected = Some(end.to_owned()).filter(|end| !end.is_empty());
        assert_eq!(found, (Some(start.to_owned()), expected), "{text}");
    }
    let spanish = instants("el viernes 13 entre las 10 y las 11", Language::Spanish);
    assert_eq!(spanish.0.as_deref(), Some("2026-03-13T10:00"));
    let turkish = [
        ("cumartesi 11'de", "2026-03-07T11:00"),
        ("pazartesi 5'te kütüphanede", "2026-03-09T17:00"),
        ("yarın sabah 9a kadar", "2026-03-05T09:00"),
    ];
    for (text, start) in turkish {
        let found = instants(text, Language::Turkish).0;
        assert_eq!(found.as_deref(), Some(start), "{text}");
    }
}

#[test]
fn an_hour_needs_no_colon_where_something_begins_or_its_day_follows() {
    let cases = [
        ("KO 10.30 on Sunday", "10:30"),
        ("leaving 9.15 prompt", "09:15"),
        ("dentist 3.15 mon", "15:15"),
        ("the match is moved to 10.30, home", "10:30"),
        ("Thursday the 12th, seven thirty, with Dr Abara", "07:30"),
        ("half past two in the studio", "14:30"),
    ];
    for (text, hour) in cases {
        let found = find(text, &reference(Language::English));
        let mut times = found.iter().filter_map(|d| d.when.as_ref()?.time);
        let time = times.next().map(|time| time.format("%H:%M").to_string());
        assert_eq!(time.as_deref(), Some(hour), "{text}");
    }
    for text in [
        "the score was 10.30 points",
        "see chapter 3.15 again",
        "it costs £3.15 mon",
    ] {
        let found = find(text, &reference(Language::English));
        let timed = found
            .iter()
            .any(|d| d.when.as_ref().is_some_and(|w| w.time.is_some()));
        assert!(!timed, "{text}: {found:?}");
    }
}

#[test]
fn ranges_of_hours_in_words_and_with_a_zone_between() {
    let cases = [
        ("Saturday the 14th, ten till twelve", "10:00", "12:00"),
        ("Saturday 14 March, nine until one", "09:00", "13:00"),
        (
            "Sat 14 March, 9 till 12.30, courts 1 and 2",
            "09:00",
            "12:30",
        ),
        ("Tuesday 24th from 9 till about 4", "09:00", "16:00"),
        ("Sat 14 March 12 noon to 4", "12:00", "16:00"),
    ];
    for (text, start, end) in cases {
        let when = first(text, &reference(Language::English)).unwrap();
        let hours = (when.time.unwrap(), when.end_time.unwrap());
        let spelled = (
            hours.0.format("%H:%M").to_string(),
            hours.1.format("%H:%M").to_string(),
        );
        assert_eq!(spelled, (start.to_owned(), end.to_owned()), "{text}");
    }
    let zoned = instants("10 March 11:30 AM CET to 1:00 PM CET", Language::English);
    assert_eq!(zoned.1.as_deref(), Some("2026-03-10T13:00"));
}

#[test]
fn a_bare_hour_counts_where_its_sentence_names_a_day() {
    let hours = |text: &str, language| {
        let found = find(text, &reference(language));
        let timed = |w: &When| w.time.map(|time| time.format("%H:%M").to_string());
        found.iter().find_map(|d| timed(d.when.as_ref()?))
    };
    let told = hours(
        "Monday we'd like to see the team at 10, then lunch",
        Language::English,
    );
    assert_eq!(told.as_deref(), Some("10:00"));
    let told = hours(
        "mañana te recojo a las 8, y vamos juntas",
        Language::Spanish,
    );
    assert_eq!(told.as_deref(), Some("08:00"));
    for text in [
        "Monday we start at 9 sites",
        "They looked at 10, no day was named",
        "Monday we meet at one of the tables",
    ] {
        assert_eq!(hours(text, Language::English), None, "{text}");
    }
}

#[test]
fn what_is_said_of_the_day_tells_the_half_of_an_hour() {
    let morning = instants("quarter past seven Saturday morning", Language::English);
    assert_eq!(morning.0.as_deref(), Some("2026-03-07T07:15"));
    let german = instants("Montag um 7", Language::German);
    assert_eq!(german.0.as_deref(), Some("2026-03-09T07:00"));
    let evenings = Reference {
        evenings: true,
        ..reference(Language::English)
    };
    let told = |text: &str| first(text, &evenings).unwrap().time.unwrap().to_string();
    assert_eq!(told("Mon 9th March, 7.15, laundry room"), "19:15:00");
    assert_eq!(told("Mon 9th March 7.15 bus leaves"), "07:15:00");
}

#[test]
fn anywhere_on_earth_is_the_last_place_where_a_day_ends() {
    let reference = reference(Language::English);
    let found = first("by 19 March 23:59 AoE", &reference).unwrap();
    let at = found.start(reference.zone).unwrap();
    assert_eq!(at.to_rfc3339(), "2026-03-20T11:59:00+00:00");
}
