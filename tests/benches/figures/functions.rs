//! Size, start-up and memory of each built function beside a function that does nothing.

use crate::table::Table;
use anyhow::{Context, Result, ensure};
use sentry_runtime::Clock;
use sentry_tests::{Bootstrap, TestApp};
use serde_json::json;
use sqlx::{Connection, PgConnection};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Starts of each function, of which the median counts.
const STARTS: usize = 9;
const REQUESTS: usize = 1_000;
/// Events of each worker before its memory is looked at, and after which it is looked at again.
const EVENTS: (usize, usize) = (100, 2_000);
/// Requests after which memory is looked at again, of one function, and of the others.
const MANY: (usize, usize) = (100_000, 10_000);
/// The function that gets most.
const PATIENT: &str = "tasks";

/// HTTP functions, each with a request that reads from the database.
const ASKED: [(&str, &str); 7] = [
    ("accounts", "/api/users/me"),
    // It reads nothing that it does not also change.
    ("passwords", "/health/ready"),
    ("providers", "/api/auth/providers"),
    ("tasks", "/api/tasks"),
    ("uploads", "/api/uploads"),
    ("burnout", "/api/burnout/history/me"),
    ("advice", "/api/recommendations/me"),
];
/// Workers, each with a message: of what is there, where that costs nothing, else of what is not.
const WORKERS: [(&str, &str); 6] = [
    (
        "extract",
        r#"{"type":"extract.v1","user_id":1,"upload_id":999}"#,
    ),
    (
        "create-tasks",
        r#"{"type":"create-tasks.v1","user_id":1,"upload_id":999}"#,
    ),
    ("rescore", r#"{"type":"rescore.v1","user_id":1}"#),
    ("sweep", ""),
    (
        "mail",
        r#"{"type":"mail.v1","user_id":1,"mail_id":"0198c0de-0000-7000-8000-000000000001"}"#,
    ),
    (
        "export",
        r#"{"type":"export.v1","user_id":1,"export_id":"0198c0de-0000-7000-8000-000000000001"}"#,
    ),
];

/// Builds everything as it is released, and measures it.
pub async fn run(table: &mut Table) -> Result<()> {
    let folder = released().await?;
    let app = TestApp::start_at(Clock::system()).await;
    let environment = app.environment(1);
    let person = app.user("measured").await;
    let connection = connection(&app).await?;
    table.add("a connection to the database", milliseconds(connection), "");
    let (cold, again) = bare_query(&app).await?;
    table.add(
        "a page of tasks by the bare driver, first of a connection and again",
        format!("{}, {}", milliseconds(cold), milliseconds(again)),
        "",
    );
    let hello = starts(&folder.join("hello"), &environment).await?;
    table.add("hello, start to first /next", milliseconds(hello), "");
    size(table, "hello", &folder.join("hello"), "")?;
    let asked = Asked {
        name: "hello",
        path: "/",
        token: "",
        connection: Duration::ZERO,
    };
    let process = Bootstrap::start(&folder.join("hello"), &environment).await?;
    asked.memory(table, &process, 0).await?;
    process.stop().await?;
    for (name, path) in ASKED {
        let program = folder.join(name);
        size(table, name, &program, "<= 8 MB")?;
        let started = starts(&program, &environment).await?;
        let ratio = started.as_secs_f64() / hello.as_secs_f64();
        table.add(
            format!("{name}, start to first /next"),
            format!("{}, {ratio:.1} x hello", milliseconds(started)),
            "<= 2.5 x",
        );
        let asked = Asked {
            name,
            path,
            token: &person.token,
            connection,
        };
        asked.requests(table, &program, &environment).await?;
    }
    for (name, message) in WORKERS {
        let program = folder.join(name);
        size(table, name, &program, "")?;
        let started = starts(&program, &environment).await?;
        table.add(
            format!("{name}, start to first /next"),
            milliseconds(started),
            "",
        );
        work(table, name, &program, &environment, message).await?;
    }
    // It runs once per deployment, against what only a deployment has.
    let mut of_setup = environment.clone();
    of_setup.insert("KEYS_SECRET".to_owned(), "measured".to_owned());
    let program = folder.join("setup");
    size(table, "setup", &program, "")?;
    let started = starts(&program, &of_setup).await?;
    table.add("setup, start to first /next", milliseconds(started), "");
    Ok(())
}

/// How long a worker takes for an event, what its memory comes to, and whether it grows.
async fn work(
    table: &mut Table,
    name: &str,
    program: &Path,
    environment: &BTreeMap<String, String>,
    message: &str,
) -> Result<()> {
    let event = if message.is_empty() {
        json!({ "type": "sweep.v1" })
    } else {
        json!({ "Records": [{ "messageId": "one", "receiptHandle": "one", "body": message }] })
    };
    let process = Bootstrap::start(program, environment).await?;
    let (some, many) = EVENTS;
    let mut times = Vec::with_capacity(many);
    for count in 1..=many {
        let begun = Instant::now();
        let answer = process.invoke(event.clone()).await?;
        times.push(begun.elapsed());
        let failed = answer["batchItemFailures"].as_array();
        ensure!(failed.is_none_or(Vec::is_empty), "{name} failed: {answer}");
        if count == some || count == many {
            let bound = if count == many { "no growth" } else { "" };
            table.add(
                format!("{name}, resident after {count} events"),
                format!("{:.1} MB", resident(&process)?),
                bound,
            );
        }
    }
    times.sort_unstable();
    table.add(
        format!("{name}, an event"),
        milliseconds(times[many / 2]),
        "",
    );
    process.stop().await
}

/// A function and what it is asked.
struct Asked<'a> {
    name: &'a str,
    path: &'a str,
    token: &'a str,
    /// How long a connection to the database takes.
    connection: Duration,
}

