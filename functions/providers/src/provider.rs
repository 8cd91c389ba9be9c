//! Who else vouches for people: `OAUTH_PROVIDERS`, a JSON list.
//!
//! `google`, `apple` and `facebook` need no issuer; any other name is an OIDC issuer:
//!
//! ```json
//! [{"name": "google", "client_id": "..", "client_secret": ".."},
//!  {"name": "apple", "client_id": "..", "team_id": "..", "key_id": "..", "private_key": "-----BEGIN PRIVATE KEY-----.."},
//!  {"name": "works", "issuer": "https://login.example.org", "client_id": "..", "client_secret": ".."}]
//! ```

mod apple;
mod failure;
mod openid;
mod outside;

pub(crate) use failure::OpenIdError;
pub(crate) use openid::{Arrived, Binding, Provider};

use openid::Way;

use openidconnect::{ClientId, IssuerUrl, TokenUrl};
use outside::Outside;
use sentry_auth::Secret;
use sentry_runtime::{SettingError, Settings};
use serde::Deserialize;
use std::collections::BTreeMap;

const SETTING: &str = "OAUTH_PROVIDERS";
/// Facebook's discovery document leaves it out.
const FACEBOOK_TOKENS: &str = "https://graph.facebook.com/v23.0/oauth/access_token";

/// One provider as an operator sets it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    name: String,
    issuer: Option<String>,
    client_id: String,
    client_secret: Option<Secret>,
    team_id: Option<String>,
    key_id: Option<String>,
    private_key: Option<Secret>,
}

/// The providers of this deployment, by the name in their path.
#[derive(Debug)]
pub(crate) struct Known(BTreeMap<String, Provider>);

impl Known {
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        let Some(text) = settings.optional(SETTING) else {
            return Ok(Self(BTreeMap::new()));
        };
        let public_url = settings.required("PUBLIC_URL")?.trim_end_matches('/');
        let given: Vec<Given> = serde_json::from_str(text).map_err(|error| {
            // Its place only: the text holds secrets.
            wrong(format!(
                "not the expected JSON at column {}",
                error.column()
            ))
        })?;
        let mut providers = BTreeMap::new();
        for given in given {
            let name = given.name.clone();
            let provider = read(given, public_url)?;
            if providers.insert(name.clone(), provider).is_some() {
                return Err(wrong(format!("{name} is listed twice")));
            }
        }
        Ok(Self(providers))
    }

    /// The provider of a path.
    pub fn get(&self, name: &str) -> Option<&Provider> {
        self.0.get(name)
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Segments that mean something else under `/api/auth/`.
const TAKEN: &[&str] = &[
    "activities",
    "confirm",
    "jwks",
    "providers",
    "sessions",
    "totp",
];

fn read(given: Given, public_url: &str) -> Result<Provider, SettingError> {
    let name = given.name.clone();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 32 || !name.chars().all(plain) || TAKEN.contains(&&*name) {
        return Err(wrong(format!("{name:?} cannot be the name of a provider")));
    }
    let known = match name.as_str() {
        "google" => Some("https://accounts.google.com"),
        "apple" => Some("https://appleid.apple.com"),
        "facebook" => Some("https://www.facebook.com"),
        _ => None,
    };
    let issuer = match (known, &given.issuer) {
        (Some(known), None) => known,
        (None, Some(issuer)) => issuer,
        (Some(_), Some(_)) => return Err(wrong(format!("{name} has an issuer of its own"))),
        (None, None) => return Err(wrong(format!("{name} needs an issuer"))),
    };
    let issuer = IssuerUrl::new(issuer.to_owned())
        .map_err(|_| wrong(format!("the issuer of {name} is not a URL")))?;
    let outside = Outside::new(issuer.url())
        .map_err(|reason| wrong(format!("the issuer of {name} {reason}")))?;
    let way = match name.as_str() {
        "apple" => Way::Apple(Box::new(apple::Key::read(&given).map_err(wrong)?)),
        _ => Way::Plain(given.client_secret),
    };
    let redirect = format!("{public_url}/api/auth/{name}/callback");
    let tokens = (name == "facebook").then(|| TokenUrl::new(FACEBOOK_TOKENS.to_owned()));
    let stored = known.map_or_else(|| format!("oidc:{name}"), |_| name.clone());
    Provider::new(
        (stored, redirect),
        (issuer, ClientId::new(given.client_id)),
        way,
        (tokens.transpose().ok().flatten(), outside),
    )
    .map_err(wrong)
}

fn wrong(reason: String) -> SettingError {
    SettingError::Wrong {
        name: SETTING,
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Known, String> {
        let settings = Settings::from_lookup(|name| match name {
            "PUBLIC_URL" => Some("https://api.example.org/".to_owned()),
            SETTING => Some(text.to_owned()),
            _ => None,
        });
        Known::from_settings(&settings).map_err(|error| error.to_string())
    }

    #[test]
    fn providers_are_read_strictly_and_without_showing_secrets() {
        let good = r#"[{"name":"google","client_id":"a","client_secret":"hunter2"},
            {"name":"works","issuer":"https://login.example.org","client_id":"b"}]"#;
        let providers = read(good).unwrap();
        assert_eq!(providers.names().collect::<Vec<_>>(), ["google", "works"]);
        assert!(!format!("{providers:?}").contains("hunter2"));
        for (wrong, said) in [
            (r#"[{"name":"google","client_secret":"hunter2"}]"#, "column"),
            (
                r#"[{"name":"works","client_id":"hunter2"}]"#,
                "needs an issuer",
            ),
            (
                r#"[{"name":"google","issuer":"https://x.example","client_id":"a"}]"#,
                "own",
            ),
            (
                r#"[{"name":"totp","issuer":"https://x.example","client_id":"a"}]"#,
                "cannot",
            ),
            (
                r#"[{"name":"A/b","issuer":"https://x.example","client_id":"a"}]"#,
                "cannot",
            ),
            (
                r#"[{"name":"w","issuer":"http://x.example","client_id":"a"}]"#,
                "https",
            ),
            (
                r#"[{"name":"w","issuer":"not a url","client_id":"a"}]"#,
                "URL",
            ),
            (r#"[{"name":"apple","client_id":"a"}]"#, "team_id"),
            (
                r#"[{"name":"google","client_id":"a"},{"name":"google","client_id":"b"}]"#,
                "twice",
            ),
        ] {
            let reason = read(wrong).unwrap_err();
            assert!(
                reason.contains(said) && !reason.contains("hunter2"),
                "{reason}"
            );
        }
    }
}
