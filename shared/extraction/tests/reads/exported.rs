//! Tables as programs export them: more columns than anybody reads, and flags among them.

use crate::{read_at, when};
use sentry_extraction::Extraction;

/// Wednesday, 10 March 2027.
fn read(head: &str, body: &[&str]) -> Extraction {
    let row = |row: &str| format!("| {} |\n", row.replace(',', " | "));
    let line = "|---".repeat(head.split(',').count());
    let body: Vec<String> = body.iter().map(|cells| row(cells)).collect();
    let text = format!("{}{line}|\n{}", row(head), body.concat());
    read_at("2027-03-10T09:00:00Z", &text)
}

/// Title, owner and day or hour of all items.
fn rows(head: &str, body: &[&str]) -> Vec<(String, String, String)> {
    let found = read(head, body).items.into_iter();
    found
        .map(|item| {
            let when = when(&item);
            (item.title, item.assigned_to.unwrap_or_default(), when)
        })
        .collect()
}

fn check(head: &str, body: &[&str], wanted: &[(&str, &str, &str)]) {
    let found = rows(head, body);
    let found: Vec<_> = found
        .iter()
        .map(|(title, owner, day)| (title.as_str(), owner.as_str(), day.as_str()))
        .collect();
    assert_eq!(found, wanted, "{head}");
}

#[test]
fn columns_nobody_knows_do_not_cost_the_header() {
    check(
        "Task ID,Task Name,Bucket Name,Progress,Priority,Assigned To,Created By,Created Date,Start date,Due date,Is Recurring,Late,Completed Date,Completed By,Checklist Items,Labels,Description",
        &[
            "a1,Order chairs,To do,Not started,Medium,Kim Park,Anna,03/01/2027,,2027-03-20,false,true,,,,,",
            "a2,Book the band,To do,Completed,Medium,Tom Reed,Anna,03/01/2027,,2027-03-05,false,false,2027-03-04,Tom Reed,,,",
        ],
        &[("Order chairs", "Kim Park", "2027-03-20")],
    );
    check(
        "Task Type,Task ID,Task Name,Task Content,Status,Date Created,Due Date,Parent ID,Assignees,List Name,Folder Name",
        &["Task,86a,Write the newsletter,,to do,2027-03-01,2027-03-20,,[Kim Park],Club,Main"],
        &[("Write the newsletter", "Kim Park", "2027-03-20")],
    );
    // Neither people nor orders are tasks.
    check(
        "Name,Email,Phone,Start Date,Plan,Country,Company",
        &["Kim Park,kim@example.org,555,2027-03-20,Basic,UK,Acme"],
        &[],
    );
    check(
        "Order ID,Customer,Item,Quantity,Price,Status,Order Date,Ship Date,Address",
        &["2,Tom Reed,Red lamps,4,20,Pending,2027-03-01,2027-03-22,London"],
        &[],
    );
}

#[test]
fn what_ends_a_row_in_one_of_several_columns_ends_it() {
    let head =
        "Card Name,Card Description,Members,Due Date,List Name,Board Name,Archived,Due Complete";
    check(
        head,
        &[
            "Paint the fence,,Kim,2027-03-20,To Do,Garden,false,false",
            "Repair the gate,,Tom,2027-03-22,To Do,Garden,true,false",
            "Buy new hinges,,Tom,2027-03-18,To Do,Garden,false,true",
            "Sow the lawn,,Tom,2027-03-18,Done,Garden,false,false",
        ],
        &[("Paint the fence", "Kim", "2027-03-20")],
    );
    check(
        "Name,Section,Assignee,Due Date,Completed At,Tags",
        &[
            "Prepare the audit file,To do,Kim,2027-03-15,,",
            "Ask for the receipts,To do,Tom,2027-03-15,2027-03-05,",
        ],
        &[("Prepare the audit file", "Kim", "2027-03-15")],
    );
    check(
        "Action,Owner,Due,RAG,Update",
        &[
            "Order chairs,Kim,2027-03-20,Amber,Waiting for the quote",
            "Book the hall,Tom,2027-03-22,Complete,Paid for",
            "Print badges,Tom,2027-03-22,Green,Complete",
        ],
        &[("Order chairs", "Kim", "2027-03-20")],
    );
}

#[test]
fn headers_of_task_lists_are_known() {
    check(
        "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE",
        &[
            "task,Book the hall,,4,1,Anna (1),Kim (2),20 Mar 2027,en,Europe/London",
            "note,see the old list,,,,Anna (1),,,,",
        ],
        &[("Book the hall", "Kim", "2027-03-20")],
    );
    check(
        "Content,Responsible,Date",
        &["Book the hall,Kim,20 March 2027"],
        &[("Book the hall", "Kim", "2027-03-20")],
    );
    check(
        "Name,Assign,Due,Status",
        &[
            "Draft the press release,Kim,2027-03-20,In progress",
            "Approve the budget,Tom,2027-03-15,Done",
        ],
        &[("Draft the press release", "Kim", "2027-03-20")],
    );
    check(
        "Subject,Start Date,Due Date,% Complete,Status",
        &[
            "Renew the certificate,2027-03-01,2027-03-15,0%,Not Started",
            "Archive the photos,2027-03-01,2027-03-12,100%,Completed",
        ],
        &[("Renew the certificate", "", "2027-03-15")],
    );
}

#[test]
fn subjects_of_calendars_take_place() {
    let head = "Subject,Start Date,Start Time,End Date,End Time,All day event,Location,Private";
    let body = [
        "Budget review,3/15/2027,10:00:00 AM,3/15/2027,11:00:00 AM,False,Room 4,True",
        "Team lunch,3/16/2027,12:30:00 PM,3/16/2027,1:30:00 PM,False,Canteen,True",
    ];
    check(
        head,
        &body,
        &[
            ("Budget review", "", "2027-03-15T09:00:00+00:00"),
            ("Team lunch", "", "2027-03-16T11:30:00+00:00"),
        ],
    );
    let first = &read(head, &body).items[0];
    assert_eq!(
        first.end_at.unwrap().to_rfc3339(),
        "2027-03-15T10:00:00+00:00"
    );
}

#[test]
fn rows_that_say_nothing_are_none() {
    check(
        "Owner,Action,Due",
        &[
            "Tom,nothing this week,20 March",
            "Kim,n/a,",
            "Tom,contingency,22 March",
            "Kim,All other items: none,",
            "Kim,order chairs,20 March",
        ],
        &[("Order chairs", "Kim", "2027-03-20")],
    );
}

#[test]
fn a_header_may_be_the_first_column() {
    check(
        "Task,Order the chairs",
        &["Owner,Kim", "Due,20 March 2027"],
        &[("Order the chairs", "Kim", "2027-03-20")],
    );
    check(
        "Task,Order the chairs,Book the hall",
        &["Owner,Kim,Tom", "Due,20 March 2027,22 March 2027"],
        &[
            ("Order the chairs", "Kim", "2027-03-20"),
            ("Book the hall", "Tom", "2027-03-22"),
        ],
    );
    check("Size,Large", &["Owner,Kim", "Colour,Blue"], &[]);
}