impl Asked<'_> {
    async fn requests(
        &self,
        table: &mut Table,
        program: &Path,
        environment: &BTreeMap<String, String>,
    ) -> Result<()> {
        let name = self.name;
        let mut firsts = Vec::with_capacity(STARTS);
        for _ in 0..STARTS {
            let process = Bootstrap::start(program, environment).await?;
            let begun = Instant::now();
            self.request(&process).await?;
            firsts.push(begun.elapsed());
            process.stop().await?;
        }
        firsts.sort_unstable();
        let first = firsts[STARTS / 2];
        let process = Bootstrap::start(program, environment).await?;
        let mut times = Vec::with_capacity(REQUESTS);
        for _ in 0..REQUESTS {
            let begun = Instant::now();
            self.request(&process).await?;
            times.push(begun.elapsed());
        }
        times.sort_unstable();
        let warm = times[REQUESTS / 2];
        let ratio = first.saturating_sub(self.connection).as_secs_f64() / warm.as_secs_f64();
        table.add(
            format!("{name}, first request, and a warm one"),
            format!(
                "{}, {}: {ratio:.1} x beside the connection",
                milliseconds(first),
                milliseconds(warm)
            ),
            "< 3 x",
        );
        self.memory(table, &process, REQUESTS).await?;
        process.stop().await
    }

    /// What memory comes to after some requests, of which `before` were sent, and after many.
    async fn memory(&self, table: &mut Table, process: &Bootstrap, before: usize) -> Result<()> {
        let name = self.name;
        let many = if name == PATIENT { MANY.0 } else { MANY.1 };
        let mut sent = before;
        let most = if name == "hello" { "" } else { "<= 12 MB" };
        for (until, bound) in [(REQUESTS, most), (many, "no growth")] {
            while sent < until {
                self.request(process).await?;
                sent += 1;
            }
            table.add(
                format!("{name}, resident after {until} requests"),
                format!("{:.1} MB", resident(process)?),
                bound,
            );
        }
        Ok(())
    }

    async fn request(&self, process: &Bootstrap) -> Result<()> {
        let (status, body) = process.request("GET", self.path, self.token, None).await?;
        ensure!(status == 200, "{} answered {status}: {body}", self.name);
        Ok(())
    }
}

fn resident(process: &Bootstrap) -> Result<f64> {
    let kib = process.resident_kib().context("no figure for memory")?;
    Ok(kib as f64 / 1024.0)
}

/// The median time that the driver needs to connect, with which every first request begins.
async fn connection(app: &TestApp) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let begun = Instant::now();
        let connection = PgConnection::connect(&app.database_url()).await?;
        times.push(begun.elapsed());
        connection.close().await?;
    }
    times.sort_unstable();
    Ok(times[STARTS / 2])
}

/// The median times of one page of tasks without any of our code, as the first query of a connection and as a later one:
/// what is between them is the catalogue that each new session of PostgreSQL reads for itself.
async fn bare_query(app: &TestApp) -> Result<(Duration, Duration)> {
    let page = "select * from tasks where user_id = $1 and deleted_at is null order by id limit 50";
    let (mut cold, mut again) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let mut connection = PgConnection::connect(&app.database_url()).await?;
        for times in [&mut cold, &mut again] {
            let begun = Instant::now();
            sqlx::raw_sql("begin; select sentry.enter_worker(1)")
                .execute(&mut connection)
                .await?;
            sqlx::query(page)
                .bind(1_i64)
                .fetch_all(&mut connection)
                .await?;
            sqlx::raw_sql("commit").execute(&mut connection).await?;
            times.push(begun.elapsed());
        }
        connection.close().await?;
    }
    cold.sort_unstable();
    again.sort_unstable();
    Ok((cold[STARTS / 2], again[STARTS / 2]))
}

async fn starts(program: &Path, environment: &BTreeMap<String, String>) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let process = Bootstrap::start(program, environment).await?;
        times.push(process.started_after);
        process.stop().await?;
    }
    times.sort_unstable();
    Ok(times[STARTS / 2])
}

fn size(table: &mut Table, name: &str, program: &Path, bound: &str) -> Result<()> {
    let bytes = std::fs::metadata(program)?.len();
    let megabytes = format!("{:.1} MB", bytes as f64 / 1e6);
    table.add(format!("{name}, stripped size"), megabytes, bound);
    Ok(())
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

/// Builds the functions one by one, each with what it alone asks for, as `cargo lambda build` does.
async fn released() -> Result<PathBuf> {
    let mut folder = PathBuf::new();
    let names = ASKED.into_iter().chain(WORKERS).map(|(name, _)| name);
    for name in names.chain(["setup"]) {
        folder = sentry_tests::build(&["--release", "-p", name, "--bins"]).await?;
    }
    sentry_tests::build(&["--release", "-p", "hello"]).await?;
    Ok(folder)
}
