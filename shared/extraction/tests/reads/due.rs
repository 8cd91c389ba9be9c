//! When a task is due: what another sentence, another speaker or the line around it says of its day, and what says nothing.

use crate::{named, read_at};

/// What the only item with such a word in its title is due on, on Wednesday, 4 March 2026, at ten in Berlin.
fn due(text: &str, word: &str) -> String {
    let item = named(&read_at("2026-03-04T09:00:00Z", text).items, word);
    let at = item.due_at.map(|at| at.to_rfc3339());
    at.or_else(|| item.due_on.map(|day| day.to_string()))
        .unwrap_or_default()
}

#[test]
fn the_answer_of_who_is_asked_says_when() {
    let asked = "Ana: Still waiting on the weights for the two flat racks, Kofi.\n";
    let answered = format!("{asked}Kofi: Yes sorry, weighbridge was down. You get them Friday\n");
    assert_eq!(due(&answered, "weights"), "2026-03-06");
    // What is asked, what is not done, and what another one says, tells nothing.
    for other in [
        "Kofi: is the crane there on Friday?\n",
        "Kofi: the trucks do not come on Friday\n",
        "Ana: The crane comes on Friday\n",
    ] {
        assert_eq!(due(&format!("{asked}{other}"), "weights"), "", "{other}");
    }
}

#[test]
fn a_weekday_cut_short_ends_what_is_jotted_down() {
    let text = "Site walk\n\n- ring the venue mon\n- revise the door schedule, issue Mon\n- sort the visa with the consulate Mon first thing\n- bring the spanner sat\n- ask where the panel sat\n- keep the plants out of the sun\n";
    assert_eq!(due(text, "venue"), "2026-03-09");
    assert_eq!(due(text, "schedule"), "2026-03-09");
    assert_eq!(due(text, "visa"), "2026-03-09");
    assert_eq!(due(text, "spanner"), "2026-03-07");
    assert_eq!(due(text, "panel"), "");
    assert_eq!(due(text, "plants"), "");
}

#[test]
fn a_request_over_a_list_dates_its_items() {
    let german = "Sehr geehrte Frau Kühn,\n\nbitte senden Sie uns folgende Unterlagen bis zum 13. April 2026:\n\n1. Nachweise zu den Einfuhren\n2. Erklärungen des Lieferanten\n";
    assert_eq!(due(german, "Nachweise"), "2026-04-13");
    let hasty = "Dear Ana,\n\nPls send us by Friday latest\n- crew list (new format)\n- waste notification form\n";
    assert_eq!(due(hasty, "Waste"), "2026-03-06");
}

#[test]
fn a_line_below_a_list_dates_all_of_it() {
    let text = "Dear Margaret,\n\nStill missing from you:\n\n(a) the statement of interest\n(b) the French rents\n(c) the lease\n\nIf I could have all three by Friday 13 March.\n";
    assert_eq!(due(text, "rents"), "2026-03-13");
}

#[test]
fn what_is_to_be_done_about_a_point_dates_it() {
    let text = "Please note:\n\n1) Rollback script for the interest module is missing. Please share same by Friday.\n2) Firewall request was closed.\n";
    assert_eq!(due(text, "Rollback"), "2026-03-06");
}

#[test]
fn the_same_date_is_that_of_the_point_before() {
    let text = "Falta:\n\n1) Enviar el poder notarial. Tiene que llegar antes del 13 de marzo.\n2) Enviar el registro civil de matrimonio. Misma fecha.\n";
    assert_eq!(due(text, "registro"), "2026-03-13");
}

#[test]
fn a_number_before_at_the_latest_is_a_day() {
    let french = "Bonjour Thibault,\n\nPeux-tu me sortir les plannings de nuit ? J'en ai besoin pour le 28 au plus tard.\n";
    assert_eq!(due(french, "plannings"), "2026-03-28");
    let indian = "Dear Sir,\n\nKindly send the revised invoice latest by 21st inst.\n";
    assert_eq!(due(indian, "invoice"), "2026-03-21");
}

#[test]
fn the_day_of_what_was_told_before_dates_nothing() {
    let text =
        "Minutes\n\n4. Insurance\nRenewal is August 1. Broker to send the inspection report.\n";
    assert_eq!(due(text, "report"), "");
    let wanted = "Minutes\n\n4. Insurance\nThe bank wants it August 1. Broker to send the inspection report.\n";
    assert_eq!(due(wanted, "report"), "2026-08-01");
}

