//! What the product is held against: the same statements in the same tenant transaction, with axum and
//! sqlx and nothing else. No token is checked, no limit kept, no error told.

use anyhow::{Context, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use sentry_db::tasks::TaskRow;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool, Postgres};
use tasks::TaskOut;

/// The environment variable that holds [`Statements`] as JSON.
pub const STATEMENTS: &str = "BENCH_STATEMENTS";

/// The product's own statements, as the database has prepared them, and for whom they run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Statements {
    /// `begin` and the entry of the tenant.
    pub enter: String,
    /// The owner.
    pub user_id: i64,
    /// The first page of tasks.
    pub list: String,
    /// One task.
    pub get: String,
    /// A new one.
    pub create: String,
    /// A change of one.
    pub update: String,
}

#[derive(Clone)]
struct Bare {
    pool: PgPool,
    statements: std::sync::Arc<Statements>,
}

/// The routes of the reference.
pub fn router() -> Result<Router> {
    let statements = std::env::var(STATEMENTS).context(STATEMENTS)?;
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .test_before_acquire(false)
        .connect_lazy(&std::env::var("DATABASE_URL")?)?;
    let bare = Bare {
        pool,
        statements: std::sync::Arc::new(serde_json::from_str(&statements)?),
    };
    Ok(Router::new()
        .route("/api/tasks", get(list_tasks).post(create_task))
        .route("/api/tasks/{id}", get(get_task).patch(update_task))
        .with_state(bare))
}

struct Failure(sqlx::Error);

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, self.0.to_string()).into_response()
    }
}

impl Bare {
    async fn begin(&self) -> Result<PoolConnection<Postgres>, Failure> {
        let mut connection = self.pool.acquire().await?;
        sqlx::raw_sql(AssertSqlSafe(self.statements.enter.clone()))
            .execute(&mut *connection)
            .await?;
        Ok(connection)
    }
}

async fn commit(mut connection: PoolConnection<Postgres>) -> Result<(), Failure> {
    sqlx::raw_sql("COMMIT").execute(&mut *connection).await?;
    Ok(())
}

fn statement(text: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(text.to_owned())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bare server has no pinned clock"
)]
fn now() -> DateTime<Utc> {
    Utc::now()
}

#[derive(Serialize)]
struct Page {
    items: Vec<TaskOut>,
    next_cursor: Option<String>,
}

async fn list_tasks(State(bare): State<Bare>) -> Result<Json<Page>, Failure> {
    let mut connection = bare.begin().await?;
    let rows: Vec<TaskRow> = sqlx::query_as(statement(&bare.statements.list))
        .bind(bare.statements.user_id)
        .bind(now())
        .bind(51_i64)
        .fetch_all(&mut *connection)
        .await?;
    commit(connection).await?;
    Ok(Json(Page {
        items: rows.into_iter().take(50).map(TaskOut::from).collect(),
        next_cursor: None,
    }))
}

async fn get_task(State(bare): State<Bare>, Path(id): Path<i64>) -> Result<Json<TaskOut>, Failure> {
    let mut connection = bare.begin().await?;
    let row: TaskRow = sqlx::query_as(statement(&bare.statements.get))
        .bind(bare.statements.user_id)
        .bind(now())
        .bind(id)
        .fetch_one(&mut *connection)
        .await?;
    commit(connection).await?;
    Ok(Json(row.into()))
}

async fn create_task(
    State(bare): State<Bare>,
    Json(body): Json<Value>,
) -> Result<(StatusCode, Json<TaskOut>), Failure> {
    let none = None::<&str>;
    let never = None::<DateTime<Utc>>;
    let mut connection = bare.begin().await?;
    let row: TaskRow = sqlx::query_as(statement(&bare.statements.create))
        .bind(bare.statements.user_id)
        .bind(now())
        .bind(body["title"].as_str().unwrap_or_default())
        .bind(none)
        .bind("task")
        .bind("todo")
        .bind(body["priority"].as_str().unwrap_or("medium"))
        .bind(none)
        .bind(never)
        .bind(None::<chrono::NaiveDate>)
        .bind(never)
        .bind(never)
        .bind("sentry")
        .bind(none)
        .bind(none)
        .bind(none)
        .bind(false)
        .bind(None::<f64>)
        .bind(None::<f64>)
        .bind(false)
        .bind(none)
        .bind(false)
        .bind(json!([]))
        .bind(None::<i64>)
        .bind(0_f64)
        .bind(Vec::<String>::new())
        .bind(true)
        .fetch_one(&mut *connection)
        .await?;
    commit(connection).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

async fn update_task(
    State(bare): State<Bare>,
    Path(id): Path<i64>,
    Json(body): Json<Value>,
) -> Result<Json<TaskOut>, Failure> {
    let mut connection = bare.begin().await?;
    let row: TaskRow = sqlx::query_as(statement(&bare.statements.update))
        .bind(bare.statements.user_id)
        .bind(now())
        .bind(id)
        .bind(None::<i32>)
        .bind(body)
        .fetch_one(&mut *connection)
        .await?;
    commit(connection).await?;
    Ok(Json(row.into()))
}
