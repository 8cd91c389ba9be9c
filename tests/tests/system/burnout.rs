//! The workload score through the API.

mod given;
mod kept;
mod moved;

use lambda_http::{Context, LambdaEvent, Service};
use sentry_tests::{Person, TestApp};
use serde_json::{Value, json};

/// A quiet working life in which every source is known: one task, one short meeting today.
async fn quiet(person: &Person) -> (i64, i64) {
    let task = person
        .post("/api/tasks", json!({"title": "Read the handbook"}))
        .await
        .expect(201);
    let meeting = person
        .post(
            "/api/tasks",
            json!({"title": "Stand-up", "task_type": "meeting", "start_at": "2026-03-02T10:00:00Z",
                "end_at": "2026-03-02T10:30:00Z"}),
        )
        .await
        .expect(201);
    (
        task["id"].as_i64().unwrap(),
        meeting["id"].as_i64().unwrap(),
    )
}

async fn analyze(person: &Person) -> Value {
    person
        .post("/api/burnout/analyze-auto/me", json!({}))
        .await
        .expect(200)["analysis"]
        .clone()
}

fn score(analysis: &Value) -> f64 {
    analysis["final_score"]
        .as_f64()
        .unwrap_or_else(|| panic!("no score: {analysis:#}"))
}

fn factor<'a>(analysis: &'a Value, key: &str) -> &'a Value {
    let factors = analysis["factors"].as_array().unwrap();
    factors
        .iter()
        .find(|factor| factor["key"] == key)
        .unwrap_or_else(|| panic!("no {key}: {analysis:#}"))
}

async fn rows(app: &TestApp, person: &Person) -> usize {
    app.sql(&format!(
        "select id from burnout_analyses where user_id = {}",
        person.id
    ))
    .await
    .len()
}

/// Makes every analysis so far one of the day before.
async fn a_day_passes(app: &TestApp) {
    // By a detour: days move one row at a time, and two of them must never meet.
    app.execute(
        "update burnout_analyses set day = day - 1000;
         update burnout_analyses set day = day + 999, analyzed_at = analyzed_at - interval '1 day'",
    )
    .await;
}

#[tokio::test]
async fn strangers_and_other_people_see_nothing() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    quiet(&alice).await;
    analyze(&alice).await;
    let stranger = app.stranger();
    for user in ["me".to_owned(), alice.id.to_string()] {
        stranger
            .get(&format!("/api/burnout/status/{user}"))
            .await
            .expect(401);
        stranger
            .get(&format!("/api/burnout/history/{user}"))
            .await
            .expect(401);
        stranger
            .post(&format!("/api/burnout/analyze-auto/{user}"), json!({}))
            .await
            .expect(401);
    }
    stranger
        .post("/api/burnout/analyze", json!({}))
        .await
        .expect(401);
    for user in [
        alice.id.to_string(),
        "0".to_owned(),
        "you".to_owned(),
        "%00".to_owned(),
    ] {
        bob.get(&format!("/api/burnout/status/{user}"))
            .await
            .expect(404);
        bob.get(&format!("/api/burnout/history/{user}"))
            .await
            .expect(404);
        bob.post(&format!("/api/burnout/analyze-auto/{user}"), json!({}))
            .await
            .expect(404);
    }
    assert_eq!(
        bob.get("/api/burnout/status/me").await.expect(200)["analysis"],
        Value::Null
    );
    assert_eq!(
        bob.get("/api/burnout/history/me").await.expect(200)["items"],
        json!([])
    );
    assert_eq!(analyze(&bob).await["reason"]["code"], "no_data");
    let own = format!("/api/burnout/status/{}", alice.id);
    assert_eq!(alice.get(&own).await.expect(200)["status"], "analyzed");
}

#[tokio::test]
async fn wrong_input_is_named() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let fields = |problem: Value| -> Vec<String> {
        let errors = problem["errors"].as_array().unwrap().iter();
        errors
            .map(|error| error["field"].as_str().unwrap().to_owned())
            .collect()
    };
    for (body, expected) in [
        (
            json!({"quantitative_metrics": {"overdue_tasks": -1, "completion_rate": 1.5}}),
            vec![
                "quantitative_metrics.overdue_tasks",
                "quantitative_metrics.completion_rate",
            ],
        ),
        (
            json!({"qualitative_data": {"user_check_ins": ["x".repeat(20_001)]}}),
            vec!["qualitative_data.user_check_ins[0]"],
        ),
        (
            json!({"qualitative_data": {"task_notes": vec!["x"; 101]}}),
            vec!["qualitative_data.task_notes"],
        ),
        (json!({"country": "Germany"}), vec!["country"]),
    ] {
        assert_eq!(
            fields(alice.post("/api/burnout/analyze", body).await.expect(422)),
            expected
        );
    }
    for body in [
        json!({"quantitative_metrics": {"overdue_task": 1}}),
        json!({"quantitative_metrics": {"overdue_tasks": "1"}}),
        json!({"qualitative_data": {"user_check_ins": "fine"}}),
        json!({"metrics": {}}),
    ] {
        alice.post("/api/burnout/analyze", body).await.expect(422);
    }
    alice
        .post(
            "/api/burnout/analyze-auto/me?store_history=maybe",
            json!({}),
        )
        .await
        .expect(422);
    alice
        .post("/api/burnout/analyze-auto/me?store=true", json!({}))
        .await
        .expect(422);
    alice
        .post("/api/burnout/analyze-auto/me", json!({"force": true}))
        .await
        .expect(422);
    for query in [
        "limit=0",
        "limit=201",
        "limit=x",
        "cursor=!",
        "cursor=e30",
        "start_date=yesterday",
        "page=2",
        "start_date=2026-03-02&end_date=2026-03-01",
    ] {
        alice
            .get(&format!("/api/burnout/history/me?{query}"))
            .await
            .expect(422);
    }
    for query in [
        "weekly_hours=0",
        "weekly_hours=76",
        "weekly_hours=NaN",
        "hours=20",
    ] {
        alice
            .get(&format!("/api/burnout/formula?{query}"))
            .await
            .expect(422);
    }
    assert_eq!(rows(&app, &alice).await, 0);
}

