//! What people say of themselves: kept, read as far as they allow, and never another's.

use sentry_tests::{Person, TestApp};
use serde_json::{Value, json};

async fn analyze(person: &Person) -> Value {
    person
        .post("/api/burnout/analyze-auto/me", json!({}))
        .await
        .expect(200)["analysis"]
        .clone()
}

async fn some_work(person: &Person) {
    for title in ["Read", "Write", "Count"] {
        let task = json!({"title": title, "due_on": "2026-03-04", "estimated_hours": 2});
        person.post("/api/tasks", task).await.expect(201);
    }
}

#[tokio::test]
async fn wrong_input_is_named() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    for (body, field) in [
        (json!({}), ""),
        (json!({"note": "  "}), ""),
        (json!({"mood": 0}), "mood"),
        (json!({"mood": 3, "stress": 6}), "stress"),
        (json!({"note": "x".repeat(20_001)}), "note"),
        (json!({"mood": 3, "country": "Germany"}), "country"),
        (json!({"mood": "3"}), "mood"),
    ] {
        let problem = alice.post("/api/check-ins", body).await.expect(422);
        assert_eq!(problem["errors"][0]["field"], field, "{problem:#}");
    }
    alice
        .post("/api/check-ins", json!({"feeling": 3}))
        .await
        .expect(422);
    alice
        .post("/api/sentiment/submit", json!({"task_notes": [" "]}))
        .await
        .expect(422);
    alice
        .post(
            "/api/sentiment/submit",
            json!({"task_notes": vec!["x"; 101]}),
        )
        .await
        .expect(422);
    alice
        .post(
            "/api/sentiment/submit",
            json!({"user_id": alice.id + 1, "task_notes": ["fine"]}),
        )
        .await
        .expect(404);
    assert!(app.sql("select from qualitative_data").await.is_empty());
}

#[tokio::test]
async fn words_and_numbers_move_the_score_and_deleting_them_moves_it_back() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    some_work(&alice).await;
    let silent = analyze(&alice).await["final_score"].as_f64().unwrap();
    let bad = alice
        .post(
            "/api/check-ins",
            json!({"mood": 1, "energy": 1, "stress": 5, "note": "so exhausted, I can't keep up"}),
        )
        .await
        .expect(201);
    assert!(bad["sentiment_score"].as_f64().unwrap() < -0.5, "{bad:#}");
    let burdened = analyze(&alice).await;
    assert!(
        burdened["final_score"].as_f64().unwrap() > silent + 3.0,
        "{burdened:#}"
    );
    assert_eq!(burdened["sentiment_evidence"][0]["id"], bad["id"]);
    let list = alice.get("/api/check-ins").await.expect(200);
    assert_eq!(list["items"][0]["note"], "so exhausted, I can't keep up");
    alice
        .delete(&format!("/api/check-ins/{}", bad["id"].as_str().unwrap()))
        .await
        .expect(204);
    assert_eq!(analyze(&alice).await["final_score"], silent);
}

#[tokio::test]
async fn a_source_that_may_not_be_read_is_not_read() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    some_work(&alice).await;
    let before = analyze(&alice).await["final_score"].clone();
    let submit = json!({"task_notes": ["everything is terrible and I hate this"], "user_check_ins": ["fine"]});
    let read = alice
        .post("/api/sentiment/submit", submit.clone())
        .await
        .expect(200);
    assert_eq!(read["data_summary"]["texts_read"], 2);
    assert_ne!(analyze(&alice).await["final_score"], before);
    // What was read before the person said no counts no longer either.
    alice
        .put(
            "/api/profile/me/preferences",
            json!({"text_sources": ["diary"]}),
        )
        .await
        .expect(200);
    assert_eq!(analyze(&alice).await["final_score"], before);
    let unread = alice
        .post("/api/sentiment/submit", submit)
        .await
        .expect(200);
    assert_eq!(unread["data_summary"]["texts_kept"], 2);
    assert_eq!(unread["data_summary"]["texts_read"], 0);
    assert_eq!(unread["texts"], json!([]));
    let check_in = alice
        .post("/api/check-ins", json!({"note": "tired"}))
        .await
        .expect(201);
    assert_eq!(check_in["sentiment_score"], Value::Null);
}

#[tokio::test]
async fn a_call_for_help_is_answered_by_country() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let body = json!({"note": "I don't want to live anymore.", "mood": 5, "country": "fr"});
    let heard = alice.post("/api/check-ins", body).await.expect(201);
    assert_eq!(heard["crisis"], true);
    assert_eq!(heard["resources"][0]["country"], "FR");
    assert_eq!(heard["label"], "distressed");
    let body = json!({"user_check_ins": ["Ich will nicht mehr leben."], "country": "de"});
    let heard = alice.post("/api/sentiment/submit", body).await.expect(200);
    assert_eq!(
        (&heard["crisis"], &heard["resources"][0]["country"]),
        (&json!(true), &json!("DE"))
    );
}

