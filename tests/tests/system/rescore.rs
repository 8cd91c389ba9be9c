//! The worker that computes scores: messages and the night's tick.

use chrono::Duration;
use sentry_local::functions::Worker;
use sentry_queue::Queue;
use sentry_tests::{Person, TestApp};
use serde_json::{Value, json};

/// Rows as a busy person has them, written past the API so that nothing has been scored yet.
async fn busy(app: &TestApp, user: i64) {
    app.execute(&format!(
        "insert into tasks (user_id, title, due_on, estimated_hours, created_at, touched_at)
         select {user}, 'Task ' || n, date '2026-02-20' + n, n % 4, timestamptz '2026-02-16 09:00Z' + n * interval '1 hour',
                timestamptz '2026-02-26 20:00Z' + n * interval '1 hour'
         from generate_series(1, 20) n;
         insert into tasks (user_id, title, task_type, start_at, end_at, created_at)
         select {user}, 'Meeting ' || n, 'meeting', timestamptz '2026-03-02 08:00Z' + n * interval '1 hour',
                timestamptz '2026-03-02 08:55Z' + n * interval '1 hour', timestamptz '2026-02-16 09:00Z'
         from generate_series(1, 5) n"
    ))
    .await;
}

async fn analyses(app: &TestApp, user: i64) -> Vec<Value> {
    let rows = "select day, final_score, trigger, encode(inputs_hash, 'hex') as hash, factors";
    app.sql(&format!(
        "{rows} from burnout_analyses where user_id = {user} order by analyzed_at, id"
    ))
    .await
}

fn user_message(person: &Person) -> Value {
    json!({"type": "rescore.v1", "user_id": person.id})
}

/// The scheduler's tick of a given time, of which it says nothing by itself. Returns how many people are due.
async fn tick(app: &TestApp, at: Option<&str>) -> i64 {
    let mut event = json!({"type": "nightly.v1"});
    if let Some(at) = at {
        event["scheduled_at"] = json!(at);
    }
    app.functions.invoke(Worker::Rescore, event).await.unwrap()["users"]
        .as_i64()
        .unwrap()
}

async fn nightly_messages(app: &TestApp) -> Vec<Vec<i64>> {
    app.sql("select body from outbox where body->>'type' = 'rescore-nightly.v1' order by id")
        .await
        .into_iter()
        .map(|row| serde_json::from_value(row["body"]["user_ids"].clone()).unwrap())
        .collect()
}

#[tokio::test]
async fn every_message_may_come_twice_and_in_any_order() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    let task = alice
        .post(
            "/api/tasks",
            json!({"title": "One", "due_on": "2026-02-20"}),
        )
        .await
        .expect(201);
    bob.post("/api/tasks", json!({"title": "Two"}))
        .await
        .expect(201);
    for person in [&bob, &alice, &alice, &bob, &alice] {
        let response = app
            .deliver(Queue::BurnoutRescore, user_message(person))
            .await;
        assert!(response.batch_item_failures.is_empty());
    }
    assert_eq!(
        (
            analyses(&app, alice.id).await.len(),
            analyses(&app, bob.id).await.len()
        ),
        (1, 1)
    );
    assert_eq!(app.sql("select from pending_rescores").await.len(), 0);

    // A message that is late finds the present state, not the one it was sent for.
    let path = format!("/api/tasks/{}", task["id"]);
    alice.delete(&path).await.expect(204);
    app.deliver(Queue::BurnoutRescore, user_message(&alice))
        .await;
    app.deliver(Queue::BurnoutRescore, user_message(&alice))
        .await;
    let rows = analyses(&app, alice.id).await;
    assert_eq!(rows.len(), 2);
    assert_eq!(
        rows[1]["final_score"],
        Value::Null,
        "nothing is left to score"
    );
}

#[tokio::test]
async fn a_change_is_scored_by_itself() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    alice
        .post(
            "/api/tasks",
            json!({"title": "One", "due_on": "2026-02-20"}),
        )
        .await
        .expect(201);
    app.drain().await;
    let status = alice.get("/api/burnout/status/me").await.expect(200);
    assert_eq!(status["status"], "analyzed");
    let before = status["analysis"]["final_score"].as_f64().unwrap();
    alice
        .post(
            "/api/tasks",
            json!({"title": "Two", "due_on": "2026-02-21"}),
        )
        .await
        .expect(201);
    app.drain().await;
    let status = alice.get("/api/burnout/status/me").await.expect(200);
    assert!(status["analysis"]["final_score"].as_f64().unwrap() > before);
}

