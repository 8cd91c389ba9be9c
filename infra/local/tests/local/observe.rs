//! What an operator sees of one request: its spans by OTLP, whichever queues it passes, and metrics.

use crate::program::{PATIENCE, Program, free_port, signed_up};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use serde_json::json;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The id of a request, and of the trace it becomes.
const REQUEST: &str = "0198c0de-0000-7000-8000-0000000000aa";

type Spans = Arc<Mutex<Vec<Span>>>;

/// A collector of OTLP over HTTP that keeps what it is sent.
async fn collector() -> (String, Spans) {
    let spans = Spans::default();
    let router = Router::new()
        .route("/v1/traces", post(collect))
        .with_state(Arc::clone(&spans));
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (format!("http://{address}"), spans)
}

async fn collect(State(spans): State<Spans>, body: Bytes) {
    let request = ExportTraceServiceRequest::decode(body).unwrap();
    let sent = request
        .resource_spans
        .into_iter()
        .flat_map(|resource| resource.scope_spans)
        .flat_map(|scope| scope.spans);
    spans.lock().unwrap().extend(sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_request_is_one_trace_through_every_queue() {
    let (endpoint, spans) = collector().await;
    let home = tempfile::tempdir().unwrap();
    let port = free_port();
    let environment = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str()),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"),
    ];
    let _program = Program::start_with(&home.path().join("data"), port, &environment);
    let person = signed_up(format!("http://127.0.0.1:{port}")).await;
    let text = json!({ "text": "- [ ] Book the hall by Friday" });
    let answer = person
        .client
        .post(format!("{}/api/tasks/extract/text?wait=20", person.base))
        .bearer_auth(&person.token)
        .header("x-request-id", REQUEST)
        .json(&text)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.headers()["x-request-id"], REQUEST);

    // The request, the upload although S3 has announced it, then create-tasks and rescore.
    let started = Instant::now();
    let names = loop {
        let trace = uuid::Uuid::parse_str(REQUEST).unwrap();
        let mut names: Vec<String> = spans
            .lock()
            .unwrap()
            .iter()
            .filter(|span| span.trace_id == trace.as_bytes())
            .map(|span| span.name.clone())
            .collect();
        names.sort();
        if names.len() >= 4 {
            break names;
        }
        assert!(started.elapsed() < PATIENCE, "only {names:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    assert_eq!(names, ["job", "job", "request", "upload"]);

    let page = person
        .client
        .get(format!("{}/metrics", person.base))
        .send()
        .await
        .unwrap();
    let page = page.error_for_status().unwrap().text().await.unwrap();
    for line in [
        // The three of the document, and the mail that greets a new person.
        "jobs{outcome=\"done\"} 4",
        "items_extracted{engine=\"built-in\"} 1",
        "users_rescored 1",
        "requests ",
        "queue_age_ms",
    ] {
        assert!(page.contains(line), "{line} is not in\n{page}");
    }
}
