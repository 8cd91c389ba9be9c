//! `sentry-local`: the infrastructure of the system on one machine, in one process.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use sentry_local::aws::Emulator;
use sentry_local::data_dir::DataDir;
use sentry_local::database::Database;
use tokio::signal::unix::{SignalKind, signal};

/// Runs Sentry's database, object store and queues on this machine.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Where the state is kept.
    #[arg(long, default_value = ".sentry")]
    data_dir: PathBuf,
    /// Keep nothing: the state is deleted at the end.
    #[arg(long, conflicts_with = "data_dir")]
    ephemeral: bool,
    /// The port for S3 and SQS; 0 takes a free one.
    #[arg(long, default_value_t = 4566)]
    aws_port: u16,
    /// A Postgres server to use instead of the embedded one.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// An S3 and SQS service to use instead of the embedded one.
    #[arg(long, env = "AWS_ENDPOINT_URL")]
    aws_endpoint_url: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| "warn,awsim_core=error".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sentry-local: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<()> {
    // Before anything that must be ended properly is started.
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    let folder = if arguments.ephemeral {
        DataDir::temporary()?
    } else {
        DataDir::open(&arguments.data_dir)?
    };
    let aws = match &arguments.aws_endpoint_url {
        Some(_) => None,
        None => Some(Emulator::start_on(Some(&folder.aws()), arguments.aws_port).await?),
    };
    let database = Database::open(arguments.database_url.as_deref(), &folder.postgres()).await?;
    let endpoint = aws
        .as_ref()
        .map(Emulator::endpoint_url)
        .or(arguments.aws_endpoint_url)
        .unwrap_or_default();
    if arguments.database_url.is_none() {
        println!("database     {}", database.url());
    }
    println!("s3 and sqs   {endpoint}");
    println!("ready");

    tokio::select! {
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
    if let Some(aws) = aws {
        aws.stop().await;
    }
    database.stop().await
}
