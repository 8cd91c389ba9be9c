//! Passwords: what may be one, how they are kept, and that old hashes still open the door.
#![expect(
    clippy::unwrap_used,
    reason = "a test helper that fails fails the test"
)]

use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use proptest::prelude::*;
use sentry_auth::Secret;
use sentry_auth::password::{
    Cost, HashError, Hasher, HasherError, NewPassword, Password, PasswordHash, Refusal, TooLong,
    Verdict, WeakCost,
};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

const RIGHT: Verdict = Verdict::Right {
    needs_rehash: false,
};
const RIGHT_BUT_OLD: Verdict = Verdict::Right { needs_rehash: true };

fn read(text: &str) -> Password {
    Password::read(&Secret::from(text)).unwrap()
}

fn judge(text: &str, personal: &[&str]) -> Result<(), Refusal> {
    NewPassword::judge(&Secret::from(text), personal).map(drop)
}

fn stored(text: &str) -> PasswordHash {
    PasswordHash::from_stored(text.to_owned())
}

#[test]
fn good_passwords_of_all_scripts_may_be_set() {
    let good = [
        "seven quiet lamps burn",
        "xK9#vQ2$mL7p",
        "zwölf Störche über Köln",
        "панорама синего лимона",
        "正しい馬の電池ホチキス留め具",
        "🦊🌵🧊🎺🪐🧵🦑🍄🛶🪁🧭🎲",
        "  spaces at both ends count  ",
        "\u{0}nul and \u{7} bell are fine\u{0}",
        "Whales sing slower in colder rivers, said nobody, ever; 14 dwarfs disagreed!",
    ];
    for password in good {
        assert_eq!(
            judge(password, &["ann@example.org", "Ann", "Lee"]),
            Ok(()),
            "{password}"
        );
    }
}

#[test]
fn guessable_passwords_are_refused_with_advice() {
    let bad = [
        "password1234",
        "Password123!",
        "qwertyuiop[]",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "123456789012",
        "abcdefghijklmnop",
        "iloveyou1234",
        "P@ssw0rdP@ssw0rd",
        "letmeinletmein",
        "1234567890qwerty",
        "january01011990",
        "ｐａｓｓｗｏｒｄ１２３４",
        "sentrysentry",
        "SentryAI2026",
    ];
    for password in bad {
        let refusal = judge(password, &[]).expect_err(password);
        assert_eq!(refusal.code(), "password_guessable", "{password}");
        let Refusal::Guessable { advice } = &refusal else {
            panic!("{refusal}")
        };
        assert!(
            !advice.is_empty() && !refusal.to_string().contains(password),
            "{refusal}"
        );
    }
}

#[test]
fn what_is_known_of_a_person_makes_no_password() {
    let person = [
        "Gwendolyn.Fitzwarren@brackwater.example",
        "Gwendolyn",
        "Fitzwarren",
        "1987-04-23",
    ];
    let bad = [
        "gwendolyn.fitzwarren",
        "GwendolynFitzwarren",
        "fitzwarren1987",
        "brackwater1!",
        "Gwendolyn.Fitzwarren@brackwater.example",
        "fitzwarrenfitzwarren",
        "1987-04-23brackwater",
        "My-Gwendolyn.Fitzwarren@brackwater.example!",
        "Gwendolyn Fitzwarren 1987!",
        "fitzwarren23041987",
        "sentryfitzwarrenbrackwater",
    ];
    for password in bad {
        let refusal = judge(password, &person).expect_err(password);
        assert_eq!(refusal.code(), "password_guessable", "{password}");
    }
    assert_eq!(judge("gwendolyn.fitzwarren", &[]), Ok(()));
    // One word among others does no harm.
    let among_others = "seven quiet gwendolyn lamps burn";
    assert_eq!(judge(among_others, &person), Ok(()));
    assert_eq!(judge("fitzwarren🦊🌵🧊🎺🪐🧵🦑🍄", &person), Ok(()));
}

