//! `sentry-local`: the whole system on one machine, in one process.

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};
use sentry_local::system::{Options, System};
use sentry_local::{demo, functions, screen};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;
use tokio::signal::unix::{SignalKind, signal};

/// Runs Sentry AI on this machine: database, bucket, queues, functions and schedules.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Where the state is kept.
    #[arg(long, default_value = ".sentry")]
    data_dir: PathBuf,
    /// Keep nothing: the state is deleted at the end.
    #[arg(long, conflicts_with = "data_dir")]
    ephemeral: bool,
    /// The port of the API; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The port for S3 and SQS; 0 takes a free one.
    #[arg(long, default_value_t = 4566)]
    aws_port: u16,
    /// A PostgreSQL 15 to 17 to use instead of the embedded one.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// An S3 and SQS service to use instead of the embedded one.
    #[arg(long, env = "AWS_ENDPOINT_URL")]
    aws_endpoint_url: Option<String>,
    /// Where `cargo lambda watch` runs the functions, such as <http://127.0.0.1:9000>: requests, queues
    /// and schedules go there instead of to the functions in this process.
    #[arg(long, value_name = "URL")]
    invoke: Option<String>,
    /// Start without the sample document.
    #[arg(long)]
    no_demo: bool,
    /// Print the environment in which the functions run elsewhere, secrets included, and nothing else.
    #[arg(long)]
    print_env: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the document of the API and end.
    Openapi,
}

fn main() -> ExitCode {
    // Files are worked on in processes of their own, which are this program once more.
    if let Some(code) = extract::isolated::serve() {
        return code;
    }
    let filter = tracing_subscriber::EnvFilter::try_from_env("SENTRY_LOG")
        .unwrap_or_else(|_| "warn,awsim_core=error".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Some(Command::Openapi) => functions::document()
            .to_pretty_json()
            .map_err(Into::into)
            .map(|json| println!("{json}")),
        None => tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(Into::into)
            .and_then(|runtime| runtime.block_on(run(arguments))),
    };
    match outcome {
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
    let started = Instant::now();
    let system = System::start(Options {
        data_dir: (!arguments.ephemeral).then_some(arguments.data_dir),
        port: arguments.port,
        aws_port: arguments.aws_port,
        database_url: arguments.database_url.filter(|url| !url.is_empty()),
        aws_endpoint_url: arguments.aws_endpoint_url.filter(|url| !url.is_empty()),
        invoke: arguments.invoke,
    })
    .await?;
    if arguments.print_env {
        for (name, value) in &system.environment {
            println!("{name}={value}");
        }
    } else {
        println!("{}", screen::overview(&system, started.elapsed()));
    }
    let shown = tokio::select! {
        shown = show(&system, arguments.no_demo || arguments.print_env) => shown,
        _ = interrupted.recv() => return system.stop().await,
        _ = terminated.recv() => return system.stop().await,
    };
    if let Err(error) = shown {
        system.stop().await?;
        bail!("{error:#}");
    }
    tokio::select! {
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
    if !arguments.print_env {
        println!("\nEnding; what is under way is finished first.");
    }
    system.stop().await
}

async fn show(system: &System, quiet: bool) -> Result<()> {
    if quiet {
        return Ok(());
    }
    let zone = iana_time_zone::get_timezone().unwrap_or_else(|_| "UTC".to_owned());
    let demo = demo::run(
        format!("http://{}", system.address),
        system.folder.path(),
        &zone,
    )
    .await?;
    println!("{}", screen::demo(&demo));
    println!("{}", screen::lines(system, &demo));
    println!("Ctrl-C ends it; everything is kept.");
    Ok(())
}
