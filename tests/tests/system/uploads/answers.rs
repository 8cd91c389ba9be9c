//! What a client sees while and after a file is read.

use super::{TEXT, announce, form, message, post_text, read, tasks, upload};
use sentry_queue::Queue;
use sentry_tests::TestApp;
use serde_json::{Value, json};

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