#[tokio::test]
async fn an_account_without_rows_has_no_score_but_a_reason() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let status = alice.get("/api/burnout/status/me").await.expect(200);
    assert_eq!(
        (&status["status"], &status["analysis"]),
        (&json!("not_analyzed"), &Value::Null)
    );
    assert!(status["detail"].as_str().unwrap().contains("analyze-auto"));

    let answer = alice
        .post("/api/burnout/analyze-auto/me", json!({}))
        .await
        .expect(200);
    assert_eq!(
        (&answer["tasks_analyzed"], &answer["meetings_analyzed"]),
        (&json!(0), &json!(0))
    );
    let analysis = &answer["analysis"];
    assert_eq!(analysis["final_score"], Value::Null);
    assert_eq!(analysis["burnout_level"], Value::Null);
    assert_eq!(analysis["completeness"], 0.0);
    assert_eq!(analysis["reason"]["code"], "no_data");
    assert!(
        analysis["notice"]
            .as_str()
            .unwrap()
            .contains("not a diagnosis")
    );

    // One task is too little to tell, and says so.
    let meeting = json!({"title": "Some day", "task_type": "meeting"});
    alice.post("/api/tasks", meeting).await.expect(201);
    assert_eq!(analyze(&alice).await["final_score"], Value::Null);
    assert_eq!(
        alice.get("/api/burnout/status/me").await.expect(200)["status"],
        "analyzed"
    );
}

#[tokio::test]
async fn the_answer_explains_itself() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let (task, meeting) = quiet(&alice).await;
    let late = json!({"title": "Send the offer", "due_on": "2026-02-27"});
    let late = alice.post("/api/tasks", late).await.expect(201)["id"].clone();
    let answer = alice
        .post("/api/burnout/analyze-auto/me", json!({}))
        .await
        .expect(200);
    assert_eq!(answer["status"], "success");
    assert_eq!(answer["data_source"], "database");
    assert_eq!(
        (&answer["tasks_analyzed"], &answer["meetings_analyzed"]),
        (&json!(2), &json!(1))
    );
    let analysis = &answer["analysis"];
    assert_eq!(analysis["user_id"], alice.id);
    assert_eq!(analysis["day"], "2026-03-02");
    assert_eq!(analysis["analyzed_at"], "2026-03-02T09:00:00Z");

    let points: f64 = analysis["factors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["points"].as_f64().unwrap())
        .sum();
    assert!(
        (points + analysis["sentiment_adjustment"].as_f64().unwrap() - score(analysis)).abs()
            < 0.01
    );
    let overdue = factor(analysis, "overdue_tasks");
    assert_eq!(overdue["evidence"], json!([{"kind": "task", "id": late}]));
    assert_eq!(overdue["sentence"], "1 task overdue.");
    assert_eq!(
        factor(analysis, "meetings_today")["evidence"],
        json!([{"kind": "meeting", "id": meeting}])
    );
    // Nothing done and one task overdue: that weighs more than the one task itself.
    assert_eq!(analysis["top_issues"][0]["key"], "completion_rate");
    assert_eq!(analysis["top_issues"][1]["key"], "overdue_tasks");
    let active = factor(analysis, "total_active_tasks");
    assert_eq!(active["value"], 2.0);
    assert!(
        active["evidence"]
            .as_array()
            .unwrap()
            .contains(&json!({"kind": "task", "id": task}))
    );

    // What was kept is what was said.
    let status = alice.get("/api/burnout/status/me").await.expect(200);
    assert_eq!(&status["analysis"], analysis);
}

#[tokio::test]
async fn rows_that_are_not_understood_leave_the_usual_frame() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    quiet(&alice).await;
    let calm = analyze(&alice).await;
    app.execute(&format!(
        "update users set time_zone = 'Mars/Olympus' where id = {0};
         insert into user_profiles (user_id, working_hours) values ({0}, '[1, 2]')",
        alice.id
    ))
    .await;
    assert_eq!(analyze(&alice).await["final_score"], calm["final_score"]);
    // So does an analysis of an older release that cannot be compared.
    a_day_passes(&app).await;
    app.execute("update burnout_analyses set factors = '[{\"key\": 7}]'")
        .await;
    assert_eq!(analyze(&alice).await["changes"], json!([]));
}

#[tokio::test]
async fn an_event_of_the_gateway_is_answered() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let event = include_str!("events/burnout-status.json").replace("{token}", &alice.token);
    let request = serde_json::from_str(&event).unwrap();
    let mut function = lambda_http::Adapter::from(app.router());
    let answer = function
        .call(LambdaEvent::new(request, Context::default()))
        .await
        .unwrap();
    let answer = serde_json::to_value(answer).unwrap();
    assert_eq!(answer["statusCode"], 200);
    assert_eq!(answer["headers"]["content-type"], "application/json");
    let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["status"], "not_analyzed");
}
