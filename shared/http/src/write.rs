//! The transaction of a write, and the promise that it happens once.

use crate::{ApiError, App, Caller, Conflict};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use sentry_db::Tx;
use sentry_db::idempotency::{self, Claim};
use sentry_domain::UserId;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How often, and after which pauses, a key that is in use is asked for again.
const IN_FLIGHT_TRIES: u32 = 5;
const IN_FLIGHT_PAUSE: Duration = Duration::from_millis(20);

/// An `Idempotency-Key` and the hash of the request it was sent with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    key: String,
    hash: [u8; 32],
}

impl IdempotencyKey {
    /// Reads the header, if there is one. `body` is what tells requests on one path apart.
    pub fn read(
        headers: &HeaderMap,
        method: &Method,
        uri: &Uri,
        body: &[u8],
    ) -> Result<Option<Self>, ApiError> {
        let Some(value) = headers.get("idempotency-key") else {
            return Ok(None);
        };
        let key = value.to_str().unwrap_or_default().trim();
        if key.is_empty() || key.len() > 255 {
            return Err(ApiError::field(
                "Idempotency-Key",
                "must be 1 to 255 visible ASCII characters",
            ));
        }
        let mut hash = Sha256::new();
        for part in [method.as_str().as_bytes(), uri.to_string().as_bytes(), body] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Ok(Some(Self {
            key: key.to_owned(),
            hash: hash.finalize().into(),
        }))
    }
}

/// An open write of the caller. Dropped without an answer, it never happened.
#[derive(Debug)]
pub struct Write {
    /// The tenant transaction.
    pub tx: Tx,
    app: App,
    owner: UserId,
    at: DateTime<Utc>,
    idempotency: Option<IdempotencyKey>,
}

pub(crate) async fn begin(
    app: &App,
    caller: &Caller,
    idempotency: Option<&IdempotencyKey>,
) -> Result<Write, ApiError> {
    let tx = app.tenant(caller).await?;
    begin_in(app, tx, caller.user_id, idempotency).await
}

/// Begins the write in a transaction that was entered in another way than by an access token.
pub(crate) async fn begin_in(
    app: &App,
    mut tx: Tx,
    owner: UserId,
    idempotency: Option<&IdempotencyKey>,
) -> Result<Write, ApiError> {
    let at = app.now();
    if let Some(IdempotencyKey { key, hash }) = idempotency {
        let mut claim = idempotency::claim(&mut tx, owner, key, hash, at).await?;
        // A request that failed lets go of its key with its rollback, a moment after its answer.
        for _ in 0..IN_FLIGHT_TRIES {
            if !matches!(claim, Claim::InFlight) {
                break;
            }
            tokio::time::sleep(IN_FLIGHT_PAUSE).await;
            claim = idempotency::claim(&mut tx, owner, key, hash, at).await?;
        }
        match claim {
            Claim::New => {}
            Claim::InFlight => return Err(ApiError::Conflict(Conflict::IN_FLIGHT)),
            Claim::Mismatch => {
                return Err(ApiError::Unprocessable(Conflict {
                    code: "idempotency_key_reused",
                    detail: "this Idempotency-Key was used for a different request",
                }));
            }
            Claim::Done { status, response } => {
                return Err(ApiError::Replay(Box::new(replay(status, &response))));
            }
        }
    }
    Ok(Write {
        tx,
        app: app.clone(),
        owner,
        at,
        idempotency: idempotency.cloned(),
    })
}

impl Write {
    /// The instant of the write.
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// Commits and answers with `body`.
    pub async fn commit(
        self,
        status: StatusCode,
        body: &impl Serialize,
    ) -> Result<Response, ApiError> {
        let body = serde_json::to_vec(body).map_err(ApiError::internal)?;
        self.finish(status, Some(body), None).await
    }

    /// Commits and answers 201 with `body` and the path of what was made.
    pub async fn created(
        self,
        location: String,
        body: &impl Serialize,
    ) -> Result<Response, ApiError> {
        let body = serde_json::to_vec(body).map_err(ApiError::internal)?;
        self.finish(StatusCode::CREATED, Some(body), Some(location))
            .await
    }

    /// As [`Write::commit`], and where an `Idempotency-Key` has the answer kept, `kept` is kept in its place: the database
    /// holds no words of people in the clear. Who gets it as [`ApiError::Replay`] puts them back.
    pub async fn commit_keeping(
        self,
        status: StatusCode,
        (body, kept): (&impl Serialize, &impl Serialize),
        location: Option<String>,
    ) -> Result<Response, ApiError> {
        let body = serde_json::to_vec(body).map_err(ApiError::internal)?;
        let kept = serde_json::to_value(kept).map_err(ApiError::internal)?;
        self.finish_keeping(status, (Some(body), Some(kept)), location)
            .await
    }

    /// Commits and answers 204.
    pub async fn commit_empty(self) -> Result<Response, ApiError> {
        self.finish(StatusCode::NO_CONTENT, None, None).await
    }

    async fn finish(
        self,
        status: StatusCode,
        body: Option<Vec<u8>>,
        location: Option<String>,
    ) -> Result<Response, ApiError> {
        let kept = match (&self.idempotency, &body) {
            (Some(_), Some(body)) => serde_json::from_slice(body).map_err(ApiError::internal)?,
            _ => None,
        };
        self.finish_keeping(status, (body, kept), location).await
    }

    async fn finish_keeping(
        mut self,
        status: StatusCode,
        (body, kept): (Option<Vec<u8>>, Option<Value>),
        location: Option<String>,
    ) -> Result<Response, ApiError> {
        if let Some(IdempotencyKey { key, hash }) = &self.idempotency {
            let stored = json!({ "body": kept, "location": location });
            let answer = (i32::from(status.as_u16()), &stored);
            if !idempotency::store(&mut self.tx, self.owner, key, hash, answer, self.at).await? {
                return Err(ApiError::Conflict(Conflict::IN_FLIGHT));
            }
        }
        let outgoing = self.tx.commit().await?;
        self.app.queues.send(&self.app.db, outgoing).await;
        Ok(answer(status, body, location.as_deref()))
    }
}

fn answer(status: StatusCode, body: Option<Vec<u8>>, location: Option<&str>) -> Response {
    let mut response = match body {
        None => status.into_response(),
        Some(body) => {
            let json = HeaderValue::from_static("application/json");
            (status, [(CONTENT_TYPE, json)], body).into_response()
        }
    };
    if let Some(location) = location.and_then(|location| location.parse().ok()) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

fn replay(status: i32, stored: &Value) -> Response {
    let status = u16::try_from(status)
        .ok()
        .and_then(|status| StatusCode::from_u16(status).ok());
    let body = stored.get("body").filter(|body| !body.is_null());
    let mut response = answer(
        status.unwrap_or(StatusCode::OK),
        body.map(|body| body.to_string().into_bytes()),
        stored.get("location").and_then(Value::as_str),
    );
    response
        .headers_mut()
        .insert("idempotent-replay", HeaderValue::from_static("true"));
    response
}
