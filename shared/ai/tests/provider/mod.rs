//! A server that speaks the protocol of OpenAI-compatible providers as strictly as the real ones: what they
//! would refuse is refused here, in their words. What it answers is said by the test.
#![allow(dead_code, reason = "each test uses its part")]
#![expect(
    clippy::needless_pass_by_value,
    clippy::result_large_err,
    clippy::struct_excessive_bools,
    reason = "a server for tests, written to be read"
)]

mod chat;
mod speech;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The key that is accepted.
pub const KEY: &str = "sk-test-9f2c";

/// What the server does with a request that is in order.
#[derive(Debug, Clone)]
pub enum Reply {
    /// The model says this.
    Says(String),
    /// The model stops in the middle.
    CutOff(String),
    /// The model will not.
    Refuses,
    /// A filter has taken the answer away.
    Filtered,
    /// The answer of a transcription.
    Heard(Value),
    /// An error, with headers.
    Error(u16, Vec<(&'static str, String)>, Value),
    /// Bytes that are no answer.
    Garbage(&'static str),
    /// Nothing comes.
    Hangs,
}

impl Reply {
    /// The model says this JSON.
    pub fn json(value: &Value) -> Self {
        Self::Says(value.to_string())
    }

    /// The error object of the real servers.
    pub fn error(status: u16, kind: &str, code: Value, param: Value, message: &str) -> Self {
        let body =
            json!({"error": {"message": message, "type": kind, "param": param, "code": code}});
        Self::Error(status, Vec::new(), body)
    }

    /// Nothing left to spend, which no waiting mends.
    pub fn quota_spent() -> Self {
        Self::error(
            429,
            "insufficient_quota",
            json!("insufficient_quota"),
            Value::Null,
            "You exceeded your current quota, please check your plan and billing details.",
        )
    }

    /// Too many requests.
    pub fn slow_down(retry_after: &str) -> Self {
        let headers = vec![
            ("retry-after", retry_after.to_owned()),
            ("x-ratelimit-limit-requests", "500".to_owned()),
            ("x-ratelimit-remaining-requests", "0".to_owned()),
            ("x-ratelimit-reset-requests", "120ms".to_owned()),
        ];
        let body = json!({"error": {"message": "Rate limit reached for gpt-4o-mini in organization org-x on requests per min (RPM): Limit 500, Used 500, Requested 1.", "type": "requests", "param": null, "code": "rate_limit_exceeded"}});
        Self::Error(429, headers, body)
    }
}

/// What the provider does not understand, as older and smaller servers do not.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lacks {
    pub json_schema: bool,
    pub json_object: bool,
    pub schema_of_object: bool,
    pub max_tokens: bool,
    pub temperature: bool,
    pub verbose_json: bool,
    pub usage: bool,
}

/// A request that was in order.
#[derive(Debug, Clone)]
pub struct Seen {
    pub path: String,
    pub body: Value,
}

/// What the server holds.
#[derive(Debug, Default)]
pub struct Script {
    replies: VecDeque<Reply>,
    /// Given when no reply is left.
    pub otherwise: Option<Reply>,
    pub seen: Vec<Seen>,
    pub lacks: Lacks,
}

/// A running server.
#[derive(Debug, Clone)]
pub struct Provider {
    script: Arc<Mutex<Script>>,
    pub base: String,
}

type Answer = Result<Value, Response>;

impl Provider {
    /// Starts one on a free port.
    pub async fn start() -> Self {
        let script = Arc::new(Mutex::new(Script::default()));
        let app = Router::new()
            .route("/v1/chat/completions", post(chat::complete))
            .route("/v1/audio/transcriptions", post(speech::transcribe))
            .layer(from_fn_with_state(script.clone(), authorised))
            .layer(DefaultBodyLimit::max(64 * 1024 * 1024))
            .with_state(script.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/v1", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { script, base }
    }

    /// Adds a reply.
    pub fn then(&self, reply: Reply) -> &Self {
        self.lock().replies.push_back(reply);
        self
    }

    /// Gives the same reply to everything that is left.
    pub fn always(&self, reply: Reply) -> &Self {
        self.lock().otherwise = Some(reply);
        self
    }

    /// Takes abilities away.
    pub fn lacking(&self, lacks: Lacks) -> &Self {
        self.lock().lacks = lacks;
        self
    }

    /// The requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.lock().seen.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn authorised(State(_): State<Arc<Mutex<Script>>>, request: Request, next: Next) -> Response {
    let given = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    match given {
        Some(given) if given == format!("Bearer {KEY}") => next.run(request).await,
        None => refused(
            401,
            "invalid_request_error",
            Value::Null,
            Value::Null,
            "You didn't provide an API key.",
        ),
        Some(given) => {
            let message = format!(
                "Incorrect API key provided: {}.",
                given.trim_start_matches("Bearer ")
            );
            refused(
                401,
                "invalid_request_error",
                json!("invalid_api_key"),
                Value::Null,
                &message,
            )
        }
    }
}

/// The error object of the real servers, as an answer.
pub fn refused(status: u16, kind: &str, code: Value, param: Value, message: &str) -> Response {
    let body = json!({"error": {"message": message, "type": kind, "param": param, "code": code}});
    (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response()
}

fn bad(param: &str, message: &str) -> Response {
    refused(
        400,
        "invalid_request_error",
        Value::Null,
        json!(param),
        message,
    )
}

/// Notes the request and gives the next reply; `shape` turns an answer into the body of the route.
async fn reply(
    script: &Mutex<Script>,
    path: &str,
    body: Value,
    shape: impl Fn(&Reply, Lacks) -> Option<Value>,
) -> Response {
    let (reply, lacks) = {
        let mut script = script.lock().unwrap_or_else(PoisonError::into_inner);
        script.seen.push(Seen {
            path: path.to_owned(),
            body,
        });
        let next = script
            .replies
            .pop_front()
            .or_else(|| script.otherwise.clone());
        (
            next.expect("the test has not said what to answer"),
            script.lacks,
        )
    };
    match &reply {
        Reply::Error(status, headers, body) => {
            let mut answer = (
                StatusCode::from_u16(*status).unwrap(),
                axum::Json(body.clone()),
            )
                .into_response();
            for (name, value) in headers {
                answer.headers_mut().insert(*name, value.parse().unwrap());
            }
            answer
        }
        Reply::Garbage(text) => Response::builder()
            .header("content-type", "text/html")
            .body(Body::from(*text))
            .unwrap(),
        Reply::Hangs => {
            tokio::time::sleep(Duration::from_hours(1)).await;
            StatusCode::GATEWAY_TIMEOUT.into_response()
        }
        other => {
            axum::Json(shape(other, lacks).expect("a reply that fits the route")).into_response()
        }
    }
}
