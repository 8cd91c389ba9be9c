//! What is easily misread: rows that are over, days that belong to something else, titles with words of others.

use crate::saturday::{context, day, items, titles};
use sentry_domain::{Priority, TaskType};
use sentry_extraction::{Context, extract};

#[test]
fn rows_whose_status_tells_that_they_are_over_are_none() {
    let table = |status: &str| {
        format!(
            "| Task | Owner | Due | Status |\n|---|---|---|---|\n| Book the hall | Ana | 4 Dec | open |\n| Order the chairs | Tom | 5 Dec | {status} |\n"
        )
    };
    for status in [
        "payées le 06/11",
        "remis, validé",
        "ya pagados",
        "enviadas",
        "copied to the website, closed",
        "printed, in hall",
        "bildirildi",
    ] {
        assert_eq!(titles(&table(status)), ["Book the hall"], "{status}");
    }
    for status in [
        "in progress",
        "waiting for Tom",
        "pendiente de enviar",
        "à payer",
    ] {
        assert_eq!(items(&table(status)).len(), 2, "{status}");
    }
}

#[test]
fn a_remark_that_tells_how_it_went_is_no_task() {
    let table = "| Day | Area | Driver | Remarks |\n|---|---|---|---|\n| Mon 16 Nov | North | Ana | back 9:40, all delivered |\n| Tue 24 Nov | East | Tom | take 46 hampers |\n";
    assert!(
        !titles(table)
            .iter()
            .any(|title| title.contains("delivered"))
    );
    let due = "| Item | Who | Due |\n|---|---|---|\n| Shirts | Ana | delivered 16/11 |\n| Flyers | Tom | 4 Dec |\n";
    assert_eq!(titles(due), ["Flyers"]);
}

#[test]
fn a_cell_in_two_lines_is_one_task() {
    let text = "| Task | Owner | Due |\n|---|---|---|\n| Call the caterer<br>and confirm numbers | Ana | 4 Dec |\n";
    assert_eq!(titles(text), ["Call the caterer and confirm numbers"]);
    let text = "| Task | Owner | Due |\n|---|---|---|\n| Call the caterer; book the hall | Ana | 4 Dec |\n";
    assert_eq!(titles(text), ["Call the caterer", "Book the hall"]);
}

#[test]
fn the_cell_of_a_day_may_hold_a_quarter_or_say_that_it_is_urgent() {
    let text = "| Task | Owner | Due |\n|---|---|---|\n| Sign the contract | Ana | Q1 2027 |\n| Fix the boiler | Tom | ASAP |\n";
    let found = items(text);
    assert_eq!(found[0].due_on.unwrap().to_string(), "2027-03-31");
    assert_eq!(found[1].priority, Some(Priority::Urgent));
    assert_eq!((found[1].due_on, found[1].due_at), (None, None));
    // In a sentence a quarter alone is part of a name.
    assert_eq!(
        day("- [ ] Send the Q1 2027 report to Ana\n", "report"),
        None
    );
}

#[test]
fn nobody_is_no_owner() {
    let text = "Action items\n- Notes: Remind Raj about the invoice\n- TBD: insurance\n- TBD to book the hall\n- Tom to call the bank\n- ACTION: JH\n";
    let owners: Vec<_> = items(text)
        .into_iter()
        .filter_map(|item| item.assigned_to)
        .collect();
    assert_eq!(owners, ["Tom"]);
    assert!(!titles(text).contains(&"JH".to_owned()));
}

#[test]
fn german_du_before_a_day_is_no_beginning() {
    let text = "Kannst du morgen den Arzt anrufen? Wir müssen noch die Steuererklärung abgeben (Frist 2. Dezember).";
    assert_eq!(day(text, "Arzt").as_deref(), Some("2026-11-22"));
    assert_eq!(day(text, "Steuer").as_deref(), Some("2026-12-02"));
}

#[test]
fn a_day_gone_by_over_notes_dates_none_of_them() {
    let text = "Thu 19 Nov\n- call the plumber\n- passport renewal (expires 3 jan)\n- buy milk\n";
    assert_eq!(day(text, "plumber"), None);
    assert_eq!(day(text, "passport").as_deref(), Some("2027-01-03"));
    let ahead = "Thu 26 Nov\n- call the plumber\n- buy milk\n";
    assert_eq!(day(ahead, "plumber").as_deref(), Some("2026-11-26"));
}

#[test]
fn where_the_locale_leaves_it_open_a_date_that_is_ahead_is_meant() {
    let open = Context {
        locale: Some("en".to_owned()),
        ..context()
    };
    let due = |text: &str, context: &Context| {
        let found = extract(text, context).items;
        found[0].due_on.unwrap().to_string()
    };
    let text = "Please send the form by 12/04/2026.";
    assert_eq!(due(text, &open), "2026-12-04");
    assert_eq!(
        due("Please send the form by 03/12/2026.", &open),
        "2026-12-03"
    );
    let british = Context {
        locale: Some("en-GB".to_owned()),
        ..context()
    };
    assert_eq!(due(text, &british), "2026-04-12");
    // Another date of the document tells.
    let text = "Please send the form by 12/04/2027. The rent was paid on 31/10/2026.";
    assert_eq!(due(text, &open), "2027-04-12");
    let text = "Please send the form by 12/04/2027. The rent was paid on 10/31/2026.";
    assert_eq!(due(text, &open), "2027-12-04");
}

