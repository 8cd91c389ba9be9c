//! Size, start-up and memory of each built function beside a function that does nothing.

use crate::table::Table;
use anyhow::{Context, Result, ensure};
use sentry_runtime::Clock;
use sentry_tests::{Bootstrap, TestApp};
use sqlx::{Connection, PgConnection};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Starts of each function, of which the median counts.
const STARTS: usize = 9;
const REQUESTS: usize = 1_000;
/// Requests after which one function's memory is looked at again.
const MANY: usize = 100_000;
/// The function that they are sent to.
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
const WORKERS: [&str; 6] = [
    "extract",
    "create-tasks",
    "rescore",
    "sweep",
    "mail",
    "export",
];

/// Builds everything as it is released, and measures it.
pub async fn run(table: &mut Table) -> Result<()> {
    let folder = released().await?;
    let app = TestApp::start_at(Clock::system()).await;
    let environment = app.environment(1);
    let person = app.user("measured").await;
    let connection = connection(&app).await?;
    table.add("a connection to the database", milliseconds(connection), "");
    let hello = starts(&folder.join("hello"), &environment).await?;
    table.add("hello, start to first /next", milliseconds(hello), "");
    size(table, "hello", &folder.join("hello"), "")?;
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
    for name in WORKERS {
        let program = folder.join(name);
        size(table, name, &program, "")?;
        let started = starts(&program, &environment).await?;
        table.add(
            format!("{name}, start to first /next"),
            milliseconds(started),
            "",
        );
    }
    Ok(())
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
        let resident = resident(&process)?;
        table.add(
            format!("{name}, resident after {REQUESTS} requests"),
            format!("{resident:.1} MB"),
            "<= 12 MB",
        );
        if name == PATIENT {
            for _ in REQUESTS..MANY {
                self.request(&process).await?;
            }
            let later = self::resident(&process)?;
            table.add(
                format!("{name}, resident after {MANY} requests"),
                format!("{later:.1} MB"),
                "no growth",
            );
        }
        process.stop().await
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
    for name in ASKED.map(|(name, _)| name).into_iter().chain(WORKERS) {
        folder = sentry_tests::build(&["--release", "-p", name, "--bins"]).await?;
    }
    sentry_tests::build(&["--release", "-p", "hello"]).await?;
    Ok(folder)
}
