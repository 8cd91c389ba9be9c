//! The same statements without any server of ours: what the database alone can do.

use crate::load::CONNECTIONS;
use crate::reference::Statements;
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;
use tokio::process::Command;

/// Transactions per second; nothing where `pgbench` is not installed.
pub async fn run(
    database: &str,
    name: &str,
    statements: &Statements,
    task: i64,
) -> Result<Option<f64>> {
    let Some(program) = program() else {
        return Ok(None);
    };
    let owner = statements.user_id.to_string();
    let id = format!("({task} + :client_id)");
    let statement = match name {
        "list" => filled(&statements.list, &[&owner, "now()", "51"]),
        "get" => filled(&statements.get, &[&owner, "now()", &id]),
        "update" => {
            let values = [
                &owner,
                "now()",
                &id,
                "null",
                r#"'{"priority":"high"}'::jsonb"#,
            ];
            filled(&statements.update, &values)
        }
        _ => filled(&statements.create, &new_task(&owner)),
    };
    let script = tempfile::NamedTempFile::new()?;
    // One line: pgbench ends a statement at its semicolon, and knows no other end.
    let statement = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    let enter = statements.enter.replace("; ", ";\n");
    std::fs::write(script.path(), format!("{enter};\n{statement};\nCOMMIT;\n"))?;
    let output = Command::new(program)
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2", "--time=5"])
        .arg(format!("--client={CONNECTIONS}"))
        .arg("--file")
        .arg(script.path())
        .arg(database)
        .output()
        .await?;
    let text = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.success(),
        "pgbench failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let rate = text
        .lines()
        .find_map(|line| line.strip_prefix("tps = "))
        .and_then(|rest| rest.split_whitespace().next())
        .context("pgbench printed no rate")?;
    Ok(Some(rate.parse()?))
}

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let debian = (15..=17)
        .rev()
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    std::env::split_paths(&path)
        .chain(debian)
        .map(|folder| folder.join("pgbench"))
        .find(|program| program.exists())
}

/// Writes values in the place of `$1`, `$2` and so on.
fn filled(statement: &str, values: &[&str]) -> String {
    let mut text = statement.to_owned();
    // From the last, so that `$1` is not found in `$12`.
    for (index, value) in values.iter().enumerate().rev() {
        text = text.replace(&format!("${}", index + 1), value);
    }
    text
}

/// The values of a new task, in the order of the statement.
fn new_task(owner: &str) -> Vec<&str> {
    let title = "'Send the minutes of the planning meeting'";
    let mut values = vec![owner, "now()", title, "null", "'task'", "'todo'", "'high'"];
    values.extend(["null"; 5]);
    values.extend([
        "'sentry'", "null", "null", "null", "false", "null", "null", "false", "null",
    ]);
    values.extend([
        "false",
        "'[]'::jsonb",
        "null::bigint",
        "0",
        "'{}'::text[]",
        "true",
    ]);
    values
}
