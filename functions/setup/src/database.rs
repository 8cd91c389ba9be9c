//! Where the database is, and as whom it is entered.

use crate::secrets::Secrets;
use anyhow::{Context, anyhow};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sentry_db::owner::Login;
use sentry_db::rds;
use sentry_runtime::{SettingError, Settings};
use serde::Deserialize;

/// Where the database is, as the settings say it.
#[derive(Clone)]
pub(crate) enum Place {
    /// A database of the operator's: the URL of its owner.
    Given(String),
    /// The database of the template.
    Own {
        /// `host:port/name`.
        address: String,
        /// The secret with the owner's name and password, which RDS replaces every week.
        owner: String,
    },
}

/// The form in which RDS keeps the password of an owner.
#[derive(Deserialize)]
struct Credentials {
    username: String,
    password: String,
}

impl std::fmt::Debug for Place {
    /// Without the URL, which holds a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Given(_) => f.write_str("Given"),
            Self::Own { address, .. } => f.debug_tuple("Own").field(address).finish(),
        }
    }
}

impl Place {
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        if let Some(url) = settings.optional("DATABASE_URL") {
            return Ok(Self::Given(encrypted(url)));
        }
        let address = settings
            .required("DATABASE_ADDRESS")
            .map_err(|_| SettingError::Missing("DATABASE_URL"))?;
        Ok(Self::Own {
            address: address.to_owned(),
            owner: settings.required("DATABASE_OWNER_SECRET")?.to_owned(),
        })
    }

    /// Whether connections to it can be read or answered by somebody in between.
    pub fn is_unchecked(&self) -> bool {
        match self {
            Self::Given(url) => !url.contains("mode=verify-full"),
            Self::Own { address, .. } => checked(address) != "verify-full",
        }
    }

    /// Whether it is the database of the template.
    pub const fn is_own(&self) -> bool {
        matches!(self, Self::Own { .. })
    }

    /// The URL of the database's owner.
    pub async fn owner_url(&self, secrets: &Secrets) -> anyhow::Result<String> {
        match self {
            Self::Given(url) => Ok(url.clone()),
            Self::Own { address, owner } => {
                let text = secrets.text(owner).await;
                let text = text.context("the secret of the database's owner")?;
                let found: Credentials = serde_json::from_str(&text).map_err(|_| {
                    anyhow!("the secret of the database's owner has no username and password")
                })?;
                Ok(format!(
                    "postgres://{}:{}@{address}?sslmode={}",
                    encode(&found.username),
                    encode(&found.password),
                    checked(address)
                ))
            }
        }
    }

    /// The URL with which a function connects.
    pub fn login_url(&self, login: &Login, password: &str) -> anyhow::Result<String> {
        let user = format!("{}:{password}", login.name);
        match self {
            Self::Own { address, .. } => Ok(format!(
                "postgres://{user}@{address}?sslmode={}",
                checked(address)
            )),
            Self::Given(url) => {
                let (scheme, rest) = url
                    .split_once("://")
                    .context("DATABASE_URL is not the URL of a PostgreSQL")?;
                let end = rest.find(['/', '?']).unwrap_or(rest.len());
                let (authority, path) = rest.split_at(end);
                let host = authority
                    .rsplit_once('@')
                    .map_or(authority, |(_, host)| host);
                Ok(format!("{scheme}://{user}@{host}{path}"))
            }
        }
    }
}

/// How sure to be of whom we speak to in our own network: as sure as RDS's root of the region allows, if we have it.
fn checked(address: &str) -> &'static str {
    let host = address.split([':', '/']).next().unwrap_or(address);
    if rds::root(host).is_some() {
        "verify-full"
    } else {
        "require"
    }
}

/// A URL that says nothing of encryption asks for it, from nobody but the one it names.
fn encrypted(url: &str) -> String {
    if url.contains("sslmode=") || url.contains("ssl-mode=") {
        return url.to_owned();
    }
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}sslmode=verify-full")
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sentry_db::owner::HTTP;

    fn login_url(given: &str) -> String {
        Place::Given(encrypted(given))
            .login_url(&HTTP, "pw")
            .unwrap()
    }

    #[test]
    fn a_login_takes_the_place_of_the_owner() {
        for (given, expected) in [
            (
                "postgres://own%40er:p%2Fw@db:5432/sentry",
                "postgres://sentry_http:pw@db:5432/sentry?sslmode=verify-full",
            ),
            (
                "postgres://owner@db/sentry?sslmode=disable",
                "postgres://sentry_http:pw@db/sentry?sslmode=disable",
            ),
            (
                "postgresql://db?application_name=x",
                "postgresql://sentry_http:pw@db?application_name=x&sslmode=verify-full",
            ),
        ] {
            assert_eq!(login_url(given), expected);
        }
    }

    #[test]
    fn our_own_is_checked_by_the_root_of_its_region() {
        let own = |address: &str| Place::Own {
            address: address.to_owned(),
            owner: String::new(),
        };
        let known = own("s.cluster-c1.eu-central-1.rds.amazonaws.com:5432/sentry");
        assert_eq!(
            known.login_url(&HTTP, "pw").unwrap(),
            "postgres://sentry_http:pw@s.cluster-c1.eu-central-1.rds.amazonaws.com:5432/sentry?sslmode=verify-full"
        );
        assert!(!known.is_unchecked());
        let young = own("s.cluster-c1.xx-new-1.rds.amazonaws.com:5432/sentry");
        assert!(young.login_url(&HTTP, "pw").unwrap().ends_with("=require"));
        assert!(young.is_unchecked());
    }
}
