//! Analyses as they are kept: once per day and input, in pages, no more than there is to keep.

use super::{a_day_passes, analyze, quiet, rows};
use chrono::Duration;
use sentry_tests::TestApp;
use serde_json::json;

#[tokio::test]
async fn unchanged_inputs_add_no_line_and_what_comes_back_is_the_latest_again() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    quiet(&alice).await;
    let first = analyze(&alice).await;
    analyze(&alice).await;
    assert_eq!(rows(&app, &alice).await, 1);
    app.execute("update tasks set due_on = '2026-02-27' where task_type = 'task'")
        .await;
    app.clock.advance(Duration::seconds(1));
    let second = analyze(&alice).await;
    assert_eq!(rows(&app, &alice).await, 2);
    app.execute("update tasks set due_on = null where task_type = 'task'")
        .await;
    app.clock.advance(Duration::seconds(1));
    let third = analyze(&alice).await;
    assert_eq!(
        rows(&app, &alice).await,
        2,
        "the same day with the same inputs"
    );
    assert_eq!(third["final_score"], first["final_score"]);
    assert_ne!(second["final_score"], first["final_score"]);
    let latest = alice.get("/api/burnout/status/me").await.expect(200);
    assert_eq!(latest["analysis"]["final_score"], first["final_score"]);
    // The next day is another line even if nothing has changed.
    a_day_passes(&app).await;
    analyze(&alice).await;
    assert_eq!(rows(&app, &alice).await, 3);
}

#[tokio::test]
async fn nothing_is_kept_that_is_not_to_be() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    quiet(&alice).await;
    let shown = alice
        .post(
            "/api/burnout/analyze-auto/me?store_history=false",
            json!({}),
        )
        .await
        .expect(200);
    assert_eq!(rows(&app, &alice).await, 0);
    assert_eq!(shown["analysis"], analyze(&alice).await);
    assert_eq!(rows(&app, &alice).await, 1);
}

#[tokio::test]
async fn a_key_sent_twice_gets_the_same_answer() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    quiet(&alice).await;
    let request = |body: &str| {
        http::Request::post("/api/burnout/analyze-auto/me")
            .header("content-type", "application/json")
            .header("idempotency-key", "once")
            .body(body.as_bytes().to_vec())
            .unwrap()
    };
    let first = alice.send(request("{}")).await;
    app.execute("update tasks set due_on = '2026-02-27' where task_type = 'task'")
        .await;
    let again = alice.send(request("{}")).await;
    assert_eq!(
        (again.status, again.header("idempotent-replay")),
        (200, "true")
    );
    assert_eq!(first.body, again.body);
    assert_eq!(
        alice.send(request(" {}")).await.expect(422)["code"],
        "idempotency_key_reused"
    );
}

#[tokio::test]
async fn the_history_comes_in_pages_between_dates() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    quiet(&alice).await;
    for _ in 0..5 {
        analyze(&alice).await;
        a_day_passes(&app).await;
    }
    let mut days = Vec::new();
    let mut path = "/api/burnout/history/me?limit=2".to_owned();
    loop {
        let page = alice.get(&path).await.expect(200);
        days.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["day"].as_str().unwrap().to_owned()),
        );
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/api/burnout/history/me?limit=2&cursor={cursor}");
    }
    assert_eq!(
        days,
        [
            "2026-03-01",
            "2026-02-28",
            "2026-02-27",
            "2026-02-26",
            "2026-02-25"
        ]
    );
    let between = alice
        .get("/api/burnout/history/me?start_date=2026-02-26&end_date=2026-02-27")
        .await
        .expect(200);
    let items = between["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(items[0]["trigger"], "request");
    assert_eq!(items[0]["metrics"]["total_active_tasks"], 1.0);
    assert!(items[0]["final_score"].is_number() && items[0]["colour"] == "green");
    assert_eq!(
        bob.get("/api/burnout/history/me").await.expect(200)["items"],
        json!([])
    );
}
