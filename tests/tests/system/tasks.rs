//! Tasks and meetings through the front door.

use axum::Router;
use chrono::Duration;
use sentry_auth::service::ServiceToken;
use sentry_auth::{KeyMaterial, Secret, TokenKey};
use sentry_db::service_tokens;
use sentry_db::tasks::{Sort, SortKey, TaskFilter};
use sentry_domain::{TaskStatus, UserId};
use sentry_runtime::{Ids, Settings};
use sentry_tests::{Answer, Person, TestApp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tower::ServiceExt;

fn titles(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().expect("a page");
    items
        .iter()
        .map(|item| item["title"].as_str().unwrap())
        .collect()
}

fn codes(answer: &Answer) -> Vec<&str> {
    let errors = answer.body["errors"].as_array().expect("a problem");
    errors
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect()
}

async fn made(person: &Person, body: Value) -> Value {
    person.post("/api/tasks", body).await.expect(201)
}

async fn made_id(person: &Person, body: Value) -> i64 {
    made(person, body).await["id"].as_i64().unwrap()
}

fn path(id: i64) -> String {
    format!("/api/tasks/{id}")
}

async fn keyed(person: &Person, key: &str, body: &Value) -> Answer {
    let request = http::Request::post("/api/tasks")
        .header("content-type", "application/json")
        .header(
            "idempotency-key",
            http::HeaderValue::from_bytes(key.as_bytes()).unwrap(),
        )
        .body(body.to_string().into_bytes());
    person.send(request.unwrap()).await
}

async fn if_match(person: &Person, method: &str, id: i64, version: &str, body: &str) -> Answer {
    let request = http::Request::builder()
        .method(method)
        .uri(path(id))
        .header("content-type", "application/merge-patch+json")
        .header("if-match", version)
        .body(body.as_bytes().to_vec());
    person.send(request.unwrap()).await
}

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
async fn another_users_tasks_do_not_exist() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    let hers = made_id(
        &alice,
        json!({"title": "Hers", "provider": "crm", "provider_task_id": "7"}),
    )
    .await;
    let his = made_id(
        &bob,
        json!({"title": "His", "provider": "crm", "provider_task_id": "7"}),
    )
    .await;
    let before = app
        .sql(&format!("select * from tasks where id = {hers}"))
        .await;

    for answer in [
        bob.get(&path(hers)).await,
        bob.put(&path(hers), json!({"title": "Mine"})).await,
        bob.patch(&path(hers), json!({"title": "Mine", "version": 1}))
            .await,
        bob.post(&format!("{}/complete", path(hers)), json!({}))
            .await,
        bob.delete(&path(hers)).await,
        if_match(&bob, "DELETE", hers, "\"9\"", "").await,
    ] {
        assert_eq!(answer.status, 404, "{}", answer.text);
        assert_eq!(answer.code(), "not_found");
    }
    let child = bob
        .post(
            "/api/tasks",
            json!({"title": "Below hers", "parent_id": hers}),
        )
        .await;
    assert_eq!((child.status, codes(&child)), (422, vec!["parent_id"]));
    let moved = bob.patch(&path(his), json!({"parent_id": hers})).await;
    assert_eq!((moved.status, codes(&moved)), (422, vec!["parent_id"]));

    assert_eq!(titles(&bob.get("/api/tasks").await.expect(200)), ["His"]);
    assert_eq!(
        titles(&bob.get("/api/tasks?q=hers").await.expect(200)),
        [""; 0]
    );
    assert_eq!(
        titles(
            &bob.get(&format!("/api/tasks?parent_id={hers}"))
                .await
                .expect(200)
        ),
        [""; 0]
    );
    assert_eq!(
        bob.get("/api/tasks/statistics").await.expect(200)["total"],
        1
    );
    assert_eq!(
        app.sql(&format!("select * from tasks where id = {hers}"))
            .await,
        before
    );
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

#[tokio::test]
async fn due_today_is_not_overdue_wherever_the_person_lives() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    // It is 23:00 of the 1st in Honolulu and 23:00 of the 2nd on Kiritimati.
    let on_first = made_id(&alice, json!({"title": "first", "due_on": "2026-03-01"})).await;
    let on_second = made_id(&alice, json!({"title": "second", "due_on": "2026-03-02"})).await;
    let past = made_id(
        &alice,
        json!({"title": "past", "due_at": "2026-03-02T08:59:59Z"}),
    )
    .await;
    let now = made_id(
        &alice,
        json!({"title": "now", "due_at": "2026-03-02T09:00:00Z"}),
    )
    .await;
    let done = made_id(
        &alice,
        json!({"title": "done", "due_on": "2020-01-01", "status": "done"}),
    )
    .await;
    for (zone, overdue, today) in [
        ("UTC", vec!["first", "past"], 3),
        ("Pacific/Honolulu", vec!["past"], 3),
        ("Pacific/Kiritimati", vec!["first", "past"], 3),
    ] {
        app.execute(&format!(
            "update users set time_zone = '{zone}' where id = {}",
            alice.id
        ))
        .await;
        let listed = alice
            .get("/api/tasks?overdue=true&sort=created")
            .await
            .expect(200);
        assert_eq!(titles(&listed), overdue, "{zone}");
        assert!(
            listed["items"]
                .as_array()
                .unwrap()
                .iter()
                .all(|task| task["overdue"] == true)
        );
        let others = alice.get("/api/tasks?overdue=false").await.expect(200);
        assert_eq!(titles(&others).len(), 5 - overdue.len());
        assert!(
            others["items"]
                .as_array()
                .unwrap()
                .iter()
                .all(|task| task["overdue"] == false)
        );
        let counts = alice.get("/api/tasks/statistics").await.expect(200);
        assert_eq!(
            (&counts["overdue"], &counts["due_today"]),
            (&json!(overdue.len()), &json!(today)),
            "{zone}"
        );
        // What is due before a moment and what is due from it on are two halves.
        for moment in [
            "2026-03-02",
            "2026-03-02T09:00:00Z",
            "2026-03-02T09:00:00",
            "2026-03-01T10:00:00Z",
        ] {
            let before = alice
                .get(&format!("/api/tasks?due_before={moment}"))
                .await
                .expect(200);
            let after = alice
                .get(&format!("/api/tasks?due_after={moment}"))
                .await
                .expect(200);
            let (before, after) = (titles(&before), titles(&after));
            assert_eq!(
                before.len() + after.len(),
                5,
                "{zone} {moment}: {before:?} {after:?}"
            );
        }
    }
    let ids = [on_first, on_second, past, now, done];
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 5);
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let root = made_id(
        &alice,
        json!({"title": "Größe prüfen", "status": "todo", "labels": ["Home", "urgent stuff"]}),
    )
    .await;
    made(&alice, json!({"title": "Call élodie", "description": "about the CAFÉ", "priority": "urgent", "status": "review"})).await;
    made(&alice, json!({"title": "Standup", "task_type": "meeting", "category": "Team", "status": "done", "source": "zoom"})).await;
    made(
        &alice,
        json!({"title": "Отчёт ЙОД", "parent_id": root, "due_on": "2026-03-10"}),
    )
    .await;
    made(
        &alice,
        json!({"title": "50% off_er \\o/", "due_at": "2026-03-03T12:00:00Z"}),
    )
    .await;
    for (query, expected) in [
        (
            "status=todo",
            vec!["Größe prüfen", "Отчёт ЙОД", "50% off_er \\o/"],
        ),
        ("status=review,Done", vec!["Call élodie", "Standup"]),
        (
            "status=",
            vec![
                "Größe prüfen",
                "Call élodie",
                "Standup",
                "Отчёт ЙОД",
                "50% off_er \\o/",
            ],
        ),
        ("priority=P1,high", vec!["Call élodie"]),
        ("type=meeting", vec!["Standup"]),
        ("source=zoom", vec!["Standup"]),
        ("category=TEAM", vec!["Standup"]),
        ("label=Home", vec!["Größe prüfen"]),
        ("label=home", vec![]),
        (&format!("parent_id={root}"), vec!["Отчёт ЙОД"]),
        ("upload_id=1", vec![]),
        ("due_before=2026-03-04", vec!["50% off_er \\o/"]),
        ("due_after=2026-03-04", vec!["Отчёт ЙОД"]),
        (
            "due_after=2026-03-03&due_before=2026-03-11",
            vec!["Отчёт ЙОД", "50% off_er \\o/"],
        ),
        ("q=grosse", vec!["Größe prüfen"]),
        ("q=GR%C3%96%C3%9FE", vec!["Größe prüfen"]),
        ("q=cafe+ELODIE", vec!["Call élodie"]),
        ("search=cafe+standup", vec![]),
        (
            "q=%D0%BE%D1%82%D1%87%D0%B5%D1%82+%D0%B8%D0%BE%D0%B4",
            vec!["Отчёт ЙОД"],
        ),
        ("q=%25", vec!["50% off_er \\o/"]),
        ("q=_", vec!["50% off_er \\o/"]),
        ("q=%5Co", vec!["50% off_er \\o/"]),
        (
            "q=+",
            vec![
                "Größe prüfen",
                "Call élodie",
                "Standup",
                "Отчёт ЙОД",
                "50% off_er \\o/",
            ],
        ),
        ("q=%27%3B+drop+table+tasks%3B--", vec![]),
        (
            "status=todo&q=o&due_after=2026-03-01",
            vec!["50% off_er \\o/"],
        ),
    ] {
        let found = alice
            .get(&format!("/api/tasks?sort=created&{query}"))
            .await
            .expect(200);
        assert_eq!(titles(&found), expected, "{query}");
    }
}

