//! Mail over SMTP, to a real server.

use super::client::{Client, KEY, PASSWORD};
use sentry_queue::{Job, JobError, MailMessage, WorkerContext};
use sentry_runtime::{Ids, Settings};
use sentry_tests::{Letter, TestApp};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A program of the project that runs until the test ends.
pub(super) struct Server {
    child: Child,
    /// What it printed first.
    pub(super) line: String,
}

impl Server {
    /// Starts a script of the project and reads its first line. None where a program it needs is not
    /// installed.
    pub(super) fn start(script: &str, needs: &str, argument: &str) -> Option<Self> {
        if !sentry_tests::installed(needs) {
            return None;
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../scripts")
            .join(script);
        let mut child = Command::new(path)
            .arg(argument)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let line = line.trim().to_owned();
        assert!(!line.is_empty(), "{script} did not start");
        Some(Self { child, line })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The worker with a mail server of the test's; `endpoint` is where AWS is.
pub(super) fn worker(app: &TestApp, mail_url: &str, endpoint: &str) -> mail::Mail {
    let settings = Settings::from_lookup(|name| match name {
        "MAIL_URL" => Some(mail_url.to_owned()),
        "MAIL_FROM" => Some("Sentry AI <no-reply@example.org>".to_owned()),
        "PUBLIC_URL" => Some("https://sentry.example".to_owned()),
        "TOKEN_CODE_KEY" => Some(KEY.to_owned()),
        "AWS_ENDPOINT_URL" => Some(endpoint.to_owned()),
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("local".to_owned()),
        _ => None,
    });
    let context = WorkerContext {
        db: app.db.clone(),
        queues: app.functions.queues().clone(),
        clock: app.clock.clone(),
    };
    mail::Mail::new(context, Ids::seeded(3), &settings).unwrap()
}

/// The mails that wait, in the order of their making.
pub(super) async fn messages(app: &TestApp) -> Vec<MailMessage> {
    let rows = app
        .sql("select user_id, id from mails where sent_at is null order by created_at, id")
        .await;
    rows.iter()
        .map(|row| MailMessage::Send {
            user_id: sentry_domain::UserId(row["user_id"].as_i64().unwrap()),
            mail_id: row["id"].as_str().unwrap().parse().unwrap(),
        })
        .collect()
}

fn received(folder: &Path) -> Vec<Letter> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "eml"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| Letter::parse(&std::fs::read(path).unwrap()).unwrap())
        .collect()
}

/// What becomes of a mail, in words.
pub(super) async fn outcome(office: &mail::Mail, message: MailMessage) -> String {
    match office.run(message).await {
        Ok(()) => "sent".to_owned(),
        Err(JobError::Retry(reason)) => format!("again: {reason}"),
        Err(JobError::Drop(reason)) => format!("never: {reason}"),
    }
}

#[tokio::test]
async fn mails_leave_by_smtp() {
    let folder = tempfile::tempdir().unwrap();
    let Some(server) = Server::start("smtp-server", "python3", folder.path().to_str().unwrap())
    else {
        return;
    };
    let app = TestApp::start().await;
    let client = Client::of(&app);
    for email in ["ann@example.org", "gone@example.org", "later@example.org"] {
        client.sign_up(email, PASSWORD).await.expect(201);
    }
    let url = format!("smtp://sentry:between%20us@127.0.0.1:{}", server.line);
    let office = worker(&app, &url, "");
    let mut outcomes = Vec::new();
    for message in messages(&app).await {
        outcomes.push(outcome(&office, message).await);
    }
    outcomes.sort_unstable();
    assert_eq!(
        outcomes,
        [
            "again: the mail could not be handed over: refused for now (451)",
            "never: the mail server refuses this mail for good (550)",
            "sent",
        ]
    );
    let letters = received(folder.path());
    assert_eq!(letters.len(), 1);
    assert_eq!(
        (letters[0].to.as_str(), letters[0].subject.as_str()),
        ("ann@example.org", "Confirm your address")
    );
    assert!(
        letters[0]
            .text
            .contains("https://sentry.example/api/auth/confirm#verify_email=")
    );
    assert!(
        letters[0].raw.contains("<no-reply@example.org>"),
        "{}",
        letters[0].raw
    );
    let body = serde_json::json!({"token": letters[0].token()});
    // The key of the deployment is another one: a link of one opens nothing at the other.
    let refused = client
        .call("POST", "/api/auth/verify-email", "", Some(body))
        .await;
    assert_eq!(refused.status, 422);

    // Wrong credentials and a server that is not there are for the operator: the mail waits.
    for url in [
        format!("smtp://sentry:wrong@127.0.0.1:{}", server.line),
        "smtp://127.0.0.1:1".to_owned(),
        format!(
            "smtp://sentry:between%20us@127.0.0.1:{}?tls=required",
            server.line
        ),
    ] {
        client
            .sign_up(&format!("{}@example.org", url.len()), PASSWORD)
            .await
            .expect(201);
        let message = messages(&app).await.pop().unwrap();
        let outcome = outcome(&worker(&app, &url, ""), message).await;
        assert!(outcome.starts_with("again: "), "{url}: {outcome}");
        assert!(
            !outcome.contains("between") && !outcome.contains("wrong"),
            "{outcome}"
        );
    }
    assert_eq!(received(folder.path()).len(), 1);
}
