//! What programs send when they hand somebody a thing, and titles over lines of fields.

use crate::when;
use sentry_extraction::{Context, Item, extract};

/// What Anna Keller reads on Wednesday, 10 March 2027, 9:00 in Berlin.
fn items(text: &str) -> Vec<Item> {
    let context = Context {
        reader: Some("Anna Keller".to_owned()),
        ..crate::context("Europe/Berlin", "2027-03-10T08:00:00Z")
    };
    extract(text, &context).items
}

/// The one item of a text: title, owner, day or hour.
#[track_caller]
fn one(text: &str, title: &str, owner: &str, at: &str) {
    let all = items(text);
    let [item] = &all[..] else {
        panic!("{text}: {all:#?}");
    };
    let found = (
        item.title.as_str(),
        item.assigned_to.as_deref().unwrap_or_default(),
    );
    assert_eq!(found, (title, owner), "{text}");
    assert_eq!(when(item), at, "{text}");
}

#[test]
fn a_notice_hands_its_reader_what_stands_below_it() {
    for between in ["\n", "\n\n"] {
        one(
            &format!(
                "Kim Park assigned an issue to you{between}OPS-12 Renew TLS certificate{between}Priority: High\nDue date: 15/Mar/27\n"
            ),
            "Renew TLS certificate",
            "Anna Keller",
            "2027-03-15",
        );
        one(
            &format!(
                "Hi Anna,\nKim Park assigned you a task:{between}Order boxes{between}Due tomorrow\n\nOpen in Planner\n"
            ),
            "Order boxes",
            "Anna Keller",
            "2027-03-11",
        );
        one(
            &format!(
                "Kim Park assigned a task to you{between}Prepare audit file{between}Due Mar 15, 2027\n"
            ),
            "Prepare audit file",
            "Anna Keller",
            "2027-03-15",
        );
        one(
            &format!(
                "Kim Park hat Ihnen eine Aufgabe zugewiesen{between}Prüfungsakte vorbereiten{between}Fällig am 15. März 2027\n"
            ),
            "Prüfungsakte vorbereiten",
            "Anna Keller",
            "2027-03-15",
        );
        one(
            &format!(
                "Kim Park vous a assigné une tâche{between}Préparer le dossier d'audit{between}Échéance : 15 mars 2027\n"
            ),
            "Préparer le dossier d'audit",
            "Anna Keller",
            "2027-03-15",
        );
    }
}

#[test]
fn a_notice_may_name_the_thing_itself() {
    one(
        "Kim added you to the card Paint fence on Garden.\nDue: Mar 20 at 3:00 PM\n",
        "Paint fence",
        "Anna Keller",
        "2027-03-20T14:00:00+00:00",
    );
    one(
        "Kim hat dich zur Karte „Zaun streichen“ hinzugefügt. Fällig: 20. März um 15:00\n",
        "Zaun streichen",
        "Anna Keller",
        "2027-03-20T14:00:00+00:00",
    );
    let review = items("@kim requested your review on #12 Fix the login timeout\n");
    assert!(review[0].title.contains("Fix the login timeout"));
    assert_eq!(review[0].assigned_to.as_deref(), Some("Anna Keller"));
}

#[test]
fn a_comment_turns_to_an_address() {
    one(
        "Kim Park added a comment to Budget 2027\n\n@anna.k@example.org please check the travel costs by Friday\nOpen\n",
        "Check the travel costs",
        "Anna K",
        "2027-03-12",
    );
}

#[test]
fn the_line_over_an_owner_and_a_day_is_what_is_to_be_done() {
    one(
        "Call Bob\nOwner: Kim\nDue: 12 March\n",
        "Call Bob",
        "Kim",
        "2027-03-12",
    );
    one(
        "Angebot einholen\nVerantwortlich: Jan\nFrist: 19. März\n",
        "Angebot einholen",
        "Jan",
        "2027-03-19",
    );
    let two =
        items("Call Bob\nOwner: Kim\nDue: 12 March\n\nOrder paint\nOwner: Tom\nDue: 15 March\n");
    assert_eq!(two.len(), 2, "{two:#?}");
}

#[test]
fn prose_and_other_heads_are_no_notices() {
    for text in [
        "Kim assigned the seats to you and me last week.\n\nThe hall was full.\n",
        "Did Kim Park assign a task to you?\n\nThe hall is blue.\n",
        "The task assigned to you last week is done.\n\nThanks for the work on the fence.\n",
        "Spring concert\nPlace: Town hall\nEntry: free\n",
        "Invoice 1234\nCompany: Acme\nTotal: 120 EUR\n",
    ] {
        let found = items(text);
        assert!(found.is_empty(), "{text}: {found:#?}");
    }
}

#[test]
fn labels_arrows_and_dashes_leave_the_owner() {
    for text in [
        "AI Kim: call Bob by Friday",
        "Action: Kim - call Bob - 12 March",
        "- TODO(kim): call Bob by Friday",
        "call Bob (@kim, due 12 March, P1, 2h)",
        "Kim → call Bob → Fri 12 Mar",
    ] {
        let all = items(text);
        let [item] = &all[..] else {
            panic!("{text}: {all:#?}");
        };
        assert_eq!(item.title, "Call Bob", "{text}");
        assert_eq!(when(item), "2027-03-12", "{text}");
        let owner = item.assigned_to.as_deref().unwrap_or_default();
        assert!(owner.eq_ignore_ascii_case("kim"), "{text}: {owner}");
    }
    one("Call Bob — Kim — ASAP", "Call Bob", "Kim", "");
    one(
        "Tâche : réserver la salle / Resp. : Léa / Échéance : 30 mars",
        "Réserver la salle",
        "Léa",
        "2027-03-30",
    );
}
