//! An issuer that does as the test tells it, also what no honest one would do.

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// What comes for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Good,
    WrongNonce,
    NoNonce,
    WrongAudience,
    OtherIssuer,
    Expired,
    /// `alg: none`.
    Unsigned,
    /// The right algorithm, and nothing behind the last dot.
    NoSignature,
    /// Signed by somebody else under the same key id.
    OtherKey,
    /// `HS256` with the client's secret, which the issuer is not alone to know.
    SharedSecret,
    /// Signed, then changed.
    Changed,
    Garbage,
    None,
    CodeRefused,
}

struct Behaviour {
    url: String,
    issuer: String,
    token_endpoint: String,
    token: Token,
    nonce: String,
    challenge: String,
    email: Option<String>,
    email_verified: bool,
    asked: bool,
    right_verifier: bool,
    own: EcdsaKeyPair,
    other: EcdsaKeyPair,
}

type Shared = Arc<Mutex<Behaviour>>;

/// An issuer on a port of its own.
pub(super) struct Issuer {
    pub(super) url: String,
    behaviour: Shared,
}

impl Issuer {
    pub(super) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let behaviour = Arc::new(Mutex::new(Behaviour {
            url: url.clone(),
            issuer: url.clone(),
            token_endpoint: format!("{url}/token"),
            token: Token::Good,
            nonce: String::new(),
            challenge: String::new(),
            email: Some("oda@example.org".to_owned()),
            email_verified: true,
            asked: false,
            right_verifier: false,
            own: pair(),
            other: pair(),
        }));
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&behaviour));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, behaviour }
    }

    /// What the browser told when it came: nonce and challenge.
    pub(super) fn expects(&self, query: &[(String, String)]) {
        let told = |name: &str| {
            let found = query.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let mut behaviour = self.behaviour.lock().unwrap();
        behaviour.nonce = told("nonce");
        behaviour.challenge = told("code_challenge");
    }

    pub(super) fn gives(&self, token: Token) {
        self.behaviour.lock().unwrap().token = token;
    }

    pub(super) fn knows_address(&self, email: Option<&str>, verified: bool) {
        let mut behaviour = self.behaviour.lock().unwrap();
        behaviour.email = email.map(str::to_owned);
        behaviour.email_verified = verified;
    }

    pub(super) fn pretends_to_be(&self, issuer: &str) {
        issuer.clone_into(&mut self.behaviour.lock().unwrap().issuer);
    }

    pub(super) fn sends_codes_to(&self, url: &str) {
        url.clone_into(&mut self.behaviour.lock().unwrap().token_endpoint);
    }

    pub(super) fn was_asked(&self) -> bool {
        self.behaviour.lock().unwrap().asked
    }

    pub(super) fn saw_the_right_verifier(&self) -> bool {
        self.behaviour.lock().unwrap().right_verifier
    }
}

fn pair() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap()
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

async fn describe(State(shared): State<Shared>) -> Json<Value> {
    let behaviour = shared.lock().unwrap();
    let url = &behaviour.url;
    Json(json!({
        "issuer": behaviour.issuer,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": behaviour.token_endpoint,
        "jwks_uri": format!("{url}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // It would like to be trusted with anything.
        "id_token_signing_alg_values_supported": ["none", "HS256", "ES256"],
    }))
}

async fn keys(State(shared): State<Shared>) -> Json<Value> {
    let behaviour = shared.lock().unwrap();
    let point = behaviour.own.public_key().as_ref();
    Json(json!({"keys": [{
        "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "one",
        "x": encoded(&point[1..33]), "y": encoded(&point[33..65]),
    }]}))
}

async fn token(
    State(shared): State<Shared>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let mut behaviour = shared.lock().unwrap();
    behaviour.asked = true;
    let verifier = form
        .get("code_verifier")
        .map(String::as_str)
        .unwrap_or_default();
    behaviour.right_verifier = encoded(digest(&SHA256, verifier.as_bytes())) == behaviour.challenge;
    let refused = || {
        (
            StatusCode::BAD_REQUEST,
            Json(json!({"error": "invalid_grant"})),
        )
            .into_response()
    };
    if behaviour.token == Token::CodeRefused || !behaviour.right_verifier {
        return refused();
    }
    let mut answer = json!({"access_token": "a", "token_type": "Bearer", "expires_in": 60});
    if let Some(token) = id_token(&behaviour) {
        answer["id_token"] = json!(token);
    }
    Json(answer).into_response()
}

fn id_token(behaviour: &Behaviour) -> Option<String> {
    let kind = behaviour.token;
    // The tests take place in March 2026.
    let now = 1_772_442_000;
    let mut claims = json!({
        "iss": behaviour.url, "aud": "sentry", "sub": "person-1", "iat": now,
        "exp": if kind == Token::Expired { now - 7200 } else { now + 86_400 * 30 },
        "nonce": behaviour.nonce, "given_name": "Oda", "family_name": "Lund",
    });
    if let Some(email) = &behaviour.email {
        claims["email"] = json!(email);
        claims["email_verified"] = json!(behaviour.email_verified);
    }
    match kind {
        Token::WrongNonce => claims["nonce"] = json!("another"),
        Token::NoNonce => drop(claims.as_object_mut()?.remove("nonce")),
        Token::WrongAudience => claims["aud"] = json!("somebody else"),
        Token::OtherIssuer => claims["iss"] = json!("https://evil.example"),
        Token::Garbage => return Some("x.y.z".to_owned()),
        Token::None => return None,
        _ => {}
    }
    let algorithm = match kind {
        Token::Unsigned => "none",
        Token::SharedSecret => "HS256",
        _ => "ES256",
    };
    let header = json!({"alg": algorithm, "kid": "one", "typ": "JWT"});
    let message = format!(
        "{}.{}",
        encoded(header.to_string()),
        encoded(claims.to_string())
    );
    let sign =
        |pair: &EcdsaKeyPair| encoded(pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap());
    let signature = match kind {
        Token::Unsigned | Token::NoSignature => String::new(),
        Token::OtherKey => sign(&behaviour.other),
        Token::SharedSecret => {
            let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, b"between us");
            encoded(ring::hmac::sign(&key, message.as_bytes()))
        }
        _ => sign(&behaviour.own),
    };
    if kind == Token::Changed {
        claims["sub"] = json!("person-2");
        return Some(format!(
            "{}.{}.{signature}",
            encoded(header.to_string()),
            encoded(claims.to_string())
        ));
    }
    Some(format!("{message}.{signature}"))
}
