//! Somebody with a client.

use crate::Answer;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::Value;
use tower::ServiceExt;

/// A client, signed in or not.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their account; 0 for a stranger.
    pub id: i64,
    /// Their access token; empty for a stranger.
    pub token: String,
    /// Their refresh token; empty for a stranger.
    pub refresh_token: String,
    /// Their address; empty for a stranger.
    pub email: String,
    pub(crate) router: Router,
}

impl Person {
    /// Goes by another door from now on.
    pub fn enter(&mut self, router: Router) {
        self.router = router;
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    /// POST with a JSON body.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(body)).await
    }

    /// PUT with a JSON body.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.call("PUT", path, Some(body)).await
    }

    /// PATCH with a JSON body.
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call("PATCH", path, Some(body)).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, None).await
    }

    /// Any method, with or without a JSON body.
    pub async fn call(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let body = body
            .map(|body| body.to_string().into_bytes())
            .unwrap_or_default();
        self.send(request.body(body).expect("a request")).await
    }

    /// Anything else. The access token is added unless the request brings its own.
    pub async fn send(&self, mut request: Request<Vec<u8>>) -> Answer {
        if !self.token.is_empty() && !request.headers().contains_key(AUTHORIZATION) {
            let bearer = format!("Bearer {}", self.token).parse().expect("a header");
            request.headers_mut().insert(AUTHORIZATION, bearer);
        }
        let Ok(response) = self.router.clone().oneshot(request.map(Body::from)).await;
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX)
            .await
            .expect("a body");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: serde_json::from_str(&text).unwrap_or(Value::Null),
            text,
        }
    }
}
