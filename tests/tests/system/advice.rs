//! Advice: simulated, applied, undone, measured; and the profile it heeds.

mod acts;
mod nights;
mod offers;
mod profile;

use sentry_tests::{Person, TestApp};
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
