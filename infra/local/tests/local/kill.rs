//! `kill -9` in the middle of work: what was acknowledged must be there after the next start.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::sqs::{receive, send};
use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_s3::presigning::PresigningConfig;
use sentry_local::aws::{ACCESS_KEY_ID, ACCOUNT, BUCKET, Emulator, REGION, SECRET_ACCESS_KEY};
use sentry_local::data_dir::DataDir;
use sentry_local::database::Database;
use sqlx::{Connection, PgConnection};
use tokio::signal::unix::{SignalKind, signal};

/// Names the data folder of a child.
const DATA: &str = "SENTRY_LOCAL_TEST_DATA";

struct Process {
    child: Child,
    database: String,
    aws: String,
}

impl Process {
    fn start(data: &Path) -> Self {
        let mut child = command(data).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut value = |name: &str| {
            let found = lines
                .by_ref()
                .map(Result::unwrap)
                .find_map(|line| line.strip_prefix(name).map(|value| value.trim().to_owned()));
            found.unwrap_or_else(|| panic!("no line with {name}"))
        };
        let (database, aws) = (value("database"), value("s3 and sqs"));
        Self {
            child,
            database,
            aws,
        }
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it as Ctrl-C does.
    fn interrupt(mut self) {
        Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(self.child.wait().unwrap().success());
    }

    fn s3(&self) -> aws_sdk_s3::Client {
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(REGION))
            .endpoint_url(&self.aws)
            .credentials_provider(Credentials::new(
                ACCESS_KEY_ID,
                SECRET_ACCESS_KEY,
                None,
                None,
                "test",
            ))
            .http_client(sentry_runtime::aws::http_client().unwrap())
            .force_path_style(true)
            .build();
        aws_sdk_s3::Client::from_conf(config)
    }

    fn sqs(&self) -> aws_sdk_sqs::Client {
        let config = aws_sdk_sqs::Config::builder()
            .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
            .region(Region::new(REGION))
            .endpoint_url(&self.aws)
            .credentials_provider(Credentials::new(
                ACCESS_KEY_ID,
                SECRET_ACCESS_KEY,
                None,
                None,
                "test",
            ))
            .http_client(sentry_runtime::aws::http_client().unwrap())
            .build();
        aws_sdk_sqs::Client::from_conf(config)
    }

    fn queue(&self, name: &str) -> String {
        format!("{}/{ACCOUNT}/{name}", self.aws)
    }
}

/// This very test binary, told to be [`child`].
fn command(data: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["kill::child", "--exact", "--ignored", "--nocapture"])
        .env(DATA, data);
    command
}

/// The process that is killed: a database, S3 and SQS, until it is interrupted.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the other tests"]
async fn child() {
    let mut interrupted = signal(SignalKind::interrupt()).unwrap();
    let folder = match DataDir::open(Path::new(&std::env::var(DATA).unwrap())) {
        Ok(folder) => folder,
        Err(error) => {
            eprintln!("{error:#}");
            std::process::exit(1);
        }
    };
    let aws = Emulator::start(Some(&folder.aws())).await.unwrap();
    let database = Database::open(None, &folder.postgres()).await.unwrap();
    // On lines of their own: the test harness does not end the one it has begun.
    println!(
        "\ndatabase {}\ns3 and sqs {}",
        database.url(),
        aws.endpoint_url()
    );
    interrupted.recv().await;
    aws.stop().await;
    database.stop().await.unwrap();
    // Nobody reads what the test harness would print now.
    std::process::exit(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn committed_rows_survive() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let mut acknowledged: i64 = 0;
    for round in 0..4 {
        let process = Process::start(&data);
        let mut connection = PgConnection::connect(&process.database).await.unwrap();
        sqlx::query("create table if not exists rows (id bigint primary key)")
            .execute(&mut connection)
            .await
            .unwrap();
        let (count, last): (i64, i64) =
            sqlx::query_as("select count(*), coalesce(max(id), 0) from rows")
                .fetch_one(&mut connection)
                .await
                .unwrap();
        assert_eq!(count, last, "no gap, no half transaction");
        assert!(
            last >= acknowledged,
            "{acknowledged} rows were committed, {last} are there"
        );
        acknowledged = last;
        let writing = tokio::spawn(async move {
            let mut last = last;
            // Two rows a transaction, until the connection breaks.
            while sqlx::query("insert into rows values ($1), ($1 + 1)")
                .bind(last + 1)
                .execute(&mut connection)
                .await
                .is_ok()
            {
                last += 2;
            }
            last
        });
        tokio::time::sleep(Duration::from_millis(150 + 130 * round)).await;
        process.kill();
        acknowledged = acknowledged.max(writing.await.unwrap());
    }
    assert!(acknowledged > 20, "the loop really wrote: {acknowledged}");
}

#[tokio::test(flavor = "multi_thread")]
async fn answered_writes_and_messages_survive() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let mut written = Vec::new();
    let mut sent = Vec::new();
    for round in 0..3 {
        let process = Process::start(&data);
        let (s3, sqs, queue) = (process.s3(), process.sqs(), process.queue("task-creation"));
        let putting = tokio::spawn(put_until_killed(s3, round));
        let sending = tokio::spawn(send_until_killed(sqs, queue, round));
        tokio::time::sleep(Duration::from_millis(400)).await;
        process.kill();
        written.extend(putting.await.unwrap());
        sent.extend(sending.await.unwrap());
    }
    assert!(
        written.len() > 10 && sent.len() > 10,
        "{} and {}",
        written.len(),
        sent.len()
    );

    let process = Process::start(&data);
    for key in &written {
        let got = process
            .s3()
            .get_object()
            .bucket(BUCKET)
            .key(key)
            .send()
            .await
            .unwrap();
        assert_eq!(got.content_type(), Some("text/x"));
        assert_eq!(
            got.body.collect().await.unwrap().into_bytes(),
            key.as_bytes()
        );
    }
    let bodies = drain(&process, "task-creation").await;
    for body in &sent {
        assert!(bodies.contains(body), "{body} was accepted and is gone");
    }
    // One notification at least for every object that was answered.
    let events = drain(&process, "uploads").await;
    for key in &written {
        assert!(
            events
                .iter()
                .any(|event| event.contains(&format!("\"{key}\""))),
            "{key} was never announced"
        );
    }
    process.interrupt();
}

