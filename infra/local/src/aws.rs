//! S3 and SQS on a loopback port, for the machine that has no AWS account.
//!
//! The protocol comes from the `awsim` crates; durability, exact delivery and
//! the checking of signatures are ours. Real AWS SDK clients talk to it.

mod direct;
mod events;
mod framed;
mod guard;
mod journal;
mod objects;
mod queues;
mod setup;
mod signature;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use aws_sdk_s3::config::SharedHttpClient;
use awsim_chaos::ChaosEngine;
use awsim_core::RequestContext;
use awsim_core::gateway::handle_request;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use chrono::{DateTime, Utc};
use sentry_queue::Queue;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub use signature::{ACCESS_KEY_ID, SECRET_ACCESS_KEY};

/// The account every address and name of a resource carries.
pub const ACCOUNT: &str = "000000000000";
/// The region of the one machine; clients may name any other and reach the same.
pub const REGION: &str = "us-east-1";
/// The bucket for uploads.
pub const BUCKET: &str = "sentry";
/// Deliveries before a message goes to its dead-letter queue.
pub const MAX_RECEIVE_COUNT: u32 = 5;

/// The largest request body, in bytes; enough for the largest upload of the product.
const LARGEST_BODY_BYTES: usize = 512 * 1024 * 1024;

/// A queue that stands from the start, with its dead-letter queue `<name>-dead`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueuePlan {
    /// Its name.
    pub name: &'static str,
    /// How long a message stays hidden once received: six times the worker's time limit.
    pub visibility_seconds: u32,
    /// The most messages of one invocation, 1 to 10: what takes minutes has one of its own.
    pub batch_size: i32,
}

/// The queues of the product, as in the template. Written files arrive in the first.
pub const QUEUES: [QueuePlan; 5] = [
    QueuePlan {
        name: "uploads",
        visibility_seconds: 3600,
        batch_size: 1,
    },
    QueuePlan {
        name: "task-creation",
        visibility_seconds: 360,
        batch_size: 10,
    },
    QueuePlan {
        name: "burnout-rescore",
        visibility_seconds: 360,
        batch_size: 10,
    },
    QueuePlan {
        name: "mail",
        visibility_seconds: 360,
        batch_size: 10,
    },
    QueuePlan {
        name: "exports",
        visibility_seconds: 1800,
        batch_size: 1,
    },
];

/// The settings with which the functions, and any AWS SDK, reach an emulator that listens at `endpoint`.
pub fn environment(endpoint: &str) -> Vec<(&'static str, String)> {
    let queues = Queue::ALL
        .iter()
        .map(|queue| (queue.url_setting(), queue_url(endpoint, queue.name())));
    let mut environment = vec![
        ("BUCKET", BUCKET.to_owned()),
        ("AWS_ENDPOINT_URL", endpoint.to_owned()),
        ("AWS_REGION", REGION.to_owned()),
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY.to_owned()),
    ];
    environment.extend(queues);
    environment
}

fn queue_url(endpoint: &str, name: &str) -> String {
    format!("{endpoint}/{ACCOUNT}/{name}")
}

/// S3 and SQS, running until it is stopped or dropped.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    stop: CancellationToken,
    server: Option<JoinHandle<()>>,
    faults: Arc<ChaosEngine>,
    http: SharedHttpClient,
}

impl Emulator {
    /// Starts on a free port, with state under `folder`, or in memory only.
    pub async fn start(folder: Option<&Path>) -> Result<Self> {
        Self::start_on(folder, 0).await
    }

    /// Starts on loopback `port`, 0 for any free one.
    pub async fn start_on(folder: Option<&Path>, port: u16) -> Result<Self> {
        crate::choose_tls();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .with_context(|| format!("port {port} for S3 and SQS is taken"))?;
        let address = listener.local_addr()?;
        let (state, objects) = setup::open(folder, address).await?;
        let faults = Arc::clone(&state.chaos);
        let short_way = (objects, Arc::clone(&faults));
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let router = Router::new()
            .fallback(handle_request)
            .with_state(state)
            .layer(axum::middleware::from_fn(framed::frame))
            .layer(DefaultBodyLimit::max(LARGEST_BODY_BYTES))
            .layer(axum::middleware::from_fn_with_state(
                short_way,
                direct::serve,
            ))
            .layer(axum::middleware::from_fn(guard::check_signature))
            .layer(guard::cors())
            .layer(axum::middleware::from_fn_with_state(
                stop.clone(),
                guard::refuse_after,
            ));
        let server = tokio::spawn(async move {
            let serving =
                axum::serve(listener, router).with_graceful_shutdown(stopped.cancelled_owned());
            if let Err(error) = serving.await {
                tracing::error!(%error, "S3 and SQS are no longer served");
            }
        });
        Ok(Self {
            address,
            stop,
            server: Some(server),
            faults,
            http: sentry_runtime::aws::http_client()?,
        })
    }

    /// What makes requests fail or wait, for tests.
    pub fn faults(&self) -> &ChaosEngine {
        &self.faults
    }

    /// The value for `AWS_ENDPOINT_URL`.
    pub fn endpoint_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address of the queue called `name`.
    pub fn queue_url(&self, name: &str) -> String {
        queue_url(&self.endpoint_url(), name)
    }

    /// The settings with which the functions, and any AWS SDK, reach this emulator.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        environment(&self.endpoint_url())
    }

    /// An S3 client of this emulator.
    pub fn s3_client(&self) -> aws_sdk_s3::Client {
        let config = aws_sdk_s3::Config::builder()
            .behavior_version_latest()
            .region(aws_sdk_s3::config::Region::new(REGION))
            .endpoint_url(self.endpoint_url())
            .credentials_provider(credentials())
            .http_client(self.http.clone())
            .force_path_style(true)
            .build();
        aws_sdk_s3::Client::from_conf(config)
    }

    /// An SQS client of this emulator.
    pub fn sqs_client(&self) -> aws_sdk_sqs::Client {
        let config = aws_sdk_sqs::Config::builder()
            .behavior_version_latest()
            .region(aws_sdk_sqs::config::Region::new(REGION))
            .endpoint_url(self.endpoint_url())
            .credentials_provider(credentials())
            .http_client(self.http.clone())
            .build();
        aws_sdk_sqs::Client::from_conf(config)
    }

    /// Stops serving, also those who wait for messages. Everything acknowledged so
    /// far is on disk, if there is one.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if let Some(server) = self.server.take()
            && let Err(error) = server.await
        {
            tracing::warn!(%error, "the S3 and SQS server ended badly");
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// The Amazon resource name of a queue of this emulator.
pub fn queue_arn(name: &str) -> String {
    format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")
}

/// The context with our one account and region, whatever the client's configuration names.
fn pinned(context: &RequestContext) -> RequestContext {
    let mut context = context.clone();
    ACCOUNT.clone_into(&mut context.account_id);
    REGION.clone_into(&mut context.region);
    context
}

fn now() -> DateTime<Utc> {
    std::time::SystemTime::now().into()
}

fn credentials() -> aws_sdk_s3::config::Credentials {
    aws_sdk_s3::config::Credentials::new(
        ACCESS_KEY_ID,
        SECRET_ACCESS_KEY,
        None,
        None,
        "sentry-local",
    )
}
