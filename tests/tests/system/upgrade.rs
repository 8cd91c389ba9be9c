//! While a new release is rolled out, the functions of the release before run on the new schema: what they ask of it
//! must still be understood and allowed. What they asked is kept in `tests/upgrade`, so that no clone needs the
//! history for it: `scripts/query-data --release` writes it.

use sentry_tests::TestDatabase;
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::slice;

/// As whom statements run; without a role, as the owner, who is asked when somebody does something by hand.
const ROLES: [&str; 4] = ["none", "sentry_app", "sentry_auth", "sentry_worker"];

/// One migration, and the last release without it: what that asked more and less than the one before.
#[derive(Deserialize)]
struct Step {
    migration: String,
    release: String,
    new: Vec<String>,
    gone: Vec<String>,
}

fn steps() -> Vec<Step> {
    serde_json::from_str(include_str!("../../upgrade/migrations.json")).unwrap()
}

/// The migrations that there are, in their order.
fn migrations() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "sql"))
        .collect();
    files.sort();
    files
}

/// A database over one connection, which keeps its prepared statements.
struct Schema {
    connection: PgConnection,
    // Last, so that it goes after the connection.
    _database: TestDatabase,
}

/// What runs on a schema: each statement with the roles that may do it, the functions, and the
/// columns that an insert must fill.
struct Understood {
    statements: BTreeMap<String, BTreeSet<&'static str>>,
    functions: BTreeSet<String>,
    needed: BTreeSet<(String, String)>,
}

impl Schema {
    async fn empty() -> Self {
        let database = TestDatabase::empty().await.unwrap();
        Self {
            connection: PgConnection::connect(&database.url()).await.unwrap(),
            _database: database,
        }
    }

    async fn migrate(&mut self, migration: &Path) {
        let sql = std::fs::read_to_string(migration).unwrap();
        self.run(&format!("begin; {sql}\n; commit")).await.unwrap();
    }

    async fn run(&mut self, sql: &str) -> Result<Vec<String>, sqlx::Error> {
        let rows = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .fetch_all(&mut self.connection)
            .await?;
        Ok(rows
            .iter()
            .map(|row| row.try_get(0).unwrap_or_default())
            .collect())
    }

    /// Tries each of the statements without running it.
    async fn understood(&mut self, statements: &BTreeSet<String>) -> Understood {
        let mut understood = BTreeMap::new();
        self.run("set plan_cache_mode = force_generic_plan")
            .await
            .unwrap();
        for statement in statements {
            // Fails where a table, a column, a function or a type is gone or has changed.
            let Ok(_) = self.run(&format!("prepare asked as {statement}")).await else {
                continue;
            };
            let values = vec!["null"; values(statement)].join(", ");
            let explain = match values.as_str() {
                "" => "explain execute asked".to_owned(),
                values => format!("explain execute asked ({values})"),
            };
            let mut allowed = BTreeSet::new();
            for role in ROLES {
                // Asks for the same rights as running it.
                let explained = self.run(&format!("set role {role}; {explain}")).await;
                if explained.is_ok() {
                    allowed.insert(role);
                }
            }
            self.run("reset role; deallocate asked").await.unwrap();
            understood.insert(statement.clone(), allowed);
        }
        let functions = "select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'sentry'::regnamespace";
        let needed = "select table_name || '.' || column_name from information_schema.columns
             where table_schema = 'public' and is_nullable = 'NO' and column_default is null
               and is_identity = 'NO' and is_generated = 'NEVER'";
        Understood {
            statements: understood,
            functions: self.run(functions).await.unwrap().into_iter().collect(),
            needed: self
                .run(needed)
                .await
                .unwrap()
                .iter()
                .filter_map(|name| name.split_once('.'))
                .map(|(table, column)| (table.to_owned(), column.to_owned()))
                .collect(),
        }
    }

    /// Fails where migrations stop something of what a release asks.
    async fn leaves_running(
        &mut self,
        release: &str,
        asked: &BTreeSet<String>,
        migrations: &[PathBuf],
    ) {
        let before = self.understood(asked).await;
        // The comparison is worth something: each of them ran before, for somebody.
        for statement in asked {
            let ran = before.statements.contains_key(statement);
            assert!(ran, "{release} never ran: {statement}");
        }
        for migration in migrations {
            self.migrate(migration).await;
        }
        let complaints = complaints(&before, &self.understood(asked).await);
        assert!(
            complaints.is_empty(),
            "{migrations:?} stops {release}: {complaints:#?}"
        );
    }
}

