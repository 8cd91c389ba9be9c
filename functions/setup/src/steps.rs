//! The steps of one run, in the order in which a crash between them does no harm.

use crate::kept::Kept;
use crate::{Setup, scram};
use anyhow::{Context, anyhow, bail};
use sentry_db::owner::{self, HTTP, JOBS, Login};
use sentry_db::{Db, Error, MigrateError, Tx};
use serde::{Serialize, Serializer};
use std::fmt::Display;

/// What a run left behind. Nothing of it is secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Done {
    /// The version of the secret from which the functions take their environments.
    pub keys_version: String,
    /// How often the keys were replaced, and one.
    #[serde(serialize_with = "as_text")]
    pub key_generation: u64,
    /// With which every function checks access tokens.
    pub token_public_key: String,
    /// The one before, which is good as well; empty at first.
    pub token_previous_public_key: String,
    /// `own`, or `owner` where the database lets nobody make logins.
    pub database_logins: &'static str,
}

/// CloudFormation knows no numbers.
fn as_text<S: Serializer>(number: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(number)
}

/// Whether the functions have logins of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Logins {
    Own,
    Owner,
}

impl Setup {
    /// Schema, logins, keys. With a `generation` that is above the present one, the keys are replaced.
    pub async fn run(&self, generation: Option<u64>) -> anyhow::Result<Done> {
        let url = self.place.owner_url(&self.secrets).await?;
        if self.place.is_unchecked() {
            tracing::warn!(
                "the certificate of the database is not checked: sslmode=verify-full in DATABASE_URL, or a root for the \
                 region in shared/db/src/rds-roots.pem"
            );
        }
        let db = self.open(&url)?;
        let outcome = self.migrate_and_keep(&db, &url, generation).await;
        // The embedded database of tests lets in one at a time.
        db.close().await;
        let (mut kept, mut version, mut logins) = outcome?;
        if logins == Logins::Own
            && let Err(reason) = self.check_logins(&kept).await
        {
            if self.place.is_own() {
                return Err(reason);
            }
            explain(&reason);
            logins = Logins::Owner;
            kept.reach_as_owner(&url);
            version = self.secrets.keep(kept.text()?).await?;
        }
        Ok(Done {
            keys_version: version,
            key_generation: kept.key_generation,
            token_public_key: kept.token_public_key,
            token_previous_public_key: kept.token_previous_public_key,
            database_logins: match logins {
                Logins::Own => "own",
                Logins::Owner => "owner",
            },
        })
    }

    async fn migrate_and_keep(
        &self,
        db: &Db,
        url: &str,
        generation: Option<u64>,
    ) -> anyhow::Result<(Kept, String, Logins)> {
        sentry_db::migrate(db).await.map_err(|error| match error {
            MigrateError::Database(error) => self.unreachable(&error),
            MigrateError::Migration(error) => anyhow!(error).context("the migrations"),
        })?;
        tracing::info!("the schema is up to date");
        match self.keep(db, None, generation).await {
            Err(error) if !self.place.is_own() && is_forbidden(&error) => {
                explain(&error);
                let (kept, version) = self.keep(db, Some(url), generation).await?;
                Ok((kept, version, Logins::Owner))
            }
            outcome => outcome.map(|(kept, version)| (kept, version, Logins::Own)),
        }
    }

    /// Logins and keys under one lock; with the URL of an `owner` no logins. The secret is written before
    /// the commit: a login's password is in use only after both, and what was written but not committed is
    /// committed by the next run.
    async fn keep(
        &self,
        db: &Db,
        owner: Option<&str>,
        generation: Option<u64>,
    ) -> anyhow::Result<(Kept, String)> {
        let mut tx = owner::begin(db).await?;
        let (before, version) = match self.secrets.keys().await? {
            Some((text, version)) => (Kept::read(&text)?, Some(version)),
            None => (Kept::default(), None),
        };
        let mut kept = before.clone();
        kept.complete(&self.ids)?;
        match generation.filter(|wanted| *wanted > kept.key_generation) {
            None => {}
            Some(wanted) if before.key_generation == 0 => kept.key_generation = wanted,
            Some(wanted) => self.rotate(&mut tx, &mut kept, wanted).await?,
        }
        match owner {
            Some(url) => kept.reach_as_owner(url),
            None => self.make_logins(&mut tx, &mut kept).await?,
        }
        let version = match version {
            Some(version) if kept == before => version,
            _ => self.secrets.keep(kept.text()?).await?,
        };
        tx.commit().await?;
        Ok((kept, version))
    }

