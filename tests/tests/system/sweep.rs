//! The worker that sends, asks again and forgets.

use chrono::Duration;
use sentry_domain::{UploadId, UserId};
use sentry_queue::{ExtractMessage, Queue, RescoreMessage, enqueue};
use sentry_tests::TestApp;
use serde_json::{Value, json};

const TICK: &str = include_str!("events/sweep-tick.json");

async fn sweep(app: &TestApp) -> Value {
    app.functions
        .sweep()
        .handle(serde_json::from_str(TICK).unwrap())
        .await
        .unwrap()
}

/// What a queue holds right now, in any order.
async fn bodies(app: &TestApp, queue: Queue) -> Vec<Value> {
    let (client, url) = (
        app.emulator.sqs_client(),
        app.emulator.queue_url(queue.name()),
    );
    let mut bodies = Vec::new();
    loop {
        let received = client
            .receive_message()
            .queue_url(&url)
            .max_number_of_messages(10)
            .send()
            .await
            .unwrap();
        let messages = received.messages.unwrap_or_default();
        if messages.is_empty() {
            return bodies;
        }
        bodies.extend(messages.iter().map(|message| -> Value {
            serde_json::from_str(message.body.as_deref().unwrap_or_default()).unwrap()
        }));
    }
}

#[tokio::test]
async fn what_was_committed_and_never_sent_is_sent_once() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let mut tx = app.db.as_user(UserId(alice.id)).await.unwrap();
    enqueue(
        &mut tx,
        &RescoreMessage::User {
            user_id: UserId(alice.id),
        },
        0,
    )
    .await
    .unwrap();
    // The process is killed here: committed, not sent.
    drop(tx.commit().await.unwrap());

    sweep(&app).await;
    assert_eq!(
        bodies(&app, Queue::BurnoutRescore).await,
        [] as [Value; 0],
        "its sender still has its time"
    );
    app.functions.sweep().recover().await.unwrap();
    let report = sweep(&app).await;
    assert_eq!(report["done"]["relay"], 1);
    assert_eq!(report["failed"], json!({}));
    let sent = json!({"type": "rescore.v1", "user_id": alice.id});
    assert_eq!(bodies(&app, Queue::BurnoutRescore).await, [sent]);
    app.functions.sweep().recover().await.unwrap();
    assert_eq!(sweep(&app).await["done"]["relay"], Value::Null);
    assert_eq!(bodies(&app, Queue::BurnoutRescore).await, [] as [Value; 0]);
}

#[tokio::test]
async fn what_was_rolled_back_is_never_sent() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let mut tx = app.db.as_user(UserId(alice.id)).await.unwrap();
    enqueue(
        &mut tx,
        &RescoreMessage::User {
            user_id: UserId(alice.id),
        },
        0,
    )
    .await
    .unwrap();
    drop(tx);
    app.functions.sweep().recover().await.unwrap();
    assert_eq!(sweep(&app).await["done"], json!({}));
}

#[tokio::test]
async fn a_thousand_messages_are_relayed_each_once() {
    let app = TestApp::start().await;
    app.execute(
        "insert into outbox (queue, body, next_attempt_at)
         select 'burnout-rescore', jsonb_build_object('type', 'rescore.v1', 'user_id', n), now()
         from generate_series(1, 1000) n",
    )
    .await;
    assert_eq!(sweep(&app).await["done"]["relay"], 1000);
    let mut users: Vec<i64> = bodies(&app, Queue::BurnoutRescore)
        .await
        .iter()
        .map(|body| body["user_id"].as_i64().unwrap())
        .collect();
    users.sort_unstable();
    assert_eq!(users, (1..=1000).collect::<Vec<i64>>());
}

#[tokio::test]
async fn a_step_that_fails_does_not_stop_the_others() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    app.execute(&format!(
        "insert into idempotency_keys (user_id, key, request_hash, expires_at) values
            ({0}, 'old', '', '2026-03-01T00:00Z'), ({0}, 'new', '', '2026-03-03T00:00Z');
         alter table pending_rescores rename to away; alter table uploads rename column nudged_at to away",
        alice.id
    ))
    .await;
    let report = app.functions.sweep().run().await;
    let failed: Vec<_> = report.failed.keys().copied().collect();
    assert_eq!(failed, ["rescores", "uploads"]);
    assert_eq!(report.done.get("idempotency_keys"), Some(&1));
    assert_eq!(
        app.sql("select key from idempotency_keys").await,
        [json!({"key": "new"})]
    );
    let error = app
        .functions
        .sweep()
        .handle(serde_json::from_str(TICK).unwrap())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("rescores"), "{error}");
    for odd in [
        json!({"type": "sweep.v2"}),
        json!({}),
        json!({"Records": []}),
    ] {
        assert!(app.functions.sweep().handle(odd).await.is_err());
    }
}