/// How many values a statement takes: `$1`, `$2` and so on.
fn values(statement: &str) -> usize {
    let numbers = statement.split('$').skip(1).filter_map(|rest| {
        let end = rest.find(|letter: char| !letter.is_ascii_digit());
        rest[..end.unwrap_or(rest.len())].parse().ok()
    });
    numbers.max().unwrap_or(0)
}

/// The table and the columns of each `insert into table (column, ..)`.
fn inserted(statement: &str) -> impl Iterator<Item = (&str, BTreeSet<&str>)> {
    statement.split("insert into ").skip(1).filter_map(|rest| {
        let (table, rest) = rest.split_once('(')?;
        let (columns, _) = rest.split_once(')')?;
        Some((table.trim(), columns.split(',').map(str::trim).collect()))
    })
}

/// What of this no longer works on a schema.
fn complaints(before: &Understood, after: &Understood) -> Vec<String> {
    let mut all = Vec::new();
    for (statement, roles) in &before.statements {
        let Some(now) = after.statements.get(statement) else {
            all.push(format!("is not understood: {statement}"));
            continue;
        };
        for role in roles.difference(now) {
            all.push(format!("is not allowed to {role}: {statement}"));
        }
        for (table, columns) in inserted(statement) {
            for (_, column) in after.needed.iter().filter(|(known, _)| known == table) {
                if !columns.contains(column.as_str()) {
                    all.push(format!("needs {table}.{column}: {statement}"));
                }
            }
        }
    }
    let functions = before.functions.difference(&after.functions);
    all.extend(functions.map(|function| format!("is gone: {function}")));
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn each_migration_leaves_the_release_before_it_running() {
    let (steps, migrations) = (steps(), migrations());
    let names = migrations.iter().map(|path| path.file_stem().unwrap());
    let recorded: Vec<_> = steps.iter().map(|step| step.migration.as_str()).collect();
    assert_eq!(
        names.skip(1).collect::<Vec<_>>(),
        recorded,
        "scripts/query-data --release keeps what the release before a new migration asks"
    );

    let mut schema = Schema::empty().await;
    schema.migrate(&migrations[0]).await;
    let mut asked = BTreeSet::new();
    for (step, migration) in steps.iter().zip(&migrations[1..]) {
        asked.retain(|statement| !step.gone.contains(statement));
        asked.extend(step.new.iter().cloned());
        assert!(asked.len() > 50, "{}", step.migration);
        schema
            .leaves_running(&step.release, &asked, slice::from_ref(migration))
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_release_before_runs_on_this_schema() {
    let release = include_str!("../../upgrade/release").trim();
    let asked: BTreeSet<String> =
        serde_json::from_str(include_str!("../../upgrade/statements.json")).unwrap();
    assert!(asked.len() > 100);
    let (steps, migrations) = (steps(), migrations());
    // Those that have come since; where none has, what it asks runs on this schema, and all that its inserts need is there.
    let since = steps.iter().filter(|step| step.release == release).count();
    let (landed, since) = migrations.split_at(migrations.len() - since);
    let mut schema = Schema::empty().await;
    for migration in landed {
        schema.migrate(migration).await;
    }
    schema.leaves_running(release, &asked, since).await;

    // What is taken away, renamed, demanded or forbidden is noticed.
    for (table, change, undo, sign) in [
        (
            "tasks",
            "alter table tasks rename column title to name",
            "alter table tasks rename column name to title",
            "is not understood",
        ),
        (
            "exports",
            "alter table exports rename to archives",
            "alter table archives rename to exports",
            "is not understood",
        ),
        (
            "sessions",
            "alter table sessions add column place text not null",
            "alter table sessions drop column place",
            "needs sessions.place",
        ),
        (
            "uploads",
            "revoke update on uploads from sentry_app",
            "grant update on uploads to sentry_app",
            "is not allowed to sentry_app",
        ),
        (
            "service_tokens",
            "alter function sentry.user_id() rename to person_id",
            "alter function sentry.person_id() rename to user_id",
            "is gone: sentry.user_id()",
        ),
    ] {
        let concerned = asked.iter().filter(|it| it.contains(table));
        let concerned: BTreeSet<String> = concerned.cloned().collect();
        let before = schema.understood(&concerned).await;
        schema.run(change).await.unwrap();
        let after = schema.understood(&concerned).await;
        let complaints = self::complaints(&before, &after);
        assert!(
            complaints.iter().any(|complaint| complaint.contains(sign)),
            "{change}: {complaints:#?}"
        );
        schema.run(undo).await.unwrap();
    }
}