#[tokio::test]
async fn messages_for_nobody_are_dropped_with_their_request() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    busy(&app, alice.id).await;
    let nobody = json!({"type": "rescore.v1", "user_id": 4_000_000});
    assert!(
        app.deliver(Queue::BurnoutRescore, nobody)
            .await
            .batch_item_failures
            .is_empty()
    );
    app.execute("update users set deleted_at = now(); insert into pending_rescores (user_id) select id from users").await;
    assert!(
        app.deliver(Queue::BurnoutRescore, user_message(&alice))
            .await
            .batch_item_failures
            .is_empty()
    );
    assert_eq!(app.sql("select from pending_rescores").await.len(), 0);
    assert_eq!(analyses(&app, alice.id).await.len(), 0);
}

#[tokio::test]
async fn a_batch_of_the_queue_is_worked_off_message_by_message() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    busy(&app, alice.id).await;
    let event =
        include_str!("events/rescore-batch.json").replace("{user_id}", &alice.id.to_string());
    let answer = app
        .functions
        .invoke(Worker::Rescore, serde_json::from_str(&event).unwrap())
        .await
        .unwrap();
    let back = json!([{"itemIdentifier": "2e1424d4-f796-459a-8184-9c92662be6da"}]);
    assert_eq!(
        answer["batchItemFailures"], back,
        "what is unreadable now may be readable by the next release"
    );
    assert_eq!(analyses(&app, alice.id).await.len(), 1);
    for odd in [
        json!({"type": "nightly.v2"}),
        json!({}),
        json!([]),
        json!({"Records": 7}),
    ] {
        assert!(app.functions.invoke(Worker::Rescore, odd).await.is_err());
    }
}

#[tokio::test]
async fn the_night_comes_to_the_same_result_as_the_day() {
    let app = TestApp::start().await;
    let people = [
        app.user("alice").await,
        app.user("bob").await,
        app.user("carol").await,
    ];
    for person in &people[..2] {
        busy(&app, person.id).await;
    }
    app.execute("update tasks set status = 'in_progress', due_on = null where id % 3 = 0 and task_type = 'task'").await;
    let ids: Vec<i64> = people.iter().map(|person| person.id).collect();
    let night = json!({"type": "rescore-nightly.v1", "user_ids": ids});
    assert!(
        app.deliver(Queue::BurnoutRescore, night)
            .await
            .batch_item_failures
            .is_empty()
    );
    for person in &people[..2] {
        let by_night = analyses(&app, person.id).await;
        assert_eq!(
            (by_night.len(), &by_night[0]["trigger"]),
            (1, &json!("nightly"))
        );
        let by_day = person
            .post("/api/burnout/analyze-auto/me", json!({}))
            .await
            .expect(200);
        assert_eq!(
            by_day["analysis"]["final_score"],
            by_night[0]["final_score"]
        );
        assert_eq!(analyses(&app, person.id).await, by_night, "the same inputs");
    }
    assert_ne!(
        analyses(&app, ids[0]).await[0]["hash"],
        analyses(&app, ids[1]).await[0]["hash"]
    );
    assert!(
        analyses(&app, ids[2]).await.is_empty(),
        "an unused account leaves no row each night"
    );
}

#[tokio::test]
async fn nightly_twice_equals_once() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    busy(&app, alice.id).await;
    app.execute("update users set time_zone = 'America/New_York'")
        .await;
    assert_eq!(tick(&app, None).await, 1);
    assert_eq!(tick(&app, None).await, 0);
    app.drain().await;
    assert_eq!(analyses(&app, alice.id).await.len(), 1);
    // The same tick, an hour late, and its message once more, although something has changed.
    app.clock.advance(Duration::hours(1));
    app.execute("delete from tasks where id % 2 = 0").await;
    assert_eq!(tick(&app, None).await, 0);
    let night = json!({"type": "rescore-nightly.v1", "user_ids": [alice.id, alice.id]});
    app.deliver(Queue::BurnoutRescore, night.clone()).await;
    assert_eq!(analyses(&app, alice.id).await.len(), 1);
    // The next night is another one, and names what has changed.
    app.clock.advance(Duration::hours(23));
    app.deliver(Queue::BurnoutRescore, night).await;
    let rows = app
        .sql("select day, changes from burnout_analyses order by day")
        .await;
    assert_eq!((rows.len(), &rows[1]["day"]), (2, &json!("2026-03-03")));
    assert_ne!(rows[1]["changes"], json!([]));
}

