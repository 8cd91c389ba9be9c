//! The whole system in one process: infrastructure, functions, and what calls them.

use crate::aws::{Emulator, QUEUES};
use crate::clock::{self, Every, Schedule};
use crate::data_dir::DataDir;
use crate::database::Database;
use crate::functions::{Functions, Runner, Worker};
use crate::remote::Remote;
use crate::{keys, observe, pump};
use anyhow::{Context, Result, anyhow, bail};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use sentry_db::Db;
use sentry_queue::Queue;
use sentry_runtime::{Clock, Ids, Settings, aws as aws_settings};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How the system is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the state is kept; nothing keeps it in memory and temporary folders.
    pub data_dir: Option<PathBuf>,
    /// Where the API listens; 0 takes a free port.
    pub port: u16,
    /// Where S3 and SQS listen; 0 takes a free port.
    pub aws_port: u16,
    /// A PostgreSQL to use instead of the embedded one.
    pub database_url: Option<String>,
    /// The most connections to that one.
    pub connections: u32,
    /// S3 and SQS to use instead of the embedded ones.
    pub aws_endpoint_url: Option<String>,
    /// Where `cargo lambda watch` runs the functions; nothing runs them in this process.
    pub invoke: Option<String>,
    /// How often what could not be sent is sent and what was lost is asked for again; on AWS once a minute, in the size
    /// `small` once an hour.
    pub sweep: Every,
}

impl Default for Options {
    /// Everything embedded and nothing kept, on free ports.
    fn default() -> Self {
        Self {
            data_dir: None,
            port: 0,
            aws_port: 0,
            database_url: None,
            connections: CONNECTIONS,
            aws_endpoint_url: None,
            invoke: None,
            sweep: Every::Minute,
        }
    }
}

/// The running system.
#[derive(Debug)]
pub struct System {
    /// Where the API answers.
    pub address: SocketAddr,
    /// Every function.
    pub functions: Runner,
    /// The environment in which the same functions run elsewhere, secrets included.
    pub environment: BTreeMap<String, String>,
    /// Where the state is.
    pub folder: DataDir,
    db: Db,
    database: Database,
    aws: Option<Emulator>,
    stop: CancellationToken,
    tasks: JoinSet<()>,
}

/// Connections to a PostgreSQL that can have several.
const CONNECTIONS: u32 = 16;

