//! Tables: what their headers mean, which rows are over, and those that only blanks draw.

use crate::read_at;
use sentry_extraction::Item;

/// Monday, 23 November 2026, 10:00 in Berlin.
fn items(text: &str) -> Vec<Item> {
    read_at("2026-11-23T09:00:00Z", text).items
}

/// Title, owner and day of all items.
fn rows(text: &str) -> Vec<(String, String, String)> {
    items(text)
        .into_iter()
        .map(|item| {
            let day = item.due_on.map(|day| day.format("%m-%d").to_string());
            (
                item.title,
                item.assigned_to.unwrap_or_default(),
                day.unwrap_or_default(),
            )
        })
        .collect()
}

fn check(text: &str, wanted: &[(&str, &str, &str)]) {
    let found = rows(text);
    let found: Vec<_> = found
        .iter()
        .map(|(title, owner, day)| (title.as_str(), owner.as_str(), day.as_str()))
        .collect();
    assert_eq!(found, wanted, "{text}");
}

/// A table of these rows, each with its cells between bars.
fn table(head: &str, body: &[&str]) -> String {
    let line = "|---".repeat(head.split('|').count());
    let body: Vec<String> = body.iter().map(|row| format!("| {row} |\n")).collect();
    format!("| {head} |\n{line}|\n{}", body.concat())
}

#[test]
fn short_headers_name_who() {
    for head in [
        "Verantw.",
        "Verantwortl.",
        "Zust.",
        "Members",
        "Resource Names",
    ] {
        let text = table(
            &format!("Task | {head} | Due"),
            &["Order the lamps | Rita | 04.12.2026"],
        );
        check(&text, &[("Order the lamps", "Rita", "12-04")]);
    }
    check(
        &table(
            "Task | Owner | Due",
            &["Order the lamps | @rita, @jan | 04.12.2026"],
        ),
        &[("Order the lamps", "rita, jan", "12-04")],
    );
}

#[test]
fn a_ticked_row_is_over_whatever_ticks_it() {
    for (head, yes, no) in [
        ("Done?", "TRUE", "FALSE"),
        ("Erledigt?", "ja", "nein"),
        ("Fait ?", "VRAI", "FAUX"),
        ("Done", "yes", ""),
    ] {
        let text = table(
            &format!("Task | Owner | Due | {head}"),
            &[
                &format!("Order the lamps | Rita | 04.12.2026 | {yes}"),
                &format!("Read the meter | Jan | 05.12.2026 | {no}"),
            ],
        );
        check(&text, &[("Read the meter", "Jan", "12-05")]);
    }
}

#[test]
fn a_cell_may_say_that_its_row_is_over() {
    let text = table(
        "Task | Owner | Due",
        &[
            "Circulate the minutes (done) | Anna | 04.12.2026",
            "Shorten the call | Anna | ~~today~~ done",
            "Order lamps (large) | Anna | 04.12.2026",
            "Summe | | ",
            "**Total:** | | ",
            "Total the receipts | Jan | 05.12.2026",
        ],
    );
    check(
        &text,
        &[
            ("Order lamps (large)", "Anna", "12-04"),
            ("Total the receipts", "Jan", "12-05"),
        ],
    );
}

#[test]
fn an_idea_on_a_board_is_no_task() {
    let text = table(
        "Card | List | Due",
        &[
            "Learn to sail | Ideas | ",
            "Try the new oven | Some day | ",
            "Renew the lease | To do | 04.12.2026",
        ],
    );
    check(&text, &[("Renew the lease", "", "12-04")]);
}

#[test]
fn a_verb_alone_belongs_to_what_stands_before_the_semicolon() {
    let text = table(
        "Aufgabe | Wer | Bis",
        &["Mietvertrag, Anlage C; prüfen | Rita | 04.12.2026"],
    );
    let found = rows(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    let text = table(
        "Task | Who | By",
        &["Book the hall; order the cake | Bob | 04.12.2026"],
    );
    check(
        &text,
        &[
            ("Book the hall", "Bob", "12-04"),
            ("Order the cake", "Bob", "12-04"),
        ],
    );
}

#[test]
fn a_plan_that_names_resources_has_tasks_by_name() {
    check(
        "WBS,Name,Duration,Start,Finish,Resource Names,% Complete\n1,Survey the site,2 days,01.12.2026,02.12.2026,Sam Hill,0%\n2,Order the steel,1 day,16.11.2026,17.11.2026,Sam Hill,100%\n",
        &[("Survey the site", "Sam Hill", "12-02")],
    );
}

#[test]
fn blanks_draw_a_table_with_initials() {
    check(
        "Action register\n\nA1  JM   Circulate the revised chart            26 Nov\nA2  PL   Book the training room                 30 Nov\nA3  JM   Talk to the drivers                    ongoing\n",
        &[
            ("Circulate the revised chart", "JM", "11-26"),
            ("Book the training room", "PL", "11-30"),
            ("Talk to the drivers", "JM", ""),
        ],
    );
}

#[test]
fn a_row_that_names_nothing_is_none() {
    let text = "Week;Date;Event;Time;Place;Responsible\n\
        3;Mon 18/01/2027%Practice meeting;13:00;Room 2;Noreen;\n\
        3;Tue 19/01/2027;Fire drill;10:00;Yard;Noreen;\n";
    let found = items(text);
    let titles: Vec<&str> = found.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["Fire drill"]);
}

/// 4 March 2026, 10:00 in Berlin.
const WEDNESDAY: &str = "2026-03-04T09:00:00Z";

