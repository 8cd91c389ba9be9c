//! Columns that only blanks draw in a plain text.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use sentry_documents::{FileKind, Limits, read};

fn text(kind: FileKind, source: &str) -> String {
    read(source.as_bytes(), kind, &Limits::default())
        .unwrap()
        .text
}

#[test]
fn blanks_that_part_columns_stay() {
    let table =
        "A1  JM   Circulate the chart      26 Nov\nA2  PL   Book the training room   30 Nov";
    assert_eq!(text(FileKind::Text, table), table);
    let ticket = "Status: Open     Priority: High";
    assert_eq!(text(FileKind::Text, ticket), ticket);
    let mail = format!("From: Rosa <rosa@example.org>\r\nSubject: Actions\r\n\r\n{ticket}\r\n");
    assert!(text(FileKind::Eml, &mail).ends_with(ticket));
}

#[test]
fn other_blanks_go() {
    assert_eq!(
        text(
            FileKind::Text,
            "   Call Bob.  Then  \u{a0}\n  order paint! \t\n"
        ),
        "Call Bob. Then\norder paint!"
    );
    assert_eq!(text(FileKind::Text, "- call   Bob"), "- call Bob");
    let far = format!("left{}right", " ".repeat(5_000));
    assert!(text(FileKind::Text, &far).len() < 100);
    assert_eq!(
        text(FileKind::Html, "<p>call    Bob\n    now</p>"),
        "call Bob now"
    );
}
