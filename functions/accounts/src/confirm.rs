//! The page that a mailed link opens. The token is in the fragment, which no server sees, and goes
//! into the body of a request only when the person presses the button: programs that open every
//! link of a mail use nothing up.

use axum::http::HeaderName;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const HEAD: &str = include_str!("confirm/head.html");
const SCRIPT: &str = include_str!("confirm/script.js");

/// The page behind the link of a mail.
#[utoipa::path(
    get,
    path = "/api/auth/confirm",
    operation_id = "confirm_page",
    tag = "accounts",
    security(()),
    responses((status = 200, description = "A page", body = String, content_type = "text/html"))
)]
pub(crate) async fn confirm_page() -> ([(HeaderName, String); 2], String) {
    let hash = STANDARD.encode(Sha256::digest(SCRIPT));
    // This one script and our own API; no frame, no form to elsewhere.
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{hash}'; connect-src 'self'; \
         style-src 'unsafe-inline'; object-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    );
    (
        [
            (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
            (CONTENT_SECURITY_POLICY, policy),
        ],
        format!("{HEAD}<script>{SCRIPT}</script></body></html>\n"),
    )
}
