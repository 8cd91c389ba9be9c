//! Changes: stale, partial, repeated, in bursts.

use super::{if_match, keyed, made, made_id, path, titles};
use chrono::Duration;
use sentry_tests::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn a_stale_version_changes_nothing() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let id = made_id(&alice, json!({"title": "one"})).await;
    assert_eq!(
        alice
            .put(&path(id), json!({"title": "two", "version": 1}))
            .await
            .expect(200)["version"],
        2
    );
    for answer in [
        alice
            .put(&path(id), json!({"title": "three", "version": 1}))
            .await,
        alice
            .patch(&path(id), json!({"title": "three", "version": 3}))
            .await,
        alice
            .post(&format!("{}/complete", path(id)), json!({"version": 1}))
            .await,
        if_match(&alice, "PATCH", id, "\"1\"", r#"{"title": "three"}"#).await,
        if_match(&alice, "DELETE", id, "W/\"1\"", "").await,
    ] {
        assert_eq!(
            (answer.status, answer.code()),
            (409, "stale_version"),
            "{}",
            answer.text
        );
    }
    assert_eq!(if_match(&alice, "PATCH", id, "two", "{}").await.status, 422);
    assert_eq!(
        if_match(&alice, "PATCH", id, "\"2\"", r#"{"title": "three"}"#)
            .await
            .expect(200)["version"],
        3
    );
    assert_eq!(
        if_match(&alice, "PATCH", id, "*", r#"{"title": "four"}"#)
            .await
            .expect(200)["title"],
        "four"
    );

    // Two clients with the same version: one wins. Without a version, both fields arrive.
    let here = path(id);
    let (left, right) = tokio::join!(
        alice.patch(&here, json!({"title": "left", "version": 4})),
        alice.patch(&here, json!({"title": "right", "version": 4})),
    );
    let mut statuses = [left.status, right.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let (left, right) = tokio::join!(
        alice.patch(&here, json!({"category": "left"})),
        alice.patch(&here, json!({"assigned_to": "right"})),
    );
    assert_eq!((left.status, right.status), (200, 200));
    let both = alice.get(&here).await.expect(200);
    assert_eq!(
        (&both["category"], &both["assigned_to"]),
        (&json!("left"), &json!("right"))
    );
    assert_eq!(both["version"], 7);
}

#[tokio::test]
async fn a_patch_clears_what_is_null_and_keeps_the_rest() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let full = json!({
        "title": "full", "description": "d", "task_type": "meeting", "status": "blocked", "priority": "high",
        "category": "c", "due_on": "2026-03-05", "start_at": "2026-03-04T09:00:00Z", "end_at": "2026-03-04T10:00:00Z",
        "assigned_to": "Ann", "can_delegate": true, "estimated_hours": 1, "actual_hours": 2,
        "recurrence": "FREQ=DAILY", "is_optional": true, "attendees": ["Bob"], "position": 4, "labels": ["l"],
    });
    let before = made(&alice, full.clone()).await;
    let id = before["id"].as_i64().unwrap();
    app.clock.advance(Duration::seconds(1));
    let same = alice.patch(&path(id), json!({})).await.expect(200);
    for field in full.as_object().unwrap().keys() {
        assert_eq!(same[field], before[field], "{field}");
    }
    assert_eq!(
        alice.patch(&path(id), json!({"title": null})).await.status,
        422
    );
    let nulls: Value = full
        .as_object()
        .unwrap()
        .keys()
        .filter(|key| *key != "title")
        .map(|key| (key.clone(), Value::Null))
        .collect();
    let put = alice.put(&path(id), nulls.clone()).await.expect(200);
    for field in full.as_object().unwrap().keys() {
        assert_eq!(put[field], before[field], "{field}");
    }
    let cleared = alice.patch(&path(id), nulls).await.expect(200);
    for (field, value) in [
        ("title", json!("full")),
        ("task_type", json!("task")),
        ("status", json!("todo")),
        ("priority", json!("medium")),
        ("can_delegate", json!(false)),
        ("is_recurring", json!(false)),
        ("is_optional", json!(false)),
        ("attendees", json!([])),
        ("labels", json!([])),
        ("position", json!(0.0)),
        ("version", json!(4)),
        ("created_at", json!("2026-03-02T09:00:00Z")),
        ("updated_at", json!("2026-03-02T09:00:01Z")),
    ] {
        assert_eq!(cleared[field], value, "{field}");
    }
    for field in [
        "description",
        "category",
        "due_at",
        "due_on",
        "start_at",
        "end_at",
        "assigned_to",
        "estimated_hours",
        "actual_hours",
        "recurrence",
        "completed_at",
    ] {
        assert_eq!(cleared[field], Value::Null, "{field}");
    }
}

#[tokio::test]
async fn fields_that_belong_together_stay_consistent() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let id = made_id(
        &alice,
        json!({"title": "t", "start_at": "2026-03-04T09:00:00Z", "end_at": "2026-03-04T10:00:00Z"}),
    )
    .await;
    // Neither alone may cross the other, stored or given.
    for (body, status) in [
        (json!({"end_at": "2026-03-04T08:59:59Z"}), 422),
        (json!({"start_at": "2026-03-04T10:00:01Z"}), 422),
        (json!({"start_at": "2026-03-04T10:00:00Z"}), 200),
        (
            json!({"due_at": "2026-03-05T09:00:00Z", "due_on": "2026-03-05"}),
            422,
        ),
        (
            json!({"due_at": "2026-03-05T09:00:00Z", "due_date": "2026-03-05"}),
            422,
        ),
        (
            json!({"recurrence": "FREQ=DAILY", "is_recurring": false}),
            422,
        ),
    ] {
        let answer = alice.patch(&path(id), body.clone()).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.text);
    }
    let due = |task: &Value| (task["due_at"].clone(), task["due_on"].clone());
    let task = alice
        .patch(&path(id), json!({"due_on": "2026-03-05"}))
        .await
        .expect(200);
    assert_eq!(due(&task), (Value::Null, json!("2026-03-05")));
    let task = alice
        .patch(&path(id), json!({"due_at": "2026-03-05T09:00:00Z"}))
        .await
        .expect(200);
    assert_eq!(due(&task), (json!("2026-03-05T09:00:00Z"), Value::Null));
    let task = alice
        .patch(&path(id), json!({"due_on": null}))
        .await
        .expect(200);
    assert_eq!(due(&task), (json!("2026-03-05T09:00:00Z"), Value::Null));
    let task = alice
        .patch(&path(id), json!({"due_date": null}))
        .await
        .expect(200);
    assert_eq!(due(&task), (Value::Null, Value::Null));

    let rule = |task: &Value| (task["is_recurring"].clone(), task["recurrence"].clone());
    let task = alice
        .patch(&path(id), json!({"is_recurring": true}))
        .await
        .expect(200);
    assert_eq!(rule(&task), (json!(true), Value::Null));
    let task = alice
        .patch(&path(id), json!({"recurrence": "FREQ=DAILY"}))
        .await
        .expect(200);
    assert_eq!(rule(&task), (json!(true), json!("FREQ=DAILY")));
    let task = alice
        .patch(&path(id), json!({"is_recurring": false}))
        .await
        .expect(200);
    assert_eq!(rule(&task), (json!(false), Value::Null));
}

