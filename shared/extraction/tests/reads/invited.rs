//! Invitations: labelled lines, entries of a calendar, and who comes.

use crate::read_at;
use sentry_domain::{Priority, TaskType};
use sentry_extraction::{Extraction, Item};

/// Wednesday, 4 March 2026, 10:00 in Berlin.
fn read(text: &str) -> Extraction {
    read_at("2026-03-04T09:00:00Z", text)
}

/// The only item, a meeting.
fn meeting(text: &str) -> Item {
    let mut items = read(text).items;
    assert_eq!(items.len(), 1, "{items:#?}");
    let item = items.remove(0);
    assert_eq!(item.task_type, TaskType::Meeting, "{item:#?}");
    item
}

fn times(item: &Item) -> (String, String) {
    let text = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| at.to_rfc3339());
    (
        text(item.start_at)
            .unwrap_or_default()
            .replace(":00+00:00", ""),
        text(item.end_at)
            .unwrap_or_default()
            .replace(":00+00:00", ""),
    )
}

#[test]
fn labelled_lines_are_one_meeting() {
    let item = meeting(
        "Garden committee\nDate: 12 March 2026\nTime: 16:00 - 17:30\nLocation: Shed 2\nParticipants: Rosa, Emil and Tove\n",
    );
    assert_eq!(item.title, "Garden committee");
    assert_eq!(
        times(&item),
        ("2026-03-12T15:00".into(), "2026-03-12T16:30".into())
    );
    assert_eq!(item.attendees, ["Rosa", "Emil", "Tove"]);
    assert!(item.source.quote.starts_with("Garden committee\nDate"));
}

#[test]
fn an_invitation_says_what_it_invites_to() {
    let item =
        meeting("Invitation: Roof inspection\nDate: Thu 12 March 2026\nTime: 2pm\nPlace: Gate 4\n");
    assert_eq!(item.title, "Roof inspection");
    assert_eq!(times(&item).0, "2026-03-12T13:00");
    let item = meeting(
        "Einladung zur Hauptversammlung\n\nDatum: Donnerstag, 12. März 2026\nUhrzeit: 19:30 Uhr\nOrt: Turnhalle\n",
    );
    assert_eq!(item.title, "Hauptversammlung");
    assert_eq!(times(&item).0, "2026-03-12T18:30");
}

#[test]
fn one_label_holds_day_and_hour() {
    let item = meeting(
        "Harvest review\nWhen: Thu 12 Mar 2026, 9:00-10:00\nWhere: Barn\nAttendees: Rosa Lind; Emil Koch <emil@example.org>; Tove Dahl\n",
    );
    assert_eq!(item.title, "Harvest review");
    assert_eq!(
        times(&item),
        ("2026-03-12T08:00".into(), "2026-03-12T09:00".into())
    );
    assert_eq!(item.attendees, ["Rosa Lind", "Emil Koch", "Tove Dahl"]);
    let item = meeting(
        "Besprechung: Ernteplan\nTermin: 12.03.2026, 10:00-11:00\nOrt: Raum 3\nTeilnehmer: Rosa Lind, Emil Koch\n",
    );
    assert_eq!(item.title, "Ernteplan");
    assert_eq!(item.attendees, ["Rosa Lind", "Emil Koch"]);
    let item = meeting(
        "Subject: Seed order\nWhen: Thursday, 12 March 2026 14:00-15:00\nWhere: Office\nRequired: Rosa Lind; Emil Koch\n",
    );
    assert_eq!(item.title, "Seed order");
    assert_eq!(item.attendees, ["Rosa Lind", "Emil Koch"]);
}

