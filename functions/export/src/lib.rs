//! Gathers everything the system holds about a person into one archive: every row of every table
//! that has an owner, as JSON, and every file.
//!
//! The tables come from the catalogue, so that one that is added tomorrow is in tomorrow's archive.
//! What is of use to a thief only (hashes, keys, sealed secrets) is left out.

mod archive;

use anyhow::Context;
use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use chrono::TimeDelta;
use sentry_auth::envelope::MasterKeys;
use sentry_db::exports;
use sentry_db::mails::{self, MailKind, NewMail};
use sentry_domain::UserId;
use sentry_queue::{
    ExportMessage, Job, JobError, MailMessage, Queue, WorkerContext, enqueue, run_batch,
};
use sentry_runtime::{Ids, SettingError, Settings, keys};
use sentry_storage::{Storage, export_key};
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

/// For how long an archive can be fetched.
const LIFETIME: TimeDelta = TimeDelta::days(7);

/// The worker.
#[derive(Debug, Clone)]
pub struct Export {
    /// Database, queues, clock.
    pub context: WorkerContext,
    /// Where files lie, and archives.
    pub storage: Storage,
    /// Ids.
    pub ids: Ids,
    /// Open the data keys of people, which seal their texts.
    pub master_keys: Arc<MasterKeys>,
}

impl Export {
    /// Builds the worker from the settings of the process. Does no I/O.
    pub fn from_settings(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            context: WorkerContext::from_settings(settings, &[Queue::Mail])?,
            storage: Storage::from_settings(settings)?,
            ids: Ids::system(),
            master_keys: Arc::new(keys::master_keys(settings)?),
        })
    }

    /// Takes a batch of messages.
    pub async fn handle(&self, batch: SqsEvent) -> SqsBatchResponse {
        run_batch(self, &self.context.queues, batch).await
    }

    async fn make(&self, user: UserId, id: Uuid) -> anyhow::Result<()> {
        let mut tx = self.context.db.worker().await?;
        let pending = exports::is_pending(&mut tx, user, id).await?;
        tx.commit().await?;
        if !pending {
            return Ok(());
        }
        let file = archive::write(self, user).await.context("the archive")?;
        let key = export_key(user, id);
        let size = i64::try_from(file.as_file().metadata()?.len())?;
        self.storage
            .put_file(&key, ("application/zip", "sentry-export.zip"), file.path())
            .await?;
        let at = self.context.clock.now();
        let mut tx = self.context.db.worker().await?;
        let times = (at, at + LIFETIME);
        if exports::finish(&mut tx, user, id, (&key, size), times).await? {
            let mail = NewMail {
                id: self.ids.uuid(at),
                user,
                kind: MailKind::ExportReady,
                recipient: None,
                detail: &json!({}),
                at,
            };
            if mails::insert(&mut tx, &mail).await? {
                let message = MailMessage::Send {
                    user_id: user,
                    mail_id: mail.id,
                };
                enqueue(&mut tx, &message, 0).await?;
            }
            self.context.commit(tx).await?;
        } else {
            // The account was closed, or another worker was faster: nobody would find this one.
            tx.commit().await?;
            self.storage.delete(&key).await?;
        }
        tracing::info!(user.id = user.0, export.id = %id, size_bytes = size, "exported");
        Ok(())
    }
}

impl Job<ExportMessage> for Export {
    async fn run(&self, message: ExportMessage) -> Result<(), JobError> {
        let ExportMessage::Export { user_id, export_id } = message;
        // On the heap: it is large, and everything around it would be as well.
        Box::pin(self.make(user_id, export_id))
            .await
            .map_err(|error| JobError::retry(format!("{error:#}")))
    }
}
