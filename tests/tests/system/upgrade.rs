//! While a new release is rolled out, the functions of the release before run on the new schema. Its
//! statements are in `tests/upgrade/statements.json`; `scripts/query-data --release` keeps them.

use sentry_tests::TestApp;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn statements() -> Vec<String> {
    serde_json::from_str(include_str!("../../upgrade/statements.json")).unwrap()
}

/// The table and the columns of `insert into table (column, ..)`.
fn inserted(statement: &str) -> Option<(&str, BTreeSet<&str>)> {
    let (_, rest) = statement.split_once("insert into ")?;
    let (table, rest) = rest.split_once('(')?;
    let (columns, _) = rest.split_once(')')?;
    Some((table.trim(), columns.split(',').map(str::trim).collect()))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_release_before_runs_on_this_schema() {
    let app = TestApp::start().await;
    let statements = statements();
    assert!(statements.len() > 100);
    for (number, statement) in statements.iter().enumerate() {
        // Fails where a table, a column, a function or a type is gone or has changed.
        app.execute(&format!("prepare before_{number} as {statement}"))
            .await;
    }

    let needed = app
        .sql(
            "select table_name, column_name from information_schema.columns
             where table_schema = 'public' and is_nullable = 'NO' and column_default is null
               and is_identity = 'NO' and is_generated = 'NEVER'",
        )
        .await;
    let mut tables: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &needed {
        let (table, column) = (text(&row["table_name"]), text(&row["column_name"]));
        tables.entry(table).or_default().push(column);
    }
    let mut seen = 0;
    for (table, columns) in statements
        .iter()
        .filter_map(|statement| inserted(statement))
    {
        for column in tables.get(table).into_iter().flatten() {
            assert!(
                columns.contains(column),
                "the release before inserts into {table} without {column}"
            );
            seen += 1;
        }
    }
    assert!(seen > 50, "only {seen} columns were compared");
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