#[tokio::test]
async fn a_queue_that_does_not_answer_keeps_its_messages() {
    let app = TestApp::start().await;
    app.execute(
        "insert into outbox (queue, body, next_attempt_at) values
            ('no-such-queue', '{}', now()),
            ('burnout-rescore', '{\"type\": \"rescore.v1\", \"user_id\": 1}', now())",
    )
    .await;
    let report = app.functions.sweep().run().await;
    assert!(
        report.failed["relay"].contains("no-such-queue"),
        "{report:?}"
    );
    assert_eq!(
        bodies(&app, Queue::BurnoutRescore).await.len(),
        1,
        "the other queue got what is its own"
    );
    assert_eq!(
        app.sql("select queue from outbox where sent_at is null")
            .await,
        [json!({"queue": "no-such-queue"})]
    );
}

#[tokio::test]
async fn a_score_that_never_came_is_asked_for_again_once() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    app.execute(&format!(
        "delete from pending_rescores;
         insert into pending_rescores (user_id, requested_at) values ({}, now() - interval '1 hour'), ({}, now())",
        alice.id, bob.id
    ))
    .await;
    assert_eq!(sweep(&app).await["done"]["rescores"], 1);
    assert_eq!(sweep(&app).await["done"]["rescores"], Value::Null);
    let asked = json!({"type": "rescore.v1", "user_id": alice.id});
    assert_eq!(bodies(&app, Queue::BurnoutRescore).await, [asked]);
}

#[tokio::test]
async fn what_has_had_its_time_is_forgotten() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    app.execute(&format!(
        "insert into one_time_codes (id, user_id, purpose, code_hash, expires_at) values
            (gen_random_uuid(), {0}, 'verify_email', 'old', '2026-03-02T08:59Z'),
            (gen_random_uuid(), {0}, 'verify_email', 'new', '2026-03-02T09:01Z')",
        alice.id
    ))
    .await;
    let before = app.sql("select from sessions").await.len();
    app.execute(
        "insert into outbox (queue, body, sent_at) values
            ('uploads', '1', now() - interval '2 days'), ('uploads', '2', now() - interval '1 hour');
         insert into nightly_runs (time_zone, day) values ('UTC', '2026-02-20'), ('UTC', '2026-03-01');
         insert into rate_limits (bucket, tokens, refilled_at) values ('old', 1, '2026-02-01'), ('new', 1, '2026-03-02')",
    )
    .await;
    sweep(&app).await;
    assert_eq!(
        app.sql("select body from outbox where body in ('1', '2')")
            .await,
        [json!({"body": 2})]
    );
    assert_eq!(
        app.sql("select day from nightly_runs").await,
        [json!({"day": "2026-03-01"})]
    );
    assert_eq!(
        app.sql("select bucket from rate_limits where bucket in ('old', 'new')")
            .await,
        [json!({"bucket": "new"})]
    );
    let codes = app
        .sql("select convert_from(code_hash, 'UTF8') as code from one_time_codes where code_hash in ('old', 'new')")
        .await;
    assert_eq!(codes, [json!({"code": "new"})]);
    assert_eq!(app.sql("select from sessions").await.len(), before);
    app.clock.advance(Duration::days(400));
    sweep(&app).await;
    assert_eq!(app.sql("select from sessions").await.len(), 0);
}

/// An upload in the state that `columns` say.
async fn upload(app: &TestApp, user: i64, id: i64, columns: &str) {
    let (names, values): (Vec<&str>, Vec<&str>) = columns
        .split(", ")
        .map(|pair| pair.split_once('=').unwrap())
        .unzip();
    app.execute(&format!(
        "insert into uploads (id, user_id, filename, object_key, file_size_bytes, mime_type, upload_type, expires_at, {})
         overriding system value values ({id}, {user}, 'a.txt', 'users/{user}/uploads/{id}/a.txt', 1, 'text/plain', 'text',
             '2026-03-02T08:30Z', {})",
        names.join(", "),
        values.join(", ")
    ))
    .await;
}

