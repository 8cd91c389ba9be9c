//! `sentry-local --invoke`: its requests, queues and schedules drive the real bootstraps, over the addresses at which
//! `cargo lambda watch` serves them.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, post};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Client, Method};
use sentry_local::system::{Options, System};
use sentry_tests::{Bootstrap, TestDatabase, serve};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path as FilePath;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, watch};

/// How long the chain may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// What `cargo lambda watch` does: starts a function when it is called for the first time, and hands it events.
/// <https://www.cargo-lambda.info/commands/watch.html>
#[derive(Clone)]
struct Watch {
    /// As soon as there is one: the file that `--print-env` wrote.
    environment: watch::Receiver<Option<BTreeMap<String, String>>>,
    processes: Arc<Mutex<BTreeMap<String, Bootstrap>>>,
    /// What was called.
    called: Arc<Mutex<BTreeSet<String>>>,
}

impl Watch {
    async fn invoke(&self, function: &str, event: Value) -> anyhow::Result<Value> {
        let mut given = self.environment.clone();
        let given = given.wait_for(Option::is_some).await?.clone();
        self.called.lock().await.insert(function.to_owned());
        let mut processes = self.processes.lock().await;
        if !processes.contains_key(function) {
            let mut environment = given.unwrap_or_default();
            environment.insert("BOOTSTRAP".to_owned(), function.to_owned());
            environment.insert("OCR_PROGRAM".to_owned(), "off".to_owned());
            let program = FilePath::new(env!("CARGO_BIN_EXE_bootstrap"));
            let process = Bootstrap::start(program, &environment).await?;
            processes.insert(function.to_owned(), process);
        }
        processes[function].invoke(event).await
    }

    fn router(&self) -> Router {
        Router::new()
            .route(
                "/2015-03-31/functions/{function}/invocations",
                post(invocation),
            )
            .route("/lambda-url/{function}/{*path}", any(function_url))
            .with_state(self.clone())
    }
}

async fn invocation(
    State(watch): State<Watch>,
    Path(function): Path<String>,
    body: Bytes,
) -> Response {
    match watch
        .invoke(&function, serde_json::from_slice(&body).unwrap())
        .await
    {
        Ok(answer) => axum::Json(answer).into_response(),
        Err(error) => failed(&error),
    }
}

fn failed(error: &anyhow::Error) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
}

/// A request, as the event of a function URL: <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html>.
async fn function_url(
    State(watch): State<Watch>,
    Path((function, path)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 10_000_000).await.unwrap();
    let headers: BTreeMap<&str, &str> = parts
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
        .collect();
    let path = format!("/{path}");
    let event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": parts.uri.query().unwrap_or_default(),
        "headers": headers,
        "requestContext": {
            "accountId": "anonymous",
            "apiId": "local",
            "http": { "method": parts.method.as_str(), "path": path, "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1", "userAgent": "test" },
            "requestId": "local",
            "routeKey": "$default",
            "stage": "$default",
            "time": "02/Mar/2026:09:00:00 +0000",
            "timeEpoch": 1_772_442_000_000_i64,
        },
        "body": STANDARD.encode(&body),
        "isBase64Encoded": true,
    });
    match watch.invoke(&function, event).await {
        Ok(answer) => answered(&answer),
        Err(error) => failed(&error),
    }
}

fn answered(answer: &Value) -> Response {
    let text = answer["body"].as_str().unwrap_or_default();
    let body = if answer["isBase64Encoded"] == true {
        STANDARD.decode(text).unwrap()
    } else {
        text.as_bytes().to_vec()
    };
    let mut response = Response::new(Body::from(body));
    let status = answer["statusCode"].as_u64().unwrap();
    *response.status_mut() = StatusCode::from_u16(status.try_into().unwrap()).unwrap();
    for (name, value) in answer["headers"].as_object().into_iter().flatten() {
        let name: HeaderName = name.parse().unwrap();
        let value: HeaderValue = value.as_str().unwrap().parse().unwrap();
        response.headers_mut().append(name, value);
    }
    response
}

/// Somebody at the front door.
struct Caller {
    client: Client,
    base: String,
    token: String,
}

