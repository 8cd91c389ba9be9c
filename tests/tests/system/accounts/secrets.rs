//! What must never be seen.

use super::client::{Client, OTHER_PASSWORD, PASSWORD, tokens_of};
use chrono::Duration;
use sentry_tests::TestApp;
use serde_json::json;
use std::io::Write;
use std::sync::{Arc, Mutex};

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

#[tokio::test]
async fn secrets_reach_neither_the_log_nor_the_database() {
    let app = TestApp::start().await;
    let client = Client::of(&app);
    // One for all threads: what a thread's own subscriber sees depends on who logged first.
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
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
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
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
    let mut dump = String::new();
    for table in [
        "users",
        "sessions",
        "activities",
        "rate_limits",
        "outbox",
        "idempotency_keys",
    ] {
        dump.extend(
            app.sql(&format!("select * from {table}"))
                .await
                .iter()
                .map(ToString::to_string),
        );
    }
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
