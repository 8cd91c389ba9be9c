//! Hours and relative days under the days of titles and lead-ins, and deadlines on lines of their own.

use crate::{named, read_at, when};

/// Wednesday, 4 March 2026, 18:00 in Berlin.
fn at(text: &str, word: &str) -> String {
    let items = read_at("2026-03-04T17:00:00Z", text).items;
    when(&named(&items, word))
}

#[test]
fn hours_are_on_the_day_above_them() {
    let agenda = "Thursday 12 March 2026\n09:00 Coffee\n09:30 - 10:45 Budget review\n12:30 Lunch\n13:30 - 15:00 Safety workshop\n";
    assert_eq!(at(agenda, "Budget review"), "2026-03-12T08:30:00+00:00");
    assert_eq!(at(agenda, "Safety workshop"), "2026-03-12T12:30:00+00:00");
    let list = "On your first day, 16 March:\n- 10:00-11:00 Safety training\n";
    assert_eq!(at(list, "Safety training"), "2026-03-16T09:00:00+00:00");
    let moving = "Moving day (14 March)\n- Hand over keys, 4 pm\n";
    assert_eq!(at(moving, "keys"), "2026-03-14T15:00:00+00:00");
    let heading = "## Thursday 12 March\n\n- 11:00 call with Brightwell\n";
    assert_eq!(at(heading, "Brightwell"), "2026-03-12T10:00:00+00:00");
}

#[test]
fn hours_under_a_deadline_or_another_day_keep_theirs() {
    let own = "## Thursday 12 March\n\n- call with Brightwell on 17 March at 11:00\n";
    assert_eq!(at(own, "Brightwell"), "2026-03-17T10:00:00+00:00");
    let due = "Please return the form by 12 March:\n- call Brightwell today at 7pm\n";
    assert_eq!(at(due, "Brightwell"), "2026-03-04T18:00:00+00:00");
}

#[test]
fn a_deadline_may_stand_on_a_line_of_its_own() {
    let text = "Hi Anna,\n\nthe concert is on 21 March at 19:00.\nPlease send me the seating plan\nby Friday.\n";
    assert_eq!(at(text, "seating plan"), "2026-03-06");
}

#[test]
fn days_in_a_log_count_from_the_heading_above() {
    let text = "# Log\n\n## 2026-02-16\n- [ ] call Bob tomorrow\n\n## 2026-02-23\n- [ ] order paint by Friday\n";
    assert_eq!(at(text, "paint"), "2026-02-27");
    let back = "# Log\n\n## 2026-02-23\n- [ ] order paint by Friday\n\n## 2026-02-16\n- [ ] call Bob tomorrow\n";
    assert_eq!(at(back, "Bob"), "2026-02-17");
}

#[test]
fn long_headings_are_read_whatever_letters_they_have() {
    for more in 0..4 {
        let heading = format!("{}Besprechung {}", "x".repeat(more), "ü".repeat(80));
        let list = format!("# {heading}\n\n- [ ] Angebot bis Freitag an die Schreinerei senden\n");
        let items = read_at("2026-11-23T09:00:00Z", &list).items;
        assert_eq!(items.len(), 1, "{more}");
    }
}

#[test]
fn days_under_a_month_are_of_that_month() {
    let text = "TERM DATES: what is on at the school and when\n\nMARCH\nMon 9       Parents' evening, 4.00-6.30\n\nJUNE\nThurs 18    Sports day, 1.15 - 3.15\n";
    assert_eq!(at(text, "Sports day"), "2026-06-18T11:15:00+00:00");
}

#[test]
fn a_day_cut_short_ends_no_sentence() {
    let text = "Notes\n\n- audition master 2 : jeu. 12 mars 14h30, salle 204\n- repas de Noël vend. 18/12, 20h\n";
    assert_eq!(at(text, "Audition"), "2026-03-12T13:30:00+00:00");
    assert_eq!(at(text, "Repas"), "2026-12-18T19:00:00+00:00");
}

#[test]
fn how_long_it_lasts_may_stand_before_its_day() {
    let text =
        "Hi Tom,\n\ncould we have a 30 min call on Thursday 12 March at 10.15?\n\nBest\nAnna\n";
    let items = read_at("2026-03-04T17:00:00Z", text).items;
    let end = named(&items, "all").end_at.unwrap();
    assert_eq!(end.to_rfc3339(), "2026-03-12T09:45:00+00:00");
}

#[test]
fn a_meeting_may_take_its_hour_from_the_sentence_behind_it() {
    let text = "Hi Anna,\n\nthe auditor is asking for a meeting with you about the accounts. Would Thursday 12 March at 14:00 suit you?\n\nPlease send me the contract by Friday.\n\nBest\nTom\n";
    let items = read_at("2026-03-04T17:00:00Z", text).items;
    let start = named(&items, "auditor").start_at.unwrap();
    assert_eq!(start.to_rfc3339(), "2026-03-12T13:00:00+00:00");
    assert_eq!(named(&items, "contract").start_at, None);
}

#[test]
fn what_is_fixed_for_an_hour_is_no_deadline() {
    let text = "Hola Ana:\n\nLa firma de la escritura queda fijada para el miércoles 11 de marzo a las 12:30 en la notaría.\n\nUn saludo\n";
    let items = read_at("2026-03-04T17:00:00Z", text).items;
    let start = named(&items, "escritura").start_at.unwrap();
    assert_eq!(start.to_rfc3339(), "2026-03-11T11:30:00+00:00");
}