#[tokio::test]
async fn two_peoples_texts_never_meet() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    some_work(&alice).await;
    some_work(&bob).await;
    let calm = analyze(&bob).await["final_score"].clone();
    let note = json!({"note": "a secret of hers: I hate everything about this job"});
    let hers = alice.post("/api/check-ins", note).await.expect(201);
    app.drain().await;
    let body = analyze(&bob).await;
    assert_eq!(body["final_score"], calm);
    assert!(!body.to_string().contains(hers["id"].as_str().unwrap()));
    assert_eq!(
        bob.get("/api/check-ins").await.expect(200)["items"],
        json!([])
    );
    let path = format!("/api/check-ins/{}", hers["id"].as_str().unwrap());
    bob.delete(&path).await.expect(404);
}

/// Words that stand in no other text of a test.
const WORDS: &str = "marzipan lighthouse";

#[tokio::test]
async fn what_people_write_of_themselves_is_in_no_dump() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    some_work(&alice).await;
    let text = format!("{WORDS}: I am so exhausted and could not sleep again");
    let once = async |path: &str, body: &Value| {
        let request = http::Request::post(path)
            .header("content-type", "application/json")
            .header("idempotency-key", path)
            .body(body.to_string().into_bytes());
        alice.send(request.unwrap()).await
    };
    for (path, body) in [
        ("/api/check-ins", json!({"note": text})),
        (
            "/api/sentiment/submit",
            json!({"task_notes": [text], "user_check_ins": ["", text]}),
        ),
        (
            "/api/burnout/analyze",
            json!({"quantitative_metrics": {"total_active_tasks": 4, "overdue_tasks": 2},
                "qualitative_data": {"user_check_ins": [text]}, "store_history": true}),
        ),
    ] {
        let first = once(path, &body).await;
        assert!(first.status < 300, "{path}: {}", first.text);
        // The answer quotes the person; what is kept of it for a second request does not.
        assert!(first.text.contains("exhausted"), "{}", first.text);
        let again = once(path, &body).await;
        assert_eq!(again.header("idempotent-replay"), "true", "{path}");
        assert_eq!(again.header("location"), first.header("location"));
        assert_eq!(
            (again.status, again.body),
            (first.status, first.body),
            "{path}"
        );
    }
    app.drain().await;
    let dump = app.dump().await;
    assert!(
        dump.contains("emotional_exhaustion"),
        "the tables were read"
    );
    for word in [WORDS, "exhausted"] {
        assert!(!dump.contains(word), "{word}");
    }
    let list = alice.get("/api/check-ins").await.expect(200);
    let notes: Vec<&Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["note"])
        .collect();
    assert_eq!(notes, [&text, &text]);
    // A row that changes its owner opens for nobody, and takes no other with it.
    let bob = app.user("bob").await;
    let mut kept = Vec::new();
    for note in ["his", "his too"] {
        let made = bob.post("/api/check-ins", json!({"note": note})).await;
        kept.push(made.expect(201)["id"].clone());
    }
    app.execute(&format!(
        "update qualitative_data set sealed = (select sealed from qualitative_data where user_id = {} limit 1)
         where id = '{}'",
        alice.id,
        kept[0].as_str().unwrap()
    ))
    .await;
    let list = bob.get("/api/check-ins").await.expect(200);
    let note = |id: &Value| {
        let items = list["items"].as_array().unwrap();
        items.iter().find(|item| &item["id"] == id).unwrap()["note"].clone()
    };
    assert_eq!(
        (note(&kept[0]), note(&kept[1])),
        (Value::Null, json!("his too"))
    );
}

#[tokio::test]
async fn texts_of_before_are_sealed() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    for number in 1..=3 {
        app.execute(&format!(
            "insert into qualitative_data (id, user_id, entry_type, content, engine)
             values (gen_random_uuid(), {}, 'check_in', '{WORDS} {number}', 'older')",
            alice.id
        ))
        .await;
    }
    let notes = async || {
        let list = alice.get("/api/check-ins").await.expect(200);
        let items = list["items"].as_array().unwrap();
        let mut notes: Vec<String> = items
            .iter()
            .map(|item| item["note"].as_str().unwrap().to_owned())
            .collect();
        notes.sort();
        notes
    };
    let before = notes().await;
    assert_eq!(before.len(), 3);
    let report = app.functions.sweep().run().await;
    assert_eq!(report.done["texts"], 3, "{report:?}");
    assert!(!app.dump().await.contains(WORDS));
    assert_eq!(notes().await, before);
    assert_eq!(app.functions.sweep().run().await.done.get("texts"), None);
}