#[tokio::test]
async fn done_notes_when_and_every_other_state_clears_that() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let born_done = made(&alice, json!({"title": "quick", "status": "Completed"})).await;
    assert_eq!(born_done["completed_at"], "2026-03-02T09:00:00Z");
    let id = made_id(&alice, json!({"title": "slow"})).await;
    app.clock.advance(Duration::seconds(5));
    let done = alice
        .post(&format!("{}/complete", path(id)), json!({}))
        .await
        .expect(200);
    assert_eq!(
        (&done["status"], &done["completed_at"]),
        (&json!("done"), &json!("2026-03-02T09:00:05Z"))
    );
    assert_eq!(done["version"], 2);
    app.clock.advance(Duration::seconds(5));
    let again = alice
        .send(
            http::Request::post(format!("{}/complete", path(id)))
                .body(Vec::new())
                .unwrap(),
        )
        .await;
    assert_eq!(again.expect(200), done);
    // Another change leaves the moment alone.
    let renamed = alice
        .patch(&path(id), json!({"title": "slower", "status": "done"}))
        .await
        .expect(200);
    assert_eq!(renamed["completed_at"], "2026-03-02T09:00:05Z");
    for status in [
        "backlog",
        "todo",
        "in_progress",
        "waiting",
        "blocked",
        "review",
        "cancelled",
    ] {
        alice
            .put(&path(id), json!({"status": "done"}))
            .await
            .expect(200);
        let open = alice
            .put(&path(id), json!({"status": status}))
            .await
            .expect(200);
        assert_eq!(
            (&open["status"], &open["completed_at"]),
            (&json!(status), &Value::Null)
        );
    }
    assert_eq!(
        alice
            .post(&format!("{}/complete", path(id)), json!({"when": "now"}))
            .await
            .status,
        422
    );
}

