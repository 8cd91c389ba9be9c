//! Issues a token for a trusted service and prints it, once.
//!
//! `DATABASE_URL=.. SERVICE_TOKEN_KEY=.. cargo run -p tasks --example issue_service_token -- "importer"`

use anyhow::Context;
use sentry_auth::service::ServiceToken;
use sentry_auth::{KeyMaterial, Secret, TokenKey};
use sentry_db::{Db, service_tokens};
use sentry_runtime::{Clock, Ids, Settings};
use std::io::Write;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let name = std::env::args()
        .nth(1)
        .context("name the service the token is for")?;
    let settings = Settings::from_env();
    let key = TokenKey::new(&KeyMaterial::from_text(&Secret::from(
        settings.required("SERVICE_TOKEN_KEY")?,
    ))?)?;
    let db = Db::lazy(settings.required("DATABASE_URL")?, 1)?;
    let (now, ids) = (Clock::system().now(), Ids::system());
    let token = ServiceToken::new(ids.uuid(now), ids.bytes());
    let scopes = [tasks::SERVICE_SCOPE.to_owned()];
    service_tokens::issue(
        &db,
        (token.id(), token.hash().as_bytes()),
        &name,
        &scopes,
        now,
    )
    .await?;
    db.close().await;
    writeln!(std::io::stdout(), "{}", token.encode(&key).expose())?;
    Ok(())
}
