//! What binds a way out to its way back.

use crate::Providers;
use crate::provider::{Binding, Provider};
use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sentry_auth::Secret;
use sentry_db::Tx;
use sentry_db::identities::{self, Flow, NewFlow};
use sentry_domain::UserId;
use sentry_http::ApiError;
use sentry_identity::tokens::{add_cookie, cookie};
use sha2::{Digest, Sha256};

/// For how long the way may take.
pub(crate) const LIFETIME: TimeDelta = TimeDelta::minutes(10);
const COOKIE: &str = "__Host-sentry_flow";
const BYTES: usize = 32;

/// The two values of chance.
pub(crate) struct Chance {
    state: Secret<[u8; BYTES]>,
    browser: Secret<[u8; BYTES]>,
}

impl Chance {
    pub fn new(providers: &Providers) -> Self {
        Self {
            state: Secret::new(providers.guard.app.ids.bytes()),
            browser: Secret::new(providers.guard.app.ids.bytes()),
        }
    }

    /// The state that came back and the cookie of the browser that brought it.
    pub fn read(state: &str, headers: &HeaderMap) -> Option<Self> {
        Some(Self {
            state: decoded(state)?,
            browser: browser(headers)?,
        })
    }

    /// State, nonce and verifier. The latter two take the server's key, and the browser's part.
    pub fn binding(&self, providers: &Providers) -> Binding {
        let parts: [&[u8]; 2] = [self.state.expose(), self.browser.expose()];
        let derived = |label| {
            URL_SAFE_NO_PAD.encode(providers.guard.keys.codes.derive(label, &parts).expose())
        };
        Binding {
            state: URL_SAFE_NO_PAD.encode(self.state.expose()),
            nonce: derived("oauth nonce"),
            verifier: derived("oauth verifier"),
        }
    }

    /// Keeps the flow, and returns where the browser is to go.
    pub async fn begin(
        &self,
        providers: &Providers,
        tx: &mut Tx,
        (provider, user): (&Provider, Option<UserId>),
        return_to: Option<&str>,
        at: DateTime<Utc>,
    ) -> Result<(), ApiError> {
        let flow = NewFlow {
            id: providers.guard.app.ids.uuid(at),
            user,
            provider: &provider.stored,
            state_hash: &hash(self.state.expose()),
            browser_hash: &hash(self.browser.expose()),
            return_to,
            at,
            expires_at: at + LIFETIME,
        };
        Ok(identities::begin_flow(tx, &flow).await?)
    }

    /// Uses up the flow, once.
    pub async fn take(
        &self,
        tx: &mut Tx,
        provider: &Provider,
        at: DateTime<Utc>,
    ) -> Result<Option<Flow>, ApiError> {
        let (state, browser) = (hash(self.state.expose()), hash(self.browser.expose()));
        Ok(identities::take_flow(tx, &provider.stored, &state, &browser, at).await?)
    }

    /// Gives the browser its part.
    pub fn set_cookie(&self, headers: &mut HeaderMap, provider: &Provider) {
        // A form that another site posts brings only cookies that say so.
        let same_site = if provider.posts_back() { "None" } else { "Lax" };
        let value = URL_SAFE_NO_PAD.encode(self.browser.expose());
        let age = LIFETIME.num_seconds();
        add_cookie(
            headers,
            &format!(
                "{COOKIE}={value}; Path=/; Max-Age={age}; HttpOnly; Secure; SameSite={same_site}"
            ),
        );
    }
}

/// Takes the browser's part away.
pub(crate) fn clear_cookie(headers: &mut HeaderMap) {
    add_cookie(
        headers,
        &format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax"),
    );
}

/// Hash of the browser's part, to find who came back with it.
pub(crate) fn browser_hash(headers: &HeaderMap) -> Option<[u8; BYTES]> {
    browser(headers).map(|browser| hash(browser.expose()))
}

fn browser(headers: &HeaderMap) -> Option<Secret<[u8; BYTES]>> {
    decoded(cookie(headers, COOKIE)?)
}

fn decoded(text: &str) -> Option<Secret<[u8; BYTES]>> {
    let bytes = Secret::new(URL_SAFE_NO_PAD.decode(text).ok()?);
    bytes.expose().as_slice().try_into().ok().map(Secret::new)
}

fn hash(bytes: &[u8]) -> [u8; BYTES] {
    Sha256::digest(bytes).into()
}
