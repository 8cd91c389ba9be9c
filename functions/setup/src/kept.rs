//! What the secret holds: every key of the deployment, and how the functions reach the database.

use anyhow::Context;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use sentry_auth::access::{Algorithm, SigningKey};
use sentry_auth::envelope::MasterKeys;
use sentry_auth::{KeyMaterial, Secret};
use sentry_runtime::Ids;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The template refers to the fields by these names. Without `Debug`, so that they reach no log.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    pub key_generation: u64,
    pub token_signing_key: String,
    pub token_public_key: String,
    pub token_previous_public_key: String,
    pub token_refresh_key: String,
    pub token_previous_refresh_key: String,
    pub data_key: String,
    pub previous_data_key: String,
    pub token_code_key: String,
    pub service_token_key: String,
    pub http_password: String,
    pub jobs_password: String,
    pub http_previous_password: String,
    pub jobs_previous_password: String,
    /// Whether the twins of the logins are in use, and the logins themselves have the passwords of before.
    pub twins: bool,
    pub http_database_url: String,
    pub jobs_database_url: String,
    /// What a later release has added stays when an earlier one runs again.
    #[serde(flatten)]
    later: BTreeMap<String, Value>,
}

impl Kept {
    pub fn read(text: &str) -> anyhow::Result<Self> {
        // Without the parser's reason, which may quote what it could not read.
        serde_json::from_str(text)
            .ok()
            .context("the secret of the keys is damaged; nothing was changed")
    }

    /// Makes what is missing: everything at first, and later what a new release has added.
    ///
    /// Two predecessors are made although nothing was ever sealed with them, so that every reference
    /// of the template leads to a value.
    pub fn complete(&mut self, ids: &Ids) -> anyhow::Result<()> {
        self.key_generation = self.key_generation.max(1);
        for key in [
            &mut self.token_signing_key,
            &mut self.token_refresh_key,
            &mut self.token_previous_refresh_key,
            &mut self.data_key,
            &mut self.previous_data_key,
            &mut self.token_code_key,
            &mut self.service_token_key,
        ] {
            if key.is_empty() {
                *key = fresh(ids);
            }
        }
        for password in [&mut self.http_password, &mut self.jobs_password] {
            if password.is_empty() {
                *password = fresh_password(ids);
            }
        }
        self.token_public_key = public_half(&self.token_signing_key)?;
        Ok(())
    }

    /// Replaces the keys that have a predecessor, and the passwords: the twin of each login gets the new one, so that
    /// functions which were not deployed anew yet go on with the old one.
    pub fn rotate(&mut self, generation: u64, ids: &Ids) -> anyhow::Result<()> {
        self.key_generation = generation;
        self.token_previous_public_key = public_half(&self.token_signing_key)?;
        self.token_signing_key = fresh(ids);
        self.token_public_key = public_half(&self.token_signing_key)?;
        self.token_previous_refresh_key = replaced(&mut self.token_refresh_key, ids);
        self.previous_data_key = replaced(&mut self.data_key, ids);
        self.twins = !self.twins;
        for (present, previous) in [
            (&mut self.http_password, &mut self.http_previous_password),
            (&mut self.jobs_password, &mut self.jobs_previous_password),
        ] {
            *previous = std::mem::replace(present, fresh_password(ids));
        }
        Ok(())
    }

    /// Lets every function connect as the database's owner.
    pub fn reach_as_owner(&mut self, url: &str) {
        url.clone_into(&mut self.http_database_url);
        url.clone_into(&mut self.jobs_database_url);
    }

    /// The text of the secret.
    pub fn text(&self) -> anyhow::Result<String> {
        Ok(serde_json::to_string(self)?)
    }

    /// The name of the key that wraps data keys now.
    pub fn data_key_id(&self) -> anyhow::Result<String> {
        let keys = MasterKeys::new(&material(&self.data_key)?);
        Ok(keys.current_id().to_owned())
    }
}

fn fresh(ids: &Ids) -> String {
    BASE64_STANDARD.encode(ids.bytes::<32>())
}

/// Letters that mean nothing in a URL.
fn fresh_password(ids: &Ids) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(ids.bytes::<32>())
}

/// Puts a fresh key in the place of one, and returns the one.
fn replaced(key: &mut String, ids: &Ids) -> String {
    std::mem::replace(key, fresh(ids))
}

fn public_half(signing_key: &str) -> anyhow::Result<String> {
    let key = SigningKey::new(Algorithm::EdDsa, &material(signing_key)?)?;
    let public = key.verifying_key().public_text();
    public.context("an Ed25519 key has a public half")
}

fn material(text: &str) -> anyhow::Result<KeyMaterial> {
    Ok(KeyMaterial::from_text(&Secret::from(text))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Kept {
        let mut kept = Kept::default();
        kept.complete(&Ids::seeded(1)).unwrap();
        kept
    }

    #[test]
    fn what_is_complete_is_left_alone() {
        let mut again = made();
        again.complete(&Ids::seeded(2)).unwrap();
        assert!(again == made());
        let text = serde_json::to_string(&again).unwrap();
        assert!(Kept::read(&text).unwrap() == again);
    }

    #[test]
    fn all_keys_differ() {
        let fields: BTreeMap<String, Value> =
            serde_json::from_value(serde_json::to_value(made()).unwrap()).unwrap();
        let values: std::collections::BTreeSet<&str> = fields
            .values()
            .filter_map(Value::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        assert_eq!(values.len(), 10);
    }

    #[test]
    fn a_rotation_keeps_each_predecessor() {
        let (old, mut new) = (made(), made());
        new.rotate(2, &Ids::seeded(3)).unwrap();
        assert_eq!(new.key_generation, 2);
        assert_eq!(new.token_previous_public_key, old.token_public_key);
        assert_eq!(new.token_previous_refresh_key, old.token_refresh_key);
        assert_eq!(new.previous_data_key, old.data_key);
        for (new, old) in [
            (&new.token_signing_key, &old.token_signing_key),
            (&new.token_public_key, &old.token_public_key),
            (&new.token_refresh_key, &old.token_refresh_key),
            (&new.data_key, &old.data_key),
        ] {
            assert_ne!(new, old);
        }
        assert_eq!(new.token_code_key, old.token_code_key);
        assert_eq!(new.service_token_key, old.service_token_key);
        for (new, previous, old) in [
            (
                &new.http_password,
                &new.http_previous_password,
                &old.http_password,
            ),
            (
                &new.jobs_password,
                &new.jobs_previous_password,
                &old.jobs_password,
            ),
        ] {
            assert_eq!(previous, old);
            assert_ne!(new, old);
        }
        assert!(new.twins);
        new.rotate(3, &Ids::seeded(4)).unwrap();
        assert!(!new.twins);
    }

    #[test]
    fn what_a_later_release_added_stays() {
        let mut text = serde_json::to_value(made()).unwrap();
        text["of_tomorrow"] = Value::from("kept");
        let mut kept = Kept::read(&text.to_string()).unwrap();
        kept.complete(&Ids::seeded(2)).unwrap();
        assert_eq!(serde_json::to_value(&kept).unwrap(), text);
    }

    #[test]
    fn a_damaged_secret_is_not_repeated_in_the_error() {
        let error = Kept::read("hunter2").err().unwrap();
        assert!(!format!("{error:#}").contains("hunter2"));
    }
}
