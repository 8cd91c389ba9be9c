//! Writes to people about their accounts: links and codes they asked for, and notices of what
//! changed.
//!
//! A message names a row of `mails`; the text is written here. Links and codes are derived from the
//! row and a key, so that a message that arrives twice writes the same mail twice, and none of them
//! is ever stored or logged.

mod letter;
mod request;
mod send;
mod text;
mod transport;

pub use letter::{Letter, letter};
pub use transport::{Transport, TransportError};

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use sentry_auth::TokenKey;
use sentry_queue::{Job, JobError, MailMessage, Queue, WorkerContext, run_batch};
use sentry_runtime::{Ids, SettingError, Settings, keys};
use std::sync::Arc;

/// The worker.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Database, queues, clock.
    pub context: WorkerContext,
    /// Ids and chance.
    pub ids: Ids,
    post: Arc<Post>,
}

/// What mails are written and sent with.
#[derive(Debug)]
struct Post {
    /// Makes links and codes.
    code_key: TokenKey,
    /// Where links lead: the address of this deployment.
    public_url: String,
    transport: Transport,
}

impl Mail {
    /// Builds the worker from the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        let context = WorkerContext::from_settings(settings, &[Queue::Mail])?;
        Self::new(context, Ids::system(), settings)
    }

    /// Adds to `context` what only this worker needs.
    pub fn new(
        context: WorkerContext,
        ids: Ids,
        settings: &Settings,
    ) -> Result<Self, SettingError> {
        let post = Post {
            code_key: keys::token_key(settings, "TOKEN_CODE_KEY", None)?,
            public_url: settings
                .required("PUBLIC_URL")?
                .trim_end_matches('/')
                .to_owned(),
            transport: Transport::from_settings(settings)?,
        };
        Ok(Self {
            context,
            ids,
            post: Arc::new(post),
        })
    }

    /// Takes a batch of messages.
    pub async fn handle(&self, batch: SqsEvent) -> SqsBatchResponse {
        run_batch(self, &self.context.queues, batch).await
    }
}

impl Job<MailMessage> for Mail {
    async fn run(&self, message: MailMessage) -> Result<(), JobError> {
        match message {
            MailMessage::Send { user_id, mail_id } => send::send(self, user_id, mail_id).await,
            MailMessage::Requested { request_id } => request::answer(self, request_id).await,
        }
    }
}
