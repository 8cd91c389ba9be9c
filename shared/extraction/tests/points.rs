//! Points of minutes, logs and answers: whose they are, what they are about, and when, where another line says it.
#![expect(clippy::unwrap_used, reason = "a test ends where its premise does")]

use sentry_extraction::{Context, Item, extract};

/// Wednesday, 4 March 2026, 18:00 in Berlin.
fn items(text: &str) -> Vec<Item> {
    let now = "2026-03-04T17:00:00Z".parse().unwrap();
    let context = Context::new(now, "Europe/Berlin".parse().unwrap());
    extract(text, &context).items
}

fn item(text: &str, word: &str) -> Item {
    let all = items(text);
    let found = all.iter().find(|item| item.title.contains(word));
    found
        .unwrap_or_else(|| panic!("{word} in {all:#?}"))
        .clone()
}

fn due(item: &Item) -> String {
    let at = item.due_at.or(item.start_at).map(|at| at.to_rfc3339());
    at.or_else(|| item.due_on.map(|day| day.to_string()))
        .unwrap_or_default()
}

#[test]
fn a_thin_order_takes_the_topic_of_its_point() {
    let text = "Committee, 3 March 2026\n\n9. Heat policy\nCurrent one is old. Tom to draft a new one by 20 March.\n\n* Roof and gutters: Tom to bring three quotes by 27 March\n";
    assert!(item(text, "Draft").title.contains("Heat policy"));
    assert!(item(text, "quotes").title.contains("Roof and gutters"));
}

#[test]
fn the_list_of_those_present_ends() {
    let text = "Baubesprechung 3.3.2026\n\nTeilnehmer:\n  Fr. Kühn  (Kü)  Architektin\n  Hr. Brandt  (Br)  Fassaden\n------------------\n12.1  Br stellt bis Mi. 18.03. drei Musterflächen her.\n";
    assert!(!items(text).is_empty());
}

#[test]
fn initials_stand_for_names() {
    let text = "Progress meeting 3 March 2026\n\nPresent\n  Dave Whitworth (DW)   site manager\n  Priya Nair (PN)   QS\n  Tom Ashworth (TA)   M&E\n\n7.1   Send the revised programme by 17 March.                 DW\n7.2   Issue the valuation by 24 March.                        PN\n7.3   Finish the riser drawings by 20 March.                  TA\n";
    let owner = item(text, "programme").assigned_to;
    assert_eq!(owner.as_deref(), Some("Dave Whitworth"));
}

#[test]
fn days_stand_behind_the_owners_in_the_margin() {
    let text = "Points\n\n1.1  Submit the drawings of the slab.          Ferro      15/03\n1.2  Submit the data sheets of the doors.      Strukta    24/03\n1.3  Check the plan of the racks.              Mertens    17/03\n";
    let slab = item(text, "slab");
    assert_eq!(slab.assigned_to.as_deref(), Some("Ferro"));
    assert_eq!(due(&slab), "2026-03-15");
}

#[test]
fn who_is_given_work_is_a_person() {
    let text = "Staff meeting 4 March\n\n* Zorva to get the July roster up by Fri 19/6 so people can swap.\n";
    let roster = item(text, "roster");
    assert_eq!(roster.assigned_to.as_deref(), Some("Zorva"));
}

#[test]
fn the_stamp_of_a_log_dates_nothing() {
    let text = "Notebook, 4 March 2026\n\n0630 nets 1-6 open\n0715 net 3 torn\n0840 order more rings from the supplier by Monday\n0900 coffee\n1130 too hot, nets shut\n";
    assert_eq!(due(&item(text, "rings")), "2026-03-09");
}

#[test]
fn an_answer_says_when() {
    let text = "[04/03/2026, 09:40] Kavya: Megha can you pay the studio rent please\n[04/03/2026, 09:41] Megha: ya tmrw\n[04/03/2026, 09:50] Rohit: great\n";
    assert_eq!(due(&item(text, "rent")), "2026-03-05");
}