#[test]
fn programs_invite_in_their_own_words() {
    let item = meeting(
        "Rosa Lind is inviting you to a scheduled Zoom meeting.\n\nTopic: Orchard planning\nTime: Mar 12, 2026 03:00 PM Amsterdam, Berlin\n\nJoin Zoom Meeting\nhttps://zoom.example/j/1\n\nMeeting ID: 123 456\n",
    );
    assert_eq!(item.title, "Orchard planning");
    assert_eq!(times(&item).0, "2026-03-12T14:00");
    let item = meeting(
        "Orchard walk\nThursday, March 12 · 2:30 – 3:30pm\nTime zone: Europe/Berlin\nGoogle Meet joining info\nVideo call link: https://meet.example/abc\n\nGuests\nrosa@example.org\nemil.koch@example.org\n",
    );
    assert_eq!(item.title, "Orchard walk");
    assert_eq!(
        times(&item),
        ("2026-03-12T13:30".into(), "2026-03-12T14:30".into())
    );
    assert_eq!(item.attendees, ["Rosa", "Emil Koch"]);
}

#[test]
fn what_was_held_invites_nobody() {
    for text in [
        "Garden committee\nDate: 3 March 2026\nTime: 16:00\nLocation: Shed 2\n",
        "Minutes of the garden committee\nDate: 12 March 2026\nTime: 16:00\nLocation: Shed 2\n",
    ] {
        let items = read(text).items;
        assert!(
            items.iter().all(|item| item.task_type != TaskType::Meeting),
            "{items:#?}"
        );
    }
}

#[test]
fn a_title_before_a_name_belongs_to_it() {
    let item = meeting("Call with Dr. Lindqvist and Emil on Thu 12 March 16:00\n");
    assert_eq!(item.attendees, ["Dr. Lindqvist", "Emil"]);
}

const CALENDAR: &str = "Rosa has invited you\n\n# Attachment: walk.ics\n\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nDTSTART;TZID=America/New_York:20260312T143000\r\nDTEND;TZID=America/New_York:20260312T153000\r\nRRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=4\r\nATTENDEE;CN=Emil Koch;RSVP=TRUE:mailto:emil@example.org\r\nATTENDEE:mailto:tove.dahl@example.org\r\nSUMMARY:Orchard\\, north \r\n side\r\nDESCRIPTION:Please bring the ladder.\r\nSTATUS:CONFIRMED\r\nBEGIN:VALARM\r\nDESCRIPTION:Reminder\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nSUMMARY:Return the keys\r\nDUE;VALUE=DATE:20260320\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";

#[test]
fn a_calendar_holds_meetings_and_tasks() {
    let items = read(CALENDAR).items;
    let [walk, keys] = items.as_slice() else {
        panic!("{items:#?}")
    };
    assert_eq!(walk.title, "Orchard, north side");
    assert_eq!(walk.task_type, TaskType::Meeting);
    assert_eq!(
        times(walk),
        ("2026-03-12T18:30".into(), "2026-03-12T19:30".into())
    );
    assert_eq!(
        walk.recurrence.as_deref(),
        Some("FREQ=WEEKLY;BYDAY=TH;COUNT=4")
    );
    assert_eq!(walk.attendees, ["Emil Koch", "Tove Dahl"]);
    assert_eq!(
        walk.description.as_deref(),
        Some("Please bring the ladder.")
    );
    assert_eq!(keys.title, "Return the keys");
    assert_eq!(keys.due_on.unwrap().to_string(), "2026-03-20");
}

#[test]
fn a_calendar_entry_that_is_over_is_none() {
    let called_off = CALENDAR.replace("METHOD:REQUEST", "METHOD:CANCEL");
    assert!(read(&called_off).items.is_empty());
    let done = CALENDAR.replace("STATUS:CONFIRMED", "STATUS:CANCELLED");
    assert_eq!(read(&done).items.len(), 1);
    let broken = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Walk\nDTSTART:2026\nEND:VEVENT";
    assert!(read(broken).items.is_empty());
}

#[test]
fn a_row_without_its_week_stands_in_the_same_table() {
    let text = "Week  Date    Topic                   Due\n9     Mar 10  Soil                    Field report 2\n10    Mar 17  Water                   Problem set 3\n      Mar 24  FINAL EXAM 9:00-11:30 am\n";
    let items = read(text).items;
    let due = |word: &str| {
        let item = items.iter().find(|item| item.title.contains(word)).unwrap();
        item.due_on.map(|day| day.to_string())
    };
    assert_eq!(due("Field report").as_deref(), Some("2026-03-10"));
    assert_eq!(due("Problem set").as_deref(), Some("2026-03-17"));
}

