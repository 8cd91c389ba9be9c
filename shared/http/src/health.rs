//! Signs of life: one without I/O, one that asks every dependency.

use crate::{App, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// What a dependency answered: its name, and the reason when it did not.
pub type Probed = (&'static str, Result<(), String>);

/// A function's state that can ask everything it depends on.
pub trait Probe: Clone + Send + Sync + 'static {
    /// Asks each dependency once.
    fn probe(&self) -> impl Future<Output = Vec<Probed>> + Send;
}

impl Probe for App {
    async fn probe(&self) -> Vec<Probed> {
        vec![
            (
                "database",
                self.db.ping().await.map_err(|error| error.to_string()),
            ),
            (
                "queues",
                self.queues.ping().await.map_err(|error| error.to_string()),
            ),
        ]
    }
}

/// Alive. Does no I/O.
#[utoipa::path(get, path = "/health", operation_id = "health", tag = "health", security(()),
    responses((status = 200, description = "Alive", body = Value)))]
pub(crate) async fn health() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// Asks each dependency; 503 with the names of those that fail. The reasons are for the log.
#[utoipa::path(get, path = "/health/ready", operation_id = "ready", tag = "health", security(()),
    responses((status = 200, description = "Every dependency answers", body = Value)))]
pub(crate) async fn ready<S: Probe>(State(state): State<S>) -> Response {
    let (mut failing, mut reasons) = (Vec::new(), Vec::new());
    let mut answered = Map::new();
    for (name, result) in state.probe().await {
        let word = if result.is_ok() { "ok" } else { "failing" };
        answered.insert(name.to_owned(), Value::from(word));
        if let Err(reason) = result {
            failing.push(name);
            reasons.push(format!("{name}: {reason}"));
        }
    }
    if failing.is_empty() {
        (
            StatusCode::OK,
            Json(json!({ "status": "ok", "dependencies": answered })),
        )
            .into_response()
    } else {
        tracing::warn!(reason = reasons.join("; "), "not ready");
        let detail = format!("not ready for want of: {}", failing.join(", "));
        let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail);
        ([(RETRY_AFTER, "1")], problem).into_response()
    }
}