#[test]
fn deadlines_and_closing_hours_are_no_meetings() {
    let text = "Call for papers. Deadline for abstracts: 5 pm, 4 Dec. Notification in January.";
    let found = items(text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].task_type, TaskType::Task);
    for text in [
        "Dear parents,\n\nSchool closes for Christmas on Friday 18 December at 1.30pm.",
        "Das Büro schließt am Freitag, 18. Dezember, um 13 Uhr.",
    ] {
        assert_eq!(titles(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn people_are_not_handed_in() {
    let text = "Year 4 trip\n\nChildren should arrive by 8.15am on Friday 27 November.";
    assert_eq!(titles(text), Vec::<String>::new());
    let text = "The form should arrive by Friday 27 November.";
    assert_eq!(titles(text), ["Submit the form"]);
}

#[test]
fn what_is_due_has_the_verb_that_fits() {
    let cases = [
        (
            "Payment of EUR 49.90 is due by 30 November.",
            "Pay EUR 49.90",
        ),
        ("Remember: car MOT due 5 December.", "Complete car MOT"),
        ("Passport renewal is due by 5 December.", "Renew Passport"),
        ("The report is due by 5 December.", "Submit the report"),
    ];
    for (text, title) in cases {
        assert_eq!(titles(text), [title], "{text}");
    }
}

#[test]
fn a_title_takes_no_words_of_what_only_stands_near() {
    let text = "Minutes\n\nThe board discussed the overspend. Priya to circulate a revised forecast by 4 December.";
    assert_eq!(titles(text), ["Circulate a revised forecast"]);
    let text = "Finance\n- send the form by Monday\n- inform the press\n- call the bank\n";
    assert!(titles(text).iter().all(|title| !title.contains("Finance")));
    let text = "Il faut que tu envoies le dossier avant vendredi.";
    assert_eq!(titles(text), ["Envoyer le dossier"]);
}

#[test]
fn a_line_that_begins_anew_does_not_continue_the_one_above() {
    let text = "Toplantı notları\n• Yeni ofis için üç teklif alınacak (sorumlu: Elif, son tarih: 4 Aralık)\nBir sonraki toplantı 10 Aralık'ta saat 14.00'te yapılacaktır.";
    let found = items(text);
    assert_eq!(found[0].title, "Yeni ofis için üç teklif alınacak");
    assert_eq!(found[0].assigned_to.as_deref(), Some("Elif"));
    let text = "Team meeting every other Tuesday 10am until March 2027\nSend timesheet weekly by Friday noon.";
    assert!(
        items(text)
            .iter()
            .all(|item| !item.source.quote.contains('\n'))
    );
}

#[test]
fn proposals_and_advice_are_no_part_of_a_title() {
    let text = "Lass uns bis Freitag den Bericht fertig machen.";
    assert_eq!(titles(text), ["Den Bericht fertig machen"]);
    let text = "Bitte überweisen Sie den Betrag und beachten, dass Skonto bis 30.11. gilt.";
    assert!(titles(text).iter().all(|title| !title.contains("Skonto")));
}

#[test]
fn what_a_later_turn_says_was_done_is_no_task() {
    let asked = "[21/11/2026, 09:01] Aled: Shaz, can you confirm the pump with Camfaud?\n[21/11/2026, 09:05] Shaz: ";
    let named = |answer: &str| {
        let all = titles(&format!("{asked}{answer}\n"));
        all.iter().any(|title| title.starts_with("Confirm"))
    };
    assert!(!named("Pump confirmed this afternoon"));
    assert!(named("is it not confirmed yet?"));
    assert!(named("it will be confirmed"));
}

#[test]
fn the_last_word_of_a_line_closes_it() {
    let text = "Actions\n\n1. Answer RFI 61 on the parapet flashing     Closed\n2. Clean up the test accounts. DONE (thx Mina)\n3. Send the drawings of the roof to Tom\n";
    let all = titles(text);
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].contains("drawings"));
}

#[test]
fn a_word_in_capitals_under_a_point_is_a_heading() {
    let text = "TO DO\n- Order the new bulbs for the hallway\n- Put the letter of Sylvie on the agenda, nobody of the board volunteered to answer\nDONE\n- insurance of the building\n- bike rack\n";
    let all = titles(text);
    assert!(all.iter().any(|title| title.contains("bulbs")), "{all:?}");
    assert!(
        !all.iter()
            .any(|title| title.contains("insurance") || title.contains("rack")),
        "{all:?}"
    );
}

#[test]
fn rows_that_tell_how_things_are_are_none() {
    let text = "| Point | Who | When |\n|---|---|---|\n| Crane is taken down | | |\n| Order the parapet stones | Kurz | 14.4. |\n| Scaffold tag is missing | | |\n";
    let all = titles(text);
    assert!(!all.iter().any(|title| title.contains("Crane")), "{all:?}");
    assert!(all.iter().any(|title| title.contains("stones")), "{all:?}");
    assert!(
        all.iter().any(|title| title.contains("Scaffold")),
        "{all:?}"
    );
}

#[test]
fn what_only_sells_and_what_is_struck_is_no_task() {
    let text = "Notes\n\n- Book a free demo before 31 March and get three months half price\n- Order online today!\n- balcony: deliver the glass in two lots -> rejected\n- Order the flowers for the hall\n";
    let all = titles(text);
    assert_eq!(all, ["Order the flowers for the hall"]);
}