#[test]
fn guests_are_named_within_a_sentence() {
    let cases: [(&str, &[&str]); 9] = [
        (
            "Budget review on 12 March at 10:00, Grace, Ivan and Salma to attend.",
            &["Grace", "Ivan", "Salma"],
        ),
        (
            "Meeting on 12 March at 10:00. Grace, Ivan and Salma to attend.",
            &["Grace", "Ivan", "Salma"],
        ),
        (
            "Hiring panel Friday 14:00, panel: Lee, Ortiz",
            &["Lee", "Ortiz"],
        ),
        (
            "Ahmet ve Zeynep ile yarın 10:00'da toplantı",
            &["Ahmet", "Zeynep"],
        ),
        ("Call with Dr. Okafor tomorrow at 3pm", &["Dr. Okafor"]),
        (
            "Besprechung mit Herrn Dr. Weber und Frau Klein am 12. März, 10 Uhr",
            &["Herrn Dr. Weber", "Frau Klein"],
        ),
        (
            "Reunión con la Sra. García y Luis el 12 de marzo a las 10:00",
            &["Sra. García", "Luis"],
        ),
        (
            "Treffen am 12. März um 10 Uhr, dabei: Jana, Uwe",
            &["Jana", "Uwe"],
        ),
        ("Meeting with the board on 12 March at 10:00", &[]),
    ];
    for (text, guests) in cases {
        assert_eq!(meeting(text).attendees, guests, "{text}");
    }
}

#[test]
fn a_task_of_a_calendar_keeps_its_priority() {
    let priority = |value: &str| {
        let text = format!(
            "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:Renew the passport\nDUE;VALUE=DATE:20260320\n{value}END:VTODO\nEND:VCALENDAR\n"
        );
        read(&text).items[0].priority
    };
    assert_eq!(priority("PRIORITY:1\n"), Some(Priority::High));
    assert_eq!(priority("PRIORITY:5\n"), Some(Priority::Medium));
    assert_eq!(priority("PRIORITY:9\n"), Some(Priority::Low));
    assert_eq!(priority("PRIORITY:0\n"), None);
    assert_eq!(priority(""), None);
}

#[test]
fn a_mail_and_the_entry_it_brings_are_one_meeting() {
    let mail = |hour: &str| {
        format!(
            "From: Rosa Lind <rosa@example.org>\nTo: Emil Berg <emil@example.org>\nDate: 2026-03-03T08:00:00Z\nSubject: Garden budget\n\nHello Emil,\n\nsee you there.\n\nWhen: Thursday 12 March 2026 {hour}\nWhere: Shed 2\n\n# Attachment: invite.ics\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Garden budget\nDTSTART:20260312T130000Z\nDTEND:20260312T140000Z\nEND:VEVENT\nEND:VCALENDAR\n"
        )
    };
    assert_eq!(meeting(&mail("14:00-15:00")).title, "Garden budget");
    // Another hour is another meeting.
    assert_eq!(read(&mail("16:00-17:00")).items.len(), 2);
}

#[test]
fn the_name_of_an_attachment_says_nothing_of_what_it_holds() {
    let head = "From: Rosa Lind <rosa@example.org>\nTo: Emil Berg <emil@example.org>\nDate: 2026-03-03T08:00:00Z\nSubject: Kitchen\n\nsee below. Please approve the menu by Friday.\n\n";
    let confidence = |text: String| -> Vec<f64> {
        let items = read(&text).items;
        items.iter().map(|item| item.confidence).collect()
    };
    let body = "Please order soap by Friday.\n";
    let attached = confidence(format!("{head}# Attachment: note.txt\n\n{body}"));
    assert_eq!(attached.len(), 2);
    assert_eq!(attached, confidence(format!("{head}{body}")));
}
