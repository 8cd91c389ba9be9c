//! Links and codes from mails, as a client shows them.

use crate::Guard;
use crate::client::Client;
use chrono::{DateTime, Utc};
use sentry_auth::purpose::{CODE_ATTEMPTS, Code, Purpose, PurposeToken};
use sentry_auth::{Secret, TokenHash};
use sentry_db::Tx;
use sentry_db::activities::{self, Action};
use sentry_db::one_time_codes::{self, Shown};
use sentry_http::{ApiError, Conflict};
use serde_json::json;

/// One answer, whatever was wrong: that there is no account, no code, or another one.
pub const REFUSED: ApiError = ApiError::Unprocessable(Conflict {
    code: "code_refused",
    detail: "the link or code is wrong, was used, or has expired; ask for a new one",
});

/// What a client shows: the link's token, or the address and the code that was sent there.
pub enum Proof<'a> {
    /// From the fragment of a link.
    Token(&'a Secret),
    /// Six digits.
    Code(&'a str, &'a Secret),
}

impl<'a> Proof<'a> {
    /// Exactly one of the two must be given.
    pub fn read(
        token: Option<&'a Secret>,
        email: Option<&'a str>,
        code: Option<&'a Secret>,
    ) -> Result<Self, ApiError> {
        match (token, email, code) {
            (Some(token), None, None) => Ok(Self::Token(token)),
            (None, Some(email), Some(code)) => Ok(Self::Code(email.trim(), code)),
            _ => Err(ApiError::field(
                "token",
                "send either the token of the link, or email and code",
            )),
        }
    }

    /// The address, where it was given.
    pub fn email(&self) -> &str {
        match self {
            Self::Token(_) => "",
            Self::Code(email, _) => email,
        }
    }
}

/// Uses up what is shown. None when it is not right, or not any more; the attempt is counted, so
/// the transaction must be committed in any case.
pub async fn redeem(
    guard: &Guard,
    tx: &mut Tx,
    client: &Client,
    (purpose, proof): (Purpose, &Proof<'_>),
    at: DateTime<Utc>,
) -> Result<Option<Shown>, ApiError> {
    let key = &guard.keys.codes;
    match proof {
        Proof::Token(token) => {
            let Ok(token) = PurposeToken::parse(purpose, token.expose()) else {
                return Ok(None);
            };
            let hash = token.hash(key);
            Ok(one_time_codes::use_link(tx, purpose.as_str(), hash.as_bytes(), at).await?)
        }
        Proof::Code(email, typed) => {
            let most = i32::from(CODE_ATTEMPTS);
            let found = one_time_codes::attempt(tx, email, purpose.as_str(), most, at).await?;
            let owner = found.as_ref().map(|shown| shown.user);
            if let Some(shown) = found
                && is_right(guard, purpose, &shown, typed)?
            {
                one_time_codes::use_code(tx, shown.id, at).await?;
                return Ok(Some(shown));
            }
            // For addresses without an account or a code too: the same statements, and a write.
            guard.gate.charge_code(tx, client, at).await?;
            let detail = json!({ "purpose": purpose.as_str() });
            let ip = client.ip.as_deref();
            activities::add(tx, owner, Action::CodeRefused, &detail, ip, at).await?;
            Ok(None)
        }
    }
}

fn is_right(
    guard: &Guard,
    purpose: Purpose,
    shown: &Shown,
    typed: &Secret,
) -> Result<bool, ApiError> {
    let stored = TokenHash::try_from(&shown.code_hash[..]).map_err(ApiError::internal)?;
    Ok(Code::parse(typed.expose())
        .is_ok_and(|code| code.hash(&guard.keys.codes, purpose, shown.user) == stored))
}