#[tokio::test]
async fn only_those_whose_day_has_begun_are_due() {
    let app = TestApp::start().await;
    let zones = [
        "UTC",
        "America/New_York",
        "America/Chicago",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Pacific/Marquesas",
        "America/St_Johns",
        "Mars/Olympus",
    ];
    let mut ids = Vec::new();
    for zone in zones {
        let person = app.user("someone").await;
        app.execute(&format!(
            "update users set time_zone = '{zone}' where id = {}",
            person.id
        ))
        .await;
        ids.push(person.id);
    }
    // Every tick of this test comes late; what counts is when it was due.
    app.clock.advance(Duration::days(10));
    let due = async |at: &str| -> Vec<&'static str> {
        app.execute("delete from nightly_runs; delete from outbox")
            .await;
        tick(&app, Some(at)).await;
        let found: Vec<i64> = nightly_messages(&app).await.concat();
        zones
            .into_iter()
            .zip(&ids)
            .filter(|(_, id)| found.contains(id))
            .map(|(zone, _)| zone)
            .collect()
    };
    assert_eq!(due("2026-03-02T08:59:00Z").await, ["America/St_Johns"]);
    assert_eq!(
        due("2026-03-02T09:00:00Z").await,
        ["America/New_York", "America/St_Johns"]
    );
    assert_eq!(due("2026-03-02T04:00:00Z").await, ["UTC", "Mars/Olympus"]);
    assert_eq!(due("2026-03-02T22:15:00Z").await, ["Asia/Kathmandu"]);
    assert_eq!(
        due("2026-03-02T22:30:00Z").await,
        ["Asia/Kolkata", "Asia/Kathmandu"]
    );
    assert_eq!(due("2026-03-02T13:30:00Z").await, ["Pacific/Marquesas"]);
    // On 2026-03-08 the clocks of New York go from 02:00 to 03:00: its morning is an hour earlier.
    assert_eq!(
        due("2026-03-08T08:00:00Z").await,
        ["America/New_York", "America/St_Johns"]
    );
}

#[tokio::test]
async fn a_zone_goes_into_batches_and_a_crash_in_its_middle_repeats_and_loses_none() {
    let app = TestApp::start().await;
    app.execute(
        "insert into users (email, time_zone, deleted_at)
         select 'user' || n || '@example.com', 'America/New_York', case when n = 7 then now() end
         from generate_series(1, 5204) n",
    )
    .await;
    assert_eq!(tick(&app, None).await, 5203);
    let messages = nightly_messages(&app).await;
    let sizes: Vec<usize> = messages.iter().map(Vec::len).collect();
    assert_eq!(sizes, [vec![500; 10], vec![203]].concat());
    let mut all = messages.concat();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 5203);

    // As if the process had ended after the first page.
    app.execute(&format!(
        "delete from outbox; update nightly_runs set after_user_id = {}, finished_at = null",
        messages[9][499]
    ))
    .await;
    assert_eq!(tick(&app, None).await, 203);
    assert_eq!(nightly_messages(&app).await, [messages[10].clone()]);
}

#[tokio::test]
async fn one_who_cannot_be_scored_does_not_stop_the_others() {
    let app = TestApp::start().await;
    let mut ids = Vec::new();
    for name in ["alice", "bob", "carol", "dave", "erin"] {
        let person = app.user(name).await;
        busy(&app, person.id).await;
        ids.push(person.id);
    }
    // An instant that no calendar of ours can hold: reading the row ends in a panic.
    app.execute(&format!(
        "update tasks set due_on = null, due_at = 'infinity' where user_id = {}",
        ids[2]
    ))
    .await;
    let night = json!({"type": "rescore-nightly.v1", "user_ids": ids});
    assert!(
        app.deliver(Queue::BurnoutRescore, night)
            .await
            .batch_item_failures
            .is_empty()
    );
    for id in &ids {
        assert_eq!(
            analyses(&app, *id).await.len(),
            usize::from(*id != ids[2]),
            "user {id}"
        );
    }
    let waiting = app
        .sql("select body - 'caused_by' as body from outbox where body->>'type' = 'rescore.v1'")
        .await;
    assert_eq!(
        waiting,
        [json!({"body": {"type": "rescore.v1", "user_id": ids[2]}})]
    );
    // By itself it fails, comes back, and ends before human eyes.
    let alone = json!({"type": "rescore.v1", "user_id": ids[2]});
    assert_eq!(
        app.deliver(Queue::BurnoutRescore, alone)
            .await
            .batch_item_failures
            .len(),
        1
    );
    // Nobody after them is hurt by what the connection went through.
    let alone = json!({"type": "rescore.v1", "user_id": ids[0]});
    assert!(
        app.deliver(Queue::BurnoutRescore, alone)
            .await
            .batch_item_failures
            .is_empty()
    );
}
