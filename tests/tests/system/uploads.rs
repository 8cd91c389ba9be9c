//! The way of a file: announced, sent, read, saved; and everything that can go wrong on it.

use chrono::Duration;
use http::Request;
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, LambdaEvent, Service};
use sentry_local::functions::Worker;
use sentry_queue::Queue;
use sentry_tests::{Person, TestApp};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const MINUTES: &[u8] = include_bytes!("../../../samples/meeting-minutes.pdf");
const TEXT: &str = "Action items:\n- [ ] Anna to send the budget by 2026-03-06\n- [ ] Ben to book the room by 2026-03-09\n";

macro_rules! corpus {
    ($name:literal) => {
        include_bytes!(concat!("../../corpus/documents/", $name)).as_slice()
    };
}

/// A form with files and other fields.
pub(crate) fn form(
    path: &str,
    files: &[(&str, &str, &[u8])],
    fields: &[(&str, &str)],
) -> Request<Vec<u8>> {
    let mut body = Vec::new();
    for (name, mime, bytes) in files {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {mime}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    for (name, value) in fields {
        let field =
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(field.as_bytes());
    }
    body.extend_from_slice(b"--edge--\r\n");
    let request = Request::builder().method("POST").uri(path);
    request
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(body)
        .unwrap()
}

/// Posts a file and lets the workers work.
async fn read(
    app: &TestApp,
    person: &Person,
    kind: &str,
    name: &str,
    mime: &str,
    bytes: &[u8],
) -> Value {
    let path = format!("/api/tasks/extract/{kind}");
    let queued = person
        .send(form(&path, &[(name, mime, bytes)], &[]))
        .await
        .expect(202);
    app.drain().await;
    person
        .get(&format!("/api/uploads/{}", queued["upload_id"]))
        .await
        .expect(200)
}

async fn post_text(person: &Person, body: Value) -> i64 {
    let queued = person
        .post("/api/tasks/extract/text", body)
        .await
        .expect(202);
    queued["upload_id"].as_i64().unwrap()
}

async fn upload(person: &Person, id: i64) -> Value {
    person.get(&format!("/api/uploads/{id}")).await.expect(200)
}

async fn tasks(app: &TestApp, person: &Person) -> Vec<Value> {
    app.sql(&format!(
        "select id, title, due_on, source, upload_id, source_quote, version from tasks where user_id = {} order by id",
        person.id
    ))
    .await
}

/// The same person with a new access token: the old one has expired when the clock has moved far.
pub(crate) async fn refreshed(mut person: Person) -> Person {
    let tokens = person
        .post(
            "/api/auth/refresh-token",
            json!({"refresh_token": person.refresh_token}),
        )
        .await;
    let tokens = tokens.expect(200);
    let text = |field: &str| tokens[field].as_str().unwrap().to_owned();
    (person.token, person.refresh_token) = (text("access_token"), text("refresh_token"));
    person
}

pub(crate) fn message(kind: &str, person: &Person, id: i64) -> Value {
    json!({"type": format!("{kind}.v1"), "user_id": person.id, "upload_id": id})
}

/// Sends bytes to a presigned URL, as a client on the net would. Returns the status.
async fn put(url: &str, headers: &Value, bytes: &[u8]) -> u16 {
    let (host, path) = url
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let mut request = format!("PUT /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n");
    for (name, value) in headers.as_object().unwrap() {
        if name != "host" && name != "content-length" {
            request.push_str(&format!("{name}: {}\r\n", value.as_str().unwrap()));
        }
    }
    request.push_str(&format!("content-length: {}\r\n\r\n", bytes.len()));
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    // A refusal may come before the body has been taken.
    let _ = stream.write_all(bytes).await;
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    answer
        .split(' ')
        .nth(1)
        .unwrap_or_default()
        .parse()
        .unwrap()
}

async fn announce(person: &Person, name: &str, bytes: &[u8]) -> Value {
    let file = json!({"name": name, "size": bytes.len()});
    person.post("/api/uploads", file).await.expect(201)
}

async fn object_exists(app: &TestApp, id: i64) -> bool {
    let row = app
        .sql(&format!("select object_key from uploads where id = {id}"))
        .await;
    let key = row[0]["object_key"].as_str().unwrap().to_owned();
    app.emulator
        .s3_client()
        .head_object()
        .bucket("sentry")
        .key(key)
        .send()
        .await
        .is_ok()
}

#[tokio::test]
async fn a_presigned_file_becomes_tasks_that_quote_it() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let session = announce(&alice, "meeting-minutes.pdf", MINUTES).await;
    assert_eq!(session["method"], "PUT");
    assert_eq!(session["expires_at"], "2026-03-02T09:15:00Z");
    assert_eq!(
        put(
            session["url"].as_str().unwrap(),
            &session["headers"],
            MINUTES
        )
        .await,
        200
    );
    app.drain().await;

    let found = upload(&alice, session["upload_id"].as_i64().unwrap()).await;
    assert_eq!(found["processing_status"], "completed", "{found:#}");
    assert_eq!(found["engine"], "built-in");
    assert_eq!(found["result"]["kind"], "pdf");
    assert_eq!(found["result"]["pages"], 2);
    let items = found["items"].as_array().unwrap();
    assert!(items.len() >= 5, "{items:#?}");
    assert_eq!(found["tasks_saved"], found["tasks_extracted"]);
    let tasks = tasks(&app, &alice).await;
    assert_eq!(tasks.len(), items.len());
    for (task, item) in tasks.iter().zip(items) {
        assert_eq!(
            (&task["id"], &task["title"]),
            (&item["task_id"], &item["title"])
        );
        assert_eq!(
            (&task["source"], &task["upload_id"]),
            (&json!("extracted_document"), &found["id"])
        );
        assert_eq!(task["source_quote"], item["quote"]);
        assert!(
            item["page"]
                .as_i64()
                .is_some_and(|page| (1..=2).contains(&page)),
            "{item:#}"
        );
    }
    assert_eq!(
        app.sql("select count(*) from pending_rescores").await[0]["count"],
        0,
        "the score followed"
    );
}