/// Follows the cursors to the end.
async fn walk(person: &Person, query: &str) -> Vec<i64> {
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = person
            .get(&format!("/api/tasks?{query}{cursor}"))
            .await
            .expect(200);
        ids.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|task| task["id"].as_i64().unwrap()),
        );
        let Some(next) = page["next_cursor"].as_str() else {
            return ids;
        };
        cursor = format!("&cursor={next}");
        assert!(ids.len() < 1000, "the pages never end");
    }
}

#[tokio::test]
async fn pages_hold_every_task_once_in_every_order() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    for n in 0..23 {
        let mut task = json!({
            "title": format!("task {n}"), "priority": (["low", "medium", "high", "urgent"][n % 4]),
            "position": ([0.1, 0.2, 0.1 + 0.2, -1e15, 3.0][n % 5]),
        });
        match n % 4 {
            0 => task["due_at"] = json!(format!("2026-03-{:02}T12:00:00.123456Z", 1 + n % 7)),
            1 => task["due_on"] = json!(format!("2026-03-{:02}", 1 + n % 7)),
            _ => {}
        }
        made(&alice, task).await;
        app.clock
            .advance(Duration::milliseconds(1 - i64::try_from(n % 2).unwrap()));
    }
    let keys = [
        ("created", "t.id", ""),
        (
            "due",
            "coalesce(t.due_at, t.due_on::timestamp at time zone 'UTC')",
            "nulls last",
        ),
        (
            "priority",
            "array_position(array['low', 'medium', 'high', 'urgent'], t.priority)",
            "",
        ),
        ("updated", "t.updated_at", ""),
        ("position", "t.position", ""),
    ];
    for (sort, key, nulls) in keys {
        for (sign, direction) in [("", "asc"), ("-", "desc")] {
            let sql = format!(
                "select t.id from tasks t where t.user_id = {} order by {key} {direction} {nulls}, t.id {direction}",
                alice.id
            );
            let expected: Vec<i64> = app
                .sql(&sql)
                .await
                .iter()
                .map(|row| row["id"].as_i64().unwrap())
                .collect();
            for limit in [1, 7, 23, 200] {
                let walked = walk(&alice, &format!("sort={sign}{sort}&limit={limit}")).await;
                assert_eq!(walked, expected, "{sign}{sort} by {limit}");
            }
        }
    }
}

