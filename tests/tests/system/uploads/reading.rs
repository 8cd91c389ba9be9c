//! What is made of a file, and why not.

use super::{MINUTES, TEXT, message, post_text, read, tasks, upload};
use sentry_queue::Queue;
use sentry_tests::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn files_that_cannot_be_read_say_why() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let pdf = "application/pdf";
    let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".as_slice();
    let wav = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\0\0\0\0".as_slice();
    for (kind, name, mime, bytes, code) in [
        ("document", "empty.pdf", pdf, b"".as_slice(), "empty_file"),
        (
            "document",
            "encrypted.pdf",
            pdf,
            corpus!("encrypted.pdf"),
            "encrypted",
        ),
        (
            "document",
            "scan.pdf",
            pdf,
            corpus!("scan.pdf"),
            "no_ocr_provider",
        ),
        (
            "document",
            "really-a-pdf.docx",
            docx,
            corpus!("really-a-pdf.docx"),
            "wrong_type",
        ),
        (
            "document",
            "really-a-picture.pdf",
            pdf,
            corpus!("really-a-picture.pdf"),
            "wrong_type",
        ),
        (
            "document",
            "garbage.docx",
            docx,
            corpus!("garbage.docx"),
            "damaged",
        ),
        ("document", "cut.pdf", pdf, &MINUTES[..200], "damaged"),
        (
            "text",
            "blank.txt",
            "text/plain",
            corpus!("blank.txt"),
            "empty_file",
        ),
        (
            "text",
            "really-a-pdf.txt",
            "text/plain",
            MINUTES,
            "wrong_type",
        ),
        ("image", "board.png", "image/png", png, "no_ocr_provider"),
        ("image", "board.png", "image/png", MINUTES, "wrong_type"),
        (
            "handwritten",
            "page.png",
            "image/png",
            png,
            "no_ocr_provider",
        ),
        (
            "handwritten",
            "page.pdf",
            pdf,
            corpus!("scan.pdf"),
            "no_ocr_provider",
        ),
        (
            "audio",
            "memo.wav",
            "audio/wav",
            wav,
            "no_transcription_provider",
        ),
        ("audio", "memo.wav", "audio/wav", MINUTES, "wrong_type"),
        (
            "audio",
            "memo.mp3",
            "audio/mpeg",
            b"".as_slice(),
            "empty_file",
        ),
        (
            "video",
            "talk.mp4",
            "video/mp4",
            b"not a film".as_slice(),
            "wrong_type",
        ),
    ] {
        let found = read(&app, &alice, kind, name, mime, bytes).await;
        assert_eq!(
            found["processing_status"], "failed",
            "{kind} {name}: {found:#}"
        );
        assert_eq!(found["failure"]["code"], code, "{kind} {name}: {found:#}");
        assert!(
            found["failure"]["detail"].as_str().unwrap().len() > 30,
            "{found:#}"
        );
        assert_eq!(found["items"], json!([]));
    }
    assert_eq!(tasks(&app, &alice).await, [] as [Value; 0]);
}

#[tokio::test]
async fn kinds_of_files_that_can_be_read_are() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    for (kind, name, mime, bytes) in [
        ("document", "notes.md", "text/markdown", corpus!("notes.md")),
        ("text", "notes.md", "text/markdown", corpus!("notes.md")),
        (
            "document",
            "mail.eml",
            "message/rfc822",
            corpus!("attachments.eml"),
        ),
        ("document", "page.html", "text/html", corpus!("page.html")),
        // As well-formed as the requests that the bucket understands.
        (
            "document",
            "page.html",
            "text/html",
            b"<p>Please water the plants by Friday.</p>",
        ),
        (
            "text",
            "table.csv",
            "application/vnd.ms-excel",
            corpus!("latin1-semicolon.csv"),
        ),
        ("handwritten", "notes.pdf", "application/pdf", MINUTES),
    ] {
        let found = read(&app, &alice, kind, name, mime, bytes).await;
        assert_eq!(
            found["processing_status"], "completed",
            "{kind} {name}: {found:#}"
        );
    }
}

#[tokio::test]
async fn what_an_open_task_says_is_not_said_again() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let first = post_text(&alice, json!({"text": TEXT})).await;
    app.drain().await;
    let second = post_text(&alice, json!({"text": TEXT.replace("budget", "BUDGET ")})).await;
    app.drain().await;
    let (first, second) = (upload(&alice, first).await, upload(&alice, second).await);
    assert_eq!(tasks(&app, &alice).await.len(), 2, "{second:#}");
    for (item, twin) in second["items"]
        .as_array()
        .unwrap()
        .iter()
        .zip(first["items"].as_array().unwrap())
    {
        assert_eq!(
            (&item["state"], &item["task_id"]),
            (&json!("duplicate"), &twin["task_id"])
        );
    }
    // Done is not open, and another week is another task.
    alice
        .post(
            &format!("/api/tasks/{}/complete", first["items"][0]["task_id"]),
            json!({}),
        )
        .await
        .expect(200);
    post_text(
        &alice,
        json!({"text": TEXT.replace("2026-03-09", "2026-03-16")}),
    )
    .await;
    app.drain().await;
    assert_eq!(tasks(&app, &alice).await.len(), 4);
}

#[tokio::test]
async fn the_same_document_twice_at_once_makes_its_tasks_once() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let (one, two) = (
        post_text(&alice, json!({"text": TEXT})).await,
        post_text(&alice, json!({"text": TEXT})).await,
    );
    for id in [one, two] {
        app.deliver(Queue::Uploads, message("extract", &alice, id))
            .await;
    }
    let (first, second) = (
        message("create-tasks", &alice, one),
        message("create-tasks", &alice, two),
    );
    tokio::join!(
        app.deliver(Queue::TaskCreation, first.clone()),
        app.deliver(Queue::TaskCreation, second.clone()),
        app.deliver(Queue::TaskCreation, first),
        app.deliver(Queue::TaskCreation, second),
    );
    assert_eq!(tasks(&app, &alice).await.len(), 2);
}

#[tokio::test]
async fn relative_dates_count_from_the_reference_in_the_users_zone() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    alice
        .put("/api/users/me", json!({"time_zone": "Pacific/Auckland"}))
        .await
        .expect(200);
    let text = "- [ ] Send the report tomorrow";
    let id = post_text(
        &alice,
        json!({"text": text, "reference_date": "2026-07-01"}),
    )
    .await;
    app.drain().await;
    assert_eq!(upload(&alice, id).await["items"][0]["due_on"], "2026-07-02");
}