#[tokio::test]
async fn a_signed_url_takes_exactly_the_announced_file() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let session = announce(&alice, "notes.txt", b"twelve bytes").await;
    let (url, headers) = (session["url"].as_str().unwrap(), &session["headers"]);
    for other in [b"twelve bytes and more".as_slice(), b"eleven byte", b""] {
        assert_eq!(put(url, headers, other).await, 403);
    }
    let mut as_html = headers.clone();
    as_html["content-type"] = json!("text/html");
    assert_eq!(put(url, &as_html, b"twelve bytes").await, 403);
    let elsewhere = url.replace(&format!("users/{}/", alice.id), "users/999/");
    assert_eq!(put(&elsewhere, headers, b"twelve bytes").await, 403);
    app.drain().await;
    let id = session["upload_id"].as_i64().unwrap();
    assert_eq!(upload(&alice, id).await["processing_status"], "pending");
    assert_eq!(put(url, headers, b"twelve bytes").await, 200);
    app.drain().await;
    assert_eq!(upload(&alice, id).await["processing_status"], "completed");
}

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
async fn what_is_too_large_or_unknown_is_refused_at_the_door() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let big = vec![b'x'; 4 * 1024 * 1024 + 1];
    let answer = alice
        .send(form(
            "/api/tasks/extract/text",
            &[("a.txt", "text/plain", &big)],
            &[],
        ))
        .await;
    assert_eq!((answer.status, answer.code()), (413, "too_large"));
    assert!(answer.text.contains("POST /api/uploads"), "{}", answer.text);
    for (file, status) in [
        (json!({"name": "a.pdf", "size": 50_000_001}), 413),
        (json!({"name": "a.png", "size": 10_000_001}), 413),
        (json!({"name": "a.mp3", "size": 100_000_001}), 413),
        (json!({"name": "a.mp4", "size": 500_000_001}), 413),
        (json!({"name": "a.exe", "size": 1}), 415),
        (json!({"name": "a.pdf", "size": 1, "kind": "audio"}), 415),
        (
            json!({"name": "a.pdf", "size": 1, "type": "audio/mpeg"}),
            422,
        ),
        (json!({"name": "a.pdf", "size": 0}), 422),
        (json!({"name": "a.pdf", "size": -1}), 422),
        (json!({"name": "", "size": 1}), 422),
        (
            json!({"name": "a.pdf", "size": 1, "locale": "English, please"}),
            422,
        ),
        (
            json!({"name": "a.pdf", "size": 1, "reference_date": "tomorrow"}),
            422,
        ),
        (
            json!({"name": "a.pdf", "size": 1, "key": "users/1/other"}),
            422,
        ),
    ] {
        assert_eq!(
            alice.post("/api/uploads", file.clone()).await.status,
            status,
            "{file}"
        );
    }
    let json_file = alice
        .post("/api/tasks/extract/document", json!({"text": "x"}))
        .await;
    assert_eq!(json_file.status, 415);
    for fields in [
        [("save_to_db", "maybe")],
        [("reference_date", "soon")],
        [("svae_to_db", "true")],
        [("user_id", "999")],
    ] {
        let answer = alice
            .send(form(
                "/api/tasks/extract/text",
                &[("a.txt", "text/plain", b"x")],
                &fields,
            ))
            .await;
        assert!(
            matches!(answer.status, 404 | 422),
            "{fields:?}: {}",
            answer.text
        );
    }
    let none = alice
        .send(form("/api/tasks/extract/document", &[], &[]))
        .await;
    assert_eq!(none.status, 422);
    for text in ["", " \n"] {
        assert_eq!(
            alice
                .post("/api/tasks/extract/text", json!({"text": text}))
                .await
                .status,
            422
        );
    }
    assert_eq!(
        alice.get("/api/uploads").await.expect(200)["items"],
        json!([]),
        "nothing was left behind"
    );
}

