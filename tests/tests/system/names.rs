//! What AWS calls a call of a function stands in our lines, and whose the metrics are stands in them.

use sentry_queue::Queue;
use sentry_tests::{Bootstrap, TestApp};
use serde_json::{Value, json};
use std::path::Path;

/// The lines that a function writes at an event, or without one at a request for its health.
async fn lines(app: &TestApp, function: &str, event: Option<Value>) -> Vec<Value> {
    let mut environment = app.environment(1);
    environment.insert("BOOTSTRAP".to_owned(), function.to_owned());
    environment.insert("STACK".to_owned(), "staging".to_owned());
    let program = Path::new(env!("CARGO_BIN_EXE_bootstrap"));
    let process = Bootstrap::start(program, &environment).await.unwrap();
    if let Some(event) = event {
        process.invoke(event).await.unwrap();
    } else {
        let health = process.request("GET", "/health", "", None).await;
        assert_eq!(health.unwrap().0, 200);
    }
    let lines = process.log().unwrap();
    process.stop().await.unwrap();
    lines
}

fn with<'a>(lines: &'a [Value], message: &str) -> &'a Value {
    let found = lines.iter().find(|line| line["message"] == message);
    found.unwrap_or_else(|| panic!("no {message} in {lines:#?}"))
}

/// What the Runtime API of the tests says.
fn named_by_lambda(place: &Value) {
    assert_eq!(place["lambda.request_id"], "invocation-0", "{place}");
    assert_eq!(
        place["trace.id"], "1-5759e988-bd862e3fe1be46a994272793",
        "{place}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_can_be_found_from_either_side() {
    let app = TestApp::start().await;
    app.db.close().await;

    let request = lines(&app, "tasks", None).await;
    let line = with(&request, "request");
    named_by_lambda(line);
    assert_eq!(line["gateway.request_id"], "request");
    assert_eq!(line["request.id"], "from-the-gateway");

    let record = json!({ "messageId": "bad", "receiptHandle": "bad", "body": "{",
        "attributes": { "ApproximateReceiveCount": "1" },
        "eventSourceARN": format!("arn:aws:sqs:us-east-1:000000000000:{}", Queue::Mail.name()) });
    let job = lines(&app, "mail", Some(json!({ "Records": [record] }))).await;
    named_by_lambda(&with(&job, "message comes back")["span"]);
    // There is no such message: the worker has asked, and goes on.
    assert_eq!(
        with(&job, "a failed message comes back late")["message.id"],
        "bad"
    );

    for (function, kind) in [("sweep", "sweep.v1"), ("rescore", "nightly.v1")] {
        let tick = lines(&app, function, Some(json!({ "type": kind }))).await;
        let line = with(&tick, "tick done");
        assert_eq!(line["kind"], kind);
        assert!(line["duration_ms"].is_f64());
        named_by_lambda(&line["span"]);
        let counted = tick.iter().find(|line| line["ticks"].is_u64()).unwrap();
        assert_eq!(counted["stack"], "staging");
        assert_eq!(
            (&counted["function"], &counted["outcome"]),
            (&json!(function), &json!("done"))
        );
    }
}
