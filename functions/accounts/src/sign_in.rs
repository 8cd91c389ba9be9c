//! From address and password to a session.

use crate::Accounts;
use axum::extract::State;
use axum::response::Response;
use sentry_auth::Secret;
use sentry_auth::password::{Password, PasswordHash, Verdict};
use sentry_auth::refresh::RefreshToken;
use sentry_db::activities::{self, Action};
use sentry_db::sessions::SignInBy;
use sentry_db::users::{self, Credentials};
use sentry_domain::UserId;
use sentry_http::{ApiError, Body, Problem};
use sentry_identity::{
    Admission, Client, notice,
    password::{busy, verify},
    second_factor::{self, Factor},
    tokens::{Carrier, TokensOut},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// What signing in takes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInIn {
    /// The address of the account.
    #[schema(format = "email", max_length = 254)]
    email: String,
    /// Its password.
    #[schema(value_type = String, format = Password, max_length = 128)]
    password: Secret,
    /// Code of the authenticator, or a recovery code, where the account has a second factor.
    #[schema(value_type = Option<String>, example = "123456")]
    totp_code: Option<Secret>,
    /// For pages: the refresh token goes into a cookie that no script can read.
    #[serde(default)]
    cookie: bool,
}

/// One answer, whatever was wrong.
const REFUSED: ApiError = ApiError::Unauthorized("the address or the password is wrong");

/// Signs in. The answer is the same, and takes the same time, for an unknown address and a wrong
/// password.
#[utoipa::path(
    post,
    path = "/api/auth/login",
    operation_id = "sign_in",
    tag = "accounts",
    security(()),
    request_body = SignInIn,
    responses(
        (status = 200, description = "Signed in", body = TokensOut),
        (status = 401, description = "The address or the password is wrong", body = Problem,
            content_type = "application/problem+json"),
        (status = 403, description = "The password is right, the second factor is missing or wrong", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(crate) async fn sign_in(
    State(accounts): State<Accounts>,
    client: Client,
    Body { value: input, .. }: Body<SignInIn>,
) -> Result<Response, ApiError> {
    let email = input.email.trim();
    let admission = accounts
        .guard
        .gate
        .admit_sign_in(&accounts.guard.app, &client, email)
        .await?;
    // Longer than any that was ever set: no account could be found out by it.
    let password = Password::read(&input.password).map_err(|_| REFUSED)?;
    let known = find(&accounts, email).await?;
    let stored = known
        .as_ref()
        .and_then(|known| known.password_hash.clone())
        .map(PasswordHash::from_stored);
    let verdict = verify(&accounts.guard, &password, stored.clone()).await?;
    let owner = known.map(|known| known.id);
    if let (Verdict::Right { needs_rehash }, Some(user), Some(stored)) = (verdict, owner, stored) {
        let right = RightPassword {
            user,
            stronger: stronger(&accounts, password, needs_rehash).await?,
            stored,
        };
        if let Some(refresh) = open(&accounts, &client, &admission, (&right, &input)).await? {
            let carrier = if input.cookie {
                Carrier::Cookie
            } else {
                Carrier::Body
            };
            return Ok(accounts
                .issuer
                .tokens(user, &refresh, carrier, accounts.guard.app.now()));
        }
    }
    refuse(&accounts, &client, &admission, owner).await
}

/// The hash of today's strength in place of an older one.
async fn stronger(
    accounts: &Accounts,
    password: Password,
    needed: bool,
) -> Result<Option<PasswordHash>, ApiError> {
    if !needed {
        return Ok(None);
    }
    let salt = accounts.guard.app.ids.bytes();
    let hash = accounts
        .guard
        .hasher
        .hash(password, salt)
        .await
        .map_err(busy)?;
    Ok(Some(hash))
}

async fn find(accounts: &Accounts, email: &str) -> Result<Option<Credentials>, ApiError> {
    let mut tx = accounts.guard.app.db.sign_in().await?;
    let found = users::credentials(&mut tx, email).await?;
    tx.commit().await?;
    Ok(found)
}

struct RightPassword {
    user: UserId,
    stored: PasswordHash,
    stronger: Option<PasswordHash>,
}

/// Opens a session, unless the account was closed or its password changed just now.
async fn open(
    accounts: &Accounts,
    client: &Client,
    admission: &Admission,
    (right, input): (&RightPassword, &SignInIn),
) -> Result<Option<RefreshToken>, ApiError> {
    let (app, user) = (&accounts.guard.app, right.user);
    let now = app.now();
    let mut tx = app.db.sign_in().await?;
    let typed = input.totp_code.as_ref().map(|code| code.expose().as_str());
    let factor = second_factor::check(&accounts.guard, &mut tx, (user, typed), client, now).await?;
    if !matches!(factor, Factor::NotNeeded | Factor::Right) {
        // Committed: tries count.
        notice::commit(app, tx).await?;
        factor.or_denied()?;
        return Ok(None);
    }
    admission.give_back(&mut tx, now).await?;
    let current = right.stronger.as_ref().unwrap_or(&right.stored);
    if let Some(stronger) = &right.stronger
        && !users::rehash(
            &mut tx,
            user,
            right.stored.as_stored(),
            stronger.as_stored(),
        )
        .await?
    {
        return Ok(None);
    }
    let by = SignInBy::Password(current.as_stored());
    let refresh = accounts
        .issuer
        .open_session(&mut tx, client, (user, by), now)
        .await?;
    if refresh.is_some() {
        notice::commit(app, tx).await?;
    }
    Ok(refresh)
}

async fn refuse(
    accounts: &Accounts,
    client: &Client,
    admission: &Admission,
    owner: Option<UserId>,
) -> Result<Response, ApiError> {
    let now = accounts.guard.app.now();
    let mut tx = accounts.guard.app.db.sign_in().await?;
    admission.charge_refusal(&mut tx, now).await?;
    let detail = json!({ "device": client.device });
    activities::add(
        &mut tx,
        owner,
        Action::SignInRefused,
        &detail,
        client.ip.as_deref(),
        now,
    )
    .await?;
    tx.commit().await?;
    Err(REFUSED)
}
