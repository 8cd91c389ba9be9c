//! Advice: simulated, applied, undone, measured; and the profile it heeds.

use chrono::Duration;
use futures_util::future::join_all;
use sentry_local::functions::Worker;
use sentry_queue::Queue;
use sentry_tests::{Answer, Person, TestApp};
use serde_json::{Value, json};

async fn score(person: &Person) -> f64 {
    let answer = person
        .post("/api/burnout/analyze-auto/me", json!({}))
        .await
        .expect(200);
    answer["analysis"]["final_score"].as_f64().unwrap()
}

/// A crowded Monday: overdue tasks, a large one, an optional meeting, meetings without a break.
async fn crowded(person: &Person) {
    for (title, due) in [
        ("Report", "2026-02-20"),
        ("Slides", "2026-02-24"),
        ("Budget", "2026-02-27"),
    ] {
        let task = json!({"title": title, "due_on": due, "estimated_hours": 3});
        person.post("/api/tasks", task).await.expect(201);
    }
    let large = json!({"title": "Rewrite the importer", "due_on": "2026-03-03", "estimated_hours": 12,
        "can_delegate": true});
    person.post("/api/tasks", large).await.expect(201);
    for hour in 10..15 {
        let meeting = json!({"title": format!("Meeting {hour}"), "task_type": "meeting",
            "start_at": format!("2026-03-02T{hour}:00:00Z"), "end_at": format!("2026-03-02T{}:00:00Z", hour + 1),
            "is_optional": hour == 12});
        person.post("/api/tasks", meeting).await.expect(201);
    }
}

async fn generate(person: &Person) -> Vec<Value> {
    let answer = person
        .post("/api/recommendations/generate", json!({}))
        .await
        .expect(200);
    answer["items"].as_array().unwrap().clone()
}

fn path(offer: &Value, act: &str) -> String {
    format!(
        "/api/recommendations/{}/{act}",
        offer["id"].as_str().unwrap()
    )
}

/// Every task of a person, whole, without what versions and clocks do.
async fn rows(app: &TestApp, person: &Person) -> Vec<Value> {
    let select = "select to_jsonb(t) - 'version' as row from tasks t";
    app.sql(&format!(
        "{select} where user_id = {} order by id",
        person.id
    ))
    .await
}

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
async fn apply_then_undo_restores_every_row_or_refuses() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    crowded(&alice).await;
    for offer in generate(&alice).await {
        let before = rows(&app, &alice).await;
        if offer["changes"].as_array().unwrap().is_empty() {
            let refused = alice.post(&path(&offer, "apply"), json!({})).await;
            assert_eq!((refused.status, refused.code()), (409, "nothing_to_apply"));
            alice
                .post(&path(&offer, "accept"), json!({}))
                .await
                .expect(200);
            continue;
        }
        app.clock.advance(Duration::minutes(1));
        let applied = alice
            .post(&path(&offer, "apply"), json!({}))
            .await
            .expect(200);
        assert_eq!(applied["recommendation"]["status"], "applied");
        assert_ne!(rows(&app, &alice).await, before);
        let twice = alice.post(&path(&offer, "apply"), json!({})).await;
        assert_eq!(twice.code(), "recommendation_closed");
        let wrong = alice
            .post(&path(&offer, "undo"), json!({"undo_token": "00"}))
            .await;
        assert_eq!(wrong.code(), "nothing_to_undo");
        let token = json!({"undo_token": applied["undo_token"]});
        alice
            .post(&path(&offer, "undo"), token.clone())
            .await
            .expect(200);
        assert_eq!(rows(&app, &alice).await, before, "{offer:#}");
        let again = alice.post(&path(&offer, "undo"), token).await;
        assert_eq!(again.code(), "nothing_to_undo");
    }
}

/// The first offer that changes a row of a crowded day.
async fn changing(person: &Person) -> Value {
    crowded(person).await;
    let offers = generate(person).await;
    let mut offers = offers.into_iter();
    offers
        .find(|offer| offer["changes"][0]["row"]["id"].is_i64())
        .unwrap()
}

async fn touch(person: &Person, offer: &Value) -> Answer {
    let task = format!("/api/tasks/{}", offer["changes"][0]["row"]["id"]);
    let patch = json!({"description": "changed meanwhile"});
    person.patch(&task, patch).await
}

