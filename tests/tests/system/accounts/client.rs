//! One client, and what its answers say.

use accounts::Accounts;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use providers::Providers;
use sentry_http::{App, Routes, edge};
use sentry_identity::Guard;
use sentry_runtime::{Ids, Settings};
use sentry_tests::{Answer, TestApp};
use serde_json::{Value, json};
use std::net::SocketAddr;
use tower::ServiceExt;

pub(super) const PASSWORD: &str = "seven quiet lamps burn";
pub(super) const OTHER_PASSWORD: &str = "nine loud drums sleep";
pub(super) const KEY: &str = "4H0cb5Yt9SXyUz8Fq3l7mNvGd1oKpRi2WeAjBx6ZsTQ=";

/// One client: where it calls from and what it calls itself.
#[derive(Clone)]
pub(super) struct Client {
    pub(super) router: Router,
    pub(super) ip: &'static str,
    pub(super) device: &'static str,
    pub(super) headers: Vec<(&'static str, &'static str)>,
}

impl Client {
    pub(super) fn of(app: &TestApp) -> Self {
        Self::at(app.router())
    }

    pub(super) fn at(router: Router) -> Self {
        Self {
            router,
            ip: "192.0.2.1",
            device: "console",
            headers: Vec::new(),
        }
    }

    pub(super) fn from(&self, ip: &'static str) -> Self {
        Self { ip, ..self.clone() }
    }

    pub(super) fn named(&self, device: &'static str) -> Self {
        Self {
            device,
            ..self.clone()
        }
    }

    pub(super) async fn call(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: Option<Value>,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(USER_AGENT, self.device);
        for (name, value) in &self.headers {
            request = request.header(*name, *value);
        }
        if !token.is_empty() {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = body.map_or_else(Vec::new, |body| body.to_string().into_bytes());
        self.send(request.header(CONTENT_TYPE, "application/json"), body)
            .await
    }

    /// Any request, from this client's address.
    pub(super) async fn send(&self, request: http::request::Builder, body: Vec<u8>) -> Answer {
        let peer: SocketAddr = format!("{}:50000", self.ip).parse().unwrap();
        let request = request.extension(ConnectInfo(peer));
        let Ok(response) = self
            .router
            .clone()
            .oneshot(request.body(Body::from(body)).unwrap())
            .await;
        let (parts, body) = response.into_parts();
        let text = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
            text,
        }
    }

    pub(super) async fn sign_up(&self, email: &str, password: &str) -> Answer {
        self.call(
            "POST",
            "/api/users",
            "",
            Some(json!({"email": email, "password": password})),
        )
        .await
    }

    pub(super) async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.call(
            "POST",
            "/api/auth/login",
            "",
            Some(json!({"email": email, "password": password})),
        )
        .await
    }

    pub(super) async fn refresh(&self, token: &str) -> Answer {
        self.call(
            "POST",
            "/api/auth/refresh-token",
            "",
            Some(json!({"refresh_token": token})),
        )
        .await
    }

    pub(super) async fn me(&self, access: &str) -> Answer {
        self.call("GET", "/api/users/me", access, None).await
    }

    /// Signs up and in.
    pub(super) async fn tokens(&self, email: &str) -> (String, String) {
        self.sign_up(email, PASSWORD).await.expect(201);
        tokens_of(&self.sign_in(email, PASSWORD).await)
    }
}

/// Access and refresh token of an answer.
#[track_caller]
pub(super) fn tokens_of(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let text = |field: &str| answer.body[field].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

/// An answer without what differs between any two.
pub(super) fn told(answer: &Answer) -> (u16, Value, Vec<String>) {
    let mut body = answer.body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("request_id");
    }
    (
        answer.status,
        body,
        answer.headers.keys().map(ToString::to_string).collect(),
    )
}

/// The functions of accounts with settings of their own, on the database and clock of the test.
pub(super) fn accounts_with(app: &TestApp, more: &[(&str, &str)]) -> Router {
    let database = app.database_url();
    let settings = Settings::from_lookup(|name| {
        let own = more
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned());
        own.or_else(|| match name {
            "DATABASE_URL" => Some(database.clone()),
            "TOKEN_SIGNING_KEY" | "TOKEN_REFRESH_KEY" | "TOKEN_CODE_KEY" | "DATA_KEY" => {
                Some(KEY.to_owned())
            }
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("unused".to_owned()),
            _ => None,
        })
    });
    let mut own = App::from_settings(&settings, &[]).unwrap();
    // One connection is all that the embedded database has.
    own.db = app.db.clone();
    own.clock = app.clock.clone();
    own.ids = Ids::seeded(2);
    let routes = Routes::new()
        .merge(accounts::router().with_state(Accounts::new(own.clone(), &settings).unwrap()))
        .merge(passwords::router().with_state(Guard::new(own.clone(), &settings).unwrap()))
        .merge(providers::router().with_state(Providers::new(own.clone(), &settings).unwrap()));
    edge(routes, own)
}
