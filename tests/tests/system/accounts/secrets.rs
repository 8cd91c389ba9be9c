//! What must never be seen.

use super::client::{Client, OTHER_PASSWORD, PASSWORD, tokens_of};
use super::openid::{Trip, with_issuers};
use super::second_factor::with_totp;
use chrono::Duration;
use sentry_tests::TestApp;
use serde_json::json;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

/// A log that a test can read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What all threads log from now on: what a thread's own subscriber sees depends on who logged first.
fn log() -> Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    let install = || {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::set_global_default(subscriber).unwrap();
        log
    };
    LOG.get_or_init(install).clone()
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

#[tokio::test]
async fn secrets_reach_neither_the_log_nor_the_database() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    let log = log();
    let email = "planted.mark@example.org";
    let (access, first) = client.tokens(email).await;
    let (_, second) = tokens_of(&client.refresh(&first).await);
    client.sign_in(email, OTHER_PASSWORD).await;
    client
        .sign_in("planted.stranger@example.org", OTHER_PASSWORD)
        .await;
    client.sign_up(email, "planted").await;
    client
        .call(
            "POST",
            "/api/auth/login",
            "",
            Some(json!({"email": email, "pasword": OTHER_PASSWORD})),
        )
        .await;
    app.clock.advance(Duration::minutes(1));
    client.refresh(&first).await;
    let log = log.text();
    assert!(
        log.contains("/api/auth/login") && log.contains("replayed"),
        "the log itself was read"
    );
    let signature = access.rsplit('.').next().unwrap();
    for secret in [
        PASSWORD,
        OTHER_PASSWORD,
        "planted",
        signature,
        &first[10..],
        &second[10..],
    ] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
    let dump = app.dump().await;
    assert!(dump.contains(email), "the database itself was read");
    for secret in [
        PASSWORD,
        OTHER_PASSWORD,
        "planted.stranger",
        signature,
        &first[10..],
        &second[10..],
    ] {
        assert!(!dump.contains(secret), "{secret}");
    }
}

/// Links, codes, second factors, other providers, archives: each goes to one person and nowhere else.
#[tokio::test]
async fn no_other_proof_reaches_the_log_or_the_database() {
    let log = log();
    let (app, works, _) = with_issuers().await;
    let client = Client::of(&app);
    let email = "marked@example.org";
    let (access, authenticator, recovery) = with_totp(&app, &client, email).await;
    let link = app.letter(email, "Confirm your address").await.token();
    let post = async |path: &str, body: serde_json::Value| {
        let answer = client.call("POST", path, "", Some(body)).await;
        assert!(answer.status < 300, "{path}: {}", answer.text);
    };
    post("/api/auth/forgot-password", json!({"email": email})).await;
    let reset = app.letter(email, "Choose a new password").await.token();
    let new_password = "green boats sail slowly";
    let body = json!({"token": reset, "new_password": new_password});
    post("/api/auth/reset-password", body).await;
    let body = json!({"email": email, "password": new_password, "totp_code": recovery[0]});
    let answer = client.call("POST", "/api/auth/login", "", Some(body)).await;
    let (again, _) = tokens_of(&answer);

    let trip = Trip::begin(&client, "/api/auth/works").await;
    works.expects(&trip.query);
    let (foreign, _) = tokens_of(&trip.back(&client, "works").await);

    let diary = json!({"text": "A planted diary line that nobody else reads"});
    let path = "/api/tasks/extract/text";
    client
        .call("POST", path, &again, Some(diary))
        .await
        .expect(202);
    let export = "/api/users/me/export";
    client
        .call("POST", export, &again, Some(json!({})))
        .await
        .expect(202);
    app.drain().await;
    let ready = client.call("GET", export, &again, None).await.expect(200);
    let archive = ready["download_url"].as_str().unwrap();
    let signature = archive.split("X-Amz-Signature=").nth(1).unwrap();

    let (log, dump) = (log.text(), app.dump().await);
    assert!(
        log.contains("/callback") && dump.contains(email),
        "both were read"
    );
    let (_, cookie) = trip.cookie.split_once('=').unwrap();
    for proof in [
        &access[access.len() - 40..],
        &again[again.len() - 40..],
        &foreign[foreign.len() - 40..],
        &link,
        &reset,
        new_password,
        &authenticator.text,
        &recovery[0],
        &recovery[1],
        cookie,
        trip.told("state"),
        trip.told("nonce"),
        "between us",
        &signature[..40],
    ] {
        assert!(proof.len() >= 8, "{proof} may stand anywhere");
        assert!(!log.contains(proof), "the log tells {proof}");
        assert!(!dump.contains(proof), "the database tells {proof}");
    }
    assert!(
        !log.contains("planted diary line"),
        "the log tells of a day"
    );
}