/// Returns the keys of all writes that were answered, half of them through presigned URLs.
async fn put_until_killed(s3: aws_sdk_s3::Client, round: usize) -> Vec<String> {
    let mut keys = Vec::new();
    for number in 0.. {
        let key = format!("users/{round}/{number}");
        let put = s3
            .put_object()
            .bucket(BUCKET)
            .key(&key)
            .content_type("text/x");
        let answered = if number % 2 == 0 {
            put.body(key.clone().into_bytes().into())
                .send()
                .await
                .is_ok()
        } else {
            let minute = PresigningConfig::expires_in(Duration::from_mins(1)).unwrap();
            let length = i64::try_from(key.len()).unwrap();
            let url = put
                .content_length(length)
                .presigned(minute)
                .await
                .unwrap()
                .uri()
                .to_owned();
            sentry_local::choose_tls();
            let put = reqwest::Client::new()
                .put(url)
                .header("content-type", "text/x")
                .body(key.clone());
            put.send()
                .await
                .is_ok_and(|answer| answer.status().is_success())
        };
        if !answered {
            break;
        }
        keys.push(key);
    }
    keys
}

/// Returns the bodies of all messages that were accepted.
async fn send_until_killed(sqs: aws_sdk_sqs::Client, queue: String, round: usize) -> Vec<String> {
    let mut bodies = Vec::new();
    for number in 0.. {
        let body = format!("{round}/{number}");
        if sqs
            .send_message()
            .queue_url(&queue)
            .message_body(&body)
            .send()
            .await
            .is_err()
        {
            break;
        }
        bodies.push(body);
    }
    bodies
}

async fn drain(process: &Process, queue: &str) -> Vec<String> {
    let (sqs, url) = (process.sqs(), process.queue(queue));
    let mut bodies = Vec::new();
    loop {
        let received = receive(&sqs, &url, 0).await;
        if received.is_empty() {
            return bodies;
        }
        bodies.extend(
            received
                .iter()
                .map(|message| message.body().unwrap().to_owned()),
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_kills_the_process_dies_in_the_end() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let process = Process::start(&data);
    send(&process.sqs(), &process.queue("uploads"), "poison").await;
    let mut process = process;
    for _ in 0..5 {
        let received = receive(&process.sqs(), &process.queue("uploads"), 0).await;
        assert_eq!(received.len(), 1);
        process.kill();
        process = Process::start(&data);
    }
    assert!(drain(&process, "uploads").await.is_empty());
    assert_eq!(drain(&process, "uploads-dead").await, ["poison"]);
    process.interrupt();
}

#[test]
fn a_second_process_gets_one_clear_line() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let first = Process::start(&data);
    let second = command(&data).output().unwrap();
    assert!(!second.status.success());
    let line = String::from_utf8(second.stderr).unwrap();
    assert_eq!(line.trim_end().lines().count(), 1, "{line}");
    assert!(
        line.contains(&data.display().to_string()) && line.contains(&first.child.id().to_string()),
        "{line}"
    );
    first.interrupt();
    // A stale lock file, of a process that is gone, stops nobody.
    std::fs::write(data.join("lock"), "999999\n").unwrap();
    Process::start(&data).interrupt();
}