    async fn rotate(&self, tx: &mut Tx, kept: &mut Kept, generation: u64) -> anyhow::Result<()> {
        if owner::waits_for_rewrap(tx, &kept.data_key_id()?).await? {
            bail!(
                "some data keys are still wrapped by the data key before the present one, which a new one \
                 would push out; let the sweep run (its step data_keys), then try again"
            );
        }
        kept.rotate(generation, &self.ids)?;
        tracing::info!(generation, "new keys");
        Ok(())
    }

    /// The logins in use, and their twins with the passwords of before.
    async fn make_logins(&self, tx: &mut Tx, kept: &mut Kept) -> anyhow::Result<()> {
        let in_use = |login: Login| if kept.twins { login.other() } else { login };
        let (http, jobs) = (in_use(HTTP), in_use(JOBS));
        for (login, password) in [
            (http, &kept.http_password),
            (jobs, &kept.jobs_password),
            (http.other(), &kept.http_previous_password),
            (jobs.other(), &kept.jobs_previous_password),
        ] {
            // Before the first replacement there are no twins.
            if password.is_empty() {
                continue;
            }
            let verifier = scram::verifier(password, &self.ids.bytes());
            owner::ensure_login(tx, &login, &verifier)
                .await
                .with_context(|| format!("the login {}", login.name))?;
        }
        kept.http_database_url = self.place.login_url(&http, &kept.http_password)?;
        kept.jobs_database_url = self.place.login_url(&jobs, &kept.jobs_password)?;
        Ok(())
    }

    /// Each login gets in.
    async fn check_logins(&self, kept: &Kept) -> anyhow::Result<()> {
        let logins: [(Login, &str); 2] = [
            (HTTP, &kept.http_database_url),
            (JOBS, &kept.jobs_database_url),
        ];
        for (login, url) in logins {
            let db = self.open(url)?;
            let outcome = db.ping().await;
            db.close().await;
            outcome
                .map_err(|error| self.unreachable(&error))
                .with_context(|| format!("the login {}", login.name))?;
        }
        Ok(())
    }

    fn open(&self, url: &str) -> anyhow::Result<Db> {
        Db::lazy_within(url, 1, self.patience)
            .map_err(|_| anyhow!("DATABASE_URL is not the URL of a PostgreSQL"))
    }

    /// One reason a person can act on, without the address, which holds a password.
    fn unreachable(&self, error: &Error) -> anyhow::Error {
        match error {
            Error::PoolTimedOut => anyhow!(
                "the database did not answer within {} seconds",
                self.patience.as_secs()
            ),
            Error::Database(error) => anyhow!("the database refuses: {}", error.message()),
            other => anyhow!("the database cannot be reached: {other}"),
        }
    }
}

/// The owner of this database may not make or grant roles.
fn is_forbidden(error: &anyhow::Error) -> bool {
    let code = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<Error>())
        .and_then(Error::as_database_error)
        .and_then(|error| error.code().map(std::borrow::Cow::into_owned));
    code.as_deref() == Some("42501")
}

fn explain(reason: &anyhow::Error) {
    tracing::warn!(
        reason = format!("{reason:#}"),
        "the logins sentry_http and sentry_jobs cannot be used with this DATABASE_URL; the functions connect by \
         it themselves. Row-level security holds all the same: every transaction takes on a role without rights \
         of the owner's"
    );
}