#[tokio::test]
async fn the_quota_holds() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    app.execute(&format!(
        "insert into uploads (user_id, filename, file_size_bytes, mime_type, upload_type, expires_at)
         select {}, 'a.txt', 1, 'text/plain', 'text', '2026-03-02T10:00Z' from generate_series(1, 199)",
        alice.id
    ))
    .await;
    announce(&alice, "last.txt", b"x").await;
    let refused = alice
        .post("/api/uploads", json!({"name": "a.txt", "size": 1}))
        .await;
    assert_eq!(
        (refused.status, refused.code()),
        (409, "too_many_unfinished")
    );
    app.clock.advance(Duration::hours(2));
    let alice = refreshed(alice).await;
    announce(&alice, "later.txt", b"x").await;
    app.execute("update uploads set file_size_bytes = 30000000")
        .await;
    let refused = alice
        .post("/api/uploads", json!({"name": "a.txt", "size": 1}))
        .await;
    assert_eq!((refused.status, refused.code()), (409, "quota_exceeded"));
}

#[tokio::test]
async fn every_message_may_come_twice_and_in_any_order() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let id = post_text(&alice, json!({"text": TEXT})).await;
    // Too early: nothing is read yet.
    app.deliver(Queue::TaskCreation, message("create-tasks", &alice, id))
        .await;
    assert_eq!(upload(&alice, id).await["processing_status"], "pending");
    app.deliver(Queue::Uploads, message("extract", &alice, id))
        .await;
    app.deliver(Queue::Uploads, message("extract", &alice, id))
        .await;
    assert_eq!(upload(&alice, id).await["tasks_extracted"], 2);
    app.deliver(Queue::TaskCreation, message("create-tasks", &alice, id))
        .await;
    let once = (tasks(&app, &alice).await, upload(&alice, id).await);
    assert_eq!(once.0.len(), 2);
    app.clock.advance(Duration::minutes(1));
    for _ in 0..2 {
        app.deliver(Queue::TaskCreation, message("create-tasks", &alice, id))
            .await;
        app.deliver(Queue::Uploads, message("extract", &alice, id))
            .await;
    }
    app.drain().await;
    assert_eq!((tasks(&app, &alice).await, upload(&alice, id).await), once);
}

#[tokio::test]
async fn messages_about_nothing_do_nothing() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    let id = post_text(&alice, json!({"text": TEXT})).await;
    for (kind, queue) in [
        ("extract", Queue::Uploads),
        ("create-tasks", Queue::TaskCreation),
    ] {
        // Somebody else's id, and one that nobody has.
        for about in [message(kind, &bob, id), message(kind, &alice, 987_654_321)] {
            let response = app.deliver(queue, about).await;
            assert!(response.batch_item_failures.is_empty());
        }
    }
    assert_eq!(upload(&alice, id).await["processing_status"], "pending");
}

