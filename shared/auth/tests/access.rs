//! Access tokens: what is accepted, held against an implementation that is not ours, and every
//! way to cheat we know of.
#![expect(
    clippy::unwrap_used,
    reason = "a test helper that fails fails the test"
)]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use sentry_auth::access::{
    Access, Algorithm, LEEWAY, LIFETIME, Realm, Signer, SigningKey, TokenError, Verifier,
    VerifyingKey,
};
use sentry_auth::{KeyError, KeyMaterial, Secret};
use sentry_domain::{SessionId, UserId};
use serde_json::{Value, json};
use uuid::Uuid;

const ISSUER: &str = "https://sentry.example";
const AUDIENCE: &str = "sentry-api";

fn realm() -> Realm {
    Realm {
        issuer: ISSUER.into(),
        audience: AUDIENCE.into(),
    }
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap()
}

fn seed(first: u8) -> Vec<u8> {
    (first..).take(32).collect()
}

fn material(first: u8) -> KeyMaterial {
    KeyMaterial::from_bytes(seed(first)).unwrap()
}

fn key(algorithm: Algorithm, first: u8) -> SigningKey {
    SigningKey::new(algorithm, &material(first)).unwrap()
}

fn verifier(algorithm: Algorithm) -> Verifier {
    Verifier::new(realm(), key(algorithm, 1).verifying_key().clone())
}

fn sign(key: SigningKey) -> (String, Access) {
    let signed = Signer::new(realm(), key).sign(
        UserId(42),
        SessionId(Uuid::from_u128(7)),
        Uuid::from_u128(8),
        now(),
    );
    (signed.text.expose().clone(), signed.access)
}

fn header(algorithm: Algorithm) -> Value {
    let id = key(algorithm, 1).verifying_key().id().to_owned();
    json!({"alg": algorithm.as_str(), "typ": "at+jwt", "kid": id})
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "42", "sid": Uuid::from_u128(7),
        "iat": now().timestamp(), "exp": (now() + LIFETIME).timestamp(), "jti": Uuid::from_u128(8),
    })
}

/// A value with one member changed; `null` removes it.
fn with(mut value: Value, name: &str, member: Value) -> Value {
    let object = value.as_object_mut().unwrap();
    if member.is_null() {
        object.remove(name)
    } else {
        object.insert(name.into(), member)
    };
    value
}

/// Signs what it is given with the server's own key, by the other implementation.
fn forge_text(algorithm: Algorithm, header: &str, claims: &str) -> String {
    let message = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims)
    );
    let (key, name) = match algorithm {
        Algorithm::EdDsa => (ed25519_pkcs8(&seed(1)), jsonwebtoken::Algorithm::EdDSA),
        Algorithm::Hs256 => (
            jsonwebtoken::EncodingKey::from_secret(&seed(1)),
            jsonwebtoken::Algorithm::HS256,
        ),
    };
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, name).unwrap();
    format!("{message}.{signature}")
}

fn forge(algorithm: Algorithm, header: &Value, claims: &Value) -> String {
    forge_text(algorithm, &header.to_string(), &claims.to_string())
}

fn ed25519_pkcs8(seed: &[u8]) -> jsonwebtoken::EncodingKey {
    let mut der = vec![
        0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20,
    ];
    der.extend_from_slice(seed);
    jsonwebtoken::EncodingKey::from_ed_der(&der)
}

const BOTH: [Algorithm; 2] = [Algorithm::EdDsa, Algorithm::Hs256];

#[test]
fn a_token_says_what_was_signed() {
    for algorithm in BOTH {
        let (token, access) = sign(key(algorithm, 1));
        assert_eq!(verifier(algorithm).verify(&token, now()), Ok(access));
        assert_eq!(access.user, UserId(42));
        assert_eq!(access.session, SessionId(Uuid::from_u128(7)));
        assert_eq!(access.id, Uuid::from_u128(8));
        assert_eq!(access.expires_at - access.issued_at, TimeDelta::minutes(15));
    }
}

