//! Filters, orders and pages.

use super::{codes, made, made_id, path, titles};
use chrono::Duration;
use sentry_tests::{Person, TestApp};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Whether each listed task says of itself that it is overdue, or that it is not.
fn all_overdue(list: &Value, overdue: bool) -> bool {
    let mut items = list["items"].as_array().unwrap().iter();
    items.all(|task| task["overdue"] == overdue)
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
        assert!(all_overdue(&listed, true));
        let others = alice.get("/api/tasks?overdue=false").await.expect(200);
        assert_eq!(titles(&others).len(), 5 - overdue.len());
        assert!(all_overdue(&others, false));
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
