//! What is given: refused with all its faults, or kept as it was meant.

use super::{codes, made, made_id, path, titles};
use sentry_tests::TestApp;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_once() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let answer = alice
        .post(
            "/api/tasks",
            json!({
                "title": "  ", "description": "x".repeat(20_001), "category": "x".repeat(101),
                "due_at": "2026-03-05T09:00:00Z", "due_on": "2026-03-05", "start_at": "2026-03-05",
                "end_at": "2026-03-05", "provider": "x".repeat(101), "provider_task_id": "x".repeat(256),
                "assigned_to": "x".repeat(256), "estimated_hours": -1, "actual_hours": 10_001,
                "recurrence": "every other day", "attendees": [""], "position": 1e16, "labels": [" "],
            }),
        )
        .await;
    assert_eq!(answer.status, 422);
    assert_eq!(
        codes(&answer).into_iter().collect::<BTreeSet<_>>(),
        BTreeSet::from([
            "title",
            "description",
            "category",
            "due_on",
            "start_at",
            "end_at",
            "provider",
            "provider_task_id",
            "assigned_to",
            "estimated_hours",
            "actual_hours",
            "recurrence",
            "attendees",
            "position",
            "labels",
        ])
    );
    assert_eq!(titles(&alice.get("/api/tasks").await.expect(200)).len(), 0);
}

