//! What is offered, and what would be.

use super::{crowded, generate, path, rows, score};
use sentry_tests::{Person, TestApp};
use serde_json::{Value, json};

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

/// Offers of one kind alone.
async fn only(person: &Person, kind: &str) -> Vec<Value> {
    let others: Vec<&str> = KINDS
        .into_iter()
        .chain(["stop_time", "day_off", "strategy"])
        .filter(|other| *other != kind)
        .collect();
    person
        .put(
            "/api/profile/me/preferences",
            json!({"avoided_types": others}),
        )
        .await
        .expect(200);
    generate(person).await
}

/// The kinds that change rows.
const KINDS: [&str; 9] = [
    "decline_meeting",
    "shorten_meeting",
    "break_up_meetings",
    "move_task",
    "split_task",
    "delegate_task",
    "renegotiate_deadline",
    "focus_block",
    "recovery_break",
];

#[tokio::test]
async fn the_simulated_effect_of_every_kind_is_the_real_one_by_hand_and_by_apply() {
    let app = TestApp::start().await;
    for kind in KINDS {
        let alice = app.user(&format!("alice-{}", kind.replace('_', "-"))).await;
        let bob = app.user(&format!("bob-{}", kind.replace('_', "-"))).await;
        for person in [&alice, &bob] {
            if ["move_task", "split_task", "delegate_task"].contains(&kind) {
                // Little else, so that one task is felt.
                for (title, hours) in [("Big deck", 20), ("Small deck", 1)] {
                    let task = json!({"title": title, "due_on": "2026-03-03", "estimated_hours": hours,
                        "can_delegate": hours > 1});
                    person.post("/api/tasks", task).await.expect(201);
                }
            } else {
                crowded(person).await;
            }
        }
        let before = score(&alice).await;
        let offers = only(&alice, kind).await;
        let offer = offers.first().unwrap_or_else(|| panic!("no {kind}"));
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
        let by_hand = before - score(&bob).await;
        assert!((by_hand - effect).abs() < 0.011, "{by_hand} {offer:#}");
        alice
            .post(&path(offer, "apply"), json!({}))
            .await
            .expect(200);
        let applied = before - score(&alice).await;
        assert!((applied - effect).abs() < 0.011, "{applied} {offer:#}");
    }
}

#[tokio::test]
async fn who_is_far_behind_gets_what_is_felt_and_may_take_it_back() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    for day in 1..=28 {
        let task = json!({"title": format!("Invoice {day}"), "due_on": format!("2026-01-{day:02}"), "estimated_hours": 2});
        alice.post("/api/tasks", task).await.expect(201);
    }
    let before = score(&alice).await;
    let untouched = rows(&app, &alice).await;
    let offers = only(&alice, "renegotiate_deadline").await;
    assert_eq!(offers.len(), 1, "{offers:#?}");
    let changed = offers[0]["changes"].as_array().unwrap().len();
    assert!((2..=28).contains(&changed), "{changed}");
    assert_eq!(
        offers[0]["title"],
        format!("Agree on new dates for {changed} overdue tasks")
    );
    let effect = offers[0]["expected_effect"].as_f64().unwrap();
    assert!(effect > 1.0, "{effect}");
    let applied = alice
        .post(&path(&offers[0], "apply"), json!({}))
        .await
        .expect(200);
    assert!((before - score(&alice).await - effect).abs() < 0.011);
    // Nobody is given more than a day holds before the other days have as much.
    let tasks = rows(&app, &alice).await;
    let moved: Vec<&str> = tasks
        .iter()
        .filter_map(|task| task["row"]["due_on"].as_str())
        .filter(|day| *day > "2026-03-02")
        .collect();
    let on = |day: &str| moved.iter().filter(|other| **other == day).count();
    let most = moved.iter().map(|day| on(day)).max().unwrap();
    let least = moved.iter().map(|day| on(day)).min().unwrap();
    assert!(moved.len() == changed && most - least <= 1, "{moved:?}");
    let token = json!({"undo_token": applied["undo_token"]});
    alice
        .post(&path(&offers[0], "undo"), token)
        .await
        .expect(200);
    assert_eq!(rows(&app, &alice).await, untouched);
}

#[tokio::test]
async fn an_offer_whose_row_was_touched_expires_and_makes_room_for_another() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    crowded(&alice).await;
    let offers = only(&alice, "renegotiate_deadline").await;
    assert_eq!(offers.len(), 2, "{offers:#?}");
    let row = &offers[0]["changes"][0]["row"];
    alice
        .patch(
            &format!("/api/tasks/{}", row["id"]),
            json!({"description": "with annex B"}),
        )
        .await
        .expect(200);
    let refused = alice
        .post(&path(&offers[0], "apply"), json!({}))
        .await
        .expect(409);
    assert_eq!(refused["code"], "recommendation_stale");
    let expired = alice
        .get("/api/recommendations/me?status=expired")
        .await
        .expect(200);
    assert_eq!(expired["items"][0]["id"], offers[0]["id"]);
    let again = generate(&alice).await;
    assert!(
        again.iter().any(|offer| offer["key"] == offers[0]["key"]),
        "{again:#?}"
    );
    let refused = alice
        .post(&path(&offers[0], "accept"), json!({}))
        .await
        .expect(409);
    assert_eq!(refused["code"], "recommendation_closed");
    let offer = again.iter().find(|offer| offer["key"] == offers[0]["key"]);
    let applied = alice
        .post(&path(offer.unwrap(), "apply"), json!({}))
        .await
        .expect(200);
    // What expired has not used up the day: two were offered at first, one of them again, and one more may have come.
    let today = alice
        .post("/api/recommendations/generate", json!({}))
        .await
        .expect(200);
    let offered = alice.get("/api/recommendations/me").await.expect(200);
    let counted = offered["items"].as_array().unwrap().iter();
    let counted = counted.filter(|offer| offer["status"] != "expired").count();
    assert_eq!(today["left_today"], 5 - i64::try_from(counted).unwrap());
    // Taken back, the idea rests, as somebody has said no to it.
    let token = json!({"undo_token": applied["undo_token"]});
    alice
        .post(&path(offer.unwrap(), "undo"), token)
        .await
        .expect(200);
    let after = generate(&alice).await;
    assert!(after.iter().all(|offer| offer["key"] != offers[0]["key"]));
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
        // By hand it would be refused, or change nothing.
        json!([{"type": "move", "id": id("Meeting 11"), "start_at": "2026-03-02T18:00:00Z"}]),
        json!([{"type": "move", "id": id("Meeting 11"), "end_at": "2026-03-02T08:00:00Z"}]),
        json!([{"type": "move", "id": id("Meeting 11"), "due_on": "2026-03-09"}]),
        json!([{"type": "delegate", "id": id("Report")}]),
    ] {
        alice
            .post("/api/burnout/what-if", json!({"changes": changes}))
            .await
            .expect(422);
    }
}