#[test]
fn todays_date_over_notes_says_when_they_were_made() {
    let text = "Wed 4/3\n- ring Lena re brackets\n- order the tiles by fri\n";
    assert_eq!(due(text, "Lena"), "");
    assert_eq!(due(text, "tiles"), "2026-03-06");
    assert_eq!(
        due("Thu 5/3\n- ring Lena re brackets\n", "Lena"),
        "2026-03-05"
    );
}

/// When the only item with such a word in its title begins.
fn start(text: &str, word: &str) -> String {
    let item = named(&read_at("2026-03-04T09:00:00Z", text).items, word);
    item.start_at.map(|at| at.to_rfc3339()).unwrap_or_default()
}

#[test]
fn a_series_begins_on_the_day_it_names() {
    let text = "Choir\n\nRehearsals are held every Thursday at 20:15 in the parish hall, beginning on 9 April.\n";
    assert_eq!(start(text, "Rehearsals"), "2026-04-09T18:15:00+00:00");
}

#[test]
fn an_hour_takes_the_day_before_it_or_above_it() {
    let before = "Choir\n\nSat 14 March ....... rehearsal, 14:00, church\n";
    assert_eq!(start(before, "Rehearsal"), "2026-03-14T13:00:00+00:00");
    let above = "Programme\n\nMon 9 March\n10:00 Welcome meeting, room 3\n14:00 Workshop on safety, room 4\n";
    assert_eq!(start(above, "Workshop"), "2026-03-09T13:00:00+00:00");
}

#[test]
fn a_short_weekday_before_an_hour_is_a_day() {
    assert_eq!(
        start("- meeting with Aylin mon 9h30\n", "Aylin"),
        "2026-03-09T08:30:00+00:00"
    );
    let turkish = "* boyacıyı ara\n* perş 14:00 dişçi randevusu\n* anahtarı kapıcıdan al\n";
    assert_eq!(start(turkish, "işçi"), "2026-03-05T13:00:00+00:00");
}

#[test]
fn who_answers_takes_on_what_another_one_lacks() {
    let asked = "Beth: I'm still without the hand hygiene audit for March.\n";
    let answered = format!(
        "{asked}Moira: That's sitting with me. You'll have it Monday.\nBeth: Ta. And the hoist?\nMoira: Away yesterday.\n"
    );
    assert_eq!(due(&answered, "audit"), "2026-03-09");
}

#[test]
fn a_question_after_the_day_is_answered_by_anybody() {
    let taken = "Tamika: I'll take the supply rooms.\nDana: By when?\nTamika: Say the 13th.\n";
    assert_eq!(due(taken, "supply"), "2026-03-13");
    let asked = "Zoe: Hal, would you write three standard answers for support?\nHal: When?\nZoe: End of the month is plenty.\n";
    assert_eq!(due(asked, "answers"), "2026-03-31");
}

#[test]
fn what_is_wanted_by_a_meeting_is_due_on_its_day() {
    let minutes = |line: &str| {
        format!(
            "Committee meeting, 3 March 2026\n\n- {line}\n\nRegular meeting: Tuesday 14 April 2026, 6.30 pm\nReview with the Trust: Friday 20 March 2026, 10 am\n"
        )
    };
    let quotes = minutes("Merv to bring three quotes to the April meeting");
    assert_eq!(due(&quotes, "quotes"), "2026-04-14");
    let draft = minutes("Ana to send the draft to everyone two days before the review");
    assert_eq!(due(&draft, "draft"), "2026-03-18");
    // A hall for the review is booked at any time.
    let hall = minutes("Ana to book the hall for the review");
    assert_eq!(due(&hall, "hall"), "");
}

#[test]
fn an_hour_is_on_the_day_of_its_row_or_line() {
    let rota = "Day | Who | Job | By\n--- | --- | --- | ---\nThu 12 | Xin | water the plants | 10:00\nFri 13 | Beth | order tips and gloves | noon\n";
    assert_eq!(due(rota, "plants"), "2026-03-12T09:00:00+00:00");
    let course = "Curso de derecho notarial\n\n12 de marzo   Sin clase. Entrega del caso práctico, hasta las 14:00, por el aula virtual\n";
    assert_eq!(due(course, "caso"), "2026-03-12T13:00:00+00:00");
}

