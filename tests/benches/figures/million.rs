//! The list of one person among a million tasks of ten thousand people.

use crate::table::Table;
use anyhow::Result;
use sentry_runtime::Clock;
use sentry_tests::TestApp;
use sqlx::Row;

const ROWS: &str = "
    insert into users (email) select 'person' || n || '@example.com' from generate_series(1, 9999) n;
    insert into tasks (user_id, title, status, due_on)
    select u.id, 'Task ' || n, case when n % 4 = 0 then 'waiting' else 'todo' end, date '2030-01-01' + n
    from generate_series(1, 100) n, users u;
    analyze";

/// Times the statement inside the database, and names the index that its plan uses.
pub async fn run(table: &mut Table) -> Result<()> {
    let app = TestApp::start_at(Clock::system()).await;
    let person = app.user("one").await;
    app.execute(ROWS).await;
    for (name, query) in [
        ("newest first", ""),
        ("by due date", "sort=due&"),
        ("of a status", "status=waiting&"),
        ("search", "q=task 7&"),
    ] {
        let path = format!("/api/tasks?{}limit=50", query.replace(' ', "%20"));
        // The second time it comes from memory, as it does for whoever works.
        person.get(&path).await.expect(200);
        let started = std::time::Instant::now();
        person.get(&path).await.expect(200);
        let whole = started.elapsed().as_secs_f64() * 1e3;
        table.add(
            format!("list among a million, {name}, whole request"),
            format!("{whole:.1} ms"),
            "< 5 ms",
        );
    }
    let statement = format!(
        "explain (analyze, costs off) select * from tasks t
         where t.user_id = {} and t.deleted_at is null order by t.id desc limit 51",
        person.id
    );
    let plan: Vec<String> = sqlx::query(sqlx::AssertSqlSafe(statement))
        .fetch_all(app.db.raw_pool())
        .await?
        .iter()
        .map(|row| row.get(0))
        .collect();
    let line = |mark: &str| {
        let found = plan.iter().find(|line| line.contains(mark));
        found.map_or("none", |line| line.trim()).to_owned()
    };
    table.add("its index", line("Index"), "the owner's");
    table.add("its statement", line("Execution Time"), "");
    Ok(())
}
