//! What is offered, and what would be.

use super::{crowded, generate, path, rows, score};
use sentry_tests::TestApp;
use serde_json::json;

#[tokio::test]
async fn offers_are_few_mixed_and_simulated() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    assert!(
        generate(&alice).await.is_empty(),
        "nothing is known, nothing is advised"
    );
    crowded(&alice).await;
    let offers = generate(&alice).await;
    assert!((3..=5).contains(&offers.len()), "{offers:#?}");
    for offer in &offers {
        assert!(offer["title"].as_str().unwrap().chars().count() < 70);
        assert!((3..=5).contains(&offer["steps"].as_array().unwrap().len()));
    }
    assert!(
        offers
            .iter()
            .any(|offer| offer["expected_effect"].as_f64() > Some(0.5))
    );
    // What is on offer is not offered again, and the day has a cap of five.
    let more = generate(&alice).await;
    assert!(offers.len() + more.len() <= 5, "{more:#?}");
    let keys: Vec<_> = offers.iter().map(|offer| &offer["key"]).collect();
    assert!(more.iter().all(|offer| !keys.contains(&&offer["key"])));
    let list = alice
        .get("/api/recommendations/me?status=offered")
        .await
        .expect(200);
    let listed = list["items"].as_array().unwrap().len();
    assert_eq!(listed, offers.len() + more.len());
    for body in [
        json!({"limit": 0}),
        json!({"limit": 6}),
        json!({"count": 3}),
    ] {
        alice
            .post("/api/recommendations/generate", body)
            .await
            .expect(422);
    }
}

#[tokio::test]
async fn the_simulated_effect_is_the_real_one_by_hand_and_by_apply() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    for person in [&alice, &bob] {
        crowded(person).await;
    }
    let before = score(&alice).await;
    let offers = generate(&alice).await;
    let offer = offers
        .iter()
        .find(|offer| offer["expected_effect"].as_f64() > Some(0.0))
        .unwrap();
    let effect = offer["expected_effect"].as_f64().unwrap();
    // By hand: the same changes through the API of tasks, on a row of Bob's with the same title.
    let tasks = bob.get("/api/tasks?limit=200").await.expect(200);
    for change in offer["changes"].as_array().unwrap() {
        let mut set = change["set"].clone();
        if change["row"].is_null() {
            set["title"] = change["title"].clone();
            set["task_type"] = change["task_type"].clone();
            bob.post("/api/tasks", set).await.expect(201);
            continue;
        }
        let mut items = tasks["items"].as_array().unwrap().iter();
        let his = items
            .find(|task| task["title"] == change["row"]["title"])
            .unwrap();
        bob.patch(&format!("/api/tasks/{}", his["id"]), set)
            .await
            .expect(200);
    }
    assert!(
        (before - score(&bob).await - effect).abs() < 0.011,
        "{offer:#}"
    );
    alice
        .post(&path(offer, "apply"), json!({}))
        .await
        .expect(200);
    assert!(
        (before - score(&alice).await - effect).abs() < 0.011,
        "{offer:#}"
    );
}

#[tokio::test]
async fn what_is_dismissed_or_snoozed_rests_and_feedback_is_heard() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    crowded(&alice).await;
    alice
        .put("/api/profile/me/preferences", json!({"daily_cap": 50}))
        .await
        .expect(200);
    let offers = generate(&alice).await;
    alice
        .post(&path(&offers[0], "dismiss"), json!({}))
        .await
        .expect(200);
    let until = json!({"until": "2026-03-05T09:00:00Z"});
    alice
        .post(&path(&offers[1], "snooze"), until)
        .await
        .expect(200);
    alice
        .post(
            &path(&offers[2], "snooze"),
            json!({"until": "2020-01-01T00:00:00Z"}),
        )
        .await
        .expect(422);
    alice
        .post(&path(&offers[0], "accept"), json!({}))
        .await
        .expect(409);
    let feedback =
        json!({"recommendation_id": offers[2]["id"], "helpful": true, "comment": "did it"});
    alice
        .post("/api/recommendations/feedback", feedback)
        .await
        .expect(201);
    let nobodys =
        json!({"recommendation_id": "00000000-0000-7000-8000-000000000000", "helpful": true});
    alice
        .post("/api/recommendations/feedback", nobodys)
        .await
        .expect(404);
    // Two days later the others may be offered again.
    app.execute(
        "update recommendations set created_at = created_at - interval '2 days', day = day - 2",
    )
    .await;
    let keys: Vec<_> = generate(&alice)
        .await
        .iter()
        .map(|offer| offer["key"].clone())
        .collect();
    assert!(
        !keys.contains(&offers[0]["key"]) && !keys.contains(&offers[1]["key"]),
        "{keys:?}"
    );
    let found = alice
        .get("/api/recommendations/strategies?q=sleep")
        .await
        .expect(200);
    assert!(found["items"].as_array().unwrap().len() >= 2);
    assert_eq!(found["items"][0]["citation"]["checked"], false);
}

#[tokio::test]
async fn what_if_tells_what_would_be_and_keeps_nothing() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    crowded(&alice).await;
    let tasks = alice.get("/api/tasks?limit=200").await.expect(200);
    let id = |title: &str| {
        let mut items = tasks["items"].as_array().unwrap().iter();
        items.find(|task| task["title"] == title).unwrap()["id"].clone()
    };
    let before = rows(&app, &alice).await;
    let now = score(&alice).await;
    let changes = json!({"changes": [
        {"type": "cancel_meeting", "id": id("Meeting 12")},
        {"type": "complete", "id": id("Report")},
        {"type": "move", "id": id("Slides"), "due_on": "2026-03-12"},
        {"type": "delegate", "id": id("Rewrite the importer")},
        {"type": "add", "task_type": "task", "due_on": "2026-03-05", "estimated_hours": 1},
    ]});
    let answer = alice
        .post("/api/burnout/what-if", changes)
        .await
        .expect(200);
    assert_eq!(answer["before"]["final_score"].as_f64(), Some(now));
    assert!(answer["difference"].as_f64().unwrap() < 0.0, "{answer:#}");
    assert!(
        answer["sentence"].as_str().unwrap().contains("about"),
        "{}",
        answer["sentence"]
    );
    assert_eq!(rows(&app, &alice).await, before);
    // The promise is kept: completing by hand moves the score as foretold.
    let alone = json!({"changes": [{"type": "complete", "id": id("Report")}]});
    let foretold = alice
        .post("/api/burnout/what-if", alone.clone())
        .await
        .expect(200);
    alice
        .post(&format!("/api/tasks/{}/complete", id("Report")), json!({}))
        .await
        .expect(200);
    let real = score(&alice).await;
    assert!((foretold["after"]["final_score"].as_f64().unwrap() - real).abs() < 0.01);

    let problem = bob.post("/api/burnout/what-if", alone).await.expect(422);
    assert_eq!(problem["errors"][0]["field"], "changes[0].id");
    for changes in [
        json!([]),
        json!([{"type": "teleport", "id": 1}]),
        json!([{"type": "move", "id": id("Slides")}]),
        json!([{"type": "cancel_meeting", "id": id("Slides")}]),
        json!([{"type": "estimate", "id": id("Slides"), "estimated_hours": -1}]),
    ] {
        alice
            .post("/api/burnout/what-if", json!({"changes": changes}))
            .await
            .expect(422);
    }
}
