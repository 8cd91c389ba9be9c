//! What signing in costs, and whether its time tells who has an account.
//!
//! `TEST_DATABASE_URL=$(scripts/postgres start 15) cargo run -p sentry-tests --example accounts_times`

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a benchmark ends where its premise does"
)]

use sentry_tests::{Person, TestApp};
use serde_json::{Value, json};
use std::io::Write;
use std::time::{Duration, Instant};

const PASSWORD: &str = "seven quiet lamps burn";
const ROUNDS: usize = 200;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout();
    let app = TestApp::start().await;
    let known = app.user("known").await;
    let stranger = app.stranger();
    for at_once in [1, 2, 8] {
        let rate = sign_ins(&stranger, &known.email, at_once).await;
        writeln!(out, "sign-ins/s, {at_once} at once: {rate:.1}")?;
    }
    let reads = reads(&known).await;
    writeln!(out, "GET /api/users/me: median {} us", reads.as_micros())?;
    writeln!(
        out,
        "known and unknown address, medians of {ROUNDS}, alternating:"
    )?;
    for (name, path, body) in [
        (
            "sign-in, wrong",
            "/api/auth/login",
            json!({"password": "nine loud drums sleep"}),
        ),
        ("sign-up", "/api/users", json!({"password": PASSWORD})),
        ("forgotten password", "/api/auth/forgot-password", json!({})),
        ("resend", "/api/auth/resend-verification", json!({})),
        (
            "reset by code, wrong",
            "/api/auth/reset-password",
            json!({"code": "000000", "new_password": "green boats sail slowly"}),
        ),
        (
            "verify by code, wrong",
            "/api/auth/verify-email",
            json!({"code": "000000"}),
        ),
    ] {
        let (one, other) = compare(&stranger, path, &body, &known.email).await;
        let ratio = one.as_secs_f64() / other.as_secs_f64() - 1.0;
        writeln!(
            out,
            "  {name}: {:.3} ms and {:.3} ms, {:+.1} %",
            one.as_secs_f64() * 1000.0,
            other.as_secs_f64() * 1000.0,
            ratio * 100.0
        )?;
    }
    Ok(())
}

async fn sign_ins(stranger: &Person, email: &str, at_once: usize) -> f64 {
    let body = json!({"email": email, "password": PASSWORD});
    let started = Instant::now();
    let workers: Vec<_> = (0..at_once)
        .map(|_| {
            let (stranger, body) = (stranger.clone(), body.clone());
            tokio::spawn(async move {
                let mut count = 0;
                while started.elapsed() < Duration::from_secs(5) {
                    stranger
                        .post("/api/auth/login", body.clone())
                        .await
                        .expect(200);
                    count += 1;
                }
                count
            })
        })
        .collect();
    let mut total = 0;
    for worker in workers {
        total += worker.await.expect("a worker");
    }
    f64::from(total) / started.elapsed().as_secs_f64()
}

async fn reads(known: &Person) -> Duration {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let started = Instant::now();
        known.get("/api/users/me").await.expect(200);
        times.push(started.elapsed());
    }
    median(times)
}

/// Alternating, so that whatever else happens on the machine happens to both.
async fn compare(stranger: &Person, path: &str, body: &Value, known: &str) -> (Duration, Duration) {
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS + 10 {
        for is_known in [true, false] {
            let mut body = body.clone();
            body["email"] = if is_known {
                json!(known)
            } else {
                json!(format!("nobody{round}@example.org"))
            };
            let started = Instant::now();
            let answer = stranger.post(path, body).await;
            let took = started.elapsed();
            assert!(answer.status < 500, "{}", answer.text);
            // The first ones warm up.
            if round >= 10 {
                if is_known { &mut ones } else { &mut others }.push(took);
            }
        }
    }
    (median(ones), median(others))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    *times.get(times.len() / 2).unwrap()
}