#[test]
fn length_counts_characters_after_nfkc_and_nothing_is_cut() {
    // "é" as two scalars is one character; a ligature is two.
    let eleven = "xK#vQ\u{65}\u{301}$mL7p";
    assert_eq!(judge(eleven, &[]), Err(Refusal::TooShort));
    assert_eq!(judge("xK9#vQ2$mL\u{fb01}", &[]), Ok(()));
    assert_eq!(judge("", &[]), Err(Refusal::TooShort));

    let words = "seven quiet lamps burn ".repeat(6);
    assert_eq!(judge(&words[..128], &[]), Ok(()));
    assert_eq!(judge(&words[..129], &[]), Err(Refusal::TooLong(TooLong)));
    // One ligature of 18 letters: 8 of them are more than 128 characters.
    assert!(Password::read(&Secret::from("\u{fdfa}".repeat(8))).is_err());

    let cost = Cost::default();
    let long = cost.hash(&read(&words[..128]), [1; 16]).unwrap();
    assert_eq!(cost.verify(&read(&words[..128]), Some(&long)), Ok(RIGHT));
    assert_eq!(
        cost.verify(&read(&words[..127]), Some(&long)),
        Ok(Verdict::Wrong)
    );
    let changed = format!("{}X", &words[..127]);
    assert_eq!(
        cost.verify(&read(&changed), Some(&long)),
        Ok(Verdict::Wrong)
    );
}

#[test]
fn a_megabyte_is_turned_away() {
    for unit in ["a", "\u{fdfa}", "e\u{301}", "\u{0}", "🦊"] {
        let huge = Secret::from(unit.repeat((1 << 20) / unit.len()));
        assert_eq!(Password::read(&huge).unwrap_err(), TooLong);
        assert_eq!(
            NewPassword::judge(&huge, &[]).unwrap_err(),
            Refusal::TooLong(TooLong)
        );
    }
}

#[test]
fn the_same_password_from_another_keyboard_is_the_same() {
    let cost = Cost::default();
    let spellings = [
        (
            "Störche über Köln",
            "Sto\u{308}rche u\u{308}ber Ko\u{308}ln",
        ),
        ("office lamps 2", "o\u{fb03}ce lamps ²"),
        ("full width!!", "ｆｕｌｌ　ｗｉｄｔｈ！！"),
        ("\u{ac01} hangul", "\u{1100}\u{1161}\u{11a8} hangul"),
    ];
    for (composed, other) in spellings {
        let hash = cost.hash(&read(composed), [1; 16]).unwrap();
        assert_eq!(
            cost.verify(&read(other), Some(&hash)),
            Ok(RIGHT),
            "{composed}"
        );
        assert_eq!(
            cost.verify(&read(&composed.to_uppercase()), Some(&hash)),
            Ok(Verdict::Wrong)
        );
    }
}

#[test]
fn the_stored_form_carries_its_parameters() {
    let hash = Cost::default()
        .hash(&read("seven quiet lamps burn"), [1; 16])
        .unwrap();
    let expected = "$argon2id$v=19$m=19456,t=2,p=1$AQEBAQEBAQEBAQEBAQEBAQ$";
    assert!(
        hash.as_stored().starts_with(expected),
        "{}",
        hash.as_stored()
    );
    let other_salt = Cost::default()
        .hash(&read("seven quiet lamps burn"), [2; 16])
        .unwrap();
    assert_ne!(hash.as_stored(), other_salt.as_stored());
    assert!(!format!("{:?}", read("seven quiet lamps burn")).contains("seven"));
    assert!(!format!("{hash:?}").contains("argon2id"));
}

#[test]
fn no_account_is_never_right_and_does_the_same_work() {
    let cost = Cost::default();
    for text in ["", "\u{0}", "seven quiet lamps burn"] {
        assert_eq!(cost.verify(&read(text), None), Ok(Verdict::Wrong));
    }
}

fn hash_with(algorithm: Algorithm, version: Version, params: Params, text: &str) -> PasswordHash {
    let hash: phc::PasswordHash = Argon2::new(algorithm, version, params)
        .hash_password_with_salt(text.as_bytes(), &[9; 16])
        .unwrap();
    stored(&hash.to_string())
}

