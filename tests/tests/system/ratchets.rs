//! What must be true of every route and table, also of those that are added tomorrow.

use sentry_http::openapi::{needs_caller, operations};
use sentry_tests::TestApp;
use serde_json::{Value, json};
use utoipa::openapi::HttpMethod;

/// A route of the API document.
struct Operation {
    method: &'static str,
    path: String,
    open_to_strangers: bool,
}

fn every_operation() -> Vec<Operation> {
    let mut document = sentry_local::functions::document();
    let mut found = Vec::new();
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            let method = match method {
                HttpMethod::Get => "GET",
                HttpMethod::Put => "PUT",
                HttpMethod::Post => "POST",
                HttpMethod::Delete => "DELETE",
                _ => "PATCH",
            };
            found.push(Operation {
                method,
                path: path.clone(),
                open_to_strangers: !needs_caller(operation),
            });
        }
    }
    assert!(found.len() > 20, "the document has lost its routes");
    found
}

/// Puts values into the `{..}` segments of a path.
fn fill(path: &str, value: impl Fn(&str) -> String) -> String {
    path.split('/')
        .map(|segment| {
            segment
                .strip_prefix('{')
                .and_then(|s| s.strip_suffix('}'))
                .map_or_else(|| segment.to_owned(), &value)
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn every_operation_refuses_a_stranger() {
    let app = TestApp::start().await;
    let stranger = app.stranger();
    let mut forged = app.stranger();
    forged.token = "eyJhbGciOiJub25lIn0.e30.".to_owned();
    for operation in every_operation()
        .iter()
        .filter(|operation| !operation.open_to_strangers)
    {
        let path = fill(&operation.path, |_| "1".to_owned());
        for somebody in [&stranger, &forged] {
            let answer = somebody
                .call(
                    operation.method,
                    &path,
                    (operation.method != "GET").then(|| json!({})),
                )
                .await;
            assert_eq!(
                answer.status, 401,
                "{} {path}: {}",
                operation.method, answer.text
            );
            assert_eq!(answer.header("content-type"), "application/problem+json");
        }
    }
}

#[tokio::test]
async fn every_operation_hides_another_users_rows() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.user("alice").await, app.user("bob").await);
    let task = alice
        .post("/api/tasks", json!({"title": "Hers alone"}))
        .await
        .expect(201)["id"]
        .to_string();
    let text = json!({"text": "- [ ] Send the report by Friday"});
    let upload = alice
        .post("/api/tasks/extract/text", text)
        .await
        .expect(202)["upload_id"]
        .to_string();
    app.drain().await;
    let session = app
        .sql(&format!(
            "select id from sessions where user_id = {}",
            alice.id
        ))
        .await[0]["id"]
        .clone();
    let id_of = |made: Value| made["id"].as_str().unwrap().to_owned();
    let check_in = id_of(
        alice
            .post("/api/check-ins", json!({"mood": 3}))
            .await
            .expect(201),
    );
    let block = json!({"type": "meeting_block"});
    let constraint = id_of(
        alice
            .post("/api/profile/me/constraints", block)
            .await
            .expect(201),
    );
    let late = json!({"title": "Late", "due_on": "2026-02-20"});
    alice.post("/api/tasks", late).await.expect(201);
    let offers = alice
        .post("/api/recommendations/generate", json!({}))
        .await
        .expect(200);
    let recommendation = id_of(offers["items"][0].clone());
    let hers = |name: &str| match name {
        "task_id" => task.clone(),
        "upload_id" => upload.clone(),
        "session_id" => session.as_str().unwrap().to_owned(),
        "user_id" => alice.id.to_string(),
        "check_in_id" => check_in.clone(),
        "constraint_id" => constraint.clone(),
        "recommendation_id" => recommendation.clone(),
        // Not hers, but nobody's: no such provider is configured.
        "provider" => "nowhere".to_owned(),
        other => panic!("the ratchet does not know what {{{other}}} stands for"),
    };
    let before = snapshot_of(&app, alice.id).await;
    for operation in every_operation()
        .iter()
        .filter(|operation| operation.path.contains('{'))
    {
        let path = fill(&operation.path, hers);
        let answer = bob
            .call(
                operation.method,
                &path,
                (operation.method != "GET").then(|| json!({})),
            )
            .await;
        assert_eq!(
            answer.status, 404,
            "{} {path}: {}",
            operation.method, answer.text
        );
    }
    assert_eq!(
        snapshot_of(&app, alice.id).await,
        before,
        "a refused request changed something"
    );
}

/// Everything of a user that a refused request could have changed.
async fn snapshot_of(app: &TestApp, user: i64) -> Vec<Value> {
    let mut rows = Vec::new();
    for table in [
        "tasks",
        "uploads",
        "extracted_items",
        "burnout_analyses",
        "sessions",
        "qualitative_data",
        "user_constraints",
        "recommendations",
    ] {
        rows.extend(
            app.sql(&format!(
                "select * from {table} where user_id = {user} order by 1, 2"
            ))
            .await,
        );
    }
    rows.extend(
        app.sql(&format!("select * from users where id = {user}"))
            .await,
    );
    assert!(rows.len() > 4);
    rows
}

#[tokio::test]
async fn every_documented_route_is_served() {
    let app = TestApp::start().await;
    let alice = app.user("alice").await;
    for operation in every_operation() {
        let path = fill(&operation.path, |_| "0".to_owned());
        let answer = alice
            .call(
                operation.method,
                &path,
                (operation.method != "GET").then(|| json!({})),
            )
            .await;
        assert_ne!(answer.status, 405, "{} {path}", operation.method);
        assert_ne!(
            answer.body["detail"], "there is nothing at this path",
            "{} {path}",
            operation.method
        );
    }
}

#[test]
fn the_published_document_is_the_codes() {
    let made = serde_json::to_value(sentry_local::functions::document()).unwrap();
    let published: Value = serde_json::from_str(
        &std::fs::read_to_string(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../infra/openapi.json"
        ))
        .unwrap(),
    )
    .unwrap();
    assert!(
        made == published,
        "infra/openapi.json is out of date; run scripts/openapi"
    );
}

