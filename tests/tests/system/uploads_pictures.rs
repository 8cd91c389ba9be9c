//! Pictures without a model: a real Tesseract reads them, where it is installed.

use super::uploads_models::{post_file, with_settings};
use crate::provider::Reply;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sentry_tests::{Person, TestApp, installed};
use serde_json::{Value, json};

const WHITEBOARD: &[u8] = include_bytes!("../../corpus/media/whiteboard.jpg");

/// The system with Tesseract, and somebody to use it. None where it is not installed.
async fn with_tesseract() -> Option<(TestApp, Person)> {
    if !installed("tesseract") {
        return None;
    }
    let app = TestApp::start_with(&[("OCR_PROGRAM", "tesseract".to_owned())]).await;
    let ola = app.user("ola").await;
    Some((app, ola))
}

/// What an upload gave: titles with who is to do it, and when.
fn found(upload: &Value) -> Vec<(&str, &str, &str)> {
    let items = upload["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| {
            let when = item["due_on"].as_str().or(item["start_at"].as_str());
            (
                item["title"].as_str().unwrap(),
                item["assigned_to"].as_str().unwrap_or(""),
                when.unwrap_or(""),
            )
        })
        .collect()
}

#[tokio::test]
async fn a_photo_of_a_whiteboard_becomes_tasks() {
    let Some((app, ola)) = with_tesseract().await else {
        return;
    };
    // Held upside down, lit from one side, with drawn boxes, one of them ticked.
    let upload = post_file(&app, &ola, "image", "board.jpg", "image/jpeg", WHITEBOARD).await;
    assert_eq!(upload["processing_status"], "completed", "{upload:#}");
    assert_eq!(upload["result"]["read_by"], "tesseract");
    assert_eq!(
        found(&upload),
        [
            ("Send budget to finance", "Maria", "2026-03-14"),
            ("Book the room", "Tom", "2026-03-06"),
            ("Call the printer", "Anna", "2026-03-03"),
            ("Next", "", "2026-03-10T10:00:00Z"),
        ]
    );
    assert_eq!(
        upload["result"]["reasons"][0],
        json!({"count": 1, "reason": "done"})
    );
}

#[tokio::test]
async fn handwriting_is_marked_as_uncertain() {
    let Some((app, ola)) = with_tesseract().await else {
        return;
    };
    let kind = "handwritten";
    let upload = post_file(&app, &ola, kind, "note.jpg", "image/jpeg", WHITEBOARD).await;
    assert_eq!(upload["result"]["legible"], 0.5, "{upload:#}");
    for item in upload["items"].as_array().unwrap() {
        assert!(item["confidence"].as_f64().unwrap() <= 0.5, "{item:#}");
    }
}

#[tokio::test]
async fn scanned_pages_are_read_and_broken_pictures_refused() {
    let Some((app, ola)) = with_tesseract().await else {
        return;
    };
    let page = include_bytes!("../../corpus/documents/scan.pdf");
    let mime = "application/pdf";
    let upload = post_file(&app, &ola, "document", "scan.pdf", mime, page).await;
    assert_eq!(upload["result"]["transcript"], "SCANNED PAGE", "{upload:#}");
    // Half of a photograph, and one that holds no picture at all.
    for (bytes, code) in [
        (&WHITEBOARD[..2_000], "no_text_found"),
        (&WHITEBOARD[..400], "ocr_failed"),
    ] {
        let upload = post_file(&app, &ola, "image", "cut.jpg", "image/jpeg", bytes).await;
        assert_eq!(upload["failure"]["code"], code, "{upload:#}");
    }
}