#[test]
fn hashes_below_the_present_cost_are_to_be_made_anew() {
    let text = "seven quiet lamps burn";
    let params = |memory, passes, length| Params::new(memory, passes, 1, Some(length)).unwrap();
    let weaker = [
        hash_with(Algorithm::Argon2id, Version::V0x13, params(8, 1, 32), text),
        hash_with(
            Algorithm::Argon2id,
            Version::V0x13,
            params(19_456, 1, 32),
            text,
        ),
        hash_with(
            Algorithm::Argon2id,
            Version::V0x13,
            params(19_455, 3, 32),
            text,
        ),
        hash_with(
            Algorithm::Argon2id,
            Version::V0x13,
            params(19_456, 2, 16),
            text,
        ),
        hash_with(
            Algorithm::Argon2i,
            Version::V0x13,
            params(19_456, 2, 32),
            text,
        ),
        hash_with(
            Algorithm::Argon2d,
            Version::V0x13,
            params(19_456, 2, 32),
            text,
        ),
        hash_with(
            Algorithm::Argon2id,
            Version::V0x10,
            params(19_456, 2, 32),
            text,
        ),
    ];
    let cost = Cost::default();
    for hash in weaker {
        assert_eq!(
            cost.verify(&read(text), Some(&hash)),
            Ok(RIGHT_BUT_OLD),
            "{}",
            hash.as_stored()
        );
        let wrong = cost.verify(&read("seven quiet lamps burnt"), Some(&hash));
        assert_eq!(wrong, Ok(Verdict::Wrong));
    }
    let raised = Cost::new(24 * 1024, 2, 1).unwrap();
    let hash = cost.hash(&read(text), [1; 16]).unwrap();
    assert_eq!(raised.verify(&read(text), Some(&hash)), Ok(RIGHT_BUT_OLD));
    let anew = raised.hash(&read(text), [1; 16]).unwrap();
    assert_eq!(raised.verify(&read(text), Some(&anew)), Ok(RIGHT));
    // A stronger hash stays when the cost falls back.
    assert_eq!(cost.verify(&read(text), Some(&anew)), Ok(RIGHT));
}

#[test]
fn a_cost_below_the_floor_cannot_be_configured() {
    for (memory, passes, lanes) in [(19_455, 2, 1), (19_456, 1, 1), (19_456, 2, 0), (0, 0, 0)] {
        assert_eq!(Cost::new(memory, passes, lanes).unwrap_err(), WeakCost);
    }
    assert_eq!(Cost::new(u32::MAX, 2, 1).unwrap_err(), WeakCost);
    assert_eq!(Cost::new(19_456, 2, 17).unwrap_err(), WeakCost);
    assert!(Cost::new(19_456, 2, 1).is_ok());
}

#[test]
fn bcrypt_hashes_of_the_former_system_open_once_more_and_move() {
    // Made by the C library's crypt(3), not by the crate under test.
    let old = [
        (
            "correct horse battery staple",
            "$2b$08$abcdefghijklmnopqrstuukS31SNuNEoGSYTPCfyZV8d2iX4qVmTa",
        ),
        (
            "pässword twelve",
            "$2y$08$abcdefghijklmnopqrstuuOSjTIcu224ptiilgx.Ms4ArUfqRF9bC",
        ),
    ];
    let cost = Cost::default();
    for (text, hash) in old {
        assert_eq!(
            cost.verify(&read(text), Some(&stored(hash))),
            Ok(RIGHT_BUT_OLD)
        );
        let wrong = cost.verify(&read(&format!("{text}!")), Some(&stored(hash)));
        assert_eq!(wrong, Ok(Verdict::Wrong));
        let moved = cost.hash(&read(text), [1; 16]).unwrap();
        assert_eq!(cost.verify(&read(text), Some(&moved)), Ok(RIGHT));
    }
    // bcrypt sees 72 bytes; the hash it moves to sees them all.
    let long = "x".repeat(100);
    let cut = stored(
        &bcrypt::hash_with_salt(&long, 4, [1; 16])
            .unwrap()
            .to_string(),
    );
    assert_eq!(
        cost.verify(&read(&"x".repeat(80)), Some(&cut)),
        Ok(RIGHT_BUT_OLD)
    );
    assert_eq!(
        cost.verify(&read(&"x".repeat(71)), Some(&cut)),
        Ok(Verdict::Wrong)
    );
}

