//! A document's way from the upload to saved tasks through the whole system, waiting included.

use crate::table::Table;
use anyhow::{Context, Result, ensure};
use reqwest::Client;
use reqwest::multipart::{Form, Part};
use sentry_local::system::{Options, System};
use sentry_runtime::Clock;
use sentry_tests::TestApp;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const DOCUMENT: &[u8] = include_bytes!("../../corpus/documents/reportlab-ten-pages.pdf");
const TIMES: usize = 7;

/// One line, so that the waiting is all there is.
const LINE: &str = "Anna to send the budget by Friday";
const LINES: usize = 100;

/// Uploads the same ten pages several times and gives the median and the slowest, then many texts of one line, and how
/// long their messages were under way.
pub async fn run(table: &mut Table) -> Result<()> {
    let database = TestApp::start_at(Clock::system()).await;
    let system = System::start(Options {
        database_url: Some(database.database_url()),
        ..Options::default()
    })
    .await?;
    let base = format!("http://{}", system.address);
    let client = Client::new();
    let person = json!({"email": "chain@example.org", "password": "seven quiet lamps burn"});
    let call = |path: &str| client.post(format!("{base}{path}")).json(&person).send();
    call("/api/users").await?.error_for_status()?;
    let tokens: Value = call("/api/auth/login").await?.json().await?;
    let token = tokens["access_token"].as_str().context("a token")?;
    let (mut times, mut found) = (Vec::new(), 0);
    for _ in 0..TIMES {
        let part = Part::bytes(DOCUMENT).file_name("minutes.pdf");
        let started = Instant::now();
        let response = client
            .post(format!("{base}/api/tasks/extract/document?wait=25"))
            .bearer_auth(token)
            .multipart(Form::new().part("file", part.mime_str("application/pdf")?))
            .send()
            .await?
            .error_for_status()?;
        ensure!(response.status() == 200, "the chain did not end in time");
        let answer: Value = response.json().await?;
        times.push(started.elapsed());
        found = found.max(answer["tasks_saved"].as_u64().unwrap_or_default());
    }
    for _ in 0..LINES {
        client
            .post(format!("{base}/api/tasks/extract/text?wait=25"))
            .bearer_auth(token)
            .json(&json!({"text": LINE}))
            .send()
            .await?
            .error_for_status()?;
    }
    latency(table, &database).await?;
    system.stop().await?;
    times.sort_unstable();
    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    table.add(
        format!("ten-page PDF from upload to {found} saved tasks"),
        format!(
            "{}, at most {}",
            seconds(times[TIMES / 2]),
            seconds(times[TIMES - 1])
        ),
        "1 s",
    );
    Ok(())
}

/// From the commit that asks for work to the worker that has begun it or done it, by the times that the rows hold.
async fn latency(table: &mut Table, database: &TestApp) -> Result<()> {
    let rows = database
        .sql(&format!(
            "select percentile_cont(array[0.5, 0.99]) within group (order by to_extract) as to_extract,
                    percentile_cont(array[0.5, 0.99]) within group (order by to_save) as to_save
             from (select extract(epoch from started_at - uploaded_at) * 1000 as to_extract,
                          extract(epoch from saved_at - processed_at) * 1000 as to_save
                   from uploads where saved_at is not null order by id desc limit {LINES}) times"
        ))
        .await;
    let row = rows.first().context("no line was saved")?;
    for (column, what) in [
        (
            "to_extract",
            "queue to worker, uploads to its claim, p50, p99",
        ),
        (
            "to_save",
            "queue to worker, task-creation to its rows, p50, p99",
        ),
    ] {
        let time = |place: usize| row[column][place].as_f64().context("a time");
        table.add(what, format!("{:.0}, {:.0} ms", time(0)?, time(1)?), "");
    }
    Ok(())
}
