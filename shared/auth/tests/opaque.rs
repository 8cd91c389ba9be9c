//! Refresh, service and purpose tokens, codes, and the keys behind them.
#![expect(
    clippy::unwrap_used,
    reason = "a test helper that fails fails the test"
)]

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use sentry_auth::purpose::{CODE_LIFETIME, Code, Purpose, PurposeToken};
use sentry_auth::refresh::{
    ABSOLUTE_LIFETIME, IDLE_LIFETIME, REPEAT_GRACE, RefreshToken, RefreshUse, SessionState, judge,
};
use sentry_auth::service::ServiceToken;
use sentry_auth::{InvalidToken, KeyError, KeyMaterial, Secret, TokenHash, TokenKey};
use sentry_domain::UserId;
use std::collections::HashSet;
use uuid::Uuid;

fn material(first: u8) -> KeyMaterial {
    KeyMaterial::from_bytes((first..).take(32).collect()).unwrap()
}

fn key(first: u8) -> TokenKey {
    TokenKey::new(&material(first)).unwrap()
}

fn session() -> Uuid {
    Uuid::from_u128(7)
}

fn signed_in() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap()
}

proptest! {
    #[test]
    fn a_token_comes_back_as_it_went(id: u128, random: [u8; 32]) {
        let token = RefreshToken::new(Uuid::from_u128(id), random);
        let read = RefreshToken::parse(token.encode(&key(1)).expose(), &key(1)).unwrap();
        prop_assert_eq!(read.id(), Uuid::from_u128(id));
        prop_assert_eq!(read.hash(), token.hash());
        prop_assert_eq!(TokenHash::try_from(read.hash().as_bytes()), Ok(token.hash()));
    }

    #[test]
    fn any_text_is_refused_without_a_panic(text in any::<String>(), tail in "[A-Za-z0-9_-]{86}") {
        for text in [&text, &format!("sentry_rt_{text}"), &format!("sentry_rt_{tail}")] {
            prop_assert_eq!(RefreshToken::parse(text, &key(1)).err(), Some(InvalidToken));
        }
        prop_assert!(PurposeToken::parse(Purpose::VerifyEmail, &text).is_err());
    }

    #[test]
    fn a_successor_follows_from_token_key_and_salt_together(
        random: [u8; 32], salt: [u8; 32], other_salt: [u8; 32], other_random: [u8; 32],
    ) {
        prop_assume!(salt != other_salt && random != other_random);
        let token = RefreshToken::new(session(), random);
        let next = token.successor(&key(1), salt).hash();
        prop_assert_eq!(next, token.successor(&key(1), salt).hash());
        prop_assert_ne!(next, token.hash());
        prop_assert_ne!(next, token.successor(&key(2), salt).hash());
        prop_assert_ne!(next, token.successor(&key(1), other_salt).hash());
        let other = RefreshToken::new(session(), other_random);
        prop_assert_ne!(next, other.successor(&key(1), salt).hash());
    }

    #[test]
    fn a_session_is_judged_by_the_same_laws_at_every_moment(
        rotated in 0_i64..31 * 86_400, age in 0_i64..9 * 86_400, which in 0_usize..3, same_device: bool,
        revoked: bool,
    ) {
        let tokens = [[0; 32], [1; 32], [2; 32]].map(|random| RefreshToken::new(session(), random).hash());
        let rotated_at = signed_in() + TimeDelta::seconds(rotated);
        let now = rotated_at + TimeDelta::seconds(age);
        let state = SessionState {
            current: tokens[0],
            previous: Some(tokens[1]),
            created_at: signed_in(),
            rotated_at,
            revoked_at: revoked.then_some(rotated_at),
        };
        let over = revoked || now - signed_in() >= ABSOLUTE_LIFETIME || now - rotated_at >= IDLE_LIFETIME;
        match judge(&state, &tokens[which], same_device, now) {
            RefreshUse::Ended => prop_assert!(over),
            RefreshUse::Rotate { expires_at } => {
                prop_assert!(!over && which == 0);
                prop_assert!(expires_at > now);
                prop_assert!(expires_at <= now + IDLE_LIFETIME);
                prop_assert!(expires_at <= signed_in() + ABSOLUTE_LIFETIME);
            }
            RefreshUse::Repeat => {
                prop_assert!(!over && which == 1 && same_device && now - rotated_at <= REPEAT_GRACE);
            }
            RefreshUse::Replayed => {
                let repeat = which == 1 && same_device && now - rotated_at <= REPEAT_GRACE;
                prop_assert!(!over && which != 0 && !repeat);
            }
        }
    }

    #[test]
    fn a_code_is_six_digits_and_comes_back(random: [u8; 16]) {
        let code = Code::new(random);
        let text = code.text();
        prop_assert!(text.expose().len() == 6 && text.expose().bytes().all(|b| b.is_ascii_digit()));
        let typed = format!(" {}-{} ", &text.expose()[..3], &text.expose()[3..]);
        for typed in [text.expose(), &typed] {
            let read = Code::parse(typed).unwrap();
            let hash = read.hash(&key(1), Purpose::VerifyEmail, UserId(1));
            prop_assert_eq!(hash, code.hash(&key(1), Purpose::VerifyEmail, UserId(1)));
        }
    }

    #[test]
    fn only_six_digits_are_a_code(text in any::<String>()) {
        let digits = text.chars().filter(|c| !matches!(c, ' ' | '-'));
        let is_code = digits.clone().count() == 6 && digits.clone().all(|c| c.is_ascii_digit());
        prop_assert_eq!(Code::parse(&text).is_ok(), is_code);
    }

    #[test]
    fn keys_under_256_bits_do_not_exist(bytes in prop::collection::vec(any::<u8>(), 0..32)) {
        let bits = bytes.len() * 8;
        prop_assert_eq!(KeyMaterial::from_bytes(bytes).unwrap_err(), KeyError::TooShort { bits });
    }
}