/// A mail that only says to look at what it brings along.
fn mail_with(picture: &[u8]) -> String {
    let encoded = STANDARD.encode(picture);
    let lines: Vec<&str> = (0..encoded.len())
        .step_by(76)
        .map(|at| &encoded[at..encoded.len().min(at + 76)])
        .collect();
    format!(
        "From: Ben <ben@example.org>\r\nTo: Ola <ola@example.org>\r\nSubject: Board\r\nDate: Mon, 2 Mar 2026 08:00:00 +0000\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
         See attached.\r\n--b\r\nContent-Type: image/jpeg; name=\"board.jpg\"\r\nContent-Disposition: attachment; \
         filename=\"board.jpg\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        lines.join("\r\n")
    )
}

#[tokio::test]
async fn pictures_in_a_mail_are_looked_at() {
    let Some((app, ola)) = with_tesseract().await else {
        return;
    };
    let mail = mail_with(WHITEBOARD);
    let (kind, mime) = ("text", "message/rfc822");
    let upload = post_file(&app, &ola, kind, "board.eml", mime, mail.as_bytes()).await;
    assert_eq!(upload["processing_status"], "completed", "{upload:#}");
    assert_eq!(upload["result"]["read_by"], "tesseract");
    assert_eq!(upload["result"]["attachments"][0]["failure"], json!(null));
    let titles: Vec<&str> = found(&upload).iter().map(|item| item.0).collect();
    assert!(titles.contains(&"Send budget to finance"), "{titles:?}");
}

#[tokio::test]
async fn pictures_in_a_mail_that_nothing_can_read_are_named() {
    let app = TestApp::start_with(&[("OCR_PROGRAM", "off".to_owned())]).await;
    let ola = app.user("ola").await;
    let mail = mail_with(WHITEBOARD);
    let (kind, mime) = ("text", "message/rfc822");
    let upload = post_file(&app, &ola, kind, "board.eml", mime, mail.as_bytes()).await;
    assert_eq!(upload["processing_status"], "completed", "{upload:#}");
    assert_eq!(
        upload["result"]["attachments"][0]["failure"][0],
        "no_ocr_provider"
    );
}

#[tokio::test]
async fn why_the_model_did_not_look_is_said() {
    if !installed("tesseract") {
        return;
    }
    let (app, provider) = with_settings(&[("OCR_PROGRAM", "tesseract")]).await;
    let ola = app.user("ola").await;
    provider.always(Reply::quota_spent());
    let upload = post_file(&app, &ola, "image", "board.jpg", "image/jpeg", WHITEBOARD).await;
    assert_eq!(upload["processing_status"], "completed", "{upload:#}");
    assert_eq!(upload["result"]["read_by"], "tesseract (quota_spent)");
}

#[tokio::test]
async fn the_columns_of_a_board_are_read_one_after_the_other() {
    let Some((app, ola)) = with_tesseract().await else {
        return;
    };
    let board = include_bytes!("../../corpus/media/columns.jpg");
    let upload = post_file(&app, &ola, "image", "columns.jpg", "image/jpeg", board).await;
    let found = found(&upload);
    let titles: Vec<&str> = found.iter().map(|item| item.0).collect();
    assert_eq!(
        titles,
        ["Order chairs", "Print badges", "Book sound engineer"],
        "{upload:#}"
    );
    assert_eq!(found[0].1, "Kim");
}

#[tokio::test]
async fn each_note_on_a_wall_is_a_task_of_its_own() {
    let Some((app, ola)) = with_tesseract().await else {
        return;
    };
    let wall = include_bytes!("../../corpus/media/notes.jpg");
    let upload = post_file(&app, &ola, "image", "notes.jpg", "image/jpeg", wall).await;
    let found = found(&upload);
    let titles: Vec<&str> = found.iter().map(|item| item.0).collect();
    for title in [
        "Renew insurance",
        "Pick up keys",
        "Fix the printer on floor 2",
    ] {
        assert!(titles.contains(&title), "{title}: {upload:#}");
    }
    let badges = found.iter().find(|item| item.0 == "Order new name badges");
    assert_eq!(badges.map(|item| item.1), Some("Priya"), "{upload:#}");
}
