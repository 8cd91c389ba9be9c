//! What stands from the start: the queues, the bucket, and the way from the one to the other.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use awsim_core::gateway::AppState;
use awsim_core::{RequestContext, ServiceHandler};
use serde_json::{Value, json};

use super::objects::Objects;
use super::queues::Queues;
use super::{ACCOUNT, BUCKET, MAX_RECEIVE_COUNT, QUEUES, QueuePlan, REGION, pinned, queue_arn};

/// Opens the services with their state under `folder`, and creates what is missing.
pub async fn open(folder: Option<&Path>, address: SocketAddr) -> Result<(AppState, Arc<Objects>)> {
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be created", folder.display()))?;
    }
    let journal = folder.map(|folder| folder.join("queues.journal"));
    let (queues, messages) =
        Queues::open(journal.as_deref()).context("the queues cannot be read")?;
    let queues = Arc::new(queues);
    let (objects, written) =
        Objects::open(folder, Arc::clone(&queues)).context("the objects cannot be read")?;
    let objects = Arc::new(objects);

    for plan in QUEUES {
        create_queue(&queues, plan, address).await?;
    }
    queues
        .restore_messages(messages)
        .context("the queues cannot be written")?;
    create_bucket(&objects, address).await?;
    objects
        .restore_objects(written)
        .context("the objects cannot be written")?;

    let mut state = AppState::new(REGION.to_owned(), ACCOUNT.to_owned());
    state.register(
        Arc::clone(&objects) as Arc<dyn ServiceHandler>,
        objects.routes(),
    );
    state.register(queues, Vec::new());
    Ok((state, objects))
}

async fn create_queue(queues: &Queues, plan: QueuePlan, address: SocketAddr) -> Result<()> {
    let dead = format!("{}-dead", plan.name);
    // The longest retention SQS has: a dead message waits for a person.
    call(
        queues,
        "sqs",
        "CreateQueue",
        json!({ "QueueName": dead, "Attributes": { "MessageRetentionPeriod": "1209600" } }),
        address,
    )
    .await?;
    let redrive =
        json!({ "deadLetterTargetArn": queue_arn(&dead), "maxReceiveCount": MAX_RECEIVE_COUNT });
    let attributes = json!({
        "VisibilityTimeout": plan.visibility_seconds.to_string(),
        "RedrivePolicy": redrive.to_string(),
    });
    call(
        queues,
        "sqs",
        "CreateQueue",
        json!({ "QueueName": plan.name, "Attributes": attributes }),
        address,
    )
    .await
}

async fn create_bucket(objects: &Objects, address: SocketAddr) -> Result<()> {
    call(
        objects,
        "s3",
        "CreateBucket",
        json!({ "Bucket": BUCKET }),
        address,
    )
    .await?;
    let notify = json!({
        "Bucket": BUCKET,
        "NotificationConfiguration": {
            "QueueConfiguration": { "Queue": queue_arn(QUEUES[0].name), "Event": "s3:ObjectCreated:*" },
        },
    });
    call(
        objects,
        "s3",
        "PutBucketNotificationConfiguration",
        notify,
        address,
    )
    .await
}

async fn call(
    service: &dyn ServiceHandler,
    name: &str,
    operation: &str,
    input: Value,
    address: SocketAddr,
) -> Result<()> {
    let mut context = pinned(&RequestContext::new(name, REGION));
    context.endpoint_authority = Some(address.to_string());
    match service.handle(operation, input, &context).await {
        Ok(_) => Ok(()),
        Err(error) => anyhow::bail!("{operation}: {}", error.message),
    }
}
