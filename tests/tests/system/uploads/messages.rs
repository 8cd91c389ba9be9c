//! Messages twice, late and about nothing; workers that died.

use super::{TEXT, announce, message, post_text, refreshed, tasks, upload};
use chrono::Duration;
use http::Request;
use sentry_local::functions::Worker;
use sentry_queue::Queue;
use sentry_tests::TestApp;
use serde_json::{Value, json};

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
    let event = filled(include_str!("../events/extract-s3.json"));
    let answer = app.functions.invoke(Worker::Extract, event).await.unwrap();
    assert_eq!(answer["batchItemFailures"], json!([]));
    assert_eq!(upload(&alice, id).await["tasks_extracted"], 2);
    let event = filled(include_str!("../events/create-tasks.json"));
    let answer = app
        .functions
        .invoke(Worker::CreateTasks, event)
        .await
        .unwrap();
    assert_eq!(answer["batchItemFailures"], json!([]));
    assert_eq!(upload(&alice, id).await["tasks_saved"], 2);
}
