//! What an analysis and its advice cost somebody with much to do: 500 tasks and 200 meetings.

use crate::table::Table;
use anyhow::{Context, Result, ensure};
use sentry_runtime::Clock;
use sentry_tests::TestApp;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context as LayerContext, SubscriberExt};

const ROUNDS: usize = 300;

const ROWS: &str = "
    insert into tasks (user_id, title, status, due_on, due_at, estimated_hours, created_at, touched_at, completed_at)
    select {person}, 'Task ' || n, case when n % 4 = 0 then 'done' else 'todo' end,
           case when n % 3 = 1 then current_date + (n * 7) % 40 - 8 end,
           case when n % 3 = 0 then now() + ((n * 11) % 700 - 90) * interval '1 hour' end,
           case when n % 2 = 0 then 2.5 end, now() - ((n * 13) % 800) * interval '1 hour',
           now() - ((n * 17) % 500) * interval '1 hour',
           case when n % 4 = 0 then now() - ((n * 17) % 300) * interval '1 hour' end
    from generate_series(1, 500) n;
    insert into tasks (user_id, title, task_type, start_at, end_at, created_at)
    select {person}, 'Meeting ' || n, 'meeting', at, at + (15 + (n * 37) % 90) * interval '1 minute', now() - interval '20 days'
    from generate_series(1, 200) n, lateral (select now() + ((n * 29) % 672 - 168) * interval '1 hour' as at) m;
    analyze tasks";

/// Counts the statements that sqlx reports.
struct Statements(Arc<AtomicUsize>);

impl<S: tracing::Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &tracing::Event<'_>, _: LayerContext<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Times both through the front door, one request after another.
pub async fn run(table: &mut Table) -> Result<()> {
    let counter = Arc::new(AtomicUsize::new(0));
    let app = TestApp::start_at(Clock::system()).await;
    let person = app.user("busy").await;
    app.execute(&ROWS.replace("{person}", &person.id.to_string()))
        .await;
    for text in [
        "Third late night, I cannot keep up",
        "A good day for once, the demo went well",
    ] {
        let answer = person.post("/api/check-ins", json!({"note": text})).await;
        ensure!(answer.status < 300, "{}", answer.text);
    }
    let analyze = "/api/burnout/analyze-auto/me?store_history=true";
    let generate = "/api/recommendations/generate";
    for (name, path, bound) in [
        ("analyze-auto", analyze, "p99 < 25 ms, <= 6 statements"),
        ("recommendations without a model", generate, "< 50 ms"),
    ] {
        // Reporting statements costs time: it is done in a round of its own.
        let subscriber = tracing_subscriber::registry().with(Statements(Arc::clone(&counter)));
        person.post(path, json!({})).await;
        let statements = {
            let _guard = tracing::subscriber::set_default(subscriber);
            let before = counter.load(Ordering::Relaxed);
            person.post(path, json!({})).await;
            counter.load(Ordering::Relaxed) - before
        };
        let mut times = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            let started = Instant::now();
            let answer = person.post(path, json!({})).await;
            times.push(started.elapsed());
            ensure!(answer.status < 300, "{}", answer.text);
        }
        times.sort_unstable();
        let part = |share: usize| -> Result<f64> {
            let time: &Duration = times.get(times.len() * share / 100).context("no times")?;
            Ok(time.as_secs_f64() * 1e3)
        };
        table.add(
            format!("{name}, 500 tasks and 200 meetings, p50, p99, statements"),
            format!("{:.1} ms, {:.1} ms, {statements}", part(50)?, part(99)?),
            bound,
        );
    }
    Ok(())
}
