//! What people jot down rather than write: appointments without a verb, answers, margins, what is missing.

use chrono::{DateTime, Utc};
use sentry_domain::Zone;
use sentry_extraction::dates::{DateOrder, Language, Reference, find};
use sentry_extraction::{Context, Extraction, extract};

fn context() -> Context {
    Context {
        reader: Some("Yann".to_owned()),
        ..Context::new(
            "2026-03-04T09:00:00Z".parse::<DateTime<Utc>>().unwrap(),
            "Europe/Berlin".parse().unwrap(),
        )
    }
}

fn read(text: &str) -> Extraction {
    extract(text, &context())
}

fn titles(text: &str) -> Vec<String> {
    read(text)
        .items
        .into_iter()
        .map(|item| item.title)
        .collect()
}

/// Day and time of day of the first date in the text.
fn said(text: &str, language: Language) -> String {
    let zone: Zone = "Europe/Berlin".parse().unwrap();
    let reference = Reference::new(context().now, zone, DateOrder::DayMonth, language);
    let when = find(text, &reference)
        .into_iter()
        .next()
        .unwrap()
        .when
        .unwrap();
    let at = when
        .start(zone)
        .map(|at| at.with_timezone(&zone.offset_at(at)));
    at.map_or_else(
        || when.day.to_string(),
        |at| at.format("%Y-%m-%dT%H:%M").to_string(),
    )
}

#[test]
fn a_weekday_with_its_number_is_that_day() {
    assert_eq!(said("Mon 16", Language::English), "2026-03-16");
    assert_eq!(
        said("mardi 24 à 14h30", Language::French),
        "2026-03-24T14:30"
    );
    assert_eq!(said("el jueves 19, antes", Language::Spanish), "2026-03-19");
    // Hours, not days.
    assert_eq!(said("Mon 9 - 5", Language::English), "2026-03-09T09:00");
}

#[test]
fn times_as_people_jot_them() {
    assert_eq!(said("tomorrow 0930", Language::English), "2026-03-05T09:30");
    assert_eq!(
        said("Friday 1430 hrs", Language::English),
        "2026-03-06T14:30"
    );
    assert_eq!(said("Sunday half 5", Language::English), "2026-03-08T17:30");
    assert_eq!(
        said("samedi, vingt heures", Language::French),
        "2026-03-07T20:00"
    );
    assert_eq!(
        said("Thursday at 5 o'clock", Language::English),
        "2026-03-05T17:00"
    );
    assert_eq!(said("by the twenty-sixth", Language::English), "2026-03-26");
    assert_eq!(
        said("first Monday of October", Language::English),
        "2026-10-05"
    );
    assert_eq!(said("before the weekend", Language::English), "2026-03-06");
}

#[test]
fn a_name_a_day_and_an_hour_make_an_appointment() {
    for text in [
        "Annual dinner, Sat 14 March, 7pm at the Crown.",
        "Réunion de chantier jeudi à 14h30 comme d'habitude.",
        "Arbeitseinsatz Sa 14.3. ab 9 Uhr, alle Mitglieder.",
    ] {
        let found = read(text);
        assert_eq!(found.items.len(), 1, "{text}: {found:#?}");
        assert!(found.items[0].start_at.is_some(), "{text}: {found:#?}");
    }
    assert!(titles("The desk, Mon-Fri 8.30 to 5.").is_empty());
}

#[test]
fn an_order_says_what_it_is_about() {
    let text = "- AML training. Five fee earners outstanding. Maria to chase.\n- Budget. Fine.\n";
    assert_eq!(
        titles(text),
        ["Chase: AML training, Five fee earners outstanding"]
    );
}

#[test]
fn who_answers_takes_it_on() {
    let text = "Owen: also who's doing the release notes?\nBecca: me. this afternoon\nOwen: thanks\nBecca: np\n";
    let found = read(text);
    assert_eq!(found.items.len(), 1, "{found:#?}");
    assert_eq!(found.items[0].assigned_to.as_deref(), Some("Becca"));
}

#[test]
fn what_is_missing_is_asked_for() {
    for text in [
        "Hi Yann, we still lack a copy of your certificate.",
        "Lieber Yann, mir fehlt noch der unterschriebene Vertrag.",
        "Bonjour Yann, il nous manque encore la facture du traiteur.",
        "Hola Yann, nos falta todavía el certificado del seguro.",
    ] {
        assert_eq!(titles(text).len(), 1, "{text}: {:#?}", titles(text));
    }
    assert!(titles("Hola Yann, no hace falta traer nada.").is_empty());
}

#[test]
fn the_margin_of_minutes_names_the_owner() {
    let text = "\
* Standpipes to be drained before they split.                 Wes
* Hedge on the railway side, they will cut it.                -
* Plot 14 not worked since May. Second letter.                Prue
* Offer the plots to the top two on the list.                 Prue
";
    let found = read(text);
    let owners: Vec<_> = found
        .items
        .iter()
        .filter_map(|i| i.assigned_to.as_deref())
        .collect();
    assert_eq!(owners, ["Wes", "Prue", "Prue"], "{found:#?}");
}