#[test]
fn every_changed_character_of_a_token_is_noticed() {
    let text = RefreshToken::new(session(), [3; 32])
        .encode(&key(1))
        .expose()
        .clone();
    for at in 0..text.len() {
        for replacement in ["A", "B", "-", "="] {
            if text[at..=at] != *replacement {
                let changed = format!("{}{replacement}{}", &text[..at], &text[at + 1..]);
                assert!(RefreshToken::parse(&changed, &key(1)).is_err(), "{changed}");
            }
        }
        assert!(RefreshToken::parse(&text[..at], &key(1)).is_err());
    }
    assert!(RefreshToken::parse(&format!("{text}A"), &key(1)).is_err());
}

#[test]
fn one_kind_of_token_is_not_another() {
    let refresh = RefreshToken::new(session(), [3; 32]);
    let service = ServiceToken::new(session(), [3; 32]);
    assert_ne!(refresh.hash(), service.hash());
    let text = refresh.encode(&key(1));
    assert!(ServiceToken::parse(text.expose(), &key(1)).is_err());
    // Nor with its prefix changed: the tag covers the kind.
    let disguised = text.expose().replace("sentry_rt_", "sentry_st_");
    assert!(ServiceToken::parse(&disguised, &key(1)).is_err());
    assert!(PurposeToken::parse(Purpose::ResetPassword, text.expose()).is_err());
}

#[test]
fn tokens_of_the_former_key_are_accepted_while_it_is_given() {
    let token = RefreshToken::new(session(), [3; 32]);
    let text = token.encode(&key(1));
    let rotated = TokenKey::new(&material(2))
        .unwrap()
        .with_previous(&material(1))
        .unwrap();
    assert_eq!(
        RefreshToken::parse(text.expose(), &rotated).unwrap().hash(),
        token.hash()
    );
    assert!(RefreshToken::parse(token.encode(&rotated).expose(), &key(2)).is_ok());
    assert!(RefreshToken::parse(text.expose(), &key(2)).is_err());
}