#[test]
fn a_damaged_hash_is_an_error_and_never_a_match() {
    let cost = Cost::default();
    let good = cost.hash(&read("seven quiet lamps burn"), [1; 16]).unwrap();
    let good = good.as_stored();
    let damaged = [
        "",
        "seven quiet lamps burn",
        "$argon2id$v=19$m=19456,t=2,p=1$AQEBAQEBAQEBAQEBAQEBAQ",
        "$argon2id$v=19$m=19456,t=2,p=1",
        "$argon2id$v=19$m=4294967295,t=2,p=1$AQEBAQEBAQEBAQEBAQEBAQ$AQEBAQEBAQEBAQEBAQEBAQEBAQEB",
        "$argon2id$v=99$m=19456,t=2,p=1$AQEBAQEBAQEBAQEBAQEBAQ$AQEBAQEBAQEBAQEBAQEBAQEBAQEB",
        "$scrypt$ln=16,r=8,p=1$AQEBAQEBAQEBAQEBAQEBAQ$AQEBAQEBAQEBAQEBAQEBAQEBAQEB",
        "$2b$12$",
        "$2b$99$abcdefghijklmnopqrstuuu",
        &good.replace("argon2id", "argon2x"),
    ];
    for text in damaged {
        let verdict = cost.verify(&read("seven quiet lamps burn"), Some(&stored(text)));
        assert_eq!(verdict, Err(HashError::Unreadable), "{text}");
    }
    let (rest, _) = good.split_at(good.len() - 1);
    let other = cost.verify(&read("seven quiet lamps burn"), Some(&stored(rest)));
    assert!(!matches!(other, Ok(Verdict::Right { .. })));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_hasher_does_what_the_functions_do() {
    let hasher = Hasher::new(Cost::default(), 2);
    let typed = Secret::from("seven quiet lamps burn");
    let judged = hasher
        .judge(typed, vec!["ann@example.org".into()])
        .await
        .unwrap()
        .unwrap();
    let hash = hasher
        .hash(judged.password().clone(), [1; 16])
        .await
        .unwrap();
    let right = hasher
        .verify(judged.password().clone(), Some(hash.clone()))
        .await;
    assert_eq!(right, Ok(RIGHT));
    assert_eq!(
        hasher.verify(read("another one"), Some(hash)).await,
        Ok(Verdict::Wrong)
    );
    assert_eq!(
        hasher.verify(judged.password().clone(), None).await,
        Ok(Verdict::Wrong)
    );
    let unreadable = hasher.verify(read("x"), Some(stored("?"))).await;
    assert_eq!(unreadable, Err(HasherError::Hash(HashError::Unreadable)));
    let refused = hasher
        .judge(Secret::from("password1234"), vec![])
        .await
        .unwrap();
    assert_eq!(refused.unwrap_err().code(), "password_guessable");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_is_turned_away_and_leaves_no_place_taken() {
    let hasher = Hasher::new(Cost::default(), 1);
    let mut waiting: Vec<_> = (0..65)
        .map(|_| Box::pin(hasher.verify(read("a guess at a password"), None)))
        .collect();
    let mut context = Context::from_waker(Waker::noop());
    for future in &mut waiting {
        assert!(future.as_mut().poll(&mut context).is_pending());
    }
    let mut one_more = pin!(hasher.verify(read("a guess at a password"), None));
    let turned_away = one_more.as_mut().poll(&mut context);
    assert_eq!(turned_away, std::task::Poll::Ready(Err(HasherError::Busy)));
    // Callers that hang up give their places back; the hash that runs keeps its own to its end.
    drop(waiting);
    let next = hasher.verify(read("a guess at a password"), None).await;
    assert_eq!(next, Ok(Verdict::Wrong));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn judging_never_panics_and_what_passes_keeps_the_rules(
        text in any::<String>(), personal in prop::collection::vec(any::<String>(), 0..4),
    ) {
        let personal: Vec<&str> = personal.iter().map(String::as_str).collect();
        if judge(&text, &personal).is_ok() {
            use unicode_normalization::UnicodeNormalization;
            let characters = text.nfkc().count();
            prop_assert!((12..=128).contains(&characters));
        }
    }

    #[test]
    fn patterns_and_substitutions_never_panic(text in r"[a4@8({\[<e369&g#!1i|l0o$5s+7t%x2z]{12,128}") {
        let _ = judge(&text, &["4@8({[<", "g3e"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_password_opens_its_own_hash_and_no_other(text in "\\PC{0,128}", other in "\\PC{0,128}") {
        let cost = Cost::default();
        let (Ok(password), Ok(other)) =
            (Password::read(&Secret::from(text)), Password::read(&Secret::from(other)))
        else {
            return Ok(());
        };
        let hash = cost.hash(&password, [1; 16]).unwrap();
        prop_assert_eq!(cost.verify(&password, Some(&hash)), Ok(RIGHT));
        let same = cost.hash(&other, [1; 16]).unwrap() == hash;
        let verdict = cost.verify(&other, Some(&hash));
        prop_assert_eq!(verdict, Ok(if same { RIGHT } else { Verdict::Wrong }));
    }
}
