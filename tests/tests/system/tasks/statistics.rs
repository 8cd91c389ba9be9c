//! Counts, and the plan of a list among many.

use super::made;
use sentry_db::tasks::{Sort, SortKey, TaskFilter};
use sentry_domain::{TaskStatus, UserId};
use sentry_tests::TestApp;
use serde_json::{Value, json};

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