#[test]
fn an_hour_under_a_deadline_at_which_nothing_closes_is_an_appointment() {
    let text = "| Item | Who | By | Status |\n|---|---|---|---|\n| Boiler engineer | Tom | Tue 10/3 10.20 | open |\n| Annual accounts | Eva | Fri 13/3 17:00 | open |\n";
    let found = read_at(WEDNESDAY, text).items;
    assert!(
        crate::named(&found, "Boiler").start_at.is_some(),
        "{found:#?}"
    );
    assert!(
        crate::named(&found, "accounts").due_at.is_some(),
        "{found:#?}"
    );
}

#[test]
fn the_hour_of_a_row_may_stand_beside_its_day_in_other_words() {
    let plan = "| No | Date | Time | Place | Event |\n|---|---|---|---|---|\n| 1 | Sun 8 Mar | 0700-1000 | clubhouse | Intro, signals |\n| 2 | Sun 15 Mar | 0700-1000 | beach | Board rescue |\n| 3 | Sun 22 Mar | 0830-1030 | beach | CPR practical |\n";
    let found = read_at(WEDNESDAY, plan).items;
    let start = crate::named(&found, "Board").start_at.unwrap();
    assert_eq!(start.to_rfc3339(), "2026-03-15T06:00:00+00:00");
    let told = "| Item | Remarks | Who | Date |\n|---|---|---|---|\n| Tailshaft survey | Lloyd confirmed Wed 18/3, 10:00 on the slip | Tom | 18/3/2026 |\n";
    let start = crate::named(&read_at(WEDNESDAY, told).items, "Tailshaft")
        .start_at
        .unwrap();
    assert_eq!(start.to_rfc3339(), "2026-03-18T09:00:00+00:00");
}

#[test]
fn the_open_stages_of_a_board_hold_tasks() {
    let board = table(
        "To do | Doing | Done",
        &[
            "Order paint | Call Bob | Book the hall",
            "Send invoices | | Pay the rent",
        ],
    );
    check(
        &board,
        &[
            ("Order paint", "", ""),
            ("Call Bob", "", ""),
            ("Send invoices", "", ""),
        ],
    );
    let board = table(
        "Offen | In Arbeit | Erledigt",
        &["Farbe bestellen | Bericht schreiben | Halle buchen"],
    );
    check(
        &board,
        &[("Farbe bestellen", "", ""), ("Bericht schreiben", "", "")],
    );
    // What is ticked off in a list is no stage.
    check(
        &table("Task | Done", &["Order paint | x", "Call Bob | "]),
        &[("Call Bob", "", "")],
    );
}

#[test]
fn rows_without_a_header_tell_their_columns() {
    let rows = [
        ("Order paint", "Tom", "12-01"),
        ("Call the printer", "Kim", "12-04"),
    ];
    check(
        "Order paint,Tom,2026-12-01\nCall the printer,Kim,2026-12-04\n",
        &rows,
    );
    check(
        "01.12.2026;Order paint;Tom\n04.12.2026;Call the printer;Kim\n",
        &rows,
    );
    // What was paid is no work.
    check("2026-12-01,12.50,Coffee\n2026-12-04,8.00,Tea\n", &[]);
}

#[test]
fn a_row_for_which_nothing_is_to_be_done_is_none() {
    let text = table(
        "Item | Discussion | Action / by whom",
        &[
            "Incinerator | Chimney leans, says safe | None",
            "Plan | The district wants ours | Chair to forward by Friday",
        ],
    );
    check(&text, &[("Plan", "", "11-27")]);
    let text = table(
        "Step | Owner | Status",
        &[
            "Roll back if the error rate rises | n/a | n/a",
            "Inform the support team | Rita | open",
        ],
    );
    check(&text, &[("Inform the support team", "Rita", "")]);
    let text = table(
        "What | Who | When",
        &[
            "Coffee urn | — | not this year, too heavy",
            "Price labels | Rita | 4 December",
        ],
    );
    check(&text, &[("Price labels", "Rita", "12-04")]);
}

#[test]
fn remarks_are_no_tasks_beside_events() {
    let text = table(
        "Date | Event | Time | Responsible | Remarks",
        &[
            "30.11.2026 | Send claims to the board | | Jean | by lunch",
            "01.12.2026 | Practice meeting | 13:00 | Rita | in room 2",
            "02.12.2026 | | | | Dr Hussain on leave all week",
            "03.12.2026 | Order vaccines | | Jan | done 12/11",
        ],
    );
    let found = items(&text);
    let found: Vec<_> = found
        .iter()
        .map(|item| (item.title.as_str(), item.task_type.to_string()))
        .collect();
    assert_eq!(
        found,
        [
            ("Send claims to the board", "task".to_owned()),
            ("Practice meeting", "meeting".to_owned())
        ]
    );
}

#[test]
fn a_day_on_which_it_was_done_is_no_deadline() {
    let text = table(
        "Nr. | Aufgabe | Wer | Bis",
        &[
            "1 | Strom beantragen | Rita | erledigt 03.11.",
            "2 | Zaun versetzen | Rita | entfällt",
            "3 | Statik nachrechnen | Jan | 04.12.",
        ],
    );
    check(&text, &[("Statik nachrechnen", "Jan", "12-04")]);
    let text = table(
        "Activity | Lead | Status | Finish",
        &[
            "Move the old orders | n/a | Descoped 3 Nov | n/a",
            "Draft the rota | Rita | Not started | 4 December",
        ],
    );
    check(&text, &[("Draft the rota", "Rita", "12-04")]);
    let text = table(
        "Week | Date | Due",
        &[
            "7 | Nov 10 | Response paper 2 (graded and returned)",
            "9 | Nov 24 | Response paper 3 (two pages)",
        ],
    );
    assert_eq!(rows(&text).len(), 1, "{:?}", rows(&text));
}