#[test]
fn an_answer_of_more_words_says_when() {
    let text = "[04/03/2026, 09:40] Kavya: Mel can you do the float for the raffle please\n[04/03/2026, 09:41] Mel: yep will go to the bank tmrw\n[04/03/2026, 09:50] Kavya: Rohit I still miss the invitation letter from you, cards go to print by 20 March\n[04/03/2026, 09:51] Rohit: writing it now, you'll have it by Friday\n";
    assert_eq!(due(&item(text, "float")), "2026-03-05");
    assert_eq!(due(&item(text, "letter")), "2026-03-06");
}

#[test]
fn what_closes_dates_what_was_asked() {
    let text = "Hi Ben,\n\nplease send the workshop list to the secretary. The list closes Friday.\n\nThe door is fixed.\n";
    assert_eq!(due(&item(text, "list")), "2026-03-06");
}

#[test]
fn the_next_meeting_is_a_day() {
    let text = "Committee meeting, 3 March 2026\n\nTom to get two quotes for the roof for the next meeting.\n\nNext meeting: Thursday 19 March 2026, 7.30 pm\n";
    assert_eq!(due(&item(text, "quotes")), "2026-03-19");
}

#[test]
fn a_table_of_hours_has_the_day_above_it() {
    let text = "Call sheet\n\nSATURDAY 14 MARCH 2026\n\nTIME    WHO    WHAT                     WHERE\n------  -----  -----------------------  ------------\n0630    Crew   Site safety induction    Lower lawn\n1015    Band   Production meeting       Barrel hall\n";
    assert_eq!(due(&item(text, "meeting")), "2026-03-14T09:15:00+00:00");
}

#[test]
fn half_a_header_is_enough() {
    let text = "Pos. | Open point / measure | Resp. | Date\n---|---|---|---\n3.2 | Send the revised foundation drawing | Ahlers | 28.03.26\n";
    assert_eq!(
        item(text, "foundation").assigned_to.as_deref(),
        Some("Ahlers")
    );
}

#[test]
fn a_programme_says_its_hour_once() {
    let text = "SPRING PROGRAMME 2026\nTuesdays 7.00-9.00pm at the hut unless it says otherwise\n\n10 March   Workshop on knots\n17 March   Workshop on first aid\n24 March   Workshop on cooking\n26 March   Meeting with the district\n";
    for (word, expected) in [
        ("knots", "2026-03-10T18:00:00+00:00"),
        ("aid", "2026-03-17T18:00:00+00:00"),
        // Another day of the week than the head says.
        ("district", "2026-03-26"),
    ] {
        assert_eq!(due(&item(text, word)), expected, "{word}");
    }
}

#[test]
fn nobody_meets_when_the_day_is_over() {
    for (text, word) in [
        ("Variation order 9: get signature COB Fri 13/3", "signature"),
        (
            "COURSE SCHEDULE\nFri Mar 13, 11:59 pm   Pre-course survey (Canvas)",
            "survey",
        ),
    ] {
        let found = item(text, word);
        assert!(
            found.start_at.is_none() && found.due_at.is_some(),
            "{found:#?}"
        );
    }
}

#[test]
fn by_then_is_the_day_spoken_of_before() {
    let text = "Site notes\n\n- The tag on the scaffold runs out on 13 March. Kev to get the scaffolder back in by then\n- AGM fixed for Wednesday 20 May at 19:30.\n- Lynne to give notice three weeks ahead.\n";
    assert_eq!(due(&item(text, "scaffolder")), "2026-03-13");
    assert_eq!(due(&item(text, "notice")), "2026-04-29");
}

#[test]
fn a_meeting_of_several_days_begins_on_the_first() {
    let text = "Board\n\n- General assembly: 8 and 9 October 2026, Izmir.\n";
    assert_eq!(due(&item(text, "assembly")), "2026-10-08");
}
