//! Metrics and texts that a client gives instead of rows.

use super::{rows, score};
use chrono::Duration;
use sentry_tests::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn given_metrics_are_scored_by_the_published_formula() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let formula = app.stranger().get("/api/burnout/formula").await.expect(200);
    let full: serde_json::Map<String, Value> = formula["factors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|factor| {
            let knots = factor["knots"].as_array().unwrap();
            let worst = knots
                .iter()
                .find(|knot| knot["points"] == factor["cap"])
                .unwrap();
            (
                factor["key"].as_str().unwrap().to_owned(),
                worst["value"].clone(),
            )
        })
        .collect();
    let answer = alice
        .post(
            "/api/burnout/analyze",
            json!({"quantitative_metrics": full}),
        )
        .await
        .expect(200);
    assert_eq!(answer["data_source"], "request");
    assert_eq!(answer["analysis"]["final_score"], 100.0);
    assert_eq!(answer["analysis"]["burnout_level"], "CRITICAL");
    assert_eq!(
        (&answer["texts"], &answer["crisis"], &answer["resources"]),
        (&json!([]), &json!(false), &json!([]))
    );

    let half = app
        .stranger()
        .get("/api/burnout/formula?weekly_hours=20")
        .await
        .expect(200);
    assert_eq!(half["weekly_hours"], 20.0);
    assert_ne!(half["factors"], formula["factors"]);
    assert_eq!(rows(&app, &alice).await, 0);

    // Somebody's own contract: four days of eight hours are no week of 6.4 hours a day.
    let shift = json!({"from": "09:00:00", "until": "17:00:00"});
    let hours = json!({"tuesday": shift, "wednesday": shift, "thursday": shift, "saturday": shift});
    alice
        .post("/api/profile/create", json!({"working_hours": hours}))
        .await
        .expect(201);
    let own = alice.get("/api/burnout/formula").await.expect(200);
    let same = app
        .stranger()
        .get("/api/burnout/formula?weekly_hours=32&working_days=4")
        .await
        .expect(200);
    assert_eq!(own, same);
    assert_eq!(
        (
            &own["weekly_hours"],
            &own["daily_hours"],
            &own["working_days"]
        ),
        (&json!(32.0), &json!(8.0), &json!(4))
    );
    let today = |formula: &Value| {
        let mut factors = formula["factors"].as_array().unwrap().iter();
        factors
            .find(|factor| factor["key"] == "work_hours_today")
            .unwrap()["knots"]
            .clone()
    };
    assert_eq!(today(&own), today(&formula));
    assert!(own["steps"].as_array().unwrap().len() > 3);
    app.stranger()
        .get("/api/burnout/formula?weekly_hours=40&working_days=1")
        .await
        .expect(422);
}

#[tokio::test]
async fn given_texts_move_the_score_and_a_call_for_help_is_heard() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let metrics = json!({"total_active_tasks": 8, "overdue_tasks": 1, "work_hours_today": 9, "meetings_today": 4,
        "meeting_hours_today": 3, "back_to_back_meetings": 0});
    let with = async |texts: Value| {
        let body =
            json!({"quantitative_metrics": metrics, "qualitative_data": texts, "country": "de"});
        alice.post("/api/burnout/analyze", body).await.expect(200)
    };
    let silent = with(json!({})).await;
    let tired = with(
        json!({"user_check_ins": ["I am exhausted and completely overwhelmed, I hate this week."]}),
    )
    .await;
    let glad = with(
        json!({"meeting_transcripts": ["What a great week, thank you all, I am really happy."]}),
    )
    .await;
    assert!(
        score(&tired["analysis"]) > score(&silent["analysis"]),
        "{tired:#}"
    );
    assert!(
        score(&glad["analysis"]) < score(&silent["analysis"]),
        "{glad:#}"
    );
    assert_eq!(tired["texts"][0]["source"], "user_check_ins");
    assert!(
        !tired["texts"][0]["signals"]["emotional_exhaustion"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let help = with(json!({"task_notes": ["", "I want to kill myself."]})).await;
    assert_eq!(
        (&help["crisis"], &help["texts"][0]["index"]),
        (&json!(true), &json!(1))
    );
    assert_eq!(help["resources"][0]["country"], "DE");
}

#[tokio::test]
async fn given_metrics_stand_in_the_history_on_the_persons_own_date_when_asked() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    app.execute("update users set time_zone = 'Pacific/Marquesas'")
        .await;
    app.clock.advance(Duration::minutes(1));
    let body = json!({"quantitative_metrics": {"total_active_tasks": 30, "overdue_tasks": 9, "completion_rate": 0,
        "work_hours_today": 14}, "store_history": true});
    let given = alice.post("/api/burnout/analyze", body).await.expect(200);
    let history = alice.get("/api/burnout/history/me").await.expect(200);
    assert_eq!(
        history["items"][0]["final_score"],
        given["analysis"]["final_score"]
    );
    // 09:01 UTC is 23:31 of the day before.
    assert_eq!(history["items"][0]["day"], "2026-03-01");
}