#[tokio::test]
async fn every_table_with_an_owner_forces_row_level_security() {
    let app = TestApp::start().await;
    let tables = app
        .sql(
            "select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
                    exists (select from pg_policies p where p.tablename = c.relname and p.roles = '{sentry_app}'
                            and p.qual like '%user_id()%' and p.with_check like '%user_id()%') as owned,
                    exists (select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                            where i.indrelid = c.oid and a.attname = case c.relname when 'users' then 'id' else 'user_id' end) as indexed
             from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'public' and c.relkind = 'r'
               and (c.relname = 'users' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'user_id'))",
        )
        .await;
    assert!(tables.len() >= 13);
    for table in tables {
        for rule in ["forced", "owned", "indexed"] {
            assert_eq!(table[rule], true, "{} is not {rule}", table["name"]);
        }
    }
}

#[tokio::test]
async fn outside_a_tenant_transaction_there_are_no_rows() {
    let app = TestApp::start().await;
    app.user("alice")
        .await
        .post("/api/tasks", json!({"title": "Hers alone"}))
        .await
        .expect(201);
    let mut tx = app.db.as_user(sentry_domain::UserId(0)).await.unwrap();
    for table in [
        "users",
        "tasks",
        "sessions",
        "uploads",
        "burnout_analyses",
        "pending_rescores",
    ] {
        let count: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
                .fetch_one(&mut *tx)
                .await
                .unwrap();
        assert_eq!(count, 0, "{table}");
    }
}

#[tokio::test]
async fn the_database_knows_the_same_words_as_the_code() {
    let app = TestApp::start().await;
    for (constraint, words) in [
        (
            "tasks_status_known",
            sentry_domain::TaskStatus::ALL
                .iter()
                .map(|w| w.as_str())
                .collect::<Vec<_>>(),
        ),
        (
            "tasks_priority_known",
            sentry_domain::Priority::ALL
                .iter()
                .map(|w| w.as_str())
                .collect(),
        ),
        (
            "tasks_task_type_known",
            sentry_domain::TaskType::ALL
                .iter()
                .map(|w| w.as_str())
                .collect(),
        ),
        (
            "tasks_source_known",
            sentry_domain::TaskSource::ALL
                .iter()
                .map(|w| w.as_str())
                .collect(),
        ),
        (
            "uploads_upload_type_known",
            sentry_domain::UploadType::ALL
                .iter()
                .map(|w| w.as_str())
                .collect(),
        ),
        (
            "uploads_processing_status_known",
            sentry_domain::ProcessingStatus::ALL
                .iter()
                .map(|w| w.as_str())
                .collect(),
        ),
        (
            "extracted_items_state_known",
            sentry_domain::ItemState::ALL
                .iter()
                .map(|w| w.as_str())
                .collect(),
        ),
        (
            "burnout_analyses_level_known",
            sentry_domain::BurnoutLevel::ALL
                .iter()
                .map(|w| w.as_str())
                .collect(),
        ),
    ] {
        let found = app
            .sql(&format!("select pg_get_constraintdef(oid) as rule from pg_constraint where conname = '{constraint}'"))
            .await;
        let rule = found[0]["rule"].as_str().unwrap();
        let mut stored: Vec<&str> = rule.split('\'').skip(1).step_by(2).collect();
        let mut known = words;
        stored.sort_unstable();
        known.sort_unstable();
        assert_eq!(stored, known, "{constraint}");
    }
}
