//! `sentry-local`: the whole system on one machine, in one process.

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand, ValueEnum};
use sentry_local::data_dir::announced;
use sentry_local::dead_letters::DeadLetters;
use sentry_local::system::{Options, System};
use sentry_local::{aws, demo, functions, observe, screen};
use sentry_queue::Queue;
use sentry_runtime::aws::sdk_config;
use sentry_runtime::{Settings, telemetry};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use tokio::signal::unix::{SignalKind, signal};

/// Where S3 and SQS answer unless the arguments say otherwise.
const AWS_PORT: u16 = 4566;

/// Runs Sentry AI on this machine: database, bucket, queues, functions and schedules.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Where the state is kept.
    #[arg(long, default_value = ".sentry", global = true)]
    data_dir: PathBuf,
    /// Keep nothing: the state is deleted at the end.
    #[arg(long, conflicts_with = "data_dir")]
    ephemeral: bool,
    /// The port of the API; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The port for S3 and SQS, 4566 if none is given; 0 takes a free one.
    #[arg(long, global = true)]
    aws_port: Option<u16>,
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
    /// How the log on standard error looks.
    #[arg(long, value_enum, default_value_t = Log::Text)]
    log: Log,
    /// Print the environment in which the functions run elsewhere, secrets included, and nothing else.
    #[arg(long)]
    print_env: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Log {
    /// For people, warnings only.
    Text,
    /// As the functions write it: one JSON line per request and job.
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the document of the API and end.
    Openapi,
    /// Show the messages that were given up: of the system that now runs on the data folder, of that behind --aws-port, or,
    /// with `*_QUEUE_URL` and `AWS_*` set, of a deployed one.
    DeadLetters {
        /// Send those of this queue once more.
        #[arg(long, value_name = "QUEUE", value_parser = queue_of)]
        redrive: Option<Queue>,
    },
}

fn main() -> ExitCode {
    // Files are worked on in processes of their own, which are this program once more.
    if let Some(code) = extract::isolated::serve() {
        return code;
    }
    let arguments = Arguments::parse();
    observe::start(arguments.log == Log::Json);
    let outcome = match arguments.command {
        Some(Command::Openapi) => functions::document()
            .to_pretty_json()
            .map_err(Into::into)
            .map(|json| println!("{json}")),
        Some(Command::DeadLetters { redrive }) => block_on(dead_letters(
            &arguments.data_dir,
            arguments.aws_port,
            redrive,
        )),
        None => block_on(run(arguments)),
    };
    telemetry::flush();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sentry-local: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn block_on(work: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(work)
}

fn queue_of(name: &str) -> Result<Queue, String> {
    let known = Queue::ALL.iter().find(|queue| queue.name() == name);
    known.copied().ok_or_else(|| {
        let names: Vec<_> = Queue::ALL.iter().map(|queue| queue.name()).collect();
        format!("the queues are {}", names.join(", "))
    })
}

/// Where the queues are. Never a guess: whatever holds a port that nobody has named may be another's system.
fn queues(data_dir: &Path, aws_port: Option<u16>) -> Result<Settings> {
    let endpoint = match aws_port {
        Some(port) => format!("http://127.0.0.1:{port}"),
        None if std::env::var_os(Queue::Uploads.url_setting()).is_some() => {
            return Ok(Settings::from_env());
        }
        None => announced(data_dir).with_context(|| {
            format!(
                "no sentry-local with queues of its own runs on {}: start it, or name another by --data-dir or --aws-port",
                data_dir.display()
            )
        })?,
    };
    let here: BTreeMap<_, _> = aws::environment(&endpoint).into_iter().collect();
    Ok(Settings::from_lookup(|name| here.get(name).cloned()))
}

async fn dead_letters(
    data_dir: &Path,
    aws_port: Option<u16>,
    redrive: Option<Queue>,
) -> Result<()> {
    sentry_local::choose_tls();
    let settings = queues(data_dir, aws_port)?;
    let client = aws_sdk_sqs::Client::new(&sdk_config(&settings)?);
    let letters = DeadLetters::new(client, settings);
    if let Some(queue) = redrive {
        println!("{} sent once more", letters.redrive(queue).await?);
        return Ok(());
    }
    let letters = letters.list().await?;
    for letter in &letters {
        println!("{letter}");
    }
    println!("{} messages were given up", letters.len());
    Ok(())
}

async fn run(arguments: Arguments) -> Result<()> {
    // Before anything that must be ended properly is started.
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    let started = Instant::now();
    let system = System::start(Options {
        data_dir: (!arguments.ephemeral).then_some(arguments.data_dir),
        port: arguments.port,
        aws_port: arguments.aws_port.unwrap_or(AWS_PORT),
        database_url: arguments.database_url.filter(|url| !url.is_empty()),
        aws_endpoint_url: arguments.aws_endpoint_url.filter(|url| !url.is_empty()),
        invoke: arguments.invoke,
        ..Options::default()
    })
    .await?;
    if arguments.print_env {
        print!("{}", screen::env_file(&system.environment));
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