#[test]
fn a_purpose_token_serves_one_purpose_under_one_key() {
    let mut hashes = HashSet::new();
    for purpose in Purpose::ALL {
        let token = PurposeToken::new(purpose, [5; 32]);
        let read = PurposeToken::parse(purpose, token.encode().expose()).unwrap();
        assert_eq!(read.hash(&key(1)), token.hash(&key(1)));
        for first in [1, 2] {
            assert!(hashes.insert(token.hash(&key(first)).as_bytes().to_vec()));
        }
        let minutes = purpose.link_lifetime().num_minutes();
        assert!((10..=60).contains(&minutes) && CODE_LIFETIME.num_minutes() == 10);
    }
}

#[test]
fn the_same_code_is_stored_differently_for_everyone_and_everything() {
    let code = Code::parse("012345").unwrap();
    let mut hashes = HashSet::new();
    for purpose in Purpose::ALL {
        for user in [1, 2] {
            for first in [1, 2] {
                let hash = code.hash(&key(first), purpose, UserId(user));
                assert!(hashes.insert(hash.as_bytes().to_vec()));
            }
        }
    }
}

#[test]
fn codes_spread_evenly() {
    // 20,000 codes over 100 slots of 10,000 each: 200 a slot, and never 80 off by fair chance.
    let mut slots = [0_i32; 100];
    let mut random = *b"sixteen bytes...";
    for _ in 0..20_000 {
        let hash = RefreshToken::new(Uuid::from_bytes(random), [0; 32]).hash();
        random.copy_from_slice(&hash.as_bytes()[..16]);
        let code: usize = Code::new(random).text().expose().parse().unwrap();
        slots[code / 10_000] += 1;
    }
    assert!(
        slots.iter().all(|count| (120..280).contains(count)),
        "{slots:?}"
    );
}

#[test]
fn key_text_is_base64_of_either_kind_and_random() {
    let bytes: Vec<u8> = (220..=255).collect();
    let standard = "3N3e3+Dh4uPk5ebn6Onq6+zt7u/w8fLz9PX29/j5+vv8/f7/";
    let text = |text: &str| KeyMaterial::from_text(&Secret::from(text));
    let expected = TokenKey::new(&KeyMaterial::from_bytes(bytes).unwrap()).unwrap();
    let token = RefreshToken::new(session(), [3; 32]).encode(&expected);
    for written in [
        standard.to_owned(),
        standard.replace('+', "-").replace('/', "_"),
    ] {
        let key = TokenKey::new(&text(&format!("{written}\n")).unwrap()).unwrap();
        assert!(RefreshToken::parse(token.expose(), &key).is_ok());
    }
    assert_eq!(text("change me, please!").unwrap_err(), KeyError::NotBase64);
    assert_eq!(
        text("c2VjcmV0").unwrap_err(),
        KeyError::TooShort { bits: 48 }
    );
    assert_eq!(text("").unwrap_err(), KeyError::TooShort { bits: 0 });
    for pattern in [&b"\0"[..], b"secret", b"changeme", b"password"] {
        let repeated = pattern.repeat(64);
        assert_eq!(
            KeyMaterial::from_bytes(repeated).unwrap_err(),
            KeyError::Repetitive
        );
    }
}

#[test]
fn nothing_prints_its_secret() {
    let refresh = RefreshToken::new(session(), [250; 32]);
    let code = Code::parse("987654").unwrap();
    let purpose = PurposeToken::new(Purpose::ResetPassword, [250; 32]);
    let printed = format!(
        "{refresh:?} {:?} {:?} {code:?} {:?} {purpose:?} {:?} {:?}",
        refresh.encode(&key(1)),
        refresh.hash(),
        code.text(),
        key(1),
        material(1),
    );
    for trace in ["250", "-vr6", "987654", "1, 2, 3"] {
        assert!(!printed.contains(trace), "{printed}");
    }
}