#[tokio::test]
async fn one_wrong_field_is_refused_by_name() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let id = made_id(&alice, json!({"title": "Before"})).await;
    for (field, value) in [
        ("title", json!("x".repeat(256))),
        ("title", json!("")),
        ("title", json!(7)),
        ("status", json!("someday")),
        ("priority", json!("0")),
        ("task_type", json!("dream")),
        ("due_at", json!("tomorrow")),
        ("due_at", json!("2026-03-05")),
        ("due_at", json!("9999-12-31T23:59:59Z")),
        ("due_on", json!("2026-02-30")),
        ("due_on", json!("1899-12-31")),
        ("due_on", json!("+12026-01-01")),
        ("due_date", json!("")),
        ("start_at", json!("2026-03-05T25:00:00Z")),
        ("estimated_hours", json!(1000.1)),
        ("estimated_hours", json!("2")),
        ("recurrence", json!("FREQ=DAILY;COUNT=0")),
        ("attendees", json!(vec!["x"; 201])),
        ("attendees", json!(["x".repeat(256)])),
        (
            "labels",
            json!((0..21).map(|n| n.to_string()).collect::<Vec<_>>()),
        ),
        ("labels", json!(["x".repeat(51)])),
        ("position", json!(-1e300)),
        ("can_delegate", json!("yes")),
        ("parent_id", json!("1")),
    ] {
        let mut body = json!({"title": "After"});
        body[field] = value.clone();
        for answer in [
            alice.post("/api/tasks", body.clone()).await,
            alice.patch(&path(id), body.clone()).await,
            alice.put(&path(id), body.clone()).await,
        ] {
            assert_eq!(answer.status, 422, "{field}: {value} {}", answer.text);
            assert!(
                codes(&answer)[0].starts_with(field),
                "{field}: {}",
                answer.text
            );
        }
    }
    let unchanged = alice.get(&path(id)).await.expect(200);
    assert_eq!(
        (&unchanged["title"], &unchanged["version"]),
        (&json!("Before"), &json!(1))
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_refused() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    for (kind, body, status) in [
        ("application/json", "{", 400),
        ("application/json", r#"{"title": "x"} {}"#, 400),
        ("text/plain", r#"{"title": "x"}"#, 415),
        ("application/json", r#"{"titel": "x"}"#, 422),
        ("application/json", r#"{"title": "x", "id": 7}"#, 422),
        ("application/json", "[]", 422),
        ("application/json", "", 422),
        ("application/json", r#"{"title": "a\u0000b"}"#, 422),
        (
            "application/json",
            r#"{"title": "x", "labels": ["\u0000"]}"#,
            422,
        ),
        (
            "application/json",
            r#"{"title": "x", "start_at": null, "start_time": null}"#,
            422,
        ),
        (
            "application/json",
            r#"{"title": "x", "position": 1e999}"#,
            400,
        ),
        (
            "application/json",
            &format!(r#"{{"title": "{}"}}"#, "x".repeat(1_100_000)),
            413,
        ),
    ] {
        let request = http::Request::post("/api/tasks").header("content-type", kind);
        let answer = alice
            .send(request.body(body.as_bytes().to_vec()).unwrap())
            .await;
        let shown = body.get(..60.min(body.len())).unwrap_or_default();
        assert_eq!(answer.status, status, "{shown}: {}", answer.text);
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    for query in [
        "limit=0",
        "limit=201",
        "limit=ten",
        "cursor=zzz",
        "cursor=",
        "status=someday",
        "status=todo,someday",
        "sort=title",
        "sort=--due",
        "overdue=maybe",
        "due_before=soon",
        "parent_id=x",
        "colour=red",
        "q=%00",
        "label=a%00",
        "status=todo&status=done",
        &format!("q={}", "a".repeat(201)),
        "q=a+b+c+d+e+f+g+h+i+j+k",
    ] {
        let answer = alice.get(&format!("/api/tasks?{query}")).await;
        assert_eq!(answer.status, 422, "{query}: {}", answer.text);
    }
    for id in [
        "0",
        "-1",
        "9223372036854775808",
        "one",
        "1.5",
        "%20",
        "null",
    ] {
        let answer = alice.get(&format!("/api/tasks/{id}")).await;
        assert_eq!(answer.status, 404, "{id}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_task_comes_back_as_it_was_given() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let answer = alice
        .post(
            "/api/tasks",
            json!({
                "title": " Plan the offsite ", "description": "Two days\nby the sea", "task_type": "Meeting",
                "status": "In Progress", "priority": "Critical", "category": "project",
                "due_at": "2026-03-06T17:00:00+01:00", "start_at": "2026-03-04T09:00:00Z",
                "end_at": "2026-03-04T10:30:00Z", "assigned_to": "Ann", "can_delegate": true, "estimated_hours": 1.5,
                "recurrence": "rrule:freq=weekly;byday=we", "is_optional": true,
                "attendees": ["Ann <ann@example.org>", "Bob"], "labels": ["team", "sea", "team"], "position": 2.5,
            }),
        )
        .await;
    assert_eq!(
        answer.header("location"),
        format!("/api/tasks/{}", answer.body["id"])
    );
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(
        answer.body,
        json!({
            "id": answer.body["id"], "user_id": alice.id, "title": "Plan the offsite",
            "description": "Two days\nby the sea", "task_type": "meeting", "status": "in_progress",
            "priority": "urgent", "category": "project", "due_at": "2026-03-06T16:00:00Z", "due_on": null,
            "overdue": false, "start_at": "2026-03-04T09:00:00Z", "end_at": "2026-03-04T10:30:00Z",
            "source": "sentry", "provider": null, "provider_task_id": null, "google_tasklist_id": null,
            "assigned_to": "Ann", "can_delegate": true, "estimated_hours": 1.5, "actual_hours": null,
            "is_recurring": true, "recurrence": "FREQ=WEEKLY;BYDAY=WE", "is_optional": true,
            "attendees": ["Ann <ann@example.org>", "Bob"], "parent_id": null, "project_id": null,
            "position": 2.5, "labels": ["team", "sea"], "upload_id": null, "source_quote": null,
            "completed_at": null, "version": 1, "created_at": "2026-03-02T09:00:00Z",
            "updated_at": "2026-03-02T09:00:00Z",
        })
    );
    let id = answer.body["id"].as_i64().unwrap();
    assert_eq!(alice.get(&path(id)).await.expect(200), answer.body);
    assert_eq!(
        alice.get("/api/tasks").await.expect(200)["items"][0],
        answer.body
    );
}

#[tokio::test]
async fn older_clients_are_understood() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    app.execute(&format!(
        "update users set time_zone = 'America/New_York' where id = {}",
        alice.id
    ))
    .await;
    let task = made(
        &alice,
        json!({
            "title": "From an old form", "status": "Not Started", "priority": "High", "category": "General",
            "description": "", "task_type": "task", "due_date": "2026-03-05T17:00:00", "start_time": "2026-03-05T09:00",
            "end_time": "2026-03-05T14:30:00Z", "assigned_to": null, "can_delegate": true, "estimated_hours": 2,
            "is_recurring": false, "is_optional": false, "attendees": "Ann, Bob,, ", "vertical_position": 3,
        }),
    )
    .await;
    assert_eq!(task["status"], "todo");
    assert_eq!(task["due_at"], "2026-03-05T22:00:00Z");
    assert_eq!(task["start_at"], "2026-03-05T14:00:00Z");
    assert_eq!(task["description"], Value::Null);
    assert_eq!(task["attendees"], json!(["Ann", "Bob"]));
    assert_eq!(task["position"], 3.0);
    let id = task["id"].as_i64().unwrap();

    // Null says nothing in PUT; a date takes the place of the time.
    let put = alice
        .put(
            &format!("{}/", path(id)),
            json!({"due_date": "2026-03-09", "status": "Completed", "category": null}),
        )
        .await
        .expect(200);
    assert_eq!(
        (&put["due_at"], &put["due_on"]),
        (&Value::Null, &json!("2026-03-09"))
    );
    assert_eq!(
        (&put["category"], &put["status"]),
        (&json!("General"), &json!("done"))
    );
    assert_eq!(
        alice.get(&format!("/api/v1/tasks/{id}/")).await.expect(200),
        put
    );
}
