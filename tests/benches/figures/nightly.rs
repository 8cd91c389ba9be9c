//! How many people a second one worker scores at night, and what memory that takes.

use crate::table::Table;
use anyhow::Result;
use rescore::Rescore;
use sentry_db::Db;
use sentry_domain::UserId;
use sentry_queue::{Job, Queue, Queues, RescoreMessage, WorkerContext};
use sentry_runtime::{Clock, Settings};
use sentry_tests::TestApp;
use std::time::Instant;

const PEOPLE: usize = 20_000;
const BATCH: usize = 500;
/// Long enough for the first batches to have filled every cache.
const WARM: usize = 2;

const ROWS: &str = "
    insert into users (email, time_zone)
    select 'person' || n || '@example.com', (array['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'])[1 + n % 4]
    from generate_series(1, {people}) n;
    insert into tasks (user_id, title, status, due_on, due_at, estimated_hours, created_at, touched_at, completed_at)
    select u.id, 'Task ' || n, case when n % 4 = 0 then 'done' else 'todo' end,
           case when n % 3 = 1 then current_date + (n * 7 + u.id::int) % 20 - 6 end,
           case when n % 3 = 0 then now() + ((n * 11 + u.id) % 300 - 90) * interval '1 hour' end,
           case when n % 2 = 0 then 2.5 end, now() - ((n * 13 + u.id) % 800) * interval '1 hour',
           now() - ((n * 17 + u.id) % 500) * interval '1 hour',
           case when n % 4 = 0 then now() - ((n * 17 + u.id) % 300) * interval '1 hour' end
    from users u, generate_series(1, 30) n;
    insert into tasks (user_id, title, task_type, start_at, end_at, created_at)
    select u.id, 'Meeting ' || n, 'meeting', at, at + (15 + (n * u.id) % 90) * interval '1 minute', now() - interval '20 days'
    from users u, generate_series(1, 10) n,
         lateral (select now() + ((n * 29 + u.id) % 168 - 72) * interval '1 hour' as at) m;
    analyze users; analyze tasks";

/// Scores everybody in batches, as the nightly messages do.
pub async fn run(table: &mut Table) -> Result<()> {
    let app = TestApp::start_at(Clock::system()).await;
    let url = app.database_url();
    let db = Db::lazy(&url, 1)?;
    let ids = rows(&db, PEOPLE).await?;
    // No message leaves a night's batch in which everybody can be scored.
    let settings = Settings::from_lookup(|name| {
        (name != "AWS_USE_DUALSTACK_ENDPOINT").then(|| "9".to_owned())
    });
    let queues = Queues::from_settings(&settings, &[Queue::BurnoutRescore])?;
    let context = WorkerContext {
        db,
        queues,
        clock: Clock::system(),
    };
    let rescore = Rescore { context };
    let (mut started, mut memory) = (Instant::now(), 0);
    for (batch, users) in ids.chunks(BATCH).enumerate() {
        if batch == WARM {
            (started, memory) = (Instant::now(), resident_kib()?);
        }
        let user_ids = users.iter().copied().map(UserId).collect();
        rescore.run(RescoreMessage::Nightly { user_ids }).await?;
    }
    let timed = ids.len().saturating_sub(WARM * BATCH);
    let rate = timed as f64 / started.elapsed().as_secs_f64();
    table.add(
        "nightly rescoring, 30 tasks and 10 meetings each, users/s",
        format!("{rate:.0}"),
        ">= 2,000",
    );
    table.add(
        format!("resident after {} and after {PEOPLE} people", WARM * BATCH),
        format!("{} MiB, {} MiB", memory / 1024, resident_kib()? / 1024),
        "flat",
    );
    Ok(())
}

async fn rows(db: &Db, people: usize) -> Result<Vec<i64>> {
    let pool = db.raw_pool();
    let statements = ROWS.replace("{people}", &people.to_string());
    sqlx::raw_sql(sqlx::AssertSqlSafe(statements))
        .execute(pool)
        .await?;
    Ok(sqlx::query_scalar("select id from users order by id")
        .fetch_all(pool)
        .await?)
}

/// Resident memory of this process, where the system tells.
fn resident_kib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    Ok(line
        .map_or("0", |line| line.trim().trim_end_matches(" kB"))
        .parse()?)
}
