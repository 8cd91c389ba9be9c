//! What signing in costs, and whether its time tells who has an account. What one token and one hash cost is in
//! `shared/auth/benches`.

use crate::table::Table;
use anyhow::{Context, Result, ensure};
use sentry_tests::{Person, TestApp};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const PASSWORD: &str = "seven quiet lamps burn";
const ROUNDS: usize = 200;

/// Measures everything.
pub async fn run(table: &mut Table) -> Result<()> {
    let app = TestApp::start().await;
    let known = app.user("known").await;
    let stranger = app.stranger();
    for at_once in [1, 2, 8] {
        let rate = sign_ins(&stranger, &known.email, at_once).await?;
        let rate = format!("{rate:.1}/s");
        table.add(
            format!("sign-in, {at_once} at once"),
            rate,
            "as many as hashes",
        );
    }
    let reads = reads(&known).await?;
    let reads = format!("{} us", reads.as_micros());
    table.add(
        "GET /api/users/me with its session check, median",
        reads,
        "",
    );
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
        let (one, other) = compare(&stranger, path, &body, &known.email).await?;
        let difference = (one.as_secs_f64() / other.as_secs_f64() - 1.0) * 100.0;
        table.add(
            format!("{name}: known and unknown address, middle halves of {ROUNDS} in turns"),
            format!(
                "{:.3} ms, {:.3} ms, {difference:+.1} %",
                one.as_secs_f64() * 1e3,
                other.as_secs_f64() * 1e3
            ),
            "within 5 %",
        );
    }
    Ok(())
}

async fn sign_ins(stranger: &Person, email: &str, at_once: usize) -> Result<f64> {
    let body = json!({"email": email, "password": PASSWORD});
    let started = Instant::now();
    let workers: Vec<_> = (0..at_once)
        .map(|_| {
            let (stranger, body) = (stranger.clone(), body.clone());
            tokio::spawn(async move {
                let mut count = 0;
                while started.elapsed() < Duration::from_secs(5) {
                    let answer = stranger.post("/api/auth/login", body.clone()).await;
                    ensure!(answer.status == 200, "{}", answer.text);
                    count += 1;
                }
                Ok(count)
            })
        })
        .collect();
    let mut total = 0;
    for worker in workers {
        total += worker.await??;
    }
    Ok(f64::from(total) / started.elapsed().as_secs_f64())
}

async fn reads(known: &Person) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let answer = known.get("/api/users/me").await;
        ensure!(answer.status == 200, "{}", answer.text);
        times.push(started.elapsed());
    }
    median(times)
}

/// Alternating, so that whatever else happens on the machine happens to both.
async fn compare(
    stranger: &Person,
    path: &str,
    body: &Value,
    known: &str,
) -> Result<(Duration, Duration)> {
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS + 10 {
        // Each comes first as often as the other: two threads take the work in turns, too, and one may have warmer memory.
        let first = (round / 2) % 2 == 0;
        for is_known in [first, !first] {
            let mut body = body.clone();
            body["email"] = if is_known {
                json!(known)
            } else {
                json!(format!("nobody{round}@example.org"))
            };
            let started = Instant::now();
            let answer = stranger.post(path, body).await;
            let took = started.elapsed();
            ensure!(answer.status < 500, "{}", answer.text);
            // The first ones warm up.
            if round >= 10 {
                if is_known { &mut ones } else { &mut others }.push(took);
            }
        }
    }
    Ok((middle(ones)?, middle(others)?))
}

/// The mean of the times without the shortest and the longest quarter.
fn middle(mut times: Vec<Duration>) -> Result<Duration> {
    times.sort_unstable();
    let quarter = times.len() / 4;
    let middle = &times[quarter..times.len() - quarter];
    let count = u32::try_from(middle.len())?;
    ensure!(count > 0, "nothing was measured");
    Ok(middle.iter().sum::<Duration>() / count)
}

fn median(mut times: Vec<Duration>) -> Result<Duration> {
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .copied()
        .context("nothing was measured")
}