impl System {
    /// Starts everything, picks up what a killed process left, and serves the API.
    pub async fn start(options: Options) -> Result<Self> {
        crate::choose_tls();
        let folder = match &options.data_dir {
            Some(path) => DataDir::open(path)?,
            None => DataDir::temporary()?,
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
            .await
            .with_context(|| {
                format!(
                    "port {} is in use; stop what uses it or give another --port",
                    options.port
                )
            })?;
        let aws = match &options.aws_endpoint_url {
            Some(_) => None,
            None => Some(Emulator::start_on(Some(&folder.aws()), options.aws_port).await?),
        };
        if let Some(aws) = &aws {
            folder.announce(&aws.endpoint_url())?;
        }
        if options.invoke.is_some() && options.database_url.is_none() {
            bail!(
                "functions that run elsewhere need a PostgreSQL that many can connect to: set DATABASE_URL"
            );
        }
        let database = Database::open(options.database_url.as_deref(), &folder.postgres()).await?;
        let address = listener.local_addr()?;
        let environment = environment(&folder, &database, aws.as_ref(), address)?;
        let settings = Settings::from_lookup(|name| {
            environment
                .get(name)
                .cloned()
                .or_else(|| std::env::var(name).ok())
        });
        let db = Db::lazy(
            database.url(),
            database.most_connections().unwrap_or(options.connections),
        )?;
        sentry_db::migrate(&db)
            .await
            .context("the database schema cannot be brought up to date")?;
        let functions = Functions::new(&settings, &db, &Clock::system(), &Ids::system())?;
        if aws.is_some() {
            // Nobody else works on this data: what the last process held is free.
            functions.sweep().recover().await?;
        }
        let functions = match &options.invoke {
            Some(base) => {
                // Nobody in this process needs it any more, and others may.
                db.close().await;
                Runner::Elsewhere(Remote::new(base)?)
            }
            None => Runner::Here(Box::new(functions)),
        };
        let mut system = Self {
            address,
            functions,
            environment,
            folder,
            db,
            database,
            aws,
            stop: CancellationToken::new(),
            tasks: JoinSet::new(),
        };
        system.serve(listener);
        system.pump(&settings)?;
        system.tick(options.sweep);
        Ok(system)
    }

    /// Finishes what runs, then closes everything. Nothing is lost: what has not begun waits in
    /// the database and the queues.
    pub async fn stop(mut self) -> Result<()> {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
        self.db.close().await;
        if let Some(aws) = self.aws {
            aws.stop().await;
        }
        self.database.stop().await
    }

    /// S3 and SQS, where they are in this process.
    pub const fn aws(&self) -> Option<&Emulator> {
        self.aws.as_ref()
    }

    /// The address of the database, without a password.
    pub fn database_address(&self) -> String {
        let url = self.database.url();
        match (url.split_once("://"), url.rsplit_once('@')) {
            (Some((scheme, _)), Some((_, place))) => format!("{scheme}://{place}"),
            _ => url.to_owned(),
        }
    }

    /// True when the database is the one in this process.
    pub const fn database_is_embedded(&self) -> bool {
        matches!(self.database, Database::Embedded(_))
    }

    fn serve(&mut self, listener: TcpListener) {
        let router = observe::with_metrics(self.functions.router()).layer(from_fn(whole));
        let stop = self.stop.clone();
        self.tasks.spawn(observe::keep(stop.clone()));
        self.tasks.spawn(async move {
            let serving = axum::serve(
                listener,
                router.into_make_service_with_connect_info::<SocketAddr>(),
            )
            .with_graceful_shutdown(stop.cancelled_owned());
            if let Err(error) = serving.await {
                tracing::error!(%error, "the API is no longer served");
            }
        });
    }

    fn pump(&mut self, settings: &Settings) -> Result<()> {
        let client = aws_sdk_sqs::Client::new(&aws_settings::sdk_config(settings)?);
        for queue in Queue::ALL {
            let plan = QUEUES.iter().find(|plan| plan.name == queue.name());
            let source = pump::Source {
                queue_url: settings.required(queue.url_setting())?.to_owned(),
                batch_size: plan.map_or(1, |plan| plan.batch_size),
                concurrency: 2,
            };
            let (functions, worker) = (self.functions.clone(), Worker::of_queue(*queue));
            let handler = move |event| {
                let functions = functions.clone();
                async move {
                    let answer = functions
                        .invoke(worker, serde_json::to_value(event)?)
                        .await?;
                    serde_json::from_value(answer).map_err(|error| anyhow!(error))
                }
            };
            self.tasks.spawn(pump::run(
                client.clone(),
                source,
                handler,
                self.stop.clone(),
            ));
        }
        Ok(())
    }

    fn tick(&mut self, sweep: Every) {
        for (name, every, worker) in SCHEDULES {
            let every = match worker {
                Worker::Sweep => sweep,
                _ => every,
            };
            let functions = self.functions.clone();
            let handler = move |tick| {
                let functions = functions.clone();
                async move {
                    functions
                        .invoke(worker, serde_json::to_value(tick)?)
                        .await
                        .map(drop)
                }
            };
            let schedule = Schedule {
                name: name.to_owned(),
                every,
                at_start: true,
            };
            self.tasks
                .spawn(clock::run(schedule, handler, self.stop.clone()));
        }
    }
}

/// What is called by the clock, as in the template.
pub const SCHEDULES: [(&str, Every, Worker); 2] = [
    ("sweep.v1", Every::Minute, Worker::Sweep),
    ("nightly.v1", Every::QuarterHour, Worker::Rescore),
];

/// The names of the queues, each with its dead-letter queue `<name>-dead`.
pub fn queue_names() -> impl Iterator<Item = &'static str> {
    QUEUES.iter().map(|plan| plan.name)
}

/// What the functions need to know: what was started here, and the secrets of this machine unless
/// the process's own environment names others.
fn environment(
    folder: &DataDir,
    database: &Database,
    aws: Option<&Emulator>,
    address: SocketAddr,
) -> Result<BTreeMap<String, String>> {
    let mut environment: BTreeMap<String, String> =
        keys::load_or_create(&folder.path().join("keys.json"))?
            .into_iter()
            .filter(|(name, _)| std::env::var_os(name).is_none())
            .collect();
    environment.insert("DATABASE_URL".to_owned(), database.url().to_owned());
    if let Some(limit) = database.most_connections() {
        environment.insert("DATABASE_MAX_CONNECTIONS".to_owned(), limit.to_string());
    }
    let places = [
        ("PUBLIC_URL", format!("http://{address}")),
        ("MAIL_FOLDER", folder.mail().display().to_string()),
        // Somebody is watching: nobody waits five minutes for the last attempt, and five attempts outlast a bad minute.
        (
            "RETRY_LONGEST_SECONDS",
            pump::LONGEST_RETRY_SECONDS.to_string(),
        ),
    ];
    for (name, value) in places {
        if std::env::var_os(name).is_none() {
            environment.insert(name.to_owned(), value);
        }
    }
    for (name, value) in aws.map(Emulator::environment).unwrap_or_default() {
        environment.insert(name.to_owned(), value);
    }
    Ok(environment)
}

/// Bodies up to this are read before a function sees the request.
const SMALL_BODY: usize = 64 * 1024;

/// Reads a small body to its end, as API Gateway does, before anything is answered: a connection whose body nobody has
/// read is closed after the answer, and a client that sends its next request on it is cut off.
async fn whole(request: Request, next: Next) -> Response {
    let length = request.headers().get("content-length");
    let length: Option<usize> = length.and_then(|value| value.to_str().ok()?.parse().ok());
    if length.is_none_or(|length| length > SMALL_BODY) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, SMALL_BODY).await {
        Ok(bytes) => {
            next.run(Request::from_parts(parts, Body::from(bytes)))
                .await
        }
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}