#[tokio::test]
async fn uploads_that_stand_still_move_on() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let old = "'2026-03-02T07:00Z'";
    upload(
        &app,
        alice.id,
        901,
        &format!("processing_status='processing', uploaded_at={old}, started_at={old}"),
    )
    .await;
    upload(
        &app,
        alice.id,
        902,
        &format!("processing_status='pending', uploaded_at={old}"),
    )
    .await;
    upload(
        &app,
        alice.id,
        903,
        &format!("processing_status='completed', uploaded_at={old}, processed_at={old}"),
    )
    .await;
    upload(
        &app,
        alice.id,
        904,
        &format!("processing_status='pending', created_at={old}"),
    )
    .await;
    upload(
        &app,
        alice.id,
        905,
        &format!("processing_status='pending', created_at={old}"),
    )
    .await;
    app.functions
        .sweep()
        .storage
        .put(
            &format!("users/{}/uploads/905/a.txt", alice.id),
            "text/plain",
            "x".into(),
        )
        .await
        .unwrap();
    let report = sweep(&app).await;
    assert_eq!(
        (&report["done"]["uploads"], &report["done"]["arrivals"]),
        (&json!(3), &json!(2))
    );

    let read = |id| {
        serde_json::to_value(ExtractMessage::Upload {
            user_id: UserId(alice.id),
            upload_id: UploadId(id),
        })
    };
    let mut asked = bodies(&app, Queue::Uploads).await;
    asked.retain(|body| body["type"] == "extract.v1");
    asked.sort_by_key(|body| body["upload_id"].as_i64());
    assert_eq!(
        asked,
        [read(901).unwrap(), read(902).unwrap(), read(905).unwrap()]
    );
    let save = json!({"type": "create-tasks.v1", "user_id": alice.id, "upload_id": 903});
    assert_eq!(bodies(&app, Queue::TaskCreation).await, [save]);
    let expired = app
        .sql("select id from uploads where processing_status = 'expired'")
        .await;
    assert_eq!(expired, [json!({"id": 904})]);
    // Everything is under way now.
    assert_eq!(sweep(&app).await["done"], json!({}));
}

#[tokio::test]
async fn after_a_crash_nobodys_time_is_waited_for() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let now = "'2026-03-02T08:59:59Z'";
    upload(
        &app,
        alice.id,
        901,
        &format!("processing_status='processing', uploaded_at={now}, started_at={now}"),
    )
    .await;
    assert_eq!(
        sweep(&app).await["done"],
        json!({}),
        "somebody may be at work on it"
    );
    app.functions.sweep().recover().await.unwrap();
    assert_eq!(sweep(&app).await["done"]["uploads"], 1);
    assert_eq!(bodies(&app, Queue::Uploads).await[0]["upload_id"], 901);
}

#[tokio::test]
async fn deleted_uploads_lose_their_bytes_and_then_their_row() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    upload(
        &app,
        alice.id,
        901,
        "processing_status='pending', deleted_at='2026-03-02T07:00Z'",
    )
    .await;
    app.execute("update uploads set expires_at = '2026-03-02T07:30Z'")
        .await;
    let (key, storage) = (
        format!("users/{}/uploads/901/a.txt", alice.id),
        &app.functions.sweep().storage,
    );
    storage.put(&key, "text/plain", "x".into()).await.unwrap();
    assert_eq!(sweep(&app).await["done"]["tombstones"], 1);
    assert_eq!(storage.size(&key).await.unwrap(), None);
    assert_eq!(app.sql("select from uploads").await.len(), 0);
}

#[tokio::test]
async fn a_closed_account_goes_with_everything_once_its_files_are_gone() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    alice
        .post("/api/tasks", json!({"title": "Mine"}))
        .await
        .expect(201);
    upload(&app, alice.id, 901, "processing_status='pending'").await;
    let (key, storage) = (
        format!("users/{}/uploads/901/a.txt", alice.id),
        &app.functions.sweep().storage,
    );
    storage.put(&key, "text/plain", "x".into()).await.unwrap();
    let closed = "deleted_at = '2026-03-02T08:59Z'";
    app.execute(&format!(
        "update users set {closed} where id = {0}; update uploads set {closed} where user_id = {0}",
        alice.id
    ))
    .await;
    sweep(&app).await;
    assert_eq!(
        app.sql("select from users").await.len(),
        2,
        "a signed URL may still bring bytes"
    );
    app.clock.advance(Duration::hours(2));
    sweep(&app).await;
    assert_eq!(storage.size(&key).await.unwrap(), None);
    let left = app.sql("select id from users").await;
    assert_eq!(left, [json!({"id": bob.id})]);
    assert_eq!(app.sql("select from tasks").await.len(), 0);
}
