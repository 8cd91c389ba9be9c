//! What tokens and passwords cost: prints a table, asserts nothing.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on may stop")]

use chrono::{DateTime, TimeDelta, Utc};
use sentry_auth::access::{Algorithm, Realm, Signer, SigningKey, Verifier};
use sentry_auth::password::{Cost, NewPassword, Password};
use sentry_auth::refresh::RefreshToken;
use sentry_auth::{KeyMaterial, Secret, TokenKey};
use sentry_domain::{SessionId, UserId};
use std::hint::black_box;
use std::time::{Duration, Instant};
use uuid::Uuid;

fn main() {
    let material = KeyMaterial::from_bytes((1..=32).collect()).unwrap();
    tokens(&material);
    passwords();
}

fn tokens(material: &KeyMaterial) {
    let now = DateTime::<Utc>::from_timestamp(1_772_442_000, 0).unwrap();
    let realm = Realm {
        issuer: "https://sentry.example".into(),
        audience: "sentry-api".into(),
    };
    for algorithm in [Algorithm::EdDsa, Algorithm::Hs256] {
        let key = SigningKey::new(algorithm, material).unwrap();
        let public = key.verifying_key().clone();
        let signer = Signer::new(realm.clone(), key);
        let sign = || signer.sign(UserId(42), SessionId(Uuid::nil()), Uuid::nil(), now);
        let token = sign().text;
        let name = algorithm.as_str();
        print(&format!("{name} sign"), 2000, sign);
        let first = Verifier::new(realm.clone(), public.clone()).remembering(0);
        let check = || {
            first
                .verify(token.expose(), now + TimeDelta::seconds(5))
                .unwrap()
        };
        print(&format!("{name} check, first time"), 5000, check);
        let again = Verifier::new(realm.clone(), public);
        let check = || {
            again
                .verify(token.expose(), now + TimeDelta::seconds(5))
                .unwrap()
        };
        print(&format!("{name} check, remembered"), 5000, check);
    }
    let key = TokenKey::new(material).unwrap();
    let refresh = RefreshToken::new(Uuid::nil(), [7; 32]).encode(&key);
    print("refresh token parse and hash", 5000, || {
        RefreshToken::parse(refresh.expose(), &key).unwrap().hash()
    });
}

fn passwords() {
    let cost = Cost::default();
    let password = Password::read(&Secret::from("seven quiet lamps burn")).unwrap();
    let stored = cost.hash(&password, [7; 16]).unwrap();
    // In turns, so that whatever else the machine does falls on both alike.
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        known.push(time(|| cost.verify(&password, Some(&stored))));
        unknown.push(time(|| cost.verify(&password, None)));
    }
    let known = report("Argon2id known account", known);
    let unknown = report("Argon2id unknown account", unknown);
    let difference = 100.0 * (known.as_secs_f64() / unknown.as_secs_f64() - 1.0).abs();
    println!("{:32} {difference:.2} %", "difference of the medians");
    let substitutions = "4@8({[<369&#!1/|0$5+7%2gltosxzea".repeat(4);
    for (name, text) in [
        ("judge a passphrase", "seven quiet lamps burn"),
        ("judge 128 substitutions", &substitutions),
        (
            "judge 128 letters",
            &"abcdefghijklmnopqrstuvwxyz".repeat(5)[..128],
        ),
        ("judge 128 alike", &"a".repeat(128)),
    ] {
        let text = Secret::from(text);
        print(name, 20, || {
            NewPassword::judge(&text, &["ann.lee@example.org", "Ann", "Lee"]).is_ok()
        });
    }
}

fn print<T>(name: &str, runs: usize, mut work: impl FnMut() -> T) {
    report(name, (0..runs).map(|_| time(&mut work)).collect());
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// Prints fastest, median and 99th percentile of single runs, and answers the median.
fn report(name: &str, mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    let [fastest, median, slow] = [0, times.len() / 2, times.len() * 99 / 100].map(|at| times[at]);
    let each_second = 1.0 / median.as_secs_f64();
    println!(
        "{name:32} fastest {fastest:>10.2?}  median {median:>10.2?}  p99 {slow:>10.2?}  \
         {each_second:>10.0}/s a core"
    );
    median
}