#[test]
fn a_month_heads_its_days() {
    let term = "# Spring term 2026\n\n## MARCH\n\n- Fri 20 Geography write-up due\n\n## APRIL\n\n- Wed 29 Design folder due\n- Fri 3 Expedition money due\n";
    assert_eq!(due(term, "xpedition"), "2026-04-03");
}

#[test]
fn the_stamps_of_a_chat_tell_their_own_order() {
    let chat = "3/2/26, 7:48 PM - Priya: Hi all\n3/2/26, 7:51 PM - Tom: Katka, could you send me the form by Friday?\n3/2/26, 7:52 PM - Katka: ok\n";
    assert_eq!(due(chat, "form"), "2026-03-06");
}

#[test]
fn what_is_amiss_is_due_when_its_mending_is() {
    let notes = "Lab meeting 4 March 2026\n\n- our samples are still sitting in the Chen lab. ACTION: @Jonas fetch them back by Friday\n";
    assert_eq!(due(notes, "samples"), "2026-03-06");
}

#[test]
fn each_day_of_a_sentence_has_its_own_task() {
    for (text, wanted) in [
        (
            "Kim will call Bob on Friday and Tom on Monday.",
            [("Call Bob", "2027-03-12"), ("Call Tom", "2027-03-15")],
        ),
        (
            "Please send the draft by 15 March and the final version by 22 March.",
            [
                ("Send the draft", "2027-03-15"),
                ("Send the final version", "2027-03-22"),
            ],
        ),
        (
            "Tom: paint by Friday, floor by Monday",
            [("Paint", "2027-03-12"), ("Floor", "2027-03-15")],
        ),
        (
            "Tom to order paint by Friday, call Bob on Monday.",
            [("Order paint", "2027-03-12"), ("Call Bob", "2027-03-15")],
        ),
    ] {
        let found = crate::read_at("2027-03-10T08:00:00Z", text).items;
        let found: Vec<_> = found
            .iter()
            .map(|item| (item.title.as_str(), crate::when(item)))
            .collect();
        let wanted = wanted.map(|(title, day)| (title, day.to_owned()));
        assert_eq!(found, wanted, "{text}");
    }
    // A meeting of its own takes no verb of another.
    let text = "Please send the draft by Friday and meeting by Monday.";
    let found = crate::read_at("2027-03-10T08:00:00Z", text).items;
    assert!(
        found.iter().all(|item| item.title != "Send meeting"),
        "{found:#?}"
    );
}

#[test]
fn what_was_due_on_a_weekday_is_overdue() {
    for (text, title, day) in [
        (
            "Reminder: the form was due on Monday.",
            "Submit the form",
            "2026-11-16",
        ),
        (
            "Your invoice was due on 2 November.",
            "Your invoice",
            "2026-11-02",
        ),
        (
            "The report is late, please send it today.",
            "Send the report",
            "2026-11-21",
        ),
        (
            "The report was due last Friday, please send it today.",
            "Send the report",
            "2026-11-21",
        ),
    ] {
        let found = crate::saturday::items(text);
        let found: Vec<_> = found
            .iter()
            .map(|item| (item.title.as_str(), crate::when(item)))
            .collect();
        assert_eq!(found, [(title, day.to_owned())], "{text}");
    }
    // What is due is ahead, and what everybody handed in is done.
    let ahead = crate::saturday::items("Reminder: the form is due on Monday.");
    assert_eq!(crate::when(&ahead[0]), "2026-11-23");
    let done = crate::saturday::titles("The essay was due on Friday and everybody handed it in.");
    assert!(done.is_empty(), "{done:?}");
}

#[test]
fn the_day_of_a_letter_set_wide_stands_below_a_blank_line() {
    let letter = "Your next check-up is in May.\n\nPlease complete the medical history form and return it\n\nby 1 April 2026.\n\nIf you cannot attend, tell us.\n";
    assert_eq!(due(letter, "form"), "2026-04-01");
    // What ends with a stop has no day from below.
    let apart =
        "Please complete the medical history form and return it.\n\nby 1 April 2026 we move.\n";
    assert_eq!(due(apart, "form"), "");
}