impl Caller {
    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let request = self.client.request(method, format!("{}{path}", self.base));
        let request = if self.token.is_empty() {
            request
        } else {
            request.bearer_auth(&self.token)
        };
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or_default())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_invoked_is_said_at_the_start() {
    let elsewhere = |base: &str, database_url| Options {
        invoke: Some(base.to_owned()),
        database_url,
        ..Options::default()
    };
    let error = System::start(elsewhere("http://127.0.0.1:9", None))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("set DATABASE_URL"), "{error}");
    let database = TestDatabase::create().await.unwrap();
    for wrong in ["127.0.0.1:9000", "https://127.0.0.1:9000", "watch"] {
        let mut options = elsewhere(wrong, Some(database.url()));
        options.connections = 1;
        let error = System::start(options).await.unwrap_err();
        let text = format!("{error:#}");
        assert!(text.contains("expected http://host:port"), "{text}");
    }

    // And later, that nobody answers there.
    let mut options = elsewhere("http://127.0.0.1:9", Some(database.url()));
    options.connections = 1;
    let system = System::start(options).await.unwrap();
    let url = format!("http://{}/api/tasks", system.address);
    let answer = Client::new().get(url).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_GATEWAY);
    system.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn functions_that_run_elsewhere_are_driven_from_here() {
    // The embedded database lets one process in, and these are many: this is for a real one.
    if std::env::var_os("TEST_DATABASE_URL").is_none() {
        return;
    }
    let database = TestDatabase::create().await.unwrap();
    let (sender, environment) = watch::channel(None);
    let watch = Watch {
        environment,
        processes: Arc::default(),
        called: Arc::default(),
    };
    let address = serve(watch.router()).await;
    let system = System::start(Options {
        invoke: Some(address),
        database_url: Some(database.url()),
        connections: database.connections(),
        ..Options::default()
    })
    .await
    .unwrap();
    sender.send_replace(Some(system.environment.clone()));

    let mut caller = Caller {
        client: Client::new(),
        base: format!("http://{}", system.address),
        token: String::new(),
    };
    let (status, _) = caller.call(Method::GET, "/api/tasks", None).await;
    assert_eq!(status, 401);
    let (status, _) = caller.call(Method::GET, "/api/nothing", None).await;
    assert_eq!(status, 404);
    let account = json!({ "email": "watch@example.org", "password": "seven quiet lamps burn" });
    let (status, answer) = caller
        .call(Method::POST, "/api/users", Some(account.clone()))
        .await;
    assert_eq!(status, 201, "{answer}");
    let (status, tokens) = caller
        .call(Method::POST, "/api/auth/login", Some(account))
        .await;
    assert_eq!(status, 200, "{tokens}");
    tokens["access_token"]
        .as_str()
        .unwrap()
        .clone_into(&mut caller.token);

    // Through the bucket, its notification, two queues and their workers; by the other name of the path, too.
    let text = json!({ "text": "- [ ] Book the hall by Friday" });
    let (status, upload) = caller
        .call(Method::POST, "/api/v1/tasks/extract/text", Some(text))
        .await;
    assert_eq!(status, 202, "{upload}");
    let path = format!("/api/uploads/{}", upload["upload_id"]);
    let workers = ["mail", "extract", "create-tasks", "rescore", "sweep"];
    let started = Instant::now();
    loop {
        let (status, upload) = caller.call(Method::GET, &path, None).await;
        assert_eq!(status, 200, "{upload}");
        let names = watch.called.lock().await.clone();
        if !upload["saved_at"].is_null() && workers.iter().all(|name| names.contains(*name)) {
            break;
        }
        assert!(started.elapsed() < PATIENCE, "{upload} after {names:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let (status, page) = caller
        .call(Method::GET, "/api/tasks?sort=created&limit=5", None)
        .await;
    assert_eq!(status, 200, "{page}");
    assert_eq!(page["items"][0]["title"], "Book the hall", "{page}");
    assert!(page["items"][1].is_null(), "{page}");

    let processes = std::mem::take(&mut *watch.processes.lock().await);
    for process in processes.into_values() {
        process.stop().await.unwrap();
    }
    system.stop().await.unwrap();
}