#[tokio::test]
async fn a_worker_that_died_is_succeeded_when_its_lease_ends() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let id = post_text(&alice, json!({"text": TEXT})).await;
    let dead = "update uploads set processing_status = 'processing', attempts = 1, started_at = '2026-03-02T09:00Z'";
    app.execute(dead).await;
    app.deliver(Queue::Uploads, message("extract", &alice, id))
        .await;
    assert_eq!(
        upload(&alice, id).await["processing_status"],
        "processing",
        "it may still be alive"
    );
    app.clock.advance(Duration::minutes(12));
    app.drain().await;
    app.deliver(Queue::Uploads, message("extract", &alice, id))
        .await;
    app.drain().await;
    assert_eq!(upload(&alice, id).await["tasks_saved"], 2);
    // Five times dead: given up, with a reason.
    let again = post_text(&alice, json!({"text": TEXT})).await;
    app.execute(&format!(
        "update uploads set processing_status = 'processing', attempts = 5, started_at = '2026-03-02T09:00Z' where id = {again}"
    ))
    .await;
    app.drain().await;
    let found = upload(&alice, again).await;
    assert_eq!(found["failure"]["code"], "gave_up", "{found:#}");
    // And read after all when the person asks for it.
    alice
        .post(&format!("/api/uploads/{again}/retry"), json!({}))
        .await
        .expect(202);
    app.drain().await;
    assert_eq!(
        upload(&alice, again).await["processing_status"],
        "completed"
    );
}

#[tokio::test]
async fn the_sweep_finds_what_was_left_lying() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let lost = post_text(&alice, json!({"text": TEXT})).await;
    let never = announce(&alice, "never.txt", b"x").await["upload_id"]
        .as_i64()
        .unwrap();
    // The bucket's message about the file is lost.
    let queue = app.emulator.queue_url(Queue::Uploads.name());
    app.emulator
        .sqs_client()
        .purge_queue()
        .queue_url(queue)
        .send()
        .await
        .unwrap();
    app.drain().await;
    assert_eq!(upload(&alice, lost).await["processing_status"], "pending");
    app.clock.advance(Duration::minutes(16));
    let alice = refreshed(alice).await;
    let report = app.functions.sweep().run().await;
    assert!(report.failed.is_empty(), "{report:?}");
    app.drain().await;
    let rows = app
        .sql("select id, processing_status from uploads order by id")
        .await;
    assert_eq!(
        rows,
        [
            json!({"id": lost, "processing_status": "completed"}),
            json!({"id": never, "processing_status": "expired"})
        ]
    );
    // Bytes that come after all are read after all.
    app.execute("update uploads set expires_at = '2030-01-01'")
        .await;
    let late = Request::builder()
        .method("PUT")
        .uri(format!("/api/uploads/{never}/file"))
        .body(b"x".to_vec())
        .unwrap();
    alice.send(late).await.expect(202);
    app.drain().await;
    assert_eq!(
        upload(&alice, never).await["processing_status"],
        "completed"
    );
}