#[tokio::test]
async fn at_once_it_is_applied_once_and_undone_whole_or_not_at_all() {
    let app = TestApp::start().await;
    for round in 0..4 {
        let alice = app.user("alice").await;
        let offer = changing(&alice).await;
        let before = rows(&app, &alice).await;
        app.clock.advance(Duration::minutes(1));
        let apply = path(&offer, "apply");
        let answers = join_all((0..5).map(|_| alice.post(&apply, json!({})))).await;
        let (done, refused): (Vec<_>, Vec<_>) =
            answers.into_iter().partition(|answer| answer.status == 200);
        assert_eq!(done.len(), 1, "round {round}");
        assert!(
            refused
                .iter()
                .all(|answer| answer.code() == "recommendation_closed")
        );
        let applied = rows(&app, &alice).await;

        // Taken back while somebody edits one of the rows.
        let (undo, token) = (
            path(&offer, "undo"),
            json!({"undo_token": done[0].body["undo_token"]}),
        );
        let undoing = join_all((0..3).map(|_| alice.post(&undo, token.clone())));
        let (undone, touched) = if round % 2 == 0 {
            tokio::join!(undoing, touch(&alice, &offer))
        } else {
            let (touched, undone) = tokio::join!(touch(&alice, &offer), undoing);
            (undone, touched)
        };
        touched.expect(200);
        let taken_back = undone.iter().filter(|answer| answer.status == 200).count();
        let expected = match taken_back {
            1 => &before,
            0 => {
                assert!(undone.iter().all(|answer| answer.code() == "undo_stale"));
                &applied
            }
            more => panic!("undone {more} times"),
        };
        let without_edit = |rows: &[Value]| -> Vec<Value> {
            let mut rows = rows.to_vec();
            for row in &mut rows {
                for field in ["description", "search", "updated_at", "touched_at"] {
                    row["row"][field] = Value::Null;
                }
            }
            rows
        };
        let after = rows(&app, &alice).await;
        assert_eq!(
            without_edit(&after),
            without_edit(expected),
            "round {round}"
        );
    }
}

#[tokio::test]
async fn what_a_new_constraint_forbids_is_not_applied() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let offer = changing(&alice).await;
    let mut made = Vec::new();
    for kind in ["deadline", "pto_block", "delegation_block", "meeting_block"] {
        let block = json!({"type": kind});
        let block = alice
            .post("/api/profile/me/constraints", block)
            .await
            .expect(201);
        made.push(block["id"].as_str().unwrap().to_owned());
    }
    let before = rows(&app, &alice).await;
    let refused = alice.post(&path(&offer, "apply"), json!({})).await;
    assert_eq!(
        (refused.status, refused.code()),
        (409, "recommendation_constrained")
    );
    assert_eq!(rows(&app, &alice).await, before);
    for id in made {
        alice
            .delete(&format!("/api/profile/me/constraints/{id}"))
            .await
            .expect(204);
    }
    alice
        .post(&path(&offer, "apply"), json!({}))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_row_that_has_changed_is_neither_applied_nor_undone() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    let offer = changing(&alice).await;
    touch(&alice, &offer).await.expect(200);
    let before = rows(&app, &alice).await;
    let stale = alice.post(&path(&offer, "apply"), json!({})).await;
    assert_eq!((stale.status, stale.code()), (409, "recommendation_stale"));
    assert_eq!(rows(&app, &alice).await, before, "nothing was done");

    let offer = changing(&bob).await;
    let applied = bob
        .post(&path(&offer, "apply"), json!({}))
        .await
        .expect(200);
    touch(&bob, &offer).await.expect(200);
    let before = rows(&app, &bob).await;
    let token = json!({"undo_token": applied["undo_token"]});
    let stale = bob.post(&path(&offer, "undo"), token).await;
    assert_eq!((stale.status, stale.code()), (409, "undo_stale"));
    assert_eq!(rows(&app, &bob).await, before, "nothing was undone");
}

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
    let night = async |days: i64| {
        app.clock.advance(Duration::days(days));
        let message = json!({"type": "rescore-nightly.v1", "user_ids": [alice.id]});
        let response = app.deliver(Queue::BurnoutRescore, message).await;
        assert!(response.batch_item_failures.is_empty());
        // A pinned access token would have expired by now.
        let row = app.sql("select measured_effect, measured_on, score_before from recommendations where applied_at is not null");
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