#[tokio::test]
async fn alerts_open_once_and_close_once() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    some_work(&alice).await;
    let note = json!({"note": "I am completely exhausted and could not sleep again"});
    let made = alice.post("/api/check-ins", note).await.expect(201);
    let first = analyze(&alice).await;
    let kinds = |analysis: &Value| -> Vec<String> {
        let alerts = analysis["alerts"].as_array().unwrap().iter();
        alerts
            .map(|alert| alert["kind"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(
        kinds(&first).contains(&"emotional_exhaustion".to_owned()),
        "{first:#}"
    );
    alice
        .post("/api/tasks", json!({"title": "Another"}))
        .await
        .expect(201);
    analyze(&alice).await;
    let all = alice.get("/api/burnout/alerts/me").await.expect(200);
    let count = |list: &Value| {
        let items = list["items"].as_array().unwrap().iter();
        items
            .filter(|alert| alert["kind"] == "emotional_exhaustion")
            .count()
    };
    assert_eq!(count(&all), 1, "{all:#}");
    let path = format!("/api/check-ins/{}", made["id"].as_str().unwrap());
    alice.delete(&path).await.expect(204);
    assert!(kinds(&analyze(&alice).await).is_empty());
    let open = alice
        .get("/api/burnout/alerts/me?open=true")
        .await
        .expect(200);
    assert_eq!(open["items"], json!([]));
    let all = alice.get("/api/burnout/alerts/me").await.expect(200);
    assert_eq!(count(&all), 1);
    assert_ne!(all["items"][0]["closed_at"], Value::Null);
}

#[tokio::test]
async fn the_course_of_days_has_gaps_and_a_baseline() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    some_work(&alice).await;
    analyze(&alice).await;
    // Eight earlier days, one of them missing, all with the same score as today.
    app.execute(
        "insert into burnout_analyses (user_id, day, final_score, level, workload_score, sentiment_adjustment,
             completeness, factors, metrics, changes, analysis, inputs_hash, trigger, engine, analyzed_at)
         select user_id, day - n, 20 + n, 'LOW', 20 + n, 0, completeness, factors, metrics, changes, analysis,
             decode(lpad(n::text, 64, '0'), 'hex'), 'nightly', engine, analyzed_at - n * interval '1 day'
         from burnout_analyses, generate_series(1, 9) n where n <> 4",
    )
    .await;
    alice
        .post("/api/tasks", json!({"title": "Another"}))
        .await
        .expect(201);
    let analysis = analyze(&alice).await;
    // The median of 21, 22, 23, 25, 26, 27, 28, 29.
    assert_eq!(analysis["course"]["baseline"], 25.5);
    assert_eq!(
        analysis["course"]["days_in_level"], 4,
        "the gap ends the run: {analysis:#}"
    );
    let trend = alice.get("/api/burnout/trend/me?days=10").await.expect(200);
    let points = trend["points"].as_array().unwrap();
    assert_eq!(points.len(), 10);
    assert_eq!(points[5]["day"], "2026-02-26");
    assert_eq!(points[5]["score"], Value::Null);
    assert_eq!(points[4]["score"], 25.0);
    for query in ["days=6", "days=366", "days=x", "period=30"] {
        alice
            .get(&format!("/api/burnout/trend/me?{query}"))
            .await
            .expect(422);
    }
    let breakdown = alice.get("/api/burnout/breakdown/me").await.expect(200);
    if breakdown["sentiment_adjustment"].as_f64() > Some(0.0) {
        assert_eq!(breakdown["sentiment_rows"][0]["kind"], "entry");
    }
    let insights = alice.get("/api/burnout/insights/me").await.expect(200);
    assert!(!insights["insights"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn of_every_point_one_may_ask_which_rows() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    let empty = alice.get("/api/burnout/breakdown/me").await.expect(200);
    assert_eq!(
        (&empty["final_score"], &empty["groups"]),
        (&Value::Null, &json!([]))
    );
    let late = json!({"title": "The late one", "due_on": "2026-02-20"});
    alice.post("/api/tasks", late).await.expect(201);
    let analysis = analyze(&alice).await;
    let broken = alice.get("/api/burnout/breakdown/me").await.expect(200);
    let groups = broken["groups"].as_array().unwrap();
    let sum: f64 = groups
        .iter()
        .map(|group| group["points"].as_f64().unwrap())
        .sum();
    let total = sum + broken["sentiment_adjustment"].as_f64().unwrap();
    assert!((total - analysis["final_score"].as_f64().unwrap()).abs() < 0.01);
    let factors = groups[0]["factors"].as_array().unwrap();
    let overdue = factors
        .iter()
        .find(|factor| factor["key"] == "overdue_tasks")
        .unwrap();
    assert_eq!(overdue["rows"][0]["title"], "The late one");
    let live = alice.get("/api/workload/breakdown/me").await.expect(200);
    assert_eq!(live["groups"], broken["groups"]);
    let metrics = alice.get("/api/workload/metrics/me").await.expect(200);
    assert_eq!(metrics["metrics"]["overdue_tasks"], 1.0);
    assert_eq!(metrics["workload_score"], live["workload_score"]);
    let body = json!({"quantitative_metrics": metrics["metrics"]});
    let same = alice
        .post("/api/workload/calculate", body)
        .await
        .expect(200);
    assert_eq!(same["workload_score"], metrics["workload_score"]);
    let wrong = json!({"quantitative_metrics": {"overdue_tasks": -1}});
    alice
        .post("/api/workload/calculate", wrong)
        .await
        .expect(422);
    let said = json!({"verdict": "too_high", "comment": "feels lighter"});
    alice.post("/api/burnout/feedback", said).await.expect(201);
    alice
        .post("/api/burnout/feedback", json!({"verdict": "wrong"}))
        .await
        .expect(422);
}
