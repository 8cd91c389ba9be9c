//! Apple takes no fixed secret but a short-lived token, signed with the key of the developer.

use super::Given;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use sentry_auth::Secret;
use serde_json::json;

const AUDIENCE: &str = "https://appleid.apple.com";
const LIFETIME: TimeDelta = TimeDelta::minutes(5);

/// The developer's key.
pub(crate) struct Key {
    team: String,
    id: String,
    client: String,
    pair: EcdsaKeyPair,
}

impl Key {
    pub(super) fn read(given: &Given) -> Result<Self, String> {
        let (Some(team), Some(id), Some(pem)) = (&given.team_id, &given.key_id, &given.private_key)
        else {
            return Err("apple needs team_id, key_id and private_key".to_owned());
        };
        let unusable = || "the private_key of apple is not a PKCS #8 key in PEM".to_owned();
        let text: String = pem
            .expose()
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("-----"))
            .collect();
        let der = Secret::new(STANDARD.decode(text).map_err(|_| unusable())?);
        let pair = EcdsaKeyPair::from_pkcs8(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            der.expose(),
            &SystemRandom::new(),
        )
        .map_err(|_| unusable())?;
        Ok(Self {
            team: team.clone(),
            id: id.clone(),
            client: given.client_id.clone(),
            pair,
        })
    }

    /// The secret of the next few minutes. None when no signature can be made.
    pub fn client_secret(&self, now: DateTime<Utc>) -> Option<Secret> {
        let header = json!({ "alg": "ES256", "kid": self.id });
        let claims = json!({
            "iss": self.team,
            "iat": now.timestamp(),
            "exp": (now + LIFETIME).timestamp(),
            "aud": AUDIENCE,
            "sub": self.client,
        });
        let encode = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", encode(header), encode(claims));
        let signature = self
            .pair
            .sign(&SystemRandom::new(), message.as_bytes())
            .ok()?;
        let signature = URL_SAFE_NO_PAD.encode(signature);
        Some(Secret::new(format!("{message}.{signature}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{ECDSA_P256_SHA256_FIXED, KeyPair, UnparsedPublicKey};

    #[test]
    fn the_secret_is_a_token_that_apple_can_check() {
        let made =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
                .unwrap();
        let pem = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(made.as_ref())
        );
        let given = Given {
            name: "apple".to_owned(),
            issuer: None,
            client_id: "org.example.sentry".to_owned(),
            client_secret: None,
            team_id: Some("TEAM".to_owned()),
            key_id: Some("KEY".to_owned()),
            private_key: Some(Secret::new(pem)),
        };
        let key = Key::read(&given).unwrap();
        let now = "2026-03-02T09:00:00Z".parse().unwrap();
        let token = key.client_secret(now).unwrap();
        let (message, signature) = token.expose().rsplit_once('.').unwrap();
        let public = UnparsedPublicKey::new(
            &ECDSA_P256_SHA256_FIXED,
            key.pair.public_key().as_ref().to_vec(),
        );
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        public.verify(message.as_bytes(), &signature).unwrap();
        let claims = URL_SAFE_NO_PAD
            .decode(message.split('.').nth(1).unwrap())
            .unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(
            (&claims["iss"], &claims["sub"]),
            (&json!("TEAM"), &json!("org.example.sentry"))
        );
        assert_eq!(
            claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
            300
        );
    }
}