#[test]
fn another_implementation_accepts_our_token_with_the_published_key() {
    let (token, _) = sign(key(Algorithm::EdDsa, 1));
    let published = serde_json::to_value(verifier(Algorithm::EdDsa).jwks()).unwrap();
    let keys: jsonwebtoken::jwk::JwkSet = serde_json::from_value(published).unwrap();
    let kid = jsonwebtoken::decode_header(&token).unwrap().kid.unwrap();
    let jwk = keys.find(&kid).unwrap();
    assert_eq!(
        jwk.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256)
            .unwrap(),
        kid
    );

    let mut rules = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::EdDSA);
    rules.set_audience(&[AUDIENCE]);
    rules.set_issuer(&[ISSUER]);
    rules.validate_exp = false;
    let theirs = jsonwebtoken::decode::<Value>(&token, &jwk.try_into().unwrap(), &rules).unwrap();
    assert_eq!(theirs.claims, claims());
    assert_eq!(
        serde_json::to_value(theirs.header).unwrap(),
        header(Algorithm::EdDsa)
    );
}

#[test]
fn we_accept_the_token_of_another_implementation_with_our_key() {
    for algorithm in BOTH {
        let unordered = serde_json::to_string_pretty(&header(algorithm)).unwrap();
        let extended = with(claims(), "scope", json!(["tasks"])).to_string();
        let token = forge_text(algorithm, &unordered, &extended);
        assert_eq!(
            verifier(algorithm).verify(&token, now()),
            Ok(sign(key(algorithm, 1)).1)
        );
    }
}

#[test]
fn it_lasts_fifteen_minutes_and_the_leeway_remembered_or_not() {
    for remembered in [0, 64] {
        let verifier = verifier(Algorithm::EdDsa).remembering(remembered);
        let (token, access) = sign(key(Algorithm::EdDsa, 1));
        let second = TimeDelta::seconds(1);
        let end = access.expires_at + LEEWAY;
        assert_eq!(verifier.verify(&token, end - second), Ok(access));
        assert_eq!(verifier.verify(&token, end), Err(TokenError::Expired));
        assert_eq!(verifier.verify(&token, now() - LEEWAY), Ok(access));
        let too_early = now() - LEEWAY - second;
        assert_eq!(
            verifier.verify(&token, too_early),
            Err(TokenError::BadTimes)
        );
        assert_eq!(
            verifier.verify(&token, end + TimeDelta::days(9)),
            Err(TokenError::Expired)
        );
    }
}

