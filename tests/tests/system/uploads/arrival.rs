//! How a file comes in, and which do not.

use super::{MINUTES, TEXT, announce, form, put, refreshed, tasks, upload};
use chrono::Duration;
use http::Request;
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, LambdaEvent, Service};
use sentry_tests::TestApp;
use serde_json::json;

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
async fn a_recorded_gateway_event_with_a_form_is_understood() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let event = include_str!("../events/uploads-form.json").replace("TOKEN", &alice.token);
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
