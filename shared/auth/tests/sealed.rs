//! Authenticator codes, recovery codes, and what is sealed.
#![expect(
    clippy::unwrap_used,
    reason = "a test helper that fails fails the test"
)]

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use sentry_auth::envelope::{DataKey, MasterKeys, Unopenable, Wrapped};
use sentry_auth::recovery::RecoveryCode;
use sentry_auth::totp::TotpSecret;
use sentry_auth::{KeyMaterial, TokenKey};
use sentry_domain::UserId;

const ANN: UserId = UserId(1);
const BOB: UserId = UserId(2);

fn material(byte: u8) -> KeyMaterial {
    KeyMaterial::from_bytes(
        (0..32)
            .map(|i| byte.wrapping_mul(31).wrapping_add(i))
            .collect(),
    )
    .unwrap()
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

#[test]
fn codes_are_those_of_rfc_6238() {
    // Appendix B, of whose eight digits ours are the last six.
    let secret = TotpSecret::new(*b"12345678901234567890");
    for (seconds, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        assert_eq!(secret.code(seconds / 30), code);
        assert_eq!(secret.accept(code, 0, at(seconds)), Some(seconds / 30));
    }
    // RFC 4648 of the same bytes.
    assert_eq!(secret.base32().expose(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    let uri = secret.uri("Sentry AI", "ann+x@example.org");
    assert!(
        uri.expose()
            .starts_with("otpauth://totp/Sentry%20AI:ann%2Bx%40example.org?secret=GEZD")
    );
}

#[test]
fn a_code_is_good_once_and_for_a_moment() {
    let secret = TotpSecret::new([7; 20]);
    let now = at(1_772_442_000);
    let step = now.timestamp() / 30;
    let code = secret.code(step);
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    assert_eq!(secret.accept(&spaced, 0, now), Some(step));
    assert_eq!(secret.accept(&code, step, now), None, "twice");
    assert_eq!(
        secret.accept(&secret.code(step - 1), step, now),
        None,
        "an older one after it"
    );
    for off in [-1, 1] {
        assert_eq!(
            secret.accept(&secret.code(step + off), 0, now),
            Some(step + off)
        );
    }
    for off in [-2, 2] {
        assert_eq!(secret.accept(&secret.code(step + off), 0, now), None);
    }
    assert_eq!(secret.accept(&code, 0, now + TimeDelta::seconds(90)), None);
    for wrong in [
        "",
        "12345",
        "1234567",
        "abcdef",
        "\u{661}\u{662}\u{663}\u{664}\u{665}\u{666}",
    ] {
        assert_eq!(secret.accept(wrong, 0, now), None, "{wrong}");
    }
    assert!(TotpSecret::from_bytes(&[7; 19]).is_none());
}

#[test]
fn a_recovery_code_has_120_bits() {
    let key = TokenKey::new(&material(1)).unwrap();
    let code = RecoveryCode::new(std::array::from_fn(|i| u8::try_from(i * 11).unwrap()));
    let text = code.text();
    assert_eq!(text.expose().len(), 24 + 5);
    let typed = text
        .expose()
        .to_lowercase()
        .replace('-', "")
        .replace('0', "o");
    assert_eq!(
        RecoveryCode::parse(&typed).unwrap().hash(&key, ANN),
        code.hash(&key, ANN)
    );
    assert_ne!(code.hash(&key, ANN), code.hash(&key, BOB));
    assert_ne!(
        code.hash(&key, ANN),
        code.hash(&TokenKey::new(&material(2)).unwrap(), ANN)
    );
    for wrong in [
        "",
        "0000",
        &typed[1..],
        &format!("{typed}0"),
        &"U".repeat(24),
        &"é".repeat(24),
    ] {
        assert!(RecoveryCode::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn what_is_sealed_opens_for_its_owner_only() {
    let keys = MasterKeys::new(&material(1));
    let data = DataKey::new([9; 32]);
    let sealed = data.seal(ANN, "totp", b"a secret", [1; 12]);
    assert!(!sealed.windows(8).any(|part| part == b"a secret"));
    let open = |owner, label, sealed: &[u8]| {
        data.open(owner, label, sealed)
            .map(|it| it.expose().clone())
    };
    assert_eq!(open(ANN, "totp", &sealed), Ok(b"a secret".to_vec()));
    assert_eq!(open(BOB, "totp", &sealed), Err(Unopenable));
    assert_eq!(open(ANN, "diary", &sealed), Err(Unopenable));
    for place in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[place] ^= 1;
        assert_eq!(open(ANN, "totp", &changed), Err(Unopenable), "byte {place}");
        assert_eq!(open(ANN, "totp", &sealed[..place]), Err(Unopenable));
    }
    let wrapped = keys.wrap(ANN, &data, [2; 12]);
    let unwrapped = keys.unwrap(ANN, &wrapped).unwrap();
    assert_eq!(
        unwrapped.open(ANN, "totp", &sealed).unwrap().expose(),
        b"a secret"
    );
    assert!(keys.unwrap(BOB, &wrapped).is_err());
    assert!(MasterKeys::new(&material(3)).unwrap(ANN, &wrapped).is_err());
    // Two sealings of one text have nothing in common.
    assert_ne!(
        data.seal(ANN, "totp", b"a secret", [3; 12])[13..],
        sealed[13..]
    );
}

#[test]
fn the_key_before_opens_until_it_is_taken_away() {
    let old = MasterKeys::new(&material(1));
    let wrapped = old.wrap(ANN, &DataKey::new([9; 32]), [2; 12]);
    let both = MasterKeys::new(&material(2))
        .with_previous(&material(1))
        .unwrap();
    assert_ne!(wrapped.key_id, both.current_id());
    let key = both.unwrap(ANN, &wrapped).unwrap();
    let anew = both.wrap(ANN, &key, [4; 12]);
    assert_eq!(anew.key_id, both.current_id());
    let new = MasterKeys::new(&material(2));
    assert!(new.unwrap(ANN, &anew).is_ok() && new.unwrap(ANN, &wrapped).is_err());
    let lied = Wrapped {
        key_id: anew.key_id.clone(),
        bytes: wrapped.bytes,
    };
    assert!(new.unwrap(ANN, &lied).is_err());
    assert!(
        MasterKeys::new(&material(1))
            .with_previous(&material(1))
            .is_err()
    );
    let shown = format!("{both:?} {key:?} {:?}", TotpSecret::new([7; 20]));
    assert!(
        !shown.contains("9, 9") && !shown.contains("7, 7"),
        "{shown}"
    );
}

proptest! {
    #[test]
    fn any_bytes_come_back_or_are_refused(plain in prop::collection::vec(any::<u8>(), 0..200), rubbish in prop::collection::vec(any::<u8>(), 0..100)) {
        let key = DataKey::new([5; 32]);
        let sealed = key.seal(ANN, "x", &plain, [6; 12]);
        let opened = key.open(ANN, "x", &sealed).unwrap();
        prop_assert_eq!(opened.expose(), &plain);
        prop_assert!(key.open(ANN, "x", &rubbish).is_err());
    }

    #[test]
    fn any_typed_code_gets_an_answer(typed in "\\PC{0,40}") {
        let _ = RecoveryCode::parse(&typed);
        let _ = TotpSecret::new([7; 20]).accept(&typed, 0, at(1_772_442_000));
    }
}