#[test]
fn the_header_decides_nothing() {
    use TokenError::{Malformed, UnknownKey, WrongAlgorithm, WrongType};
    for algorithm in BOTH {
        let cases = [
            ("alg", json!("none"), WrongAlgorithm),
            ("alg", json!("None"), WrongAlgorithm),
            ("alg", json!(""), WrongAlgorithm),
            ("alg", json!("RS256"), WrongAlgorithm),
            ("alg", json!("HS512"), WrongAlgorithm),
            ("alg", json!("Ed25519"), WrongAlgorithm),
            ("alg", json!(["EdDSA", "HS256"]), Malformed),
            ("alg", Value::Null, Malformed),
            ("typ", json!("JWT"), WrongType),
            ("typ", json!("id+jwt"), WrongType),
            ("typ", Value::Null, Malformed),
            ("kid", json!("another"), UnknownKey),
            ("kid", json!(""), UnknownKey),
            ("kid", json!("../../dev/null"), UnknownKey),
            ("kid", json!("' or 1=1 --"), UnknownKey),
            ("kid", Value::Null, Malformed),
            ("crit", json!(["exp"]), Malformed),
            ("b64", json!(false), Malformed),
            ("jwk", json!({"kty": "OKP"}), Malformed),
            ("jku", json!("https://evil.example/jwks.json"), Malformed),
            ("x5u", json!("https://evil.example/cert"), Malformed),
            ("cty", json!("JWT"), Malformed),
        ];
        for (name, member, expected) in cases {
            let header = with(header(algorithm), name, member);
            let token = forge(algorithm, &header, &claims());
            assert_eq!(
                verifier(algorithm).verify(&token, now()),
                Err(expected),
                "{header}"
            );
        }
        let twice = header(algorithm)
            .to_string()
            .replacen('{', r#"{"alg":"none","#, 1);
        let token = forge_text(algorithm, &twice, &claims().to_string());
        assert_eq!(verifier(algorithm).verify(&token, now()), Err(Malformed));
    }
}

#[test]
fn an_unsigned_token_is_refused_however_it_is_written() {
    for algorithm in BOTH {
        let signed = forge(algorithm, &header(algorithm), &claims());
        let (message, signature) = signed.rsplit_once('.').unwrap();
        let (head, body) = message.split_once('.').unwrap();
        let none =
            URL_SAFE_NO_PAD.encode(with(header(algorithm), "alg", json!("none")).to_string());
        let tokens = [
            format!("{none}.{body}."),
            format!("{none}.{body}"),
            format!("{none}.{body}.{signature}"),
            format!("{message}."),
            message.to_owned(),
            format!("{message}.{}", &signature[..signature.len() / 2]),
            format!("{message}.{signature}="),
            format!("{message}.{signature}.{signature}"),
            format!("{message}.{}", "A".repeat(signature.len())),
            format!("{head}..{signature}"),
            format!(".{body}.{signature}"),
            format!("{head}.{body}.x.y.{signature}"),
            format!(" {signed}"),
            format!("{signed}\n"),
            format!("Bearer {signed}"),
            "..".to_owned(),
            String::new(),
        ];
        let verifier = verifier(algorithm);
        verifier.verify(&signed, now()).unwrap();
        for token in tokens {
            assert!(verifier.verify(&token, now()).is_err(), "{token}");
        }
    }
}

#[test]
fn the_public_key_is_no_hmac_secret() {
    let public = key(Algorithm::EdDsa, 1).verifying_key().clone();
    let text = public.public_text().unwrap();
    let secrets = [
        URL_SAFE_NO_PAD.decode(&text).unwrap(),
        text.into_bytes(),
        serde_json::to_vec(&public.jwk()).unwrap(),
        public.id().as_bytes().to_vec(),
    ];
    let verifier = verifier(Algorithm::EdDsa);
    for secret in secrets {
        for alg in ["HS256", "EdDSA"] {
            let header = with(header(Algorithm::EdDsa), "alg", json!(alg)).to_string();
            let message = format!(
                "{}.{}",
                URL_SAFE_NO_PAD.encode(header),
                URL_SAFE_NO_PAD.encode(claims().to_string())
            );
            let key = jsonwebtoken::EncodingKey::from_secret(&secret);
            let hs256 = jsonwebtoken::Algorithm::HS256;
            let mac = jsonwebtoken::crypto::sign(message.as_bytes(), &key, hs256).unwrap();
            assert!(verifier.verify(&format!("{message}.{mac}"), now()).is_err());
        }
    }
}

#[test]
fn a_stranger_with_our_key_id_is_refused() {
    for algorithm in BOTH {
        let (ours, _) = sign(key(algorithm, 1));
        let (theirs, _) = sign(key(algorithm, 2));
        assert_eq!(
            verifier(algorithm).verify(&theirs, now()),
            Err(TokenError::UnknownKey)
        );
        let message = ours.rsplit_once('.').unwrap().0;
        let signature = theirs.rsplit_once('.').unwrap().1;
        let mixed = format!("{message}.{signature}");
        assert_eq!(
            verifier(algorithm).verify(&mixed, now()),
            Err(TokenError::BadSignature)
        );
    }
    let (hs256, _) = sign(key(Algorithm::Hs256, 1));
    assert_eq!(
        verifier(Algorithm::EdDsa).verify(&hs256, now()),
        Err(TokenError::UnknownKey)
    );
}

#[test]
fn claims_of_something_else_are_refused_although_we_signed_them() {
    use TokenError::{BadClaims, BadTimes, Expired, WrongAudience, WrongIssuer};
    let at = |shift: TimeDelta| json!((now() + shift).timestamp());
    let cases = [
        ("iss", json!("https://evil.example"), WrongIssuer),
        ("iss", json!("https://sentry.example/"), WrongIssuer),
        ("iss", Value::Null, BadClaims),
        ("aud", json!("another-api"), WrongAudience),
        ("aud", json!("SENTRY-API"), WrongAudience),
        ("aud", json!([AUDIENCE, "another-api"]), BadClaims),
        ("aud", Value::Null, BadClaims),
        ("sub", json!("ann"), BadClaims),
        ("sub", json!(42), BadClaims),
        ("sub", json!("99999999999999999999"), BadClaims),
        ("sub", Value::Null, BadClaims),
        ("sid", json!("7"), BadClaims),
        ("sid", Value::Null, BadClaims),
        ("jti", Value::Null, BadClaims),
        ("exp", Value::Null, BadClaims),
        ("exp", json!("tomorrow"), BadClaims),
        ("exp", json!(1e300), BadClaims),
        ("exp", json!(i64::MAX), BadClaims),
        ("exp", at(LIFETIME + TimeDelta::seconds(1)), BadTimes),
        ("exp", at(-LEEWAY), Expired),
        ("iat", Value::Null, BadClaims),
        ("iat", at(TimeDelta::minutes(1)), BadTimes),
        ("iat", at(-TimeDelta::minutes(1)), BadTimes),
    ];
    for algorithm in BOTH {
        for (name, member, expected) in &cases {
            let claims = with(claims(), name, member.clone());
            let token = forge(algorithm, &header(algorithm), &claims);
            assert_eq!(
                verifier(algorithm).verify(&token, now()),
                Err(*expected),
                "{claims}"
            );
        }
        for text in ["", "null", "[]", "{", "\u{0}", "{\"iss\":1}"] {
            let token = forge_text(algorithm, &header(algorithm).to_string(), text);
            assert_eq!(
                verifier(algorithm).verify(&token, now()),
                Err(BadClaims),
                "{text}"
            );
        }
    }
}

#[test]
fn every_single_changed_character_is_noticed_even_once_the_good_token_is_remembered() {
    let verifier = verifier(Algorithm::EdDsa);
    let (token, _) = sign(key(Algorithm::EdDsa, 1));
    verifier.verify(&token, now()).unwrap();
    for at in 0..token.len() {
        for replacement in ["A", "B", "-", ".", ""] {
            if token[at..=at] != *replacement {
                let changed = format!("{}{replacement}{}", &token[..at], &token[at + 1..]);
                assert!(verifier.verify(&changed, now()).is_err(), "{changed}");
            }
        }
    }
}

#[test]
fn two_keys_are_accepted_while_they_rotate() {
    for algorithm in BOTH {
        let verifier = verifier(algorithm)
            .also_accept(key(algorithm, 2).verifying_key().clone())
            .unwrap();
        for first in [1, 2] {
            verifier
                .verify(&sign(key(algorithm, first)).0, now())
                .unwrap();
        }
        let third = sign(key(algorithm, 3)).0;
        assert_eq!(verifier.verify(&third, now()), Err(TokenError::UnknownKey));
        let published = if algorithm == Algorithm::EdDsa { 2 } else { 0 };
        assert_eq!(verifier.jwks().keys.len(), published);
    }
}

#[test]
fn keys_that_cannot_stand_beside_each_other_are_refused() {
    let public = |algorithm, first| key(algorithm, first).verifying_key().clone();
    let mixed = verifier(Algorithm::EdDsa).also_accept(public(Algorithm::Hs256, 2));
    assert_eq!(mixed.unwrap_err(), KeyError::MixedAlgorithms);
    let same = verifier(Algorithm::EdDsa).also_accept(public(Algorithm::EdDsa, 1));
    assert_eq!(same.unwrap_err(), KeyError::SameKey);
}

#[test]
fn a_function_that_only_checks_needs_the_public_key_alone() {
    let signing = key(Algorithm::EdDsa, 1);
    let text = signing.verifying_key().public_text().unwrap();
    let public = VerifyingKey::from_public_text(&text).unwrap();
    assert_eq!(public.id(), signing.verifying_key().id());
    Verifier::new(realm(), public)
        .verify(&sign(signing).0, now())
        .unwrap();
    assert_eq!(key(Algorithm::Hs256, 1).verifying_key().public_text(), None);
}

#[test]
fn weak_public_keys_are_refused() {
    let refused = |bytes: &[u8]| VerifyingKey::from_public_text(&URL_SAFE_NO_PAD.encode(bytes));
    // The neutral element and a point of order 8: under them anyone can sign.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let order_eight = [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ];
    for point in [neutral, order_eight, [0; 32], [2; 32]] {
        assert_eq!(
            refused(&point).unwrap_err(),
            KeyError::BadPublicKey,
            "{point:?}"
        );
    }
    assert_eq!(refused(&[1; 31]).unwrap_err(), KeyError::WrongLength);
    assert_eq!(
        VerifyingKey::from_public_text("?").unwrap_err(),
        KeyError::NotBase64
    );
}

#[test]
fn an_ed25519_seed_has_exactly_32_bytes() {
    let long = KeyMaterial::from_bytes((0..33).collect()).unwrap();
    let refused = SigningKey::new(Algorithm::EdDsa, &long);
    assert_eq!(refused.unwrap_err(), KeyError::WrongLength);
    SigningKey::new(Algorithm::Hs256, &long).unwrap();
}

#[test]
fn the_algorithm_is_one_of_two() {
    for algorithm in BOTH {
        assert_eq!(algorithm.as_str().parse(), Ok(algorithm));
    }
    for name in ["", "none", "RS256", "HS384"] {
        assert_eq!(name.parse::<Algorithm>(), Err(KeyError::UnknownAlgorithm));
    }
}

#[test]
fn nothing_prints_a_key_or_a_token() {
    let secret = URL_SAFE_NO_PAD.encode(seed(1));
    for algorithm in BOTH {
        let signing = key(algorithm, 1);
        let token = Signer::new(realm(), signing.clone()).sign(
            UserId(42),
            SessionId(Uuid::from_u128(7)),
            Uuid::from_u128(8),
            now(),
        );
        let signature = token.text.expose().rsplit('.').next().unwrap().to_owned();
        let verifier = verifier(algorithm);
        verifier.verify(token.text.expose(), now()).unwrap();
        let printed = format!(
            "{signing:?} {:?} {token:?} {verifier:?} {:?} {}",
            Signer::new(realm(), signing.clone()),
            material(1),
            serde_json::to_string(&verifier.jwks()).unwrap(),
        );
        assert!(!printed.contains(&secret), "{printed}");
        assert!(!printed.contains(&signature), "{printed}");
        assert!(!printed.contains("1, 2, 3, 4, 5"), "{printed}");
    }
    assert_eq!(format!("{:?}", Secret::from("hush")), "Secret");
}

proptest! {
    #[test]
    fn what_was_signed_is_what_is_read(
        user: i64, session: u128, id: u128, seconds in 0_i64..4_000_000_000, nanos in 0_u32..1_000_000_000,
        age in 0_i64..900, hs256: bool,
    ) {
        let algorithm = if hs256 { Algorithm::Hs256 } else { Algorithm::EdDsa };
        let issued = DateTime::from_timestamp(seconds, nanos).unwrap();
        let (user, session) = (UserId(user), SessionId(Uuid::from_u128(session)));
        let token = Signer::new(realm(), key(algorithm, 1))
            .sign(user, session, Uuid::from_u128(id), issued);
        let read = verifier(algorithm)
            .verify(token.text.expose(), issued + TimeDelta::seconds(age))
            .unwrap();
        prop_assert_eq!(read, token.access);
        prop_assert_eq!((read.user, read.session, read.id), (user, session, Uuid::from_u128(id)));
    }

    #[test]
    fn any_text_is_refused_without_a_panic(text in any::<String>()) {
        prop_assert!(verifier(Algorithm::EdDsa).verify(&text, now()).is_err());
    }

    #[test]
    fn any_three_parts_are_refused_without_a_panic(
        head in prop::collection::vec(any::<u8>(), 0..80),
        body in prop::collection::vec(any::<u8>(), 0..200),
        signature in prop::collection::vec(any::<u8>(), 60..70),
    ) {
        let parts = [head, body, signature].map(|part| URL_SAFE_NO_PAD.encode(part));
        prop_assert!(verifier(Algorithm::EdDsa).verify(&parts.join("."), now()).is_err());
        let with_our_header = URL_SAFE_NO_PAD.encode(header(Algorithm::Hs256).to_string());
        let token = format!("{with_our_header}.{}.{}", parts[1], parts[2]);
        prop_assert!(verifier(Algorithm::Hs256).verify(&token, now()).is_err());
    }

    #[test]
    fn any_claims_that_we_signed_are_read_without_a_panic(text in any::<String>(), iat: i64, exp: i64) {
        let algorithm = Algorithm::Hs256;
        let token = forge_text(algorithm, &header(algorithm).to_string(), &text);
        prop_assert!(verifier(algorithm).verify(&token, now()).is_err());
        let times = with(with(claims(), "iat", json!(iat)), "exp", json!(exp));
        let token = forge(algorithm, &header(algorithm), &times);
        if let Ok(access) = verifier(algorithm).verify(&token, now()) {
            prop_assert!(access.expires_at - access.issued_at <= LIFETIME);
            prop_assert!(access.expires_at + LEEWAY > now());
        }
    }
}

#[test]
fn a_megabyte_is_refused_before_it_is_read() {
    let (token, _) = sign(key(Algorithm::EdDsa, 1));
    let huge = format!("{token}{}", "A".repeat(1 << 20));
    assert_eq!(
        verifier(Algorithm::EdDsa).verify(&huge, now()),
        Err(TokenError::Malformed)
    );
}