#[tokio::test]
async fn a_cursor_belongs_to_its_order() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    for n in 0..3 {
        made(&alice, json!({"title": n.to_string()})).await;
    }
    let page = alice.get("/api/tasks?limit=1&sort=due").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    for sort in ["-due", "created", "priority", "updated", "position"] {
        let answer = alice
            .get(&format!("/api/tasks?sort={sort}&cursor={cursor}"))
            .await;
        assert_eq!(
            (answer.status, codes(&answer)),
            (422, vec!["cursor"]),
            "{sort}"
        );
    }
    // Cursors are made of numbers; made-up ones must not reach the database out of range.
    for (sort, place) in [
        ("due", json!([[1, false], i64::MAX, 1])),
        ("due", json!([[1, false], i64::MIN, 1])),
        ("-updated", json!([[3, true], i64::MAX, 1])),
        ("updated", json!([[3, false], null, 1])),
        ("priority", json!([[2, false], 9, 1])),
        ("created", json!([[0, false], null, "1"])),
    ] {
        let answer = alice
            .get(&format!(
                "/api/tasks?sort={sort}&cursor={}",
                sentry_http::encode_cursor(&place)
            ))
            .await;
        assert_eq!(answer.status, 422, "{sort} {place}: {}", answer.text);
    }
    let nan = sentry_http::encode_cursor(&json!([[4, false], -1, 1]));
    alice
        .get(&format!("/api/tasks?sort=position&cursor={nan}"))
        .await
        .expect(200);
}