#[tokio::test]
async fn a_repeated_request_happens_once() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    let body = json!({"title": "once"});
    let first = keyed(&alice, "k1", &body).await;
    let second = keyed(&alice, "k1", &body).await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.body, second.body);
    assert_eq!(
        (
            first.header("idempotent-replay"),
            second.header("idempotent-replay")
        ),
        ("", "true")
    );
    assert_eq!(first.header("location"), second.header("location"));
    let other = keyed(&alice, "k1", &json!({"title": "twice"})).await;
    assert_eq!(
        (other.status, other.code()),
        (422, "idempotency_key_reused")
    );
    // A key is a person's own.
    assert_ne!(
        keyed(&bob, "k1", &body).await.expect(201)["id"],
        first.body["id"]
    );
    // What failed may be tried again under the same key.
    assert_eq!(keyed(&alice, "k2", &json!({"title": ""})).await.status, 422);
    keyed(&alice, "k2", &body).await.expect(201);
    // At once: one carries it out, the other repeats its answer or is asked to wait.
    let (one, two) = tokio::join!(keyed(&alice, "k3", &body), keyed(&alice, "k3", &body));
    for answer in [&one, &two] {
        assert!(
            answer.status == 201 || answer.code() == "idempotency_key_in_flight",
            "{}",
            answer.text
        );
    }
    assert_eq!(
        titles(&alice.get("/api/tasks").await.expect(200)),
        ["once"; 3]
    );
    for key in ["", "ä", &"k".repeat(256)] {
        assert_eq!(keyed(&alice, key, &body).await.status, 422, "{key}");
    }
    keyed(&alice, &"k".repeat(255), &body).await.expect(201);
}

#[tokio::test]
async fn a_burst_of_changes_asks_for_one_score() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let asked = format!(
        "select body - 'caused_by' as body, delay_seconds from outbox where queue = 'burnout-rescore' and (body->>'user_id')::bigint = {}",
        alice.id
    );
    let pending = format!(
        "select user_id from pending_rescores where user_id = {}",
        alice.id
    );
    let forget = format!(
        "delete from pending_rescores where user_id = {}; delete from outbox",
        alice.id
    );
    let id = made_id(&alice, json!({"title": "one"})).await;
    made(&alice, json!({"title": "two"})).await;
    alice
        .patch(&path(id), json!({"title": "three"}))
        .await
        .expect(200);
    let messages = app.sql(&asked).await;
    assert_eq!(
        messages,
        [json!({"body": {"type": "rescore.v1", "user_id": alice.id}, "delay_seconds": 5})]
    );
    assert_eq!(app.sql(&pending).await.len(), 1);

    // Once that score is being computed, each kind of change asks for the next.
    app.execute(&forget).await;
    app.clock.advance(Duration::seconds(1));
    alice
        .patch(&path(id), json!({"priority": "high"}))
        .await
        .expect(200);
    assert_eq!(app.sql(&asked).await.len(), 1);
    app.execute(&forget).await;
    alice
        .post(&format!("{}/complete", path(id)), json!({}))
        .await
        .expect(200);
    assert_eq!(app.sql(&asked).await.len(), 1);
    app.execute(&forget).await;
    assert_eq!(alice.delete(&path(id)).await.status, 204);
    assert_eq!(app.sql(&asked).await.len(), 1);

    // What changes nothing asks for nothing.
    app.execute(&forget).await;
    assert_eq!(alice.delete(&path(id)).await.status, 404);
    assert_eq!(
        alice.patch(&path(id), json!({"title": "x"})).await.status,
        404
    );
    assert_eq!(
        alice.post("/api/tasks", json!({"title": ""})).await.status,
        422
    );
    alice.get("/api/tasks").await.expect(200);
    assert_eq!(
        (app.sql(&asked).await.len(), app.sql(&pending).await.len()),
        (0, 0)
    );
}