#[tokio::test]
async fn proposals_wait_until_they_are_chosen() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let id = post_text(&alice, json!({"text": TEXT, "save_to_db": false})).await;
    let accept = format!("/api/uploads/{id}/accept");
    assert_eq!(alice.post(&accept, json!({})).await.code(), "not_completed");
    app.drain().await;
    app.deliver(Queue::TaskCreation, message("create-tasks", &alice, id))
        .await;
    let found = upload(&alice, id).await;
    assert_eq!(
        (&found["processing_status"], &found["tasks_saved"]),
        (&json!("completed"), &json!(0))
    );
    assert_eq!(tasks(&app, &alice).await, [] as [Value; 0]);

    for wrong in [
        json!({"items": [7]}),
        json!({"items": [0], "edits": [{"ordinal": 1, "title": "x"}]}),
        json!({"items": [0], "edits": [{"ordinal": 0, "title": " "}]}),
        json!({"items": [0], "edits": [{"ordinal": 0, "titel": "x"}]}),
        json!({"edits": [{"ordinal": 0}, {"ordinal": 0}]}),
        json!({"items": [0], "edits": [{"ordinal": 0, "estimated_hours": 5000}]}),
    ] {
        assert_eq!(
            alice.post(&accept, wrong.clone()).await.status,
            422,
            "{wrong}"
        );
    }
    assert_eq!(
        tasks(&app, &alice).await,
        [] as [Value; 0],
        "a refused choice saves nothing"
    );

    let choice = json!({"items": [1], "edits": [{"ordinal": 1, "title": "Book the big room", "due_at": "2026-03-09T12:00:00Z", "due_on": null}]});
    let chosen = alice.post(&accept, choice.clone()).await.expect(200);
    assert_eq!(
        (&chosen["items"][0]["state"], &chosen["items"][1]["state"]),
        (&json!("proposed"), &json!("accepted"))
    );
    assert_eq!(chosen["items"][1]["title"], "Book the big room");
    let saved = tasks(&app, &alice).await;
    assert_eq!(
        (saved.len(), &saved[0]["title"]),
        (1, &json!("Book the big room"))
    );
    alice.post(&accept, choice).await.expect(200);
    assert_eq!(tasks(&app, &alice).await, saved, "a choice can be repeated");

    let rest = alice
        .post(&accept, json!({"items": [], "reject_others": true}))
        .await
        .expect(200);
    assert_eq!(rest["items"][0]["state"], "rejected");
    // Who changes their mind may.
    let back = alice.post(&accept, json!({"items": [0]})).await.expect(200);
    assert_eq!(back["items"][0]["state"], "accepted");
    assert_eq!(tasks(&app, &alice).await.len(), 2);
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
async fn a_failed_upload_can_be_tried_again() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let found = read(
        &app,
        &alice,
        "document",
        "encrypted.pdf",
        "application/pdf",
        corpus!("encrypted.pdf"),
    )
    .await;
    let id = found["id"].as_i64().unwrap();
    let again = alice
        .post(&format!("/api/uploads/{id}/retry"), json!({}))
        .await
        .expect(202);
    assert_eq!(
        (&again["processing_status"], &again["failure"]),
        (&json!("pending"), &Value::Null)
    );
    app.drain().await;
    assert_eq!(upload(&alice, id).await["failure"]["code"], "encrypted");

    let id = post_text(&alice, json!({"text": TEXT})).await;
    app.drain().await;
    let refused = alice
        .post(&format!("/api/uploads/{id}/retry"), json!({}))
        .await;
    assert_eq!((refused.status, refused.code()), (409, "not_failed"));
}

#[tokio::test]
async fn an_answer_is_held_until_the_chain_is_done() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let body = json!({"text": TEXT});
    let (answer, ()) = tokio::join!(alice.post("/api/tasks/extract/text?wait=25", body), async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        app.drain().await;
    });
    let found = answer.expect(200);
    assert_eq!(found["success"], true);
    assert_eq!(
        (&found["tasks_extracted"], &found["tasks_saved"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(found["tasks"][0]["state"], "accepted");
    assert_eq!(found["engine"], "built-in");

    let file = form(
        "/api/tasks/extract/document?wait=25",
        &[("a.pdf", "application/pdf", corpus!("encrypted.pdf"))],
        &[],
    );
    let (answer, ()) = tokio::join!(alice.send(file), async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        app.drain().await;
    });
    let found = answer.expect(200);
    assert_eq!(
        (&found["success"], &found["failure"]["code"]),
        (&json!(false), &json!("encrypted"))
    );

    // Nobody reads: the answer comes without the result, in time.
    alice
        .post("/api/tasks/extract/text?wait=1", json!({"text": TEXT}))
        .await
        .expect(202);
    assert_eq!(alice.get("/api/uploads/1?wait=26").await.status, 422);
    assert_eq!(alice.get("/api/uploads/1?wait=-1").await.status, 422);
}

#[tokio::test]
async fn a_batch_tells_of_each_file() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let files: &[(&str, &str, &[u8])] = &[
        ("a.txt", "text/plain", TEXT.as_bytes()),
        ("b.pdf", "application/pdf", corpus!("encrypted.pdf")),
        ("c.bin", "application/octet-stream", b"\x00\x01\x02\x03"),
    ];
    let queued = alice
        .send(form("/api/tasks/extract/batch", files, &[]))
        .await
        .expect(202);
    assert_eq!(queued["uploads"].as_array().unwrap().len(), 3);
    app.drain().await;
    let states: Vec<Value> = alice.get("/api/uploads").await.expect(200)["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            json!([
                it["filename"],
                it["processing_status"],
                it["batch_id"] == queued["batch_id"]
            ])
        })
        .collect();
    assert_eq!(
        states,
        [
            json!(["c.bin", "failed", true]),
            json!(["b.pdf", "failed", true]),
            json!(["a.txt", "completed", true])
        ]
    );
}