#[tokio::test]
async fn what_is_added_or_deleted_meanwhile_neither_repeats_nor_hides_a_task() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    for sort in [
        "-created",
        "created",
        "due",
        "-due",
        "priority",
        "-priority",
        "position",
        "-position",
    ] {
        let mut there: BTreeSet<i64> = BTreeSet::new();
        for n in 0..12 {
            let mut task = json!({"title": n.to_string(), "position": n % 3, "labels": [sort]});
            if n % 2 == 0 {
                task["due_on"] = json!(format!("2026-04-{:02}", 1 + n / 4));
            }
            there.insert(made_id(&alice, task).await);
        }
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = alice
                .get(&format!(
                    "/api/tasks?limit=3&label={sort}&sort={sort}{cursor}"
                ))
                .await
                .expect(200);
            seen.extend(
                page["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|task| task["id"].as_i64().unwrap()),
            );
            let Some(next) = page["next_cursor"].as_str() else {
                break;
            };
            cursor = format!("&cursor={next}");
            if seen.len() > 200 {
                break;
            }
            // New ones everywhere in the order, and the very task that the cursor names goes.
            let (one, two) = tokio::join!(
                made_id(
                    &alice,
                    json!({"title": "new", "labels": [sort], "due_on": "2026-04-01", "priority": "low", "position": -1})
                ),
                made_id(
                    &alice,
                    json!({"title": "new", "labels": [sort], "priority": "medium", "position": 1})
                ),
            );
            assert_ne!(one, two);
            let last = *seen.last().unwrap();
            assert_eq!(alice.delete(&path(last)).await.status, 204);
            there.remove(&last);
        }
        let unique: BTreeSet<i64> = seen.iter().copied().collect();
        assert_eq!(unique.len(), seen.len(), "{sort}: a task came twice");
        if sort != "created" {
            // Ascending by age, the new ones come last and the walk chases them.
            assert!(there.is_subset(&unique), "{sort}: a task was passed over");
        }
    }
}

