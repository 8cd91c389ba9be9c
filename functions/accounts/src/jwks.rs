//! The public keys of access tokens.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::header::CACHE_CONTROL;
use sentry_http::App;
use serde::Serialize;
use utoipa::ToSchema;

/// A public key by RFC 8037.
#[derive(Serialize, ToSchema)]
pub(crate) struct JwkOut {
    #[schema(example = "OKP")]
    kty: &'static str,
    #[schema(example = "Ed25519")]
    crv: &'static str,
    #[schema(example = "EdDSA")]
    alg: &'static str,
    #[serde(rename = "use")]
    #[schema(example = "sig")]
    usage: &'static str,
    /// Key id, as in the header of a token.
    kid: String,
    /// The public key, base64url.
    x: String,
}

/// The keys that are good now: one, two while keys rotate, none under a shared secret.
#[derive(Serialize, ToSchema)]
pub(crate) struct JwksOut {
    keys: Vec<JwkOut>,
}

/// The public keys that access tokens are signed with. Also at `/.well-known/jwks.json`.
#[utoipa::path(
    get,
    path = "/api/auth/jwks",
    operation_id = "get_jwks",
    tag = "accounts",
    security(()),
    responses((status = 200, description = "The keys", body = JwksOut))
)]
pub(crate) async fn get_jwks(
    State(app): State<App>,
) -> ([(HeaderName, &'static str); 1], Json<JwksOut>) {
    let keys = app.verifier.jwks().keys.into_iter().map(|key| JwkOut {
        kty: key.kty,
        crv: key.crv,
        alg: key.alg,
        usage: key.usage,
        kid: key.kid,
        x: key.x,
    });
    // A key that is about to sign is published before it does, so five minutes are soon enough.
    (
        [(CACHE_CONTROL, "public, max-age=300")],
        Json(JwksOut {
            keys: keys.collect(),
        }),
    )
}
