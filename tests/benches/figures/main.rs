//! The figures of the system, measured on a real PostgreSQL: `scripts/bench [name ..]`.
//!
//! Load generator, server and database share the machine, so a figure is worth something beside the
//! others of the same run only. Servers run in a process of their own.

mod accounts;
mod burnout;
mod chain;
mod endpoints;
mod functions;
mod load;
mod million;
mod nightly;
mod outbox;
mod pgbench;
mod reference;
mod server;
mod table;

use anyhow::{Result, bail};
use table::Table;

/// What can be asked for by name.
const NAMES: [&str; 8] = [
    "accounts",
    "burnout",
    "endpoints",
    "outbox",
    "chain",
    "nightly",
    "million",
    "functions",
];

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    if let Ok(kind) = std::env::var(server::KIND) {
        return runtime.block_on(server::serve(&kind));
    }
    if std::env::var_os("TEST_DATABASE_URL").is_none() {
        bail!("TEST_DATABASE_URL must name a real PostgreSQL; scripts/bench starts one");
    }
    // Cargo adds `--bench`.
    let asked: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    if let Some(unknown) = asked.iter().find(|name| !NAMES.contains(&name.as_str())) {
        bail!(
            "there is no benchmark {unknown}; there are {}",
            NAMES.join(", ")
        );
    }
    let mut table = Table::default();
    let mut wanted = NAMES
        .into_iter()
        .filter(|name| asked.is_empty() || asked.iter().any(|word| word == name));
    let outcome = wanted.try_for_each(|name| {
        eprintln!("{name} ..");
        runtime.block_on(run(name, &mut table))
    });
    // Also what was measured before something failed: it took minutes.
    println!("{table}");
    outcome
}

async fn run(name: &str, table: &mut Table) -> Result<()> {
    match name {
        "accounts" => accounts::run(table).await,
        "burnout" => burnout::run(table).await,
        "endpoints" => endpoints::run(table).await,
        "outbox" => outbox::run(table).await,
        "chain" => chain::run(table).await,
        "nightly" => nightly::run(table).await,
        "functions" => functions::run(table).await,
        _ => million::run(table).await,
    }
}
