//! Lines that stand alone: what comes again and again, orders in a row, what closes on a day, reminders.

use crate::read_at;
use sentry_extraction::Extraction;

/// As on Wednesday, 4 March 2026, 10:00 in Berlin.
fn read(text: &str) -> Extraction {
    read_at("2026-03-04T09:00:00Z", text)
}

fn titles(text: &str) -> Vec<String> {
    let found = read(text).items.into_iter();
    found.map(|item| item.title).collect()
}

/// Title and rule of all items.
fn rules(text: &str) -> Vec<(String, String)> {
    let found = read(text).items.into_iter();
    found
        .map(|item| (item.title, item.recurrence.unwrap_or_default()))
        .collect()
}

#[test]
fn a_line_alone_says_how_often() {
    let monday = "FREQ=WEEKLY;BYDAY=MO";
    let first = "FREQ=MONTHLY;BYMONTHDAY=1";
    let last = "FREQ=MONTHLY;BYDAY=-1FR";
    let cases = [
        ("Pay rent on the 1st of every month.", "Pay rent", first),
        (
            "Gym every Mon and Wed 18:00",
            "Gym",
            "FREQ=WEEKLY;BYDAY=MO,WE",
        ),
        (
            "Submit expenses on the last Friday of the month",
            "Submit expenses",
            last,
        ),
        ("Jeden Montag Müll rausbringen.", "Müll rausbringen", monday),
        ("Stand-up täglich um 9 Uhr.", "Stand-up", "FREQ=DAILY"),
        (
            "Miete zum 1. jeden Monats überweisen.",
            "Miete überweisen",
            first,
        ),
        (
            "Die Pflanzen alle drei Tage gießen",
            "Die Pflanzen gießen",
            "FREQ=DAILY;INTERVAL=3",
        ),
        (
            "Tous les lundis, sortir les poubelles",
            "Sortir les poubelles",
            monday,
        ),
        ("Cada lunes sacar la basura", "Sacar la basura", monday),
        (
            "Clases de yoga los martes a las 19:00",
            "Clases de yoga",
            "FREQ=WEEKLY;BYDAY=TU",
        ),
        ("Her ayın 1'inde kirayı öde", "Kirayı öde", first),
        ("Her ayın son cuması rapor gönder", "Rapor gönder", last),
        (
            "Review the KPIs quarterly",
            "Review the KPIs",
            "FREQ=MONTHLY;INTERVAL=3",
        ),
        (
            "Invoice the client on the last day of every month",
            "Invoice the client",
            "FREQ=MONTHLY;BYMONTHDAY=-1",
        ),
    ];
    for (text, title, rule) in cases {
        assert_eq!(rules(text), [(title.to_owned(), rule.to_owned())], "{text}");
    }
    for told in [
        "We are open every Monday.",
        "He goes to the gym every Monday.",
        "The bins are collected every Monday.",
    ] {
        assert!(rules(told).is_empty(), "{told}");
    }
    // What is daily at nine is tomorrow at ten; what is on the last day begins with this month's.
    let begins = |text: &str| {
        let item = read(text).items.remove(0);
        item.start_at
            .map(|at| at.to_rfc3339())
            .or(item.due_on.map(|day| day.to_string()))
    };
    let tomorrow = begins("Stand-up daily at 9am").unwrap();
    assert_eq!(tomorrow, "2026-03-05T08:00:00+00:00");
    let ends = begins("Invoice the client on the last day of every month").unwrap();
    assert_eq!(ends, "2026-03-31");
}

