//! What was moved, what was called off, and the days of hours and weekdays that the words before name.

use crate::read_at;

/// Title and beginning or day of all items, read on Wednesday, 10 March 2027.
fn read(text: &str) -> Vec<(String, String)> {
    let found = read_at("2027-03-10T08:00:00Z", text).items.into_iter();
    found
        .map(|item| {
            let at = item.start_at.or(item.due_at);
            let at = at.map(|at| at.format("%m-%d %H:%M").to_string());
            let day = item.due_on.map(|day| day.format("%m-%d").to_string());
            (item.title, at.or(day).unwrap_or_default())
        })
        .collect()
}

fn check(cases: &[(&str, &str, &str)]) {
    for (text, title, at) in cases {
        let found = read(text);
        assert!(
            found == [((*title).to_owned(), (*at).to_owned())],
            "{text}: {found:?}"
        );
    }
}

#[test]
fn what_was_moved_is_at_its_new_time() {
    check(&[
        (
            "The review meeting on Friday at 10:00 has been moved to Monday at 11:00.",
            "Review meeting",
            "03-15 10:00",
        ),
        // The old hour holds where no other is named.
        (
            "Die Sitzung am Freitag um 10 Uhr wird auf Montag verschoben.",
            "Sitzung",
            "03-15 09:00",
        ),
        (
            "New date for the workshop: 22 March instead of 15 March, 14:00.",
            "Workshop",
            "03-22 13:00",
        ),
        (
            "La réunion de vendredi à 10 h est reportée à lundi 11 h.",
            "Réunion",
            "03-15 10:00",
        ),
        (
            "La reunión del viernes a las 10 se pasa al lunes a las 11.",
            "Reunión",
            "03-15 10:00",
        ),
        (
            "Cuma günü saat 10'daki toplantı pazartesi saat 11'e ertelendi.",
            "Toplantı",
            "03-15 10:00",
        ),
        (
            "The call is postponed until Monday 10:00.",
            "Call",
            "03-15 09:00",
        ),
        // Two hours, and no stretch.
        (
            "We moved the call from 10:00 to 11:30 on Friday.",
            "Call",
            "03-12 10:30",
        ),
    ]);
}

#[test]
fn what_was_called_off_is_no_meeting() {
    for text in [
        "Unfortunately I have to cancel our meeting on Friday at 10:00. Could we do Monday at 11:00 instead?",
        "Der Elternabend am 17. März um 19 Uhr fällt aus.",
        "Die Sitzung am 17. März um 19 Uhr entfällt.",
        "Leider muss ich unser Treffen am Freitag um 10 Uhr absagen.",
        "Je dois annuler notre réunion de vendredi à 10 h.",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
    // Somebody is to call it off.
    check(&[(
        "Please cancel the dentist appointment by Friday.",
        "Cancel the dentist appointment",
        "03-12",
    )]);
}

#[test]
fn an_extended_deadline_is_on_its_new_day() {
    check(&[(
        "The deadline for abstracts has been extended from 15 March to 22 March.",
        "Submit abstracts",
        "03-22",
    )]);
}

#[test]
fn a_weekday_is_the_date_that_bears_its_name() {
    check(&[
        (
            "The sale is on Saturday 20 March. Please bring cakes by 9 am on Saturday.",
            "Bring cakes",
            "03-20 08:00",
        ),
        (
            "Das Straßenfest ist am Samstag, 20. März. Kuchen bitte bis Samstag 9 Uhr abgeben.",
            "Kuchen bitte abgeben",
            "03-20 08:00",
        ),
        // Another name, another day.
        (
            "The sale is on Saturday 20 March. Please bring cakes by Friday.",
            "Bring cakes",
            "03-12",
        ),
    ]);
}

#[test]
fn an_hour_is_on_the_day_of_the_sentence_before() {
    check(&[
        (
            "Match v. Rovers, Sunday 14 March. Meet 9:15 at the clubhouse, kick off 10:00.",
            "Meet",
            "03-14 08:15",
        ),
        (
            "Concert Saturday 20 March. Doors 18:00, start 19:00.",
            "Concert",
            "03-20 18:00",
        ),
        (
            "Wir fahren am 22. März. Abfahrt um 7 Uhr.",
            "Wir fahren",
            "03-22 06:00",
        ),
        (
            "The exam takes place on 22 March. It starts at 9:00 and ends at 11:00.",
            "Exam",
            "03-22 08:00",
        ),
    ]);
}

#[test]
fn a_deadline_that_was_put_off_names_what_is_handed_in() {
    check(&[
        (
            "La date limite de remise du rapport est reportée du 15 mars au 22 mars.",
            "Rendre le rapport",
            "03-22",
        ),
        (
            "El plazo de entrega del informe se ha ampliado del 15 al 22 de marzo.",
            "Entregar el informe",
            "03-22",
        ),
        (
            "Die Abgabefrist für den Bericht wurde vom 15. auf den 22. März verlängert.",
            "Abgeben: den Bericht",
            "03-22",
        ),
        // It may be that of a task named before.
        (
            "Dear authors,\nPlease submit your paper by 15 March.\n\nUpdate: The deadline has been extended from 15 March to 22 March.",
            "Submit your paper",
            "03-22",
        ),
        (
            "Redaktionsschluss: 15. Mai 2027",
            "Beitrag einreichen",
            "05-15",
        ),
        (
            "Clôture des inscriptions le 20 mars.",
            "S'inscrire",
            "03-20",
        ),
    ]);
}

#[test]
fn what_is_to_be_done_instead_holds() {
    let found = read("Please do not send the contract on Friday, send it on Monday instead.");
    assert!(
        matches!(&found[..], [(title, day)] if title.starts_with("Send the contract") && day == "03-15"),
        "{found:?}"
    );
    assert!(read("Please do not send the contract on Friday, thank you.").is_empty());
}

#[test]
fn what_it_was_before_does_not_hold() {
    check(&[
        (
            "Group meeting moved: now Wed 17 March 14:00, room 2 (was 12 March).",
            "Group meeting",
            "03-17 13:00",
        ),
        (
            "Besprechung verschoben auf Montag, 15. März, 11 Uhr (bisher Freitag, 12. März).",
            "Besprechung",
            "03-15 10:00",
        ),
    ]);
    let quarter = read("Bitte die Steuer für das 1. Quartal bis zum 15.03.2027 überweisen.");
    assert!(
        matches!(&quarter[..], [(title, day)] if title.contains("1. Quartal") && day == "03-15"),
        "{quarter:?}"
    );
}

#[test]
fn the_day_of_a_meeting_is_none_of_a_promise_before_it() {
    let talk = "Nathalie : Je m'occupe de réserver l'hôtel à Brest avant le 27 novembre.\n\nPascal : Bien.\n\nNathalie : On se retrouve mardi 24 novembre à 9h30 pour le prochain point.\n";
    assert_eq!(
        crate::saturday::day(talk, "hôtel").as_deref(),
        Some("2026-11-27")
    );
}