#[tokio::test]
async fn a_circle_cannot_be_closed() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let mut chain = vec![made_id(&alice, json!({"title": "1"})).await];
    for level in 2..=10 {
        chain.push(
            made_id(
                &alice,
                json!({"title": level.to_string(), "parent_id": chain.last()}),
            )
            .await,
        );
    }
    let too_deep = alice
        .post("/api/tasks", json!({"title": "11", "parent_id": chain[9]}))
        .await;
    assert_eq!((too_deep.status, too_deep.code()), (422, "too_deep"));
    for below in [0, 1, 9] {
        let circle = alice
            .patch(&path(chain[0]), json!({"parent_id": chain[below]}))
            .await;
        assert_eq!(
            (circle.status, circle.code()),
            (422, "parent_circle"),
            "{}",
            circle.text
        );
    }
    // A tree of two levels does not fit below the ninth.
    let root = made_id(&alice, json!({"title": "root"})).await;
    made(&alice, json!({"title": "leaf", "parent_id": root})).await;
    let moved = alice
        .patch(&path(root), json!({"parent_id": chain[8]}))
        .await;
    assert_eq!((moved.status, moved.code()), (422, "too_deep"));
    alice
        .patch(&path(root), json!({"parent_id": chain[7]}))
        .await
        .expect(200);

    // Two moves at once that would close a circle together: one of them fails.
    let (one, two) = (
        made_id(&alice, json!({"title": "a"})).await,
        made_id(&alice, json!({"title": "b"})).await,
    );
    let (one_path, two_path) = (path(one), path(two));
    let (first, second) = tokio::join!(
        alice.patch(&one_path, json!({"parent_id": two})),
        alice.patch(&two_path, json!({"parent_id": one})),
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);

    let released = alice
        .patch(&path(chain[1]), json!({"parent_id": null}))
        .await
        .expect(200);
    assert_eq!(released["parent_id"], Value::Null);
    for parent in [0, -1, i64::MAX] {
        let answer = alice
            .post("/api/tasks", json!({"title": "x", "parent_id": parent}))
            .await;
        assert_eq!((answer.status, codes(&answer)), (422, vec!["parent_id"]));
    }
}

#[tokio::test]
async fn a_deleted_task_is_gone_with_everything_below_it() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let root = made_id(
        &alice,
        json!({"title": "root", "provider": "trello", "provider_task_id": "c1"}),
    )
    .await;
    let child = made_id(&alice, json!({"title": "child", "parent_id": root})).await;
    let leaf = made_id(&alice, json!({"title": "leaf", "parent_id": child})).await;
    let other = made_id(&alice, json!({"title": "other"})).await;
    let stale = if_match(&alice, "DELETE", root, "\"7\"", "").await;
    assert_eq!((stale.status, stale.code()), (409, "stale_version"));

    let gone = alice.delete(&path(root)).await;
    assert_eq!((gone.status, gone.text.as_str()), (204, ""));
    for id in [root, child, leaf] {
        for answer in [
            alice.get(&path(id)).await,
            alice.patch(&path(id), json!({"title": "back"})).await,
            alice
                .post(&format!("{}/complete", path(id)), json!({}))
                .await,
            alice.delete(&path(id)).await,
        ] {
            assert_eq!(answer.status, 404, "{}", answer.text);
        }
        let below = alice
            .post("/api/tasks", json!({"title": "x", "parent_id": id}))
            .await;
        assert_eq!(below.status, 422);
    }
    assert_eq!(
        titles(&alice.get("/api/tasks").await.expect(200)),
        ["other"]
    );
    assert_eq!(
        alice.get("/api/tasks/statistics").await.expect(200)["total"],
        1
    );
    // The provider's task may be taken over again.
    made(
        &alice,
        json!({"title": "root again", "provider": "trello", "provider_task_id": "c1"}),
    )
    .await;
    let twice = alice
        .post(
            "/api/tasks",
            json!({"title": "x", "provider": "trello", "provider_task_id": "c1"}),
        )
        .await;
    assert_eq!((twice.status, twice.code()), (409, "already_imported"));
    assert!(other > root);
}

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

#[tokio::test]
async fn statistics_count_by_the_persons_calendar() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    assert_eq!(
        alice.get("/api/tasks/statistics").await.expect(200)["completion_rate"],
        Value::Null
    );
    for task in [
        json!({"title": "today", "due_on": "2026-03-02", "priority": "urgent"}),
        json!({"title": "tonight", "due_at": "2026-03-02T22:00:00Z"}),
        json!({"title": "next week", "due_on": "2026-03-09"}),
        json!({"title": "later", "due_on": "2026-03-10"}),
        json!({"title": "late", "due_on": "2026-02-27", "status": "waiting"}),
        json!({"title": "very late", "due_at": "2026-01-01T00:00:00Z", "task_type": "meeting"}),
        json!({"title": "done", "status": "done"}),
        json!({"title": "given up", "status": "cancelled", "due_on": "2026-02-27"}),
    ] {
        made(&alice, task).await;
    }
    assert_eq!(
        alice.get("/api/tasks/statistics").await.expect(200),
        json!({
            "total": 8, "active": 6, "overdue": 2, "due_today": 2, "due_this_week": 3,
            "completed_this_week": 1, "completion_rate": 0.5,
            "by_status": {"backlog": 0, "todo": 5, "in_progress": 0, "waiting": 1, "blocked": 0,
                "review": 0, "done": 1, "cancelled": 1},
            "by_priority": {"low": 0, "medium": 5, "high": 0, "urgent": 1},
            "by_type": {"task": 5, "meeting": 1},
        })
    );
}

