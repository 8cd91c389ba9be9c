//! How fast messages leave the outbox.

use crate::table::Table;
use anyhow::Result;
use sentry_runtime::Clock;
use sentry_tests::TestApp;
use std::time::Instant;

const MESSAGES: usize = 20_000;

/// Fills the outbox and lets it be relayed, as `sweep` does.
pub async fn run(table: &mut Table) -> Result<()> {
    let app = TestApp::start_at(Clock::system()).await;
    app.execute(&format!(
        "insert into outbox (queue, body, next_attempt_at)
         select 'burnout-rescore', '{{\"type\": \"rescore.v1\", \"user_id\": 1}}', now() - interval '1 minute'
         from generate_series(1, {MESSAGES}); analyze outbox"
    ))
    .await;
    let started = Instant::now();
    let sent = app.functions.queues().relay(&app.db, 500).await?;
    let rate = sent as f64 / started.elapsed().as_secs_f64();
    table.add(
        format!("outbox relay of {sent}, messages/s"),
        format!("{rate:.0}"),
        ">= 5,000",
    );
    Ok(())
}
