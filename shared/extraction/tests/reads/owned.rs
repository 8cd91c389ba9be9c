//! Whose an item is, where its order does not say so.

use chrono::{DateTime, Utc};
use sentry_extraction::{Context, extract};

/// The owners of all items of a text that somebody wrote to Yann.
fn owners(text: &str) -> Vec<Option<String>> {
    let now = "2026-03-04T09:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let context = Context {
        reader: Some("Yann".to_owned()),
        ..Context::new(now, "Europe/Berlin".parse().unwrap())
    };
    let items = extract(text, &context).items.into_iter();
    items.map(|item| item.assigned_to).collect()
}

#[track_caller]
fn owned(text: &str, owner: &str) {
    assert_eq!(owners(text), [Some(owner.to_owned())], "{text}");
}

#[test]
fn a_name_behind_an_arrow_a_dash_or_in_brackets_is_the_owner() {
    owned(
        "PO number for the hire company by noon on Friday -> Gwen",
        "Gwen",
    );
    owned(
        "The budget must be sent before shipment: Anna, before 3 April.",
        "Anna",
    );
    owned("Flyers to be printed by Friday (Anna)", "Anna");
    owned("Ring the plumber about the boiler by Friday, Anna", "Anna");
}

#[test]
fn the_words_that_only_name_the_owner_are_no_part_of_the_title() {
    let title = |text: &str| {
        super::read_at("2026-03-04T09:00:00Z", text).items[0]
            .title
            .clone()
    };
    let arrow = title("PO number for the hire company by noon on Friday -> Gwen");
    assert_eq!(arrow, "PO number for the hire company");
    let taken = title("Queda por firmar el contrato antes del viernes: se encarga Pilar.");
    assert_eq!(taken, "Firmar el contrato");
}

#[test]
fn whoever_has_a_matter_in_hand_is_its_owner() {
    owned("The signed form is left with Beth, due Friday.", "Beth");
    owned(
        "Still waiting for the report from Anna, needed by Friday.",
        "Anna",
    );
    owned(
        "Queda por firmar el contrato antes del viernes: se encarga Pilar.",
        "Pilar",
    );
    owned(
        "Aufgaben:\n- Kürbis-Schilder druckt Lena bis Samstag\n",
        "Lena",
    );
    owned(
        "Folder für die Messe: Reto macht Vorlage bis Freitag",
        "Reto",
    );
}

#[test]
fn those_called_at_the_head_own_it_and_not_whom_they_are_to_call() {
    owned("@kim @tom pls call Anna by Friday", "kim, tom");
    let own = |text: &str| owners(text).iter().flatten().any(|name| name == "Anna");
    // What is only done to somebody is not hers.
    assert!(!own("Call Anna by Friday."));
    assert!(!own("call Anna !!! fri"));
}

#[test]
fn what_the_writers_do_for_the_reader_is_not_hers() {
    let text = "Bonjour,\n\nNous vous enverrons le devis d'ici vendredi.\n";
    assert!(owners(text).iter().all(Option::is_none), "{text}");
}

#[test]
fn who_is_charged_with_a_thing_owns_it() {
    owned("Jan ist für die Bestellung verantwortlich.", "Jan");
    owned("De la sala se encarga Pablo.", "Pablo");
}