#[tokio::test]
async fn the_same_key_reads_the_same_file_once() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let send = |text: &'static str| {
        let mut request = form(
            "/api/tasks/extract/text",
            &[("a.txt", "text/plain", text.as_bytes())],
            &[],
        );
        request
            .headers_mut()
            .insert("idempotency-key", "one".parse().unwrap());
        alice.send(request)
    };
    let first = send(TEXT).await.expect(202);
    let second = send(TEXT).await;
    assert_eq!(second.header("idempotent-replay"), "true");
    assert_eq!(second.expect(202)["upload_id"], first["upload_id"]);
    assert_eq!(
        send("- [ ] Something else by 2026-03-04").await.code(),
        "idempotency_key_reused"
    );
    app.drain().await;
    assert_eq!(tasks(&app, &alice).await.len(), 2);
    // The chain is done by now: the same request tells the result.
    assert_eq!(send(TEXT).await.expect(200)["tasks_saved"], 2);
    assert_eq!(
        alice.get("/api/uploads").await.expect(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn nothing_stays_of_a_deleted_upload() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let session = announce(&alice, "notes.txt", TEXT.as_bytes()).await;
    let id = session["upload_id"].as_i64().unwrap();
    let (url, headers) = (session["url"].as_str().unwrap(), &session["headers"]);
    assert_eq!(put(url, headers, TEXT.as_bytes()).await, 200);
    app.drain().await;
    assert!(object_exists(&app, id).await);
    alice
        .delete(&format!("/api/uploads/{id}"))
        .await
        .expect(204);
    assert!(!object_exists(&app, id).await);
    assert_eq!(
        app.sql("select * from extracted_items").await,
        [] as [Value; 0]
    );
    assert_eq!(tasks(&app, &alice).await.len(), 2, "tasks stay");
    for (method, path) in [
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/retry"),
        ("POST", "/accept"),
        ("PUT", "/file"),
    ] {
        let answer = alice
            .call(
                method,
                &format!("/api/uploads/{id}{path}"),
                (method != "GET").then(|| json!({})),
            )
            .await;
        assert_eq!(answer.status, 404, "{method} {path}");
    }
    // The URL still works for a while; what it brings is thrown away.
    assert_eq!(put(url, headers, TEXT.as_bytes()).await, 200);
    app.drain().await;
    assert!(!object_exists(&app, id).await);
    app.clock.advance(Duration::hours(3));
    app.functions.sweep().run().await;
    assert_eq!(app.sql("select * from uploads").await, [] as [Value; 0]);
}

#[tokio::test]
async fn nobody_sees_or_moves_another_users_upload() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    let session = announce(&alice, "notes.txt", TEXT.as_bytes()).await;
    let pending = session["upload_id"].as_i64().unwrap();
    let done = post_text(&alice, json!({"text": TEXT, "save_to_db": false})).await;
    app.drain().await;
    let before = app.sql("select * from uploads order by id").await;
    for id in [pending, done] {
        for (method, path) in [
            ("GET", ""),
            ("GET", "?wait=1"),
            ("DELETE", ""),
            ("POST", "/retry"),
            ("POST", "/accept"),
        ] {
            let body = (method != "GET").then(|| json!({}));
            let answer = bob
                .call(method, &format!("/api/uploads/{id}{path}"), body)
                .await;
            assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text);
        }
        for method in ["PUT", "POST"] {
            let request = Request::builder()
                .method(method)
                .uri(format!("/api/uploads/{id}/file"));
            assert_eq!(
                bob.send(request.body(TEXT.into()).unwrap()).await.status,
                404
            );
        }
    }
    assert_eq!(
        bob.get("/api/uploads").await.expect(200)["items"],
        json!([])
    );
    assert_eq!(
        bob.get(&format!("/api/tasks/extraction-history/{}", alice.id))
            .await
            .status,
        404
    );
    assert_eq!(app.sql("select * from uploads order by id").await, before);
    let history = alice
        .get("/api/tasks/extraction-history/me?status=completed")
        .await
        .expect(200);
    assert_eq!(history["items"][0]["id"], done);
}