/// A second front door to the same system, of which the key of service tokens is known.
fn service_door(app: &TestApp, settings: &Settings) -> Router {
    let mut inner = sentry_http::App::from_settings(settings, &[]).unwrap();
    inner.db = app.db.clone();
    inner.clock = app.clock.clone();
    inner.queues = app.functions.queues().clone();
    sentry_http::edge(
        ::tasks::router(),
        ::tasks::Tasks::new(inner, settings).unwrap(),
    )
}

fn service_settings(service_key: &'static str) -> Settings {
    Settings::from_lookup(|name| {
        let value = match name {
            "DATABASE_URL" => "postgres://nobody@127.0.0.1:1/nothing",
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => "unused",
            "TOKEN_SIGNING_KEY" => SERVICE_KEY,
            "SERVICE_TOKEN_KEY" => service_key,
            _ => return None,
        };
        Some(value.to_owned())
    })
}

const SERVICE_KEY: &str = "4H0cb5Yt9SXyUz8Fq3l7mNvGd1oKpRi2WeAjBx6ZsTQ=";

async fn serve(door: &Router, authorization: &str, query: &str, body: Value) -> (u16, Value) {
    let request = http::Request::post(format!("/api/tasks/service/create{query}"))
        .header("content-type", "application/json")
        .header("authorization", authorization)
        .body(axum::body::Body::from(body.to_string()));
    let Ok(response) = door.clone().oneshot(request.unwrap()).await;
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await;
    (status, serde_json::from_slice(&body.unwrap()).unwrap())
}

