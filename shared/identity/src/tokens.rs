//! What a person gets for signing in: in the body, or with the refresh token in a cookie that no
//! script can read.

use axum::Json;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use sentry_auth::TokenKey;
use sentry_auth::access::{LIFETIME, Signer};
use sentry_auth::refresh::{IDLE_LIFETIME, RefreshToken};
use sentry_domain::{SessionId, UserId};
use sentry_http::{App, token_keys};
use sentry_runtime::{Ids, SettingError, Settings, keys};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use uuid::Uuid;

/// Sent to the one path that needs it, over encrypted connections, never from another site.
const REFRESH_COOKIE: &str = "__Secure-sentry_refresh";
const REFRESH_PATH: &str = "/api/auth/refresh-token";
/// Read by the page's own script and sent back in a header: no other site can read it.
const CSRF_COOKIE: &str = "__Host-sentry_csrf";
/// The header that carries it back.
const CSRF_HEADER: &str = "x-csrf-token";

/// How the refresh token travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// In bodies: for apps and programs.
    Body,
    /// In a cookie: for pages.
    Cookie,
}

/// The tokens of a session. Without `Debug`, so that they reach no log.
#[derive(Serialize, ToSchema)]
pub struct TokensOut {
    /// For the `Authorization` header.
    access_token: String,
    /// For the next pair of tokens; good once. Missing in cookie mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// In cookie mode: send it as `X-CSRF-Token` when refreshing.
    #[serde(skip_serializing_if = "Option::is_none")]
    csrf_token: Option<String>,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// For how many seconds the access token is good.
    #[schema(example = 900)]
    expires_in: i64,
    /// Whose they are.
    user_id: UserId,
}

/// Gives people their tokens. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Issuer {
    keys: Arc<IssuerKeys>,
    pub(crate) ids: Ids,
}

#[derive(Debug)]
struct IssuerKeys {
    signer: Signer,
    refresh: TokenKey,
}

impl Issuer {
    /// Reads the keys. Does no I/O.
    pub fn new(app: &App, settings: &Settings) -> Result<Self, SettingError> {
        let refresh = keys::token_key(
            settings,
            "TOKEN_REFRESH_KEY",
            Some("TOKEN_PREVIOUS_REFRESH_KEY"),
        )?;
        Ok(Self {
            keys: Arc::new(IssuerKeys {
                signer: signer(settings, app)?,
                refresh,
            }),
            ids: app.ids.clone(),
        })
    }

    /// Makes and checks refresh tokens.
    pub fn refresh_key(&self) -> &TokenKey {
        &self.keys.refresh
    }

    /// The answer with the refresh token and an access token of its session.
    pub fn tokens(
        &self,
        user_id: UserId,
        refresh: &RefreshToken,
        carrier: Carrier,
        now: DateTime<Utc>,
    ) -> Response {
        let session = SessionId(refresh.id());
        let access = self
            .keys
            .signer
            .sign(user_id, session, self.ids.uuid(now), now);
        let text = refresh.encode(&self.keys.refresh);
        let mut tokens = TokensOut {
            access_token: access.text.expose().clone(),
            refresh_token: None,
            csrf_token: None,
            token_type: "Bearer",
            expires_in: LIFETIME.num_seconds(),
            user_id,
        };
        if carrier == Carrier::Body {
            tokens.refresh_token = Some(text.expose().clone());
            return Json(tokens).into_response();
        }
        tokens.csrf_token = Some(csrf(refresh));
        let mut response = Json(tokens).into_response();
        set_cookies(response.headers_mut(), refresh, text.expose());
        response
    }

    /// Puts the session into the browser's cookies, for an answer that is not ours to fill.
    pub fn set_session_cookies(&self, headers: &mut HeaderMap, refresh: &RefreshToken) {
        let text = refresh.encode(&self.keys.refresh);
        set_cookies(headers, refresh, text.expose());
    }
}

fn signer(settings: &Settings, app: &App) -> Result<Signer, SettingError> {
    let signer = Signer::new(
        token_keys::realm(settings),
        token_keys::signing_key(settings)?,
    );
    let probe = signer.sign(
        sentry_domain::UserId(0),
        sentry_domain::SessionId(Uuid::nil()),
        Uuid::nil(),
        app.now(),
    );
    // Otherwise people would sign in to tokens that nothing accepts.
    if app.verifier.verify(probe.text.expose(), app.now()).is_err() {
        return Err(SettingError::Wrong {
            name: "TOKEN_SIGNING_KEY",
            reason: "the tokens it signs are not accepted by the configured verifying key"
                .to_owned(),
        });
    }
    Ok(signer)
}

fn set_cookies(headers: &mut HeaderMap, refresh: &RefreshToken, text: &str) {
    let age = IDLE_LIFETIME.num_seconds();
    let csrf = csrf(refresh);
    add_cookie(
        headers,
        &format!(
            "{REFRESH_COOKIE}={text}; Path={REFRESH_PATH}; Max-Age={age}; HttpOnly; Secure; SameSite=Strict"
        ),
    );
    add_cookie(
        headers,
        &format!("{CSRF_COOKIE}={csrf}; Path=/; Max-Age={age}; Secure; SameSite=Strict"),
    );
}

/// Takes the session out of the browser's cookies.
pub fn clear_cookies(headers: &mut HeaderMap) {
    add_cookie(
        headers,
        &format!(
            "{REFRESH_COOKIE}=; Path={REFRESH_PATH}; Max-Age=0; HttpOnly; Secure; SameSite=Strict"
        ),
    );
    add_cookie(
        headers,
        &format!("{CSRF_COOKIE}=; Path=/; Max-Age=0; Secure; SameSite=Strict"),
    );
}

/// Adds a cookie to an answer.
pub fn add_cookie(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(SET_COOKIE, value);
    }
}

/// The value of a cookie. A name that comes twice counts as missing: somebody planted one.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(known, _)| *known == name)
        .map(|(_, value)| value);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The refresh token that a browser's cookie holds.
pub fn refresh_cookie(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, REFRESH_COOKIE)
}

/// Whether the page that sent this request could read its own cookies: no other site can.
pub fn shows_csrf(headers: &HeaderMap, refresh: &RefreshToken) -> bool {
    use subtle::ConstantTimeEq;
    headers
        .get(CSRF_HEADER)
        .is_some_and(|shown| shown.as_bytes().ct_eq(csrf(refresh).as_bytes()).into())
}

/// Bound to this very token, so that one of another session is worth nothing.
fn csrf(refresh: &RefreshToken) -> String {
    URL_SAFE_NO_PAD.encode(refresh.companion("csrf").expose())
}
