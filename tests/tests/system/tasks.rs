//! Tasks and meetings through the front door.

mod changes;
mod input;
mod lists;
mod nesting;
mod services;
mod statistics;
mod tenants;

use sentry_tests::{Answer, Person};
use serde_json::Value;

fn titles(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().expect("a page");
    items
        .iter()
        .map(|item| item["title"].as_str().unwrap())
        .collect()
}

fn codes(answer: &Answer) -> Vec<&str> {
    let errors = answer.body["errors"].as_array().expect("a problem");
    errors
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect()
}

async fn made(person: &Person, body: Value) -> Value {
    person.post("/api/tasks", body).await.expect(201)
}

async fn made_id(person: &Person, body: Value) -> i64 {
    made(person, body).await["id"].as_i64().unwrap()
}

fn path(id: i64) -> String {
    format!("/api/tasks/{id}")
}

async fn keyed(person: &Person, key: &str, body: &Value) -> Answer {
    let request = http::Request::post("/api/tasks")
        .header("content-type", "application/json")
        .header(
            "idempotency-key",
            http::HeaderValue::from_bytes(key.as_bytes()).unwrap(),
        )
        .body(body.to_string().into_bytes());
    person.send(request.unwrap()).await
}

async fn if_match(person: &Person, method: &str, id: i64, version: &str, body: &str) -> Answer {
    let request = http::Request::builder()
        .method(method)
        .uri(path(id))
        .header("content-type", "application/merge-patch+json")
        .header("if-match", version)
        .body(body.as_bytes().to_vec());
    person.send(request.unwrap()).await
}
