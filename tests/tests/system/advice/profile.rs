//! The profile, the preferences and the constraints that advice heeds.

use super::{crowded, generate, score};
use sentry_tests::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn constraints_and_preferences_are_hard_filters_with_a_history() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    crowded(&alice).await;
    let blocks = ["deadline", "pto_block", "delegation_block", "meeting_block"];
    let mut made = Vec::new();
    for kind in blocks {
        let block = json!({"type": kind, "note": "quarter close"});
        made.push(
            alice
                .post("/api/profile/me/constraints", block)
                .await
                .expect(201),
        );
    }
    assert!(made.iter().all(|block| block["active"] == true));
    for offer in generate(&alice).await {
        assert!(
            ["stop_time", "strategy"].contains(&offer["type"].as_str().unwrap()),
            "{offer:#}"
        );
    }
    let one = format!(
        "/api/profile/me/constraints/{}",
        made[0]["id"].as_str().unwrap()
    );
    for (body, status) in [
        (json!({"ends_at": "2020-01-01T00:00:00Z"}), 422),
        (json!({"version": 7}), 409),
        (
            json!({"ends_at": "2026-03-09T00:00:00Z", "version": 1}),
            200,
        ),
    ] {
        alice.put(&one, body).await.expect(status);
    }
    assert_eq!(
        alice.get(&one).await.expect(200)["ends_at"],
        "2026-03-09T00:00:00Z"
    );
    alice.delete(&one).await.expect(204);
    alice.get(&one).await.expect(404);
    let history = alice.get("/api/profile/me/history").await.expect(200);
    assert_eq!(history["items"][0]["action"], "deleted");
    assert_eq!(
        history["items"][0]["before"]["ends_at"],
        "2026-03-09T00:00:00Z"
    );
    assert_eq!(history["items"].as_array().unwrap().len(), 6);

    let preferences = json!({"avoided_types": ["strategy", "stop_time"], "daily_cap": 10,
        "quiet_hours": {"from": "08:00:00", "until": "10:00:00"}});
    alice
        .put("/api/profile/me/preferences", preferences)
        .await
        .expect(200);
    let answer = alice
        .post("/api/recommendations/generate", json!({}))
        .await
        .expect(200);
    let kinds = answer["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|offer| offer["type"].clone());
    assert!(
        kinds
            .clone()
            .all(|kind| kind != "strategy" && kind != "stop_time")
    );
    assert_eq!(answer["quiet_until"], "2026-03-02T10:00:00Z");
    for body in [
        json!({"daily_cap": 51}),
        json!({"preferred_types": ["day_off"], "avoided_types": ["day_off"]}),
        json!({"communication_style": "rude"}),
        json!({"version": 9}),
    ] {
        let answer = alice.put("/api/profile/me/preferences", body).await;
        assert!([409, 422].contains(&answer.status), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_profile_moves_the_frame_of_the_score() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let none = alice.get("/api/profile").await.expect(200);
    assert_eq!(
        (&none["version"], &none["weekly_hours"]),
        (&json!(0), &json!(40.0))
    );
    crowded(&alice).await;
    let full_time = score(&alice).await;
    let half = json!({"from": "09:00:00", "until": "13:00:00"});
    let profile = json!({"job_role": "Engineer", "time_zone": "Europe/Berlin", "can_delegate": false,
        "working_hours": {"monday": half, "tuesday": half, "wednesday": half, "thursday": half, "friday": half}});
    let made = alice
        .post("/api/profile/create", profile.clone())
        .await
        .expect(201);
    assert_eq!(
        (&made["weekly_hours"], &made["version"]),
        (&json!(20.0), &json!(1))
    );
    alice.post("/api/profile/create", profile).await.expect(409);
    assert!(
        score(&alice).await > full_time,
        "half the hours, twice the load"
    );
    alice
        .put("/api/profile/me", json!({"job_role": null, "team_size": 4}))
        .await
        .expect(200);
    let kept = alice.get("/api/profile/me").await.expect(200);
    assert_eq!(
        (&kept["job_role"], &kept["team_size"]),
        (&json!("Engineer"), &json!(4))
    );
    let cleared = alice
        .patch("/api/profile/me", json!({"job_role": null}))
        .await
        .expect(200);
    assert_eq!(cleared["job_role"], Value::Null);
    for body in [
        json!({"time_zone": "Mars/Olympus"}),
        json!({"team_size": -1}),
        json!({"hobby": "chess"}),
    ] {
        alice.put("/api/profile/me", body).await.expect(422);
    }
    // Who may not delegate is not told to.
    assert!(
        generate(&alice)
            .await
            .iter()
            .all(|offer| offer["type"] != "delegate_task")
    );
}

#[tokio::test]
async fn what_somebody_said_of_themselves_can_be_deleted_and_stays_in_its_history() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    alice.delete("/api/profile/me").await.expect(404);
    alice
        .delete("/api/profile/me/preferences")
        .await
        .expect(404);
    let profile = json!({"job_role": "Nurse", "direct_reports": 3});
    alice.post("/api/profile/create", profile).await.expect(201);
    alice
        .put("/api/profile/me/preferences", json!({"daily_cap": 2}))
        .await
        .expect(200);
    for route in ["/api/profile", "/api/profile/preferences"] {
        let (front, back) = route.split_at("/api/profile".len());
        bob.delete(&format!("{front}/{}{back}", alice.id))
            .await
            .expect(404);
        alice.delete(&format!("{front}/me{back}")).await.expect(204);
    }
    let profile = alice.get("/api/profile/me").await.expect(200);
    assert_eq!(
        (&profile["job_role"], &profile["version"]),
        (&Value::Null, &json!(0))
    );
    let preferences = alice.get("/api/profile/me/preferences").await.expect(200);
    assert_eq!(
        (&preferences["daily_cap"], &preferences["version"]),
        (&json!(5), &json!(0))
    );
    let history = alice.get("/api/profile/me/history").await.expect(200);
    let deleted: Vec<_> = history["items"].as_array().unwrap()[..2]
        .iter()
        .map(|change| (&change["action"], &change["subject"], &change["after"]))
        .collect();
    assert!(
        deleted
            .iter()
            .all(|change| change.0 == "deleted" && change.2.is_null()),
        "{deleted:?}"
    );
    assert_eq!(history["items"][1]["before"]["job_role"], "Nurse");
}