#[test]
fn a_rule_ends_on_the_day_until_which_it_holds() {
    let until = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261215T180000Z";
    for text in [
        "Yoga every Tuesday until 15 December 7pm",
        "Yoga jeden Dienstag bis 15. Dezember um 19 Uhr",
        "Yoga tous les mardis jusqu'au 15 décembre à 19h",
        "Yoga todos los martes hasta el 15 de diciembre a las 19:00",
        "15 Aralık'a kadar her salı 19:00'da yoga",
    ] {
        assert_eq!(
            rules(text),
            [("Yoga".to_owned(), until.to_owned())],
            "{text}"
        );
        let item = read(text).items.remove(0);
        let start = item.start_at.unwrap().to_rfc3339();
        assert_eq!(start, "2026-03-10T18:00:00+00:00", "{text}");
    }
    let found = rules("Send the report every Friday until March 2027");
    let rule = "FREQ=WEEKLY;BYDAY=FR;UNTIL=20270331";
    assert_eq!(found, [("Send the report".to_owned(), rule.to_owned())]);
}

#[test]
fn orders_in_a_row_are_items_of_their_own() {
    let cases = [
        (
            "Call mum. Pick up dry cleaning. Email the landlord about the boiler.",
            [
                "Call mum",
                "Pick up dry cleaning",
                "Email the landlord about the boiler",
            ],
        ),
        (
            "- call mum; pick up dry cleaning; email landlord",
            ["Call mum", "Pick up dry cleaning", "Email landlord"],
        ),
        (
            "Mama anrufen. Reinigung abholen. Vermieter wegen Heizung mailen.",
            [
                "Mama anrufen",
                "Reinigung abholen",
                "Vermieter wegen Heizung mailen",
            ],
        ),
        (
            "Appeler maman. Récupérer le pressing. Envoyer un mail au propriétaire.",
            [
                "Appeler maman",
                "Récupérer le pressing",
                "Envoyer un mail au propriétaire",
            ],
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(titles(text), wanted, "{text}");
    }
    let recipe = titles("Mix the flour and sugar. Add the eggs. Bake for 40 minutes.");
    assert!(recipe.is_empty(), "{recipe:?}");
}

#[test]
fn what_closes_asks_for_something_before() {
    let cases = [
        (
            "Applications close May 15",
            "Submit the application",
            "2026-05-15",
        ),
        ("Your MOT expires on 4 May", "Renew your MOT", "2026-05-04"),
        (
            "Your library books are due back 25 May",
            "Return your library books",
            "2026-05-25",
        ),
        ("Anmeldung bis spätestens 30.5.", "Anmelden", "2026-05-30"),
        ("Anmeldeschluss: 30. Mai", "Anmelden", "2026-05-30"),
        (
            "Ihr Reisepass läuft am 4. Mai ab",
            "Reisepass verlängern",
            "2026-05-04",
        ),
        ("Inscriptions jusqu'au 30 mai.", "S'inscrire", "2026-05-30"),
        (
            "Las solicitudes cierran el 15 de mayo",
            "Presentar la solicitud",
            "2026-05-15",
        ),
        (
            "Başvurular 15 Mayıs'ta sona eriyor",
            "Başvuru yap",
            "2026-05-15",
        ),
    ];
    for (text, title, day) in cases {
        let items = read(text).items;
        assert_eq!(items.len(), 1, "{text}: {items:#?}");
        assert_eq!(items[0].title, title, "{text}");
        assert_eq!(items[0].due_on.unwrap().to_string(), day, "{text}");
    }
    let tonight = &read("Abgabe: Mo, 23.11. 23:59").items[0];
    assert_eq!(tonight.title, "Abgeben");
    assert_eq!(
        tonight.due_at.unwrap().to_rfc3339(),
        "2026-11-23T22:59:00+00:00"
    );
    for told in ["The shop closes at 6 pm.", "Wir schließen am Montag."] {
        assert!(titles(told).is_empty(), "{told}");
    }
}

#[test]
fn a_reminder_alone_is_an_item() {
    let cases = [
        ("Denk dran, das Paket abzuholen", "Das Paket abholen"),
        ("Vergiss nicht, das Paket abzuholen", "Das Paket abholen"),
        (
            "N'oublie pas d'aller chercher le colis",
            "Aller chercher le colis",
        ),
        ("Acuérdate de recoger el paquete", "Recoger el paquete"),
        ("Paketi almayı unutma", "Paketi al"),
    ];
    for (text, title) in cases {
        assert_eq!(titles(text), [title], "{text}");
    }
}