#[tokio::test]
async fn a_small_announced_file_may_come_through_the_front_door() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let id = announce(&alice, "notes.txt", TEXT.as_bytes()).await["upload_id"]
        .as_i64()
        .unwrap();
    let send = |method: &'static str, path: String, bytes: &'static [u8]| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .body(bytes.to_vec())
            .unwrap();
        alice.send(request)
    };
    let wrong = send("PUT", format!("/api/uploads/{id}/file"), b"short").await;
    assert_eq!((wrong.status, wrong.code()), (422, "wrong_size"));
    // The older path, as a form.
    let path = format!("/api/uploads/session/{id}/upload");
    alice
        .send(form(
            &path,
            &[("notes.txt", "text/plain", TEXT.as_bytes())],
            &[],
        ))
        .await
        .expect(202);
    assert_eq!(
        send("PUT", format!("/api/uploads/{id}/file"), TEXT.as_bytes())
            .await
            .code(),
        "already_uploaded"
    );
    app.drain().await;
    assert_eq!(upload(&alice, id).await["tasks_saved"], 2);
}

#[tokio::test]
async fn pages_of_the_history_neither_repeat_nor_skip() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    for number in 0..5 {
        announce(&alice, &format!("{number}.txt"), b"x").await;
    }
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = alice
            .get(&format!(
                "/api/uploads?limit=2&status=pending&type=text{cursor}"
            ))
            .await
            .expect(200);
        names.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it["filename"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(names, ["4.txt", "3.txt", "2.txt", "1.txt", "0.txt"]);
    for wrong in [
        "limit=0",
        "limit=201",
        "cursor=!",
        "status=lost",
        "colour=red",
    ] {
        assert_eq!(
            alice.get(&format!("/api/uploads?{wrong}")).await.status,
            422,
            "{wrong}"
        );
    }
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

#[tokio::test]
async fn recorded_events_of_queues_find_their_upload() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let id = post_text(&alice, json!({"text": TEXT})).await;
    let filled = |event: &str| -> Value {
        let event = event.replace("users/12/", &format!("users/{}/", alice.id));
        let event = event.replace("uploads/345/", &format!("uploads/{id}/"));
        let event = event.replace(r#"\"user_id\":12"#, &format!(r#"\"user_id\":{}"#, alice.id));
        serde_json::from_str(
            &event.replace(r#"\"upload_id\":345"#, &format!(r#"\"upload_id\":{id}"#)),
        )
        .unwrap()
    };
    let event = filled(include_str!("events/extract-s3.json"));
    let answer = app.functions.invoke(Worker::Extract, event).await.unwrap();
    assert_eq!(answer["batchItemFailures"], json!([]));
    assert_eq!(upload(&alice, id).await["tasks_extracted"], 2);
    let event = filled(include_str!("events/create-tasks.json"));
    let answer = app
        .functions
        .invoke(Worker::CreateTasks, event)
        .await
        .unwrap();
    assert_eq!(answer["batchItemFailures"], json!([]));
    assert_eq!(upload(&alice, id).await["tasks_saved"], 2);
}

#[tokio::test]
async fn a_recorded_gateway_event_with_a_form_is_understood() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let event = include_str!("events/uploads-form.json").replace("TOKEN", &alice.token);
    let event: LambdaRequest = serde_json::from_str(&event).unwrap();
    let mut function = Adapter::from(app.router());
    let answer = function
        .call(LambdaEvent::new(event, lambda_http::Context::default()))
        .await
        .unwrap();
    let answer = serde_json::to_value(answer).unwrap();
    assert_eq!(answer["statusCode"], 202, "{answer}");
    app.drain().await;
    assert_eq!(tasks(&app, &alice).await.len(), 2);
}
