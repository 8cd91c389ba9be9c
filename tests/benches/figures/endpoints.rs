//! List, get, create and update: the product beside the bare reference and `pgbench`.

use crate::load::{self, Outcome, Shot};
use crate::reference::{STATEMENTS, Statements};
use crate::server::Server;
use crate::{pgbench, table::Table};
use anyhow::{Context, Result};
use sentry_runtime::{Clock, Settings};
use sentry_tests::{Person, TestApp};
use serde_json::json;
use sqlx::Row;
use std::time::Duration;

/// For sixteen clients: two to a core of the smallest machine. More only wait for each other.
const DATABASE_CONNECTIONS: u32 = 4;
/// Of each server, in turns, so that a slow moment of the machine meets both.
const ROUNDS: usize = 3;
const TIME: Duration = Duration::from_secs(4);

/// What is fired, and what it is called.
const SHOTS: [(&str, Shot); 4] = [
    (
        "list",
        Shot {
            method: "GET",
            path: |_, _| "/api/tasks?limit=50".to_owned(),
            body: "",
            status: 200,
        },
    ),
    (
        "get",
        Shot {
            method: "GET",
            path: one,
            body: "",
            status: 200,
        },
    ),
    (
        "update",
        Shot {
            method: "PATCH",
            path: one,
            body: r#"{"priority":"high"}"#,
            status: 200,
        },
    ),
    (
        "create",
        Shot {
            method: "POST",
            path: |_, _| "/api/tasks".to_owned(),
            body: r#"{"title":"Send the minutes of the planning meeting","priority":"high"}"#,
            status: 201,
        },
    ),
];

/// Each connection has a task of its own: rows that wait for each other measure nothing.
fn one(ids: &[i64], number: usize) -> String {
    format!("/api/tasks/{}", ids[number])
}

/// Measures all four.
pub async fn run(table: &mut Table) -> Result<()> {
    let app = TestApp::start_at(Clock::system()).await;
    let person = app.user("measured").await;
    let ids = tasks_of(&person).await;
    let statements = statements(&app, &person, ids[0]).await?;
    let mut environment = app.environment(DATABASE_CONNECTIONS);
    environment.insert(STATEMENTS.to_owned(), serde_json::to_string(&statements)?);
    let product = Server::start("product", &environment).await?;
    let reference = Server::start("reference", &environment).await?;
    for (name, shot) in SHOTS {
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            for (server, outcomes) in [(&product, &mut ours), (&reference, &mut bare)] {
                let outcome = load::fire(server.address, &shot, &ids, &person.token, TIME).await?;
                outcomes.push(outcome);
            }
        }
        let (ours, bare) = (median(ours), median(bare));
        table.add(
            format!("{name}, {} bytes, requests/s", ours.bytes),
            format!("{:.0}", ours.rate),
            "",
        );
        table.add(
            format!("{name}, bare axum and sqlx, requests/s"),
            format!("{:.0}", bare.rate),
            "",
        );
        table.add(
            format!("{name}, share of the bare rate"),
            format!("{:.2}", ours.rate / bare.rate),
            ">= 0.7",
        );
        for (whose, outcome, wanted) in [("", &ours, "ratio <= 3"), ("bare ", &bare, "")] {
            let [p50, p99] = [outcome.p50, outcome.p99].map(|time| time.as_secs_f64() * 1e3);
            table.add(
                format!("{name}, {whose}p50 and p99"),
                format!("{p50:.1} ms, {p99:.1} ms, ratio {:.1}", p99 / p50),
                wanted,
            );
        }
        let rate = pgbench::run(&app.database_url(), name, &statements, ids[0]).await?;
        table.add(
            format!("{name}, pgbench, transactions/s"),
            rate.map_or_else(
                || "pgbench is not installed".to_owned(),
                |rate| format!("{rate:.0}"),
            ),
            "",
        );
    }
    Ok(())
}

/// Sixty tasks as people write them: a page of fifty is about 34 kB.
async fn tasks_of(person: &Person) -> Vec<i64> {
    let mut ids = Vec::new();
    for number in 0..60 {
        let task = json!({
            "title": format!("Prepare the figures of region {number} for the review"),
            "priority": "medium",
            "due_on": "2030-01-15",
            "labels": ["review"],
        });
        let made = person.post("/api/tasks", task).await.expect(201);
        ids.push(made["id"].as_i64().unwrap_or_default());
    }
    ids
}

fn median(mut outcomes: Vec<Outcome>) -> Outcome {
    outcomes.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    outcomes[outcomes.len() / 2]
}

/// Sends each request once over one connection and asks the database what it has prepared for it.
async fn statements(app: &TestApp, person: &Person, id: i64) -> Result<Statements> {
    let environment = app.environment(1);
    let state = tasks::state(&Settings::from_lookup(|name| {
        environment.get(name).cloned()
    }))?;
    let pool = state.app.db.clone();
    let mut person = person.clone();
    person.enter(sentry_http::edge(tasks::router(), state));
    for (_, shot) in SHOTS {
        let body = serde_json::from_str(shot.body).ok();
        let path = (shot.path)(&[id], 0);
        person
            .call(shot.method, &path, body)
            .await
            .expect(shot.status);
    }
    let prepared: Vec<String> = sqlx::query("select statement from pg_prepared_statements")
        .fetch_all(pool.raw_pool())
        .await?
        .iter()
        .map(|row| row.get(0))
        .collect();
    let find = |what: &str, mark: &str, but: &str| {
        prepared
            .iter()
            .find(|text| text.contains(mark) && !text.contains(but))
            .cloned()
            .with_context(|| format!("the statement of {what} was not prepared: {prepared:?}"))
    };
    let session = &app
        .sql(&format!(
            "select id from sessions where user_id = {}",
            person.id
        ))
        .await[0]["id"];
    let session = session.as_str().context("a session")?;
    Ok(Statements {
        enter: format!(
            "BEGIN; SELECT sentry.enter({}, '{session}', now())",
            person.id
        ),
        user_id: person.id,
        list: find("list", " limit ", "pg_prepared")?,
        get: find("get", "t.id = $3 and t.deleted_at is null", "update tasks")?,
        create: find("create", "insert into tasks", "pg_prepared")?,
        update: find("update", "update tasks", "pg_prepared")?,
    })
}
