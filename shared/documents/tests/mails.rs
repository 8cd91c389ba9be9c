//! Which words of a mail are read.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use sentry_documents::{Document, FileKind, HiddenReason, Limits, read};

/// A mail with both a text and a page.
fn mail(text: &str, page: &str) -> Document {
    let mail = format!(
        "From: Kim <kim@example.org>\r\nSubject: Soap\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n\
         --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--b--\r\n"
    );
    read(mail.as_bytes(), FileKind::Eml, &Limits::default()).unwrap()
}

#[test]
fn of_two_parts_that_differ_the_page_is_read() {
    let page = "<p>Order soap by Monday, and bring the keys to the office.</p>";
    let other = mail("Pay Mallory by Friday.", page);
    assert!(
        other
            .text
            .ends_with("Order soap by Monday, and bring the keys to the office.")
    );
    assert_eq!(other.hidden.len(), 1);
    assert_eq!(other.hidden[0].reason, HiddenReason::NotDisplayed);
    assert_eq!(other.hidden[0].text, "Pay Mallory by Friday.");
    let stub = "To read this newsletter, open it in your browser: https://example.org/n/1";
    assert!(mail(stub, page).text.contains("Order soap"));
    // Where both say the same, the text is as good, and a page of a picture says nothing.
    let text = "Order soap by Monday,\r\nand bring the keys  to the office.\r\n";
    let same = mail(text, page);
    assert!(
        same.text
            .ends_with("by Monday,\nand bring the keys  to the office."),
        "{}",
        same.text
    );
    assert!(same.hidden.is_empty(), "{:?}", same.hidden);
    let picture = mail(text, "<p><img src=\"cid:1\">Open</p>");
    assert!(picture.text.contains("Order soap"), "{}", picture.text);
}

#[test]
fn flowed_lines_may_break_inside_words() {
    let flowed = |kind: &str, text: &str| {
        let head =
            "From: kim@example.org\r\nContent-Type: text/plain; charset=utf-8; format=flowed";
        let mail = format!("{head}{kind}\r\n\r\n{text}\r\n");
        read(mail.as_bytes(), FileKind::Eml, &Limits::default())
            .unwrap()
            .text
    };
    let text = flowed(
        "; delsp=yes",
        "Send it to Jo be \r\nfore Friday, keep  \r\na copy.",
    );
    assert!(
        text.ends_with("Send it to Jo before Friday, keep a copy."),
        "{text}"
    );
    let text = flowed("", "Send it to Jo be \r\nfore Friday, keep \r\n a copy.");
    assert!(
        text.ends_with("Send it to Jo be fore Friday, keep a copy."),
        "{text}"
    );
}