#[tokio::test]
async fn only_a_service_with_a_living_token_of_its_scope_acts_for_users() {
    let app = TestApp::start().await;
    let (alice, ids, now) = (app.user("alice").await, Ids::seeded(9), app.now());
    let key = TokenKey::new(&KeyMaterial::from_text(&Secret::from(SERVICE_KEY)).unwrap()).unwrap();
    let door = service_door(&app, &service_settings(SERVICE_KEY));
    let token = || ServiceToken::new(ids.uuid(now), ids.bytes());
    let bearer = |token: &ServiceToken| format!("Bearer {}", token.encode(&key).expose());
    let (good, narrow, revoked, unknown) = (token(), token(), token(), token());
    for (token, scope) in [
        (&good, "tasks:create"),
        (&narrow, "users:read"),
        (&revoked, "tasks:create"),
    ] {
        let hash = token.hash();
        service_tokens::issue(
            &app.db,
            (token.id(), hash.as_bytes()),
            "importer",
            &[scope.to_owned()],
            now,
        )
        .await
        .unwrap();
    }
    assert!(
        service_tokens::revoke(&app.db, revoked.id(), now)
            .await
            .unwrap()
    );
    let guessed = ServiceToken::new(good.id(), ids.bytes());
    let for_alice = format!("?user_id={}", alice.id);
    let body = json!({"title": "From a service", "provider": "crm", "provider_task_id": "1"});
    for authorization in [
        String::new(),
        "Bearer".to_owned(),
        "Bearer sentry_st_x".to_owned(),
        format!("Bearer {}", alice.token),
        bearer(&good).replace("Bearer", "Basic"),
        bearer(&narrow),
        bearer(&revoked),
        bearer(&unknown),
        bearer(&guessed),
    ] {
        let (status, problem) = serve(&door, &authorization, &for_alice, body.clone()).await;
        assert_eq!(
            (status, &problem["code"]),
            (401, &json!("unauthorized")),
            "{authorization}"
        );
    }
    // A deployment without the key has no services at all.
    let closed = service_door(&app, &service_settings(""));
    assert_eq!(
        serve(&closed, &bearer(&good), &for_alice, body.clone())
            .await
            .0,
        401
    );
    assert_eq!(
        serve(&door, &bearer(&good), "?user_id=999999", body.clone())
            .await
            .0,
        404
    );
    assert_eq!(serve(&door, &bearer(&good), "", body.clone()).await.0, 422);
    assert_eq!(
        serve(&door, &bearer(&good), &for_alice, json!({"title": ""}))
            .await
            .0,
        422
    );
    assert_eq!(titles(&alice.get("/api/tasks").await.expect(200)), [""; 0]);

    let (status, task) = serve(&door, &bearer(&good), &for_alice, body.clone()).await;
    assert_eq!((status, &task["source"]), (201, &json!("extracted_text")));
    assert_eq!(serve(&door, &bearer(&good), &for_alice, body).await.0, 409);
    assert_eq!(
        alice.get("/api/tasks").await.expect(200)["items"],
        json!([task])
    );
    // The person has not touched it, and the token's use is on record.
    let touched = app.sql("select touched_at from tasks").await;
    assert_eq!(touched, [json!({"touched_at": null})]);
    let used = app
        .sql("select name from service_tokens where last_used_at is not null")
        .await;
    assert_eq!(used, [json!({"name": "importer"})]);
    app.execute(&format!(
        "update users set deleted_at = now() where id = {}",
        alice.id
    ))
    .await;
    assert_eq!(
        serve(&door, &bearer(&good), &for_alice, json!({"title": "x"}))
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn lists_use_the_owners_index() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    app.execute(&format!(
        "insert into users (email) select 'crowd' || n || '@example.org' from generate_series(1, 300) n;
         insert into tasks (user_id, title, due_on, updated_at)
         select case when n % 150 = 0 then {} else (select min(id) from users where email like 'crowd%') + n % 300 end,
             'Task ' || n, case when n % 3 = 0 then date '2026-03-01' + n % 40 end, now() - n * interval '1 minute'
         from generate_series(1, 30000) n;
         analyze tasks; analyze users;",
        alice.id
    ))
    .await;
    let filters = [
        TaskFilter::default(),
        TaskFilter {
            status: vec![TaskStatus::Todo, TaskStatus::Review],
            ..TaskFilter::default()
        },
        TaskFilter {
            overdue: Some(true),
            ..TaskFilter::default()
        },
        TaskFilter {
            words: vec!["task".to_owned()],
            ..TaskFilter::default()
        },
        TaskFilter {
            label: Some("home".to_owned()),
            ..TaskFilter::default()
        },
        TaskFilter {
            due_before: Some("2026-03-09".parse().unwrap()),
            ..TaskFilter::default()
        },
    ];
    for key in [
        SortKey::Created,
        SortKey::Due,
        SortKey::Priority,
        SortKey::Updated,
        SortKey::Position,
    ] {
        for (descending, filter) in [true, false]
            .into_iter()
            .flat_map(|way| filters.iter().map(move |filter| (way, filter)))
        {
            let sort = Sort { key, descending };
            let mut tx = app.db.as_user(UserId(alice.id)).await.unwrap();
            let plan = sentry_db::tasks::plan(&mut tx, UserId(alice.id), filter, sort, app.now())
                .await
                .unwrap();
            tx.commit().await.unwrap();
            let plan = plan.join("\n");
            assert!(
                !plan.contains("Seq Scan on tasks"),
                "{sort:?} {filter:?}\n{plan}"
            );
            assert!(
                plan.contains("Index Cond: (user_id = "),
                "{sort:?} {filter:?}\n{plan}"
            );
            let is_ordered =
                matches!(key, SortKey::Created) || (key == SortKey::Due && !descending);
            let may_sort = !is_ordered || *filter != TaskFilter::default();
            assert!(
                may_sort || !plan.contains("Sort Key"),
                "{sort:?} is not read in order\n{plan}"
            );
        }
    }
}
