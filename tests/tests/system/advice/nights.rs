//! What the night measures and learns.

use super::{crowded, generate, path, score};
use chrono::Duration;
use sentry_local::functions::Worker;
use sentry_queue::Queue;
use sentry_tests::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn the_effect_is_measured_after_a_week_by_the_night() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    crowded(&alice).await;
    let before = score(&alice).await;
    let offers = generate(&alice).await;
    let offer = offers
        .iter()
        .find(|offer| !offer["changes"].as_array().unwrap().is_empty())
        .unwrap();
    alice
        .post(&path(offer, "apply"), json!({}))
        .await
        .expect(200);
    // What somebody does themselves is measured, too, from the first time they said so.
    let own = offers.iter().find(|other| other["id"] != offer["id"]);
    for _ in 0..2 {
        alice
            .post(&path(own.unwrap(), "accept"), json!({}))
            .await
            .expect(200);
    }
    let night = async |days: i64| {
        app.clock.advance(Duration::days(days));
        let message = json!({"type": "rescore-nightly.v1", "user_ids": [alice.id]});
        let response = app.deliver(Queue::BurnoutRescore, message).await;
        assert!(response.batch_item_failures.is_empty());
        // A pinned access token would have expired by now.
        let row = app.sql("select measured_effect, measured_on, score_before from recommendations where status = 'applied'");
        row.await[0].clone()
    };
    assert_eq!(night(3).await["measured_on"], Value::Null);
    let measured = night(4).await;
    assert_eq!(measured["measured_on"], "2026-03-09");
    assert!((measured["score_before"].as_f64().unwrap() - before).abs() < 0.01);
    let now = app
        .sql("select final_score from burnout_analyses order by analyzed_at desc, id desc limit 1")
        .await[0]["final_score"]
        .as_f64()
        .unwrap();
    assert!((measured["measured_effect"].as_f64().unwrap() - (before - now)).abs() < 0.011);
    let accepted = app
        .sql("select measured_on from recommendations where status = 'accepted'")
        .await;
    assert_eq!(accepted, [json!({"measured_on": "2026-03-09"})]);
    assert_eq!(night(1).await, measured, "once is enough");
}

#[tokio::test]
async fn the_night_learns_and_twice_is_once() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    crowded(&alice).await;
    score(&alice).await;
    app.execute(
        "insert into burnout_analyses (user_id, day, final_score, level, workload_score, completeness, factors,
             metrics, changes, analysis, inputs_hash, trigger, engine, analyzed_at)
         select user_id, day - n, 20, 'LOW', 20, completeness, factors, metrics, changes, analysis,
             decode(lpad(n::text, 64, '0'), 'hex'), 'nightly', engine, analyzed_at - n * interval '1 day'
         from burnout_analyses, generate_series(1, 20) n",
    )
    .await;
    let message = json!({"type": "rescore-nightly.v1", "user_ids": [alice.id]});
    app.deliver(Queue::BurnoutRescore, message.clone()).await;
    let learned = alice.get("/api/profile/me/behavioral").await.expect(200);
    assert_eq!(learned["behavioral"]["calm_days"], 20);
    assert_eq!(learned["learned_on"], "2026-03-02");
    let tables = [
        "burnout_analyses",
        "burnout_alerts",
        "user_behavioral_profiles",
        "recommendations",
    ];
    let state = async || {
        let mut all = Vec::new();
        for table in tables {
            all.extend(
                app.sql(&format!("select * from {table} order by 1, 2"))
                    .await,
            );
        }
        all
    };
    let once = state().await;
    app.deliver(Queue::BurnoutRescore, message).await;
    assert_eq!(state().await, once);
    // The tick itself is idempotent per zone and day.
    let tick = json!({"type": "nightly.v1", "scheduled_at": "2026-03-02T04:30:00Z"});
    let first = app
        .functions
        .invoke(Worker::Rescore, tick.clone())
        .await
        .unwrap();
    let second = app.functions.invoke(Worker::Rescore, tick).await.unwrap();
    assert_eq!((&first["users"], &second["users"]), (&json!(1), &json!(0)));
}