#[test]
fn remarks_close_a_row() {
    let text = "\
Item | Owner | Deadline | Remark
Fuel valve | Ana | -- | renewed 4 Feb, closed
Hand mixer | Ben | -- | rejected by office
Go-live call | all | Sun 8 Mar 09:30 |
Rollback | Ben | only if step 5 fails |
";
    let found = read(text);
    assert_eq!(found.items.len(), 1, "{found:#?}");
    assert!(found.items[0].start_at.is_some(), "{found:#?}");
}

#[test]
fn a_handbook_orders_nobody() {
    let text = "LS-7 SPLITTER  Operator's handbook, page 9\n\nDAILY\n- Wipe down the beam.\n- Inspect hoses.\n";
    assert!(titles(text).is_empty());
}

#[test]
fn hours_are_said_in_many_ways() {
    for (text, hour) in [
        (
            "Annual office dinner, Sat 14 March, 7 for 7.30 at the Crown.",
            "18:00",
        ),
        (
            "Fiesta: viernes 13 de marzo, de 17 a 20 h en el patio",
            "16:00",
        ),
        (
            "The surveyor is coming tomorrow at quarter to ten.",
            "08:45",
        ),
        ("Parents evening thurs 4-7", "15:00"),
        ("Call with Dave at 2:30 tomorrow.", "13:30"),
        ("Theo ortho wed 3:45 (leave by 3:10!!)", "14:45"),
        (
            "Briefing with the desk officer is Wednesday 11 March 11h, office 3014.",
            "10:00",
        ),
        (
            "General meeting      Saturday 21 March 2026, 14:00 hours, canteen.",
            "13:00",
        ),
        (
            "volunteer training Sat 14/3 9a Fellowship Hall, donuts",
            "08:00",
        ),
    ] {
        let found = read(text);
        let start = found.items.first().and_then(|item| item.start_at);
        let start = start.map(|at| at.format("%H:%M").to_string());
        assert_eq!(start.as_deref(), Some(hour), "{text}: {found:#?}");
    }
}

#[test]
fn a_turn_is_counted_from_its_own_day() {
    let text = "\
[27/02/2026, 19:04:11] Mum: who is doing what for Nan
[27/02/2026, 19:06:55] Steph: I will order the cake tomorrow
[27/02/2026, 19:07:30] Mum: lemon please
";
    let found = read(text);
    let cake = found.items.iter().find(|item| item.title.contains("cake"));
    let due = cake.and_then(|item| item.due_on).map(|day| day.to_string());
    assert_eq!(due.as_deref(), Some("2026-02-28"), "{found:#?}");
}

#[test]
fn what_stands_under_appointments_is_not_done() {
    let text = "Termine\n\nFrau Lenz schickt den Plan bis Freitag an alle.\n";
    assert_eq!(titles(text).len(), 1, "{:#?}", titles(text));
}

#[test]
fn a_board_in_capitals_is_read() {
    let board = "TOM TO CALL THE SUPPLIER BY FRIDAY\n\nPLEASE ORDER THE NEW PAPER BY 27 MARCH\n\nDEMO: THU 12 MAR 14:00\n";
    let items = read(board).items;
    let due = |word: &str| {
        let item = items.iter().find(|item| item.title.contains(word)).unwrap();
        let at = item.due_at.or(item.start_at).map(|at| at.to_rfc3339());
        at.or_else(|| item.due_on.map(|day| day.to_string()))
    };
    assert_eq!(due("Call the supplier").as_deref(), Some("2026-03-06"));
    assert_eq!(due("Order the new paper").as_deref(), Some("2026-03-27"));
    assert_eq!(due("DEMO").as_deref(), Some("2026-03-12T13:00:00+00:00"));
}

#[test]
fn a_recipe_jotted_between_tasks_is_refused_alone() {
    let notes = "- ring the vet, Thursday\n- return the drill to Omar by Friday\n- order paint for the shed\n- book the dentist by Friday\n- water bill by Monday\n\ncurry: fry 2 onions, garlic and ginger, simmer 20 min, serve with rice\n\n- renew the library card by Friday\n";
    let all = titles(notes);
    for word in ["vet", "drill", "dentist", "library"] {
        assert!(
            all.iter().any(|title| title.contains(word)),
            "{word}: {all:?}"
        );
    }
    assert!(!all.iter().any(|title| title.contains("simmer")), "{all:?}");
}

#[test]
fn a_thing_that_begins_with_an_accent_is_named() {
    let titles = titles("à signer today by 3 if possible. write it");
    assert!(
        titles.iter().any(|title| title.contains("signer")),
        "{titles:?}"
    );
}
