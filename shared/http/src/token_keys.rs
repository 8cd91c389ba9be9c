//! The keys of access tokens, as an operator sets them: one, `TOKEN_SIGNING_KEY`, in the function
//! that signs people in, and its public half, `TOKEN_PUBLIC_KEY`, in the others.

use sentry_auth::access::{Algorithm, Realm, SigningKey, Verifier, VerifyingKey};
use sentry_runtime::keys::{material, wrong};
use sentry_runtime::{SettingError, Settings};

/// Who is the issuer when nothing else is said: this product, on whatever host.
const DEFAULT_ISSUER: &str = "sentry";

/// The realm of the access tokens of this deployment.
pub fn realm(settings: &Settings) -> Realm {
    let issuer = settings.optional("TOKEN_ISSUER").unwrap_or(DEFAULT_ISSUER);
    Realm {
        issuer: issuer.to_owned(),
        audience: "sentry-api".to_owned(),
    }
}

/// The key that signs: `TOKEN_SIGNING_KEY`, or under `TOKEN_ALGORITHM=HS256` the `TOKEN_SECRET`
/// that all functions share.
pub fn signing_key(settings: &Settings) -> Result<SigningKey, SettingError> {
    let algorithm = algorithm(settings)?;
    let name = match algorithm {
        Algorithm::EdDsa => "TOKEN_SIGNING_KEY",
        Algorithm::Hs256 => "TOKEN_SECRET",
    };
    SigningKey::new(algorithm, &material(settings, name)?).map_err(wrong(name))
}

/// Checks tokens with `TOKEN_PUBLIC_KEY`, or where the signing key is known, with its public half.
/// While keys rotate, tokens of a second key are good as well.
pub fn verifier(settings: &Settings) -> Result<Verifier, SettingError> {
    let (current, second) = match algorithm(settings)? {
        Algorithm::EdDsa => (public_key(settings)?, "TOKEN_PREVIOUS_PUBLIC_KEY"),
        Algorithm::Hs256 => (
            signing_key(settings)?.verifying_key().clone(),
            "TOKEN_PREVIOUS_SECRET",
        ),
    };
    let verifier = Verifier::new(realm(settings), current).remembering(1024);
    match (second, settings.optional(second)) {
        (_, None) => Ok(verifier),
        ("TOKEN_PREVIOUS_SECRET", Some(_)) => {
            let key = VerifyingKey::hmac(&material(settings, second)?);
            key.and_then(|key| verifier.also_accept(key))
                .map_err(wrong(second))
        }
        (_, Some(text)) => VerifyingKey::from_public_text(text)
            .and_then(|key| verifier.also_accept(key))
            .map_err(wrong(second)),
    }
}

fn algorithm(settings: &Settings) -> Result<Algorithm, SettingError> {
    settings
        .optional("TOKEN_ALGORITHM")
        .map_or(Ok(Algorithm::default()), |name| {
            name.parse().map_err(wrong("TOKEN_ALGORITHM"))
        })
}

fn public_key(settings: &Settings) -> Result<VerifyingKey, SettingError> {
    const NAME: &str = "TOKEN_PUBLIC_KEY";
    let given = settings
        .optional(NAME)
        .map(|text| VerifyingKey::from_public_text(text).map_err(wrong(NAME)))
        .transpose()?;
    if settings.optional("TOKEN_SIGNING_KEY").is_none() {
        return given.ok_or(SettingError::Missing(NAME));
    }
    let own = signing_key(settings)?.verifying_key().clone();
    // Otherwise people would sign in to tokens that nothing accepts.
    if given.is_some_and(|given| given.id() != own.id()) {
        return Err(SettingError::Wrong {
            name: NAME,
            reason: "it is not the public half of TOKEN_SIGNING_KEY".to_owned(),
        });
    }
    Ok(own)
}

/// None of the sentences repeats the key.
#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "4H0cb5Yt9SXyUz8Fq3l7mNvGd1oKpRi2WeAjBx6ZsTQ=";
    const OTHER: &str = "nV1xq0c3TtX8v0rYkqR9m2bS5d7f6g4hJjKlPzWuEoA=";

    fn settings(values: &[(&str, &str)]) -> Settings {
        Settings::from_lookup(|name| {
            let found = values.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        })
    }

    fn reason(values: &[(&str, &str)]) -> String {
        verifier(&settings(values)).unwrap_err().to_string()
    }

    #[test]
    fn weak_missing_or_mismatched_keys_stop_with_a_line_that_names_the_setting() {
        let other = settings(&[("TOKEN_SIGNING_KEY", OTHER)]);
        let other = signing_key(&other)
            .unwrap()
            .verifying_key()
            .public_text()
            .unwrap();
        for (values, name) in [
            (&[][..], "TOKEN_PUBLIC_KEY"),
            (&[("TOKEN_ALGORITHM", "none")], "TOKEN_ALGORITHM"),
            (&[("TOKEN_ALGORITHM", "HS256")], "TOKEN_SECRET"),
            // A shared secret is no key under the default algorithm.
            (&[("TOKEN_SECRET", KEY)], "TOKEN_PUBLIC_KEY"),
            (&[("TOKEN_SIGNING_KEY", "c2hvcnQ=")], "TOKEN_SIGNING_KEY"),
            (
                &[("TOKEN_SIGNING_KEY", KEY), ("TOKEN_PUBLIC_KEY", &other)],
                "TOKEN_PUBLIC_KEY",
            ),
            (
                &[
                    ("TOKEN_SIGNING_KEY", KEY),
                    ("TOKEN_PREVIOUS_PUBLIC_KEY", "AAAA"),
                ],
                "TOKEN_PREVIOUS_PUBLIC_KEY",
            ),
            (
                &[
                    ("TOKEN_ALGORITHM", "HS256"),
                    ("TOKEN_SECRET", KEY),
                    ("TOKEN_PREVIOUS_SECRET", KEY),
                ],
                "TOKEN_PREVIOUS_SECRET",
            ),
        ] {
            let reason = reason(values);
            assert!(reason.contains(name), "{values:?}: {reason}");
            assert!(
                !reason.contains("c2hvcnQ") && !reason.contains(KEY),
                "{reason}"
            );
        }
    }

    #[test]
    fn the_public_half_is_enough_for_everyone_but_the_signer() {
        let signing = signing_key(&settings(&[("TOKEN_SIGNING_KEY", KEY)])).unwrap();
        let public = signing.verifying_key().public_text().unwrap();
        let derived = verifier(&settings(&[("TOKEN_SIGNING_KEY", KEY)])).unwrap();
        let given = verifier(&settings(&[("TOKEN_PUBLIC_KEY", &public)])).unwrap();
        assert_eq!(derived.jwks(), given.jwks());
    }
}
